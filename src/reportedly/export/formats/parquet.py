"""Parquet: flat claims or flat events with typed columns and real lists; as GeoParquet by option."""

from __future__ import annotations

import json
import struct
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.export import registry
from reportedly.export.columns import CLAIMS_TABLE, EVENTS_TABLE, point, values
from reportedly.export.formats.csv import ROWS, rows
from reportedly.export.protocol import Dossier, Field, Format, Material, Option, Options, Table, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.columns import Column

ROWS_A_GROUP = 2_000
GEOMETRY = "geometry"
# OGC:CRS84, longitude before latitude, is what GeoParquet means where it names no other.
GEO = {
    "version": "1.1.0",
    "primary_column": GEOMETRY,
    "columns": {GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def write_file(material: Material, path: Path, options: Options) -> None:
    """Write the rows group by group."""
    pyarrow = registry.library("pyarrow", extra="parquet")
    parquet = registry.library("pyarrow.parquet", extra="parquet")
    columns, items = rows(material, options)
    geo = options["geo"] == "yes"
    schema = _schema(pyarrow, columns, geo=geo)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        stream: Iterator[Told | Dossier] = iter(items)
        while group := [_row(columns, item, geo=geo) for item in islice(stream, ROWS_A_GROUP)]:
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


def _schema(pyarrow: Any, columns: tuple[Column, ...], *, geo: bool) -> Any:
    types = {"text": pyarrow.string(), "number": pyarrow.float64(), "integer": pyarrow.int64()}
    types |= {f"{name}s": pyarrow.list_(kind) for name, kind in tuple(types.items())}
    found = [pyarrow.field(column.name, types[column.kind], metadata={"source": column.source}) for column in columns]
    if geo:
        found.append(pyarrow.field(GEOMETRY, pyarrow.binary()))
    return pyarrow.schema(found, metadata={"geo": json.dumps(GEO)} if geo else None)


def _row(columns: tuple[Column, ...], item: Told | Dossier, *, geo: bool) -> dict[str, Any]:
    row = values(columns, item)
    if geo:
        row[GEOMETRY] = _wkb(item)
    return row


def _wkb(item: Told | Dossier) -> bytes | None:
    """Return the finest located place as well-known binary."""
    if isinstance(item, Dossier):
        found = point(item)
    else:
        located = [place for place in item.claim.places if place.lat is not None and place.lon is not None]
        found = min(located, key=lambda place: place.precision, default=None)
    return struct.pack("<BIdd", 1, 1, found.lon, found.lat) if found else None


_SHAPE = Field(GEOMETRY, "with `geo=yes`: the finest place that has coordinates, as well-known binary, WGS84")
FORMAT = Format(
    name="parquet",
    title="Parquet, flat claims or flat events with typed columns and lists; GeoParquet by option",
    suffix=".parquet",
    write_file=write_file,
    extra="parquet",
    options=(ROWS, Option("geo", "Add a geometry, which makes it GeoParquet 1.1.", ("no", "yes"))),
    tables=(
        Table(name="claims", takes="readings", fields=(*CLAIMS_TABLE.fields, _SHAPE), lost=CLAIMS_TABLE.lost),
        Table(name="events", takes="events", fields=(*EVENTS_TABLE.fields, _SHAPE), lost=EVENTS_TABLE.lost),
    ),
    notes=("Lists are lists, missing values null, numbers numbers; groups of 2,000 rows, compressed with Zstandard.",),
)
