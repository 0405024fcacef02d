"""Who spoke last behind a quotation: somebody listed, whom a pronoun then means, or a name in no list, beyond whom it looks for nobody."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.find.actors.draft import Draft
from reportedly.syntax import Syntax
from reportedly.text import Text

# So few tokens behind a quotation stands who said it.
WITHIN = 6
# How far back in the sentence before, in tokens, the quotation may end.
FAR = 60


def says(text: Text, here: Sequence[Draft], draft: Draft) -> bool:
    """Return whether they are the first of the mentions of their sentence right behind a quotation: '« ... », s'est indigné le maire'."""
    number = next((n for i in range(1, WITHIN + 1) if (n := text.quote_of[max(draft.first - i, 0)]) >= 0), -1)
    if number < 0:
        return False
    behind = text.quotes[number].last
    return not any(behind <= d.first < draft.first for d in here)


def unlisted(text: Text, syntax: Syntax | None, sentence: int, here: Sequence[Draft]) -> int:
    """Return where somebody in no list is named who spoke in a sentence, right behind the verb: '« ... », a dit | Marie'; -1: nobody."""
    if syntax is None or sentence < 0:
        return -1
    first, last = text.sentences[sentence]
    for i in range(last - 1, max(first, last - FAR), -1):
        number = text.quote_of[i]
        if number < 0:
            continue
        end = text.quotes[number].last
        for k in range(end + 1, min(end + WITHIN + 1, last)):
            if syntax.pos[k] == "PROPN" and syntax.pos[k - 1] in ("VERB", "AUX"):
                return -1 if any(d.first <= k < d.last for d in here) else k
        return -1
    return -1
