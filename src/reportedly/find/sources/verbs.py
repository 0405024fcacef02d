"""Verb groups: a verb of saying in any of its forms, with auxiliaries, negation, clitics and the pronoun written onto it."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.find.sources.model import Context, VerbGroup
from reportedly.rules import Entry

NOMINAL = ("NOUN", "PROPN", "ADJ", "ADP")
# So many tokens an aside between an auxiliary and its participle may have ('a, dans un communiqué, dénoncé').
LONGEST_BRACKET = 10


def groups(context: Context) -> list[VerbGroup]:
    """Return the verb groups of the text, by position; a form that the parse and its neighbours call a noun is none."""
    found: list[VerbGroup] = []
    done = -1
    for i in context.starts["speech_verbs"]:
        if i <= done:
            continue
        readings = list(context.loose("speech_verbs", i))
        if not readings:
            continue
        end = readings[0][0]
        group = _group(context, i, end, [entry for e, entry in readings if e == end])
        if group is not None:
            found.append(group)
            done = end - 1
    return found


def _group(context: Context, i: int, end: int, entries: list[Entry]) -> VerbGroup | None:
    first, marks = _leftwards(context, i)
    began = _catenative(context, first) if {e.feature for e in entries} & {"inf"} and not marks else None
    if began is not None:
        return _carried_out(context, began, i, end, entries)
    have, be = "aux:have" in marks, "aux:be" in marks
    # 'se rapporter à' reports nothing; 's'indigner' says what 'indigner' does not.
    reflexive = "refl" in marks
    entries = [e for e in entries if (e.get("reflexive") == "1") == reflexive]
    if not entries:
        return None
    features = {e.feature for e in entries}
    entry = entries[0]
    mood = _mood(context, i, end, features, marks)
    if mood == "fin" and "part" in features and not (have or be) and _without_object(context, entry, i, end):
        mood = "part"
    if mood is None or _impossible(features, marks) or _is_noun(context, i, end, marks, mood=mood):
        return None
    by_feature = {"part": "part", "inf": "inf", "ger": "ger"}
    entry = next((e for e in entries if e.feature == by_feature.get(mood, e.feature)), entry)
    if mood == "part" and not marks and _shares_auxiliary(context, i):
        mood = "fin"
    last, right = _rightwards(context, end)
    pronoun = marks.get("pronoun", right.get("pronoun"))
    part = mood == "part" or "part" in features
    passive = part and be and not reflexive and entry.get("mind") != "1" and ("been:1" in marks or not have)
    return VerbGroup(
        first=first,
        last=last,
        head=i,
        entry=entry,
        mood=_of_auxiliary(marks, mood),
        negated="neg" in marks or "neg" in right,
        passive=passive,
        conditional="mood:cond" in marks or mood == "cond",
        reflexive=reflexive,
        pronoun=pronoun,
        clitic=marks.get("clitic"),
    )


def _impossible(features: set[str], marks: dict[str, int]) -> bool:
    """Return whether no auxiliary can stand before such a form: 'there are | fears', 'were | reports'."""
    return "aux:be" in marks and features == {"pres"}


def _catenative(context: Context, first: int) -> int | None:
    """Return where 'tenu à', 'vient de', 'continue de' starts that ends right before an infinitive, or None."""
    low = context.sentence(first)[0]
    near = range(max(low, first - 3), first)
    return next((i for i in near if context.opens(i, "catenative") == first), None)


def _carried_out(context: Context, began: int, i: int, end: int, entries: list[Entry]) -> VerbGroup:
    """Return the group of an infinitive that a catenative carries out: 'a-t-il tenu à préciser' is as finite as its first verb."""
    first, marks = _leftwards(context, began)
    entry = next((e for e in entries if e.feature == "inf"), entries[0])
    return VerbGroup(
        first=first,
        last=end,
        head=i,
        entry=entry,
        mood="fin" if "infinitive" not in marks and "participle" not in marks else "inf",
        negated="neg" in marks,
        conditional="mood:cond" in marks,
        pronoun=marks.get("pronoun"),
    )


def _shares_auxiliary(context: Context, i: int) -> bool:
    """Return whether a participle is coordinated with a verb whose auxiliary serves both ('a parlé ... et accusé')."""
    syntax = context.syntax
    if syntax is None or syntax.dep[i] != "conj" or i == 0 or context.pos(i - 1) not in ("CCONJ", "PUNCT", "ADV"):
        return False
    head = syntax.head[i]
    return head < i and any(context.is_(c, "aux:have") for c in syntax.children[head])


def _of_auxiliary(marks: dict[str, int], mood: str) -> str:
    """Return the mood of a group with auxiliaries: 'avoir perdu' is an infinitive, 'ayant annoncé' a participle, else finite."""
    if mood not in ("part", "inf") or not any(m.startswith("aux:") for m in marks):
        return mood
    return "inf" if "infinitive" in marks else "ger" if "participle" in marks else "fin"


def _leftwards(context: Context, i: int) -> tuple[int, dict[str, int]]:
    """Return the first token of the group and the marks met on the way left from the verb."""
    marks: dict[str, int] = {}
    first, j = i, i - 1
    low = context.sentence(i)[0]
    while j >= low:
        classes = context.classes[j]
        word = context.text.words[j]
        if "aux" in classes:
            marks.update(dict.fromkeys(_auxiliary_marks(context, j), j))
            first = j
        elif "pron" in classes and word.startswith("-"):
            marks["pronoun"] = first = j
        elif word == "-t":
            first = j
        elif "without" in classes and j + 1 == i:
            # 'without saying whether'
            marks["neg"] = j
            break
        elif "neg" in classes or "refl" in classes or ("clitic" in classes and _is_clitic(context, j, i)):
            marks["neg" if "neg" in classes else "refl" if "refl" in classes else "clitic"] = j
            first = j
        elif word == "," and j - 2 >= low and i - j < 4 and (opened := _bracket(context, j, low)) is not None:
            j = opened - 1
            continue
        elif not ("adv" in classes or j in context.adverbs or context.pos(j) == "ADV") or i - j > 6:
            break
        j -= 1
    return first, marks


def _auxiliary_marks(context: Context, j: int) -> Iterator[str]:
    """Yield what the auxiliary at token ``j`` says of its group: 'aux:have', 'mood:cond', 'form:inf', 'infinitive', 'participle'."""
    yield from (mark for mark in context.classes[j] if ":" in mark)
    if context.form(j) == "Inf":
        yield "infinitive"
    elif context.lang.lexicon("auxiliary_participles").has(context.text.norms[j]):
        yield "participle"


def _bracket(context: Context, comma: int, low: int) -> int | None:
    """Return the comma right behind an auxiliary that opens what the one at token ``comma`` closes: 'a, lui, parlé', 'a, mardi, parlé'."""
    for k in range(comma - 1, max(low, comma - LONGEST_BRACKET), -1):
        if context.text.words[k] == ",":
            return k if context.is_(k - 1, "aux") or (k == comma - 2 and context.is_(k + 1, "pron")) else None
        if context.is_verb(k) or context.text.words[k] in ".;:":
            return None
    return None


def _is_clitic(context: Context, j: int, i: int) -> bool:
    """Return whether an article-like word before a verb is its object: it stands right before the verb or an auxiliary."""
    after = context.classes[j + 1] if j + 1 < len(context.classes) else frozenset()
    if j + 1 == i:
        return context.is_verb(i) and context.pos(j) != "DET"
    return "aux" in after or "clitic" in after


def _rightwards(context: Context, end: int) -> tuple[int, dict[str, int]]:
    marks: dict[str, int] = {}
    last = end
    limit = min(context.sentence(end - 1)[1], end + 3)
    for j in range(end, limit):
        word = context.text.words[j]
        if word == "-t" or (word.startswith("-") and context.is_(j, "pron")):
            if word != "-t":
                marks["pronoun"] = j
            last = j + 1
        elif context.is_(j, "neg") and context.text.norms[j] not in ("ne", "n'"):
            marks["neg"] = j
            last = j + 1
        else:
            break
    return last, marks


def _mood(context: Context, i: int, end: int, features: set[str], marks: dict[str, int]) -> str | None:
    """Return fin, part (no auxiliary), inf, ger or cond, voting between the form's features, the auxiliaries and the parse."""
    finite = features & {"pres", "past", "fut", "subj", "cond", "base", ""}
    aux = any(m.startswith("aux:") for m in marks)
    if aux and ("part" in features or "inf" in features or "base" in features):
        return "part" if "part" in features else "inf"
    if features == {"cond"}:
        return "cond"
    if "ger" in features:
        return "ger"
    if "part" in features and not finite:
        return "part"
    if "inf" in features and not finite - {"base"}:
        return "inf"
    if "part" in features and finite and context.syntax:
        return _part_or_finite(context, i, end)
    if "base" in features and i and context.text.norms[i - 1] == "to":
        return "inf"
    return "fin"


def _without_object(context: Context, entry: Entry, i: int, end: int) -> bool:
    """Return whether the form stands without the object its verb takes: 'men | believed to be rebels', 'a man | accused of spying'."""
    if end + 1 >= context.text.size or context.is_(i - 1, "pron"):
        # 'boys whom they accused of spying': the object stands before.
        return False
    if context.syntax is not None and context.syntax.dep[i] == "acl:relcl":
        return False
    if entry.get("raised") == "1":
        return context.is_(end, "to") and context.form(end + 1) == "Inf"
    accuses = "accuse" in (entry.get("act"), entry.get("passive")) and not entry.get("np")
    return accuses and context.text.norms[end] in context.settings.get("of", ())


def _part_or_finite(context: Context, i: int, end: int) -> str:
    """Return whether a form that can be both ('dit', 'accused') is a participle or finite here."""
    assert context.syntax is not None
    if i and context.text.words[i - 1] in ',»”"' and not context.is_(end, "by"):
        return "fin"
    if _before_main_verb(context, end) or _feared_dead(context, end):
        return "part"
    if context.pos(end) in ("DET", "PROPN", "PRON", "NOUN") and not context.is_(end, "adv"):
        # A participle behind its noun takes no object: 'Hamas accused Israel of' is a sentence, not a name and its participle.
        return "fin"
    form = context.form(i)
    by = context.is_(context.adverb_end(end, context.sentence(i)[1]), "by") if end < context.text.size else False
    return "part" if form == "Part" and (by or context.syntax.dep[i].startswith(("acl", "amod"))) else "fin"


def _feared_dead(context: Context, end: int) -> bool:
    """Return whether an adjective alone follows: those counted are the ones spoken of ('Dozens feared | dead after a raid')."""
    if not context.bare_clauses or end >= context.text.size or context.pos(end) != "ADJ" or context.is_(end, "adv"):
        return False
    return end + 1 >= context.sentence(end - 1)[1] or context.pos(end + 1) in ("ADP", "PUNCT", "SCONJ")


def _before_main_verb(context: Context, end: int) -> bool:
    """Return whether a finite verb follows with no subject or clause between: 'Video | posted online | showed' is a participle."""
    syntax = context.syntax
    assert syntax is not None
    for i in range(end, min(context.sentence(end - 1)[1], end + 6)):
        if context.is_finite(i):
            return not context.is_(i, "aux:modal")
        if (
            context.is_(i, "that")
            or context.pos(i) not in ("ADV", "ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM")
            or syntax.dep[i].startswith("nsubj")
        ):
            return False
    return False


def _is_noun(context: Context, i: int, end: int, marks: dict[str, int], *, mood: str) -> bool:
    """Return whether the form is a noun or adjective here ('l'annonce', 'une demande', 'the claim')."""
    if mood not in ("fin", "part") or any(m.startswith(("aux:", "refl", "pronoun")) for m in marks) or end > i + 1:
        return False
    before = i - 1
    pos = context.pos(i)
    if _closes_incise(context, i, end) or _closes_relative(context, i, end):
        return False
    if context.syntax is not None and context.syntax.dep[i] == "compound" and pos in NOMINAL and mood == "fin":
        # 'state television reports'
        return True
    if before >= 0 and context.text.norms[before] == "'s":
        return True
    determined = context.is_(before, "det") and not context.is_(before, "pron") and "clitic" not in marks
    if determined and (pos in NOMINAL or "clitic" not in context.classes[before]):
        if context.is_(before - 1, "addressee", "prep") and pos in NOMINAL:
            return True
        return not (mood == "fin" and _followed_by_clause(context, end) and context.is_(before, "clitic"))
    if pos in NOMINAL and context.is_(before, "prep", "to") and mood == "fin":
        return True
    if pos in ("NOUN", "PROPN") and mood == "fin":
        if context.is_finite(before) and context.lang.lexicon("speech_verbs").has(context.text.norms[before]):
            # 'denied | reports that', 'dismissed | claims that'
            return True
        infinitive = context.is_(end, "to") and end + 1 < context.text.size and context.pos(end + 1) in ("VERB", "AUX")
        return not (
            infinitive
            or _followed_by_clause(context, end)
            or _quote_near(context, i, end)
            or _only_verb(context, i, end)
        )
    return False


def _closes_incise(context: Context, i: int, end: int) -> bool:
    """Return whether a form that ends its sentence is the verb of an outlet behind the last comma: '..., state television | reports.'."""
    low, last = context.sentence(i)[0], context.body(i)[1]
    if end < last or not context.bare_clauses:
        return False
    comma = next((k for k in range(i - 1, max(low, i - 6), -1) if context.text.words[k] == ","), None)
    if comma is None or comma + 1 >= i or any(context.pos(k) not in (*NOMINAL, "DET") for k in range(comma + 1, i)):
        return False
    kinds = context.kinds(comma + 1, i)
    spoken = context.pos(i - 1) in ("NOUN", "PROPN") and any(context.is_finite(k) for k in range(low, comma))
    return spoken and bool(kinds) and kinds[-1] not in ("never", "toll", "document")


def _closes_relative(context: Context, i: int, end: int) -> bool:
    """Return whether a form must be the verb of a relative clause that has none else: ', a figure that Hamas | rejects as fabricated'."""
    if context.pos(i - 1) not in ("NOUN", "PROPN") or not context.bare_clauses:
        return False
    low, last = context.sentence(i)[0], context.body(i)[1]
    opened = next((k for k in range(i - 1, max(low, i - 5), -1) if context.is_(k, "rel")), None)
    if opened is None or context.pos(opened - 1) != "NOUN" or context.pos(opened) == "DET":
        return False
    stop = next((k for k in range(end, last) if context.text.words[k] in ",;:"), last)
    return not any(context.is_verb(k) for k in range(opened, i)) and not any(
        context.is_finite(k) for k in range(end, stop)
    )


def _only_verb(context: Context, i: int, end: int) -> bool:
    """Return whether a form behind a name is the one finite verb its sentence can have: 'Un rapport de l'ONU documente trente cas'."""
    first, last = context.sentence(i)
    return (
        context.pos(i - 1) in ("NOUN", "PROPN")
        and (context.is_(end, "det") or context.pos(end) in ("DET", "NUM"))
        and not any(context.is_finite(k) for k in range(first, last))
    )


def _followed_by_clause(context: Context, end: int) -> bool:
    limit = context.sentence(end - 1)[1]
    j = context.adverb_end(end, limit)
    return j < limit and context.is_(j, "that")


def _quote_near(context: Context, i: int, end: int) -> bool:
    words = context.text.words
    return any(w in '»”",' for w in words[max(0, i - 2) : i]) or any(w in ':«“"' for w in words[end : end + 2])
