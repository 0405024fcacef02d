"""spaCy DocBin: spaCy reads what we write, texts to the letter, and corrected Docs come back as readings."""

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin, Span
from spacy.training import Example

from annotated import NONE, all_gold, material, reading, span, strange_readings, there_and_back
from reportedly.export.formats import docbin
from reportedly.export.formats.docbin import FORMAT, KEY
from reportedly.export.registry import options
from reportedly.records import Claim, Entity, Problem

GOLD = all_gold()
FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
TEXT = "😀 أعلن حزب الله مقتل 12 مسلحا في عرسال"


def arabic():
    actor = span(TEXT, "حزب الله", Entity, name="Hezbollah", identifier="Q41053", kind="armed-group", by="ar.actor")
    return reading(TEXT, Claim(id="c1", content=span(TEXT, "مقتل 12 مسلحا في عرسال"), actors=(actor,)))


def docs(path, vocab=None):
    return list(DocBin().from_disk(path).get_docs(vocab or spacy.blank("xx").vocab))


def edit_doc(change):
    def edit(path):
        (doc,) = docs(path)
        change(doc)
        DocBin(docs=[doc], store_user_data=True).to_disk(path)

    return edit


def test_spacy_reads_every_text_and_span_to_the_letter(tmp_path):
    there_and_back(FORMAT, tmp_path / "x.spacy", GOLD)
    for doc, each in zip(docs(tmp_path / "x.spacy"), GOLD, strict=True):
        assert doc.text == each.document.text
        contents = [found.text for found in doc.spans[KEY] if found.label_ == "content"]
        assert contents == [claim.content.exact for claim in each.claims]
        assert {ent.label_ for ent in doc.ents} <= set(docbin.ENTITIES.values())
        assert len(doc.ents) > 0


def test_spacy_can_train_on_them(tmp_path):
    """What training does first: the gold spans and entities are aligned with the tokens of a pipeline."""
    there_and_back(FORMAT, tmp_path / "x.spacy", [each for each in GOLD if each.document.language.value == "fr"])
    # the tokenizer of another language than the text: what is aligned is letters
    pipeline = spacy.blank("en")
    entities = 0
    for doc in docs(tmp_path / "x.spacy", pipeline.vocab):
        example = Example(pipeline.make_doc(doc.text), doc)
        aligned = example.get_aligned_spans_y2x(doc.ents, allow_overlap=True)
        assert len(aligned) >= 0.9 * len(doc.ents)
        entities += len(doc.ents)
    assert entities > 100


def test_every_sample_comes_back_as_it_was(tmp_path):
    back = there_and_back(FORMAT, tmp_path / "x.spacy", GOLD)
    assert [(each.document, each.claims) for each in back] == [(each.document, each.claims) for each in GOLD]


@FEW
@given(strange_readings())
def test_strange_letters_come_back_as_they_were(tmp_path, each):
    (back,) = there_and_back(FORMAT, tmp_path / "x.spacy", [each])
    assert back.claims == each.claims
    assert back.document == each.document


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_tokens_make_the_text_and_begin_and_end_where_spans_do(text, spans):
    inside = [(min(pair), max(pair)) for pair in spans if max(pair) <= len(text)]
    words, spaces = docbin.words_of(text, inside)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    starts, ends, at = set(), {0}, 0
    for word, space in zip(words, spaces, strict=True):
        starts.add(at)
        ends.add(at + len(word))
        at += len(word) + space
    for start, end in inside:
        assert start == end or (start in starts and end in ends)


def test_spans_relabelled_added_and_deleted_are_taken_over(tmp_path):
    def change(doc):
        content, actor = doc.spans[KEY]
        place = doc.char_span(TEXT.index("عرسال"), len(TEXT), label="place")
        actor = Span(doc, actor.start, actor.end, label="recipient", span_id=actor.id_)
        doc.spans[KEY] = [content, actor, place]

    (back,) = there_and_back(FORMAT, tmp_path / "x.spacy", [arabic()], edit=edit_doc(change), who="ada")
    (claim,) = back.claims
    assert claim.actors == ()
    assert [(e.exact, e.by) for e in claim.recipients] == [("حزب الله", "ada")]
    assert [(p.exact, p.by) for p in claim.places] == [("عرسال", "ada")]


def test_docs_that_lost_our_data_come_back_with_the_claims_given(tmp_path):
    forget = edit_doc(lambda doc: doc.user_data.pop(KEY))
    (bare,) = there_and_back(FORMAT, tmp_path / "x.spacy", [arabic()], edit=forget)
    assert (bare.claims[0].actors[0].exact, bare.claims[0].actors[0].name) == ("حزب الله", None)
    (back,) = there_and_back(FORMAT, tmp_path / "x.spacy", [arabic()], edit=forget, against=material(arabic()))
    assert back.claims == arabic().claims


def test_what_is_no_docbin_is_a_problem_with_a_cure(tmp_path):
    path = tmp_path / "x.spacy"
    path.write_bytes(b"no")
    (problem,) = FORMAT.read(path, NONE, options(FORMAT, {}))
    assert isinstance(problem, Problem)
    assert problem.cure


@pytest.mark.parametrize("held", [1, {"document": {}}, {"document": {"name": "x", "sha256": ""}}])
def test_user_data_of_another_make_is_a_problem_or_nothing(tmp_path, held):
    odd = edit_doc(lambda doc: doc.user_data.update({KEY: held}))
    answers = there_and_back(FORMAT, tmp_path / "x.spacy", [arabic()], edit=odd)
    assert answers
