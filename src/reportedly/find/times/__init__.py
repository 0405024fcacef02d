"""When: every expression of time, resolved where its words and the report's date allow, never guessed.

The rules (``rules/times.toml``) say which words are an expression of time; each names in ``gives.kind`` one of the computations of
``meanings``, a closed set that no language adds to. Most rules are of a ``group`` and are reused inside others ('depuis' + {@day}).

A relative expression needs an anchor: the date of the dateline, else the date of publication, else a line of the text that dates it.
Without one the expression stays, with both dates None and ``says`` keeping what it does say ('tuesday', 'last month').
"""

from __future__ import annotations

from datetime import date

import msgspec

from reportedly.find.times.context import Context, Found, dates_saying, tense_around
from reportedly.find.times.meanings import evaluate
from reportedly.records import Time
from reportedly.rules import Hit, Language
from reportedly.text import Text

__all__ = ["find"]


def find(
    text: Text, lang: Language, *, published: str | None = None, anchor_source: str | None = None
) -> tuple[Time, ...]:
    """Return every expression of time, sorted by start, without overlaps; datelines and site clocks are none.

    ``published`` is an ISO date and ``anchor_source`` says where it came from (``metadata``, ``user``). Weekdays resolve to the
    nearest at or before the anchor, in a future clause to the nearest at or after it. Clock times and parts of a day take the day
    told before them.
    """
    hits = lang.rules("times").best(text)
    context = _anchored(Context(text, lang), hits, published, anchor_source)
    for hit in hits:
        kind = hit.rule.gives.get("kind", "")
        if kind in ("none", "anchor") or _in_dateline(text, hit):
            continue
        context.at, context.tense = hit.first, tense_around(text, lang, hit)
        when = evaluate(hit, context)
        if when is not None:
            context.before.append(Found(hit.first, hit.last, when, hit.rule.id, dates_saying(text, lang, hit)))
    return tuple(_record(text, found) for found in context.before)


def _record(text: Text, found: Found) -> Time:
    span, when = text.span(found.first, found.last), found.when
    stated = when.anchor in (None, "text") and not when.reason
    return Time(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=found.rule,
        basis="stated" if stated else "inferred",
        reason=when.reason,
        earliest=when.earliest.isoformat() if when.earliest else None,
        latest=when.latest.isoformat() if when.latest else None,
        anchored=when.anchored,
        anchor=when.anchor,
        granularity=when.granularity,
        says=when.says or None,
    )


# --- the anchor ---------------------------------------------------------------------------------------------------------------------


def _anchored(context: Context, hits: list[Hit], published: str | None, anchor_source: str | None) -> Context:
    """Return the context with its anchor: the dateline, else what was given, else a line of the text that dates it."""
    given = _iso(published)
    for first, last in context.text.datelines:
        context.anchor, context.source = given, anchor_source or "metadata"
        found = _dateline(context, hits, first, last)
        if found:
            return msgspec.structs.replace(context, anchor=found, source="dateline")
    if given:
        return msgspec.structs.replace(context, anchor=given, source=anchor_source or "metadata")
    context.anchor = None
    for hit in hits:
        if hit.rule.gives.get("kind") != "anchor":
            continue
        inner = hit.value("day")
        when = evaluate(inner or hit, context)
        if when and when.anchored and when.earliest == when.latest:
            return msgspec.structs.replace(context, anchor=when.earliest, source="text")
    return context


def _iso(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _dateline(context: Context, hits: list[Hit], first: int, last: int) -> date | None:
    """Return the day in the dateline of tokens ``first`` to ``last``; without a year ('KYIV, June 5') only beside a publication date."""
    for hit in hits:
        if first <= hit.first < last and hit.rule.gives.get("kind") in ("date", "numeric"):
            meanings = [evaluate(hit, msgspec.structs.replace(context, tense=tense)) for tense in (False, True)]
            days = [when.earliest for when in meanings if when and when.earliest and when.earliest == when.latest]
            # A dateline may be a day ahead of the publication: the world has time zones.
            published = context.anchor
            return min(days, key=lambda day: abs((day - published).days) if published else 0, default=None)
    return None


def _in_dateline(text: Text, hit: Hit) -> bool:
    return any(first <= hit.first < last for first, last in text.datelines)
