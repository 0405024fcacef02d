"""From attributions to chains: which links stand around a happening, and what they lend to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportedly.find.sources import Attribution, nest
from reportedly.records import Certainty, Link, Mention, Status
from reportedly.text import Text, bare


@dataclass(frozen=True)
class Chains:
    """The attributions of a text and, for each, those around it."""

    found: tuple[Attribution, ...]
    around: list[tuple[int, ...]]
    narrowest: dict[int, int]

    def innermost(self, token: int) -> int | None:
        """Return the index of the narrowest attribution whose content holds ``token``, or None (the outlet's own voice)."""
        return self.narrowest.get(token)

    def chain(self, index: int | None) -> tuple[int, ...]:
        """Return the whole chain that ends in attribution ``index``, outermost first."""
        return () if index is None else (*self.around[index], index)


def _size(attribution: Attribution) -> int:
    return sum(b - a for a, b in attribution.content)


def build(found: tuple[Attribution, ...]) -> Chains:
    """Return the chains over the attributions of one text."""
    around = nest(found)
    narrowest: dict[int, int] = {}
    # The widest first, so that narrower ones write over it; of two as wide the one with more around it is inside.
    for n in sorted(range(len(found)), key=lambda n: (-_size(found[n]), len(around[n]), -n)):
        if not found[n].anaphor:
            for first, last in found[n].content:
                narrowest.update(dict.fromkeys(range(first, last), n))
    return Chains(found, around, narrowest)


def without_outlet(found: tuple[Attribution, ...], text: Text, publisher: str | None) -> tuple[Attribution, ...]:
    """Return the attributions that do not name the outlet itself ('a constaté Le Cèdre'): its own voice is no link.

    A source is the outlet when its words are the publisher's, or some of them, or its initials; its correspondent is not the outlet.
    """
    words = _words(publisher or "")
    if not words:
        return found
    initials = "".join(w[0] for w in words if len(w) > 1)
    return tuple(
        a for a in found if a.source is None or not _is_outlet(_words(text.span(*a.source).exact), words, initials)
    )


def _words(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", bare(name.lower())) if len(w) > 1 or w.isdigit()]


def _is_outlet(source: list[str], publisher: list[str], initials: str) -> bool:
    named = [w for w in source if w not in ("le", "la", "les", "the")]
    whole = [w for w in publisher if w not in ("le", "la", "les", "the")]
    return bool(named) and (named == [initials] or (set(named) <= set(whole) and named[0] == whole[0]))


def link(attribution: Attribution, text: Text, *, name: str | None = None, antecedent: Mention | None = None) -> Link:
    """Return the record of one link."""
    source = _mention(attribution.source, attribution, text) if attribution.source else None
    cue = text.span(*attribution.cue)
    return Link(
        source=source,
        cue=Mention(start=cue.start, end=cue.end, exact=cue.exact, by=attribution.by),
        act=attribution.act,
        source_kind=attribution.source_kind,
        name=name,
        antecedent=antecedent,
    )


def _mention(tokens: tuple[int, int], attribution: Attribution, text: Text) -> Mention:
    span = text.span(*tokens)
    if span.exact.startswith("-") and len(span.exact) > 1:
        # 'dit-elle': the hyphen joins, it does not name.
        span = text.cut(span.start + 1, span.end)
    reason = attribution.inferred
    return Mention(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=attribution.by,
        basis="inferred" if reason else "stated",
        reason=reason,
    )


RANK: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2, "unknown": 3}

# What the last act of speech makes of what it speaks of, where the words themselves tell no other status.
STATUS: dict[str, Status] = {"demand": "hypothetical", "promise": "planned", "threaten": "planned"}


def certainty(last: Attribution | None, lowered: list[Certainty]) -> Certainty:
    """Return how far the last link (or the outlet) commits itself: the act's own certainty, lowered by the hedges of the content."""
    start: Certainty = last.certainty if last else "certain"
    return max([start, *lowered], key=lambda c: RANK[c])


def status(last: Attribution | None, stated: Status, *, condition: bool, granted: bool) -> Status:
    """Return the status under the last act: demanded is hypothetical, promised planned, feared hypothetical, else as stated.

    What is taken for granted ('a promis de juger les responsables du massacre') is as stated.
    """
    if last is None or granted:
        return stated
    if last.act == "threaten" and condition:
        return "hypothetical"
    if last.act in STATUS and stated in ("happened", "ongoing", "planned"):
        return STATUS[last.act]
    if last.act == "believe" and last.certainty == "possible" and stated == "planned":
        return "hypothetical"
    return stated
