"""Pages as they were got, and as records of a web archive."""

from __future__ import annotations

import gzip
import http
import os
import uuid
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from reportedly.errors import InputError

REASONS = {each.value: each.phrase for each in http.HTTPStatus}

HEAD_BYTES = 65_536
WARC, GZIP = b"WARC/", b"\x1f\x8b"
ANOTHER = "name another file, or one that is not there yet"


class Page(NamedTuple):
    """A page as it was got: the address asked for and the one that answered, status, headers, content, when (UTC)."""

    asked: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: str


def status_of(status: int) -> str:
    """Return a status in words.

    >>> status_of(404), status_of(799)
    ('404 Not Found', '799')
    """
    return f"{status} {REASONS.get(status, '')}".rstrip()


def to_warc(page: Page) -> bytes:
    """Return a page as a record of a web archive, compressed by itself, so that records can be written one behind the other."""
    kept = [
        (name, value)
        for name, value in page.headers
        if name not in ("content-encoding", "transfer-encoding", "content-length")
    ]
    lines = [f"HTTP/1.1 {status_of(page.status)}"]
    lines += [f"{name}: {' '.join(value.split())}" for name, value in kept]
    answer = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + page.body
    told: dict[str, Any] = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": page.fetched,
        "WARC-Target-URI": page.url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": len(answer),
    }
    head = "\r\n".join(["WARC/1.0", *(f"{name}: {value}" for name, value in told.items()), "", ""]).encode()
    return gzip.compress(head + answer + b"\r\n\r\n")


def check_archive(path: Path) -> None:
    """Raise InputError where pages cannot be added to what lies at ``path``; nothing there, or an empty file, is well."""
    if not path.exists():
        if not path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {path.parent}", cure="make it, or write somewhere else")
        return
    if not path.is_file():
        raise InputError(f"{path}: it is {'a folder' if path.is_dir() else 'no file'}", cure=ANOTHER)
    if not os.access(path, os.R_OK | os.W_OK):
        raise InputError(f"{path}: it may not be written", cure=f"change its permissions, or {ANOTHER}")
    with path.open("rb") as archive:
        wrong = _no_archive(archive.read(HEAD_BYTES))
    if wrong:
        raise InputError(f"{path}: it is {wrong}, and stays as it is", cure=ANOTHER)


def _no_archive(head: bytes) -> str:
    """Return what a file that begins so is, in place of a packed web archive; '' where it is one, or nothing.

    >>> _no_archive(b""), _no_archive(gzip.compress(b"WARC/1.1")), _no_archive(b"WARC/1.1"), _no_archive(b"Alep")
    ('', '', 'a web archive that is not packed', 'no web archive')
    """
    if not head:
        return ""
    if head.startswith(WARC):
        return "a web archive that is not packed"
    try:
        begins = zlib.decompressobj(wbits=31).decompress(head, len(WARC)) if head.startswith(GZIP) else b""
    except zlib.error:
        begins = b""
    return "" if begins == WARC else "no web archive"
