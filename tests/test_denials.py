"""What a denial denies, and what it takes for granted."""

import pytest

from reading import claim

DENIED, GRANTED = "negative", "positive"


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "The army denied that its soldiers had shelled the school in Koro where 12 children were killed.",
            {"shelled": DENIED, "killed": GRANTED},
        ),
        (
            "en",
            "The militia denied that its men, who attacked the town on Monday, had killed civilians.",
            {"attacked": GRANTED, "killed": DENIED},
        ),
        (
            "fr",
            "L'armée a nié avoir bombardé le marché de Koro où vingt personnes ont été tuées mardi.",
            {"bombardé": DENIED, "tuées": GRANTED},
        ),
        (
            "fr",
            "La milice a démenti que ses hommes aient incendié l'école où douze enfants ont été tués.",
            {"incendié": DENIED, "tués": GRANTED},
        ),
        ("ar", "نفى الجيش قصف السوق الذي قتل فيه عشرات الأشخاص يوم الثلاثاء.", {"قصف": DENIED, "قتل": GRANTED}),
        # coordinated: denied both
        (
            "en",
            "The spokesman denied that the group had attacked the base or abducted two soldiers.",
            {"attacked": DENIED, "abducted": DENIED},
        ),
        ("fr", "L'armée a démenti avoir attaqué le village et tué douze civils.", {"attaqué": DENIED, "tué": DENIED}),
        ("ar", "نفى الجيش قصف السوق وقتل عشرات المدنيين.", {"قصف": DENIED, "قتل": DENIED}),
        # the deed itself is told in the relative clause alone: whose it was is what is denied
        ("en", "The army denied responsibility for the strike which killed 12 people in Koro.", {"killed": DENIED}),
        ("fr", "L'armée a démenti être responsable du raid qui a tué douze civils.", {"tué": DENIED}),
    ],
)
def test_what_a_relative_clause_tells_beside_what_is_denied_is_not_denied(language, text, told):
    found = {trigger: claim(text, trigger, language) for trigger in told}
    assert {trigger: each.polarity for trigger, each in found.items()} == told
    assert all(bool(each.chain) == (each.polarity == DENIED) for each in found.values())


def test_who_passes_a_denial_on_tells_what_it_takes_for_granted():
    text = "Le maire affirme que l'armée a nié avoir bombardé le marché où dix personnes ont été tuées."
    found = claim(text, "tuées")
    assert [link.act for link in found.chain] == ["assert"]
