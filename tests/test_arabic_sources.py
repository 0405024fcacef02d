"""Who says what in Arabic: where a name ends and what is said begins, and who is meant where nobody is named."""

import pytest

from reading import read


def links(sentence):
    """(source, cue, act) of every link of the text's claims, once each, in text order."""
    found = {}
    for claim in read(sentence, "ar").claims:
        for link in claim.chain:
            found[link.cue.start] = (link.source and link.source.exact, link.cue.exact, link.act)
    return [found[start] for start in sorted(found)]


@pytest.mark.parametrize(
    "sentence, link",
    [
        ("وقال المصدر لـ«الحياة» إن القوات دخلت البلدة.", ("المصدر", "قال", "assert")),
        ("وقال متحدث باسم الجيش في تسجيل مصور إن القوات دخلت البلدة.", ("متحدث باسم الجيش", "قال", "assert")),
        ("نفى البيان سيطرة الجيش على التلة.", ("البيان", "نفى", "deny")),
        ("قُتل ثلاثة مدنيين في غارة على صنعاء، وفق ما أكده شهود عيان.", ("شهود عيان", "وفق", "assert")),
        ("مصدر عسكري ينفي قصف المستشفى", ("مصدر عسكري", "ينفي", "deny")),
        ("وكانت وسائل إعلام محلية قد تحدثت عن مقتل ثمانية أشخاص.", ("وسائل إعلام محلية", "تحدثت", "assert")),
        ("أما الناطق باسم القوة فلم يستبعد أن تكون الحصيلة أعلى.", ("الناطق باسم القوة", "يستبعد", "believe")),
    ],
)
def test_the_name_of_who_says_ends_where_addressee_occasion_and_content_begin(sentence, link):
    assert links(sentence) == [link]


def test_the_accused_stands_behind_the_accuser():
    (claim,) = read("اتهم جيش الفتح تنظيم داعش بقصف السوق.", "ar").claims
    assert [link.source.exact for link in claim.chain] == ["جيش الفتح"]
    assert [e.exact for e in claim.actors] == ["تنظيم داعش"]


def test_one_name_behind_a_verb_of_accusing_is_the_accused():
    text = "وقالت قوات الدعم السريع إن القصف متواصل. واتهمت الجيش بقصف السوق."
    assert links(text)[-1] == ("قوات الدعم السريع", "اتهمت", "accuse")


def test_who_says_is_the_subject_of_the_verb_before_where_nobody_is_named():
    text = "أدانت بعثة الأمم المتحدة في ليبيا الغارة وطالبت بوقف القصف."
    assert links(text) == [("بعثة الأمم المتحدة في ليبيا", "طالبت", "demand")]


def test_an_answer_that_only_points_takes_what_was_said():
    text = "وأعلن الجيش أنه قصف معسكراً للمتمردين. ونفت قوات الدعم السريع ذلك."
    denied = [c for c in read(text, "ar").claims if c.chain and c.chain[-1].act == "deny"]
    assert [(c.trigger.exact, c.polarity, c.chain[-1].source.exact) for c in denied] == [
        ("قصف", "negative", "قوات الدعم السريع")
    ]
