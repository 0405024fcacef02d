"""The words that set a happening apart from the one just told ('une autre attaque', 'a separate ambush'), of every language at once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.group.names import bare_word

if TYPE_CHECKING:
    from reportedly.records import Claim

LANGUAGES = Path(__file__).parent.parent / "languages"
WORD = re.compile(r"\w+")
# So many words on either side of the trigger may set it apart; further away they speak of something else.
NEAR = 2


@cache
def words() -> frozenset[str]:
    """Return the words of all ``languages/*/apart.tsv``, bare."""
    rows = (
        line for path in sorted(LANGUAGES.glob("*/apart.tsv")) for line in path.read_text(encoding="utf-8").splitlines()
    )
    return frozenset(bare_word(row.split("\t")[0]) for row in rows if row and not row.startswith("#") and row != "form")


def is_apart(claim: Claim) -> bool:
    """Return whether the words around the trigger, or the trigger itself, say that this is another happening."""
    trigger, content = claim.trigger, claim.content
    if trigger is None or not content.start <= trigger.start <= trigger.end <= content.end:
        return False
    before = WORD.findall(content.exact[: trigger.start - content.start])[-NEAR:]
    after = WORD.findall(content.exact[trigger.end - content.start :])[:NEAR]
    # 'vingt autres ont été blessés': other people, not another deed
    counted = any(word.isdigit() for word in before)
    return not counted and any(bare_word(word) in words() for word in (*before, *WORD.findall(trigger.exact), *after))
