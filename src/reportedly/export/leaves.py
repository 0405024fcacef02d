"""A claim as flat pieces, as annotation tools hold it: facts of its own and one leaf a span; and whole again from them.

The claim's own facts (type, polarity, ...) belong to the leaf of its content, those of a link of its chain (act, who it resolves to) to the
leaf of its cue. A leaf's path says where it stands in the claim: ``content``, ``chain.0.source``, ``places.1``, ``quantities.0.noun``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from reportedly.errors import InputError
from reportedly.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LISTS = {
    "hedges": "hedge",
    "actors": "actor",
    "recipients": "recipient",
    "places": "place",
    "times": "time",
    "quantities": "quantity",
    "labels": "label",
}
LINK = ("source", "cue", "antecedent")
ROLES = ("content", "trigger", *LINK, *LISTS.values(), "counted")
SPAN = ("start", "end", "exact")
_LIST_OF = {role: name for name, role in LISTS.items()}
_LAST = 1 << 30
_NUMBER = re.compile(r"\.(\d+)")
# What a person may well leave unsaid when a leaf is added by hand.
DEFAULTS: dict[str, dict[str, Any]] = {"cue": {"act": "assert"}}


class Leaf(NamedTuple):
    """One span of a claim: its path and role, code points into the document's text, the words, and the facts it carries.

    ``path`` is '' for a leaf that a person added and that has no place in the claim yet.
    """

    path: str
    role: str
    start: int
    end: int
    exact: str
    facts: dict[str, Any]


def take_apart(claim: Claim) -> Iterator[Leaf]:
    """Yield the leaves of a claim, its content first; nothing of the claim is left out but its id."""
    made: dict[str, Any] = msgspec.to_builtins(claim)
    lists = {name: made.pop(name) for name in LISTS}
    chain, trigger, content = made.pop("chain"), made.pop("trigger"), made.pop("content")
    made.pop("id")
    yield _leaf("content", "content", content | made)
    if trigger:
        yield _leaf("trigger", "trigger", trigger)
    for number, link in enumerate(chain):
        spans = {part: link.pop(part) for part in LINK}
        spans["cue"] |= link
        yield from (_leaf(f"chain.{number}.{part}", part, span) for part, span in spans.items() if span)
    for name, role in LISTS.items():
        for number, each in enumerate(lists[name]):
            noun = each.pop("noun", None)
            yield _leaf(f"{name}.{number}", role, each)
            if noun:
                yield _leaf(f"{name}.{number}.noun", "counted", noun)


def _leaf(path: str, role: str, made: dict[str, Any]) -> Leaf:
    span = {key: made.pop(key) for key in SPAN}
    return Leaf(path=path, role=role, facts=made, **span)


def put_together(claim_id: str, leaves: Iterable[Leaf]) -> Claim:
    """Return the claim that the leaves make. Raises InputError, naming what is wrong, where they make none.

    Leaves keep the order of their paths, those added come after them in text order. A new source goes to the first cue that has none.
    """
    by_role: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in sorted(leaves, key=_order):
        by_role[leaf.role].append(leaf)
    if len(by_role["content"]) != 1:
        raise InputError(f"claim {claim_id} has {len(by_role['content'])} contents", cure="give it one")
    content = by_role["content"][0]
    made = _given(content) | {"id": claim_id, "content": _span(content), "chain": _chain(claim_id, by_role)}
    made["trigger"] = next((_built(leaf) for leaf in by_role["trigger"]), None)
    made |= {name: [_built(leaf) for leaf in by_role[role]] for name, role in LISTS.items()}
    _settle(made["quantities"], by_role)
    try:
        return msgspec.convert(made, Claim, strict=False)
    except msgspec.ValidationError as error:
        raise InputError(f"claim {claim_id}: {error}", cure="correct that fact") from error


def _settle(quantities: list[dict[str, Any]], by_role: Mapping[str, list[Leaf]]) -> None:
    """Give the quantities their nouns, and point those that are part of another at where that one now stands."""
    places = {leaf.path: place for place, leaf in enumerate(by_role["quantity"]) if leaf.path}
    for quantity in quantities:
        if quantity.get("part_of") is not None:
            quantity["part_of"] = places.get(f"quantities.{quantity['part_of']}")
    for leaf in by_role["counted"]:
        owner = places.get(leaf.path.removesuffix(".noun"), len(quantities) - 1 if not leaf.path else None)
        if owner is not None and owner >= 0:
            quantities[owner]["noun"] = _span(leaf)


def _order(leaf: Leaf) -> tuple[int, int, int]:
    found = _NUMBER.search(leaf.path)
    return (int(found[1]) if found else _LAST, leaf.start, leaf.end)


def _built(leaf: Leaf) -> dict[str, Any]:
    return _given(leaf) | _span(leaf)


def _given(leaf: Leaf) -> dict[str, Any]:
    """Return the facts that have a value: a record has its default for the others."""
    return {key: value for key, value in leaf.facts.items() if value is not None}


def _span(leaf: Leaf) -> dict[str, Any]:
    return {"start": leaf.start, "end": leaf.end, "exact": leaf.exact}


def _chain(claim_id: str, by_role: Mapping[str, list[Leaf]]) -> list[dict[str, Any]]:
    """Return the links: one a cue, each with the source and antecedent of its number."""
    links: list[dict[str, Any]] = []
    free = {part: list(by_role[part]) for part in ("source", "antecedent")}
    for cue in by_role["cue"]:
        facts = DEFAULTS["cue"] | _given(cue)
        own = {key: facts.pop(key) for key in ("act", "source_kind", "name") if key in facts}
        link: dict[str, Any] = own | {"source": None, "cue": _built(cue._replace(facts=facts))}
        for part, waiting in free.items():
            # a known cue has the source of its own number; a new one takes the first that belongs to none
            path = cue.path.replace(".cue", f".{part}")
            mine = next((leaf for leaf in waiting if leaf.path == path), None)
            if mine is None and part == "source":
                mine = next((leaf for leaf in waiting if not leaf.path), None)
            if mine:
                waiting.remove(mine)
                link[part] = _built(mine)
        links.append(link)
    if free["source"]:
        lone = free["source"][0]
        raise InputError(
            f"claim {claim_id}: the source {lone.exact!r} has no cue", cure="mark the words that show that it speaks"
        )
    return links


def role_of(path: str) -> str:
    """Return the role of the leaf that stands at a path.

    >>> role_of("chain.0.cue"), role_of("places.3"), role_of("quantities.0.noun")
    ('cue', 'place', 'counted')
    """
    first, _, last = path.partition(".")
    if first == "chain":
        return last.partition(".")[2]
    return "counted" if last.endswith(".noun") else LISTS.get(first, first)


def list_of(role: str) -> str | None:
    """Return the name of the claim's list that leaves of a role are in, None where there is none."""
    return _LIST_OF.get(role)
