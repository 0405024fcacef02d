"""What is printed within a word and seen by nobody: hyphens for the end of a line, joiners, marks of direction.

Rules, lexicons and gazetteers know words without them; spans take them in. The space without width is none of them: where it stands a
word may end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

# What is not seen in a text: hyphens of printers, joiners, marks of direction, tags, selectors, fillers. Nobody can tell whether it parts
# two words or stands within one: texts are read both ways.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef"
)
# Between two letters each but the space without width, where a word may end. The set stands first, since a search for one is quick.
WITHIN = rf"[{UNSEEN}](?<!\u200b)"
HIDDEN = re.compile(rf"{WITHIN}(?<=\w[{UNSEEN}])(?:{WITHIN})*+(?=[\w'’ʼ])")


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
