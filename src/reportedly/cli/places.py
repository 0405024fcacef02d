"""The commands of the gazetteer: ``compile``, ``build``, ``find``, ``status``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import shell

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Compile the gazetteer, add to it, look into it.")

Database = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The gazetteer's file, in place of the default one.")
]


@app.command("compile")
def compile_(*, database: Database = None) -> None:
    """Compile the base gazetteer, if it is not compiled yet; it takes some ten seconds, once.

    \b
      reportedly gazetteer compile
    """
    from reportedly import api

    with shell.running() as run, shell.counting(run.err) as progress:
        opened = api.open_gazetteer(database, progress=progress)
        run.write(f"{opened.database}: ready\n")


@app.command()
def build(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A GeoNames country dump (LB.txt, LB.zip) or a Who's On First pack.")
    ],
    *,
    database: Database = None,
) -> None:
    """Add a table of places to the gazetteer. The same file twice changes nothing; a newer one replaces what it gave before.

    \b
      reportedly gazetteer build LB.txt
      reportedly gazetteer build whosonfirst_pack.tsv.gz
    """
    from reportedly import api
    from reportedly.present import words

    with shell.running() as run:
        with shell.counting(run.err) as progress:
            built = api.build_gazetteer(path, database=database, progress=progress)
        skipped = f", {words.many(built.skipped, 'line')} could not be used" if built.skipped else ""
        state = "unchanged" if built.unchanged else "added"
        run.write(
            f"{built.source} ({built.form}): {words.many(built.places, 'place')}, {words.many(built.names, 'spelling')} {state}{skipped}\n"
        )


@app.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a report spells it, in any script.")],
    *,
    country: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Expect it here (LB); may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most candidates to print.")] = 10,
    database: Database = None,
) -> None:
    """Print the places a name may mean, best first.

    \b
      reportedly gazetteer find "Ra's Maarat" --country SY

    Exit code 3: none has a name like it.
    """
    from reportedly import api
    from reportedly.present import places

    with shell.running() as run:
        with shell.counting(run.err) as progress:
            opened = api.open_gazetteer(database, progress=progress)
        found = opened.find(name, countries=country or (), limit=limit)
        if not found:
            shell.complain(
                f"no place here has a name like {name!r}",
                "add a table of that country with 'reportedly gazetteer build'",
            )
            raise typer.Exit(shell.UNREAD)
        run.show([places.candidates(found)])


@app.command()
def status(*, database: Database = None) -> None:
    """Print where the gazetteer is and what it is made of."""
    from reportedly import api

    with shell.running() as run:
        with shell.counting(run.err) as progress:
            opened = api.open_gazetteer(database, progress=progress)
        run.write(f"{opened.database}\n")
        for name, sha256 in opened.sources:
            run.write(f"  {name}  {sha256}\n")
