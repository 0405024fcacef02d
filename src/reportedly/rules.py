r"""Language data: read, compile, check and match. A ``Language`` is a folder of TOML and TSV; this module is all the code it needs.

A pattern is a sequence over tokens, matched from its first token by an index of folded forms:

    mot other            the words themselves (tokenised as the text is: d'après is two tokens)
    (a | b c)            one of
    x?                   may be absent
    {lexicon}            an entry of a lexicon (the longest), {lexicon:part} only forms of that feature, {lexicon:act=deny} only that value
    {name}               a sub-pattern of the file's [define] table
    {number}             a figure or a spelled number;  {digits} a figure;  {word} any word;  {cap} a capitalised word;  {clock} 16h30, 16:30
    {digits:1900-2100}   a figure (or {number}) of that value
    {@group}             whatever a rule of this file with that ``group`` matches (captured as its Hit): rules made of rules
    {gap:4}              up to four tokens, as few as will do, within the sentence
    <name: ...>          a capture (lexicon slots capture themselves under their own name)
    !(x | y)             not followed by (nothing is consumed)
    ^  $                 the start, the end of a sentence;  \\( \\? \\$ those marks themselves

All repeats are bounded, so a match costs a constant per token whatever the text. An entry whose value says ``cased=1`` ('May', 'March')
matches only words with a capital.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportedly import anchors
from reportedly import text as texts
from reportedly.errors import RuleError
from reportedly.syntax import ParserSettings
from reportedly.text import Text, Tokenization

HERE = Path(__file__).parent / "languages"
CLOCK = re.compile(r"\d{1,2}(?:[hH]\d{0,2}|:\d\d)\Z")
NumberReader = Callable[[Text, int, "Language"], "tuple[int, float] | None"]


@dataclass(frozen=True)
class Entry:
    """One form of a lexicon: its tokens, its values, the feature of the paradigm it stands in, and where it is written."""

    form: tuple[str, ...]
    values: dict[str, str]
    feature: str
    lexicon: str
    line: int
    lemma: str
    cased: bool = False

    @property
    def by(self) -> str:
        """Return how a record names this entry."""
        return f"{self.lexicon}:{self.lemma}"

    def get(self, key: str, default: str = "") -> str:
        """Return one of the entry's values."""
        return self.values.get(key, default)


@dataclass
class Lexicon:
    """Entries indexed by their first token, longest first; ``bare`` serves capitals printed without accents."""

    name: str
    index: dict[str, list[Entry]] = field(default_factory=dict)
    bare: dict[str, list[Entry]] = field(default_factory=dict)
    rows: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def candidates(self, text: Text, i: int) -> list[Entry]:
        """Return the entries that may start at token ``i``."""
        found = self.index.get(text.norms[i])
        if found is None and text.words[i][0].isupper():
            found = self.bare.get(texts.bare(text.norms[i]))
        return found or []

    def match(self, text: Text, i: int) -> tuple[int, Entry] | None:
        """Return the end and the longest entry that starts at token ``i``, or None."""
        return next(self.matches(text, i), None)

    def matches(self, text: Text, i: int) -> Iterator[tuple[int, Entry]]:
        """Yield the end and entry of all that start at token ``i``, longest first."""
        candidates = self.candidates(text, i)
        if not candidates:
            return
        norms, size = text.norms, len(text)
        for entry in candidates:
            length = len(entry.form)
            if entry.cased and not text.words[i][0].isupper():
                continue
            if length == 1:
                yield i + 1, entry
            elif i + length <= size and _same(norms, text.words, i, entry.form):
                yield i + length, entry

    def has(self, norm: str) -> bool:
        """Return whether a folded word is an entry by itself."""
        return any(len(e.form) == 1 for e in self.index.get(norm, ()))

    def entry(self, norm: str, feature: str = "") -> Entry | None:
        """Return the first one-word entry of a folded form (with the feature, if one is asked for)."""
        for e in self.index.get(norm, ()):
            if len(e.form) == 1 and (not feature or e.feature == feature):
                return e
        return None


def _same(norms: list[str], words: list[str], i: int, form: tuple[str, ...]) -> bool:
    for k, wanted in enumerate(form):
        norm = norms[i + k]
        if norm != wanted and not (words[i + k][0].isupper() and texts.bare(norm) == texts.bare(wanted)):
            return False
    return True


@dataclass(frozen=True)
class Rule:
    """One row of a rules file: what it matches, what it gives, and the examples that prove it.

    ``group`` is the name other patterns of the file may use it by ({@group}); an ``inner`` rule matches only so.
    """

    id: str
    pattern: str
    gives: dict[str, Any]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    file: str
    note: str = ""
    priority: int = 0
    group: str = ""
    inner: bool = False


@dataclass(frozen=True)
class Hit:
    """A rule that matched tokens ``first`` to ``last`` (half-open); ``captures`` maps a name to (first, last, entry or value)."""

    rule: Rule
    first: int
    last: int
    captures: dict[str, tuple[tuple[int, int, Any], ...]]

    def entry(self, name: str) -> Entry | None:
        """Return the lexicon entry captured under ``name``, or None."""
        found = self.captures.get(name)
        return found[0][2] if found and isinstance(found[0][2], Entry) else None

    def value(self, name: str, index: int = 0) -> Any:
        """Return what ``name`` captured (an Entry, a number, None), or None."""
        found = self.captures.get(name)
        return found[index][2] if found and len(found) > index else None

    def tokens(self, name: str, index: int = 0) -> tuple[int, int] | None:
        """Return the tokens that ``name`` captured, or None."""
        found = self.captures.get(name)
        return (found[index][0], found[index][1]) if found and len(found) > index else None


# --- the pattern's small grammar -------------------------------------------------------------------------------------------------
# A node is a tuple whose first item tells its kind:
#   ("word", norm) ("lex", name, feature, key, value, capture) ("class", name) ("gap", n) ("seq", [..]) ("alt", [..]) ("opt", node)
#   ("cap", name, node) ("bos",) ("eos",) ("not", node) ("group", name, rules) ("figure", class, low, high)
Node = tuple[Any, ...]


class _Parser:
    """Recursive descent over the characters of one pattern."""

    def __init__(self, pattern: str, rules: RuleSet, where: str) -> None:
        self.source, self.at, self.rules, self.where = pattern, 0, rules, where

    def fail(self, why: str) -> RuleError:
        return RuleError(f"{self.where}: {why} in pattern {self.source!r} at character {self.at}")

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def parse(self) -> Node:
        node = self.alternatives("")
        if self.peek():
            raise self.fail(f"unexpected {self.peek()!r}")
        return node

    def alternatives(self, end: str) -> Node:
        branches = [self.sequence(end)]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence(end))
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def sequence(self, end: str) -> Node:
        items: list[Node] = []
        while (c := self.peek()) and c != "|" and c != end:
            if c.isspace():
                self.at += 1
                continue
            items.extend(self.item())
        if not items:
            raise self.fail("an alternative of nothing (write x? for what may be absent)")
        return ("seq", items)

    def item(self) -> list[Node]:
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
        self.at += 1
        node = inner()
        if self.peek() != end:
            raise self.fail(f"missing {end!r}")
        self.at += 1
        return node

    def capture(self) -> Node:
        colon = self.source.find(":", self.at)
        if colon < 0:
            raise self.fail("a capture needs a name and a colon")
        name = self.source[self.at : colon].strip()
        self.at = colon + 1
        return ("cap", name, self.alternatives(">"))

    def words(self) -> list[Node]:
        literal = ""
        while (c := self.peek()) and not c.isspace() and c not in "(){}<>|^$" and not (c == "?" and literal):
            if c == "\\":
                self.at += 1
            literal += self.peek()
            self.at += 1
        tokens = texts.tokenize(literal, self.rules.language.tokenization)[2]
        return [("word", texts.fold(w, self.rules.language.tokenization)) for w in tokens]

    def slot(self) -> Node:
        end = self.source.find("}", self.at)
        if end < 0:
            raise self.fail("missing '}'")
        name, _, filters = self.source[self.at + 1 : end].strip().partition(":")
        self.at = end + 1
        if name == "gap":
            return ("gap", int(filters))
        if name.startswith("@"):
            if name[1:] not in self.rules.groups:
                raise self.fail(f"no rule of this file is of the group {name!r}{_did_you_mean(name, [f'@{g}' for g in self.rules.groups])}")
            return ("group", name[1:], self.rules)
        if name == "digits" or (name == "number" and filters):
            return self.figure(name, filters or "0-999999999999")
        if name in CLASSES:
            return ("class", name)
        if name in self.rules.define:
            return self.rules.sub_pattern(name)
        if name not in self.rules.language.lexicons:
            known = [*self.rules.define, *self.rules.language.lexicons, *CLASSES]
            raise self.fail(f"slot {{{name}}} is not a lexicon{_did_you_mean(name, known)}")
        feature, key, value = "", "", ""
        for part in filters.split(",") if filters else ():
            if "=" in part:
                key, _, value = part.partition("=")
            else:
                feature = part
        return ("lex", name, frozenset(feature.split("/")) if feature else frozenset(), key, frozenset(value.split("/")), name)


    def figure(self, name: str, bounds: str) -> Node:
        low, _, high = bounds.partition("-")
        if not (low.isdecimal() and high.isdecimal()):
            raise self.fail(f"{{{name}:{bounds}}} bounds no value (write {{{name}:1900-2100}})")
        return ("figure", name, float(low), float(high))


def _did_you_mean(name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {{{near[0]}}}?" if near else ""


def _is_word(text: Text, i: int) -> bool:
    return text.words[i][0].isalpha()


def _is_cap(text: Text, i: int) -> bool:
    return text.words[i][0].isupper()


def _is_digits(text: Text, i: int) -> bool:
    word = text.words[i]
    return word.isdecimal() or (word[0].isdigit() and not any(c.isalpha() for c in word))


def _is_clock(text: Text, i: int) -> bool:
    return text.words[i][0].isdigit() and CLOCK.match(text.words[i]) is not None


CLASSES: dict[str, Callable[[Text, int], bool]] = {
    "word": _is_word,
    "cap": _is_cap,
    "digits": _is_digits,
    "clock": _is_clock,
    "number": lambda text, i: True,
}

Captures = tuple[tuple[str, int, int, Any], ...]
Ways = Sequence[tuple[int, Captures]]
Step = Callable[[Text, int], Ways]
NONE: Ways = ()
# Patterns are bounded by construction; this bounds the bound, should one pile up optional parts.
MOST_WAYS = 200


def _compile(node: Node, language: Language) -> Step:
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
        return _step_sequence([_compile(n, language) for n in node[1]])
    if kind == "alt":
        return _step_any([(_compile(n, language), anchors.firsts(n, language)) for n in node[1]])
    if kind == "opt":
        return _step_optional(_compile(node[1], language), anchors.firsts(node[1], language))
    if kind == "cap":
        return _step_capture(node[1], _compile(node[2], language))
    if kind == "not":
        return _step_not(_compile(node[1], language))
    if kind == "group":
        return _step_group(node[1], node[2])
    if kind == "figure":
        return _step_figure(node, language)
    return _step_edge(kind)


def _step_word(norm: str) -> Step:
    plain = texts.bare(norm)

    def step(text: Text, i: int) -> Ways:
        if i >= len(text.norms):
            return NONE
        here = text.norms[i]
        if here == norm or (text.words[i][0].isupper() and texts.bare(here) == plain):
            return ((i + 1, ()),)
        return NONE

    return step


def _step_lexicon(node: Node, language: Language) -> Step:
    _, name, features, key, wanted, capture = node
    lexicon = language.lexicons[name]

    def step(text: Text, i: int) -> Ways:
        if i >= len(text.norms) or not lexicon.candidates(text, i):
            return NONE
        return [
            (end, ((capture, i, end, entry),))
            for end, entry in lexicon.matches(text, i)
            if (not features or entry.feature in features) and (not key or entry.values.get(key) in wanted)
        ]

    return step


def _step_class(name: str) -> Step:
    test = CLASSES[name]

    def step(text: Text, i: int) -> Ways:
        return ((i + 1, ((name, i, i + 1, None),)),) if i < len(text.norms) and test(text, i) else NONE

    return step


def _step_number(language: Language) -> Step:
    def step(text: Text, i: int) -> Ways:
        found = language.number_at(text, i) if i < len(text.norms) else None
        return ((found[0], (("number", i, found[0], found[1]),)),) if found else NONE

    return step


def _step_figure(node: Node, language: Language) -> Step:
    _, name, low, high = node

    def step(text: Text, i: int) -> Ways:
        if i >= len(text.norms) or (name == "digits" and not _is_digits(text, i)):
            return NONE
        found = language.number_at(text, i)
        if found and low <= found[1] <= high and (name == "number" or found[0] == i + 1):
            return ((found[0], ((name, i, found[0], found[1]),)),)
        return NONE

    return step


def _step_group(name: str, rules: RuleSet) -> Step:
    def step(text: Text, i: int) -> Ways:
        if i >= len(text.norms):
            return NONE
        return [(hit.last, ((name, i, hit.last, hit),)) for hit in rules.group_hits(name, text, i)]

    return step


def _step_not(inner: Step) -> Step:
    return lambda text, i: NONE if inner(text, i) else ((i, ()),)


def _step_gap(most: int) -> Step:
    def step(text: Text, i: int) -> Ways:
        size = len(text.norms)
        if i > size:
            return NONE
        limit = text.sentences[text.sentence_of[i]][1] if i < size else i
        return [(end, ()) for end in range(i, min(i + most, limit) + 1)]

    return step


def _step_sequence(steps: list[Step]) -> Step:
    if len(steps) == 1:
        return steps[0]

    def run(text: Text, i: int) -> Ways:
        ways: Ways = steps[0](text, i)
        for step in steps[1:]:
            if not ways:
                return NONE
            ways = [(last, captured + more) for end, captured in ways[:MOST_WAYS] for last, more in step(text, end)]
        return ways

    return run


def _step_any(branches: list[tuple[Step, anchors.Firsts]]) -> Step:
    """Return the matcher of alternatives: only those are tried that can start with the word at hand."""
    always = [step for step, (_, other, empty) in branches if other or empty]
    words = set[str]().union(*(first for _, (first, _, _) in branches))
    by_word = {w: [step for step, (first, other, empty) in branches if other or empty or w in first] for w in words}
    plain = {texts.bare(w): [step for step, _ in branches] for w in words}

    def step(text: Text, i: int) -> Ways:
        if i >= len(text.norms):
            steps = always
        else:
            norm = text.norms[i]
            steps = by_word.get(norm) or (plain.get(texts.bare(norm), always) if text.words[i][0].isupper() else always)
        return [way for one in steps for way in one(text, i)]

    return step


def _step_optional(inner: Step, firsts: anchors.Firsts) -> Step:
    words, other, empty = firsts
    plain = {texts.bare(w) for w in words}

    def step(text: Text, i: int) -> Ways:
        if other or empty or i >= len(text.norms):
            return [*inner(text, i), (i, ())]
        norm = text.norms[i]
        if norm in words or (text.words[i][0].isupper() and texts.bare(norm) in plain):
            return [*inner(text, i), (i, ())]
        return ((i, ()),)

    return step


def _step_capture(name: str, inner: Step) -> Step:
    return lambda text, i: [(end, ((name, i, end, None), *captured)) for end, captured in inner(text, i)]


def _step_edge(kind: str) -> Step:
    def step(text: Text, i: int) -> Ways:
        size = len(text.norms)
        if kind == "bos":
            at = i < size and text.sentences[text.sentence_of[i]][0] == i
        else:
            at = i == size or text.sentences[text.sentence_of[i]][0] == i
        return ((i, ()),) if at else NONE

    return step


class RuleSet:
    """The rules of one file, compiled and indexed by the words they can start with."""

    def __init__(self, name: str, table: dict[str, Any], language: Language) -> None:
        self.name, self.language = name, language
        self.where = f"{language.code}/rules/{name}.toml"
        self.define: dict[str, str] = table.get("define", {})
        self.table = table
        self._defining: list[str] = []
        self.rules = [self._rule(row) for row in table.get("rule", ())]
        self.groups = {rule.group for rule in self.rules if rule.group}
        self.nodes: list[Node] = []
        self.steps: list[tuple[Rule, Step]] = []
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise RuleError(f"{self.where}: the id {rule.id!r} stands twice", cure="give each rule an id of its own")
            seen.add(rule.id)
            self.nodes.append(_Parser(rule.pattern, self, f"{self.where}, {rule.id!r}").parse())
        self._refuse_circles()
        for node, rule in zip(self.nodes, self.rules, strict=True):
            self._add(node, rule)
        self.index = anchors.Index(self.nodes, language)

    def _rule(self, row: dict[str, Any]) -> Rule:
        missing = [key for key in ("id", "pattern") if key not in row]
        if missing:
            raise RuleError(f"{self.where}: a rule without {' and '.join(missing)}: {str(row)[:80]}")
        return Rule(
            id=row["id"],
            pattern=row["pattern"],
            gives=row.get("gives", {}),
            yes=tuple(row.get("yes", ())),
            no=tuple(row.get("no", ())),
            file=self.name,
            note=row.get("note", ""),
            priority=row.get("priority", 0),
            group=row.get("group", ""),
            inner=row.get("inner", False),
        )

    def _refuse_circles(self) -> None:
        """Raise RuleError where a group is made of itself."""
        made_of: dict[str, set[str]] = {group: set() for group in self.groups}
        for node, rule in zip(self.nodes, self.rules, strict=True):
            if rule.group:
                made_of[rule.group] |= anchors.groups_used(node)
        for group in made_of:
            seen, queue = set[str](), set(made_of[group])
            while queue:
                seen |= queue
                queue = set().union(*(made_of[g] for g in queue)) - seen
            if group in seen:
                raise RuleError(f"{self.where}: the group {{@{group}}} is made of itself", cure="give one of its rules another group")

    def _add(self, node: Node, rule: Rule) -> None:
        if anchors.firsts(node, self.language)[2]:
            raise RuleError(f"{self.where}, {rule.id!r}: the pattern can match nothing", cure="make one item obligatory")
        self.steps.append((rule, _compile(node, self.language)))

    def sub_pattern(self, name: str) -> Node:
        """Return the parsed sub-pattern ``name`` of the file's [define] table."""
        if name in self._defining:
            raise RuleError(f"{self.where}: the definition {{{name}}} contains itself")
        self._defining.append(name)
        try:
            return _Parser(self.define[name], self, f"{self.where}, [define] {name}").parse()
        finally:
            self._defining.pop()

    def group_hits(self, name: str, text: Text, i: int) -> list[Hit]:
        """Return the longest match at token ``i`` of each rule of a group, longest first."""
        known: dict[tuple[str, int], list[Hit]] = text.cache.setdefault(self.where, {})  # type: ignore[assignment]
        if (name, i) not in known:
            known[name, i] = []
            candidates = [self.steps[n] for n in self._candidates(text).get(i, ()) if self.rules[n].group == name]
            found = [hit for rule, step in candidates if (hit := _longest(rule, step, text, i))]
            known[name, i] = sorted(found, key=lambda h: (-h.last, -h.rule.priority))
        return known[name, i]

    def hits(self, text: Text) -> list[Hit]:
        """Return the longest match of each rule (but for inner ones) at each token, sorted by start, then longest first."""
        found: list[Hit] = []
        for i, numbers in self._candidates(text).items():
            for number in numbers:
                rule, step = self.steps[number]
                if not rule.inner and (hit := _longest(rule, step, text, i)):
                    found.append(hit)
        found.sort(key=lambda h: (h.first, -h.last, -h.rule.priority))
        return found

    def _candidates(self, text: Text) -> dict[int, list[int]]:
        key = f"{self.where} candidates"
        if key not in text.cache:
            text.cache[key] = self.index.candidates(text)
        return text.cache[key]  # type: ignore[return-value]

    def best(self, text: Text) -> list[Hit]:
        """Return the matches that do not overlap: the highest priority, then the longest, then the earliest; in text order."""
        key = f"{self.where} best"
        if key not in text.cache:
            text.cache[key] = self._best(text)
        return text.cache[key]  # type: ignore[return-value]

    def _best(self, text: Text) -> list[Hit]:
        chosen: list[Hit] = []
        taken: set[int] = set()
        for hit in sorted(self.hits(text), key=lambda h: (-h.rule.priority, -(h.last - h.first), h.first)):
            if taken.isdisjoint(range(hit.first, hit.last)):
                taken.update(range(hit.first, hit.last))
                chosen.append(hit)
        return sorted(chosen, key=lambda h: h.first)


def _longest(rule: Rule, step: Step, text: Text, i: int) -> Hit | None:
    best: tuple[int, Captures] | None = None
    for end, captures in step(text, i):
        if best is None or end > best[0]:
            best = (end, captures)
    if best is None or best[0] == i:
        return None
    named: dict[str, tuple[tuple[int, int, Any], ...]] = {}
    for name, first, last, value in best[1]:
        named[name] = (*named.get(name, ()), (first, last, value))
    return Hit(rule, i, best[0], named)


# --- a language --------------------------------------------------------------------------------------------------------------------


@dataclass
class Language:
    """A folder of language data, read and compiled: settings, lexicons, paradigms and rule sets."""

    code: str
    folder: Path
    settings: dict[str, Any]
    tokenization: Tokenization
    parser: ParserSettings | None
    paradigms: dict[str, dict[str, list[str]]]
    sha256: str
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    number_words: frozenset[str] = frozenset()
    number_reader: NumberReader | None = None
    _rules: dict[str, RuleSet] = field(default_factory=dict)

    def prepare(self, text: str) -> Text:
        """Return ``text`` tokenised as this language is."""
        return texts.prepare(text, self.tokenization)

    def rules(self, name: str) -> RuleSet:
        """Return the compiled rules of ``rules/<name>.toml`` (an empty set where there is no such file)."""
        if name not in self._rules:
            path = self.folder / "rules" / f"{name}.toml"
            self._rules[name] = RuleSet(name, _toml(path) if path.exists() else {}, self)
        return self._rules[name]

    def lexicon(self, name: str) -> Lexicon:
        """Return a lexicon, empty where the language has none of that name."""
        return self.lexicons.get(name) or Lexicon(name)

    def number_at(self, text: Text, i: int) -> tuple[int, float] | None:
        """Return the end and value of the number that starts at token ``i``, or None."""
        if self.number_reader is None:
            return None
        known: dict[int, tuple[int, float] | None] = text.cache.setdefault(f"{self.code} numbers", {})  # type: ignore[assignment]
        if i not in known:
            known[i] = self.number_reader(text, i, self)
        return known[i]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.parent.parent.name}/{path.parent.name}/{path.name}: {error}", cure="mend the TOML") from error


def available() -> tuple[str, ...]:
    """Return the codes of the languages there is data for."""
    return tuple(sorted(p.parent.name for p in HERE.glob("*/language.toml")))


@lru_cache(maxsize=16)
def load(code: str, extra: Path | None = None) -> Language:
    """Return the language ``code``; ``extra`` is a user's own lexicon file whose rows are added (``lexicon`` column first).

    Raises RuleError where there is no such language or its data is wrong.
    """
    folder = HERE / code
    if not (folder / "language.toml").exists():
        raise RuleError(f"no language data for {code!r}", cure=f"there is: {', '.join(available())}")
    settings = _toml(folder / "language.toml")
    paradigms = _toml(folder / "paradigms.toml") if (folder / "paradigms.toml").exists() else {}
    text = settings.get("text", {})
    tokenization = Tokenization(
        elisions=tuple(text.get("elisions", ())),
        suffixes=tuple(text.get("suffixes", ())),
        keep=frozenset(text.get("keep", ())),
        abbreviations=frozenset(text.get("abbreviations", ())),
        prefixes=tuple(text.get("prefixes", ())),
        articles=tuple(text.get("articles", ())),
        fold=tuple((a, b) for a, b in text.get("fold", ())),
        strip_marks=text.get("strip_marks", False),
        single_quotes=text.get("single_quotes", False),
    )
    parser = ParserSettings(**settings["parser"]) if "parser" in settings else None
    language = Language(code, folder, settings, tokenization, parser, paradigms, _sha256(folder, extra))
    _read_lexicons(language, extra)
    return _with_numbers(language)


def _with_numbers(language: Language) -> Language:
    from reportedly import numbers

    language.number_reader = numbers.number_at
    language.number_words = frozenset(numbers.words(language))
    return language


def _sha256(folder: Path, extra: Path | None) -> str:
    total = hashlib.sha256()
    for path in sorted([*folder.rglob("*.toml"), *folder.rglob("*.tsv")]):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    if extra:
        total.update(extra.read_bytes())
    return total.hexdigest()


def _read_lexicons(language: Language, extra: Path | None) -> None:
    """Read all lexicons: first the rows, then (where clitics are split) the words known, then the forms, tokenised with them."""
    rows: list[tuple[str, int, str, dict[str, str], str]] = []
    for path in sorted((language.folder / "lexicons").glob("*.tsv")):
        rows.extend((path.stem, *row) for row in _rows(path))
        language.lexicons[path.stem] = Lexicon(path.stem)
    if extra:
        rows.extend(_extra_rows(extra, language))
    definite = language.settings.get("text", {}).get("definite", ())
    if language.tokenization.prefixes:
        _learn_words(language, rows)
    for name, line, form, values, note in rows:
        lexicon = language.lexicons[name]
        lexicon.rows.append((form, values, note))
        articles = language.tokenization.articles if name in definite else ()
        where = f"{language.code}/lexicons/{name}.tsv, line {line}"
        for tokens, feature in _forms(form, language, where, articles=articles):
            entry = Entry(tokens, values, feature, name, line, form, cased=values.get("cased") == "1")
            lexicon.index.setdefault(tokens[0], []).append(entry)
            lexicon.bare.setdefault(texts.bare(tokens[0]), []).append(entry)
    for lexicon in language.lexicons.values():
        for index in (lexicon.index, lexicon.bare):
            for entries in index.values():
                entries.sort(key=lambda e: -len(e.form))


def _rows(path: Path) -> Iterator[tuple[int, str, dict[str, str], str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        form, value, note = [*(c.strip() for c in line.split("\t")), "", ""][:3]
        if form == "form" and value == "value":
            continue
        yield number, form, _values(value, f"{path.parent.parent.name}/lexicons/{path.name}, line {number}"), note


def _values(value: str, where: str) -> dict[str, str]:
    values = {}
    for part in value.split():
        key, sign, content = part.partition("=")
        if not sign:
            raise RuleError(f"{where}: {part!r} is no key=value", cure="write values as key=value, separated by spaces")
        values[key] = content.replace("_", " ") if key in ("neutral", "name", "of") else content
    return values


def _extra_rows(extra: Path, language: Language) -> Iterator[tuple[str, int, str, dict[str, str], str]]:
    """Yield the rows of a user's own lexicon: four columns, the lexicon's name first."""
    for number, line in enumerate(extra.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, form, value, note = [*(c.strip() for c in line.split("\t")), "", "", ""][:4]
        if name == "lexicon" and form == "form":
            continue
        if name not in language.lexicons:
            raise RuleError(
                f"{extra.name}, line {number}: {name!r} is not a lexicon of {language.code}{_did_you_mean(name, list(language.lexicons))}",
                cure="columns: lexicon, form, value, note, separated by tabs",
            )
        yield name, number, form, _values(value, f"{extra.name}, line {number}"), note


def _learn_words(language: Language, rows: list[tuple[str, int, str, dict[str, str], str]]) -> None:
    known = {texts.fold(word, language.tokenization) for word in language.settings.get("text", {}).get("known", ())}
    for _, _, form, _, _ in rows:
        for tokens, _ in _expand(form, language, ""):
            known.update(texts.fold(t, language.tokenization) for t in tokens.split())
    tokenization = language.tokenization
    fields = {name: getattr(tokenization, name) for name in tokenization.__dataclass_fields__}
    language.tokenization = Tokenization(**{**fields, "known": frozenset(k for k in known if len(k) > 1)})


def _forms(
    form: str, language: Language, where: str, *, articles: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the folded tokens and the feature of every inflected form of a lexicon row, also with each of ``articles`` written onto it."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    for surface, feature in _expand(form, language, where):
        words = texts.tokenize(surface, language.tokenization)[2]
        folded = tuple(texts.fold(w, language.tokenization) for w in words)
        for tokens in (folded, *(((article + folded[0], *folded[1:])) for article in articles if words)):
            if words and (tokens, feature) not in seen:
                seen.add((tokens, feature))
                yield tokens, feature


def _expand(form: str, language: Language, where: str) -> Iterator[tuple[str, str]]:
    """Yield surface forms and features: 'affirm~er' by its paradigm, 'said/past' by what it states."""
    head, slash, stated = form.rpartition("/")
    if slash and stated.isalpha() and " " not in stated and "~" not in head:
        yield head, stated
        return
    if "~" not in form:
        yield form, ""
        return
    words = form.split(" ")
    at = next(i for i, w in enumerate(words) if "~" in w)
    stem, _, paradigm = words[at].partition("~")
    if paradigm not in language.paradigms:
        raise RuleError(f"{where}: no paradigm {paradigm!r}{_did_you_mean(paradigm, list(language.paradigms))}")
    for feature, endings in language.paradigms[paradigm].items():
        for ending in endings:
            rest = " ".join([*words[:at], stem + ending, *words[at + 1 :]])
            if "~" in rest:
                for surface, _ in _expand(rest, language, where):
                    yield surface, feature
            else:
                yield rest, feature


# --- checking ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """One thing wrong with language data: where, what."""

    where: str
    what: str


def check(code: str) -> tuple[list[Fault], int]:
    """Return the faults of a language's rules (each ``yes`` matches just its bracketed words, no ``no`` does) and the examples tried."""
    language = load(code)
    faults: list[Fault] = []
    tried = 0
    ids: dict[str, str] = {}
    for path in sorted((language.folder / "rules").glob("*.toml")):
        rules = language.rules(path.stem)
        for rule, step in rules.steps:
            where = f"{rules.where}, {rule.id}"
            if rule.id in ids:
                faults.append(Fault(where, f"the id also stands in {ids[rule.id]}"))
            ids[rule.id] = rules.where
            if not rule.yes or not rule.no:
                faults.append(Fault(where, "a rule needs a yes and a no"))
            for example in (*rule.yes, *rule.no):
                tried += 1
                if fault := _check_example(rule, step, example, language):
                    faults.append(Fault(where, fault))
    return faults, tried


def _check_example(rule: Rule, step: Step, example: str, language: Language) -> str | None:
    wanted = example in rule.yes
    plain = example.replace("[", "").replace("]", "")
    text = language.prepare(plain)
    hits = [h for i in range(len(text)) if (h := _longest(rule, step, text, i))]
    found = [text.span(h.first, h.last).exact for h in hits]
    if not wanted:
        return f"no: {plain!r} matches {found[0]!r}" if found else None
    if "[" not in example:
        return None if found else f"yes: {plain!r} does not match"
    bracketed = example[example.index("[") + 1 : example.index("]")]
    return None if bracketed in found else f"yes: {plain!r} gives {found or 'nothing'}, not {bracketed!r}"
