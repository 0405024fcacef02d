"""Second pass: all names of a report located together. Countries named, where the report was written, and the places already sure
decide between homonyms; a name that no gazetteer knows, or that several equal places bear, keeps its span and has no coordinates.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from reportedly.find.places.scan import FAR_KM, GENITIVE, PLAIN, Draft
from reportedly.gazetteer import Candidate, Gazetteer, Near, kilometres
from reportedly.text import Text
from reportedly.transliteration import consonants, folded

# A town of this renown (some 100,000 inhabitants) may be meant although nothing else in the report speaks of its country.
RENOWN = 0.62
# Spellings that differ are believed only this near to a place of the report that is sure.
FUZZY_KM, REACH_PER_LETTER = 75, 8
FUZZY_LIKENESS = 0.86
APART_KM = 25
HAMLET, ASTRAY_KM = 0.4, 200
# Two homonyms this close in rank cannot be told apart.
TIE = 0.06
UNKNOWN = "no gazetteer here knows it"


@dataclass
class Located:
    """Where a draft lies, or why that cannot be told."""

    draft: Draft
    candidate: Candidate | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = 1
    reason: str = ""
    inferred: bool = False


@dataclass
class Locator:
    """One report's places being located: ``votes`` for countries, ``sure`` the candidates already chosen."""

    text: Text
    gazetteer: Gazetteer
    votes: Counter[str]
    found: dict[int, Located] = field(default_factory=dict)
    sure: list[Candidate] = field(default_factory=list)
    names: dict[tuple[str, str], Located] = field(default_factory=dict)

    def run(self, drafts: list[Draft]) -> list[Located]:
        """Return the places of ``drafts`` in their order; drafts that turn out to be no place are left out."""
        order = sorted(range(len(drafts)), key=lambda i: (self._ease(drafts[i]), i))
        for i in order:
            located = self._locate(drafts[i])
            if located is not None:
                self.found[i] = located
        self._propagate(drafts)
        return [self.found[i] for i in sorted(self.found)]

    def name(self, draft: Draft) -> str:
        """Return the words of a draft's name."""
        return self.text.text[self.text.starts[draft.name[0]] : self.text.ends[draft.name[1] - 1]]

    def _ease(self, draft: Draft) -> int:
        """Return the order of work: countries and provinces first, then names of one place, then the rest."""
        candidates = self._exact(draft)
        if any(c.precision >= 6 for c in candidates):
            return 0
        if draft.head is not None and draft.head.get("precision") in ("3", "4"):
            return 1
        local = [c for c in candidates if self._share(c) > 0]
        return 2 if len(local) == 1 else 3 if local else 4

    def _exact(self, draft: Draft) -> list[Candidate]:
        candidates = _fitting(self.gazetteer.exact(self.name(draft)), draft)
        if draft.within is None:
            return candidates
        first, last = draft.within
        states = self.gazetteer.exact(self.text.text[self.text.starts[first] : self.text.ends[last - 1]])
        countries = {c.country for c in states if c.precision == 6}
        return [c for c in candidates if c.country in countries]

    def _share(self, candidate: Candidate) -> float:
        """Return how much the report speaks of a candidate's country, 0 to 1."""
        most = max(self.votes.values(), default=0)
        return self.votes[candidate.country] / most if most else 0.0

    # --- one draft ---

    def _locate(self, draft: Draft) -> Located | None:
        name = self.name(draft)
        key = (folded(name), f"{draft.head.get('precision') if draft.head else ''}{draft.within}")
        known = self.names.get(key)
        candidate, reason = (known.candidate, known.reason) if known else self._choose(draft)
        if candidate is None:
            if not _trusted(draft, name):
                return None
            located = Located(draft, reason=reason or UNKNOWN)
        else:
            located = self._placed(draft, candidate)
        if known is None and (candidate is not None or located.reason):
            self.names[key] = located
            if candidate is not None:
                self._learn(candidate)
        return located

    def _learn(self, candidate: Candidate) -> None:
        if candidate.precision <= 5:
            self.sure.append(candidate)
        if candidate.country:
            self.votes[candidate.country] += 1

    def _choose(self, draft: Draft) -> tuple[Candidate | None, str]:
        """Return the place meant, or None with the reason."""
        candidates = self._exact(draft)
        ranked = sorted(
            ((self._rank(c, draft), c) for c in candidates), key=lambda pair: (-pair[0], pair[1].identifier)
        )
        ranked = [(rank, c) for rank, c in ranked if self._plausible(c, draft)]
        if ranked:
            best = ranked[0]
            rival = next((c for rank, c in ranked[1:] if best[0] - rank < TIE and _apart(c, best[1])), None)
            if rival is not None:
                return (
                    None,
                    f"homonyms cannot be told apart ({best[1].name} in {best[1].country}, {rival.name} in {rival.country})",
                )
            return best[1], ""
        if draft.strength <= GENITIVE and draft.head is None:
            return None, ""
        return self._spelled_otherwise(draft, elsewhere=bool(candidates))

    def _rank(self, candidate: Candidate, draft: Draft) -> float:
        rank = candidate.weight + 0.8 * self._share(candidate)
        rank += 0.5 * self._nearness(candidate)
        settlement = draft.head is not None and draft.head.get("precision") == "1" and not draft.head.get("site")
        if candidate.precision >= 6:
            rank += 0.0 if settlement else 1.0
        elif candidate.identifier.startswith("reportedly:") and candidate.precision not in (3, 4):
            rank += 0.0 if settlement and candidate.precision > 2 else 0.5
        elif candidate.precision in (3, 4) and (draft.head is None or draft.head.get("precision") not in ("3", "4")):
            rank -= 0.5
        return rank

    def _nearness(self, candidate: Candidate) -> float:
        """Return 0 to 1: how near a candidate lies to the places of the report that are sure."""
        here = (candidate.lat, candidate.lon)
        others = [c for c in self.sure if c.identifier != candidate.identifier]
        return max(
            (math.exp(-kilometres(here, (c.lat, c.lon)) / (100 if c.precision <= 3 else 200)) for c in others),
            default=0.0,
        )

    def _plausible(self, candidate: Candidate, draft: Draft) -> bool:
        """Return whether a candidate may be meant at all: a small place of a country the report does not speak of is a homonym."""
        if draft.within is not None:
            return True
        if candidate.precision >= 6 or not candidate.country:
            return True
        if self._share(candidate) >= 0.15:
            return not self._astray(candidate)
        if candidate.identifier.startswith("reportedly:") and candidate.precision not in (3, 4) and not self.votes:
            return True
        others = any(self.votes.values())
        return candidate.weight >= (RENOWN if others or draft.strength <= GENITIVE else 0.45)

    def _astray(self, candidate: Candidate) -> bool:
        """Return whether a hamlet lies far from all the villages the report is sure of: another of its name, most likely."""
        near = [c for c in self.sure if c.precision <= 2 or (c.precision == 5 and c.kind == "range")]
        if candidate.weight >= HAMLET or not near:
            return False
        return all(kilometres((candidate.lat, candidate.lon), (c.lat, c.lon)) > ASTRAY_KM for c in near)

    def _spelled_otherwise(self, draft: Draft, *, elsewhere: bool) -> tuple[Candidate | None, str]:
        """Return a place whose name is spelled a little otherwise, near a place that is sure."""
        name = self.name(draft)
        reason = "only places far from the others of the report bear this name" if elsewhere else UNKNOWN
        countries = [c for c, votes in self.votes.items() if votes >= 0.25 * max(self.votes.values())]
        if len(folded(name)) < 4 or not countries or _named(draft):
            return None, reason
        anchors = [(c.lat, c.lon) for c in self.sure if c.precision <= 2]
        for candidate in _fitting(
            self.gazetteer.find(name, countries=countries, near=_middle(anchors), limit=8), draft
        ):
            if candidate.likeness < FUZZY_LIKENESS or candidate.country not in countries or candidate.precision >= 6:
                continue
            if consonants(candidate.matched) != consonants(folded(name)):
                continue
            sounds_same = candidate.likeness >= 0.97 and candidate.weight >= 0.3
            reach = min(FUZZY_KM, REACH_PER_LETTER * len(folded(name)))
            if sounds_same or any(kilometres((candidate.lat, candidate.lon), a) <= reach for a in anchors):
                return candidate, ""
        return None, reason

    # --- from the candidate to the place ---

    def _placed(self, draft: Draft, candidate: Candidate) -> Located:
        head = draft.head.get("precision") if draft.head else ""
        located = Located(draft, candidate, candidate.lat, candidate.lon, candidate.precision)
        if draft.compass is not None:
            self._towards(located)
        elif head == "2" and candidate.precision <= 2:
            located.precision = 2
            draft.relation = "near" if draft.relation == "in" else draft.relation
        elif draft.within is not None:
            draft.last = draft.within[1]
        elif head in ("3", "4") and candidate.precision < int(head):
            located.precision = int(head)
        if draft.relation == "near" and located.precision <= 2:
            located.precision = 3 if (draft.distance_km or 0) > FAR_KM else 2
        return located

    def _towards(self, located: Located) -> None:
        """'the east of Ukraine' is a part of it; 'east of Bakhmut' is near it."""
        draft, candidate = located.draft, located.candidate
        assert draft.compass is not None
        assert candidate is not None
        if candidate.precision <= 2 and candidate.kind not in ("range", "region"):
            if draft.compass[1].get("form") == "noun" and draft.compass[1].get("bearing") != "C":
                draft.relation = "near" if draft.relation == "in" else draft.relation
                located.precision = 3 if (draft.distance_km or 0) > FAR_KM else 2
            return
        bearing = draft.compass[1].get("bearing")
        if draft.distance_km is not None or not bearing:
            return
        located.lat, located.lon = self.gazetteer.part(candidate, bearing)
        located.precision, located.inferred = max(5, min(candidate.precision, 5)), True
        located.reason = f"the part of {candidate.name} that the compass point tells, near its middle"
        draft.first = min(draft.first, draft.compass[0])

    def _propagate(self, drafts: list[Draft]) -> None:
        """Keep an unknown name in a weak position where the report places it elsewhere ('Tanoukoro', a place once behind 'foire de')."""
        unknown = {folded(self.name(p.draft)) for p in self.found.values() if p.candidate is None}
        for i, draft in enumerate(drafts):
            if i not in self.found and folded(self.name(draft)) in unknown:
                self.found[i] = Located(draft, reason=UNKNOWN)


def _fitting(candidates: Iterable[Candidate], draft: Draft) -> list[Candidate]:
    """Return the candidates of the kind that the generic word asks for (all of them where none is)."""
    found = list(candidates)
    level = draft.head.get("precision") if draft.head else ""
    if level in ("3", "4"):
        fitting = [c for c in found if c.precision == int(level)] or [c for c in found if c.precision in (3, 4)]
        return fitting or [c for c in found if c.precision <= 2]
    if level == "5":
        return [c for c in found if c.precision == 5] or found
    if level == "1" and draft.head is not None and not draft.head.get("site"):
        return [c for c in found if c.precision <= 4 and c.precision != 5] or found
    return found


def _named(draft: Draft) -> bool:
    """Return whether the generic word makes the name one of its own, which must be known as it stands."""
    return draft.head is not None and draft.head.get("named") == "yes"


def _trusted(draft: Draft, name: str) -> bool:
    """Return whether the position alone makes an unknown name a place."""
    if name.isupper() and len(name) <= 6 and draft.strength < PLAIN + 1:
        return False
    return (
        (draft.strength > GENITIVE
        and not (len(name) < 3))
        or (draft.head is not None and bool(draft.head.get("precision")))
    )


def _apart(a: Candidate, b: Candidate) -> bool:
    if a.country == b.country and a.precision == b.precision >= 3:
        return False
    return kilometres((a.lat, a.lon), (b.lat, b.lon)) > APART_KM


def _middle(points: list[Near]) -> Near | None:
    if not points:
        return None
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
