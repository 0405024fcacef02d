"""Names of places across scripts and spellings: one romanisation, one skeleton to look up by, one distance to rank by.

A village has as many spellings as it had visitors: عرسال is Arsal, Aarsal, Aarsale, Ersal. ``romanise`` writes any of the scripts of
``types/letters.tsv`` in plain Latin letters; ``folded`` drops articles and marks; ``skeleton`` keeps only what romanisations rarely
disagree on (the order of coarse classes of consonants); ``distance`` compares what is left, vowels counting little.
Method: consonant skeletons after the manner of Soundex, classes from French, English, German and Turkish romanisations of Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

LETTERS = Path(__file__).parent / "types" / "letters.tsv"


def _letters() -> dict[int, str]:
    rows = [line.split("\t") for line in LETTERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {ord(row[1]): row[2] for row in rows[1:]}


TABLE = _letters()
# A name longer than this is none that comes again.
LONGEST_KEPT = 80
# Everything ASCII that is no letter, figure or apostrophe separates words.
ASCII = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "'")}
BOTH = {**ASCII, **TABLE}
SPACES = re.compile(r"[^a-z0-9']+")
APOSTROPHES = re.compile(r"'+")
# In Arabic script the article is written onto its noun.
GLUED_ARTICLE = re.compile(r"(?<![\u0600-\u06ff])(?:ال|أل|آل|ٱل)(?=[\u0600-\u06ff]{3})")
ARTICLE = re.compile(r"(?:al|el|il|ul|ol|l)$")
# Arabic articles written as they are said: before a 'sun' letter the l becomes that letter (ash-Sham, Ed Daoura, Ez Zahra).
SUN = re.compile(r"[aeiou](t|th|d|dh|r|z|s|sh|ch|n|j|nn|tt|ss|rr|dd|zz)$")


def romanise(name: str) -> str:
    """Return ``name`` in lower-case Latin letters, figures and apostrophes, words separated by single spaces.

    Scripts without a table in ``letters.tsv`` give nothing, so a name written wholly in one gives the empty string.

    >>> romanise("Aïn el-Fîjé"), romanise("عرسال")
    ('ain el fije', "'rsal")
    """
    lower = name.lower()
    if lower.isascii():
        return " ".join(lower.translate(ASCII).split())
    lower = unicodedata.normalize("NFC", lower).translate(BOTH)
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFD", lower).translate(TABLE) if not unicodedata.combining(c))
    return " ".join(SPACES.sub(" ", lower).split())


# Letters of the Arabic script that are written for one another, and those of Persian keyboards.
ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": ""}
)
ARABIC = re.compile(r"[\u0621-\u06d3]+")


def in_arabic(name: str) -> str:
    """Return a name in Arabic script as it is compared letter by letter, without articles and vowel signs; '' for one in another script.

    >>> in_arabic("الأُبيّض"), in_arabic("غزة"), in_arabic("Gaza")
    ('ابيض', 'غزه', '')
    """
    if name.isascii():
        return ""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", GLUED_ARTICLE.sub(" ", name)) if not unicodedata.combining(c)
    )
    return " ".join(ARABIC.findall(plain.translate(ALIKE)))


def folded(name: str) -> str:
    """Return the form under which ``name`` is looked up exactly: romanised, without articles, apostrophes and accents.

    >>> folded("Ra’s al-Ma'arra"), folded("Ech Charqiyé"), folded("Al")
    ('ras maarra', 'charqiye', 'al')
    """
    return _folded(name) if len(name) <= LONGEST_KEPT else _fold(name)


def _fold(name: str) -> str:
    words = APOSTROPHES.sub("", romanise(GLUED_ARTICLE.sub("ال ", name))).split()
    kept = [w for i, w in enumerate(words) if i + 1 == len(words) or not _article(w, words[i + 1])]
    return " ".join(kept)


_folded = lru_cache(maxsize=1 << 15)(_fold)


def _article(word: str, following: str) -> bool:
    if len(word) > 3:
        return False
    if ARTICLE.match(word):
        return True
    sun = SUN.match(word)
    return sun is not None and following.startswith(sun.group(1)[0])


# --- the skeleton ------------------------------------------------------------------------------------------------------------------

# Coarse classes, in order: s stands for all hissing sounds, g for all made at the back of the mouth (k, q, kh, gh, j as said in Cairo,
# g as said in Sanaa), d for t and d with their emphatics, b for p, f for v. 'rh' is the French gh.
CLASSES = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"tch|sch|sh|ch|zh|ts|cz|sz|dz", "s"),
        (r"dj|kh|gh|rh|gu(?=[ei])|[kqcgjx]+", "g"),
        (r"th|dh|[td]+", "d"),
        (r"ph|v", "f"),
        (r"[sz]+", "s"),
        (r"n(?=b)", "m"),
        (r"p", "b"),
    )
)
VOWELS = re.compile(r"[aeiouwy]+")
# A final h is the feminine ending or a breath; the skeleton drops it with the vowels.
LAST = re.compile(r"(?<=[a-z])-?h-?$")
# The feminine ending is written -a, -ah, -é, -eh, and -at or -et before another word.
FEMININE = re.compile(r"(?<=[^aeiou])(?:at|et|ate|ete|ah|eh)$")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def _word_skeleton(word: str) -> str:
    word = FEMININE.sub("a", word)
    for pattern, letter in CLASSES:
        word = pattern.sub(letter, word)
    return LAST.sub("", VOWELS.sub("-", word)).replace("-", "")


def skeleton(form: str) -> str:
    """Return the coarse consonants of a folded form, doubled ones once.

    >>> skeleton(folded("Aarsale")), skeleton(folded("عرسال")), skeleton(folded("Kostyantynivka"))
    ('rsl', 'rsl', 'gsdndnfg')
    """
    return DOUBLED.sub(r"\1", "".join(map(_word_skeleton, form.split())))


LETTERS_OF_SKELETONS = "bdfghlmnrs"


def neighbours(key: str) -> set[str]:
    """Return the skeletons one letter away from ``key``: one dropped, added or changed."""
    near: set[str] = set()
    for i in range(len(key) + 1):
        near.update(key[:i] + c + key[i:] for c in LETTERS_OF_SKELETONS)
        if i < len(key):
            near.add(key[:i] + key[i + 1 :])
            near.update(key[:i] + c + key[i + 1 :] for c in LETTERS_OF_SKELETONS)
    near.discard(key)
    near.discard("")
    return near


# --- the distance ------------------------------------------------------------------------------------------------------------------

# One character for what romanisations write with two (S sh, Z zh, X kh, G gh, T th, D dh, E ai/ay/ei), long vowels once, the feminine
# ending -ah, -eh, -é, -at always -a, the French mute e after n dropped.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tch|sch|sh|ch|cz|sz", "S"),
        (r"zh", "Z"),
        (r"dj", "j"),
        (r"kh", "X"),
        (r"gh|rh", "G"),
        (r"gu(?=[ei])", "g"),
        (r"ph", "f"),
        (r"th", "T"),
        (r"dh", "D"),
        (r"ck|c(?![ei])", "k"),
        (r"c", "s"),
        (r"^ou(?=[aeiou])|(?<=[aeiou])ou(?=[aeiou])", "w"),
        (r"ou|oo|w(?![aeiou])", "u"),
        (r"(?:aa|ae)(?!e)", "a"),
        (r"ee|iy+(?=[^aeiou]|$)", "i"),
        (r"(?:ay|ai|ei|ey|aii)(?=[^aeiou]|$)", "E"),
        (r"(?:au|aw|ao)(?=[^aeiou]|$)", "o"),
        (r"iy|y(?=[^aeiou]|$)", "i"),
        (r"(?<!^)(?:ah|eh|e|at|et|ate|ete)$", "a"),
        (r"ne$", "n"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 15)
def _word_sound(word: str) -> str:
    for pattern, sound_ in SOUNDS:
        word = pattern.sub(sound_, word)
    return word


def sound(form: str) -> str:
    """Return a folded form as ``distance`` compares it.

    >>> sound("yabroud") == sound("yabrud"), sound("taibe")
    (True, 'tEba')
    """
    return " ".join(map(_word_sound, form.split()))


# Consonants that are one letter of the original in different romanisations: q k c kh as k, gh and g, dj and j, dh d z, th t s.
ONE_LETTER = str.maketrans({"q": "k", "X": "k", "c": "k", "G": "g", "Z": "j", "D": "d", "T": "t", "v": "w", "x": "k"})
NOT_CONSONANTS = re.compile(r"[aeiouEyh ]")


@lru_cache(maxsize=1 << 14)
def consonants(form: str) -> str:
    """Return the consonants of a folded form, alike for romanisations of one name and stricter than ``skeleton``.

    >>> consonants("kostyantynivka") == consonants("kostiantynivka"), consonants("tanoukoro") == consonants("dianikoro")
    (True, False)
    """
    return DOUBLED.sub(r"\1", NOT_CONSONANTS.sub("", sound(form).translate(ONE_LETTER)).replace("w", ""))


VOICED = "aeiouEyw"
KIN = ("sSzZcTj", "tTdD", "dDzZT", "kqgGXxjh", "bpfv", "nm", "lr", "vw")
LETTER, GAP_VOWEL, GAP_SPACE, GAP_BREATH, SWAP_VOWEL, SWAP_KIN, SWAP_MIXED = 1.0, 0.3, 0.1, 0.5, 0.25, 0.4, 1.1


def _gap(letter: str) -> float:
    return GAP_VOWEL if letter in VOICED else GAP_SPACE if letter == " " else GAP_BREATH if letter == "h" else LETTER


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if any(a in family and b in family for family in KIN):
        return SWAP_KIN
    vowels = (a in VOICED) + (b in VOICED)
    return (LETTER, SWAP_MIXED, SWAP_VOWEL)[vowels]


ALPHABET = "abcdefghijklmnopqrstuvwxyzSZXGTDE 0123456789"
GAPS = {a: _gap(a) for a in ALPHABET}
SWAPS = {a: {b: _swap(a, b) for b in ALPHABET} for a in ALPHABET}


def distance(left: str, right: str) -> float:
    """Return the cost of turning one ``sound`` into another: a consonant 1, a kindred one .4, a vowel about .3.

    >>> distance("arsal", "ersal"), distance("flita", "fleita") < 0.4, distance("goma", "homs") > 1
    (0.25, True, True)
    """
    if left == right:
        return 0.0
    row = [0.0]
    for b in right:
        row.append(row[-1] + GAPS[b])
    for a in left:
        gap, swaps, previous = GAPS[a], SWAPS[a], row[0]
        row[0] = before = previous + gap
        for j, b in enumerate(right, 1):
            above = row[j]
            cost = previous + swaps[b]
            if above + gap < cost:  # noqa: PLR1730 - the innermost loop: a call to min() doubles its time
                cost = above + gap
            if before + GAPS[b] < cost:  # noqa: PLR1730
                cost = before + GAPS[b]
            previous = above
            row[j] = before = cost
    return row[-1]


def likeness(left: str, right: str) -> float:
    """Return how alike two sounds are, 0 to 1: one less the distance over the length of the longer (short names need more)."""
    return max(0.0, 1.0 - distance(left, right) / max(len(left), len(right), 4))
