"""A Filter as SQL over the table ``claim``: conditions and their parameters, nothing of the user's ever in the text of a query."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly import folding
from reportedly.errors import InputError
from reportedly.queries import Filter, Near
from reportedly.store import rows, searching

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_KM = 6371.0088
KM_A_DEGREE = math.pi * EARTH_KM / 180
# In which column an actor of each role stands.
ROLES = {"actors": "actors", "recipients": "recipients", "chain": "sources"}
OPEN_PAST, OPEN_FUTURE = "", "99999"


class Condition(NamedTuple):
    """SQL that holds for the claims meant, and its parameters."""

    sql: str
    values: tuple[Any, ...] = ()


def where(query: Filter | None) -> Condition:
    """Return the condition of a filter. Raises InputError for one that cannot be met as written."""
    query = query or Filter()
    parts = [part for part in (*_plain(query), *_sought(query)) if part]
    if not parts:
        return Condition("1")
    return Condition(" AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values))


def _plain(query: Filter) -> list[Condition | None]:
    """Return the conditions on the claim's own row."""
    return [
        Condition("current = 1") if query.versions == "current" else None,
        None if query.repeats else Condition("repeats = 0"),
        _types(query.types),
        _within("modes", query.modes),
        _within("countries", query.countries),
        _among("certainty", query.certainties),
        _among("status", query.statuses),
        _among("polarity", query.polarities),
        _among("source_kind", query.source_kinds),
        _among("language", query.languages),
        _among("publisher COLLATE NOCASE", query.publishers),
        _time(query),
        Condition("published >= ?", (query.published_from,)) if query.published_from else None,
        # a timestamp of the last day still lies in it
        Condition("published <= ?", (f"{query.published_to}~",)) if query.published_to else None,
    ]


def _sought(query: Filter) -> list[Condition | None]:
    """Return the conditions on other tables."""
    return [
        _named(tuple(ROLES[role] for role in (query.roles or ROLES)), query.actors),
        _named(("places",), query.places),
        _near_any(query.near if isinstance(query.near, tuple) else (query.near,) if query.near else ()),
        _documents(query.documents),
        _text(query.text) if query.text else None,
    ]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _among(column: str, values: Sequence[str]) -> Condition | None:
    return Condition(f"{column} IN ({_marks(values)})", tuple(values)) if values else None


def _types(types: Sequence[str]) -> Condition | None:
    """Return the condition that a claim has one of these types or sub-events of ACLED's."""
    if not types:
        return None
    return Condition(f"(type IN ({_marks(types)}) OR acled IN ({_marks(types)}))", (*types, *types))


def _within(column: str, values: Sequence[str]) -> Condition | None:
    """Return the condition that one of these stands in a column that has several, each between spaces."""
    if not values:
        return None
    return Condition(f"({' OR '.join([f'instr({column}, ?)'] * len(values))})", tuple(f" {value} " for value in values))


def _time(query: Filter) -> Condition | None:
    """Return the condition that some anchored time may lie within the bounds; a claim without one is not meant."""
    if query.earliest is None and query.latest is None:
        return None
    return Condition(
        "(earliest <= ? AND latest >= ?)",
        (f"{query.latest}~" if query.latest else OPEN_FUTURE, query.earliest or OPEN_PAST),
    )


def _named(columns: tuple[str, ...], names: Sequence[str]) -> Condition | None:
    """Return the condition that a mention has one of these names: as its canonical name, or among its words where it has none."""
    if not names:
        return None
    sought = [f"{rows.SET}{name}{rows.SET}" for name in names]
    sought += [rows.unknown(name) for name in names if folding.folded(name)]
    tests = [f"instr({column}, ?)" for column in columns for _ in sought]
    return Condition(f"({' OR '.join(tests)})", tuple(sought) * len(columns))


def _near_any(points: Sequence[Near]) -> Condition | None:
    if not points:
        return None
    parts = [_near(point) for point in points]
    return Condition(
        f"({' OR '.join(part.sql for part in parts)})", tuple(value for part in parts for value in part.values)
    )


def _near(near: Near) -> Condition:
    """Return the condition that a spot lies within a distance: first the box around the claim's spots, then the distance itself."""
    if not (-90 <= near.lat <= 90 and -180 <= near.lon <= 180 and near.km >= 0):
        raise InputError(
            f"{near.lat},{near.lon} within {near.km} km is nowhere", cure="give degrees north, degrees east, km"
        )
    high = near.km / KM_A_DEGREE
    # meridians meet at the poles: as wide as the box is at the latitude nearest to one
    cosine = math.cos(math.radians(min(89.9, abs(near.lat) + high)))
    wide = min(180.0, high / cosine)
    values: tuple[Any, ...] = (near.lat - high, near.lat + high)
    sql = "north >= ? AND south <= ?"
    if near.lon - wide >= -180 and near.lon + wide <= 180:
        sql += " AND east >= ? AND west <= ?"
        values = (*values, near.lon - wide, near.lon + wide)
    return Condition(f"({sql} AND nearest_km(spots, ?, ?) <= ?)", (*values, near.lat, near.lon, near.km))


def nearest_km(spots: str, lat: float, lon: float) -> float:
    """Return how far the nearest of a claim's spots is, in km.

    >>> round(nearest_km("34.73 36.72 36.2 37.16", 33.51, 36.29))
    141
    """
    numbers = [float(number) for number in spots.split()]
    return min(km(lat, lon, *point) for point in zip(numbers[::2], numbers[1::2], strict=True))


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points on a sphere, in km (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _documents(documents: Sequence[str]) -> Condition | None:
    if not documents:
        return None
    return Condition(f"document IN (SELECT key FROM document WHERE id IN ({_marks(documents)}))", tuple(documents))


def _text(text: str) -> Condition:
    match = searching.parse(text).match()
    return Condition("document IN (SELECT rowid FROM words WHERE words MATCH ?)", (match,))
