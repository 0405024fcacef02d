"""FollowTheMoney: reports as Articles, who is named as Persons and Organizations, where as Addresses, each naming as a Mention, and Events.

An entity a line, made and checked by the followthemoney library. The model has no place for who says what, nor for doubt: an Event's
summary has every claim in words with its chain, and ``--loss`` counts what became of the rest.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.export import whereabouts
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Options, Table
from reportedly.export.registry import library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.export.protocol import Told
    from reportedly.records import Claim, Document, Entity, Place, Reading

EXTRA = "ftm"
# Who is named; civilians and things are nobody in particular.
SCHEMATA = {
    "person": "Person",
    "armed-group": "Organization",
    "state-force": "Organization",
    "state": "Organization",
    "organisation": "Organization",
}
RUNNING_TEXT = {"bodyText", "summary", "notes"}
_QID = re.compile(r"Q\d+")


def key(*parts: str) -> str:
    """Return the id of an entity: the same parts, the same id."""
    return f"rpt-{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'replace')).hexdigest()[:24]}"


class Maker:
    """Makes entities with the library, each of those that many reports share once."""

    def __init__(self) -> None:
        self._model = library("followthemoney", extra=EXTRA).model
        self._seen: set[str] = set()

    def make(self, schema: str, entity_id: str, **properties: Any) -> dict[str, Any]:
        """Return an entity; what the library finds no value of the property's kind is left out."""
        entity = self._model.make_entity(schema)
        entity.id = entity_id
        for name, value in properties.items():
            if value not in (None, "", (), []):
                # the library would clean joiners and marks of direction out of running text, and so change its words
                entity.add(name, value, cleaned=name in RUNNING_TEXT)
        made: dict[str, Any] = entity.to_dict()
        return made

    def once(self, entity_id: str, make: Callable[[], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the entity the first time it is asked for."""
        if entity_id not in self._seen:
            self._seen.add(entity_id)
            yield make()


def entities(material: Material) -> Iterator[dict[str, Any]]:
    """Yield the entities: of each report the article, who and where it names, and its mentions; then the events."""
    maker = Maker()
    for reading in material.readings():
        yield _article(reading.document, maker)
        yield from _named(reading, maker)
    for dossier in material.dossiers():
        yield from _event(dossier, maker)


def _article(document: Document, maker: Maker) -> dict[str, Any]:
    return maker.make(
        "Article",
        article_id(document),
        title=document.title.value if document.title else None,
        name=document.title.value if document.title else document.name,
        fileName=document.name,
        publisher=document.publisher.value if document.publisher else None,
        publishedAt=document.published.value if document.published else None,
        sourceUrl=document.url,
        retrievedAt=document.fetched,
        language=document.language.value if document.language else None,
        bodyText=document.text,
        mimeType="text/plain",
        notes=f"sha256 {document.sha256}",
    )


def article_id(document: Document) -> str:
    """Return the id of a report's Article."""
    return key("article", document.id)


def who(entity: Entity) -> str | None:
    """Return the id of whom an actor is, None for nobody in particular: no name, civilians, things."""
    return key("who", SCHEMATA[entity.kind], entity.name) if entity.name and entity.kind in SCHEMATA else None


def where(place: Place) -> str:
    """Return the id of a place: by its own name and position."""
    return key("where", place.name or place.exact, str(place.lat), str(place.lon))


def _entity(each: Entity, maker: Maker) -> dict[str, Any]:
    known = each.identifier if each.identifier and _QID.fullmatch(each.identifier) else None
    return maker.make(SCHEMATA[each.kind], str(who(each)), name=each.name, wikidataId=known, topics=None)


def _address(place: Place, maker: Maker) -> dict[str, Any]:
    inferred = f"; inferred: {place.reason}" if place.basis == "inferred" else ""
    return maker.make(
        "Address",
        where(place),
        full=", ".join(filter(None, [place.name or place.exact, place.country])),
        name=place.name or place.exact,
        country=place.country,
        latitude=None if place.lat is None else str(place.lat),
        longitude=None if place.lon is None else str(place.lon),
        remarks=f"precision {whereabouts.precision(place)} of 7{inferred}",
    )


def _named(reading: Reading, maker: Maker) -> Iterator[dict[str, Any]]:
    """Yield the persons, organizations and addresses that a report names, and a mention for each naming of somebody."""
    document = reading.document
    mentioned: set[tuple[int, int]] = set()
    for claim in reading.claims:
        for place in claim.places:
            yield from maker.once(where(place), lambda place=place: _address(place, maker))  # type: ignore[misc]
        for each in (*claim.actors, *claim.recipients):
            known = who(each)
            if known is None:
                continue
            yield from maker.once(known, lambda each=each: _entity(each, maker))  # type: ignore[misc]
            if (each.start, each.end) not in mentioned:
                mentioned.add((each.start, each.end))
                yield maker.make(
                    "Mention",
                    key("mention", document.id, str(each.start), str(each.end)),
                    document=article_id(document),
                    resolved=known,
                    name=each.exact,
                    detectedSchema=SCHEMATA[each.kind],
                )


def _event(dossier: Dossier, maker: Maker) -> Iterator[dict[str, Any]]:
    event = dossier.event
    told = [each.claim for each in dossier.told]
    for place in event.places:
        yield from maker.once(where(place), lambda place=place: _address(place, maker))  # type: ignore[misc]
    involved = _ids(each for claim in told for each in (*claim.actors, *claim.recipients))
    yield maker.make(
        "Event",
        key("event", event.id),
        name=event.title or event.id,
        recordId=event.id,
        startDate=event.earliest,
        endDate=event.latest,
        location=[place.name or place.exact for place in event.places],
        addressEntity=[where(place) for place in event.places],
        country=[place.country for place in event.places if place.country],
        involved=involved,
        keywords=[word for word in (event.type, *event.modes) if word],
        proof=sorted({article_id(each.document) for each in dossier.told}),
        summary=[_sentence(each) for each in dossier.told],
        notes=[f"contradicted on {pair.field}: {pair.reason}" for pair in event.contradictions],
    )


def _ids(each: Iterable[Entity]) -> list[str]:
    return sorted({known for entity in each if (known := who(entity))})


def _sentence(told: Told) -> str:
    """Return a claim in words: who says it, how, and its content, with what stands against taking it for a fact."""
    document, claim = told
    publisher = document.publisher.value if document.publisher else document.name
    chain = [
        publisher,
        *(f"{link.name or (link.source.exact if link.source else '?')} ({link.act})" for link in claim.chain),
    ]
    doubts = [
        word
        for word in (claim.polarity, claim.certainty, claim.status)
        if word not in ("positive", "certain", "happened")
    ]
    held = f" [{', '.join(doubts)}]" if doubts else ""
    return f"{' < '.join(chain)}: {claim.content.exact}{held}"


def write(material: Material, out: BinaryIO, _options: Options) -> None:
    """Write an entity a line."""
    out.writelines(json.dumps(entity, ensure_ascii=False).encode("utf-8") + b"\n" for entity in entities(material))


def _of_claims(count: Callable[[Claim], int]) -> Callable[[Any], int]:
    return lambda reading: sum(count(claim) for claim in reading.claims)


def _nobodies(claim: Claim) -> int:
    return sum(1 for each in (*claim.actors, *claim.recipients) if who(each) is None)


_MENTIONS = (
    Loss("actors who are nobody in particular: no name, civilians, things", _of_claims(_nobodies)),
    Loss(
        "where in the text the name stands",
        _of_claims(lambda claim: len(claim.actors) + len(claim.recipients) - _nobodies(claim)),
    ),
)
FORMAT = Format(
    name="ftm",
    title="FollowTheMoney: articles, who and where they name, mentions, events",
    suffix=".ftm.json",
    write=write,
    extra=EXTRA,
    tables=(
        Table(
            name="Article",
            takes="readings",
            fields=(
                Field("id", "Document.id, hashed"),
                Field("title, name", "Document.title, else Document.name"),
                Field("fileName", "Document.name"),
                Field("publisher", "Document.publisher"),
                Field("publishedAt", "Document.published"),
                Field("sourceUrl", "Document.url"),
                Field("retrievedAt", "Document.fetched"),
                Field("language", "Document.language, in three letters"),
                Field("bodyText", "Document.text"),
                Field("notes", "Document.sha256"),
            ),
            lost=(
                Loss(
                    "claims as such: what is said stands in the events' summaries, in words",
                    lambda reading: len(reading.claims),
                ),
                Loss("which rule found it, and why", lambda reading: len(reading.claims)),
            ),
        ),
        Table(
            name="Person, Organization",
            takes="readings",
            fields=(
                Field("id", "Entity.name and kind, hashed: one of a name, whatever report names it"),
                Field("name", "Entity.name"),
                Field("wikidataId", "Entity.identifier"),
            ),
            lost=(
                Loss(
                    "armed group, state, force of a state: all are Organization",
                    _of_claims(
                        lambda c: sum(
                            e.kind in ("armed-group", "state-force", "state") for e in (*c.actors, *c.recipients)
                        )
                    ),
                ),
            ),
        ),
        Table(
            name="Mention",
            takes="readings",
            fields=(
                Field("document", "the Article"),
                Field("resolved", "the Person or Organization"),
                Field("name", "Span.exact, blanks and quotation marks as the library has names"),
                Field("detectedSchema", "Entity.kind"),
            ),
            lost=_MENTIONS,
        ),
        Table(
            name="Address",
            takes="readings",
            fields=(
                Field("full, name", "Place.name, else its words; country"),
                Field("country", "Place.country"),
                Field("latitude, longitude", "Place.lat, Place.lon"),
                Field("remarks", "Place.precision, 2 at least where it was inferred; Place.reason then"),
            ),
            lost=(
                Loss(
                    "near, from, to, between",
                    _of_claims(lambda claim: sum(place.relation != "in" for place in claim.places)),
                ),
            ),
        ),
        Table(
            name="Event",
            takes="events",
            fields=(
                Field("id", "Event.id, hashed"),
                Field("name", "Event.title"),
                Field("recordId", "Event.id"),
                Field("startDate, endDate", "Event.earliest, Event.latest"),
                Field("location, addressEntity, country", "Event.places"),
                Field(
                    "involved",
                    "Claim.actors, Claim.recipients of its claims",
                    (
                        Loss(
                            "who did it and to whom",
                            lambda d: sum(bool(each.claim.actors) and bool(each.claim.recipients) for each in d.told),
                        ),
                    ),
                ),
                Field("keywords", "Event.type, Event.modes"),
                Field("proof", "the Articles of its claims"),
                Field("summary", "each claim in words: outlet < source (act): content [doubts]"),
                Field("notes", "Event.contradictions"),
            ),
            lost=(
                Loss("figures", lambda dossier: sum(len(each.claim.quantities) for each in dossier.told)),
                Loss("which reports are independent", lambda dossier: len(dossier.event.independent)),
            ),
        ),
    ),
    notes=(
        "Made by the followthemoney library: a value that is none of its property's kind is left out.",
        "An actor is one entity a name: two people of one name are one here. Take them for candidates.",
    ),
)
