"""CSV: one claim a row, flat, for a spreadsheet.

What a cell cannot hold is joined with `` | ``, in text order, so that the n-th place belongs to the n-th latitude. A
cell that a spreadsheet would run as a formula is given an apostrophe; numbers, negative ones too, stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from reportedly.records import Claim, Entity, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

JOINT = " | "
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")

Cell = str | int | float | None


def _join(values: Iterable[Cell]) -> str:
    cells = ["" if value is None else f"{value}" for value in values]
    return JOINT.join(cells) if any(cells) else ""


def _entities(entities: tuple[Entity, ...], prefix: str) -> dict[str, str]:
    return {
        f"{prefix}": _join(entity.exact for entity in entities),
        f"{prefix}_name": _join(entity.name for entity in entities),
        f"{prefix}_kind": _join(entity.kind for entity in entities),
    }


def _chain(claim: Claim) -> dict[str, str]:
    return {
        "source": _join(link.source.exact if link.source else "" for link in claim.chain),
        "source_name": _join(link.name for link in claim.chain),
        "source_kind": _join(link.source_kind for link in claim.chain),
        "cue": _join(link.cue.exact for link in claim.chain),
        "act": _join(link.act for link in claim.chain),
    }


def _happening(claim: Claim) -> dict[str, str]:
    return {
        "trigger": claim.trigger.exact if claim.trigger else "",
        "type": claim.type or "",
        "modes": _join(claim.modes),
        "territory": claim.territory or "",
        "weapon": claim.weapon or "",
        "target": claim.target or "",
        "acled": claim.acled or "",
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "status": claim.status,
        "hedge": _join(hedge.exact for hedge in claim.hedges),
    }


def _where(claim: Claim) -> dict[str, str]:
    return {
        "place": _join(place.exact for place in claim.places),
        "place_name": _join(place.name for place in claim.places),
        "lat": _join(place.lat for place in claim.places),
        "lon": _join(place.lon for place in claim.places),
        "precision": _join(place.precision for place in claim.places),
        "relation": _join(place.relation for place in claim.places),
        "country": _join(place.country for place in claim.places),
    }


def _when(claim: Claim) -> dict[str, str]:
    return {
        "time": _join(time.exact for time in claim.times),
        "earliest": _join(time.earliest for time in claim.times),
        "latest": _join(time.latest for time in claim.times),
    }


def _how_many(claim: Claim) -> dict[str, str]:
    return {
        "quantity": _join(quantity.exact for quantity in claim.quantities),
        "quantity_kind": _join(quantity.kind for quantity in claim.quantities),
        "low": _join(_plain(quantity.low) for quantity in claim.quantities),
        "best": _join(_plain(quantity.best) for quantity in claim.quantities),
        "high": _join(_plain(quantity.high) for quantity in claim.quantities),
        "unit": _join(quantity.unit for quantity in claim.quantities),
    }


def _plain(number: float | None) -> str | None:
    """Return 1000.0 as '1000': a count of people has no decimals."""
    if number is None:
        return None
    return str(int(number)) if float(number).is_integer() else str(number)


def _labels(claim: Claim) -> dict[str, str]:
    return {
        "label": _join(label.exact for label in claim.labels),
        "label_of": _join(label.of for label in claim.labels),
        "label_neutral": _join(label.neutral for label in claim.labels),
    }


_PARTS: tuple[Callable[[Claim], dict[str, str]], ...] = (
    _chain,
    _happening,
    lambda claim: _entities(claim.actors, "actor"),
    lambda claim: _entities(claim.recipients, "recipient"),
    _where,
    _when,
    _how_many,
    _labels,
)


_HEAD = ("document", "publisher", "published", "claim", "repeats")


def row(reading: Reading, claim: Claim) -> dict[str, str]:
    """Return one claim as a flat row, cells safe for a spreadsheet; the keys are the columns, in order."""
    document = reading.document
    head = (
        document.name,
        document.publisher.value if document.publisher else "",
        document.published.value if document.published else "",
        claim.id,
        claim.repeats or "",
    )
    cells = dict(zip(_HEAD, head, strict=True))
    for part in _PARTS:
        cells.update(part(claim))
    cells.update(content=claim.content.exact, start=str(claim.content.start), end=str(claim.content.end))
    return {column: neutral(cell) for column, cell in cells.items()}


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it.

    >>> neutral("=HYPERLINK(1)"), neutral("-12.5")
    ("'=HYPERLINK(1)", '-12.5')
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def to_csv(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield the rows of a CSV table as text, the header first, each with its line end (a cell may hold more)."""
    yield _line(columns())
    for reading in readings:
        for claim in reading.claims:
            yield _line(row(reading, claim).values())


def columns() -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    return (*_HEAD, *_part_columns(), "content", "start", "end")


def _part_columns() -> tuple[str, ...]:
    empty = Claim(id="", content=Span(start=0, end=0, exact=""))
    return tuple(column for part in _PARTS for column in part(empty))


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
