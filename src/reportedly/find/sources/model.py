"""What the source finder works on and gives: the context of one text, verb groups, attributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportedly.records import Act, Certainty, SourceKind
from reportedly.rules import Entry, Language
from reportedly.syntax import Syntax
from reportedly.text import Quote, Text

Tokens = tuple[int, int]
NONE: frozenset[str] = frozenset()

# What an act lends its content where the verb itself says nothing else (docs/claims.md).
CERTAINTY: dict[str, Certainty] = {
    "believe": "probable",
    "hearsay": "possible",
    "doubt": "unknown",
    "demand": "unknown",
    "ask": "unknown",
    "threaten": "certain",
}


@dataclass(frozen=True)
class Attribution:
    """One link found: who (tokens, or None), the cue, what is said (token segments), and how.

    ``anchor`` is the token the frame hangs on; ``inferred`` the reason where the source was carried over; ``outer`` True where the
    cue passes on a source that another attribution names ('citing'); ``anaphor`` True where the content is only pointed at.
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
        return any(a <= index < b for a, b in self.content)


@dataclass(frozen=True)
class VerbGroup:
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


@dataclass
class Context:
    """One text with its parse and language, and the classes of its function words by token."""

    text: Text
    syntax: Syntax | None
    lang: Language
    classes: list[frozenset[str]] = field(default_factory=list)
    adverbs: frozenset[int] = NONE  # type: ignore[assignment]
    citing: frozenset[int] = NONE  # type: ignore[assignment]

    def __post_init__(self) -> None:
        table = _table(self.lang)
        self.classes = [table.get(n[1:] if len(n) > 1 and n[0] == "-" else n, NONE) for n in self.text.norms]
        self.adverbs = frozenset(self._long_adverbs())
        self.citing = frozenset(self._citing_ends())

    def _long_adverbs(self) -> Iterator[int]:
        """Yield the tokens of adverbs of several words ('d'abord', 'un jour', 'de son côté')."""
        lexicon = self.lang.lexicon("function_words")
        for i in range(len(self.text)):
            for end, entry in lexicon.matches(self.text, i):
                if end > i + 1 and entry.get("class") == "adv":
                    yield from range(i, end)

    def _citing_ends(self) -> Iterator[int]:
        """Yield the token after each 'citant' or 'quoted by': who stands there is cited, not the subject of the sentence."""
        lexicon = self.lang.lexicon("citing")
        for i in range(len(self.text)):
            if found := lexicon.match(self.text, i):
                yield found[0]

    def opens(self, i: int, name: str) -> int | None:
        """Return the end of the phrase of class ``name`` that starts at token ``i``, or None."""
        if i >= len(self.text):
            return None
        lexicon = self.lang.lexicon("function_words")
        return next((end for end, entry in lexicon.matches(self.text, i) if entry.get("class") == name), None)

    def has(self, first: int, last: int, name: str) -> int | None:
        """Return the end of a phrase of class ``name`` that starts between the tokens, or None."""
        lexicon = self.lang.lexicon("function_words")
        for i in range(first, last):
            for end, entry in lexicon.matches(self.text, i):
                if entry.get("class") == name and end <= last:
                    return end
        return None

    def is_(self, i: int, *wanted: str) -> bool:
        """Return whether token ``i`` is a function word of one of the classes."""
        return 0 <= i < len(self.classes) and any(w in self.classes[i] for w in wanted)

    def pos(self, i: int) -> str:
        """Return the part of speech of token ``i`` (empty without a parse)."""
        return self.syntax.pos[i] if self.syntax else ""

    def sentence(self, i: int) -> Tokens:
        """Return the sentence of token ``i``."""
        return self.text.sentences[self.text.sentence_of[i]]

    def body(self, i: int) -> Tokens:
        """Return the sentence of token ``i`` without its final punctuation and closing marks."""
        first, last = self.sentence(i)
        while last > first + 1 and self.text.words[last - 1] in ".!?…;:؟" + "":
            last -= 1
        return first, last

    def quote(self, i: int) -> Quote | None:
        """Return the innermost quotation token ``i`` lies in, or None."""
        number = self.text.quote_of[i] if 0 <= i < len(self.text) else -1
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
        lexicon = self.lang.lexicon("function_words")
        while i < limit:
            end = next((e for e, entry in lexicon.matches(self.text, i) if entry.get("class") in ("adv", "neg")), None)
            if end is None and self.pos(i) == "ADV" and not self.is_(i, "that", "rel", "contrast", "whether"):
                end = i + 1
            if end is None:
                return i
            i = end
        return i


def _table(lang: Language) -> dict[str, frozenset[str]]:
    cache = lang.settings.setdefault("_function_words", {})
    if not cache:
        classes: dict[str, set[str]] = {}
        for entries in lang.lexicon("function_words").index.values():
            for entry in entries:
                if len(entry.form) == 1:
                    marks = classes.setdefault(entry.form[0], set())
                    marks.add(entry.get("class"))
                    marks.update(f"{key}:{value}" for key, value in entry.values.items() if key != "class")
        cache.update({norm: frozenset(found) for norm, found in classes.items()})
    return cache  # type: ignore[no-any-return]
