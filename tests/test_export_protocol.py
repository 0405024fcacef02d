"""What a format is: found on the entry-point group, its options checked, what it loses counted while the streams run by."""

from importlib.metadata import EntryPoint

import pytest

from goldfiles import reading_of
from reportedly import InputError, samples
from reportedly.export import registry
from reportedly.export.losses import Watch
from reportedly.export.protocol import Field, Format, Loss, Material, Option, Table


def sample(name="qal-afi"):
    return reading_of(samples.FOLDER / f"{name}.gold.json")


def material(*readings):
    return Material(readings=lambda: iter(readings), dossiers=lambda: iter(()))


def write(stream, out, options):
    out.writelines(f"{reading.document.name}\n".encode() for reading in stream.readings())


HEDGES = Loss("the words of hedges", lambda reading: sum(len(claim.hedges) for claim in reading.claims))
FAKE = Format(
    name="fake",
    title="The names of reports",
    suffix=".txt",
    write=write,
    options=(Option("order", "How they stand.", ("given", "sorted")),),
    tables=(Table(name="names", takes="readings", fields=(Field("name", "Document.name"),), lost=(HEDGES,)),),
)


class Package:
    name = "somebody-elses"


def plugged(monkeypatch, **named):
    """Put entry points beside the installed ones, as another package would."""
    real = registry.entry_points
    points = [EntryPoint(name, value, registry.GROUP)._for(Package) for name, value in named.items()]
    monkeypatch.setattr(registry, "entry_points", lambda group: [*points, *real(group=group)])


def test_a_format_of_another_package_is_found_beside_ours(monkeypatch):
    plugged(monkeypatch, fake=f"{__name__}:FAKE")
    monkeypatch.setattr(EntryPoint, "load", lambda point: FAKE)
    assert "fake" in registry.names()
    assert "jsonl" in registry.names()
    assert registry.find("fake") is FAKE


def test_no_other_package_replaces_a_format_of_ours(monkeypatch):
    plugged(monkeypatch, jsonl="json:dumps")
    assert registry.find("jsonl").name == "jsonl"


def test_a_package_that_cannot_be_loaded_breaks_no_format_but_its_own(monkeypatch):
    plugged(monkeypatch, broken="no_such_module_anywhere:FORMAT", wrong="json:dumps")
    assert {"broken", "wrong", "jsonl"} <= set(registry.names())
    with pytest.raises(InputError, match="'broken' of somebody-elses cannot be loaded"):
        registry.find("broken")
    with pytest.raises(InputError, match="function, no Format"):
        registry.find("wrong")
    assert registry.find("jsonl")


def test_an_unknown_format_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"no format 'json'; did you mean 'jsonl'\?"):
        registry.find("json")


def test_a_missing_library_is_named_with_the_line_that_installs_it():
    with pytest.raises(InputError, match=r"needs no_such_module_anywhere.*pip install 'reportedly\[parquet\]'"):
        registry.library("no_such_module_anywhere.sub", extra="parquet")


def test_options_have_defaults_and_unknown_ones_are_refused():
    assert registry.options(FAKE, {}) == {"order": "given"}
    assert registry.options(FAKE, {"order": "sorted"}) == {"order": "sorted"}
    with pytest.raises(InputError, match="no option 'oder'; it has order"):
        registry.options(FAKE, {"oder": "x"})
    with pytest.raises(InputError, match="order=up is no choice"):
        registry.options(FAKE, {"order": "up"})


def test_losses_are_counted_while_the_stream_runs_by_and_only_once():
    reading = sample()
    watch = Watch(FAKE)
    stream = watch.watched(material(reading))
    assert list(stream.readings()) == [reading]
    assert list(stream.readings()) == [reading]
    report = watch.report()
    assert (report.documents, report.claims, report.events) == (1, len(reading.claims), 0)
    expected = sum(len(claim.hedges) for claim in reading.claims)
    assert expected
    assert [(lost.table, lost.field, lost.what, lost.count) for lost in report.losses] == [
        ("names", "", "the words of hedges", expected)
    ]


@pytest.mark.parametrize("name", registry.names())
def test_every_format_says_where_each_field_comes_from_and_writes_in_one_way(name):
    found = registry.find(name)
    assert found.name == name
    assert found.suffix.startswith(".") or found.write_folder
    assert [found.write, found.write_file, found.write_folder].count(None) == 2
    assert found.tables
    for table in found.tables:
        names = [each.name for each in table.fields]
        assert len(names) == len(set(names))
        assert names
