"""What passes on or answers what was already told: citations, clefts, refusals to comment, denials that point back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.sources import clauses, phrases, scopes, tolls
from reportedly.find.sources.model import Attribution, Context, Found, Tokens, VerbGroup
from reportedly.records import Act

# A denial that points back answers what stands at most so many sentences before.
FAR = 3
# What may stand behind a verb that has no object: it speaks of what was told before.
ENDS = frozenset(".;!")


def citations(context: Context, found: Found) -> Iterator[Attribution]:
    """Yield who is cited ('citant des observateurs') or who cites ('cité par l'agence'), with the content of whom they stand beside."""
    for first, last, entry in context.entries("citing"):
        opens = first == context.sentence(first)[0] or not context.text.words[first - 1][0].isalnum()
        if context.text.capitals[first] and not opens and not context.text.words[first].isupper():
            # 'une clinique de Cité Soleil' is a name, whatever accents a capital may go without
            continue
        phrase = phrases.phrase_after(context, last, context.sentence(first)[1])
        if phrase is None:
            continue
        host = _host(context, found, first)
        if host is None or (entry.get("needs") and scopes.source_kind(context, phrase) != entry.get("needs")):
            continue
        passive = entry.get("dir") == "passive"
        content = host.content
        yield Attribution(
            source=phrase,
            cue=(first, last),
            content=content,
            act="assert",
            by=f"{context.lang.code}.source.citing:{entry.lemma}",
            frame="cited-by" if passive else "citing",
            anchor=first,
            certainty=host.certainty,
            negative=False,
            source_kind=scopes.source_kind(context, phrase),
            quoted=host.quoted,
        )


def _host(context: Context, found: Found, at: int) -> Attribution | None:
    """Return the attribution a citation belongs to: the one whose source it follows, else the one it stands within, else the nearest."""
    same = [a for a in found.near(at) if context.text.sentence_of[a.anchor] == context.text.sentence_of[at]]
    behind = [a for a in same if a.source and a.source[0] <= at and 0 <= at - a.source[1] <= 3]
    if behind:
        return behind[-1]
    after = [a for a in same if a.source and a.source[0] < at <= a.anchor]
    if after:
        return after[0]
    return min(same, key=lambda a: abs(a.anchor - at), default=None)


def silences(context: Context, found: Found) -> Iterator[Attribution]:
    """Yield refusals to comment ('n'a pas commenté', 'declined to comment'): doubt about what was told just before."""
    if context.syntax is None:
        return
    for first in context.starts["silence"]:
        last, entry = next(context.loose("silence", first), (first, None))
        if entry is None:
            continue
        low = context.sentence(first)[0]
        comment = _commented(context, first, low)
        verb = next((i for i in range(last - 1, first - 1, -1) if context.is_verb(i)), last - 1)
        source = _silent(context, verb, first, comment or low)
        if entry.get("same") == "1":
            # 'a indiqué X, sans confirmer la frappe': the one who has just spoken.
            said = [a for a in found.near(first) if low <= a.anchor < first and a.source]
            source = said[-1].source if said else source
        if source is None:
            continue
        limit = context.body(first)[1]
        limit = next((i for i in range(last, limit) if _closes(context, i) and context.quote(i) is None), limit)
        follows = (
            (last, limit)
            if entry.get("object") == "1" and last < limit and context.text.words[last] not in ",;."
            else None
        )
        if follows is None and last + 1 < limit and context.text.norms[last] in entry.get("on").split(","):
            # 'has not commented on the attack', but not 'on Monday'
            follows = (last + 1, limit) if context.adverb_end(last, limit) == last else None
        told = (low, _comma_before(context, comment)) if comment else _told_before(context, found, low)
        if not comment and (answered := _contrasted(context, found, source[0], low)) is not None:
            told = answered
        toll = tolls.given(context, found, first) if follows and tolls.points(context, follows[0]) else None
        if toll is not None:
            told, follows = toll[1], None
        elif told and follows and context.opens(follows[0], "pointing"):
            follows = None
        content = (context.adverb_end(follows[0], follows[1] - 1), follows[1]) if follows else told
        if content is None:
            continue
        yield Attribution(
            source=source,
            cue=(first, last),
            content=(context.trim(content),),
            act="doubt",
            by=f"{context.lang.code}.source.silence:{entry.lemma}",
            frame="silence",
            anchor=verb,
            certainty="unknown",
            source_kind=scopes.source_kind(context, source),
            anaphor=follows is None,
            inferred="" if follows else "the toll told last" if toll else "no object: what the sentence before tells",
        )


def _closes(context: Context, i: int) -> bool:
    """Return whether what is not confirmed ends before token ``i``: at a comma, or where a contrast opens another verb."""
    if context.text.words[i] in ",;":
        return True
    return context.is_(i, "contrast") and context.pos(i + 1) in ("VERB", "AUX", "ADV")


def _silent(context: Context, verb: int, first: int, low: int) -> Tokens | None:
    """Return who keeps silent: the subject before the refusal that starts at token ``first``."""
    head = phrases.subject(context, verb, low) or phrases.nominal_before(context, first, low)
    return None if head is None or head >= first else phrases.noun_phrase(context, head, low, first)


def _contrasted(context: Context, found: Found, at: int, low: int) -> Tokens | None:
    """Return what somebody else says before the contrast that opens at ``at``: 'The rebels say X, but | the army has yet to comment'."""
    if at - 2 <= low or context.text.words[at - 2] != "," or not context.is_(at - 1, "contrast"):
        return None
    said = [a for a in found.near(at) if low <= a.anchor < at - 2 and a.source]
    return (said[-1].first, min(said[-1].last, at - 2)) if said else None


def _comma_before(context: Context, i: int) -> int:
    return next((k for k in range(i - 1, -1, -1) if context.text.words[k] == ","), i)


def clefts(context: Context) -> Iterator[Attribution]:
    """Yield 'C'est ce qu'a indiqué un colonel': what the sentence before tells is what is said."""
    if context.syntax is None:
        return
    for first, _ in context.text.sentences:
        end = context.opens(first, "cleft")
        if end is None or first == 0:
            continue
        last = context.sentence(first)[1]
        verbs = context.lang.lexicon("speech_verbs")
        at = next((i for i in range(end, min(last, end + 6)) if verbs.match(context.text, i)), None)
        match = verbs.match(context.text, at) if at is not None else None
        source = phrases.inverted(context, match[0], last) if match else None
        if at is None or match is None or source is None:
            continue
        yield Attribution(
            source=source,
            cue=(end, match[0]),
            content=(context.body(first - 1),),
            act=match[1].get("act"),  # type: ignore[arg-type]
            by=f"{context.lang.code}.source.cleft:{match[1].lemma}",
            frame="cleft",
            anchor=at,
            source_kind=scopes.source_kind(context, source),
        )


def words(context: Context) -> Iterator[Attribution]:
    """Yield '« ... » : c'est par ces mots que X a accueilli Y': the quotation before is what X says."""
    if context.syntax is None:
        return
    for i in [i for i, classes in enumerate(context.classes) if "cleft_word" in classes]:
        end = context.opens(i, "words")
        mark = next((k for k in range(i - 1, max(-1, i - 4), -1) if context.text.words[k] not in ",:;–—."), None)
        quote = context.closing.get(mark) if mark is not None else None
        source = phrases.phrase_after(context, end, context.sentence(i)[1]) if end and quote else None
        if source is None or quote is None or end is None:
            continue
        yield Attribution(
            source=source,
            cue=(i, end),
            content=((quote.first - 1, quote.last + 1),),
            act="assert",
            by=f"{context.lang.code}.source.words",
            frame="cleft",
            anchor=i,
            source_kind=scopes.source_kind(context, source),
            quoted=True,
        )


def pointing(context: Context, verbs: list[VerbGroup], found: Found) -> Iterator[Attribution]:
    """Yield denials and confirmations of what was said before: 'le nie', 'rejette ces accusations', 'ce qu'elles avaient démenti'."""
    for group in verbs:
        act = group.entry.get("act")
        if (
            act not in ("deny", "doubt", "assert")
            or group.entry.get("np") not in ("1", "event", "fact", "allegation")
            or group.mood not in ("fin", "part")
        ):
            continue
        if any(a.anchor == group.head for a in found.near(group.head)) or context.syntax is None:
            continue
        first, last = context.sentence(group.head)
        before = _commented(context, group.first, first)
        after = context.adverb_end(group.last, last)
        if group.passive or group.mood == "part":
            yield from _answered(context, group, found)
            continue
        pointed = (
            group.clitic is not None
            or before is not None
            or (after < last and context.opens(after, "pointing") is not None)
            # 'L'opposition affirme que la police a tiré ; la police dément.'
            or (act == "deny" and group.mood == "fin" and (after >= last or context.text.words[after] in ENDS))
        )
        told = [a for a in found.near(group.head, back=FAR) if a.anchor < group.first and a.frame != "hearsay"]
        narrated = _narrated(context, group, before) if not told else None
        toll = tolls.points(context, after) and group.clitic is None and before is None
        if toll:
            told, narrated = _toll(context, found, group) or (told, narrated)
        if not pointed or (act == "assert" and not (group.entry.get("neg"))) or not (told or narrated):
            continue
        host = narrated or next((a for a in reversed(told) if a.act == "accuse"), told[-1])
        head = phrases.subject(context, group.head, before or first) or phrases.nominal_before(
            context, group.first, before or first
        )
        turned = phrases.inverted(context, group.last, last) if before is not None and before >= group.first else None
        if head is None and turned is None:
            continue
        source = turned or phrases.noun_phrase(context, head or group.first, before or first, group.first)
        negated = group.negated
        yield msgspec.structs.replace(
            host,
            source=source,
            cue=group.cue,
            act="doubt" if negated else act,
            by=f"{context.lang.code}.source.pointing:{group.entry.lemma}",
            frame="pointing",
            anchor=group.head,
            certainty="unknown" if negated else "certain",
            negative=act == "deny" and not negated,
            source_kind=scopes.source_kind(context, source),
            anaphor=True,
            of="toll" if toll else "",
            inferred="",
        )


def _toll(context: Context, found: Found, group: VerbGroup) -> tuple[list[Attribution], Attribution | None] | None:
    """Return who gave the last toll before the verb, or else the report's own words for it as ``_narrated`` makes them; None: no toll."""
    given = tolls.given(context, found, group.first)
    if given is None:
        return None
    host, content = given
    return ([host], None) if host is not None else ([], _own_words(context, group, content))


def _commented(context: Context, at: int, first: int) -> int | None:
    """Return the token behind ', ce que', ', a claim' that opens the clause in which the verb at ``at`` stands, or None."""
    commas = (i for i in range(at - 1, max(first, at - 9), -1) if context.text.words[i] == ",")
    comma = next(commas, None)
    return clauses.comment_end(context, comma + 1, context.sentence(at)[1]) if comma is not None else None


def _answered(context: Context, group: VerbGroup, found: Found) -> Iterator[Attribution]:
    """Yield 'Cette version a été démentie par l'armée': what was told before, denied or confirmed by the agent."""
    first, last = context.sentence(group.head)
    if group.passive:
        head = phrases.subject(context, group.head, first)
        points = head is not None and context.opens(
            phrases.noun_phrase(context, head, first, group.first)[0], "pointing"
        )
    else:
        comma = next(
            (i for i in range(group.first - 1, max(first, group.first - 5), -1) if context.text.words[i] == ","), None
        )
        points = comma is not None and clauses.comment_end(context, comma + 1, last)
    if not points:
        return
    agent = phrases.agent(context, group.last, last)
    host = next((a for a in reversed(found.near(first, back=FAR)) if a.anchor < group.first), None)
    toll = group.passive and tolls.points(context, first)
    if toll:
        told, narrated = _toll(context, found, group) or ([host] if host else [], None)
        host = narrated or next(iter(told), None)
    host = host or _narrated(context, group, None if group.passive else _commented(context, group.first, first))
    if agent is None or host is None:
        return
    act: Act = "doubt" if group.negated else group.entry.get("act")  # type: ignore[assignment]
    yield msgspec.structs.replace(
        host,
        source=agent,
        cue=group.cue,
        act=act,
        by=f"{context.lang.code}.source.pointing:{group.entry.lemma}",
        frame="pointing",
        anchor=group.head,
        certainty="unknown" if act == "doubt" else "certain",
        negative=act == "deny",
        source_kind=scopes.source_kind(context, agent),
        anaphor=True,
        of="toll" if toll else "",
        inferred="",
    )


def _narrated(context: Context, group: VerbGroup, comment: int | None) -> Attribution | None:
    """Return, for a verb that points at what nobody is said to have told, the clause before its comma or the sentence before it."""
    first = context.sentence(group.head)[0]
    if comment is not None:
        told = (first, _comma_before(context, comment))
    elif first > 0 and context.text.paragraph_of[first - 1] == context.text.paragraph_of[first]:
        told = context.body(first - 1)
    else:
        return None
    return _own_words(context, group, told) if told[0] < told[1] else None


def _own_words(context: Context, group: VerbGroup, told: Tokens) -> Attribution:
    """Return what the report tells in its own words, as that which a verb points at."""
    return Attribution(
        source=None,
        cue=group.cue,
        content=(context.trim(told),),
        act="assert",
        by="",
        frame="pointing",
        anchor=group.head,
    )


def _told_before(context: Context, found: Found, low: int) -> Tokens | None:
    """Return the content of the sentence before: what was last attributed there, else the sentence itself."""
    if low == 0:
        return None
    first, last = context.body(low - 1)
    inside = [a for a in found.near(first) if first <= a.anchor < last]
    if inside:
        return inside[-1].content[0]
    return (first, last)
