"""The formats there are: whatever the entry-point group ``reportedly.exporters`` of the installed packages names, ours included."""

from __future__ import annotations

import difflib
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import TYPE_CHECKING

from reportedly.errors import InputError
from reportedly.export.protocol import Format, Options

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = "reportedly.exporters"
REINSTALL = "install reportedly again (from a clone: make install)"


def names() -> tuple[str, ...]:
    """Return the names of all formats, sorted; nothing is loaded."""
    return tuple(sorted(_points()))


def find(name: str) -> Format:
    """Return the format of that name. Raises InputError where there is none, or where what was installed under it is no format."""
    points = _points()
    if name not in points:
        near = difflib.get_close_matches(name, points, n=1)
        known = f"there are {', '.join(sorted(points))}" if points else REINSTALL
        raise InputError(f"there is no format {name!r}", cure=f"did you mean {near[0]!r}? {known}" if near else known)
    point = points[name]
    try:
        found = point.load()
    except Exception as error:
        raise InputError(
            f"the format {name!r} of {_package(point)} cannot be loaded: {error}",
            cure=f"update or remove {_package(point)}",
        ) from error
    if not isinstance(found, Format):
        raise InputError(
            f"the format {name!r} of {_package(point)} is a {type(found).__name__}, no Format",
            cure="its entry point must name an object of reportedly.export.protocol.Format",
        )
    return found


def library(name: str, *, extra: str) -> ModuleType:
    """Return the imported module. Raises InputError, with the line that installs it, where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(
            f"this format needs {name.partition('.')[0]}, which is not installed",
            cure=f"pip install 'reportedly[{extra}]'",
        ) from error


def options(format_: Format, given: Mapping[str, str]) -> Options:
    """Return every option of the format with its value. Raises InputError for an option or a value it does not know."""
    known = {option.name: option for option in format_.options}
    for name, value in given.items():
        if name not in known:
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(f"the format {format_.name} has no option {name!r}", cure=there)
        if known[name].choices and value not in known[name].choices:
            raise InputError(
                f"{name}={value} is no choice of the format {format_.name}",
                cure=f"choose one of {', '.join(known[name].choices)}",
            )
    return {name: given.get(name, option.default or next(iter(option.choices), "")) for name, option in known.items()}


def _points() -> dict[str, EntryPoint]:
    """Return the entry points by name; of two with one name ours is taken, so that no package replaces a format unseen."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: _package(point) != "reportedly"):
        found.setdefault(point.name, point)
    return found


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "an unknown package"
