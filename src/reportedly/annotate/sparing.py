"""Reading sparingly: which sentences of a report can hold a claim, told before any parse, and the report cut down to them.

A sentence is kept where a word in it names a happening as far as its neighbours tell, or where a number stands beside a word of what
happens to people; and with it what is needed to read it: the rest of the quotation it is part of, the sentence before where a pronoun
looks back, and the beginning of the report, whose title, dateline and lead say of what and when it tells. A report of which most is
kept is read whole. What people say in the other sentences, of other things, is not read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec

from reportedly.annotate import building
from reportedly.find import triggers
from reportedly.lexicons import Lexicon
from reportedly.numbers import number_at
from reportedly.records import Claim, Span
from reportedly.rules import Language
from reportedly.text import Text

# Where so much of a report tells happenings, its other sentences are about them, and looking for what to leave out would cost time.
DENSE = 0.4
SURELY_DENSE = 0.25
LEAD = 2
NOTHING = "read sparingly: no word of a happening stands in it"


@dataclass(frozen=True)
class Cut:
    """A report cut down to some of its sentences: the text, and for each piece of it where it starts here and in the report."""

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]

    def back(self, offset: int) -> int:
        """Return where an offset of the cut text lies in the report."""
        piece = bisect_right(self.here, offset) - 1
        return self.there[piece] + offset - self.here[piece]


def telling(text: Text, language: Language) -> set[int]:
    """Return the sentences in which a claim of a happening is possible; an empty set is the cheap answer that there can be none."""
    found = {text.sentence_of[trigger.first] for trigger in triggers.find(text, None, language)}
    return found | _counting(text, language, found)


def _counting(text: Text, language: Language, known: set[int]) -> set[int]:
    """Return the sentences where a number stands beside a word of what happens to people ('une douzaine sont portées disparues')."""
    found = {text.sentence_of[i] for i in _standing(text, language.lexicon("quantity_cues"))} - known
    if not found:
        return found
    counted = {text.sentence_of[i] for i in _standing(text, language.lexicon("quantity_words"))} & found
    return counted | {number for number in found - counted if _has_number(text, language, number)}


def _standing(text: Text, lexicon: Lexicon) -> Iterator[int]:
    """Yield where entries of one lexicon stand; the shelf of all lexicons is left for those texts that are read."""
    words, phrases, norms = lexicon.words, lexicon.phrases, text.norms
    for i, pair in enumerate(pairwise([*norms, ""])):
        if pair[0] in words or (
            pair in phrases and any(tuple(norms[i : i + len(form)]) == form for form in phrases[pair])
        ):
            yield i


def _has_number(text: Text, language: Language, number: int) -> bool:
    first, last = text.sentences[number]
    return any(word[0].isdigit() for word in text.words[first:last]) or any(
        number_at(text, i, language) is not None for i in range(first, last)
    )


def _is_dense(text: Text, language: Language) -> bool:
    """Return whether most sentences have a word that tells a happening wherever it stands: then nothing need be weighed."""
    strong = triggers.strong(language)
    sentences = {text.sentence_of[i] for i, norm in enumerate(text.norms) if norm in strong}
    return len(sentences) >= SURELY_DENSE * len(text.sentences) > 0


def chosen(text: Text, language: Language) -> set[int]:
    """Return the sentences to read: those that tell something with what is needed to read them; all where most of them tell something."""
    if _is_dense(text, language):
        return set(range(len(text.sentences)))
    found = telling(text, language)
    if not found or len(found) >= DENSE * len(text.sentences):
        return set(range(len(text.sentences))) if found else found
    kept = found | set(range(min(LEAD, len(text.sentences))))
    pronouns = language.lexicon("function_words").hits(text).items()
    looking = {text.sentence_of[i] for i, hits in pronouns if any(e.get("class") == "pron" for _, e in hits)}
    kept |= {number - 1 for number in found & looking if number}
    for quote in text.quotes:
        first, last = text.sentence_of[quote.first], text.sentence_of[max(quote.first, quote.last - 1)]
        if first != last and not found.isdisjoint(range(first, last + 1)):
            kept |= set(range(first, last + 1))
    return kept


def cut(text: Text, kept: set[int]) -> Cut:
    """Return the text of the kept sentences: within a paragraph a space, between two a blank line where something was left out."""
    pieces: list[str] = []
    here: list[int] = []
    there: list[int] = []
    size = 0
    before = None
    for first, last in _runs(sorted(kept)):
        a, b = text.sentences[first][0], text.sentences[last][1]
        if before is not None:
            pieces.append(" " if text.paragraph_of[a] == text.paragraph_of[before] else "\n\n")
            size += len(pieces[-1])
        here.append(size)
        there.append(text.starts[a])
        pieces.append(text.text[text.starts[a] : text.ends[b - 1]])
        size += len(pieces[-1])
        before = b - 1
    return Cut("".join(pieces), tuple(here), tuple(there))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return rows of consecutive numbers as first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def returned(claims: tuple[Claim, ...], part: Cut, text: str, sha256: str) -> tuple[Claim, ...]:
    """Return the claims of a cut report as claims of the report itself."""
    moved = [_moved(claim, part, text) for claim in claims]
    names = {
        old.id: building.identity(sha256, new.content, new.trigger, new.chain)
        for old, new in zip(claims, moved, strict=True)
    }
    return tuple(
        msgspec.structs.replace(claim, id=names[claim.id], repeats=names.get(claim.repeats or "")) for claim in moved
    )


def _moved(value: Any, part: Cut, text: str) -> Any:
    """Return a record with all spans in it put where they stand in the report."""
    if isinstance(value, tuple):
        return tuple(_moved(each, part, text) for each in value)
    if not isinstance(value, msgspec.Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {
        name: _moved(each, part, text) for name, each in fields.items() if isinstance(each, (tuple, msgspec.Struct))
    }
    if isinstance(value, Span):
        start = part.back(value.start)
        # an end is that of the last character, which may be the last of its piece
        end = part.back(value.end - 1) + 1
        changed |= {"start": start, "end": end, "exact": text[start:end]}
    return msgspec.structs.replace(value, **changed)
