"""Days, months, seasons and years by their names: 'mardi', 'le 5 mai 2015', 'en mars', '2013'."""

from __future__ import annotations

from datetime import date, timedelta

from reportedly import dates
from reportedly.find.times.captures import absolute, join, number_in, part_of, which_of, year_of
from reportedly.find.times.context import Context, When
from reportedly.rules import Hit


def on_day(hit: Hit, context: Context) -> When:
    """Return a day counted from the anchor: hier, aujourd'hui."""
    entry = hit.entry("time_days")
    shift = int(entry.get("shift")) if entry else int(hit.rule.gives.get("shift", 0))
    says = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(shift, f"day{shift:+}")
    day = context.anchor + timedelta(days=shift) if context.anchor else None
    return context.relative((day, day) if day else None, granularity="day", says=join(says, part_of(hit, context.text)))


# A day without its year that comes again so soon may be the coming one.
NEAR_DAYS = 31
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def on_weekday(hit: Hit, context: Context) -> When:
    """Return the nearest such day at or before the anchor; ahead of it in a future clause or with 'prochain'; before it with 'dernier'."""
    entry = hit.entry("weekdays")
    number, which = int(entry.get("day")) if entry else 1, which_of(hit)
    day = None
    if context.anchor:
        day = dates.weekday(number, context.anchor, future=which == "next" or (context.future and which != "last"))
        if day == context.anchor and which in ("last", "next"):
            day += timedelta(days=7 if which == "next" else -7)
    return context.relative((day, day) if day else None, granularity="day", says=join(which, WEEKDAYS[number - 1]))


def on_date(hit: Hit, context: Context) -> When | None:
    """Return a day of a month: of the year stated, else the nearest at or before the anchor (ahead in a future clause)."""
    entry, number, year = hit.entry("months"), number_in(hit, "day"), year_of(hit)
    if entry is None or number is None:
        return None
    month = int(entry.get("month"))
    if year:
        day = dates.day(year, month, number)
        return absolute((day, day), granularity="day", says=part_of(hit, context.text)) if day else None
    if dates.day(2000, month, number) is None:
        return None
    near = _nearest(number, month, context) if context.anchor else None
    return context.relative((near, near) if near else None, granularity="day", says=f"--{month:02}-{number:02}")


def _nearest(number: int, month: int, context: Context) -> date | None:
    """Return the day of the year meant; None where no verb tells past from future and the coming one is near ('le 20 mars' on the 14th)."""
    if context.anchor is None:
        return None
    coming = dates.undated(number, month, context.anchor, future=True)
    if context.tense is None and coming and 0 < (coming - context.anchor).days <= NEAR_DAYS:
        return None
    return coming if context.future else dates.undated(number, month, context.anchor)


def numeric(hit: Hit, context: Context) -> When | None:
    """Return the day of 2015-06-09 or 9/6/2015; where the language writes both orders and both fit, only that it is a date."""
    values = [int(v) for _, _, v in hit.captures.get("digits", ())]
    if len(values) != 3:
        return None
    if values[0] > 31:
        day = dates.day(*values)
        return absolute((day, day), granularity="day") if day else None
    orders = context.lang.settings.get("times", {}).get("orders", ["dmy"])
    found = {dates.day(values[2], *(reversed(values[:2]) if o == "dmy" else values[:2])) for o in orders} - {None}
    if not found:
        return None
    day = found.pop()
    return When(says="date") if found or day is None else absolute((day, day), granularity="day")


def date_range(hit: Hit, context: Context) -> When | None:
    """Return 'du 3 au 7 mai (2015)': the first day borrows what it lacks from the second."""
    months = [int(entry.get("month")) for _, _, entry in hit.captures.get("months", ())]
    first, last, year = number_in(hit, "from"), number_in(hit, "to"), year_of(hit)
    if not months or first is None or last is None:
        return None
    anchor = context.anchor
    end = (
        dates.day(year, months[-1], last)
        if year
        else (dates.undated(last, months[-1], anchor, future=context.future) if anchor else None)
    )
    if end is None:
        return When(says=f"--{months[-1]:02}-{last:02}") if not year else None
    start = dates.day(end.year - (months[0] > months[-1]), months[0], first)
    if start is None or start > end:
        return None
    return (
        absolute((start, end), granularity="day")
        if year
        else context.relative((start, end), granularity="day", says="")
    )


def month_day(hit: Hit, context: Context) -> When | None:
    """Return 'le 13 du mois': the nearest such day at or before the anchor."""
    number = number_in(hit, "day")
    if number is None or context.anchor is None:
        return When(says=f"---{number:02}") if number else None
    for back in range(3):
        first = dates.move(context.anchor.replace(day=1), back if context.future else -back, "month")
        day = dates.day(first.year, first.month, number) if first else None
        if day and (day >= context.anchor if context.future else day <= context.anchor):
            return context.relative((day, day), granularity="day", says=f"---{number:02}")
    return When(says=f"---{number:02}")


def in_month(hit: Hit, context: Context) -> When | None:
    """Return a month or a part of it: of the year stated, else the latest begun by the anchor."""
    entry, year, which = hit.entry("months"), year_of(hit), which_of(hit)
    if entry is None:
        return None
    parts = hit.entry("time_parts_of")
    number, part = (
        int(entry.get("month")),
        str(hit.rule.gives.get("part") or entry.get("part") or (parts.get("part") if parts else "")),
    )
    if year:
        return absolute(dates.month(year, number, part), granularity="month")
    interval = None
    if context.anchor:
        interval = dates.month(_year_for(number, context.anchor, which, future=context.future, part=part), number, part)
    return context.relative(interval, granularity="month", says=join(which, part, f"--{number:02}"))


def _year_for(month: int, anchor: date, which: str, *, future: bool, part: str) -> int:
    """Return the year of the month meant: the latest begun by ``anchor``; last: ended before it; future or next: the coming one."""
    begins = dates.month(anchor.year, month, part)[0]
    if which == "next":
        return anchor.year + (month <= anchor.month)
    if which == "last":
        return anchor.year - (month >= anchor.month)
    if future:
        return anchor.year + (month < anchor.month)
    return anchor.year - (begins > anchor)


def in_year(hit: Hit, _: Context) -> When | None:
    """Return the year stated, or the part of it named."""
    year, parts = year_of(hit), hit.entry("time_parts_of")
    part = str(hit.rule.gives.get("part") or (parts.get("part") if parts else ""))
    return absolute(dates.year(year, part), granularity="year") if year else None


def in_decade(hit: Hit, _: Context) -> When | None:
    """Return the ten years stated; two digits are of the twentieth century."""
    year = year_of(hit)
    if year is None:
        return None
    return absolute(dates.period("decade", date(year + 1900 if year < 100 else year, 1, 1)), granularity="decade")


def in_season(hit: Hit, context: Context) -> When | None:
    """Return a season: of the year stated, else the last begun or, ahead, the coming one."""
    entry, year, which = hit.entry("time_seasons"), year_of(hit), which_of(hit)
    if entry is None:
        return None
    name = entry.get("season")
    if year:
        return absolute(dates.season(year, name), granularity="season")
    interval = None
    if context.anchor:
        seasons = [dates.season(context.anchor.year + n, name) for n in (-2, -1, 0, 1)]
        if which == "next" or context.future or hit.rule.inner:
            interval = next(s for s in seasons if s[0] > context.anchor)
        else:
            end = 1 if which == "last" else 0
            interval = [s for s in seasons if s[end] < context.anchor][-1]
    return context.relative(interval, granularity="season", says=join(which, name))
