"""A stretch of a report cut where its marked spans begin and end, for a page that shows them without scripts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.export.leaves import Leaf

# Of several marks on the same letters the first of these gives the colour; the content is a ground under all.
ORDER = (
    "trigger",
    "hedge",
    "cue",
    "source",
    "antecedent",
    "quantity",
    "counted",
    "time",
    "place",
    "label",
    "actor",
    "recipient",
)
CONTENT = "content"


class Mark(NamedTuple):
    """A span to mark: code points, what it is, and the anchor that leads here ('' none)."""

    start: int
    end: int
    role: str
    anchor: str = ""


class Piece(NamedTuple):
    """Letters with the same marks: the role that gives their colour ('' none), whether they are claimed, and anchors that begin here."""

    text: str
    role: str
    claimed: bool
    anchors: tuple[str, ...]


def of_leaves(leaves: Iterable[Leaf]) -> list[Mark]:
    """Return the marks of a claim's leaves, but for its content."""
    return [Mark(leaf.start, leaf.end, leaf.role) for leaf in leaves if leaf.role != CONTENT]


def pieces(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> list[Piece]:
    """Return ``text[start:end]`` in pieces, each with the marks that lie on it; joined, they are that text."""
    stop = len(text) if end is None else end
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, stop)]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.start, start), []).append(mark)
        closing.setdefault(min(mark.end, stop), []).append(mark)
    cuts = sorted({start, stop, *opening, *closing})
    found: list[Piece] = []
    on: dict[str, int] = {}
    for here, there in pairwise(cuts):
        for mark in closing.get(here, ()):
            on[mark.role] -= 1
        for mark in opening.get(here, ()):
            on[mark.role] = on.get(mark.role, 0) + 1
        role = next((each for each in ORDER if on.get(each)), "")
        anchors = tuple(
            dict.fromkeys(mark.anchor for mark in opening.get(here, ()) if mark.anchor and mark.start >= start)
        )
        found.append(Piece(text[here:there], role, bool(on.get(CONTENT)), anchors))
    return _joined(found)


def _joined(found: list[Piece]) -> list[Piece]:
    """Return the pieces with neighbours that look alike made one."""
    made: list[Piece] = []
    for piece in found:
        before = made[-1] if made else None
        if before and (before.role, before.claimed) == (piece.role, piece.claimed) and not piece.anchors:
            made[-1] = before._replace(text=before.text + piece.text)
        elif piece.text:
            made.append(piece)
    return made
