"""Where a sentence is set: the country of the place it opens with, 'Au Nigeria, l'armée', 'In Dakar, police'."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.records import Place
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

# How many tokens a sentence's opening phrases have before its verb or subject, at most.
OPENING = 14
# Between a preposition and its place: 'dans le nord du Nigeria', 'in the Lebanese town of Tyre'.
LEADING = frozenset(("ADP", "DET", "NOUN", "ADJ", "PROPN"))


def countries(text: Text, syntax: Syntax | None, lang: Language, places: Sequence[Place]) -> dict[int, str]:
    """Return for each sentence that opens with a place the country it lies in; nothing where no parse tells what opens it."""
    found: dict[int, str] = {}
    if syntax is None:
        return found
    sources = lang.lexicon("speech_prepositions")
    for place in places:
        at = text.token_at(place.start)
        if at >= text.size or place.country is None or place.relation not in ("in", "near"):
            continue
        sentence = text.sentence_of[at]
        first = _opening(text, text.sentences[sentence][0])
        if at - first > OPENING or syntax.pos[first] != "ADP" or sources.match(text, first):
            continue
        if _leads(text, syntax, first, at):
            found[sentence] = place.country
    return found


def _opening(text: Text, first: int) -> int:
    """Return where a sentence begins behind its dateline."""
    return next((last for start, last in text.datelines if start <= first < last < text.size), first)


def _leads(text: Text, syntax: Syntax, first: int, at: int) -> bool:
    """Return whether tokens ``first`` to ``at`` are phrases of circumstance alone, the last of which holds the place and ends there."""
    if not all(syntax.pos[i] in LEADING or text.words[i] == "," for i in range(first, at)):
        return False
    last = at
    while last + 1 < text.size and syntax.pos[last] in ("PROPN", "NOUN", "ADJ") and text.words[last] != ",":
        last += 1
    return text.words[last] == ","
