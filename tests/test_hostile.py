"""Hostile input: each kind of it, and that a hostile stretch costs the report around it nothing."""

import json
import os
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import fuzzing
import hostile
import intaking
import reportedly
from reading import read, reader
from reportedly import folding, ingest, samples, syntax
from reportedly import text as texts
from reportedly.cli import app
from reportedly.hidden import unhidden
from reportedly.records import Problem
from reportedly.redact import Redaction
from reportedly.store import open_store

# --- memory ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parse", [syntax.parse, syntax.parse_apart])
def test_the_models_are_given_so_many_words_at_once_and_no_more(monkeypatch, parse):
    """A hundred thousand tokens at once are two gigabytes: what is longer is parsed sentences by sentences, to the same end."""
    language = reader().language("fr")
    text = language.prepare("".join(each["text"] for each in samples.articles() if each["language"] == "fr"))
    whole = parse(text, language.parser)
    sizes = []
    make = syntax._through

    def through(pipeline, documents):
        sizes.append(sum(map(len, documents)))
        return make(pipeline, documents)

    monkeypatch.setattr(syntax, "_through", through)
    monkeypatch.setattr(syntax, "MOST_AT_ONCE", 100)
    monkeypatch.setattr(syntax, "_known", {})
    apart = parse(text, language.parser)
    assert len(sizes) > 3
    assert max(sizes) <= 100
    assert len(apart.pos) == len(text)
    told = list(zip(whole.pos, whole.dep, whole.head, strict=True))
    same = sum(
        one == other for one, other in zip(told, zip(apart.pos, apart.dep, apart.head, strict=True), strict=True)
    )
    # the models look a few words beyond a sentence's ends
    assert same >= len(text) * 0.95


# --- time --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["و" * 5_000, "ل" * 300, "لل" * 100, "فلل" * 100, "وبال" * 200])
def test_a_word_of_nothing_but_clitics_is_split_a_few_times_and_no_more(monkeypatch, word):
    """What two clitics begin alike was split in ever more ways with each letter more."""
    language = reader().language("ar")
    calls = []
    split = texts.Splitter._clitics

    def counted(self, *given):
        calls.append(given)
        return split(self, *given)

    monkeypatch.setattr(texts.Splitter, "_clitics", counted)
    prepared = language.prepare(f"{word} قتل")
    assert "".join(prepared.words) == f"{word}قتل"
    assert 1 < len(calls) < 100


EACH = [(language, name) for language in hostile.REPORTS for name in hostile.units(language)]


def told(reading, *, between=(0, 0)):
    """What the claims of a reading say, those whose words begin in that stretch of the text left out; where the rest begins is 0."""
    first, last = between
    found = []
    for claim in reading.claims:
        span = claim.trigger or claim.content
        if not first <= span.start < last:
            sources = [link.source.exact for link in claim.chain if link.source]
            leaves = (*claim.actors, *claim.recipients, *claim.places, *claim.times, *claim.quantities)
            start = span.start - (last - first if span.start >= last else 0)
            kind = (claim.type, claim.polarity, claim.certainty, claim.status)
            found.append((span.exact, start, sources, kind, [leaf.exact for leaf in leaves]))
    return found


@pytest.mark.parametrize("language, name", EACH)
def test_a_hostile_stretch_costs_none_of_the_claims_around_it(language, name):
    """Told is the language too: what is repeated a thousand times counts once."""
    before, behind = hostile.REPORTS[language]
    text = hostile.around(language, hostile.units(language)[name], 2000)
    (document,) = reportedly.documents(text)
    assert document.language.value == language
    assert told(reader().read(document), between=(len(before), len(text) - len(behind))) == told(
        read(before + behind, language)
    )


def test_the_report_around_a_stretch_tells_something():
    for language, (before, behind) in hostile.REPORTS.items():
        starts = [start for _, start, sources, _, _ in told(read(before + behind, language)) if sources]
        assert min(starts) < len(before) <= max(starts)


def calls(document):
    """How many functions are called to read a document: its work, whatever else the machine does."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        reader().read(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("language, name", EACH)
def test_three_times_as_much_of_the_same_is_three_times_the_work(language, name):
    unit = hostile.units(language)[name]
    none, once, thrice = (
        next(iter(reportedly.documents(hostile.around(language, unit, size), language=language)))
        for size in (0, 1500, 4500)
    )
    # what is loaded and remembered with the first reading is no work of the others
    for document in (once, thrice):
        reader().read(document)
    assert calls(thrice) - calls(none) < 4 * (calls(once) - calls(none)) + 1000


# --- files and folders ---------------------------------------------------------------------------------------------------------------

NAMES = (
    b"a\nb", b"a\r\nb", b"\x1b[31mred", "\u202etxt.exe".encode(), b"caf\xe9", b"x" * 250, b"-rf", b" first", b"tab\t", b"a:b", b"*",
    b"\x7f", "\u200b".encode(), "\ufeff".encode(), b"=cmd", b"<b>", b"\xff\xfe", b"a\x85b", b"report 7", "حلب".encode(),
    b"'; DROP TABLE document; --",
)  # fmt: skip


@pytest.fixture
def odd_folder(tmp_path):
    """A folder with an honest report and an empty one under every odd name, and with all that is no file."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b".txt")).write_text(
            intaking.article(number), encoding="utf-8"
        )
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name[:200] + b".empty.txt")).touch()
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket has room for a hundred characters
        listener.bind("socket.txt")
        os.chdir(here)
    for name, target in (("link.txt", "/etc/passwd"), ("loop", folder), ("dead.txt", "/nowhere"), ("itself", "itself")):
        (folder / name).symlink_to(target)
    return folder


def test_whatever_lies_in_a_folder_the_reports_in_it_are_stored_and_the_rest_is_said(tmp_path, odd_folder):
    tally = intaking.fill(tmp_path / "store.db", odd_folder)
    assert (tally.stored, tally.outcomes["refused"]) == (len(NAMES), len(NAMES))
    assert tally.refused == {"it is empty": len(NAMES)}
    assert tally.passed == {"symbolic links, which are not followed": 4, "devices, pipes and sockets": 2}
    intaking.dump(tmp_path / "store.db")


def test_no_name_drives_the_terminal(odd_folder):
    done = CliRunner().invoke(app, ["ingest", str(odd_folder), "--look"])
    said = done.output
    assert "article" in said or "report" in said
    assert not [mark for mark in ("\x1b", "\u202e", "\x7f", "\x85", "\r") if mark in said]


@pytest.mark.parametrize(
    "command", [["read"], ["read", "--workers", "2"], ["mentions"], ["explain", "1"], ["explain", "\udcff"]], ids=ascii
)
def test_a_name_that_is_no_text_is_read_and_refused_as_any_other(tmp_path, command):
    good, empty = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/zz-\xff\xfe.txt", b"/empty-\xff.txt"))
    Path(good).write_text("".join(hostile.REPORTS["fr"]), encoding="utf-8")
    Path(empty).touch()
    done = CliRunner().invoke(app, [*command, good])
    assert (done.exit_code, isinstance(done.exception, SystemExit | None)) == (2 * ("\udcff" in command), True)
    assert done.stdout or "has no claim" in done.stderr
    done = CliRunner().invoke(app, [*command, empty])
    assert done.exit_code == 3
    assert f"{tmp_path}/empty-" in done.stderr
    assert ": it is empty; " in done.stderr


def test_a_broken_file_of_ones_own_is_told_whatever_its_name_is(tmp_path):
    (tmp_path / "a.txt").write_text("Alep.", encoding="utf-8")
    own = Path(os.fsdecode(os.fsencode(tmp_path) + b"/own-\xff.tsv"))
    own.write_text("no lexicon\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(tmp_path / "a.txt"), "--lexicon", str(own)])
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("reportedly: own-")


def test_a_file_that_vanishes_or_changes_on_the_way_is_one_problem(tmp_path, monkeypatch):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(intaking.article(number), encoding="utf-8")
    found = list(ingest.walk([str(tmp_path)]))
    (tmp_path / "1.txt").unlink()
    (tmp_path / "2.txt").unlink()
    (tmp_path / "2.txt").mkdir()
    (tmp_path / "3.txt").write_bytes(b"")
    read = [next(iter(ingest.read(each))) for each in found]
    assert [getattr(each, "reason", "") for each in read] == [
        "",
        "there is no such file",
        "it is a folder",
        "it is empty",
        "",
    ]


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/urandom", "/dev/null", "/proc/self/mem"])
def test_a_device_that_never_ends_or_fails_is_one_problem(name):
    if not Path(name).exists():
        pytest.skip("there is no such device")
    (problem,) = ingest.read(name)
    assert isinstance(problem, Problem)


# --- a full disk ---------------------------------------------------------------------------------------------------------------------

FULL = Path("/dev/full")


@pytest.fixture(scope="module")
def small_store(tmp_path_factory):
    """A store that holds something."""
    path = tmp_path_factory.mktemp("full") / "store.db"
    report = path.with_name("a.txt")
    report.write_text("".join(hostile.REPORTS["fr"]), encoding="utf-8")
    with open_store(path, create=True) as store:
        reportedly.take_in([report], store, workers=0)
    return path, report


@pytest.mark.skipif(not FULL.exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize(
    "command",
    [
        ["read", "{report}", "--format", "json", "-o", "{full}"],
        ["read", "{report}", "-o", "{full}"],
        ["claims", "{store}", "--format", "csv", "-o", "{full}"],
        ["group", "{store}", "-o", "{full}"],
        ["export", "{store}", "--format", "csv", "-o", "{full}"],
        ["ingest", "{report}", "--store", "{full}", "--workers", "0"],
    ],
    ids=lambda command: " ".join(command[:1]),
)
def test_a_full_disk_ends_a_command_with_one_line(small_store, command):
    store, report = small_store
    done = CliRunner().invoke(app, [each.format(store=store, report=report, full=FULL) for each in command])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    (line,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert line.startswith("reportedly: /dev/full: ")
    with open_store(store, read_only=True) as opened:
        assert opened.audit() == []


def run_where_files_have(room, *arguments):
    """Run the command where no file may grow beyond so many bytes, which is as a disk that gets full."""
    return subprocess.run(
        [sys.executable, "-m", "reportedly", *map(str, arguments)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("more", [[], ["--workers", "1"]], ids=["alone", "workers"])
def test_what_a_full_disk_tears_is_cut_off(tmp_path, more):
    line = json.dumps({"text": "".join(hostile.REPORTS["fr"])}) + "\n"
    reports, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    reports.write_text(line * 2, encoding="utf-8")
    arguments = ("read", reports, "--format", "json", "-o", out, *more)
    assert run_where_files_have(-1, *arguments).returncode == 0
    first, second = out.read_bytes().splitlines(keepends=True)
    done = run_where_files_have(len(first) + len(second) // 2, *arguments)
    assert (done.returncode, out.read_bytes()) == (1, first)
    assert done.stderr == f"reportedly: {out}: File too large; make room and give the same command again\n"


def test_an_archive_on_a_full_disk_names_its_folder_and_goes_on_with_the_same_command(small_store, tmp_path):
    arguments = ("archive", small_store[1], "-o", tmp_path / "out", "--workers", "1", "--language", "fr")
    done = run_where_files_have(1000, *arguments)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"reportedly: {tmp_path / 'out'}")
    assert line.endswith(": File too large; make room and give the same command again")
    assert run_where_files_have(-1, *arguments).returncode == 0


@pytest.mark.skipif(not FULL.exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("command", ["read {report} --format json", "schema", "ingest {report} --look"])
def test_a_full_disk_behind_standard_output_is_said(small_store, command):
    words = command.format(report=small_store[1]).split()
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportedly", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    said = "No space left on device; its last line may be torn; make room and give the same command again"
    assert (done.returncode, done.stderr) == (1, f"reportedly: standard output: {said}\n")


# --- what is not seen ----------------------------------------------------------------------------------------------------------------

UNSEEN = {
    "right-to-left override": "\u202e", "isolate": "\u2067", "zero-width space": "\u200b", "word joiner": "\u2060",
    "mark of order": "\ufeff", "tag": "\U000e0041", "escape": "\x1b", "soft hyphen": "\u00ad",
}  # fmt: skip
# Arabic and emoji are written with these: they are shown as they are.
WRITTEN = {"right-to-left mark": "\u200f", "joiner": "\u200d", "non-joiner": "\u200c"}


def spans(value):
    """Every span in what a reading is written as."""
    if isinstance(value, dict):
        if {"start", "end", "exact"} <= value.keys():
            yield value
        for each in value.values():
            yield from spans(each)
    elif isinstance(value, list):
        for each in value:
            yield from spans(each)


@pytest.mark.parametrize("language", hostile.REPORTS)
@pytest.mark.parametrize("name", UNSEEN | WRITTEN)
def test_what_is_not_seen_is_within_exact_spans_and_shown_escaped(tmp_path, language, name):
    mark = (UNSEEN | WRITTEN)[name]
    text = "".join(hostile.REPORTS[language]).replace(" ", f" {mark}")
    reading = read(text, language)
    written = json.loads(reportedly.to_json(reading))
    found = list(spans(written["claims"]))
    assert all(written["document"]["text"][each["start"] : each["end"]] == each["exact"] for each in found)
    assert sum(mark in each["exact"] for each in found) >= 2
    path = tmp_path / f"a{mark}.txt"
    path.write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(app, ["read", str(path), "--language", language])
    assert shown.exit_code == 0
    assert (mark in shown.output) == (name in WRITTEN)


@pytest.mark.parametrize("reading", fuzzing.readers(), ids=["full", "fast"])
@pytest.mark.parametrize("language", hostile.REPORTS)
@pytest.mark.parametrize("mark", ["\u00ad", "\u200d", "\u200f", "\u202e", "\u2060", "\ufeff"])
def test_what_hides_within_every_word_hides_no_claim(reading, language, mark):
    text = "".join(hostile.REPORTS[language])
    laden = re.sub(r"(?<=\w\w)(?=\w\w)", mark, text)
    plain, found = fuzzing.read(reading, language, text), fuzzing.read(reading, language, laden)
    assert [claimed(claim) for claim in found.claims] == [claimed(claim) for claim in plain.claims] != []
    for claim in found.claims:
        assert laden[claim.content.start : claim.content.end] == claim.content.exact
        assert mark in claim.content.exact


def claimed(claim):
    """What a claim says, its words as they are read."""
    names = tuple(tuple(e.name for e in each) for each in (claim.actors, claim.recipients, claim.places))
    figures = tuple((q.kind, q.low, q.high) for q in claim.quantities)
    times = tuple((t.earliest, t.latest) for t in claim.times)
    return (
        unhidden(claim.content.exact),
        claim.type,
        claim.modes,
        claim.status,
        len(claim.chain),
        names,
        figures,
        times,
    )


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200d", "\u200f", "\u202e", "\u2060", "\ufeff"])
def test_a_word_with_what_is_not_seen_in_it_is_found_and_kept_out_as_any_other(tmp_path, mark):
    text = f"Selon Jean Du{mark}pont, douze ci{mark}vils ont été tués."
    assert [word.form for word in folding.words(f"ci{mark}vils")] == [word.form for word in folding.words("civils")]
    assert Redaction(["Jean Dupont"]).string(text) == f"Selon […], douze ci{mark}vils ont été tués."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    intaking.fill(tmp_path / "store.db", tmp_path / "a.txt")
    with open_store(tmp_path / "store.db", read_only=True) as store:
        assert len(list(store.search("civils"))) == 1
