"""Reports of one story: two that tell one happening alike tell its consequences too, with less said of where and when.

'Une trentaine de blessés', 'the curfew' say too little to be joined by themselves; between two reports of one story they say enough.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportedly.group import across, likeness, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportedly.group.strands import Strand

# A story of a hundred reports needs no ten thousand pairs: each report is read beside this many, those it is tied to most.
MOST_MATES = 6

Pair = tuple[str, str]


class Stories:
    """Which reports tell one story, and the strands of theirs that are joined for that reason."""

    def __init__(self) -> None:
        self._mates: dict[str, frozenset[str]] = {}
        self.ties: dict[str, dict[str, float]] = defaultdict(dict)

    def retell(
        self,
        document: str,
        strengths: Mapping[str, float],
        strands: Mapping[str, list[Strand]],
    ) -> Iterator[str]:
        """Take in how strongly a report is tied to others; yield the strands whose ties changed.

        ``strengths`` has for each report tied strongly enough the strongest tie; ``strands`` the strands of each report.
        """
        nearest = sorted(strengths, key=lambda other: (-strengths[other], other))[:MOST_MATES]
        before, after = self._mates.get(document, frozenset()), frozenset(nearest)
        for other in sorted(before ^ after):
            if document in self._mates.get(other, ()):
                # the other holds on to it: nothing changes between the two
                continue
            yield from (
                self._tie(strands[document], strands[other])
                if other in after
                else self._untie(strands[document], strands[other])
            )
        self._mates[document] = after

    def _tie(self, ours: Iterable[Strand], theirs: Iterable[Strand]) -> Iterator[str]:
        there = list(theirs)
        for left in ours:
            for right in there:
                if not may_gain(left, right):
                    continue
                score = across.affinity(left, right) + weights.ACROSS.story
                if score >= weights.ACROSS.least:
                    self.ties[left.id][right.id] = self.ties[right.id][left.id] = score
                    yield from (left.id, right.id)

    def _untie(self, ours: Iterable[Strand], theirs: Iterable[Strand]) -> Iterator[str]:
        there = [strand.id for strand in theirs]
        for left in ours:
            for other in there:
                if self.ties[left.id].pop(other, None) is not None:
                    del self.ties[other][left.id]
                    yield from (left.id, other)


def may_gain(left: Strand, right: Strand) -> bool:
    """Return whether two strands are of kinds that one happening may be told under: a glance before the comparison."""
    ours, theirs = left.facts.family, right.facts.family
    return "statement" not in (ours, theirs) and (ours == theirs or frozenset((ours, theirs)) in likeness.KINDRED)
