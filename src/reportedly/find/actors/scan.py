"""First pass: what in a text may speak of an actor, found by look-ups alone, each token once.

A ``Hit`` is a name, a country's name, adjective or seat of government, a common noun, or a pronoun, with the tokens it covers. Nothing is
decided here but which of two readings is longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly import text as texts
from reportedly.actors import Form, Forms, Registry
from reportedly.rules import Entry, Language, Lexicon
from reportedly.text import Text

SHORTEST_BEHIND_CLITIC = 3


@dataclass(slots=True)
class Hit:
    """Tokens ``first`` to ``last`` (half-open) that may speak of an actor; ``what`` is actor, country, adjective, seat, noun or word.

    ``start`` is the code point where the name begins, which differs from its token's where a clitic is written onto it.
    """

    first: int
    last: int
    what: str
    forms: list[Form] = field(default_factory=list)
    nouns: list[Entry] = field(default_factory=list)
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
        return next((n for n in self.nouns if n.values.get("role", "") in roles), None)


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

    def joins(self, text: Text, i: int) -> bool:
        """Return whether token ``i`` is 'and'."""
        entry = self.words.entry(text.norms[i]) if i < len(text) else None
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
    )


def scan(text: Text, g: Grammar) -> list[Hit]:
    """Return the longest hit at each token, in text order; a hit inside a longer one is left out."""
    hits: list[Hit] = []
    names, nouns, words = g.forms.index, g.nouns.index, g.words.index
    bare_nouns, bare_words = g.nouns.bare, g.words.bare
    heads = {p[0] for p in g.prefixes}
    until = 0
    for i, norm in enumerate(text.norms):
        if i < until:
            continue
        if norm[0] == "-" and len(norm) > 1:
            # A pronoun written onto its verb: 'a-t-il'.
            if hit := _written_on(text, g, i):
                hits.append(hit)
            continue
        key = norm if norm.isascii() else texts.bare(norm)
        capital = text.words[i][0].isupper()
        noun = norm in nouns or (capital and key in bare_nouns)
        word = norm in words or (capital and key in bare_words)
        if key in names or noun or word:
            hit = _hit(text, g, i, named=key in names, noun=noun, word=word)
        elif g.prefixes and len(norm) > SHORTEST_BEHIND_CLITIC and norm[0] in heads:
            hit = _behind_clitic(text, g, i)
        else:
            continue
        if hit:
            hits.append(hit)
            until = hit.last
    return hits


def _hit(text: Text, g: Grammar, i: int, *, named: bool, noun: bool, word: bool) -> Hit | None:
    """Return the longest reading at token ``i``, of the kinds whose index knows its first word."""
    name = _named(text, g, i) if named else None
    if name is None and g.prefixes:
        name = _behind_clitic(text, g, i)
    return _longest(name, _nouns(text, g.nouns, i) if noun else None, _nouns(text, g.words, i) if word else None)


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


def _named(text: Text, g: Grammar, i: int) -> Hit | None:
    found = g.forms.match(text.words, text.norms, i)
    if not found:
        return None
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


def _nouns(text: Text, lexicon: Lexicon, i: int) -> Hit | None:
    entries: list[Entry] = []
    last = 0
    for end, entry in lexicon.matches(text, i):
        if last and end < last:
            break
        last = end
        entries.append(entry)
    return Hit(i, last, "noun" if lexicon.name == "actor_nouns" else "word", nouns=entries) if entries else None


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
