"""The history of a toll: who gave which figure, when, from whom, and whether it raised or lowered what was known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from reportedly.answers import TollStep
from reportedly.compare import contradictions, figures
from reportedly.compare.told import named
from reportedly.group import facts, names
from reportedly.reasons import say
from reportedly.records import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.records import Event, Quantity, QuantityKind

Change = Literal["first", "raised", "lowered", "disputed", "repeated", "beside"]


def toll(event: Event, collection: Collection) -> tuple[TollStep, ...]:
    """Return every figure of an event's toll, kind by kind, in the order the reports came out, undated ones last.

    A figure that a report repeats in its title is one step. Nothing is averaged, and a later figure does not replace an earlier one. The
    dead of one side neither raise nor lower those of the other.
    """
    return tuple(step for kind in COUNTED for step in _history(kind, event, collection))


def _history(kind: QuantityKind, event: Event, collection: Collection) -> Iterator[TollStep]:
    group = {name: n for n, members in enumerate(event.independent) for name in members}
    steps: list[tuple[Told, TollStep]] = []
    for told, quantity in _figures(kind, event, collection):
        name = told.document.id
        before = [step for earlier, step in steps if not contradictions.counts_others(earlier, told, kind)]
        change, reason = _change(told, quantity, before)
        step = TollStep(
            ref=told.ref,
            kind=kind,
            quantity=quantity,
            of=_whose(told, kind),
            speaker=told.speaker,
            publisher=collection.publisher(name),
            published=collection.published(name),
            change=change,
            takes=_taken(told, collection),
            source=group.get(name, 0),
            reason=reason,
        )
        steps.append((told, step))
        yield step


def _whose(told: Told, kind: QuantityKind) -> str | None:
    """Return whom a claim's figure counts, None where nobody says whose they are."""
    total = told.total(kind)
    keys = frozenset(key for entity in total.whose if (key := names.party(entity))) if total else frozenset()
    return named(keys) if keys else None


def _figures(kind: QuantityKind, event: Event, collection: Collection) -> list[tuple[Told, Quantity]]:
    told = [collection.told(ref) for ref in event.claims]
    real = [each for each in told if each.claim.repeats is None and not each.facts.negative and not each.facts.unreal]
    found = [(each, quantity) for each in real if (quantity := each.figure(kind))]
    bodies = {(each.document.id, _bounds(quantity)) for each, quantity in found if not each.in_title}
    kept = [(e, q) for e, q in found if not e.in_title or (e.document.id, _bounds(q)) not in bodies]
    takers = {tie.document for tie in event.dependences}
    return sorted(
        kept,
        key=lambda row: (
            collection.published(row[0].document.id) or "9999",
            # who has it from another of the same day comes after him
            row[0].document.id in takers,
            row[0].document.id,
            row[0].claim.content.start,
        ),
    )


def _bounds(quantity: Quantity) -> tuple[float, float] | None:
    return facts.span(quantity)


def _change(told: Told, quantity: Quantity, before: Sequence[TollStep]) -> tuple[Change, str]:
    """Return how a figure stands to those given before, and a sentence."""
    if not before:
        return "first", say("toll.first")
    words = figures.bounds(quantity)
    same = [step for step in before if figures.verdict(step.quantity, quantity)[0] == "agrees"]
    if same:
        return "repeated", say("toll.repeated", figure=words, who=same[0].speaker)
    last = _last_told(told, before)
    ours, theirs = facts.span(quantity), facts.span(last.quantity)
    if ours is None or theirs is None:
        return "beside", say("toll.room", figure=words, other=figures.bounds(last.quantity))
    had = figures.bounds(last.quantity)
    moved = say("toll.moved", figure=had, who=last.speaker, other=words)
    if figures.excludes(last.quantity, quantity):
        if last.ref.document == told.document.id and last.speaker != told.speaker:
            return "disputed", say("toll.disputed", figure=words, other=had, who=last.speaker)
        if last.published and last.published == _day(told) and last.ref.document != told.document.id:
            # of two on one day neither moved the other's figure
            return "disputed", say("toll.same_day", figure=words, other=had, who=last.speaker)
        return "raised" if ours[0] >= theirs[1] else "lowered", moved
    # 'at least 17' after 'at least 12' may be the same toll, but says more
    if ours[0] > theirs[0] and ours[1] == theirs[1] == math.inf:
        return "raised", moved
    return "beside", say("toll.room_of", figure=words, other=had, who=last.speaker)


def _last_told(told: Told, before: Sequence[TollStep]) -> TollStep:
    """Return the figure that one is held against: the last of the same speaker or outlet, else the last of all."""
    outlet = told.document.publisher.value if told.document.publisher else None
    own = [step for step in before if step.speaker == told.speaker or (outlet and step.publisher == outlet)]
    return (own or before)[-1]


def _day(told: Told) -> str | None:
    return told.document.published.value if told.document.published else None


def _taken(told: Told, collection: Collection) -> str | None:
    """Return the outlet the claim is taken from, None where its report has it from no other."""
    citations = collection.citations.get(told.document.id, ())
    return next((citation.outlet for citation in citations if told.claim.id in citation.claims), None)
