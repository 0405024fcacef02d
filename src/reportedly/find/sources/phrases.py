"""Sources without a verb of saying: prepositions, citations, speech nouns, headline colons, brackets, hearsay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportedly.find.sources import scopes
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens, VerbGroup
from reportedly.find.sources.verbs import phrases
from reportedly.records import Act
from reportedly.rules import Entry


def prepositions(context: Context) -> Iterator[Attribution]:
    """Yield 'selon X', 'd'après X', 'according to X' with the clause on the side the punctuation points to."""
    for first, last, entry in phrases(context, "speech_prepositions"):
        if last >= len(context.text) or context.is_(last, "rel", "that"):
            continue
        if entry.get("source") == "self":
            start = next((i for i in range(first, last) if context.lang.lexicon("source_nouns").has(context.text.norms[i])), last - 1)
            found = scopes.phrase_after(context, start, context.body(first)[1])
        else:
            found = scopes.phrase_after(context, last, context.sentence(first)[1])
        if found is None or not _is_source(context, found, entry, first):
            continue
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
    kinds = [e.get("kind") for i in range(*found) for _, e in context.lang.lexicon("source_nouns").matches(context.text, i)]
    head_kinds = kinds[:1]
    guard = entry.get("guard")
    start_of_clause = first == context.sentence(first)[0] or context.text.words[first - 1] in ",;:(" or context.pos(first - 1) in ("CCONJ", "ADV")
    if "never" in head_kinds:
        return False
    if guard == "person":
        return start_of_clause and _comma_after(context, found[1]) and (bool(kinds) or _is_named(context, found, least=2))
    if guard == "named":
        return start_of_clause and (bool(kinds) or _is_named(context, found, least=1))
    if guard == "quote":
        return start_of_clause and bool(kinds) and _comma_after(context, found[1]) and context.text.words[min(found[1] + 1, len(context.text) - 1)] in "«“\""
    if not kinds and not _is_named(context, found, least=1) and context.pos(found[0]) != "PRON" and not _is_pronoun(context, found):
        # 'selon son programme' is a source, 'selon leur âge' is not: an unlisted head counts only as a clause's own frame.
        return start_of_clause or found[1] >= context.body(first)[1] and context.text.words[first - 1] == ","
    return True


def _is_pronoun(context: Context, found: Tokens) -> bool:
    return found[1] - found[0] <= 2 and context.is_(found[0], "pron")


def _is_named(context: Context, found: Tokens, *, least: int) -> bool:
    return sum(context.text.words[i][0].isupper() for i in range(*found)) >= least


def _comma_after(context: Context, i: int) -> bool:
    return i < len(context.text) and context.text.words[i] == ","


def _side(context: Context, first: int, last: int) -> Tokens | None:
    """Return the clause the source speaks for: to the right of one that opens a clause, else to the left."""
    text = context.text
    start, end = scopes.clause_start(context, first), scopes.clause_end(context, last) if last < len(text) else last
    begin = context.sentence(first)[0]
    opens = first <= start or text.words[first - 1] in ";:" or context.pos(first - 1) in ("CCONJ", "SCONJ") or _only_adverbs(context, start, first)
    if opens:
        after = last
        while after < end and text.words[after] == ",":
            after += 1
        after = _behind_relative(context, last, after, end)
        return (after, _contrast(context, after, end))
    if last < end and text.words[last] == "," and not _finite(context, start, first):
        return (start, end)
    if last < end and text.words[last] == "," and text.words[first - 1] == "," and _own_clause(context, last + 1, end):
        return (last + 1, _contrast(context, last + 1, end))
    left = first - 1 if text.words[first - 1] in ",(" else first
    return (max(start, begin), left)


def _behind_relative(context: Context, last: int, after: int, end: int) -> int:
    """Step over a participle set off by commas behind the source: 'D'après l'oncle, interrogé par ce journal, un tireur ...'."""
    text = context.text
    if after < end and text.words[last] == "," and (context.is_(after, "rel") or context.pos(after) in ("VERB", "ADP", "AUX")):
        close = next((i for i in range(after, min(end, after + 14)) if text.words[i] == ","), None)
        if close is not None and _finite(context, close, end) and (context.pos(after) != "VERB" or _is_participle(context, after)):
            return close + 1
    return after


def _is_participle(context: Context, i: int) -> bool:
    return context.syntax is not None and context.syntax.morph[i].get("VerbForm") in ("Part", "Ger", None)


def _only_adverbs(context: Context, start: int, first: int) -> bool:
    return all(context.pos(i) in ("ADV", "CCONJ", "PUNCT") or context.is_(i, "adv", "contrast") for i in range(start, first))


def _finite(context: Context, start: int, end: int) -> bool:
    """Return whether a finite verb stands between (or a participle, as in headlines)."""
    syntax = context.syntax
    if syntax is None:
        return True
    return any(context.pos(i) in ("VERB", "AUX") and syntax.morph[i].get("VerbForm") in ("Fin", "Part") for i in range(start, end))


def _own_clause(context: Context, start: int, end: int) -> bool:
    """Return whether what follows is a clause with its own subject: a verb with a subject, both behind the comma, no relative or 'and'."""
    syntax = context.syntax
    if syntax is None or start >= end or context.is_(start, "rel", "contrast") or context.pos(start) in ("CCONJ", "SCONJ", "VERB", "AUX", "ADP"):
        return False
    return any(syntax.dep[i].startswith("nsubj") and start <= i < end and start <= syntax.head[i] < end for i in range(start, end))


def _contrast(context: Context, start: int, end: int) -> int:
    """Return the end before ', tandis que l'opposition parle de ...': a contrast with a source of its own."""
    lexicon = context.lang.lexicon("function_words")
    for i in range(start + 1, end):
        if context.text.words[i] == "," and context.quote(i) is None and i + 1 < end:
            contrast = any(entry.get("class") == "contrast" for _, entry in lexicon.matches(context.text, i + 1))
            if contrast and any(True for j in range(i + 2, end) for _ in context.lang.lexicon("speech_verbs").matches(context.text, j)):
                return i
    return end


def _around(context: Context, content: Tokens, first: int, last: int) -> tuple[Tokens, ...]:
    """Return the content as segments, the source and its cue left out where they interrupt it."""
    if content[0] < first and content[1] > last:
        return tuple(t for t in (context.trim((content[0], first)), context.trim((last, content[1]))) if t[1] > t[0])
    trimmed = context.trim(content)
    return (trimmed,) if trimmed[1] > trimmed[0] else (content,)


def citations(context: Context, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield who is cited ('citant des observateurs') or who cites ('cité par l'agence'), with the content of whom they stand beside."""
    for first, last, entry in phrases(context, "citing"):
        phrase = scopes.phrase_after(context, last, context.sentence(first)[1])
        if phrase is None:
            continue
        host = _host(context, found, first)
        if host is None or entry.get("needs") and scopes.source_kind(context, phrase) != entry.get("needs"):
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


def _host(context: Context, found: list[Attribution], at: int) -> Attribution | None:
    """Return the attribution a citation belongs to: the one whose source it follows, else the one it stands within, else the nearest."""
    same = [a for a in found if context.text.sentence_of[a.anchor] == context.text.sentence_of[at]]
    behind = [a for a in same if a.source and a.source[0] <= at and 0 <= at - a.source[1] <= 3]
    if behind:
        return behind[-1]
    after = [a for a in same if a.source and a.source[0] < at <= a.anchor]
    if after:
        return after[0]
    return min(same, key=lambda a: abs(a.anchor - at), default=None)


def nouns(context: Context) -> Iterator[Attribution]:
    """Yield speech nouns: 'l'affirmation du gouvernement selon laquelle', 'the government's claim that', 'des rumeurs sur'."""
    for first, last, entry in phrases(context, "speech_nouns"):
        if not entry.get("act") or context.syntax is None:
            continue
        limit = context.body(first)[1]
        source, start = _noun_source(context, first, last, limit)
        at = _noun_content(context, start, limit, entry)
        if at is None:
            continue
        act: Act = entry.get("act")  # type: ignore[assignment]
        if source is None and act == "assert":
            act = "hearsay"
        if source is None and entry.get("alone") != "1":
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


def _noun_source(context: Context, first: int, last: int, limit: int) -> tuple[Tokens | None, int]:
    """Return whose word it is ('du gouvernement', "the government's") and where to look for its content."""
    text = context.text
    owner = first - 1
    if owner > 0 and text.norms[owner] == "'s":
        head = owner - 1
        start = context.syntax.left[head] if context.syntax else head
        return (max(start, context.sentence(first)[0]), owner), last
    if last < limit and text.norms[last] in context.lang.settings["sources"].get("of", []) and text.norms[last] != "to":
        phrase = scopes.phrase_after(context, last + 1, limit)
        if phrase and not context.is_(phrase[1], "to"):
            kinds = scopes.source_kind(context, phrase) != "unknown" or _is_named(context, phrase, least=1)
            if kinds:
                return phrase, phrase[1]
    return None, last


def _noun_content(context: Context, start: int, limit: int, entry: Entry) -> int | None:
    """Return where the content of a speech noun starts: behind 'selon laquelle', 'que', 'that', 'sur', 'de'."""
    for opener in (*context.lang.settings["sources"].get("noun_content", []), *(entry.get("on").split(",") if entry.get("on") else [])):
        words = opener.split()
        if context.text.norms[start : start + len(words)] == words:
            return start + len(words)
    return None


def _noun_end(context: Context, noun: int, start: int, limit: int) -> int:
    """Return where it ends: before the verb whose subject the noun is, a comma, or the sentence's end."""
    syntax = context.syntax
    assert syntax is not None
    verb = syntax.head[noun]
    right = max(syntax.right[noun] + 1, start + 1)
    if syntax.dep[noun].startswith("nsubj") and start < right <= limit:
        right = min(right, min((syntax.left[c] for c in (verb, *syntax.children[verb]) if c > start and syntax.left[c] >= start and c != noun), default=limit))
        auxiliaries = [c for c in syntax.children[verb] if syntax.dep[c].startswith("aux") and c > start]
        stop = min([verb, *auxiliaries]) if verb > start else limit
        return max(start + 1, min(limit, stop if stop > start else right))
    comma = next((i for i in range(start, limit) if context.text.words[i] == "," and context.quote(i) is None), limit)
    return min(limit, comma)


def hearsay(context: Context, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield set phrases and adverbs of hearsay that no named source covers: 'il semble que', 'il est question de', 'reportedly'."""
    for first, last, entry in phrases(context, "hearsay"):
        if any(a.covers(first) and a.source is not None and not a.anaphor for a in found):
            continue
        if entry.get("where") == "right":
            start = last - 1 if context.is_(last - 1, "that") else last
            content = (start, scopes.clause_end(context, start) if start < len(context.text) else start)
        else:
            content = (scopes.clause_start(context, first), scopes.clause_end(context, first))
        if content[0] >= content[1]:
            continue
        yield replace(_hearsay(context, first, last, content), by=f"{context.lang.code}.source.hearsay:{entry.lemma}")


def _hearsay(context: Context, first: int, last: int, content: Tokens) -> Attribution:
    return Attribution(
        source=None,
        cue=(first, last),
        content=(context.trim(content),),
        act="hearsay",
        by=f"{context.lang.code}.source.conditional",
        frame="hearsay",
        anchor=first,
        certainty="possible",
        hedge=(first, last),
    )


def conditionals(context: Context, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield clauses in the conditional of hearsay: compound ('auraient été tués'), no named source, no 'si', no modal."""
    if context.lang.settings["sources"].get("hearsay_conditional") is not True or context.syntax is None:
        return
    done = -1
    for i in range(len(context.text)):
        if i < done or not is_hearsay_conditional(context, i):
            continue
        if any(a.covers(i) and not a.anaphor or a.cue[0] <= i < a.cue[1] for a in found):
            continue
        start = scopes.clause_start(context, i)
        relative = next((j for j in range(i - 1, max(start, i - 4), -1) if context.is_(j, "rel")), None)
        begin = relative if relative is not None else start
        end = _clause_end_at_comma(context, i, scopes.clause_end(context, i))
        yield _hearsay(context, i, i + 1, (begin, end))
        done = end


def _clause_end_at_comma(context: Context, i: int, end: int) -> int:
    """Return the end before ', mais personne n'a été touché': another finite clause coordinated behind a comma."""
    for j in range(i + 1, end):
        if context.text.words[j] == "," and j + 1 < end and context.is_(j + 1, "contrast") and _finite(context, j + 1, end):
            return j
    return end


def is_hearsay_conditional(context: Context, i: int) -> bool:
    """Return whether token ``i`` is the auxiliary (or verb) of a conditional that reports: 'aurait quitté', 'serait tombée', 'menaceraient'."""
    syntax = context.syntax
    if syntax is None:
        return False
    conditional = context.is_(i, "mood:cond") and not context.is_(i, "aux:modal")
    if not conditional:
        return False
    first, last = context.sentence(i)
    if any(context.is_(j, "if") and context.text.norms[j] == context.text.norms[first] == "si" or context.text.norms[j] == "si" for j in range(first, last)):
        return False
    if any(context.is_(j, "whether") and context.text.norms[j] != "s'" for j in range(first, i)):
        return False
    after = context.adverb_end(i + 1, last)
    if context.is_(after, "modal_part"):
        return False
    participles = [j for j in range(after, min(last, after + 2)) if context.pos(j) in ("VERB", "AUX") and syntax.morph[j].get("VerbForm") == "Part"]
    return bool(participles)


def headlines(context: Context) -> Iterator[Attribution]:
    """Yield 'UN: Half of Sudan faces hunger', 'Two killed: ministry', '... (élus)': a source set off by a colon or brackets."""
    for first, last in context.text.sentences:
        if last - first < 4:
            continue
        yield from _bracketed(context, first, last)
        terminated = context.text.words[last - 1] in ".!?…"
        colons = [i for i in range(first + 1, last - 1) if context.text.words[i] == ":" and context.quote(i) is None]
        if terminated or not colons:
            continue
        front, back = colons[0], colons[-1]
        if front - first <= 4 and _source_words(context, first, front):
            yield _colon(context, (first, front), front, (front + 1, last))
        elif last - back - 1 <= 4 and _source_words(context, back + 1, last):
            yield _colon(context, (back + 1, last), back, (scopes.topic_end(context, first), back))


def _source_words(context: Context, first: int, last: int) -> bool:
    """Return whether the words are a source by themselves: a listed head, no other verb or place."""
    lexicon = context.lang.lexicon("source_nouns")
    heads = [e for i in range(first, last) for _, e in lexicon.matches(context.text, i)]
    return bool(heads) and heads[0].get("kind") not in ("never", "document") and not any(context.pos(i) in ("VERB", "AUX") for i in range(first, last))


def _bracketed(context: Context, first: int, last: int) -> Iterator[Attribution]:
    opening = next((i for i in range(last - 1, max(first, last - 7), -1) if context.text.words[i] == "("), None)
    if opening is None or context.text.words[last - 1] != ")" or not _source_words(context, opening + 1, last - 1):
        return
    attribution = _colon(context, (opening + 1, last - 1), opening, (scopes.topic_end(context, first), opening))
    yield replace(attribution, cue=(opening, last), by=f"{context.lang.code}.source.brackets", frame="brackets")


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


def adjectives(context: Context) -> Iterator[Attribution]:
    """Yield 'Le maire est catégorique : « ... »': an adjective of speech, a colon, a quotation."""
    for first, last, entry in phrases(context, "speech_adjectives"):
        j = context.adverb_end(last, context.sentence(first)[1])
        if j + 1 >= len(context.text) or context.text.words[j] != ":" or context.text.words[j + 1] not in "«“\"":
            continue
        quote = next((q for q in context.text.quotes if q.first == j + 2), None)
        begin = first
        while begin > context.sentence(first)[0] and context.is_(begin - 1, "aux", "adv"):
            begin -= 1
        head = scopes.subject(context, first, context.sentence(first)[0]) if context.syntax else None
        if quote is None or begin == first or head is None:
            continue
        source = scopes.noun_phrase(context, head, context.sentence(first)[0], begin)
        yield Attribution(
            source=source,
            cue=(begin, last),
            content=((j + 1, quote.last + quote.closed),),
            act="assert",
            by=f"{context.lang.code}.source.adjective:{entry.lemma}",
            frame="adjective",
            anchor=first,
            source_kind=scopes.source_kind(context, source),
            quoted=True,
        )


def silences(context: Context, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield refusals to comment ('n'a pas commenté', 'declined to comment'): doubt about what was told just before."""
    for first, last, entry in phrases(context, "silence"):
        if context.syntax is None:
            continue
        low = context.sentence(first)[0]
        verb = next((i for i in range(last - 1, first - 1, -1) if context.pos(i) in ("VERB", "AUX")), last - 1)
        head = scopes.subject(context, verb, low) or scopes.nominal_before(context, first, low)
        if head is None or head >= first:
            continue
        source = scopes.noun_phrase(context, head, low, first)
        limit = context.body(first)[1]
        limit = next((i for i in range(last, limit) if context.text.words[i] in ",;" and context.quote(i) is None), limit)
        follows = (last, limit) if entry.get("object") == "1" and last < limit and context.text.words[last] not in ",;." else None
        content = follows or _told_before(context, found, low)
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
            inferred="" if follows else "no object: what the sentence before tells",
        )


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
        source = scopes.inverted(context, match[0], last) if match else None
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


def pointing(context: Context, verbs: list[VerbGroup], found: list[Attribution]) -> Iterator[Attribution]:
    """Yield denials and confirmations of what was said before: 'le nie', 'rejette ces accusations', 'ce qu'elles avaient démenti'."""
    for group in verbs:
        act = group.entry.get("act")
        if act not in ("deny", "doubt", "assert") or group.entry.get("np") not in ("1", "event", "allegation") or group.mood != "fin":
            continue
        if any(a.anchor == group.head for a in found) or context.syntax is None:
            continue
        first, last = context.sentence(group.head)
        before = context.has(max(first, group.first - 4), group.first, "comment")
        after = context.adverb_end(group.last, last)
        pointed = group.clitic is not None or before is not None or (after < last and context.opens(after, "pointing") is not None)
        told = [a for a in found if a.anchor < group.first and a.frame not in ("hearsay",)]
        if not pointed or act == "assert" and not (group.entry.get("neg")) or not told:
            continue
        host = next((a for a in reversed(told) if a.act == "accuse"), told[-1])
        head = scopes.subject(context, group.head, before or first) or scopes.nominal_before(context, group.first, before or first)
        if head is None:
            continue
        source = scopes.noun_phrase(context, head, before or first, group.first)
        negated = act == "assert" or group.negated
        yield replace(
            host,
            source=source,
            cue=group.cue,
            act="doubt" if negated else act,  # type: ignore[arg-type]
            by=f"{context.lang.code}.source.pointing:{group.entry.lemma}",
            frame="pointing",
            anchor=group.head,
            certainty="unknown" if negated else "certain",
            negative=act == "deny" and not negated,
            source_kind=scopes.source_kind(context, source),
            anaphor=True,
            inferred="",
        )


def _told_before(context: Context, found: list[Attribution], low: int) -> Tokens | None:
    """Return the content of the sentence before: what was last attributed there, else the sentence itself."""
    if low == 0:
        return None
    first, last = context.body(low - 1)
    inside = [a for a in found if first <= a.anchor < last]
    if inside:
        return inside[-1].content[0]
    return (first, last)
