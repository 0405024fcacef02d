"""Small stories told by several reports, read by our reader: what becomes of them in events, tables and answers about places.

Each file in ``stories`` was written with its answers before anything was run on it; where an answer was changed since, the file says so.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec
import pytest

import reportedly
from reportedly import api, exporting
from reportedly.export.formats import acled, ucdp

FOLDER = Path(__file__).parent / "stories"
TABLES = {"ucdp": ucdp.row, "acled": lambda dossier: acled.row(dossier, {"inter": "names"})}


@cache
def reader():
    return reportedly.Reader()


@cache
def story(name):
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    reads = []
    for report in told["report"]:
        given = {key: report[key] for key in ("publisher", "published", "language")}
        (document,) = reportedly.documents(report["text"].strip() + "\n", **given)
        reads.append(reader().read(msgspec.structs.replace(document, name=report["name"])))
    return told, tuple(reads)


def event_of(name):
    told, reads = story(name)
    dossiers = exporting.material_of(lambda: iter(reads)).dossiers()
    return told["answer"], max(dossiers, key=lambda each: len(each.told))


NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
EVENTS = [name for name in NAMES if "answer" in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))]
PLACES = [
    (name, held["place"])
    for name in NAMES
    for held in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")).get("holds", ())
]


@pytest.mark.parametrize("name", EVENTS)
def test_a_story_is_one_event_of_so_many_sources(name):
    answer, dossier = event_of(name)
    assert answer["about"] in dossier.event.title
    assert len({row.document.id for row in dossier.told}) == answer["reports"]
    assert len(dossier.event.independent) == answer["sources"]


@pytest.mark.parametrize("name", EVENTS)
def test_a_story_is_contradicted_on_what_it_is_and_on_nothing_else(name):
    answer, dossier = event_of(name)
    assert sorted({each.field for each in dossier.event.contradictions}) == answer["contradicted"]


@pytest.mark.parametrize("name, table", [(name, table) for name in EVENTS for table in TABLES])
def test_a_storys_row_in_the_tables_of_others(name, table):
    answer, dossier = event_of(name)
    made = TABLES[table](dossier)
    expected = answer.get(table, {})
    assert {key: f"{made[key]:g}" if isinstance(made[key], float) else str(made[key]) for key in expected} == expected


@pytest.mark.parametrize("name", [name for name in EVENTS if name in ("djibo", "artibonite")])
def test_who_is_said_to_have_done_it_and_who_only_answers(name):
    answer, dossier = event_of(name)
    authors = {each.actor: each.stands for each in dossier.answers().authors}
    assert set(answer.get("actors", ())) <= authors.keys()
    for actor in answer.get("not_actors", ()):
        assert authors.get(actor, "denied") == "denied"
        assert actor not in (acled.row(dossier, {"inter": "names"})["actor1"], ucdp.row(dossier)["side_a"])


@pytest.mark.parametrize("name, place", PLACES)
def test_who_holds_a_place_and_how_much_of_it(name, place):
    told, reads = story(name)
    (held,) = [each for each in told["holds"] if each["place"] == place]
    found = api.holdings(place, api.collect(reads))
    assert [[row.holder, row.said] for row in found.rows] == held["rows"]
    assert [row.loser for row in found.rows if row.loser] == held.get("losers", [])


def test_where_a_source_is_found_is_no_place_of_what_he_says_and_he_is_no_army():
    text = (
        "The army and its allies hold the ridge west of Lashio, officials said. Our contact in Kutkai disputes this: according to him, "
        "two of the four hilltops are still in the hands of the Arakan Army (AA).\n"
    )
    (document,) = reportedly.documents(text, language="en")
    (claim,) = [each for each in reader().read(document).claims if "hilltops" in each.content.exact]
    assert "Kutkai" not in {place.exact for place in claim.places}
    assert [entity.name for entity in claim.actors] == ["Arakan Army"]
    assert [link.name for link in claim.chain] == [None]
