"""What the pages work with: the store, one connection a request; the reader, loaded behind their back; the events, made when stale."""

from __future__ import annotations

import json
import tempfile
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly import api, samples
from reportedly.errors import InputError, ReportedlyError
from reportedly.queries import Filter
from reportedly.records import Problem
from reportedly.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.api import Clerk, Collection
    from reportedly.queries import Fate, Stored
    from reportedly.records import Event, Reading, Ref
    from reportedly.store import Store
    from reportedly.web.settings import Settings

State = Literal["loading", "ready", "failed"]
# How long a page waits for events to be grouped, in seconds, before it shows those grouped last.
PATIENCE = 3.0
# Connections kept open while nobody asks: each holds columns of its own for counting.
MOST_IDLE = 4


class Lease:
    """The connection of one request, taken when it is first needed."""

    def __init__(self) -> None:
        self.store: Store | None = None


LEASE: ContextVar[Lease | None] = ContextVar("lease", default=None)


class Desk:
    """One a server. Whatever changes the store does so under ``writing``; whatever reads asks ``store``."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.state: State = "loading"
        self.trouble = ""
        self._own = threading.local()
        self._write = threading.Lock()
        self._group = threading.Lock()
        self._pool = threading.Lock()
        self._opened: list[Store] = []
        self._idle: list[Store] = []
        self._listed: tuple[object, tuple[Stored, ...]] = (None, ())
        self._events: tuple[Event, ...] = ()
        self._grouped: object = None
        self._failed: ReportedlyError | None = None
        self.grouping: threading.Thread | None = None
        self._drawn: tuple[tuple[Event, ...], Any] | None = None
        # Made here, so that a file that is no store ends the start and not the first page.
        open_store(settings.store, create=True).close()

    @property
    def store(self) -> Store:
        """This request's connection to the store, or this thread's where no request is answered."""
        lease = LEASE.get()
        if lease is None:
            known = getattr(self._own, "store", None)
            if known is None:
                known = self._own.store = self._open()
            return known
        if lease.store is None:
            with self._pool:
                lease.store = self._idle.pop() if self._idle else None
            lease.store = lease.store or self._open()
        return lease.store

    def _open(self) -> Store:
        found = open_store(self.settings.store)
        self._opened.append(found)
        return found

    @contextmanager
    def leasing(self) -> Iterator[None]:
        """Answer a request in the block with one connection; the next request gets the one used last, what it counted at hand."""
        lease = Lease()
        token = LEASE.set(lease)
        try:
            yield
        finally:
            LEASE.reset(token)
            if lease.store is not None:
                self._back(lease.store)

    def _back(self, store: Store) -> None:
        with self._pool:
            keep = len(self._idle) < MOST_IDLE and store in self._opened
            if keep:
                self._idle.append(store)
            elif store in self._opened:
                self._opened.remove(store)
        if not keep:
            store.close()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Hold the store for writing: one thread at a time."""
        with self._write:
            yield self.store

    # --- reading reports -----------------------------------------------------------------------------------------------------------

    def warm(self) -> None:
        """Load what reading needs in a thread of its own; the pages answer meanwhile."""
        threading.Thread(target=self._warm, name="models", daemon=True).start()

    def _warm(self) -> None:
        try:
            # compiled once, before who reads wants it
            api.open_gazetteer(self.settings.gazetteer).close()
            self._clerk.start()
            self.state = "ready"
            # the columns that counting needs, read before the first page that counts
            with self.leasing():
                self.store.facets(Filter(repeats=False))
            if self.settings.samples:
                self._fill()
        except ReportedlyError as error:
            self.state, self.trouble = "failed", str(error)

    def _fill(self) -> None:
        """Read the bundled sample reports, those that are not there yet."""
        with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
            lines = Path(folder) / "samples.jsonl"
            lines.write_text("".join(json.dumps(each) + "\n" for each in samples.articles()), encoding="utf-8")
            for answer in self._clerk.read([lines], wanted=lambda document: self.store.same(document) is None):
                if not isinstance(answer, Problem):
                    self._keep(answer)

    @property
    def _clerk(self) -> Clerk:
        """Who reads: a process of its own, which what it reads may take down."""
        path = self.settings.gazetteer
        return api.clerk(gazetteer=str(path) if path else None)

    def _keep(self, reading: Reading) -> Fate:
        """Store a reading of a file that is gone by now."""
        document = msgspec.structs.replace(reading.document, path=None)
        with self.writing() as store:
            return store.put(msgspec.structs.replace(reading, document=document))

    def read(self, path: Path, *, published: str | None = None, publisher: str | None = None) -> Iterator[Fate]:
        """Yield what became of each report of a file: what was read is in the store when it is yielded.

        Raises InputError, naming the report, where one cannot be read; those before it are kept.
        """
        for answer in self._clerk.read([path], given={"published": published, "publisher": publisher}):
            if isinstance(answer, Problem):
                raise InputError(f"{answer.name.replace(str(path), path.name)}: {answer.reason}", cure=answer.cure)
            yield self._keep(answer)

    def places(self, name: str) -> Any:
        """Return the places a name may mean, the likeliest first."""
        return api.open_gazetteer(self.settings.gazetteer).find(name)

    # --- events --------------------------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[Stored, ...]:
        """Return what is known of all reports, in the order stored: read once, until some come, go or are judged."""
        stamp = self.store.stamp()
        if stamp != self._listed[0]:
            self._listed = (stamp, tuple(self.store.documents()))
        return self._listed[1]

    def events(self) -> tuple[Event, ...]:
        """Return the events of the store, grouped anew where documents came or went, or a judgement changed a claim.

        Where that takes longer than a reader waits it goes on behind the pages: those grouped before are returned meanwhile, and
        ``grouping`` tells so.
        """
        with self._group:
            if self.grouping is None and not self.store.events_stale():
                stamp = self.store.stamp()
                if stamp != self._grouped:
                    self._events, self._grouped = tuple(self.store.events()), stamp
                return self._events
            working = self.grouping
            if working is None:
                if self._grouped is None:
                    self._events = tuple(self.store.events())
                # it may be done before it is looked at again
                working = self.grouping = threading.Thread(target=self._regroup, name="events", daemon=True)
                working.start()
        working.join(PATIENCE)
        if self._failed is not None and self.grouping is None:
            raise self._failed
        return self._events

    def _regroup(self) -> None:
        """Group all claims and keep the events, unless something was stored meanwhile: then they are shown, and grouped anew when asked."""
        try:
            with open_store(self.settings.store) as store:
                stamp = store.stamp()
                found = tuple(api.events(api.collect(store.readings())))
                with self._write:
                    if store.stamp() == stamp:
                        store.keep_events(found)
                self._events, self._grouped, self._failed = found, stamp, None
        except ReportedlyError as error:
            self._failed = error
        finally:
            self.grouping = None

    def drawn(self, make: Callable[[Desk, tuple[Event, ...]], Any]) -> Any:
        """Return what ``make`` makes of the events, kept until they are grouped anew."""
        found = self.events()
        if self._drawn is None or self._drawn[0] is not found:
            self._drawn = (found, make(self, found))
        return self._drawn[1]

    def event(self, name: str) -> Event:
        """Return an event by its id. Raises InputError where there is none."""
        found = api.find_event(self.events(), name) if name else None
        if found is None:
            raise InputError(
                f"no event {name!r}", cure="the list of events has them all; grouping anew may have renamed it"
            )
        return found

    def told(self, name: str) -> tuple[Event, Collection]:
        """Return an event and the reports it rests on. Raises InputError where there is none, or nothing of it is claimed any more.

        While events are grouped anew those shown are older than the claims: what was rejected or forgotten since is left out of them.
        """
        event = self.event(name)
        names = dict.fromkeys(ref.document for ref in event.claims)
        collection = api.collect(self.store.document(each) for each in names if self.store.has(each))
        event = _still(event, {(each, claim.id) for each, read in collection.reads.items() for claim in read.claims})
        if not event.claims:
            raise InputError(f"nobody claims {name!r} any more", cure="its claims were rejected: see the review")
        return event, collection

    def close(self) -> None:
        """Let go of the store: a connection that is in use is closed by whoever uses it, when it is given back."""
        with self._pool:
            idle, self._idle, self._opened = self._idle, [], []
        for each in idle:
            each.close()


def _still(event: Event, there: set[tuple[str, str]]) -> Event:
    """Return an event with those of its claims that are there."""

    def known(ref: Ref) -> bool:
        return (ref.document, ref.claim) in there

    claims = tuple(filter(known, event.claims))
    if claims == event.claims:
        return event
    documents = {ref.document for ref in claims}
    groups = (
        (tuple(name for name in group if name in documents), why)
        for group, why in zip(event.independent, event.why, strict=True)
    )
    sources = [(group, why) for group, why in groups if group]
    return msgspec.structs.replace(
        event,
        claims=claims,
        independent=tuple(group for group, _ in sources),
        why=tuple(why for _, why in sources),
        dependences=tuple(each for each in event.dependences if each.document in documents),
        contradictions=tuple(each for each in event.contradictions if known(each.left) and known(each.right)),
    )
