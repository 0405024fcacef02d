"""CSV: flat claims or flat events, for spreadsheets and statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportedly.export import tables
from reportedly.export.columns import (
    CLAIMS,
    CLAIMS_LOST,
    CLAIMS_TABLE,
    EVENTS,
    EVENTS_LOST,
    EVENTS_TABLE,
    LISTS,
    told,
    values,
)
from reportedly.export.protocol import Dossier, Format, Loss, Material, Option, Options, Table, Told
from reportedly.records import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.export.columns import Column

ROWS = Option("rows", "What a row is.", ("claims", "events"))
BOM = Option("bom", "Begin with a byte order mark, by which Excel knows Arabic and accents.", ("no", "yes"))


def rows(material: Material, options: Options) -> tuple[tuple[Column, ...], Iterator[Told | Dossier]]:
    """Return the columns and the items of the rows that are asked for."""
    if options["rows"] == "events":
        return EVENTS, material.dossiers()
    return CLAIMS, (row for reading in material.readings() for row in told(reading))


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write the table row by row."""
    columns, items = rows(material, options)
    if options["bom"] == "yes":
        out.write(b"\xef\xbb\xbf")
    out.write(tables.line(column.name for column in columns).encode("utf-8"))
    out.writelines(tables.line(tables.cells(columns, item)).encode("utf-8") for item in items)


def _with_a_bar(columns: Iterable[Column], item: Told | Dossier) -> int:
    """Count the values that hold what joins the values of a cell."""
    lists = [column for column in columns if column.kind in LISTS]
    return sum(
        tables.JOINT.strip() in each
        for value in values(lists, item).values()
        for each in value
        if isinstance(each, str)
    )


def _in_claims(reading: Reading) -> int:
    return sum(_with_a_bar(CLAIMS, row) for row in told(reading))


FORMAT = Format(
    name="csv",
    title="CSV, flat claims or flat events",
    suffix=".csv",
    write=write,
    options=(ROWS, BOM),
    tables=(
        Table(
            name="claims",
            takes="readings",
            fields=CLAIMS_TABLE.fields,
            lost=(*CLAIMS_LOST, Loss("where a value ends that holds '|'", _in_claims)),
        ),
        Table(
            name="events",
            takes="events",
            fields=EVENTS_TABLE.fields,
            lost=(
                *EVENTS_LOST,
                Loss("where a value ends that holds '|'", lambda dossier: _with_a_bar(EVENTS, dossier)),
            ),
        ),
    ),
    notes=(
        "Several values of a cell are joined with ` | `, in text order: the n-th place belongs to the n-th latitude.",
        "A cell that a spreadsheet would run as a formula begins with an apostrophe; numbers stay numbers.",
    ),
)
