"""Words that may name a happening, and how near they are to one another."""

from __future__ import annotations

import msgspec

from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, Spec
from reportedly.find.triggers.moods import Mood
from reportedly.find.triggers.nouns import COUNTED


class Candidate(msgspec.Struct):
    """A word that may name a happening, where it stands and how it is put."""

    item: Item
    first: int
    last: int
    mood: Mood
    modes: tuple[str, ...]
    dropped: str = ""
    lent: list[str] = []
    own_deed: bool = False

    @property
    def spec(self) -> Spec:
        """Return the row it comes from."""
        return self.item.spec

    @property
    def outcome(self) -> bool:
        """Return whether it tells what a deed led to (the dead)."""
        return self.item.spec.sense in COUNTED

    @property
    def is_state(self) -> bool:
        """Return whether it tells a state."""
        return self.item.spec.pos == "state"

    @property
    def is_noun(self) -> bool:
        """Return whether it is a noun."""
        return self.item.spec.pos == "noun"


def linked(context: Context, left: Candidate, right: Candidate, *, most: int = 12) -> bool:
    """Return whether no stop stands between two candidates and they are near, nor a comma with a participle of saying."""
    between = range(left.last, right.first)
    stops = context.data.set("pure_stops")
    return len(between) <= most and not any(context.text.norms[j] in stops or _parts(context, j) for j in between)


def _parts(context: Context, j: int) -> bool:
    """Return whether somebody goes on to say another thing from token ``j`` on: 'مقتل جندي، | متهما الجيش بقصف القرية'."""
    return "parting" in context.classes[j] and context.norm(j - 1) in context.data.commas


def lend(taker: Candidate, giver: Candidate) -> None:
    """Give the modes of one candidate to another that has none; to words for a death also beside its own."""
    if giver.modes and not taker.modes:
        taker.modes = giver.modes
    elif giver.modes:
        taker.modes = (
            tuple(dict.fromkeys((*taker.modes, *(m for m in giver.modes if m not in taker.modes))))
            if taker.spec.sense == "death"
            else taker.modes
        )
