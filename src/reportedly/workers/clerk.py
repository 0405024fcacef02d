"""A worker that is kept: for a program that reads a report now and then, from whatever thread, and must not fall with it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from reportedly.records import Document
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
        with self._one:
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


@cache
def clerk(*, gazetteer: str | None = None, languages: tuple[str, ...] | None = None) -> Clerk:
    """Return the one clerk of this program that reads with that gazetteer; ``languages`` are loaded before the first report (None: all)."""
    made = Clerk({"gazetteer": gazetteer}, languages=languages)
    atexit.register(made.close)
    return made
