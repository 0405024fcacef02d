"""Prepositions that introduce who says: 'selon X', 'd'après X', 'according to X', with the clause they speak for."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.find.sources import phrases, scopes
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens
from reportedly.records import Act
from reportedly.rules import Entry


def prepositions(context: Context) -> Iterator[Attribution]:
    """Yield 'selon X', 'd'après X', 'according to X' with the clause on the side the punctuation points to."""
    for first, last, entry in context.entries("speech_prepositions"):
        if last >= context.text.size or context.is_(last, "rel", "that"):
            continue
        if entry.get("source") == "self":
            start = next(
                (i for i in range(first, last) if context.lang.lexicon("source_nouns").has(context.text.norms[i])),
                last - 1,
            )
            found = phrases.phrase_after(context, start, context.body(first)[1])
        else:
            found = phrases.phrase_after(context, last, context.sentence(first)[1])
        if found is None or entry.get("guard") == "none" or not _is_source(context, found, entry, first):
            continue
        if entry.get("source") == "self" and (
            context.pos(first - 1) in ("ADP", "NOUN", "ADJ") or context.form(first - 1) == "Inf"
        ):
            continue
        found = _to_comma(context, found, first)
        content = _side(context, first, found[1])
        if content is None or content[0] >= content[1]:
            continue
        parts = _around(context, content, first, found[1])
        act: Act = entry.get("act")  # type: ignore[assignment]
        yield Attribution(
            source=found,
            cue=(first, last),
            content=parts,
            act=act,
            by=f"{context.lang.code}.source.preposition:{entry.lemma}",
            frame="preposition",
            anchor=first,
            certainty=CERTAINTY.get(act, "certain"),
            source_kind=scopes.source_kind(context, found),
        )


def _is_source(context: Context, found: Tokens, entry: Entry, first: int) -> bool:
    """Return whether the words after the preposition can say something: no measure or manner, and what the entry's guard asks."""
    kinds = context.kinds(*found)
    head_kinds = kinds[:1]
    guard = entry.get("guard")
    start_of_clause = (
        first == context.sentence(first)[0]
        or context.text.words[first - 1] in ",;:("
        or context.pos(first - 1) in ("CCONJ", "ADV")
    )
    if "never" in head_kinds:
        return False
    if guard == "person":
        return (
            start_of_clause
            and _comma_after(context, found[1])
            and (bool(kinds) or scopes.is_named(context, found, least=2))
        )
    if guard == "named":
        return start_of_clause and (bool(kinds) or scopes.is_named(context, found, least=1))
    if guard == "quote":
        return (
            start_of_clause
            and bool(kinds)
            and _comma_after(context, found[1])
            and context.text.words[min(found[1] + 1, context.text.size - 1)] in '«“"'
        )
    if (
        not kinds
        and not scopes.is_named(context, found, least=1)
        and context.pos(found[0]) != "PRON"
        and not _is_pronoun(context, found)
    ):
        # 'selon son programme' is a source, 'selon leur âge' is not: an unlisted head counts only as a clause's own frame.
        return start_of_clause or (found[1] >= context.body(first)[1] and context.text.words[first - 1] == ",")
    return True


def _to_comma(context: Context, found: Tokens, first: int) -> Tokens:
    """Return the source grown to the comma behind it where only a participle's phrase stands between, at the head of a sentence."""
    last = context.sentence(first)[1]
    if first != context.sentence(first)[0] or found[1] >= last or context.text.words[found[1]] == ",":
        return found
    if context.pos(found[1]) != "ADP" and context.form(found[1]) != "Part":
        return found
    comma = next((i for i in range(found[1], min(last, found[1] + 20)) if context.text.words[i] == ","), None)
    return found if comma is None or any(context.is_finite(i) for i in range(found[1], comma)) else (found[0], comma)


def _is_pronoun(context: Context, found: Tokens) -> bool:
    return found[1] - found[0] <= 2 and context.is_(found[0], "pron")


def _comma_after(context: Context, i: int) -> bool:
    return i < context.text.size and context.text.words[i] == ","


def _side(context: Context, first: int, last: int) -> Tokens | None:
    """Return the clause the source speaks for: to the right of one that opens a clause, else to the left."""
    text = context.text
    start, end = scopes.clause_start(context, first), scopes.clause_end(context, last) if last < text.size else last
    begin = context.sentence(first)[0]
    opens = (
        first <= start
        or text.words[first - 1] in ";:"
        or context.pos(first - 1) in ("CCONJ", "SCONJ")
        or _only_adverbs(context, start, first)
    )
    if opens:
        after = last
        while after < end and text.words[after] == ",":
            after += 1
        after = _behind_relative(context, last, after, end)
        return (after, _contrast(context, after, end))
    if text.words[first - 1] == "," and context.is_(first - 2, "rel") and last < end and text.words[last] == ",":
        # 'un hôpital qui, selon l'armée, abritait des combattants'
        return (first - 2, end)
    relative = _relative_around(context, start, first)
    if relative is not None and last < end and text.words[last] != ",":
        return (relative, end)
    if last < end and text.words[last] == "," and not scopes.finite(context, start, first):
        return (start, end)
    if last < end and text.words[last] == "," and text.words[first - 1] == "," and _own_clause(context, last + 1, end):
        return (last + 1, _contrast(context, last + 1, end))
    if last < end and text.words[last] == "," and text.words[first - 1] == "," and not _is_aside(context, last + 1):
        # 'Il s'agit, selon lui, d'une violation': what the source interrupts goes on.
        return (start, end)
    left = first - 1 if text.words[first - 1] in ",(" else first
    return (max(start, begin), left)


def _is_aside(context: Context, i: int) -> bool:
    """Return whether a relative, a contrast, a participle or a citation starts at ``i``: it belongs to who says, not to what is said."""
    return i in context.cites or context.is_(i, "rel", "contrast") or context.form(i) in ("Part", "Ger")


def _relative_around(context: Context, start: int, first: int) -> int | None:
    """Return the relative pronoun whose clause a preposition without commas stands in: ', qui porte selon X la marque de Y'."""
    for i in range(first - 1, start, -1):
        if context.text.words[i] in ",;":
            return None
        if context.is_(i, "rel") and not context.is_(i, "that") and context.text.words[i - 1] == ",":
            return i
    return None


def _behind_relative(context: Context, last: int, after: int, end: int) -> int:
    """Step over a participle set off by commas behind the source: 'D'après l'oncle, interrogé par ce journal, un tireur ...'."""
    text = context.text
    if (
        after < end
        and text.words[last] == ","
        and (after in context.cites or context.is_(after, "rel") or context.pos(after) in ("VERB", "ADP", "AUX"))
    ):
        close = next((i for i in range(after, min(end, after + 14)) if text.words[i] == ","), None)
        if (
            close is not None
            and scopes.finite(context, close, end)
            and (context.pos(after) != "VERB" or after in context.cites or _is_participle(context, after))
        ):
            return close + 1
    return after


def _is_participle(context: Context, i: int) -> bool:
    return context.syntax is not None and context.form(i) in ("Part", "Ger", None)


def _only_adverbs(context: Context, start: int, first: int) -> bool:
    return all(
        context.pos(i) in ("ADV", "CCONJ", "PUNCT") or context.is_(i, "adv", "contrast") for i in range(start, first)
    )


def _own_clause(context: Context, start: int, end: int) -> bool:
    """Return whether what follows is a clause with its own subject: a verb with a subject, both behind the comma, no relative or 'and'."""
    syntax = context.syntax
    if (
        syntax is None
        or start >= end
        or context.is_(start, "rel", "contrast")
        or context.pos(start) in ("CCONJ", "SCONJ", "VERB", "AUX", "ADP")
    ):
        return False
    return any(
        syntax.dep[i].startswith("nsubj") and start <= i < end and start <= syntax.head[i] < end
        for i in range(start, end)
    )


def _contrast(context: Context, start: int, end: int) -> int:
    """Return the end before ', tandis que l'opposition parle de ...': a contrast with a source of its own."""
    lexicon = context.lang.lexicon("function_words")
    for i in range(start + 1, end):
        if context.text.words[i] == "," and context.quote(i) is None and i + 1 < end:
            contrast = any(entry.get("class") == "contrast" for _, entry in lexicon.matches(context.text, i + 1))
            if contrast and any(
                True for j in range(i + 2, end) for _ in context.lang.lexicon("speech_verbs").matches(context.text, j)
            ):
                return i
    return end


def _around(context: Context, content: Tokens, first: int, last: int) -> tuple[Tokens, ...]:
    """Return the content as segments, the source and its cue left out where they interrupt it."""
    if content[0] < first and content[1] > last:
        return tuple(t for t in (context.trim((content[0], first)), context.trim((last, content[1]))) if t[1] > t[0])
    trimmed = context.trim(content)
    return (trimmed,) if trimmed[1] > trimmed[0] else (content,)
