"""Frames of verbs of saying: that-clauses, infinitives, objects, inversions and incises, colons, passives, participles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportedly.find.sources import scopes
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens, VerbGroup
from reportedly.records import Act, Certainty
from reportedly.text import Quote

MARKS = frozenset("«»“”\"‘’'")


def attributions(context: Context, groups: list[VerbGroup]) -> list[Attribution]:
    """Return what the verbs of saying give, at most one attribution a verb, in text order."""
    found: list[Attribution] = []
    heads = {group.head: group for group in groups}
    for group in groups:
        if attribution := _read(context, group, heads, found):
            found.append(attribution)
    return found


def _read(context: Context, group: VerbGroup, heads: dict[int, VerbGroup], before: list[Attribution]) -> Attribution | None:
    if group.entry.get("act") == "accuse" and (group.passive or group.mood == "part"):
        return _accused(context, group)
    if group.passive:
        return _passive(context, group)
    if group.mood == "part":
        return _reduced(context, group)
    act = _act(group)
    if act is None:
        return None
    if group.mood == "inf" and not _asserts(context, group):
        return None
    for frame in (_as, _that, _incise, _bare_that, _accuse, _demand, _infinitive, _colon, _object):
        made = frame(context, group)
        if made is None:
            continue
        content, name, reach = made
        source, inferred = _source(context, group, before, inverted=name == "incise")
        if source is None and not inferred and group.mood != "fin":
            return None
        if reach is not None:
            source = reach
        if source is not None and _overlaps(source, content):
            source = None
        if source is not None and group.pronoun is None and source[1] - source[0] == 1 and context.is_(source[0], "impersonal") and name in ("that", "object") and context.text.norms[source[0]] in context.lang.settings["sources"].get("nobody", []):
            wide = replace(group, first=min(group.first, source[0]))
            return _make(context, wide, source=None, content=content, frame="nobody", act="hearsay")
        if source is None or _first_person(context, source) or _only_a_toll(context, source):
            return None
        return _make(context, group, source=source, content=content, frame=name, act="show" if name == "show" else act, inferred=inferred)
    return None


def _asserts(context: Context, group: VerbGroup) -> bool:
    """Return whether an infinitive is a saying that took place: 'vient d'annoncer', 'ont manifesté pour réclamer'."""
    first = context.sentence(group.head)[0]
    near = range(max(first, group.first - 4), group.first)
    if any(context.has(i, group.first, "catenative") for i in near):
        return True
    purpose = any(context.has(i, group.first, "purpose") == group.first for i in near)
    return purpose and group.entry.get("act") in ("demand", "accuse") and bool(group.entry.get("np"))


def _first_person(context: Context, source: Tokens) -> bool:
    """Return whether who says is the writer or the speaker quoted ('je pense'): no source of its own."""
    return source[1] - source[0] == 1 and context.is_(source[0], "person:1")


def _only_a_toll(context: Context, source: Tokens) -> bool:
    """Return whether the subject is a count ('le bilan fait état de'): what is said, not who says."""
    kinds = [e.get("kind") for i in range(*source) for _, e in context.lang.lexicon("source_nouns").matches(context.text, i)]
    return bool(kinds) and kinds[0] == "toll" and not any(k not in ("toll", "never") for k in kinds)


def _overlaps(source: Tokens, content: tuple[Tokens, ...]) -> bool:
    return any(a < source[1] and source[0] < b for a, b in content)


def _act(group: VerbGroup) -> Act | None:
    """Return the act as negation leaves it, None where a negated verb says nothing ('n'a pas précisé')."""
    act: Act = group.entry.get("act")  # type: ignore[assignment]
    if not group.negated:
        return act
    if group.entry.get("neg"):
        return group.entry.get("neg")  # type: ignore[return-value]
    return {"assert": None, "announce": None, "show": None, "deny": "doubt", "doubt": None, "believe": "believe"}.get(act, act)  # type: ignore[return-value]


def _make(
    context: Context, group: VerbGroup, *, source: Tokens | None, content: tuple[Tokens, ...], frame: str, act: Act, inferred: str = ""
) -> Attribution | None:
    content = tuple(t for t in (context.trim(c) for c in content) if t[1] > t[0])
    if not content:
        return None
    certainty: Certainty = group.entry.get("cert") or CERTAINTY.get(act, "certain")  # type: ignore[assignment]
    if act == "believe" and group.negated and group.entry.get("neg"):
        certainty = "possible"
    negative = act == "deny" or (group.negated and act == "believe" and not group.entry.get("neg"))
    return Attribution(
        source=source,
        cue=group.cue,
        content=content,
        act=act,
        by=f"{context.lang.code}.source.{frame}:{group.entry.lemma}",
        frame=frame,
        anchor=group.head,
        certainty=certainty,
        negative=negative,
        source_kind=scopes.source_kind(context, source),
        inferred=inferred,
        quoted=any(context.text.words[i] in MARKS for a, b in content for i in (a, b - 1)),
    )


# --- who -----------------------------------------------------------------------------------------------------------------------------


def _source(context: Context, group: VerbGroup, before: list[Attribution], *, inverted: bool) -> tuple[Tokens | None, str]:
    """Return who says, and the reason where it was carried over."""
    first, last = context.sentence(group.head)
    oblique = _oblique(context, group, first, last)
    if oblique is not None:
        return oblique, ""
    if group.pronoun is not None:
        return (group.pronoun, group.pronoun + 1), ""
    if inverted:
        phrase = scopes.inverted(context, group.last, last)
        if phrase:
            return phrase, ""
    if group.first > first and context.is_(group.first - 1, "pron") and not context.is_(group.first - 1, "addressee") and group.mood == "fin":
        return (group.first - 1, group.first), ""
    shared = _shared_subject(context, group, first, before)
    if shared is not None:
        return shared, ""
    if group.mood in ("ger", "inf"):
        return _main_subject(context, group, before)
    quote = context.quote(group.head)
    low = max(scopes.topic_end(context, first), quote.first) if quote else scopes.topic_end(context, first)
    head = scopes.subject(context, group.head, low)
    if head is None and context.syntax:
        head = _relative_antecedent(context, group, low)
    elif head is not None and context.is_(head, "rel"):
        head = _antecedent(context, head, group.head, low)
    if head is None:
        head = scopes.nominal_before(context, group.first, low)
        if head is not None and (cited := _citation_before(context, head, low)) is not None:
            head = scopes.nominal_before(context, cited, low)
    if head is None:
        pronoun = next((i for i in range(group.first, group.head) if context.is_(i, "pron") and not context.is_(i, "clitic")), None)
        before = group.first - 1
        pronoun = before if pronoun is None and before >= low and context.is_(before, "pron") else pronoun
        return ((pronoun, pronoun + 1), "") if pronoun is not None else (None, "")
    return _named_within(context, scopes.noun_phrase(context, head, low, group.first)), ""


def _shared_subject(context: Context, group: VerbGroup, first: int, before: list[Attribution]) -> Tokens | None:
    """Return the source of the saying before where a second verb is coordinated with it ('said ... and denied that ...')."""
    if group.mood != "fin" or group.first <= first or context.pos(group.first - 1) != "CCONJ" or context.syntax is None:
        return None
    if any(context.syntax.dep[c].startswith("nsubj") for c in context.syntax.children[group.head]):
        return None
    same = [a for a in before if a.source and first <= a.anchor < group.head and a.frame in ("that", "infinitive", "object", "accuse", "demand")]
    return same[-1].source if same else None


def _citation_before(context: Context, head: int, low: int) -> int | None:
    """Return where ', citant Y,' starts when ``head`` is the one it cites: the subject stands before it."""
    for i in range(head, max(low, head - 12), -1):
        if i in context.citing:
            return next((j for j in range(i - 1, low, -1) if context.text.words[j] == ","), None)
        if context.text.words[i] == ",":
            return None
    return None


def _named_within(context: Context, source: Tokens) -> Tokens:
    """Return 'source médicale' of 'un bilan de source médicale': whose count it is."""
    lexicon = context.lang.lexicon("source_nouns")
    heads = [(i, e.get("kind")) for i in range(*source) for _, e in lexicon.matches(context.text, i)]
    if len(heads) > 1 and heads[0][1] == "toll":
        start = heads[1][0]
        while start - 1 > heads[0][0] and context.is_(start - 1, "det"):
            start -= 1
        return start, source[1]
    return source


def _oblique(context: Context, group: VerbGroup, first: int, last: int) -> Tokens | None:
    """Return who is behind 'on': 'a-t-on appris de source proche de ...', 'de source médicale, on fait état de ...'."""
    subject = group.pronoun if group.pronoun is not None else group.first if context.is_(group.first, "impersonal") else group.first - 1
    if not (0 <= subject < len(context.text) and context.is_(subject, "impersonal")):
        return None
    after = context.adverb_end(group.last, last)
    for start, high in ((after, last), (first, group.first)):
        end = context.has(start, min(start + 3, high), "oblique") if start < high else None
        if end is not None:
            noun = end - 1 if context.lang.lexicon("source_nouns").has(context.text.norms[end - 1]) else end
            return scopes.phrase_after(context, noun, high)
    return None


def _relative_antecedent(context: Context, group: VerbGroup, low: int) -> int | None:
    for i in range(group.first - 1, max(low, group.first - 4) - 1, -1):
        if context.is_(i, "rel"):
            return _antecedent(context, i, group.head, low)
        if context.text.words[i] in ",;":
            return None
    return None


def _antecedent(context: Context, relative: int, verb: int, low: int) -> int | None:
    syntax = context.syntax
    assert syntax is not None
    head = syntax.head[verb]
    if syntax.dep[verb].startswith("acl") and low <= head < relative:
        return head
    return scopes.nominal_before(context, relative, low)


def _main_subject(context: Context, group: VerbGroup, before: list[Attribution]) -> tuple[Tokens | None, str]:
    """Return the subject of the clause a participle or infinitive hangs on: nearest governing verb with a subject, else the last source."""
    syntax = context.syntax
    assert syntax is not None
    first, last = context.sentence(group.head)
    for ancestor in (group.head, *syntax.ancestors(group.head)):
        if not first <= ancestor < last:
            break
        for child in syntax.children[ancestor]:
            if syntax.dep[child].startswith("nsubj") and child != group.head and not group.first <= child < group.last:
                if context.is_(child, "rel"):
                    child = _antecedent(context, child, ancestor, first) or child
                return scopes.noun_phrase(context, child, first, last if child > group.last else group.first), ""
    same = [a for a in before if a.source and first <= a.anchor < group.head and a.source[1] <= group.first]
    if same:
        return same[-1].source, "the subject of the clause before"
    for i in range(first, group.first):
        if syntax.dep[i].startswith("nsubj"):
            return scopes.noun_phrase(context, i, first, group.first), ""
    return None, ""


# --- what ----------------------------------------------------------------------------------------------------------------------------

Made = tuple[tuple[Tokens, ...], str, "Tokens | None"]


def _refuses(group: VerbGroup, frame: str) -> bool:
    return frame in group.entry.get("no").split(",")


def _limit(context: Context, group: VerbGroup) -> int:
    """Return where what the verb governs must end: the quotation it stands in, the sentence."""
    quote = context.quote(group.head)
    last = context.body(group.head)[1]
    return min(last, quote.last) if quote else last


def _as(context: Context, group: VerbGroup) -> Made | None:
    """'Comme l'a reconnu le ministre, les pertes sont lourdes', 'as the minister said'."""
    first, last = context.sentence(group.head)
    at = next((i for i in range(max(first, group.first - 6), group.first) if context.is_(i, "as")), None)
    if at is None or (at > first and context.text.words[at - 1] != ","):
        return None
    source = scopes.phrase_after(context, group.last, last) if group.first - at <= 1 else None
    if source is None:
        head = scopes.subject(context, group.head, at)
        source = scopes.noun_phrase(context, head, at + 1, group.first) if head is not None else None
    if source is None:
        return None
    end = max(source[1], group.last)
    if at > first:
        return ((scopes.clause_start(context, at), at - 1),), "as", source
    if end + 1 >= last or context.text.words[end] != ",":
        return None
    return ((end + 1, context.body(group.head)[1]),), "as", source


def _that(context: Context, group: VerbGroup) -> Made | None:
    """'affirme (à l'AFP) que ...'."""
    limit = _limit(context, group)
    at = _that_token(context, group, limit)
    return (((at, _end_of_clause(context, group, at, limit)),), "that", None) if at is not None else None


def _bare_that(context: Context, group: VerbGroup) -> Made | None:
    """'said it had struck two targets': the clause without 'that', where the language allows it."""
    limit = _limit(context, group)
    syntax = context.syntax
    if syntax is None or _refuses(group, "that"):
        return None
    clause = next((c for c in syntax.children_with(group.head, "ccomp") if c >= group.last), None)
    if clause is None or syntax.left[clause] < group.last or context.lang.settings.get("sources", {}).get("bare_clause") is not True:
        return None
    start = max(group.last, syntax.left[clause])
    if context.text.words[start] in MARKS and context.text.words[start - 1] == ":":
        return None
    return ((start, _end_of_clause(context, group, start, limit)),), "that", None


def _that_token(context: Context, group: VerbGroup, limit: int) -> int | None:
    """Return the 'que' or 'that' the verb governs: behind adverbs, dates, addressees and bracketing commas, not behind an object."""
    for j in range(group.last, min(limit, group.last + 22)):
        if context.is_(j, "that") and not _refuses(group, "that") or _asks(context, group, j):
            return j if _governs(context, group, j) else None
        pos = context.pos(j)
        if pos in ("VERB", "AUX") and context.syntax and context.syntax.morph[j].get("VerbForm") in ("Fin", "Inf"):
            return None
        if context.text.words[j] in ":;«“" or context.is_(j, "rel") and not context.is_(j, "that"):
            return None
    return None


def _asks(context: Context, group: VerbGroup, j: int) -> bool:
    """Return whether an indirect question starts at ``j`` ('a expliqué à CNN pourquoi ...')."""
    return context.is_(j, "whether") and not context.is_(j, "refl") and (not context.is_(j, "if") or group.entry.get("act") in ("ask", "demand", "doubt"))


def _governs(context: Context, group: VerbGroup, at: int) -> bool:
    """Return whether the 'que' at ``at`` hangs on the verb: by the parse, or because only circumstances stand between."""
    syntax = context.syntax
    assert syntax is not None
    clause = syntax.head[at]
    governor = syntax.head[clause] if clause != at else clause
    if group.first <= governor < group.last or clause == group.head:
        return True
    between = range(group.last, at)
    if group.entry.get("obj") == "1":
        return True
    objects = [j for j in between if syntax.dep[j] == "obj" and syntax.head[j] == group.head]
    if syntax.dep[clause] == "acl:relcl" and governor in between:
        return False
    return not objects and len(between) <= 12


def _end_of_clause(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    """Return where a governed clause ends: at the next thing that hangs on the verb itself, at a contrast, at its quotation's end."""
    syntax = context.syntax
    assert syntax is not None
    end = limit
    own = {group.head, *(h for h in syntax.ancestors(group.head) if group.first <= h < group.last)}
    for child in range(start + 1, limit):
        if syntax.head[child] not in own or syntax.left[child] <= start:
            continue
        dep = syntax.dep[child]
        left = syntax.left[child]
        marked = any(context.is_(k, "that") for k in range(left, min(left + 4, child + 1)))
        if dep == "conj" and not marked and context.pos(child) in ("VERB", "AUX") and any(context.is_(k, "contrast") for k in range(left, left + 2)):
            end = min(end, left)
        elif dep.startswith("advcl") and any(context.is_(k, "contrast") for k in range(left, min(left + 2, limit))):
            end = min(end, left)
    if _in_relative(context, group) or group.mood == "ger" and group.head - context.sentence(group.head)[0] <= 2:
        end = min(end, _main_resumes(context, group, start, end))
    for i in range(start + 1, end):
        if context.text.words[i] == ";" and context.quote(i) is None:
            return i
        if _next_saying(context, i, end):
            return i
        if context.text.words[i] == ":" and i + 1 < end and context.text.words[i + 1] in "«“\"" and context.quote(i) is None:
            return i
    return end


def _next_saying(context: Context, i: int, end: int) -> bool:
    """Return whether at ``i`` the one who said goes on: ', et a révélé', 'and denied', ', ce que X a démenti'."""
    if context.quote(i) is not None:
        return False
    if context.text.words[i] == "," and i + 2 < end:
        if context.has(i + 1, min(i + 3, end), "comment"):
            return True
        return context.pos(i + 1) == "CCONJ" and _bare_verb(context, i + 2, end)
    if context.pos(i) == "CCONJ" and i + 1 < end:
        lexicon = context.lang.lexicon("speech_verbs")
        for j in range(i + 1, min(end, i + 4)):
            if context.pos(j) in ("DET", "NOUN", "PROPN", "SCONJ", "PUNCT") or context.is_(j, "pron", "that") and not context.is_(j, "clitic"):
                return False
            if lexicon.match(context.text, j) and context.pos(j) == "VERB":
                return bool(context.syntax) and context.syntax.morph[j].get("VerbForm") in ("Fin", "Part", "Ger")  # type: ignore[union-attr]
    return False


def _bare_verb(context: Context, j: int, end: int) -> bool:
    """Return whether a finite verb without a subject starts at ``j``: ', et a révélé' goes on with the one who said."""
    assert context.syntax is not None
    while j < end and (context.is_(j, "clitic", "refl", "neg") or context.pos(j) == "ADV"):
        j += 1
    return j < end and context.pos(j) in ("VERB", "AUX") and context.syntax.morph[j].get("VerbForm") == "Fin"


def _in_relative(context: Context, group: VerbGroup) -> bool:
    first = context.sentence(group.head)[0]
    return any(context.is_(i, "rel") and not context.is_(i, "that") for i in range(max(first, group.first - 3), group.first))


def _main_resumes(context: Context, group: VerbGroup, start: int, end: int) -> int:
    """Return the comma behind which the clause around a relative goes on ('Le Hezbollah, qui affirme ..., a diffusé ...')."""
    syntax = context.syntax
    assert syntax is not None
    for i in range(start + 1, end - 1):
        if context.text.words[i] != "," or context.quote(i) is not None:
            continue
        j = i + 1
        while j < end and (context.is_(j, "clitic", "refl", "neg", "pron") and group.mood == "ger" or context.is_(j, "clitic", "refl", "neg") or context.pos(j) == "ADV"):
            j += 1
        if j < end and context.pos(j) in ("VERB", "AUX") and syntax.morph[j].get("VerbForm") == "Fin":
            return i
    return end


def _infinitive(context: Context, group: VerbGroup) -> Made | None:
    """'dit avoir perdu', 'nie avoir tiré', 'menace de marcher', 'claims to have retaken'."""
    syntax = context.syntax
    if syntax is None:
        return None
    limit = _limit(context, group)
    j = group.last
    while j < limit and (context.is_(j, "adv") or j in context.adverbs) and not context.is_(j, "neg"):
        j += 1
    start = j
    if j < limit and context.text.words[j] in MARKS:
        j += 1
    if j < limit and context.is_(j, "to"):
        de = group.entry.get("de") == "1" or group.entry.get("act") in ("promise", "threaten", "demand") or context.lang.settings["sources"].get("bare_clause")
        if not de:
            return None
        j += 1
        if context.lang.settings["sources"].get("bare_clause"):
            start = j
    while j < limit and (context.is_(j, "neg", "clitic", "refl") or context.text.words[j] in MARKS):
        j += 1
    if j >= limit or not _is_infinitive(context, j):
        return None
    return ((start, _end_of_infinitive(context, group, start, limit)),), "infinitive", None


def _end_of_infinitive(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    """Return where an infinitive's phrase ends: as a clause, and before ', and' with a subject of its own."""
    end = _end_of_clause(context, group, start, limit)
    return next((i for i in range(start, end - 1) if context.text.words[i] == "," and context.pos(i + 1) == "CCONJ" and context.quote(i) is None), end)


def _is_infinitive(context: Context, j: int) -> bool:
    assert context.syntax is not None
    form = context.syntax.morph[j].get("VerbForm")
    return context.pos(j) in ("VERB", "AUX") and (form == "Inf" or context.is_(j - 1, "to") and form is None)


def _accuse(context: Context, group: VerbGroup) -> Made | None:
    """'accuse Kiev d'avoir visé', 'a accusé du massacre les chasseurs', 'impute la frappe à la coalition'."""
    if group.entry.get("act") != "accuse" or group.entry.get("np"):
        return None
    limit = _limit(context, group)
    at = _of_what(context, group.last, limit)
    if at is None:
        return None
    return ((at, _end_of_clause(context, group, at, limit)),), "accuse", None


def _of_what(context: Context, start: int, limit: int) -> int | None:
    """Return where the deed begins: 'd'avoir' before 'de soutien'; without the preposition where the language leaves it out."""
    words = context.lang.settings["sources"].get("of", [])
    places = [j for j in range(start, limit) if context.text.norms[j] in words]
    verbal = [j for j in places if j + 1 < limit and _verbal(context, j + 1, limit)]
    at = verbal[0] if verbal else next((j for j in places if j == start or j > start + 1), places[0] if places else None)
    if at is None:
        return None
    return at + 1 if context.lang.settings["sources"].get("bare_clause") else at


def _verbal(context: Context, j: int, limit: int) -> bool:
    while j < limit and context.is_(j, "neg", "clitic", "refl"):
        j += 1
    if j >= limit or context.syntax is None:
        return False
    form = context.syntax.morph[j].get("VerbForm")
    return context.pos(j) in ("VERB", "AUX") and (form in ("Inf", "Part")) or context.text.norms[j].endswith("ing")


def _demand(context: Context, group: VerbGroup) -> Made | None:
    """'appelle les parties à cesser', 'exhorte X à', 'called on X to', 'urged partners to lift'."""
    if group.entry.get("act") not in ("demand", "ask") or context.syntax is None:
        return None
    limit = _limit(context, group)
    for j in range(group.last, min(limit, group.last + 14)):
        k = j + 1
        while k < limit and context.is_(k, "neg", "clitic", "refl"):
            k += 1
        if context.text.norms[j] in context.lang.settings["sources"]["demand_to"] and k < limit and _is_infinitive(context, k):
            start = j + 1 if context.lang.settings["sources"].get("bare_clause") else j
            return ((start, _end_of_infinitive(context, group, start, limit)),), "demand", None
        if context.text.words[j] in ";:":
            break
    return None


def _colon(context: Context, group: VerbGroup) -> Made | None:
    """'Il ajouta : « ... »', 'a dit: ...'."""
    last = context.sentence(group.head)[1]
    for j in range(group.last, min(last, group.last + 14)):
        if context.text.words[j] == ":":
            if j + 1 < last and context.text.words[j + 1] in MARKS:
                quote = _quote_opening(context, j + 1)
                if quote:
                    return ((j + 1, quote.last + quote.closed),), "colon", None
            plain = not group.entry.get("weak") and group.entry.get("act") not in ("deny", "doubt")
            return (((j + 1, context.body(group.head)[1]),), "colon", None) if plain else None
        if context.text.words[j] in MARKS and j == context.adverb_end(group.last, last) and not _refuses(group, "quote"):
            quote = _quote_opening(context, j)
            end = quote.last + quote.closed if quote else j
            if quote and (end >= context.body(group.head)[1] or quote.last - quote.first >= 6) and group.entry.get("np") != "quote":
                return ((j, end),), "quotation", None
            return None
    return None


def _quote_opening(context: Context, mark: int) -> Quote | None:
    return next((q for q in context.text.quotes if q.first == mark + 1), None)


NP_GUARDS = ("1", "fact", "quote", "quant", "allegation", "possibility", "media", "figure", "claim")


def _object(context: Context, group: VerbGroup) -> Made | None:
    """'annonce la suspension', 'dément toute retraite', 'n'a pas confirmé la mort': a noun phrase tells the happening."""
    guard = group.entry.get("np")
    if not guard or _refuses(group, "np") or context.syntax is None:
        return None
    limit = _limit(context, group)
    start = context.adverb_end(group.last, limit)
    if context.opens(start, "pointing") is not None and group.entry.get("act") in ("deny", "doubt"):
        return None
    if group.entry.get("of") == "1":
        of = context.lang.settings["sources"]["of"]
        at = next((j for j in range(start, min(limit, start + 6)) if context.text.norms[j] in of), None)
        if at is None:
            return None
        start = at + 1
    if start < limit and context.text.words[start] == ",":
        close = next((k for k in range(start + 1, min(limit, start + 8)) if context.text.words[k] == ","), None)
        if close is None:
            return None
        start = context.adverb_end(close + 1, limit)
    if start >= limit or context.text.words[start] in ",;:)»":
        return None
    end = _object_end(context, group, start, limit)
    if guard == "media":
        return _shown(context, start, limit)
    if not _np_passes(context, guard, start, end):
        return None
    return ((start, end),), "object", None


def _object_end(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    syntax = context.syntax
    assert syntax is not None
    end = limit
    for child in syntax.children[group.head]:
        left = syntax.left[child]
        if left <= start:
            continue
        dep = syntax.dep[child]
        verbal_conj = dep == "conj" and context.pos(child) in ("VERB", "AUX")
        if verbal_conj or dep.startswith(("advcl", "parataxis", "ccomp")) or dep.startswith("obl") and context.text.words[left - 1] == ",":
            end = min(end, left)
    for i in range(start, end):
        if context.text.words[i] == "," and context.quote(i) is None and i + 1 < end:
            after = i + 1
            if context.has(after, min(after + 2, end), "including"):
                continue
            if context.is_(after, "rel", "contrast", "that") or context.pos(after) in ("VERB", "AUX", "SCONJ", "CCONJ", "ADP", "ADV"):
                return i
        if context.text.words[i] == ";" or _next_saying(context, i, end):
            return i
    return end


def _np_passes(context: Context, guard: str, start: int, end: int) -> bool:
    """Return whether the object can hold a claim, as the verb's own guard asks."""
    words = range(start, end)
    if guard in ("quant", "figure"):
        return any(context.lang.number_at(context.text, i) for i in words) or any(context.text.words[i] in "«“\"" for i in words)
    if guard in ("allegation", "possibility"):
        return any(entry.get("class") == guard for i in words for _, entry in context.lang.lexicon("speech_nouns").matches(context.text, i))
    if guard == "as":
        return any(context.is_(i, "as") for i in words)
    if guard == "event":
        return scopes.tells(context, start, end)
    if guard == "quote":
        return any(context.text.words[i] in "«“\"" for i in words)
    if guard == "claim":
        return context.text.norms[start] in context.lang.settings["sources"].get("responsibility", [])
    return any(context.pos(i) in ("NOUN", "PROPN", "PRON", "NUM") or context.text.words[i] in MARKS for i in words)


def _shown(context: Context, start: int, limit: int) -> Made | None:
    """'a diffusé des images montrant son drapeau': the content is what the pictures show."""
    show = context.lang.lexicon("speech_verbs")
    media = any(e.get("kind") == "document" for i in range(start, min(limit, start + 6)) for _, e in context.lang.lexicon("source_nouns").matches(context.text, i))
    if not media:
        return None
    for j in range(start, limit):
        if any(e.get("act") == "show" and e.feature in ("ger", "pres", "past") for _, e in show.matches(context.text, j)):
            return ((j + 1, limit),), "show", None
    return None


# --- inversions and incises ----------------------------------------------------------------------------------------------------------


def _incise(context: Context, group: VerbGroup) -> Made | None:
    """'« ... », a martelé le ministre', 'Les combats, a précisé X, se poursuivent', '"...," the governor added, "..."'."""
    if _refuses(group, "quote") or group.mood not in ("fin",):
        return None
    first, last = context.sentence(group.head)
    low = group.first
    reach: Tokens | None = None
    if not _is_boundary(context, low - 1, first):
        subject = _preverbal(context, group, first)
        if subject is None:
            return None
        low, reach = subject[0], subject
        if _governs_right(context, group, last):
            return None
    elif group.pronoun is not None:
        reach = _oblique(context, group, first, last) or (group.pronoun, group.pronoun + 1)
    else:
        reach = scopes.inverted(context, group.last, last)
        bound = _closes_quote(context, low - 1) or _main_clause(context, first, low)
        if _own_subject(context, group, first) and not bound:
            return None
        if reach is None or _finite_at(context, reach[1], last) or reach[1] - reach[0] == 1 and context.is_(reach[0], "clitic"):
            return None
    content = _content_left(context, low, weak=bool(group.entry.get("weak")))
    if content is None:
        return None
    end = max(group.last, reach[1] if reach else 0)
    return (*_continued(context, content, group, end),), "incise", reach


def _own_subject(context: Context, group: VerbGroup, first: int) -> bool:
    """Return whether the parse gives the verb a subject to its left: then what follows it is no inverted speaker."""
    syntax = context.syntax
    return syntax is not None and any(syntax.dep[c].startswith("nsubj") and first <= c < group.first for c in syntax.children[group.head])


def _main_clause(context: Context, first: int, comma: int) -> bool:
    """Return whether a finite verb of its own, in no relative clause, stands before the comma."""
    syntax = context.syntax
    if syntax is None:
        return False
    for i in range(first, comma):
        if context.pos(i) in ("VERB", "AUX") and syntax.morph[i].get("VerbForm") == "Fin":
            verb = syntax.head[i] if syntax.dep[i].startswith(("aux", "cop")) else i
            if not syntax.dep[verb].startswith(("acl", "advcl")) and not any(context.is_(k, "rel") for k in range(max(first, i - 2), i)):
                return True
    return False


def _closes_quote(context: Context, i: int) -> bool:
    while i > 0 and context.text.words[i] == ",":
        i -= 1
    return any(q.closed and q.last == i for q in context.text.quotes)


def _finite_at(context: Context, i: int, last: int) -> bool:
    """Return whether a finite verb starts at token ``i``: what stands before it is its subject, not an inverted speaker."""
    j = context.adverb_end(i, last)
    return j < last and context.pos(j) in ("VERB", "AUX") and bool(context.syntax) and context.syntax.morph[j].get("VerbForm") == "Fin"  # type: ignore[union-attr]


def _is_boundary(context: Context, i: int, first: int) -> bool:
    """Return whether a clause or quotation ends at token ``i``."""
    if i < first:
        return False
    return context.text.words[i] in ",»”\"!?…" or context.text.words[i] == "–"


def _preverbal(context: Context, group: VerbGroup, first: int) -> Tokens | None:
    """Return the subject of an incise that stands before its verb (', the governor added, '), with a boundary before it."""
    if context.lang.settings["sources"].get("preverbal_incise") is not True:
        return None
    head = scopes.subject(context, group.head, first)
    if head is None:
        head = scopes.nominal_before(context, group.first, first)
    if head is None:
        return None
    phrase = scopes.noun_phrase(context, head, first, group.first)
    if phrase[0] <= first or not _is_boundary(context, phrase[0] - 1, first):
        return None
    before = phrase[0] - 1
    if context.text.words[before] == "," and not _clause_before(context, before, first):
        return None
    return phrase


def _clause_before(context: Context, comma: int, first: int) -> bool:
    """Return whether a whole clause, not an adverbial, stands before a comma."""
    if context.text.words[comma - 1] in MARKS:
        return True
    finite = [i for i in range(first, comma) if context.pos(i) in ("VERB", "AUX") and context.syntax and context.syntax.morph[i].get("VerbForm") == "Fin"]
    return bool(finite) and not context.is_(first, "contrast", "if", "as") and context.pos(first) != "SCONJ"


def _governs_right(context: Context, group: VerbGroup, last: int) -> bool:
    """Return whether the verb has a complement of its own to the right."""
    limit = _limit(context, group)
    if _that_token(context, group, limit) is not None:
        return True
    j = context.adverb_end(group.last, last)
    if j >= limit or context.text.words[j] in ",.;»”\"":
        return False
    if context.syntax is None:
        return False
    governed = ("ccomp", "xcomp") if group.entry.get("obj") == "1" else ("ccomp", "xcomp", "obj")
    return any(c >= group.last and context.syntax.dep[c] in governed for c in context.syntax.children[group.head])


def _content_left(context: Context, low: int, *, weak: bool) -> tuple[Tokens, ...] | None:
    """Return what stands before an incise: its quotation where one closes there, else the clause."""
    k = low - 1
    while k > 0 and context.text.words[k] in ",":
        k -= 1
    closing = [q for q in context.text.quotes if q.closed and q.last == k]
    first = context.sentence(low)[0]
    start = scopes.clause_start(context, low)
    if closing:
        quote = min(closing, key=lambda q: q.depth)
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
    while j < last and text.words[j] not in ",:" and not (text.words[j] in MARKS):
        j += 1
    if around is not None and around.first <= content[0][0] + 1:
        return (*content, (j + 1, around.last + around.closed)) if j + 1 < around.last else content
    if j >= last or text.words[j] == ":":
        return content
    after = j + 1 if text.words[j] == "," else j
    if after < last and text.words[after] in MARKS and (quote := _quote_opening(context, after)):
        return (*content, (after, quote.last + quote.closed))
    quoted = text.words[content[-1][1] - 1] in MARKS
    if not quoted and text.words[j] == "," and after < last and _resumes(context, after):
        return (*content, (after, last))
    return content


def _resumes(context: Context, i: int) -> bool:
    """Return whether token ``i`` goes on with an interrupted clause: a verb, a clitic, a negation or an auxiliary."""
    return context.pos(i) in ("VERB", "AUX") or context.is_(i, "refl", "neg", "aux") and context.pos(i) != "NOUN"


# --- passives and participles --------------------------------------------------------------------------------------------------------


def _agent(context: Context, start: int, limit: int) -> Tokens | None:
    """Return the tokens of who is named after 'par' or 'by', at most a few words away."""
    for j in range(start, min(limit, start + 6)):
        if context.is_(j, "by"):
            return scopes.phrase_after(context, j + 1, limit)
        if context.pos(j) in ("VERB", "PUNCT", "SCONJ"):
            return None
    return None


def _accused(context: Context, group: VerbGroup) -> Attribution | None:
    """'est accusé (par l'ONU) de recruter', 'attribuée par les autorités au groupe Boko Haram'."""
    limit = _limit(context, group)
    agent = _agent(context, group.last, limit)
    at = _of_what(context, agent[1] if agent else group.last, limit)
    if group.entry.get("np"):
        return _attributed(context, group, agent, limit)
    if at is None:
        return None
    end = _participle_end(context, group, at, limit)
    return _make(context, group, source=agent, content=((at, end),), frame="accused", act="accuse")


def _participle_end(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    if group.passive:
        return _end_of_clause(context, group, start, limit)
    for i in range(start, limit):
        if context.text.words[i] == "," and context.quote(i) is None:
            return i
    return limit


def _attributed(context: Context, group: VerbGroup, agent: Tokens | None, limit: int) -> Attribution | None:
    if not group.passive or agent is None:
        return None
    to = next((i for i in range(agent[0] + 1, limit) if context.is_(i, "addressee")), None)
    agent = (agent[0], to) if to is not None else agent
    head = scopes.subject(context, group.head, context.sentence(group.head)[0])
    if head is None:
        return None
    subject = scopes.noun_phrase(context, head, context.sentence(group.head)[0], group.first)
    content = (subject, (agent[1], limit)) if agent[1] < limit else (subject,)
    return _make(context, group, source=agent, content=content, frame="attributed", act="accuse")


def _passive(context: Context, group: VerbGroup) -> Attribution | None:
    """'Il a été rapporté que', 'is said to have left', 'had been announced by', 'has not been confirmed'."""
    act = _act(group)
    if act is None or context.syntax is None:
        return None
    limit = _limit(context, group)
    first = context.sentence(group.head)[0]
    agent = _agent(context, group.last, limit)
    at = _that_token(context, group, limit)
    head = scopes.subject(context, group.head, first)
    if at is not None:
        impersonal = head is None or context.is_(head, "impersonal")
        source = agent if impersonal else agent or (scopes.noun_phrase(context, head, first, group.first) if head is not None and act == "believe" else None)
        wide = replace(group, first=head) if impersonal and head is not None and not agent else group
        act = "hearsay" if impersonal and not agent and act in ("assert", "believe", "announce") else act
        return _make(context, wide, source=source, content=((at, _end_of_clause(context, group, at, limit)),), frame="passive-that", act=act)
    after = context.adverb_end(agent[1] if agent else group.last, limit)
    if head is None:
        return None
    subject = scopes.noun_phrase(context, head, first, group.first)
    if after < limit and context.is_(after, "to") and after + 1 < limit and _is_infinitive(context, after + 1):
        if act in ("demand", "ask"):
            end = _end_of_infinitive(context, group, after, limit)
            return _make(context, group, source=agent, content=((after, end),), frame="passive-demand", act="demand")
        return _make(context, group, source=agent, content=(subject, (after, limit)), frame="passive-to", act="hearsay")
    if agent is not None and scopes.tells(context, *subject):
        return _make(context, group, source=agent, content=(subject,), frame="passive-by", act=act)
    return None


def _reduced(context: Context, group: VerbGroup) -> Attribution | None:
    """'des 17 morts annoncés hier par les élus', 'soutien documenté par des experts': a participle behind its noun."""
    act = _act(group)
    if act is None or context.syntax is None or group.entry.get("act") in ("demand", "promise"):
        return None
    limit = _limit(context, group)
    agent = _agent(context, context.adverb_end(group.last, limit), limit)
    if agent is None:
        return None
    first = context.sentence(group.head)[0]
    head = scopes.nominal_before(context, group.first, first)
    if head is None:
        return None
    content = scopes.noun_phrase(context, head, first, group.first)
    if not scopes.tells(context, *content):
        return None
    return _make(context, group, source=agent, content=(content,), frame="participle", act=act)


def continued_quotations(context: Context, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield the quotations of following sentences of the paragraph that no source introduces: the speaker before goes on."""
    taken = [a for a in found]
    for attribution in sorted(found, key=lambda a: a.anchor):
        if not attribution.quoted or attribution.frame not in ("incise", "colon", "quotation") or attribution.source is None:
            continue
        sentence = context.text.sentence_of[attribution.anchor] + 1
        while sentence < len(context.text.sentences):
            first, last = context.text.sentences[sentence]
            if context.text.paragraph_of[first] != context.text.paragraph_of[attribution.anchor]:
                break
            quote = _quote_opening(context, first) if context.text.words[first] in "«“\"" else None
            if quote is None or quote.last < last - 2 or any(a.covers(first + 1) or first <= a.anchor < last for a in taken):
                break
            yield replace(
                attribution,
                content=((first, quote.last + quote.closed),),
                inferred="the quotation goes on from the sentence before",
                by=f"{context.lang.code}.source.continued",
                frame="continued",
            )
            sentence = context.text.sentence_of[min(quote.last, len(context.text) - 1)] + 1
