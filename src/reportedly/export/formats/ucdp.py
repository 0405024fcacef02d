"""UCDP's table: the 49 columns of the Georeferenced Event Dataset, version 23.1, a fatal event of organised violence a row."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, BinaryIO

from reportedly.export import dyads, figures, originals, parties, tables, whereabouts
from reportedly.export.columns import outlets
from reportedly.export.countries import NOWHERE, country, of_state
from reportedly.export.formats.acled import number
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Options, Table, fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.records import Document

# The days an event may span for UCDP's precisions 1 to 4; longer ones have 5.
DATE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))
SUMMARY = 5
# PRIO-GRID: cells of half a degree, counted from 1 at 90 south, 180 west, along the rows.
CELLS_A_DEGREE, COLUMNS, ROWS = 2, 720, 360


def write(material: Material, out: BinaryIO, _options: Options) -> None:
    """Write the table; what is no fatal event of organised violence is no row."""
    names = [field.name for field in FIELDS]
    out.write(tables.line(names).encode("utf-8"))
    for dossier in material.dossiers():
        if qualifies(dossier):
            made = row(dossier)
            out.write(tables.line(tables.neutral(tables.joined(made.get(name))) for name in names).encode("utf-8"))


def qualifies(dossier: Dossier) -> bool:
    """Return whether an event is organised violence, by the codes of its claims, and cost a life by somebody's figure."""
    deaths = figures.total(dossier, "killed")
    return max(deaths.low or 0, deaths.best or 0, deaths.high or 0) >= 1 and any(
        code.scheme == "ucdp" for told in dossier.told if figures.counts(told) for code in told.claim.codes
    )


def row(dossier: Dossier) -> dict[str, object]:
    """Return one event under the names of the columns; those that only UCDP can know are left out."""
    return {
        "id": number(dossier.event.id),
        "type_of_violence": dyads.violence(dossier),
        **_sides(dossier),
        **_sources(dossier),
        **_where(dossier),
        **_when(dossier),
        **_deaths(dossier),
    }


def priogrid(lat: float, lon: float) -> int:
    """Return the PRIO-GRID cell of a point: Kabul lies in 179779.

    >>> priogrid(34.53, 69.17), priogrid(-90, -180), priogrid(90, 180)
    (179779, 1, 259200)
    """
    line = min(ROWS - 1, math.floor((lat + 90) * CELLS_A_DEGREE))
    column = min(COLUMNS - 1, math.floor((lon + 180) * CELLS_A_DEGREE))
    return line * COLUMNS + column + 1


def _sides(dossier: Dossier) -> dict[str, object]:
    first, second = dyads.pair(dossier)
    names = [dyads.name(first) if first else "", dyads.name(second) if second else ""]
    if dyads.violence(dossier) == dyads.ONE_SIDED:
        names[1] = dyads.CIVILIAN_SIDE
    states = [of_state(each) if each else None for each in (first, second)]
    return {
        "dyad_name": " - ".join(names) if all(names) else "",
        "side_a": names[0],
        "side_b": names[1],
        "gwnoa": country(states[0]).gwno,
        "gwnob": country(states[1]).gwno,
    }


def _sources(dossier: Dossier) -> dict[str, object]:
    documents = list({told.document.id: told.document for told in dossier.told}.values())
    return {
        "number_of_sources": len(dossier.event.independent) or len(documents),
        "source_article": ";".join(_reference(document) for document in documents),
        "source_office": ";".join(outlets(dossier)),
        "source_date": ";".join(_day(document) for document in documents),
        "source_headline": ";".join(_title(document) for document in documents),
        "source_original": ";".join(originals.named(dossier)),
    }


def _reference(document: Document) -> str:
    outlet = document.publisher.value if document.publisher else document.name
    return ",".join(part for part in (outlet, _day(document), _title(document)) if part)


def _day(document: Document) -> str:
    return document.published.value[:10] if document.published else ""


def _title(document: Document) -> str:
    return " ".join(document.title.value.split()) if document.title else ""


def _where(dossier: Dossier) -> dict[str, object]:
    found, place = whereabouts.spot(dossier), whereabouts.named(dossier)
    state = country(place.country) if place else NOWHERE
    made: dict[str, object] = {
        "where_prec": whereabouts.written(place),
        "where_coordinates": (place.name or place.exact) if place else "",
        "where_description": whereabouts.described(place),
        "adm_1": parties.division(dossier, 4, state.iso2 or None),
        "adm_2": parties.division(dossier, 3, state.iso2 or None),
        "country": state.ged_name,
        "country_id": state.gwno,
        "region": state.ged_region if state.gwno else "",
    }
    if found and found.lat is not None and found.lon is not None:
        made |= {
            "latitude": found.lat,
            "longitude": found.lon,
            "geom_wkt": f"POINT ({tables.joined(found.lon)} {tables.joined(found.lat)})",
            "priogrid_gid": priogrid(found.lat, found.lon),
        }
    return made


def _when(dossier: Dossier) -> dict[str, object]:
    first, last = dossier.event.earliest, dossier.event.latest
    if first is None or last is None:
        return {}
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days + 1
    precision = next((value for longest, value in DATE_PRECISION if days <= longest), SUMMARY)
    return {
        "year": first[:4],
        "event_clarity": 1 if precision <= 2 else 2,
        "date_prec": precision,
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
    }


def _deaths(dossier: Dossier) -> dict[str, object]:
    dead = dyads.deaths(dossier)
    best, high = dead.whole.best, dead.whole.high
    made: dict[str, object] = {"best": best, "high": high if high is not None else best, "low": dead.whole.low}
    if best is not None:
        made |= {
            "deaths_a": dead.side_a,
            "deaths_b": dead.side_b,
            "deaths_civilians": dead.civilians,
            "deaths_unknown": dead.unknown,
        }
    return made


def _of_rows(count: Callable[[Dossier], int]) -> Callable[[Dossier], int]:
    """Return what counts only over events that are rows."""
    return lambda dossier: count(dossier) if qualifies(dossier) else 0


def _open_top(dossier: Dossier) -> int:
    deaths = figures.total(dossier, "killed")
    return int(deaths.best is not None and deaths.high is None)


def _other_figures(dossier: Dossier) -> int:
    deaths = figures.total(dossier, "killed")
    said = {(q.low, q.best, q.high) for each in figures.said(dossier, "killed") for q in (each.quantity,)}
    return sum(not set(bounds) <= {*deaths, None} for bounds in said)


_UCDP = "left empty: only UCDP gives it"
_SEMICOLON = Loss(
    "where a headline ends that holds ';'",
    _of_rows(
        lambda d: sum(";" in _title(document) for document in {t.document.id: t.document for t in d.told}.values())
    ),
)
FIELDS = fields(
    ("id", "Event.id as a whole number: an id of ours, not of UCDP's"),
    ("relid", ""),
    ("year", "Event.earliest"),
    ("active_year", ""),
    ("code_status", ""),
    Field(
        "type_of_violence",
        "Claim.codes[] of scheme ucdp: what most claims that say it happened decide for",
        (Loss("the type, where the facts leave it open", _of_rows(lambda d: int(not dyads.violence(d)))),),
    ),
    ("conflict_dset_id", ""),
    ("conflict_new_id", ""),
    ("conflict_name", ""),
    ("dyad_dset_id", ""),
    ("dyad_new_id", ""),
    ("dyad_name", "side_a and side_b, where both are known"),
    ("side_a_dset_id", ""),
    ("side_a_new_id", ""),
    Field(
        "side_a",
        "Claim.actors[]: whom most claims name; a state and its forces as its government, and first in state-based violence",
        (Loss("other actors that claims name", _of_rows(lambda d: max(0, len(parties.ranked(d, "actors")) - 1))),),
    ),
    ("side_b_dset_id", ""),
    ("side_b_new_id", ""),
    Field(
        "side_b",
        "Claim.recipients[], likewise; 'Civilians' in one-sided violence",
        (
            Loss(
                "other recipients that claims name",
                _of_rows(lambda d: max(0, len(parties.ranked(d, "recipients")) - 1)),
            ),
        ),
    ),
    ("number_of_sources", "Event.independent: how many sources of their own"),
    ("source_article", "of each report: Document.publisher (else its name), published, title"),
    ("source_office", "Document.publisher, else its name"),
    ("source_date", "Document.published"),
    Field("source_headline", "Document.title", (_SEMICOLON,)),
    Field(
        "source_original",
        "Claim.chain: the innermost source of each claim, by name or in the report's words; a pronoun is whom it stands for",
        (
            Loss(
                "an outlet, or somebody only pointed at, as the innermost source: who said it is not known",
                _of_rows(originals.unnamed),
            ),
            Loss(
                "the links of a chain before its last",
                _of_rows(lambda d: sum(max(0, len(told.claim.chain) - 1) for told in d.told)),
            ),
        ),
    ),
    Field(
        "where_prec",
        "Place.precision, UCDP's own scale: 2 at least where the place was inferred or is only near; 2, or 3 where the reports name a "
        "district, where they name a finer spot that nobody could locate; empty where no place of a known kind could be",
        (
            Loss(
                "that the place was inferred, beyond where_description",
                _of_rows(lambda d: int(whereabouts.inferred(d))),
            ),
        ),
    ),
    ("where_coordinates", "Place.name of the finest place with coordinates, stated ones first"),
    ("where_description", "the same place in the report's words; Place.reason where it was inferred"),
    ("adm_1", "the one place of precision 4 that the claims name"),
    ("adm_2", "the one place of precision 3 that the claims name"),
    ("latitude", "Place.lat"),
    ("longitude", "Place.lon"),
    ("geom_wkt", "Place.lon and Place.lat as well-known text"),
    ("priogrid_gid", "computed from Place.lat and Place.lon: the cell of half a degree"),
    ("country", "Place.country under UCDP's name"),
    ("country_id", "Place.country as the state's number of Gleditsch and Ward"),
    ("region", "Place.country, by types/regions.tsv"),
    ("event_clarity", "1 where Event.earliest to Event.latest span up to six days, else 2"),
    ("date_prec", "Event.earliest to Event.latest: 1 a day, 2 up to six, 3 a week, 4 up to a month, 5 longer"),
    Field(
        "date_start",
        "Event.earliest",
        (
            Loss(
                "an event whose day nobody says: its dates are empty", _of_rows(lambda d: int(d.event.earliest is None))
            ),
        ),
    ),
    ("date_end", "Event.latest"),
    (
        "deaths_a",
        "Claim.quantities[] of kind killed that count side A's dead: what most speakers say, of equals the lowest",
    ),
    ("deaths_b", "likewise of side B's"),
    ("deaths_civilians", "likewise of civilians'; 'two children among the dead' says no more than 'at least two'"),
    ("deaths_unknown", "best less the three: the dead of whom nobody says whose they were"),
    Field(
        "best",
        "of all the dead what most speakers leave room for, of equals the lowest, and no less than the sides' together; where nobody gives "
        "a figure of all, the sides' together",
        (Loss("a figure that is not the lowest, best or highest", _of_rows(_other_figures)),),
    ),
    Field(
        "high",
        "the highest figure of all the dead that anybody gives, or the sides' highest together",
        (Loss("that a figure has no upper end ('at least')", _of_rows(_open_top)),),
    ),
    ("low", "the lowest figure of all the dead that anybody gives; without any the sides' lowest together"),
    ("gwnoa", "the state's number of side A, where it is a state or its forces"),
    ("gwnob", "the state's number of side B, likewise"),
)
FORMAT = Format(
    name="ucdp-ged",
    title="UCDP's georeferenced events (GED 23.1), 49 columns, CSV",
    suffix=".csv",
    write=write,
    tables=(
        Table(
            name="events",
            takes="events",
            fields=FIELDS,
            lost=(
                Loss(
                    "an event that is no fatal event of organised violence: it is no row",
                    lambda d: int(not qualifies(d)),
                    whole="events",
                ),
                Loss("contradictions", _of_rows(lambda d: len(d.event.contradictions))),
                Loss("denials", lambda d: sum(told.claim.polarity == "negative" for told in d.told)),
                Loss("the acts, certainty and words of claims", _of_rows(lambda d: len(d.told))),
            ),
        ),
    ),
    notes=(
        "Ids and statuses that only UCDP can give are empty, never invented; so is a day, a place or a type that nobody says.",
        "One side's dead never stand for all: side A's, side B's, civilians' and the others' are kept apart and add up to best.",
        "Whether a dyad reached 25 deaths in its year is not asked: that needs all of a year's events.",
        "Countries and regions are UCDP's: it counts events in Gaza and the West Bank under Israel (666).",
    ),
)
