"""How many, for tables that have room for one number: an export's policies, which never touch what was said.

A claim's quantity bounds what its words bound, and counts one side's dead, civilians, or people of whom nobody says whose they are
(``counting``). A table of events wants one figure. Of everybody who gives figures of a side, or of all, the latest stands; of these the
lowest, the highest, and the one that most give are told apart. One side's figure never stands for all: where somebody gives a figure of
all, the sides are among it; else they are added up. Nothing is averaged.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reportedly import counting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportedly.counting import Counted
    from reportedly.export.protocol import Dossier, Told
    from reportedly.records import Quantity

# What is wished, feared or ordered has killed nobody yet.
UNREAL_STATUS = ("planned", "hypothetical")
UNREAL_ACTS = ("demand", "promise", "threaten", "doubt", "deny")
# What ACLED codes for words without a number, by the bounds those words have in a claim: 'dozens' 24 to 99, 'tens' ('des dizaines') 20 to
# 99, 'hundreds' 200 to 999, 'thousands' 2,000 to 9,999.
ACLED_WORDS = {(24.0, 99.0): 12, (20.0, 99.0): 10, (200.0, 999.0): 100, (2000.0, 9999.0): 1000}


class Said(NamedTuple):
    """A figure with who gives it: the claim, the number of its group of independent sources, who says it there, and whom it counts."""

    told: Told
    source: int
    speaker: str
    quantity: Quantity
    counted: Counted

    @property
    def whole(self) -> bool:
        """Whether it counts people of any side: all that were hit, as far as its words go."""
        return self.counted.whole


class Range(NamedTuple):
    """Lowest, most supported and highest figure; None where no source bounds it so."""

    low: float | None
    best: float | None
    high: float | None


NOTHING = Range(None, None, None)


def counts(told: Told) -> bool:
    """Return whether a claim says that something did happen: not denied, planned or demanded, and no repetition of another claim."""
    claim = told.claim
    return (
        claim.polarity == "positive"
        and claim.status not in UNREAL_STATUS
        and claim.repeats is None
        and not any(link.act in UNREAL_ACTS for link in claim.chain)
    )


def said(dossier: Dossier, kind: str) -> tuple[Said, ...]:
    """Return the figures of a kind that count: of each side, and of all, the latest that each speaker of each independent source gives."""
    key = "said", kind
    if key not in dossier.known:
        dossier.known[key] = _said(dossier, kind)
    found: tuple[Said, ...] = dossier.known[key]
    return found


def _said(dossier: Dossier, kind: str) -> tuple[Said, ...]:
    latest: dict[tuple[int, str, frozenset[str]], tuple[tuple[str, str, bool, bool, int, int], Said]] = {}
    for number, each in enumerate(_figures(dossier, kind)):
        document = each.told.document
        published = document.published.value if document.published else ""
        # of one report the first figure stands, and a title's only where there is no other
        body = not counting.in_title(document, each.told.claim)
        order = (published, document.id, body, not each.counted.part, -each.told.claim.content.start, -number)
        key = each.source, each.speaker, each.counted.sides
        if key not in latest or order > latest[key][0]:
            latest[key] = (order, each)
    return tuple(_without_titles(each for _, each in sorted(latest.values(), key=lambda pair: pair[1].source)))


def _without_titles(found: Iterable[Said]) -> Iterator[Said]:
    """Yield the figures without those of a title whose report gives one of the same people below."""
    rows = list(found)
    below = {
        (each.told.document.id, each.counted.sides)
        for each in rows
        if not counting.in_title(each.told.document, each.told.claim)
    }
    for each in rows:
        in_title = counting.in_title(each.told.document, each.told.claim)
        if not in_title or (each.told.document.id, each.counted.sides) not in below:
            yield each


def total(dossier: Dossier, kind: str) -> Range:
    """Return what is left possible of all that were hit: the lowest, what most say, the highest.

    Where somebody gives a figure of all, low is the lowest such; best is what most give, and no less than the sides' best together; high
    is the highest that anybody gives, or the sides' highest together. Where nobody does, the sides' figures are added up.
    """
    key = "total", kind
    if key not in dossier.known:
        dossier.known[key] = _total(said(dossier, kind))
    known: Range = dossier.known[key]
    return known


def _total(found: Iterable[Said]) -> Range:
    found = list(found)
    whole = _range([each.quantity for each in found if each.whole])
    sides = list(by_side(found).values())
    if not sides:
        return whole
    together = Range(*(_sum(side[n] for side in sides) for n in range(3)))
    if whole == NOTHING:
        return together
    best, high = _most(whole.best, together.best), _most(whole.high, together.high)
    return Range(whole.low, best, None if high is not None and best is not None and high < best else high)


def by_side(found: Iterable[Said]) -> Mapping[frozenset[str], Range]:
    """Return what is possible of each side that figures are given of.

    Nameless soldiers are those of the one army that is named beside them; of several named ones they may be any, and are left out.
    """
    quantities: dict[frozenset[str], list[Quantity]] = {}
    kinds: dict[frozenset[str], frozenset[str]] = {}
    for each in found:
        if not each.whole:
            sides = each.counted.sides
            quantities.setdefault(sides, []).append(each.quantity)
            kinds[sides] = frozenset(entity.kind for entity in each.counted.whose)
    nameless = [sides for sides in quantities if all(side.startswith("~") for side in sides)]
    for sides in nameless:
        named = [other for other in quantities if other not in nameless and kinds[other] == kinds[sides]]
        if len(named) == 1:
            quantities[named[0]] += quantities.pop(sides)
        elif named:
            quantities.pop(sides)
    return {sides: _range(quantities[sides]) for sides in sorted(quantities, key=sorted)}


def _range(quantities: list[Quantity]) -> Range:
    """Return the lowest, best and highest of figures of the same people.

    Best is the figure that most of them leave room for, of equals the lowest: 'at least four' speaks for four, and against two. High is
    None where every figure is open above, as 'at least 12' is, and 'dozens'.
    """
    lows = [low for q in quantities if (low := _first(q.low, q.best)) is not None]
    highs = [high for q in quantities if not _is_word(q) and (high := _first(q.high, q.best)) is not None]
    candidates = [number for q in quantities if (number := _first(q.best, q.low)) is not None]
    best = min(candidates, key=lambda number: (-sum(_allows(q, number) for q in quantities), number), default=None)
    known = [best] if best is not None else []
    return Range(min([*lows, *known], default=None), best, max([*highs, *lows, *known]) if highs else None)


def _is_word(quantity: Quantity) -> bool:
    """Return whether a quantity is a word without a number, whose bounds nobody gave as figures."""
    return quantity.best is None and (quantity.low, quantity.high) in ACLED_WORDS


def _allows(quantity: Quantity, number: float) -> bool:
    """Return whether a figure leaves room for a number; 'about 30' and 'nearly 30' speak for 30 alone."""
    if quantity.best is not None:
        return number == quantity.best
    low, high = quantity.low or 0.0, math.inf if quantity.high is None else quantity.high
    return low <= number <= high


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _most(*values: float | None) -> float | None:
    return max((value for value in values if value is not None), default=None)


def conservative(quantity: Quantity) -> float | None:
    """Return the most conservative number for a quantity, as ACLED codes it; None where its words set no lower bound ('up to 20').

    'Dozens' are 12, 'tens' 10, 'hundreds' 100; a range counts as its lower end, 'at least 12' as 12, a number as itself.
    """
    if quantity.best is None and (quantity.low, quantity.high) in ACLED_WORDS:
        return ACLED_WORDS[quantity.low, quantity.high]  # type: ignore[index]
    return _first(quantity.best if quantity.low is None else quantity.low, quantity.best)


def most_conservative(dossier: Dossier, kind: str) -> float | None:
    """Return the lowest conservative figure of all that anybody gives; where nobody does, those of the sides together; None without any."""
    found = [(each, number) for each in said(dossier, kind) if (number := conservative(each.quantity)) is not None]
    whole = min((number for each, number in found if each.whole), default=None)
    if whole is not None:
        return whole
    sides = by_side(each for each, _ in found)
    lowest: dict[frozenset[str], float] = {}
    for each, number in found:
        sides_of = each.counted.sides
        lowest[sides_of] = min(number, lowest.get(sides_of, number))
    return _sum(lowest[key] for key in sides if key in lowest)


def _figures(dossier: Dossier, kind: str) -> Iterator[Said]:
    """Yield the figures of a kind in the claims that count, with the number of their independent source and who gives them there."""
    group = {name: n for n, members in enumerate(dossier.event.independent) for name in members}
    for told in dossier.told:
        if counts(told):
            # a document of no group is a source of its own
            source = group.setdefault(told.document.id, len(group) + len(dossier.event.independent))
            for each in counting.counted(told.claim, kind):
                # a part of which nobody says whose it is ('dont deux enfants'), says nothing that the whole does not
                if not each.part or each.whose:
                    yield Said(told, source, _speaker(told), each.least, each)


def _speaker(told: Told) -> str:
    """Return who gives a claim's figures: the last source of its chain, '' for the outlet itself."""
    for link in reversed(told.claim.chain):
        if link.source is not None:
            return link.name or " ".join((link.antecedent or link.source).exact.split()).casefold()
    return ""


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
