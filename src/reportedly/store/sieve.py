"""A filter held against claims that stand in no store, by the very condition that a store is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reportedly.store import files, filters, rows, writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.queries import Filter
    from reportedly.records import Claim, Document


class Sieve:
    """What a filter leaves of one report's claims after another's; it keeps nothing of them.

    Raises InputError for a filter that cannot be met as written. Which text of an address is current, it does not know: every one is.
    """

    def __init__(self, query: Filter) -> None:
        self._query = query
        self._documents = frozenset(query.documents)
        self._condition = filters.where(msgspec.structs.replace(query, documents=()))
        self._db = files.connect(files.MEMORY, create=True, read_only=False)
        self._db.create_function("nearest_km", 3, filters.nearest_km, deterministic=True)
        # a claim's own row is all that is looked at, its document need not be there
        self._db.execute("PRAGMA foreign_keys = OFF")

    def left(self, document: Document, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Return the claims of a document that the filter leaves, in their order."""
        there = tuple(claims)
        if not there or (self._documents and document.id not in self._documents):
            return ()
        self._db.execute("BEGIN")
        try:
            self._db.executemany(writing.INSERT_CLAIM, rows.claim_rows(there, document, key=1, first=0))
            if self._query.text:
                title = document.title.value if document.title else None
                self._db.execute(writing.INSERT_WORDS, (1, *writing.indexed(document.text, title)))
            sql = f"SELECT key FROM claim WHERE {self._condition.sql} ORDER BY key"
            return tuple(there[key] for (key,) in self._db.execute(sql, self._condition.values).fetchall())
        finally:
            self._db.execute("ROLLBACK")
