"""Where it happened in Arabic: no capitals tell a name, so ordinary words must not be read as towns whose letters they share."""

import pytest

from reading import read, reader
from reportedly import api


def places(sentence):
    """The words of every place of the text's claims, once each, in text order."""
    found = {place.start: place.exact for claim in read(sentence, "ar").claims for place in claim.places}
    return [found[start] for start in sorted(found)]


@pytest.mark.parametrize(
    "sentence, named",
    [
        ("اعترضت الدفاعات صاروخين أطلقا من لبنان باتجاه الجليل، ولا إصابات.", ["لبنان", "الجليل"]),
        ("وأغار الطيران على سيارة على طريق صيدا ولا ضحايا.", ["طريق صيدا"]),
        ("وقصفت القوات حلب من أجل فتح الطريق.", ["حلب"]),
        ("وأسقطت أوكرانيا أربع مسيّرات من أصل ثمان فوق كييف.", ["كييف"]),
        ("فجر مسلحون عبوة في جيب عسكري وقتلوا من فيه.", []),
    ],
)
def test_particles_and_common_nouns_are_no_towns(sentence, named):
    assert places(sentence) == named


def test_a_town_is_still_known_beside_them():
    assert places("انفجرت عبوة في مدينة صور ولا ضحايا.") == ["مدينة صور"]


@pytest.mark.parametrize(
    "sentence, named",
    [
        ("قصفت المدفعية بلدة عيتا الشعب في جنوب لبنان.", ["بلدة عيتا الشعب", "جنوب لبنان"]),
        ("قتل ثلاثة مدنيين في قصف على قرية بيت مغاري في اليمن.", ["قرية بيت مغاري", "اليمن"]),
        ("قصفت المدفعية بلدة بيت حانون.", ["بلدة بيت حانون"]),
        ("قتل ثلاثة مدنيين في قصف على قرية بيت، وفق شهود.", []),
    ],
)
def test_half_a_name_takes_the_word_behind_it(sentence, named):
    assert places(sentence) == named


def test_a_village_nobody_knows_is_no_city_of_that_name_far_away():
    claims = read("قصفت المدفعية بلدة عيتا في جنوب لبنان.", "ar").claims
    assert not [p.name for c in claims for p in c.places if p.country == "TZ"]


@pytest.mark.parametrize(
    "sentence, named",
    [
        ("دخلت القوات الفاشر ثم انسحبت منها.", ["الفاشر", "منها"]),
        ("دخلت القوات الفاشر وقتلت ثلاثة منها.", ["الفاشر"]),
        ("قصفت الطائرات الفاشر وقتل فيها مدنيان.", ["الفاشر", "فيها"]),
        ("قصفت الطائرات الفاشر. وعثر على جثة، وعليها آثار تعذيب.", ["الفاشر"]),
    ],
)
def test_a_preposition_with_its_pronoun_is_a_place_behind_the_verb_it_belongs_to(sentence, named):
    assert places(sentence) == named


def mentioned(word):
    """The names of the places mentioned in a sentence that says where somebody came back from."""
    (document,) = api.documents(f"وقال المسؤول إن الوفد عاد من {word} في المساء.", language="ar")
    return [place.name for place in reader().mentions(document).places]


@pytest.mark.parametrize(
    "word", ["صحة", "قطعة", "الصيد", "العميل", "البناء", "القبض", "السعر", "عرض", "دفعة", "الخام", "عامة", "يقل"]
)
def test_a_common_word_that_only_sounds_like_a_town_is_no_place(word):
    assert mentioned(word) == []


@pytest.mark.parametrize("word, name", [("تعز", "Taiz"), ("القطاع", "Gaza Strip"), ("عدن", "Aden"), ("حلب", "Aleppo")])
def test_a_short_name_in_its_own_letters_is_a_place(word, name):
    assert mentioned(word) == [name]
