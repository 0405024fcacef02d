"""Where in a text a pattern can match at all: the words it can start with, and the rare word it cannot do without.

Trying every rule at every word would cost more than the parse. So a rule is sought by its anchor: an obligatory item whose words are
few and uncommon ('depuis', a month's name). Only where one stands in the text is the rule tried, at the few words before it that it
can start with. A rule without such an item (a bare number) is tried wherever its first item fits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from reportedly.text import Text, bare, fold, remember

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
        return _once(node, "firsts", lambda: firsts(("alt", _children(node)), language))
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


def only_numbers(node: Node) -> bool:
    """Return whether whatever the pattern starts with besides words is a figure."""
    kind = node[0]
    if kind == "class":
        return node[1] in ("number", "digits", "clock")
    if kind == "group":
        return all(only_numbers(child) for child in _children(node))
    if kind == "seq":
        for child in node[1]:
            if not only_numbers(child):
                return False
            if child[0] not in ("opt", "bos", "not"):
                return True
        return True
    if kind == "alt":
        return all(only_numbers(n) for n in node[1])
    if kind == "opt":
        return only_numbers(node[1])
    if kind == "cap":
        return only_numbers(node[2])
    return bool(kind != "gap")


def reach(node: Node, language: Language) -> int:
    """Return the most tokens ``node`` can match."""
    kind = node[0]
    if kind == "lex":
        return max((len(e.form) for e in _entries(node, language)), default=0)
    if kind in ("class", "figure"):
        if node[1] != "number":
            return 1
        return LONGEST_NUMBER if kind == "class" or node[3] > 100 else SMALL_NUMBER
    if kind == "gap":
        return int(node[1])
    if kind in ("bos", "eos", "not"):
        return 0
    if kind == "group":
        return _once(node, "reach", lambda: max((reach(child, language) for child in _children(node)), default=1))
    lengths = [reach(child, language) for child in _children(node)]
    return sum(lengths) if kind == "seq" else max(lengths, default=1)


def groups_used(node: Node) -> set[str]:
    """Return the groups whose rules ``node`` is made of, directly."""
    if node[0] == "group":
        return {node[1]}
    used: set[str] = set()
    for child in _children(node):
        used |= groups_used(child)
    return used


def _entries(node: Node, language: Language) -> list[Any]:
    """Return the entries a lexicon slot accepts."""
    _, name, features, key, wanted, _ = node
    entries = [e for found in language.lexicons[name].index.values() for e in found]
    return [e for e in entries if (not features or e.feature in features) and (not key or e.values.get(key) in wanted)]


def _children(node: Node) -> list[Node]:
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
            (e, next((k for k, word in enumerate(e.form) if word not in common), 0)) for e in _entries(node, language)
        ]
        words = frozenset(e.form[k] for e, k in places)
        return (words, max((k for _, k in places), default=0)) if len(words) <= MOST_WORDS else None
    if kind in ("class", "figure"):
        return _figures(node[1], language)
    if kind == "group":
        return _once(node, "anchor", lambda: anchor(("alt", _children(node)), language, common))
    if kind in ("cap", "alt"):
        found = [anchor(child, language, common) for child in _children(node)]
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


# What is to be known of a printed word: the rules to try there, those anchored in it with how far before, those it can start.
Card = tuple[tuple[int, ...], tuple[tuple[int, int], ...], frozenset[int]]


class Index:
    """Which rules of a set to try at which tokens of a text."""

    def __init__(self, nodes: list[Node], language: Language) -> None:
        common = frozenset(
            fold(word, language.tokenization) for word in language.settings.get("text", {}).get("common", ())
        )
        self.by_first: dict[str, list[int]] = {}
        self.by_anchor: dict[str, list[tuple[int, int]]] = {}
        self.digits: list[int] = []
        self.anywhere: list[int] = []
        self.starts: list[tuple[frozenset[str], bool, bool]] = []
        self.at_start = [node[0] == "seq" and bool(node[1]) and node[1][0][0] == "bos" for node in nodes]
        for number, node in enumerate(nodes):
            words, other, _ = firsts(node, language)
            numeric = other and only_numbers(node)
            self.starts.append((frozenset(words), other and not numeric, numeric))
            found = anchor(node, language, common)
            if found and not found[0] & common:
                for word in found[0]:
                    self.by_anchor.setdefault(word, []).append((number, found[1]))
                continue
            for word in words:
                self.by_first.setdefault(word, []).append(number)
            if other:
                (self.digits if numeric else self.anywhere).append(number)
        # Capitals are often printed without accents: they are looked up without.
        self.bare_first = _without_accents(self.by_first)
        self.bare_anchor = _without_accents(self.by_anchor)
        self.bare_starts = [frozenset(bare(w) for w in words) for words, _, _ in self.starts]
        self.known: dict[str, Card] = {}

    def candidates(self, text: Text) -> dict[int, list[int]]:
        """Return for each token the numbers of the rules that may match from it, in the order of the file."""
        found: dict[int, set[int]] = {}
        known, at_start = self.known.get, self.at_start
        cards = [known(word) or self._card(text, i) for i, word in enumerate(text.words)]
        for i, (here, anchored, _) in enumerate(cards):
            if here:
                found.setdefault(i, set()).update(here)
            for number, before in anchored:
                for start in range(i - before if i > before else 0, i + 1):
                    if number in cards[start][2] and not (
                        at_start[number] and text.sentences[text.sentence_of[start]][0] != start
                    ):
                        found.setdefault(start, set()).add(number)
        return {i: sorted(numbers) for i, numbers in found.items()}

    def _card(self, text: Text, i: int) -> Card:
        """Return what is to be known of the printed word of token ``i``; kept for the next time."""
        norm, capital = text.norms[i], text.capitals[i]
        first = self.by_first.get(norm) or (self.bare_first.get(bare(norm)) if capital else None) or ()
        here = {*first, *self.anywhere}
        figure = norm[0].isdigit() or ("-" in norm and norm[0].isalpha())
        if figure:
            here.update(self.digits)
        anchored = self.by_anchor.get(norm) or (self.bare_anchor.get(bare(norm)) if capital else None) or ()
        if figure:
            part = FIGURE if norm[0].isdigit() else norm.partition("-")[0]
            anchored = [*anchored, *self.by_anchor.get(part, ())]
        starts = frozenset(n for n in range(len(self.starts)) if self._starts(norm, n, capital=capital))
        card = tuple(here), tuple(anchored), starts
        remember(self.known, text.words[i], card)
        return card

    def _starts(self, norm: str, number: int, *, capital: bool) -> bool:
        words, other, numeric = self.starts[number]
        if other or norm in words or (numeric and (norm[0].isdigit() or "-" in norm)):
            return True
        return capital and bare(norm) in self.bare_starts[number]


def _without_accents(index: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for word, items in index.items():
        known = plain.setdefault(bare(word), [])
        known.extend(item for item in items if item not in known)
    return plain
