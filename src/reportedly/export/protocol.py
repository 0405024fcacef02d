"""What a format is, to those who write one: a ``Format`` on the entry-point group ``reportedly.exporters``.

A format takes a ``Material``: a stream of readings (documents with their claims) and a stream of dossiers (events with the claims they
rest on). Both may be asked for more than once and each time start anew; a writer takes what it needs, item by item, and holds no more of
it than one item or one block of rows, so that its memory does not grow with their number.

A format lists its tables and of each the fields: where a field comes from, and what is lost on the way. A ``Loss`` counts what one item
loses; ``losses.Watch`` does the counting around the streams, so a writer needs to know nothing of it. From these lists docs/formats.md
is made, and the report that ``export --loss`` prints.

    from reportedly.export.protocol import Field, Format, Loss, Table

    def write(material, out, options):
        for dossier in material.dossiers():
            out.write(f"{dossier.event.id} {dossier.event.title}\\n".encode())

    FORMAT = Format(
        name="titles", title="One title a line", suffix=".txt", write=write,
        tables=(Table(name="events", takes="events", fields=(Field("id", "Event.id"), Field("title", "Event.title")),
                      lost=(Loss("the claims", lambda dossier: len(dossier.told)),)),),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

from reportedly.answers import Answers
from reportedly.records import Claim, Document, Event, Problem, Reading

Takes = Literal["readings", "events"]
Options = Mapping[str, str]


class Told(NamedTuple):
    """A claim with the document that tells it."""

    document: Document
    claim: Claim


@dataclass(frozen=True)
class Dossier:
    """An event with every claim it rests on, in the event's order. ``answers()`` is worked out when asked for."""

    event: Event
    told: tuple[Told, ...]
    answers: Callable[[], Answers] = Answers

    @cached_property
    def known(self) -> dict[tuple[str, str], Any]:
        """What was worked out of it before: many columns and losses ask for the same figures."""
        return {}


@dataclass(frozen=True)
class Material:
    """What is exported. Each call gives the stream from its beginning; ``readings`` in the order they were read."""

    readings: Callable[[], Iterator[Reading]]
    dossiers: Callable[[], Iterator[Dossier]]


@dataclass(frozen=True)
class Loss:
    """Something a format cannot hold: in words, and how many of it one item (a Reading or a Dossier, as the table takes) has.

    ``whole``: these are not written at all, no row and no record, and so are not counted among what was.
    """

    what: str
    count: Callable[[Any], int]
    whole: Literal["", "documents", "claims", "events"] = ""


@dataclass(frozen=True)
class Field:
    """A column or key: its name, where its value comes from ('' where it is always empty), and what is lost on the way."""

    name: str
    source: str
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Table:
    """A kind of row that a format writes: from which stream, with which fields; ``lost`` has no field at all."""

    name: str
    takes: Takes
    fields: tuple[Field, ...]
    lost: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Option:
    """A choice of the user's: ``--set NAME=VALUE``. ``choices`` empty: any value; ``default`` the first choice."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Format:
    """A format. Exactly one of ``write`` (a stream, standard output too), ``write_file`` and ``write_folder`` (a path) is given.

    ``extra`` is the extra of this package whose libraries it needs; ``notes`` are sentences for docs/formats.md (policies, versions).
    ``read``, where the format can be read back, yields readings from a file: a person's corrected annotations, a table of claims.
    ``read`` is given the path and the material the annotations are of (empty where none was given).
    """

    name: str
    title: str
    suffix: str
    tables: tuple[Table, ...]
    write: Callable[[Material, BinaryIO, Options], None] | None = None
    write_file: Callable[[Material, Path, Options], None] | None = None
    write_folder: Callable[[Material, Path, Options], None] | None = None
    read: Callable[[Path, Material, Options], Iterator[Reading | Problem]] | None = None
    options: tuple[Option, ...] = ()
    extra: str = ""
    notes: tuple[str, ...] = field(default=())


def fields(*rows: tuple[str, str] | Field) -> tuple[Field, ...]:
    """Return fields from pairs of name and source; a Field with losses may stand among them."""
    return tuple(row if isinstance(row, Field) else Field(*row) for row in rows)
