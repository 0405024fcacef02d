"""Looking names up: exact folded forms first, the skeleton where that does not answer, then one letter away, then part of the name."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from math import cos, radians, sin
from pathlib import Path

from msgspec.structs import replace

from reportedly import transliteration
from reportedly.errors import GazetteerError
from reportedly.gazetteer.compile import ARABIC, BASE, CODE, HAND_MADE, Progress, default_database, ensure
from reportedly.records import Record

Near = tuple[float, float]
# A name this far off or farther is another name.
LEAST_LIKE = 0.55
# Where a form is this like the name, one letter away is not looked for.
GOOD_ENOUGH = 0.86
SAME_PLACE_KM = 1.5
RANKED = 100
PART_COST = 0.8
# What a name of so few letters costs a place that is called otherwise: more than its renown may give.
CODE_LENGTH, CODE_COST = 3, 0.15
SELECT = (
    "select place.id, place.name, lat, lon, country, kind, precision, population, weight, identifier, disputed, ltrim(folded, '=') "
    "from name join place on place.id = name.place where "
)
CACHED = 1 << 14
MINIMUM_TOWNS = 12
BOX_DEGREES = 1.0
COUNTRIES = (
    "select id, name, lat, lon, country, kind, precision, population, weight, identifier, disputed, name from place "
    "where source = (select id from source where name = 'hand-made') and kind = 'country'"
)
TOWNS = "select lat, lon from place where country = ? and kind = 'settlement' and source = (select id from source where name = 'base')"
LETTERED = "select 1 from name join place on place.id = name.place where folded >= 'ع ' and folded < 'ع!' and source = ? limit 1"
# From the middle of a province or region towards its side.
STEP_DEGREES = 0.4
_STEPS = {
    "N": (1, 0),
    "S": (-1, 0),
    "E": (0, 1),
    "W": (0, -1),
    "NE": (1, 1),
    "NW": (1, -1),
    "SE": (-1, 1),
    "SW": (-1, -1),
    "C": (0, 0),
}


class Candidate(Record, frozen=True):
    """A place a name may mean. ``score`` ranks (0 to 1); ``likeness`` is of the names alone (1: the same); ``matched`` the form found."""

    name: str
    lat: float
    lon: float
    country: str
    kind: str
    precision: int
    score: float
    likeness: float
    matched: str
    population: int = 0
    weight: float = 0.0
    identifier: str = ""
    disputed: str = ""


@lru_cache(maxsize=1 << 15)
def _sound(form: str) -> str:
    return transliteration.sound(form)


def kilometres(a: Near, b: Near) -> float:
    """Return the great-circle distance between two points (WGS84 degrees), in kilometres."""
    lat_a, lon_a, lat_b, lon_b = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def open(database: Path | str | None = None, *, progress: Progress | None = None) -> Gazetteer:  # noqa: A001 - gazetteer.open()
    """Return the gazetteer of ``database`` (the user's own by default), compiled first if need be. Raises GazetteerError."""
    path = ensure(Path(database) if database else default_database(), progress)
    return Gazetteer(path)


class Gazetteer:
    """An open gazetteer: reads only, safe to share between threads, remembers what it was asked."""

    def __init__(self, database: Path) -> None:
        self.database = database
        try:
            self._connection = sqlite3.connect(
                f"file:{database}?mode=ro", uri=True, check_same_thread=False, timeout=60
            )
            self._connection.execute("pragma mmap_size = 268435456")
            self._sources = self._connection.execute("select name, sha256 from source order by id").fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(
                f"{database} cannot be used as a gazetteer: {error}", cure="delete it, or give another"
            ) from error
        self._lock = threading.Lock()
        self._countries: tuple[Candidate, ...] = ()
        self._cached = lru_cache(maxsize=CACHED)(self._find)
        self._cached_spelled = lru_cache(maxsize=CACHED)(self._spelled)
        self._cached_exact = lru_cache(maxsize=CACHED)(self._exact)
        self._cached_written = lru_cache(maxsize=CACHED)(self._written)
        self._cached_side = lru_cache(maxsize=CACHED)(self._side)

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Return what it is made of: the name and hash of each source."""
        return tuple(self._sources)

    @property
    def version(self) -> str:
        """Return one line for a run's record: the sources with the start of their hashes."""
        return ", ".join(f"{name} {sha256.rpartition('/')[2][:8]}" for name, sha256 in self._sources)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(
        self,
        name: str,
        *,
        countries: Iterable[str] = (),
        near: Near | None = None,
        limit: int = 10,
        precisions: Iterable[int] = (),
    ) -> tuple[Candidate, ...]:
        """Return the places ``name`` may mean, best first; the empty tuple where none has a name like it.

        ``countries`` (ISO 3166 two-letter codes) and ``near`` (lat, lon) are expected surroundings: they rank, and decide how far
        spellings may differ, but exclude nothing. ``precisions`` does exclude (4: only provinces).
        """
        return self._cached(
            name,
            countries=tuple(sorted(set(countries))),
            near=near and (round(near[0], 1), round(near[1], 1)),
            limit=limit,
            precisions=tuple(sorted(set(precisions))),
        )

    def spelled(self, name: str, *, countries: Iterable[str] = (), near: Near | None = None) -> tuple[Candidate, ...]:
        """Return the places whose name is ``name`` in another romanisation: the same consonants, other vowels; best first.

        Only within ``countries``, or where none is given within some 100 km of ``near``. Stricter and faster than ``find``.
        """
        around = near and (round(near[0], 1), round(near[1], 1))
        return self._cached_spelled(name, tuple(sorted(set(countries))), around)

    def _spelled(self, name: str, countries: tuple[str, ...], near: Near | None) -> tuple[Candidate, ...]:
        form = transliteration.folded(name)
        # A French j may be a Slavic zh, which other languages write with a hissing sound.
        keys = sorted({transliteration.skeleton(form), transliteration.skeleton(form.replace("j", "zh"))} - {""})
        if not keys or not (countries or near):
            return ()
        where, values = f"skeleton in ({_marks(keys)})", [*keys]
        if countries:
            where += f" and country in ({_marks(countries)})"
            values += countries
        box = (
            []
            if countries or near is None
            else [near[0] - BOX_DEGREES, near[0] + BOX_DEGREES, near[1] - BOX_DEGREES, near[1] + BOX_DEGREES]
        )
        where += " and lat between ? and ? and lon between ? and ?" if box else ""
        consonants = transliteration.consonants(form)
        rows = [
            row for row in self._rows(where, [*values, *box]) if transliteration.consonants(str(row[11])) == consonants
        ]
        best: dict[int, Candidate] = {}
        self._collect(best, _Wanted(form, countries=countries, near=near, precisions=()), rows)
        return tuple(_distinct(sorted(best.values(), key=lambda c: (-c.score, c.identifier))[:RANKED]))

    def exact(self, name: str) -> tuple[Candidate, ...]:
        """Return the places one of whose names is ``name`` (articles, accents and script apart), best known first."""
        return self._cached_exact(name)

    def written(self, name: str) -> frozenset[str]:
        """Return the identifiers of the places one of whose names is ``name`` in its own Arabic letters, and not only by its sound."""
        return self._cached_written(name)

    def countries(self) -> tuple[Candidate, ...]:
        """Return all countries, with the middle the hand-made file gives them."""
        if not self._countries:
            with self._lock:
                rows = self._connection.execute(COUNTRIES).fetchall()
            self._countries = tuple(_candidate(row, 1.0, 1.0) for row in rows)
        return self._countries

    def part(self, whole: Candidate, bearing: str) -> Near:
        """Return a point in the part of a country or region that a point of the compass tells ('N' to 'NW', 'C' its middle).

        For a country: the middle of its towns and villages on that side, because that is where news happens; else a step that way.
        """
        if bearing == "C" and whole.precision != 6:
            return whole.lat, whole.lon
        north, east = _STEPS[bearing]
        if whole.precision != 6:
            step = STEP_DEGREES
            return round(whole.lat + north * step, 2), round(whole.lon + east * step, 2)
        return self._cached_side(whole.country, bearing) or (whole.lat, whole.lon)

    def _side(self, country: str, bearing: str) -> Near | None:
        with self._lock:
            rows = self._connection.execute(TOWNS, (country,)).fetchall()
        if len(rows) < MINIMUM_TOWNS:
            return None
        north, east = _STEPS[bearing]
        lats, lons = sorted(r[0] for r in rows), sorted(r[1] for r in rows)
        third = len(rows) // 3
        low_lat, high_lat = (
            (lats[2 * third], lats[-1]) if north > 0 else (lats[0], lats[third]) if north < 0 else (lats[0], lats[-1])
        )
        low_lon, high_lon = (
            (lons[2 * third], lons[-1]) if east > 0 else (lons[0], lons[third]) if east < 0 else (lons[0], lons[-1])
        )
        if bearing == "C":
            low_lat, high_lat, low_lon, high_lon = lats[third], lats[2 * third], lons[third], lons[2 * third]
        inside = [r for r in rows if low_lat <= r[0] <= high_lat and low_lon <= r[1] <= high_lon] or rows
        return round(sum(r[0] for r in inside) / len(inside), 2), round(sum(r[1] for r in inside) / len(inside), 2)

    def _exact(self, name: str) -> tuple[Candidate, ...]:
        form = transliteration.folded(name)
        rows = self._rows("folded = ?", (form,)) if form else []
        found = [_candidate(row, 1.0, 1.0) for row in rows]
        return tuple(sorted(found, key=lambda c: (-c.weight, c.identifier)))

    def _written(self, name: str) -> frozenset[str]:
        form = transliteration.in_arabic(name)
        if not form:
            return frozenset()
        rows = self._rows("folded = ?", (ARABIC + form,))
        if self._unlettered:
            rows += self._rows(
                f"folded = ? and source in ({_marks(self._unlettered)})",
                (transliteration.folded(name), *self._unlettered),
            )
        return frozenset(str(row[9]) for row in rows)

    @cached_property
    def _unlettered(self) -> tuple[int, ...]:
        """The sources without a name in Arabic letters: a user's tables, added before such were kept; of them a sound has to do."""
        with self._lock:
            own = self._connection.execute(
                "select id from source where name not in (?, ?)", (BASE, HAND_MADE)
            ).fetchall()
            return tuple(number for (number,) in own if not self._connection.execute(LETTERED, (number,)).fetchone())

    def _find(
        self, name: str, *, countries: tuple[str, ...], near: Near | None, limit: int, precisions: tuple[int, ...]
    ) -> tuple[Candidate, ...]:
        form = transliteration.folded(name)
        if not form:
            return ()
        wanted = _Wanted(form, countries=countries, near=near, precisions=precisions)
        best: dict[int, Candidate] = {}
        forms = (form, CODE + form) if name.isascii() else (form,)
        self._collect(best, wanted, self._rows(f"folded in ({_marks(forms)})", forms))
        if not _at_home(best, wanted):
            self._by_skeleton(best, wanted)
        # codes are Latin letters; what other scripts write is romanised to as few
        found = map(_as_code, best.values()) if name.isascii() else best.values()
        ranked = sorted(found, key=lambda c: (-c.score, c.identifier))[:RANKED]
        return tuple(_distinct(ranked)[:limit])

    def _by_skeleton(self, best: dict[int, Candidate], wanted: _Wanted) -> None:
        """Add places whose names are spelled otherwise: within the countries expected, and elsewhere only if there are none."""
        key = transliteration.skeleton(wanted.form)
        if not key:
            return
        self._otherwise(best, wanted, key, tuple(wanted.countries))
        if wanted.countries and not best:
            self._otherwise(best, wanted, key, ())

    def _otherwise(self, best: dict[int, Candidate], wanted: _Wanted, key: str, countries: tuple[str, ...]) -> None:
        within = f" and country in ({_marks(countries)})" if countries else ""
        self._collect(best, wanted, self._rows("skeleton = ?" + within, (key, *countries)))
        if _good(best, wanted):
            return
        words = wanted.form.split()
        for part in {" ".join(words[1:]), " ".join(words[:-1])} if len(words) > 1 else ():
            if len(part_key := transliteration.skeleton(part)) > 1:
                self._collect(best, wanted.part(part), self._rows("skeleton = ?" + within, (part_key, *countries)))
        if len(key) > 2:
            keys = sorted(transliteration.neighbours(key))
            self._collect(
                best, wanted, self._rows(f"skeleton in ({_marks(keys)})" + within, (*keys, *countries)), off=0.3
            )

    def _rows(self, where: str, values: Iterable[str | float]) -> list[tuple[object, ...]]:
        with self._lock:
            return self._connection.execute(SELECT + where, tuple(values)).fetchall()

    def _collect(
        self, best: dict[int, Candidate], wanted: _Wanted, rows: list[tuple[object, ...]], off: float = 0.0
    ) -> None:
        """Keep for each place of ``rows`` its best form; ``off`` is what the way it was found costs."""
        for row in rows:
            if wanted.precisions and row[6] not in wanted.precisions:
                continue
            likeness = wanted.likeness(str(row[11]), off)
            if likeness < LEAST_LIKE:
                continue
            place = int(row[0])  # type: ignore[call-overload]
            if place in best and best[place].likeness >= likeness:
                continue
            best[place] = _candidate(row, likeness, wanted.score(row, likeness))


class _Wanted:
    """What is looked for: the name's forms, and where it is expected."""

    def __init__(
        self, form: str, *, countries: Iterable[str], near: Near | None, precisions: Iterable[int], cost: float = 0.0
    ) -> None:
        self.form, self.sound, self.cost = form, _sound(form), cost
        self.countries, self.near, self.precisions = frozenset(countries), near, frozenset(precisions)
        self._likeness: dict[str, float] = {}

    def part(self, form: str) -> _Wanted:
        """Return the same with only part of the name, which costs."""
        return _Wanted(form, countries=self.countries, near=self.near, precisions=self.precisions, cost=PART_COST)

    def likeness(self, form: str, off: float) -> float:
        """Return how like a listed form is: the likeness of sounds, less a trace for letters that differ without sounding so."""
        if form == self.form:
            return 1.0 if not self.cost else 1.0 - self.cost / max(len(self.sound), 4)
        if form not in self._likeness:
            other = _sound(form)
            cost = transliteration.distance(self.sound, other) + 0.05 * _differing(self.form, form) + self.cost + off
            self._likeness[form] = 1.0 - cost / max(len(self.sound), len(other), 4)
        return self._likeness[form]

    def score(self, row: tuple[object, ...], likeness: float) -> float:
        """Return the rank of a place: likeness first, then the country and the neighbourhood expected, then renown."""
        score = 0.6 * likeness + 0.1 * float(row[8])  # type: ignore[arg-type]
        if self.countries:
            score += 0.15 if row[4] in self.countries else 0.0
        if self.near is not None:
            distance = kilometres(self.near, (float(row[2]), float(row[3])))  # type: ignore[arg-type]
            score += 0.1 * math.exp(-distance / 150)
        return score


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _differing(a: str, b: str) -> int:
    """Return a quick count of letters that differ, order apart."""
    return len(set(a) ^ set(b)) + abs(len(a) - len(b))


def _at_home(best: dict[int, Candidate], wanted: _Wanted) -> bool:
    """Return whether an exact form lies where the place is expected, so that no other spelling is asked for."""
    if wanted.countries:
        return any(c.country in wanted.countries for c in best.values())
    if wanted.near is not None:
        return any(kilometres(wanted.near, (c.lat, c.lon)) < 100 for c in best.values())
    return False


def _good(best: dict[int, Candidate], wanted: _Wanted) -> bool:
    if wanted.countries:
        return any(c.likeness >= GOOD_ENOUGH and c.country in wanted.countries for c in best.values())
    return sum(c.likeness >= GOOD_ENOUGH for c in best.values()) >= 3


def _distinct(ranked: list[Candidate]) -> list[Candidate]:
    """Return the candidates without those that are a better one again: the same identifier, or the same kind of place next door."""
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _as_code(candidate: Candidate) -> Candidate:
    """Return a candidate found by a code of it ('GAO', an airport's, of Guantánamo) lower: the towns so called come first."""
    form = candidate.matched
    town = candidate.precision == 1
    if not town or len(form) > CODE_LENGTH or form == transliteration.folded(candidate.name):
        return candidate
    return replace(candidate, score=round(candidate.score - CODE_COST, 4))


def _same(a: Candidate, b: Candidate) -> bool:
    if a.identifier == b.identifier:
        return True
    if (a.precision >= 3) != (b.precision >= 3) or a.country != b.country:
        return False
    if abs(a.lat - b.lat) > 0.5 or abs(a.lon - b.lon) > 0.5:
        return False
    if a.precision >= 3:
        return a.precision == b.precision
    return kilometres((a.lat, a.lon), (b.lat, b.lon)) < SAME_PLACE_KM


def _candidate(row: tuple[object, ...], likeness: float, score: float) -> Candidate:
    _, name, lat, lon, country, kind, precision, population, weight, identifier, disputed, form = row
    return Candidate(
        name=str(name),
        lat=lat,  # type: ignore[arg-type]
        lon=lon,  # type: ignore[arg-type]
        country=str(country),
        kind=str(kind),
        precision=precision,  # type: ignore[arg-type]
        score=round(min(1.0, score), 4),
        likeness=round(likeness, 4),
        matched=str(form),
        population=population,  # type: ignore[arg-type]
        weight=weight,  # type: ignore[arg-type]
        identifier=str(identifier),
        disputed=str(disputed),
    )
