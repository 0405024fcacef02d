"""Names kept out of what is shown and exported: a copy of a reading in which a mark stands for each of them, spans still right.

What is stored stays whole. In the copy every name is replaced by ``[…]``, always the same mark, so that its length tells nothing: in the
text, in every exact word, name, note, title, address and reason; all offsets are those of the copy's own text. Hashes and ids of a document
in which something was replaced are made anew, from the copy alone: a guess of the name cannot be tried against them, and they are the same
each time the same names are kept out.

A name is found in any case, with or without accents, with any apostrophe, hyphen or line end between its words, with characters that are
not seen in its words or between them, behind an elision or an Arabic clitic, with its first names as initials, in the order of a list
('Dupont, Jean'), and in the spellings of other scripts where it has two words or more; of those the last one stands for the person too
('M. Dupont').
"""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

import msgspec

from reportedly import folding, transliteration
from reportedly.errors import InputError
from reportedly.records import Claim, Document, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportedly.queries import Versions

R = TypeVar("R")
MARK = "[…]"
# What may stand between the words of one name; more, and they are two.
WIDEST_GAP = 5
SHORTEST_SURNAME = 3
# So many consonants tell a name from other words in another script.
LEAST_CONSONANTS = 4
ID_LENGTH = 16
ARTICLE = re.compile(r"(?:[aeu][lnrstdz]|l)", re.IGNORECASE)
Hits = list[tuple[int, int]]


@dataclass(frozen=True)
class Name:
    """A name as it is sought: the forms of its words, the raw words, and whether to seek it exactly so only."""

    forms: tuple[str, ...]
    raw: tuple[str, ...]
    sounds: tuple[str, ...]
    exactly: bool = False


def names_in(listed: str) -> list[str]:
    """Return the names of a file (one a line, ``#`` before a remark), or of a list with commas. Raises InputError where there is none."""
    try:
        content = Path(listed).read_text(encoding="utf-8-sig") if Path(listed).is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the names in {listed} cannot be read", cure="give a text file in UTF-8, a name a line"
        ) from error
    lines = [line.partition("#")[0] for line in content.splitlines()] if content is not None else listed.split(",")
    names = [line.strip() for line in lines if line.strip()]
    if not names:
        raise InputError(f"there is no name in {listed!r}", cure="give a file of names, one a line, or 'Name, Name'")
    return names


class Redaction:
    """Names to keep out, compiled once. Raises InputError for a name that has no letters to seek."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [_name(way) for name in names for way in _ways(name)]
        self._taken: dict[str, str] = {}
        # the words any hit can begin with, so that texts without them cost one look-up a word
        self._firsts = {form for name in self._names for forms in _sequences(name) for form in forms[:1]}
        self._joined = {"".join(name.forms) for name in self._names if len(name.forms) > 1}
        self._wanted = self._joined | {form for name in self._names for forms in _sequences(name) for form in forms}
        self._sounding = [
            name for name in self._names if not name.exactly and sum(map(len, name.sounds)) >= LEAST_CONSONANTS
        ]
        self._sounding = [name for name in self._sounding if len(name.sounds) > 1]

    @classmethod
    def listed(cls, names: str) -> Redaction:
        """Return the redaction of the names in a file, or in a list with commas. Raises InputError."""
        return cls(names_in(names))

    def reading(self, reading: Reading) -> Reading:
        """Return a copy of ``reading`` without the names; the reading itself where it has none of them."""
        return self.about(reading, reading)

    def about(self, record: R, reading: Reading) -> R:
        """Return a copy of a record about a document (what a search found in it, its row in a list) without the names."""
        return self._walk(reading.document, reading.claims, reading).value(record)  # type: ignore[no-any-return]

    def string(self, text: str) -> str:
        """Return ``text`` with the mark for each of the names."""
        hits = self.hits(text)
        return _Shift(text, hits).text if hits else text

    def record(self, record: R) -> R:
        """Return a copy of a record that has no spans into a redacted text, without the names."""
        return _Walk(self, _Shift("", []), {}).value(record)  # type: ignore[no-any-return]

    def versions(self, step: Versions) -> Versions:
        """Return a copy of what changed between two texts without the names."""
        old = self._walk(step.before, [edit.before for edit in step.edits if edit.before], step.before)
        new = self._walk(step.after, [edit.after for edit in step.edits if edit.after], step.after)
        edits = (
            msgspec.structs.replace(edit, before=old.value(edit.before), after=new.value(edit.after))
            for edit in step.edits
        )
        return msgspec.structs.replace(
            step, before=old.value(step.before), after=new.value(step.after), edits=tuple(edits)
        )

    def _walk(self, document: Document, claims: Iterable[Claim], whole: msgspec.Struct) -> _Walk:
        """Return what copies the records of a document, ids made anew where ``whole`` has any of the names."""
        shift = _Shift(document.text, self.hits(document.text))
        ids: dict[str, str] = {}
        if shift.hits or self._names_it(whole, document.text):
            ids = self._anew(document, list(claims), shift)
        return _Walk(self, shift, ids)

    def _anew(self, document: Document, claims: Sequence[Claim], shift: _Shift) -> dict[str, str]:
        """Return other ids and hashes, made from the copies, so that they tell no more than those do."""
        blank = _Walk(self, shift, dict.fromkeys((document.id, document.sha256, *(claim.id for claim in claims)), ""))
        ids = {document.id: self._other(document.id, blank.value(document), "")}
        for claim in claims:
            # of a document that has a claim twice each is another one
            ids[claim.id] = self._other(f"{document.id}:{claim.id}", blank.value(claim), ids[document.id])
        return ids | {document.sha256: hashlib.sha256(shift.text.encode()).hexdigest()}

    def _names_it(self, whole: msgspec.Struct, text: str) -> bool:
        """Return whether a name stands anywhere beside the text."""
        return any(self._kept_out(each) != each for each in _strings(msgspec.to_builtins(whole)) if each != text)

    def _other(self, known: str, copy: msgspec.Struct, within: str) -> str:
        """Return what stands for the id of a record that looks so: another one where a record of another id already looks the same."""
        told = msgspec.json.encode([within, copy])
        for number in itertools.count():
            made = hashlib.blake2b(told + b"%d" % number, digest_size=32).hexdigest()[:ID_LENGTH]
            if self._taken.setdefault(made, known) == known:
                break
        return made

    def _kept_out(self, text: str) -> str:
        """Return a string that is no document's text without the names; an address that has one goes as a whole."""
        if "/" in text and " " not in text and ("%" in text or "://" in text):
            return MARK if self.hits(unquote(text)) else text
        return self.string(text)

    # --- finding -------------------------------------------------------------------------------------------------------------------

    def hits(self, text: str) -> Hits:
        """Return where the names stand, in order, those that meet as one."""
        found = [*self._written(text, folding.both_ways(text, self._wanted)), *self._sounded(text, text)]
        if (apart := folding.broken(text)) != text:
            found += self._sounded(text, apart)
        return _united(sorted(found))

    def _written(self, text: str, words: Sequence[folding.Word]) -> Iterator[tuple[int, int]]:
        # in a file's name, an address, a key, nothing has its capitals
        plain = not any(character.isspace() for character in text)
        starts = [word.start for word in words]
        for i, word in enumerate(words):
            if not self._joined.isdisjoint((word.form, *word.others)):
                yield word.start, word.end
            if self._firsts.isdisjoint((word.form, *word.others)):
                continue
            for name in self._names:
                for forms in _sequences(name):
                    if len(forms) > 1 or len(name.forms) == 1 or plain or _like_a_name(text, word):
                        for end in _ends(text, words, starts, i, forms):
                            yield word.start, end

    def _sounded(self, text: str, way: str) -> Iterator[tuple[int, int]]:
        """Yield names in other spellings and scripts, in one way to read a text: the consonants of all their words, articles aside."""
        if not self._sounding:
            return
        told = [word for word in folding.words(way) if not ARTICLE.fullmatch(text[word.start : word.end])]
        sounds = [_sound(text[word.start : word.end]) for word in told]
        for name in self._sounding:
            size = len(name.sounds)
            for i in range(len(told) - size + 1):
                if tuple(sounds[i : i + size]) == name.sounds and _together(text, told[i : i + size]):
                    yield told[i].start, told[i + size - 1].end


def _ways(written: str) -> list[str]:
    """Return the ways to read a name: two where it has what is not seen."""
    return list(dict.fromkeys((folding.BREAK.sub("", written), folding.broken(written).strip())))


def _name(written: str) -> Name:
    exactly = written.startswith("=")
    words = list(folding.words(written))
    forms = tuple(word.form for word in words)
    if sum(map(len, forms)) < 2:
        raise InputError(f"{written!r} is no name to keep out", cure="give at least two letters of it")
    raw = tuple(written[word.start : word.end] for word in words)
    sounds = tuple(_sound(word) for word in raw if not ARTICLE.fullmatch(word))
    return Name(forms, raw, sounds, exactly)


def _sequences(name: Name) -> Iterator[tuple[str, ...]]:
    """Yield the rows of words that stand for a name: itself; unless it is sought exactly, as in a list, with initials, its last word."""
    yield name.forms
    if name.exactly or len(name.forms) == 1:
        return
    *first, last = name.forms
    yield (last, *first)
    initials = [form[0] for form in first]
    yield (*initials, last)
    yield (initials[0], last)
    yield (last, *initials)
    if len(last) >= SHORTEST_SURNAME:
        yield (last,)


def _ends(
    text: str, words: Sequence[folding.Word], starts: Sequence[int], first: int, forms: Sequence[str]
) -> Iterator[int]:
    """Yield where rows of words end that begin with the word of index ``first`` and are ``forms``; several words may begin at one place."""
    word = words[first]
    if forms[0] != word.form and forms[0] not in word.others:
        return
    if len(forms) == 1:
        yield word.end
        return
    following = bisect_left(starts, word.end)
    for i in range(following, len(words)):
        if starts[i] != starts[following]:
            break
        if _together(text, (word, words[i])):
            yield from _ends(text, words, starts, i, forms[1:])


def _together(text: str, row: Sequence[folding.Word]) -> bool:
    """Return whether nothing but a few marks stands between words; an article left out of the row may."""
    return all(
        right.start - left.end <= WIDEST_GAP
        or len(between := folding.BREAK.sub("", text[left.end : right.start])) <= WIDEST_GAP
        or ARTICLE.fullmatch(between.strip(" -'’"))
        for left, right in itertools.pairwise(row)
    )


def _like_a_name(text: str, word: folding.Word) -> bool:
    """Return whether a last name alone is written as one: with a capital, or with an article or clitic where there are no capitals."""
    exact = text[word.start : word.end]
    return exact[0].isupper() if exact[0].lower() != exact[0].upper() else len(exact) > len(word.form)


def _sound(word: str) -> str:
    return transliteration.consonants(transliteration.folded(folding.BREAK.sub("", word)))


def _united(hits: Hits) -> Hits:
    united: Hits = []
    for start, end in hits:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


# --- the copy --------------------------------------------------------------------------------------------------------------------------


class _Shift:
    """A text with the mark for each hit, and where offsets of the old text lie in the new one."""

    def __init__(self, text: str, hits: Hits) -> None:
        self.hits = hits
        self._starts = [start for start, _ in hits]
        pieces, at = [], 0
        self._new: list[int] = []
        length = 0
        for start, end in hits:
            length += start - at
            self._new.append(length)
            pieces += [text[at:start], MARK]
            length += len(MARK)
            at = end
        self.text = "".join([*pieces, text[at:]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span lies: one that cuts into a name takes in the whole mark."""
        left, right = self._at(start, 0), self._at(end, len(MARK))
        return left, max(left, right)

    def _at(self, offset: int, within: int) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number >= 0:
            start, end = self.hits[number]
            if start < offset < end:
                return self._new[number] + within
            if offset >= end:
                return self._new[number] + len(MARK) + offset - end
            return self._new[number]
        return offset


class _Walk:
    """What copies records: spans moved, strings without the names, ids replaced."""

    def __init__(self, redaction: Redaction, shift: _Shift, ids: dict[str, str]) -> None:
        self._redaction = redaction
        self._shift = shift
        self._ids = ids
        self._known: dict[str, str] = {}

    def value(self, value: Any) -> Any:
        """Return a copy of any value that records have."""
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, Span):
            return self._span(value)
        if isinstance(value, msgspec.Struct):
            return self._struct(value, {})
        if isinstance(value, tuple | list):
            return type(value)(self.value(each) for each in value)
        if isinstance(value, dict):
            return {self.value(key): self.value(each) for key, each in value.items()}
        return value

    def _span(self, span: Span) -> Span:
        start, end = self._shift.span(span.start, span.end)
        return self._struct(span, {"start": start, "end": end, "exact": self._shift.text[start:end]})  # type: ignore[no-any-return]

    def _struct(self, record: msgspec.Struct, given: dict[str, Any]) -> Any:
        if "text" in record.__struct_fields__ and "sha256" in record.__struct_fields__:
            given = {"text": self._shift.text}
        changed = {
            field: given[field] if field in given else self.value(getattr(record, field))
            for field in record.__struct_fields__
        }
        return type(record)(**changed)

    def _string(self, text: str) -> str:
        if text in self._ids:
            return self._ids[text]
        if text not in self._known:
            self._known[text] = self._redaction._kept_out(text)  # noqa: SLF001 - the two are one
        return self._known[text]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _strings(key)
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
