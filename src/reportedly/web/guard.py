"""Who is let in: the Host of a request, the token, forms that are our own, and what a page may do in the browser.

Method: the defences of the OWASP cheat sheets against DNS rebinding, cross-site request forgery and script injection.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from reportedly.web.settings import Settings

SESSION = "reportedly_session"
TOKEN = "reportedly_token"  # noqa: S105 - a cookie's name
SAFE = ("GET", "HEAD", "OPTIONS")
# A file of the largest size that is read at once, and the form around it.
LARGEST_BODY = 21_000_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not no-referrer: the browser would then send our own forms as from nowhere
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def csrf(secret: str, session: str) -> str:
    """Return what a form of this session has to carry."""
    return hmac.new(secret.encode(), session.encode(), hashlib.sha256).hexdigest()


def cookies(headers: Headers) -> dict[str, str]:
    """Return the cookies of a request; a broken header has none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def hostname(host: str) -> str:
    """Return the name in a Host header without its port: ``[::1]:80`` is ``[::1]``."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


class Guard:
    """An ASGI application around the workbench that answers nobody it should not."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            # no page of ours speaks over a socket
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = cookies(headers).get(SESSION) or secrets.token_urlsafe(24)
        scope.setdefault("state", {})
        scope["state"] |= {"session": session, "csrf": csrf(self._settings.secret, session)}
        sender = self._sender(send, new=session if SESSION not in cookies(headers) else None)
        refusal = self._host(headers) or self._token(scope, headers) or self._origin(scope, headers)
        refusal = refusal or _size(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, sender)
            return
        await self._app(scope, receive, sender)

    def _sender(self, send: Send, *, new: str | None) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if new is not None:
                    headers.append("set-cookie", f"{SESSION}={new}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        return sending

    def _host(self, headers: Headers) -> ASGIApp | None:
        if self._settings.answers_to(hostname(headers.get("host", ""))):
            return None
        return PlainTextResponse(
            "This is not a name of this server. Start it with --allow-host NAME to let it answer to that name.\n", 421
        )

    def _token(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        wanted = self._settings.token
        if wanted is None:
            return None
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = (query.pop("token", [""]))[0]
        if given and hmac.compare_digest(given.encode(), wanted.encode()):
            # out of the address, where it would stay in the history
            rest = urlencode(query, doseq=True)
            # two strokes would lead to another machine
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(TOKEN, _proof(wanted), httponly=True, samesite="strict", path="/")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if bearer and hmac.compare_digest(bearer.encode(), wanted.encode()):
            scope["state"]["bearer"] = True
            return None
        if hmac.compare_digest(cookies(headers).get(TOKEN, "").encode(), _proof(wanted).encode()):
            return None
        return PlainTextResponse("Open the address that 'reportedly serve' printed: it has the token in it.\n", 401)

    def _origin(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """Refuse a form sent by another page: its Origin is not ours, or the browser says it comes from elsewhere."""
        if scope["method"] in SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return PlainTextResponse("This form was sent by another page.\n", 403)
        if site not in (None, "same-origin", "none"):
            return PlainTextResponse("This form was sent by another page.\n", 403)
        return None


def _size(scope: Scope, headers: Headers) -> ASGIApp | None:
    """Refuse more than is read at once before any of it is taken in; and what does not say how much it is."""
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers and not length and scope["method"] not in SAFE:
        return PlainTextResponse("Say how long what you send is: Content-Length.\n", 411)
    if length.isdecimal() and int(length) > LARGEST_BODY:
        return PlainTextResponse("More than is read at once; 'reportedly ingest' reads files of any size.\n", 413)
    return None


def _proof(token: str) -> str:
    """Return what the cookie holds in place of the token itself."""
    return hashlib.sha256(f"reportedly {token}".encode()).hexdigest()
