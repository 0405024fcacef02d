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
    assert actors == ["متمردين"]
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


@pytest.mark.parametrize(
    "sentence, trigger, label",
    [
        ("قالت مصادر محلية إن قوات الاحتلال أطلقت النار في البلدة.", "أطلقت النار", "قوات الاحتلال"),
        ("أغار الطيران المعادي على سيارة.", "أغار", "الطيران المعادي"),
        ("اعتقل جيش الاحتلال ثلاثة شبان.", "اعتقل", "جيش الاحتلال"),
    ],
)
def test_an_outlets_label_for_a_side_is_who_did_it_and_names_nobody(sentence, trigger, label):
    (claim,) = [c for c in read(sentence, "ar").claims if c.trigger and c.trigger.exact == trigger]
    assert [(a.exact, a.name, a.kind) for a in claim.actors] == [(label, None, "state-force")]


def test_a_label_is_named_where_the_report_names_whose_it_is():
    claims = read("قصفت إسرائيل خان يونس. وقال شهود إن قوات الاحتلال قتلت طفلا.", "ar").claims
    assert [a.name for c in claims if c.trigger and c.trigger.exact == "قتلت" for a in c.actors] == ["Israeli army"]


def test_whose_soldiers_died_is_not_guessed_beside_a_label():
    (claim,) = read("اعترف الاحتلال بمقتل جندي في جنين بالضفة الغربية.", "ar").claims
    assert [(r.exact, r.name) for r in claim.recipients] == [("جندي", None)]


def test_men_of_the_security_forces_are_no_armed_group():
    claims = read("قال ناشط إن عصائب أهل الحق تسيطر على المقر في العراق. وقتل أربعة عناصر أمن في بغداد.", "ar").claims
    (found,) = [c for c in claims if c.trigger and c.trigger.exact == "قتل"]
    assert [(r.exact, r.name) for r in found.recipients] == [("عناصر أمن", "Iraqi security forces")]


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("وقال شهود إن الطيران الحربي قصف السوق.", "قصف", ["الطيران الحربي"]),
        ("قالت منظمة إن الجيش قتل خمسة مدنيين.", "قتل", ["الجيش"]),
        ("أعلن الجيش السوري قتل خمسة مسلحين.", "قتل", []),
        ("حزب الله يعلن استهداف تجمع لجنود في موقع المرج.", "استهداف", ["حزب الله"]),
        ("أعلنت وزارة الصحة قصف مستشفى في خان يونس.", "قصف", []),
    ],
)
def test_whether_a_word_is_verb_or_verbal_noun_behind_who_is_named(sentence, trigger, actors):
    assert roles(sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وانتشل المسعفون الجرحى من منزل قصفته طائرات إسرائيلية في المخيم.", "قصفته", ["إسرائيلية"], ["منزل"]),
        ("وعاد السكان إلى القرية بعدما هاجمها المسلحون.", "هاجمها", ["المسلحون"], []),
        ("قال شاهد إن الجنود اعتقلوهم.", "اعتقلوهم", ["الجنود"], []),
        # The last letter is the verb's own.
        ("واجه الجيش المسلحين وقتل الجيش ثلاثة مسلحين.", "قتل", ["الجيش"], ["مسلحين"]),
    ],
)
def test_behind_a_verb_with_its_object_written_onto_it_stands_who_did_it(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("انسحب المسلحون من البلدة، وقتل فيها مدنيان.", "قتل", [], ["مدنيان"]),
        ("هاجم الجيش القرية وقتل ثلاثة مسلحين.", "قتل", ["الجيش"], ["مسلحين"]),
        ("فرضت القوات حظرا واعتقلت خمسة أشخاص.", "اعتقلت", ["القوات"], ["أشخاص"]),
    ],
)
def test_a_subject_is_carried_over_only_to_a_verb_that_agrees_with_it(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("قتلت قوات الأمن، الاثنين، ثلاثة متظاهرين في بغداد.", "قتلت", ["قوات الأمن"], ["متظاهرين"]),
        ("قتل الجيش، بحسب شهود، خمسة مدنيين في الفاشر.", "قتل", ["الجيش"], ["مدنيين"]),
        ("اختطف مسلحون ملثمون، فجر الثلاثاء، ناشطا حقوقيا.", "اختطف", ["مسلحون ملثمون"], ["ناشطا"]),
        # What stands between the commas is a clause of its own.
        ("قصف الجيش، وقتل المسلحون جنديا، ثلاثة مواقع.", "قتل", ["المسلحون"], ["جنديا"]),
    ],
)
def test_a_time_or_who_says_so_between_two_commas_parts_no_verb_from_its_object(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وقال الجيش إنه قضى على 203 مسلحين في مورا.", "قضى على", ["الجيش"], ["مسلحين"]),
        ("قضى ثلاثة مدنيين في القصف.", "قضى", [], ["مدنيين"]),
        ("ارتقى الشاب برصاص مستوطنين قرب القرية.", "ارتقى", ["مستوطنين"], ["الشاب"]),
    ],
)
def test_who_dies_and_who_puts_an_end_to_somebody_are_told_apart(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize("sentence", ["وتقضي الحكومة على الفساد في البلاد.", "ارتقى الوزير سلم المناصب."])
def test_an_end_put_to_things_and_a_career_kill_nobody(sentence):
    assert not [c for c in read(sentence, "ar").claims if c.type == "ASSAULT"]


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وقال مصدر إن الجيش رد على مصادر النيران ودمر ثلاث مركبات.", "دمر", ["الجيش"], ["مركبات"]),
        ("ثلاثة جنود قتلوا في انفجار لغم.", "قتلوا", [], ["جنود"]),
        ("ثلاثة مسلحين قتلوا جنديا في سيناء.", "قتلوا", ["مسلحين"], ["جنديا"]),
        ("شارك مئات المحتجين في تظاهرة أمام البرلمان في تونس.", "تظاهرة", ["المحتجين"], []),
        ("وحوكم المسلحون الذين قتلوا ثلاثة مدنيين في حلب.", "قتلوا", ["المسلحون"], ["مدنيين"]),
        ("وشيع السكان الجنود الذين قتلوا في حلب.", "قتلوا", [], []),
        ("لم ننسحب من مواقعنا رغم طلب الجيش الإسرائيلي.", "ننسحب", [], []),
    ],
)
def test_a_subject_goes_on_behind_that_and_those_counted_fell(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    "sentence, trigger, actors",
    [
        ("وقال إن قوة من الحشد الشعبي لاحقت المهاجمين وقتلت اثنين منهم.", "قتلت", ["الحشد الشعبي"]),
        ("أحكمت وحدات من الجيش العربي السوري سيطرتها على تلة الثلاجة.", "سيطرتها", ["وحدات من الجيش العربي السوري"]),
        ("أعلن المتحدث العسكري باسم الحوثيين تنفيذ هجوم واسع على مطار أبها.", "هجوم", ["الحوثيين"]),
        ("أعلن الجيش وقوع هجوم واسع على مطار أبها.", "هجوم", []),
        ("اتهمت وزارة الخارجية السودانية الدعم السريع بقصف السوق.", "قصف", ["الدعم السريع"]),
    ],
)
def test_who_did_it_may_stand_far_before_the_deed(sentence, trigger, actors):
    assert roles(sentence, trigger)[0] == actors


@pytest.mark.parametrize(
    "sentence, trigger, actors, recipients",
    [
        ("وجرى اعتقال ثلاثة مشتبه بهم في عدن.", "اعتقال", [], ["مشتبه بهم"]),
        ("هاجم مسلحون يستقلون دراجات نارية قرية وقتلوا 20 شخصا وأحرقوا منازل.", "هاجم", ["مسلحون"], []),
        ("هاجم مسلحون يستقلون دراجات نارية قرية وقتلوا 20 شخصا وأحرقوا منازل.", "أحرقوا", ["مسلحون"], ["منازل"]),
    ],
)
def test_those_counted_are_taken_and_those_who_ride_act(sentence, trigger, actors, recipients):
    assert roles(sentence, trigger) == (actors, recipients)


def test_aircraft_named_before_are_not_the_countrys_own():
    text = "شن طيران العدوان غارة على صنعاء في اليمن. وقال مصدر إن الطيران منع سيارات الإسعاف من الوصول."
    (claim,) = [c for c in read(text, "ar").claims if c.trigger and c.trigger.exact == "منع"]
    assert [(a.exact, a.name) for a in claim.actors] == [("الطيران", "Saudi-led coalition")]
