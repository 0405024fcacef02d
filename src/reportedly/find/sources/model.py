"""What the source finder works on and gives: the context of one text, verb groups, attributions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from reportedly import text as texts
from reportedly.lexicons import Rows
from reportedly.quotations import Quote
from reportedly.records import Act, Certainty, SourceKind
from reportedly.rules import Entry, Language
from reportedly.syntax import Syntax
from reportedly.text import Text

Tokens = tuple[int, int]
NONE: frozenset[str] = frozenset()
NONE_AT: frozenset[int] = frozenset()

# What an act lends its content where the verb itself says nothing else (docs/claims.md).
CERTAINTY: dict[str, Certainty] = {
    "believe": "probable",
    "hearsay": "possible",
    "doubt": "unknown",
    "demand": "unknown",
    "ask": "unknown",
    "threaten": "certain",
}


class Attribution(msgspec.Struct, frozen=True):
    """One link found: who (tokens, or None), the cue, what is said (token segments), and how.

    ``anchor`` is the token the frame hangs on; ``inferred`` the reason where the source was carried over; ``outer`` True where the
    cue passes on a source that another attribution names ('citing'); ``anaphor`` True where the content is only pointed at; ``of``
    'toll' where the words that point at it mean a toll ('ce bilan'), else ''.
    """

    source: Tokens | None
    cue: Tokens
    content: tuple[Tokens, ...]
    act: Act
    by: str
    frame: str
    anchor: int
    certainty: Certainty = "certain"
    negative: bool = False
    source_kind: SourceKind = "unknown"
    inferred: str = ""
    anaphor: bool = False
    of: str = ""
    hedge: Tokens | None = None
    quoted: bool = False

    @property
    def first(self) -> int:
        """Return the first token of the content."""
        return self.content[0][0]

    @property
    def last(self) -> int:
        """Return the token after the content."""
        return self.content[-1][1]

    def covers(self, index: int) -> bool:
        """Return whether token ``index`` lies in the content."""
        for first, last in self.content:  # noqa: SIM110 - asked thousands of times
            if first <= index < last:
                return True
        return False


class VerbGroup(msgspec.Struct, frozen=True):
    """A verb of saying with what belongs to it: auxiliaries, negation, clitics, a pronoun written onto it."""

    first: int
    last: int
    head: int
    entry: Entry
    mood: str
    negated: bool = False
    passive: bool = False
    conditional: bool = False
    reflexive: bool = False
    pronoun: int | None = None
    clitic: int | None = None

    @property
    def cue(self) -> Tokens:
        """Return the tokens of the cue."""
        return self.first, self.last


def has_words(text: Text, first: int, last: int) -> bool:
    """Return whether anything but marks is in the tokens ``first`` to ``last``, the last left out (words may begin with one: '-il')."""
    return any(text.words[i][0].isalnum() or text.words[i][-1].isalnum() for i in range(first, last))


class Found:
    """Attributions by the sentences they touch: what is asked of them is asked of one sentence, so no text costs a square."""

    def __init__(self, text: Text, attributions: Iterable[Attribution]) -> None:
        self.text = text
        self.all = list(attributions)
        self.by_sentence: dict[int, list[Attribution]] = {}
        for attribution in self.all:
            for number in self._touched(attribution):
                self.by_sentence.setdefault(number, []).append(attribution)

    def _touched(self, attribution: Attribution) -> set[int]:
        sentence_of, last = self.text.sentence_of, self.text.size - 1
        touched = {sentence_of[attribution.anchor]}
        for first, end in attribution.content:
            low, high = sentence_of[min(first, last)], sentence_of[min(end - 1, last)]
            touched.update((low,) if low == high else range(low, high + 1))
        return touched

    def near(self, i: int, *, back: int = 0) -> list[Attribution]:
        """Return the attributions that touch the sentence of token ``i``, or one of the ``back`` sentences before it, in their order."""
        number = self.text.sentence_of[i]
        if not back:
            return self.by_sentence.get(number, [])
        near = {id(a): a for n in range(number - back, number + 1) for a in self.by_sentence.get(n, ())}
        return sorted(near.values(), key=lambda a: a.anchor)


# The lexicons whose entries are sought anywhere in a text; the others are asked at one token.
SOUGHT = (
    "speech_verbs",
    "speech_prepositions",
    "speech_nouns",
    "speech_adjectives",
    "citing",
    "hearsay",
    "silence",
)


@dataclass(frozen=True)
class Tables:
    """What the finder asks of a language at every token, compiled once from its lexicons.

    ``classes`` maps a folded word to its classes as a function word; ``openings`` and ``bare`` a folded word (without accents, for
    capitals) to the lexicons that have an entry starting with it; ``phrases`` to its classes of several words.
    """

    classes: dict[str, frozenset[str]]
    openings: dict[str, tuple[str, ...]]
    bare: dict[str, tuple[str, ...]]
    phrases: frozenset[str]
    circumstance: frozenset[str]
    settings: dict[str, Any]
    known: dict[str, tuple[frozenset[str], tuple[str, ...], bool]] = field(default_factory=dict)

    def card(self, text: Text, i: int) -> tuple[frozenset[str], tuple[str, ...], bool]:
        """Return of the printed word of token ``i`` its classes, the lexicons it may open, whether a phrase; kept for the next time."""
        norm = text.norms[i]
        found = self.openings.get(norm)
        if text.capitals[i] and (more := self.bare.get(texts.bare(norm))):
            found = more if found is None else tuple(dict.fromkeys((*found, *more)))
        word = norm if norm[0] != "-" or len(norm) == 1 else norm[1:]
        card = self.classes.get(word, NONE), found or (), norm in self.phrases
        texts.remember(self.known, text.words[i], card)
        return card


@dataclass
class Context:
    """One text with its parse and language, the classes of its function words by token, and where entries may start."""

    text: Text
    syntax: Syntax | None
    lang: Language
    classes: list[frozenset[str]] = field(default_factory=list)
    starts: dict[str, list[int]] = field(default_factory=dict)
    function: Rows = field(default_factory=dict)
    adverbs: frozenset[int] = NONE_AT
    citing: frozenset[int] = NONE_AT

    def __post_init__(self) -> None:
        self.tables = tables(self.lang)
        self.settings = self.tables.settings
        self.bare_clauses = self.settings.get("bare_clause") is True
        self._read()
        self.opening = {quote.first - 1: quote for quote in reversed(self.text.quotes)}
        self.closing = {quote.last: quote for quote in self.text.quotes if quote.closed}
        citing = list(self.entries("citing"))
        self.cites = frozenset(first for first, _, _ in citing)
        self.citing = frozenset(end for _, end, _ in citing)

    def _read(self) -> None:
        """Read the text once: the classes of its words, and where the entries of each lexicon may start."""
        self.starts = {name: [] for name in SOUGHT}
        self.function = self.lang.lexicon("function_words").hits(self.text)
        long: list[int] = []
        known = self.tables.known.get
        for i, word in enumerate(self.text.words):
            card = known(word)
            if card is None:
                card = self.tables.card(self.text, i)
            abbreviation = len(word) > 1 and word.isupper() and "rel" in card[0] and self.pos(i) == "PROPN"
            # 'the WHO says': the health organisation, no relative pronoun.
            self.classes.append(NONE if abbreviation else card[0])
            for name in card[1]:
                self.starts[name].append(i)
            if card[2]:
                long.append(i)
        self.adverbs = frozenset(k for i in long for k in self._long_adverb(i))

    def _long_adverb(self, i: int) -> Iterator[int]:
        """Yield the tokens of the adverbs of several words that start at ``i`` ('d'abord', 'un jour', 'de son côté')."""
        for size, entry in self.function.get(i, ()):
            if size > 1 and entry.get("class") == "adv":
                yield from range(i, i + size)

    def entries(self, name: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield (first, last, entry) of the longest entries of a lexicon that is sought, left to right, not overlapping."""
        lexicon, done = self.lang.lexicon(name), 0
        for i in self.starts[name]:
            if i >= done and (found := lexicon.match(self.text, i)):
                done = found[0]
                yield i, *found

    def loose(self, name: str, i: int) -> Iterator[tuple[int, Entry]]:
        """Yield the end and entry of all that start at token ``i``, adverbs let in: 'fait également état', 'n'ont pas encore répondu'."""
        text, norms, size = self.text, self.text.norms, self.text.size
        for entry in self.lang.lexicon(name).candidates(text, i):
            j = i + 1
            for word in entry.form[1:]:
                if j < size and norms[j] != word:
                    j = self.adverb_end(j, min(size, j + 3))
                if j >= size or norms[j] != word:
                    break
                j += 1
            else:
                yield j, entry

    def opens(self, i: int, name: str) -> int | None:
        """Return the end of the phrase of class ``name`` that starts at token ``i``, or None."""
        for size, entry in self.function.get(i, ()):
            if entry.values.get("class") == name:
                return i + size
        return None

    def has(self, first: int, last: int, name: str) -> int | None:
        """Return the end of a phrase of class ``name`` that lies between the tokens, or None."""
        for i in range(first, last):
            for size, entry in self.function.get(i, ()):
                if i + size <= last and entry.values.get("class") == name:
                    return i + size
        return None

    def is_(self, i: int, *wanted: str) -> bool:
        """Return whether token ``i`` is a function word of one of the classes."""
        if not 0 <= i < self.text.size:
            return False
        classes = self.classes[i]
        return bool(classes) and not classes.isdisjoint(wanted)

    def pos(self, i: int) -> str:
        """Return the part of speech of token ``i`` (empty without a parse)."""
        return self.syntax.pos[i] if self.syntax is not None and 0 <= i < self.text.size else ""

    def form(self, i: int) -> str:
        """Return the verb form of token ``i`` in Universal Dependencies' words ('Fin', 'Inf', 'Part', 'Ger'), empty if unsaid."""
        return self.syntax.morph[i].get("VerbForm", "") if self.syntax and 0 <= i < len(self.syntax.morph) else ""

    def is_verb(self, i: int) -> bool:
        """Return whether the parse calls token ``i`` a verb or an auxiliary."""
        return self.pos(i) in ("VERB", "AUX")

    def is_finite(self, i: int) -> bool:
        """Return whether the parse calls token ``i`` a finite verb."""
        return self.is_verb(i) and self.form(i) == "Fin"

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the nouns of source that start between the tokens, in order."""
        lexicon = self.lang.lexicon("source_nouns")
        found = lexicon.hits(self.text)
        return [entry.get("kind") for i in range(first, last) for _, entry in found.get(i, ())]

    def opens_citing(self, i: int) -> bool:
        """Return whether 'citant' or 'cité par' starts at token ``i``."""
        return i in self.cites

    def names_somebody(self, i: int) -> bool:
        """Return whether a noun for somebody who can act or speak starts at token ``i``, by the lexicons."""
        sources = self.lang.lexicon("source_nouns").matches(self.text, i)
        if any(entry.get("kind") not in ("never", "toll", "document") for _, entry in sources):
            return True
        actors = self.lang.lexicon("actor_nouns").matches(self.text, i)
        return any(entry.get("kind") not in ("object", "") for _, entry in actors)

    def is_thing(self, i: int) -> bool:
        """Return whether the lexicons know the noun at token ``i`` as a thing alone ('house'): it promises and threatens nothing."""
        actors = self.lang.lexicon("actor_nouns").matches(self.text, i)
        return any(entry.get("kind") == "object" for _, entry in actors) and not self.names_somebody(i)

    def sentence(self, i: int) -> Tokens:
        """Return the sentence of token ``i``."""
        return self.text.sentences[self.text.sentence_of[i]]

    def body(self, i: int) -> Tokens:
        """Return the sentence of token ``i`` without its final punctuation and closing marks."""
        first, last = self.sentence(i)
        while last > first + 1 and self.text.words[last - 1] in ".!?…;:؟":
            last -= 1
        return first, last

    def quote(self, i: int) -> Quote | None:
        """Return the innermost quotation token ``i`` lies in, or None."""
        number = self.text.quote_of[i] if 0 <= i < self.text.size else -1
        return self.text.quotes[number] if number >= 0 else None

    def trim(self, tokens: Tokens) -> Tokens:
        """Return ``tokens`` without punctuation at the edges (quotation marks and brackets kept where they pair up)."""
        first, last = tokens
        words = self.text.words
        while first < last and words[first] in ",;:.–—-…":
            first += 1
        while last > first and words[last - 1] in ",;:.–—-…":
            last -= 1
        return first, last

    def adverb_end(self, i: int, limit: int) -> int:
        """Return the token after the adverbs and dates that start at ``i`` ('également', 'mardi', 'de son côté')."""
        while i < limit:
            end = None
            for size, entry in self.function.get(i, ()):
                if entry.values.get("class") in ("adv", "neg"):
                    end = i + size
                    break
            if end is None and self.pos(i) == "ADV" and not self.is_(i, "that", "rel", "contrast", "whether"):
                end = None if self._bounds_number(i) else i + 1
            if end is None:
                return i
            i = end
        return i

    def _bounds_number(self, i: int) -> bool:
        """Return whether an adverb opens the bound of a number, and belongs to what is said: 'a recensé | plus de 1.100 morts'."""
        found = self.lang.lexicon("quantity_bounds").match(self.text, i)
        return found is not None and found[0] < self.text.size and self.lang.number_at(self.text, found[0]) is not None


def tables(lang: Language) -> Tables:
    """Return the compiled tables of a language, made at the first call and kept with it."""
    known = lang.settings.get("_sources")
    if known is None:
        known = lang.settings["_sources"] = _compile(lang)
    return known


def _compile(lang: Language) -> Tables:
    classes: dict[str, set[str]] = {}
    phrases: set[str] = set()
    for entries in lang.lexicon("function_words").index.values():
        for entry in entries:
            if len(entry.form) > 1:
                phrases.add(entry.form[0])
                continue
            marks = classes.setdefault(entry.form[0], set())
            marks.add(entry.get("class"))
            marks.update(f"{key}:{value}" for key, value in entry.values.items() if key != "class")
    settings = lang.settings.get("sources", {})
    return Tables(
        classes={norm: frozenset(found) for norm, found in classes.items()},
        openings=_openings({name: lang.lexicon(name).index for name in SOUGHT}),
        bare=_openings({name: lang.lexicon(name).bare for name in SOUGHT}),
        phrases=frozenset(phrases),
        circumstance=frozenset(settings.get("circumstance", ())),
        settings=settings,
    )


def _openings(indexes: dict[str, dict[str, list[Entry]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, index in indexes.items():
        for norm in index:
            found.setdefault(norm, []).append(name)
    return {norm: tuple(names) for norm, names in found.items()}
