"""Make the coasts and borders that a dossier's map is drawn on, from Natural Earth (public domain) as the npm package world-atlas has it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/basemap.py package/countries-50m.json      (or frontend/node_modules/world-atlas/countries-50m.json)

Writes src/reportedly/export/dossier/borders.json.gz: a list of lines, each [kind, x, y, dx, dy, ...] in hundredths of a degree; kind 0
is a coast, 1 a border between two countries, 2 one that is disputed: those, and lines of our own where Natural Earth has none, are told by
frontend/src/events/disputed.json, which the workbench's map is drawn from too.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "export" / "dossier" / "borders.json.gz"
DISPUTES = TARGET.parents[4] / "frontend" / "src" / "events" / "disputed.json"
COAST, BORDER, DISPUTED = 0, 1, 2
Point = tuple[int, int]


def lines(topology: dict[str, Any], disputes: dict[str, Any]) -> Iterator[list[int]]:
    """Yield each line as kind, first point and steps; an arc that two countries share is a border, disputed or not."""
    sharing: dict[int, set[str]] = {}
    uses: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        for arc in {arc if arc >= 0 else ~arc for arc in _arcs(country.get("arcs", []))}:
            sharing.setdefault(arc, set()).add(country["properties"]["name"])
            uses[arc] += 1
    pairs = {frozenset(each["of"]): each.get("within") for each in disputes["borders"]}
    for number, points in enumerate(_points(topology)):
        names = frozenset(sharing.get(number, ()))
        if uses[number] < 2:
            yield _line(COAST, points)
        elif names not in pairs:
            yield _line(BORDER, points)
        else:
            yield from (_line(kind, part) for kind, part in cut(points, pairs[names]))
    for each in disputes["lines"]:
        yield _line(DISPUTED, [(round(100 * lon), round(100 * lat)) for lon, lat in each["at"]])


def _points(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield each arc's points in hundredths of a degree; of points that fall together one."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            point = (round((x * scale_x + move_x) * 100), round((y * scale_y + move_y) * 100))
            if not points or points[-1] != point:
                points.append(point)
        yield points


def cut(points: list[Point], boxes: list[list[float]] | None) -> Iterator[tuple[int, list[Point]]]:
    """Yield a border's stretches within boxes of [west, south, east, north] degrees as disputed, the others as settled."""
    if boxes is None:
        yield DISPUTED, points
        return
    piece: list[Point] = []
    held: int | None = None
    for x, y in points:
        inside = any(100 * w <= x <= 100 * e and 100 * s <= y <= 100 * n for w, s, e, n in boxes)
        kind = DISPUTED if inside else BORDER
        if held is not None and kind != held:
            yield held, [*piece, (x, y)]
            piece = []
        piece.append((x, y))
        held = kind
    if held is not None:
        yield held, piece


def _line(kind: int, points: list[Point]) -> list[int]:
    """Return a line as kind, first point and steps; empty where it is a point."""
    if len(points) < 2:
        return []
    return [kind, *points[0], *(c for a, b in pairwise(points) for c in (b[0] - a[0], b[1] - a[1]))]


def _arcs(nested: Any) -> Iterator[int]:
    for each in nested:
        if isinstance(each, int):
            yield each
        else:
            yield from _arcs(each)


def _main(source: str) -> None:
    disputes = json.loads(DISPUTES.read_text(encoding="utf-8"))
    found = [line for line in lines(json.loads(Path(source).read_text(encoding="utf-8")), disputes) if line]
    packed = gzip.compress(json.dumps(found, separators=(",", ":")).encode("ascii"), mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(found)} lines, {len(packed)} bytes: {TARGET.name}")


if __name__ == "__main__":
    _main(sys.argv[1])
