"""Words that only point at somebody ('ils', 'nos', 'the latter'): no name, and no word chosen for him; of every language at once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reportedly.group.names import bare_word

LANGUAGES = Path(__file__).parent.parent / "languages"
WORD = re.compile(r"\w+(?:-\w+)*")
CLASSES = re.compile(r"\bclass=(?:det|pron|clitic|refl|rel)\b|\brole=(?:pronoun|article)\b|\bpos=possessive\b")


@cache
def words() -> frozenset[str]:
    """Return every single pointing word, bare."""
    found: set[str] = set()
    for name in ("function_words.tsv", "actor_words.tsv"):
        for path in sorted(LANGUAGES.glob(f"*/lexicons/{name}")):
            for row in path.read_text(encoding="utf-8").splitlines():
                form, _, value = row.partition("\t")
                if not row.startswith("#") and CLASSES.search(value):
                    found.update(bare_word(word) for word in WORD.findall(form))
    return frozenset(found - {"hommes", "forces", "men", "fighters", "troops", "soldiers", "units"})


def only_points(exact: str) -> bool:
    """Return whether a mention is nothing but pointing words.

    >>> only_points("Ils"), only_points("ses hommes"), only_points("EI")
    (True, False, False)
    """
    found = WORD.findall(exact)
    return all(bare_word(word) in words() and not (word.isupper() and len(word) > 1) for word in found)
