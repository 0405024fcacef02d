"""UCDP's side A and side B of an event, its type of violence, and the dead of either side, of civilians, and of whom nobody says whose."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportedly.counting import ARMED, CIVILIANS, side
from reportedly.export import figures, parties
from reportedly.export.countries import country, of_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.figures import Range
    from reportedly.export.protocol import Dossier
    from reportedly.records import Entity

STATE_BASED, NON_STATE, ONE_SIDED = "1", "2", "3"
CIVILIAN_SIDE = "Civilians"


class Deaths(NamedTuple):
    """The dead as UCDP's columns have them; the four parts add up to ``best``."""

    side_a: float
    side_b: float
    civilians: float
    unknown: float
    whole: Range


def violence(dossier: Dossier) -> str:
    """Return the type of violence that more claims decide for than for any other, '' where none does."""
    values = [
        code.value
        for told in dossier.told
        if figures.counts(told)
        for code in told.claim.codes
        if code.scheme == "ucdp" and code.value
    ]
    order = Counter(values).most_common(2)
    if not order or (len(order) > 1 and order[0][1] == order[1][1]):
        return ""
    return order[0][0]


def name(entity: Entity) -> str:
    """Return a party as UCDP writes it: a state and its forces as its government, others by canonical name."""
    state = of_state(entity)
    if state:
        return f"Government of {country(state).ged_name or country(state).acled_name}"
    return CIVILIAN_SIDE if entity.kind == CIVILIANS else entity.name or entity.exact


def pair(dossier: Dossier) -> tuple[Entity | None, Entity | None]:
    """Return side A and side B: the state first in state-based violence, else who did it and to whom."""
    doers, hit = parties.ranked(dossier, "actors"), parties.ranked(dossier, "recipients")
    first, second = next(iter(doers), None), next(iter(hit), None)
    if violence(dossier) != STATE_BASED:
        return first, second
    acting = next((entity for entity in doers if of_state(entity)), None)
    if acting:
        return acting, next(_armed(hit), second)
    attacked = next((entity for entity in hit if of_state(entity)), None)
    return (attacked, next(_armed(doers), first)) if attacked else (first, second)


def _armed(entities: list[Entity]) -> Iterator[Entity]:
    return (entity for entity in entities if entity.kind in ARMED)


def deaths(dossier: Dossier) -> Deaths:
    """Return the dead of each side: what most say of that side, none of a side of which nobody gives a figure.

    What the best figure of all has beyond those is of unknown sides. A nameless soldier or fighter is of the one side that has such.
    """
    sides = figures.by_side(figures.said(dossier, "killed"))
    whole = figures.total(dossier, "killed")
    parts = dict.fromkeys(("a", "b", CIVILIANS, "unknown"), 0.0)
    columns = _columns(dossier)
    for keys, dead in sides.items():
        (column,) = (
            {columns.get(key, "unknown") for key in keys}
            if len({columns.get(key) for key in keys}) == 1
            else {"unknown"}
        )
        parts[column] += dead.best or 0.0
    known = parts["a"] + parts["b"] + parts[CIVILIANS]
    return Deaths(parts["a"], parts["b"], parts[CIVILIANS], max(0.0, (whole.best or 0.0) - known), whole)


def _columns(dossier: Dossier) -> dict[str, str]:
    """Return the column of each side that figures are given of, by its key: a, b, civilians; those in none are of unknown sides."""
    first, second = pair(dossier)
    found = {CIVILIANS: CIVILIANS}
    for column, entity in (("a", first), ("b", second)):
        if entity is not None and entity.kind in ARMED:
            found.setdefault(side(entity), column)
    for told in dossier.told:
        for entity in told.claim.recipients:
            for column, one in (("a", first), ("b", second)):
                if one is not None and entity.kind in ARMED and name(entity) == name(one):
                    found.setdefault(side(entity), column)
    for kind in sorted(ARMED):
        having = [column for column, one in (("a", first), ("b", second)) if one is not None and one.kind == kind]
        if len(having) == 1:
            found.setdefault(f"~{kind}", having[0])
    return found
