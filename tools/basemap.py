"""Make the coasts and borders that a dossier's map is drawn on, from Natural Earth (public domain) as the npm package world-atlas has it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/basemap.py package/countries-50m.json

Writes src/reportedly/export/dossier/borders.json.gz: a list of lines, each [kind, x, y, dx, dy, ...] in hundredths of a degree; kind 0
is a coast, 1 a border between two countries.
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
COAST, BORDER = 0, 1


def lines(topology: dict[str, Any]) -> Iterator[list[int]]:
    """Yield each arc as kind, first point and steps; an arc that two countries share is a border."""
    used: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        used.update({arc if arc >= 0 else ~arc for arc in _arcs(country.get("arcs", []))})
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for number, arc in enumerate(topology["arcs"]):
        x = y = 0
        points: list[tuple[int, int]] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            point = (round((x * scale_x + move_x) * 100), round((y * scale_y + move_y) * 100))
            if not points or points[-1] != point:
                points.append(point)
        if len(points) > 1:
            steps = [c for a, b in pairwise(points) for c in (b[0] - a[0], b[1] - a[1])]
            yield [BORDER if used[number] > 1 else COAST, *points[0], *steps]


def _arcs(nested: Any) -> Iterator[int]:
    for each in nested:
        if isinstance(each, int):
            yield each
        else:
            yield from _arcs(each)


def _main(source: str) -> None:
    found = list(lines(json.loads(Path(source).read_text(encoding="utf-8"))))
    packed = gzip.compress(json.dumps(found, separators=(",", ":")).encode("ascii"), mtime=0)
    TARGET.write_bytes(packed)
    print(f"{len(found)} lines, {len(packed)} bytes: {TARGET.name}")


if __name__ == "__main__":
    _main(sys.argv[1])
