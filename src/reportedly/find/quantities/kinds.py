"""What befell those counted: by the noun, by the cues around the amount, by the amount it is tied to."""

from __future__ import annotations

from typing import cast

from reportedly.find.quantities.cues import Cue
from reportedly.find.quantities.nouns import Noun, noun_of
from reportedly.find.quantities.place import EVENTS, PERSONS, Counted, Place, settings_of
from reportedly.records import BEFALLEN, TOLLS, QuantityKind
from reportedly.rules import Lexicon
from reportedly.text import Text

# How many tokens from its noun a cue may stand.
REACH_AFTER, REACH_BEFORE, CLOSE = 16, 9, 3
# How many amounts back one may stand that a number is tied to.
REACH_TIE = 8
# How many tokens before an amount the word may stand that says what is counted has a number.
REACH_COUNT = 30
STOPS = frozenset(".;:!?…؛؟")
# What may befall those of whom the noun already tells something.
SUBJECTS = ("nsubj", "expl:subj")
# How many tokens a cue has at most.
LONGEST_CUE = 6
FATES = frozenset([*TOLLS, "abducted", "arrested"])
# What befalls the living alone: a word that is in no lexicon is taken for persons where it is said of them.
LIVING = frozenset(["killed", "injured", "arrested", "abducted", "casualties"])


def count(place: Place) -> Counted | None:
    """Return what an amount counts, or None where it counts nothing (a year, a bare figure that nothing ties to a count)."""
    amount = place.amount
    noun = noun_of(place)
    if amount.of == "money":
        return Counted("money", unit=_currency(place))
    if noun is None and (kind := _of_a_count(place)):
        return Counted(kind, unit="person")
    if amount.yearlike and not (noun and noun.kind and noun.kind != "other"):
        return None
    if noun and noun.kind and noun.kind not in PERSONS:
        return _thing(place, noun)
    return _persons(place, noun)


def _of_a_count(place: Place) -> QuantityKind | None:
    """Return what befell those whose number is said to have reached the amount: 'the number of people killed in Sake has risen to | 112'.

    None where no word for a count ('number', 'nombre', 'عدد') stands before it in its sentence, another amount stands between, or no
    word by which a count reaches something stands right before the amount: 'rose by 12'.
    """
    settings, norms, amount = settings_of(place.lang), place.text.norms, place.amount
    low = max(place.sentence[0], amount.first - REACH_COUNT)
    led = set(norms[max(low, amount.first - 1) : amount.first + 1])
    first = next((i for i in range(amount.first - 1, low - 1, -1) if norms[i] in settings.counts), None)
    if first is None or (
        led.isdisjoint(settings.reaches) and not (settings.verb_first and _reached_before(place, first))
    ):
        return None
    if any(i in place.around.amounts or place.text.words[i] in STOPS for i in range(first + 1, amount.first)):
        return None
    return _befell_counted(place, first + 1)


def _befell_counted(place: Place, first: int) -> QuantityKind | None:
    """Return what befell the persons named right behind a word for a count: 'people killed', 'those who have been injured', 'dead'."""
    counted, happenings = place.lang.lexicon("counted"), place.lang.lexicon("trigger_noun")
    near = range(first, min(first + CLOSE + 1, place.amount.first))
    for i in near:
        cue, noun = place.around.starting.get(i), counted.match(place.text, i)
        kind = noun[1].get("kind") if noun else cue.kind if cue and cue.takes_subject else ""
        if kind in BEFALLEN:
            return kind
        if kind in PERSONS:
            behind = (place.around.starting.get(k) for k in range(i + 1, min(i + 2 + CLOSE, place.amount.first)))
            said = next((c.kind for c in behind if c and c.takes_subject and c.kind in BEFALLEN), "")
            return cast("QuantityKind", said) if said else None
        if kind or happenings.match(place.text, i):
            return None
    return None


def _reached_before(place: Place, first: int) -> bool:
    """Return whether the verb before the word for a count says that it reached the amount: 'بلغ عدد القتلى'."""
    low = max(place.sentence[0], first - CLOSE)
    return not settings_of(place.lang).reaches.isdisjoint(place.text.norms[low:first])


def _currency(place: Place) -> str | None:
    """Return the currency whose sign stands before the amount ($5m)."""
    match = place.lang.lexicon("units").match(place.text, place.amount.first - 1) if place.amount.first else None
    return match[1].get("unit") if match else None


def _thing(place: Place, noun: Noun) -> Counted:
    """Return the count of a noun that says its kind by itself: deaths, kilometres, tanks."""
    kind, span = _fate(place, noun) or noun.kind, (noun.first, noun.last)
    if kind == "distance" and noun.unit in ("m", "ft") and _is_height(place, noun):
        kind = "height"
    total = _total(place, noun)
    return Counted(cast("QuantityKind", kind), unit=noun.unit, noun=span, part_of=total)


def _fate(place: Place, noun: Noun) -> str:
    """Return what the verb says befell those already hurt, held, missing or displaced, or '': 'three of the wounded died'."""
    if noun.kind == "killed" or noun.kind not in BEFALLEN:
        return ""
    before, after = place.around.ending.get(place.amount.first), place.around.starting.get(noun.last)
    cues = [cue for cue in (before if before and before.takes_object else None, _governing(place, noun)) if cue]
    if after and after.takes_subject and place.around.syntax is None:
        cues.append(after)
    return next((cue.kind for cue in cues if cue.kind in FATES), "")


def _governing(place: Place, noun: Noun) -> Cue | None:
    """Return the cue at the verb that the counted persons are the subject or the object of, None where there is none."""
    syntax, counted = place.around.syntax, range(place.amount.first, noun.last)
    if syntax is None:
        return None
    for i in counted:
        verb, dep = syntax.head[i], syntax.dep[i]
        if verb in counted or not dep.startswith((*SUBJECTS, "obj")):
            continue
        near = (place.around.starting.get(k) for k in range(verb, verb - LONGEST_CUE, -1))
        cue = next((c for c in near if c and verb < c.last), None)
        if cue and (cue.takes_subject if dep.startswith(SUBJECTS) else cue.takes_object):
            return cue
    return None


def _is_height(place: Place, noun: Noun | None) -> bool:
    """Return whether a word of height stands near, or the measure stands alone in brackets after a name."""
    first, last = place.amount.first, noun.last if noun else place.amount.last
    near = [place.around.ending.get(first - k) for k in (0, 1)] + [
        place.around.starting.get(last + k) for k in (0, 1, 2)
    ]
    if any(cue and cue.kind == "height" for cue in near):
        return True
    words = place.text.words
    return noun is not None and first > 0 and last < len(words) and words[first - 1] == "(" and words[last] == ")"


def _persons(place: Place, noun: Noun | None) -> Counted | None:
    """Return the count of persons, or of what has no noun or an unknown one, by cues and ties."""
    total = _total(place, noun)
    span = (noun.first, noun.last) if noun else None
    unit = noun.unit if noun else None
    known = bool(noun and noun.kind)
    if noun is None and _is_height(place, None):
        return Counted(
            "height", unit="m", unit_inferred=True, reason="a height without a unit is taken to be in metres"
        )
    found = _by_cue(place, noun)
    if found and noun and not known and (found.kind not in LIVING or found.weak):
        found = None
    if total is not None and place.before[total][1].kind in EVENTS and not (found and _touches(place, noun, found)):
        found = None
    if found:
        kind = cast("QuantityKind", _with_neighbour(place, found))
        return Counted(
            kind, unit=unit or "person", noun=span, part_of=total, from_before=found.last <= place.amount.first
        )
    tied = _tied(place, noun, total)
    if tied is not None and (noun is None or known):
        of = place.before[tied]
        # A number without a noun counts what the one before it counted; with one, it shares what befell it.
        reason = f"as {place.text.span(of[0].first, of[0].last).exact!r} before it"
        return Counted(of[1].kind, unit=unit or of[1].unit, noun=span, part_of=total, reason=reason)
    if noun is None:
        return None
    if known:
        return Counted(cast("QuantityKind", noun.kind), unit=unit, noun=span, part_of=total)
    return Counted("other", unit=unit, noun=span, part_of=total)


# --- cues ---------------------------------------------------------------------------------------------------------------------------


def _by_cue(place: Place, noun: Noun | None) -> Cue | None:
    """Return the cue that says what befell those counted: right after, close before, then further after, further before."""
    end = noun.last if noun else place.amount.last
    after, before = _after(place, end), _before(place)
    if after and _agrees(place, after, end):
        return after
    if before and settings_of(place.lang).verb_first and place.amount.first - before.last <= CLOSE:
        return before
    verb_first = settings_of(place.lang).verb_first
    if after and after.first - end <= (0 if verb_first else 1):
        return after
    if before and place.amount.first - before.last <= CLOSE:
        return before
    if before and verb_first:
        return before
    return after or before


def _agrees(place: Place, cue: Cue, end: int) -> bool:
    """Return whether a verb right behind those counted agrees with them, as it does only behind its subject: 'خمسة آخرين | أصيبوا'."""
    endings = settings_of(place.lang).agreeing
    return bool(endings) and cue.first == end and place.text.norms[end].endswith(endings)


def _touches(place: Place, noun: Noun | None, cue: Cue) -> bool:
    """Return whether the cue stands right after the counted noun or right before the amount."""
    return cue.first == (noun.last if noun else place.amount.last) or cue.last == place.amount.first


def _after(place: Place, end: int) -> Cue | None:
    """Return the first cue after the noun, if those counted can be its subject; a verb of another subject ends the search."""
    text, last = place.text, min(place.sentence[1], end + REACH_AFTER)
    links = place.lang.lexicon("quantity_links")
    amounts, cues = place.around.amounts, place.around.starting
    i = end
    while i < last:
        if i in cues and cues[i].kind != "height":
            return cues[i] if cues[i].takes_subject else None
        if text.words[i] in STOPS:
            return None
        if i in amounts:
            if not _linked(text, links, i):
                return None
            i = amounts[i].last
            continue
        if place.lang.lexicon("speech_verbs").has(text.norms[i]) and _finite(place, i):
            return None
        i += 1
    return None


def _finite(place: Place, i: int) -> bool:
    """Return whether the verb of saying at ``i`` is a finite active one: a participle may belong to the noun ('des hommes accusés')."""
    verbs, words = place.lang.lexicon("speech_verbs"), place.lang.lexicon("function_words")
    auxiliary = words.entry(place.text.norms[i - 1])
    passive = (
        auxiliary is not None and auxiliary.get("aux") == "be" and verbs.entry(place.text.norms[i], "part") is not None
    )
    entry = verbs.entry(place.text.norms[i])
    return entry is not None and entry.feature != "part" and not passive


def _linked(text: Text, links: Lexicon, i: int) -> bool:
    return any(links.match(text, k) for k in range(max(0, i - 2), i))


def _before(place: Place) -> Cue | None:
    """Return the nearest cue before the amount, if those counted can be its object."""
    text, first = place.text, max(place.sentence[0], place.amount.first - REACH_BEFORE)
    ends, cues = place.around.amount_ends, place.around.ending
    settings = settings_of(place.lang)
    for i in range(place.amount.first - 1, first - 1, -1):
        cue = cues.get(i + 1)
        if cue and cue.kind != "height":
            return cue if cue.takes_object or cue.last == place.amount.first else None
        if text.norms[i] in settings.only and i in cues:
            continue
        if i + 1 in ends or text.words[i] in STOPS or text.norms[i] in settings.barriers:
            return None
    return None


def _with_neighbour(place: Place, cue: Cue) -> str:
    """Return the cue's kind; 'killed or wounded', 'مقتل وإصابة' are casualties."""
    joins = place.lang.lexicon("quantity_links")
    for other, join in (
        (place.around.ending.get(cue.first - 1), cue.first - 1),
        (place.around.starting.get(cue.last + 1), cue.last),
    ):
        if other and {other.kind, cue.kind} == {"killed", "injured"}:
            match = joins.match(place.text, join)
            if match and match[1].get("link") == "and" and not _parted(place, *sorted((cue, other), key=_first)):
                return "casualties"
    return cue.kind


def _first(cue: Cue) -> int:
    return cue.first


def _parted(place: Place, left: Cue, right: Cue) -> bool:
    """Return whether each of two joined cues has an amount of its own: 'seven met their death and wounded were twenty' are no sum."""
    before = any(k in place.around.amount_ends for k in range(left.first - CLOSE, left.first + 1))
    return before and any(k in place.around.amounts for k in range(right.last, right.last + CLOSE))


# --- ties -------------------------------------------------------------------------------------------------------------------------


def _link(place: Place) -> str:
    """Return how the amount is tied to the one before it: part, same, and, or ''."""
    links = place.lang.lexicon("quantity_links")
    for back in (1, 2, 3):
        i = place.amount.first - back
        if i < place.sentence[0]:
            break
        match = links.match(place.text, i)
        if match and match[0] == place.amount.first:
            return match[1].get("link")
    return ""


def _total(place: Place, noun: Noun | None) -> int | None:
    """Return the index of the amount this one is part of ('dont'), or None."""
    link = _link(place)
    if link == "and" and place.before and noun is not None and noun.kind in PERSONS:
        # 'dont sept enfants et trois femmes': both are parts.
        amount, counted = place.before[-1]
        same = place.text.sentence_of[amount.first] == place.text.sentence_of[place.amount.first]
        return counted.part_of if same and place.amount.first - amount.last <= CLOSE + 1 else None
    if link != "part":
        return None
    for index in range(len(place.before) - 1, -1, -1):
        amount, counted = place.before[index]
        if place.text.sentence_of[amount.first] != place.text.sentence_of[place.amount.first]:
            return None
        if counted.part_of is None and counted.kind in EVENTS | PERSONS:
            return index
    return None


def _tied(place: Place, noun: Noun | None, total: int | None) -> int | None:
    """Return the index of the amount whose kind this one shares, or None."""
    if total is not None:
        return total
    if not place.before:
        return None
    nearest = range(len(place.before) - 1, max(-1, len(place.before) - 1 - REACH_TIE), -1)
    index = next((k for k in nearest if place.before[k][1].kind in EVENTS | PERSONS), None)
    if index is None:
        return None
    amount, counted = place.before[index]
    same_sentence = place.text.sentence_of[amount.first] == place.text.sentence_of[place.amount.first]
    link = _link(place)
    if noun is not None:
        shared = link == "same" or (link == "and" and counted.from_before)
        return index if same_sentence and shared and counted.kind in EVENTS else None
    same_paragraph = place.text.paragraph_of[amount.first] == place.text.paragraph_of[place.amount.first]
    return index if same_paragraph and counted.unit == "person" else None
