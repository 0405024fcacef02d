"""The dossier: one file that opens anywhere, in three languages, with hostile reports inert."""

import itertools
import json
import re
import subprocess
import tomllib
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from markdown_it import MarkdownIt
from msgspec.structs import replace

from annotated import all_gold, reading, span, strange_readings
from reportedly import exporting, records
from reportedly.answers import Gap, Holding, Holdings, TollStep
from reportedly.errors import InputError
from reportedly.export import dossier
from reportedly.export.dossier import charts, maps, marks, timelines, words
from reportedly.export.dossier.view import view
from reportedly.export.formats import html as html_format
from reportedly.records import Claim, Entity, Label, Link, Mention, Place, Quantity, Ref, Sourced, Time
from workbenching import FLAGS, chromium

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg onload=alert(1)>"
    "</q></bdi></style><a href='javascript:alert(1)'>x</a> {{ 7*7 }} {% raw %} \u202eevil\u202c \u2066a <!-- ]]> "
    "' onmouseover='alert(1) \" autofocus onfocus=alert(1) x=\" &lt;b&gt;"
)
KNOWN_TAGS = set(
    "html head meta title style body header main footer article section figure figcaption details summary div p span h1 h2 h3 ul ol li dl "
    "dt dd a b q bdi mark blockquote svg g defs clippath rect circle line path text".split()
)
ADDRESSES = {
    "https://example.org/a?b=<c>": True,
    "javascript:alert(1)": False,
    "data:text/html,x": False,
    "//x.org": False,
}


def hostile_reading(text=f"Selon {HOSTILE}, 12 morts à Flita."):
    evil = span(text, HOSTILE, Entity, name=HOSTILE, kind="armed-group", by="x", basis="inferred", reason=HOSTILE)
    claim = Claim(
        id='"><script>',
        content=span(text, text),
        type="ASSAULT",
        modes=(HOSTILE,),
        chain=(
            Link(source=span(text, HOSTILE, Mention), cue=span(text, "Selon", Mention), act="assert", name=HOSTILE),
        ),
        actors=(evil,),
        places=(span(text, "Flita", Place, lat=34.0, lon=36.4, name=HOSTILE, country=HOSTILE),),
        times=(span(text, "12", Time, earliest="2015-06-09", latest="2015-06-09", anchored=True),),
        quantities=(span(text, "12", Quantity, kind="killed", low=12.0, unit=HOSTILE),),
        labels=(span(text, "morts", Label, of=HOSTILE, neutral=HOSTILE),),
    )
    made = reading(text, claim, name=HOSTILE)
    sourced = Sourced(value=HOSTILE, found=HOSTILE, trust="low")
    facts = dict.fromkeys(("publisher", "title", "language"), sourced) | {
        "url": "javascript:alert(1)",
        "fetched": HOSTILE,
    }
    return replace(made, document=replace(made.document, **facts), run=replace(made.run, version=HOSTILE))


def dossiers(*readings):
    return html_format.gathered(exporting.material_of(lambda: iter(readings)))


def page(*readings, language="en"):
    found, runs = dossiers(*readings)
    return dossier.page(found, language=language, runs=runs)


@pytest.fixture(scope="module")
def pages():
    found, runs = dossiers(*all_gold())
    return {code: dossier.page(found, language=code, runs=runs) for code in dossier.languages()}


def tree(text):
    return parser.document_fromstring(text)


def inert(root):
    """Nothing in a page runs, loads, or leads anywhere but to itself or to the web."""
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= KNOWN_TAGS
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name not in ("src", "srcset", "style", "action", "formaction", "xlink:href", "srcdoc"), name
            if name == "href":
                assert value.startswith(("#", "https://", "http://")), value


# --- what a reader gets ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code, direction", [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_page_speaks_its_language_and_every_link_on_it_leads_somewhere(pages, code, direction):
    root = tree(pages[code])
    assert (root.get("lang"), root.get("dir")) == (code, direction)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert len(inside) > 200
    assert inside <= set(ids)
    inert(root)


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_a_sentence_that_says_why_writes_out_no_letter_of_its_own_making(pages, code):
    """What reorders letters is written out where a report holds it; a sentence of ours holds none."""
    said = " ".join("".join(each.itertext()) for each in tree(pages[code]).xpath("//*[@class='why']"))
    assert len(said) > 1000
    assert "[U+" not in said
    assert not set(said) & set("\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("code, unknown", [("en", "outlet unknown"), ("fr", "média inconnu"), ("ar", "الناشر مجهول")])
def test_an_outlet_that_nobody_knows_is_unknown_in_the_language_of_the_dossier(code, unknown):
    nameless = [replace(each, document=replace(each.document, publisher=None)) for each in all_gold()]
    found, runs = dossiers(*nameless)
    made = dossier.page(found, language=code, runs=runs)
    assert unknown in {"".join(each.itertext()).strip() for each in tree(made).xpath("//dl[@class='framing']//dt")}
    assert code == "en" or "outlet unknown" not in made


def test_every_text_stands_on_the_page_to_the_letter_with_its_hash(pages):
    root = tree(pages["fr"])
    bodies = {"".join(body.itertext()).replace("\n", "") for body in root.xpath("//div[@class='body']")}
    for each in all_gold():
        if any(claim.event for claim in each.claims):
            assert each.document.text.replace("\n", "") in bodies
            assert each.document.sha256 in pages["fr"]


def test_every_claim_is_quoted_once_in_its_event_in_its_own_words(pages):
    root = tree(pages["en"])
    quoted = {"".join(quote.itertext()) for quote in root.xpath("//blockquote")}
    claims = [claim for each in all_gold() for claim in each.claims if not claim.repeats]
    assert {claim.content.exact for claim in claims} == quoted
    assert len(root.xpath("//div[@class='said']")) == len(claims)


def test_reports_are_numbered_as_their_sources_are():
    found, runs = dossiers(*all_gold())
    for one in found[:40]:
        made = view([one], words.load("en"), runs=runs).happenings[0]
        numbers = [report.number for group in made.groups for report in group.reports if not isinstance(report, str)]
        assert numbers == sorted(numbers)
        assert made.groups[0].reports[0].number == 1


def test_the_same_events_make_the_same_page(pages):
    assert page(*all_gold()) == pages["en"]


def test_no_word_of_the_interface_is_missing_in_any_language():
    tables = {code: words.load(code).tables for code in words.languages()}
    keys = {code: {(table, key) for table, held in made.items() for key in held} for code, made in tables.items()}
    assert set(keys) == {"en", "fr", "ar"}
    assert keys["en"] == keys["fr"] == keys["ar"]
    assert all(word.strip() for made in tables.values() for held in made.values() for word in held.values())
    named = {
        "act": records.Act,
        "kind": records.QuantityKind,
        "territory": records.Territory,
    }
    for table, names in named.items():
        assert set(get_args(names)) <= set(tables["en"][table])
    standing = {*get_args(records.Polarity), *get_args(records.Certainty), *get_args(records.Status)}
    assert standing - {"positive", "certain", "happened"} <= set(tables["en"]["standing"])
    assert set(marks.ORDER) <= set(tables["en"]["role"])


def test_the_vocabulary_of_happenings_is_in_every_language(root):
    types = tomllib.loads((root / "src/reportedly/types/events.toml").read_text(encoding="utf-8"))["type"]
    for code in words.languages():
        held = words.load(code).tables
        assert set(types) <= set(held["type"])
        assert {mode for each in types.values() for mode in each["modes"]} <= set(held["mode"])


def test_a_language_without_words_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="en, ar, fr"):
        dossier.page([], language="de")
    with pytest.raises(InputError):
        dossier.page([], language="../en")


# --- hostile reports ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_hostile_report_is_shown_and_does_nothing(code):
    written = page(hostile_reading(), language=code)
    root = tree(written)
    inert(root)
    assert "<script" not in written
    assert "{{ 7*7 }}" in root.text_content()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", written)
    assert "[U+202E]evil[U+202C]" in root.text_content()


def test_the_policy_allows_no_script_and_only_our_own_style():
    (policy,) = tree(page(hostile_reading())).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/=]{44}'$", policy)
    assert "unsafe" not in policy


@pytest.mark.parametrize("url, linked", ADDRESSES.items())
def test_only_web_addresses_are_links(url, linked):
    made = hostile_reading()
    written = page(replace(made, document=replace(made.document, url=url)))
    outside = [href for href in tree(written).xpath("//a/@href") if not href.startswith("#")]
    assert outside == ([url] if linked else [])


@settings(max_examples=25)
@given(strange_readings())
def test_strange_letters_survive_on_the_page(each):
    root = tree(page(each))
    inert(root)
    body = "".join("".join(found.itertext()) for found in root.xpath("//div[@class='body']"))
    shown = dossier.seen(each.document.text)
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", shown)


def test_a_line_of_a_million_letters_makes_a_page():
    text = "x" * 1_000_000 + " Flita"
    written = page(reading(text, Claim(id="c", content=span(text, "Flita"))))
    assert "x" * 1_000_000 in written


def test_in_a_browser_a_hostile_report_runs_nothing(tmp_path):
    path = tmp_path / "dossier.html"
    path.write_text(page(hostile_reading()), encoding="utf-8")
    call = [chromium(), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
    dumped = subprocess.run(call, capture_output=True, text=True, check=False, timeout=60).stdout
    assert "<title>Dossier: " in dumped
    assert "<title>owned" not in dumped
    inert(tree(dumped))


def test_markdown_of_a_hostile_report_makes_no_markup_of_its_own():
    found, runs = dossiers(hostile_reading())
    rendered = (
        MarkdownIt("commonmark", {"html": True}).enable("strikethrough").render(dossier.markdown(found, runs=runs))
    )
    root = parser.fragment_fromstring(rendered, create_parent="div")
    tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert tags <= set("div h1 h2 h3 p ul ol li strong blockquote hr".split())
    assert "<script>document.title='owned'</script>" in root.text_content()


def test_markdown_has_every_claim_of_the_samples():
    found, runs = dossiers(*all_gold())
    rendered = parser.fragment_fromstring(
        MarkdownIt("commonmark").render(dossier.markdown(found, runs=runs)), create_parent="div"
    )
    plain = " ".join(rendered.text_content().split())
    for each in all_gold():
        for claim in each.claims:
            assert claim.repeats or " ".join(claim.content.exact.split()) in plain


# --- drawings ----------------------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 7)), max_size=6))
def test_every_position_finer_than_a_country_is_a_dot_within_the_frame(spots):
    places = [Place(start=0, end=1, exact="x", lat=lat, lon=lon, precision=precision) for lat, lon, precision in spots]
    made = maps.drawn(places)
    fine = {(round(lat, 3), round(lon, 3)) for lat, lon, precision in spots if precision < 6}
    if not fine:
        assert made is None
        return
    assert {(dot.lat, dot.lon) for dot in made.dots} == fine
    assert [dot.number for dot in made.dots] == list(range(1, len(fine) + 1))
    assert all(-0.1 <= dot.x <= made.width + 0.1 and -0.1 <= dot.y <= made.height + 0.1 for dot in made.dots)


def test_a_map_of_the_border_of_mali_has_that_border_and_no_coast_and_one_of_gaza_a_coast():
    mali = maps.drawn([Place(start=0, end=1, exact="Koro", lat=14.06, lon=-3.07)])
    gaza = maps.drawn([Place(start=0, end=1, exact="Gaza", lat=31.5, lon=34.45)])
    assert mali.borders.startswith("M")
    assert not mali.coasts
    assert gaza.coasts.startswith("M")


@pytest.mark.parametrize(
    ("lat", "lon", "disputed"),
    [
        (45.9, 34.2, True),
        (33.1, 35.75, True),
        (34.2, 74.3, True),
        (9.9, 28.4, True),
        (14.06, -3.07, False),
        (50.2, 36.4, False),
    ],
)
def test_a_border_is_drawn_as_disputed_where_it_is(lat, lon, disputed):
    made = maps.drawn([Place(start=0, end=1, exact="x", lat=lat, lon=lon)])
    assert bool(made.disputed) == disputed


def test_no_stretch_is_drawn_both_as_settled_and_as_disputed():
    drawn = {}
    for kind, points, _ in maps._arcs():
        for one, other in itertools.pairwise(points):
            drawn.setdefault(frozenset((one, other)), set()).add(kind)
    assert not [step for step, kinds in drawn.items() if {maps.BORDER, maps.DISPUTED} <= kinds]


def test_our_own_lines_on_the_map_are_those_of_the_workbench(root):
    told = json.loads((root / "frontend" / "src" / "events" / "disputed.json").read_text(encoding="utf-8"))
    disputed = {points[0] for kind, points, _ in maps._arcs() if kind == maps.DISPUTED}
    for line in told["lines"]:
        assert tuple(round(each, 2) for each in line["at"][0]) in disputed, line["name"]


def test_a_ring_around_a_place_is_within_the_frame():
    made = maps.drawn([Place(start=0, end=1, exact="x", lat=15.0, lon=-3.0, precision=5)])
    (dot,) = made.dots
    assert dot.radius > 0
    assert dot.radius <= min(dot.x, dot.y, made.width - dot.x, made.height - dot.y)


def test_north_is_up_and_a_kilometre_is_as_long_both_ways():
    def at(lat, lon):
        return Place(start=0, end=1, exact="x", lat=lat, lon=lon)

    made = {(dot.lat, dot.lon): dot for dot in maps.drawn([at(60.0, 10.0), at(61.0, 10.0), at(60.0, 12.0)]).dots}
    south, north, east = made[60.0, 10.0], made[61.0, 10.0], made[60.0, 12.0]
    assert north.y < south.y
    assert east.x > south.x
    assert abs((south.y - north.y) / (east.x - south.x) - 1) < 0.05


def step(**bounds):
    of = bounds.pop("of", None)
    number = Quantity(start=0, end=1, exact="x", kind="killed", **bounds)
    return TollStep(ref=Ref(document="d", claim="c"), kind="killed", quantity=number, speaker="s", of=of)


def drawn_toll(*steps):
    (chart,) = charts.tolls(steps)
    return chart, {row.number: row for row in chart.rows}


def test_what_is_open_upwards_reaches_to_the_end_of_a_scale_that_goes_beyond_the_highest_figure():
    chart, rows = drawn_toll(
        step(low=12.0), step(low=40.0, best=40.0, high=40.0), step(low=10.0, best=20.0, high=30.0), step(high=8.0)
    )
    assert chart.end == pytest.approx(40 * 1.15)
    per = (chart.width - charts.RIGHT - chart.left) / chart.end
    assert rows[1].open_end
    assert rows[1].x == pytest.approx(chart.left + 12 * per, abs=0.1)
    assert rows[1].x + rows[1].width == pytest.approx(chart.width - charts.RIGHT, abs=0.2)
    # an exact figure is a point, a range a range with its best figure marked, 'at most' reaches down to nothing
    assert (rows[2].width, rows[2].open_end) == (0.0, False)
    assert rows[2].best == pytest.approx(chart.left + 40 * per, abs=0.1)
    assert rows[3].width == pytest.approx(20 * per, abs=0.2)
    assert rows[3].x < rows[3].best < rows[3].x + rows[3].width
    assert (rows[4].x, rows[4].open_end) == (chart.left, False)


@pytest.mark.parametrize(
    ("bounds", "about"), [({"best": 9.0}, True), ({"best": 9.0, "high": 9.0}, True), ({"low": 9.0, "high": 9.0}, False)]
)
def test_a_figure_that_is_only_about_right_is_drawn_so(bounds, about):
    _, rows = drawn_toll(step(**bounds))
    assert (rows[1].about, rows[1].width) == (about, 0.0)


def test_the_dead_of_two_sides_are_drawn_apart_with_the_numbers_of_the_table():
    found = charts.tolls([step(low=1.0, of="M23"), step(low=2.0, of="FARDC"), step(low=3.0, of="M23"), step()])
    assert [(chart.of, [row.number for row in chart.rows]) for chart in found] == [("M23", [1, 3]), ("FARDC", [2])]


@given(st.lists(st.tuples(*[st.none() | st.floats(0, 1e7)] * 3), min_size=1, max_size=8))
def test_every_figure_is_drawn_within_its_frame(figures):
    for chart in charts.tolls([step(low=low, best=best, high=high) for low, best, high in figures]):
        assert 2 <= len(chart.ticks) <= charts.MOST_TICKS + 1 or chart.end < 1
        for row in chart.rows:
            assert chart.left <= row.x <= chart.width
            assert row.x + row.width <= chart.width + charts.NARROWEST
            assert row.best is None or chart.left <= row.best <= chart.width


def test_who_holds_a_place_is_a_lane_each_and_days_nobody_speaks_of_are_gaps():
    place = Place(start=0, end=1, exact="Goma")
    rows = [
        Holding(
            ref=Ref(document="d", claim=str(n)),
            place=place,
            holder=holder,
            stands="holds",
            speaker="s",
            earliest=first,
            latest=last,
        )
        for n, (holder, first, last) in enumerate(
            [("M23", "2024-01-01", "2024-01-05"), ("FARDC", "2024-03-01", None), ("M23", None, None)]
        )
    ]
    made = charts.held(
        Holdings(place="Goma", rows=tuple(rows), gaps=(Gap(earliest="2024-01-06", latest="2024-02-29", days=55),))
    )
    assert [name for name, _ in made.lanes] == ["M23", "FARDC"]
    assert [bar.open_end for bar in made.bars] == [False, True]
    ((x, width),) = made.gaps
    assert made.bars[0].x + made.bars[0].width <= x + 1
    assert x + width <= made.bars[1].x + 1
    assert charts.held(Holdings(place="Goma", rows=tuple(rows[2:]))) is None


DAY = st.none() | st.dates().map(str)
SPANS = st.lists(st.tuples(DAY, DAY), max_size=5)
REPORTS = st.lists(st.tuples(st.text(max_size=40), DAY), max_size=5)


@given(SPANS, REPORTS)
def test_a_timeline_of_any_days_stays_within_its_frame_and_keeps_every_report(spans, reports):
    times = [Time(start=0, end=1, exact="t", earliest=a, latest=max(a, b) if a and b else None) for a, b in spans]
    made = timelines.drawn(times, reports)
    if made is None:
        assert not any(day for _, day in reports)
        return
    bars = [*made.happened, *made.reported]
    assert all(0 <= bar.x <= made.width and bar.x + bar.width <= made.width + timelines.LEAST for bar in bars)
    assert sum(bar.times for bar in made.reported) + made.unreported == len(reports)
    rows = {}
    for bar in sorted(bars, key=lambda bar: bar.x):
        assert bar.x >= rows.get(bar.y, -1)
        rows[bar.y] = bar.x + bar.width


@given(
    st.text(min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from((*marks.ORDER, "content"))), max_size=8),
)
def test_pieces_joined_are_the_text_and_each_letter_has_the_first_of_its_marks(text, spans):
    found = [marks.Mark(min(a, b), max(a, b), role, f"{a}{b}{role}") for a, b, role in spans]
    pieces = marks.pieces(text, found)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for offset in range(at, at + len(piece.text)):
            on = {mark.role for mark in found if mark.start <= offset < mark.end}
            assert piece.role == next((role for role in marks.ORDER if role in on), "")
            assert piece.claimed == ("content" in on)
        at += len(piece.text)
