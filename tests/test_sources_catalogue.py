"""Every construction of the catalogue is read as its sentences are marked, and every lure stays silent."""

import pytest

from reportedly import rules
from reportedly.errors import RuleError
from reportedly.find import sources
from reportedly.find.sources import catalogue

LANGUAGES = ("fr", "en")
SENTENCES = [
    pytest.param(code, frame, sentence, id=f"{frame.id}-{number}")
    for code in LANGUAGES
    for frame in catalogue.frames(rules.load(code))
    for number, sentence in enumerate((*frame.yes, *frame.no))
]


@pytest.mark.parametrize("code, frame, sentence", SENTENCES)
def test_a_construction_is_read_as_its_sentence_is_marked(code, frame, sentence):
    assert list(catalogue.try_(sentence, frame, rules.load(code))) == []


@pytest.mark.parametrize("code, least", [("fr", 120), ("en", 80)])
def test_the_catalogue_is_broad_and_every_construction_has_a_lure(code, least):
    frames = catalogue.frames(rules.load(code))
    assert sum(len(frame.yes) for frame in frames) >= least
    assert [frame.id for frame in frames if not frame.yes or not frame.no] == []
    assert {frame.name for frame in frames} <= set(sources.PRIORITY)


# French alone says these so: English writes 'it is said to have', 'a claim of responsibility', 'trade blame' otherwise.
FRENCH = {"nobody", "cleft", "attributed", "participle", "cited-by", "show", "state"}
ENGLISH = {"passive-demand"}


@pytest.mark.parametrize("code, other", [("fr", ENGLISH), ("en", FRENCH)])
def test_every_frame_of_the_finder_is_in_the_catalogue(code, other):
    assert set(sources.PRIORITY) - {frame.name for frame in catalogue.frames(rules.load(code))} <= other


def test_a_wrong_mark_is_a_fault_that_says_what_was_found():
    frame = catalogue.Frame("fr.source.that", "", ("{S:Le maire} {Q=deny:affirme} {C:que les rebelles ont fui}.",), ())
    (first, second) = catalogue.try_(frame.yes[0], frame, rules.load("fr"))
    assert first.endswith("lacks [Le maire | affirme (deny) | que les rebelles ont fui]")
    assert second.endswith("gives [Le maire | affirme (assert, that) | que les rebelles ont fui] as well")


def test_a_lure_that_is_read_is_a_fault():
    frame = catalogue.Frame("fr.source.that", "", (), ("Le maire affirme que les rebelles ont fui.",))
    assert len(list(catalogue.try_(frame.no[0], frame, rules.load("fr")))) == 1


def test_links_may_nest_and_share_their_words():
    plain, links = catalogue.read("{S:{S2:Le maire}} {Q:dit} {C:{Q2=believe:craindre} {C2:une crue}}.")
    assert plain == "Le maire dit craindre une crue."
    assert [(plain[slice(*link.source)], plain[slice(*link.content[0])]) for link in links] == [
        ("Le maire", "craindre une crue"),
        ("Le maire", "une crue"),
    ]


@pytest.mark.parametrize("marked", ["{S:Le maire dit", "Le maire {Q:dit"])
def test_an_unclosed_brace_is_refused(marked):
    with pytest.raises(RuleError, match="not closed"):
        catalogue.read(marked)
