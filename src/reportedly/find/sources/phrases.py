"""Noun phrases: how far who says reaches, by the parse where it holds and by punctuation where it does not."""

from __future__ import annotations

from reportedly.find.sources.model import Context, Tokens

OPEN = frozenset('«“"‘([')
STOPS = frozenset(";:")


def noun_phrase(context: Context, head: int, low: int, high: int) -> Tokens:
    """Return the noun phrase of ``head`` within tokens ``low`` to ``high``: its subtree without clauses set off by commas."""
    syntax = context.syntax
    assert syntax is not None
    left, right = max(low, syntax.left[head]), min(high, syntax.right[head] + 1)
    words = context.text.words
    while left < head and (words[left] in ",;:.-–—" or context.pos(left) in ("CCONJ", "PUNCT")):
        left += 1
    # A preposition or conjunction that introduces the phrase is not part of who is meant.
    while (
        left < head
        and syntax.dep[left] in ("case", "mark", "cc", "advmod")
        and syntax.head[left] == head
        and context.pos(left) not in ("DET", "NUM")
    ):
        left += 1
    left = next((i for i in range(max(low, left - 2), left) if _listed_end(context, i, i + 1, high) > head), left)
    left = _from_first_name(context, _behind_circumstance(context, left, head, low), head, low)
    for child in syntax.children[head]:
        if child > head and _cuts(context, child):
            right = min(right, syntax.left[child])
    right = min(right, _comma_cut(context, head, right), _clause_cut(context, head, right))
    right = _balanced(context, left, max(_listed_end(context, left, right, high), head + 1))
    return context.trim((left, right))


def _from_first_name(context: Context, left: int, head: int, low: int) -> int:
    """Return the start with the words right before a name that the parse hangs elsewhere ('al-Nusra | Front', 'Aid | workers')."""
    named = left == head and context.pos(head) == "PROPN"
    while named and left - 1 >= low and context.pos(left - 1) in ("PROPN", "X") and _has_capital(context, left - 1):
        left -= 1
    opens = left == head and left - 1 == context.sentence(head)[0]
    # The first word of a sentence, taken for a verb that governs the noun behind it.
    if opens and context.pos(left - 1) == "VERB" and context.syntax and context.syntax.head[head] == left - 1:
        left -= 1
    return left


def _has_capital(context: Context, i: int) -> bool:
    return any(letter.isupper() for letter in context.text.words[i])


def _goes_on_to_say(context: Context, i: int) -> bool:
    """Return whether a participle of saying starts at ``i``: 'un communiqué du groupe | appelant les habitants à'."""
    entry = context.lang.lexicon("speech_verbs").match(context.text, i)
    return entry is not None and entry[1].feature == "ger"


def _behind_circumstance(context: Context, left: int, head: int, low: int) -> int:
    """Return the start behind the comma where the phrase begins in a circumstance: 'Dans une interview, | Zay et Zayion'."""
    if (left > low and context.pos(left - 1) == "ADP") or (left < head and context.pos(left) == "ADP"):
        return next((i + 1 for i in range(head - 1, left, -1) if context.text.words[i] == ","), left)
    return left


def _clause_cut(context: Context, head: int, right: int) -> int:
    """Return where what cannot belong to a name starts: a finite verb outside a relative, 'd'avoir tiré', 'cité par X'."""
    comma, words = 0, context.text.words
    for i in range(head + 1, right):
        if context.is_(i, "rel", "that"):
            return right
        if context.pos(i) == "DET" and context.pos(i - 1) in ("NOUN", "PROPN", "ADJ") and words[i][0].islower():
            # 'selon les experts | la marque': two phrases side by side.
            return i
        if context.text.words[i] == ",":
            comma = i
        if (
            i in context.cites
            or _goes_on_to_say(context, i)
            or (context.is_(i, "to") and i + 1 < right and context.form(i + 1) == "Inf")
        ):
            return i
        if context.is_finite(i) and context.is_(i, "aux"):
            return comma or i
    return right


def _listed_end(context: Context, left: int, right: int, high: int) -> int:
    """Return the end grown over a listed name the parse has cut ('images | satellite')."""
    found = context.lang.lexicon("source_nouns").hits(context.text)
    grown = right
    for i in range(left, right):
        if i in found and right < (end := i + found[i][0][0]) <= high:
            grown = max(grown, end)
    return grown


def _cuts(context: Context, child: int) -> bool:
    """Return whether a dependent after the head is set off from the name: a clause behind a comma, a clause coordinated with it."""
    syntax = context.syntax
    assert syntax is not None
    dep = syntax.dep[child]
    start = syntax.left[child]
    comma = start > 0 and (context.text.words[start - 1] in ",;" or context.text.words[start] in ",;")
    if dep.startswith(("acl", "advcl", "parataxis", "ccomp", "dep")):
        return comma or dep.startswith(("parataxis", "ccomp"))
    if dep == "conj":
        return syntax.pos[child] in ("VERB", "AUX")
    return dep.startswith("obl") and comma


def _comma_cut(context: Context, head: int, right: int) -> int:
    """Return where a comma ends the phrase: one that is followed by a relative, a participle or a preposition."""
    words = context.text.words
    for i in range(head + 1, right):
        if words[i] in STOPS or (context.quote(i) != context.quote(head) and words[i] in OPEN):
            return i
        if words[i] == "," and i + 1 < right:
            after = i + 1
            if context.is_(after, "including"):
                continue
            if _happens(context, after):
                return i
            if context.is_(after, "rel", "contrast", "to") or context.pos(after) in (
                "VERB",
                "AUX",
                "ADP",
                "SCONJ",
                "ADV",
            ):
                return i
    return right


def _happens(context: Context, i: int) -> bool:
    """Return whether a noun of happening opens a phrase at ``i``: 'selon une source, | l'attaque ...' tells no more of who says."""
    happenings = context.lang.lexicon("trigger_noun")
    return any(happenings.match(context.text, k) for k in range(i, min(context.text.size, i + 2)))


def _balanced(context: Context, left: int, right: int) -> int:
    """Return ``right`` grown or cut so that brackets and quotation marks pair up."""
    words = context.text.words
    depth = 0
    for i in range(left, right):
        depth += words[i] in "([«“"
        depth -= words[i] in ")]»”"
        if depth < 0:
            return i
    if depth > 0:
        for i in range(right, min(right + 12, len(words))):
            if words[i] in ")]»”":
                return i + 1
    if right < len(words) and words[right] == "(":
        # An acronym in brackets belongs to the name: 'l'Observatoire syrien des droits de l'Homme (OSDH)'.
        close = next((i for i in range(right + 1, min(right + 6, len(words))) if words[i] == ")"), None)
        if close and any(words[i].isupper() and len(words[i]) > 1 for i in range(right + 1, close)):
            return close + 1
    return right


def subject(context: Context, verb: int, low: int) -> int | None:
    """Return the head of the subject of ``verb`` that stands before it (not before token ``low``), or None."""
    syntax = context.syntax
    assert syntax is not None
    seen = verb
    for _ in range(4):
        # The nearest: where the parse gives a verb two subjects, the farther one is of the clause before.
        for child in reversed(syntax.children[seen]):
            if syntax.dep[child].startswith(("nsubj", "csubj", "dislocated")) and low <= child < verb:
                if context.is_verb(child) or (context.is_(child, "clitic") and not context.is_(child, "pron")):
                    continue
                if child in context.citing or any(k in context.citing for k in range(syntax.left[child], child)):
                    continue
                return _named_before(context, child, verb, low)
        if (
            syntax.dep[seen] in ("conj", "xcomp", "cop", "aux", "aux:tense", "aux:pass", "parataxis")
            and syntax.head[seen] != seen
        ):
            seen = syntax.head[seen]
            continue
        break
    return None


def _named_before(context: Context, head: int, verb: int, low: int) -> int:
    """Return whom the phrase of ``head`` describes where it stands between commas behind a name: 'La CMA, une alliance, a dit'."""
    syntax, words = context.syntax, context.text.words
    assert syntax is not None
    comma = syntax.left[head] - 1
    between = range(syntax.left[head], verb)
    closed = next((i for i in between if words[i] == ","), None)
    if (
        comma <= low
        or words[comma] != ","
        or closed is None
        or any(context.is_verb(i) for i in range(closed, verb - 1))
    ):
        return head
    if context.is_(head, "pron") or any(context.is_verb(i) and not context.is_(i, "aux") for i in range(low, comma)):
        return head
    named = nominal_before(context, comma, low)
    listed = any(words[i] == "," for i in range(low, comma)) or context.pos(comma + 1) != "DET"
    named_right_before = words[comma - 1][0].isalnum() or words[comma - 1] == ")"
    return named if named is not None and named_right_before and not listed else head


def nominal_before(context: Context, at: int, low: int) -> int | None:
    """Return the head of the nearest noun phrase that ends right before token ``at`` (appositions and brackets stepped over)."""
    syntax = context.syntax
    assert syntax is not None
    i = at - 1
    while i >= low and (context.text.words[i] in ",)\"»”'" or context.is_(i, "adv") or context.pos(i) == "ADV"):
        i -= 1
    if i < low or context.pos(i) not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "DET"):
        return None
    head = i
    for ancestor in syntax.ancestors(i):
        if not low <= ancestor < at or context.pos(ancestor) not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"):
            break
        if (
            syntax.dep[head] == "appos"
            and "," in context.text.words[ancestor:head]
            and clause_between(context, ancestor, head)
        ):
            break
        head = ancestor
    return head


def clause_between(context: Context, first: int, last: int) -> bool:
    """Return whether a verb stands between: then a comma parts two clauses, not a name and its apposition."""
    return any(context.is_verb(i) for i in range(first, last))


def nominal_after(context: Context, at: int, high: int) -> int | None:
    """Return the head of the noun phrase that starts at token ``at`` or right after adverbs, or None."""
    syntax = context.syntax
    assert syntax is not None
    i = context.adverb_end(at, high)
    for j in range(i, min(i + 6, high)):
        pos = context.pos(j)
        if pos in ("NOUN", "PROPN", "PRON", "NUM") or (pos == "X" and context.text.words[j][0].isalpha()):
            head = j
            for ancestor in syntax.ancestors(j):
                if not i <= ancestor < high or context.pos(ancestor) not in ("NOUN", "PROPN") or ancestor - j > 4:
                    break
                head = ancestor
            return head
        if pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ") or (pos == "ADP" and j == i and not context.is_(j, "det")):
            return None
        if context.text.words[j] in ",;:.":
            return None
    return None


def phrase_after(context: Context, at: int, high: int) -> Tokens | None:
    """Return the noun phrase that starts at ``at`` (behind a preposition or an inverted verb), by the parse and by punctuation."""
    words = context.text.words
    if at >= high:
        return None
    head = nominal_after(context, at, high)
    if head is None:
        return _capitals(context, at, high)
    start = context.adverb_end(at, high) if context.pos(at) == "ADV" else at
    first, last = noun_phrase(context, head, start, high)
    if first > start and all(
        context.pos(i) in ("DET", "ADJ", "NUM", "PROPN", "NOUN", "ADP", "PRON", "X", "ADV") for i in range(start, first)
    ):
        first = start
    last = _appositions(context, last, high)
    while (
        last < high
        and any(c.isupper() for c in words[last])
        and context.pos(last) in ("PROPN", "X", "NOUN", "ADJ")
        and words[last - 1] not in ",;:"
    ):
        last += 1
    last = _before_subject(context, first, last, high)
    last = _cut_at_preposition(context, head, first, last)
    first, last = context.trim((max(start, first), _balanced(context, first, last)))
    return (first, last) if first < last else None


def _before_subject(context: Context, first: int, last: int, high: int) -> int:
    """Return the end before a comma behind which the clause's own subject stands: 'selon la police, Boko Haram a attaqué'."""
    at = context.adverb_end(last, high)
    if at >= high or not (context.is_finite(at) or context.is_(at, "aux") or context.is_(at, "neg", "refl")):
        return last
    commas = [i for i in range(first + 1, last) if context.text.words[i] == ","]
    return commas[-1] if commas else last


def inverted(context: Context, at: int, high: int) -> Tokens | None:
    """Return the subject behind its verb, addressees and circumstances stepped over ('a dit à l'AFP, dans un entretien, X')."""
    start = context.adverb_end(at, high)
    for _ in range(4):
        behind = _over_circumstance(context, start, high)
        if behind is None:
            break
        start = context.adverb_end(behind, high)
    return phrase_after(context, start, high)


def _over_circumstance(context: Context, at: int, high: int) -> int | None:
    """Return the token behind a prepositional phrase that starts at ``at`` where a name or another phrase follows, or None."""
    if at < high and context.text.words[at] == ",":
        return _over_bracket(context, at, high)
    if at >= high or not (context.is_(at, "addressee") or context.text.norms[at] in context.tables.circumstance):
        return None
    i = at + 1
    while i < high and (context.is_(i, "det", "to") or context.pos(i) in ("DET", "ADP")):
        i += 1
    end = context.adverb_end(_name_end(context, i, high), high)
    if end <= i or end >= high:
        return None
    follows = context.pos(end) in ("DET", "NOUN", "PROPN", "PRON", "NUM", "X") or context.is_(end, "det", "addressee")
    return end if follows or context.text.norms[end] in context.tables.circumstance else None


def _over_bracket(context: Context, comma: int, high: int) -> int | None:
    """Return the token behind a date or circumstance between commas: 'a prévenu, lundi soir, | le ministre'."""
    end = context.adverb_end(comma + 1, high)
    if end == comma + 1 and (
        context.is_(end, "addressee") or (end < high and context.text.norms[end] in context.tables.circumstance)
    ):
        end = next((i for i in range(end, min(high, end + 10)) if context.text.words[i] == ","), high)
    if not comma + 1 < end < high - 1 or context.text.words[end] != ",":
        return None
    return end + 1 if context.pos(end + 1) in ("DET", "NOUN", "PROPN", "PRON", "NUM", "X") else None


def _name_end(context: Context, i: int, high: int) -> int:
    """Return the end of who or what a preposition governs: a listed outlet, an acronym, a run of capitals, a noun with what is its own."""
    words, last = context.text.words, i
    if i >= high:
        return i
    if words[i][0].isupper():
        listed = context.lang.lexicon("source_nouns").match(context.text, i)
        if listed or (words[i].isupper() and len(words[i]) > 1):
            last = listed[0] if listed else i + 1
            return _outlet_end(context, last, high) if listed else last
        while last < high and (words[last][0].isupper() or words[last] == "-"):
            last += 1
        # 'à Reuters Corneille Nangaa, chef de ...': nobody follows the run of names, so he is in it.
        return last if (last < high and words[last] not in ",.") or last == i + 1 else i + 1
    while last < high and (
        context.pos(last) in ("NOUN", "ADJ", "PROPN", "NUM")
        or (last > i and context.is_(last, "to") and context.pos(last + 1) in ("NOUN", "PROPN"))
    ):
        last += 1
    return last


def _outlet_end(context: Context, last: int, high: int) -> int:
    """Return the end of an outlet's name that a listed word opens, where who speaks follows it: 'à Agence Volta | des sources'."""
    end, words = last, context.text.words
    while end < high and words[end][0].isupper():
        end += 1
    follows = end < high and (context.pos(end) == "DET" or context.is_(end, "det"))
    return end if follows else last


def _capitals(context: Context, at: int, high: int) -> Tokens | None:
    last = at
    while last < high and (context.text.words[last][0].isupper() or (last > at and context.is_(last, "to", "det"))):
        last += 1
    while last > at and not context.text.words[last - 1][0].isupper():
        last -= 1
    return (at, last) if last > at else None


def _appositions(context: Context, last: int, high: int) -> int:
    """Return the end grown over ', assistante spéciale d'Obama': an apposition the parse may hang elsewhere."""
    words = context.text.words
    if last + 1 >= high or words[last] != ",":
        return last
    i = last + 1
    if context.pos(i) not in ("NOUN", "PROPN", "DET", "NUM") or context.is_(i, "rel", "contrast"):
        return last
    if context.opens_citing(i) or (
        context.pos(i) == "NOUN" and not context.names_somebody(i) and _like_participle(context, i)
    ):
        return last
    end = i
    if _happens(context, i):
        # 'selon une source, l'attaque ...': what happened describes nobody.
        return last
    while end < high and words[end] not in ',;:«“"»”' and not context.is_(end, "rel", "contrast"):
        if context.is_verb(end) or context.is_(end, "aux"):
            return last
        if context.pos(end) == "ADP" and context.text.norms[end] in _circumstance(context):
            break
        end += 1
    return end


def _circumstance(context: Context) -> frozenset[str]:
    return context.tables.circumstance


def _like_participle(context: Context, i: int) -> bool:
    """Return whether a word the parse calls a noun ends as a participle does ('arrivée', 'cité')."""
    endings = context.settings.get("participle_endings", ())
    return bool(endings) and context.text.norms[i].endswith(tuple(endings))


def _is_place(context: Context, i: int) -> bool:
    """Return whether a name follows a preposition inside who says: 'a trader in Nyala'; where it is published ('on Telegram') is none."""
    return context.text.words[i][0].isupper() and not context.is_(i, "adv", "platform")


def _cut_at_preposition(context: Context, head: int, first: int, last: int) -> int:
    """Return the end before circumstances of the saying ('dans un entretien', 'lors d'une conférence')."""
    for i in range(max(head + 1, first + 1), last):
        belongs = context.form(i - 1) == "Part" or (i + 1 < last and _is_place(context, i + 1))
        if (
            context.text.norms[i] in _circumstance(context)
            and not belongs
            and context.pos(i) in ("ADP", "ADV", "SCONJ", "X", "NOUN")
        ):
            return i
    return last


def agent(context: Context, start: int, limit: int) -> Tokens | None:
    """Return the tokens of who is named after 'par' or 'by', at most a few words away."""
    for j in range(start, min(limit, start + 6)):
        if context.is_(j, "by"):
            return phrase_after(context, j + 1, limit)
        if context.pos(j) in ("VERB", "PUNCT", "SCONJ"):
            return None
    return None
