"""The words around an amount that say what happened to those counted: 'ont été tués', 'la mort de', 'capturé'."""

from __future__ import annotations

import msgspec

from reportedly.rules import Language, Lexicon
from reportedly.text import Text

# Adverbs and pronouns that may stand between an auxiliary and its participle.
REACH_TO_AUXILIARY = 3
OPENERS = frozenset("«“\"‘'(")


class Cue(msgspec.Struct, frozen=True):
    """A cue: its tokens, what it says, and on which sides of it those counted may stand.

    ``takes_object``: they may be its object (after it); ``takes_subject``: its subject (before it). A ``weak`` cue says it only of
    persons known as such ('perdu deux hommes', not 'perdu deux matches').
    """

    first: int
    last: int
    kind: str
    takes_object: bool
    takes_subject: bool
    by: str
    weak: bool = False


def cues(text: Text, lang: Language) -> list[Cue]:
    """Return the cues of ``text`` in order; of those that start together, the longest."""
    lexicon, words = lang.lexicon("quantity_cues"), lang.lexicon("function_words")
    found: list[Cue] = []
    until = 0
    for i, matches in lexicon.hits(text).items():
        if i < until:
            continue
        longest = matches[0][0]
        until = last = i + longest
        same = [entry for size, entry in matches if size == longest]
        side = same[0].get("side")
        if any(entry.get("act") for entry in same):
            active, passive = _voice(
                {entry.feature for entry in same}, _auxiliary(text, i, words), _object_follows(text, last, lang)
            )
            found.append(Cue(i, last, same[0].get("kind"), active, passive, same[0].by))
        else:
            sides = side in ("before", "both"), side in ("after", "both")
            found.append(Cue(i, last, same[0].get("kind"), *sides, same[0].by, weak=same[0].get("weak") == "1"))
    return found


def _voice(features: set[str], auxiliary: str, object_follows: bool) -> tuple[bool, bool]:  # noqa: FBT001
    """Return whether the verb may be active and whether it may be passive, by its form, its auxiliary and what follows."""
    if "part" not in features:
        return True, False
    if auxiliary:
        return auxiliary == "have", auxiliary == "be"
    # 'gunmen killed two soldiers', 'avoir touché un poste et tué 12 soldats' against 'two soldiers killed in an ambush'.
    return object_follows or "past" in features, not object_follows


def _object_follows(text: Text, i: int, lang: Language) -> bool:
    """Return whether a noun phrase starts at token ``i``, quotation marks aside: a determiner or an amount."""
    while i < text.size and text.words[i] in OPENERS:
        i += 1
    if i >= text.size:
        return False
    if text.norms[i] in lang.settings.get("quantities", {}).get("determiners", ()):
        return True
    amount = lang.lexicon("quantity_bounds").match(text, i) or lang.lexicon("quantity_words").match(text, i)
    return amount is not None or lang.number_at(text, i) is not None


def _auxiliary(text: Text, first: int, words: Lexicon) -> str:
    """Return the auxiliary of the participle at ``first``: 'have', 'be' (also 'been' after 'have'), or '' where there is none."""
    sentence = text.sentences[text.sentence_of[first]][0]
    for i in range(first - 1, max(sentence, first - 1 - REACH_TO_AUXILIARY) - 1, -1):
        if not text.words[i][0].isalpha() and text.words[i][0] not in "-'’":
            return ""
        entry = words.entry(text.norms[i])
        aux = entry.get("aux") if entry and entry.get("class") == "aux" else ""
        if aux in ("have", "be"):
            return str(aux)
    return ""
