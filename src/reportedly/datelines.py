"""Datelines: 'BEYROUTH, 9 juin 2015 (AFP) -' at the head of a paragraph is no part of the sentence that follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.text import Text

DASHES = frozenset("-–—")
LONGEST_DATELINE = 18
# The clock that opens an entry of a live page: '[08h12]', '14:30 -', '9h40 :'; bare where no small letter follows: '09:12 Army: ...'.
CLOCK = re.compile(
    r"^[ \t]*(?:\[\d{1,2} ?[hH:] ?\d{2}\]|\d{1,2}[hH:]\d{2}(?: (?:GMT|UTC))? ?[:–—|-]"
    r"|\d{1,2}:\d{2}(?=\s+[^\W\d_a-zß-öø-ÿ])(?!\s+(?:AM|PM|GMT|UTC|CET|EST)\b))(?=\s)",
    re.MULTILINE,
)


def find(text: Text, breaks: list[int]) -> list[tuple[int, int]]:
    """Return the first token and the end of each dateline; ``breaks`` tells for each token how many line ends stand before it."""
    opening = (first for first, count in enumerate(breaks) if count)
    return [(first, last) for first in opening if (last := _end(text, first, breaks))]


def clocks(text: Text) -> set[int]:
    """Return the tokens before which the clock of a live page's entry begins or ends: what it opens is a sentence of its own."""
    found = list(CLOCK.finditer(text.text))
    return {text.token_at(clock.start()) for clock in found} | {text.token_at(clock.end()) for clock in found}


def _end(text: Text, first: int, breaks: list[int]) -> int | None:
    """Return the token after the dateline that starts at ``first``, or None."""
    word = text.words[first]
    cased = word.lower() != word.upper()
    if cased and word[0].isupper() and not (word.isupper() and len(word) > 2):
        return _town_end(text, first, breaks)
    if not word[0].isalpha() or (cased and not word.isupper()):
        return None
    words, end = 0, None
    for i in range(first + 1, min(first + LONGEST_DATELINE, len(text) - 1)):
        word = text.words[i]
        if breaks[i] or word in '«»"!?':
            break
        loose = text.starts[i] > text.ends[i - 1] and text.starts[i + 1] > text.ends[i]
        if (word in DASHES and loose) or (word == ":" and cased and "," in text.words[first:i]):
            end, words = i + 1, 0
            if cased:
                break
        words += word[0].isalpha() and (not cased or not word[0].isupper())
        # Capitals, a date and an agency make a dateline; more than a few small words make a sentence.
        if words > 4:
            break
    return end


def _town_end(text: Text, first: int, breaks: list[int]) -> int | None:
    """Return the end of a dateline whose town is not in capitals: 'Le Caire, 18 juin -', 'Bogota (AFP) -', 'Bogota -' below a title.

    A date or brackets behind the town tell it from a sentence with a dash; a town alone must stand before a sentence of its own.
    """
    small, dated = 0, False
    for i in range(first + 1, min(first + LONGEST_DATELINE, len(text) - 1)):
        word = text.words[i]
        if breaks[i] or word in '«»"!?;:':
            return None
        if word in DASHES and text.starts[i] > text.ends[i - 1] and text.starts[i + 1] > text.ends[i]:
            alone = first > 0 and small == 0 and i - first <= 3 and text.words[i + 1][0].isupper()
            return i + 1 if dated or alone else None
        small += word[0].islower()
        dated = dated or (word == "(" or (word[0].isdigit() and "," in text.words[first:i]))
        if small > 2 or (small and not dated and i - first > 3):
            return None
    return None
