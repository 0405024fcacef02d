"""Where answers are written: never onto what is read, and over an old file only once there is something to write."""

import io
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
import typer
from typer.testing import CliRunner

import reportedly
from goldfiles import reading_of
from reportedly import samples
from reportedly.cli import app, outputs, shell
from reportedly.store import open_store

REPORT = samples.FOLDER / "mali-afi.txt"
READING = reading_of(samples.FOLDER / "mali-afi.gold.json")
# Every command that writes to --output and reads files: what is written onto is {x}, a report, a store or claims as the first word says.
ONTO = {
    "read": ("report", "read {x}"),
    "read with workers": ("report", "read {x} --workers 2"),
    "read with actors": ("report", "read other.txt --actors {x}"),
    "read without names": ("report", "read other.txt --redact {x}"),
    "mentions": ("report", "mentions {x}"),
    "search": ("store", "search tués {x}"),
    "claims": ("store", "claims {x}"),
    "claims for a spreadsheet": ("store", "claims {x} --format csv"),
    "group": ("store", "group {x}"),
    "group claims": ("claims", "group {x}"),
    "group two": ("claims", "group other.jsonl {x}"),
    "event": ("claims", "event 1 {x}"),
    "compare": ("claims", "compare 1 {x}"),
    "toll": ("claims", "toll 1 {x}"),
    "holds": ("store", "holds Kidal {x}"),
    "framing": ("store", "framing armée {x}"),
    "export": ("claims", "export {x} --format jsonl"),
    "export a store": ("store", "export {x} --format acled"),
    "convert": ("claims", "convert {x} --to csv"),
    "convert against": ("claims", "convert other.jsonl --from label-studio --claims {x}"),
    "import": ("report", "import {x} --from label-studio --claims other.jsonl"),
    "import against": ("claims", "import other.json --from label-studio --claims {x}"),
    "import into": ("store", "import other.json --from label-studio --store {x}"),
    "archive": ("report", "archive {x}"),
}
# What names no file that a command reads, by what its help calls it.
NO_FILES = frozenset(
    (
        "DATE", "NAME", "CODE", "N", "FIELD=NAME", "WORDS", "URL", "URL...", "MB", "SECONDS", "PLACE", "TYPE", "MODE", "KIND", "CERTAINTY",
        "STATUS", "POLARITY", "ROLE", "DOCUMENT", "FIELD", "EVENT", "ACTOR", "FORMAT", "NAME=VALUE", "FOLDER", None,
    )
)  # fmt: skip


@pytest.fixture
def made(tmp_path, monkeypatch):
    """What makes a report, a store or claims in a folder of its own, where other files lie too."""
    monkeypatch.chdir(tmp_path)
    line = reportedly.to_json(READING) + "\n"
    (tmp_path / "other.txt").write_bytes(REPORT.read_bytes())
    (tmp_path / "other.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")

    def make(kind):
        path = tmp_path / f"it.{kind}"
        if kind == "report":
            path.write_bytes(REPORT.read_bytes())
        elif kind == "claims":
            path.write_text(line, encoding="utf-8")
        else:
            with open_store(path, create=True) as store:
                store.put(READING)
        return path

    return make


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def refused(done, *names):
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert all(str(name) in line for name in names)
    assert line.endswith("; write somewhere else")


@pytest.mark.parametrize("command", ONTO)
def test_no_command_writes_onto_what_it_reads(made, command):
    kind, words = ONTO[command]
    path = made(kind)
    before = path.read_bytes()
    refused(run(*words.format(x=path).split(), "-o", path), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_nor_through_a_link(made, tmp_path, link):
    path, other = made("report"), tmp_path / "link"
    link(path, other)
    refused(run("read", path, "-o", other), other, path)
    refused(run("read", other, "-o", path), other, path)
    assert path.read_bytes() == REPORT.read_bytes()


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_nor_into_what_a_store_needs_beside_it(made, end):
    store = made("store")
    refused(run("claims", store, "-o", f"{store}{end}"), store)


def test_nor_onto_the_file_that_is_standard_input(made):
    path = made("report")
    with path.open("rb") as source:
        done = subprocess.run(
            [sys.executable, "-m", "reportedly", "read", "-", "-o", path],
            stdin=source, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert (done.returncode, path.read_bytes()) == (2, REPORT.read_bytes())
    assert "the same file as standard input" in done.stderr


def test_whatever_names_a_file_in_a_command_that_writes_is_known_to():
    commands = typer.main.get_command(app).commands
    writing = {name: each for name, each in commands.items() if any(p.name == outputs.OUTPUT for p in each.params)}
    assert {words.split()[0] for _, words in ONTO.values()} == set(writing) - {"fetch"}
    for command in writing.values():
        assert isinstance(command, outputs.Command)
        called = {getattr(each, "metavar", None) for each in command.params if each.name != outputs.OUTPUT}
        assert called <= outputs.FILES | NO_FILES


# --- over a file that is there -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["read", "read --format csv", "mentions"])
def test_where_nothing_can_be_read_what_was_written_before_stays_and_nothing_new_is_there(tmp_path, command):
    empty, old, new = (tmp_path / name for name in ("empty.txt", "old.txt", "new.txt"))
    empty.touch()
    old.write_text("an hour's work")
    done = run(*command.split(), empty, "-o", old)
    assert (done.exit_code, old.read_text()) == (3, "an hour's work")
    assert f"{old} is as it was: nothing could be read" in done.stderr
    assert run(*command.split(), empty, "-o", new).exit_code == 3
    assert not new.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["group", "{claims}", "--from", "lundi"],
        ["claims", "{store}", "--document", "none"],
        ["event", "99", "{claims}"],
    ],
    ids=["group", "claims", "event"],
)
def test_a_command_that_fails_leaves_an_old_file_as_it_was(made, tmp_path, arguments):
    claims, store, old = made("claims"), made("store"), tmp_path / "old.txt"
    old.write_text("an hour's work")
    done = run(*(each.format(claims=claims, store=store) for each in arguments), "-o", old)
    assert (done.exit_code, old.read_text()) == (2, "an hour's work")


def test_an_answer_of_nothing_is_written_over_an_old_one(made, tmp_path):
    old = tmp_path / "old.jsonl"
    old.write_text("an hour's work")
    assert run("search", "introuvable", made("store"), "--format", "json", "-o", old).exit_code == 0
    assert old.read_text() == ""


def test_a_longer_answer_from_before_leaves_no_rest(made, tmp_path):
    claims, old = made("claims"), tmp_path / "old.json"
    assert run("group", claims, "--all", "-o", old).exit_code == 0
    alone = old.read_bytes()
    old.write_bytes(alone * 3)
    assert run("group", claims, "--all", "-o", old).exit_code == 0
    assert old.read_bytes() == alone


def test_stopped_before_the_first_report_a_run_leaves_an_old_file_as_it_was(tmp_path):
    old = tmp_path / "old.txt"
    old.write_text("an hour's work")
    with pytest.raises(typer.Exit) as ended, shell.running(old):
        raise KeyboardInterrupt
    assert (ended.value.exit_code, old.read_text()) == (130, "an hour's work")


def test_a_pipe_is_written_to_as_it_is_read(made, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with reading_of_pipe(pipe) as read:
        assert run("claims", made("store"), "--format", "json", "-o", pipe).exit_code == 0
    assert read.getvalue().startswith('{"document":{"id":')


@contextmanager
def reading_of_pipe(pipe):
    """Give what fills with what comes through the pipe, once all did."""
    found = io.StringIO()
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as other:
        yield found
        found.write(other.communicate(timeout=60)[0])
