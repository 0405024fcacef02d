"""JSON Lines of articles: one object a line, what is wrong with one is no matter to the next."""

import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import ingest, samples
from reportedly.records import Document, Problem


def read(tmp_path, *lines, name="articles.jsonl", **options):
    path = tmp_path / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return list(ingest.read(path, **options))


def test_every_key_of_an_article_is_kept_with_where_it_came_from(tmp_path):
    article = {
        "id": "a1", "text": "Douze civils tués.", "publisher": "AFI", "published": "2015-06-09T23:10:00+03:00", "url": "https://afi.example/1",
        "title": "Alep", "language": "fr", "section": "monde", "tags": ["syrie"],
    }  # fmt: skip
    (document,) = read(tmp_path, article)
    assert (document.name, document.text, document.url) == ("a1", article["text"], article["url"])
    assert document.extra == {"section": "monde", "tags": ["syrie"]}
    assert (document.published.value, document.published.trust) == ("2015-06-09", "high")
    assert document.published.found == '"published" of the input'
    assert (document.publisher.value, document.title.value) == ("AFI", "Alep")
    assert (document.language.value, document.language.trust) == ("fr", "given")


def test_all_but_the_text_is_optional(tmp_path):
    documents = read(tmp_path, {"text": "Alep."}, "", {"text": "Homs."})
    assert [document.name for document in documents] == ["articles:1", "articles:3"]
    assert {document.published for document in documents} == {None}


def test_the_users_word_goes_over_the_articles(tmp_path):
    article = {"text": "Alep.", "published": "2015-06-09", "publisher": "AFI", "language": "fr"}
    (document,) = read(tmp_path, article, published="2016-01-01", publisher="X", language="en")
    assert [document.published.value, document.publisher.value, document.language.value] == ["2016-01-01", "X", "en"]
    assert document.published.trust == "given"


def test_a_published_that_is_no_date_is_kept_and_said_and_not_used(tmp_path):
    (document,) = read(tmp_path, {"text": "Alep.", "published": "9 juin"})
    assert document.published is None
    assert [(date.value, date.trust) for date in document.dates] == [("9 juin", "low")]
    assert "'9 juin' is not an ISO date" in document.notes[0]


@pytest.mark.parametrize(
    "line, reason",
    [
        ("not json", "it is not JSON"),
        (f'{{"text": "Alep", "number": {"1" * 5000}}}', "a number in it has thousands of digits"),
        ('{"text": "Alep', "it is not JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"text": "Alep", "x": ' + "[" * 200 + "]" * 200 + "}", "nested too deep"),
        ('["Alep"]', "it is not an object"),
        ('{"id": "a"}', 'it has no "text"'),
        ('{"text": 12}', 'its "text" is not a string'),
        ('{"text": "  \\n "}', "it holds no text"),
        ('{"text": "' + "x" * 200_001 + '"}', "the limit is 200,000"),
        ('{"text": "' + "x" * 3_000_000 + '"}', "longer than 2,400,000 bytes"),
    ],
)
def test_a_line_that_is_no_article_is_one_problem_and_the_next_is_read(tmp_path, line, reason):
    first, problem, last = read(tmp_path, {"text": "Alep."}, line, {"text": "Homs."})
    assert (first.text, last.text, last.name) == ("Alep.", "Homs.", "articles:3")
    assert problem.name.endswith("articles.jsonl:2")
    assert reason in problem.reason
    assert problem.cure


def test_lone_surrogates_anywhere_in_an_article_are_replaced(tmp_path):
    (document,) = read(tmp_path, '{"id": "a\\ud800", "text": "Alep \\udc00.", "k\\ud800": ["\\ud800", 1e999]}')
    assert (document.name, document.text) == ("a\ufffd", "Alep \ufffd.")
    assert document.extra == {"k\ufffd": ["\ufffd", float("inf")]}
    assert msgspec.json.decode(msgspec.json.encode(document))["text"] == document.text


def test_escaped_pairs_are_one_character(tmp_path):
    (document,) = read(tmp_path, '{"text": "Alep \\ud83d\\ude00"}')
    assert (document.text, document.notes) == ("Alep \U0001f600", ())


@pytest.mark.parametrize("name", ["articles.json", "articles"])
def test_articles_are_told_by_their_first_line_whatever_the_file_is_called(tmp_path, name):
    (document,) = read(tmp_path, {"id": "a", "text": "Alep."}, name=name)
    assert (document.name, document.text) == ("a", "Alep.")


def test_a_json_file_may_hold_one_article_over_many_lines_or_a_list(tmp_path):
    one = json.dumps({"text": "Alep."}, indent=2)
    several = json.dumps([{"text": "Alep."}, {"id": "x"}, {"text": "Homs."}], indent=2)
    assert [document.text for document in read(tmp_path, one, name="one.json")] == ["Alep."]
    first, problem, last = read(tmp_path, several, name="several.json")
    assert (first.text, last.name) == ("Alep.", "several:3")
    assert isinstance(problem, Problem)


def test_a_text_that_begins_with_a_brace_is_a_text(tmp_path):
    (document,) = read(tmp_path, "{Alep} Douze morts.", name="report.txt")
    assert document.text == "{Alep} Douze morts."


def test_standard_input_takes_articles(monkeypatch):
    lines = "\n".join(json.dumps(article) for article in samples.articles())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    documents = list(ingest.read("-"))
    assert [document.name for document in documents] == samples.names()


def test_line_ends_within_an_article_stay_as_given(tmp_path):
    (document,) = read(tmp_path, {"text": "Alep\r\nDouze morts\r."})
    assert document.text == "Alep\r\nDouze morts\r."


keys = st.text(max_size=8).filter(lambda key: key not in ingest.jsonl.KNOWN)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.text(min_size=1).filter(str.strip), st.dictionaries(keys, values, max_size=4))
def test_an_article_written_as_json_gives_back_its_text_and_its_other_keys(text, extra):
    line = json.dumps({"text": text, **extra}).encode()
    (document,) = ingest.jsonl.read([line], name="a", label="a", options=ingest.making.Options())
    assert isinstance(document, Document)
    assert len(document.text) == len(text)
    assert document.extra.keys() == {ingest.making.SURROGATES.sub("\ufffd", key) for key in extra}
