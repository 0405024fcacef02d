"""Where: every mention of a place, located by the gazetteer, all of a report together.

``names`` finds what may name a place, ``position`` reads what stands around it, ``locate`` gives coordinates or a reason for having
none, ``local`` finds what has no name. There is no entity recogniser: positions, generic words and the gazetteer decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.actors import Forms, Registry, load
from reportedly.find.places.draft import GENITIVE, Draft
from reportedly.find.places.local import Finder, Local
from reportedly.find.places.locate import Located, Locator
from reportedly.find.places.names import Names
from reportedly.find.places.position import Reader
from reportedly.find.places.words import grammar
from reportedly.gazetteer import Gazetteer
from reportedly.records import Place
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text
from reportedly.transliteration import folded

VOTES = {"country": 3.0, "adjective": 1.0, "seat": 0.5, "actor": 1.0}
DATELINE_VOTES = 1.5
UNTOLD = "the report does not say where it lies"


def find(
    text: Text,
    syntax: Syntax | None,
    lang: Language,
    *,
    gazetteer: Gazetteer,
    publisher: str | None = None,  # noqa: ARG001 - every finder is given it; where an outlet sits says nothing of where news happens
    registry: Registry | None = None,
) -> tuple[Place, ...]:
    """Return every mention of a place, sorted by start; a place nobody can locate keeps its span, without coordinates but with a reason.

    Precision is 1 (the place itself) to 7 (wider than a country); ``relation`` what the words before say. Names of states and capitals
    that act are left out unless they stand in the position of a place. Datelines are no mentions; they tell homonyms apart.
    """
    registry = registry or load()
    g = grammar(lang)
    votes, blocked, states, seats = _context(text, registry.forms(lang), registry, cased=g.cased)
    _dateline_votes(text, gazetteer, votes)
    names = Names(text, syntax, lang, g, gazetteer, blocked, states, seats)
    drafts = _without_countries_behind(Reader(names).run(names.find()), text, registry.forms(lang), votes)
    locator = Locator(text, gazetteer, votes, g.cased)
    located = locator.run(drafts)
    if not g.cased:
        located += _echoes(names, locator, located)
    places = sorted((_place(text, each) for each in located), key=lambda p: p.start)
    taken = {k for each in located for k in range(each.draft.first, each.draft.last)}
    named = blocked | {k for first, last in states.items() for k in range(first, last)} if g.cased else set()
    bare = {
        p.draft.name.first
        for p in located
        if p.draft.name.start == text.starts[p.draft.name.first] and p.draft.compass is None
    }
    unnamed = _unnamed(Finder(text, syntax, g, taken, bare, taken | named, lang.code), places, locator, registry)
    return tuple(sorted([*places, *unnamed], key=lambda p: (p.start, -p.end)))


def _context(
    text: Text, forms: Forms, registry: Registry, *, cased: bool
) -> tuple[dict[str, float], set[int], dict[int, int], set[int]]:
    """Return how often each country is spoken of, the tokens of actors' names and adjectives, where countries and seats are named."""
    votes: dict[str, float] = {}
    blocked: set[int] = set()
    seats: set[int] = set()
    states: dict[int, int] = {}
    until = 0
    for i, (end, matched) in forms.hits(text).items():
        if i < until:
            continue
        until = end
        form = matched[0]
        codes = form.ids if form.what != "actor" else tuple({c for a in form.ids for c in registry.actors[a].countries})
        for code in codes:
            votes[code] = votes.get(code, 0.0) + VOTES[form.what] / len(codes)
        kinds = {f.what for f in matched}
        if "country" in kinds and (text.capitals[i] or not cased):
            states[i] = end
        elif "seat" in kinds:
            seats.add(i)
        elif kinds == {"adjective"} or (form.what == "actor" and not form.doubtful):
            blocked.update(range(i, end))
    return votes, blocked, states, seats


def _without_countries_behind(drafts: list[Draft], text: Text, forms: Forms, votes: dict[str, float]) -> list[Draft]:
    """Return the drafts without countries that only tell a homonym apart ('Tripoli de Libye'); those speak for that name alone."""
    behind = {d.within[0] for d in drafts if d.within is not None}
    for first in behind:
        found = forms.hits(text).get(first)
        for code in found[1][0].ids if found else ():
            votes[code] = votes.get(code, 0.0) - VOTES["country"]
    return [d for d in drafts if d.name.first not in behind]


def _dateline_votes(text: Text, gazetteer: Gazetteer, votes: dict[str, float]) -> None:
    for first, last in text.datelines:
        end = first
        while end < last and text.words[end][0].isalpha():
            end += 1
        known = gazetteer.exact(text.plain(first, end)) if end > first else ()
        if known and known[0].country:
            votes[known[0].country] = votes.get(known[0].country, 0.0) + DATELINE_VOTES


def _echoes(names: Names, locator: Locator, located: list[Located]) -> list[Located]:
    """Return the places that a script without capitals names again in positions that prove nothing by themselves."""
    sure = {
        folded(p.draft.name.words(names.text))
        for p in located
        if p.candidate is not None and p.candidate.precision <= 5
    }
    taken = {k for p in located for k in range(p.draft.first, p.draft.last)}
    drafts = [Draft(name, name.first, name.last, strength=GENITIVE) for name in names.echoes(sure, taken)]
    return locator.run(drafts)


def _place(text: Text, located: Located) -> Place:
    draft, candidate = located.draft, located.candidate
    start, end = draft.span(text)
    reason = located.reason
    if candidate is not None and not reason and candidate.likeness < 1:
        reason = f"spelled {candidate.name} in the gazetteer"
    return Place(
        start=start,
        end=end,
        exact=text.text[start:end],
        by=draft.by,
        basis="inferred" if located.inferred else "stated",
        reason=reason,
        lat=located.lat,
        lon=located.lon,
        precision=located.precision,
        relation=draft.relation,
        name=candidate.name if candidate else None,
        country=(candidate.country or None) if candidate else None,
        identifier=candidate.identifier if candidate else None,
        disputed=(candidate.disputed or None) if candidate else None,
    )


@dataclass(frozen=True)
class _Where:
    """Where a place without a name lies, and how that is known."""

    reason: str
    lat: float | None = None
    lon: float | None = None
    precision: int = 1
    name: str | None = None
    country: str | None = None


def _unnamed(finder: Finder, named: list[Place], locator: Locator, registry: Registry) -> list[Place]:
    """Return the places without a name, each where the place last named before it lies."""
    found: list[Place] = []
    for each in finder.run():
        if each.what == "part":
            where = _part(each, locator)
        elif each.what == "capital":
            where = _capital(locator, registry)
        else:
            where = _where(each, _last(finder, each, named))
        if where is None:
            continue
        start, end = finder.text.starts[each.first], finder.text.ends[each.last - 1]
        found.append(
            Place(
                start=start,
                end=end,
                exact=finder.text.text[start:end],
                by=f"{finder.lang}.{each.by}",
                basis="inferred",
                reason=where.reason,
                lat=where.lat,
                lon=where.lon,
                precision=where.precision,
                relation=each.relation,
                name=where.name,
                country=where.country,
            )
        )
    return found


def _last(finder: Finder, each: Local, named: list[Place]) -> Place | None:
    """Return the place that ``each`` lies in.

    One named with it; for a pronoun the last of all; else the last settlement, one that could be located if there is any.
    """
    if each.named is not None:
        at = finder.text.starts[each.named]
        return next((p for p in named if p.start <= at < p.end), None)
    before = [p for p in named if p.end <= finder.text.starts[each.first]]
    if each.what == "last":
        return before[-1] if before else None
    settled = [p for p in before if p.precision <= 2]
    if each.what == "settlement":
        return settled[-1] if settled else None
    located = [p for p in settled if p.lat is not None]
    found = located or settled or before
    return found[-1] if found else None


def _where(each: Local, last: Place | None) -> _Where | None:
    if last is None:
        return _Where(UNTOLD) if each.what == "none" else None
    if last.lat is None or each.what == "none":
        return _Where(UNTOLD)
    precision = max(5 if last.precision >= 4 else 2, last.precision) if each.what == "area" else last.precision
    precision = max(precision, 2) if each.relation == "near" else precision
    reason = f"where {last.exact} lies, {'named with it' if each.named is not None else 'the place last named'}"
    name = last.name if each.what in ("settlement", "last") else None
    return _Where(reason, last.lat, last.lon, precision, name, last.country)


def _part(each: Local, locator: Locator) -> _Where | None:
    """Return where a part of the country lies that the report speaks of, None where it is not plain which."""
    whole = next((c for c in locator.gazetteer.countries() if c.country == locator.country()), None)
    if whole is None:
        return _Where("the report does not say which country it is a part of", precision=5)
    lat, lon = locator.gazetteer.part(whole, each.bearing)
    reason = f"a part of {whole.name}, the country the report speaks of most"
    return _Where(reason, lat, lon, 5, whole.name, whole.country)


def _capital(locator: Locator, registry: Registry) -> _Where | None:
    """Return where the capital lies of the country the report speaks of most."""
    code = locator.country()
    forms = [form for form, _, what, country, _ in registry.rows if what == "seat" and country == code] if code else []
    for form in forms:
        found = next((c for c in locator.gazetteer.exact(form) if c.country == code and c.precision == 1), None)
        if found is not None:
            reason = f"the capital of {registry.countries[code].name}, the country the report speaks of most"
            return _Where(reason, found.lat, found.lon, 1, found.name, code)
    return _Where(UNTOLD)
