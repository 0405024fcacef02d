"""All commands end alike: 0 where all was read, 3 where some was not and the rest was, 2 where nothing could be begun."""

import os
import socket

import pytest
from typer.testing import CliRunner

import intaking
from reportedly import intake, samples
from reportedly.cli import CODES, app, archive
from reportedly.fetch import Page
from reportedly.records import Problem
from reportedly.scale import Row, Unit

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


def test_what_is_neither_file_nor_folder_costs_an_archive_itself_and_is_called_what_it_is(run, tmp_path):
    pipe, hanging, endless = (tmp_path / name for name in ("pipe", "hanging", "endless"))
    os.mkfifo(pipe)
    hanging.symlink_to("nowhere")
    endless.symlink_to(endless)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        done = run("archive", pipe, hanging, endless, tmp_path / "socket", "/dev/zero", "-", GOOD)
    assert (done.exit_code, "1 document" in done.stdout) == (3, True)
    *said, last = (line.removeprefix("reportedly: ").partition("; ")[0] for line in done.stderr.splitlines())
    assert said == [
        f"{pipe}: it is a named pipe, which has no units to read",
        f"{hanging}: it is a link to what is not there",
        f"{endless}: it cannot be looked at (Too many levels of symbolic links)",
        f"{tmp_path / 'socket'}: it is a socket, which has no units to read",
        "/dev/zero: it is a device, which has no units to read",
        "-: standard input is not taken: an archive is read in pieces, and may be gone on with later",
    ]
    assert last == "6 of 7 could not be read"


@pytest.mark.parametrize(
    "kinds, last", [(10, "  1 × reason 9"), (11, "  1 × 1 more reason"), (14, "  4 × 4 more reasons")]
)
def test_reasons_that_are_not_told_are_counted(tmp_path, kinds, last):
    reasons = {f"reason {number}": 1 for number in range(kinds)}
    row = Row(
        unit=Unit(id="a", paths=("a",)), documents=0, relevant=0, claims=0, problems=kinds, reasons=reasons,
        passed={}, processor_seconds=1.0, files=(),
    )  # fmt: skip
    assert archive._told([row], {"a"}, tmp_path).splitlines()[-1] == last


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
