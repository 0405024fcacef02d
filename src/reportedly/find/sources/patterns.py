"""Sources in a language without a parser: the surface order of verb, source and content, by lexicons and punctuation alone."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens
from reportedly.records import Act
from reportedly.rules import Entry
from reportedly.text import fold


def attributions(context: Context) -> Iterator[Attribution]:
    """Yield verb-first sayings ('قال المصدر إن ...') and prepositions ('بحسب مصادر محلية')."""
    for first, last, entry in context.entries("speech_verbs"):
        if made := _verb(context, first, last, entry):
            yield made
    for first, last, entry in context.entries("speech_prepositions"):
        if made := _preposition(context, first, last, entry):
            yield made


def _opens(context: Context, i: int, guards: list[str]) -> bool:
    return context.text.norms[i] in guards


def _verb(context: Context, first: int, last: int, entry: Entry) -> Attribution | None:
    """Read verb, source up to the content's opener (or a comma, a mark, a preposition of the verb's own), then the content."""
    limit = context.body(first)[1]
    openers = context.lang.settings["sources"].get("openers", [])
    governed = [fold(word, context.lang.tokenization) for word in entry.get("on").split(",")] if entry.get("on") else []
    source_end, start = _opener(context, last, limit, openers, governed, entry)
    if start is None:
        return None
    source = context.trim((last, source_end)) if source_end > last else None
    inferred = ""
    if source is None or source[1] <= source[0] or source[1] - source[0] > 14:
        source, inferred = _carried(context, first)
    content = context.trim((start, _content_end(context, start, limit)))
    if content[1] <= content[0] or (source is None and entry.get("act") != "hearsay"):
        return None
    act: Act = entry.get("act")  # type: ignore[assignment]
    return Attribution(
        source=source,
        cue=(first, last),
        content=(content,),
        act=act,
        by=f"{context.lang.code}.source.verb:{entry.lemma}",
        frame="that",
        anchor=first,
        certainty=entry.get("cert") or CERTAINTY.get(act, "certain"),  # type: ignore[arg-type]
        negative=act == "deny",
        inferred=inferred,
        quoted=context.text.words[content[0]] in '«“"',
    )


def _opener(
    context: Context, last: int, limit: int, openers: list[str], governed: list[str], entry: Entry
) -> tuple[int, int | None]:
    """Return where the source ends and the content starts."""
    text = context.text
    direct = entry.get("np") == "1"
    for i in range(last, min(limit, last + 26)):
        word, norm = text.words[i], text.norms[i]
        if norm in openers:
            return i, i
        if norm in governed and i > last:
            return i, i
        if word in '«“"' and i > last and context.quote(i + 1) is not None and (i + 1 < limit):
            quote = context.quote(i + 1)
            if quote and quote.last - quote.first > 3:
                return i, i
        if direct and i > last + 1 and _starts_deed(context, i):
            return i, i
    return last, None


def _starts_deed(context: Context, i: int) -> bool:
    """Return whether a noun of happening starts at ``i`` ('مقتل', 'استهداف')."""
    return context.lang.lexicon("trigger_nouns").match(context.text, i) is not None


def _content_end(context: Context, start: int, limit: int) -> int:
    """Return where the content ends: before a coordinated or participial verb of saying behind a comma, or at the sentence's end."""
    text = context.text
    lexicon = context.lang.lexicon("speech_verbs")
    for i in range(start + 1, limit):
        if text.words[i] in "،," and i + 1 < limit and context.text.quote_of[i] < 0:
            nxt = i + 1
            while nxt < limit and text.norms[nxt] in ("و", "ف", "فيما", "كما", "بينما"):
                nxt += 1
            if nxt < limit and lexicon.match(text, nxt):
                return i
    return limit


def _carried(context: Context, first: int) -> tuple[Tokens | None, str]:
    return None, ""


def _preposition(context: Context, first: int, last: int, entry: Entry) -> Attribution | None:
    limit = context.body(first)[1]
    end = next((i for i in range(last, limit) if context.text.words[i] in "،,؛:." or context.is_(i, "rel")), limit)
    source = context.trim((last, end))
    if source[1] <= source[0] or source[1] - source[0] > 14:
        return None
    begin = context.sentence(first)[0]
    opens = first <= begin + 1
    content = context.trim((end, limit) if opens else (begin, first))
    if content[1] <= content[0]:
        return None
    act: Act = entry.get("act") or "assert"  # type: ignore[assignment]
    return Attribution(
        source=source,
        cue=(first, last),
        content=(content,),
        act=act,
        by=f"{context.lang.code}.source.preposition:{entry.lemma}",
        frame="preposition",
        anchor=first,
        certainty=CERTAINTY.get(act, "certain"),
    )
