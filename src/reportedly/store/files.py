"""The file of a store: made, opened, brought up to date; refused where it is no store or a newer program's."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import InputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SCHEMA = HERE / "schema.sql"
MIGRATIONS = HERE / "migrations"
# 'rptd': in the header of the file, so that nobody takes another program's database for a store.
APPLICATION = 0x72707464
VERSION = 5
# How long a writer waits for another one.
BUSY_SECONDS = 30
MEMORY = ":memory:"
# Reading through the page cache of the system costs less than copying; a small store is never mapped beyond its size.
MAPPED_BYTES = 1 << 28
CACHED_KIB = 32_768
# Pages of 4 KiB in the write-ahead log before it is copied back: rarer copying costs less, and 16 MB are no matter.
LOG_PAGES = 4_000


def connect(path: str | Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the store in ``path``, of the schema of this program. Raises InputError and StoreError."""
    if str(path) != MEMORY:
        _refuse_missing(Path(path), create=create)
    with _told(path):
        connection = _open(path, read_only=read_only)
        try:
            _prepare(connection, path, create=create, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_missing(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder, not a store", cure="name the store's file")
    if not path.exists():
        if not create:
            raise InputError(f"there is no store {path}", cure=f"make one: reportedly ingest REPORTS --store {path}")
        if not path.parent.is_dir():
            raise InputError(f"there is no folder {path.parent}", cure="make it, or name another file for the store")


@contextmanager
def _told(path: str | Path) -> Iterator[None]:
    """Raise the database's own errors as ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise InputError(f"{path} is no store", cure="name a file that 'reportedly ingest' made") from error
        raise told(error, path) from error


def told(error: sqlite3.Error, path: str | Path) -> StoreError:
    """Return what is to be said of an error of the database."""
    cures = {
        "full": "make room and give the same command again; what was stored so far is whole",
        "locked": "another process writes to it: wait for that one to end",
        "busy": "another process writes to it: wait for that one to end",
        "readonly": "it is not yours to write: name another file, or change its permissions",
        "malformed": "it is damaged: restore it from a copy, or ingest the reports anew",
        "i/o error": "see whether its disk is full or broken; what was stored so far is whole",
        "unable to open": "see whether it and its folder are yours to read and write",
    }
    message = str(error)
    cure = next((cure for part, cure in cures.items() if part in message.lower()), "")
    return StoreError(f"{path}: {message}", cure=cure)


def _open(path: str | Path, *, read_only: bool) -> sqlite3.Connection:
    if str(path) == MEMORY:
        return _connection(MEMORY)
    if not read_only:
        return _connection(str(path))
    uri = Path(path).resolve().as_uri()
    try:
        connection = _connection(f"{uri}?mode=ro", uri=True)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        # in a folder where not even the helper files may be written, nobody else writes either
        connection = _connection(f"{uri}?immutable=1", uri=True)
    return connection


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    # transactions are ours (isolation_level=None); the web hands one store from thread to thread
    connection = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri, cached_statements=256
    )
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "synchronous = NORMAL",
        "temp_store = MEMORY",
        f"mmap_size = {MAPPED_BYTES}",
        f"cache_size = -{CACHED_KIB}",
        f"wal_autocheckpoint = {LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _prepare(connection: sqlite3.Connection, path: str | Path, *, create: bool, read_only: bool) -> None:
    """Make the schema where there is none, and bring an older one up to date."""
    application, version = stamp(connection)
    if _empty(connection) and create and not read_only:
        # kept in the file from here on
        connection.execute("PRAGMA journal_mode = WAL")
        with immediately(connection):
            if _empty(connection):
                _run(connection, SCHEMA.read_text(encoding="utf-8"), VERSION)
        application, version = stamp(connection)
    if application != APPLICATION:
        raise InputError(f"{path} is no store", cure="name a file that 'reportedly ingest' made")
    if version > VERSION:
        raise InputError(
            f"{path} is a store of version {version}, this program knows versions up to {VERSION}",
            cure="use the newer reportedly that made it",
        )
    if version < VERSION:
        if read_only:
            raise InputError(
                f"{path} is a store of version {version}, this is {VERSION}",
                cure=f"bring it up to date: reportedly store {path}",
            )
        _migrate(connection)


def stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return whose file it is, and the version of its schema."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return int(application), int(version)


def _empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the schema from its version to ours, step by step, in one transaction."""
    with immediately(connection):
        # another process may have done it while this one waited
        for version in range(stamp(connection)[1] + 1, VERSION + 1):
            _run(connection, (MIGRATIONS / f"{version:04}.sql").read_text(encoding="utf-8"), version)


def _run(connection: sqlite3.Connection, script: str, version: int) -> None:
    for statement in statements(script):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {version}")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script (``executescript`` would end the transaction)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def immediately(connection: sqlite3.Connection) -> Iterator[None]:
    """Make one writing transaction of the block; inside of another one, a part of it that can be undone alone."""
    if connection.in_transaction:
        with _part(connection):
            yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection, "ROLLBACK")
        raise


def _undo(connection: sqlite3.Connection, *statements: str) -> None:
    """Undo a transaction, unless a full disk has done so already."""
    if connection.in_transaction:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def _part(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        _undo(connection, "ROLLBACK TO part", "RELEASE part")
        raise
    connection.execute("RELEASE part")
