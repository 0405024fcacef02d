"""What happened: triggers, their type and modes, how they are put, and who holds a place."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import read
from reportedly import rules, syntax
from reportedly.find import triggers
from reportedly.find.triggers.entries import KINDS, compiled


@lru_cache(maxsize=256)
def found(code, sentence):
    language = rules.load(code)
    text = language.prepare(sentence)
    parse = syntax.parse(text, language.parser) if language.parser else None
    return triggers.find(text, parse, language)


def events(code, sentence):
    return [t for t in found(code, sentence) if not t.is_state]


def only(code, sentence):
    (event,) = events(code, sentence)
    return event


@pytest.mark.parametrize(
    "code, sentence, exact, kind, modes",
    [
        ("fr", "Les rebelles se sont emparés de la ville mardi.", "emparés", "ASSAULT", ()),
        ("fr", "L'armée s'empare de trois villages.", "s'empare", "ASSAULT", ()),
        ("fr", "Deux missiles se sont abattus sur la gare.", "abattus", "ASSAULT", ("heavy-weapons",)),
        ("fr", "Des inconnus ont enlevé un prêtre dans le nord.", "enlevé", "ASSAULT", ("abduct",)),
        ("fr", "Le gouverneur a décrété un couvre-feu à Goma.", "couvre-feu", "COERCE", ("curfew",)),
        ("fr", "La police a interpellé douze suspects.", "interpellé", "COERCE", ("arrest",)),
        ("fr", "Les troupes se sont retirées de la localité.", "retirées", "RETREAT", ("withdraw",)),
        ("fr", "L'armée soudanaise a quitté El-Fasher mardi.", "quitté", "RETREAT", ("withdraw",)),
        ("fr", "Les ravisseurs ont libéré deux otages.", "libéré", "RETREAT", ("release",)),
        ("fr", "Des milliers d'habitants ont manifesté contre le gouvernement.", "manifesté", "PROTEST", ("demo",)),
        ("fr", "L'ONG a vacciné 600 enfants.", "vacciné", "AID", ()),
        ("fr", "Le ministre s'est rendu à Bagdad pour rencontrer l'émissaire.", "rendu", "CONSULT", ("visit",)),
        ("fr", "Le parquet a ouvert une enquête sur l'attentat.", "enquête", "ACCUSE", ("investigate",)),
        ("fr", "Les deux gouvernements ont signé un accord de paix.", "signé", "AGREE", ()),
        ("fr", "L'armée a déployé des blindés dans la capitale.", "déployé", "MOBILIZE", ("weapons",)),
        ("en", "Gunmen opened fire on a convoy.", "opened fire", "ASSAULT", ("firearms",)),
        ("en", "Russian missiles hit a bus station.", "hit", "ASSAULT", ("heavy-weapons",)),
        ("en", "The army retook the town on Sunday.", "retook", "ASSAULT", ()),
        ("en", "Rebels kidnapped twelve villagers.", "kidnapped", "ASSAULT", ("abduct",)),
        ("en", "Police arrested four men.", "arrested", "COERCE", ("arrest",)),
        ("en", "Troops pulled out of the city.", "pulled out", "RETREAT", ("withdraw",)),
        ("en", "A court sentenced the general to ten years in prison.", "sentenced", "SANCTION", ("convict",)),
        ("en", "The envoy met rebel leaders in Doha.", "met", "CONSULT", ()),
    ],
)
def test_a_word_and_its_neighbours_name_a_happening(code, sentence, exact, kind, modes):
    event = next(t for t in events(code, sentence) if exact in t.exact)
    assert (event.type, event.modes) == (kind, modes)


@pytest.mark.parametrize(
    "code, sentence, exact",
    [
        ("fr", "Dix-sept civils ont été tués dans l'attaque d'un village.", "tués"),
        ("fr", "Neuf morts dans le bombardement d'un marché à El-Facher.", "bombardement"),
        ("fr", "L'attaque d'un marché a fait 24 morts et une trentaine de blessés.", "attaque"),
        ("fr", "Une frappe russe a tué six personnes et en a blessé 24 autres.", "tué"),
        ("fr", "Des tirs nourris ont repris entre les quartiers, faisant deux tués et neuf blessés.", "tirs"),
        ("fr", "Une voiture piégée fait huit morts à Baaqouba.", "voiture piégée"),
        ("fr", "L'armée a repoussé une tentative d'infiltration.", "repoussé"),
        ("fr", "Treize assauts ont été repoussés par l'armée.", "repoussés"),
        ("en", "Missiles hit bus station in eastern Ukraine, five killed", "hit"),
        ("en", "5 killed as missiles hit bus station", "hit"),
        ("en", "The army shelled a market, killing more than 20 people.", "shelled"),
        ("en", "A missile strike on its market killed at least 16 people.", "killed"),
        ("en", "A sniper firing from a roof shot a boy.", "shot"),
        ("en", "Four dead as Tripoli clashes resume", "clashes"),
    ],
)
def test_one_happening_of_a_clause_has_one_trigger(code, sentence, exact):
    assert only(code, sentence).exact == exact


def test_the_verb_takes_the_modes_of_the_noun_it_hangs_on():
    assert only("fr", "Quinze personnes ont été tuées vendredi par un raid aérien à Zabid.").modes == ("aerial",)


def test_a_weapon_beside_the_verb_gives_the_modes():
    event = only("fr", "Les forces paramilitaires ont utilisé des obus de 120 mm.")
    assert event.modes == ("heavy-weapons",)
    assert event.weapon == "obus"


@pytest.mark.parametrize(
    "sentence",
    [
        "Cette attaque a choqué la population de la ville.",
        "Le bilan des combats n'était pas connu.",
        "Des hommes armés patrouillaient ailleurs.",
    ],
)
def test_a_noun_that_points_back_or_a_fixed_phrase_is_no_happening(sentence):
    assert events("fr", sentence) == []


def test_a_governed_noun_is_a_happening():
    assert only("fr", "Une source militaire a confirmé l'attaque.").exact == "attaque"


LURES = [
    ("fr", "DC Virunga attaque la phase retour sans son capitaine."),
    ("fr", "Lens a attaqué le match tambour battant et a frappé deux fois."),
    ("fr", "Une violente tempête a frappé la Bretagne dans la nuit."),
    ("fr", "Le séisme a tué au moins 45 personnes dans l'ouest du pays."),
    ("fr", "Un accident de la route a fait cinq morts et douze blessés."),
    ("fr", "Le groupe a lancé une offensive commerciale en Asie."),
    ("fr", "Les prix du pétrole reculent pour la troisième séance."),
    ("fr", "Le virus a tué 2.300 personnes depuis le début de l'épidémie."),
    ("fr", "En 1916, la bataille de Verdun a duré dix mois, rappelle l'historien."),
    ("fr", "Le film raconte l'assassinat d'un président imaginaire."),
    ("en", "The striker shot wide from ten metres in the second half."),
    ("en", "The earthquake killed at least 120 people and injured hundreds."),
    ("en", "Retailers are fighting a price war."),
    ("en", "Two people were killed in a car crash on the motorway."),
    ("en", "The company fired 300 workers and closed two plants."),
    ("en", "The virus has killed 300 people since January."),
]


@pytest.mark.parametrize("code, sentence", LURES)
def test_sport_weather_prices_illness_and_history_stay_silent(code, sentence):
    assert events(code, sentence) == []


def test_a_paragraph_headed_by_sport_is_about_sport():
    text = "Football. Une attaque de feu : samedi face à la Guinée, le trio a bombardé la surface (3-1)."
    assert events("fr", text) == []


@pytest.mark.parametrize(
    "code, sentence, status",
    [
        ("fr", "L'armée libérera la ville assiégée par les rebelles demain.", "planned"),
        ("fr", "La coalition va bombarder la capitale.", "planned"),
        ("fr", "Des renforts devaient être dépêchés dimanche de Sévaré.", "planned"),
        ("fr", "Le mufti a appelé les combattants à déposer les armes.", "hypothetical"),
        ("fr", "L'ONG a réclamé un cessez-le-feu.", "hypothetical"),
        ("fr", "Les rebelles pourraient attaquer la ville.", "hypothetical"),
        ("fr", "L'armée bombarde régulièrement les positions des rebelles.", "habitual"),
        ("fr", "De violents combats se poursuivent entre l'armée et les rebelles.", "ongoing"),
        ("fr", "Les rebelles progressent vers la capitale.", "ongoing"),
        ("fr", "Les rebelles ont attaqué la ville.", "happened"),
        ("en", "The army will attack the town.", "planned"),
        ("en", "Rebels plan to attack the town.", "planned"),
        ("en", "The UN called for an immediate ceasefire.", "hypothetical"),
        ("en", "An offensive by the rebels cannot be ruled out.", "hypothetical"),
        ("en", "The rebels attacked the town.", "happened"),
        ("en", "He announced that troops would be deployed in the town.", "planned"),
        ("en", "The shell would have killed dozens of soldiers.", "hypothetical"),
        ("en", "The rebels would return after gunmen attacked the town.", "happened"),
    ],
)
def test_tense_and_scope_give_the_status(code, sentence, status):
    assert events(code, sentence)[0].status == status


@pytest.mark.parametrize(
    "code, sentence, exact, put",
    [
        ("fr", "L'objectif est de reprendre la ville de Sake.", "reprendre", "planned positive"),
        ("fr", "Des soldats ont été envoyés à Sake pour arrêter les assaillants.", "arrêter", "planned positive"),
        ("fr", "L'armée veut reprendre Goma, dans l'est du pays, et attaquer Sake.", "attaquer", "planned positive"),
        ("fr", "L'armée cherche à empêcher la chute de Goma et à reprendre Sake.", "reprendre", "planned positive"),
        (
            "fr",
            "L'armée a empêché les rebelles de prendre Goma et d'attaquer Sake.",
            "prendre",
            "hypothetical negative",
        ),
        ("fr", "Les forces ont réussi à reprendre la ville et à libérer les otages.", "libérer", "happened positive"),
        ("fr", "Les rebelles n'ont pas réussi à prendre la ville de Sake.", "prendre", "happened negative"),
        ("fr", "Les rebelles réussiront à prendre la ville de Sake.", "prendre", "planned positive"),
        (
            "fr",
            "Le raid a permis de neutraliser quinze (15) rebelles et de détruire un dépôt.",
            "détruire",
            "happened positive",
        ),
        ("fr", "Les rebelles ont pillé le bourg avant de se retirer vers la forêt.", "se retirer", "happened positive"),
        ("fr", "Le groupe est accusé de bombarder les villages.", "bombarder", "happened positive"),
        ("en", "The goal is to retake the town of Sake and disarm the militias.", "disarm", "planned positive"),
        ("en", "Troops were sent to secure the area and arrest the attackers.", "arrest", "planned positive"),
        ("en", "The army managed to retake the town and free the hostages.", "free", "happened positive"),
        ("en", "The shelling forced the rebels to withdraw from Sake.", "withdraw", "happened positive"),
        ("en", "The rebels failed to take the town of Sake.", "take", "happened negative"),
        ("en", "The army decided last week to attack the town of Sake.", "attack", "planned positive"),
        ("en", "The first missile to hit the town killed three people.", "hit", "happened positive"),
    ],
)
def test_of_an_infinitive_something_else_must_say_that_it_came_about(code, sentence, exact, put):
    assert [f"{t.status} {t.polarity}" for t in events(code, sentence) if t.exact == exact] == [put]


@pytest.mark.parametrize(
    "code, sentence, exact, put",
    [
        ("fr", "L'armée a-t-elle bombardé le village de Sake ?", "bombardé", "hypothetical positive"),
        ("fr", "Est-ce que l'armée a bombardé le village de Sake ?", "bombardé", "hypothetical positive"),
        ("fr", "Pourquoi l'armée a-t-elle bombardé le village de Sake ?", "bombardé", "happened positive"),
        ("en", "Did the army bomb the village of Sake?", "bomb", "hypothetical positive"),
        ("en", "Who bombed the village of Sake?", "bombed", "happened positive"),
        ("fr", "Les rebelles ont failli prendre la ville de Goma.", "prendre", "hypothetical negative"),
        ("en", "The rebels almost captured the town of Goma.", "captured", "hypothetical negative"),
        ("fr", "L'armée a cessé de bombarder la ville de Sake.", "bombarder", "happened positive"),
        ("en", "Fearing an attack, residents of the town fled.", "fled", "happened positive"),
        ("en", "The drill simulated an attack on the port.", "attack", ""),
    ],
)
def test_who_asks_if_it_is_so_tells_nothing_and_what_nearly_happened_did_not(code, sentence, exact, put):
    assert " ".join(f"{t.status} {t.polarity}" for t in events(code, sentence) if t.exact == exact) == put


@pytest.mark.parametrize(
    "code, sentence, polarity",
    [
        ("fr", "Nous n'avons pas tiré une seule roquette.", "negative"),
        ("fr", "Aucun civil n'a été tué par l'armée.", "negative"),
        ("fr", "Nous n'avons vu aucun cadavre après les combats.", "negative"),
        ("fr", "L'armée dit n'avoir perdu que deux hommes.", "positive"),
        ("fr", "L'armée ne se battra pour le compte de personne.", "negative"),
        ("en", "No air strikes were observed on Monday.", "negative"),
        ("en", "The trucks of the aid convoy were not looted.", "negative"),
        ("en", "None of his men had opened fire before noon.", "negative"),
        ("en", "No fewer than 37 civilians were killed in the attack.", "positive"),
    ],
)
def test_negation_is_polarity(code, sentence, polarity):
    assert events(code, sentence)[0].polarity == polarity


@pytest.mark.parametrize("dateline", ["KYIV, March 3 - ", "PORT-AU-PRINCE, March 14 (Caribbean Wire) — ", "3 March: "])
def test_the_month_of_a_date_is_no_demonstration(dateline):
    assert [t.exact for t in events("en", f"{dateline}Rebels killed two soldiers.")] == ["killed"]


@pytest.mark.parametrize(
    "sentence, exact",
    [
        ("Russian forces destroyed three tanks.", "destroyed"),
        ("The ministry accused Armenian forces of killing six soldiers.", "killing"),
    ],
)
def test_armed_forces_force_nobody(sentence, exact):
    assert [t.exact for t in events("en", sentence)] == [exact]


def test_an_object_makes_a_verb_of_what_follows_of():
    verb = only("en", "The rebels were accused of shelling six villages.")
    noun = only("en", "The killing of six people shocked the soldiers.")
    assert (verb.pos, noun.pos) == ("verb", "noun")


def test_what_strikes_is_no_happening_beside_the_verb_that_says_it_struck():
    told = [t.exact for t in events("en", "At least 14 people were killed when shells hit a market in Omdurman.")]
    assert told == ["killed", "hit"]


def test_a_conditional_is_flagged_and_not_planned():
    event = only("fr", "Un chef rebelle aurait été enlevé par des jihadistes.")
    assert event.conditional
    assert event.status == "happened"


def test_an_if_clause_makes_no_claim():
    assert [t.exact for t in events("en", "If the army enters the village, rebels will attack the base.")] == ["attack"]


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "La ville est sous contrôle des FARDC."),
        ("fr", "Les points situés à l'ouest sont entre nos mains, dit le combattant."),
        ("fr", "Les rebelles contrôlent désormais la ville."),
        ("fr", "La cité est occupée par les rebelles depuis hier."),
        ("en", "The army and its allies hold the ridge west of the town."),
        ("en", "Two of the hilltops are still in the hands of the rebels."),
    ],
)
def test_holding_a_place_is_a_state_without_a_type(code, sentence):
    (state,) = [t for t in found(code, sentence) if t.is_state]
    assert (state.type, state.territory, state.status) == (None, "held", "state")


def test_a_report_gives_its_outcomes_the_weapon_of_its_lead():
    text = "Deux missiles se sont abattus sur la gare de Kharkiv.\n\nSept personnes ont été tuées, selon le maire."
    dead = events("fr", text)[1]
    assert dead.modes == ("heavy-weapons",)
    assert dead.modes_inferred


def test_without_a_parse_surface_decides():
    language = rules.load("fr")
    text = language.prepare("Les rebelles ont attaqué la ville et tué douze soldats.")
    assert [t.exact for t in triggers.find(text, None, language)] == ["attaqué", "tué"]


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_every_row_names_types_and_modes_of_the_vocabulary(code):
    import tomllib
    from pathlib import Path

    vocabulary = tomllib.loads((Path(rules.HERE).parent / "types" / "events.toml").read_text(encoding="utf-8"))["type"]
    language = rules.load(code)
    for name in KINDS:
        assert language.lexicon(name).rows or name not in ("trigger_verb", "trigger_noun"), name
        for form, values, _ in language.lexicon(name).rows:
            if values.get("only") in ("mask", "never") or name == "trigger_state":
                continue
            assert values["type"] in (*vocabulary, "STATE"), form
            if values["type"] in vocabulary:
                assert set(filter(None, values.get("modes", "").split(","))) <= set(
                    vocabulary[values["type"]]["modes"]
                ), form


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_every_class_asked_for_is_one_that_words_bear(code):
    data = compiled(rules.load(code))
    borne = {name for entries in data.classes.values() for _, names in entries for name in names}
    built_in = {"name", "number", "acronym", "pronoun", "none", "conflict", "quoted"}
    assert borne
    assert data.items
    for items in data.items.values():
        for item in items:
            spec = item.spec
            asked = spec.object | spec.subject | spec.near | spec.needs | spec.veto | spec.without
            assert asked <= borne | built_in, (item.form, asked - borne - built_in)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdéèêtiruonsl' ,.;:!?«»\"()-–1234567890\n", max_size=200))
def test_any_text_is_read_and_every_span_is_its_own(sentence):
    language = rules.load("fr")
    text = language.prepare(sentence)
    for trigger in triggers.find(text, None, language):
        assert text.text[trigger.start : trigger.end] == trigger.exact
        assert trigger.first < trigger.last


@pytest.mark.parametrize(
    "sentence, exact, kind, modes",
    [
        ("قُتل 14 مدنياً في قصف مدفعي استهدف سوق المدينة", "قُتل", "ASSAULT", ("heavy-weapons",)),
        ("مقتل تسعة مدنيين في غارة على المخيم", "مقتل", "ASSAULT", ("aerial",)),
        ("اختطف مسلحون صحفياً في طرابلس", "اختطف", "ASSAULT", ("abduct",)),
        ("فرضت القوات الأمنية حظراً للتجوال في المدينة", "حظراً للتجوال", "COERCE", ("curfew",)),
        ("اعتقلت الشرطة أربعة مشتبه بهم", "اعتقلت", "COERCE", ("arrest",)),
        ("نفت الحكومة انسحاب قواتها من المدينة", "انسحاب", "RETREAT", ("withdraw",)),
        ("تظاهر آلاف المواطنين ضد الحكومة", "تظاهر", "PROTEST", ("demo",)),
        ("ألقت الشرطة القبض على أربعة مشتبه بهم", "القبض على", "COERCE", ("arrest",)),
        ("اقتاد مسلحون ثلاثة معلمين إلى جهة مجهولة", "اقتاد", "ASSAULT", ("abduct",)),
        ("دخلت قوات الجيش مدينة ود مدني", "دخلت", "ASSAULT", ()),
        ("أغار مسلحون على قريتين في الولاية", "أغار", "ASSAULT", ()),
        ("قنص جندي طفلا في الحي", "قنص", "ASSAULT", ("firearms", "targeted")),
        ("سلم مسلحون أنفسهم للجيش", "سلم", "RETREAT", ("disarm",)),
        ("متمردو إم 23 يقتلون جنودا قرب غوما", "يقتلون", "ASSAULT", ()),
        ("وضبطت القوات ثلاثة أحزمة ناسفة", "ضبطت", "COERCE", ("seize",)),
    ],
)
def test_arabic_is_read_without_a_parse(sentence, exact, kind, modes):
    event = only("ar", sentence)
    assert (event.exact, event.type, event.modes) == (exact, kind, modes)


@pytest.mark.parametrize(
    "sentence",
    [
        "هاجم المنتخب منذ الدقيقة الأولى في المباراة",
        "ضرب زلزال المنطقة وأسفر عن مقتل 40 شخصاً",
        "تراجعت أسعار النفط اليوم",
        "دخل اللاعب الملعب في الدقيقة السبعين وسجل هدفين",
        "دخلت الشركة السوق الأوروبية العام الماضي",
        "قبض التاجر على ثمن البضاعة نقدا",
        "هدم المبنى القديم لإقامة فندق جديد في وسط المدينة",
        "قال الوزير إن الحكومة ستضرب بيد من حديد كل مخالف للقانون",
    ],
)
def test_arabic_sport_weather_and_prices_stay_silent(sentence):
    assert events("ar", sentence) == []


def test_arabic_future_is_planned():
    assert only("ar", "ستنشر روسيا مزيداً من القوات").status == "planned"


@pytest.mark.parametrize(
    "code, sentence, exact, status",
    [
        ("fr", "Les Etats-Unis pourraient imposer de nouvelles sanctions à l'Iran.", "sanctions", "hypothetical"),
        ("fr", "L'Union européenne imposera des sanctions au Mali.", "sanctions", "planned"),
        ("fr", "Des pourparlers doivent reprendre jeudi à Djeddah.", "pourparlers", "planned"),
        ("fr", "Le président pourrait condamner l'attaque de mardi contre la mosquée.", "condamner", "hypothetical"),
        ("fr", "L'Union européenne a imposé des sanctions au Mali.", "sanctions", "happened"),
        ("en", "Washington could impose new sanctions on Iran.", "sanctions", "hypothetical"),
        ("en", "The council is expected to vote on new sanctions on Friday.", "sanctions", "planned"),
        ("en", "Peace talks are due to resume in Doha on Monday.", "Peace talks", "planned"),
        ("en", "Washington imposed new sanctions on Iran.", "sanctions", "happened"),
    ],
)
def test_a_noun_is_put_as_the_verb_that_says_it_is_done(code, sentence, exact, status):
    assert [t.status for t in events(code, sentence) if t.exact == exact] == [status]


@pytest.mark.parametrize(
    "sentence, exact, kind, modes",
    [
        ("Gunmen slit the throats of two farmers.", "slit", "ASSAULT", ("primitive",)),
        ("A man was stoned to death by a mob of gunmen.", "stoned to death", "ASSAULT", ("beat",)),
        ("Gunmen took two aid workers hostage.", "took", "ASSAULT", ("abduct",)),
        ("Soldiers took some 20 people away.", "took", "ASSAULT", ("abduct",)),
        ("The militia held ten men captive.", "held", "ASSAULT", ("abduct",)),
        ("Two bombers detonated their vests.", "detonated", "ASSAULT", ("suicide-attack", "explosives")),
        ("A suicide bomber struck a mosque.", "struck", "ASSAULT", ("suicide-attack", "explosives")),
        ("A shell landed in a camp, killing two.", "landed", "ASSAULT", ("heavy-weapons",)),
        ("Gunmen threw a grenade into a bar.", "threw", "ASSAULT", ("explosives",)),
        ("A soldier stepped on a landmine.", "stepped on", "ASSAULT", ("explosives",)),
        ("The rebels made off with weapons.", "made off with", "COERCE", ("seize",)),
        ("Soldiers turned back an aid convoy.", "turned", "COERCE", ("restrict",)),
        ("Police broke up a protest in the capital.", "broke", "ASSAULT", ("crowd-control",)),
        ("The shelling forced thousands of people to flee.", "flee", "SANCTION", ("expel",)),
        ("Rescuers pulled a girl from the rubble.", "pulled", "AID", ()),
        ("Both sides swapped prisoners.", "swapped", "RETREAT", ("release",)),
    ],
)
def test_deeds_told_by_two_words_are_one_happening(sentence, exact, kind, modes):
    told = [t for t in events("en", sentence) if t.pos != "noun"]
    assert [(t.exact, t.type, t.modes) for t in told] == [(exact, kind, modes)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He took the wounded away by car.",
        "The film took the crowd hostage of its own boredom.",
        "The ministry turned back to its files.",
        "She planted roses and threw a party.",
        "A plane landed in Goma with food.",
        "The court summoned two witnesses.",
        "The storm hurt exports of cocoa.",
        "The drought claimed the crops of the valley.",
    ],
)
def test_the_same_words_of_other_matters_stay_silent(sentence):
    assert events("en", sentence) == []


@pytest.mark.parametrize(
    "sentence, told",
    [
        ("No group has claimed responsibility for the bombing.", []),
        ("Rebels claimed responsibility for the bombing.", ["bombing"]),
        ("A mortar shell hit their base.", ["hit"]),
        ("Army shells market in Nyala", ["shells"]),
        ("Guards were killed in an Ecuadorian jail.", ["killed"]),
        ("Baghdad summoned the ambassador to protest against the raid.", ["summoned"]),
        ("The agency lost contact with soldiers near Rafah.", []),
        ("Militants storm hotel in port city; eight dead", ["storm"]),
    ],
)
def test_what_nobody_claims_and_what_only_strikes_tell_no_happening(sentence, told):
    assert [t.exact for t in events("en", sentence)] == told


def test_a_number_that_opens_a_sentence_names_no_place_that_was_taken():
    event = next(t for t in events("en", "Three soldiers were killed and five captured.") if t.exact == "captured")
    assert (event.modes, event.territory) == (("abduct",), None)


def test_what_follows_whether_is_open():
    assert only("en", "It was unclear whether soldiers had killed civilians.").status == "hypothetical"


@pytest.mark.parametrize(
    "sentence, exact, kind, modes",
    [
        ("Dix détenus ont été passés à tabac par des policiers.", "passés à tabac", "ASSAULT", ("beat",)),
        ("Les rebelles s'en sont pris à des commerces de Goma.", "pris", "ASSAULT", ()),
        ("Le garçon a reçu une balle à la tête.", "reçu une balle", "ASSAULT", ("firearms",)),
        ("Les gardes-côtes ont arraisonné un navire.", "arraisonné", "COERCE", ("seize",)),
        ("Des roquettes ont atterri dans le quartier.", "atterri", "ASSAULT", ("heavy-weapons",)),
        ("Les otages ont recouvré la liberté.", "recouvré la liberté", "RETREAT", ("release",)),
        ("Les syndicats ont déposé un préavis de grève.", "préavis de grève", "PROTEST", ("strike",)),
        ("Les rebelles ont démenti la perte de la ville.", "perte", "ASSAULT", ()),
        ("L'armée a revendiqué la destruction de deux blindés.", "destruction", "ASSAULT", ("destroy",)),
    ],
)
def test_french_has_many_words_for_a_happening(sentence, exact, kind, modes):
    event = next(t for t in events("fr", sentence) if exact in t.exact)
    assert (event.type, event.modes) == (kind, modes)


@pytest.mark.parametrize(
    "sentence",
    [
        "L'armée a assuré que la situation était sous contrôle.",
        "L'avion a atterri à Goma avec deux heures de retard.",
        "Il s'en est pris à son entraîneur après le match.",
        "La perte de son fils l'a bouleversé.",
        "L'envoi de colis coûtera plus cher en janvier.",
        "La vente du tabac recule.",
    ],
)
def test_those_words_elsewhere_are_no_happening(sentence):
    assert found("fr", sentence) == ()


@pytest.mark.parametrize(
    "sentence, words",
    [
        ("Les rebelles sont entrés dans Goma sans combats.", "combats"),
        ("Les soldats sont entrés à Goma sans bombardement préalable.", "bombardement"),
    ],
)
def test_what_they_came_without_did_not_happen(sentence, words):
    (found,) = [c for c in read(sentence, "fr").claims if c.trigger and c.trigger.exact == words]
    assert found.polarity == "negative"
