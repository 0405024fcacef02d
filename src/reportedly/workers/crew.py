"""The processes that work for a pool, and what they are given: works, the slots of their answers, workers, and where workers come from."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import msgspec

from reportedly.errors import ReportedlyError
from reportedly.records import Problem
from reportedly.workers import frames, limits
from reportedly.workers.jobs import Setup
from reportedly.workers.nursery import LONGEST_MESSAGE, Order

SECONDS_TO_START = 120.0
SECONDS_TO_BURY = 5.0
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class NurseryError(ReportedlyError):
    """The process that has the workers is gone."""


@dataclass(eq=False)
class Slot:
    """The answers to one input, which are given out in order: ``held`` by place, ``total`` once it is known."""

    held: dict[int, frames.Frame] = field(default_factory=dict)
    given: int = 0
    total: int | None = None


@dataclass(eq=False)
class Work:
    """A task on its way. Its answers go into ``slot`` from ``place`` on; ``skip`` of them are there already.

    A ``single`` one has one answer, a ``short`` one most likely; ``opens`` says that its documents are to be read in their turn, and
    ``part`` that this is one of those.
    """

    job: str
    name: str
    payload: Any
    single: bool = False
    short: bool = False
    opens: bool = False
    part: bool = False
    slot: Slot = field(default_factory=Slot)
    place: int = 0
    skip: int = 0
    tries: int = 0
    passed: bool = False


@dataclass(eq=False)
class Worker:
    """A process that works for us: what it was given, since when it has been at the first of it."""

    sock: socket.socket
    pid: int
    opener: bool = False
    inbox: frames.Inbox = field(default_factory=frames.Inbox)
    outbox: bytearray = field(default_factory=bytearray)
    works: deque[Work] = field(default_factory=deque)
    since: float = 0.0
    paused: bool = False
    blamed: Callable[[str, limits.Limits], Problem] | None = None


class Nursery:
    """The process that has our workers (see ``nursery``)."""

    def __init__(self, setup: Setup, bounds: limits.Limits) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "reportedly.workers.nursery", str(theirs.fileno())]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            pass_fds=[theirs.fileno()],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
            env=os.environ | ONE_THREAD,
        )
        theirs.close()
        self.control = ours
        self.deaths: dict[int, int] = {}
        self.born: deque[int] = deque()
        self.control.send(msgspec.json.encode(Order(setup, bounds, sys.path)))
        self.control.settimeout(SECONDS_TO_START)
        try:
            self.await_("ready")
        except BaseException:
            self.close()
            raise

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

    def signal_of(self, pid: int) -> int | None:
        """Return the signal that ended a worker, 0 where it ended by itself, None where nobody knows."""
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
            pid, number = rest.split()
            self.deaths[int(pid)] = int(number)
        elif word == "born":
            self.born.append(int(rest))
        elif not message:
            raise NurseryError("the process that has the workers ended", cure="start again; is there enough memory?")
        return word

    def close(self) -> None:
        """End it, and all it has."""
        self.control.close()
        try:
            self.process.wait(SECONDS_TO_BURY)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
