r"""Language data: read, compile, check and match. A ``Language`` is a folder of TOML and TSV; this module is all the code it needs.

A pattern is a sequence over tokens, matched from its first token by an index of folded forms:

    mot other            the words themselves (tokenised as the text is: d'après is two tokens)
    (a | b c)            one of
    x?                   may be absent
    {lexicon}            an entry of a lexicon (the longest), {lexicon:part} only forms of that feature, {lexicon:act=deny} only that value
    {name}               a sub-pattern of the file's [define] table
    {number}             a figure or a spelled number;  {digits} a figure;  {word} any word;  {cap} a capital;  {clock} 16h30, 16:30
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
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from reportedly import lexicons, makeup, sieve
from reportedly import text as texts
from reportedly.errors import RuleError
from reportedly.lexicons import Entry, Lexicon
from reportedly.patterns import Captures, Node, Parser, Step, compiled
from reportedly.syntax import ParserSettings
from reportedly.text import Text, Tokenization

__all__ = ["Entry", "Fault", "Hit", "Language", "Lexicon", "Rule", "RuleSet", "available", "check", "load", "load_from"]
HERE = Path(__file__).parent / "languages"
NumberReader = Callable[[Text, int, "Language"], "tuple[int, float] | None"]


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


class Hit(msgspec.Struct, frozen=True):
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
        # What has been worked out of its groups, by what and which.
        self.known: dict[tuple[str, str], Any] = {}
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise RuleError(
                    f"{self.where}: the id {rule.id!r} stands twice", cure="give each rule an id of its own"
                )
            seen.add(rule.id)
            self.nodes.append(Parser(rule.pattern, self, f"{self.where}, {rule.id!r}").parse())
        self._refuse_circles()
        for node, rule in zip(self.nodes, self.rules, strict=True):
            self._add(node, rule)
        self.sieve = sieve.Sieve(self.nodes, language)

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
                made_of[rule.group] |= makeup.groups_used(node)
        for group, parts in made_of.items():
            seen, queue = set[str](), set(parts)
            while queue:
                seen |= queue
                queue = set().union(*(made_of[g] for g in queue)) - seen
            if group in seen:
                raise RuleError(
                    f"{self.where}: the group {{@{group}}} is made of itself",
                    cure="give one of its rules another group",
                )

    def _add(self, node: Node, rule: Rule) -> None:
        if makeup.firsts(node, self.language)[2]:
            raise RuleError(
                f"{self.where}, {rule.id!r}: the pattern can match nothing", cure="make one item obligatory"
            )
        self.steps.append((rule, compiled(node, self.language)))

    def sub_pattern(self, name: str) -> Node:
        """Return the parsed sub-pattern ``name`` of the file's [define] table."""
        if name in self._defining:
            raise RuleError(f"{self.where}: the definition {{{name}}} contains itself")
        self._defining.append(name)
        try:
            return Parser(self.define[name], self, f"{self.where}, [define] {name}").parse()
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
            text.cache[key] = self.sieve.candidates(text)
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
    _none: dict[str, Lexicon] = field(default_factory=dict)

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
        found = self.lexicons.get(name) or self._none.get(name)
        if found is None:
            found = self._none[name] = Lexicon(name)
        return found

    def number_at(self, text: Text, i: int) -> tuple[int, float] | None:
        """Return the end and value of the number that starts at token ``i``, or None."""
        if self.number_reader is None:
            return None
        known: dict[int, tuple[int, float] | None] | None = text.cache.get("numbers")  # type: ignore[assignment]
        if known is None:
            known = text.cache["numbers"] = {}
        if i not in known:
            known[i] = self.number_reader(text, i, self)
        return known[i]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            f"{path.parent.parent.name}/{path.parent.name}/{path.name}: {error}", cure="mend the TOML"
        ) from error


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
    return load_from(folder, extra)


def load_from(folder: Path, extra: Path | None = None) -> Language:
    """Return the language whose data lies in ``folder`` (named as its code), read anew. Raises RuleError where it is wrong."""
    if not (folder / "language.toml").exists():
        raise RuleError(f"{folder.name} has no language.toml", cure="give a folder of language data")
    settings = _toml(folder / "language.toml")
    paradigms = _toml(folder / "paradigms.toml") if (folder / "paradigms.toml").exists() else {}
    text = settings.get("text", {})
    tokenization = Tokenization(
        elisions=tuple(text.get("elisions", ())),
        suffixes=tuple(text.get("suffixes", ())),
        keep=frozenset(text.get("keep", ())),
        abbreviations=frozenset(text.get("abbreviations", ())),
        whole=frozenset(text.get("whole", ())),
        prefixes=tuple(text.get("prefixes", ())),
        shapes=tuple(text.get("shapes", ())),
        proclitics=tuple(text.get("proclitics", ())),
        articles=tuple(text.get("articles", ())),
        fold=tuple((a, b) for a, b in text.get("fold", ())),
        strip_marks=text.get("strip_marks", False),
        single_quotes=text.get("single_quotes", False),
    )
    parser = ParserSettings(**settings["parser"]) if "parser" in settings else None
    language = Language(folder.name, folder, settings, tokenization, parser, paradigms, _sha256(folder, extra))
    lexicons.read(language, extra)
    lexicons.Shelf(language.lexicons)
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
