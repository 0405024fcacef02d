"""Claims of many reports grouped by the happening they seem to speak of: a hypothesis, never a merge; every claim stays whole.

Each report is first read into strands (``strands``), what it tells of one happening. Strands of different reports that share a block
(``blocks``) are compared (``likeness``), and those alike enough are joined, the likest first, unless something rules it out.
The result depends on the reports alone, not on the order they came in, and adding one touches only what it is compared with.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportedly import collector
from reportedly.group import across, blocks, likeness, strands, weights
from reportedly.group.stories import Stories
from reportedly.group.strands import Read, Strand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Grouper", "Read", "Strand", "group"]


def group(reads: Iterable[Read]) -> tuple[tuple[Strand, ...], ...]:
    """Return the happenings of the reports, each as its strands; every claim is in exactly one."""
    grouper = Grouper()
    grouper.add(reads)
    return grouper.groups()


class Grouper:
    """Strands and what joins them, kept so that more reports can be added. A report of a known id is not read again."""

    def __init__(self) -> None:
        self._strands: dict[str, Strand] = {}
        self._documents: dict[str, list[Strand]] = {}
        self._blocks: dict[blocks.Key, blocks.Block] = {}
        # how alike two strands are, and in how many blocks they meet
        self._edges: dict[str, dict[str, list[float]]] = defaultdict(dict)
        self._stories = Stories(self._known_affinity)
        self._home: dict[str, str] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._touched: set[str] = set()

    def add(self, reads: Iterable[Read]) -> tuple[tuple[Strand, ...], ...]:
        """Take in reports; return the happenings that are new or have changed."""
        with collector.resting():
            return self._add(reads)

    def _add(self, reads: Iterable[Read]) -> tuple[tuple[Strand, ...], ...]:
        self._touched = set()
        for read in reads:
            if read.document.id in self._documents:
                continue
            told = self._documents[read.document.id] = list(strands.of(read))
            for strand in told:
                self._strands[strand.id] = strand
                self._touched.add(strand.id)
                self._place(strand)
        self._touched |= self._stories.settle(self._documents)
        return self._regroup(self._touched)

    def _known_affinity(self, left: Strand, right: Strand) -> float:
        """Return how alike two strands are, looked up where they are tied."""
        tie = self._edges[left.id].get(right.id) if left.id in self._edges else None
        return tie[0] if tie else _affinity(left, right)

    def groups(self) -> tuple[tuple[Strand, ...], ...]:
        """Return every happening as its strands, sorted by their ids."""
        return tuple(self._made(self._groups[first]) for first in sorted(self._groups))

    def _made(self, members: tuple[str, ...]) -> tuple[Strand, ...]:
        return tuple(self._strands[member] for member in members)

    def _place(self, strand: Strand) -> None:
        """Put a strand into its blocks, comparing it with those there."""
        known: dict[str, float] = {}
        for key, looks in _looking(blocks.keys(strand)).items():
            block = self._blocks.get(key)
            if block is None:
                block = self._blocks[key] = blocks.Block()
            while block.parts is not None:
                block = block.parts.setdefault(blocks.part_of(strand, block.level), blocks.Block(level=block.level + 1))
            self._compare(strand, block.looking, known)
            if looks:
                self._compare(strand, block.waiting, known)
            block.add(strand.id, looks=looks)
            if len(block) > blocks.FULL:
                self._split(block)

    def _compare(self, strand: Strand, others: Iterable[str], known: dict[str, float]) -> None:
        """Tie a strand to those of a block that it is alike enough to; ``known`` keeps how alike it is to whom."""
        least = weights.ACROSS.least
        for other in others:
            score = known.get(other)
            if score is None:
                there = self._strands[other]
                alien = there.document != strand.document
                score = known[other] = _affinity(strand, there) if alien else likeness.RULED_OUT
            if score >= least:
                tie = self._edges[strand.id].get(other)
                if tie is None:
                    # new, or cut since by the splitting of a block where they met before
                    tie = self._edges[strand.id][other] = self._edges[other][strand.id] = [score, 0]
                    self._touched.add(other)
                    self._stories.tied(strand, self._strands[other], score)
                tie[1] += 1

    def _split(self, block: blocks.Block) -> None:
        """Split an overfull block, and its parts if need be; strands that meet nowhere else are no longer tied."""
        part = {member: blocks.part_of(self._strands[member], block.level) for member in block.members()}
        for member, name in part.items():
            apart = [b for b in self._edges.get(member, ()) if member < b and part.get(b, name) != name]
            for other in apart:
                if member in block.looking or other in block.looking:
                    self._untie(member, other)
        block.parts = {}
        for member, name in part.items():
            inner = block.parts.setdefault(name, blocks.Block(level=block.level + 1))
            inner.add(member, looks=member in block.looking)
        block.looking, block.waiting = {}, {}
        for inner in block.parts.values():
            if len(inner) > blocks.FULL:
                self._split(inner)

    def _untie(self, member: str, other: str) -> None:
        tie = self._edges[member][other]
        tie[1] -= 1
        if tie[1] <= 0:
            del self._edges[member][other], self._edges[other][member]
            self._touched.update((member, other))
            here, there = self._strands[member].document, self._strands[other].document
            self._stories.untied(here, there, self._strengths(here, there))

    def _strengths(self, here: str, there: str) -> float:
        """Return the strongest tie between strands of two reports, 0 where there is none."""
        ours = self._documents[here]
        ties = (
            tie[0] for s in ours for b, tie in self._edges.get(s.id, {}).items() if self._strands[b].document == there
        )
        return max(ties, default=0.0)

    def _regroup(self, touched: set[str]) -> tuple[tuple[Strand, ...], ...]:
        """Group anew what hangs together with the touched strands; return the groups that are not as before."""
        waiting = set(touched)
        # a tie that was cut leaves its former group to be looked at too
        for strand in touched:
            waiting.update(self._groups.get(self._home.get(strand, ""), ()))
        components: list[set[str]] = []
        seen: set[str] = set()
        for start in waiting:
            if start not in seen:
                components.append(self._component(start))
                seen |= components[-1]
        homes = {self._home[strand] for strand in seen if strand in self._home}
        before = {home: self._groups.pop(home) for home in homes}
        changed = [
            members
            for component in components
            for members in self._settle(component)
            if before.get(members[0]) != members
        ]
        return tuple(self._made(members) for members in sorted(changed))

    def _component(self, start: str) -> set[str]:
        found, open_ = {start}, [start]
        while open_:
            one = open_.pop()
            for other in (*self._edges.get(one, ()), *self._stories.ties.get(one, ())):
                if other not in found:
                    found.add(other)
                    open_.append(other)
        return found

    def _settle(self, component: set[str]) -> list[tuple[str, ...]]:
        """Join the strands of a component, keep the groups that come of it, and return them."""
        ties = [(tie[0], a, b) for a in component for b, tie in self._edges.get(a, {}).items() if a < b]
        ties += [(score, a, b) for a in component for b, score in self._stories.ties.get(a, {}).items() if a < b]
        groups = across.join({strand: self._strands[strand] for strand in component}, ties)
        for members in groups:
            self._groups[members[0]] = members
            self._home.update(dict.fromkeys(members, members[0]))
        return groups


def _affinity(left: Strand, right: Strand) -> float:
    """Return how alike two strands are, the same whichever came first."""
    return across.affinity(left, right) if left.id < right.id else across.affinity(right, left)


def _looking(found: Iterator[tuple[blocks.Key, bool]]) -> dict[blocks.Key, bool]:
    """Return each key once; who looks under it for one reason looks."""
    keys: dict[blocks.Key, bool] = {}
    for key, looks in found:
        keys[key] = keys.get(key, False) or looks
    return keys
