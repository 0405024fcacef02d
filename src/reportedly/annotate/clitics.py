"""Where no parse tells: the pronoun written onto a verb, whether a verb agrees with who is carried over to it, words between two commas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reportedly.annotate.entities import DOERS
from reportedly.annotate.roles import speaker

if TYPE_CHECKING:
    from reportedly.annotate.order import Stage

# So far behind a verb with its object written onto it the subject begins; so far before it may stand what the pronoun points to.
SUBJECT_WITHIN, POINTED_WITHIN = 2, 4
# The longest words between two commas that are stepped over.
LONGEST_ASIDE = 8
# So far behind the verb the word for what is his may stand, who acts between: 'أطلقت جماعة الحوثي | سراح'.
OWNED_WITHIN = 8
# The longest clause that says how somebody came.
DESCRIBED_WITHIN = 5
# Whom a pronoun written onto a verb of a deed means.
PEOPLE = ("civilians", "person", "armed-group", "state-force")
# So far back a clause is looked for whose subject goes on.
CLAUSE = 16


def bare(stage: Stage) -> str | None:
    """Return the verb of the trigger without the pronoun that is its object ('قصفت' of 'قصفته'), None where none is written onto it."""
    trigger = stage.trigger
    if trigger.pos != "verb" or trigger.last - trigger.first != 1 or trigger.frame != "act":
        return None
    norm, verbs = stage.text.norms[trigger.first], stage.lang.lexicon("trigger_verb")
    order = stage.lang.settings["order"]
    left = [norm.removesuffix(p) for p in order.get("pronouns", ()) if norm.endswith(p)]
    # A last letter that is written only where nothing follows: 'قتلوا', 'قتلوهم'.
    tried = (verb + last for verb in left for last in ("", *order.get("unwritten", ())))
    return next((verb for verb in tried if verbs.has(verb)), None)


def of_verb(stage: Stage, carried: Callable[[], list[int]]) -> tuple[list[int], list[int]] | None:
    """Return who did it and to whom where the object is written onto the verb and who did it follows: 'منزل قصفته طائرات إسرائيلية'.

    Or where who did it goes on from the verb before (``carried``).
    """
    if bare(stage) is None:
        return None
    trigger = stage.trigger
    near = stage.entities.between(trigger.last, min(stage.bounds[1], trigger.last + SUBJECT_WITHIN))
    doers = [n for n in near[:1] if stage.kind(n) in DOERS and stage.usable(n)]
    if not doers or any(stage.at(k, "prepositions") for k in range(trigger.last, stage.entities.tokens[doers[0]][0])):
        doers = carried()
        return (doers, _before_joined(stage, doers)) if doers and stage.at(trigger.first - 1, "and") else None
    return doers, _pointed(stage)


def _before_joined(stage: Stage, doers: list[int]) -> list[int]:
    """Return whom a pronoun written onto a second verb means, the object of the verb before: 'اعتقلوا خمسة أشخاص | واقتادوهم'."""
    named = stage.entities.between(max(stage.bounds[0], stage.trigger.first - CLAUSE), stage.trigger.first - 1)
    behind = [n for n in named if stage.entities.tokens[n][0] >= stage.entities.tokens[doers[0]][1] and stage.usable(n)]
    led = (
        n for n in behind if stage.kind(n) in PEOPLE and not stage.at(stage.entities.tokens[n][0] - 1, "prepositions")
    )
    found = next(led, None)
    return [] if found is None or not _points(stage, found) else [found]


def _points(stage: Stage, number: int) -> bool:
    """Return whether the pronoun written onto the verb agrees in number with an entity: 'هم' means several, 'هما' two, 'ه' one."""
    first, norm = stage.entities.tokens[number][0], stage.text.norms[stage.trigger.first]
    word = stage.text.norms[first]
    order = stage.lang.settings["order"]
    two = stage.dual(first) and stage.text.norms[first - 1] not in stage.lang.number_words
    many = word.endswith(tuple(order.get("plural", ()))) or stage.counted(number)
    if norm.endswith(tuple(order.get("two", ()))):
        return two
    return many if norm.endswith(tuple(order.get("several", ()))) else not many


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
    norm = bare(stage) or stage.text.norms[stage.trigger.first]
    first = stage.text.norms[stage.entities.tokens[number][0]]
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
            opening = [n for k in range(i + 1, min(i + 5, end)) if (n := stage.entities.starts.get(k)) is not None]
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


def parted(stage: Stage, behind: list[int]) -> tuple[list[int], list[int]] | None:
    """Return who stands before and who behind a thing of his that is the verb's object: 'أطلقت الشرطة | سراح خمسة جنود'."""
    start = stage.trigger.first
    at = next((i for i in range(start, min(stage.bounds[1], start + OWNED_WITHIN)) if stage.at(i, "owned")), None)
    if at is None:
        return None
    before = [n for n in behind if stage.entities.tokens[n][0] < at and stage.kind(n) in DOERS]
    return before[:1], [n for n in behind if stage.entities.tokens[n][0] > at][:1]


def before_cleft(stage: Stage, verb: int) -> int:
    """Return where the words begin that set off who acts, right before a verb ('الجيش | هو من قصف السوق'), else the verb's own place."""
    return next((i for i in (verb - 2, verb - 3) if i >= stage.bounds[0] and stage.at(i, "cleft") == verb), verb)


def before_described(stage: Stage, verb: int) -> int:
    """Return where a clause begins that says how those who act came, right before their verb: 'مسلحين | يستقلون دراجة | أطلقوا النار'."""
    for i in range(verb - 1, max(stage.bounds[0], verb - 1 - DESCRIBED_WITHIN), -1):
        if stage.at(i, "described"):
            return i
        if i in stage.others or stage.at(i, "commas") or stage.at(i, "and"):
            break
    return verb


def first_person(stage: Stage) -> bool:
    """Return whether the verb says 'we': 'حزب الله: | استهدفنا موقعا'."""
    endings = tuple(stage.lang.settings["order"].get("we", ()))
    return bool(endings) and stage.text.norms[stage.trigger.first].endswith(endings)


def ourselves(stage: Stage) -> list[int]:
    """Return who speaks, where the verb says 'we'."""
    speaking = speaker(stage.entities, stage.last) if stage.last is not None else []
    return [n for n in speaking if stage.kind(n) in DOERS]


def verbs(stage: Stage, heads: list[int]) -> list[int]:
    """Return those of earlier happenings that a verb tells, where one does: a second verb goes on with a verb, no noun between."""
    known = stage.lang.lexicon("trigger_verb").hits(stage.text)
    return [h for h in heads if h in known] or heads
