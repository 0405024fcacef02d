"""Loaded words: found for every side, with the bearer where the words name it, and a plain word beside."""

import pytest

from reportedly import rules
from reportedly.find import labels
from reportedly.records import Entity


def found(code, sentence, *named):
    language = rules.load(code)
    actors = tuple(
        Entity(start=sentence.index(exact), end=sentence.index(exact) + len(exact), exact=exact, name=name, kind=kind)
        for exact, name, kind in named
    )
    return labels.find(language.prepare(sentence), None, language, actors=actors)


@pytest.mark.parametrize(
    "code, sentence, exact",
    [
        ("fr", "Des terroristes ont attaqué le village.", "terroristes"),
        ("fr", "Le régime a bombardé la ville.", "régime"),
        ("fr", "Trois de ses martyrs ont été inhumés.", "martyrs"),
        ("fr", "L'entité sioniste a frappé Beyrouth.", "entité sioniste"),
        ("fr", "Les sbires du gouverneur ont tiré.", "sbires"),
        ("fr", "L'armée évoque un repli tactique.", "repli tactique"),
        ("fr", "KORO : CARNAGE À LA FOIRE", "CARNAGE"),
        ("en", "The puppet government collapsed.", "puppet government"),
        ("en", "Troops raided several hideouts.", "hideouts"),
        ("en", "The martyrs were buried in Gaza.", "martyrs"),
        ("ar", "استشهد 19 مواطناً في الغارة", "استشهد"),
        ("ar", "قتل ثلاثة من مرتزقة الشركة", "مرتزقة"),
        ("ar", "قتل ثلاثة متشددين في الغارة", "متشددين"),
        ("ar", "ثوار المدينة يتقدمون", "ثوار"),
    ],
)
def test_a_loaded_word_is_found(code, sentence, exact):
    assert [label.exact for label in found(code, sentence)] == [exact]


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "Il suit un régime alimentaire strict."),
        ("fr", "La résistance aux antibiotiques progresse."),
        ("fr", "La réforme des régimes spéciaux est reportée."),
        ("fr", "Les rebelles ont attaqué le village."),
        ("en", "A new tax regime takes effect in May."),
        ("en", "The rebels attacked the village."),
    ],
)
def test_a_plain_use_is_no_label(code, sentence):
    assert found(code, sentence) == ()


def test_the_bearer_is_the_actor_whose_mention_holds_the_word():
    (label,) = found(
        "fr", "Les miliciens du Nosra ont fui.", ("Les miliciens du Nosra", "al-Nusra Front", "armed-group")
    )
    assert (label.exact, label.of, label.neutral) == ("miliciens", "al-Nusra Front", "fighters")


def test_the_bearer_may_be_named_right_after():
    (label,) = found(
        "fr", "Ils ont rejoint la milice « Jaïch al-Fateh ».", ("Jaïch al-Fateh", "Jaysh al-Fatah", "armed-group")
    )
    assert (label.exact, label.of) == ("milice", "Jaysh al-Fatah")


def test_a_bearer_nobody_names_stays_open():
    (label,) = found("fr", "Des bandits ont volé le bétail.")
    assert label.of is None


def test_freeing_people_is_plain_and_freeing_ground_is_loaded():
    people = "Les rebelles ont libéré deux otages."
    ground = "L'armée a libéré les hauteurs de la ville."
    assert found("fr", people, ("otages", None, "civilians")) == ()
    assert [label.exact for label in found("fr", ground)] == ["libéré"]


def test_neutralising_people_is_loaded_and_a_bomb_is_plain():
    people = "L'armée a neutralisé quinze assaillants."
    assert [label.exact for label in found("fr", people, ("assaillants", None, "armed-group"))] == ["neutralisé"]
    assert (
        found("fr", "La bombe a été neutralisée par les artificiers.", ("les artificiers", None, "state-force")) == ()
    )


def test_a_loaded_adjective_joins_its_noun():
    assert [label.exact for label in found("fr", "Les groupuscules takfiristes avancent.")] == [
        "groupuscules takfiristes"
    ]
    assert [label.exact for label in found("ar", "قصفت مليشيا الحوثي الانقلابية المدينة")] == [
        "مليشيا الحوثي الانقلابية"
    ]


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_every_row_says_what_bears_it(code):
    rows = rules.load(code).lexicon("label_words").rows
    assert rows
    for form, values, _ in rows:
        assert values.get("bears") in ("group", "person", "deed", "place"), form
