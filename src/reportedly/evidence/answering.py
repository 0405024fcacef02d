"""All that is told of one event at once: what every view of it shows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportedly.answers import Answers, Holdings
from reportedly.evidence.authors import authors
from reportedly.evidence.collection import Collection
from reportedly.evidence.comparisons import comparisons
from reportedly.evidence.framing import framing_of_event
from reportedly.evidence.holdings import holdings
from reportedly.evidence.missing import missing
from reportedly.evidence.sides import disputes
from reportedly.evidence.tolls import toll

if TYPE_CHECKING:
    from reportedly.records import Event

MOST_HELD = 3


def answers(event: Event, collection: Collection) -> Answers:
    """Return what is told of an event; who holds a place is asked of its own reports alone."""
    return Answers(
        toll=toll(event, collection),
        authors=authors(event, collection),
        comparisons=comparisons(event, collection),
        framing=framing_of_event(event, collection),
        missing=missing(event, collection),
        disputes=disputes(event.contradictions, collection.told),
        holdings=_held(event, collection),
    )


def _held(event: Event, collection: Collection) -> tuple[Holdings, ...]:
    """Return who holds the places of an event, where a claim of it tells of ground taken, lost or held."""
    told = (collection.claim(ref) for ref in event.claims)
    names = (place.name for claim in told if claim.territory for place in claim.places if place.name)
    places = list(islice(dict.fromkeys(names), MOST_HELD))
    if not places:
        return ()
    own = Collection(collection.reads[name] for name in dict.fromkeys(ref.document for ref in event.claims))
    return tuple(holdings(place, own) for place in places)
