"""What belongs to a happening: its clause, within its sentence and within what is attributed."""

from __future__ import annotations

import msgspec

from reportedly.find.sources import Attribution
from reportedly.syntax import Syntax
from reportedly.text import Text

Tokens = tuple[int, int]
CLAUSAL = ("acl", "advcl", "ccomp", "conj", "parataxis", "csubj", "xcomp")
MARKS = frozenset('«»“”"‘’')


class Scope(msgspec.Struct):
    """The tokens that speak of one happening: ``segments`` of its content, ``own`` those nearer to it than to any other."""

    head: int
    content: Tokens
    segments: tuple[Tokens, ...]

    def holds(self, token: int) -> bool:
        """Return whether ``token`` lies in the content."""
        return any(a <= token < b for a, b in self.segments)


def sentence(text: Text, token: int) -> Tokens:
    """Return the sentence of ``token`` without its final punctuation."""
    first, last = text.sentences[text.sentence_of[token]]
    while last > first + 1 and text.words[last - 1] in ".!?…;:؟":
        last -= 1
    return first, last


def clause_heads(syntax: Syntax, tokens: Tokens, heads: list[int]) -> dict[int, int]:
    """Return for each token of a sentence the happening it is nearest to, climbing the parse; tokens above all of them get none."""
    children, inside = syntax.children, range(*tokens)
    owners = {head: head for head in heads}
    for head in heads:
        below = [token for token in children[head] if token not in owners]
        while below:
            token = below.pop()
            owners[token] = head
            below += [each for each in children[token] if each not in owners]
    return {token: owner for token, owner in owners.items() if token in inside}


def within(segments: tuple[Tokens, ...], tokens: Tokens) -> tuple[Tokens, ...]:
    """Return the parts of ``segments`` inside ``tokens``."""
    cut = [(max(a, tokens[0]), min(b, tokens[1])) for a, b in segments]
    return tuple((a, b) for a, b in cut if a < b)


def trimmed(text: Text, tokens: Tokens) -> Tokens:
    """Return ``tokens`` without punctuation at the edges; quotation marks go when only one of a pair is left."""
    first, last = tokens
    words = text.words
    while last - first > 1 and (
        words[first] in ",;:.–—-…" or (words[first] in MARKS and not _paired(words, first, last))
    ):
        first += 1
    while last - first > 1 and (
        words[last - 1] in ",;:.–—-…!" or (words[last - 1] in MARKS and not _paired(words, first, last))
    ):
        last -= 1
    return first, last


def _paired(words: list[str], first: int, last: int) -> bool:
    marks = [w for w in words[first:last] if w in MARKS]
    return len(marks) % 2 == 0


def clause(text: Text, syntax: Syntax | None, head: int, bounds: tuple[Tokens, ...], others: list[int]) -> Tokens:
    """Return the clause of ``head`` within ``bounds`` (what is attributed, or the sentence).

    Where no other happening shares the bounds it is all of them; else it runs from the boundary behind the one before to the one
    after: a semicolon, a comma or a conjunction between two clauses.
    """
    hull = (bounds[0][0], bounds[-1][1])
    inside = sorted(o for o in others if hull[0] <= o < hull[1] and o != head and not _listed(syntax, o, head))
    before = [o for o in inside if o < head]
    after = [o for o in inside if o > head]
    first = _boundary(text, syntax, before[-1], head) if before else hull[0]
    last = _boundary(text, syntax, head, after[0]) if after else hull[1]
    if after and last == hull[0]:
        last = hull[1]
    if syntax is not None and before and syntax.hangs_on(head, before[-1]):
        first = min(first, head)
    return trimmed(text, (max(first, hull[0]), min(max(last, head + 1), hull[1])))


def _joined(syntax: Syntax | None, left: int, right: int) -> int | None:
    """Return the conjunction that joins the verb at ``right`` to that at ``left``, behind the last comma between them."""
    if syntax is None or syntax.dep[right] != "conj" or syntax.head[right] != left or syntax.pos[right] != "VERB":
        return None
    joined = [i for i in range(left + 1, right) if syntax.dep[i] == "cc" and syntax.head[i] in (left, right)]
    return joined[-1] if joined else None


# So many tokens from the noun before it the next one of a list stands, with nothing that is told of one alone between.
LISTED = 3


def _listed(syntax: Syntax | None, one: int, other: int) -> bool:
    """Return whether two nouns stand in one list, so that their verb's place and time are both's: 'Gunfire and blasts were heard in'."""
    low, high = min(one, other), max(one, other)
    if syntax is None or high - low > LISTED or syntax.pos[low] != "NOUN" or syntax.pos[high] != "NOUN":
        return False
    return syntax.dep[high] == "conj" and syntax.head[high] == low and syntax.dep[low].startswith("nsubj")


def _boundary(text: Text, syntax: Syntax | None, left: int, right: int) -> int:
    """Return where the clause of ``right`` starts, between two happenings: the strongest mark, the last where equal."""
    words = text.words
    for marks in (
        ".!?…;",
        ":",
        ",",
    ):
        places = [i for i in range(left + 1, right) if words[i] in marks]
        if places and marks == "," and (conjunction := _joined(syntax, left, right)) is not None:
            # 'attacked Goma, a town near Sake, on Monday | and stormed'
            return conjunction
        if places:
            return places[0] + 1 if marks == "," and len(places) > 1 else places[-1] + 1
    if syntax is not None:
        joined = [i for i in range(left + 1, right) if syntax.pos[i] in ("CCONJ", "SCONJ")]
        if joined:
            return joined[-1]
        return max(left + 1, min(syntax.left[right], right))
    return right


def segments_of(attribution: Attribution | None, text: Text, head: int) -> tuple[Tokens, ...]:
    """Return what is attributed, or the sentence of ``head`` where the outlet itself speaks."""
    if attribution is not None:
        return attribution.content
    return (sentence(text, head),)
