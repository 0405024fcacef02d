"""What a report's deed lends to the happenings around it, and what it does not."""

import pytest

from reading import claim
from reportedly.annotate import inheritance
from reportedly.records import Claim, Place, Span, Time

LEAD = "Deux missiles ont frappé la gare de Kostiantynivka mercredi, tuant sept personnes. "


def test_the_dead_counted_later_were_killed_by_what_struck():
    assert claim(LEAD + "Le gouverneur a fait état d'un huitième mort.", "mort").modes == ("heavy-weapons",)


def test_another_day_and_place_is_another_deed():
    text = LEAD + "En mars 2022, dix soldats avaient été tués à Kherson."
    assert claim(text, "tués", published="2023-09-06").modes == ()


def test_killed_in_clashes_were_not_killed_by_the_missiles():
    assert claim(LEAD + "Deux soldats ont été tués dans des combats.", "tués").modes == ()


def test_deeds_of_others_are_other_deeds():
    text = "Russian forces shelled the port of Odesa on Monday. The Ukrainian army said it had struck a command post."
    assert claim(text, "struck", "en").modes == ()


def days(earliest, latest):
    return Time(start=0, end=1, exact="x", earliest=earliest, latest=latest, anchored=True)


def site(lat, lon, precision=1):
    return Place(start=0, end=1, exact="x", lat=lat, lon=lon, precision=precision)


@pytest.mark.parametrize(
    "left, right, other",
    [
        ([days("2015-06-09", "2015-06-10")], [days("2015-06-10", "2015-06-12")], False),
        ([days("2015-06-09", "2015-06-09")], [days("2015-06-01", "2015-06-30")], False),
        ([days("2015-06-09", "2015-06-10")], [days("2015-06-11", "2015-06-12")], True),
        ([days("2015-06-09", "2015-06-10")], [], False),
        ([site(34.0, 36.0)], [site(34.1, 36.1)], False),
        ([site(34.0, 36.0)], [site(34.0, 36.5)], True),
        ([site(34.0, 36.0)], [site(34.9, 36.0), site(34.0, 36.1)], False),
        ([site(34.0, 36.0)], [site(30.0, 30.0, precision=6)], False),
        ([site(34.0, 36.0)], [site(None, None)], False),
    ],
)
def test_only_what_has_no_day_and_no_place_in_common_is_another_deed(left, right, other):
    field = "times" if isinstance(left[0], Time) else "places"
    one, two = (
        Claim(id="c", content=Span(start=0, end=1, exact="x"), **{field: tuple(each)}) for each in (left, right)
    )
    assert inheritance._other_deed(one, two) == other
