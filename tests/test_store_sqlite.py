"""The store in a file: what is refused, older versions, other processes beside it, kills, full disks, and what a forgotten word leaves."""

import gc
import signal
import sqlite3
import subprocess
import sys
import textwrap
import tracemalloc
from collections import deque
from contextlib import closing

import pytest

import storedreadings as made
from reportedly import InputError, StoreError, folding
from reportedly.queries import Filter, Judgement, Unit
from reportedly.records import Ref
from reportedly.store import files, open_store
from test_store import judgement, two_claims


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reports.db"


def filled(path, count=3):
    with open_store(path, create=True) as store:
        for reading in made.generated(count, claims_each=2):
            store.put(reading)
    return path


# --- what is refused ---------------------------------------------------------------------------------------------------------------


def sqlite_of_another_program(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
        other.commit()


NO_STORES = {
    "text": lambda path: path.write_text("This is a report, and no store at all. " * 100),
    "page of zeros": lambda path: path.write_bytes(bytes(4096)),
    "another program's": sqlite_of_another_program,
    "cut short": lambda path: path.write_bytes(b"SQLite format 3\0\x10\0"),
}


@pytest.mark.parametrize("make", NO_STORES.values(), ids=NO_STORES)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(path, make, create):
    make(path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="no store"):
        open_store(path, create=create)
    assert path.read_bytes() == before


def test_a_store_that_is_not_there_is_made_only_where_that_is_asked_for(path):
    with pytest.raises(InputError, match="there is no store"):
        open_store(path)
    assert not path.exists()
    with pytest.raises(InputError, match="no folder"):
        open_store(path.parent / "nowhere" / "reports.db", create=True)
    with pytest.raises(InputError, match="is a folder"):
        open_store(path.parent)


def test_an_empty_file_becomes_a_store_where_one_is_to_be_made(path):
    path.touch()
    with pytest.raises(InputError, match="no store"):
        open_store(path)
    with open_store(path, create=True) as store:
        assert store.counts().read == 0


def test_a_store_of_a_newer_program_is_refused(path):
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {files.VERSION + 1}")
    with pytest.raises(
        InputError, match=f"version {files.VERSION + 1}, this program knows versions up to {files.VERSION}"
    ):
        open_store(path)


def test_a_damaged_store_says_so(path):
    filled(path, count=50)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"nonsense" * 2048 + whole[8192 + 4 * 4096 :])

    def read():
        with open_store(path) as store:
            return list(store.readings())

    with pytest.raises(StoreError, match="restore it from a copy"):
        read()


def test_a_closed_store_says_so(path):
    store = open_store(path, create=True)
    store.close()
    with pytest.raises(InputError, match="cannot be used"):
        store.counts()


# --- versions of the schema --------------------------------------------------------------------------------------------------------


def schema_of(path):
    with closing(sqlite3.connect(path)) as db:
        columns = {
            (table, row[1]): row[2:]
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for row in db.execute(f"PRAGMA table_info({table})")
        }
        indexes = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall())
        return columns, indexes


@pytest.fixture
def first_version(path, root):
    """A store as the program of version 1 made it."""
    with closing(sqlite3.connect(path)) as db:
        script = (root / "tests" / "stores" / "version-1.sql").read_text(encoding="utf-8")
        db.executescript(f"BEGIN;\n{script}\nCOMMIT;")
    return path


def test_a_store_of_version_1_opens_with_all_it_holds(first_version):
    with open_store(first_version) as store:
        assert (store.counts().documents, store.counts().claims, store.counts().refused) == (2, 2, 1)
        assert store.machine(made.flita().document.id) == made.flita(url="https://example.org/flita")
        assert [hit.document.name for hit in store.search("l’Armée combattant")] == ["flita-2"]
        assert [row.document.name for row in store.claims(Filter(actors=("al-Nusra Front",), versions="all"))] == [
            "flita"
        ]
        assert [edit.kind for step in store.changes("flita-2") for edit in step.edits] == ["changed"]
        assert [each.why for each in store.judgements()] == ["checked"]
        assert store.audit() == []


def test_what_claims_are_sought_by_is_made_of_those_that_are_there(first_version):
    with closing(sqlite3.connect(first_version)) as db:
        db.execute(
            "UPDATE claim_record SET record = replace(replace(record, ?, ?), ?, ?) WHERE claim = 1",
            ('"acled":null', '"acled":"Armed clash"', '"country":null', '"country":"SY"'),
        )
        db.execute(
            "UPDATE claim_record SET record = json_insert(record, '$.places[#]', json_set(json_extract(record, '$.places[0]'),"
            " '$.country', 'LB')) WHERE claim = 1"
        )
        db.commit()
    with open_store(first_version) as store:
        for asked in ({"types": ("Armed clash",)}, {"countries": ("SY",)}, {"countries": ("LB",)}):
            assert [row.claim.id for row in store.claims(Filter(versions="all", **asked))] == ["a8f1f157d851"]
        assert not list(store.claims(Filter(versions="all", countries=("FR",))))


def test_a_store_brought_up_to_date_has_the_schema_of_a_new_one(first_version, tmp_path):
    open_store(first_version).close()
    open_store(tmp_path / "new.db", create=True).close()
    assert schema_of(first_version) == schema_of(tmp_path / "new.db")


def test_an_older_store_is_not_changed_by_who_may_only_read_it(first_version):
    with pytest.raises(InputError, match="store of version 1"):
        open_store(first_version, read_only=True)


def test_a_migration_that_fails_leaves_the_store_as_it_was(first_version, monkeypatch, tmp_path):
    broken = tmp_path / "migrations"
    broken.mkdir()
    (broken / "0002.sql").write_text("DELETE FROM claim;\nSELECT * FROM nowhere;\n")
    with monkeypatch.context() as patch:
        patch.setattr(files, "MIGRATIONS", broken)
        with pytest.raises(StoreError, match="nowhere"):
            open_store(first_version)
    with open_store(first_version) as store:
        assert store.counts().claims == 2


def test_words_are_indexed_anew_where_they_are_folded_otherwise_now(path, monkeypatch):
    filled(path)
    with monkeypatch.context() as patch:
        patch.setattr(folding, "VERSION", "another")
        patch.setattr(folding, "_plain", lambda word, _settings: word[::-1])
        folding.data.cache_clear()
        folding._fold.cache_clear()
        with open_store(path) as store:
            assert len(store.search("fighters")) == 3
    folding.data.cache_clear()
    folding._fold.cache_clear()
    with open_store(path) as store:
        assert len(store.search("fighters")) == 3
        store.forget("generated-1")
        assert len(store.search("fighters")) == 2
        assert store.audit() == []


# --- beside other processes --------------------------------------------------------------------------------------------------------


def python(code, *args):
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, args)]


WRITER = """
    import sys
    sys.path.insert(0, sys.argv[2])
    import storedreadings as made
    from reportedly.store import open_store
    with open_store(sys.argv[1]) as store:
        with store.together():
            store.put(next(made.generated(1, seed=7)))
            print("writing", flush=True)
            sys.stdin.readline()
"""


def test_a_store_is_read_while_another_process_writes_to_it(path, root):
    filled(path)
    with subprocess.Popen(
        python(WRITER, path, root / "tests"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout.readline() == "writing\n"
        with open_store(path) as store:
            assert store.counts().documents == 3
            assert len(list(store.claims())) == 6
            writer.communicate("go on\n")
            assert store.counts().documents == 4


def test_a_walk_over_claims_goes_on_while_more_come(path):
    filled(path, count=10)
    with open_store(path) as reader, open_store(path) as writer:
        walk = reader.claims()
        first = next(walk)
        writer.put(two_claims())
        assert len([first, *walk]) in {20, 22}
        writer.forget("two")


def test_a_store_that_is_not_ours_to_write_is_read(path):
    filled(path)
    path.chmod(0o444)
    with open_store(path, read_only=True) as store:
        assert store.counts().documents == 3
        with pytest.raises(StoreError, match="not yours to write"):
            store.put(two_claims())


# --- kills and full disks ----------------------------------------------------------------------------------------------------------

STORER = """
    import sys
    sys.path.insert(0, sys.argv[2])
    import storedreadings as made
    from reportedly.queries import Unit
    from reportedly.store import open_store
    with open_store(sys.argv[1], create=True) as store:
        for number, reading in enumerate(made.generated(400, claims_each=4)):
            unit = Unit(source="all.jsonl", key=str(number))
            if store.seen(unit) is None:
                store.put(reading, unit=unit)
                print(number, flush=True)
"""


def killed_after(path, root, lines):
    """Start a process that stores, kill it when it has said so many times that it stored; return what it said it stored last."""
    said = -1
    with subprocess.Popen(python(STORER, path, root / "tests"), stdout=subprocess.PIPE, text=True) as storer:
        for _ in range(lines):
            said = int(storer.stdout.readline())
        storer.send_signal(signal.SIGKILL)
        return max([said, *map(int, storer.stdout.read().split())])


def test_a_killed_process_loses_nothing_it_said_was_stored_and_doubles_nothing(path, root):
    for lines in (1, 17, 60):
        said = killed_after(path, root, lines)
        with open_store(path) as store:
            counts = store.counts()
            # the one in work when the kill came may be there, whole, or not
            assert counts.documents in {said + 1, said + 2}
            assert counts.read == counts.stored == counts.documents
            assert counts.claims == 4 * counts.documents
            assert store.audit() == []


def limited(path, root, code, size):
    """Run code in a process whose files may grow to ``size`` bytes and no further: to the database, a full disk."""
    limits = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
    command = python(limits + "\n" + textwrap.dedent(code), path, root / "tests")
    return subprocess.run(command, capture_output=True, text=True, check=False)


FILLER = """
    import sys
    sys.path.insert(0, sys.argv[2])
    import storedreadings as made
    from reportedly import StoreError
    from reportedly.store import open_store
    store = open_store(sys.argv[1])
    try:
        for number, reading in enumerate(made.generated(5000)):
            store.put(reading)
            print(number, flush=True)
    except StoreError as error:
        print(error, file=sys.stderr)
"""


def test_a_full_disk_is_said_and_leaves_a_store_that_opens(path, root):
    open_store(path, create=True).close()
    run = limited(path, root, FILLER, 3_000_000)
    said = run.stdout.split()
    assert "what was stored so far is whole" in run.stderr
    assert len(said) > 10
    with open_store(path) as store:
        assert store.counts().documents == len(said)
        assert store.audit() == []
        store.put(two_claims())


def test_a_database_that_may_not_grow_is_a_full_disk(path):
    with open_store(path, create=True) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 20}")

        def fill():
            for reading in made.generated(100):
                store.put(reading)
                stored.append(reading)

        stored = []
        with pytest.raises(StoreError, match="make room and give the same command again"):
            fill()
        assert store.counts().documents == len(stored)
        assert store.audit() == []


@pytest.mark.parametrize("failing", range(1, 14))
def test_a_put_that_fails_at_any_statement_leaves_nothing(path, failing):
    with open_store(path, create=True) as store:
        store.put(two_claims(), unit=Unit(source="two.txt"))
        before = store.counts()
        left = failing

        def refuse(*_):
            nonlocal left
            left -= 1
            return sqlite3.SQLITE_DENY if left == 0 else sqlite3.SQLITE_OK

        store._db.set_authorizer(refuse)
        try:
            store.put(made.flita(), unit=Unit(source="flita.txt"))
            outcome = "stored"
        except StoreError:
            outcome = "failed"
        store._db.set_authorizer(None)
        assert outcome == "failed"
        assert store.counts() == before
        assert store.audit() == []
        assert store.put(made.flita(), unit=Unit(source="flita.txt")).outcome == "stored"


# --- forgetting, down to the bytes ---------------------------------------------------------------------------------------------------

SECRET = "Zoubeïda Trémolat, de Kérity, a été tuée."


def secret():
    claim = made.claim(
        SECRET,
        "Zoubeïda Trémolat, de Kérity, a été tuée",
        type="ASSAULT",
        recipients=(made.pin(made.Entity, SECRET, "Zoubeïda Trémolat", kind="person"),),
        places=(made.pin(made.Place, SECRET, "Kérity", name="Kérity", lat=47.79, lon=-4.35),),
    )
    return made.reading(
        SECRET, [claim], name="tremolat", url="https://example.org/zoubeida-tremolat", title="Zoubeïda Trémolat tuée"
    )


def traces(folder):
    """The words of the secret that stand anywhere in the files of a store, in any of the forms it keeps them in."""
    words = [
        form.encode()
        for word in ("Zoubeïda", "Trémolat", "Kérity")
        for form in (word, folding.folded(word), word.lower())
    ]
    contents = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    return {word for word in words if word in contents}


@pytest.mark.parametrize("beside", [0, 200])
def test_a_forgotten_word_stands_nowhere_in_the_files(path, beside):
    readings = list(made.generated(beside, claims_each=3))
    with open_store(path, create=True) as store:
        for reading in readings[: beside // 2]:
            store.put(reading)
        store.put(secret(), unit=Unit(source="zoubeida-tremolat.txt"))
        document = secret().document.id
        store.judge(
            Judgement(
                id="j",
                who="ana",
                when="2026-01-01T00:00:00Z",
                target=Ref(document=document, claim="c"),
                why="Zoubeïda Trémolat is meant",
            )
        )
        for reading in readings[beside // 2 :]:
            store.put(reading)
        assert traces(path.parent)
        gone = store.forget("tremolat")
        assert gone.complete
        assert traces(path.parent) == set()
        assert store.audit() == []
    assert traces(path.parent) == set()
    with open_store(path) as store:
        assert store.counts().documents == beside
        assert store.put(secret()).outcome == "forgotten"
    assert traces(path.parent) == set()


def test_what_another_process_still_reads_is_forgotten_at_the_next_opening(path):
    filled(path)
    with open_store(path) as store:
        store.put(secret())
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM document").fetchone()
            store._db.execute("PRAGMA busy_timeout = 10")
            assert not store.forget("tremolat").complete
            assert not store.has(secret().document.id)
    with open_store(path) as store:
        assert store.counts().documents == 3
    assert traces(path.parent) == set()


def test_a_forget_that_was_killed_before_the_bytes_went_is_ended_at_the_next_opening(path, monkeypatch):
    filled(path)
    with open_store(path) as store:
        store.put(secret())
        with monkeypatch.context() as patch:
            patch.setattr("reportedly.store.forgetting.scrub", lambda _db: False)
            store.forget("tremolat")
    with open_store(path) as store:
        assert store.audit() == []
    assert traces(path.parent) == set()


def test_judgements_cannot_be_changed_in_the_file_either(path):
    with open_store(path, create=True) as store:
        store.put(two_claims())
        store.judge(judgement())
    with closing(sqlite3.connect(path)) as db:
        for statement in ("UPDATE judgement SET who = 'eve'", "DELETE FROM judgement"):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement)


def test_the_audit_is_one_query_that_anybody_can_ask(path):
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        query = """SELECT * FROM evidence JOIN document ON document.key = evidence.document
            WHERE exact <> substr(text, start + 1, "end" - start)"""
        assert db.execute("SELECT count(*) FROM evidence").fetchone()[0] > 40
        assert db.execute(query).fetchall() == []
        db.execute("UPDATE claim_record SET record = json_set(record, '$.places[0].start', 0)")
        assert len(db.execute(query).fetchall()) == 6


# --- as it grows -------------------------------------------------------------------------------------------------------------------


def plan(store, sql, values=()):
    return " ".join(row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())


def test_a_page_starts_where_the_one_before_ended(path):
    filled(path)
    with open_store(path) as store:
        assert "SCAN" not in plan(
            store, "SELECT key FROM claim WHERE key > ? AND current = 1 ORDER BY key LIMIT 50", (0,)
        )


def traced(act):
    """The most memory that ``act`` held at once, in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_walk_over_claims_holds_few_of_them_at_a_time(path):
    filled(path, count=2_000)
    with open_store(path) as store:
        assert sum(1 for _ in store.claims()) == 4_000
        assert traced(lambda: deque(store.claims(), maxlen=1)) < traced(lambda: list(store.claims())) / 3
