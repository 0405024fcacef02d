"""What would settle an event and is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.answers import Missing
from reportedly.compare.contradictions import TOLLS
from reportedly.compare.told import name_of
from reportedly.group import names

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
        told_by = "one report tells it" if reports == 1 else f"{reports} reports tell it, all from one source"
        yield "second independent source", told_by
    if all(any(link.act == "hearsay" for link in each.claim.chain) for each in told):
        yield "somebody who says so", "it is hearsay everywhere: nobody is named as having said it"


def _when_and_where(event: Event, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    if event.earliest is None:
        said = sorted({time.exact for each in told for time in each.claim.times})
        yield "date", f"no report says which day it was{': ' + ', '.join(said) if said else ''}"
    if not event.places:
        yield "place", "no report says where"
    elif min(place.precision for place in event.places) > FINE:
        yield "exact place", f"no report says more than {event.places[0].exact}"
    elif all(place.lat is None for place in event.places):
        yield "position", f"where {event.places[0].exact} lies is unknown here"


def _toll(event: Event, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    if not any(each.facts.family in VIOLENT for each in told):
        return
    group = {name: n for n, members in enumerate(event.independent) for name in members}
    for kind in TOLLS:
        counting = [each for each in told if each.figure(kind) and not each.facts.negative]
        speakers = {(group.get(each.document.id), each.speaker) for each in counting}
        if len(speakers) == 1:
            yield f"second figure ({kind})", f"only {counting[0].speaker} says how many"
    if not any(each.figure(kind) for each in told for kind in TOLLS):
        yield "toll", "no report says how many were killed or injured"


def _author(told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    deeds = [each for each in told if each.facts.family in VIOLENT and not each.facts.negative]
    if not deeds:
        return
    named = {key for each in deeds for key in names.named(each.facts.actors)}
    if not named:
        yield "author", "no report names who did it"
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
        yield "answer of the accused", f"{name_of(key)} is accused, and no report has an answer"
