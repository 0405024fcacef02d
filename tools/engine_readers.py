"""Two readers of who says what, for tools/engine_experiment.py: the library's own, and one by surface patterns alone.

``engine_walks`` and ``engine_matcher`` have those by the parse alone. All are given the same tokens, lexicons and parse, and return the
same ``Link``s.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportedly.find import sources
from reportedly.rules import Hit, Language, RuleSet
from reportedly.syntax import Syntax
from reportedly.text import Text

PATTERNS = Path(__file__).with_name("engine_patterns.toml")
Tokens = tuple[int, int]
Reader = Callable[[Text, "Syntax | None"], "list[Link]"]


@dataclass(frozen=True)
class Link:
    """Who says (tokens, or None), by which words, what (token segments), and the rule or walk that found it."""

    source: Tokens | None
    cue: Tokens
    content: tuple[Tokens, ...]
    rule: str


def in_use(language: Language) -> Reader:
    """Return the reader of the library: anchors, surface checks and head walks that vote."""

    def read(text: Text, syntax: Syntax | None) -> list[Link]:
        return [Link(a.source, a.cue, a.content, a.frame) for a in sources.find(text, syntax, language)]

    return read


def classes_of(language: Language) -> dict[str, frozenset[str]]:
    """Return the classes of each function word of one token."""
    found: dict[str, set[str]] = {}
    for entries in language.lexicon("function_words").index.values():
        for entry in entries:
            if len(entry.form) == 1:
                found.setdefault(entry.form[0], set()).add(entry.get("class"))
    return {word: frozenset(names) for word, names in found.items()}


def trimmed(text: Text, tokens: Tokens) -> Tokens:
    """Return ``tokens`` without punctuation at the edges."""
    first, last = tokens
    while first < last and text.words[first] in ",;:.–—-…":
        first += 1
    while last > first and text.words[last - 1] in ",;:.–—-…":
        last -= 1
    return first, last


# --- the surface alone --------------------------------------------------------------------------------------------------------------

OPENING, CLOSING = '«“"', '»”"'
LONGEST_SOURCE = 24


class Surface:
    """Patterns that find the cue, and scopes around it that end at terminators."""

    def __init__(self, language: Language, rules: RuleSet | None = None) -> None:
        table = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
        self.language = language
        self.rules = rules or RuleSet("engine", table, language)
        self.rank = {rule.id: n for n, rule in enumerate(self.rules.rules)}
        self.classes = classes_of(language)
        self.nouns = language.lexicon("source_nouns")
        persons = (e for es in language.lexicon("function_words").index.values() for e in es)
        self.first_person = frozenset(e.form[0] for e in persons if e.get("person") == "1") - {"nous", "we"}
        self.circumstance = frozenset(language.settings.get("sources", {}).get("circumstance", ()))

    def __call__(self, text: Text, _syntax: Syntax | None) -> list[Link]:
        """Return the links of the text, by cue."""
        found: list[Link] = []
        taken: list[Tokens] = []
        for hit in sorted(self.rules.hits(text), key=lambda h: (self.rank[h.rule.id], h.first, -h.last)):
            cue = hit.tokens("cue") or (hit.first, hit.last)
            who = hit.tokens("who") or cue
            reach = min(cue[0], who[0]), max(cue[1], who[1])
            if any(a < cue[1] and cue[0] < b for a, b in taken) or self._is_noun(text, hit, cue):
                continue
            if link := self._link(text, hit, cue, found):
                found.append(link)
                taken.append(reach)
        return sorted(found, key=lambda k: k.cue)

    def _link(self, text: Text, hit: Hit, cue: Tokens, found: list[Link]) -> Link | None:
        wanted, where = hit.rule.gives["source"], hit.rule.gives["content"]
        source = self._source(text, hit, cue, wanted)
        if (source is None and wanted != "none") or (where == "side" and not self._can_speak(text, hit, source)):
            return None
        content = self._content(text, hit, cue, source, found=found)
        content = tuple(t for t in (trimmed(text, c) for c in content) if t[1] > t[0])
        return Link(source, cue, content, hit.rule.id) if content else None

    def _is_noun(self, text: Text, hit: Hit, cue: Tokens) -> bool:
        """Return whether the cue is a noun ('une menace', 'la demande de') or a reflexive verb that says nothing, by its neighbours."""
        said = hit.value("said")
        entry = said.entry("speech_verbs") if isinstance(said, Hit) else hit.entry("speech_verbs")
        if entry is None or any(self.is_(text, i, "aux") for i in range(*cue)):
            reflexive = any(self.is_(text, i, "refl") for i in range(*cue))
            return entry is not None and reflexive and entry.get("reflexive") != "1"
        if self.is_(text, cue[0] - 1, "det", "prep") and not self.is_(text, cue[0] - 1, "clitic", "pron"):
            return True
        return self.is_(text, cue[0], "det") and hit.rule.id in ("demand", "infinitive-of", "accuse", "object", "that")

    def is_(self, text: Text, i: int, *names: str) -> bool:
        """Return whether token ``i`` is a function word of one of the classes."""
        return 0 <= i < len(text) and not self.classes.get(text.norms[i], frozenset()).isdisjoint(names)

    # Who says.

    def _source(self, text: Text, hit: Hit, cue: Tokens, wanted: str) -> Tokens | None:
        if wanted == "none":
            return None
        if wanted == "self":
            return hit.tokens("who")
        if wanted == "hyphen":
            # The notation cannot write a pronoun that begins with its hyphen: 'dit-il' is 'dit', '-il'.
            last = next((i for i in range(cue[1], cue[1] + 3) if i == len(text) or text.words[i][0] != "-"), cue[1])
            return (last - 1, last) if last > cue[1] else None
        entry = hit.entry("speech_prepositions")
        if entry and entry.get("source") == "self":
            return cue[0] + 1, self._right(text, cue[1])
        if wanted == "right":
            found = (self._past_dates(text, cue[1]), 0)
            found = found[0], self._right(text, found[0])
        else:
            found = self._left(text, cue[0], subject=wanted == "subject")
        first, last = trimmed(text, found)
        if not 0 < last - first <= LONGEST_SOURCE or self.is_(text, first, "rel", "that"):
            return None
        kinds = [e.get("kind") for i in (first, first + 1) for _, e in self.nouns.matches(text, min(i, len(text) - 1))]
        if kinds[:1] == ["toll"] or (last - first == 1 and text.norms[first] in self.first_person):
            return None
        return first, last

    def _past_dates(self, text: Text, i: int) -> int:
        days = self.language.lexicon("weekdays")
        while i < len(text) and (days.has(text.norms[i]) or self.is_(text, i, "adv")):
            i += 1
        return i

    def _right(self, text: Text, i: int) -> int:
        """Return where a name that starts at ``i`` ends: at a mark, a clause's opener, a circumstance, an addressee."""
        end, citing = text.sentences[text.sentence_of[min(i, len(text) - 1)]][1], self.language.lexicon("citing")
        for j in range(i, end):
            stop = text.words[j] in ",;:.»”!?(—–" or self.is_(text, j, "that", "rel", "contrast")
            if stop or (j > i and (text.norms[j] in self.circumstance or text.norms[j] in ("à", "auprès"))):
                return j
            if j > i and citing.match(text, j):
                return j
        return end

    def _left(self, text: Text, i: int, *, subject: bool) -> Tokens:
        """Return the words before a verb, from its clause's start to its first auxiliary; a bracketed apposition stays inside."""
        first, end = self._clause_start(text, i), i
        if subject:
            first = text.sentences[text.sentence_of[i]][0]
        elif end > first and text.words[end - 1] == ",":
            inner = next((j for j in range(end - 2, first - 1, -1) if text.words[j] == ","), None)
            if inner is not None and (
                self.language.lexicon("citing").match(text, inner + 1) or self.is_(text, inner + 1, "rel")
            ):
                end = inner
        else:
            first = next((j + 1 for j in range(end - 1, first - 1, -1) if text.words[j] == ","), first)
        while first < end and self.is_(text, first, "contrast", "including", "adv"):
            first += 1
        verb = next((j for j in range(first + 1, end) if self.is_(text, j, "aux", "refl", "neg")), end)
        return first, verb

    def _clause_start(self, text: Text, i: int) -> int:
        start = text.sentences[text.sentence_of[i]][0]
        contrasts = self.language.lexicon("function_words")
        for j in range(i - 1, start - 1, -1):
            if text.words[j] in ";:«“(" or self.is_(text, j, "that", "rel", "contrast"):
                return j + 1
            if any(e.get("class") == "contrast" for _, e in contrasts.matches(text, j)):
                return j + 1
        return start

    def _can_speak(self, text: Text, hit: Hit, source: Tokens | None) -> bool:
        """Return whether what follows a preposition can say something: no measure, and what the entry's guard asks."""
        entry = hit.entry("speech_prepositions")
        if entry is None or source is None:
            return True
        kinds = [e.get("kind") for i in range(*source) for _, e in self.nouns.matches(text, i)]
        capitals = sum(text.words[i][0].isupper() for i in range(*source))
        opens = hit.first == text.sentences[text.sentence_of[hit.first]][0] or text.words[hit.first - 1] in ",;:("
        if kinds[:1] == ["never"]:
            return False
        if entry.get("guard"):
            comma = source[1] < len(text) and text.words[source[1]] == ","
            return opens and comma and (bool(kinds) or capitals >= (2 if entry.get("guard") == "person" else 1))
        return bool(kinds or capitals or opens)

    # What is said.

    def _content(
        self, text: Text, hit: Hit, cue: Tokens, source: Tokens | None, *, found: list[Link]
    ) -> tuple[Tokens, ...]:
        where = hit.rule.gives["content"]
        begin, end = text.sentences[text.sentence_of[cue[0]]]
        if where == "from":
            start = hit.captures["from"][0][0]
            last = self._clause_end(text, start, end)
            if cue[0] > begin and text.words[cue[0] - 1] == "," and source and source[0] >= cue[1]:
                last = next(
                    (i for i in range(start, last - 1) if text.words[i] == "," and self._verbal(text, i + 1)), last
                )
            if hit.rule.id == "noun":
                verbs = [i for i in range(start, last) if self.is_(text, i, "aux") and not self.is_(text, i - 1, "aux")]
                last = verbs[1] if len(verbs) > 1 else last
            return ((start, last),)
        if where == "left":
            return self._before(text, cue, source)
        if where == "both":
            return (begin, cue[0]), (hit.captures["from"][0][0], end)
        if where == "echo":
            echoed = next((k.content for k in found if begin <= k.cue[0] < end), ())
            return () if any(a <= cue[0] < b for a, b in echoed) else echoed
        if where == "clause":
            taken = any(begin <= k.cue[0] < end for k in found) or any(
                self.is_(text, i, "if") for i in range(begin, end)
            )
            aside = any(self.is_(text, i, "rel", "that", "comment", "whether") for i in range(begin, cue[0]))
            return () if taken or aside else ((begin, end),)
        assert source is not None
        opens = (
            hit.first == begin or self.is_(text, hit.first - 1, "contrast", "that") or text.words[hit.first - 1] == ";"
        )
        if opens:
            return ((source[1], self._clause_end(text, source[1], end)),)
        return ((self._clause_start(text, hit.first), hit.first),)

    def _clause_end(self, text: Text, start: int, end: int) -> int:
        """Return where what starts at ``start`` ends: its quotation, a semicolon, a comma before a contrast or another source."""
        if text.words[start] in OPENING:
            quote = next((q for q in text.quotes if q.first == start + 1), None)
            if quote and quote.last - quote.first > 5:
                return quote.last + 1
        elif text.quote_of[start] >= 0:
            end = min(end, text.quotes[text.quote_of[start]].last)
        contrasts, prepositions = (self.language.lexicon(n) for n in ("function_words", "speech_prepositions"))
        for i in range(start + 1, end - 1):
            if text.words[i] == ";":
                return i
            if text.words[i] == "," and (
                any(e.get("class") == "contrast" for _, e in contrasts.matches(text, i + 1))
                or any(not e.get("guard") for _, e in prepositions.matches(text, i + 1))
                or (text.norms[i + 1] in ("et", "and") and i + 2 < end and self._verbal(text, i + 2))
                or (i + 2 < end and text.norms[i + 2].startswith("-"))
            ):
                return i
        return end

    def _before(self, text: Text, cue: Tokens, source: Tokens | None) -> tuple[Tokens, ...]:
        """Return the quotation or clause before an incise, with what goes on behind it."""
        begin, end = text.sentences[text.sentence_of[cue[0]]]
        k = cue[0] - 1
        while k > begin and text.words[k] == ",":
            k -= 1
        after = max(cue[1], source[1] if source else 0)
        inside = text.quotes[text.quote_of[cue[0]]] if text.quote_of[cue[0]] >= 0 else None
        closing = next((q for q in text.quotes if q.closed and q.last == k), None)
        if inside is not None:
            return (inside.first - 1, k + 1), (after, inside.last + 1)
        first = (closing.first - 1, k + 1) if closing else (begin, k + 1)
        if after + 1 < end and text.words[after] == ",":
            if text.words[after + 1] in OPENING:
                return first, (after + 1, end)
            if self._verbal(text, after + 1):
                return first, (after, end)
        return (first,)

    def _verbal(self, text: Text, i: int) -> bool:
        """Return whether a verb must start at token ``i``: a negation, a reflexive, an auxiliary."""
        return self.is_(text, i, "refl", "neg", "aux")
