"""Which addresses are asked: http and https, to public networks, on the usual ports, without a user's name."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from reportedly.errors import InputError
from reportedly.records import Record

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
# Another scheme than ours; what stands before a mere ':8080' is a host.
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|(?!\d))")
WRITE = "write it as https://example.org/page"
# Up to the last '@' before the path, or to any where the password itself holds a slash; what ends there is no port.
PASSWORD = re.compile(r"(//[^/?#:@]*:|\A(?!mailto:)[^/?#:@]+:(?!//))(?!\d*(?:[/?#]|\Z))(?:[^/?#]*@|.*@)", re.DOTALL)
HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,20}\.?\Z")
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
        parts, host, port = _parts(address)
    except RefusedError as error:
        # what is wrong with it may be said with a piece of the password
        raise (_personal() if shown(address) != address else error) from error
    if parts.scheme not in ("http", "https"):
        raise _other_scheme(address)
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise _personal()
    if not (":" in host or HOST.match(host.lower())):
        raise RefusedError("names no host", cure=WRITE)
    if port not in limits.ports:
        raise RefusedError(
            f"is on port {port}; only {' and '.join(map(str, limits.ports))} are asked",
            cure="save the page yourself, then read the file",
        )
    return parts, host.lower(), port


def _parts(address: str) -> tuple[SplitResult, str, int]:
    """Return the parts of an address, its host in ASCII and its port. Raises RefusedError for one that has no such."""
    try:
        parts = urlsplit(address)
        port = _port_of(parts)
        host = parts.hostname or ""
        return parts, host if ":" in host else host.encode("idna").decode("ascii"), port
    except (ValueError, UnicodeError) as error:
        raise RefusedError(f"is no address ({_within(error)})", cure=WRITE) from error


def _personal() -> RefusedError:
    return RefusedError("holds a user's name or password", cure="leave it out")


def _port_of(parts: SplitResult) -> int:
    """Return the port that an address names, or that of its scheme. Raises RefusedError for one that cannot be."""
    with suppress(ValueError):
        if parts.port != 0:
            return parts.port or (443 if parts.scheme == "https" else 80)
    raise RefusedError(f"names a port that cannot be ({parts.netloc.rpartition(':')[2]})", cure=WRITE)


def shown(address: str) -> str:
    """Return an address as it may be shown: without the password in it.

    >>> shown("http://me:secret@example.org/a"), shown("https://example.org:443/@me")
    ('http://me:…@example.org/a', 'https://example.org:443/@me')
    """
    return PASSWORD.sub(r"\1…@", address, count=1)


def _other_scheme(address: str) -> RefusedError:
    """Return what is wrong with an address that begins neither with http nor with https: perhaps that is all it lacks."""
    if SCHEME.match(address):
        return RefusedError("is neither http nor https", cure="save it yourself, then read the file")
    bare = shown(address).lstrip("/")
    return RefusedError("is no whole address: it lacks https://", cure=f"write https://{bare}" if bare else WRITE)


def _within(error: BaseException) -> BaseException:
    """Return the error that says what is wrong, where another was raised because of it."""
    return error.__cause__ or error
