"""Who says: every link between a source, a cue and a content, with its act, and how the links nest.

Candidates come from frames of verbs (``frames``) and from phrases (``phrases``); what the words are is language data. Overlaps are
arbitrated by stated priority: a cue serves one attribution, the frame named first in ``PRIORITY`` wins, a conditional counts as hearsay
only where no named source covers it.
"""

from __future__ import annotations

from reportedly.find.sources import echoes, frames, headlines, hearsay, incises, nouns, patterns, prepositions
from reportedly.find.sources.model import Attribution, Context, Tokens
from reportedly.find.sources.verbs import groups
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

__all__ = ["Attribution", "Context", "find", "nest"]

PRIORITY = (
    "as",
    "cleft",
    "silence",
    "incise",
    "that",
    "accuse",
    "accused",
    "demand",
    "infinitive",
    "state",
    "colon",
    "adjective",
    "quotation",
    "preposition",
    "brackets",
    "headline",
    "noun",
    "passive-that",
    "passive-to",
    "passive-demand",
    "passive-by",
    "attributed",
    "participle",
    "object",
    "show",
    "citing",
    "cited-by",
    "pointing",
    "continued",
    "nobody",
    "hearsay",
)


def find(text: Text, syntax: Syntax | None, lang: Language) -> tuple[Attribution, ...]:
    """Return every attribution of the text, sorted by cue; a language without a parser is read by its surface patterns alone."""
    context = Context(text, syntax, lang)
    if syntax is None:
        return tuple(_arbitrated(list(patterns.attributions(context))))
    found = frames.attributions(context, groups(context))
    found += prepositions.prepositions(context)
    found += nouns.adjectives(context)
    found += headlines.headlines(context)
    found += nouns.nouns(context)
    found += echoes.clefts(context)
    found += list(echoes.silences(context, found))
    found = _arbitrated(found)
    found += list(echoes.pointing(context, groups(context), found))
    found += list(echoes.citations(context, found))
    found += list(incises.continued_quotations(context, found))
    found += list(hearsay.hearsay(context, found))
    found += list(hearsay.conditionals(context, found))
    return tuple(_arbitrated(found))


def _arbitrated(found: list[Attribution]) -> list[Attribution]:
    """Return the attributions whose cues do not overlap, the frame of higher priority first, and none twice."""
    rank = {name: n for n, name in enumerate(PRIORITY)}
    kept: list[Attribution] = []
    for attribution in sorted(found, key=lambda a: (rank.get(a.frame, 99), a.anchor)):
        same = [k for k in kept if k.cue[0] < attribution.cue[1] and attribution.cue[0] < k.cue[1]]
        if not same or attribution.frame == "continued":
            kept.append(attribution)
    verbs = [k for k in kept if k.frame != "preposition"]
    # 'de source médicale, on fait état de': the preposition only names whom the verb already has.
    kept = [
        k
        for k in kept
        if not (k.frame == "preposition" and any(_same(k.source, v.source) and k.covers(v.anchor) for v in verbs))
    ]
    return sorted(kept, key=lambda a: (a.cue, a.content))


def _same(left: Tokens | None, right: Tokens | None) -> bool:
    return left is not None and right is not None and left[0] < right[1] and right[0] < left[1]


def nest(found: tuple[Attribution, ...]) -> list[tuple[int, ...]]:
    """Return for each attribution the indexes of those around it, outermost first: who passes it on, and in whose content it lies."""
    chains: list[tuple[int, ...]] = []
    for number, inner in enumerate(found):
        around = [k for k, outer in enumerate(found) if k != number and _contains(outer, inner)]
        around.sort(key=lambda k: (-_size(found[k]), found[k].frame != "cited-by", k))
        chains.append(tuple(around))
    return chains


def _size(attribution: Attribution) -> int:
    return attribution.last - attribution.first


def _contains(outer: Attribution, inner: Attribution) -> bool:
    """Return whether ``outer`` passes on what ``inner`` says."""
    if outer.frame == "continued" or inner.anaphor or outer.anaphor:
        return False
    if outer.content == inner.content:
        if outer.frame == "cited-by":
            return inner.frame not in ("citing", "cited-by")
        return inner.frame == "citing" and outer.frame != "citing"
    return outer.covers(inner.anchor) and not inner.covers(outer.anchor) and _size(outer) >= _size(inner)
