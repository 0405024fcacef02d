"""Streams of bytes that keep to bounds: a stream whose beginning was looked at, and a compressed one that cannot swell without end.

Nothing here is unpacked to disk, and nothing is read further than its bound.
"""

from __future__ import annotations

import codecs
import io
import sys
import zlib
from typing import TYPE_CHECKING, BinaryIO

from reportedly.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES = 65_536
CHUNK_BYTES = 65_536
PIECE_BYTES = 1 << 20
GZIP = b"\x1f\x8b"
# Text shrinks to a tenth and tables full of repeats to a fiftieth; what swells a thousandfold was made to.
MOST_RATIO = 200
# Below this, a high ratio harms nobody.
HARMLESS_BYTES = 10_000_000
BOMB_CURE = "unpack it yourself, if you trust it, and give what it holds"


class Rewound(io.RawIOBase):
    """A stream with the beginning that was read from it put back before it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` from the head, then from the rest."""
        into = memoryview(buffer).cast("B")
        if self._head:
            count = min(len(into), len(self._head))
            into[:count], self._head = self._head[:count], self._head[count:]
            return count
        data = self._rest.read(len(into))
        into[: len(data)] = data
        return len(data)


class Typed(io.RawIOBase):
    """A stream that has ended once and for all where it ended once: a terminal goes on after each Ctrl-D."""

    def __init__(self, terminal: io.BufferedReader) -> None:
        super().__init__()
        self._terminal, self._ended = terminal, False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` with what was typed, up to the end of a line."""
        into = memoryview(buffer).cast("B")
        data = b"" if self._ended else self._terminal.read1(len(into))
        self._ended = not data
        into[: len(data)] = data
        return len(data)


class Gunzipped(io.RawIOBase):
    """What a gzip stream holds, member after member.

    Where it is damaged or cut short it ends: ``trouble`` then says why, ``torn`` whether it ended amid a member. Raises InputError once it
    has swollen to more than ``MOST_RATIO`` times what was read of it.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._inflate = zlib.decompressobj(wbits=31)
        self._input = b""
        # what is unpacked at once: ever less where damage is near, for it takes with it all that is unpacked with it
        self._step = CHUNK_BYTES
        self._member_given = 0
        self.taken = self.given = 0
        self.trouble = ""

    @property
    def torn(self) -> bool:
        """Whether what was given ends amid a member."""
        return bool(self.trouble and self._member_given)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` with what is unpacked next; nothing at the end of the last member."""
        into = memoryview(buffer).cast("B")
        while not self.trouble:
            if self._inflate.eof and not self._next_member():
                break
            if not self._input and not self._fill():
                self._end()
                break
            if data := self._unpacked(len(into)):
                self._count(len(data))
                into[: len(data)] = data
                return len(data)
        return 0

    def _unpacked(self, most: int) -> bytes:
        """Return what is unpacked next, nothing where that takes more bytes or is damaged."""
        before, given = self._inflate.copy(), self._input[: self._step]
        try:
            data = self._inflate.decompress(given, most)
        except zlib.error as error:
            if self._step == 1:
                self.trouble = f"it is a gzip archive that is damaged after {self.given:,} unpacked bytes ({error}); what follows is lost"
            self._inflate, self._step = before, max(1, self._step // 64)
            return b""
        left = self._inflate.unconsumed_tail or self._inflate.unused_data
        self._input = left + self._input[len(given) :]
        return data

    def used(self) -> int:
        """Return how many packed bytes what was given so far took."""
        return self.taken - len(self._input)

    def _next_member(self) -> bool:
        """Begin the next member, if there is one; zeros after the last are padding."""
        self._input = self._input.lstrip(b"\0")
        while len(self._input) < len(GZIP) and self._fill():
            self._input = self._input.lstrip(b"\0")
        self._member_given = 0
        if not self._input:
            return False
        if not self._input.startswith(GZIP):
            self.trouble = f"behind the gzip archive, after {self.given:,} unpacked bytes, stands what is not packed; it is not read"
            return False
        self._inflate = zlib.decompressobj(wbits=31)
        return True

    def _fill(self) -> bool:
        data = self._packed.read(CHUNK_BYTES)
        self._input += data
        self.taken += len(data)
        return bool(data)

    def _end(self) -> None:
        if self.taken and not self._inflate.eof:
            self.trouble = (
                f"it is a gzip archive that ends too soon, after {self.given:,} unpacked bytes; what follows is lost"
            )

    def _count(self, size: int) -> None:
        self.given += size
        self._member_given += size
        if self.given > HARMLESS_BYTES and self.given > MOST_RATIO * self.taken:
            raise InputError(
                f"it is a gzip archive that swells to more than {MOST_RATIO} times its size (after {self.given:,} bytes)",
                cure=BOMB_CURE,
            )


class Narrowed(io.RawIOBase):
    """A stream of UTF-16 or UTF-32 in UTF-8, however long it is; U+FFFD where it is damaged, which ``damaged`` then says."""

    def __init__(self, wide: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._wide, self._decoder = wide, codecs.getincrementaldecoder(encoding)()
        self._ready, self._ended = memoryview(b""), False
        self.damaged = False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` with what is decoded next."""
        into = memoryview(buffer).cast("B")
        while not self._ready and not self._ended:
            data = self._wide.read(CHUNK_BYTES)
            self._ended = not data
            self._ready = memoryview(self._decoded(data).encode())
        count = min(len(into), len(self._ready))
        into[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _decoded(self, data: bytes) -> str:
        """Return the characters of ``data`` and of what was left of the bytes before it; no bytes are the end."""
        try:
            return self._decoder.decode(data, not data)
        except UnicodeDecodeError:
            # it keeps what it had: these bytes are decoded once more
            self.damaged = True
            self._decoder.errors = "replace"
            text = self._decoder.decode(data, not data)
            self._decoder.errors = "strict"
            return text


def standard_input() -> BinaryIO:
    """Return what comes by standard input; what is typed ends with the first Ctrl-D."""
    given = sys.stdin.buffer
    return io.BufferedReader(Typed(given), HEAD_BYTES) if given.isatty() else given  # type: ignore[arg-type]


def rewound(head: bytes, rest: BinaryIO) -> io.BufferedReader:
    """Return ``rest`` with ``head`` put back before it."""
    return io.BufferedReader(Rewound(head, rest), HEAD_BYTES)


def narrowed(wide: BinaryIO, encoding: str) -> tuple[io.BufferedReader, Narrowed]:
    """Return ``wide``, which is in ``encoding``, in UTF-8, and what says whether it was damaged so far."""
    narrow = Narrowed(wide, encoding)
    return io.BufferedReader(narrow, HEAD_BYTES), narrow


def gunzipped(packed: BinaryIO) -> tuple[io.BufferedReader, Gunzipped]:
    """Return what the gzip stream ``packed`` holds, and what says how much of it was used."""
    unpacked = Gunzipped(packed)
    return io.BufferedReader(unpacked, HEAD_BYTES), unpacked


def head_of(stream: BinaryIO, size: int = HEAD_BYTES) -> bytes:
    """Return the first ``size`` bytes of a stream, fewer only where it ends sooner."""
    pieces: list[bytes] = []
    left = size
    # never more at once: a stream makes room for all it is asked for
    while left and (piece := stream.read(min(left, PIECE_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def unpacked_head(head: bytes, size: int = 4096) -> bytes:
    """Return the first bytes that the gzip data in ``head`` holds, as far as it is not damaged.

    >>> import gzip
    >>> unpacked_head(gzip.compress(b"WARC/1.0"))
    b'WARC/1.0'
    """
    unpacker, found = zlib.decompressobj(wbits=31), b""
    try:
        # piece by piece: what stands before damage is there
        for at in range(0, len(head), 64):
            found += unpacker.decompress(head[at : at + 64], size)
            if len(found) >= size or unpacker.eof:
                break
    except zlib.error:
        pass
    return found[:size]


def inflated(data: bytes, *, most: int) -> tuple[bytes, bool]:
    """Return what ``data`` unpacks to (gzip, zlib, bare deflate), up to ``most`` bytes and one more, and whether its end is there.

    Raises InputError where it is none of them.
    """
    # bare deflate has no mark, and makes something of anything
    for wbits in (47,) if data.startswith(GZIP) else (47, -15):
        unpacker = zlib.decompressobj(wbits=wbits)
        try:
            return unpacker.decompress(data, most + 1), unpacker.eof
        except zlib.error:
            continue
    raise InputError("its content is damaged: it does not unpack", cure="get the page anew")
