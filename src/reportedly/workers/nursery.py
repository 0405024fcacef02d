"""The process that loads models once and has the workers: each is a copy of it, made in milliseconds and sharing its memory.

Started by the pool as ``python -m reportedly.workers.nursery FD``, or as a copy of the pool's own process; the pool speaks to it over that
socket: ``fork`` (with the socket of the new worker), ``kill PID``; it answers ``ready``, ``broken ...``, ``born PID``, and ``died PID
SIGNAL MEGABYTES`` with the most that it held. It ends, and all workers with it, when the pool does.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import ReportedlyError
from reportedly.records import Problem
from reportedly.workers import frames, jobs, limits

if TYPE_CHECKING:
    from reportedly.api import Reader

LONGEST_MESSAGE = 1 << 16
WHEN_PARENT_DIES = 1
# A worker that holds this share of what it may is replaced before a document has to pay for it.
FULL = 0.85
# It is replaced amid a file only where that frees at least this share: what opening the file takes, the next one would hold as well.
GROWN = 0.05
PAGE = resource.getpagesize()
END: Any = object()


class Order(msgspec.Struct, frozen=True):
    """What the pool says first."""

    setup: jobs.Setup
    limits: limits.Limits
    path: list[str]


class Task(msgspec.Struct, frozen=True):
    """One piece of work for a worker."""

    job: str
    name: str
    payload: Any
    skip: int = 0
    opens: bool = False


def main() -> None:
    """Serve the pool at the other end of a socket, as a program of its own."""
    serve_pool(socket.socket(fileno=int(sys.argv[1])))


def serve_pool(control: socket.socket) -> None:
    """Load, say so, and have workers until the pool is gone."""
    # Ctrl-C is for the pool, which lets the workers finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = frames.understood(control.recv(LONGEST_MESSAGE), Order)
    sys.path[:] = order.path
    try:
        desk = _desk(order)
    except ReportedlyError as error:
        control.send(b"broken " + frames.broken(error).payload)
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the pool must hear of it
        control.send(b"broken " + frames.broken(ReportedlyError(f"workers do not start: {error!r}")).payload)
        return
    gc.collect()
    # what is here stays: the collector of a worker need not touch, and so copy, these pages
    gc.freeze()
    control.send(b"ready")
    _tend(control, desk)


def _desk(order: Order) -> jobs.Desk:
    from reportedly import api
    from reportedly.ingest import html

    setup = order.setup
    reader = api.Reader(actors=setup.actors, lexicon=setup.lexicon, gazetteer=setup.gazetteer, mode=setup.mode)
    reader.warm()
    for code in api.languages() if setup.languages is None else setup.languages:
        _rehearse(api, reader, code)
    desk = jobs.Desk(reader, setup, order.limits)
    # every page that this process opens, whatever the job
    html.worth.set(reader.looks)
    return desk


def _rehearse(api: Any, reader: Reader, code: str) -> None:
    """Read one sample of a language, so that all that is loaded on first use is there before workers are made."""
    from reportedly import samples

    article = next((each for each in samples.articles() if each["language"] == code), None)
    if article is None:
        reader.language(code)
        return
    for document in api.documents(article["text"], published=article["published"]):
        if not isinstance(document, Problem):
            reader.read(document)


def _tend(control: socket.socket, desk: jobs.Desk) -> None:
    """Have and bury workers as the pool says, until it is gone."""
    wake, woken = socket.socketpair()
    for end in (wake, woken):
        end.settimeout(0)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    children: set[int] = set()
    # not select: it takes no descriptor beyond the first 1,024
    waiting = select.poll()
    for end in (control, wake):
        waiting.register(end, select.POLLIN)
    while True:
        ready = {number for number, _ in waiting.poll()}
        if wake.fileno() in ready:
            with suppress(BlockingIOError):
                wake.recv(4096)
            _bury(control, children)
        if control.fileno() in ready and not _obey(control, (wake, woken), children, desk):
            break
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    for pid in children:
        # so that what they cost is counted as the pool's
        os.waitpid(pid, 0)


def _obey(control: socket.socket, mine: tuple[socket.socket, ...], children: set[int], desk: jobs.Desk) -> bool:
    """Do what the pool says next; return whether there is still a pool."""
    message, handles, _, _ = socket.recv_fds(control, LONGEST_MESSAGE, 1)
    if not message:
        return False
    word, _, number = message.partition(b" ")
    if word == b"kill" and int(number) in children:
        os.kill(int(number), signal.SIGKILL)
    if word == b"fork":
        pid = os.fork()
        if pid == 0:
            _live(handles[0], (control, *mine), desk)
        os.close(handles[0])
        children.add(pid)
        control.send(b"born %d" % pid)
    return True


def _bury(control: socket.socket, children: set[int]) -> None:
    while children:
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return
        children.discard(pid)
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        control.send(b"died %d %d %d" % (pid, number, used.ru_maxrss >> 10))


def _live(handle: int, theirs: tuple[socket.socket, ...], desk: jobs.Desk) -> None:
    """Be a worker, to the end."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in theirs:
            end.close()
        _die_with_parent()
        # a connection to a database must not be carried into a copy of a process
        inherited = vars(desk.reader).get("_gazetteer")
        desk.reader.warm()
        _bound_memory(desk.limits)
        serve(socket.socket(fileno=handle), desk)
        del inherited
        code = 0
    finally:
        os._exit(code)


def _die_with_parent() -> None:
    """Ask the system to end this process with the nursery, where it can (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(WHEN_PARENT_DIES, signal.SIGKILL)


def _bound_memory(bounds: limits.Limits) -> None:
    """Let this process ask for no more than takes it to the limit: a request beyond fails as MemoryError."""
    size, resident = _pages()
    room = max(0, (bounds.megabytes << 20) - resident)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size + room, size + room))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages() -> tuple[int, int]:
    """Return the bytes this process has asked for, and those it holds."""
    try:
        with open("/proc/self/statm", "rb") as source:  # noqa: PTH123 - read after every document
            size, resident = source.read().split()[:2]
    except OSError:
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return held, held
    return int(size) * PAGE, int(resident) * PAGE


def serve(sock: socket.socket, desk: jobs.Desk) -> None:
    """Do one task after another, until the pool closes the socket or this worker has done its share."""
    done = 0
    while (frame := frames.receive(sock)) is not None:
        task = frames.understood(frame.payload, Task)
        first = 0
        try:
            for answer in _answers(desk, task):
                sock.sendall(frames.pack(answer))
                if answer.kind not in frames.ITEMS:
                    continue
                done += 1
                first = first or _pages()[1]
                # who opens a file remembers nothing of its documents: another would be as full
                if not task.opens and _is_full(desk.limits, since=first):
                    sock.sendall(frames.pack(frames.Frame(frames.HALFWAY)))
                    return
        except MemoryError:
            sock.sendall(frames.pack(frames.Frame(frames.FULL)))
            return
        leaving = _is_full(desk.limits) or done >= desk.limits.documents
        sock.sendall(frames.pack(frames.Frame(frames.LEAVING if leaving else frames.DONE)))
        if leaving:
            return


def _is_full(bounds: limits.Limits, *, since: int | None = None) -> bool:
    """Return whether this process holds so much that another should go on, and much of that ``since`` it held so many bytes."""
    held, most = _pages()[1], bounds.megabytes << 20
    return held > FULL * most and (since is None or held - since > GROWN * most)


def _answers(desk: jobs.Desk, task: Task) -> Iterator[frames.Frame]:
    """Yield the frames of a task, each made within the time a document may take."""
    try:
        found = iter(jobs.find(task.job)(desk, task.payload, task.skip))
        while (answer := _in_time(found, desk.limits)) is not END:
            yield answer
    except MemoryError:
        raise
    except ReportedlyError as error:
        yield frames.broken(error)
    except Exception as error:  # noqa: BLE001 - one bad document must not end the run
        reason = f"reading it failed: {type(error).__name__}: {error}".splitlines()[0]
        cure = "this is a fault of reportedly: please report it"
        yield frames.item(Problem(name=task.name, reason=reason, cure=cure))


def _in_time(found: Iterator[frames.Frame], bounds: limits.Limits) -> Any:
    """Return the next frame; the system ends this process where that takes more processor time than it may."""
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds)
    try:
        return next(found, END)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
