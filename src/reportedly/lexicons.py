"""Lexicons: rows of words with their values, expanded by paradigms, and found in a text once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportedly import text as texts
from reportedly.errors import RuleError
from reportedly.text import Text, Tokenization

if TYPE_CHECKING:
    from reportedly.rules import Language

# An entry that stands at a token, with how many tokens it covers (in what lexicons keep) or the token after it (in what they answer).
Found = tuple[int, "Entry"]
Rows = dict[int, tuple[Found, ...]]
NOTHING: tuple[Found, ...] = ()
NOWHERE: Rows = {}


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One form of a lexicon: its tokens, its values, the feature of the paradigm it stands in, and where it is written."""

    form: tuple[str, ...]
    values: dict[str, str]
    feature: str
    lexicon: str
    line: int
    lemma: str
    cased: bool = False

    @property
    def by(self) -> str:
        """Return how a record names this entry."""
        return f"{self.lexicon}:{self.lemma}"

    def get(self, key: str, default: str = "") -> str:
        """Return one of the entry's values."""
        return self.values.get(key, default)


@dataclass
class Lexicon:
    """Entries indexed by their first token, longest first; ``bare`` serves capitals printed without accents."""

    name: str
    index: dict[str, list[Entry]] = field(default_factory=dict)
    bare: dict[str, list[Entry]] = field(default_factory=dict)
    rows: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    shelf: Shelf | None = None
    _words: dict[str, Entry] | None = None
    _saying: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def candidates(self, text: Text, i: int) -> list[Entry]:
        """Return the entries that may start at token ``i``."""
        found = self.index.get(text.norms[i])
        if found is None and text.capitals[i]:
            found = self.bare.get(texts.bare(text.norms[i]))
        return found or []

    def hits(self, text: Text) -> Rows:
        """Return for each token where entries start how many tokens they cover and the entries, longest first.

        The text is looked through once for all lexicons of its language: most words are in none.
        """
        if not self.index:
            return NOWHERE
        shelf = self.shelf or self.shelf_of_one()
        found = text.found if text.shelf is shelf else shelf.hits(text)
        return found.get(self.name, NOWHERE)

    def shelf_of_one(self) -> Shelf:
        """Return a shelf for a lexicon that stands alone."""
        self.shelf = Shelf({self.name: self})
        return self.shelf

    def match(self, text: Text, i: int) -> Found | None:
        """Return the end and the longest entry that starts at token ``i``, or None."""
        found = (text.found[self.name] if text.shelf is self.shelf else self.hits(text)).get(i)
        if found is None:
            return None
        size, entry = found[0]
        return i + size, entry

    def matches(self, text: Text, i: int) -> Sequence[Found]:
        """Return the end and entry of all that start at token ``i``, longest first."""
        found = (text.found[self.name] if text.shelf is self.shelf else self.hits(text)).get(i)
        if found is None:
            return NOTHING
        return [(i + size, entry) for size, entry in found]

    @property
    def words(self) -> dict[str, Entry]:
        """Return the first one-word entry of each folded form."""
        if self._words is None:
            single = ((norm, [e for e in entries if len(e.form) == 1]) for norm, entries in self.index.items())
            self._words = {norm: entries[0] for norm, entries in single if entries}
        return self._words

    @cached_property
    def phrases(self) -> dict[tuple[str, str], list[tuple[str, ...]]]:
        """Return the folded forms of several words by their first two."""
        found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for entry in (e for entries in self.index.values() for e in entries if len(e.form) > 1):
            found.setdefault((entry.form[0], entry.form[1]), []).append(entry.form)
        return found

    def has(self, norm: str) -> bool:
        """Return whether a folded word is an entry by itself."""
        return norm in (self._words or self.words)

    def saying(self, key: str, value: str = "") -> frozenset[str]:
        """Return the folded words whose first entry says ``value`` of ``key``, or anything of it: made once, asked at every word."""
        if (key, value) not in self._saying:
            told = ((norm, entry.get(key)) for norm, entry in self.words.items())
            self._saying[key, value] = frozenset(norm for norm, said in told if said and said == (value or said))
        return self._saying[key, value]

    def entry(self, norm: str, feature: str = "") -> Entry | None:
        """Return the first one-word entry of a folded form (with the feature, if one is asked for)."""
        if not feature:
            return (self._words or self.words).get(norm)
        return next((e for e in self.index.get(norm, ()) if e.feature == feature and len(e.form) == 1), None)


Pair = tuple[str, str]
# What stands on a shelf under one printed word: for each lexicon its entries of that one word, and whether longer ones begin with it.
Card = tuple[tuple[tuple[str, tuple[Found, ...]], ...], bool]


class Shelf:
    """All lexicons of a language by the first words of their entries: one look at a token serves them all.

    Entries of several words stand under their first two, since many begin with the commonest words of the language. What stands under
    a printed word is made out once and kept.
    """

    def __init__(self, lexicons: dict[str, Lexicon]) -> None:
        self.names = list(lexicons)
        self.words: dict[str, list[Entry]] = {}
        self.bare_words: dict[str, list[Entry]] = {}
        self.pairs: dict[Pair, list[Entry]] = {}
        self.bare_pairs: dict[Pair, list[Entry]] = {}
        self.known: dict[str, Card] = {}
        for lexicon in lexicons.values():
            lexicon.shelf = self
            for entries in lexicon.index.values():
                for entry in entries:
                    self._add(entry)
        for pairs in (self.pairs, self.bare_pairs):
            _longest_first(pairs.values())
        self.openers = {first for first, _ in self.pairs}
        self.bare_openers = {first for first, _ in self.bare_pairs}

    def _add(self, entry: Entry) -> None:
        first = entry.form[0]
        plain = first if first.isascii() else texts.bare(first)
        if len(entry.form) == 1:
            self.words.setdefault(first, []).append(entry)
            self.bare_words.setdefault(plain, []).append(entry)
            return
        second = entry.form[1]
        self.pairs.setdefault((first, second), []).append(entry)
        self.bare_pairs.setdefault((plain, texts.bare(second)), []).append(entry)

    def hits(self, text: Text) -> dict[str, Rows]:
        """Return for each lexicon what of it stands in ``text``, looked up once; a text keeps what it was asked first beside it."""
        if text.shelf is self:
            return text.found
        if text.shelf is texts.NO_SHELF:
            text.shelf, text.found = self, self._look(text)
            return text.found
        if self not in text.cache:
            text.cache[self] = self._look(text)
        return text.cache[self]  # type: ignore[return-value]

    def _look(self, text: Text) -> dict[str, Rows]:
        found: dict[str, Rows] = {name: {} for name in self.names}
        known, pairs, norms, size = self.known.get, self.pairs, text.norms, text.size
        for i, word in enumerate(text.words):
            card = known(word)
            if card is None:
                card = self._card(text, i)
            for name, entries in card[0]:
                found[name][i] = entries
            if card[1] and (text.capitals[i] or (norms[i], norms[i + 1] if i + 1 < size else "") in pairs):
                for name, longer in self._several(text, i).items():
                    rows = found[name]
                    rows[i] = (*longer, *rows.get(i, NOTHING))
        return found

    def _card(self, text: Text, i: int) -> Card:
        """Return what stands under the printed word of token ``i``, kept for the next time."""
        norm, upper = text.norms[i], text.capitals[i]
        plain = texts.bare(norm) if upper else ""
        one = self.words.get(norm)
        if upper:
            one = _with_bare(one, self.bare_words.get(plain))
        groups: dict[str, list[Found]] = {}
        for entry in one or ():
            if upper or not entry.cased:
                groups.setdefault(entry.lexicon, []).append((1, entry))
        opens = norm in self.openers or (upper and plain in self.bare_openers)
        card = tuple((name, tuple(entries)) for name, entries in groups.items()), opens
        texts.remember(self.known, text.words[i], card)
        return card

    def _several(self, text: Text, i: int) -> dict[str, list[Found]]:
        """Return for each lexicon the entries of several words at token ``i``, to their end, printed with or without accents."""
        groups: dict[str, list[Found]] = {}
        norms, size = text.norms, text.size
        if i + 1 >= size:
            return groups
        entries, upper = self.pairs.get((norms[i], norms[i + 1])), text.capitals[i]
        if upper:
            entries = _with_bare(entries, self.bare_pairs.get((texts.bare(norms[i]), texts.bare(norms[i + 1]))))
        for e in entries or ():
            length = len(e.form)
            if i + length <= size and (upper or not e.cased) and _same(text, i, e.form):
                groups.setdefault(e.lexicon, []).append((length, e))
        return groups


def _with_bare(entries: list[Entry] | None, others: list[Entry] | None) -> list[Entry] | None:
    """Return the entries of a capitalised word: where a lexicon does not know it as printed, those without accents."""
    if not entries or not others:
        return entries or others
    known = {entry.lexicon for entry in entries}
    return [*entries, *(entry for entry in others if entry.lexicon not in known)]


def _same(text: Text, i: int, form: tuple[str, ...]) -> bool:
    for k, wanted in enumerate(form, i):
        norm = text.norms[k]
        if norm != wanted and not (text.capitals[k] and texts.bare(norm) == texts.bare(wanted)):
            return False
    return True


def did_you_mean(name: str, known: list[str]) -> str:
    """Return '; did you mean {...}?' with the nearest known name, or nothing."""
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {{{near[0]}}}?" if near else ""


def read(language: Language, extra: Path | None) -> None:
    """Read all lexicons: first the rows, then (where clitics are split) the words known, then the forms, tokenised with them."""
    rows: list[tuple[str, int, str, dict[str, str], str]] = []
    for path in sorted((language.folder / "lexicons").glob("*.tsv")):
        rows.extend((path.stem, *row) for row in _rows(path))
        language.lexicons[path.stem] = Lexicon(path.stem)
    if extra:
        rows.extend(_extra_rows(extra, language))
    definite = language.settings.get("text", {}).get("definite", ())
    if language.tokenization.prefixes:
        _learn_words(language, rows)
    for name, line, form, values, note in rows:
        lexicon = language.lexicons[name]
        lexicon.rows.append((form, values, note))
        articles = language.tokenization.articles if name in definite else ()
        cased, index, bare = values.get("cased") == "1", lexicon.index, lexicon.bare
        for tokens, feature in _forms(form, language, (name, line), articles=articles):
            entry = Entry(tokens, values, feature, name, line, form, cased)
            first = tokens[0]
            index.setdefault(first, []).append(entry)
            bare.setdefault(first if first.isascii() else texts.bare(first), []).append(entry)
    for lexicon in language.lexicons.values():
        for index in (lexicon.index, lexicon.bare):
            _longest_first(index.values())


def _longest_first(lists: Iterable[list[Entry]]) -> None:
    for entries in lists:
        if len(entries) > 1:
            entries.sort(key=lambda e: -len(e.form))


def _rows(path: Path) -> Iterator[tuple[int, str, dict[str, str], str]]:
    file = f"{path.parent.parent.name}/lexicons/{path.name}"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        form, value, note = [*(c.strip() for c in line.split("\t")), "", ""][:3]
        if form == "form" and value == "value":
            continue
        yield number, form, _values(value, file, number), note


def _values(value: str, file: str, line: int) -> dict[str, str]:
    values = {}
    for part in value.split():
        key, sign, content = part.partition("=")
        if not sign:
            raise RuleError(
                f"{file}, line {line}: {part!r} is no key=value", cure="write values as key=value, separated by spaces"
            )
        values[key] = content.replace("_", " ") if key in ("neutral", "name", "of") else content
    return values


def _extra_rows(extra: Path, language: Language) -> Iterator[tuple[str, int, str, dict[str, str], str]]:
    """Yield the rows of a user's own lexicon: four columns, the lexicon's name first."""
    for number, line in enumerate(extra.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, form, value, note = [*(c.strip() for c in line.split("\t")), "", "", ""][:4]
        if name == "lexicon" and form == "form":
            continue
        if name not in language.lexicons:
            raise RuleError(
                f"{extra.name}, line {number}: {name!r} is not a lexicon of {language.code}{did_you_mean(name, list(language.lexicons))}",
                cure="columns: lexicon, form, value, note, separated by tabs",
            )
        yield name, number, form, _values(value, extra.name, number), note


def _learn_words(language: Language, rows: list[tuple[str, int, str, dict[str, str], str]]) -> None:
    """Tell the tokenizer all words of the lexicons: what is left of a word when its clitic is split off must be one of them.

    A later word of a phrase may itself carry a clitic ('قتل وأصيب'): it is learnt only where its rest is no word.
    """
    tokenization = language.tokenization
    known = {texts.fold(word, tokenization) for word in language.settings.get("text", {}).get("known", ())}
    later: set[str] = set()
    for _, _, form, _, _ in rows:
        for phrase, _ in _expand(form, language, ("", 0)):
            words = [texts.fold(word, tokenization) for word in phrase.split()]
            known.update(words[:1])
            later.update(words[1:])
    prefixes = tokenization.prefixes
    known |= {
        word for word in later if not any(word.startswith(p) and word[len(p) :] in known | later for p in prefixes)
    }
    fields = {name: getattr(tokenization, name) for name in tokenization.__dataclass_fields__}
    language.tokenization = Tokenization(**{**fields, "known": frozenset(k for k in known if len(k) > 1)})


def _forms(
    form: str, language: Language, where: tuple[str, int], *, articles: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the folded tokens and the feature of every inflected form of a lexicon row, also with each of ``articles`` written onto it."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    split, fold, tokenization = texts.split, texts.fold, language.tokenization
    for surface, feature in _expand(form, language, where):
        folded = tuple([fold(word, tokenization) for word in split(surface, tokenization)])
        if not folded:
            continue
        for tokens in (folded, *((article + folded[0], *folded[1:]) for article in articles)):
            if (tokens, feature) not in seen:
                seen.add((tokens, feature))
                yield tokens, feature


def _expand(form: str, language: Language, where: tuple[str, int]) -> Iterator[tuple[str, str]]:
    """Yield surface forms and features: 'affirm~er' by its paradigm, 'said/past' by what it states."""
    if "~" not in form and "/" not in form:
        yield form, ""
        return
    head, slash, stated = form.rpartition("/")
    if slash and stated.isalpha() and " " not in stated and "~" not in head:
        yield head, stated
        return
    if "~" not in form:
        yield form, ""
        return
    words = form.split(" ")
    at = next(i for i, w in enumerate(words) if "~" in w)
    stem, _, paradigm = words[at].partition("~")
    if paradigm not in language.paradigms:
        file = f"{language.code}/lexicons/{where[0]}.tsv, line {where[1]}"
        raise RuleError(f"{file}: no paradigm {paradigm!r}{did_you_mean(paradigm, list(language.paradigms))}")
    for feature, endings in language.paradigms[paradigm].items():
        for ending in endings:
            rest = " ".join([*words[:at], stem + ending, *words[at + 1 :]])
            if "~" in rest:
                for surface, _ in _expand(rest, language, where):
                    yield surface, feature
            else:
                yield rest, feature
