"""Where a clause ends that changes how a happening is put: a relative one, a participle's, a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.find.triggers.contexts import Context

if TYPE_CHECKING:
    from reportedly.find.triggers.moods import Reach

OPENING = frozenset('«“":')
ASKING = ("?", "؟")


def in_relative(context: Context, j: int, low: int) -> bool:
    """Return whether token ``j`` stands in a relative clause that a comma opens."""
    norms = context.text.norms
    comma = next((k for k in range(j, max(low, j - 8), -1) if norms[k] in context.data.commas), None)
    return comma is not None and norms[comma + 1] in context.data.set("relative")


def detached(context: Context, word: tuple[int, int], i: int) -> bool:
    """Return whether a word is a participle whose clause a comma ends before a finite verb: 'Fearing an attack, residents fled'."""
    form = context.syntax.morph[word[0]].get("VerbForm") if context.syntax is not None else None
    opens = word[0] == context.text.sentences[context.text.sentence_of[i]][0]
    return (
        opens
        and form in ("Part", "Ger")
        and any(context.text.norms[j] in context.data.commas for j in range(word[1], i))
    )


def told_as_past(context: Context, last: int, i: int) -> bool:
    """Return whether a relative clause that begins behind token ``last`` tells as past what the verb at ``i`` tells.

    'demanded the release of the nurses who were abducted in May': that they were is not demanded.
    """
    syntax = context.syntax
    if syntax is None or not syntax.is_past(i):
        return False
    tops = [k for k in (i, *syntax.ancestors(i)) if syntax.dep[k] == "acl:relcl"]
    return any(syntax.left[top] >= last and syntax.head[top] >= last for top in tops)


def asked(context: Context, i: int) -> bool:
    """Return whether the sentence asks if it is so: who asks why takes it as given."""
    first, last = context.text.sentences[context.text.sentence_of[i]]
    while last > first and not context.text.words[last - 1][0].isalnum() and context.text.words[last - 1] not in ASKING:
        last -= 1
    asking, whether = context.data.set("asking"), context.data.set("whether")
    if context.text.words[last - 1] not in ASKING:
        return False
    norms = context.text.norms[first:last]
    return any(norm in whether for norm in norms) or not any(norm in asking for norm in norms)


def uncut(reached: list[Reach], i: int) -> tuple[list[Reach], bool]:
    """Return the scope words that reach token ``i``, without those before a word that takes it for granted, and whether there is one.

    'تعهد بمحاسبة المسؤولين عن | قتل المتظاهرين': they were killed.
    """
    cut = max((reach.first for reach in reached if reach.scope.cut and reach.last <= i), default=-1)
    return [reach for reach in reached if reach.first >= cut], cut >= 0


# How far behind a negated verb the word may stand that takes something out of the negation.
EXCEPTED_WITHIN = 5


def excepted(context: Context, i: int) -> bool:
    """Return whether a negated verb says that it happened to these alone: 'لم تخسر سوى أربعة', but not 'إلا أن'."""
    words, openers = context.data.set("excepting"), context.data.set("complementizer")
    behind = range(i + 1, min(i + 1 + EXCEPTED_WITHIN, context.bounds(i)[1] - 1))
    return bool(words) and any(
        context.text.norms[j] in words and context.text.norms[j + 1] not in openers for j in behind
    )


def opens_denying(context: Context, first: int) -> bool:
    """Return whether a word that denies only where it opens a sentence or quotation stands before the verb group: '«ما قصفت قواتنا»'."""
    if first == 0 or context.norm(first - 1) not in context.data.set("opening_negators"):
        return False
    low = context.text.sentences[context.text.sentence_of[first]][0]
    before = first - 2 - (context.norm(first - 2) in context.data.set("join"))
    return before < low or context.text.words[before] in OPENING
