"""Times counted from the day of publication or from one told before: 'la semaine dernière', 'il y a trois jours', 'la veille'."""

from __future__ import annotations

from datetime import date, timedelta

from reportedly import dates
from reportedly.dates import Interval
from reportedly.find.times.captures import count_of, join, part_of, unit_of
from reportedly.find.times.context import Context, When, told_day
from reportedly.rules import Hit


def in_unit(hit: Hit, context: Context) -> When:
    """Return the calendar unit ``shift`` from the one the anchor is in; ``part`` = 'before' ends it at the anchor."""
    unit, shift = unit_of(hit), int(hit.rule.gives.get("shift", 0))
    says = join({-1: "last", 0: "this", 1: "next"}[shift], unit)
    interval = None
    if context.anchor:
        if unit == "weekend":
            moved: date | None = context.anchor + timedelta(days=7 * shift)
            if shift == -1 and dates.period(unit, context.anchor - timedelta(days=2))[1] < context.anchor:
                moved = context.anchor - timedelta(days=7)
            if shift == 0 and not context.future and dates.period(unit, context.anchor)[0] > context.anchor:
                moved = context.anchor - timedelta(days=7)
        else:
            moved = dates.move(context.anchor, shift, unit)
        if moved:
            interval = _of_unit(dates.period(unit, moved), str(hit.rule.gives.get("part", "")), context.anchor)
    return context.relative(interval, granularity=unit, says=says)


def _of_unit(interval: Interval, part: str, anchor: date) -> Interval:
    """Return a third of the interval (``start``, ``mid``, ``end``), or what of it lies ``before`` or ``after`` the anchor."""
    third = timedelta(days=((interval[1] - interval[0]).days + 1) // 3)
    if part == "start":
        return interval[0], interval[0] + third - timedelta(days=1)
    if part == "end":
        return interval[1] - third + timedelta(days=1), interval[1]
    if part == "mid":
        return interval[0] + third, interval[1] - third
    if part == "after" and anchor <= interval[1]:
        return anchor, interval[1]
    return (interval[0], anchor) if part == "before" and interval[0] <= anchor else interval


def ago(hit: Hit, context: Context) -> When:
    """Return the day, or for weeks and more the calendar unit, that lies so long before (``direction`` 1: after) the anchor."""
    unit, direction = unit_of(hit), int(hit.rule.gives.get("direction", -1))
    told = told_day(context) if hit.rule.gives.get("base") == "told" else None
    base = told.earliest if told and told.earliest else None if hit.rule.gives.get("base") == "told" else context.anchor
    moved = dates.move(base, direction * count_of(hit), unit) if base else None
    whole = hit.rule.gives.get("exact") is not True
    interval = dates.period(unit, moved) if moved and whole else (moved, moved) if moved else None
    says = join(f"{direction * count_of(hit):+g}", unit)
    if told and interval and told.earliest:
        reason = f"counted from {told.earliest.isoformat()}, told before"
        return When(*interval, anchored=True, anchor=told.anchor, granularity=unit, says=says, reason=reason)
    granularity = unit if whole and unit in ("week", "month", "quarter", "year", "decade") else "day"
    return context.relative(interval, granularity=granularity, says=says)


def span(hit: Hit, context: Context) -> When:
    """Return the stretch before (``direction`` 1: after) the anchor: 'les dernières 24 heures'.

    Hours without a number are a day; other units without one are vague.
    """
    unit, direction = unit_of(hit), int(hit.rule.gives.get("direction", -1))
    known = hit.value("number") is not None or unit in ("hour", "minute") or hit.rule.gives.get("one") is True
    amount = count_of(hit) if hit.value("number") is not None or hit.rule.gives.get("one") is True else 24.0
    moved = dates.move(context.anchor, direction * amount, unit) if context.anchor and known else None
    says = join("last" if direction < 0 else "next", f"{amount:g}" if hit.value("number") is not None else "", unit)
    if moved is None or context.anchor is None:
        return When(granularity=unit, says=says)
    return context.relative((min(moved, context.anchor), max(moved, context.anchor)), granularity="day", says=says)


def told(hit: Hit, context: Context) -> When:
    """Return the day ``shift`` days from the one told before ('la veille'), or that day itself for a clock time or a part of a day.

    Where no day was told, none is taken: 'vers 16H00' in a report of Monday need not be Monday's.
    """
    entry = hit.entry("time_context")
    shift = int(entry.get("shift")) if entry else int(hit.rule.gives.get("shift", 0))
    says = (
        f"day{shift:+}" if entry else part_of(hit, context.text) or " ".join(context.text.norms[hit.first : hit.last])
    )
    day = told_day(context)
    if day and day.earliest and day.latest:
        moved, reason = timedelta(days=shift), f"of the day told before, {day.earliest.isoformat()}"
        return When(
            day.earliest + moved, day.latest + moved, anchored=True, anchor=day.anchor, says=says, reason=reason
        )
    return When(says=says)
