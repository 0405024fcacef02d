"""The computations a rule of time may name in ``gives.kind``: from the words it captured to an interval of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from reportedly import dates
from reportedly.find.times.captures import count_of, join, part_of, unit_of
from reportedly.find.times.context import Context, When
from reportedly.find.times.counted import ago, in_unit, span, told
from reportedly.find.times.named import (
    date_range,
    in_decade,
    in_month,
    in_season,
    in_year,
    month_day,
    numeric,
    on_date,
    on_day,
    on_weekday,
)
from reportedly.rules import Hit


def evaluate(hit: Hit, context: Context) -> When | None:
    """Return what a hit means by its rule's ``kind``; None where its words are no time after all (31 April)."""
    compute = KINDS.get(hit.rule.gives.get("kind", ""))
    return compute(hit, context) if compute else None


def _inner(hit: Hit, context: Context) -> list[When]:
    """Return the meanings of the hits a hit is made of, in order."""
    inner = sorted((c for found in hit.captures.values() for c in found if isinstance(c[2], Hit)), key=lambda c: c[0])
    return [when for _, _, child in inner if (when := evaluate(child, context)) is not None]


def _night(hit: Hit, context: Context) -> When:
    """Return the night before the anchor (of the days named, where they are): two dates."""
    days = _inner(hit, context)
    if len(days) == 2:
        return _joined(days, "night")
    if days and days[0].anchored and days[0].earliest:
        return msgspec.structs.replace(days[0], latest=days[0].earliest + timedelta(days=1), says="night")
    if days:
        return msgspec.structs.replace(days[0], says=join(days[0].says, "night"))
    day = context.anchor
    return context.relative((day - timedelta(days=1), day) if day else None, granularity="day", says="night")


def _joined(days: list[When], says: str) -> When:
    """Return from the first to the second; a first that falls after the second is taken as the one before it ('entre lundi et jeudi')."""
    first, last = days
    if not (first.anchored and last.anchored and first.earliest and last.latest):
        return When(granularity=last.granularity, says=join(first.says, "to", last.says))
    start = first.earliest
    if start > last.latest and first.granularity == "day":
        start -= timedelta(days=7 * -(-(start - last.latest).days // 7))
    elif start > last.latest:
        start = dates.move(start, -1, "year") or start
    return msgspec.structs.replace(last, earliest=start, says=says, reason=last.reason or first.reason)


def _between(hit: Hit, context: Context) -> When | None:
    days = _inner(hit, context)
    if (
        len(days) == 2
        and days[0].granularity != "year"
        and days[1].anchor == "text"
        and days[0].anchor != "text"
        and days[1].latest
    ):
        # 'de mars à juin 2015': the first takes the year of the second.
        earlier = msgspec.structs.replace(context, anchor=days[1].latest, source="text", tense=False)
        days[0] = msgspec.structs.replace(_inner(hit, earlier)[0], reason="")
    return _joined(days, "") if len(days) == 2 else None


def _of_day(hit: Hit, context: Context) -> When | None:
    """Return a named day with its part or clock time: the day; what part of it, in ``says``."""
    days = _inner(hit, context)
    if not days:
        return None
    part = part_of(hit, context.text)
    return msgspec.structs.replace(days[0], says=join("" if days[0].anchored else days[0].says, part))


def _same(hit: Hit, context: Context) -> When | None:
    return next(iter(_inner(hit, context)), None)


def _since_ago(hit: Hit, context: Context) -> When:
    """Return the open interval that began so long before the anchor, to the day."""
    when = ago(hit, context)
    says = join("since", when.says)
    if context.anchor is None or not when.anchored:
        return msgspec.structs.replace(when, says=says)
    return msgspec.structs.replace(
        when, earliest=dates.move(context.anchor, -count_of(hit), unit_of(hit)), latest=None, says=says
    )


def _since(hit: Hit, context: Context) -> When | None:
    """Return the open interval from the start of what follows; with ``base`` told, from the time told before ('depuis' alone)."""
    if hit.rule.gives.get("base") == "told":
        told = next(
            (
                f.when
                for f in reversed(context.before)
                if f.when.earliest and not (f.saying and f.when.granularity == "day")
            ),
            None,
        )
        if told is None:
            return When(says="since then")
        reason = f"since what was told before, {told.earliest}"
        return msgspec.structs.replace(told, latest=None, says="since then", reason=reason)
    inner = _same(hit, context)
    return msgspec.structs.replace(inner, latest=None, says=join("since", inner.says)) if inner else None


def _until(hit: Hit, context: Context) -> When | None:
    if hit.rule.gives.get("direction") == 1:
        context = msgspec.structs.replace(context, tense=True)
    inner = _same(hit, context)
    return _bounded(inner, inner.latest, context, "until") if inner else None


def _before(hit: Hit, context: Context) -> When | None:
    inner = _same(hit, context)
    if inner is None:
        return None
    return _bounded(inner, inner.earliest - timedelta(days=1) if inner.earliest else None, context, "before")


def _bounded(inner: When, latest: date | None, context: Context, word: str) -> When:
    """Return the interval that ends at ``latest``: from the anchor where it lies ahead, else without a start."""
    earliest = context.anchor if context.anchor and latest and latest >= context.anchor else None
    return msgspec.structs.replace(inner, earliest=earliest, latest=latest, says=join(word, inner.says))


def _after(hit: Hit, context: Context) -> When | None:
    inner = _same(hit, context)
    if inner is None:
        return None
    earliest = inner.latest + timedelta(days=1) if inner.latest else None
    return msgspec.structs.replace(inner, earliest=earliest, latest=None, says=join("after", inner.says))


def _vague(hit: Hit, _: Context) -> When:
    return When(granularity=unit_of(hit), says=str(hit.rule.gives.get("says", "vague")))


KINDS: dict[str, Callable[[Hit, Context], When | None]] = {
    "anchor": on_date,
    "day": on_day,
    "weekday": on_weekday,
    "date": on_date,
    "numeric": numeric,
    "date-range": date_range,
    "month": in_month,
    "year": in_year,
    "decade": in_decade,
    "season": in_season,
    "unit": in_unit,
    "ago": ago,
    "span": span,
    "told": told,
    "night": _night,
    "between": _between,
    "of-day": _of_day,
    "same": _same,
    "since": _since,
    "since-ago": _since_ago,
    "until": _until,
    "before": _before,
    "after": _after,
    "month-day": month_day,
    "vague": _vague,
}
