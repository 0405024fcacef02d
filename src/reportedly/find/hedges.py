"""How surely: words that lower certainty, from the lexicon and from the conditional of report."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.records import Certainty
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass(frozen=True)
class Doubt:
    """A hedge: its tokens, what it lowers a claim to, and what found it."""

    first: int
    last: int
    certainty: Certainty
    by: str
    conditional: bool = False


def find(text: Text, syntax: Syntax | None, lang: Language) -> tuple[Doubt, ...]:
    """Return every hedge, sorted by start, the longest where two begin together.

    A conditional form of the language's auxiliaries or verbs ('aurait', 'menaceraient') is a hedge where the language says so
    (``[sources] hearsay_conditional``) and no 'if' governs its sentence.
    """
    found: list[Doubt] = []
    lexicon = lang.lexicon("hedges")
    i = 0
    while i < len(text):
        match = lexicon.match(text, i)
        if match:
            end, entry = match
            found.append(Doubt(i, end, entry.get("cert"), f"{lang.code}.hedge:{entry.lemma}"))  # type: ignore[arg-type]
            i = end
            continue
        if syntax is not None and _conditional(text, syntax, lang, i):
            found.append(Doubt(i, i + 1, "possible", f"{lang.code}.hedge.conditional", conditional=True))
        i += 1
    return tuple(found)


def _conditional(text: Text, syntax: Syntax, lang: Language, i: int) -> bool:
    settings = lang.settings.get("sources", {})
    if settings.get("hearsay_conditional") is not True:
        return False
    ending = text.norms[i].endswith(tuple(settings.get("conditional_endings", ())))
    # The parser takes 'menaceraient' for an imperfect; the endings listed are never one ('tiraient' is: it is not listed).
    if syntax.morph[i].get("Mood") != "Cnd" and not (ending and syntax.pos[i] in ("VERB", "AUX")):
        return False
    first, last = text.sentences[text.sentence_of[i]]
    conditions = _conditions(lang)
    return not any(text.norms[j] in conditions for j in range(first, last))


def _conditions(lang: Language) -> frozenset[str]:
    """Return the words that open a condition ('si'); the elided form is a reflexive far more often."""
    words = lang.lexicon("function_words").index
    return frozenset(e.form[0] for entries in words.values() for e in entries if e.get("class") == "if" and e.form[0] != "s'")
