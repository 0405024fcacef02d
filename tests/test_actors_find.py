"""Who acts and is acted upon: spans, names and what they rest on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import actors, rules, syntax
from reportedly.find import actors as finder


def found(code, words, **known):
    language = rules.load(code)
    text = language.prepare(words)
    parse = syntax.parse(text, language.parser) if language.parser else None
    return finder.find(text, parse, language, **known)


def named(code, words, exact, **known):
    """The name of the mention whose words are ``exact`` (the last one of them)."""
    hits = [e for e in found(code, words, **known) if e.exact == exact]
    assert hits, f"{exact!r} not among {[e.exact for e in found(code, words, **known)]}"
    return hits[-1].name


@pytest.mark.parametrize(
    "code, words, exact, name",
    [
        ("fr", "Les miliciens du Nosra ont tiré sur l'armée syrienne.", "Les miliciens du Nosra", "al-Nusra Front"),
        ("fr", "Les miliciens du Nosra ont tiré sur l'armée syrienne.", "l'armée syrienne", "Syrian army"),
        ("fr", "Les combattants du Front al-Nosra ont fui.", "Les combattants du Front al-Nosra", "al-Nusra Front"),
        (
            "fr",
            "L'organisation de l'Etat islamique (EI) a fui.",
            "L'organisation de l'Etat islamique (EI)",
            "Islamic State",
        ),
        ("fr", "Le Hezbollah libanais a tiré.", "Le Hezbollah libanais", "Hezbollah"),
        ("fr", "La branche d'Al-Qaïda en Syrie a été attaquée.", "La branche d'Al-Qaïda en Syrie", "al-Nusra Front"),
        ("fr", "Une frappe russe a tué six personnes.", "russe", "Russian forces"),
        ("fr", "Des frappes américaines et britanniques ont visé un port.", "britanniques", "British forces"),
        ("fr", "Selon la police malienne, ils ont fui.", "la police malienne", "Malian police"),
        (
            "fr",
            "Des hommes armés non identifiés ont tué le maire.",
            "Des hommes armés non identifiés",
            "unidentified gunmen",
        ),
        ("en", "Syrian army soldiers fired at ISIL gunmen.", "Syrian army soldiers", "Syrian army"),
        ("en", "Syrian army soldiers fired at ISIL gunmen.", "ISIL gunmen", "Islamic State"),
        ("en", "Ukraine's president vowed to retaliate.", "Ukraine's president", "Ukraine"),
        ("en", "Russian missiles hit a bus station.", "Russian", "Russian forces"),
        ("en", "U.S. and British warplanes hit the port.", "British", "British forces"),
        ("en", "Sudan's army accused them.", "Sudan's army", "Sudanese Armed Forces"),
        ("ar", "قتل الجيش السوري ثلاثة مدنيين.", "الجيش السوري", "Syrian army"),
        ("ar", "هاجم مقاتلو داعش القرية.", "مقاتلو داعش", "Islamic State"),
        ("ar", "اتهم الجيش السوداني قوات الدعم السريع.", "قوات الدعم السريع", "Rapid Support Forces"),
    ],
)
def test_what_stands_together_is_one_mention_with_its_name(code, words, exact, name):
    assert named(code, words, exact) == name


@pytest.mark.parametrize(
    "code, words, exact, kind",
    [
        ("fr", "Huit personnes ont été tuées.", "personnes", "civilians"),
        ("fr", "Ils ont brûlé des greniers.", "des greniers", "object"),
        ("fr", "Ils ont tiré sur les civils.", "les civils", "civilians"),
        ("en", "The strike killed 12 villagers.", "villagers", "civilians"),
        ("en", "They hit a bus station.", "a bus station", "object"),
        ("ar", "قتل 14 مدنياً في القصف.", "مدنياً", "civilians"),
    ],
)
def test_people_and_things_are_found_without_a_name_and_without_their_number(code, words, exact, kind):
    hits = [e for e in found(code, words) if e.exact == exact]
    assert [(e.name, e.kind) for e in hits] == [(None, kind)]


def test_a_capital_is_an_actor_only_where_it_acts():
    assert named("fr", "Moscou dément toute frappe.", "Moscou") == "Russia"
    assert not [e for e in found("fr", "Une explosion a secoué un quartier de Moscou.") if e.exact == "Moscou"]


def test_who_is_accused_acts():
    assert named("fr", "Juba accuse l'Ouganda.", "l'Ouganda") == "Uganda"


def test_a_dateline_heading_is_no_actor():
    assert not [e for e in found("fr", "Somalie: les shebab attaquent un hôtel") if e.exact == "Somalie"]


def test_the_army_is_that_of_the_country_spoken_of():
    story = "MALI - Dix civils maliens ont été tués. L'armée a riposté."
    hit = next(e for e in found("fr", story) if e.exact == "L'armée")
    assert (hit.name, hit.basis) == ("Malian armed forces", "inferred")
    assert hit.reason


def test_the_places_found_settle_whose_army_it_is():
    words = "L'armée a déployé des blindés."
    assert named("fr", words, "L'armée") is None
    assert named("fr", words, "L'armée", countries=["LB", "LB"]) == "Lebanese army"


@pytest.mark.parametrize(
    ("code", "words", "army", "countries", "name"),
    [
        # written from abroad: all places told of lie in another country
        ("en", "BEIRUT (AP) - The army shelled a quarter of Homs.", "The army", ["SY", "SY"], "Syrian army"),
        ("en", "NAIROBI, June 5 (Wire) - The army bombed a market.", "The army", ["SD", "SD"], "Sudanese Armed Forces"),
        ("fr", "DAKAR, 5 juin 2025 (AFI) - L'armée a repris Ménaka.", "L'armée", ["ML", "ML"], "Malian armed forces"),
        ("ar", "عمان - قصف الجيش حيا سكنيا.", "الجيش", ["SY", "SY"], "Syrian army"),
        # one place abroad is too little to say whose army it is, and too much for that of the dateline
        ("fr", "BEYROUTH (AFI) - L'armée a bombardé un quartier.", "L'armée", ["SY"], None),
        # written at home, with or without a place
        ("fr", "BEYROUTH (AFI) - L'armée a bombardé un quartier.", "L'armée", [], "Lebanese army"),
        ("en", "BEIRUT (AP) - The army shelled a quarter of Tripoli.", "The army", ["LB", "SY"], "Lebanese army"),
        ("fr", "BAMAKO (AFI) - L'armée malienne a tiré, puis l'armée s'est retirée.", "l'armée", ["NE"], "Malian armed forces"),
    ],
)  # fmt: skip
def test_the_army_of_a_report_written_abroad_is_not_that_of_the_dateline(code, words, army, countries, name):
    assert named(code, words, army, countries=countries) == name


def test_one_mention_of_a_country_does_not_make_its_army_the_one_meant():
    assert named("fr", "L'équipe a perdu. Hier, face à la Guinée, il pleuvait. L'armée veille.", "L'armée") is None


@pytest.mark.parametrize(
    "code, words, pronoun, name",
    [
        ("fr", "Les rebelles du M23 ont pris Kitshanga. Ils patrouillent dans la cité.", "Ils", "M23"),
        ("fr", "L'armée libanaise a menacé. Elle a arrêté sept tireurs.", "Elle", "Lebanese army"),
        ("fr", "Le Hezbollah a attaqué. La formation a perdu deux hommes.", "La formation", "Hezbollah"),
        ("fr", "Le Hezbollah a attaqué. La formation a perdu deux hommes.", "hommes", "Hezbollah"),
        (
            "fr",
            "L'OSDH fait état de morts. L'ONG ajoute que dix civils ont fui.",
            "L'ONG",
            "Syrian Observatory for Human Rights",
        ),
        ("en", "The Lebanese Army raided hideouts. It seized rifles.", "It", "Lebanese army"),
        ("en", "Hamas fighters fired rockets. The militant group denied it.", "The militant group", "Hamas"),
    ],
)
def test_a_pronoun_bears_the_name_of_whom_it_follows(code, words, pronoun, name):
    hit = [e for e in found(code, words) if e.exact == pronoun][-1]
    assert (hit.name, hit.basis) == (name, "inferred")


def test_we_is_who_speaks():
    words = 'Un porte-parole de Jaïch al-Fatah a démenti. "Nous n\'avons pas fui", a-t-il dit.'
    assert named("fr", words, "Nous") == "Jaysh al-Fatah"


def test_jihadists_are_no_militia_of_another_kind():
    words = (
        "Un responsable du Hezbollah a parlé. Le Front al-Nosra recule. Selon le Hezbollah, 29 jihadistes ont été tués."
    )
    assert named("fr", words, "jihadistes") == "al-Nusra Front"


def test_gunmen_of_whom_nothing_is_said_stay_unidentified():
    assert named("en", "Gunmen abducted 50 people from a village.", "Gunmen") == "unidentified gunmen"


def test_a_shared_acronym_means_the_actor_of_the_country_spoken_of():
    assert named("fr", "En RDC, les ADF ont tué des civils congolais.", "les ADF") == "Allied Democratic Forces"
    assert named("fr", "Au Cameroun, les ADF ont tué un soldat camerounais.", "les ADF") == "Ambazonia Defence Forces"


def test_the_resistance_is_hezbollah_only_to_who_says_so():
    words = "La Résistance a libéré les hauteurs."
    assert not [e for e in found("fr", words) if e.name == "Hezbollah"]
    assert named("fr", words, "La Résistance", publisher="al-Manar") == "Hezbollah"


def test_a_name_the_report_introduces_is_known_from_there_on():
    words = "Il a accusé les chasseurs de Dan Tougou, un groupe d'autodéfense dogon. Dan Tougou a nié."
    assert named("fr", words, "Dan Tougou") == "Dan Tougou"


def test_an_office_holder_keeps_the_name_of_the_office():
    words = "Le gouverneur de Mopti a décrété un couvre-feu. Le gouverneur a promis de l'aide."
    assert named("fr", words, "Le gouverneur") == "Governor of Mopti"


def test_a_surname_is_no_country():
    assert not [e for e in found("fr", "Le maire Issa Togo a parlé.") if e.name == "Togo"]


def test_who_is_named_inside_a_person_is_kept():
    words = "Un chef d'Al-Nosra a été enlevé."
    assert {(e.exact, e.name, e.kind) for e in found("fr", words)} == {
        ("Un chef d'Al-Nosra", None, "person"),
        ("Al-Nosra", "al-Nusra Front", "armed-group"),
    }


def test_a_users_own_actor_is_found(tmp_path):
    own = tmp_path / "mine.tsv"
    own.write_text("Green Valley Brigade\tarmed-group\tML\tBrigade verte\n", encoding="utf-8")
    assert (
        named("fr", "La Brigade verte a attaqué.", "La Brigade verte", registry=actors.load(own))
        == "Green Valley Brigade"
    )


WORDS = st.lists(
    st.sampled_from(
        [
            "le",
            "la",
            "l'",
            "les",
            "des",
            "un",
            "armée",
            "syrienne",
            "russe",
            "de",
            "du",
            "Hezbollah",
            "M23",
            "rebelles",
            "(",
            ")",
            "EI",
            ",",
            ".",
            ":",
            "«",
            "»",
            '"',
            "ils",
            "qui",
            "son",
            "nos",
            "a",
            "dit",
            "perdu",
            "soldats",
            "gouverneur",
            "porte-parole",
            "Mopti",
            "Moscou",
            "accuse",
            "frappe",
            "et",
            "président",
            "Issa",
            "Togo",
        ]
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_whatever_the_words_every_mention_is_the_texts_own_and_sorted(words):
    text = " ".join(words)
    language = rules.load("fr")
    hits = finder.find(language.prepare(text), None, language)
    assert all(text[e.start : e.end] == e.exact and e.exact for e in hits)
    assert [(e.start, -e.end) for e in hits] == sorted((e.start, -e.end) for e in hits)


@pytest.mark.parametrize("words", ["", "\n", "«", "l'", "وال", "'s"])
def test_next_to_nothing_gives_nothing(words):
    for code in ("fr", "en", "ar"):
        assert found(code, words) == ()


def test_a_name_two_groups_bear_means_the_one_of_the_country_spoken_of():
    assert named("fr", "MOGADISCIO - Les shebab ont attaqué un hôtel en Somalie.", "Les shebab") == "al-Shabaab"
    assert (
        named("fr", "MAPUTO - Au Mozambique, les shebab ont décapité des habitants.", "les shebab")
        == "al-Shabab (Mozambique)"
    )


def test_presumed_jihadists_belong_to_no_group_that_is_only_named_elsewhere():
    words = "Des jihadistes présumés ont tué dix civils. Le pays est la cible de groupes liés à l'Etat islamique."
    assert named("fr", words, "Des jihadistes présumés") is None


def test_those_who_fight_beside_their_state_are_not_its_terrorists():
    words = "Les VDP, au Burkina Faso, ont riposté. L'armée burkinabè dit avoir tué des terroristes."
    assert named("fr", words, "des terroristes") != "Volunteers for the Defence of the Homeland"


def test_reinforcements_are_of_those_who_send_them():
    assert named("fr", "La police haïtienne a envoyé des renforts.", "des renforts") == "Haitian police"


def test_regime_soldiers_are_the_army():
    assert named("en", "Syria's army fled. Regime soldiers fired.", "Regime soldiers") == "Syrian army"


def test_a_stranger_who_speaks_is_a_person_without_a_canonical_name():
    hit = next(e for e in found("fr", "Oum Hassan raconte que des obus sont tombés.") if e.exact == "Oum Hassan")
    assert (hit.kind, hit.name) == ("person", None)


def test_many_times_the_words_take_many_times_the_steps_and_no_more():
    """A report of one sentence said two thousand times is read whole: every 'nous' and 'il' looks back a bounded way."""
    words = "« Nous avons perdu nos soldats », dit le gouverneur de Mopti. Il a fui. " * 2000
    language = rules.load("fr")
    hits = finder.find(language.prepare(words), None, language)
    assert sum(e.exact == "le gouverneur de Mopti" for e in hits) == 2000


def test_a_president_named_is_himself_and_no_state_is_guessed():
    assert named("en", "Strikes hit Gaza. President Joe Biden ordered strikes.", "President Joe Biden") == "Joe Biden"
    assert named("en", "Ukraine's president ordered strikes.", "Ukraine's president") == "Ukraine"


WHOSE = {
    "fr": (
        "Les miliciens du M23 tiennent Rutshuru. L'armée a perdu un village. Les FDLR tiennent la route. ",
        "La pluie est tombée. La nuit a été calme. ",
        "Les miliciens ont tiré sur des villageois.",
        "Les miliciens",
    ),
    "en": (
        "Fighters of the M23 hold Rutshuru. The army lost a village. The FDLR hold the road. ",
        "Rain fell. The night was calm. ",
        "The fighters shot at villagers.",
        "The fighters",
    ),
}


@pytest.mark.parametrize("code", WHOSE)
def test_fighters_are_those_the_report_calls_so_unless_another_group_has_just_been_spoken_of(code):
    before, pause, then, exact = WHOSE[code]
    assert named(code, before + pause + then, exact) == "M23"
    assert named(code, before + then, exact) == "Democratic Forces for the Liberation of Rwanda"


@pytest.mark.parametrize(
    "code, words, exact, name",
    [
        (
            "fr",
            "Le Front al-Nosra a été pris au piège par Daesh. Ce dernier a tiré pour empêcher leur évasion.",
            "leur",
            "al-Nusra Front",
        ),
        ("en", "Hamas struck at Islamic State. It said they had fled.", "they", "Islamic State"),
    ],
)
def test_pronouns_of_two_numbers_in_one_sentence_are_two(code, words, exact, name):
    assert named(code, words, exact) == name


def test_the_group_is_the_one_that_acted_of_two():
    text = "L'ELN a attaqué Timba en Colombie. Le ministre soupçonne des dissidents des Farc. « C'est faux », écrit le groupe."
    assert named("fr", text, "le groupe") == "National Liberation Army"


@pytest.mark.parametrize(
    "words", ["Islamist militants", "Armed assailants", "Separatist fighters", "Masked men", "Cattle rustlers"]
)
def test_whoever_attacks_is_found_whatever_adjective_comes_first(words):
    assert words in [e.exact for e in found("en", f"{words} attacked a convoy.")]


def test_armed_groups_that_fight_are_not_the_gunmen_who_died():
    words = "Two gunmen were killed in clashes between armed groups."
    assert (named("en", words, "gunmen"), named("en", words, "armed groups")) == ("unidentified gunmen", None)


@pytest.mark.parametrize(
    "code, words, exact, name",
    [
        ("fr", "{} Les miliciens qui combattent dans les rangs des FDLR ont fui.", "Les miliciens", "{other}"),
        ("fr", "{} Les miliciens qui se sont réunis dans le cadre des FDLR ont fui.", "Les miliciens", "{other}"),
        ("fr", "{} Les miliciens qui ne combattent pas dans les rangs des FDLR ont fui.", "Les miliciens", "M23"),
        ("fr", "{} Les miliciens qui ont tué un chef des FDLR ont fui.", "Les miliciens", "M23"),
        ("en", "{} The fighters who serve under the banner of the FDLR have fled.", "The fighters", "{other}"),
        ("en", "{} The fighters who never fought for the FDLR have fled.", "The fighters", "M23"),
    ],
)
def test_fighters_are_of_the_group_that_a_clause_on_them_says(code, words, exact, name):
    before = {"fr": "Le M23 tient Rutshuru.", "en": "The M23 holds Rutshuru."}[code]
    other = "Democratic Forces for the Liberation of Rwanda"
    assert named(code, words.format(before), exact) == name.format(other=other)


@pytest.mark.parametrize(
    "words, exact, name",
    [
        ("L'armée a repris au groupe trois villages.", "groupe", "M23"),
        ("Deux membres du groupe ont été arrêtés.", "groupe", "M23"),
        ("Deux membres d'un groupe ont été arrêtés.", "membres d'un groupe", None),
        (
            "Les FDLR ont pris Sake. La nuit a été calme. L'armée a tendu une embuscade aux miliciens.",
            "miliciens",
            "M23",
        ),
    ],
)
def test_a_preposition_with_an_article_in_it_is_definite(words, exact, name):
    assert named("fr", f"Les miliciens du M23 tiennent Rutshuru. {words}", exact) == name


@pytest.mark.parametrize(
    "code, words, exact, name",
    [
        ("fr", "Les forces d'occupation ont tué trois civils à Naplouse.", "Les forces d'occupation", None),
        ("en", "Occupation forces arrested three men in Nablus.", "Occupation forces", None),
        ("en", "Occupying forces killed three civilians in Kherson.", "Occupying forces", None),
        (
            "fr",
            "Les forces d'occupation israéliennes ont tué trois civils.",
            "Les forces d'occupation israéliennes",
            "Israeli army",
        ),
        ("ar", "قصفت قوات الاحتلال الإسرائيلي البلدة.", "قوات الاحتلال الإسرائيلي", "Israeli army"),
        ("ar", "قصفت قوات الاحتلال البلدة.", "قوات الاحتلال", None),
    ],
)
def test_an_outlets_label_for_a_side_names_nobody_by_itself(code, words, exact, name):
    assert named(code, words, exact) == name
