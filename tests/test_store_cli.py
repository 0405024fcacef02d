"""The commands that ask a store: what is printed, what is refused, and that names are kept out wherever something is shown."""

import csv
import io
import json

import msgspec
import pytest
from typer.testing import CliRunner

import reportedly
import storedreadings as made
from reportedly import api, verdicts
from reportedly.cli import app, shell
from reportedly.queries import Judgement
from reportedly.records import Ref, Span
from test_redact import reading as named_reading
from test_store import new, old, two_claims


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "reports.db"
    with reportedly.open_store(file, create=True) as store:
        store.put(made.flita())
        store.put(two_claims())
        store.refuse(reportedly.Problem(name="x.txt", reason="it holds no text"))
    return file


def run(*words, code=0, **given):
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "100", "NO_COLOR": "1"}, **given)
    assert result.exit_code == code, result.output
    return result


def test_claims_are_a_table_of_who_says_what_where_and_when(path):
    printed = run("claims", path).stdout
    assert printed.startswith("AFI  2015-06-10  flita  ")
    who, what = "l'armée syrienne = Syrian army", "ASSAULT firearms"
    for words in (who, what, "Flita", "2015-06-09", "at least 12 killed", "(denied)", "(possible)"):
        assert words in printed
    assert printed.rstrip().endswith("3 claims in 2 reports")


@pytest.mark.parametrize(
    "options, found",
    [
        ((), 3),
        (("--actor", "Hezbollah"), 1),
        (("--actor", "Hizbullah"), 1),
        (("--actor", "حزب الله"), 1),
        (("--actor", "Moscou", "--role", "chain"), 1),
        (("--actor", "Hezbollah", "--actor", "Front al-Nosra"), 2),
        (("--place", "34.2,36.4", "--km", "5"), 1),
        (("--place", "Arsal", "--km", "5"), 1),
        (("--place", "Arsal", "--country", "lb"), 1),
        (("--from", "2015-05-01", "--to", "2015-05-31"), 1),
        (("--type", "assault"), 3),
        (("--mode", "aerial"), 1),
        (("--publisher", "al-Manar"), 2),
        (("--source-kind", "official", "--certainty", "certain"), 1),
        (("--polarity", "negative", "--status", "state"), 1),
        (("--language", "fr"), 3),
        (("--text", "bombardé"), 2),
        (("--published-from", "2015-06-10", "--published-to", "2015-06-10"), 1),
    ],
)
def test_claims_are_filtered_by_what_is_asked(path, options, found):
    lines = run("claims", path, *options, "--format", "json").stdout.splitlines()
    assert sum(len(reportedly.from_json(line).claims) for line in lines) == found
    rows = list(csv.DictReader(io.StringIO(run("claims", path, *options, "--format", "csv").stdout)))
    assert len(rows) == found


def test_claims_of_one_document_are_asked_for_by_its_id(path):
    rows = run("claims", path, "--document", made.flita().document.id, "--format", "csv").stdout.splitlines()
    assert len(rows) == 2


def test_a_limit_says_that_there_are_more(path):
    assert "1 claim in 1 report; there are more: --limit 2" in run("claims", path, "--limit", "1").stdout
    assert "2 claims in 2 reports; there are more: --limit 4" in run("claims", path, "--limit", "2").stdout
    assert len(run("claims", path, "--limit", "2", "--format", "csv").stdout.splitlines()) == 3
    readings = [
        reportedly.from_json(line)
        for line in run("claims", path, "--limit", "2", "--format", "json").stdout.splitlines()
    ]
    assert [len(reading.claims) for reading in readings] == [1, 1]


@pytest.mark.parametrize("columns", [80, 100])
def test_who_did_it_to_whom_stands_in_every_row_and_the_rows_fit(path, columns):
    done = CliRunner().invoke(app, ["claims", str(path)], env={"COLUMNS": str(columns), "NO_COLOR": "1"})
    shown = " ".join(done.stdout.split())
    assert "? → al-Nusra Front" in done.stdout
    assert "Hezbollah → soldats" in done.stdout
    assert "Russia →" in shown
    assert all(len(line) <= columns for line in done.stdout.splitlines())


def test_no_claim_is_said(path):
    assert "no claim in this store" in run("claims", path, "--type", "AID").stdout
    assert run("claims", path, "--type", "AID", "--format", "json").stdout == ""


def test_claims_are_counted_by_a_field(path):
    printed = run("claims", path, "--count", "type", "--count", "actors").stdout
    assert "3  ASSAULT" in printed
    rows = list(csv.reader(io.StringIO(run("claims", path, "--count", "recipients", "--format", "csv").stdout)))
    assert rows == [["field", "value", "claims"], ["recipients", "al-Nusra Front", "1"]]
    assert json.loads(run("claims", path, "--count", "type", "--format", "json").stdout)["values"] == {
        "type": [["ASSAULT", 3]]
    }
    assert "no facet" in run("claims", path, "--count", "colour", code=2).stderr


def test_what_is_found_in_a_store_goes_on_to_the_other_commands(path, tmp_path):
    run("claims", path, "--format", "json", "--output", tmp_path / "claims.jsonl")
    assert json.loads(run("group", tmp_path / "claims.jsonl", "--format", "json").stdout)


@pytest.mark.parametrize(
    "words, says",
    [
        (("claims", "{tmp}/none.db"), "there is no store"),
        (("search", "x", "{tmp}"), "is a folder"),
        (("claims", "{store}", "--from", "9 juin"), "--from '9 juin' is not a date"),
        (("claims", "{store}", "--place", "34.2,361"), "is nowhere"),
        (("claims", "{store}", "--redact", "…"), "is no name to keep out"),
        (("search", "…", "{store}"), "no word to search for"),
        (("versions", "nothing", "{store}"), "no document of this id or name"),
        (("forget", "nothing", "{store}", "--yes"), "no document of this id or name"),
    ],
)
def test_what_cannot_be_is_said_in_a_line_with_its_cure(path, tmp_path, words, says):
    result = run(*(word.format(store=path, tmp=tmp_path) for word in words), code=2)
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert ";" in result.stderr


def test_reports_are_found_by_their_words_and_show_them(path):
    printed = run("search", "ARMEE", path).stdout
    assert "AFI  2015-06-10  flita" in printed
    assert "Selon l'armée syrienne" in printed
    assert "found 1 time" in printed
    (hit,) = [
        json.loads(line) for line in run("search", "armée OR Aleppo", path, "--format", "json").stdout.splitlines()
    ]
    assert [word["exact"] for word in hit["words"]] == ["armée"]
    (row,) = csv.DictReader(io.StringIO(run("search", "arsal", path, "--format", "csv").stdout))
    assert (row["name"], row["found"], row["claims"]) == ("two", "Arsal", "1")
    assert "no report has all these words" in run("search", "dromadaire", path).stdout
    assert "no report" in run("search", "armée", path, "--polarity", "negative").stdout


def test_versions_are_shown_with_what_changed(tmp_path):
    path = tmp_path / "reports.db"
    with reportedly.open_store(path, create=True) as store:
        store.put(old())
        store.put(new())
    printed = run("versions", "alep", path).stdout
    assert [line.split()[0] for line in printed.splitlines()] == ["version", "~", "was", "-", "+", "version"]
    assert "content, quantities" in printed
    told = json.loads(run("versions", "alep", path, "--json").stdout)
    assert [edit["kind"] for edit in told["changes"][0]] == ["changed", "lost", "gained"]


@pytest.mark.parametrize("command", ["versions", "store"])
def test_json_is_asked_for_as_everywhere_and_as_scripts_have_it(path, command):
    asked = (command, *(["alep"] if command == "versions" else []), path)
    with reportedly.open_store(path, create=True) as store:
        store.put(old())
    made = run(*asked, "--format", "json").stdout
    assert json.loads(made)
    assert run(*asked, "--json").stdout == made != run(*asked).stdout == run(*asked, "--format", "pretty").stdout
    assert "--json" not in run(command, "--help").stdout


def test_a_document_is_forgotten_only_when_that_is_confirmed(path):
    assert "say --yes" in run("forget", "two", path, code=2).stderr
    printed = run("forget", "two", path, "--yes").stdout
    assert printed.startswith("forgotten: two (")
    assert "2 claims, 11 rows of evidence, 1 input" in printed
    assert "forgotten 1" in run("store", path).stdout


def test_a_store_tells_what_it_holds_and_whether_it_is_sound(path):
    printed = run("store", path, "--check").stdout
    assert "2 documents, 3 claims" in printed
    assert "read 3 = stored 2 + duplicates 0 + refused 1" in printed
    assert "the file is whole" in printed
    assert json.loads(run("store", path, "--json").stdout)["counts"]["refused"] == 1


def test_a_store_that_is_not_sound_ends_with_an_error(path):
    with reportedly.open_store(path) as store:
        store._db.execute("UPDATE claim_record SET record = json_set(record, '$.content.start', 3)")
    assert "content is not the text's own" in run("store", path, "--check", code=1).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "{store}"),
        ("claims", "{store}", "--format", "csv"),
        ("claims", "{store}", "--format", "json"),
        ("claims", "{store}", "--count", "recipients", "--count", "sources"),
        ("search", "Homs", "{store}"),
        ("search", "Homs", "{store}", "--format", "csv"),
        ("search", "Homs", "{store}", "--format", "json"),
        ("versions", "{id}", "{store}"),
        ("versions", "{id}", "{store}", "--json"),
    ],
)
def test_names_are_kept_out_of_all_that_is_printed(tmp_path, words):
    path = tmp_path / "reports.db"
    with reportedly.open_store(path, create=True) as store:
        store.put(named_reading())
    names = tmp_path / "names.txt"
    names.write_text("Aline Quéméneur\n", encoding="utf-8")
    given = [word.format(store=path, id=named_reading().document.id) for word in words]
    whole = run(*given).stdout.casefold()
    assert "quéméneur" in whole
    shown = run(*given, "--redact", names).stdout.casefold()
    assert "[…]" in shown
    assert not [word for word in ("aline", "quéméneur", "quemeneur", named_reading().document.sha256) if word in shown]


def test_reading_a_store_anew_keeps_judgements_with_the_words_they_were_made_on(tmp_path):
    path = tmp_path / "reports.db"
    text = "BAMAKO, 3 mars 2024 (AFI) - L'armée malienne a annoncé que douze soldats avaient été tués samedi à Ménaka."
    reading = reportedly.read(text)
    claim = next(each for each in reading.claims if each.trigger)
    older = msgspec.structs.replace(reading, claims=(msgspec.structs.replace(claim, id="of-older-rules", type="AID"),))
    name = reading.document.id
    words = Span(start=claim.trigger.start, end=claim.trigger.end, exact=claim.trigger.exact)
    elsewhere = Span(start=0, end=6, exact="BAMAKO")
    with reportedly.open_store(path, create=True) as store:
        store.put(older)
        for n, (target, anchor) in enumerate([("of-older-rules", words), ("gone", elsewhere)]):
            ref = Ref(document=name, claim=target)
            store.judge(Judgement(id=f"j{n}", who="ana", when=f"2026-01-01T00:00:0{n}Z", target=ref, anchor=anchor))
    printed = run("reread", path).stdout
    assert "read anew: 1 document," in printed
    assert "1 judgement without a claim now" in printed
    with reportedly.open_store(path, read_only=True) as store:
        anew = store.machine(name)
        rows, orphans = verdicts.judged(anew.document, anew.claims, store.judgements())
    assert anew.claims == reading.claims
    assert [row.state for row in rows if row.claim.id == claim.id] == ["accepted"]
    assert [each.id for each in orphans] == ["j1"]


def pressed(*_, **__):
    raise KeyboardInterrupt


@pytest.mark.parametrize("done", [0, 1])
def test_a_store_that_is_read_anew_says_where_it_was_stopped_what_is_kept(path, monkeypatch, done):
    readings = [made.flita(), two_claims()]
    monkeypatch.setattr(api, "read_apart", lambda *_, **__: (readings[n] if n < done else pressed() for n in range(2)))
    result = run("reread", path, code=130)
    assert result.stderr == (
        f"reportedly: stopped; {done} of 2 documents are read anew and stored so, the others are as they were; "
        "the same command reads all of them again\n"
    )


@pytest.mark.parametrize("command", [("group",), ("event", "1"), ("toll", "1"), ("holds", "Arsal"), ("claims",)])
def test_a_question_that_is_stopped_says_that_nothing_has_changed_and_how_to_go_on(path, monkeypatch, command):
    for name in ("stored_events", "collect", "stored_readings"):
        monkeypatch.setattr(api, name, pressed)
    monkeypatch.setattr(shell.Shell, "show", pressed)
    result = run(*command, path, code=130)
    assert result.stderr == (
        "reportedly: stopped before it was done; reports and claims are as they were, and the same command begins anew\n"
    )
