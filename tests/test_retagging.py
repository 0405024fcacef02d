"""The table says what spaCy's ruler says, whatever the tags, relations and words."""

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from reportedly import Reader, syntax
from reportedly.retagging import Retagging

SENTENCES = {
    "en": "There is no army there. It did not fall, but what they had done that day was theirs: I'll not say who got 't.",
    "fr": "Il y a là une armée ; elle n'est pas tombée, mais ce qu'ils avaient fait ce jour-là était à eux.",
}


@pytest.fixture(scope="module", params=["en", "fr"])
def language(request):
    return Reader().language(request.param)


@pytest.fixture(scope="module")
def ruler(language):
    """The ruler as the model's package brings it."""
    return spacy.load(language.parser.package, exclude=["tokenizer", "vectors"]).get_pipe("attribute_ruler")


def by_ruler(ruler, document):
    return [(t.pos_, t.dep_, str(t.morph)) for t in ruler(document.copy())]


def test_the_parse_is_that_of_the_whole_pipeline(language):
    text = language.prepare(SENTENCES[language.code])
    pipeline = spacy.load(language.parser.package, exclude=[*syntax.UNUSED, "tokenizer"])
    document = syntax._document(text, pipeline, text.sentences)
    for _, component in pipeline.pipeline:
        document = component(document)
    (ours,) = syntax._through(
        syntax.load(language.parser), [syntax._document(text, syntax.load(language.parser).pipeline, text.sentences)]
    )
    assert syntax.RULER in pipeline.pipe_names
    assert syntax.RULER not in syntax.load(language.parser).pipeline.pipe_names
    assert ours == (
        [t.pos_ for t in document],
        [t.dep_ for t in document],
        [t.head.i for t in document],
        [str(t.morph) for t in document],
    )


@given(data=st.data())
def test_tokens_of_any_tags_are_told_as_the_ruler_tells_them(ruler, data):
    asked = [token for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern]
    values = {
        name: sorted({word for token in asked for word in re.findall(r"'([^' ]+)'", str([token.get(name)]))})
        for name in ("TAG", "DEP", "LOWER")
    }
    token = st.tuples(
        st.sampled_from([*values["TAG"], "NN"]),
        st.sampled_from([*values["DEP"], "obj"]),
        st.sampled_from([*values["LOWER"], "x", "xx", "Alep"]),
        st.sampled_from(["", "NOUN", "SPACE", "AUX"]),
        st.sampled_from(["", "Number=Sing"]),
    )
    tags, deps, words, pos, morphs = zip(*data.draw(st.lists(token, min_size=1, max_size=6)), strict=True)
    document = Doc(ruler.vocab, words=words, tags=tags, deps=deps, pos=pos, morphs=morphs, heads=[0] * len(words))
    told = Retagging(ruler)
    assert told.fits
    assert told(document) == told(document) == by_ruler(ruler, document)


def ruler_of(*patterns):
    made = AttributeRuler(Vocab())
    for pattern in patterns:
        made.add([pattern], {"POS": "VERB"}, index=len(pattern) - 1)
    return made


@pytest.mark.parametrize(
    "pattern", [[{"ORTH": "Alep"}], [{"LOWER": {"REGEX": "^a"}}], [{"TAG": "NN", "OP": "+"}], [{"LENGTH": {">": 3}}]]
)
def test_a_ruler_that_asks_for_more_than_the_table_holds_does_not_fit(pattern):
    assert not Retagging(ruler_of(pattern)).fits


@pytest.mark.parametrize("words", [["c", "a", "b", "c", "a", "b", "b"], ["b", "a"], ["a", "a", "b", "c", "c"], ["c"]])
def test_patterns_of_several_tokens_are_told_by_what_stands_around(words):
    made = ruler_of([{"LOWER": "a"}, {"LOWER": "b"}, {"LOWER": "c"}], [{"LOWER": "b"}, {"LOWER": "b"}])
    tagless = [""] * len(words)
    document = Doc(made.vocab, words=words, tags=tagless, deps=["obj"] * len(words), heads=[0] * len(words))
    assert Retagging(made)(document) == by_ruler(made, document)


def test_the_table_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr("reportedly.retagging.MOST_KNOWN", 2)
    made = ruler_of([{"LOWER": "a"}])
    table = Retagging(made)
    for dep in ("obj", "nsubj", "obl", "det"):
        document = Doc(made.vocab, words=["A"], tags=["x"], deps=[dep], heads=[0])
        assert table(document) == by_ruler(made, document)
    assert len(table.told) <= 2
