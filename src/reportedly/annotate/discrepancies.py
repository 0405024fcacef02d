"""Figures of one report that do not agree: shown side by side, never averaged."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.records import Claim, Discrepancy, Quantity


def find(claims: tuple[Claim, ...]) -> Iterator[Discrepancy]:
    """Yield pairs of claims of one report whose quantities speak of the same thing and bound it differently.

    The same thing: the same kind and unit, the same type or territory, the same actors and recipients by name, no repeat, neither denied.
    """
    told = [c for c in claims if c.repeats is None and c.polarity == "positive"]
    for n, left in enumerate(told):
        for right in told[n + 1 :]:
            if not _alike(left, right):
                continue
            for a in left.quantities:
                for b in right.quantities:
                    if a.kind == b.kind and a.unit == b.unit and a.kind not in ("other", "duration") and _differ(a, b):
                        yield Discrepancy(field=a.kind, claims=(left.id, right.id), reason=f"'{a.exact}' ({_bounds(a)}) and '{b.exact}' ({_bounds(b)})")


def _alike(left: Claim, right: Claim) -> bool:
    names = [{e.name for e in c.actors if e.name} for c in (left, right)]
    victims = [{e.name or e.kind for e in c.recipients} for c in (left, right)]
    same = left.type == right.type and left.territory == right.territory and left.status == right.status
    if not same or (names[0] and names[1] and not names[0] & names[1]) or (victims[0] and victims[1] and not victims[0] & victims[1]):
        return False
    times = [{(t.earliest, t.latest) for t in c.times if t.anchored} for c in (left, right)]
    places = [{(p.lat, p.lon) for p in c.places if p.lat is not None and p.precision <= 3} for c in (left, right)]
    apart = any(x[0] and x[1] and not x[0] & x[1] for x in (times, places))
    return not apart and bool(names[0] & names[1] or victims[0] & victims[1])


def _differ(a: Quantity, b: Quantity) -> bool:
    return (a.low, a.best, a.high) != (b.low, b.best, b.high)


def _bounds(q: Quantity) -> str:
    def number(value: float | None) -> str:
        return "?" if value is None else f"{value:g}"

    return f"low {number(q.low)}, best {number(q.best)}, high {number(q.high)}"
