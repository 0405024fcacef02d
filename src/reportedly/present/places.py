"""Candidates of the gazetteer, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from reportedly.present import words

if TYPE_CHECKING:
    from reportedly.api import Candidate


def candidates(found: Sequence[Candidate]) -> Table:
    """Return a table of candidates: score, name, where, what."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in ("score", "name", "where", "country", "what", "identifier"):
        table.add_column(
            name, justify="right" if name == "score" else "left", no_wrap=name in {"score", "where", "country"}
        )
    for each in found:
        what = f"{each.kind}, {each.population:,} people" if each.population else each.kind
        name = words.one_line(each.name)
        spelled = "" if each.matched == each.name.lower() else f" (spelled {words.one_line(each.matched)})"
        where = f"{each.lat:.3f}, {each.lon:.3f}"
        disputed = f"; disputed: {each.disputed}" if each.disputed else ""
        table.add_row(f"{each.score:.2f}", Text(name + spelled), where, each.country, what + disputed, each.identifier)
    return table
