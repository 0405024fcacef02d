"""Patterns of rules: their small grammar, and how each part matches. The notation is in the docstring of ``rules``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reportedly import makeup
from reportedly import text as texts
from reportedly.errors import RuleError
from reportedly.lexicons import did_you_mean
from reportedly.text import Text

if TYPE_CHECKING:
    from reportedly.rules import Language, RuleSet

CLOCK = re.compile(r"\d{1,2}(?:[hH]\d{0,2}|:\d\d)\Z")
# A node is a tuple whose first item tells its kind:
#   ("word", norm) ("lex", name, feature, key, value, capture) ("class", name) ("gap", n) ("seq", [..]) ("alt", [..]) ("opt", node)
#   ("cap", name, node) ("bos",) ("eos",) ("not", node) ("group", name, rules) ("figure", class, low, high)
Node = tuple[Any, ...]


class Parser:
    """Recursive descent over the characters of one pattern."""

    def __init__(self, pattern: str, rules: RuleSet, where: str) -> None:
        self.source, self.at, self.rules, self.where = pattern, 0, rules, where

    def fail(self, why: str) -> RuleError:
        """Return the error for what is wrong here, with the place in the pattern."""
        return RuleError(f"{self.where}: {why} in pattern {self.source!r} at character {self.at}")

    def peek(self) -> str:
        """Return the next character, or nothing."""
        return self.source[self.at] if self.at < len(self.source) else ""

    def parse(self) -> Node:
        """Return the node of the whole pattern."""
        node = self.alternatives("")
        if self.peek():
            raise self.fail(f"unexpected {self.peek()!r}")
        return node

    def alternatives(self, end: str) -> Node:
        """Return what stands up to ``end``: one sequence, or several parted by bars."""
        branches = [self.sequence(end)]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence(end))
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def sequence(self, end: str) -> Node:
        """Return the items up to a bar or ``end``."""
        items: list[Node] = []
        while (c := self.peek()) and c not in ("|", end):
            if c.isspace():
                self.at += 1
                continue
            if c in ")}>":
                raise self.fail(f"unexpected {c!r}")
            items.extend(self.item())
        if not items:
            raise self.fail("an alternative of nothing (write x? for what may be absent)")
        return ("seq", items)

    def item(self) -> list[Node]:
        """Return the nodes of the next item, with its question mark if it has one."""
        c = self.peek()
        if c == "(":
            nodes = [self.closed(")", lambda: self.alternatives(")"))]
        elif c == "<":
            nodes = [self.closed(">", self.capture)]
        elif c == "{":
            nodes = [self.slot()]
        elif c == "!" and self.source[self.at + 1 : self.at + 2] in ("(", "{"):
            self.at += 1
            return [("not", ("seq", self.item()))]
        elif c in "^$":
            self.at += 1
            nodes = [("bos",) if c == "^" else ("eos",)]
        else:
            nodes = self.words()
        if self.peek() == "?" and nodes:
            self.at += 1
            nodes = [*nodes[:-1], ("opt", nodes[-1])] if len(nodes) == 1 else [("opt", ("seq", nodes))]
        return nodes

    def closed(self, end: str, inner: Callable[[], Node]) -> Node:
        """Return what ``inner`` reads between here and ``end``."""
        self.at += 1
        node = inner()
        if self.peek() != end:
            raise self.fail(f"missing {end!r}")
        self.at += 1
        return node

    def capture(self) -> Node:
        """Return a named capture."""
        colon = self.source.find(":", self.at)
        if colon < 0:
            raise self.fail("a capture needs a name and a colon")
        name = self.source[self.at : colon].strip()
        self.at = colon + 1
        return ("cap", name, self.alternatives(">"))

    def words(self) -> list[Node]:
        """Return the nodes of plain words, tokenised as the text is."""
        literal = ""
        while (c := self.peek()) and not c.isspace() and c not in "(){}<>|^$" and not (c == "?" and literal):
            if c == "\\":
                self.at += 1
            literal += self.peek()
            self.at += 1
        tokens = texts.tokenize(literal, self.rules.language.tokenization)[2]
        return [("word", texts.fold(w, self.rules.language.tokenization)) for w in tokens]

    def slot(self) -> Node:
        """Return the node of a slot in braces."""
        end = self.source.find("}", self.at)
        if end < 0:
            raise self.fail("missing '}'")
        name, _, filters = self.source[self.at + 1 : end].strip().partition(":")
        self.at = end + 1
        if name == "gap":
            return ("gap", int(filters))
        if name.startswith("@"):
            if name[1:] not in self.rules.groups:
                raise self.fail(
                    f"no rule of this file is of the group {name!r}{did_you_mean(name, [f'@{g}' for g in self.rules.groups])}"
                )
            return ("group", name[1:], self.rules)
        if name == "digits" or (name == "number" and filters):
            return self.figure(name, filters or "0-999999999999")
        if name in CLASSES:
            return ("class", name)
        if name in self.rules.define:
            return self.rules.sub_pattern(name)
        if name not in self.rules.language.lexicons:
            known = [*self.rules.define, *self.rules.language.lexicons, *CLASSES]
            raise self.fail(f"slot {{{name}}} is not a lexicon{did_you_mean(name, known)}")
        feature, key, value = "", "", ""
        for part in filters.split(",") if filters else ():
            if "=" in part:
                key, _, value = part.partition("=")
            else:
                feature = part
        return (
            "lex",
            name,
            frozenset(feature.split("/")) if feature else frozenset(),
            key,
            frozenset(value.split("/")),
            name,
        )

    def figure(self, name: str, bounds: str) -> Node:
        """Return the node of a bounded figure."""
        low, _, high = bounds.partition("-")
        if not (low.isdecimal() and high.isdecimal()):
            raise self.fail(f"{{{name}:{bounds}}} bounds no value (write {{{name}:1900-2100}})")
        return ("figure", name, float(low), float(high))


def _is_word(text: Text, i: int) -> bool:
    return text.words[i][0].isalpha()


def _is_cap(text: Text, i: int) -> bool:
    return text.capitals[i]


def _is_digits(text: Text, i: int) -> bool:
    word = text.words[i]
    return word.isdecimal() or (word[0].isdigit() and not any(c.isalpha() for c in word))


def _is_clock(text: Text, i: int) -> bool:
    return text.words[i][0].isdigit() and CLOCK.match(text.words[i]) is not None


def _any(_text: Text, _i: int) -> bool:
    return True


CLASSES: dict[str, Callable[[Text, int], bool]] = {
    "word": _is_word,
    "cap": _is_cap,
    "digits": _is_digits,
    "clock": _is_clock,
    "number": _any,
}

Captures = tuple[tuple[str, int, int, Any], ...]
Ways = Sequence[tuple[int, Captures]]
Step = Callable[[Text, int], Ways]
NONE: Ways = ()
# Patterns are bounded by construction; this bounds the bound, should one pile up optional parts.
MOST_WAYS = 200


def compiled(node: Node, language: Language) -> Step:
    """Return a matcher: (end, captures) for each way ``node`` matches at a token, longest first where there is a choice."""
    kind = node[0]
    if kind == "word":
        return _step_word(node[1])
    if kind == "lex":
        return _step_lexicon(node, language)
    if kind == "class":
        return _step_number(language) if node[1] == "number" else _step_class(node[1])
    if kind == "gap":
        return _step_gap(node[1])
    if kind == "seq":
        return _step_sequence([compiled(n, language) for n in node[1]])
    if kind == "alt":
        return _step_any([(compiled(n, language), makeup.firsts(n, language)) for n in node[1]])
    if kind == "opt":
        return _step_optional(compiled(node[1], language), makeup.firsts(node[1], language))
    if kind == "cap":
        return _step_capture(node[1], compiled(node[2], language))
    if kind == "not":
        return _step_not(compiled(node[1], language))
    if kind == "group":
        return _step_group(node[1], node[2])
    if kind == "figure":
        return _step_figure(node, language)
    return _step_edge(kind)


def _step_word(norm: str) -> Step:
    plain = texts.bare(norm)

    def step(text: Text, i: int) -> Ways:
        if i >= text.size:
            return NONE
        here = text.norms[i]
        if here == norm or (text.capitals[i] and texts.bare(here) == plain):
            return ((i + 1, ()),)
        return NONE

    return step


def _step_lexicon(node: Node, language: Language) -> Step:
    _, name, features, key, wanted, capture = node
    lexicon = language.lexicons[name]

    def step(text: Text, i: int) -> Ways:
        found = (text.found[name] if text.shelf is lexicon.shelf else lexicon.hits(text)).get(i)
        if found is None:
            return NONE
        return [
            (i + size, ((capture, i, i + size, entry),))
            for size, entry in found
            if (not features or entry.feature in features) and (not key or entry.values.get(key) in wanted)
        ]

    return step


def _step_class(name: str) -> Step:
    test = CLASSES[name]

    def step(text: Text, i: int) -> Ways:
        return ((i + 1, ((name, i, i + 1, None),)),) if i < text.size and test(text, i) else NONE

    return step


def _step_number(language: Language) -> Step:
    def step(text: Text, i: int) -> Ways:
        found = language.number_at(text, i) if i < text.size else None
        return ((found[0], (("number", i, found[0], found[1]),)),) if found else NONE

    return step


def _step_figure(node: Node, language: Language) -> Step:
    _, name, low, high = node

    def step(text: Text, i: int) -> Ways:
        if i >= text.size or (name == "digits" and not _is_digits(text, i)):
            return NONE
        found = language.number_at(text, i)
        if found and low <= found[1] <= high and (name == "number" or found[0] == i + 1):
            return ((found[0], ((name, i, found[0], found[1]),)),)
        return NONE

    return step


def _step_group(name: str, rules: RuleSet) -> Step:
    def step(text: Text, i: int) -> Ways:
        if i >= text.size:
            return NONE
        return [(hit.last, ((name, i, hit.last, hit),)) for hit in rules.group_hits(name, text, i)]

    return step


def _step_not(inner: Step) -> Step:
    return lambda text, i: NONE if inner(text, i) else ((i, ()),)


def _step_gap(most: int) -> Step:
    def step(text: Text, i: int) -> Ways:
        size = text.size
        if i > size:
            return NONE
        limit = text.sentences[text.sentence_of[i]][1] if i < size else i
        return [(end, ()) for end in range(i, min(i + most, limit) + 1)]

    return step


def _step_sequence(steps: list[Step]) -> Step:
    if len(steps) == 1:
        return steps[0]
    head, tail = steps[0], steps[1:]

    def run(text: Text, i: int) -> Ways:
        ways: Ways = head(text, i)
        for step in tail:
            if not ways:
                return NONE
            if len(ways) == 1:
                end, captured = ways[0]
                ways = step(text, end)
                if captured:
                    ways = [(last, captured + more) for last, more in ways]
                continue
            ways = [(last, captured + more) for end, captured in ways[:MOST_WAYS] for last, more in step(text, end)]
        return ways

    return run


def _step_any(branches: list[tuple[Step, makeup.Firsts]]) -> Step:
    """Return the matcher of alternatives: only those are tried that can start with the word at hand."""
    always = [step for step, (_, other, empty) in branches if other or empty]
    words = set[str]().union(*(first for _, (first, _, _) in branches))
    by_word = {w: [step for step, (first, other, empty) in branches if other or empty or w in first] for w in words}
    plain = {texts.bare(w): [step for step, _ in branches] for w in words}

    def step(text: Text, i: int) -> Ways:
        if i >= text.size:
            steps = always
        else:
            norm = text.norms[i]
            steps = by_word.get(norm) or (plain.get(texts.bare(norm), always) if text.capitals[i] else always)
        if len(steps) < 2:
            return steps[0](text, i) if steps else NONE
        return [way for one in steps for way in one(text, i)]

    return step


def _step_optional(inner: Step, firsts: makeup.Firsts) -> Step:
    words, other, empty = firsts
    plain = {texts.bare(w) for w in words}

    def step(text: Text, i: int) -> Ways:
        if other or empty or i >= text.size:
            return [*inner(text, i), (i, ())]
        norm = text.norms[i]
        if norm in words or (text.capitals[i] and texts.bare(norm) in plain):
            return [*inner(text, i), (i, ())]
        return ((i, ()),)

    return step


def _step_capture(name: str, inner: Step) -> Step:
    return lambda text, i: [(end, ((name, i, end, None), *captured)) for end, captured in inner(text, i)]


def _step_edge(kind: str) -> Step:
    def step(text: Text, i: int) -> Ways:
        size = text.size
        if kind == "bos":
            at = i < size and text.sentences[text.sentence_of[i]][0] == i
        else:
            at = i == size or text.sentences[text.sentence_of[i]][0] == i
        return ((i, ()),) if at else NONE

    return step
