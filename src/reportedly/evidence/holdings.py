"""Who holds a place, by date and by claimant: every claim of taking, holding or losing it side by side, and the days nobody speaks of."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from reportedly import pointing
from reportedly.answers import Gap, Holding, Holdings
from reportedly.compare.contradictions import find as contradictions
from reportedly.evidence import ground
from reportedly.group import facts, names
from reportedly.records import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.group.facts import Point
    from reportedly.records import Claim, Comparison, Entity

# A mention this much further away than its precision allows is another place.
NEAR_KM = 10.0
# A week without a word is no gap worth a line.
SHORTEST_GAP = 7
Stands = Literal["holds", "takes", "advances", "loses", "keeps", "denied"]


def holdings(place: str, collection: Collection) -> Holdings:
    """Return who is said to hold the place of that name, in whatever spelling or script, and where the claims leave gaps.

    Claims about the same spot under another name count too, where one of its mentions could be located.
    """
    told = [
        each
        for each in collection.all_told()
        if each.facts.family in ("territory", "withdraw") and not each.facts.unreal
    ]
    asked = names.place(place[:1].upper() + place[1:])
    spots = _spots(asked, told) if asked else ()
    about = [(each, where) for each in told if asked and (where := _where(each, asked, spots))]
    # of one day in the order of the text
    about.sort(key=lambda pair: (pair[0].document.id, pair[0].claim.content.start))
    rows = sorted(_without_titles([(each, _row(each, where)) for each, where in about]), key=_order)
    return Holdings(
        place=place,
        rows=tuple(rows),
        gaps=tuple(_gaps(rows)),
        disputed=tuple(_disputed(about)),
    )


def _disputed(about: Sequence[tuple[Told, Place]]) -> Iterable[Comparison]:
    """Return the contradictions on who holds the place itself: of ground in it or near it several may each hold some."""
    whole = [told for told, where in about if ground.extent(told.document, told.claim, where) == "whole"]
    return (each for each in contradictions(whole) if each.field == "territory")


def _without_titles(rows: Sequence[tuple[Told, Holding]]) -> Iterable[Holding]:
    """Yield the rows without those of a title whose report says the same below."""
    below = {(row.ref.document, row.holder, row.stands, row.extent) for told, row in rows if not told.in_title}
    return (
        row
        for told, row in rows
        if not told.in_title or (row.ref.document, row.holder, row.stands, row.extent) not in below
    )


def _spots(asked: str, told: Iterable[Told]) -> tuple[Point, ...]:
    """Return the points that claims give for the name, the finest ones."""
    points = {
        facts.Point(place.lat, place.lon, facts.RADIUS.get(place.precision, facts.RADIUS[1]))
        for each in told
        for place in each.claim.places
        if place.lat is not None and place.lon is not None and place.precision <= facts.FINE and _is_named(place, asked)
    }
    finest = min((point.radius for point in points), default=0.0)
    return tuple(sorted(point for point in points if point.radius == finest))


def _is_named(place: Place, asked: str) -> bool:
    keys = {key for name in (place.exact, place.name) if name and (key := names.place(name))}
    return names.any_same_place(keys, (asked,))


def _where(told: Told, asked: str, spots: Sequence[Point]) -> Place | None:
    """Return the mention by which a claim is about the place, None where it is about another."""
    for place in told.claim.places:
        if place.relation == "to" and told.facts.family == "withdraw":
            continue
        if _is_named(place, asked):
            return place
        if (
            place.lat is not None
            and place.lon is not None
            and place.precision == 1
            and not names.place(place.name or place.exact)
        ):
            here = facts.Point(place.lat, place.lon, 0.0)
            if any(facts.km(here, spot) <= NEAR_KM for spot in spots):
                return place
    return None if told.claim.places else _in_words(told.claim, asked)


WORD = re.compile(r"\w+(?:['’-]\w+)*")


def _in_words(claim: Claim, asked: str) -> Place | None:
    """Return the place where the claim's own words name it although it is told as no place ('Kitshanga est sous contrôle de ...')."""
    found = list(WORD.finditer(claim.content.exact))
    size = len(asked.split())
    for first in range(len(found) - size + 1):
        start, end = found[first].start(), found[first + size - 1].end()
        exact = claim.content.exact[start:end]
        key = names.place(exact)
        if key and names.same_place(key, asked):
            at = claim.content.start
            reason = "named in the words of the claim"
            return Place(start=at + start, end=at + end, exact=exact, by="holdings", basis="inferred", reason=reason)
    return None


def _row(told: Told, place: Place) -> Holding:
    days = told.facts.days
    published = told.document.published.value[:10] if told.document.published else None
    return Holding(
        ref=told.ref,
        place=place,
        holder=_called(told.claim.actors) or "not said",
        stands=_stands(told),
        extent=ground.extent(told.document, told.claim, place),
        loser=_called(told.claim.recipients, but=told.claim.actors) if told.claim.territory == "gained" else None,
        speaker=told.speaker,
        publisher=told.document.publisher.value if told.document.publisher else None,
        earliest=date.fromordinal(days[0]).isoformat() if days else published,
        latest=date.fromordinal(days[1]).isoformat() if days else None,
        dated_by="text" if days else "publication" if published else "nothing",
    )


def _called(entities: Iterable[Entity], *, but: Iterable[Entity] = ()) -> str | None:
    """Return parties as they are called, None for none; a pronoun of which nobody knows whom it means is none."""
    others = {entity.name for entity in but if entity.name}
    called = {
        entity.name or " ".join(entity.exact.split())
        for entity in entities
        if entity.kind not in ("object", "civilians")
        and not (entity.name is None and pointing.only_points(entity.exact))
    }
    return " and ".join(sorted(called - others)) or None


def _stands(told: Told) -> Stands:
    if told.claim.territory == "lost" or told.facts.family == "withdraw":
        return "keeps" if told.facts.negative else "loses"
    if told.facts.negative:
        return "denied"
    if told.claim.territory == "gained":
        return "advances" if ground.moves(told.claim) else "takes"
    return "holds"


def _order(row: Holding) -> tuple[str, str]:
    return row.earliest or "9999", row.ref.document


def _gaps(rows: Iterable[Holding]) -> Iterable[Gap]:
    """Yield the stretches of a week and more between dated claims in which nobody says who holds it."""
    known = sorted(
        (date.fromisoformat(row.earliest), date.fromisoformat(row.latest or row.earliest))
        for row in rows
        if row.earliest
    )
    until: date | None = None
    for first, last in known:
        if until and (first - until).days > SHORTEST_GAP:
            start, end = date.fromordinal(until.toordinal() + 1), date.fromordinal(first.toordinal() - 1)
            yield Gap(earliest=start.isoformat(), latest=end.isoformat(), days=(first - until).days - 1)
        until = max(until or last, last)
