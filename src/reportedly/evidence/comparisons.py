"""The claims of one event against each other: the fullest of each independent source, field by field, and every contradiction."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from reportedly import compare

if TYPE_CHECKING:
    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.records import Comparison, Event

# Beyond this many sources all pairs are a list nobody reads; the contradictions are all there.
MOST_SOURCES = 12


def comparisons(event: Event, collection: Collection) -> tuple[Comparison, ...]:
    """Return the contradictions of an event, then how the fullest claims of its independent sources stand to each other."""
    fullest = [_fullest(members, event, collection) for members in event.independent[:MOST_SOURCES]]
    pairs = combinations([told for told in fullest if told], 2)
    return (*event.contradictions, *(each for left, right in pairs for each in compare.claims(left, right)))


def _fullest(members: tuple[str, ...], event: Event, collection: Collection) -> Told | None:
    told = [collection.told(ref) for ref in event.claims if ref.document in members]
    real = [each for each in told if each.claim.repeats is None and each.claim.trigger]
    return max(real, key=lambda e: (not e.in_title, not e.facts.negative, e.weight, e.claim.id), default=None)
