"""Runs of words that may be the name of a place: by their capitals, or where a script has none, by what the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reportedly.find.places.draft import Name, name_of
from reportedly.find.places.words import Grammar
from reportedly.gazetteer import Gazetteer
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text
from reportedly.transliteration import folded

ARTICLED = re.compile(r"(?:al|el|as|ash|at|an|ar|az|ad|ed|es|ez|er|en|ech|ul)[-‑][^\W\d_]", re.IGNORECASE)
LONGEST_NAME = 6
LONGEST_UNCASED = 4
SHORTEST_PART = 5
LONGEST_ACRONYM = 4
WORDS_OF_SENTENCES = ("PROPN", "NOUN", "ADJ", "X", "ADP", "VERB")


@dataclass
class Names:
    """The names of one text.

    ``blocked`` holds the tokens that belong to the name of an actor, or to an adjective of a country; ``states`` maps the first token of
    a country's name to the one after its last, ``seats`` holds the first tokens of the names of seats of government.
    """

    text: Text
    syntax: Syntax | None
    lang: Language
    g: Grammar
    gazetteer: Gazetteer
    blocked: set[int]
    states: dict[int, int] = field(default_factory=dict)
    seats: set[int] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)

    def find(self) -> Iterator[Name]:
        """Yield the names in text order."""
        if not self.g.cased:
            yield from self._known_names()
            return
        for first, last in self._runs():
            yield from self._split(first, last)

    def known(self, name: Name) -> bool:
        """Return whether a gazetteer holds just this name."""
        return bool(self.gazetteer.exact(name.words(self.text)))

    def hand_made(self, name: Name) -> bool:
        """Return whether the hand-made file holds just this name."""
        words = name.words(self.text)
        made = [c for c in self.gazetteer.exact(words) if c.identifier.startswith("reportedly:")]
        written = self.gazetteer.written(words) if made and not self.g.cased else None
        return any(written is None or c.identifier in written for c in made)

    def opens_sentence(self, i: int) -> bool:
        """Return whether token ``i`` is the first word of its sentence."""
        first = self.text.sentences[self.text.sentence_of[i]][0]
        while first < i and not self.text.words[first][0].isalnum():
            first += 1
        return first == i

    # --- by capitals ---

    def _runs(self) -> Iterator[tuple[int, int]]:
        text, until = self.text, 0
        datelines = {k for first, last in text.datelines for k in range(first, last)}
        for i in self._openers():
            if i < until or i in datelines:
                continue
            if end := self._phrase(i):
                yield i, end
                until = end
                continue
            if i not in self.states and not self._opens(i):
                continue
            last = self.states.get(i, i + 1)
            while i not in self.states and last < text.size and last - i < LONGEST_NAME:
                after = last if self._goes_on(i, last) else self._behind_particles(i, last)
                if after is None:
                    break
                last = after + 1
            until = self._longer(i, last)
            yield i, until

    def _openers(self) -> list[int]:
        """Return the tokens that a name may open with: capitals, names of countries, generic words."""
        capitals, generic, states = self.text.capitals, self.g.after.hits(self.text), self.states
        words = zip(capitals, self.text.words, strict=True)
        marked = [i for i, (capital, word) in enumerate(words) if capital or "-" in word or "‑" in word]
        return sorted({*marked, *generic, *states})

    def _phrase(self, i: int) -> int | None:
        """Return the end of a hand-made place that opens with a common noun ('zone des trois frontières'), None without one."""
        if self.text.capitals[i] or i not in self.g.after.hits(self.text):
            return None
        for end in range(min(i + LONGEST_NAME, self.text.size), i + 1, -1):
            name = name_of(self.text, i, end)
            last = end - 1
            if (
                self._capital(last)
                or not self.text.words[last][0].isalpha()
                or self.text.sentence_of[last] != self.text.sentence_of[i]
            ):
                continue
            if self.hand_made(name):
                return end
        return None

    def _capital(self, i: int) -> bool:
        if self.text.capitals[i]:
            return True
        word = self.text.words[i]
        return ("-" in word or "‑" in word) and ARTICLED.match(word) is not None and any(c.isupper() for c in word)

    def _small(self, i: int, *roles: str) -> bool:
        return self.text.norms[i] in self.g.small(*roles)

    def _opens(self, i: int) -> bool:
        if i in self.blocked or not self._capital(i) or self._small(i, "of", "det", "demo", "poss", "join"):
            return False
        if self._small(i, "compass") and i + 1 < self.text.size and self._small(i + 1, "of"):
            return False
        if self.g.preps.before(self.text, i + 1) or self.text.norms[i] in self.g.calendar:
            return False
        return not (self.opens_sentence(i) and self._ordinary(i))

    def _ordinary(self, i: int) -> bool:
        """Return whether a capital at the head of a sentence is the sentence's, not the word's."""
        norm, words = self.text.norms[i], self.text.words
        if norm in self.g.ordinary or norm in self.lang.number_words:
            return ":" not in words[i + 1 : i + 3]
        return self.syntax is not None and self.syntax.pos[i] not in WORDS_OF_SENTENCES

    def _goes_on(self, first: int, i: int) -> bool:
        text = self.text
        if i in self.blocked or not self._capital(i) or text.sentence_of[i] != text.sentence_of[first]:
            return False
        gap = text.text[text.ends[i - 1] : text.starts[i]]
        if not gap or "\n" in gap:
            return False
        return ARTICLED.match(text.words[i]) is not None or not (
            self._small(i, "of", "det", "join", "prep") or self.g.stop.has(text.norms[i])
        )

    def _behind_particles(self, first: int, i: int) -> int | None:
        """Return the capital behind small words of a foreign name ('Norte de Santander', 'Valle del Cauca'), None without any."""
        k = i
        while k < min(self.text.size, i + 2) and self._small(k, "particle") and not self._capital(k):
            k += 1
        return k if i < k < self.text.size and self._goes_on(first, k) else None

    def _longer(self, first: int, last: int) -> int:
        """Return the end of the run taken on over small words ('Port au Prince'), where a gazetteer knows the whole."""
        text = self.text
        for end in range(min(first + LONGEST_NAME, text.size), last + 1, -1):
            if (
                not self._capital(end - 1)
                or text.sentence_of[end - 1] != text.sentence_of[first]
                or end - 1 in self.blocked
            ):
                continue
            between = all(self._capital(k) or self._small(k, "of", "det", "prep", "join") for k in range(last, end))
            if between and self.known(name_of(text, first, end)):
                return end
        return last

    def _split(self, first: int, last: int) -> Iterable[Name]:
        """Return the run whole, or in two where only its parts are known ('Jebbeh Yabrud', 'l'axe Kitchanga-Burungu')."""
        text, whole = self.text, name_of(self.text, first, last)
        if self.known(whole):
            return [whole]
        if last - first == 1:
            return self._hyphened(whole)
        for cut in range(last - 1, first, -1):
            parts = name_of(text, first, cut), name_of(text, cut, last)
            if ARTICLED.match(text.words[cut]) or parts[0].end - parts[0].start < SHORTEST_PART:
                continue
            if all(self.known(part) and not self.g.stop.has(text.norms[part.first]) for part in parts):
                return parts
        return [whole]

    def _hyphened(self, whole: Name) -> list[Name]:
        """Return the two ends of a road written as one word, where it is no name of its own."""
        word = whole.words(self.text)
        left, dash, right = word.partition("-")
        if (
            not dash
            or ARTICLED.match(word)
            or len(left) < SHORTEST_PART - 1
            or not right[:1].isupper()
            or len(right) < SHORTEST_PART - 1
        ):
            return [whole]
        cut = whole.start + len(left)
        parts = [Name(whole.first, whole.last, whole.start, cut), Name(whole.first, whole.last, cut + 1, whole.end)]
        road = self.g.heads.before(self.text, whole.first)
        return parts if (road and road[1].get("route")) or all(self.known(part) for part in parts) else [whole]

    def acronym(self, name: Name) -> bool:
        """Return whether a name is an acronym of no country and no hand-made place ('EI' is no short name of Los Angeles)."""
        word = name.words(self.text)
        if len(word) > LONGEST_ACRONYM or not (word.isascii() and word.isupper()) or name.first in self.states:
            return False
        return not any(c.identifier.startswith("reportedly:") or c.precision >= 6 for c in self.gazetteer.exact(word))

    # --- without capitals ---

    def _known_names(self) -> Iterator[Name]:
        """Yield what the gazetteer knows, and an unknown word behind a generic word for a settlement."""
        text, i = self.text, 0
        self.objects = {k for at, found in self.g.objects.hits(text).items() for k in range(at, at + found[0][0])}
        datelines = {k for first, last in text.datelines for k in range(first, last)}
        while i < text.size:
            name = None
            if i not in self.blocked and i not in self.objects and i not in datelines and text.words[i][0].isalpha():
                name = self._known_from(i)
            if name is not None:
                yield name
            i = name.last if name is not None else i + 1

    def _known_from(self, i: int) -> Name | None:
        text = self.text
        if self._small(i, "prep", "join", "adverb") or self.lang.lexicon("function_words").has(text.norms[i]):
            return None
        bare_compass = self._small(i, "compass")
        head = self.g.heads.before(text, i)
        if i in self.states:
            return name_of(text, i, self.states[i])
        # A generic word is no part of the name, unless the hand-made file says so.
        generic = self.g.after.match(text, i) is not None
        # 'Abd', 'Abu', 'Umm' are half a name, and so are 'Beit', 'Deir', 'Kafr'.
        half = self.g.stop.match(text, i)
        least = 1 + bool(bare_compass or (half and (half[1].get("person") or half[1].get("half"))))
        for end in range(min(i + LONGEST_UNCASED, text.size), i + least - 1, -1):
            inside = range(i, end)
            if text.sentence_of[end - 1] != text.sentence_of[i] or any(
                not text.words[k][0].isalpha() or k in self.blocked for k in inside
            ):
                continue
            for name in self._with_and_without_clitic(name_of(text, i, end)):
                if (self.hand_made if generic else self.known)(name) and (
                    end > i + 1 or head is not None or not self._common(name)
                ):
                    return name
        if bare_compass or i + least > text.size or text.sentence_of[i + least - 1] != text.sentence_of[i]:
            return None
        if least > 1 and (not text.words[i + 1][0].isalpha() or self._small(i + 1, "prep", "join")):
            return None
        name = name_of(text, i, i + least)
        return name if self._placed(i) and (least > 1 or not self._common(name)) else None

    def _placed(self, i: int) -> bool:
        """Return whether an unknown word stands where a place does: behind a generic word for a settlement, or 'in' and 'near'."""
        head, prep = self.g.heads.before(self.text, i), self.g.preps.before(self.text, i)
        if head is not None:
            return not head[1].get("org") and head[1].get("precision") in ("1", "3") and not head[1].get("site")
        return prep is not None and bool(prep[1].get("strong")) and len(self.text.words[i]) >= SHORTEST_PART - 1

    def _with_and_without_clitic(self, name: Name) -> Iterator[Name]:
        yield name
        for prefix in self.lang.tokenization.prefixes:
            if name.words(self.text).startswith(prefix) and name.end - name.start > len(prefix) + 2:
                yield Name(name.first, name.last, name.start + len(prefix), name.end)

    def _common(self, name: Name) -> bool:
        """Return whether the language's own lists hold the word: an ordinary one, whatever hamlet bears it."""
        norm = self.text.norms[name.first]
        if name.first in self.seats:
            return False
        return any(
            lexicon.has(norm) for key, lexicon in self.lang.lexicons.items() if not key.startswith("place_words")
        )

    def echoes(self, names: set[str], taken: set[int]) -> Iterator[Name]:
        """Yield where names that the report has already placed stand again, whatever the position (scripts without capitals only)."""
        for i in range(self.text.size):
            if i not in taken and i not in self.blocked:
                for name in self._with_and_without_clitic(name_of(self.text, i, i + 1)):
                    if folded(name.words(self.text)) in names:
                        yield name
                        break
