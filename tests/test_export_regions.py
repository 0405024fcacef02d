"""Claims as flat leaves and whole again; a person's regions made claims; what differs as judgements."""

import json

import pytest
from hypothesis import given

from annotated import all_gold, document, reading, span, strange_readings
from reportedly.errors import InputError
from reportedly.export import facts, leaves, regions
from reportedly.export.gold import gold as as_gold
from reportedly.export.leaves import Leaf
from reportedly.export.regions import Region
from reportedly.records import Claim, Link, Mention, Place, Problem, Quantity
from reportedly.samples import FOLDER

TEXT = "Selon l'armée 😀, 12 morts à Flita. Al-Nosra dément."


def claim(**more):
    chain = (Link(source=span(TEXT, "l'armée", Mention), cue=span(TEXT, "Selon", Mention), act="assert"),)
    quantities = (span(TEXT, "12", Quantity, kind="killed", best=12.0, noun=span(TEXT, "morts")),)
    places = (span(TEXT, "Flita", Place, lat=34.0, lon=36.4, name="Flita"),)
    return Claim(
        id="c1", content=span(TEXT, "12 morts à Flita"), chain=chain, places=places, quantities=quantities, **more
    )


def restored(found, base=None, text=TEXT):
    answers = list(regions.restore(document(text), found, base=base, who="ada"))
    return answers[-1], [each for each in answers if isinstance(each, Problem)]


@pytest.mark.parametrize("each", all_gold(), ids=lambda each: each.document.name)
def test_a_claim_taken_apart_is_the_same_put_together_in_any_order(each):
    for found in each.claims:
        apart = list(leaves.take_apart(found))
        assert all(leaves.role_of(leaf.path) == leaf.role for leaf in apart)
        assert leaves.put_together(found.id, reversed(apart)) == found


@given(strange_readings())
def test_strange_claims_are_the_same_put_together(each):
    for found in each.claims:
        assert leaves.put_together(found.id, leaves.take_apart(found)) == found


@given(strange_readings())
def test_facts_shown_and_not_touched_are_the_same(each):
    for found in each.claims:
        for leaf in leaves.take_apart(found):
            shown = facts.shown(leaf)
            edited = facts.edited(leaf, leaf.role, shown)
            assert leaf.facts | edited == leaf.facts


def test_a_fact_that_was_shown_and_is_gone_is_taken_away():
    place = next(leaf for leaf in leaves.take_apart(claim()) if leaf.role == "place")
    shown = facts.shown(place)
    del shown["lat"], shown["lon"]
    assert facts.edited(place, "place", shown) == {
        "lat": None,
        "lon": None,
        "name": "Flita",
        "precision": 1,
        "relation": "in",
    }


@pytest.mark.parametrize(
    "role, said",
    [("place", {"lat": "north"}), ("actor", {"kind": "dragon"}), ("hedge", {"name": "x"}), ("actor", {"nam": "x"})],
)
def test_a_fact_of_no_value_of_its_kind_is_refused_by_name(role, said):
    with pytest.raises(InputError, match=next(iter(said))):
        facts.parsed(role, said)


@pytest.mark.parametrize(
    "start, end, found",
    [(26, 31, (28, 33)), (28, 33, (28, 33)), (29, 34, (28, 33)), (0, 5, (28, 33))],
    ids=["words moved", "as given", "UTF-16 units", "elsewhere"],
)
def test_words_are_found_where_they_stand(start, end, found):
    assert TEXT[28:33] == "Flita"
    assert regions.anchor(TEXT, start, end, "Flita") == found


def test_words_that_are_not_in_the_text_are_a_problem_and_the_rest_is_kept():
    extra = Region("c1", Leaf("places.1", "place", 3, 8, "Aarsal", {}))
    found, problems = restored([*regions.of_claim(claim()), extra], base=reading(TEXT, claim()))
    assert [problem.reason for problem in problems] == ["'Aarsal' is not in the text"]
    assert found.claims == (claim(),)


def test_a_region_that_is_left_out_is_gone_and_the_others_keep_their_facts():
    found, problems = restored(
        [r for r in regions.of_claim(claim()) if r.leaf.role != "place"], base=reading(TEXT, claim())
    )
    assert not problems
    assert found.claims[0].places == ()
    assert found.claims[0].quantities == claim().quantities


def test_a_claim_whose_content_is_gone_is_gone_with_a_word_about_what_is_left_of_it():
    found, problems = restored(
        [r for r in regions.of_claim(claim()) if r.leaf.role == "place"], base=reading(TEXT, claim())
    )
    assert found.claims == ()
    assert len(problems) == 1
    assert "whose content is gone" in problems[0].reason


def test_a_region_moved_to_other_words_does_not_take_the_coordinates_along():
    moved = [
        r._replace(leaf=r.leaf._replace(start=36, end=44, exact="Al-Nosra", facts={})) if r.leaf.role == "place" else r
        for r in regions.of_claim(claim())
    ]
    place = restored(moved, base=reading(TEXT, claim()))[0].claims[0].places[0]
    assert (place.exact, place.lat, place.name, place.by) == ("Al-Nosra", None, None, "ada")


def test_a_region_widened_keeps_its_facts_and_says_who_widened_it():
    wider = [
        r._replace(leaf=r.leaf._replace(start=26, exact="à Flita", facts={})) if r.leaf.role == "place" else r
        for r in regions.of_claim(claim())
    ]
    place = restored(wider, base=reading(TEXT, claim()))[0].claims[0].places[0]
    assert (place.exact, place.lat, place.by) == ("à Flita", 34.0, "ada")


def test_a_new_content_makes_a_new_claim_and_takes_what_stands_in_it():
    added = [
        Region("", Leaf("", "content", 36, 44, "Al-Nosra", {"type": "REJECT"})),
        Region("", Leaf("", "actor", 36, 44, "Al-Nosra", {"name": "al-Nusra Front", "kind": "armed-group"})),
    ]
    found, problems = restored([*regions.of_claim(claim()), *added], base=reading(TEXT, claim()))
    assert not problems
    old, new = found.claims
    assert old == claim()
    assert (new.type, new.actors[0].name, new.actors[0].by) == ("REJECT", "al-Nusra Front", "ada")
    assert new.id == restored(added)[0].claims[0].id


def test_a_region_in_two_claims_that_is_tied_to_none_is_a_problem():
    two = [*regions.of_claim(claim()), *(r._replace(claim="c2") for r in regions.of_claim(claim()))]
    _, problems = restored([*two, Region("", Leaf("", "hedge", 17, 19, "12", {}))])
    assert [problem.reason for problem in problems] == ["'12' stands in 2 claims"]


def test_a_source_without_its_cue_is_a_problem_that_says_so():
    _, problems = restored([r for r in regions.of_claim(claim()) if r.leaf.role != "cue"])
    assert "has no cue" in problems[0].reason


def test_a_part_of_another_number_follows_it_when_numbers_before_it_go():
    text = "deux, 12 morts dont 4 enfants"
    numbers = [
        span(text, "deux", Quantity, best=2.0),
        span(text, "12", Quantity, best=12.0),
        span(text, "4", Quantity, best=4.0, part_of=1),
    ]
    whole = Claim(id="c", content=span(text, text), quantities=tuple(numbers))
    kept = [r for r in regions.of_claim(whole) if r.leaf.exact != "deux"]
    found, _ = restored(kept, base=reading(text, whole), text=text)
    assert [(q.best, q.part_of) for q in found.claims[0].quantities] == [(12.0, None), (4.0, 0)]


@pytest.mark.parametrize("each", all_gold(), ids=lambda each: each.document.name)
def test_a_reading_written_as_gold_is_the_gold_it_was_read_from(each):
    name = each.document.name
    assert as_gold(each) == json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))
