"""Pages from the web, got politely and safely: the one module of Reportedly that opens a connection, and only when it is asked to.

Only http and https. A name is resolved once, every address it has must be one of the public internet, and the connection goes to the
address that was checked (so a name that answers otherwise the second time gains nothing). Each redirect is checked like a new address.
robots.txt is respected, a host is asked at most once in so many seconds, answers are bounded in size and time. No cookies, no
proxies, no passwords in addresses.
"""

from __future__ import annotations

import gzip
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import urllib.robotparser
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from reportedly.errors import InputError, ReportedlyError
from reportedly.records import Problem, Record

AGENT = "reportedly"
ROBOTS_BYTES = 500_000
REDIRECTS, TOO_MANY = (301, 302, 303, 307, 308), 429
READ_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/rss+xml",
    "application/atom+xml",
    "text/xml",
    "application/xml",
)
# Public by their number, and no part of the public internet: cloud providers answer there about the machine itself.
METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192", "100.100.100.200", "fd00:ec2::254")))
# Where an IPv4 address hides in one of IPv6: NAT64, NAT64 of one's own, 6to4, mapped, translated, compatible.
WELL_KNOWN = ipaddress.ip_network("64:ff9b::/96")
REFUSED = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96", "fec0::/10", "5f00::/16"),
    )
)
ASKED = {
    "User-Agent": AGENT,
    "Accept": ", ".join(READ_TYPES),
    "Accept-Encoding": "identity",
    "Connection": "close",
}
# Another scheme than ours; what stands before a mere ':8080' is a host.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|(?!\d))")
WRITE = "write it as https://example.org/page"
HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,20}\.?\Z")
PIECE = 1 << 16
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(InputError):
    """An address that is not asked, or an answer that is not taken. Within this module the message is what is said of the address."""


class UnreachedError(RefusedError):
    """A host that cannot be asked at all."""


class Limits(Record, frozen=True, kw_only=True):
    """What fetching may cost: seconds for a page and between two from one host, bytes, redirects; the ports that are asked."""

    seconds: float = 30.0
    pause_seconds: float = 1.0
    longest_pause_seconds: float = 30.0
    bytes: int = 10_000_000
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443)


class Page(NamedTuple):
    """A page as it was got: the address asked for and the one that answered, status, headers, content, when (UTC)."""

    asked: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: str


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet, whatever way it is written.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in WELL_KNOWN:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.scope_id is not None or any(address in network for network in REFUSED):
            return False
    bad = (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
    )
    return address.is_global and not address.is_private and not bad and address not in METADATA


def resolved(host: str, port: int) -> list[Address]:
    """Return all addresses of a host. Raises RefusedError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachedError(
            f"is on a host that nobody knows ({host})", cure="check the name and the network"
        ) from error
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def checked(address: str, limits: Limits) -> tuple[SplitResult, str, int]:
    """Return the parts of an address, its host in ASCII and its port. Raises RefusedError for one that is not asked."""
    if any(ord(c) < 33 or ord(c) == 127 or c == "\\" for c in address):
        raise RefusedError("holds characters that no address has", cure="write them as %20, %5C ...")
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (
            (parts.hostname or "").encode("idna").decode("ascii")
            if parts.hostname and ":" not in parts.hostname
            else parts.hostname or ""
        )
    except (ValueError, UnicodeError) as error:
        raise RefusedError(f"is no address ({_within(error)})", cure=WRITE) from error
    if parts.scheme not in ("http", "https"):
        raise _other_scheme(address)
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise RefusedError("holds a user's name or password", cure="leave it out")
    if not (":" in host or HOST.match(host.lower())):
        raise RefusedError("names no host", cure=WRITE)
    if port not in limits.ports:
        raise RefusedError(
            f"is on port {port}; only {' and '.join(map(str, limits.ports))} are asked",
            cure="save the page yourself, then read the file",
        )
    return parts, host.lower(), port


def _other_scheme(address: str) -> RefusedError:
    """Return what is wrong with an address that begins neither with http nor with https: perhaps that is all it lacks."""
    if SCHEME.match(address):
        return RefusedError("is neither http nor https", cure="save it yourself, then read the file")
    bare = address.lstrip("/")
    return RefusedError("is no whole address: it lacks https://", cure=f"write https://{bare}" if bare else WRITE)


@dataclass
class Fetcher:
    """Gets pages; remembers each site's robots.txt and when a host was asked last. ``resolve``, ``permit`` and the clock are its world."""

    limits: Limits = field(default_factory=Limits)
    resolve: Callable[[str, int], list[Address]] = resolved
    permit: Callable[[Address], bool] = is_public
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    trust: ssl.SSLContext | None = None
    _rules: dict[str, urllib.robotparser.RobotFileParser | str] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def all(self, addresses: Iterable[str]) -> Iterator[Page | Problem]:
        """Yield each page, or the Problem where it cannot be had; the others are still asked for."""
        for address in addresses:
            try:
                yield self.get(address)
            except ReportedlyError as error:
                yield Problem(name=address or "''", reason=error.message.removeprefix(f"{address} "), cure=error.cure)

    def get(self, address: str) -> Page:
        """Return the page at an address, or where it leads. Raises RefusedError for what is not asked, not allowed or not taken."""
        try:
            return self._led(address, self._page)
        except RefusedError as error:
            raise RefusedError(f"{address} {error.message}", cure=error.cure) from error

    def _led(self, address: str, act: Callable[[str, str], Page | str]) -> Page:
        """Return the page that ``act(here, address)`` finds at an address, or at the one it leads to.

        Raises RefusedError, which says what is wrong with the address, or the UnreachedError of its host.
        """
        here = address
        for _ in range(self.limits.redirects + 1):
            try:
                found = act(here, address)
            except RefusedError as error:
                if here == address:
                    raise
                raise RefusedError(f"leads to {here}, which {error.message}", cure=error.cure) from error
            if isinstance(found, Page):
                return found
            here = found
        raise RefusedError(f"leads on more than {self.limits.redirects} times", cure="open it in a browser")

    def _page(self, here: str, asked: str) -> Page | str:
        """Ask for a page, when its site allows; return it, or where it leads."""
        parts, host, port = checked(here, self.limits)
        self._ask_leave(here, parts, host)
        page = self._once(here, parts, host, port, asked=asked, most=self.limits.bytes)
        following = _leads(page)
        if parts.scheme == "https" and following and not following.startswith("https:"):
            raise RefusedError(f"leads from https to {following}", cure="ask for that address yourself")
        return following or self._taken(page)

    def _taken(self, page: Page) -> Page:
        """Return the page where its answer is one. Raises RefusedError."""
        if not 200 <= page.status < 300:
            raise RefusedError(
                f"is answered with {_status(page.status)}", cure="try again later, or save the page yourself"
            )
        kind = dict(page.headers).get("content-type", "text/html").partition(";")[0].strip().lower()
        if kind not in READ_TYPES:
            raise RefusedError(f"is of type {kind}", cure="save it yourself, then read the file")
        return page

    # -- politeness

    def _ask_leave(self, address: str, parts: SplitResult, host: str) -> None:
        """Wait for the host's turn. Raises RefusedError where its robots.txt forbids the page, or asks for longer than we wait."""
        site = f"{parts.scheme}://{parts.netloc.lower()}"
        if site not in self._rules:
            self._rules[site] = self._robots(f"{site}/robots.txt")
        rules = self._rules[site]
        if isinstance(rules, str):
            raise RefusedError(
                f"is left alone: its site does not say what may be asked ({rules})",
                cure="try again later, or open it in a browser and save it",
            )
        if not rules.can_fetch(AGENT, address):
            raise RefusedError(
                "must not be asked for: its site's robots.txt forbids it", cure="open it in a browser and save it"
            )
        pause = max(_asked_for(rules), self.limits.pause_seconds)
        if pause > self.limits.longest_pause_seconds and self._rest(host, pause) > 0:
            raise RefusedError(
                f"is of a site that asks for {pause:g} seconds between two pages",
                cure="ask for it later, by itself, or with a --pause that is as long",
            )
        self._wait(host, pause)

    def _robots(self, address: str) -> urllib.robotparser.RobotFileParser | str:
        """Return a site's rules, wherever they lead, none where it has none; why it cannot say where it cannot.

        Raises UnreachedError where the site cannot be asked at all.
        """
        try:
            page = self._led(address, self._rules_at)
        except UnreachedError:
            raise
        except RefusedError as error:
            return f"{address} {error.message}"
        rules = urllib.robotparser.RobotFileParser()
        if 200 <= page.status < 300:
            rules.parse(page.body.decode("utf-8-sig", "replace").splitlines())
        elif 400 <= page.status < 500 and page.status != TOO_MANY:
            rules.parse([])
        else:
            return f"{address} is answered with {_status(page.status)}"
        return rules

    def _rules_at(self, here: str, asked: str) -> Page | str:
        """Ask for a site's rules; return what is answered, or where that leads."""
        parts, host, port = checked(here, self.limits)
        page = self._once(here, parts, host, port, asked=asked, most=ROBOTS_BYTES)
        return _leads(page) or page

    def _rest(self, host: str, pause: float) -> float:
        return self._asked[host] + pause - self.now() if host in self._asked else 0.0

    def _wait(self, host: str, pause: float) -> None:
        if (rest := self._rest(host, pause)) > 0:
            self.sleep(rest)
        self._asked[host] = self.now()

    # -- one question

    def _once(self, address: str, parts: SplitResult, host: str, port: int, *, asked: str, most: int) -> Page:
        """Ask once, at the address that was checked, and return the answer, a redirect included."""
        until = self.now() + self.limits.seconds
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        path += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        sock = self._connected(host, port)
        # a server that sends a byte now and then would never let a read time out
        watch = threading.Timer(self.limits.seconds, _cut, [sock])
        watch.daemon = True
        watch.start()
        connection = http.client.HTTPConnection(host, port)
        try:
            secure = parts.scheme == "https"
            trust = (self.trust or ssl.create_default_context()) if secure else None
            connection.sock = trust.wrap_socket(sock, server_hostname=host) if trust else sock
            connection.request("GET", path, headers=ASKED)
            answer = connection.getresponse()
            headers = tuple((name.lower(), value) for name, value in answer.getheaders())
            body = _unpacked(self._body(answer, until, most), headers, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self.now() > until:
                raise self._late() from error
            reason = str(error) or type(error).__name__
            raise RefusedError(f"does not answer as it should ({reason})", cure="try again later") from error
        finally:
            watch.cancel()
            connection.close()
            sock.close()
        fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Page(asked, address, answer.status, headers, body, fetched)

    def _connected(self, host: str, port: int) -> socket.socket:
        """Return a connection to an address of the host that was checked. Raises RefusedError where one of them is not public."""
        found = self.resolve(host, port)
        if not found or not all(map(self.permit, found)):
            raise UnreachedError(
                "lies in a network that is not public", cure="save the page yourself, then read the file"
            )
        try:
            return socket.create_connection((str(found[0]), port), timeout=min(10.0, self.limits.seconds))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnreachedError(f"cannot be reached ({reason})", cure="check the network, try again later") from error

    def _late(self) -> RefusedError:
        return RefusedError(f"took longer than {self.limits.seconds:g} seconds", cure="try again later")

    def _body(self, answer: http.client.HTTPResponse, until: float, most: int) -> bytes:
        pieces: list[bytes] = []
        # what the answer says of its length; reading piece by piece does not notice that one breaks off
        size, said = 0, answer.length
        while piece := answer.read1(PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise RefusedError(f"is larger than {most:,} bytes", cure="save the article's text")
            if self.now() > until:
                raise self._late()
        if said is not None and size < said:
            raise RefusedError(f"breaks off after {size:,} of {said:,} bytes", cure="try again later")
        return b"".join(pieces)


def _asked_for(rules: urllib.robotparser.RobotFileParser) -> float:
    """Return how many seconds a site wants between two pages, 0 where it does not say."""
    rate = rules.request_rate(AGENT)
    return max(float(rules.crawl_delay(AGENT) or 0), rate.seconds / rate.requests if rate and rate.requests else 0.0)


def _within(error: BaseException) -> BaseException:
    """Return the error that says what is wrong, where another was raised because of it."""
    return error.__cause__ or error


def _leads(page: Page) -> str:
    """Return the address that an answer leads on to, '' where it does not."""
    location = dict(page.headers).get("location")
    return urljoin(page.url, location) if page.status in REDIRECTS and location else ""


def _status(status: int) -> str:
    """Return a status in words.

    >>> _status(404), _status(799)
    ('404 Not Found', '799')
    """
    return f"{status} {http.client.responses.get(status, '')}".rstrip()


def _cut(sock: socket.socket) -> None:
    """End whatever waits for a socket."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _unpacked(body: bytes, headers: tuple[tuple[str, str], ...], most: int) -> bytes:
    """Return the content of an answer that came compressed though nobody asked for it."""
    coding = dict(headers).get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise RefusedError(f"comes packed as {coding}", cure="save the page yourself")
    unpacking = zlib.decompressobj(47 if coding != "deflate" else 15)
    try:
        plain = unpacking.decompress(body, most + 1)
    except zlib.error as error:
        raise RefusedError(f"cannot be unpacked ({error})", cure="save the page yourself") from error
    if len(plain) > most:
        raise RefusedError(f"unpacks to more than {most:,} bytes", cure="save the article's text")
    if not unpacking.eof:
        raise RefusedError("breaks off: what it is packed in does not end", cure="try again later")
    return plain


def to_warc(page: Page) -> bytes:
    """Return a page as a record of a web archive, compressed by itself, so that records can be written one behind the other."""
    kept = [
        (name, value)
        for name, value in page.headers
        if name not in ("content-encoding", "transfer-encoding", "content-length")
    ]
    lines = [f"HTTP/1.1 {_status(page.status)}"]
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
