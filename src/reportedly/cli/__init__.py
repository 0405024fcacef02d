"""The command ``reportedly``: arguments and printing only. The work is in ``api``, what is shown in ``present``.

How each ends is ``CODES``; docs/cli.md says more.
"""

from __future__ import annotations

from typing import Annotated

import typer

import reportedly
from reportedly.cli import (
    archive,
    corrections,
    events,
    export,
    fetch,
    ingest,
    languages,
    mcp,
    outputs,
    places,
    reports,
    rereading,
    shell,
    sources,
    store,
    usage,
    workbench,
)

# Under the help of all commands that read what may be unreadable.
CODES = (
    "Exit codes: 0 all was read; 1 the installation or its data is broken, or the disk is full; 2 wrong usage; 3 some inputs could not "
    "be read, and are listed, the others were read; 130 stopped by Ctrl-C, what was done so far is kept."
)
app = outputs.Commands(
    name="reportedly",
    cls=usage.Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _tell(asked: bool) -> None:
    if asked:
        typer.echo(f"reportedly {reportedly.__version__}")
        raise typer.Exit


@app.callback()
def start(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read news reports: who says that who did what to whom, where, when, how many, and how well that holds up.

    Every answer is pinned to the exact words of the report.

    \b
      reportedly read report.txt                        a report, marked, and its claims
      reportedly read page.html --published 2015-06-09  'mardi' then has a date
      reportedly read articles.jsonl --format json      one reading a line, for programs
      reportedly explain 12 report.txt                  why claim 12 was made
    """


app.command(short_help="Read reports and print their claims.", epilog=CODES)(reports.read)
app.command(short_help="Print what reports mention, apart from any claim.", epilog=CODES)(reports.mentions)
app.command(short_help="Print why a claim was made.", epilog=CODES)(reports.explain)
app.command(short_help="Print the JSON Schema of the output.")(reports.schema)
app.command(short_help="Read files and folders into a store.", epilog=CODES)(ingest.ingest)
app.command(short_help="Read whole web archives into Parquet.", epilog=CODES)(archive.archive)
app.command(short_help="Find reports of a store by their words.", cls=sources.Words, epilog=CODES)(store.search)
app.command(short_help="Print the claims of a store that are asked for.")(store.claims)
app.command(short_help="Print how an updated report's claims changed.")(store.versions)
app.command(short_help="Read every document of a store anew; judgements stay.", epilog=CODES)(rereading.reread)
app.command(short_help="Remove a document from a store, for good.")(store.forget)
app.command("store", short_help="Print what a store holds, and check it.")(store.status)
app.command(short_help="Save pages from the web, politely and safely.", epilog=CODES)(fetch.fetch)
app.command(short_help="Group the claims of many reports by happening.")(events.group)
app.command(short_help="Print one event and its evidence.")(events.event)
app.command(short_help="Compare the claims of an event field by field.")(events.compare)
app.command(short_help="Print the history of an event's toll.")(events.toll)
app.command(short_help="Print who is said to hold a place, by date.")(events.holds)
app.command(short_help="Print the words each outlet uses for an actor.")(events.framing)
app.command(short_help="Write claims and events in the formats of other tools.")(export.export)
app.command(short_help="Turn a file of one format into another.")(export.convert)
app.command("import", short_help="Make judgements or gold of annotations corrected elsewhere.")(corrections.import_)
app.command(short_help="Open the workbench: read, check and correct in the browser.")(workbench.serve)
app.command(short_help="Open the workbench with the sample reports.")(workbench.demo)
app.command(short_help="Answer programs over the Model Context Protocol.")(mcp.mcp)
app.command("languages", short_help="List the languages we read.")(languages.languages)
app.add_typer(languages.app, name="rules")
app.add_typer(places.app, name="gazetteer")


def main() -> None:
    """Run the command."""
    try:
        app()
    except OSError as error:
        # what is printed without more ado
        try:
            shell.unwritten(error)
        except typer.Exit as end:
            raise SystemExit(end.exit_code) from None
