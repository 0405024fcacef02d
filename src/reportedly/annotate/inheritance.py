"""What a happening takes from the deed a report is about, and does not where its own actors, places or dates are others."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reportedly.annotate.findings import Findings
from reportedly.records import Claim, Place, Time

# A place as precise as this tells one happening from another; a province or a country holds many.
PRECISE = 3
# Some thirty kilometres.
DEGREES = 0.3


def settled(found: Findings, made: list[Claim]) -> list[Claim]:
    """Return the claims, without the modes that were only taken from the lead's deed where a claim tells of another deed.

    'Missiles hit the station ... Two soldiers were killed in the north': other places, no missiles.
    """
    inferred = {t.start for t in found.triggers if t.modes_inferred}
    if not inferred:
        return made
    leads = [c for c in made if c.trigger and c.type == "ASSAULT" and c.modes and c.trigger.start not in inferred]
    return [
        msgspec.structs.replace(claim, modes=())
        if claim.trigger
        and claim.trigger.start in inferred
        and _apart(claim, [d for d in leads if d.modes == claim.modes])
        else claim
        for claim in made
    ]


def _apart(claim: Claim, deeds: list[Claim]) -> bool:
    """Return whether the claim's doers, places or dates are others than those of every deed it could speak of."""
    return bool(deeds) and all(_other_deed(claim, deed) for deed in deeds)


def _other_deed(claim: Claim, deed: Claim) -> bool:
    return (
        _disjoint({e.name for e in claim.actors}, {e.name for e in deed.actors})
        or _far(claim.places, deed.places)
        or _other_dates(claim.times, deed.times)
    )


def _disjoint(left: set[str | None], right: set[str | None]) -> bool:
    left, right = left - {None}, right - {None}
    return bool(left and right) and left.isdisjoint(right)


def _far(left: Iterable[Place], right: Iterable[Place]) -> bool:
    """Return whether no place of the one lies near a place of the other; what has no position is near everything."""
    mine = [(p.lat, p.lon) for p in left if p.precision <= PRECISE]
    theirs = [(p.lat, p.lon) for p in right if p.precision <= PRECISE]
    return bool(mine and theirs) and all(_distant(a, b) for a in mine for b in theirs)


def _distant(left: tuple[float | None, float | None], right: tuple[float | None, float | None]) -> bool:
    (a, b), (c, d) = left, right
    return a is not None and b is not None and c is not None and d is not None and max(abs(a - c), abs(b - d)) > DEGREES


def _other_dates(left: Iterable[Time], right: Iterable[Time]) -> bool:
    """Return whether no date of the one can be a date of the other."""
    mine, theirs = _dates(left), _dates(right)
    return bool(mine and theirs) and all(a[1] < b[0] or b[1] < a[0] for a in mine for b in theirs)


def _dates(times: Iterable[Time]) -> list[tuple[str, str]]:
    return [(t.earliest, t.latest) for t in times if t.earliest and t.latest]
