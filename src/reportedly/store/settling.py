"""Claims kept as people left them: a judgement settles its report anew, and no other, so that whatever is asked is answered with it.

The tables of claims hold what is answered; of a report that was judged ``machine`` holds what was read. Each function is a part of one
transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reportedly import verdicts
from reportedly.queries import Judgement
from reportedly.records import Claim, Reading
from reportedly.store import asking, rows, writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

WAY = "settled"
CHANGED = "UPDATE machine SET at = (SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?) WHERE document = ?"
IN_ORDER = "SELECT id FROM claim WHERE document = ? ORDER BY key"


def judgements(db: sqlite3.Connection, document: str | None = None, who: str | None = None) -> Iterator[Judgement]:
    """Yield judgements in the order made."""
    found = db.execute(
        "SELECT record FROM judgement WHERE (?1 IS NULL OR document = ?1) AND (?2 IS NULL OR who = ?2) ORDER BY key",
        (document, who),
    )
    for (record,) in found.fetchall():
        yield msgspec.json.decode(record, type=Judgement)


def judged(db: sqlite3.Connection, document: str) -> bool:
    """Return whether anybody judged anything of a document."""
    return db.execute("SELECT 1 FROM judgement WHERE document = ? LIMIT 1", (document,)).fetchone() is not None


def machine(db: sqlite3.Connection, key: int) -> Reading:
    """Return a document with its claims as the machine made them."""
    kept = db.execute("SELECT claims, discrepancies FROM machine WHERE document = ?", (key,)).fetchone()
    reading = asking.reading(db, key)
    if kept is None:
        return reading
    return msgspec.structs.replace(
        reading, claims=rows.to_claims(kept[0]), discrepancies=rows.to_discrepancies(kept[1]), judgements=()
    )


def settle(db: sqlite3.Connection, document: str) -> None:
    """Make the claims of a document what all judgements on it leave of the machine's. Nothing happens where it is not there."""
    found = db.execute("SELECT key FROM document WHERE id = ?", (document,)).fetchone()
    if found is None:
        return
    key = int(found[0])
    read, homes = machine(db, key), _homes(db, key)
    settled = verdicts.settled(read, judgements(db, document))
    if settled is read:
        db.execute("DELETE FROM machine WHERE document = ?", (key,))
    else:
        keys = [homes[claim.id] for claim in read.claims]
        kept = map(rows.as_json, (read.claims, keys, read.discrepancies, settled.judgements))
        db.execute(
            "INSERT OR REPLACE INTO machine VALUES (?1, coalesce((SELECT at FROM machine WHERE document = ?1), 0), ?, ?, ?, ?)",
            (key, *kept),
        )
    last = _last(db)
    if not _keep(db, key, settled, homes):
        return
    if settled is read or _last(db) < last:
        # who holds counts cannot tell what changed, or would take the next claim for one that was there
        writing.touch_all(db)
        return
    writing.touch(db)
    db.execute(CHANGED, (writing.CHANGES, key))


def _last(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(key), 0) FROM claim").fetchone()[0])


def _homes(db: sqlite3.Connection, key: int) -> dict[str, int]:
    """Return the rows that the machine's claims of a document have or had: a claim that comes back comes to its own place."""
    kept = db.execute("SELECT claims, keys FROM machine WHERE document = ?", (key,)).fetchone()
    if kept is None:
        return dict(db.execute("SELECT id, key FROM claim WHERE document = ?", (key,)).fetchall())
    return dict(zip((claim.id for claim in rows.to_claims(kept[0])), msgspec.json.decode(kept[1]), strict=True))


def settled_as_now(db: sqlite3.Connection) -> bool:
    """Return whether all that was judged is settled in the way of this program."""
    known = db.execute("SELECT value FROM meta WHERE name = ?", (WAY,)).fetchone()
    return known is not None and known[0] == str(verdicts.WAY)


def settle_all(db: sqlite3.Connection) -> None:
    """Settle every report that was judged."""
    for (document,) in db.execute("SELECT DISTINCT document FROM judgement WHERE document IS NOT NULL").fetchall():
        settle(db, document)
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (WAY, str(verdicts.WAY)))


def unsettled(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with judged reports: claims that are not what the judgements leave, words that are not the text's own."""
    kept = "SELECT document.key, document.id, name FROM document WHERE id IN (SELECT document FROM judgement) ORDER BY document.key"
    for key, document, name in db.execute(kept).fetchall():
        read = machine(db, key)
        if verdicts.settled(read, judgements(db, document)) != asking.reading(db, key):
            yield f"{name}: its claims are not what was decided about them"
        for claim in read.claims:
            for fault in verdicts.misquoted(read.document, claim):
                yield f"{name}: as the machine read it, {fault.field} of {claim.id}: {fault.why}"


def _keep(db: sqlite3.Connection, key: int, settled: Reading, homes: dict[str, int]) -> bool:
    """Keep the claims of a settled reading in place of those there, each in its row; return whether that changes any answer."""
    there = _there(db, key)
    changed = False
    for claim in settled.claims:
        row, before = there.pop(claim.id, (None, None))
        if before == claim:
            continue
        changed |= before is None or _seen(before) != _seen(claim)
        if row is not None:
            db.execute("DELETE FROM claim WHERE key = ?", (row,))
        writing.insert_claim(db, claim, settled.document, key, row=row or _free(db, homes.get(claim.id)))
    db.executemany("DELETE FROM claim WHERE key = ?", [(row,) for row, _ in there.values()])
    if len(settled.claims) != len({claim.id for claim in settled.claims}) or _misplaced(db, key, settled):
        db.execute("DELETE FROM claim WHERE document = ?", (key,))
        writing.insert_claims(db, settled, key)
    db.execute(
        "UPDATE document SET claims = ?, discrepancies = ? WHERE key = ?",
        (len(settled.claims), rows.as_json(settled.discrepancies), key),
    )
    db.execute("UPDATE claim SET current = (SELECT current FROM document WHERE key = ?1) WHERE document = ?1", (key,))
    return changed or bool(there)


def _misplaced(db: sqlite3.Connection, key: int, settled: Reading) -> bool:
    """Return whether claims of a report that nobody judges any more stand out of order: a report that came meanwhile took a place."""
    names = [name for (name,) in db.execute(IN_ORDER, (key,)).fetchall()]
    return not settled.judgements and names != [claim.id for claim in settled.claims]


def _free(db: sqlite3.Connection, row: int | None) -> int | None:
    taken = row is not None and db.execute("SELECT 1 FROM claim WHERE key = ?", (row,)).fetchone()
    return None if taken else row


def _there(db: sqlite3.Connection, key: int) -> dict[str, tuple[int, Claim]]:
    found = db.execute(
        "SELECT claim.key, record FROM claim JOIN claim_record ON claim_record.claim = claim.key WHERE document = ?",
        (key,),
    )
    claims = ((row, rows.to_claim(record)) for row, record in found.fetchall())
    return {claim.id: (row, claim) for row, claim in claims}


def _seen(claim: Claim) -> Claim:
    """Return a claim without what a look at it changes: nothing is sought, counted or grouped by that."""
    return msgspec.structs.replace(claim, review=None)
