"""Hedges: what lowers a claim's certainty, and what only looks like it."""

import pytest

from reportedly import rules, syntax
from reportedly.find import hedges


def found(code, sentence):
    lang = rules.load(code)
    text = lang.prepare(sentence)
    parsed = syntax.parse(text, lang.parser) if lang.parser else None
    return [(text.span(d.first, d.last).exact, d.certainty) for d in hedges.find(text, parsed, lang)]


@pytest.mark.parametrize(
    "code, sentence, hedge",
    [
        ("fr", "Les assaillants ont probablement fui vers la forêt.", ("probablement", "probable")),
        ("fr", "Le chef est peut-être mort.", ("peut-être", "possible")),
        ("fr", "Il n'est pas exclu que la frontière rouvre.", ("Il n'est pas exclu que", "possible")),
        ("fr", "Douze civils auraient été tués.", ("auraient", "possible")),
        ("fr", "Le groupe compterait cinq cents hommes.", ("compterait", "possible")),
        ("fr", "Les jihadistes présumés ont été arrêtés.", ("présumés", "certain")),
        ("fr", "Le prétendu complot a échoué.", ("prétendu", "possible")),
        ("fr", "Il semble que la trêve tienne.", ("Il semble que", "probable")),
        ("fr", "Des informations non confirmées font état de tirs.", ("non confirmées", "possible")),
        ("en", "The gunmen probably fled.", ("probably", "probable")),
        ("en", "Twelve civilians were reportedly killed.", ("reportedly", "possible")),
        ("en", "The chief may have died.", ("may have", "possible")),
        ("en", "An attack cannot be ruled out.", ("cannot be ruled out", "possible")),
        ("en", "Suspected jihadists attacked the village.", ("Suspected", "certain")),
        ("en", "The tunnel is likely mined.", ("likely", "probable")),
    ],
)
def test_a_hedge_is_found_with_what_it_lowers_a_claim_to(code, sentence, hedge):
    assert hedge in found(code, sentence)


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("fr", "Si la route était ouverte, les convois passeraient."),
        ("fr", "L'armée a repris la ville mardi."),
        ("fr", "Le suspect a été arrêté en mai."),
        ("en", "The army retook the town in May."),
        ("en", "The army retook the town on 3 May 2021."),
    ],
)
def test_what_only_looks_like_a_hedge_is_none(code, sentence):
    assert found(code, sentence) == []


def test_the_longest_of_two_that_begin_together_is_found_once():
    assert found("fr", "Il semblerait que la trêve tienne.") == [("Il semblerait que", "possible")]
