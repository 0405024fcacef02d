"""The command ``mcp``: a server for programs that talk to language models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import shell


def mcp(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SOURCE", help="Stores, and claims as 'read --format json' writes them.", show_default=False
        ),
    ] = None,
) -> None:
    """Answer questions about reports over the Model Context Protocol, on standard input and output.

    Tools: read (a report given as text), search (claims), event, compare. Every answer carries its spans, so that whoever is told
    something can be shown where it stands. It opens no file but the SOURCEs, and nothing leaves the machine. Needs
    pip install 'reportedly[mcp]'; docs/mcp.md has what goes into the configuration of a client.

    \b
      reportedly mcp reports.db
      reportedly mcp claims.jsonl more.jsonl
    """
    from reportedly import mcp as service

    with shell.running():
        shell.standard_input()
        service.serve(sources or ())
