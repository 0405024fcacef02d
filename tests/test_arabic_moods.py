"""How a happening is put in Arabic: affirmed or doubted, denied, planned, feared, asked, taken for granted."""

import pytest

from reading import read


def put(sentence, trigger):
    """Status, polarity and certainty of the one claim with that trigger."""
    claims = [c for c in read(sentence, "ar").claims if c.trigger and c.trigger.exact == trigger]
    assert len(claims) == 1, [(c.trigger and c.trigger.exact) for c in read(sentence, "ar").claims]
    return claims[0].status, claims[0].polarity, claims[0].certainty


@pytest.mark.parametrize(
    "sentence, trigger, certainty",
    [
        ("وكانت القوات المشتركة قد انسحبت من محيط مدينة الحديدة.", "انسحبت", "certain"),
        ("وقد قُتل ثلاثة مدنيين في الغارة على حلب.", "قُتل", "certain"),
        ("وكان الجيش قد تقدم نحو المدينة وقتل عشرة مسلحين.", "قتل", "certain"),
        ("وقد يقصف الجيش البلدة.", "يقصف", "possible"),
        ("وقد لا تقصف إسرائيل البلدة.", "تقصف", "possible"),
    ],
)
def test_the_same_particle_affirms_a_perfect_and_doubts_an_imperfect(sentence, trigger, certainty):
    assert put(sentence, trigger)[2] == certainty


@pytest.mark.parametrize(
    "sentence, trigger, status, polarity",
    [
        ("ولن ينسحب الجيش من البلدة.", "ينسحب", "planned", "negative"),
        ("ولم ينسحب الجيش من البلدة.", "ينسحب", "happened", "negative"),
        ("وقال إن جماعته لم يقتل منها سوى ثلاثة مقاتلين في القصف.", "يقتل", "happened", "positive"),
        ("ولم يقتل أحد في القصف إلا أن خمسة أصيبوا.", "يقتل", "happened", "negative"),
    ],
)
def test_a_negation_denies_what_was_or_will_be_and_not_what_is_taken_out_of_it(sentence, trigger, status, polarity):
    assert put(sentence, trigger)[:2] == (status, polarity)


@pytest.mark.parametrize(
    "sentence, trigger, status",
    [
        ("هدد المسلحون بأن يقصفوا المدينة.", "يقصفوا", "planned"),
        ("ودعا إلى أن ينسحب الجيش من البلدة.", "ينسحب", "hypothetical"),
        ("وقال إن المسلحين انسحبوا بعد أن قصفوا المدينة.", "قصفوا", "happened"),
        ("جمع الجنود الرجال قبل أن يطلقوا النار عليهم.", "يطلقوا النار", "happened"),
        ("قرر الجيش قصف المدينة.", "قصف", "planned"),
        ("ويسعى الجيش إلى استعادة السيطرة على المدينة.", "استعادة", "planned"),
        ("ومن المتوقع أن تنسحب القوات من البلدة خلال أسابيع.", "تنسحب", "planned"),
        ("وقرر الجيش أن ينسحب من البلدة.", "ينسحب", "planned"),
        ("قصف الجيش المدينة.", "قصف", "happened"),
        ("وحذرت الأمم المتحدة من أن هجوما واسعا على الفاشر قد يؤدي إلى نزوح مئات الآلاف.", "هجوما", "hypothetical"),
        ("وحذرت الأمم المتحدة من أن هجوما واسعا على الفاشر قد يؤدي إلى نزوح مئات الآلاف.", "نزوح", "hypothetical"),
        ("وأدى القصف على الفاشر إلى نزوح مئات الآلاف.", "القصف", "happened"),
    ],
)
def test_what_is_meant_feared_or_wanted_has_not_happened(sentence, trigger, status):
    assert put(sentence, trigger)[0] == status


@pytest.mark.parametrize(
    "sentence, status",
    [("هل قصفت إسرائيل مراكز الإغاثة من الجو؟", "hypothetical"), ("من أين قصفت إسرائيل مراكز الإغاثة؟", "happened")],
)
def test_who_asks_whether_leaves_open_what_who_asks_whence_takes_as_given(sentence, status):
    assert put(sentence, "قصفت")[0] == status


@pytest.mark.parametrize(
    "sentence, trigger, status, actors",
    [
        ("وتعهد رئيس الوزراء بمحاسبة المسؤولين عن قتل المتظاهرين.", "قتل", "happened", []),
        ("وطالبت المنظمة بالتحقيق في قصف المستشفى.", "قصف", "happened", []),
        ("وتعهدت الحركة بقصف المدينة.", "قصف", "planned", ["الحركة"]),
        ("ودعت المنظمة إلى محاكمة المسلحين الذين قتلوا المتظاهرين.", "قتلوا", "happened", ["المسلحين"]),
    ],
)
def test_what_is_to_be_judged_happened_and_not_by_who_promises_it(sentence, trigger, status, actors):
    (claim,) = [c for c in read(sentence, "ar").claims if c.trigger and c.trigger.exact == trigger]
    assert (claim.status, [a.exact for a in claim.actors]) == (status, actors)


def test_a_state_right_behind_the_verb_is_who_does_it_and_no_place():
    (claim,) = read("قصفت إسرائيل مدينة صور.", "ar").claims
    assert ([a.exact for a in claim.actors], [p.exact for p in claim.places]) == (["إسرائيل"], ["مدينة صور"])


def test_an_attack_nobody_has_claimed_is_no_claim():
    assert read("ولم تتبن أي جهة عملية الخطف.", "ar").claims == ()


@pytest.mark.parametrize(
    "sentence, triggers",
    [
        ("سيطر تنظيم الدولة على تدمر في القصف.", ["سيطر"]),
        ("وقالت منظمة إن الغارات تدمر المستشفى.", ["تدمر"]),
    ],
)
def test_behind_a_preposition_stands_a_town_and_no_verb(sentence, triggers):
    assert [c.trigger.exact for c in read(sentence, "ar").claims if c.trigger] == triggers


def test_now_and_then_is_a_habit():
    assert put("وتقصف إيران من حين إلى آخر مواقع لأحزاب كردية.", "تقصف")[0] == "habitual"


@pytest.mark.parametrize(
    "sentence, trigger, status, polarity",
    [
        ("وما قصفت القوات أي مدرسة، بحسب المتحدث.", "قصفت", "happened", "negative"),
        ("وقال إن ما قصفته القوات كان مدرسة.", "قصفته", "happened", "positive"),
        ("انسحب المسلحون دون أن يقتلوا أحدا.", "يقتلوا", "happened", "negative"),
        ("ولا تزال القوات تقصف المدينة.", "تقصف", "ongoing", "positive"),
        ("وكادت القذيفة تقتل ثلاثة مدنيين.", "تقتل", "hypothetical", "positive"),
    ],
)
def test_what_was_not_goes_on_or_nearly_was(sentence, trigger, status, polarity):
    assert put(sentence, trigger)[:2] == (status, polarity)


@pytest.mark.parametrize(
    "sentence, triggers",
    [
        ("وعثر السكان على جثث خمسة جنود قرب القرية.", ["جثث"]),
        ("وتم الإفراج عن عشرة أسرى في صنعاء.", ["الإفراج"]),
        ("وبدأت القوات الروسية الانسحاب من خيرسون.", ["الانسحاب"]),
        ("وبدأت الحملة الانتخابية في تونس.", []),
    ],
)
def test_a_verbal_noun_behind_a_verb_that_only_says_it_was_done_tells_it(sentence, triggers):
    assert [c.trigger.exact for c in read(sentence, "ar").claims if c.trigger] == triggers
