"""What can be told of a pattern before any text: the words it can start with, its length, the groups and entries it is made of."""

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
