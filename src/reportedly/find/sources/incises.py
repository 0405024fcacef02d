"""Quotations: behind a colon, around an incise or an inversion, carried on over following sentences."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.sources import clauses, making, phrases, scopes, who
from reportedly.find.sources.making import MARKS, Made
from reportedly.find.sources.model import Attribution, Context, Found, Tokens, VerbGroup


def colon(context: Context, group: VerbGroup) -> Made | None:
    """'Il ajouta : « ... »', 'a dit: ...'."""
    last = context.sentence(group.head)[1]
    for j in range(group.last, min(last, group.last + 14)):
        if context.text.words[j] == ":":
            if j + 1 < last and context.text.words[j + 1] in MARKS:
                quote = making.quote_opening(context, j + 1)
                if (
                    quote
                    and group.entry.get("np") == "1"
                    and any(context.pos(k) == "NOUN" for k in range(group.last, j))
                ):
                    # 'a nié toute implication : « ... »': the object and the quotation are both said.
                    return ((group.last, j), (j + 1, quote.last + quote.closed)), "object", None
                if quote:
                    return ((j + 1, quote.last + quote.closed),), "colon", None
            plain = (
                not group.entry.get("weak")
                and group.entry.get("act") not in ("deny", "doubt")
                and not any(_is_object(context, k) for k in range(group.last, j))
            )
            return (((j + 1, context.body(group.head)[1]),), "colon", None) if plain else None
        if (
            context.text.words[j] in MARKS
            and j == context.adverb_end(group.last, last)
            and not making.refuses(group, "quote")
        ):
            quote = making.quote_opening(context, j)
            end = quote.last + quote.closed if quote else j
            if (
                quote
                and (end >= context.body(group.head)[1] or quote.last - quote.first >= 6)
                and group.entry.get("np") != "quote"
            ):
                return ((j, end),), "quotation", None
            return None
    return None


def _is_object(context: Context, k: int) -> bool:
    """Return whether the parse calls the noun at ``k`` the verb's object: then the colon explains it, and nobody speaks."""
    return context.syntax is not None and context.syntax.dep[k] == "obj" and context.pos(k) in ("NOUN", "PROPN")


# Acts whose verbs say what stands before them as it is; the others rather take what follows.
SPEAKING = ("assert", "announce", "believe")


def incise(context: Context, group: VerbGroup) -> Made | None:
    """'« ... », a martelé le ministre', 'Les combats, a précisé X, se poursuivent', '"...," the governor added, "..."'."""
    if making.refuses(group, "quote") or group.mood != "fin":
        return None
    first, last = context.sentence(group.head)
    low = group.first
    reach: Tokens | None = None
    set_off = _set_off(context, group, first)
    if set_off is not None or not _is_boundary(context, low - 1, first):
        subject = set_off or _preverbal(context, group, first)
        if subject is None:
            return None
        low, reach = subject[0], subject
        if clauses.governs_right(context, group):
            return None
    elif group.pronoun is not None:
        reach = who.behind_nobody(context, group, first, last) or (group.pronoun, group.pronoun + 1)
    else:
        reach = None if making.refuses(group, "inverted") else phrases.inverted(context, group.last, last)
        if group.entry.get("only") == "nobody":
            # 'a appris l'AFP de source militaire': who passes it on is not who says it.
            reach = who.behind_nobody(context, group, first, last) or reach
        if reach is not None and _a_deed(context, reach) and not any(context.text.capitals[reach[0] : reach[1]]):
            return None
        aside = who.told_aside(context, low, first) is not None
        bound = _closes_quote(context, low - 1) or (_main_clause(context, first, low) and not aside)
        bound = bound or _speaker_ends(context, group, reach)
        nothing = group.entry.get("act") not in SPEAKING and not any(context.is_finite(i) for i in range(first, low))
        unbound = nothing or _own_subject(context, group, first) or aside or _only_relative(context, first, low)
        if not bound and unbound and not _resumes_behind(context, group, reach):
            return None
        if reach is not None and _takes_object(context, group, first, reach):
            return None
        if (
            reach is None
            or _finite_at(context, reach[1], last)
            or (reach[1] - reach[0] == 1 and context.is_(reach[0], "clitic"))
        ):
            return None
    weak = bool(group.entry.get("weak")) and group.pronoun is None and not (reach and _can_speak(context, reach))
    content = _content_left(context, low, weak=weak)
    if content is None:
        return None
    end = max(group.last, reach[1] if reach else 0)
    return (*_continued(context, content, group, end),), "incise", reach


def _resumes_behind(context: Context, group: VerbGroup, reach: Tokens | None) -> bool:
    """Return whether behind the speaker a comma closes the incise and the interrupted clause goes on: 'Les combats, a dit X, durent'."""
    if reach is None:
        return False
    last = context.body(group.head)[1]
    at = context.adverb_end(reach[1], last)
    return at + 1 < last and context.text.words[at] == "," and _resumes(context, at + 1)


def _speaker_ends(context: Context, group: VerbGroup, reach: Tokens | None) -> bool:
    """Return whether the sentence ends with a verb behind a comma and who can say it: '..., annonce le ministre de la Défense.'."""
    if reach is not None and _a_deed(context, reach):
        return False
    if reach is None or group.entry.get("act") not in SPEAKING or context.text.words[group.first - 1] != ",":
        return False
    kinds = context.kinds(*reach)
    return reach[1] >= context.body(group.head)[1] and bool(kinds) and kinds[0] not in ("never", "toll", "document")


def _a_deed(context: Context, reach: Tokens) -> bool:
    """Return whether a deed opens the words behind the verb: who claimed it stands before ('X, allié de Y, a revendiqué l'attaque')."""
    deeds = context.lang.lexicon("trigger_noun")
    near = (deeds.match(context.text, i) for i in range(reach[0], min(reach[0] + 2, reach[1])))
    return any(found is not None and found[1].get("type") == "ASSAULT" for found in near)


def _can_speak(context: Context, source: Tokens) -> bool:
    """Return whether the words name who can speak: then even 'poursuit' or 'lance' says what stands before."""
    kinds = [kind for kind in context.kinds(*source) if kind != "toll"]
    return bool(kinds and kinds[0] != "never") or context.names_somebody(source[1] - 1)


def _takes_object(context: Context, group: VerbGroup, first: int, reach: Tokens) -> bool:
    """Return whether the words behind are the verb's object, its subject before: 'Un officier, joint hier, a jugé | la trêve « morte »'."""
    syntax = context.syntax
    if syntax is None:
        return False
    subjects = [c for c in syntax.children[group.head] if syntax.dep[c].startswith("nsubj") and first <= c < group.head]
    is_object = any(reach[0] <= c < reach[1] for c in syntax.children_with(group.head, "obj"))
    if is_object and any(c >= group.first for c in subjects):
        # ', nous déplorons deux morts'
        return True
    head = next((i for i in range(*reach) if context.pos(i) in ("NOUN", "PROPN", "PRON")), reach[0])
    if context.text.capitals[head] or context.pos(head) == "PRON" or context.names_somebody(head):
        return False
    opened = who.before_aside(context, group.first, first)
    # of 'Les combats ont fait 30 morts, dont 12 civils, a indiqué l'hôpital' the parse may take the civilians for the subject
    if subjects and not any(context.is_finite(i) for i in range(first, subjects[-1])):
        return is_object
    if subjects or opened == group.first:
        return False
    # A name and an aside on it, and no verb yet: the verb behind is that name's.
    start = next((i for i in range(opened - 1, first, -1) if context.is_(i, "that", "contrast")), first)
    return not any(context.is_finite(i) for i in range(start, opened))


def _own_subject(context: Context, group: VerbGroup, first: int) -> bool:
    """Return whether the parse gives the verb a subject to its left: then what follows it is no inverted speaker."""
    syntax = context.syntax
    return syntax is not None and any(
        syntax.dep[c].startswith("nsubj") and first <= c < group.first for c in syntax.children[group.head]
    )


def _main_clause(context: Context, first: int, comma: int) -> bool:
    """Return whether a finite verb of its own, in no relative clause, stands before the comma."""
    syntax = context.syntax
    if syntax is None:
        return False
    for i in range(first, comma):
        near = range(max(first, i - 2), i)
        if context.is_finite(i) and not _subordinate(context, i) and not any(context.is_(k, "rel") for k in near):
            return True
    return False


def _only_relative(context: Context, first: int, comma: int) -> bool:
    """Return whether what stands before the comma is a name and its relative clause: then the verb behind is that name's own."""
    relative = next((i for i in range(first, comma) if context.is_(i, "rel") and not context.is_(i, "that")), None)
    return (
        relative is not None
        and not any(context.is_finite(i) for i in range(first, relative))
        and clauses.main_verb(context, relative, comma) == comma
    )


def _subordinate(context: Context, i: int) -> bool:
    """Return whether the verb at ``i`` stands in a relative or circumstantial clause, by the parse."""
    syntax = context.syntax
    assert syntax is not None
    for verb in (i, *syntax.ancestors(i)):
        if syntax.dep[verb].startswith(("acl", "advcl")):
            return True
        if not syntax.dep[verb].startswith(("aux", "cop", "ccomp", "xcomp", "conj")):
            return False
    return False


def _closes_quote(context: Context, i: int) -> bool:
    while i > 0 and context.text.words[i] == ",":
        i -= 1
    return i in context.closing


def _finite_at(context: Context, i: int, last: int) -> bool:
    """Return whether a finite verb starts at token ``i``: what stands before it is its subject, not an inverted speaker."""
    j = context.adverb_end(i, last)
    return j < last and context.is_finite(j)


def _is_boundary(context: Context, i: int, first: int) -> bool:
    """Return whether a clause or quotation ends at token ``i``."""
    if i < first:
        return False
    return context.text.words[i] in ',»”"!?…–' or i in context.closing


def _preverbal(context: Context, group: VerbGroup, first: int) -> Tokens | None:
    """Return the subject of an incise that stands before its verb (', the governor added, '), with a boundary before it."""
    if not context.settings.get("preverbal_incise"):
        return None
    last = context.body(group.head)[1]
    head = phrases.subject(context, group.head, first)
    if head is None:
        head = phrases.nominal_before(context, group.first, first)
    if head is None or context.is_(head, "rel"):
        # ', which called for an inquiry' says nothing of what stands before it.
        return None
    phrase = phrases.noun_phrase(context, head, first, group.first)
    if phrase[0] <= first or not _is_boundary(context, phrase[0] - 1, first):
        phrase = (group.entry.get("act") in SPEAKING and _behind_comma(context, group.first, first)) or phrase
    if phrase[0] <= first or not _is_boundary(context, phrase[0] - 1, first):
        return None
    before = phrase[0] - 1
    resumes = group.last + 1 < last and context.text.words[group.last] == "," and _resumes(context, group.last + 1)
    if context.text.words[before] == "," and not _clause_before(context, before, first) and not resumes:
        return phrase if _closes_headline(context, group, before, first) else None
    return phrase


def _closes_headline(context: Context, group: VerbGroup, comma: int, first: int) -> bool:
    """Return whether a verb of saying closes a sentence whose own verb is left out: 'Ten dead after ambush in Mali, army says'."""
    ends = group.last >= context.body(group.head)[1]
    return ends and context.pos(first) in ("NUM", "NOUN", "PROPN", "ADJ", "DET") and scopes.tells(context, first, comma)


# So many tokens a speaker may take, with what is told of him.
LONGEST_SPEAKER = 30


def _set_off(context: Context, group: VerbGroup, first: int) -> Tokens | None:
    """Return a speaker with what is told of him before the verb: '"...", Halima Adam, a tea seller, recalled', ', a man who fled said'."""
    if not context.settings.get("preverbal_incise") or group.pronoun is not None:
        return None
    words = context.text.words
    comma = words[group.first - 1] == ","
    end = group.first - comma
    low = max(first, end - LONGEST_SPEAKER)
    opening = next((i + 1 for i in range(end - 1, low - 1, -1) if i in context.closing), None)
    if opening is None and comma:
        opening = _clause_comma(context, group, first)
    if opening is None and comma:
        opening = _relative_comma(context, end, low)
    if opening is None:
        return None
    start = opening + (words[opening] == ",")
    told = end - start > 1 and (comma or any(context.is_(i, "rel") for i in range(start + 1, end)))
    if (
        not told
        or context.pos(start) not in ("DET", "PROPN", "NOUN", "ADJ", "NUM")
        or not _one_name(context, start, end)
    ):
        return None
    return (start, end)


def _clause_comma(context: Context, group: VerbGroup, first: int) -> int | None:
    """Return the comma between a clause and the subject that a second comma parts from its verb: 'Rebels fled, Jean, a trader, said'."""
    head = phrases.subject(context, group.head, first)
    if head is None or context.syntax is None or head >= group.first - 2:
        return None
    before = context.syntax.left[head] - 1
    clause = before > first and context.text.words[before] == "," and _main_clause(context, first, before)
    return before if clause else None


def _relative_comma(context: Context, end: int, low: int) -> int | None:
    """Return the comma before a name that a relative clause parts from its verb: '..., | the ministry, which X runs, added'."""
    words = context.text.words
    opened = next((i for i in range(end - 1, low, -1) if words[i] == "," and context.is_(i + 1, "rel")), None)
    before = next((i for i in range(opened - 1, low, -1) if words[i] in ",;"), None) if opened is not None else None
    if opened is None or before is None or any(context.is_verb(i) for i in range(before + 1, opened)):
        return None
    clause = any(context.is_finite(i) for i in range(low, before))
    return before if clause and context.kinds(before + 1, opened) else None


def _one_name(context: Context, start: int, end: int) -> bool:
    """Return whether no verb of its own stands between the tokens, but in a relative clause."""
    for i in range(start, end):
        if context.is_(i, "rel"):
            return True
        if context.is_finite(i) or context.text.words[i] in ";:" or context.text.words[i] in MARKS:
            return False
    return True


def _behind_comma(context: Context, verb: int, first: int) -> Tokens | None:
    """Return what stands between the last comma and the verb, where it is a noun phrase that the parse hangs on the name before."""
    comma = next((i for i in range(verb - 1, first, -1) if context.text.words[i] == ","), None)
    if comma is None or comma + 1 >= verb or context.pos(comma + 1) not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    return None if any(context.is_verb(i) for i in range(comma + 1, verb)) else (comma + 1, verb)


def _clause_before(context: Context, comma: int, first: int) -> bool:
    """Return whether a whole clause, not an adverbial, stands before a comma."""
    if context.text.words[comma - 1] in MARKS:
        return True
    # A past the parser takes for a participle ('strikes killed twelve, the ministry said') still has its subject before it.
    verbal = any(context.is_finite(i) or (i > first and context.pos(i) == "VERB") for i in range(first, comma))
    if context.pos(first) in ("ADP", "VERB"):
        # 'In Goma, rebels killed ten people, the army said', 'Suspected rebels killed ten, the army said'.
        return _main_clause(context, first, comma)
    return verbal and not context.is_(first, "contrast", "if", "as") and context.pos(first) != "SCONJ"


def _content_left(context: Context, low: int, *, weak: bool) -> tuple[Tokens, ...] | None:
    """Return what stands before an incise: its quotation where one closes there, else the clause."""
    k = low - 1
    while k > 0 and context.text.words[k] == ",":
        k -= 1
    quote = context.closing.get(k)
    first = context.sentence(low)[0]
    start = scopes.clause_start(context, low)
    around = context.quote(start)
    if around is not None and around.closed and around.last < k and around.first <= start:
        # A quotation of several sentences, and what follows it: '« ... . ... », qui ..., a déclaré X'.
        start = around.first - 1
    if quote:
        opening = quote.first - 1
        mixed = opening > start and any(context.text.words[i][0].isalnum() for i in range(start, opening))
        if mixed and context.text.words[opening - 1] != ":" and not (context.quote(opening)):
            return ((start, k + 1),)
        return ((opening, k + 1),)
    around = context.quote(low)
    if around is not None and around.first < low:
        return ((max(around.first - 1, 0), k + 1),)
    if weak or start >= k or low <= first:
        return None
    return ((start, k + 1),)


def _continued(context: Context, content: tuple[Tokens, ...], group: VerbGroup, end: int) -> tuple[Tokens, ...]:
    """Return the content with what goes on behind the incise: the same quotation, a second one, or the clause."""
    text = context.text
    last = context.body(group.head)[1]
    around = context.quote(group.head)
    j = context.adverb_end(end, last)
    while j < last and text.words[j] not in ",:" and text.words[j] not in MARKS:
        j += 1
    if around is not None and around.first <= content[0][0] + 1:
        return (*content, (j + 1, around.last + around.closed)) if j + 1 < around.last else content
    if j >= last or text.words[j] == ":":
        return content
    after = j + 1 if text.words[j] == "," else j
    if after < last and text.words[after] in MARKS and (quote := making.quote_opening(context, after)):
        return (*content, (after, quote.last + quote.closed))
    quoted = text.words[content[-1][1] - 1] in MARKS
    if not quoted and text.words[j] == "," and after < last and _resumes(context, after):
        return (*content, (after, last))
    return content


def _resumes(context: Context, i: int) -> bool:
    """Return whether token ``i`` goes on with an interrupted clause: a verb, a clitic, a negation or an auxiliary."""
    return context.is_finite(i) or (context.is_(i, "refl", "neg", "aux") and context.pos(i) != "NOUN")


def continued_quotations(context: Context, found: Found) -> Iterator[Attribution]:
    """Yield the quotations of following sentences of the paragraph that no source introduces: the speaker before goes on."""
    for attribution in sorted(found.all, key=lambda a: a.anchor):
        if (
            not attribution.quoted
            or attribution.frame not in ("incise", "colon", "quotation")
            or attribution.source is None
        ):
            continue
        sentence = context.text.sentence_of[attribution.anchor] + 1
        while sentence < len(context.text.sentences):
            first, last = context.text.sentences[sentence]
            if context.text.paragraph_of[first] != context.text.paragraph_of[attribution.anchor]:
                break
            quote = making.quote_opening(context, first) if context.text.words[first] in '«“"' else None
            if (
                quote is None
                or quote.last < last - 2
                or any(a.covers(first + 1) or first <= a.anchor < last for a in found.near(first))
            ):
                break
            yield msgspec.structs.replace(
                attribution,
                content=((first, quote.last + quote.closed),),
                inferred="the quotation goes on from the sentence before",
                by=f"{context.lang.code}.source.continued",
                frame="continued",
            )
            sentence = context.text.sentence_of[min(quote.last, context.text.size - 1)] + 1
