"""Words survive every format: Arabic, quotes, newlines, formulas, emoji, controls of direction, and what XML cannot hold."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exportmaterial import material, told
from exportreaders import READERS
from reportedly import exporting

NASTY = (
    "أعلن الجيش \u202b«مقتل»\u202c 12 \"دمشق\" 'x' =1+1 +2 -3 @A1 \n\r\t\v\x00\x1b 👩\u200d👩\u200d👧 🇸🇾 \u2066a\u2069 é e\u0301 "
    "_x0041_ <&>]]> | ; , \\ \ufffe \u2028"
)
WORDS = st.one_of(
    st.text(min_size=1, max_size=30).filter(str.strip),
    st.text(alphabet=sorted(set(NASTY)), min_size=1, max_size=30).filter(str.strip),
)


def formats():
    return [name for name in exporting.format_names() if name in READERS]


@pytest.mark.parametrize("name", formats())
@settings(max_examples=30)
@given(words=WORDS)
@example(words=NASTY)
@example(words='=HYPERLINK("x")')
@example(words="'=1")
@example(words="-12")
@example(words=" #N/A ")
@example(words="_x000D_\r")
def test_the_words_of_a_report_survive(name, words, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / f"out{exporting.open_format(name).suffix}"
    exporting.export(material(told(words)), name, path)
    assert any(words in found for found in READERS[name](path)), name


# Formats that hold words in ways of their own have their properties beside what else is tested of them.
ELSEWHERE = {
    "ftm": "test_export_ftm",
    "html": "test_export_dossier",
    "inception": "test_export_inception",
    "md": "test_export_dossier",
    "spacy": "test_export_docbin",
}


def test_no_format_goes_without_such_a_property():
    assert set(exporting.format_names()) == {*formats(), *ELSEWHERE}
    for module in ELSEWHERE.values():
        assert "\n@given(" in (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
