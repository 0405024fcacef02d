"""Raise the floors of the quality gate to what the bundled samples reach now; none is ever lowered.

    python tools/floors.py [--margin .01]

The margin leaves room for a change that gains more elsewhere than it loses here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import score_events
from score import BUNDLED, COPY, articles_of, reportedly, value

FLOORS = COPY.with_name("floors.toml")
GROUPS = ("fr,en", "ar")
# The scorer's rows of events, whose claims they are made from, and the parts of a row that have floors.
EVENTS = {"gold": "events from gold claims", "own": "events from own claims"}
EVENT_PARTS = {"group.B3": ("f1",), "group.pairs": ("p",), "contradictions": ("p", "r"), score_events.SAME: ("p", "r")}
# Below this many chances to be right, one sentence moves a figure too far for a floor.
ENOUGH = 8
# A claim with words that are not the report's is a fault, however rare.
ABSOLUTE = {"span faithfulness"}
CEILINGS = {"fact errors", "time.false_anchor", "time.invented"}


def reached(work: Path) -> dict[str, dict[str, float]]:
    """Return what each group of languages reaches, where there is enough to measure."""
    articles, readings = work / "articles.jsonl", work / "readings.jsonl"
    articles.write_text(
        "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles_of(BUNDLED)), encoding="utf-8"
    )
    reportedly("read", articles, "--format", "json", stdout=readings)
    out = {}
    for group in GROUPS:
        command = [sys.executable, str(COPY), str(BUNDLED), str(readings), "--json", "--language", group]
        rows = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        out[group] = {
            name: found
            for name, row in rows.items()
            if max(row.get("gold", 0), row.get("n", 0)) >= ENOUGH and (found := value(row)) is not None
        }
    return out | grouped(readings, work)


def grouped(readings: Path, work: Path) -> dict[str, dict[str, float]]:
    """Return what events made from the annotators' claims and from ours in ``readings`` reach."""
    theirs = work / "gold.jsonl"
    told = (json.dumps(each, ensure_ascii=False) + "\n" for each in score_events.told_by(BUNDLED))
    theirs.write_text("".join(told), encoding="utf-8")
    out = {}
    for whose, claims in (("gold", theirs), ("own", readings)):
        rows = score_events.scored(COPY, BUNDLED, claims, work)
        out[EVENTS[whose]] = {f"{row} {part}": rows[row][part] for row, parts in EVENT_PARTS.items() for part in parts}
    return out


def raised(text: str, found: dict[str, dict[str, float]], margin: float) -> dict[str, dict[str, dict[str, float]]]:
    """Return the tables of the floors file with what is reached now, where that is better."""
    tables = tomllib.loads(text)
    for group, rows in found.items():
        for name, figure in rows.items():
            table = tables.setdefault("at-most" if name in CEILINGS else "floors", {}).setdefault(group, {})
            if name in CEILINGS:
                table[name] = min(table.get(name, 1.0), round(figure + margin if figure else 0.0, 3))
            else:
                kept = figure if name in ABSOLUTE or name.startswith(score_events.SAME) else figure - margin
                if kept > 0:
                    table[name] = max(table.get(name, 0.0), round(kept, 3))
    return tables


def main() -> None:
    """Write the floors file again, its comment kept."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--margin", type=float, default=0.01)
    margin = asked.parse_args().margin
    text = FLOORS.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        tables = raised(text, reached(Path(folder)), margin)
    lines = [line for line in text.splitlines() if line.startswith("#")]
    for table, groups in tables.items():
        for group, rows in groups.items():
            lines += ["", f"[{table}.{group if group.isalnum() else json.dumps(group)}]"]
            lines += [f"{json.dumps(name)} = {figure}" for name, figure in sorted(rows.items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
