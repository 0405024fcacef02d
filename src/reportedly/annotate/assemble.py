"""From what the finders found to claims: one for each happening as each chain puts it, one for each statement without."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.annotate import (
    attach,
    building,
    casting,
    chains,
    deeds,
    inheritance,
    presupposed,
    scopes,
    statements,
    unnamed,
)
from reportedly.annotate.findings import Findings
from reportedly.find.triggers import EventTrigger
from reportedly.records import Claim, Entity


def claims(found: Findings) -> list[Claim]:
    """Return the claims of a text, in the order of their triggers or contents."""
    made = [_of_trigger(found, trigger, found.chains.innermost(trigger.head)) for trigger in found.triggers]
    made += list(_pointing(found))
    made = inheritance.settled(found, made)
    made += list(statements.find(found))
    made.sort(key=lambda c: (c.trigger.start if c.trigger else c.content.start, c.content.start, len(c.chain), c.id))
    return _repeats(found, _unique(made))


def _unique(made: list[Claim]) -> list[Claim]:
    kept: dict[str, Claim] = {}
    for claim in made:
        kept.setdefault(claim.id, claim)
    return list(kept.values())


def _of_trigger(found: Findings, trigger: EventTrigger, index: int | None) -> Claim:
    """Return the claim of a happening (or state) under the chain that ends in attribution ``index``."""
    text = found.text
    index = presupposed.teller(found, trigger.head, index)
    last = found.attributions[index] if index is not None else None
    segments = scopes.segments_of(last, text, trigger.head)
    others = found.heads_in(segments)
    content = scopes.clause(text, found.syntax, trigger.head, segments, others)
    scope = scopes.Scope(trigger.head, content, scopes.within(segments, content) or (content,))
    doubts = attach.doubts(found, scope, others)
    actors, recipients = casting.cast(found, trigger, last)
    told = _told(trigger, actors)
    if told.type != trigger.type:
        actors, recipients = (), actors
    quantities = unnamed.counted(found, trigger, attach.mentions(found, "quantities", scope, others))
    recipients = recipients or unnamed.recipients(found, trigger, quantities)
    places = attach.mentions(found, "places", scope, others)
    negative = trigger.polarity == "negative" or bool(last and last.negative)
    span = None if trigger.is_state else building.trigger(trigger)
    return building.claim(
        found,
        index=index,
        content=text.span(*content),
        polarity="negative" if negative else "positive",
        certainty=chains.certainty(last, [d.certainty for d in doubts]),
        status=chains.status(
            last,
            trigger.status,
            condition=text.sentence_of[trigger.head] in found.conditions,
            granted=trigger.granted,
        ),
        hedges=attach.hedges(found, doubts, last),
        trigger=span,
        type=None if told.is_state else told.type,
        modes=() if told.is_state else tuple(told.modes),
        territory=told.territory,
        weapon=trigger.weapon,
        actors=actors,
        recipients=recipients,
        places=places,
        times=attach.mentions(found, "times", scope, others),
        quantities=quantities,
        labels=deeds.named(
            found,
            attach.mentions(found, "labels", scope, others),
            deeds.Told(trigger, tuple(told.modes), places, recipients),
        ),
        by=trigger.by,
    )


def _told(trigger: EventTrigger, actors: tuple[Entity, ...]) -> EventTrigger:
    """Return what a flight is by who flees: fighters withdraw, civilians are driven from home."""
    flight = trigger.type == "RETREAT" and trigger.modes == ("withdraw",)
    if not (flight and actors and all(e.kind == "civilians" for e in actors)):
        return trigger
    return msgspec.structs.replace(trigger, type="SANCTION", modes=("expel",), territory=None)


def _pointing(found: Findings) -> Iterator[Claim]:
    """Yield claims of attributions that only point at what was told ('n'a pas commenté', 'rejette ces accusations')."""
    by_head = {trigger.head: trigger for trigger in reversed(found.triggers)}
    for index, attribution in enumerate(found.attributions):
        if attribution.anaphor:
            for head in found.heads_in(attribution.content)[:1]:
                yield _of_trigger(found, by_head[head], index)


def _repeats(found: Findings, made: list[Claim]) -> list[Claim]:
    """Mark the claims of a sentence printed a second time (a headline above and below its picture) with those they repeat."""
    seen: dict[tuple[str, str], Claim] = {}
    marked: list[Claim] = []
    sentences: dict[str, int] = {}
    for claim in made:
        token = found.text.token_at(claim.trigger.start if claim.trigger else claim.content.start)
        first, last = found.text.sentences[found.text.sentence_of[token]]
        words = " ".join(found.text.norms[first:last])
        earlier = sentences.setdefault(words, first)
        offset = (claim.trigger.start if claim.trigger else claim.content.start) - found.text.starts[first]
        key = (words, f"{offset}:{claim.trigger is None}:{len(claim.chain)}:{claim.type}")
        if earlier != first and key in seen and last - first >= 4:
            marked.append(msgspec.structs.replace(claim, repeats=seen[key].id))
            continue
        seen.setdefault(key, claim)
        marked.append(claim)
    return marked
