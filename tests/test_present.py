"""What is shown in a terminal: legible without colour, nothing cut off, nothing guessed."""

import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from goldfiles import reading_of
from reportedly import Discrepancy, Place, Quantity, Sourced, Time, samples
from reportedly.present import claims, events, marks, words
from reportedly.records import Event, Ref


def sample(name):
    return reading_of(samples.FOLDER / f"{name}.gold.json")


def shown(renderables, *, width=100, colour=False):
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
    )
    for renderable in renderables:
        console.print(renderable)
    return out.getvalue()


def without_marks(text, found):
    """The marked text with the marks taken out again."""
    plain = marks.marked(text, found).plain
    for mark in found:
        tag = mark.kind + ",".join(map(str, mark.numbers))
        plain = plain.replace(f"{{{tag}:", "")
    return plain.replace("}", "")


@pytest.mark.parametrize("name", ["qal-afi", "yemen-fr", "ukr-wire", "irak-fr"])
def test_marking_adds_marks_and_nothing_else(name):
    reading = sample(name)
    assert without_marks(reading.document.text, marks.of_reading(reading)) == reading.document.text


spans = st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from("SCEHPTN"))


@given(st.lists(spans, max_size=12))
def test_crossing_marks_are_balanced_and_keep_the_words(given_spans):
    text = "abcdefghijklmnopqrstuvwxyz0123456789 abcdefgh"
    found = [marks.Mark(start, start + length, kind) for start, length, kind in given_spans]
    plain = marks.marked(text, found).plain
    assert plain.count("{") == plain.count("}")
    assert without_marks(text, found) == text


def test_a_mark_names_its_kind_and_its_claims():
    found = [marks.Mark(0, 5, "S"), marks.Mark(6, 12, "E", (3, 4))]
    assert marks.marked("Damas dément tout", found).plain == "{S:Damas} {E3,4:dément} tout"


def test_a_mark_inside_another_is_nested():
    found = [marks.Mark(0, 8, "S"), marks.Mark(3, 8, "P")]
    assert marks.marked("de Damas dit", found).plain == "{S:de {P:Damas}} dit"


def test_colour_only_repeats_what_words_say():
    reading = sample("qal-afi")
    coloured = shown(claims.reading(reading), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(claims.reading(reading))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", ["qal-afi", "soudan-darfour", "yemen-shariya"])
def test_nothing_is_cut_off_at_any_width(name, width):
    reading = sample(name)
    out = shown(claims.reading(reading), width=width)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "…" not in out.replace("... ", "") or "…" in reading.document.text
    flat = "".join(out.split())
    for claim in reading.claims:
        assert "".join(claim.content.exact.split()) in flat


def test_what_is_unknown_is_said_to_be_unknown_and_why():
    nowhere = Place(start=0, end=1, exact="x", reason="two places have this name")
    assert words.where(nowhere) == "position unknown: two places have this name"
    assert words.where(Place(start=0, end=1, exact="x")) == "position unknown: no gazetteer here knows it"
    monday = Time(start=0, end=5, exact="lundi", says="a Monday")
    assert words.when(monday) == "date unknown: the report does not say which date it is; the words say a Monday"


def test_the_header_says_that_the_date_of_publication_is_unknown():
    reading = sample("qal-afi")
    undated = msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, published=None))
    assert "unknown: relative dates count from a dateline alone" in shown(claims.reading(undated))


@pytest.mark.parametrize(
    "low, best, high, said",
    [
        (12, 12, 12, "12"),
        (1000, None, None, "at least 1,000"),
        (None, 1000, 1000, "nearly 1,000"),
        (None, 10, None, "about 10"),
        (None, None, 50, "at most 50"),
        (20, None, 99, "20 to 99"),
        (10, 12, 15, "12 (at least 10, at most 15)"),
        (None, None, None, "an unknown number"),
        (0, 0, 0, "0"),
    ],
)
def test_bounds_are_said_as_the_words_bound_them(low, best, high, said):
    assert words.bounds(Quantity(start=0, end=1, exact="x", low=low, best=best, high=high)) == said


@pytest.mark.parametrize(
    ("low", "unit", "kind", "expected"),
    [
        (1, "vehicle", "vehicles", "1 vehicle"),
        (3, "vehicle", "vehicles", "3 vehicles"),
        (1, "church", "buildings", "1 church (buildings)"),
        (2, "church", "buildings", "2 churches (buildings)"),
        (2, "barrel_bomb", "other", "2 barrel bombs"),
        (5, "km", "distance", "5 km (distance)"),
        (2, "aircraft", "vehicles", "2 aircraft (vehicles)"),
    ],
)
def test_units_are_told_of_one_and_of_many(low, unit, kind, expected):
    found = Quantity(start=0, end=1, exact="x", kind=kind, unit=unit, low=low, best=low, high=low)
    assert words.how_many(found) == expected


def test_an_inferred_unit_is_marked():
    height = Quantity(
        start=0, end=5, exact="2.428", kind="height", low=2428, best=2428, high=2428, unit="m", unit_inferred=True
    )
    assert words.how_many(height) == "2,428 m (unit inferred) (height)"


@pytest.mark.parametrize(
    "earliest, latest, said",
    [
        ("2015-06-09", "2015-06-09", "2015-06-09"),
        ("2015-06-08", None, "since 2015-06-08"),
        (None, "2015-06-08", "until 2015-06-08"),
        ("2015-06-01", "2015-06-30", "2015-06-01 to 2015-06-30"),
    ],
)
def test_an_interval_is_shown_as_one(earliest, latest, said):
    time = Time(start=0, end=1, exact="x", earliest=earliest, latest=latest, anchored=True)
    assert words.when(time) == said


def test_what_disagrees_within_a_report_is_shown_with_both_figures():
    reading = sample("qal-afi")
    both = [claim for claim in reading.claims if claim.quantities][:2]
    disagreement = Discrepancy(
        field=both[0].quantities[0].kind,
        claims=tuple(claim.id for claim in both),
        reason="the figures exclude each other",
    )
    out = shown(claims.reading(msgspec.structs.replace(reading, discrepancies=(disagreement,))))
    assert "What disagrees within this report" in out
    tail = out.split("What disagrees within this report")[1]
    assert all(claim.quantities[0].exact in tail for claim in both)
    assert "the figures exclude each other" in tail


def test_a_repeat_says_what_it_repeats_and_is_not_told_twice():
    reading = sample("qal-afi")
    first, *rest = reading.claims
    again = msgspec.structs.replace(first, id="again", repeats=first.id)
    out = shown(claims.reading(msgspec.structs.replace(reading, claims=(first, *rest, again))))
    assert out.count("repeats claim 1:") == 1
    assert out.count("what     ") == len(reading.claims)


def test_the_outlets_own_voice_is_named():
    reading = sample("qal-afi")
    own = next(claim for claim in reading.claims if not claim.chain)
    assert words.chain(own, publisher="AFI") == "AFI, in its own voice"
    assert words.chain(own, publisher=None) == "the report, in its own voice"


def test_hearsay_names_nobody():
    reading = sample("yemen-fr")
    hearsay = [
        claim
        for name in samples.names()
        for claim in sample(name).claims
        if claim.chain and claim.chain[-1].source is None
    ]
    assert reading.claims
    assert hearsay
    assert all("nobody is named" in words.chain(claim, publisher="AFI") for claim in hearsay)


def test_right_to_left_words_are_isolated_in_a_line_of_english():
    assert words.quoted("الفاشر") == "“\u2068الفاشر\u2069”"
    assert words.quoted("Alep") == "“Alep”"
    assert words.sourced(Sourced(value="دارفور الآن", found="given", trust="given")).startswith("\u2068")


def test_a_latin_tag_in_a_right_to_left_line_is_isolated():
    assert marks.marked("قتل مدني", [marks.Mark(0, 3, "E", (1,))]).plain == "{\u2066E1\u2069:قتل} مدني"


def test_escape_sequences_of_a_report_do_not_reach_the_terminal():
    reading = sample("qal-afi")
    text = reading.document.text + "\x1b]0;owned\x07\x1b[31m\u202e"
    hostile = msgspec.structs.replace(
        reading, document=msgspec.structs.replace(reading.document, text=text, name="\x1b[2J")
    )
    out = shown(claims.reading(hostile))
    assert not set("\x1b\x07\u202e") & set(out)


@given(st.text(max_size=80))
def test_no_text_makes_the_marks_raise(text):
    marks.marked(words.printable(text), [marks.Mark(0, max(1, len(text) // 2), "S")])


@pytest.mark.parametrize(
    "title", ["أعلن الجيش أن قواته سيطرت على البلدة " * 6, "سيطر الجيش", "L'armée a pris la ville " * 9, "pris"]
)
def test_a_title_that_is_cut_is_set_apart_whole(title):
    event = Event(id="e1", title=title, claims=(Ref(document="d", claim="c"),))
    told = shown(events.overview([event], least_claims=1))
    assert told.count("\u2068") == told.count("\u2069") == (title[0] > "\u0600")
    assert ("…" in told) == (len(title) > 120)
