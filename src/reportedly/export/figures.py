"""How many, for tables that have room for one number: an export's policies, which never touch what was said.

A claim's quantity bounds what its words bound. A table of events wants one figure: each independent source has its latest say, and then the
lowest, the highest, and the one most sources support are told apart. Nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.protocol import Dossier, Told
    from reportedly.records import Quantity

# What is wished, feared or ordered has killed nobody yet.
UNREAL_STATUS = ("planned", "hypothetical")
UNREAL_ACTS = ("demand", "promise", "threaten", "doubt", "deny")
# What ACLED codes for words without a number, by the bounds those words have in a claim: 'dozens' 24 to 99, 'tens' ('des dizaines') 20 to
# 99, 'hundreds' 200 to 999, 'thousands' 2,000 to 9,999.
ACLED_WORDS = {(24.0, 99.0): 12, (20.0, 99.0): 10, (200.0, 999.0): 100, (2000.0, 9999.0): 1000}


class Said(NamedTuple):
    """A figure with who gives it: the claim, the number of its group of independent sources, the quantity."""

    told: Told
    source: int
    quantity: Quantity


class Range(NamedTuple):
    """Lowest, most supported and highest figure; None where no source bounds it so."""

    low: float | None
    best: float | None
    high: float | None


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
    """Return the figures of a kind that count: of each independent source the latest it gave, totals before parts of them."""
    latest: dict[int, tuple[tuple[str, str, int], Said]] = {}
    for each in _figures(dossier, kind):
        document = each.told.document
        published = document.published.value if document.published else ""
        # of one report the first total stands: what follows are parts of it, or other places
        order = (published, document.id, -each.told.claim.content.start)
        if each.source not in latest or order > latest[each.source][0]:
            latest[each.source] = (order, each)
    return tuple(each for _, each in sorted(latest.values(), key=lambda pair: pair[1].source))


def total(dossier: Dossier, kind: str) -> Range:
    """Return what the independent sources leave possible, and the figure that most of them support (of equals the lowest).

    'At least 12' supports 12 where nobody gives an exact figure.
    """
    quantities = [each.quantity for each in said(dossier, kind)]
    lows = [low for q in quantities if (low := _first(q.low, q.best)) is not None]
    highs = [high for q in quantities if (high := _first(q.high, q.best)) is not None]
    exact = [q.best for q in quantities if q.best is not None]
    best = _commonest(exact) if exact else min(lows, default=None)
    low = min([*lows, *([best] if best is not None else [])], default=None)
    high = max([*highs, *([best] if best is not None and highs else [])], default=None)
    return Range(low, best, high)


def conservative(quantity: Quantity) -> float | None:
    """Return the most conservative number for a quantity, as ACLED codes it; None where its words set no lower bound ('up to 20').

    'Dozens' are 12, 'tens' 10, 'hundreds' 100; a range counts as its lower end, 'at least 12' as 12, a number as itself.
    """
    if quantity.best is None and (quantity.low, quantity.high) in ACLED_WORDS:
        return ACLED_WORDS[quantity.low, quantity.high]  # type: ignore[index]
    return _first(quantity.best if quantity.low is None else quantity.low, quantity.best)


def most_conservative(dossier: Dossier, kind: str) -> float | None:
    """Return the lowest conservative figure that an independent source supports, None where none has any."""
    return min(
        (number for each in said(dossier, kind) if (number := conservative(each.quantity)) is not None), default=None
    )


def _figures(dossier: Dossier, kind: str) -> Iterator[Said]:
    """Yield the first total of a kind in each claim that counts, with the number of its independent source."""
    group = {name: n for n, members in enumerate(dossier.event.independent) for name in members}
    for told in dossier.told:
        if counts(told):
            for quantity in told.claim.quantities:
                bounded = quantity.low is not None or quantity.best is not None or quantity.high is not None
                if quantity.kind == kind and quantity.part_of is None and bounded:
                    # a document of no group is a source of its own
                    source = group.setdefault(told.document.id, len(group) + len(dossier.event.independent))
                    yield Said(told, source, quantity)
                    break


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _commonest(values: list[float]) -> float:
    return min(Counter(values).items(), key=lambda item: (-item[1], item[0]))[0]
