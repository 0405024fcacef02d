"""Infinitives: what leads one, and which other one it is joined to ('veut reprendre Goma et attaquer Sake')."""

from __future__ import annotations

from reportedly.find.triggers.contexts import Context

# How far before an infinitive another one may stand that it is joined to.
JOINED_WITHIN = 20


def is_one(context: Context, i: int) -> bool:
    """Return whether the parse calls token ``i`` an infinitive."""
    return context.syntax is not None and context.syntax.morph[i].get("VerbForm") == "Inf"


def _before(context: Context, i: int) -> int:
    """Return the token before the infinitive at ``i`` and what stands between it and its preposition ('et de les y attaquer': 'de')."""
    data, norms = context.data, context.text.norms
    j = i - 1
    while j > 0 and (
        norms[j] in data.set("clitics") or norms[j] in data.set("negators") or "filler" in context.classes[j]
    ):
        j -= 1
    return j


def led(context: Context, i: int, lead: frozenset[str]) -> bool:
    """Return whether one of the prepositions leads the infinitive at ``i``."""
    return context.norm(_before(context, i)) in lead


def joined_to(context: Context, first: int) -> int | None:
    """Return the infinitive that the one from ``first`` on is joined to ('veut reprendre Goma et attaquer Sake'), or None."""
    text, data = context.text, context.data
    if context.syntax is None:
        return None
    low = text.sentences[text.sentence_of[first]][0]
    join = _before(context, first)
    if context.norm(join) in data.set("infinitive_leads"):
        join = _before(context, join)
    if join < low or context.norm(join) not in data.set("infinitive_joins"):
        return None
    for j in range(join - 1, max(low, join - JOINED_WITHIN) - 1, -1):
        if text.norms[j] in data.set("pure_stops") and text.words[j] not in "()":
            return None
        if is_one(context, j):
            return j
    return None
