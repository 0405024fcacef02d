"""What goes between a pool and its workers: frames of a kind, a length, a place in the input and as many bytes of JSON."""

from __future__ import annotations

import json
import re
import socket
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from reportedly import errors
from reportedly.records import Document, Mentions, Problem, Reading
from reportedly.why import Explanation

READING, DOCUMENT, PROBLEM, MENTIONS, EXPLANATION, VALUE = b"R", b"D", b"P", b"N", b"Y", b"V"
# One more item before the point where a task is taken up again is passed; all are; the task is done; it is done and the worker ends;
# the worker ends, and another is to go on from here; it needs more memory than it may; no document of any task can be read, because
# models or data are broken.
PASSING, PASSED, DONE, LEAVING, HALFWAY, FULL, BROKEN = b"G", b"S", b"E", b"L", b"H", b"M", b"X"
HEADER = struct.Struct(">cIQ")
MOST_BYTES = 1 << 29
SURROGATE = re.compile("[\ud800-\udfff]")
Said = TypeVar("Said")
TYPES: dict[bytes, Any] = {
    READING: Reading,
    DOCUMENT: Document,
    PROBLEM: Problem,
    MENTIONS: Mentions,
    EXPLANATION: Explanation,
    VALUE: Any,
}
ITEMS = frozenset(TYPES)
KINDS = {kept: kind for kind, kept in TYPES.items()}


class Frame(NamedTuple):
    """One message; ``at`` is how many bytes of its input were read by then."""

    kind: bytes
    payload: bytes = b""
    at: int = 0


class BrokenFrameError(Exception):
    """What came is no frame: whoever sent it is not to be listened to any longer."""


class Inbox:
    """Frames out of the pieces in which they come."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that ``data`` completes. Raises BrokenFrameError."""
        self._held += data
        while len(self._held) >= HEADER.size:
            kind, size, at = HEADER.unpack_from(self._held)
            if size > MOST_BYTES:
                raise BrokenFrameError(f"a frame of {size} bytes")
            if len(self._held) < HEADER.size + size:
                return
            payload = bytes(self._held[HEADER.size : HEADER.size + size])
            del self._held[: HEADER.size + size]
            yield Frame(kind, payload, at)


def pack(frame: Frame) -> bytes:
    """Return the bytes of a frame."""
    return HEADER.pack(frame.kind, len(frame.payload), frame.at) + frame.payload


def receive(sock: socket.socket) -> Frame | None:
    """Return the next frame of a blocking socket, None where the other end is closed."""
    head = _exactly(sock, HEADER.size)
    if head is None:
        return None
    kind, size, at = HEADER.unpack(head)
    payload = _exactly(sock, size)
    return None if payload is None else Frame(kind, payload, at)


def _exactly(sock: socket.socket, size: int) -> bytes | None:
    held = bytearray()
    while len(held) < size:
        piece = sock.recv(min(size - len(held), 1 << 20))
        if not piece:
            return None
        held += piece
    return bytes(held)


def written(message: Any) -> bytes:
    """Return JSON of what the pool says; names of files in it may hold bytes that are no characters, as Python writes them."""
    try:
        return msgspec.json.encode(message)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(message)).encode("ascii")


def understood(data: bytes, kind: type[Said]) -> Said:
    """Return what was ``written``."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.convert(json.loads(data), kind)


def _shown(answer: Any) -> bytes:
    """Return JSON of an answer, in which bytes of a name that are no characters are written out, as ``ingest`` does.

    >>> _shown("a\\udcff.txt")
    b'"a\\\\\\\\udcff.txt"'
    """
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:
        plain = json.dumps(msgspec.to_builtins(answer), ensure_ascii=False)
        return SURROGATE.sub(lambda half: f"\\\\u{ord(half[0]):04x}", plain).encode()


def item(answer: Any, at: int = 0) -> Frame:
    """Return the frame of an answer: one of the records that are told apart, or anything that JSON can hold."""
    return Frame(KINDS.get(type(answer), VALUE), _shown(answer), at)


def value(answer: Any, at: int = 0) -> Frame:
    """Return the frame of an answer that comes back as plain values, whatever it is."""
    return Frame(VALUE, _shown(answer), at)


def opened(frame: Frame) -> Any:
    """Return the answer in a frame. Raises BrokenFrameError."""
    try:
        return msgspec.json.decode(frame.payload, type=TYPES[frame.kind])
    except (msgspec.DecodeError, KeyError, UnicodeDecodeError) as error:
        raise BrokenFrameError(str(error)) from error


def broken(error: errors.ReportedlyError) -> Frame:
    """Return the frame of an error that no document is to blame for."""
    return Frame(BROKEN, _shown([type(error).__name__, error.message, error.cure]))


def error_of(payload: bytes) -> errors.ReportedlyError:
    """Return the error in such a frame."""
    name, message, cure = msgspec.json.decode(payload, type=tuple[str, str, str])
    found = getattr(errors, name, errors.ReportedlyError)
    return found(message, cure=cure)
