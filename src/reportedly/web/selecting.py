"""Which events are meant: the selection that the list, the map, the timeline and the dossier share, as an address tells it.

``frontend/src/events/state.ts`` is the same for the page's script; ``frontend/tests/selecting.json`` holds both to one meaning.
"""

from __future__ import annotations

from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends, Query
from msgspec.structs import replace

from reportedly.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.web.shapes import Drawn

Words = Annotated[list[str] | None, Query(max_length=50)]
Names = Annotated[list[str] | None, Query(max_length=1000)]
# a field that nobody filled in is sent all the same
Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
FACETS = ("type", "actors", "countries", "places", "outlets")
# Values of a facet that a page without a script lists, besides those asked for.
FEW = 12


class Selection(Record, frozen=True, kw_only=True):
    """Of several values of one facet any will do, of several facets all must hold; ``days`` are the first and last in a lane."""

    events: frozenset[str] = frozenset()
    facets: tuple[tuple[str, frozenset[str]], ...] = ()
    independent: int = 0
    contradicted: bool = False
    lane: Literal["happened", "reported"] = "happened"
    since: str | None = None
    until: str | None = None
    words: str = ""

    def leaves(self, event: Drawn) -> bool:
        """Return whether an event is of the selection."""
        return (
            not self.lacks(event)
            and (not self.events or event.id in self.events)
            and event.independent >= self.independent
            and (not self.contradicted or event.contradictions > 0)
            and self._in_time(event)
            and (not self.words or self.words in " ".join((event.title, *event.places, *event.actors)).lower())
        )

    def lacks(self, event: Drawn) -> list[str]:
        """Return the facets of which an event has no value that is asked for."""
        return [facet for facet, wanted in self.facets if wanted.isdisjoint(_values(event, facet))]

    def wanted(self, facet: str) -> frozenset[str]:
        """Return the values of a facet that are asked for."""
        return dict(self.facets).get(facet, frozenset())

    def _in_time(self, event: Drawn) -> bool:
        if self.since is None and self.until is None:
            return True
        if self.lane == "reported":
            first, last = (event.reported[0], event.reported[-1]) if event.reported else ("", "")
        else:
            first, last = event.earliest or event.latest or "", event.latest or event.earliest or ""
        return bool(first) and last[:10] >= (self.since or "") and first[:10] <= (self.until or "9999")


def _values(event: Drawn, facet: str) -> Sequence[str]:
    found: str | Sequence[str] | None = getattr(event, facet)
    return (found,) if isinstance(found, str) else found or ()


def offered(events: Sequence[Drawn], asked: Selection) -> dict[str, list[tuple[str, int]]]:
    """Return by facet the commonest values and those asked for, each with how many events it would leave beside all else that is asked."""
    others = replace(asked, facets=())
    left = list(events if others == Selection() else filter(others.leaves, events))
    counts = {facet: Counter(dict.fromkeys(asked.wanted(facet), 0)) for facet in FACETS}
    against = [asked.lacks(event) for event in left] if asked.facets else ()
    for facet, found in counts.items():
        rows = compress(left, (lacks in ([], [facet]) for lacks in against)) if against else left
        found.update(value for event in rows for value in _values(event, facet))
    return {facet: list(_first(found, asked.wanted(facet))) for facet, found in counts.items() if found}


def _first(counts: Counter[str], wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    for nth, (value, count) in enumerate(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))):
        if nth < FEW or value in wanted:
            yield value, count


def selection(
    *,
    event: Names = None,
    type: Words = None,  # noqa: A002 - the parameter's name in the address
    actors: Words = None,
    countries: Words = None,
    places: Words = None,
    outlets: Words = None,
    independent: Annotated[int, Query(ge=0, le=1000)] = 0,
    contradicted: bool = False,
    lane: Literal["happened", "reported"] = "happened",
    since: Annotated[Day, Query(alias="from")] = None,
    until: Annotated[Day, Query(alias="to")] = None,
    words: Annotated[str, Query(max_length=500)] = "",
) -> Selection:
    """Return the selection that an address means."""
    given = {"type": type, "actors": actors, "countries": countries, "places": places, "outlets": outlets}
    return Selection(
        events=frozenset(event or ()),
        facets=tuple((facet, frozenset(values)) for facet, values in given.items() if values),
        independent=independent,
        contradicted=contradicted,
        lane=lane,
        since=since or None,
        until=until or None,
        words=words.lower(),
    )


Selected = Annotated[Selection, Depends(selection)]
