"""A place before it is located."""

from __future__ import annotations

import msgspec

from reportedly.hidden import unhidden
from reportedly.records import Relation
from reportedly.rules import Entry
from reportedly.text import Text

# How firmly the position says that a place is meant: not at all; only if a gazetteer knows the name; unless somebody is addressed; surely.
NONE, GENITIVE, PLAIN, STRONG = 0, 1, 2, 3


class Name(msgspec.Struct, frozen=True, gc=False):
    """Words that may name a place: tokens ``first`` to ``last`` (half-open), code points ``start`` to ``end``.

    The code points differ from the tokens' where a clitic is written onto the name or a hyphen joins two ('l'axe Kitchanga-Burungu').
    """

    first: int
    last: int
    start: int
    end: int

    def words(self, text: Text) -> str:
        """Return the name as it stands."""
        return unhidden(text.text[self.start : self.end])


class Draft(msgspec.Struct):
    """What the surroundings of a name say of it; ``first`` and ``last`` are the tokens of the mention, which may take in more."""

    name: Name
    first: int
    last: int
    relation: Relation = "in"
    strength: int = NONE
    head: Entry | None = None
    compass: tuple[int, Entry] | None = None
    distance_km: float | None = None
    joined: bool = False
    within: tuple[int, int] | None = None
    by: str = "name"
    # Where the generic word before the name starts, and the relation that is its own ('près du point de passage de Kerem Shalom').
    head_first: int | None = None
    aside: Relation | None = None

    def level(self) -> str:
        """Return the precision that the generic word asks for, '' where there is none."""
        return self.head.get("precision") if self.head is not None else ""

    def says(self, key: str) -> str:
        """Return one of the generic word's values."""
        return self.head.get(key) if self.head is not None else ""

    def span(self, text: Text) -> tuple[int, int]:
        """Return the code points of the mention."""
        start = self.name.start if self.first == self.name.first else text.starts[self.first]
        end = self.name.end if self.last == self.name.last else text.ends[self.last - 1]
        return start, end


def name_of(text: Text, first: int, last: int) -> Name:
    """Return the name that tokens ``first`` to ``last`` make."""
    return Name(first, last, text.starts[first], text.ends[last - 1])
