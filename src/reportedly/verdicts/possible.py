"""What a claim cannot be: a type that is none, a place off the globe, bounds the wrong way round, words that are not the text's own."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from reportedly.records import Link, Place, Quantity, Span, Time

if TYPE_CHECKING:
    from reportedly.records import Claim, Document

COUNTRY = re.compile(r"[A-Z]{2}\Z")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
FINEST, WIDEST = 1, 7


class Fault(NamedTuple):
    """What is wrong with a claim: in which field (``places.0.lat``), why, and what would mend it."""

    field: str
    why: str
    cure: str


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Return the types of happenings (docs/events.md), each with its modes."""
    text = (files("reportedly") / "types" / "events.toml").read_text(encoding="utf-8")
    return {name: tuple(about["modes"]) for name, about in tomllib.loads(text)["type"].items()}


def faults(document: Document, claim: Claim) -> Iterator[Fault]:
    """Yield what a claim of ``document`` cannot be, in the order of its fields."""
    yield from _happening(claim)
    for path, part in _parts(claim):
        if isinstance(part, Span):
            yield from _words(document, path, part)
        if isinstance(part, Link):
            yield from _link(path, part)
        elif isinstance(part, Place):
            yield from _place(path, part)
        elif isinstance(part, Time):
            yield from _time(path, part)
        elif isinstance(part, Quantity):
            yield from _quantity(path, part, len(claim.quantities))


def misquoted(document: Document, claim: Claim) -> Iterator[Fault]:
    """Yield the words of a claim that are not the document's own."""
    for path, part in _parts(claim):
        if isinstance(part, Span):
            yield from _words(document, path, part)


def _parts(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every record within a record, by its path."""
    for name in record.__struct_fields__:
        value, at = getattr(record, name), f"{path}.{name}" if path else name
        several = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for number, each in several:
            if isinstance(each, msgspec.Struct):
                here = at if number is None else f"{at}.{number}"
                yield here, each
                yield from _parts(each, here)


def _happening(claim: Claim) -> Iterator[Fault]:
    known = vocabulary()
    if claim.type is not None and claim.type not in known:
        yield Fault("type", f"{claim.type!r} is no type of happening", f"one of {', '.join(known)}, or none")
        return
    modes = known.get(claim.type or "", ())
    for mode in claim.modes:
        if mode not in modes:
            yield Fault("modes", f"{claim.type or 'a claim without a type'} has no mode {mode!r}", _one_of(modes))


def _one_of(words: tuple[str, ...]) -> str:
    return f"one of {', '.join(words)}" if words else "leave it out"


def _words(document: Document, path: str, span: Span) -> Iterator[Fault]:
    length = len(document.text)
    if not 0 <= span.start < span.end <= length:
        yield Fault(
            path,
            f"{span.start} to {span.end} lies outside the text, which has {length} letters",
            "select the words again",
        )
    elif document.text[span.start : span.end] != span.exact:
        why = f"{span.exact!r} is not what stands at {span.start} to {span.end}"
        yield Fault(path, why, "select the words in the text again")


def _link(path: str, link: Link) -> Iterator[Fault]:
    if link.source is None and (link.name or link.antecedent):
        yield Fault(f"{path}.name", "nobody is named there, so nobody can be meant", "select the source's words first")


def _place(path: str, place: Place) -> Iterator[Fault]:
    for name, most in (("lat", 90), ("lon", 180)):
        value = getattr(place, name)
        if value is not None and not -most <= value <= most:
            yield Fault(f"{path}.{name}", f"{value} is off the globe", f"degrees from -{most} to {most}")
    if (place.lat is None) != (place.lon is None):
        missing = "lat" if place.lat is None else "lon"
        yield Fault(f"{path}.{missing}", "half of a point is no point", "give latitude and longitude, or neither")
    if not FINEST <= place.precision <= WIDEST:
        yield Fault(
            f"{path}.precision",
            f"{place.precision} is no precision",
            f"{FINEST} (the place itself) to {WIDEST} (widest)",
        )
    if place.country is not None and not COUNTRY.match(place.country):
        yield Fault(f"{path}.country", f"{place.country!r} is no country", "two capital letters: SY")


def _time(path: str, time: Time) -> Iterator[Fault]:
    days: dict[str, date] = {}
    for name in ("earliest", "latest"):
        value = getattr(time, name)
        if value is None:
            continue
        try:
            days[name] = date.fromisoformat(value if DAY.match(value) else "")
        except ValueError:
            yield Fault(f"{path}.{name}", f"{value!r} is no day", "write it as 2015-06-09")
    if len(days) == 2 and days["earliest"] > days["latest"]:
        why = f"it cannot begin on {time.earliest} and be over by {time.latest}"
        yield Fault(f"{path}.earliest", why, "the earlier day first")
    if (time.earliest or time.latest) and not time.anchored:
        yield Fault(f"{path}.anchored", "a time with a day is anchored", "say so, or leave the days out")


def _quantity(path: str, quantity: Quantity, there: int) -> Iterator[Fault]:
    said = [(name, value) for name in ("low", "best", "high") if (value := getattr(quantity, name)) is not None]
    for name, value in said:
        if not math.isfinite(value) or value < 0:
            yield Fault(f"{path}.{name}", f"{value:g} is no number of anything", "0 or more")
    for (lesser, low), (greater, high) in pairwise(said):
        if low > high:
            why = f"{lesser} ({low:g}) is more than {greater} ({high:g})"
            yield Fault(f"{path}.{lesser}", why, "low is at most best, best at most high")
    if quantity.part_of is not None and (not 0 <= quantity.part_of < there or path.endswith(f".{quantity.part_of}")):
        yield Fault(
            f"{path}.part_of", f"there is no other quantity {quantity.part_of}", "the number of its total, or none"
        )
