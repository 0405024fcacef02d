"""The quality gate of events: from the samples' own annotations, claims are grouped no worse than they were."""

import importlib.util
from pathlib import Path

import pytest

from goldfiles import reading_of
from reportedly import api, samples

FIGURES = [
    ("group.B3", "f1", 0.88),
    ("group.pairs", "p", 0.88),
    ("contradictions", "p", 0.80),
    ("contradictions", "r", 0.85),
    ("same source (document pairs)", "p", 1.0),
    ("same source (document pairs)", "r", 1.0),
]


@pytest.fixture(scope="module")
def figures():
    spec = importlib.util.spec_from_file_location("score", Path(__file__).parent / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    collection = api.collect(reading_of(samples.FOLDER / f"{name}.gold.json") for name in samples.names())
    golds = {name: samples.gold(name)["claims"] for name in samples.names()}
    matched = {name: [(claim["id"], claim["id"], None) for claim in claims] for name, claims in golds.items()}
    told = {name: {"claims": claims} for name, claims in golds.items()}
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


@pytest.mark.parametrize("row, part, floor", FIGURES)
def test_the_samples_are_grouped_no_worse_than_they_were(figures, row, part, floor):
    assert figures[row][part] >= floor
