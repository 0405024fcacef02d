"""Constructions of English reports that a reader of French need not know: participles without an object, asides, clauses without 'that'."""

import pytest

from reading import claim, read, sources


def told(sentence, published="2024-03-05"):
    """Of each claim its trigger, its status and the sources of its chain."""
    return {
        (c.trigger.exact if c.trigger else c.content.exact): (c.status, sources(c))
        for c in read(sentence, "en", published).claims
    }


@pytest.mark.parametrize(
    "sentence, outside, inside",
    [
        ("The assailants, believed to be members of JNIM, attacked Tamboura.", "attacked", "to be members of JNIM"),
        ("Men believed to be rebels attacked a village near Kirkuk.", "attacked", "to be rebels"),
        ("Two men thought to have abducted a priest were arrested in Maicao.", "arrested", "abducted"),
        ("People said to be rebels looted shops in Sake.", "looted", "to be rebels"),
        ("Three men, accused of killing a priest, were arrested in Goma.", "arrested", "killing"),
        ("Gunmen suspected of belonging to Boko Haram killed ten people.", "killed", "belonging to Boko Haram"),
    ],
)
def test_a_participle_without_an_object_says_nothing_of_the_main_verb(sentence, outside, inside):
    found = told(sentence)
    assert found[outside] == ("happened", []), found
    assert found[inside][1] == [None], found


@pytest.mark.parametrize(
    "sentence, trigger, chain",
    [
        ("The army accused rebels of killing ten people.", "killing", ["The army"]),
        ("Residents believed the rebels had attacked Sake.", "attacked", ["Residents"]),
        ("The rebels are believed to have killed ten people in Beni.", "killed", [None]),
        ("They killed boys whom they accused of attacking the army.", "attacking", ["they"]),
        ("They killed boys whom the army accused of attacking a base.", "attacking", ["the army"]),
        ("The minister hoped to retake the town.", "retake", ["The minister"]),
    ],
)
def test_a_verb_with_its_object_keeps_its_subject_as_the_source(sentence, trigger, chain):
    found = told(sentence)
    assert found[trigger][1] == chain, found


@pytest.mark.parametrize(
    "sentence, trigger, chain",
    [
        ("The army said it lost two men, but a hospital source told AFP that nine were killed.", "killed", ["a hospital source"]),
        ("The army says that three rebels were shot, while residents say ten civilians were killed.", "killed", ["residents"]),
        ("The army said it shelled a camp, but a medical source had denied that anyone died.", "shelled", ["The army"]),
        # A contrast without a saying of its own stays within what is said.
        ("The army said it had shelled a camp, but rebels attacked a convoy.", "attacked", ["The army"]),
        ("The army said it had shelled a camp, but that residents had been killed by rebels.", "killed", ["The army"]),
    ],
)  # fmt: skip
def test_what_another_says_behind_a_contrast_is_not_within_the_first_saying(sentence, trigger, chain):
    assert told(sentence)[trigger][1] == chain


def test_a_relative_clause_of_the_last_name_says_nothing_of_what_stands_before_it():
    found = told("The shelling of the camp was condemned by Egypt and Jordan, which called for a ceasefire.")
    assert found["shelling"] == ("happened", [])
    assert found["condemned"] == ("happened", [])
    assert found["ceasefire"][1] == ["Egypt and Jordan"]


@pytest.mark.parametrize(
    "sentence, trigger, chain",
    [
        ("Observers believe that the enemy, which is hiding its losses, has lost 600 soldiers.", "lost", ["Observers"]),
        ("The army says that it shelled Sake, which the rebels deny.", "shelled", ["The army"]),
        ("In Goma, the mayor, Jean Bosco, said a bomb had hit a school.", "hit", ["the mayor, Jean Bosco"]),
        ("In Goma, a priest and residents said a bomb had hit a school.", "hit", ["a priest and residents"]),
        ("The WHO now says 413 people have died.", "died", ["The WHO"]),
        ("A doctor who says 413 people have died was arrested.", "died", ["A doctor"]),
        ("Rebels looted a clinic in Sake, state television reports.", "looted", ["state television"]),
        ("Rebels looted a clinic in Sake, burning state records and television reports.", "looted", []),
        ("Two women were freed, their group confirmed without saying whether a ransom was paid.", "freed", ["their group"]),
        ("Ten died, said a source in the Resistance, who said rebels attacked Sake.", "attacked", ["a source in the Resistance"]),
        ("The army traded blame with the rebels over the attack on the plant.", "attack", []),
        ("The army and the rebels traded blame over the shelling of a hospital.", "shelling", ["The army and the rebels"]),
        ("The army and the rebels traded fire over the river, shelling a hospital.", "shelling", []),
        ("Elders speak of more than 50 dead, whereas the army denies it.", "dead", ["Elders"]),
        ("Eleven were killed and eight were women, the ministry, which Hamas runs, added.", "killed", ["the ministry, which Hamas runs"]),
    ],
)  # fmt: skip
def test_who_says(sentence, trigger, chain):
    claims = [c for c in read(sentence, "en", "2024-03-05").claims if c.trigger and c.trigger.exact == trigger]
    assert chain in [sources(c) for c in claims]


def test_who_is_silent_answers_what_stands_before_the_contrast_or_what_is_named():
    text = "Residents heard explosions. The RSF says it has attacked Nyala, but the army has yet to comment."
    found = [(c.trigger.exact, sources(c)) for c in read(text, "en", "2024-03-05").claims if c.trigger]
    assert ("attacked", ["the army"]) in found
    assert ("explosions", ["the army"]) not in found
    text = "The rebels looted shops. The army has not commented on the shelling of Sake."
    found = [(c.trigger.exact, sources(c)) for c in read(text, "en", "2024-03-05").claims if c.trigger]
    assert found == [("looted", []), ("shelling", ["The army"])]
    text = "The rebels looted shops. The army did not comment on Monday."
    found = [(c.trigger.exact, sources(c)) for c in read(text, "en", "2024-03-05").claims if c.trigger]
    assert found == [("looted", []), ("looted", ["The army"])]


def fields(sentence, trigger, language="en"):
    """Places, times, quantities, actors and recipients of the one claim with that trigger, as words."""
    claims = [c for c in read(sentence, language, "2024-03-05").claims if c.trigger and c.trigger.exact == trigger]
    assert len(claims) == 1, [c.trigger and c.trigger.exact for c in read(sentence, language, "2024-03-05").claims]
    names = ("places", "times", "quantities", "actors", "recipients")
    return {name: [m.exact for m in getattr(claims[0], name)] for name in names}


def test_those_hurt_elsewhere_are_another_happening():
    sentence = (
        "A schoolgirl was killed in Binnish on Tuesday and three of her relatives were injured in Sarmin the next day."
    )
    first, second = fields(sentence, "killed"), fields(sentence, "injured")
    assert (first["places"], first["times"], first["quantities"]) == (["Binnish"], ["Tuesday"], [])
    assert (second["places"], second["times"], second["quantities"]) == (["Sarmin"], ["the next day"], ["three"])


@pytest.mark.parametrize(
    "language, sentence, trigger, counted",
    [
        ("en", "Two people were killed and seven injured in Kherson on Monday.", "killed", ["Two", "seven"]),
        ("en", "Two people were killed in Kherson on Monday and seven others injured.", "killed", ["Two", "seven"]),
        ("fr", "Deux personnes ont été tuées et trois blessées à Goma lundi.", "tuées", ["Deux", "trois"]),
    ],
)
def test_those_hurt_beside_the_dead_are_one_happening(language, sentence, trigger, counted):
    assert fields(sentence, trigger, language)["quantities"] == counted


def test_who_goes_on_with_a_clause_of_its_own_tells_another_happening():
    sentence = "The army said it had killed ten rebels, but added that two soldiers had been wounded."
    assert fields(sentence, "killed")["quantities"] == ["ten"]
    assert fields(sentence, "wounded")["quantities"] == ["two"]


def test_what_an_aside_tells_of_one_deed_is_not_the_next_one_s():
    sentence = "The rebels attacked Sake, 25 km from the city of Goma, on Monday and then stormed a camp."
    assert fields(sentence, "stormed")["places"] == []
    assert fields(sentence, "stormed")["quantities"] == []
    assert fields(sentence, "attacked")["times"] == ["Monday"]


def test_a_list_of_deeds_shares_place_and_time():
    sentence = "Heavy gunfire and explosions were heard in Khartoum early this morning."
    for trigger in ("gunfire", "explosions"):
        found = fields(sentence, trigger)
        assert (found["places"], found["times"]) == (["Khartoum"], ["early this morning"])
    sentence = "Attacks in Goma and clashes in Sake were reported on Monday."
    assert fields(sentence, "clashes")["places"] == ["Sake"]


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("The army responded by striking the rebels' base and liberated two hills near Suran.", "liberated", ["The army"], []),
        ("The army's base was hit and its soldiers fled.", "hit", [], ["The army's base"]),
        ("Kinshasa accuses Rwanda of arming and supporting the M23.", "arming", ["Rwanda"], ["the M23"]),
        ("The rebels fled and looted the market.", "fled", ["The rebels"], []),
        ("Critics accuse both the jihadists and government forces of killing civilians.", "killing",
         ["the jihadists", "government forces"], ["civilians"]),
        ("Critics accuse the jihadists of killing civilians and soldiers.", "killing", ["the jihadists"], ["civilians", "soldiers"]),
        ("The rebels came from three directions and shot at a bus.", "shot", ["The rebels"], ["a bus"]),
    ],
)  # fmt: skip
def test_who_did_what_to_whom_where_verbs_are_joined(sentence, trigger, actors, recipients):
    found = fields(sentence, trigger)
    assert (found["actors"], found["recipients"]) == (actors, recipients)


def test_what_is_liberated_behind_a_possessive_has_happened():
    assert (
        told("The army responded by striking the rebels' base and liberated two hills.")["liberated"][0] == "happened"
    )
    assert told("The rebels will strike the base and seize two hills near Goma.")["strike"][0] == "planned"


def test_an_occupied_place_is_held_by_nobody_named():
    claims = read(
        "In occupied Palestine, resistance fighters clashed with the army in Jenin.", "en", "2024-03-05"
    ).claims
    assert [c.actors for c in claims if c.territory == "held"] == [()]
    claims = read("The rebels occupied Goma and control Sake.", "en", "2024-03-05").claims
    assert ["The rebels"] in [[a.exact for a in c.actors] for c in claims if c.territory == "held"]


@pytest.mark.parametrize(
    "sentence, trigger, certainty",
    [
        ("A mine apparently laid by rebels exploded under a minibus near Marib.", "exploded", "certain"),
        ("A mine apparently laid by retreating fighters exploded under a minibus near Marib.", "laid", "possible"),
        ("A mine apparently exploded under a minibus near Marib.", "exploded", "possible"),
        ("A student was shot, allegedly by an officer, and five protesters were arrested.", "arrested", "certain"),
        ("A student was shot, allegedly by an officer, and five protesters were arrested.", "shot", "possible"),
        ("Organisers said a student was shot, allegedly by an officer, and five protesters were arrested.", "arrested", "certain"),
    ],
)  # fmt: skip
def test_an_adverb_of_hearsay_weighs_on_its_own_clause(sentence, trigger, certainty):
    claims = [c for c in read(sentence, "en", "2024-03-05").claims if c.trigger and c.trigger.exact == trigger]
    assert [c.certainty for c in claims] == [certainty]


@pytest.mark.parametrize(
    "sentence, trigger, kind",
    [
        ("Gunmen on motorbikes raided two villages in northern Burkina Faso.", "raided", "ASSAULT"),
        ("Warplanes raided the town of Khiam at dawn.", "raided", "ASSAULT"),
        ("Rebels attacked the town and raided a clinic.", "raided", "ASSAULT"),
        ("Police raided a house in Nablus and arrested two men.", "raided", "COERCE"),
        ("After gunmen fled, police raided a house in Goma.", "raided", "COERCE"),
        ("Soldiers neutralised about 40 terrorists and seized motorcycles near Arbinda.", "neutralised", "ASSAULT"),
        ("Sappers neutralised a bomb planted by militants near Goma.", "neutralised", "RETREAT"),
        ("Armed men seized a doctor and his wife in Barrancas.", "seized", "ASSAULT"),
        ("A journalist had been seized by armed men in Barrancas.", "seized", "ASSAULT"),
        ("Police seized a man in Goma.", "seized", "COERCE"),
        ("Rebels seized two trucks from the aid workers.", "seized", "COERCE"),
        ("The rebels seized the villagers' cattle and a bus.", "seized", "COERCE"),
        ("Rescuers pulled out two bodies from the rubble.", "pulled out", "AID"),
        ("The rebels pulled out of Goma on Monday.", "pulled out", "RETREAT"),
        ("Officers had used live ammunition against protesters.", "used live ammunition", "ASSAULT"),
    ],
)
def test_who_does_it_to_whom_tells_what_a_verb_of_two_senses_means(sentence, trigger, kind):
    claims = [c for c in read(sentence, "en", "2024-03-05").claims if c.trigger and c.trigger.exact == trigger]
    assert [c.type for c in claims] == [kind]


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("The rebels were pushed back by Ugandan troops.", "pushed back", ["Ugandan troops"]),
        ("The rebels were forced back by the army near Sake.", "forced back", ["the army"]),
        ("The attackers had been beaten back by Kenyan troops.", "beaten back", ["Kenyan troops"]),
        ("The army forced back the rebels near Sake.", "forced back", ["The army"]),
        ("The army fought off an attack by militants near Sake.", "fought off", ["The army"]),
    ],
)
def test_who_drives_somebody_back_is_not_who_is_driven_back(sentence, trigger, actors):
    assert fields(sentence, trigger)["actors"] == actors


@pytest.mark.parametrize(
    "sentence, trigger, status",
    [
        ("Russian troops were preparing a new offensive towards Kupiansk.", "offensive", "planned"),
        ("The army prepared a report on the attack in Goma.", "attack", "happened"),
        ("Rebels regularly attack convoys on the road.", "attack", "habitual"),
        ("The rebels want to attack convoys on the road.", "attack", "hypothetical"),
    ],
)
def test_what_is_prepared_has_not_happened_and_what_is_regular_is_a_habit(sentence, trigger, status):
    assert told(sentence)[trigger][0] == status


def test_a_loaded_word_is_not_for_whom_a_verb_parts_from_it():
    def labels(sentence):
        return {(label.exact, label.of) for c in read(sentence, "en", "2024-03-05").claims for label in c.labels}

    assert labels("In Jenin, resistance fighters clashed with the Israeli army.") == {("resistance fighters", None)}
    assert labels("The terrorist groups backed by Washington shelled safe villages in Hama.") == {
        ("terrorist groups", None)
    }
    assert labels("The terrorists of the M23 shelled Sake.") == {("terrorists", "M23")}
    assert labels("The terrorist M23 shelled Sake.") == {("terrorist", "M23")}


def test_those_whose_detention_is_told_are_arrested():
    claims = read(
        "The group denounced the detention of three journalists by the army in Aden.", "en", "2024-03-05"
    ).claims
    assert [(q.exact, q.kind) for c in claims for q in c.quantities] == [("three", "arrested")]


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("It was the army that bombed the market in Goma.", "bombed", ["the army"]),
        ("The rebels that attacked Sake fled to Rwanda.", "attacked", ["The rebels"]),
        ("The shelling of the market by the army killed ten people.", "killed", ["the army"]),
        ("The shelling of the market on Monday killed ten people.", "killed", []),
        ("The army, helped by Russian mercenaries, killed ten rebels.", "killed", ["The army"]),
        ("The army's jets bombed a village in Darfur.", "bombed", ["army"]),
        ("Jets bombed a village in Darfur.", "bombed", []),
        ("Ukrainian aviation struck an ammunition depot.", "struck", ["Ukrainian aviation"]),
        ("Rebels attacked the aviation ministry in Kabul.", "attacked", ["Rebels"]),
    ],
)
def test_who_did_it_in_clefts_and_nominal_passives(sentence, trigger, actors):
    assert fields(sentence, trigger)["actors"] == actors


def test_that_before_a_noun_only_points_back():
    assert set(told("Residents condemned that attack on Sake.")) == {"condemned"}


@pytest.mark.parametrize(
    "sentence, denied",
    [
        ("Israel says it has killed more than 14,000 fighters, a figure that Hamas rejects as fabricated.", True),
        ("Residents said rebels had killed ten people in Goma, a figure that doctors support.", False),
    ],
)
def test_a_figure_that_somebody_rejects_is_denied(sentence, denied):
    claims = [c for c in read(sentence, "en", "2024-03-05").claims if c.trigger and c.trigger.exact == "killed"]
    assert ("negative" in {c.polarity for c in claims}) is denied


@pytest.mark.parametrize(
    "sentence, places",
    [
        ("Rebels stormed nearby Pellou on Monday.", ["Pellou"]),
        ("Civilians were slaughtered in Kishishe and in neighbouring Bambo.", ["Kishishe", "Bambo"]),
        ("Neighbouring Rwanda attacked the army in Goma.", ["Goma"]),
        ("The rebels looted Kibirizi and neighbouring villages on Monday.", ["Kibirizi"]),
    ],
)
def test_a_name_behind_nearby_is_a_place(sentence, places):
    claims = [c for c in read(sentence, "en", "2024-03-05").claims if c.trigger]
    assert [p.exact for p in claims[0].places] == places


@pytest.mark.parametrize(
    "saying, source",
    [
        ("said the governor on Telegram", "the governor"),
        ("wrote the mayor of Goma on X", "the mayor of Goma"),
        ("said a coalition of users of Telegram", "a coalition of users of Telegram"),
    ],
)
def test_where_something_is_published_is_no_part_of_who_says_it(saying, source):
    assert told(f"Rebels killed two civilians, {saying}.")["killed"] == ("happened", [source])


@pytest.mark.parametrize(
    "sentence, trigger, places",
    [
        ("Air raids hit the market of Idlib.", "hit", ["Idlib"]),
        ("Air strikes killed four people in Idlib.", "killed", ["Idlib"]),
        # the mountains of Niger
        ("Rebels attacked a convoy in the Air mountains.", "attacked", ["the Air mountains"]),
        ("Gunmen killed six people in Air on Sunday.", "killed", ["Air"]),
    ],
)
def test_a_word_that_tells_the_kind_of_a_raid_is_no_place(sentence, trigger, places):
    assert [p.exact for p in claim(sentence, trigger, "en").places] == places


@pytest.mark.parametrize(
    "sentence, trigger, times",
    [
        ("Fighters of the March 23 Movement attacked Goma on Sunday.", "attacked", ["Sunday"]),
        ("Fighters of the 23 March movement attacked Goma on Sunday.", "attacked", ["Sunday"]),
        ("Gunmen killed two people near the October 6 Bridge in Cairo.", "killed", []),
        # when it was
        ("The army attacked rebels on March 23 in Goma.", "attacked", ["March 23"]),
        ("The May 3 coalition strike killed five people in Raqqa.", "killed", ["May 3"]),
        ("The June 2 bridge attack killed four people in Cairo.", "killed", ["June 2"]),
        ("The 3 May committee meeting was held in Goma.", "meeting", ["The 3 May"]),
    ],
)
def test_a_day_in_the_name_of_a_group_or_a_bridge_does_not_tell_when(sentence, trigger, times):
    assert [t.exact for t in claim(sentence, trigger, "en").times] == times
