"""Hostile input: each kind of it, and that a hostile stretch costs the report around it nothing."""

import pytest

from reading import reader
from reportedly import samples, syntax
from reportedly import text as texts

# --- memory ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parse", [syntax.parse, syntax.parse_apart])
def test_the_models_are_given_so_many_words_at_once_and_no_more(monkeypatch, parse):
    """A hundred thousand tokens at once are two gigabytes: what is longer is parsed sentences by sentences, to the same end."""
    language = reader().language("fr")
    text = language.prepare("".join(each["text"] for each in samples.articles() if each["language"] == "fr"))
    whole = parse(text, language.parser)
    sizes = []
    make = syntax._through

    def through(pipeline, documents):
        sizes.append(sum(map(len, documents)))
        return make(pipeline, documents)

    monkeypatch.setattr(syntax, "_through", through)
    monkeypatch.setattr(syntax, "MOST_AT_ONCE", 100)
    monkeypatch.setattr(syntax, "_known", {})
    apart = parse(text, language.parser)
    assert len(sizes) > 3
    assert max(sizes) <= 100
    assert len(apart.pos) == len(text)
    told = list(zip(whole.pos, whole.dep, whole.head, strict=True))
    same = sum(
        one == other for one, other in zip(told, zip(apart.pos, apart.dep, apart.head, strict=True), strict=True)
    )
    # the models look a few words beyond a sentence's ends
    assert same >= len(text) * 0.95


# --- time --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["و" * 5_000, "ل" * 300, "لل" * 100, "فلل" * 100, "وبال" * 200])
def test_a_word_of_nothing_but_clitics_is_split_a_few_times_and_no_more(monkeypatch, word):
    """What two clitics begin alike was split in ever more ways with each letter more."""
    language = reader().language("ar")
    calls = []
    split = texts.Splitter._clitics

    def counted(self, *given):
        calls.append(given)
        return split(self, *given)

    monkeypatch.setattr(texts.Splitter, "_clitics", counted)
    prepared = language.prepare(f"{word} قتل")
    assert "".join(prepared.words) == f"{word}قتل"
    assert 1 < len(calls) < 100
