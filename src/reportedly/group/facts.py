"""What a claim says in terms two claims can be compared by: days, points, names, parties, weapons, tolls, words.

Nothing here knows of events; everything is made from one claim and the report it stands in.
"""

from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reportedly.counting import is_anybody
from reportedly.group import names
from reportedly.records import COUNTED, REACH_KM
from reportedly.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.records import Claim, Entity, Place, Quantity, Time

Days = tuple[int, int]
RADIUS = REACH_KM
FINE, AROUND = 3, 4
OPEN_DAYS = 366 * 60
# One deed of violence has one kind of weapon.
WEAPONS = {
    "aerial": "air",
    "drone": "air",
    "heavy-weapons": "shell",
    "firearms": "gun",
    "explosives": "bomb",
    "suicide-attack": "bomb",
    "primitive": "hand",
    "beat": "hand",
    "torture": "torture",
    "crowd-control": "crowd",
    "unconventional": "gas",
}
# Modes that make a deed of a kind of its own, whatever else the type covers.
OWN_FAMILY = frozenset(
    {
        "abduct",
        "sexual",
        "torture",
        "targeted",
        "arrest",
        "curfew",
        "martial-law",
        "seize",
        "restrict",
        "deport",
        "censor",
        "misinformation",
        "cyber",
        "withhold",
        "withdraw",
        "release",
        "disarm",
        "ceasefire",
        "access",
        "resign",
        "expel",
        "convict",
        "investigate",
        "disapprove",
        "allege",
    }
)
PLAIN = {"ASSAULT": "force", "COERCE": "restrict", "RETREAT": "retreat"}
ONE_FAMILY = {"withhold": "restrict"}
# Acts that put a deed in question: who did it is then what is disputed, not which deed it is.
DISPUTING = frozenset({"accuse", "deny", "doubt", "believe", "hearsay", "announce", "ask"})
UNREAL = frozenset({"planned", "hypothetical"})
WORD = re.compile(r"[^\W\d_]{3,}")
# Articles, prepositions and figures in words are rarely longer.
LONGEST_PARTICLE = 4


SILENT: frozenset[str] = frozenset()


class Point(NamedTuple):
    """A place on earth with how far from it the happening may be, in km."""

    lat: float
    lon: float
    radius: float


class Facts(msgspec.Struct, frozen=True):
    """What one claim, or several of one happening, say. Empty means silent, and silence is neither for nor against."""

    family: str
    weapons: frozenset[str] = frozenset()
    # certain dates of the happening, ordinals, inclusive
    days: Days | None = None
    # the finest points, and the names of places whether or not they could be located
    points: tuple[Point, ...] = ()
    places: frozenset[str] = frozenset()
    # whether the words name the spot itself, not one near it or around it
    spot: bool = False
    # names of what lies around it, the spot itself included
    around: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    # actors that some claim here denies, accuses or doubts
    disputed: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    # a fight of two sides, in which either may suffer
    clash: bool = False
    # persons by name, wherever they stand: two reports rarely speak of another one
    persons: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    # the language of the report, which the words above are in
    language: str | None = None
    tolls: tuple[tuple[str, float, float], ...] = ()
    # every count as it is given, whatever is counted: kind, least, most
    counts: frozenset[tuple[str, float, float]] = frozenset()
    unreal: bool = False
    negative: bool = False
    words: frozenset[str] = frozenset()


def of(claim: Claim, *, published: int | None = None, language: str | None = None) -> Facts:
    """Return the facts of one claim; what it says to last 'since Monday' lasted until its report was ``published``."""
    spots = _finest_named(claim.places)
    parties = [(names.party(entity), entity) for entity in claim.actors]
    disputing = claim.polarity == "negative" or any(link.act in DISPUTING for link in claim.chain)
    actors = frozenset(key for key, entity in parties if key and entity.kind != "object")
    return Facts(
        family=family(claim),
        weapons=frozenset(WEAPONS[mode] for mode in claim.modes if mode in WEAPONS),
        days=_narrowest(_days(time, published) for time in claim.times),
        points=_finest(claim.places),
        places=frozenset(key for place in spots if (key := names.place(place.name or place.exact))),
        spot=any(place.precision == 1 for place in spots),
        around=frozenset(
            key
            for place in claim.places
            if place.precision <= AROUND
            and place.relation not in ("to", "from")
            and (key := names.place(place.name or place.exact))
        ),
        actors=actors,
        disputed=actors if disputing else frozenset(),
        recipients=frozenset(
            key
            for entity in claim.recipients
            # 'twelve people' are of any side
            if entity.kind != "object" and (key := names.party(entity)) and not _is_anybody(entity)
        ),
        clash=claim.trigger is not None and claim.trigger.sense == "clash",
        persons=frozenset(key for entity in claim.recipients if (key := names.person(entity))),
        objects=frozenset(_heads(entity for entity in claim.recipients if entity.kind == "object")),
        language=language,
        tolls=tuple(sorted(_tolls(claim.quantities))),
        counts=frozenset(_counts(claim.quantities)),
        unreal=claim.status in UNREAL or any(link.act in ("demand", "promise", "threaten") for link in claim.chain),
        negative=claim.polarity == "negative",
        words=frozenset(
            word for found in WORD.findall(without_marks(claim.content.exact)) if (word := found.casefold())
        ),
    )


def _is_anybody(entity: Entity) -> bool:
    return entity.name is None and is_anybody(entity.exact)


def family(claim: Claim) -> str:
    """Return the kind of happening: claims of two kinds never speak of one.

    Taking, holding and losing a hold on a place by force are one kind, drawing back another; violence is one kind whatever the
    weapon; other types are kinds by their telling modes. ``statement``: no listed happening, of any kind then.
    """
    if claim.type is None:
        return "territory" if claim.territory else "statement"
    own = sorted(OWN_FAMILY.intersection(claim.modes))
    if own:
        return ONE_FAMILY.get(own[0], own[0])
    if claim.type == "ASSAULT" and claim.territory in ("gained", "held"):
        return "territory"
    return PLAIN.get(claim.type, claim.type.lower())


def days_apart(left: Days, right: Days) -> int:
    """Return how many days lie between two intervals, 0 where they overlap."""
    return max(0, left[0] - right[1], right[0] - left[1])


def length(days: Days) -> int:
    """Return how many days an interval has beyond its first."""
    return days[1] - days[0]


def _days(time: Time, published: int | None) -> Days | None:
    if not time.anchored or not (time.earliest or time.latest):
        return None
    first, last = _ordinal(time.earliest), _ordinal(time.latest)
    if first is None and last is None:
        return None
    if last is None:
        assert first is not None
        return first, first + OPEN_DAYS if published is None else max(first, published)
    return (last - OPEN_DAYS if first is None else first), last


@lru_cache(maxsize=1 << 14)
def _ordinal(iso: str | None) -> int | None:
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def ordinal(iso: str | None) -> int | None:
    """Return the day number of an ISO date, None where it is none."""
    return _ordinal(iso)


def _narrowest(found: Iterable[Days | None]) -> Days | None:
    """Return the interval that says most; several times of one claim ('samedi ... en 2015') rarely agree."""
    return min((days for days in found if days), key=lambda days: (length(days), days), default=None)


def _finest_named(places: Iterable[Place]) -> list[Place]:
    """Return the places that name the spot most finely: the village, not its district; nor where somebody fled to."""
    near = [place for place in places if place.precision <= FINE and place.relation in ("in", "near", "between")]
    best = min((place.precision for place in near), default=0)
    return [place for place in near if place.precision == best]


def _finest(places: Iterable[Place]) -> tuple[Point, ...]:
    """Return the points of the finest precision the claim gives for where it happened."""
    located = [p for p in places if p.lat is not None and p.lon is not None and p.relation in ("in", "near", "between")]
    best = min((place.precision for place in located), default=0)
    # the town's name fits a spot in it and a spot near it; a province beside it says nothing more
    kept = [place for place in located if place.precision <= max(best, 2)]
    return tuple(sorted({Point(p.lat or 0.0, p.lon or 0.0, RADIUS.get(p.precision, 3000.0)) for p in kept}))


def _heads(entities: Iterable[Entity]) -> Iterable[str]:
    """Yield the longer words of each, bare: what is left of a noun phrase without its grammar."""
    for entity in entities:
        found = WORD.findall(without_marks(entity.exact).casefold())
        longer = [word for word in found if len(word) > LONGEST_PARTICLE]
        yield from longer or found


def _tolls(quantities: Iterable[Quantity]) -> Iterable[tuple[str, float, float]]:
    """Yield the first figure of each kind ('9 morts, dont 2 enfants': the nine) as kind, least and most."""
    seen = set()
    for quantity in quantities:
        if quantity.kind in COUNTED and quantity.kind not in seen and quantity.part_of is None:
            bounds = span(quantity)
            if bounds:
                seen.add(quantity.kind)
                yield quantity.kind, *bounds


# Lengths and durations are alike by chance, and so are the smallest numbers.
MEASURES, FEW = frozenset({"distance", "height", "duration"}), 3


def _counts(quantities: Iterable[Quantity]) -> Iterable[tuple[str, float, float]]:
    for quantity in quantities:
        bounds = span(quantity)
        if bounds and quantity.kind not in MEASURES and bounds[0] >= FEW:
            yield quantity.kind, *bounds


# 'environ 30' may be 24 or 36.
ABOUT = 0.2


def span(quantity: Quantity) -> tuple[float, float] | None:
    """Return the least and most that the words allow, None where they allow anything.

    >>> from reportedly.records import Quantity
    >>> span(Quantity(start=0, end=1, exact="", low=10)), span(Quantity(start=0, end=1, exact="", best=30))
    ((10, inf), (24.0, 36.0))
    """
    low, best, high = quantity.low, quantity.best, quantity.high
    if low is None and best is None and high is None:
        return None
    if low is None and high is None and best is not None:
        return best * (1 - ABOUT), best * (1 + ABOUT)
    if low is None and best is not None:
        # 'près de 40': some less than forty
        return best * (1 - ABOUT), high if high is not None else best
    return (0.0 if low is None else low), (math.inf if high is None else high)


def both(left: Facts, right: Facts) -> Facts:
    """Return what two sets of facts about one happening say together."""
    return Facts(
        family=left.family if left.family != "statement" else right.family,
        weapons=left.weapons | right.weapons,
        days=_joint(left.days, right.days),
        points=_joint_points(left.points, right.points),
        places=left.places | right.places,
        spot=left.spot or right.spot,
        around=left.around | right.around,
        actors=left.actors | right.actors,
        disputed=left.disputed | right.disputed,
        recipients=left.recipients | right.recipients,
        clash=left.clash or right.clash,
        persons=left.persons | right.persons,
        objects=left.objects | right.objects,
        language=left.language or right.language,
        tolls=_all(left.tolls, right.tolls),
        counts=left.counts | right.counts,
        unreal=left.unreal and right.unreal,
        negative=left.negative and right.negative,
        words=SILENT,
    )


Tolls = tuple[tuple[str, float, float], ...]


def _all(left: Tolls, right: Tolls) -> Tolls:
    if not left or not right or left == right:
        return left or right
    return tuple(sorted({*left, *right}))


def _joint(left: Days | None, right: Days | None) -> Days | None:
    """Return what two intervals share, the narrower one where they share nothing."""
    if left is None or right is None:
        return left or right
    first, last = max(left[0], right[0]), min(left[1], right[1])
    return (first, last) if first <= last else min(left, right, key=lambda days: (length(days), days))


def _joint_points(left: tuple[Point, ...], right: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the finer points of both, all where they are alike fine."""
    if not left or not right or left == right:
        return left or right
    points = {*left, *right}
    finest = min((point.radius for point in points), default=0.0)
    return tuple(sorted(point for point in points if point.radius <= max(finest, RADIUS[2])))


EARTH_KM = 12742.0


def km(left: Point, right: Point) -> float:
    """Return the distance between two points in km, on a sphere."""
    p1, p2 = math.radians(left.lat), math.radians(right.lat)
    half_lon = math.radians(right.lon - left.lon) / 2
    chord = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(half_lon) ** 2
    return EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
