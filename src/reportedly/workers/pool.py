"""A pool of workers that may be killed: each document in one of them, none able to take another down.

The pool runs in the caller's thread and does its work while an answer is asked for; workers go on meanwhile with what they were given.
"""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Self

import msgspec

from reportedly.records import Problem
from reportedly.workers import frames, limits
from reportedly.workers.crew import End, Nursery, NurseryError, Slot, StoppedError, Work, Worker
from reportedly.workers.jobs import Setup
from reportedly.workers.nursery import Task

# A worker has the next task at hand while it does one, so that it need not wait for us.
AT_HAND = 2
# Documents of an opened file that wait to be read, and answers that wait for an earlier one to be given, for each worker; beyond,
# nothing new is begun.
AHEAD, WAITING = 8, 64
LONGEST_WAIT = 0.5
MOST_NURSERIES = 4
# What holds this share of the memory it may have, and asks for more in one piece, is refused it.
MUCH = 0.7
PIECE = 1 << 18


class Pool:
    """Workers, as many as asked for; use it in a ``with`` block. One that dies is replaced; one that hangs is killed.

    They are ``copied`` from this process where it has no other threads, which takes no time and inherits what it loaded; else they come
    from a program of its own.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        bounds: limits.Limits | None = None,
        setup: Setup | None = None,
        copied: bool = False,
    ) -> None:
        self._copied = copied
        self.limits = bounds or limits.Limits()
        self.setup = setup or Setup()
        self.size = workers
        self._nursery: Nursery | None = None
        self._nurseries = 0
        self._dropped = False
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._todo: deque[Work] = deque()
        self._files: deque[Work] = deque()
        self._size = 0
        self._slots: deque[Slot] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are at."""
        for worker in list(self._workers):
            self._part(worker)
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None
        self._selector.close()

    def drop(self) -> None:
        """Kill all workers at once and have no others, from another thread than the one that runs the pool."""
        self._dropped = True
        nursery = self._nursery
        if nursery is not None:
            # its workers end with it
            with suppress(ProcessLookupError):
                os.kill(nursery.process.pid, signal.SIGKILL)

    @property
    def pids(self) -> list[int]:
        """Return the process ids of the workers there are."""
        return [worker.pid for worker in self._workers]

    def start(self) -> None:
        """Have a first worker, which the first work would do by itself. Raises what keeps it from starting."""
        if not self._workers:
            self._have(lambda: False, opener=False)

    def run(
        self,
        works: Iterable[Work],
        *,
        derive: Callable[[Work, frames.Frame], Work | None] = lambda _work, _frame: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[frames.Frame]:
        """Yield the answers of all works in their order.

        What comes out of a work that ``opens`` is read in its turn where ``derive`` gives the work for it. Once ``stopped`` says so
        nothing new is begun; what is being read is finished and given out. ``at`` of an answer counts the bytes of all works up to it.
        """
        self._size = self._nurseries = 0
        try:
            yield from self._answers(iter(works), derive, stopped)
        finally:
            self._forget()

    def _answers(
        self,
        source: Iterator[Work],
        derive: Callable[[Work, frames.Frame], Work | None],
        stopped: Callable[[], bool],
    ) -> Iterator[frames.Frame]:
        more = True
        while not stopped():
            more = more and self._fill(source)
            yield from self._ready()
            if not more and not self._slots:
                return
            try:
                self._hand_out(stopped)
            except StoppedError:
                break
            self._turn(derive)
        yield from self._drain(derive)

    # -- what is to be done, and in which order it is given out

    def _fill(self, source: Iterator[Work]) -> bool:
        """Take works as long as there is room; return whether there may be more."""
        while len(self._todo) + len(self._files) < AT_HAND * self.size and self._backlog() < WAITING * self.size:
            work = next(source, None)
            if work is None:
                return False
            work.slot.before = self._size
            self._size += work.size
            self._slots.append(work.slot)
            (self._files if work.opens else self._todo).append(work)
        return True

    def _backlog(self) -> int:
        return sum(1 + len(slot.held) for slot in self._slots)

    def _ready(self) -> Iterator[frames.Frame]:
        """Yield the answers whose turn it is."""
        while self._slots:
            slot = self._slots[0]
            while slot.given in slot.held:
                frame = slot.held.pop(slot.given)
                slot.given += 1
                yield frame._replace(at=slot.before + frame.at)
            if slot.total is None or slot.given < slot.total:
                return
            self._slots.popleft()

    def _drain(self, derive: Callable[[Work, frames.Frame], Work | None]) -> Iterator[frames.Frame]:
        """Let the workers finish what they are at, and yield all answers there are."""
        self._todo.clear()
        self._files.clear()
        for worker in [each for each in self._workers if each.opener]:
            self._part(worker)
        while any(worker.works for worker in self._workers):
            self._turn(derive)
            self._todo.clear()
            for worker in [w for w in self._workers if w.works and not w.works[0].single and w.works[0].skip]:
                self._part(worker)
        for slot in self._slots:
            for place in sorted(slot.held):
                yield slot.held[place]._replace(at=slot.before + slot.held[place].at)
        self._slots.clear()

    def _forget(self) -> None:
        """Leave nothing of works whose answers nobody takes any longer."""
        for worker in [each for each in self._workers if each.works]:
            self._part(worker)
        for waiting in (self._todo, self._files, self._slots):
            waiting.clear()

    # -- workers and what they are given

    def _hand_out(self, stopped: Callable[[], bool]) -> None:
        """Give each worker what it can take, and have new ones where there is work for more. Raises StoppedError."""
        for opener, queue in ((True, self._files), (False, self._todo)):
            mine = [worker for worker in self._workers if worker.opener == opener]
            size, at_hand = (1, 1) if opener else (self.size, AT_HAND)
            for number in range(at_hand):
                for worker in [each for each in mine if len(each.works) <= number]:
                    if queue:
                        self._give(worker, queue.popleft())
                while number == 0 and queue and len(mine) < size:
                    mine.append(self._have(stopped, opener=opener))
                    self._give(mine[-1], queue.popleft())

    def _have(self, stopped: Callable[[], bool], *, opener: bool) -> Worker:
        """Return a new worker; where the process that has them is gone, another takes its place."""
        while True:
            if self._dropped:
                raise StoppedError
            if self._nursery is None:
                self._nurseries += 1
                self._nursery = Nursery(
                    self.setup, self.limits, copied=self._copied, stopped=lambda: self._dropped or stopped()
                )
            try:
                worker = self._nursery.worker(opener=opener)
            except NurseryError:
                self._nursery.close()
                self._nursery = None
                if self._nurseries >= MOST_NURSERIES:
                    raise
                continue
            self._workers.append(worker)
            self._selector.register(worker.sock, selectors.EVENT_READ, worker)
            return worker

    def _give(self, worker: Worker, work: Work) -> None:
        if not worker.works:
            worker.since = time.monotonic()
        worker.works.append(work)
        work.passed = False
        task = Task(work.job, work.name, work.payload, work.skip, work.opens)
        worker.outbox += frames.pack(frames.Frame(frames.VALUE, frames.written(task)))
        self._send(worker)

    def _send(self, worker: Worker) -> None:
        """Send what the socket takes; the rest goes when it takes more."""
        with suppress(BlockingIOError, BrokenPipeError, ConnectionResetError):
            # a worker that is gone is found out by reading
            sent = worker.sock.send(worker.outbox)
            del worker.outbox[:sent]
        self._watch(worker)

    def _watch(self, worker: Worker) -> None:
        events = (0 if worker.paused else selectors.EVENT_READ) | (selectors.EVENT_WRITE if worker.outbox else 0)
        registered = worker.sock in self._selector.get_map()
        if events and registered:
            self._selector.modify(worker.sock, events, worker)
        elif events:
            self._selector.register(worker.sock, events, worker)
        elif registered:
            self._selector.unregister(worker.sock)

    def _part(self, worker: Worker) -> None:
        """Have a worker no longer."""
        self._workers.remove(worker)
        with suppress(KeyError):
            self._selector.unregister(worker.sock)
        worker.sock.close()
        if self._nursery is not None:
            self._nursery.kill(worker.pid)

    # -- what comes back

    def _turn(self, derive: Callable[[Work, frames.Frame], Work | None]) -> None:
        """Take what workers have sent, and end those that have been silent for too long."""
        for worker in self._workers:
            self._pause(worker)
        for key, events in self._selector.select(self._wait()):
            worker = key.data
            if events & selectors.EVENT_WRITE:
                self._send(worker)
            if events & selectors.EVENT_READ:
                self._hear(worker, derive)
        now = time.monotonic()
        for worker in list(self._workers):
            if self._is_timed(worker) and now > self._deadline(worker):
                worker.blamed = limits.out_of_patience
                self._lose(worker)

    def _wait(self) -> float:
        """Return for how many seconds there may be nothing to do."""
        now = time.monotonic()
        waits = [self._deadline(worker) - now for worker in self._workers if self._is_timed(worker)]
        return max(0.0, min([*waits, LONGEST_WAIT]))

    def _is_timed(self, worker: Worker) -> bool:
        """Return whether an answer is due: not from a worker that we do not hear, nor from one that waits for standard input."""
        return bool(worker.works) and not worker.paused and not worker.works[0].once

    def _deadline(self, worker: Worker) -> float:
        return worker.since + self.limits.seconds * self.limits.patience

    def _pause(self, worker: Worker) -> None:
        """Hear an opener only as long as there is room for what it finds."""
        if not worker.opener or not worker.works:
            return
        slot = worker.works[0].slot
        full = len(self._todo) >= AHEAD * self.size or len(slot.held) >= WAITING * self.size
        if full != worker.paused:
            worker.paused, worker.since = full, time.monotonic()
            self._watch(worker)

    def _hear(self, worker: Worker, derive: Callable[[Work, frames.Frame], Work | None]) -> None:
        try:
            data = worker.sock.recv(PIECE)
            worker.since = time.monotonic()
            for frame in worker.inbox.feed(data):
                self._take(worker, frame, derive)
                if worker not in self._workers:
                    return
        except BlockingIOError:
            return
        except (ConnectionResetError, frames.BrokenFrameError):
            data = b""
        if not data:
            self._lose(worker)

    def _take(self, worker: Worker, frame: frames.Frame, derive: Callable[[Work, frames.Frame], Work | None]) -> None:
        if frame.kind == frames.BROKEN:
            raise frames.error_of(frame.payload)
        if not worker.works:
            raise frames.BrokenFrameError("an answer that nobody asked for")
        work = worker.works[0]
        if frame.kind == frames.PASSING:
            return
        if frame.kind == frames.PASSED:
            work.passed = True
        elif frame.kind == frames.FULL:
            worker.blamed = limits.out_of_memory
            self._lose(worker)
        elif frame.kind in frames.ITEMS:
            worker.fresh = False
            self._keep(work, frame, derive(work, frame) if work.opens else None)
        elif frame.kind == frames.HALFWAY:
            self._todo.extendleft(reversed(worker.works))
            self._part(worker)
        elif frame.kind in (frames.DONE, frames.LEAVING):
            worker.works.popleft()
            self._finish(work)
            if frame.kind == frames.LEAVING:
                self._todo.extendleft(reversed(worker.works))
                self._part(worker)
        else:
            raise frames.BrokenFrameError(f"a frame of kind {frame.kind!r}")

    def _keep(self, work: Work, frame: frames.Frame, derived: Work | None) -> None:
        """Put an answer where it belongs, or the work that takes its place."""
        place = work.place + work.skip
        work.skip += 1
        work.tries = 0
        # what is lost does not say where it is: it is no farther back than the one before
        work.at = frame.at or work.at
        if derived is None:
            work.slot.held[place] = frame._replace(at=work.at)
        else:
            derived.slot, derived.place, derived.part, derived.at = work.slot, place, True, work.at
            self._todo.append(derived)

    def _finish(self, work: Work) -> None:
        """Note how many answers the input of a work has, where the work says so."""
        if not work.part:
            work.slot.total = work.skip

    def _lose(self, worker: Worker) -> None:
        """Bury a worker, and see to what it was given."""
        if worker.blamed is not None and self._nursery is not None:
            self._nursery.kill(worker.pid)
        end = self._nursery.end_of(worker.pid) if self._nursery is not None else None
        self._part(worker)
        if worker.works:
            first = worker.works.popleft()
            self._todo.extendleft(reversed(worker.works))
            self._again(first, worker.blamed or _blamed(end, self.limits), end, fresh=worker.fresh)

    def _again(
        self, work: Work, blamed: Callable[[str, limits.Limits], Problem] | None, end: End | None, *, fresh: bool
    ) -> None:
        """Have a work taken up again after its worker died, past the document that is to blame where it is."""
        if work.single and work.skip:
            self._finish(work)
            return
        if blamed is limits.out_of_memory and not fresh and not work.once:
            # what was read before may have taken the memory: only what a new worker has no room for is to blame
            self._queue(work)
            return
        work.tries += 1
        if blamed is None and work.tries < self.limits.attempts and not work.once:
            self._queue(work)
            return
        stuck = work.once or (work.skip > 0 and not work.passed)
        name = f"{work.name}: report {work.skip + 1}" if work.skip else work.name
        problem = blamed(name, self.limits) if blamed else limits.died(name, _cause(end), self.limits)
        if stuck:
            problem = msgspec.structs.replace(problem, reason=f"{problem.reason}; what follows in the file is not read")
        ends = work.single or stuck or (work.short and not work.skip)
        self._keep(work, frames.item(problem), None)
        if ends:
            self._finish(work)
        else:
            self._queue(work)

    def _queue(self, work: Work) -> None:
        (self._files if work.opens else self._todo).appendleft(work)


def _blamed(end: End | None, bounds: limits.Limits) -> Callable[[str, limits.Limits], Problem] | None:
    """Return what a document did whose worker ended so, None where it need not be the document's doing."""
    if end is None:
        return None
    # a library written in C ends the process where it is refused memory, or writes to where it was given none
    refused = end.signal == signal.SIGABRT
    refused |= end.signal in (signal.SIGSEGV, signal.SIGBUS) and end.megabytes > MUCH * bounds.megabytes
    if refused:
        return limits.out_of_memory
    return limits.out_of_time if end.signal == signal.SIGPROF else None


def _cause(end: End | None) -> str:
    """Return how a worker ended, in words."""
    if end is None or not end.signal:
        return "it ended by itself" if end else "nobody knows why"
    with suppress(ValueError):
        return signal.Signals(end.signal).name
    return f"signal {end.signal}"
