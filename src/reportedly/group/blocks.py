"""Which strands of different reports are worth comparing: those that share a block.

A block is a kind of happening at one time and place, or of one party at one time, or the same words. Comparing all pairs of a block
takes time by its square, so one that holds more than ``FULL`` is split by what its members say, in a fixed order: the spot's name,
the weapon, the actor, the victim, the dead, and last by a number drawn from the strand's id. Where a block is split depends on what
it holds in the end, not on the order in which it came.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from reportedly.group import facts, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.group.facts import Facts, Point
    from reportedly.group.strands import Strand

Key = tuple[str, ...]
FULL = 40
# Cells of half a degree for spots, of three degrees for regions; a country is no place to look in.
SPOT_CELL, REGION_CELL, WIDEST = 0.5, 3.0, 250.0
# Longer times are looked up by month, and longer than a season not at all.
DAYS_LISTED = 7
FAMILIES = {"force": "deed", "territory": "deed", "targeted": "deed", "expel": "leave", "withdraw": "leave"}
KM_PER_DEGREE = 111.0
MOST_PARTIES = 4


def keys(strand: Strand) -> Iterator[tuple[Key, bool]]:
    """Yield the blocks a strand belongs to, and whether it looks there for others or is only there to be found.

    The short and precise are compared with each other where both are; the long, wide and undated look among all.
    """
    for number in strand.contents:
        yield ("words", str(number)), True
    said = strand.facts
    if said.family == "statement":
        return
    kind = FAMILIES.get(said.family, said.family)
    for person in said.persons:
        yield ("person", kind, names.block(person)), True
    times = list(_times(said))
    if said.days is None:
        if strand.published is not None:
            # it tells of the month before it came out; whatever has neither date looks among all
            times = [("undated", False), *((f"m{month}", True) for month in _months_before(strand.published))]
        times += [time for scene in strand.scenes for time in _times(scene) if time[0].startswith("d")]
    located = (said,) if said.places or said.points else strand.scenes
    for spot, looks in (spot for facts_ in located for spot in _spots(facts_)):
        for when, seeks in times:
            yield (kind, spot, when), looks and seeks
    weeks = list(_weeks(strand))
    for party in sorted(names.named(said.actors | said.recipients))[:MOST_PARTIES]:
        for when, seeks in [*(time for time in times if time[0].startswith("d")), *weeks]:
            yield (kind, party, when), seeks


def _times(said: Facts) -> Iterator[tuple[str, bool]]:
    """Yield the days of a strand, or its months, or that it has none: those of a kind meet, and shorter ones can be found by longer."""
    if said.days is None or facts.length(said.days) > facts.OPEN_DAYS // 2:
        yield "undated", True
        return
    first, last = said.days
    short = last - first <= DAYS_LISTED
    if short:
        yield from ((f"d{day}", True) for day in range(first, last + 1))
    if last - first <= 366:
        yield from ((f"m{month}", not short) for month in range(first // 30, last // 30 + 1))
    yield "undated", not short and last - first > 366


def _months_before(day: int) -> set[int]:
    """Return the months, as blocks count them, of a day and of thirty days before it."""
    return {day // 30, (day - 30) // 30}


def _weeks(strand: Strand) -> Iterator[tuple[str, bool]]:
    """Yield the weeks in which reports of it came out, for a strand without a date and for those it may mean."""
    if strand.published is not None:
        dated = strand.facts.days is not None
        for week in {strand.published // 7, (strand.published + 3) // 7}:
            yield f"w{week}", not dated


def _spots(said: Facts) -> Iterator[tuple[str, bool]]:
    for name in said.places:
        yield f"n{names.block(name)}", True
    for point in said.points:
        if point.radius <= facts.RADIUS[facts.FINE]:
            yield from ((cell, True) for cell in _cells(point, SPOT_CELL, "s"))
            yield _cell(point.lat, point.lon, REGION_CELL, "r"), False
        elif point.radius <= WIDEST:
            yield from ((cell, True) for cell in _cells(point, REGION_CELL, "r"))


def _cell(lat: float, lon: float, size: float, sort: str) -> str:
    return f"{sort}{math.floor(lat / size)},{math.floor(lon / size)}"


def _cells(point: Point, size: float, sort: str) -> set[str]:
    """Return every cell that the circle of a point's radius reaches."""
    north = point.radius / KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(point.lat)))
    steps = range(math.ceil(2 * north / size) + 1), range(math.ceil(2 * east / size) + 1)
    rows = {min(point.lat - north + n * size, point.lat + north) for n in steps[0]}
    columns = {min(point.lon - east + n * size, point.lon + east) for n in steps[1]}
    return {_cell(lat, lon, size, sort) for lat in rows for lon in columns}


@dataclass(slots=True)
class Block:
    """Strands by id that share a key: those looking for others, and those waiting to be found; an overfull one holds parts instead."""

    level: int = 0
    looking: dict[str, None] = field(default_factory=dict)
    waiting: dict[str, None] = field(default_factory=dict)
    parts: dict[str, Block] | None = None

    def __len__(self) -> int:
        return len(self.looking) + len(self.waiting)

    def members(self) -> tuple[str, ...]:
        """Return all of them."""
        return *self.looking, *self.waiting

    def add(self, member: str, *, looks: bool) -> None:
        """Take a strand in."""
        (self.looking if looks else self.waiting)[member] = None


def part_of(strand: Strand, level: int) -> str:
    """Return which part of an overfull block of that level a strand goes to."""
    said = strand.facts
    if level == 0:
        return min(map(names.block, said.places), default="")
    if level == 1:
        return min(said.weapons, default="")
    if level == 2:
        return min(names.named(said.actors), default="")
    if level == 3:
        return min(names.named(said.recipients), default="")
    if level == 4:
        return str(next((figures for figures in said.tolls if figures[0] == "killed"), ""))
    return blake2b(strand.id.encode(), digest_size=16).hexdigest()[(level - 5) % 32]
