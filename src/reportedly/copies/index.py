"""Find near copies among many documents: MinHash for whole texts, shared sentences for those that were cut."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from rensa import RMinHash, RMinHashLSH

from reportedly.copies.prints import Numbers, Print, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PERMUTATIONS, BANDS, SEED = 128, 32, 7
# Share of the shorter text's runs of three words that must stand in the other. A tenth of the words changed leaves .73 of the runs;
# independent reports of one statement, quotations included, stay below .3.
LEAST = 0.4
# Of two short texts a headline in common may be so much; they are copies only where they are nearly the same.
FEWEST_RUNS, NEARLY_ALL = 8, 0.9
# Beyond this many documents a sentence is a house formula ('Ce texte est publié par ...'), or its story is found by MinHash as well.
COMMON = 64
# A wire story printed by a thousand outlets needs no million pairs: each is tied to this many of its nearest kin.
MOST_KIN = 32


class Kin(NamedTuple):
    """Another document with much of the same text: the share of the shorter, of the asked one, of the found one, sentences in common."""

    document: str
    shared: float
    of_this: float
    of_that: float
    sentences: int


class Kept(NamedTuple):
    """What the index keeps of a document."""

    document: str
    numbers: Numbers
    sentences: frozenset[int]


class Index:
    """Documents by what copying leaves of them. Adding and asking take time by the length of the text, not by how many there are."""

    def __init__(self) -> None:
        self._lsh = RMinHashLSH(LEAST, PERMUTATIONS, BANDS)
        self._kept: list[Kept] = []
        self._number: dict[str, int] = {}
        self._by_sentence: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, document: str, text: str) -> None:
        """Keep a text under the document's id; a second text under the same id is not kept."""
        if document in self._number:
            return
        made = Print(text)
        number = self._number[document] = len(self._kept)
        self._kept.append(Kept(document, made.numbers, frozenset(made.sentences)))
        self._lsh.insert(number, _minhash(made))
        for sentence in made.sentences:
            there = self._by_sentence.setdefault(sentence, [])
            # one more than the bound marks the sentence as common
            if len(there) <= COMMON:
                there.append(number)

    def kin(self, text: str, *, but: str | None = None) -> list[Kin]:
        """Return the documents that share most of the shorter text with ``text``, nearest first; ``but`` is left out."""
        made = Print(text)
        mine = frozenset(made.sentences)
        found = [
            kin
            for number in self._candidates(made)
            if self._kept[number].document != but and (kin := _compare(made.numbers, mine, self._kept[number]))
        ]
        return heapq.nsmallest(MOST_KIN, found, key=lambda kin: (-kin.shared, -kin.sentences, kin.document))

    def _candidates(self, made: Print) -> set[int]:
        if not made.runs:
            return set()
        found = set(self._lsh.query(_minhash(made)))
        for sentence in made.sentences:
            there = self._by_sentence.get(sentence, ())
            if len(there) <= COMMON:
                found.update(there)
        return found


def pairs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Kin]]:
    """Yield each pair of near copies among (id, text) once: the smaller id and its kin. The order of the texts does not matter."""
    known = sorted(dict(texts).items())
    index = Index()
    for document, text in known:
        index.add(document, text)
    seen: set[tuple[str, str]] = set()
    for document, text in known:
        for kin in index.kin(text, but=document):
            pair = (min(document, kin.document), max(document, kin.document))
            if pair not in seen:
                seen.add(pair)
                yield document, kin


def _minhash(made: Print) -> RMinHash:
    minhash = RMinHash(PERMUTATIONS, SEED)
    minhash.update(made.runs)
    return minhash


def _compare(numbers: Numbers, sentences: frozenset[int], other: Kept) -> Kin | None:
    fewest = min(len(numbers), len(other.numbers))
    both = shared(numbers, other.numbers)
    if not fewest or both < (LEAST if both >= FEWEST_RUNS else NEARLY_ALL) * fewest:
        return None
    of_this, of_that = both / len(numbers), both / len(other.numbers)
    return Kin(other.document, both / fewest, of_this, of_that, len(sentences & other.sentences))
