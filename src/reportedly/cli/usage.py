"""Wrong usage, said as all else is: one line with the cure, in place of what the library prints."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperGroup

from reportedly.cli import shell

# By version the library has its exceptions from another or within itself; this is the root of those on usage in both.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]
# The library's words, and ours.
WORDS = (
    (r"^Invalid value for (.+?): ", lambda found: f"{found[1].replace(chr(39), '')}: "),
    (r"Value error, ", ""),
    (r"Input should be a valid (\w+).*", r"that is no \1"),
    (r"Input should be", "it should be"),
    (r"^Missing (?:argument|option) '(.+?)'", r"\1 is missing"),
    (r"^No such (option|command):? '?([^\s']+)'?", r"there is no \1 \2"),
    (r"^Got unexpected extra argument\S*", "there is more than the command takes:"),
    (r"^Option '(.+?)' requires an argument", r"\1 needs a value"),
    (r"\.$", ""),
)


class Group(TyperGroup):
    """The commands; whoever gives one something that cannot be is told so in one line."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return what the arguments mean; end the command where they cannot be."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except UsageError as error:
            _refuse(error)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named; end where its arguments cannot be."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _refuse(error)


def _refuse(error: Any) -> None:
    """End the command with what is wrong; where it was given nothing at all its help is shown instead."""
    if type(error).__name__ == "NoArgsIsHelpError":
        raise error
    command = error.ctx.command_path if error.ctx else "reportedly COMMAND"
    shell.refuse(said(error.format_message()), f"'{command} --help' tells what it takes")


def said(message: str) -> str:
    """Return what the library says of wrong usage in our words.

    >>> said("Invalid value for '--mode': Value error, 'foo' is not one of 'full', 'fast'.")
    "--mode: 'foo' is not one of 'full', 'fast'"
    >>> said("Invalid value for '--workers': Input should be less than or equal to 256"), said("Missing argument 'FILE'.")
    ('--workers: it should be less than or equal to 256', 'FILE is missing')
    >>> said("No such option: --nope (Possible options: --mode)")
    'there is no option --nope (Possible options: --mode)'
    """
    for pattern, ours in WORDS:
        message = re.sub(pattern, ours, message)
    return message
