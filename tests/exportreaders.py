"""Reading back what was exported, with tools that are not ours: every string there is in a file, by format."""

import csv
import json
import sqlite3

import duckdb
import openpyxl
from openpyxl.utils.escape import unescape

from reportedly.export.tables import plain


def strings(value):
    """Every string in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)


def in_csv(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return [plain(cell) for row in csv.reader(lines) for cell in row]


def in_json(path):
    return list(strings(json.loads(path.read_bytes())))


def in_json_lines(path):
    # not splitlines(): a text may hold other line ends
    return [each for line in path.read_bytes().split(b"\n") if line for each in strings(json.loads(line))]


def in_sqlite(path):
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
            )
        ]
        rows = (row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"'))
        return [each for row in rows for each in strings(row)]
    finally:
        connection.close()


def in_xlsx(path):
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return [
            unescape(cell)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, str)
        ]
    finally:
        book.close()


def in_parquet(path):
    rows = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    return [each for row in rows for each in strings(row)]


READERS = {
    "acled": in_csv,
    "csv": in_csv,
    "geojson": in_json,
    "jsonl": in_json_lines,
    "label-studio": in_json,
    "parquet": in_parquet,
    "plover": in_json_lines,
    "sqlite": in_sqlite,
    "ucdp-ged": in_csv,
    "webannotation": in_json,
    "xlsx": in_xlsx,
}
