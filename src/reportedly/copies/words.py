"""The words that tell who a report was taken from, for every language at once: agencies, credits, nouns for outlets.

Read from ``types/agencies.tsv``, ``languages/*/credits.tsv`` and the nouns of kind outlet in ``languages/*/lexicons/source_nouns.tsv``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import transliteration
from reportedly.copies.prints import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Document

HOME = Path(__file__).parent.parent
PRESS_KINDS = ("kind=outlet", "kind=agency")
# Where capitals do not tell names from nouns, the article is written onto the noun.
GLUED = re.compile(r"^(?:و|ف)?(?:ب|ل|ك)?ال(?=\w{2})")


def _rows(path: Path) -> Iterator[list[str]]:
    """Yield the columns of each line below the heading."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        yield line.split("\t")


def key(name: str) -> str:
    """Return a name without case, accents and marks, as one string.

    >>> key("l’Agence France-Presse")
    'l agence france presse'
    """
    return " ".join(words_of(name))


@cache
def agencies() -> dict[str, str]:
    """Return the canonical name of an agency by the key of each form."""
    return {key(form): name for name, forms in _rows(HOME / "types" / "agencies.tsv") for form in forms.split("|")}


# 'l'agence', 'the news agency': so many words may stand before an agency's name.
MOST_BEFORE = 3
LONGEST_ARTICLE = 3


def agency(name: str) -> str | None:
    """Return the agency that a name means, with an article or nouns for agencies before it; None where it means none.

    >>> agency("l'Agence France-Presse"), agency("the agency Reuters"), agency("un photographe de l'AFP")
    ('Agence France-Presse', 'Reuters', None)
    """
    said = words_of(name)
    for before in range(min(MOST_BEFORE, len(said) - 1) + 1):
        if all(len(word) <= LONGEST_ARTICLE or is_press_noun(word) for word in said[:before]):
            known = agencies().get(" ".join(said[before:]))
            if known:
                return known
    return None


def canonical(outlet: str) -> str:
    """Return the one name of an agency under any of its names; other outlets are called as they are.

    >>> canonical("AFP"), canonical("Le Matin")
    ('Agence France-Presse', 'Le Matin')
    """
    return agencies().get(key(outlet), outlet)


def outlet(document: Document) -> str | None:
    """Return who published a document, an agency under its one name."""
    return canonical(document.publisher.value) if document.publisher else None


@cache
def credit_words() -> dict[str, str]:
    """Return what each word of a credit line is (credit, photo, and), by its key."""
    return {key(form): what for path in sorted(HOME.glob("languages/*/credits.tsv")) for form, what in _rows(path)}


@cache
def press_nouns() -> frozenset[str]:
    """Return the keys of nouns that stand for an outlet without naming one (journal, presse, chaîne, daily, قناة)."""
    found = {"agence", "agency"}
    for path in sorted(HOME.glob("languages/*/lexicons/source_nouns.tsv")):
        found.update(key(row[0]) for row in _rows(path) if len(row) > 1 and row[1].split()[0] in PRESS_KINDS)
    # of a phrase ('local media', 'وسائل إعلام محلية') no single word stands for it
    return frozenset(form for form in found if " " not in form)


def is_press_noun(word: str) -> bool:
    """Return whether a bare word, with or without a glued article, stands for an outlet."""
    return word in press_nouns() or GLUED.sub("", word) in press_nouns()


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of an outlet's name that tell it from others: no articles, no nouns for outlets, romanised.

    Only words that begin with a capital, or are of a script without capitals, are names.

    >>> name_words("le quotidien anglophone"), name_words("La chaîne Al-Soumoud"), name_words("L'Écho du Plateau")
    ((), ('soumoud',), ('echo', 'plateau'))
    """
    kept: list[str] = []
    for word in re.findall(r"\w+", name):
        bare = words_of(word)
        if not bare or is_press_noun(bare[0]) or word[0] != word[0].upper():
            continue
        form = transliteration.folded(GLUED.sub("", bare[0]))
        if len(form) > 2 and form not in ("the", "les"):
            kept.append(form)
    return tuple(kept)


def same_name(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether every name word of ``left`` stands in ``right``, in whatever script (both as ``name_words`` gives them)."""
    known = {form for word in right for form in (word, transliteration.consonants(word))}
    words = list(left)
    return bool(words) and all(word in known or _consonants(word) in known for word in words)


def _consonants(word: str) -> str:
    """Return the consonants where there are enough to tell a name by; else the word."""
    found = transliteration.consonants(word)
    return found if len(found) > 2 else word
