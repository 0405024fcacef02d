"""Which code page bytes are in that are not UTF-8: told run by run, a run being the bytes beyond ASCII that stand together.

A run that is UTF-8 and means a letter is UTF-8: in an older encoding hardly one in a hundred thousand is by chance. The others are letters
of French (Windows-1252) or Arabic (Windows-1256) words, or damage, which keeps its place as U+FFFD. So a file pasted together from several
encodings, between lines or within one, is read to the word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

REPLACEMENT = "\ufffd"
LATIN, ARABIC, LOST, UTF_8 = "windows-1252", "windows-1256", "", "utf-8"
LATIN_9 = "iso-8859-15"
# 'œ' in ISO 8859-15: elsewhere a fraction or a sign, which stands within no word and before no 'u' or 'i'.
LIGATURE = b"\xbd"
# What Windows has letters and quotation marks for, and ISO 8859 nothing.
WINDOWS = re.compile(rb"[\x80-\x9f]")
RUN = re.compile(rb"[\x80-\xff]+")
ARABIC_LETTER = re.compile(r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06af]")
# What Arabic words are written with in Windows-1256, marks and vowel signs among them; a space is ASCII.
ARABIC_RUN = re.compile(r"(?:[^\w\s]|[\u0621-\u063a\u0640-\u0652\u067e\u0686\u0698\u06af\u00a0])+")
# French has no word with three letters beyond ASCII in a row ('créées' has one and two).
LATIN_RUN = re.compile(r"[\u00a0-\u00ff‹›“”„‘’‚…–—•€†‡‰™ŒœŠšŽžŸƒ]+")
LATIN_LETTER = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸƒ]")
MOST_LETTERS = 2
CAPITAL = re.compile("[À-ÖØ-ÞŠŒŽŸ]")
# The first byte of a letter in UTF-8 that lost its second looks like one of these, and stands before no capital as 'ÂGE' does.
STUMP = re.compile("[ÂÃ]")
# No word is joined by one of these: they are what is left of a letter in UTF-8 that lost its first byte.
SIGN = re.compile(r"[¡-ª¬®-¶¸-º¼-¿×÷€†‡‰™]")
QUOTES = re.compile("[\u00a0«»‹›“”‘’…–—]+")
# What reports in UTF-8 hold beyond ASCII: Latin, Cyrillic, Hebrew, Arabic, marks, signs, and whatever is written in four bytes.
MEANT = re.compile(
    "[\u00a0-\u017f\u0218-\u021b\u0300-\u036f\u0400-\u04ff\u05d0-\u05ea\u0600-\u06ff\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u21ff"
    "\u2212\u2500-\u27bf\ufb00-\ufb06\ufb50-\ufdff\ufe00-\ufe0f\ufe70-\ufeff\ufffd\U00010000-\U0010ffff]+"
)
ARABIC_BLOCK = re.compile("[\u0600-\u06ff]")
# Two sequences of UTF-8 of any script stand in a row by no chance.
BEYOND_CHANCE = 6
SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
MOSTLY = 0.9
# Longer than any Arabic word in UTF-8: what is longer comes once, and is told anew rather than kept.
LONGEST_KEPT = 40


class Told(NamedTuple):
    """The characters of a run, and the encoding that they are in; none where bytes are lost."""

    text: str
    encoding: str


class Line(NamedTuple):
    """The characters of a line, the code pages that any of it is in, and how many places are lost."""

    text: str
    pages: frozenset[str] = frozenset()
    lost: int = 0


def is_mixed(data: bytes) -> bool:
    """Return whether any run is UTF-8 beyond doubt; where none is, the data are in one older encoding."""
    return any(_is_utf_8(match.group(), *_beside(data, match)) for match in RUN.finditer(data))


def lines(data: bytes) -> Iterator[Line]:
    """Yield what the lines of ``data`` hold; those of ASCII come with the one after them."""
    at = 0
    while match := RUN.search(data, at):
        start = data.rfind(b"\n", at, match.start()) + 1 or at
        end = data.find(b"\n", match.end()) + 1 or len(data)
        yield Line(data[at:start].decode("ascii"))
        yield line(data[start:end])
        at = end
    yield Line(data[at:].decode("ascii"))


def line(data: bytes) -> Line:
    """Return what a line holds whose encodings may be several.

    >>> line("tués à ".encode() + "l'aube, à Alep".encode("cp1252"))[:2]
    ("tués à l'aube, à Alep", frozenset({'windows-1252'}))
    """
    if _is_arabic_line(data):
        text = data.decode(ARABIC, "replace")
        return Line(text, frozenset((ARABIC,)), text.count(REPLACEMENT))
    pieces: list[str] = []
    pages = set()
    at = lost = 0
    for match in RUN.finditer(data):
        told = run(match.group(), *_beside(data, match))
        pieces += (data[at : match.start()].decode("ascii"), told.text)
        at = match.end()
        pages.add(told.encoding)
        lost += told.text.count(REPLACEMENT) if told.encoding == LOST else 0
    pieces.append(data[at:].decode("ascii"))
    return Line("".join(pieces), frozenset(pages - {UTF_8, LOST}), lost)


def page_of(data: bytes) -> str:
    """Return the code page that all of ``data`` is in, as its runs say; nothing where they are neither French's nor Arabic's.

    >>> page_of("Élysée".encode("cp1252")), page_of("حلب".encode("cp1256")), page_of("Москва".encode("cp1251"))
    ('windows-1252', 'windows-1256', '')
    >>> page_of("le cœur de Saïda".encode("iso-8859-15"))
    'iso-8859-15'
    """
    arabic = latin = either = ligatures = count = 0
    for match in RUN.finditer(data):
        count += 1
        found, beside = match.group(), _beside(data, match)
        if _is_arabic_run(found, *beside):
            arabic += 1
        elif _is_ligature(found, *beside):
            ligatures += 1
        elif _is_latin_run(found, *beside):
            latin += 1
            # both pages write 'é' and '«' alike
            either += found.decode(LATIN) == found.decode(ARABIC)
    if arabic and arabic + latin >= MOSTLY * count and (either == latin or _is_arabic_line(data)):
        return ARABIC
    if ligatures and ligatures + latin >= MOSTLY * count and not WINDOWS.search(data):
        return LATIN_9
    return LATIN if count and latin >= MOSTLY * count else LOST


def _beside(data: bytes, match: re.Match[bytes]) -> tuple[str, str]:
    """Return the characters before and after a run, as far as they are letters."""
    before = chr(data[match.start() - 1]) if match.start() else ""
    after = chr(data[match.end()]) if match.end() < len(data) else ""
    return before if before.isalpha() else "", after if after.isalpha() else ""


def run(data: bytes, before: str = "", after: str = "") -> Told:
    """Return what a run is between those letters: UTF-8, letters of a code page, or lost."""
    return (_kept if len(data) <= LONGEST_KEPT else _told)(data, before, after)


def _told(data: bytes, before: str, after: str) -> Told:
    if _is_utf_8(data, before, after):
        return Told(data.decode("utf-8"), UTF_8)
    if _is_broken_utf_8(data):
        return _in_pieces(data)
    if _is_arabic_run(data, before, after):
        return Told(data.decode(ARABIC), ARABIC)
    if _is_latin_run(data, before, after):
        return Told(data.decode(LATIN), LATIN)
    if _sequences(data):
        return _in_pieces(data)
    text = data.decode("utf-8", "replace")
    return Told(text, LOST if REPLACEMENT in text else UTF_8)


_kept = lru_cache(maxsize=4096)(_told)


def _sequences(data: bytes) -> list[bytes]:
    """Return the letters in a run that are UTF-8 by themselves."""
    return [each for each in SEQUENCE.findall(data) if _is_utf_8(each, "", "")]


def _is_broken_utf_8(data: bytes) -> bool:
    """Return whether a run is UTF-8 with something else in it: several letters of it, and the most of it."""
    found = _sequences(data)
    return len(found) > 1 and sum(map(len, found)) * 2 >= len(data)


def _in_pieces(data: bytes) -> Told:
    """Return a run of UTF-8 with something else in it: quotation marks beside Latin letters, or what is left of a letter."""
    pieces: list[str] = []
    at, encodings = 0, set()
    quoted = not ARABIC_BLOCK.search(data.decode("utf-8", "replace"))
    for match in (*SEQUENCE.finditer(data), None):
        between = data[at : match.start() if match else len(data)]
        if between:
            text = between.decode(LATIN, "replace")
            good = quoted and QUOTES.fullmatch(text)
            pieces.append(text if good else REPLACEMENT)
            encodings.add(LATIN if good else LOST)
        if match:
            pieces.append(match.group().decode("utf-8", "replace"))
            at = match.end()
    return Told("".join(pieces), LOST if LOST in encodings else LATIN)


def _is_utf_8(data: bytes, before: str, after: str) -> bool:
    """Return whether a run is UTF-8 of characters that reports hold, and none that would be odd beside a Latin letter."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if len(data) >= BEYOND_CHANCE:
        return True
    return bool(MEANT.fullmatch(text)) and not ((before or after) and ARABIC_BLOCK.search(text))


def _is_arabic_run(data: bytes, before: str, after: str) -> bool:
    """Return whether a run is an Arabic word of two letters or more in Windows-1256, with no Latin letter beside it."""
    text = "" if before or after else data.decode(ARABIC, "replace")
    return len(ARABIC_LETTER.findall(text)) >= 2 and ARABIC_RUN.fullmatch(text) is not None


def _is_latin_run(data: bytes, before: str, after: str) -> bool:
    """Return whether a run is what French words have in Windows-1252, between those letters."""
    text = data.decode(LATIN, "replace")
    if not LATIN_RUN.fullmatch(text) or len(LATIN_LETTER.findall(text)) > MOST_LETTERS:
        return False
    if (before.islower() and CAPITAL.search(text)) or (STUMP.search(text) and not after.isupper()):
        return False
    return not (before and after and SIGN.search(text))


def _is_ligature(data: bytes, before: str, after: str) -> bool:
    """Return whether a run is the 'œ' of ISO 8859-15, between those letters: in 'cœur', or in 'œuvre'."""
    return data == LIGATURE and after.islower() and (bool(before) or after in "ui")


def _is_arabic_line(data: bytes) -> bool:
    """Return whether a line is Arabic in Windows-1256: its runs that are no UTF-8 are Arabic words, and they outweigh those that are."""
    told = strange = letters = 0
    for match in RUN.finditer(data):
        found, beside = match.group(), _beside(data, match)
        if _is_utf_8(found, *beside) or _is_broken_utf_8(found):
            told += len(found)
        else:
            strange += len(found)
            letters += 0 if any(beside) else len(ARABIC_LETTER.findall(found.decode(ARABIC, "replace")))
    return letters >= 2 and letters * 2 > strange > told
