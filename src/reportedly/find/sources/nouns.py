"""Speech nouns ('the claim that') and adjectives of speech ('Le maire est catégorique : ...')."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.find.sources import clauses, making, phrases, scopes
from reportedly.find.sources.making import OPENING
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens
from reportedly.records import Act
from reportedly.rules import Entry


def nouns(context: Context) -> Iterator[Attribution]:
    """Yield speech nouns: 'l'affirmation du gouvernement selon laquelle', 'the government's claim that', 'des rumeurs sur'."""
    for first, last, entry in context.entries("speech_nouns"):
        if not entry.get("act") or context.syntax is None:
            continue
        limit = context.body(first)[1]
        source, start = _noun_source(context, first, last, limit, entry.get("on").split(","))
        at = _noun_content(context, start, entry, behind_agent=source is not None and context.is_(source[0] - 1, "by"))
        if at is None or at >= limit:
            continue
        act: Act = entry.get("act")  # type: ignore[assignment]
        if source is None and act == "assert":
            act = "hearsay"
        if source is None and (entry.get("alone") != "1" or _object_of_saying(context, first)):
            continue
        end = _noun_end(context, first, at, limit)
        yield Attribution(
            source=source,
            cue=(first, last),
            content=(context.trim((at, end)),),
            act=act,
            by=f"{context.lang.code}.source.noun:{entry.lemma}",
            frame="noun",
            anchor=first,
            certainty=CERTAINTY.get(act, "certain"),
            negative=act == "deny",
            source_kind=scopes.source_kind(context, source),
        )


def _object_of_saying(context: Context, first: int) -> bool:
    """Return whether a verb of saying stands right before: 'denied | reports that' is one saying, of who denies."""
    verbs, silence = context.lang.lexicon("speech_verbs"), context.lang.lexicon("silence")
    if first == 0 or not verbs.has(context.text.norms[first - 1]) or not context.is_finite(first - 1):
        return False
    # 'neither confirmed nor denied | reports that': who keeps silent leaves it to the reports.
    near = range(max(0, first - 5), first)
    return not any(end == first for i in near for end, _ in silence.matches(context.text, i))


def _noun_source(context: Context, first: int, last: int, limit: int, opens: list[str]) -> tuple[Tokens | None, int]:
    """Return whose word it is ('du gouvernement', "the government's") and where to look for its content."""
    text = context.text
    owner = first - 1
    if owner > 0 and text.norms[owner] == "'s":
        head = owner - 1
        start = context.syntax.left[head] if context.syntax else head
        return (max(start, context.sentence(first)[0]), owner), last
    of = context.settings.get("of", [])
    agent = context.adverb_end(last, limit)
    if agent < limit and context.is_(agent, "by") and (phrase := phrases.phrase_after(context, agent + 1, limit)):
        # 'l'annonce par l'armée | de la prise': the parse may hang the content on the agent.
        end = next((i for i in range(agent + 3, phrase[1]) if text.norms[i] in of), phrase[1])
        return (phrase[0], end), end
    if last < limit and text.norms[last] in of and text.norms[last] not in opens:
        phrase = phrases.phrase_after(context, last + 1, limit)
        if phrase and not context.is_(phrase[1], "to"):
            kinds = scopes.source_kind(context, phrase) != "unknown" or scopes.is_named(context, phrase, least=1)
            if kinds:
                return phrase, phrase[1]
    return None, last


def _noun_content(context: Context, start: int, entry: Entry, *, behind_agent: bool) -> int | None:
    """Return where the content of a speech noun starts: behind 'selon laquelle', 'que', 'that', 'sur', 'de'."""
    for opener in (
        *context.settings.get("noun_content", []),
        *(context.settings.get("of", []) if behind_agent else ()),
        *(entry.get("on").split(",") if entry.get("on") else []),
    ):
        words = opener.split()
        if context.text.norms[start : start + len(words)] == words:
            return start + len(words)
    return None


def _noun_end(context: Context, noun: int, start: int, limit: int) -> int:
    """Return where it ends: before the verb whose subject the noun is, a comma, or the sentence's end."""
    syntax = context.syntax
    assert syntax is not None
    if not any(context.is_finite(i) for i in range(context.sentence(noun)[0], noun)):
        limit = clauses.main_verb(context, start, limit, opened=int(context.is_(start - 1, "that", "rel")))
    verb = syntax.head[noun]
    right = max(syntax.right[noun] + 1, start + 1)
    if syntax.dep[noun].startswith("nsubj") and start < right <= limit:
        right = min(
            right,
            min(
                (
                    syntax.left[c]
                    for c in (verb, *syntax.children[verb])
                    if c > start and syntax.left[c] >= start and c != noun
                ),
                default=limit,
            ),
        )
        auxiliaries = [c for c in syntax.children[verb] if syntax.dep[c].startswith("aux") and c > start]
        stop = min([verb, *auxiliaries]) if verb > start else limit
        return max(start + 1, min(limit, stop if stop > start else right))
    comma = next((i for i in range(start, limit) if context.text.words[i] == "," and context.quote(i) is None), limit)
    return min(limit, comma)


def adjectives(context: Context) -> Iterator[Attribution]:
    """Yield 'Le maire est catégorique : « ... »': an adjective of speech, a colon, a quotation."""
    for first, last, entry in context.entries("speech_adjectives"):
        low, limit = context.sentence(first)
        j = context.adverb_end(last, limit)
        if j + 1 >= limit or context.text.words[j] != ":":
            continue
        quote = making.quote_opening(context, j + 1) if context.text.words[j + 1] in OPENING else None
        begin = first
        while begin > low and context.is_(begin - 1, "aux", "adv", "copula", "refl", "clitic", "neg"):
            begin -= 1
        head = _described(context, first, begin, low)
        if begin == first or head is None:
            continue
        source = phrases.noun_phrase(context, head, low, begin)
        if quote is None and not _speaks(context, source):
            continue
        end = quote.last + quote.closed if quote else context.body(first)[1]
        act: Act = entry.get("act")  # type: ignore[assignment]
        yield Attribution(
            source=source,
            cue=(begin, last),
            content=((j + 1, end),),
            act=act,
            certainty=CERTAINTY.get(act, "certain"),
            by=f"{context.lang.code}.source.adjective:{entry.lemma}",
            frame="adjective",
            anchor=first,
            source_kind=scopes.source_kind(context, source),
            quoted=quote is not None,
        )


def _described(context: Context, adjective: int, begin: int, low: int) -> int | None:
    """Return the head of whom the adjective describes: the parse's subject, else the nominal before the copula."""
    if context.syntax is None:
        return None
    head = phrases.subject(context, adjective, low)
    return head if head is not None and head < begin else phrases.nominal_before(context, begin, low)


def _speaks(context: Context, source: Tokens) -> bool:
    """Return whether the words name somebody: then a colon introduces what he says, else only what follows."""
    return scopes.is_named(context, (source[0] + 1, source[1]), least=1) or any(
        context.names_somebody(i) or context.is_(i, "pron") for i in range(*source)
    )
