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
    pairs: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    singles: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Index one entry; entries are added longest first."""
        last = entry.form[-1]
        self.index.setdefault(last, []).append(entry)
        if len(entry.form) == 1:
            self.singles.setdefault(last, []).append(entry)
        else:
            self.pairs.setdefault((entry.form[-2], last), []).append(entry)

    def before(self, text: Text, end: int, **values: str) -> Match | None:
        """Return the first token and the longest entry whose form ends just before token ``end``, in the same sentence."""
        if end <= 0:
            return None
        norms, last = text.norms, text.norms[end - 1]
        if last not in self.index:
            return None
        first = text.sentences[text.sentence_of[end - 1]][0]
        for entry in self.pairs.get((norms[end - 2], last), ()) if end > 1 else ():
            start = end - len(entry.form)
            if start >= first and tuple(norms[start:end]) == entry.form and _says(entry, values):
                return start, entry
        return next(((end - 1, entry) for entry in self.singles.get(last, ()) if _says(entry, values)), None)


def _says(entry: Entry, values: dict[str, str]) -> bool:
    return not values or all(entry.get(k) == v for k, v in values.items())


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
    calendar: frozenset[str]
    ordinary: frozenset[str]
    unions: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def is_(self, role: str, norm: str) -> bool:
        """Return whether a word plays one of the small parts (of, det, demo, poss, join)."""
        return norm in self.closed[role]

    def small(self, *roles: str) -> set[str]:
        """Return the words that play one of several small parts."""
        if roles not in self.unions:
            self.unions[roles] = set().union(*(self.closed[role] for role in roles))
        return self.unions[roles]


CALENDAR = ("months", "weekdays", "time_days")
ORDINARY = ("function_words", "place_heads", "place_objects")
ROLES = ("of", "det", "demo", "poss", "join", "prep", "compass", "unit", "adverb", "idle", "particle")
_compiled: dict[tuple[str, str], Grammar] = {}


def grammar(lang: Language) -> Grammar:
    """Return the compiled words of a language."""
    key = (lang.code, lang.sha256)
    if key not in _compiled:
        _compiled[key] = _compile(lang)
    return _compiled[key]


def _entries(lexicon: Lexicon) -> list[Entry]:
    return [entry for entries in lexicon.index.values() for entry in entries]


def _single(lang: Language, names: tuple[str, ...]) -> frozenset[str]:
    """Return the folded words that are an entry by themselves of one of some lexicons."""
    return frozenset(norm for name in names for norm in lang.lexicon(name).words)


def _longest_first(lexicon: Lexicon) -> list[Entry]:
    return sorted(_entries(lexicon), key=lambda e: -len(e.form))


def _compile(lang: Language) -> Grammar:
    words = lang.lexicon("place_words")
    closed: dict[str, set[str]] = {role: set() for role in ROLES}
    by_role = {role: Backwards() for role in ROLES}
    for entry in _longest_first(words):
        role = entry.get("role")
        if len(entry.form) == 1:
            closed[role].add(entry.form[0])
        by_role[role].add(entry)
    heads, verbs = Backwards(), Backwards()
    for entry in _longest_first(lang.lexicon("place_heads")):
        heads.add(entry)
    for entry in _longest_first(lang.lexicon("place_verbs")):
        verbs.add(entry)
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
        calendar=_single(lang, CALENDAR),
        ordinary=_single(lang, ORDINARY),
    )
