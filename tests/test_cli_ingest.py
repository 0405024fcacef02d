"""The command that fills a store: its sum, its complaints, its exit codes, how it stops."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import intaking
import making
from reportedly import api, intake
from reportedly.cli import app, progress
from reportedly.cli import ingest as command
from reportedly.errors import InputError
from reportedly.records import Problem
from reportedly.store import open_store

TEXT = "Au moins douze civils ont été tués mardi à Alep, selon l'armée.\n"


@pytest.fixture(autouse=True)
def pretended(monkeypatch):
    """Reports are read by the annotator that pretends: what is tried here is the command."""
    monkeypatch.setattr(intake, "_engine", lambda options, **_: intake.alone(options, intaking.stub))


def run(*words):
    return CliRunner().invoke(app, ["ingest", *map(str, words)])


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.jsonl").write_bytes(making.lines({"text": TEXT}, {"text": "Homs."}))
    return folder


def test_the_sum_stands_at_the_end(tmp_path, reports):
    done = run(reports, "--store", tmp_path / "store.db")
    assert done.stdout.splitlines()[0] == "read 3 = stored 2 + duplicates 1 + refused 0"
    assert done.stdout.splitlines()[-1].endswith("store.db holds 2 reports with 2 claims")
    assert done.exit_code == 0
    again = run(reports, "--store", tmp_path / "store.db")
    assert again.stdout.splitlines()[0] == "read 3 = stored 2 (2 before) + duplicates 1 (1 before) + refused 0"


def test_what_is_refused_is_listed_and_the_exit_code_says_so(tmp_path, reports):
    (reports / "empty.txt").write_bytes(b"")
    done = run(reports, "--store", tmp_path / "store.db")
    assert done.exit_code == 3
    assert f"reportedly: {reports / 'empty.txt'}: it is empty; give a news report" in done.stderr
    listed = run("--list-refused", "--store", tmp_path / "store.db")
    assert listed.stdout.startswith("1 × it is empty; give")
    assert str(reports / "empty.txt") in listed.stdout
    assert listed.exit_code == 0


def test_nothing_in_a_name_drives_the_terminal(tmp_path):
    page = making.record(1, b"<html><title>\x1b[2J</title></html>", url="https://afi.example/\x1b[31m")
    (tmp_path / "a\x1b[2J\u202e.warc").write_bytes(making.warc(page, making.record(2, b"x", type_="image/\x1b[5m")))
    outputs = [
        run(tmp_path, "--store", tmp_path / "s.db"),
        run("--list-refused", "--store", tmp_path / "s.db"),
        run(tmp_path, "--look"),
    ]
    for done in outputs:
        assert "[2J" in done.stdout + done.stderr
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)


def test_many_complaints_of_one_kind_are_cut_on_the_terminal_and_whole_in_the_store(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"no json\n" * 40)
    done = run(tmp_path / "a.jsonl", "--store", tmp_path / "store.db")
    assert done.stderr.count("it is not JSON") == 20
    assert "20 more were refused" in done.stderr
    listed = run("--list-refused", "--store", tmp_path / "store.db")
    assert listed.stdout.startswith("40 × it is not JSON; write one object a line")
    assert "and 30 more" in listed.stdout


def test_a_look_shows_what_would_be_taken_and_from_where_and_stores_nothing(tmp_path):
    (tmp_path / "feed.xml").write_text(making.RSS, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run(tmp_path, "--look")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{tmp_path / 'feed.xml'}:1  ")
    assert lines[0].endswith("  https://cedre.example/1")
    assert "    publisher  Le Cèdre - À la une  (title of the feed, trust medium)" in lines
    assert "    published  2015-06-09  (pubdate of the entry, trust high)" in lines
    assert "    note       the feed gives a summary only" in lines
    assert lines[-1].startswith("passed over: 1 entry without words")
    assert (done.exit_code, "it is empty" in done.stderr) == (3, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.txt", "feed.xml"]


def test_a_look_is_taken_by_a_process_that_may_be_killed(tmp_path, reports):
    here = subprocess.run(
        [sys.executable, "-c", LOOKING, str(reports)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (here.returncode, here.stdout.splitlines()) == (0, ["a", "b:1", "b:2"]), here.stderr


# What would break whoever opens a file is not done by the one that asks.
LOOKING = """
import sys
from reportedly import ingest, intake
ingest.items = None
print(*(each.name for each in intake.look([sys.argv[1]])), sep="\\n")
"""


def test_without_a_store_nothing_is_read(tmp_path, reports):
    done = run(reports)
    assert (done.exit_code, "--store reports.db" in done.stderr) == (2, True)


def test_a_store_that_refused_nothing_says_so(tmp_path, reports):
    run(reports, "--store", tmp_path / "store.db")
    assert "nothing was refused" in run("--list-refused", "--store", tmp_path / "store.db").stdout


def test_columns_are_named_by_the_user(tmp_path):
    (tmp_path / "a.csv").write_text("who,words\nAFI,Douze morts.\n", encoding="utf-8")
    assert run(tmp_path / "a.csv", "--store", tmp_path / "s.db").exit_code == 3
    done = run(tmp_path / "a.csv", "--store", tmp_path / "s.db", "--column", "text=words", "--column", "publisher=who")
    assert "stored 1 +" in done.stdout
    with open_store(tmp_path / "s.db") as store:
        assert next(iter(store.documents())).publisher == "AFI"


@pytest.mark.parametrize(
    "words, complaint",
    [
        (["a.csv", "--column", "text"], "--column text: that names no column"),
        ([], "nothing to read"),
        (["a.txt", "--published", "hier"], "--published hier: that is no date"),
        (["a.txt", "--language", "xx"], "--language xx: we do not read it"),
        (["a.txt", "--actors", "none.toml"], "--actors none.toml: there is no such file"),
    ],
)
def test_wrong_usage_is_refused_before_a_store_is_made(tmp_path, words, complaint):
    done = run(*words, "--store", tmp_path / "store.db")
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert not (tmp_path / "store.db").exists()


def test_a_file_that_is_no_store_is_refused(tmp_path, reports):
    done = run(reports, "--store", reports / "a.txt")
    assert done.exit_code in (1, 2)
    assert "a.txt" in done.stderr
    assert (reports / "a.txt").read_text(encoding="utf-8") == TEXT


def test_longer_texts_are_read_where_the_user_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT * 10, encoding="utf-8")
    assert run(tmp_path / "a.txt", "--store", tmp_path / "s.db", "--max-chars", "100").exit_code == 3
    assert run(tmp_path / "a.txt", "--store", tmp_path / "s.db").exit_code == 0


def test_what_holds_no_report_by_its_nature_is_counted(tmp_path):
    (tmp_path / "a.warc").write_bytes(making.warc(making.record(1), making.record(2, b"\x89PNG", type_="image/png")))
    done = run(tmp_path / "a.warc", "--store", tmp_path / "s.db")
    assert "passed over: 1 record of type image/png" in done.stdout
    assert done.exit_code == 0


def test_updates_are_counted(tmp_path):
    for number in range(2):
        row = {"text": intaking.article(number), "url": "https://afi.example/1"}
        (tmp_path / f"{number}.jsonl").write_bytes(making.lines(row))
    done = run(tmp_path / "0.jsonl", tmp_path / "1.jsonl", "--store", tmp_path / "s.db")
    assert "updated: 1 of those stored is another text of an address that was there" in done.stdout


SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
import intaking
from reportedly import intake
from reportedly.cli import app, progress
def slow(document):
    print("reading", flush=True)
    time.sleep({pause})
    return intaking.stub(document)
intake._engine = lambda options, **_: intake.alone(options, slow)
app(["ingest", {folder!r}, "--store", {store!r}])
"""


@pytest.mark.parametrize("times, code, said", [(1, 130, "nothing is lost"), (2, 130, "stopped at once")])
def test_ctrl_c_finishes_what_is_being_read_and_a_second_one_ends_at_once(tmp_path, reports, times, code, said):
    pause = 0.3 if times == 1 else 60
    program = SLOW.format(
        tests=str(Path(__file__).parent), folder=str(reports), store=str(tmp_path / "s.db"), pause=pause
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "reading\n"
    child.send_signal(signal.SIGINT)
    if times == 2:
        while "stopping" not in child.stderr.readline():
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, said in err) == (code, True)
    assert ("read 1 = stored 1" in out) is (times == 1)
    again = run(reports, "--store", tmp_path / "s.db")
    assert again.stdout.startswith("read 3 = stored 2" + (" (1 before)" if times == 1 else ""))


def test_any_failure_of_a_report_is_one_problem():
    def breaks(_document):
        raise KeyError("x")

    (document,) = api.documents("Douze civils ont été tués à Alep.", language="fr")
    problem = api.attempt(breaks, document)
    assert isinstance(problem, Problem)
    assert "KeyError" in problem.reason


def test_reports_in_other_forms_are_read_from_python(tmp_path):
    (tmp_path / "a.docx").write_bytes(making.docx(TEXT))
    (tmp_path / "a.csv").write_text(f'who,words\nAFI,"{TEXT}"\n', encoding="utf-8")
    for name, columns in (("a.docx", None), ("a.csv", {"text": "words"})):
        (document,) = api.documents(tmp_path / name, columns=columns)
        assert document.text.strip() == TEXT.strip()
    assert isinstance(next(api.documents(tmp_path / "a.docx", max_chars=10)), Problem)


def test_a_step_without_a_total_is_told_too():
    step = intake.Step(intake.Tally(), 0, 0, 0, "-")
    assert command.told(step, progress.Pace(lambda: 0.0)) == "0 read · -"


def test_what_the_store_says_goes_to_the_user(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise InputError("no", cure="yes")

    monkeypatch.setattr(intake, "into", refuse)
    done = run("a.txt", "--store", tmp_path / "s.db")
    assert (done.exit_code, done.stderr) == (2, "reportedly: no; yes\n")


def test_a_look_tells_files_of_one_name_apart_and_counts_what_is_passed_over_once(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "in.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / folder / "link").symlink_to("in.txt")
    (tmp_path / "c.zip").write_bytes(making.zipped(a_dot_txt=TEXT, in_dot_jsonl=making.lines({"text": TEXT})))
    (tmp_path / "d.jsonl").write_bytes(making.lines({"text": TEXT, "id": "afi-1"}))
    lines = run(tmp_path, "--look").stdout.splitlines()
    names = [line.partition("  ")[0].removeprefix(f"{tmp_path}/") for line in lines if not line.startswith(" ")]
    assert names == [
        "a/in.txt",
        "b/in.txt",
        "c.zip:a.txt",
        "c.zip:in.jsonl:1",
        "d.jsonl:afi-1",
        "passed over: 2 symbolic links, which are not followed",
    ]


def test_a_duplicate_says_which_file_it_is_the_same_as(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "in.txt").write_text(TEXT, encoding="utf-8")
    done = run(tmp_path, "--store", tmp_path / "s.db")
    assert done.stdout.splitlines()[-1].endswith("s.db holds 1 report with 1 claim")
    with open_store(tmp_path / "s.db") as store:
        (fate,) = store.fates(outcome="duplicate")
    assert (fate.name, fate.reason) == ("in", f"the same report as {tmp_path / 'a' / 'in.txt'}")


@pytest.mark.parametrize("look", [False, True])
def test_a_report_is_asked_for_where_it_is_to_be_typed_and_nothing_else_stands_there(tmp_path, look):
    typist, keyboard = pty.openpty()
    words = ["ingest", "-", *(["--look"] if look else ["--store", str(tmp_path / "s.db"), "--workers", "1"])]
    with subprocess.Popen(
        [sys.executable, "-m", "reportedly", *words, "--language", "fr"],
        stdin=keyboard,
        stdout=subprocess.PIPE,
        stderr=keyboard,
        text=True,
        env=os.environ | {"TERM": "xterm"},
    ) as started:
        os.write(typist, b"Douze civils ont ete tues mardi a Alep.\n\x04")
        out, _ = started.communicate(timeout=120)
    os.set_blocking(typist, False)
    shown = os.read(typist, 10_000).decode()
    for end in (typist, keyboard):
        os.close(end)
    assert started.returncode == 0
    assert "reportedly: type or paste the report; Ctrl-D ends it" in shown
    assert not [word for word in ("starting the readers", "\x1b") if word in shown]
    assert out.startswith("stdin  40 characters" if look else "read 1 = stored 1 ")
