"""What may be asked of the claims of many reports: events, comparisons, tolls, holders, words, gaps, copies.

Part of ``api``, where these functions are public.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.answers import Answers, Authorship, Dispute, Edited, Framing, Holdings, Missing, TollStep
from reportedly.errors import InputError
from reportedly.queries import Filter, Kept
from reportedly.records import Comparison, Copy, Document, Event, Problem, Reading, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.evidence import Collection


def collect(reads: Iterable[Reading | Problem]) -> Collection:
    """Return readings as a collection, which the functions below ask; whatever has a document and claims will do, Problems are left out."""
    from reportedly.evidence import Collection

    return Collection(read for read in reads if not isinstance(read, Problem))


def events(collection: Collection) -> tuple[Event, ...]:
    """Return what the claims seem to tell of: a hypothesis each, with its independent sources and contradictions, the most told first."""
    from reportedly import evidence

    return evidence.events(collection)


# What every SQLite file begins with: no line of claims does.
MAGIC = b"SQLite format 3\x00"


def is_store(path: str | Path) -> bool:
    """Return whether a path is that of a store: an SQLite file."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except (OSError, ValueError):
        return False


def stored_readings(path: str | Path, *, versions: Kept = "current", machine: bool = False) -> Iterator[Reading]:
    """Yield what a store holds, of reports that were updated the newest text, or all. Raises InputError and StoreError.

    Claims are as people left them; with ``machine`` as they were read, whatever people decided.
    """
    from reportedly.store import open_store

    with open_store(path, read_only=True) as store:
        if machine:
            yield from (store.machine(each.id) for each in store.documents(Filter(versions=versions)))
        else:
            yield from store.readings(Filter(versions=versions))


def stored_events(path: str | Path, *, anew: bool = False) -> tuple[Collection, tuple[Event, ...]]:
    """Return what a store holds as a collection, and its events, the most told first. Raises InputError and StoreError.

    Those kept in it, where no document came or went since and no judgement changed a claim; else they are made, and kept where the file
    may be written. ``anew`` makes them in any case.
    """
    from reportedly.store import open_store

    mine = os.access(path, os.W_OK)
    with open_store(path, read_only=not mine) as store:
        stamp = store.stamp()
        collection = collect(store.readings())
        if not anew and not store.events_stale():
            return collection, tuple(store.events())
        found = events(collection)
        if mine:
            with store.together():
                # what somebody judged meanwhile is not in these
                if store.stamp() == stamp:
                    store.keep_events(found)
        return collection, found


def find_event(found: Iterable[Event], event_id: str) -> Event | None:
    """Return the event of that id, or of the only id that begins so, or of that number in the list; None where there is none."""
    known = tuple(found)
    if event_id.isdecimal() and 0 < int(event_id) <= len(known):
        return known[int(event_id) - 1]
    named = [event for event in known if event_id and event.id.startswith(event_id)]
    return named[0] if len(named) == 1 else None


def named_event(found: Iterable[Event], event_id: str) -> Event:
    """Return the event that ``find_event`` does. Raises InputError where there is none."""
    known = tuple(found)
    one = find_event(known, event_id)
    if one is None:
        of = f"there are {len(known)}, numbered as 'reportedly group' lists them" if known else "there are none"
        raise InputError(f"there is no event {event_id!r}, or several begin so", cure=of)
    return one


def document_named(name: str, documents: Iterable[Document]) -> str:
    """Return the id of the document that is meant by it, by the beginning of one that no other has, or by its name. Raises InputError."""
    known = {document.id: document.name for document in documents}
    begun = [ident for ident in known if name and ident.startswith(name)]
    found = [name] if name in known else begun or [ident for ident, called in known.items() if called == name]
    if len(found) != 1:
        there = f"several documents: {', '.join(found[:3])}" if found else "no document of this id or name"
        raise InputError(f"{name!r}: {there}", cure="give the whole id, as the JSON of the claims has it")
    return found[0]


def events_asked(found: Iterable[Event], collection: Collection, query: Filter) -> tuple[Event, ...]:
    """Return the events that have a claim which a filter leaves."""
    from reportedly import keeping

    left = keeping.sieve(query)
    refs = {
        (read.document.id, claim.id) for read in collection.reads.values() for claim in left(read.document, read.claims)
    }
    return tuple(event for event in found if any((ref.document, ref.claim) in refs for ref in event.claims))


def answers(event: Event, collection: Collection) -> Answers:
    """Return all that is told of an event: toll, authors, comparisons, the words used, what is missing, who holds the ground."""
    from reportedly import evidence

    return evidence.answers(event, collection)


def comparisons(event: Event, collection: Collection) -> tuple[Comparison, ...]:
    """Return the contradictions of an event, and the fullest claims of its independent sources field by field."""
    from reportedly import evidence

    return evidence.comparisons(event, collection)


def toll(event: Event, collection: Collection) -> tuple[TollStep, ...]:
    """Return the history of an event's toll: who gave which figure, when, from whom, raising or lowering what."""
    from reportedly import evidence

    return evidence.toll(event, collection)


def authors(event: Event, collection: Collection) -> tuple[Authorship, ...]:
    """Return who is said to have done it: accusations, claims of responsibility, denials."""
    from reportedly import evidence

    return evidence.authors(event, collection)


def edits(event: Event, collection: Collection) -> tuple[Edited, ...]:
    """Return which words the copies among an event's reports changed of their originals."""
    from reportedly import evidence

    return evidence.edits(event, collection)


def disputes(pairs: Iterable[Comparison], collection: Collection) -> tuple[Dispute, ...]:
    """Return contradictions (of an event, of who holds a place) by field and value: each value once, with all claims that give it."""
    from reportedly import evidence

    return evidence.disputes(pairs, collection.told)


def missing(event: Event, collection: Collection) -> tuple[Missing, ...]:
    """Return what would settle an event and is not there."""
    from reportedly import evidence

    return evidence.missing(event, collection)


def holdings(place: str, collection: Collection) -> Holdings:
    """Return who is said to hold a place, by date and claimant, with the gaps."""
    from reportedly import evidence

    return evidence.holdings(place, collection)


def framing(subject: str | Event, collection: Collection) -> tuple[Framing, ...]:
    """Return the words each outlet uses for an actor (in any spelling, known or a report's own), or for the deed of an event."""
    from reportedly import evidence, keeping

    if not isinstance(subject, str):
        return evidence.framing_of_event(subject, collection)
    return tuple(row for name in keeping.actor_names(subject) for row in evidence.framing(name, collection))


def find_copies(found: Iterable[Document]) -> tuple[Copy, ...]:
    """Return the pairs of documents that share most of their words, with which was first or why nobody knows."""
    from reportedly import copies

    return copies.find(found)


def to_events(found: Iterable[Event], collection: Collection) -> str:
    """Return events as JSON, in the form that the scorer of the annotation guide reads."""
    from reportedly.export import events as lines

    return lines.to_json(found, collection.names)


def to_answers(rows: Iterable[Record], collection: Collection) -> list[dict[str, Any]]:
    """Return records as JSON writes them, claims as ``NAME:claim id`` and documents by name."""
    from reportedly.export import events as lines

    return [lines.named(row, collection.names) for row in rows]
