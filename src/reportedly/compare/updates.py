"""Figures that their reports tell as later ones: 'the toll has risen to 38', 'le bilan est désormais de 38 morts', 'حصيلة جديدة'.

Such a figure moves those given before it; it does not contradict them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportedly.compare.told import ARMED
from reportedly.group import facts, names
from reportedly.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.compare.told import Told
    from reportedly.records import Quantity

LANGUAGES = Path(__file__).parent.parent / "languages"
WORD = re.compile(r"\w+")
# A dash ends the dateline too, which may bear an outlet's name ('دارفور الآن').
END = re.compile(r"[.!?؟…]\s|\n|\s[-–—]\s")
# A sentence is looked at so far to either side of its figure; 'now' stands so many words before it, or behind it up to the verb.
FAR, NEAR = 300, 3


class Update(NamedTuple):
    """A figure told as a later one, by whom; ``anew``: it may also be lower than the one before."""

    told: Told
    quantity: Quantity
    anew: bool


def find(told: Iterable[Told], kind: str) -> list[Update]:
    """Return the figures of a kind that are told as later ones, of reports of a known day."""
    return [
        Update(each, quantity, how == "anew")
        for each in told
        if each.document.published and (quantity := each.figure(kind)) and (how := _told_as_later(each, quantity))
    ]


def moves(left: tuple[Told, Quantity], right: tuple[Told, Quantity], updates: Iterable[Update]) -> bool:
    """Return whether one of two figures only moved the other: as one that is told as a later one, or as its outlet's own later one."""
    return any(_of_outlet(a, b) or any(_is_moved(a, b, update) for update in updates) for a, b in _both(left, right))


def _both(left: tuple[Told, Quantity], right: tuple[Told, Quantity]) -> tuple[tuple[tuple[Told, Quantity], ...], ...]:
    return (left, right), (right, left)


def _of_outlet(earlier: tuple[Told, Quantity], later: tuple[Told, Quantity]) -> bool:
    """Return whether an outlet that tells it in its own voice raised its own figure on a later day."""
    (first, few), (then, many) = earlier, later
    outlets = [each.document.publisher.value if each.document.publisher else None for each in (first, then)]
    days = _day(first), _day(then)
    if None in outlets or outlets[0] != outlets[1] or None in days or days[0] == days[1]:
        return False
    return str(days[0]) < str(days[1]) and _least(few) < _least(many) and _speaker(first) == _speaker(then)


def _speaker(told: Told) -> str | None:
    return told.speaker if told.claim.chain else None


def _is_moved(earlier: tuple[Told, Quantity], later: tuple[Told, Quantity], update: Update) -> bool:
    """Return whether the later figure is that of the update, and the earlier one of a report that came out no later than that."""
    (first, before), (_, after) = earlier, later
    if _least(after) != _least(update.quantity) or not (update.anew or _least(before) < _least(after)):
        return False
    if first.document.id == later[0].document.id and first.speaker != later[0].speaker:
        # a report that sets one speaker's figure against another's shows both
        return False
    if (side := _side(first)) and side != _side(update.told):
        # an army's own count is its version, which nobody else moves
        return False
    day, then = _day(first), _day(update.told)
    return day is not None and then is not None and day <= then


def _side(told: Told) -> str | None:
    """Return the state, army or armed group that gives a figure, as speaker or as publisher, None where none does."""
    teller = told.speaker
    if told.claim.chain and told.claim.chain[-1].name:
        teller = told.claim.chain[-1].name
    armed = (e.name for e in (*told.claim.actors, *told.claim.recipients) if e.name and e.kind in ARMED)
    known = (*armed, *names.states())
    return next((name for name in known if re.search(rf"\b{re.escape(name)}\b", teller)), None)


def _day(told: Told) -> str | None:
    return told.document.published.value[:10] if told.document.published else None


def _least(quantity: Quantity) -> float:
    span = facts.span(quantity)
    return span[0] if span else 0.0


def _told_as_later(told: Told, quantity: Quantity) -> str | None:
    """Return how the sentence tells that the figure is a later one (``rise``, ``now``, ``anew``), None where it does not."""
    text = told.document.text
    if text[quantity.start : quantity.end] != quantity.exact or not quantity.exact:
        return None
    low = max(0, quantity.start - FAR)
    start = max((found.end() for found in END.finditer(text, low, quantity.start)), default=low)
    stop = END.search(text, quantity.end, quantity.end + FAR)
    end = stop.start() if stop else min(len(text), quantity.end + FAR)
    before, after = _plain(text[start : quantity.start]), _plain(text[quantity.end : end])
    if before[-1:] and before[-1] in _words("to") and any(word in _words("rise") for word in before):
        return "rise"
    verb = told.claim.trigger.end if told.claim.trigger else 0
    around = (*before[-NEAR:], *_plain(text[quantity.end : max(verb, quantity.end)]))
    if any(word in _words("now") for word in around):
        return "now"
    sentence = " ".join(("", *before, "", *after, ""))
    return "anew" if any(f" {phrase} " in sentence for phrase in _words("anew")) else None


def _plain(text: str) -> list[str]:
    return WORD.findall(bare(text).casefold())


@cache
def _words(how: str) -> frozenset[str]:
    """Return the words of one kind of all ``languages/*/updates.tsv``, bare."""
    found = set()
    for path in sorted(LANGUAGES.glob("*/updates.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            form, _, value = row.partition("\t")
            if value == how and not row.startswith("#"):
                found.add(" ".join(_plain(form)))
    return frozenset(found)
