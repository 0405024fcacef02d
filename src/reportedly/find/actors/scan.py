"""First pass: what in a text may speak of an actor, found by look-ups alone, each token once.

A ``Hit`` is a name, a country's name, adjective or seat of government, a common noun, or a pronoun, with the tokens it covers. Nothing is
decided here but which of two readings is longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from reportedly import text as texts
from reportedly.actors import Form, Forms, Registry
from reportedly.lexicons import Rows
from reportedly.rules import Entry, Language, Lexicon
from reportedly.text import Text

SHORTEST_BEHIND_CLITIC = 3


class Hit(msgspec.Struct):
    """Tokens ``first`` to ``last`` (half-open) that may speak of an actor; ``what`` is actor, country, adjective, seat, noun or word.

    ``start`` is the code point where the name begins, which differs from its token's where a clitic is written onto it.
    """

    first: int
    last: int
    what: str
    forms: list[Form] = []
    nouns: list[Entry] = []
    start: int = -1

    @property
    def role(self) -> str:
        """Return the role of the noun or word, '' where it states none."""
        return self.nouns[0].values.get("role", "") if self.nouns else ""

    def get(self, key: str) -> str:
        """Return one of the noun's or word's values."""
        return self.nouns[0].values.get(key, "") if self.nouns else ""

    def noun(self, *roles: str) -> Entry | None:
        """Return the first reading as a noun with one of the roles, or None."""
        for entry in self.nouns:
            if entry.values.get("role", "") in roles:
                return entry
        return None


@dataclass(frozen=True)
class Grammar:
    """How a language combines names and nouns (``[grammar]`` in ``rules/actors.toml``)."""

    before: bool
    after: bool
    juxtaposed: bool
    peoples_capitalised: bool
    collective_plural: bool
    prefixes: tuple[str, ...]
    articles: tuple[str, ...]
    forms: Forms
    nouns: Lexicon
    words: Lexicon
    speech: Lexicon
    deeds: Lexicon
    numbers: frozenset[str]
    heads: frozenset[str]
    denials: frozenset[str]

    def joins(self, text: Text, i: int) -> bool:
        """Return whether token ``i`` is 'and'."""
        entry = self.words.entry(text.norms[i]) if i < text.size else None
        return entry is not None and entry.get("role") == "and"


def grammar(registry: Registry, language: Language) -> Grammar:
    """Return the compiled grammar of a registry in a language, made once."""
    known = registry.cache.get(language.sha256)
    if not isinstance(known, Grammar):
        known = registry.cache[language.sha256] = _grammar(registry, language)
    return known


def _grammar(registry: Registry, language: Language) -> Grammar:
    table = language.rules("actors").table.get("grammar", {})
    return Grammar(
        before=table.get("before", False),
        after=table.get("after", True),
        juxtaposed=table.get("juxtaposed", False),
        peoples_capitalised=table.get("peoples_capitalised", False),
        prefixes=language.tokenization.prefixes,
        articles=language.tokenization.articles,
        forms=registry.forms(language),
        nouns=language.lexicon("actor_nouns"),
        words=language.lexicon("actor_words"),
        speech=language.lexicon("speech_verbs"),
        deeds=language.lexicon("trigger_verb"),
        collective_plural=table.get("collective_plural", False),
        numbers=language.number_words,
        heads=frozenset(prefix[0] for prefix in language.tokenization.prefixes),
        denials=language.lexicon("function_words").saying("class", "neg"),
    )


def scan(text: Text, g: Grammar) -> list[Hit]:
    """Return the longest hit at each token, in text order; a hit inside a longer one is left out."""
    hits: list[Hit] = []
    names, nouns, words = g.forms.hits(text), g.nouns.hits(text), g.words.hits(text)
    until = 0
    # every token may hold a name behind a clitic; without clitics only those that something was found at
    hyphened = (i for i, norm in enumerate(text.norms) if norm[0] == "-")
    for i in range(text.size) if g.prefixes else sorted({*names, *nouns, *words, *hyphened}):
        if i < until:
            continue
        norm = text.norms[i]
        if norm[0] == "-" and len(norm) > 1:
            # A pronoun written onto its verb: 'a-t-il'.
            if hit := _written_on(text, g, i):
                hits.append(hit)
            continue
        if i in names or i in nouns or i in words or (g.prefixes and _may_bear_clitic(text, g, i)):
            name = _named(text, g, i, names[i]) if i in names else None
            if name is None and g.prefixes:
                name = _behind_clitic(text, g, i)
            hit = _longest(name, _entries(nouns, i, "noun"), _entries(words, i, "word"))
            if hit:
                hits.append(hit)
                until = hit.last
    return hits


def _may_bear_clitic(text: Text, g: Grammar, i: int) -> bool:
    """Return whether a name may stand behind a clitic written onto token ``i``, or its first word be known."""
    norm = text.norms[i]
    if len(norm) > SHORTEST_BEHIND_CLITIC and norm[0] in g.heads:
        return True
    key = norm if norm.isascii() else texts.bare(norm)
    return key in g.forms.index or norm in g.nouns.index or norm in g.words.index


def _longest(name: Hit | None, noun: Hit | None, word: Hit | None) -> Hit | None:
    longest = max(name.last if name else 0, noun.last if noun else 0, word.last if word else 0)
    if not longest:
        return None
    if name and name.last == longest:
        if noun and noun.last == longest:
            name.nouns = noun.nouns
        return name
    if noun and word and noun.last == word.last:
        noun.nouns = noun.nouns + word.nouns
    return noun if noun and noun.last == longest else word


def _written_on(text: Text, g: Grammar, i: int) -> Hit | None:
    entry = g.words.entry(text.norms[i][1:])
    return Hit(i, i + 1, "word", nouns=[entry]) if entry and entry.get("role") == "pronoun" else None


def _named(text: Text, g: Grammar, i: int, found: tuple[int, list[Form]]) -> Hit | None:
    last, forms = found
    capital = text.words[i][0]
    if capital.islower():
        # 'mali', 'paris' without a capital are no places; names of groups may be printed small ('les houthis').
        forms = [f for f in forms if f.what not in ("country", "seat")]
    elif i and capital.isupper() and forms[0].what == "country" and _surname(text, g, i):
        return None
    return Hit(i, last, forms[0].what, forms) if forms else None


def _surname(text: Text, g: Grammar, i: int) -> bool:
    """Return whether the word before is a given name: capitalised, not opening its sentence, and nothing we know."""
    before = text.words[i - 1]
    if not (before[0].isupper() and before[-1].isalpha() and len(before) > 1 and not before.isupper()):
        return False
    norm = text.norms[i - 1]
    return (
        text.sentences[text.sentence_of[i]][0] != i - 1
        and norm not in g.words.index
        and texts.bare(norm) not in g.forms.index
    )


def _entries(rows: Rows, i: int, what: str) -> Hit | None:
    """Return the hit of the longest entries that start at token ``i``, or None."""
    found = rows.get(i)
    if found is None:
        return None
    longest = found[0][0]
    return Hit(i, i + longest, what, nouns=[entry for size, entry in found if size == longest])


def _behind_clitic(text: Text, g: Grammar, i: int) -> Hit | None:
    """Return the name behind a conjunction, preposition or contracted article written onto it that the tokenizer left on."""
    norm = text.norms[i]
    tries = [(len(a), g.articles[0] + norm[len(a) :]) for a in g.articles[1:] if norm.startswith(a)]
    tries += [(len(p), norm[len(p) :]) for p in g.prefixes if norm.startswith(p)]
    for cut, key in tries:
        found = g.forms.match(text.words, text.norms, i, key=key)
        if found:
            return Hit(i, found[0], found[1][0].what, found[1], start=text.starts[i] + cut)
    return None
