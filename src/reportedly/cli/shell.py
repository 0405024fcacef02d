"""One run of the command: where answers go, what could not be read, how long a report may take, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

import typer
from rich.console import Console

from reportedly.errors import GazetteerError, InputError, ModelError, ReportedlyError, RuleError
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType

    from rich.console import RenderableType
    from rich.status import Status

    from reportedly.scale import Row, Unit

READ, BROKEN, USAGE, UNREAD, STOPPED = 0, 1, 2, 3, 130
# A hostile report must not hold up the others; the longest honest ones take a few seconds.
SECONDS_A_REPORT = 25
WIDEST, WIDTH_IN_A_PIPE = 120, 100

Answer = TypeVar("Answer")


class OvertimeError(BaseException):
    """A report took too long. Not an Exception, so that no library on the way can swallow it."""


@dataclass
class Shell:
    """Where this run writes (``out``, complaints to ``err``) and what it could not read."""

    out: TextIO
    err: Console
    problems: list[Problem] = field(default_factory=list)
    answered: int = 0
    output: Path | None = None

    def write(self, line: str) -> None:
        """Write to the output, at once: what was read stays read when the run is stopped."""
        self.out.write(line)
        self.out.flush()

    def show(self, renderables: Iterable[RenderableType]) -> None:
        """Write what Rich renders, for the terminal there is, or plain for a pipe or a file."""
        console = console_on(self.out)
        with console.capture() as captured:
            if self.answered:
                console.print()
            for renderable in renderables:
                console.print(renderable)
        self.write(re.sub(r"(?<![ \t])[ \t]+\n", "\n", captured.get()))

    def fail(self, problem: Problem) -> None:
        """List an input that could not be read."""
        self.problems.append(problem)
        complain(f"{problem.name}: {problem.reason}", problem.cure)

    def try_to(self, act: Callable[[], Answer], *, name: str, doing: str) -> Answer | None:
        """Return what ``act`` returns; None, and a problem listed, where the input called ``name`` cannot be read in time."""
        try:
            with self.busy(f"{doing} {name}"), within(SECONDS_A_REPORT):
                return act()
        except OvertimeError:
            self.fail(
                Problem(name=name, reason=f"took longer than {SECONDS_A_REPORT} seconds", cure="split it into reports")
            )
        except (ModelError, GazetteerError, RuleError):
            raise
        except ReportedlyError as error:
            self.fail(Problem(name=name, reason=_without(name, error.message), cure=error.cure))
        except (Exception, RecursionError) as error:  # noqa: BLE001 - one bad report must not end the run
            reason = f"reading it failed: {type(error).__name__}: {error}".splitlines()[0]
            self.fail(Problem(name=name, reason=reason, cure="this is a fault of reportedly: please report it"))
        return None

    def busy(self, doing: str) -> AbstractContextManager[object]:
        """Say on the terminal what is being done, while it is; nothing where standard error is no terminal."""
        return self.err.status(doing, spinner="line") if self.err.is_terminal else nullcontext()


def _without(name: str, message: str) -> str:
    """Return the message without the name it may begin with: the line says it already."""
    return message.removeprefix(f"{name}: ").removeprefix(f"{name} ")


def console_on(out: TextIO) -> Console:
    """Return a Rich console that writes as the user's terminal allows (NO_COLOR, TERM, COLUMNS are respected)."""
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.width = min(console.width, WIDEST)
    elif "COLUMNS" not in os.environ:
        console.width = _width_in_a_pipe()
    return console


def _width_in_a_pipe() -> int:
    """Return how wide lines in a pipe may be: 'head' and 'less' show them on the terminal there is, where there is one."""
    try:
        return min(
            WIDTH_IN_A_PIPE,
            os.get_terminal_size(sys.__stderr__.fileno()).columns if sys.__stderr__ else WIDTH_IN_A_PIPE,
        )
    except (OSError, ValueError):
        return WIDTH_IN_A_PIPE


def complain(message: str, cure: str = "") -> None:
    """Print one line to standard error."""
    typer.echo(complaint(message, cure), err=True)


def complaint(message: str, cure: str = "") -> str:
    """Return one line; the names of files and addresses in it may hold what drives a terminal, and that is not shown.

    >>> complaint("a\\x1b[2J.txt:\\n it is empty", "give a report")
    'reportedly: a\N{REPLACEMENT CHARACTER}[2J.txt: it is empty; give a report'
    """
    from reportedly.present.words import printable

    line = f"{message}; {cure}" if cure else message
    return printable(f"reportedly: {' '.join(line.split())}")


def refuse(message: str, cure: str = "") -> NoReturn:
    """End with one line and the exit code of wrong usage."""
    complain(message, cure)
    raise typer.Exit(USAGE)


@contextmanager
def running(output: Path | None = None, *, end: str = "") -> Iterator[Shell]:
    """Give a shell that writes to ``output`` or standard output, and end the command with the exit code it earned.

    ``end`` is said of a run that was stopped, by default how many reports were read.
    """
    shell = Shell(out=_open(output), err=Console(stderr=True), output=output)
    try:
        yield shell
    except KeyboardInterrupt:
        complain(end or f"stopped; {shell.answered} read so far{f', in {output}' if output else ''}")
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        _forget_standard_output()
        raise typer.Exit(READ) from None
    except OSError as error:
        refuse(f"{output or error.filename or 'standard output'}: {error.strerror or error}", "write somewhere else")
    except ReportedlyError as error:
        complain(error.message, error.cure)
        raise typer.Exit(USAGE if isinstance(error, (InputError, RuleError)) else BROKEN) from None
    finally:
        if output and not shell.out.closed:
            shell.out.close()
    if shell.problems:
        inputs = shell.answered + len(shell.problems)
        if inputs > 1:
            complain(f"{len(shell.problems)} of {inputs} could not be read")
        raise typer.Exit(UNREAD)


@contextmanager
def counting(err: Console) -> Iterator[Callable[[str, int], None]]:
    """Give what shows the progress of a long piece of work on the terminal, and nothing where standard error is no terminal."""
    if not err.is_terminal:
        yield lambda _stage, _done: None
        return
    with err.status("preparing", spinner="line") as status:
        yield lambda stage, done: status.update(f"{stage} {done:,}")


@contextmanager
def counting_reports(run: Shell, total: int | None) -> Iterator[Callable[[], None]]:
    """Give what shows on the terminal how many reports are read (of ``total``), how many a second, and how long it will take."""
    if not run.err.is_terminal:
        yield lambda: None
        return
    begun = time.monotonic()
    with run.err.status("starting the workers", spinner="line") as status:

        def tell() -> None:
            done = run.answered + len(run.problems)
            rate = done / max(time.monotonic() - begun, 0.001)
            unread = f", {len(run.problems):,} could not be read" if run.problems else ""
            of = f" of {total:,}" if total else ""
            left = f", about {_duration((total - done) / rate)} left" if total and total > done else ""
            status.update(f"{done:,}{of} reports, {rate:.1f} a second{left}{unread}; Ctrl-C finishes what is begun")

        yield tell


@dataclass
class Units:
    """How far an archive is: units done of ``total``, documents read in those at work."""

    status: Status | None
    total: int
    done: int
    begun: float = field(default_factory=time.monotonic)
    new: int = 0
    open: dict[str, int] = field(default_factory=dict)
    closed: int = 0

    def documents(self, unit: Unit, number: int) -> None:
        """Show that so many documents of a unit are read."""
        self.open[unit.id] = number
        self._show()

    def unit(self, row: Row) -> None:
        """Show that a unit is done."""
        self.open.pop(row.unit.id, None)
        self.done, self.new = self.done + 1, self.new + 1
        self.closed += row.documents
        self._show()

    def _show(self) -> None:
        if self.status is None:
            return
        seconds = max(time.monotonic() - self.begun, 0.001)
        number = self.closed + sum(self.open.values())
        left = f", about {_duration(seconds / self.new * (self.total - self.done))} left" if self.new else ""
        self.status.update(
            f"{self.done:,} of {self.total:,} units, {number:,} documents, {number / seconds:.1f} a second{left}"
        )


@contextmanager
def counting_units(run: Shell, total: int, done: int) -> Iterator[Units]:
    """Give what shows on the terminal how far an archive is."""
    if not run.err.is_terminal:
        yield Units(None, total, done)
        return
    with run.err.status("starting the workers", spinner="line") as status:
        yield Units(status, total, done)


def _duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> _duration(45), _duration(400), _duration(9000)
    ('45 s', '7 min', '2.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextmanager
def interruptible(said: str = "finishing what is begun") -> Iterator[Callable[[], bool]]:
    """Give what tells whether Ctrl-C was pressed in the block: once is a request, which is answered with ``said``, twice stops at once."""
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        complain(f"{said}; Ctrl-C again stops at once")

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _open(output: Path | None) -> TextIO:
    if output is None:
        # Reports are Unicode; what the terminal cannot show must not end the run.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        return sys.stdout
    try:
        return output.open("w", encoding="utf-8", newline="")
    except OSError as error:
        refuse(f"cannot write {output}: {error.strerror}", "name a file in a folder that exists and is yours to write")


def _forget_standard_output() -> None:
    """Send what is still buffered nowhere: whoever read our output has closed it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise OvertimeError in the block once ``seconds`` have passed, where the system can (a Unix main thread)."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OvertimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
