"""The options ``--redact`` and ``--machine`` of the commands that show or write what reports say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.api import Redaction
    from reportedly.records import Reading

Redact = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="Keep these names out of what is shown: a file, one a line, or 'Name, Name'."),
]
Machine = Annotated[
    bool, typer.Option("--machine", help="Claims of a store as the machine read them, whatever people decided.")
]


def redaction_of(names: str | None) -> Redaction | None:
    """Return what keeps the names out; None where there are none. Raises InputError."""
    from reportedly import api

    return api.Redaction.listed(names) if names else None


def kept_out(redaction: Redaction | None) -> Callable[[Reading], Reading]:
    """Return what gives a reading as it may be shown."""
    return redaction.reading if redaction else lambda reading: reading
