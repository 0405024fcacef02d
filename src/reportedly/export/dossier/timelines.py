"""The timeline of a dossier as numbers: when it is said to have happened, and when that was reported."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.records import Time

WIDTH = 460.0
LEFT, RIGHT = 36.0, 36.0
ROW = 22.0
# A bar narrower than this is not seen, and letters are about so wide.
LEAST, LETTER = 8.0, 7.0
AXIS = 24.0
MOST_TICKS = 4
LONGEST_LABEL = 28
# One interval years long would squeeze the days that matter into a point; it is told in words.
FARTHEST_DAYS = 366 * 3


class Bar(NamedTuple):
    """Something on the timeline: where it is drawn, what it is called, from when to when ('' an open end), and how often it is said."""

    x: float
    y: float
    width: float
    label: str
    label_x: float
    anchor: str
    earliest: str
    latest: str
    times: int


class Timeline(NamedTuple):
    """A timeline to draw: two lanes of bars, the days written at its axis, and what has no day."""

    width: float
    height: float
    happened: tuple[Bar, ...]
    reported: tuple[Bar, ...]
    reported_top: float
    axis: float
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[str, ...]
    unreported: int


def drawn(times: Iterable[Time], reports: Iterable[tuple[str, str | None]]) -> Timeline | None:
    """Return the timeline of the times of claims, and of reports (their name, the day they came out); None where nothing has a day."""
    times, reports = list(times), list(reports)
    spans = Counter((t.earliest, t.latest or "") for t in times if t.earliest)
    days = Counter((name, day[:10]) for name, day in reports if day and _is_day(day[:10]))
    undated = tuple(dict.fromkeys(time.exact for time in times if not time.earliest))
    known = {_ordinal(day) for _, day in days}
    near = {span: count for span, count in spans.items() if span[0] and _fits(span, known)}
    far = tuple(f"{first} – {last or '…'}" for first, last in spans if (first, last) not in near)
    stops = sorted(known | {_ordinal(day) for span in near for day in span if day})
    if not stops:
        return None
    first, last = stops[0], stops[-1]
    pad = max(1, round((last - first) * 0.06))
    axis = _Axis(first - pad, last + pad + 1)
    happened, rows = _laid_out(
        [(a or "", b, _between(a or "", b), n) for (a, b), n in sorted(near.items())], axis, top=AXIS
    )
    top = AXIS + rows * ROW + AXIS
    reported, more = _laid_out(
        [(day, day, _short(name), n) for (name, day), n in sorted(days.items(), key=lambda i: (i[0][1], i[0][0]))],
        axis,
        top=top,
        dots=True,
    )
    bottom = top + more * ROW + 8
    return Timeline(
        width=WIDTH,
        height=bottom + 22,
        happened=happened,
        reported=reported,
        reported_top=top,
        axis=bottom,
        ticks=tuple((axis.x(day), date.fromordinal(day).isoformat()) for day in _ticks(first, last)),
        undated=(*undated, *far),
        unreported=sum(1 for _, day in reports if not day),
    )


class _Axis(NamedTuple):
    first: int
    last: int

    def x(self, day: int) -> float:
        return round(LEFT + (day - self.first) * (WIDTH - LEFT - RIGHT) / (self.last - self.first), 1)


def _laid_out(
    found: Sequence[tuple[str, str, str, int]], axis: _Axis, *, top: float, dots: bool = False
) -> tuple[tuple[Bar, ...], int]:
    """Return bars (or dots, at the beginning of their day) in rows, none over another, and how many rows there are."""
    ends: list[float] = []
    bars = []
    for earliest, latest, label, count in found:
        start = axis.x(_ordinal(earliest))
        end = start + LEAST if dots else max(start + LEAST, axis.x(_ordinal(latest) + 1) if latest else WIDTH - RIGHT)
        wide = len(label) * LETTER + 6
        behind = end + 5 + wide <= WIDTH
        low, high = (start, end + 5 + wide) if behind else (start - 5 - wide, end)
        row = next((n for n, taken in enumerate(ends) if taken + 4 <= low), len(ends))
        ends[row : row + 1] = [high]
        bars.append(
            Bar(
                x=start,
                y=top + row * ROW,
                width=round(end - start, 1),
                label=label,
                label_x=end + 5 if behind else start - 5,
                anchor="start" if behind else "end",
                earliest=earliest,
                latest=latest,
                times=count,
            )
        )
    return tuple(bars), max(1, len(ends))


def _ticks(first: int, last: int) -> list[int]:
    """Return days for the axis: all where they are few, else at even steps."""
    step = max(1, -(-(last - first) // (MOST_TICKS - 1)))
    return list(range(first, last + 1, step))


def _fits(span: tuple[str | None, str], days: Iterable[int]) -> bool:
    first, last = span
    low, high = _ordinal(first or ""), _ordinal(last or first or "")
    return high - low <= FARTHEST_DAYS and all(abs(day - low) <= FARTHEST_DAYS for day in days)


def _between(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}" if last else f"{first} –"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
