"""JSON Lines: one reading a line, everything kept. What ``read --format json`` prints; ``convert`` and every command on claims read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportedly.errors import InputError
from reportedly.export import lines
from reportedly.export.protocol import Format, Material, Options, Table, fields
from reportedly.records import Problem, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(material: Material, out: BinaryIO, _options: Options) -> None:
    """Write each reading as one line."""
    out.writelines(lines.to_json(reading).encode("utf-8") + b"\n" for reading in material.readings())


def read(path: Path, _material: Material, _options: Options) -> Iterator[Reading | Problem]:
    """Yield the readings of a file; a line that holds none is a Problem."""
    with path.open("rb") as source:
        for number, line in enumerate(source, start=1):
            if line.strip():
                try:
                    yield lines.from_json(line.decode("utf-8"))
                except (InputError, UnicodeDecodeError) as error:
                    yield Problem(name=f"{path}:{number}", reason=str(error))


FORMAT = Format(
    name="jsonl",
    title="JSON Lines, lossless: one report with its claims a line",
    suffix=".jsonl",
    write=write,
    read=read,
    tables=(
        Table(
            name="readings",
            takes="readings",
            fields=fields(
                ("document", "Document, whole: text, hash, publisher, dates, each with where it was found"),
                ("claims", "every Claim, whole (see claims.md)"),
                ("run", "Run: what read the document"),
                ("discrepancies", "Discrepancy: figures that disagree within the report"),
            ),
        ),
    ),
    notes=(
        "Nothing is lost: reading it back gives equal records. Events are not in it; `group` makes them again from the claims.",
    ),
)
