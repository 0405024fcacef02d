"""Hostile input: each kind of it, and that a hostile stretch costs the report around it nothing."""

import sys

import pytest

import hostile
import reportedly
from reading import read, reader
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


EACH = [(language, name) for language in hostile.REPORTS for name in hostile.units(language)]


def told(reading, *, between=(0, 0)):
    """What the claims of a reading say, those whose words begin in that stretch of the text left out; where the rest begins is 0."""
    first, last = between
    found = []
    for claim in reading.claims:
        span = claim.trigger or claim.content
        if not first <= span.start < last:
            sources = [link.source.exact for link in claim.chain if link.source]
            leaves = (*claim.actors, *claim.recipients, *claim.places, *claim.times, *claim.quantities)
            start = span.start - (last - first if span.start >= last else 0)
            kind = (claim.type, claim.polarity, claim.certainty, claim.status)
            found.append((span.exact, start, sources, kind, [leaf.exact for leaf in leaves]))
    return found


@pytest.mark.parametrize("language, name", EACH)
def test_a_hostile_stretch_costs_none_of_the_claims_around_it(language, name):
    """Told is the language too: what is repeated a thousand times counts once."""
    before, behind = hostile.REPORTS[language]
    text = hostile.around(language, hostile.units(language)[name], 2000)
    (document,) = reportedly.documents(text)
    assert document.language.value == language
    assert told(reader().read(document), between=(len(before), len(text) - len(behind))) == told(
        read(before + behind, language)
    )


def test_the_report_around_a_stretch_tells_something():
    for language, (before, behind) in hostile.REPORTS.items():
        starts = [start for _, start, sources, _, _ in told(read(before + behind, language)) if sources]
        assert min(starts) < len(before) <= max(starts)


def calls(document):
    """How many functions are called to read a document: its work, whatever else the machine does."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        reader().read(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("language, name", EACH)
def test_three_times_as_much_of_the_same_is_three_times_the_work(language, name):
    unit = hostile.units(language)[name]
    none, once, thrice = (
        next(iter(reportedly.documents(hostile.around(language, unit, size), language=language)))
        for size in (0, 1500, 4500)
    )
    # what is loaded and remembered with the first reading is no work of the others
    for document in (once, thrice):
        reader().read(document)
    assert calls(thrice) - calls(none) < 4 * (calls(once) - calls(none)) + 1000
