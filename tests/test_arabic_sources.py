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


@pytest.mark.parametrize(
    "entry, link",
    [
        ("09:12 الوكالة الوطنية للإعلام: غارة استهدفت محيط البلدة.", ("الوكالة الوطنية للإعلام", ":", "assert")),
        ("10:05 حزب الله يعلن استهداف تجمع لجنود في موقع المرج.", ("حزب الله", "يعلن", "announce")),
        ("10:31 - مصدر أمني لبناني: الطيران أغار على سيارة.", ("مصدر أمني لبناني", ":", "assert")),
        ("12:20 الجيش السوداني: قتلنا ثلاثة مسلحين في الفاشر.", ("الجيش السوداني", ":", "assert")),
    ],
)
def test_behind_the_clock_of_a_live_page_a_colon_names_who_says(entry, link):
    assert links(entry) == [link]


def test_a_colon_within_an_ordinary_sentence_names_nobody():
    assert links("الساعة 09:12 قصفت الطائرات سوق المدينة.") == []


def test_a_title_passes_on_whom_it_cites():
    (claim,) = read("11:45 هيئة البث نقلا عن مسؤول أمني: الجيش قصف بلدة في الجنوب.", "ar").claims
    assert [(x.source.exact, x.cue.exact) for x in claim.chain] == [("هيئة البث", ":"), ("مسؤول أمني", "نقلا عن")]


@pytest.mark.parametrize(
    "sentence, source",
    [
        ("طالبت الوزارة المجتمع الدولي بالضغط لوقف القصف.", "الوزارة"),
        ("ودعا المرجع علي السيستاني المتظاهرين وقوات الأمن إلى ضبط النفس.", "المرجع علي السيستاني"),
        ("ودعت المنظمة السلطات إلى وقف القصف.", "المنظمة"),
        ("وطالبت وزارة الخارجية السورية مجلس الأمن بإدانة الغارة.", "وزارة الخارجية السورية"),
        # No second name: the construct and the adjective belong to who asks.
        ("ودعت لجنة المعلمين السودانيين إلى وقف القصف.", "لجنة المعلمين السودانيين"),
        ("وطالبت قيادة الجيش بإخلاء المنطقة.", "قيادة الجيش"),
    ],
)
def test_who_is_asked_is_no_part_of_who_asks(sentence, source):
    assert links(sentence) == [(source, sentence.split()[0].removeprefix("و"), "demand")]


@pytest.mark.parametrize("asking", ["طلب عدم الكشف عن هويته", "فضل عدم ذكر اسمه", "اشترط عدم نشر اسمه"])
def test_who_asks_not_to_be_named_says_only_what_he_says(asking):
    assert links(f"وقال مصدر عسكري، {asking}، إن الجيش قصف البلدة.") == [("مصدر عسكري", "قال", "assert")]


@pytest.mark.parametrize(
    "sentence, found",
    [
        ("إلا أن موسكو لم تؤكد مقتل ثلاثة جنود في خاركيف.", [("موسكو", "تؤكد", "doubt")]),
        ("لم يعلن الجيش مقتل القائد في الغارة.", [("الجيش", "يعلن", "doubt")]),
        ("ولم يطلب الخاطفون فدية من عائلته.", []),
        ("ولم تتهم الحركة الجيش بقصف السوق.", []),
    ],
)
def test_who_does_not_say_so_is_in_doubt_or_says_nothing(sentence, found):
    assert links(sentence) == found


@pytest.mark.parametrize(
    "sentence, chain",
    [
        (
            "ونسب موقع إخباري محلي إلى قيادي حوثي قوله إن جماعته انسحبت من المنطقة.",
            [("موقع إخباري محلي", "نسب", "assert"), ("قيادي حوثي", "قوله", "assert")],
        ),
        (
            "قصفت الطائرات السوق في الفاشر، وفق ما نقلته وكالة النيل عن مسؤولين محليين.",
            [("وكالة النيل", "وفق", "assert"), ("مسؤولين محليين", "عن", "assert")],
        ),
    ],
)
def test_what_is_ascribed_or_passed_on_has_both_in_its_chain(sentence, chain):
    (claim,) = read(sentence, "ar").claims
    assert [(x.source.exact, x.cue.exact, x.act) for x in claim.chain] == chain


def test_a_statement_ascribed_to_somebody_accuses_nobody():
    (claim,) = read("زعمت الحركة في بيان نسب إلى جناحها العسكري أنها قتلت 15 جنديا.", "ar").claims
    assert [(x.source.exact, x.cue.exact) for x in claim.chain] == [("الحركة", "زعمت")]


def test_a_deed_that_is_ascribed_is_an_accusation():
    assert links("ونسبت القوات الحكومية الهجوم إلى تنظيم داعش.") == [("القوات الحكومية", "نسبت", "accuse")]


@pytest.mark.parametrize(
    "sentence, denier, polarities",
    [
        (
            "وقال ناشط إن حراس المقر أطلقوا النار على المحتجين، وهو ما تنفيه الجماعة.",
            "الجماعة",
            {"positive", "negative"},
        ),
        ("قصف الجيش السوق، الأمر الذي نفته القيادة العامة.", "القيادة العامة", {"positive", "negative"}),
    ],
)
def test_which_he_denied_denies_what_the_sentence_told(sentence, denier, polarities):
    claims = read(sentence, "ar").claims
    assert {c.polarity for c in claims} == polarities
    (denied,) = [c for c in claims if c.polarity == "negative"]
    assert [x.source.exact for x in denied.chain] == [denier]
    assert denier not in [a.exact for a in denied.actors]


def test_which_he_confirmed_is_no_denial():
    assert {c.polarity for c in read("قصف الجيش السوق، وهو ما أكده شهود.", "ar").claims} == {"positive"}


def test_who_does_not_comment_on_a_deed_is_in_doubt_of_that_deed():
    (claim,) = read("ولم يعلق الجيش على قصف المنزل في النصيرات.", "ar").claims
    assert (claim.trigger.exact, claim.certainty, [x.source.exact for x in claim.chain]) == (
        "قصف",
        "unknown",
        ["الجيش"],
    )


def test_what_could_not_be_verified_is_doubted_by_nobody():
    text = "وقالت الحركة إنها قتلت جنديين. ولم يتسن التأكد من حصيلة القتلى من مصدر مستقل."
    assert links(text) == [("الحركة", "قالت", "assert")]


def test_published_pictures_are_no_troops():
    published = read("ونشرت قناة المسيرة صورا لجنود قتلى من القوات الحكومية.", "ar").claims
    sent = read("نشر الجيش مئات الجنود في محيط المدينة.", "ar").claims
    assert "MOBILIZE" not in {c.type for c in published}
    assert {c.type for c in sent} == {"MOBILIZE"}


def test_who_is_asked_by_a_verb_that_goes_on_is_not_who_asks():
    sentence = "اتهمت وزارة الخارجية السودانية الجيش بقصف السوق، ودعت مجلس الأمن إلى إدانة القصف."
    assert links(sentence) == [
        ("وزارة الخارجية السودانية", "اتهمت", "accuse"),
        ("وزارة الخارجية السودانية", "دعت", "demand"),
    ]


def test_an_unconfirmed_report_confirms_nothing():
    assert links("وأشارت معلومات غير مؤكدة إلى أن قائدا لقي مصرعه في القصف.") == [
        ("معلومات غير مؤكدة", "أشارت", "assert")
    ]


def test_who_is_accused_by_nobody_named_is_accused_still():
    (claim,) = read("واتُهم الجيش بقصف المدرسة.", "ar").claims
    assert [(x.source, x.cue.exact, x.act) for x in claim.chain] == [(None, "اتُهم", "accuse")]
    assert [a.exact for a in claim.actors] == ["الجيش"]


def test_who_is_cited_between_two_commas_stands_within_who_cites():
    (claim,) = read("وأفادت الوكالة، نقلا عن شهود، بأن الطائرات قصفت جسرا.", "ar").claims
    assert [(x.source.exact, x.cue.exact) for x in claim.chain] == [("الوكالة", "أفادت"), ("شهود", "نقلا عن")]


def test_no_news_came_from_nobody():
    assert links("وقصفت الطائرات الجسر. ولم ترد أنباء عن سقوط ضحايا.") == []
