"""Who says: every link between a source, a cue and a content, with its act, and how the links nest.

Candidates come from frames of verbs (``frames``) and from phrases (``phrases``); what the words are is language data. Overlaps are
arbitrated by stated priority: a cue serves one attribution, the frame named first in ``PRIORITY`` wins, a conditional counts as hearsay
only where no named source covers it.
"""

from __future__ import annotations

import msgspec

from reportedly.find.sources import echoes, frames, headlines, hearsay, incises, nouns, patterns, prepositions
from reportedly.find.sources.model import Attribution, Context, Found, Tokens, has_words
from reportedly.find.sources.verbs import groups
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

__all__ = ["PRIORITY", "Attribution", "Context", "find", "nest"]

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
        return tuple(_arbitrated(text, list(patterns.attributions(context))))
    verbs = groups(context)
    found = frames.attributions(context, verbs)
    found += prepositions.prepositions(context)
    found += nouns.adjectives(context)
    found += headlines.headlines(context)
    found += nouns.nouns(context)
    found += echoes.clefts(context)
    found += echoes.words(context)
    found += list(echoes.silences(context, Found(text, found)))
    found = _arbitrated(text, found)
    found += list(echoes.pointing(context, verbs, Found(text, found)))
    found += list(echoes.citations(context, Found(text, found)))
    found += list(incises.continued_quotations(context, Found(text, found)))
    found = _cut_at_asides(text, found)
    register = Found(text, found)
    found += [*hearsay.hearsay(context, register), *hearsay.conditionals(context, register)]
    return tuple(_arbitrated(text, found))


def _arbitrated(text: Text, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions whose cues do not overlap, the frame of higher priority first, and none twice or of nothing."""
    rank = {name: n for n, name in enumerate(PRIORITY)}
    kept: list[Attribution] = []
    taken: set[int] = set()
    for attribution in sorted(_said(text, found), key=lambda a: (rank[a.frame], a.anchor)):
        cue = range(*attribution.cue)
        if attribution.frame == "continued" or taken.isdisjoint(cue):
            kept.append(attribution)
            taken.update(cue)
    register = Found(text, (k for k in kept if k.frame != "preposition"))
    kept = [k for k in kept if k.frame != "preposition" or not _named_by_a_verb(k, register.near(k.anchor))]
    return sorted(kept, key=lambda a: (a.cue, a.content))


def _said(text: Text, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions of something: beside a cue may stand nothing but marks, or no more text ('there are fears that')."""
    return [
        a
        for a in found
        if a.content
        and all(has_words(text, *segment) for segment in a.content)
        and (a.source is None or has_words(text, *a.source))
    ]


def _cut_at_asides(text: Text, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions, those cut short in whose content an incise or preposition speaks of them themselves.

    'Les rebelles ont annoncé avoir pris Goma, ont rapporté deux agences': what the agencies report is no part of the announcement.
    """
    register = Found(text, (a for a in found if a.frame in ("incise", "preposition", "as", "silence")))
    return [_cut(text, a, register.near(a.anchor)) for a in found]


def _cut(text: Text, attribution: Attribution, asides: list[Attribution]) -> Attribution:
    for aside in asides:
        start = min(aside.cue[0], aside.source[0] if aside.source and aside.frame != "silence" else aside.cue[0])
        speaks = aside.covers(attribution.anchor) or (aside.frame == "silence" and aside.source == attribution.source)
        if attribution.first < start and attribution.covers(aside.cue[0]) and speaks:
            while start - 1 > attribution.first and text.words[start - 1] == ",":
                start -= 1
            kept = [(a, min(b, start)) for a, b in attribution.content if a < start]
            kept += [(a, b) for a, b in attribution.content if a >= start and aside.covers(a)]
            return msgspec.structs.replace(attribution, content=tuple(kept))
    return attribution


def _named_by_a_verb(preposition: Attribution, others: list[Attribution]) -> bool:
    """Return whether a verb in what the preposition introduces has its source: 'de source médicale, on fait état de ...'."""
    return any(_overlap(preposition.source, a.source) and preposition.covers(a.anchor) for a in others)


def _overlap(left: Tokens | None, right: Tokens | None) -> bool:
    return left is not None and right is not None and left[0] < right[1] and right[0] < left[1]


def nest(found: tuple[Attribution, ...]) -> list[tuple[int, ...]]:
    """Return for each attribution the indexes of those around it, outermost first: who passes it on, and in whose content it lies."""
    # Sorted by where they start, only those that begin no later and end no earlier can be around another.
    spans = sorted((min(a.first, a.anchor), max(a.last, a.anchor + 1), k) for k, a in enumerate(found))
    chains: list[tuple[int, ...]] = [()] * len(found)
    open_: list[tuple[int, int, int]] = []
    for start, end, number in spans:
        open_ = [s for s in open_ if s[1] > start]
        open_.append((start, end, number))
        for _, _, other in open_[:-1]:
            for outer, inner in ((other, number), (number, other)):
                if _contains(found[outer], found[inner]):
                    chains[inner] = (*chains[inner], outer)
    order = lambda k: (-_size(found[k]), found[k].frame != "cited-by", k)  # noqa: E731
    return [tuple(sorted(chain, key=order)) for chain in chains]


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
