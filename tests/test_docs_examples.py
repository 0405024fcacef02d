"""Examples in the documentation and in docstrings run, and print what they say."""

import doctest
import importlib

import pytest

WITH_EXAMPLES = (
    "reportedly.export.tables",
    "reportedly.present.words",
    "reportedly.present.marks",
    "reportedly.ingest.encoding",
    "reportedly.ingest.making",
)
FLAGS = doctest.NORMALIZE_WHITESPACE


def test_the_page_on_the_python_interface_runs(root, monkeypatch):
    monkeypatch.chdir(root)
    failed, tried = doctest.testfile(str(root / "docs" / "api.md"), module_relative=False, optionflags=FLAGS)
    assert tried > 30
    assert not failed


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_run(name):
    assert not doctest.testmod(importlib.import_module(name), optionflags=FLAGS).failed
