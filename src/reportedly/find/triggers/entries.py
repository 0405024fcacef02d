"""The trigger lexicons of a language, compiled: which folded words may name a happening, and what each asks of its neighbours.

Lexicons: ``trigger_verb``, ``trigger_noun``, ``trigger_phrase``, ``trigger_state`` (happenings and states), ``trigger_context`` (what the
words around are about), ``trigger_scope`` (words that change status or polarity), ``trigger_weapon``, ``trigger_aux``; function words and
umbrella classes stand in ``rules/triggers.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from reportedly.rules import Entry, Language
from reportedly.text import Text, bare, fold, remember

STRONG = frozenset(("ASSAULT", "COERCE", "RETREAT", "SANCTION"))
KINDS = {"trigger_verb": "verb", "trigger_noun": "noun", "trigger_phrase": "phrase", "trigger_state": "state"}


@dataclass(frozen=True)
class Spec:
    """One row of a trigger lexicon: what it names, and what must or must not stand around it."""

    pos: str
    by: str
    line: int
    type: str | None = None
    modes: tuple[str, ...] = ()
    territory: str | None = None
    sense: str = "deed"
    counts: str | None = None
    frame: str = "act"
    code: str | None = None
    aspect: str = ""
    only: str = ""
    who: str = ""
    voice: str = ""
    tense: str = ""
    number: str = ""
    reflexive: str = ""
    bare: bool = False
    inherit: str = ""
    determined: bool = False
    counted: bool = True
    object: frozenset[str] = frozenset()
    direct: bool = False
    subject: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    veto: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    done_by: frozenset[str] = frozenset()
    done_to: frozenset[str] = frozenset()
    not_next: frozenset[str] = frozenset()
    not_infinitive: frozenset[str] = frozenset()
    not_behind: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Item:
    """One surface form of a row: its folded words and the features it may stand for."""

    form: tuple[str, ...]
    features: frozenset[str]
    spec: Spec


@dataclass(frozen=True)
class Scope:
    """A word or phrase that changes how what follows (or precedes) it is put."""

    form: tuple[str, ...]
    status: str = ""
    polarity: str = ""
    direction: str = "fwd"
    reach: int = 8
    to: frozenset[str] = frozenset()
    drop: bool = False
    clause: bool = False
    lead: frozenset[str] = frozenset()
    cut: bool = False
    weak: bool = False


NONE: frozenset[str] = frozenset()
Phrase = tuple[tuple[str, ...], frozenset[str]]


class Words(dict[str, frozenset[str]]):
    """The lists of function words by name; a language without a list has it empty."""

    def __missing__(self, name: str) -> frozenset[str]:
        return NONE


@dataclass(frozen=True, slots=True)
class Card:
    """What a language's data says of one printed word: the rows it may open, its classes, the phrases and scopes it may open."""

    items: list[Item] | None
    classes: frozenset[str]
    phrases: tuple[Phrase, ...]
    scopes: tuple[Scope, ...]
    stop: bool


@dataclass
class Data:
    """All that ``find`` needs of a language, indexed by the first folded word."""

    items: dict[str, list[Item]] = field(default_factory=dict)
    unaccented: dict[str, list[Item]] = field(default_factory=dict)
    classes: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)
    scopes: dict[str, list[Scope]] = field(default_factory=dict)
    weapons: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = field(default_factory=dict)
    auxiliaries: dict[str, list[tuple[str, str, dict[str, str]]]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    umbrellas: dict[str, frozenset[str]] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    bare_nouns: bool = False
    verb_first: bool = False
    articles: tuple[str, ...] = ()
    commas: frozenset[str] = frozenset((",",))
    vetoes: dict[str, frozenset[str]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    function_words: frozenset[str] = frozenset()
    known: dict[str, Card] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A list of function words of ``rules/triggers.toml``, empty where there is none; asked at every turn.
        self.set: Callable[[str], frozenset[str]] = self.words.__getitem__

    def cards(self, text: Text) -> list[Card]:
        """Return the cards of the words of ``text``; a word is looked up once, however often it stands."""
        known = self.known.get
        return [known(word) or self._card(text, i) for i, word in enumerate(text.words)]

    def _card(self, text: Text, i: int) -> Card:
        word, norm = text.words[i], text.norms[i]
        items = self.items.get(norm)
        if items is None and word.isupper() and len(norm) > 3:
            # A word in capitals whose accents were not printed ('RECUPERE').
            items = self.unaccented.get(norm)
        found = self.classes.get(norm)
        if found is None and text.capitals[i] and not norm.isascii():
            found = self.classes.get(plain(norm))
        found = found or []
        card = Card(
            items,
            NONE.union(*(names for form, names in found if len(form) == 1)),
            tuple(each for each in found if len(each[0]) > 1),
            tuple(self.scopes.get(norm, ())),
            norm in self.set("pure_stops"),
        )
        remember(self.known, word, card)
        return card

    def wide(self, wanted: Iterable[str]) -> frozenset[str]:
        """Return classes with the umbrella classes among them opened."""
        found: set[str] = set()
        for name in wanted:
            found |= self.umbrellas.get(name, frozenset((name,)))
        return frozenset(found)


def _set(values: dict[str, str], key: str) -> frozenset[str]:
    return frozenset(v for v in values.get(key, "").split(",") if v)


def _spec(entry: Entry, data: Data) -> Spec:
    v = entry.values
    return Spec(
        pos=KINDS[entry.lexicon],
        by=entry.by,
        line=entry.line,
        type=v.get("type"),
        modes=tuple(m for m in v.get("modes", "").split(",") if m),
        territory=v.get("territory"),
        sense=v.get("as", "deed"),
        counts=v.get("counts"),
        frame=v.get("frame", "act"),
        code=v.get("code"),
        aspect=v.get("aspect", ""),
        only=v.get("only", ""),
        who=v.get("who", ""),
        voice=v.get("voice", ""),
        tense=v.get("tense", ""),
        number=v.get("num", ""),
        reflexive=v.get("refl", ""),
        bare=v.get("bare") == "yes",
        counted=v.get("counted") != "no",
        determined=v.get("det") == "yes",
        inherit=v.get("inherit", ""),
        object=data.wide(_set(v, "obj")),
        direct=v.get("direct") == "yes" or v.get("territory") == "gained",
        subject=data.wide(_set(v, "subj")),
        near=data.wide(_set(v, "near")) | ({"conflict"} if "conflict" in _set(v, "near") else frozenset()),
        needs=data.wide(_set(v, "needs")),
        veto=data.wide(_set(v, "veto")) or data.vetoes.get(v.get("type", ""), frozenset()),
        after=_set(v, "prep"),
        not_next=_set(v, "notnext"),
        not_infinitive=_set(v, "notinf"),
        not_behind=data.wide(_set(v, "notbehind")),
        not_object=data.wide(_set(v, "notobj")),
        without=data.wide(_set(v, "not")),
        done_by=data.wide(_set(v, "by")),
        done_to=data.wide(_set(v, "whom")),
    )


def glue(form: tuple[str, ...]) -> tuple[str, ...]:
    """Return a form with an elided last word whole again: a list writes 'crainte d'' and its text reads 'crainte d'une'."""
    words: list[str] = []
    for word in form:
        if word == "'" and words:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def _entries(language: Language, name: str) -> Iterable[Entry]:
    for entries in language.lexicon(name).index.values():
        yield from entries


def _read_items(language: Language, data: Data) -> None:
    for name in KINDS:
        rows: dict[tuple[int, tuple[str, ...]], set[str]] = {}
        specs: dict[int, Spec] = {}
        for entry in _entries(language, name):
            rows.setdefault((entry.line, glue(entry.form)), set()).add(entry.feature)
            if entry.line not in specs:
                specs[entry.line] = _spec(entry, data)
        for (line, form), features in rows.items():
            if specs[line].only != "never":
                data.items.setdefault(form[0], []).append(Item(form, frozenset(features), specs[line]))
    for items in data.items.values():
        # The longest form first, then the order in which the rows are written: the more particular one stands first.
        items.sort(key=lambda item: (-len(item.form), item.spec.pos, item.spec.line))
    data.unaccented = {plain(word): items for word, items in data.items.items() if not word.isascii()}


def _read_scopes(language: Language, data: Data) -> None:
    for entry in _entries(language, "trigger_scope"):
        v = entry.values
        if v.get("to") == "none":
            continue
        form = glue(entry.form)
        scope = Scope(
            form,
            v.get("status", ""),
            v.get("polarity", ""),
            v.get("dir", "fwd"),
            int(v.get("reach", "8")),
            _set(v, "to"),
            v.get("drop") == "1",
            v.get("clause") == "drop",
            _set(v, "lead"),
            v.get("cut") == "1",
            v.get("weak") == "1",
        )
        data.scopes.setdefault(form[0], []).append(scope)
    for scopes in data.scopes.values():
        scopes.sort(key=lambda s: -len(s.form))


def _read_around(language: Language, data: Data) -> None:
    merged: dict[tuple[str, ...], set[str]] = {}
    for entry in _entries(language, "trigger_context"):
        merged.setdefault(glue(entry.form), set()).update(_set(entry.values, "class"))
    for form, classes in merged.items():
        data.classes.setdefault(form[0], []).append((form, frozenset(classes)))
    for entry in _entries(language, "trigger_weapon"):
        data.weapons.setdefault(entry.form[0], []).append((glue(entry.form), entry.values))
    for weapons in data.weapons.values():
        weapons.sort(key=lambda w: -len(w[0]))
    for entry in _entries(language, "trigger_aux"):
        data.auxiliaries.setdefault(entry.form[0], []).append(
            (entry.values.get("aux", ""), entry.feature, entry.values)
        )


def _settings(language: Language) -> dict[str, Any]:
    path = language.folder / "rules" / "triggers.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


_COMPILED: dict[str, Data] = {}


def compiled(language: Language) -> Data:
    """Return the compiled trigger data of ``language`` (kept by the hash of its files)."""
    key = f"{language.code}:{language.sha256}"
    if key not in _COMPILED:
        settings = _settings(language)
        options = settings.get("settings", {})
        data = Data(
            bare_nouns=options.get("bare_nouns", False),
            verb_first=options.get("verb_first", False),
            articles=tuple(options.get("articles", ())),
        )
        words = {name: list(value) for name, value in settings.get("words", {}).items()}
        data.endings = tuple(words.pop("adverb_endings", ()))
        data.words.update(
            (name, frozenset(fold(word, language.tokenization) for word in value)) for name, value in words.items()
        )
        data.function_words = frozenset(word for value in data.words.values() for word in value)
        data.commas = data.set("commas") or data.commas
        data.umbrellas = {name: frozenset(value) for name, value in settings.get("classes", {}).items()}
        data.weights = {name: int(value) for name, value in settings.get("weights", {}).items()}
        data.vetoes = {name: data.wide(value) for name, value in settings.get("veto", {}).items()}
        _read_items(language, data)
        _read_scopes(language, data)
        _read_around(language, data)
        _COMPILED[key] = data
    return _COMPILED[key]


_STRONG: dict[str, frozenset[str]] = {}


def strong(language: Language) -> frozenset[str]:
    """Return the words that by themselves, wherever they stand, name a happening that somebody does to somebody."""
    key = f"{language.code}:{language.sha256}"
    if key not in _STRONG:
        items = compiled(language).items
        _STRONG[key] = frozenset(word for word, rows in items.items() if any(map(_stands_alone, rows)))
    return _STRONG[key]


def _stands_alone(item: Item) -> bool:
    spec = item.spec
    asks = (
        spec.object,
        spec.subject,
        spec.near,
        spec.needs,
        spec.after,
        spec.only,
        spec.inherit,
        spec.done_by,
        spec.done_to,
    )
    return len(item.form) == 1 and spec.type in STRONG and not any(asks)


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Return a folded word without accents: capitals are often printed so."""
    return bare(word)


def same(text: Text, i: int, word: str) -> bool:
    """Return whether token ``i`` is ``word``, capitals without accents included."""
    norm = text.norms[i]
    return norm == word or (text.capitals[i] and plain(norm) == plain(word))


def stands(text: Text, i: int, form: tuple[str, ...]) -> bool:
    """Return whether ``form``, whose first word is known to stand at token ``i``, stands there to its end."""
    size = len(form)
    if i + size > text.size:
        return False
    norms, capitals = text.norms, text.capitals
    # nearly all fail at their second word
    if size > 1 and norms[i + 1] != form[1] and not capitals[i + 1]:
        return False
    for k in range(1, size):
        norm, word = norms[i + k], form[k]
        if norm != word and not (capitals[i + k] and plain(norm) == plain(word)):
            return False
    return True
