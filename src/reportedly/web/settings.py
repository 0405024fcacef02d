"""What the workbench was started with."""

from __future__ import annotations

import ipaddress
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LOCAL = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``store`` is the file of the store. ``token``, where the server may be reached from elsewhere, has to be shown once by each browser.

    ``secret`` signs what forms carry; it is new with every start. ``hosts`` are names that the server answers to besides this machine's.
    ``boundaries`` is a GeoJSON file of the user's own, drawn on the map. ``samples``: the bundled reports are read in first.
    """

    store: Path
    who: str = "me"
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    hosts: tuple[str, ...] = ()
    language: str | None = None
    boundaries: Path | None = None
    gazetteer: Path | None = None
    samples: bool = False
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOCAL

    @property
    def allowed(self) -> frozenset[str]:
        """The names in a request's Host that are answered: any other is a page elsewhere that points at this machine."""
        return frozenset({*LOCAL, "[::1]", self.host, *self.hosts})

    def answers_to(self, host: str) -> bool:
        """Whether a request for this name or address is answered. A server for all addresses of this machine answers to every one that is
        written in numbers: a page elsewhere can make a name point here, but no number.
        """
        if host in self.allowed:
            return True
        with suppress(ValueError):
            return self.host in EVERYWHERE and bool(ipaddress.ip_address(host.strip("[]")))
        return False
