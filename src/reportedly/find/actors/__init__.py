"""Who acts and who is acted upon: every mention of an actor in a text.

Named actors come from the registry (``reportedly.actors``), the rest from nouns, pronouns and syntax; there is no entity recogniser. Three
passes: ``scan`` looks names and nouns up, ``compose`` joins those that stand together, ``resolve`` names what the report leaves to be
inferred.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.actors import Registry, load
from reportedly.find.actors import setting
from reportedly.find.actors.compose import Composer
from reportedly.find.actors.draft import Draft
from reportedly.find.actors.refer import Report
from reportedly.find.actors.resolve import Resolver, kind_of
from reportedly.find.actors.scan import grammar, scan
from reportedly.find.actors.story import story
from reportedly.records import Entity, Place
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


def find(
    text: Text,
    syntax: Syntax | None,
    lang: Language,
    *,
    registry: Registry | None = None,
    published: str | None = None,
    publisher: str | None = None,
    countries: Sequence[str] = (),
    places: Sequence[Place] = (),
) -> tuple[Entity, ...]:
    """Return every mention of an actor, sorted by start, the longer first.

    A span takes in the article, not a number. A pronoun's span is the pronoun, its name who it means. Places of government ('Moscou')
    and countries are returned only where they act. ``countries`` (ISO codes of the places found, one a mention) helps to settle whose
    'the army' is, and so does ``places``, by where a sentence is set. Mentions inside another ('Hezbollah' in 'un responsable du
    Hezbollah') are kept where the outer one is a person.
    """
    registry = registry or load()
    g = grammar(registry, lang)
    hits = scan(text, g)
    if not hits:
        return ()
    told = story(text, hits, registry, countries)
    told.settings = setting.countries(text, syntax, lang, places)
    drafts = Composer(text, hits, g, syntax).compose()
    kept = Resolver(Report(text, syntax, g, registry, told, publisher or "", published or ""), drafts).run()
    kept.sort(key=lambda d: (d.start, -d.end))
    return tuple(_entity(text, draft, lang) for draft in kept)


def _entity(text: Text, draft: Draft, lang: Language) -> Entity:
    named = draft.forms and not draft.entry
    return Entity(
        start=draft.start,
        end=draft.end,
        exact=text.text[draft.start : draft.end],
        by="actors" if named or draft.entry is None else f"{lang.code}.{draft.entry.by}",
        basis="inferred" if draft.reason else "stated",
        reason=draft.reason,
        name=draft.name,
        kind=kind_of(draft),
        identifier=draft.identifier,
    )
