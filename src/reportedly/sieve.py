"""Where in a text a rule can match at all, told by regular expressions over kinds of words.

Trying every rule at every word would cost more than the parse. So every word is written as one character that stands for its kind: all
words that no item of a rule set tells apart are one kind. A rule then becomes a regular expression over such characters, which lets
through whatever the rule matches and little else (a group within a rule is told by its first word and its length alone), and C finds
the few places worth trying. A rule is sought only in texts that hold a word for each item it cannot do without; one that begins with a
group, only where a rule of the group may begin.

Every repeat in these expressions is bounded, so a search is linear in the length of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly import makeup, numbers
from reportedly.patterns import CLOCK
from reportedly.text import Text, bare, fold, remember

if TYPE_CHECKING:
    from reportedly.rules import Language

Node = tuple[Any, ...]
# What tells a word apart from others: the words that an item accepts, or the name of a class and its bounds.
Test = frozenset[str] | tuple[Any, ...]
# A pattern by the kinds of its words: ("kinds", tests[, group]) ("any", most) ("many", test, most) ("seq", [..]) ("alt", [..])
# ("opt", tree), and ("holds", [tests, ...]), which takes no word but says what words the whole holds.
Tree = tuple[Any, ...]
NUMBER: Test = ("number",)
INSIDE: Test = ("inside",)
ANY: Test = ("any",)
NOTHING: Tree = ("seq", [])
# A spelled number has no more words after its first.
LONGEST_NUMBER = 11
# How much of a text passes the tests of a class, against that of an uncommon word.
ORDINARY = {"any": 1000, "word": 1000, "cap": 100}
# The first character that stands for a kind; the one before it stands for all words of a kind not foreseen, and fits everywhere.
FIRST_KIND, MOST_KINDS = 0x4E00, 20_000
JOKER = chr(FIRST_KIND - 1)
# Words of kinds that stand in no lexicon: letters, marks, figures and numbers of every make.
SHAPES = ("x", ".", "(", "1.5", "1,000", "12:30", "16h00", "3rd", "11e", "13-x", "x-x", "-x")


class Search(NamedTuple):
    """How the tokens are found at which a rule may start.

    ``free`` finds those of its beginnings that are no group; ``behind`` are the rules of each group it may begin with, and what must
    follow their first word.
    """

    free: re.Pattern[str] | None
    behind: tuple[tuple[tuple[int, ...], re.Pattern[str]], ...]


class Sieve:
    """Which rules of a set to try at which tokens of a text."""

    def __init__(self, nodes: list[Node], language: Language) -> None:
        self.nodes, self.language = nodes, language
        self.at_start = [node[0] == "seq" and bool(node[1]) and node[1][0][0] == "bos" for node in nodes]
        self.known: dict[str, str] = {}
        self._searches: dict[int, Search] = {}

    def candidates(self, text: Text) -> dict[int, list[int]]:
        """Return for each token the numbers of the rules that may match from it, in the order of the file."""
        known = self.known.get
        written = "".join([known(word) or self._char(text, i) for i, word in enumerate(text.words)])
        chars = set(written)
        present = 0
        for char in chars:
            present |= self.kinds.masks[char]
        starts: dict[int, list[int]] = {}
        found: dict[int, list[int]] = {}
        for number, needed in enumerate(self.kinds.needed):
            if JOKER in chars or all(mask & present for mask in needed):
                for i in self._starts(number, written, text, starts):
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

    def _starts(self, number: int, written: str, text: Text, known: dict[int, list[int]]) -> list[int]:
        """Return the tokens at which a rule may start; those of the rules it may begin with are made out once a text."""
        if number in known:
            return known[number]
        free, behind = self._searches.get(number) or self._search(number)
        firsts = [first for first, _ in text.sentences] if self.at_start[number] else None
        found: list[int] = []
        if free is not None and firsts is None:
            found = [match.start() for match in free.finditer(written)]
        elif free is not None and firsts is not None:
            found = [i for i in firsts if free.match(written, i)]
        for group, follows in behind:
            inner = {i for each in group for i in self._starts(each, written, text, known)}
            found += [i for i in inner if follows.match(written, i + 1) and (firsts is None or i in firsts)]
        known[number] = found if not behind else sorted(set(found))
        return known[number]

    def _search(self, number: int) -> Search:
        """Return how a rule is sought, made when it is first sought."""
        self._searches[number] = _searching(self.kinds.trees[number], self.kinds)
        return self._searches[number]


class Kinds:
    """The kinds of words that a set of rules tells apart, each with the character that stands for it."""

    def __init__(self, nodes: list[Node], language: Language) -> None:
        self.language = language
        self.tests: dict[Test, int] = {NUMBER: 0, INSIDE: 1, ANY: 2}
        self.groups: dict[str, Tree] = {}
        # The numbers of the rules of each group that a rule is made of.
        self.members: dict[str, tuple[int, ...]] = {}
        self.nodes = nodes
        self.common = frozenset(
            fold(word, language.tokenization) for word in language.settings.get("text", {}).get("common", ())
        )
        self.trees = [self._tree(node) for node in nodes]
        musts = [_musts(tree, self.common) for tree in self.trees]
        self.words, self.plain = self._by_word()
        self.shapes = [(number, test) for test, number in self.tests.items() if not isinstance(test, frozenset)]
        self.inside = _inside(language)
        self.chars: dict[frozenset[int], str] = {}
        self._foresee()
        # Sets of tests as the bits of one number: those that words of a kind pass, and those of which a match of each rule passes one.
        self.masks = {char: _bits(kind) for kind, char in self.chars.items()} | {JOKER: 0}
        self.needed = [[_bits(self.tests[test] for test in tests) for tests in each] for each in musts]

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
        if name == "inside":
            return norm in self.inside or word[0].isdigit() or self._starts_number(norm)
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
        for entry in makeup.entries(node, self.language):
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
        children = makeup.children(node)
        self.members[node[1]] = tuple(
            n for n, each in enumerate(self.nodes) if any(each is child for child in children)
        )
        whole = "alt", [self._tree(child) for child in children]
        tests = dict.fromkeys(test for first, _, _ in _heads(whole) for test in first)
        more = makeup.reach(node, self.language) - 1
        return "seq", [("kinds", tuple(tests), node[1]), ("any", more), ("holds", _musts(whole, self.common))]


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


def _searching(tree: Tree, kinds: Kinds) -> Search:
    """Return how the first word of whatever fits the tree is found: what follows it is looked at, not taken."""
    rests: dict[tuple[Test, ...], list[str]] = {}
    groups: dict[str, list[str]] = {}
    for tests, group, rest in _heads(tree):
        follows = _expression(_trimmed(rest), kinds)
        if group:
            groups.setdefault(group, []).append(follows)
        else:
            rests.setdefault(tests, []).append(follows)
    free = re.compile(_starting(rests, kinds)) if rests else None
    behind = tuple((kinds.members[group], re.compile(_either(each))) for group, each in groups.items())
    return Search(free, behind)


def _either(expressions: list[str]) -> str:
    """Return the expression that looks for any of some, nothing at all among them."""
    return "" if "" in expressions else f"(?={'|'.join(dict.fromkeys(expressions))})"


def _starting(rests: dict[tuple[Test, ...], list[str]], kinds: Kinds) -> str:
    """Return the expression for some first words, each with what may follow it."""
    firsts = kinds.charset({test for tests in rests for test in tests})
    if all("" in each for each in rests.values()):
        return firsts
    branches = [f"(?<={kinds.charset(tests)}){_either(each)}" for tests, each in rests.items()]
    # the set of all first words stands first, since a search for a set is quick
    return f"{firsts}(?:{'|'.join(branches)})"


def _heads(tree: Tree) -> list[tuple[tuple[Test, ...], str, Tree]]:
    """Return the tests that the first word may pass, each with the group that begins with it, if any, and what follows it."""
    kind = tree[0]
    if kind == "kinds":
        return [(tree[1], tree[2] if len(tree) > 2 else "", NOTHING)]
    if kind == "many":
        return [((tree[1],), "", ("many", tree[1], tree[2] - 1))]
    if kind == "alt":
        return [head for branch in tree[1] for head in _heads(branch)]
    if kind == "opt":
        return _heads(tree[1])
    if kind == "any":
        return [((ANY,), "", ("any", tree[1] - 1))] if tree[1] else []
    if kind == "holds":
        return []
    found = []
    for at, part in enumerate(tree[1]):
        found += [(tests, group, ("seq", [rest, *tree[1][at + 1 :]])) for tests, group, rest in _heads(part)]
        if not _may_be_empty(part):
            break
    return found


def _musts(tree: Tree, common: frozenset[str]) -> list[frozenset[Test]]:
    """Return sets of tests: whatever fits the tree has for each of them a word that passes one of its tests."""
    kind = tree[0]
    if kind == "kinds":
        return [frozenset(tree[1])]
    if kind == "holds":
        return list(tree[1])
    if kind == "seq":
        return list(dict.fromkeys(tests for part in tree[1] for tests in _musts(part, common)))
    if kind != "alt":
        return []
    branches = [_musts(branch, common) for branch in tree[1]]
    if not all(branches):
        return []
    return [frozenset(test for each in branches for test in min(each, key=lambda tests: _cost(tests, common)))]


def _cost(tests: frozenset[Test], common: frozenset[str]) -> tuple[int, int]:
    """Return how ordinary the words are that pass some tests: the less, the better they tell where a rule may match."""
    words = {word for test in tests if isinstance(test, frozenset) for word in test}
    classes = [test[0] for test in tests if not isinstance(test, frozenset)]
    plain = len(words & common) + sum(not word[0].isalnum() for word in words)
    return plain + sum(ORDINARY.get(name, 1) for name in classes), len(words)


def _bits(numbers_of: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers_of))


def _may_be_empty(tree: Tree) -> bool:
    kind = tree[0]
    if kind == "seq":
        return all(_may_be_empty(part) for part in tree[1])
    if kind == "alt":
        return any(_may_be_empty(part) for part in tree[1])
    return kind in ("opt", "any", "many", "holds")


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
    if kind == "holds":
        return ""
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
