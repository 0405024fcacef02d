"""The dossier: one event, or several, in one HTML file that opens anywhere, or in Markdown. The workbench shows the same.

    page = dossier.page([the_dossier], language="fr")

The page has no script, loads nothing, and says so in its Content-Security-Policy. Whatever a report says is escaped, and letters that would
reorder the words around them are shown as what they are.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reportedly.export.dossier import words
from reportedly.export.dossier.markdown import written
from reportedly.export.dossier.view import view
from reportedly.export.dossier.words import DEFAULT, languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportedly.export.protocol import Dossier
    from reportedly.records import Run

__all__ = ["languages", "markdown", "page"]
TEMPLATES = Path(__file__).parent / "templates"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
# Overrides and isolates of direction, and control characters: a report may hold them, and no reader would see what they do.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def page(dossiers: Sequence[Dossier], *, language: str = DEFAULT, runs: Mapping[str, Run] | None = None) -> str:
    """Return the dossier of events as one HTML page in a language of the interface.

    ``runs`` says what read each document, by its id. Raises InputError where there are no words of that language.
    """
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment().get_template("dossier.html")
    made = view(dossiers, words.load(language), runs=runs or {})
    say = {table: partial(made.words.__call__, table) for table in ("holds", "holder")}
    policy = f"{NOTHING}; style-src 'sha256-{digest}'"
    return template.render(view=made, w=made.words, **say, style=style, policy=policy)


def markdown(dossiers: Sequence[Dossier], *, language: str = DEFAULT, runs: Mapping[str, Run] | None = None) -> str:
    """Return the dossier of events as Markdown. Raises InputError as ``page`` does."""
    return written(view(dossiers, words.load(language), runs=runs or {}), seen=seen)


def seen(value: object) -> object:
    """Return a text with letters that hide or reorder others written out: U+202E; anything else as it is.

    >>> seen("a\u202eb")
    'a[U+202E]b'
    """
    # what is safe already (the style) is a subclass of str
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", value) if type(value) is str else value


@cache
def _style() -> str:
    from markupsafe import Markup

    return Markup((TEMPLATES / "dossier.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=seen,
    )
    # signs and figures have no direction of their own, and take that of the page: '≥ 12' would turn into '≤ 12'
    made.tests["lettered"] = lambda text: any(letter.isalpha() for letter in str(text))
    return made
