"""An archive that is asked for again: nothing is in its tables twice, whatever became of its inputs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

import reportedly
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


def test_another_size_of_unit_is_refused_and_the_one_it_was_begun_with_is_told(folder, tmp_path):
    read(tmp_path / "out", folder, unit_bytes=32 << 20)
    with pytest.raises(reportedly.InputError, match=r"begun with unit 32 \(megabytes\)"):
        read(tmp_path / "out", folder, unit_bytes=1 << 20)
    assert documents(tmp_path / "out") == ["a", "b"]


def test_a_name_that_is_no_text_is_read_with_its_neighbours_and_once(folder, tmp_path):
    write(Path(os.fsdecode(os.fsencode(folder) + b"/rapport\xe9.txt")), "Mopti")
    read(tmp_path / "out", folder)
    assert documents(tmp_path / "out") == ["a", "b", "rapport\ufffd"]
    assert read(tmp_path / "out", folder) == []


def test_a_file_named_twice_is_read_once_in_the_order_of_the_names(folder, tmp_path):
    crawl = folder / "c.warc.gz"
    crawl.write_bytes(b"".join(warc_of([TOLD.format("Gao") * 3])))
    (tmp_path / "link.warc.gz").symlink_to(crawl)
    named = [folder / "b.txt", folder, crawl, crawl, tmp_path / "link.warc.gz"]
    units = scale.cut(named)
    assert [unit.paths for unit in units] == [(str(crawl),), (str(folder / "b.txt"), str(folder / "a.txt"))]
    assert len(list(scale.archive(named, tmp_path / "out", language="fr", workers=2))) == 2
    assert len(documents(tmp_path / "out")) == 3


def run(*arguments, cwd):
    command = [sys.executable, "-m", "reportedly", "archive", *arguments, "--language", "fr"]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=cwd)


def test_the_command_says_what_it_removed_and_counts_the_units_there_are(folder, tmp_path):
    other = write(tmp_path / "other.txt", "Goma")
    assert run("other.txt", "-o", "out", cwd=tmp_path).returncode == 0
    assert b"1 of 1 unit; 1 of inputs" in run("in", "-o", "out", cwd=tmp_path).stdout
    write(folder / "a.txt", "Gao", "Mopti")
    made = run("in", "-o", "out", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert b"inputs have changed: the 2 documents and 2 claims read from them before are removed" in made.stdout
    assert b"1 of 1 unit; 1 of inputs not named now\n3 documents" in made.stdout
    assert other.stem in documents(tmp_path / "out")


def test_what_could_not_be_read_is_told_by_one_example_with_its_file_and_cure(tmp_path):
    whole = b"".join(warc_of([TOLD.format("Gao") * 3] * 3))
    (tmp_path / "cut.warc.gz").write_bytes(whole[:-60])
    made = run("cut.warc.gz", "-o", "out", cwd=tmp_path)
    assert made.returncode == 3, made.stderr
    told = made.stdout.decode()
    assert "column problem of out/documents" in told
    (example,) = [line for line in told.splitlines() if "for example" in line]
    assert "cut.warc.gz" in example
    assert "get the archive anew" in example
