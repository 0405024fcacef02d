"""Into a store: each report once, the sum of what became of all, and the same store whatever happens on the way."""

import itertools
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import intaking
import making
import reportedly
from intaking import article, dump, engine, fill, stub
from reportedly import ingest, intake
from reportedly.errors import InputError, ModelError, StoreError
from reportedly.intake import engines
from reportedly.queries import Unit
from reportedly.records import Problem, Reading
from reportedly.store import open_store


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    return intaking.folder(tmp_path_factory.mktemp("intake") / "reports")


@pytest.fixture(scope="module")
def whole(reports, tmp_path_factory):
    """What a store holds that nothing happened to."""
    store = tmp_path_factory.mktemp("whole") / "store.db"
    fill(store, reports)
    return dump(store)


COMMAND = [sys.executable, "-m", "reportedly", "ingest", "--workers", "1"]


def sums(tally):
    return dict(tally.outcomes)


# --- what becomes of what is read ---------------------------------------------------------------------------------------------------


def test_all_that_is_read_is_stored_or_a_duplicate_or_refused_with_its_reason(tmp_path, reports):
    failed = []
    tally = fill(tmp_path / "store.db", reports, fail=failed.append)
    with open_store(tmp_path / "store.db") as store:
        counts = store.counts()
        refused = list(store.fates(outcome="refused"))
    assert tally.read == tally.stored + tally.duplicates + tally.outcomes["refused"] > 50
    assert (counts.read, counts.stored, counts.duplicates) == (tally.read, tally.stored, tally.duplicates)
    assert counts.refused == len(refused) == len(failed) == tally.outcomes["refused"] == tally.refused.total()
    assert all(each.reason and each.cure for each in refused)
    assert tally.duplicates >= 6
    assert tally.passed == {"entries without words": 1, "messages without words": 1}


def test_the_same_folder_twice_is_the_same_store_and_the_same_sum(tmp_path, reports, whole):
    first = fill(tmp_path / "store.db", reports)
    again = fill(tmp_path / "store.db", reports)
    assert dump(tmp_path / "store.db") == whole
    assert sums(again) == sums(first)
    assert (first.before.total(), first.new) == (0, first.read)
    assert (again.before.total(), again.new) == (again.read, 0)


def test_nothing_that_is_there_is_read_again(tmp_path, reports):
    fill(tmp_path / "store.db", reports)

    def never(document):
        raise AssertionError(document.name)

    assert fill(tmp_path / "store.db", reports, read=never).new == 0


def test_the_same_report_of_another_file_is_a_duplicate(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(article(1), encoding="utf-8")
    tally = fill(tmp_path / "store.db", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt")
    assert sums(tally) == {"stored": 1, "duplicate": 1}


def test_the_same_words_of_two_outlets_are_two_reports(tmp_path):
    rows = [{"text": article(1), "publisher": name, "url": f"https://{name}.example/1"} for name in ("afi", "cedre")]
    (tmp_path / "a.jsonl").write_bytes(making.lines(*rows))
    assert fill(tmp_path / "store.db", tmp_path / "a.jsonl").stored == 2


def test_another_text_at_an_address_is_its_next_version(tmp_path):
    rows = [{"text": article(number), "url": "https://afi.example/1"} for number in range(2)]
    for number, row in enumerate(rows):
        (tmp_path / f"{number}.jsonl").write_bytes(making.lines(row))
    assert fill(tmp_path / "store.db", tmp_path / "0.jsonl").updates == 0
    assert fill(tmp_path / "store.db", tmp_path / "1.jsonl").updates == 1
    with open_store(tmp_path / "store.db") as store:
        assert [(each.version, each.current) for each in store.documents(intaking.EVERY)] == [(1, False), (2, True)]


def test_a_file_that_has_another_text_now_gives_another_report_and_the_old_one_stays(tmp_path):
    path = tmp_path / "a.txt"
    for number in range(2):
        path.write_text(article(number), encoding="utf-8")
        tally = fill(tmp_path / "store.db", path)
        assert (sums(tally), tally.new) == ({"stored": 1}, 1)
    with open_store(tmp_path / "store.db") as store:
        assert {each.document.text for each in store.readings()} == {article(0), article(1)}
        assert store.counts().read == 2


def test_what_was_refused_is_tried_again_and_takes_its_place_when_it_is_mended(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert sums(fill(tmp_path / "store.db", path)) == {"refused": 1}
    again = fill(tmp_path / "store.db", path)
    assert (sums(again), again.new) == ({"refused": 1}, 0)
    path.write_text(article(1), encoding="utf-8")
    assert sums(fill(tmp_path / "store.db", path)) == {"stored": 1}
    with open_store(tmp_path / "store.db") as store:
        assert (store.counts().read, store.counts().refused) == (1, 0)


def test_what_was_forgotten_does_not_come_back(tmp_path):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    fill(tmp_path / "store.db", tmp_path / "a.txt")
    with open_store(tmp_path / "store.db") as store:
        store.forget(next(iter(store.documents())).id)
    tally = fill(tmp_path / "store.db", tmp_path / "a.txt")
    assert sums(tally) == {"forgotten": 1}
    assert tally.read == 1


def test_a_file_that_is_not_there_is_refused_and_the_others_are_stored(tmp_path):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    tally = fill(tmp_path / "store.db", tmp_path / "none.txt", tmp_path / "a.txt")
    assert sums(tally) == {"stored": 1, "refused": 1}
    assert tally.refused == {"there is no such file": 1}


def test_a_store_in_the_folder_that_is_read_is_no_report(tmp_path):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    for _ in range(2):
        assert sums(fill(tmp_path / "store.db", tmp_path)) == {"stored": 1}


@pytest.mark.parametrize("workers", [0, 1])
def test_any_name_that_a_file_may_have_goes_into_a_store(tmp_path, workers):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate((b"rapport\xe9.txt", b"a\nb\x1fc.txt", b"c: report 7.txt", "حلب.txt".encode())):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(article(number), encoding="utf-8")
    with open_store(tmp_path / "store.db", create=True) as store:
        for before in (0, 4):
            tally = intake.take_in([folder], store, workers=workers, language="fr")
            assert (tally.stored, tally.before["stored"]) == (4, before)
        assert str(folder / r"rapport\udce9.txt") in [each.unit.source for each in store.fates()]


def test_links_below_a_folder_are_passed_over_and_counted(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to("/etc/passwd")
    assert fill(tmp_path / "store.db", tmp_path / "in").passed == {"symbolic links, which are not followed": 1}


def test_standard_input_goes_into_a_store(tmp_path, monkeypatch):
    import io

    for rows in ([{"text": article(1)}, {"text": article(2)}], [{"text": article(2)}, {"text": article(3)}]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(making.lines(*rows))))
        fill(tmp_path / "store.db", "-")
    with open_store(tmp_path / "store.db") as store:
        assert (store.counts().documents, store.counts().read) == (3, 4)


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), InputError("no")])
def test_a_report_that_breaks_the_annotator_costs_itself_alone(tmp_path, error):
    def breaks(document):
        if "jour 2" in document.text:
            raise error
        return stub(document)

    (tmp_path / "a.jsonl").write_bytes(making.lines(*({"text": article(number)} for number in range(5))))
    tally = fill(tmp_path / "store.db", tmp_path / "a.jsonl", read=breaks)
    assert sums(tally) == {"stored": 4, "refused": 1}


def test_a_refused_report_is_named_after_its_file(tmp_path):
    def breaks(_document):
        raise InputError("no")

    (tmp_path / "a.jsonl").write_bytes(making.lines({"text": article(1)}, {"text": article(2), "id": "x7"}))
    failed = []
    fill(tmp_path / "store.db", tmp_path / "a.jsonl", read=breaks, fail=failed.append)
    assert [each.name for each in failed] == [f"{tmp_path}/a.jsonl:1", f"{tmp_path}/a.jsonl:x7"]


def test_a_broken_model_ends_the_intake_and_nothing_is_blamed_on_a_report(tmp_path, reports):
    def breaks(_document):
        raise ModelError("it is gone")

    with pytest.raises(ModelError):
        fill(tmp_path / "store.db", reports, read=breaks)
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().refused == 0


def test_steps_tell_how_far_it_is(tmp_path, reports, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 4)
    steps = []
    fill(tmp_path / "store.db", reports, tell=steps.append)
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1].total == sum(path.stat().st_size for path in reports.iterdir())
    assert steps[-1].done > steps[-1].total * 0.9
    assert {step.skipped for step in steps} == {0}
    steps.clear()
    fill(tmp_path / "store.db", reports, tell=steps.append)
    assert steps[-1].skipped == steps[-1].done


# --- interrupted --------------------------------------------------------------------------------------------------------------------


def test_an_intake_that_is_stopped_goes_on_where_it_was(tmp_path, reports, whole, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 3)
    read = []

    def counted(document):
        read.append(document.sha256)
        return stub(document)

    for limit in itertools.count(5, 5):
        tally = fill(tmp_path / "store.db", reports, read=counted, stopped=lambda most=limit: len(read) >= most)
        if not tally.interrupted:
            break
    assert limit > 20
    assert dump(tmp_path / "store.db") == whole
    # nothing was read twice but what is in the store under two addresses
    with open_store(tmp_path / "store.db") as store:
        assert len(read) == store.counts().documents


def test_what_fails_within_a_transaction_leaves_nothing_half_written(tmp_path, reports, whole, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 5)
    calls = itertools.count()
    from reportedly.store import sqlite

    put = sqlite.SqliteStore.put

    def failing(self, reading, *, unit=None):
        if next(calls) % 7 == 3:
            raise StoreError("the disk is full")
        return put(self, reading, unit=unit)

    monkeypatch.setattr(sqlite.SqliteStore, "put", failing)
    tries = 0
    while True:
        tries += 1
        try:
            fill(tmp_path / "store.db", reports)
            break
        except StoreError:
            with open_store(tmp_path / "store.db") as store:
                assert store.audit() == []
    assert tries > 3
    assert dump(tmp_path / "store.db") == whole


def test_a_full_disk_ends_the_intake_and_what_was_stored_stays(tmp_path, reports, whole, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 2)
    from reportedly.store import files

    connect = files.connect

    def cramped(path, **options):
        database = connect(path, **options)
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {max(pages, 30) + 10}")
        return database

    monkeypatch.setattr(files, "connect", cramped)
    with pytest.raises(StoreError):
        fill(tmp_path / "store.db", reports)
    monkeypatch.undo()
    with open_store(tmp_path / "store.db") as store:
        assert store.audit() == []
        assert store.counts().documents > 0
    fill(tmp_path / "store.db", reports)
    assert dump(tmp_path / "store.db") == whole


def kills_until_done(store, reports, moments):
    """Take ``reports`` in, in processes that are killed at these moments, until one comes to its end; return how many were killed."""
    for number, moment in enumerate(moments):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                fill(store, reports)
                status = 0
            finally:
                os._exit(status)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        _, ended = os.waitpid(child, 0)
        if not os.WIFSIGNALED(ended):
            assert os.WEXITSTATUS(ended) == 0
            return number
    raise AssertionError


def killed_at_random(tmp_path, reports, whole, *, kills):
    started = time.monotonic()
    fill(tmp_path / "timed.db", reports)
    longest = time.monotonic() - started
    moments = intaking.moments(kills, longest)
    done = 0
    while done < kills:
        store = tmp_path / f"{done}.db"
        done += kills_until_done(store, reports, moments)
        assert dump(store) == whole
        for path in tmp_path.glob(f"{store.name}*"):
            path.unlink()
    return done


def test_a_store_that_was_killed_at_random_points_is_the_store_that_was_not(tmp_path, reports, whole, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 3)
    assert killed_at_random(tmp_path, reports, whole, kills=15) >= 15


@pytest.mark.slow
def test_a_store_that_was_killed_a_thousand_times_is_the_store_that_was_not(tmp_path, reports, whole, monkeypatch):
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 3)
    assert killed_at_random(tmp_path, reports, whole, kills=1000) >= 1000


@pytest.mark.slow
def test_a_store_that_the_real_annotator_fills_survives_twenty_kills(tmp_path, sample_folder):
    """The command with its workers, killed from before it has read anything to shortly before its end."""
    inputs = [str(sample_folder), str(intaking.folder(tmp_path / "reports", size=8))]

    def run(store, moment):
        child = subprocess.Popen(
            [*COMMAND, "--store", str(store), *inputs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return False
        assert child.returncode in (0, 3)
        return True

    started = time.monotonic()
    assert run(tmp_path / "whole.db", 600)
    longest = time.monotonic() - started
    whole, kills = dump(tmp_path / "whole.db"), 0
    moments = intaking.moments(20, longest)
    while kills < 20:
        store = tmp_path / f"{kills}.db"
        while not run(store, next(moments)):
            kills += 1
        assert dump(store) == whole


@pytest.mark.slow
def test_hostile_inputs_cost_none_of_their_neighbours(tmp_path):
    import hostile

    ends = hostile.write(tmp_path / "hostile")
    # two hundred thousand rows say no more than two
    (tmp_path / "hostile" / "open-quote.csv").unlink()
    with open_store(tmp_path / "store.db", create=True) as store:
        tally = intake.take_in([tmp_path / "hostile"], store, workers=2)
        fates = [(each.unit.source.rpartition("/")[2], each) for each in store.fates()]
        found = {each.document.name: each for each in store.readings(intaking.EVERY)}
        assert store.audit() == []
    stored = {name for name, each in fates if each.outcome in ("stored", "duplicate")}
    assert {name for name, end in ends.items() if end == hostile.READ} <= stored
    assert tally.read == tally.stored + tally.duplicates + tally.outcomes["refused"]
    stopped = [(name, each.reason) for name, each in fates if re.search(STOPPED, each.reason or "")]
    assert not stopped
    # and what stands around a hostile stretch is found as if it were not there
    for language, (before, behind) in hostile.REPORTS.items():
        alone = len(reportedly.read(before + behind).claims)
        for name in hostile.units(language):
            reading = found[f"{name}.{language}"]
            last = len(reading.document.text) - len(behind)
            starts = [(claim.trigger or claim.content).start for claim in reading.claims]
            assert sum(not len(before) <= start < last for start in starts) == alone, (language, name)


# What a worker is stopped for, and what is a fault of ours.
STOPPED = "took longer|no answer|megabytes of memory|worker died|reading it failed"


# --- engines ------------------------------------------------------------------------------------------------------------------------


def test_workers_and_this_process_fill_the_same_store(tmp_path, reports):
    for workers in (0, 2, 3):
        with open_store(tmp_path / f"{workers}.db", create=True) as store:
            tally = intake.take_in([reports], store, workers=workers, language="fr")
            assert tally.read == store.counts().read
            again = intake.take_in([reports], store, workers=workers, language="fr")
            assert (again.outcomes, again.new) == (tally.outcomes, 0)
    assert dump(tmp_path / "0.db") == dump(tmp_path / "2.db") == dump(tmp_path / "3.db")


def test_workers_read_what_comes_by_standard_input(tmp_path):
    rows = making.lines({"text": article(1)}, {"id": "x"}, {"text": article(1)}, {"text": article(2)})
    command = [*COMMAND, "-", "--store", str(tmp_path / "store.db"), "--language", "fr"]
    done = subprocess.run(command, input=rows, capture_output=True, check=False)
    assert done.stdout.decode().startswith("read 4 = stored 2 + duplicates 1 + refused 1\n")
    assert done.returncode == 3
    assert 'it has no "text"' in done.stderr.decode()


def test_a_language_that_we_do_not_read_is_refused_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Двенадцать человек погибли в результате удара по рынку, сообщили местные власти.", encoding="utf-8"
    )
    with open_store(tmp_path / "store.db", create=True) as store:
        intake.take_in([tmp_path / "a.txt"], store, workers=0)
        (fate,) = store.fates()
    assert "Russian" in fate.reason
    assert fate.name == str(tmp_path / "a.txt")


def test_a_unit_is_named_after_where_its_file_lies(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    fill(tmp_path / "store.db", "a.txt")
    fill(tmp_path / "store.db", tmp_path / "a.txt")
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().read == 1
        assert store.seen(Unit(source=str(tmp_path / "a.txt"), key="1")).outcome == "stored"


def test_what_opens_a_file_numbers_all_it_holds(reports):
    units = list(intake.engines.opened(str(reports / "a.jsonl"), ingest.Options()))
    assert [each.unit.key for each in units] == [str(number) for number in range(1, len(units) + 1)]
    assert [type(each.found) for each in units].count(Problem) == 2
    assert units[-1].at == (reports / "a.jsonl").stat().st_size


def test_a_worker_that_dies_is_told_by_the_unit_it_was_at():
    from reportedly.intake import engines
    from reportedly.workers import frames

    work = engines._name(Unit(source="/a/b.txt", key="7"), 12)
    frame = frames.item(Problem(name=work, reason="took longer than 30 seconds", cure="split it"))
    outcome = engines._outcome(frame)
    assert (outcome.unit, outcome.at) == (Unit(source="/a/b.txt", key="7"), 12)
    assert outcome.found.name == "/a/b.txt:7"
    opening = frames.item(Problem(name=f"{engines._name(Unit(source='/a/b.txt'))}: report 12", reason="x", cure="y"))
    assert engines._outcome(opening).unit == Unit(source="/a/b.txt", key="12")


def test_a_store_holds_what_a_reading_says(tmp_path):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    fill(tmp_path / "store.db", tmp_path / "a.txt")
    with open_store(tmp_path / "store.db") as store:
        (reading,) = store.readings()
    assert isinstance(reading, Reading)
    assert [claim.content.exact for claim in reading.claims] == [
        claim.content.exact for claim in stub(reading.document).claims
    ]
    database = sqlite3.connect(tmp_path / "store.db")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_the_engine_that_pretends_is_an_engine():
    assert list(engine()([], new=bool, fresh=bool, stopped=bool)) == []


def test_the_file_that_is_shown_is_the_one_being_read(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(article(1), encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    steps = []
    with open_store(tmp_path / "store.db", create=True) as store:
        taking = intake._Intake(store, paths, tell=steps.append, fail=lambda _: None)
        for outcome in engines.opened(paths[0], ingest.Options()):
            taking.add(outcome._replace(found=Problem(name="a", reason="it is odd", cure="mend it")))
        taking.flush()
    assert steps[-1].source == paths[1]
