"""A reading as rows of the tables, and back: pure, so that every implementation writes the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from reportedly.folding import folded
from reportedly.records import Claim, Discrepancy, Document, Entity, Link, Mention, Place, Quantity, Reading, Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = "9999"
# What links carry to count visitors, not to name a page.
TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[ce]id|xtor|ref|source")

encode = msgspec.json.Encoder().encode
_claim = msgspec.json.Decoder(Claim).decode
_document = msgspec.json.Decoder(Document).decode
_run = msgspec.json.Decoder(Run).decode
_discrepancies = msgspec.json.Decoder(tuple[Discrepancy, ...]).decode

EvidenceRow = tuple[Any, ...]


def as_json(record: Any) -> str:
    """Return a record as JSON text."""
    return encode(record).decode("utf-8")


def to_claim(record: str) -> Claim:
    """Return the claim that ``as_json`` wrote."""
    return _claim(record)


def to_document(record: str, text: str) -> Document:
    """Return the document that ``document_record`` wrote."""
    return msgspec.structs.replace(_document(record), text=text)


def to_run(record: str) -> Run:
    """Return the run that ``as_json`` wrote."""
    return _run(record)


def to_discrepancies(record: str) -> tuple[Discrepancy, ...]:
    """Return what ``as_json`` wrote of disagreements within a report."""
    return _discrepancies(record)


def document_record(document: Document) -> str:
    """Return a document as JSON, its text left to a column of its own."""
    return as_json(msgspec.structs.replace(document, text=""))


def address(url: str | None) -> str | None:
    """Return a url as addresses are compared: no scheme, no 'www.', no fragment, no counting of visitors, no slash at the end.

    >>> address("https://www.Example.org/a/?utm_source=x&id=3#top") == address("http://example.org/a?id=3")
    True
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return url.strip()
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key)
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}" or None


def identity(document: Document) -> str:
    """Return what makes a document the same as another: its text, at its address; without one, of its publisher and day."""
    where = address(document.url)
    if where is None:
        publisher = document.publisher.value if document.publisher else ""
        published = document.published.value if document.published else ""
        where = f"\0{folded(publisher)}\0{published}"
    return hashlib.sha256(f"{document.sha256}\0{where}".encode(errors="replace")).hexdigest()


def other_id(document: Document, taken: str) -> str:
    """Return an id for a document whose own is that of another one: text and name alike, address not."""
    return hashlib.sha256(f"{taken}\0{identity(document)}".encode()).hexdigest()[:16]


def claim_row(claim: Claim, document: Document) -> tuple[Any, ...]:
    """Return what a claim is sought by, in the order of the table behind ``current``."""
    earliest, latest = bounds(claim)
    return (
        claim.id,
        int(claim.repeats is not None),
        claim.type,
        f" {' '.join(claim.modes)} ",
        claim.certainty,
        claim.status,
        claim.polarity,
        claim.chain[-1].source_kind if claim.chain else "outlet",
        document.language.value if document.language else None,
        document.publisher.value if document.publisher else None,
        document.published.value if document.published else None,
        earliest,
        latest,
    )


def bounds(claim: Claim) -> tuple[str | None, str | None]:
    """Return the first and last day of all anchored times of a claim; both None where there is none."""
    anchored = [time for time in claim.times if time.anchored]
    if not anchored:
        return None, None
    return min(time.earliest or "" for time in anchored), max(time.latest or OPEN for time in anchored)


def evidence(claim: Claim) -> Iterator[EvidenceRow]:
    """Yield a row for each leaf: field, nth, start, end, exact, by, value, known, lat, lon, precision."""
    yield _leaf("content", 0, claim.content)
    if claim.trigger:
        yield _leaf("trigger", 0, claim.trigger, claim.trigger.sense)
    for nth, link in enumerate(claim.chain):
        yield from _link(nth, link)
    for nth, hedge in enumerate(claim.hedges):
        yield _leaf("hedges", nth, hedge)
    for nth, actor in enumerate(claim.actors):
        yield _entity("actors", nth, actor)
    for nth, recipient in enumerate(claim.recipients):
        yield _entity("recipients", nth, recipient)
    for nth, place in enumerate(claim.places):
        yield _place(nth, place)
    for nth, time in enumerate(claim.times):
        yield _leaf("times", nth, time, time.granularity)
    for nth, quantity in enumerate(claim.quantities):
        yield from _quantity(nth, quantity)
    for nth, label in enumerate(claim.labels):
        yield _leaf("labels", nth, label, label.neutral)


def _leaf(field: str, nth: int, span: Span, value: str | None = None) -> EvidenceRow:
    by = span.by if isinstance(span, Mention) else ""
    return (field, nth, span.start, span.end, span.exact, by, value, None, None, None, None)


def _named(field: str, nth: int, span: Mention, name: str | None) -> EvidenceRow:
    value = name or folded(span.exact)
    return (field, nth, span.start, span.end, span.exact, span.by, value, int(name is not None), None, None, None)


def _entity(field: str, nth: int, entity: Entity) -> EvidenceRow:
    return _named(field, nth, entity, entity.name)


def _link(nth: int, link: Link) -> Iterator[EvidenceRow]:
    yield _leaf("cue", nth, link.cue, link.act)
    if link.source:
        yield _named("source", nth, link.source, link.name)
    if link.antecedent:
        yield _leaf("antecedent", nth, link.antecedent)


def _place(nth: int, place: Place) -> EvidenceRow:
    named = _named("places", nth, place, place.name)
    return (*named[:-3], place.lat, place.lon, place.precision)


def _quantity(nth: int, quantity: Quantity) -> Iterator[EvidenceRow]:
    yield (
        "quantities",
        nth,
        quantity.start,
        quantity.end,
        quantity.exact,
        quantity.by,
        quantity.kind,
        1,
        None,
        None,
        None,
    )
    if quantity.noun:
        yield _leaf("noun", nth, quantity.noun)


def reading(document: Document, claims: tuple[Claim, ...], run: Run, discrepancies: tuple[Discrepancy, ...]) -> Reading:
    """Return a reading of its parts."""
    return Reading(document=document, claims=claims, run=run, discrepancies=discrepancies)
