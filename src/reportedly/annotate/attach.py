"""What belongs to a happening: hedges, places, times, quantities and labels of its clause."""

from __future__ import annotations

from typing import Any

from reportedly.annotate import scopes
from reportedly.annotate.entities import DOERS
from reportedly.annotate.findings import Findings
from reportedly.find.hedges import Doubt
from reportedly.find.sources import Attribution
from reportedly.records import Hedge, Quantity
from reportedly.text import Text

# How many tokens into its sentence a place may stand that tells where all of it lies.
OPENS = 4
# How far behind its verb a number may stand that counts the object.
OBJECT = 3


def doubts(found: Findings, scope: scopes.Scope, others: list[int]) -> list[Doubt]:
    """Return the hedges that weigh on a happening: in its clause, or over the whole of what is attributed."""
    inside = []
    first, last = found.text.sentences[found.text.sentence_of[scope.head]]
    for doubt in found.hedges_between(first, last):
        near = scope.content[0] <= doubt.first < scope.content[1] or _over(found, doubt, scope)
        own = len(others) < 2 or found.nearest(doubt.first) in (None, scope.head) or not doubt.conditional
        if near and own and not _of_participle(found, doubt, scope.head):
            inside.append(doubt)
    return inside


def _of_participle(found: Findings, doubt: Doubt, head: int) -> bool:
    """Return whether a hedge only weighs on a participle within a noun phrase: 'a mine | apparently laid | by rebels exploded'."""
    syntax = found.syntax
    if syntax is None or syntax.dep[doubt.first] != "advmod":
        return False
    told = syntax.head[doubt.first]
    within = syntax.dep[told] == "acl" and syntax.morph[told].get("VerbForm") == "Part"
    return within and told != head and syntax.head[told] < doubt.first and not syntax.hangs_on(head, told)


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
    counts = name == "quantities"
    for at, mention in [pair for n in numbers for pair in rows[n]]:
        token = _whole(found, mention, at) if counts else at
        if not (scope.content[0] <= token < scope.content[1]):
            heading = _heading(text, token, first, scope) and not (
                (name == "places" and _told_before(found, token, scope))
                or (counts and _of_heading(found, token, first, scope))
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
                and not (counts and _object_of(found, token, scope.head))
                and not (_above(found, nearest, scope.head) and not (counts and _joined(found, nearest, scope.head)))
            ):
                continue
        if counts and any(scope.head < other and _object_of(found, token, other) for other in others):
            # 'érigé des barricades et brûlé deux voitures', however the parse hangs the number
            continue
        kept.append(mention)
    if name in ("times", "places") and not kept:
        kept = _carried(found, name, scope, others)
    if name == "places" and not kept:
        kept = [m for token, m in rows[here] if _opening(found, token, first, scope)]
    return tuple(kept)


def _whole(found: Findings, quantity: Quantity, token: int) -> int:
    """Return where the total stands that a number of this sentence is a part of ('douze morts, dont quatre enfants'), else the number."""
    if quantity.part_of is None:
        return token
    whole = found.text.token_at(found.quantities[quantity.part_of].start)
    return whole if found.text.sentence_of[whole] == found.text.sentence_of[token] else token


def _joined(found: Findings, other: int, head: int) -> bool:
    """Return whether a happening is set beside ``other`` and not within it: 'ont tué dix hommes et incendié le marché'."""
    syntax = found.syntax
    assert syntax is not None
    while head != other and syntax.head[head] != head:
        if syntax.dep[head] == "conj":
            return True
        head = syntax.head[head]
    return False


def _object_of(found: Findings, token: int, verb: int) -> bool:
    """Return whether a number opens the object right behind a verb: 'brûlé | deux voitures'."""
    if found.syntax is None or not verb < token <= verb + OBJECT or found.syntax.pos[verb] != "VERB":
        return False
    return all(found.syntax.pos[i] in ("DET", "ADP", "ADV", "ADJ", "NUM") for i in range(verb + 1, token))


def _carried(found: Findings, name: str, scope: scopes.Scope, others: list[int]) -> list[Any]:
    """Return when and where the deed was done that a verb without words of its own for it is joined to.

    'Ils ont attaqué lundi le camp de Kanyaruchinya et pillé le marché': a verb that shares subject and auxiliary shares them too; of one
    with its own auxiliary that holds for what opens the sentence.
    """
    syntax, head = found.syntax, scope.head
    if syntax is None or syntax.dep[head] != "conj" or syntax.head[head] not in others:
        return []
    first = syntax.head[head]
    if first > head or any(d.startswith("nsubj") for d in (syntax.dep[c] for c in syntax.children[head])):
        return []
    # a finite verb needs none
    own = syntax.morph[head].get("VerbForm") == "Fin" or any(
        syntax.dep[c].startswith("aux") for c in syntax.children[head]
    )
    low = found.text.sentences[found.text.sentence_of[head]][0]
    rows = found.by_sentence(name)[found.text.sentence_of[head]]
    kept = []
    for token, mention in rows:
        if found.nearest(token) != first or not low <= token < head:
            continue
        opens = token < first and name == "times"
        if (opens or not own) and (name == "times" or mention.relation in ("in", "near")):
            kept.append(mention)
    return kept


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


def _of_heading(found: Findings, token: int, first: int, scope: scopes.Scope) -> bool:
    """Return whether a number counts what its heading tells by itself: 'Sept morts à Kiev : Moscou dit avoir visé un dépôt'."""
    colon = next(i for i in range(token, scope.head) if found.text.words[i] == ":")
    return any(first <= head < colon for head in found.others(scope.head))


def _told_before(found: Findings, token: int, scope: scopes.Scope) -> bool:
    """Return whether a clause of its own goes on from ``token`` to the colon: 'Our contact in Flita disputes this: ...'."""
    colon = next(i for i in range(token, scope.head) if found.text.words[i] == ":")
    return found.syntax is not None and any(found.syntax.pos[i] in ("VERB", "AUX", "PRON") for i in range(token, colon))


def _shared(found: Findings, token: int, scope: scopes.Scope) -> bool:
    """Return whether a mention outside the clause hangs on this happening in the parse, within the same attribution."""
    index = found.chains.innermost(scope.head)
    covered = found.attributions[index].covers(token) if index is not None else found.chains.innermost(token) is None
    return covered and found.nearest(token) == scope.head
