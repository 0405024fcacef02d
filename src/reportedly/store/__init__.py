"""Where readings are kept: the protocol every store keeps to, and what opens one.

    with open_store("reports.db", create=True) as store:
        store.put(reading)
        for row in store.claims(Filter(actors=("Hezbollah",))): ...

A document and all that was read in it go in with one transaction, or not at all; a store that was killed, or whose disk was full, opens
again with every document it said it had stored. The suite of tests of this protocol (``tests/test_store.py``) runs for every
implementation: SQLite now, PostgreSQL next.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Store", "open_store"]


class Store(Protocol):
    """What any store does. Ids of documents may be given by a beginning that no other has; InputError where none or several have it.

    All writing is durable when the call (or the ``together`` block around it) returns. One process writes at a time, others wait for it;
    reading works beside.
    """

    # --- writing -------------------------------------------------------------------------------------------------------------------

    def put(self, reading: Reading, *, unit: Unit | None = None) -> Fate:
        """Keep a reading; return ``stored``, or ``duplicate`` with the document that is the same, or ``forgotten``.

        The same document: the same text at the same address (without one: of the same publisher and day). Another text at an
        address is its next version. The id kept under is in the answer: it differs from the reading's where another document has that.
        """
        ...

    def refuse(self, problem: Problem, *, unit: Unit | None = None) -> Fate:
        """Keep that an input could not be read, and why. A later ``put`` of the same unit takes its place."""
        ...

    def replace(self, reading: Reading, document: str | None = None) -> Fate:
        """Keep the claims of ``reading`` in place of those there: its document read anew. Judgements stay."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of what is written in the block: all of it is kept, or (where the block raises) none."""
        ...

    def forget(self, document: str, *, remember: bool = True) -> Forgotten:
        """Remove a document and all that came from it, down to the bytes of the file. Only a hash of its text stays, so that
        reading its input again does not bring it back; not even that where ``remember`` is False.
        """
        ...

    # --- what was read -------------------------------------------------------------------------------------------------------------

    def has(self, document: str) -> bool:
        """Return whether there is a document of this id."""
        ...

    def same(self, document: Document) -> str | None:
        """Return the id of the stored document that this one is the same as, None where it is new. It need not be read."""
        ...

    def skip(self, document: Document, *, unit: Unit | None = None) -> Fate | None:
        """Keep that an input held a document that is there already, or was forgotten; None, and nothing kept, where it is new.

        What ``put`` would find out too, before the document is read.
        """
        ...

    def seen(self, unit: Unit) -> Fate | None:
        """Return what became of a unit of input, None where it was never read: where to go on after an interruption."""
        ...

    def seen_of(self, source: str) -> dict[str, Fate]:
        """Return what became of the units of one source, by their key."""
        ...

    def fates(self, *, outcome: str | None = None) -> Iterator[Fate]:
        """Yield what became of every unit, in the order read; ``refused`` are the problems."""
        ...

    def counts(self) -> Counts:
        """Return what was read and what became of it."""
        ...

    # --- asking --------------------------------------------------------------------------------------------------------------------

    def documents(self, query: Filter | None = None) -> Iterator[Stored]:
        """Yield the documents that have a claim the filter leaves, in the order stored.

        Without a filter, or with one that asks nothing, all of them, of an updated one the newest text (``versions="all"``: every one).
        """
        ...

    def document(self, document: str) -> Reading:
        """Return one document with its claims as people left them: what nobody judged as it was stored.

        So are claims in all that is asked: what was rejected is not there, what was corrected is sought and counted as it is now.
        """
        ...

    def machine(self, document: str) -> Reading:
        """Return one document with its claims as the machine made them, whatever people decided."""
        ...

    def readings(self, query: Filter | None = None) -> Iterator[Reading]:
        """Yield whole documents as ``documents`` does, with those of their claims that the filter leaves: what a Collection is made of."""
        ...

    def claims(self, query: Filter | None = None) -> Iterator[Row]:
        """Yield the claims that a filter leaves, in the order stored, one by one: memory does not grow with them."""
        ...

    def page(self, query: Filter | None = None, *, after: int = 0, limit: int = 50) -> Page:
        """Return at most ``limit`` claims behind the row ``after``."""
        ...

    def facets(self, query: Filter | None = None, *, of: Iterable[str] = (), limit: int = 20) -> Facets:
        """Return how many claims a filter leaves, by value of each field (``of``; by default all of them)."""
        ...

    def search(self, words: str, query: Filter | None = None, *, limit: int = 20) -> list[Hit]:
        """Return the documents whose text or title has these words, the best first.

        All words must be there; ``"in a row"`` a phrase, ``-word`` one that must not be, ``word*`` a beginning, ``OR`` either. Case,
        accents and apostrophes do not matter, nor do Arabic vowel signs, spellings of alif, and clitics.
        """
        ...

    def versions(self, document: str) -> list[Stored]:
        """Return the texts of this document's address, the oldest first."""
        ...

    def changes(self, document: str, *, machine: bool = False) -> list[Versions]:
        """Return how the claims changed from each version of this document's address to the next; with ``machine`` as they were read."""
        ...

    # --- what people and programs add ----------------------------------------------------------------------------------------------

    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement, and settle the claims of its document anew. Judgements are never changed; one of the same id twice is one."""
        ...

    def judgements(self, *, document: str | None = None, who: str | None = None) -> Iterator[Judgement]:
        """Yield judgements in the order made."""
        ...

    def keep_events(self, events: Iterable[Event]) -> None:
        """Keep events in place of those there: grouping is a hypothesis, made anew when there are new documents."""
        ...

    def events(self) -> Iterator[Event]:
        """Yield the events kept, in the order given."""
        ...

    def events_stale(self) -> bool:
        """Return whether claims came, went or were judged otherwise since the events were kept (or there are none)."""
        ...

    def stamp(self) -> str:
        """Return what is another whenever claims came, went or changed: what was made of them is kept by it."""
        ...

    # --- the whole -----------------------------------------------------------------------------------------------------------------

    def audit(self) -> list[str]:
        """Return what is wrong, a line each: words that are not the text's own, counts that do not add up, a broken file."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Return the store in ``path``, made first where there is none and ``create`` says so; ``:memory:`` is one that is not kept.

    Raises InputError, with the cure, where there is none, the file is no store, or a newer program made it. A store of an older
    program is brought up to date first (not where ``read_only``: then it is refused).
    """
    from reportedly.store import sqlite

    return sqlite.open_store(path, create=create, read_only=read_only)
