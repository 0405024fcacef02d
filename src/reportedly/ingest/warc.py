"""Web archives (WARC, WARC.gz): each page that a crawler saved is a document; what is damaged is counted and said.

``blocks`` finds the records; here is what becomes of one.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.errors import InputError
from reportedly.ingest import html, making, page
from reportedly.ingest import text as plain
from reportedly.ingest.blocks import BLANK_LINE, LARGEST_BLOCK, Block, Lost, blocks
from reportedly.ingest.members import is_packed_warc
from reportedly.ingest.streams import GZIP, PIECE_BYTES, inflated
from reportedly.records import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (".warc", ".wet")
# An archive that comes through a pipe or within another one.
LARGEST_COPY = 10_000_000_000
PAGE_TYPES = ("text/html", "application/xhtml+xml")
TEXT_TYPES = ("text/plain",)
READ_TYPES = (*PAGE_TYPES, *TEXT_TYPES, "application/xhtml", "")
BY_NATURE = ("warcinfo", "request", "metadata", "revisit", "continuation")
GET_ANEW = "get the archive anew; what else can be read of it is read"


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


def read(
    stream: BinaryIO, *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[Document | Problem | making.Passed]:
    """Yield the pages of an archive, a Problem for each that cannot be read and for each stretch that is lost, and what was passed over."""
    passed: Counter[str] = Counter()
    with _seekable(stream) as archive:
        for found in blocks(archive):
            if isinstance(found, Lost):
                yield Problem(name=label, reason=found.reason, cure=GET_ANEW)
                continue
            made = _made(
                found, name=f"{name}:{found.number}", options=options, path=path, where=f"{label}:{found.number}"
            )
            if isinstance(made, str):
                passed[made] += 1
                continue
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
) -> Iterator[Document | Problem | making.Passed | None]:
    """Yield one thing for each record that begins at or after byte ``start`` and before ``stop``, None for the first ``skip``.

    Neighbouring ranges share no record and leave none out. Reports are called after the byte their record begins at; the third one that is
    packed in one member with others, ``crawl:0.3``. The records of such a member are all in the range in which it begins.
    """
    for number, found in enumerate(blocks(stream, start=start, stop=stop)):
        yield _outcome(found, name=name, label=label, options=options) if number >= skip else None


def _outcome(
    found: Block | Lost, *, name: str, label: str, options: making.Options
) -> Document | Problem | making.Passed:
    if isinstance(found, Lost):
        return Problem(name=label, reason=found.reason, cure=GET_ANEW)
    place = f"{found.start}.{found.part + 1}" if found.part else f"{found.start}"
    made = _made(found, name=f"{name}:{place}", options=options, path=label, where=f"{label}:{place}")
    return making.Passed(label, made, 1) if isinstance(made, str) else made


def _made(
    block: Block, *, name: str, options: making.Options, path: str | None, where: str
) -> Document | Problem | str:
    """Return what a record holds, or the Problem where it cannot be read: whatever goes wrong in one costs no other."""
    at = f" ({address})" if (address := block.headers.get("warc-target-uri")) else ""
    try:
        return _document(block, name=name, options=options, path=path)
    except InputError as error:
        return Problem(name=where, reason=error.message + at, cure=error.cure)
    except MemoryError:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 - what breaks a library breaks one record
        reason = f"reading it failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Problem(name=where, reason=reason + at, cure="this is a fault of reportedly: please report it")


def _seekable(stream: BinaryIO) -> BinaryIO:
    """Return the stream where one can go back in it, else a copy on disk that is gone when it is closed.

    Raises InputError where that would be larger than ``LARGEST_COPY``: a pipe may never end, and what is packed twice swells.
    """
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    left = LARGEST_COPY
    while piece := stream.read(PIECE_BYTES):
        left -= len(piece)
        if left < 0:
            copy.close()
            raise InputError(f"the archive is larger than {LARGEST_COPY:,} bytes", cure="give it as a file of its own")
        copy.write(piece)
    copy.seek(0)
    return copy


def _document(block: Block, *, name: str, options: making.Options, path: str | None) -> Document | str:
    """Return the document of a record, or what kind of thing it is where it holds no report by its nature."""
    if block.there < block.length:
        raise InputError(f"the record is cut short: {block.there:,} of {block.length:,} bytes are there", cure=GET_ANEW)
    if block.kind == "unknown" or not block.headers:
        raise InputError("the record does not say what it is", cure=GET_ANEW)
    if block.length < 0:
        raise InputError("the record does not say how long it is", cure=GET_ANEW)
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
    return _report(block, payload, name=name, options=options, path=path)


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
    if block.changed:
        notes.append(
            "the archive's line ends were changed, and its lengths are those from before: the page may lack its last bytes"
        )
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
    head, body = (*BLANK_LINE.split(block.data, maxsplit=1), b"")[:2]
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
