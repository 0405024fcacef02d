"""How much speaks for two sets of facts telling of one happening, and what rules it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.group import facts, names, weights

if TYPE_CHECKING:
    from reportedly.group.facts import Days, Facts

RULED_OUT = -100.0
# A date this short says which day it was; a longer one only when about.
DAY, FORTNIGHT, SEASON = 1, 14, 120
# Families one happening may be told under.
KINDRED = frozenset(frozenset(pair) for pair in (("force", "territory"), ("force", "targeted"), ("expel", "withdraw")))
# Kinds of which a report may tell several; of the others, curfews or arrests, one is rarely told without being meant again.
COMMON = frozenset({"force", "territory", "statement"})
# An area may be told this much larger or smaller and be the same.
LOOSE = 1.3
# Tolls of so many and so close are rarely of two happenings.
FEW, CLOSE = 9, 1.25


def between(left: Facts, right: Facts, *, time: float = 1.0, place: float = 1.0, party: float = 1.0) -> float:
    """Return what the facts of two claims or strands say for (above 0) or against their being one happening; RULED_OUT bars it.

    ``time``, ``place`` and ``party`` weigh what agreement on them counts.
    """
    # what rules out most often and costs least comes first
    score = kinds(left, right)
    if score == RULED_OUT or (when := times(left.days, right.days)) == RULED_OUT:
        return RULED_OUT
    if (where := places(left, right)) == RULED_OUT or (who := actors(left, right)) == RULED_OUT:
        return RULED_OUT
    if (whom := recipients(left, right)) == RULED_OUT:
        return RULED_OUT
    score += _weighed(when, time) + _weighed(where, place) + _weighed(who, party) + _weighed(whom, party)
    score += weights.WEIGHTS.unreal if left.unreal != right.unreal else 0.0
    score += weights.WEIGHTS.moved_on if when == weights.WEIGHTS.night and _other_towns(left, right) else 0.0
    return score + weapons(left, right) + figures(left, right)


def _weighed(score: float, weight: float) -> float:
    """Return what speaks for it weighed, what speaks against it whole."""
    return score * weight if score > 0 else score


def kinds(left: Facts, right: Facts) -> float:
    """Return what the kinds of happening say: only the same or kindred ones can be one. A statement is of any kind."""
    w = weights.WEIGHTS
    if left.family == right.family:
        return 0.0 if left.family in COMMON else w.rare
    if "statement" in (left.family, right.family):
        return w.statement
    return w.kindred if frozenset((left.family, right.family)) in KINDRED else RULED_OUT


def times(left: Days | None, right: Days | None) -> float:
    """Return what the dates say: unanchored ones nothing at all; days that do not meet rule it out, give or take a night."""
    w = weights.WEIGHTS
    if left is None or right is None:
        return 0.0
    apart = facts.days_apart(left, right)
    if apart > 1:
        return RULED_OUT
    shortest, longest = sorted((facts.length(left), facts.length(right)))
    if longest > SEASON:
        # a war since 2015 is not the attack of Saturday
        return w.about if shortest > SEASON else w.background
    if apart == 1:
        return w.night
    return w.day if longest <= DAY else w.fortnight if longest <= FORTNIGHT else w.about


def places(left: Facts, right: Facts) -> float:
    """Return what the places say, distance held against precision; names count where a place could not be located."""
    w = weights.WEIGHTS
    spots = left.spot and right.spot
    named = bool(left.places and right.places)
    one_point = spots and bool(left.points) and not set(left.points).isdisjoint(right.points)
    same_name = one_point or (named and names.any_same_place(left.places, right.places))
    if left.points and right.points:
        return _by_distance(left, right, same_name=same_name)
    if same_name:
        return w.same_spot if spots else w.same_name
    if _one_within_other(left, right):
        return w.around
    # one of them at least is unknown to the gazetteer: another name is another spot, if not surely
    return _other_spot(left, right, w.other_name) if named and spots else 0.0


def _other_towns(left: Facts, right: Facts) -> bool:
    """Return whether each is set in a town of its own name, neither of them around the other."""
    if not (left.spot and right.spot and left.places and right.places):
        return False
    return not names.any_same_place(left.places, right.places) and not _one_within_other(left, right)


def _by_distance(left: Facts, right: Facts, *, same_name: bool) -> float:
    w = weights.WEIGHTS
    nearest = min(facts.km(a, b) - (a.radius + b.radius) for a in left.points for b in right.points)
    finest = max(min(p.radius for p in left.points), min(p.radius for p in right.points))
    within = _one_within_other(left, right)
    if nearest > 0:
        # a name in another spelling may be another place; the very same one, resolved to two points, hardly
        one_name = within or not left.places.isdisjoint(right.places)
        return w.around if one_name else RULED_OUT if nearest > 3 * finest else w.far
    if left.places and right.places and not same_name and not within:
        return _other_spot(left, right, w.other_near)
    if finest <= facts.RADIUS[1]:
        return w.same_spot
    if finest <= facts.RADIUS[2]:
        return w.same_name if same_name else w.near
    if finest <= facts.RADIUS[3]:
        return w.same_name if same_name else w.district
    wide = w.province if finest <= facts.RADIUS[4] else w.region if finest <= facts.RADIUS[5] else 0.0
    return max(wide, w.around) if within else wide


def _one_within_other(left: Facts, right: Facts) -> bool:
    """Return whether the place of the one is among what lies around the other's ('Zabid, south of Hodeida' / 'near Hodeida')."""
    return names.any_same_place(left.places, right.around) or names.any_same_place(right.places, left.around)


def _other_spot(left: Facts, right: Facts, otherwise: float) -> float:
    """Return what another name of the spot says: of two places held or taken it makes two happenings."""
    if left.family == right.family == "territory":
        return weights.WEIGHTS.other_held / (1 if left.spot and right.spot else 2)
    return otherwise


def actors(left: Facts, right: Facts) -> float:
    """Return what those who did it say. A counter-deed, its actor the other's victim, is another happening."""
    w = weights.WEIGHTS
    if left.family == right.family == "territory":
        # who holds it is what they disagree on
        return _shared_parties(left.actors, right.actors) if names.akin(left.actors, right.actors) else 0.0
    if _reversed(left, right) or _reversed(right, left):
        return RULED_OUT
    score = w.struck_back if _struck_back(left, right) or _struck_back(right, left) else 0.0
    if not left.actors or not right.actors:
        return score
    if names.akin(left.actors, right.actors):
        return score + _shared_parties(left.actors, right.actors)
    if names.may_be(left.actors, right.actors):
        return w.may_be
    if left.disputed or right.disputed:
        # who did it is what they disagree on
        return w.rival_disputed
    return w.rival_named if names.named(left.actors) and names.named(right.actors) else w.rival


def _shared_parties(left: frozenset[str], right: frozenset[str]) -> float:
    """Return what parties in common say: all of one side's most, some or kin less, the same sort of people hardly anything."""
    w = weights.WEIGHTS
    if not names.named(left | right):
        return w.same_sort
    if not names.named(left & right):
        return w.some_party
    return w.same_party if left <= right or right <= left else w.some_party


def _reversed(left: Facts, right: Facts) -> bool:
    """Return whether the undisputed actors of the one suffer in the other and do nothing in it.

    In a clash of two sides the dead of either are of it.
    """
    if not left.actors or not right.recipients:
        return False
    if left.clash and len(names.named(left.actors)) > 1 and not right.actors:
        return False
    acting, suffering = names.named(left.actors - left.disputed), names.named(right.recipients)
    return bool(acting & suffering) and not acting & right.actors and not suffering & left.recipients


def _struck_back(left: Facts, right: Facts) -> bool:
    """Return whether nameless doers of the one suffer in the other, and nobody of its victims: the attackers killed in return."""
    doers, hit = left.actors, right.recipients
    if not doers or not hit or left.clash or right.clash or names.named(doers) or not hit <= doers:
        return False
    return not doers & right.actors and not hit & left.recipients


def recipients(left: Facts, right: Facts) -> float:
    """Return what those who suffered it say: a person's name a lot; the dead of two named sides are two tolls."""
    w = weights.WEIGHTS
    if left.persons and right.persons:
        same = left.persons & right.persons or names.any_same_place(left.persons, right.persons)
        return w.person if same else w.other_person
    score = _things(left, right)
    if not left.recipients or not right.recipients:
        return score
    if left.recipients & right.recipients or names.akin(left.recipients, right.recipients):
        return score + _shared_parties(left.recipients, right.recipients)
    counted = {kind for kind, _, _ in left.tolls} & {kind for kind, _, _ in right.tolls}
    if names.named(left.recipients) and names.named(right.recipients):
        return RULED_OUT if counted else score + w.other_side
    if counted and not left.clash and not right.clash:
        return score + w.other_counted
    return score + (w.may_be if names.may_be(left.recipients, right.recipients) else w.other_victims)


def _things(left: Facts, right: Facts) -> float:
    """Return what the things hit or taken say; in two languages they have other words."""
    w = weights.WEIGHTS
    if left.objects & right.objects:
        return w.objects
    comparable = left.objects and right.objects and left.language == right.language
    return w.other_objects if comparable else 0.0


def weapons(left: Facts, right: Facts) -> float:
    """Return what the weapons say: the kind of weapon may itself be disputed, so it never rules out."""
    w = weights.WEIGHTS
    if not left.weapons or not right.weapons:
        return 0.0
    if left.weapons & right.weapons:
        return w.weapon
    return w.other_weapon_disputed if left.disputed or right.disputed else w.other_weapon


def figures(left: Facts, right: Facts) -> float:
    """Return what the tolls say: the very same figure speaks for one happening, another figure says nothing, another area a lot."""
    w = weights.WEIGHTS
    if left.counts & right.counts:
        return w.figure
    if _near(left, right):
        return w.near_figure
    if not any(toll[0] == "area" for toll in left.tolls) or not any(toll[0] == "area" for toll in right.tolls):
        return 0.0
    areas = [{(low, high) for kind, low, high in side.tolls if kind == "area"} for side in (left, right)]
    apart = not any(_about_as_large(a, b) for a in areas[0] for b in areas[1])
    return w.other_area if apart else 0.0


def _near(left: Facts, right: Facts) -> bool:
    """Return whether the two give nearly the same toll: ten and more of one kind, the least of each a quarter apart at most."""
    return any(
        kind == other and FEW < low <= CLOSE * least and FEW < least <= CLOSE * low
        for kind, low, _ in left.tolls
        for other, least, _ in right.tolls
    )


def _about_as_large(left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Return whether two areas can be one area told twice: a hold on 1,000 km2 and one on 400 are two states of affairs."""
    return left[0] <= LOOSE * right[1] and right[0] <= LOOSE * left[1]
