"""Town, date and agency at the head of a report are no part of its first sentence."""

import pytest

from reportedly import rules


@pytest.mark.parametrize(
    "language, text, dateline",
    [
        (
            "fr",
            "Double attentat\n\nMogadiscio, 30 octobre (LDG) - Cent personnes ont péri.",
            "Mogadiscio , 30 octobre ( LDG ) -",
        ),
        ("fr", "Le Caire, 18 juin - L'armée a pris la ville.", "Le Caire , 18 juin -"),
        ("fr", "Un accord signé\n\nBogota - La guérilla a nié.", "Bogota -"),
        ("en", "KYIV, Nov 7 (NW) - Russian forces launched missiles.", "KYIV , Nov 7 ( NW ) -"),
        ("en", "Talks resume\n\nPort Sudan (Reuters) — The army said it won.", "Port Sudan ( Reuters ) —"),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(language, text, dateline):
    prepared = rules.load(language).prepare(text)
    ((first, last),) = prepared.datelines
    assert " ".join(prepared.words[first:last]) == dateline
    assert (first, last) in prepared.sentences


@pytest.mark.parametrize(
    "text",
    [
        "Mali - Des civils tués à Gao",
        "Un titre\n\nLe maire de Gao - un ancien militaire - a démissionné.",
        "Un titre\n\nMoussa Traoré - maire de Gao depuis 12 ans - a démissionné.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(text):
    assert rules.load("fr").prepare(text).datelines == []
