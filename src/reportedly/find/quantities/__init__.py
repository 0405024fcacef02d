"""How many: every amount of a report with its bounds, what is counted, and what happened to those counted.

The rules (``rules/quantities.toml``) say which words are an amount and which figures are none (names, ages, scores); the lexicons
``counted``, ``units``, ``quantity_cues`` and ``quantity_links`` say what it counts. Times are found by ``rules/times.toml`` and left out:
a date is no quantity.
"""

from __future__ import annotations

from reportedly.find.quantities.amounts import Amount, amounts, dated_tokens
from reportedly.find.quantities.kinds import count
from reportedly.find.quantities.place import Counted, Place, around
from reportedly.records import Quantity
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

__all__ = ["find"]


def find(text: Text, lang: Language, *, syntax: Syntax | None = None) -> tuple[Quantity, ...]:
    """Return every quantity, sorted by start; ``part_of`` is the index of its total in what is returned ('8 morts, dont 3 militaires').

    ``syntax`` helps to tell a noun from a verb after a number; without it the lexicons decide.
    """
    dated = dated_tokens(text, lang)
    found = amounts(text, lang, dated)
    surroundings = around(text, lang, syntax, dated=dated, amounts=found)
    kept: list[tuple[Amount, Counted]] = []
    for amount in found:
        counted = count(Place(amount, kept, surroundings, text, lang))
        if counted is not None:
            kept.append((amount, counted))
    return tuple(_record(text, amount, counted) for amount, counted in kept)


def _record(text: Text, amount: Amount, counted: Counted) -> Quantity:
    span = text.span(amount.first, amount.last)
    return Quantity(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=amount.rule,
        basis="inferred" if counted.reason else "stated",
        reason=counted.reason,
        kind=counted.kind,
        low=amount.low,
        best=amount.best,
        high=amount.high,
        unit=counted.unit,
        unit_inferred=counted.unit_inferred,
        noun=text.span(*counted.noun) if counted.noun else None,
        part_of=counted.part_of,
    )


__all__ += ["Cue"]
