"""Who did what to whom and where, for tables that have room for one of each: chosen by how many claims say so, never made up."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reportedly.export import figures
from reportedly.export.countries import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.protocol import Dossier, Told
    from reportedly.records import Entity, Place

Part = Literal["actors", "recipients"]
UNKNOWN = "unidentified"


def ranked(dossier: Dossier, part: Part) -> list[Entity]:
    """Return the parties the claims that count name, those that most claims name first; civilians count though nobody names them."""
    found: dict[str, Entity] = {}
    counted: Counter[str] = Counter()
    for entity in _entities(dossier, part):
        key = _key(entity)
        found.setdefault(key, entity)
        counted[key] += 1
    order = list(found)
    return [found[key] for key in sorted(order, key=lambda key: (-counted[key], order.index(key)))]


def beside(dossier: Dossier, part: Part) -> list[Entity]:
    """Return who some claim names together with the first of ``ranked``: his side, and not whom others name in his place."""
    order = ranked(dossier, part)
    if not order:
        return []
    first, *others = order
    together = {
        _key(entity)
        for told in dossier.told
        if figures.counts(told) and _key(first) in {_key(entity) for entity in getattr(told.claim, part)}
        for entity in getattr(told.claim, part)
    }
    return [entity for entity in others if _key(entity) in together]


def _key(entity: Entity) -> str:
    return entity.name or entity.kind


def _entities(dossier: Dossier, part: Part) -> Iterator[Entity]:
    for told in dossier.told:
        if figures.counts(told) and _tells_of_it(dossier, told):
            for entity in getattr(told.claim, part):
                if entity.kind == "civilians" or (entity.name and entity.kind != "object"):
                    yield entity


def _tells_of_it(dossier: Dossier, told: Told) -> bool:
    """Return whether a claim tells the deed: who is only spoken of, asked about or doubted to have done it is no party to it."""
    claim = told.claim
    return (
        claim.type == dossier.event.type
        and claim.certainty != "unknown"
        and not any(link.act == "ask" for link in claim.chain)
    )


@lru_cache(maxsize=1)
def _tags() -> dict[str, frozenset[str]]:
    """Return what the list of actors says each is: rebel, militia, jihadist ..."""
    table = tomllib.loads((TYPES / "actors.toml").read_text(encoding="utf-8"))
    return {row["name"]: frozenset(row.get("is", ())) for row in table["actor"]}


def tags(entity: Entity) -> frozenset[str]:
    """Return what an actor is known to be, empty where nobody says."""
    return _tags().get(entity.name or "", frozenset())


def division(dossier: Dossier, precision: int, country: str | None) -> str:
    """Return the name of the one province (precision 4) or district (3) that the claims place the event in.

    It is '' where they name none or several.
    """
    names = {
        place.name or place.exact
        for place in _places(dossier)
        if place.precision == precision and place.relation == "in" and (country is None or place.country == country)
    }
    return next(iter(names)) if len(names) == 1 else ""


def _places(dossier: Dossier) -> Iterator[Place]:
    yield from dossier.event.places
    for told in dossier.told:
        if figures.counts(told):
            yield from told.claim.places


def is_unidentified(entity: Entity) -> bool:
    """Return whether a name only says that nobody knows who it was ('unidentified gunmen')."""
    return (entity.name or "").startswith(UNKNOWN)
