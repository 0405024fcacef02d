"""An export holds no more of its material than a block of rows: memory does not grow with the number of events."""

import dataclasses
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from exportmaterial import many
from reportedly import exporting
from reportedly.export.formats import parquet, sqlite
from reportedly.export.protocol import Material

TABLES = [
    ("acled", {}),
    ("csv", {"rows": "claims"}),
    ("csv", {"rows": "events"}),
    ("geojson", {"rows": "events"}),
    ("jsonl", {}),
    ("parquet", {"rows": "events", "geo": "yes"}),
    ("plover", {}),
    ("sqlite", {}),
    ("ucdp-ged", {}),
    ("xlsx", {}),
]
IDS = ["-".join((name, *options.values())) for name, options in TABLES]
MEBIBYTE = 1 << 20
# What runs in a process of its own, so that its memory is its own.
ALONE = """
import json, resource, sys
from exportmaterial import many
from reportedly import exporting
name, count, path, options = sys.argv[1], int(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
report = exporting.export(many(count), name, path, options=options)
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, report.documents, report.events]))
"""


def peak(name, count, path, options):
    """The most that Python held at once while so many events were written."""
    tracemalloc.start()
    try:
        exporting.export(many(count), name, path, options=options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name, options", TABLES, ids=IDS)
def test_memory_does_not_grow_with_the_events(name, options, tmp_path, monkeypatch):
    # blocks so small that both runs fill several
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 20)
    monkeypatch.setattr(sqlite, "ROWS_AT_ONCE", 20)
    # what is loaded on first use is no part of it
    exporting.export(many(5), name, tmp_path / "warm", options=options)
    few, more = (peak(name, count, tmp_path / "out", options) for count in (100, 600))
    assert more < few * 1.5 + MEBIBYTE / 8, f"{few / MEBIBYTE:.2f} MiB for 100, {more / MEBIBYTE:.2f} for 600"


def test_an_export_that_holds_its_events_is_found_out(tmp_path, monkeypatch):
    streamed = exporting.open_format("csv")
    hoarding = dataclasses.replace(streamed, write=lambda what, out, options: hoard(what, out, options, streamed.write))
    monkeypatch.setattr(exporting.registry, "find", lambda _name: hoarding)
    few, more = (peak("csv", count, tmp_path / "out", {"rows": "events"}) for count in (100, 600))
    assert more > few * 1.5 + MEBIBYTE / 8


def hoard(what, out, options, write):
    held = list(what.dossiers())
    write(Material(readings=what.readings, dossiers=lambda: iter(held)), out, options)


def alone(name, count, path, options):
    script = [sys.executable, "-c", ALONE, name, str(count), str(path), json.dumps(options)]
    done = subprocess.run(script, capture_output=True, check=False, cwd=Path(__file__).parent, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rows_of(path, name):
    if name == "parquet":
        return duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()[0]
    if name == "sqlite":
        import sqlite3

        connection = sqlite3.connect(path)
        try:
            return connection.execute("SELECT count(*) FROM events").fetchone()[0]
        finally:
            connection.close()
    if name == "xlsx":
        # the rows of the second sheet: openpyxl reads them too, but in minutes
        with zipfile.ZipFile(path) as book, book.open("xl/worksheets/sheet2.xml") as sheet:
            return sum(element.clear() is None for _, element in etree.iterparse(sheet, tag="{*}row")) - 1
    with path.open("rb") as lines:
        count = sum(1 for _ in lines)
    # the line of the columns; the lines before and after the features
    return count - {"csv": 1, "acled": 1, "ucdp-ged": 1, "geojson": 2}.get(name, 0)


@pytest.mark.slow
@pytest.mark.parametrize("name, options", TABLES, ids=IDS)
def test_a_hundred_thousand_events_take_the_memory_of_ten_thousand(name, options, tmp_path):
    path = tmp_path / f"out{exporting.open_format(name).suffix}"
    few, *_ = alone(name, 10_000, path, options)
    more, documents, events = alone(name, 100_000, path, options)
    assert max(documents, events) == 100_000
    assert rows_of(path, name) == 100_000
    assert more - few < 32 * MEBIBYTE, f"{few / MEBIBYTE:.0f} MiB for 10,000, {more / MEBIBYTE:.0f} for 100,000"
