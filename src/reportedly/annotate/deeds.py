"""What a loaded word for a deed stands for, in plain words: 'carnage' is the attack on Tanoukoro, 'martyrs' those killed there."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reportedly.annotate.findings import Findings
from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity, Label, Place
from reportedly.text import bare

# The plain word for a deed by its mode, the surest first; else by its type.
BY_MODE = (
    ("drone", "drone strike on"),
    ("aerial", "air strike on"),
    ("heavy-weapons", "shelling of"),
    ("suicide-attack", "suicide attack in"),
    ("explosives", "bombing of"),
    ("abduct", "abduction in"),
    ("withdraw", "withdrawal from"),
)
# A place as precise as this says where a deed was done.
PRECISE = 3
# What the neutral counterpart of a word for the dead says.
DEAD = frozenset(("killed", "dead", "the dead", "those killed"))


class Told(msgspec.Struct, frozen=True):
    """What a claim tells of its happening: how, where, to whom."""

    trigger: EventTrigger
    modes: tuple[str, ...]
    places: tuple[Place, ...]
    recipients: tuple[Entity, ...]


def named(found: Findings, labels: tuple[Label, ...], told: Told) -> tuple[Label, ...]:
    """Return the labels, those for deeds and for the dead with what they stand for where place or victims are told."""
    return tuple(_with_bearer(found, label, told) for label in labels)


def _with_bearer(found: Findings, label: Label, told: Told) -> Label:
    trigger = told.trigger
    bears = _bears(found, label)
    if bears == "person" and label.neutral in DEAD:
        bears = "victims"
    if label.of is not None or bears not in ("deed", "victims"):
        return label
    whom = next((e.name for e in told.recipients if e.name and e.kind != "object"), None)
    where = _where(told.places) or _where(_near(found, label))
    killing = trigger.sense == "death" and trigger.start <= label.start and label.end <= trigger.end
    if bears == "victims" and whom:
        of: str | None = whom
    elif killing and whom:
        of = f"killing of {whom}"
    elif where and bears == "deed":
        of = f"{_deed(trigger, told.modes)} {where}"
    else:
        of = f"those killed in {where}" if where else None
    if of is None:
        return label
    return msgspec.structs.replace(label, of=of, basis="inferred", reason="what the claim tells of it")


def _where(places: Iterable[Place]) -> str | None:
    """Return the plain name of the first of the places that is no wider than a district and has one."""
    names = (bare(p.name or p.exact) for p in places if p.precision <= PRECISE and (p.name or p.exact[:1].isupper()))
    return next(names, None)


def _near(found: Findings, label: Label) -> list[Place]:
    """Return the places named before a word in its sentence and the one before, the nearest first."""
    here = found.text.sentence_of[found.text.token_at(label.start)]
    near = [
        p
        for p in found.places
        if p.start < label.start and here - found.text.sentence_of[found.text.token_at(p.start)] <= 1
    ]
    return near[::-1]


def _deed(trigger: EventTrigger, modes: tuple[str, ...]) -> str:
    for mode, words in BY_MODE:
        if mode in modes:
            return words
    if trigger.territory == "gained":
        return "taking of"
    return "attack on" if trigger.type == "ASSAULT" else "events in"


def _bears(found: Findings, label: Label) -> str:
    """Return what kind of thing the label's lexicon entry says that it bears on."""
    first = found.text.token_at(label.start)
    entry = found.lang.lexicon("label_words").match(found.text, first)
    return entry[1].get("bears") if entry else ""
