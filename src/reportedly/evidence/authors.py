"""Who is said to have done it, side by side: accused, claimed, denied, or named without more ado."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.answers import Authorship
from reportedly.group import names

if TYPE_CHECKING:
    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.records import Event

DEEDS = frozenset({"force", "targeted", "abduct", "sexual", "torture", "seize", "statement"})
# A statement of so many words says who it was; a longer one tells something of him.
SHORT = 6
ORDER = {"accused": 0, "claims": 1, "denied": 2, "named": 3}


def authors(event: Event, collection: Collection) -> tuple[Authorship, ...]:
    """Return who is said to have done the deed, by actor, then accusations, claims of responsibility, denials and the rest.

    One row for each actor, outlet, speaker and way of saying so; of a happening that is no deed of violence there are none.
    """
    rows: dict[tuple[str, str, str, str | None], Authorship] = {}
    told = sorted((collection.told(ref) for ref in event.claims), key=lambda each: each.in_title)
    below: set[tuple[str, str]] = set()
    if not any(each.facts.family in DEEDS - {"statement"} for each in told):
        return ()
    for each in told:
        if each.claim.repeats is not None or each.facts.family not in DEEDS or each.facts.unreal or not _names(each):
            continue
        for entity in each.claim.actors:
            if entity.name and entity.kind != "object" and names.party(entity):
                # a title says what its report says again
                if each.in_title and (each.document.id, entity.name) in below:
                    continue
                below.add((each.document.id, entity.name))
                row = _row(each, entity.name)
                rows.setdefault((row.actor, row.stands, row.speaker, row.publisher), row)
    return tuple(
        sorted(rows.values(), key=lambda row: (row.actor, ORDER[row.stands], row.publisher or "", row.speaker))
    )


def _names(told: Told) -> bool:
    """Return whether a claim says of its actor that he did it or did not: one that doubts it, asks, or only speaks of him, names nobody."""
    acts = {link.act for link in told.claim.chain}
    if told.facts.negative or acts & {"accuse", "announce"}:
        return True
    if told.claim.certainty == "unknown" or acts & {"doubt", "ask", "demand", "show"}:
        return False
    # a statement without a deed ('c'étaient eux') names nobody unless it says that and nothing else
    return told.facts.family != "statement" or len(told.claim.content.exact.split()) <= SHORT


def _row(told: Told, actor: str) -> Authorship:
    acts = {link.act for link in told.claim.chain}
    stands = "named"
    if told.facts.negative:
        stands = "denied"
    elif "accuse" in acts:
        stands = "accused"
    elif told.claim.trigger and (("announce" in acts and _is_himself(told, actor)) or _says_so(told, actor)):
        stands = "claims"
    return Authorship(
        ref=told.ref,
        actor=actor,
        stands=stands,  # type: ignore[arg-type]
        speaker=told.speaker,
        publisher=told.document.publisher.value if told.document.publisher else None,
        certainty=told.claim.certainty,
    )


def _says_so(told: Told, actor: str) -> bool:
    """Return whether the actor says by his own name that he did it ('the group said its fighters had ambushed the convoy')."""
    return bool(told.claim.chain) and told.claim.chain[-1].name == actor and told.claim.chain[-1].act == "assert"


def _is_himself(told: Told, actor: str) -> bool:
    """Return whether the last source of the chain may be the actor or speak for him: named so, or not named otherwise."""
    link = told.claim.chain[-1]
    return link.source is not None and (link.name is None or link.name == actor)
