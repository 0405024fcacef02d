"""Reading of inputs: text, saved pages, JSON Lines, tables, feeds, web archives, PDF and Word files, exports; a Document or Problem each.

What an input holds is told by its content first and its ending second. Nothing is fetched and nothing is unpacked to disk. One bad
input, or one bad part of one, becomes one Problem that names it and the cure, and the others are still read.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from reportedly.errors import InputError
from reportedly.ingest import (
    archives,
    europresse,
    feed,
    html,
    jsonl,
    making,
    markup,
    pdf,
    streams,
    tables,
    telegram,
    warc,
    word,
)
from reportedly.ingest import text as plain
from reportedly.ingest.encoding import MARKS, decode, lost_note, refuse_binary
from reportedly.ingest.folders import walk
from reportedly.ingest.making import Found, Options, Passed, counted
from reportedly.records import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipInfo

__all__ = [
    "MAX_CHARS",
    "MAX_PAGE_BYTES",
    "Found",
    "Gauge",
    "Options",
    "Passed",
    "counted",
    "items",
    "read",
    "read_text",
    "walk",
]

MAX_CHARS = making.MAX_CHARS
MAX_PAGE_BYTES = making.MAX_PAGE_BYTES
STDIN = "-"
PAGES = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
TABLES = (".csv", ".tsv")
PAGE = re.compile(rb"<(?:html|head|body)[\s>]", re.IGNORECASE)
PAGE_TYPE = re.compile(rb"\s*<!doctype\s+html", re.IGNORECASE)
MARK = b"\xef\xbb\xbf"
# An archive in an archive is somebody's habit; a third one in it is somebody's joke.
DEEPEST_ARCHIVE = 2


class Input(NamedTuple):
    """One opened input: how problems call it, what names its documents, where it lies, how many archives it lies in, and
    what unpacks it.
    """

    label: str
    name: str
    suffix: str
    path: str | None
    level: int = 0
    gauge: Gauge | None = None
    packed: streams.Gunzipped | None = None


class Gauge:
    """How much of the input in hand has been read: what an estimate of the time left is made of."""

    def __init__(self) -> None:
        self.tell: Callable[[], int] = lambda: 0

    def position(self) -> int:
        """Return how many bytes of the file in hand were read (packed as it is), 0 where that cannot be told."""
        try:
            return self.tell()
        except (OSError, ValueError):
            return 0


def read(
    source: str | Path,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    max_chars: int = MAX_CHARS,
    columns: tuple[tuple[str, str], ...] = (),
    gauge: Gauge | None = None,
) -> Iterator[Document | Problem]:
    """Yield the documents of one input, and a Problem for each part that cannot be read.

    ``source`` is a path, or '-' for standard input. What it holds is told by its first bytes and its ending; what is nothing else is
    plain text. ``published`` (YYYY-MM-DD), ``publisher`` and ``language`` override what the input says and are recorded as given;
    ``columns`` says which column of a table is what (``("text", "body")``). Raises InputError at once for a ``published`` that is no date.
    """
    found = items(source, Options(published, publisher, language, max_chars, columns), gauge=gauge)
    return _said(found, _label(str(source)))


def _said(found: Iterator[Found], label: str) -> Iterator[Document | Problem]:
    """Yield what was found without what was passed over; the Problem that says so where that is all there was."""
    passed: Counter[str] = Counter()
    silent = True
    for each in found:
        if isinstance(each, Passed):
            passed[each.what] += each.number
        else:
            silent = False
            yield each
    if silent:
        kinds = ", ".join(making.counted(count, what) for what, count in sorted(passed.items()))
        yield Problem(name=label, reason=f"it holds no report, only {kinds}", cure="check that it is the file you mean")


def items(source: str | Path, options: Options, *, gauge: Gauge | None = None) -> Iterator[Found]:
    """Yield what ``read`` does, and with it what was passed over because it holds no report by its nature, counted.

    Raises InputError at once for a ``published`` that is no date.
    """
    return _read(str(source), making.checked(options), gauge or Gauge())


def read_text(
    text: str,
    *,
    name: str = "text",
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Document | Problem]:
    """Yield the Document of a text in memory, or the Problem where it is empty or too long. Options and errors as for ``read``."""
    options = making.checked(Options(published, publisher, language, max_chars))
    return _text(text, name, options)


def _text(text: str, name: str, options: Options) -> Iterator[Document | Problem]:
    clock = plain.site_clock(text)
    try:
        yield making.document(text, name=name, options=options, facts=making.Facts(dates=(clock,) if clock else ()))
    except InputError as error:
        yield Problem(name=name, reason=error.message, cure=error.cure)


def _read(source: str, options: Options, gauge: Gauge) -> Iterator[Found]:
    empty = True
    try:
        if source == STDIN:
            found = _stream(streams.standard_input(), Input("standard input", "stdin", "", None), options)
        else:
            found = _file(Path(source), source, options, gauge)
        for each in found:
            empty = False
            yield each
        if empty:
            # names of columns, an empty list, an archive of nothing
            yield Problem(name=_label(source), reason="it holds no report", cure="check that it is the file you mean")
    except InputError as error:
        yield Problem(name=_label(source), reason=error.message, cure=error.cure)
    except FileNotFoundError:
        yield Problem(
            name=_label(source), reason="there is no such file", cure="check the name; '-' reads standard input"
        )
    except PermissionError:
        yield Problem(name=_label(source), reason="you may not read it", cure="change its permissions")
    except (OSError, ValueError) as error:
        yield Problem(name=_label(source), reason=f"it cannot be read ({error})", cure="check the name and the disk")
    except MemoryError:
        # whoever bounds the memory says so
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 - what breaks a library breaks one input, and no other
        yield Problem(
            name=_label(source),
            reason=f"reading it failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}",
            cure="this is a fault of reportedly: please report it",
        )


def _file(path: Path, source: str, options: Options, gauge: Gauge) -> Iterator[Found]:
    if path.is_dir():
        raise InputError(
            "it is a folder",
            cure=f"name the files in it, for example {source.rstrip('/')}/*.txt, or take it into a store with 'reportedly ingest'",
        )
    with path.open("rb") as stream:
        gauge.tell = stream.raw.tell if isinstance(stream, io.BufferedReader) else stream.tell
        yield from _stream(stream, Input(source, path.stem, path.suffix.lower(), source, gauge=gauge), options)


def _label(source: str) -> str:
    """Return how a problem names an input; file names may hold bytes that are no characters."""
    return "standard input" if source == STDIN else making.SURROGATES.sub(making.REPLACEMENT, source)


def _stream(stream: BinaryIO, given: Input, options: Options) -> Iterator[Found]:
    """Yield what an opened input holds, by its kind."""
    head = streams.head_of(stream)
    if given.path and not given.level and stream.seekable():
        stream.seek(0)
    else:
        stream = streams.rewound(head, stream)
    if warc.is_one(head, name=given.path or ""):
        yield from warc.read(
            stream, name=_stem(given.name), label=_label(given.label), options=options, path=given.path
        )
    elif head.startswith(streams.GZIP):
        yield from _gunzipped(stream, given, options)
    elif head.startswith((archives.SIGNATURE, archives.EMPTY)):
        yield from _zip(stream, given, options)
    else:
        yield from _characters(stream, head, given, options)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem or name


def _gunzipped(stream: BinaryIO, given: Input, options: Options) -> Iterator[Found]:
    """Yield what a packed input holds, as far as it can be unpacked, and last the Problem of what is lost."""
    unpacked, packed = streams.gunzipped(stream)
    if given.gauge:
        given.gauge.tell = packed.used
    # its ending is the one before .gz
    suffix, label = PurePosixPath(given.name).suffix.lower(), _label(given.label)
    inner = Input(given.label, _stem(given.name), suffix, given.path, _deeper(given), packed=packed)
    held: Found | None = None
    came = False
    try:
        for each in _stream(unpacked, inner, options):
            if held is not None:
                yield held
            # what is said of the whole, at its end, may be that it is cut off
            held = each if isinstance(each, Problem) and each.name == label else None
            if held is None:
                came = came or isinstance(each, Document)
                yield _cut(each, inner)
    except InputError:
        # what is half there may be called anything
        if not packed.trouble:
            raise
    if held is not None and not packed.trouble:
        yield held
    if packed.trouble:
        cure = "get the file anew; what came before is read" if came else "get the file anew"
        yield Problem(name=label, reason=packed.trouble, cure=cure)


def _cut(found: Found, given: Input) -> Found:
    """Return what was found, with a note where it is all that could be unpacked of an input that is one report."""
    if given.packed and given.packed.trouble and isinstance(found, Document) and found.name == given.name:
        return msgspec.structs.replace(found, notes=("what follows could not be unpacked", *found.notes))
    return found


def _deeper(given: Input) -> int:
    if given.level >= DEEPEST_ARCHIVE:
        raise InputError("archives lie in archives in archives", cure=archives.UNPACK)
    return given.level + 1


def _zip(stream: BinaryIO, given: Input, options: Options) -> Iterator[Found]:
    """Yield what a ZIP holds: a Word file, or files."""
    if not stream.seekable() or given.level:
        stream = BytesIO(_at_most(stream, word.LARGEST, "the ZIP archive"))
    with archives.opened(stream) as archive:
        kind = archives.kind_of(archive)
        if kind == "docx":
            stream.seek(0)
            data = _at_most(stream, word.LARGEST, "the Word file")
            yield word.read(data, name=given.name, options=options, path=given.path)
            return
        if kind:
            raise InputError(f"this is {kind}, which we do not read", cure="save it as text, CSV or DOCX")

        def member(packed: BinaryIO, info: ZipInfo) -> Iterator[Found]:
            name = PurePosixPath(info.filename)
            path = f"{given.path}:{info.filename}" if given.path else None
            inner = Input(f"{given.label}:{info.filename}", name.stem, name.suffix.lower(), path, _deeper(given))
            return _stream(packed, inner, options)

        yield from archives.members(archive, label=_label(given.label), read=member)


def _at_most(stream: BinaryIO, limit: int, what: str) -> bytes:
    """Return all bytes of a stream. Raises InputError where they are more than ``limit``."""
    data = streams.head_of(stream, limit + 1)
    if len(data) > limit:
        raise InputError(f"{what} is larger than {limit:,} bytes", cure="split it")
    return data


def _characters(stream: BinaryIO, head: bytes, given: Input, options: Options) -> Iterator[Found]:
    """Yield what an input that is no archive holds; one that a mark says to be UTF-16 or UTF-32 in UTF-8, as forms are told by bytes."""
    mark, encoding = next(each for each in (*MARKS, (b"", "")) if head.startswith(each[0]))
    if mark in (MARK, b""):
        yield from _forms(stream, head, given, options)
        return
    stream.read(len(mark))
    narrow, told = streams.narrowed(stream, encoding)
    head = streams.head_of(narrow)
    for each in _forms(streams.rewound(head, narrow), head, given, options):
        if told.damaged and isinstance(each, Document) and (lost := each.text.count(making.REPLACEMENT)):
            yield msgspec.structs.replace(each, notes=(lost_note(lost, encoding), *each.notes))
        else:
            yield each


def _forms(stream: BinaryIO, head: bytes, given: Input, options: Options) -> Iterator[Found]:
    """Yield what such an input holds: PDF, a feed, a table, an export, JSON Lines, a page, text."""
    named = {"name": given.name, "label": _label(given.label), "path": given.path}
    bare = head.removeprefix(MARK)
    if pdf.is_one(head):
        data = _at_most(stream, pdf.LARGEST, "the PDF file")
        yield pdf.read(data, name=given.name, options=options, path=given.path)
    elif feed.is_one(bare):
        data = _at_most(stream, feed.LARGEST, "the feed")
        yield from feed.read(data, **named, options=options)  # type: ignore[arg-type]
    elif given.suffix in TABLES or tables.looks_like_one(bare):
        limit = jsonl.line_limit(options)
        yield from tables.read(_lines(b"", stream, limit, given), **named, options=options)  # type: ignore[arg-type]
    else:
        yield from _articles(stream, bare, given, options)


def _articles(stream: BinaryIO, head: bytes, given: Input, options: Options) -> Iterator[Found]:
    """Yield what is read line by line where it is JSON Lines, and whole, up to the limit of its kind, elsewhere."""
    limit = jsonl.line_limit(options)
    first = _first_line(stream, limit)
    if given.suffix in LINES or _is_article(first):
        lines = _lines(first.removeprefix(MARK), stream, limit, given)
        yield from jsonl.read(lines, name=given.name, label=_label(given.label), options=options, path=given.path)
        return
    if telegram.is_one(head):
        data = first + _at_most(stream, telegram.LARGEST, "the export")
        yield from telegram.read(data, name=given.name, label=_label(given.label), options=options, path=given.path)
        return
    if options.columns and not _is_page(head) and not head.lstrip().startswith((b"{", b"[")):
        lines = _lines(first, stream, limit, given)
        yield from tables.read(lines, name=given.name, label=_label(given.label), options=options, path=given.path)
        return
    data = first + streams.head_of(stream, max(limit, making.MAX_PAGE_BYTES) - len(first) + 1)
    if (given.suffix in PAGES or _is_page(head)) and europresse.is_one(data):
        data += streams.head_of(stream, max(0, europresse.LARGEST - len(data) + 1))
        yield from europresse.read(data, name=given.name, label=_label(given.label), options=options, path=given.path)
        return
    yield from _whole(data, given, options)


def _first_line(stream: BinaryIO, limit: int) -> bytes:
    """Return what comes up to the end of the first line that is not blank, no more than about ``limit`` bytes."""
    # one buffer: a million empty lines would be a million objects
    held = bytearray()
    while len(held) < limit and (line := stream.readline(limit)):
        held += line
        if line.strip():
            break
    return bytes(held)


def _lines(first: bytes, stream: BinaryIO, limit: int, given: Input) -> Iterator[bytes]:
    """Yield the lines of what was read already and of the rest, pieces of ``limit`` bytes where they are longer; none that is torn."""
    head = BytesIO(first)
    while line := head.readline(limit) or stream.readline(limit):
        if given.packed and given.packed.torn and not line.endswith(b"\n") and len(line) < limit:
            # what unpacks it says that it is lost
            return
        yield line


def _is_page(head: bytes) -> bool:
    """Return whether the bytes begin a page."""
    return bool(PAGE_TYPE.match(head) or PAGE.match(markup.root_of(head[:4096])))


def _is_article(line: bytes) -> bool:
    """Return whether the first line is an article of JSON Lines by itself."""
    line = line.removeprefix(MARK).strip()
    if not line.startswith(b"{") or b'"text"' not in line:
        return False
    try:
        value = json.loads(line)
        return isinstance(value, dict) and "text" in value
    except (ValueError, RecursionError):
        return False


def _whole(data: bytes, given: Input, options: Options) -> Iterator[Document | Problem]:
    """Yield what an input read whole holds: JSON, a page, or plain text."""
    if not data.strip(b"\0 \t\r\n"):
        raise InputError(
            "it holds nothing but NUL bytes" if b"\0" in data else "it is empty",
            cure="give a news report: text, a saved page, JSON Lines, CSV, a feed, a web archive, PDF or DOCX",
        )
    if given.suffix == ".json":
        yield from _json(data, given, options)
        return
    if given.suffix in PAGES or _is_page(data.removeprefix(MARK)):
        refuse_binary(data)
        yield html.read(data, name=given.name, options=options, path=given.path)
        return
    if len(data) > jsonl.line_limit(options):
        refuse_binary(data)
        raise InputError(f"it is longer than {options.max_chars:,} characters", cure="split it into single reports")
    yield plain.read(data, name=given.name, options=options, path=given.path)


def _json(data: bytes, given: Input, options: Options) -> Iterator[Document | Problem]:
    """Yield the article, or the articles of a list, that a JSON file holds."""
    text, _, notes = decode(data)
    value = jsonl.parse(text)
    if isinstance(value, dict):
        yield jsonl.article(value, name=given.name, options=options, path=given.path, notes=notes)
        return
    for number, each in enumerate(value if isinstance(value, list) else [value], start=1):
        try:
            yield jsonl.article(each, name=f"{given.name}:{number}", options=options, path=given.path, notes=notes)
        except InputError as error:
            yield Problem(name=f"{_label(given.label)}:{number}", reason=error.message, cure=error.cure)
