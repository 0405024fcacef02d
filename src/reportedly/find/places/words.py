"""The small words around places, compiled once a language, and matched backwards from a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.rules import Entry, Language, Lexicon
from reportedly.text import Text

Match = tuple[int, Entry]


@dataclass
class Backwards:
    """Lexicon entries by their last word, the longest first, to be matched ending at a token."""

    index: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Index one entry."""
        self.index.setdefault(entry.form[-1], []).append(entry)

    def before(self, text: Text, end: int, **values: str) -> Match | None:
        """Return the first token and the longest entry whose form ends just before token ``end``, in the same sentence."""
        if end <= 0:
            return None
        norms = text.norms
        entries = self.index.get(norms[end - 1])
        if not entries:
            return None
        first = text.sentences[text.sentence_of[end - 1]][0]
        for entry in entries:
            size = len(entry.form)
            start = end - size
            if start < first or (size > 1 and tuple(norms[start:end]) != entry.form):
                continue
            if not values or all(entry.get(k) == v for k, v in values.items()):
                return start, entry
        return None


@dataclass
class Grammar:
    """What one language says about places."""

    preps: Backwards
    compasses: Backwards
    units: Backwards
    heads: Backwards
    verbs: Backwards
    after: Lexicon
    objects: Lexicon
    words: Lexicon
    stop: Lexicon
    closed: dict[str, set[str]]
    contracted: set[str]
    cased: bool
    unions: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def is_(self, role: str, norm: str) -> bool:
        """Return whether a word plays one of the small parts (of, det, demo, poss, join)."""
        return norm in self.closed[role]

    def small(self, *roles: str) -> set[str]:
        """Return the words that play one of several small parts."""
        if roles not in self.unions:
            self.unions[roles] = set().union(*(self.closed[role] for role in roles))
        return self.unions[roles]


ROLES = ("of", "det", "demo", "poss", "join", "prep", "compass", "unit", "adverb", "idle")
_compiled: dict[tuple[str, str], Grammar] = {}


def grammar(lang: Language) -> Grammar:
    """Return the compiled words of a language."""
    key = (lang.code, lang.sha256)
    if key not in _compiled:
        _compiled[key] = _compile(lang)
    return _compiled[key]


def _entries(lexicon: Lexicon) -> list[Entry]:
    return [entry for entries in lexicon.index.values() for entry in entries]


def _compile(lang: Language) -> Grammar:
    words = lang.lexicon("place_words")
    closed: dict[str, set[str]] = {role: set() for role in ROLES}
    by_role = {role: Backwards() for role in ROLES}
    for entry in _entries(words):
        role = entry.get("role")
        if len(entry.form) == 1:
            closed[role].add(entry.form[0])
        by_role[role].add(entry)
    heads, verbs = Backwards(), Backwards()
    for entry in _entries(lang.lexicon("place_heads")):
        heads.add(entry)
    for entry in _entries(lang.lexicon("place_verbs")):
        verbs.add(entry)
    for backwards in (*by_role.values(), heads, verbs):
        for entries in backwards.index.values():
            entries.sort(key=lambda e: -len(e.form))
    return Grammar(
        preps=by_role["prep"],
        compasses=by_role["compass"],
        units=by_role["unit"],
        heads=heads,
        verbs=verbs,
        after=lang.lexicon("place_heads"),
        objects=lang.lexicon("place_objects"),
        words=words,
        stop=lang.lexicon("place_stop"),
        closed=closed,
        contracted={e.form[-1] for e in _entries(words) if e.get("article")},
        cased=lang.settings.get("places", {}).get("cased", True),
    )
