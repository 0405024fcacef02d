"""The flat tables: one claim or one event a row, as CSV, Excel, Parquet and SQLite have them.

A column has a kind: ``text``, ``number``, ``integer``, or a list of one (``texts``, ``numbers``, ``integers``), and a format writes a
list as it can. Lists of one thing go together: the n-th place belongs to the n-th latitude.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reportedly.export import figures, whereabouts
from reportedly.export.protocol import Dossier, Field, Loss, Table, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Claim, Reading

Kind = Literal["text", "number", "integer", "texts", "numbers", "integers"]
LISTS = frozenset({"texts", "numbers", "integers"})
COUNTED = ("killed", "injured", "casualties", "missing", "abducted", "arrested", "displaced")


@dataclass(frozen=True)
class Column:
    """A column: name, kind, where it comes from, and how a row's value is had; what it loses is counted by an item's losses."""

    name: str
    kind: Kind
    source: str
    value: Callable[[Any], Any]
    losses: tuple[Loss, ...] = ()


def values(columns: Iterable[Column], item: Told | Dossier) -> dict[str, Any]:
    """Return one row: the value of every column, None and empty lists where nothing is said."""
    return {column.name: column.value(item) for column in columns}


def fields(columns: Iterable[Column]) -> tuple[Field, ...]:
    """Return the columns as a format's table tells of them."""
    return tuple(Field(column.name, column.source, column.losses) for column in columns)


def told(reading: Reading) -> Iterator[Told]:
    """Yield the claims of a reading with their document."""
    return (Told(reading.document, claim) for claim in reading.claims)


def claims_that(has: Callable[[Claim], int]) -> Callable[[Reading], int]:
    """Return what counts over a reading's claims."""
    return lambda reading: sum(has(claim) for claim in reading.claims)


def _document(attribute: str) -> Callable[[Told], str | None]:
    def value(row: Told) -> str | None:
        sourced = getattr(row.document, attribute)
        return sourced.value if sourced else None

    return value


def _claim(attribute: str) -> Callable[[Told], Any]:
    return lambda row: getattr(row.claim, attribute)


def _each(part: str, attribute: str) -> Callable[[Told], list[Any]]:
    return lambda row: [getattr(each, attribute) for each in getattr(row.claim, part)]


def _codes(row: Told) -> list[str]:
    return [f"{code.scheme}: {code.value or ' or '.join(code.candidates)}" for code in row.claim.codes]


_ACTOR_LOSS = Loss("the public identifier and the offsets of an actor", claims_that(lambda claim: len(claim.actors)))
_RECIPIENT_LOSS = Loss(
    "the public identifier and the offsets of a recipient", claims_that(lambda claim: len(claim.recipients))
)
_CHAIN_LOSS = Loss(
    "where a pronoun's antecedent stands",
    claims_that(lambda claim: sum(link.antecedent is not None for link in claim.chain)),
)
_TIME_LOSS = Loss("how a date was anchored, and its granularity", claims_that(lambda claim: len(claim.times)))
_QUANTITY_LOSS = Loss(
    "the counted noun, and of which total a quantity is a part",
    claims_that(lambda claim: sum(q.noun is not None or q.part_of is not None for q in claim.quantities)),
)

CLAIMS: tuple[Column, ...] = (
    Column("document", "text", "Document.name", lambda row: row.document.name),
    Column(
        "publisher",
        "text",
        "Document.publisher",
        _document("publisher"),
        (
            Loss(
                "where the publisher was found and how far it is trusted",
                lambda reading: int(bool(reading.document.publisher)),
            ),
        ),
    ),
    Column(
        "published",
        "text",
        "Document.published",
        _document("published"),
        (
            Loss(
                "where the date was found and how far it is trusted",
                lambda reading: int(bool(reading.document.published)),
            ),
        ),
    ),
    Column("claim", "text", "Claim.id", _claim("id")),
    Column("repeats", "text", "Claim.repeats", _claim("repeats")),
    Column(
        "source",
        "texts",
        "Claim.chain[].source, outermost first; empty where nobody is named",
        lambda row: [link.source.exact if link.source else None for link in row.claim.chain],
        (_CHAIN_LOSS,),
    ),
    Column("source_name", "texts", "Claim.chain[].name", _each("chain", "name")),
    Column("source_kind", "texts", "Claim.chain[].source_kind", _each("chain", "source_kind")),
    Column("cue", "texts", "Claim.chain[].cue", lambda row: [link.cue.exact for link in row.claim.chain]),
    Column("act", "texts", "Claim.chain[].act", _each("chain", "act")),
    Column("trigger", "text", "Claim.trigger", lambda row: row.claim.trigger.exact if row.claim.trigger else None),
    Column("type", "text", "Claim.type", _claim("type")),
    Column("modes", "texts", "Claim.modes", lambda row: list(row.claim.modes)),
    Column("territory", "text", "Claim.territory", _claim("territory")),
    Column("weapon", "text", "Claim.weapon", _claim("weapon")),
    Column("target", "text", "Claim.target", _claim("target")),
    Column("acled", "text", "Claim.acled", _claim("acled")),
    Column("polarity", "text", "Claim.polarity", _claim("polarity")),
    Column("certainty", "text", "Claim.certainty", _claim("certainty")),
    Column("status", "text", "Claim.status", _claim("status")),
    Column("review", "text", "Claim.review: accepted, corrected or added by a person", _claim("review")),
    Column("hedge", "texts", "Claim.hedges[]", _each("hedges", "exact")),
    Column("actor", "texts", "Claim.actors[]", _each("actors", "exact"), (_ACTOR_LOSS,)),
    Column("actor_name", "texts", "Claim.actors[].name", _each("actors", "name")),
    Column("actor_kind", "texts", "Claim.actors[].kind", _each("actors", "kind")),
    Column("recipient", "texts", "Claim.recipients[]", _each("recipients", "exact"), (_RECIPIENT_LOSS,)),
    Column("recipient_name", "texts", "Claim.recipients[].name", _each("recipients", "name")),
    Column("recipient_kind", "texts", "Claim.recipients[].kind", _each("recipients", "kind")),
    Column("place", "texts", "Claim.places[]", _each("places", "exact")),
    Column("place_name", "texts", "Claim.places[].name", _each("places", "name")),
    Column("lat", "numbers", "Claim.places[].lat", _each("places", "lat")),
    Column("lon", "numbers", "Claim.places[].lon", _each("places", "lon")),
    Column("precision", "integers", "Claim.places[].precision", _each("places", "precision")),
    Column("relation", "texts", "Claim.places[].relation", _each("places", "relation")),
    Column("country", "texts", "Claim.places[].country", _each("places", "country")),
    Column("time", "texts", "Claim.times[]", _each("times", "exact"), (_TIME_LOSS,)),
    Column("earliest", "texts", "Claim.times[].earliest", _each("times", "earliest")),
    Column("latest", "texts", "Claim.times[].latest", _each("times", "latest")),
    Column("quantity", "texts", "Claim.quantities[]", _each("quantities", "exact"), (_QUANTITY_LOSS,)),
    Column("quantity_kind", "texts", "Claim.quantities[].kind", _each("quantities", "kind")),
    Column("low", "numbers", "Claim.quantities[].low", _each("quantities", "low")),
    Column("best", "numbers", "Claim.quantities[].best", _each("quantities", "best")),
    Column("high", "numbers", "Claim.quantities[].high", _each("quantities", "high")),
    Column("unit", "texts", "Claim.quantities[].unit", _each("quantities", "unit")),
    Column("label", "texts", "Claim.labels[]", _each("labels", "exact")),
    Column("label_of", "texts", "Claim.labels[].of", _each("labels", "of")),
    Column("label_neutral", "texts", "Claim.labels[].neutral", _each("labels", "neutral")),
    Column("content", "text", "Claim.content", lambda row: row.claim.content.exact),
    Column("start", "integer", "Claim.content.start", lambda row: row.claim.content.start),
    Column("end", "integer", "Claim.content.end", lambda row: row.claim.content.end),
    Column("codes", "texts", "Claim.codes[], the candidates where a scheme leaves several open", _codes),
    Column("language", "text", "Document.language", _document("language")),
    Column("url", "text", "Document.url", lambda row: row.document.url),
    Column("document_id", "text", "Document.id", lambda row: row.document.id),
)


def _mentions(claim: Claim) -> int:
    parts = (claim.hedges, claim.actors, claim.recipients, claim.places, claim.times, claim.quantities, claim.labels)
    links = sum(1 + (link.source is not None) for link in claim.chain)
    return sum(map(len, parts)) + links + (claim.trigger is not None)


CLAIMS_LOST: tuple[Loss, ...] = (
    Loss("offsets, rule and basis of a mention", claims_that(_mentions)),
    Loss("the text of the report beyond its claims", lambda reading: int(bool(reading.document.text))),
    Loss("a report without claims", lambda reading: int(not reading.claims), whole="documents"),
    Loss("discrepancies within a report", lambda reading: len(reading.discrepancies)),
    Loss("notes on a claim", claims_that(lambda claim: len(claim.notes))),
    Loss("the run that read the report", lambda _reading: 1),
)


# --- events ------------------------------------------------------------------------------------------------------------------------


point = whereabouts.spot


def _at(attribute: str) -> Callable[[Dossier], Any]:
    def value(dossier: Dossier) -> Any:
        found = point(dossier)
        return getattr(found, attribute) if found else None

    return value


def parties(dossier: Dossier, part: Literal["actors", "recipients"]) -> list[str]:
    """Return the names of who did it, or to whom, as the claims that say it happened name them; each once, as they come."""
    found = [
        entity.name or entity.exact
        for row in dossier.told
        if figures.counts(row)
        for entity in getattr(row.claim, part)
        if entity.kind != "object"
    ]
    return list(dict.fromkeys(found))


def outlets(dossier: Dossier) -> list[str]:
    """Return who published, each once; the name of the document where nobody knows."""
    found = [row.document.publisher.value if row.document.publisher else row.document.name for row in dossier.told]
    return list(dict.fromkeys(found))


def published(dossier: Dossier) -> list[str]:
    """Return the days the reports came out, sorted, each once."""
    return sorted({row.document.published.value[:10] for row in dossier.told if row.document.published})


def acled(dossier: Dossier) -> list[str]:
    """Return the ACLED sub-events of the claims that count, the most frequent first."""
    found = [row.claim.acled for row in dossier.told if row.claim.acled and figures.counts(row)]
    return sorted(dict.fromkeys(found), key=lambda value: (-found.count(value), value))


def _documents(dossier: Dossier) -> list[str]:
    return list(dict.fromkeys(row.document.name for row in dossier.told))


def _figure(kind: str, bound: int) -> Callable[[Dossier], float | None]:
    return lambda dossier: figures.total(dossier, kind)[bound]


def _figure_columns() -> Iterator[Column]:
    for kind in COUNTED:
        told_of = f"Claim.quantities[] of kind {kind}: the latest of each speaker, all that were hit, else the sides added up;"
        loss = Loss(f"a figure of {kind} that is not the lowest, highest or most supported", _figures_lost(kind))
        yield Column(f"{kind}_low", "number", f"{told_of} the lowest", _figure(kind, 0), (loss,))
        yield Column(
            f"{kind}_best", "number", f"{told_of} what most leave room for, of equals the lowest", _figure(kind, 1)
        )
        yield Column(f"{kind}_high", "number", f"{told_of} the highest", _figure(kind, 2))


def _figures_lost(kind: str) -> Callable[[Dossier], int]:
    def count(dossier: Dossier) -> int:
        given = {
            (quantity.low, quantity.best, quantity.high)
            for row in dossier.told
            for quantity in row.claim.quantities
            if quantity.kind == kind
        }
        kept = {*figures.total(dossier, kind), None}
        return sum(not set(bounds) <= kept for bounds in given)

    return count


EVENTS: tuple[Column, ...] = (
    Column("id", "text", "Event.id", lambda d: d.event.id),
    Column("title", "text", "Event.title: the fullest claim's own words", lambda d: d.event.title),
    Column("type", "text", "Event.type", lambda d: d.event.type),
    Column("modes", "texts", "Event.modes", lambda d: list(d.event.modes)),
    Column("acled", "texts", "Claim.acled of the claims that say it happened, the most frequent first", acled),
    Column("earliest", "text", "Event.earliest", lambda d: d.event.earliest),
    Column("latest", "text", "Event.latest", lambda d: d.event.latest),
    Column("place", "texts", "Event.places[], the finest first", lambda d: [p.name or p.exact for p in d.event.places]),
    Column("lat", "number", "Event.places[].lat of the finest that has coordinates", _at("lat")),
    Column("lon", "number", "Event.places[].lon of the same", _at("lon")),
    Column(
        "precision",
        "integer",
        "Event.places[].precision of the same; 2 at least where the place was inferred or a finer one could not be located",
        _at("precision"),
    ),
    Column("place_basis", "text", "Event.places[].basis of the same: stated or inferred", _at("basis")),
    Column("country", "text", "Event.places[].country of the same", _at("country")),
    Column("actor", "texts", "Claim.actors[] of the claims that say it happened", lambda d: parties(d, "actors")),
    Column("recipient", "texts", "Claim.recipients[] of the same", lambda d: parties(d, "recipients")),
    *_figure_columns(),
    Column("claims", "integer", "how many Event.claims", lambda d: len(d.event.claims)),
    Column("reports", "integer", "how many documents they stand in", lambda d: len(_documents(d))),
    Column(
        "sources", "integer", "how many of them are independent (Event.independent)", lambda d: len(d.event.independent)
    ),
    Column(
        "denied", "integer", "how many claims deny it", lambda d: sum(r.claim.polarity == "negative" for r in d.told)
    ),
    Column(
        "contradicted",
        "texts",
        "Event.contradictions[].field",
        lambda d: sorted({each.field for each in d.event.contradictions}),
        (Loss("why two claims contradict each other", lambda d: len(d.event.contradictions)),),
    ),
    Column("outlets", "texts", "Document.publisher, else the name", outlets),
    Column("first_published", "text", "Document.published, the first", lambda d: next(iter(published(d)), None)),
    Column("last_published", "text", "Document.published, the last", lambda d: next(iter(published(d)[::-1]), None)),
    Column("documents", "texts", "Document.name of each report", _documents),
)

EVENTS_LOST: tuple[Loss, ...] = (
    Loss("a claim's own chain, certainty and words (they stand in the table of claims)", lambda d: len(d.told)),
    Loss("who depends on whom", lambda d: len(d.event.dependences)),
    Loss("why sources are independent", lambda d: len(d.event.why)),
)
CLAIMS_TABLE = Table(name="claims", takes="readings", fields=fields(CLAIMS), lost=CLAIMS_LOST)
EVENTS_TABLE = Table(name="events", takes="events", fields=fields(EVENTS), lost=EVENTS_LOST)
