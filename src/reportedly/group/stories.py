"""Reports of one story: two that tell one happening alike tell its consequences too, with less said of where and when.

'Une trentaine de blessés', 'the curfew' say too little to be joined by themselves; between two reports of one story they say enough.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportedly.group import likeness, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportedly.group.strands import Strand

# A story of a hundred reports needs no ten thousand pairs: each report is read beside this many, those it is tied to most.
MOST_MATES = 6


class Stories:
    """Which reports tell one story, and the strands of theirs that are joined for that reason."""

    def __init__(self, affinity: Callable[[Strand, Strand], float]) -> None:
        self._affinity = affinity
        # for each report those it is tied to strongly enough, with the strongest tie
        self._kin: dict[str, dict[str, float]] = defaultdict(dict)
        self._mates: dict[str, frozenset[str]] = {}
        self._changed: set[str] = set()
        self.ties: dict[str, dict[str, float]] = defaultdict(dict)

    def tied(self, left: Strand, right: Strand, score: float) -> None:
        """Take in a tie between strands of two reports."""
        if score < weights.ACROSS.strong:
            return
        a, b = left.document, right.document
        if score > self._kin[a].get(b, 0.0):
            self._kin[a][b] = self._kin[b][a] = score
            self._changed.update((a, b))

    def untied(self, here: str, there: str, strongest: float) -> None:
        """Take in that a tie between two reports was cut, and how strong the strongest is that is left."""
        if there not in self._kin[here]:
            return
        if strongest >= weights.ACROSS.strong:
            self._kin[here][there] = self._kin[there][here] = strongest
        else:
            del self._kin[here][there], self._kin[there][here]
        self._changed.update((here, there))

    def settle(self, strands: Mapping[str, list[Strand]]) -> set[str]:
        """Tie and untie the strands of reports whose company has changed; return the strands whose ties changed."""
        touched: set[str] = set()
        for document in sorted(self._changed):
            kin = self._kin[document]
            nearest = sorted(kin, key=lambda other: (-kin[other], other))[:MOST_MATES]
            before, after = self._mates.get(document, frozenset()), frozenset(nearest)
            for other in sorted(before ^ after):
                # where the other holds on to it, nothing changes between the two
                if document not in self._mates.get(other, ()):
                    act = self._tie if other in after else self._untie
                    touched.update(act(strands[document], strands[other]))
            self._mates[document] = after
        self._changed = set()
        return touched

    def _tie(self, ours: Iterable[Strand], theirs: Iterable[Strand]) -> Iterator[str]:
        there = list(theirs)
        for left in ours:
            for right in there:
                if not may_gain(left, right):
                    continue
                score = self._affinity(left, right) + weights.ACROSS.story
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
