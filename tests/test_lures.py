"""Sport, weather, prices, illness, history and film stay silent, whatever words of war they use; and no real event with them."""

from pathlib import Path

import pytest

from reading import read

LURES = Path(__file__).parent / "lures"
# Of sixty news sentences without a listed event at most three may seem to hold one (issue 4).
AT_MOST = 3 / 60
# Of the sentences of events among such words at least so many must be found.
AT_LEAST = 0.9


def rows(name):
    """(language, sentence) of a list, comments left out."""
    lines = (LURES / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def holds_event(language, sentence):
    """Whether a happening, or a holding of a place, is found in the sentence."""
    return any(c.trigger is not None or c.territory for c in read(sentence, language).claims)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_metaphors_and_disasters_are_no_events(language):
    sentences = [sentence for code, sentence in rows("silent.tsv") if code == language]
    assert len(sentences) >= 50
    false = [sentence for sentence in sentences if holds_event(language, sentence)]
    assert len(false) / len(sentences) <= AT_MOST, false


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_an_event_among_such_words_is_still_one(language):
    sentences = [sentence for code, sentence in rows("events.tsv") if code == language]
    found = [sentence for sentence in sentences if holds_event(language, sentence)]
    assert len(found) / len(sentences) >= min(AT_LEAST, 1 - 1 / len(sentences)), set(sentences) - set(found)
