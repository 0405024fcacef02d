"""Figures of two claims by their bounds: which agree, which leave room for each other, which exclude each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportedly import reasons
from reportedly.group import facts
from reportedly.reasons import say

if TYPE_CHECKING:
    from reportedly.records import Quantity, Verdict

Span = tuple[float, float]


def stated(quantity: Quantity) -> Span:
    """Return the least and most that the words themselves state, nothing added for 'about' (a best figure alone is itself)."""
    low, best, high = quantity.low, quantity.best, quantity.high
    if low is None and high is None and best is not None:
        return best, best
    return (0.0 if low is None else low), (math.inf if high is None else high)


def verdict(left: Quantity, right: Quantity) -> tuple[Verdict, str]:
    """Return how two figures stand to each other and why."""
    ours, theirs = facts.span(left), facts.span(right)
    if ours is None or theirs is None:
        return "silent", say("figure.missing")
    both = {"figure": _words(left), "other": _words(right)}
    if (left.low, left.best, left.high) == (right.low, right.best, right.high):
        return "agrees", say("figure.same", **both)
    if excludes(left, right):
        return "contradicts", say("figure.excluded", **both)
    if contains(ours, theirs):
        return "vaguer", say("figure.vaguer", **both)
    return "compatible", say("figure.beside", **both)


def _words(quantity: Quantity) -> str:
    """Return a figure as it is understood, and as it is told where that differs."""
    return reasons.figure(bounds(quantity), quantity.exact)


def contains(left: Span, right: Span) -> bool:
    """Return whether every number the right allows is allowed by the left, and not the other way."""
    return left[0] <= right[0] and right[1] <= left[1] and left != right


def excludes(left: Quantity, right: Quantity) -> bool:
    """Return whether no number fits both. 'Plus de 1.000' and 'près de 1.000' have none in common: more than, and not quite.

    'At least' and 'more than' are not told apart by their bounds, so that a low bound excludes an upper one it equals only where that one
    says 'nearly'.
    """
    ours, theirs = facts.span(left), facts.span(right)
    if ours is None or theirs is None:
        return False
    if ours[1] < theirs[0] or theirs[1] < ours[0]:
        return True
    return _not_quite(left, theirs) or _not_quite(right, ours)


def _not_quite(nearly: Quantity, other: Span) -> bool:
    """Return whether 'nearly N' meets 'N or more'."""
    return (
        nearly.low is None
        and nearly.best is not None
        and nearly.best == nearly.high == other[0]
        and other[1] == math.inf
    )


def bounds(quantity: Quantity) -> str:
    """Return the bounds in words.

    >>> from reportedly.records import Quantity
    >>> bounds(Quantity(start=0, end=1, exact="", low=10)), bounds(Quantity(start=0, end=1, exact="", low=3, best=3, high=3))
    ('at least 10', '3')
    """
    return reasons.bounds(quantity.low, quantity.best, quantity.high)
