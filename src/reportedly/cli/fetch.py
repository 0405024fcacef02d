"""The command ``fetch``: pages from the web into a web archive."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import shell
from reportedly.records import Problem


def fetch(
    addresses: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of pages, http or https.")],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The web archive the pages are added to; any other file is refused."
        ),
    ] = Path("pages.warc.gz"),
    pause: Annotated[
        float, typer.Option(min=0.0, max=3600.0, metavar="SECONDS", help="Between two pages of one host.")
    ] = 1.0,
) -> None:
    """Save pages from the web into a web archive, politely and safely.

    This is the only command that opens a connection. It asks public addresses only, checks every redirect like a new address, respects
    robots.txt, asks a host no more than once a second, and takes pages of 10 MB at most. The archive keeps address, time and headers.

    \b
      reportedly fetch https://example.org/news/1 https://example.org/news/2
      reportedly read pages.warc.gz
    """
    from reportedly import fetch as room

    if not output.name.endswith(".warc.gz"):
        shell.refuse(f"--output {output}: a web archive is written", "let its name end in .warc.gz")
    fetcher = room.Fetcher(limits=room.Limits(pause_seconds=pause, longest_pause_seconds=max(pause, 30.0)))
    with shell.running(place=output, end=f"stopped; no page was saved; {shell.ANEW}") as run:
        # before anything is asked: a page that cannot be kept is asked for in vain
        room.check_archive(output)
        for address in addresses:
            with run.busy(f"fetching {room.shown(address)}"):
                (found,) = fetcher.all([address])
            if isinstance(found, Problem):
                run.fail(found)
                continue
            _append(output, room.to_warc(found))
            run.answered += 1
            run.said = f"stopped; {run.answered:,} of {len(addresses):,} saved so far, in {output}; ask for the others by themselves"
            run.write(f"{found.url}: {len(found.body):,} bytes, in {output}\n")


def _append(output: Path, page: bytes) -> None:
    """Add a page to the archive, or nothing: half of one would cost those that are added behind it."""
    with output.open("ab") as archive:
        whole = archive.tell()
        try:
            archive.write(page)
            archive.flush()
        except OSError:
            with suppress(OSError):
                archive.close()
            with suppress(OSError):
                os.truncate(output, whole)
            raise
