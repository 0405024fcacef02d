"""Where a clause ends that changes how a happening is put: a relative one, a participle's, a question."""

from __future__ import annotations

from reportedly.find.triggers.contexts import Context

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


def asked(context: Context, i: int) -> bool:
    """Return whether the sentence asks if it is so: who asks why takes it as given."""
    first, last = context.text.sentences[context.text.sentence_of[i]]
    while last > first and not context.text.words[last - 1][0].isalnum() and context.text.words[last - 1] not in ASKING:
        last -= 1
    asking = context.data.set("asking")
    return context.text.words[last - 1] in ASKING and not any(norm in asking for norm in context.text.norms[first:last])
