"""Sources in a language without a parser: the surface order of verb, source and content, by lexicons and punctuation alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens
from reportedly.records import Act
from reportedly.rules import Entry
from reportedly.text import fold


def attributions(context: Context) -> Iterator[Attribution]:
    """Yield verb-first sayings ('قال المصدر إن ...') and prepositions ('بحسب مصادر محلية'), in text order."""
    before: list[Attribution] = []
    for first, last, entry in context.entries("speech_verbs"):
        if made := _verb(context, first, last, entry, before):
            before.append(made)
            yield made
    for first, last, entry in context.entries("speech_prepositions"):
        if made := _preposition(context, first, last, entry):
            yield made


@dataclass(frozen=True)
class Openers:
    """What may open a content behind a verb: the language's words, the verb's own prepositions, a noun of happening."""

    words: frozenset[str]
    governed: frozenset[str]
    direct: bool


def _openers(context: Context, entry: Entry) -> Openers:
    settings = context.lang.settings["sources"]
    own = entry.get("on").split(",") if entry.get("on") else []
    governed = frozenset(fold(word, context.lang.tokenization) for word in own)
    return Openers(frozenset(settings.get("openers", [])), governed, entry.get("np") == "1")


def _verb(context: Context, first: int, last: int, entry: Entry, before: list[Attribution]) -> Attribution | None:
    """Read verb, source up to the content's opener (or a comma, a mark, a preposition of the verb's own), then the content."""
    limit = context.body(first)[1]
    source_end, start = _opener(context, last, limit, _openers(context, entry))
    if start is None:
        return None
    source = context.trim((last, source_end)) if source_end > last else None
    inferred = ""
    if source is None or source[1] <= source[0] or source[1] - source[0] > 14:
        source, inferred = _carried(context, first, before)
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


def _opener(context: Context, last: int, limit: int, openers: Openers) -> tuple[int, int | None]:
    """Return where the source ends and the content starts."""
    text = context.text
    for i in range(last, min(limit, last + 26)):
        word, norm = text.words[i], text.norms[i]
        if norm in openers.words:
            return i, i
        if norm in openers.governed and i > last:
            return i, i
        if word in '«“"' and i > last and context.quote(i + 1) is not None and (i + 1 < limit):
            quote = context.quote(i + 1)
            if quote and quote.last - quote.first > 3:
                return i, i
        if openers.direct and i > last + 1 and _starts_deed(context, i):
            return i, i
        if (openers.direct or openers.governed) and word in COMMAS and (close := _bracket_end(context, i, limit)):
            # 'أفاد مصدر أمني، اليوم الثلاثاء، بارتفاع ...': the date is bracketed, the content follows.
            return i, close
    return last, None


COMMAS = frozenset("،,")
LONGEST_BRACKET = 5


def _bracket_end(context: Context, comma: int, limit: int) -> int | None:
    """Return the token behind the second of two commas with few words between, or None."""
    words = context.text.words
    second = next((i for i in range(comma + 2, min(limit, comma + LONGEST_BRACKET + 2)) if words[i] in COMMAS), None)
    return second + 1 if second is not None and second + 1 < limit else None


def _starts_deed(context: Context, i: int) -> bool:
    """Return whether a noun of happening starts at ``i`` ('مقتل', 'استهداف')."""
    return context.lang.lexicon("trigger_noun").match(context.text, i) is not None


def _content_end(context: Context, start: int, limit: int) -> int:
    """Return where the content ends: before a coordinated or participial verb of saying behind a comma, or at the sentence's end."""
    text = context.text
    lexicon = context.lang.lexicon("speech_verbs")
    joins = context.lang.settings["sources"].get("joins", [])
    for i in range(start + 1, limit):
        if text.words[i] in "،," and i + 1 < limit and context.text.quote_of[i] < 0:
            nxt = i + 1
            while nxt < limit and text.norms[nxt] in joins:
                nxt += 1
            if nxt < limit and lexicon.match(text, nxt):
                return i
    return limit


def _carried(context: Context, first: int, before: list[Attribution]) -> tuple[Tokens | None, str]:
    """Return the source of the saying before in the paragraph, where a verb names none of its own ('وأضاف أن', 'لافتاً إلى أن')."""
    paragraph = context.text.paragraph_of[first]
    near = [a for a in before if a.source and context.text.paragraph_of[a.anchor] == paragraph]
    return (near[-1].source, "the source of the saying before") if near else (None, "")


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
