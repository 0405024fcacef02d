"""Drawings without a script: the history of a toll, who holds a place over time; coordinates for the templates, in units of a view box."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.answers import Holding, Holdings, TollStep

WIDTH = 640
HEIGHT = 200
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 12, 34
LANE = 30
# A holder of whom nobody says until when is drawn as long as this part of all the days shown.
OPEN_SHARE = 0.04


def toll(steps: Sequence[TollStep]) -> list[dict[str, Any]]:
    """Return a chart a kind of figure and group it counts: a point a report, its bounds as a bar, in the order the reports came out.

    Undated reports stand behind the dated ones, apart: nothing is known of their order.
    """
    kinds: dict[tuple[str, str], list[TollStep]] = {}
    for step in steps:
        kinds.setdefault((step.kind, step.of or ""), []).append(step)
    return [
        _toll(kind, of, mine) for (kind, of), mine in kinds.items() if any(_most(step) is not None for step in mine)
    ]


def _most(step: TollStep) -> float | None:
    figures = [each for each in (step.quantity.low, step.quantity.best, step.quantity.high) if each is not None]
    return max(figures, default=None)


def _toll(kind: str, of: str, steps: list[TollStep]) -> dict[str, Any]:
    highest = max(most for step in steps if (most := _most(step)) is not None) or 1
    room = (WIDTH - LEFT - RIGHT) / max(1, len(steps))

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / highest), 1)

    points = []
    for n, step in enumerate(steps):
        low, best, high = step.quantity.low, step.quantity.best, step.quantity.high
        at = round(LEFT + room * (n + 0.5), 1)
        middle = best if best is not None else low if low is not None else high
        if middle is None:
            continue
        points.append(
            {
                "x": at,
                "y": y(middle),
                "from": y(low if low is not None else middle),
                # nobody bounds it above: drawn open to the top
                "to": y(high) if high is not None else (TOP if best is None else y(middle)),
                "open": high is None and best is None,
                "step": step,
                "day": step.published,
            }
        )
    return {
        "kind": kind,
        "of": of,
        "points": points,
        "highest": highest,
        "base": y(0),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
    }


def holdings(found: Holdings) -> dict[str, Any] | None:
    """Return who holds a place over time: a lane a holder, a bar a claim; None where no claim has a day."""
    dated = [row for row in found.rows if row.earliest]
    if not dated:
        return None
    days = [day for row in dated for day in (_day(row.earliest), _day(row.latest)) if day]
    first, last = min(days), max(days) + timedelta(days=1)
    whole = max(1, (last - first).days)
    lanes = list(dict.fromkeys(row.holder for row in dated))

    def x(day: date) -> float:
        return round(160 + (WIDTH - 160 - RIGHT) * (day - first).days / whole, 1)

    bars = [_bar(row, lanes.index(row.holder), x, whole) for row in dated]
    gaps = [
        {
            "x": x(max(first, _day(gap.earliest) or first)),
            "to": x(min(last, (_day(gap.latest) or last) + timedelta(days=1))),
        }
        for gap in found.gaps
    ]
    return {
        "lanes": [{"name": name, "y": TOP + n * LANE} for n, name in enumerate(lanes)],
        "bars": bars,
        "gaps": gaps,
        "first": first.isoformat(),
        "last": (last - timedelta(days=1)).isoformat(),
        "width": WIDTH,
        "height": TOP + len(lanes) * LANE + 24,
        "depth": len(lanes) * LANE,
        "lane": LANE,
    }


def _bar(row: Holding, lane: int, x: Any, whole: int) -> dict[str, Any]:
    start, end = _day(row.earliest), _day(row.latest)
    assert start is not None
    finish = x(end + timedelta(days=1)) if end else x(start) + OPEN_SHARE * (WIDTH - 160 - RIGHT)
    width = round(max(4.0, finish - x(start)), 1)
    return {"x": x(start), "width": width, "y": TOP + lane * LANE + 5, "open": end is None, "row": row, "whole": whole}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
