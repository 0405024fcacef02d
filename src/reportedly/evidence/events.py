"""Events: the groups of claims with their independent sources and contradictions, largest first."""

from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING

from reportedly.compare import contradictions
from reportedly.copies import sources
from reportedly.copies.prints import words_of
from reportedly.evidence import titles
from reportedly.group import facts, group, names
from reportedly.records import COUNTED, Event, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.compare import Told
    from reportedly.evidence.collection import Collection
    from reportedly.group import Strand
    from reportedly.records import Claim, Comparison, Dependence, Place

ID_LENGTH = 10
MOST_PLACES = 3
# Further away is no bound on a date but 'since the war began' without an end.
FARTHEST_DAYS = 366 * 30


def events(collection: Collection) -> tuple[Event, ...]:
    """Return what the claims of a collection seem to tell of, each event with its sources and contradictions.

    Sorted by the number of reports, then of claims, then by id. The order of the reports does not matter.
    """
    found = [event(strands, collection) for strands in group(collection.reads.values())]
    return tuple(sorted(found, key=lambda each: (-_reports(each), -len(each.claims), each.id)))


def _reports(each: Event) -> int:
    return len({ref.document for ref in each.claims})


def event(strands: Sequence[Strand], collection: Collection) -> Event:
    """Return the event that a group of strands is."""
    refs = tuple(Ref(document=strand.document, claim=claim) for strand in strands for claim in strand.claims)
    told = [collection.told(ref) for ref in refs]
    found = _sources(told, collection)
    family = _family(told)
    days = _days(told)
    against = contradictions.find(_voices(told, found.dependences))
    return Event(
        id=_id(refs),
        claims=refs,
        title=titles.title(told, family, disputed=_disputed(against)),
        type=_type(told, family),
        modes=_modes(told, family),
        places=_places(told),
        earliest=days[0],
        latest=days[1],
        independent=found.groups,
        why=found.why,
        dependences=found.dependences,
        contradictions=against,
    )


def _disputed(against: Iterable[Comparison]) -> frozenset[Ref]:
    """Return the claims that others contradict on more than figures: what one side says of it names no event."""
    return frozenset(ref for each in against if each.field not in COUNTED for ref in (each.left, each.right))


def _id(refs: Iterable[Ref]) -> str:
    """Return a name made from the smallest of the claims, so that it stays as long as that one is in the event."""
    first = min((ref.document, ref.claim) for ref in refs)
    return blake2b(":".join(first).encode(), digest_size=ID_LENGTH // 2).hexdigest()


def _sources(told: Sequence[Told], collection: Collection) -> sources.Sources:
    documents = {each.document.id: each.document for each in told}
    claims: dict[str, list[Claim]] = {}
    for each in told:
        claims.setdefault(each.document.id, []).append(each.claim)
    pairs = [copy for name in documents for copy in collection.copies_of.get(name, ()) if name == copy.left]
    return sources.independent(
        documents, claims, copies=pairs, citations=collection.citations, credits=collection.credits
    )


def _voices(told: Sequence[Told], ties: Iterable[Dependence]) -> list[Told]:
    """Return the claims without those that a copy took over word for word: a copy does not contradict what it copies."""
    origin = {tie.document: tie.on for tie in ties if tie.tie == "copy"}
    if not origin:
        return list(told)
    words = {(each.document.id, tuple(words_of(each.claim.content.exact))) for each in told}
    taken = {
        (each.document.id, each.claim.id)
        for each in told
        if each.document.id in origin and (origin[each.document.id], tuple(words_of(each.claim.content.exact))) in words
    }
    # the copy's own title says what it took over
    titled = {name for name, _ in taken}
    return [
        each
        for each in told
        if (each.document.id, each.claim.id) not in taken and not (each.in_title and each.document.id in titled)
    ]


def _family(told: Iterable[Told]) -> str | None:
    """Return the kind of happening that most reports tell of, of equals what most claims do; None of statements only."""
    reports: dict[str, set[str]] = {}
    claims: Counter[str] = Counter()
    for each in told:
        if each.facts.family != "statement" and not each.facts.negative and not each.facts.unreal:
            reports.setdefault(each.facts.family, set()).add(each.document.id)
            claims[each.facts.family] += 1
    return min(reports, key=lambda name: (-len(reports[name]), -claims[name], name), default=None)


def _modes(told: Iterable[Told], family: str | None) -> tuple[str, ...]:
    """Return the modes that as many reports tell as half of those telling the commonest: not the helicopters that came later.

    Only what is told of the happening itself counts, not what was done beside it.
    """
    tellers: dict[str, set[str]] = {}
    for each in told:
        own = family is None or each.facts.family == family
        if own and not each.facts.negative and not each.facts.unreal:
            for mode in each.claim.modes:
                tellers.setdefault(mode, set()).add(each.document.id)
    most = max((len(reports) for reports in tellers.values()), default=0)
    return tuple(sorted(mode for mode, reports in tellers.items() if 2 * len(reports) >= most))


def _type(told: Sequence[Told], family: str | None) -> str | None:
    """Return the type that most claims of the happening itself have."""
    own = [each.claim.type for each in told if each.claim.type and each.facts.family == family]
    return _commonest(own or [each.claim.type for each in told if each.claim.type])


def _commonest(values: Sequence[str]) -> str | None:
    return min(Counter(values).items(), key=lambda item: (-item[1], item[0]))[0] if values else None


def _places(told: Iterable[Told]) -> tuple[Place, ...]:
    """Return the places most often given for it, the finest first, each name once."""
    counted: Counter[str] = Counter()
    finest: dict[str, Place] = {}
    for each in told:
        for place in each.claim.places:
            if place.relation in ("in", "near", "between"):
                name = names.place(place.name or place.exact) or " ".join(words_of(place.exact))
                counted[name] += 1
                if name not in finest or place.precision < finest[name].precision:
                    finest[name] = place
    order = sorted(counted, key=lambda name: (finest[name].precision, -counted[name], name))
    return tuple(finest[name] for name in order[:MOST_PLACES])


def _days(told: Iterable[Told]) -> tuple[str | None, str | None]:
    """Return the first and last day that the dated claims leave possible: the shortest interval they give."""
    dated = [each.facts.days for each in told if each.facts.days and not each.facts.unreal]
    best = min(dated, key=lambda days: (facts.length(days), days), default=None)
    if best is None or facts.length(best) > FARTHEST_DAYS:
        return None, None
    return date.fromordinal(best[0]).isoformat(), date.fromordinal(best[1]).isoformat()
