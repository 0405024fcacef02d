"""The making of a Document: what every reader ends with.

Here the text takes its final form (it never changes afterwards), its limits are held, and what the user gave overrides what was found.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any, NamedTuple

import msgspec

from reportedly.errors import InputError
from reportedly.records import Document, Problem, Sourced

# A report of 200,000 characters is a book; it is read within a quarter of a minute, and one endless file must not hold up the others.
MAX_CHARS = 200_000
MAX_PAGE_BYTES = 10_000_000
USER = "given by the user"
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class Options(NamedTuple):
    """What the user says of every input, over what is found in it, and how long a text may be."""

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    max_chars: int = MAX_CHARS
    # which column of a table is what: ("text", "body")
    columns: tuple[tuple[str, str], ...] = ()


class Passed(NamedTuple):
    """Parts of an input that hold no report by their nature (a request in a web archive, somebody joining a chat), counted."""

    name: str
    what: str
    number: int


# How what is passed over is called where it is one.
ONE = {
    "entries": "entry",
    "records": "record",
    "answers": "answer",
    "messages": "message",
    "symbolic links": "symbolic link",
    "devices, pipes and sockets": "device, pipe or socket",
}
SEVERAL = re.compile(rf"\b({'|'.join(ONE)})\b(, which are\b)?")

# What readers yield.
Found = Document | Problem | Passed


class Facts(NamedTuple):
    """What a reader found out about a document besides its text."""

    url: str | None = None
    path: str | None = None
    fetched: str | None = None
    publisher: Sourced | None = None
    published: Sourced | None = None
    title: Sourced | None = None
    language: Sourced | None = None
    dates: tuple[Sourced, ...] = ()
    notes: tuple[str, ...] = ()
    extra: dict[str, Any] = {}  # noqa: RUF012 -- a NamedTuple's default is shared and never written to


def counted(number: int, what: str) -> str:
    """Return how many of what was passed over, which is written as of several.

    >>> counted(1, "records of type text/css"), counted(1, "symbolic links, which are not followed"), counted(2, "records of type text/css")
    ('1 record of type text/css', '1 symbolic link, which is not followed', '2 records of type text/css')
    """
    if number == 1:
        what = SEVERAL.sub(lambda found: ONE[found[1]] + (", which is" if found[2] else ""), what, count=1)
    return f"{number:,} {what}"


def checked(options: Options) -> Options:
    """Return ``options``; raise InputError for a date that is none."""
    if options.published is not None and iso_date(options.published) != options.published:
        raise InputError(
            f"published {options.published!r} is not a date", cure="write it as YYYY-MM-DD, for example 2015-06-09"
        )
    return options


def iso_date(value: str) -> str | None:
    """Return the day that an ISO 8601 date or timestamp begins with, None where it begins with none.

    >>> iso_date("2015-06-09T23:10:00+03:00"), iso_date("9 juin")
    ('2015-06-09', None)
    """
    match = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s].*)?\s*$", value, re.DOTALL)
    try:
        return date.fromisoformat(match.group(1)).isoformat() if match else None
    except ValueError:
        return None


def document(text: str, *, name: str, options: Options, facts: Facts) -> Document:
    """Return the Document of ``text``. Raises InputError for a text that is empty or longer than ``options.max_chars``."""
    if not text.strip():
        raise InputError("it holds no text", cure="give a news report as text, HTML or JSON Lines")
    refuse_long(len(text), options.max_chars)
    text, notes = _sound(text)
    facts = _sound_facts(facts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=hashlib.sha256(f"{digest}\0{name}".encode(errors="replace")).hexdigest()[:16],
        name=SURROGATES.sub(REPLACEMENT, name),
        text=text,
        sha256=digest,
        url=facts.url,
        path=facts.path and SURROGATES.sub(REPLACEMENT, facts.path),
        fetched=facts.fetched,
        publisher=_over(options.publisher, facts.publisher),
        published=_over(options.published, facts.published),
        title=facts.title,
        language=_over(options.language, facts.language),
        dates=facts.dates,
        notes=facts.notes + notes,
        extra=facts.extra,
    )


def _sound_facts(facts: Facts) -> Facts:
    """Return ``facts`` without halves of surrogate pairs, which JSON may hold and nothing can write."""
    try:
        msgspec.json.encode(facts)
    except UnicodeEncodeError:
        plain = json.dumps(msgspec.to_builtins(facts), ensure_ascii=False)
        return msgspec.convert(json.loads(SURROGATES.sub(REPLACEMENT, plain)), Facts)
    return facts


def refuse_long(length: int, most: int) -> None:
    """Raise InputError for a text of more than ``most`` characters."""
    if length > most:
        raise InputError(f"it has {length:,} characters, the limit is {most:,}", cure="split it into single reports")


def _over(given: str | None, found: Sourced | None) -> Sourced | None:
    """Return what the user gave, else what was found."""
    return Sourced(value=SURROGATES.sub(REPLACEMENT, given), found=USER, trust="given") if given is not None else found


def _sound(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with U+FFFD, one for one, where a character is none; and what was done.

    Half a surrogate pair cannot be written out again and a NUL ends a string in half of all tools; offsets stay as they were.
    """
    notes = []
    text, halves = SURROGATES.subn(REPLACEMENT, text)
    if halves:
        notes.append(f"{halves} lone surrogate{'s' if halves > 1 else ''} replaced by U+FFFD")
    if nuls := text.count("\0"):
        text = text.replace("\0", REPLACEMENT)
        notes.append(f"{nuls} NUL character{'s' if nuls > 1 else ''} replaced by U+FFFD")
    return text, tuple(notes)
