"""What an event is called: the words of its fullest claim, or the sentence these stand in where they are only a part of one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.text import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.compare import Told
    from reportedly.records import Ref

LANGUAGES = Path(__file__).parent.parent / "languages"
# Where one sentence ends and another begins: a mark with white space behind it, or a line's end.
BREAK = re.compile(r"(?<=[.!?؟…])[»”\"')\]]{0,5}\s{1,40}(?=[\W_]{0,9}[^\W_a-zà-ÿ])|\n+")
WORD = re.compile(r"\w+(?:['’-](?=\w))?")
# 'BEYROUTH, 9 juin 2015 (AFI) - ' says where a report was written, and is no part of its first sentence.
DATELINE = re.compile(r"[^\n.!?]{0,60}\)\s*[-–—:]\s+(?=\w)")
LEAD = re.compile(r"^[\s,;:،؛.\-–—)\]]+")
# Fewer words tell nothing by themselves; so many tell it also where they begin amid a sentence.
FEWEST, ENOUGH, LONGEST = 4, 6, 200


def title(told: Sequence[Told], family: str | None, *, disputed: frozenset[Ref] = frozenset()) -> str:
    """Return what an event of these claims is called; ``family`` is the kind of happening that most of them are of.

    What others dispute (``disputed``) and loaded words name it only where nothing else does.
    """
    best = max(told, key=lambda each: _rank(each, family, disputed))
    words = " ".join(LEAD.sub("", best.claim.content.exact).split())
    return _sentence(best) if _is_part(best) else words


def _rank(told: Told, family: str | None, disputed: frozenset[Ref]) -> tuple[object, ...]:
    return (
        not told.facts.negative,
        not told.facts.unreal,
        bool(told.claim.trigger),
        told.facts.family == family,
        not told.in_title,
        not _is_part(told),
        told.ref not in disputed,
        not told.claim.labels,
        told.weight,
        told.claim.id,
    )


def _is_part(told: Told) -> bool:
    """Return whether a claim's words are a part of a sentence that cannot stand alone."""
    exact = LEAD.sub("", told.claim.content.exact)
    words = WORD.findall(exact)
    if _is_whole(told):
        return False
    joined = bool(words) and not exact[:1].isupper() and bare(words[0].replace("’", "'")).casefold() in _joining()
    return joined or len(words) < (ENOUGH if exact[:1].islower() else FEWEST)


def _is_whole(told: Told) -> bool:
    """Return whether the words begin where their sentence does, and are not just one or two of it."""
    start, end = _around(told)
    before = told.document.text[start : told.claim.content.start]
    whole = told.document.text[start:end]
    return not WORD.search(before) and 2 * len(told.claim.content.exact) >= len(whole.strip())


def _around(told: Told) -> tuple[int, int]:
    """Return where the sentence begins and ends that a claim's words begin in."""
    text, content = told.document.text, told.claim.content
    first = text.rfind("\n", 0, content.start) + 1
    start = max((found.end() for found in BREAK.finditer(text, first, content.start)), default=first)
    dateline = DATELINE.match(text, start, content.start + 1)
    start = dateline.end() if dateline and dateline.end() <= content.start else start
    found = BREAK.search(text, max(content.start, content.end - 1))
    return start, found.start() if found else len(text)


def _sentence(told: Told) -> str:
    start, end = _around(told)
    words = " ".join(told.document.text[start:end].split())
    return words if len(words) <= LONGEST else " ".join(words[:LONGEST].split()[:-1]) + " …"


@cache
def _joining() -> frozenset[str]:
    """Return the words of all ``languages/*/joining.tsv``, bare."""
    rows = (
        row for path in sorted(LANGUAGES.glob("*/joining.tsv")) for row in path.read_text(encoding="utf-8").splitlines()
    )
    return frozenset(bare(row).casefold() for row in rows if row and not row.startswith("#") and row != "form")
