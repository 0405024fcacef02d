"""Outlets that a report names as its sources: 'rapporte L'Écho du Plateau', 'citant le Sentinel', then 'ce journal'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.copies import words
from reportedly.copies.prints import words_of
from reportedly.records import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportedly.records import Claim, Document, Link, Mention

PRESS = ("outlet", "agency")
# A longer source phrase is a description ('un porte-parole de l'armée cité par ...'), not an outlet's name.
LONGEST_NAME = 5


class Outlets:
    """The publishers of a collection, found by the names that reports give them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        publishers = {document.publisher.value for document in documents if document.publisher}
        self._words = {publisher: words.name_words(publisher) for publisher in sorted(publishers)}

    def named(self, name: str) -> str | None:
        """Return the one publisher that ``name`` means, None where it means none or could mean several."""
        said = words.name_words(name)
        if not said or len(said) > LONGEST_NAME:
            return None
        short = [publisher for publisher, full in self._words.items() if words.same_name(said, full)]
        if _is_described(name):
            # 'un médecin de l'hôpital Sud' shares a word with 'Le Courrier du Sud' and is no short form of it
            short = [publisher for publisher in short if words.same_name(self._words[publisher], said)]
        long = [
            publisher for publisher, full in self._words.items() if words.same_name(full, said) and _begins(full, said)
        ]
        exact = [publisher for publisher in short if publisher in long]
        found = exact or short or long
        return found[0] if len(found) == 1 else None


def _begins(full: Sequence[str], said: Sequence[str]) -> bool:
    """Return whether the publisher's name opens what is said: 'le Sentinel de mardi', not 'le maire, au Sentinel'."""
    return words.same_name(full[:1], said[:1])


def _is_described(name: str) -> bool:
    """Return whether a source phrase has nouns of its own beside names, and does not begin as outlets do ('le quotidien', 'the daily')."""
    plain = [word for word in words_of(name) if len(word) > words.LONGEST_ARTICLE]
    capitals = {form for word in re.findall(r"\w+", name) if word[0] != word[0].lower() for form in words_of(word)}
    cased = any(char.isupper() or char.islower() for char in name)
    return cased and any(word not in capitals for word in plain) and not _headed_by_press(name)


def find(document: Document, claims: Sequence[Claim], outlets: Outlets) -> tuple[Citation, ...]:
    """Return the outlets a report cites, each once, with the claims that it has from them; its own name is no citation.

    'Ce journal', 'la publication' are the outlet named before; 'la presse' in a title is the one outlet that the report names at all.
    """
    own = document.publisher.value if document.publisher else None
    ordered = sorted(claims, key=lambda claim: (claim.content.start, claim.id))
    named: dict[str, tuple[list[str], Mention, bool]] = {}
    loose: list[tuple[Claim, str | None]] = []
    last: str | None = None
    for claim in ordered:
        for link in claim.chain:
            outlet, known = _outlet(link, outlets)
            if outlet and link.source:
                last = outlet
                if outlet != own:
                    named.setdefault(outlet, ([], link.source, known))[0].append(claim.id)
            elif _is_press(link):
                loose.append((claim, last))
    for claim, before in loose:
        meant = before or (next(iter(named)) if len(named) == 1 else None)
        if meant in named and claim.id not in named[meant][0]:
            named[meant][0].append(claim.id)
    return tuple(
        Citation(document=document.id, outlet=outlet, claims=tuple(dict.fromkeys(ids)), words=words_, known=known)
        for outlet, (ids, words_, known) in named.items()
    )


def _outlet(link: Link, outlets: Outlets) -> tuple[str | None, bool]:
    """Return the outlet a link names and whether the collection has reports of it."""
    if link.source is None:
        return None, False
    for name in (link.source.exact, link.name):
        if name and (known := outlets.named(name)):
            return known, True
    agency = words.agency(link.source.exact) or words.agency(link.name or "")
    if agency:
        return outlets.named(agency) or agency, outlets.named(agency) is not None
    name = link.name or link.source.exact
    is_name = bool(words.name_words(name)) and (link.source_kind in PRESS or _headed_by_press(link.source.exact))
    return (name, False) if is_name else (None, False)


def _is_press(link: Link) -> bool:
    """Return whether a link's source is an outlet that it does not name."""
    if link.source is None:
        return False
    return (link.source_kind in PRESS or _headed_by_press(link.source.exact)) and not words.name_words(
        link.source.exact
    )


def _headed_by_press(source: str) -> bool:
    """Return whether one of the first words is a noun for an outlet ('ce quotidien', 'la chaîne Al-Soumoud')."""
    return any(words.is_press_noun(word) for word in words_of(source)[:2])


def all_of(reads: Mapping[str, tuple[Document, Sequence[Claim]]]) -> dict[str, tuple[Citation, ...]]:
    """Return the citations of each report of a collection by its id."""
    outlets = Outlets(document for document, _ in reads.values())
    return {name: find(document, claims, outlets) for name, (document, claims) in reads.items()}
