"""The table says what spaCy's ruler says, whatever the tags, relations and words."""

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


def named(ruler, name):
    """What the ruler's patterns name of tokens: tags, relations or words."""
    asked = [token.get(name, ()) for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern]
    ways = [[each] if isinstance(each, str) else [*dict(each).values()] for each in asked]
    flat = [value for way in ways for value in way]
    return sorted({word for value in flat for word in ([value] if isinstance(value, str) else value)})


def documents(ruler):
    token = st.tuples(
        st.sampled_from([*named(ruler, "TAG"), "NN"]),
        st.sampled_from([*named(ruler, "DEP"), "obj"]),
        st.sampled_from([*named(ruler, "LOWER"), "x", "xx", "Alep"]),
        st.sampled_from(["", "NOUN", "SPACE", "AUX"]),
        st.sampled_from(["", "Number=Sing"]),
    )
    pair = st.tuples(
        token.map(lambda t: (t[0], "expl", *t[2:])),
        token.map(lambda t: (t[0], t[1], "'s", *t[3:])),
    )
    rows = st.one_of(st.lists(token, min_size=1, max_size=6), st.builds(lambda a, b: [*a, *b], pair, st.lists(token)))
    return rows.map(lambda rows: document_of(ruler, rows))


def document_of(ruler, rows):
    tags, deps, words, pos, morphs = zip(*rows, strict=True)
    return Doc(ruler.vocab, words=words, tags=tags, deps=deps, pos=pos, morphs=morphs, heads=[0] * len(words))


@given(data=st.data())
def test_tokens_of_any_tags_are_told_as_the_ruler_tells_them(ruler, data):
    document = data.draw(documents(ruler))
    told = Retagging(ruler)
    assert told.fits
    assert told(document) == told(document) == by_ruler(ruler, document)


def test_what_is_there_is_a_verb_by_the_word_before_it():
    language = Reader().language("en")
    ruler = spacy.load(language.parser.package, exclude=["tokenizer", "vectors"]).get_pipe("attribute_ruler")
    for first in ("expl", "nsubj"):
        document = document_of(ruler, [("EX", first, "there", "", ""), ("VBZ", "ROOT", "'s", "", "")])
        assert Retagging(ruler)(document) == by_ruler(ruler, document)
        assert Retagging(ruler)(document)[1].pos == ("VERB" if first == "expl" else "AUX")


def ruler_of(*patterns, attribute="POS"):
    made = AttributeRuler(Vocab())
    for pattern in patterns:
        made.add([pattern], {attribute: "VERB"}, index=len(pattern) - 1)
    return made


@pytest.mark.parametrize(
    "pattern",
    [
        [{"ORTH": "Alep"}],
        [{"LOWER": {"REGEX": "^a"}}],
        [{"TAG": "NN", "OP": "+"}],
        [{"LENGTH": {">": 3}}],
        [{"MORPH": "Number=Sing"}],
        [{"LOWER": 5}],
    ],
)
@pytest.mark.parametrize("attribute", ["POS", "pos"])
def test_a_ruler_that_asks_for_more_than_the_table_holds_does_not_fit(pattern, attribute):
    assert not Retagging(ruler_of(pattern, attribute=attribute)).fits


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
