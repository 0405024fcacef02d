"""Countries as other data sets name and number them, and which country a state's army or police belongs to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Entity

TYPES = Path(__file__).parent.parent / "types"
# The columns of countries.tsv that name the state's own actors.
OWN = ("army", "police", "security", "government", "air_force")


class Country(NamedTuple):
    """One row of regions.tsv; what a scheme does not have is empty."""

    iso2: str
    iso3: str
    numeric: str
    acled_name: str
    acled_region: str
    ged_name: str
    ged_region: str
    gwno: str


NOWHERE = Country(*[""] * 8)


@lru_cache(maxsize=1)
def _regions() -> dict[str, Country]:
    return {row["iso2"]: Country(**row) for row in _rows("regions.tsv")}


def country(iso2: str | None) -> Country:
    """Return a country by its code of two letters, one of empty cells where there is none.

    >>> country("SY").iso3, country("SY").gwno, country(None).acled_region
    ('SYR', '652', '')
    """
    return _regions().get(iso2 or "", NOWHERE)


def called(iso2: str | None, language: str) -> str:
    """Return what a country is called in a language, the code itself where nobody has listed it.

    >>> called("SY", "fr"), called("MC", "en"), called("XZ", "fr"), called(None, "fr")
    ('Syrie', 'Monaco', 'XZ', '')
    """
    return _called(language).get(iso2 or "") or iso2 or ""


@lru_cache(maxsize=8)
def _called(language: str) -> dict[str, str]:
    return {
        row["iso2"]: row.get(language, "").partition("|")[0]
        for name in ("territories.tsv", "countries.tsv")
        for row in _rows(name)
    }


def of_state(entity: Entity) -> str | None:
    """Return the country, as a code of two letters, of a state or of its forces; None for anybody else and where nobody knows."""
    if entity.kind not in ("state", "state-force") or not entity.name:
        return None
    return _of_name(entity.name)


@lru_cache(maxsize=4096)
def _of_name(name: str) -> str | None:
    names, adjectives = _own_names()
    return names.get(name) or adjectives.get(name.partition(" ")[0])


@lru_cache(maxsize=1)
def _own_names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of states and their own actors, and the adjectives of one word ('Russian'), each with its country.

    An adjective of two countries ('Congolese') tells neither.
    """
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    shared: set[str] = set()
    for row in _rows("countries.tsv"):
        for name in (row["name"], *(row[column] for column in OWN)):
            if name:
                names.setdefault(name, row["iso2"])
        for adjective in row["adj_en"].split("|"):
            if adjectives.setdefault(adjective, row["iso2"]) != row["iso2"]:
                shared.add(adjective)
    return names, {adjective: iso2 for adjective, iso2 in adjectives.items() if adjective not in shared}


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (TYPES / name).read_text(encoding="utf-8").split("\n")
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = len(table[0])
    return (dict(zip(table[0], [*row, *[""] * (width - len(row))], strict=True)) for row in table[1:])
