"""Read the bundled sample reports and show the result: some of them in full, all of them in a table, and what several tell of one story.

    python tools/demo.py FOLDER [NAME...]

FOLDER gets reports.jsonl, what was read, and readings.jsonl, what was found. One process reads all, so each model is loaded once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

import reportedly
from reportedly import Reading, api, samples
from reportedly.cli.shell import Shell
from reportedly.present import claims as shown
from reportedly.present import events as happenings

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


# The samples that tell of one story: the fighting in the Qalamoun in June 2015.
STORY = "qal-"


def story(readings: list[Reading]) -> Iterator[RenderableType]:
    """Yield what the reports of one story tell: the events, one in full, and the tolls and contradictions of the others."""
    collection = api.collect(reading for reading in readings if reading.document.name.startswith(STORY))
    found = api.events(collection)
    yield Text(f"The Qalamoun, told by {len(collection.reads)} reports", "bold reverse")
    yield from happenings.overview(found, least_claims=3)
    yield ""
    first, *others = found
    yield from happenings.event(first, collection, api.answers(first, collection), api.edits(first, collection))
    for each in others:
        steps = api.toll(each, collection)
        if len(steps) > 1 or each.contradictions:
            yield ""
            yield Text(" ".join(each.title.split()), "bold")
            yield Text(happenings.counted(each), "dim")
            yield from happenings.toll(steps)
            yield from happenings.contradictions(api.disputes(each.contradictions, collection), collection)


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
    shell.show([table(ordered), "", LEGEND, ""])
    shell.show([*story(ordered), "", f"Read: {reports}", f"Found: {found}, a JSON line a report"])
    shell.show([f"More of it: reportedly group {found}; reportedly event 1 {found}"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
