"""Reports opened: what a file or a text holds, each with its language told; and what becomes of one that breaks what reads it.

Part of ``api``, where these functions are public.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportedly.errors import GazetteerError, ModelError, ReportedlyError, RuleError, StoreError
from reportedly.records import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportedly.ingest import Gauge
    from reportedly.rules import Language

Answer = TypeVar("Answer")
Input = str | Path
# Says of a page's words, and their language where it was given, why they are not worth reading, or nothing.
Worth = Callable[[str, str | None], str]
# A longer text is a collection.
MAX_CHARS = 200_000


def documents(
    path_or_text: Input,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
    worth: Worth | None = None,
    gauge: Gauge | None = None,
) -> Iterator[Document | Problem]:
    """Yield the reports of a file in any form of ``docs/input.md``, or of a text; what cannot be read is a Problem, and the rest goes on.

    What is given overrides what the file says, and is recorded as given by the user. ``max_chars`` bounds a text; ``columns`` says which
    column of a table is what (``{"text": "body"}``). ``worth`` (``Reader.worth``, where only what tells a happening is to be read) is
    asked of a page's words before its article is sought. ``gauge`` shows how much of a file is read.
    """
    from reportedly import ingest

    given: dict[str, Any] = {"published": published, "publisher": publisher, "language": language}
    if is_path(path_or_text):
        own = {**given, "max_chars": max_chars, "columns": tuple((columns or {}).items())}
        found = ingest.read(str(path_or_text), **own, gauge=gauge)
    else:
        found = ingest.read_text(str(path_or_text), **given, max_chars=max_chars)
    for document in looked_at(found, worth):
        yield document if isinstance(document, Problem) else settled(document)


def worth(words: str, code: str | None, *, load: Callable[[str], Language]) -> str:
    """Return why a page of these words is not worth reading any further, '' where it is; ``load`` gives the data of a language."""
    from reportedly import annotate, language

    guess = None if code else language.identify(words)
    if not code and (guess is None or guess.confidence < language.SURE):
        return ""
    try:
        known = load(code or (guess.code if guess else ""))
    except ReportedlyError:
        # whoever settles the language says it better
        return ""
    return annotate.nothing_in(words, known)


def looked_at(found: Iterator[Answer], worth: Worth | None) -> Iterator[Answer]:
    """Yield what opens documents; while one is opened, ``worth`` says of a page whether its article is to be sought."""
    from reportedly.ingest import html

    end: Any = object()
    while True:
        # for the time of this step alone: who opens other files in this process need not want it
        token = html.worth.set(worth)
        try:
            each = next(found, end)
        finally:
            html.worth.reset(token)
        if each is end:
            return
        yield each


def settled(document: Document) -> Document | Problem:
    """Return the document with its language told, or the Problem where it is none that we read."""
    from reportedly import language, rules

    return language.settle(document, supported=rules.available())


def is_path(path_or_text: Input) -> bool:
    """Return whether a path is meant: a Path, or a string that names an existing file."""
    if isinstance(path_or_text, Path):
        return True
    try:
        return bool(path_or_text) and Path(path_or_text).exists()
    except (OSError, ValueError):
        # too long for a name, or with a NUL: a text
        return False


def attempt(act: Callable[[Document], Answer], document: Document) -> Answer | Problem:
    """Return ``act(document)``, or the Problem where the document cannot be read, whatever it breaks."""
    try:
        return act(document)
    except (ModelError, GazetteerError, RuleError, StoreError, MemoryError):
        # not the document's fault, or for whoever bounds the memory to say
        raise
    except ReportedlyError as error:
        # a line that names the document need not do so twice
        return Problem(name=document.where, reason=error.message.removeprefix(f"{document.name}: "), cure=error.cure)
    except Exception as error:  # noqa: BLE001 - one bad document must not end the batch
        reason = f"reading it failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Problem(name=document.where, reason=reason, cure="this is a fault of reportedly: please report it")
