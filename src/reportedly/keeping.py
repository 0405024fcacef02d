"""Readings kept in a store and found again: what opens one, and what turns the words of a question into those a store knows.

Part of ``api``, where these functions are public.
"""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly.queries import Near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.actors import Forms, Registry
    from reportedly.records import Entity
    from reportedly.store import Store
    from reportedly.text import Text

# Spellings less alike are other names; places wider than a district are no points.
LEAST_LIKENESS = 0.9
WIDEST_POINT = 3


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Return the store in ``path``, made first where there is none and ``create`` says so; ``:memory:`` is one that is not kept.

    Raises InputError, with the cure, where there is none, the file is no store, or a newer program made it.
    """
    from reportedly import store

    return store.open_store(path, create=create, read_only=read_only)


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
