"""Who did it and to whom: from the parse around a trigger, the frame of its word, and the source that speaks of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.find.sources import Attribution
from reportedly.records import Entity
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass
class Entities:
    """The actors found in a text, by token."""

    found: tuple[Entity, ...]
    text: Text

    def __post_init__(self) -> None:
        self.tokens = [(self.text.token_at(e.start), self.text.token_at(e.end - 1) + 1) for e in self.found]

    def at(self, token: int) -> int | None:
        """Return the index of the widest entity that covers ``token``, or None."""
        inside = [n for n, (a, b) in enumerate(self.tokens) if a <= token < b]
        return max(inside, key=lambda n: self.tokens[n][1] - self.tokens[n][0], default=None)

    def between(self, first: int, last: int) -> list[int]:
        """Return the indexes of the entities within the tokens, nested ones left out."""
        inside = [n for n, (a, b) in enumerate(self.tokens) if first <= a and b <= last]
        return [n for n in inside if not any(m != n and self._within(n, m) for m in inside)]

    def _within(self, inner: int, outer: int) -> bool:
        a, b = self.tokens[inner]
        c, d = self.tokens[outer]
        return c <= a and b <= d and (d - c) > (b - a)


def subject(syntax: Syntax, verb: int, *, passive: bool = False) -> int | None:
    """Return the subject of ``verb``: its own, that of the verb it shares one with, or the antecedent of its relative pronoun."""
    here = verb
    for _ in range(5):
        for child in syntax.children[here]:
            dep = syntax.dep[child]
            if dep.startswith("nsubj") or dep.startswith("expl:subj") and False:
                return _antecedent(syntax, child, here)
        dep, head = syntax.dep[here], syntax.head[here]
        if dep.startswith("acl") and head != here:
            return head
        if dep in ("conj", "xcomp", "ccomp", "aux", "cop") or dep.startswith(("advcl", "aux", "obl", "conj")):
            if head == here:
                return None
            here = head
            continue
        return None
    return None


def _antecedent(syntax: Syntax, child: int, verb: int) -> int:
    if syntax.morph[child].get("PronType") == "Rel" and syntax.dep[verb].startswith("acl") and syntax.head[verb] != verb:
        return syntax.head[verb]
    return child


def heads(syntax: Syntax, index: int) -> Iterator[int]:
    """Yield ``index`` and the nominals coordinated with it."""
    for other in syntax.conjuncts(index):
        if syntax.pos[other] not in ("VERB", "AUX"):
            yield other


def of_phrase(entities: Entities, syntax: Syntax, head: int, stop: int | None = None) -> list[int]:
    """Return the entities a noun phrase names: at its head and what is coordinated with it, else the first inside its subtree."""
    found: list[int] = []
    for nominal in heads(syntax, head):
        if stop is not None and nominal == stop:
            continue
        number = entities.at(nominal)
        if number is None:
            number = _first_inside(entities, syntax, nominal)
        if number is not None and number not in found:
            found.append(number)
    return found


def _first_inside(entities: Entities, syntax: Syntax, head: int) -> int | None:
    """Return the entity in the phrase of a head that names nobody ('des dizaines de miliciens', 'trois des combattants')."""
    for child in syntax.children[head]:
        if syntax.dep[child].startswith(("nmod", "obl:arg", "det", "amod", "nummod", "appos", "flat")):
            number = entities.at(child)
            if number is not None:
                return number
    return None


def oblique(entities: Entities, syntax: Syntax, text: Text, head: int, prepositions: frozenset[str]) -> list[int]:
    """Return the entities behind one of the prepositions among the dependents of ``head``."""
    found: list[int] = []
    for child in syntax.children[head]:
        if not syntax.dep[child].startswith(("obl", "nmod", "obj", "advcl", "acl")):
            continue
        case = next((c for c in syntax.children[child] if syntax.dep[c].startswith(("case", "mark"))), None)
        before = case if case is not None else child - 1
        if before >= 0 and text.norms[before] in prepositions:
            found.extend(n for n in of_phrase(entities, syntax, child) if n not in found)
    return found


def speaker(entities: Entities, attribution: Attribution) -> list[int]:
    """Return whom a source speaks for: the group its words name ('un porte-parole de Jaïch al-Fatah'), else the source itself."""
    if attribution.source is None:
        return []
    first, last = attribution.source
    inside = [n for n, (a, b) in enumerate(entities.tokens) if first <= a < last and b <= last + 1]
    groups = [n for n in inside if entities.found[n].kind in ("armed-group", "state-force", "state", "organisation")]
    return groups[:1] or inside[:1]
