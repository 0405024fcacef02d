"""What reads for an intake: this process, or workers that may be killed; the units of each file come back in their order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from reportedly import ingest, opening
from reportedly.errors import InputError
from reportedly.ingest import Options, Passed
from reportedly.opening import attempt
from reportedly.queries import Unit
from reportedly.records import Document, Problem, Reading, Record
from reportedly.workers import Limits, Pool, Setup, Work, frames
from reportedly.workers.reading import holds_one_report

Read = Callable[[Document], Reading]
# Names of works carry their unit, so that a worker's death says which it was.
MARK = "\x1f"
# One process opens files for so many readers; where there are more, each opens its own pages, which takes half as long as reading them.
ONE_OPENER = 2
PAGES = frozenset((".html", ".htm", ".xhtml", ".pdf", ".docx"))
# What is larger may be an export of many articles, which all share.
LARGEST_PAGE = 2_000_000


class Outcome(NamedTuple):
    """What came of one unit: its reading, why there is none, the document itself where it is there already, or what was passed over.

    ``at`` is how many bytes of its file were read by then.
    """

    unit: Unit
    found: Reading | Document | Problem | Passed
    at: int = 0


class Engine(Protocol):
    """What reads: in this process (``alone``) or in others that may be killed (``crews.crew``)."""

    def __call__(
        self,
        sources: Iterable[str],
        *,
        new: Callable[[Document], bool],
        fresh: Callable[[str], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[Outcome]:
        """Yield what comes of each unit of the sources, in their order; documents that are not ``new`` come back unread.

        A source is ``fresh`` where nothing of it was ever read: there is no point in asking for its documents one by one.
        """
        ...


def absolute(source: str) -> str:
    """Return what a unit calls its file: where it lies, whatever folder one stands in."""
    if source == ingest.STDIN:
        return source
    # names may hold bytes that are no characters; in a store they are written out
    return str(Path(source).absolute()).encode("utf-8", "backslashreplace").decode()


def alone(options: Options, read: Read, worth: opening.Worth | None = None) -> Engine:
    """Return the engine that reads in this process with ``read``, one document after another; ``worth`` is asked of pages first."""

    def engine(
        sources: Iterable[str],
        *,
        new: Callable[[Document], bool],
        fresh: Callable[[str], bool],  # noqa: ARG001 - here nothing is gained by it
        stopped: Callable[[], bool],
    ) -> Iterator[Outcome]:
        for source in sources:
            for outcome in opening.looked_at(opened(source, options), worth):
                if stopped():
                    return
                if isinstance(outcome.found, Document) and new(outcome.found):
                    yield outcome._replace(found=_placed(_spared(read, outcome.found), outcome.found))
                else:
                    yield outcome

    return engine


def opened(source: str, options: Options) -> Iterator[Outcome]:
    """Yield the units of one input, unread, numbered in their order."""
    gauge = ingest.Gauge()
    name = absolute(source)
    for number, found in enumerate(ingest.items(source, options, gauge=gauge), start=1):
        yield Outcome(Unit(source=name, key=str(number)), found, gauge.position())


def _placed(found: Reading | Problem, document: Document) -> Reading | Problem:
    """Return a problem with the name of its document under that of the file it is of; a reading as it is."""
    return found if isinstance(found, Reading) else msgspec.structs.replace(found, name=document.where)


def _spared(read: Read, document: Document) -> Reading | Problem:
    try:
        return attempt(read, document)
    except MemoryError:
        return Problem(
            name=document.name, reason="there is not enough memory to read it", cure="split it into single reports"
        )


# --- in workers --------------------------------------------------------------------------------------------------------------------


class Asked(Record, frozen=True, kw_only=True):
    """An input to open; names are bytes, and not all of them are characters."""

    source: bytes
    published: str | None
    publisher: str | None
    language: str | None
    max_chars: int
    columns: tuple[tuple[str, str], ...]


class Answer(Record, frozen=True, kw_only=True):
    """An outcome on its way between processes."""

    unit: Unit
    at: int = 0
    reading: Reading | None = None
    document: Document | None = None
    problem: Problem | None = None
    passed: Passed | None = None


def crew(options: Options, *, workers: int = 2, limits: Limits | None = None, setup: Setup | None = None) -> Engine:
    """Return the engine that reads with several workers: a document that hangs, dies or eats memory is refused, and the rest goes on."""

    def engine(
        sources: Iterable[str],
        *,
        new: Callable[[Document], bool],
        fresh: Callable[[str], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[Outcome]:
        def derive(_work: Work, frame: frames.Frame) -> Work | None:
            answer = msgspec.json.decode(frame.payload, type=Answer) if frame.kind == frames.VALUE else None
            return _reading(answer) if answer and answer.document and new(answer.document) else None

        def works() -> Iterator[Work]:
            for source in sources:
                yield _of_file(source, options, alone=workers > ONE_OPENER and _is_page(source) and fresh(source))

        with Pool(workers=workers, bounds=limits, setup=setup) as pool:
            for frame in pool.run(works(), derive=derive, stopped=stopped):
                yield _outcome(frame)

    return engine


def unread(sources: Iterable[str], options: Options) -> Iterator[Outcome]:
    """Yield the units of the sources, opened by a worker and not read."""
    with Pool(workers=1, setup=Setup(languages=())) as pool:
        for frame in pool.run(_of_file(source, options, alone=False) for source in sources):
            yield _outcome(frame)


def _reading(answer: Answer) -> Work:
    """Return the work of reading a document."""
    return Work(f"{__name__}:read_unit", _name(answer.unit, answer.at), answer, single=True)


def _of_file(source: str, options: Options, *, alone: bool) -> Work:
    """Return the work of opening a file, so that all workers share what it holds; of reading it as well where it is for one ``alone``."""
    name, asked = _name(Unit(source=absolute(source))), _asked(source, options)
    if alone:
        return Work(f"{__name__}:take_units", name, asked, short=True)
    once = source == ingest.STDIN
    return Work(f"{__name__}:open_units", name, asked, short=holds_one_report(source), opens=True, once=once)


def _is_page(source: str) -> bool:
    """Return whether a file takes long to open and holds one report, as far as its name and its size say."""
    try:
        return Path(source).suffix.lower() in PAGES and Path(source).stat().st_size < LARGEST_PAGE
    except (OSError, ValueError):
        return False


def _asked(source: str, options: Options) -> Asked:
    return Asked(source=os.fsencode(source), **options._asdict())


def _name(unit: Unit, at: int = 0) -> str:
    """Return what a work on a unit is called."""
    return MARK.join((unit.source, unit.key, str(at), ""))


def _outcome(frame: frames.Frame) -> Outcome:
    """Return the outcome in a frame, be it a worker's answer or what the pool says of one that died."""
    if frame.kind == frames.VALUE:
        answer = msgspec.json.decode(frame.payload, type=Answer)
        found = answer.reading or answer.document or answer.problem or answer.passed
        assert found is not None
        return Outcome(answer.unit, found, answer.at)
    problem: Problem = frames.opened(frame)
    source, key, at, rest = problem.name.rsplit(MARK, 3)
    # 'NAME: report 12' is the item at which opening a file failed
    number = rest.rpartition(" ")[2] if rest else "1"
    name = f"{source}:{key or number}" if key or rest else source
    return Outcome(Unit(source=source, key=key or number), msgspec.structs.replace(problem, name=name), int(at))


def open_units(_desk: Any, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the units of an input, unread: what a worker does."""
    asked = msgspec.convert(payload, Asked)
    options = Options(asked.published, asked.publisher, asked.language, asked.max_chars, asked.columns)
    found = opened(os.fsdecode(asked.source), options)
    for _ in range(skip):
        if next(found, None) is None:
            break
        yield frames.Frame(frames.PASSING)
    yield frames.Frame(frames.PASSED)
    for outcome in found:
        yield frames.value(_answer(outcome))


def take_units(desk: Any, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the units of an input, read: what a worker does."""
    for frame in open_units(desk, payload, skip):
        answer = msgspec.json.decode(frame.payload, type=Answer) if frame.kind == frames.VALUE else None
        yield frames.value(_read(desk, answer)) if answer and answer.document else frame


def read_unit(desk: Any, payload: Any, _skip: int) -> Iterator[frames.Frame]:
    """Yield the reading of a document: what a worker does."""
    yield frames.Frame(frames.PASSED)
    yield frames.value(_read(desk, msgspec.convert(payload, Answer)))


def _read(desk: Any, answer: Answer) -> Answer:
    """Return what comes of the document in an answer."""
    assert answer.document is not None
    refused = desk.refuse(answer.document)
    found = _placed(refused or attempt(settled(desk.reader.read), answer.document), answer.document)
    return _answer(Outcome(answer.unit, found, answer.at))


def _answer(outcome: Outcome) -> Answer:
    found = outcome.found
    return Answer(
        unit=outcome.unit,
        at=outcome.at,
        reading=found if isinstance(found, Reading) else None,
        document=found if isinstance(found, Document) else None,
        problem=found if isinstance(found, Problem) else None,
        passed=found if isinstance(found, Passed) else None,
    )


def settled(read: Read) -> Read:
    """Return what tells a document's language before it reads it. It raises InputError for one in a language we do not read."""

    def read_it(document: Document) -> Reading:
        found = opening.settled(document)
        if isinstance(found, Problem):
            raise InputError(found.reason, cure=found.cure)
        return read(found)

    return read_it
