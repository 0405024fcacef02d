"""The JSON Schema of what ``read`` and ``mentions`` print, made from the records."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from reportedly.records import Mentions, Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTES = {
    Reading: "One line of 'reportedly read --format json': a report and its claims.",
    Mentions: "One line of 'reportedly mentions --format json': what a report mentions, apart from any claim.",
}


def schema(record: type[Reading | Mentions]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line.

    Every key of a record is always written, so every key is required; later versions may add keys. What a schema cannot
    say: offsets are Unicode code points, half-open, and ``exact`` is ``document.text[start:end]``.
    """
    made = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(record)))
    definitions = {name: _complete(definition) for name, definition in sorted(made["$defs"].items())}
    return {
        "$schema": DIALECT,
        "title": record.__name__,
        "description": NOTES[record],
        "$ref": made["$ref"],
        "$defs": definitions,
    }


def _complete(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the definition with every key required and its description as running text."""
    plain = {**definition, "required": list(definition.get("properties", {}))}
    if "description" in plain:
        plain["description"] = re.sub(r"\s+", " ", plain["description"]).replace("``", "'").strip()
    return plain
