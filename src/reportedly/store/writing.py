"""What is written into a SQLite store: readings, the fate of inputs, judgements, events. Each function is a part of one transaction."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportedly import folding
from reportedly.errors import InputError
from reportedly.queries import Fate, Judgement, Unit
from reportedly.store import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reportedly.records import Claim, Document, Event, Problem, Reading, Run

DOCUMENT_COLUMNS = (
    "id, identity, sha256, name, url, address, publisher, published, language, title, fetched, text, record, discrepancies,"
    " run, claims, stored"
)
INSERT_DOCUMENT = f"INSERT INTO document ({DOCUMENT_COLUMNS}) VALUES ({', '.join('?' * 17)})"
# What may be nothing in a claim's row comes as a stand-in for it (see rows).
WORD, NUMBER = f"nullif(?, {rows.NO_WORD})", f"nullif(?, '{rows.NO_NUMBER}')"
INSERT_CLAIM = (
    f"INSERT INTO claim VALUES (?, ?, ?, 1, ?, {WORD}, ?, ?, ?, ?, ?, {WORD}, {WORD}, {WORD}, {WORD}, {WORD}, ?, ?, ?, ?, ?, ?,"
    f" {NUMBER}, {NUMBER}, {NUMBER}, {NUMBER}, {WORD}, ?)"
)
INSERT_RECORD = "INSERT INTO claim_record VALUES (?, CAST(? AS TEXT))"
INSERT_WORDS = "INSERT INTO words (rowid, forms, others) VALUES (?, ?, ?)"
REMOVE_WORDS = "INSERT INTO words (words, rowid, forms, others) VALUES ('delete', ?, ?, ?)"
CHANGES = "changes"
# The source of inputs whose document was forgotten.
VEIL = "(forgotten)"
REMOVALS = "removals"


def now() -> str:
    """Return the time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def today() -> str:
    """Return the day in UTC, as ISO 8601."""
    return now()[:10]


def gone_on(day: str) -> str:
    """Return why an input whose document was forgotten is not there."""
    return f"forgotten on {day}"


Words = tuple[int, str, str]


def put(db: sqlite3.Connection, reading: Reading, unit: Unit | None) -> tuple[Fate, Words | None]:
    """Keep a reading and what became of its unit; return also the row of its words, which the caller adds to the index last.

    Every savepoint writes out what the index has gathered: rows added at the end of a transaction are written together.
    """
    known = known_fate(db, reading.document, unit)
    if known:
        return record_fate(db, known, reading.document.sha256), None
    document = reading.document
    taken = db.execute("SELECT 1 FROM document WHERE id = ?", (document.id,)).fetchone()
    kept_as = rows.other_id(document, document.id) if taken else document.id
    key = _insert_document(db, reading, kept_as)
    insert_claims(db, reading, key)
    words = (key, *indexed(document.text, document.title.value if document.title else None))
    order_versions(db, rows.address(document.url))
    touch(db)
    fate = Fate(unit=unit or Unit(source=""), outcome="stored", document=kept_as, name=document.name)
    return record_fate(db, fate), words


def known_fate(db: sqlite3.Connection, document: Document, unit: Unit | None) -> Fate | None:
    """Return what becomes of a document that is there already or was forgotten; None for a new one."""
    unit = unit or Unit(source="")
    there = same(db, document)
    if there:
        reason = f"the same report as {_where(db, there)}"
        return Fate(unit=unit, outcome="duplicate", document=there, name=document.name, reason=reason)
    gone = db.execute("SELECT day FROM forgotten WHERE sha256 = ?", (document.sha256,)).fetchone()
    if gone:
        # its name is not kept a second time
        return Fate(unit=unit, outcome="forgotten", reason=gone_on(gone[0]))
    return None


def _where(db: sqlite3.Connection, name: str) -> str:
    """Return what a stored document is called: many files have one name."""
    record = db.execute("SELECT record FROM document WHERE id = ?", (name,)).fetchone()[0]
    return rows.to_document(record, "").where


def same(db: sqlite3.Connection, document: Document) -> str | None:
    """Return the id of the stored document that ``document`` is."""
    found = db.execute("SELECT id FROM document WHERE identity = ?", (rows.identity(document),)).fetchone()
    return str(found[0]) if found else None


def _insert_document(db: sqlite3.Connection, reading: Reading, kept_as: str) -> int:
    document = reading.document
    values = (
        kept_as,
        rows.identity(document),
        document.sha256,
        document.name,
        document.url,
        rows.address(document.url),
        document.publisher.value if document.publisher else None,
        document.published.value if document.published else None,
        document.language.value if document.language else None,
        document.title.value if document.title else None,
        document.fetched,
        document.text,
        rows.document_record(document),
        rows.as_json(reading.discrepancies),
        _run_key(db, reading.run),
        len(reading.claims),
        now(),
    )
    return int(db.execute(INSERT_DOCUMENT, values).lastrowid or 0)


def _run_key(db: sqlite3.Connection, run: Run) -> int:
    record = rows.as_json(run)
    found = db.execute("SELECT key FROM run WHERE record = ?", (record,)).fetchone()
    return int(
        found[0] if found else db.execute("INSERT INTO run VALUES (NULL, ?, ?)", (run.id, record)).lastrowid or 0
    )


def insert_claim(db: sqlite3.Connection, claim: Claim, document: Document, key: int, *, row: int | None = None) -> None:
    """Keep one claim of a document, in a row of its own or in that which it had."""
    at = row or _next_row(db)
    _insert_claims(db, (claim,), document, key=key, first=at)


def insert_claims(db: sqlite3.Connection, reading: Reading, document: int) -> None:
    """Keep the claims of a reading."""
    _insert_claims(db, reading.claims, reading.document, key=document, first=_next_row(db))


def _insert_claims(
    db: sqlite3.Connection, claims: tuple[Claim, ...], document: Document, *, key: int, first: int
) -> None:
    db.executemany(INSERT_CLAIM, rows.claim_rows(claims, document, key=key, first=first))
    db.executemany(INSERT_RECORD, rows.claim_records(claims, first=first))


def _next_row(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(key), 0) + 1 FROM claim").fetchone()[0])


def replace_claims(db: sqlite3.Connection, reading: Reading, key: int) -> None:
    """Keep the claims of ``reading`` in place of those of the document."""
    db.execute("DELETE FROM claim WHERE document = ?", (key,))
    db.execute("DELETE FROM machine WHERE document = ?", (key,))
    db.execute(
        "UPDATE document SET record = ?, discrepancies = ?, run = ?, claims = ?, language = ?, publisher = ?, published = ?"
        " WHERE key = ?",
        (
            rows.document_record(reading.document),
            rows.as_json(reading.discrepancies),
            _run_key(db, reading.run),
            len(reading.claims),
            reading.document.language.value if reading.document.language else None,
            reading.document.publisher.value if reading.document.publisher else None,
            reading.document.published.value if reading.document.published else None,
            key,
        ),
    )
    insert_claims(db, reading, key)
    db.execute("UPDATE claim SET current = (SELECT current FROM document WHERE key = ?1) WHERE document = ?1", (key,))
    touch_all(db)


def indexed(text: str, title: str | None) -> tuple[str, str]:
    """Return the words of a document's title and text as the index has them."""
    return folding.indexed(f"{title}\n{text}" if title else text)


def order_versions(db: sqlite3.Connection, address: str | None) -> None:
    """Number the texts of an address: by when they were fetched where all say so, else as they came; the last one is current."""
    if address is None:
        return
    texts = db.execute("SELECT key, fetched, version, current FROM document WHERE address = ?", (address,)).fetchall()
    dated = all(text[1] for text in texts)
    texts.sort(key=lambda text: (text[1] if dated else "", text[0]))
    for number, (key, _, version, current) in enumerate(texts, 1):
        last = int(number == len(texts))
        if (version, current) != (number, last):
            db.execute("UPDATE document SET version = ?, current = ? WHERE key = ?", (number, last, key))
            db.execute("UPDATE claim SET current = ? WHERE document = ?", (last, key))


def record_fate(db: sqlite3.Connection, fate: Fate, sha256: str = "") -> Fate:
    """Keep what became of a unit and return it; the document that a unit gave stays 'stored' when the unit is read again.

    Of a unit with a forgotten text (``sha256``) no name is kept, but what makes it count once however often it is read.
    """
    unit = fate.unit if fate.unit.source or fate.unit.key else None
    if unit:
        before = db.execute(
            "SELECT outcome, document, name FROM unit WHERE source = ? AND part = ?", (unit.source, unit.key)
        ).fetchone()
        if before and before[0] == "stored" and fate.outcome == "duplicate" and before[1] == fate.document:
            return Fate(unit=unit, outcome="stored", document=before[1], name=before[2])
        if before and before[0] in {"stored", "duplicate"} and before[1] != fate.document:
            # the file has another report now; what it gave before is there still, and still counts as read
            db.execute("UPDATE unit SET part = NULL WHERE source = ? AND part = ?", (unit.source, unit.key))
        if fate.outcome == "forgotten":
            db.execute("DELETE FROM unit WHERE source = ? AND part = ?", (unit.source, unit.key))
            unit = veiled(unit, sha256)
    db.execute(
        "INSERT OR REPLACE INTO unit VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
        (
            unit.source if unit else None,
            unit.key if unit else None,
            fate.outcome,
            fate.document,
            fate.name,
            fate.reason,
            fate.cure,
        ),
    )
    return fate


def veiled(unit: Unit, sha256: str) -> Unit:
    """Return a unit known again only by who has it and the text that it held; one by itself where nothing tells it from others."""
    if not (unit.source or unit.key):
        return unit
    return Unit(
        source=VEIL, key=hashlib.sha256(f"{sha256}\0{unit.source}\0{unit.key}".encode(errors="replace")).hexdigest()
    )


def refuse(db: sqlite3.Connection, problem: Problem, unit: Unit | None) -> Fate:
    """Keep that a unit could not be read."""
    return record_fate(
        db,
        Fate(
            unit=unit or Unit(source=""),
            outcome="refused",
            name=problem.name,
            reason=problem.reason,
            cure=problem.cure,
        ),
    )


def touch(db: sqlite3.Connection) -> None:
    """Count that documents or claims came or went."""
    _count(db, CHANGES)


def touch_all(db: sqlite3.Connection) -> None:
    """Count that claims which were there went or changed."""
    _count(db, CHANGES)
    _count(db, REMOVALS)


def _count(db: sqlite3.Connection, name: str) -> None:
    db.execute(
        "INSERT INTO meta VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1", (name,)
    )


def judge(db: sqlite3.Connection, judgement: Judgement) -> bool:
    """Keep a judgement; return whether it was not there. Raises InputError where one of its id says something else."""
    record = rows.as_json(judgement)
    before = db.execute("SELECT record FROM judgement WHERE id = ?", (judgement.id,)).fetchone()
    if before:
        if before[0] != record:
            raise InputError(
                f"there is a judgement {judgement.id} already", cure="judgements are never changed: make another"
            )
        return False
    target = judgement.target
    db.execute(
        "INSERT INTO judgement VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            judgement.id,
            target.document if target else None,
            target.claim if target else None,
            judgement.event,
            judgement.who,
            judgement.when,
            judgement.verdict,
            record,
        ),
    )
    return True


def keep_events(db: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Keep events in place of those there."""
    db.execute("DELETE FROM event")
    for event in events:
        key = db.execute("INSERT INTO event VALUES (NULL, ?, ?)", (event.id, rows.as_json(event))).lastrowid
        db.executemany(
            "INSERT OR IGNORE INTO event_claim (document, claim, event) VALUES (?, ?, ?)",
            ((ref.document, ref.claim, key) for ref in event.claims),
        )
    db.execute(
        "INSERT OR REPLACE INTO meta SELECT 'grouped', coalesce((SELECT value FROM meta WHERE name = ?), '0')",
        (CHANGES,),
    )
