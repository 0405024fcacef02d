"""The records of a web archive, packed or not, in one pass; each stretch in which none can be read is said once, with where and why.

A record is where its mark (``WARC/1.0``) is, as long as its headers say. A length is held against what stands behind the record: where
that is no record and another one stands within it, it ends there. Line ends may be CRLF or LF.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportedly.ingest import making, members
from reportedly.ingest.streams import GZIP, PIECE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORD = re.compile(rb"WARC/[01]\.\d{1,2} {0,4}\r?\n")
MARK_BYTES = 20
AHEAD_BYTES = 64
BLANK = b" \t\r\n"
WRITTEN = re.compile(rb"[^ \t\r\n]")
# A record within what another one says to be its own.
WITHIN = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d{1,2} {0,4}\r?\n[A-Za-z-]+:)")
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
HEAD_BYTES = 1 << 16
# A page and what its server said before it.
LARGEST_BLOCK = making.MAX_PAGE_BYTES + 100_000
# The length of a record that does not say it.
UNSAID = -1
KINDS = ("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation")


class Block(NamedTuple):
    """One record: its number, the byte it begins at (where it is packed, its compressed member), which of that member it is, its kind,
    headers and content, how long that should be, how much is there, and whether its line ends are not those that its length was made for.
    """

    number: int
    start: int
    part: int
    kind: str
    headers: dict[str, str]
    data: bytes
    length: int
    there: int
    changed: bool = False


class Lost(NamedTuple):
    """A stretch of an archive in which no record can be read, and why."""

    reason: str


def blocks(archive: BinaryIO, *, start: int = 0, stop: int | None = None) -> Iterator[Block | Lost]:
    """Yield the records that begin in a range of an archive; where a record cannot be read, go on at the next that can.

    Those of a compressed member that holds several begin where the first of them does; neighbouring ranges share none.
    """
    archive.seek(0)
    packed = archive.read(2) == GZIP
    every = _packed(archive, start, stop) if packed else _plain(archive, start, stop)
    # what is lost was something: it has a number too
    for number, found in enumerate(every, start=1):
        yield found._replace(number=number) if isinstance(found, Block) else found


def _plain(archive: BinaryIO, start: int, stop: int | None) -> Iterator[Block | Lost]:
    size = archive.seek(0, 2)
    archive.seek(start)
    stretch = Stretch(start, partial(archive.read, PIECE_BYTES), size=size)
    if start:
        stretch.seek()
    yield from stretch.records(stop)


def _packed(archive: BinaryIO, start: int, stop: int | None) -> Iterator[Block | Lost]:
    at: int | None = members.next_member(archive, start, stop=stop) if start else 0
    while at is not None and (stop is None or at < stop):
        unpacker = members.Unpacker(archive, at)
        last = None
        while (byte := unpacker.enter()) is not None:
            if stop is not None and byte >= stop:
                return
            last = Stretch(byte, unpacker.more, unpacker=unpacker)
            yield from last.records()
        trouble = unpacker.trouble
        if trouble is None:
            return
        # a member whose end is missing may run over all that follows it
        at = members.next_member(archive, trouble.byte + 1)
        if not (last and last.cut):
            yield _lost(trouble, at, last)


def _lost(trouble: members.Trouble, following: int | None, last: Stretch | None) -> Lost:
    """Return what is lost at a trouble, up to the byte of the ``following`` record; ``last`` is the stretch that it ended."""
    upto = f"up to byte {following:,}" if following is not None else "up to its end"
    doubt = ""
    if read := last.of_member if last else 0:
        records = f"the {read:,} records" if read > 1 else "the record"
        upto = f"behind {records} found there, {upto},"
        doubt = "" if trouble.cut and following is None else "; what was found may be damaged too"
    address = f" ({last.whose})" if last and last.whose else ""
    return Lost(
        f"the archive is damaged at byte {trouble.byte:,} ({trouble.reason}); what stands there {upto} is lost{doubt}{address}"
    )


class Head(NamedTuple):
    """What the headers of a record say, how many bytes they take, and how long the content is, None where they do not say."""

    headers: dict[str, str]
    size: int
    length: int | None
    bare: bool


class Stretch:
    """What stands in an archive from a byte on, unpacked: a window that goes forward over it, and the records in it.

    ``more`` gives what comes next and nothing at the end: an archive's that has ``size`` bytes, or what ``unpacker`` unpacks. Where
    that came into trouble within a record, ``cut`` says afterwards that it came as one that is cut short, ``whose`` is its address where
    it did not come.
    """

    def __init__(
        self,
        start: int,
        more: Callable[[], bytes],
        *,
        size: int | None = None,
        unpacker: members.Unpacker | None = None,
    ) -> None:
        self._start, self._more, self._size, self._unpacker = start, more, size, unpacker
        self._held, self._at, self._gone, self._ended = bytearray(), 0, 0, False
        self._count, self._before, self._of_member = 0, 0, 0
        self.cut, self.whose = False, ""

    @property
    def of_member(self) -> int:
        """How many records came out of the compressed member in hand."""
        return self._of_member if self._unpacker and self._unpacker.before == self._before else 0

    def records(self, stop: int | None = None) -> Iterator[Block | Lost]:
        """Yield the records, and each stretch in which there is none; none that begins at or after byte ``stop``."""
        while self._pass_blank():
            begin = self._gone + self._at
            if not self._is_record():
                self.seek()
                if self._has(1) or self._sound():
                    yield self._lost(begin, "there is no record")
                continue
            if stop is not None and self._start + begin >= stop:
                return
            if (head := self._head()) is not None:
                yield from self._record(begin, head)
                continue
            long = self._has(HEAD_BYTES)
            self._go(1)
            self.seek()
            if self._has(1) or self._sound():
                why = f"the headers of a record do not end within {HEAD_BYTES:,} bytes"
                yield self._lost(begin, why if long else "it ends within the headers of a record")

    def seek(self) -> None:
        """Go on to the next record, or to the end."""
        while not (mark := RECORD.search(self._held, self._at)):
            self._go(max(0, len(self._held) - self._at - MARK_BYTES))
            if not self._fill():
                self._go(len(self._held) - self._at)
                return
        self._go(mark.start() - self._at)

    def _record(self, begin: int, head: Head) -> Iterator[Block]:
        """Yield the record whose head is next, and go behind it; not where it is of what cannot be unpacked to its end."""
        self._go(head.size)
        kind = head.headers.get("warc-type", "").strip().lower()
        start, part = (self._start, self._count) if self._size is None else (self._start + begin, 0)
        made = Block(0, start, part, kind if kind in KINDS else "unknown", head.headers, b"", 0, 0)
        if head.length is None:
            made = made._replace(length=UNSAID)
            self.seek()
        elif head.length > LARGEST_BLOCK:
            made = made._replace(length=head.length, there=self._pass_large(head.length))
        else:
            made = self._filled(made, head.length, bare=head.bare)
        end = self._gone + self._at
        if self._is_lost(made, end):
            self.whose = head.headers.get("warc-target-uri", "")
            self._to_end()
        else:
            self._tally(end)
            yield made

    def _is_lost(self, block: Block, end: int) -> bool:
        """Return whether the record that ends at byte ``end`` of the stretch is one that cannot be unpacked: what is lost there is said."""
        if self._size is not None or (self._pass_blank() and self._is_record()) or self._unpacker is None:
            return False
        if self._unpacker.broken and end > self._unpacker.before:
            # its bytes may be there, and be others: the member that it ends in does not come to a sound end
            return True
        trouble, incomplete = self._unpacker.trouble, block.there < block.length
        self.cut = incomplete and trouble is not None and trouble.cut
        return incomplete and trouble is not None and not trouble.cut

    def _tally(self, end: int) -> None:
        """Count a record that came, and ended at that byte of the stretch."""
        self._count += 1
        before = self._unpacker.before if self._unpacker else 0
        if before != self._before:
            self._before, self._of_member = before, 0
        self._of_member += end > before

    def _to_end(self) -> None:
        self._go(len(self._held) - self._at)
        while self._fill():
            self._go(len(self._held) - self._at)

    def _filled(self, block: Block, length: int, *, bare: bool) -> Block:
        """Return a record with its content, and go behind it: its length is held against what stands behind it."""
        self._has(length + AHEAD_BYTES)
        there = min(length, len(self._held) - self._at)
        changed = False
        behind = bytes(self._held[self._at + there : self._at + there + AHEAD_BYTES]).lstrip(BLANK)
        if there < length or (behind and not behind.startswith(b"WARC/")):
            if within := WITHIN.search(self._held, self._at, self._at + there + AHEAD_BYTES):
                there = min(there, within.start() - self._at)
            short = length - there
            # each line end that was CRLF and is LF is a byte less; the last lines may be those behind the record
            changed = bare and 0 < short <= self._held.count(b"\n", self._at, self._at + there)
        data = bytes(memoryview(self._held)[self._at : self._at + there])
        self._go(there)
        return block._replace(data=data, length=there if changed else length, there=there, changed=changed)

    def _pass_large(self, length: int) -> int:
        """Go behind a content that is too large to be held, or said to be, and return how much of it is there."""
        if self._size is not None and self._start + self._gone + self._at + length > self._size:
            begin = self._gone + self._at
            self.seek()
            return self._gone + self._at - begin
        left = length
        while left and (self._at < len(self._held) or self._fill()):
            step = min(left, len(self._held) - self._at)
            self._go(step)
            left -= step
        return length - left

    def _lost(self, begin: int, why: str) -> Lost:
        """Return what is said of a stretch without records, up to where the window is now."""
        upto = f"up to {self._place(self._gone + self._at)}" if self._has(1) else "up to its end"
        if not self._has(1) and self._size is None:
            upto = "up to the end of what is packed there"
        return Lost(f"the archive is damaged at {self._place(begin)} ({why}); what stands there {upto} is lost")

    def _place(self, position: int) -> str:
        if self._size is not None or not position:
            return f"byte {self._start + position:,}"
        return f"byte {self._start:,} (unpacked, {position:,} bytes on)"

    def _sound(self) -> bool:
        """Return whether the end came without a trouble that is said by itself."""
        return self._unpacker is None or self._unpacker.trouble is None

    def _is_record(self) -> bool:
        self._has(MARK_BYTES)
        return RECORD.match(self._held, self._at) is not None

    def _head(self) -> Head | None:
        """Return the head that is next, None where it does not end."""
        size, more = 512, True
        while more and size <= HEAD_BYTES:
            more = self._has(size)
            if end := BLANK_LINE.search(self._held, self._at, self._at + size):
                return _said(bytes(self._held[self._at : end.start()]), end.end() - self._at)
            size *= 2
        return None

    def _pass_blank(self) -> bool:
        """Go over line ends and return whether anything is behind them."""
        while not (mark := WRITTEN.search(self._held, self._at)):
            self._go(len(self._held) - self._at)
            if not self._fill():
                return False
        self._go(mark.start() - self._at)
        return True

    def _has(self, size: int) -> bool:
        """Return whether so many bytes are next, and hold them, or as many as there are."""
        while len(self._held) - self._at < size:
            if not self._fill():
                return False
        return True

    def _fill(self) -> bool:
        data = b"" if self._ended else self._more()
        self._held += data
        self._ended = not data
        return bool(data)

    def _go(self, size: int) -> None:
        """Go forward over what is held, and let go of what is behind once that is much."""
        self._at += size
        if self._at > PIECE_BYTES and self._at * 2 > len(self._held):
            del self._held[: self._at]
            self._gone, self._at = self._gone + self._at, 0


def _said(head: bytes, size: int) -> Head:
    """Return what the headers of a record say; of one that is there twice, the last."""
    headers: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[1:]:
        key, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and name:
            headers[name] += " " + line.strip()
        elif colon:
            name = key.strip().lower()
            headers[name] = value.strip()
    said = headers.get("content-length", "")
    length = int(said) if re.fullmatch(r"[0-9]{1,18}", said) else None
    return Head(headers, size, length, b"\r" not in head)
