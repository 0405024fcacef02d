"""Pages of docs/ that are made from the program are what the program makes."""

import importlib.util
import sys

import pytest


@pytest.fixture
def maker(root):
    spec = importlib.util.spec_from_file_location("docs_maker", root / "tools" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs_maker"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["docs_maker"]


def test_the_made_pages_are_not_stale(maker, root):
    for name, page in maker.pages().items():
        assert (root / "docs" / name).read_text(encoding="utf-8") == page, f"docs/{name} is stale; run: make docs"


def test_every_command_has_its_help_and_an_example_or_is_a_group(maker):
    for words in maker.commands():
        text = maker.help_of(words)
        assert text.startswith("Usage: reportedly"), words
        assert "\n    reportedly " in text or words in {
            ("rules",),
            ("gazetteer",),
            ("languages",),
            ("gazetteer", "status"),
        }


def test_help_fits_into_a_terminal_of_100_columns(maker):
    for words in maker.commands():
        assert max(map(len, maker.help_of(words).splitlines())) <= 100
