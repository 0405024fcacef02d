"""Whom or what a deed befell where the words name nobody we know: those it counts, and the object of its verb, kept as they stand."""

from __future__ import annotations

import msgspec

from reportedly.annotate.entities import Between
from reportedly.annotate.findings import Findings, Tokens
from reportedly.find.triggers import EventTrigger
from reportedly.records import BEFALLEN, Entity, Quantity

# Whom such deeds befall may be a thing; an arrest befalls people.
DEEDS = ("ASSAULT", "COERCE")
NOMINAL = ("NOUN", "PROPN", "ADJ")
# The name of a person has so many words.
LEAST, MOST = 2, 5


def counted(found: Findings, trigger: EventTrigger, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Return the quantities, people that the trigger counts among its victims told as such ('2.6 million people driven from home')."""
    if trigger.counts not in BEFALLEN or trigger.pos == "state":
        return quantities
    kind = trigger.counts
    return tuple(
        msgspec.structs.replace(q, kind=kind, basis="inferred", reason=f"counted by {trigger.exact!r}")
        if _beside(found, trigger, q) and (q.kind in ("people", "fighters") or (q.kind == "other" and q.unit is None))
        else q
        for q in quantities
    )


def _beside(found: Findings, trigger: EventTrigger, quantity: Quantity) -> bool:
    """Return whether the noun that is counted stands right before the verb's group (who undergoes), no comma or verb between."""
    if quantity.noun is None or not (trigger.voice == "passive" or trigger.frame == "undergo") or trigger.pos == "noun":
        return False
    last = found.text.token_at(quantity.noun.end - 1) + 1
    between = range(last, trigger.group)
    return last <= trigger.group and len(between) <= 1 and all(found.text.words[i][0].isalpha() for i in between)


def recipients(found: Findings, trigger: EventTrigger, quantities: tuple[Quantity, ...]) -> tuple[Entity, ...]:
    """Return those whom a deed befell that no list of names knows: the nouns it counts, else the object of its verb."""
    if trigger.is_state or trigger.type not in (*DEEDS, "SANCTION"):
        return ()
    people = [q for q in quantities if trigger.counts and q.kind in BEFALLEN and q.noun and _fits(found, trigger, q)]
    if people:
        return _counted_ones(found, _tokens(found, people[0]))
    span = _object(found, trigger)
    if span:
        hurt = trigger.sense in ("death", "injury") or trigger.counts in BEFALLEN
        return (_entity(found, span, "civilians" if hurt else "object"),)
    name = _person(found, trigger)
    return (_entity(found, name, "person"),) if name else ()


def _counted_ones(found: Findings, tokens: Tokens) -> tuple[Entity, ...]:
    """Return the actor a counted noun is, with those joined to it, or the noun as it stands."""
    number = next((n for i in range(*tokens) if (n := found.entities.at(i)) is not None), None)
    if number is None:
        return (_entity(found, tokens, "civilians"),)
    joins = frozenset(found.lang.settings.get("roles", {}).get("joins", ()))
    light = lambda i: found.syntax is not None and found.syntax.pos[i] in ("DET", "NUM", "ADP")  # noqa: E731
    nouns = found.lang.lexicon("trigger_noun")
    joined = found.entities.coordinated(number, Between(found.text, joins, light))
    # 'eight dead, among them three soldiers': the dead are what happened, the soldiers whom it befell.
    kept = [n for n in joined if n == number or not nouns.match(found.text, found.entities.tokens[n][1] - 1)]
    return tuple(found.actors[n] for n in kept)


def _fits(found: Findings, trigger: EventTrigger, quantity: Quantity) -> bool:
    """Return whether the counted noun is whom it befell: not the trigger's own word, nor another word of the dead."""
    first, last = _tokens(found, quantity)
    if first < trigger.last and trigger.first < last:
        return False
    nouns = found.lang.lexicon("trigger_noun")
    return first < last and not any(nouns.match(found.text, i) for i in range(first, last))


def _tokens(found: Findings, quantity: Quantity) -> Tokens:
    assert quantity.noun is not None
    return found.text.token_at(quantity.noun.start), found.text.token_at(quantity.noun.end - 1) + 1


def _object(found: Findings, trigger: EventTrigger) -> Tokens | None:
    """Return the object of an active verb of attack (subject of a passive) that is no place, person or happening."""
    syntax, text = found.syntax, found.text
    # the object of a phrase is a word of it ('pris pour cible'), its subject in the passive none ('battu à mort')
    verbal = trigger.pos == "verb" or (trigger.pos == "phrase" and trigger.voice == "passive")
    if syntax is None or not verbal or trigger.territory or trigger.type != "ASSAULT":
        return None
    wanted = ("nsubj:pass",) if trigger.voice == "passive" else ("obj",)
    for child in syntax.children[trigger.head]:
        if syntax.dep[child] not in wanted or syntax.pos[child] != "NOUN" or found.entities.at(child) is not None:
            continue
        if _is_unit(found, child):
            continue
        near = range(child, min(syntax.right[child] + 1, child + 4))
        here = text.sentence_of[child]
        mentions = [m for name in ("places", "times") for _, m in found.by_sentence(name)[here]]
        if any(m.start <= text.starts[child] < m.end for m in mentions) or any(_happens(found, i) for i in near):
            return None
        first, last = child, child + 1
        while first - 1 >= syntax.left[child] and syntax.pos[first - 1] in NOMINAL:
            first -= 1
        while last <= syntax.right[child] and last < text.size and syntax.pos[last] == "ADJ":
            last += 1
        return first, last
    return None


def _person(found: Findings, trigger: EventTrigger) -> Tokens | None:
    """Return the name of somebody nobody lists whom it befell: 'Fatima Diallo a été enlevée', 'José Campo, 45 ans, a été abattu'."""
    syntax, text = found.syntax, found.text
    hurt = trigger.sense in ("death", "injury") or trigger.counts in BEFALLEN
    verbal = trigger.pos == "verb" or (trigger.pos == "phrase" and trigger.voice == "passive")
    if syntax is None or not hurt or not verbal:
        return None
    undergone = trigger.voice == "passive" or trigger.frame == "undergo"
    wanted = ("nsubj:pass", "nsubj") if undergone else ("obj",)
    for child in syntax.children[trigger.head]:
        if syntax.dep[child] not in wanted:
            continue
        last = child
        if _is_unit(found, child):
            # 'X, 45 ans,': the age stands where the name's own place is.
            last = next((i for i in range(child - 1, max(0, child - 3), -1) if text.words[i] == ","), 0) - 1
        run = _capitals(found, last)
        if (
            run
            and found.entities.at(last) is None
            and not any(p.start <= text.starts[last] < p.end for p in found.places)
        ):
            return run
    return None


def _is_unit(found: Findings, token: int) -> bool:
    return found.lang.lexicon("time_units").match(found.text, token) is not None


def _capitals(found: Findings, token: int) -> Tokens | None:
    """Return the run of capitalised words around ``token``, where it is a name of two words or more."""
    text = found.text
    if token < 0 or not text.words[token][0].isupper():
        return None
    low, high = text.sentences[text.sentence_of[token]]
    first, last = token, token + 1
    while first > low and text.words[first - 1][0].isupper():
        first -= 1
    while last < high and text.words[last][0].isupper():
        last += 1
    return (first, last) if LEAST <= last - first <= MOST else None


def _happens(found: Findings, token: int) -> bool:
    """Return whether the noun names a happening or a weapon: 'launched an attack', 'fired missiles'."""
    names = ("trigger_noun", "trigger_weapon")
    return any(found.lang.lexicon(name).match(found.text, token) for name in names)


def _entity(found: Findings, tokens: Tokens, kind: str) -> Entity:
    span = found.text.span(*tokens)
    return Entity(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by="unnamed",
        basis="inferred",
        reason="as it stands",
        kind=kind,  # type: ignore[arg-type]
    )
