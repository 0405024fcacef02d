"""Where no parse tells: the pronoun written onto a verb, whether a verb agrees with who is carried over to it, words between two commas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.annotate.entities import DOERS

if TYPE_CHECKING:
    from reportedly.annotate.order import Stage

# So far behind a verb with its object written onto it the subject begins; so far before it may stand what the pronoun points to.
SUBJECT_WITHIN, POINTED_WITHIN = 2, 4
# The longest words between two commas that are stepped over.
LONGEST_ASIDE = 8
# So far behind the word for what is his an entity may stand: 'سراح نحو خمسة وعشرين جنديا'.
FROM_OWNED = 5
# So far back a clause is looked for whose subject goes on.
CLAUSE = 16


def bare(stage: Stage) -> str | None:
    """Return the verb of the trigger without the pronoun that is its object ('قصفت' of 'قصفته'), None where none is written onto it."""
    trigger = stage.trigger
    if trigger.pos != "verb" or trigger.last - trigger.first != 1 or trigger.frame != "act":
        return None
    norm, verbs = stage.text.norms[trigger.first], stage.lang.lexicon("trigger_verb")
    endings = [p for p in stage.lang.settings["order"].get("pronouns", ()) if norm.endswith(p)]
    return next((norm.removesuffix(p) for p in endings if verbs.has(norm.removesuffix(p))), None)


def of_verb(stage: Stage) -> tuple[list[int], list[int]] | None:
    """Return who did it and to whom where the object is written onto the verb and who did it follows: 'منزل قصفته طائرات إسرائيلية'."""
    if bare(stage) is None:
        return None
    trigger = stage.trigger
    near = stage.entities.between(trigger.last, min(stage.bounds[1], trigger.last + SUBJECT_WITHIN))
    doers = [n for n in near[:1] if stage.kind(n) in DOERS and stage.usable(n)]
    if not doers or any(stage.at(k, "prepositions") for k in range(trigger.last, stage.entities.tokens[doers[0]][0])):
        return None
    return doers, _pointed(stage)


def _pointed(stage: Stage) -> list[int]:
    """Return what stands right before the verb, a relative pronoun or auxiliary between: what its object points to."""
    i, low = stage.trigger.first, max(stage.bounds[0], stage.trigger.first - POINTED_WITHIN)
    while i > low:
        number = stage.entities.ends.get(i)
        if number is not None:
            return [number] if stage.usable(number) else []
        norm = stage.text.norms[i - 1]
        if not (stage.at(i - 1, "relative") or norm.startswith(stage.lang.tokenization.articles)):
            return []
        i -= 1
    return []


def agrees(stage: Stage, number: int) -> bool:
    """Return whether the trigger's verb may have an entity named before for its subject: 'انسحب المسلحون وقتل | مدنيان' has another."""
    norm, first = stage.text.norms[stage.trigger.first], stage.text.norms[stage.entities.tokens[number][0]]
    order = stage.lang.settings["order"]
    if stage.trigger.pos != "verb" and not stage.trigger.counts:
        return True
    feminine, plural = order.get("feminine", ()), order.get("plural", ())
    if norm.endswith(tuple(order.get("agreeing", ()))) or norm[:1] in order.get("imperfect", ()):
        return True
    if norm.endswith(tuple(order.get("she", ()))):
        return not first.endswith(tuple(plural))
    nouns = stage.lang.lexicon("actor_nouns")
    return not first.endswith((*feminine, *plural)) and not any(nouns.has(first + ending) for ending in feminine)


def antecedent(stage: Stage) -> list[int]:
    """Return who stands before the relative pronoun right before the verb: 'المسلحين الذين | قتلوا ثلاثة مدنيين'."""
    i = stage.trigger.first - 1
    if not stage.at(i, "who") or bare(stage) is not None:
        return []
    number = stage.entities.ends.get(i)
    fits = number is not None and stage.kind(number) in DOERS and stage.usable(number)
    return [number] if fits and number is not None else []


def behind_that(stage: Stage, low: int, end: int) -> list[int]:
    """Return who stands right behind 'that', as the subject of all that follows: 'إن الجيش رد على النيران | ودمر مركبات'."""
    for i in range(end - 1, max(low, end - CLAUSE), -1):
        if stage.at(i, "commas") or stage.at(i, "said"):
            return []
        if stage.at(i, "that"):
            opening = stage.entities.between(i + 1, min(i + 5, end))
            number = opening[0] if opening and not stage.at(i + 1, "prepositions") else None
            fits = number is not None and stage.kind(number) in DOERS and stage.usable(number) and agrees(stage, number)
            return [number] if fits and number is not None else []
    return []


def goes_on(stage: Stage, number: int) -> bool:
    """Return whether a town or land stands right behind an entity, the object of a verb whose subject it is: 'وهاجم الطيران | القرية'."""
    last = stage.entities.tokens[number][1]
    return any(stage.at(i, "towns") for i in range(last, min(stage.bounds[1], last + 2)))


def aside(stage: Stage, comma: int, high: int) -> int:
    """Return the token behind the second of two commas that hold only a time or who says so ('قتل الجيش، فجر الثلاثاء، مدنيا'), or 0."""
    if not stage.at(comma, "commas"):
        return 0
    second = next((i for i in range(comma + 2, min(high, comma + LONGEST_ASIDE + 1)) if stage.at(i, "commas")), None)
    if second is None or any(i in stage.others for i in range(comma, second)):
        return 0
    said = bool(stage.at(comma + 1, "asides"))
    held = any(i in stage.entities.starts for i in range(comma + 1, second))
    return second + 1 if said or not (held or stage.at(comma + 1, "and")) else 0


def possessed(stage: Stage, number: int) -> bool:
    """Return whether the verb's object is a word that stands right before an entity, as a thing of his: 'أطلقت | سراح خمسة جنود'."""
    first = stage.entities.tokens[number][0]
    return any(stage.at(i, "owned") for i in range(max(stage.trigger.first, first - FROM_OWNED), first))
