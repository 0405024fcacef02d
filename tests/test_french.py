"""French reports: who is spoken to, what a second verb shares with the first, and words that only look like a deed."""

import pytest

from reading import claim, read, sources


def words(mentions):
    return [mention.exact for mention in mentions]


def triggers(text, **given):
    return [c.trigger.exact for c in read(text, **given).claims if c.trigger]


@pytest.mark.parametrize(
    "text, trigger, chain",
    [
        ("Un témoin nous a dit que les soldats avaient tué dix civils.", "tué", ["Un témoin"]),
        ("Le maire nous a confirmé la mort de dix civils.", "mort", ["Le maire"]),
        ("Un habitant m'a raconté que les soldats avaient tué dix civils.", "tué", ["Un habitant"]),
    ],
)
def test_whom_a_witness_speaks_to_is_not_the_one_who_says(text, trigger, chain):
    assert sources(claim(text, trigger)) == chain


@pytest.mark.parametrize(
    "text, trigger, actors, recipients",
    [
        ("Les rebelles nous ont pris pour cible à Kumba.", "pris pour cible", ["Les rebelles"], ["nous"]),
        ("Les soldats nous ont frappés devant la mairie.", "frappés", ["Les soldats"], ["nous"]),
        ("« Nous nous sommes emparés de Goma », a dit le M23.", "emparés", ["Nous"], []),
        ("Les rebelles ont à leur tour attaqué la caserne.", "attaqué", ["Les rebelles"], ["la caserne"]),
    ],
)
def test_nous_before_a_verb_of_the_third_person_is_its_object(text, trigger, actors, recipients):
    found = claim(text, trigger)
    assert (words(found.actors), words(found.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    "text, trigger, actors, recipients",
    [
        ("Médecins sans frontières dit avoir soigné 850 blessés à Adré.", "blessés", [], []),
        ("Le M23 a dit regretter la mort de dix civils.", "mort", [], ["civils"]),
        ("Le M23 dit avoir fait dix morts parmi les soldats.", "morts", ["Le M23"], ["les soldats"]),
        ("Le M23 affirme avoir causé la mort de dix soldats.", "mort", ["Le M23"], ["soldats"]),
        ("Le M23 affirme avoir été bombardé à Goma.", "bombardé", [], ["Le M23"]),
        ("Le M23 affirme avoir été attaqué par l'armée à Goma.", "attaqué", ["l'armée"], ["Le M23"]),
        ("Le M23 affirme avoir bombardé une caserne à Goma.", "bombardé", ["Le M23"], ["une caserne"]),
    ],
)
def test_who_tells_of_the_dead_and_wounded_did_nothing_to_them(text, trigger, actors, recipients):
    found = claim(text, trigger)
    assert (words(found.actors), words(found.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    "text, polarity",
    [
        ("Médecins sans frontières a soigné les victimes à Adré après les combats.", "positive"),
        ("Des civils sans armes ont été soignés à Adré après les combats.", "positive"),
        ("Les blessés ont été sans doute soignés à Adré après les combats.", "positive"),
        ("Le convoi est passé sans soigner les blessés à Adré après les combats.", "negative"),
    ],
)
def test_sans_denies_the_deed_it_governs_and_no_other(text, polarity):
    assert [c.polarity for c in read(text).claims if c.type == "AID"] == [polarity]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("L'offensive visait à créer une zone tampon.", []),
        ("Les frappes visaient à la fois un dépôt et une caserne à Goma.", ["visaient"]),
        ("Des mesures visant à réduire les violences ont été annoncées à Goma.", []),
        ("Le mouvement a tiré en représailles des roquettes sur la ville.", ["tiré"]),
        ("Les représailles de l'armée ont fait dix morts à Goma.", ["représailles"]),
        ("L'armée a utilisé à cinq reprises des armes chimiques contre la ville.", ["utilisé"]),
        ("L'armée a mené des frappes ciblées contre Goma.", ["mené des frappes"]),
        ("Le convoi ciblé par une frappe à Goma transportait des civils.", ["ciblé"]),
        ("Les miliciens ont achevé des blessés.", ["achevé"]),
        ("L'entreprise a achevé les travaux.", []),
        ("La marche a été dispersée à coups de gaz lacrymogène.", ["dispersée"]),
        ("Le brouillard s'est dispersé.", []),
        ("Son mari a été abattu par des hommes en uniforme.", ["abattu"]),
        ("L'armée dit que des drones ont été tirés et que la plupart ont été interceptés.", ["tirés", "interceptés"]),
        ("L'Armée de l'Arakan s'est par ailleurs emparée dimanche de la ville de Paletwa.", ["emparée"]),
        ("Les rebelles ont de leur côté bombardé la caserne.", ["bombardé"]),
    ],
)
def test_a_word_tells_a_deed_where_its_neighbours_do(text, expected):
    assert triggers(text) == expected


@pytest.mark.parametrize(
    "text, act, status",
    [
        ("Le gouverneur s'attend à de nouvelles attaques.", "believe", "hypothetical"),
        ("L'armée s'attend à ce que les rebelles attaquent Goma.", "believe", "hypothetical"),
        ("Les habitants s'attendent à être bombardés.", "believe", "hypothetical"),
        ("Leur chef a menacé dans une vidéo d'exécuter les otages.", "threaten", "planned"),
        ("Leur chef a menacé dans un message diffusé lundi de tuer les otages.", "threaten", "planned"),
        ("Le ministre a promis mardi devant le Parlement de punir les auteurs de l'attaque.", "promise", "planned"),
        ("Le M23 a affirmé dans un communiqué avoir tué dix soldats.", "assert", "happened"),
    ],
)
def test_where_and_when_it_is_said_may_part_the_verb_from_its_infinitive(text, act, status):
    (found,) = [c for c in read(text).claims if c.trigger]
    assert ([link.act for link in found.chain], found.status) == ([act], status)


@pytest.mark.parametrize("text", ["Les habitants s'attendent au pire.", "Le maire attend le bus."])
def test_who_waits_expects_no_deed(text):
    assert not triggers(text)


@pytest.mark.parametrize(
    "text, trigger, times, places",
    [
        ("Ils ont attaqué lundi le camp de Kanyaruchinya et capturé dix soldats.", "capturé", ["lundi"], ["camp de Kanyaruchinya"]),
        ("Ils ont pillé samedi l'école de Ruhunda et incendié dix maisons à Buhumba.", "incendié", ["samedi"], ["Buhumba"]),
        ("Lundi, les rebelles ont attaqué Goma et ont pillé le marché.", "pillé", ["Lundi"], ["le marché"]),
        ("Les rebelles ont attaqué Goma lundi et ont pillé Sake mardi.", "pillé", ["mardi"], ["Sake"]),
        ("Les rebelles ont attaqué Goma lundi et ont pillé Sake.", "pillé", [], ["Sake"]),
        ("L'armée a bombardé Goma lundi et les rebelles ont riposté.", "riposté", [], []),
        ("L'armée a tué dix rebelles lundi à Goma et nié avoir bombardé Sake.", "bombardé", [], ["Sake"]),
    ],
)  # fmt: skip
def test_a_verb_that_shares_its_auxiliary_shares_when_and_where(text, trigger, times, places):
    found = claim(text, trigger, published="2024-02-06")
    assert (words(found.times), words(found.places)) == (times, places)


@pytest.mark.parametrize(
    "text, trigger, quantities, recipients",
    [
        ("Ils ont incendié une partie du quartier de Mbalangi et arrêté une trentaine d'hommes.", "incendié", [], ["une partie"]),
        ("Ils ont incendié une partie du quartier de Mbalangi et arrêté une trentaine d'hommes.", "arrêté", ["une trentaine"], ["hommes"]),
        ("Ils ont tué dix-sept personnes, dont quatre femmes, et incendié les greniers.", "incendié", [], ["les greniers"]),
        ("Des manifestants ont érigé des barricades et brûlé deux véhicules de police.", "érigé des barricades", [], []),
        ("Les rebelles ont tué et blessé dix civils.", "tué", ["dix"], ["civils"]),
    ],
)  # fmt: skip
def test_what_the_second_verb_counts_is_not_the_firsts(text, trigger, quantities, recipients):
    found = claim(text, trigger)
    assert (words(found.quantities), words(found.recipients)) == (quantities, recipients)


def test_civilians_who_did_one_deed_did_the_one_joined_to_it():
    text = "Des manifestants ont érigé des barricades lundi sur la route nationale et brûlé deux véhicules de police."
    assert words(claim(text, "brûlé").actors) == ["Des manifestants"]


def test_a_day_is_nobody_whom_a_deed_befell():
    assert words(claim("Des hommes armés l'ont enlevé lundi.", "enlevé", published="2024-02-06").recipients) == []


@pytest.mark.parametrize(
    "text, trigger, source",
    [
        ("Moscou et Kiev affirment que la centrale a été bombardée.", "bombardée", "Moscou et Kiev"),
        ("La Russie et l'Ukraine affirment que la centrale a été bombardée.", "bombardée", "La Russie et l'Ukraine"),
        ("Les rebelles ont fui Goma et l'armée affirme que la ville a été bombardée.", "bombardée", "l'armée"),
        ("L'Observatoire syrien des droits de l'Homme, basé à Londres, avance le chiffre de neuf combattants tués.", "tués",
         "L'Observatoire syrien des droits de l'Homme"),
        ("Les combats ont fait dix morts, a précisé le ministre.", "combats", "le ministre"),
        ("Dix soldats, visés par une frappe, ont été tués, a annoncé le ministre.", "tués", "le ministre"),
        ("Le ministre a qualifié l'attaque de lâche.", "attaque", "Le ministre"),
        ("L'ONU a lancé un appel à libérer les otages.", "libérer", "L'ONU"),
    ],
)  # fmt: skip
def test_who_says_is_the_subject_and_not_the_object(text, trigger, source):
    assert sources(claim(text, trigger)) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "De notre côté, nous déplorons deux militaires tués.",
        "Dix personnes ont été tuées devant une clinique de Cité Soleil.",
        "L'équipe s'est qualifiée pour la finale.",
        "Le ministère a lancé un appel d'offres pour la route de Goma.",
    ],
)
def test_nobody_else_is_quoted_where_the_writer_speaks(text):
    assert not [c for c in read(text).claims if c.chain]


def test_what_somebody_hopes_for_has_not_happened():
    found = claim("Les médiateurs ont dit espérer une trêve avant la fin du ramadan.", "trêve")
    assert ([link.act for link in found.chain], found.status, found.certainty) == (
        ["assert", "believe"],
        "hypothetical",
        "possible",
    )


@pytest.mark.parametrize(
    "language, text, trigger, actors",
    [
        ("fr", "Moscou et Kiev s'accusent mutuellement d'avoir bombardé la centrale.", "bombardé", ["Moscou", "Kiev"]),
        (
            "fr",
            "La Russie et l'Ukraine s'accusent d'avoir bombardé la centrale.",
            "bombardé",
            ["La Russie", "l'Ukraine"],
        ),
        ("en", "Russia and Ukraine accused each other of shelling the plant.", "shelling", ["Russia", "Ukraine"]),
        ("fr", "L'armée accuse le M23 et le Rwanda d'avoir bombardé Goma.", "bombardé", ["le M23", "le Rwanda"]),
        ("en", "The UN accused Rwanda and M23 rebels of shelling Goma.", "shelling", ["Rwanda", "M23 rebels"]),
        ("fr", "Kiev accuse Moscou d'avoir bombardé Kharkiv.", "bombardé", ["Moscou"]),
        ("fr", "L'ONU accuse le chef du M23 d'avoir tué dix civils.", "tué", ["le chef du M23"]),
    ],
)
def test_all_who_are_accused_did_it_and_those_who_accuse_each_other(language, text, trigger, actors):
    assert words(claim(text, trigger, language).actors) == actors


def test_who_speaks_behind_a_victim_is_none():
    found = claim("Kiev accuse Moscou d'avoir tué dix civils et la Russie ne dit rien.", "tué")
    assert (words(found.actors), words(found.recipients)) == (["Moscou"], ["civils"])


def test_a_toll_has_no_subject():
    text = "Le bilan de la frappe russe s'est alourdi à dix-huit morts et 78 blessés."
    assert words(claim(text, "morts").recipients) == []


@pytest.mark.parametrize(
    "text, trigger, name",
    [
        ("Le ministère de la Santé de Gaza a réagi. Dix civils ont été tués, précise le ministère.", "tués", "Gaza Health Ministry"),
        ("Amnesty International s'est dite inquiète. Dix civils ont été tués lundi, selon l'ONG.", "tués", "Amnesty International"),
        ("L'ONU s'est dite inquiète. Dix civils ont été tués lundi, selon l'organisation.", "tués", "United Nations"),
        ("L'ONU s'est dite inquiète. Dix civils ont été tués lundi, selon l'ONG.", "tués", None),
        ("L'ONU s'est dite inquiète. Dix civils ont été tués lundi, d'après l'Association d'entraide des détenus.", "tués", None),
        ("La frappe russe a touché Soumy. Dix civils ont été tués lundi, a-t-il ajouté.", "tués", None),
    ],
)  # fmt: skip
def test_who_is_pointed_back_to_fits_the_word(text, trigger, name):
    (link,) = claim(text, trigger).chain
    assert link.name == name


@pytest.mark.parametrize(
    "text",
    [
        "L'armée rwandaise a attaqué Kibumba. Nos vaillantes troupes ont riposté.",
        "L'armée rwandaise a attaqué Kibumba. Notre armée a riposté.",
    ],
)
def test_our_troops_are_not_those_of_the_army_last_spoken_of(text):
    assert [e.name for e in claim(text, "riposté").actors] == [None]


@pytest.mark.parametrize(
    "text, trigger, actors, recipients",
    [
        ("Sept civils ont été blessés à Kharkiv et un homme de 64 ans tué à Hlyboké.", "tué", [], ["un homme"]),
        ("Peter Ngu a été battu à mort par des soldats.", "battu à mort", ["des soldats"], ["Peter Ngu"]),
        ("Les otages sont libres. L'armée les a libérés mardi.", "libérés", ["L'armée"], ["les"]),
        ("L'aviation a mené trente-deux raids contre les civils.", "raids", ["L'aviation"], ["les civils"]),
        ("Le M23 a revendiqué l'attaque par l'intermédiaire de son agence.", "attaque", ["Le M23"], []),
        ("L'attaque a été repoussée par l'armée.", "repoussée", ["l'armée"], []),
    ],
)
def test_who_and_whom_stand_where_the_words_say(text, trigger, actors, recipients):
    found = claim(text, trigger)
    assert (words(found.actors), words(found.recipients)) == (actors, recipients)


def test_an_object_is_not_who_does_the_deed():
    found = claim("L'armée malienne a repris Kidal. Elle l'a attaquée lundi.", "attaquée")
    assert (words(found.actors), words(found.recipients)) == (["Elle"], [])
    found = claim("Le M23 a attaqué l'armée congolaise. Il l'a chassée de Goma.", "chassée")
    assert [e.name for e in (*found.actors, *found.recipients)] == ["M23", "Congolese army"]


@pytest.mark.parametrize(
    "text, trigger, status",
    [
        ("Le gouvernement a approuvé les plans d'une offensive terrestre sur Rafah.", "offensive", "planned"),
        ("Le gouvernement condamne une offensive terrestre sur Rafah.", "offensive", "happened"),
        (
            "Les délégués ont annoncé la suspension des pourparlers avec l'ELN.",
            "suspension des pourparlers",
            "happened",
        ),
    ],
)
def test_a_plan_and_what_is_broken_off_are_no_deed_done(text, trigger, status):
    assert claim(text, trigger).status == status


@pytest.mark.parametrize(
    "text, trigger, time, earliest, latest",
    [
        ("Depuis l'attaque du 7 octobre 2023, dix civils ont été tués.", "tués", "Depuis l'attaque du 7 octobre 2023", "2023-10-07", None),
        ("L'armée a tiré depuis la zone de Soumy le 3 mai.", "tiré", "le 3 mai", "2023-05-03", "2023-05-03"),
        ("La semaine précédente, les rebelles avaient attaqué Goma.", "attaqué", "La semaine précédente", None, None),
        ("Des tirs ont visé le camp toute la nuit.", "visé", "toute la nuit", "2024-02-05", "2024-02-06"),
    ],
)  # fmt: skip
def test_when(text, trigger, time, earliest, latest):
    (found,) = claim(text, trigger, published="2024-02-06").times
    assert (found.exact, found.earliest, found.latest) == (time, earliest, latest)


def test_the_number_is_no_number_and_an_occupier_holds_nothing_by_that_word():
    (quantity,) = claim("Le bilan porte à 108 le nombre de leaders tués cette année.", "tués").quantities
    assert quantity.exact == "108"
    assert [c.territory for c in read("L'occupant turc a bombardé Zap.").claims] == [None]


def test_a_quarter_called_cite_cites_nobody():
    assert sources(claim("À Cité Soleil, dix personnes ont été tuées, affirme le maire.", "tuées")) == ["le maire"]
    text = "Dix soldats ont été tués, affirme le journal, citant une source militaire."
    assert sources(claim(text, "tués")) == ["le journal", "une source militaire"]


@pytest.mark.parametrize("speaker", ["l'hôpital", "le ministère de la Santé", "la mairie"])
def test_who_says_so_behind_a_toll_speaks_whatever_the_parse_takes_for_the_subject(speaker):
    (claim,) = read(
        f"Les combats ont fait au moins 30 morts en deux jours, dont 12 civils, a indiqué {speaker}.", "fr"
    ).claims
    assert [link.source.exact for link in claim.chain] == [speaker]


@pytest.mark.parametrize(
    "text, trigger, name",
    [
        ("Deux civils sont morts à Maroua, au Cameroun. Au Nigeria, l'armée a tué dix hommes.", "tué", "Nigerian army"),
        (
            "Deux hommes sont morts à Conakry, en Guinée. À Dakar, la police a arrêté dix hommes devant l'ambassade de Guinée.",
            "arrêté",
            "Senegalese police",
        ),
        # another country's own army is spoken of, and it may be the one that acts there
        (
            "L'armée camerounaise est à Maroua, au Cameroun. Au Nigeria, l'armée a tué dix hommes à Banki.",
            "tué",
            None,
        ),
        ("Dix hommes ont péri à Gwoza, au Nigeria. À Maiduguri, l'armée a tué deux rebelles.", "tué", "Nigerian army"),
        # who says it sets no scene
        ("Deux hommes ont péri à Conakry, en Guinée. Selon Dakar, l'armée a tué dix hommes.", "tué", "Guinean army"),
    ],
)
def test_the_army_of_a_sentence_that_opens_with_a_country_is_that_country_s(text, trigger, name):
    assert [e.name for e in claim(text, trigger).actors] == [name]


@pytest.mark.parametrize(
    "text, trigger, chain, actors",
    [
        (
            "L'ONU impute au M23 et à l'armée congolaise la mort de douze civils.",
            "mort",
            ["L'ONU"],
            ["M23", "Congolese army"],
        ),
        ("L'ONU impute au M23 la mort de douze civils à Sake et à Goma.", "mort", ["L'ONU"], ["M23"]),
        ("L'ONU tient les rebelles du M23 pour responsables de la mort de neuf civils.", "mort", ["L'ONU"], ["M23"]),
        ("L'ONU tient le M23 pour coupable d'avoir tué neuf civils.", "tué", ["L'ONU"], ["M23"]),
        ("L'ONU accuse les rebelles du M23 de la mort de neuf civils.", "mort", ["L'ONU"], ["M23"]),
        ("L'ONU a aussi été accusée de tentative de meurtre.", "meurtre", [None], ["United Nations"]),
        ("Le M23, que l'ONU accuse d'avoir tué dix civils, a quitté Goma.", "tué", ["l'ONU"], ["M23"]),
        ("Kinshasa accuse le Rwanda d'avoir violé l'accord signé en mars.", "signé", ["Kinshasa"], []),
        ("Kinshasa accuse le Rwanda d'avoir pillé Goma et tué dix soldats.", "tué", ["Kinshasa"], ["Rwanda"]),
        (
            "Kinshasa accuse le M23 d'avoir pillé les maisons abandonnées par les habitants et tué dix hommes.",
            "tué",
            ["Kinshasa"],
            ["M23"],
        ),
        (
            "L'ONU tient le M23 pour responsable de la mort de neuf civils et reproche aux FARDC d'avoir exécuté deux hommes.",
            "mort",
            ["L'ONU"],
            ["M23"],
        ),
    ],
)
def test_the_accused_are_those_the_words_lay_the_deed_to(text, trigger, chain, actors):
    found = claim(text, trigger)
    assert (sources(found), [e.name for e in found.actors]) == (chain, actors)


@pytest.mark.parametrize(
    "text, held",
    [
        ("L'ONU tient les rebelles du M23 pour responsables de la mort de neuf civils à Sake.", 0),
        ("Le M23 tient la ville de Sake depuis lundi.", 1),
    ],
)
def test_who_holds_somebody_responsible_holds_no_ground(text, held):
    assert sum(c.territory == "held" for c in read(text).claims) == held


def test_a_meeting_with_who_is_responsible_accuses_nobody():
    assert not read("Le général tient une réunion avec le responsable de la sécurité.").claims


@pytest.mark.parametrize(
    "text, chains",
    [
        (
            "Les ravisseurs, qui appartiendraient au gang, réclament une rançon de 200 000 dollars.",
            [[None], ["Les ravisseurs"]],
        ),
        ("Kigali, que l'ONU accuse d'armer le M23, nie toute présence à Goma.", [["l'ONU"], ["Kigali"]]),
        ("Des combats entre l'armée et des factions soutenues par la Turquie ont fait 28 morts.", [[], []]),
        ("Les combats annoncés par la Turquie ont fait 28 morts.", [["la Turquie"], []]),
    ],
)
def test_an_aside_says_nothing_of_the_main_clause(text, chains):
    assert [sources(c) for c in read(text).claims] == chains


@pytest.mark.parametrize(
    "text, told",
    [
        ("Leurs avocats soutiennent que des gendarmes ont emmené le militant.", ["emmené"]),
        ("Le Rwanda soutient les rebelles du M23.", ["soutient"]),
        ("L'ELN a violé chacune de ses trêves.", ["violé"]),
        ("L'ELN a violé l'accord de paix et tué dix soldats.", ["violé", "tué"]),
        ("L'ELN a signé un accord de paix.", ["signé"]),
    ],
)
def test_who_says_or_breaks_something_neither_backs_nor_agrees(text, told):
    assert triggers(text) == told


@pytest.mark.parametrize(
    "text, trigger, status",
    [
        ("Un guide a vu deux avions larguer quatre bombes sur Sagaing.", "larguer", "happened"),
        ("Une vidéo montre des soldats tirer sur la foule.", "tirer", "happened"),
        ("Des habitants ont vu les rebelles se préparer à attaquer la ville.", "attaquer", "planned"),
        ("L'opération verra l'armée attaquer la ville.", "attaquer", "planned"),
        ("Nous demandons que la junte libère les prisonniers.", "libère", "hypothetical"),
        ("Nous voyons que la junte libère les prisonniers.", "libère", "happened"),
    ],
)
def test_what_is_seen_came_about_and_what_is_asked_for_did_not(text, trigger, status):
    assert claim(text, trigger).status == status


def test_no_woman_is_raped_where_an_accord_is_broken():
    told = {c.trigger.exact: c.modes for c in read("L'ELN a violé l'accord et tué dix soldats.").claims if c.trigger}
    assert "sexual" not in told.get("violé", ())
    assert claim("Les miliciens ont violé douze femmes.", "violé").modes == ("sexual",)


def test_a_participle_behind_its_auxiliary_is_a_verb_whatever_the_parse_calls_it():
    found = claim("Les soldats ont violé trois femmes à Sake.", "violé")
    assert (words(found.actors), words(found.recipients)) == (["Les soldats"], ["femmes"])


@pytest.mark.parametrize(
    "text, trigger, name",
    [
        ("Le M23 recule à Goma. Des inconnus ont tué dix hommes à Sake.", "tué", "unidentified gunmen"),
        ("Le M23 a pris Sake. Les inconnus ont tué dix hommes.", "tué", "M23"),
    ],
)
def test_unknown_men_are_others_than_those_named_before_unless_the_article_points_back(text, trigger, name):
    assert [a.name for a in claim(text, trigger).actors] == [name]


@pytest.mark.parametrize(
    "text, name",
    [
        ("Le Hezbollah a bombardé Metoula. Deux miliciens druzes ont été tués à Soueïda.", None),
        ("Le Hezbollah a bombardé Metoula. Deux miliciens ont été tués à Marjayoun.", "Hezbollah"),
    ],
)
def test_fighters_of_another_kind_are_not_those_of_the_group_named_before(text, name):
    assert [r.name for r in claim(text, "tués").recipients] == [name]


@pytest.mark.parametrize(
    "text, trigger, name",
    [
        ("Quatre ouvriers ont été enlevés par le JNIM à Djibo. L'un d'entre eux a été tué.", "tué", None),
        (
            "Quatre ouvriers ont été enlevés par des hommes armés à Djibo. Trois d'entre eux ont été libérés.",
            "libérés",
            None,
        ),
        ("Cinq casques bleus ont été visés par les rebelles. L'un d'eux est mort.", "mort", "UN peacekeepers"),
        ("Le M23 a capturé deux soldats congolais à Sake. L'un d'eux a été exécuté.", "exécuté", "Congolese army"),
        ("Le M23 a capturé deux soldats congolais à Sake. Ils ont été exécutés.", "exécutés", "Congolese army"),
    ],
)
def test_one_of_them_is_one_of_those_who_were_counted(text, trigger, name):
    assert [r.name for r in claim(text, trigger).recipients] == [name]


@pytest.mark.parametrize(
    "text, recipients",
    [
        ("Le M23 a attaqué Sake, écrit-elle sur X. Dix soldats ont été tués.", ["soldats"]),
        ("L'armée a annoncé sur X. Dix soldats ont été tués à Sake.", ["soldats"]),
        ("Le maire A. Diallo a dit que dix soldats ont été tués.", ["soldats"]),
    ],
)
def test_a_sentence_may_end_behind_a_platform_of_one_letter(text, recipients):
    assert words(claim(text, "tués").recipients) == recipients


def test_an_initial_before_a_name_ends_no_sentence():
    assert sources(claim("Le maire A. Diallo a dit que dix soldats ont été tués.", "tués")) == ["Le maire A. Diallo"]


@pytest.mark.parametrize(
    "text, polarity",
    [
        ("L'ONU craint que d'autres ne quittent la ville.", "positive"),
        ("L'ONU craint que la situation ne s'aggrave à Goma.", "positive"),
        ("L'ONU craint que la situation ne s'améliore pas à Goma.", "negative"),
        ("L'ONU affirme que la situation ne s'améliore pas à Goma.", "negative"),
    ],
)
def test_the_ne_of_a_fear_denies_nothing(text, polarity):
    assert claim(text, None).polarity == polarity


@pytest.mark.parametrize(
    "text, source",
    [
        (
            "Le chef des FDS, Mazloum Abdi, et l'Administration autonome ont accusé la Turquie d'avoir bombardé Kobané.",
            "Le chef des FDS, Mazloum Abdi, et l'Administration autonome",
        ),
        (
            "Mardi, à Kobané, et mercredi encore, l'Administration autonome a accusé la Turquie d'avoir bombardé Kobané.",
            "l'Administration autonome",
        ),
        (
            "Le chef des FDS, Mazloum Abdi, a accusé la Turquie d'avoir bombardé Kobané.",
            "Le chef des FDS, Mazloum Abdi",
        ),
    ],
)
def test_a_titled_name_and_another_joined_to_it_are_one_source(text, source):
    assert sources(claim(text, "bombardé")) == [source]


@pytest.mark.parametrize(
    "text, names",
    [
        ("Après l'attaque du M23, « nous allons riposter », promet l'état-major.", [None]),
        ("L'armée a attaqué Sake. « Nous allons riposter », promet le M23.", ["M23"]),
    ],
)
def test_who_is_said_to_speak_a_quotation_is_no_other_named_before_it(text, names):
    assert [a.name for a in claim(text, "riposter").actors] == names


@pytest.mark.parametrize(
    "saying, source",
    [
        ("a annoncé l'armée sur Telegram", "l'armée"),
        ("a affirmé le gouverneur sur X", "le gouverneur"),
        ("a écrit le maire de Goma via WhatsApp", "le maire de Goma"),
        ("selon l'armée sur Facebook", "l'armée"),
        ("a annoncé un communiqué de l'armée publié sur Telegram", "un communiqué de l'armée publié sur Telegram"),
        ("a affirmé une organisation de surveillance de Telegram", "une organisation de surveillance de Telegram"),
        ("a annoncé le porte-parole de Telegram", "le porte-parole de Telegram"),
    ],
)
def test_where_something_is_published_is_no_part_of_who_says_it(saying, source):
    assert sources(claim(f"Les rebelles ont tué dix civils, {saying}.", "tué")) == [source]
