"""ACLED's table: one event a row, the 31 columns of its export."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.export import figures, parties, tables, whereabouts
from reportedly.export.columns import acled, outlets, point
from reportedly.export.countries import NOWHERE, TYPES, Country, country, of_state
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Option, Options, Table, fields

if TYPE_CHECKING:
    from reportedly.records import Entity

INTER = {
    1: "State forces",
    2: "Rebel group",
    3: "Political militia",
    4: "Identity militia",
    5: "Rioters",
    6: "Protesters",
    7: "Civilians",
    8: "External/Other forces",
}
REBEL = frozenset({"rebel", "separatist", "guerrilla", "jihadist"})
MILITIA = frozenset({"militia", "gang", "paramilitary", "loyalist"})
RIOTS = frozenset({"Violent demonstration", "Mob violence"})
# Who demonstrates or strikes a deal may do so alone; who fights may not.
ONE_SIDED = frozenset({"Protests", "Riots", "Strategic developments"})
# Ours: 1 the place itself ... 7 wider than a country.
GEO_PRECISION = {1: "1", 2: "2", 3: "2", 4: "3", 5: "3", 6: "3", 7: "3"}
# Disorder types of which one asks how many died.
VIOLENT = frozenset({"Political violence", "Political violence; Demonstrations"})
WEEK, DAY = 7, 1
PARTS: tuple[parties.Part, ...] = ("actors", "recipients")


class Place(NamedTuple):
    """Where an event lies, as far as anybody says."""

    country: Country
    name: str
    lat: float | None
    lon: float | None
    geo_precision: str


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write the table; events without a sub-event of ACLED's are no rows."""
    names = [field.name for field in FIELDS]
    out.write(tables.line(names).encode("utf-8"))
    for dossier in material.dossiers():
        if acled(dossier):
            made = row(dossier, options)
            out.write(tables.line(tables.neutral(tables.joined(made[name])) for name in names).encode("utf-8"))


def row(dossier: Dossier, options: Options) -> dict[str, object]:
    """Return one event under the names of the columns; what is not known is empty."""
    where = _where(dossier)
    return {
        "event_id_cnty": f"{where.country.iso3}{number(dossier.event.id)}",
        **_when(dossier),
        **_what(dossier),
        **_who(dossier, where.country, options),
        "iso": where.country.numeric.lstrip("0"),
        "region": where.country.acled_region,
        "country": where.country.acled_name,
        "admin1": parties.division(dossier, 4, where.country.iso2 or None),
        "admin2": parties.division(dossier, 3, where.country.iso2 or None),
        "admin3": "",
        "location": where.name,
        "latitude": where.lat,
        "longitude": where.lon,
        "geo_precision": where.geo_precision,
        "source": "; ".join(outlets(dossier)),
        "source_scale": "",
        "notes": _notes(dossier),
        "fatalities": int(figures.most_conservative(dossier, "killed") or 0),
        "tags": _tags(dossier),
        "timestamp": _timestamp(dossier),
    }


def number(event_id: str) -> str:
    """Return an id of ours as a whole number, as other tables want it.

    >>> number("0657a55590"), number("of-somebody-else")
    ('27240256912', 'of-somebody-else')
    """
    try:
        return str(int(event_id, 16))
    except ValueError:
        return event_id


def _where(dossier: Dossier) -> Place:
    found = point(dossier)
    if found is None:
        named = next((place for place in dossier.event.places), None)
        return Place(
            country(named.country) if named else NOWHERE, (named.name or named.exact) if named else "", None, None, ""
        )
    return Place(
        country(found.country), found.name or found.exact, found.lat, found.lon, GEO_PRECISION[found.precision]
    )


def _when(dossier: Dossier) -> dict[str, object]:
    first, last = dossier.event.earliest, dossier.event.latest
    if first is None or last is None:
        return {"event_date": "", "year": "", "time_precision": ""}
    length = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days + 1
    return {
        "event_date": first,
        "year": first[:4],
        "time_precision": 1 if length <= DAY else 2 if length <= WEEK else 3,
    }


def sub_event(dossier: Dossier) -> str:
    """Return the sub-event that more claims have than any other, '' where two have as many."""
    found = [told.claim.acled for told in dossier.told if told.claim.acled and figures.counts(told)]
    order = acled(dossier)
    if len(order) > 1 and found.count(order[0]) == found.count(order[1]):
        return ""
    return order[0] if order else ""


def _what(dossier: Dossier) -> dict[str, object]:
    found = sub_event(dossier)
    kinds = {_types().get(value, ("", "")) for value in ([found] if found else acled(dossier))}
    events, disorders = {kind[0] for kind in kinds}, {kind[1] for kind in kinds}
    return {
        # where the sub-event is open, its candidates may still agree on these
        "disorder_type": next(iter(disorders)) if len(disorders) == 1 else "",
        "event_type": next(iter(events)) if len(events) == 1 else "",
        "sub_event_type": found,
    }


@lru_cache(maxsize=1)
def _types() -> dict[str, tuple[str, str]]:
    lines = (TYPES / "codes" / "acled-types.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: (event, disorder) for name, event, disorder in rows[1:]}


def _who(dossier: Dossier, where: Country, options: Options) -> dict[str, object]:
    code = sub_event(dossier)
    sides: dict[parties.Part, list[Entity]] = {part: parties.ranked(dossier, part) for part in PARTS}
    made: dict[str, object] = {}
    inters: list[int | None] = []
    for place, (part, side) in enumerate(sides.items(), start=1):
        others = [_name(entity, where) for entity in parties.beside(dossier, part)]
        inter = _inter(side[0], where, code) if side else _nobody(part, code)
        inters.append(inter)
        made |= {
            f"actor{place}": _name(side[0], where) if side else "",
            f"assoc_actor_{place}": "; ".join(others),
            f"inter{place}": _written(inter, options),
        }
    made["interaction"] = _interaction(inters, options)
    civilians = any(entity.kind == "civilians" for entity in sides["recipients"])
    made["civilian_targeting"] = "Civilian targeting" if civilians and dossier.event.type == "ASSAULT" else ""
    return made


def _name(entity: Entity, where: Country) -> str:
    """Return a party as ACLED writes it: civilians and unknown gunmen with their country, others by their canonical name."""
    place = f" ({where.acled_name})" if where.acled_name else ""
    if entity.kind == "civilians":
        return f"Civilians{place}"
    if parties.is_unidentified(entity):
        return f"Unidentified Armed Group{place}"
    return entity.name or entity.exact


def _inter(entity: Entity, where: Country, code: str) -> int | None:
    """Return the number of ACLED's kind of actor, None where the facts do not decide it."""
    if entity.kind in ("state", "state-force"):
        own = of_state(entity)
        return None if own is None or not where.iso2 else 1 if own == where.iso2 else 8
    if entity.kind in ("civilians", "person"):
        if code in RIOTS:
            return 5
        return 6 if "protest" in code.lower() else 7
    if entity.kind == "armed-group":
        known = parties.tags(entity)
        if known & REBEL and not known & MILITIA:
            return 2
        return 3 if parties.is_unidentified(entity) or (known & MILITIA and not known & REBEL) else None
    return None


def _written(inter: int | None, options: Options) -> object:
    if not inter:
        return ""
    return inter if options["inter"] == "numbers" else INTER[inter]


def _nobody(part: parties.Part, code: str) -> int | None:
    """Return 0 where an event may have one side only, None where the reports are silent on who was the other."""
    return 0 if part == "recipients" and _types().get(code, ("",))[0] in ONE_SIDED else None


def _interaction(inters: list[int | None], options: Options) -> object:
    """Return both kinds together, the smaller first; empty unless both are known (0 where there need be no other side)."""
    if None in inters or not any(inters):
        return ""
    first, second = sorted(each or 0 for each in inters)
    if options["inter"] == "numbers":
        return int(f"{first}{second}") if first else second * 10
    return f"{INTER[first]}-{INTER[second]}" if first else f"{INTER[second]} only"


def _notes(dossier: Dossier) -> str:
    """Return the fullest claim's own words, and every figure of the dead as it was said: what the column of fatalities stands on."""
    said = [
        f"'{_words(each)}' ({each.told.document.publisher.value if each.told.document.publisher else each.told.document.name})"
        for each in figures.said(dossier, "killed")
    ]
    dead = (
        f" [killed, as said: {', '.join(said)}]"
        if said
        else " [killed: no report says how many]"
        if _uncounted(dossier)
        else ""
    )
    place = f" [place: {whereabouts.described(whereabouts.named(dossier))}]" if whereabouts.inferred(dossier) else ""
    return f"{dossier.event.title}{dead}{place}"


def _uncounted(dossier: Dossier) -> bool:
    """Return whether the column of fatalities has 0 for want of a figure: of a violent event nobody says how many died."""
    violent = {_types().get(value, ("", ""))[1] for value in acled(dossier)} & VIOLENT
    return bool(violent) and figures.most_conservative(dossier, "killed") is None


def _words(said: figures.Said) -> str:
    noun = said.quantity.noun
    return f"{said.quantity.exact} {noun.exact}" if noun and noun.exact != said.quantity.exact else said.quantity.exact


def _tags(dossier: Dossier) -> str:
    if dossier.event.type != "PROTEST":
        return ""
    crowd = [each.quantity.exact for each in figures.said(dossier, "people")]
    return f"crowd size={' or '.join(crowd) if crowd else 'no report'}"


def _timestamp(dossier: Dossier) -> str:
    """Return when the last of its reports was fetched, in Unix seconds; empty where nobody noted it."""
    found = []
    for fetched in {told.document.fetched for told in dossier.told if told.document.fetched}:
        try:
            moment = dt.datetime.fromisoformat(fetched)
        except ValueError:
            continue
        found.append(int((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()))
    return str(max(found)) if found else ""


def _instead(part: parties.Part) -> Loss:
    def count(dossier: Dossier) -> int:
        return max(0, len(parties.ranked(dossier, part)) - 1 - len(parties.beside(dossier, part)))

    return Loss(f"whom claims name in place of the first of the {part}", count)


def _open_kind(part: parties.Part) -> Loss:
    def count(dossier: Dossier) -> int:
        side = parties.ranked(dossier, part)
        return int(bool(side) and _inter(side[0], _where(dossier).country, sub_event(dossier)) is None)

    return Loss("the kind of actor, where the facts leave it open", count)


def _other_figures(dossier: Dossier) -> int:
    lowest = figures.most_conservative(dossier, "killed")
    return sum(figures.conservative(each.quantity) != lowest for each in figures.said(dossier, "killed"))


def _word_made_number(dossier: Dossier) -> int:
    return sum(each.quantity.best is None for each in figures.said(dossier, "killed"))


_NO_EVENT = Loss(
    "an event without a sub-event of ACLED's: it is no row", lambda dossier: not acled(dossier), whole="events"
)
_UNDATED = Loss(
    "an event whose day nobody says: the date is empty",
    lambda dossier: bool(acled(dossier)) and dossier.event.earliest is None,
)
_INTERVAL = Loss(
    "the last day of an event of several days", lambda dossier: dossier.event.earliest != dossier.event.latest
)
_OPEN = Loss(
    "sub-events, where as many claims say the one as the other",
    lambda dossier: len(acled(dossier)) > 1 and not sub_event(dossier),
)
_FIGURES = (
    Loss(
        "that nobody says how many died: ACLED's 0 stands for none and for unknown alike; the notes say which",
        lambda dossier: int(bool(acled(dossier)) and _uncounted(dossier)),
    ),
    Loss("a figure that another source gives, beyond the notes", _other_figures),
    Loss("the bounds of a figure that is no exact number ('at least', 'dozens'), beyond the notes", _word_made_number),
)
FIELDS = fields(
    ("event_id_cnty", "the country's ISO code and Event.id as a whole number: an id of ours, not of ACLED's"),
    Field("event_date", "Event.earliest", (_UNDATED, _INTERVAL)),
    ("year", "Event.earliest"),
    ("time_precision", "Event.earliest to Event.latest: 1 a day, 2 up to a week, 3 longer"),
    ("disorder_type", "of the sub-event, by types/codes/acled-types.tsv"),
    ("event_type", "of the sub-event, likewise"),
    Field("sub_event_type", "Claim.acled: what most claims that say it happened have", (_OPEN,)),
    (
        "actor1",
        "Claim.actors[]: whom most claims name; civilians and unknown gunmen as ACLED writes them, others by canonical name",
    ),
    Field("assoc_actor_1", "Claim.actors[] whom a claim names together with actor1", (_instead("actors"),)),
    Field("inter1", "kind of actor1: Entity.kind, the list of actors, the country", (_open_kind("actors"),)),
    ("actor2", "Claim.recipients[], as actor1"),
    Field("assoc_actor_2", "Claim.recipients[] whom a claim names together with actor2", (_instead("recipients"),)),
    Field("inter2", "kind of actor2", (_open_kind("recipients"),)),
    (
        "interaction",
        "inter1 and inter2, the smaller first; empty unless both are known, or the event needs no other side",
    ),
    ("civilian_targeting", "Entity.kind of the recipients of an ASSAULT"),
    ("iso", "Place.country as ISO 3166-1 numeric"),
    ("region", "Place.country, by types/regions.tsv"),
    ("country", "Place.country under ACLED's name"),
    ("admin1", "the one place of precision 4 that the claims name"),
    ("admin2", "the one place of precision 3 that the claims name"),
    ("admin3", ""),
    ("location", "Place.name of the finest place with coordinates"),
    ("latitude", "Place.lat"),
    ("longitude", "Place.lon"),
    Field(
        "geo_precision",
        "Place.precision: 1 of ours is 1; 2 and 3 are 2; 4 to 7 are 3; 2 at least where the place was inferred or the spot not located",
        (
            Loss(
                "that the place was inferred, beyond the notes",
                lambda dossier: int(bool(acled(dossier)) and whereabouts.inferred(dossier)),
            ),
        ),
    ),
    ("source", "Document.publisher of every report, else its name"),
    ("source_scale", ""),
    ("notes", "Event.title, and every figure of the dead as it was said, with who says it"),
    Field(
        "fatalities",
        "Claim.quantities[] of kind killed, by the policy of the most conservative figure of all the dead; 0 where nobody gives one",
        _FIGURES,
    ),
    ("tags", "crowd size of a protest: Claim.quantities[] of kind people, in the report's words"),
    ("timestamp", "Document.fetched, the last, in Unix seconds"),
)
FORMAT = Format(
    name="acled",
    title="ACLED's table, 31 columns, CSV",
    suffix=".csv",
    write=write,
    options=(Option("inter", "How kinds of actors are written: as since 2024, or as before.", ("names", "numbers")),),
    tables=(
        Table(
            name="events",
            takes="events",
            fields=FIELDS,
            lost=(
                _NO_EVENT,
                Loss(
                    "who says it: chains, acts, certainty", lambda dossier: len(dossier.told) if acled(dossier) else 0
                ),
                Loss("contradictions", lambda dossier: len(dossier.event.contradictions) if acled(dossier) else 0),
                Loss("denials", lambda dossier: sum(told.claim.polarity == "negative" for told in dossier.told)),
            ),
        ),
    ),
    notes=(
        (
            "Fatalities follow ACLED's rule of the most conservative figure: of everybody who gives a figure of all the dead the "
            "latest, of these the lowest; where nobody does, the lowest of each side together, for one side's dead never stand for all. "
            "'Dozens' count 12, 'tens' ('des dizaines') 10, 'hundreds' 100, a range its lower end, 'at least 12' 12. It "
            "is a policy of this export: what was said stands in the notes and, with its bounds, in the claims."
        ),
        "No guess: an event whose day, place or kind of actor nobody says has an empty cell there.",
        "Rows are hypotheses made from the reports given, not ACLED's coding.",
    ),
)
