"""Who says it where two clauses, an aside or a pronoun stand between; and when it was said, which is not when it happened."""

import pytest

from reading import claim, read, sources


def last_link(text, trigger, language="fr"):
    link = claim(text, trigger, language).chain[-1]
    return link.source.exact, link.name, link.act


@pytest.mark.parametrize(
    "text, trigger, expected",
    [
        (
            "L'armée a reconnu des pertes, tandis que le Jnim, affilié à Al-Qaïda, a revendiqué l'attaque.",
            "attaque",
            ("le Jnim", "Group for the Support of Islam and Muslims", "announce"),
        ),
        (
            "Le maire a fait état de dix morts, alors que le préfet a annoncé la mort de deux soldats.",
            "morts",
            ("Le maire", None, "assert"),
        ),
        (
            "Le maire a fait état de dix morts, alors que le préfet a annoncé la mort de deux soldats.",
            "mort",
            ("le préfet", None, "announce"),
        ),
        ("L'armée, mais aussi la police, a dit avoir tué dix rebelles.", "tué", ("L'armée", None, "assert")),
        (
            "Le maire a déclaré, alors que la ville brûlait, que dix personnes étaient mortes.",
            "mortes",
            ("Le maire", None, "assert"),
        ),
        (
            "Dix soldats sont morts, a indiqué l'opération Barkhane.",
            "morts",
            ("l'opération Barkhane", "Operation Barkhane", "assert"),
        ),
    ],
)
def test_each_of_two_clauses_has_its_own_who(text, trigger, expected):
    assert last_link(text, trigger) == expected


@pytest.mark.parametrize(
    "text, trigger, said, named",
    [
        (
            "Human Rights Watch, une ONG, a dénoncé des exactions. Cent civils ont été tués par l'armée syrienne, selon elle.",
            "tués",
            "elle",
            "Human Rights Watch",
        ),
        (
            "Le Jnim a attaqué le camp. « Ils ont brûlé trois véhicules », a indiqué un responsable. Selon lui, quatre soldats sont morts.",
            "morts",
            "lui",
            None,
        ),
        # whom the pronoun cannot mean has spoken last
        (
            "Le maire a accusé l'armée syrienne d'avoir pris Sake. Selon elle, dix rebelles sont morts.",
            "morts",
            "elle",
            "Syrian army",
        ),
        ("L'armée syrienne a repris la ville. Selon elle, dix rebelles sont morts.", "morts", "elle", "Syrian army"),
    ],
)
def test_according_to_her_is_who_spoke_last(text, trigger, said, named):
    assert last_link(text, trigger)[:2] == (said, named)


def test_the_words_that_a_pronoun_stands_for_are_shown():
    found = claim(
        "La mairie a attaqué le préfet. Marie Dupont affirme avoir tout vu. Selon elle, dix civils sont morts.", "morts"
    )
    assert found.chain[-1].antecedent.exact == "Marie Dupont"


@pytest.mark.parametrize(
    "text, language",
    [
        ("The ministry did not confirm the strike but urged all parties to exercise restraint.", "en"),
        ("Le ministère n'a pas confirmé la frappe mais a appelé les parties à la retenue.", "fr"),
    ],
)
def test_what_is_urged_behind_a_refusal_to_confirm_is_said_beside_it_and_not_within_it(text, language):
    assert sorted((len(c.chain), c.chain[-1].act) for c in read(text, language).claims) == [(1, "demand"), (1, "doubt")]


@pytest.mark.parametrize(
    "text, trigger, times",
    [
        ("The army said on Friday it had captured the town.", "captured", []),
        ("The rebels said on Monday they would attack the base on Friday.", "attack", ["Friday"]),
        ("The mayor said Tuesday the attack killed ten people.", "killed", []),
        ("The army said Monday's attack killed ten soldiers.", "killed", ["Monday"]),
        ("The mayor said two people died on Tuesday.", "died", ["Tuesday"]),
    ],
)
def test_when_it_was_said_is_not_when_it_happened(text, trigger, times):
    assert [t.exact for t in claim(text, trigger, "en").times] == times


def test_the_one_who_speaks_in_a_sentence_of_one_clause_is_as_before():
    assert sources(claim("The rebels said they had taken the town.", "taken", "en")) == ["The rebels"]


@pytest.mark.parametrize(
    "text, language, kind",
    [
        ("D'après l'Organisation internationale pour les migrations, 3.000 personnes ont fui.", "fr", "unknown"),
        ("Doctors Without Borders said ten people had died.", "en", "unknown"),
        (
            "Un membre de l'Organisation internationale pour les migrations affirme que dix personnes sont mortes.",
            "fr",
            "unknown",
        ),
        ("Les rebelles affirment que dix personnes sont mortes.", "fr", "armed-group"),
        ("La Croix-Rouge affirme que dix personnes sont mortes.", "fr", "monitor"),
    ],
)
def test_words_within_the_name_of_an_organisation_make_it_no_armed_group_and_no_person(text, language, kind):
    (found,) = read(text, language).claims
    assert found.chain[-1].source_kind == kind


@pytest.mark.parametrize(
    "text, trigger, counted",
    [
        ("En janvier, l'ONU avait recensé plus de 1.100 morts.", "morts", [("plus de 1.100", 1100, None)]),
        ("Le maire a évoqué environ dix morts.", "morts", [("environ dix", None, None)]),
        ("L'ONU n'a plus confirmé la mort de dix civils.", "mort", [("dix", 10, 10)]),
        ("L'armée a également annoncé la mort de dix soldats.", "mort", [("dix", 10, 10)]),
    ],
)
def test_a_bound_right_behind_the_verb_belongs_to_the_number(text, trigger, counted):
    assert [(q.exact, q.low, q.high) for q in claim(text, trigger).quantities] == counted


@pytest.mark.parametrize(
    "text, language, trigger, said, actors",
    [
        (
            "Les rebelles que l'armée accuse d'avoir tué dix civils ont attaqué la caserne.",
            "fr",
            "attaqué",
            [],
            ["Les rebelles"],
        ),
        (
            "Les rebelles que l'armée accuse d'avoir tué dix civils ont attaqué la caserne.",
            "fr",
            "tué",
            ["l'armée"],
            ["Les rebelles"],
        ),
        (
            "Rebels that the army accuses of killing ten civilians attacked the barracks.",
            "en",
            "attacked",
            [],
            ["Rebels"],
        ),
        ("L'armée affirme que le M23 a tué dix civils.", "fr", "tué", ["L'armée"], ["le M23"]),
        ("The army said that rebels killed ten civilians.", "en", "killed", ["The army"], ["rebels"]),
    ],
)
def test_what_somebody_accused_in_a_clause_between_goes_on_to_do_is_not_part_of_the_accusation(
    text, language, trigger, said, actors
):
    found = claim(text, trigger, language)
    assert (sources(found), [e.exact for e in found.actors]) == (said, actors)
