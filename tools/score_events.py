"""Score what is made of many reports: events, contradictions, who took it from whom; from the gold's claims and from our own.

Part of ``tools/score.py``. Copies are made of the bundled samples as newsrooms make them (``tests/copying.py``).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import copying  # noqa: E402 - it lies with the tests, which hold its figures
from reportedly import api, samples  # noqa: E402
from reportedly.copies import index  # noqa: E402

SAME = "same source (document pairs)"
# row, figure, what to reach from the gold's claims and from our own
ROWS = (
    ("events: B3", "group.B3", "f1", 0.90, 0.60),
    ("events: pairs, precision", "group.pairs", "p", 0.90, None),
    ("events: pairs, recall", "group.pairs", "r", None, None),
    ("contradictions, precision", "contradictions", "p", 0.70, None),
    ("contradictions, recall", "contradictions", "r", 0.85, 0.50),
    ("same source, precision", SAME, "p", 1.0, 1.0),
    ("same source, recall", SAME, "r", 1.0, 1.0),
)
SOURCES = ("gold", "own")
COPIES, LEAST_SAME, MOST_FALSE = 50, 0.95, 0.1


def measure(scorer: Path, gold: Path, readings: Path, work: Path) -> dict[str, Any]:
    """Return the figures of a gold folder: ``gold`` from its own claims, ``own`` from ours in ``readings``, and those of copies."""
    theirs = work / "gold.jsonl"
    theirs.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in told_by(gold)), encoding="utf-8")
    figures: dict[str, Any] = {
        name: scored(scorer, gold, claims, work) for name, claims in zip(SOURCES, (theirs, readings), strict=True)
    }
    return figures | {"copies": copies(), "same source": same_source()}


def told_by(gold: Path) -> list[dict[str, Any]]:
    """Return the reports of a gold folder with the gold's claims."""
    found = []
    for path in sorted(gold.glob("*.gold.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
        document = {"name": name, "text": text} | {key: told[key] for key in ("language", "publisher", "published")}
        found.append({"document": document, "claims": told["claims"]})
    return found


def scored(scorer: Path, gold: Path, claims: Path, work: Path) -> dict[str, dict[str, float]]:
    """Group a file of claims with our own command, and return what the scorer says of the events."""
    events = work / f"{claims.stem}.events.json"
    said(sys.executable, "-m", "reportedly", "group", claims, "--format", "json", "--output", events)
    rows = json.loads(said(sys.executable, scorer, gold, claims, "--events", events, "--json"))
    return {name: rows[name] for name in ("group.B3", "group.pairs", "contradictions", SAME)}


def said(*command: str | Path) -> str:
    """Return what a command prints; end with its complaint where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)}:\n{done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def copies() -> dict[str, dict[str, float]]:
    """Return for each way of editing a copy how many copies find their original, and how many others each finds."""
    known = index.Index()
    for name, text in copying.originals().items():
        known.add(name, text)
    figures = {}
    for edit, reach in copying.EDITS.items():
        asked = [(name, [kin.document for kin in known.kin(text)]) for name, text in copying.edited(edit)]
        figures[edit.__name__.replace("_", " ")] = {
            "recall": sum(name in found for name, found in asked) / len(asked),
            "false": sum(other != name for name, found in asked for other in found) / len(asked),
            "reach": reach,
            "n": len(asked),
        }
    return figures


def same_source() -> dict[str, float]:
    """Return precision and recall of 'same source' on copies of the samples, all of them and their originals grouped together.

    A copy keeps the gold claims of which all words are left. Asked are pairs of a copy and its original, or of two copies of one, that
    tell one event; where the samples cite each other, their copies are one source too.
    """
    chance = random.Random(5)  # noqa: S311 - the same copies every time
    originals = copying.originals()
    made = [(name, text) for edit in copying.EDITS for name, text in copying.edited(edit, rounds=1)]
    chosen = {f"{name}+{n}": text for n, (name, text) in enumerate(chance.sample(made, COPIES))}
    collection = api.collect([reading(name, text) for name, text in {**originals, **chosen}.items()])
    one_source = citing()
    right = found = asked = missed = 0
    for event in api.events(collection):
        names = sorted({ref.document for ref in event.claims})
        base = {name: name.partition("+")[0] for name in names}
        pairs = [(a, b) for a in names for b in names if a < b]
        allowed = {(a, b) for a, b in pairs if base[a] == base[b] or frozenset((base[a], base[b])) in one_source}
        wanted = {(a, b) for a, b in allowed if base[a] == base[b]}
        given = {(a, b) for group in event.independent for a in group for b in group if a < b}
        right, found, asked = right + len(allowed & given), found + len(given), asked + len(wanted)
        missed += len(wanted - given)
    return {"p": right / max(1, found), "r": 1 - missed / max(1, asked), "copies": COPIES, "pairs": asked}


def citing() -> set[frozenset[str]]:
    """Return the pairs of samples that are one source by the gold."""
    events = json.loads((samples.FOLDER / "events.json").read_text(encoding="utf-8"))
    groups = [group for event in events.values() for group in event["independent_groups"]]
    return {frozenset((a, b)) for group in groups for a in group for b in group if a != b}


def reading(name: str, text: str) -> api.Reading:
    """Return an edited copy of a sample with those of the sample's gold claims whose words are all in it."""
    told = samples.gold(name.partition("+")[0])
    claims = [moved for claim in told["claims"] if (moved := _moved(claim, text))]
    document = {"id": name, "name": name, "text": text, "sha256": name}
    document |= {"language": _given(told["language"]), "publisher": _given(name)}
    run = {"id": "made", "annotator": "gold", "version": "0", "language": told["language"], "language_sha256": ""}
    return msgspec.convert({"document": document, "claims": claims, "run": run}, api.Reading)


def _given(value: str) -> dict[str, str]:
    return {"value": value, "found": "made", "trust": "given"}


def _moved(claim: dict[str, Any], text: str) -> dict[str, Any] | None:
    """Return a claim where its words stand in a copy, None where they are cut or changed."""
    start = text.find(claim["content"]["exact"])
    if start < 0:
        return None
    by = start - claim["content"]["start"]
    moved: dict[str, Any] = json.loads(json.dumps(claim), object_hook=lambda value: _shifted(value, by))
    return moved


def _shifted(value: dict[str, Any], by: int) -> dict[str, Any]:
    if "exact" not in value:
        return value
    return value | {"start": value["start"] + by, "end": value["end"] + by}


def show(figures: dict[str, Any], name: str) -> None:
    """Print the tables."""
    print(f"\nMany reports: {name} (every language we read)\n")
    print(f"{'':32}{'gold claims':>12}{'reach':>8}{'our claims':>12}{'reach':>8}")
    for row, key, part, *reaches in ROWS:
        cells = ""
        for source, reach in zip(SOURCES, reaches, strict=True):
            value = figures[source][key][part]
            cells += f"{value:>12.3f}{'' if reach is None else f'{reach:.2f}':>8}"
            cells += "*" if reach is not None and value < reach else ""
        print(f"{row:32}{cells}".rstrip())
    print(f"\n{'Copies, by how they were edited':32}{'found':>8}{'reach':>8}{'false':>8}{'reach':>8}{'n':>6}")
    for edit, row in figures["copies"].items():
        missed = row["recall"] < row["reach"] or row["false"] > MOST_FALSE
        numbers = f"{row['recall']:>8.3f}{row['reach']:>8.2f}{row['false']:>8.3f}{MOST_FALSE:>8.2f}{row['n']:>6}"
        print(f"{edit:32}{numbers}{'  *' if missed else ''}")
    same = figures["same source"]
    line = f"same source, {same['copies']} of these copies in their events: precision {same['p']:.3f}, recall {same['r']:.3f}"
    print(f"{line} of {same['pairs']} pairs (reach {LEAST_SAME})")
