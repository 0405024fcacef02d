"""What can be told of a pattern before any text: the words it can start with, its length, and the rare word it cannot do without.

A rule is sought by its anchor (see ``sieve``): an obligatory item whose words are few and uncommon ('depuis', a month's name). A rule
without such an item (a bare number) is sought in every text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from reportedly.rules import Language, RuleSet

Node = tuple[Any, ...]
Answer = TypeVar("Answer")
Firsts = tuple[set[str], bool, bool]
# The longest spelled number that a pattern's reach is reckoned with, in tokens.
LONGEST_NUMBER, SMALL_NUMBER = 8, 3
# Stands for any figure among the words of an anchor.
FIGURE = "#"
# More words than this are no anchor: to look for all of them costs what it saves.
MOST_WORDS = 2000


def firsts(node: Node, language: Language) -> Firsts:
    """Return the folded words ``node`` can start with, whether it can start with anything else, and whether it can be empty."""
    kind = node[0]
    if kind == "word":
        return {node[1]}, False, False
    if kind == "lex":
        return set(language.lexicons[node[1]].index), False, False
    if kind == "class":
        return (set(language.number_words), True, False) if node[1] == "number" else (set(), True, False)
    if kind == "figure":
        return (set(language.number_words) if node[1] == "number" else set()), True, False
    if kind == "group":
        return _once(node, "firsts", lambda: firsts(("alt", children(node)), language))
    if kind in ("gap", "bos", "eos", "not"):
        return set(), kind == "gap", True
    if kind == "opt":
        words, other, _ = firsts(node[1], language)
        return words, other, True
    if kind == "cap":
        return firsts(node[2], language)
    words, other, empty = set[str](), False, kind == "seq"
    for child in node[1]:
        more, more_other, more_empty = firsts(child, language)
        words |= more
        other |= more_other
        if kind == "alt":
            empty |= more_empty
        elif not more_empty:
            empty = False
            break
    return words, other, empty


def _once(group: Node, what: str, work_out: Callable[[], Answer]) -> Answer:
    """Return what ``work_out`` gives for a group, worked out once: groups are made of groups, and each is used again and again."""
    known: dict[tuple[str, str], Answer] = group[2].known
    key = what, group[1]
    if key not in known:
        known[key] = work_out()
    return known[key]


def reach(node: Node, language: Language) -> int:
    """Return the most tokens ``node`` can match."""
    kind = node[0]
    if kind == "lex":
        return max((len(e.form) for e in entries(node, language)), default=0)
    if kind in ("class", "figure"):
        if node[1] != "number":
            return 1
        return LONGEST_NUMBER if kind == "class" or node[3] > 100 else SMALL_NUMBER
    if kind == "gap":
        return int(node[1])
    if kind in ("bos", "eos", "not"):
        return 0
    if kind == "group":
        return _once(node, "reach", lambda: max((reach(child, language) for child in children(node)), default=1))
    lengths = [reach(child, language) for child in children(node)]
    return sum(lengths) if kind == "seq" else max(lengths, default=1)


def groups_used(node: Node) -> set[str]:
    """Return the groups whose rules ``node`` is made of, directly."""
    if node[0] == "group":
        return {node[1]}
    used: set[str] = set()
    for child in children(node):
        used |= groups_used(child)
    return used


def entries(node: Node, language: Language) -> list[Any]:
    """Return the entries a lexicon slot accepts."""
    _, name, features, key, wanted, _ = node
    found = [e for each in language.lexicons[name].index.values() for e in each]
    return [e for e in found if (not features or e.feature in features) and (not key or e.values.get(key) in wanted)]


def children(node: Node) -> list[Node]:
    """Return the nodes that a node is made of; of a group those of its rules."""
    kind = node[0]
    if kind in ("seq", "alt"):
        return list(node[1])
    if kind == "opt":
        return [node[1]]
    if kind == "cap":
        return [node[2]]
    if kind == "group":
        rules: RuleSet = node[2]
        return [n for n, rule in zip(rules.nodes, rules.rules, strict=True) if rule.group == node[1]]
    return []


def anchor(node: Node, language: Language, common: frozenset[str]) -> tuple[frozenset[str], int] | None:
    """Return words of which every match holds one, and how many tokens may stand before it; None where there are none."""
    kind = node[0]
    if kind == "word":
        return frozenset([node[1]]), 0
    if kind == "lex":
        places = [
            (e, next((k for k, word in enumerate(e.form) if word not in common), 0)) for e in entries(node, language)
        ]
        words = frozenset(e.form[k] for e, k in places)
        return (words, max((k for _, k in places), default=0)) if len(words) <= MOST_WORDS else None
    if kind in ("class", "figure"):
        return _figures(node[1], language)
    if kind == "group":
        return _once(node, "anchor", lambda: anchor(("alt", children(node)), language, common))
    if kind in ("cap", "alt"):
        found = [anchor(child, language, common) for child in children(node)]
        whole = [f for f in found if f]
        if len(whole) < len(found) or not whole:
            return None
        return frozenset().union(*(words for words, _ in whole)), max(before for _, before in whole)
    if kind != "seq":
        return None
    best, before = None, 0
    for child in node[1]:
        here = anchor(child, language, common)
        if here and (best is None or _cost(here[0], common) < _cost(best[0], common)):
            best = here[0], before + here[1]
        before += reach(child, language)
    return best


def _figures(name: str, language: Language) -> tuple[frozenset[str], int] | None:
    if name == "number":
        return frozenset([FIGURE, *language.number_words]), 0
    return (frozenset([FIGURE]), 0) if name in ("digits", "clock") else None


def _cost(words: frozenset[str], common: frozenset[str]) -> tuple[int, int]:
    return len(words & common) + sum(not (w[0].isalnum() or w == FIGURE) for w in words), len(words)
