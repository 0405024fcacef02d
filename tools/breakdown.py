"""Precision and recall of single links by act, quoted or not, nested or not.

    python tools/breakdown.py GOLD_DIR READINGS.jsonl [--language fr,en]

A link is found when its source overlaps (or both name nobody) and its content agrees (IoU >= .5), as in attribution.I50S. Recall goes by
what the gold says of a link, precision by what the answer says of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "quality"))
import score as scorer

# not the single ones: an apostrophe is no quotation mark
QUOTES = '"“”«»„'


class Link(NamedTuple):
    """One link of a document: its source and content as (start, end), and the classes it is counted in."""

    source: tuple[int, int] | None
    content: tuple[int, int]
    classes: tuple[str, ...]


def links_of(claims: list[dict[str, Any]], text: str) -> list[Link]:
    """Return the links of a document, each source and cue once, as the scorer joins them."""
    bodies = dict_of_bodies(claims, text)
    classes: dict[Any, set[str]] = {}
    for claim in claims:
        for depth, link in enumerate(claim["chain"]):
            key = (scorer.key(link["source"]) if link.get("source") else None, scorer.key(link["cue"]))
            nested = "nested" if depth else "outermost"
            classes.setdefault(key, set()).update({link["act"], nested, quoted(bodies[key], text)})
    return [Link(key[0], bodies[key], tuple(sorted(found))) for key, found in classes.items()]


def dict_of_bodies(claims: list[dict[str, Any]], text: str) -> dict[Any, tuple[int, int]]:
    """Return the content of each (source, cue): all that its inner links and the claims' contents cover."""
    bodies: dict[Any, tuple[int, int]] = {}
    for claim in claims:
        for depth, link in enumerate(claim["chain"]):
            key = (scorer.key(link["source"]) if link.get("source") else None, scorer.key(link["cue"]))
            spans = [scorer.trimmed(claim["content"], text)]
            spans += [
                scorer.key(inner[part])
                for inner in claim["chain"][depth + 1 :]
                for part in ("source", "cue")
                if inner.get(part)
            ]
            old = bodies.get(key, spans[0])
            bodies[key] = (min(old[0], *(start for start, _ in spans)), max(old[1], *(end for _, end in spans)))
    return bodies


def quoted(body: tuple[int, int], text: str) -> str:
    """Return whether the content stands in quotation marks."""
    before, inside = text[max(0, body[0] - 2) : body[0]], text[body[0] : body[0] + 1]
    return "quoted" if any(mark in before + inside for mark in QUOTES) else "not quoted"


def agrees(gold: Link, found: Link) -> float:
    """Return how well a found link is the gold's; 0 where it is another."""
    same = (gold.source is None and found.source is None) or bool(
        gold.source and found.source and scorer.overlap(gold.source, found.source)
    )
    likeness = scorer.iou(gold.content, found.content)
    return float(likeness) if same and likeness >= 0.5 else 0.0


def counted(folder: Path, readings: Path, languages: list[str]) -> dict[str, Counter[str]]:
    """Return for each class how many links the gold has, the answer has, and how many of each are right."""
    answers = {
        line["document"]["name"]: line["claims"]
        for line in map(json.loads, readings.read_text(encoding="utf-8").splitlines())
    }
    counts = {name: Counter[str]() for name in ("gold", "found", "recalled", "right")}
    for path in sorted(folder.glob("*.gold.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["language"] not in languages:
            continue
        name = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
        gold, found = links_of(told["claims"], text), links_of(answers.get(name, []), text)
        pairs = scorer.pairs(gold, found, agrees)
        for key, links in (
            ("gold", gold),
            ("found", found),
            ("recalled", [gold[i] for i, _ in pairs]),
            ("right", [found[j] for _, j in pairs]),
        ):
            counts[key].update(each for link in links for each in link.classes)
    return counts


def table(counts: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """Print one line a class and return the figures."""
    print(f"\n{'links by class':18}{'precision':>10}{'recall':>8}{'gold':>7}{'found':>7}")
    figures = {}
    order = sorted(
        counts["gold"] | counts["found"],
        key=lambda name: (name in {"nested", "outermost", "quoted", "not quoted"}, -counts["gold"][name]),
    )
    for name in order:
        precision = counts["right"][name] / counts["found"][name] if counts["found"][name] else 0.0
        recall = counts["recalled"][name] / counts["gold"][name] if counts["gold"][name] else 0.0
        figures[name] = {
            "p": round(precision, 3),
            "r": round(recall, 3),
            "gold": counts["gold"][name],
            "found": counts["found"][name],
        }
        print(f"{name:18}{precision:10.2f}{recall:8.2f}{counts['gold'][name]:7}{counts['found'][name]:7}")
    return figures


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path)
    asked.add_argument("readings", type=Path)
    asked.add_argument("--language", default="fr,en")
    given = asked.parse_args()
    table(counted(given.gold, given.readings, given.language.split(",")))


if __name__ == "__main__":
    main()
