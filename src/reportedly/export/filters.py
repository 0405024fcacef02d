"""Which claims and events an export is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from reportedly.export.protocol import Dossier, Material

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Claim, Document, Event, Reading


@dataclass(frozen=True)
class Filter:
    """What a claim must have; of several values any one will do, and an empty tuple asks for nothing.

    ``since`` and ``until`` are ISO days, inclusive: a claim passes where a time of its own may lie between them, one without a date
    does not. Names are compared without regard to case, in the words of the report and in the canonical name; countries are ISO codes
    of two letters; ``events`` are ids or their beginnings.
    """

    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def of_claims(self) -> bool:
        """Return whether anything is asked of claims."""
        return self != Filter(events=self.events)

    def passes(self, document: Document, claim: Claim) -> bool:
        """Return whether a claim is asked for."""
        return (
            _one_of(self.publishers, (document.publisher.value,) if document.publisher else ())
            and _one_of(self.languages, (document.language.value,) if document.language else ())
            and _one_of(self.types, (claim.type or "", claim.acled or ""))
            and _one_of(self.actors, [n for e in (*claim.actors, *claim.recipients) for n in (e.name, e.exact) if n])
            and _one_of(self.places, [n for place in claim.places for n in (place.name, place.exact) if n])
            and _one_of(self.countries, [place.country for place in claim.places if place.country])
            and self._in_time(claim)
        )

    def names(self, event: Event) -> bool:
        """Return whether an event is one of those asked for by id."""
        return not self.events or any(event.id.startswith(wanted) for wanted in self.events)

    def _in_time(self, claim: Claim) -> bool:
        if self.since is None and self.until is None:
            return True
        return any(
            time.anchored
            and (time.earliest or time.latest)
            and (self.until is None or time.earliest is None or time.earliest[:10] <= self.until)
            and (self.since is None or time.latest is None or time.latest[:10] >= self.since)
            for time in claim.times
        )


def filtered(material: Material, wanted: Filter) -> Material:
    """Return the material with what is asked for only.

    A reading keeps the claims that pass and goes where none does; an event stays whole where one of its claims passes, since what its
    other sources say is what it is worth.
    """
    if wanted == Filter():
        return material
    return Material(readings=lambda: _readings(material, wanted), dossiers=lambda: _dossiers(material, wanted))


def _readings(material: Material, wanted: Filter) -> Iterator[Reading]:
    chosen = _told_of(material, wanted) if wanted.events else None
    for reading in material.readings():
        kept = tuple(
            claim
            for claim in reading.claims
            if wanted.passes(reading.document, claim) and (chosen is None or (reading.document.id, claim.id) in chosen)
        )
        if kept:
            yield msgspec.structs.replace(reading, claims=kept)


def _dossiers(material: Material, wanted: Filter) -> Iterator[Dossier]:
    for dossier in material.dossiers():
        if wanted.names(dossier.event) and (
            not wanted.of_claims() or any(wanted.passes(told.document, told.claim) for told in dossier.told)
        ):
            yield dossier


def _told_of(material: Material, wanted: Filter) -> set[tuple[str, str]]:
    """Return the claims, by document and id, that the events asked for rest on."""
    return {
        (told.document.id, told.claim.id)
        for dossier in material.dossiers()
        if wanted.names(dossier.event)
        for told in dossier.told
    }


def _one_of(wanted: tuple[str, ...], there: Iterable[str]) -> bool:
    return not wanted or bool({value.casefold() for value in wanted} & {value.casefold() for value in there})
