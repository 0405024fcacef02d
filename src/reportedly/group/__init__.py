"""Claims of many reports grouped by the happening they seem to speak of: a hypothesis, never a merge; every claim stays whole.

Each report is first read into strands (``strands``), what it tells of one happening. Strands of different reports that share a block
(``blocks``) are compared (``likeness``), and those alike enough are joined, the likest first, unless something rules it out.
The result depends on the reports alone, not on the order they came in, and adding one touches only what it is compared with.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reportedly.group import across, blocks, strands, weights
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
        self._stories = Stories()
        self._home: dict[str, str] = {}
        self._groups: dict[str, tuple[str, ...]] = {}

    def add(self, reads: Iterable[Read]) -> tuple[tuple[Strand, ...], ...]:
        """Take in reports; return the happenings that are new or have changed."""
        touched: set[str] = set()
        for read in reads:
            if read.document.id in self._documents:
                continue
            told = self._documents[read.document.id] = list(strands.of(read))
            for strand in told:
                self._strands[strand.id] = strand
                touched.add(strand.id)
                touched.update(self._place(strand))
        for document in sorted({self._strands[strand].document for strand in touched}):
            touched.update(self._stories.retell(document, self._strengths(document), self._documents))
        return self._regroup(touched)

    def _strengths(self, document: str) -> dict[str, float]:
        """Return the reports that a report is tied to strongly enough to tell one story, with the strongest tie."""
        found: dict[str, float] = {}
        for strand in self._documents[document]:
            for other, tie in self._edges.get(strand.id, {}).items():
                if tie[0] >= weights.ACROSS.strong:
                    there = self._strands[other].document
                    found[there] = max(tie[0], found.get(there, 0.0))
        return found

    def groups(self) -> tuple[tuple[Strand, ...], ...]:
        """Return every happening as its strands, sorted by their ids."""
        return tuple(self._made(self._groups[first]) for first in sorted(self._groups))

    def _made(self, members: tuple[str, ...]) -> tuple[Strand, ...]:
        return tuple(self._strands[member] for member in members)

    def _place(self, strand: Strand) -> Iterator[str]:
        """Put a strand into its blocks, comparing it with those there; yield the strands whose ties changed."""
        known: dict[str, float] = {}
        for key, looks in sorted(dict(_looking(blocks.keys(strand))).items()):
            block = self._blocks.setdefault(key, blocks.Block())
            while block.parts is not None:
                block = block.parts.setdefault(blocks.part_of(strand, block.level), blocks.Block(level=block.level + 1))
            yield from self._compare(strand, block, known, looks=looks)
            block.members[strand.id] = looks
            yield from self._split(block)

    def _compare(self, strand: Strand, block: blocks.Block, known: dict[str, float], *, looks: bool) -> Iterator[str]:
        for other, seeks in block.members.items():
            there = self._strands[other]
            if not (looks or seeks) or there.document == strand.document:
                continue
            if other not in known:
                known[other] = across.affinity(strand, there)
            if known[other] >= weights.ACROSS.least:
                tie = self._edges[strand.id].setdefault(other, [known[other], 0])
                tie[1] += 1
                self._edges[other][strand.id] = tie
                yield other

    def _split(self, block: blocks.Block) -> Iterator[str]:
        """Split an overfull block, and its parts if need be; strands that meet nowhere else are no longer tied."""
        if len(block.members) <= blocks.FULL:
            return
        part = {member: blocks.part_of(self._strands[member], block.level) for member in block.members}
        for member, name in part.items():
            apart = [b for b in self._edges.get(member, ()) if member < b and part.get(b, name) != name]
            for other in apart:
                if block.members[member] or block.members[other]:
                    yield from self._untie(member, other)
        block.parts = {}
        for member, name in part.items():
            inner = block.parts.setdefault(name, blocks.Block(level=block.level + 1))
            inner.members[member] = block.members[member]
        block.members = {}
        for inner in block.parts.values():
            yield from self._split(inner)

    def _untie(self, member: str, other: str) -> Iterator[str]:
        tie = self._edges[member][other]
        tie[1] -= 1
        if tie[1] <= 0:
            del self._edges[member][other], self._edges[other][member]
            yield from (member, other)

    def _regroup(self, touched: set[str]) -> tuple[tuple[Strand, ...], ...]:
        """Group anew what hangs together with the touched strands; return the groups that are not as before."""
        waiting = set(touched)
        # a tie that was cut leaves its former group to be looked at too
        for strand in touched:
            waiting.update(self._groups.get(self._home.get(strand, ""), ()))
        changed: list[tuple[str, ...]] = []
        seen: set[str] = set()
        for start in sorted(waiting):
            if start not in seen:
                component = self._component(start)
                seen |= component
                changed += self._settle(component)
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
        """Join the strands of a component and keep the result; return the groups that are not as before."""
        ties = [(tie[0], a, b) for a in component for b, tie in self._edges.get(a, {}).items() if a < b]
        ties += [(score, a, b) for a in component for b, score in self._stories.ties.get(a, {}).items() if a < b]
        before = {home: self._groups.pop(home) for home in {self._home[s] for s in component if s in self._home}}
        after = across.join({s: self._strands[s] for s in component}, ties)
        for members in after:
            self._groups[members[0]] = members
            self._home.update(dict.fromkeys(members, members[0]))
        return [members for members in after if before.get(members[0]) != members]


def _looking(found: Iterator[tuple[blocks.Key, bool]]) -> Iterator[tuple[blocks.Key, bool]]:
    """Yield each key once; who looks under it for one reason looks."""
    keys: dict[blocks.Key, bool] = {}
    for key, looks in found:
        keys[key] = keys.get(key, False) or looks
    yield from keys.items()
