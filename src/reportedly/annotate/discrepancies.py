"""Figures of one report that do not agree: shown side by side, never averaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from reportedly import reasons
from reportedly.records import Claim, Discrepancy, Quantity


def find(claims: tuple[Claim, ...]) -> tuple[tuple[Discrepancy, ...], str]:
    """Return pairs of claims of one report whose quantities speak of the same thing and bound it differently, and a note on the rest.

    The same thing: the same kind and unit, type, territory and status, words alike, no stated name, place or date that sets them apart.
    Of each claim no more than ``MOST_OF_ONE`` are kept, with the claims behind it that are nearest; the note, of how many claims there
    are more, is '' where all are kept.
    """
    found = list(_by_claim(claims))
    more = sum(len(each) > MOST_OF_ONE for each in found)
    note = f"{MORE}of {more:,} claim{'' if more == 1 else 's'} the first {MOST_OF_ONE} disagreements" if more else ""
    return tuple(one for each in found for one in each[:MOST_OF_ONE]), note


def _by_claim(claims: tuple[Claim, ...]) -> Iterator[list[Discrepancy]]:
    """Yield of each claim its disagreements with those behind it, up to one more than are kept."""
    order = {claim.id: n for n, claim in enumerate(claims)}
    groups: dict[tuple[object, ...], list[_Told]] = {}
    for claim in claims:
        figures = [q for q in claim.quantities if q.kind not in ("other", "duration")]
        if figures and claim.repeats is None and claim.polarity == "positive":
            group = groups.setdefault((claim.type, claim.territory, claim.status), [])
            group.append(_Told(claim, figures, group, len(group) + 1))
    for left in sorted((told for group in groups.values() for told in group), key=lambda told: order[told.claim.id]):
        yield list(islice(_of(left), MOST_OF_ONE + 1))


def _of(left: _Told) -> Iterator[Discrepancy]:
    """Yield the disagreements of a claim with those of its group behind it, the nearest first."""
    for right in left.group[left.next : left.next + MOST_COMPARED]:
        if left.may_differ(right) and _alike(left, right):
            pairs = ((a, b) for a in left.figures for b in right.figures if (a.kind, a.unit) == (b.kind, b.unit))
            yield from (_discrepancy(left.claim, right.claim, a, b) for a, b in pairs if _differ(a, b))


def _discrepancy(left: Claim, right: Claim, a: Quantity, b: Quantity) -> Discrepancy:
    reason = reasons.say("counted.within", figure=_figure(a), other=_figure(b))
    return Discrepancy(field=a.kind, claims=(left.id, right.id), reason=reason)


class _Told:
    """A claim with figures that can be compared, those of its type, territory and status, and what sets it apart."""

    def __init__(self, claim: Claim, figures: list[Quantity], group: list[_Told], next_: int) -> None:
        self.claim, self.figures, self.group, self.next = claim, figures, group, next_

    @cached_property
    def bounds(self) -> dict[tuple[str, str | None], set[tuple[float | None, ...]]]:
        """Return the bounds that the claim's figures of one kind and unit have."""
        found: dict[tuple[str, str | None], set[tuple[float | None, ...]]] = {}
        for each in self.figures:
            found.setdefault((each.kind, each.unit), set()).add((each.low, each.best, each.high))
        return found

    def may_differ(self, other: _Told) -> bool:
        """Return whether figures of one kind and unit are bounded differently in the two."""
        both = ((mine, other.bounds.get(kind)) for kind, mine in self.bounds.items())
        return any(theirs and (len(mine) > 1 or mine != theirs) for mine, theirs in both)

    @cached_property
    def marks(self) -> tuple[set[Any], ...]:
        """Return whom and where and when the claim states: what two claims of one thing do not have different."""
        c = self.claim
        return (
            {e.name for e in c.actors if e.name and e.basis == "stated"},
            {e.name or e.kind for e in c.recipients if e.basis == "stated"},
            {(t.earliest, t.latest) for t in c.times if t.anchored},
            {(p.lat, p.lon) for p in c.places if p.lat is not None and p.precision <= 3},
        )

    @cached_property
    def words(self) -> set[str]:
        """Return the words of the content but for names (numbers and words of one or two letters left out)."""
        return set(WORD.findall(self.claim.content.exact.lower())) - _names(self.claim)


def _alike(left: _Told, right: _Told) -> bool:
    """Return whether two claims of one type, territory and status read as one thing: words alike, nothing stated that sets them apart."""
    if any(a and b and a.isdisjoint(b) for a, b in zip(left.marks, right.marks, strict=True)):
        return False
    fewest = min(len(left.words), len(right.words))
    return bool(fewest) and len(left.words & right.words) / fewest >= ALIKE


# 'avoir contrôlé plus de 1.000 km2' and 'avoir contrôlé près de 1.000 km2' share most words; 'confinés dans 400 km2' does not.
ALIKE = 0.5
WORD = re.compile(r"[^\W\d_]{3,}")
# No report has so many claims of one kind; what has is compared with those next to each.
MOST_COMPARED = 200
# Far beyond any report that was written to be read: those we have disagree with themselves once or not at all.
MOST_OF_ONE = 12
MORE = "figures within it disagree more often than is kept: "


def _names(claim: Claim) -> set[str]:
    return {w for e in (*claim.actors, *claim.recipients) for w in WORD.findall(e.exact.lower())}


def _differ(a: Quantity, b: Quantity) -> bool:
    return (a.low, a.best, a.high) != (b.low, b.best, b.high)


def _figure(q: Quantity) -> str:
    return reasons.figure(reasons.bounds(q.low, q.best, q.high), q.exact)
