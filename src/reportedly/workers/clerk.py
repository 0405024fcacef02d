"""A worker that is kept: for a program that reads a report now and then, from whatever thread, and must not fall with it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from reportedly.records import Document
from reportedly.workers.crew import StoppedError
from reportedly.workers.limits import Limits
from reportedly.workers.pool import Pool
from reportedly.workers.reading import answers, setup_of


class Clerk:
    """Reads files and documents one after another in a process that may be killed. Raises what keeps that process from starting."""

    def __init__(
        self, files: Mapping[str, Any], *, languages: tuple[str, ...] | None = None, bounds: Limits | None = None
    ) -> None:
        self._pool = Pool(workers=1, bounds=bounds, setup=setup_of(files, languages=languages))
        self._one = threading.Lock()

    def start(self) -> None:
        """Load what reading needs; the first report would do so by itself."""
        # who leaves meanwhile does not want it any longer
        with self._one, suppress(StoppedError):
            self._pool.start()

    def read(
        self,
        inputs: Iterable[str | Path | Document],
        *,
        given: Mapping[str, Any] | None = None,
        wanted: Callable[[Document], bool] | None = None,
    ) -> Iterator[Any]:
        """Yield the Reading of each report of the inputs, or the Problem where it cannot be read; ``given`` is what is said of them.

        Nobody else is served until all are taken, or no more are wanted.
        """
        with self._one:
            yield from answers(self._pool, inputs, given=dict(given or {}), wanted=wanted)

    def close(self) -> None:
        """Let the process go."""
        with self._one:
            self._pool.close()

    def leave(self) -> None:
        """Let the process go at once, whatever it is at: what is being read is not."""
        if self._one.acquire(blocking=False):
            try:
                self._pool.close()
            finally:
                self._one.release()
        else:
            self._pool.drop()


_making = threading.Lock()


def clerk(*, gazetteer: str | None = None, languages: tuple[str, ...] | None = None) -> Clerk:
    """Return the one clerk of this program that reads with that gazetteer; ``languages`` are loaded before the first report (None: all)."""
    # threads that ask at once get the same
    with _making:
        return _clerk(gazetteer, languages)


@cache
def _clerk(gazetteer: str | None, languages: tuple[str, ...] | None) -> Clerk:
    made = Clerk({"gazetteer": gazetteer}, languages=languages)
    # who ends the program does not wait for a report
    atexit.register(made.leave)
    return made
