"""INCEpTION: dkpro-cassis reads what we write, offsets are UTF-16 on disk, and corrected files come back as readings."""

import json
import re
import zipfile

import cassis
import pytest
from hypothesis import HealthCheck, given, settings

from annotated import NONE, all_gold, material, reading, span, strange_readings, there_and_back
from reportedly.export.formats import inception
from reportedly.export.formats.inception import FORMAT
from reportedly.export.registry import options
from reportedly.records import Claim, Entity, Place, Problem, Reading

GOLD = all_gold()
FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
TEXT = "😀 أعلن حزب الله مقتل 12 مسلحا في عرسال"


def arabic():
    actor = span(TEXT, "حزب الله", Entity, name="Hezbollah", kind="armed-group", by="ar.actor", reason="a list")
    place = span(TEXT, "عرسال", Place, lat=34.18, lon=36.42, name="Aarsal")
    return reading(TEXT, Claim(id="c1", content=span(TEXT, "مقتل 12 مسلحا في عرسال"), actors=(actor,), places=(place,)))


def opened(folder, name="report"):
    with (folder / inception.TYPES).open("rb") as types:
        system = cassis.load_typesystem(types)
    with (folder / f"{name}.xmi").open("rb") as xmi:
        return cassis.load_cas_from_xmi(xmi, typesystem=system)


def edit_cas(change):
    """An edit of the one file as another program would do it, by dkpro-cassis."""

    def edit(folder):
        cas = opened(folder)
        change(cas, cas.select(inception.SPAN))
        cas.to_xmi(str(folder / "report.xmi"))

    return edit


def test_dkpro_cassis_reads_every_span_with_its_own_words(tmp_path):
    there_and_back(FORMAT, tmp_path / "x", GOLD)
    for each in GOLD:
        cas = opened(tmp_path / "x", each.document.name)
        assert cas.sofa_string == each.document.text
        contents = [found for found in cas.select(inception.SPAN) if found.role == "content"]
        assert sorted(c.get_covered_text() for c in contents) == sorted(c.content.exact for c in each.claims)


def test_offsets_in_the_file_count_utf16_units(tmp_path):
    there_and_back(FORMAT, tmp_path / "x", [arabic()])
    written = (tmp_path / "x" / "report.xmi").read_text(encoding="utf-8")
    spans = re.findall(r"<custom:Reportedly [^>]*>", written)
    units = TEXT.encode("utf-16-le")
    for tag, words in zip(spans, ["مقتل 12 مسلحا في عرسال", "حزب الله", "عرسال"], strict=True):
        begin, end = (int(re.search(rf'\b{name}="(\d+)"', tag)[1]) for name in ("begin", "end"))
        assert units[2 * begin : 2 * end].decode("utf-16-le") == words


def test_every_sample_comes_back_as_it_was(tmp_path):
    back = there_and_back(FORMAT, tmp_path / "x", GOLD)
    assert {each.document.name: each for each in back} == {
        each.document.name: each.__class__(**{f: getattr(each, f) for f in each.__struct_fields__} | {"run": found.run})
        for each, found in zip(GOLD, back, strict=True)
    }


def test_without_what_inception_drops_the_claims_come_back_from_their_features_and_from_what_is_given(tmp_path):
    def drop(folder):
        for path in folder.glob("*.xmi"):
            cas = opened(folder, path.stem)
            for report in list(cas.select(inception.REPORT)):
                cas.remove(report)
            cas.to_xmi(str(path))

    few = GOLD[::3]
    for against in (NONE, material(*few)):
        back = there_and_back(FORMAT, tmp_path / "x", few, edit=drop, against=against, relations="all")
        claims = {each.document.name: {c.id: c for c in each.claims} for each in back}
        assert claims == {each.document.name: {c.id: c for c in each.claims} for each in few}


@FEW
@given(strange_readings())
def test_strange_letters_come_back_as_they_were(tmp_path, each):
    (back,) = there_and_back(FORMAT, tmp_path / "x", [each], relations="all")
    assert back.claims == each.claims
    assert back.document == each.document


def test_what_xml_cannot_write_is_replaced_counted_as_lost_and_comes_back_with_the_claims_given(tmp_path):
    text = "a\x07b \x00 Flita"
    each = reading(text, Claim(id="c1", content=span(text, "Flita")))
    (lost,) = FORMAT.tables[0].lost
    assert lost.count(each) == 2
    (back,) = there_and_back(FORMAT, tmp_path / "x", [each], against=material(each))
    assert back.claims == each.claims
    assert back.document.text == text


def test_a_corrected_fact_a_moved_span_and_a_deleted_one_are_taken_over(tmp_path):
    def change(cas, spans):
        for each in spans:
            if each.role == "actor":
                each.name, each.begin = "Amal", each.begin + 4
            if each.role == "place":
                cas.remove(each)

    (back,) = there_and_back(FORMAT, tmp_path / "x", [arabic()], edit=edit_cas(change), who="ada")
    (claim,) = back.claims
    assert claim.places == ()
    actor = claim.actors[0]
    assert (actor.exact, actor.name, actor.kind, actor.by, actor.reason) == ("الله", "Amal", "armed-group", "ada", "")


def test_a_span_added_in_inception_is_tied_by_a_relation_or_by_where_it_stands(tmp_path):
    def change(cas, spans):
        content = next(each for each in spans if each.role == "content")
        span_type, relation = cas.typesystem.get_type(inception.SPAN), cas.typesystem.get_type(inception.RELATION)
        at = span(TEXT, "أعلن")
        cue = span_type(begin=at.start, end=at.end, role="cue")
        at = span(TEXT, "12")
        cas.add_all(
            [cue, span_type(begin=at.start, end=at.end, role="quantity", low="12", best="12", high="12", kind="killed")]
        )
        cas.add(relation(begin=cue.begin, end=cue.end, Dependent=cue, Governor=content))

    (back,) = there_and_back(FORMAT, tmp_path / "x", [arabic()], edit=edit_cas(change), who="ada")
    (claim,) = back.claims
    assert [(link.source, link.cue.exact) for link in claim.chain] == [(None, "أعلن")]
    assert [(q.exact, q.best, q.kind) for q in claim.quantities] == [("12", 12.0, "killed")]


def test_a_project_exported_as_zip_gives_a_reading_for_each_annotator(tmp_path):
    folder = tmp_path / "x"
    there_and_back(FORMAT, folder, [arabic()])
    written = (folder / "report.xmi").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "project.zip", "w") as project:
        for who in ("ada", "ben"):
            inner = tmp_path / f"{who}.zip"
            with zipfile.ZipFile(inner, "w") as archive:
                archive.writestr(f"{who}.xmi", written.replace('documentId="report"', f'documentId="{who}"'))
                archive.write(folder / inception.TYPES, inception.TYPES)
            project.write(inner, f"annotation/report.txt/{who}.zip")
    back = list(FORMAT.read(tmp_path / "project.zip", NONE, options(FORMAT, {})))
    assert [each.run.annotator for each in back] == ["ada", "ben"]
    assert [each.claims for each in back] == [arabic().claims] * 2


def test_two_reports_of_one_name_are_two_files(tmp_path):
    other = reading("b Flita", Claim(id="c", content=span("b Flita", "Flita")))
    back = there_and_back(FORMAT, tmp_path / "x", [arabic(), other])
    assert {each.document.text for each in back} == {TEXT, "b Flita"}


@pytest.mark.parametrize("held", ["", "<a/>", "x" * 99, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_cas_is_a_problem_with_a_cure(tmp_path, held):
    path = tmp_path / "x.xmi"
    path.write_text(held, encoding="utf-8")
    (problem,) = FORMAT.read(path, NONE, options(FORMAT, {}))
    assert isinstance(problem, Problem)
    assert "UIMA CAS XMI" in problem.cure


def test_our_own_data_in_the_file_is_plain_json(tmp_path):
    there_and_back(FORMAT, tmp_path / "x", [arabic()])
    (report,) = opened(tmp_path / "x").select(inception.REPORT)
    kept = json.loads(report.reading)
    assert isinstance(kept["claims"], list)
    assert Reading.__struct_fields__ == tuple(kept)
