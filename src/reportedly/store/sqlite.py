"""The store in one SQLite file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import InputError

if TYPE_CHECKING:
    from reportedly.store import Store


def open_store(path: str | Path, *, create: bool, read_only: bool) -> Store:
    """Return the store in ``path``. Raises InputError where there is none."""
    raise InputError(f"{path}: no store can be opened yet ({create=}, {read_only=})")
