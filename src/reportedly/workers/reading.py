"""Many reports read by several workers, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from reportedly.records import Document, Problem, Reading
from reportedly.workers import frames, jobs
from reportedly.workers.crew import Work
from reportedly.workers.limits import Limits
from reportedly.workers.pool import Pool

READ_DOCUMENT, READ_FILE, OPEN_FILE = (
    f"{jobs.__name__}:{name}" for name in ("read_document", "read_file", "open_file")
)
# Files of one report each: whoever opens one reads it as well. Others may hold thousands, which all workers share.
ONE_REPORT = frozenset(("", ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml"))


def read_pool(
    inputs: Iterable[str | Path | Document],
    *,
    workers: int = 2,
    limits: Limits | None = None,
    setup: jobs.Setup | None = None,
    given: dict[str, Any] | None = None,
    wanted: Callable[[Document], bool] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Reading | Problem]:
    """Yield the readings of documents and files, in their order; what cannot be read is a Problem, and the rest goes on.

    See ``reportedly.api.read_pool``.
    """
    if workers < 1:
        raise ValueError(f"workers={workers}: at least one is needed")
    alone = workers == 1 and wanted is None

    def works() -> Iterator[Work]:
        for each in inputs:
            if isinstance(each, Document):
                if wanted is None or wanted(each):
                    yield of_document(each)
            else:
                yield of_file(
                    Path(each), given or {}, opens=not (alone or (wanted is None and holds_one_report(Path(each))))
                )

    def derive(_work: Work, frame: frames.Frame) -> Work | None:
        if frame.kind != frames.DOCUMENT:
            return None
        document: Document = frames.opened(frame)
        return of_document(document) if wanted is None or wanted(document) else None

    with Pool(workers=workers, bounds=limits, setup=setup) as pool:
        for frame in pool.run(works(), derive=derive, stopped=stopped):
            # a document that comes back unread is one that nobody wants
            if frame.kind != frames.DOCUMENT:
                yield frames.opened(frame)


def of_document(document: Document) -> Work:
    """Return the work of reading a document."""
    return Work(READ_DOCUMENT, document.name, document, single=True)


def of_file(path: Path, given: dict[str, Any], *, opens: bool) -> Work:
    """Return the work of reading a file, or of opening it, so that its documents are read in their turn."""
    payload = jobs.Path(path=str(path), **given)
    return Work(OPEN_FILE if opens else READ_FILE, str(path), payload, short=holds_one_report(path), opens=opens)


def holds_one_report(path: str | Path) -> bool:
    """Return whether a file holds one report, as its name says."""
    return str(path) != "-" and Path(path).suffix.lower() in ONE_REPORT
