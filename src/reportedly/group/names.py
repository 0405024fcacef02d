"""Names as keys: the same party or place under the names that different reports give it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import transliteration
from reportedly.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.records import Entity

TYPES = Path(__file__).parent.parent / "types"
LANGUAGES = Path(__file__).parent.parent / "languages"
STATE_COLUMNS = ("name", "army", "police", "security", "government", "air_force")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ELISION = re.compile(r"\b(?:[a-zà-ÿ]|qu)['’](?=\w)")
# Letters that begin a name in scripts that have capitals; in others every word may be one.
SHORTEST = 3
# Canonical names that say no more than that nobody knows who.
UNKNOWN = re.compile(r"(?:unidentified|unknown|unnamed|suspected)\b", re.IGNORECASE)


def _table(name: str) -> list[dict[str, str]]:
    lines = [
        line for line in (TYPES / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    heads = lines[0].split("\t")
    return [dict(zip(heads, line.split("\t"), strict=False)) for line in lines[1:]]


@cache
def states() -> dict[str, str]:
    """Return the country code of every state, army, police and government by its canonical name."""
    return {row[column]: row["iso2"] for row in _table("countries.tsv") for column in STATE_COLUMNS if row.get(column)}


@cache
def state_names() -> dict[str, str]:
    """Return the name of every state by its country code."""
    return {row["iso2"]: row["name"] for row in _table("countries.tsv")}


@cache
def coalitions() -> dict[str, frozenset[str]]:
    """Return for each party, by its key, the coalitions and members its deeds may be told under."""
    kin: dict[str, set[str]] = {}
    for row in _table("coalitions.tsv"):
        coalition = _party(row["coalition"])
        for member in map(_party, row["members"].split("|")):
            kin.setdefault(coalition, set()).add(member)
            kin.setdefault(member, set()).add(coalition)
    return {name: frozenset(others) for name, others in kin.items()}


@lru_cache(maxsize=1 << 16)
def _party(name: str) -> str:
    code = states().get(name)
    return f"state:{code}" if code else name


def key(name: str) -> str:
    """Return the key of a party by its canonical name: a state under any of its arms.

    >>> key("Kenyan police"), key("M23")
    ('state:KE', 'M23')
    """
    return _party(name)


def party(entity: Entity) -> str | None:
    """Return a key for somebody who acts or suffers: a state under any of its arms, a name, or the sort of person ('~civilians').

    None for somebody unnamed of whom nothing more is known than that he is a person.
    """
    if entity.name and not UNKNOWN.match(entity.name):
        return _party(entity.name)
    return f"~{entity.kind}" if entity.kind in ("civilians", "state-force", "armed-group") else None


def person(entity: Entity) -> str | None:
    """Return a key for a person with a proper name of his own, None for 'un cheikh'.

    >>> from reportedly.records import Entity
    >>> person(Entity(start=0, end=1, exact="un chef", name="al-Omda", kind="person"))
    'omda'
    """
    if entity.kind != "person" or not entity.name:
        return None
    return transliteration.folded(entity.name) or None


NOBODY: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def named(keys: frozenset[str]) -> frozenset[str]:
    """Return the keys that name a party rather than a sort of people."""
    return frozenset(key for key in keys if key[0] != "~") if keys else NOBODY


def akin(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether some party of the one is one of the other, or fights in its coalition."""
    if not left or not right:
        return False
    return not left.isdisjoint(right) or any(not right.isdisjoint(coalitions().get(key, NOBODY)) for key in left)


def may_be(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether somebody of whom one side gives the sort only may be one whom the other names.

    >>> may_be(frozenset({"~armed-group"}), frozenset({"M23"})), may_be(frozenset({"~civilians"}), frozenset({"M23"}))
    (True, False)
    """
    return _sort_of(left, right) or _sort_of(right, left)


def _sort_of(sorts: frozenset[str], parties: frozenset[str]) -> bool:
    if "~armed-group" in sorts and any(key[0] != "~" and not key.startswith("state:") for key in parties):
        return True
    return "~state-force" in sorts and any(key.startswith("state:") for key in parties)


GLUED = re.compile(r"^(?:و|ف)?(?:ب|ل|ك)?ال(?=\w{2})")


@cache
def generic() -> frozenset[str]:
    """Return the bare nouns and adverbs that stand for a place without naming it (ville, تلة, فيها), of every language at once."""
    found: set[str] = set()
    for path in sorted(LANGUAGES.glob("*/lexicons/place_heads.tsv")):
        found.update(
            row.split("\t")[0] for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("#")
        )
    for path in sorted(LANGUAGES.glob("*/lexicons/place_words.tsv")):
        found.update(
            row.split("\t")[0] for row in path.read_text(encoding="utf-8").splitlines() if "role=adverb" in row
        )
    return frozenset(GLUED.sub("", bare_word(form)) for form in found)


@lru_cache(maxsize=1 << 16)
def place(name: str) -> str | None:
    """Return the key of a place's name in any script: its name words romanised; None where no word of it is a name.

    >>> place("la colline de Tallet Abdel Haq"), place("Tallet Abdel-Haqq"), place("la ville"), place("the al-Tabin school")
    ('abdel haq', 'abdel haqq', None, 'tabin')
    """
    # 'al-Tabin' is a name as much as 'Al-Tabin'
    found = WORD.findall(ELISION.sub("", name))
    words = [word for word in found if any(part[0] == part[0].upper() for part in word.split("-"))]
    telling = [word for word in words if GLUED.sub("", bare_word(word)) not in generic()]
    return transliteration.folded(" ".join(telling)) or None


@lru_cache(maxsize=1 << 16)
def block(key: str) -> str:
    """Return what romanisations of a place's name rarely disagree on: the skeleton of its last word.

    >>> block(place("Tallet Abdel-Haqq")) == block(place("تلة عبد الحق"))
    True
    """
    words = [word for word in key.split() if len(word) >= SHORTEST] or [key]
    last = ARTICLE.sub("", words[-1])
    return transliteration.skeleton(last) or last


# An article romanised onto its word: Arabic writes it so, Latin letters part it by a hyphen.
ARTICLE = re.compile(r"^[ae]l(?=[^aeiou]{2})")


# Names alike by this much are one name in two spellings; below it are neighbours like Flita and Nahlé.
ALIKE = 0.81
# As many words, unless one spelling joins what the other parts ('Pontsondé').
JOINED = 0.9


@lru_cache(maxsize=1 << 16)
def same_place(left: str, right: str) -> bool:
    """Return whether two keys of places are spellings of one name, or one stands whole at the end or start of the other."""
    if left == right:
        return True
    ours, theirs = left.split(), right.split()
    short, long = sorted((ours, theirs), key=len)
    if short in (long[: len(short)], long[-len(short) :]):
        return True
    alike = transliteration.likeness(transliteration.sound(left), transliteration.sound(right))
    return alike >= (ALIKE if len(ours) == len(theirs) else JOINED)


def any_same_place(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether some name of the one is some name of the other."""
    theirs = tuple(right)
    return any(same_place(ours, other) for ours in left for other in theirs)


@lru_cache(maxsize=1 << 14)
def bare_word(word: str) -> str:
    """Return a word without case and accents."""
    return bare(word).casefold()
