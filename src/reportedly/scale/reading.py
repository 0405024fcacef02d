"""One unit of work, from its bytes to its rows."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from reportedly.records import Document, Problem
from reportedly.scale import tables
from reportedly.scale.units import Row, Settings, Unit, note
from reportedly.workers import Limits, Pool, Setup, Work, frames, holds_one_report, size_of
from reportedly.workers.jobs import Desk

RANGE, FILE = f"{__name__}:read_range", f"{__name__}:read_file"
_kept = threading.local()


class StoppedError(Exception):
    """The work was to stop before it was done; it leaves nothing."""


def work(
    unit: Unit,
    output: str | Path,
    *,
    settings: Settings,
    limits: Limits | None = None,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[int, int], None] = lambda _documents, _bytes: None,
) -> Row:
    """Read a unit: write its documents and claims as Parquet, then its row of the manifest, and return that row.

    Each file is written under a temporary name and renamed; without its row in the manifest a unit counts as not done, and doing it
    again gives the same files. Reads with one worker process, which is kept for the next unit that this thread does. ``tell`` hears of
    each document how many there were, read or not, and how many of the unit's bytes they took. Raises StoppedError, and leaves nothing,
    once ``stopped`` says so.
    """
    folder = Path(output)
    documents = tables.Sink(folder / "documents" / f"{unit.id}.parquet", tables.documents_schema())
    claims = tables.Sink(folder / "claims" / f"{unit.id}.parquet", tables.claims_schema())
    count = Tally()
    begun = time.thread_time()
    try:
        pool = _pool(settings, limits or Limits())
        for frame in pool.run(_works(unit, settings), stopped=stopped):
            count.add(frame, documents, claims)
            tell(count.documents + count.problems, frame.at)
        _go_on_unless(stopped)
        documents.finish()
        claims.finish()
    except BaseException:
        dismiss()
        documents.drop()
        claims.drop()
        raise
    row = count.row(unit, time.thread_time() - begun)
    note(folder, row)
    return row


def _go_on_unless(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise StoppedError


def _pool(settings: Settings, limits: Limits) -> Pool:
    """Return this thread's pool of one worker, which loads models once."""
    wanted = (settings, limits)
    if getattr(_kept, "wanted", None) != wanted:
        dismiss()
        setup = Setup(
            actors=settings.actors,
            lexicon=settings.lexicon,
            gazetteer=settings.gazetteer,
            mode=settings.mode,
            languages=(settings.language,) if settings.language else None,
        )
        _kept.pool, _kept.wanted = Pool(workers=1, bounds=limits, setup=setup), wanted
    pool: Pool = _kept.pool
    return pool


def dismiss() -> None:
    """End the worker of this thread, where it has one."""
    with suppress(AttributeError):
        _kept.pool.close()
        del _kept.pool, _kept.wanted


def pids() -> list[int]:
    """Return the process ids of this thread's worker."""
    pool = getattr(_kept, "pool", None)
    return pool.pids if pool else []


class Tally:
    """What came of a unit so far."""

    def __init__(self) -> None:
        self.documents = self.relevant = self.claims = self.problems = 0
        self.reasons: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.seconds = 0.0

    def add(self, frame: frames.Frame, documents: tables.Sink, claims: tables.Sink) -> None:
        """Write what a worker found."""
        found: Any = frames.opened(frame)
        if isinstance(found, Problem):
            found = tables.rows(found)
        self.seconds += found.get("seconds", 0.0)
        if "passed" in found:
            self.passed[found["passed"]] += 1
            return
        row = found["document"]
        documents.add(row)
        for claim in found["claims"]:
            claims.add(claim)
        if row.get("problem"):
            self.problems += 1
            kind = _kind(row["problem"])
            self.reasons[kind] += 1
            cure = f"; {found['cure']}" if found.get("cure") else ""
            self.examples.setdefault(kind, f"{row['document']}: {row['problem']}{cure}")
        else:
            self.documents += 1
            self.relevant += bool(found["claims"])
            self.claims += len(found["claims"])

    def row(self, unit: Unit, seconds: float) -> Row:
        """Return the row of the manifest; ``seconds`` of this process are added to the worker's."""
        return Row(
            unit=unit,
            documents=self.documents,
            relevant=self.relevant,
            claims=self.claims,
            problems=self.problems,
            reasons=dict(self.reasons.most_common()),
            examples=self.examples,
            passed=dict(self.passed.most_common()),
            processor_seconds=round(self.seconds + seconds, 3),
            files=(f"documents/{unit.id}.parquet", f"claims/{unit.id}.parquet"),
        )


def _kind(reason: str) -> str:
    """Return a reason without its figures, so that like ones are counted together."""
    words = reason.split(" (", maxsplit=1)[0].split(";", maxsplit=1)[0]
    return " ".join("N" if word.strip(",.").replace(",", "").isdigit() else word for word in words.split())


def _works(unit: Unit, settings: Settings) -> Iterator[Work]:
    given = {"publisher": settings.publisher, "language": settings.language}
    for path in unit.paths:
        # a name may hold bytes that are no characters: it goes as bytes, and problems have it written out
        name, there = path.encode("utf-8", "backslashreplace").decode(), os.fsencode(path)
        if unit.stop is not None:
            yield Work(RANGE, name, {"path": there, "start": unit.start, "stop": unit.stop, **given})
        else:
            yield Work(FILE, name, {"path": there, **given}, short=holds_one_report(path), size=size_of(path))


# --- in workers --------------------------------------------------------------------------------------------------------------------


def read_range(desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the rows of each record of a stretch of an archive."""
    from reportedly.ingest import making, warc

    options = making.Options(publisher=payload["publisher"], language=payload["language"])
    path = Path(os.fsdecode(msgspec.convert(payload["path"], bytes)))
    begun = time.process_time()
    with path.open("rb") as archive:
        if not skip:
            yield frames.Frame(frames.PASSED)
        found = warc.read_range(
            archive, name=path.stem, label=str(path).encode("utf-8", "backslashreplace").decode(), options=options,
            start=payload["start"], stop=payload["stop"], skip=skip,
        )  # fmt: skip
        for number, each in enumerate(found, start=1):
            if each is None:
                yield frames.Frame(frames.PASSED if number == skip else frames.PASSING)
                continue
            answer = {"passed": each.what} if isinstance(each, making.Passed) else _read(desk, each)
            at = max(0, min(archive.tell(), payload["stop"]) - payload["start"])
            yield frames.value(answer | {"seconds": time.process_time() - begun}, at)
            begun = time.process_time()


def read_file(desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the rows of each report of a file."""
    from reportedly.ingest import Gauge, Options, items, making

    begun = time.process_time()
    gauge, options = Gauge(), Options(publisher=payload["publisher"], language=payload["language"])
    found = items(os.fsdecode(msgspec.convert(payload["path"], bytes)), options, gauge=gauge)
    for number, each in enumerate(found):
        if number == skip:
            yield frames.Frame(frames.PASSED)
        if number < skip:
            yield frames.Frame(frames.PASSING)
        else:
            answer = {"passed": each.what} if isinstance(each, making.Passed) else _read(desk, each)
            yield frames.value(answer | {"seconds": time.process_time() - begun}, gauge.position())
            begun = time.process_time()


def _read(desk: Desk, found: Document | Problem) -> dict[str, Any]:
    from reportedly import language, rules

    settled = found if isinstance(found, Problem) else language.settle(found, supported=rules.available())
    return tables.rows(settled if isinstance(settled, Problem) else desk.read(settled))
