"""What is said as a clause: 'que', 'that', 'as X said', infinitives, and where such a clause ends."""

from __future__ import annotations

from reportedly.find.sources import making, phrases, scopes
from reportedly.find.sources.making import MARKS, OPENING, Made
from reportedly.find.sources.model import Context, VerbGroup

# How far behind its verb an infinitive may stand that whom, where and how it is said to parts from it.
FARTHEST_ASIDE = 11


def as_somebody_says(context: Context, group: VerbGroup) -> Made | None:
    """'Comme l'a reconnu le ministre, les pertes sont lourdes', 'as the minister said'."""
    first, last = context.sentence(group.head)
    at = next((i for i in range(max(first, group.first - 6), group.first) if context.is_(i, "as")), None)
    if at is None or (at > first and context.text.words[at - 1] != ","):
        return None
    source = phrases.phrase_after(context, group.last, last) if group.first - at <= 1 else None
    if source is None:
        head = phrases.subject(context, group.head, at)
        source = phrases.noun_phrase(context, head, at + 1, group.first) if head is not None else None
    if source is None:
        return None
    end = max(source[1], group.last)
    if group.first - at > 1 and governs_right(context, group):
        # ', as agencies say the people starve': the clause behind is what they say.
        return None
    if at > first:
        return ((scopes.clause_start(context, at), at - 1),), "as", source
    if end + 1 >= last or context.text.words[end] != ",":
        return None
    return ((end + 1, context.body(group.head)[1]),), "as", source


def governs_right(context: Context, group: VerbGroup) -> bool:
    """Return whether the verb has a complement of its own to the right."""
    limit = making.limit(context, group)
    if that_token(context, group, limit) is not None:
        return True
    j = context.adverb_end(group.last, limit)
    if j >= limit or context.text.words[j] in ',.;»”"' or context.syntax is None:
        return False
    governed = ("ccomp", "xcomp") if group.entry.get("obj") == "1" else ("ccomp", "xcomp", "obj")
    return any(c >= group.last and context.syntax.dep[c] in governed for c in context.syntax.children[group.head])


def that(context: Context, group: VerbGroup) -> Made | None:
    """'affirme (à l'AFP) que ...'."""
    limit = making.limit(context, group)
    at = that_token(context, group, limit)
    return (((at, end_of_clause(context, group, at, limit)),), "that", None) if at is not None else None


def bare_that(context: Context, group: VerbGroup) -> Made | None:
    """'said it had struck two targets': the clause without 'that', where the language allows it."""
    limit = making.limit(context, group)
    syntax = context.syntax
    if syntax is None or making.refuses(group, "that"):
        return None
    clause = next((c for c in syntax.children_with(group.head, "ccomp") if c >= group.last), None)
    if clause is None or syntax.left[clause] < group.last or not context.bare_clauses:
        return None
    start = max(group.last, syntax.left[clause])
    while start > group.last and context.pos(start - 1) in ("PROPN", "X", "DET") and not context.is_(start - 1, "adv"):
        # The clause's own first words that the parse hangs on the verb of saying: 'said al-Nusra | Front attacked'.
        start -= 1
    if ":" in context.text.words[group.last : start + 1]:
        return None
    start = _behind_date(context, group, start, limit)
    return ((start, end_of_clause(context, group, start, limit)),), "that", None


def _behind_date(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    """Return where the clause opens behind what tells when it was said: 'said on Friday | they had taken the town'."""
    end = context.adverb_end(start, limit) if start == group.last else start
    if end == start or end >= limit:
        return start
    # 'said Friday protests had spread': one word before a noun may belong to it
    opens = ("PRON", "DET", "NUM") if end - start == 1 else ("PRON", "DET", "NUM", "NOUN", "PROPN", "ADJ")
    return end if context.pos(end) in opens else start


def that_token(context: Context, group: VerbGroup, limit: int) -> int | None:
    """Return the 'que' or 'that' the verb governs: behind adverbs, dates, addressees and bracketing commas, not behind an object."""
    words, classes, function = context.text.words, context.classes, context.function
    for j in range(group.last, min(limit, group.last + 22)):
        if not classes[j] and j not in function and words[j][0].isalpha() and not context.is_verb(j):
            # a noun, a name: most words tell nothing
            continue
        if context.is_(j, "that") and j > group.last and context.opens(j - 1, "comment"):
            return None
        contrast = context.opens(j, "contrast")
        if contrast is not None and any(context.is_(k, "that") for k in range(j, contrast)):
            # 'a fait état de dix morts, alors que le préfet': of another clause
            return None
        if (context.is_(j, "that") and not making.refuses(group, "that")) or _asks(context, group, j):
            return j if _governs(context, group, j) else None
        if context.text.words[j] == "," and (behind := _behind_aside(context, j, limit)) is not None:
            return behind
        if context.is_verb(j) and (
            context.form(j) in ("Fin", "Inf") or context.text.words[j - 1] == "," or context.opens(j - 1, "without")
        ):
            return None
        if (
            context.text.words[j] in ":;"
            or making.quote_opening(context, j)
            or (context.is_(j, "rel") and not context.is_(j, "that"))
        ):
            return None
    return None


def _behind_aside(context: Context, comma: int, limit: int) -> int | None:
    """Return the 'que' or 'si' right behind an aside between commas: 'ont demandé, avec l'arrogance qui les caractérise, si ...'."""
    close = next((i for i in range(comma + 1, min(limit, comma + 20)) if context.text.words[i] in ",«»"), None)
    if close is None or close + 1 >= limit or context.text.words[close] != ",":
        return None
    return close + 1 if context.is_(close + 1, "that") or context.opens(close + 1, "whether") else None


def _asks(context: Context, group: VerbGroup, j: int) -> bool:
    """Return whether an indirect question starts at ``j`` ('a expliqué à CNN pourquoi ...')."""
    doubts = group.entry.get("act") in ("ask", "demand", "doubt")
    if doubts and context.is_(j, "whether_doubt"):
        return True
    return context.opens(j, "whether") is not None and (not context.opens(j, "if") or doubts)


def _governs(context: Context, group: VerbGroup, at: int) -> bool:
    """Return whether the 'que' at ``at`` hangs on the verb: by the parse, or because only circumstances stand between."""
    syntax = context.syntax
    assert syntax is not None
    clause = syntax.head[at]
    governor = syntax.head[clause] if clause != at else clause
    if group.entry.get("obj") == "1":
        return True
    between = range(group.last, at)
    objects = [j for j in between if syntax.dep[j] == "obj" and syntax.head[j] == group.head]
    if at - 1 in objects and context.pos(at - 1) == "NOUN" and not context.is_(at - 1, "adv"):
        # 'montre le chemin que les convois ont pris': a relative, whatever the parse says; 'la possibilité que' is none.
        return context.lang.lexicon("speech_nouns").match(context.text, at - 1) is not None
    if group.first <= governor < group.last or clause == group.head:
        return True
    if syntax.dep[clause] == "acl:relcl" and governor in between and context.pos(at) != "SCONJ":
        return False
    return not objects and len(between) <= 12


def end_of_clause(context: Context, group: VerbGroup, start: int, limit: int) -> int:
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
        if (
            dep == "conj"
            and not marked
            and context.is_verb(child)
            and any(context.is_(k, "contrast") for k in range(left, left + 2))
        ) or (dep.startswith("advcl") and any(context.is_(k, "contrast") for k in range(left, min(left + 2, limit)))):
            end = min(end, left)
    if _in_relative(context, group):
        end = min(end, main_verb(context, start, end, opened=_is_bare(context, start, end)))
    if _in_relative(context, group) or (group.mood == "ger" and group.head - context.sentence(group.head)[0] <= 2):
        end = min(end, _main_resumes(context, group, start, end))
    for i in range(start + 1, end):
        if context.text.words[i] == ";" and context.quote(i) is None:
            return i
        if next_saying(context, i, end) or _another_says(context, i, end):
            return i
        if (
            context.text.words[i] == ":"
            and i + 1 < end
            and context.text.words[i + 1] in '«“"'
            and context.quote(i) is None
        ):
            return i
    return end


def next_saying(context: Context, i: int, end: int) -> bool:
    """Return whether at ``i`` the one who said goes on: ', et a révélé', 'and denied', ', ce que X a démenti'."""
    if context.quote(i) is not None:
        return False
    if context.text.words[i] == "," and i + 2 < end:
        if comment_end(context, i + 1, end) or _goes_on_saying(context, i + 1, end):
            return True
        return context.pos(i + 1) == "CCONJ" and _bare_verb(context, i + 2, end)
    if context.pos(i) == "CCONJ" and i + 1 < end:
        lexicon = context.lang.lexicon("speech_verbs")
        for j in range(i + 1, min(end, i + 4)):
            if context.pos(j) in ("DET", "NOUN", "PROPN", "SCONJ", "PUNCT") or (
                context.is_(j, "pron", "that") and not context.is_(j, "clitic")
            ):
                return False
            if context.pos(j) == "VERB":
                # 'abducting and torturing suspected rebels': a verb of another kind goes on with what is said.
                return lexicon.match(context.text, j) is not None and context.form(j) in ("Fin", "Part", "Ger")
    return False


# Acts by which one who speaks after another answers him.
SAYING = ("assert", "announce", "deny", "believe", "accuse")
# So far behind 'but' the verb may stand with which another one says something.
ANOTHER = 14


def _another_says(context: Context, comma: int, end: int) -> bool:
    """Return whether behind a comma and a contrast somebody else says something: ', but | a hospital source told AFP that', ', mais'."""
    words, verbs = context.text.words, context.lang.lexicon("speech_verbs")
    start = comma + 2
    if words[comma] != "," or start >= end or not context.is_(comma + 1, "contrast") or context.is_(start, "that"):
        return False
    if context.quote(comma) is not None or context.pos(start) not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return False
    for i in range(start + 1, min(end, start + ANOTHER)):
        if words[i] in ",;:" or context.is_(i, "rel", "that"):
            return False
        if context.is_finite(i) and not context.is_(i, "aux"):
            said = verbs.match(context.text, i)
            return said is not None and not said[1].get("weak") and said[1].get("act") in SAYING
    return False


def comment_end(context: Context, i: int, end: int) -> int | None:
    """Return the token behind ', ce que', ', a claim', ', un soutien que' where a denial follows: the clause before is commented on."""
    if (found := context.opens(i, "comment")) is not None and not _tells_of_a_noun(context, i, end):
        return found
    nouns, verbs = context.lang.lexicon("speech_nouns"), context.lang.lexicon("speech_verbs")
    noun = i + (context.is_(i, "det") or context.pos(i) == "DET")
    said = nouns.match(context.text, noun) if noun < end else None
    if said and said[1].get("class") == "allegation" and said[0] < end and _denied(context, said[0]):
        return i
    named = context.is_(i, "det") and context.pos(i + 1) == "NOUN" and i + 2 < end and context.is_(i + 2, "that", "rel")
    near = range(i + 3, min(end, i + 9))
    denied = named and any(e.get("act") in ("deny", "doubt") for k in near for _, e in verbs.matches(context.text, k))
    return i + 3 if denied else None


def _tells_of_a_noun(context: Context, i: int, end: int) -> bool:
    """Return whether a relative that could comment on a clause rather tells more of a noun: 'the enemy, which is hiding its losses,'."""
    verbs = context.lang.lexicon("speech_verbs")
    near = range(i + 1, next((k for k in range(i + 1, end) if context.text.words[k] in ",;"), end))
    return context.is_(i, "rel") and not any(
        e.get("act") in ("deny", "doubt") or e.get("neg") for k in near for _, e in verbs.matches(context.text, k)
    )


def _denied(context: Context, i: int) -> bool:
    """Return whether a participle of denial starts at ``i``: ', des accusations | rejetées par X'."""
    entries = context.lang.lexicon("speech_verbs").matches(context.text, i)
    return any(e.feature == "part" and e.get("act") in ("deny", "doubt") for _, e in entries)


def _goes_on_saying(context: Context, i: int, end: int) -> bool:
    """Return whether a participle or infinitive of saying with a clause of its own starts at ``i``: 'ajoutant que', 'avant de dire que'."""
    j = context.opens(i, "before_saying") or i
    verbs = context.lang.lexicon("speech_verbs")
    for last, entry in verbs.matches(context.text, j):
        if entry.feature == ("ger" if j == i else "inf") or (entry.feature == "ger" and j > i):
            after = context.adverb_end(last, end)
            return after < end and (context.is_(after, "that", "whether") or context.text.words[after] in OPENING)
    return False


def _bare_verb(context: Context, j: int, end: int) -> bool:
    """Return whether a finite verb without a subject starts at ``j``: ', et a révélé' goes on with the one who said."""
    j = before_verb(context, j, end)
    return j < end and context.is_finite(j)


def before_verb(context: Context, j: int, end: int, *more: str) -> int:
    """Return the token behind the clitics, negations and adverbs (and classes ``more``) that start at ``j``."""
    while j < end and (context.is_(j, "clitic", "refl", "neg", *more) or context.pos(j) == "ADV"):
        j += 1
    return j


def _in_relative(context: Context, group: VerbGroup) -> bool:
    first = context.sentence(group.head)[0]
    if any(
        context.is_(i, "rel") and not context.is_(i, "that") for i in range(max(first, group.first - 3), group.first)
    ):
        return True
    # 'L'homme | que l'armée accuse': behind a noun and no verb, 'que' can open nothing else
    opened = next((i for i in range(max(first + 1, group.first - 5), group.first) if context.is_(i, "that")), None)
    return (
        opened is not None
        and context.pos(opened - 1) in ("NOUN", "PROPN")
        and not any(context.is_finite(i) for i in range(first, opened))
    )


def _main_resumes(context: Context, group: VerbGroup, start: int, end: int) -> int:
    """Return the comma behind which the clause around a relative goes on ('Le Hezbollah, qui affirme ..., a diffusé ...')."""
    own_pronoun = ("pron",) if group.mood == "ger" else ()
    for i in range(start + 1, end - 1):
        if context.text.words[i] != "," or context.quote(i) is not None:
            continue
        j = before_verb(context, i + 1, end, *own_pronoun)
        if j < end and context.is_finite(j):
            return i
    return end


def _behind_bracket(context: Context, at: int, limit: int) -> int:
    """Return the infinitive behind a date or aside between commas: 'a annoncé, ce mardi, | avoir ciblé'."""
    if at >= limit or context.text.words[at] != ",":
        return at
    close = next((i for i in range(at + 1, min(limit - 1, at + 10)) if context.text.words[i] == ","), None)
    return close + 1 if close is not None and context.form(close + 1) == "Inf" else at


def _behind_where(context: Context, group: VerbGroup, at: int, limit: int) -> int:
    """Return the infinitive behind to whom, where and how it is said: 'ont déclaré à Radio Okapi | avoir fui', 'menace à Goma | de'."""
    aside = at < limit and (
        context.is_(at, "addressee") or context.text.norms[at] in context.settings.get("asides", ())
    )
    if not aside or context.form(at + 1) == "Inf" or context.opens(at, "purpose") is not None:
        return at
    led = group.entry.get("act") in ("promise", "threaten") or group.entry.get("de")
    nominal = ("NOUN", "PROPN", "ADJ", "NUM")
    for i in range(at + 1, min(limit, at + FARTHEST_ASIDE)):
        if context.form(i) == "Inf" and context.is_verb(i):
            if led and context.is_(i - 1, "to") and context.pos(i - 2) in nominal:
                return i - 1
            return i if context.pos(i - 1) in nominal else at
        if (context.is_verb(i) and context.form(i) != "Part") or context.text.words[i] in ",;:":
            return at
    return at


def _is_bare(context: Context, start: int, end: int) -> int:
    """Return 1 where a clause without 'that' starts ('said | he had lost'), 0 before 'that' or an infinitive."""
    if context.is_(start, "that", "whether"):
        return 0
    verb = next((i for i in range(start, end) if context.is_verb(i)), start)
    return int(context.form(verb) == "Fin")


def main_verb(context: Context, start: int, end: int, *, opened: int = 0) -> int:
    """Return where the main verb begins behind a relative without commas: 'Une femme qui dit avoir tout perdu | attend'.

    It is the finite verb to which no word that opens a clause belongs: each of those accounts for one verb, as do the ``opened``
    clauses that no word opens.
    """
    for i in range(start, end):
        if context.is_(i, "that", "rel", "contrast", "if") or context.pos(i) in ("SCONJ", "CCONJ", "PUNCT"):
            opened += 1
        elif context.is_finite(i):
            if opened == 0 and i > start:
                return next(k for k in range(i, start, -1) if not context.is_(k - 1, "neg", "refl", "clitic"))
            opened = max(0, opened - 1)
    return end


def infinitive(context: Context, group: VerbGroup) -> Made | None:
    """'dit avoir perdu', 'nie avoir tiré', 'menace de marcher', 'claims to have retaken'."""
    syntax = context.syntax
    if syntax is None:
        return None
    limit = making.limit(context, group)
    if making.refuses(group, "infinitive"):
        return None
    j = group.last
    while j < limit and (context.is_(j, "adv") or j in context.adverbs) and not context.is_(j, "neg"):
        j += 1
    start = j = _behind_where(context, group, _behind_bracket(context, j, limit), limit)
    if j < limit and context.text.words[j] in MARKS:
        j += 1
    if j < limit and context.is_(j, "to"):
        de = (
            bool(group.entry.get("de"))
            or group.entry.get("act") in ("promise", "threaten", "demand")
            or context.bare_clauses
        )
        unlike = not context.bare_clauses and context.text.norms[j] not in context.settings.get("of", [])
        if not de or (unlike and group.entry.get("a") != "1"):
            return None
        j += 1
        if context.bare_clauses:
            start = j
    while j < limit and (
        context.is_(j, "neg", "clitic", "refl") or context.text.words[j] in MARKS or context.pos(j) == "ADV"
    ):
        j += 1
    if j >= limit or not is_infinitive(context, j):
        return None
    return ((start, end_of_infinitive(context, group, start, limit)),), "infinitive", None


def state(context: Context, group: VerbGroup) -> Made | None:
    """'se dit prêt à négocier', 's'est dite « horrifiée »': what somebody calls himself."""
    limit = making.limit(context, group)
    start = context.adverb_end(group.last, limit)
    if group.entry.get("state") != "1" or start >= limit:
        return None
    if context.text.words[start] in OPENING and (quote := making.quote_opening(context, start)):
        return ((start, quote.last + quote.closed),), "state", None
    if context.pos(start) not in ("ADJ", "VERB", "NOUN") or context.form(start) in ("Fin", "Inf"):
        return None
    return ((start, end_of_clause(context, group, start, limit)),), "state", None


def end_of_infinitive(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    """Return where an infinitive's phrase ends: as a clause, and before ', and' with a subject of its own."""
    end = end_of_clause(context, group, start, limit)
    return next(
        (
            i
            for i in range(start, end - 1)
            if context.quote(i) is None
            and (
                (context.text.words[i] == "," and context.pos(i + 1) == "CCONJ")
                or (context.pos(i) == "CCONJ" and i > start + 1 and _is_another(context, start, i + 1))
            )
        ),
        end,
    )


def _is_another(context: Context, start: int, i: int) -> bool:
    """Return whether a finite verb at ``i`` is none that the infinitive's 'have' carries: 'to have killed ten and | captured two'."""
    if not context.is_finite(i):
        return False
    syntax = context.syntax
    past = syntax is not None and syntax.morph[i].get("Tense") == "Past" and not context.is_(i, "aux")
    saying = context.lang.lexicon("speech_verbs").has(context.text.norms[i])
    return not (context.bare_clauses and context.is_(start, "aux:have") and past and not saying)


def is_infinitive(context: Context, j: int) -> bool:
    """Return whether token ``j`` is an infinitive (a form the parse says nothing of counts behind 'to')."""
    form = context.form(j)
    return context.is_verb(j) and (form == "Inf" or (context.is_(j - 1, "to") and not form))
