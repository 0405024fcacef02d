"""Where an event lies, for tables with room for one place, and how far that can be trusted: no finer than the reports say.

The scale of a place's precision is UCDP's: 1 the place itself, 2 near it, 3 second-order division, 4 first-order, 5 region, 6 country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.protocol import Dossier
    from reportedly.records import Place

EXACT, NEAR, DISTRICT = 1, 2, 3


def spot(dossier: Dossier) -> Place | None:
    """Return the finest place of the event that has coordinates, stated before inferred, with the precision that it has of the event.

    That is lower than the mention's own where the place was inferred, and where the reports name a spot nobody could locate: then the
    town beside it is only about where it was, as finely as the district the reports name.
    """
    located = [place for place in dossier.event.places if _is_located(place)]
    if not located:
        return None
    found = min(located, key=order)
    lost = any(_is_lost_spot(place, found) for place in dossier.event.places)
    return replace(found, precision=max(precision(found), _around(dossier) if lost else EXACT))


def named(dossier: Dossier) -> Place | None:
    """Return the place to name: the spot, else the finest that nobody could locate."""
    return spot(dossier) or next(iter(dossier.event.places), None)


def order(place: Place) -> tuple[bool, int, bool]:
    """Return a key by which the place to give comes first: located, fine, stated."""
    return not _is_located(place), precision(place), place.basis == "inferred"


def precision(place: Place) -> int:
    """Return how precise a mention is: what was inferred, what lies near a place or between two, is never the place itself."""
    return max(place.precision, EXACT if place.relation == "in" and place.basis == "stated" else NEAR)


def written(place: Place | None) -> int | str:
    """Return the precision as a table writes it: empty for a place of which nobody knows where or of what kind it is."""
    if place is None or (not _is_located(place) and place.precision <= NEAR):
        return ""
    return precision(place)


def described(place: Place | None) -> str:
    """Return the place in the report's words; where it was inferred that is said, and from what."""
    if place is None:
        return ""
    words = " ".join(place.exact.split())
    return f"{words} [inferred: {place.reason}]" if place.basis == "inferred" else words


def inferred(dossier: Dossier) -> bool:
    """Return whether the place a table gives of the event was inferred."""
    place = named(dossier)
    return place is not None and place.basis == "inferred"


def _is_located(place: Place) -> bool:
    return place.lat is not None and place.lon is not None


def _is_lost_spot(place: Place, found: Place) -> bool:
    """Return whether a place is a spot by name, no coarser than the one found, that nobody could locate."""
    stated = place.basis == "stated" and place.relation == "in"
    return stated and not _is_located(place) and place.precision == EXACT <= found.precision


def _around(dossier: Dossier) -> int:
    """Return the precision of what the reports place a lost spot in: their district, else near the town they name."""
    return DISTRICT if any(place.precision == DISTRICT for place in _places(dossier)) else NEAR


def _places(dossier: Dossier) -> Iterator[Place]:
    for told in dossier.told:
        yield from told.claim.places
