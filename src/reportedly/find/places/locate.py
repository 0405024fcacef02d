"""Second pass: all names of a report located together. Countries named, where the report was written, and the places already sure
decide between homonyms; a name that no gazetteer knows, or that several equal places bear, keeps its span and has no coordinates.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

import msgspec

from reportedly.find.places.draft import GENITIVE, PLAIN, STRONG, Draft, name_of
from reportedly.gazetteer import Candidate, Gazetteer, Near, kilometres
from reportedly.hidden import unhidden
from reportedly.text import Text
from reportedly.transliteration import folded

# A town of this renown (some 100,000 inhabitants) may be meant although nothing else in the report speaks of its country; one of the
# lesser renown where nothing tells any country.
RENOWN, SOME_RENOWN = 0.62, 0.45
# Spellings that differ are believed only this near to a place of the report that is sure, and the shorter the name the nearer.
FUZZY_KM, KM_PER_LETTER = 75, 8
FUZZY_LIKENESS, SOUNDS_SAME = 0.86, 0.97
# A hamlet this far from all villages the report is sure of is another of its name.
HAMLET, ASTRAY_KM, CLOSE_KM = 0.4, 200, 300
APART_KM, FAR_KM = 25, 25
# How near (see ``_nearness``) a hamlet must be to a sure place for a doubtful name to be its: some 35 km.
NEIGHBOUR = 0.5
OWN_NAME = 0.3
# Two homonyms this close in rank cannot be told apart.
TIE = 0.06
UNKNOWN = "no gazetteer here knows it"
ELSEWHERE = "only places far from the others of the report bear this name"
# From this share on a report speaks of a country (see ``_share``).
SPOKEN_OF = 0.15
# A country named once and alluded to once is spoken of as much as can be; a mere allusion is little even where there is nothing else.
MOST_VOTES, LEAST_VOTES = 4, 2
HAND_MADE = ("reportedly:", "wikidata:")
# What a generic word like 'point de passage' or 'camp' may itself be in the gazetteer.
SITES = ("crossing", "site", "camp")
# A country the report speaks of this much less than of another is not the one 'the north' is a part of.
PLAINLY = 1.5


class Located(msgspec.Struct):
    """Where a draft lies, or why that cannot be told."""

    draft: Draft
    candidate: Candidate | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = 1
    reason: str = ""
    inferred: bool = False


# Of so many romanised letters a name in another script may be known by its sound alone.
LONG_SOUND = 6


@dataclass
class Locator:
    """One report's places being located: ``votes`` for countries, ``sure`` the candidates already chosen."""

    text: Text
    gazetteer: Gazetteer
    votes: dict[str, float]
    cased: bool = True
    sure: list[Candidate] = field(default_factory=list)
    known: dict[tuple[str, str], tuple[Candidate | None, str]] = field(default_factory=dict)
    most: float | None = None

    def run(self, drafts: list[Draft]) -> list[Located]:
        """Return the places of ``drafts`` in their order; drafts that turn out to be no place are left out."""
        found: dict[int, list[Located]] = {}
        for i in sorted(range(len(drafts)), key=lambda i: (self._ease(drafts[i]), i)):
            found[i] = self._locate(drafts[i])
        unknown = {folded(self.name(p.draft)) for places in found.values() for p in places if p.candidate is None}
        for i, draft in enumerate(drafts):
            # A name once placed by its position is a place in the report's weaker positions too.
            if not found[i] and folded(self.name(draft)) in unknown:
                found[i] = [Located(draft, reason=UNKNOWN)]
        return [place for i in range(len(drafts)) for place in found[i]]

    def name(self, draft: Draft) -> str:
        """Return the words of a draft's name."""
        return draft.name.words(self.text)

    def country(self) -> str:
        """Return the country the report speaks of most, '' where it speaks of none or of several alike."""
        first, second = ([*heapq.nlargest(2, self.votes.items(), key=itemgetter(1)), ("", 0.0), ("", 0.0)])[:2]
        return first[0] if first[1] >= PLAINLY * second[1] and first[1] else ""

    def _ease(self, draft: Draft) -> int:
        """Return the order of work: countries and provinces first, then names of one place, then the rest, unknown spellings last."""
        candidates = self._exact(draft)
        if any(c.precision >= 6 for c in candidates):
            return 0
        if draft.level() in ("3", "4"):
            return 1
        local = [c for c in candidates if self._share(c) > 0]
        if not candidates:
            return 5
        return 2 if len(local) == 1 else 3 if local else 4

    def _exact(self, draft: Draft) -> list[Candidate]:
        if whole := self._whole(draft):
            return whole
        candidates = _fitting(self.gazetteer.exact(self.name(draft)), draft)
        if not self.cased and draft.head is None:
            candidates = self._not_by_sound_alone(candidates, self.name(draft))
        if draft.within is None:
            return candidates
        first, last = draft.within
        states = self.gazetteer.exact(name_of(self.text, first, last).words(self.text))
        countries = {c.country for c in states if c.precision == 6}
        return [c for c in candidates if c.country in countries]

    def _not_by_sound_alone(self, candidates: list[Candidate], name: str) -> list[Candidate]:
        """Return the candidates without those that a short word without a capital only sounds like: 'قطعة' (piece) is not 'قطاع' (Gaza)."""
        if len(folded(name)) >= LONG_SOUND:
            return candidates
        written = self.gazetteer.written(name)
        return [c for c in candidates if c.identifier in written]

    def _whole(self, draft: Draft) -> list[Candidate]:
        """Return the places named by generic word (or compass point) and name together ('bande de Gaza', 'nord de la Syrie')."""
        starts = [draft.compass[0] if draft.compass else None, draft.head_first]
        for first in starts:
            if first is None or first >= draft.name.first or draft.name.start != self.text.starts[draft.name.first]:
                continue
            found = self.gazetteer.exact(unhidden(self.text.text[self.text.starts[first] : draft.name.end]))
            made = [c for c in found if c.identifier.startswith(HAND_MADE)]
            if made:
                draft.first, draft.head, draft.compass = min(first, draft.first), None, None
                draft.name = name_of(self.text, first, draft.name.last)
                return made
        return []

    def _share(self, candidate: Candidate) -> float:
        """Return how much the report speaks of a candidate's country, 0 to 1; saying it ten times is not ten times as much."""
        if self.most is None:
            self.most = max(min(max(self.votes.values(), default=0.0), MOST_VOTES), LEAST_VOTES)
        return min(max(self.votes.get(candidate.country, 0.0) / self.most, 0.0), 1.0)

    # --- one draft ---

    def _locate(self, draft: Draft) -> list[Located]:
        candidate, reason = self._chosen(draft)
        if candidate is not None:
            return [self._placed(draft, candidate)]
        if parts := self._in_parts(draft):
            return parts
        if not self._trusted(draft):
            return []
        return [Located(draft, reason=reason or UNKNOWN, precision=2 if draft.relation == "near" else 1)]

    def _chosen(self, draft: Draft) -> tuple[Candidate | None, str]:
        """Return the place meant (the same for the same name throughout a report), or None with the reason."""
        key = (folded(self.name(draft)), f"{draft.level()}{draft.says('site')}{draft.within}")
        if key in self.known:
            return self.known[key]
        candidate, reason = self._choose(draft)
        if candidate is not None or reason:
            self.known[key] = candidate, reason
        if candidate is not None:
            if candidate.precision <= 5:
                self.sure.append(candidate)
            self.votes[candidate.country] = self.votes.get(candidate.country, 0.0) + bool(candidate.country)
            self.most = None
        return candidate, reason

    def _choose(self, draft: Draft) -> tuple[Candidate | None, str]:
        candidates = self._exact(draft)
        only = len({c.country for c in candidates}) == 1
        plausible = [c for c in candidates if self._plausible(c, draft, only=only)]
        ranked = sorted(((self._rank(c, draft), c) for c in plausible), key=lambda pair: (-pair[0], pair[1].identifier))
        if ranked:
            rank, best = ranked[0]
            rival = next((c for r, c in ranked[1:] if rank - r < TIE and _apart(c, best)), None)
            if rival is not None:
                return (
                    None,
                    f"homonyms cannot be told apart ({best.name} in {best.country}, {rival.name} in {rival.country})",
                )
            return best, ""
        if draft.strength <= GENITIVE and draft.head is None:
            return None, ""
        found = self._spelled_otherwise(self.name(draft), draft)
        return found, "" if found else ELSEWHERE if candidates else UNKNOWN

    def _rank(self, candidate: Candidate, draft: Draft) -> float:
        made = candidate.identifier.startswith(HAND_MADE)
        share = self._share(candidate)
        if made and candidate.precision not in (3, 4) and share < 0.9 and self._close(candidate):
            share = 0.9
        rank = candidate.weight + 0.8 * share + 0.5 * self._nearness(candidate)
        # Engels was once called Pokrovsk; a place's own name counts for more than its others.
        own = folded(candidate.name) == candidate.matched
        rank += OWN_NAME * own + 0.3 * (own and candidate.weight >= RENOWN and candidate.precision <= 2)
        settlement = draft.level() == "1" and not draft.says("site")
        if candidate.precision >= 6:
            return rank + 0.2 * made + (0.0 if settlement else 1.0)
        if candidate.precision in (3, 4):
            return rank + 0.2 * made if draft.level() in ("3", "4") else rank - 0.5
        if made and not (settlement and candidate.precision > 2):
            return rank + 0.5
        return rank

    def _nearness(self, candidate: Candidate, scale_km: float = 100) -> float:
        """Return 0 to 1: how near a candidate lies to the places of the report that are sure."""
        here, identifier = (candidate.lat, candidate.lon), candidate.identifier
        near = 0.0
        for other in self.sure:
            if other.identifier != identifier:
                reach = scale_km if other.precision <= 3 else 2 * scale_km
                near = max(near, math.exp(-kilometres(here, (other.lat, other.lon)) / reach))
        return near

    def _plausible(self, candidate: Candidate, draft: Draft, *, only: bool) -> bool:
        """Return whether a candidate may be meant at all: a small place of a country the report does not speak of is a homonym.

        ``only``: no other country has a place of this name.
        """
        made = candidate.identifier.startswith(HAND_MADE)
        if draft.within is not None or candidate.precision >= 6 or not candidate.country:
            return True
        # A building's name, or a word without a capital, is a hamlet's only if the hamlet is near.
        share = self._share(candidate)
        site = bool(draft.says("site")) and (not self.cased or share < SPOKEN_OF)
        doubtful = site or (not self.cased and draft.head is None)
        if doubtful and not made and candidate.weight < SOME_RENOWN and self._nearness(candidate, 50) < NEIGHBOUR:
            return False
        if share >= SPOKEN_OF or (share > 0 and (made or candidate.weight >= HAMLET)):
            return not self._astray(candidate)
        if only and self.cased and draft.level() in ("3", "4"):
            return True
        # Ranges and regions lie across borders: one near what the report speaks of is meant, whatever its country.
        if made and candidate.precision not in (3, 4) and (not self.votes or self._close(candidate)):
            return True
        # What is called a small place is none, however well known the city of that name.
        if draft.says("small"):
            return False
        spoken_of = any(self.votes.values()) or draft.strength <= GENITIVE
        return candidate.weight >= (RENOWN if spoken_of else SOME_RENOWN)

    def _close(self, candidate: Candidate) -> bool:
        """Return whether a candidate lies near a place that is sure, or near the middle of a country the report speaks of."""
        centres = [c for c in self.gazetteer.countries() if self.votes.get(c.country, 0.0) > 0]
        return any(
            kilometres((candidate.lat, candidate.lon), (c.lat, c.lon)) <= CLOSE_KM for c in (*self.sure, *centres)
        )

    def _astray(self, candidate: Candidate) -> bool:
        """Return whether a hamlet lies far from all the villages the report is sure of: another of its name, most likely."""
        near = [c for c in self.sure if c.precision <= 2 or (c.precision == 5 and c.kind == "range")]
        if candidate.weight >= HAMLET or candidate.identifier.startswith(HAND_MADE) or not near:
            return False
        return all(kilometres((candidate.lat, candidate.lon), (c.lat, c.lon)) > ASTRAY_KM for c in near)

    def _spelled_otherwise(self, name: str, draft: Draft) -> Candidate | None:
        """Return a place whose name is spelled a little otherwise, near a place that is sure."""
        countries = [c for c, votes in self.votes.items() if c and votes >= 0.25 * max(self.votes.values())]
        form = folded(name)
        if len(form) < 4 or not countries or draft.says("named"):
            return None
        anchors = [(c.lat, c.lon) for c in self.sure if c.precision <= 2]
        around = _middle(anchors)
        found = _fitting(self.gazetteer.spelled(name, countries=countries, near=around), draft)
        fit = [c for c in found if c.country in countries and self._same_name(c, form, draft, anchors)]
        if not fit and around is not None:
            # Across a border, next to a place that is sure.
            found = _fitting(self.gazetteer.spelled(name, near=around), draft)
            fit = [c for c in found if _reached(c, form, anchors) and self._same_name(c, form, draft, anchors)]
        return max(fit, key=lambda c: (c.likeness + 0.5 * self._nearness(c, 50), c.identifier), default=None)

    def _same_name(self, candidate: Candidate, form: str, draft: Draft, anchors: list[Near]) -> bool:
        """Return whether a candidate's name may be ``form`` in another spelling."""
        # The very form has been looked at and found implausible.
        if candidate.likeness < FUZZY_LIKENESS or candidate.precision >= 6 or candidate.matched == form:
            return False
        if not self.cased and draft.head is None and candidate.weight < SOME_RENOWN:
            return False
        sounds_same = candidate.likeness >= SOUNDS_SAME and candidate.weight >= SOME_RENOWN / 1.5
        return sounds_same or _reached(candidate, form, anchors)

    def _in_parts(self, draft: Draft) -> list[Located]:
        """Return two places for a run of capitals that is none, where each part is one near the others ('Jebbeh Ra's al-Maarat')."""
        name = draft.name
        if name.last - name.first < 2 or draft.strength < PLAIN or draft.head is not None:
            return []
        for cut in range(name.last - 1, name.first, -1):
            found = []
            for first, last in ((name.first, cut), (cut, name.last)):
                part = msgspec.structs.replace(
                    draft, name=name_of(self.text, first, last), first=first, last=last, strength=STRONG
                )
                candidate, _ = self._chosen(part)
                if candidate is None or not any(
                    kilometres((candidate.lat, candidate.lon), (c.lat, c.lon)) < FUZZY_KM for c in self.sure
                ):
                    break
                found.append(self._placed(part, candidate))
            if len(found) == 2:
                return found
        return []

    def _trusted(self, draft: Draft) -> bool:
        """Return whether the position alone makes an unknown name a place."""
        name = self.name(draft)
        if (name.isupper() and len(name) <= 6 and draft.strength < STRONG) or len(name) < 3:
            return False
        if not self.cased:
            return bool(draft.level()) and not draft.says("site")
        if bool(draft.level()):
            return True
        # 'à la Maison Verte': with an article, only a firm position and one word are believed.
        article = draft.first < draft.name.first and draft.compass is None
        return draft.strength > GENITIVE and not (
            article and (draft.strength < STRONG or draft.name.last - draft.name.first > 1)
        )

    # --- from the candidate to the place ---

    def _placed(self, draft: Draft, candidate: Candidate) -> Located:
        located = Located(draft, candidate, candidate.lat, candidate.lon, candidate.precision)
        if draft.aside and candidate.kind in SITES and draft.relation == "in":
            draft.relation = draft.aside
        if draft.compass is not None:
            self._towards(located, candidate)
        elif draft.within is not None:
            draft.last = draft.within[1]
        elif draft.level() == "2" and candidate.precision <= 2:
            located.precision = 2
            draft.relation = "near" if draft.relation == "in" else draft.relation
        elif draft.level() in ("3", "4") and candidate.precision < int(draft.level()):
            # 'la région de Goma', where no province bears the name, is the country around.
            located.precision = 3 if draft.says("loose") else int(draft.level())
        if draft.relation == "near" and located.precision <= 2:
            located.precision = 3 if (draft.distance_km or 0) > FAR_KM else 2
        return located

    def _towards(self, located: Located, candidate: Candidate) -> None:
        """'the east of Ukraine' is a part of it; 'east of Bakhmut' is near it."""
        draft = located.draft
        assert draft.compass is not None
        start, entry = draft.compass
        bearing = entry.get("bearing")
        if candidate.precision <= 2 and candidate.kind not in ("range", "region"):
            if entry.get("form") == "noun" and bearing != "C" and draft.relation == "in":
                draft.relation = "near"
            return
        if draft.distance_km is not None or not bearing:
            return
        located.lat, located.lon = self.gazetteer.part(candidate, bearing)
        located.precision, located.inferred = 5, True
        located.reason = f"the part of {candidate.name} that the compass point tells, near its middle"
        draft.first = min(draft.first, start)


def _fitting(candidates: Iterable[Candidate], draft: Draft) -> list[Candidate]:
    """Return the candidates of the kind that the generic word asks for (all of them where none is)."""
    found = list(candidates)
    level = draft.level()
    if level in ("3", "4"):
        fitting = [c for c in found if c.precision == int(level)] or [c for c in found if c.precision in (3, 4)]
        return fitting or [c for c in found if c.precision <= 2]
    if level == "5":
        return [c for c in found if c.precision == 5] or found
    if level == "1" and not draft.says("site"):
        return [c for c in found if c.precision <= 4] or found
    return found


def _reached(candidate: Candidate, form: str, anchors: list[Near]) -> bool:
    """Return whether a candidate lies as near to a sure place as its spelling must: the shorter the name the nearer."""
    reach = min(FUZZY_KM, KM_PER_LETTER * len(form))
    return any(kilometres((candidate.lat, candidate.lon), anchor) <= reach for anchor in anchors)


def _apart(a: Candidate, b: Candidate) -> bool:
    if a.country == b.country and a.precision == b.precision >= 3:
        return False
    return kilometres((a.lat, a.lon), (b.lat, b.lon)) > APART_KM


def _middle(points: list[Near]) -> Near | None:
    if not points:
        return None
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
