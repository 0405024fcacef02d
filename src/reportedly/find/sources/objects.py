"""What is said as a noun phrase, an accusation or a demand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from reportedly.find.sources import clauses, making, phrases, scopes, who
from reportedly.find.sources.making import MARKS, OPENING, Made
from reportedly.find.sources.model import Context, VerbGroup

# So far behind the verb an aside between commas may close, and so many phrases may stand before the object.
ASIDE = 14
LONGEST_ROW = 3
NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")


def accuse(context: Context, group: VerbGroup) -> Made | None:
    """'accuse Kiev d'avoir visé', 'a accusé du massacre les chasseurs', 'impute la frappe à la coalition'."""
    if group.entry.get("act") != "accuse" or group.entry.get("np"):
        return None
    limit = making.limit(context, group)
    behind = _needed(context, group, limit)
    if behind is None:
        return None
    if (laid := _laid(context, group, limit)) is not None:
        return (laid,), "attributed", None
    at = of_what(context, behind, limit)
    if at is not None and any(clauses.next_saying(context, i, at) for i in range(behind, at)):
        # 'tient le M23 pour responsable de la mort ... et reproche à l'armée d'avoir': another's deed
        limit = next(i for i in range(behind, at) if clauses.next_saying(context, i, at))
        at = of_what(context, behind, limit)
    if at is None or not (
        verbal(context, at + (not context.bare_clauses), limit) or _somebody(context, group.last, at)
    ):
        return None
    end = clauses.end_of_clause(context, group, at, limit)
    if not verbal(context, at + (not context.bare_clauses), limit):
        # 'blamed the army for the strike, calling it a crime': a deed that is a noun ends with its phrase.
        end = next((i for i in range(at, end - 1) if context.text.words[i] == "," and context.is_verb(i + 1)), end)
    return ((at, end),), "accuse", None


def _needed(context: Context, group: VerbGroup, limit: int) -> int | None:
    """Return where the deed is sought: behind the word the verb needs ('tient l'armée pour responsable | de'), None where it lacks it."""
    needed = [word for word in group.entry.get("with").split(",") if word]
    if not needed:
        return group.last
    # 'tient une réunion avec le responsable': a noun
    near = (i for i in range(group.last, limit) if context.text.norms[i] in needed and not _determines(context, i - 1))
    return next((i + 1 for i in near), None)


def _laid(context: Context, group: VerbGroup, limit: int) -> tuple[int, int] | None:
    """Return what is laid to somebody, with whom: 'blamed | the attack on the rebels'; None where it is put the other way round."""
    word = group.entry.get("laid")
    low = context.adverb_end(group.last, limit)
    end = next(
        (i for i in range(low, limit) if context.text.words[i] in ",;:" or context.is_(i, "rel") or context.is_verb(i)),
        limit,
    )
    at = next((i for i in range(end - 1, low, -1) if context.text.norms[i] == word), None) if word else None
    if at is None or not scopes.tells(context, low, at) or not _somebody(context, at + 1, end):
        return None
    # 'blamed the army for an attack on rebels' names the deed behind its own word.
    return None if set(context.text.norms[low:at]) & set(context.settings.get("of", [])[1:]) else (low, end)


def _somebody(context: Context, first: int, last: int) -> bool:
    """Return whether somebody can be accused here: a name, a pronoun, a noun for those who act, or nobody named at all."""
    if " ".join(context.text.norms[first : last - 1]) in context.settings.get("reciprocal", ()):
        # 'blamed each other for the attack'
        return True
    return first == last or any(
        any(letter.isupper() for letter in context.text.words[i])
        or context.is_(i, "pron", "clitic")
        or context.names_somebody(i)
        for i in range(first, last)
    )


def of_what(context: Context, start: int, limit: int) -> int | None:
    """Return where the deed begins: 'd'avoir' before 'de soutien'; without the preposition where the language leaves it out."""
    words = context.settings.get("of", [])
    places = [j for j in range(start, limit) if context.text.norms[j] in words]
    deeds = [j for j in places if j + 1 < limit and verbal(context, j + 1, limit)]
    if not deeds and start not in places:
        # 'accuse les rebelles du M23 de la mort': a noun for a deed behind it, not another word that says whose they are
        deeds = [j for j in places if _named_deed(context, j + 1, limit)]
    at = deeds[0] if deeds else next((j for j in places if j == start or j > start + 1), places[0] if places else None)
    if at is None:
        return None
    return at + 1 if context.bare_clauses else at


def _named_deed(context: Context, j: int, limit: int) -> bool:
    """Return whether a noun for a deed starts at token ``j``, behind its article, number and adjective."""
    while j < limit and context.pos(j) in ("DET", "NUM", "ADJ"):
        j += 1
    return j < limit and context.lang.lexicon("trigger_noun").match(context.text, j) is not None


def verbal(context: Context, j: int, limit: int) -> bool:
    """Return whether an infinitive or gerund starts at token ``j``: a deed somebody is accused of."""
    while j < limit and context.is_(j, "neg", "clitic", "refl"):
        j += 1
    if j >= limit or context.syntax is None:
        return False
    return (context.is_verb(j) and context.form(j) in ("Inf", "Part")) or context.text.norms[j].endswith("ing")


def demand(context: Context, group: VerbGroup) -> Made | None:
    """'appelle les parties à cesser', 'exhorte X à', 'called on X to', 'urged partners to lift'."""
    if not {group.entry.get("act"), group.entry.get("de")} & {"demand", "ask"} or context.syntax is None:
        return None
    limit = making.limit(context, group)
    if making.refuses(group, "demand"):
        return None
    only_behind = group.entry.get("act") not in ("demand", "ask")
    for j in range(group.last, min(limit, group.last + 26)):
        k = j + 1
        if j - group.last >= 14 and (context.is_finite(j) or context.is_(j, "that")):
            break
        if only_behind and context.is_verb(j):
            # 'dit avoir mené une offensive ayant permis de': only 'dire de' itself demands.
            break
        while k < limit and context.is_(k, "neg", "clitic", "refl"):
            k += 1
        if (
            context.text.norms[j] in context.settings.get("demand_to", [])
            and k < limit
            and clauses.is_infinitive(context, k)
        ):
            start = j + 1 if context.bare_clauses else j
            return ((start, clauses.end_of_infinitive(context, group, start, limit)),), "demand", None
        if context.text.words[j] in ";:":
            break
    return _called_for(context, group, limit)


def _called_for(context: Context, group: VerbGroup, limit: int) -> Made | None:
    """'appelle à une enquête': what is demanded stands right behind the preposition, and is no person."""
    if group.entry.get("a") != "1":
        return None
    near = range(group.last, min(limit - 1, group.last + 10))
    at = next(
        (i for i in near if context.is_(i, "addressee") or context.is_verb(i) or context.text.words[i] in ",;:"), None
    )
    if at is None or not context.is_(at, "addressee"):
        return None
    quote = making.quote_opening(context, at + 1)
    head = phrases.nominal_after(context, at + 1, limit)
    if quote is None and (head is None or context.pos(head) != "NOUN" or context.names_somebody(head)):
        return None
    return ((at, quote.last + quote.closed if quote else _object_end(context, group, at, limit)),), "demand", None


def object_(context: Context, group: VerbGroup) -> Made | None:
    """'annonce la suspension', 'dément toute retraite', 'n'a pas confirmé la mort': a noun phrase tells the happening."""
    guard = group.entry.get("np")
    if not guard or making.refuses(group, "np") or context.syntax is None or context.is_(group.first - 1, "that"):
        return None
    if group.entry.get("act") == "demand" and context.text.norms[group.first - 1] in context.settings.get("of", ()):
        # 'accused of ordering the execution': a deed of theirs, and nobody's saying
        return None
    limit = making.limit(context, group)
    start = _object_start(context, group, limit)
    if start is None or (guard == "document" and not _document_before(context, group)):
        return None
    if guard == "media":
        return _shown(context, start, limit)
    end = _object_end(context, group, start, limit)
    return (((start, end),), "object", None) if _np_passes(context, group, start, end) else None


def _object_start(context: Context, group: VerbGroup, limit: int) -> int | None:
    """Return where the object starts: behind adverbs, the word the verb governs, an aside; None where it only points back."""
    start = context.adverb_end(group.last, limit)
    pointed = context.opens(start, "pointing") if group.entry.get("act") in ("deny", "doubt") else None
    if pointed is not None and not (pointed < limit and context.is_(pointed, "to", "that")):
        return None
    opener = context.settings.get("of", []) if group.entry.get("of") == "1" else group.entry.get("on").split(",")
    if opener != [""]:
        # 'fait état de', 'met en garde contre': what is said stands behind the word the verb governs.
        if start >= limit or context.text.norms[start] not in opener:
            return None
        start += 1
    if start < limit and context.text.words[start] == ",":
        close = next((k for k in range(start + 1, min(limit, start + ASIDE)) if context.text.words[k] == ","), limit)
        start = context.adverb_end(close + 1, limit) if close < limit else limit
    behind = _behind_asides(context, start, limit)
    # whom a deed is laid to stands before it as well: 'attribue aux rebelles l'attentat'
    laid = behind > start and group.entry.get("act") == "accuse"
    if behind > start and not laid:
        start = behind
    if start >= limit or context.text.words[start] in ",;:)»":
        return None
    if (not laid or not scopes.tells(context, behind, limit)) and _governed(context, group, start):
        return None
    if context.form(start) == "Inf" or context.form(start + 1) == "Inf":
        return None
    return start


def _behind_asides(context: Context, start: int, limit: int) -> int:
    """Return where the object starts behind to whom, where and how it is said: 'a confirmé à l'AFP la mort', 'annonce sur X la fin'."""
    asides = context.settings.get("asides", ())
    bounds = context.lang.lexicon("quantity_bounds")
    # the parse takes 'auprès' of 'auprès de la presse' for an adverb
    at = start - (context.text.norms[start - 1] in asides) if start < limit else start
    for _ in range(LONGEST_ROW):
        if at >= limit or context.text.norms[at] not in asides or bounds.match(context.text, at):
            break
        at = context.adverb_end(_row_end(context, at + 1, limit), limit)
        # 'impute au M23 et à l'armée': the next phrase is tied to the one before
        joined = at + 1 < limit and context.pos(at) == "CCONJ" and context.text.norms[at + 1] in asides
        at += joined
    opens = at < limit and (_determines(context, at) or context.pos(at) == "NUM" or context.text.words[at] in OPENING)
    return at if at > start and opens else start


def _row_end(context: Context, start: int, limit: int) -> int:
    """Return the end of the noun phrase at ``start`` with what 'de' ties to it: another article opens another phrase."""
    of = context.settings.get("of", ())
    start += context.text.norms[start] in of
    at = start + _determines(context, start)
    while at < limit and (context.pos(at) in NOMINAL or (at > start and context.text.norms[at] in of)):
        if at > start and _determines(context, at):
            break
        tied = context.text.norms[at] in of
        at += 1
        at += tied and at < limit and context.pos(at) == "DET"
    return at


def _determines(context: Context, i: int) -> bool:
    return context.pos(i) == "DET" or (context.is_(i, "det") and context.pos(i) != "ADP")


def _governed(context: Context, group: VerbGroup, start: int) -> bool:
    """Return whether a preposition that the verb does not ask for stands where its object would: 'reported for duty'."""
    of = context.settings.get("of", ())
    opened = bool(group.entry.get("of") or group.entry.get("on"))
    noun = context.pos(start + 1) in ("DET", "NOUN", "PROPN", "PRON")
    return (
        context.pos(start) == "ADP"
        and noun
        and not opened
        and (context.bare_clauses or context.text.norms[start] not in of)
    )


def _object_end(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    syntax = context.syntax
    assert syntax is not None
    end, including = limit, _including(context, start, limit)
    for child in syntax.children[group.head]:
        left = syntax.left[child]
        if left <= start:
            continue
        dep = syntax.dep[child]
        bare = context.form(child) == "Part" or (context.pos(child) == "ADJ" and context.pos(child - 1) == "NUM")
        if bare and left == child and context.text.words[left - 1] != ",":
            # '30 wounded', 'more than 50 dead', 'buildings destroyed by fire'
            continue
        verbal_conj = dep == "conj" and context.is_verb(child)
        if (
            verbal_conj
            or dep.startswith(("advcl", "parataxis", "ccomp"))
            or (dep.startswith("obl") and context.text.words[left - 1] == "," and left - 1 not in including)
        ):
            end = min(end, left)
    for i in range(start, end):
        if context.text.words[i] == "," and context.quote(i) is None and i + 1 < end:
            after = i + 1
            if i in including:
                continue
            if context.is_(after, "rel", "contrast", "that") or context.pos(after) in (
                "VERB",
                "AUX",
                "SCONJ",
                "CCONJ",
                "ADP",
                "ADV",
            ):
                return i
        if context.text.words[i] == ";" or clauses.next_saying(context, i, end):
            return i
    return end


def _including(context: Context, start: int, limit: int) -> frozenset[int]:
    """Return the commas around what is counted in: 'douze morts, dont quatre enfants, dans une explosion'."""
    if not context.has(start, limit, "including"):
        return frozenset()
    commas = [i for i in range(start, limit - 1) if context.text.words[i] == "," and context.quote(i) is None]
    found = {i for i in commas if context.has(i + 1, min(i + 3, limit), "including")}
    closing = {b for a, b in pairwise(commas) if a in found and context.pos(b + 1) == "ADP"}
    return frozenset(found | closing)


def _np_passes(context: Context, group: VerbGroup, start: int, end: int) -> bool:
    """Return whether the object can hold a claim, as the verb's own guard asks."""
    guard = group.entry.get("np")
    if guard in GUARDS:
        return GUARDS[guard](context, start, end)
    if context.opens(start, "possessive") and group.entry.get("act") in ("assert", "announce"):
        # 'a confirmé sa mort', but not 'a confirmé sa présence au dîner'
        return scopes.tells(context, start, end)
    if guard in ("want", "fact") and context.opens(start, "partitive"):
        return False
    words = range(start, end)
    return any(context.pos(i) in ("NOUN", "PROPN", "PRON", "NUM") or context.text.words[i] in MARKS for i in words)


def _holds_quote(context: Context, start: int, end: int) -> bool:
    return any(context.text.words[i] in OPENING for i in range(start, end))


def _holds_number(context: Context, start: int, end: int) -> bool:
    numbers = any(context.lang.number_at(context.text, i) for i in range(start, end))
    return numbers or _holds_quote(context, start, end)


def _a_deed(context: Context, start: int, end: int) -> bool:
    """Return whether a determiner and a noun of happening open the object: 'claimed the attack', but not 'claimed 12 lives'."""
    happenings = context.lang.lexicon("trigger_noun")
    near = range(start + 1, min(start + 4, end))
    return context.pos(start) == "DET" and any(happenings.match(context.text, i) for i in near)


def _called(context: Context, start: int, end: int) -> bool:
    """Return whether somebody or something is called something: 'qualifié l'attaque de lâche', 'qualifié de « lâche » l'attaque'."""
    of = context.settings.get("of", [])[:2]
    if context.text.norms[start] in of:
        return _holds_quote(context, start, end)
    return any(context.text.norms[i] in of for i in range(start + 2, end))


def _holds_noun(*classes: str) -> Callable[[Context, int, int], bool]:
    def test(context: Context, start: int, end: int) -> bool:
        nouns = context.lang.lexicon("speech_nouns")
        return any(e.get("class") in classes for i in range(start, end) for _, e in nouns.matches(context.text, i))

    return test


# What the noun phrase behind a verb must hold, by the verb's np= (docs/sources.md).
GUARDS: dict[str, Callable[[Context, int, int], bool]] = {
    "quant": _holds_number,
    "figure": _holds_number,
    "quote": _holds_quote,
    "event": scopes.tells,
    "told": lambda context, start, end: scopes.tells(context, start, end) or not context.opens(start, "possessive"),
    "called": _called,
    "as": lambda context, start, end: any(context.is_(i, "as") for i in range(start, end)),
    "allegation": _holds_noun("allegation", "possibility"),
    "possibility": _holds_noun("possibility"),
    "gerund": lambda context, start, _: context.text.norms[start].endswith("ing") and context.is_verb(start),
    "claim": lambda context, start, end: (
        context.text.norms[start] in context.settings.get("responsibility", []) or _a_deed(context, start, end)
    ),
    "document": lambda context, start, end: any(context.pos(i) in ("NOUN", "PROPN") for i in range(start, end)),
}


def _document_before(context: Context, group: VerbGroup) -> bool:
    """Return whether the subject is a document, a picture or a recording: these show, people only point."""
    source, _ = who.source(context, group, [], inverted=False)
    return source is not None and "document" in context.kinds(*source)


def _shown(context: Context, start: int, limit: int) -> Made | None:
    """'a diffusé des images montrant son drapeau': the content is what the pictures show."""
    show = context.lang.lexicon("speech_verbs")
    media = any(
        e.get("kind") == "document"
        for i in range(start, min(limit, start + 6))
        for _, e in context.lang.lexicon("source_nouns").matches(context.text, i)
    )
    if not media:
        return None
    for j in range(start, limit):
        if any(
            e.get("act") == "show" and e.feature in ("ger", "pres", "past") for _, e in show.matches(context.text, j)
        ):
            return ((j + 1, limit),), "show", None
    return None
