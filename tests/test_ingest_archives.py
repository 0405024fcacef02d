"""Web archives, packed files and folders: what they hold, what of them is lost, and what is refused."""

import gzip
import io
import json
import os
import sys
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
import making
from reportedly import ingest
from reportedly.ingest import archives, streams, warc
from reportedly.ingest import making as facts
from reportedly.records import Document, Problem

FIVE = [making.record(number) for number in range(5)]


def items(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return list(ingest.items(path, ingest.Options()))


def read(tmp_path, data, name):
    return [each for each in items(tmp_path, data, name) if not isinstance(each, ingest.Passed)]


def addresses(found):
    return [each.url.rpartition("/")[2] for each in found if isinstance(each, Document)]


@pytest.mark.parametrize("pack", [making.warc, making.warc_gz, lambda *each: gzip.compress(making.warc(*each))])
@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl", "crawl.txt"])
def test_each_page_of_a_web_archive_is_a_document_however_it_is_packed_and_called(tmp_path, pack, name):
    documents = read(tmp_path, pack(*FIVE), name)
    assert addresses(documents) == ["0", "1", "2", "3", "4"]
    first = documents[0]
    assert (first.name, first.url, first.fetched) == ("crawl:1", "https://afi.example/0", "2015-06-09T12:00:00Z")
    assert (first.publisher.value, first.published.value, first.published.found) == (
        "AFI",
        "2015-06-09",
        "meta article:published_time",
    )
    assert first.extra["warc_record"] == "<urn:uuid:00000000-0000-0000-0000-000000000000>"


def test_what_holds_no_report_by_its_nature_is_counted_by_kind(tmp_path):
    picture = making.record(1, b"\x89PNG", type_="image/png")
    missing = making.record(2, status="404 Not Found")
    asked = making.record(3, b"", kind="request")
    found = items(tmp_path, making.warc(picture, picture, missing, asked, FIVE[0]), "crawl.warc")
    counted = {each.what: each.number for each in found if isinstance(each, ingest.Passed)}
    assert counted == {"records of type image/png": 2, "answers with status 404": 1, "request records": 1}


def test_an_archive_of_nothing_but_what_holds_no_report_says_so(tmp_path):
    asked = making.record(3, b"", kind="request")
    (tmp_path / "a.warc").write_bytes(making.warc(asked, asked, making.record(2, status="404 Not Found")))
    (problem,) = ingest.read(tmp_path / "a.warc")
    assert problem.reason == "it holds no report, only 1 answer with status 404, 2 request records"
    assert problem.name == str(tmp_path / "a.warc")


@pytest.mark.parametrize("coding, pack", [("gzip", gzip.compress), ("gzip", bytes), ("deflate", zlib.compress)])
def test_a_page_is_unpacked_as_its_server_says_unless_the_crawler_did_so(tmp_path, coding, pack):
    (document,) = read(tmp_path, making.record(1, pack(making.page().encode()), coding=coding), "crawl.warc")
    assert document.text.startswith("Alep : douze civils tués")


def test_the_encoding_that_the_server_named_goes_over_a_guess(tmp_path):
    body = making.page("Alep : l'« armée » dément", charset="").encode("cp1256", "replace")
    (document,) = read(tmp_path, making.record(1, body, type_="text/html; charset=windows-1256"), "crawl.warc")
    assert "« armée »" in document.text


def test_extracted_text_in_an_archive_is_read_with_its_host_as_publisher(tmp_path):
    record = making.record(
        1, "Douze civils ont été tués à Alep.\n".encode(), kind="conversion", url="https://www.cedre.example/a"
    )
    (document,) = read(tmp_path, record, "crawl.wet")
    assert document.text == "Douze civils ont été tués à Alep.\n"
    assert (document.publisher.value, document.publisher.trust) == ("cedre.example", "low")


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_short_says_so(tmp_path, packed):
    data = making.warc_gz(*FIVE)[:-200] if packed else making.warc(*FIVE)[:-300]
    *documents, problem = read(tmp_path, data, "crawl")
    assert addresses(documents) == ["0", "1", "2", "3"]
    assert problem.name.endswith("crawl:5")
    assert "cut short" in problem.reason
    assert "https://afi.example/4" in problem.reason


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("left", [1, 5, 12, 40])
def test_an_archive_that_is_cut_within_the_head_of_a_record_says_so(tmp_path, packed, left):
    pack = making.warc_gz if packed else making.warc
    whole = len(pack(*FIVE[:4]))
    *documents, problem = read(tmp_path, pack(*FIVE)[: whole + left], "crawl")
    assert addresses(documents) == ["0", "1", "2", "3"]
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("left", [1, 5, 9, 12, 40, 200])
def test_what_is_cut_off_is_said_by_one_range_of_an_archive(packed, left):
    pack = making.warc_gz if packed else making.warc
    data = pack(*FIVE)[: len(pack(*FIVE[:4])) + left]
    found = []
    for start in range(0, len(data), 700):
        given = {"name": "a", "label": "a", "options": ingest.Options()}
        found += warc.read_range(io.BytesIO(data), start=start, stop=start + 700, **given)
    assert addresses(found) == ["0", "1", "2", "3"]
    assert len([each for each in found if isinstance(each, Problem)]) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_ends_where_a_record_ends_is_whole(packed):
    pack = making.warc_gz if packed else making.warc
    for number in (1, 3, 5):
        for tail in (b"",) if packed else (b"", b"\r\n\r\n"):
            data = pack(*FIVE[:number]) + tail
            found = list(warc.read(io.BytesIO(data), name="a", label="a", options=ingest.Options()))
            assert len(addresses(found)) == len(found) == number


@pytest.mark.parametrize("packed", [False, True])
def test_reading_goes_on_behind_a_damaged_stretch_and_says_what_is_lost(tmp_path, packed):
    pieces = [gzip.compress(each) for each in FIVE] if packed else FIVE
    data = hostile.damaged(b"".join(pieces), len(pieces[0]) + (60 if packed else 5))
    found = read(tmp_path, data, "crawl")
    assert addresses(found) == ["0", "2", "3", "4"]
    assert isinstance(found[1], Problem)
    assert f"up to byte {len(pieces[0]) + len(pieces[1]):,} is lost" in found[1].reason


def test_a_length_that_swallows_the_next_record_is_found_out(tmp_path):
    data = making.warc(*FIVE)
    lie = data.replace(b"Content-Length: ", b"Content-Length: 1", 1)
    found = read(tmp_path, lie, "crawl.warc")
    assert [each for each in found if isinstance(each, Problem)]
    assert len(addresses(found)) >= 2


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "utf-16", "idna", "none at all"])
def test_a_page_that_names_a_strange_encoding_costs_none_of_its_neighbours(tmp_path, charset):
    strange = making.page().encode("cp1252")
    odd = making.record(1, strange, type_=f"text/html; charset={charset}", url="https://afi.example/odd")
    found = read(tmp_path, making.warc(FIVE[0], odd, FIVE[2]), "crawl.warc")
    assert addresses(found) == ["0", "odd", "2"]


def test_what_breaks_the_reading_of_one_record_costs_no_other(tmp_path, monkeypatch):
    inner = warc.html.read

    def broken(data, **given):
        if b"jour 1" in data:
            raise RecursionError("too deep")
        return inner(data, **given)

    monkeypatch.setattr(warc.html, "read", broken)
    found = read(tmp_path, making.warc(*FIVE[:3]), "crawl.warc")
    assert addresses([each for each in found if isinstance(each, Document)]) == ["0", "2"]
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert "RecursionError: too deep (https://afi.example/1)" in problem.reason


def test_a_digest_that_is_not_that_of_the_bytes_is_said(tmp_path):
    (document,) = read(
        tmp_path, making.record(1, more="WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"), "crawl.warc"
    )
    assert "digest" in document.notes[0]


def test_a_page_that_swells_within_an_archive_costs_itself_alone(tmp_path):
    bomb = making.record(1, gzip.compress(b"Alep " * 3_000_000), coding="gzip")
    problem, document = read(tmp_path, making.warc(bomb, FIVE[2]), "crawl.warc")
    assert "unpacks to more than 10,000,000 bytes" in problem.reason
    assert addresses([document]) == ["2"]


def test_a_web_archive_on_standard_input(monkeypatch):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    pieces = [gzip.compress(each) for each in FIVE]
    data = hostile.damaged(b"".join(pieces), len(pieces[0]) + 60)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(data)))
    assert addresses(ingest.read("-")) == ["0", "2", "3", "4"]


@given(cut=st.integers(0, 2000), at=st.integers(0, 2000), length=st.integers(0, 60), packed=st.booleans())
def test_a_record_of_a_damaged_archive_is_read_or_something_says_that_it_is_not(cut, at, length, packed):
    pack = making.warc_gz if packed else making.warc
    ends = [len(pack(*FIVE[:number])) for number in (1, 2, 3)]
    left = max(1, ends[2] - cut % ends[2])
    data = hostile.damaged(pack(*FIVE[:3]), at % ends[2], length)[:left]
    found = list(warc.read(io.BytesIO(data), name="a", label="a", options=ingest.Options()))
    whole = [each.url for each in found if isinstance(each, Document)]
    assert len(whole) == len(set(whole))
    # An archive that ends where a record does is whole for all anybody can know.
    begun = sum(start < left for start in (0, *ends[:2]))
    if len(whole) < begun:
        assert [each for each in found if not isinstance(each, Document)]


@pytest.mark.parametrize(
    "name, data, text",
    [
        ("report.txt.gz", "Douze civils tués.\n".encode(), "Douze civils tués.\n"),
        ("articles.jsonl.gz", making.lines({"text": "Alep."}), "Alep."),
        ("articles.csv.gz", b"title,text\nAlep,Homs.\n", "Homs."),
        ("report.pdf.gz", making.pdf("Douze morts."), "Douze morts.\n"),
    ],
)
def test_a_packed_file_is_read_as_what_it_holds(tmp_path, name, data, text):
    (document,) = read(tmp_path, gzip.compress(data), name)
    assert document.text == text


def test_members_of_a_zip_are_read_in_order_and_none_is_written_anywhere(tmp_path):
    data = making.zipped(b__report_dot_txt="Douze morts.", a_dot_xml=making.RSS, empty_dot_txt="", _dot_DS_Store="x")
    found = read(tmp_path, data, "reports.zip")
    assert [each.name for each in found if isinstance(each, Document)] == ["a:1", "a:2", "report"]
    assert [each.path for each in found if isinstance(each, Document)][-1] == str(tmp_path / "reports.zip:b/report.txt")
    assert [each.name for each in found if isinstance(each, Problem)] == [str(tmp_path / "reports.zip:empty.txt")]
    assert [path.name for path in tmp_path.iterdir()] == ["reports.zip"]


def test_members_that_lead_out_of_a_zip_are_refused_and_the_honest_one_is_read(tmp_path):
    found = read(tmp_path, hostile.climbing_zip(), "climbing.zip")
    assert [each.text for each in found if isinstance(each, Document)] == [hostile.HONEST]
    reasons = [each.reason for each in found if isinstance(each, Problem)]
    assert reasons.count("its name leads out of the archive") == 5
    assert "symbolic link" in " ".join(reasons)


def test_members_whose_path_turns_back_within_a_zip_are_read(tmp_path):
    data = io.BytesIO()
    names = ("a/../b.txt", "a/b/../../c.txt", "a/../../d.txt", "./../e.txt", "a\\..\\..\\f.txt")
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, f"Douze morts ({name}).")
    found = read(tmp_path, data.getvalue(), "turning.zip")
    assert [each.name for each in found if isinstance(each, Document)] == ["b", "c"]
    assert [each.reason for each in found if isinstance(each, Problem)] == ["its name leads out of the archive"] * 3


@pytest.mark.parametrize("what", [*facts.ONE, "symbolic links, which are not followed"])
def test_of_one_thing_that_is_passed_over_is_spoken_in_the_singular(what):
    assert facts.counted(2, what) == f"2 {what}"
    assert "s," not in facts.counted(1, what)
    assert " are " not in facts.counted(1, what)
    assert facts.counted(1, what) != f"1 {what}"


def test_a_zip_of_too_many_members_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    data = making.zipped(a_dot_txt="Douze morts.", b_dot_txt="Treize morts.")
    assert [type(each) for each in read(tmp_path, data, "two.zip")] == [Document, Document]
    data = making.zipped(a_dot_txt="Douze morts.", b_dot_txt="Treize morts.", c_dot_txt="Quatorze morts.")
    (problem,) = read(tmp_path, data, "three.zip")
    assert "has 3 members, the limit is 2" in problem.reason


def zip_of(**members):
    """The bytes of a ZIP whose members are packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.txt", data)
    return file.getvalue()


def test_a_member_that_swells_costs_itself_alone(tmp_path):
    honest = {f"a{number}": f"{hostile.HONEST} {number}" for number in range(4)}
    found = read(tmp_path, zip_of(a2b="a" * 30_000_000, **honest), "bomb.zip")
    assert [each.text for each in found if isinstance(each, Document)] == list(honest.values())
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert (problem.name, problem.reason[:16]) == (str(tmp_path / "bomb.zip:a2b.txt"), "it swells from 2")


def test_members_that_are_harmless_alone_are_unpacked_up_to_a_bound_together(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "HARMLESS_BYTES", 100_000)
    monkeypatch.setattr(archives, "MOST_RATIO", 2)
    # each is harmless, and all are read to their ends
    members = {f"a{number}": (hostile.HONEST + " ") * (30_000 // len(hostile.HONEST)) for number in range(6)}
    found = read(tmp_path, zip_of(**members, b=hostile.HONEST), "many.zip")
    assert [type(each) for each in found] == [Document] * 3 + [Problem] * 3 + [Document]
    assert {each.reason.partition(":")[0] for each in found[3:6]} == {"more than is read of one archive"}


@pytest.mark.parametrize("kept", [b"\xe9\xff.txt", b"\xc3(.txt", b"\xff\xff.txt"])
def test_a_name_that_is_not_the_utf8_it_is_said_to_be_costs_nothing(tmp_path, kept):
    data = zip_of(a=hostile.HONEST, é=hostile.HONEST, z=hostile.HONEST).replace("é.txt".encode(), kept)
    found = read(tmp_path, data, "names.zip")
    assert [each.text for each in found] == [hostile.HONEST] * 3
    assert {each.path for each in found} == {
        f"{tmp_path / 'names.zip'}:{name}" for name in ("a.txt", "z.txt", kept.decode("utf-8", "replace"))
    }


def test_a_member_that_is_locked_is_said_to_be(tmp_path):
    data = bytearray(zip_of(a=hostile.HONEST, b=hostile.HONEST))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags] |= 1
    problem, document = read(tmp_path, bytes(data), "locked.zip")
    assert (problem.name, problem.reason) == (str(tmp_path / "locked.zip:a.txt"), "it is locked by a password")
    assert document.text == hostile.HONEST


@given(st.binary(max_size=3000), st.integers(0, 400))
def test_gzip_gives_back_what_went_in_whatever_the_pieces(data, size):
    packed = io.BytesIO(gzip.compress(data) + gzip.compress(data[:size]) + b"\0" * 7)
    assert streams.gunzipped(packed)[0].read() == data + data[:size]


def test_folders_are_walked_in_order_and_links_are_not_followed(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".git/x.txt", ".hidden"):
        (tmp_path / name).write_text("Alep")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "passwd").symlink_to("/etc/passwd")
    found = list(ingest.walk([str(tmp_path), "-"]))
    files = [each for each in found if isinstance(each, str)]
    assert files == [str(tmp_path / name) for name in ("a.txt", "b/d.txt", "c.txt")] + ["-"]
    assert [each.what for each in found if not isinstance(each, str)] == ["symbolic links, which are not followed"] * 2


def test_a_folder_that_may_not_be_read_is_a_problem(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (problem,) = ingest.walk([str(tmp_path)])
    assert "Permission denied" in problem.reason


SEEDS = {
    "feed.xml": making.RSS.encode(),
    "atom.xml": making.ATOM.encode(),
    "result.json": json.dumps(
        making.telegram(*(making.message(n, ["Alep ", {"text": "douze"}]) for n in range(3)))
    ).encode(),
    "export.html": making.europresse({}, {}).encode(),
    "page.html": making.page().encode(),
    "table.csv": b'title,text,date\nAlep,"Douze\nmorts",2015-06-09\n"a",b,c\n',
    "a.warc": making.warc(*FIVE[:2]),
    "a.warc.gz": making.warc_gz(*FIVE[:2]),
    "a.zip": making.zipped(a_dot_txt="Alep", b_dot_xml=making.RSS),
    "a.docx": making.docx("Alep", table=(("a", "b"),)),
    "a.pdf": making.pdf("Alep", "Douze morts."),
}
EDITS = st.lists(
    st.tuples(
        st.integers(0, 5000),
        st.integers(0, 60),
        st.binary(max_size=4) | st.sampled_from([b"<", b"&#0;", b"[", b"PK\3\4", b"\x1f\x8b"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("edited")


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40)
@given(edits=EDITS)
def test_no_damage_to_a_file_breaks_what_reads_it(scratch, name, edits):
    data = SEEDS[name]
    for at, length, put in edits:
        start = at % (len(data) + 1)
        data = data[:start] + put + data[start + length :]
    (scratch / name).write_bytes(data)
    everything = list(ingest.items(scratch / name, ingest.Options()))
    assert everything
    for found in everything:
        if isinstance(found, Problem):
            assert "reading it failed" not in found.reason
            assert found.cure
        elif isinstance(found, Document):
            assert found.text.encode().decode() == found.text


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return folder, hostile.write(folder)


def test_every_hostile_input_ends_as_it_must_and_none_costs_its_neighbour(corpus):
    folder, ends = corpus
    wrong = {}
    for name, must in ends.items():
        found = list(ingest.read(folder / name))
        kinds = {type(each) for each in found}
        end = {(True, False): hostile.READ, (False, True): hostile.REFUSED, (True, True): hostile.SOME}.get(
            (Document in kinds, Problem in kinds), "nothing"
        )
        if must not in (end, hostile.EITHER) or end == "nothing":
            wrong[name] = end, [each.reason for each in found if isinstance(each, Problem)]
        for each in found[:100]:
            assert each.cure if isinstance(each, Problem) else each.text.encode().decode() == each.text, name
    assert not wrong


# --- what was sent to break things -----------------------------------------------------------------------------------------------------

CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"


def answer(body, head=CHUNKED):
    """A record of an answer as it came over the wire."""
    block = head.encode() + body
    said = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://afi.example/odd\r\nContent-Type: application/http\r\n"
    return f"{said}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def chunks(body, size=100):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"


ODD = making.page("Alep : treize tués").encode()
PACKED = CHUNKED.replace("Transfer-Encoding: chunked", "Content-Encoding: gzip")
BODIES = {
    "chunks": (chunks(ODD), CHUNKED, False),
    "chunks of a byte": (chunks(ODD, 1), CHUNKED, False),
    "no chunks": (ODD, CHUNKED, False),
    "a chunk that is none": (b"-5\r\n" + ODD, CHUNKED, False),
    "cut chunks": (chunks(ODD)[:-10], CHUNKED, True),
    "an endless chunk": (b"ffffffff\r\n" + ODD, CHUNKED, True),
    "packed": (gzip.compress(ODD), PACKED, False),
    "packed chunks": (chunks(gzip.compress(ODD)), CHUNKED, False),
    "packed twice": (gzip.compress(gzip.compress(ODD)), PACKED, False),
    "packed and not said": (gzip.compress(ODD), CHUNKED, False),
    "cut and packed": (gzip.compress(ODD)[:-9], PACKED, True),
    "a length that lies": (
        ODD,
        CHUNKED.replace("Transfer-Encoding: chunked", "Content-Length: 99999999999999999999"),
        False,
    ),
    "a hundred thousand headers": (ODD, CHUNKED.replace("Transfer", "X: y\r\n" * 100_000 + "Transfer"), False),
    "no status": (ODD, CHUNKED.replace("HTTP/1.1 200 OK", ""), False),
}


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_is_read_however_it_came_and_what_is_missing_of_it_is_said(tmp_path, name):
    body, head, cut = BODIES[name]
    found = read(tmp_path, making.warc(FIVE[0], answer(body, head), FIVE[2]), "crawl.warc")
    assert addresses(found) == ["0", "odd", "2"]
    assert found[1].text.startswith("Alep : treize tués")
    assert ("the page is cut short in the archive" in found[1].notes) == cut


@pytest.mark.parametrize(
    "head, body", [("br", b"\x8b\x00\x80garbage"), ("zstd", b"\x28\xb5\x2f\xfd" + ODD), ("gzip", b"\x1f\x8bx")]
)
def test_an_answer_that_does_not_unpack_costs_itself_alone(tmp_path, head, body):
    odd = answer(body, CHUNKED.replace("Transfer-Encoding: chunked", f"Content-Encoding: {head}"))
    found = read(tmp_path, making.warc(FIVE[0], odd, FIVE[2]), "crawl.warc")
    assert addresses(found) == ["0", "2"]
    assert isinstance(found[1], Problem)


HEADS = {
    "no number": FIVE[1].replace(b"Content-Length: ", b"Content-Length: x"),
    "below nothing": FIVE[1].replace(b"Content-Length: ", b"Content-Length: -"),
    "two lengths": FIVE[1].replace(b"Content-Length: ", b"Content-Length: 5\r\nContent-Length: "),
    "another version": FIVE[1].replace(b"WARC/1.0", b"WARC/9.0"),
    "in small letters": FIVE[1].replace(b"WARC/1.0", b"warc/1.0"),
    "endless headers": FIVE[1].replace(b"WARC-Type", b"X: y\r\n" * 50_000 + b"WARC-Type"),
    "an endless header": FIVE[1].replace(b"WARC-Type", b"X: " + b"y" * 500_000 + b"\r\nWARC-Type"),
    "noise": bytes(range(256)) * 40,
    "line feeds alone": FIVE[1].replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_record_whose_head_is_none_costs_none_of_its_neighbours(tmp_path, name):
    found = items(tmp_path, making.warc(FIVE[0], HEADS[name], FIVE[2]), "crawl.warc")
    there = addresses(found)
    assert [each for each in there if each != "1"] == ["0", "2"]
    assert "1" in there or [each for each in found if not isinstance(each, Document)]


@pytest.mark.parametrize("spoil", [-8, 30])
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_whose_first_record_is_damaged_is_an_archive_by_its_name(tmp_path, packed, spoil):
    first = gzip.compress(FIVE[0]) if packed else FIVE[0]
    first = (
        hostile.damaged(first, len(first) + spoil, 4)
        if spoil < 0
        else hostile.damaged(first, 0 if not packed else spoil, 4)
    )
    data = first + (gzip.compress(FIVE[1]) if packed else FIVE[1])
    found = read(tmp_path, data, "crawl.warc.gz" if packed else "crawl.warc")
    assert addresses(found)[-1:] == ["1"]
    assert packed is False or isinstance(found[0], Problem)


def test_a_member_that_asks_for_gigabytes_to_unpack_costs_itself_alone(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "Alep. " * 500)
        archive.writestr(zipfile.ZipInfo("b.txt"), hostile.HONEST)
    problem, document = read(tmp_path, file.getvalue(), "a.zip")
    assert "LZMA" in problem.reason
    assert document.text == hostile.HONEST


class Pipe(io.BytesIO):
    """What one cannot go back in."""

    def seekable(self):
        return False


def test_an_archive_through_a_pipe_that_never_ends_fills_no_disk(monkeypatch):
    monkeypatch.setattr(warc, "LARGEST_COPY", 2_000_000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(making.warc(*FIVE) + b"\0" * 4_000_000)))
    (problem,) = ingest.read("-")
    assert problem.reason == "the archive is larger than 2,000,000 bytes"


def test_a_disk_that_is_full_of_an_archive_through_a_pipe_is_a_problem(monkeypatch):
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(warc.tempfile, "TemporaryFile", Full)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(making.warc(*FIVE))))
    (problem,) = ingest.read("-")
    assert "No space left on device" in problem.reason


FAILING = {
    "a.warc": making.warc(*FIVE * 40),
    "a.warc.gz": making.warc_gz(*FIVE * 40),
    "a.jsonl": making.lines(*[{"text": "Alep."}] * 9_000),
    "a.txt": b"Alep. " * 20_000,
    "a.zip": making.zipped(a_dot_txt="Alep"),
    "a.txt.gz": gzip.compress(b"Alep. " * 20_000),
}


@pytest.mark.parametrize("after", [0, 100, 70_000])
@pytest.mark.parametrize("name", FAILING)
def test_a_disk_that_fails_while_it_is_read_is_a_problem_and_what_came_before_is_read(
    tmp_path, monkeypatch, name, after
):
    """Injected: the file gives so many bytes and then an error."""
    data = FAILING[name]

    class Failing(io.BytesIO):
        def _check(self, size):
            if self.tell() + (size if size and size > 0 else 0) > max(after, 1) and self.tell() >= after:
                raise OSError(5, "Input/output error")

        def read(self, size=-1):
            self._check(size)
            return super().read(size)

        def readline(self, size=-1):
            self._check(size)
            return super().readline(size)

        def readinto(self, buffer):
            self._check(len(buffer))
            return super().readinto(buffer)

    (tmp_path / name).write_bytes(data)
    monkeypatch.setattr("pathlib.Path.open", lambda path, mode="r": Failing(data))
    found = list(ingest.read(tmp_path / name))
    assert found
    # a file shorter than the first look at it is read before anything fails
    assert isinstance(found[-1], Problem) or (after and len(data) < streams.HEAD_BYTES)
    assert "reading it failed" not in " ".join(each.reason for each in found if isinstance(each, Problem))
