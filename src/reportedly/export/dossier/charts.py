"""Drawings of an event's figures, for the dossier and for the workbench: its toll, and who holds a place over time.

Coordinates in units of a view box, no words but figures: a table beneath says who, when and in which words, row by row by its number.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportedly.answers import Holding, Holdings, TollStep
    from reportedly.records import Quantity

DASH = "–"
WIDTH = 640.0
# Room for a row's number and its bounds.
LEFT, RIGHT = 130.0, 16.0
ROW, TOP, AXIS = 24.0, 6.0, 24.0
# How far the scale goes beyond the highest figure: what is open upwards reaches to its end.
BEYOND = 1.15
NARROWEST = 3.0
MOST_TICKS = 6
LANES_LEFT = 160.0
LANE = 30.0
# A holder of whom nobody says until when is drawn as long as this part of all the days shown.
OPEN_SHARE = 0.04


class Row(NamedTuple):
    """A figure: its number in the table, its bounds in signs, where its bar begins and how wide it is (0: none), whether it is open
    upwards, where the best figure is marked (None: nowhere) and whether that is only about right; how it stands to those before.
    """

    number: int
    bounds: str
    y: float
    x: float
    width: float
    open_end: bool
    best: float | None
    about: bool
    change: str


class Toll(NamedTuple):
    """The figures of one kind, of one group that is counted ('' all): rows in their order, the scale's figures and where they stand."""

    kind: str
    of: str
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    end: float
    width: float
    height: float
    left: float
    axis: float


class Bar(NamedTuple):
    """A claim to hold a place: where its bar lies in its lane, whether nobody says until when, and the claim."""

    x: float
    y: float
    width: float
    open_end: bool
    row: Holding


class Held(NamedTuple):
    """Who holds a place: lanes (name, y), bars, gaps (x, width) in which nobody says, first and last day."""

    lanes: tuple[tuple[str, float], ...]
    bars: tuple[Bar, ...]
    gaps: tuple[tuple[float, float], ...]
    first: str
    last: str
    left: float
    width: float
    height: float
    depth: float
    thick: float


def tolls(steps: Sequence[TollStep]) -> tuple[Toll, ...]:
    """Return a chart for each kind of figure and group it counts; rows have the numbers of ``steps``, from 1. No figure, no row."""
    kinds: dict[tuple[str, str], list[tuple[int, TollStep]]] = {}
    for number, step in enumerate(steps, start=1):
        if numbers(step.quantity):
            kinds.setdefault((step.kind, step.of or ""), []).append((number, step))
    return tuple(_toll(kind, of, mine) for (kind, of), mine in kinds.items())


def _toll(kind: str, of: str, steps: Sequence[tuple[int, TollStep]]) -> Toll:
    highest = max(number for _, step in steps for number in numbers(step.quantity)) or 1.0
    end = highest * BEYOND

    def x(value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * value / end, 1)

    rows = tuple(_row(number, step, TOP + ROW * n, x, end) for n, (number, step) in enumerate(steps))
    axis = TOP + ROW * len(rows)
    ticks = tuple((x(value), plain(value)) for value in _round_ones(end))
    return Toll(kind, of, rows, ticks, end, WIDTH, axis + AXIS, LEFT, axis)


def _row(number: int, step: TollStep, y: float, x: Callable[[float], float], end: float) -> Row:
    low, best, high = step.quantity.low, step.quantity.best, step.quantity.high
    open_end = low is not None and high is None
    alone = low is None and best is not None and high in (None, best)
    exact = low is not None and low == high
    first, last = (low or 0.0), (high if high is not None else end)
    at = x(first)
    return Row(
        number=number,
        bounds=bounds(step.quantity),
        y=y,
        x=at,
        width=0.0 if alone or exact else round(max(NARROWEST, x(last) - at), 1),
        open_end=open_end,
        best=x(best) if best is not None else x(low) if exact and low is not None else None,
        about=alone,
        change=step.change,
    )


def _round_ones(end: float) -> list[float]:
    """Return round figures from 0 to the end of a scale, a few of them; figures of people are whole."""
    step = 1.0
    while end / step > MOST_TICKS:
        step *= 2.5 if f"{step:g}"[0] == "2" else 2
    return [n * step for n in range(int(end / step) + 1)]


def held(found: Holdings) -> Held | None:
    """Return who holds a place over time: a lane a holder, a bar a claim; None where no claim has a day."""
    dated = [row for row in found.rows if _day(row.earliest)]
    if not dated:
        return None
    days = [day for row in dated for day in (_day(row.earliest), _day(row.latest)) if day]
    first, last = min(days), max(days) + timedelta(days=1)
    whole = max(1, (last - first).days)
    lanes = list(dict.fromkeys(row.holder for row in dated))

    def x(day: date) -> float:
        return round(LANES_LEFT + (WIDTH - LANES_LEFT - RIGHT) * (day - first).days / whole, 1)

    gaps = []
    for gap in found.gaps:
        start = x(max(first, _day(gap.earliest) or first))
        gaps.append((start, max(1.0, x(min(last, (_day(gap.latest) or last) + timedelta(days=1))) - start)))
    depth = len(lanes) * LANE
    return Held(
        lanes=tuple((name, TOP + n * LANE) for n, name in enumerate(lanes)),
        bars=tuple(_bar(row, TOP + lanes.index(row.holder) * LANE + 5, x) for row in dated),
        gaps=tuple(gaps),
        first=first.isoformat(),
        last=(last - timedelta(days=1)).isoformat(),
        left=LANES_LEFT,
        width=WIDTH,
        height=TOP + depth + AXIS,
        depth=depth,
        thick=LANE - 10,
    )


def _bar(row: Holding, y: float, x: Callable[[date], float]) -> Bar:
    start, end = _day(row.earliest), _day(row.latest)
    assert start is not None
    finish = x(end + timedelta(days=1)) if end else x(start) + OPEN_SHARE * (WIDTH - LANES_LEFT - RIGHT)
    return Bar(x(start), y, round(max(4.0, finish - x(start)), 1), end is None, row)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def numbers(quantity: Quantity) -> list[float]:
    """Return the figures that bound a quantity."""
    return [number for number in (quantity.low, quantity.best, quantity.high) if number is not None]


def plain(number: float) -> str:
    """Return a number without a decimal point it does not need.

    >>> plain(12.0), plain(1.5)
    ('12', '1.5')
    """
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def bounds(quantity: Quantity) -> str:
    """Return what a quantity bounds, in signs that no language needs: '≥ 12', '20–99', '≈ 9', '≤ 40', '12'."""
    low, best, high = (None if n is None else plain(n) for n in (quantity.low, quantity.best, quantity.high))
    if low is not None and low == high:
        return low
    if low is not None and high is not None:
        return f"{low}{DASH}{high}"
    if best is not None and low is None and high is None:
        return f"≈ {best}"
    if best is not None and high is not None:
        return f"≈ {best}, ≤ {high}" if best != high else f"≲ {best}"
    if low is not None:
        return f"≥ {low}"
    return f"≤ {high}" if high is not None else "?"
