"""What the values of a claim mean, in plain English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.records import Claim, Entity, Label, Link, Mention, Place, Quantity, Sourced, Time

# Nouns, because a source may be one or many and the outlet's verb stands beside.
ACTS = {
    "assert": "statement",
    "announce": "announcement",
    "deny": "denial",
    "accuse": "accusation",
    "promise": "promise",
    "threaten": "threat",
    "demand": "demand",
    "ask": "question",
    "believe": "belief",
    "doubt": "no confirmation",
    "show": "something shown",
    "hearsay": "hearsay",
}
PRECISIONS = {2: "within 25 km", 3: "district", 4: "province", 5: "region", 6: "country", 7: "wider than a country"}
ANCHORS = {
    "text": "a date in the text",
    "dateline": "the dateline",
    "metadata": "the publication date",
    "user": "the date you gave",
}
COUNTED_BY_KIND = {
    "killed": "killed",
    "injured": "injured",
    "casualties": "killed or injured",
    "missing": "missing",
    "abducted": "abducted",
    "arrested": "arrested",
    "displaced": "displaced",
    "surrendered": "surrendered",
}
# Units written as signs, and those whose word is the same of one and of many.
SIGNS = frozenset("cm ft ha kg km km2 l lb m m2 mi mi2 mm nmi t yd".split())
ALIKE = frozenset({"aircraft", "head", "lira", "percent"})
# They say again what the sub-event implies.
WIDER_CODES = {"acled-event", "acled-disorder"}
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT = ("\u0590", "\u08ff")
# What would drive a terminal, reorder the line around it or hide in it is shown as a replacement character: no report may. Joiners and
# marks of direction stay, which Arabic and emoji are written with.
_DRIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def is_right_to_left(words: str) -> bool:
    """Return whether any letter runs from right to left."""
    low, high = RIGHT_TO_LEFT
    return any(low <= letter <= high for letter in words)


def isolated(words: str) -> str:
    """Return right-to-left words so that they do not reorder what stands around them; others as they are."""
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if is_right_to_left(words) else words


def printable(words: str) -> str:
    """Return the words without control characters: a report may hold escape sequences.

    >>> printable("a\\x1b[31mb")
    'a\N{REPLACEMENT CHARACTER}[31mb'
    """
    return _DRIVING.sub("\N{REPLACEMENT CHARACTER}", words)


def one_line(words: str) -> str:
    """Return the words with every run of white space as one space, isolated where they run from right to left."""
    return isolated(printable(" ".join(words.split())))


def quoted(words: str) -> str:
    """Return the words of a report between quotation marks.

    >>> quoted("ce mardi")
    '“ce mardi”'
    """
    return f"“{one_line(words)}”"


def figure(number: float) -> str:
    """Return a number with thousands set off.

    >>> figure(1000.0), figure(2.5)
    ('1,000', '2.5')
    """
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"


def bounds(quantity: Quantity) -> str:
    """Return what the words bound: 'at least 1,000', 'about 40', '20 to 99', 'an unknown number'."""
    low, best, high = quantity.low, quantity.best, quantity.high
    if best is not None:
        return _around_best(best, low=low, high=high)
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    if low is not None:
        return f"at least {figure(low)}"
    if high is not None:
        return f"at most {figure(high)}"
    return "an unknown number"


def _around_best(best: float, *, low: float | None, high: float | None) -> str:
    if low == best == high:
        return figure(best)
    if low is None and high == best:
        return f"nearly {figure(best)}"
    if low is None and high is None:
        return f"about {figure(best)}"
    ends = [f"at least {figure(low)}" if low is not None else "", f"at most {figure(high)}" if high is not None else ""]
    return f"{figure(best)} ({', '.join(end for end in ends if end)})"


def unit(name: str, number: float | None) -> str:
    """Return the English word for so many of a unit; signs (km, EUR) stay as they are.

    >>> unit("city", 1), unit("city", 2), unit("barrel_bomb", 3), unit("km", 5), unit("aircraft", 2)
    ('city', 'cities', 'barrel bombs', 'km', 'aircraft')
    """
    one = name.replace("_", " ")
    if number == 1 or name.isupper() or name in SIGNS or name in ALIKE:
        return one
    if one.endswith(("s", "x", "ch", "sh")):
        return f"{one}es"
    return f"{one[:-1]}ies" if re.search("[^aeiou]y$", one) else f"{one}s"


def how_many(quantity: Quantity) -> str:
    """Return a quantity in words: its bounds, its unit and what is counted."""
    counted = COUNTED_BY_KIND.get(quantity.kind)
    if counted or quantity.unit in {None, "person"}:
        noun = one_line(quantity.noun.exact) if quantity.noun else ""
        return f"{bounds(quantity)} {counted or noun or quantity.kind}"
    guessed = " (unit inferred)" if quantity.unit_inferred else ""
    number = next((n for n in (quantity.high, quantity.best, quantity.low) if n is not None), None)
    kind = "" if quantity.kind in {"other", "people", unit(quantity.unit, None)} else f" ({quantity.kind})"
    return f"{bounds(quantity)} {unit(quantity.unit, number)}{guessed}{kind}"


def when(time: Time) -> str:
    """Return a time in words: its dates and what fixed them, or why there is none."""
    if not time.anchored or (time.earliest is None and time.latest is None):
        says = f"; the words say {time.says}" if time.says else ""
        return f"date unknown: {time.reason or 'the report does not say which date it is'}{says}"
    if time.basis == "inferred" and time.reason:
        return f"{_dates(time)}, inferred: {time.reason}"
    fixed = f", fixed by {ANCHORS.get(time.anchor, time.anchor)}" if time.anchor else ""
    return f"{_dates(time)}{fixed}"


def _dates(time: Time) -> str:
    if time.earliest == time.latest:
        return str(time.earliest)
    if time.latest is None:
        return f"since {time.earliest}"
    if time.earliest is None:
        return f"until {time.latest}"
    return f"{time.earliest} to {time.latest}"


def where(place: Place) -> str:
    """Return a place in words: where on earth and how precisely, or why that is unknown."""
    relation = "" if place.relation == "in" else f"{place.relation} "
    if place.lat is None or place.lon is None:
        unknown = f"{relation}an unknown position" if relation else "position unknown"
        return f"{unknown}: {place.reason or 'no gazetteer here knows it'}"
    name = f"{place.name}, " if place.name and place.name != place.exact else ""
    country = f", {place.country}" if place.country else ""
    precision = f" ({PRECISIONS[place.precision]})" if place.precision in PRECISIONS else ""
    disputed = f"; belonging disputed: {place.disputed}" if place.disputed else ""
    return f"{relation}{name}{place.lat:.3f}, {place.lon:.3f}{country}{precision}{disputed}{inferred(place)}"


def who(entity: Entity) -> str:
    """Return who somebody is: the canonical name and the kind, and why where that was inferred."""
    kind = entity.kind.replace("-", " ")
    named = f"{entity.name} ({kind})" if entity.name and entity.name != entity.exact else kind
    return named + inferred(entity)


def inferred(mention: Mention) -> str:
    """Return ', inferred: the reason' for what the words do not state."""
    if mention.basis == "stated":
        return ""
    return f", inferred: {mention.reason}" if mention.reason else ", inferred"


def loaded(label: Label) -> str:
    """Return whom a loaded word means and its neutral counterpart."""
    parts = [f"said of {label.of}" if label.of else "bearer unknown"]
    if label.neutral:
        parts.append(f"neutral: {label.neutral}")
    return "; ".join(parts)


def says(link: Link) -> str:
    """Return one step of a chain: 'des observateurs (monitor): statement “citant”'."""
    said = f"{ACTS[link.act]} {quoted(link.cue.exact)}"
    if link.source is None:
        return f"nobody is named: {said}"
    kind = "" if link.source_kind == "unknown" else f" ({link.source_kind.replace('-', ' ')})"
    name = f" = {one_line(link.name)}" if link.name and link.name != link.source.exact else ""
    return f"{one_line(link.source.exact)}{name}{kind}: {said}{inferred(link.source)}"


def chain(claim: Claim, *, publisher: str | None) -> str:
    """Return who says it, outermost first, joined by arrows; the outlet's own voice is said to be that."""
    if not claim.chain:
        return f"{one_line(publisher) if publisher else 'the report'}, in its own voice"
    return " → ".join(says(link) for link in claim.chain)


def happening(claim: Claim) -> str:
    """Return what kind of thing happened: 'ASSAULT aerial; territory gained; weapon: drone'."""
    parts = [" ".join((claim.type, *claim.modes))] if claim.type else []
    if claim.territory:
        parts.append(f"territory {claim.territory}")
    parts += [
        f"{key}: {one_line(value)}" for key, value in (("weapon", claim.weapon), ("target", claim.target)) if value
    ]
    return "; ".join(parts)


def codes(claim: Claim) -> str:
    """Return the codes of other schemes: 'ACLED Armed clash; CAMEO undecided (18, 19)'."""
    parts = [] if claim.codes or not claim.acled else [f"ACLED {claim.acled}"]
    for code in claim.codes:
        if code.scheme in WIDER_CODES:
            continue
        value = code.value or f"undecided ({', '.join(code.candidates)})"
        if code.value or code.candidates:
            parts.append(f"{code.scheme.upper()} {value}")
    return "; ".join(parts)


def standing(claim: Claim) -> str:
    """Return how well it holds: 'did not happen, says the chain; probable'."""
    status = {"state": "a state", "happened": "happened"}.get(claim.status, claim.status)
    if claim.polarity == "negative":
        status = "did NOT happen" if claim.status == "happened" else f"NOT the case ({status})"
    certainty = {"unknown": "certainty unknown"}.get(claim.certainty, claim.certainty)
    return f"{status}; {certainty}"


def sourced(fact: Sourced | None, *, unknown: str = "unknown") -> str:
    """Return a fact about a document with where it was found: 'al-Manar (given by the user)'."""
    if fact is None:
        return unknown
    trust = "" if fact.trust in {"given", "high"} else f", {fact.trust} trust"
    return f"{one_line(fact.value)} ({fact.found}{trust})"


def many(number: int, noun: str) -> str:
    """Return how many of a kind there are.

    >>> many(1, "document"), many(1200, "claim")
    ('1 document', '1,200 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
