"""An archive that is asked for again: nothing is in its tables twice, whatever became of its inputs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from reportedly import scale
from warcs import archive as warc_of

TOLD = "Selon le maire, trois civils ont été tués mardi à {}.\n"


def write(path, *places):
    path.write_text("".join(map(TOLD.format, places)), encoding="utf-8")
    return path


def documents(output):
    found = (row for path in Path(output, "documents").glob("*") for row in parquet.read_table(path).to_pylist())
    return sorted(row["document"] for row in found)


def read(output, *paths, **options):
    return [row.unit for row in scale.archive(paths, output, language="fr", workers=1, **options)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for name, place in (("a.txt", "Gao"), ("b.txt", "Kidal")):
        write(tmp_path / "in" / name, place)
    return tmp_path / "in"


def test_a_file_edited_to_the_same_size_is_read_again_and_its_old_rows_go(folder, tmp_path):
    output = tmp_path / "out"
    read(output, folder)
    before = (folder / "a.txt").stat()
    write(folder / "a.txt", "Ber")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert (folder / "a.txt").stat().st_size == before.st_size
    assert len(read(output, folder)) == 1
    assert documents(output) == ["a", "b"]
    (told,) = [json.dumps(row) for row in rows_of(output, "a")]
    assert "Ber" in told
    assert "Gao" not in told
    assert len(list((output / "manifest").iterdir())) == 1


def rows_of(output, document):
    found = (row for path in Path(output, "claims").glob("*") for row in parquet.read_table(path).to_pylist())
    return [row for row in found if row["document"] == document]


def test_a_file_added_to_a_folder_is_read_alone(folder, tmp_path):
    output = tmp_path / "out"
    read(output, folder)
    added = write(folder / "aa.txt", "Ségou")
    assert [unit.paths for unit in read(output, folder)] == [(str(added),)]
    assert documents(output) == ["a", "aa", "b"]
    assert read(output, folder) == []


def test_an_archive_that_grew_is_there_once(tmp_path):
    crawl, output = tmp_path / "crawl.warc.gz", tmp_path / "out"
    texts = [TOLD.format(place) * 3 for place in ("Gao", "Kidal", "Ségou", "Mopti")]
    crawl.write_bytes(b"".join(warc_of(texts[:3])))
    read(output, crawl, unit_bytes=700)
    assert len(documents(output)) == 3
    crawl.write_bytes(b"".join(warc_of(texts)))
    read(output, crawl, unit_bytes=700)
    assert len(documents(output)) == len(set(documents(output))) == 4
    assert {row.unit.id for row in scale.manifest(output)} == {unit.id for unit in scale.cut([crawl], size=700)}


def test_what_is_not_named_this_time_or_gone_stays(folder, tmp_path):
    output = tmp_path / "out"
    read(output, folder / "a.txt")
    read(output, folder / "b.txt")
    (folder / "a.txt").unlink()
    write(folder / "b.txt", "Kidal", "Mopti")
    read(output, folder)
    assert documents(output) == ["a", "b"]


def test_a_changed_file_takes_its_unnamed_neighbour_along(folder, tmp_path):
    output = tmp_path / "out"
    read(output, folder)
    write(folder / "a.txt", "Gao", "Mopti")
    read(output, folder / "a.txt")
    assert documents(output) == ["a", "b"]


def test_who_is_cut_off_while_changed_files_are_read_again_loses_no_neighbour(folder, tmp_path):
    output = tmp_path / "out"
    read(output, folder)
    write(folder / "a.txt", "Gao", "Mopti")
    assert read(output, folder / "a.txt", stopped=lambda: True) == []
    assert documents(output) == []
    read(output, folder / "a.txt")
    assert documents(output) == ["a", "b"]
    assert len(list((output / "manifest").iterdir())) == 1


def run(*arguments, cwd):
    command = [sys.executable, "-m", "reportedly", "archive", *arguments, "--language", "fr"]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=cwd)


def test_the_command_says_what_it_removed_and_counts_the_units_there_are(folder, tmp_path):
    other = write(tmp_path / "other.txt", "Goma")
    assert run("other.txt", "-o", "out", cwd=tmp_path).returncode == 0
    assert b"1 of 1 units; 1 of inputs" in run("in", "-o", "out", cwd=tmp_path).stdout
    write(folder / "a.txt", "Gao", "Mopti")
    made = run("in", "-o", "out", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert b"inputs have changed: the 2 documents and 2 claims read from them before are removed" in made.stdout
    assert b"1 of 1 units; 1 of inputs not named now\n3 documents" in made.stdout
    assert other.stem in documents(tmp_path / "out")
