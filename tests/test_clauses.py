"""Relatives, appositions, passives and negations: what belongs to which clause, who says and who did it."""

import pytest

from reading import claim, read, sources


def names(entities):
    return [e.name or e.exact for e in entities]


@pytest.mark.parametrize(
    "text, trigger, language",
    [
        ("Le convoi, qui devait rallier Djibo, a été attaqué mardi par des hommes armés.", "attaqué", "fr"),
        ("Israeli troops, which had withdrawn in May, attacked the camp on Sunday.", "attacked", "en"),
    ],
)
def test_what_a_relative_clause_plans_or_dates_is_not_the_main_verbs(text, trigger, language):
    found = claim(text, trigger, language, published="2024-06-12")
    assert found.status == "happened"
    assert found.certainty == "certain"


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Le dépôt, qui n'était pas gardé, a été détruit par une frappe.", "détruit"),
        ("Le chef rebelle, que Kigali dément soutenir, a pris la ville de Goma.", "pris"),
        ("La centrale, dont l'armée nie avoir perdu le contrôle, a été bombardée.", "bombardée"),
    ],
)
def test_what_a_relative_clause_denies_leaves_the_main_verb_affirmed(text, trigger):
    found = claim(text, trigger)
    assert found.polarity == "positive"
    assert found.chain == ()


def test_a_month_is_no_modal():
    found = claim("Israeli troops withdrew from the camp in May.", "withdrew", "en", published="2024-06-12")
    assert found.hedges == ()
    assert found.certainty == "certain"


@pytest.mark.parametrize(
    "text, trigger, language",
    [
        ("L'armée n'a pas lancé d'offensive contre la ville.", "offensive", "fr"),
        ("The government said it would not attend the talks in Geneva.", "talks", "en"),
    ],
)
def test_the_negation_of_the_verb_that_performs_a_noun_denies_it(text, trigger, language):
    assert claim(text, trigger, language).polarity == "negative"


@pytest.mark.parametrize(
    "text, language, source, doer",
    [
        (
            "La Coordination des mouvements de l'Azawad, une alliance de groupes rebelles, a revendiqué l'attaque.",
            "fr",
            "La Coordination des mouvements de l'Azawad",
            "Coordination of Azawad Movements",
        ),
        (
            "The Azawad Liberation Front, an umbrella of rebel groups, claimed the attack.",
            "en",
            "The Azawad Liberation Front, an umbrella of rebel groups",
            "Azawad Liberation Front",
        ),
        ("L'attaque a été revendiquée par l'Etat islamique.", "fr", "l'Etat islamique", "Islamic State"),
    ],
)
def test_who_claims_an_attack_did_it_whatever_stands_between_commas(text, language, source, doer):
    (found,) = read(text, language).claims
    assert sources(found) == [source]
    assert names(found.actors) == [doer]


@pytest.mark.parametrize(
    "text, trigger, source, doer",
    [
        (
            "Le massacre est attribué aux combattants de la Katiba Macina (KM) par la société civile.",
            "massacre",
            ["la société civile"],
            "Katiba Macina",
        ),
        ("L'attaque est attribuée à Boko Haram.", "attaque", [None], "Boko Haram"),
        ("L'attaque, attribuée à Boko Haram, a tué neuf pêcheurs.", "tué", [], "Boko Haram"),
        ("L'attaque, revendiquée par le groupe Etat islamique, a tué douze soldats.", "tué", [], "Islamic State"),
    ],
)
def test_whom_a_deed_is_attributed_to_is_its_actor(text, trigger, source, doer):
    found = claim(text, trigger)
    assert sources(found) == source
    assert names(found.actors) == [doer]


def test_who_announces_the_death_of_his_own_did_not_kill_them():
    found = claim("L'armée, qui dément avoir bombardé le camp, a annoncé la mort de deux soldats.", "mort")
    assert sources(found) == ["L'armée"]
    assert found.actors == ()


def test_an_outlet_that_is_told_without_an_article_does_not_say_it():
    found = claim("Douze gendarmes ont été tués, ont indiqué à Agence Volta des sources sécuritaires.", "tués")
    assert sources(found) == ["des sources sécuritaires"]


@pytest.mark.parametrize(
    "text, source",
    [
        (
            "Suspected insurgents beheaded ten farmers in Borno State, a local official and a militia leader said.",
            "a local official and a militia leader",
        ),
        ("At least 25,000 people have been displaced from Sinja since June, the IOM said.", "the IOM"),
        ("In Goma, rebels killed ten people, the army said.", "the army"),
    ],
)
def test_who_says_it_at_the_end_of_the_sentence(text, source):
    found = read(text, "en").claims[0]
    assert sources(found) == [source]


def test_a_circumstance_between_commas_does_not_speak():
    text = "Le chef du gang, dans une vidéo diffusée sur les réseaux sociaux, menace de brûler les commissariats."
    assert sources(claim(text, "brûler")) == ["Le chef du gang"]


def test_what_made_a_deed_possible_demands_nothing():
    text = "L'armée dit avoir mené une offensive ayant permis de tuer une cinquantaine de rebelles."
    found = claim(text, "tuer")
    assert (found.status, found.certainty) == ("happened", "certain")
    assert sources(found) == ["L'armée"]


@pytest.mark.parametrize(
    "text, language",
    [
        ("La ville est tenue par l'Armée de libération du Rohingya.", "fr"),
        ("The town is under the control of the National Liberation Army.", "en"),
        ("The Green Valley Liberation Army attacked a police station in Kutkai.", "en"),
    ],
)
def test_liberation_in_a_groups_name_is_neither_a_label_nor_a_deed(text, language):
    found = read(text, language).claims
    assert found
    assert {(each.labels, each.type == "RETREAT") for each in found} == {((), False)}


@pytest.mark.parametrize(
    "text, trigger, language, doer",
    [
        ("The base had fallen to the rebels, residents said.", "fallen to", "en", "the rebels"),
        ("Le camp est passé sous le contrôle des jihadistes.", "passé sous le contrôle", "fr", "des jihadistes"),
    ],
)
def test_who_has_fallen_ground_took_it_and_the_ground_is_no_victim(text, trigger, language, doer):
    found = claim(text, trigger, language)
    assert [e.exact for e in found.actors] == [doer]
    assert found.recipients == ()
    assert found.territory == "gained"


def test_a_patrol_holds_no_ground_by_being_ambushed():
    text = "The ceasefire collapsed after gunmen ambushed an army patrol, killing four soldiers."
    assert all(c.territory is None for c in read(text, "en").claims)


@pytest.mark.parametrize(
    "text, trigger, code",
    [
        ("La police a tué trois manifestants à Port-au-Prince.", "tué", "Excessive force against protesters"),
        ("La Russie a lancé 120 drones sur l'Ukraine, dont 98 ont été abattus.", "abattus", "Disrupted weapons use"),
        ("Les avions de l'armée ont bombardé deux villages.", "bombardé", "Air/drone strike"),
        ("Une douzaine de blindés russes ont été détruits.", "détruits", "Armed clash"),
        ("Un engin explosif a sauté au passage d'un convoi militaire.", "sauté", "Remote explosive/landmine/IED"),
        (
            "Douze habitants ont été emmenés de force par les rebelles.",
            "emmenés de force",
            "Abduction/forced disappearance",
        ),
    ],
)
def test_the_weapon_and_whom_it_hit_decide_the_code(text, trigger, code):
    assert claim(text, trigger).acled == code


def test_a_place_somebody_holds_needs_no_preposition():
    found = claim("Kidal est sous contrôle de l'armée depuis jeudi.", None)
    assert [p.exact for p in found.places] == ["Kidal"]


def test_a_group_named_in_quotation_marks_is_who_did_it():
    found = claim("Des membres du gang « Gran Grif » ont attaqué le commissariat de Liancourt.", "attaqué")
    assert names(found.actors) == ["Gran Grif"]


@pytest.mark.parametrize(
    "text, trigger, place",
    [
        ("A Hama, les habitants craignent une nouvelle offensive.", "offensive", "Hama"),
        ("A Gao, l'armée a annoncé la mort de deux soldats.", "mort", "Gao"),
    ],
)
def test_a_place_that_opens_the_sentence_is_where_what_is_said_lies(text, trigger, place):
    assert [p.exact for p in claim(text, trigger).places] == [place]


def test_who_backs_somebody_is_told_of_him_and_is_no_happening():
    text = "M23 rebels backed by Rwanda entered Bukavu on Friday and attacked the airport."
    assert "SUPPORT" not in {c.type for c in read(text, "en").claims}


def test_what_a_demonstration_is_for_is_no_second_one():
    text = "Hundreds of youths marched in Maiduguri to protest against insecurity."
    assert [c.trigger.exact for c in read(text, "en").claims] == ["marched"]


def test_an_arabic_verb_behind_the_noun_of_the_deed_describes_it():
    text = "قتل أكثر من 80 شخصاً في هجوم بطائرات مسيرة استهدف الكلية الحربية في حمص."
    (found,) = read(text, "ar").claims
    assert found.trigger.exact == "قتل"
    assert found.acled == "Air/drone strike"


def test_a_verb_joined_by_then_has_the_subject_of_the_one_before():
    found = claim("The gunmen first looted shops, then opened fire.", "opened fire", "en")
    assert [e.exact for e in found.actors] == ["The gunmen"]


@pytest.mark.parametrize(
    "text",
    ["Les sept soldats seront libérés demain.", "Trois humanitaires ont été enlevés puis libérés par un groupe armé."],
)
def test_people_set_free_are_freed_in_the_plain_sense(text):
    assert all(c.labels == () for c in read(text).claims)


def test_an_entry_of_a_live_page_ends_where_the_next_clock_begins():
    text = (
        "21:40 | الجيش ينفي قصف المستشفى في البلدة القريبة من المعبر الشمالي\n"
        "21:15 | الدفاع المدني: ثلاثة قتلى في قصف استهدف منزلا في حي التفاح شرقي المدينة\n"
        "20:50 | الشرطة: مقتل ضابط في هجوم على حاجز شمالي العاصمة مساء اليوم السبت\n"
        "20:32 | وزارة الصحة: وصول عشرين جريحا إلى المستشفى بعد قصف السوق القديم\n"
        "19:58 | الأمم المتحدة: نزوح ألف شخص من القرى الحدودية خلال يومين من القتال\n"
        "19:20 | الجيش: انسحاب القوات من المعسكر الشرقي بعد ساعات من الاشتباكات\n"
    )
    assert [
        c.content.exact for c in read(text, "ar").claims if "20:" in c.content.exact or "|" in c.content.exact
    ] == []


def test_the_clock_of_a_live_page_neither_speaks_nor_hides_the_place():
    text = (
        "[08h12] Sept militaires faits prisonniers par une dissidence des Farc, annonce le ministre de la Défense.\n"
        "[11h05] A El Plateado, des rebelles ont attaqué un poste de l'armée."
    )
    taken, attacked = read(text).claims
    assert sources(taken) == ["le ministre de la Défense"]
    assert names(taken.actors) == ["FARC dissidents"]
    assert [p.exact for p in attacked.places] == ["El Plateado"]


def test_soldiers_taken_captive_are_counted_as_such():
    found = claim("Three soldiers were taken captive by rebels near Goma.", "taken captive", "en")
    assert [(q.kind, q.best) for q in found.quantities] == [("abducted", 3)]


def test_the_auxiliary_of_a_relative_clause_makes_no_passive_of_the_main_verb():
    found = claim("The M23, which is backed by Rwanda, attacked the town of Sake on Sunday.", "attacked", "en")
    assert names(found.actors) == ["M23"]


@pytest.mark.parametrize(
    "text, trigger, language, sides",
    [
        ("Des combats opposant l'ELN au Clan du Golfe ont fait six morts.", "combats", "fr", 2),
        ("Clashes pitting the army against the RSF erupted in Nyala.", "Clashes", "en", 2),
    ],
)
def test_both_sides_of_a_fight_act_in_it(text, trigger, language, sides):
    assert len(claim(text, trigger, language).actors) == sides


def test_security_forces_force_nobody():
    text = "Security forces detained 14 people in Homs, state media reported."
    assert [c.trigger.exact for c in read(text, "en").claims] == ["detained"]
