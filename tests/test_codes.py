"""Codes of other schemes: derived from stored facts by tables, never guessed."""

import pytest

from reportedly import codes
from reportedly.records import Claim, Entity, Quantity, Span, Trigger


def claim(kind="ASSAULT", *, modes=(), sense="deed", actors=(), recipients=(), counts=(), number="c1", **facts):
    span = {"start": 0, "end": 1, "exact": "x"}
    return Claim(
        id=number,
        content=Span(**span),
        trigger=Trigger(**span, sense=sense),
        type=kind,
        modes=tuple(modes),
        actors=tuple(Entity(**span, kind=k) for k in actors),
        recipients=tuple(Entity(**span, kind=k) for k in recipients),
        quantities=tuple(Quantity(**span, kind=k) for k in counts),
        **facts,
    )


@pytest.mark.parametrize(
    "facts, value",
    [
        ({"modes": ["heavy-weapons"]}, "Shelling/artillery/missile attack"),
        ({"modes": ["aerial"], "recipients": ["civilians"]}, "Air/drone strike"),
        ({"modes": ["drone"]}, "Air/drone strike"),
        ({"modes": ["explosives"]}, "Remote explosive/landmine/IED"),
        ({"modes": ["explosives"], "sense": "grenade"}, "Grenade"),
        ({"modes": ["suicide-attack", "explosives"]}, "Suicide bomb"),
        ({"modes": ["unconventional"], "sense": "chemical"}, "Chemical weapon"),
        ({"modes": ["abduct"]}, "Abduction/forced disappearance"),
        ({"modes": ["sexual"]}, "Sexual violence"),
        ({"modes": ["heavy-weapons"], "sense": "intercept"}, "Disrupted weapons use"),
        ({"sense": "clash"}, "Armed clash"),
        ({"sense": "death", "recipients": ["civilians"]}, "Attack"),
        ({"sense": "death", "recipients": ["state-force"]}, "Armed clash"),
        ({"actors": ["armed-group"], "recipients": ["armed-group"]}, "Armed clash"),
        ({"actors": ["armed-group"], "recipients": ["civilians"], "modes": ["firearms"]}, "Attack"),
        ({"territory": "gained", "actors": ["state-force"]}, "Government regains territory"),
        ({"territory": "gained", "actors": ["state-force", "armed-group"]}, "Government regains territory"),
        ({"territory": "gained", "actors": ["armed-group"]}, "Non-state actor overtakes territory"),
        ({"kind": "COERCE", "modes": ["arrest"]}, "Arrests"),
        ({"kind": "COERCE", "modes": ["seize"], "sense": "loot"}, "Looting/property destruction"),
        ({"kind": "RETREAT", "modes": ["disarm"], "sense": "disrupted"}, "Disrupted weapons use"),
        ({"kind": "PROTEST", "modes": ["demo"]}, "Peaceful protest"),
        ({"kind": "PROTEST", "modes": ["riot"]}, "Violent demonstration"),
        ({"modes": ["crowd-control"]}, "Protest with intervention"),
        ({"modes": ["crowd-control"], "counts": ["killed"]}, "Excessive force against protesters"),
        ({"kind": "AGREE"}, "Agreement"),
        ({"kind": "SUPPORT", "sense": "allegiance"}, "Change to group/activity"),
    ],
)
def test_facts_decide_the_acled_sub_event(facts, value):
    assert codes.acled(claim(**facts)) == value


@pytest.mark.parametrize(
    "facts",
    [
        {"sense": "death"},
        {"actors": ["armed-group"]},
        {"territory": "gained"},
        {"sense": "attack", "actors": ["state-force"]},
    ],
)
def test_facts_that_leave_it_open_give_candidates_and_no_value(facts):
    one = claim(**facts)
    assert codes.acled(one) is None
    code = next(c for c in codes.derive(one) if c.scheme == "acled")
    assert code.value is None
    assert len(code.candidates) > 1
    assert code.reason.startswith("ambiguous")


@pytest.mark.parametrize("status", ["planned", "hypothetical"])
def test_what_did_not_happen_yet_has_no_acled_sub_event(status):
    assert codes.acled(claim(modes=["aerial"], status=status)) is None


def test_a_type_acled_does_not_cover_has_no_code():
    assert [c.scheme for c in codes.derive(claim("CONSULT", modes=["visit"]))] == ["cameo"]


def test_an_open_sub_event_still_gives_the_disorder_type():
    found = {c.scheme: c.value for c in codes.derive(claim(sense="death"))}
    assert found["acled"] is None
    assert found["acled-disorder"] == "Political violence"


def test_of_an_open_sub_event_what_is_decided_is_not_called_open_and_what_is_open_only_once():
    found = {each.scheme: each for each in codes.derive(claim(modes=[], counts=["killed"], sense="death"))}
    assert found["acled"].reason.startswith("ambiguous (")
    for scheme in ("acled-event", "acled-disorder"):
        assert found[scheme].reason.count("ambiguous") == (found[scheme].value is None), scheme


@pytest.mark.parametrize(
    "actor, recipient, value",
    [
        ("state-force", "armed-group", "1"),
        ("armed-group", "armed-group", "2"),
        ("armed-group", "civilians", "3"),
        ("armed-group", "state-force", "1"),
    ],
)
def test_the_parties_decide_the_ucdp_type(actor, recipient, value):
    found = {c.scheme: c.value for c in codes.derive(claim(actors=[actor], recipients=[recipient]))}
    assert found["ucdp"] == value


def test_ucdp_is_open_while_nobody_is_named():
    code = next(c for c in codes.derive(claim(sense="death")) if c.scheme == "ucdp")
    assert (code.value, code.candidates) == (None, ("1", "2", "3"))


@pytest.mark.parametrize(
    "kind, modes, root",
    [
        ("AID", [], "07"),
        ("ASSAULT", ["heavy-weapons"], "19"),
        ("ASSAULT", ["abduct"], "18"),
        ("PROTEST", ["demo"], "14"),
    ],
)
def test_the_type_decides_the_cameo_root(kind, modes, root):
    assert next(c.value for c in codes.derive(claim(kind, modes=modes)) if c.scheme == "cameo") == root


def test_a_toll_takes_the_sub_event_of_the_attack_its_report_tells():
    attack = claim(recipients=["civilians"], number="c1")
    toll = claim(sense="death", counts=["killed"], number="c2")
    settled = codes.settle((attack, toll))
    assert [c.acled for c in settled] == ["Attack", "Attack"]
    assert next(c for c in settled[1].codes if c.scheme == "acled").reason.startswith("inferred")


def test_a_report_that_tells_of_both_settles_nothing():
    attack = claim(recipients=["civilians"], number="c1")
    clash = claim(sense="clash", number="c2")
    toll = claim(sense="death", number="c3")
    assert codes.settle((attack, clash, toll))[2].acled is None


def test_a_protest_met_with_force_is_a_protest_with_intervention():
    march = claim("PROTEST", modes=["demo"], number="c1")
    gas = claim(modes=["crowd-control"], number="c2")
    assert [c.acled for c in codes.settle((march, gas))] == ["Protest with intervention", "Protest with intervention"]


def test_every_value_of_the_acled_table_is_a_sub_event_of_the_scheme():
    names = {value for row in codes.table(codes.SCHEMES["acled"]) for value in row.values}
    assert names <= set(codes.acled_types())
    assert len(codes.acled_types()) == 25
