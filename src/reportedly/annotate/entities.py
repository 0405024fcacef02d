"""The actors found in a text by token, and what the search for the roles of one trigger looks at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass
class Entities:
    """The actors found in a text, by token."""

    found: tuple[Entity, ...]
    text: Text
    tokens: list[tuple[int, int]] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    cover: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = [(self.text.token_at(e.start), self.text.token_at(e.end - 1) + 1) for e in self.found]
        for n, (a, b) in sorted(enumerate(self.tokens), key=lambda t: t[1][1] - t[1][0]):
            self.starts[a] = n
            self.ends[b] = n
            for token in range(a, b):
                self.cover[token] = n

    def starting(self, first: int, last: int) -> range:
        """Return the indexes of the entities that start in tokens ``first`` to ``last``; entities are sorted by where they start."""
        return range(bisect_left(self.tokens, (first,)), bisect_left(self.tokens, (last,)))

    def at(self, token: int) -> int | None:
        """Return the index of the widest entity that covers ``token``, or None."""
        return self.cover.get(token)

    def between(self, first: int, last: int) -> list[int]:
        """Return the indexes of the entities within the tokens, nested ones left out."""
        found: list[int] = []
        for token in range(first, last):
            n = self.starts.get(token)
            if n is not None and self.tokens[n][1] <= last and n not in found and self.cover.get(token) == n:
                found.append(n)
        return found

    def coordinated(self, number: int, text: Text, joins: frozenset[str], light: Callable[[int], bool]) -> list[int]:
        """Return ``number`` with the entities joined to it by 'et', 'and', 'dont', 'including'.

        ``light`` tells the tokens that may stand between (articles, numbers): 'neuf personnes, dont deux enfants'.
        """
        chain = [number]
        while (n := self._joined_before(self.tokens[chain[0]][0], text, joins, light)) is not None and n not in chain:
            chain.insert(0, n)
        while (n := self._joined_after(self.tokens[chain[-1]][1], text, joins, light)) is not None and n not in chain:
            chain.append(n)
        return chain

    def _joined_before(self, first: int, text: Text, joins: frozenset[str], light: Callable[[int], bool]) -> int | None:
        i = first - 1
        while i >= 0 and first - i <= 3 and text.norms[i] not in joins and light(i):
            i -= 1
        if i < 1 or text.norms[i] not in joins:
            return None
        return self.ends.get(i - 1 if text.words[i - 1] == "," else i)

    def _joined_after(self, last: int, text: Text, joins: frozenset[str], light: Callable[[int], bool]) -> int | None:
        i = last + (last < text.size and text.words[last] == ",")
        if i >= text.size or text.norms[i] not in joins:
            return None
        j = i + 1
        while j < text.size and j - i <= 3 and j not in self.starts and light(j):
            j += 1
        return self.starts.get(j)


_WORDS: dict[tuple[str, str], frozenset[str]] = {}


def _words(lang: Language, name: str) -> frozenset[str]:
    key = lang.sha256, name
    if key not in _WORDS:
        _WORDS[key] = frozenset(lang.settings.get("roles", {}).get(name, ()))
    return _WORDS[key]


class Stage(msgspec.Struct):
    """What the search for roles looks at: the entities, the parse, the settings, and where a role may stand."""

    entities: Entities
    syntax: Syntax
    text: Text
    lang: Language
    trigger: EventTrigger
    inside: Callable[[int], bool]
    others: frozenset[int]

    @property
    def sentence(self) -> tuple[int, int]:
        """Return the sentence of the trigger."""
        return self.text.sentences[self.text.sentence_of[self.trigger.first]]

    def words(self, name: str) -> frozenset[str]:
        """Return a list of ``[roles]`` in ``language.toml``."""
        return _words(self.lang, name)

    def usable(self, number: int | None) -> bool:
        """Return whether an entity may fill a role: within what is said, not the trigger's own words."""
        if number is None:
            return False
        a, b = self.entities.tokens[number]
        return self.inside(a) and not (a < self.trigger.last and self.trigger.first < b)

    def light(self, token: int) -> bool:
        """Return whether a token may stand between two joined names: an article, a number, a preposition."""
        return self.syntax.pos[token] in ("DET", "NUM", "ADP")

    def behind_preposition(self, start: int) -> list[int]:
        """Return the entity behind a preposition that ends at ``start``: articles, numbers and nouns that name nobody are stepped over."""
        for i in range(start, min(start + 4, self.text.size)):
            number = self.entities.starts.get(i)
            if number is not None:
                return [number] if self.usable(number) else []
            if self.syntax.pos[i] not in ("DET", "NUM", "ADJ", "ADP", "NOUN") and self.text.words[i] not in '«"“':
                return []
        return []

    def weapon(self, number: int) -> bool:
        """Return whether an entity is what strikes, not what is struck: shells, missiles, vehicles sent."""
        lexicon = self.lang.lexicon("trigger_weapon")
        if self.entities.found[number].kind != "object":
            return False
        found = lexicon.hits(self.text)
        return any(i in found for i in range(*self.entities.tokens[number]))

    def widened(self, numbers: list[int]) -> list[int]:
        """Return the entities with those coordinated with them, in text order."""
        joins = self.words("joins")
        found = {
            m for n in numbers for m in self.entities.coordinated(n, self.text, joins, self.light) if self.usable(m)
        }
        return sorted(found, key=lambda n: self.entities.tokens[n])
