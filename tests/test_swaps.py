"""Both sides are treated alike: exchanging two actors, or a loaded word for a plain one, changes that field and nothing else."""

import itertools

import pytest

from reading import read

GROUPS = {
    "fr": [
        "le Hezbollah",
        "le Hamas",
        "le M23",
        "le Hachd al-Chaabi",
        "le Front al-Nosra",
        "le Jihad islamique",
        "Boko Haram",
        "Daesh",
    ],
    "en": ["Hezbollah", "Hamas", "M23", "the Houthis", "al-Nusra Front", "Islamic Jihad", "Boko Haram", "al-Shabaab"],
}
SCENES = {
    "fr": [
        "Selon la police, {a} a attaqué {b} mardi près de Homs.",
        "{a} accuse {b} d'avoir incendié deux villages.",
        "{a} dément avoir bombardé {b}.",
        "Au moins 12 civils ont été tués par {a}, a affirmé {b}.",
        "Des combats ont opposé {a} à {b} dimanche à Alep.",
        "{a} aurait enlevé trois soldats, d'après {b}.",
        "{b} appelle {a} à libérer les otages.",
        "Un témoin a dit que {a} avait tiré sur {b}.",
        "{a} s'est emparé de la ville, chassant {b}.",
    ],
    "en": [
        "Police said {a} attacked {b} near Homs on Tuesday.",
        "{a} accused {b} of burning two villages.",
        "{a} denied shelling {b}.",
        "At least 12 civilians were killed by {a}, {b} said.",
        "{a} reportedly abducted three soldiers, according to {b}.",
        "A witness said {a} had opened fire on {b}.",
    ],
}
PLAIN = {
    "fr": [
        ("combattants", "terroristes"),
        ("combattants", "résistants"),
        ("combattants", "jihadistes"),
        ("miliciens", "mercenaires"),
    ],
    "en": [("fighters", "terrorists"), ("fighters", "militants"), ("gunmen", "thugs"), ("fighters", "mercenaries")],
}
LABELLED = {
    "fr": [
        "Douze {w} ont été tués mardi près d'Alep, selon l'armée.",
        "L'armée dit avoir abattu une vingtaine de {w}.",
        "Des {w} ont attaqué le village de Koro dimanche.",
        "Les {w} ont quitté leurs positions lundi.",
        "Trois {w} auraient été arrêtés à Gao.",
    ],
    "en": [
        "Twelve {w} were killed near Aleppo on Tuesday, the army said.",
        "The army says it killed about 20 {w}.",
        "{w} attacked the village of Koro on Sunday.",
        "Three {w} were reportedly arrested in Gao.",
    ],
}


def sentence(text):
    return text[0].upper() + text[1:]


def facts(text, language, *, without):
    """All that a reading says of a sentence but the actors, as words and values that do not depend on where they stand."""
    return [
        {
            "type": c.type,
            "modes": c.modes,
            "territory": c.territory,
            "status": c.status,
            "polarity": c.polarity,
            "certainty": c.certainty,
            "acled": c.acled,
            "trigger": c.trigger.exact if c.trigger else None,
            "acts": [link.act for link in c.chain],
            "named": [link.source is not None for link in c.chain],
            "hedges": [h.exact for h in c.hedges],
            "times": [(t.exact, t.earliest, t.latest) for t in c.times],
            "places": [(p.exact, p.lat, p.lon) for p in c.places],
            "quantities": [(q.exact, q.kind, q.low, q.best, q.high) for q in c.quantities],
            **({} if "roles" in without else {"roles": (len(c.actors), len(c.recipients))}),
        }
        for c in read(sentence(text), language, "2026-03-12").claims
    ]


def swaps():
    """Pairs of sentences that differ in two actors exchanged."""
    for language, scenes in SCENES.items():
        for scene, (a, b) in itertools.product(scenes, itertools.combinations(GROUPS[language], 2)):
            yield language, scene.format(a=a, b=b), scene.format(a=b, b=a)


def label_swaps():
    """Pairs of sentences that differ in a plain word exchanged for a loaded one."""
    for language, scenes in LABELLED.items():
        for scene, (plain, loaded) in itertools.product(scenes, PLAIN[language]):
            yield language, scene.format(w=plain), scene.format(w=loaded)


@pytest.mark.parametrize(
    ("pairs", "without"), [(list(swaps()), ()), (list(label_swaps()), ("roles",))], ids=["actors", "labels"]
)
def test_a_swap_changes_only_the_field_swapped(pairs, without):
    changed = [
        (a, b) for language, a, b in pairs if facts(a, language, without=without) != facts(b, language, without=without)
    ]
    assert len(changed) <= len(pairs) * 0.01, f"{len(changed)} of {len(pairs)}: {changed[:6]}"


def test_there_are_swaps_enough_to_tell():
    assert 2 * (len(list(swaps())) + len(list(label_swaps()))) >= 500
