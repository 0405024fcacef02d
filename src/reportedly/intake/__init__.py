"""From files and folders into a store: each report once, nothing lost and nothing doubled, whenever it is interrupted.

A unit of input is one item of one file. What became of it goes into the store in the same transaction as its document, in the order of
the input; so an interrupted intake goes on where it was, and ends as if it had never been interrupted. Read here is what an input held:
``read == stored + duplicates + refused + forgotten``, always.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly import ingest
from reportedly.ingest import Options, Passed
from reportedly.intake.engines import Engine, Outcome, absolute, alone, crew, settled, unread
from reportedly.queries import Counts, Fate, Unit
from reportedly.records import Document, Problem, Reading
from reportedly.workers import Limits, Setup

if TYPE_CHECKING:
    from reportedly.api import Mode
    from reportedly.store import Store

__all__ = [
    "Engine",
    "Outcome",
    "Step",
    "Tally",
    "alone",
    "crew",
    "fill",
    "into",
    "kind_of",
    "look",
    "refused",
    "take_in",
]

# How much is written at once: a transaction costs as much as a page of text.
MOST_AT_ONCE = 32
SECONDS_BETWEEN = 1.0


@dataclass
class Tally:
    """What was read and what became of it: in all, of that before this run (``before``), and what was passed over, by kind.

    ``updates`` counts those among the stored that are another text of an address that was there.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    updates: int = 0
    claims: int = 0
    files: int = 0
    interrupted: bool = False

    @property
    def read(self) -> int:
        """Return how many items were read: always the sum of what became of them."""
        return self.outcomes.total()

    @property
    def stored(self) -> int:
        """Return how many of them the store holds."""
        return self.outcomes["stored"]

    @property
    def duplicates(self) -> int:
        """Return how many of them are the same as another."""
        return self.outcomes["duplicate"]

    @property
    def passed_over(self) -> list[str]:
        """Return a line on each kind of what was passed over."""
        return [f"passed over: {ingest.counted(number, what)}" for what, number in sorted(self.passed.items())]

    @property
    def new(self) -> int:
        """Return how many of them this run dealt with first."""
        return self.read - self.before.total()


class Step(NamedTuple):
    """How far an intake is: the tally, bytes read of all bytes, the bytes of those that were dealt with before, the file in hand."""

    tally: Tally
    done: int
    total: int
    skipped: int
    source: str


def take_in(
    paths: Iterable[str | Path],
    store: Store,
    *,
    workers: int = 2,
    limits: Limits | None = None,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_chars: int = ingest.MAX_CHARS,
    actors: str | Path | None = None,
    lexicon: str | Path | None = None,
    gazetteer: str | Path | None = None,
    mode: Mode = "full",
    tell: Callable[[Step], None] = lambda _step: None,
    fail: Callable[[Problem], None] = lambda _problem: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Tally:
    """Read files and folders into a store and return what became of all they hold.

    ``workers`` processes read, each of which may be killed without harm to the others; 0 reads in this one. ``columns`` says which column
    of a table is what (``{"text": "body"}``). What is given of publisher, date and language goes over what is found. ``tell`` and ``fail``
    are called with each step and each problem; once ``stopped`` says so, what is being read is finished and stored, and calling again
    with the same paths goes on from there. Raises StoreError where the store cannot be written: what was stored before stays.
    """
    options = Options(published, publisher, language, max_chars, tuple((columns or {}).items()))
    files = {
        name: str(path) for name, path in (("actors", actors), ("lexicon", lexicon), ("gazetteer", gazetteer)) if path
    }
    engine = _engine(options, workers=workers, limits=limits, mode=mode, files=files)
    return fill(store, paths, engine=engine, tell=tell, fail=fail, stopped=stopped)


def _engine(options: Options, *, workers: int, limits: Limits | None, mode: Mode, files: dict[str, str]) -> Engine:
    if workers > 0:
        from reportedly import api

        # compiled once, before several processes want it
        api.open_gazetteer(files.get("gazetteer")).close()
        languages = (options.language,) if options.language else None
        # a text longer than they may be is refused where it is opened, in the same words
        bounds = limits or Limits(characters=max(options.max_chars, Limits().characters))
        return crew(options, workers=workers, limits=bounds, setup=Setup(**files, languages=languages, mode=mode))
    from reportedly.api import Reader

    reader = Reader(**files, mode=mode)
    return alone(options, settled(reader.read), reader.looks)


def fill(
    store: Store,
    paths: Iterable[str | Path],
    *,
    engine: Engine,
    tell: Callable[[Step], None] = lambda _step: None,
    fail: Callable[[Problem], None] = lambda _problem: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Tally:
    """Read files and folders into a store with any engine; see ``take_in``.

    ``tell`` is called with each step, ``fail`` with each problem as it is found.
    """
    sources, left_out = _sources(paths, own=_own_files(store))
    intake = _Intake(store, sources, tell=tell, fail=fail)
    for outcome in left_out:
        intake.add(outcome)
    for outcome in engine(sources, new=intake.is_new, fresh=intake.is_fresh, stopped=stopped):
        intake.add(outcome)
    intake.flush()
    intake.tally.interrupted = stopped()
    intake.tally.files = len(sources)
    return intake.tally


def into(path: str | Path, paths: Iterable[str | Path], **options: Any) -> tuple[Tally, Counts]:
    """Take files and folders into the store in ``path``, made first where there is none; return what became of them, and of all before.

    ``options`` are those of ``take_in``, and so is what it raises.
    """
    from reportedly.store import open_store

    with open_store(path, create=True) as store:
        return take_in(paths, store, **options), store.counts()


def look(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_chars: int = ingest.MAX_CHARS,
) -> Iterator[Document | Problem | Passed]:
    """Yield what files and folders hold, unread: what ``take_in`` would take as publisher, title and date of each report, and why.

    They are opened in a process that may be killed.
    """
    options = Options(published, publisher, language, max_chars, tuple((columns or {}).items()))
    sources, left_out = _sources(paths, own=frozenset())
    for outcome in itertools.chain(left_out, unread(sources, options)):
        if not isinstance(outcome.found, Reading):
            yield outcome.found


def refused(path: str | Path) -> Iterator[Fate]:
    """Yield what could not be read into the store in ``path``, in the order read, and why."""
    from reportedly.store import open_store

    with open_store(path, read_only=True) as store:
        yield from store.fates(outcome="refused")


def _own_files(store: Store) -> frozenset[str]:
    """Return the files that a store itself is in: they may lie in the folder that is read."""
    path = getattr(store, "path", None)
    return frozenset(f"{absolute(str(path))}{end}" for end in ("", "-wal", "-shm", "-journal")) if path else frozenset()


def _sources(paths: Iterable[str | Path], *, own: frozenset[str]) -> tuple[list[str], list[Outcome]]:
    """Return the files to read, each once, and what was left out on the way to them."""
    sources: dict[str, None] = {}
    left_out = []
    for found in ingest.walk(str(path) for path in paths):
        if isinstance(found, str):
            if absolute(found) not in own:
                sources[found] = None
        else:
            left_out.append(Outcome(Unit(source=absolute(found.name)), found))
    return list(sources), left_out


class _Intake:
    """The writing side: outcomes in, transactions out."""

    def __init__(
        self, store: Store, sources: list[str], *, tell: Callable[[Step], None], fail: Callable[[Problem], None]
    ) -> None:
        self.tally = Tally()
        self._store, self._tell, self._fail = store, tell, fail
        self._waiting: list[Outcome] = []
        self._flushed = time.monotonic()
        self._sizes = {absolute(source): _size(source) for source in sources}
        self._total = sum(self._sizes.values())
        self._after = dict(itertools.pairwise(self._sizes))
        self._done = self._skipped = 0
        self._source, self._at, self._known = "", 0, False
        self._updates = 0

    def is_new(self, document: Document) -> bool:
        """Return whether a document has to be read."""
        return self._store.same(document) is None

    def is_fresh(self, source: str) -> bool:
        """Return whether nothing of a source was ever read."""
        return self._store.seen(Unit(source=absolute(source), key="1")) is None

    def add(self, outcome: Outcome) -> None:
        """Take what came of a unit; written with the next transaction."""
        self._waiting.append(outcome)
        if len(self._waiting) >= MOST_AT_ONCE or time.monotonic() - self._flushed > SECONDS_BETWEEN:
            self.flush()

    def flush(self) -> None:
        """Write what waits, in one transaction, and tell how far it is."""
        kept = []
        self._updates = 0
        with self._store.together():
            for outcome in self._waiting:
                seen = self._store.seen(outcome.unit)
                self._move(outcome, known=seen is not None)
                kept.append((outcome, *self._keep(outcome, seen)))
        for outcome, fate, before in kept:
            self._count(outcome, fate, before=before)
        self.tally.updates += self._updates
        self._waiting.clear()
        self._flushed = time.monotonic()
        self._tell(Step(self.tally, self._done + self._at, self._total, self._skipped, self._in_hand()))

    def _in_hand(self) -> str:
        """Return the file that is being read: where all of one was, it is the next."""
        whole = self._at >= self._sizes.get(self._source, 0) > 0
        return self._after.get(self._source, self._source) if whole else self._source

    def _move(self, outcome: Outcome, *, known: bool) -> None:
        """Note which file is in hand, and how far in it we are."""
        if outcome.unit.source != self._source:
            size = self._sizes.pop(self._source, 0)
            self._done += size
            self._skipped += size - self._at if self._known else 0
            self._source, self._at = outcome.unit.source, 0
        self._known = known
        step = max(0, min(outcome.at, self._sizes.get(self._source, outcome.at)) - self._at)
        self._skipped += step if self._known else 0
        self._at += step

    def _keep(self, outcome: Outcome, seen: Fate | None) -> tuple[Fate | None, bool]:
        """Write what came of a unit; return its fate, and whether the store knew it before."""
        unit, found = outcome.unit, outcome.found
        if isinstance(found, Passed):
            return None, False
        if isinstance(found, Problem):
            fate = self._store.refuse(found, unit=unit)
            return fate, seen is not None and seen.outcome == fate.outcome
        if isinstance(found, Reading):
            fate = self._store.put(found, unit=unit)
            if fate.outcome == "stored" and fate.document and found.document.url:
                self._updates += len(self._store.versions(fate.document)) > 1
        else:
            if seen and seen.document and seen.document == self._store.same(found):
                return seen, True
            fate = self._store.skip(found, unit=unit) or self._store.refuse(_gone(found), unit=unit)
        return fate, seen is not None and (seen.outcome, seen.document) == (fate.outcome, fate.document)

    def _count(self, outcome: Outcome, fate: Fate | None, *, before: bool) -> None:
        if isinstance(outcome.found, Passed):
            self.tally.passed[outcome.found.what] += outcome.found.number
        if fate is None:
            return
        self.tally.outcomes[fate.outcome] += 1
        self.tally.before[fate.outcome] += before
        if fate.outcome == "refused":
            self.tally.refused[kind_of(fate.reason)] += 1
            self._fail(Problem(name=fate.name, reason=fate.reason, cure=fate.cure))
        if isinstance(outcome.found, Reading) and fate.outcome == "stored":
            self.tally.claims += len(outcome.found.claims)


def _gone(document: Document) -> Problem:
    return Problem(name=document.name, reason="it was removed from the store while this ran", cure="read it again")


def _size(source: str) -> int:
    try:
        return 0 if source == ingest.STDIN else Path(source).stat().st_size
    except (OSError, ValueError):
        return 0


def kind_of(reason: str) -> str:
    """Return what kind of reason it is: without its figures and the names in brackets, so that like ones count together.

    >>> kind_of("it has 360,000 characters, the limit is 200,000")
    'it has … characters, the limit is …'
    """
    words = reason.partition(" (")[0]
    pieces = ["…" if any(character.isdigit() for character in word) else word for word in words.split(" ")]
    return " ".join(pieces)
