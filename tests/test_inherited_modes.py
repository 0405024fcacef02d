"""What a report's deed lends to the happenings around it, and what it does not."""

from reading import claim

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
