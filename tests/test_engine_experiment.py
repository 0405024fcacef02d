"""The readers that the choice of a rule engine was measured with stand for their approaches, and the tool says what it cannot measure."""

import importlib
import sys

import pytest

from reportedly import rules, syntax

FRENCH = rules.load("fr")


@pytest.fixture(scope="module")
def experiment(request):
    folder = str(request.config.rootpath / "tools")
    sys.path.insert(0, folder)
    yield importlib.import_module("engine_experiment")
    sys.path.remove(folder)


@pytest.fixture(scope="module")
def readers(experiment):
    return experiment.readers(FRENCH)


def said(readers, name, raw):
    """Who says, by which words, what, as the reader has it; the parser is kept from the surface reader."""
    text = FRENCH.prepare(raw)
    parse = None if name == "surface" else syntax.parse(text, FRENCH.parser)
    words = [
        [text.span(*tokens).exact for tokens in (k.source, k.cue, *k.content) if tokens]
        for k in readers[name](text, parse)
    ]
    return sorted(words)


@pytest.mark.parametrize("name", ["surface", "heads", "DependencyMatcher", "in use"])
def test_every_reader_reads_a_plain_clause(readers, name):
    found = said(readers, name, "Le maire de Bria affirme que trois ponts ont été détruits.")
    assert found == [["Le maire de Bria", "affirme", "que trois ponts ont été détruits"]]


@pytest.mark.parametrize("name", ["surface", "in use"])
def test_the_surface_reads_a_headline_whose_verb_the_parse_loses(readers, name):
    assert said(readers, name, "Syrie : Damas dément toute frappe chimique") == [
        ["Damas", "dément", "toute frappe chimique"]
    ]


@pytest.mark.parametrize("name", ["heads", "in use"])
def test_heads_end_a_clause_where_words_alone_do_not_tell(readers, name):
    found = said(readers, name, "Le maire, qui affirme avoir vu deux blindés, a quitté la ville.")
    assert [content for *_, content in found] == ["avoir vu deux blindés"]


@pytest.mark.parametrize("name", ["surface", "heads", "in use"])
def test_no_reader_takes_a_measure_for_a_source(readers, name):
    assert said(readers, name, "Les réfugiés ont été répartis selon leur âge.") == []


def test_copies_of_the_rules_find_what_the_rules_find(experiment):
    text = FRENCH.prepare("Selon la police, deux manifestants sont morts.")
    once, often = (experiment.grown(FRENCH, n, own_words=True) for n in (1, 3))
    assert len(often.rules) > 2 * len(once.rules)
    assert [h.rule.id for h in often.hits(text)] == [h.rule.id for h in once.hits(text)] == ["preposition"]


def test_without_the_evaluation_folder_the_tool_says_so(experiment, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(experiment, "shares", lambda *_: {})
    monkeypatch.setattr(experiment, "growth", lambda *_: {})
    figures = experiment.measure(tmp_path, 1)
    assert "its three sets are left out" in capsys.readouterr().err
    assert set(figures) == {"samples", "cost", "growth"}
    assert 0 < figures["samples"]["heads"]["F1"] < figures["samples"]["in use"]["F1"]
