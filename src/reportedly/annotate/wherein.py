"""Who did the deed in which somebody is told to have died, where no parse tells: 'قتل مدنيان في غارة للتحالف', 'جراء قصف قوات الدعم'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.annotate.entities import DOERS, GROUPS

if TYPE_CHECKING:
    from reportedly.annotate.order import Stage
    from reportedly.rules import Entry

# So far behind the words for the killing the deed may stand; so many tokens from its preposition, and so many on to whose it is.
FAR, NEAR, OWNER_WITHIN = 16, 3, 4
# So far before a noun the verb of suffering may stand, and its subject before that.
BEHIND, BEFORE = 14, 4
# Those who fall in a deed, and what a noun for a deed may tell that is none but its outcome.
HARMED = frozenset(("killed", "injured", "casualties"))
OUTCOMES = frozenset(("death", "injury", "casualties", "corpse", "killing", "losses"))


def within(stage: Stage) -> list[int]:
    """Return who did the deed that a word such as 'in' or 'owing to' names behind the trigger; nobody where it is not said whose it is."""
    trigger = stage.trigger
    told = trigger.sense in OUTCOMES or trigger.counts in HARMED
    high = min(stage.bounds[1], trigger.last + FAR)
    for i in range(trigger.last, high if told and trigger.type == "ASSAULT" else trigger.last):
        if i in stage.others or stage.at(i, "that") or stage.at(i, "who"):
            break
        if (end := stage.at(i, "within")) and (found := _of_deed(stage, end)):
            return found
    return []


def _of_deed(stage: Stage, start: int) -> list[int]:
    """Return whose the deed is that stands at ``start`` or right behind a number."""
    deeds = stage.lang.lexicon("trigger_noun")
    for i in range(start, min(start + NEAR, stage.bounds[1])):
        found = deeds.match(stage.text, i)
        if found is not None:
            return _owner(stage, *found) if found[1].get("type") == "ASSAULT" else []
        if stage.at(i, "prepositions"):
            break
    return []


def _owner(stage: Stage, at: int, deed: Entry) -> list[int]:
    """Return who stands right behind a deed or is tied to it by 'of', of a fight by 'with'; none behind a noun for a deed to somebody."""
    if deed.get("as") in OUTCOMES or stage.at(at - 1, "objective"):
        return []
    tied = False
    for i in range(at, min(at + OWNER_WITHIN, stage.bounds[1])):
        number = stage.entities.starts.get(i)
        if number is not None:
            return [number] if stage.kind(number) in GROUPS and stage.usable(number) else []
        tie = stage.at(i, "to") or (deed.get("as") == "clash" and stage.at(i, "with"))
        counted = stage.text.norms[i] in stage.lang.number_words or stage.text.words[i][0].isdigit()
        if counted or (stage.at(i, "prepositions") and not tie) or stage.at(i, "commas") or stage.at(i, "and"):
            return []
        tied = tied or bool(tie)
    return []


def suffered(stage: Stage) -> list[int]:
    """Return whom a verb of suffering has for its subject: 'تعرض موكب المحافظ | لهجوم'."""
    low, _ = stage.bounds
    at = stage.trigger.first - 1
    if not stage.at(at, "to"):
        return []
    for i in range(at - 1, max(low, at - BEHIND) - 1, -1):
        if i in stage.others or stage.text.norms[i] in stage.stops:
            return []
        if stage.at(i, "suffers"):
            inside = [n for n in stage.entities.between(i + 1, at) if stage.usable(n)]
            before = [n for n in stage.entities.between(max(low, i - BEFORE), i) if stage.usable(n)]
            return inside[:1] or before[-1:]
    return []


def sides(stage: Stage) -> list[int]:
    """Return the two sides of a clash: 'اشتباكات بين الجيش ومسلحين'."""
    high = stage.bounds[1]
    for i in range(stage.trigger.last, min(high, stage.trigger.last + BEHIND)):
        end = stage.at(i, "between")
        if end and stage.trigger.sense == "clash":
            numbers = stage.entities.between(end, min(high, end + BEHIND))
            return [n for n in numbers if stage.kind(n) in DOERS and stage.usable(n)][:2]
        if i in stage.others:
            break
    return []
