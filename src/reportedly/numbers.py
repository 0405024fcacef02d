"""Numbers as words and figures, by each language's conventions.

Figures follow ``[numbers]`` of ``language.toml``: ``thousands`` (the marks that group digits), ``decimal``. Spelled numbers are composed
of the lexicon ``number_words`` (``value=``); how they compose is data as well:

    join           words that may stand between two parts ('et', 'and', 'و')
    join_before    the values that may follow such a word ([1, 11]: vingt et un, soixante et onze); absent: any
    join_after     the values that may stand before it ([100, 1000]: two hundred and five); absent: any
    join_required  parts are added only across such a word (Arabic)
    units_first    the unit may stand before the tens (خمسة وعشرون)

An entry may say ``room=`` (the most that may be added to it: soixante room=19) and ``bare=no`` (no number by itself: un, une).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.text import Text

if TYPE_CHECKING:
    from reportedly.rules import Language

HUNDRED, THOUSAND = 100, 1000
FIGURE = re.compile(r"\d+(?:[.,]\d+)*\Z")
# What is not worth reading as one number: telephone and account numbers.
MOST_DIGITS = 12


@dataclass(frozen=True)
class Atom:
    """One entry of ``number_words``: its words (hyphens split), value, room for addition, and whether it may stand alone."""

    words: tuple[str, ...]
    value: float
    room: float
    bare: bool


@dataclass(frozen=True)
class Table:
    """How one language spells numbers and writes figures."""

    atoms: dict[str, tuple[Atom, ...]]
    thousands: frozenset[str]
    decimal: frozenset[str]
    join: frozenset[str]
    join_before: frozenset[float]
    join_after: frozenset[float]
    join_required: bool
    units_first: bool


_tables: dict[tuple[str, str], Table] = {}


def table(lang: Language) -> Table:
    """Return the compiled conventions of ``lang``."""
    key = (lang.code, lang.sha256)
    if key not in _tables:
        _tables[key] = _compile(lang)
    return _tables[key]


def _compile(lang: Language) -> Table:
    atoms: dict[str, list[Atom]] = {}
    for entries in lang.lexicon("number_words").index.values():
        for entry in entries:
            words = tuple(part for token in entry.form for part in token.split("-") if part)
            value = float(entry.get("value"))
            atom = Atom(words, value, float(entry.get("room", str(_room(value)))), entry.get("bare") != "no")
            atoms.setdefault(words[0], []).append(atom)
    settings = lang.settings.get("numbers", {})
    return Table(
        {word: tuple(sorted(found, key=lambda a: -len(a.words))) for word, found in atoms.items()},
        frozenset(settings.get("thousands", ())),
        frozenset(settings.get("decimal", ".")),
        frozenset(settings.get("join", ())),
        frozenset(float(n) for n in settings.get("join_before", ())),
        frozenset(float(n) for n in settings.get("join_after", ())),
        settings.get("join_required", False),
        settings.get("units_first", False),
    )


def _room(value: float) -> float:
    """Return the most that may be added to ``value``: 9 to 20, 99 to 300, 999 to 2000."""
    if value >= HUNDRED:
        return next(10.0**n - 1 for n in (12, 9, 6, 3, 2) if (value >= 10**n and value % 10**n == 0) or n == 2)
    return 9 if value >= 20 and value % 10 == 0 else 0


def words(lang: Language) -> set[str]:
    """Return the folded words a spelled number can start with (of a hyphenated one, the part before the first hyphen)."""
    return set(table(lang).atoms)


def is_figure(text: Text, i: int) -> bool:
    """Return whether token ``i`` is digits with their separators: 12, 1.000, ٢٥; not 16H00, 17th or 13-year-old."""
    word = text.words[i]
    return word.isdecimal() or (word[0].isdigit() and FIGURE.match(word) is not None)


def number_at(text: Text, i: int, lang: Language) -> tuple[int, float] | None:
    """Return the token after the number that starts at ``i`` and its value, or None.

    Units of scale belong to it ('1,5 million'), and so does its repetition in figures ('quinze (15)').
    """
    rules = table(lang)
    if text.words[i][0].isdigit():
        found = _figure(text, i, rules)
        return _scaled(text, found, rules) if found else None
    if text.norms[i] in rules.atoms or ("-" in text.norms[i] and text.norms[i].partition("-")[0] in rules.atoms):
        spelled = _spelled(text, i, rules)
        return _repeated(text, spelled, rules) if spelled else None
    return None


def _figure(text: Text, i: int, rules: Table) -> tuple[int, float] | None:
    """Return the end and value of the figure at ``i``, its grouped digits joined across spaces where the language groups by them."""
    if not is_figure(text, i) or len(text.words[i]) > MOST_DIGITS:
        return None
    word, end = text.words[i], i + 1
    if word.isdecimal() and len(word) <= 3 and word[0] != "0":
        while end < len(text) and (size := _group(text, end, rules)):
            word += text.words[end + size - 1]
            end += size
    value = figure(word, rules)
    return None if value is None else (end, value)


def _group(text: Text, i: int, rules: Table) -> int:
    """Return how many tokens continue the digits before ``i`` by three: 1 after a space, 2 after a mark of its own, else 0."""
    word = text.words[i]
    gap = text.text[text.ends[i - 1] : text.starts[i]]
    if len(word) == 3 and word.isdecimal() and gap in rules.thousands:
        return 1
    if gap or word not in rules.thousands or i + 1 >= len(text) or not text.glued(i + 1):
        return 0
    return 2 if len(text.words[i + 1]) == 3 and text.words[i + 1].isdecimal() else 0


def figure(word: str, rules: Table) -> float | None:
    """Return the value of one token of digits, or None where it is a version, an address or a date (1.2.3).

    >>> en = Table({}, frozenset(","), frozenset("."), frozenset(), frozenset(), frozenset(), False, False)
    >>> figure("2,500", en), figure("1.5", en), figure("10.5.2015", en)
    (2500.0, 1.5, None)
    """
    if word.isdecimal():
        return float(word)
    head, *groups = re.split(r"[.,]", word)
    marks = [c for c in word if c in ".,"]
    in_threes = len(head) <= 3 and head[0] != "0" and all(len(g) == 3 for g in groups)
    if in_threes and len(set(marks)) == 1 and (marks[0] in rules.thousands or len(groups) > 1 or groups == ["000"]):
        return float(head + "".join(groups))
    if marks[-1] in rules.decimal and (
        len(groups) == 1 or (all(len(g) == 3 for g in groups[:-1]) and marks[-1] not in marks[:-1])
    ):
        return float(head + "".join(groups[:-1]) + "." + groups[-1])
    # The other language's decimal mark, where it cannot group: '1.5' in French, '2,75' in English.
    return float(f"{head}.{groups[0]}") if len(groups) == 1 and len(groups[0]) < 3 else None


def _scaled(text: Text, found: tuple[int, float], rules: Table) -> tuple[int, float]:
    """Return the figure times the words of scale that follow it: 11 millions, 2 mille."""
    end, value = found
    while (
        end < len(text)
        and (atom := _atom(text, end, 0, rules))
        and atom[0].value >= THOUSAND
        and _is_scale(atom[0].value)
    ):
        if atom[2]:
            break
        value *= atom[0].value
        end = atom[1]
    return _and_more(text, end, value, rules) if end > found[0] else (end, value)


def _and_more(text: Text, end: int, value: float, rules: Table) -> tuple[int, float]:
    """Return the figure of thousands with what is added to it, in languages that add across a word: 31 ألفاً و341."""
    if rules.join_required and end + 1 < len(text) and text.norms[end] in rules.join:
        more = _figure(text, end + 1, rules)
        if more and more[1] < THOUSAND <= value and value % THOUSAND == 0:
            return more[0], value + more[1]
    return end, value


def _is_scale(value: float) -> bool:
    return value in (1e2, 1e3, 1e6, 1e9, 1e12)


def _atom(text: Text, i: int, part: int, rules: Table) -> tuple[Atom, int, int] | None:
    """Return the longest atom at part ``part`` of token ``i``, with the token and part after it."""
    first = _parts(text.norms[i])
    if part >= len(first):
        return None
    for atom in rules.atoms.get(first[part], ()):
        at, inner = i, part
        for word in atom.words:
            parts = _parts(text.norms[at]) if at < len(text) else []
            if inner >= len(parts) or parts[inner] != word:
                break
            inner += 1
            if inner == len(parts):
                at, inner = at + 1, 0
        else:
            return atom, at, inner
    return None


def _parts(norm: str) -> list[str]:
    return norm.split("-") if "-" in norm else [norm]


def _spelled(text: Text, i: int, rules: Table) -> tuple[int, float] | None:
    """Return the end and value of the spelled number at ``i``: the longest that ends with a token."""
    total, current, room, scale = 0.0, 0.0, 0.0, float("inf")
    at, part, last, best, atoms = i, 0, 0.0, None, 0
    while at < len(text):
        joined = atoms > 0 and _parts(text.norms[at])[part] in rules.join
        here = _after_join(text, at, part) if joined else (at, part)
        found = _atom(text, *here, rules) if here else None
        if found is None or (joined and not _may_join(found[0].value, last, rules)):
            break
        atom = found[0]
        step = _compose(total, current, room, scale, atom, joined=joined or atoms == 0, rules=rules)
        if step is None:
            break
        total, current, room, scale = step
        _, at, part = found
        last, atoms = atom.value, atoms + 1
        if part == 0 and (atom.bare or atoms > 1):
            best = at, total + current
    return best


def _after_join(text: Text, at: int, part: int) -> tuple[int, int] | None:
    if part + 1 < len(_parts(text.norms[at])):
        return at, part + 1
    return (at + 1, 0) if at + 1 < len(text) else None


def _may_join(value: float, last: float, rules: Table) -> bool:
    return (not rules.join_before or value in rules.join_before) and (not rules.join_after or last in rules.join_after)


def _compose(
    total: float, current: float, room: float, scale: float, atom: Atom, *, joined: bool, rules: Table
) -> tuple[float, float, float, float] | None:
    """Return total, current group, room and last scale with ``atom`` taken in, or None where it starts another number."""
    value = atom.value
    if value >= THOUSAND and _is_scale(value):
        if value >= scale or (current == 0 and total > 0 and not joined):
            return None
        return total + (current or 1) * value, 0.0, value - 1, value
    if value == HUNDRED and 1 <= current < 10:
        return total, current * HUNDRED, 99.0, scale
    if rules.join_required and not joined:
        return None
    if current == 0:
        return (total, value, atom.room, scale) if value <= room or total == 0 else None
    if value <= room:
        return total, current + value, min(atom.room, room), scale
    if rules.units_first and current % HUNDRED < 10 and 20 <= value < HUNDRED and value % 10 == 0:
        return total, current + value, 0.0, scale
    return None


def _repeated(text: Text, found: tuple[int, float], rules: Table) -> tuple[int, float]:
    """Return the number with its repetition in figures taken in: quinze (15)."""
    end, value = found
    if end + 2 < len(text) and text.words[end] == "(" and text.words[end + 1][0].isdigit():
        again = _figure(text, end + 1, rules)
        if again and again[1] == value and again[0] < len(text) and text.words[again[0]] == ")":
            return again[0] + 1, value
    return end, value
