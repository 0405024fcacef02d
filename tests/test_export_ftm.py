"""FollowTheMoney: the library takes every entity we write, and finds what each points at."""

import io
import json

import followthemoney as ftm
import pytest
from hypothesis import given, settings

from annotated import all_gold, reading, span, strange_readings
from reportedly import exporting
from reportedly.export.formats.ftm import FORMAT, article_id
from reportedly.records import Claim, Entity, Place

GOLD = all_gold()


def written(*readings):
    out = io.BytesIO()
    FORMAT.write(exporting.material_of(lambda: iter(readings)), out, {})
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def entities():
    return written(*GOLD)


def proxies(rows):
    return [ftm.model.get_proxy(row) for row in rows]


def test_the_library_takes_every_entity_and_loses_no_value(entities):
    for row in entities:
        proxy = ftm.model.get_proxy(row)
        proxy.schema.validate(row)
        assert proxy.to_dict()["properties"] == row["properties"]
        recleaned = ftm.model.get_proxy(row, cleaned=False).to_dict()["properties"]
        assert {name for name, values in row["properties"].items() if values} == set(recleaned)


def test_all_kinds_are_there_and_no_id_twice(entities):
    assert {row["schema"] for row in entities} == {"Article", "Event", "Mention", "Organization", "Person", "Address"}
    assert len({row["id"] for row in entities}) == len(entities)


def test_what_an_entity_points_at_is_there_and_of_the_right_kind(entities):
    schemata = {proxy.id: proxy.schema for proxy in proxies(entities)}
    pointed = 0
    for proxy in proxies(entities):
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                pointed += 1
                assert schemata[value].is_a(prop.range)
    assert pointed > 100


def test_each_report_is_an_article_with_its_text(entities):
    articles = {row["id"]: row["properties"] for row in entities if row["schema"] == "Article"}
    for each in GOLD:
        assert articles[article_id(each.document)]["bodyText"] == [each.document.text]


def test_an_event_says_who_says_what_in_words(entities):
    summaries = "\n".join(s for row in entities if row["schema"] == "Event" for s in row["properties"]["summary"])
    assert "AFI < " in summaries
    assert "negative" in summaries


def test_civilians_and_the_unnamed_are_no_entities():
    text = "des civils, l'un d'eux et Wissam à Flita"
    claim = Claim(
        id="c",
        content=span(text, text),
        recipients=(
            span(text, "des civils", Entity, name="civilians", kind="civilians"),
            span(text, "l'un d'eux", Entity, kind="person"),
            span(text, "Wissam", Entity, name="Wissam", kind="person"),
        ),
        places=(span(text, "Flita", Place),),
    )
    rows = written(reading(text, claim))
    assert [row["properties"]["name"] for row in rows if row["schema"] in ("Person", "Organization")] == [["Wissam"]]
    (address,) = [row["properties"] for row in rows if row["schema"] == "Address"]
    assert "latitude" not in address


@settings(max_examples=30)
@given(strange_readings())
def test_strange_letters_survive(each):
    rows = written(each)
    for row in rows:
        ftm.model.get_proxy(row).schema.validate(row)
    (article,) = [row["properties"] for row in rows if row["schema"] == "Article"]
    assert article["bodyText"] == [each.document.text]
