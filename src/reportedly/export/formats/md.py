"""The dossier as Markdown: the page without marks and drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportedly.export import dossier
from reportedly.export.formats import html
from reportedly.export.protocol import Format, Loss, Table

if TYPE_CHECKING:
    from reportedly.export.protocol import Dossier, Material, Options


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write the dossier of all events."""
    found, runs = html.gathered(material)
    out.write(dossier.markdown(found, language=options["language"], runs=runs).encode("utf-8", "replace"))


def _spans(one: Dossier) -> int:
    return sum(len(each.claim.places) + len(each.claim.times) for each in one.told)


FORMAT = Format(
    name="md",
    title="The dossier as Markdown",
    suffix=".md",
    write=write,
    tables=(
        Table(
            name="events",
            takes="events",
            fields=tuple(each for each in html.FIELDS if each.name not in ("map", "timeline")),
            lost=(*html.LOST, Loss("map, timeline, and where in its words a claim says what", _spans)),
        ),
    ),
    options=(html.LANGUAGE,),
    notes=("Signs that Markdown or HTML would take for their own are escaped.",),
)
