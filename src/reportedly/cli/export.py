"""The commands that write the formats of other tools: ``export`` and ``convert``."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
import textwrap
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from reportedly.cli import shell
from reportedly.cli.questions import Question, filtered
from reportedly.cli.redaction import Machine, Redact, redaction_of
from reportedly.cli.sources import Sources, checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.exporting import Material, Report
    from reportedly.records import Problem

Asked = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="See 'reportedly export --list'.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file (or a folder, for some formats).")
]
Loss = Annotated[bool, typer.Option("--loss", help="Say what of this export the format could not hold, and how often.")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="An option of the format; may be repeated.")
]


def _listed(asked: bool) -> None:
    """Print the formats and stop."""
    if not asked:
        return
    from reportedly import exporting

    for each in exporting.formats():
        back = "; read back by 'convert'" if each.read else ""
        needs = f"; needs reportedly[{each.extra}]" if each.extra else ""
        _say(f"{each.name:<16}", f"{each.title}{back}{needs}")
        for option in each.options:
            _say(" " * 18, f"--set {option.name}={'|'.join(option.choices) or 'VALUE'}  {option.help}", hang=4)
    raise typer.Exit


@filtered()
def export(
    sources: Sources,
    *,
    format_: Asked,
    output: Output = None,
    event: Annotated[
        list[str] | None,
        typer.Option(metavar="EVENT", help="This event: its id, the beginning of it, or its number in 'group'."),
    ] = None,
    redact: Redact = None,
    machine: Machine = False,
    settings: Settings = None,
    loss: Loss = False,
    asked: Question,
    _list: Annotated[
        bool, typer.Option("--list", callback=_listed, is_eager=True, help="List the formats and stop.")
    ] = False,
) -> None:
    """Write claims and events in the formats other tools read, and say what each cannot hold.

    The filters are those of 'claims': all that is given must hold, and of several values of one option any. A claim without a date passes
    neither --from nor --to. An event is written whole where one of its claims passes.

    \b
      reportedly export reports.db --format acled --output events.csv --loss
      reportedly export claims.jsonl --format geojson --country SY --from 2015-06-01 > events.geojson
      reportedly export claims.jsonl --format csv --set rows=events
      reportedly export claims.jsonl --format sqlite --output claims.db
      reportedly export reports.db --format html --redact names.txt --output shared.html
      reportedly export --list
    """
    from reportedly import exporting

    with shell.running() as run, _found(sources) as found:
        failed = _lister(run, sources, found)
        wanted = asked.filter(run, lambda name: _report_named(name, found))
        what = exporting.material(
            *found,
            wanted=wanted,
            events=event or (),
            failed=failed,
            redaction=redaction_of(redact),
            machine=machine,
        )
        _write(run, what, format_, output, _set(settings), loss=loss)


def _report_named(name: str, sources: list[str]) -> str:
    from reportedly import api, exporting

    return api.document_named(name, (read.document for read in exporting.material(*sources).readings()))


def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file in a format that can be read back.")],
    *,
    from_: Annotated[str, typer.Option("--from", metavar="FORMAT", help="What it is.")] = "jsonl",
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="What it becomes.")] = "jsonl",
    claims: Annotated[
        Path | None,
        typer.Option(metavar="CLAIMS", help="The claims that were exported, where the format holds less than they do."),
    ] = None,
    output: Output = None,
    settings: Settings = None,
    loss: Loss = False,
) -> None:
    """Read a file of one format, such as annotations that a person has corrected, and write it in another.

    \b
      reportedly convert corrected.json --from label-studio --claims claims.jsonl --output gold.jsonl
      reportedly convert claims.jsonl --to parquet --output claims.parquet
    """
    from reportedly import api, exporting

    if not file.exists():
        shell.refuse(f"{file}: there is no such file", "check the path")
    if api.is_store(file):
        shell.refuse(
            f"{file} is a store, not a file of a format",
            f"export it: reportedly export {shlex.quote(str(file))} --format {to}",
        )
    if from_ == "jsonl":
        checked([str(file)])
    with shell.running() as run, _found([str(claims)] if claims else []) as found:
        against = exporting.material(*found, failed=run.fail) if found else exporting.NONE
        what = exporting.convert(file, of=from_, against=against, failed=run.fail)
        _write(run, what, to, output, _set(settings), loss=loss)


def _write(
    run: shell.Shell, what: Material, format_: str, output: Path | None, settings: dict[str, str], *, loss: bool
) -> None:
    """Write and, where asked, report the losses: on standard output where the export itself goes into a file."""
    from reportedly import exporting

    try:
        with run.busy(f"writing {format_}"):
            report = exporting.export(what, format_, output or sys.stdout.buffer, options=settings)
    except OSError as error:
        # who writes to an open file does not know its name
        error.filename = error.filename or output
        raise
    sys.stdout.flush()
    run.answered = report.documents or report.events
    if loss:
        _tell_losses(report, err=output is None)
    elif not run.answered:
        without = ", ".join(f"{count:,} {kind}" for kind, count in report.left_out.items())
        shell.complain(
            f"nothing to write{f': {format_} has no row for {without}' if without else ''}",
            "--loss says why" if without else "no claim meets all that is asked for",
        )


def _tell_losses(report: Report, *, err: bool) -> None:
    """Print what was written, and every loss: how often, of which field, what."""
    documents, claims, events = (_of(report, kind) for kind in ("documents", "claims", "events"))
    counts = [f"{documents} with {claims or 'no claims'}"] if documents else []
    counts += [events] if events else []
    head = f"{report.format}: {' and '.join(counts) or 'nothing'} written"
    _say("", f"{head}; lost, by field ('-': it has none):" if report.losses else f"{head}, nothing lost", err=err)
    for lost in report.losses:
        _say(f"{lost.count:>9,}  ", f"{lost.table}.{lost.field or '-'}: {lost.what}", hang=2, err=err)


def _of(report: Report, kind: str) -> str:
    """Return how many of a kind were written, of how many that were asked for; '' where none was.

    >>> from reportedly.export.losses import Report
    >>> _of(Report(format="acled", documents=1, claims=0, events=12, left_out={"events": 3}), "events")
    '12 of 15 events'
    """
    number, without = getattr(report, kind), report.left_out.get(kind, 0)
    if without:
        return f"{number:,} of {number + without:,} {kind}"
    return f"{number:,} {kind if number != 1 else kind[:-1]}" if number else ""


def _say(head: str, text: str, *, hang: int = 0, err: bool = False) -> None:
    """Print a line, in a terminal broken between words and set off under its beginning."""
    if not (sys.stderr if err else sys.stdout).isatty():
        typer.echo(head + text, err=err)
        return
    width = min(shutil.get_terminal_size().columns, shell.WIDEST)
    under = " " * (len(head) + hang)
    typer.echo(
        textwrap.fill(text, width, initial_indent=head, subsequent_indent=under, break_on_hyphens=False), err=err
    )


def _set(settings: list[str] | None) -> dict[str, str]:
    pairs = [setting.partition("=") for setting in settings or ()]
    for name, equals, _ in pairs:
        if not equals or not name:
            shell.refuse(f"--set {name}: that sets nothing", "write it as NAME=VALUE; --list names the options")
    return {name: value for name, _, value in pairs}


def _lister(run: shell.Shell, sources: list[str], found: list[str]) -> Callable[[Problem], None]:
    """Return what lists an input that could not be read, by the name the user knows it under."""
    names = {kept: "standard input" for source, kept in zip(sources, found, strict=True) if source != kept}

    def fail(problem: Problem) -> None:
        file, _, line = problem.name.rpartition(":")
        run.fail(msgspec.structs.replace(problem, name=f"{names[file]}:{line}") if file in names else problem)

    return fail


@contextmanager
def _found(sources: list[str]) -> Iterator[list[str]]:
    """Give the sources as files, standard input as one too: an export may go through it twice.

    Refuses one that is none: an export is of all that was asked for, or of nothing.
    """
    checked(sources)
    if "-" not in sources:
        yield sources
        return
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as kept:
        shell.is_typed(sources, "the claims")
        shutil.copyfileobj(shell.standard_input().buffer, kept)
        kept.flush()
        yield [kept.name if source == "-" else source for source in sources]
