"""What people decided is what is answered: claims settled by judgements, impossible ones refused, what hung on a fact let go with it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reportedly import codes, verdicts
from reportedly.errors import InputError
from reportedly.queries import Judgement
from reportedly.records import (
    Claim,
    Discrepancy,
    Document,
    Entity,
    Link,
    Mention,
    Place,
    Quantity,
    Reading,
    Ref,
    Run,
    Span,
    Time,
    Trigger,
)

TEXT = "Selon l'armée, douze soldats et un civil ont été tués mardi à Flita. L'armée a pris Homs. Douze soldats tués."
DOCUMENT = Document(id="d", name="d", text=TEXT, sha256="0" * 64)


def span(words, record=Span, /, **more):
    start = TEXT.index(words)
    return record(start=start, end=start + len(words), exact=words, **more)


KILLED = Claim(
    id="c1",
    content=span("douze soldats et un civil ont été tués mardi à Flita"),
    chain=(
        Link(
            source=span("l'armée", Mention, by="rule"),
            cue=span("Selon", Mention, by="rule"),
            act="assert",
            source_kind="official",
            name="Syrian army",
        ),
    ),
    trigger=span("tués", Trigger, sense="death", by="rule"),
    type="ASSAULT",
    modes=("firearms",),
    recipients=(span("douze soldats", Entity, name="Syrian army", kind="state-force", identifier="Q1", by="rule"),),
    places=(
        span(
            "Flita",
            Place,
            lat=33.95,
            lon=36.6,
            name="Flita",
            country="SY",
            identifier="geonames:1",
            disputed="x",
            by="rule",
        ),
    ),
    times=(
        span(
            "mardi",
            Time,
            earliest="2015-06-09",
            latest="2015-06-09",
            anchored=True,
            anchor="metadata",
            granularity="day",
        ),
    ),
    quantities=(
        span("douze", Quantity, kind="killed", low=12, best=12, high=12),
        span("un", Quantity, kind="killed", low=1, best=1, high=1, part_of=0),
    ),
    by="trigger_verb:tu~er",
)
TAKEN = Claim(
    id="c2",
    content=span("L'armée a pris Homs"),
    trigger=span("pris", Trigger, sense="take"),
    type="ASSAULT",
    territory="gained",
    actors=(span("L'armée", Entity, name="Syrian army", kind="state-force"),),
)
AGAIN = Claim(id="c3", content=span("Douze soldats tués"), trigger=span("Douze", Trigger), type="ASSAULT", repeats="c1")
LATER = Claim(
    id="c4", content=span("soldats tués"), trigger=span("soldats tués", Trigger), type="ASSAULT", repeats="c1"
)
RUN = Run(id="r", annotator="rules", version="1", language="fr", language_sha256="0" * 64)
READING = Reading(
    document=DOCUMENT,
    claims=codes.settle((KILLED, TAKEN, AGAIN, LATER)),
    run=RUN,
    discrepancies=(Discrepancy(field="killed", claims=("c1", "c3"), reason="12 and 13"),),
)


def plain(record):
    return msgspec.to_builtins(record)


def made(n, verdict, claim="c1", who="ana", when=None, **more):
    target = Ref(document="d", claim=claim)
    given = {"anchor": more.pop("anchor", None), "when": when or f"2026-01-01T00:00:{n % 60:02}Z", **more}
    return Judgement(id=f"j{n}", who=who, target=target, verdict=verdict, **given)


def settled(*judgements):
    return verdicts.settled(READING, judgements)


def corrected(path, value, claim=KILLED):
    return verdicts.corrected(claim, path, value)


# --- what is answered --------------------------------------------------------------------------------------------------------------


def test_a_report_nobody_judged_is_answered_as_the_very_same_object():
    assert verdicts.settled(READING, []) is READING
    assert settled(made(1, "reject"), made(2, "undo", undoes="j1")) is READING


def test_a_rejected_claim_is_gone_an_added_one_there_and_what_nobody_saw_as_it_was():
    add = made(2, "add", claim="", replacement={"content": plain(span("L'armée a pris")), "type": "RETREAT"})
    found = settled(made(1, "reject", claim="c2"), add)
    assert [claim.id for claim in found.claims] == ["c1", "human-j2", "c3", "c4"]
    assert [claim.review for claim in found.claims] == [None, "added", None, None]
    assert found.claims[0] == READING.claims[0]
    assert found.judgements == ("j1", "j2")


def test_what_a_person_says_is_a_persons_word_and_no_name_of_theirs():
    add = made(1, "add", claim="", replacement={"content": plain(span("Homs")), "places": [plain(span("Homs", Place))]})
    found = {claim.id: claim for claim in settled(add, made(2, "correct", path="type", replacement="COERCE")).claims}
    assert (found["c1"].by, found["c1"].review) == ("person", "corrected")
    assert (found["human-j1"].by, found["human-j1"].places[0].by, found["human-j1"].places[0].basis) == (
        "person",
        "person",
        "stated",
    )
    assert b"ana" not in msgspec.json.encode(settled(add).claims)


def test_an_added_claim_that_is_accepted_or_corrected_stays_one_a_person_added():
    add = made(1, "add", claim="", replacement={"content": plain(span("Homs"))})
    more = (made(2, "correct", claim="human-j1", path="type", replacement="AID"), made(3, "accept", claim="human-j1"))
    claim = next(each for each in settled(add, *more).claims if each.id == "human-j1")
    assert (claim.review, claim.type) == ("added", "AID")


def test_what_repeats_a_rejected_claim_stands_for_itself_and_waits_for_its_own_judgement():
    found = {claim.id: claim for claim in settled(made(1, "reject")).claims}
    assert (found["c3"].repeats, found["c3"].review, found["c4"].repeats) == (None, None, "c3")


def test_two_figures_disagree_no_more_where_one_is_gone_or_put_right():
    assert settled(made(1, "accept")).discrepancies == READING.discrepancies
    assert settled(made(1, "reject", claim="c3")).discrepancies == ()
    assert settled(made(1, "correct", path="quantities.0.high", replacement=13)).discrepancies == ()


def test_codes_are_those_of_what_stands_now_in_the_whole_report():
    before, after = READING.claims[0], settled(made(1, "correct", path="type", replacement="PROTEST")).claims[0]
    assert after.modes == ()
    assert after.codes == codes.settle((after,))[0].codes != before.codes
    assert after.acled != before.acled or after.acled is None


def test_a_judgement_on_claims_that_share_their_words_goes_to_none_that_was_beside_it():
    other = replace(KILLED, id="c9", chain=())
    judgement = made(
        1, "reject", anchor=Span(**plain(span("tués"))), beside=verdicts.beside((KILLED, other, TAKEN), KILLED)
    )
    assert judgement.beside == ("c9",)
    found, orphans = verdicts.judged(DOCUMENT, (other, TAKEN), [judgement])
    assert [row.state for row in found] == ["unseen", "unseen"]
    assert orphans == [judgement]


def test_a_judgement_that_cannot_be_followed_any_more_is_an_orphan_and_breaks_nothing():
    gone = made(1, "correct", path="places.0", replacement=None)
    later = made(2, "correct", path="places.0.relation", replacement="near")
    rows, orphans = verdicts.judged(DOCUMENT, READING.claims, [gone, later])
    assert (rows[0].claim.places, [each.id for each in orphans]) == ((), ["j2"])


def test_what_is_said_of_a_document_as_a_whole_changes_no_claim_and_has_lost_none():
    rows, orphans = verdicts.judged(DOCUMENT, READING.claims, [made(1, "accept", claim="")])
    assert ({row.state for row in rows}, orphans) == ({"unseen"}, [])


def test_claims_settled_elsewhere_stay_what_a_person_made_of_them_when_they_are_accepted_here():
    there = settled(made(1, "correct", path="type", replacement="AID"))
    here = verdicts.settled(replace(there, judgements=()), [made(9, "accept")])
    assert here.claims[0].review == "corrected"


def test_what_one_person_says_in_one_moment_is_one_act():
    """A figure is impossible until the next one is put right too."""
    at = "2026-01-01T00:00:00Z"
    low, best, high = (
        made(n, "correct", path=f"quantities.0.{name}", replacement=20, when=at)
        for n, name in enumerate(("low", "best", "high"))
    )
    figure = settled(low, best, high).claims[0].quantities[0]
    assert (figure.low, figure.best, figure.high) == (20, 20, 20)
    assert settled(low) is READING


VERDICTS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.sampled_from(["c1", "c2", "c3", "human-j0"]), st.none()),
    st.tuples(
        st.just("correct"),
        st.sampled_from(["c1", "c2", "human-j0"]),
        st.sampled_from(
            [
                ("type", "AID"),
                ("type", None),
                ("places.0", None),
                ("places.0.name", "Yabroud"),
                ("places.0", plain(span("Homs", Place))),
                ("places.1", plain(span("Homs", Place))),
                ("quantities.0.best", 40),
                ("quantities.0", None),
                ("trigger", plain(span("pris"))),
                ("certainty", "possible"),
            ]
        ),
    ),
    st.tuples(st.just("add"), st.just(""), st.just({"content": plain(span("Homs")), "type": "AID"})),
    st.tuples(st.just("undo"), st.integers(0, 11), st.none()),
)


@st.composite
def histories(draw):
    """Whatever people may decide one after the other, taking back what was taken back too."""
    found = []
    for n, (verdict, claim, more) in enumerate(draw(st.lists(VERDICTS, max_size=12))):
        who = draw(st.sampled_from(["ana", "ben"]))
        if verdict == "undo":
            found.append(made(n, "undo", undoes=f"j{claim}", who=who))
        elif verdict == "correct":
            found.append(made(n, "correct", claim=claim, path=more[0], replacement=more[1], who=who))
        else:
            found.append(made(n, verdict, claim=claim, replacement=more, who=who))
    return found


@given(histories())
def test_settling_again_changes_nothing(history):
    once = verdicts.settled(READING, history)
    assert verdicts.settled(once, history) == once
    assert verdicts.settled(READING, history) == once


@given(histories(), histories())
def test_taking_back_everything_made_since_gives_what_there_was_without_limit(before, since):
    """Undos too are taken back, the last first: nothing of what came since is left."""
    before = [replace(each, id=f"b{each.id}", undoes=each.undoes and f"b{each.undoes}") for each in before]
    history = [*before, *since]
    for n, each in enumerate(reversed(since)):
        history.append(made(100 + n, "undo", undoes=each.id))
    assert verdicts.settled(READING, history) == verdicts.settled(READING, before)


@given(histories())
def test_whatever_was_decided_claims_are_possible_and_their_words_the_texts_own(history):
    for claim in verdicts.settled(READING, history).claims:
        assert verdicts.checked(DOCUMENT, claim) == claim


@given(histories())
def test_every_judgement_that_stands_is_followed_or_an_orphan(history):
    rows, orphans = verdicts.judged(DOCUMENT, READING.claims, history)
    followed = [name for row in rows for name in row.judgements]
    assert sorted([*followed, *(each.id for each in orphans)]) == sorted(each.id for each in verdicts.standing(history))


# --- what hangs on a fact ----------------------------------------------------------------------------------------------------------


def test_a_place_given_another_name_has_the_old_ones_coordinates_no_more():
    place = corrected("places.0.name", "Yabroud").places[0]
    assert (place.name, place.lat, place.lon, place.country, place.identifier, place.disputed) == (
        "Yabroud",
        *(None,) * 5,
    )
    assert (place.by, place.basis) == ("person", "stated")


def test_a_place_given_other_words_is_no_place_we_know_until_somebody_says_which():
    given_words = plain(KILLED.places[0]) | plain(span("Homs"))
    place = corrected("places.0", given_words).places[0]
    assert (place.exact, place.name, place.lat, place.identifier) == ("Homs", None, None, None)


def test_a_candidate_chosen_keeps_all_that_is_said_of_it():
    chosen = {"name": "Homs", "lat": 34.73, "lon": 36.71, "country": "SY", "identifier": "geonames:2", "disputed": "y"}
    place = corrected("places.0", plain(KILLED.places[0]) | chosen).places[0]
    assert {name: getattr(place, name) for name in chosen} == chosen


def test_a_point_picked_on_the_map_is_of_no_country_and_no_gazetteer_but_keeps_its_name():
    picked = plain(KILLED.places[0]) | {"lat": 34.0, "lon": 36.5}
    place = corrected("places.0", picked).places[0]
    assert (place.name, place.lat, place.country, place.identifier, place.disputed) == ("Flita", 34.0, None, None, None)


def test_who_is_given_another_name_has_the_old_ones_identifier_no_more():
    recipient = corrected("recipients.0", plain(KILLED.recipients[0]) | {"name": "Hezbollah"}).recipients[0]
    assert (recipient.name, recipient.identifier, recipient.by) == ("Hezbollah", None, "person")


def test_a_day_given_by_a_person_is_anchored_by_them_and_other_words_have_no_day():
    assert corrected("times.0.earliest", "2015-06-08").times[0].anchor == "user"
    time = corrected("times.0", plain(KILLED.times[0]) | plain(span("Homs"))).times[0]
    assert (time.earliest, time.latest, time.anchored, time.anchor, time.granularity) == (None, None, False, None, None)


def test_other_words_for_a_figure_have_no_figure_until_somebody_says_it():
    figure = corrected("quantities.0", plain(KILLED.quantities[0]) | plain(span("Homs"))).quantities[0]
    assert (figure.low, figure.best, figure.high, figure.kind) == (None, None, None, "killed")


def test_a_source_given_other_words_means_nobody_we_know():
    link = corrected("chain.0.source", plain(span("civil"))).chain[0]
    assert (link.name, link.source_kind, link.source.by, link.cue.by) == (None, "unknown", "person", "rule")


def test_another_trigger_has_no_sense_of_the_old_one():
    assert corrected("trigger", plain(KILLED.trigger) | plain(span("pris"))).trigger.sense is None


def test_what_is_part_of_a_figure_that_is_taken_out_is_part_of_none():
    assert corrected("quantities.0", None).quantities[0].part_of is None


# --- what a claim cannot be --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("type", "WAR", "type"),
        ("modes", ["firearms", "nonsense"], "modes"),
        ("places.0", {**plain(span("Flita")), "lat": 91, "lon": 0}, "places.0.lat"),
        ("places.0", {**plain(span("Flita")), "lat": 0, "lon": -180.5}, "places.0.lon"),
        ("places.0", {**plain(span("Flita")), "lat": 10}, "places.0.lon"),
        ("places.0.precision", 0, "places.0.precision"),
        ("places.0.country", "Syria", "places.0.country"),
        ("quantities.0.low", 13, "quantities.0.low"),
        ("quantities.0.high", 11, "quantities.0.best"),
        ("quantities.0.low", -1, "quantities.0.low"),
        ("quantities.1.part_of", 1, "quantities.1.part_of"),
        ("quantities.1.part_of", 7, "quantities.1.part_of"),
        ("times.0.earliest", "2015-06-10", "times.0.earliest"),
        ("times.0.latest", "mardi", "times.0.latest"),
        ("times.0.latest", "20150609", "times.0.latest"),
        ("content", {"start": 0, "end": 5000, "exact": "x"}, "content"),
        ("content", {"start": 5, "end": 5, "exact": ""}, "content"),
        ("trigger", {"start": 0, "end": 5, "exact": "selon"}, "trigger"),
        ("chain.0", {"source": None, "cue": plain(span("Selon")), "act": "assert", "name": "X"}, "chain.0.name"),
        ("chain.0.cue", {"start": -3, "end": 2, "exact": "a"}, "chain.0.cue"),
    ],
)
def test_a_correction_that_makes_an_impossible_claim_is_refused_by_field_with_the_cure(path, value, field):
    with pytest.raises(InputError) as refused:
        verdicts.checked(DOCUMENT, corrected(path, value), before=KILLED)
    assert refused.value.message.startswith(f"{field}: ")
    assert refused.value.cure


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("certainty", "sure"),
        ("status", None),
        ("polarity", "neutral"),
        ("chain", "the army"),
        ("chain", [{"source": None}]),
        ("chain.0.act", "sing"),
        ("chain.0", {"cue": None, "source": None, "act": "assert"}),
        ("quantities.0.best", "many"),
        ("quantities.0.kind", "dead"),
        ("places.0.lat", True),
        ("content", None),
        ("places", {"0": 1}),
        ("modes", [None]),
        ("type", "\ud800"),
        ("review", "accepted"),
        ("chain.0.source.by.x", "y"),
        ("places.٠", None),
        ("quantities.0.point", [5]),
    ],
)
def test_a_correction_to_what_is_no_value_of_the_field_is_refused_with_the_cure(path, value):
    with pytest.raises(InputError) as refused:
        verdicts.checked(DOCUMENT, corrected(path, value), before=KILLED)
    assert refused.value.cure


def test_what_was_wrong_before_is_nobodys_fault_now():
    wrong = replace(KILLED, type="WAR", modes=())
    assert verdicts.checked(DOCUMENT, corrected("polarity", "negative", wrong), before=wrong).polarity == "negative"
    with pytest.raises(InputError):
        verdicts.checked(DOCUMENT, wrong)
