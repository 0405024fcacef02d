"""The bundled samples: sound gold, no text that is not ours."""

import json
import subprocess
import sys
import unicodedata

import pytest

from reportedly import samples


def spans(value):
    """Every span in a gold file."""
    if isinstance(value, dict):
        if {"start", "end", "exact"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.mark.parametrize("name", samples.names())
def test_every_span_of_the_gold_is_the_texts_own(sample_text, name):
    text = sample_text(name)
    assert unicodedata.is_normalized("NFC", text)
    found = list(spans(samples.gold(name)["claims"]))
    assert found
    assert [span for span in found if text[span["start"] : span["end"]] != span["exact"]] == []


def test_there_are_samples_of_every_language():
    assert {samples.gold(name)["language"] for name in samples.names()} == {"ar", "en", "fr"}
    assert len(samples.names()) == 26


def test_events_speak_of_bundled_reports_and_claims_only():
    events = json.loads((samples.FOLDER / "events.json").read_text(encoding="utf-8"))
    claims = {f"{name}:{claim['id']}" for name in samples.names() for claim in samples.gold(name)["claims"]}
    named = {name for event in events.values() for name in event["reports"]}
    contradicting = {claim for event in events.values() for each in event["contradictions"] for claim in each["claims"]}
    assert named <= set(samples.names())
    assert contradicting <= claims


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "reportedly.samples", *arguments], capture_output=True, text=True, check=False
    )


def test_the_samples_print_as_articles():
    done = run("qal-afi", "qal-sada")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["qal-afi", "qal-sada"]


def test_an_unknown_sample_is_named():
    done = run("nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no sample nothing" in done.stderr
