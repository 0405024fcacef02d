"""The words each outlet uses for the same actor or the same deed, side by side; whose words they are is said beside each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly import pointing
from reportedly.answers import UNKNOWN_OUTLET, Framing
from reportedly.copies.prints import words_of
from reportedly.records import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.records import Entity, Event, Mention

OWN_VOICE = "-"


@dataclass
class _Word:
    """One word of one outlet, as it is counted."""

    word: str
    loaded: bool
    neutral: str | None = None
    voices: Counter[str] = field(default_factory=Counter)
    spans: set[tuple[str, int]] = field(default_factory=set)
    example: Ref | None = None


def framing(actor: str, collection: Collection) -> tuple[Framing, ...]:
    """Return the words each outlet uses for an actor, by his canonical name or any word used for him.

    Loaded words come first, then those that name him, by how often they stand. A word is counted once where it stands once, however
    many claims it is part of.
    """
    told = list(collection.all_told())
    name = _canonical(actor, told)
    table: dict[tuple[str, str], _Word] = {}
    for each in told:
        theirs = [entity for entity in (*each.claim.actors, *each.claim.recipients) if entity.name == name]
        apart = [entity for entity in theirs if _his_only(entity)]
        for label in each.claim.labels:
            if label.of == name and not any(_overlap(label, entity) for entity in apart):
                _count(table, each, label, loaded=True, neutral=label.neutral)
        for entity in theirs:
            if entity not in apart and not pointing.only_points(entity.exact):
                _count(table, each, entity, loaded=False)
    return tuple(_rows(name, table))


def _his_only(entity: Entity) -> bool:
    """Return whether words are of somebody who is only his: one of his men ('un kamikaze'), his dead ('ses martyrs')."""
    if entity.basis == "stated":
        return False
    return pointing.of_some(entity.exact) or entity.reason.endswith((f" of {entity.name}", f" by {entity.name}"))


def framing_of_event(event: Event, collection: Collection) -> tuple[Framing, ...]:
    """Return the words each outlet uses for the deed itself: the triggers of the event's claims, and labels of what was done."""
    table: dict[tuple[str, str], _Word] = {}
    for ref in event.claims:
        each = collection.told(ref)
        if each.claim.repeats is None and each.claim.trigger:
            loaded = [label for label in each.claim.labels if _overlap(label, each.claim.trigger)]
            neutral = loaded[0].neutral if loaded else None
            _count(table, each, each.claim.trigger, loaded=bool(loaded), neutral=neutral)
    return tuple(_rows(event.id, table))


def _overlap(left: Mention, right: Mention) -> bool:
    return left.start < right.end and right.start < left.end


def _canonical(actor: str, told: Iterable[Told]) -> str:
    """Return the canonical name that is meant: itself, or the one most often borne by those the word is used for."""
    asked = words_of(actor)
    bearers: Counter[str] = Counter()
    for each in told:
        for entity in (*each.claim.actors, *each.claim.recipients):
            if entity.name and asked in (words_of(entity.name), words_of(entity.exact)):
                bearers[entity.name] += 1
        for label in each.claim.labels:
            if label.of and asked == words_of(label.of):
                bearers[label.of] += 1
    return min(bearers.items(), key=lambda item: (-item[1], item[0]))[0] if bearers else actor


def _count(
    table: dict[tuple[str, str], _Word], told: Told, mention: Mention, *, loaded: bool, neutral: str | None = None
) -> None:
    outlet = told.document.publisher.value if told.document.publisher else UNKNOWN_OUTLET
    key = outlet, " ".join(words_of(mention.exact))
    row = table.setdefault(key, _Word(word=" ".join(mention.exact.split()), loaded=loaded, neutral=neutral))
    row.loaded = row.loaded or loaded
    row.neutral = row.neutral or neutral
    row.example = row.example or told.ref
    if (told.document.id, mention.start) not in row.spans:
        row.spans.add((told.document.id, mention.start))
        inside = told.claim.content.start <= mention.start < told.claim.content.end
        row.voices[told.speaker if told.claim.chain and inside else OWN_VOICE] += 1


def _rows(subject: str, table: dict[tuple[str, str], _Word]) -> Iterator[Framing]:
    ordered = sorted(table.items(), key=lambda item: (item[0][0], not item[1].loaded, -len(item[1].spans), item[0][1]))
    for (outlet, _), row in ordered:
        yield Framing(
            subject=subject,
            publisher=outlet,
            word=row.word,
            count=len(row.spans),
            loaded=row.loaded,
            neutral=row.neutral,
            voices=dict(sorted(row.voices.items())),
            documents=tuple(sorted({document for document, _ in row.spans})),
            example=row.example,
        )
