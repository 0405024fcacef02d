"""Write the pages of docs/ that are made: cli.md, formats.md, sources.md, quality.md and schema/. A test fails where they are stale."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
import constructions
import formats

import quality
from reportedly import Mentions, Reading
from reportedly.api import schema
from reportedly.cli import app

DOCS = Path(__file__).resolve().parents[1] / "docs"
# Written by `python tools/score.py --json docs/quality.json`.
FIGURES = DOCS / "quality.json"
HEAD = """# The command line

This page is made from the program by `make docs`; `reportedly COMMAND --help` prints the same.

## Exit codes
All commands end alike. Where some inputs could not be read the others were, and the exit code is 3, not 0.

| code | what it says |
|---|---|
| 0 | all was read, or done; a question that finds nothing (`search`, `claims`) is answered too |
| 1 | the installation, its data or a store is broken, or writing fails, as on a full disk; `rules check`, `store --check` found faults |
| 2 | wrong usage: an option or output that cannot be, a store, claims or data that are not there, standard input closed; nothing was done |
| 3 | some inputs could not be read, and are listed with the cure; also: `gazetteer find` found nothing |
| 130 | stopped by Ctrl-C: what was done so far is kept; the same `ingest` or `archive` goes on from there, any other command begins anew |

`read`, `mentions` and `fetch` list what could not be read on standard error, a line each. `ingest` does so with the first twenty, and
`--list-refused` lists all; `archive` counts them by reason, and each is a row of `DIR/documents`. A name that leads to no file counts
among them. Headings and complaints name a report by where it lies (`news.zip:in/a.jsonl:3`), for many files have one name; its
`name`, by which stores know it, is shorter.

## Where answers are written

`--output` is refused where it is a file, store or folder that the command reads, however either is named, or what SQLite keeps beside
such a store. A file that is there is written over once there is something to write: where nothing can be read, or the command is
refused, it stays as it was, and no new one is made. From then on every report is in it as soon as it is read, and stays there if the run
is stopped. `export` and `convert` replace a file in one step when the new one is whole. A device or a pipe is written to as it is.

## The pretty view

Every mark opens with a letter: `{S:` a source (who says), `{C:` a cue (the words of saying), `{E12:` the event of
claim 12, `{H:` a hedge, `{P:` a place, `{T:` a time, `{N:` a number. Colour repeats this and nothing more; `NO_COLOR=1` turns it off,
and a pipe or a file gets none. `COLUMNS` sets the width there (100 otherwise).
"""


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, the program itself first."""
    group = get_command(app)
    yield ()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        yield (name,)
        for sub in getattr(command, "commands", ()):
            yield (name, sub)


def help_of(words: tuple[str, ...]) -> str:
    """Return what ``--help`` prints for a command, 100 columns wide."""
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="reportedly", env={"COLUMNS": "100"})
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def cli_page() -> str:
    """Return docs/cli.md."""
    parts = [HEAD]
    parts += [f"## {' '.join(('reportedly', *words))}\n\n```text\n{help_of(words)}\n```\n" for words in commands()]
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Return each made page under its name in docs/."""
    schemas = {"reading": Reading, "mentions": Mentions}
    made = {
        f"schema/{name}.schema.json": json.dumps(schema(record), indent=2, ensure_ascii=False) + "\n"
        for name, record in schemas.items()
    }
    if FIGURES.is_file():
        figures = FIGURES.read_text(encoding="utf-8")
        made["quality.md"] = quality.page(json.loads(figures))
        # the workbench shows the same figures beside each field
        made["../src/reportedly/web/quality.json"] = figures
    return {"cli.md": cli_page(), "formats.md": formats.page(), "sources.md": constructions.page(), **made}


def main() -> None:
    """Write the pages."""
    for name, page in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
