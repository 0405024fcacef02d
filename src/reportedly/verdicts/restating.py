"""One field of a claim put right by a person, and what followed from the one before taken back: nobody said that of the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.records import Claim
from reportedly.verdicts.possible import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

# Whose word a value is that a person gave: never a name, which is in the judgement alone.
PERSON = "person"
# What is made from the other fields, or says how a claim came to be.
DERIVED = frozenset({"id", "event", "codes", "acled", "by", "repeats", "review"})
FIELDS = frozenset(Claim.__struct_fields__) - DERIVED
WORDS = ("start", "end", "exact")
# Of each list and mention: what its words were read as, in which the machine's word ends where a person gives other words.
READ_AS: dict[str, dict[str, Any]] = {
    "actors": {"name": None, "identifier": None},
    "recipients": {"name": None, "identifier": None},
    "places": {"name": None, "lat": None, "lon": None, "country": None, "identifier": None, "disputed": None},
    "times": {"earliest": None, "latest": None, "anchored": False, "anchor": None, "granularity": None, "says": None},
    "quantities": {"low": None, "best": None, "high": None},
    "labels": {"of": None, "neutral": None},
    "trigger": {"sense": None},
    "chain": {"name": None, "antecedent": None, "source_kind": "unknown"},
}
# What follows from a name, from a point, from a day.
OF_NAME = ("lat", "lon", "country", "identifier", "disputed")
OF_POINT = ("country", "identifier", "disputed")
OF_DAY = ("granularity", "says")


def corrected(claim: Claim, path: str, replacement: Any, *, stated: Iterable[str] = ()) -> Claim:
    """Return the claim with the field at ``path`` (``places.0``, ``type``) put in the replacement's place, as a person's word.

    What the machine had from the words or the name that are no more is left out: another place has other coordinates. ``stated`` are
    paths that the same person stated in the same act; they stay. Raises InputError where there is no such field, or the replacement is
    none of its kind.
    """
    parts = path.split(".") if path else []
    if not parts or parts[0] not in FIELDS:
        raise InputError(f"a claim has no field {path!r} to correct", cure=f"one of {', '.join(sorted(FIELDS))}")
    # by way of JSON: msgspec leaves tuples as they are, and nothing can be put into those
    before = msgspec.json.decode(msgspec.json.encode(claim))
    after = msgspec.json.decode(msgspec.json.encode(claim))
    _put(after, parts, replacement, path)
    try:
        # every key there, and of the right kind, before anything is concluded from it
        after = msgspec.json.decode(msgspec.json.encode(msgspec.convert(after, Claim)))
        if replacement is not None:
            _known(after, parts, path)
        _follow(before, after, parts, {*stated, path})
        return msgspec.convert(after, Claim)
    except (msgspec.ValidationError, TypeError, UnicodeEncodeError) as error:
        raise InputError(f"{path} cannot be that: {error}", cure="give a value of its kind (docs/claims.md)") from error


def all_said(claim: Claim) -> Claim:
    """Return a claim that a person made, every mention of it a person's word."""
    whole = msgspec.json.decode(msgspec.json.encode(claim))
    for field in FIELDS:
        several = whole[field] if isinstance(whole[field], list) else [whole[field]]
        for leaf in several:
            if isinstance(leaf, dict):
                _leaf(field, None, leaf, field, set())
    return msgspec.convert(whole, Claim)


def _put(whole: Any, parts: list[str], value: Any, path: str) -> None:
    at = whole
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        key: Any = part
        if isinstance(at, list):
            if not part.isdecimal() or not part.isascii() or len(part) > 6 or int(part) > len(at):
                raise InputError(f"there is nothing at {path!r}", cure="load the claim again")
            key = int(part)
            if key == len(at) and not (last and value is None):
                at.append({})
        if not isinstance(at, (list, dict)) or (isinstance(at, list) and key >= len(at)):
            raise InputError(f"there is nothing at {path!r}", cure="load the claim again")
        if last and value is None and isinstance(at, list):
            del at[key]
        elif last:
            at[key] = value
        else:
            at = at.get(key) if isinstance(at, dict) else at[key]


def _known(whole: Any, parts: list[str], path: str) -> None:
    """Raise InputError where nothing of a claim stands at a path: what no record has is dropped without a word otherwise."""
    for part in parts:
        if isinstance(whole, dict) and part not in whole:
            raise InputError(f"a claim has no field {path!r} to correct", cure="one of those in docs/claims.md")
        whole = whole[int(part)] if isinstance(whole, list) else whole[part]


def _follow(before: dict[str, Any], after: dict[str, Any], parts: list[str], stated: set[str]) -> None:
    """Take back, in the claim as it was put, what follows from the field before; say who says the rest."""
    field = parts[0]
    if field == "type":
        after["modes"] = [mode for mode in after["modes"] if mode in vocabulary().get(after["type"] or "", ())]
    if not isinstance(after[field], list):
        after["by"] = PERSON
        if isinstance(after[field], dict):
            _leaf(field, before[field], after[field], field, stated)
        return
    if field in ("modes", "notes"):
        after["by"] = PERSON if field == "modes" else after["by"]
        return
    if field == "quantities" and len(after[field]) < len(before[field]) and len(parts) == 2:
        _renumber(after[field], int(parts[1]))
    old, new = before[field], after[field]
    if len(parts) == 1:
        # the whole list: all that is in it was said, but what it had already is nobody's new word
        for leaf in new:
            if leaf not in old:
                _leaf(field, None, leaf, field, stated)
    elif len(new) >= len(old):
        number = int(parts[1])
        _leaf(field, old[number] if number < len(old) else None, new[number], f"{field}.{number}", stated)


def _renumber(quantities: list[dict[str, Any]], gone: int) -> None:
    """Point what is a part of another quantity to where that one stands now."""
    for quantity in quantities:
        whole = quantity["part_of"]
        if whole is not None:
            quantity["part_of"] = None if whole == gone else whole - (whole > gone)


def _leaf(field: str, old: dict[str, Any] | None, new: dict[str, Any], path: str, stated: set[str]) -> None:
    if field == "chain":
        _spoken(old, new)
    elif field != "content":
        new |= {"by": PERSON, "basis": "stated", "reason": ""}
    if old is None:
        return
    changed = {name for name in new if new[name] != old.get(name)}
    said = changed | {name.removeprefix(f"{path}.").split(".")[0] for name in stated if name.startswith(f"{path}.")}
    known = READ_AS.get(field, {})
    for name in _dropped(field, changed, new, said):
        if name not in said and name in known:
            new[name] = known[name]
    if field == "times" and {"earliest", "latest"} & said:
        new["anchored"] = bool(new["earliest"] or new["latest"])
        new["anchor"] = "user" if new["anchored"] else None


def _spoken(old: dict[str, Any] | None, new: dict[str, Any]) -> None:
    """Say who gives the mentions of a link that are other than they were."""
    for name in ("source", "cue", "antecedent"):
        if new[name] is not None and (old is None or new[name] != old[name]):
            new[name] |= {"by": PERSON, "basis": "stated", "reason": ""}


def _dropped(field: str, changed: set[str], new: dict[str, Any], said: set[str]) -> Iterable[str]:
    """Return what no longer follows, of a leaf of which ``changed`` is other than it was."""
    if field == "times" and {"earliest", "latest"} & said:
        # whoever gives one day has seen the other
        return OF_DAY
    if field == "places" and "identifier" in changed and new["identifier"] is not None:
        # chosen from candidates: what they say of a place is said with it
        return ()
    if changed & set(WORDS) or (field == "chain" and "source" in changed):
        return READ_AS.get(field, {})
    if field == "chain":
        return ("antecedent", "source_kind") if "name" in changed else ()
    if "name" in changed:
        return OF_NAME
    return OF_POINT if changed & {"lat", "lon"} else ()
