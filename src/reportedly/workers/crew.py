"""The processes that work for a pool, and what they are given: works, the slots of their answers, workers, and where workers come from."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from reportedly.errors import ReportedlyError
from reportedly.records import Problem
from reportedly.workers import frames, limits
from reportedly.workers.jobs import Setup
from reportedly.workers.nursery import LONGEST_MESSAGE, Order, serve_pool

SECONDS_TO_START, SECONDS_BETWEEN_QUESTIONS = 120.0, 0.1
SECONDS_TO_BURY, SECONDS_BETWEEN_LOOKS = 5.0, 0.002
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class StoppedError(Exception):
    """What was to be started is not wanted any longer."""


class End(NamedTuple):
    """How a worker ended: by which signal (0: by itself), and how many megabytes it held at most."""

    signal: int
    megabytes: int


class NurseryError(ReportedlyError):
    """The process that has the workers is gone."""


@dataclass(eq=False)
class Slot:
    """The answers to one input, which are given out in order: ``held`` by place, ``total`` once it is known; ``before`` it lie so many
    bytes of other inputs.
    """

    before: int = 0
    held: dict[int, frames.Frame] = field(default_factory=dict)
    given: int = 0
    total: int | None = None


@dataclass(eq=False)
class Work:
    """A task on its way. Its answers go into ``slot`` from ``place`` on; ``skip`` of them are there already.

    A ``single`` one has one answer, a ``short`` one most likely; ``opens`` says that its documents are to be read in their turn, and
    ``part`` that this is one of those. What is read ``once`` (standard input) may be waited for, and cannot be taken up again. ``size``
    is how many bytes its input has; ``at`` where in it its last document ends.
    """

    job: str
    name: str
    payload: Any
    single: bool = False
    short: bool = False
    opens: bool = False
    part: bool = False
    once: bool = False
    size: int = 0
    at: int = 0
    slot: Slot = field(default_factory=Slot)
    place: int = 0
    skip: int = 0
    tries: int = 0
    passed: bool = False


@dataclass(eq=False)
class Worker:
    """A process that works for us: what it was given, since when it has been at the first of it; ``fresh`` until it has answered."""

    sock: socket.socket
    pid: int
    opener: bool = False
    fresh: bool = True
    inbox: frames.Inbox = field(default_factory=frames.Inbox)
    outbox: bytearray = field(default_factory=bytearray)
    works: deque[Work] = field(default_factory=deque)
    since: float = 0.0
    paused: bool = False
    blamed: Callable[[str, limits.Limits], Problem] | None = None


class Program:
    """A nursery that is a program of its own: it knows nothing of ours."""

    def __init__(self, theirs: socket.socket) -> None:
        command = [sys.executable, "-m", "reportedly.workers.nursery", str(theirs.fileno())]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            pass_fds=[theirs.fileno()],
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
            env=os.environ | ONE_THREAD,
        )
        self.pid = self._process.pid

    def end(self) -> None:
        """Wait for its end, and make it end where it does not."""
        try:
            self._process.wait(SECONDS_TO_BURY)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Copy:
    """A nursery that is a copy of this process, there at once; only for a process that has no other threads."""

    def __init__(self, ours: socket.socket, theirs: socket.socket) -> None:
        # a signal between the fork and its being ignored would have the copy go on as the original
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
            self.pid = os.fork()
            if not self.pid:
                _be_copy(ours, theirs, before)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def end(self) -> None:
        """Wait for its end, and make it end where it does not."""
        given_up = time.monotonic() + SECONDS_TO_BURY
        with suppress(ChildProcessError):
            while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
                if time.monotonic() > given_up:
                    os.kill(self.pid, signal.SIGKILL)
                time.sleep(SECONDS_BETWEEN_LOOKS)


def _be_copy(ours: socket.socket, theirs: socket.socket, mask: set[int]) -> NoReturn:
    """Be a nursery to the end, whatever happens: nothing of what the original has begun is ended here."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.setsid()
        ours.close()
        os.environ.update(ONE_THREAD)
        with open(os.devnull, "wb") as quiet:  # noqa: PTH123 - a descriptor is wanted
            for stream in (1, 2):
                os.dup2(quiet.fileno(), stream)
        serve_pool(theirs)
        code = 0
    finally:
        # whatever was raised goes no further; who waits for it hears that it ended
        os._exit(code)


class Nursery:
    """The process that has our workers (see ``nursery``): a program of its own, or a ``copied`` one.

    Raises StoppedError where ``stopped`` says so before it is ready.
    """

    def __init__(
        self,
        setup: Setup,
        bounds: limits.Limits,
        *,
        copied: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = Copy(self.control, theirs) if copied else Program(theirs)
        theirs.close()
        self.deaths: dict[int, End] = {}
        self.born: deque[int] = deque()
        try:
            self.control.send(frames.written(Order(setup, bounds, sys.path)))
            self._await_start(stopped)
        except BaseException:
            # it need not hear of it while it loads
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)
            self.close()
            raise

    def _await_start(self, stopped: Callable[[], bool]) -> None:
        """Wait until it is ready. Raises what keeps it from starting, StoppedError where nobody wants it any longer."""
        given_up = time.monotonic() + SECONDS_TO_START
        # not select: it takes no descriptor beyond the first 1,024
        question = select.poll()
        question.register(self.control, select.POLLIN)
        while not question.poll(SECONDS_BETWEEN_QUESTIONS * 1000):
            if stopped():
                raise StoppedError
            if time.monotonic() > given_up:
                raise NurseryError("the workers do not start", cure="start again; is there enough memory?")
        self.control.settimeout(SECONDS_TO_START)
        self.await_("ready")

    def worker(self, *, opener: bool) -> Worker:
        """Return a new worker. Raises NurseryError where the nursery is gone."""
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self.control, [b"fork"], [theirs.fileno()])
            self.await_("born")
        except (OSError, ReportedlyError) as error:
            ours.close()
            raise NurseryError(f"no worker can be had ({error})") from error
        finally:
            theirs.close()
        ours.settimeout(0)
        return Worker(ours, self.born.popleft(), opener)

    def kill(self, pid: int) -> None:
        """End a worker at once."""
        with suppress(OSError):
            self.control.send(b"kill %d" % pid)

    def end_of(self, pid: int) -> End | None:
        """Return how a worker ended, None where nobody knows."""
        self.control.settimeout(SECONDS_TO_BURY)
        with suppress(ReportedlyError):
            while pid not in self.deaths:
                self.hear()
        return self.deaths.pop(pid, None)

    def await_(self, word: str) -> None:
        """Wait for a word of the nursery. Raises what keeps it from starting."""
        while self.hear() != word:
            continue

    def hear(self) -> str:
        """Return the word of the next message, and remember what it says. Raises ReportedlyError where there is none."""
        try:
            message = self.control.recv(LONGEST_MESSAGE)
        except OSError as error:
            raise NurseryError(f"the workers do not answer ({error})", cure="start again") from error
        word, _, rest = message.decode().partition(" ")
        if word == "broken":
            raise frames.error_of(rest.encode())
        if word == "died":
            pid, *end = map(int, rest.split())
            self.deaths[pid] = End(*end)
        elif word == "born":
            self.born.append(int(rest))
        elif not message:
            raise NurseryError("the process that has the workers ended", cure="start again; is there enough memory?")
        return word

    def close(self) -> None:
        """End it, and all it has."""
        with suppress(OSError):
            # copies of this process may hold the socket too
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()
        self.process.end()
