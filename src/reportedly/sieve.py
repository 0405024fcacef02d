"""Where in a text a rule can match at all, told by regular expressions over kinds of words.

Trying every rule at every word would cost more than the parse. So every word is written as one character that stands for its kind: all
words that no item of a rule set tells apart are one kind. A rule then becomes a regular expression over such characters, which lets
through whatever the rule matches and little else (a group within a rule is told by its first word and its length alone), and C finds
the few places worth trying. A rule is sought only in texts that hold a word it cannot do without.

Every repeat in these expressions is bounded, so a search is linear in the length of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reportedly import anchors, numbers
from reportedly.patterns import CLOCK
from reportedly.text import Text, bare, fold, remember

if TYPE_CHECKING:
    from reportedly.rules import Language

Node = tuple[Any, ...]
# What tells a word apart from others: the words that an item accepts, or the name of a class and its bounds.
Test = frozenset[str] | tuple[Any, ...]
# A pattern by the kinds of its words: ("kinds", tests) ("any", most) ("many", test, most) ("seq", [..]) ("alt", [..]) ("opt", tree)
Tree = tuple[Any, ...]
NUMBER: Test = ("number",)
INSIDE: Test = ("inside",)
ANY: Test = ("any",)
# What may begin a number, a clock time or a date.
DIGIT: Test = ("digit",)
NOTHING: Tree = ("seq", [])
# A spelled number has no more words after its first.
LONGEST_NUMBER = 11
# The first character that stands for a kind; the one before it stands for all words of a kind not foreseen, and fits everywhere.
FIRST_KIND, MOST_KINDS = 0x4E00, 20_000
JOKER = chr(FIRST_KIND - 1)
# Words of kinds that stand in no lexicon: letters, marks, figures and numbers of every make.
SHAPES = ("x", ".", "(", "1.5", "1,000", "12:30", "16h00", "3rd", "11e", "13-x", "x-x", "-x")


class Sieve:
    """Which rules of a set to try at which tokens of a text."""

    def __init__(self, nodes: list[Node], language: Language) -> None:
        self.nodes, self.language = nodes, language
        self.at_start = [node[0] == "seq" and bool(node[1]) and node[1][0][0] == "bos" for node in nodes]
        self.known: dict[str, str] = {}
        self._searches: dict[int, re.Pattern[str]] = {}

    def candidates(self, text: Text) -> dict[int, list[int]]:
        """Return for each token the numbers of the rules that may match from it, in the order of the file."""
        known = self.known.get
        written = "".join([known(word) or self._char(text, i) for i, word in enumerate(text.words)])
        active = set(self.kinds.always)
        for char in set(written):
            active |= self.kinds.sought[char]
        found: dict[int, list[int]] = {}
        for number in sorted(active):
            for match in (self._searches.get(number) or self._search(number)).finditer(written):
                i = match.start()
                if not self.at_start[number] or text.sentences[text.sentence_of[i]][0] == i:
                    found.setdefault(i, []).append(number)
        return found

    @cached_property
    def kinds(self) -> Kinds:
        """Return the kinds of words that the rules tell apart."""
        return Kinds(self.nodes, self.language)

    def _char(self, text: Text, i: int) -> str:
        """Return the character for token ``i``, kept for the next time."""
        char = self.kinds.char(text.words[i], text.norms[i], capital=text.capitals[i])
        remember(self.known, text.words[i], char)
        return char

    def _search(self, number: int) -> re.Pattern[str]:
        """Return the expression that finds where a rule may start, made when it is first sought."""
        self._searches[number] = re.compile(_starting(self.kinds.trees[number], self.kinds))
        return self._searches[number]


class Kinds:
    """The kinds of words that a set of rules tells apart, each with the character that stands for it."""

    def __init__(self, nodes: list[Node], language: Language) -> None:
        self.language = language
        self.tests: dict[Test, int] = {NUMBER: 0, INSIDE: 1, ANY: 2, DIGIT: 3}
        self.groups: dict[str, Tree] = {}
        self.trees = [self._tree(node) for node in nodes]
        common = frozenset(
            fold(word, language.tokenization) for word in language.settings.get("text", {}).get("common", ())
        )
        needed = [self._needed(anchors.anchor(node, language, common)) for node in nodes]
        self.always = {number for number, tests in enumerate(needed) if not tests}
        self.words, self.plain = self._by_word()
        self.shapes = [(number, test) for test, number in self.tests.items() if not isinstance(test, frozenset)]
        self.inside = _inside(language)
        self.chars: dict[frozenset[int], str] = {}
        self._foresee()
        self.sought = {
            char: frozenset(number for number, tests in enumerate(needed) if not tests.isdisjoint(kind))
            for kind, char in self.chars.items()
        } | {JOKER: frozenset(range(len(nodes)))}

    def char(self, word: str, norm: str, *, capital: bool) -> str:
        """Return the character that stands for the kind of a word."""
        return self.chars.get(self._kind(word, norm, capital=capital), JOKER)

    def charset(self, tests: Iterable[Test]) -> str:
        """Return the part of an expression that lets through what fits any of the tests."""
        numbers_of = {self.tests[test] for test in tests}
        return f"[{''.join(char for kind, char in self.chars.items() if not numbers_of.isdisjoint(kind))}{JOKER}]"

    def _kind(self, word: str, norm: str, *, capital: bool) -> frozenset[int]:
        """Return the numbers of the tests that a word passes; capitals are often printed without accents."""
        kind = {number for number, test in self.shapes if self._fits(test, word, norm, capital=capital)}
        kind.update(self.words.get(norm, ()))
        if capital:
            kind.update(self.plain.get(bare(norm), ()))
        return frozenset(kind)

    def _fits(self, test: tuple[Any, ...], word: str, norm: str, *, capital: bool) -> bool:
        name = test[0]
        if name == "number":
            return _is_figure(word) or self._starts_number(norm)
        if name in ("digit", "inside"):
            within = name == "inside" and norm in self.inside
            return within or word[0].isdigit() or self._starts_number(norm)
        if name == "figure":
            _, low, high, spelled = test
            if word.isdecimal():
                return bool(low <= int(word[:18]) <= high)
            return _is_figure(word) or (spelled and self._starts_number(norm))
        if name == "cap":
            return capital
        return CLASSES[name](word)

    def _starts_number(self, norm: str) -> bool:
        first = norm.partition("-")[0] if "-" in norm else norm
        return first in self.language.number_words or norm in self.language.number_words

    def _by_word(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        words: dict[str, set[int]] = {}
        plain: dict[str, set[int]] = {}
        for test, number in self.tests.items():
            if isinstance(test, frozenset):
                for word in test:
                    words.setdefault(word, set()).add(number)
                    plain.setdefault(bare(word), set()).add(number)
        return words, plain

    def _foresee(self) -> None:
        """Give a character to every kind that can be foreseen: of all words that stand in a test, with and without capitals and accents."""
        bounds = [bound for _, test in self.shapes if test[0] == "figure" for bound in test[1:3]]
        figures = {str(max(0, int(bound) + more)) for bound in bounds for more in (-1, 0, 1)}
        spelled = next(iter(sorted(self.language.number_words)), "x")
        for form in (*SHAPES, *sorted(figures), f"{spelled}-x", *sorted(self.inside), *self.words, *self.plain):
            for word in (form, form[:1].upper() + form[1:]):
                kind = self._kind(word, form, capital=word[0].isupper())
                if len(self.chars) < MOST_KINDS:
                    self.chars.setdefault(kind, chr(FIRST_KIND + len(self.chars)))

    # --- patterns as trees of kinds ---

    def _test(self, test: Test) -> Tree:
        self.tests.setdefault(test, len(self.tests))
        return "kinds", (test,)

    def _needed(self, anchor: tuple[frozenset[str], int] | None) -> frozenset[int]:
        """Return the numbers of the tests of which a text with a match has a word that passes one."""
        if anchor is None:
            return frozenset()
        words = anchor[0] - {anchors.FIGURE}
        self._test(words)
        return frozenset({self.tests[words]} | ({self.tests[DIGIT]} if anchors.FIGURE in anchor[0] else set()))

    def _tree(self, node: Node) -> Tree:
        kind = node[0]
        if kind == "word":
            return self._test(frozenset([node[1]]))
        if kind == "lex":
            return self._lexicon(node)
        if kind in ("class", "figure"):
            return self._class(node)
        if kind == "gap":
            return "any", node[1]
        if kind in ("seq", "alt"):
            return kind, [self._tree(child) for child in node[1]]
        if kind == "opt":
            return "opt", self._tree(node[1])
        if kind == "cap":
            return self._tree(node[2])
        if kind == "group":
            if node[1] not in self.groups:
                self.groups[node[1]] = self._group(node)
            return self.groups[node[1]]
        # what stands at an edge or must not follow lets through what it would refuse
        return NOTHING

    def _lexicon(self, node: Node) -> Tree:
        by_size: dict[int, list[tuple[str, ...]]] = {}
        for entry in anchors.entries(node, self.language):
            by_size.setdefault(len(entry.form), []).append(entry.form)
        sizes = [
            ("seq", [self._test(frozenset(form[k] for form in forms)) for k in range(size)])
            for size, forms in sorted(by_size.items())
        ]
        return "alt", sizes

    def _class(self, node: Node) -> Tree:
        if node[0] == "class" and node[1] != "number":
            return self._test((node[1],))
        spelled = node[1] == "number"
        # a figure that begins a number of less than a thousand is that number
        exact = node[0] == "figure" and (not spelled or node[3] < numbers.THOUSAND)
        first = self._test(("figure", *node[2:], spelled) if exact else NUMBER)
        return ("seq", [first, ("many", INSIDE, LONGEST_NUMBER)]) if spelled else first

    def _group(self, node: Node) -> Tree:
        """Return a group as one of the words it can start with, and so many more as it can have."""
        whole = "alt", [self._tree(child) for child in anchors.children(node)]
        tests = {test for first, _ in _heads(whole) for test in first}
        return "seq", [("kinds", tuple(tests)), ("any", anchors.reach(node, self.language) - 1)]


def _is_figure(word: str) -> bool:
    return word.isdecimal() or (word[0].isdigit() and numbers.FIGURE.match(word) is not None)


CLASSES: dict[str, Callable[[str], bool]] = {
    "any": lambda _: True,
    "word": lambda word: word[0].isalpha(),
    "digits": lambda word: word.isdecimal() or (word[0].isdigit() and not any(c.isalpha() for c in word)),
    "clock": lambda word: word[0].isdigit() and CLOCK.match(word) is not None,
}


def _inside(language: Language) -> frozenset[str]:
    """Return the words and marks that may stand within a number after its first word."""
    table = numbers.table(language)
    words = {word for atoms in table.atoms.values() for atom in atoms for word in atom.words}
    return frozenset(words | table.join | {mark for mark in table.thousands if not mark.isspace()} | {"(", ")"})


# --- trees as regular expressions ---


def _starting(tree: Tree, kinds: Kinds) -> str:
    """Return the expression that matches the first word of whatever fits the tree: what follows it is looked at, not taken."""
    rests: dict[tuple[Test, ...], list[str]] = {}
    for tests, rest in _heads(tree):
        rests.setdefault(tests, []).append(_expression(_trimmed(rest), kinds))
    firsts = kinds.charset({test for tests in rests for test in tests})
    if all("" in each for each in rests.values()):
        return firsts
    branches = [
        f"(?<={kinds.charset(tests)})" + ("" if "" in each else f"(?={'|'.join(dict.fromkeys(each))})")
        for tests, each in rests.items()
    ]
    # the set of all first words stands first, since a search for a set is quick
    return f"{firsts}(?:{'|'.join(branches)})"


def _heads(tree: Tree) -> list[tuple[tuple[Test, ...], Tree]]:
    """Return the tests that the first word may pass, each with what follows it."""
    kind = tree[0]
    if kind == "kinds":
        return [(tree[1], NOTHING)]
    if kind == "many":
        return [((tree[1],), ("many", tree[1], tree[2] - 1))]
    if kind == "alt":
        return [head for branch in tree[1] for head in _heads(branch)]
    if kind == "opt":
        return _heads(tree[1])
    if kind == "any":
        return [((ANY,), ("any", tree[1] - 1))] if tree[1] else []
    found = []
    for at, part in enumerate(tree[1]):
        found += [(tests, ("seq", [rest, *tree[1][at + 1 :]])) for tests, rest in _heads(part)]
        if not _may_be_empty(part):
            break
    return found


def _may_be_empty(tree: Tree) -> bool:
    kind = tree[0]
    if kind == "seq":
        return all(_may_be_empty(part) for part in tree[1])
    if kind == "alt":
        return any(_may_be_empty(part) for part in tree[1])
    return kind in ("opt", "any", "many")


def _trimmed(tree: Tree) -> Tree:
    """Return the tree without what may be absent at its end."""
    if tree[0] != "seq":
        return NOTHING if _may_be_empty(tree) else tree
    parts = list(tree[1])
    while parts and _may_be_empty(parts[-1]):
        parts.pop()
    return ("seq", [*parts[:-1], _trimmed(parts[-1])]) if parts else NOTHING


def _expression(tree: Tree, kinds: Kinds) -> str:
    kind = tree[0]
    if kind == "kinds":
        return kinds.charset(tree[1])
    if kind == "any":
        return f".{{0,{tree[1]}}}" if tree[1] else ""
    if kind == "many":
        return f"{kinds.charset((tree[1],))}{{0,{tree[2]}}}"
    if kind == "opt":
        return f"(?:{_expression(tree[1], kinds)})?"
    parts = [_expression(part, kinds) for part in (tree[1] if kind == "seq" else _merged(tree[1]))]
    return "".join(parts) if kind == "seq" else f"(?:{'|'.join(dict.fromkeys(parts))})"


def _merged(branches: list[Tree]) -> list[Tree]:
    """Return branches with those of one word made one set: a set is looked up once, branches are tried one by one."""
    branches = [each[1][0] if each[0] == "seq" and len(each[1]) == 1 else each for each in branches]
    flat = [inner for each in branches for inner in (_merged(each[1]) if each[0] == "alt" else [each])]
    tests = dict.fromkeys(test for each in flat if each[0] == "kinds" for test in each[1])
    return [*([("kinds", tuple(tests))] if tests else []), *(each for each in flat if each[0] != "kinds")]
