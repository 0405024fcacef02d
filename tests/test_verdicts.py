"""What people decide stands beside what the machine made, and is never lost."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import verdicts
from reportedly.errors import InputError
from reportedly.queries import Judgement
from reportedly.records import Claim, Document, Entity, Place, Ref, Span, Trigger

TEXT = "Le Hezbollah a pris Tallet Moussa. Trois soldats ont été tués à Flita."
DOCUMENT = Document(id="d", name="d", text=TEXT, sha256="0" * 64)


def span(words, kind=Span, **more):
    start = TEXT.index(words)
    return kind(start=start, end=start + len(words), exact=words, **more)


TAKEN = Claim(
    id="c1",
    content=span("Le Hezbollah a pris Tallet Moussa"),
    trigger=span("pris", Trigger),
    type="ASSAULT",
    actors=(span("Le Hezbollah", Entity, name="Hezbollah"),),
    places=(span("Tallet Moussa", Place),),
)
KILLED = Claim(
    id="c2", content=span("Trois soldats ont été tués à Flita"), trigger=span("tués", Trigger), type="ASSAULT"
)
CLAIMS = (TAKEN, KILLED)


def made(n, verdict, claim="c1", who="ana", **more):
    anchor = more.pop("anchor", Span(start=TAKEN.trigger.start, end=TAKEN.trigger.end, exact="pris"))
    target = Ref(document="d", claim=claim)
    return Judgement(
        id=f"j{n}", who=who, when=f"2026-01-01T00:00:{n:02}Z", target=target, verdict=verdict, anchor=anchor, **more
    )


def rows(*judgements, claims=CLAIMS):
    return verdicts.judged(DOCUMENT, claims, judgements)[0]


def states(*judgements):
    return [row.state for row in rows(*judgements)]


def test_a_claim_nobody_judged_is_unseen():
    assert states() == ["unseen", "unseen"]


def test_the_last_verdict_on_a_claim_stands():
    assert states(made(1, "accept"), made(2, "reject")) == ["rejected", "unseen"]
    assert states(made(1, "reject"), made(2, "accept")) == ["accepted", "unseen"]


def test_a_correction_changes_the_claim_and_keeps_what_the_machine_made():
    row = rows(made(1, "correct", path="type", replacement="RETREAT"))[0]
    assert (row.state, row.claim.type, row.machine.type) == ("corrected", "RETREAT", "ASSAULT")


def test_a_claim_corrected_then_rejected_then_accepted_is_accepted():
    judgements = (made(1, "correct", path="type", replacement="RETREAT"), made(2, "reject"), made(3, "accept"))
    row = rows(*judgements)[0]
    assert (row.state, row.claim.type) == ("accepted", "RETREAT")


def test_a_corrected_claim_that_is_accepted_stays_corrected():
    assert states(made(1, "correct", path="type", replacement="RETREAT"), made(2, "accept"))[0] == "corrected"


def test_what_is_taken_back_is_as_if_never_made_and_taking_back_can_be_taken_back():
    accept, undo = made(1, "accept"), made(2, "undo", undoes="j1")
    assert states(accept, undo)[0] == "unseen"
    assert states(accept, undo, made(3, "undo", undoes="j2"))[0] == "accepted"


@given(st.lists(st.sampled_from(["accept", "reject"]), max_size=12))
def test_undoing_everything_from_the_last_on_leaves_every_state_there_was(verdicts_made):
    done = [made(n, verdict) for n, verdict in enumerate(verdicts_made)]
    before = [states(*done[:n]) for n in range(len(done) + 1)]
    history = list(done)
    for n in reversed(range(len(done))):
        history.append(made(50 + len(history), "undo", undoes=f"j{n}"))
        assert states(*history) == before[n]


def test_a_place_is_corrected_in_part_added_and_removed():
    point = rows(made(1, "correct", path="places.0.precision", replacement=3))[0].claim.places[0]
    assert (point.precision, point.exact) == (3, "Tallet Moussa")
    flita = msgspec.to_builtins(span("Flita"))
    assert [each.exact for each in rows(made(1, "correct", path="places.1", replacement=flita))[0].claim.places] == [
        "Tallet Moussa",
        "Flita",
    ]
    assert rows(made(1, "correct", path="places.0", replacement=None))[0].claim.places == ()


@pytest.mark.parametrize(
    ("path", "replacement"),
    [
        ("id", "x"),
        ("", "x"),
        ("nothing", 1),
        ("places.7", {}),
        ("places.x", {}),
        ("places.0.lat", "north"),
        ("type.0", 1),
        ("codes", []),
    ],
)
def test_a_correction_of_nothing_or_to_no_value_is_refused(path, replacement):
    with pytest.raises(InputError):
        verdicts.corrected(TAKEN, path, replacement)


def test_an_added_claim_stands_among_the_others_in_the_order_of_the_text():
    content = msgspec.to_builtins(span("Tallet Moussa"))
    found = rows(made(1, "add", claim="", replacement={"content": content, "type": "ASSAULT"}))
    assert [row.state for row in found] == ["unseen", "added", "unseen"]
    assert found[1].machine is None


def test_an_added_claim_can_be_judged_and_taken_back():
    add = made(1, "add", claim="", replacement={"content": msgspec.to_builtins(span("Flita"))})
    assert "rejected" in states(add, made(2, "reject", claim="human-j1"))
    assert len(states(add, made(2, "undo", undoes="j1"))) == 2


def test_an_added_claim_whose_words_are_not_the_texts_own_is_refused_and_where_it_was_kept_an_orphan():
    add = made(1, "add", claim="", replacement={"content": {"start": 0, "end": 3, "exact": "non"}})
    with pytest.raises(InputError, match="content: 'non' is not what stands"):
        verdicts.checked(DOCUMENT, verdicts.added(add))
    found, orphans = verdicts.judged(DOCUMENT, CLAIMS, [add])
    assert ([row.state for row in found], orphans) == (["unseen", "unseen"], [add])


def test_a_judgement_finds_its_claim_by_its_words_when_the_report_is_read_anew():
    anew = msgspec.structs.replace(TAKEN, id="other")
    assert rows(made(1, "accept"), claims=(anew, KILLED))[0].state == "accepted"


def test_a_judgement_whose_words_are_no_claim_any_more_is_an_orphan():
    found, orphans = verdicts.judged(DOCUMENT, (KILLED,), [made(1, "accept")])
    assert [row.state for row in found] == ["unseen"]
    assert [each.id for each in orphans] == ["j1"]


def test_two_who_always_agree_have_a_kappa_of_one_and_chance_has_none():
    both = [
        made(1, "accept"),
        made(2, "reject", claim="c2"),
        made(3, "accept", who="ben"),
        made(4, "reject", claim="c2", who="ben"),
    ]
    row = verdicts.agreement(both)[0]
    assert (row.left, row.right, row.claims, row.agreed, row.kappa) == ("ana", "ben", 2, 2, 1.0)
    alike = [made(1, "accept"), made(3, "accept", who="ben")]
    assert verdicts.agreement(alike)[0].kappa is None


def test_kappa_is_cohens():
    # 20 claims: both keep 10, both reject 5, ana alone keeps 3, ben alone keeps 2: Cohen's formula by hand gives .468
    pairs = (
        [("accept", "accept")] * 10
        + [("reject", "reject")] * 5
        + [("accept", "reject")] * 3
        + [("reject", "accept")] * 2
    )
    judgements = []
    for n, (ana, ben) in enumerate(pairs):
        judgements += [made(2 * n, ana, claim=f"c{n}"), made(2 * n + 1, ben, claim=f"c{n}", who="ben")]
    expected = (0.75 - (13 / 20 * 12 / 20 + 7 / 20 * 8 / 20)) / (1 - (13 / 20 * 12 / 20 + 7 / 20 * 8 / 20))
    assert verdicts.agreement(judgements)[0].kappa == pytest.approx(expected)


def test_who_judged_nothing_in_common_is_in_no_pair():
    assert verdicts.agreement([made(1, "accept"), made(2, "accept", claim="c2", who="ben")]) == []
