"""How much of a place a claim is about: itself, ground in it, ground near it; and whether it was taken, or somebody only went forward."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportedly.text import bare

if TYPE_CHECKING:
    from reportedly.records import Claim, Document, Place

LANGUAGES = Path(__file__).parent.parent / "languages"
Extent = Literal["whole", "part", "near"]
WORD = re.compile(r"\w+")
# A piece of ground is named this close before the place it lies in ('two quarters of Goma').
NEAR = 3
# Where words are looked up before a place.
BEFORE = 60
FINE = 2


def extent(document: Document, claim: Claim, place: Place) -> Extent:
    """Return how much of a place a claim says somebody holds, takes or loses.

    Ground 'west of' it or 'towards' it is near; hills 'in' it, 'two quarters of' it, are a part; who advances in it has a part at most.
    """
    if place.relation in ("near", "between", "to") or (place.precision == FINE and place.relation == "in"):
        return "near"
    before = _words(document.text[max(0, place.start - BEFORE) : place.start])
    # who is driven or draws back 'from' a place leaves it
    if place.relation == "from":
        return "whole"
    if moves(claim) or (before and before[-1] in _listed("inside")):
        return "part"
    return "part" if _listed("part") & set(before[-NEAR:]) else "whole"


def moves(claim: Claim) -> bool:
    """Return whether a claim tells of going forward, which takes no place by itself ('advanced in', 'progresse vers')."""
    if claim.trigger is None or claim.territory != "gained":
        return False
    told = " ".join(_words(claim.trigger.exact))
    return any(told.startswith(form) for form in _listed("move"))


def _words(text: str) -> list[str]:
    return [bare(word).casefold() for word in WORD.findall(text)]


@cache
def _listed(value: str) -> frozenset[str]:
    """Return the forms of all ``languages/*/ground.tsv`` that have a value, bare."""
    found = set()
    for path in sorted(LANGUAGES.glob("*/ground.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            form, _, stands = row.partition("\t")
            if not row.startswith("#") and stands == value:
                found.add(" ".join(_words(form)))
    return frozenset(found)
