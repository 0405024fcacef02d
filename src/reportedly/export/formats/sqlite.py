"""SQLite for Datasette: documents, claims, mentions, events, contradictions; views, full text, and metadata with facets."""

from __future__ import annotations

import json
import sqlite3
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.export.columns import (
    CLAIMS,
    CLAIMS_LOST,
    CLAIMS_TABLE,
    EVENTS,
    EVENTS_LOST,
    EVENTS_TABLE,
    LISTS,
    told,
    values,
)
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Options, Table, Told, fields
from reportedly.records import Record, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportedly.export.columns import Column
    from reportedly.records import Mention, Reading

ROWS_AT_ONCE = 500
TYPES = {"text": "TEXT", "number": "REAL", "integer": "INTEGER"}
PARTS = ("hedges", "actors", "recipients", "places", "times", "quantities", "labels")
DOCUMENTS = ("id", "name", "publisher", "published", "language", "title", "url", "text", "sha256")
MENTIONS = (
    "claim_key",
    "document_id",
    "part",
    "number",
    "start",
    "end",
    "exact",
    "name",
    "by",
    "basis",
    "reason",
    "detail",
)
# A mention's own columns; whatever else its kind has goes into ``detail``.
OWN = frozenset({"start", "end", "exact", "name", "by", "basis", "reason"})
SCHEMA = """
CREATE TABLE documents (
  id TEXT PRIMARY KEY, name TEXT, publisher TEXT, published TEXT, language TEXT, title TEXT, url TEXT, text TEXT, sha256 TEXT
);
CREATE TABLE claims (key TEXT PRIMARY KEY, {claims}, FOREIGN KEY (document_id) REFERENCES documents(id));
CREATE TABLE mentions (
  claim_key TEXT REFERENCES claims(key), document_id TEXT REFERENCES documents(id), part TEXT, number INTEGER,
  start INTEGER, "end" INTEGER, exact TEXT, name TEXT, "by" TEXT, basis TEXT, reason TEXT, detail TEXT,
  PRIMARY KEY (claim_key, part, number)
);
CREATE TABLE events (id TEXT PRIMARY KEY, {events});
CREATE TABLE event_claims (
  event_id TEXT REFERENCES events(id), claim_key TEXT REFERENCES claims(key), source INTEGER, PRIMARY KEY (event_id, claim_key)
);
CREATE TABLE contradictions (
  event_id TEXT REFERENCES events(id), field TEXT, "left" TEXT REFERENCES claims(key), "right" TEXT REFERENCES claims(key), reason TEXT
);
"""
AFTER = """
CREATE INDEX claims_by_document ON claims(document_id);
CREATE INDEX mentions_by_name ON mentions(part, name);
CREATE INDEX event_claims_by_claim ON event_claims(claim_key);
CREATE INDEX contradictions_by_event ON contradictions(event_id);
CREATE VIRTUAL TABLE claims_fts USING fts5(
  content, source, actor, recipient, place, content="claims", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE documents_fts USING fts5(
  name, title, text, content="documents", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO documents_fts(documents_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE events_fts USING fts5(title, place, actor, content="events", tokenize="unicode61 remove_diacritics 2");
INSERT INTO events_fts(events_fts) VALUES ('rebuild');
CREATE VIEW who_says AS
  SELECT claims.key, claims.document, claims.publisher, claims.published,
         coalesce(nullif(mentions.name, ''), mentions.exact, claims.publisher, claims.document) AS speaker,
         claims.act, claims.certainty, claims.polarity, claims.type, claims.content
  FROM claims LEFT JOIN mentions ON mentions.claim_key = claims.key AND mentions.part = 'source'
   AND mentions.number = (SELECT max(number) FROM mentions last WHERE last.claim_key = claims.key AND last.part = 'source');
CREATE VIEW tolls AS
  SELECT event_claims.event_id, events.title, claims.publisher, claims.published, mentions.exact AS words,
         json_extract(mentions.detail, '$.kind') AS kind, json_extract(mentions.detail, '$.low') AS low,
         json_extract(mentions.detail, '$.best') AS best, json_extract(mentions.detail, '$.high') AS high, claims.content
  FROM mentions JOIN claims ON claims.key = mentions.claim_key JOIN event_claims ON event_claims.claim_key = claims.key
  JOIN events ON events.id = event_claims.event_id WHERE mentions.part = 'quantities';
CREATE VIEW claims_on_a_map AS
  SELECT mentions.claim_key, json_extract(mentions.detail, '$.lat') AS latitude, json_extract(mentions.detail, '$.lon') AS longitude,
         mentions.name, mentions.exact, claims.type, claims.publisher, claims.content
  FROM mentions JOIN claims ON claims.key = mentions.claim_key
  WHERE mentions.part = 'places' AND json_extract(mentions.detail, '$.lat') IS NOT NULL;
CREATE VIEW disputed AS
  SELECT contradictions.event_id, events.title, contradictions.field, contradictions.reason,
         l.publisher AS left_publisher, l.content AS left_content, r.publisher AS right_publisher, r.content AS right_content
  FROM contradictions JOIN events ON events.id = contradictions.event_id
  LEFT JOIN claims l ON l.key = contradictions."left" LEFT JOIN claims r ON r.key = contradictions."right";
PRAGMA user_version = 1;
"""


def write_file(material: Material, path: Path, _options: Options) -> None:
    """Write the database, block by block, and beside it the metadata for Datasette (``NAME.metadata.json``)."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # the file is new and put in place when it is whole: nothing is there to be rolled back to
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;")
        connection.executescript(SCHEMA.format(claims=_columns(CLAIMS), events=_columns(EVENTS[1:])))
        connection.execute("BEGIN")
        _readings(connection, material.readings())
        _dossiers(connection, material.dossiers())
        connection.execute("COMMIT")
        connection.executescript(AFTER)
        connection.execute("ANALYZE")
    finally:
        connection.close()
    path.with_suffix(".metadata.json").write_text(
        json.dumps(metadata(path.stem), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _columns(columns: Iterable[Column]) -> str:
    return ", ".join(f'"{column.name}" {TYPES.get(column.kind, "TEXT")}' for column in columns)


def _readings(connection: sqlite3.Connection, readings: Iterator[Reading]) -> None:
    documents, claims, mentions = (
        _into("documents", len(DOCUMENTS)),
        _into("claims", len(CLAIMS) + 1),
        _into("mentions", len(MENTIONS)),
    )
    while block := list(islice(readings, ROWS_AT_ONCE)):
        connection.executemany(documents, (_document(reading) for reading in block))
        connection.executemany(claims, (_claim(row) for reading in block for row in told(reading)))
        connection.executemany(
            mentions, (each for reading in block for row in told(reading) for each in _mentions(row))
        )


def _dossiers(connection: sqlite3.Connection, dossiers: Iterator[Dossier]) -> None:
    events, event_claims, contradictions = (
        _into("events", len(EVENTS)),
        _into("event_claims", 3),
        _into("contradictions", 5),
    )
    while block := list(islice(dossiers, ROWS_AT_ONCE)):
        connection.executemany(events, (tuple(map(_cell, values(EVENTS, dossier).values())) for dossier in block))
        connection.executemany(event_claims, (row for each in block for row in _event_claims(each)))
        connection.executemany(contradictions, (row for each in block for row in _contradictions(each)))


def _into(table: str, columns: int) -> str:
    """Return the statement that adds a row: the first of two with one key stays, as a document that comes twice counts once."""
    return f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - names of our own


def _cell(value: Any) -> Any:
    """Return a value as a cell: a list as JSON, which Datasette can facet by."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _document(reading: Reading) -> tuple[Any, ...]:
    document = reading.document
    sourced = (document.publisher, document.published, document.language, document.title)
    facts = [each.value if each else None for each in sourced]
    return (document.id, document.name, *facts, document.url, document.text, document.sha256)


def _key(document: str, claim: str) -> str:
    return f"{document}:{claim}"


def _claim(row: Told) -> tuple[Any, ...]:
    return (_key(row.document.id, row.claim.id), *map(_cell, values(CLAIMS, row).values()))


def _mentions(row: Told) -> Iterator[tuple[Any, ...]]:
    claim = row.claim
    for number, link in enumerate(claim.chain):
        extra = {"act": link.act, "source_kind": link.source_kind, "name": link.name}
        for part, mention in (("source", link.source), ("cue", link.cue), ("antecedent", link.antecedent)):
            if mention is not None:
                yield _mention(row, part, number, mention, extra)
    if claim.trigger:
        yield _mention(row, "trigger", 0, claim.trigger, {})
    for part in PARTS:
        for number, mention in enumerate(getattr(claim, part)):
            yield _mention(row, part, number, mention, {})


def _mention(row: Told, part: str, number: int, mention: Mention, extra: Mapping[str, Any]) -> tuple[Any, ...]:
    own = {
        key: getattr(mention, key, extra.get(key)) for key in ("start", "end", "exact", "name", "by", "basis", "reason")
    }
    rest = {key: getattr(mention, key) for key in mention.__struct_fields__ if key not in OWN}
    detail = {key: _plain(value) for key, value in ({**rest, **extra}).items() if key != "name" and value is not None}
    return (
        _key(row.document.id, row.claim.id),
        row.document.id,
        part,
        number,
        *own.values(),
        json.dumps(detail, ensure_ascii=False),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end, "exact": value.exact}
    return str(value) if isinstance(value, Record) else value


def _event_claims(dossier: Dossier) -> Iterator[tuple[Any, ...]]:
    group = {name: n for n, members in enumerate(dossier.event.independent) for name in members}
    for ref in dossier.event.claims:
        yield dossier.event.id, _key(ref.document, ref.claim), group.get(ref.document)


def _contradictions(dossier: Dossier) -> Iterator[tuple[Any, ...]]:
    for found in dossier.event.contradictions:
        left, right = (_key(ref.document, ref.claim) for ref in (found.left, found.right))
        yield dossier.event.id, found.field, left, right, found.reason


def _arrays(columns: Iterable[Column], *names: str) -> list[dict[str, str]]:
    """Return facets of the columns that hold lists."""
    return [{"array": column.name} for column in columns if column.name in names and column.kind in LISTS]


def metadata(database: str) -> dict[str, Any]:
    """Return what Datasette shows of the database: descriptions of tables and columns, facets, sizes, labels."""
    described = {column.name: column.source for column in CLAIMS}
    tables: dict[str, Any] = {
        "documents": {
            "description": "The reports.",
            "label_column": "name",
            "fts_table": "documents_fts",
            "facets": ["publisher", "language"],
            "size": 50,
        },
        "claims": {
            "description": "One claim a row: one happening or state, as one chain of sources puts it.",
            "label_column": "content",
            "fts_table": "claims_fts",
            "facets": ["type", "certainty", "publisher", *_arrays(CLAIMS, "actor_name", "act")],
            "columns": {"key": "Document.id:Claim.id", **described},
            "size": 50,
        },
        "mentions": {
            "description": "The words each claim is pinned to: offsets are code points, half-open, into documents.text.",
            "label_column": "exact",
            "facets": ["part", "basis"],
        },
        "events": {
            "description": "Hypotheses: claims that seem to tell of one happening. The claims stay whole.",
            "label_column": "title",
            "fts_table": "events_fts",
            "facets": ["type", "country", *_arrays(EVENTS, "contradicted", "outlets")],
            "columns": {column.name: column.source for column in EVENTS},
            "sort_desc": "reports",
        },
        "event_claims": {
            "description": "Which claims an event rests on; source: the number of its group of independent sources."
        },
        "contradictions": {"description": "What claims of one event contradict each other on.", "facets": ["field"]},
        "who_says": {
            "description": "Claims with whoever says it last in the chain, else the outlet.",
            "facets": ["speaker", "act"],
        },
        "tolls": {"description": "Every figure, event by event, in the words it was said in.", "facets": ["kind"]},
        "claims_on_a_map": {"description": "Places with coordinates, for the plugin datasette-cluster-map."},
        "disputed": {"description": "Contradictions with the words of both sides.", "facets": ["field"]},
    }
    return {
        "title": "Reportedly",
        "description": "Who says that who did what to whom, where, when, how many: claims pinned to the words of news reports.",
        "databases": {database: {"tables": tables}},
    }


_IDENTIFIER = Field("key", "`Document.id:Claim.id`")
_KEPT = ("offsets", "the text")
FORMAT = Format(
    name="sqlite",
    title="SQLite for Datasette: tables, views, full text, facets and metadata",
    suffix=".db",
    write_file=write_file,
    tables=(
        Table(
            name="documents",
            takes="readings",
            fields=tuple(Field(name, f"Document.{name}") for name in DOCUMENTS),
            lost=(Loss("where each fact about a document was found", lambda reading: len(reading.document.dates)),),
        ),
        Table(
            name="claims",
            takes="readings",
            fields=(_IDENTIFIER, *(Field(each.name, each.source) for each in CLAIMS_TABLE.fields)),
            lost=tuple(loss for loss in CLAIMS_LOST if not loss.what.startswith((*_KEPT, "a report without"))),
        ),
        Table(
            name="mentions",
            takes="readings",
            fields=fields(
                ("claim_key", "the claim"),
                ("document_id", "Document.id"),
                (
                    "part",
                    "source, cue, antecedent (Claim.chain), trigger, hedges, actors, recipients, places, times, quantities, labels",
                ),
                ("number", "its place in the list, from 0"),
                ("start", "Mention.start"),
                ("end", "Mention.end"),
                ("exact", "Mention.exact"),
                ("name", "its canonical name, where it has one"),
                ("by", "Mention.by"),
                ("basis", "Mention.basis"),
                ("reason", "Mention.reason"),
                ("detail", "whatever else it has, as JSON: kind, lat, earliest, low, ..."),
            ),
        ),
        Table(
            name="events",
            takes="events",
            fields=EVENTS_TABLE.fields[:1] + tuple(Field(each.name, each.source) for each in EVENTS_TABLE.fields[1:]),
            lost=EVENTS_LOST[1:],
        ),
        Table(
            name="event_claims",
            takes="events",
            fields=fields(
                ("event_id", "Event.id"),
                ("claim_key", "Event.claims[]"),
                ("source", "the number of its group in Event.independent"),
            ),
        ),
        Table(
            name="contradictions",
            takes="events",
            fields=fields(
                ("event_id", "Event.id"),
                ("field", "Event.contradictions[].field"),
                ("left", "Event.contradictions[].left"),
                ("right", "Event.contradictions[].right"),
                ("reason", "Event.contradictions[].reason"),
            ),
        ),
    ),
    notes=(
        "Beside `NAME.db` stands `NAME.metadata.json`: `datasette NAME.db --metadata NAME.metadata.json`.",
        "Views: `who_says`, `tolls`, `claims_on_a_map`, `disputed`. Full text, without regard to accents: `claims`, `documents`, `events`.",
        "Lists are JSON arrays, which Datasette can facet by.",
    ),
)
