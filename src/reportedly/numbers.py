"""Numbers as words and figures, by each language's conventions (``[numbers]`` in ``language.toml``, lexicon ``number_words``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.text import Text

if TYPE_CHECKING:
    from reportedly.rules import Language


def words(lang: Language) -> set[str]:
    """Return the folded words a spelled number can start with."""
    return set(lang.lexicon("number_words").index)


def number_at(text: Text, i: int, lang: Language) -> tuple[int, float] | None:
    """Return the token after the number that starts at ``i`` and its value, or None."""
    word = text.words[i]
    if word.isdigit():
        return i + 1, float(word)
    entry = lang.lexicon("number_words").entry(text.norms[i])
    return (i + 1, float(entry.get("value"))) if entry and entry.get("value") else None
