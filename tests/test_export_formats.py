"""Each format as other tools read it: csv, openpyxl, DuckDB, shapely, jsonschema, SQLite and a real Datasette."""

import asyncio
import csv
import io
import json
import sqlite3
import struct

import duckdb
import jsonschema
import openpyxl
import pytest
import shapely
from datasette.app import Datasette

from exportmaterial import dossier, material, sample_material, sample_readings, told
from reportedly import exporting
from reportedly.export.columns import CLAIMS, EVENTS, values
from reportedly.export.protocol import Material, Told
from reportedly.export.tables import joined, neutral, plain


def written(name, tmp_path, what=None, **options):
    path = tmp_path / f"out{exporting.open_format(name).suffix}"
    return path, exporting.export(what or sample_material(), name, path, options=options)


def rows_of(name, tmp_path, what=None, **options):
    path, _ = written(name, tmp_path, what, **options)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def claims():
    return [Told(reading.document, claim) for reading in sample_readings() for claim in reading.claims]


def events():
    return list(sample_material().dossiers())


# --- JSON Lines ------------------------------------------------------------------------------------------------------------------------


def test_json_lines_give_back_equal_readings(tmp_path):
    path, report = written("jsonl", tmp_path)
    assert tuple(exporting.convert(path, of="jsonl").readings()) == sample_readings()
    assert report.losses == ()


# --- CSV -------------------------------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_claim_and_each_event(tmp_path):
    assert [row["claim"] for row in rows_of("csv", tmp_path)] == [row.claim.id for row in claims()]
    found = rows_of("csv", tmp_path, rows="events")
    assert [row["id"] for row in found] == [each.event.id for each in events()]
    assert any(
        float(row["killed_low"]) < float(row["killed_high"])
        for row in found
        if row["killed_low"] and row["killed_high"]
    )


def test_csv_begins_with_a_byte_order_mark_only_where_asked(tmp_path):
    assert written("csv", tmp_path, bom="yes")[0].read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    assert written("csv", tmp_path)[0].read_bytes().startswith(b"document,")


@pytest.mark.parametrize("cell", ["=1", "'=1", "''=1", "＝1", "-1", "-1+1", "'quoted'", "\t=1", "+33 1", "é", ""])
def test_the_apostrophe_that_stops_a_formula_can_be_taken_off_again(cell):
    assert plain(neutral(cell)) == cell
    assert not neutral(cell).lstrip().startswith(("=", "@", "＝"))


def test_the_loss_of_csv_counts_values_that_hold_the_bar_it_joins_with(tmp_path):
    _, clean = written("csv", tmp_path, material(told("Arsal")))
    _, barred = written("csv", tmp_path, material(told("Arsal | Brital")))
    what = "where a value ends that holds '|'"
    assert what not in {lost.what for lost in clean.losses}
    assert next(lost.count for lost in barred.losses if lost.what == what) > 0


# --- Excel -----------------------------------------------------------------------------------------------------------------------------


def sheets(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


def test_excel_has_both_sheets_with_numbers_as_numbers(tmp_path):
    found = sheets(written("xlsx", tmp_path)[0])
    assert list(found) == ["claims", "events"]
    assert [cell.value for cell in found["claims"][0]] == [column.name for column in CLAIMS]
    assert len(found["claims"]) == len(claims()) + 1
    assert len(found["events"]) == len(events()) + 1
    place = [column.name for column in EVENTS].index("lat")
    assert {type(row[place].value) for row in found["events"][1:]} <= {float, int, type(None)}
    assert any(row[place].value for row in found["events"][1:])


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+1+1", "-1+1", "#N/A", "=cmd|' /C calc'!A0", "TRUE"])
def test_excel_runs_no_cell_and_changes_no_word(words, tmp_path):
    found = sheets(written("xlsx", tmp_path, material(told(words)))[0])
    cell = found["claims"][1][[column.name for column in CLAIMS].index("content")]
    assert (cell.value, cell.data_type) == (words, "s")
    assert cell.quotePrefix is (words[0] in "=@+-")


def test_excel_cuts_what_no_cell_can_hold_and_says_so(tmp_path):
    path, report = written("xlsx", tmp_path, material(told("é" * 40_000)))
    cell = sheets(path)["claims"][1][0]
    assert len(cell.value) == 32_767
    assert any("32,767" in lost.what and lost.count for lost in report.losses)


# --- Parquet ---------------------------------------------------------------------------------------------------------------------------


def test_duckdb_reads_parquet_with_types_and_lists(tmp_path):
    path, _ = written("parquet", tmp_path)
    database = duckdb.connect()
    types = dict(
        database.execute(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))", [str(path)]
        ).fetchall()
    )
    assert (types["lat"], types["start"], types["actor_name"], types["content"]) == (
        "DOUBLE[]",
        "BIGINT",
        "VARCHAR[]",
        "VARCHAR",
    )
    table = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in table.description]
    assert [dict(zip(names, row, strict=True)) for row in table.fetchall()] == [values(CLAIMS, row) for row in claims()]


def test_geoparquet_holds_points_and_says_that_it_does(tmp_path):
    import pyarrow.parquet

    path, _ = written("parquet", tmp_path, rows="events", geo="yes")
    told_of = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"geo"])
    assert told_of["primary_column"] == "geometry"
    assert told_of["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"]}
    rows = duckdb.connect().execute("SELECT lon, lat, geometry::BLOB FROM read_parquet(?)", [str(path)]).fetchall()
    located = [row for row in rows if row[2] is not None]
    assert located
    assert all((shapely.from_wkb(shape).x, shapely.from_wkb(shape).y) == (lon, lat) for lon, lat, shape in located)
    assert all(lon is None for lon, _, shape in rows if shape is None)


def test_the_well_known_binary_is_the_one_everybody_reads():
    assert shapely.from_wkb(struct.pack("<BIdd", 1, 1, 36.25, 34.5)) == shapely.Point(36.25, 34.5)


# --- GeoJSON ---------------------------------------------------------------------------------------------------------------------------

POSITION = {
    "prefixItems": [{"minimum": -180, "maximum": 180}, {"minimum": -90, "maximum": 90}],
    "minItems": 2,
    "maxItems": 2,
}
POSITIONS = {"type": "array", "items": POSITION, "minItems": 2}


def an_object(**properties):
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


POINT = an_object(type={"const": "Point"}, coordinates=POSITION)
POINTS = an_object(type={"const": "MultiPoint"}, coordinates=POSITIONS)
FEATURE = an_object(
    type={"const": "Feature"},
    id={"type": "string"},
    geometry={"oneOf": [{"type": "null"}, POINT, POINTS]},
    properties={"type": "object"},
)
GEOJSON = an_object(type={"const": "FeatureCollection"}, features={"type": "array", "items": FEATURE})


@pytest.mark.parametrize("rows, count", [("events", lambda: len(events())), ("claims", lambda: len(claims()))])
def test_geojson_is_valid_and_shapely_reads_every_geometry(rows, count, tmp_path):
    path, _ = written("geojson", tmp_path, rows=rows)
    collection = json.loads(path.read_bytes())
    jsonschema.validate(collection, GEOJSON)
    assert len(collection["features"]) == count()
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in collection["features"] if each["geometry"]]
    assert shapes
    assert all(shapely.is_valid(shape) for shape in shapes)


def test_geojson_puts_longitude_first(tmp_path):
    path, _ = written("geojson", tmp_path, material(told("Arsal")))
    assert json.loads(path.read_bytes())["features"][0]["geometry"] == {"type": "Point", "coordinates": [36.25, 34.5]}


def test_what_nobody_located_has_no_geometry(tmp_path):
    row = told("Arsal")
    lost = Material(readings=lambda: iter(()), dossiers=lambda: iter((dossier(row, places=()),)))
    assert json.loads(written("geojson", tmp_path, lost)[0].read_bytes())["features"][0]["geometry"] is None


# --- SQLite and Datasette --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "claims.db"
    exporting.export(sample_material(), "sqlite", path)
    return path


def ask(path, query, *words):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, words).fetchall()
    finally:
        connection.close()


def test_sqlite_holds_every_document_claim_mention_and_event(database):
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    assert ask(database, "SELECT count(*) FROM documents") == [(len(sample_readings()),)]
    assert ask(database, "SELECT count(*) FROM claims") == [(len(claims()),)]
    assert ask(database, "SELECT count(*) FROM events") == [(len(events()),)]
    assert ask(database, "SELECT count(*) FROM event_claims") == [(sum(len(each.event.claims) for each in events()),)]


def test_every_mention_in_sqlite_is_the_text_of_its_document(database):
    wrong = """SELECT count(*) FROM mentions JOIN documents ON documents.id = document_id
               WHERE substr(text, start + 1, "end" - start) IS NOT exact"""
    assert ask(database, wrong) == [(0,)]
    assert ask(database, "SELECT count(*) FROM mentions")[0][0] > len(claims())


def test_a_document_that_comes_twice_counts_once_in_sqlite(tmp_path):
    row = told("Arsal")
    path, _ = written("sqlite", tmp_path, material(row, row))
    for table in ("documents", "claims", "events", "event_claims"):
        assert ask(path, f"SELECT count(*) FROM {table}") == [(1,)]
    assert ask(path, "SELECT part, count(*) FROM mentions GROUP BY part HAVING count(*) > 1") == []


def test_full_text_finds_words_without_their_accents(database):
    found = ask(database, "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?", "etat")
    assert found
    assert found == ask(database, "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?", "État")
    assert ask(database, "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?", "الجيش")


def test_the_views_answer(database):
    said = ask(database, "SELECT speaker FROM who_says")
    assert len(said) == len(claims())
    assert all(speaker for (speaker,) in said)
    assert ask(database, "SELECT words, low FROM tolls WHERE kind = 'killed' AND low IS NOT NULL")
    assert ask(database, "SELECT latitude, longitude FROM claims_on_a_map WHERE latitude BETWEEN -90 AND 90")
    contradictions = sum(len(each.event.contradictions) for each in events())
    assert len(ask(database, "SELECT left_content, right_content FROM disputed")) == contradictions > 0


def browse(database, *addresses):
    """The answers of a real Datasette that serves the database with its metadata."""
    metadata = json.loads(database.with_suffix(".metadata.json").read_text(encoding="utf-8"))

    async def answers():
        datasette = Datasette([str(database)], metadata=metadata)
        try:
            return [await datasette.client.get(address) for address in addresses]
        finally:
            for each in datasette.databases.values():
                each.close()

    return asyncio.run(answers())


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_it_with_facets_search_and_descriptions(database):
    pages = browse(
        database,
        "/claims.json",
        "/claims/claims.json?_shape=objects&_facet_size=50",
        "/claims/claims.json?_search=Hezbollah&_shape=objects",
        "/claims/events",
        "/claims/disputed",
        "/claims/tolls.json?_shape=objects",
    )
    assert [page.status_code for page in pages] == [200] * len(pages)
    listed = pages[0].json()
    assert {"claims", "documents", "events", "mentions"} <= {
        table["name"] for table in listed["tables"] if not table["hidden"]
    }
    assert all(table["hidden"] for table in listed["tables"] if "_fts" in table["name"])
    assert {"who_says", "tolls", "claims_on_a_map", "disputed"} == {view["name"] for view in listed["views"]}
    table = pages[1].json()
    assert table["filtered_table_rows_count"] == len(claims())
    facets = table["facet_results"]
    assert {"type", "certainty", "publisher", "actor_name", "act"} <= set(facets)
    assert {"label": "Hezbollah", "count": 1}.keys() <= facets["actor_name"]["results"][0].keys()
    assert 0 < pages[2].json()["filtered_table_rows_count"] < len(claims())
    assert "Hypotheses: claims that seem to tell of one happening" in pages[3].text
    assert "Contradictions with the words of both sides" in pages[4].text


def test_the_metadata_describe_every_column_there_is(database):
    metadata = json.loads(database.with_suffix(".metadata.json").read_text(encoding="utf-8"))
    for name, table in metadata["databases"]["claims"]["tables"].items():
        columns = {row[1] for row in ask(database, f'PRAGMA table_info("{name}")')}
        assert columns, name
        assert set(table.get("columns", ())) <= columns, name
        facets = {facet if isinstance(facet, str) else facet["array"] for facet in table.get("facets", ())}
        assert facets <= columns, name


RARE = ("missing", "abducted", "casualties", "arrested", "displaced")
# --- what all tables share ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns, items", [(CLAIMS, claims), (EVENTS, events)])
def test_every_column_is_filled_by_some_sample_and_of_its_kind(columns, items):
    kinds = {"text": str, "number": float, "integer": int, "texts": str, "numbers": float, "integers": int}
    filled = set()
    for item in items():
        for column, value in zip(columns, values(columns, item).values(), strict=True):
            each = value if isinstance(value, list) else [value]
            assert isinstance(value, list) == (column.kind in ("texts", "numbers", "integers"))
            found = [one for one in each if one is not None]
            assert all(isinstance(one, (kinds[column.kind], int)) and not isinstance(one, bool) for one in found), (
                column.name
            )
            if found:
                filled.add(column.name)
    # what the gold of the samples has not
    unsaid = {
        "repeats",
        "source_name",
        "weapon",
        "target",
        "codes",
        "url",
        "hedge",
        "label_neutral",
        "review",
        "place_name",
        "country",
    }
    unsaid |= {f"{kind}_{bound}" for kind in RARE for bound in ("low", "best", "high")}
    assert {column.name for column in columns} - filled <= unsaid


def test_lists_of_one_thing_go_together():
    longest = 0
    for item in claims():
        row = values(CLAIMS, item)
        longest = max(longest, len(row["place"]), len(row["quantity"]))
        for names in (
            ("place", "lat", "lon", "precision"),
            ("quantity", "low", "best", "high"),
            ("source", "cue", "act"),
        ):
            assert len({len(row[name]) for name in names}) == 1
    assert longest > 1


def test_a_whole_number_has_no_decimals_and_a_cell_of_nothing_is_empty():
    assert [joined(value) for value in (12.0, 34.5, None, [], [None, None], ["a", None], 3)] == [
        "12",
        "34.5",
        "",
        "",
        "",
        "a | ",
        "3",
    ]


def test_a_stream_can_be_written_to_anything_that_takes_bytes():
    out = io.BytesIO()
    report = exporting.export(sample_material(), "plover", out)
    lines = out.getvalue().decode().splitlines()
    assert len(lines) == sum(row.claim.type is not None for row in claims())
    assert report.claims + report.left_out["claims"] == len(claims())


@pytest.mark.parametrize("name", ["xlsx", "parquet", "sqlite"])
def test_a_format_that_is_no_stream_asks_for_a_file(name):
    with pytest.raises(exporting.InputError, match="name a file: --output events"):
        exporting.export(sample_material(), name, io.BytesIO())


@pytest.mark.parametrize("library, name", [("pyarrow", "parquet")])
def test_a_library_that_is_not_there_is_asked_for_by_the_line_that_installs_it(library, name, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(exporting.InputError, match=rf"pip install 'reportedly\[{name}\]'"):
        exporting.export(sample_material(), name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
