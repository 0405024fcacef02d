"""Who does the units: threads of this program, each with a worker process of its own, or Spark."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal

import reportedly
from reportedly.errors import InputError, ReportedlyError
from reportedly.scale import planning, reading
from reportedly.scale.units import UNIT_BYTES, Row, Settings, Unit, settle, temporary
from reportedly.workers import Limits

Engine = Literal["local", "spark"]
# Hears of a unit how many documents were read, and how many of its bytes.
Told = Callable[[Unit, int, int], None]


def archive(
    paths: Iterable[str | Path],
    output: str | Path,
    *,
    engine: Engine = "local",
    workers: int = 2,
    mode: Literal["full", "fast"] = "fast",
    language: str | None = None,
    publisher: str | None = None,
    actors: str | Path | None = None,
    lexicon: str | Path | None = None,
    gazetteer: str | Path | None = None,
    limits: Limits | None = None,
    master: str | None = None,
    unit_bytes: int = UNIT_BYTES,
    stopped: Callable[[], bool] = lambda: False,
    tell: Told = lambda _unit, _documents, _bytes: None,
) -> Iterator[Row]:
    """Read archives, files and folders into Parquet under ``output``, unit by unit, and yield each unit's row as it is done.

    Units that are in the manifest of ``output`` are not done again; those of inputs that changed since are removed from it and from the
    tables. ``engine`` "spark" has units done by Spark (``master``, by default this machine with ``workers`` cores). Raises InputError
    where ``output`` was begun with other settings.
    """
    files = {"actors": actors, "lexicon": lexicon, "gazetteer": gazetteer}
    settings = Settings(
        mode=mode,
        language=language,
        publisher=publisher,
        unit_bytes=unit_bytes,
        version=reportedly.__version__,
        **{name: str(Path(path).absolute()) for name, path in files.items() if path},
    )
    if engine not in ("local", "spark"):
        raise InputError(f"engine {engine!r} is not known", cure="it is local or spark")
    planned = planning.plan(paths, output, size=unit_bytes)
    settle(output, settings)
    planning.empty(output, planned.superseded)
    todo = planned.todo
    act = partial(reading.work, output=str(Path(output).absolute()), settings=settings, limits=limits)
    if engine == "spark":
        pulses = Path(output).absolute() / PULSES
        rows = spark(todo, act, workers=workers, master=master, pulses=pulses, tell=tell)
    else:
        rows = local(todo, act, workers=workers, stopped=stopped, tell=tell)
    return _superseding(rows, planned, output)


def _superseding(rows: Iterator[Row], planned: planning.Plan, output: str | Path) -> Iterator[Row]:
    """Yield the rows; once all are there, the units whose place they take are forgotten."""
    missing = {unit.id for unit in planned.todo}
    try:
        for row in rows:
            missing.discard(row.unit.id)
            yield row
    finally:
        if not missing:
            planning.forget(output, planned.superseded)


def local(
    units: list[Unit],
    act: Callable[..., Row],
    *,
    workers: int,
    stopped: Callable[[], bool] = lambda: False,
    tell: Told = lambda _unit, _documents, _bytes: None,
) -> Iterator[Row]:
    """Yield the rows of units done by so many threads, each with a worker process; a stop leaves the units that are not finished."""
    todo: queue.SimpleQueue[Unit] = queue.SimpleQueue()
    for unit in units:
        todo.put(unit)
    answers: queue.SimpleQueue[Row | BaseException | None] = queue.SimpleQueue()
    ended = threading.Event()

    def halted() -> bool:
        return ended.is_set() or stopped()

    def labour() -> None:
        try:
            while not halted():
                unit = todo.get_nowait()
                answers.put(act(unit, stopped=halted, tell=partial(tell, unit)))
        except (queue.Empty, reading.StoppedError):
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised where the answers are taken
            answers.put(error)
        finally:
            reading.dismiss()
            answers.put(None)

    threads = [threading.Thread(target=labour, daemon=True) for _ in range(min(workers, len(units)))]
    for thread in threads:
        thread.start()
    try:
        yield from _answers(answers, len(threads))
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _answers(answers: queue.SimpleQueue[Row | BaseException | None], threads: int) -> Iterator[Row]:
    while threads:
        answer = answers.get()
        if answer is None:
            threads -= 1
        elif isinstance(answer, BaseException):
            raise answer
        else:
            yield answer


def spark(
    units: list[Unit],
    act: Callable[..., Row],
    *,
    workers: int,
    master: str | None = None,
    pulses: Path | None = None,
    tell: Told = lambda _unit, _documents, _bytes: None,
) -> Iterator[Row]:
    """Yield the rows of units done by Spark, a task each, tried four times, as they are done.

    On a cluster the archives, ``output`` and Reportedly must be where the executors are. In the folder ``pulses`` each task says how far
    it is, which ``tell`` hears. Raises ReportedlyError where Spark is missing.
    """
    session = _session(master or f"local[{workers},4]")
    by_id = {unit.id: unit for unit in units}
    try:
        if units:
            for found in _as_done(
                session.sparkContext, units, act if pulses is None else partial(beating, act, pulses)
            ):
                if found is not None:
                    by_id.pop(found.unit.id, None)
                    yield found
                elif pulses:
                    for name, documents, at in beats(pulses):
                        if name in by_id:
                            tell(by_id[name], documents, at)
    finally:
        session.stop()
        if pulses:
            _forget(pulses, units)


def beating(act: Callable[..., Row], pulses: Path, unit: Unit) -> Row:
    """Do a unit and write how far it is, once a second, where whoever waits for it looks."""
    last = time.monotonic()
    path = pulses / unit.id
    # a task that cannot say how far it is does its work all the same
    with suppress(OSError):
        pulses.mkdir(parents=True, exist_ok=True)

    def beat(documents: int, at: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_BEATS:
            last = time.monotonic()
            with suppress(OSError):
                temporary(path).write_text(f"{documents} {at}", encoding="ascii")
                temporary(path).replace(path)

    try:
        return act(unit, tell=beat)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def beats(pulses: Path) -> Iterator[tuple[str, int, int]]:
    """Yield how far each unit is that is at work: its id, documents, bytes."""
    for path in pulses.glob("[!.]*"):
        # one that is done meanwhile is gone
        with suppress(OSError, ValueError):
            documents, at = path.read_text(encoding="ascii").split()
            yield path.name, int(documents), int(at)


def _forget(pulses: Path, units: list[Unit]) -> None:
    """Remove what these units said, and the folder where nothing else is in it: another run's may be."""
    with suppress(OSError):
        for unit in units:
            for path in (pulses / unit.id, *pulses.glob(f".{unit.id}.*")):
                path.unlink(missing_ok=True)
        pulses.rmdir()


def _as_done(context: Any, units: list[Unit], act: Callable[..., Row]) -> Iterator[Row | None]:
    """Yield what one job over all units makes of them, None now and then while there is nothing.

    The rows come through an accumulator, which counts every task of an action once: an iterator over the partitions would do them in
    turn, two at a time at most.
    """
    from pyspark.accumulators import AccumulatorParam

    class Rows(AccumulatorParam[list[Row]]):
        def zero(self, value: list[Row]) -> list[Row]:  # noqa: ARG002 - what Spark asks for
            return []

        def addInPlace(self, value1: list[Row], value2: list[Row]) -> list[Row]:  # noqa: N802 - likewise
            value1 += value2
            return value1

    rows = context.accumulator([], Rows())
    failed: list[BaseException] = []

    def act_on(unit: Unit) -> None:
        rows.add([act(unit)])

    def job() -> None:
        try:
            context.parallelize(units, len(units)).foreach(act_on)
        except BaseException as error:  # noqa: BLE001 - it is raised where the rows are taken
            failed.append(error)

    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    given = 0
    while thread.is_alive() or given < len(rows.value):
        thread.join(SPARK_LOOKS)
        news = rows.value[given:]
        given += len(news)
        yield from news
        yield None
    if failed:
        raise failed[0]


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ReportedlyError("Spark is not installed", cure="pip install 'reportedly[spark]'") from error
    import os
    import sys

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("reportedly archive").master(master)
    for name, value in SPARK.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise ReportedlyError(f"Spark does not start: {reason}", cure="it needs Java 17; is JAVA_HOME set?") from error


# Seconds between two looks at what Spark has done, and between two words of a task on how far it is.
SPARK_LOOKS, SECONDS_BETWEEN_BEATS = 0.2, 1.0
PULSES = ".progress"
SPARK = {
    # the workers of a Python process are kept from task to task, and with them the models
    "spark.python.worker.reuse": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.speculation": "false",
}
