"""What a worker does: open a file and give its documents, read the documents of a file, read one document.

A job is a function of a Desk, the task's payload and ``skip``, the number of items that are known already or lost; it yields one frame
an item, after ``Frame(PASSED)`` once those are behind it. Where passing many takes long it yields ``Frame(PASSING)`` for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly import why
from reportedly.opening import attempt
from reportedly.records import Document, Mentions, Problem, Reading, Record
from reportedly.text import TOKEN
from reportedly.workers import frames, limits

if TYPE_CHECKING:
    from reportedly.api import Reader
    from reportedly.why import Explanation

Job = Callable[["Desk", Any, int], Iterator[frames.Frame]]


class Setup(Record, frozen=True, kw_only=True):
    """What workers read with: the user's own files, the languages to load before the first document (None: all), how closely to read;
    and what is asked of each document: "read", "mentions", or "explain": why its ``claim`` stands (None where it has no such claim).
    """

    actors: str | None = None
    lexicon: str | None = None
    gazetteer: str | None = None
    languages: tuple[str, ...] | None = None
    mode: Literal["full", "fast"] = "full"
    act: str = "read"
    claim: str = ""


class Path(Record, frozen=True, kw_only=True):
    """A file to open, and what is given of its documents."""

    path: str
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    max_chars: int = 200_000
    columns: dict[str, str] | None = None


class Desk:
    """What a worker has at hand: the reader with all it loaded, the limits, the setup."""

    def __init__(self, reader: Reader, setup: Setup, bounds: limits.Limits) -> None:
        self.reader, self.setup, self.limits = reader, setup, bounds

    def read(self, document: Document) -> Reading | Problem:
        """Return what the document says, or why it cannot be read."""
        refused = self.refuse(document)
        return attempt(self.reader.read, document) if refused is None else refused

    def answer(self, document: Document) -> Reading | Mentions | Explanation | Problem | None:
        """Return what is asked of the document, or why it cannot be read."""
        if self.setup.act == "read":
            return self.read(document)
        if self.setup.act == "mentions":
            return self.refuse(document) or attempt(self.reader.mentions, document)
        return self.refuse(document) or attempt(self._explain, document)

    def _explain(self, document: Document) -> Explanation | None:
        reading = self.reader.read(document)
        known = why.find(reading, self.setup.claim)
        return self.reader.explain(reading, known.id) if known else None

    def refuse(self, document: Document) -> Problem | None:
        """Return the Problem of a document that is too large, before anything is looked for in it."""
        length = len(document.text)
        if length > self.limits.characters:
            return limits.too_long(document.where, length, self.limits)
        # no token is shorter than a character
        if length > self.limits.tokens:
            tokens = sum(not match.group().isspace() for match in TOKEN.finditer(document.text))
            if tokens > self.limits.tokens:
                return limits.too_many_tokens(document.where, tokens, self.limits)
        return None


def find(name: str) -> Job:
    """Return the job of that name: ``module:function``."""
    module, _, function = name.partition(":")
    job: Job = getattr(import_module(module), function)
    return job


def open_file(desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the documents of a file, unread."""
    yield from _documents(desk, payload, skip, frames.item)


def read_file(desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the readings of a file's documents."""

    def read(found: Document | Problem, at: int) -> frames.Frame:
        return frames.item(found if isinstance(found, Problem) else desk.answer(found), at)

    yield from _documents(desk, payload, skip, read)


def read_document(desk: Desk, payload: Any, _skip: int) -> Iterator[frames.Frame]:
    """Yield the reading of one document."""
    yield frames.Frame(frames.PASSED)
    yield frames.item(desk.answer(msgspec.convert(payload, Document)))


def _documents(
    desk: Desk, payload: Any, skip: int, answer: Callable[[Document | Problem, int], frames.Frame]
) -> Iterator[frames.Frame]:
    """Yield the answers to what a file holds from the item ``skip`` on, after the frame that says so."""
    import pathlib

    # the Reader is theirs; what opens files is too
    from reportedly import api, ingest

    asked = msgspec.structs.asdict(msgspec.convert(payload, Path))
    gauge = ingest.Gauge()
    found = iter(api.documents(pathlib.Path(asked.pop("path")), **asked, worth=desk.reader.looks, gauge=gauge))
    for _ in range(skip):
        if next(found, None) is None:
            break
        yield frames.Frame(frames.PASSING)
    yield frames.Frame(frames.PASSED)
    for each in found:
        yield answer(each, gauge.position())
