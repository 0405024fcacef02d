"""Headlines: a source set off by a colon or brackets."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly import datelines
from reportedly.find.sources import scopes, surface
from reportedly.find.sources.model import Attribution, Context, Tokens, has_words


def headlines(context: Context) -> Iterator[Attribution]:
    """Yield 'UN: Half of Sudan faces hunger', 'Two killed: ministry', '... (élus)': a source set off by a colon or brackets."""
    reach = context.settings.get("colon_reach", 4)
    entries = datelines.clocks(context.text)
    for start, last in context.text.sentences:
        first = _tagged(context, start, last)
        if last - first < 4:
            continue
        yield from _bracketed(context, first, last)
        yield from _introduced(context, first, last)
        if context.text.words[last - 1] in ".!?…؟" and start not in entries and not _ours(context, first, last):
            # Behind the clock of a live page a sentence may be both.
            continue
        colons = [i for i in range(first + 1, last - 1) if _parts(context, i)]
        if context.syntax is None:
            # Without capitals a dash may as well part the towns of a dateline.
            colons = [i for i in colons if context.text.words[i] == ":"]
        if not colons:
            continue
        front, back = colons[0], colons[-1]
        if context.text.words[front] == ":" and front - first <= reach and _source_words(context, first, front):
            yield _colon(context, (first, front), front, (front + 1, last))
        elif last - back - 1 <= 4 and context.text.words[back + 1] != "(" and _source_words(context, back + 1, last):
            yield _colon(context, (back + 1, last), back, _told(context, first, back))


def _ours(context: Context, first: int, last: int) -> bool:
    """Return whether a verb that says 'we' stands right behind the first colon: who stands before it says so."""
    colon = next((i for i in range(first + 1, last - 1) if context.text.words[i] == ":"), None)
    endings = tuple(context.lang.settings.get("order", {}).get("we", ()))
    if colon is None or not endings or not context.text.norms[colon + 1].endswith(endings):
        return False
    return context.lang.lexicon("trigger_verb").match(context.text, colon + 1) is not None


def _tagged(context: Context, first: int, last: int) -> int:
    """Return where a headline starts behind the tag of a live page: 'عاجل | الجيش: ...', 'URGENT | Army: ...'."""
    bars = [i for i in range(first, min(last, first + 4)) if context.text.words[i] == "|"]
    return bars[-1] + 1 if bars else first


def _introduced(context: Context, first: int, last: int) -> Iterator[Attribution]:
    """Yield 'Le maire : « ... »': who, a colon, and nothing but a quotation."""
    colon = next((i for i in range(first + 1, min(last, first + 7)) if context.text.words[i] == ":"), None)
    quote = context.opening.get(colon + 1) if colon is not None else None
    if (
        colon is None
        or quote is None
        or quote.last < context.body(first)[1] - 1
        or not _source_words(context, first, colon)
    ):
        return
    made = _colon(context, (first, colon), colon, (colon + 1, quote.last + quote.closed))
    yield msgspec.structs.replace(made, quoted=True)


def _parts(context: Context, i: int) -> bool:
    """Return whether a colon, or a dash between spaces, parts the headline at token ``i``."""
    word = context.text.words[i]
    loose = word in "-–—" and not context.text.glued(i) and not context.text.glued(i + 1)
    return (word == ":" or loose) and context.quote(i) is None


def _source_words(context: Context, first: int, last: int) -> bool:
    """Return whether the words are a source by themselves: a listed head, no other verb or place."""
    lexicon = context.lang.lexicon("source_nouns")
    heads = [e for i in range(first, last) for _, e in lexicon.matches(context.text, i)]
    if not heads and context.syntax is None and surface.fights(context, first):
        return not any(_verb(context, i) for i in range(first, last))
    return (
        bool(heads)
        and heads[0].get("kind") not in ("never", "document", "toll")
        and not any(context.is_verb(i) or (context.syntax is None and _verb(context, i)) for i in range(first, last))
    )


def _verb(context: Context, i: int) -> bool:
    """Return whether a verb of saying or of a happening starts at token ``i``, by the lexicons."""
    return any(context.lang.lexicon(name).match(context.text, i) for name in ("speech_verbs", "trigger_verb"))


def _bracketed(context: Context, first: int, last: int) -> Iterator[Attribution]:
    opening = next((i for i in range(last - 1, max(first, last - 7), -1) if context.text.words[i] == "("), None)
    if opening is None or context.text.words[last - 1] != ")" or not _source_words(context, opening + 1, last - 1):
        return
    if context.syntax is None and not scopes.tells(context, first, opening):
        return
    attribution = _colon(context, (opening + 1, last - 1), opening, _told(context, first, opening))
    yield msgspec.structs.replace(
        attribution, cue=(opening, last), by=f"{context.lang.code}.source.brackets", frame="brackets"
    )


def _told(context: Context, first: int, end: int) -> Tokens:
    """Return what a headline tells before its source, the heading left out unless it is all there is: 'Blast in Aleppo: local media'."""
    start = scopes.topic_end(context, first)
    return (start, end) if has_words(context.text, start, end) else (first, end)


def _colon(context: Context, source: Tokens, at: int, content: Tokens) -> Attribution:
    return Attribution(
        source=source,
        cue=(at, at + 1),
        content=(context.trim(content),),
        act="assert",
        by=f"{context.lang.code}.source.headline",
        frame="headline",
        anchor=at,
        source_kind=scopes.source_kind(context, source),
    )
