"""Reading of inputs: files, saved pages, JSON Lines of articles, standard input; one Document or Problem each.

Nothing is fetched. One bad input becomes one Problem that names it and the cure, and the others are still read.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.errors import InputError
from reportedly.ingest import html, jsonl, making
from reportedly.ingest import text as plain
from reportedly.ingest.encoding import decode, refuse_binary
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Document

__all__ = ["MAX_CHARS", "MAX_PAGE_BYTES", "read", "read_text"]

MAX_CHARS = making.MAX_CHARS
MAX_PAGE_BYTES = making.MAX_PAGE_BYTES
STDIN = "-"
PAGES = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
MARK = b"\xef\xbb\xbf"


class Input(NamedTuple):
    """One opened input: how problems call it, what names its documents, where it lies."""

    label: str
    name: str
    suffix: str
    path: str | None


def read(
    source: str | Path,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Document | Problem]:
    """Yield the documents of one input, and a Problem for each part that cannot be read.

    ``source`` is a path, or '-' for standard input. What it holds is told by its ending (.html, .jsonl, .json) and its first bytes; all
    else is plain text. ``published`` (YYYY-MM-DD), ``publisher`` and ``language`` override what the input says and are recorded as given.
    Raises InputError at once for a ``published`` that is no date.
    """
    options = making.checked(making.Options(published, publisher, language, max_chars))
    return _read(str(source), options)


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
    options = making.checked(making.Options(published, publisher, language, max_chars))
    return _text(text, name, options)


def _text(text: str, name: str, options: making.Options) -> Iterator[Document | Problem]:
    clock = plain.site_clock(text)
    try:
        yield making.document(text, name=name, options=options, facts=making.Facts(dates=(clock,) if clock else ()))
    except InputError as error:
        yield Problem(name=name, reason=error.message, cure=error.cure)


def _read(source: str, options: making.Options) -> Iterator[Document | Problem]:
    try:
        if source == STDIN:
            yield from _stream(sys.stdin.buffer, Input("standard input", "stdin", "", None), options)
        else:
            yield from _file(Path(source), source, options)
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


def _file(path: Path, source: str, options: making.Options) -> Iterator[Document | Problem]:
    if path.is_dir():
        raise InputError("it is a folder", cure=f"name the files in it, for example {source.rstrip('/')}/*.txt")
    with path.open("rb") as stream:
        yield from _stream(stream, Input(source, path.stem, path.suffix.lower(), source), options)


def _label(source: str) -> str:
    """Return how a problem names an input; file names may hold bytes that are no characters."""
    return "standard input" if source == STDIN else making.SURROGATES.sub(making.REPLACEMENT, source)


def _stream(stream: BinaryIO, given: Input, options: making.Options) -> Iterator[Document | Problem]:
    """Yield what an opened input holds, read line by line where it is JSON Lines and whole, up to the limit, elsewhere."""
    limit = jsonl.line_limit(options)
    first = _first_line(stream, limit)
    if given.suffix in LINES or _is_article(first):
        lines = _lines(first.removeprefix(MARK), stream, limit)
        yield from jsonl.read(lines, name=given.name, label=_label(given.label), options=options, path=given.path)
        return
    data = first + stream.read(max(limit, making.MAX_PAGE_BYTES) - len(first) + 1)
    yield from _whole(data, given, options)


def _first_line(stream: BinaryIO, limit: int) -> bytes:
    """Return what comes up to the end of the first line that is not blank, no more than about ``limit`` bytes."""
    pieces: list[bytes] = []
    size = 0
    while size < limit and (line := stream.readline(limit)):
        pieces.append(line)
        size += len(line)
        if line.strip():
            break
    return b"".join(pieces)


def _lines(first: bytes, stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Yield the lines of what was read already and of the rest, pieces of ``limit`` bytes where they are longer."""
    head = BytesIO(first)
    while line := head.readline(limit) or stream.readline(limit):
        yield line


def _is_article(line: bytes) -> bool:
    """Return whether the first line is an article of JSON Lines by itself."""
    line = line.removeprefix(MARK).strip()
    if not line.startswith(b"{") or b'"text"' not in line:
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _whole(data: bytes, given: Input, options: making.Options) -> Iterator[Document | Problem]:
    """Yield what an input read whole holds: JSON, a page, or plain text."""
    if not data.strip(b"\0 \t\r\n"):
        raise InputError("it is empty", cure="give a news report as text, HTML or JSON Lines")
    if given.suffix == ".json":
        yield from _json(data, given, options)
        return
    if given.suffix in PAGES or PAGE.match(data[:4096].removeprefix(MARK)):
        refuse_binary(data)
        yield html.read(data, name=given.name, options=options, path=given.path)
        return
    if len(data) > jsonl.line_limit(options):
        refuse_binary(data)
        raise InputError(f"it is longer than {options.max_chars:,} characters", cure="split it into single reports")
    yield plain.read(data, name=given.name, options=options, path=given.path)


def _json(data: bytes, given: Input, options: making.Options) -> Iterator[Document | Problem]:
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
