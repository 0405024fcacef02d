"""W3C Web Annotation: the model's rules as a JSON Schema, and selectors that find their words."""

import io
import json

import jsonschema
import pytest
from hypothesis import given
from msgspec.structs import replace

from annotated import all_gold, material, reading, span, strange_readings
from reportedly.export.formats.webannotation import FORMAT
from reportedly.export.leaves import take_apart
from reportedly.export.registry import options
from reportedly.records import Claim, Place

# Written from the W3C recommendation 'Web Annotation Data Model' (2017-02-23): the parts of it that we use, and no other key of its own.
IRI = {"type": "string", "pattern": '^[A-Za-z][A-Za-z0-9+.-]*:[^ <>"{}|\\\\^`]*$'}
MOTIVATIONS = ["describing", "identifying", "tagging", "linking", "classifying", "commenting"]
BODY = {
    "oneOf": [
        {
            "type": "object",
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": MOTIVATIONS},
                "format": {"type": "string", "pattern": "^[a-z]+/[a-z+.-]+$"},
                "language": {"type": "string"},
            },
            "required": ["type", "value"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"type": {"const": "SpecificResource"}, "source": IRI, "purpose": {"enum": MOTIVATIONS}},
            "required": ["type", "source"],
            "additionalProperties": False,
        },
    ]
}
OFFSET = {"type": "integer", "minimum": 0}
SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "properties": {"type": {"const": "TextPositionSelector"}, "start": OFFSET, "end": OFFSET},
            "required": ["type", "start", "end"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{key: {"type": "string"} for key in ("exact", "prefix", "suffix")},
            },
            "required": ["type", "exact"],
            "additionalProperties": False,
        },
    ]
}
ANNOTATION = {
    "type": "object",
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "generator": {"type": "object", "properties": {"type": {"const": "Software"}, "name": {"type": "string"}}},
        "creator": {"type": "object", "properties": {"type": {"const": "Person"}}, "additionalProperties": False},
        "body": {"type": "array", "items": BODY},
        "target": {
            "type": "object",
            "properties": {
                "source": {
                    "type": "object",
                    "properties": {"id": IRI, "type": {"enum": ["Text", "Dataset", "Image", "Sound", "Video"]}},
                    "required": ["id"],
                },
                "selector": {"type": "array", "items": SELECTOR, "minItems": 1},
            },
            "required": ["source"],
            "additionalProperties": False,
        },
        "reportedly:claim": IRI,
    },
    "required": ["id", "type", "target"],
    "additionalProperties": False,
}
COLLECTION = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "@context": {"type": "array", "prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}]},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "total": OFFSET,
        "first": {
            "type": "object",
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": OFFSET,
                "items": {"type": "array", "items": ANNOTATION},
            },
            "required": ["id", "type", "items"],
        },
    },
    "required": ["@context", "id", "type", "total", "first"],
}
VALID = jsonschema.Draft202012Validator(COLLECTION)


def written(*readings, **given):
    out = io.BytesIO()
    FORMAT.write(material(*readings), out, options(FORMAT, given))
    return json.loads(out.getvalue())


def selectors(annotation):
    return {each["type"]: each for each in annotation["target"]["selector"]}


def test_the_samples_are_sound_and_nothing_of_a_claim_is_without_its_annotation():
    made = written(*all_gold())
    assert list(VALID.iter_errors(made)) == []
    expected = sum(len(list(take_apart(claim))) for each in all_gold() for claim in each.claims)
    assert made["total"] == len(made["first"]["items"]) == expected > 1000


def test_no_reports_make_an_empty_collection():
    made = written()
    assert list(VALID.iter_errors(made)) == []
    assert made["total"] == 0


def test_every_selector_finds_its_words_in_the_text():
    texts = {each.document.id: each.document.text for each in all_gold()}
    annotations = written(*all_gold())["first"]["items"]
    assert len(annotations) > 1000
    for annotation in annotations:
        text = texts[annotation["id"].split(":")[2]]
        found = selectors(annotation)
        position, words = found["TextPositionSelector"], found["TextQuoteSelector"]
        assert text[position["start"] : position["end"]] == words["exact"]
        assert words["prefix"] + words["exact"] + words["suffix"] in text


@given(strange_readings())
def test_strange_letters_survive_and_positions_are_code_points(each):
    made = written(each)
    assert list(VALID.iter_errors(made)) == []
    for annotation in made["first"]["items"]:
        found = selectors(annotation)
        at = found["TextPositionSelector"]
        assert each.document.text[at["start"] : at["end"]] == found["TextQuoteSelector"]["exact"]


def test_what_a_person_gave_has_a_person_for_its_creator_and_no_name():
    found = span("Flita est tombée", "Flita", Place, by="rule")
    given_by_hand = span("Flita est tombée", "tombée", Place, by="person")
    claim = Claim(id="c1", content=span("Flita est tombée", "Flita"), places=(found, given_by_hand), review="corrected")
    made = written(reading("Flita est tombée", claim))
    assert list(VALID.iter_errors(made)) == []
    content, first, second = made["first"]["items"]
    assert [each.get("creator") for each in (content, first, second)] == [None, None, {"type": "Person"}]
    assert '"review": "corrected"' in content["body"][-1]["value"]


def test_the_source_is_the_address_where_there_is_one():
    place = span("Flita", "Flita", Place, lat=-0.00001, lon=36.4)
    plain = reading("Flita", Claim(id="c 1", content=span("Flita", "Flita"), places=(place,)))
    web = replace(plain, document=replace(plain.document, url="https://example.org/a"))
    first, second = written(web)["first"]["items"]
    assert first["target"]["source"]["id"] == "https://example.org/a"
    assert written(web, source="text")["first"]["items"][0]["target"]["source"]["id"].startswith("urn:reportedly:")
    assert second["reportedly:claim"] == first["id"]
    assert "geo:-0.000010,36.400000" in json.dumps(second)
    assert list(VALID.iter_errors(written(web))) == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda a: a["target"]["selector"][0].update(start="1"),
        lambda a: a.pop("target"),
        lambda a: a.update(id="not an iri"),
        lambda a: a["body"].append({"type": "TextualBody"}),
    ],
)
def test_the_schema_refuses_what_the_model_does(break_it):
    made = written(*all_gold()[:1])
    break_it(made["first"]["items"][0])
    assert list(VALID.iter_errors(made))
