"""Claims somebody has made already: lines of ``{"document": {...}, "claims": [...]}``, ours or another annotator's."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.records import Claim, Document, Problem, Reading, Run, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CURE = "give lines that 'reportedly read --format json' wrote, or claims in the form of docs/claims.md beside their document"
FOREIGN = Run(id="given", annotator="given", version="", language="", language_sha256="")
FACTS = ("publisher", "published", "title", "language")
_readings = msgspec.json.Decoder(Reading)


def read(lines: Iterable[bytes], *, label: str) -> Iterator[Reading | Problem]:
    """Yield a Reading for each line that is not blank, a Problem for one that holds none.

    Of a document only its text is needed; name, publisher, published and language may be plain strings.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield one(line, name=f"{label}:{number}")
            except InputError as error:
                yield Problem(name=f"{label}:{number}", reason=error.message, cure=error.cure)


def one(line: bytes, *, name: str) -> Reading:
    """Return the reading of one line. Raises InputError where it is none; ``name`` serves where the document has none."""
    try:
        return _readings.decode(line)
    except msgspec.DecodeError:
        pass
    try:
        value = msgspec.json.decode(line)
        claims = tuple(msgspec.convert(_claim(claim), Claim) for claim in value["claims"])
        return Reading(document=_document(value["document"], name=name), claims=claims, run=FOREIGN)
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError(f"it holds no claims ({error})", cure=CURE) from error


def _claim(value: dict[str, Any]) -> dict[str, Any]:
    """Return a claim with what an annotator may leave out: null lists, the rule that made it."""
    return {
        key: kept
        for key, kept in value.items()
        if kept is not None or key in ("trigger", "type", "territory", "acled", "event", "repeats")
    }


def _document(value: dict[str, Any], *, name: str) -> Document:
    text = value["text"]
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    publisher, published, title, language = (_sourced(value.get(key), key) for key in FACTS)
    named = str(value.get("name") or value.get("id") or name)
    return Document(
        id=str(value.get("id") or sha256(f"{named}\0{digest}".encode()).hexdigest()[:16]),
        name=named,
        text=text,
        sha256=digest,
        url=value.get("url"),
        publisher=publisher,
        published=published,
        title=title,
        language=language,
    )


def _sourced(value: Any, key: str) -> Sourced | None:
    if value is None or value == "":
        return None
    if isinstance(value, dict):
        return msgspec.convert(value, Sourced)
    return Sourced(value=str(value), found=f'"{key}" of the input', trust="given")
