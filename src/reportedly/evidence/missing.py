"""What would settle an event and is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.answers import Missing
from reportedly.compare.told import name_of
from reportedly.group import names
from reportedly.reasons import say
from reportedly.records import TOLLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.records import Event

VIOLENT = frozenset({"force", "targeted", "abduct", "sexual", "torture"})
FINE = 2


def missing(event: Event, collection: Collection) -> tuple[Missing, ...]:
    """Return what is missing to settle an event: a second independent source, a date, a place, a second toll, the author, his answer."""
    told = [each for ref in event.claims if (each := collection.told(ref)).claim.repeats is None]
    answers = (*_source(event, told), *_when_and_where(event, told), *_toll(event, told), *_author(told))
    return tuple(Missing(what=what, reason=reason) for what, reason in answers)


def _source(event: Event, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    reports = len({each.document.id for each in told})
    if len(event.independent) < 2:
        told_by = say("missing.one") if reports == 1 else say("missing.one_source", count=reports)
        yield "second independent source", told_by
    if all(any(link.act == "hearsay" for link in each.claim.chain) for each in told):
        yield "somebody who says so", say("missing.hearsay")


def _when_and_where(event: Event, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    if event.earliest is None:
        said = sorted({time.exact for each in told for time in each.claim.times})
        yield "date", say("missing.day_said", words=", ".join(said)) if said else say("missing.day")
    if not event.places:
        yield "place", say("missing.place")
    elif min(place.precision for place in event.places) > FINE:
        yield "exact place", say("missing.exact", place=event.places[0].exact)
    elif all(place.lat is None for place in event.places):
        yield "position", say("missing.position", place=event.places[0].exact)


def _toll(event: Event, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    if not any(each.facts.family in VIOLENT for each in told):
        return
    group = {name: n for n, members in enumerate(event.independent) for name in members}
    for kind in TOLLS:
        counting = [each for each in told if each.figure(kind) and not each.facts.negative]
        speakers = {(group.get(each.document.id), each.speaker) for each in counting}
        if len(speakers) == 1:
            yield f"second figure ({kind})", say("missing.second", who=counting[0].speaker)
    if not any(each.figure(kind) for each in told for kind in TOLLS):
        yield "toll", say("missing.toll")


def _author(told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    deeds = [each for each in told if each.facts.family in VIOLENT and not each.facts.negative]
    if not deeds:
        return
    named = {key for each in deeds for key in names.named(each.facts.actors)}
    if not named:
        yield "author", say("missing.author")
        return
    accused = {
        key
        for each in deeds
        if any(link.act == "accuse" for link in each.claim.chain)
        for key in names.named(each.facts.actors)
    }
    answered = {key for each in told if each.facts.negative for key in names.named(each.facts.actors)}
    claimed = {
        key
        for each in deeds
        if any(link.act == "announce" for link in each.claim.chain)
        for key in names.named(each.facts.actors)
    }
    for key in sorted(accused - answered - claimed):
        yield "answer of the accused", say("missing.answer", actor=name_of(key))
