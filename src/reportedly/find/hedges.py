"""How surely: words that lower certainty, from the lexicon and from the conditional of report."""

from __future__ import annotations

import msgspec

from reportedly.records import Certainty
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


class Doubt(msgspec.Struct, frozen=True):
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
    listed = lang.lexicon("hedges").hits(text)
    conditional = _conditionals(text, syntax, lang)
    conditions = _conditions(text, lang) if conditional else frozenset()
    until = 0
    for i in sorted({*listed, *conditional}):
        if i < until:
            continue
        match = listed[i][0] if i in listed else None
        if match and (initials := match[1].get("before")) and not _opens_so(text, i, i + match[0], initials, lang):
            continue
        if match and not (
            match[1].get("modal") == "1" and (_month(text, lang, i) or _no_modal(text, syntax, i + match[0]))
        ):
            until, entry = i + match[0], match[1]
            certainty: Certainty = entry.get("cert")  # type: ignore[assignment]
            by = f"{lang.code}.hedge:{entry.lemma}"
            found.append(Doubt(i, until, certainty, by, over=entry.get("over") == "1"))
        elif i in conditional and text.sentence_of[i] not in conditions:
            found.append(Doubt(i, i + 1, "possible", f"{lang.code}.hedge.conditional", conditional=True))
    return tuple(found)


def _opens_so(text: Text, first: int, end: int, initials: str, lang: Language) -> bool:
    """Return whether the word behind opens with one of the letters and is no verb of the past: 'قد يقصف', not 'قد قصف', 'كان قد تقدم'."""
    words = lang.settings.get("hedges", {})
    if first and text.norms[first - 1] in words.get("past", ()):
        return False
    if end < text.size and text.norms[end] in words.get("negators", ()):
        end += 1
    if end >= text.size or not text.norms[end].startswith(tuple(initials.split(","))):
        return False
    found = [e for name in ("trigger_verb", "speech_verbs") for e in lang.lexicon(name).index.get(text.norms[end], ())]
    past = bool(found) and all("past" in e.feature for e in found if len(e.form) == 1)
    return not past and not text.norms[end].endswith(tuple(words.get("past_endings", ())) or ("\0",))


def _month(text: Text, lang: Language, i: int) -> bool:
    """Return whether a modal's form is the month here: a capital where no sentence begins ('withdrew in May')."""
    opens = text.sentences[text.sentence_of[i]][0] == i
    return text.capitals[i] and not opens and lang.lexicon("months").has(text.norms[i])


def _no_modal(text: Text, syntax: Syntax | None, end: int) -> bool:
    """Return whether no verb follows a word that is a modal only before one: 'in May', 'may | have fled'."""
    last = text.sentences[text.sentence_of[end - 1]][1]
    return syntax is not None and not any(syntax.pos[i] in ("VERB", "AUX") for i in range(end, min(last, end + 4)))


def _conditionals(text: Text, syntax: Syntax | None, lang: Language) -> set[int]:
    """Return the tokens that are a conditional that may report hearsay."""
    settings = lang.settings.get("sources", {})
    if syntax is None or settings.get("hearsay_conditional") is not True:
        return set()
    endings = tuple(settings.get("conditional_endings", ()))
    found = {i for i, morph in enumerate(syntax.morph) if morph.get("Mood") == "Cnd"}
    # The parser takes 'menaceraient' for an imperfect; the endings listed are never one ('tiraient' is: it is not listed).
    ending = (i for i, norm in enumerate(text.norms) if norm.endswith(endings))
    return found | {i for i in ending if syntax.pos[i] in ("VERB", "AUX")}


def _conditions(text: Text, lang: Language) -> frozenset[int]:
    """Return the sentences in which a condition is put ('si', 's'il')."""
    hits = lang.lexicon("function_words").hits(text).items()
    return frozenset(text.sentence_of[i] for i, found in hits for _, e in found if e.values.get("class") == "if")
