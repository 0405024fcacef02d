"""Web archives (WARC, WARC.gz): each page that a crawler saved is a document; what is damaged is counted and said.

fastwarc walks the records. It takes a cut record for a short one, so lengths and digests are checked here; where it stops at bytes that
are no record, reading goes on at the next one.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.errors import InputError
from reportedly.ingest import html, making, page
from reportedly.ingest import text as plain
from reportedly.ingest.streams import GZIP, inflated, unpacked_head
from reportedly.records import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (".warc", ".wet")
RECORD = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
SCAN_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
# An archive that comes through a pipe or within another one.
LARGEST_COPY = 10_000_000_000
# A page and what its server said before it.
LARGEST_BLOCK = making.MAX_PAGE_BYTES + 100_000
PAGE_TYPES = ("text/html", "application/xhtml+xml")
TEXT_TYPES = ("text/plain",)
READ_TYPES = (*PAGE_TYPES, *TEXT_TYPES, "application/xhtml", "")
BY_NATURE = ("warcinfo", "request", "metadata", "revisit", "continuation")
GET_ANEW = "get the archive anew; the other records were read"


class Block(NamedTuple):
    """One record: its number, where it begins, its kind, headers and content, how long that should be, how much is there."""

    number: int
    start: int
    kind: str
    headers: dict[str, str]
    data: bytes
    length: int
    there: int


class Payload(NamedTuple):
    """What a server answered: the status, the kind of content as it was named, the content, and what of it is missing."""

    status: int
    type: str
    charset: str | None
    data: bytes
    notes: tuple[str, ...] = ()


def is_one(head: bytes, *, name: str) -> bool:
    """Return whether the bytes begin an archive, or its name says so: one whose first record is damaged holds others."""
    said = name.lower().removesuffix(".gz").endswith(NAMES)
    return head.lstrip().startswith(b"WARC/") or is_packed_warc(head) or (said and bool(head.strip()))


def is_packed_warc(head: bytes) -> bool:
    """Return whether gzip data begins with a record."""
    return head.startswith(GZIP) and unpacked_head(head).lstrip().startswith(b"WARC/")


def read(
    stream: BinaryIO, *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[Document | Problem | making.Passed]:
    """Yield the pages of an archive, a Problem for each that cannot be read and for each stretch that is lost, and what was passed over."""
    passed: Counter[str] = Counter()
    with _seekable(stream) as archive:
        for found in _blocks(archive):
            if isinstance(found, Lost):
                yield Problem(name=label, reason=found.reason, cure=GET_ANEW)
                continue
            made = _made(found, name=name, options=options, path=path, where=f"{label}:{found.number}")
            if isinstance(made, str):
                passed[made] += 1
                continue
            address = found.headers.get("warc-target-uri")
            if isinstance(made, Problem) and address:
                made = Problem(name=made.name, reason=f"{made.reason} ({address})", cure=made.cure)
            yield made
    yield from (making.Passed(label, what, count) for what, count in sorted(passed.items()))


def read_range(
    stream: BinaryIO,
    *,
    name: str,
    label: str,
    options: making.Options,
    start: int = 0,
    stop: int | None = None,
    skip: int = 0,
) -> Iterator[Document | Problem | making.Passed]:
    """Yield one thing for each record that begins at or after byte ``start`` and before ``stop``, from the record ``skip`` on.

    Neighbouring ranges share no record and leave none out. Reports are called after the byte their record begins at.
    """
    for number, found in enumerate(_blocks(stream, start=start, stop=stop)):
        if number >= skip:
            yield _outcome(found, name=name, label=label, options=options)


def _outcome(
    found: Block | Lost, *, name: str, label: str, options: making.Options
) -> Document | Problem | making.Passed:
    if isinstance(found, Lost):
        return Problem(name=label, reason=found.reason, cure=GET_ANEW)
    here = found._replace(number=found.start)
    made = _made(here, name=name, options=options, path=label, where=f"{label}:{found.start}")
    return making.Passed(label, made, 1) if isinstance(made, str) else made


def _made(
    block: Block, *, name: str, options: making.Options, path: str | None, where: str
) -> Document | Problem | str:
    """Return what a record holds, or the Problem where it cannot be read: whatever goes wrong in one costs no other."""
    try:
        return _document(block, name=name, options=options, path=path)
    except InputError as error:
        return Problem(name=where, reason=error.message, cure=error.cure)
    except MemoryError:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 - what breaks a library breaks one record
        reason = f"reading it failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Problem(name=where, reason=reason, cure="this is a fault of reportedly: please report it")


class Lost(NamedTuple):
    """A stretch of an archive in which no record can be read, and why."""

    reason: str


def _seekable(stream: BinaryIO) -> BinaryIO:
    """Return the stream where one can go back in it, else a copy on disk that is gone when it is closed.

    Raises InputError where that would be larger than ``LARGEST_COPY``: a pipe may never end, and what is packed twice swells.
    """
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    left = LARGEST_COPY
    while piece := stream.read(SCAN_BYTES):
        left -= len(piece)
        if left < 0:
            copy.close()
            raise InputError(f"the archive is larger than {LARGEST_COPY:,} bytes", cure="give it as a file of its own")
        copy.write(piece)
    copy.seek(0)
    return copy


def _blocks(archive: BinaryIO, *, start: int = 0, stop: int | None = None) -> Iterator[Block | Lost]:
    """Yield the records that begin in a range of an archive; where a record cannot be read, go on at the next that can."""
    packed = archive.read(2) == GZIP
    number = 0
    here: int | None = _next_record(archive, start, packed=packed) if start else 0
    while here is not None and (stop is None or here < stop):
        archive.seek(here)
        end, last = here, None
        trouble = ""
        try:
            for block in _walk(archive, number):
                if stop is not None and block.start >= stop and not _stump(archive, block, packed=packed):
                    return
                number, end, last = block.number, block.start, block.start
                yield block
        except (OSError, ValueError, OverflowError, MemoryError) as error:
            trouble = str(error) or type(error).__name__
        if not (trouble := trouble or _behind(archive, last, here, stop=stop, packed=packed)):
            return
        following = _next_record(archive, end + 1, packed=packed)
        upto = f"up to byte {following:,}" if following is not None else "up to its end"
        after = f"behind the record at byte {end:,}" if number else f"at byte {end:,}"
        yield Lost(f"the archive is damaged {after} ({trouble}); what stands there {upto} is lost")
        here, number = following, number + 1


def _stump(archive: BinaryIO, block: Block, *, packed: bool) -> bool:
    """Return whether a record is so short that the next range does not see it begin."""
    return not block.headers and _next_record(archive, block.start, packed=packed) is None


def _behind(archive: BinaryIO, last: int | None, here: int, *, stop: int | None, packed: bool) -> str:
    """Return what is wrong behind the last record, nothing where it is the archive's last: fastwarc ends there without a word.

    ``last`` is the byte that the last record begins at, None where nothing was read from byte ``here`` on.
    """
    rest: int | None = here
    if last is not None:
        archive.seek(last)
        rest = _end_of_member(archive, last) if packed else _end_of_record(archive, last)
    if rest is None:
        # A record without a length is a problem of its own.
        return "it ends within a record" if packed else ""
    archive.seek(rest)
    if not archive.read(SCAN_BYTES).strip(b"\r\n"):
        return ""
    if stop is not None and rest >= stop and _next_record(archive, rest, packed=packed) is not None:
        return ""  # the next range's to say
    return "it ends within a record"


def _end_of_member(archive: BinaryIO, start: int) -> int | None:
    """Return where the compressed member ends whose first byte is next, None where more than its checksum is damaged or missing."""
    unpacker = zlib.decompressobj(wbits=31)
    position, head, length = start, b"", 0
    while not unpacker.eof and (chunk := unpacker.unconsumed_tail or archive.read(SCAN_BYTES)):
        position += 0 if unpacker.unconsumed_tail else len(chunk)
        try:
            data = unpacker.decompress(chunk, SCAN_BYTES)
        except zlib.error:
            return None
        head, length = head or data[:HEAD_BYTES], length + len(data)
    if unpacker.eof:
        return position - len(unpacker.unused_data)
    whole = _length_of_record(head)
    return position if whole is not None and length <= whole + len(b"\r\n\r\n") else None


def _end_of_record(archive: BinaryIO, start: int) -> int | None:
    """Return where the record ends whose first byte is next, as its headers say, None where they do not."""
    length = _length_of_record(archive.read(HEAD_BYTES))
    return None if length is None else start + length


def _length_of_record(head: bytes) -> int | None:
    """Return how long the record is that begins so, None where its headers do not end or do not say it."""
    headers, mark, _ = head.partition(b"\r\n\r\n")
    length = re.search(rb"^content-length:[ \t]*(\d{1,18})", headers, re.IGNORECASE | re.MULTILINE)
    return len(headers) + len(mark) + int(length.group(1)) if mark and length else None


def _walk(archive: BinaryIO, number: int) -> Iterator[Block]:
    """Yield the records from where the stream stands until its end or an error."""
    from fastwarc import ArchiveIterator

    for number_here, record in enumerate(ArchiveIterator(archive, parse_http=False), start=number + 1):
        headers = {key.lower(): value for key, value in record.headers.items()}
        kind = str(record.record_type).rpartition(".")[2]
        wanted = kind not in BY_NATURE and record.content_length <= LARGEST_BLOCK
        data = record.reader.read(record.content_length) if wanted and record.content_length else b""
        there = len(data) if wanted else record.reader.consume()
        yield Block(number_here, record.stream_pos, kind, headers, data, record.content_length, there)


def _next_record(archive: BinaryIO, start: int, *, packed: bool) -> int | None:
    """Return where the next readable record begins at or after byte ``start``, None where there is none."""
    mark = re.compile(rb"\x1f\x8b\x08") if packed else RECORD
    archive.seek(start)
    position, kept = start, b""
    while chunk := archive.read(SCAN_BYTES):
        data = kept + chunk
        for match in mark.finditer(data):
            where = position - len(kept) + match.start()
            if not packed or _is_member(archive, where, resume=position + len(chunk)):
                return where
        kept = data[-16:]
        position += len(chunk)
    return None


def _is_member(archive: BinaryIO, where: int, *, resume: int) -> bool:
    """Return whether a compressed record begins at byte ``where``; the stream stands at ``resume`` afterwards."""
    archive.seek(where)
    found = is_packed_warc(archive.read(4096))
    archive.seek(resume)
    return found


def _document(block: Block, *, name: str, options: making.Options, path: str | None) -> Document | str:
    """Return the document of a record, or what kind of thing it is where it holds no report by its nature."""
    if block.there < block.length:
        raise InputError(f"the record is cut short: {block.there:,} of {block.length:,} bytes are there", cure=GET_ANEW)
    if block.kind == "unknown" or not block.headers:
        raise InputError("the record does not say what it is", cure=GET_ANEW)
    if "content-length" not in block.headers:
        raise InputError("the record does not say how long it is: its headers are cut short", cure=GET_ANEW)
    if block.kind in BY_NATURE:
        return f"{block.kind} records"
    if block.length > LARGEST_BLOCK:
        raise InputError(f"the record has {block.length:,} bytes, the limit is {LARGEST_BLOCK:,}", cure="split it")
    payload = _payload(block)
    if payload.status and not 200 <= payload.status < 300:
        return f"answers with status {payload.status}"
    if payload.type not in READ_TYPES:
        return f"records of type {payload.type}"
    if not payload.data.strip():
        if payload.notes:
            raise InputError("its content is cut short: nothing of it is there", cure="get the page anew")
        return "records without content"
    return _report(block, payload, name=f"{name}:{block.number}", options=options, path=path)


def _report(block: Block, payload: Payload, *, name: str, options: making.Options, path: str | None) -> Document:
    """Return the report in a payload with what the archive says of it: address, time of the visit, damage."""
    said = {"warc_record": block.headers.get("warc-record-id", ""), "warc_date": block.headers.get("warc-date", "")}
    facts = making.Facts(
        url=block.headers.get("warc-target-uri"),
        path=path,
        fetched=block.headers.get("warc-date"),
        notes=_damage(block) + payload.notes,
        extra={key: value for key, value in said.items() if value},
    )
    if payload.type in TEXT_TYPES or block.kind == "conversion":
        host = tuple(page.host(facts.url))
        facts = facts._replace(publisher=host[0] if host else None)
        return plain.read(payload.data, name=name, options=options, facts=facts, declared=payload.charset)
    return html.read(payload.data, name=name, options=options, facts=facts, charset=payload.charset)


def _damage(block: Block) -> tuple[str, ...]:
    """Return a note where the record's own digest is not that of its bytes, or it says itself that it was cut."""
    notes = []
    if cut := block.headers.get("warc-truncated"):
        notes.append(f"the archive says that the page was cut when it was saved ({cut})")
    algorithm, _, digest = block.headers.get("warc-block-digest", "").partition(":")
    if algorithm.lower() == "sha1" and digest:
        made = hashlib.sha1(block.data, usedforsecurity=False)
        if digest.strip().lower() not in (base64.b32encode(made.digest()).decode().lower(), made.hexdigest()):
            notes.append("the record's digest is not that of its bytes: some of them may be damaged")
    return tuple(notes)


def _payload(block: Block) -> Payload:
    """Return what a record holds without the HTTP around it. Raises InputError where it does not unpack."""
    named = block.headers.get("content-type", "")
    if not named.lower().startswith("application/http"):
        kind, charset = _content_type(named)
        return Payload(0, "text/plain" if block.kind == "conversion" else kind, charset, block.data)
    head, _, body = block.data.partition(b"\r\n\r\n")
    if not body:
        head, _, body = block.data.partition(b"\n\n")
    lines = head.decode("latin-1").splitlines() or [""]
    status = re.match(r"HTTP/\d(?:\.\d)?\s+(\d{3})", lines[0])
    headers = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:])}
    kind, charset = _content_type(headers.get("content-type", ""))
    whole = True
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body, whole = _unchunked(body)
    body, unpacked = _decoded(body, headers.get("content-encoding", "").lower())
    notes = () if whole and unpacked else ("the page is cut short in the archive",)
    return Payload(int(status.group(1)) if status else 0, kind, charset, body, notes)


def _content_type(value: str) -> tuple[str, str | None]:
    """Return the kind of content and the encoding that a header names.

    >>> _content_type("text/html; charset=utf-8")
    ('text/html', 'utf-8')
    """
    kind, _, rest = value.partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,30})", rest, re.IGNORECASE)
    return kind.strip().lower(), match.group(1) if match else None


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    """Return a body without the sizes between its chunks, and whether all are there; as it stands where the crawler took them out already.

    >>> _unchunked(b"4\\r\\nAlep\\r\\n0\\r\\n\\r\\n"), _unchunked(b"<html>")
    ((b'Alep', True), (b'<html>', True))
    """
    pieces: list[bytes] = []
    at = 0
    while match := CHUNK.match(body, at):
        size = int(match.group(1), 16)
        if size == 0:
            return b"".join(pieces), True
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
    return (b"".join(pieces), False) if pieces else (body, True)


CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r\n")
# Some servers pack what is packed already, and say so; the bytes tell.
MOST_CODINGS = 2


def _decoded(body: bytes, coding: str) -> tuple[bytes, bool]:
    """Return a body unpacked, and whether all of it is there, as its bytes and its header say; the crawler may have done so before."""
    whole = True
    for _ in range(MOST_CODINGS):
        if body.startswith(GZIP) or (coding == "deflate" and not body.lstrip().startswith(b"<")):
            body, ends = inflated(body, most=making.MAX_PAGE_BYTES)
            whole, coding = whole and ends, ""
    if coding == "br" and not body.lstrip().startswith(b"<"):
        body = _unbrotli(body)
    return _bounded(body), whole


def _unbrotli(body: bytes) -> bytes:
    from io import BytesIO

    from fastwarc import stream_io

    try:
        data: bytes = stream_io.BrotliReader(BytesIO(body)).read(making.MAX_PAGE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError("its content is damaged: it does not unpack", cure="get the page anew") from error
    return data


def _bounded(data: bytes) -> bytes:
    if len(data) > making.MAX_PAGE_BYTES:
        raise InputError(
            f"the page unpacks to more than {making.MAX_PAGE_BYTES:,} bytes", cure="give the article's text"
        )
    return data
