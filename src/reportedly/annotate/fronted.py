"""Whose deed a participle is that opens a sentence: the subject of the verb behind its comma, wherever the parse hangs either.

'Attaqués à l'aube par le M23, les soldats ont fui', 'Having retaken Sake, the army advanced', 'En visant le convoi, ils ...'.
"""

from __future__ import annotations

from reportedly.annotate.entities import Stage

# So many words may lead to the participle ('En', 'After'), and so many stand between a subject and its verb, or before its noun.
LEADING, BETWEEN = 2, 4


def subject(stage: Stage) -> int | None:
    """Return the entity that the participle opening the trigger's sentence speaks of, or None where none opens it."""
    low, high = stage.sentence
    start = stage.trigger.group
    colon = next(
        (i for i in range(start - 1, max(low, start - LEADING - 1) - 1, -1) if stage.text.words[i] == ":"), None
    )
    low = low if colon is None else colon + 1
    if start - low > LEADING or any(i in stage.entities.cover for i in range(low, start)):
        return None
    if stage.syntax.morph[start].get("VerbForm") not in ("Part", "Ger"):
        return None
    verb = next((i for i in range(stage.trigger.last, high) if _finite(stage, i)), None)
    return _before(stage, verb) if verb is not None else None


def _finite(stage: Stage, token: int) -> bool:
    return stage.syntax.morph[token].get("VerbForm") == "Fin" and stage.syntax.pos[token] in ("VERB", "AUX")


def _before(stage: Stage, verb: int) -> int | None:
    """Return the entity right before a verb, where a comma sets its words off from what stands before."""
    entities, text = stage.entities, stage.text
    for end in range(verb, max(stage.trigger.last, verb - BETWEEN), -1):
        number = entities.ends.get(end)
        if number is not None:
            first = entities.tokens[number][0]
            while first > stage.trigger.last and stage.light(first - 1):
                first -= 1
            return number if text.words[first - 1] == "," and stage.usable(number) else None
        if stage.syntax.pos[end - 1] not in ("PRON", "ADV", "PART", "ADJ"):
            return None
    return None
