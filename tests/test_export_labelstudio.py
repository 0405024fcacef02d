"""Label Studio: what the SDK says of our tasks, and annotations corrected there made readings again."""

import json
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from label_studio_sdk.label_interface import LabelInterface

from annotated import NONE, all_gold, edit_json, material, reading, span, strange_readings, there_and_back
from reportedly.export.formats import labelstudio
from reportedly.export.formats.labelstudio import FORMAT
from reportedly.records import Claim, Entity, Problem, Reading

GOLD = all_gold()
SLOW_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
# One corrected annotation of each kind that a person makes in Label Studio, on one sentence in Arabic with an emoji before it.
TEXT = "😀 أعلن حزب الله مقتل 12 مسلحا في عرسال"


def arabic():
    found = Claim(
        id="c1",
        content=span(TEXT, "مقتل 12 مسلحا في عرسال"),
        type="ASSAULT",
        actors=(span(TEXT, "حزب الله", Entity, name="Hezbollah", kind="armed-group", by="ar.actor"),),
    )
    return reading(TEXT, found)


def corrected(tmp_path, change, *, each=None, **given):
    """What is read back when ``change`` was made to the one annotation of the one task."""
    edit = edit_json(lambda tasks: change(tasks[0]["annotations"][0]["result"]))
    chosen = {"as": "annotations", "who": "ada"} | given
    return there_and_back(FORMAT, tmp_path / "x.json", [each or arabic()], edit=edit, **chosen)


def of(results, from_name, path):
    return next(r for r in results if r.get("from_name") == from_name and r["meta"]["path"] == path)


def region(role, words, identity, **more):
    at = span(TEXT, words)
    value = {"start": at.start, "end": at.end, "text": words, "labels": [role]}
    return {"id": identity, "from_name": "role", "to_name": "text", "type": "labels", "value": value} | more


@pytest.mark.parametrize("style", ["predictions", "annotations"])
def test_the_sdk_finds_our_tasks_and_their_configuration_sound(style, tmp_path):
    interface = LabelInterface(labelstudio.config())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        interface.validate()
        there_and_back(FORMAT, tmp_path / "x.json", GOLD, **{"as": style, "relations": "all"})
        for task in json.loads((tmp_path / "x.json").read_text(encoding="utf-8")):
            assert interface.validate_task({"data": task["data"]})
            (answer,) = task[style]
            assert interface.validate_prediction({"model_version": "x", **answer}, return_errors=True) == []


def test_every_sample_comes_back_as_it_was_as_a_task_and_without_our_own_data(tmp_path):
    back = there_and_back(FORMAT, tmp_path / "x.json", GOLD, **{"as": "annotations"})
    assert [each.claims for each in back] == [each.claims for each in GOLD]
    strip = edit_json(lambda tasks: [task["data"].pop("reportedly") for task in tasks])
    back = there_and_back(
        FORMAT, tmp_path / "y.json", GOLD, edit=strip, against=material(*GOLD), **{"as": "annotations"}
    )
    assert [each.claims for each in back] == [each.claims for each in GOLD]


@SLOW_FIXTURE
@given(strange_readings())
def test_strange_letters_come_back_as_they_were(tmp_path, each):
    (back,) = there_and_back(FORMAT, tmp_path / "x.json", [each], **{"as": "annotations", "relations": "all"})
    assert back.claims == each.claims
    assert back.document == each.document


def test_offsets_count_code_points(tmp_path):
    there_and_back(FORMAT, tmp_path / "x.json", [arabic()])
    (task,) = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    regions = [result["value"] for result in task["predictions"][0]["result"] if result["type"] == "labels"]
    assert len(regions) == 2
    assert all(TEXT[value["start"] : value["end"]] == value["text"] for value in regions)


def test_an_annotation_counted_in_utf16_is_found_again(tmp_path):
    def shift(results):
        for result in results:
            if "value" in result:
                result["value"]["start"] += 1
                result["value"]["end"] += 1

    (back,) = corrected(tmp_path, shift)
    assert back.claims[0].actors[0].exact == "حزب الله"


def test_a_corrected_fact_and_a_chosen_kind_are_taken_over(tmp_path):
    def change(results):
        of(results, "facts", "actors.0")["value"]["text"] = ["name: Amal"]
        of(results, "entity", "actors.0")["value"]["choices"] = ["organisation"]

    (back,) = corrected(tmp_path, change)
    actor = back.claims[0].actors[0]
    assert (actor.name, actor.kind, actor.by) == ("Amal", "organisation", "ada")
    assert back.run.annotator == "ada"


def test_a_fact_that_is_no_value_is_told_and_the_rest_kept(tmp_path):
    problem, back = corrected(tmp_path, lambda r: of(r, "facts", "actors.0")["value"].update(text=["nom: Amal"]))
    assert "'nom'" in problem.reason
    assert back.claims == arabic().claims


def test_a_region_drawn_in_a_content_belongs_to_its_claim(tmp_path):
    (back,) = corrected(tmp_path, lambda r: r.append(region("place", "عرسال", "new1")))
    assert [(p.exact, p.by) for p in back.claims[0].places] == [("عرسال", "ada")]


def test_a_region_drawn_outside_belongs_to_what_its_arrow_says(tmp_path):
    arrow = {"type": "relation", "from_id": "c1/content", "to_id": "new1", "direction": "right"}
    drawn = region("cue", "أعلن", "new1")
    (problem, _) = corrected(tmp_path, lambda r: r.append(drawn))
    assert "stands in no claim" in problem.reason
    (back,) = corrected(tmp_path, lambda r: r.extend([drawn, arrow]))
    assert [(link.source, link.cue.exact, link.act) for link in back.claims[0].chain] == [(None, "أعلن", "assert")]


def test_a_region_labelled_anew_changes_its_place_in_the_claim(tmp_path):
    (back,) = corrected(tmp_path, lambda r: of(r, "role", "actors.0")["value"].update(labels=["recipient"]))
    (claim,) = back.claims
    assert claim.actors == ()
    assert [(e.exact, e.name, e.kind) for e in claim.recipients] == [("حزب الله", "Hezbollah", "armed-group")]


def test_each_annotator_gives_a_reading_and_a_cancelled_one_none(tmp_path):
    def change(tasks):
        result = tasks[0]["annotations"][0]["result"]
        tasks[0]["annotations"] = [
            {"result": result, "completed_by": {"id": 1, "email": "ada@example.org"}},
            {"result": result, "completed_by": 2},
            {"result": [], "completed_by": 3, "was_cancelled": True},
        ]

    back = there_and_back(FORMAT, tmp_path / "x.json", [arabic()], edit=edit_json(change), **{"as": "annotations"})
    assert [each.run.annotator for each in back] == ["ada@example.org", "label-studio:2"]


@pytest.mark.parametrize("held", ["", "[1]", '[{"data": {}}]', '{"x": 1}', '[{"data": {"text": "a"}}]', "null"])
def test_what_is_no_export_is_a_problem_with_a_cure(tmp_path, held):
    path = tmp_path / "x.json"
    path.write_text(held, encoding="utf-8")
    answers = list(FORMAT.read(path, NONE, {"who": ""}))
    assert answers
    assert all(isinstance(each, Problem) and each.cure for each in answers)


def test_a_text_changed_meanwhile_is_not_taken_for_ours(tmp_path):
    edit = edit_json(lambda tasks: tasks[0]["data"].update(text="X" + TEXT))
    back = there_and_back(FORMAT, tmp_path / "x.json", [arabic()], edit=edit, **{"as": "annotations"})
    (found,) = [each for each in back if isinstance(each, Reading)]
    assert found.document.id != arabic().document.id
    assert found.claims[0].actors[0].exact == "حزب الله"
