"""What a document mentions, in the terminal: the marked text, then the actors, places, times and quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.present import claims, marks, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from reportedly.records import Mention, Mentions


def mentions(record: Mentions) -> Iterator[RenderableType]:
    """Yield what shows the mentions of a document, top to bottom."""
    yield from claims.header(record.document)
    yield from claims.body(record.document, marks.of_mentions(record))
    groups: tuple[tuple[str, str, list[tuple[Mention, str]]], ...] = (
        ("Actors", "bold cyan", [(each, words.who(each)) for each in record.actors]),
        ("Places", "green", [(each, words.where(each)) for each in record.places]),
        ("Times", "magenta", [(each, words.when(each)) for each in record.times]),
        ("Numbers", "bold blue", [(each, words.how_many(each)) for each in record.quantities]),
    )
    for title, style, rows in groups:
        yield claims.heading(f"{title}: {len(rows) or 'none found'}")
        if rows:
            yield _table(rows, style)


def _table(rows: list[tuple[Mention, str]], style: str) -> Table:
    table = claims.two_columns(width=None)
    for mention, value in rows:
        table.add_row(Text(words.quoted(mention.exact), style), Text(value))
    return table
