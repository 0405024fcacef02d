"""The commands that open the workbench in the browser: ``serve`` and ``demo``."""

from __future__ import annotations

import getpass
import ipaddress
import os
import secrets
import socket
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import shell
from reportedly.errors import InputError, ReportedlyError

Port = Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes any that is free.")]
Host = Annotated[
    str,
    typer.Option(
        "--host", help="The address to listen on. Any but this machine's own needs a token, which is made and printed."
    ),
]
Hosts = Annotated[
    list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Another name that the server answers to.")
]
Token = Annotated[
    str | None, typer.Option("--token", metavar="TEXT", help="Ask for this token here too.", envvar="REPORTEDLY_TOKEN")
]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Who judges; by default the user's name on this machine.")
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="The interface's language (fr, en, ar); by default the browser's."),
]
Boundaries = Annotated[
    Path | None,
    typer.Option(
        "--boundaries",
        metavar="FILE",
        help="A GeoJSON file of your own, drawn on the map.",
        exists=True,
        dir_okay=False,
    ),
]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")]
SHORTEST = 16


def serve(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store; made where there is none.")] = Path(
        "reports.db"
    ),
    *,
    port: Port = 8765,
    host: Host = "127.0.0.1",
    allow_host: Hosts = None,
    token: Token = None,
    who: Who = None,
    language: Language = None,
    boundaries: Boundaries = None,
    browser: Open = False,
) -> None:
    """Serve the workbench from this machine: read reports, see events on a map and a timeline, confirm or correct.

    No page asks any other machine for anything, and nobody else can reach it, unless --host says so; then a token is asked for.

    \b
      reportedly ingest reports/ --store reports.db
      reportedly serve reports.db                     then open http://127.0.0.1:8765/
      reportedly serve reports.db --language ar       the interface in Arabic
      reportedly serve reports.db --host 0.0.0.0      from elsewhere, with the token that is printed
    """
    _run(
        store,
        port=port,
        host=host,
        hosts=allow_host or [],
        token=token,
        who=who,
        language=language,
        boundaries=boundaries,
        browser=browser,
    )


def demo(
    *,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FILE", help="Where to keep what is read; by default a file in the cache."),
    ] = None,
    port: Port = 8765,
    language: Language = None,
    browser: Open = True,
) -> None:
    """Serve the workbench with the sample reports: invented ones in French, English and Arabic.

    \b
      reportedly demo
      reportedly demo --no-open --port 9000
    """
    from reportedly.web.serving import demo_store

    _run(store or demo_store(), port=port, language=language, browser=browser, samples=True)


def _run(
    store: Path,
    *,
    port: int,
    host: str = "127.0.0.1",
    hosts: list[str] | None = None,
    token: str | None = None,
    who: str | None = None,
    language: str | None = None,
    boundaries: Path | None = None,
    browser: bool = False,
    samples: bool = False,
) -> None:
    from reportedly.web import Settings, serve
    from reportedly.web.serving import built
    from reportedly.web.tongues import available

    if language is not None and language not in available():
        shell.refuse(f"{language!r} is no language of the interface", f"one of {', '.join(available())}")
    if token is not None and len(token) < SHORTEST:
        shell.refuse(f"a token has at least {SHORTEST} characters", "leave --token out to have one made")
    settings = Settings(
        store=store,
        port=port or _free(host),
        host=host,
        hosts=tuple(hosts or ()),
        token=token or (None if _own(host) else secrets.token_urlsafe(24)),
        who=who or _user(),
        language=language,
        boundaries=boundaries,
        samples=samples,
    )

    def ready(address: str) -> None:
        typer.echo(
            f"Reportedly is at {address}\nCtrl-C ends it; what was read and decided is kept in {store}.", err=True
        )
        if not built():
            typer.echo("The pages' script is not built: they can be read, no more, until 'make frontend'.", err=True)
        if browser:
            webbrowser.open(address)

    try:
        serve(settings, ready=ready)
    except ReportedlyError as error:
        shell.refuse(error.message, error.cure)
    except OSError as error:
        shell.refuse(
            f"cannot listen on {host}:{settings.port}: {_why(error)}",
            "--port 0 takes any port that is free",
        )


def _own(host: str) -> bool:
    """Return whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why(error: OSError) -> str:
    """Return the reason alone: what Python adds to it names the address once more."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)


def _free(host: str) -> int:
    try:
        with socket.create_server((host, 0)) as server:
            port: int = server.getsockname()[1]
            return port
    except OSError as error:
        raise InputError(f"cannot listen on {host}: {_why(error)}") from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"
