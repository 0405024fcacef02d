"""The contradictions of a happening by what is said: each value once with all who give it, in every view and language."""

import json

import pytest
from lxml import html as parser
from starlette.testclient import TestClient
from typer.testing import CliRunner

from reportedly import api, exporting, reasons
from reportedly.cli import app
from reportedly.export import dossier
from reportedly.export.formats import html as html_format
from reportedly.store import open_store
from reportedly.web import Settings, create_app
from telling import attack, report

SAID = {"where": ["Koro"], "when": ["2019-10-12"]}


def told_by(**by_outlet):
    """Reports of one attack, each by the outlet of its name."""
    return [
        report(
            name,
            attack(f"L'attaque de Koro selon le numéro {n} du journal", **SAID, **said),
            publisher=name.capitalize(),
            published=f"2019-10-{13 + n}",
        )
        for n, (name, said) in enumerate(by_outlet.items())
    ]


def answered(*reads):
    """The disputes of the one event: field, then each value with its outlets and what it leaves room for."""
    collection = api.collect(reads)
    (event,) = api.events(collection)
    return {
        dispute.field: [(side.says, [voice.publisher for voice in side.voices], side.room) for side in dispute.sides]
        for dispute in api.answers(event, collection).disputes
    }


def killed(figure, **more):
    return {"counts": {"killed": figure}, **more}


FOUR = {"aube": killed("12"), "brise": killed("12"), "crue": killed("12"), "dune": killed("7")}


def test_a_value_stands_once_with_all_who_give_it_the_most_told_first():
    assert answered(*told_by(**FOUR)) == {"killed": [("12", ["Aube", "Brise", "Crue"], ()), ("7", ["Dune"], ())]}


def test_no_claim_and_no_pair_is_lost_between_the_values():
    collection = api.collect(told_by(**FOUR, etang=killed("20+"), foret=killed("9-11")))
    (event,) = api.events(collection)
    (dispute,) = api.answers(event, collection).disputes
    assert dispute.pairs == event.contradictions
    stands = {voice.ref for side in dispute.sides for voice in side.voices}
    assert stands == {ref for pair in event.contradictions for ref in (pair.left, pair.right)}


def test_a_bound_that_leaves_room_for_a_figure_says_so_and_is_not_joined_with_it():
    found = answered(*told_by(aube=killed("12"), brise=killed("10+"), crue=killed("7")))
    assert found == {
        "killed": [
            ("7", ["Crue"], ()),
            ("at least 10", ["Brise"], ("12",)),
            ("12", ["Aube"], ("at least 10",)),
        ]
    }


def test_figures_that_fit_each_other_are_no_values_of_a_dispute():
    assert answered(*told_by(aube=killed("12"), brise=killed("10+"), crue=killed("12"))) == {}


def test_of_the_dead_of_one_side_it_is_said_whose_they_are():
    ours, theirs = killed("12", whom=["M23"]), killed("7", whom=["M23"])
    assert [says for says, _, _ in answered(*told_by(aube=ours, brise=theirs))["killed"]] == ["7 (M23)", "12 (M23)"]


def test_two_authors_and_who_denies_each_stand_on_their_sides():
    found = answered(
        *told_by(
            aube={"who": ["M23"], "whom": ["civilians"]},
            brise={"who": ["Hezbollah"], "whom": ["civilians"]},
            crue={"who": ["M23"], "whom": ["civilians"], "polarity": "negative", "by": [("le M23", "deny")]},
            dune={"who": ["M23"], "whom": ["civilians"]},
        )
    )
    assert [(says, outlets) for says, outlets, _ in found["actor"]] == [
        ("M23", ["Aube", "Dune"]),
        ("Hezbollah", ["Brise"]),
        ("not M23", ["Crue"]),
    ]


def test_who_says_that_it_did_not_happen_stands_against_all_who_tell_it():
    aim = {"who": ["M23"], "whom": ["civilians"]}
    found = answered(*told_by(aube=aim, brise=aim, crue={**aim, "polarity": "negative", "by": [("le M23", "deny")]}))
    assert found == {"happened": [("it happened", ["Aube", "Brise"], ()), ("it did not happen", ["Crue"], ())]}


@pytest.mark.parametrize("says", ["at least 10", "12 (armed group)", "none", "not M23", "M23 held it", "it happened"])
@pytest.mark.parametrize("language", [code for code in reasons.languages() if code != "en"])
def test_a_value_is_said_in_every_language(says, language):
    told = reasons.side(says, language)
    assert told != says
    assert "{" not in told


def test_a_name_alone_is_a_name_in_every_language():
    assert {reasons.side("Sake Radio", code) for code in ("en", "fr")} == {"Sake Radio"}


# --- the views ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("sides") / "reports.db"
    with open_store(path, create=True) as made:
        for read in told_by(**FOUR, **{f"page{n}": killed("12") for n in range(5)}):
            made.put(read)
    return path


def test_the_terminal_has_each_value_once_the_first_of_many_voices_and_how_many_more(store):
    shown = CliRunner().invoke(app, ["event", "1", str(store)], env={"COLUMNS": "120"}).stdout
    part = shown[shown.index("What contradicts what") : shown.index("The words used for it")]
    lines = [line.strip() for line in part.splitlines()]
    assert "killed  2 answers, shown, not averaged" in lines
    assert (lines.count("12"), lines.count("7")) == (1, 1)
    assert "and 2 more: --format json has them all" in lines
    assert part.count("L'attaque de Koro") == 6 + 1


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_links_every_voice_of_a_value_to_its_words(store, language):
    web = TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1")
    (event,) = web.get("/api/events").json()
    page = parser.fromstring(web.get(f"/events/{event['id']}", params={"lang": language}).text)
    (values,) = page.xpath("//ul[@class='values']")
    assert [each.text_content() for each in values.xpath("./li/strong")] == ["12", "7"]
    told = {(each["document"], each["claim"]["id"]) for each in web.get(f"/api/events/{event['id']}").json()["claims"]}
    links = values.xpath(".//li/ul//a/@href | .//details//a/@href")
    assert len(links) == len(told) == 9
    assert set(links) == {f"/reports/{document}#claim-{claim}" for document, claim in told}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_dossier_has_each_value_with_all_its_voices(language):
    reads = told_by(**FOUR)
    found, runs = html_format.gathered(exporting.material_of(lambda: iter(reads)))
    page = parser.fromstring(dossier.page(found, language=language, runs=runs))
    values = page.xpath("//div[@class='against']")
    assert [each.xpath("./p/b")[0].text_content() for each in values] == ["12", "7"]
    assert [len(each.xpath("./ul/li")) for each in values] == [3, 1]
    anchors = {each.lstrip("#") for each in page.xpath("//div[@class='against']//li/a/@href")}
    assert anchors <= set(page.xpath("//@id"))
    text = dossier.markdown(found, language=language, runs=runs)
    assert text.count("- **12**") == text.count("- **7**") == 1


def test_the_json_of_an_event_keeps_its_pairs(store):
    made = json.loads(CliRunner().invoke(app, ["event", "1", str(store), "--format", "json"]).stdout)
    assert "disputes" not in made
    reasons_ = {pair["reason"] for pair in made["contradictions"]}
    assert len(made["contradictions"]) == 8
    assert reasons_ == {"12 and 7 cannot both be right", "7 and 12 cannot both be right"}
