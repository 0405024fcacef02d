"""What a model's own table of exceptions says of parts of speech, looked up where spaCy matches its patterns at every token.

A spaCy ``AttributeRuler`` turns fine tags into parts of speech and features by patterns over tag, relation and word. Nearly all are of
one token, and many tokens are alike in all that patterns ask: what the ruler says of one is kept for the next. The English parse takes
a sixth less time with it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

# What is read of a parse; what a pattern may ask of a token for the table to know it, and in which ways beside equality.
READ = frozenset(("POS", "MORPH", "DEP"))
ASKED = frozenset(("TAG", "POS", "DEP", "LOWER", "IS_SPACE"))
WAYS = frozenset(("IN", "NOT_IN"))
MOST_KNOWN = 20_000
# What the ruler begins with, by spaCy's numbers: tag, part of speech, features, relation, and the word in small letters where a pattern
# names it.
Token = tuple[int, int, int, int, int]
Pattern = list[dict[str, Any]]
UNNAMED = 0


class Told(NamedTuple):
    """What the ruler makes of a token."""

    pos: str
    dep: str
    morph: str


class Retagging:
    """The ruler of one pipeline as a table that fills as tokens come, none of which is white space.

    ``fits`` says whether its patterns ask for nothing else than the table holds.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.attrs import IDS  # type: ignore[import-not-found]
        from spacy.matcher import Matcher

        self.ruler = ruler
        read = {IDS[name] for name in READ}
        rules: list[Any] = [rule for rule, set_ in zip(ruler.patterns, ruler.attrs, strict=True) if read & set(set_)]
        patterns: list[Pattern] = [pattern for rule in rules for pattern in rule["patterns"]]
        tokens = list(chain.from_iterable(patterns))
        self.fits = all(map(_is_known, tokens))
        words = chain.from_iterable(map(_words, tokens)) if self.fits else ()
        self.named = {ruler.vocab.strings.add(word): word for word in words}
        self.unnamed = next(word for n in range(1, 99) if (word := "x" * n) not in self.named.values())
        longer = [pattern for pattern in patterns if len(pattern) > 1]
        self.reach = max(map(len, longer), default=1) - 1
        self.several = Matcher(ruler.vocab)
        if longer:
            self.several.add("several", longer)
        self.told: dict[tuple[Token, ...], list[Told]] = {}

    def __call__(self, document: Doc) -> list[Told]:
        """Return what the ruler makes of each token of a parsed document: the same as if it ran over it."""
        named = self.named
        rows: Any = document.to_array(["TAG", "POS", "MORPH", "DEP", "LOWER"])
        tokens: list[Token] = [
            (tag, pos, morph, dep, word if word in named else UNNAMED) for tag, pos, morph, dep, word in rows.tolist()
        ]
        found = [self._of((token,))[0] for token in tokens]
        for i in self._in_several(document):
            first = max(0, i - self.reach)
            found[i] = self._of(tuple(tokens[first : i + self.reach + 1]))[i - first]
        return found

    def _in_several(self, document: Doc) -> set[int]:
        """Return the tokens that patterns of several tokens match."""
        if not self.reach:
            return set()
        return {i for _, first, last in self.several(document, allow_missing=True) for i in range(first, last)}

    def _of(self, tokens: tuple[Token, ...]) -> list[Told]:
        """Return what the ruler makes of such tokens in a row; it is asked once."""
        told = self.told.get(tokens)
        return self._ask(tokens) if told is None else told

    def _ask(self, tokens: tuple[Token, ...]) -> list[Told]:
        from spacy.tokens import Doc

        vocab = self.ruler.vocab
        tags, pos, morphs, deps = ([vocab.strings[token[n]] for token in tokens] for n in range(4))
        words = [self.named.get(token[-1], self.unnamed) for token in tokens]
        document = Doc(vocab, words=words, tags=tags, pos=pos, morphs=morphs, deps=deps, heads=[0] * len(tokens))
        if len(self.told) >= MOST_KNOWN:
            self.told.clear()
        told = self.told[tokens] = [Told(t.pos_, t.dep_, str(t.morph)) for t in self.ruler(document)]
        return told


def _is_known(token: dict[str, Any]) -> bool:
    """Return whether the table holds all that a pattern asks of one token."""
    return set(token) <= ASKED and all(
        set(asked) <= WAYS if isinstance(asked, dict) else isinstance(asked, (str, bool)) for asked in token.values()
    )


def _words(token: dict[str, Any]) -> Iterator[str]:
    """Yield the words that a pattern names for one token."""
    asked = token.get("LOWER", ())
    yield from (asked,) if isinstance(asked, str) else chain.from_iterable(dict(asked).values())
