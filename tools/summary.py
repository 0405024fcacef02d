"""Print what was found in many reports, a line each: who speaks, how sure, where, when, how many.

python tools/summary.py READINGS.jsonl
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

import reportedly

COLUMNS = (
    "claims",
    "of the outlet",
    "of others",
    "hearsay",
    "denied",
    "not certain",
    "placed",
    "dated",
    "figures",
    "disagree",
)


def counts(reading: reportedly.Reading) -> list[int]:
    """Return the figures of one reading, in the order of ``COLUMNS``."""
    claims = [claim for claim in reading.claims if claim.repeats is None]
    hearsay = [claim for claim in claims if any(link.act == "hearsay" for link in claim.chain)]
    return [
        len(claims),
        sum(not claim.chain for claim in claims),
        sum(bool(claim.chain) for claim in claims) - len(hearsay),
        len(hearsay),
        sum(claim.polarity == "negative" for claim in claims),
        sum(claim.certainty != "certain" for claim in claims),
        sum(any(place.lat is not None for place in claim.places) for claim in claims),
        sum(any(time.anchored for time in claim.times) for claim in claims),
        sum(len(claim.quantities) for claim in claims),
        len(reading.discrepancies),
    ]


def table(readings: list[reportedly.Reading]) -> Table:
    """Return the table of all readings, with a line of sums."""
    shown = Table(title=f"{len(readings)} sample reports", box=None, header_style="bold", show_footer=True)
    rows = [counts(reading) for reading in readings]
    shown.add_column("report", "all")
    shown.add_column("language")
    for number, name in enumerate(COLUMNS):
        shown.add_column(name, str(sum(row[number] for row in rows)), justify="right")
    for reading, row in zip(readings, rows, strict=True):
        language = reading.document.language.value if reading.document.language else "?"
        shown.add_row(reading.document.name, language, *(str(figure) for figure in row))
    return shown


def main() -> None:
    """Print the table, and where the readings themselves are."""
    path = Path(sys.argv[1])
    readings = [reportedly.from_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    console = Console()
    console.print(table(readings))
    console.print(f"\nAll of it, a JSON line a report: {path}", highlight=False)


if __name__ == "__main__":
    main()
