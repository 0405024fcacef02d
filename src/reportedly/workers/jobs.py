"""What a worker does: open a file and give its documents, read the documents of a file, read one document.

A job is a function of a Desk, the task's payload and ``skip``, the number of items that are known already or lost; it yields one frame
an item, after ``Frame(PASSED)`` once those are behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly.errors import GazetteerError, ModelError, ReportedlyError, RuleError
from reportedly.records import Document, Problem, Reading, Record
from reportedly.text import TOKEN
from reportedly.workers import frames, limits

if TYPE_CHECKING:
    from reportedly.api import Reader

Job = Callable[["Desk", Any, int], Iterator[frames.Frame]]


class Setup(Record, frozen=True, kw_only=True):
    """What workers read with: the user's own files, the languages to load before the first document (None: all), how closely to read."""

    actors: str | None = None
    lexicon: str | None = None
    gazetteer: str | None = None
    languages: tuple[str, ...] | None = None
    mode: Literal["full", "fast"] = "full"


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
        if refused is not None:
            return refused
        try:
            return self.reader.read(document)
        except (ModelError, GazetteerError, RuleError, MemoryError):
            raise
        except ReportedlyError as error:
            return Problem(name=document.name, reason=error.message, cure=error.cure)
        except Exception as error:  # noqa: BLE001 - one bad document must not end the run
            reason = f"reading it failed: {type(error).__name__}: {error}".splitlines()[0]
            return Problem(name=document.name, reason=reason, cure="this is a fault of reportedly: please report it")

    def refuse(self, document: Document) -> Problem | None:
        """Return the Problem of a document that is too large, before anything is looked for in it."""
        length = len(document.text)
        if length > self.limits.characters:
            return limits.too_long(document.name, length, self.limits)
        # no token is shorter than a character
        if length > self.limits.tokens:
            tokens = sum(not match.group().isspace() for match in TOKEN.finditer(document.text))
            if tokens > self.limits.tokens:
                return limits.too_many_tokens(document.name, tokens, self.limits)
        return None


def find(name: str) -> Job:
    """Return the job of that name: ``module:function``."""
    module, _, function = name.partition(":")
    job: Job = getattr(import_module(module), function)
    return job


def open_file(_desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the documents of a file, unread."""
    for found in _documents(payload, skip):
        yield found if isinstance(found, frames.Frame) else frames.item(found)


def read_file(desk: Desk, payload: Any, skip: int) -> Iterator[frames.Frame]:
    """Yield the readings of a file's documents."""
    for found in _documents(payload, skip):
        if isinstance(found, frames.Frame):
            yield found
        else:
            yield frames.item(found if isinstance(found, Problem) else desk.read(found))


def read_document(desk: Desk, payload: Any, _skip: int) -> Iterator[frames.Frame]:
    """Yield the reading of one document."""
    yield frames.Frame(frames.PASSED)
    yield frames.item(desk.read(msgspec.convert(payload, Document)))


def _documents(payload: Any, skip: int) -> Iterator[Document | Problem | frames.Frame]:
    """Yield what a file holds from the item ``skip`` on, after the frame that says so."""
    # the Reader is theirs; what opens files is too
    from reportedly import api

    asked = msgspec.convert(payload, Path)
    given = msgspec.structs.asdict(asked)
    found = iter(_path_documents(api, given.pop("path"), given))
    for _ in range(skip):
        if next(found, None) is None:
            break
    yield frames.Frame(frames.PASSED)
    yield from found


def _path_documents(api: Any, path: str, given: dict[str, Any]) -> Iterator[Document | Problem]:
    import pathlib

    found: Iterator[Document | Problem] = api.documents(pathlib.Path(path), **given)
    return found
