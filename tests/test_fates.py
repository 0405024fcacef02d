"""What befell those who were already hurt or held, and what a number of 'dead and wounded' counts."""

import pytest

from reading import claim, read


def counted(text, trigger, language):
    return [(q.exact, q.kind) for q in claim(text, trigger, language).quantities]


@pytest.mark.parametrize(
    "text, language, trigger, said",
    [
        ("Three of the wounded later died.", "en", "died", [("Three", "killed")]),
        ("Four of the detainees died under torture.", "en", "died", [("Four", "killed")]),
        ("Soldiers killed two of the prisoners.", "en", "killed", [("two", "killed")]),
        ("Deux des otages ont été tués à Goma.", "fr", "tués", [("Deux", "killed")]),
        ("قتل ثلاثة من الجرحى في المستشفى.", "ar", "قتل", [("ثلاثة", "killed")]),
        # what they did, not what befell them
        ("Two of the prisoners killed a guard.", "en", "killed", [("Two", "arrested")]),
        ("Deux des otages ont tué un gardien à Goma.", "fr", "tué", [("Deux", "abducted")]),
        # it befell others
        ("Ten people are missing and three were killed.", "en", "killed", [("Ten", "missing"), ("three", "killed")]),
        ("Soldiers released two of the prisoners.", "en", "released", [("two", "arrested")]),
        ("Of the 12 hostages, three were killed.", "en", "killed", [("12", "abducted"), ("three", "killed")]),
    ],
)
def test_the_verb_says_what_befell_those_already_hurt_or_held(text, language, trigger, said):
    assert counted(text, trigger, language) == said


@pytest.mark.parametrize(
    "text, language, trigger, said",
    [
        ("The attack left 29 dead and wounded.", "en", "attack", [("29", "casualties")]),
        ("L'explosion a fait 29 morts et blessés à Goma.", "fr", "blessés", [("29", "casualties")]),
        ("خلف الانفجار 29 قتيلا وجريحا في غوما.", "ar", "الانفجار", [("29", "casualties")]),
        # each with a number of its own
        ("The attack left 29 dead and 12 wounded.", "en", "attack", [("29", "killed"), ("12", "injured")]),
        ("L'explosion a fait 29 morts et 12 blessés à Goma.", "fr", "explosion", [("29", "killed"), ("12", "injured")]),
        # a verb with its own object
        ("Rebels left 5 dead and wounded a child in Goma.", "en", "dead", [("5", "killed")]),
    ],
)
def test_dead_and_wounded_of_one_number_are_casualties(text, language, trigger, said):
    assert counted(text, trigger, language) == said


@pytest.mark.parametrize(
    "text, language, triggers",
    [
        ("Three wounded died on Monday in Aleppo.", "en", ["died"]),
        ("Trois blessés sont morts lundi à Goma.", "fr", ["morts"]),
        # what they did to another is a happening of its own
        ("Three wounded killed a guard in Goma.", "en", ["wounded", "killed"]),
        # so is what befell others
        ("Three were wounded and later soldiers died in Goma.", "en", ["wounded", "died"]),
    ],
)
def test_the_wounded_who_died_are_one_happening(text, language, triggers):
    assert [c.trigger.exact for c in read(text, language).claims if c.trigger] == triggers
