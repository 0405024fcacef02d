"""Who did what to whom in French and English, where the parse alone would mislead."""

import pytest

from reading import claim, read


def roles(language, sentence, trigger):
    """The words of actors and recipients of the one claim with that trigger."""
    claims = [c for c in read(sentence, language).claims if c.trigger and c.trigger.exact == trigger]
    assert len(claims) == 1, [(c.trigger and c.trigger.exact) for c in read(sentence, language).claims]
    return [e.exact for e in claims[0].actors], [e.exact for e in claims[0].recipients]


@pytest.mark.parametrize(
    "language, sentence, trigger, recipients",
    [
        ("fr", "Six obus sont tombés sur le marché, tuant entre dix et quatorze personnes.", "tombés", ["le marché", "personnes"]),
        ("en", "Warplanes pounded the camp on Tuesday, killing at least 23 Palestinians.", "pounded", ["the camp", "Palestinians"]),
        ("en", "The army shelled a market, killing up to four people.", "shelled", ["a market", "people"]),
    ],
)  # fmt: skip
def test_whom_a_deed_killed_is_among_those_it_befell(language, sentence, trigger, recipients):
    assert roles(language, sentence, trigger)[1] == recipients


def test_a_participle_behind_a_comma_speaks_of_the_name_before_it():
    sentence = "L'ONU s'est dite « profondément alarmée » par le sort d'El-Obeid, encerclée depuis des semaines."
    assert roles("fr", sentence, "encerclée") == ([], [])


def test_arms_are_delivered_to_somebody():
    sentence = "Khartoum accuse les Emirats arabes unis de livrer des armes à la rébellion."
    assert roles("fr", sentence, "livrer") == (["les Emirats arabes unis"], ["la rébellion"])


@pytest.mark.parametrize(
    "language, sentence, trigger, recipients",
    [
        ("fr", "L'armée soudanaise a repris le pont de Halfaya aux Forces de soutien rapide.", "repris", ["Forces de soutien rapide"]),
        ("en", "The army retook the town from M23 rebels.", "retook", ["M23 rebels"]),
        ("en", "The rebels seized a mining outpost near Hpakant.", "seized", []),
    ],
)  # fmt: skip
def test_ground_is_taken_from_somebody_and_befalls_no_place(language, sentence, trigger, recipients):
    assert roles(language, sentence, trigger)[1] == recipients


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("Douze civils ont été tués dans une attaque attribuée aux jihadistes.", "tués", ["jihadistes"]),
        ("Des hommes armés ont encerclé le marché avant d'ouvrir le feu sur les commerçants.", "ouvrir le feu", ["Des hommes armés"]),
        ("Les assaillants ont incendié des boutiques et emporté du bétail.", "emporté", ["Les assaillants"]),
        ("Elle redoute une offensive imminente des paramilitaires contre la ville.", "offensive", ["des paramilitaires"]),
    ],
)  # fmt: skip
def test_who_did_it_may_stand_farther_off(sentence, trigger, actors):
    assert roles("fr", sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "language, sentence, trigger, recipients",
    [
        ("fr", "Une quarantaine d'indigènes ont été enlevés lundi dans le Cauca.", "enlevés", ["indigènes"]),
        ("fr", "Neuf personnes ont été tuées, dont une femme enceinte.", "tuées", ["personnes", "une femme"]),
        ("fr", "Quatorze morts parmi les rebelles, selon l'armée.", "morts", ["les rebelles"]),
        ("en", "Fighters destroyed three tanks in Khan Younis.", "destroyed", ["tanks"]),
        ("en", "The army said it had shot down 17 drones.", "shot down", ["drones"]),
    ],
)
def test_those_counted_are_kept_as_they_stand(language, sentence, trigger, recipients):
    assert roles(language, sentence, trigger)[1] == recipients


def test_people_counted_by_a_deed_are_its_victims():
    (claim,) = read("More than 2.6 million people have been driven from their homes.", "en").claims
    assert [(q.kind, q.low) for q in claim.quantities] == [("displaced", 2_600_000)]


@pytest.mark.parametrize(
    "language, sentence, trigger, recipients",
    [
        ("fr", "L'armée malienne a subi un revers à Tinzaouatène.", "revers", ["L'armée malienne"]),
        ("fr", "Le M23 a subi des bombardements à Sake.", "bombardements", ["Le M23"]),
        ("fr", "La base a essuyé une attaque lundi.", "attaque", ["La base"]),
        ("en", "The army suffered a setback in Tinzaouaten.", "setback", ["The army"]),
        ("en", "The convoy suffered an attack near Goma.", "attack", ["The convoy"]),
    ],
)  # fmt: skip
def test_what_somebody_suffered_befell_him(language, sentence, trigger, recipients):
    assert roles(language, sentence, trigger) == ([], recipients)


def test_a_headline_befalls_nobody_of_the_next_sentence():
    assert roles("en", "Army storms town, dozens killed\n\nTroops of a rebel group fled.", "storms")[1] == ["town"]


@pytest.mark.parametrize(
    "sentence, sides",
    [
        ("Protesters clashed with police in Nairobi.", ["Protesters", "police"]),
        ("Rebels clashed with soldiers near Goma.", ["Rebels", "soldiers"]),
    ],
)
def test_both_sides_of_a_clash_fought(sentence, sides):
    assert roles("en", sentence, "clashed") == (sides, [])


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("Protesters torched a police station in Nairobi.", "torched", ["Protesters"]),
        ("An angry mob attacked a convoy.", "attacked", ["An angry mob"]),
        ("The protesters attacked on Monday were students.", "attacked", []),
        ("Settlers torch cars in Kyiv", "torch", ["Settlers"]),
        ("Dozens of masked Israeli settlers set fire to houses.", "set fire", ["Israeli settlers"]),
    ],
)
def test_civilians_do_what_they_are_the_subject_of(sentence, trigger, actors):
    assert roles("en", sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("The army blamed the attack on rebels.", "attack", ["rebels"]),
        ("He blamed a drone strike on the village on Russian forces.", "drone strike", ["Russian forces"]),
        ("The government holds the rebels responsible for the massacre of villagers.", "massacre", ["the rebels"]),
    ],
)
def test_to_whom_a_deed_is_laid_did_it(sentence, trigger, actors):
    assert roles("en", sentence, trigger)[0] == actors


def test_fire_is_set_to_something():
    assert roles("en", "Gunmen set fire to a hospital.", "set fire")[1] == ["a hospital"]


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("The president mourned the killing of six soldiers.", "killing", [], ["soldiers"]),
        ("Hamas praised the killing of an officer.", "killing", [], ["an officer"]),
        ("The minister called the attack on the school a cowardly act.", "attack", [], ["the school"]),
        ("The army carried out killings of civilians.", "killings", ["The army"], ["civilians"]),
        ("The killing of a general by rebels shocked the soldiers.", "killing", ["rebels"], ["a general"]),
    ],
)
def test_who_speaks_of_a_killing_did_not_do_it(sentence, trigger, actors, recipients):
    assert roles("en", sentence, trigger) == (actors, recipients)


def test_whoever_is_held_hostage_holds_nobody():
    assert roles("en", "Eleven prison guards held hostage in Quito jail", "held hostage")[0] == []


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("Trois civils ont été tués dans des raids aériens israéliens à Gaza.", "tués", ["israéliens"]),
        ("Quatre personnes ont péri dans un bombardement russe à Soumy.", "péri", ["russe"]),
        ("Cinq personnes ont été tuées dans une attaque des ADF à Beni.", "tuées", ["des ADF"]),
        ("Quinze soldats sont morts dans une attaque de rebelles touareg.", "morts", ["rebelles touareg"]),
        ("Huit civils sont morts dans des heurts avec l'armée birmane.", "morts", ["l'armée birmane"]),
        ("Deux soldats ont été tués dans l'attaque d'une patrouille de l'armée malienne.", "tués", []),
    ],
)  # fmt: skip
def test_whose_the_deed_was_that_people_died_in_did_it(sentence, trigger, actors):
    assert roles("fr", sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("Deux morts dans une frappe russe sur Kharkiv.", "frappe", ["russe"]),
        ("Les bombardements israéliens ont fait 31 morts.", "bombardements", ["israéliens"]),
        ("Une attaque de drones ukrainiens a visé une raffinerie.", "visé", ["ukrainiens"]),
    ],
)
def test_the_nationality_of_a_deed_tells_who_did_it_and_not_whom_it_befell(sentence, trigger, actors):
    found, recipients = roles("fr", sentence, trigger)
    assert found == actors
    assert not set(actors) & set(recipients)


@pytest.mark.parametrize(
    "sentence, trigger, recipients",
    [
        ("Un avocat, un magistrat et deux gendarmes ont été assassinés.", "assassinés", ["Un avocat", "un magistrat", "gendarmes"]),
        ("Un chauffeur de taxi et son client ont été tués à Solino.", "tués", ["Un chauffeur", "son client"]),
        ("Ils ont tué un pasteur, trois enseignants et un maire.", "tué", ["un pasteur", "enseignants", "un maire"]),
        ("Le colonel Diallo, un chef rebelle, et un soldat ont été tués.", "tués", ["Le colonel Diallo"]),
    ],
)  # fmt: skip
def test_whom_a_list_names_it_befell_all(sentence, trigger, recipients):
    assert roles("fr", sentence, trigger)[1] == recipients


@pytest.mark.parametrize(
    "sentence, trigger, recipients",
    [
        ("Un boulanger a été enlevé mardi à Ndjamena.", "enlevé", ["Un boulanger"]),
        ("Un boulanger et ses deux fils ont été exécutés.", "exécutés", ["Un boulanger", "fils"]),
        ("Une sage-femme a été abattue à Port-au-Prince.", "abattue", ["Une sage-femme"]),
        ("Un journaliste pigiste et son caméraman ont été blessés.", "blessés", ["Un journaliste", "son caméraman"]),
        ("Trois étrangers ont été enlevés à Agadez.", "enlevés", ["étrangers"]),
        ("Des frappes ont visé des positions étrangères.", "visé", ["des positions"]),
    ],
)
def test_people_are_known_by_what_they_do_for_a_living(sentence, trigger, recipients):
    assert roles("fr", sentence, trigger)[1] == recipients


def test_who_announces_a_death_did_not_cause_it():
    assert roles("fr", "Le gouverneur a annoncé mardi sur X la mort de trois policiers.", "mort") == ([], ["policiers"])
    assert roles("fr", "Le groupe a revendiqué dans une vidéo l'assassinat du maire.", "assassinat")[0] == ["Le groupe"]


def test_what_somebody_suffered_may_say_from_whom_and_what_is_inflicted_on_whom():
    assert roles("fr", "La base a essuyé une attaque du M23.", "attaque") == (["M23"], ["La base"])
    assert roles("fr", "Les rebelles ont infligé un revers à l'armée malienne.", "revers") == (
        ["Les rebelles"],
        ["l'armée malienne"],
    )


@pytest.mark.parametrize(
    "language, sentence, trigger, told",
    [
        ("fr", "Repoussés par l'armée, les jihadistes ont quitté Ménaka.", "Repoussés", (["l'armée"], ["les jihadistes"])),
        ("fr", "Ayant repris Sake, l'armée congolaise avance vers Goma.", "repris", (["l'armée congolaise"], [])),
        ("fr", "Ayant subi de lourdes pertes, le M23 s'est retiré.", "subi de lourdes pertes", ([], ["le M23"])),
        ("fr", "En attaquant le convoi, le M23 a violé la trêve.", "attaquant", (["le M23"], ["le convoi"])),
        ("fr", "Blessés par balle, deux manifestants ont été évacués.", "Blessés", ([], ["manifestants"])),
        ("en", "Attacked at dawn by the M23, the soldiers fled.", "Attacked", (["the M23"], ["the soldiers"])),
        ("en", "Having retaken Sake, the Congolese army is advancing.", "retaken", (["the Congolese army"], [])),
    ],
)  # fmt: skip
def test_a_participle_that_opens_a_sentence_speaks_of_the_subject_behind_its_comma(language, sentence, trigger, told):
    assert roles(language, sentence, trigger) == told


def test_who_is_the_subject_of_a_relative_clause_is_not_joined_to_whom_it_speaks_of():
    sentence = "Le M23, dont les combattants ont pris Bunagana, a été repoussé par l'armée congolaise."
    assert roles("fr", sentence, "repoussé") == (["l'armée congolaise"], ["Le M23"])


@pytest.mark.parametrize(
    "language, sentence, trigger, places",
    [
        ("fr", "L'armée soudanaise, qui tient Port-Soudan, a bombardé Nyala.", "bombardé", ["Nyala"]),
        ("en", "The Sudanese army, which controls Port Sudan, bombed Nyala.", "bombed", ["Nyala"]),
        ("fr", "Le village de Tanoukoro, situé près de Mopti, a été attaqué.", "attaqué", ["Tanoukoro", "Mopti"]),
    ],
)
def test_where_somebody_is_else_is_not_where_he_did_it(language, sentence, trigger, places):
    (claim,) = [c for c in read(sentence, language).claims if c.trigger and c.trigger.exact == trigger]
    assert [place.exact for place in claim.places] == places


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("A man was hacked to death by gunmen.", "hacked to death", ["gunmen"], ["A man"]),
        ("Two thieves were lynched by villagers.", "lynched", ["villagers"], ["thieves"]),
        ("Ten people were held captive by rebels.", "held captive", ["rebels"], ["people"]),
        ("Soldiers fired live rounds at students.", "fired live rounds", ["Soldiers"], ["students"]),
        ("Tanks moved in on Friday after Kyiv accused the rebels of killing six people.", "killing", ["the rebels"], ["people"]),
        ("Scores feared dead\n\nFighters of a rebel group fled.", "dead", [], []),
    ],
)  # fmt: skip
def test_deeds_of_several_words_have_their_doer_and_victim(sentence, trigger, actors, recipients):
    assert roles("en", sentence, trigger) == (actors, recipients)


def test_who_sets_off_a_mine_undergoes_it_and_a_grenade_that_is_thrown_is_no_victim():
    assert roles("fr", "Un véhicule militaire a sauté sur une mine.", "sauté") == ([], ["Un véhicule militaire"])
    assert roles("fr", "Une grenade a été lancée dans un bar.", "lancée")[1] == ["un bar"]


@pytest.mark.parametrize(
    "sentence, trigger, recipients",
    [
        ("José Albeiro Campo, 45 ans, a été abattu devant sa maison.", "abattu", [("José Albeiro Campo", "person")]),
        ("Fatima Diallo a été enlevée par des hommes armés.", "enlevée", [("Fatima Diallo", "person")]),
        ("Un zoubleur a été tué à Goma.", "tué", [("zoubleur", "civilians")]),
        ("Une embuscade a causé la mort de 17 soldats.", "embuscade", [("soldats", "state-force")]),
        ("Port-au-Prince a été attaquée.", "attaquée", []),
    ],
)
def test_somebody_nobody_lists_is_whom_it_befell(sentence, trigger, recipients):
    (claim,) = [c for c in read(sentence, "fr").claims if c.trigger and c.trigger.exact == trigger]
    assert [(e.exact, e.kind) for e in claim.recipients] == recipients


@pytest.mark.parametrize(
    "sentence, trigger, told",
    [
        ("At least 12 civilians were killed in Russian drone strikes on Kharkiv.", "killed", (["Russian"], ["civilians"])),
        ("Three people died in the army's shelling of Sake.", "died", (["the army"], ["people"])),
        ("Eight civilians died in clashes with the Myanmar army.", "died", (["Myanmar army"], ["civilians"])),
        ("Two soldiers were killed in an attack on a Malian army patrol.", "killed", ([], ["soldiers"])),
        ("A lawyer, a judge and two policemen were abducted.", "abducted", ([], ["A lawyer", "a judge", "policemen"])),
    ],
)  # fmt: skip
def test_whose_the_deed_was_stands_before_it_in_english(sentence, trigger, told):
    assert roles("en", sentence, trigger) == told


@pytest.mark.parametrize(
    "language, sentence, trigger, actors",
    [
        ("fr", "Le gouvernement a commémoré le massacre de Kishishe.", "massacre", []),
        ("fr", "L'armée a étudié l'enlèvement des deux prêtres.", "enlèvement", []),
        ("fr", "Les rebelles ont multiplié les attaques contre les civils.", "attaques", ["Les rebelles"]),
        ("fr", "L'armée a mis en œuvre une attaque contre Sake.", "attaque", ["L'armée"]),
        ("fr", "L'armée a lancé une série d'attaques contre Sake.", "attaques", ["L'armée"]),
        ("en", "The government marked the bombing of the market.", "bombing", []),
        ("en", "The court examined the massacre at Kishishe.", "massacre", []),
        ("en", "The army stepped up its shelling of the camp.", "shelling", ["The army"]),
        ("en", "The army undertook an attack on the camp.", "attack", ["The army"]),
        ("fr", "L'armée a ordonné une attaque contre le camp.", "attaque", []),
        ("en", "The army ordered an attack on the camp.", "attack", []),
    ],
)
def test_the_subject_of_a_verb_did_the_deed_that_is_its_object_only_where_the_verb_says_so(
    language, sentence, trigger, actors
):
    assert roles(language, sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "sentence, trigger, who, whom",
    [
        ("L'armée attribue aux rebelles l'attentat de Goma.", "attentat", ["rebelles"], []),
        ("L'ONU impute au M23 la mort de dix civils.", "mort", ["M23"], ["civils"]),
        ("L'ONU a imputé à l'armée soudanaise la mort de dix civils.", "mort", ["l'armée soudanaise"], ["civils"]),
        ("L'armée a attribué l'attentat de Goma aux rebelles.", "attentat", ["rebelles"], []),
    ],
)
def test_whom_a_deed_is_laid_to_may_stand_before_it(sentence, trigger, who, whom):
    assert roles("fr", sentence, trigger) == (who, whom)
    assert [link.act for claim in read(sentence, "fr").claims for link in claim.chain] == ["accuse"]


@pytest.mark.parametrize(
    "language, sentence, trigger, actors",
    [
        ("fr", "Une attaque attribuée par l'armée aux jihadistes a fait dix morts.", "attaque", ["jihadistes"]),
        ("fr", "Une attaque attribuée aux jihadistes par l'armée a fait dix morts.", "attaque", ["jihadistes"]),
        ("fr", "L'attaque de Goma, attribuée par la police à des rebelles, a duré.", "attaque", ["des rebelles"]),
        ("en", "An attack blamed by the army on jihadists killed ten people.", "killed", ["jihadists"]),
        ("en", "An attack blamed on jihadists by the army killed ten people.", "killed", ["jihadists"]),
    ],
)
def test_who_lays_a_deed_to_others_did_not_do_it(language, sentence, trigger, actors):
    assert roles(language, sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "language, sentence, trigger, others",
    [
        ("fr", "L'hôpital fait état de douze morts, dont quatre enfants, dans l'explosion d'une voiture piégée.", "morts", "explosion"),
        ("en", "The hospital reported twelve deaths, including four children, in the bombing of a market.", "deaths", "bombing"),
    ],
)  # fmt: skip
def test_a_part_of_a_toll_is_told_where_its_total_is_and_names_it_by_its_place_there(
    language, sentence, trigger, others
):
    before = {"fr": "Trois soldats ont péri lundi. ", "en": "Three soldiers died on Monday. "}[language]
    found = {c.trigger.exact: c for c in read(before + sentence, language).claims if c.trigger}
    assert [(q.best, q.part_of) for q in found[trigger].quantities] == [(12, None), (4, 0)]
    assert found[others].quantities == ()
    assert found[others].chain == found[trigger].chain != ()


@pytest.mark.parametrize(
    "language, sentence, trigger, kind",
    [
        ("fr", "L'armée a ordonné l'évacuation de trois quartiers de Khan Younès.", "évacuation", "SANCTION"),
        ("fr", "L'armée a émis de nouveaux ordres d'évacuation pour Gaza.", "ordres d'évacuation", "SANCTION"),
        ("fr", "L'ONU a organisé l'évacuation de 300 civils assiégés à El-Fasher.", "évacuation", "AID"),
        ("fr", "La France a rapatrié ses soldats du Niger.", "rapatrié", "RETREAT"),
        ("fr", "La France a rapatrié 200 réfugiés de Khartoum.", "rapatrié", "AID"),
        ("en", "The army ordered the evacuation of three neighbourhoods in Khan Younis.", "evacuation", "SANCTION"),
        ("en", "The Red Cross carried out the evacuation of 300 besieged civilians.", "evacuation", "AID"),
        ("en", "France repatriated its troops from Niger.", "repatriated", "RETREAT"),
    ],
)
def test_those_told_to_leave_are_driven_out_and_soldiers_brought_home_withdraw(language, sentence, trigger, kind):
    assert [c.type for c in read(sentence, language).claims if c.trigger and c.trigger.exact == trigger] == [kind]


@pytest.mark.parametrize(
    "language, sentences, source",
    [
        ("fr", "L'opposition affirme que la police a tiré sur la foule. La police dément.", "La police"),
        ("fr", "L'opposition affirme que la police a tiré sur la foule ; la police dément.", "la police"),
        ("fr", "Le M23 accuse l'armée d'avoir bombardé Minova. L'armée nie.", "L'armée"),
        ("en", "The M23 accuses the army of bombing Minova. The army denies.", "The army"),
    ],
)
def test_a_denial_without_an_object_denies_what_was_told_before(language, sentences, source):
    denied = [c for c in read(sentences, language).claims if c.polarity == "negative"]
    assert [[link.source.exact for link in c.chain if link.source] for c in denied] == [[source]]


def test_a_denial_of_nothing_told_is_no_claim():
    assert read("Le footballeur dément. La ville dort.", "fr").claims == ()


def test_what_a_village_is_threatened_by_says_nothing():
    found = read("La préfecture a fermé deux villages menacés par les inondations.", "fr").claims
    assert [link for claim in found for link in claim.chain] == []


@pytest.mark.parametrize(
    "language, sentence, who, whom",
    [
        ("en", "The army blamed the attack on the rebels and the militia.", ["the rebels", "the militia"], []),
        ("en", "The army blamed an attack on a convoy on the rebels.", ["the rebels"], ["a convoy"]),
        ("fr", "L'armée attribue l'attaque au M23 et aux FDLR.", ["M23", "FDLR"], []),
    ],
)
def test_all_to_whom_a_deed_is_laid_did_it(language, sentence, who, whom):
    assert roles(language, sentence, {"en": "attack", "fr": "attaque"}[language]) == (who, whom)


@pytest.mark.parametrize(
    "text, language, trigger, actors",
    [
        ("L'attaque que l'armée a condamnée a tué dix civils.", "fr", "tué", []),
        ("L'attaque que l'armée a imputée au M23 a tué dix civils.", "fr", "tué", ["M23"]),
        ("L'attaque que l'armée a repoussée a tué dix civils.", "fr", "tué", []),
        ("L'attaque que l'armée a menée a tué dix civils.", "fr", "tué", ["l'armée"]),
        ("The raid that the army condemned killed ten civilians.", "en", "killed", []),
        ("The raid that the army launched on Sunday killed ten civilians.", "en", "killed", ["the army"]),
        ("Les soldats que le M23 a capturés ont attaqué la caserne.", "fr", "attaqué", ["Les soldats"]),
        ("L'armée, qui a dit avoir tué dix rebelles, a repris Sake.", "fr", "tué", ["L'armée"]),
    ],
)
def test_who_condemned_a_deed_in_a_clause_between_did_not_do_it(text, language, trigger, actors):
    assert [e.exact for e in claim(text, trigger, language).actors] == actors


@pytest.mark.parametrize(
    "text, trigger, recipients",
    [
        (
            "A drone struck a camp on Thursday, according to the local committee, in an attack it blamed on the RSF.",
            "attack",
            [],
        ),
        ("The army denied shelling the village.", "shelling", ["the village"]),
    ],
)
def test_whose_clause_follows_a_deed_is_not_whom_it_befell(text, trigger, recipients):
    assert [e.exact for e in claim(text, trigger, "en").recipients] == recipients
