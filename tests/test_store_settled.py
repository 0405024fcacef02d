"""A store answers with claims as people left them: rejected ones in no list and no count, corrected ones found by what they are now."""

import sqlite3
from contextlib import closing

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import storedreadings as made
from reportedly import verdicts
from reportedly.queries import Filter, Near
from reportedly.records import Ref, Span
from reportedly.store import open_store, settling, tallies
from test_store import event, judgement, two_claims

KILLING, DENIAL = (claim.id for claim in two_claims().claims)
DOCUMENT = two_claims().document.id


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as opened:
        opened.put(made.flita())
        opened.put(two_claims())
        yield opened


def added(number=1, **fields):
    text = two_claims().document.text
    content = msgspec.to_builtins(made.pin(Span, text, "Moscou dément"))
    target = made_ref("")
    return judgement(number, verdict="add", target=target, replacement={"content": content, "type": "ACCUSE", **fields})


def made_ref(claim):
    return msgspec.structs.replace(judgement().target, claim=claim)


def corrected(number, path, replacement, **more):
    return judgement(number, verdict="correct", path=path, replacement=replacement, **more)


def ids(rows):
    return [row.claim.id for row in rows]


def test_a_rejected_claim_is_in_no_list_no_count_and_no_search(store):
    store.judge(judgement(verdict="reject"))
    flita = made.flita().claims[0].id
    assert ids(store.claims()) == ids(store.page().rows) == [flita, DENIAL]
    assert (store.facets().claims, store.counts().claims) == (2, 2)
    assert ids(store.claims(Filter(actors=("Hezbollah",)))) == []
    assert [each.claims for each in store.documents()] == [1, 1]
    assert [ref.claim for hit in store.search("soldats") for ref in hit.claims] == []
    assert [[claim.id for claim in reading.claims] for reading in store.readings()] == [[flita], [DENIAL]]
    assert store.audit() == []


def test_a_corrected_claim_is_sought_and_counted_by_what_it_is_now(store):
    text = two_claims().document.text
    place = msgspec.to_builtins(made.pin(made.Place, text, "Alep", lat=36.2, lon=37.16, name="Aleppo", country="SY"))
    store.judge(corrected(1, "type", "RETREAT"))
    store.judge(corrected(2, "places.0", place | {"identifier": "geonames:170063"}))
    assert ids(store.claims(Filter(types=("RETREAT",)))) == [KILLING]
    assert ids(store.claims(Filter(near=Near(lat=36.2, lon=37.16, km=5), types=("RETREAT",)))) == [KILLING]
    assert ids(store.claims(Filter(near=Near(lat=34.18, lon=36.42, km=5)))) == []
    assert dict(store.facets(of=["type"]).values["type"])["RETREAT"] == 1
    assert store.document(DOCUMENT).claims[0].review == "corrected"
    assert store.audit() == []


def test_an_added_claim_counts_and_stands_in_the_order_of_the_text(store):
    store.judge(added())
    assert [claim.id for claim in store.document(DOCUMENT).claims] == [KILLING, "human-j1", DENIAL]
    assert ids(store.claims(Filter(types=("ACCUSE",)))) == ["human-j1"]
    assert store.counts().claims == 4


def test_the_machines_reading_stays_what_it_was_whatever_people_decided(store):
    for each in (judgement(verdict="reject"), corrected(2, "type", "AID", target=made_ref(DENIAL)), added(3)):
        store.judge(each)
    assert store.machine(DOCUMENT) == two_claims()
    assert store.machine("flita") == store.document("flita") == made.flita()


def test_claims_keep_their_place_in_the_list_when_they_are_judged(store):
    before = [row.key for row in store.claims()]
    store.judge(corrected(1, "type", "AID"))
    store.judge(judgement(2, verdict="accept", target=made_ref(DENIAL)))
    assert [row.key for row in store.claims()] == before


def test_what_is_taken_back_is_as_if_never_decided_and_leaves_nothing_beside(store):
    before = list(store.claims())
    made_ones = [judgement(1, verdict="accept"), corrected(2, "type", "AID"), added(3)]
    for each in made_ones:
        store.judge(each)
    for n, each in enumerate(reversed(made_ones)):
        store.judge(judgement(10 + n, verdict="undo", undoes=each.id))
    assert list(store.claims()) == before
    assert store.document(DOCUMENT) == two_claims()


def test_events_are_stale_when_a_judgement_changed_a_claim_and_not_when_it_was_only_seen(store):
    store.keep_events([event("e1", (DOCUMENT, KILLING))])
    stamp = store.stamp()
    store.judge(judgement(1, verdict="accept"))
    assert (store.events_stale(), store.stamp()) == (False, stamp)
    store.judge(judgement(2, verdict="reject"))
    assert store.events_stale()
    assert store.stamp() != stamp


def test_a_report_read_anew_is_settled_by_the_judgements_that_were_made_on_its_words(store):
    words = verdicts.words(two_claims().claims[0])
    store.judge(judgement(1, verdict="reject", anchor=words))
    store.judge(corrected(2, "type", "AID", target=made_ref("gone"), anchor=Span(start=88, end=90, exact="en")))
    anew = msgspec.structs.replace(two_claims().claims[0], id="of-newer-rules")
    store.replace(msgspec.structs.replace(two_claims(), claims=(anew, two_claims().claims[1])))
    assert [claim.id for claim in store.document(DOCUMENT).claims] == [DENIAL]
    assert [claim.id for claim in store.machine(DOCUMENT).claims] == ["of-newer-rules", DENIAL]
    reading = store.machine(DOCUMENT)
    _, orphans = verdicts.judged(reading.document, reading.claims, store.judgements())
    assert [each.id for each in orphans] == ["j2"]
    assert store.audit() == []


def test_judgements_that_came_before_their_report_count_when_it_comes():
    with open_store(":memory:", create=True) as store:
        store.judge(judgement(verdict="reject"))
        store.put(two_claims())
        assert ids(store.claims()) == [DENIAL]


def test_many_judgements_in_one_transaction_settle_or_leave_all(store):
    def interrupted():
        with store.together():
            store.judge(judgement(verdict="reject"))
            raise ZeroDivisionError

    before = list(store.claims())
    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert (list(store.claims()), list(store.judgements())) == (before, [])


def test_a_claim_comes_back_in_its_place_whatever_came_meanwhile(store):
    store.judge(judgement(1, verdict="reject", target=made_ref(DENIAL)))
    store.judge(judgement(2, verdict="reject"))
    store.put(next(made.generated(1)))
    for n in (1, 2):
        store.judge(judgement(2 + n, verdict="undo", undoes=f"j{n}"))
    assert store.document(DOCUMENT) == two_claims()
    assert store.facets().claims == store.counts().claims == 13
    assert store.audit() == []


def test_a_store_judged_before_claims_were_settled_is_settled_when_it_is_opened(tmp_path):
    path = tmp_path / "reports.db"
    with open_store(path, create=True) as store:
        store.put(two_claims())
    with closing(sqlite3.connect(path)) as db:
        each = judgement(verdict="reject")
        record = msgspec.json.encode(each).decode()
        row = (each.id, DOCUMENT, KILLING, None, each.who, each.when, each.verdict, record)
        db.execute("INSERT INTO judgement VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        db.execute("UPDATE meta SET value = '0' WHERE name = ?", (settling.WAY,))
        db.commit()
    with open_store(path) as store:
        assert ids(store.claims()) == [DENIAL]
        assert store.machine(DOCUMENT) == two_claims()


def test_forgetting_a_judged_report_leaves_nothing_of_what_the_machine_read_in_it(tmp_path):
    path = tmp_path / "reports.db"
    with open_store(path, create=True) as store:
        store.put(two_claims())
        store.judge(judgement(verdict="reject"))
        store.forget(DOCUMENT)
    files = [each.read_bytes() for each in tmp_path.iterdir()]
    assert not any("Aarsâl".encode() in each or b"Hezbollah" in each for each in files)


def test_the_audit_tells_of_claims_that_are_not_what_was_decided(tmp_path):
    path = tmp_path / "reports.db"
    with open_store(path, create=True) as store:
        store.put(two_claims())
        store.judge(judgement(verdict="reject"))
        assert store.audit() == []
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE claim_record SET record = json_set(record, '$.type', 'AID')")
        db.execute("UPDATE machine SET claims = json_set(claims, '$[0].content.exact', 'altered')")
        db.commit()
    with open_store(path) as store:
        assert store.audit() == [
            "two: its claims are not what was decided about them",
            f"two: as the machine read it, content of {KILLING}: 'altered' is not what stands at 0 to 50",
        ]


def test_only_the_report_that_was_judged_is_settled_anew(store, monkeypatch):
    seen = []
    settled = verdicts.settled
    monkeypatch.setattr(
        verdicts, "settled", lambda reading, made: seen.append(reading.document.id) or settled(reading, made)
    )
    store.judge(judgement(verdict="reject"))
    assert seen == [DOCUMENT]


@given(st.lists(st.sampled_from(["accept", "reject", "correct", "add", "undo"]), max_size=8), st.data())
def test_history_only_grows_and_what_is_answered_is_the_machines_reading_settled_by_it(kinds, data):
    with open_store(":memory:", create=True) as store:
        store.put(two_claims())
        history = []
        for n, verdict in enumerate(kinds):
            target = made_ref(data.draw(st.sampled_from([KILLING, DENIAL])))
            each = {
                "correct": lambda n=n, target=target: corrected(n, "type", "AID", target=target),
                "add": lambda n=n: added(n),
                "undo": lambda n=n: judgement(n, verdict="undo", undoes=f"j{data.draw(st.integers(0, 8))}"),
            }.get(verdict, lambda n=n, verdict=verdict, target=target: judgement(n, verdict=verdict, target=target))()
            store.judge(each)
            history.append(each)
            assert list(store.judgements()) == history
            assert store.document(DOCUMENT) == verdicts.settled(two_claims(), history)
            assert store.facets().claims == len(store.document(DOCUMENT).claims) == store.counts().claims
        assert store.audit() == []


def counted(store):
    """What is counted by every field, from the claims themselves."""
    found = {}
    for row in store.claims(Filter(versions="all")):
        claim = row.claim
        for name, values in {
            "type": [claim.type],
            "certainty": [claim.certainty],
            "actors": {each.name for each in claim.actors},
            "places": {each.name for each in claim.places},
        }.items():
            for value in values:
                if value:
                    found.setdefault(name, {}).setdefault(value, 0)
                    found[name][value] += 1
    return found


@given(
    st.lists(
        st.tuples(st.sampled_from(["accept", "reject", "correct", "add", "undo", "put"]), st.integers(0, 11)),
        max_size=10,
    )
)
def test_counts_follow_every_judgement(steps):
    with open_store(":memory:", create=True) as store:
        more = made.generated(40, claims_each=2)
        readings = [next(more) for _ in range(3)]
        for reading in readings:
            store.put(reading)
        for n, (verdict, which) in enumerate(steps):
            reading = readings[which % 3]
            target = Ref(document=reading.document.id, claim=reading.claims[which % 2].id)
            text = reading.claims[0].content
            replacement = {
                "correct": "AID",
                "add": {"content": msgspec.to_builtins(text), "type": "ACCUSE", "certainty": "possible"},
            }.get(verdict)
            if verdict == "put":
                store.put(next(more))
            else:
                path = "type" if verdict == "correct" else ""
                more_of = {"undoes": f"j{which}"} if verdict == "undo" else {}
                store.judge(judgement(n, verdict=verdict, target=target, path=path, replacement=replacement, **more_of))
            facets = store.facets(Filter(versions="all"), of=["type", "certainty", "actors", "places"], limit=1000)
            assert {name: dict(values) for name, values in facets.values.items() if values} == counted(store)
            assert facets.claims == store.counts().claims


def test_counts_follow_a_judgement_without_reading_all_claims_anew(monkeypatch):
    with open_store(":memory:", create=True) as store:
        for reading in made.generated(30, claims_each=3):
            store.put(reading)
        reading = next(made.generated(1, claims_each=3))
        store.facets()
        monkeypatch.setattr(tallies.Tallies, "_clear", lambda _: pytest.fail("all claims were read anew"))
        target = Ref(document=reading.document.id, claim=reading.claims[0].id)
        store.judge(corrected(2, "type", "CONCEDE", target=target))
        assert dict(store.facets(of=["type"]).values["type"])["CONCEDE"] == 1
        store.judge(judgement(3, verdict="reject", target=target))
        assert "CONCEDE" not in dict(store.facets(of=["type"]).values["type"])
