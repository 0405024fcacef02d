"""The commands for linguists: ``rules check``, ``rules try``, ``rules count``, ``rules impact``; and ``languages``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import shell

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check and try the rules of a language.")

Code = Annotated[str, typer.Argument(metavar="LANG", help="The code of a language; see 'reportedly languages'.")]


class Format(StrEnum):
    """How an answer is written."""

    pretty = "pretty"
    json = "json"


def languages() -> None:
    """List the languages we read, and what each is read with."""
    from reportedly import api

    with shell.running() as run:
        for described in api.describe_languages():
            run.write(f"{described}\n")


@app.command()
def check(code: Code) -> None:
    """Try every example of every rule: a 'yes' must match its bracketed words, a 'no' must not match.

    \b
      reportedly rules check fr

    Exit code 1: something is wrong, and is listed.
    """
    from reportedly import api

    with shell.running() as run:
        faults, tried = api.check_rules(code)
        for fault in faults:
            run.write(f"{fault.where}: {fault.what}\n")
        run.write(f"{code}: {tried} examples tried, {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}\n")
        if faults:
            raise typer.Exit(shell.BROKEN)


@app.command("try")
def try_(
    code: Code,
    text: Annotated[str, typer.Argument(help="A sentence or more.")],
    only: Annotated[
        str, typer.Option(metavar="FILE", help="Only the rules of this file (times, quantities, ...).")
    ] = "",
    lexicon: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own words, added to the bundled ones.")
    ] = None,
) -> None:
    """Print the rules that fire on a text, with carets under the words they match and the values they find.

    \b
      reportedly rules try fr "Au moins 12 civils ont été tués mardi"
      reportedly rules try fr "depuis lundi" --only times
    """
    from reportedly import api
    from reportedly.present import firings

    with shell.running() as run:
        run.show(firings.firings(text, api.try_rules(code, text, only=only or None, lexicon=lexicon)))


@app.command()
def count(
    code: Code,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Texts to count on; by default the language's samples."),
    ] = None,
) -> None:
    """Print how often each rule fires: those that never do, and those that run away, stand out.

    \b
      reportedly rules count fr
      reportedly rules count fr my-corpus/*.txt
    """
    from reportedly import api
    from reportedly.present import firings

    with shell.running() as run:
        run.show(firings.counts(api.count_rules(code, [Path(file) for file in files or []])))


@app.command()
def impact(
    code: Code,
    against: Annotated[str, typer.Option(metavar="REV", help="The git revision to compare with.")] = "HEAD",
    format: Annotated[Format, typer.Option(help="For people or for programs.")] = Format.pretty,  # noqa: A002 - the option's name
) -> None:
    """Print the claims an edit of a language's data gains, loses and changes on its samples, by rule.

    The samples are languages/LANG/sample/*.txt and the bundled reports in the language. They are read with the data as it is on disk
    and as it is in a commit. The last line is fit for a commit message. Works in a git clone only.

    \b
      reportedly rules impact fr
      reportedly rules impact fr --against HEAD~3 --format json
    """
    import msgspec

    from reportedly import api
    from reportedly.present import firings

    with shell.running() as run:
        with run.busy(f"reading the samples of {code} twice"):
            found = api.rule_impact(code, against=against)
        if format is Format.json:
            run.write(msgspec.json.encode(found).decode("utf-8") + "\n")
        else:
            run.show(firings.impact(found))
