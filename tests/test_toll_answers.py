"""Who doubts or denies 'this toll' speaks of the last toll told, wherever it stands, and is not said to have done the deed."""

import pytest

from reading import read

FR = "Neuf personnes ont été tuées à Goma, ont indiqué des habitants. Le maire affirme que le marché a été incendié. {}"
EN = "Nine people were killed in Goma, residents said. The governor said the market was looted. {}"
AR = "قُتل تسعة مدنيين في قصف على غزة، بحسب وزارة الصحة. وقال المحافظ إن السوق أُحرق. {}"


def answered(text, language):
    """What each act of doubting or denying is about: the act, the words for the deed, who did it."""
    found = [c for c in read(text, language).claims if c.chain and c.chain[-1].act in ("doubt", "deny")]
    return [(c.chain[-1].act, c.trigger and c.trigger.exact, [e.exact for e in c.actors]) for c in found]


@pytest.mark.parametrize(
    "language, frame, last, expected",
    [
        ("fr", FR, "La police n'a pas confirmé ce bilan.", ("doubt", "tuées", [])),
        ("fr", FR, "L'armée conteste ces chiffres.", ("deny", "tuées", [])),
        ("fr", FR, "Ce bilan a été démenti par l'armée.", ("deny", "tuées", [])),
        ("en", EN, "Reuters could not independently verify either figure.", ("doubt", "killed", [])),
        ("en", EN, "The army disputed the toll.", ("deny", "killed", [])),
        ("ar", AR, "ولم يؤكد الجيش هذه الحصيلة.", ("doubt", "قُتل", [])),
        ("ar", AR, "ونفى الجيش هذه الأرقام.", ("deny", "قُتل", [])),
        # what is no toll is what was told last
        ("fr", FR, "L'armée dément cette information.", ("deny", "incendié", ["L'armée"])),
        ("en", EN, "The army denied the claim.", ("deny", "looted", ["The army"])),
        ("ar", AR, "ونفى الجيش ذلك.", ("deny", "أُحرق", [])),
    ],
)
def test_the_last_toll_is_what_this_toll_means(language, frame, last, expected):
    assert answered(frame.format(last), language) == [expected]


def test_a_toll_stands_sentences_before_and_an_age_is_none():
    text = (
        "Le calme régnait lundi. Neuf personnes ont été tuées à Goma, ont indiqué des habitants. Le maire affirme que le marché a été "
        "incendié. « Ils ont tiré », a raconté une femme de 43 ans, réfugiée dans une église. La police n'a pas confirmé ce bilan."
    )
    assert answered(text, "fr") == [("doubt", "tuées", [])]


def test_a_toll_in_the_reports_own_words_is_doubted_as_well():
    text = (
        "Neuf personnes ont été tuées à Goma. Le maire affirme que l'école a été incendiée. L'armée conteste ce bilan."
    )
    assert answered(text, "fr") == [("deny", "tuées", [])]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Le ministère dément la mort de neuf civils à Goma.", ("deny", "mort", [])),
        ("Ce bilan de neuf morts a été démenti par l'armée.", ("deny", "morts", [])),
        ("L'armée dément avoir tué neuf civils.", ("deny", "tué", ["L'armée"])),
        ("Israël dément l'attaque.", ("deny", "attaque", ["Israël"])),
    ],
)
def test_who_denies_that_people_died_is_not_told_to_have_killed_them(text, expected):
    assert answered(text, "fr") == [expected]
