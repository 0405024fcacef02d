"""JSON Lines of articles: ``{"id", "text", "publisher", "published", "url", "title", "language"}``, all but ``text`` optional."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, Never

from reportedly.errors import InputError
from reportedly.ingest import making
from reportedly.ingest.encoding import decode
from reportedly.records import Problem, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Document

KNOWN = ("id", "text", "publisher", "published", "url", "title", "language")
FORM = 'write one object a line, {"id": ..., "text": ...}, in UTF-8'
# JSON may write a character in six bytes, and other keys may be long too.
BYTES_A_CHAR = 12
# What a record keeps it must be able to write again; no article nests its keys so.
DEEPEST = 64


def line_limit(options: making.Options) -> int:
    """Return the most bytes a line may have."""
    return options.max_chars * BYTES_A_CHAR


def read(
    lines: Iterable[bytes], *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[Document | Problem]:
    """Yield a Document or a Problem for each line that is not blank.

    ``name`` names articles without an id (``name:3``), ``label`` the input in problems. A line cut off at ``line_limit`` bytes is a
    problem and what follows up to its end is passed over.
    """
    for number, line in enumerate(_whole_lines(lines, line_limit(options)), start=1):
        if isinstance(line, int):
            yield Problem(
                name=f"{label}:{number}",
                reason=f"the line is longer than {line:,} bytes",
                cure="split it into single reports",
            )
        elif line.strip():
            yield from _one(line, name=name, where=f"{label}:{number}", number=number, options=options, path=path)


def _whole_lines(lines: Iterable[bytes], limit: int) -> Iterator[bytes | int]:
    """Yield each line, or the limit in place of a line that is longer."""
    skipping = False
    for piece in lines:
        if not skipping:
            skipping = len(piece) >= limit and not piece.endswith(b"\n")
            yield limit if skipping else piece
        else:
            skipping = not piece.endswith(b"\n")


def _one(
    line: bytes, *, name: str, where: str, number: int, options: making.Options, path: str | None
) -> Iterator[Document | Problem]:
    """Yield what one line holds; nothing it holds can stop the next."""
    try:
        text, _, notes = decode(line)
        yield article(parse(text), name=f"{name}:{number}", options=options, path=path, notes=notes)
    except InputError as error:
        yield Problem(name=where, reason=error.message, cure=error.cure)


def parse(text: str) -> Any:
    """Return the value that ``text`` writes in JSON. Raises InputError where it writes none, or nests it deeper than ``DEEPEST``."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"it is not JSON ({error})", cure=FORM) from error
    except ValueError as error:
        # Python reads no number that would take it long
        raise InputError(
            "a number in it has thousands of digits", cure="write it as a string, or leave it out"
        ) from error
    except RecursionError:
        value = _too_deep()
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level if isinstance(outer, dict | list) for inner in _within(outer)]
    return _too_deep() if level else value


def _within(outer: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return outer.values() if isinstance(outer, dict) else outer


def _too_deep() -> Never:
    raise InputError("its brackets are nested too deep", cure=FORM)


def article(
    value: Any, *, name: str, options: making.Options, path: str | None = None, notes: tuple[str, ...] = ()
) -> Document:
    """Return the Document of one article object; ``name`` serves where it has no id. Raises InputError for what is none."""
    if not isinstance(value, dict):
        raise InputError("it is not an object", cure=FORM)
    if not isinstance(value.get("text"), str):
        raise InputError('it has no "text"' if "text" not in value else 'its "text" is not a string', cure=FORM)
    published, dates, said = _published(value.get("published"))
    facts = making.Facts(
        url=_words(value, "url"),
        path=path,
        publisher=_sourced(value, "publisher", trust="high"),
        published=published,
        title=_sourced(value, "title", trust="high"),
        language=_sourced(value, "language", trust="given"),
        dates=dates,
        notes=notes + said,
        extra={key: kept for key, kept in value.items() if key not in KNOWN},
    )
    return making.document(value["text"], name=_words(value, "id") or name, options=options, facts=facts)


def _words(value: dict[str, Any], key: str) -> str | None:
    """Return a key's value as a string, None where there is none to speak of."""
    kept = value.get(key)
    return None if kept is None or kept == "" or isinstance(kept, dict | list) else str(kept)


def _sourced(value: dict[str, Any], key: str, *, trust: Literal["given", "high"]) -> Sourced | None:
    words = _words(value, key)
    return Sourced(value=words, found=f'"{key}" of the input', trust=trust) if words else None


def _published(value: Any) -> tuple[Sourced | None, tuple[Sourced, ...], tuple[str, ...]]:
    """Return the date of publication, the dates as they were written, and a note where the input's is no date we read."""
    if value is None or value == "":
        return None, (), ()
    words, found = str(value), '"published" of the input'
    written = Sourced(value=words, found=found, trust="low")
    day = making.iso_date(words)
    if day is None:
        return None, (written,), (f"published {words!r} is not an ISO date (YYYY-MM-DD); not used",)
    published = Sourced(value=day, found=found, trust="high")
    return published, (published,), ()
