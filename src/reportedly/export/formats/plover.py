"""PLOVER: JSON Lines, an event record for each claim of a listed happening, under the field names of the PLOVER manual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from reportedly.export import parties, whereabouts
from reportedly.export.columns import claims_that, told
from reportedly.export.countries import country, of_state
from reportedly.export.protocol import Field, Format, Loss, Material, Options, Table, Told, fields
from reportedly.records import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.records import Claim, Entity, Mention, Place, Quantity, Span

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "SANCTION", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
# What the manual calls contexts: what has not happened is told apart there.
CONTEXT = {"planned": "future", "hypothetical": "hypothetical"}
SECTORS = {"state": "GOV", "state-force": "MIL", "civilians": "CVL"}
GROUPS = (("rebel", "REB"), ("separatist", "REB"), ("guerrilla", "REB"), ("gang", "CRM"), ("paramilitary", "PRM"))
SIZES = {"dead": "killed", "injured": "injured", "arrested": "arrested"}
GEONAMES = "geonames:"


def write(material: Material, out: BinaryIO, _options: Options) -> None:
    """Write each claim that has a type as one line."""
    for reading in material.readings():
        for row in told(reading):
            if row.claim.type:
                out.write(msgspec.json.encode(record(row, reading)) + b"\n")


def record(row: Told, reading: Reading) -> dict[str, Any]:
    """Return one claim as a PLOVER record; attribution, certainty and the bounds of figures are fields of our own beside the manual's."""
    claim = row.claim
    first = next((time for time in claim.times if time.anchored and (time.earliest or time.latest)), None)
    place = min(claim.places, key=whereabouts.order, default=None)
    return {
        "id": f"{row.document.id}:{claim.id}",
        "has_event": True,
        "date": (first.earliest or first.latest) if first else None,
        "enddate": first.latest if first else None,
        "actor": [_actor(entity) for entity in claim.actors],
        "recipient": [_actor(entity) for entity in claim.recipients],
        "event": [claim.type],
        "mode": list(claim.modes),
        "context": _context(claim),
        "quad_code": QUAD.get(claim.type or ""),
        "event_loc": _location(place) if place else None,
        "event_text": [claim.trigger.exact] if claim.trigger else [],
        "size_info": _sizes(claim.quantities),
        "link": f"{row.document.id}:{claim.repeats}" if claim.repeats else None,
        "text": claim.content.exact,
        "text_info": _text(claim),
        "cite_info": _citation(row, reading),
        "coder": claim.by or reading.run.annotator,
        "attribution": [_link(link.source, link.cue, link.act, link.name) for link in claim.chain],
        "certainty": claim.certainty,
        "status": claim.status,
        "polarity": claim.polarity,
    }


def _actor(entity: Entity) -> dict[str, Any]:
    return {
        "code": country(of_state(entity)).iso3 or None,
        "sector": _sector(entity),
        "actor_text": entity.exact,
        "identifier_id": entity.identifier,
        "identifier_text": entity.name,
        "start": entity.start,
        "end": entity.end,
    }


def _sector(entity: Entity) -> str | None:
    if entity.kind == "armed-group":
        known = parties.tags(entity)
        return next((sector for tag, sector in GROUPS if tag in known), None)
    return SECTORS.get(entity.kind)


def _context(claim: Claim) -> list[str]:
    found = [CONTEXT[claim.status]] if claim.status in CONTEXT else []
    return [*found, "negation"] if claim.polarity == "negative" else found


def _location(place: Place) -> dict[str, Any]:
    """Return a place in the names of GeoNames, as the manual wants it."""
    identifier = place.identifier or ""
    geoname = identifier.removeprefix(GEONAMES)
    return {
        "geonameid": int(geoname) if identifier.startswith(GEONAMES) and geoname.isdecimal() else None,
        "name": place.name or place.exact,
        "latitude": place.lat,
        "longitude": place.lon,
        "country code": place.country,
        "cc3": country(place.country).iso3 or None,
        "precision": whereabouts.precision(place),
        "basis": place.basis,
        "start": place.start,
        "end": place.end,
    }


def _sizes(quantities: Iterable[Quantity]) -> dict[str, Any]:
    """Return the first total of each kind the manual has a name for: one number, and beside it the bounds and the words."""
    made: dict[str, Any] = {}
    for name, kind in SIZES.items():
        found = next((each for each in quantities if each.kind == kind and each.part_of is None), None)
        if found:
            made[name] = next((value for value in (found.best, found.low, found.high) if value is not None), None)
            made |= {f"{name}_low": found.low, f"{name}_high": found.high, f"{name}_text": found.exact}
    return made


def _text(claim: Claim) -> dict[str, Any]:
    return {
        "start": claim.content.start,
        "end": claim.content.end,
        "trigger": _span(claim.trigger) if claim.trigger else None,
    }


def _citation(row: Told, reading: Reading) -> dict[str, Any]:
    document = row.document
    return {
        "citation": document.name,
        "url": document.url,
        "title": document.title.value if document.title else None,
        "language": document.language.value if document.language else None,
        "publication": document.publisher.value if document.publisher else None,
        "published": document.published.value if document.published else None,
        "coder": f"{reading.run.annotator} {reading.run.version}".strip(),
        "codebook": "plover",
        "sha256": document.sha256,
    }


def _link(source: Mention | None, cue: Mention, act: str, name: str | None) -> dict[str, Any]:
    return {"source": _span(source) if source else None, "name": name, "cue": _span(cue), "act": act}


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "exact": span.exact}


def _untyped(claim: Claim) -> int:
    return int(claim.type is None)


def _other_places(claim: Claim) -> int:
    return max(0, len(claim.places) - 1)


def _unanchored(claim: Claim) -> int:
    return int(bool(claim.times) and not any(time.anchored for time in claim.times))


def _other_quantities(claim: Claim) -> int:
    return len(claim.quantities) - sum(1 for name in _sizes(claim.quantities) if name in SIZES)


FIELDS = fields(
    ("id", "`Document.id:Claim.id`"),
    ("has_event", "always true"),
    Field(
        "date",
        "Claim.times[]: the first day of the first that has a date; null where none has",
        (Loss("the words of a time without a date", claims_that(_unanchored)),),
    ),
    ("enddate", "the last day of the same"),
    (
        "actor",
        "Claim.actors[]: code (ISO 3166-1 of the state), sector, actor_text, identifier_id, identifier_text, start, end",
    ),
    ("recipient", "Claim.recipients[], likewise"),
    ("event", "Claim.type, a list of one"),
    ("mode", "Claim.modes"),
    ("context", "Claim.status and polarity: future, hypothetical, negation"),
    ("quad_code", "of Claim.type, by the manual's table"),
    Field(
        "event_loc",
        "Claim.places[], the finest that has coordinates, in GeoNames's words; precision (2 at least where inferred), basis, start, end",
        (Loss("other places of a claim", claims_that(_other_places)),),
    ),
    ("event_text", "Claim.trigger"),
    Field(
        "size_info",
        "Claim.quantities[] of kinds killed, injured, arrested: as one number (best, else low), with bounds and words",
        (Loss("quantities of other kinds, and parts of totals", claims_that(_other_quantities)),),
    ),
    ("link", "Claim.repeats"),
    ("text", "Claim.content"),
    ("text_info", "offsets into the document: start and end of the content, and the trigger"),
    ("cite_info", "Document: citation (name), url, title, language, publication, published, sha256; coder of Run"),
    ("coder", "Claim.by, else Run.annotator"),
    ("attribution", "Claim.chain[]: source, name, cue, act with offsets (a field of ours)"),
    ("certainty", "Claim.certainty (ours)"),
    ("status", "Claim.status (ours)"),
    ("polarity", "Claim.polarity (ours)"),
)
FORMAT = Format(
    name="plover",
    title="PLOVER event records, JSON Lines",
    suffix=".jsonl",
    write=write,
    tables=(
        Table(
            name="records",
            takes="readings",
            fields=FIELDS,
            lost=(
                Loss("a claim of no listed happening: it is no record", claims_that(_untyped), whole="claims"),
                Loss("hedges", claims_that(lambda claim: len(claim.hedges))),
                Loss("labels", claims_that(lambda claim: len(claim.labels))),
                Loss("a change of territory", claims_that(lambda claim: int(claim.territory is not None))),
                Loss("codes of other schemes", claims_that(lambda claim: len(claim.codes))),
                Loss("the text of the report beyond its claims", lambda reading: int(bool(reading.document.text))),
            ),
        ),
    ),
    notes=("One record a claim, not an event: how records of one happening are joined PLOVER leaves open.",),
)
