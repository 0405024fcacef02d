"""Who says: the subject of a verb of saying, its pronoun, its oblique, its antecedent, or the subject it shares."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.find.sources import phrases, scopes
from reportedly.find.sources.model import Attribution, Context, Tokens, VerbGroup

# How far behind 'a appris' those stand from whom somebody has learnt it.
LEARNT = 10
# A sentence's first words, up to a participle, are a name where they are no more than so many and an article opens them.
SHORT = 4
# So many tokens a place or time may take that opens the sentence.
# How many tokens a subject and what is said of it between commas may have.
LONGEST_CLAUSE = 30
LONGEST_OPENING = 9


def source(
    context: Context, group: VerbGroup, before: list[Attribution], *, inverted: bool
) -> tuple[Tokens | None, str]:
    """Return who says, and the reason where it was carried over."""
    first, last = context.sentence(group.head)
    oblique = behind_nobody(context, group, first, last)
    if oblique is not None:
        return oblique, ""
    if group.pronoun is not None:
        return (group.pronoun, group.pronoun + 1), ""
    if inverted:
        phrase = phrases.inverted(context, group.last, last)
        if phrase:
            return phrase, ""
    if (
        group.first > first
        and context.is_(group.first - 1, "pron")
        and not context.is_(group.first - 1, "addressee")
        and group.mood == "fin"
        and not _is_object(context, group)
    ):
        return (group.first - 1, group.first), ""
    shared = _shared_subject(context, group, first, before)
    if shared is not None:
        return shared, ""
    if group.mood in ("ger", "inf"):
        if described := _described(context, group, first):
            return described
        said = next(_of_sentence(before, first), None)
        if said and context.pos(group.first - 1) == "CCONJ":
            return said.source, ""
        goes_on = _goes_on(context, group, before)
        return (goes_on, "") if goes_on else _main_subject(context, group, before)
    return _subject(context, group, first), ""


def _described(context: Context, group: VerbGroup, first: int) -> tuple[Tokens | None, str] | None:
    """Return the noun a participle right behind it describes ('un communiqué affirmant que'), no source where it cannot say anything."""
    if group.mood != "ger" or group.first <= first or context.pos(group.first - 1) not in ("NOUN", "PROPN", "ADJ"):
        return None
    assert context.syntax is not None
    governor = context.syntax.head[group.head]
    near = next((i for i in range(group.first - 1, first, -1) if context.pos(i) in ("NOUN", "PROPN")), None)
    head = governor if first <= governor < group.first and context.pos(governor) in ("NOUN", "PROPN") else near
    if head is None:
        return None
    phrase = phrases.noun_phrase(context, head, first, group.first)
    speaks = (
        scopes.is_named(context, phrase, least=1)
        or any(kind != "never" for kind in context.kinds(*phrase))
        or any(context.names_somebody(i) for i in range(*phrase))
    )
    return (phrase, "") if speaks else (None, "")


def _goes_on(context: Context, group: VerbGroup, before: list[Attribution]) -> Tokens | None:
    """Return the source of the saying that ends where this one begins: 'X a dit que ..., ajoutant que ...', 'dit craindre'."""
    first = context.sentence(group.head)[0]
    for attribution in _of_sentence(before, first):
        if not attribution.source:
            break
        if attribution.first == group.first and attribution.frame == "infinitive":
            return attribution.source
        if attribution.last <= group.first and attribution.source[1] <= group.first:
            return attribution.source
    return None


def _opening_phrase(context: Context, low: int, high: int) -> Tokens | None:
    """Return what the sentence opens with up to the verb where it is one name with a participle: 'Video posted online | showed'."""
    nominal = ("DET", "NOUN", "PROPN", "ADJ", "NUM", "ADP", "ADV", "VERB", "X")
    if not 1 < high - low <= 9 or context.pos(low) not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    if any(context.pos(i) not in nominal for i in range(low, high)):
        return None
    verbs = [i for i in range(low, high) if context.is_verb(i)]
    return (low, high) if len(verbs) <= 1 and not any(context.is_(i, "aux") for i in verbs) else None


def _is_object(context: Context, group: VerbGroup) -> bool:
    """Return whether 'nous' or 'vous' before the verb is whom it is said to: the verb is in the third person."""
    assert context.syntax is not None
    verb = next((i for i in range(group.first, group.last) if context.is_finite(i)), group.head)
    return context.is_(group.first - 1, "person:1", "person:2") and context.syntax.morph[verb].get("Person") == "3"


def _subject(context: Context, group: VerbGroup, first: int) -> Tokens | None:
    """Return the subject before a finite verb: the parse's, a relative's antecedent, the nominal before, a pronoun in the group."""
    quote = context.quote(group.head)
    low = max(scopes.topic_end(context, first), quote.first) if quote else scopes.topic_end(context, first)
    if (titled := _behind_opening(context, group, low)) is not None:
        return titled
    low = _behind_contrast(context, group, low)
    aside = told_aside(context, group.first, low)
    head = phrases.subject(context, group.head, low) if aside is None else phrases.nominal_before(context, aside, low)
    if head is None and context.syntax:
        head = _relative_antecedent(context, group, low)
    elif head is not None and context.is_(head, "rel"):
        head = _antecedent(context, head, group.head, low)
    if head is None:
        head = phrases.nominal_before(context, before_aside(context, group.first, low), low)
        if head is not None and (cited := _citation_before(context, head, low)) is not None:
            head = phrases.nominal_before(context, cited, low)
    if head is None:
        pronoun = next(
            (i for i in range(group.first, group.head) if context.is_(i, "pron") and not context.is_(i, "clitic")), None
        )
        if pronoun is None and group.first > low and context.is_(group.first - 1, "pron"):
            pronoun = group.first - 1
        return (pronoun, pronoun + 1) if pronoun is not None else _opening_phrase(context, low, group.first)
    described = _participle_before(context, head, low)
    if described is not None:
        whose = phrases.nominal_before(context, described, low)
        if whose is not None:
            return phrases.noun_phrase(context, whose, low, described)
        if context.pos(low) == "DET" and described - low <= SHORT:
            return low, described
    first, last = _behind_preposition(
        context, _named_within(context, phrases.noun_phrase(context, head, low, group.first))
    )
    relative = next((i for i in range(max(first, group.first - 4), last) if context.is_(i, "rel")), last)
    return _with_joined(context, first, low), max(relative, first + 1)


def _behind_contrast(context: Context, group: VerbGroup, low: int) -> int:
    """Return where the verb's own clause opens: 'L'armée reconnaît des pertes, tandis que | le Jnim, allié d'Al-Qaïda, revendique'."""
    for i in range(group.first - 1, max(low, group.first - LONGEST_CLAUSE), -1):
        if context.is_finite(i):
            return low
        end = context.opens(i, "contrast")
        if end is not None and end < group.first and context.text.words[i - 1] == ",":
            return end if context.pos(end) in ("DET", "NOUN", "PROPN", "NUM") else low
    return low


def _with_joined(context: Context, first: int, low: int) -> int:
    """Return where the subject starts with the name joined before it that the parse gave another place: 'Moscou et | Kiev affirment'."""
    if _titled_before(context, first, low):
        return low
    if (
        context.syntax is None
        or first - 2 < low
        or context.pos(first - 1) != "CCONJ"
        or context.pos(first - 2) not in ("NOUN", "PROPN")
    ):
        return first
    head = phrases.nominal_before(context, first - 1, low)
    if head is None or any(context.is_verb(i) for i in range(low, first)):
        return first
    start = phrases.noun_phrase(context, head, low, first - 1)[0]
    return start if start == low or context.text.words[start - 1] == "," else first


def _titled_before(context: Context, first: int, low: int) -> bool:
    """Return whether a title and its name between commas are joined before ``first``: 'Le chef, X Y, et | la mairie ont accusé'."""
    if context.syntax is None or first - 3 <= low or context.pos(first - 1) != "CCONJ":
        return False
    if context.pos(low) not in ("DET", "NOUN", "PROPN") or any(context.is_verb(i) for i in range(low, first)):
        return False
    commas = [i for i in range(low, first) if context.text.words[i] == ","]
    return len(commas) == 2 and commas[1] == first - 2 and commas[1] - commas[0] > 1


def _behind_opening(context: Context, group: VerbGroup, low: int) -> Tokens | None:
    """Return a title and its name between commas behind a place or time that opens the sentence: 'In Goma, | the mayor, X Y, | said'."""
    words, end = context.text.words, group.first - 1
    if context.pos(low) != "ADP" or words[end] != ",":
        return None
    comma = next((i for i in range(low + 1, min(end, low + LONGEST_OPENING)) if words[i] == ","), None)
    if comma is None or end - comma < 4 or context.pos(comma + 1) not in ("DET", "NOUN", "PROPN", "ADJ"):
        return None
    inside = range(comma + 1, end)
    apposed = sum(words[i] == "," for i in inside) == 1 and not any(context.is_(i, "rel") for i in inside)
    return None if not apposed or any(context.is_verb(i) for i in range(low, end)) else (comma + 1, end)


def _participle_before(context: Context, head: int, low: int) -> int | None:
    """Return where a participle begins whose object the parse takes for the subject: 'Un témoin | ayant requis l'anonymat a dit'."""
    i = head - 1
    while i > low and context.pos(i) in ("DET", "ADJ", "NUM"):
        i -= 1
    if i <= low or context.syntax is None:
        return None
    if context.lang.lexicon("auxiliary_participles").has(context.text.norms[i - 1]):
        return i - 1
    if not context.is_verb(i):
        return None
    morph = context.syntax.morph[i]
    return i if morph.get("VerbForm") == "Part" and morph.get("Tense") == "Pres" else None


def _behind_preposition(context: Context, phrase: Tokens) -> Tokens:
    """Return a subject without what a preposition before it governs: 'Par la voix de son porte-parole, | l'armée'."""
    first, last = phrase
    if context.pos(first - 1) != "ADP":
        return phrase
    comma = next((i for i in range(last - 1, first, -1) if context.text.words[i] == ","), None)
    return phrase if comma is None or comma + 1 >= last else (comma + 1, last)


def before_aside(context: Context, at: int, low: int) -> int:
    """Return where a relative clause or participle between commas opens when one closes before token ``at``: 'X, qui ..., affirme'."""
    if at - 1 > low and context.text.words[at - 1] in "–—":
        return next((i for i in range(at - 2, low, -1) if context.text.words[i] in "–—"), at)
    if at - 1 > low and context.text.words[at - 1] == ",":
        for i in range(at - 2, low, -1):
            if context.text.words[i] == "," and (
                context.is_(i + 1, "rel")
                or context.form(i + 1 + context.is_(i + 1, "refl")) in ("Part", "Ger")
                or _circumstance(context, i, low)
            ):
                return i
    return at


def told_aside(context: Context, at: int, low: int) -> int | None:
    """Return the comma behind a name where 'que' opens all that stands up to token ``at``: 'Kigali, que l'ONU accuse de ..., | nie'."""
    words = context.text.words
    opened = next((i for i in range(low, at) if words[i] == ","), at)
    only = (
        low < opened < at - 3
        and context.is_(opened + 1, "that")
        and context.pos(opened - 1) in ("NOUN", "PROPN", "ADJ")
        and not any(context.is_verb(i) for i in range(low, opened))
        and words[at - 1] == ","
        and not any(words[i] == "," for i in range(opened + 1, at - 1))
    )
    return opened if only else None


def _circumstance(context: Context, comma: int, low: int) -> bool:
    """Return whether a circumstance opens behind the comma, and a name without a verb before it: 'Le chef, dans une vidéo, menace'."""
    return (
        context.text.norms[comma + 1] in context.tables.circumstance
        and comma > low
        and context.pos(low) in ("DET", "NOUN", "PROPN", "ADJ", "NUM")
        and not any(context.is_verb(i) for i in range(low, comma))
    )


def _shared_subject(context: Context, group: VerbGroup, first: int, before: list[Attribution]) -> Tokens | None:
    """Return the source of the saying before where a second verb is coordinated with it ('said ... and denied that ...')."""
    if group.mood != "fin" or group.first <= first or context.pos(group.first - 1) != "CCONJ" or context.syntax is None:
        return None
    if any(context.syntax.dep[c].startswith("nsubj") for c in context.syntax.children[group.head]):
        return None
    frames = ("that", "infinitive", "object", "accuse", "demand")
    return next((a.source for a in _of_sentence(before, first) if a.source and a.frame in frames), None)


def _of_sentence(before: list[Attribution], first: int) -> Iterator[Attribution]:
    """Yield the attributions found so far that hang in the sentence from token ``first`` on, the last one first."""
    for attribution in reversed(before):
        if attribution.anchor < first:
            return
        yield attribution


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


def behind_nobody(context: Context, group: VerbGroup, first: int, last: int) -> Tokens | None:
    """Return who is behind 'on' and behind who learns: 'a-t-on appris de source proche de ...', 'a appris l'AFP auprès de ...'."""
    subject = (
        group.pronoun
        if group.pronoun is not None
        else group.first
        if context.is_(group.first, "impersonal")
        else group.first - 1
    )
    learnt = group.entry.get("only") == "nobody"
    if not learnt and not (0 <= subject < context.text.size and context.is_(subject, "impersonal")):
        return None
    far = group.last + (LEARNT if learnt else 6)
    for start, high in ((group.last, min(last, far)), (first, min(group.first, first + 3))):
        end = context.has(start, high, "oblique")
        if end is not None:
            noun = end - 1 if context.lang.lexicon("source_nouns").has(context.text.norms[end - 1]) else end
            return phrases.phrase_after(context, noun, last if start >= group.last else group.first)
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
    words = context.text.words
    # '..., rapporte le Réseau (RNDDH), qui ...': brackets behind a name are stepped over
    opened = next((i for i in range(relative - 1, max(low, relative - 6), -1) if words[i] == "("), None)
    near = phrases.nominal_before(context, relative if opened is None else opened, low)
    if syntax.dep[verb].startswith("acl") and low <= head < relative:
        # of two before it, not the one that a clause of saying parts from it
        parted = near is not None and "," in words[head:near] and phrases.clause_between(context, head, near)
        speaks = near is not None and (
            opened is not None or context.pos(near) == "PROPN" or context.names_somebody(near)
        )
        found = near if parted and speaks else head
        found = found if found is None or parted else _apposed(context, found, low)
        return _person(context, found) if found is not None and context.is_(relative, "human:1") else found
    return near


def _apposed(context: Context, head: int, low: int) -> int:
    """Return who speaks where the clause hangs on a thing that tells who they are: 'Mohamed Adam, a volunteer at the clinic, who added'."""
    syntax = context.syntax
    assert syntax is not None
    if context.names_somebody(head) or context.pos(head) == "PROPN":
        return head
    above = next((i for i in syntax.ancestors(head) if syntax.dep[i] == "appos"), None)
    named = syntax.head[above] if above is not None else head
    return named if above is not None and context.names_somebody(above) and low <= named < above else head


def _person(context: Context, head: int) -> int:
    """Return the one whom 'who' means: of 'a source in the Resistance, who' the source, no group or place."""
    syntax = context.syntax
    assert syntax is not None
    above = syntax.head[head]
    named = context.pos(head) == "PROPN" and syntax.dep[head] == "nmod" and context.pos(above) == "NOUN"
    return above if named and context.names_somebody(above) else head


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
                head = (_antecedent(context, child, ancestor, first) if context.is_(child, "rel") else None) or child
                return phrases.noun_phrase(context, head, first, last if child > group.last else group.first), ""
    same = next((a.source for a in _of_sentence(before, first) if a.source and a.source[1] <= group.first), None)
    if same:
        return same, "the subject of the clause before"
    for i in range(first, group.first):
        if syntax.dep[i].startswith("nsubj"):
            return phrases.noun_phrase(context, i, first, group.first), ""
    return None, ""
