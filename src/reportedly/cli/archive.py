"""The command ``archive``: whole web archives into Parquet, on this machine or with Spark."""

from __future__ import annotations

import enum
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli import progress, reports, shell
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from reportedly.scale import Row, Unit


class Engine(enum.StrEnum):
    """Who does the work."""

    local = "local"
    spark = "spark"


STOPPING = "stopping: unfinished units are done anew"
ENDED = "stopped; the same command goes on with what is not done"
ALONE = "it is not packed record by record, so one worker reads all of it"
PACK_ANEW = "packed anew ('warcio recompress OLD NEW.warc.gz') all workers share it"
MEGABYTE = 1 << 20
MOST_REASONS = 10


def archive(
    paths: Annotated[
        list[str], typer.Argument(metavar="WARC...", help="Web archives; also any other input, and folders.")
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the tables go.")],
    engine: Annotated[Engine, typer.Option(help="Processes of this machine, or Spark.")] = Engine.local,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="How many units are read at a time.")] = 2,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master; without one, Spark runs on this machine.")
    ] = None,
    mode: Annotated[
        reports.How, typer.Option(help="Read only the sentences that can tell a happening, or every one.")
    ] = reports.How.fast,
    unit: Annotated[int, typer.Option(min=1, metavar="MB", help="How much one unit of work holds.")] = 32,
    publisher: reports.Publisher = None,
    language: reports.Language = None,
    actors: reports.Actors = None,
    lexicon: reports.Lexicon = None,
    gazetteer: reports.Gazetteer = None,
) -> None:
    """Read whole archives into Parquet: DIR/claims and DIR/documents, a file for each unit of work.

    A unit that is done has a row in DIR/manifest and is not done again: the same command goes on where it was cut off, be it by Ctrl-C
    or by a power cut. What cannot be read is a row of DIR/documents with its reason. docs/scale.md says what a cluster needs.

    \b
      reportedly archive CC-NEWS-20240501.warc.gz -o claims --workers 8
      reportedly archive crawl/ -o claims --engine spark --master spark://head:7077
      duckdb -c "select type, count(*) from 'claims/claims/*.parquet' group by 1"
    """
    if master and engine is not Engine.spark:
        shell.refuse("--master is Spark's, and Spark is not asked for", "add --engine spark, or leave it out")
    given = reports.given_of(published=None, publisher=publisher, language=language)
    data = reports.own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    options: dict[str, Any] = data | {
        "engine": engine.value,
        "workers": workers,
        "master": master,
        "mode": mode.value,
        "publisher": given["publisher"],
        "language": given["language"],
        "unit_bytes": unit * MEGABYTE,
    }
    with shell.running(end=ENDED, place=output) as run, shell.interruptible(STOPPING) as stopped:
        there = [path for path in paths if _is_fit(path, run)]
        run.answered = len(there)
        if there:
            _read(there, output, run, options, stopped)


def _read(
    paths: list[str], output: Path, run: shell.Shell, options: dict[str, Any], stopped: Callable[[], bool]
) -> None:
    """Read what is not read yet, say what came of all, and end the command where some of it could not be read."""
    from reportedly import api, scale

    with shell.counting(run.err) as compiled:
        # once, and not by every worker
        api.open_gazetteer(options["gazetteer"], progress=compiled).close()
    planned = scale.plan(paths, output, size=options["unit_bytes"])
    for path in scale.undivided(planned.todo, size=options["unit_bytes"]):
        shell.complain(f"{path}: {ALONE}", PACK_ANEW)
    with progress.shown(run.err, "starting the readers") as show:
        reached = Reached(planned.units, planned.done, show)
        answers = scale.archive(paths, output, stopped=stopped, tell=reached.documents, **options)
        run.write(_removed(planned.superseded))
        for row in answers:
            reached.unit(row)
    gone = {row.unit.id for row in planned.superseded}
    rows = [row for row in scale.manifest(output) if row.unit.id not in gone]
    run.write(_told(rows, {unit.id for unit in planned.units}, output))
    if stopped():
        raise KeyboardInterrupt
    if any(row.problems for row in rows):
        raise typer.Exit(shell.UNREAD)


class Reached:
    """How far an archive is: documents and bytes read, in the units that are done and in those at work."""

    def __init__(self, units: Sequence[Unit], before: Container[str], show: Callable[[str], None]) -> None:
        from reportedly import scale

        self._sizes = {unit.id: scale.size_of(unit) for unit in units}
        known = [size for name, size in self._sizes.items() if name in before]
        self._total, self._skipped = sum(self._sizes.values()), sum(known)
        self._units = len(known)
        self._documents = self._bytes = 0
        # by unit: documents, bytes
        self._open: dict[str, tuple[int, int]] = {}
        self._pace, self._show = progress.Pace(), show

    def documents(self, unit: Unit, number: int, at: int) -> None:
        """Show that so many documents of a unit are read, and so many of its bytes."""
        self._open[unit.id] = number, at
        self._tell()

    def unit(self, row: Row) -> None:
        """Show that a unit is done."""
        self._open.pop(row.unit.id, None)
        self._units += 1
        self._documents += row.documents + row.problems
        self._bytes += self._sizes.get(row.unit.id, 0)
        self._tell()

    def _tell(self) -> None:
        from reportedly.present.words import many

        at_work = list(self._open.values())
        documents = self._documents + sum(number for number, _ in at_work)
        done = self._skipped + self._bytes + sum(at for _, at in at_work)
        told = self._pace.told(documents, done=done, total=self._total, skipped=self._skipped)
        self._show(f"{told} · {self._units:,} of {many(len(self._sizes), 'unit')} done")


def _is_fit(path: str, run: shell.Shell) -> bool:
    """Return whether a path leads to a file or a folder; where it does not it is listed, and the others are read."""
    from reportedly import scale

    if path == "-":
        reason = "standard input is not taken: an archive is read in pieces, and may be gone on with later"
        why: Problem | None = Problem(name=path, reason=reason, cure="name a file")
    else:
        why = scale.unfit(path)
    if why:
        run.fail(why)
    return why is None


def _removed(superseded: Sequence[Row]) -> str:
    """Return what was removed because its inputs changed, in one line; nothing where nothing was."""
    from reportedly.present.words import many

    documents = sum(row.documents + row.problems for row in superseded)
    claims = sum(row.claims for row in superseded)
    if not documents:
        return ""
    return f"inputs have changed: the {many(documents, 'document')} and {many(claims, 'claim')} read from them before are removed\n"


def _told(rows: list[Row], units: AbstractSet[str], output: Path) -> str:
    """Return what came of it in words: what is in the tables, what could not be read and why, what it cost."""
    from reportedly.present.words import many, printable

    documents, problems = sum(row.documents for row in rows), sum(row.problems for row in rows)
    reasons: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in rows:
        reasons.update(row.reasons)
        examples = row.examples | examples
    seconds = sum(row.processor_seconds for row in rows)
    done = sum(row.unit.id in units for row in rows)
    others = len(rows) - done
    told = f"{many(documents, 'document')}, {sum(row.relevant for row in rows):,} of them with claims"
    lines = [
        f"{output}: {done:,} of {many(len(units), 'unit')}"
        + (f"; {others:,} of inputs not named now" if others else ""),
        f"{told}; {many(sum(row.claims for row in rows), 'claim')}",
    ]
    if problems:
        lines.append(f"{problems:,} could not be read (all: column problem of {output / 'documents'}):")
        lines += _reasons(reasons, examples)
    if documents:
        hours = seconds / documents * 1e6 / 3600
        lines.append(f"{seconds:,.1f} s of processor time; a million such documents would take {hours:,.1f} core-hours")
    return "".join(f"{printable(line.replace(chr(10), ' '))}\n" for line in lines)


def _reasons(reasons: Counter[str], examples: dict[str, str]) -> Iterator[str]:
    """Yield why inputs could not be read, each reason with an example, and how many other reasons there are."""
    told = reasons.most_common(MOST_REASONS)
    for reason, number in told:
        yield f"  {number:,} × {reason}"
        if reason in examples:
            yield f"      for example {examples[reason]}"
    if more := len(reasons) - len(told):
        others = reasons.total() - sum(number for _, number in told)
        yield f"  {others:,} × {more:,} more {'reason' if more == 1 else 'reasons'}"
