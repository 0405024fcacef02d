"""Which claims and events an export is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reportedly.export.protocol import Dossier, Material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.records import Claim, Document, Reading

    Left = Callable[[Document, Iterable[Claim]], tuple[Claim, ...]]


def filtered(material: Material, left: Left) -> Material:
    """Return the material with what is asked for only; ``left`` gives of a document's claims those that are.

    A reading keeps the claims that pass and goes where none does; an event stays whole where one of its claims passes, since what its
    other sources say is what it is worth.
    """
    return Material(readings=lambda: _readings(material, left), dossiers=lambda: _dossiers(material, left))


def _readings(material: Material, left: Left) -> Iterator[Reading]:
    for reading in material.readings():
        kept = left(reading.document, reading.claims)
        if kept:
            yield msgspec.structs.replace(reading, claims=kept)


def _dossiers(material: Material, left: Left) -> Iterator[Dossier]:
    for dossier in material.dossiers():
        claims: dict[str, list[Claim]] = {}
        documents = {told.document.id: told.document for told in dossier.told}
        for told in dossier.told:
            claims.setdefault(told.document.id, []).append(told.claim)
        if any(left(documents[name], each) for name, each in claims.items()):
            yield dossier
