"""CSV: one claim or one event a row, flat, for a spreadsheet.

What a cell cannot hold is joined with `` | ``, in text order, so that the n-th place belongs to the n-th latitude. A
cell that a spreadsheet would run as a formula is given an apostrophe; numbers, negative ones too, stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from reportedly.export.columns import CLAIMS, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.export.columns import Column
    from reportedly.records import Reading

JOINT = " | "
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# What spreadsheets take for a formula, full-width signs too; behind apostrophes as well, so that ours can be taken off again.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it; ``plain`` takes the apostrophe off again.

    >>> neutral("=HYPERLINK(1)"), neutral("-12.5")
    ("'=HYPERLINK(1)", '-12.5')
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def plain(cell: str) -> str:
    """Return the cell as it was before ``neutral``.

    >>> plain("'=HYPERLINK(1)"), plain("'quoted'")
    ('=HYPERLINK(1)', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def joined(value: Any) -> str:
    """Return a value as one cell: '' for None, lists joined, 1000.0 as '1000' (a count of people has no decimals).

    >>> joined(None), joined(1000.0), joined([34.5, None]), joined([None])
    ('', '1000', '34.5 | ', '')
    """
    if isinstance(value, list):
        cells = [joined(each) for each in value]
        return JOINT.join(cells) if any(cells) else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def cells(found: Iterable[Column], item: Any) -> list[str]:
    """Return one row, its cells safe for a spreadsheet."""
    return [neutral(joined(column.value(item))) for column in found]


def to_csv(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield the rows of a CSV table of claims as text, the header first, each with its line end (a cell may hold more)."""
    yield line(columns())
    for reading in readings:
        for claim in told(reading):
            yield line(cells(CLAIMS, claim))


def columns() -> tuple[str, ...]:
    """Return the names of the columns of claims, in order."""
    return tuple(column.name for column in CLAIMS)


def line(row: Iterable[str]) -> str:
    """Return one row as CSV writes it, with its line end."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(row)
    return buffer.getvalue()
