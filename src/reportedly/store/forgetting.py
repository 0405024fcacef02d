"""Forgetting a document: its rows, what was derived from it, its words in the index, and the bytes it left in the file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from reportedly.queries import Forgotten, Unit
from reportedly.store import writing
from reportedly.store.files import immediately

if TYPE_CHECKING:
    from collections.abc import Iterator

# A document's row in each table of things that came from it, and of how many rows they were removed.
COUNTED = {
    "claims": "SELECT count(*) FROM claim WHERE document = :key",
    "evidence": "SELECT count(*) FROM evidence WHERE document = :key",
    "judgements": "SELECT count(*) FROM judgement WHERE document = :id",
    "events": "SELECT count(DISTINCT event) FROM event_claim WHERE document = :id",
    "inputs": "SELECT count(*) FROM unit WHERE document = :id",
}
PENDING = "scrub"


def forget(db: sqlite3.Connection, key: int, document: str, *, remember: bool) -> Forgotten:
    """Remove a document in one transaction, then what it left in freed pages and in the write-ahead log."""
    values = {"key": key, "id": document}
    with immediately(db):
        name, sha256, address = db.execute(
            "SELECT name, sha256, address FROM document WHERE key = ?", (key,)
        ).fetchone()
        removed = {what: int(db.execute(sql, values).fetchone()[0]) for what, sql in COUNTED.items()}
        _remove(db, values)
        _forget_inputs(db, document, sha256 if remember else None)
        if remember:
            db.execute("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", (sha256, writing.today()))
        writing.order_versions(db, address)
        writing.touch_all(db)
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", (PENDING,))
    return Forgotten(document=document, name=name, removed=removed, complete=scrub(db))


def _remove(db: sqlite3.Connection, values: dict[str, object]) -> None:
    text, title = db.execute("SELECT text, title FROM document WHERE key = :key", values).fetchone()
    db.execute(writing.REMOVE_WORDS, (values["key"], *writing.indexed(text, title)))
    db.execute("DELETE FROM event WHERE key IN (SELECT event FROM event_claim WHERE document = :id)", values)
    # what allows judgements to go, in this transaction alone
    db.execute("INSERT INTO meta VALUES ('forgetting', :id)", values)
    db.execute("DELETE FROM judgement WHERE document = :id", values)
    db.execute("DELETE FROM meta WHERE name = 'forgetting'")
    db.execute("DELETE FROM document WHERE key = :key", values)
    db.execute("DELETE FROM run WHERE key NOT IN (SELECT run FROM document)")


def _forget_inputs(db: sqlite3.Connection, document: str, sha256: str | None) -> None:
    """Leave of a document's inputs their number alone, and of a text that may return nothing: read again they count once, as before."""
    units = db.execute("SELECT source, part FROM unit WHERE document = ?", (document,)).fetchall()
    db.execute("DELETE FROM unit WHERE document = ?", (document,))
    if sha256 is None:
        return
    for source, part in units:
        unit = (
            writing.veiled(Unit(source=source, key=part), sha256) if source is not None and part is not None else None
        )
        db.execute(
            "INSERT OR REPLACE INTO unit VALUES (NULL, ?, ?, 'forgotten', NULL, '', ?, '')",
            (unit.source if unit else None, unit.key if unit else None, writing.gone_on(writing.today())),
        )


def scrub(db: sqlite3.Connection) -> bool:
    """Take what was forgotten out of the index's old parts and out of the log; return whether nothing of it is left.

    Deleted rows are overwritten as they go (``secure_delete``), but the index marks words as gone and drops them when its parts are
    merged, and the log keeps old pages until no other process reads them.
    """
    try:
        with immediately(db):
            db.execute("INSERT INTO words (words) VALUES ('optimize')")
            db.execute("DELETE FROM meta WHERE name = ?", (PENDING,))
        busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not busy


def pending(db: sqlite3.Connection) -> bool:
    """Return whether something was forgotten and its traces are still to be removed (the program was killed in between)."""
    return db.execute("SELECT 1 FROM meta WHERE name = ?", (PENDING,)).fetchone() is not None


def words_gone(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the index: that it does not have exactly the documents there are."""
    indexed = {row[0] for row in db.execute("SELECT id FROM words_docsize")}
    there = {row[0] for row in db.execute("SELECT key FROM document")}
    if indexed - there:
        yield f"the index has words of {len(indexed - there)} documents that are gone"
    if there - indexed:
        yield f"the index lacks {len(there - indexed)} documents"
