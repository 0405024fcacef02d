"""Which claims speak of what a deed did to people ('no body was seen'), by the sense of the trigger, or by its words where it has none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.group.names import bare_word

if TYPE_CHECKING:
    from reportedly.records import Claim

LANGUAGES = Path(__file__).parent.parent / "languages"
SENSES = {
    "death": "killed",
    "corpse": "killed",
    "injury": "injured",
    "casualties": "casualties",
    "losses": "casualties",
}
COUNTS = re.compile(r"\bcounts=(killed|injured|casualties)\b")
# How much of a word may follow a noun's stem: the plural.
LONGEST_ENDING = 3


@cache
def nouns() -> tuple[tuple[str, str], ...]:
    """Return the bare stems of the nouns for victims with the kind they count, of every language at once."""
    found = []
    for path in sorted(LANGUAGES.glob("*/lexicons/trigger_noun.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            form, _, value = row.partition("\t")
            if not row.startswith("#") and (match := COUNTS.search(value)):
                found.append((bare_word(form.partition("~")[0]), match.group(1)))
    return tuple(found)


def kind(claim: Claim) -> str | None:
    """Return the kind of victims the claim's trigger counts (killed, injured, casualties), None where it names the deed itself."""
    if claim.trigger is None:
        return None
    if claim.trigger.sense:
        return SENSES.get(claim.trigger.sense)
    words = bare_word(claim.trigger.exact)
    return next((k for stem, k in nouns() if words.startswith(stem) and len(words) - len(stem) <= LONGEST_ENDING), None)
