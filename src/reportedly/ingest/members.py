"""A packed archive, compressed member by compressed member: what each holds, up to the byte where it is damaged.

A record begins where a member that begins with one does, whatever the record before it says of its length: there reading can begin, and
goes on behind damage. Members that begin otherwise go on with what the member before them holds.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.ingest.streams import CHUNK_BYTES, GZIP, PIECE_BYTES, unpacked_head

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER = re.compile(rb"\x1f\x8b\x08")
# What is looked at of a member to see whether a record begins it: of its packed bytes, and of what they hold.
LOOK_BYTES, FIRST_BYTES = 4096, 256
# Between members, and behind the last: some writers fill a block of a tape or a disk.
PADDING = b"\0\r\n"


class Trouble(NamedTuple):
    """Why an archive cannot be unpacked further: the byte of the member where that is, the reason, and whether the archive ends in it."""

    byte: int
    reason: str
    cut: bool


class Unpacker:
    """What a packed archive holds from a byte on, stretch by stretch: one ends where a member begins with a record, or at a trouble.

    ``before`` says how much of the stretch was given before the member in hand, ``broken`` whether that one is damaged.
    """

    def __init__(self, archive: BinaryIO, start: int) -> None:
        self._archive, self._next, self._input = archive, start, b""
        self._inflate: zlib._Decompress | None = None
        self._member, self._given, self._entering = start, 0, False
        self._rest: Iterator[bytes] | None = None
        self._reason = ""
        self.trouble: Trouble | None = None
        self.before, self.broken = 0, False

    def enter(self) -> int | None:
        """Return the byte at which the next stretch begins, None where there is none."""
        self._entering, self._given, self.before = True, 0, 0
        return self._member if self.trouble is None and (self._inflate or self._begins()) else None

    def more(self) -> bytes:
        """Return what the stretch holds next, nothing at its end."""
        while self.trouble is None and (self._inflate or self._begins()):
            if self._rest is not None:
                return next(self._rest, b"") or self._fail(self._reason)
            if not self._input and not self._fill():
                return self._fail("it ends within what is packed there", cut=True)
            if data := self._inflated():
                self._given += len(data)
                return data
        return b""

    def _inflated(self) -> bytes:
        """Return what is unpacked next of a member, nothing where it takes more bytes, ends, or is damaged."""
        unpacker = self._inflate
        assert unpacker is not None
        try:
            data = unpacker.decompress(self._input, PIECE_BYTES)
        except zlib.error as error:
            self._reason = str(error)
            self.broken = True
            self._rest = self._sound_rest(self._next - len(self._input))
            return b""
        self._input = unpacker.unconsumed_tail or unpacker.unused_data
        if unpacker.eof:
            self._inflate = None
        return data

    def _begins(self) -> bool:
        """Begin the next member where it is of this stretch, and return whether it is."""
        self._input = self._input.lstrip(PADDING)
        while not self._input:
            if not self._fill():
                return False
            self._input = self._input.lstrip(PADDING)
        while len(self._input) < LOOK_BYTES and self._fill():
            pass
        byte = self._next - len(self._input)
        if not self._input.startswith(GZIP):
            self._member, self.before = byte, self.before + self._given
            self._fail("what stands there is not packed")
            return False
        if not self._entering and is_packed_warc(self._input[:LOOK_BYTES]):
            return False
        self._member, self._entering = byte, False
        self.before, self._given = self.before + self._given, 0
        self._inflate = zlib.decompressobj(wbits=31)
        return True

    def _read(self, byte: int, size: int) -> bytes:
        self._archive.seek(byte)
        return self._archive.read(size)

    def _fill(self) -> bool:
        data = self._read(self._next, CHUNK_BYTES)
        self._input += data
        self._next += len(data)
        return bool(data)

    def _fail(self, reason: str, *, cut: bool = False) -> bytes:
        self.trouble = Trouble(self._member, reason, cut)
        return b""

    def _sound_rest(self, failing: int) -> Iterator[bytes]:
        """Yield what the member holds up to its damage, behind what it gave; what was read from byte ``failing`` on broke it.

        An error takes with it all that it came with, so these bytes are unpacked again one by one.
        """
        unpacker, at, known = zlib.decompressobj(wbits=31), self._member, self._given
        while chunk := self._read(at, min(CHUNK_BYTES, failing - at) if at < failing else CHUNK_BYTES):
            fine = at >= failing
            at += len(chunk)
            try:
                for piece in (chunk[n : n + 1] for n in range(len(chunk))) if fine else (chunk,):
                    for data in _unpacked(unpacker, piece):
                        known -= len(data)
                        if known < 0:
                            self._given -= known
                            yield data[known:]
                            known = 0
            except zlib.error:
                return


def _unpacked(unpacker: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Yield what ``data`` unpacks to, in pieces."""
    while data and not unpacker.eof:
        yield unpacker.decompress(data, PIECE_BYTES)
        data = unpacker.unconsumed_tail


def is_packed_warc(head: bytes) -> bool:
    """Return whether gzip data begins with a record."""
    return head.startswith(GZIP) and unpacked_head(head, FIRST_BYTES).lstrip().startswith(b"WARC/")


def next_member(archive: BinaryIO, start: int, *, stop: int | None = None) -> int | None:
    """Return where the next member that begins with a record begins, from byte ``start`` on and before ``stop``; None where none does."""
    archive.seek(start)
    position, kept = start, b""
    # a mark may lie across the byte
    while (stop is None or position < stop + 2) and (chunk := archive.read(PIECE_BYTES)):
        data = kept + chunk
        position += len(chunk)
        for match in MEMBER.finditer(data):
            where = position - len(data) + match.start()
            if stop is not None and where >= stop:
                return None
            archive.seek(where)
            if is_packed_warc(archive.read(LOOK_BYTES)):
                return where
        archive.seek(position)
        kept = data[-2:]
    return None
