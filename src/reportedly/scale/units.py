"""Units of work: a stretch of a web archive, or some files; and the manifest, which says which of them are done."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from reportedly.errors import InputError
from reportedly.ingest.members import next_member
from reportedly.records import Problem, Record
from reportedly.workers import frames

MANIFEST = "manifest"
SETTINGS = "archive.json"
# A unit is done again from its beginning where it was cut off, and has a row in the manifest: some minutes of work for one core.
UNIT_BYTES = 32 << 20
FILES_A_UNIT = 500
PACKED, PLAIN = (".warc.gz",), ".warc"
SPECIAL = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


class Settings(Record, frozen=True, kw_only=True):
    """What all units of an archive are read with: what may change an answer. ``language`` None: each text's own."""

    mode: Literal["full", "fast"] = "fast"
    language: str | None = None
    publisher: str | None = None
    actors: str | None = None
    lexicon: str | None = None
    gazetteer: str | None = None
    unit_bytes: int = UNIT_BYTES
    version: str = ""


class Unit(Record, frozen=True, kw_only=True):
    """A piece of work: files, or one archive and the bytes at which the records of this unit begin (``start`` up to, not including,
    ``stop``; None: to its end). ``stamps`` say of each file how it was when the unit was cut.
    """

    id: str
    paths: tuple[str, ...]
    stamps: tuple[str, ...] = ()
    start: int = 0
    stop: int | None = None


class Row(Record, frozen=True, kw_only=True):
    """What the manifest says of a unit that is done. ``reasons`` counts what could not be read, ``passed`` what holds no report.

    ``examples`` has for each of the reasons the first that came, in full: its name, what is the matter, the cure.
    """

    unit: Unit
    documents: int
    relevant: int
    claims: int
    problems: int
    reasons: dict[str, int]
    passed: dict[str, int]
    processor_seconds: float
    files: tuple[str, ...]
    examples: dict[str, str] = msgspec.field(default_factory=dict)


def cut(paths: Iterable[str | Path], *, size: int = UNIT_BYTES) -> tuple[Unit, ...]:
    """Return the units of archives, files and folders: compressed web archives in stretches, other files together.

    Raises InputError for a path that is not there. The same files give the same units.
    """
    found: list[Unit] = []
    together: list[str] = []
    held = 0
    for path in files(paths):
        bytes_here = path.stat().st_size
        if path.name.endswith(PACKED) and bytes_here:
            # only a compressed archive says beyond doubt where a record begins; its reports are called after that byte
            found += [_unit((str(path),), at, min(at + size, bytes_here)) for at in range(0, bytes_here, size)]
            continue
        if together and (held + bytes_here > size or len(together) >= FILES_A_UNIT):
            found.append(_unit(tuple(together)))
            together, held = [], 0
        together.append(str(path))
        held += bytes_here
    return (*found, *([_unit(tuple(together))] if together else []))


def undivided(units: Iterable[Unit], *, size: int = UNIT_BYTES) -> Iterator[str]:
    """Yield the web archives larger than a unit that one unit reads whole: those that are not packed, and those packed as one."""
    for unit in units:
        if unit.stop is None:
            yield from (path for path in unit.paths if path.endswith(PLAIN) and _size(path) > size)
        elif unit.start == size and os.path.exists(unit.paths[0]):  # noqa: PTH110 - as it was given
            # a member of more than a stretch is no record's: where a crawl is packed record by record each is some kilobytes
            with Path(unit.paths[0]).open("rb") as archive:
                if next_member(archive, unit.start, stop=unit.stop) is None:
                    yield unit.paths[0]


def _size(path: str) -> int:
    return os.stat(path).st_size if os.path.exists(path) else 0  # noqa: PTH110, PTH116 - thousands of them


def files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield files, and those in folders, each once in whatever ways it is named. Raises InputError for a path that is not there."""
    seen: set[str] = set()
    for path in _named(paths):
        name = os.path.realpath(path)
        if name not in seen:
            seen.add(name)
            yield path


def _named(paths: Iterable[str | Path]) -> Iterator[Path]:
    for each in paths:
        path = Path(each).absolute()
        if path.is_dir():
            yield from sorted(inside for inside in path.rglob("*") if inside.is_file() and not inside.is_symlink())
        elif path.is_file():
            yield path
        elif why := unfit(each):
            raise InputError(f"{each}: {why.reason}", cure=why.cure)


def unfit(path: str | Path) -> Problem | None:
    """Return why nothing can be read from what a path leads to: it is neither a file nor a folder; None where it is one."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - as it was given
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114 - as it was given
            return Problem(name=str(path), reason="it is a link to what is not there", cure="check where it leads")
        return Problem(name=str(path), reason="there is no such file", cure="check the name")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(name=str(path), reason=f"it cannot be looked at ({reason})", cure="check the name and the disk")
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    what = SPECIAL.get(stat.S_IFMT(mode), "something else")
    return Problem(name=str(path), reason=f"it is {what}, which has no units to read", cure="name a file or a folder")


def stamp(path: str | Path) -> str:
    """Return what tells a file from what it was before: its size, and when it was last written."""
    known = os.stat(path)  # noqa: PTH116 - thousands of them
    return f"{known.st_size} {known.st_mtime_ns}"


def _unit(paths: tuple[str, ...], start: int = 0, stop: int | None = None) -> Unit:
    stamps = tuple(map(stamp, paths))
    # a name may hold bytes that are no characters
    key = msgspec.json.encode([[os.fsencode(path) for path in paths], stamps, start, stop])
    return Unit(id=hashlib.sha256(key).hexdigest()[:16], paths=paths, stamps=stamps, start=start, stop=stop)


def size_of(unit: Unit) -> int:
    """Return how many bytes of its files a unit has to read; of those that are there."""
    if unit.stop is not None:
        return unit.stop - unit.start
    # a unit that is done may hold files that are gone
    return sum(map(_size, unit.paths))


def manifest(output: str | Path) -> Iterator[Row]:
    """Yield the rows of the manifest of an archive, by unit."""
    for path in sorted((Path(output) / MANIFEST).glob("*.json")):
        try:
            yield frames.understood(path.read_bytes(), Row)
        except (msgspec.DecodeError, ValueError):
            # written by another hand or lost with the disk: the unit is done again
            continue


def note(output: str | Path, row: Row) -> None:
    """Put the row of a unit into the manifest."""
    folder = Path(output) / MANIFEST
    folder.mkdir(parents=True, exist_ok=True)
    place(folder / f"{row.unit.id}.json", frames.written(row))


def settle(output: str | Path, settings: Settings) -> None:
    """Note what an archive is read with. Raises InputError where its other units were read with something else."""
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SETTINGS
    if path.exists():
        before = msgspec.json.decode(path.read_bytes(), type=Settings)
        if before != settings:
            names = [name for name in settings.__struct_fields__ if getattr(before, name) != getattr(settings, name)]
            differing = ", ".join(_setting(name, getattr(before, name)) for name in names)
            raise InputError(f"{output} was begun with {differing}", cure="go on with the same, or name another folder")
        return
    place(path, msgspec.json.format(msgspec.json.encode(settings), indent=1))


def _setting(name: str, value: object) -> str:
    """Return how a setting is called, with its value: of a unit in megabytes, which are what --unit takes."""
    if name == "unit_bytes" and isinstance(value, int):
        return f"unit {value / (1 << 20):g} (megabytes)"
    return f"{name} {value!r}"


def place(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the power goes."""
    with temporary(path).open("wb") as sink:
        sink.write(data)
        sink.flush()
        os.fsync(sink.fileno())
    temporary(path).replace(path)


def temporary(path: Path) -> Path:
    """Return the name under which a file is written before it is renamed; each process has its own."""
    return path.with_name(f".{path.name}.{os.getpid()}")
