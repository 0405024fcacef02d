"""A document made ready for matching: tokens with their offsets, sentences, quotation marks.

The tokenizer is ours and serves every layer above: rules match its tokens and the parser is given them, so that a rule, a parse and a
span always speak of the same words. What is peculiar to a language (elisions, clitics, abbreviations, quotation marks) comes from
``Tokenization``, which is read from ``languages/<code>/language.toml``.

Matching happens on ``norms``: lower case, straight apostrophes, composed accents, and for languages that ask for it, letters and marks
that vary freely (Arabic hamzas, vowel signs) folded. Offsets always point into the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from reportedly import datelines, hidden
from reportedly.quotations import OPENERS, Quote, Walk
from reportedly.records import Span

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
TERMINATORS = frozenset(".!?…؟")
CLOSERS = frozenset("»”\"’')]›“")
# A sentence closes no more brackets and quotations than this at its end.
MOST_CLOSERS = 8
# A word before a sentence's end ends with one of these.
ENDINGS = TERMINATORS | CLOSERS
# Marks that may belong to the word before them.
GLUING = frozenset(".'’ʼ")
# How many words of a language are remembered with what is made of them; a word longer than that is none that comes again.
REMEMBERED, LONGEST_REMEMBERED = 1 << 16, 40
NO_SHELF = object()
# A parse of one endless "sentence" costs memory without bound and tells nothing.
LONGEST_SENTENCE = 250
# 'أفبالحرب' has three; a word of nothing but letters that could be clitics is no word.
MOST_CLITICS = 4


@dataclass(frozen=True)
class Tokenization:
    """What the tokenizer must know of a language (``[text]`` in ``language.toml``); ``shapes`` are those of verbal nouns."""

    elisions: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    keep: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    fold: tuple[tuple[str, str], ...] = ()
    strip_marks: bool = False
    single_quotes: bool = False
    known: frozenset[str] = frozenset()
    shapes: tuple[str, ...] = ()
    proclitics: tuple[str, ...] = ()


@dataclass
class Text:
    """Tokens as parallel lists (``starts``, ``ends``, ``words``, ``norms``), sentences and quotations over them.

    ``capitals[i]`` tells whether token i begins with a capital, ``size`` how many tokens there are. ``shelf`` and ``found`` hold what
    of the language's lexicons stands in the text, ``cache`` what other layers keep with it.

    ``sentences`` holds (first, last) token indexes, half-open; ``sentence_of[i]`` the sentence of token i; ``paragraph_of[i]`` its
    paragraph (a run of lines without a blank one).
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    norms: list[str]
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    paragraph_of: list[int] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    quote_of: list[int] = field(default_factory=list)
    datelines: list[tuple[int, int]] = field(default_factory=list)
    capitals: list[bool] = field(default_factory=list)
    shelf: object = NO_SHELF
    found: dict[str, Any] = field(default_factory=dict)
    cache: dict[object, object] = field(default_factory=dict)
    size: int = 0

    def __post_init__(self) -> None:
        self.size = len(self.words)
        self.capitals = self.capitals or [word[0].isupper() for word in self.words]

    def __len__(self) -> int:
        return self.size

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens ``first`` up to, not including, ``last``."""
        start, end = self.starts[first], self.ends[last - 1]
        return Span(start=start, end=end, exact=self.text[start:end])

    def cut(self, start: int, end: int) -> Span:
        """Return the span of code points ``start`` to ``end``."""
        return Span(start=start, end=end, exact=self.text[start:end])

    def plain(self, first: int, last: int) -> str:
        """Return the words of tokens ``first`` up to, not including, ``last``, as lists and gazetteers spell them."""
        return hidden.unhidden(self.text[self.starts[first] : self.ends[last - 1]])

    def token_at(self, offset: int) -> int:
        """Return the index of the first token that ends after ``offset`` (``len(self)`` when there is none)."""
        return bisect_right(self.ends, offset)

    def glued(self, index: int) -> bool:
        """Return whether token ``index`` follows the one before it without white space."""
        return index > 0 and self.starts[index] == self.ends[index - 1]


def fold(word: str, tokenization: Tokenization) -> str:
    """Return the form of ``word`` that rules and lexicons match.

    >>> fold("L’", Tokenization())
    "l'"
    """
    if word.isascii():
        folded = (word.replace("`", "'") if "`" in word else word).lower()
    else:
        folded = unicodedata.normalize("NFC", word.translate(APOSTROPHES).lower())
        if tokenization.strip_marks:
            folded = "".join(c for c in folded if not unicodedata.combining(c) and c != "ـ")
        for old, new in tokenization.fold:
            folded = folded.replace(old, new)
    # a mark that stands alone is still a word
    return folded or word


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Return ``word`` without accents: how capitals are often printed ('ETAT', 'A Alep').

    >>> bare("état")
    'etat'
    """
    return without_marks(word)


def without_marks(text: str) -> str:
    """Return a text of any length without accents and vowel marks; nothing is kept of it.

    >>> without_marks("L'Armée a ÉTÉ")
    "L'Armee a ETE"
    """
    return text if text.isascii() else unicodedata.normalize("NFD", text).translate(_marks())


@cache
def _marks() -> dict[int, None]:
    """Return every combining mark, as 'translate' takes what to drop; beyond the second plane there is none."""
    return dict.fromkeys(point for point in range(0x20000) if unicodedata.combining(chr(point)))


def verbal_noun(norm: str, tokenization: Tokenization) -> bool:
    """Return whether a folded word is written like a verbal noun of the language: 'تدمير', 'استهداف', 'ارتكاب'."""
    return bool(tokenization.shapes) and _shapes(tokenization.shapes).match(norm) is not None


@cache
def _shapes(shapes: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression for words of these shapes: of one length each, so that matching is linear."""
    return re.compile("(?:" + "|".join(s.replace(".", r"[^\W\d_]") for s in shapes) + r")\Z")


# Alternatives in order: clock times and ordinals, numbers with separators, words with inner hyphens and apostrophes, runs of one mark.
# Every repeat is over a character class that the next item cannot start with, so matching is linear.
TOKEN = re.compile(
    r"\d{1,2}[hH]\d{0,2}(?!\w)"
    r"|\d+(?:er|ère|ème|e|st|nd|rd|th)(?!\w)"
    r"|\d+(?:-[^\W\d_]+)+"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_](?:[\w\u0300-\u036f\u064b-\u0652]|[-'’ʼ‑](?=\w))*"
    # A row of eight or more of one mark is a rule across the page or an attack: one token, not a hundred thousand.
    r"|\.{2,}|…|([^\w\s])\1{7,}|_|[^\w\s]",
    re.UNICODE,
)

DIGITS_AT_END = re.compile(r"(?<!\d)\d+\Z")


@dataclass(frozen=True)
class Splitter:
    """How one language splits what ``TOKEN`` finds: compiled once from its ``Tokenization``."""

    tokenization: Tokenization
    elision: re.Pattern[str] | None
    suffix: re.Pattern[str] | None
    # Whether a word of letters alone is always one token: no clitics, and all suffixes written with a mark.
    letters_whole: bool = False
    known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    facts: dict[str, tuple[str, bool]] = field(default_factory=dict, compare=False)

    def tokens(self, raw: str) -> tuple[str, ...]:
        """Return the tokens of what ``TOKEN`` found, none for a format character; a word is split once, however often it stands."""
        found = self.known.get(raw)
        if found is None:
            if len(raw) == 1:
                found = () if raw.isspace() or unicodedata.category(raw) in ("Cf", "Cc") else (raw,)
            else:
                found = tuple(self.pieces(raw))
            remember(self.known, raw, found)
        return found

    def fact(self, word: str) -> tuple[str, bool]:
        """Return the folded form of a token and whether it begins with a capital."""
        found = self.facts.get(word)
        if found is None:
            found = fold(word, self.tokenization), word[0].isupper()
            remember(self.facts, word, found)
        return found

    def pieces(self, word: str) -> list[str]:
        """Return the tokens of one raw word, in order; joined they are the word."""
        if self.letters_whole and word.isalpha():
            return [word]
        folded = word.translate(APOSTROPHES).lower()
        if folded in self.tokenization.keep:
            return [word]
        head: list[str] = []
        if self.elision:
            while match := self.elision.match(word):
                head.append(match.group())
                word = word[match.end() :]
        if self.suffix and (match := self.suffix.search(word)) and match.start():
            return [*head, word[: match.start()], *[g for g in match.groups() if g]]
        if self.tokenization.prefixes:
            return [*head, *self._clitics(word)]
        return [*head, word]

    def _clitics(self, word: str, most: int = MOST_CLITICS) -> list[str]:
        """Split up to ``most`` clitics written onto a word, where what is left is a known word or carries the article."""
        settings = self.tokenization
        form = fold(word, settings)
        if form in settings.known or not most:
            return [word]
        if (figure := DIGITS_AT_END.search(word)) and (at := figure.start()):
            # و25, الـ24: a clitic or an article written onto a figure.
            head = fold(word[:at], settings)
            if head in (*settings.prefixes, *settings.articles) or (
                head[0] in settings.prefixes and head[1:] in settings.articles
            ):
                return [word[:at], word[at:]]
        for prefix in settings.prefixes:
            if not word.startswith(prefix) or len(word) < len(prefix) + 2:
                continue
            rest = word[len(prefix) :]
            inner = fold(rest, settings)
            if (
                inner in settings.known
                or any(inner.startswith(a) and len(inner) > len(a) + 1 for a in settings.articles)
                or (prefix in settings.proclitics and verbal_noun(inner, settings))
            ):
                return [prefix, *self._clitics(rest, most - 1)]
            # Two clitics on one word: 'وبإطلاق' is 'و', 'ب', 'إطلاق'; 'لل' is one, with the article.
            if len(inside := self._clitics(rest, most - 1)) > 1 and inside[0] != prefix:
                return [prefix, *inside]
        return [word]


@lru_cache(maxsize=32)
def splitter(tokenization: Tokenization) -> Splitter:
    """Return the compiled splitter of a language's settings."""
    elisions = "|".join(re.escape(e) for e in sorted(tokenization.elisions, key=len, reverse=True))
    suffixes = "|".join(tokenization.suffixes)
    return Splitter(
        tokenization,
        re.compile(rf"(?:{elisions})['’ʼ](?=\w)", re.IGNORECASE) if elisions else None,
        re.compile(rf"(?:{suffixes})$", re.IGNORECASE) if suffixes else None,
        not tokenization.prefixes and all(re.search(r"['’-]", suffix) for suffix in tokenization.suffixes),
    )


def remember(known: dict[str, Any], word: str, found: Any) -> None:
    """Keep what was found of a word, within bounds whatever the texts."""
    if len(word) <= LONGEST_REMEMBERED:
        if len(known) >= REMEMBERED:
            known.clear()
        known[word] = found


def tokenize(text: str, tokenization: Tokenization) -> tuple[list[int], list[int], list[str]]:
    """Return starts, ends and words of the tokens of ``text``; white space and format characters make no token."""
    split = splitter(tokenization)
    known, tokens = split.known.get, split.tokens
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for match in TOKEN.finditer(text):
        raw, start = match.group(), match.start()
        pieces = known(raw)
        if pieces is None:
            pieces = tokens(raw)
        if raw in GLUING and words and ends[-1] == start and _joins(words[-1], raw, text, start, tokenization):
            # 'Mgr.', 'U.N.'; l'« ennemi », d'"agression": the elided word keeps its apostrophe before a mark.
            words[-1] += raw
            ends[-1] += 1
            continue
        for piece in pieces:
            starts.append(start)
            start += len(piece)
            ends.append(start)
            words.append(piece)
    return starts, ends, words


def split(phrase: str, tokenization: Tokenization) -> list[str]:
    """Return the words of the tokens of ``phrase``, as ``tokenize`` does; quick for what is made of letters alone."""
    words = phrase.split()
    if not all(word.isalpha() for word in words):
        return tokenize(phrase, tokenization)[2]
    splits = splitter(tokenization)
    if splits.letters_whole:
        return words
    return [piece for word in words for piece in (splits.pieces(word) if len(word) > 1 else (word,))]


def _joins(word: str, mark: str, text: str, at: int, tokenization: Tokenization) -> bool:
    if mark == ".":
        return _abbreviates(word, text, at, tokenization)
    return word.lower() in tokenization.elisions


def _abbreviates(word: str, text: str, dot: int, tokenization: Tokenization) -> bool:
    """Return whether the full stop at ``dot`` belongs to ``word``: a listed abbreviation, an initial (not 'on X.'), 'U.' before 'N.'."""
    initial = (len(word) == 1 and word.isupper() and word not in tokenization.whole) or word[1:].endswith(".")
    inside = dot + 2 < len(text) and text[dot + 1] != "\n"
    return word.lower() in tokenization.abbreviations or (initial and inside and len(word) < 12)


def prepare(text: str, tokenization: Tokenization) -> Text:
    """Return ``text`` ready for matching. Never raises, whatever the characters.

    >>> prepare("L'armée a-t-elle tiré ?", Tokenization(elisions=("l",))).words[:2]
    ["L'", 'armée']
    """
    plain, back = hidden.laid_bare(text)
    starts, ends, words = tokenize(plain, tokenization)
    if back:
        starts, ends = [back(start) for start in starts], [back(end - 1) + 1 for end in ends]
    fact = splitter(tokenization).fact
    facts = [fact(word) for word in words]
    prepared = Text(text, starts, ends, words, [norm for norm, _ in facts], capitals=[capital for _, capital in facts])
    breaks = _breaks(prepared)
    _mark_paragraphs(prepared, breaks)
    prepared.datelines = datelines.find(prepared, breaks)
    _mark_sentences(prepared, breaks)
    _mark_quotes(prepared, tokenization)
    return prepared


def _breaks(text: Text) -> list[int]:
    """Return for each token how many line ends stand between it and the token before."""
    whole = text.text
    breaks = [0] * text.size
    breaks[:1] = [2] * len(breaks[:1])
    end = text.ends[0] if text.ends else 0
    for i, start in enumerate(text.starts):
        if start > end and (start > end + 1 or whole[end] != " "):
            gap = whole[end:start]
            breaks[i] = gap.count("\n") + gap.count("\u2029") + gap.count("\u2028")
        end = text.ends[i]
    return breaks


def _wrapped(text: str) -> bool:
    """Return whether lines look hard-wrapped (many lines of like length ended by no punctuation)."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 6:
        return False
    long = [line for line in lines if 55 <= len(line) <= 100]
    open_ended = [line for line in long if line.rstrip()[-1:] not in '.!?:»"”']
    return len(long) > len(lines) * 0.6 and len(open_ended) > len(lines) * 0.4


def _mark_paragraphs(text: Text, breaks: list[int]) -> None:
    paragraph = -1
    for count in breaks:
        paragraph += count >= 2
        text.paragraph_of.append(paragraph)


def _mark_sentences(text: Text, breaks: list[int]) -> None:
    """Split at terminators before a capital, at blank lines, and at line ends unless the text is hard-wrapped."""
    after_dateline = {last for _, last in text.datelines} | datelines.clocks(text)
    line_ends = 2 if _wrapped(text.text) else 1
    words, first = text.words, 0
    for i in range(1, text.size):
        if (
            breaks[i] >= line_ends
            or i - first >= LONGEST_SENTENCE
            or i in after_dateline
            or (words[i - 1][-1] in ENDINGS and _ends_before(text, i))
        ):
            _add_sentence(text, first, i)
            first = i
    if text.size:
        _add_sentence(text, first, text.size)


def _add_sentence(text: Text, first: int, last: int) -> None:
    text.sentence_of.extend([len(text.sentences)] * (last - first))
    text.sentences.append((first, last))


def _ends_before(text: Text, i: int) -> bool:
    """Return whether a sentence ends before token ``i``: a terminator, closing marks, then a capital, a figure or an opening mark."""
    words = text.words
    if text.glued(i) and words[i] in CLOSERS:
        return False
    j, low = i - 1, max(0, i - MOST_CLOSERS)
    while j > low and words[j] in CLOSERS:
        j -= 1
    last = words[j]
    if not (last[-1] in TERMINATORS and (len(last) == 1 or last[0] in TERMINATORS)):
        return False
    here = words[i]
    if here in CLOSERS and here not in OPENERS:
        return False
    if here in '"“' and j == i - 1 and text.glued(i) is not False and _closes_later(text, i):
        return False
    return here[0].isupper() or here[0].isdigit() or here in OPENERS or (not here[0].islower() and here[0].isalpha())


def _closes_later(text: Text, i: int) -> bool:
    """Return whether the straight mark at ``i`` is a closing one: glued to the word before and not to the word after."""
    return text.glued(i) and not (i + 1 < len(text) and text.glued(i + 1) and text.words[i + 1][0].isalnum())


def _mark_quotes(text: Text, tokenization: Tokenization) -> None:
    walk = Walk(text.words, text.starts, text.ends, text.paragraph_of, tokenization.single_quotes)
    text.quotes = walk.quotations()
    text.quote_of = [-1] * text.size
    if not text.quotes:
        return
    # Outer quotations come first: the innermost around a token is the last one opened that is still open.
    around: list[int] = []
    opening = {quote.first: number for number, quote in enumerate(text.quotes)}
    for i in range(len(text)):
        if i in opening:
            around.append(opening[i])
        while around and text.quotes[around[-1]].last <= i:
            around.pop()
        text.quote_of[i] = around[-1] if around else -1
