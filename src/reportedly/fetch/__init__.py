"""Pages from the web, got politely and safely: the one room of Reportedly that opens a connection, and only when it is asked to.

Only http and https. A name is resolved once, every address it has must be one of the public internet, and the connection goes to the
address that was checked (so a name that answers otherwise the second time gains nothing). Each redirect is checked like a new address.
robots.txt is respected, a host is asked at most once in so many seconds, answers are bounded in size and time. No cookies, no
proxies, no passwords in addresses.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import urllib.robotparser
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urljoin

from reportedly.errors import ReportedlyError
from reportedly.fetch.addresses import (
    Address,
    Limits,
    RefusedError,
    UnreachedError,
    checked,
    is_public,
    resolved,
    shown,
)
from reportedly.fetch.pages import Page, check_archive, status_of, to_warc
from reportedly.records import Problem

__all__ = [
    "Fetcher",
    "Limits",
    "Page",
    "RefusedError",
    "UnreachedError",
    "Watch",
    "check_archive",
    "is_public",
    "resolved",
    "shown",
    "to_warc",
]

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
ASKED = {
    "User-Agent": AGENT,
    "Accept": ", ".join(READ_TYPES),
    "Accept-Encoding": "identity",
    "Connection": "close",
}
PIECE = 1 << 16
# How it shows that a connection was lost: with TLS, in a piece of so many bytes, anywhere.
BROKEN_OFF = (ssl.SSLEOFError, http.client.IncompleteRead, ConnectionResetError)


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
                yield Problem(
                    name=shown(address) or "''",
                    reason=error.message.removeprefix(f"{shown(address)} "),
                    cure=error.cure,
                )

    def get(self, address: str) -> Page:
        """Return the page at an address, or where it leads. Raises RefusedError for what is not asked, not allowed or not taken."""
        try:
            return self._led(address, self._page)
        except RefusedError as error:
            raise RefusedError(f"{shown(address)} {error.message}", cure=error.cure) from error

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
                raise RefusedError(f"leads to {shown(here)}, which {error.message}", cure=error.cure) from error
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
            raise RefusedError(f"leads from https to {shown(following)}", cure="ask for that address yourself")
        return following or self._taken(page)

    def _taken(self, page: Page) -> Page:
        """Return the page where its answer is one. Raises RefusedError."""
        if not 200 <= page.status < 300:
            raise RefusedError(
                f"is answered with {status_of(page.status)}", cure="try again later, or save the page yourself"
            )
        kind = dict(page.headers).get("content-type", "text/html").partition(";")[0].strip().lower()
        if kind not in READ_TYPES:
            raise RefusedError(f"is of type {kind}", cure="save it yourself, then read the file")
        if not page.body:
            # so ends, too, what is lost within its headers
            raise RefusedError("is answered with nothing", cure="try again later")
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
            return f"{address} is answered with {status_of(page.status)}"
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
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        path += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        connection = http.client.HTTPConnection(host, port)
        watch = Watch(self._connected(host, port), self.limits.seconds, now=self.now)
        try:
            if parts.scheme == "https":
                self._secure(watch, host)
            connection.sock = watch.sock
            connection.request("GET", path, headers=ASKED)
            answer = connection.getresponse()
            headers = tuple((name.lower(), value) for name, value in answer.getheaders())
            body = _unpacked(self._body(answer, watch, most), headers, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if watch.is_over():
                raise self._late() from error
            reason = str(error) or type(error).__name__
            raise RefusedError(f"does not answer as it should ({reason})", cure="try again later") from error
        finally:
            watch.end()
            connection.close()
            watch.sock.close()
        fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Page(asked, address, answer.status, headers, body, fetched)

    def _secure(self, watch: Watch, host: str) -> None:
        """Speak TLS from here on. An answer that ends before the other side says so is an error: it may be half of one."""
        trust = self.trust or ssl.create_default_context()
        secure = trust.wrap_socket(
            watch.sock, server_hostname=host, do_handshake_on_connect=False, suppress_ragged_eofs=False
        )
        # before anybody waits for it: the bare socket is none any more
        watch.sock = secure
        secure.do_handshake()

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

    def _body(self, answer: http.client.HTTPResponse, watch: Watch, most: int) -> bytes:
        """Return the whole content of an answer. Raises RefusedError for less than that, or for more than ``most`` bytes."""
        pieces: list[bytes] = []
        # what the answer says of its length; reading piece by piece does not notice that one breaks off
        size, said = 0, answer.length
        try:
            while (piece := answer.read1(PIECE)) and not watch.is_over():
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    raise RefusedError(f"is larger than {most:,} bytes", cure="save the article's text")
        except BROKEN_OFF as error:
            if not watch.is_over():
                raise RefusedError(f"breaks off after {size:,} bytes", cure="try again later") from error
        # an answer without a length ends where the connection does, whoever ended it
        if watch.is_over():
            raise self._late()
        if said is not None and size < said:
            raise RefusedError(f"breaks off after {size:,} of {said:,} bytes", cure="try again later")
        return b"".join(pieces)


class Watch:
    """The time an answer may take: then ``sock`` is ended, for a server that sends a byte now and then lets no read time out."""

    def __init__(self, sock: socket.socket, seconds: float, *, now: Callable[[], float]) -> None:
        self.sock = sock
        self._now, self._until, self._cut = now, now() + seconds, False
        self._timer = threading.Timer(seconds, self._end_it)
        self._timer.daemon = True
        self._timer.start()

    def is_over(self) -> bool:
        """Return whether the time is over, and what was read last may be half of an answer."""
        return self._cut or self._now() > self._until

    def end(self) -> None:
        """Watch no longer."""
        self._timer.cancel()

    def _end_it(self) -> None:
        self._cut = True
        with suppress(OSError):
            # the bare socket's: that of TLS would forget its keys while somebody reads
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _asked_for(rules: urllib.robotparser.RobotFileParser) -> float:
    """Return how many seconds a site wants between two pages, 0 where it does not say."""
    rate = rules.request_rate(AGENT)
    return max(float(rules.crawl_delay(AGENT) or 0), rate.seconds / rate.requests if rate and rate.requests else 0.0)


def _leads(page: Page) -> str:
    """Return the address that an answer leads on to, '' where it does not."""
    location = dict(page.headers).get("location")
    return urljoin(page.url, location) if page.status in REDIRECTS and location else ""


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
