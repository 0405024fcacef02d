"""The map of a dossier as numbers: where its places fall on a small drawing, how sure that is, and the coasts and borders around.

Plate carrée, stretched so that a kilometre is as long eastwards as northwards in the middle. A place that is a country or more is on no
map: its coordinates are a middle, and a dot there would say what nobody said.
"""

from __future__ import annotations

import gzip
import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportedly.records import REACH_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportedly.records import Place

WIDTH, HEIGHT = 460.0, 320.0
BORDERS = Path(__file__).parent / "borders.json.gz"
COAST, BORDER, DISPUTED = 0, 1, 2
KM_A_DEGREE = 111.32
# A place less precise than a region is on no map.
WIDEST = 5
# Less than this and the map shows nothing that a reader could recognise.
LEAST_KM = 160.0
MARGIN = 1.35
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LONGEST_SCALE = 120.0


class Dot(NamedTuple):
    """A position with the places that lie there: its number in the list beside, where it is drawn, and the radius of what is unsure."""

    number: int
    x: float
    y: float
    radius: float
    names: tuple[str, ...]
    lat: float
    lon: float
    precision: int
    claims: int


class Map(NamedTuple):
    """A map to draw: dots, lines as SVG path data, the scale bar's kilometres and length, and the lines of the graticule."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    coasts: str
    borders: str
    disputed: str
    scale_km: int
    scale_length: float
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    countries: tuple[str, ...]


class _View(NamedTuple):
    west: float
    north: float
    per_lon: float
    per_lat: float

    def x(self, lon: float) -> float:
        return (lon - self.west) * self.per_lon

    def y(self, lat: float) -> float:
        return (self.north - lat) * self.per_lat


def drawn(places: Iterable[Place]) -> Map | None:
    """Return the map of places, each with its claims counted; None where no place has a position finer than a country."""
    spots: dict[tuple[float, float], list[Place]] = {}
    wide: set[str] = set()
    for place in places:
        if place.lat is None or place.lon is None:
            continue
        if place.precision <= WIDEST:
            spots.setdefault((round(place.lat, 3), round(place.lon, 3)), []).append(place)
        else:
            wide.add(place.name or place.exact)
    if not spots:
        return None
    view = _view([(lat, lon, min(REACH_KM[p.precision] for p in found)) for (lat, lon), found in spots.items()])
    order = sorted(spots.items(), key=lambda item: (min(p.precision for p in item[1]), -len(item[1]), item[0]))
    coasts, borders, disputed = _lines(view)
    km, length = _scale(view)
    return Map(
        width=WIDTH,
        height=HEIGHT,
        dots=tuple(_dot(number, at, found, view) for number, (at, found) in enumerate(order, start=1)),
        coasts=coasts,
        borders=borders,
        disputed=disputed,
        scale_km=km,
        scale_length=length,
        meridians=tuple((view.x(at), _degrees(at, "E", "W")) for at in _round_ones(view.west, WIDTH / view.per_lon)),
        parallels=tuple(
            (view.y(at), _degrees(at, "N", "S"))
            for at in _round_ones(view.north - HEIGHT / view.per_lat, HEIGHT / view.per_lat)
        ),
        countries=tuple(sorted(wide)),
    )


def _view(spots: Sequence[tuple[float, float, float]]) -> _View:
    """Return the view that holds every point (latitude, longitude) with the ring of so many kilometres around it."""
    middle_lat = (min(lat for lat, _, _ in spots) + max(lat for lat, _, _ in spots)) / 2
    narrow = max(0.2, math.cos(math.radians(middle_lat)))
    lats = [lat + sign * km / KM_A_DEGREE for lat, _, km in spots for sign in (-1, 1)]
    lons = [lon + sign * km / KM_A_DEGREE / narrow for _, lon, km in spots for sign in (-1, 1)]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    least = LEAST_KM / KM_A_DEGREE
    high = max((max(lats) - min(lats)) * MARGIN, least)
    wide = max((max(lons) - min(lons)) * narrow * MARGIN, least)
    per_lat = min(HEIGHT / high, WIDTH / wide)
    per_lon = per_lat * narrow
    return _View(middle_lon - WIDTH / per_lon / 2, middle_lat + HEIGHT / per_lat / 2, per_lon, per_lat)


def _dot(number: int, at: tuple[float, float], found: Sequence[Place], view: _View) -> Dot:
    precision = min(place.precision for place in found)
    return Dot(
        number=number,
        x=round(view.x(at[1]), 1),
        y=round(view.y(at[0]), 1),
        radius=round(REACH_KM[precision] / KM_A_DEGREE * view.per_lat, 1),
        names=tuple(dict.fromkeys(place.name or place.exact for place in found)),
        lat=at[0],
        lon=at[1],
        precision=precision,
        claims=len(found),
    )


def _scale(view: _View) -> tuple[int, float]:
    """Return the longest round number of kilometres that fits beside the map, and its length."""
    per_km = view.per_lat / KM_A_DEGREE
    km = max((each for each in SCALES if each * per_km <= LONGEST_SCALE), default=SCALES[0])
    return km, round(km * per_km, 1)


def _round_ones(start: float, length: float) -> Iterator[float]:
    """Yield round numbers of degrees between ``start`` and ``start + length``, two to five of them."""
    step = next((each for each in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if length / each <= 5), 45.0)
    first = math.ceil(start / step)
    for number in range(first, math.floor((start + length) / step) + 1):
        yield round(number * step, 1)


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{(positive if value > 0 else negative) if value else ''}"


@cache
def _arcs() -> tuple[tuple[int, tuple[tuple[float, float], ...], tuple[float, float, float, float]], ...]:
    """Return every line of the base map: kind, points (lon, lat), and the box around it."""
    made = []
    for kind, x, y, *steps in json.loads(gzip.decompress(BORDERS.read_bytes())):
        points = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        lonlats = tuple((a / 100, b / 100) for a, b in points)
        lons, lats = [p[0] for p in lonlats], [p[1] for p in lonlats]
        made.append((kind, lonlats, (min(lons), min(lats), max(lons), max(lats))))
    return tuple(made)


def _lines(view: _View) -> tuple[str, str, str]:
    """Return the coasts, the borders and the disputed ones that cross the view as SVG path data, cut a little outside it."""
    west, north = view.west, view.north
    east, south = west + WIDTH / view.per_lon, north - HEIGHT / view.per_lat
    paths: dict[int, list[str]] = {COAST: [], BORDER: [], DISPUTED: []}
    for kind, points, (low_lon, low_lat, high_lon, high_lat) in _arcs():
        if high_lon < west or low_lon > east or high_lat < south or low_lat > north:
            continue
        paths[kind].extend(_visible(points, view))
    return "".join(paths[COAST]), "".join(paths[BORDER]), "".join(paths[DISPUTED])


def _visible(points: Sequence[tuple[float, float]], view: _View) -> Iterator[str]:
    """Yield path data of the stretches of a line that are in view, each with the point before and behind."""
    drawn_: list[str] = []
    inside_before = False
    last = ""
    for lon, lat in points:
        x, y = view.x(lon), view.y(lat)
        at = f"{x:.0f} {y:.0f}"
        inside = -20 <= x <= WIDTH + 20 and -20 <= y <= HEIGHT + 20
        if inside and not inside_before:
            drawn_ = [last] if last else []
        if (inside or inside_before) and (not drawn_ or drawn_[-1] != at):
            drawn_.append(at)
        if inside_before and not inside:
            yield _path(drawn_)
        inside_before, last = inside, at
    if inside_before:
        yield _path(drawn_)


def _path(points: Sequence[str]) -> str:
    return f"M{'L'.join(points)}" if len(points) > 1 else ""
