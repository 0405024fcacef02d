"""The gazetteer: names to candidates, tables added, spellings matched."""

import gzip
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from reportedly import gazetteer
from reportedly.errors import GazetteerError
from reportedly.gazetteer import sources
from reportedly.gazetteer.sources import Row


def village(name, lat, lon, country="LB", *others, population=0):
    return Row(name, (name, *others), lat, lon, country, "settlement", 1, population, f"test:{name}-{country}")


BASE = (
    village("Arsal", 34.179, 36.421, "LB", "Aarsal", "عرسال"),
    village("Tripoli", 34.434, 35.844, "LB", "Tarabulus", "طرابلس", population=230000),
    village("Tripoli", 32.887, 13.187, "LY", "Tarabulus", "طرابلس", population=1150000),
    village("El Qalamoun", 34.387, 35.786, "LB", "Qalamoun", "القلمون", population=3000),
    village("Houmeira", 34.1, 36.6, "SY", "Houmayra"),
    village("Kostyantynivka", 48.527, 37.706, "UA", "Костянтинівка", population=67000),
    village("Koro", 14.064, -3.075, "ML", population=62000),
    village("Koro", 8.55, -7.46, "CI", population=30000),
)


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "base_rows", lambda: iter(BASE))
    monkeypatch.setenv("REPORTEDLY_HOME", str(tmp_path))
    return tmp_path / "gazetteer.sqlite"


@pytest.fixture
def known(database):
    found = gazetteer.open()
    yield found
    found.close()


def geonames_line(number, name, lat, lon, *, alternates="", feature="P\tPPL", country="LB"):
    return f"{number}\t{name}\t{name}\t{alternates}\t{lat}\t{lon}\t{feature}\t{country}\t\t01\t\t\t\t120\t\t900\tAsia/Beirut\t2015-06-09"


DUMP = "\n".join(
    (
        geonames_line(1, "Nahlé", 34.042, 36.261, alternates="Nahle,Nahla,نحلة"),
        geonames_line(2, "Jabal ash Sharqi", 34.0, 36.3, feature="T\tMTS"),
        geonames_line(3, "Baalbek-Hermel", 34.15, 36.3, feature="A\tADM1"),
    )
)


@pytest.mark.parametrize("spelling", ["Arsal", "ARSAL", "Aarsal", "Aarsale", "Ersal", "عرسال", "Ārsāl"])
def test_one_village_is_found_under_all_its_spellings(known, spelling):
    assert known.find(spelling, countries=("LB",))[0].identifier == "test:Arsal-LB"


@pytest.mark.parametrize(
    "spelling, identifier",
    [
        ("Hmaira", "test:Houmeira-SY"),
        ("حميرة", "test:Houmeira-SY"),
        ("Kostiantynivka", "test:Kostyantynivka-UA"),
        ("Konstantinovka", "test:Kostyantynivka-UA"),
        ("Костянтинівка", "test:Kostyantynivka-UA"),
    ],
)
def test_spellings_no_list_holds_are_matched_by_their_consonants(known, spelling, identifier):
    assert identifier in [c.identifier for c in known.find(spelling)]


def test_a_name_like_no_other_has_no_candidates(known):
    assert known.find("Xyzzyplughq") == ()


def test_a_name_in_a_script_we_do_not_read_has_no_candidates(known):
    assert known.find("黎巴嫩") == ()


@pytest.mark.parametrize("country, lat", [("LB", 34.434), ("LY", 32.887)])
def test_the_expected_country_ranks_homonyms(known, country, lat):
    assert known.find("Tripoli", countries=(country,))[0].lat == lat


def test_near_ranks_homonyms(known):
    assert known.find("Koro", near=(8.0, -7.0))[0].country == "CI"


def test_precisions_exclude(known):
    assert {c.precision for c in known.find("Diyala", precisions=(4,))} == {4}


def test_the_mountains_come_before_the_village_of_the_same_name(known):
    first = known.find("Qalamoune", countries=("SY", "LB"))[0]
    assert (first.lat, first.lon, first.precision) == (34.0, 36.6, 5)


def test_a_disputed_region_says_who_claims_it(known):
    assert "1967" in known.find("plateau du Golan")[0].disputed


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Syrie", 35.0, 38.0),
        ("اليمن", 15.5, 47.5),
        ("RDC", -2.9, 23.6),
        ("Liban", 33.85, 35.86),
        ("Soudan", 15.0, 30.0),
    ],
)
def test_countries_are_found_in_each_language(known, name, lat, lon):
    assert next((c.lat, c.lon) for c in known.find(name) if c.precision == 6) == (lat, lon)


def write(path: Path, text: str) -> Path:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "see geonames.org" * 1000)
            archive.writestr("LB.txt", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["LB.txt", "LB.txt.gz", "LB.zip"])
def test_a_geonames_dump_is_added(database, tmp_path, name):
    built = gazetteer.build(write(tmp_path / name, DUMP))
    assert (built.form, built.places, built.unchanged) == ("geonames", 3, False)
    found = gazetteer.open().find("نحلة")[0]
    assert (found.lat, found.lon, found.precision) == (34.042, 36.261, 1)


def test_feature_codes_give_precisions(database, tmp_path):
    gazetteer.build(write(tmp_path / "LB.txt", DUMP))
    known = gazetteer.open()
    assert known.exact("Jabal ash Sharqi")[0].precision == 5
    assert {c.precision for c in known.exact("Baalbek-Hermel")} == {4}


def test_a_who_s_on_first_table_is_added(database, tmp_path):
    line = "85902623\t\tWadi Hmayed\tWadi Hmayed|Ouadi Hmayed\t34.17000\t36.46000\tLB\tneighbourhood\t"
    assert gazetteer.build(write(tmp_path / "pack.tsv", line)).form == "whosonfirst"
    assert gazetteer.open().exact("Ouadi Hmayed")[0].country == "LB"


def test_adding_the_same_table_twice_changes_nothing(database, tmp_path):
    path = write(tmp_path / "LB.txt", DUMP)
    first, second = gazetteer.build(path), gazetteer.build(path)
    assert (second.places, second.unchanged) == (first.places, True)
    assert sqlite3.connect(database).execute(
        "select count(*) from place where identifier = 'geonames:1'"
    ).fetchone() == (1,)


def test_a_newer_table_of_the_same_name_replaces_the_older(database, tmp_path):
    gazetteer.build(write(tmp_path / "LB.txt", DUMP))
    gazetteer.build(write(tmp_path / "LB.txt", DUMP.replace("Nahlé", "Nahleh").splitlines()[0]))
    assert sqlite3.connect(database).execute(
        "select name from place where identifier like 'geonames:%'"
    ).fetchall() == [("Nahleh",)]


@pytest.mark.parametrize(
    "name, content",
    [
        ("x.tsv", b"a\tb\tc\n"),
        ("x.txt", b""),
        ("x.txt", b"\xff\xfe\x00"),
        ("x.gz", b"\x1f\x8b\x08\x00broken"),
        ("x.zip", b"PK\x03\x04broken"),
    ],
)
def test_a_file_in_no_form_we_read_is_refused_and_changes_nothing(database, tmp_path, name, content):
    gazetteer.open().close()
    before = database.read_bytes()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GazetteerError, match=re.escape(name)):
        gazetteer.build(tmp_path / name)
    assert database.read_bytes() == before


def test_a_table_that_breaks_off_is_not_half_added(database, tmp_path):
    whole = gzip.compress("\n".join(geonames_line(i, f"Village {i}", 34.0, 36.0) for i in range(20000)).encode())
    (tmp_path / "LB.txt.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError):
        gazetteer.build(tmp_path / "LB.txt.gz")
    assert gazetteer.open().exact("Village 1") == ()


def test_lines_that_cannot_be_used_are_counted(database, tmp_path):
    assert gazetteer.build(write(tmp_path / "LB.txt", DUMP + "\nbroken\tline")).skipped == 1


def test_a_missing_file_is_named(database, tmp_path):
    with pytest.raises(GazetteerError, match=r"nowhere\.txt"):
        gazetteer.build(tmp_path / "nowhere.txt")


def test_a_database_that_is_something_else_is_refused(database):
    database.write_bytes(b"not a database at all" * 100)
    with pytest.raises(GazetteerError, match="cannot be used"):
        gazetteer.open()


def test_progress_is_told(database, tmp_path):
    told = []
    gazetteer.build(write(tmp_path / "LB.txt", DUMP), progress=lambda stage, done: told.append((stage, done)))
    assert told[-1] == ("LB.txt", 3)


def test_every_hand_made_place_stands_where_it_can():
    for row in sources.hand_made_rows():
        assert abs(row.lat) <= 90, row
        assert abs(row.lon) <= 180, row
        assert 1 <= row.precision <= 7, row


def test_the_hand_made_file_holds_the_places_of_fifteen_years_of_wars():
    assert sum(row.kind not in ("country", "province", "district") for row in sources.hand_made_rows()) >= 180
