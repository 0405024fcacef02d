"""Arabic as agencies, ministries and partisans write it: verb, subject and object apart, who accuses whom, in whose deed somebody died."""

import pytest

from reading import read, sources


def told(report, trigger):
    """The claims of that trigger, outermost source first."""
    return [c for c in read(report, "ar").claims if (c.trigger.exact if c.trigger else None) == trigger]


def one(report, trigger):
    found = told(report, trigger)
    assert len(found) == 1, [(c.trigger and c.trigger.exact, c.content.exact) for c in read(report, "ar").claims]
    return found[0]


def exact(entities):
    return [e.exact for e in entities]


@pytest.mark.parametrize(
    "sentence, trigger, kind, actors, recipients",
    [
        ("أطلقت الشرطة سراح ستة معتقلين.", "أطلقت", "RETREAT", ["الشرطة"], ["معتقلين"]),
        ("أطلقت الأخيرة سراح أحد عشر جنديا.", "أطلقت", "RETREAT", [], ["جنديا"]),
        ("لم تطلق السلطات سراح الصحفي.", "تطلق", "RETREAT", ["السلطات"], ["الصحفي"]),
        ("أطلق سراح سبعة جنود.", "أطلق سراح", "RETREAT", [], ["جنود"]),
        ("فتح مسلحون ملثمون النار على دورية للشرطة.", "فتح", "ASSAULT", ["مسلحون ملثمون"], ["دورية"]),
        ("أطلق الجنود الرصاص على المحتجين.", "أطلق", "ASSAULT", ["الجنود"], ["المحتجين"]),
        ("ألقت الشرطة القبض على أربعة مسلحين.", "القبض على", "COERCE", ["الشرطة"], ["مسلحين"]),
        ("ألقي القبض على أربعة مسلحين في كركوك.", "ألقي القبض", "COERCE", [], ["مسلحين"]),
    ],
)
def test_the_subject_may_stand_inside_a_fixed_phrase(sentence, trigger, kind, actors, recipients):
    found = one(sentence, trigger)
    assert (found.type, exact(found.actors), exact(found.recipients)) == (kind, actors, recipients)


@pytest.mark.parametrize(
    "sentence",
    [
        "أطلقت الحكومة مبادرة وقف إطلاق النار.",
        "أطلق الوزير نداء لوقف إطلاق النار.",
        "فتح الجيش الطريق بعد إطلاق النار على القافلة.",
        "أطلقت الوزارة حملة ضد إطلاق النار في الأعراس.",
    ],
)
def test_fire_behind_a_preposition_is_not_what_is_opened(sentence):
    assert [
        c.trigger.exact
        for c in read(sentence, "ar").claims
        if c.trigger and c.trigger.exact in ("أطلقت", "أطلق", "فتح")
    ] == []


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("قُتل مدنيان في هجوم لمسلحين على القرية.", "قُتل", ["مسلحين"]),
        ("قتل سبعة مدنيين جراء قصف قوات الدعم السريع حي الزهور.", "قتل", ["قوات الدعم السريع"]),
        ("استشهد مواطنان إثر اعتداء المجموعات الإرهابية على حلب.", "استشهد", ["المجموعات الإرهابية"]),
        ("قتل ستة في ثلاث غارات روسية.", "قتل", ["روسية"]),
        ("أصيب مدني في قصف مدفعي إسرائيلي.", "أصيب", ["إسرائيلي"]),
        ("قتل ستة جنود في اشتباكات مع مسلحين قرب البلدة.", "قتل", ["مسلحين"]),
        # Whom the deed befell did not do it, nor whose the place was.
        ("قتل ثلاثة أشخاص في استهداف الجيش سيارة.", "قتل", []),
        ("أصيب جنديان في هجوم على حاجز للجيش.", "أصيب", []),
        ("قتل صحفي في قصف استهدف مقر الجيش.", "قتل", []),
        ("قتل ستة في انفجار سيارة للجيش.", "قتل", []),
        ("قتل ستة في منطقة للجيش.", "قتل", []),
    ],
)
def test_who_did_the_deed_in_which_somebody_died(sentence, trigger, actors):
    assert exact(one(sentence, trigger).actors) == actors


def test_whom_a_strike_kills_is_not_of_those_who_struck():
    (victim,) = one("مقتل جندي في قصف إسرائيلي.", "مقتل").recipients
    assert victim.name is None
    (victim,) = one("قتل أربعة جنود إسرائيليين في غارة إسرائيلية بالخطأ.", "قتل").recipients
    assert victim.name == "Israeli army"


@pytest.mark.parametrize(
    "sentence, trigger, chain, actors",
    [
        # Behind a participle stands who is accused, however long his name.
        (
            "نفت الحكومة الإثيوبية قصف القافلة، متهمة جبهة تحرير شعب تيغراي بنهب المستودعات.",
            "نهب",
            ["الحكومة الإثيوبية"],
            ["جبهة تحرير شعب تيغراي"],
        ),
        ("أكد المتحدث مقتل جندي، متهما إسرائيل بقصف القرية.", "قصف", ["المتحدث"], ["إسرائيل"]),
        # A plural in -un governs nothing: the accused follows it.
        ("اتهم متمردون طوارق الجيش ومجموعة فاغنر بقتل سبعة عشر راعيا.", "قتل", ["متمردون طوارق"], ["الجيش"]),
        ("اتهم متمردو الحركة الجيش بقصف القرية.", "قصف", ["متمردو الحركة"], ["الجيش"]),
        ("اتهم سكان القرية الجيش بحرق المنازل.", "حرق", ["سكان القرية"], ["الجيش"]),
        ("اتهم قائد الجيش المتمردين بقصف القرية.", "قصف", ["قائد الجيش"], ["المتمردين"]),
    ],
)
def test_who_accuses_is_told_from_who_is_accused(sentence, trigger, chain, actors):
    found = one(sentence, trigger)
    assert (sources(found), exact(found.actors)) == (chain, actors)


def test_an_accusation_behind_a_comma_is_no_part_of_the_death_before():
    assert told("أكد المتحدث مقتل جندي، متهما إسرائيل بقصف القرية.", "مقتل")
    # within one saying it is
    assert [c.trigger.exact for c in read("أكد المتحدث مقتل جندي، أمس، في قصف على القرية.", "ar").claims] == ["مقتل"]


@pytest.mark.parametrize(
    "sentence, trigger, chain",
    [
        # Who asks not to be named says what follows; nobody else does.
        (
            "أفاد مصدر بانفجار قرب القاعدة، غير أن مسؤولا أمريكيا طلب عدم الكشف عن اسمه رجح أن فصائل قصفت القاعدة.",
            "قصفت",
            ["مسؤولا أمريكيا"],
        ),
        ("لم يعلق الجيش، الذي كان قد أعلن أنه قتل عشرة مسلحين.", "قتل", ["الجيش"]),
        ("روى شاهد عيان يدعى سالم نور أن سيارة مفخخة انفجرت.", "انفجرت", ["شاهد عيان يدعى سالم نور"]),
        ("يدعي التنظيم أنه قتل ستة جنود.", "قتل", ["التنظيم"]),
        # What one said goes on behind 'but' where nobody else speaks.
        ("قال الوزير إن الهدنة صامدة لكن الجيش قصف القرية.", "قصف", ["الوزير"]),
    ],
)
def test_who_says_it(sentence, trigger, chain):
    assert sources(one(sentence, trigger)) == chain


def test_a_participle_goes_on_with_who_reacted_before():
    (found,) = read("ورحبت المنظمة بالاتفاق، واصفة إياه بأنه خطوة أولى.", "ar").claims
    assert sources(found) == ["المنظمة"]


@pytest.mark.parametrize(
    "sentence, trigger, status",
    [
        # A demand and a threat govern no perfect; the imperfect and the verbal noun they do.
        ("طالب المحتجون بإقالة المحافظ، فيما اعتقلت القوات الأمنية سبعة منهم.", "اعتقلت", "happened"),
        ("هددت الحركة بأن تقصف المدينة.", "تقصف", "planned"),
        ("طالب المحتجون بإطلاق سراح المعتقلين.", "إطلاق سراح", "hypothetical"),
    ],
)
def test_what_is_demanded_or_threatened_has_not_happened(sentence, trigger, status):
    assert one(sentence, trigger).status == status


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("قال المتحدث إن الجيش هو من قصف السوق.", "قصف", ["الجيش"]),
        # 'Of those who' sets nobody off.
        ("قال المتحدث إن الجيش من المدينة قصف السوق.", "قصف", []),
        ("حزب الله: استهدفنا موقعا للجيش.", "استهدفنا", ["حزب الله"]),
        ("وقالت كتائب القسام إننا قصفنا عسقلان.", "قصفنا", ["كتائب القسام"]),
        ("أكد الجيش السوداني سيطرته على مقر الإذاعة.", "سيطرته", ["الجيش السوداني"]),
        ("وكان الجيش السوداني أعلن الأربعاء سيطرته على المقر.", "سيطرته", ["الجيش السوداني"]),
        ("أكد سكان المدينة سيطرته على المقر.", "سيطرته", []),
        ("وكان تنظيم الدولة قد أعلن في وقت سابق مسؤوليته عن تفجير مدرعة.", "تفجير", ["تنظيم الدولة"]),
        ("أكد التنظيم أن الجيش مسؤول عن تفجير مدرعة.", "تفجير", []),
        ("نفى الجيش وقوات الدعم السريع قصف السوق.", "قصف", ["الجيش", "قوات الدعم السريع"]),
        ("استخدمت الشرطة الغاز المسيل للدموع لتفريق المتظاهرين.", "تفريق", ["الشرطة"]),
    ],
)
def test_who_did_it_is_told_by_who_speaks_or_is_set_off(sentence, trigger, actors):
    assert exact(one(sentence, trigger).actors) == actors


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("خطف مسلحون ستة عمال ثم قتلوهم.", "قتلوهم", ["مسلحون"], ["عمال"]),
        (
            "اعتقلت قوات الأمن أربعة أشخاص خلال مداهمة في درعا، واقتادتهم إلى جهة مجهولة.",
            "اقتادتهم",
            ["قوات الأمن"],
            ["أشخاص"],
        ),
        ("اعتقلت الشرطة الرجل وعذبته.", "عذبته", ["الشرطة"], ["الرجل"]),
        # The pronoun must fit whom it would mean: one man is no 'them', several are no 'him'.
        ("اعتقلت الشرطة الرجل وعذبتهم.", "عذبتهم", ["الشرطة"], []),
        ("اعتقلت الشرطة أربعة أشخاص وعذبته.", "عذبته", ["الشرطة"], []),
    ],
)
def test_a_pronoun_written_onto_a_second_verb_means_whom_the_first_befell(sentence, trigger, actors, recipients):
    found = one(sentence, trigger)
    assert (exact(found.actors), exact(found.recipients)) == (actors, recipients)


def test_what_is_held_may_be_written_onto_the_verb():
    assert one("وصلت القافلة بعد أن احتجزتها القوات أربعة أيام.", "احتجزتها").modes == ("withhold",)
    assert told("وصلت السفيرة بعد أن احتجزتها القوات.", "احتجزتها") == []


@pytest.mark.parametrize(
    "sentence, trigger, numbers",
    [
        # An adjective in the dual counts nobody else.
        ("قتل طفلان شقيقان وأصيب والدهما.", "قتل", [("killed", 2)]),
        ("أسقطت القوات طائرتين مسيرتين.", "أسقطت", [("other", 2)]),
        ("قتل طفلان وجنديان.", "قتل", [("killed", 2), ("killed", 2)]),
        # Attacks and the rescued are neither killed nor hurt.
        ("ارتكب الجيش 6 مجازر أسفرت عن 90 إصابة.", "مجازر", [("other", 6), ("injured", 90)]),
        ("قتلت القوات المهاجمين وأنقذت ثلاثة وستين مدنيا.", "أنقذت", [("people", 63)]),
        ("قتلت القوات ثلاثة وستين مدنيا.", "قتلت", [("killed", 63)]),
    ],
)
def test_numbers_count_what_they_stand_by(sentence, trigger, numbers):
    assert [(q.kind, q.best) for q in one(sentence, trigger).quantities] == numbers


@pytest.mark.parametrize(
    "sentence, territory",
    [
        ("أفاد مصدر بسقوط ثلاثة صواريخ قرب القاعدة العسكرية.", None),
        ("أفاد مصدر بسقوط قذائف على المدينة.", None),
        ("أفاد مصدر بسقوط المدينة بيد المسلحين.", "gained"),
    ],
)
def test_shells_that_fall_take_no_town(sentence, territory):
    assert one(sentence, "سقوط").territory == territory


def test_a_denial_ends_where_another_clause_tells_what_happened():
    denied = one("نفى الجيش قصف الحي، في حين ربما يرتفع عدد القتلى.", "قصف")
    assert (denied.certainty, denied.content.exact) == ("certain", "قصف الحي")
    happened = one("نفى الجيش قصف الحي، فيما اعتقلت الشرطة خمسة متظاهرين.", "اعتقلت")
    assert (happened.polarity, happened.chain) == ("positive", ())


@pytest.mark.parametrize(
    "sentence, source, content",
    [
        ("نفت الحكومة الإثيوبية عرقلة القافلة.", "الحكومة الإثيوبية", "عرقلة القافلة"),
        ("نفت لجنة دعم الصحفيين وجود مفقودين.", "لجنة دعم الصحفيين", "وجود مفقودين"),
        ("أكد حاكم المنطقة الخبر، مشيرا إلى أن البحث مستمر.", "حاكم المنطقة", "إلى أن البحث مستمر"),
    ],
)
def test_the_name_of_who_says_ends_where_what_is_said_begins(sentence, source, content):
    (found,) = read(sentence, "ar").claims
    assert (sources(found), found.content.exact) == ([source], content)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        # A clause that says how they came stands between those who act and their verb.
        ("قال المصدر إن مسلحين مجهولين يستقلون دراجة نارية هاجموا حاجزا.", "هاجموا", ["مسلحين مجهولين"], ["حاجزا"]),
        # A second verb goes on with the subject, whatever it struck; what another deed led to is no actor.
        (
            "قال مصدر إن وحدات من الجيش العربي السوري ردت على مصادر النيران ودمرت منصتي إطلاق وأوقعت عددا من الإرهابيين قتلى.",
            "دمرت",
            ["وحدات من الجيش العربي السوري"],
            ["الإرهابيين"],
        ),
        # What a deed answers to is not what it was aimed at; what explodes is not whom it befell.
        ("قصفت القوات المدينة ردا على الهجوم على الجنود.", "قصفت", ["القوات"], []),
        ("قصفت القوات المدينة على رؤوس الجنود.", "قصفت", ["القوات"], ["الجنود"]),
        ("انفجار لغم أرضي في ريف دير الزور.", "انفجار", [], []),
        ("تدمير عبوة ناسفة في ريف دير الزور.", "تدمير", [], ["عبوة ناسفة"]),
        # Who sponsors an exchange releases nobody.
        ("اتفق الطرفان على تبادل الأسرى برعاية بعثة الأمم المتحدة.", "تبادل الأسرى", [], []),
    ],
)
def test_who_acts_is_told_from_what_stands_by(sentence, trigger, actors, recipients):
    found = one(sentence, trigger)
    assert (exact(found.actors), exact(found.recipients)) == (actors, recipients)


def test_they_behind_an_accusation_may_be_the_accused():
    assert one("اتهم المتمردون الجيش بقتل رعاة، وقالوا إنهم أحرقوا منازل.", "أحرقوا").actors == ()
    assert exact(one("قال المتمردون إنهم أحرقوا آليات.", "أحرقوا").actors) == ["المتمردون"]


def test_a_participle_speaks_for_the_subject_of_its_own_sentence():
    report = "أعلنت البعثة أن الاتفاق صامد. ورحب الهلال الأحمر بالخطوة، واصفا إياها بأنها إيجابية."
    assert [sources(c) for c in read(report, "ar").claims] == [["البعثة"], ["الهلال الأحمر"]]
    report = "أعلنت البعثة أن الاتفاق صامد، واصفة إياه بأنه خطوة."
    assert [sources(c) for c in read(report, "ar").claims] == [["البعثة"], ["البعثة"]]


@pytest.mark.parametrize(
    "sentence, source",
    [
        ("خطف مسلحون مهندسين، بحسب ما أفاد مصدر أمني وكالة فرانس برس.", "مصدر أمني"),
        ("أفاد مراسل وكالة فرانس برس بأن مسلحين خطفوا مهندسين.", "مراسل وكالة فرانس برس"),
        ("أعلنت وكالة الأنباء أن مسلحين خطفوا مهندسين.", "وكالة الأنباء"),
    ],
)
def test_an_agency_that_is_told_is_no_source(sentence, source):
    assert [sources(c) for c in read(sentence, "ar").claims] == [[source]]


def test_a_longer_name_is_not_the_group_last_spoken_of():
    report = "هاجمت حركة الشباب الفندق. ويعتزم الاتحاد العام للعمال تنفيذ إضراب."
    assert [e.name for e in one(report, "إضراب").actors] == [None]
    report = "هاجمت حركة الشباب الفندق، وقتلت الحركة ستة جنود."
    assert [e.name for e in one(report, "قتلت").actors] == ["al-Shabaab"]
