"""Where commands may write: anywhere but onto what they read."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

from reportedly.cli import shell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OUTPUT = "output"
# What the help of every command calls what names a file that is read (of NAMES: where it is one).
FILES = frozenset(("FILE", "WARC...", "STORE", "CLAIMS", "STORE|CLAIMS", "NAMES"))
STDIN = "-"
# What SQLite keeps beside a store while it is in use, and may need to open it again.
BESIDE_A_STORE = ("-wal", "-shm", "-journal")


class Command(TyperCommand):
    """A command that refuses, before it begins, to write onto what it reads."""

    def invoke(self, ctx: Any) -> Any:
        """Do what is asked, where the output is none of the inputs."""
        output = ctx.params.get(OUTPUT)
        if output is not None:
            _refuse_inputs(Path(output), self._inputs(ctx.params))
        return super().invoke(ctx)

    def _inputs(self, given: Mapping[str, Any]) -> Iterator[str]:
        """Yield what the user names to be read."""
        for parameter in self.params:
            if parameter.name == OUTPUT or getattr(parameter, "metavar", None) not in FILES:
                continue
            value = given.get(parameter.name or "")
            yield from map(str, value if isinstance(value, (list, tuple)) else [value] if value else [])


class Commands(typer.Typer):
    """The commands of a program, none of which writes onto what it reads."""

    def command(self, name: str | None = None, *, cls: type[TyperCommand] | None = None, **given: Any) -> Any:
        """Return what makes a function a command."""
        return super().command(name, cls=cls or Command, **given)


def _refuse_inputs(output: Path, inputs: Iterator[str]) -> None:
    """End the command where the output is one of the inputs, in whatever way it is named, or belongs to a store that is one."""
    from reportedly import api

    for source in inputs:
        if _is_same(output, source):
            name = "standard input" if source == STDIN else source
            told = "is read here too" if str(output) == source else f"is the same file as {name}, which is read here"
            shell.refuse(f"--output {output}: it {told}, and writing would destroy it", "write somewhere else")
        # a pipe is not to be looked into: what is read from it is gone
        if any(_is_same(output, source + end) for end in BESIDE_A_STORE) and api.is_store(source):
            shell.refuse(f"--output {output}: it belongs to the store {source}", "write somewhere else")


def _is_same(output: Path, source: str) -> bool:
    """Return whether both are one file, through whatever links, be it there or not."""
    try:
        if source == STDIN:
            read = os.fstat(sys.stdin.fileno())
            return stat.S_ISREG(read.st_mode) and os.path.samestat(read, output.stat())
        read = os.stat(source)  # noqa: PTH116 - a name as it was given
        # a terminal may be read and written, and so may a pipe
        return (stat.S_ISREG(read.st_mode) or stat.S_ISDIR(read.st_mode)) and os.path.samestat(read, output.stat())
    except FileNotFoundError:
        return source != STDIN and os.path.realpath(source) == os.path.realpath(output)
    except (OSError, ValueError, AttributeError):
        # what cannot be looked at is refused by whoever opens it; where there is no standard input nothing is read from it
        return False
