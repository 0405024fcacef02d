"""How much speaks for two sets of facts telling of one happening, and what rules it out.

The weights are log-odds in spirit: about 1 for what half of all pairs of one happening show and a tenth of others, 2 and more for what is
rare by chance. They are stated here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportedly.group import facts, names

if TYPE_CHECKING:
    from reportedly.group.facts import Days, Facts

RULED_OUT = -100.0
# A date this short says which day it was; a longer one only when about.
DAY, FORTNIGHT, SEASON = 1, 14, 120
# Families one happening may be told under.
KINDRED = frozenset(frozenset(pair) for pair in (("force", "territory"), ("force", "targeted"), ("expel", "withdraw")))
LOOSE = 1.3
RIVAL_ACTORS, RIVAL_NAMED, RIVAL_DISPUTED = -1.5, -2.0, -0.3


class Weights(NamedTuple):
    """What agreement is worth: within one report, where most is told of one day and place, less than between two."""

    time: float = 1.0
    place: float = 1.0
    party: float = 1.0


ACROSS, WITHIN = Weights(), Weights(time=0.3, place=0.6, party=0.7)


def between(left: Facts, right: Facts, weights: Weights = ACROSS) -> float:
    """Return what the facts of two claims or strands say for (above 0) or against their being one happening; RULED_OUT bars it."""
    parts = [
        kinds(left, right),
        _weighed(times(left.days, right.days), weights.time),
        _weighed(places(left, right), weights.place),
        _weighed(actors(left, right), weights.party),
        _weighed(recipients(left, right), weights.party),
        weapons(left, right),
        figures(left, right),
        -2.0 if left.unreal != right.unreal else 0.0,
    ]
    return RULED_OUT if RULED_OUT in parts else sum(parts)


def _weighed(score: float, weight: float) -> float:
    """Return what speaks for it weighed, what speaks against it whole."""
    return score * weight if score > 0 else score


def kinds(left: Facts, right: Facts) -> float:
    """Return 0 for one kind of happening, less for kindred ones; others are ruled out. A statement is of any kind."""
    if left.family == right.family:
        return 0.0
    if "statement" in (left.family, right.family):
        return -0.5
    return -1.0 if frozenset((left.family, right.family)) in KINDRED else RULED_OUT


def times(left: Days | None, right: Days | None) -> float:
    """Return what the dates say: unanchored ones nothing at all; days that do not meet rule it out, give or take a night."""
    if left is None or right is None:
        return 0.0
    apart = facts.days_apart(left, right)
    if apart > 1:
        return RULED_OUT
    longest = max(facts.length(left), facts.length(right))
    shortest = min(facts.length(left), facts.length(right))
    if longest > SEASON:
        # a war since 2015 is not the attack of Saturday
        return 0.3 if shortest > SEASON else -2.0
    if apart == 1:
        return -1.5
    return 2.0 if longest <= DAY else 1.0 if longest <= FORTNIGHT else 0.3


def places(left: Facts, right: Facts) -> float:
    """Return what the places say, distance held against precision; names count where a place could not be located."""
    same_name = bool(left.places and right.places) and names.any_same_place(left.places, right.places)
    if left.points and right.points:
        return _by_distance(left, right, same_name=same_name)
    if same_name:
        return 2.0
    if _one_within_other(left, right):
        return 0.8
    if left.places and right.places and left.spot and right.spot:
        # one of them at least is unknown to the gazetteer: another name is another spot, if not surely
        return _other_spot(left, right, -1.0)
    return 0.0


def _one_within_other(left: Facts, right: Facts) -> bool:
    """Return whether the place of the one is among what lies around the other's ('Zabid, south of Hodeida' / 'near Hodeida')."""
    return names.any_same_place(left.places, right.around) or names.any_same_place(right.places, left.around)


def _other_spot(left: Facts, right: Facts, otherwise: float) -> float:
    """Return what another name of the spot says: of two places held or taken it makes two happenings."""
    if left.family == right.family == "territory":
        return -3.0 if left.spot and right.spot else -1.5
    return otherwise


def _by_distance(left: Facts, right: Facts, *, same_name: bool) -> float:
    nearest = min(facts.km(a, b) - a.radius - b.radius for a in left.points for b in right.points)
    finest = max(min(p.radius for p in left.points), min(p.radius for p in right.points))
    if nearest > 0:
        return 0.5 if same_name or _one_within_other(left, right) else RULED_OUT if nearest > 3 * finest else -2.5
    if left.places and right.places and not same_name and not _one_within_other(left, right):
        return _other_spot(left, right, 0.3 if finest <= facts.RADIUS[2] else 0.1)
    if finest <= facts.RADIUS[1]:
        return 2.5 if same_name else 1.5
    if finest <= facts.RADIUS[2]:
        return 2.0 if same_name else 0.8
    return 0.8 if finest <= facts.RADIUS[3] else 0.3 if finest <= facts.RADIUS[5] else 0.1


def actors(left: Facts, right: Facts) -> float:
    """Return what those who did it say. A counter-deed, its actor the other's victim, is another happening."""
    if _reversed(left, right) or _reversed(right, left):
        return RULED_OUT
    if not left.actors or not right.actors:
        return 0.0
    if names.akin(left.actors, right.actors):
        return _shared_parties(left.actors, right.actors)
    if left.disputed or right.disputed:
        # who did it is what they disagree on
        return RIVAL_DISPUTED
    both_named = names.named(left.actors) and names.named(right.actors)
    return RIVAL_NAMED if both_named else RIVAL_ACTORS / 3


def _shared_parties(left: frozenset[str], right: frozenset[str]) -> float:
    """Return 1 for the same named parties or some of them, less where each side has its own besides, or they are only kin."""
    if not names.named(left | right):
        return 0.2
    if not names.named(left & right):
        return 0.4
    return 1.0 if left <= right or right <= left else 0.4


def _reversed(left: Facts, right: Facts) -> bool:
    """Return whether the undisputed actors of the one suffer in the other and do nothing in it."""
    acting, suffering = names.named(left.actors - left.disputed), names.named(right.recipients)
    return bool(acting & suffering) and not acting & right.actors and not suffering & left.recipients


def recipients(left: Facts, right: Facts) -> float:
    """Return what those who suffered it say: a person's name a lot; the dead of two named sides are two tolls."""
    if left.persons and right.persons:
        return 2.5 if left.persons & right.persons or names.any_same_place(left.persons, right.persons) else -1.5
    score = 0.7 if left.objects & right.objects else 0.0
    if not left.recipients or not right.recipients:
        return score
    if left.recipients & right.recipients or names.akin(left.recipients, right.recipients):
        return score + _shared_parties(left.recipients, right.recipients)
    counted = {kind for kind, _, _ in left.tolls} & {kind for kind, _, _ in right.tolls}
    if names.named(left.recipients) and names.named(right.recipients):
        return RULED_OUT if counted else score - 2.0
    return score - (1.5 if counted else 0.7)


def weapons(left: Facts, right: Facts) -> float:
    """Return what the weapons say: the kind of weapon may itself be disputed, so it never rules out."""
    if not left.weapons or not right.weapons:
        return 0.0
    if left.weapons & right.weapons:
        return 0.6
    return -0.4 if left.disputed or right.disputed else -1.2


def figures(left: Facts, right: Facts) -> float:
    """Return what the tolls say: the very same figure speaks for one happening, another figure says nothing."""
    ours = {(kind, low, high) for kind, low, high in left.tolls if low >= 3 and low == high}
    if ours & set(right.tolls):
        return 0.8
    areas = [{(low, high) for kind, low, high in side.tolls if kind == "area"} for side in (left, right)]
    return -2.5 if areas[0] and areas[1] and not any(_about_as_large(a, b) for a in areas[0] for b in areas[1]) else 0.0


def _about_as_large(left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Return whether two areas can be one area told twice: a hold on 1,000 km2 and one on 400 are two states of affairs."""
    return left[0] <= LOOSE * right[1] and right[0] <= LOOSE * left[1]
