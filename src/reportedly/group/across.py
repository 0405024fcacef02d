"""Strands of different reports: how alike they are, and joining the likest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.group import facts, likeness, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportedly.group.facts import Facts
    from reportedly.group.strands import Strand

# A report this much older than the happening cannot tell of it; one this much later would name the day.
BEFORE, SOON, LATE = 1, 3, 30


def affinity(left: Strand, right: Strand) -> float:
    """Return how much speaks for two strands of different reports telling of one happening; RULED_OUT bars it."""
    w = weights.ACROSS
    score = likeness.between(left.facts, right.facts)
    if score == likeness.RULED_OUT:
        return score
    if left.contents & right.contents:
        return score + w.same_words
    if "statement" in (left.facts.family, right.facts.family):
        # a statement tells of no happening by itself
        return likeness.RULED_OUT
    score += w.same_phrase if left.phrases & right.phrases else 0.0
    score += w.both_lead if left.lead and right.lead else 0.0
    return score + _scenes(left, right) + _published(left, right)


def alike(left: Strand, right: Strand) -> bool:
    """Return whether two strands of different reports are alike enough to be joined."""
    return affinity(left, right) >= weights.ACROSS.least


def _scenes(left: Strand, right: Strand) -> float:
    """Return what place and day of the reports' scenes say where a strand names none of its own."""
    score = 0.0
    ours, theirs = _located(left), _located(right)
    if ours != (left.facts,) or theirs != (right.facts,):
        score += _scene(max(likeness.places(a, b) for a in ours for b in theirs))
    if left.facts.days is None or right.facts.days is None:
        score += _scene(max(likeness.times(a.days, b.days) for a in _dated(left) for b in _dated(right)))
    return score


def _scene(score: float) -> float:
    """Return what a scene's word counts for it, and a little against it whatever the distance."""
    w = weights.ACROSS
    return score * w.scene if score > 0 else w.scene_against if score < 0 else 0.0


def _located(strand: Strand) -> tuple[Facts, ...]:
    return (strand.facts,) if strand.facts.points or strand.facts.places else strand.scenes


def _dated(strand: Strand) -> tuple[Facts, ...]:
    return (strand.facts,) if strand.facts.days else strand.scenes


def _published(left: Strand, right: Strand) -> float:
    """Return what the days of publication say about strands of which one at least is undated."""
    w = weights.ACROSS
    if left.published is None or right.published is None or (left.facts.days and right.facts.days):
        return 0.0
    if left.facts.days or right.facts.days:
        dated, undated = (left, right) if left.facts.days else (right, left)
        assert dated.facts.days is not None
        assert undated.published is not None
        return _told_late(undated.published - dated.facts.days[0], undated.published - dated.facts.days[1])
    apart = abs(left.published - right.published)
    return w.soon if apart <= SOON else w.late if apart > LATE else 0.0


def _told_late(since_first: int, since_last: int) -> float:
    """Return what it says that an undated strand came out so many days after the first and last day of a dated one."""
    w = weights.ACROSS
    if since_first < -BEFORE:
        return likeness.RULED_OUT
    return w.soon if since_last <= SOON else w.late if since_last > LATE else 0.0


class _Cluster:
    """Strands joined so far and what they say together."""

    __slots__ = ("documents", "facts", "members")

    def __init__(self, strand: Strand) -> None:
        self.members = [strand.id]
        self.documents = {strand.document}
        self.facts = strand.facts


def join(strands: Mapping[str, Strand], ties: Iterable[tuple[float, str, str]]) -> list[tuple[str, ...]]:
    """Return the strands in groups, joined along the ties, the likest first.

    Two strands of one report stay apart, for the report tells them apart; so do groups whose facts together speak against it.
    """
    home = {name: _Cluster(strand) for name, strand in strands.items()}
    for _, a, b in sorted(ties, key=lambda tie: (-tie[0], tie[1], tie[2])):
        one, other = home[a], home[b]
        if one is other or one.documents & other.documents:
            continue
        if likeness.between(one.facts, other.facts) < weights.ACROSS.together:
            continue
        first, second = sorted((one, other), key=lambda cluster: min(cluster.members))
        first.members += second.members
        first.documents |= second.documents
        first.facts = facts.both(first.facts, second.facts)
        home.update(dict.fromkeys(second.members, first))
    return sorted({tuple(sorted(cluster.members)) for cluster in home.values()})
