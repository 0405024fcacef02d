"""What belongs to a happening: hedges, places, times, quantities and labels of its clause."""

from __future__ import annotations

from typing import Any

from reportedly.annotate import scopes
from reportedly.annotate.entities import DOERS
from reportedly.annotate.findings import Findings
from reportedly.find.hedges import Doubt
from reportedly.find.sources import Attribution
from reportedly.records import Hedge
from reportedly.text import Text

# How many tokens into its sentence a place may stand that tells where all of it lies.
OPENS = 4


def doubts(found: Findings, scope: scopes.Scope, others: list[int]) -> list[Doubt]:
    """Return the hedges that weigh on a happening: in its clause, or over the whole of what is attributed."""
    inside = []
    first, last = found.text.sentences[found.text.sentence_of[scope.head]]
    for doubt in found.hedges_between(first, last):
        near = scope.content[0] <= doubt.first < scope.content[1] or _over(found, doubt, scope)
        own = len(others) < 2 or found.nearest(doubt.first) in (None, scope.head) or not doubt.conditional
        if near and own:
            inside.append(doubt)
    return inside


def _over(found: Findings, doubt: Doubt, scope: scopes.Scope) -> bool:
    """Return whether a hedge right before the content governs all of it ('il semble que A et B')."""
    index = found.chains.innermost(scope.head)
    if index is None:
        return False
    attribution = found.attributions[index]
    return (attribution.hedge is not None and attribution.hedge[0] <= doubt.first < attribution.hedge[1]) or (
        any(a <= doubt.first < b for a, b in attribution.content) and doubt.last <= scope.head and doubt.over
    )


def hedges(found: Findings, doubts: list[Doubt], last: Attribution | None) -> tuple[Hedge, ...]:
    """Return the records of the hedges, that of the last link's own cue among them where it is one."""
    tokens = {(d.first, d.last): d.by for d in doubts}
    if (
        last is not None
        and last.hedge is not None
        and not any(a < last.hedge[1] and last.hedge[0] < b for a, b in tokens)
    ):
        tokens[last.hedge] = last.by
    made = []
    for (first, end), by in sorted(tokens.items()):
        span = found.text.span(first, end)
        made.append(Hedge(start=span.start, end=span.end, exact=span.exact, by=by))
    return tuple(made)


def mentions(found: Findings, name: str, scope: scopes.Scope, others: list[int]) -> tuple[Any, ...]:
    """Return the mentions that speak of this happening: in its content, and of no other happening nearer in the parse."""
    text = found.text
    first, _ = text.sentences[text.sentence_of[scope.head]]
    rows = found.by_sentence(name)
    low, high = text.sentence_of[scope.content[0]], text.sentence_of[scope.content[1] - 1]
    here = text.sentence_of[scope.head]
    numbers = (here,) if low == high == here else {*range(low, high + 1), here}
    kept = []
    for token, mention in [pair for n in numbers for pair in rows[n]]:
        if not (scope.content[0] <= token < scope.content[1]):
            heading = _heading(text, token, first, scope) and not (
                name == "places" and _told_before(found, token, scope)
            )
            if not heading and not _shared(found, token, scope):
                continue
        elif not scope.holds(token) or (name == "places" and _of_somebody(found, token, scope.head)):
            continue
        else:
            nearest = found.nearest(token)
            if (
                nearest is not None
                and nearest != scope.head
                and nearest in others
                and not _above(found, nearest, scope.head)
            ):
                continue
        kept.append(mention)
    if name == "places" and not kept:
        kept = [m for token, m in rows[here] if _opening(found, token, first, scope)]
    return tuple(kept)


def _of_somebody(found: Findings, token: int, head: int) -> bool:
    """Return whether a clause set off before the happening tells of somebody there: 'L'armée, qui tient Port-Soudan, a bombardé Nyala'."""
    syntax = found.syntax
    if syntax is None or token > head:
        return False
    for above in (token, *syntax.ancestors(token)):
        if above == head:
            return False
        if syntax.dep[above] == "acl:relcl":
            number = found.entities.at(syntax.head[above])
            start = syntax.left[above]
            told = number is not None and found.actors[number].kind in DOERS
            return told and start > 0 and found.text.words[start - 1] == "," and not syntax.hangs_on(head, above)
    return False


def _opening(found: Findings, token: int, first: int, scope: scopes.Scope) -> bool:
    """Return whether a place opens the sentence, before a comma and who says it: 'A Hama, les habitants craignent une offensive'."""
    text, start = found.text, scope.content[0]
    opener = found.lang.lexicon("place_words").match(text, first)
    if not first < token < min(start, first + OPENS) or opener is None or opener[1].get("role") != "prep":
        return False
    comma = next((i for i in range(token, start) if text.words[i] == ","), None)
    verbal = ("VERB", "AUX")
    return comma is not None and not any(
        found.syntax is None or found.syntax.pos[i] in verbal for i in range(first, comma)
    )


def _above(found: Findings, other: int, head: int) -> bool:
    """Return whether ``other`` governs ``head``: what hangs on the governing happening holds for the governed one too."""
    assert found.syntax is not None
    return found.syntax.hangs_on(head, other)


def _heading(text: Text, token: int, first: int, scope: scopes.Scope) -> bool:
    """Return whether ``token`` stands before a colon that opens what is told ('Mali : ...', 'd'août 2014 : ...')."""
    return first <= token < scope.head and ":" in text.words[token : scope.head] and text.words[scope.head] != ":"


def _told_before(found: Findings, token: int, scope: scopes.Scope) -> bool:
    """Return whether a clause of its own goes on from ``token`` to the colon: 'Our contact in Flita disputes this: ...'."""
    colon = next(i for i in range(token, scope.head) if found.text.words[i] == ":")
    return found.syntax is not None and any(found.syntax.pos[i] in ("VERB", "AUX", "PRON") for i in range(token, colon))


def _shared(found: Findings, token: int, scope: scopes.Scope) -> bool:
    """Return whether a mention outside the clause hangs on this happening in the parse, within the same attribution."""
    index = found.chains.innermost(scope.head)
    covered = found.attributions[index].covers(token) if index is not None else found.chains.innermost(token) is None
    return covered and found.nearest(token) == scope.head
