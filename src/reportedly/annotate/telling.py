"""Who did it where no parse tells and who says so tells of himself, or of whom he accuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.annotate.entities import DOERS, GROUPS
from reportedly.annotate.order import BEFALLS
from reportedly.annotate.roles import speaker
from reportedly.find.sources import Attribution

if TYPE_CHECKING:
    from reportedly.annotate.order import Stage


# So far behind the start of what is said the words may end that say it is the speaker's doing: 'في وقت سابق مسؤوليته عن'.
OPENING = 5


def from_source(stage: Stage) -> list[int]:
    """Return the accused, or the source where it speaks of its own deeds ('نفت القوات قصف السوق', 'توعد بالرد')."""
    last = stage.last
    if last is None:
        return []
    if last.act == "accuse":
        return _accused(stage, last)
    if last.anaphor or (stage.trigger.granted and last.act in ("promise", "threaten")):
        # Who denies what another told is not said to have done it, nor who promises to judge those who did.
        return []
    claims = last.act in ("deny", "promise", "threaten", "announce")
    if (claims or _possessed(stage)) and stage.trigger.frame != "undergo":
        own = claims and (last.act != "announce" or stage.trigger.pos == "verb")
        return [n for n in _speakers(stage, last) if (own and stage.kind(n) in GROUPS) or _announced(stage, last, n)]
    return []


def _speakers(stage: Stage, last: Attribution) -> list[int]:
    """Return who speaks, with those joined to him: 'نفى | الجيش وقوات الدعم السريع'."""
    first, end = last.source or (0, 0)

    def speaks(number: int) -> bool:
        return first <= stage.entities.tokens[number][0] < end and stage.kind(number) in GROUPS

    return stage.widened(speaker(stage.entities, last), fits=speaks)


def _possessed(stage: Stage) -> bool:
    """Return whether the trigger is a noun with a possessive written onto it: 'سيطرته', whose control but the speaker's."""
    endings, norm = tuple(stage.lang.settings["order"].get("pronouns", ())), stage.text.norms[stage.trigger.first]
    return stage.trigger.pos == "noun" and stage.trigger.last == stage.trigger.first + 1 and norm.endswith(endings)


def _announced(stage: Stage, last: Attribution, number: int) -> bool:
    """Return whether fighters announce a deed of their own, its noun right behind them: 'حزب الله يعلن | استهداف تجمع لجنود'."""
    trigger = stage.trigger
    deed = trigger.type == "ASSAULT" and trigger.frame == "act" and trigger.sense not in BEFALLS and not trigger.outcome
    bare = not stage.text.norms[trigger.first].startswith(stage.lang.tokenization.articles)
    near = range(last.first, min(trigger.first, last.first + OPENING))
    opens = trigger.first == last.first or any(stage.at(i, "doing") == trigger.first for i in near)
    opens = opens or (_possessed(stage) and not stage.entities.between(last.first, trigger.first))
    return deed and bare and opens and stage.kind(number) in ("armed-group", "state-force")


def _accused(stage: Stage, last: Attribution) -> list[int]:
    source = last.source or (0, 0)
    between = [
        n
        for n in stage.entities.between(min(last.cue[1], last.first), last.first + 1)
        if not source[0] <= stage.entities.tokens[n][0] < source[1]
    ]
    opening = [n for n in stage.entities.between(last.first, min(last.first + 6, last.last)) if stage.kind(n) in DOERS]
    return between[-1:] or [n for n in opening if stage.entities.tokens[n][0] < stage.trigger.first][:1]
