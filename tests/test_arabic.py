"""Arabic without a parser: clitics by character, rules on tokens, spelling variants folded."""

import pytest

from reading import read
from reportedly import rules
from reportedly.find import quantities, times


@pytest.fixture(scope="module")
def arabic():
    return rules.load("ar")


@pytest.mark.parametrize(
    "word, tokens",
    [
        ("وقال", ["و", "قال"]),
        ("وبحسب", ["و", "بحسب"]),
        ("فقتل", ["ف", "قتل"]),
        ("والمدنيين", ["و", "المدنيين"]),
        ("بالغارة", ["ب", "الغارة"]),
        ("و25", ["و", "25"]),
        ("الـ24", ["الـ", "24"]),
        ("بـ15", ["بـ", "15"]),
        ("وعشرون", ["و", "عشرون"]),
    ],
)
def test_a_clitic_is_split_where_the_rest_is_a_known_word(arabic, word, tokens):
    assert arabic.prepare(word).words == tokens


@pytest.mark.parametrize(
    "word, tokens",
    [
        ("بتنفيذ", ["ب", "تنفيذ"]),
        ("لاستجواب", ["ل", "استجواب"]),
        ("بارتكاب", ["ب", "ارتكاب"]),
        ("وبمحاسبة", ["و", "ب", "محاسبة"]),
        ("لانهيار", ["ل", "انهيار"]),
        ("باكستان", ["باكستان"]),
        ("سيارات", ["سيارات"]),
    ],
)
def test_a_clitic_is_split_where_the_rest_is_written_like_a_verbal_noun(arabic, word, tokens):
    assert arabic.prepare(word).words == tokens


@pytest.mark.parametrize("word", ["وزير", "كانت", "لبنان", "بيان", "سوق", "فجر", "واحد", "بعد", "كل", "M23"])
def test_a_word_that_only_looks_like_a_clitic_stays_whole(arabic, word):
    assert arabic.prepare(word).words == [word]


def test_tokens_keep_the_offsets_of_the_text_as_it_stands(arabic):
    sentence = "وقُتِل ١٢ مدنيّاً، والتحقيق جارٍ"
    text = arabic.prepare(sentence)
    assert all(sentence[s:e] == w for s, e, w in zip(text.starts, text.ends, text.words, strict=True))
    assert "".join(text.words) == "".join(sentence.split())


@pytest.mark.parametrize(
    "one, other",
    [
        ("أعلن", "اعلن"),
        ("إصابة", "اصابة"),
        ("على", "علي"),
        ("قُتِل", "قتل"),
        ("مدنيّاً", "مدنيا"),
    ],
)
def test_hamzas_and_vowel_signs_do_not_matter(arabic, one, other):
    assert arabic.prepare(one).norms == arabic.prepare(other).norms


def test_ten_rules_and_more_work_without_a_parser(arabic):
    fired = set()
    report = (
        "قُتل ما لا يقل عن 14 مدنياً يوم الأحد في قصف، وأصيب بين 3 و5 جنود فجر الاثنين. نزح المئات منذ مايو الماضي. "
        "سقطت المدينة في عام 2013، وهاجموها الأسبوع الماضي وقبل ثلاثة أيام، ليل الأحد - الاثنين، وفي 12 أكتوبر 2019. "
        "تستمر العملية حتى الخميس، وخلال الـ24 ساعة الماضية قتل طفلان."
    )
    text = arabic.prepare(report)
    assert arabic.parser is None
    fired.update(t.by for t in times.find(text, arabic, published="2024-03-14"))
    fired.update(q.by for q in quantities.find(text, arabic))
    assert len(fired) >= 10, sorted(fired)


def test_every_example_of_every_arabic_rule_holds():
    faults, tried = rules.check("ar")
    assert [f"{fault.where}: {fault.what}" for fault in faults] == []
    assert tried > 100


@pytest.mark.parametrize(
    "form, act",
    [
        ("قال", "assert"),
        ("وقالت", "assert"),
        ("أعلنت", "announce"),
        ("نفى", "deny"),
        ("نفت", "deny"),
        ("ينفي", "deny"),
        ("اتهمت", "accuse"),
        ("مؤكداً", "assert"),
        ("يخشى", "believe"),
        ("توعد", "threaten"),
        ("ناشد", "demand"),
    ],
)
def test_a_verb_of_saying_is_known_in_its_forms_with_its_act(arabic, form, act):
    text = arabic.prepare(form)
    entry = arabic.lexicon("speech_verbs").entry(text.norms[-1])
    assert entry is not None
    assert entry.get("act") == act


@pytest.mark.parametrize("phrase", ["بحسب", "وفقاً لـ", "وفق", "نقلاً عن", "حسب"])
def test_a_preposition_that_introduces_a_source_is_known(arabic, phrase):
    text = arabic.prepare(f"{phrase} مصادر محلية")
    assert arabic.lexicon("speech_prepositions").match(text, 0) is not None


@pytest.mark.parametrize("noun, kind", [("المصدر", "anonymous"), ("شهود عيان", "witness"), ("المتحدث", "official")])
def test_a_source_noun_is_known_with_and_without_the_article(arabic, noun, kind):
    match = arabic.lexicon("source_nouns").match(arabic.prepare(noun), 0)
    assert match is not None
    assert match[1].get("kind") == kind


def test_an_accusation_without_a_parse_is_read():
    found = read(
        "قُتل 11 مدنياً يوم الاثنين في غارات جوية استهدفت مستشفى في مدينة معرة النعمان، بحسب ناشطين.\n"
        "واتهمت منظمة أطباء بلا حدود روسيا بتنفيذ الغارات.",
        "ar",
    )
    assert "accuse" in {link.act for claim in found.claims for link in claim.chain}


@pytest.mark.parametrize(
    "sentence, counted",
    [
        ("وأكد المتحدث أن ثلاثة جنود قتلوا وأن خمسة آخرين أصيبوا بجروح.", ["killed", "injured"]),
        ("قتل ثلاثة جنود وأصيب خمسة آخرون.", ["killed", "injured"]),
        ("أعدم مسلحون ثلاثة مزارعين بعدما اختطفوهم من القرية.", ["killed"]),
        ("وتظاهر المئات في البصرة للمطالبة بفرص عمل.", ["people"]),
    ],
)
def test_a_verb_that_agrees_with_those_before_it_tells_what_befell_them(sentence, counted):
    claim = read(sentence, "ar").claims[0]
    assert [q.kind for q in claim.quantities] == counted


@pytest.mark.parametrize(
    "sentence, exact, days",
    [
        ("وقتل ثلاثة مدنيين ليل الأحد الاثنين في خيرسون.", "ليل الأحد الاثنين", ("2023-06-18", "2023-06-19")),
        ("وقتل ثلاثة مدنيين بين 23 و31 آذار/مارس في حلب.", "بين 23 و31 آذار/مارس", ("2023-03-23", "2023-03-31")),
        ("وقتل ثلاثة مدنيين ليل أمس الأحد في خيرسون.", "ليل أمس الأحد", ("2023-06-18", "2023-06-18")),
    ],
)
def test_a_night_between_two_days_and_days_of_one_month_are_one_time(sentence, exact, days):
    (claim,) = read(sentence, "ar", published="2023-06-19").claims
    assert [(t.exact, (str(t.earliest), str(t.latest))) for t in claim.times] == [(exact, days)]


def test_the_hundredth_day_of_a_war_is_not_today():
    (claim,) = read("في اليوم الـ480 للحرب قصفت روسيا خيرسون.", "ar", published="2023-06-19").claims
    assert claim.times == ()
