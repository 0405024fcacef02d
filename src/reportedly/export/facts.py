"""The facts of a leaf that a person edits, as words a tool can show (``name: Hezbollah``), and back with the types of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.records import Claim, Entity, Label, Link, Place, Quantity, Time, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportedly.export.leaves import Leaf

_ENTITY = (Entity, ("name", "kind", "identifier"))
EDITED: dict[str, tuple[type[msgspec.Struct], tuple[str, ...]]] = {
    "content": (
        Claim,
        ("type", "modes", "polarity", "certainty", "status", "territory", "weapon", "target", "acled", "event"),
    ),
    "trigger": (Trigger, ("sense",)),
    "cue": (Link, ("act", "source_kind", "name")),
    "actor": _ENTITY,
    "recipient": _ENTITY,
    "place": (Place, ("name", "lat", "lon", "precision", "relation", "country", "identifier")),
    "time": (Time, ("earliest", "latest", "anchored", "anchor", "granularity", "says")),
    "quantity": (Quantity, ("kind", "low", "best", "high", "unit")),
    "label": (Label, ("of", "neutral")),
}
NAMES = tuple(dict.fromkeys(name for _, names in EDITED.values() for name in names))
_FIELDS = {role: {f.name: f for f in msgspec.structs.fields(record)} for role, (record, _) in EDITED.items()}


def shown(leaf: Leaf) -> dict[str, str]:
    """Return the facts of a leaf that a person edits, those that have a value, as words."""
    _, names = EDITED.get(leaf.role, (None, ()))
    return {name: words(leaf.facts[name]) for name in names if leaf.facts.get(name) not in (None, (), [])}


def words(value: Any) -> str:
    """Return a value as words.

    >>> words(12.0), words(34.18), words(["drone", "aerial"]), words(True)
    ('12', '34.18', 'drone aerial', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return " ".join(value) if isinstance(value, (list, tuple)) else str(value)


def parsed(role: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return facts with their types from words. Raises InputError, naming the fact, where the words are none of its values."""
    made: dict[str, Any] = {}
    for name, said in given.items():
        if name not in EDITED.get(role, (None, ()))[1]:
            raise InputError(
                f"a {role} has no {name!r}", cure=f"it has {', '.join(EDITED[role][1])}" if role in EDITED else ""
            )
        value: Any = said.split() if name == "modes" else said.strip()
        try:
            typed = msgspec.convert(value, _FIELDS[role][name].type, strict=False)
        except msgspec.ValidationError as error:
            raise InputError(f"{name}: {said}: {error}", cure="see docs/claims.md for its values") from error
        made[name] = msgspec.to_builtins(typed)
    return made


def edited(leaf: Leaf | None, role: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the facts of a region of which a tool shows ``given``: a fact that was shown and is gone is None.

    ``leaf`` is what was shown, None for a region that was added. Raises InputError as ``parsed`` does.
    """
    before = shown(leaf) if leaf and leaf.role == role else {}
    same = {name for name, said in given.items() if before.get(name) == said.strip()}
    gone: dict[str, Any] = dict.fromkeys(before.keys() - given.keys())
    # words that are as they were shown stand for the exact value
    exact = {name: leaf.facts[name] for name in same} if leaf else {}
    return gone | exact | parsed(role, {name: said for name, said in given.items() if name not in same})
