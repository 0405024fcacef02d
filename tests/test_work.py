"""No text costs more than its length: the lines of our code that run are counted, not seconds."""

import sys
from pathlib import Path

import pytest

import reportedly
from reading import reader
from reportedly import api, rules
from reportedly.gazetteer import Gazetteer

HOME = str(Path(reportedly.__file__).parent)
FEW, MANY = 100, 400


def lines_run(act):
    """The lines of our own code that run during ``act``, those of comprehensions once an item."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        if not frame.f_code.co_filename.startswith(HOME):
            return None
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(None)
    return count


def work(text, language="fr"):
    """The lines that run where ``text`` is read by a reader that has read it before."""
    document = next(iter(api.documents(text, language=language)))
    reader().read(document)
    return lines_run(lambda: reader().read(document))


@pytest.mark.parametrize(
    "unit",
    [
        "« ",
        '" ',
        "l'",
        "Selon l'armée, ",
        "« Les rebelles ont tué dix civils, a dit l'armée. ",
        "L'armée a démenti. ",
        "12 morts, ",
        "Le Hezbollah a pris Alep mardi. ",
    ],
)
def test_a_text_four_times_as_long_takes_about_four_times_the_work(unit):
    few, many = work(unit * FEW), work(unit * MANY)
    # Four times as much in proportion, sixteen times as a square.
    assert many < 6 * few, (few, many)


def test_a_word_seen_before_is_not_split_folded_or_looked_up_again():
    language = rules.load("fr")
    text = "Les rebelles ont pris Qalamoune, selon une source militaire. "
    language.prepare(text)
    again = lines_run(lambda: language.prepare(text))
    assert lines_run(lambda: language.prepare(text + "Quarante-deux chevaux s'égarèrent. ")) > again
    asked = []
    shelf = language.lexicon("function_words").shelf
    card = shelf._card
    shelf._card = lambda *given: asked.append(given) or card(*given)
    try:
        language.lexicon("function_words").hits(language.prepare(text))
        language.lexicon("function_words").hits(language.prepare(text + text))
    finally:
        del shelf._card
    assert len(asked) <= len(set(language.prepare(text).words))


def test_what_stands_in_a_text_is_kept_with_it():
    language = rules.load("fr")
    text = language.prepare("Les rebelles ont pris Qalamoune, selon une source militaire.")
    assert language.lexicon("speech_verbs").hits(text) is text.found["speech_verbs"]
    assert text.shelf is language.lexicon("function_words").shelf


def test_a_report_read_again_asks_the_gazetteer_file_nothing(monkeypatch):
    asked = []
    rows = Gazetteer._rows
    monkeypatch.setattr(Gazetteer, "_rows", lambda *given: asked.append(given[1:]) or rows(*given))
    document = next(iter(api.documents("Les rebelles ont pris Zabadani et Arsal mardi.", language="fr")))
    reader().read(document)
    asked.clear()
    reader().read(document)
    assert asked == []
