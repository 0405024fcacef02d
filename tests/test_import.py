"""``reportedly import``: what a person corrected elsewhere becomes judgements that lead from the machine's claims to theirs, or gold."""

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from annotated import all_gold, reading, span, strange_readings
from reportedly import api, exporting, importing, verdicts
from reportedly.cli import app
from reportedly.export.corrections import DERIVED, changed, judgements
from reportedly.export.leaves import LISTS
from reportedly.export.lines import to_json
from reportedly.queries import Judgement
from reportedly.records import Claim, Entity, Hedge, Link, Mention, Place, Quantity
from reportedly.samples import FOLDER

WHEN = "2026-11-23T12:00:00+00:00"
TEXT = "😀 أعلن حزب الله مقتل 12 مسلحا في عرسال"
KINDS = ["label-studio", "inception", "spacy"]


def arabic():
    claim = Claim(
        id="c1",
        content=span(TEXT, "مقتل 12 مسلحا في عرسال"),
        chain=(Link(source=span(TEXT, "حزب الله", Mention), cue=span(TEXT, "أعلن", Mention), act="announce"),),
        places=(span(TEXT, "عرسال", Place, lat=34.18, lon=36.42, name="Aarsal"),),
        quantities=(span(TEXT, "12", Quantity, kind="killed", low=12.0, best=12.0, high=12.0),),
        type="ASSAULT",
    )
    return reading(TEXT, claim, replace(claim, id="c2", polarity="negative"))


def bare(value):
    """A claim without what is made of its other facts, and without who found what."""
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items() if key not in ("by", "basis", "reason")}
    return [bare(each) for each in value] if isinstance(value, (list, tuple)) else value


def facts(claim):
    """What a claim says; the order of the mentions of one list says nothing."""
    made = bare({key: value for key, value in msgspec.to_builtins(claim).items() if key not in DERIVED})
    return made | {name: sorted(made[name], key=json.dumps) for name in LISTS}


def after_judging(before, found):
    rows, orphans = verdicts.judged(before.document, before.claims, found)
    assert not orphans
    return [facts(row.claim) for row in rows if row.state != "rejected"]


def claims_file(path, *readings):
    path.write_text("".join(to_json(each) + "\n" for each in readings), encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


# --- judgements --------------------------------------------------------------------------------------------------------------------


@st.composite
def corrected(draw):
    """A reading and what a person might make of it: claims and leaves gone, come, moved, facts changed."""
    before = draw(strange_readings())
    text = before.document.text

    def words(record, **more):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return record(start=start, end=end, exact=text[start:end], **more)

    claims = []
    for claim in before.claims:
        if draw(st.booleans()):
            continue
        kept = [actor for actor in claim.actors if draw(st.booleans())]
        kept += [words(Entity, name="x") for _ in range(draw(st.integers(0, 2)))]
        changes = {"actors": tuple(kept)}
        if draw(st.booleans()):
            changes |= {"polarity": "negative", "modes": (), "chain": ()}
        if draw(st.booleans()):
            changes |= {
                "places": (replace(claim.places[0], lat=None, lon=None, name="y"), words(Place)),
                "content": words(Hedge),
            }
        claims.append(replace(claim, **changes))
    if draw(st.booleans()):
        claims.append(Claim(id="new", content=words(Hedge), type="AID"))
    return before, replace(before, claims=tuple(claims))


@settings(max_examples=80)
@given(corrected())
def test_judgements_lead_from_the_machines_claims_to_the_persons(pair):
    before, after = pair
    found = list(judgements(before, after, who="ada", when=WHEN))
    key = json.dumps
    assert sorted(map(key, after_judging(before, found))) == sorted(key(facts(claim)) for claim in after.claims)
    assert len({each.id for each in found}) == len(found)


def test_a_claim_that_cannot_be_as_it_was_left_stays_as_it_was_and_that_is_said(tmp_path, monkeypatch):
    before = arabic()
    wrong = replace(before.claims[0].places[0], lat=95.0)
    changed_claims = (replace(before.claims[0], places=(wrong,)), replace(before.claims[1], polarity="positive"))
    monkeypatch.setattr(importing, "readings", lambda *_, **__: [replace(before, claims=changed_claims)])
    told = []
    claims = exporting.material(claims_file(tmp_path / "claims.jsonl", before))
    found = list(importing.judgements("x", of="label-studio", against=claims, when=WHEN, failed=told.append))
    assert [(each.target.claim, each.path) for each in found] == [("c2", "polarity")]
    assert [(each.reason.partition(": ")[2], bool(each.cure)) for each in told] == [
        ("places.0.lat: 95.0 is off the globe", True)
    ]


def test_nothing_changed_is_no_judgement_unless_untouched_is_accepted():
    assert list(judgements(arabic(), arabic(), who="ada", when=WHEN)) == []
    found = list(judgements(arabic(), arabic(), who="ada", when=WHEN, accept_untouched=True))
    assert [(each.verdict, each.target.claim) for each in found] == [("accept", "c1"), ("accept", "c2")]


def test_one_fact_changed_is_one_judgement_that_names_it():
    before = arabic()
    place = replace(before.claims[0].places[0], name="Arsal", by="ada")
    after = replace(before, claims=(replace(before.claims[0], places=(place,)), before.claims[1]))
    (found,) = judgements(before, after, who="ada", when=WHEN)
    assert (found.verdict, found.path, found.replacement) == ("correct", "places.0.name", "Arsal")
    assert (found.target.claim, found.who, found.when) == ("c1", "ada", WHEN)
    assert found.anchor.exact == before.claims[0].content.exact


def test_lists_change_in_an_order_that_can_be_applied():
    claim = Claim(id="c", content=span("abcd", "a"), hedges=tuple(span("abcd", letter, Hedge) for letter in "abc"))
    other = replace(claim, hedges=(span("abcd", "b", Hedge), span("abcd", "d", Hedge)))
    assert [(path, value and value["exact"]) for path, value in changed(claim, other)] == [
        ("hedges.2", None),
        ("hedges.0", None),
        ("hedges.1", "d"),
    ]


# --- the way there and back ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_go_out_and_come_back_without_a_judgement_and_as_their_gold(kind, tmp_path):
    claims = claims_file(tmp_path / "claims.jsonl", *all_gold())
    out = tmp_path / f"out-{kind}"
    given = ["--set", "as=annotations"] if kind == "label-studio" else []
    assert run("export", claims, "--format", kind, "--output", out, *given).exit_code == 0
    judged = run("import", out, "--from", kind, "--claims", claims, "--output", tmp_path / "judgements.jsonl")
    assert judged.exit_code == 0, judged.output
    assert (tmp_path / "judgements.jsonl").read_text(encoding="utf-8") == ""
    assert run("import", out, "--from", kind, "--gold", tmp_path / "gold").exit_code == 0
    for each in all_gold():
        name = each.document.name
        assert json.loads((tmp_path / "gold" / f"{name}.gold.json").read_text(encoding="utf-8")) == json.loads(
            (FOLDER / f"{name}.gold.json").read_text(encoding="utf-8")
        )
        assert (tmp_path / "gold" / f"{name}.txt").read_bytes() == (FOLDER / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_way_there_and_back_that_changed_nothing_names_nobody(kind, tmp_path):
    claims = claims_file(tmp_path / "claims.jsonl", *all_gold())
    out, back = tmp_path / f"out-{kind}", tmp_path / "back.jsonl"
    given = ["--set", "as=annotations"] if kind == "label-studio" else []
    assert run("export", claims, "--format", kind, "--output", out, *given).exit_code == 0
    assert run("convert", out, "--from", kind, "--claims", claims, "--output", back).exit_code == 0
    assert sorted(back.read_text("utf-8").splitlines()) == sorted(claims.read_text("utf-8").splitlines())
    judged = run("import", out, "--from", kind, "--claims", claims, "--accept-untouched")
    assert {json.loads(line)["who"] for line in judged.stdout.splitlines()} == {"person"}


def test_tasks_that_nobody_annotated_are_told_of_in_one_line_and_some_of_them_not_at_all(tmp_path):
    claims = claims_file(tmp_path / "claims.jsonl", *all_gold())
    out = tmp_path / "tasks.json"
    assert run("export", claims, "--format", "label-studio", "--output", out).exit_code == 0
    judged = run("import", out, "--from", "label-studio", "--claims", claims)
    assert judged.exit_code == 3
    assert [line for line in judged.stderr.splitlines() if "annotated" in line] == [
        f"reportedly: {out}: nobody has annotated any of its {len(all_gold())} tasks; submit tasks in Label Studio, then export the project"
    ]
    tasks = json.loads(out.read_text(encoding="utf-8"))
    tasks[0]["annotations"] = [{"result": tasks[0]["predictions"][0]["result"], "completed_by": 7}]
    out.write_text(json.dumps(tasks), encoding="utf-8")
    judged = run("import", out, "--from", "label-studio", "--claims", claims, "--accept-untouched")
    assert judged.exit_code == 0, judged.output
    assert {json.loads(line)["who"] for line in judged.stdout.splitlines()} == {"label-studio:7"}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strange_readings())
def test_strange_letters_go_out_and_come_back_without_a_judgement(kind, tmp_path, each):
    path = tmp_path / f"{each.document.id}-{kind}"
    options = {"as": "annotations"} if kind == "label-studio" else {}
    exporting.export(exporting.material_of(lambda: iter([each])), kind, path, options=options)
    against = exporting.material_of(lambda: iter([each]))
    assert list(importing.judgements(path, of=kind, against=against, when=WHEN)) == []


def label_studio(tmp_path, change):
    claims = claims_file(tmp_path / "claims.jsonl", arabic())
    out = tmp_path / "tasks.json"
    assert run("export", claims, "--format", "label-studio", "--output", out, "--set", "as=annotations").exit_code == 0
    tasks = json.loads(out.read_text(encoding="utf-8"))
    change(tasks[0]["annotations"][0])
    out.write_text(json.dumps(tasks), encoding="utf-8")
    return claims, out


def drop_the_second_claim(annotation):
    annotation["completed_by"] = {"email": "ada@example.org"}
    annotation["result"] = [each for each in annotation["result"] if not each.get("id", "").startswith("c2")]


def test_a_claim_deleted_in_label_studio_is_rejected_by_whoever_deleted_it(tmp_path):
    claims, out = label_studio(tmp_path, drop_the_second_claim)
    result = run("import", out, "--from", "label-studio", "--claims", claims)
    found = [msgspec.json.decode(line, type=Judgement) for line in result.stdout.splitlines()]
    assert [(each.verdict, each.target.claim, each.who) for each in found] == [("reject", "c2", "ada@example.org")]
    named = run("import", out, "--from", "label-studio", "--claims", claims, "--who", "ben", "--accept-untouched")
    found = [msgspec.json.decode(line, type=Judgement) for line in named.stdout.splitlines()]
    assert [(each.verdict, each.target.claim, each.who) for each in found] == [
        ("accept", "c1", "ben"),
        ("reject", "c2", "ben"),
    ]


def test_every_region_that_cannot_be_used_is_listed(tmp_path):
    def change(annotation):
        for number, words in enumerate(["Aarsal", "Flita"]):
            value = {"start": number, "end": number + 6, "text": words, "labels": ["place"]}
            annotation["result"].append(
                {"id": f"n{number}", "from_name": "role", "to_name": "text", "type": "labels", "value": value}
            )

    claims, out = label_studio(tmp_path, change)
    result = run("import", out, "--from", "label-studio", "--claims", claims)
    assert result.exit_code == 3
    assert "'Aarsal' is not in the text" in result.stderr
    assert "'Flita' is not in the text" in result.stderr


def test_judgements_are_kept_in_the_store_that_has_the_claims(tmp_path):
    with api.open_store(tmp_path / "reports.db", create=True) as store:
        store.put(arabic())
    _, out = label_studio(tmp_path, drop_the_second_claim)
    result = run("import", out, "--from", "label-studio", "--store", tmp_path / "reports.db")
    assert result.exit_code == 0, result.output
    assert "1 judgement kept" in result.stdout
    with api.open_store(tmp_path / "reports.db", read_only=True) as store:
        (kept,) = store.judgements()
        assert (kept.verdict, kept.target.claim) == ("reject", "c2")
        assert store.has(kept.target.document)


@pytest.mark.parametrize(
    "words, told",
    [
        (["nothing.json", "--from", "label-studio", "--gold", "x"], "there is no such file"),
        (["CLAIMS", "--from", "label-studio"], "add --claims or --store"),
        (["CLAIMS", "--from", "acled", "--claims", "CLAIMS"], "written, not read back"),
        (["CLAIMS", "--from", "labelstudio", "--claims", "CLAIMS"], "did you mean 'label-studio'"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_its_cure(words, told, tmp_path):
    claims = claims_file(tmp_path / "claims.jsonl", arabic())
    result = run("import", *[str(claims) if word == "CLAIMS" else word for word in words])
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_file_of_another_kind_is_listed_and_the_exit_code_says_so(tmp_path):
    claims = claims_file(tmp_path / "claims.jsonl", arabic())
    result = run("import", claims, "--from", "spacy", "--claims", claims)
    assert result.exit_code == 3
    assert "no DocBin" in result.stderr
