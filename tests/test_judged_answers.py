"""What a person decided is what every command and page answers with; ``--machine`` shows what was read."""

import json
import re
import shutil

import msgspec
import pytest
from typer.testing import CliRunner

import reportedly
from reportedly import exporting, verdicts
from reportedly.cli import app
from reportedly.mcp import Shelf, happening
from reportedly.queries import Judgement
from reportedly.records import Ref, Span
from reportedly.web import desk as desks
from test_store import new, old
from test_web import client, documents, judge, state
from workbenching import read_into

RUN = CliRunner()


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    path = tmp_path_factory.mktemp("judged") / "reports.db"
    read_into(path)
    reportedly.stored_events(path)
    return path


@pytest.fixture
def store(full, tmp_path):
    return shutil.copy(full, tmp_path / "reports.db")


@pytest.fixture
def web(store, monkeypatch):
    monkeypatch.setattr(desks, "PATIENCE", 600)
    with client(store, who="ana") as opened:
        yield opened


def printed(*words):
    found = RUN.invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


def lines(text):
    """The records of JSON Lines: a report may hold what else than a line feed ends a line."""
    return [json.loads(line) for line in text.split("\n") if line]


def rejected(store, keep=()):
    """Reject every claim of one event; return that event."""
    _, found = reportedly.stored_events(store)
    event = next(each for each in found if len({ref.document for ref in each.claims}) > 1)
    with reportedly.open_store(store) as opened:
        for n, ref in enumerate(event.claims):
            if n not in keep:
                made = {"id": f"j{n}", "who": "Ana Nom-Propre", "when": f"2026-01-01T00:00:{n:02}Z"}
                opened.judge(Judgement(**made, target=ref, verdict="reject"))
    return event


# --- commands and programs ---------------------------------------------------------------------------------------------------------


def test_a_rejected_claim_is_in_no_event_and_the_grouping_kept_is_made_anew(store):
    event = rejected(store)
    _, found = reportedly.stored_events(store)
    gone = {(ref.document, ref.claim) for ref in event.claims}
    assert not gone & {(ref.document, ref.claim) for each in found for ref in each.claims}
    assert len(json.loads(printed("group", store, "--format", "json", "--all"))) == len(found)


def test_the_machines_reading_alone_is_a_matter_of_an_option(store):
    before = json.loads(printed("group", store, "--format", "json"))
    claims = printed("claims", store, "--format", "json")
    rejected(store)
    assert json.loads(printed("group", store, "--format", "json")) != before
    assert json.loads(printed("group", store, "--format", "json", "--machine")) == before
    assert printed("claims", store, "--format", "json") != claims
    assert printed("claims", store, "--format", "json", "--machine") == claims
    assert printed("export", store, "--format", "jsonl", "--machine") == claims
    with reportedly.open_store(store, read_only=True) as opened:
        assert not opened.events_stale()


def test_what_is_searched_for_is_found_in_what_the_machine_read_too(store):
    words = ("search", "armée OR army OR combattants", store, "--format", "json", "--type", "ASSAULT")
    before = printed(*words)
    assert printed(*words, "--machine") == before
    with reportedly.open_store(store) as opened:
        names = [hit["document"]["id"] for hit in lines(before)]
        assert len(names) > 1
        for n, claim in enumerate(opened.document(names[0]).claims):
            made = {"id": f"j{n}", "who": "ana", "when": "2026-01-01T00:00:00Z"}
            opened.judge(Judgement(**made, target=Ref(document=names[0], claim=claim.id), verdict="reject"))
    assert [hit["document"]["id"] for hit in lines(printed(*words))] == names[1:]
    assert printed(*words, "--machine") == before
    # of the best report only, and without a filter whatever has the words
    assert lines(printed(*words, "--machine", "--limit", 1)) == lines(before)[:1]
    (hit,) = lines(printed(*words[:5], "--machine", "--limit", 1))
    assert hit["claims"] == lines(before)[0]["claims"] != []
    (hit,) = lines(printed(*words[:5], "--limit", 1))
    assert hit.get("claims", []) == []


def test_how_an_updated_report_changed_is_told_of_what_the_machine_read_too(tmp_path):
    path = tmp_path / "reports.db"
    with reportedly.open_store(path, create=True) as opened:
        opened.put(old())
        opened.put(new())
        name = old().document.id
        (gone,) = (each for each in opened.document(name).claims if each.content.exact.startswith("Un pont"))
        made = {"id": "j1", "who": "ana", "when": "2026-01-01T00:00:00Z"}
        opened.judge(Judgement(**made, target=Ref(document=name, claim=gone.id), verdict="reject"))

    def edits(*more):
        (step,) = json.loads(printed("versions", name, path, "--json", *more))["changes"]
        return [each["kind"] for each in step]

    assert edits() == ["changed", "gained"]
    assert edits("--machine") == ["changed", "lost", "gained"]
    assert "--machine" in printed("versions", "--help")


def test_every_format_writes_what_people_left(store, tmp_path):
    event = rejected(store, keep=(0,))
    gone = [ref.claim for ref in event.claims[1:]]
    for name in ("jsonl", "csv", "acled", "plover", "geojson", "markdown"):
        if name not in exporting.format_names():
            continue
        target = tmp_path / f"out.{name}"
        printed("export", store, "--format", name, "--output", target)
        text = target.read_text(encoding="utf-8")
        assert not [claim for claim in gone if claim in text], name
        assert "Nom-Propre" not in text, name


def test_what_a_person_made_of_a_claim_is_exported_and_their_name_is_not(store, tmp_path):
    with reportedly.open_store(store) as opened:
        row = next(row for row in opened.claims() if row.claim.type)
        made = {"who": "Ana Nom-Propre", "target": Ref(document=row.document.id, claim=row.claim.id)}
        opened.judge(
            Judgement(id="j1", when="2026-01-01T00:00:01Z", verdict="correct", path="type", replacement="AID", **made)
        )
    lines = [json.loads(line) for line in printed("export", store, "--format", "jsonl").split("\n") if line]
    claim = next(each for line in lines for each in line["claims"] if each["id"] == row.claim.id)
    assert (claim["type"], claim["review"], claim["by"]) == ("AID", "corrected", "person")
    table = printed("claims", store, "--format", "csv")
    assert "corrected" in table
    assert "Nom-Propre" not in table + json.dumps(lines)


def test_a_program_that_asks_by_mcp_is_told_what_people_left(store):
    event = rejected(store, keep=(0, 1))
    shelf = Shelf([store])
    told = [row for each in shelf.grouped[1] for row in happening(shelf, each.id)["told"]]
    gone = {ref.claim for ref in event.claims[2:]}
    assert not gone & {row["id"] for row in told if "id" in row}
    assert told


def test_a_report_read_anew_by_other_rules_keeps_what_was_decided_and_tells_what_lost_its_claim(tmp_path):
    """From older rules to those of now: a correction follows its words, a rejection of what is no longer claimed is told everywhere."""
    path = tmp_path / "old.db"
    text = "BAMAKO, 3 mars 2024 (AFI) - L'armée malienne a annoncé que douze soldats avaient été tués samedi à Ménaka."
    reading = reportedly.read(text)
    claim = next(each for each in reading.claims if each.trigger)
    phantom = msgspec.structs.replace(
        claim, id="phantom", trigger=None, content=Span(start=0, end=6, exact="BAMAKO"), chain=()
    )
    older = msgspec.structs.replace(claim, id="of-older-rules", type="COERCE", modes=())
    name = reading.document.id
    with reportedly.open_store(path, create=True) as opened:
        opened.put(msgspec.structs.replace(reading, claims=(phantom, older)))
    with client(path, who="ana") as web:
        place = msgspec.to_builtins(claim.places[0]) | {"name": "Ménaka (cercle)"}
        for given in (
            {"claim": "of-older-rules", "verdict": "correct", "path": "places.0", "replacement": place},
            {"claim": "phantom", "verdict": "reject"},
        ):
            assert judge(web, document=name, **given).status_code == 201
    lost = "text: reject on 'BAMAKO' (ana, "
    assert lost in printed("reread", path)
    assert lost in printed("store", path)
    assert json.loads(printed("store", path, "--json"))["judgements"] == 2
    with client(path) as web:
        told = web.get(f"/api/documents/{name}").json()
        assert [each["anchor"]["exact"] for each in told["orphans"]] == ["BAMAKO"]
        page = web.get(f"/reports/{name}").text
        assert "BAMAKO" in re.search(r'class="history orphans".*?</details>', page, re.DOTALL)[0]
        row = next(row for row in told["claims"] if row["claim"]["id"] == claim.id)
        assert (row["state"], row["claim"]["places"][0]["name"], row["claim"]["type"]) == (
            "corrected",
            "Ménaka (cercle)",
            claim.type,
        )
    assert "Ménaka (cercle)" in printed("claims", path, "--format", "csv")


# --- pages -------------------------------------------------------------------------------------------------------------------------


def test_a_rejected_claim_leaves_the_pages_of_claims_and_events_and_stays_in_its_reports_history(web):
    event = next(each for each in web.get("/api/events").json() if each["reports"] > 1)
    told = web.get(f"/api/events/{event['id']}").json()["claims"]
    document, claim = told[0]["document"], told[0]["claim"]["id"]
    before = web.get("/api/facets").json()["claims"]
    judge(web, document=document, claim=claim, verdict="reject")
    assert web.get("/api/facets").json()["claims"] == before - (told[0]["claim"]["repeats"] is None)
    listed = web.get("/api/claims", params={"document": document, "limit": 500}).json()["rows"]
    assert claim not in {row["claim"]["id"] for row in listed}
    told = [web.get(f"/api/events/{each['id']}").json()["claims"] for each in web.get("/api/events").json()]
    assert (document, claim) not in {(row["document"], row["claim"]["id"]) for rows in told for row in rows}
    assert state(web, document, claim) == "rejected"
    assert f'id="claim-{claim}"' in web.get(f"/reports/{document}").text


def test_a_corrected_type_is_what_facets_events_and_the_dossier_tell(web):
    event = next(each for each in web.get("/api/events").json() if each["reports"] > 1)
    for row in web.get(f"/api/events/{event['id']}").json()["claims"]:
        given = {"document": row["document"], "claim": row["claim"]["id"], "verdict": "correct"}
        assert judge(web, **given, path="type", replacement="AID").status_code == 201
    assert web.get("/api/claims", params={"type": "AID"}).json()["rows"]
    anew = [each for each in web.get("/api/events").json() if each["type"] == "AID"]
    assert anew
    assert web.get(f"/events/{anew[0]['id']}/dossier.md").status_code == 200


def test_an_event_is_shown_without_what_was_rejected_since_it_was_made(web, monkeypatch):
    """Grouping anew takes longer than a reader waits: the old events are shown, but nothing that was rejected."""
    event = next(each for each in web.get("/api/events").json() if each["reports"] > 1)
    rows = web.get(f"/api/events/{event['id']}").json()["claims"]
    monkeypatch.setattr(desks.Desk, "_regroup", lambda self: setattr(self, "grouping", None))
    judge(web, document=rows[0]["document"], claim=rows[0]["claim"]["id"], verdict="reject")
    shown = web.get(f"/api/events/{event['id']}").json()["claims"]
    assert [row["claim"]["id"] for row in shown] == [row["claim"]["id"] for row in rows[1:]]
    assert web.get(f"/events/{event['id']}").status_code == 200
    for row in rows[1:]:
        judge(web, document=row["document"], claim=row["claim"]["id"], verdict="reject")
    assert web.get(f"/events/{event['id']}").status_code == 404


@pytest.mark.parametrize(
    ("path", "replacement", "field"),
    [
        ("type", "WAR", "type"),
        ("places.0.lat", 95, "places.0.lat"),
        ("content", {"start": 0, "end": 10**9, "exact": "x"}, "content"),
    ],
)
def test_an_impossible_correction_is_refused_with_its_field_its_cure_and_the_code(web, path, replacement, field):
    name = documents(web)["qal-afi"]
    rows = web.get(f"/api/documents/{name}").json()["claims"]
    claim = next(row["claim"] for row in rows if row["claim"]["places"])
    answer = judge(web, document=name, claim=claim["id"], verdict="correct", path=path, replacement=replacement)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, 422)
    assert told["error"].startswith(f"{field}: ")
    assert told["cure"]
    assert told["cure"] not in told["error"]
    assert web.get("/api/judgements").json() == []


def test_the_kappa_that_is_shown_is_cohens(web):
    """Of four claims ana keeps two and ben one of these: they agree on three, chance alone would on two, so kappa is a half."""
    name = documents(web)["qal-afi"]
    rows = web.get(f"/api/documents/{name}").json()["claims"][:4]
    for row, ana, ben in zip(rows, "aarr", "arrr", strict=True):
        for who, said in (("ana", ana), ("ben", ben)):
            verdict = {"a": "accept", "r": "reject"}[said]
            assert judge(web, document=name, claim=row["claim"]["id"], verdict=verdict, who=who).status_code == 201
    (told,) = web.get("/api/agreement").json()
    assert (told["claims"], told["agreed"], told["kappa"]) == (4, 3, pytest.approx(0.5))
    assert "<td>0.50</td>" in web.get("/review", params={"lang": "en"}).text


def test_one_judgement_costs_one_look_at_what_people_left(web, monkeypatch):
    seen, plain = [], verdicts.judged
    monkeypatch.setattr(verdicts, "judged", lambda *given: seen.append(1) or plain(*given))
    name = documents(web)["qal-afi"]
    claim = web.get(f"/api/documents/{name}").json()["claims"][0]["claim"]["id"]
    seen.clear()
    judge(web, document=name, claim=claim, verdict="accept")
    # one in the answer, one in the store's settling
    assert len(seen) == 2
