"""The commands of the gazetteer: ``compile``, ``build``, ``find``, ``status``."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Compile the gazetteer, add to it, look into it.")
