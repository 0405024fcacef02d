"""The actors found in a text by token, and what the search for the roles of one trigger looks at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

# The kinds of those who may do a deed, bodies alone and with persons.
GROUPS = ("armed-group", "state-force", "state", "organisation")
DOERS = (*GROUPS, "person")
# So many words may say more of one of a list ('un chauffeur de taxi'), and so many may be set beside each other by commas.
FILLERS = 4
LONGEST_LIST = 6


def never(_token: int, _end: int = 0) -> bool:
    """Return that no token may stand there."""
    return False


class Between(NamedTuple):
    """What may stand between two that are joined.

    ``joins`` are the words that join; ``light`` tells articles and numbers ('neuf personnes, dont deux enfants'); ``filler`` tells
    the words that may say more of the first ('un chauffeur de taxi et son client'); ``closes`` are the words that end a list; ``clause``
    tells whether the join at a token opens a clause whose subject ends where it is told ('le M23, dont les hommes ont fui').
    """

    text: Text
    joins: frozenset[str]
    light: Callable[[int], bool]
    filler: Callable[[int], bool] = never
    closes: frozenset[str] = frozenset()
    clause: Callable[[int, int], bool] = never


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

    def coordinated(self, number: int, between: Between) -> list[int]:
        """Return ``number`` with those joined to it by 'et', 'and', 'dont', 'including', and by commas in a list that 'et' closes."""
        chain = [number]
        while (n := self._joined_before(self.tokens[chain[0]][0], between)) is not None and n not in chain:
            chain.insert(0, n)
        while (n := self._joined_after(self.tokens[chain[-1]][1], between)) is not None and n not in chain:
            chain.append(n)
        return self._listed(chain, between)

    def _joined_before(self, first: int, between: Between) -> int | None:
        text, i = between.text, self._start(first, between)
        if i < 1 or text.norms[i] not in between.joins or between.clause(i, self._last(first)):
            return None
        return self._ending(i - 1 if text.words[i - 1] == "," else i, between)

    def _start(self, first: int, between: Between) -> int:
        """Return the token before the articles and numbers that lead to ``first``."""
        i = first - 1
        while i >= 0 and first - i <= 3 and between.text.norms[i] not in between.joins and between.light(i):
            i -= 1
        return i

    def _ending(self, last: int, between: Between) -> int | None:
        """Return the entity that ends at ``last``, words that only say more of it stepped over."""
        for i in range(last, max(0, last - FILLERS) - 1, -1):
            number = self.ends.get(i)
            if number is not None:
                # what says more follows a noun; a pronoun's neighbours are no part of it
                return number if i == last or between.filler(i - 1) else None
            if i == 0 or not between.filler(i - 1):
                return None
        return None

    def _joined_after(self, last: int, between: Between) -> int | None:
        text, i = between.text, self._end(last, between)
        i += i < text.size and text.words[i] == ","
        if i >= text.size or text.norms[i] not in between.joins:
            return None
        found = self._beginning(i + 1, between)
        return None if found is None or between.clause(i, self.tokens[found][1]) else found

    def _last(self, first: int) -> int:
        """Return where the entity that starts at ``first`` ends."""
        return self.tokens[self.starts[first]][1] if first in self.starts else first

    def _end(self, last: int, between: Between) -> int:
        """Return the token behind the words that only say more of an entity that ends at ``last``."""
        stop = min(between.text.size, last + FILLERS) if between.filler(last - 1) else last
        while last < stop and between.filler(last):
            last += 1
        return last

    def _beginning(self, start: int, between: Between) -> int | None:
        """Return the entity that the words at ``start`` lead to: a possessive is another's, the noun behind it is who is joined."""
        found = None
        for i in range(start, min(start + 4, between.text.size)):
            number = self.starts.get(i)
            if number is not None and not (between.light(i) and self.tokens[number][1] == i + 1):
                return number
            found = number if found is None else found
            if not between.light(i):
                break
        return found

    def _listed(self, chain: list[int], between: Between) -> list[int]:
        """Return a chain with those before and behind it that commas set beside it ('un avocat, un juge et deux gendarmes')."""
        if between.filler is never:
            return chain
        closed = len(chain) > 1 and self._closing(self.tokens[chain[0]][1], between) == chain[1]
        while closed and (n := self._comma_before(chain[0], between)) is not None and n not in chain:
            chain.insert(0, n)
        ahead: list[int] = []
        while len(ahead) < LONGEST_LIST and (n := self._comma_after((chain + ahead)[-1], between)) is not None:
            ahead.append(n)
        closing = self._closing(self.tokens[ahead[-1]][1], between) if ahead else None
        return chain if closing is None else [*chain, *(n for n in (*ahead, closing) if n not in chain)]

    def _closing(self, last: int, between: Between) -> int | None:
        """Return the last of a list, behind a word that ends it: a comma before that word would end an explanation."""
        i = self._end(last, between)
        ends = i < between.text.size and between.text.norms[i] in between.closes
        return self._beginning(i + 1, between) if ends else None

    def _comma_before(self, number: int, between: Between) -> int | None:
        i = self._start(self.tokens[number][0], between)
        if i < 1 or between.text.words[i] != "," or not self._counted(number, i + 1, between):
            return None
        found = self._ending(i, between)
        return found if found is not None and self._alike(found, number) else None

    def _comma_after(self, number: int, between: Between) -> int | None:
        i = self._end(self.tokens[number][1], between)
        if i >= between.text.size or between.text.words[i] != ",":
            return None
        found = self._beginning(i + 1, between)
        if found is None or not self._counted(found, i + 1, between):
            return None
        return found if self._alike(found, number) else None

    def _counted(self, number: int, start: int, between: Between) -> bool:
        """Return whether an article or a number opens the words for an entity: what a comma sets behind a name without one explains it."""
        return between.light(start) and start < self.tokens[number][1]

    def _alike(self, one: int, other: int) -> bool:
        """Return whether both are people, or both are things."""
        return (self.found[one].kind == "object") == (self.found[other].kind == "object")


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

    def filler(self, token: int) -> bool:
        """Return whether a token may end the words for one of a list: an adjective, a noun with its preposition ('de taxi')."""
        return self.syntax.pos[token] in ("ADJ", "ADP", "NOUN") and token not in self.others

    def clause(self, join: int, end: int) -> bool:
        """Return whether a verb follows who ends at ``end`` that he is the subject of, and not who is joined to him.

        The joining word is a relative pronoun, or stands behind the deed: 'accuse Moscou d'avoir tué dix civils et la Russie dément'.
        """
        at, morph = end, self.syntax.morph
        light = ("PRON", "ADV", "PART")
        while at < min(self.text.size, end + 3) and self.syntax.pos[at] in light and morph[at].get("PronType") != "Rel":
            at += 1
        if at >= self.text.size or self.syntax.pos[at] not in ("VERB", "AUX"):
            return False
        if morph[join].get("PronType") == "Rel":
            return at == end
        return join >= self.trigger.last and morph[at].get("VerbForm") == "Fin"

    def behind_preposition(self, start: int) -> list[int]:
        """Return the entity behind a preposition that ends at ``start``: articles, numbers and nouns that name nobody are stepped over."""
        for i in range(start, min(start + 4, self.text.size)):
            number = self.entities.starts.get(i)
            if number is not None:
                return [number] if self.usable(number) else []
            if self.syntax.pos[i] not in ("DET", "NUM", "ADJ", "ADP", "NOUN") and self.text.words[i] not in '«"“':
                return []
        return []

    def before_age(self, i: int) -> int:
        """Return the token before somebody's age that ends at ``i``: 'un homme | de 64 ans | tué hier'; ``i`` where none stands there."""
        if i < 3 or self.syntax.pos[i - 1] != "NUM" or self.lang.lexicon("time_units").match(self.text, i) is None:
            return i
        return i - 3 if self.text.norms[i - 2] in self.words("of") else i

    def again(self, token: int) -> bool:
        """Return whether a clitic only says the subject again: 'nous nous sommes emparés' befalls nobody."""
        norms = self.text.norms
        return token > 0 and norms[token] == norms[token - 1] and norms[token] in self.words("clitics")

    def weapon(self, number: int) -> bool:
        """Return whether an entity is what strikes, not what is struck: shells, missiles, vehicles sent."""
        lexicon = self.lang.lexicon("trigger_weapon")
        if self.entities.found[number].kind != "object":
            return False
        found = lexicon.hits(self.text)
        return any(i in found for i in range(*self.entities.tokens[number]))

    def widened(self, numbers: list[int]) -> list[int]:
        """Return the entities with those coordinated with them, in text order."""
        between = Between(self.text, self.words("joins"), self.light, self.filler, self.words("closes"), self.clause)
        found = {m for n in numbers for m in self.entities.coordinated(n, between) if self.usable(m)}
        return sorted(found, key=lambda n: self.entities.tokens[n])
