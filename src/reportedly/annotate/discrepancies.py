"""Figures of one report that do not agree: shown side by side, never averaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportedly.records import Claim, Discrepancy, Quantity


def find(claims: tuple[Claim, ...]) -> Iterator[Discrepancy]:
    """Yield pairs of claims of one report whose quantities speak of the same thing and bound it differently.

    The same thing: the same kind and unit, type, territory and status, words alike, no stated name, place or date that sets them apart.
    """
    told = [c for c in claims if c.repeats is None and c.polarity == "positive"]
    for n, left in enumerate(told):
        for right in told[n + 1 :]:
            if not _alike(left, right):
                continue
            for a in left.quantities:
                for b in right.quantities:
                    if a.kind == b.kind and a.unit == b.unit and a.kind not in ("other", "duration") and _differ(a, b):
                        yield Discrepancy(
                            field=a.kind,
                            claims=(left.id, right.id),
                            reason=f"'{a.exact}' ({_bounds(a)}) and '{b.exact}' ({_bounds(b)})",
                        )


def _alike(left: Claim, right: Claim) -> bool:
    """Return whether two claims read as one thing: same type, territory and status, words alike, nothing stated that sets them apart."""
    if (left.type, left.territory, left.status) != (right.type, right.territory, right.status):
        return False
    if _apart([{e.name for e in c.actors if e.name and e.basis == "stated"} for c in (left, right)]):
        return False
    if _apart([{e.name or e.kind for e in c.recipients if e.basis == "stated"} for c in (left, right)]):
        return False
    if _apart([{(t.earliest, t.latest) for t in c.times if t.anchored} for c in (left, right)]):
        return False
    if _apart([{(p.lat, p.lon) for p in c.places if p.lat is not None and p.precision <= 3} for c in (left, right)]):
        return False
    return _shared_words(left, right) >= ALIKE


def _apart(sides: list[set[Any]]) -> bool:
    return bool(sides[0] and sides[1] and not sides[0] & sides[1])


# 'avoir contrôlé plus de 1.000 km2' and 'avoir contrôlé près de 1.000 km2' share most words; 'confinés dans 400 km2' does not.
ALIKE = 0.5
WORD = re.compile(r"[^\W\d_]{3,}")


def _shared_words(left: Claim, right: Claim) -> float:
    """Return the share of the shorter content's words that the other has too (numbers and words of one or two letters left out)."""
    words = [set(WORD.findall(c.content.exact.lower())) - _names(c) for c in (left, right)]
    fewest = min(map(len, words))
    return len(words[0] & words[1]) / fewest if fewest else 0.0


def _names(claim: Claim) -> set[str]:
    return {w for e in (*claim.actors, *claim.recipients) for w in WORD.findall(e.exact.lower())}


def _differ(a: Quantity, b: Quantity) -> bool:
    return (a.low, a.best, a.high) != (b.low, b.best, b.high)


def _bounds(q: Quantity) -> str:
    def number(value: float | None) -> str:
        return "?" if value is None else f"{value:g}"

    return f"low {number(q.low)}, best {number(q.best)}, high {number(q.high)}"
