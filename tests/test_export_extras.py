"""What every format for other tools does alike: it writes the samples, counts its losses, and says which library it misses."""

import sys

import pytest

from annotated import all_gold
from reportedly import exporting
from reportedly.errors import InputError

FORMATS = ["ftm", "html", "inception", "label-studio", "md", "spacy", "webannotation"]
NEEDS = {"ftm": "followthemoney", "inception": "cassis"}
# All that these formats keep whole: the reading itself travels in the file.
LOSSLESS = {"inception", "label-studio", "spacy"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_samples_are_written_with_what_was_lost(name, tmp_path):
    material = exporting.material_of(lambda: iter(all_gold()))
    report = exporting.export(material, name, tmp_path / "out")
    assert report.documents + report.events > 0
    assert bool(report.losses) != (name in LOSSLESS)
    assert all(lost.count > 0 and lost.what for lost in report.losses)


@pytest.mark.parametrize("name", FORMATS)
def test_no_reports_are_no_error(name, tmp_path):
    exporting.export(exporting.NONE, name, tmp_path / "out")
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name, module", NEEDS.items())
def test_a_library_that_is_missing_is_named_with_the_line_that_installs_it(name, module, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    material = exporting.material_of(lambda: iter(all_gold()))
    with pytest.raises(InputError, match=module) as error:
        exporting.export(material, name, tmp_path / "out")
    assert error.value.cure.startswith("pip install 'reportedly[")
