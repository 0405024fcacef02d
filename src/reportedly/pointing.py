"""Words that only point at somebody ('ils', 'nos', 'the latter'): no name, and no word chosen for him; of every language at once.

``languages/*/pointing.tsv`` has the phrases that point at a source named before ('the same source', 'المصدر'), ``parts.tsv`` the words
with which some of a group are meant and not the group ('un kamikaze', 'several fighters').
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reportedly.text import bare

LANGUAGES = Path(__file__).parent / "languages"
WORD = re.compile(r"\w+(?:-\w+)*")
CLASSES = re.compile(r"\bclass=(?:det|pron|clitic|refl|rel)\b|\brole=(?:pronoun|article)\b|\bpos=possessive\b")


def _bare(word: str) -> str:
    return bare(word).casefold()


@cache
def phrases() -> frozenset[str]:
    """Return every phrase of ``languages/*/pointing.tsv``, bare."""
    return _listed("pointing.tsv")


@cache
def parts() -> frozenset[str]:
    """Return every word of ``languages/*/parts.tsv``, bare."""
    return _listed("parts.tsv")


def _listed(name: str) -> frozenset[str]:
    rows = (
        row for path in sorted(LANGUAGES.glob(f"*/{name}")) for row in path.read_text(encoding="utf-8").splitlines()
    )
    return frozenset(
        _bare(" ".join(WORD.findall(row))) for row in rows if row and not row.startswith("#") and row != "form"
    )


@cache
def words() -> frozenset[str]:
    """Return every single pointing word, bare."""
    found: set[str] = set()
    for name in ("function_words.tsv", "actor_words.tsv"):
        for path in sorted(LANGUAGES.glob(f"*/lexicons/{name}")):
            for row in path.read_text(encoding="utf-8").splitlines():
                form, _, value = row.partition("\t")
                if not row.startswith("#") and CLASSES.search(value):
                    found.update(_bare(word) for word in WORD.findall(form))
    return frozenset(found - {"hommes", "forces", "men", "fighters", "troops", "soldiers", "units"})


def only_points(exact: str) -> bool:
    """Return whether a mention is nothing but pointing words.

    >>> only_points("Ils"), only_points("ses hommes"), only_points("EI"), only_points("la même source")
    (True, False, False, True)
    """
    found = WORD.findall(exact)
    return _bare(" ".join(found)) in phrases() or all(
        _bare(word) in words() and not (word.isupper() and len(word) > 1) for word in found
    )


def of_some(exact: str) -> bool:
    """Return whether a mention means some of a group, by its first word: a number, 'a', 'several'.

    >>> of_some("un kamikaze"), of_some("12 combattants"), of_some("les rebelles"), of_some("أحد المسلحين")
    (True, True, False, True)
    """
    found = WORD.findall(exact)
    return bool(found) and (found[0].isdecimal() or _bare(found[0]) in parts())
