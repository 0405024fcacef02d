"""The commands about many reports, as a person and as a program would use them: from claims and from a store."""

import importlib.util
import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

import reportedly
from goldfiles import reading_of
from reportedly import samples
from reportedly.cli import app
from reportedly.store import open_store
from telling import attack, report

SAID = {"where": ["Koro"], "when": ["2019-10-12"]}
READS = (
    report(
        "matin",
        attack("Douze civils tués dans l'attaque de Koro", counts={"killed": "12"}, whom=["civilians"], **SAID),
        publisher="Le Matin",
        published="2019-10-13",
    ),
    report(
        "soir",
        attack("L'attaque menée par le M23 a fait dix-sept morts", counts={"killed": "17"}, who=["M23"], **SAID),
        publisher="Le Soir",
        published="2019-10-14",
    ),
)


def run(*arguments, given=None, code=0):
    done = CliRunner().invoke(app, [str(each) for each in arguments], input=given, env={"COLUMNS": "100"})
    assert done.exit_code == code, done.output
    return done


def test_a_list_says_grammatically_who_contradicts_whom(tmp_path):
    both = report(
        "seul",
        attack("Douze civils tués dans l'attaque de Koro", counts={"killed": "12"}, whom=["civilians"], **SAID),
        attack(
            "L'attaque a fait dix-sept morts, dit le maire",
            counts={"killed": "17"},
            by=[("le maire", "assert")],
            **SAID,
        ),
    )
    alone, several = tmp_path / "alone.jsonl", tmp_path / "several.jsonl"
    alone.write_text(reportedly.to_json(both) + "\n", encoding="utf-8")
    several.write_text("".join(reportedly.to_json(read) + "\n" for read in READS), encoding="utf-8")
    assert "1 report, 1 independent source; contradicts itself on killed" in run("group", alone).output
    assert "2 reports, 2 independent sources; contradict each other on killed" in run("group", several).output


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    path = tmp_path_factory.mktemp("claims") / "claims.jsonl"
    path.write_text("".join(reportedly.to_json(read) + "\n" for read in READS), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "reports.db"
    with open_store(path, create=True) as made:
        for read in READS:
            made.put(read)
    return path


@pytest.fixture(params=["claims", "store"])
def source(request):
    return request.getfixturevalue(request.param)


def test_group_lists_how_many_reports_and_independent_sources(source):
    shown = run("group", source).stdout
    assert "2 reports, 2 independent sources; contradict each other on killed" in " ".join(shown.split())


def test_group_writes_what_the_scorer_reads(source):
    (event,) = json.loads(run("group", source, "--format", "json").stdout)
    assert sorted(event["claims"]) == ["matin:c0", "soir:c0"]
    assert event["independent"] == [["matin"], ["soir"]]
    assert [(each["field"], sorted(each["claims"])) for each in event["contradictions"]] == [
        ("killed", ["matin:c0", "soir:c0"])
    ]


def test_one_event_shows_its_evidence(source):
    shown = run("event", 1, source).stdout
    for part in (
        "2 reports, 2 independent sources, 2 claims",
        "copies and cites no other report of it",
        "Who is said to have done it",
        "raised from 12 (Le Matin) to 17",
        "killed  2 answers, shown, not averaged",
        "The words used for it",
    ):
        assert part in shown


def test_one_event_for_programs_has_all_its_parts(source):
    event = json.loads(run("event", 1, source, "--format", "json").stdout)
    assert {"claims", "independent", "why", "contradictions", "toll", "authors", "missing", "words"} <= event.keys()
    assert [step["change"] for step in event["toll"]] == ["first", "raised"]


ASKED = [
    (("compare", 1), "cannot both be right", "verdict"),
    (("toll", 1), "raised from 12", "change"),
    (("framing", "M23"), "“M23”", "word"),
]


@pytest.mark.parametrize("command, words, key", ASKED, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_every_question_is_answered_for_people_and_programs(source, command, words, key):
    assert words in run(*command, source).stdout
    assert all(key in row for row in json.loads(run(*command, source, "--format", "json").stdout))


def test_who_holds_a_place_is_told_from_the_samples(tmp_path):
    path = tmp_path / "claims.jsonl"
    reads = [reading_of(folder / f"{name}.gold.json") for folder, name in sample_files() if name.startswith("qal-")]
    path.write_text("".join(reportedly.to_json(read) + "\n" for read in reads), encoding="utf-8")
    found = json.loads(run("holds", "Tallet Abdel Haq", path, "--format", "json").stdout)
    assert {row["stands"] for row in found["rows"]} >= {"holds"}
    assert "Who holds Tallet Abdel Haq" in run("holds", "Tallet Abdel Haq", path).stdout


def test_a_copy_is_marked_where_it_says_who_holds_a_place(tmp_path):
    path = tmp_path / "claims.jsonl"
    words = (
        "Les rebelles du M23 ont pris samedi Koro après deux jours de combats, disent des habitants joints au téléphone"
    )
    reads = [
        report(
            name,
            attack(words, trigger="pris", who=["M23"], where=["Koro"], when=["2019-10-12"], territory="gained"),
            publisher=outlet,
            published=day,
        )
        for name, outlet, day in (("a", "Le Matin", "2019-10-13"), ("b", "Le Soir", "2019-10-14"))
    ]
    path.write_text("".join(reportedly.to_json(read) + "\n" for read in reads), encoding="utf-8")
    shown = " ".join(run("holds", "Koro", path).stdout.split())
    assert "Le Soir (copies Le Matin)" in shown
    assert shown.count("copies") == 1
    # every date is the text's own: nothing is to be told of grey ones
    assert "A date in grey" not in shown


def sample_files():
    return [(samples.FOLDER, name) for name in samples.names()]


def test_claims_are_read_from_standard_input(claims):
    assert "2 reports" in run("group", "-", given=claims.read_text(encoding="utf-8")).stdout


def test_the_events_of_a_store_are_kept_until_a_report_comes(store):
    run("group", store)
    with open_store(store) as kept:
        assert not kept.events_stale()
        assert len(list(kept.events())) == 1
        kept.put(report("nuit", attack("une attaque à Bankass", where=["Bankass"], when=["2020-01-01"])))
        assert kept.events_stale()
    assert len(json.loads(run("group", store, "--format", "json").stdout)) == 2


def test_kept_events_are_those_made_anew(store):
    first = run("group", store, "--format", "json").stdout
    assert run("group", store, "--format", "json").stdout == first
    assert run("group", store, "--anew", "--format", "json").stdout == first


def test_a_store_and_claims_are_asked_together(store, tmp_path):
    path = tmp_path / "more.jsonl"
    read = report(
        "nuit", attack("L'attaque de Koro a fait vingt morts", counts={"killed": "20"}, **SAID), publisher="Nuit"
    )
    path.write_text(reportedly.to_json(read) + "\n", encoding="utf-8")
    assert "3 reports, 3 independent sources" in " ".join(run("group", store, path).stdout.split())


WRONG = [
    (("event", "99"), "there is no event '99'"),
    (("event", "zz"), "there is no event 'zz'"),
    (("toll", "0"), "there is no event '0'"),
]


@pytest.mark.parametrize("command, message", WRONG)
def test_an_event_that_is_not_there_is_said_with_the_cure(source, command, message):
    done = run(*command, source, code=2)
    assert message in done.stderr
    assert "reportedly group" in done.stderr


def test_a_line_without_claims_is_listed_and_the_rest_answered(claims, tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text(claims.read_text(encoding="utf-8") + "not json\n", encoding="utf-8")
    done = run("group", path, code=3)
    assert "2 reports" in done.stdout
    assert "claims.jsonl:3" in done.stderr


@pytest.mark.parametrize("command", [("group",), ("event", "1"), ("holds", "Koro"), ("framing", "M23")])
def test_what_is_neither_a_store_nor_claims_is_refused_before_the_work(command, tmp_path):
    (tmp_path / "report.txt").write_text("Douze civils ont été tués.", encoding="utf-8")
    (tmp_path / "junk").write_bytes(bytes(range(256)) * 20)
    for name, says in (
        ("none.jsonl", "there is no such file"),
        ("report.txt", "neither a store nor claims"),
        ("junk", "neither a store nor claims"),
        ("", "is a folder"),
    ):
        done = run(*command, tmp_path / name, code=2)
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""


@pytest.mark.parametrize(
    "command, asked",
    [
        ("event", "1"),
        ("compare", "1"),
        ("toll", "1"),
        ("holds", "Koro"),
        ("framing", "M23"),
        ("search", "attaque"),
        ("versions", "soir"),
        ("forget", "soir"),
    ],
)
def test_the_right_order_is_told_where_the_store_was_given_first(store, command, asked):
    done = run(command, store, asked, code=2)
    assert f"the order is: reportedly {command} {asked} {store}" in done.stderr
    assert "ingest" not in done.stderr


def test_the_order_is_not_in_doubt_where_the_store_is_just_not_there(tmp_path, claims):
    assert "there is no store" in run("search", "attaque", tmp_path / "none.db", code=2).stderr
    assert "no such file" in run("event", "1", tmp_path / "none.jsonl", code=2).stderr
    assert "the order is: reportedly framing M23" in run("framing", claims, "M23", code=2).stderr


@pytest.mark.parametrize("spelling", ["Islamic State", "Daech", "EI", "ISIS", "تنظيم الدولة"])
def test_an_actor_is_meant_by_any_spelling(tmp_path, spelling):
    path = tmp_path / "claims.jsonl"
    read = report("matin", attack("Daech a mené une attaque à Koro", who=["Islamic State"]), publisher="Le Matin")
    path.write_text(reportedly.to_json(read) + "\n", encoding="utf-8")
    shown = run("framing", spelling, path).stdout
    assert shown.startswith("The words for Islamic State\n")
    assert "Le Matin" in shown


def test_of_nobody_and_nowhere_nothing_is_said(source):
    assert "No claim here names Nobody" in run("framing", "Nobody", source).stdout
    assert "No claim here speaks of" in run("holds", "Nowhere", source).stdout


def test_the_demo_shows_the_story_of_the_samples(root):
    spec = importlib.util.spec_from_file_location("demo", root / "tools" / "demo.py")
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    console = Console(width=100, file=io.StringIO())
    console.print(*demo.story([reading_of(folder / f"{name}.gold.json") for folder, name in sample_files()]))
    shown = console.file.getvalue()
    for part in (
        "The Qalamoun, told by 5 reports",
        "4 reports, 3 independent sources",
        "shown, not averaged",
        "Who says what",
    ):
        assert part in shown
