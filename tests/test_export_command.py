"""``reportedly export`` and ``convert``: what is written where, filters, losses, and what is refused."""

import csv
import io
import json
import os
import re
import threading
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goldfiles import reading_of
from reportedly import exporting, samples
from reportedly.cli import app
from reportedly.export.lines import to_json
from reportedly.queries import Filter
from reportedly.store import open_store

NAMES = samples.names()


def run(*words, **more):
    return CliRunner().invoke(app, [str(word) for word in words], **more)


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    path = tmp_path_factory.mktemp("claims") / "claims.jsonl"
    lines = [to_json(reading_of(samples.FOLDER / f"{name}.gold.json")) for name in NAMES]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_json_lines_give_back_every_byte_to_a_file_and_to_standard_output(claims, tmp_path):
    out = tmp_path / "again.jsonl"
    result = run("export", claims, "--format", "jsonl", "--output", out, "--loss")
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == claims.read_bytes()
    assert "nothing lost" in result.stdout
    assert run("export", claims, "--format", "jsonl").stdout_bytes == claims.read_bytes()
    assert run("convert", claims, "--to", "jsonl").stdout_bytes == claims.read_bytes()


def test_a_filter_keeps_the_claims_that_pass_and_the_reports_that_have_one(claims):
    lines = run("export", claims, "--format", "jsonl", "--actor", "hezbollah").stdout.splitlines()
    kept = [claim for line in lines for claim in json.loads(line)["claims"]]
    assert 0 < len(lines) < len(NAMES)
    assert kept
    for claim in kept:
        named = [n for e in (*claim["actors"], *claim["recipients"]) for n in (e["name"], e["exact"]) if n]
        assert "hezbollah" in {name.casefold() for name in named}


@pytest.mark.parametrize(
    "words, passes",
    [
        (["--type", "protest"], lambda claim: claim["type"] == "PROTEST"),
        (["--since", "2020-01-01"], lambda claim: any((t["latest"] or "9") >= "2020-01-01" for t in claim["times"])),
        (["--until", "2016-01-01"], lambda claim: any((t["earliest"] or "0") <= "2016-01-01" for t in claim["times"])),
        (["--place", "Aarsal", "--place", "Kitshanga"], lambda claim: bool(claim["places"])),
        (["--certainty", "possible", "--certainty", "probable"], lambda claim: claim["certainty"] != "certain"),
        (["--polarity", "negative"], lambda claim: claim["polarity"] == "negative"),
        (["--status", "planned"], lambda claim: claim["status"] == "planned"),
        (["--actor", "Hezbollah", "--role", "recipients"], lambda claim: bool(claim["recipients"])),
        (["--mode", "AERIAL"], lambda claim: "aerial" in claim["modes"]),
        (["--type", "armed clash"], lambda claim: claim["acled"] == "Armed clash"),
    ],
)
def test_filters_hold_for_every_claim_that_is_left(claims, words, passes):
    result = run("export", claims, "--format", "jsonl", *words)
    assert result.exit_code == 0
    kept = [claim for line in result.stdout.splitlines() for claim in json.loads(line)["claims"]]
    assert all(passes(claim) for claim in kept)
    assert kept


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2015-06-09", "--to", "2015-06-10"],
        ["--since", "2015-06-09", "--until", "2015-06-10"],
        ["--place", "Aarsal", "--km", "40"],
        ["--place", "Aarsal", "--country", "lb"],
        ["--text", "Qalamoun", "--type", "ASSAULT"],
        ["--publisher", "agence france info", "--language", "FR"],
        ["--actor", "Daech", "--role", "actors"],
        ["--document", "qal-afi", "--source-kind", "official"],
        ["--published-from", "2015-06-10", "--certainty", "certain"],
    ],
)
def test_what_claims_prints_of_a_store_is_what_export_writes_of_it_and_of_its_claims(stored, claims, words):
    asked = run("claims", stored, *words, "--format", "json")
    assert asked.exit_code == 0, asked.output
    for source in (stored, claims):
        result = run("export", source, "--format", "jsonl", *words)
        assert result.exit_code == 0, result.output
        assert result.stdout == asked.stdout


def test_an_event_is_asked_for_by_the_beginning_of_its_id(claims):
    material = exporting.material(claims)
    event = next(iter(material.dossiers())).event
    wanted = exporting.material(claims, events=[event.id[:6]])
    assert [dossier.event.id for dossier in wanted.dossiers()] == [event.id]
    told = {(reading.document.id, claim.id) for reading in wanted.readings() for claim in reading.claims}
    assert told == {(ref.document, ref.claim) for ref in event.claims}


@pytest.mark.parametrize("source", ["claims", "stored"])
def test_an_event_is_exported_by_what_the_command_event_knows_it_under(source, claims, stored):
    source = {"claims": claims, "stored": stored}[source]
    for name in ("1", "3"):
        ident = json.loads(run("event", name, source, "--format", "json").stdout)["id"]
        for asked in (name, ident, ident[:8]):
            result = run("export", source, "--format", "csv", "--set", "rows=events", "--event", asked)
            assert [row["id"] for row in csv.DictReader(io.StringIO(result.stdout))] == [ident]
    for unknown in ("0", "99999", "zz", ""):
        for command in (["export", source, "--format", "csv", "--event", unknown], ["event", unknown, source]):
            result = run(*command)
            assert (result.exit_code, result.stdout) == (2, "")
            assert f"there is no event {unknown!r}" in result.stderr
            assert "'reportedly group' lists them" in result.stderr


def test_group_lists_the_events_that_are_asked_for_under_their_numbers(claims, stored):
    def rows(printed):
        return re.findall(r"^ *(\d+)  ([0-9a-f]{6,})", printed, re.MULTILINE)

    every = rows(run("group", claims, "--all").stdout)
    some = run("group", claims, "--all", "--actor", "M23").stdout
    assert 0 < len(rows(some)) < len(every)
    assert set(rows(some)) < set(every)
    assert re.match(r"\d+ events? of \d+, each a hypothesis", some)
    ids = [event["id"] for event in json.loads(run("group", stored, "--format", "json", "--actor", "M23").stdout)]
    assert ids == [ident for _, ident in rows(some)]


def test_an_event_stays_whole_where_one_of_its_claims_passes(claims):
    everything = {dossier.event.id: dossier.event for dossier in exporting.material(claims).dossiers()}
    found = list(exporting.material(claims, wanted=Filter(publishers=("صدى القلمون",))).dossiers())
    assert 0 < len(found) < len(everything)
    assert all(dossier.event == everything[dossier.event.id] for dossier in found)
    assert any(len({told.document.id for told in dossier.told}) > 1 for dossier in found)


@pytest.mark.parametrize("kind", ["acled", "ucdp-ged", "plover", "csv"])
def test_what_is_said_to_be_written_is_what_stands_in_the_file(claims, tmp_path, kind):
    out = tmp_path / f"out.{kind}"
    given = ["--set", "rows=claims"] if kind == "csv" else []
    told = run("export", claims, "--format", kind, "--output", out, "--loss", *given).stdout
    with out.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in file) if kind == "plover" else len(list(csv.DictReader(file)))
    assert rows
    number, of = re.search(r"(\d+)(?: of (\d+))? (?:claims?|events?)(?: written|;)", told.splitlines()[0]).groups()
    assert int(number) == rows
    if kind != "csv":
        assert int(of) > rows


def test_an_export_of_nothing_says_so(claims, tmp_path):
    asked = ["--language", "fr", "--publisher", "nobody"]
    result = run("export", claims, "--format", "csv", "--output", tmp_path / "none.csv", *asked)
    assert result.exit_code == 0
    assert "nothing to write; no claim meets all that is asked for" in result.stderr


@pytest.mark.parametrize(
    "words, said",
    [
        (["--format", "jsnol"], "there is no format 'jsnol'; did you mean 'jsonl'?"),
        (["--format", "jsonl", "--set", "a=b"], "the format jsonl has no option 'a'"),
        (["--format", "jsonl", "--set", "a"], "write it as NAME=VALUE"),
        (["--format", "jsonl", "--since", "yesterday"], "--from 'yesterday' is not a date"),
        (["--format", "jsonl", "--from", "2015-06-09", "--to", "2015-06-01"], "2015-06-09 is after 2015-06-01"),
        (["--format", "jsonl", "--type", "ASAULT"], "there is no type 'ASAULT'; did you mean ASSAULT"),
        (["--format", "jsonl", "--type", "bombing"], "there is no type 'bombing'; one of AGREE, CONSULT,"),
        (["--format", "jsonl", "--mode", "arial"], "there is no mode 'arial'; did you mean aerial"),
        (["--format", "jsonl", "--country", "Syrai"], "there is no country 'Syrai'; Syria is SY"),
        (["--format", "jsonl", "--country", "ZZ"], "there is no country 'ZZ'; give its two letters"),
        (["--format", "jsonl", "--certainty", "sure"], "'sure' is not one of"),
        (["--format", "jsonl", "--language", "ru"], "--language ru: we do not read it; we read"),
        (["--format", "jsonl", "--role", "actors"], "--role says nothing without --actor"),
        (["--format", "jsonl", "--document", "none"], "'none': no document of this id or name"),
        (["--format", "jsonl", "--output", "no/such/folder/x"], "no/such/folder is no folder"),
        (["--format", "jsonl", "--output", "."], ". is a folder"),
    ],
)
def test_what_cannot_be_is_refused_with_the_cure(claims, words, said):
    result = run("export", claims, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_source_that_is_not_there_is_refused(tmp_path):
    for words in (["export", tmp_path / "none.jsonl", "--format", "jsonl"], ["convert", tmp_path / "none.jsonl"]):
        result = run(*words)
        assert result.exit_code == 2
        assert "there is no such file" in result.stderr


def test_standard_input_is_a_source_and_may_be_gone_through_twice(claims):
    data = claims.read_bytes()
    assert run("export", "-", "--format", "jsonl", input=data).stdout_bytes == data
    result = run("export", "-", "--format", "csv", "--set", "rows=events", "--actor", "M23", input=data)
    assert result.exit_code == 0
    assert "M23" in result.stdout
    spoilt = run("export", "-", "--format", "jsonl", input=b"{\n" + data)
    assert (spoilt.exit_code, spoilt.stdout_bytes) == (3, data)
    assert "standard input:1: it holds no claims" in spoilt.stderr


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "reports.db"
    with open_store(path, create=True) as store:
        for name in NAMES:
            store.put(reading_of(samples.FOLDER / f"{name}.gold.json"))
    return path


def events_in(path):
    return [dossier.event for dossier in exporting.material(path).dossiers()]


def test_a_store_exports_what_the_claims_it_was_made_of_do(stored, claims):
    assert events_in(stored) == events_in(claims)
    with open_store(stored, read_only=True) as store:
        assert not store.events_stale()
    # now the events are kept in it and read one by one
    again = list(exporting.material(stored).dossiers())
    first = list(exporting.material(claims).dossiers())
    assert [each.event for each in again] == [each.event for each in first]
    assert [each.told for each in again] == [each.told for each in first]
    assert [each.answers().toll for each in again] == [each.answers().toll for each in first]
    lines = run("export", stored, "--format", "jsonl").stdout.splitlines()
    assert sorted(json.loads(line)["document"]["name"] for line in lines) == sorted(NAMES)


def test_a_store_that_may_not_be_written_is_exported_all_the_same(claims, tmp_path, monkeypatch):
    path = tmp_path / "reports.db"
    with open_store(path, create=True) as store:
        for name in NAMES[:4]:
            store.put(reading_of(samples.FOLDER / f"{name}.gold.json"))
    monkeypatch.setattr("os.access", lambda *_: False)
    assert events_in(path)
    with open_store(path, read_only=True) as store:
        assert store.events_stale()


def test_a_line_that_is_no_reading_is_listed_once_and_the_rest_is_written(claims, tmp_path):
    spoilt = tmp_path / "spoilt.jsonl"
    lines = claims.read_text(encoding="utf-8").splitlines()
    spoilt.write_text("\n".join([lines[0], "{", lines[1]]) + "\n", encoding="utf-8")
    result = run("export", spoilt, "--format", "jsonl")
    assert result.exit_code == 3
    assert result.stdout.splitlines() == lines[:2]
    assert result.stderr.count("spoilt.jsonl:2") == 1


def test_a_failed_export_leaves_the_file_that_was_there(claims, tmp_path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text("before", encoding="utf-8")

    def failing(material, stream, options):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    format_ = exporting.open_format("jsonl")
    broken = exporting.Format(name="jsonl", title=format_.title, suffix=".jsonl", tables=format_.tables, write=failing)
    monkeypatch.setattr(exporting.registry, "find", lambda name: broken)
    with pytest.raises(OSError, match="No space"):
        exporting.export(exporting.material(claims), "jsonl", out)
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_device_is_written_to_and_never_replaced(claims):
    assert run("export", claims, "--format", "csv", "--output", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()
    result = run("export", claims, "--format", "sqlite", "--output", "/dev/null")
    assert result.exit_code == 2
    assert "/dev/null is no file" in result.stderr
    assert Path("/dev/null").is_char_device()


def test_a_pipe_takes_what_a_format_writes(claims, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()
    exporting.export(exporting.material(claims), "jsonl", pipe)
    reader.join()
    assert taken == [claims.read_bytes()]


def test_a_link_stays_and_what_it_points_to_is_replaced(claims, tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "there" / "claims.csv")
    exporting.export(exporting.material(claims), "csv", link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "claims.csv").read_bytes().startswith(b"document,")


def test_the_list_names_every_format():
    result = run("export", "--list")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines() if line[0] != " "} == set(exporting.format_names())


def blocks(page, language):
    """The code of a page in one language, block by block."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_format_of_the_documentation_works_once_its_package_is_installed(claims, root, tmp_path, monkeypatch):
    """A package as pip would leave it: the module of docs/formats.md, and the entry point its pyproject.toml names."""
    code = next(block for block in blocks(root / "docs" / "formats.md", "python") if block.startswith("# titles.py"))
    project = tomllib.loads(next(iter(blocks(root / "docs" / "formats.md", "toml"))))
    ((group, points),) = project["project"]["entry-points"].items()
    (tmp_path / "titles.py").write_text(code, encoding="utf-8")
    information = tmp_path / "titles-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: titles\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (information / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    assert "titles" not in exporting.format_names()
    monkeypatch.syspath_prepend(tmp_path)
    assert "titles" in exporting.format_names()
    events = [dossier.event for dossier in exporting.material(claims).dossiers()]
    result = run("export", claims, "--format", "titles", "--loss")
    assert result.exit_code == 0, result.output
    assert result.stdout == "".join(f"{event.id}\t{event.title}\n" for event in events)
    assert f"{sum(len(event.claims) for event in events)}  events.-: claims" in result.stderr
    assert "titles          One title a line" in run("export", "--list").stdout
