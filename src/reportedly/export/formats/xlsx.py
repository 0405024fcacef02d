"""Excel: flat claims and flat events, a sheet each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.export import tables
from reportedly.export.columns import CLAIMS, CLAIMS_LOST, CLAIMS_TABLE, EVENTS, EVENTS_LOST, EVENTS_TABLE, told, values
from reportedly.export.protocol import Dossier, Format, Loss, Material, Options, Table, Told
from reportedly.records import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.export.columns import Column

# Excel's own bounds.
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
# What XML 1.0 cannot hold, and what it would change (a carriage return), is written as _xHHHH_, as Excel does; so is what looks like it.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def write_file(material: Material, path: Path, _options: Options) -> None:
    """Write the workbook row by row; a sheet that is full goes on in another."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    _sheet(book, "claims", CLAIMS, (row for reading in material.readings() for row in told(reading)))
    _sheet(book, "events", EVENTS, material.dossiers())
    book.save(path)


def _sheet(book: Any, name: str, columns: tuple[Column, ...], items: Iterable[Told | Dossier]) -> None:
    sheet, full = _begin(book, name, columns), MOST_ROWS - 1
    for number, item in enumerate(items):
        if number and number % full == 0:
            sheet = _begin(book, f"{name} {number // full + 1}", columns)
        sheet.append([_cell(sheet, column.value(item)) for column in columns])


def _begin(book: Any, name: str, columns: tuple[Column, ...]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append([column.name for column in columns])
    return sheet


def _cell(sheet: Any, value: Any) -> Any:
    """Return a number as a number and everything else as text, which Excel never runs."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, (int, float)):
        return value
    text = tables.joined(value)
    if not text:
        return None
    cell = WriteOnlyCell(sheet, "")
    # set behind the library's back: it takes '=...' for a formula and '#N/A' for an error
    cell._value = escaped(text)[:LONGEST_CELL]  # noqa: SLF001
    cell.data_type = "s"
    if _FORMULA.match(text):
        # who edits the cell does not make a formula of it either
        cell.quotePrefix = True
    return cell


def escaped(text: str) -> str:
    """Return text as a workbook's XML can hold it.

    >>> escaped("a\\x0bb_x0041_")
    'a_x000B_b_x005F_x0041_'
    """
    return _ILLEGAL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def _too_long(columns: Iterable[Column], item: Told | Dossier) -> int:
    return sum(len(tables.joined(value)) > LONGEST_CELL for value in values(columns, item).values())


def _claims_too_long(reading: Reading) -> int:
    return sum(_too_long(CLAIMS, row) for row in told(reading))


_CUT = f"the end of a cell of more than {LONGEST_CELL:,} characters"
FORMAT = Format(
    name="xlsx",
    title="Excel, a sheet of flat claims and one of flat events",
    suffix=".xlsx",
    write_file=write_file,
    tables=(
        Table(
            name="claims",
            takes="readings",
            fields=CLAIMS_TABLE.fields,
            lost=(*CLAIMS_LOST, Loss(_CUT, _claims_too_long)),
        ),
        Table(
            name="events",
            takes="events",
            fields=EVENTS_TABLE.fields,
            lost=(*EVENTS_LOST, Loss(_CUT, lambda dossier: _too_long(EVENTS, dossier))),
        ),
    ),
    notes=(
        "Several values of a cell are joined with ` | `, in text order.",
        "Every word is stored as text, never as a formula or an error; what looks like a formula also carries Excel's text mark.",
        "Characters that XML cannot hold are written `_xHHHH_`, as Excel does. A sheet of 1,048,576 rows goes on in another.",
    ),
)
