"""A verb's own subject and object, by the parse: for rows that the words anywhere around them would mislead.

'After gunmen fled, police raided a house': who raided is police, whoever else stands before the verb.
"""

from __future__ import annotations

from reportedly.find.triggers.contexts import Context
from reportedly.subjects import contact

# So many verbs joined to each other may share a subject.
JOINED = 3


def done_by(context: Context, i: int, wanted: frozenset[str], *, passive: bool) -> bool:
    """Return whether who does what the verb at token ``i`` tells is of one of the classes."""
    syntax = context.syntax
    if syntax is None:
        return False
    if passive:
        return _of(context, [c for c in syntax.children[i] if syntax.dep[c] == "obl:agent"], wanted)
    for _ in range(JOINED):
        subjects = list(syntax.children_with(i, "nsubj"))
        if subjects or syntax.dep[i] != "conj":
            return _of(context, subjects, wanted)
        i = syntax.head[i]
    return False


def done_to(context: Context, i: int, wanted: frozenset[str], *, passive: bool) -> bool:
    """Return whether whom or what the verb at token ``i`` is done to is of one of the classes."""
    syntax = context.syntax
    if syntax is None:
        return False
    heads = list(syntax.children_with(i, "nsubj:pass" if passive else "obj"))
    return _of(context, heads, wanted) or (not passive and told_of(context, i, wanted))


def told_of(context: Context, i: int, wanted: frozenset[str]) -> bool:
    """Return whether the noun that the verb's clause hangs on is its object, and of one of the classes: 'three nuns they seized'."""
    syntax = context.syntax
    head = contact(syntax, i) if syntax is not None else None
    return head is not None and _of(context, [head], wanted)


def _of(context: Context, heads: list[int], wanted: frozenset[str]) -> bool:
    """Return whether one of the nouns, or one of those it counts or joins, is of one of the classes: 'dozens of villagers'."""
    syntax = context.syntax
    assert syntax is not None
    tied = [c for h in heads for c in syntax.children[h] if c > h and syntax.dep[c] in ("nmod", "conj")]
    counted = [c for c in tied if syntax.dep[c] == "conj" or context.is_number(syntax.head[c])]
    return any(context.token_is(h, wanted) for h in (*heads, *counted))
