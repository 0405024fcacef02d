"""Times: what is found, what date it is, and when no date may be given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import rules
from reportedly.find import times

# A Thursday.
PUBLISHED = "2024-03-14"


def found(code, sentence, published=PUBLISHED, **options):
    language = rules.load(code)
    return times.find(language.prepare(sentence), language, published=published, **options)


def dated(code, sentence, published=PUBLISHED):
    return [(time.exact, time.earliest, time.latest) for time in found(code, sentence, published)]


@pytest.mark.parametrize(
    "code, sentence, exact, earliest, latest",
    [
        ("fr", "Ils ont fui mardi.", "mardi", "2024-03-12", "2024-03-12"),
        ("fr", "Ce jeudi, un raid a visé Flita.", "Ce jeudi", "2024-03-14", "2024-03-14"),
        ("fr", "Jeudi dernier, un raid a visé Flita.", "Jeudi dernier", "2024-03-07", "2024-03-07"),
        ("fr", "Il est mort avant-hier.", "avant-hier", "2024-03-12", "2024-03-12"),
        ("fr", "Repris hier à l'aube, le village brûle.", "hier à l'aube", "2024-03-13", "2024-03-13"),
        ("fr", "Ils ont été tués le 3 mars.", "le 3 mars", "2024-03-03", "2024-03-03"),
        ("fr", "Ils ont été enlevés le 10 octobre.", "le 10 octobre", "2023-10-10", "2023-10-10"),
        ("fr", "En mars, douze sont morts.", "En mars", "2024-03-01", "2024-03-31"),
        ("fr", "En mars dernier, douze sont morts.", "En mars dernier", "2023-03-01", "2023-03-31"),
        ("fr", "En mai, douze sont morts.", "En mai", "2023-05-01", "2023-05-31"),
        ("fr", "A la mi-février, ils ont fui.", "A la mi-février", "2024-02-11", "2024-02-20"),
        (
            "fr",
            "Du lundi 4 au mercredi 6 mars, ils ont fui.",
            "Du lundi 4 au mercredi 6 mars",
            "2024-03-04",
            "2024-03-06",
        ),
        ("fr", "Il y a deux mois, ils ont fui.", "Il y a deux mois", "2024-01-01", "2024-01-31"),
        ("fr", "Depuis dix jours, la ville brûle.", "Depuis dix jours", "2024-03-04", None),
        ("fr", "Le conflit dure depuis avril 2023.", "depuis avril 2023", "2023-04-01", None),
        ("fr", "L'armée a tiré dans la nuit.", "dans la nuit", "2024-03-13", "2024-03-14"),
        ("fr", "Cette semaine, ils ont fui.", "Cette semaine", "2024-03-11", "2024-03-17"),
        ("fr", "De mars à juin 2023, ils ont fui.", "De mars à juin 2023", "2023-03-01", "2023-06-30"),
        ("fr", "Dans les années 1990, ils ont fui.", "Dans les années 1990", "1990-01-01", "1999-12-31"),
        ("en", "They fled on Tuesday.", "Tuesday", "2024-03-12", "2024-03-12"),
        ("en", "They died on March 3.", "March 3", "2024-03-03", "2024-03-03"),
        ("en", "They died on 3 March 2022.", "3 March 2022", "2022-03-03", "2022-03-03"),
        ("en", "The toll rose overnight.", "overnight", "2024-03-13", "2024-03-14"),
        ("en", "Last September, a missile hit it.", "Last September", "2023-09-01", "2023-09-30"),
        ("en", "Two weeks ago they fled.", "Two weeks ago", "2024-02-26", "2024-03-03"),
        ("en", "They fled since last month.", "since last month", "2024-02-01", None),
        ("en", "It fell in late January.", "in late January", "2024-01-21", "2024-01-31"),
        ("en", "In the past 24 hours they fled.", "In the past 24 hours", "2024-03-13", "2024-03-14"),
        ("ar", "قتل مدنيون يوم الأحد في قصف", "يوم الأحد", "2024-03-10", "2024-03-10"),
        ("ar", "ضربت الغارة أمس مخزناً", "أمس", "2024-03-13", "2024-03-13"),
        ("ar", "سقطت المدينة قبل ثلاثة أعوام.", "قبل ثلاثة أعوام", "2021-01-01", "2021-12-31"),
        ("ar", "تحاصر القوات المدينة منذ مايو الماضي", "منذ مايو الماضي", "2023-05-01", None),
        ("ar", "هاجموا القرية في 12 أكتوبر/تشرين الأول 2019", "12 أكتوبر/تشرين الأول 2019", "2019-10-12", "2019-10-12"),
    ],
)
def test_an_expression_has_the_dates_its_words_mean(code, sentence, exact, earliest, latest):
    assert dated(code, sentence) == [(exact, earliest, latest)]


@pytest.mark.parametrize(
    "code, sentence, earliest",
    [
        ("fr", "Le ministre se rendra mardi à Kiev.", "2024-03-19"),
        ("fr", "Le ministre s'est rendu mardi à Kiev.", "2024-03-12"),
        ("fr", "La réunion aura lieu le 20 mars.", "2024-03-20"),
        ("fr", "Il sera inhumé dimanche.", "2024-03-17"),
        ("fr", "Les élections prévues en novembre ont été reportées.", "2024-11-01"),
        ("fr", "Des renforts devaient être dépêchés jeudi.", "2024-03-14"),
        ("en", "He will meet them on Tuesday.", "2024-03-19"),
        ("en", "He met them on Tuesday.", "2024-03-12"),
        ("en", "The truce took effect on March 1 and will hold.", "2024-03-01"),
        ("ar", "يزور الوزير كييف الاثنين المقبل", "2024-03-18"),
    ],
)
def test_the_tense_of_the_clause_tells_what_lies_ahead(code, sentence, earliest):
    assert [time.earliest for time in found(code, sentence)] == [earliest]


@pytest.mark.parametrize(
    "code, sentence, says",
    [
        ("fr", "Ils ont fui mardi.", "tuesday"),
        ("fr", "Ils ont fui hier.", "yesterday"),
        ("fr", "Ils ont fui le mois dernier.", "last month"),
        ("fr", "Ils ont fui en mars.", "--03"),
        ("fr", "Ils ont fui le 3 mars.", "--03-03"),
        ("fr", "Ils ont fui vers 16H00.", "vers 16h00"),
        ("en", "They fled on Monday.", "monday"),
        ("en", "They fled last week.", "last week"),
        ("ar", "قصفوا المدينة أمس", "yesterday"),
    ],
)
def test_without_a_date_of_its_own_a_report_gives_none_but_keeps_what_it_says(code, sentence, says):
    (time,) = found(code, sentence, published=None)
    assert (time.earliest, time.latest, time.anchored, time.anchor) == (None, None, False, None)
    assert says.removeprefix("vers ") in (time.says or "")


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "Ils ont fui il y a quelques jours."),
        ("fr", "Ils ont fui ces derniers jours."),
        ("fr", "Ils ont fui il y a plus de deux ans."),
        ("en", 'They promised to break the siege "within days".'),
        ("en", "They fled several months ago."),
        ("ar", "خرج المستشفى عن الخدمة منذ شهور."),
    ],
)
def test_what_leaves_the_length_of_time_open_gets_no_date(code, sentence):
    (time,) = found(code, sentence)
    assert (time.earliest, time.latest, time.anchored) == (None, None, False)


def test_a_near_day_without_year_or_verb_is_left_open():
    assert dated("fr", "Sommet de Genève, le 20 mars") == [("le 20 mars", None, None)]


def test_an_order_of_day_and_month_that_could_be_either_is_left_open():
    assert dated("en", "The attack of 3/5/2024 and that of 25/5/2024") == [
        ("3/5/2024", None, None),
        ("25/5/2024", "2024-05-25", "2024-05-25"),
    ]


@pytest.mark.parametrize(
    "code, text, published, earliest, anchor",
    [
        ("fr", "BEYROUTH, 9 juin 2015 (AFI) - Ils ont pris mardi des collines.", None, "2015-06-09", "dateline"),
        (
            "fr",
            "BEYROUTH, 9 juin 2015 (AFI) - Ils ont pris mardi des collines.",
            "2015-06-11",
            "2015-06-09",
            "dateline",
        ),
        ("en", "KYIV, June 5 (Wire) - They hit it on Wednesday morning.", "2024-06-06", "2024-06-05", "dateline"),
        ("en", "KYIV, June 5 (Wire) - They hit it on Wednesday morning.", "2024-06-04", "2024-06-05", "dateline"),
        ("en", "KYIV, June 5 (Wire) - They hit it on Wednesday morning.", None, None, None),
        ("fr", "Ils ont pris mardi des collines.", "2015-06-11", "2015-06-09", "metadata"),
        ("fr", "Ils ont pris mardi des collines.\n\nFait à Bamako, le 11 juin 2015", None, "2015-06-09", "text"),
        ("ar", "القلمون - صدى القلمون - الثلاثاء 9 حزيران 2015\n\nألقى براميل أمس", None, "2015-06-08", "text"),
    ],
)
def test_the_dateline_dates_a_report_before_its_publication_and_a_signed_line_last(
    code, text, published, earliest, anchor
):
    (time,) = found(code, text, published=published)
    assert (time.earliest, time.anchor) == (earliest, anchor)


def test_who_gave_the_date_is_told():
    (time,) = found("fr", "Ils ont fui mardi.", anchor_source="user")
    assert (time.anchor, time.basis, "2024-03-14" in time.reason) == ("user", "inferred", True)


def test_a_full_date_is_stated():
    (time,) = found("fr", "Ils ont fui le 5 mai 2015.")
    assert (time.anchor, time.basis, time.reason) == ("text", "stated", "")


def test_the_clock_of_a_web_page_is_no_time_and_no_anchor():
    text = "24-11-2024 06:25 PM Jerusalem Timing\n\nIls ont pris mardi des collines."
    (time,) = found("fr", text, published=None)
    assert (time.exact, time.earliest) == ("mardi", None)


@pytest.mark.parametrize(
    "code, text, exact, earliest",
    [
        (
            "fr",
            "17 civils ont été tués samedi, ont indiqué dimanche des élus.\n\nIls sont arrivés vers 16H00.",
            "vers 16H00",
            "2024-03-09",
        ),
        (
            "fr",
            "22 ont été blessés hier. La police a tiré.\n\nIls ont manifesté dans la soirée.",
            "dans la soirée",
            "2024-03-13",
        ),
        ("fr", "Les combats ont repris le 2 mars. La veille, un accord avait été signé.", "La veille", "2024-03-01"),
        ("en", "Missiles hit it on Tuesday. Two saw soldiers the day before.", "the day before", "2024-03-11"),
    ],
)
def test_a_clock_time_or_the_day_before_follows_the_day_told_before(code, text, exact, earliest):
    (time,) = [t for t in found(code, text) if t.exact == exact]
    assert (time.earliest, time.basis) == (earliest, "inferred")


def test_where_only_a_saying_is_dated_a_part_of_the_day_gets_no_date():
    text = "The army on Monday accused the rebels. The wards had received nine bodies by nightfall."
    assert [t.earliest for t in found("en", text) if t.exact == "by nightfall"] == [None]


def test_since_then_opens_at_the_time_told_before():
    text = "En août 2014, ils ont capturé trente soldats. Quatre ont été exécutés depuis."
    (_, time) = found("fr", text)
    assert (time.exact, time.earliest, time.latest) == ("depuis", "2014-08-01", None)


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "Un couvre-feu de 19h à 6h."),
        ("fr", "Il y a des tirs chaque lundi."),
        ("fr", "Le groupe Septembre noir a frappé."),
        ("fr", "Mars attaque."),
        ("fr", "Après deux heures de combats, ils ont fui."),
        ("fr", "Ils combattent pendant dix jours."),
        ("en", "They may march on the city."),
        ("en", "A curfew from 7 p.m. to 6 a.m."),
        ("en", "Shelling every day."),
        ("ar", "خرجوا بعد صلاة الجمعة"),
    ],
)
def test_habits_names_and_durations_are_no_times(code, sentence):
    assert found(code, sentence) == ()


def test_a_day_that_does_not_exist_is_no_time():
    assert found("fr", "Le 31 février 2015, ils ont fui.") == ()


WORDS = """
le lundi mardi depuis dernier mois mai 2015 3 au du entre et il y a deux semaines vers 16h avant
hier dans la nuit de à . , - in on since March 5 ago last منذ يوم الأحد قبل
"""
words = st.sampled_from(WORDS.split())


@given(st.lists(words, max_size=25), st.sampled_from(["fr", "en", "ar"]), st.sampled_from([None, PUBLISHED]))
def test_whatever_the_words_spans_are_the_texts_own_and_dates_in_order(sample, code, published):
    sentence = " ".join(sample)
    for time in found(code, sentence, published=published):
        assert sentence[time.start : time.end] == time.exact
        assert time.anchored == bool(time.earliest or time.latest)
        if time.earliest and time.latest:
            assert time.earliest <= time.latest


def test_what_is_to_be_by_a_month_lies_ahead():
    (time,) = found("fr", "Le Kenya déploierait mille policiers d'ici à fin mai.", "2024-04-22")
    assert (time.exact, time.latest) == ("d'ici à fin mai", "2024-05-31")


@pytest.mark.parametrize(
    "code, sentence, days",
    [
        ("en", "Rebels will attack the city later this month.", ("2015-06-09", "2015-06-30")),
        ("en", "Rebels attacked the city earlier this month.", ("2015-06-01", "2015-06-09")),
        ("fr", "Les rebelles attaqueront la ville plus tard cette semaine.", ("2015-06-09", "2015-06-14")),
    ],
)
def test_later_this_month_begins_when_it_is_said(code, sentence, days):
    language = rules.load(code)
    (time,) = times.find(language.prepare(sentence), language, published="2015-06-09")
    assert (time.earliest, time.latest) == days
