"""Who says that they did something did it; a headline's toll is nobody else's; whom 'il' means behind a person who acted or spoke."""

import pytest

from reading import claim, read


def names(entities):
    return [(entity.exact, entity.name) for entity in entities]


@pytest.mark.parametrize(
    "text, language, trigger, actors",
    [
        ("Moscou dit avoir attaqué des militaires à Kiev.", "fr", "attaqué", [("Moscou", "Russia")]),
        (
            "Moscou affirme avoir touché un dépôt et éliminé des militaires ukrainiens.",
            "fr",
            "éliminé",
            [("Moscou", "Russia")],
        ),
        # they befell its own
        ("L'armée syrienne dit avoir perdu dix soldats.", "fr", "perdu", []),
        ("L'armée syrienne annonce la mort de dix soldats.", "fr", "mort", []),
        ("Le M23 annonce la mort de ses combattants.", "fr", "mort", []),
        # a barracks is the army's only by inference, and the army is accused in so many words
        (
            "Goma : le M23 accuse l'armée d'avoir bombardé une caserne.",
            "fr",
            "bombardé",
            [("l'armée", "Congolese army")],
        ),
        ("Goma : le M23 accuse l'armée d'avoir bombardé une école.", "fr", "bombardé", [("l'armée", "Congolese army")]),
    ],
)
def test_who_says_or_is_said_to_have_done_it_did_it_though_soldiers_suffered(text, language, trigger, actors):
    assert names(claim(text, trigger, language).actors) == actors


def test_those_an_accused_army_hit_are_not_inferred_to_be_its_own():
    found = claim("Goma : le M23 accuse l'armée d'avoir bombardé une caserne.", "bombardé")
    assert names(found.recipients) == [("une caserne", None)]


@pytest.mark.parametrize(
    "text, language, trigger, counted",
    [
        ("Sept morts à Kiev : Moscou dit avoir attaqué des militaires.", "fr", "morts", ["Sept"]),
        ("Sept morts à Kiev : Moscou dit avoir attaqué des militaires.", "fr", "attaqué", []),
        ("Three dead in Goma: the army denies shelling the market.", "en", "dead", ["Three"]),
        ("Three dead in Goma: the army denies shelling the market.", "en", "shelling", []),
        # no deed of its own before the colon
        ("Trois otages : le Hamas annonce leur libération.", "fr", "libération", ["Trois"]),
    ],
)
def test_the_toll_of_a_headline_is_not_said_by_who_speaks_behind_its_colon(text, language, trigger, counted):
    assert [q.exact for q in claim(text, trigger, language).quantities] == counted


def speaker(text, said, language="fr"):
    (found,) = [c.chain[-1] for c in read(text, language).claims if c.chain and c.chain[-1].source.exact == said]
    return found.name


@pytest.mark.parametrize(
    "text, named",
    [
        ("Le Hamas a tiré des roquettes. Le gouverneur a dénoncé l'attaque. Il a fait état de deux morts.", None),
        (
            "Moscou a attaqué la ville. « Ils visaient des gens », s'est indigné le maire. Il a fait état de deux morts.",
            None,
        ),
        (
            "Moscou a attaqué la ville. « Ils visaient des gens », a dit le maire au préfet. Il a fait état de deux morts.",
            None,
        ),
        # he is no subject and has not spoken
        ("Le Hamas a accusé le gouverneur. Il a fait état de deux morts.", "Hamas"),
        ("Le Hamas a tiré des roquettes. Un habitant a été blessé. Il a fait état de deux morts.", "Hamas"),
        ("Le Hamas a tiré des roquettes. Il a fait état de deux morts.", "Hamas"),
    ],
)
def test_il_is_the_person_who_acted_or_spoke_last_before_a_group_further_back(text, named):
    assert speaker(text, "Il") == named


@pytest.mark.parametrize(
    "text",
    [
        "La police haïtienne a tiré. « Ils ont tout pris », a raconté Marie-Ange, 43 ans. Elle affirme que deux hommes sont morts.",
        "L'armée syrienne a tiré. « Ils ont tout pris », dit une commerçante. Elle affirme que deux hommes sont morts.",
    ],
)
def test_elle_behind_the_words_of_a_woman_in_no_list_is_not_the_army(text):
    assert speaker(text, "Elle") is None


@pytest.mark.parametrize(
    "text",
    [
        "La police haïtienne a tiré. Elle affirme que deux hommes sont morts.",
        "« Ils ont tout pris », a raconté Marie. La police haïtienne a tiré. Elle affirme que deux hommes sont morts.",
    ],
)
def test_elle_behind_the_police_is_the_police(text):
    assert speaker(text, "Elle") == "Haitian police"


@pytest.mark.parametrize(
    "text, said",
    [
        (
            '"We saw it all," said Mohamed Adam, a volunteer at the camp\'s clinic, who added that ten people had died.',
            "Mohamed Adam, a volunteer at the camp's clinic",
        ),
        (
            "The agency cited a source in the Resistance, who said that ten people had died.",
            "a source in the Resistance",
        ),
        (
            "Rebels shelled the clinic, said the head of the hospital, who added that ten people had died.",
            "the head of the hospital",
        ),
    ],
)
def test_who_speaks_in_a_relative_clause_is_no_clinic(text, said):
    found = claim(text, "died", "en")
    assert found.chain[-1].source.exact == said
