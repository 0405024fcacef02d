"""The command line with workers: the same answers, one bad file beside the others, and an end in order."""

import json
import os
import pty
import signal
import subprocess
import sys

import pytest

from reportedly import samples

NAMES = ("mali-afi", "mali-echo", "rdc-radio")


def run(*arguments, stdin=None):
    command = [sys.executable, "-m", "reportedly", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def articles():
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in samples.articles(NAMES))


def test_readings_are_the_same_with_workers_and_without(articles, tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(articles, encoding="utf-8")
    inputs = (path, samples.FOLDER / "ukr-wire.txt", tmp_path / "missing.txt")
    alone, many = (run("read", *inputs, "--format", "json", *more) for more in ((), ("--workers", "2")))
    assert many.stdout == alone.stdout
    assert many.stderr == alone.stderr
    assert (many.returncode, len(many.stdout.splitlines())) == (3, 4)


def test_workers_read_standard_input(articles):
    done = run("read", "-", "--workers", "2", "--format", "json", "--mode", "fast", stdin=articles)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reading["document"]["name"] for reading in readings] == list(NAMES)
    assert {reading["run"]["mode"] for reading in readings} == {"fast"}
    assert done.returncode == 0


def test_ctrl_c_finishes_what_is_begun_and_writes_it(articles, tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(articles * 400, encoding="utf-8")
    command = [sys.executable, "-m", "reportedly", "read", path, "--workers", "2", "--format", "json"]
    said = tmp_path / "said"
    with said.open("w") as err, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True) as started:
        lines = [started.stdout.readline()]
        os.kill(started.pid, signal.SIGINT)
        # by the same reader, which may hold the beginning of the next line
        lines += started.stdout.read().splitlines()
        assert started.wait(timeout=60) == 130
    complaints = said.read_text(encoding="utf-8")
    assert 1 <= len(lines) < 1200
    assert [json.loads(line)["document"]["name"] for line in lines] == [NAMES[n % 3] for n in range(len(lines))]
    assert "finishing what is begun" in complaints
    assert "Traceback" not in complaints


def test_what_is_typed_ends_with_one_ctrl_d():
    typist, keyboard = pty.openpty()
    command = [sys.executable, "-m", "reportedly", "read", "-", "--format", "json", "--language", "fr"]
    with subprocess.Popen(
        command, stdin=keyboard, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        os.write(typist, b"Douze civils ont ete tues mardi a Alep.\n\x04")
        out, said = started.communicate(timeout=120)
    for end in (typist, keyboard):
        os.close(end)
    assert (started.returncode, said) == (0, "reportedly: type or paste the report; Ctrl-D ends it\n")
    assert json.loads(out)["document"]["text"].strip() == "Douze civils ont ete tues mardi a Alep."
