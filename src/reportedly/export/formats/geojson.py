"""GeoJSON (RFC 7946): a feature for each event or claim, those that nobody could locate without a geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from reportedly.export.columns import CLAIMS_TABLE, EVENTS_TABLE, point, values
from reportedly.export.formats.csv import rows
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Option, Options, Table, Told

if TYPE_CHECKING:
    from reportedly.export.columns import Column


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write one feature collection, a feature a line."""
    columns, items = rows(material, options)
    out.write(b'{"type":"FeatureCollection","features":[')
    for number, item in enumerate(items):
        out.write(b",\n" if number else b"\n")
        out.write(msgspec.json.encode(feature(columns, item)))
    out.write(b"\n]}\n")


def feature(columns: tuple[Column, ...], item: Told | Dossier) -> dict[str, Any]:
    """Return one event or claim as a feature; its id is the event's, or ``document:claim``."""
    if isinstance(item, Dossier):
        found = point(item)
        name, points = item.event.id, [(found.lon, found.lat)] if found else []
    else:
        name = f"{item.document.id}:{item.claim.id}"
        points = [
            (place.lon, place.lat) for place in item.claim.places if place.lat is not None and place.lon is not None
        ]
    return {"type": "Feature", "id": name, "geometry": _geometry(points), "properties": values(columns, item)}


def _geometry(points: list[tuple[float | None, float | None]]) -> dict[str, Any] | None:
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


def _is_wide(dossier: Dossier) -> bool:
    """Return whether the event's point stands for more than a place and what is near it."""
    found = point(dossier)
    return found is not None and found.precision > 2


_ID = Field("id", "Event.id, or `Document.id:Claim.id`")
_WHERE = Field("geometry", "the places that have coordinates, longitude first, WGS84; null where none has")
_FAR = Loss("how far from its point an event may be, for who draws it as a point", _is_wide)
FORMAT = Format(
    name="geojson",
    title="GeoJSON, a feature for each event or claim",
    suffix=".geojson",
    write=write,
    options=(Option("rows", "What a feature is.", ("events", "claims")),),
    tables=(
        Table(
            name="events",
            takes="events",
            fields=(Field(_WHERE.name, _WHERE.source, (_FAR,)), *EVENTS_TABLE.fields),
            lost=EVENTS_TABLE.lost,
        ),
        Table(
            name="claims",
            takes="readings",
            fields=(_ID, _WHERE, *CLAIMS_TABLE.fields),
            lost=CLAIMS_TABLE.lost,
        ),
    ),
    notes=(
        "An event has the point of its finest place; a claim all its places. For GeoParquet: `--format parquet --set geo=yes`.",
    ),
)
