"""Who did what to whom in Arabic, where no parse tells: by the order of words and what points to doer and target."""

import pytest

from reading import read


def roles(sentence, trigger):
    """The words of actors and recipients of the one claim with that trigger."""
    claims = [c for c in read(sentence, "ar").claims if c.trigger and c.trigger.exact == trigger]
    assert len(claims) == 1, [(c.trigger and c.trigger.exact) for c in read(sentence, "ar").claims]
    return [e.exact for e in claims[0].actors], [e.exact for e in claims[0].recipients]


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("قتل الجيش السوري ثلاثة مسلحين قرب حلب.", "قتل", ["الجيش السوري"], ["مسلحين"]),
        ("اعتقلت الشرطة أربعة مشتبه بهم في بغداد.", "اعتقلت", ["الشرطة"], ["مشتبه بهم"]),
        ("خطف مسلحون مجهولون طبيبين في كركوك.", "خطف", ["مسلحون مجهولون"], ["طبيبين"]),
        ("هاجم مسلحون قافلة قرب الفاشر.", "هاجم", ["مسلحون"], ["قافلة"]),
    ],
)
def test_a_verb_stands_before_its_subject_and_its_object(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("قُتل خمسة مدنيين في قصف مدفعي شنته قوات الدعم السريع.", "قُتل", ["قوات الدعم السريع"], ["مدنيين"]),
        ("قتل ثلاثة جنود برصاص مسلحين في سيناء.", "قتل", ["مسلحين"], ["جنود"]),
        ("أصيب طفلان في غارة نفذها التحالف.", "أصيب", ["التحالف"], ["طفلان"]),
    ],
)
def test_those_counted_behind_a_verb_of_killing_are_its_victims(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("مقتل سبعة مدنيين في غارة على صنعاء", "مقتل", [], ["مدنيين"]),
        ("شن الحوثيون هجوماً على مأرب.", "هجوماً", ["الحوثيون"], []),
        ("اندلعت اشتباكات بين الجيش ومسلحين في طرابلس.", "اشتباكات", ["الجيش", "مسلحين"], []),
        ("نفت قوات الدعم السريع قصف السوق.", "قصف", ["قوات الدعم السريع"], ["السوق"]),
    ],
)
def test_a_noun_is_followed_by_who_did_it_or_whom_it_befell(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


def test_a_subject_may_stand_before_its_verb_behind_that():
    assert roles("قال شاهد إن القوات الأمنية اعتقلت عشرة متظاهرين.", "اعتقلت") == (["القوات الأمنية"], ["متظاهرين"])


def test_whom_a_deed_killed_is_told_behind_led_to():
    sentence = "قصف الطيران السوري بلدة فليطة، ما أدى إلى استشهاد طفلين وإصابة نحو عشرة مدنيين."
    assert roles(sentence, "قصف") == (["الطيران السوري"], ["طفلين", "مدنيين"])


def test_who_did_it_is_not_guessed_where_nobody_is_named():
    assert roles("قُتل خمسة مدنيين في قصف على الفاشر.", "قُتل")[0] == []


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("اقتحم محتجون سفارة في العاصمة.", "اقتحم", ["محتجون"], ["سفارة"]),
        ("اغتال مسلحان قائد الشرطة في المدينة.", "اغتال", ["مسلحان"], ["قائد"]),
        ("أضرم مستوطنون النار في أربع مركبات.", "أضرم", ["مستوطنون"], []),
    ],
)
def test_the_ending_of_a_plural_or_a_dual_shows_the_subject(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize("sentence", ["قتل جندي في كمين للمتمردين.", "قتل جنديان في كمين للمتمردين."])
def test_who_stands_alone_behind_a_verb_of_killing_without_the_article_is_its_victim(sentence):
    actors, (victim,) = roles(sentence, "قتل")
    assert actors == []
    assert victim in ("جندي", "جنديان")


@pytest.mark.parametrize(
    "sentence, trigger, recipients",
    [
        ("أصابت القذيفة مبنى في حي المزة.", "أصابت", ["مبنى"]),
        ("استهدفت مسيرة سيارة للجيش.", "استهدفت", ["سيارة"]),
        ("اعترضت الدفاعات الجوية صاروخا فوق المدينة.", "اعترضت", ["صاروخا"]),
    ],
)
def test_arms_are_what_strikes_unless_they_are_shot_down(sentence, trigger, recipients):
    assert roles(sentence, trigger)[1] == recipients


def test_where_somebody_was_taken_from_is_not_taken_with_them():
    assert roles("خطف مسلحون ثلاثة عمال من مصنع في الولاية.", "خطف") == (["مسلحون"], ["عمال"])


def test_a_preposition_is_no_imam():
    assert roles("أصيب صحفي أمام البرلمان بعد هجوم للمسلحين.", "أصيب")[1] == ["صحفي"]


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وتعرضت سيارة المحافظ لهجوم في الطريق.", "هجوم", [], ["سيارة"]),
        ("تعرضت قافلة إغاثة لإطلاق نار في طريقها إلى الفاشر.", "إطلاق نار", [], ["قافلة"]),
    ],
)
def test_whom_a_deed_befell_is_the_subject_of_a_verb_of_suffering(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وقال نازحون إن آلاف السكان فروا من القرية بعد القصف.", "فروا", [], ["السكان"]),
        ("وأضاف أن المسلحين تقدموا نحو المدينة بعد معارك عنيفة.", "تقدموا", ["المسلحين"], []),
        ("وقال شهود إن الأهالي نزحوا من القرى بعد القصف.", "نزحوا", [], ["الأهالي"]),
    ],
)
def test_a_verb_without_an_object_has_its_subject_before_it_behind_that(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


def test_a_second_verb_ends_whom_the_first_befell():
    assert roles("وقتل مدنيان وأصيب ثلاثة جنود في الهجوم.", "قتل") == ([], ["مدنيان"])


def test_who_holds_a_place_is_named_behind_the_verb_of_holding():
    (claim,) = read("وتسيطر حركة الشباب على معظم أحياء المدينة.", "ar").claims
    assert (claim.territory, [e.exact for e in claim.actors]) == ("held", ["حركة الشباب"])


def test_who_is_arrested_stands_behind_the_noun_and_its_preposition():
    assert roles("أعلنت الشرطة إلقاء القبض على ستة مسلحين في كركوك.", "إلقاء القبض على")[1] == ["مسلحين"]
