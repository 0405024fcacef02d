"""Readings kept in a store and found again: what opens one, and what turns the words of a question into those a store knows.

A value that no claim can have (a type, a mode, a country there is not) is refused with those it may be meant for: it would leave nothing.

Part of ``api``, where these functions are public.
"""

from __future__ import annotations

import csv
import difflib
import io
import itertools
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly.errors import InputError
from reportedly.queries import Near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.actors import Forms, Registry
    from reportedly.queries import Filter
    from reportedly.records import Claim, Document, Entity
    from reportedly.store import Store
    from reportedly.text import Text

# Spellings less alike are other names; places wider than a district are no points.
LEAST_LIKENESS = 0.9
WIDEST_POINT = 3
TYPES = Path(__file__).parent / "types"
# How like a name that there is must be to be proposed, and how many are.
LEAST_ALIKE, MOST_PROPOSED = 0.6, 3


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Return the store in ``path``, made first where there is none and ``create`` says so; ``:memory:`` is one that is not kept.

    Raises InputError, with the cure, where there is none, the file is no store, or a newer program made it.
    """
    from reportedly import store

    return store.open_store(path, create=create, read_only=read_only)


def sieve(query: Filter) -> Callable[[Document, Iterable[Claim]], tuple[Claim, ...]]:
    """Return what leaves of a report's claims those that a filter means, by the condition a store is asked with.

    Raises InputError for a filter that cannot be met as written.
    """
    from reportedly.store.sieve import Sieve

    return Sieve(query).left


def type_name(spelling: str) -> str:
    """Return the PLOVER type or ACLED sub-event that is meant. Raises InputError, with those it is like, where there is none.

    >>> type_name("assault"), type_name("armed clash")
    ('ASSAULT', 'Armed clash')
    """
    return _one_of(
        spelling, (*_modes(), *_sub_events()), "type", f"one of {', '.join(_modes())}, or a sub-event of ACLED's"
    )


def mode_name(spelling: str) -> str:
    """Return the mode that is meant. Raises InputError, with those it is like, where there is none."""
    modes = dict.fromkeys(mode for modes in _modes().values() for mode in modes)
    return _one_of(spelling, modes, "mode", "docs/claims.md lists them")


def country_code(spelling: str) -> str:
    """Return the ISO code of a country, given by it or by a name in a language we read. Raises InputError where there is none.

    >>> country_code("lb"), country_code("Syrie"), country_code("اليمن")
    ('LB', 'SY', 'YE')
    """
    from reportedly import actors as registries
    from reportedly import rules

    registry = registries.load()
    if spelling.upper() in _codes() | registry.countries.keys():
        return spelling.upper()
    for code in rules.available():
        text = rules.load(code).prepare(spelling)
        found = registry.forms(rules.load(code)).match(text.words, text.norms, 0) if len(text) else None
        if found and found[0] == len(text):
            for form in found[1]:
                if form.what == "country":
                    return form.ids[0]
    names = {country.name: country.iso2 for country in registry.countries.values()}
    near = [f"{name} is {names[name]}" for name in _near(spelling, names)]
    raise InputError(
        f"there is no country {spelling!r}", cure=", ".join(near) or "give its two letters of ISO 3166, for example LB"
    )


@cache
def _modes() -> dict[str, tuple[str, ...]]:
    """Return the modes of each type."""
    known = tomllib.loads((TYPES / "events.toml").read_text(encoding="utf-8"))["type"]
    return {name: tuple(facts["modes"]) for name, facts in known.items()}


@cache
def _sub_events() -> tuple[str, ...]:
    """Return ACLED's sub-events."""
    return tuple(row[0] for row in _rows(TYPES / "codes" / "acled-types.tsv"))


@cache
def _codes() -> frozenset[str]:
    """Return the ISO codes of the countries that are listed."""
    return frozenset(row[0] for row in _rows(TYPES / "regions.tsv"))


def _rows(table: Path) -> list[list[str]]:
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def _one_of(spelling: str, there: Iterable[str], what: str, cure: str) -> str:
    known = {name.casefold(): name for name in there}
    if spelling.casefold() in known:
        return known[spelling.casefold()]
    near = _near(spelling, known.values())
    raise InputError(f"there is no {what} {spelling!r}", cure=f"did you mean {' or '.join(near)}?" if near else cure)


def _near(spelling: str, there: Iterable[str]) -> list[str]:
    """Return the names that ``spelling`` may be meant for: those it is the beginning of, then those it is like."""
    known = {name.casefold(): name for name in there}
    asked = spelling.casefold()
    begun = [name for folded, name in known.items() if folded.startswith(asked)] if asked else []
    alike = [known[each] for each in difflib.get_close_matches(asked, known, n=MOST_PROPOSED, cutoff=LEAST_ALIKE)]
    return list(dict.fromkeys((*begun, *alike)))[:MOST_PROPOSED]


def actor_names(spelling: str, *, actors: str | Path | None = None) -> tuple[str, ...]:
    """Return the canonical names that a spelling may mean, in any language we read; the spelling itself where it means nobody known.

    >>> actor_names("Daech"), actor_names("الجيش السوري"), actor_names("Jean Untel")
    (('Islamic State',), ('Syrian army',), ('Jean Untel',))
    """
    from reportedly import actors as registries
    from reportedly import rules
    from reportedly.find import actors as finder

    registry = registries.load(Path(actors) if actors else None)
    if registry.named(spelling) or spelling in registry.units():
        # canonical already: the languages need not be loaded
        return (spelling,)
    names: list[str] = []
    for code in rules.available():
        language = rules.load(code)
        text = language.prepare(spelling)
        names += _listed(text, registry.forms(language), registry)
        found = finder.find(text, None, language, registry=registry)
        names += [
            entity.name for entity in found if entity.name and entity.basis == "stated" and _whole(entity, spelling)
        ]
    return tuple(dict.fromkeys(names)) or (spelling,)


def _listed(text: Text, forms: Forms, registry: Registry) -> list[str]:
    """Return whom the registry lists under a spelling, those too that a report would not be believed with alone ('RSF', 'Moscou')."""
    found = forms.match(text.words, text.norms, 0) if len(text) else None
    if not found or found[0] != len(text):
        return []
    actors = [registry.actors[ident].name for form in found[1] if form.what == "actor" for ident in form.ids]
    states = [registry.countries[code] for form in found[1] if form.what in {"country", "seat"} for code in form.ids]
    return [*actors, *(country.units["state"] for country in states)]


def _whole(entity: Entity, spelling: str) -> bool:
    return entity.exact.strip() == spelling.strip()


class Surroundings(NamedTuple):
    """What a place asked for means: the surroundings of a point, or (of a province or wider) its name; ``said`` tells which was taken."""

    near: Near | None
    places: tuple[str, ...]
    said: str


def surroundings(
    place: str, *, km: float, countries: Iterable[str] = (), gazetteer: str | Path | None = None
) -> Surroundings:
    """Return what a place asked for means: ``34.2,36.4``, or a name, of which the likeliest place is taken. Raises InputError.

    What no gazetteer knows is sought among the words of claims. ``countries`` (LB) tell places of one name apart.
    """
    if point := _point(place, km):
        return Surroundings(point, (), "")
    from reportedly import gazetteer as gazetteers

    wanted = {country.upper() for country in countries}
    found = [
        candidate
        for candidate in gazetteers.open(gazetteer).find(place, countries=sorted(wanted))
        if candidate.likeness >= LEAST_LIKENESS and (not wanted or candidate.country in wanted)
    ]
    if not found:
        return Surroundings(None, (place,), f"no place is called {place!r}: sought among the words of claims")
    first = found[0]
    if first.precision > WIDEST_POINT:
        names = tuple(dict.fromkeys((first.name, place)))
        return Surroundings(
            None, names, f"{first.name} ({first.country}) is wide: claims that name it; for a part give its towns"
        )
    others = [each for each in found[1:] if each.precision <= WIDEST_POINT and each.name == first.name]
    said = f"{first.name} ({first.country}), {first.lat:.2f},{first.lon:.2f}"
    more = "".join(f"; also {each.country} {each.lat:.2f},{each.lon:.2f}" for each in others[:3])
    return Surroundings(Near(lat=first.lat, lon=first.lon, km=km), (), said + more)


def _point(place: str, km: float) -> Near | None:
    parts = place.split(",")
    try:
        return Near(lat=float(parts[0]), lon=float(parts[1]), km=km) if len(parts) == 2 else None
    except ValueError:
        return None


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield rows as lines of CSV, the header first, cells safe for a spreadsheet; None is an empty cell."""
    from reportedly.export.tables import neutral

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in itertools.chain([head], rows):
        writer.writerow("" if cell is None else neutral(f"{cell}") for cell in row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
