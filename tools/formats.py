"""The page docs/formats.md: every field of every format of ours, where it comes from and what is lost, from the formats' own tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from reportedly.export import registry
from reportedly.export.protocol import Format, Table

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
TAKES = {"readings": "a row from each claim or report", "events": "a row from each event"}
HEAD = """# Formats

This page is made from the formats themselves by `make docs`. `reportedly export --list` prints them shorter.

    reportedly export claims.jsonl --format acled --output events.csv --loss
    reportedly export claims.jsonl --format csv --set rows=events
    reportedly convert claims.jsonl --to parquet --output claims.parquet

`--loss` counts what this very export could not hold, by field; the last column below says what can be lost. The claims stay what they
are: an export never changes them, and what a format's rules make of a figure stands in that format only. The filters are those of
'claims' ([store.md](store.md)) and mean the same for all formats, stores and files of claims; `--event` takes what `reportedly event`
does. A claim must pass all of them; an event is written whole where one of its claims passes. A file appears when it is whole.

From Python: `reportedly.exporting` (`material`, `export`, `convert`, `Filter`).
"""
OWN = """## A format of your own

A format is one object of `reportedly.export.protocol.Format` on the entry-point group `reportedly.exporters` of any installed package. It
takes streams (`material.readings()`, `material.dossiers()`) and writes them item by item; its tables say what it loses, and `--loss`,
the options and the filters then work for it like for ours.

```python
# titles.py
from reportedly.export.protocol import Field, Format, Loss, Table

def write(material, out, options):
    for dossier in material.dossiers():
        out.write(f"{dossier.event.id}\\t{dossier.event.title}\\n".encode())

FORMAT = Format(
    name="titles",
    title="One title a line",
    suffix=".tsv",
    write=write,
    tables=(
        Table(
            name="events",
            takes="events",
            fields=(Field("id", "Event.id"), Field("title", "Event.title")),
            lost=(Loss("claims", lambda dossier: len(dossier.told)),),
        ),
    ),
)
```

```toml
# its pyproject.toml
[project.entry-points."reportedly.exporters"]
titles = "titles:FORMAT"
```

`write` is given a binary stream; a format that needs a file or a folder gives `write_file` or `write_folder` in its place, and one
that can be read back gives `read`. A library that is not everybody's is asked for by
`registry.library("pyarrow", extra="parquet")`, which says how to install it. No package can replace a format of ours; one that cannot be
loaded breaks only its own.
"""


def ours() -> Iterator[Format]:
    """Yield the formats this project installs, by name: what other packages add on one machine is not on the page."""
    points = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"][registry.GROUP]
    return (registry.find(name) for name in sorted(points))


def page() -> str:
    """Return docs/formats.md."""
    found = list(ours())
    rows = [
        f"| [`{each.name}`](#{each.name}) | {each.title} | {'yes' if each.read else ''} | {f'`{each.extra}`' if each.extra else ''} |"
        for each in found
    ]
    overview = "\n".join(("| format | what it is | read back | extra |", "|---|---|---|---|", *rows))
    return "\n".join((HEAD, overview, "", *(section(each) for each in found), OWN))


def section(each: Format) -> str:
    """Return what the page says of one format."""
    parts = [f"## {each.name}\n", f"{each.title}.\n"]
    if each.extra:
        parts.append(f"Needs `pip install 'reportedly[{each.extra}]'`.\n")
    parts += [f"- {note}" for note in each.notes]
    parts += [
        f"- `--set {option.name}={'|'.join(option.choices) or 'VALUE'}`: {option.help}" for option in each.options
    ]
    if each.notes or each.options:
        parts.append("")
    return "\n".join((*parts, *(table(one) for one in each.tables)))


def table(one: Table) -> str:
    """Return the fields of one table, what has no field last."""
    rows = [
        f"| `{field.name}` | {cell(field.source) or 'always empty'} | {cell('; '.join(loss.what for loss in field.losses))} |"
        for field in one.fields
    ]
    rows += [f"| - | no field | {cell(loss.what)} |" for loss in one.lost]
    head = f"### {one.name}: {TAKES[one.takes]}\n"
    return "\n".join((head, "| field | comes from | lost |", "|---|---|---|", *rows, ""))


def cell(text: str) -> str:
    """Return text as a cell of a Markdown table holds it."""
    return text.replace("|", "\\|").replace("\n", " ")
