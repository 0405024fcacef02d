"""Calendar arithmetic on closed intervals of days: pure functions, no clock is ever read."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Interval = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1800, 2200
# Conventional first days of the seasons (northern hemisphere): month, day.
SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "winter": (12, 21)}
NEXT_SEASON = {"spring": "summer", "summer": "autumn", "autumn": "winter", "winter": "spring"}
# How many days the units below a month last; an hour count is rounded up to days.
DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def day(year: int, month: int, number: int) -> date | None:
    """Return the date, or None where there is none (31 April) or the year is out of all likelihood."""
    if not (
        FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]
    ):
        return None
    return date(year, month, number)


def month(year: int, number: int, part: str = "") -> Interval:
    """Return a month, or its ``start`` (to the 10th), ``mid`` (11th to 20th) or ``end`` (from the 21st)."""
    last = calendar.monthrange(year, number)[1]
    first_day, last_day = {"start": (1, 10), "mid": (11, 20), "end": (21, last)}.get(part, (1, last))
    return date(year, number, first_day), date(year, number, last_day)


def year(number: int, part: str = "") -> Interval:
    """Return a year, or its ``start`` (to March), ``mid`` (May to August) or ``end`` (from October)."""
    first, last = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}.get(part, (1, 12))
    return date(number, first, 1), month(number, last)[1]


def season(number: int, name: str) -> Interval:
    """Return the season that begins in year ``number``."""
    following = NEXT_SEASON[name]
    first = date(number, *SEASONS[name])
    last = date(number + (following == "spring"), *SEASONS[following]) - timedelta(days=1)
    return first, last


def period(unit: str, when: date) -> Interval:
    """Return the calendar unit that holds ``when``: a ``week`` (from Monday), ``weekend``, ``month``, ``quarter``, ``year``, ``decade``."""
    if unit == "week":
        first = when - timedelta(days=when.weekday())
        return first, first + timedelta(days=6)
    if unit == "weekend":
        first = when - timedelta(days=when.weekday()) + timedelta(days=5)
        return first, first + timedelta(days=1)
    if unit == "month":
        return month(when.year, when.month)
    if unit == "quarter":
        start = (when.month - 1) // 3 * 3 + 1
        return date(when.year, start, 1), month(when.year, start + 2)[1]
    if unit == "year":
        return year(when.year)
    if unit == "decade":
        start = when.year // 10 * 10
        return date(start, 1, 1), date(start + 9, 12, 31)
    return when, when


def move(when: date, amount: float, unit: str) -> date | None:
    """Return ``when`` moved by ``amount`` units (hours are rounded up to days), or None beyond the calendar."""
    try:
        if unit in MONTHS:
            months = round(amount * MONTHS[unit])
            number = when.year * 12 + when.month - 1 + months
            last = calendar.monthrange(number // 12, number % 12 + 1)[1]
            moved = date(number // 12, number % 12 + 1, min(when.day, last))
        else:
            days = amount * DAYS.get(unit, 7)
            moved = when + timedelta(days=int(days) if days == int(days) else int(days) + (1 if days > 0 else -1))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def weekday(number: int, anchor: date, *, future: bool = False) -> date:
    """Return the day of week ``number`` (Monday 1) nearest to ``anchor``: at or before it, or in the future at or after it."""
    back = (anchor.isoweekday() - number) % 7
    return anchor + timedelta(days=-back if not future or back == 0 else 7 - back)


def undated(number: int, month_number: int, anchor: date, *, future: bool = False) -> date | None:
    """Return the nearest such day of the year at or before ``anchor`` (in the future, at or after), or None (31 April)."""
    years = range(anchor.year, anchor.year + 9) if future else range(anchor.year, anchor.year - 9, -1)
    found = (day(y, month_number, number) for y in years)
    return next((d for d in found if d and (d >= anchor if future else d <= anchor)), None)
