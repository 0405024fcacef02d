"""Where: every mention of a place, located by the gazetteer, all of a report together.

Three passes: ``scan`` finds names in the position of a place, ``locate`` gives them coordinates or a reason for having none, ``local``
finds what has no name. There is no entity recogniser: positions, generic words and the gazetteer decide.
"""

from __future__ import annotations

from collections import Counter

from reportedly import text as texts
from reportedly.actors import Forms, Registry, load
from reportedly.find.places import local
from reportedly.find.places.locate import Located, Locator
from reportedly.find.places.scan import Scanner
from reportedly.find.places.words import grammar
from reportedly.gazetteer import Gazetteer
from reportedly.records import Place
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

VOTES = {"country": 3.0, "adjective": 1.0, "seat": 0.5, "actor": 1.0}
DATELINE_VOTES = 1.5


def find(
    text: Text,
    syntax: Syntax | None,
    lang: Language,
    *,
    gazetteer: Gazetteer,
    publisher: str | None = None,
    registry: Registry | None = None,
) -> tuple[Place, ...]:
    """Return every mention of a place, sorted by start; a place nobody can locate keeps its span, without coordinates but with a reason.

    Precision is 1 (the place itself) to 7 (wider than a country); ``relation`` what the words before say. Names of states and capitals
    that act are left out unless they stand in the position of a place. ``publisher`` tells no place; it is there for symmetry.
    """
    registry = registry or load()
    g = grammar(lang)
    votes, blocked, states = _context(text, registry.forms(lang), registry)
    _dateline_votes(text, gazetteer, votes)
    drafts = Scanner(text, syntax, lang, g, gazetteer, blocked, states).run()
    located = Locator(text, gazetteer, votes).run(drafts)
    places = [_place(text, each) for each in located]
    taken = {k for each in located for k in range(each.draft.first, each.draft.last)}
    places += _local(text, syntax, lang, places, taken)
    return tuple(sorted(places, key=lambda p: (p.start, -p.end)))


def _context(text: Text, forms: Forms, registry: Registry) -> tuple[Counter[str], set[int], dict[int, int]]:
    """Return how often each country is spoken of, the tokens of actors' names and adjectives, and where countries' names stand."""
    votes: Counter[str] = Counter()
    blocked: set[int] = set()
    states: dict[int, int] = {}
    i = 0
    while i < len(text):
        found = forms.match(text.words, text.norms, i)
        if found is None:
            i += 1
            continue
        end, matched = found
        form = matched[0]
        codes = form.ids if form.what != "actor" else tuple({c for a in form.ids for c in registry.actors[a].countries})
        for code in codes:
            votes[code] += VOTES[form.what] / len(codes)
        kinds = {f.what for f in matched}
        if "country" in kinds:
            states[i] = end
        elif kinds == {"adjective"} or (form.what == "actor" and not form.doubtful):
            blocked.update(range(i, end))
        i = end
    return votes, blocked, states


def _dateline_votes(text: Text, gazetteer: Gazetteer, votes: Counter[str]) -> None:
    for first, last in text.datelines:
        end = first
        while end < last and text.words[end][0].isalpha():
            end += 1
        known = gazetteer.exact(text.text[text.starts[first] : text.ends[end - 1]]) if end > first else ()
        if known and known[0].country:
            votes[known[0].country] += DATELINE_VOTES


def _place(text: Text, located: Located) -> Place:
    draft, candidate = located.draft, located.candidate
    span = text.span(draft.first, draft.last)
    reason = located.reason
    if candidate is not None and not reason and candidate.likeness < 1:
        reason = f"spelled {candidate.name} in the gazetteer"
    return Place(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=draft.by,
        basis="inferred" if located.inferred else "stated",
        reason=reason,
        lat=located.lat,
        lon=located.lon,
        precision=located.precision,
        relation=draft.relation,
        name=candidate.name if candidate else None,
        country=candidate.country or None if candidate else None,
        identifier=candidate.identifier if candidate else None,
        disputed=candidate.disputed or None if candidate else None,
    )


def _local(text: Text, syntax: Syntax | None, lang: Language, named: list[Place], taken: set[int]) -> list[Place]:
    """Return the places without a name, each where the settlement last named before it lies."""
    found: list[Place] = []
    for each in local.find(text, syntax, grammar(lang), taken):
        start, end = text.starts[each.first], text.ends[each.last - 1]
        before = [p for p in named if p.end <= start]
        settled = [p for p in before if (p.precision <= 2 and p.relation in ("in", "near", "between")) or p.lat is None]
        last = (settled or before or [None])[-1]
        if last is None and each.what != "none":
            continue
        known = last is not None and last.lat is not None and each.what != "none"
        found.append(
            Place(
                start=start,
                end=end,
                exact=text.text[start:end],
                by=f"{lang.code}.{each.by}",
                basis="inferred",
                reason=f"where {last.exact} lies, the place last named"
                if last is not None and known
                else "the report does not say where it lies",
                lat=last.lat if last is not None and known else None,
                lon=last.lon if last is not None and known else None,
                precision=_precision(each.what, last, each.relation),
                relation=each.relation,
                name=last.name if last is not None and known and each.what in ("settlement", "last") else None,
                country=last.country if last is not None and known else None,
            )
        )
    return found


def _precision(what: str, last: Place | None, relation: str) -> int:
    if last is None or last.lat is None:
        return 1
    if what == "area":
        return max(5 if last.precision >= 4 else 2, last.precision)
    return max(last.precision, 2) if relation == "near" else last.precision
