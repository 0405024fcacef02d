"""The command ``ingest``: files and folders into a store, with progress on a terminal and the sum of what became of all at the end."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from reportedly.cli import progress, reports, shell
from reportedly.errors import InputError, ReportedlyError
from reportedly.records import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly import intake
    from reportedly.queries import Counts

STOPPING = "stopping: what is begun is stored"
MOST_COMPLAINTS = 20
MOST_NAMES = 10
# What is not known before a report is read, and may be then.
UNKNOWN = {"language": "told from its words when it is read", "published": "unknown; a dateline counts when it is read"}
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files and folders, in any form that we read, or - for standard input.",
        show_default=False,
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        metavar="N",
        min=0,
        max=256,
        help="How many processes read; 0 reads in this one, which a report may then take down.",
    ),
]
Into = Annotated[
    Path | None, typer.Option("--store", "-s", metavar="FILE", help="The store; it is made where there is none.")
]


def ingest(
    paths: Paths = None,
    *,
    store: Into = None,
    published: reports.Published = None,
    publisher: reports.Publisher = None,
    language: reports.Language = None,
    column: reports.Columns = None,
    max_chars: reports.MaxChars = 200_000,
    workers: Workers = 2,
    mode: reports.Mode = reports.How.full,
    actors: reports.Actors = None,
    lexicon: reports.Lexicon = None,
    gazetteer: reports.Gazetteer = None,
    look: Annotated[
        bool,
        typer.Option(
            "--look",
            help="Show what would be taken as publisher, title and date of each report, and why; store nothing.",
        ),
    ] = False,
    list_refused: Annotated[
        bool, typer.Option("--list-refused", help="List what the store could not take, by reason, and stop.")
    ] = False,
) -> None:
    """Read files and folders into a store, each report once.

    Text, saved pages, JSON Lines, tables, feeds, web archives, PDF and Word files, exports of Telegram and Europresse, packed or not;
    see docs/input.md. What was interrupted, by whatever, goes on with the same command: nothing is lost and nothing doubled. The same
    report twice is one; another text at an address that is there becomes its next version.

    \b
      reportedly ingest crawl.warc.gz articles/ --store syria.db
      reportedly ingest crawl.warc.gz --look | head -40
      reportedly ingest table.csv --store syria.db --column text=body --column published=when
      reportedly ingest export.html --store syria.db --publisher "La Croix"
      reportedly ingest --store syria.db --list-refused

    At the end stands: read = stored + duplicates + refused.
    """
    if store is None and not look:
        shell.refuse("no store is named", "say where reports are to be kept, for example --store reports.db")
    if list_refused and store:
        _list_refused(store)
        return
    if not paths:
        shell.refuse("nothing to read", "name files or folders, or - for standard input")
    given = reports.given_of(published=published, publisher=publisher, language=language)
    options = {**given, "columns": reports.columns_of(column or []), "max_chars": max_chars}
    if look or store is None:
        _look(paths, options)
        return
    files = reports.own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    _end(store, *_run(store, paths, {**options, **files, "workers": workers, "mode": mode.value}))


def _run(store: Path, paths: list[str], options: dict[str, Any]) -> tuple[intake.Tally, Counts]:
    """Take the paths in; end the command where that cannot be."""
    from reportedly import intake

    complaints = _Complaints()
    try:
        with _showing(paths) as tell, shell.interruptible(STOPPING) as stopped:
            return intake.into(store, paths, tell=tell, fail=complaints.add, stopped=stopped, **options)
    except KeyboardInterrupt:
        progress.fresh()
        shell.complain("stopped at once; what is stored stays", "the same command goes on from there")
        raise typer.Exit(shell.STOPPED) from None
    except ReportedlyError as error:
        shell.complain(error.message, error.cure)
        raise typer.Exit(shell.USAGE if isinstance(error, InputError) else shell.BROKEN) from None
    finally:
        complaints.end(store)


class _Complaints:
    """The first problems, a line each, and how many more there were."""

    def __init__(self) -> None:
        self.number = 0

    def add(self, problem: Problem) -> None:
        self.number += 1
        if self.number <= MOST_COMPLAINTS:
            shell.complain(f"{problem.name}: {problem.reason}", problem.cure)

    def end(self, store: Path) -> None:
        if self.number > MOST_COMPLAINTS:
            more = self.number - MOST_COMPLAINTS
            shell.complain(
                f"{more:,} more were refused", f"'reportedly ingest --store {store} --list-refused' lists all"
            )


@contextmanager
def _showing(paths: list[str]) -> Iterator[Callable[[intake.Step], None]]:
    """Give what shows the steps on a terminal: how much is read, how fast, how long the rest may take, and what became of it."""
    pace = progress.Pace()
    if shell.is_typed(paths):
        yield lambda _step: None
        return
    with progress.shown(Console(stderr=True), "starting the readers") as show:
        yield lambda step: show(told(step, pace))


def told(step: intake.Step, pace: progress.Pace) -> str:
    """Return a line on a step.

    >>> from reportedly.intake import Step, Tally
    >>> seconds = iter([20.0, 30.0])
    >>> pace = progress.Pace(lambda: next(seconds))
    >>> told(Step(Tally(outcomes=Counter(stored=10)), done=10, total=410, skipped=0, source="/a/b.txt"), pace)
    '2 % · 10 read · stored 10 · b.txt'
    >>> tally = Tally(outcomes=Counter(stored=100, duplicate=10))
    >>> told(Step(tally, done=110, total=410, skipped=0, source="/a/b.txt"), pace)
    '27 % · 110 read, 10.0 a second, about 30 s left · stored 100, duplicates 10 · b.txt'
    """
    tally = step.tally
    read = pace.told(tally.read, done=step.done, total=step.total, new=tally.new, skipped=step.skipped)
    parts = (("stored", tally.stored), ("duplicates", tally.duplicates), ("refused", tally.outcomes["refused"]))
    became = ", ".join(f"{name} {number:,}" for name, number in parts if number)
    return " · ".join(part for part in (read, became, Path(step.source).name) if part)


def _end(store: Path, tally: intake.Tally, counts: Counts) -> None:
    """Print what became of all that was read, and end with the exit code that it earned."""
    from reportedly.present.words import many, printable

    typer.echo(summary(tally))
    for line in tally.passed_over:
        typer.echo(printable(line))
    if tally.updates:
        typer.echo(
            f"updated: {tally.updates:,} of those stored {'is' if tally.updates == 1 else 'are'} another text of an address that was there"
        )
    held = f"{many(counts.documents, 'report')} with {many(counts.claims, 'claim')}"
    typer.echo(f"{store} holds {held}")
    if tally.interrupted:
        shell.complain("stopped; nothing is lost", "the same command goes on from here")
        raise typer.Exit(shell.STOPPED)
    if tally.outcomes["refused"]:
        raise typer.Exit(shell.UNREAD)


def summary(tally: intake.Tally) -> str:
    """Return the sum: read = stored + duplicates + refused (+ forgotten), each with how many of them were there before.

    >>> from reportedly.intake import Tally
    >>> summary(Tally(outcomes=Counter(stored=1100, duplicate=80, refused=24), before=Counter(stored=300)))
    'read 1,204 = stored 1,100 (300 before) + duplicates 80 + refused 24'
    """
    parts = [("stored", "stored"), ("duplicates", "duplicate"), ("refused", "refused")]
    if tally.outcomes["forgotten"]:
        parts.append(("forgotten", "forgotten"))
    return f"read {tally.read:,} = " + " + ".join(
        f"{name} {tally.outcomes[kind]:,}" + (f" ({tally.before[kind]:,} before)" if tally.before[kind] else "")
        for name, kind in parts
    )


def _look(paths: list[str], options: dict[str, Any]) -> None:
    """Print what each report would be taken to be, and from where; what could not be read is complained of."""
    from reportedly import intake
    from reportedly.present.words import printable

    tally = intake.Tally()
    shell.is_typed(paths)
    with shell.running() as run:
        for found in intake.look(paths, **options):
            if isinstance(found, Problem):
                run.fail(found)
            elif isinstance(found, Document):
                run.write(looked_at(found))
                run.answered += 1
            else:
                tally.passed[found.what] += found.number
        for line in tally.passed_over:
            run.write(f"{printable(line)}\n")


def looked_at(document: Document) -> str:
    """Return lines on a document: where it lies, its size, each fact with where it was found and how far to trust it, its notes."""
    from reportedly.present.words import printable

    facts = (
        ("publisher", document.publisher),
        ("title", document.title),
        ("published", document.published),
        ("language", document.language),
    )
    lines = [f"{document.where}  {len(document.text):,} characters  {document.url or ''}".rstrip()]
    for name, fact in facts:
        unknown = UNKNOWN.get(name, "unknown")
        told = f"{fact.value}  ({fact.found}, trust {fact.trust})" if fact else unknown
        lines.append(f"    {name:<10} {told}")
    lines += [
        f"    {'date':<10} {date.value}  ({date.found}, trust {date.trust})"
        for date in document.dates
        if date != document.published
    ]
    lines += [f"    {'note':<10} {note}" for note in document.notes]
    return "".join(f"{printable(line.replace(chr(10), ' '))}\n" for line in lines)


def _list_refused(store: Path) -> None:
    """Print what a store could not take: reasons by how often, under each the first names."""
    from reportedly import intake
    from reportedly.present.words import printable

    kinds: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    cures: dict[str, str] = {}
    with shell.running():
        for fate in intake.refused(store):
            kind = intake.kind_of(fate.reason)
            kinds[kind] += 1
            names.setdefault(kind, []).append(f"{fate.name}: {fate.reason}")
            cures.setdefault(kind, fate.cure)
        for kind, number in kinds.most_common():
            typer.echo(printable(f"{number:,} × {kind}; {cures[kind]}"))
            for name in names[kind][:MOST_NAMES]:
                typer.echo("    " + printable(" ".join(name.split())))
            if number > MOST_NAMES:
                typer.echo(f"    and {number - MOST_NAMES:,} more")
        if not kinds:
            typer.echo(f"{store}: nothing was refused")
