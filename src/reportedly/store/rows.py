"""A reading as rows of the tables, and back: pure, so that every implementation writes the same."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from reportedly.folding import folded
from reportedly.records import Claim, Discrepancy, Document, Entity, Place, Reading, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPEN = "9999"
# What links carry to count visitors, not to name a page.
TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[ce]id|xtor|ref|source")

encode = msgspec.json.Encoder().encode
encode_into = msgspec.json.Encoder().encode_into
_claim = msgspec.json.Decoder(Claim).decode
_claims = msgspec.json.Decoder(tuple[Claim, ...]).decode
_names = msgspec.json.Decoder(tuple[str, ...]).decode
_document = msgspec.json.Decoder(Document).decode
_run = msgspec.json.Decoder(Run).decode
_discrepancies = msgspec.json.Decoder(tuple[Discrepancy, ...]).decode

# What stands around each of several names, and around each word of who has none.
SET, WORD = "\x1f", "\x1e"
# A point that stands for a region or a country is no spot.
WIDEST_SPOT = 4
# What stands in the row of a claim for nothing, which a statement makes NULL of it: no word is a number, no number a word. To hand
# sqlite3 a None takes seven times as long as either, and rows are full of them.
NO_WORD, NO_NUMBER = 0, ""
NO_SPOT = ("", *4 * (NO_NUMBER,))


def as_json(record: Any) -> str:
    """Return a record as JSON text."""
    return encode(record).decode("utf-8")


def claim_records(claims: Iterable[Claim], *, first: int) -> Iterator[tuple[int, bytearray]]:
    """Yield the row and the JSON of claims, as UTF-8 and all in one buffer: what is yielded holds until the next is.

    Made a string first, each would be encoded twice.
    """
    buffer = bytearray()
    for at, claim in enumerate(claims, first):
        encode_into(claim, buffer)
        yield at, buffer


def to_claim(record: str) -> Claim:
    """Return the claim that ``as_json`` wrote."""
    return _claim(record)


def to_claims(record: str) -> tuple[Claim, ...]:
    """Return the claims that ``as_json`` wrote together."""
    return _claims(record)


def to_names(record: str | None) -> tuple[str, ...]:
    """Return the names that ``as_json`` wrote; none where there is nothing."""
    return _names(record) if record else ()


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


@lru_cache(maxsize=64)
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


def claim_rows(claims: Iterable[Claim], document: Document, *, key: int, first: int) -> Iterator[tuple[Any, ...]]:
    """Yield what claims are sought by: each row in the order of the table, without ``current``.

    ``key`` is the document's, ``first`` the first claim's. Where there is nothing stands ``NO_WORD`` or ``NO_NUMBER``.
    """
    language, publisher, published = (
        sourced.value if sourced else NO_WORD for sourced in (document.language, document.publisher, document.published)
    )
    for at, claim in enumerate(claims, first):
        earliest, latest = bounds(claim) if claim.times else (None, None)
        chain, places = claim.chain, claim.places
        yield (
            at,
            key,
            claim.id,
            int(claim.repeats is not None),
            NO_WORD if claim.type is None else claim.type,
            f" {' '.join(claim.modes)} ",
            claim.certainty,
            claim.status,
            claim.polarity,
            chain[-1].source_kind if chain else "outlet",
            language,
            publisher,
            published,
            NO_WORD if earliest is None else earliest,
            NO_WORD if latest is None else latest,
            _named(claim.actors) if claim.actors else "",
            _named(claim.recipients) if claim.recipients else "",
            _several([link.name or unknown(link.source.exact) for link in chain if link.source]) if chain else "",
            _named(places) if places else "",
            _several([quantity.kind for quantity in claim.quantities]) if claim.quantities else "",
            *(_spots(places) if places else NO_SPOT),
            NO_WORD if claim.acled is None else claim.acled,
            _countries(places) if places else "",
        )


def _countries(places: tuple[Place, ...]) -> str:
    codes = dict.fromkeys([place.country for place in places if place.country])
    return f" {' '.join(codes)} " if codes else ""


def bounds(claim: Claim) -> tuple[str | None, str | None]:
    """Return the first and last day of all anchored times of a claim; both None where there is none."""
    anchored = [time for time in claim.times if time.anchored]
    if not anchored:
        return None, None
    return min(time.earliest or "" for time in anchored), max(time.latest or OPEN for time in anchored)


def _named(mentions: tuple[Entity | Place, ...]) -> str:
    if len(mentions) == 1:
        # most claims have one, and rows are made by the hundred thousand
        return f"{SET}{mentions[0].name or unknown(mentions[0].exact)}{SET}"
    return _several([mention.name or unknown(mention.exact) for mention in mentions])


def _several(names: list[str]) -> str:
    """Return names as one string, each once and between ``SET``.

    >>> _several(["Hezbollah", unknown("Les rebelles")]) == f"{SET}Hezbollah{SET}{WORD}les{WORD}rebelle{WORD}{SET}"
    True
    """
    if len(names) > 1:
        names = list(dict.fromkeys(names))
    return f"{SET}{SET.join(names)}{SET}" if names else ""


def unknown(exact: str) -> str:
    """Return the words of who has no canonical name as they are compared, each between ``WORD``."""
    return f"{WORD}{folded(exact).replace(' ', WORD)}{WORD}"


def known(several: str) -> list[str]:
    """Return the canonical names in what ``_several`` wrote."""
    return [name for name in several.split(SET) if name and name[0] != WORD]


def _spots(places: tuple[Place, ...]) -> tuple[Any, ...]:
    """Return the places that are points, and the box around them."""
    points = [
        (place.lat, place.lon)
        for place in places
        if place.lat is not None and place.lon is not None and place.precision <= WIDEST_SPOT
    ]
    if not points:
        return NO_SPOT
    if len(points) == 1:
        ((lat, lon),) = points
        return (f"{lat} {lon}", lat, lat, lon, lon)
    lats, lons = zip(*points, strict=True)
    return (" ".join(f"{lat} {lon}" for lat, lon in points), min(lats), max(lats), min(lons), max(lons))


def reading(document: Document, claims: tuple[Claim, ...], run: Run, discrepancies: tuple[Discrepancy, ...]) -> Reading:
    """Return a reading of its parts."""
    return Reading(document=document, claims=claims, run=run, discrepancies=discrepancies)
