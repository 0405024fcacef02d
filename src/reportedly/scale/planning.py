"""What is to be done for an archive, by what its manifest says is done: units that still hold are kept, those of changed inputs go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from reportedly.scale.units import MANIFEST, UNIT_BYTES, Row, Unit, cut, files, manifest, note, stamp


class Plan(NamedTuple):
    """The ``units`` that the inputs make, those of them that are ``done``, and the rows of units whose inputs are other ones now."""

    units: tuple[Unit, ...]
    done: frozenset[str]
    superseded: tuple[Row, ...]

    @property
    def todo(self) -> list[Unit]:
        """The units that are to be read."""
        return [unit for unit in self.units if unit.id not in self.done]


def plan(paths: Iterable[str | Path], output: str | Path, *, size: int = UNIT_BYTES) -> Plan:
    """Return what is done and to be done for ``paths``; changes nothing. Raises InputError for a path that is not there.

    A unit of small files is kept while those of them that are named are as they were read; only files that no kept unit holds are cut
    anew. What a superseded unit held besides is read again with it. Units of inputs that are not named, or gone, stay.
    """
    found = list(files(paths))
    named = {os.path.realpath(path): stamp(path) for path in found}
    kept: list[Unit] = []
    stretches: list[Row] = []
    old: list[Row] = []
    covered: set[str] = set()
    for row in manifest(output):
        held = {name for name in map(os.path.realpath, row.unit.paths) if name in named}
        if held and row.unit.stop is not None:
            stretches.append(row)
        elif held and _holds(row.unit, named) and not held & covered:
            kept.append(row.unit)
            covered |= held
        elif held:
            old.append(row)
    anew = [*(path for path in found if os.path.realpath(path) not in covered), *_besides(old, {*named})]
    fresh = cut(anew, size=size)
    now = {unit.id for unit in fresh}
    old += [row for row in stretches if row.unit.id not in now]
    done = {unit.id for unit in kept} | {row.unit.id for row in stretches if row.unit.id in now}
    return Plan((*kept, *fresh), frozenset(done), tuple(old))


def _holds(unit: Unit, named: dict[str, str]) -> bool:
    """Return whether what is named of a unit is as it was when it was read."""
    if len(unit.stamps) != len(unit.paths):
        return False
    names = map(os.path.realpath, unit.paths)
    return all(named.get(name, before) == before for name, before in zip(names, unit.stamps, strict=True))


def _besides(old: Sequence[Row], named: set[str]) -> Iterator[Path]:
    """Yield what superseded units held that is not named now, and is there: its rows go with theirs."""
    for row in old:
        for path in map(Path, row.unit.paths):
            name = os.path.realpath(path)
            if name not in named and path.is_file():
                named.add(name)
                yield path


def empty(output: str | Path, rows: Iterable[Row]) -> None:
    """Remove what superseded units left in the tables. Their rows stay in the manifest, empty, until ``forget``.

    So who is cut off before the new units are done finds out again what these held.
    """
    for row in rows:
        hollow = msgspec.structs.replace(
            row, unit=msgspec.structs.replace(row.unit, stamps=()), documents=0, relevant=0, claims=0, problems=0,
            reasons={}, passed={}, examples={}, processor_seconds=0.0,
        )  # fmt: skip
        note(output, hollow)
        for name in row.files:
            (Path(output) / name).unlink(missing_ok=True)


def forget(output: str | Path, rows: Iterable[Row]) -> None:
    """Remove superseded units from the manifest."""
    for row in rows:
        (Path(output) / MANIFEST / f"{row.unit.id}.json").unlink(missing_ok=True)
