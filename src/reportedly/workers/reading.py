"""Many reports read by several workers, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from reportedly.records import Document
from reportedly.workers import frames, jobs
from reportedly.workers.crew import Work
from reportedly.workers.limits import Limits
from reportedly.workers.pool import Pool

READ_DOCUMENT, READ_FILE, OPEN_FILE = (
    f"{jobs.__name__}:{name}" for name in ("read_document", "read_file", "open_file")
)
STDIN = "-"
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
    tell: Callable[[int], None] = lambda _bytes: None,
    copied: bool = False,
) -> Iterator[Any]:
    """Yield the answers to documents and files, in their order; what cannot be read is a Problem, and the rest goes on.

    ``copied`` workers are there at once (see ``Pool``). See ``reportedly.api.read_pool``.
    """
    if workers < 1:
        raise ValueError(f"workers={workers}: at least one is needed")
    with Pool(workers=workers, bounds=limits, setup=setup, copied=copied) as pool:
        yield from answers(pool, inputs, given=given, wanted=wanted, stopped=stopped, tell=tell)


def read_apart(
    inputs: Iterable[str | Path | Document],
    *,
    given: Mapping[str, Any],
    files: Mapping[str, Any],
    mode: Literal["full", "fast"] = "full",
    act: str = "read",
    claim: str = "",
    tell: Callable[[int], None] = lambda _bytes: None,
) -> Iterator[Any]:
    """Yield what is asked of files and documents ("read", "mentions", "explain" a ``claim``), each read in a copy of this process.

    For a program without other threads that reads few reports: the copy is there at once, loads what the first report needs, and may be
    killed. What cannot be read is a Problem; a report without the claim to explain gives None.
    """
    setup = setup_of(files, mode=mode, languages=(), act=act, claim=claim)
    bounds = limits_for(given.get("max_chars", 0))
    return read_pool(inputs, workers=1, limits=bounds, setup=setup, given=dict(given), tell=tell, copied=True)


def setup_of(files: Mapping[str, Any], **options: Any) -> jobs.Setup:
    """Return what workers read with: the user's own ``files`` (actors, lexicon, gazetteer), and the ``options`` of a Setup."""
    own: dict[str, Any] = {name: str(path) for name, path in files.items() if path}
    return jobs.Setup(**own, **options)


def limits_for(characters: int) -> Limits:
    """Return the limits for texts of so many characters: one that is longer is refused where it is opened, in the same words."""
    return Limits(characters=max(characters, Limits().characters))


def answers(
    pool: Pool,
    inputs: Iterable[str | Path | Document],
    *,
    given: dict[str, Any] | None = None,
    wanted: Callable[[Document], bool] | None = None,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[int], None] = lambda _bytes: None,
) -> Iterator[Any]:
    """Yield what the workers of a pool answer to documents and files, in their order; ``tell`` hears how far in all of them it is."""
    alone = pool.size == 1 and wanted is None

    def works() -> Iterator[Work]:
        for each in inputs:
            if isinstance(each, Document):
                if wanted is None or wanted(each):
                    yield of_document(each)
            else:
                opens = not (alone or (wanted is None and holds_one_report(each)))
                yield of_file(Path(each), given or {}, opens=opens)

    def derive(_work: Work, frame: frames.Frame) -> Work | None:
        if frame.kind != frames.DOCUMENT:
            return None
        document: Document = frames.opened(frame)
        return of_document(document) if wanted is None or wanted(document) else None

    for frame in pool.run(works(), derive=derive, stopped=stopped):
        tell(frame.at)
        # a document that comes back unread is one that nobody wants
        if frame.kind != frames.DOCUMENT:
            yield frames.opened(frame)


def of_document(document: Document) -> Work:
    """Return the work of reading a document."""
    return Work(READ_DOCUMENT, document.where, document, single=True)


def of_file(path: Path, given: dict[str, Any], *, opens: bool) -> Work:
    """Return the work of reading a file, or of opening it, so that its documents are read in their turn."""
    payload = jobs.Path(path=str(path), **given)
    if str(path) == STDIN:
        # who opens it reads nothing else: what one report breaks must not cost those behind it
        return Work(OPEN_FILE, "standard input", payload, opens=True, once=True)
    job = OPEN_FILE if opens else READ_FILE
    return Work(job, str(path), payload, short=holds_one_report(path), opens=opens, size=size_of(path))


def size_of(path: str | Path) -> int:
    """Return how many bytes a file has, 0 where nobody can say."""
    try:
        return Path(path).stat().st_size if str(path) != STDIN else 0
    except (OSError, ValueError):
        return 0


def holds_one_report(path: str | Path) -> bool:
    """Return whether a file holds one report, as its name says."""
    return str(path) != STDIN and Path(path).suffix.lower() in ONE_REPORT
