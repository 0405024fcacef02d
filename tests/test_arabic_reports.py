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
