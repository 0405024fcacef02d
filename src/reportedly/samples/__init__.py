"""The bundled sample reports: invented, in the public domain, each with the claims a careful reader finds in it.

``python -m reportedly.samples [NAME...]`` prints them as JSON Lines of articles, which ``reportedly read -`` takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
GOLD = ".gold.json"


def names() -> list[str]:
    """Return the names of the samples, sorted."""
    return sorted(path.name.removesuffix(GOLD) for path in FOLDER.glob(f"*{GOLD}"))


def gold(name: str) -> dict[str, Any]:
    """Return what a careful reader finds in a sample, in the form of ``docs/claims.md``."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}{GOLD}").read_text(encoding="utf-8"))
    return found


def articles(wanted: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield the samples of those names, all where none is named, as articles: id, text, publisher, published, language."""
    for name in wanted or names():
        found = gold(name)
        text = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")
        yield {"id": name, "text": text} | {key: found[key] for key in ("publisher", "published", "language")}
