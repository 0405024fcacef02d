"""All that the finders found in one text, flat, with what is looked up again and again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reportedly.annotate import chains, scopes
from reportedly.annotate.entities import Entities
from reportedly.find.hedges import Doubt
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity, Label, Link, Place, Quantity, Time
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

Tokens = tuple[int, int]
# Twice the tokens of the longest sentence.
NEAR = 500


@dataclass
class Findings:
    """All that the finders found in one text, flat."""

    text: Text
    syntax: Syntax | None
    lang: Language
    sha256: str
    attributions: tuple[Attribution, ...] = ()
    triggers: tuple[EventTrigger, ...] = ()
    hedges: tuple[Doubt, ...] = ()
    actors: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    labels: tuple[Label, ...] = ()
    owners: dict[int, dict[int, int]] = field(default_factory=dict)
    kept: dict[str, list[list[Any]]] = field(default_factory=dict)
    within: dict[tuple[Tokens, ...], list[int]] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)

    @cached_property
    def chains(self) -> chains.Chains:
        """Return the attributions with what nests around each."""
        return chains.build(self.attributions)

    @cached_property
    def entities(self) -> Entities:
        """Return the actors by token."""
        return Entities(self.actors, self.text)

    @cached_property
    def heads(self) -> list[int]:
        """Return the head tokens of all happenings and states, sorted."""
        return sorted({t.head for t in self.triggers})

    @cached_property
    def by_anchor(self) -> list[Attribution]:
        """Return the attributions in the order of the tokens they hang on."""
        return sorted(self.attributions, key=lambda a: a.anchor)

    @cached_property
    def conditions(self) -> frozenset[int]:
        """Return the sentences in which an 'if' stands."""
        hits = self.lang.lexicon("function_words").hits(self.text).items()
        return frozenset(
            self.text.sentence_of[i] for i, found in hits for _, e in found if e.values.get("class") == "if"
        )

    def heads_in(self, segments: tuple[Tokens, ...]) -> list[int]:
        """Return the heads of the happenings in some token segments."""
        if segments not in self.within:
            cut = (self.heads[bisect_left(self.heads, a) : bisect_left(self.heads, b)] for a, b in segments)
            self.within[segments] = sorted({head for heads in cut for head in heads})
        return self.within[segments]

    def others(self, head: int) -> frozenset[int]:
        """Return the heads of the other happenings near that of ``head``: farther off than a sentence can be long none matters."""
        near = self.heads[bisect_left(self.heads, head - NEAR) : bisect_left(self.heads, head + NEAR)]
        return frozenset(near) - {head}

    def hedges_between(self, first: int, last: int) -> tuple[Doubt, ...]:
        """Return the hedges that start in tokens ``first`` to ``last``."""
        low = bisect_left(self.hedges, first, key=lambda doubt: doubt.first)
        return self.hedges[low : bisect_left(self.hedges, last, key=lambda doubt: doubt.first)]

    def by_sentence(self, name: str) -> list[list[Any]]:
        """Return the mentions of one finder by the sentence they start in."""
        if name not in self.kept:
            rows: list[list[Any]] = [[] for _ in self.text.sentences]
            for mention in getattr(self, name):
                token = self.text.token_at(mention.start)
                if token < self.text.size:
                    rows[self.text.sentence_of[token]].append((token, mention))
            self.kept[name] = rows
        return self.kept[name]

    def nearest(self, token: int) -> int | None:
        """Return the happening of the sentence that ``token`` hangs on in the parse, or None."""
        if self.syntax is None:
            return None
        number = self.text.sentence_of[token]
        if number not in self.owners:
            first, last = self.text.sentences[number]
            inside = self.heads_in(((first, last),))
            self.owners[number] = scopes.clause_heads(self.syntax, (first, last), inside)
        return self.owners[number].get(token)
