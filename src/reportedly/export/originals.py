"""Who the reports have it from in the end: the named original source, neither an outlet that passes it on nor a pronoun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.export import figures
from reportedly.pointing import only_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.export.protocol import Dossier
    from reportedly.records import Link

PASSING_ON = frozenset({"outlet", "agency"})
# Sources whose own words tell more than the name of those they speak for.
SPEAKING_FOR = frozenset({"person", "official", "anonymous", "witness"})
WORD = re.compile(r"[^\W\d_]{4,}")
OUTLET = "outlet:"


def named(dossier: Dossier) -> list[str]:
    """Return the innermost source of each claim that counts, each once; claims whose innermost source is an outlet or unknown give none."""
    found = [name for link in _innermost(dossier) if (name := _name(link, dossier))]
    return list(dict.fromkeys(found))


def unnamed(dossier: Dossier) -> int:
    """Return how many claims have an innermost source that is an outlet, or somebody of whom nobody says who he is."""
    return sum(_name(link, dossier) is None for link in _innermost(dossier))


def _innermost(dossier: Dossier) -> Iterator[Link]:
    for told in dossier.told:
        sources = [link for link in told.claim.chain if link.source is not None]
        if sources and figures.counts(told):
            yield sources[-1]


def _name(link: Link, dossier: Dossier) -> str | None:
    words = " ".join(link.source.exact.split()) if link.source else ""
    if only_points(words):
        words = " ".join(link.antecedent.exact.split()) if link.antecedent else ""
    if not words or only_points(words):
        return link.name
    if link.source_kind in PASSING_ON or any(_is_of(words, outlet) for outlet in _outlets(dossier)):
        return None
    if link.name and link.source_kind in SPEAKING_FOR and link.name.casefold() not in words.casefold():
        return f"{words} ({link.name})"
    return words if link.source_kind in SPEAKING_FOR else link.name or words


def _outlets(dossier: Dossier) -> Iterator[str]:
    """Yield the outlets of the event's reports and of those they have it from."""
    for told in dossier.told:
        if told.document.publisher:
            yield told.document.publisher.value
    for tie in dossier.event.dependences:
        if tie.on.startswith(OUTLET):
            yield tie.on.removeprefix(OUTLET)


def _is_of(words: str, outlet: str) -> bool:
    """Return whether the words are an outlet's name, in full or in short ('L\'Écho' for 'L\'Écho du Plateau')."""
    ours, theirs = ({word.casefold() for word in WORD.findall(each)} for each in (words, outlet))
    return bool(ours) and bool(theirs) and ours <= theirs
