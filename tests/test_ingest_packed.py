"""Packed texts, tables and lines that are damaged, cut short or followed by something: what can be read is, and the loss is said once."""

import gzip

import pytest

import making
from reportedly import ingest
from reportedly.records import Document, Problem

SOUND = "".join(f"Alep, jour {number} : {number + 12} civils tués.\n" for number in range(40)).encode()
MORE = "".join(f"Homs, jour {number} : {number * 7919} blessés.\n" for number in range(400)).encode()
PAGE = making.page("Alep : douze civils tués").encode()


def read(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    found = list(ingest.read(tmp_path / name))
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Problem)]


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


SECOND = gzip.compress(MORE)
BEHIND = {
    "a cut member": (SECOND[:20], "ends too soon"),
    "a cut head": (SECOND[:5], "ends too soon"),
    "a member that is none": (SECOND[:3] + b"\xff" * 200, "is damaged after"),
    "something else": (b"garbage trailing", "stands what is not packed"),
    "a byte": (b"x", "stands what is not packed"),
}


@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_before_damage_is_read_and_the_loss_is_one_problem(tmp_path, name):
    behind, reason = BEHIND[name]
    (document,), (problem,) = read(tmp_path, gzip.compress(SOUND) + behind, "report.txt.gz")
    assert document.text.encode().startswith(SOUND)
    assert document.notes[0] == "what follows could not be unpacked"
    assert reason in problem.reason
    assert problem.cure == "get the file anew; what came before is read"


def test_damage_amid_a_text_costs_what_follows_it(tmp_path):
    packed = gzip.compress(MORE, compresslevel=0)
    (document,), (problem,) = read(tmp_path, packed[: len(packed) // 2], "report.txt.gz")
    assert MORE.decode().startswith(document.text)
    assert len(document.text) > len(MORE) // 3
    assert "ends too soon" in problem.reason
    (document,), (problem,) = read(tmp_path, flipped(SECOND, len(SECOND) - 5), "report.txt.gz")
    assert document.text == MORE.decode()
    assert "is damaged" in problem.reason


def test_where_nothing_could_be_unpacked_nothing_is_said_to_have_been_read(tmp_path):
    documents, (problem,) = read(tmp_path, SECOND[:15], "report.txt.gz")
    assert not documents
    assert problem.cure == "get the file anew"


@pytest.mark.parametrize("tail", [b"", b"\0" * 3, b"\0" * 200_000, gzip.compress(b"")])
def test_padding_is_no_damage(tmp_path, tail):
    (document,), problems = read(tmp_path, gzip.compress(SOUND) + tail, "report.txt.gz")
    assert document.text == SOUND.decode()
    assert not problems
    assert "unpacked" not in " ".join(document.notes)


@pytest.mark.parametrize(
    "name, data",
    [
        (
            "a.jsonl.gz",
            making.lines(*({"text": f"Alep, jour {n} : douze tués, {n * 7919} blessés."} for n in range(300))),
        ),
        (
            "a.csv.gz",
            b"title,text\n" + b"".join(b"Alep %d,Douze morts le jour %d.\n" % (n, n * 7919) for n in range(300)),
        ),
    ],
)
def test_a_line_that_is_torn_is_neither_a_report_nor_a_second_loss(tmp_path, name, data):
    whole, none = read(tmp_path, gzip.compress(data), name)
    assert (len(whole), none) == (300, [])
    packed = gzip.compress(data)
    documents, (problem,) = read(tmp_path, packed[: len(packed) // 2], name)
    assert 50 < len(documents) < 299
    assert [each.text for each in documents] == [each.text for each in whole[: len(documents)]]
    assert "ends too soon" in problem.reason
    assert not [note for each in documents for note in each.notes if "unpacked" in note]


def test_a_last_line_without_its_end_before_something_that_is_not_packed_is_whole(tmp_path):
    data = gzip.compress(making.lines({"text": "Alep."}, {"text": "Homs."}).rstrip(b"\n")) + b"garbage"
    documents, (problem,) = read(tmp_path, data, "a.jsonl.gz")
    assert [each.text for each in documents] == ["Alep.", "Homs."]
    assert "is not packed" in problem.reason


@pytest.mark.parametrize("name, data", [("a.pdf.gz", making.pdf("Douze morts.")), ("a.docx.gz", making.docx("Alep"))])
def test_a_file_that_is_none_when_it_is_cut_is_one_problem(tmp_path, name, data):
    packed = gzip.compress(data)
    _, problems = read(tmp_path, packed[: len(packed) - 60], name)
    assert len(problems) == 1
    assert "ends too soon" in problems[0].reason


def test_a_page_is_read_as_far_as_it_is_there(tmp_path):
    (document,), (problem,) = read(tmp_path, gzip.compress(PAGE)[:-20], "a.html.gz")
    assert document.notes[0] == "what follows could not be unpacked"
    assert "ends too soon" in problem.reason
