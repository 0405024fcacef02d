"""Words made alike for searching: without case, accents, typographic apostrophes, elisions, plurals, Arabic vowel signs and clitics.

The data stand in ``languages/*/search.toml`` and hold for every text at once, because a query does not say which language it is in. Each
word of a text has one form that it is searched under and perhaps others (an Arabic word with what may be clitics taken off).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportedly.hidden import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

LANGUAGES = Path(__file__).parent / "languages"
# Raised where this module folds otherwise: the index of a store made before is then made anew.
VERSION = "4"
APOSTROPHES = "'’ʼ‘‛`´ʻ＇"
BREAK = re.compile(f"[{UNSEEN}]")
# So many parts of a word that is broken so are tried together as one; more are tried with all the rest of it only.
MOST_PARTS = 16
# Signs on letters, and what is not seen between them: a word is the same with them.
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640" + UNSEEN
LETTERS = rf"[^\W_](?:[^\W_]|[{MARKS}])*"
# Numbers with separators between groups of three are one word; so are letters with apostrophes between them. No word has a space in it
# (but those of printers, between the groups of a number) nor a new line.
WORD = re.compile(rf"\d{{1,3}}(?:[.,\u00a0\u202f]\d{{3}})+(?!\d)|{LETTERS}(?:[{APOSTROPHES}]{LETTERS})*")
SHORTEST_PLURAL = 5
# Between the forms and the other forms of a piece.
BESIDE = "\n"
# So many pieces of texts are kept with their forms, those that are no longer than words with their points and quotes are.
MOST_KEPT, LONGEST_KEPT = 1 << 16, 40


class Word(NamedTuple):
    """One word of a text: where it stands, what it is searched under, and its other forms."""

    start: int
    end: int
    form: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Data:
    """What all ``search.toml`` say together; ``sha256`` over them and the version of this module; ``pieces`` folded by them so far."""

    elisions: frozenset[str]
    enclitics: frozenset[str]
    plurals: tuple[str, ...]
    letters: dict[int, str]
    article: re.Pattern[str] | None
    prefixes: frozenset[str]
    suffixes: tuple[str, ...]
    least: int
    sha256: str
    pieces: dict[str, str]


@lru_cache(maxsize=1)
def data() -> Data:
    """Return the folding data of all languages."""
    digest = hashlib.sha256(VERSION.encode())
    tables = []
    for path in sorted(LANGUAGES.glob("*/search.toml")):
        content = path.read_bytes()
        digest.update(content)
        tables.append(tomllib.loads(content.decode("utf-8")))

    def all_of(key: str) -> list[str]:
        return [value for table in tables for value in table.get(key, ())]

    prefixes, articles = all_of("prefixes"), all_of("articles")
    least = max((table.get("least", 1) for table in tables), default=1)
    before = f"(?:{'|'.join(map(re.escape, prefixes))}){{0,2}}" if prefixes else ""
    article = re.compile(rf"{before}(?:{'|'.join(map(re.escape, articles))})(?=.{{{least}}})") if articles else None
    return Data(
        elisions=frozenset(all_of("elisions")),
        enclitics=frozenset(all_of("enclitics")),
        plurals=tuple(sorted(set(all_of("plurals")))),
        letters=_Letters({ord(old): new for old, new in (*LIGATURES.items(), *all_of("letters"))}),
        article=article,
        prefixes=frozenset(prefixes),
        suffixes=tuple(sorted(all_of("suffixes"), key=len, reverse=True)),
        least=least,
        sha256=digest.hexdigest(),
        pieces=_Pieces(),
    )


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text``, in order.

    >>> [word.form for word in words("L’armée a tué 1.200 Émirats")]
    ['armee', 'a', 'tue', '1200', 'emirat']
    >>> [(word.form, word.others) for word in words("بالقلمون وبدمشق")]
    [('قلمون', ()), ('وبدمشق', ('بدمشق', 'دمشق'))]
    """
    for match in WORD.finditer(text):
        skipped, form, others = _fold(match.group())
        if form:
            yield Word(match.start() + skipped, match.end(), form, others)


def broken(text: str) -> str:
    """Return ``text`` with a space for each character that is not seen: the other way to read it, offsets the same."""
    return BREAK.sub(" ", text)


def both_ways(text: str, wanted: AbstractSet[str]) -> list[Word]:
    """Return the words of ``text``, and of those with what is not seen in them each part too, and the runs of parts that are ``wanted``.

    >>> [word.form for word in both_ways("Jean\u200bDu\u00adpont", {"dupont"})]
    ['jean', 'jeandupont', 'du', 'dupont', 'pont']
    """
    if not BREAK.search(text):
        return list(words(text))
    apart = broken(text)
    found = {*words(text), *words(apart)}
    for match in WORD.finditer(text):
        if BREAK.search(match.group()):
            found.update(_runs(text, [part.span() for part in WORD.finditer(apart, *match.span())], wanted))
    return sorted(found)


def _runs(text: str, parts: Sequence[tuple[int, int]], wanted: AbstractSet[str]) -> Iterator[Word]:
    for first, (start, _) in enumerate(parts):
        for _, end in parts[first + 1 : first + MOST_PARTS]:
            skipped, form, others = _fold(text[start:end])
            if not wanted.isdisjoint((form, *others)):
                yield Word(start + skipped, end, form, others)


@lru_cache(maxsize=1 << 16)
def _fold(raw: str) -> tuple[int, str, tuple[str, ...]]:
    """Return how many characters are an elision, the form and the others of one raw word."""
    settings = data()
    if raw.isalpha():
        # most words, and all that follows is of no use to them
        form = raw.casefold() if raw.isascii() else _plain(raw, settings)
        return (0, _singular(form, settings), ()) if form.isascii() else (0, *_without_clitics(form, settings))
    if raw[0].isdecimal():
        return 0, _plain("".join(filter(str.isalnum, raw)), settings), ()
    pieces = re.split(f"[{APOSTROPHES}]", raw)
    skipped = 0
    while len(pieces) > 1 and pieces[0].casefold() in settings.elisions:
        skipped += len(pieces.pop(0)) + 1
    if len(pieces) > 1 and pieces[-1].casefold() in settings.enclitics:
        pieces.pop()
    form = _plain("".join(pieces), settings)
    if form.isascii():
        return skipped, _singular(form, settings), ()
    return (skipped, *_without_clitics(form, settings))


class _Letters(dict[int, str]):
    """What stands for each character: found when first met, by decomposition, and kept."""

    def __missing__(self, code: int) -> str:
        kept = (
            c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c) and not _is_unseen(c)
        )
        plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else self.get(ord(c), c) for c in kept)
        self[code] = plain
        return plain


def _is_unseen(character: str) -> bool:
    return character == "ـ" or unicodedata.category(character) == "Cf" or BREAK.match(character) is not None


def _plain(word: str, settings: Data) -> str:
    """Return ``word`` without case and marks, and with one letter for those written for each other."""
    folded_case = word.casefold()
    return folded_case if folded_case.isascii() else folded_case.translate(settings.letters)


# What decomposition leaves alone.
LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}


def _singular(form: str, settings: Data) -> str:
    if len(form) >= SHORTEST_PLURAL:
        for ending in settings.plurals:
            if form.endswith(ending) and not form.endswith(2 * ending):
                return form.removesuffix(ending)
    return form


def _without_clitics(form: str, settings: Data) -> tuple[str, tuple[str, ...]]:
    """Return the form without an article, else the form and what is left of it without what may be clitics."""
    if settings.article and (match := settings.article.match(form)):
        form = form[match.end() :]
        return form, tuple(_without_suffix(form, settings))
    others = []
    rest = form
    for _ in range(2):
        if rest[0] not in settings.prefixes or len(rest) <= settings.least:
            break
        rest = rest[1:]
        others.append(rest)
    for stem in (form, *others):
        others = [*others, *_without_suffix(stem, settings)] if stem[0] not in settings.prefixes else others
    return form, tuple(dict.fromkeys(others))


def _without_suffix(form: str, settings: Data) -> Iterator[str]:
    for suffix in settings.suffixes:
        if form.endswith(suffix) and len(form) - len(suffix) >= settings.least:
            yield form[: -len(suffix)]
            return


def indexed(text: str) -> tuple[str, str]:
    """Return what the index has of ``text``: its words' forms, and their other forms, each separated by spaces.

    Where anything in it is not seen, the words of the other reading are among the other forms, in their order.
    """
    found = list(filter(None, map(data().pieces.__getitem__, text.replace("\n", " ").split(" "))))
    forms = " ".join(found)
    if BESIDE not in forms:
        return forms, ""
    both = [forms.partition(BESIDE) for forms in found]
    others = [others for *_, others in both if others]
    if BREAK.search(text):
        others += [form for word in words(broken(text)) for form in (word.form, *word.others)]
    return " ".join([forms for forms, *_ in both if forms]), " ".join(others)


class _Pieces(dict[str, str]):
    """The forms of what stands between two spaces: found when first met, and kept.

    Behind ``BESIDE``, which is there if anything is not seen in it too, stand their other forms.
    """

    def __missing__(self, piece: str) -> str:
        folds = [_fold(raw) for raw in WORD.findall(piece)]
        found = " ".join([form for _, form, _ in folds if form])
        others = " ".join([other for _, form, more in folds if form for other in more])
        if others or BREAK.search(piece):
            found = f"{found}{BESIDE}{others}"
        if len(piece) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[piece] = found
        return found


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """Return a name as it is compared with names: its words' forms.

    >>> folded("L’Armée syrienne") == folded("armee Syrienne")
    True
    """
    return " ".join(form for match in WORD.finditer(name) if (form := _fold(match.group())[1]))


def typed(word: str) -> str:
    """Return the last word of what a user typed with its plural ending and clitics: the beginning of words, not one.

    >>> typed("Émirats*")
    'emirats'
    """
    last = [match.group() for match in WORD.finditer(word)][-1]
    pieces = re.split(f"[{APOSTROPHES}]", last)
    while len(pieces) > 1 and pieces[0].casefold() in data().elisions:
        pieces.pop(0)
    return _plain("".join(pieces), data())
