"""Read the bundled sample reports and show the result: some of them in full, then all of them in a table.

    python tools/demo.py FOLDER [NAME...]

FOLDER gets reports.jsonl, what was read, and readings.jsonl, what was found. One process reads all, so each model is loaded once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

import reportedly
from reportedly import Reading, samples
from reportedly.cli.shell import Shell
from reportedly.present import claims as shown

COLUMNS = ("claims", "own", "others", "heard", "denied", "unsure", "placed", "dated", "figures", "clash")
LEGEND = (
    "own: in the outlet's own voice; others: of a source it names; heard: hearsay; unsure: not certain; placed: with coordinates; "
    "dated: on days that the report fixes; figures: how many; clash: figures that disagree within the report. A headline printed "
    "twice counts once."
)


def counts(reading: Reading) -> list[int]:
    """Return the figures of one reading, in the order of ``COLUMNS``."""
    claims = [claim for claim in reading.claims if claim.repeats is None]
    hearsay = [claim for claim in claims if any(link.act == "hearsay" for link in claim.chain)]
    own = [claim for claim in claims if not claim.chain]
    return [
        len(claims),
        len(own),
        len(claims) - len(own) - len(hearsay),
        len(hearsay),
        sum(claim.polarity == "negative" for claim in claims),
        sum(claim.certainty != "certain" for claim in claims),
        sum(any(place.lat is not None for place in claim.places) for claim in claims),
        sum(any(time.anchored for time in claim.times) for claim in claims),
        sum(len(claim.quantities) for claim in claims),
        len(reading.discrepancies),
    ]


def table(readings: list[Reading]) -> Table:
    """Return the table of all readings, with a line of sums."""
    made = Table(
        title=f"All {len(readings)} sample reports", title_justify="left", box=None, show_footer=True, padding=(0, 1)
    )
    rows = [counts(reading) for reading in readings]
    made.add_column("report", "all", no_wrap=True)
    made.add_column("lang", no_wrap=True)
    for number, name in enumerate(COLUMNS):
        made.add_column(name, str(sum(row[number] for row in rows)), justify="right", no_wrap=True)
    for reading, row in zip(readings, rows, strict=True):
        made.add_row(reading.document.name, reading.run.language, *(str(figure) for figure in row))
    return made


def main(folder: Path, wanted: list[str]) -> None:
    """Read, show those wanted in full and all in a table, and keep reports and readings in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    reports, found = folder / "reports.jsonl", folder / "readings.jsonl"
    # Those to be shown come first, so that something is to be seen after the first model is loaded.
    order = [*wanted, *(name for name in samples.names() if name not in wanted)]
    reports.write_text("".join(json.dumps(article) + "\n" for article in samples.articles(order)), encoding="utf-8")
    shell, readings = Shell(out=sys.stdout, err=Console(stderr=True)), []
    for reading in reportedly.read_all(reports):
        assert isinstance(reading, Reading), reading
        readings.append(reading)
        if reading.document.name in wanted:
            shell.show([*shown.reading(reading), ""])
    found.write_text("".join(reportedly.to_json(reading) + "\n" for reading in readings), encoding="utf-8")
    ordered = sorted(readings, key=lambda reading: reading.document.name)
    shell.show([table(ordered), "", LEGEND, "", f"Read: {reports}", f"Found: {found}, a JSON line a report"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
