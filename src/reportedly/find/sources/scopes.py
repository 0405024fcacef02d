"""How far a clause reaches, what words tell, what kind of source they show."""

from __future__ import annotations

from reportedly.find.sources.model import Context, Tokens
from reportedly.records import SourceKind


def tells(context: Context, start: int, end: int) -> bool:
    """Return whether the words can tell a happening by themselves: a number, a quotation, a noun of happening."""
    happenings = context.lang.lexicon("trigger_noun")
    tolls = context.lang.lexicon("source_nouns")
    return any(
        context.text.words[i] in '«“"'
        or any(entry.get("kind") == "toll" for _, entry in tolls.matches(context.text, i))
        or (context.lang.number_at(context.text, i) and not context.is_(i, "det"))
        or happenings.match(context.text, i)
        for i in range(start, end)
    )


def source_kind(context: Context, tokens: Tokens | None) -> SourceKind:
    """Return what kind of source the words show (docs/sources.md)."""
    if tokens is None:
        return "unknown"
    lexicon = context.lang.lexicon("source_nouns")
    for i in range(*tokens):
        for end, entry in lexicon.matches(context.text, i):
            if end <= tokens[1] and entry.get("kind") not in ("never", "toll"):
                return entry.get("kind")  # type: ignore[return-value]
    return "unknown"


def topic_end(context: Context, first: int) -> int:
    """Return the token after a heading such as 'Syrie :' or 'Guerre en Ukraine :' at the start of a sentence, else ``first``."""
    words = context.text.words
    limit = min(first + 5, context.sentence(first)[1] - 2) if first < len(words) else first
    for i in range(first + 1, limit):
        if words[i] == ":":
            return i + 1
        if not (words[i][0].isupper() or words[i] in "/-" or context.pos(i) in ("ADP", "DET")):
            return first
    return first


def clause_start(context: Context, at: int) -> int:
    """Return where the clause that ends before token ``at`` starts: the sentence's start, or behind a semicolon."""
    first = topic_end(context, context.sentence(at)[0])
    for i in range(at - 1, first, -1):
        if context.text.words[i] == ";" and context.quote(i) is None:
            return i + 1
    return first


def clause_end(context: Context, at: int) -> int:
    """Return where the clause that starts at ``at`` ends: a semicolon, a contrast with its own source, or the sentence's end."""
    last = context.body(at)[1]
    for i in range(at + 1, last):
        if context.text.words[i] == ";" and context.quote(i) is None:
            return i
    return last


def finite(context: Context, start: int, end: int) -> bool:
    """Return whether a finite verb stands between (or a participle, as in headlines)."""
    return context.syntax is None or any(
        context.is_verb(i) and context.form(i) in ("Fin", "Part") for i in range(start, end)
    )


def is_named(context: Context, found: Tokens, *, least: int) -> bool:
    """Return whether at least so many of the words bear a capital."""
    return sum(context.text.words[i][0].isupper() for i in range(*found)) >= least
