"""What is counted: the noun after a number, by lexicon, by unit, else the next word that can be one."""

from __future__ import annotations

import msgspec

from reportedly.find.quantities.place import EVENTS, PERSONS, Place, settings_of
from reportedly.rules import Entry, Language

REACH_NOUN = 5
OPENERS = frozenset("«“\"‘'(")
OTHER_KIND = {"killed": "injured", "injured": "killed"}
NOT_PERSONS = frozenset(["class", "unit", "ministry", "site", "object", "weapon", "ally", "both", "foe"])


class Noun(msgspec.Struct, frozen=True):
    """The counted noun: its tokens, kind and unit; kind '' where its word is not known."""

    first: int
    last: int
    kind: str
    unit: str | None


def noun_of(place: Place) -> Noun | None:
    """Return the noun counted: the first known one after the amount, else its next word where that can be a noun."""
    if place.amount.own:
        entry = place.amount.own
        return Noun(place.amount.first, place.amount.last, entry.get("kind"), _unit(entry))
    settings = settings_of(place.lang)
    text, end, unknown = place.text, place.sentence[1], None
    i, steps = place.amount.last, 0
    while i < end and steps < REACH_NOUN:
        known = _known_noun(place, i, direct=unknown is None)
        if known and not _qualifies(place, known):
            return _of_either_kind(place, _refined(place, known))
        norm = text.norms[i]
        if norm in settings.partitives or text.words[i] in OPENERS:
            i += 1
            continue
        if not norm[0].isalpha() and not (
            settings.partitives and text.norms[i - 1] in settings.partitives and norm[0].isdigit()
        ):
            break
        if norm in settings.fillers or place.lang.number_at(text, i):
            i, steps = i + 1, steps + 1
            continue
        if norm in settings.stops or i in place.around.dated or not _may_be_noun(place, i):
            break
        unknown = unknown or (i, i + 1)
        if settings.head_last:
            unknown = (unknown[0], i + 1) if i - unknown[1] <= 0 else unknown
            if norm.endswith(settings.plural) and not text.words[i].isupper():
                break
        i, steps = i + 1, steps + 1
    if unknown is None or place.amount.rule.endswith(".one"):
        return None
    return Noun(*unknown, "", _singular(text.norms[unknown[1] - 1], place.lang))


def _qualifies(place: Place, noun: Noun) -> bool:
    """Return whether a word for persons only tells whose the counted things are: '41 Ukrainian unmanned aircraft'."""
    syntax = place.around.syntax
    if syntax is None or noun.kind not in PERSONS or not settings_of(place.lang).head_last:
        return False
    return syntax.dep[noun.first] == "amod" and noun.last <= syntax.head[noun.first] < noun.first + REACH_NOUN


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
    if noun.last in place.around.starting:
        # A participle or a verb: its voice decides ('three policemen killed a protester').
        return noun
    if match and match[1].get("kind") in EVENTS - {"other"}:
        return Noun(noun.first, noun.last, match[1].get("kind"), noun.unit)
    if match and match[1].get("kind") and settings_of(place.lang).head_last:
        return Noun(noun.first, match[0], match[1].get("kind"), _unit(match[1]))
    return noun


def _of_either_kind(place: Place, noun: Noun) -> Noun:
    """Return the noun as casualties where the other kind is joined to it and has neither a number nor an object: 'dead and wounded'."""
    text, counted, syntax = place.text, place.lang.lexicon("counted"), place.around.syntax
    other = OTHER_KIND.get(noun.kind)
    refining = counted.match(text, noun.last) if other else None
    end = refining[0] if refining and refining[1].get("kind") == noun.kind else noun.last
    link = place.lang.lexicon("quantity_links").match(text, end) if other else None
    if link is None or link[1].get("link") != "and" or not text.words[end][0].isalpha():
        return noun
    joined = counted.match(text, link[0])
    if joined is None or joined[1].get("kind") != other or joined[0] in place.around.amounts:
        return noun
    if syntax is not None and syntax.child(joined[0] - 1, "obj") is not None:
        return noun
    return msgspec.structs.replace(noun, kind="casualties")


def _may_be_noun(place: Place, i: int) -> bool:
    if place.around.syntax is not None and place.around.syntax.pos[i] in (
        "VERB",
        "AUX",
        "ADP",
        "CCONJ",
        "SCONJ",
        "PRON",
        "DET",
        "ADV",
    ):
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
