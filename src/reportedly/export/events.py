"""Events as JSON: what the scorer of the annotation guide reads (claims, independent, contradictions), with what people read beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.records import Event, Record, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def to_json(events: Iterable[Event], names: Mapping[str, str]) -> str:
    """Return the events as one JSON list, an event a line.

    ``names`` maps ids of documents to what they are called; a claim is ``NAME:claim id``.
    """
    lines = (json.dumps(event(each, names), ensure_ascii=False) for each in events)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def event(each: Event, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one event as JSON writes it."""
    return {
        "id": each.id,
        "title": each.title,
        "type": each.type,
        "modes": list(each.modes),
        "earliest": each.earliest,
        "latest": each.latest,
        "places": [named(place, names) for place in each.places],
        "claims": [reference(ref, names) for ref in each.claims],
        "independent": [[names.get(name, name) for name in members] for members in each.independent],
        "why": list(each.why),
        "dependences": [named(tie, names) for tie in each.dependences],
        "contradictions": [
            {
                "field": found.field,
                "claims": [reference(found.left, names), reference(found.right, names)],
                "reason": found.reason,
            }
            for found in each.contradictions
        ],
    }


def named(record: Record, names: Mapping[str, str]) -> dict[str, Any]:
    """Return any record as JSON writes it, references as ``NAME:claim id`` and documents by name."""
    made: dict[str, Any] = {}
    for key in record.__struct_fields__:
        value = getattr(record, key)
        if isinstance(value, Ref):
            made[key] = reference(value, names)
        elif key in ("document", "on"):
            made[key] = names.get(value, value)
        elif key == "documents":
            made[key] = [names.get(name, name) for name in value]
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            made[key] = [named(each, names) for each in value]
        else:
            made[key] = msgspec.to_builtins(value)
    return made


def reference(ref: Ref, names: Mapping[str, str]) -> str:
    """Return a claim's name: its document's and its own."""
    return f"{names.get(ref.document, ref.document)}:{ref.claim}"
