"""Quantities: bounds, what is counted, what befell it, and what is no quantity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import rules, syntax
from reportedly.find import quantities


def found(code, sentence):
    language = rules.load(code)
    return quantities.find(language.prepare(sentence), language)


def counted(code, sentence):
    return [(q.exact, q.kind, q.unit) for q in found(code, sentence)]


@pytest.mark.parametrize(
    "code, sentence, exact, bounds",
    [
        ("fr", "17 civils ont fui", "17", (17, 17, 17)),
        ("fr", "au moins 17 civils ont fui", "au moins 17", (17, None, None)),
        ("fr", "plus de 1.000 Km2 repris", "plus de 1.000", (1000, None, None)),
        ("fr", "plus d'une dizaine de morts", "plus d'une dizaine", (10, None, None)),
        ("fr", "37 morts au moins", "37", (37, 37, 37)),
        ("fr", "près de 40 morts", "près de 40", (None, 40, 40)),
        ("fr", "environ 160 villageois", "environ 160", (None, 160, None)),
        ("fr", "une trentaine de blessés", "une trentaine", (None, 30, None)),
        ("fr", "des dizaines de morts", "des dizaines", (20, None, 99)),
        ("fr", "des centaines de milliers de personnes", "des centaines de milliers", (200_000, None, 999_999)),
        ("fr", "plusieurs soldats", "plusieurs", (2, None, None)),
        ("fr", "de nombreux chefs", "de nombreux", (None, None, None)),
        ("fr", "jusqu'à 60 militaires", "jusqu'à 60", (None, None, 60)),
        ("fr", "entre 15 et 20 personnes", "entre 15 et 20", (15, None, 20)),
        ("fr", "aucun blessé", "aucun", (0, 0, 0)),
        ("fr", "quinze (15) assaillants", "quinze (15)", (15, 15, 15)),
        ("en", "no fewer than 37 civilians", "no fewer than 37", (37, None, None)),
        ("en", "Some 2,500 families", "Some 2,500", (None, 2500, None)),
        ("en", "nearly 50 people", "nearly 50", (None, 50, 50)),
        ("en", "dozens of people", "dozens", (24, None, 99)),
        ("en", "a handful of families", "a handful", (None, None, None)),
        ("en", "up to 60 soldiers", "up to 60", (None, None, 60)),
        ("ar", "ما لا يقل عن 14 مدنياً", "ما لا يقل عن 14", (14, None, None)),
        ("ar", "نحو عشرة مدنيين", "نحو عشرة", (None, 10, None)),
        ("ar", "عشرات المدنيين", "عشرات", (20, None, 99)),
        ("ar", "أكثر من 20 قتيلاً", "أكثر من 20", (20, None, None)),
        ("ar", "ما يقارب 40 نازحاً", "ما يقارب 40", (None, 40, 40)),
    ],
)
def test_the_words_around_a_number_bound_it(code, sentence, exact, bounds):
    (quantity,) = found(code, sentence)
    assert (quantity.exact, (quantity.low, quantity.best, quantity.high)) == (exact, bounds)


@pytest.mark.parametrize(
    "code, sentence, kinds",
    [
        ("fr", "8 morts et 21 blessés", ["killed", "injured"]),
        ("fr", "Vingt civils, dont sept enfants et trois femmes, ont été tués.", ["killed", "killed", "killed"]),
        ("fr", "Une frappe a tué six personnes et en a blessé 24 autres.", ["killed", "injured"]),
        ("fr", "Trois policiers ont tué un manifestant.", ["fighters"]),
        ("fr", "Un kamikaze a tué ou blessé « plus de 30 apostats ».", ["casualties"]),
        ("fr", "La formation dit n'avoir perdu que deux hommes.", ["killed"]),
        ("fr", "Il a perdu deux matches.", ["other"]),
        ("fr", "Moscou dit avoir touché un poste et éliminé « jusqu'à 60 militaires ».", ["killed"]),
        ("fr", "L'attaque a coûté la vie à douze soldats.", ["killed"]),
        ("fr", "Elle a arrêté sept francs-tireurs présumés.", ["arrested"]),
        ("fr", "Une douzaine de personnes sont portées disparues.", ["missing"]),
        ("fr", "Entre 15 et 20 personnes ont été enlevées.", ["abducted"]),
        ("fr", "Des milliers de personnes ont fui les combats.", ["displaced"]),
        ("fr", "Quelque 1.500 combattants se sont rendus.", ["surrendered"]),
        ("fr", "L'association y a vacciné 600 enfants.", ["people"]),
        ("fr", "Cinq cents combattants gardent la ville.", ["fighters"]),
        ("fr", "L'armée a abattu deux drones.", ["other"]),
        ("fr", "14 morts parmi les rebelles et sept dans les rangs du Hezbollah.", ["killed", "killed"]),
        ("fr", "29 jihadistes ont été tués depuis dimanche, contre trois hommes dans ses rangs.", ["killed", "killed"]),
        ("fr", "Il fait état d'un septième décès.", ["killed"]),
        ("fr", "détruire 9 motos et 3 maisons", ["vehicles", "buildings"]),
        ("en", "At least four people were killed and 18 wounded.", ["killed", "injured"]),
        (
            "en",
            "It hit the market, killing at least five people and wounding 20, officials said.",
            ["killed", "injured"],
        ),
        ("en", "Three policemen killed a protester.", ["fighters"]),
        ("en", "Eight people were kidnapped last week.", ["abducted"]),
        ("en", "Hundreds of families were believed to have fled.", ["displaced"]),
        ("en", "Pages list 16 dead. The monitor can confirm 11.", ["killed", "killed"]),
        ("en", "Security forces arrested 114 protesters and seized 30 weapons.", ["arrested", "other"]),
        ("en", "In 48 hours, 22 members were killed.", ["duration", "killed"]),
        ("ar", "قُتل ما لا يقل عن 14 مدنياً وأصيب عشرات آخرون", ["killed", "injured"]),
        ("ar", "ما أدى إلى مقتل وإصابة العشرات منهم", ["casualties"]),
        ("ar", "واعتقلت أربعة مشتبه بهم", ["arrested"]),
        ("ar", "استشهد 19 مواطناً بينهم 8 أطفال وجُرح 26 آخرون", ["killed", "killed", "injured"]),
        ("ar", "نزح مئات الآلاف من السكان", ["displaced"]),
        ("ar", "الجيش يعتقل 12 مواطنا في الضفة", ["arrested"]),
        ("ar", "لقي سبعة أشخاص حتفهم وجُرح عشرون آخرون", ["killed", "injured"]),
        ("ar", "أصابت القذيفة مبنى من تسعة طوابق وجرحت خمسة أشخاص", ["other", "injured"]),
        ("ar", "خطف مسلحون عشرات التلميذات من مدرسة في الولاية", ["abducted"]),
        ("ar", "متمردو إم 23 يقتلون خمسة جنود", ["killed"]),
    ],
)
def test_what_befell_those_counted_is_read_from_the_words_around(code, sentence, kinds):
    assert [q.kind for q in found(code, sentence)] == kinds


@pytest.mark.parametrize(
    "code, sentence, exact, kind, unit",
    [
        ("fr", "plus de 1.000 Km2 repris", "plus de 1.000", "area", "km2"),
        ("fr", "à 90 km au nord de Goma", "90", "distance", "km"),
        ("fr", "la colline de Tallet (2.428 m)", "2.428", "height", "m"),
        ("fr", "des obus de 120 mm", "120", "other", "mm"),
        ("fr", "pendant une dizaine de jours", "une dizaine", "duration", "day"),
        ("fr", "une aide de 50 millions d'euros", "50 millions", "money", "EUR"),
        ("fr", "plus de 200 têtes de bétail", "plus de 200", "other", "head"),
        ("fr", "80% de la ville", "80", "other", "percent"),
        ("en", "30 aid trucks were held up", "30", "vehicles", "vehicle"),
        ("en", "It raided several hideouts.", "several", "buildings", "hideout"),
        ("en", "It seized a dozen crossbows.", "a dozen", "other", "crossbow"),
        ("en", "aid of $5m", "5", "money", "USD"),
        ("en", "a month-long siege", "month-long", "duration", "day"),
        ("ar", "على بعد 25 كيلومتراً من غوما", "25", "distance", "km"),
        ("ar", "ألقى ستة براميل متفجرة", "ستة", "other", "barrel bomb"),
    ],
)
def test_a_unit_or_a_thing_says_its_own_kind(code, sentence, exact, kind, unit):
    assert counted(code, sentence) == [(exact, kind, unit)]


def test_a_height_without_a_unit_is_in_metres_and_says_that_it_was_inferred():
    (quantity,) = found("fr", "une hauteur de 2.428")
    assert (quantity.kind, quantity.unit, quantity.unit_inferred, quantity.basis) == ("height", "m", True, "inferred")


@pytest.mark.parametrize(
    "code, sentence, totals",
    [
        ("fr", "8 morts, dont 3 militaires, ainsi que 21 blessés", [None, 0, None]),
        ("fr", "neuf blessés, dont un soldat", [None, 0]),
        ("fr", "Vingt civils, dont sept enfants et trois femmes, ont été tués.", [None, 0, 0]),
        ("en", "Nine people, including two children, died.", [None, 0]),
        ("ar", "استشهد 19 مواطناً بينهم 8 أطفال وجُرح 26 آخرون", [None, 0, None]),
    ],
)
def test_a_part_names_its_total(code, sentence, totals):
    assert [q.part_of for q in found(code, sentence)] == totals


def test_the_counted_noun_has_a_span_of_its_own():
    (quantity,) = found("fr", "17 civils ont été tués")
    assert (quantity.exact, quantity.noun.exact) == ("17", "civils")


def test_an_arabic_dual_is_a_quantity_by_itself():
    (quantity,) = found("ar", "ما أدى إلى استشهاد طفلين")
    assert (quantity.exact, quantity.best, quantity.kind, quantity.unit) == ("طفلين", 2, "killed", "person")


def test_the_word_for_two_beside_a_dual_is_no_second_quantity():
    assert counted("ar", "استشهاد شرطيين اثنين في هجوم") == [("شرطيين", "killed", "person")]


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "Le 12 octobre 2019, ils ont fui."),
        ("fr", "Le Centre du Mali est en proie depuis 2015 à des violences."),
        ("fr", "Ils sont arrivés vers 16H00."),
        ("fr", "raconte Oum Hassan, 52 ans, qui craint la guerre"),
        ("fr", "le trio a bombardé la surface adverse (3-1)."),
        ("fr", "la résolution 2254 du Conseil de sécurité"),
        ("fr", "COMMUNIQUÉ N°044/2019/DIRPA"),
        ("fr", "Les rebelles du M23 ont des missiles S-300."),
        ("fr", "Il a exhorté les deux camps à épargner les civils."),
        ("fr", "son communiqué numéro un"),
        ("fr", "une septième brigade"),
        ("en", "a 13-year-old boy"),
        ("en", "The youngest was seven; he died in my arms."),
        ("en", "UN Security Council Resolution 2254, adopted on 18 December 2015"),
        ("en", '"We will do it ourselves," one fighter warned.'),
        ("en", "KYIV, June 5 (Northern Wire) - Missiles hit it."),
        ("ar", "قرار مجلس الأمن 2254"),
        ("ar", "قيادي يبلغ من العمر 35 عاماً"),
    ],
)
def test_dates_ages_scores_names_and_codes_are_no_quantities(code, sentence):
    assert counted(code, sentence) == []


def test_a_toll_that_rose_counts_what_it_rose_to():
    assert [(q.exact, q.best) for q in found("fr", "Le bilan est passé de 12 à 19 morts.")] == [("19", 19)]


WORDS = """
12 1.000 deux un une dizaine des de morts blessés km dont et tués a ont été personnes plus au moins
( ) , . 2015 killed people including two مقتل 14 مدنياً عشرات
"""
words = st.sampled_from(WORDS.split())


@given(st.lists(words, max_size=25), st.sampled_from(["fr", "en", "ar"]))
def test_whatever_the_words_spans_are_the_texts_own_and_bounds_in_order(sample, code):
    sentence = " ".join(sample)
    answer = found(code, sentence)
    for index, quantity in enumerate(answer):
        assert sentence[quantity.start : quantity.end] == quantity.exact
        known = [n for n in (quantity.low, quantity.best, quantity.high) if n is not None]
        assert known == sorted(known)
        assert quantity.part_of is None or quantity.part_of < index
    assert list(answer) == sorted(answer, key=lambda q: q.start)


@pytest.mark.parametrize(
    "sentence, unit",
    [
        ("The army shot down 41 Israeli drones.", "drone"),
        ("They destroyed 41 Ukrainian light vehicles.", "vehicle"),
        ("They killed 41 Ukrainian soldiers.", "person"),
        ("Rebels killed two US soldiers.", "person"),
    ],
)
def test_whose_the_counted_things_are_makes_them_no_people(sentence, unit):
    language = rules.load("en")
    text = language.prepare(sentence)
    (quantity,) = quantities.find(text, language, syntax=syntax.parse(text, language.parser))
    assert quantity.unit == unit


@pytest.mark.parametrize(
    "sentence, counts",
    [
        ("The toll had risen to 31.", [("31", "killed", "person")]),
        ("A source put the toll at 48.", [("48", "killed", "person")]),
        ("Five regions were hit and 17 people injured.", [("Five", "other", "region"), ("17", "injured", "person")]),
        ("A soldier was martyred and two others were wounded.", [("two", "injured", "person")]),
        ("Nine soldiers were martyred on Monday.", [("Nine", "killed", "person")]),
    ],
)
def test_tolls_count_the_dead_and_regions_are_no_people(sentence, counts):
    assert counted("en", sentence) == counts


def test_those_before_a_second_victim_share_what_befell_them():
    assert counted("en", "Two nurses and a guard were shot dead.") == [("Two", "killed", "person")]
