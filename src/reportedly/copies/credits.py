"""Credit lines: the places of a report where an agency is thanked, not quoted: '(AFP)', 'avec Reuters', '- Northern Wire'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportedly.copies import words
from reportedly.copies.prints import words_of
from reportedly.records import Credit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportedly.records import Document

LINE = re.compile(r"[^\n]+")
# 'BAMAKO, 13 oct 2019 (AFI) -' opens a report, '... (AFP)' ends a paragraph.
DATELINE = re.compile(r"[^\n()]{0,60}\(([^()\n]{2,40})\)\s*[-–—:]")
AT_END = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]\s{0,9}\.?\s{0,9}$")
COPYRIGHT = re.compile(r"©\s*([^\n]{2,60})$")
# '... of the building. With Northern Wire': a last sentence of a few words, which a word of credits opens.
LAST_SENTENCE = re.compile(r"[.!?…][»”\"')\]]{0,3}\s{1,9}([^\W\d_][^.!?…\n]{1,59})\.?\s{0,9}$")
# A line of its own this short, at the report's edges, may be nothing but a credit.
SHORT_LINE, EDGE_LINES = 60, 4
SHORT_FORM = 4


class _Slot(NamedTuple):
    start: int
    end: int
    # whether brackets or a dateline mark it as a credit, so that a short form need not stand in capitals
    marked: bool


def find(document: Document, outlets: Mapping[str, str]) -> tuple[Credit, ...]:
    """Return the agencies and outlets that the report credits, each once, in text order.

    ``outlets`` maps keys of further names (``words.key``) to outlets, as the publishers of the collection. A report's own
    publisher, and credits of photographs, are left out.
    """
    own = words.key(document.publisher.value) if document.publisher else ""
    found: dict[str, Credit] = {}
    for slot in _slots(document.text):
        for agency, start, end in _named(document.text, slot, outlets):
            if words.key(agency) != own and words.agencies().get(own) != agency:
                span = Span(start=start, end=end, exact=document.text[start:end])
                found.setdefault(agency, Credit(document=document.id, agency=agency, words=span))
    return tuple(found.values())


def _slots(text: str) -> Iterator[_Slot]:
    """Yield the stretches that can be credits; lines that speak of pictures have none."""
    lines = [match for match in LINE.finditer(text) if match.group().strip()]
    for number, line in enumerate(lines):
        if _is_of_picture(line.group()):
            continue
        for pattern, method in ((DATELINE, "match"), (AT_END, "search"), (COPYRIGHT, "search")):
            if match := getattr(pattern, method)(line.group()):
                yield _Slot(line.start() + match.start(1), line.start() + match.end(1), marked=True)
        if (match := LAST_SENTENCE.search(line.group())) and _opens_credit(match.group(1)):
            yield _Slot(line.start() + match.start(1), line.start() + match.end(1), marked=False)
        at_edge = number < EDGE_LINES or number >= len(lines) - EDGE_LINES
        if at_edge and len(line.group()) <= SHORT_LINE:
            yield _Slot(line.start(), line.end(), marked=False)


def _opens_credit(words_: str) -> bool:
    return any(words.credit_words().get(word) == "credit" for word in words_of(words_)[:1])


def _is_of_picture(line: str) -> bool:
    """Return whether a short line, or the end of a long one, credits a picture."""
    return any(words.credit_words().get(word) == "photo" for word in words_of(line)[-8:])


def _named(text: str, slot: _Slot, outlets: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Yield the agencies a slot names, if it holds nothing else but words of credits and of personal names."""
    stretch = text[slot.start : slot.end]
    tokens = [(m.group(), m.start(), m.end()) for m in re.finditer(r"\w+(?:['’.-]\w+)*", stretch)]
    used: set[int] = set()
    hits: list[tuple[str, int, int]] = []
    for size in range(min(6, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            span = range(first, first + size)
            start, end = tokens[first][1], tokens[first + size - 1][2]
            agency = None if used & set(span) else _agency(stretch[start:end], slot, outlets)
            if agency:
                used.update(span)
                hits.append((agency, slot.start + start, slot.start + end))
    rest = [token for n, (token, _, _) in enumerate(tokens) if n not in used]
    if hits and (slot.marked or _only_credit(rest)):
        yield from sorted(hits, key=lambda hit: hit[1])


def _agency(name: str, slot: _Slot, outlets: Mapping[str, str]) -> str | None:
    form = words.key(name)
    known = words.agencies().get(form) or outlets.get(form)
    if known and len(form) <= SHORT_FORM and not slot.marked and name != name.upper():
        return None
    return known


def _only_credit(rest: list[str]) -> bool:
    """Return whether the other words of a line are those of a credit or a byline (names begin with capitals); a sentence has verbs."""
    known = words.credit_words()
    plain = [word for word in rest if words.key(word) not in known and not all(w in known for w in words_of(word))]
    return all(word[0].isupper() or not word[0].isalpha() for word in plain) and len(plain) <= SHORT_FORM
