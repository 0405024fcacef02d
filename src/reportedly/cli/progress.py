"""One line on the terminal that says how far a run is: how much is read, how fast, how long the rest may take.

The line is drawn over itself and is gone at the end; whoever prints something else while it is there does so where it is ``lifted``.
Where standard error is no terminal that can be drawn on, nothing is shown.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportedly.present.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

SECONDS_BETWEEN = 0.1
# Before this, how fast it is says little.
SECONDS_TO_TELL = 1.0
CLEAR = "\r\x1b[2K"
_shown: list[Line] = []


class Line:
    """A line of the terminal, cut to its width."""

    def __init__(self, err: Console) -> None:
        self._err, self._words = err, ""
        self._drawn = -SECONDS_BETWEEN
        # threads draw it, and whoever presses Ctrl-C
        self._one = threading.RLock()

    def show(self, words: str) -> None:
        """Draw the line anew, ten times a second at most."""
        self._words = words
        if time.monotonic() - self._drawn >= SECONDS_BETWEEN:
            self.draw()

    def draw(self) -> None:
        """Draw the line, as wide as the terminal is now."""
        from rich.text import Text

        width = max(1, self._err.width - 1)
        words = Text(fitted(printable(self._words), width))
        words.truncate(width, overflow="ellipsis")
        self._write(f"{CLEAR}{words.plain}")
        self._drawn = time.monotonic()

    def clear(self) -> None:
        """Leave the line empty."""
        self._write(CLEAR)

    def _write(self, characters: str) -> None:
        with self._one:
            self._err.file.write(characters)
            self._err.file.flush()


def fitted(words: str, width: int) -> str:
    """Return the words so short that the estimate fits: what stands behind it is cut first, then the pace and the share go.

    >>> fitted("27 % · 110 read, 10.0 a second, about 30 s left · stored 110 · a-long-name.txt", 60)
    '27 % · 110 read, 10.0 a second, about 30 s left · stored 11…'
    >>> fitted("27 % · 110 read, 10.0 a second, about 30 s left · stored 110", 40)
    '27 % · 110 read, about 30 s left'
    """
    if len(words) <= width or " left" not in words:
        return words
    known, left, behind = words.partition(" left")
    for pattern in ("", r", [\d.,]+ a second", r"^\d+ % · "):
        known = re.sub(pattern, "", known)
        told = known + left
        if len(told) <= width:
            room = width - len(told) - 1
            # a separator and nothing behind it says nothing
            return f"{told}{behind[:room].rstrip()}…" if room > len(" · a") and not pattern else told
    return told


def fresh() -> None:
    """Begin a line: where Ctrl-C was pressed the terminal shows that it was, and what is said of it stands by itself."""
    if sys.stderr.isatty():
        sys.stderr.write("\n" if os.environ.get("TERM", "dumb") in ("dumb", "unknown") else CLEAR)
        sys.stderr.flush()


@contextmanager
def shown(err: Console, words: str) -> Iterator[Callable[[str], None]]:
    """Show a line for the time of the block, at first these words; gives what changes it."""
    if not err.is_terminal or err.is_dumb_terminal:
        yield lambda _words: None
        return
    line = Line(err)
    _shown.append(line)
    try:
        line.show(words)
        yield line.show
    finally:
        _shown.remove(line)
        line.clear()


@contextmanager
def lifted() -> Iterator[None]:
    """Take the line away for the time of the block."""
    for line in _shown:
        line.clear()
    try:
        yield
    finally:
        # of several, the one that was shown last is what is being done
        for line in _shown[-1:]:
            line.draw()


class Pace:
    """How far a run is and how fast: counted from its first report on, for before that models are loaded."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[float, int, int] | None = None

    def told(self, read: int, *, done: int, total: int, new: int | None = None, skipped: int = 0) -> str:
        """Return how many are ``read``, ``new`` ones by this run; how much of ``total`` bytes is ``done``, of which so many ``skipped``.

        What was there before and is only passed by does not count for the pace; a ``total`` of 0 is one that nobody knows.

        >>> seconds = iter([20.0, 30.0])
        >>> pace = Pace(lambda: next(seconds))
        >>> pace.told(10, done=10, total=410)
        '2 % · 10 read'
        >>> pace.told(110, done=110, total=410)
        '27 % · 110 read, 10.0 a second, about 30 s left'
        """
        now, mine, worked, left = self._clock(), read if new is None else new, done - skipped, total - done
        if self._first is None and mine:
            self._first = now, mine, worked
        # a file that is in memory as a whole says nothing of what is left
        share = f"{100 * done / total:.0f} % · " if total and left > 0 else ""
        return f"{share}{read:,} read{self._speed(now, mine, worked, left)}"

    def _speed(self, now: float, new: int, worked: int, left: int) -> str:
        if self._first is None or now - self._first[0] < SECONDS_TO_TELL or new == self._first[1]:
            return ""
        seconds, more = now - self._first[0], worked - self._first[2]
        estimate = f", about {duration(left * seconds / more)} left" if more > 0 and left > 0 else ""
        return f", {(new - self._first[1]) / seconds:.1f} a second{estimate}"


def duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> duration(42), duration(200), duration(8000)
    ('42 s', '3 min', '2 h 13 min')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
