"""The dossier as one HTML file: an event, or the events that the filters leave, with everything told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportedly.export import dossier
from reportedly.export.protocol import Format, Loss, Material, Option, Options, Table, fields

if TYPE_CHECKING:
    from reportedly.export.protocol import Dossier
    from reportedly.records import Run

LANGUAGE = Option("language", "The language of the interface.", dossier.languages())


def gathered(material: Material) -> tuple[list[Dossier], dict[str, Run]]:
    """Return the events, and what read each of their documents."""
    found = list(material.dossiers())
    wanted = {each.document.id for one in found for each in one.told}
    runs = {reading.document.id: reading.run for reading in material.readings() if reading.document.id in wanted}
    return found, runs


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write the page. All events are on it, so a thousand of them make a long one: choose with the filters."""
    found, runs = gathered(material)
    out.write(dossier.page(found, language=options["language"], runs=runs).encode("utf-8", "replace"))


def _codes(one: Dossier) -> int:
    return sum(len(each.claim.codes) for each in one.told)


def _finders(one: Dossier) -> int:
    return len(one.told)


FIELDS = fields(
    ("title, what, when, where", "Event.title, type, modes, earliest, latest, places"),
    (
        "who says what",
        "every Claim of the event that repeats no other: chain, words, facts, hedges, labels, what is not said",
    ),
    ("map", "positions of Claim.places finer than a country; a ring for Place.precision"),
    ("timeline", "Claim.times above, Document.published below"),
    ("sources, who copied whom", "Event.independent, why, dependences"),
    ("who is said to have done it", "Authorship"),
    ("the toll", "TollStep, the bounds drawn to scale"),
    ("what contradicts what", "Event.contradictions by value, with everybody's words"),
    ("the words used", "Framing"),
    ("what is missing", "Missing"),
    (
        "the reports",
        "Document: text with its spans marked, publisher, dates and where they were found, url, sha256; Run",
    ),
)
LOST = (
    Loss("codes of other schemes", _codes),
    Loss("which rule found a span, and ids of actors and places", _finders),
)
FORMAT = Format(
    name="html",
    title="The dossier: one event or several in one HTML file that opens anywhere",
    suffix=".html",
    write=write,
    tables=(Table(name="events", takes="events", fields=FIELDS, lost=LOST),),
    options=(LANGUAGE,),
    notes=(
        "No script, nothing loaded, strict Content-Security-Policy; whatever a report says is escaped.",
        "Letters that reorder or hide others (U+202E and such) are written out.",
        "Coasts and borders are Natural Earth's (public domain), for orientation only.",
        "Reasons are told in the language of the interface, those of inferred fields in English.",
    ),
)
