"""The quality gate: the bundled samples are read no worse than they ever were."""

import importlib.util
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest

import reportedly
from reportedly import samples

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
GROUPS = {"fr,en": ("fr", "en"), "ar": ("ar",)}


def loaded(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def floors(text):
    """The floors and ceilings of a floors file: {(table, languages or whose claims, name): value}."""
    tables = tomllib.loads(text)
    return {
        (table, group, name): value
        for table in ("floors", "at-most")
        for group, rows in tables.get(table, {}).items()
        for name, value in rows.items()
    }


@pytest.fixture(scope="session")
def figures(readings):
    """The figures of each group of languages: {languages: {name: value}}."""
    scorer = loaded("score", HERE / "score.py")
    out = {}
    for group, languages in GROUPS.items():
        tally, errors = scorer.Tally(), defaultdict(list)
        for name, reading in readings.items():
            gold = samples.gold(name)
            if gold["language"] in languages:
                scorer.score_document(
                    gold["claims"], msgspec.to_builtins(reading.claims), reading.document.text, tally, errors, name
                )
        out[group] = {name: row.get("f1", row.get("macro", row.get("rate"))) for name, row in tally.result().items()}
    return out


@pytest.mark.parametrize(
    "table, group, name, value",
    [(*key, value) for key, value in floors(FLOORS.read_text(encoding="utf-8")).items() if key[1] in GROUPS],
)
def test_the_samples_are_read_no_worse_than_ever(figures, table, group, name, value):
    reached = figures[group].get(name)
    if table == "floors":
        assert reached is not None, f"{group}: nothing to measure {name} on"
        assert reached >= value, f"{group}: {name} is {reached}, it was {value}"
    else:
        assert (reached or 0.0) <= value, f"{group}: {name} is {reached}, it was {value}"


def test_every_word_of_every_claim_is_the_reports_own(readings):
    held = 0
    for reading in readings.values():
        text = reading.document.text
        for claim in reading.claims:
            for span in spans(msgspec.to_builtins(claim)):
                assert text[span["start"] : span["end"]] == span["exact"]
                held += 1
    assert held > 1000


def spans(value):
    """Every span anywhere in a claim."""
    if isinstance(value, dict):
        if {"start", "end", "exact"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from spans(each)


def test_every_mention_says_what_found_it(readings):
    held = 0
    for reading in readings.values():
        for claim in reading.claims:
            links = [mention for link in claim.chain for mention in (link.source, link.cue) if mention]
            triggers = [claim.trigger] if claim.trigger else []
            leaves = (
                *claim.hedges,
                *claim.actors,
                *claim.recipients,
                *claim.places,
                *claim.times,
                *claim.quantities,
                *claim.labels,
            )
            assert all(mention.by for mention in (*links, *triggers, *leaves)), reading.document.name
            held += len(links) + len(triggers) + len(leaves)
    assert held > 1000


def test_what_was_inferred_says_why(readings):
    inferred = 0
    for reading in readings.values():
        for claim in reading.claims:
            mentions = (*claim.actors, *claim.recipients, *claim.places, *claim.times, *claim.quantities)
            assert all(mention.reason for mention in mentions if mention.basis == "inferred"), reading.document.name
            inferred += sum(mention.basis == "inferred" for mention in mentions)
    assert inferred > 50


def test_claim_ids_are_unique_and_reading_twice_changes_nothing(readings):
    for name in ("qal-afi", "ukr-wire"):
        reading = readings[name]
        ids = [claim.id for claim in reading.claims]
        assert len(ids) == len(set(ids))
        assert reportedly.Reader().read(reading.document) == reading


def test_floors_only_rise(root):
    """No floor is lower, and no ceiling higher, than in any earlier commit."""
    name = FLOORS.relative_to(root).as_posix()
    log = git(root, "log", "--format=%H", "--", name)
    if log is None:
        pytest.skip("no history here to compare with")
    now = floors(FLOORS.read_text(encoding="utf-8"))
    for commit in log.split():
        for key, before in floors(git(root, "show", f"{commit}:{name}") or "").items():
            assert key in now, f"{key} was dropped since {commit[:7]}"
            assert (now[key] >= before) if key[0] == "floors" else (now[key] <= before), (
                f"{key} was {before} in {commit[:7]}"
            )


def git(root, *arguments):
    """What git says, None where there is no history (an unpacked archive)."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
