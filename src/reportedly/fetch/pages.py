"""Pages as they were got, and as records of a web archive."""

from __future__ import annotations

import gzip
import http
import uuid
from typing import Any, NamedTuple

REASONS = {each.value: each.phrase for each in http.HTTPStatus}


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
