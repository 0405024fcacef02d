"""Numbers as words and figures, by each language's conventions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import rules


def numbers(code, sentence):
    language = rules.load(code)
    text, found, i = language.prepare(sentence), [], 0
    while i < len(text):
        here = language.number_at(text, i)
        if here:
            found.append((text.span(i, here[0]).exact, here[1]))
        i = here[0] if here else i + 1
    return found


@pytest.mark.parametrize(
    "code, sentence, exact, value",
    [
        ("fr", "plus de 1.000 Km2", "1.000", 1000),
        ("fr", "une hauteur de 2.428", "2.428", 2428),
        ("fr", "12 000 réfugiés", "12 000", 12000),
        ("fr", "12\u00a0000 réfugiés", "12\u00a0000", 12000),
        ("fr", "12\u202f000 réfugiés", "12\u202f000", 12000),
        ("fr", "1.200.000 personnes", "1.200.000", 1_200_000),
        ("fr", "1,5 million", "1,5 million", 1_500_000),
        ("fr", "11 millions de Soudanais", "11 millions", 11_000_000),
        ("fr", "01 militaire", "01", 1),
        ("fr", "1,000 hommes", "1,000", 1000),
        ("fr", "vingt-trois civils", "vingt-trois", 23),
        ("fr", "vingt et un soldats", "vingt et un", 21),
        ("fr", "soixante et onze morts", "soixante et onze", 71),
        ("fr", "soixante-dix-sept morts", "soixante-dix-sept", 77),
        ("fr", "quatre-vingt-dix-sept prisonniers", "quatre-vingt-dix-sept", 97),
        ("fr", "nonante-deux villages", "nonante-deux", 92),
        ("fr", "deux cents", "deux cents", 200),
        ("fr", "deux mille trois cents hommes", "deux mille trois cents", 2300),
        ("fr", "trois cent mille habitants", "trois cent mille", 300_000),
        ("fr", "quinze (15) assaillants", "quinze (15)", 15),
        ("en", "some 2,500 families", "2,500", 2500),
        ("en", "1.5 million refugees", "1.5 million", 1_500_000),
        ("en", "twenty-three civilians", "twenty-three", 23),
        ("en", "one hundred and five men", "one hundred and five", 105),
        ("en", "two hundred thousand people", "two hundred thousand", 200_000),
        ("en", "a hundred people", "a hundred", 100),
        ("ar", "أربعة مشتبه بهم", "أربعة", 4),
        ("ar", "خمسة وعشرون قتيلاً", "خمسة وعشرون", 25),
        ("ar", "مئة وخمسة وعشرين قتيلاً", "مئة وخمسة وعشرين", 125),
        ("ar", "أحد عشر مدنياً", "أحد عشر", 11),
        ("ar", "ثلاثة آلاف نازح", "ثلاثة آلاف", 3000),
        ("ar", "31 ألفاً و341 شهيداً", "31 ألفاً و341", 31341),
        ("ar", "٢٥ جريحاً", "٢٥", 25),
        ("ar", "١٬٢٠٠ نازح", "١٬٢٠٠", 1200),
        ("ar", "و25 جريحاً", "25", 25),
    ],
)
def test_a_number_is_read_with_all_its_words(code, sentence, exact, value):
    assert numbers(code, sentence) == [(exact, value)]


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "vers 16H00"),
        ("fr", "le 1er et la 2e"),
        ("fr", "une bombe"),
        ("fr", "le M23 et les S-300"),
        ("en", "the 17th round"),
        ("en", "a 13-year-old boy"),
        ("en", "hundreds fled"),
        ("ar", "قتل واحد"),
    ],
)
def test_a_clock_time_an_ordinal_an_article_and_a_name_are_no_numbers(code, sentence):
    assert numbers(code, sentence) == []


@pytest.mark.parametrize(
    "code, sentence, values",
    [
        ("fr", "deux et trois", [2, 3]),
        ("fr", "trente et quarante", [30, 40]),
        ("fr", "en 2014 300 civils", [2014, 300]),
        ("en", "five and six", [5, 6]),
        ("en", "two three", [2, 3]),
        ("ar", "ثلاثة وأربعة", [3, 4]),
        ("ar", "11 شهيداً و25 جريحاً", [11, 25]),
    ],
)
def test_two_numbers_side_by_side_stay_two(code, sentence, values):
    assert [value for _, value in numbers(code, sentence)] == values


@given(st.integers(0, 999_999_999))
def test_figures_grouped_as_french_and_english_write_them_give_the_same_value(value):
    grouped = f"{value:,}"
    assert numbers("en", grouped)[0][1] == value
    assert numbers("fr", grouped.replace(",", "."))[0][1] == value
    assert numbers("fr", grouped.replace(",", "\u202f"))[0][1] == value


@given(st.text(alphabet="0123456789.,-/ millevtdxscqau", max_size=40))
def test_whatever_the_digits_a_number_ends_behind_its_start(junk):
    for code in ("fr", "en", "ar"):
        language = rules.load(code)
        text = language.prepare(junk)
        for i in range(len(text)):
            found = language.number_at(text, i)
            assert found is None or i < found[0] <= len(text)


def test_a_figure_of_more_digits_than_numbers_have_is_none():
    assert numbers("fr", "1" * 5_000 + " morts") == []
    assert numbers("fr", "9" * 400 + " morts") == []


def test_what_is_added_to_thousands_is_less_than_a_thousand():
    assert [value for _, value in numbers("ar", "31 ألفاً و341 شهيداً")] == [31341]
    assert [value for _, value in numbers("ar", "31 ألفاً و5341 شهيداً")] == [31000, 5341]
