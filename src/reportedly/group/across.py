"""Strands of different reports: how alike they are, and joining the likest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.group import facts, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportedly.group.facts import Facts
    from reportedly.group.strands import Strand

# What two strands of different reports need to be joined: a day and a spot, or a spot and who did it to whom.
LEAST = 3.0
# What all that two groups say together must at least amount to.
LEAST_TOGETHER = 1.0
SAME_WORDS, BOTH_LEAD = 4.0, 0.4
# What place and day count where a strand has them only from its report's scene or the day it came out.
FROM_SCENE = 0.5
# A report this much older than the happening cannot tell of it; one this much later would name the day.
BEFORE, SOON, LATE = 1, 3, 30


def affinity(left: Strand, right: Strand) -> float:
    """Return how much speaks for two strands of different reports telling of one happening; RULED_OUT bars it."""
    score = likeness.between(left.facts, right.facts)
    if score == likeness.RULED_OUT:
        return score
    if left.contents & right.contents:
        return score + SAME_WORDS
    if "statement" in (left.facts.family, right.facts.family):
        # a statement tells of no happening by itself
        return likeness.RULED_OUT
    score += BOTH_LEAD if left.lead and right.lead else 0.0
    return score + _scenes(left, right) + _published(left, right)


def _scenes(left: Strand, right: Strand) -> float:
    """Return what the places of the reports' scenes say where a strand names none of its own."""
    ours, theirs = _located(left), _located(right)
    if ours is left.facts and theirs is right.facts:
        return 0.0
    score = likeness.places(ours, theirs)
    return score * FROM_SCENE if score > 0 else -0.5 if score < 0 else 0.0


def _located(strand: Strand) -> Facts:
    return strand.facts if strand.facts.points or strand.facts.places else strand.scene


def _published(left: Strand, right: Strand) -> float:
    """Return what the days of publication say about strands of which one at least is undated."""
    if left.published is None or right.published is None:
        return 0.0
    if left.facts.days and right.facts.days:
        return 0.0
    if left.facts.days or right.facts.days:
        dated, undated = (left, right) if left.facts.days else (right, left)
        assert dated.facts.days is not None
        assert undated.published is not None
        return _told_late(undated.published - dated.facts.days[0], undated.published - dated.facts.days[1])
    apart = abs(left.published - right.published)
    return 0.5 if apart <= SOON else -2.0 if apart > LATE else 0.0


def _told_late(since_first: int, since_last: int) -> float:
    """Return what it says that an undated strand came out so many days after the first and last day of a dated one."""
    if since_first < -BEFORE:
        return likeness.RULED_OUT
    return 0.5 if since_last <= SOON else -2.0 if since_last > LATE else 0.0


class _Cluster:
    """Strands joined so far and what they say together."""

    __slots__ = ("documents", "facts", "members")

    def __init__(self, strand: Strand) -> None:
        self.members = [strand.id]
        self.documents = {strand.document}
        self.facts = strand.facts


def join(strands: Mapping[str, Strand], ties: Iterable[tuple[float, str, str]]) -> list[tuple[str, ...]]:
    """Return the strands in groups, joined along the ties, the likest first.

    Two strands of one report stay apart, for the report tells them apart; so do groups that together say too little for it.
    """
    home = {name: _Cluster(strand) for name, strand in strands.items()}
    for _, a, b in sorted(ties, key=lambda tie: (-tie[0], tie[1], tie[2])):
        one, other = home[a], home[b]
        if one is other or one.documents & other.documents:
            continue
        if likeness.between(one.facts, other.facts) < LEAST_TOGETHER:
            continue
        first, second = sorted((one, other), key=lambda cluster: min(cluster.members))
        first.members += second.members
        first.documents |= second.documents
        first.facts = facts.both(first.facts, second.facts)
        home.update(dict.fromkeys(second.members, first))
    return sorted({tuple(sorted(cluster.members)) for cluster in home.values()})
