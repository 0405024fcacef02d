"""All commands end alike: 0 where all was read, 3 where some was not and the rest was, 2 where nothing could be begun."""

import pytest
from typer.testing import CliRunner

import intaking
from reportedly import intake, samples
from reportedly.cli import CODES, app
from reportedly.fetch import Page
from reportedly.records import Problem

GOOD = samples.FOLDER / "mali-afi.txt"
READERS = ("read", "mentions", "ingest", "archive", "fetch", "search", "reread", "explain")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A command on its inputs, with what else it needs."""
    monkeypatch.setattr(intake, "_engine", lambda options, **_: intake.alone(options, intaking.stub))
    monkeypatch.setattr("reportedly.fetch.Fetcher.all", lambda _, addresses: map(fetched, addresses))
    needed = {
        "ingest": ("--store", tmp_path / "store.db"),
        "archive": ("--output", tmp_path / "out", "--language", "fr", "--workers", "1"),
        "fetch": ("--output", tmp_path / "pages.warc.gz"),
    }

    def run(command, *inputs):
        words = [command, *inputs, *needed.get(command, ())]
        return CliRunner().invoke(app, [str(each) for each in words])

    return run


def fetched(address):
    if address != str(GOOD):
        return Problem(name=address, reason="is answered with 404 Not Found", cure="try again later")
    return Page(address, address, 200, (), GOOD.read_bytes(), "2024-05-01T00:00:00Z")


@pytest.mark.parametrize("command", ["read", "mentions", "ingest", "archive", "fetch"])
def test_what_cannot_be_read_costs_its_command_the_0_and_the_others_nothing(run, tmp_path, command):
    (tmp_path / "empty.txt").write_bytes(b"")
    some = run(command, GOOD, tmp_path / "empty.txt")
    assert some.exit_code == 3
    assert "mali-afi" in some.stdout or "1 document," in some.stdout or "stored 1" in some.stdout
    assert "empty" in some.output or "404" in some.output


@pytest.mark.parametrize("command", ["read", "mentions", "ingest", "archive"])
def test_a_name_that_leads_to_no_file_is_an_input_that_cannot_be_read(run, tmp_path, command):
    done = run(command, tmp_path / "missing.txt")
    assert done.exit_code == 3
    assert "missing.txt: there is no such file; check" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_archive_reads_the_other_files_than_the_missing_one(run, tmp_path):
    done = run("archive", tmp_path / "missing.warc.gz", GOOD)
    assert (done.exit_code, "1 document," in done.stdout) == (3, True)
    assert "missing.warc.gz: there is no such file" in done.stderr
    again = run("archive", GOOD)
    assert (again.exit_code, "1 document," in again.stdout) == (0, True)


@pytest.mark.parametrize("command", ["ingest", "fetch"])
def test_where_all_is_read_the_end_is_0(run, command):
    assert run(command, GOOD).exit_code == 0


def test_a_question_that_finds_nothing_is_answered_and_one_without_a_store_is_wrong_usage(run, tmp_path):
    run("ingest", GOOD)
    assert run("search", "introuvable", tmp_path / "store.db").exit_code == 0
    assert run("search", "Kidal", tmp_path / "none.db").exit_code == 2
    assert run("reread", tmp_path / "none.db").exit_code == 2


def test_a_master_without_spark_is_refused(run, tmp_path):
    done = run("archive", GOOD, "--master", "local[2]")
    assert done.exit_code == 2
    assert "add --engine spark" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", READERS)
def test_every_help_says_how_its_command_ends(run, command):
    shown = " ".join(run(command, "--help").stdout.split())
    assert " ".join(CODES.split()) in shown
