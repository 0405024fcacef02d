"""Two claims of one happening, field by field: agrees, compatible, vaguer, contradicts, silent, each with a sentence that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.compare import figures
from reportedly.compare.told import Told, named, sort_of
from reportedly.group import facts, likeness, names
from reportedly.reasons import say
from reportedly.records import COUNTED, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Verdict

__all__ = ["Told", "claims"]

Answer = tuple[str, "Verdict", str]


def claims(left: Told, right: Told) -> tuple[Comparison, ...]:
    """Return how two claims that may speak of one happening stand to each other on every field that one of them fills.

    ``vaguer`` says that the left one leaves room for what the right one states; where it is the right one, ``compatible``.
    """
    return tuple(
        Comparison(left=left.ref, right=right.ref, field=field, verdict=verdict, reason=reason)
        for field, verdict, reason in _answers(left, right)
    )


def _answers(left: Told, right: Told) -> Iterator[Answer]:
    yield _happened(left, right)
    yield from _type(left, right)
    sorts = sort_of(left.claim.actors), sort_of(right.claim.actors)
    yield from _parties("actor", left.facts.actors, right.facts.actors, sorts)
    sorts = sort_of(left.claim.recipients), sort_of(right.claim.recipients)
    yield from _parties("recipient", left.facts.recipients, right.facts.recipients, sorts)
    yield from _territory(left, right)
    yield from _place(left, right)
    yield from _time(left, right)
    for kind in sorted(COUNTED):
        ours, theirs = left.figure(kind), right.figure(kind)
        if ours and theirs:
            yield kind, *figures.verdict(ours, theirs)
        elif ours or theirs:
            yield kind, "silent", say("figure.only", who=left.speaker if ours else right.speaker)


def _happened(left: Told, right: Told) -> Answer:
    if left.claim.polarity != right.claim.polarity:
        denier = left if left.facts.negative else right
        return "happened", "contradicts", say("happened.denied", who=denier.speaker)
    if left.facts.unreal or right.facts.unreal:
        both = left.facts.unreal and right.facts.unreal
        return "happened", "agrees" if both else "silent", say("happened.unreal")
    if "unknown" in (left.claim.certainty, right.claim.certainty):
        doubter = left if left.claim.certainty == "unknown" else right
        return "happened", "compatible", say("happened.doubted", who=doubter.speaker)
    return "happened", "agrees", say("happened.neither" if left.facts.negative else "happened.both")


def _type(left: Told, right: Told) -> Iterator[Answer]:
    a, b = left.claim, right.claim
    if not a.type or not b.type:
        return
    if a.type != b.type:
        kindred = likeness.kinds(left.facts, right.facts) > likeness.RULED_OUT
        yield "type", "compatible" if kindred else "contradicts", say("type.two", type=a.type, other=b.type)
    elif left.facts.weapons and right.facts.weapons:
        same = left.facts.weapons & right.facts.weapons
        yield (
            "type",
            "agrees" if same else "contradicts",
            say("type.two", type=" ".join(a.modes), other=" ".join(b.modes)),
        )
    elif left.facts.weapons or right.facts.weapons:
        vaguer = not left.facts.weapons
        yield "type", "vaguer" if vaguer else "compatible", say("type.means", who=(right if vaguer else left).speaker)
    else:
        yield "type", "agrees", say("type.one", type=a.type)


def _parties(
    field: str, ours: frozenset[str], theirs: frozenset[str], sorts: tuple[str | None, str | None]
) -> Iterator[Answer]:
    if not ours and not theirs:
        return
    both = {"parties": named(ours), "others": named(theirs)}
    if not ours or not theirs:
        yield field, "silent", say("party.silent", parties=named(ours or theirs))
    elif ours & theirs:
        agree = ours == theirs
        yield field, "agrees" if agree else "compatible", say("party.same" if agree else "party.shared", **both)
    elif names.akin(ours, theirs):
        yield field, "compatible", say("party.allies", **both)
    elif set(sorts) == {"civilians", "armed"}:
        yield field, "contradicts", say("party.sorts", **both)
    elif not names.named(ours | theirs):
        yield field, "compatible", say("party.unnamed", **both)
    elif not names.named(ours) or not names.named(theirs):
        vaguer = not names.named(ours)
        yield field, "vaguer" if vaguer else "compatible", say("party.half", **both)
    else:
        yield field, "contradicts", say("party.other", **both)


def _territory(left: Told, right: Told) -> Iterator[Answer]:
    a, b = left.claim, right.claim
    if not a.territory or not b.territory:
        return
    holders = names.named(left.facts.actors), names.named(right.facts.actors)
    both = {"holding": _hold(left), "other": _hold(right)}
    if not holders[0] or not holders[1]:
        yield "territory", "silent", say("territory.silent", **both)
    elif names.akin(*holders):
        lost = (a.territory == "lost") != (b.territory == "lost")
        yield (
            "territory",
            "contradicts" if lost != (a.polarity != b.polarity) else "agrees",
            say("territory.two", **both),
        )
    else:
        lost = "lost" in (a.territory, b.territory)
        yield "territory", "compatible" if lost else "contradicts", say("territory.two", **both)


def _hold(told: Told) -> str:
    """Return who holds, gained or lost it, in words, or that he did not."""
    how = f"{told.claim.territory}_denied" if told.facts.negative else told.claim.territory
    return say(f"holding.{how}", parties=named(names.named(told.facts.actors)))


def _place(left: Told, right: Told) -> Iterator[Answer]:
    a, b = left.facts, right.facts
    if not (a.points or a.places) or not (b.points or b.places):
        if a.points or a.places or b.points or b.places:
            yield "place", "silent", say("place.silent")
        return
    if a.points and b.points:
        km = min(facts.km(p, q) for p in a.points for q in b.points)
        room = min(p.radius for p in a.points), min(q.radius for q in b.points)
        if km > sum(room):
            reason = say("place.apart", km=f"{km:.0f}", room=f"{room[0]:.0f}", other=f"{room[1]:.0f}")
            yield "place", "contradicts", reason
        elif room[0] > room[1]:
            yield "place", "vaguer", say("place.vaguer", km=f"{km:.0f}", room=f"{room[0]:.0f}")
        else:
            yield "place", "agrees" if room[0] == room[1] else "compatible", say("place.near", km=f"{km:.0f}")
    elif names.any_same_place(a.places, b.places):
        yield "place", "agrees", say("place.name", names=" / ".join(sorted(a.places | b.places)))
    else:
        yield "place", "compatible", say("place.unknown")


def _time(left: Told, right: Told) -> Iterator[Answer]:
    a, b = left.facts.days, right.facts.days
    if a is None or b is None:
        if a or b:
            yield "time", "silent", say("time.silent")
        return
    apart = facts.days_apart(a, b)
    if apart:
        yield "time", "contradicts", say("time.days", count=apart) if apart > 1 else say("time.day")
    elif a == b:
        yield "time", "agrees", say("time.same")
    elif figures.contains((float(a[0]), float(a[1])), (float(b[0]), float(b[1]))):
        yield "time", "vaguer", say("time.vaguer")
    else:
        yield "time", "compatible", say("time.overlap")
