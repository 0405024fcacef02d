"""Words that point back at a toll ('ce bilan', 'either figure', 'هذه الحصيلة'): who gave the last one, wherever in the report."""

from __future__ import annotations

from reportedly.find.sources.model import Attribution, Context, Found, Tokens

# How far back, in sentences, a toll may stand that is spoken of.
FAR = 12
# What a toll counts, and how many tokens from its number the word for it stands.
KINDS = frozenset(("killed", "injured", "casualties", "missing"))
NEAR = 8


def points(context: Context, at: int) -> bool:
    """Return whether words that mean a toll told before start at token ``at``."""
    found = context.function.get(at, ())
    return any(entry.values.get("class") == "pointing" and entry.get("of") == "toll" for _, entry in found)


def given(context: Context, found: Found, before: int) -> tuple[Attribution | None, Tokens] | None:
    """Return who gave the last toll before the sentence of token ``before`` (None: the report itself), with the words for it."""
    number = context.text.sentence_of[before]
    for n in range(number - 1, max(-1, number - FAR - 1), -1):
        first, last = context.body(context.text.sentences[n][0])
        said = [a for a in found.near(first) if a.content and a.frame != "hearsay"]
        for each in sorted(said, key=lambda a: a.anchor):
            if any(_tells(context, *content) for content in each.content):
                return each, each.content[0]
        if first < last and _tells(context, first, last):
            return None, (first, last)
    return None


def _tells(context: Context, first: int, last: int) -> bool:
    """Return whether the tokens hold a number and near it a word for what befell those it counts."""
    text, lexicon = context.text, context.lang.lexicon
    words, counted, cues = lexicon("number_words"), lexicon("counted"), lexicon("quantity_cues")
    for i in range(first, last):
        if not (text.words[i][0].isdigit() or words.match(text, i)):
            continue
        near = range(max(first, i - NEAR), min(last, i + NEAR + 1))
        if any(
            entry.get("kind") in KINDS for j in near for lex in (counted, cues) for _, entry in lex.matches(text, j)
        ):
            return True
    return False
