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


@pytest.mark.parametrize(
    "headline, link",
    [
        ("الأمم المتحدة: نزوح مئة ألف شخص من رفح", ("الأمم المتحدة", ":", "assert")),
        ("عاجل | الدفاع المدني في غزة: ثلاثة قتلى في قصف على حي التفاح", ("الدفاع المدني في غزة", ":", "assert")),
        ("مقتل ثلاثة جنود في هجوم شرقي بغداد (مصدر أمني)", ("مصدر أمني", "(مصدر أمني)", "assert")),
        ("موسكو تنفي استهداف مدنيين في خاركيف", ("موسكو", "تنفي", "deny")),
        ("بوركينا فاسو: الجيش يعلن صد هجوم على ثكنة", ("الجيش", "يعلن", "announce")),
        ("الجيش السوداني يتهم الدعم السريع بقصف مستشفى", ("الجيش السوداني", "يتهم", "accuse")),
    ],
)
def test_a_headline_names_who_says_before_a_colon_in_brackets_or_before_the_verb(headline, link):
    assert links(headline) == [link]


def test_two_sayings_in_one_headline_have_a_source_each():
    assert links("كييف تعلن إسقاط مسيرات وموسكو تتحدث عن انسحاب الجيش الأوكراني") == [
        ("كييف", "تعلن", "announce"),
        ("موسكو", "تتحدث", "assert"),
    ]


def test_a_heading_before_a_colon_says_nothing():
    assert links("سوريا: مقتل ثلاثة جنود في هجوم شرقي حمص") == []


@pytest.mark.parametrize(
    "sentence, cue",
    [
        ("يُعتقد أن المسلحين قتلوا خمسة مدنيين.", "يُعتقد أن"),
        ("وقيل إن القوات انسحبت من البلدة.", "قيل إن"),
        ("ترددت أنباء عن مقتل قائد الفصيل في الغارة.", "ترددت أنباء عن"),
    ],
)
def test_what_nobody_named_says_is_hearsay(sentence, cue):
    (claim,) = read(sentence, "ar").claims
    assert [(link.source, link.cue.exact, link.act) for link in claim.chain] == [(None, cue, "hearsay")]
    assert claim.certainty == "possible"


@pytest.mark.parametrize(
    "sentence, chain",
    [
        (
            "نقلت وكالة النيل عن مسؤول أمني قوله إن القوات قصفت البلدة.",
            [("وكالة النيل", "نقلت"), ("مسؤول أمني", "قوله")],
        ),
        ("ونقلت صحيفة الوطن عن مصدر عسكري أن الجيش قصف البلدة.", [("صحيفة الوطن", "نقلت"), ("مصدر عسكري", "عن")]),
        (
            "وأفادت قناة المسيرة نقلا عن مصدر أمني بأن غارة أصابت منزلا.",
            [("قناة المسيرة", "أفادت"), ("مصدر أمني", "نقلا عن")],
        ),
        ("إذاعة الساحل عن مصدر عسكري: اعتراض صاروخ فوق المدينة", [("إذاعة الساحل", ":"), ("مصدر عسكري", "عن")]),
    ],
)
def test_who_is_passed_on_stands_within_who_passes_it_on(sentence, chain):
    (claim,) = read(sentence, "ar").claims
    assert [(link.source.exact, link.cue.exact) for link in claim.chain] == chain


@pytest.mark.parametrize(
    "sentence, link",
    [
        ("قتل أربعة أشخاص في انفجار لغم، على ما أفاد مسؤول محلي.", ("مسؤول محلي", "على ما أفاد", "assert")),
        ("قتل أربعة أشخاص في انفجار لغم، كما قال مسؤول محلي.", ("مسؤول محلي", "كما قال", "assert")),
        ("قتل أربعة أشخاص في انفجار لغم، وفقا لما ذكرته الشرطة.", ("الشرطة", "وفقا", "assert")),
        ("قتل أربعة أشخاص في انفجار لغم، بحسب ما جاء في بيان للشرطة.", ("بيان للشرطة", "بحسب", "assert")),
    ],
)
def test_as_somebody_says_names_who_says_behind_its_verb(sentence, link):
    assert links(sentence) == [link]


@pytest.mark.parametrize(
    "sentence, link",
    [
        ("أعلن تنظيم الدولة الإسلامية مسؤوليته عن الهجوم.", ("تنظيم الدولة الإسلامية", "أعلن", "announce")),
        ("وأكد سكان محليون وقوع انفجارات قرب المطار.", ("سكان محليون", "أكد", "assert")),
        ("ورجحت مصادر طبية ارتفاع عدد القتلى.", ("مصادر طبية", "رجحت", "believe")),
        ("أكد رئيس تحرير الصحيفة أن الجيش قصف القرية.", ("رئيس تحرير الصحيفة", "أكد", "assert")),
        ("وأكد ضابط وقوع الحادث لكنه قال إن الحصيلة لم تحدد بعد.", ("ضابط", "قال", "assert")),
    ],
)
def test_a_name_of_who_says_ends_where_a_noun_opens_what_is_said(sentence, link):
    assert links(sentence)[-1:] == [link]


def test_what_is_written_like_a_verb_of_saying_is_none_where_it_is_governed():
    text = "وذكر المعلم، الذي رفض ذكر اسمه خوفا على سلامته، أن المهاجمين أحرقوا المدرسة."
    assert links(text) == [("المعلم", "ذكر", "assert")]


@pytest.mark.parametrize("line", ["أديس أبابا - نيروبي (شبكة الهضبة)", "غوما - مراسلون/وكالات -"])
def test_a_line_of_towns_and_an_agency_says_nothing(line):
    assert links(line + "\nقتل خمسة مدنيين في غارة على السوق.") == []


@pytest.mark.parametrize(
    "sentence, link",
    [
        ("وقال أحد السكان إن مسلحين أحرقوا القرية.", ("أحد السكان", "قال", "assert")),
        ('وكانت منظمة "العدالة الآن" قد اتهمت السلطات بقصف القرية.', ('منظمة "العدالة الآن"', "اتهمت", "accuse")),
        ("قتل أربعة أشخاص، وفقا لما أفاد به نائب عن المنطقة.", ("نائب عن المنطقة", "وفقا", "assert")),
    ],
)
def test_who_says_is_named_once_with_all_its_words(sentence, link):
    assert links(sentence) == [link]


def test_nobody_has_claimed_it_makes_no_link():
    assert links("ولم تعلن أي جهة مسؤوليتها عن الهجوم.") == []


@pytest.mark.parametrize(
    "sentence, source, accused",
    [
        ("واتهمت كييف موسكو بقصف محطة الكهرباء.", "كييف", "موسكو"),
        ("واتهم والي الولاية متمردي الحركة الشعبية باختطاف عمال إغاثة.", "والي الولاية", "متمردي الحركة الشعبية"),
        ("وحملت وزارة الخارجية إسرائيل المسؤولية الكاملة عن قصف القنصلية.", "وزارة الخارجية", "إسرائيل"),
        ("اتهمت منظمة العفو الدولية القوات الحكومية بارتكاب مجازر في القرى.", "منظمة العفو الدولية", "القوات الحكومية"),
    ],
)
def test_accuser_and_accused_are_told_apart_by_the_names_behind_the_verb(sentence, source, accused):
    (claim,) = read(sentence, "ar").claims
    assert [(link.source.exact, link.act) for link in claim.chain] == [(source, "accuse")]
    assert [e.exact for e in claim.actors] == [accused]


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
