"""The registry of actors: who is known, under which names, in which language; states and what is theirs.

The data stand in ``types/actors.toml`` and ``types/countries.tsv``; a user's own file may add to them (``load(extra=PATH)``). A registry
compiles, once a language, an index from the first word of a name to the names that start with it, so that finding names in a text costs
one look-up a token.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from reportedly import text as texts
from reportedly.errors import RuleError
from reportedly.records import EntityKind
from reportedly.rules import Language
from reportedly.text import Text

HERE = Path(__file__).parent / "types"
KINDS: tuple[str, ...] = get_args(EntityKind)
UNITS = ("army", "police", "security", "government", "air_force")
# A form of so few capitals means too many things to be believed alone.
SHORT_ACRONYM = 3


@dataclass(frozen=True)
class Actor:
    """One known actor; ``since`` and ``until`` are the months ('2016-07') in which it went by this name."""

    id: str
    name: str
    kind: EntityKind
    countries: tuple[str, ...] = ()
    wikidata: str | None = None
    traits: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    then: str = ""
    publishers: tuple[str, ...] = ()

    def alive(self, month: str) -> bool:
        """Return whether it went by this name in ``month`` (an ISO date or month; '' is any time)."""
        return not month or (
            (not self.since or self.since <= month[:7]) and (not self.until or month[:7] <= self.until)
        )


@dataclass(frozen=True)
class Country:
    """A country and the canonical names of what its state acts through (``units``: army, police, security, government, air_force)."""

    iso2: str
    iso3: str
    name: str
    wikidata: str | None
    adjective: str
    units: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Form:
    """One way to write a name: its folded words without accents, what it names, and whether it needs other evidence.

    ``what``: actor, country, adjective, seat (of government). ``ids``: actor ids or country codes, more than one where the form is
    shared. ``cased``: the words as they must stand (acronyms), else empty.
    """

    words: tuple[str, ...]
    what: str
    ids: tuple[str, ...]
    doubtful: bool = False
    cased: tuple[str, ...] = ()


@dataclass
class Forms:
    """The forms of one language by their first word, longest first; ``pairs`` holds those of several words by their first two."""

    index: dict[str, list[Form]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], list[Form]] = field(default_factory=dict)
    singles: dict[str, list[Form]] = field(default_factory=dict)

    def add(self, form: Form) -> None:
        """Index one form; forms are added longest first."""
        first = form.words[0]
        self.index.setdefault(first, []).append(form)
        if len(form.words) == 1:
            self.singles.setdefault(first, []).append(form)
        else:
            self.pairs.setdefault((first, form.words[1]), []).append(form)

    def hits(self, text: Text) -> dict[int, tuple[int, list[Form]]]:
        """Return for each token where a name starts what ``match`` gives, looked up once a text."""
        key = f"names {id(self)}"
        if key not in text.cache:
            index, words, norms = self.index, text.words, text.norms
            near = ((i, norm) for i, norm in enumerate(norms) if norm in index or not norm.isascii())
            found = ((i, self.match(words, norms, i, key=norm)) for i, norm in near)
            text.cache[key] = {i: each for i, each in found if each}
        return text.cache[key]  # type: ignore[return-value]

    def match(
        self, words: list[str], norms: list[str], i: int, *, key: str | None = None
    ) -> tuple[int, list[Form]] | None:
        """Return the end of the longest name that starts at token ``i`` and all forms of that length, or None.

        ``key`` replaces the folded first word (where a clitic is taken off it).
        """
        first = texts.bare(key if key is not None else norms[i])
        if first not in self.index:
            return None
        found: list[Form] = []
        size = len(norms)
        # many names begin alike ('front', 'parti', 'al-'), few with the same two words
        for form in self.pairs.get((first, texts.bare(norms[i + 1])), ()) if i + 1 < size else ():
            length = len(form.words)
            if found and length < len(found[0].words):
                break
            if i + length <= size and _same(norms, i, form.words) and (not form.cased or _cased(words, i, form)):
                found.append(form)
        if not found:
            found = [form for form in self.singles.get(first, ()) if not form.cased or _cased(words, i, form)]
        return (i + len(found[0].words), found) if found else None


def _same(norms: list[str], i: int, words: tuple[str, ...]) -> bool:
    for k in range(2, len(words)):
        norm = norms[i + k]
        if norm != words[k] and (norm.isascii() or texts.bare(norm) != words[k]):
            return False
    return True


def _cased(words: list[str], i: int, form: Form) -> bool:
    return all(words[i + k] == wanted for k, wanted in enumerate(form.cased))


@dataclass
class Registry:
    """All actors and countries; ``rows`` are (form, language or '', what, id, doubtful), as written; ``cache`` is for who compiles them."""

    actors: dict[str, Actor]
    countries: dict[str, Country]
    rows: list[tuple[str, str, str, str, bool]]
    sha256: str
    cache: dict[str, object] = field(default_factory=dict)
    _forms: dict[str, Forms] = field(default_factory=dict)
    _by_name: dict[str, Actor] = field(default_factory=dict)
    _units: dict[str, tuple[Country, str]] = field(default_factory=dict)

    def forms(self, language: Language) -> Forms:
        """Return the compiled names of a language."""
        if language.code not in self._forms:
            self._forms[language.code] = _compile(self, language)
        return self._forms[language.code]

    def named(self, name: str | None) -> Actor | None:
        """Return the actor of a canonical name, or None."""
        if not self._by_name:
            self._by_name = {actor.name: actor for actor in reversed(self.actors.values())}
        return self._by_name.get(name) if name else None

    def units(self) -> dict[str, tuple[Country, str]]:
        """Return the canonical names of states, armies and the like, each with its country and unit."""
        if not self._units:
            self._units = {
                name: (country, unit) for country in self.countries.values() for unit, name in country.units.items()
            }
        return self._units

    def resolve(self, exact: str, language: Language) -> Actor | None:
        """Return the actor that ``exact`` names as a whole and plainly, or None.

        >>> from reportedly import rules
        >>> load().resolve("le Front al-Nosra", rules.load("fr")).name
        'al-Nusra Front'
        """
        text = language.prepare(exact)
        forms = self.forms(language)
        for i in range(min(2, len(text))):
            found = forms.match(text.words, text.norms, i)
            if found and found[0] == len(text) and _plain(found[1]):
                return self.actors[found[1][0].ids[0]]
        return None


def _plain(forms: list[Form]) -> bool:
    """Return whether forms of one spelling name one actor without other evidence."""
    first = forms[0]
    return first.what == "actor" and len(first.ids) == 1 and not first.doubtful and len(forms) == 1


def _compile(registry: Registry, language: Language) -> Forms:
    collected: dict[tuple[tuple[str, ...], str, bool, tuple[str, ...]], list[str]] = {}
    for form, code, what, ident, doubtful in registry.rows:
        if code and code != language.code:
            continue
        cased = _acronym(form)
        short = cased and what == "actor" and _short(form) and bool(registry.actors[ident].countries)
        for words in _variants(form, language):
            folded = tuple(texts.bare(texts.fold(w, language.tokenization)) for w in words)
            key = (folded, what, doubtful or short, tuple(words) if cased else ())
            ids = collected.setdefault(key, [])
            if ident not in ids:
                ids.append(ident)
    forms = Forms()
    made = [
        Form(folded, what, tuple(ids), doubtful, cased) for (folded, what, doubtful, cased), ids in collected.items()
    ]
    for each in sorted(made, key=lambda f: (-len(f.words), f.doubtful)):
        forms.add(each)
    return forms


def _acronym(form: str) -> bool:
    """Return whether a form counts only as it is written: capitals alone, or one word with several ('LeT' is no 'let').

    >>> [_acronym(form) for form in ("RSF", "LeT", "Hamas", "al-Nosra")]
    [True, True, False, False]
    """
    capitals = sum(c.isupper() for c in form)
    small = any(c.islower() for c in form)
    return (form.upper() != form.lower() and not small) or (capitals > 1 and form.isalnum())


def _short(form: str) -> bool:
    """Return whether an acronym is too short to be believed alone; three signs with a figure among them ('M23') are not."""
    size = sum(c.isalnum() for c in form)
    return size < SHORT_ACRONYM or (size == SHORT_ACRONYM and not any(c.isdigit() for c in form))


def _variants(form: str, language: Language) -> Iterator[list[str]]:
    """Yield the words of a form as the tokenizer cuts them, and once more with a hyphen read as a space ('al Nosra')."""
    words = texts.tokenize(form, language.tokenization)[2]
    if words:
        yield words
    if re.search(r"(?<=\w)-(?=\w)", form):
        loose = texts.tokenize(form.replace("-", " "), language.tokenization)[2]
        if loose != words and len(loose) > 1:
            yield loose


# --- reading -----------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Registry:
    """Return the bundled registry, with the actors of ``extra`` (TOML like the bundled one, or TSV) added and preferred.

    A TSV line is name, kind, countries (may be empty), forms separated by '|'. Raises RuleError, naming the file and the line.
    """
    bundled = (HERE / "actors.toml").read_bytes()
    table = (HERE / "countries.tsv").read_bytes()
    digest = hashlib.sha256(bundled + table)
    registry = Registry({}, {}, [], "")
    if extra:
        content = _read(extra)
        digest.update(content)
        rows = _tsv_rows(content, extra.name) if extra.suffix == ".tsv" else _toml_rows(content, extra.name)
        _add_actors(registry, rows, extra.name, plain=True)
    _add_actors(registry, _toml_rows(bundled, "actors.toml"), "actors.toml")
    _add_countries(registry, table.decode("utf-8"))
    registry.sha256 = digest.hexdigest()
    return registry


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(
            f"the actors file {path.name} cannot be read ({error.strerror})", cure="give the path of a TOML or TSV file"
        ) from error


def _toml_rows(content: bytes, name: str) -> Iterable[tuple[str, dict[str, Any]]]:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{name}: {error}", cure="write one [[actor]] table an actor") from error
    for number, row in enumerate(table.get("actor", ()), 1):
        yield f"{name}, actor {number}", row


def _tsv_rows(content: bytes, name: str) -> Iterable[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "name\t")):
            continue
        cells = [*(c.strip() for c in line.split("\t")), "", "", ""]
        row: dict[str, Any] = {"name": cells[0], "kind": cells[1], "countries": cells[2].replace(",", " ").split()}
        row["aliases"] = [a.strip() for a in cells[3].split("|") if a.strip()]
        yield f"{name}, line {number}", row


def _add_actors(
    registry: Registry, rows: Iterable[tuple[str, dict[str, Any]]], file: str, *, plain: bool = False
) -> None:
    for where, row in rows:
        actor = _actor(row, where)
        if actor.id in registry.actors:
            if file != "actors.toml":
                raise RuleError(f"{where}: the id {actor.id!r} stands twice", cure="give each actor an id of its own")
            continue
        registry.actors[actor.id] = actor
        for what, doubtful in (("aliases", False), ("ambiguous", True)):
            aliases = row.get(what, {})
            by_language = aliases if isinstance(aliases, dict) else {"": aliases}
            for code, forms in by_language.items():
                registry.rows.extend((form, code, "actor", actor.id, doubtful) for form in forms)
        if plain:
            registry.rows.append((actor.name, "", "actor", actor.id, False))


def _actor(row: dict[str, Any], where: str) -> Actor:
    name, kind = row.get("name"), row.get("kind", "armed-group")
    if not name:
        raise RuleError(f"{where}: no name", cure="give the canonical name as name = ...")
    if kind not in KINDS:
        raise RuleError(f"{where}: {kind!r} is no kind of actor", cure=f"one of {', '.join(KINDS)}")
    return Actor(
        id=row.get("id") or re.sub(r"[^a-z0-9]+", "-", texts.bare(str(name).lower())).strip("-") or str(name),
        name=name,
        kind=kind,
        countries=tuple(row.get("countries", ())),
        wikidata=row.get("wikidata"),
        traits=frozenset(row.get("is", ())),
        since=row.get("from", ""),
        until=row.get("until", ""),
        then=row.get("then", ""),
        publishers=tuple(row.get("publishers", ())),
    )


def _add_countries(registry: Registry, table: str) -> None:
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    languages = [column.removeprefix("adj_") for column in head if column.startswith("adj_")]
    for line in lines[1:]:
        row = dict(zip(head, line.split("\t"), strict=False))
        code = row["iso2"]
        adjective = row["adj_en"].split("|")[0]
        units = {unit: row[unit] for unit in UNITS if row.get(unit)} | {"state": row["name"]}
        registry.countries[code] = Country(code, row["iso3"], row["name"], row["wikidata"] or None, adjective, units)
        for prefix, what in (("", "country"), ("adj_", "adjective"), ("seat_", "seat")):
            for language in languages:
                for form in filter(None, row.get(prefix + language, "").split("|")):
                    registry.rows.append((form, language, what, code, False))
