"""Which events are meant: the selection that the list, the map, the timeline and the dossier share, as an address tells it.

``frontend/src/events/state.ts`` is the same for the page's script; ``frontend/tests/selecting.json`` holds both to one meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends, Query

from reportedly.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.web.shapes import Drawn

Words = Annotated[list[str] | None, Query(max_length=50)]
Names = Annotated[list[str] | None, Query(max_length=1000)]
Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
FACETS = ("type", "actors", "countries", "places", "outlets")


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
            (not self.events or event.id in self.events)
            and all(wanted & _values(event, facet) for facet, wanted in self.facets)
            and event.independent >= self.independent
            and (not self.contradicted or event.contradictions > 0)
            and self._in_time(event)
            and self.words in " ".join((event.title, *event.places, *event.actors)).lower()
        )

    def _in_time(self, event: Drawn) -> bool:
        if self.since is None and self.until is None:
            return True
        if self.lane == "reported":
            first, last = (event.reported[0], event.reported[-1]) if event.reported else ("", "")
        else:
            first, last = event.earliest or event.latest or "", event.latest or event.earliest or ""
        return bool(first) and last[:10] >= (self.since or "") and first[:10] <= (self.until or "9999")


def _values(event: Drawn, facet: str) -> frozenset[str]:
    found: str | Sequence[str] | None = getattr(event, facet)
    return frozenset([found] if isinstance(found, str) else found or ())


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
        since=since,
        until=until,
        words=words.lower(),
    )


Selected = Annotated[Selection, Depends(selection)]
