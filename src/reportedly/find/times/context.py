"""What resolves a relative expression of time: the anchor, the tense of the clause around it, and the days told before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from reportedly.dates import Interval
from reportedly.rules import Hit, Language
from reportedly.text import Text

# How many tokens around an expression may hold the verb that tells past from future, and the verb of saying it may date.
REACH_BEFORE, REACH_AFTER = 14, 8
SAYING_BEFORE, SAYING_AFTER = 3, 2
CLAUSE_ENDS = frozenset('.;:!?…«»“”"؛؟()')


@dataclass(frozen=True)
class When:
    """What an expression means: an interval (open where ``latest`` is None), or only what it says."""

    earliest: date | None = None
    latest: date | None = None
    anchored: bool = False
    anchor: str | None = None
    granularity: str = "day"
    says: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Found:
    """An expression with its meaning, its tokens, and whether it dates a saying ('a déclaré lundi')."""

    first: int
    last: int
    when: When
    rule: str
    saying: bool


@dataclass
class Context:
    """What resolves a relative expression: the anchor and its origin, the tense around, and the days told before."""

    text: Text
    lang: Language
    anchor: date | None = None
    source: str = ""
    future: bool = False
    at: int = 0
    before: list[Found] = field(default_factory=list)

    def relative(self, interval: Interval | None, *, granularity: str, says: str) -> When:
        """Return the interval as resolved by the anchor, or unanchored where there is none."""
        if self.anchor is None or interval is None:
            return When(granularity=granularity, says=says)
        reason = f"relative to {self.anchor.isoformat()} ({self.source})"
        return When(*interval, anchored=True, anchor=self.source, granularity=granularity, says=says, reason=reason)


_forms: dict[str, tuple[frozenset[str], frozenset[str]]] = {}


def _tense_forms(lang: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the finite future and past forms of all the language's lexicons, by the feature of their paradigm."""
    if lang.sha256 not in _forms:
        forms: dict[str, set[str]] = {"fut": set(), "past": set()}
        for lexicon in lang.lexicons.values():
            for entries in lexicon.index.values():
                for entry in entries:
                    if entry.feature in forms and len(entry.form) == 1:
                        forms[entry.feature].add(entry.form[0])
        _forms[lang.sha256] = frozenset(forms["fut"] - forms["past"]), frozenset(forms["past"])
    return _forms[lang.sha256]


def in_future(text: Text, lang: Language, hit: Hit) -> bool:
    """Return whether the finite verb nearest to the expression, within its clause, is a future one."""
    first, last = text.sentences[text.sentence_of[hit.first]]
    steps = [
        range(hit.first - 1, max(first, hit.first - REACH_BEFORE) - 1, -1),
        range(hit.last, min(last, hit.last + REACH_AFTER)),
    ]
    nearest: tuple[int, bool] = (REACH_BEFORE + 1, False)
    for places in steps:
        for distance, i in enumerate(places, 1):
            if distance >= nearest[0] or text.words[i] in CLAUSE_ENDS:
                break
            tense = _tense(text, lang, i)
            if tense is not None:
                nearest = (distance, tense)
                break
    return nearest[1]


def _tense(text: Text, lang: Language, i: int) -> bool | None:
    """Return True for a future cue at token ``i``, False for a past one, None for neither."""
    found = lang.lexicon("time_tenses").match(text, i)
    if found:
        return found[1].get("class") == "future"
    future, past = _tense_forms(lang)
    return True if text.norms[i] in future else False if text.norms[i] in past else None


def dates_saying(text: Text, lang: Language, hit: Hit) -> bool:
    """Return whether a verb of saying stands right before or after: 'ont indiqué dimanche', 'on Monday accused'."""
    verbs = lang.lexicon("speech_verbs")
    around = [
        *range(max(0, hit.first - SAYING_BEFORE), hit.first),
        *range(hit.last, min(len(text), hit.last + SAYING_AFTER)),
    ]
    sentence = text.sentence_of[hit.first]
    return any(text.sentence_of[i] == sentence and verbs.has(text.norms[i]) for i in around)


def told_day(context: Context) -> When | None:
    """Return the day told before: the nearest in this sentence, else the first event day of the nearest sentence before that has one."""
    days = [f for f in context.before if f.when.granularity == "day"]
    here = context.text.sentence_of[context.at]
    same = [f for f in days if context.text.sentence_of[f.first] == here and not f.saying]
    if same:
        return same[-1].when
    earlier = [f for f in days if not f.saying and f.when.latest is not None]
    if not earlier:
        return None
    sentence = context.text.sentence_of[earlier[-1].first]
    return next(f.when for f in earlier if context.text.sentence_of[f.first] == sentence)
