"""What a command asks: a store, or files of claims. What is neither is refused before the work, and so are words in the wrong order."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from reportedly.cli import outputs, shell

if TYPE_CHECKING:
    from collections.abc import Sequence

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="STORE|CLAIMS",
        help="A store that 'ingest' made, or claims as 'read --format json' writes them (JSON Lines), or - for standard input.",
    ),
]
# A claim's line begins so, behind a byte order mark or an empty line at most.
BEGINNING, LOOKED_AT = b"{", 4096


class Words(outputs.Command):
    """A command whose first argument is words, of which the first may begin with '-' ('-Irak armée')."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let no words be taken for options: an option has no space in it."""
        if args and args[0].startswith("-") and not args[0].startswith("--") and len(args[0].split()) > 1:
            args = [f" {args[0]}", *args[1:]]
        return super().parse_args(ctx, args)


class First(NamedTuple):
    """What stands before the sources of a command: its value, what it is (an event, a place, words)."""

    value: str
    what: str
    command: str


def checked(sources: Sequence[str], *, first: First | None = None) -> None:
    """End the command where a source is neither a store nor claims; ``first`` is what stood before them."""
    from reportedly import api

    for source in sources:
        path = Path(source)
        if source == "-" or api.is_store(path):
            continue
        if path.is_dir():
            shell.refuse(f"{source} is a folder, not a store", "name a store that 'ingest' made, or files of claims")
        if not path.exists():
            in_order(first, sources)
            shell.refuse(f"{source}: there is no such file", "name a store that 'ingest' made, or claims (JSON Lines)")
        if not path.is_file():
            # a pipe is read once: whoever reads it says what is wrong
            continue
        if not _may_be_claims(path):
            shell.refuse(
                f"{source} is neither a store nor claims (JSON Lines)",
                f"make a store of reports: reportedly ingest {shlex.quote(source)} --store reports.db",
            )


def _may_be_claims(path: Path) -> bool:
    """Return whether a file is empty, or begins as a line of claims does; what cannot be opened is for its reader to say."""
    try:
        with path.open("rb") as file:
            start = file.read(LOOKED_AT).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return True
    return not start or start.startswith(BEGINNING)


def in_order(first: First | None, rest: Sequence[str]) -> None:
    """End the command where the store was given first and what is asked of it behind."""
    from reportedly import api

    if first is None or not rest:
        return
    path = Path(first.value)
    if api.is_store(path) or (path.is_file() and _may_be_claims(path)):
        asked, *others = rest
        right = shlex.join(["reportedly", first.command, asked, first.value, *others])
        shell.refuse(
            f"{first.value} is read as the {first.what} here, and {asked} is no file",
            f"the order is: {right}",
        )
