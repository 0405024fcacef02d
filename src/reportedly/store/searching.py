"""What a user types to search, as a query of the index; and where its words stand in a text.

Words must all be there; ``"in a row"`` is a phrase, ``-word`` must not be there, ``word*`` is a beginning, ``OR`` stands between
alternatives. Anything else typed is words: no query is an error of syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly import folding
from reportedly.errors import InputError
from reportedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TERM = re.compile(r'(?P<no>-(?=[^\s-]))?(?:["“”«»](?P<phrase>[^"“”«»]*)["“”«»]?|(?P<word>[^\s"“”«»]+))')
EITHER = frozenset({"OR", "OU", "أو", "|"})
# As much as shows what is meant, cut at words.
SNIPPET_CHARS = 240
MOST_TERMS = 32


@dataclass(frozen=True)
class Term:
    """Words in a row (often one), as they are indexed; ``beginning``: the last one may go on, ``no``: they must not be there."""

    forms: tuple[str, ...]
    beginning: bool = False
    no: bool = False
    stem: str = ""

    def match(self) -> str:
        """Return the term in the index's notation. Forms hold letters and figures alone, so nothing in them is notation."""
        phrase = " ".join(self.forms)
        if not self.beginning:
            return f'"{phrase}"'
        return f'("{phrase}" * OR "{self.stem}")' if self.stem and len(self.forms) == 1 else f'"{phrase}" *'


@dataclass(frozen=True)
class Query:
    """All groups must be met, each by any of its terms."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    def match(self) -> str:
        """Return the query in the index's notation."""
        met = " AND ".join(f"({' OR '.join(term.match() for term in group)})" for group in self.groups)
        return f"({met}) NOT ({' OR '.join(term.match() for term in self.without)})" if self.without else met

    def terms(self) -> list[Term]:
        """Return the terms that may be found."""
        return [term for group in self.groups for term in group]


def parse(text: str) -> Query:
    """Return the query that ``text`` means. Raises InputError where no word is sought.

    >>> parse('"Front al-Nosra" -Irak').match()
    '(("front al nosra")) NOT ("irak")'
    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    either = False
    for match in list(TERM.finditer(text))[:MOST_TERMS]:
        if match["word"] in EITHER and groups:
            either = True
            continue
        terms = _terms(match)
        if not terms:
            continue
        if match["no"]:
            without += terms
        elif either:
            groups[-1] += terms
        else:
            groups.append(terms)
        either = False
    if not groups:
        raise InputError(f"{text!r} has no word to search for", cure="give a word that must be there")
    return Query(tuple(map(tuple, groups)), tuple(without))


def _terms(match: re.Match[str]) -> list[Term]:
    """Return what was typed as a term, or as two: what is not seen in it may part words or not."""
    raw = match["phrase"] if match["phrase"] is not None else match["word"]
    ways = dict.fromkeys((folding.BREAK.sub("", raw), folding.broken(raw).strip()))
    return [term for way in ways if (term := _term(way, no=bool(match["no"]))) is not None]


def _term(raw: str, *, no: bool) -> Term | None:
    beginning = raw.endswith("*")
    forms = tuple(word.form for word in folding.words(raw))
    if not forms:
        return None
    stem = forms[-1]
    if beginning:
        # the index has 'dama' for Damas: a beginning is what was typed, and its own form besides
        typed = folding.typed(raw)
        forms = (*forms[:-1], typed)
    return Term(forms, beginning, no, stem)


def found(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where the words of the terms stand in ``text``, in order."""
    ways = [list(folding.words(way)) for way in dict.fromkeys((text, folding.broken(text)))]
    merged: list[tuple[int, int]] = []
    for start, end in sorted({place for words in ways for place in _places(words, terms)}):
        if merged and start < merged[-1][1]:
            # a word, and its part in the other reading
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [Span(start=start, end=end, exact=text[start:end]) for start, end in merged]


def _places(words: Sequence[folding.Word], terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    for term in terms:
        size = len(term.forms)
        for i in range(len(words) - size + 1):
            if all(_is(words[i + k], term, k) for k in range(size)):
                yield from ((word.start, word.end) for word in words[i : i + size])


def _is(word: folding.Word, term: Term, k: int) -> bool:
    wanted = term.forms[k]
    if term.beginning and k == len(term.forms) - 1:
        return word.form == term.stem or any(form.startswith(wanted) for form in (word.form, *word.others))
    return word.form == wanted or (len(term.forms) == 1 and wanted in word.others)


def snippet(text: str, spans: Iterable[Span]) -> Span | None:
    """Return the stretch of ``text`` that has most of the words found, cut at white space; None where none is found."""
    starts = [span.start for span in spans]
    if not starts:
        return None
    best = max(starts, key=lambda first: (sum(first <= start < first + SNIPPET_CHARS for start in starts), -first))
    start = max(0, best - SNIPPET_CHARS // 4)
    end = min(len(text), start + SNIPPET_CHARS)
    while 0 < start < best and not text[start - 1].isspace():
        start += 1
    while best < end < len(text) and not text[end].isspace():
        end -= 1
    return Span(start=start, end=end, exact=text[start:end])
