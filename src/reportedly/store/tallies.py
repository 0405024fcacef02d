"""Counts of claims by value, from columns held in memory: some hundred thousand claims in milliseconds, whatever the filter leaves.

The columns are read when first asked for (half a second for 100,000 claims and 8 MB), grow with what is stored behind them, follow the
reports that people judge, and are read anew where claims went or changed otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportedly.errors import InputError
from reportedly.queries import Facets
from reportedly.store.rows import known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from reportedly.store.filters import Condition

# Fields of a claim's own row, and fields of which it may have several.
PLAIN = ("type", "certainty", "status", "polarity", "source_kind", "language", "publisher")
SEVERAL = ("actors", "recipients", "sources", "places", "counted")
FACETS = (*PLAIN, *SEVERAL)
# Between the values of a claim's own row, read as one.
BETWEEN = "\x1f"
PROFILE = f" || '{BETWEEN}' || ".join(f"coalesce({name}, '')" for name in PLAIN)
COLUMNS = f"SELECT key, document, {PROFILE}, {', '.join(SEVERAL)} FROM claim"
NONE = np.empty(0, np.int64)
# More reports judged at once, by an import, are read anew with all others.
MOST_JUDGED = 500
STATE = "SELECT name, value FROM meta WHERE name IN ('changes', 'removals')"


@dataclass
class Column:
    """The values of one field as numbers: ``codes`` beside ``at``, the positions of the claims that have them."""

    values: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    codes: list[NDArray[np.int64]] = field(default_factory=list)
    at: list[NDArray[np.int64]] = field(default_factory=list)

    def add(self, value: str, at: NDArray[np.int64]) -> None:
        """Add one value of the claims at these positions."""
        number = self.numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        self.codes.append(np.full(len(at), number, np.int64))
        self.at.append(at)

    def drop(self, gone: NDArray[np.bool_]) -> None:
        """Take away the values of the claims at these positions."""
        codes, at = self.joined()
        stay = ~gone[at]
        self.codes, self.at = [codes[stay]], [at[stay]]

    def joined(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of the values, and the positions of the claims that have them."""
        if len(self.codes) > 1:
            self.codes, self.at = [np.concatenate(self.codes)], [np.concatenate(self.at)]
        return (self.codes[0], self.at[0]) if self.codes else (NONE, NONE)

    def tally(self, meant: NDArray[np.bool_] | None, limit: int) -> tuple[tuple[str, int], ...]:
        """Return the values of the claims meant (None: all), the most frequent first, then by name."""
        codes, at = self.joined()
        codes = codes if meant is None else codes[meant[at]]
        counts = np.bincount(codes, minlength=len(self.values))
        # only what may be among the first is put in order by name
        least = np.partition(counts, -limit)[-limit] if 0 < limit < len(counts) else 1
        found = [(self.values[i], int(counts[i])) for i in np.flatnonzero(counts >= max(1, least))]
        return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:limit])


class Tallies:
    """The columns of one store."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._state: dict[str, str] = {}
        self._keys: NDArray[np.int64] = np.empty(0, np.int64)
        self._documents: NDArray[np.int64] = np.empty(0, np.int64)
        self._columns = {name: Column() for name in FACETS}

    def facets(self, db: sqlite3.Connection, condition: Condition, *, of: Iterable[str], limit: int) -> Facets:
        """Return how many claims a condition leaves, and by value of each field. Raises InputError for a field there is not."""
        wanted = tuple(of) or FACETS
        if unknown := [name for name in wanted if name not in FACETS]:
            raise InputError(f"{unknown[0]!r} is no facet", cure=f"one of {', '.join(FACETS)}")
        # what is counted and what is there are of one moment
        own = not db.in_transaction
        if own:
            db.execute("BEGIN")
        try:
            self._refresh(db)
            found = db.execute(f"SELECT key FROM claim WHERE {condition.sql}", condition.values).fetchall()
        finally:
            if own:
                db.execute("COMMIT")
        if len(found) == len(self._keys):
            meant, documents = None, self._documents
        else:
            at = np.searchsorted(self._keys, np.fromiter((key for (key,) in found), np.int64, len(found)))
            meant = np.zeros(len(self._keys), np.bool_)
            meant[at] = True
            documents = self._documents[meant]
        return Facets(
            claims=len(found),
            documents=len(np.unique(documents)),
            values={name: self._columns[name].tally(meant, limit) for name in wanted},
        )

    def _refresh(self, db: sqlite3.Connection) -> None:
        """Read what was stored since, or all where something went or changed."""
        state = dict(db.execute(STATE).fetchall())
        if state == self._state:
            return
        if state.get("removals") != self._state.get("removals") or not self._follow(db):
            self._clear()
        last = int(self._keys[-1]) if len(self._keys) else 0
        self._read_claims(db, last)
        self._state = state

    def _follow(self, db: sqlite3.Connection) -> bool:
        """Read anew the reports that people judged since; return False where that cannot be told from all others."""
        known = int(self._state.get("changes", 0))
        judged = [key for (key,) in db.execute("SELECT document FROM machine WHERE at > ?", (known,)).fetchall()]
        if not judged or not len(self._keys):
            return True
        if len(judged) > MOST_JUDGED:
            return False
        where = f"document IN ({', '.join('?' * len(judged))}) AND key <= ?"
        rows = db.execute(f"{COLUMNS} WHERE {where}", (*judged, int(self._keys[-1]))).fetchall()
        keys = np.array([row[0] for row in rows], np.int64)
        places = np.searchsorted(self._keys, keys)
        if not np.array_equal(self._keys[places], keys):
            # one came back that was rejected when the columns were read
            return False
        gone = np.isin(self._documents, judged)
        for column in self._columns.values():
            column.drop(gone)
        for (_, _, profile, *several), place in zip(rows, places, strict=True):
            self._add(profile, several, np.array([place], np.int64))
        return True

    def _add(self, profile: str, several: Sequence[str], at: NDArray[np.int64]) -> None:
        for name, value in zip(PLAIN, profile.split(BETWEEN), strict=True):
            if value:
                self._columns[name].add(value, at)
        for name, values in zip(SEVERAL, several, strict=True):
            for each in known(values):
                self._columns[name].add(each, at)

    def _read_claims(self, db: sqlite3.Connection, last: int) -> None:
        """Read the claims' own rows: their single values as one string, of which there are few."""
        rows = db.execute(f"{COLUMNS} WHERE key > ? ORDER BY key", (last,)).fetchall()
        if not rows:
            return
        keys, documents, profiles, *several = zip(*rows, strict=True)
        first = len(self._keys)
        self._keys = np.concatenate([self._keys, np.array(keys, np.int64)])
        self._documents = np.concatenate([self._documents, np.array(documents, np.int64)])
        for profile, at in _grouped(profiles, first):
            for name, value in zip(PLAIN, profile.split(BETWEEN), strict=True):
                if value:
                    self._columns[name].add(value, at)
        for name, values in zip(SEVERAL, several, strict=True):
            for value, at in _grouped(values, first):
                for each in known(value):
                    self._columns[name].add(each, at)


def _grouped(strings: Sequence[str], first: int) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield each string once with the positions at which it stands, counted from ``first``."""
    numbers_of: dict[str, int] = {}
    numbers = np.array([numbers_of.setdefault(string, len(numbers_of)) for string in strings], np.int64)
    order = np.argsort(numbers, kind="stable")
    groups = np.split(order + first, np.cumsum(np.bincount(numbers))[:-1])
    yield from zip(numbers_of, groups, strict=True)
