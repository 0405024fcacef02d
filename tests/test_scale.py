"""Archives: cut into units, each read into Parquet once, by threads or by Spark, killed or not: the same rows."""

import contextlib
import errno
import gzip
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import reportedly
from reportedly import scale
from reportedly.ingest import making, warc
from reportedly.records import Document, Problem
from reportedly.scale import engines, reading, tables
from reportedly.workers import Limits
from warcs import archive, page, record, response

FILLER = " ".join(["Le marché de la ville reste ouvert toute la semaine, et les étals sont bien remplis."] * 8)
HAPPENINGS = [
    "Selon le maire, trois civils ont été tués mardi à Gao.",
    "L'armée a annoncé avoir repris Kidal après deux jours de combats.",
    "Les rebelles démentent avoir enlevé douze villageois près de Goma.",
    "Un drone a frappé un dépôt de carburant à Tripoli, a rapporté le gouverneur.",
]


def texts(number):
    for n in range(number):
        told = HAPPENINGS[n % 4] if n % 3 == 0 else f"Une foire de {n + 2} jours a lieu au bord du fleuve."
        yield f"Nouvelles numéro {n}\n\n{told}\n\n{FILLER}\n\nPage {n}."


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    path.write_bytes(b"".join(archive(texts(40))))
    return path


def rows(output, table):
    found = [row for path in Path(output, table).glob("*.parquet") for row in parquet.read_table(path).to_pylist()]
    return sorted(json.dumps(row, sort_keys=True) for row in found)


def read(crawl, output, **options):
    return list(scale.archive([crawl], output, language="fr", unit_bytes=3_000, **options))


@pytest.fixture(scope="module")
def done(crawl, tmp_path_factory):
    output = tmp_path_factory.mktemp("out")
    told = read(crawl, output)
    return output, told


def test_an_archive_becomes_a_table_of_documents_and_one_of_claims(done):
    output, told = done
    documents = [json.loads(row) for row in rows(output, "documents")]
    assert len(told) == len(list(scale.manifest(output))) > 3
    assert sorted(row["url"] for row in documents) == sorted(f"https://news.example/{n}" for n in range(40))
    assert sum(row.documents for row in told) == 40
    assert sum(row.relevant for row in told) == 14
    assert sum(row.passed.get("request records", 0) for row in told) == 40
    claims = [json.loads(row) for row in rows(output, "claims")]
    assert {json.loads(row["json"])["type"] for row in claims} >= {"ASSAULT"}
    assert len(claims) == sum(row.claims for row in told)


def test_doing_it_again_does_nothing(done, crawl):
    output, _ = done
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    assert read(crawl, output) == []
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()} == before


def test_a_unit_that_was_cut_off_is_done_again_and_the_others_are_not(done, crawl, tmp_path):
    output, _ = done
    again = tmp_path / "again"
    shutil.copytree(output, again)
    first, second = sorted((again / "manifest").iterdir())[:2]
    first.unlink()
    second.write_text("{", encoding="utf-8")
    (again / "claims" / f"{first.stem}.parquet").write_bytes(b"half a file")
    assert sorted(row.unit.id for row in read(crawl, again)) == sorted([first.stem, second.stem])
    assert rows(again, "claims") == rows(output, "claims")
    assert rows(again, "documents") == rows(output, "documents")


def test_workers_killed_on_the_way_change_nothing(done, crawl, tmp_path, monkeypatch):
    chance = random.Random(8)
    monkeypatch.setattr(reading, "_go_on_unless", lambda _stopped: None)

    def kill(_unit, documents, _bytes):
        if documents % 4 == 1:
            for pid in reading.pids():
                # one that was killed before is listed until its end is heard of
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL if chance.random() < 0.9 else signal.SIGTERM)

    told = read(crawl, tmp_path / "killed", tell=kill, limits=Limits(attempts=30))
    assert sum(row.problems for row in told) == 0
    for table in ("claims", "documents"):
        assert rows(tmp_path / "killed", table) == rows(done[0], table)


def test_what_is_stopped_leaves_whole_units_and_no_other_file(crawl, tmp_path, done):
    output, seen = tmp_path / "stopped", []
    told = list(
        scale.archive([crawl], output, language="fr", unit_bytes=3_000, workers=1, stopped=lambda: len(seen) > 9,
                      tell=lambda unit, *_: seen.append(unit))
    )  # fmt: skip
    assert 1 <= len(told) < len(done[1])
    assert {path.stem for path in (output / "claims").iterdir()} == {row.unit.id for row in told}
    read(crawl, output)
    assert rows(output, "claims") == rows(done[0], "claims")


def test_what_a_killed_run_left_half_written_is_gone_when_its_unit_is_done(crawl, tmp_path):
    unit, *_ = scale.cut([crawl], size=3_000)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / f".{unit.id}.parquet.1").write_bytes(b"half")
    read(crawl, tmp_path)
    assert [path.name for path in (tmp_path / "claims").iterdir() if path.suffix != ".parquet"] == []


def test_other_settings_are_refused(done, crawl):
    with pytest.raises(reportedly.InputError, match="mode 'fast'"):
        list(scale.archive([crawl], done[0], language="fr", unit_bytes=3_000, mode="full"))


def test_a_page_that_takes_its_worker_down_is_one_row_and_its_neighbours_are_read(tmp_path):
    path = tmp_path / "bad.warc.gz"
    deep = "<div>" * 100_000 + "Selon le maire, trois civils ont été tués." + "</div>" * 100_000
    pages = [page(text) for text in texts(4)]
    pages[1:1] = [deep]
    path.write_bytes(b"".join(response(f"https://news.example/{n}", each) for n, each in enumerate(pages)))
    (told,) = scale.archive([path], tmp_path / "out", language="fr")
    assert (told.documents, told.problems) == (4, 1)
    (problem,) = [row for row in map(json.loads, rows(tmp_path / "out", "documents")) if row["problem"]]
    assert problem["document"].startswith(str(path))


def test_damage_is_counted(tmp_path):
    whole = list(archive(texts(6)))
    whole[5] = whole[5][:40] + b"\0" * 60 + whole[5][100:]
    path = tmp_path / "damaged.warc.gz"
    path.write_bytes(b"".join(whole))
    (told,) = scale.archive([path], tmp_path / "out", language="fr")
    assert told.problems >= 1
    assert any("damaged" in reason or "cut short" in reason for reason in told.reasons)
    assert told.documents >= 4


@given(st.lists(st.integers(0, 30_000), max_size=6))
def test_neighbouring_ranges_share_no_record_and_leave_none_out(cuts):
    import io

    data = RANGED
    bounds = sorted({0, len(data), *(each % len(data) for each in cuts)})
    found = []
    for start, stop in itertools.pairwise(bounds):
        stream = io.BytesIO(data)
        ranged = warc.read_range(stream, name="a", label="a", options=making.Options(), start=start, stop=stop)
        held = list(ranged)
        assert not [each for each in held if isinstance(each, Problem)]
        found += [each.url for each in held if isinstance(each, Document)]
    assert found == [f"https://news.example/{n}" for n in range(12)]


def ranged():
    yield record("warcinfo", "urn:x", b"software: test\r\n", "application/warc-fields")
    for n in range(12):
        text = f"{HAPPENINGS[n % 4]} " * 3
        yield record("conversion", f"https://news.example/{n}", text.encode(), "text/plain")


RANGED = b"".join(ranged())


def test_units_are_cut_alike_every_time_and_small_files_go_together(tmp_path):
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text("x" * 400, encoding="utf-8")
    (tmp_path / "big.warc.gz").write_bytes(b"\0" * 2500)
    units = scale.cut([tmp_path], size=1000)
    assert units == scale.cut([tmp_path], size=1000)
    assert [len(unit.paths) for unit in units if unit.stop is None] == [2, 2, 2, 1]
    assert [(unit.start, unit.stop) for unit in units if unit.stop] == [(0, 1000), (1000, 2000), (2000, 2500)]
    assert len({unit.id for unit in units}) == len(units)


def test_links_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Alep.", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("Alep.", encoding="utf-8")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    assert [unit.paths for unit in scale.cut([tmp_path / "in"])] == [(str(tmp_path / "in" / "a.txt"),)]


def test_a_file_that_has_grown_is_another_unit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Alep.", encoding="utf-8")
    (before,) = scale.cut([path])
    path.write_text("Alep. Homs.", encoding="utf-8")
    (after,) = scale.cut([path])
    assert before.id != after.id


def test_a_unit_on_a_full_disk_leaves_nothing_and_its_worker_is_gone(crawl, tmp_path, monkeypatch):
    (unit, *_) = scale.cut([crawl], size=3_000)

    full = OSError(errno.ENOSPC, "No space left on device")

    def fail(*_rows, **_schema):
        raise full

    # the end of the file cannot be written either
    monkeypatch.setattr(tables.Sink, "_flush", fail)
    close = parquet.ParquetWriter.close
    monkeypatch.setattr(parquet.ParquetWriter, "close", lambda writer: (close(writer), fail()))
    with pytest.raises(OSError, match="No space left"):
        scale.work(unit, tmp_path / "out", settings=scale.Settings(language="fr"))
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []
    assert reading.pids() == []


def test_a_missing_archive_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(reportedly.InputError, match="no such file"):
        scale.archive([tmp_path / "missing.warc.gz"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def java():
    """What Spark runs on, which the environment of the tests cannot bring along."""
    assert shutil.which("java"), "the tests of archives on Spark need Debian's Java: apt install default-jre-headless"


# what Spark itself leaves open or will change some day is not ours to mend
@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("java")
def test_spark_gives_the_same_rows(done, crawl, tmp_path):
    program = (
        "import sys\nfrom reportedly import scale\n"
        "rows = list(scale.archive([sys.argv[1]], sys.argv[2], engine='spark', language='fr', unit_bytes=3_000))\n"
        "print(len(rows))"
    )
    command = [sys.executable, "-c", program, str(crawl), str(tmp_path / "spark")]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stderr[-2000:]
    assert int(made.stdout) == len(done[1])
    for table in ("claims", "documents"):
        assert rows(tmp_path / "spark", table) == rows(done[0], table)


MEETING = """
import sys, time
from pathlib import Path
from reportedly.scale import engines
from reportedly.scale.units import Row, Unit

def meet(unit, folder=Path(sys.argv[1])):
    (folder / unit.id).touch()
    given_up = time.monotonic() + 60
    while len(list(folder.iterdir())) < 3:
        if time.monotonic() > given_up:
            raise TimeoutError("the others do not come")
        time.sleep(0.05)
    return Row(unit=unit, documents=1, relevant=0, claims=0, problems=0, reasons={}, passed={}, processor_seconds=0.0, files=())

units = [Unit(id=str(number), paths=()) for number in range(3)]
print(*sorted(row.unit.id for row in engines.spark(units, meet, workers=3)))
"""


@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("java")
def test_spark_does_as_many_units_at_once_as_it_has_cores(tmp_path):
    command = [sys.executable, "-c", MEETING, str(tmp_path)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert made.returncode == 0, made.stderr[-2000:]
    assert made.stdout.split() == ["0", "1", "2"]


def test_a_unit_says_how_far_it_is_to_who_waits_for_it_elsewhere(tmp_path, monkeypatch):
    unit = scale.Unit(id="a", paths=())
    monkeypatch.setattr(engines, "SECONDS_BETWEEN_BEATS", 0)
    seen = []

    def act(unit, *, tell):
        for number in (1, 2):
            tell(number, number * 100)
            seen.append(list(engines.beats(tmp_path / "progress")))
        return unit

    assert engines.beating(act, tmp_path / "progress", unit) == unit
    assert seen == [[("a", 1, 100)], [("a", 2, 200)]]
    assert list(engines.beats(tmp_path / "progress")) == []


def test_what_units_said_is_removed_and_nothing_else(tmp_path):
    unit, pulses = scale.Unit(id="a", paths=()), tmp_path / "progress"
    pulses.mkdir()
    for name in ("a", ".a.parquet.7", "of somebody else"):
        (pulses / name).write_text("1 100")
    engines._forget(pulses, [unit])
    assert [path.name for path in pulses.iterdir()] == ["of somebody else"]
    (pulses / "of somebody else").unlink()
    engines._forget(pulses, [unit])
    assert not pulses.exists()


def test_a_unit_is_done_where_it_cannot_say_how_far_it_is(tmp_path):
    (tmp_path / "progress").write_text("a file")
    done = engines.beating(
        lambda unit, *, tell: tell(1, 1) or unit, tmp_path / "progress", scale.Unit(id="a", paths=())
    )
    assert done.id == "a"


@pytest.mark.parametrize(
    ("name", "packed", "size", "named"),
    [
        ("crawl.warc.gz", "by record", 3_000, False),
        ("crawl.warc.gz", "as one", 3_000, True),
        ("crawl.warc.gz", "as one", 3_000_000, False),
        ("crawl.warc", "not", 3_000, True),
        ("crawl.warc", "not", 3_000_000, False),
        ("crawl.txt", "not", 3_000, False),
    ],
)
def test_an_archive_that_one_worker_reads_whole_is_named(crawl, tmp_path, name, packed, size, named):  # noqa: PLR0917
    plain = gzip.decompress(crawl.read_bytes())
    made = {"by record": crawl.read_bytes(), "as one": gzip.compress(plain, mtime=0), "not": plain}[packed]
    path = tmp_path / name
    path.write_bytes(made)
    assert list(scale.undivided(scale.cut([path], size=size), size=size)) == [str(path)] * named


def test_the_command_names_an_archive_packed_as_one_with_the_cure(crawl, tmp_path):
    path = tmp_path / "one.warc.gz"
    plain = gzip.decompress(crawl.read_bytes())
    # noise that does not shrink, so that the archive is larger than the smallest unit
    path.write_bytes(gzip.compress(plain + random.Random(1).randbytes(1_200_000), mtime=0))
    command = [
        sys.executable,
        "-m",
        "reportedly",
        "archive",
        path,
        "-o",
        tmp_path / "out",
        "--language",
        "fr",
        "--unit",
        1,
    ]
    made = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=120)
    assert f"{path}: it is not packed record by record, so one worker reads all of it; packed anew" in made.stderr


def test_the_command_reads_an_archive_and_says_what_it_cost(crawl, tmp_path, done):
    command = [sys.executable, "-m", "reportedly", "archive", crawl, "-o", tmp_path / "out", "--language", "fr"]
    made = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=120)
    assert made.returncode == 0, made.stderr
    assert "1 of 1 unit" in made.stdout
    assert "40 documents, 14 of them with claims" in made.stdout
    assert "core-hours" in made.stdout
    assert rows(tmp_path / "out", "claims") == rows(done[0], "claims")
