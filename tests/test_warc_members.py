"""Web archives however their records are packed, and what is said of each stretch that is lost: once, and no more than is lost."""

import gzip
import io
import itertools
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile
import making
from reportedly import ingest, scale
from reportedly.ingest import blocks, warc
from reportedly.records import Document, Problem
from reportedly.scale import reading
from reportedly.workers import frames

TEN = [
    making.record(number, f"Alep, jour {number} : {number + 12} civils tués.\n".encode() * 9, kind="conversion")
    for number in range(10)
]
WHOLE = making.warc(*TEN)
OPTIONS = ingest.Options()


def read(data):
    return list(warc.read(io.BytesIO(data), name="a", label="a", options=OPTIONS))


def addresses(found):
    return [each.url.rpartition("/")[2] for each in found if isinstance(each, Document)]


def problems(found):
    return [each for each in found if isinstance(each, Problem)]


def members(*pieces):
    return b"".join(gzip.compress(each, mtime=0) for each in pieces)


def blocks_of(data, size):
    """As bgzip packs: members that begin wherever so many bytes end."""
    return members(*(data[at : at + size] for at in range(0, len(data), size)))


ALL = [str(number) for number in range(10)]
PACKED = {
    "each": making.warc_gz(*TEN),
    "one": gzip.compress(WHOLE),
    "by three": members(*(b"".join(TEN[at : at + 3]) for at in range(0, 10, 3))),
    "a large one among small ones": members(TEN[0], b"".join(TEN[1:7]), *TEN[7:]),
    "in blocks": blocks_of(WHOLE, 700),
    "in small blocks": blocks_of(WHOLE, 50),
    "padded": members(*TEN) + b"\0" * 300,
}


@pytest.mark.parametrize("name", PACKED)
def test_a_sound_archive_is_read_without_a_word_of_damage_however_it_is_packed(name):
    found = read(PACKED[name])
    assert addresses(found) == ALL
    assert not problems(found)


@pytest.mark.parametrize("name", PACKED)
@given(cuts=st.lists(st.integers(1, 30_000), max_size=6))
def test_ranges_hold_each_record_once_however_it_is_packed(name, cuts):
    data = PACKED[name]
    bounds = sorted({0, len(data), *(each % len(data) for each in cuts)})
    found = []
    for start, stop in itertools.pairwise(bounds):
        found += warc.read_range(io.BytesIO(data), name="a", label="a", options=OPTIONS, start=start, stop=stop)
    assert addresses(found) == ALL
    assert not problems(found)
    assert len({each.name for each in found}) == 10


@given(
    name=st.sampled_from(sorted(PACKED)),
    at=st.integers(0, 10_000),
    size=st.integers(1, 60),
    step=st.integers(200, 3000),
)
def test_ranges_of_a_damaged_archive_give_what_the_whole_gives(name, at, size, step):
    data = hostile.damaged(PACKED[name], at % len(PACKED[name]), size)
    if not data.startswith(b"\x1f\x8b"):
        return
    found = []
    for start in range(0, len(data), step):
        stop = start + step
        found += warc.read_range(io.BytesIO(data), name="a", label="a", options=OPTIONS, start=start, stop=stop)
    whole = read(data)
    assert addresses(found) == addresses(whole)
    assert [each.reason for each in problems(found)] == [each.reason for each in problems(whole)]
    if len(addresses(whole)) < 10:
        assert problems(whole)


def test_records_of_one_member_are_called_after_it_and_their_place_in_it():
    data = PACKED["by three"]
    found = list(warc.read_range(io.BytesIO(data), name="a", label="a", options=OPTIONS, start=0, stop=len(data)))
    second = len(members(b"".join(TEN[:3])))
    assert [each.name for each in found[:4]] == ["a:0", "a:0.2", "a:0.3", f"a:{second}"]


def test_an_archive_gives_all_pages_of_a_file_whose_ranges_cannot_be_read_apart(tmp_path):
    names = ("one", "by three", "in blocks")
    for name in names:
        (tmp_path / f"{name}.warc.gz").write_bytes(PACKED[name])
    paths = [tmp_path / f"{name}.warc.gz" for name in names]
    size = len(PACKED["one"]) // 3
    told = list(scale.archive(paths, tmp_path / "out", language="fr", unit_bytes=size))
    assert len(told) > 9
    for path in paths:
        assert sum(row.documents for row in told if row.unit.paths == (str(path),)) == 10
    assert sum(row.problems for row in told) == 0


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def spoilt(number, spoil):
    """Ten packed records, the one of that number spoilt; and where it begins and ends."""
    pieces = [gzip.compress(each, mtime=0) for each in TEN]
    pieces[number] = spoil(pieces[number])
    begin = sum(map(len, pieces[:number]))
    return b"".join(pieces), begin, begin + len(pieces[number])


SPOILS = {
    "its checksum": lambda piece: flipped(piece, len(piece) - 5),
    "its middle": lambda piece: flipped(piece, len(piece) // 2),
    "its head": lambda piece: flipped(piece, 3),
    "its first bytes": lambda piece: flipped(piece, 12),
    "its end": lambda piece: piece[: len(piece) // 2],
    "all": lambda _piece: b"\x1f\x8b\x08" + b"\xff" * 300,
}


@pytest.mark.parametrize("name", SPOILS)
def test_a_packed_record_that_is_lost_is_counted_once_and_none_that_was_read_is_said_to_be(name):
    data, begin, end = spoilt(3, SPOILS[name])
    found = read(data)
    assert addresses(found) == ["0", "1", "2", "4", "5", "6", "7", "8", "9"]
    (problem,) = problems(found)
    assert f"at byte {begin:,} (" in problem.reason
    assert f"what stands there up to byte {end:,} is lost" in problem.reason


def test_a_lost_page_is_named_where_its_address_can_still_be_read():
    (problem,) = problems(read(spoilt(3, SPOILS["its checksum"])[0]))
    assert problem.reason.endswith("is lost (https://afi.example/3)")


@pytest.mark.parametrize("head", [b"X: " + b"y" * 200_000 + b"\r\n", b"X: y\r\n" * 50_000])
def test_a_record_whose_head_is_too_long_is_lost_and_not_the_one_before_it(head):
    long = TEN[1].replace(b"WARC-Type", head + b"WARC-Type")
    found = read(making.warc(TEN[0], long, TEN[2]))
    assert addresses(found) == ["0", "2"]
    (problem,) = problems(found)
    assert f"at byte {len(TEN[0]):,} (" in problem.reason
    assert f"up to byte {len(TEN[0] + long):,} is lost" in problem.reason


@pytest.mark.parametrize("spoil", [(b"Content-Length: ", b"Content-Length: -"), (b"Content-Length: ", b"X: ")])
def test_a_record_that_does_not_say_its_length_is_one_problem(spoil):
    found = read(making.warc(TEN[0], TEN[1].replace(*spoil), TEN[2]))
    assert addresses(found) == ["0", "2"]
    (problem,) = problems(found)
    assert problem.reason == "the record does not say how long it is (https://afi.example/1)"


def test_damage_within_one_member_costs_what_follows_and_no_page_before_it():
    noise = random.Random(3)
    records = [
        making.record(n, f"Alep {n} ".encode() + noise.randbytes(90_000).hex().encode(), kind="conversion")
        for n in range(20)
    ]
    # not packed any closer, so that damage to the lengths of pieces is seen where it is
    data = gzip.compress(making.warc(*records), compresslevel=0)
    found = read(data[: len(data) // 2] + b"\xff" * 70_000 + data[len(data) // 2 + 70_000 :])
    there = addresses(found)
    assert 8 <= len(there) <= 11
    assert there[:8] == [str(number) for number in range(8)]
    *_, problem = problems(found)
    assert (
        f"behind the {len(found) - 1} records found there, up to its end, is lost; what was found may be damaged"
        in (problem.reason)
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: blocks_of(data, 900)])
def test_line_feeds_in_place_of_line_ends_cost_no_page(pack):
    pages = making.warc(*map(making.record, range(5)))
    found = read(pack(pages.replace(b"\r\n", b"\n")))
    assert addresses(found) == ALL[:5]
    assert not problems(found)
    assert "line ends were changed" in found[0].notes[0]


def test_line_feeds_with_lengths_that_were_made_for_them_need_no_note():
    page = making.page().encode()
    head = f"WARC/1.0\nWARC-Type: resource\nContent-Type: text/html\nContent-Length: {len(page)}\n\n".encode()
    (first, second) = read((head + page + b"\n\n") * 2)
    assert first.text == second.text
    assert not [note for note in first.notes if "line ends" in note]


@pytest.mark.parametrize("length", [b"600000", b"99999999999"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_length_beyond_the_end_costs_no_record_behind_it(packed, length):
    lie = TEN[1].replace(b"Content-Length: ", b"Content-Length: " + length)
    pieces = (TEN[0], lie, *TEN[2:5])
    found = read(making.warc_gz(*pieces) if packed else making.warc(*pieces))
    assert addresses(found) == ["0", "2", "3", "4"]
    (problem,) = problems(found)
    assert "the record is cut short" in problem.reason


@pytest.mark.parametrize("data", [b"WARC/", WHOLE.replace(b"WARC/1.0", b"WARC/9.9"), b"WARC/1.0\r\n"])
def test_of_an_archive_without_a_record_nothing_is_said_to_have_been_read(data):
    (problem,) = read(data)
    assert "up to its end is lost" in problem.reason
    assert "other records were read" not in problem.cure


def test_a_packed_archive_that_ends_within_a_record_is_one_problem_and_one_that_ends_behind_it_too():
    one = gzip.compress(WHOLE)
    assert len(problems(read(one[:-100]))) == 1
    found = read(one[:-8])
    assert addresses(found) == ALL
    (problem,) = problems(found)
    assert "ends within what is packed there" in problem.reason


def test_a_large_archive_is_not_held_in_memory(monkeypatch):
    held = []
    go = blocks.Stretch._go

    def watched(stretch, size):
        held.append(len(stretch._held))
        go(stretch, size)

    monkeypatch.setattr(blocks.Stretch, "_go", watched)
    large = making.record(1, b"x" * 40_000_000, type_="video/mp4")
    noise = b"\n".join(b"%x" % (n * 7919) for n in range(2_000_000))
    blank = b"\r\n" * 5_000_000
    found = read(gzip.compress(making.warc(TEN[0], large, noise, TEN[1], blank, TEN[2]), compresslevel=1))
    assert addresses(found) == ["0", "1", "2"]
    assert max(held) < 4_000_000


def test_records_that_are_passed_because_they_were_read_before_are_told_one_by_one(tmp_path):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(PACKED["one"])
    asked = {"path": os.fsencode(path), "start": 0, "stop": path.stat().st_size, "publisher": None, "language": "fr"}
    kinds = [frame.kind for frame in itertools.islice(reading.read_range(None, asked, 8), 8)]
    assert kinds == [frames.PASSING] * 7 + [frames.PASSED]
