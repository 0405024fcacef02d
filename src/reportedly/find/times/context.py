"""What resolves a relative expression of time: the anchor, the tense of the clause around it, and the days told before it."""

from __future__ import annotations

from datetime import date

import msgspec

from reportedly.dates import Interval
from reportedly.rules import Hit, Language
from reportedly.text import Text

# How many tokens around an expression may hold the verb that tells past from future, and the verb of saying it may date.
REACH_BEFORE, REACH_AFTER = 14, 8
SAYING_BEFORE, SAYING_AFTER = 3, 2
# What a comma or a conjunction between an expression and its verb weighs, in tokens.
COMMA = 5
REACH_AUXILIARY = 3
# How many expressions back the day told before may stand.
REACH_TOLD = 40
CLAUSE_ENDS = frozenset('.;:!?…«»“”"؛؟()')


class When(msgspec.Struct, frozen=True):
    """What an expression means: an interval (open where ``latest`` is None), or only what it says."""

    earliest: date | None = None
    latest: date | None = None
    anchored: bool = False
    anchor: str | None = None
    granularity: str = "day"
    says: str = ""
    reason: str = ""


class Found(msgspec.Struct, frozen=True):
    """An expression with its meaning, its tokens, and whether it dates a saying ('a déclaré lundi')."""

    first: int
    last: int
    when: When
    rule: str
    saying: bool


class Context(msgspec.Struct):
    """What resolves a relative expression: the anchor and its origin, the tense around, and the days told before."""

    text: Text
    lang: Language
    anchor: date | None = None
    source: str = ""
    tense: bool | None = None
    at: int = 0
    before: list[Found] = []

    @property
    def future(self) -> bool:
        """Return whether the clause speaks of what lies ahead."""
        return self.tense is True

    def relative(self, interval: Interval | None, *, granularity: str, says: str) -> When:
        """Return the interval as resolved by the anchor, or unanchored where there is none."""
        if self.anchor is None or interval is None:
            return When(granularity=granularity, says=says)
        reason = f"relative to {self.anchor.isoformat()} ({self.source})"
        return When(*interval, anchored=True, anchor=self.source, granularity=granularity, says=says, reason=reason)


_forms: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}


def _tense_forms(lang: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the finite future and past forms and the participles of all the language's lexicons, by the feature of their paradigm."""
    if lang.sha256 not in _forms:
        forms: dict[str, set[str]] = {"fut": set(), "past": set(), "part": set()}
        for lexicon in lang.lexicons.values():
            for entries in lexicon.index.values():
                for entry in entries:
                    if entry.feature in forms and len(entry.form) == 1:
                        forms[entry.feature].add(entry.form[0])
        past = frozenset(forms["past"])
        _forms[lang.sha256] = frozenset(forms["fut"] - past), past, frozenset(forms["part"] - past)
    return _forms[lang.sha256]


def tense_around(text: Text, lang: Language, hit: Hit) -> bool | None:
    """Return whether the verb nearest to the expression, within its clause, is a future one; None where no verb tells.

    A comma or a conjunction between counts as distance; of two verbs as near, the one before decides.
    """
    first, last = text.sentences[text.sentence_of[hit.first]]
    back = range(hit.first - 1, max(first, hit.first - REACH_BEFORE) - 1, -1)
    ahead = range(hit.last, min(last, hit.last + REACH_AFTER))
    found = [near for places in (back, ahead) if (near := _nearest(text, lang, places))]
    return min(found, key=lambda near: near[0])[1] if found else None


def _nearest(text: Text, lang: Language, places: range) -> tuple[int, bool] | None:
    """Return how far the first verb among ``places`` is, and whether it is a future one."""
    distance, breaks = 0, lang.settings.get("times", {}).get("breaks", ())
    tenses, (future, past, participles) = lang.lexicon("time_tenses").hits(text), _tense_forms(lang)
    for i in places:
        norm = text.norms[i]
        distance += COMMA if norm in breaks else 1
        if norm in CLAUSE_ENDS:
            return None
        if i not in tenses and norm not in future and norm not in past and norm not in participles:
            continue
        tense = _tense(text, lang, i)
        if tense is not None:
            return distance, tense
    return None


def _tense(text: Text, lang: Language, i: int) -> bool | None:
    """Return True for a future cue at token ``i``, False for a past one, None for neither.

    A participle is past unless a future auxiliary stands before it ('sera inhumé').
    """
    found = lang.lexicon("time_tenses").match(text, i)
    if found:
        month = found[0] == i + 1 and text.capitals[i] and text.sentences[text.sentence_of[i]][0] != i
        # 'in May' speaks of a month, not of what may be.
        return None if month and lang.lexicon("months").has(text.norms[i]) else found[1].get("class") == "future"
    future, past, participles = _tense_forms(lang)
    norm = text.norms[i]
    if norm in future or norm in past:
        return norm in future
    if norm not in participles:
        return None
    auxiliaries = (lang.lexicon("time_tenses").match(text, k) for k in range(max(0, i - REACH_AUXILIARY), i))
    return any(a is not None and a[1].get("class") == "future" for a in auxiliaries)


def dates_saying(text: Text, lang: Language, hit: Hit) -> bool:
    """Return whether a verb of saying stands right before or after: 'ont indiqué dimanche', 'on Monday accused'."""
    verbs = lang.lexicon("speech_verbs")
    around = [
        *range(max(0, hit.first - SAYING_BEFORE), hit.first),
        *range(hit.last, min(text.size, hit.last + SAYING_AFTER)),
    ]
    sentence = text.sentence_of[hit.first]
    entries = (verbs.entry(text.norms[i]) for i in around if text.sentence_of[i] == sentence)
    return any(entry is not None and not entry.get("weak") for entry in entries)


def told_day(context: Context) -> When | None:
    """Return the day told before: the nearest in this sentence, else the first event day of the nearest sentence before that has one."""
    days = [f for f in context.before[-REACH_TOLD:] if f.when.granularity == "day"]
    here = context.text.sentence_of[context.at]
    same = [f for f in days if context.text.sentence_of[f.first] == here and not f.saying]
    if same:
        return same[-1].when
    earlier = [f for f in days if not f.saying and f.when.latest is not None]
    if not earlier:
        return None
    sentence = context.text.sentence_of[earlier[-1].first]
    return next(f.when for f in earlier if context.text.sentence_of[f.first] == sentence)
