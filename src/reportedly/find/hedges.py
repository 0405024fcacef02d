"""How surely: words that lower certainty, from the lexicon and from the conditional of report."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.records import Certainty
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass(frozen=True)
class Doubt:
    """A hedge: its tokens, what it lowers a claim to, what found it; ``over`` where it governs all that follows ('il semble que')."""

    first: int
    last: int
    certainty: Certainty
    by: str
    conditional: bool = False
    over: bool = False


def find(text: Text, syntax: Syntax | None, lang: Language) -> tuple[Doubt, ...]:
    """Return every hedge, sorted by start, the longest where two begin together.

    A conditional form of the language's auxiliaries or verbs ('aurait', 'menaceraient') is a hedge where the language says so
    (``[sources] hearsay_conditional``) and no 'if' governs its sentence.
    """
    found: list[Doubt] = []
    lexicon = lang.lexicon("hedges")
    conditions = _conditions(text, lang)
    i = 0
    while i < len(text):
        match = lexicon.match(text, i)
        if match and not (match[1].get("modal") == "1" and _no_modal(text, syntax, match[0])):
            end, entry = match
            certainty: Certainty = entry.get("cert")  # type: ignore[assignment]
            by = f"{lang.code}.hedge:{entry.lemma}"
            found.append(Doubt(i, end, certainty, by, over=entry.get("over") == "1"))
            i = end
            continue
        if syntax is not None and _conditional(text, syntax, lang, i) and text.sentence_of[i] not in conditions:
            found.append(Doubt(i, i + 1, "possible", f"{lang.code}.hedge.conditional", conditional=True))
        i += 1
    return tuple(found)


def _no_modal(text: Text, syntax: Syntax | None, end: int) -> bool:
    """Return whether no verb follows a word that is a modal only before one: 'in May', 'may | have fled'."""
    last = text.sentences[text.sentence_of[end - 1]][1]
    return syntax is not None and not any(syntax.pos[i] in ("VERB", "AUX") for i in range(end, min(last, end + 4)))


def _conditional(text: Text, syntax: Syntax, lang: Language, i: int) -> bool:
    """Return whether token ``i`` is a conditional that may report hearsay."""
    settings = lang.settings.get("sources", {})
    if settings.get("hearsay_conditional") is not True:
        return False
    ending = text.norms[i].endswith(tuple(settings.get("conditional_endings", ())))
    # The parser takes 'menaceraient' for an imperfect; the endings listed are never one ('tiraient' is: it is not listed).
    return syntax.morph[i].get("Mood") == "Cnd" or (ending and syntax.pos[i] in ("VERB", "AUX"))


def _conditions(text: Text, lang: Language) -> frozenset[int]:
    """Return the sentences in which a condition is put ('si', 's'il')."""
    hits = lang.lexicon("function_words").hits(text).items()
    return frozenset(text.sentence_of[i] for i, found in hits if any(e.get("class") == "if" for _, e in found))
