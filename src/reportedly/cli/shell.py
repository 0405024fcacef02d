"""One run of the command: where answers go, what could not be read, how far it is, and how it ends."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import sys
import textwrap
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer
from rich.console import Console

from reportedly.cli import progress
from reportedly.errors import InputError, ReportedlyError, RuleError
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType

    from rich.console import RenderableType

# Said where Ctrl-C was pressed.
ANEW = "the same command begins anew"
UNCHANGED = f"stopped before it was done; reports and claims are as they were, and {ANEW}"
READ, BROKEN, USAGE, UNREAD, STOPPED = 0, 1, 2, 3, 130
WIDEST, WIDTH_IN_A_PIPE = 120, 100
STANDARD_OUTPUT = "standard output"
# What cannot be written because of what was asked for; all else is the disk's.
MISNAMED = frozenset(
    (
        errno.ENOENT,
        errno.EEXIST,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENAMETOOLONG,
    )
)
FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


@dataclass
class Shell:
    """Where this run writes (``out``, complaints to ``err``), what it could not read, and what is ``said`` where it is stopped.

    The file it writes to keeps what was in it until this run has ``begun`` to write; a ``fresh`` one was not there before.
    """

    out: TextIO
    err: Console
    problems: list[Problem] = field(default_factory=list)
    answered: int = 0
    output: Path | None = None
    whole: int = 0
    said: str = ""
    head: str = ""
    begun: bool = False
    fresh: bool = False

    def open_with(self, head: str) -> None:
        """Have this stand before whatever is written; on standard output at once."""
        if self.output is None:
            self.write(head)
        else:
            self.head = head

    def begin(self) -> None:
        """Put what this run writes in the place of what was in the file, where that is not done yet."""
        if self.begun:
            return
        self.begun = True
        if self.output and stat.S_ISREG(os.fstat(self.out.fileno()).st_mode):
            os.ftruncate(self.out.fileno(), 0)
        if self.head:
            self.write(self.head)

    def write(self, line: str) -> None:
        """Write to the output, at once: what was read stays read when the run is stopped."""
        try:
            self.begin()
            with progress.lifted():
                self.out.write(line)
                self.out.flush()
            if self.output:
                self.whole = os.fstat(self.out.fileno()).st_size
        except OSError as error:
            error.filename = error.filename or str(self.output or STANDARD_OUTPUT)
            raise

    def end(self) -> None:
        """Close the file that was written to, if any; where nothing could be read it is as it was."""
        if self.output is None:
            return
        if self.answered or not self.problems:
            # an answer of nothing is one
            self.begin()
        elif not self.begun and not self.fresh:
            complain(f"{self.output} is as it was: nothing could be read")
        if self.begun:
            # what waits is written now, and the disk may be full
            self.out.close()

    def cut(self) -> None:
        """Close a file that was not written to its end, and cut off what is torn there; one that nothing came into goes again."""
        if self.output is None or self.out.closed:
            return
        with suppress(OSError):
            self.out.close()
        with suppress(OSError):
            if not self.begun and self.fresh:
                Path(os.path.realpath(self.output)).unlink()
            if self.begun and self.output.is_file() and self.output.stat().st_size > self.whole:
                os.truncate(self.output, self.whole)

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

    def stop(self) -> None:
        """Say what is kept of a run that was stopped, and how to go on."""
        progress.fresh()
        written = self.output is not None and self.begun
        if self.said:
            complain(self.said)
        elif self.answered:
            complain(f"stopped; {self.answered:,} read so far{f', in {self.output}' if written else ''}", ANEW)
        else:
            kept = f"; what was written is in {self.output}" if written else ""
            complain(f"stopped before it was done{kept}", ANEW)

    def busy(self, doing: str) -> AbstractContextManager[object]:
        """Say on the terminal what is being done, while it is."""
        return progress.shown(self.err, doing)


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
    """Print one line to standard error, broken between words where a terminal would break it within one."""
    line = complaint(message, cure)
    if sys.stderr.isatty():
        width = Console(stderr=True).width
        line = textwrap.fill(line, width=width, break_long_words=False, break_on_hyphens=False)
    with progress.lifted():
        typer.echo(line, err=True)


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


def standard_input() -> TextIO:
    """Return standard input; end the command where it is closed."""
    if sys.stdin is None:
        refuse("standard input is closed", "name a file, or send what is to be read through a pipe")
    return sys.stdin


def is_typed(sources: Iterable[str], what: str = "the report") -> bool:
    """Return whether ``what`` a command reads is to be typed; then that is said, for nothing else happens until it is.

    What is typed stands where a line that tells how far a run is would stand: then none is shown.
    """
    if "-" not in sources:
        return False
    typed = standard_input().isatty()
    if typed:
        complain(f"type or paste {what}", "Ctrl-D ends it")
    return typed


def unwritten(error: OSError, place: Path | None = None) -> NoReturn:
    """End with one line on what could not be written, ``place`` where the error does not name it, and the exit code of it."""
    where = error.filename or place or STANDARD_OUTPUT
    line = f"{where}: {os.strerror(error.errno) if error.errno else error}"
    if error.errno in MISNAMED:
        refuse(line, "write somewhere else")
    if where == STANDARD_OUTPUT:
        _forget_standard_output()
        line += "; its last line may be torn"
    again = "give the same command again"
    complain(line, f"make room and {again}" if error.errno in FULL else f"see whether its disk is broken, and {again}")
    raise typer.Exit(BROKEN)


@contextmanager
def running(output: Path | None = None, *, end: str = "", place: Path | None = None) -> Iterator[Shell]:
    """Give a shell that writes to ``output`` or standard output, and end the command with the exit code it earned.

    ``end`` is said of a run that was stopped, by default what was read until then; ``place`` is what else the command writes to.
    """
    fresh = output is not None and not output.exists()
    shell = Shell(out=_open(output), err=Console(stderr=True), output=output, said=end, fresh=fresh)
    try:
        yield shell
        shell.end()
    except KeyboardInterrupt:
        shell.stop()
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        _forget_standard_output()
        raise typer.Exit(READ) from None
    except OSError as error:
        unwritten(error, output or place)
    except ReportedlyError as error:
        complain(error.message, error.cure)
        raise typer.Exit(USAGE if isinstance(error, (InputError, RuleError)) else BROKEN) from None
    finally:
        shell.cut()
    if shell.problems:
        inputs = shell.answered + len(shell.problems)
        if inputs > 1:
            complain(f"{len(shell.problems)} of {inputs} could not be read")
        raise typer.Exit(UNREAD)


@contextmanager
def counting(err: Console) -> Iterator[Callable[[str, int], None]]:
    """Give what shows the progress of a long piece of work on the terminal: its stage, and how much of that is done."""
    with progress.shown(err, "preparing") as show:
        yield lambda stage, done: show(f"{stage} {done:,}")


@contextmanager
def counting_reports(run: Shell, total: int) -> Iterator[Callable[[int], None]]:
    """Give what shows on the terminal how many reports are read, how fast, and how long the rest of ``total`` bytes may take.

    It is called with how many bytes are done.
    """
    pace = progress.Pace()
    with progress.shown(run.err, "starting the readers") as show:

        def tell(done: int) -> None:
            unread = f" · {len(run.problems):,} could not be read" if run.problems else ""
            show(pace.told(run.answered + len(run.problems), done=done, total=total) + unread)

        yield tell


@contextmanager
def interruptible(said: str = "finishing what is begun") -> Iterator[Callable[[], bool]]:
    """Give what tells whether Ctrl-C was pressed in the block: once is a request, which is answered with ``said``, twice stops at once.

    A program that is asked to end (SIGTERM) is asked in the same way.
    """
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        # the press may come while a line is being written, of which there can be no second
        with suppress(RuntimeError):
            progress.fresh()
            complain(said, "Ctrl-C again stops at once")

    before = {number: signal.signal(number, press) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(pressed)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open(output: Path | None) -> TextIO:
    if output is None:
        # Reports are Unicode; what the terminal cannot show must not end the run.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        return sys.stdout
    try:
        # what is in it stays for now
        return open(os.open(output, os.O_WRONLY | os.O_CREAT, 0o666), "w", encoding="utf-8", newline="")  # noqa: PTH123 - a descriptor
    except OSError as error:
        if error.errno not in MISNAMED:
            unwritten(error, output)
        refuse(f"cannot write {output}: {error.strerror}", "name a file in a folder that exists and is yours to write")


def _forget_standard_output() -> None:
    """Send what is still buffered nowhere: whoever read our output has closed it."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
