"""The words that set a happening apart from the one just told ('une autre attaque', 'a separate ambush'), of every language at once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.group.names import bare_word

if TYPE_CHECKING:
    from reportedly.records import Claim, Place

LANGUAGES = Path(__file__).parent.parent / "languages"
WORD = re.compile(r"\w+")
# So many words on either side of the trigger may set it apart; further away they speak of something else.
NEAR = 2


# 'a', 'had', 'est': what stands between a happening and its verb says nothing of it.
LONGEST_PARTICLE = 3
# So many characters before a place's name may hold the word that says it is another place ('the neighbouring town of').
BEFORE_PLACE = 32


@cache
def words(name: str = "apart") -> frozenset[str]:
    """Return the words of all ``languages/*/NAME.tsv``, bare."""
    rows = (
        line
        for path in sorted(LANGUAGES.glob(f"*/{name}.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return frozenset(bare_word(row.split("\t")[0]) for row in rows if row and not row.startswith("#") and row != "form")


def is_apart(claim: Claim) -> bool:
    """Return whether the words around the trigger, or the trigger itself, say that this is another happening."""
    trigger, content = claim.trigger, claim.content
    if trigger is None or not content.start <= trigger.start <= trigger.end <= content.end:
        return False
    before = content.exact[: trigger.start - content.start]
    nearest = WORD.findall(before)[-NEAR:]
    after = WORD.findall(content.exact[trigger.end - content.start :])[:NEAR]
    # 'vingt autres ont été blessés': other people, not another deed
    counted = any(word.isdigit() for word in nearest)
    near = (*nearest, *WORD.findall(trigger.exact), *after)
    return (not counted and any(bare_word(word) in words() for word in near)) or _other_means(claim, before)


def _other_means(claim: Claim, before: str) -> bool:
    """Return whether the means are others ('une autre frappe a visé'), not who did it or suffered it ('un autre soldat a été tué')."""
    telling = [found for found in WORD.finditer(before) if len(found.group()) > LONGEST_PARTICLE][-NEAR:]
    people = (*claim.actors, *claim.recipients, *claim.quantities)
    for found in telling:
        start, end = claim.content.start + found.start(), claim.content.start + found.end()
        if bare_word(found.group()) in words() and not any(e.start <= end + 1 and start <= e.end + 1 for e in people):
            return True
    return False


def is_elsewhere(claim: Claim) -> bool:
    """Return whether every place of the claim is said to be another than the one told of before ('la ville voisine de Koro')."""
    return bool(claim.places) and all(_is_neighbour(claim, place) for place in claim.places)


def _is_neighbour(claim: Claim, place: Place) -> bool:
    at = place.start - claim.content.start
    before = claim.content.exact[max(0, at - BEFORE_PLACE) : at] if at > 0 else ""
    # beyond a comma or a preposition of its own another place is spoken of
    near = WORD.findall(re.split(r"[,;:.()]", before)[-1])[-NEAR:]
    return any(bare_word(word) in words("elsewhere") for word in (*near, *WORD.findall(place.exact)))


def tells_how(claim: Claim, before: Claim) -> bool:
    """Return whether a claim goes on in the middle of a sentence with how what stands right ``before`` came about ('killed when ...')."""
    gap = claim.content.start - before.content.end
    first = WORD.match(claim.content.exact)
    return 0 <= gap <= 1 and first is not None and bare_word(first.group()) in words("circumstance")
