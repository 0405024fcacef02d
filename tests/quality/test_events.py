"""The quality gate of events: claims are grouped no worse than they were, the annotators' own and those that our reader finds."""

import importlib.util
import tomllib
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest

from goldfiles import reading_of
from reportedly import api, samples

HERE = Path(__file__).parent
# Whose claims the events are made from, as floors.toml names them.
GOLD, OWN = "events from gold claims", "events from own claims"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["floors"]


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("score", HERE / "score.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def scored(scorer, collection, golds, told, matched):
    events = [
        {
            "claims": [f"{collection.names[ref.document]}:{ref.claim}" for ref in event.claims],
            "independent": [[collection.names[name] for name in group] for group in event.independent],
            "contradictions": [
                {
                    "field": pair.field,
                    "claims": [f"{collection.names[ref.document]}:{ref.claim}" for ref in (pair.left, pair.right)],
                }
                for pair in event.contradictions
            ],
        }
        for event in api.events(collection)
    ]
    return scorer.score_events(samples.FOLDER, golds, told, matched, events)


@pytest.fixture(scope="module")
def figures(scorer, readings):
    """The figures of both: {whose claims: {row: {part: value}}}."""
    golds = {name: samples.gold(name)["claims"] for name in samples.names()}
    same = {name: [(claim["id"], claim["id"], None) for claim in claims] for name, claims in golds.items()}
    given = api.collect(reading_of(samples.FOLDER / f"{name}.gold.json") for name in samples.names())
    found = {name: {"claims": msgspec.to_builtins(read.claims)} for name, read in readings.items()}
    matched = {
        name: scorer.score_document(
            golds[name], found[name]["claims"], read.document.text, scorer.Tally(), defaultdict(list), name
        )
        for name, read in readings.items()
    }
    named = (
        msgspec.structs.replace(read, document=msgspec.structs.replace(read.document, name=name))
        for name, read in readings.items()
    )
    return {
        GOLD: scored(scorer, given, golds, {name: {"claims": claims} for name, claims in golds.items()}, same),
        OWN: scored(scorer, api.collect(named), golds, found, matched),
    }


@pytest.mark.parametrize(
    "whose, name, floor", [(w, name, floor) for w in (GOLD, OWN) for name, floor in FLOORS[w].items()]
)
def test_the_samples_are_grouped_no_worse_than_they_were(figures, whose, name, floor):
    row, _, part = name.rpartition(" ")
    assert figures[whose][row][part] >= floor
