"""Bad input: each ends with one clear line that names the thing and the cure, and the other inputs are still read."""

import json
import os
import subprocess
import sys
import tracemalloc

import pytest

import reportedly
from reportedly import ingest
from reportedly.records import Document, Problem

CASES = [
    ("empty.txt", b"", "it is empty"),
    ("blank.txt", b" \n\t\r\n", "it is empty"),
    ("lines.txt", b"\n" * 5_000_000, "it is empty"),
    ("mark.txt", b"\xef\xbb\xbf", "it holds no text"),
    ("nuls.txt", b"\0" * 1000, "it holds nothing but NUL bytes"),
    ("binary.txt", bytes(range(256)) * 40, "a binary file"),
    ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF file"),
    ("report.docx", b"PK\x03\x04\x14\0\x06\0", "an office document"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    ("page.html", b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
    ("page.mhtml", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x", "a web archive"),
    ("articles.jsonl", b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
    ("long.txt", b"Douze civils. " * 360_000, "longer than 200,000 characters"),
    ("longer.txt", "Tués. ".encode() * 60_000, "it has 360,000 characters, the limit is 200,000"),
]


@pytest.mark.parametrize("name, data, reason", CASES, ids=[case[0] for case in CASES])
def test_what_cannot_be_read_is_one_problem_with_its_cure(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    (problem,) = ingest.read(path)
    assert isinstance(problem, Problem)
    assert problem.name.startswith(str(path))
    assert reason in problem.reason
    assert problem.cure
    assert "\n" not in problem.reason + problem.cure


@pytest.mark.parametrize("data", [b"x" * 100_000, b"(" * 100_000, b"[{" * 50_000, b"\xc2\xab" * 100_000])
def test_one_endless_word_or_nothing_but_brackets_is_a_text_like_any_other(tmp_path, data):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    (document,) = ingest.read(path)
    assert isinstance(document, Document)
    assert document.text.encode() == data


EMPTY = {
    "a.csv": b"title,text\n",
    "b.csv": b"title,text\n,\n",
    "a.jsonl": b"\n\n",
    "a.json": b"[]",
    "a.zip": b"PK\5\6" + b"\0" * 18,
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_input_that_holds_nothing_is_not_passed_over_without_a_word(tmp_path, name):
    (tmp_path / name).write_bytes(EMPTY[name])
    (problem,) = ingest.read(tmp_path / name)
    assert isinstance(problem, Problem)
    assert problem.name == str(tmp_path / name)
    assert "empty" in problem.reason or problem.reason == "it holds no report"


def test_a_missing_file_is_a_problem():
    (problem,) = ingest.read("no-such-report.txt")
    assert (problem.name, problem.reason) == ("no-such-report.txt", "there is no such file")


def test_a_folder_is_a_problem_that_shows_how_to_name_its_files(tmp_path):
    (problem,) = ingest.read(tmp_path)
    assert problem.reason == "it is a folder"
    assert f"{tmp_path}/*.txt" in problem.cure


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    (problem,) = ingest.read(tmp_path / "report.txt")
    assert problem.reason == "you may not read it"


@pytest.mark.parametrize("name", ["report\0.txt", "x" * 5000])
def test_a_name_that_no_file_can_have_is_a_problem(name):
    (problem,) = ingest.read(name)
    assert isinstance(problem, Problem)


def test_a_name_that_is_no_text_is_still_named(tmp_path):
    path = os.fsencode(tmp_path) + b"/rapport\xe9.txt"
    try:
        with open(path, "wb") as stream:  # noqa: PTH123 -- a name in bytes
            stream.write(b"Alep.")
    except OSError:
        pytest.skip("this file system allows no such name")
    (document,) = ingest.read(os.fsdecode(path))
    assert document.name == "rapport\ufffd"
    assert document.path.encode()


def test_the_limit_can_be_raised_by_who_knows_why(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("Tués. " * 60_000, encoding="utf-8")
    (document,) = ingest.read(path, max_chars=400_000)
    assert len(document.text) == 360_000


GIGABYTE = 1_000_000_000
# How a file begins that is a gigabyte long: of text nobody could read, of pages, tables, lines and archives that never end.
BEGINS = {
    "a.txt": "Douze civils ont été tués. ".encode(),
    "a.html": b"<html><body><p>Douze civils",
    "a.jsonl": b'{"text": "Douze civils',
    "a.json": b'[{"text": "Douze civils',
    "a.csv": b'text,date\n"Douze civils',
    "a.xml": b"<?xml version='1.0'?><rss><channel><item><title>Douze",
    "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/html\r\nContent-Length: 1000000000\r\n\r\n",
    "a.pdf": b"%PDF-1.4\n",
    "a.docx": b"PK\x03\x04",
    "a.gz": b"\x1f\x8b\x08\x00",
}


@pytest.mark.parametrize("name", BEGINS)
def test_a_gigabyte_is_refused_without_being_held_in_memory(tmp_path, name):
    path = tmp_path / name
    # what is read line by line is read to its end: a fifth of that is enough
    size = GIGABYTE // 5 if path.suffix in (".jsonl", ".csv") else GIGABYTE
    with path.open("wb") as file:
        file.write(BEGINS[name])
        file.truncate(size)
    tracemalloc.start()
    try:
        found = list(ingest.read(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found
    assert all(isinstance(each, Problem) for each in found)
    assert peak < 210_000_000


@pytest.mark.parametrize("filler", [b"Douze civils tues. ", b"a", b"(", b"<p>", b"\n"])
def test_text_without_end_is_refused_without_being_held_in_memory(tmp_path, filler):
    path = tmp_path / "endless.txt"
    with path.open("wb") as file:
        for _ in range(120):
            file.write(filler * (1_000_000 // len(filler)))
    tracemalloc.start()
    try:
        (problem,) = ingest.read(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(problem, Problem)
    assert peak < 60_000_000


@pytest.fixture(scope="module")
def bad_inputs(tmp_path_factory):
    """Every bad input there is in one folder, and one good report last: {name: what its line must say}."""
    folder = tmp_path_factory.mktemp("bad")
    said = {}
    for name, data, reason in CASES:
        (folder / name).write_bytes(data)
        said[name] = reason
    more = {
        "word.txt": ("x" * 100_000, "its language cannot be told"),
        "brackets.txt": ("(" * 100_000, "its language cannot be told"),
        "russian.txt": ("Двенадцать мирных жителей погибли во вторник при ударе по рынку.", "it is in Russian (ru)"),
        "wall.html": ("<html><body><p>Nous utilisons des cookies.</p></body></html>", "no article was found"),
        "deep.jsonl": ("[" * 100_000, "nested too deep"),
    }
    for name, (text, reason) in more.items():
        (folder / name).write_text(text, encoding="utf-8")
        said[name] = reason
    (folder / "folder").mkdir()
    (folder / "good.txt").write_text("Douze civils ont été tués mardi à Alep, selon l'armée.\n", encoding="utf-8")
    return folder, said | {"folder": "it is a folder", "missing.txt": "there is no such file"}


def test_the_command_lists_each_bad_input_in_one_line_and_reads_the_others(bad_inputs):
    folder, said = bad_inputs
    command = [sys.executable, "-m", "reportedly", "read", *said, "good.txt", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3, done.stderr
    assert [json.loads(line)["document"]["name"] for line in done.stdout.splitlines()] == ["good"]
    for name, reason in said.items():
        stem = name.rpartition(".")[0] or name
        lines = [line for line in done.stderr.splitlines() if f": {stem}" in line and reason in line]
        assert len(lines) == 1, (name, done.stderr)
        assert ";" in lines[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["x" * 100_000, "(" * 100_000, "(['\"" * 2_000])
def test_a_text_without_words_in_a_language_given_is_read_and_holds_no_claim(text):
    assert reportedly.read(text, language="fr").claims == ()


@pytest.mark.parametrize(
    "data, kind",
    [
        (
            b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nRG91emUgY2l2aWxz\n",
            "a mail",
        ),
        (b"Return-Path: <a@b>\nReceived: from c by d\n\nDouze civils.\n", "a mail"),
        (b"a.txt" + b"\0" * 252 + b"ustar\x0000" + b"\0" * 248 + b"Douze civils.\n" * 40, "a tar archive"),
        (b"Rar!\x1a\x07\x00" + b"x" * 99, "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 99, "a 7z archive"),
    ],
)
def test_what_holds_no_words_as_it_stands_is_named(tmp_path, data, kind):
    (tmp_path / "report").write_bytes(data)
    (problem,) = ingest.read(tmp_path / "report")
    assert problem.reason == f"this is {kind}, not text"


@pytest.mark.parametrize(
    "text", ["From: a report of Tuesday\n\nTwelve dead.", "Alep : douze morts\nReceived: from whom?", "ustar " * 60]
)
def test_words_that_only_look_like_that_are_text(tmp_path, text):
    (tmp_path / "report").write_text(text)
    (document,) = ingest.read(tmp_path / "report")
    assert document.text == text


def test_what_the_user_gives_may_hold_half_a_letter(tmp_path):
    (tmp_path / "a.txt").write_text("Douze civils.")
    (document,) = ingest.read(tmp_path / "a.txt", publisher="Le C\udce8dre")
    assert document.publisher.value == "Le C\ufffddre"
