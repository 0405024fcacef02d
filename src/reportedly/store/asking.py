"""What a SQLite store is asked: claims by filter, page by page; the full text; documents and their versions; what was read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.queries import Counts, Fate, Filter, Hit, Page, Row, Stored, Unit
from reportedly.records import Claim, Reading, Ref
from reportedly.store import filters, rows, searching

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

STORED = (
    "document.id, document.name, document.sha256, document.url, document.publisher, document.published, document.language,"
    " document.title, document.claims, document.version, document.current, run.id, document.stored"
)
FROM_DOCUMENT = "FROM document JOIN run ON run.key = document.run"
# Rows are fetched so many at a time: memory does not grow, and the database is left between them.
BATCH = 500


def stored(row: Sequence[Any], *, versions: int | None = None) -> Stored:
    """Return a row of ``STORED`` as a record."""
    return Stored(
        id=row[0],
        name=row[1],
        sha256=row[2],
        url=row[3],
        publisher=row[4],
        published=row[5],
        language=row[6],
        title=row[7],
        claims=row[8],
        version=row[9],
        versions=versions or row[9],
        current=bool(row[10]),
        run=row[11],
        stored=row[12],
    )


def find(db: sqlite3.Connection, document: str) -> tuple[int, str]:
    """Return the key and id of the document of this id, only beginning of an id, or only name. Raises InputError."""
    exact = db.execute("SELECT key, id FROM document WHERE id = ?", (document,)).fetchone()
    if exact:
        return int(exact[0]), str(exact[1])
    end = document[:-1] + chr(ord(document[-1]) + 1) if document else ""
    found = db.execute("SELECT key, id FROM document WHERE id >= ? AND id < ? LIMIT 3", (document, end)).fetchall()
    # of the versions of a report its name means the newest
    found = (
        found or db.execute("SELECT key, id FROM document WHERE name = ? AND current LIMIT 3", (document,)).fetchall()
    )
    if len(found) != 1:
        several = (
            f"several documents: {', '.join(row[1] for row in found)}" if found else "no document of this id or name"
        )
        raise InputError(
            f"{document!r}: {several}", cure="give the whole id, as 'reportedly search' and 'claims' print it"
        )
    return int(found[0][0]), str(found[0][1])


# --- documents -----------------------------------------------------------------------------------------------------------------------


def documents(db: sqlite3.Connection, query: Filter | None) -> Iterator[Stored]:
    """Yield documents in the order stored."""
    meant = _documents_meant(query)
    sql = f"SELECT {STORED} {FROM_DOCUMENT} WHERE {meant.sql} ORDER BY document.key"
    for row in _rows(db, sql, meant.values):
        yield stored(row)


def _documents_meant(query: Filter | None) -> filters.Condition:
    """Return the condition on documents: those with a claim that the filter leaves; of one that asks nothing, those without claims too."""
    query = query or Filter()
    if query == Filter(versions=query.versions):
        return filters.Condition("document.current = 1" if query.versions == "current" else "1")
    meant = filters.where(query)
    return meant._replace(sql=f"document.key IN (SELECT document FROM claim WHERE {meant.sql})")


def _rows(db: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
    """Yield rows, a batch at a time."""
    cursor = db.execute(sql, values)
    while batch := cursor.fetchmany(BATCH):
        yield from batch


def reading(db: sqlite3.Connection, key: int, claims: tuple[Claim, ...] | None = None) -> Reading:
    """Return a document with its claims, or with those given, in the order of the text where people judged it."""
    row = db.execute(
        f"SELECT document.id, document.record, document.text, document.discrepancies, run.record, machine.judgements {FROM_DOCUMENT}"
        " LEFT JOIN machine ON machine.document = document.key WHERE document.key = ?",
        (key,),
    ).fetchone()
    document = msgspec.structs.replace(rows.to_document(row[1], row[2]), id=row[0])
    if claims is None:
        claims = tuple(
            rows.to_claim(record)
            for (record,) in db.execute(
                "SELECT record FROM claim_record JOIN claim ON claim.key = claim_record.claim WHERE document = ? ORDER BY claim.key",
                (key,),
            )
        )
    judged = rows.to_names(row[5])
    if judged:
        # what a person added was stored last
        claims = tuple(sorted(claims, key=lambda claim: (claim.content.start, claim.content.end, claim.id)))
    return Reading(
        document=document,
        claims=claims,
        run=rows.to_run(row[4]),
        discrepancies=rows.to_discrepancies(row[3]),
        judgements=judged,
    )


def readings(db: sqlite3.Connection, query: Filter | None) -> Iterator[Reading]:
    """Yield documents whole, with the claims that a filter leaves."""
    if query is None or query == Filter(versions=query.versions):
        meant = _documents_meant(query)
        for (key,) in _rows(db, f"SELECT key FROM document WHERE {meant.sql} ORDER BY key", meant.values):
            yield reading(db, key)
        return
    condition = filters.where(query)
    sql = (
        "SELECT document, record FROM claim JOIN claim_record ON claim_record.claim = claim.key"
        f" WHERE {condition.sql} ORDER BY document, key"
    )
    for key, group in groupby(_rows(db, sql, condition.values), key=lambda row: row[0]):
        yield reading(db, key, tuple(rows.to_claim(record) for _, record in group))


def versions(db: sqlite3.Connection, key: int) -> list[Stored]:
    """Return the texts of a document's address, the oldest first."""
    found = db.execute(
        f"SELECT {STORED} {FROM_DOCUMENT} WHERE document.key = ?1 OR address = (SELECT address FROM document WHERE key = ?1)"
        " ORDER BY document.version",
        (key,),
    ).fetchall()
    return [stored(row, versions=len(found)) for row in found]


# --- claims --------------------------------------------------------------------------------------------------------------------------


def page(db: sqlite3.Connection, query: Filter | None, *, after: int, limit: int) -> Page:
    """Return the claims behind a row, one more looked at to know whether that is all."""
    condition = filters.where(query)
    found = db.execute(
        f"SELECT key, document FROM claim WHERE key > ? AND {condition.sql} ORDER BY key LIMIT ?",
        (after, *condition.values, limit + 1),
    ).fetchall()
    shown = list(_claims(db, found[:limit]))
    return Page(rows=tuple(shown), after=shown[-1].key if len(found) > limit else None)


def claims(db: sqlite3.Connection, query: Filter | None) -> Iterator[Row]:
    """Yield the claims of a filter."""
    condition = filters.where(query)
    after = 0
    while True:
        found = db.execute(
            f"SELECT key, document FROM claim WHERE key > ? AND {condition.sql} ORDER BY key LIMIT ?",
            (after, *condition.values, BATCH),
        ).fetchall()
        if not found:
            return
        yield from _claims(db, found)
        after = found[-1][0]


def _claims(db: sqlite3.Connection, found: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """Yield claims by their keys, with their documents."""
    known: dict[int, Stored] = {}
    for key, document in found:
        if document not in known:
            row = db.execute(f"SELECT {STORED} {FROM_DOCUMENT} WHERE document.key = ?", (document,)).fetchone()
            known[document] = stored(row)
        record = db.execute("SELECT record FROM claim_record WHERE claim = ?", (key,)).fetchone()[0]
        yield Row(key=key, document=known[document], claim=rows.to_claim(record))


# --- the full text -------------------------------------------------------------------------------------------------------------------


def search(db: sqlite3.Connection, text: str, query: Filter | None, *, limit: int) -> list[Hit]:
    """Return the documents that have the words, the best first."""
    sought = searching.parse(text)
    meant = _documents_meant(query)
    found = db.execute(
        f"SELECT bm25(words), document.key, document.text, {STORED} FROM words JOIN document ON document.key = words.rowid"
        f" JOIN run ON run.key = document.run WHERE words MATCH ? AND {meant.sql} ORDER BY 1, 2 LIMIT ?",
        (sought.match(), *meant.values, limit),
    )
    return [_hit(db, sought, row) for row in found.fetchall()]


def _hit(db: sqlite3.Connection, sought: searching.Query, row: Sequence[Any]) -> Hit:
    score, key, text = row[:3]
    document = stored(row[3:])
    spans = searching.found(text, sought.terms())
    return Hit(
        document=document,
        # the index counts from below zero
        score=-score,
        words=tuple(spans),
        snippet=searching.snippet(text, spans),
        claims=tuple(_claims_at(db, key, document.id, [span.start for span in spans])),
    )


def _claims_at(db: sqlite3.Connection, key: int, document: str, starts: list[int]) -> Iterator[Ref]:
    """Yield the claims of a document whose content holds one of these offsets."""
    found = db.execute(
        "SELECT id, json_extract(record, '$.content.start'), json_extract(record, '$.content.end')"
        " FROM claim JOIN claim_record ON claim_record.claim = claim.key WHERE document = ? ORDER BY claim.key",
        (key,),
    )
    for claim, start, end in found.fetchall():
        if any(start <= at < end for at in starts):
            yield Ref(document=document, claim=claim)


# --- what was read -------------------------------------------------------------------------------------------------------------------

FATE = "source, part, outcome, document, name, reason, cure"


def fate(row: Sequence[Any]) -> Fate:
    """Return a row of ``FATE`` as a record."""
    unit = Unit(source=row[0] or "", key=row[1] or "")
    return Fate(unit=unit, outcome=row[2], document=row[3], name=row[4], reason=row[5], cure=row[6])


def fates(db: sqlite3.Connection, outcome: str | None) -> Iterator[Fate]:
    """Yield what became of every unit, in the order read."""
    meant, values = ("WHERE outcome = ?", (outcome,)) if outcome else ("", ())
    yield from map(fate, _rows(db, f"SELECT {FATE} FROM unit {meant} ORDER BY key", values))


def seen(db: sqlite3.Connection, unit: Unit) -> Fate | None:
    """Return what became of a unit."""
    row = db.execute(f"SELECT {FATE} FROM unit WHERE source = ? AND part = ?", (unit.source, unit.key)).fetchone()
    return fate(row) if row else None


def seen_of(db: sqlite3.Connection, source: str) -> dict[str, Fate]:
    """Return what became of the units of a source."""
    found = db.execute(f"SELECT {FATE} FROM unit WHERE source = ? AND part IS NOT NULL", (source,))
    return {row[1]: fate(row) for row in found.fetchall()}


def counts(db: sqlite3.Connection) -> Counts:
    """Return what was read and what became of it."""
    of = dict(db.execute("SELECT outcome, count(*) FROM unit GROUP BY outcome").fetchall())
    there, told = db.execute("SELECT count(*), coalesce(sum(claims), 0) FROM document").fetchone()
    return Counts(
        read=sum(of.values()),
        stored=of.get("stored", 0),
        duplicates=of.get("duplicate", 0),
        refused=of.get("refused", 0),
        forgotten=of.get("forgotten", 0),
        documents=there,
        claims=told,
    )
