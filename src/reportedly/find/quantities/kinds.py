"""What an amount counts and what happened to it: by its noun, by the cues around it, by the amount it is tied to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from reportedly.find.quantities.amounts import Amount
from reportedly.find.quantities.cues import Cue
from reportedly.records import QuantityKind
from reportedly.rules import Entry, Language, Lexicon
from reportedly.syntax import Syntax
from reportedly.text import Text, fold

# How many tokens after its number a noun may stand, and how far from it a cue.
REACH_NOUN, REACH_AFTER, REACH_BEFORE, CLOSE = 5, 16, 9, 3
STOPS = frozenset(".;:!?…؛؟")
OPENERS = frozenset("«“\"‘'(")
PERSONS = frozenset(["people", "fighters"])
EVENTS = frozenset(["killed", "injured", "casualties", "missing", "abducted", "arrested", "displaced", "surrendered", "other"])
# What befalls the living alone: a word that is in no lexicon is taken for persons where it is said of them.
LIVING = frozenset(["killed", "injured", "arrested", "abducted", "casualties"])
NOT_PERSONS = frozenset(["class", "unit", "ministry", "site", "object", "weapon", "ally", "both", "foe"])


@dataclass(frozen=True)
class Counted:
    """What was counted: kind, unit, the noun's tokens, the total it is part of, and why where it was inferred."""

    kind: QuantityKind
    unit: str | None = None
    unit_inferred: bool = False
    noun: tuple[int, int] | None = None
    part_of: int | None = None
    reason: str = ""
    from_before: bool = False


@dataclass(frozen=True)
class Noun:
    """The counted noun: its tokens, kind and unit; kind '' where its word is not known."""

    first: int
    last: int
    kind: str
    unit: str | None


@dataclass
class Place:
    """Where one amount stands: all that its kind is decided by."""

    amount: Amount
    before: list[tuple[Amount, Counted]]
    after: list[Amount]
    text: Text
    lang: Language
    cues: list[Cue]
    syntax: Syntax | None

    @property
    def sentence(self) -> tuple[int, int]:
        """Return the tokens of the sentence the amount is in."""
        return self.text.sentences[self.text.sentence_of[self.amount.first]]


def count(
    amount: Amount,
    before: list[tuple[Amount, Counted]],
    after: list[Amount],
    text: Text,
    lang: Language,
    signs: list[Cue],
    syntax: Syntax | None,
) -> Counted | None:
    """Return what ``amount`` counts, or None where it counts nothing (a year, a bare figure that nothing ties to a count)."""
    place = Place(amount, before, after, text, lang, signs, syntax)
    noun = _noun(place)
    if amount.of == "money":
        return Counted("money", unit=_currency(place))
    if noun and noun.kind and noun.kind not in PERSONS:
        return _thing(place, noun)
    if amount.yearlike and not (noun and noun.kind):
        return None
    return _persons(place, noun)


def _currency(place: Place) -> str | None:
    """Return the currency whose sign stands before the amount ($5m)."""
    match = place.lang.lexicon("units").match(place.text, place.amount.first - 1) if place.amount.first else None
    return match[1].get("unit") if match else None


def _thing(place: Place, noun: Noun) -> Counted:
    """Return the count of a noun that says its kind by itself: deaths, kilometres, tanks."""
    kind, span = noun.kind, (noun.first, noun.last)
    if kind == "distance" and noun.unit in ("m", "ft") and _is_height(place, noun):
        kind = "height"
    total = _total(place)
    return Counted(cast("QuantityKind", kind), unit=noun.unit, noun=span, part_of=total)


def _is_height(place: Place, noun: Noun | None) -> bool:
    """Return whether a word of height stands near, or the measure stands alone in brackets after a name."""
    first, last = place.amount.first, noun.last if noun else place.amount.last
    if any(cue.kind == "height" and (0 <= first - cue.last <= 1 or 0 <= cue.first - last <= 2) for cue in place.cues):
        return True
    words = place.text.words
    return noun is not None and first > 0 and last < len(words) and words[first - 1] == "(" and words[last] == ")"


def _persons(place: Place, noun: Noun | None) -> Counted | None:
    """Return the count of persons, or of what has no noun or an unknown one, by cues and ties."""
    total = _total(place)
    span = (noun.first, noun.last) if noun else None
    unit = noun.unit if noun else None
    known = bool(noun and noun.kind)
    if noun is None and _is_height(place, None):
        return Counted("height", unit="m", unit_inferred=True, reason="a height without a unit is taken to be in metres")
    found = _by_cue(place, noun)
    if found and noun and not known and (found.kind not in LIVING or found.weak):
        found = None
    if total is not None and place.before[total][1].kind in EVENTS and not (found and _touches(place, noun, found)):
        found = None
    if found:
        kind = cast("QuantityKind", _with_neighbour(place, found))
        return Counted(kind, unit=unit or "person", noun=span, part_of=total, from_before=found.last <= place.amount.first)
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


# --- the noun -----------------------------------------------------------------------------------------------------------------------


def _noun(place: Place) -> Noun | None:
    """Return the noun counted: the first known one after the amount, else its next word where that can be a noun."""
    if place.amount.own:
        entry = place.amount.own
        return Noun(place.amount.first, place.amount.last, entry.get("kind"), _unit(entry))
    settings = _settings(place.lang)
    text, end, unknown = place.text, place.sentence[1], None
    i, steps = place.amount.last, 0
    while i < end and steps < REACH_NOUN:
        known = _known_noun(place, i, direct=unknown is None)
        if known:
            return _refined(place, known)
        norm = text.norms[i]
        if norm in settings.partitives or text.words[i] in OPENERS:
            i += 1
            continue
        if not norm[0].isalpha() and not (settings.partitives and text.norms[i - 1] in settings.partitives and norm[0].isdigit()):
            break
        if norm in settings.fillers or place.lang.number_at(text, i):
            i, steps = i + 1, steps + 1
            continue
        if norm in settings.stops or not _may_be_noun(place, i):
            break
        unknown = unknown or (i, i + 1)
        if settings.head_last:
            unknown = (unknown[0], i + 1) if i - unknown[1] <= 0 else unknown
        i, steps = i + 1, steps + 1
    if unknown is None or place.amount.rule.endswith(".one"):
        return None
    return Noun(*unknown, "", _singular(text.norms[unknown[1] - 1], place.lang))


def _known_noun(place: Place, i: int, *, direct: bool) -> Noun | None:
    """Return the counted noun or (right after the number) the unit that starts at token ``i``."""
    if direct and (match := place.lang.lexicon("units").match(place.text, i)):
        return Noun(i, match[0], match[1].get("kind"), _unit(match[1]))
    for start in (place.lang.lexicon("counted"), place.lang.lexicon("actor_nouns")):
        match = start.match(place.text, i)
        if match and (kind := _kind_of(match[1])):
            return Noun(i, match[0], kind, _unit(match[1]) or "person")
    return None


def _kind_of(entry: Entry) -> str:
    """Return the kind of a counted noun; of an actor's noun, people or fighters where it names persons."""
    if entry.lexicon == "counted":
        return entry.get("kind")
    kind = entry.get("kind")
    if entry.get("role") in NOT_PERSONS or kind not in ("civilians", "person", "armed-group", "state-force"):
        return ""
    return "people" if kind in ("civilians", "person") else "fighters"


def _refined(place: Place, noun: Noun) -> Noun:
    """Return the noun with what stands right after it taken in: 'civilians dead', 'personnes disparues'."""
    if noun.kind not in PERSONS or noun.last >= place.sentence[1]:
        return noun
    match = place.lang.lexicon("counted").match(place.text, noun.last)
    if match and match[1].get("kind") in EVENTS:
        return Noun(noun.first, noun.last, match[1].get("kind"), noun.unit)
    if match and match[1].get("kind") and _settings(place.lang).head_last:
        return Noun(noun.first, match[0], match[1].get("kind"), _unit(match[1]))
    return noun


def _may_be_noun(place: Place, i: int) -> bool:
    if place.syntax is not None and place.syntax.pos[i] in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "DET", "ADV"):
        return False
    norm = place.text.norms[i]
    return not any(place.lang.lexicon(name).has(norm) for name in ("speech_verbs", "quantity_cues"))


def _unit(entry: Entry) -> str | None:
    return entry.get("unit").replace("_", " ") or None


def _singular(norm: str, lang: Language) -> str | None:
    """Return an English noun in the singular, by the endings of ``language.toml``; in other languages an unknown noun has no unit."""
    for ending, single in lang.settings.get("quantities", {}).get("singular", ()):
        if norm.endswith(ending):
            return str(norm[: len(norm) - len(ending)] + single)
    return None


@dataclass(frozen=True)
class Settings:
    """What the language data says of the words around a number (``[quantities]`` of ``language.toml``)."""

    partitives: frozenset[str]
    fillers: frozenset[str]
    stops: frozenset[str]
    barriers: frozenset[str]
    only: frozenset[str]
    head_last: bool
    verb_first: bool


_known_settings: dict[str, Settings] = {}


def _settings(lang: Language) -> Settings:
    if lang.sha256 not in _known_settings:
        table = lang.settings.get("quantities", {})
        closed = [e.form[0] for found in lang.lexicon("function_words").index.values() for e in found if len(e.form) == 1]
        common = lang.settings.get("text", {}).get("common", ())

        def folded(words: Iterable[str]) -> frozenset[str]:
            return frozenset(fold(word, lang.tokenization) for word in words)

        fillers = folded(table.get("fillers", ()))
        _known_settings[lang.sha256] = Settings(
            folded(table.get("partitives", ())),
            fillers,
            folded([*closed, *common, *table.get("stops", ())]) - fillers,
            folded(table.get("barriers", ())),
            folded(table.get("only", ())),
            table.get("head_last", False),
            table.get("verb_first", False),
        )
    return _known_settings[lang.sha256]


# --- cues ---------------------------------------------------------------------------------------------------------------------------


def _by_cue(place: Place, noun: Noun | None) -> Cue | None:
    """Return the cue that says what befell those counted: right after, close before, then further after, further before."""
    end = noun.last if noun else place.amount.last
    after, before = _after(place, end), _before(place)
    if before and _settings(place.lang).verb_first and place.amount.first - before.last <= CLOSE:
        return before
    if after and after.first - end <= 1:
        return after
    if before and place.amount.first - before.last <= CLOSE:
        return before
    return after or before


def _touches(place: Place, noun: Noun | None, cue: Cue) -> bool:
    """Return whether the cue stands right after the counted noun or right before the amount."""
    return cue.first == (noun.last if noun else place.amount.last) or cue.last == place.amount.first


def _after(place: Place, end: int) -> Cue | None:
    """Return the first cue after the noun, if those counted can be its subject; a verb of another subject ends the search."""
    text, last = place.text, min(place.sentence[1], end + REACH_AFTER)
    links = place.lang.lexicon("quantity_links")
    amounts = {a.first: a for a in place.after}
    cues = {cue.first: cue for cue in place.cues}
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
    passive = auxiliary is not None and auxiliary.get("aux") == "be" and verbs.entry(place.text.norms[i], "part") is not None
    entry = verbs.entry(place.text.norms[i])
    return entry is not None and entry.feature != "part" and not passive


def _linked(text: Text, links: Lexicon, i: int) -> bool:
    return any(links.match(text, k) for k in range(max(0, i - 2), i))


def _before(place: Place) -> Cue | None:
    """Return the nearest cue before the amount, if those counted can be its object."""
    text, first = place.text, max(place.sentence[0], place.amount.first - REACH_BEFORE)
    amounts = {a.last - 1 for a, _ in place.before}
    cues = {cue.last - 1: cue for cue in place.cues}
    settings = _settings(place.lang)
    for i in range(place.amount.first - 1, first - 1, -1):
        if i in cues and cues[i].kind != "height":
            return cues[i] if cues[i].takes_object or cues[i].last == place.amount.first else None
        if text.norms[i] in settings.only and i - 1 in cues:
            continue
        if i in amounts or text.words[i] in STOPS or text.norms[i] in settings.barriers:
            return None
    return None


def _with_neighbour(place: Place, cue: Cue) -> str:
    """Return the cue's kind; 'killed or wounded', 'مقتل وإصابة' are casualties."""
    joins = place.lang.lexicon("quantity_links")
    for other in place.cues:
        near = other.last == cue.first - 1 or cue.last == other.first - 1
        if near and {other.kind, cue.kind} == {"killed", "injured"}:
            between = min(other.last, cue.last)
            match = joins.match(place.text, between)
            if match and match[1].get("link") == "and":
                return "casualties"
    return cue.kind


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


def _total(place: Place) -> int | None:
    """Return the index of the amount this one is part of ('dont'), or None."""
    if _link(place) != "part":
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
    index = next((k for k in range(len(place.before) - 1, -1, -1) if place.before[k][1].kind in EVENTS | PERSONS), None)
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
