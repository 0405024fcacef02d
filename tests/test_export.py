"""Readings written out: JSON Lines, CSV, and the JSON Schema."""

import csv
import io
import json

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldfiles import reading_of
from reportedly import InputError, Mentions, Reading, samples
from reportedly.export.lines import from_json, to_json
from reportedly.export.schema import schema
from reportedly.export.tables import columns, neutral, to_csv

NAMES = samples.names()


def sample(name):
    return reading_of(samples.FOLDER / f"{name}.gold.json")


@pytest.mark.parametrize("name", NAMES)
def test_json_gives_back_the_reading_it_took(name):
    reading = sample(name)
    line = to_json(reading)
    assert from_json(line) == reading
    assert "\n" not in line


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_the_claims_of_the_gold_under_its_names(name):
    claims = json.loads(to_json(sample(name)))["claims"]
    for written, gold in zip(claims, samples.gold(name)["claims"], strict=True):
        for key, value in gold.items():
            if key in {
                "chain",
                "hedges",
                "trigger",
                "actors",
                "recipients",
                "places",
                "times",
                "quantities",
                "labels",
                "content",
            }:
                continue
            assert written[key] == value
        for part in ("places", "times", "quantities", "labels", "actors"):
            for mine, theirs in zip(written[part], gold[part], strict=True):
                assert {key: mine[key] for key in theirs} == theirs


def test_every_mention_of_the_json_says_what_found_it():
    claims = json.loads(to_json(sample("qal-afi")))["claims"]
    parts = ("hedges", "actors", "recipients", "places", "times", "quantities", "labels")
    mentions = [mention for claim in claims for part in parts for mention in claim[part]]
    assert mentions
    assert all(mention["by"] == "gold" for mention in mentions)


def test_a_line_that_is_no_reading_is_refused_with_the_place():
    with pytest.raises(InputError, match="claims"):
        from_json('{"document": {"id": "a", "name": "a", "text": "", "sha256": ""}}')
    with pytest.raises(InputError, match="not a reading"):
        from_json("{")


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_what_we_write(name):
    jsonschema.validate(json.loads(to_json(sample(name))), schema(Reading))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line["claims"][0].pop("chain"),
        lambda line: line["claims"][0].update(certainty="perhaps"),
        lambda line: line["claims"][0]["content"].update(start="0"),
        lambda line: line["document"].pop("text"),
        lambda line: line["claims"][0]["actors"].append({"start": 0, "end": 1, "exact": "x"}),
    ],
)
def test_the_schema_refuses_what_we_never_write(spoil):
    line = json.loads(to_json(sample("qal-afi")))
    spoil(line)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(line, schema(Reading))


@pytest.mark.parametrize("record, file", [(Reading, "reading"), (Mentions, "mentions")])
def test_the_published_schema_is_that_of_the_records(record, file, root):
    published = root / "docs" / "schema" / f"{file}.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == schema(record), "run: make docs"


@pytest.mark.parametrize("record", [Reading, Mentions])
def test_the_schema_is_a_schema(record):
    jsonschema.Draft202012Validator.check_schema(schema(record))


def rows(readings):
    return list(csv.DictReader(io.StringIO("".join(to_csv(readings)))))


def test_csv_has_a_row_a_claim_and_the_words_in_it():
    reading = sample("qal-afi")
    written = rows([reading])
    assert [row["claim"] for row in written] == [claim.id for claim in reading.claims]
    assert [row["content"] for row in written] == [claim.content.exact for claim in reading.claims]
    assert tuple(written[0]) == columns()


def test_csv_keeps_places_and_their_coordinates_in_step():
    most = 0
    for row in rows([sample(name) for name in NAMES]):
        if row["place"]:
            (count,) = {len(row[key].split(" | ")) for key in ("place", "lat", "lon", "precision") if row[key]}
            most = max(most, count)
    assert most > 1


@pytest.mark.parametrize("cell", ["=1+1", "+33 1", "@SUM(A1)", "-2+3", "\t=1", "  =cmd|' /C calc'!A0"])
def test_a_formula_is_made_text(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.5", "34.18", "+3", "", "Alep", "a=b", "'quoted'"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert neutral(cell) == cell


@given(st.text(max_size=40))
def test_no_cell_of_a_hostile_report_starts_a_formula(words):
    reading = sample("qal-afi")
    content = msgspec.structs.replace(reading.claims[0].content, exact=words)
    claim = msgspec.structs.replace(reading.claims[0], content=content)
    hostile = msgspec.structs.replace(reading, claims=(claim,))
    text = "".join(to_csv([hostile]))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    first = row["content"].lstrip()[:1]
    assert first not in {"=", "@"}
    assert first not in {"+", "-"} or row["content"].lstrip("+-").replace(".", "", 1).isdigit()
