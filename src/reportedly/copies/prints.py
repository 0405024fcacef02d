"""What of a text survives copying: its words, runs of three words, and whole sentences, as numbers that compare fast."""

from __future__ import annotations

import re
import zlib
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from reportedly.text import without_marks

WORD = re.compile(r"\w+")
# A sentence ends at its mark before white space, or at the line's end; the marks are those of the scripts news is written in.
SENTENCE = re.compile(r"[^\n.!?؟。။।…]+(?:[.!?؟。။।…](?!\s)[^\n.!?؟。။।…]*)*")
RUN = 3
# Shorter ones are said by everybody ('L'armée n'a pas commenté.').
SHORTEST_SENTENCE = 7
# Vowel marks and the stretching stroke of Arabic are typesetting.
STRETCH = str.maketrans("", "", "ـ\u200b\u200c\u200d\u200e\u200f\u00ad")

Numbers = npt.NDArray[np.uint32]


def words_of(text: str) -> list[str]:
    """Return the words of a text without case, accents, marks or typesetting.

    >>> words_of("L'Armée a ÉTÉ (1.000)")
    ['l', 'armee', 'a', 'ete', '1', '000']
    """
    return WORD.findall(without_marks(text).casefold().translate(STRETCH))


class Print:
    """The fingerprint of one text, each part made when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> list[str]:
        """The words, bare."""
        return words_of(self.text)

    @cached_property
    def runs(self) -> list[str]:
        """Every run of three words once; a text of fewer has one."""
        found = {" ".join(self.words[i : i + RUN]) for i in range(max(1, len(self.words) - RUN + 1))}
        return sorted(found - {""})

    @cached_property
    def numbers(self) -> Numbers:
        """The runs as sorted numbers."""
        return np.unique(np.fromiter((zlib.crc32(run.encode()) for run in self.runs), dtype=np.uint32))

    @cached_property
    def sentences(self) -> dict[int, tuple[int, int]]:
        """Where each sentence long enough to tell its writer stands, by the number of its words."""
        found: dict[int, tuple[int, int]] = {}
        for match in SENTENCE.finditer(self.text):
            words = words_of(match.group())
            if len(words) >= SHORTEST_SENTENCE:
                digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
                found.setdefault(int.from_bytes(digest, "big"), match.span())
        return found


def shared(left: Numbers, right: Numbers) -> int:
    """Return how many runs two texts have in common."""
    return int(np.intersect1d(left, right, assume_unique=True).size)
