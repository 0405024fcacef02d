"""What is printed within a word and seen by nobody: hyphens for the end of a line, joiners, marks of direction.

Rules, lexicons and gazetteers know words without them; spans take them in. The space without width is none of them: where it stands a
word may end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

UNSEEN = "[\u00ad\u034f\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
# A set stands first, since a search for a set is quick.
HIDDEN = re.compile(rf"{UNSEEN}(?<=\w{UNSEEN}){UNSEEN}*+(?=[\w'’ʼ])")


def unhidden(phrase: str) -> str:
    """Return ``phrase`` without what hides within its words, as lists and gazetteers spell them.

    >>> unhidden("mili\u00adciens")
    'miliciens'
    """
    return phrase if phrase.isascii() else HIDDEN.sub("", phrase)


def laid_bare(text: str) -> tuple[str, Callable[[int], int] | None]:
    """Return ``text`` without what hides in it, and what tells of an offset there which it is in ``text``: None where nothing hides."""
    cuts = [] if text.isascii() else [match.span() for match in HIDDEN.finditer(text)]
    if not cuts:
        return text, None
    removed = [0, *accumulate(last - first for first, last in cuts)]
    # where each cut lies in what is left
    places = [first - before for (first, _), before in zip(cuts, removed, strict=False)]
    return HIDDEN.sub("", text), lambda at: at + removed[bisect_right(places, at)]
