"""How far a run is: told from the first reports on, in bytes of what there is to read, on a terminal and nowhere else."""

import gzip
import io
import random
import subprocess
import sys

import pytest
from rich.console import Console

import making
from reportedly import ingest, samples, scale
from reportedly.cli import archive, progress, shell
from reportedly.scale import Row, Unit
from reportedly.workers import Pool, Setup, answers
from warcs import response

CHANCE = random.Random(8)


def words(number):
    """Words that cannot be packed well, so that what is packed is read in many pieces."""
    return " ".join(f"{CHANCE.randrange(10**9)}" for _ in range(number))


# --- how much of a file is read ----------------------------------------------------------------------------------------------------

NUMBER = 300
LINES = making.lines(*({"text": f"Alep. {words(240)}"} for _ in range(NUMBER)))
TABLE = "text\n" + "".join(f"Alep {words(240)}\n" for _ in range(NUMBER))
FORMS = {
    "a.jsonl": LINES,
    "a.jsonl.gz": gzip.compress(LINES),
    "a.csv": TABLE.encode(),
    "a.csv.gz": gzip.compress(TABLE.encode()),
    "a.warc.gz": b"".join(
        response(f"https://news.example/{number}", f"<html><body><p>Alep. {words(100)}</p></body></html>")
        for number in range(NUMBER)
    ),
    "a.zip": making.zipped(**{"a.jsonl": LINES}),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_place_in_a_file_grows_with_what_is_read_of_it(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FORMS[name])
    gauge = ingest.Gauge()
    places = [gauge.position() for _ in ingest.items(path, ingest.Options(), gauge=gauge)]
    size = path.stat().st_size
    assert len(places) >= NUMBER
    assert places == sorted(places)
    # from the first tenth on, with many steps on the way
    assert places[NUMBER // 20] < size * 0.6
    assert len(set(places)) > 3
    assert size * 0.6 < places[-1] <= size


def test_many_files_are_one_way(tmp_path):
    rows = making.lines(*({"text": "Alep.", "language": "fr"} for _ in range(5)))
    for number in range(4):
        (tmp_path / f"{number}.jsonl").write_bytes(rows)
    paths = [tmp_path / name for name in ("0.jsonl", "1.jsonl", "missing.jsonl", "2.jsonl", "3.jsonl")]
    heard = []
    with Pool(workers=2, setup=Setup(languages=(), mode="fast")) as pool:
        found = list(answers(pool, paths, tell=heard.append))
    assert len(found) == 21
    assert heard == sorted(heard)
    assert [heard.count(len(rows) * number) >= 1 for number in range(1, 5)] == [True] * 4


def test_one_unit_of_an_archive_tells_how_far_it_is(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(FORMS["a.warc.gz"])
    told = []
    (row,) = scale.archive([path], tmp_path / "out", language="fr", tell=lambda unit, *reached: told.append(reached))
    numbers, places = zip(*told, strict=True)
    assert (numbers[-1], row.documents + row.problems) == (NUMBER, NUMBER)
    assert sorted(places) == list(places)
    assert places[NUMBER // 20] < path.stat().st_size * 0.6
    assert path.stat().st_size >= places[-1] > path.stat().st_size * 0.6
    (unit,) = scale.cut([path])
    assert scale.size_of(unit) == path.stat().st_size


# --- what is made of it ------------------------------------------------------------------------------------------------------------


def pace(*seconds):
    clock = iter(seconds)
    return progress.Pace(lambda: next(clock))


def test_the_second_report_of_one_file_gives_an_estimate():
    known = pace(100, 102, 104)
    assert known.told(1, done=100, total=1000) == "10 % · 1 read"
    assert known.told(2, done=200, total=1000) == "20 % · 2 read, 0.5 a second, about 16 s left"
    assert known.told(3, done=300, total=1000) == "30 % · 3 read, 0.5 a second, about 14 s left"


def test_what_was_read_before_tells_nothing_of_the_pace():
    known = pace(100, 110, 120)
    assert known.told(500, new=0, done=500, total=1000, skipped=500) == "50 % · 500 read"
    assert known.told(501, new=1, done=501, total=1000, skipped=500) == "50 % · 501 read"
    assert known.told(511, new=11, done=511, total=1000, skipped=500).endswith(", 1.0 a second, about 8 min left")


def test_where_nobody_knows_how_much_there_is_no_share_and_no_estimate_are_told():
    known = pace(100, 110, 120)
    assert known.told(1, done=0, total=0) == "1 read"
    assert known.told(11, done=0, total=0) == "11 read, 1.0 a second"
    # an export that is held in memory as a whole
    assert known.told(21, done=50, total=50) == "21 read, 1.0 a second"


def test_an_archive_adds_up_the_units_that_are_done_and_those_at_work():
    units = [Unit(id=name, paths=("x",), start=0, stop=1000) for name in "abcd"]
    told = []
    reached = archive.Reached(units, {"d"}, told.append)
    reached._pace = pace(*range(0, 100, 10))
    reached.documents(units[0], 10, 100)
    reached.documents(units[1], 10, 100)
    reached.unit(row(units[0], 90, 10))
    assert told == [
        "28 % · 10 read · 1 of 4 units done",
        "30 % · 20 read, 1.0 a second, about 5 min left · 1 of 4 units done",
        "52 % · 110 read, 5.0 a second, about 38 s left · 2 of 4 units done",
    ]


def row(unit, documents, problems):
    numbers = {"documents": documents, "problems": problems, "relevant": 0, "claims": 0}
    return Row(unit=unit, reasons={}, passed={}, processor_seconds=0.0, files=(), **numbers)


# --- where it is shown -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    console = Console(file=io.StringIO(), force_terminal=True, width=30)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    return console


def on(console):
    """What a terminal of one line shows after each piece that it was sent."""
    return console.file.getvalue().split(progress.CLEAR)


def test_the_line_is_as_wide_as_the_terminal_and_gone_at_the_end(terminal):
    with progress.shown(terminal, "starting") as show:
        show("12 % · 1,204 read, 10.0 a second, about 3 min left · \x1b[2J.txt")
        show("13 % · 1,300 read")
    _, first, second, third, end = on(terminal)
    assert (first, third, end) == ("starting", "13 % · 1,300 read", "")
    assert second == "1,204 read, about 3 min left"
    assert len(second) < 30


@pytest.mark.parametrize("width", [79, 49, 40])
def test_the_estimate_is_whole_whatever_the_name_is(width):
    told = f"27 % · 110 read, 10.0 a second, about 30 s left · stored 110 · {'long' * 20}.txt"
    fitted = progress.fitted(told, width)
    assert len(fitted) <= width
    assert "about 30 s left" in fitted


def test_what_is_said_of_ctrl_c_begins_a_line(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal("^C"))
    sys.stderr.seek(2)
    monkeypatch.setenv("TERM", "dumb")
    progress.fresh()
    assert sys.stderr.getvalue() == "^C\n"


def test_what_else_is_said_stands_on_lines_of_its_own(terminal, monkeypatch):
    out = io.StringIO()
    run = shell.Shell(out=out, err=terminal)
    monkeypatch.setattr(out, "write", terminal.file.write)
    with progress.shown(terminal, "reading"):
        run.write("a claim\n")
    assert on(terminal) == ["", "reading", "a claim\n", "reading", ""]


@pytest.mark.parametrize("kind", ["pipe", "dumb"])
def test_where_nothing_can_be_drawn_nothing_is(monkeypatch, kind):
    monkeypatch.setenv("TERM", "dumb")
    console = Console(file=io.StringIO(), force_terminal=kind == "dumb")
    with progress.shown(console, "starting") as show:
        show("12 %")
    with progress.lifted():
        pass
    assert console.file.getvalue() == ""


def test_a_pipe_gets_complaints_and_nothing_that_drives_a_terminal(tmp_path):
    (tmp_path / "a.txt").write_text((samples.FOLDER / "mali-afi.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    inputs = [str(tmp_path / name) for name in ("a.txt", "empty.txt")]
    commands = (
        ["read", *inputs, "--format", "json"],
        ["ingest", *inputs, "--store", str(tmp_path / "s.db"), "--workers", "1", "--language", "fr"],
        ["archive", *inputs, "--output", str(tmp_path / "out"), "--workers", "1", "--language", "fr"],
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "reportedly", *command], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 3, done.stderr
        assert not {"\x1b", "\r"} & set(done.stdout + done.stderr)
        assert all(line.startswith("reportedly: ") for line in done.stderr.splitlines())
