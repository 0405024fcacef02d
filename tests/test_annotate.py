"""What a claim says of a happening: who says so, how surely, who did it to whom, and every span the text's own."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import claim, read, reader, sources
from reportedly import annotate, reasons
from reportedly.annotate import discrepancies
from reportedly.errors import ReportedlyError


def test_the_outlet_asserts_what_nobody_is_named_for():
    found = claim("Des rebelles ont attaqué un convoi près de Djibo mardi.", "attaqué")
    assert found.chain == ()
    assert found.certainty == "certain"


def test_a_source_within_a_source_stands_behind_it_in_the_chain():
    found = claim("Le quotidien La Dépêche rapporte que l'armée a indiqué avoir bombardé deux villages.", "bombardé")
    assert sources(found) == ["Le quotidien La Dépêche", "l'armée"]


def test_whom_an_outlet_cites_stands_behind_it():
    found = claim(
        "Selon Radio Fraternité, citant des témoins, des hommes armés ont attaqué le marché de Bria.", "attaqué"
    )
    assert sources(found) == ["Radio Fraternité", "des témoins"]


def test_a_pronoun_that_says_so_keeps_its_span_and_names_whom_it_follows():
    found = claim("Le maire Issa Togo est arrivé mardi. Il assure que des rebelles ont attaqué le village.", "attaqué")
    link = found.chain[0]
    assert (link.source.exact, link.antecedent.exact, link.antecedent.basis) == ("Il", "Le maire Issa Togo", "inferred")


def test_conditional_without_source_is_hearsay():
    found = claim("Au moins douze villageois auraient été tués dans la nuit.", "tués")
    assert [link.act for link in found.chain] == ["hearsay"]
    assert sources(found) == [None]
    assert found.certainty == "possible"
    assert [h.exact for h in found.hedges] == ["auraient"]


def test_conditional_with_source_is_a_hedge_and_no_link():
    found = claim("Selon la police, douze villageois auraient été tués dans la nuit.", "tués")
    assert [link.act for link in found.chain] == ["assert"]
    assert found.certainty == "possible"
    assert [h.exact for h in found.hedges] == ["auraient"]


def test_a_hypothesis_is_no_hearsay():
    claims = read("Si les renforts arrivaient, la garnison serait sauvée.").claims
    assert not [c for c in claims if c.chain]


def test_a_denied_deed_is_negative():
    found = claim("L'armée dément avoir bombardé le marché.", "bombardé")
    assert (found.polarity, [link.act for link in found.chain]) == ("negative", ["deny"])
    assert found.actors[0].exact == "L'armée"


def test_an_accusation_is_a_link_and_the_accused_is_the_actor():
    found = claim("Amnesty International accuse l'armée birmane d'avoir incendié des villages.", "incendié")
    assert sources(found) == ["Amnesty International"]
    assert [(e.name, e.exact) for e in found.actors] == [("Myanmar military", "l'armée birmane")]


def test_what_is_demanded_did_not_happen():
    found = claim("L'ONU appelle les belligérants à libérer les prisonniers.", "libérer")
    assert (found.status, found.certainty) == ("hypothetical", "unknown")


def test_what_is_promised_is_planned():
    assert claim("Le ministre a promis de libérer les otages.", "libérer").status == "planned"


def test_a_refusal_to_confirm_doubts_what_was_told_before():
    claims = read("Un drone a frappé un dépôt à Homs. L'armée n'a pas commenté.").claims
    doubted = [c for c in claims if c.chain and c.chain[-1].act == "doubt"]
    assert [c.trigger.exact for c in doubted if c.trigger] == ["frappé"]
    assert doubted[0].certainty == "unknown"


def test_the_outlets_own_name_is_no_source():
    text = "Trois miliciens ont été tués lundi, a constaté Le Phare."
    assert claim(text, "tués", publisher="Le Phare du Matin").chain == ()
    assert sources(claim(text, "tués", publisher="Le Soir")) == ["Le Phare"]


def test_a_headline_printed_twice_marks_the_second_as_a_repeat():
    text = "Sahel : dix soldats tués dans une embuscade\n\nSahel : dix soldats tués dans une embuscade\n\nL'armée a parlé d'un drame."
    killed = [c for c in read(text).claims if c.trigger and c.trigger.exact == "tués"]
    assert [c.repeats for c in killed] == [None, killed[0].id]


def test_who_did_it_is_not_guessed():
    found = claim("Deux enseignants ont été enlevés vendredi dans le nord du pays.", "enlevés")
    assert found.actors == ()


def test_the_agent_of_a_passive_is_the_actor():
    found = claim("Un poste de l'armée a été attaqué par des combattants du M23.", "attaqué")
    assert [e.name for e in found.actors] == ["M23"]


def test_shells_are_no_victims():
    found = claim("Les rebelles ont tiré des obus sur la ville.", "tiré")
    assert "des obus" not in [e.exact for e in found.recipients]


def test_the_day_of_the_saying_is_not_the_day_of_the_deed():
    found = claim(
        "Une bombe a explosé dimanche à Kaboul, a annoncé lundi la police.", "explosé", published="2026-03-10"
    )
    assert [(t.exact, t.earliest) for t in found.times] == [("dimanche", "2026-03-08")]


@pytest.mark.parametrize(
    "text, trigger, chain",
    [
        ("At least five people were killed in the blast, a hospital official said.", "killed", ["a hospital official"]),
        ("The army said rebels had attacked its base.", "attacked", ["The army"]),
        ("Rebels were reportedly killed in the raid.", "killed", [None]),
        ("Two soldiers were killed near Gao on Monday.", "killed", []),
    ],
)
def test_english_chains(text, trigger, chain):
    assert sources(claim(text, trigger, "en")) == chain


def test_two_figures_for_one_thing_within_a_report_are_shown_as_a_discrepancy():
    text = (
        "Après avoir contrôlé plus de 1.000 km2, les combattants du Hezbollah reculent.\n\n"
        "Après avoir contrôlé près de 1.000 km2, les combattants du Hezbollah sont partis."
    )
    found = read(text)
    assert [d.field for d in found.discrepancies] == ["area"]
    assert reasons.apart(found.discrepancies[0].reason)[0].code == "counted.within"
    assert len({q.low for c in found.claims for q in c.quantities if q.kind == "area"}) == 2


def test_of_a_claim_with_many_disagreements_the_nearest_are_kept_and_a_note_says_that_there_are_more():
    sentence = "Selon M. Dupont, 12 civils, 3 soldats et 5 rebelles ont été tués le 3 mai 2015 à Alep, a-t-il dit, "
    found = read(sentence * 40)
    kept, order = Counter(each.claims[0] for each in found.discrepancies), [each.id for each in found.claims]
    assert max(kept.values()) == discrepancies.MOST_OF_ONE
    more, total = sum(number == discrepancies.MOST_OF_ONE for number in kept.values()), len(found.claims)
    assert 0 < more < total
    note = found.document.notes[-1]
    assert note.startswith(discrepancies.MORE)
    assert note.endswith(f"the first {discrepancies.MOST_OF_ONE} disagreements")
    for first in kept:
        behind = [order.index(each.claims[1]) for each in found.discrepancies if each.claims[0] == first]
        assert behind == sorted(behind)
    # a report that is read anew does not say it twice
    again = read(sentence * 40)
    assert again.document.notes == reader().read(again.document).document.notes
    assert discrepancies.find(read("12 civils ont été tués à Alep, selon M. Dupont.").claims) == ((), "")


def test_reading_twice_changes_nothing(sample_text):
    text = sample_text("qal-afi")
    once, twice = read(text, published="2015-06-09"), read.__wrapped__(text, published="2015-06-09")
    assert msgspec.json.encode(once.claims) == msgspec.json.encode(twice.claims)
    assert len({c.id for c in once.claims}) == len(once.claims)


def test_a_span_whose_words_are_not_the_texts_own_cannot_leave():
    found = claim("Deux soldats ont été tués à Gao.", "tués")
    moved = msgspec.structs.replace(
        found, content=msgspec.structs.replace(found.content, start=found.content.start + 1)
    )
    with pytest.raises(ReportedlyError, match="is not what stands"):
        annotate.verify((moved,), "Deux soldats ont été tués à Gao.")


@given(
    st.text(
        alphabet=st.sampled_from(list("aàé«»\"“”'’.,:;()[]-–\n selon dit que l'armée tués ONU 12 ﷽\u200f\u0000ا")),
        max_size=120,
    )
)
def test_any_text_is_read_with_every_span_its_own(text):
    if not text.strip():
        return
    for found in read("Selon l'ONU, deux soldats ont été tués. " + text.replace("\0", " ")).claims:
        assert all(s.exact for s in annotate.spans(found))


@pytest.mark.parametrize(
    "second, act, polarity, source",
    [
        ("Ces faits ont été rapportés par la société civile.", "assert", "positive", "la société civile"),
        ("Cette information a été confirmée par le maire.", "assert", "positive", "le maire"),
        ("L'armée dément ces informations.", "deny", "negative", "L'armée"),
    ],
)
def test_what_the_report_itself_told_may_be_confirmed_or_denied(second, act, polarity, source):
    told, answered = read(f"Dix civils ont été tués à Beni. {second}", "fr").claims
    assert told.chain == ()
    assert [(link.act, link.source.exact) for link in answered.chain] == [(act, source)]
    assert (answered.polarity, answered.trigger.exact) == (polarity, "tués")


def test_a_responsibility_may_be_declined():
    (claim,) = read("L'armée a décliné toute responsabilité dans l'attaque.", "fr").claims
    assert (claim.chain[0].act, claim.polarity, claim.trigger.exact) == ("deny", "negative", "attaque")
