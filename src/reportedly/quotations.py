"""Quotation marks: a walk over the tokens once, with a stack. Never raises, whatever the marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

PAIRS = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’"}
OPENERS = frozenset('«“"‘([‹„—–-•*')
MARKS = frozenset("\"'") | frozenset(PAIRS) | frozenset(PAIRS.values())
CLOSING: dict[str, tuple[str, ...]] = {
    mark: tuple(opening for opening, closing in PAIRS.items() if closing == mark) for mark in MARKS
}
# Nobody quotes deeper than this: what opens further in is no quotation, and a row of marks costs no more than its length.
DEEPEST = 12
# Nor on and on, within a paragraph: a mark that is left open so many tokens was a slip.
LONGEST = 1500
# A straight single mark that no other answers within so many tokens is an apostrophe.
SINGLE_REACH = 60


@dataclass(frozen=True)
class Quote:
    """A quotation: token indexes of the words inside, code points including the marks, nesting depth, and whether it was closed."""

    first: int
    last: int
    start: int
    end: int
    depth: int
    closed: bool


@dataclass
class Walk:
    """The tokens of a text with their places, and the marks open at the moment of the walk (mark, token index)."""

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    paragraphs: Sequence[int]
    single_quotes: bool
    stack: list[tuple[str, int]] = field(default_factory=list)
    found: list[Quote] = field(default_factory=list)

    def quotations(self) -> list[Quote]:
        """Return all pairs, nested, reopened at paragraphs; unclosed ones end with their paragraph. Sorted, outer first."""
        paragraphs, stack, before = self.paragraphs, self.stack, 0
        for i, word in enumerate(self.words):
            if stack and paragraphs[i] != before:
                before = paragraphs[i]
                if self._reopens(i, word):
                    continue
                self._close_all(i)
            if word in MARKS:
                before = paragraphs[i]
                if stack and i - stack[0][1] > LONGEST:
                    self._close_all(i)
                self._step(i, word)
        self._close_all(len(self.words))
        return sorted(self.found, key=lambda q: (q.start, -q.end))

    def _reopens(self, i: int, word: str) -> bool:
        """Return whether a new paragraph repeats the mark that is open: the quotation goes on."""
        mark = self.stack[0][0]
        return mark == word and (word in PAIRS or (word == '"' and self._opens(i)))

    def _step(self, i: int, word: str) -> None:
        if word == '"':
            if not self._close_last(i, ('"',)):
                self._open(i, word)
        elif word == "'" and self.single_quotes:
            self._single(i)
        elif word in PAIRS and self._is_opening(i, word):
            self._open(i, word)
        else:
            self._close_last(i, CLOSING[word])

    def _open(self, i: int, mark: str) -> None:
        if len(self.stack) < DEEPEST:
            self.stack.append((mark, i))

    def _single(self, i: int) -> None:
        if self.stack and self.stack[-1][0] == "'" and self._glued(i):
            self._close(i, closed=True)
        elif self._opens(i) and "'" in self.words[i + 2 : i + SINGLE_REACH]:
            self._open(i, "'")

    def _is_opening(self, i: int, word: str) -> bool:
        """Return whether a mark that may open does: not an apostrophe, not the closing mark of „...“."""
        if word == "‘":
            return self._opens(i)
        return not (word == "“" and self.stack and self.stack[-1][0] == "„")

    def _close_last(self, i: int, marks: tuple[str, ...]) -> bool:
        """Close the last open one of ``marks``, with all opened inside it; return whether there was one."""
        at = next((k for k in range(len(self.stack) - 1, -1, -1) if self.stack[k][0] in marks), None)
        if at is None:
            return False
        del self.stack[at + 1 :]
        self._close(i, closed=True)
        return True

    def _glued(self, i: int) -> bool:
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def _opens(self, i: int) -> bool:
        return not self._glued(i) or self.words[i - 1] in OPENERS

    def _close(self, i: int, *, closed: bool) -> None:
        _, index = self.stack.pop()
        if i <= index + 1 and not closed:
            return
        end = self.ends[i] if closed else self.ends[i - 1]
        self.found.append(Quote(index + 1, i, self.starts[index], end, len(self.stack), closed))

    def _close_all(self, i: int) -> None:
        while self.stack:
            self._close(i, closed=False)
