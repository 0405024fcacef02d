"""Readings kept in a store and found again: what opens one, and what turns the words of a question into those a store knows.

Part of ``api``, where these functions are public.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import InputError
from reportedly.queries import Near

if TYPE_CHECKING:
    from reportedly.actors import Forms, Registry
    from reportedly.records import Entity
    from reportedly.store import Store
    from reportedly.text import Text


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Return the store in ``path``, made first where there is none and ``create`` says so; ``:memory:`` is one that is not kept.

    Raises InputError, with the cure, where there is none, the file is no store, or a newer program made it.
    """
    from reportedly import store

    return store.open_store(path, create=create, read_only=read_only)


def actor_names(spelling: str, *, actors: str | Path | None = None) -> tuple[str, ...]:
    """Return the canonical names that a spelling may mean, in any language we read; the spelling itself where it means nobody known.

    >>> actor_names("Daech"), actor_names("الجيش السوري"), actor_names("Jean Untel")
    (('Islamic State',), ('Syrian army',), ('Jean Untel',))
    """
    from reportedly import actors as registries
    from reportedly import rules
    from reportedly.find import actors as finder

    registry = registries.load(Path(actors) if actors else None)
    names = [spelling] if registry.named(spelling) or spelling in registry.units() else []
    for code in rules.available():
        language = rules.load(code)
        text = language.prepare(spelling)
        names += _acronyms(text, registry.forms(language), registry)
        found = finder.find(text, None, language, registry=registry)
        names += [
            entity.name for entity in found if entity.name and entity.basis == "stated" and _whole(entity, spelling)
        ]
    return tuple(dict.fromkeys(names)) or (spelling,)


def _acronyms(text: Text, forms: Forms, registry: Registry) -> list[str]:
    """Return the actors of a form that a report would not be believed with alone ('RSF'), where that is all that is asked for."""
    found = forms.match(text.words, text.norms, 0) if len(text) else None
    if not found or found[0] != len(text):
        return []
    return [registry.actors[actor].name for form in found[1] if form.what == "actor" for actor in form.ids]


def _whole(entity: Entity, spelling: str) -> bool:
    return entity.exact.strip() == spelling.strip()


def near(place: str, *, km: float, gazetteer: str | Path | None = None) -> Near:
    """Return the surroundings of a place: ``34.2,36.4`` or a name, of which the likeliest place is taken. Raises InputError."""
    parts = place.split(",")
    try:
        if len(parts) == 2:
            return Near(lat=float(parts[0]), lon=float(parts[1]), km=km)
    except ValueError:
        pass
    from reportedly import gazetteer as gazetteers

    found = gazetteers.open(gazetteer).find(place)
    if not found:
        raise InputError(f"no place is called {place!r}", cure="give degrees north and east, for example 34.2,36.4")
    return Near(lat=found[0].lat, lon=found[0].lon, km=km)
