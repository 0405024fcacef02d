"""What the words of a rule of time captured: parts of a day, numbers, years, units."""

from __future__ import annotations

from reportedly.dates import Interval
from reportedly.find.times.context import When
from reportedly.rules import Hit
from reportedly.text import Text

GREATEST_DAY = 31


def part_of(hit: Hit, text: Text) -> str:
    """Return the part of the day a hit names ('evening'), or the words of its clock time ('vers 16h00')."""
    clock = hit.tokens("clock") or hit.tokens("hour")
    if clock:
        return " ".join(text.norms[clock[0] : hit.last])
    entry = hit.entry("time_parts") or hit.entry("time_days")
    return str(hit.rule.gives.get("part") or (entry.get("part") if entry else ""))


def which_of(hit: Hit) -> str:
    """Return 'last' or 'next', where the rule says which."""
    return str(hit.rule.gives.get("which", ""))


def join(*parts: str) -> str:
    """Return the parts that say something, separated by spaces."""
    return " ".join(p for p in parts if p)


def number_in(hit: Hit, name: str) -> int | None:
    """Return the number or ordinal that stands inside the capture ``name``."""
    tokens = hit.tokens(name)
    if tokens is None:
        return None
    for key in ("number", "digits"):
        for first, last, value in hit.captures.get(key, ()):
            if tokens[0] <= first and last <= tokens[1]:
                return int(value)
    for first, last, entry in hit.captures.get("time_ordinals", ()):
        if tokens[0] <= first and last <= tokens[1]:
            return int(entry.get("n"))
    return None


def year_of(hit: Hit) -> int | None:
    """Return the year captured as a figure, or None: a figure too great for a day."""
    return next((int(value) for _, _, value in hit.captures.get("digits", ()) if value > GREATEST_DAY), None)


def absolute(interval: Interval, *, granularity: str, says: str = "") -> When:
    """Return the interval as the words themselves state it."""
    return When(*interval, anchored=True, anchor="text", granularity=granularity, says=says)


def unit_of(hit: Hit) -> str:
    """Return the unit of time the rule gives or captured; a day where there is none."""
    entry = hit.entry("time_units")
    return str(hit.rule.gives.get("unit") or (entry.get("unit") if entry else "day"))


def count_of(hit: Hit) -> float:
    """Return how many units: the number captured, what the unit's form counts (a dual), else one."""
    entry = hit.entry("time_units")
    value = hit.value("number")
    return float(value) if value is not None else float(entry.get("count") or 1) if entry else 1.0
