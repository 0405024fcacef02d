"""Starting the server: one process, this machine only unless a token guards it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.gazetteer.compile import home

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.web.settings import Settings


def address(settings: Settings) -> str:
    """Return the address to open in a browser, with the token where there is one."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    token = f"?token={settings.token}" if settings.token else ""
    return f"http://{host}:{settings.port}/{token}"


def built() -> bool:
    """Return whether the script of the pages is there: without it they can be read and forms sent, no more."""
    return (files("reportedly.web") / "static" / "built" / "island.js").is_file()


def demo_store() -> Path:
    """Return where the demonstration keeps its store: beside the compiled gazetteer."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "demo.db"


def serve(settings: Settings, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until interrupted; ``ready`` is called with the address once pages are answered. Raises OSError where the port is taken."""
    import socket

    import uvicorn

    from reportedly.web.app import create_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
            await super().startup(sockets)  # type: ignore[arg-type]
            if ready is not None and self.started:
                ready(address(settings))

    # taken before anything else: uvicorn itself would end the process where it is not free
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.create_server((settings.host, settings.port), family=family, backlog=128)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    with listening:
        Server(config).run(sockets=[listening])
