"""Near copies, what was changed in them, who was first."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copying import EDITS, edited, originals
from reportedly import copies
from reportedly.copies import index
from reportedly.copies.prints import Print, words_of
from reportedly.records import Document, Sourced


def document(name, text, *, publisher=None, published=None):
    given_ = [Sourced(value=v, found="test", trust="given") if v else None for v in (publisher, published)]
    return Document(id=name, name=name, text=text, sha256=name, publisher=given_[0], published=given_[1])


@pytest.fixture(scope="module")
def known():
    made = index.Index()
    for name, text in originals().items():
        made.add(name, text)
    return made


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edited_copies_are_found_and_nothing_else_is(edit, known):
    asked = list(edited(edit))
    found = [[kin.document for kin in known.kin(text)] for _, text in asked]
    recall = sum(name in names for (name, _), names in zip(asked, found, strict=True)) / len(asked)
    false = sum(other != name for (name, _), names in zip(asked, found, strict=True) for other in names) / len(asked)
    assert recall >= EDITS[edit]
    assert false <= 0.1


def test_the_sample_copies_are_the_only_ones():
    from reportedly import samples

    found = {(copy.left, copy.right) for copy in copies.find(document(a["id"], a["text"]) for a in samples.articles())}
    assert found == {("qal-afi", "qal-copie"), ("rdc-afi", "rdc-copie"), ("ukr-copy", "ukr-wire")}


def test_of_fifty_copies_nearly_all_are_paired_with_their_original_and_none_with_another():
    chance = random.Random(5)
    texts = originals()
    made = [(name, copy) for edit in EDITS for name, copy in edited(edit, rounds=1)]
    chosen = chance.sample(made, 50)
    documents = [document(name, text) for name, text in texts.items()]
    documents += [document(f"{name}+{n}", copy) for n, (name, copy) in enumerate(chosen)]
    pairs = {(copy.left.split("+")[0], copy.right.split("+")[0]) for copy in copies.find(documents)}
    assert {left for left, right in pairs if left != right} == set()
    tied = {copy.right for copy in copies.find(documents) if copy.left in texts} | {
        copy.left for copy in copies.find(documents) if copy.right in texts
    }
    assert len({name for name in tied if "+" in name}) >= 0.95 * 50


@settings(max_examples=20, deadline=None)
@given(st.permutations(sorted(originals())[:8]))
def test_the_order_of_the_documents_does_not_matter(order):
    texts = originals() | {"copy": originals()[min(originals())][200:]}
    ordered = [document(name, texts[name]) for name in (*order, "copy")]
    assert copies.find(ordered) == copies.find(reversed(ordered))


def test_case_accents_and_typesetting_do_not_hide_a_copy():
    assert Print("L’ARMÉE A PRIS LA VILLE").runs == Print("l'armee a pris la ville").runs
    assert words_of("مقتـــل مَدَنيّ") == words_of("مقتل مدني")


def test_an_empty_text_is_nobodys_copy():
    made = index.Index()
    made.add("empty", "")
    made.add("marks", "...")
    assert made.kin("") == []
    assert made.kin("...", but="marks") == []


def test_a_formula_of_the_house_makes_no_copies():
    formula = "Ce texte est publié dans le cadre d'un partenariat avec notre rédaction."
    made = index.Index()
    for n in range(index.COMMON + 6):
        made.add(f"d{n}", formula + " ".join(f"mot{n}x{k}" for k in range(40)))
    assert made.kin(formula + " ".join(f"autre{k}" for k in range(40))) == []


SHORT = "Attaque à Koro : ce que l'on sait\n\n"
BRIEFS = [
    (SHORT + "Douze civils tués samedi.", SHORT + "Le gouverneur annonce une enquête.", False),
    (SHORT + "Douze civils tués samedi.", SHORT + "Douze civils tués samedi !", True),
    ("Douze civils tués à Koro", "Douze civils tués à Koro (AFP)", True),
]


@pytest.mark.parametrize("left, right, expected", BRIEFS)
def test_a_headline_in_common_makes_no_copies_of_two_briefs(left, right, expected):
    made = index.Index()
    made.add("left", left)
    assert bool(made.kin(right)) == expected


CHANGES = [
    ("at least five people died", "at least six people died", [("five", "six")]),
    ("L'armée a pris la ville", "L'ARMÉE a pris la ville", []),
    ("tués mardi à Koro", "tués à Koro", [("mardi", None)]),
    ("tués à Koro", "tués mardi à Koro", [(None, "mardi")]),
]


@pytest.mark.parametrize("left, right, expected", CHANGES)
def test_changed_words_are_shown_where_they_stand(left, right, expected):
    found = copies.changed(left, right)
    assert [(c.left and c.left.exact, c.right and c.right.exact) for c in found] == expected
    assert all(left[c.left.start : c.left.end] == c.left.exact for c in found if c.left)
    assert all(right[c.right.start : c.right.end] == c.right.exact for c in found if c.right)


TEXT = "L'armée a repris mardi la colline qui domine le village, après deux jours de combats. Onze hommes sont morts."
FIRST = [
    ({"published": "2015-06-09"}, {"published": "2015-06-10"}, "a", "a was published on 2015-06-09"),
    ({"published": "2015-06-09"}, {"published": "2015-06-09"}, None, "both were published on 2015-06-09"),
    ({"published": "2015-06-09"}, {}, None, "b without a date"),
]


@pytest.mark.parametrize("a, b, origin, reason", FIRST)
def test_who_was_first_is_told_by_dates_or_said_to_be_unknown(a, b, origin, reason):
    (copy,) = copies.find([document("a", TEXT, **a), document("b", TEXT + " ", **b)])
    assert copy.origin == origin
    assert reason in copy.reason


def test_a_credit_tells_the_origin_against_the_dates():
    agency = document("agency", TEXT, publisher="AFI", published="2015-06-10")
    paper = document("paper", TEXT + "\n(AFI)", publisher="Le Matin", published="2015-06-09")
    (copy,) = copies.find([paper, agency])
    assert copy.origin == "agency"
    assert "credits AFI" in copy.reason


CREDITS = [
    ("Dix morts à Koro, selon le maire. (AFP)", ["Agence France-Presse"]),
    ("Dix morts à Koro.\n\nLa rédaction avec AFP et Reuters", ["Agence France-Presse", "Reuters"]),
    ("BAMAKO, 13 oct 2019 (AFP) - Dix morts à Koro, selon le maire de la commune.", ["Agence France-Presse"]),
    ("Ten dead in Koro.\n\nReporting by Jane Doe; Reuters", ["Reuters"]),
    ("Ten dead in Koro.\n- Associated Press", ["Associated Press"]),
    ("قتل عشرة أشخاص في كورو.\nالمصدر: رويترز", ["Reuters"]),
    ("Un combattant sur les hauteurs (photo d'archives). © AFP\n\nDix morts à Koro, selon le maire.", []),
    ("Le maire l'a dit à l'AFP par téléphone, selon des habitants qui l'entouraient.", []),
    ("Ten dead in Koro (updated)", []),
    ("Ten were killed in Koro, the mayor said, and the market burned down. With Reuters", ["Reuters"]),
    (
        "Dix morts à Koro, selon le maire de la commune, qui a fui la ville dans la nuit. Avec AFP et Reuters.",
        ["Agence France-Presse", "Reuters"],
    ),
    ("Ten were killed in Koro on Saturday, the mayor of the town said. With Reuters he would not speak.", []),
    ("Ten were killed in Koro on Saturday, the mayor of the town said. He told it to Reuters", []),
]


@pytest.mark.parametrize("text, agencies", CREDITS)
def test_credits_are_read_where_credits_stand(text, agencies):
    asked = document("d", text)
    found = copies.credits([asked])["d"]
    assert [credit.agency for credit in found] == agencies
    assert all(text[c.words.start : c.words.end] == c.words.exact for c in found)


def test_an_outlets_own_name_is_no_credit():
    asked = document("d", "BAMAKO, 13 oct 2019 (AFI) - Dix morts à Koro.", publisher="AFI")
    assert copies.credits([asked])["d"] == ()
