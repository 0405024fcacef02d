"""The store in one SQLite file, in WAL mode: one process writes, others read beside it."""

from __future__ import annotations

import functools
import inspect
import itertools
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

import msgspec

from reportedly import folding
from reportedly.errors import InputError
from reportedly.queries import (
    Counts,
    Facets,
    Fate,
    Filter,
    Forgotten,
    Hit,
    Judgement,
    Page,
    Row,
    Stored,
    Unit,
    Versions,
)
from reportedly.records import Document, Event, Problem, Reading
from reportedly.store import asking, files, filters, forgetting, settling, versions, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.store.tallies import Tallies

P = ParamSpec("P")
T = TypeVar("T")
AUDIT = """SELECT document.name, path FROM evidence JOIN document ON document.key = evidence.document
WHERE exact <> substr(document.text, start + 1, "end" - start)"""
FOLDING = "folding"
MOST_FAULTS = 100


def open_store(path: str | Path, *, create: bool, read_only: bool) -> SqliteStore:
    """Return the store in ``path``. Raises InputError where there is none, StoreError where it cannot be read."""
    return SqliteStore(path, create=create, read_only=read_only)


def _telling(method: Callable[P, T]) -> Callable[P, T]:
    """Return the method with the database's errors raised as ours, while a generator runs too."""

    @functools.wraps(method)
    def plain(*args: P.args, **kwargs: P.kwargs) -> T:
        with _told(args[0]):
            return method(*args, **kwargs)

    @functools.wraps(method)
    def generating(*args: P.args, **kwargs: P.kwargs) -> T:
        def walk() -> Iterator[object]:
            with _told(args[0]):
                yield from method(*args, **kwargs)  # type: ignore[misc]

        return walk()  # type: ignore[return-value]

    return generating if inspect.isgeneratorfunction(method) else plain


@contextmanager
def _told(store: object) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError as error:
        # closed, or asked from within its own answer: the caller's fault
        raise InputError(f"the store cannot be used: {error}") from error
    except sqlite3.Error as error:
        raise files.told(error, getattr(store, "path", "")) from error


class SqliteStore:
    """A Store (see the protocol) in a SQLite file."""

    def __init__(self, path: str | Path, *, create: bool, read_only: bool) -> None:
        self.path = Path(path) if str(path) != files.MEMORY else files.MEMORY
        self._unindexed: list[writing.Words] = []
        self._db = files.connect(path, create=create, read_only=read_only)
        self._db.create_function("nearest_km", 3, filters.nearest_km, deterministic=True)
        if not read_only:
            with _told(self):
                self._settle()

    def _settle(self) -> None:
        """Make the index anew where words are folded otherwise now, and end what a killed 'forget' began."""
        known = self._db.execute("SELECT value FROM meta WHERE name = ?", (FOLDING,)).fetchone()
        if known is None or known[0] != folding.data().sha256:
            with files.immediately(self._db):
                self._db.execute("INSERT INTO words (words) VALUES ('delete-all')")
                for key, text, title in self._db.execute("SELECT key, text, title FROM document").fetchall():
                    self._db.execute(writing.INSERT_WORDS, (key, *writing.indexed(text, title)))
                self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (FOLDING, folding.data().sha256))
        if not settling.settled_as_now(self._db):
            with files.immediately(self._db):
                settling.settle_all(self._db)
        if forgetting.pending(self._db):
            forgetting.scrub(self._db)

    # --- writing -------------------------------------------------------------------------------------------------------------------

    @_telling
    def put(self, reading: Reading, *, unit: Unit | None = None) -> Fate:
        """Keep a reading and what became of its unit."""
        alone = not self._db.in_transaction
        with files.immediately(self._db):
            fate, words = writing.put(self._db, reading, unit)
            if fate.document and words and settling.judged(self._db, fate.document):
                settling.settle(self._db, fate.document)
            if words and alone:
                self._db.execute(writing.INSERT_WORDS, words)
        if words and not alone:
            self._unindexed.append(words)
        return fate

    @_telling
    def refuse(self, problem: Problem, *, unit: Unit | None = None) -> Fate:
        """Keep that an input could not be read, and why."""
        with files.immediately(self._db):
            return writing.refuse(self._db, problem, unit)

    @_telling
    def skip(self, document: Document, *, unit: Unit | None = None) -> Fate | None:
        """Keep that an input held a document that is there already or was forgotten; None where it is new."""
        known = writing.known_fate(self._db, document, unit)
        if known is None:
            return None
        with files.immediately(self._db):
            return writing.record_fate(self._db, known, document.sha256)

    @_telling
    def replace(self, reading: Reading, document: str | None = None) -> Fate:
        """Keep the claims of ``reading`` in place of those there."""
        with files.immediately(self._db):
            key, found = asking.find(
                self._db, document or writing.same(self._db, reading.document) or reading.document.id
            )
            text = self._db.execute("SELECT text FROM document WHERE key = ?", (key,)).fetchone()[0]
            if text != reading.document.text:
                raise InputError(
                    f"{found} has another text than what was read", cure="put it: it is a version of its own"
                )
            writing.replace_claims(self._db, reading, key)
            settling.settle(self._db, found)
        return Fate(unit=Unit(source=""), outcome="stored", document=found, name=reading.document.name)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of the block."""
        before = len(self._unindexed)
        try:
            with _told(self), files.immediately(self._db):
                yield
                self._index()
        except BaseException:
            del self._unindexed[before:]
            raise

    def _index(self) -> None:
        """Add the words of what was put in this transaction to the index."""
        if self._unindexed:
            self._db.executemany(writing.INSERT_WORDS, self._unindexed)
            self._unindexed.clear()

    @_telling
    def forget(self, document: str, *, remember: bool = True) -> Forgotten:
        """Remove a document and all that came from it."""
        if self._db.in_transaction:
            raise InputError("a document cannot be forgotten within 'together'", cure="forget it alone")
        key, found = asking.find(self._db, document)
        return forgetting.forget(self._db, key, found, remember=remember)

    # --- what was read -------------------------------------------------------------------------------------------------------------

    @_telling
    def has(self, document: str) -> bool:
        """Return whether there is a document of this id."""
        return self._db.execute("SELECT 1 FROM document WHERE id = ?", (document,)).fetchone() is not None

    @_telling
    def same(self, document: Document) -> str | None:
        """Return the id of the stored document that this one is."""
        return writing.same(self._db, document)

    @_telling
    def seen(self, unit: Unit) -> Fate | None:
        """Return what became of a unit of input."""
        return asking.seen(self._db, unit)

    @_telling
    def seen_of(self, source: str) -> dict[str, Fate]:
        """Return what became of the units of one source, by their key."""
        return asking.seen_of(self._db, source)

    @_telling
    def fates(self, *, outcome: str | None = None) -> Iterator[Fate]:
        """Yield what became of every unit."""
        yield from asking.fates(self._db, outcome)

    @_telling
    def counts(self) -> Counts:
        """Return what was read and what became of it."""
        return asking.counts(self._db)

    # --- asking --------------------------------------------------------------------------------------------------------------------

    @_telling
    def documents(self, query: Filter | None = None) -> Iterator[Stored]:
        """Yield the documents that have a claim the filter leaves."""
        self._index()
        yield from asking.documents(self._db, query)

    @_telling
    def document(self, document: str) -> Reading:
        """Return one document with its claims as people left them."""
        return asking.reading(self._db, asking.find(self._db, document)[0])

    @_telling
    def machine(self, document: str) -> Reading:
        """Return one document with its claims as the machine made them."""
        return settling.machine(self._db, asking.find(self._db, document)[0])

    @_telling
    def readings(self, query: Filter | None = None) -> Iterator[Reading]:
        """Yield documents whole, with those of their claims that the filter leaves."""
        self._index()
        yield from asking.readings(self._db, query)

    @_telling
    def claims(self, query: Filter | None = None) -> Iterator[Row]:
        """Yield the claims that a filter leaves."""
        self._index()
        yield from asking.claims(self._db, query)

    @_telling
    def page(self, query: Filter | None = None, *, after: int = 0, limit: int = 50) -> Page:
        """Return at most ``limit`` claims behind the row ``after``."""
        self._index()
        return asking.page(self._db, query, after=after, limit=limit)

    @_telling
    def facets(self, query: Filter | None = None, *, of: Iterable[str] = (), limit: int = 20) -> Facets:
        """Return how many claims a filter leaves, by value of each field."""
        self._index()
        return self._tallies.facets(self._db, filters.where(query), of=of, limit=limit)

    @_telling
    def search(self, words: str, query: Filter | None = None, *, limit: int = 20) -> list[Hit]:
        """Return the documents whose text or title has these words, the best first."""
        self._index()
        return asking.search(self._db, words, query, limit=limit)

    @_telling
    def versions(self, document: str) -> list[Stored]:
        """Return the texts of this document's address, the oldest first."""
        return asking.versions(self._db, asking.find(self._db, document)[0])

    @_telling
    def changes(self, document: str, *, machine: bool = False) -> list[Versions]:
        """Return how the claims changed from each version to the next."""
        read = self.machine if machine else self.document
        texts = [read(text.id) for text in self.versions(document)]
        return [
            Versions(before=old.document, after=new.document, edits=versions.edits(old.claims, new.claims))
            for old, new in itertools.pairwise(texts)
        ]

    @functools.cached_property
    def _tallies(self) -> Tallies:
        # numpy takes a tenth of a second to import: longer than all else that opening a store takes
        from reportedly.store.tallies import Tallies

        return Tallies()

    # --- what people and programs add ----------------------------------------------------------------------------------------------

    @_telling
    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement, on the disk before this returns."""
        own = not self._db.in_transaction
        if own:
            # a decision of a person is not to be lost with the power
            self._db.execute("PRAGMA synchronous = FULL")
        try:
            with files.immediately(self._db):
                if writing.judge(self._db, judgement) and judgement.target:
                    settling.settle(self._db, judgement.target.document)
        finally:
            if own:
                self._db.execute("PRAGMA synchronous = NORMAL")

    @_telling
    def judgements(self, *, document: str | None = None, who: str | None = None) -> Iterator[Judgement]:
        """Yield judgements in the order made."""
        yield from settling.judgements(self._db, document, who)

    @_telling
    def keep_events(self, events: Iterable[Event]) -> None:
        """Keep events in place of those there."""
        with files.immediately(self._db):
            writing.keep_events(self._db, events)

    @_telling
    def events(self) -> Iterator[Event]:
        """Yield the events kept: by pages, so that memory does not grow with them and no statement stays open between."""
        page, after = "SELECT key, record FROM event WHERE key > ? ORDER BY key LIMIT 500", -1
        while rows := self._db.execute(page, (after,)).fetchall():
            after = rows[-1][0]
            for _, record in rows:
                yield msgspec.json.decode(record, type=Event)

    @_telling
    def stamp(self) -> str:
        """Return what is another whenever claims came, went or changed."""
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (writing.CHANGES,)).fetchone()
        return str(found[0]) if found else "0"

    @_telling
    def events_stale(self) -> bool:
        """Return whether claims came, went or changed since the events were kept."""
        now = dict(self._db.execute("SELECT name, value FROM meta WHERE name IN ('grouped', 'changes')").fetchall())
        return "grouped" not in now or now["grouped"] != now.get("changes", "0")

    # --- the whole -----------------------------------------------------------------------------------------------------------------

    @_telling
    def audit(self) -> list[str]:
        """Return what is wrong, a line each."""
        faults = [
            f"{name}: {path} is not the text's own" for name, path in self._db.execute(AUDIT).fetchmany(MOST_FAULTS)
        ]
        faults += forgetting.words_gone(self._db)
        faults += settling.unsettled(self._db)
        faults += [row[0] for row in self._db.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        faults += [
            f"{table}: a row leads nowhere" for table, *_ in self._db.execute("PRAGMA foreign_key_check").fetchall()
        ]
        wrong = self._db.execute(
            "SELECT name FROM document WHERE claims <> (SELECT count(*) FROM claim WHERE claim.document = document.key)"
        )
        faults += [f"{name}: its claims are not all there" for (name,) in wrong.fetchall()]
        return faults

    def close(self) -> None:
        """Let go of the store."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
