"""Whether a noun tells a happening, or only points back to one, counts nobody, or stands in a compound."""

from __future__ import annotations

import msgspec

from reportedly.find.triggers.checks import determiner
from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, Spec

# So far behind a noun a word may stand that speaks against its reading.
NEXT = 3
COUNTED = frozenset(("death", "injury", "corpse", "casualties", "losses"))
# Rows that name a happening only behind a word of a class: which class, and within how many tokens.
ONLY = {
    "governed": ("govern", 6),
    "claimed": ("claimed", 6),
    "denied": ("denied", 2),
    "promised": ("promise", 4),
    "threatened": ("threatened", 6),
    "held": ("held", 9),
}


class Noun(msgspec.Struct, frozen=True):
    """A noun row at tokens ``first`` to ``last``, what determines it, and where that stands."""

    item: Item
    first: int
    last: int
    kind: str
    at: int


def noun_fits(context: Context, item: Item, i: int, last: int) -> bool:
    """Return whether a noun names a happening here, and does not only point back to one or stand inside a compound."""
    spec = item.spec
    if not context.allows(i, spec.near, spec.veto) or (spec.number and spec.number not in item.features):
        return False
    if spec.not_behind and context.any(last, min(last + NEXT, context.bounds(i)[1]), spec.not_behind):
        # 'سقوط ثلاث قذائف على المدينة' is no fall of the town.
        return False
    if spec.needs and not context.any(last, min(last + 6, context.bounds(i)[1]), spec.needs):
        return False
    if spec.not_next and context.norm(last) in spec.not_next:
        return False
    if not context.lowered(i) or (len(item.form) == 1 and context.leans_right(i, "compound")):
        return False
    if spec.only:
        return _restricted(context, spec, i, last)
    noun = Noun(item, i, last, *determiner(context, i))
    if noun.kind == "bare" and (
        spec.determined or (not context.data.bare_nouns and not spec.bare and _stranded(context, i))
    ):
        return False
    return _counted(context, noun) if spec.sense in COUNTED and spec.counted else _told(context, noun)


def _restricted(context: Context, spec: Spec, i: int, last: int) -> bool:
    """Hold to rows that name a happening only under a verb of saying or doing, or only as the subject of 'fait dix morts'."""
    low, high = context.bounds(i)
    counting = any("light" in context.classes[j] for j in range(last, min(last + 4, high)))
    if spec.only == "subject":
        return counting
    if spec.only == "told":
        return counting or any("govern" in context.classes[j] for j in range(max(low, i - 4), i))
    wanted, reach = ONLY.get(spec.only, (spec.only, 6))
    return any(wanted in context.classes[j] for j in range(max(low, i - reach), i))


def _counted(context: Context, noun: Noun) -> bool:
    """The dead and the wounded name a happening where they are counted or denied, or where somebody's death is told."""
    data, at = context.data, noun.at
    if (
        data.bare_nouns
        and noun.item.spec.sense == "corpse"
        and context.is_number(min(noun.last, context.text.size - 1))
    ):
        # 'جثث خمسة جنود'
        return True
    if noun.kind == "number":
        return at == noun.first - 1 or (data.bare_nouns and at >= noun.first - 3)
    if noun.kind == "partitive":
        return context.is_number(at - 1) or context.norm(at - 1) in data.set("negators")
    if noun.kind == "indefinite":
        if context.is_number(at) or context.norm(at) in data.set("negators"):
            return True
        return any("light" in context.classes[j] for j in range(max(0, at - 3), at))
    if noun.kind in ("definite", "contracted") and noun.item.spec.sense == "corpse":
        return context.norm(noun.last) in data.set("of") and context.is_number(
            min(noun.last + 1, context.text.size - 1)
        )
    if noun.kind in ("definite", "contracted") and noun.item.spec.sense == "death":
        return context.norm(noun.last) in data.set("of") and "pl" not in noun.item.features
    return False


def _told(context: Context, noun: Noun) -> bool:
    """Return whether a noun of doing tells its happening rather than pointing back to it."""
    data, last = context.data, noun.last
    low, high = context.bounds(noun.first)
    if noun.item.spec.bare:
        return True
    goes_on = any(context.classes[j] & {"light", "occur"} for j in range(last, min(last + 3, high)))
    if goes_on and noun.kind != "demonstrative":
        return True
    governed = any("govern" in context.classes[j] for j in range(max(low, noun.at - 4), noun.at))
    complement = context.norm(last) in data.set("of") | data.set("against") or _qualified(context, last)
    if noun.kind == "demonstrative":
        return governed and not complement
    if noun.kind in ("definite", "contracted"):
        if any(context.norm(j) in data.set("background") for j in range(max(low, noun.at - 3), noun.at)):
            return complement and context.any(last, min(last + 5, high), frozenset(("name",)))
        return governed or complement
    return noun.kind != "partitive" or governed or _partitive(context, noun, low)


def _partitive(context: Context, noun: Noun, low: int) -> bool:
    """Return whether 'de' opens a noun phrase ('de violents combats', 'une série d'attaques') and not a compound ('cri de guerre')."""
    before = noun.at - 1
    if context.is_number(before) or any(
        context.norm(j) in context.data.set("negators") for j in range(before, before - 3, -1)
    ):
        return True
    if context.classes[before] & {"carrier", "light"} or noun.at < noun.first - 1:
        return True
    return context.norm(before) in context.data.set("pure_stops") or noun.at == low


def _qualified(context: Context, last: int) -> bool:
    """Return whether a name or an adjective and then a complement follow: 'l'attaque jihadiste contre'."""
    if last >= context.text.size:
        return False
    if context.is_name(last) and not context.text.glued(last):
        return True
    after = context.norm(last + 1)
    return context.text.words[last][0].isalpha() and (
        after in context.data.set("against") and after not in context.data.set("within")
    )


def _stranded(context: Context, i: int) -> bool:
    """Return whether a word without a determiner follows another word that calls for none: a participle ('photographie prise dans')."""
    low = context.text.sentences[context.text.sentence_of[i]][0]
    if i == low:
        return False
    before, data = context.norm(i - 1), context.data
    if not before[0].isalpha():
        return False
    return not any(
        before in data.set(name)
        for name in ("within", "agent", "join", "of", "stops", "purpose", "background", "prepositions", "against")
    )
