"""Who took it from whom: near copies, which words were changed, who was first, credits and citations, independent sources.

``find`` compares whole documents; ``citations`` and ``independence`` work on the claims of one happening. All are pure functions.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from reportedly.copies import credits as credit_lines
from reportedly.copies import index, words
from reportedly.copies.index import Index as Index
from reportedly.copies.prints import words_of
from reportedly.reasons import say
from reportedly.records import Change, Copy, Credit, Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WORD = re.compile(r"\w+")
LONG_TEXT = 2000


def find(documents: Iterable[Document]) -> tuple[Copy, ...]:
    """Return every pair of near copies, sorted by ids; the order of the documents does not matter.

    A pair is a copy when two fifths of the shorter text's runs of three words stand in the other. Method: MinHash (Broder 1997) with 128
    permutations in 32 bands, and sentences of seven words or more that both have; candidates of either are compared exactly.
    """
    known = {document.id: document for document in documents}
    credited = credits(known.values())
    made = []
    for asked, kin in index.pairs((document.id, document.text) for document in known.values()):
        straight = asked < kin.document
        left, right = (asked, kin.document) if straight else (kin.document, asked)
        origin, reason = origin_of(known[left], known[right], credited)
        made.append(
            Copy(
                left=left,
                right=right,
                shared=round(kin.shared, 3),
                of_left=round(kin.of_this if straight else kin.of_that, 3),
                of_right=round(kin.of_that if straight else kin.of_this, 3),
                sentences=kin.sentences,
                origin=origin,
                reason=reason,
            )
        )
    return tuple(sorted(made, key=lambda copy: (copy.left, copy.right)))


def credits(documents: Iterable[Document]) -> dict[str, tuple[Credit, ...]]:  # noqa: A001 - the newsroom's word
    """Return the credit lines of each document by its id; publishers of the documents count as agencies."""
    known = list(documents)
    outlets = {words.key(d.publisher.value): d.publisher.value for d in known if d.publisher}
    return {document.id: credit_lines.find(document, outlets) for document in known}


def origin_of(left: Document, right: Document, credited: Mapping[str, Sequence[Credit]]) -> tuple[str | None, str]:
    """Return the id of the document that the other was taken from and why, or None and why nothing tells."""
    for copy, original in ((left, right), (right, left)):
        for credit in credited.get(copy.id, ()):
            if _is_of(credit.agency, original):
                told = {"agency": credit.agency, "words": repr(credit.words.exact), "other": original.name}
                return original.id, say("copy.credited", report=copy.name, **told)
    days = [d.published.value[:10] if d.published else None for d in (left, right)]
    if days[0] is None or days[1] is None:
        undated = ", ".join(d.name for d, day in zip((left, right), days, strict=True) if day is None)
        return None, say("copy.undated", reports=undated)
    if days[0] == days[1]:
        return None, say("copy.one_day", day=days[0])
    first, later = (left, right) if days[0] < days[1] else (right, left)
    day, after = sorted(filter(None, days))
    return first.id, say("copy.days", report=first.name, day=day, other=later.name, later=after)


def _is_of(agency: str, document: Document) -> bool:
    """Return whether ``document`` was published by the agency, under whichever of its names."""
    publisher = words.outlet(document)
    return publisher is not None and words.key(words.canonical(agency)) == words.key(publisher)


def changed(left: str, right: str) -> tuple[Change, ...]:
    """Return the words in which two copies differ, in order; case, accents and marks do not count as changes.

    >>> [(c.left and c.left.exact, c.right and c.right.exact) for c in changed("at least five people", "at least six dead people")]
    [('five', 'six dead')]
    """
    ours, theirs = _words(left), _words(right)
    # in long texts the commonest words align nothing, and cost the square of their number
    long = max(len(ours), len(theirs)) > LONG_TEXT
    matcher = difflib.SequenceMatcher(a=[w for w, _, _ in ours], b=[w for w, _, _ in theirs], autojunk=long)
    return tuple(_changes(matcher.get_opcodes(), (left, ours), (right, theirs)))


Words = list[tuple[str, int, int]]


def _words(text: str) -> Words:
    found = ((words_of(match.group()), match.span()) for match in WORD.finditer(text))
    return [(bare[0], *span) for bare, span in found if bare]


def _changes(
    codes: Sequence[tuple[str, int, int, int, int]], left: tuple[str, Words], right: tuple[str, Words]
) -> Iterator[Change]:
    for tag, i, j, k, n in codes:
        if tag != "equal":
            yield Change(left=_span(*left, i, j), right=_span(*right, k, n))


def _span(text: str, found: Words, first: int, after: int) -> Span | None:
    if first == after:
        return None
    start, end = found[first][1], found[after - 1][2]
    return Span(start=start, end=end, exact=text[start:end])
