"""Whom a phrase names: at its head or inside it, right behind a word, and behind a preposition."""

from __future__ import annotations

from reportedly.annotate import doers
from reportedly.annotate.entities import Stage

NEAR = 6
# Whom a deed is aimed at stands close behind it; who did it may follow place and time.
FAR = 8


def named_by(stage: Stage, head: int) -> list[int]:
    """Return the entities a noun phrase names: at its head and what is coordinated with it, else the first inside it."""
    found: list[int] = []
    for nominal in stage.syntax.conjuncts(head):
        if stage.syntax.pos[nominal] in ("VERB", "AUX"):
            continue
        if nominal > head and any(i in stage.others for i in range(head + 1, nominal)):
            # 'ont incendié un quartier et arrêté une trentaine d'hommes': those are the next verb's
            continue
        number = stage.entities.at(nominal)
        if number is None:
            number = _inside_phrase(stage, nominal)
        if stage.usable(number) and number is not None and number not in found:
            found.append(number)
    return found


def _inside_phrase(stage: Stage, head: int) -> int | None:
    """Return the entity in the phrase of a head that names nobody ('des dizaines de miliciens', 'la réaction des FAMa')."""
    inner = [
        child
        for child in stage.syntax.children[head]
        if stage.syntax.dep[child].startswith(("nmod", "obl:arg", "amod", "nummod", "appos", "flat", "compound"))
    ]
    # 'une attaque de drones ukrainiens': whose the arms are stands one noun farther in.
    arms = [a for child in inner for a in stage.syntax.children_with(child, "amod")]
    for child in inner:
        number = stage.entities.at(child)
        if number is not None:
            return number
    return next((n for a in arms if doers.nationality(stage, n := stage.entities.at(a))), None)


def after(stage: Stage, start: int) -> list[int]:
    """Return the entity right behind token ``start``: numbers, modifiers and nouns that name nobody are stepped over."""
    # A headline ends without a stop: whom the next sentence names is not whom its verb befell.
    for i in range(start, min(stage.sentence[1], start + NEAR)):
        number = stage.entities.starts.get(i)
        if number is not None:
            return [number] if stage.usable(number) else []
        of = stage.text.norms[i] in stage.words("of") and i > start
        if (
            stage.syntax.pos[i] not in ("DET", "NUM", "ADJ", "ADV", "NOUN")
            and not of
            and not _within_number(stage, i)
            and stage.text.words[i] not in '«"“'
        ):
            return []
        if i in stage.others:
            return []
    return []


def _within_number(stage: Stage, i: int) -> bool:
    """Return whether a token only belongs to a number: 'entre dix et quatorze', 'up to four'."""
    text, numbers = stage.text, stage.lang.number_words
    near = [text.norms[k] for k in (i - 1, i + 1, i + 2) if 0 <= k < text.size]
    return any(norm[0].isdigit() or norm in numbers for norm in near)


def behind_word(stage: Stage, name: str) -> list[int]:
    """Return the entities behind a preposition of the list ``name``: dependents of the trigger first, then the nearest in the clause."""
    return named_behind(stage, name, min(stage.trigger.head + 1, stage.trigger.last), stage.sentence[1])


def named_behind(stage: Stage, name: str, first: int, last: int) -> list[int]:
    """Return the first entity behind a word of the list ``name`` within tokens ``first`` to ``last``, up to the next happening.

    Of 'by' also whom a deed is laid to; who lays it to them did nothing ('attribuée par l'armée aux jihadistes').
    """
    words = stage.words(name)
    laid = stage.words("ascribed") if name == "by" else frozenset()
    if (words | laid).isdisjoint(stage.text.norms[first:last]):
        return []
    accuser = False
    for i in range(first, last):
        far = name != "by" and (
            i - stage.trigger.last > FAR or (stage.syntax.pos[i] in ("VERB", "AUX") and i > stage.trigger.last)
        )
        if stage.text.words[i] in ";:" or i in stage.others or far:
            break
        norm = stage.text.norms[i]
        if norm in laid:
            accuser = True
            numbers = doers.laid_to(stage, i)
        elif norm in words and not stage.words("through").isdisjoint(stage.text.norms[i + 1 : i + 3]):
            continue
        elif norm in words and not accuser:
            numbers = stage.behind_preposition(i + 1)
        else:
            accuser = accuser and norm not in words
            continue
        if numbers:
            return numbers
    return []
