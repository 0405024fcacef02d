"""Places: found by their position, located together, abstained from where nothing tells them."""

import pytest

from reportedly import gazetteer, rules, syntax
from reportedly.find import places
from reportedly.gazetteer import sources
from reportedly.gazetteer.sources import Row


def village(name, lat, lon, country, *others, population=3000):
    return Row(name, (name, *others), lat, lon, country, "settlement", 1, population, f"test:{name}-{country}-{lat}")


BASE = (
    village("Arsal", 34.179, 36.421, "LB", "Aarsal", "عرسال", population=30000),
    village("Nahle", 34.042, 36.261, "LB", "Nahlé", "نحلة"),
    village("Nahleh", 34.35, 35.85, "LB", "Nahlé"),
    village("Kfar Zouhra", 34.1, 36.5, "SY", "Kafr Zuhrah"),
    village("El Qalamoun", 34.387, 35.786, "LB", "Qalamoun", "القلمون"),
    village("Beirut", 33.89, 35.5, "LB", "Beyrouth", "بيروت", population=1900000),
    village("Tripoli", 34.434, 35.844, "LB", "طرابلس", population=230000),
    village("Tripoli", 32.887, 13.187, "LY", "طرابلس", population=1150000),
    village("Koro", 14.064, -3.075, "ML", population=62000),
    village("Koro", 8.55, -7.46, "CI", population=30000),
    village("Sévaré", 14.53, -4.1, "ML", population=37000),
    village("Bamako", 12.65, -8.0, "ML", population=1300000),
    village("Goma", -1.674, 29.228, "CD", population=700000),
    village("Kostyantynivka", 48.527, 37.706, "UA", "Kostiantynivka", "Костянтинівка", population=67000),
    village("Kostyantynivka", 47.6, 32.0, "UA", "Kostiantynivka", population=900),
    village("Kyiv", 50.45, 30.52, "UA", "Kiev", "كييف", population=2900000),
    village("Kharkiv", 49.98, 36.25, "UA", "Kharkov", "خاركيف", population=1400000),
    village("Baqubah", 33.754, 44.605, "IQ", "Baaqouba", "بعقوبة", population=467000),
    village("El Fasher", 13.628, 25.349, "SD", "الفاشر", "El-Facher", "Al-Fashir", population=250000),
    village("Zorivka", 48.28, 37.18, "UA", population=61000),
    village("Engels", 51.48, 46.1, "RU", "Zorivka", population=225000),
    village("Los Angeles", 34.05, -118.24, "US", "EI", population=3800000),
    village("March", 52.55, 0.09, "GB", population=22000),
    village("Saint-Marc", 19.11, -72.7, "HT", population=66000),
    village("Villeneuve", 45.0, 4.0, "FR"),
    village("Villeneuve", 48.0, 1.0, "FR"),
)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "base_rows", lambda: iter(BASE))
        yield gazetteer.open(tmp_path_factory.mktemp("places") / "gazetteer.sqlite")


@pytest.fixture
def find(known):
    def found(code, words):
        lang = rules.load(code)
        text = lang.prepare(words)
        parse = syntax.parse(text, lang.parser) if lang.parser else None
        return places.find(text, parse, lang, gazetteer=known)

    return found


def brief(found):
    return [(p.exact, p.relation, p.precision) for p in found]


def at(found, exact):
    place = next(p for p in found if exact in p.exact)
    return place.lat, place.lon


@pytest.mark.parametrize(
    "code, words, wanted",
    [
        ("fr", "Une roquette est tombée à Arsal, au Liban.", [("Arsal", "in", 1), ("Liban", "in", 6)]),
        ("fr", "Les combats se poursuivent près de Goma.", [("Goma", "near", 2)]),
        ("fr", "Le village se trouve à 90 km au nord-ouest de Goma.", [("Goma", "near", 3)]),
        ("fr", "Des renforts sont partis de Sévaré, au Mali.", [("Sévaré", "from", 1), ("Mali", "in", 6)]),
        ("fr", "Les habitants ont fui vers Arsal.", [("Arsal", "to", 1)]),
        (
            "fr",
            "Le front passe entre Arsal et Nahlé, au Liban.",
            [("Arsal", "between", 1), ("Nahlé", "between", 1), ("Liban", "in", 6)],
        ),
        ("en", "A rocket fell in Arsal, Lebanon.", [("Arsal", "in", 1), ("Lebanon", "in", 6)]),
        ("en", "Troops withdrew from Goma towards the north.", [("Goma", "from", 1)]),
        (
            "en",
            "Clashes broke out near Kharkiv, in eastern Ukraine.",
            [("Kharkiv", "near", 2), ("eastern Ukraine", "in", 5)],
        ),
        ("ar", "وقع انفجار في مدينة بعقوبة بالعراق", [("مدينة بعقوبة", "in", 1), ("العراق", "in", 6)]),
    ],
)
def test_the_words_before_a_place_tell_its_relation_and_precision(find, code, words, wanted):
    assert brief(find(code, words)) == wanted


@pytest.mark.parametrize(
    "words, exact, precision",
    [
        ("L'attaque a visé le cercle de Koro, au Mali.", "cercle de Koro", 3),
        ("L'attaque a visé la région de Mopti, au Mali.", "région de Mopti", 4),
        ("Des combats ont éclaté dans la province de Diyala.", "province de Diyala", 4),
        ("Des combats ont éclaté dans les monts du Qalamoun.", "monts du Qalamoun", 5),
        ("Des combats ont éclaté dans le centre du Mali.", "centre du Mali", 5),
        ("Des combats ont éclaté dans la bande de Gaza.", "bande de Gaza", 5),
        ("Des combats ont éclaté sur les hauteurs d'Arsal.", "hauteurs d'Arsal", 2),
    ],
)
def test_generic_words_tell_how_wide_a_place_is(find, words, exact, precision):
    assert [p.precision for p in find("fr", words) if exact in p.exact] == [precision]


def test_the_mountains_are_never_the_village_of_the_coast(find):
    found = find("fr", "Le Hezbollah libanais progresse dans le Qalamoun, repoussant ses ennemis vers le Liban.")
    assert at(found, "Qalamoun") == (34.0, 36.6)


def test_places_that_are_sure_decide_between_homonyms(find):
    found = find("fr", "Au Liban, l'armée a bombardé le jurd d'Arsal et des positions à Nahlé.")
    assert at(found, "Nahlé") == pytest.approx((34.042, 36.261), abs=0.01)


@pytest.mark.parametrize("country, lat", [("Mali", 14.064), ("Côte d'Ivoire", 8.55)])
def test_the_country_spoken_of_decides_between_homonyms(find, country, lat):
    assert at(find("fr", f"{country} : trois morts à Koro"), "Koro")[0] == lat


def test_a_country_behind_the_name_decides_for_that_name_alone(find):
    found = find("fr", "Liban : des tirs ont repris à Tripoli. Rien à voir avec Tripoli de Libye.")
    assert [p.lat for p in found if "Tripoli" in p.exact] == [34.434, 32.887]


def test_the_town_comes_before_the_hamlet_of_its_country(find):
    assert at(find("fr", "Sept morts à Kostiantynivka, dans l'est de l'Ukraine"), "Kostiantynivka") == (48.527, 37.706)


def test_a_place_s_own_name_counts_for_more_than_a_former_one_of_a_larger_town(find):
    words = "Ukraine says its troops were 10 km from Zorivka. Russia denied it."
    assert at(find("en", words), "Zorivka") == (48.28, 37.18)


def test_homonyms_that_nothing_tells_apart_are_abstained_from(find):
    place = next(p for p in find("fr", "France : un mort à Villeneuve") if p.exact == "Villeneuve")
    assert place.lat is None
    assert "homonyms" in place.reason


@pytest.mark.parametrize(
    "words, exact",
    [
        ("Mali : 17 civils tués à Tanoukoro, un village du cercle de Koro", "Tanoukoro"),
        ("Liban : l'armée a pris la colline de Tallet Abdel Haq", "la colline de Tallet Abdel Haq"),
        ("Le barrage a été dressé dans Xylokastra-Nord, au Mali.", "Xylokastra-Nord"),
    ],
)
def test_a_place_in_no_gazetteer_keeps_its_span_and_has_a_reason(find, words, exact):
    place = next(p for p in find("fr", words) if exact in p.exact)
    assert (place.lat, place.lon) == (None, None)
    assert place.reason


def test_another_spelling_is_believed_near_a_place_that_is_sure(find):
    words = "Au Liban, l'armée a repris Arsal puis les abords de Kafer Zohra."
    place = next(p for p in find("fr", words) if "Zohra" in p.exact)
    assert (place.lat, place.name) == (34.1, "Kfar Zouhra")
    assert "spelled" in place.reason


@pytest.mark.parametrize(
    "code, words",
    [
        ("fr", "Moscou accuse Kiev de mentir."),
        ("fr", "Le Conseil de sécurité de l'ONU s'est réuni mardi."),
        ("fr", "Ali Hassan a été arrêté lundi."),
        ("fr", "Le groupe Etat islamique (EI) a revendiqué l'attaque."),
        ("fr", "Mars a été meurtrier, a indiqué le porte-parole à Jean Dupont."),
        ("en", "Moscow accused Kyiv of lying."),
        ("en", "The attack in March killed ten between Sunday and Monday."),
        ("en", "There were no soldiers, a resident said."),
    ],
)
def test_what_acts_or_is_no_place_is_left_out(find, code, words):
    assert find(code, words) == ()


def test_a_dateline_is_no_mention(find):
    found = find("fr", "BEYROUTH, 9 juin 2015 (AFI) - Une roquette est tombée à Arsal mardi.")
    assert [p.exact for p in found] == ["Arsal"]


@pytest.mark.parametrize(
    "words, exact",
    [
        ("Irak : huit morts à Baaqouba. Un véhicule garé devant le tribunal a été neutralisé.", "le tribunal"),
        ("Irak : huit morts à Baaqouba. Les combattants patrouillent dans la ville.", "la ville"),
        ("Irak : huit morts à Baaqouba. Les secours sont arrivés sur place.", "sur place"),
    ],
)
def test_a_place_without_a_name_lies_where_the_last_one_named_lies(find, words, exact):
    place = find("fr", words)[-1]
    assert (place.exact, place.lat, place.basis) == (exact, 33.754, "inferred")
    assert "Baaqouba" in place.reason


def test_a_place_without_a_name_and_nothing_before_it_is_no_mention(find):
    assert find("fr", "Un véhicule garé devant le tribunal a été neutralisé.") == ()


def test_il_y_a_is_no_place(find):
    assert [p.exact for p in find("fr", "Irak : huit morts à Baaqouba. Il y a des enfants parmi eux.")] == [
        "Irak",
        "Baaqouba",
    ]


def test_a_part_of_the_country_spoken_of_lies_on_that_side(find):
    words = "Ukraine : dix morts dans l'est. Des frappes ont touché Kharkiv."
    place = next(p for p in find("fr", words) if p.exact == "l'est")
    assert (place.precision, place.name, place.basis) == (5, "Ukraine", "inferred")


def test_a_disputed_region_says_so(find):
    place = next(p for p in find("fr", "Un obus est tombé sur le plateau du Golan.") if "Golan" in p.exact)
    assert place.disputed


def test_a_clitic_is_no_part_of_the_name(find):
    found = find("ar", "مقتل 14 مدنياً في قصف على سوق المواشي بالفاشر في السودان")
    assert "الفاشر" in [p.exact for p in found]


def test_every_span_is_the_text_s_own(find):
    words = "Le jurd d’Aarsal, l’ouest du Qalamoune et l’axe Arsal-Nahlé, au Liban : « à Arsal »."
    found = find("fr", words)
    assert len(found) >= 4
    for place in found:
        assert words[place.start : place.end] == place.exact


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
@pytest.mark.parametrize(
    "words", ["", " ", "…", "à", "À :", "de de de", "Le", "12", "à Paris" * 400, "(((((", "Koro\n\nKoro"]
)
def test_odd_texts_are_read_without_an_error(find, code, words):
    assert all(p.exact == words[p.start : p.end] for p in find(code, words))


def test_small_words_of_a_foreign_name_are_part_of_it(find):
    words = "Rebels attacked a convoy in Norte de Santander and a base near the border with Niger."
    assert [p.exact for p in find("en", words)] == ["Norte de Santander", "Niger"]


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("US strike kills three in Kyiv", ["Kyiv"]),
        ("Militias shelled a US base in Kyiv.", ["Kyiv"]),
        ("Kharkiv strike kills three", ["Kharkiv"]),
    ],
)
def test_letters_for_a_country_before_a_deed_tell_whose_it_is(find, words, wanted):
    assert [p.exact for p in find("en", words)] == wanted
