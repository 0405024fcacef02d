"""Folders: the files below them, in sorted order; symbolic links are not followed, and that is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.ingest import making
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLUTTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
MOST_LEVELS = 64


def walk(paths: Iterable[str]) -> Iterator[str | Problem | making.Passed]:
    """Yield the files that are named, and those below the folders that are named, sorted by name.

    A folder that cannot be read is a Problem; links and devices below a folder are passed over, and counted. What begins with a
    dot, below a folder, is left alone without a word, as everywhere. ``-`` (standard input) stays. A link that the user names is
    followed: the user means it.
    """
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
        else:
            yield from _below(path, level=0)


def _below(folder: str, *, level: int) -> Iterator[str | Problem | making.Passed]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield _left_out(folder, f"the folder cannot be read ({error.strerror})", "change its permissions")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in CLUTTER:
            continue
        if entry.is_symlink():
            yield making.Passed(_named(entry.path), "symbolic links, which are not followed", 1)
        elif entry.is_dir(follow_symlinks=False):
            if level >= MOST_LEVELS:
                yield _left_out(entry.path, f"it lies more than {MOST_LEVELS} folders deep", "name it by itself")
            else:
                yield from _below(entry.path, level=level + 1)
        elif entry.is_file(follow_symlinks=False):
            yield entry.path
        else:
            yield making.Passed(_named(entry.path), "devices, pipes and sockets", 1)


def _left_out(path: str, reason: str, cure: str) -> Problem:
    return Problem(name=_named(path), reason=reason, cure=cure)


def _named(path: str) -> str:
    """Return a path as it can be written down; names may hold bytes that are no characters."""
    return making.SURROGATES.sub(making.REPLACEMENT, path)
