"""Why something is said of claims and sources: a code, what it is about, and the sentence in a language.

``say`` makes the sentence that is kept and shown, in English; ``apart`` gives back code and values from it, so that whoever shows it in
another language need not keep more than the sentence. Each code stands in ``en.toml``, each language's sentences in a file of their own:
data that a translator edits.

    >>> say("time.days", count=3)
    '3 days between them'
    >>> told("3 days between them", "fr")
    "3 jours d'écart"

Whatever stands behind the colon of a blank in ``en.toml`` says what it holds and what of that has words of its own in a language:

- ``bounds``: of a figure ('at least 10'); ``figure``: bounds, and the words they were told in where those differ
  (``at least 10 ('dix au moins')``);
- ``parties``: names and sorts of people, joined by ' + '; ``who``: a speaker, '(hearsay)' behind him; ``holding``: who holds ground;
- ``types``: types of happenings or their modes, in the words of whoever shows it; ``quote``: words of a report, in quotation marks;
- ``number``, ``day``, ``share``: figures; ``word``: one that every language has a word for;
  ``reasons``: one or more sentences of this kind, joined by '; '.

Words that run the other way than the sentence (a Latin name in an Arabic one) stand in it isolated, so that neither disorders the other.
"""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parent
DEFAULT = "en"
# Parts of other sentences, none of their own.
PARTS = ("bounds", "holding", "side", "word")
_BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")
_QUOTE = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_NUMBER = r"-?\d[\d.,e+-]*|inf|nan"
_BOUNDS = rf"(?:nearly |about |at least |at most )?(?:{_NUMBER})(?: to (?:{_NUMBER}))?|unknown"
_SHAPES = {
    "bounds": _BOUNDS,
    "figure": rf"(?:{_BOUNDS})(?: \({_QUOTE}\))?",
    "quote": _QUOTE,
    "number": _NUMBER,
    "day": r"\d{4}-\d{2}-\d{2}",
    "share": r"\d+%",
    "reasons": ".+",
    "types": r"[\w-]+(?: [\w-]+)*|",
}
# Sentences longer than this are no reasons of ours.
LONGEST = 20_000


class Reason(NamedTuple):
    """A code with the values of its blanks as they stand in the English sentence."""

    code: str
    given: Mapping[str, str]


def isolated(words: str) -> str:
    """Return words that do not disorder what stands around them, whichever way they run (for plain text)."""
    return f"\u2068{words}\u2069"


class _Voice(NamedTuple):
    """How a sentence is told: in which language, with which words for types, and what stands for words that run the other way."""

    language: str
    types: Callable[[str], str]
    around: Callable[[str], str]


class _Pattern(NamedTuple):
    code: str
    blanks: tuple[tuple[str, str], ...]
    form: re.Pattern[str]


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are sentences in, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def sentences(language: str) -> dict[str, str]:
    """Return a language's sentences by code. Raises OSError where there are none."""
    held = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{name}": text for table, rows in held.items() for name, text in rows.items()}


def say(code: str, **given: object) -> str:
    """Return the sentence of a code in English, its blanks filled. Raises KeyError for a code or a blank that there is not."""
    return _BLANK.sub(lambda blank: str(given[blank[1]]), sentences(DEFAULT)[code])


@lru_cache(maxsize=4096)
def apart(sentence: str) -> tuple[Reason, ...]:
    """Return what a sentence says, or several joined by '; '; empty where it is none of ours."""
    if len(sentence) > LONGEST:
        return ()
    # one that holds others, then several, then one alone: else the words of one could swallow the next
    holding = _one(sentence, _of_reasons())
    if holding is not None:
        return (holding,)
    for end in (found.start() for found in re.finditer("; ", sentence)):
        first = apart(sentence[:end])
        rest = apart(sentence[end + 2 :]) if first else ()
        if rest:
            return (*first, *rest)
    one = _one(sentence, _own())
    return (one,) if one else ()


def told(
    sentence: str, language: str, *, types: Callable[[str], str] = str, around: Callable[[str], str] = isolated
) -> str | None:
    """Return a reason in a language, None where the sentence is none of ours or the language has none.

    ``types`` gives the words for types and modes of happenings, ``around`` what stands for words that run the other way.
    """
    if language not in languages():
        return None
    found = apart(sentence)
    voice = _Voice(language, types, around)
    return "; ".join(_said(each, voice) for each in found) if found else None


def parties(names: str, language: str, *, around: Callable[[str], str] = isolated) -> str:
    """Return names and sorts of people as sentences have them ('armed group + M23'), the sorts in a language.

    >>> parties("M23 + civilians", "fr")
    'M23 + civils'
    """
    return " + ".join(_put(_word(part, language), _Voice(language, str, around)) for part in names.split(" + "))


def side(
    says: str, language: str, *, types: Callable[[str], str] = str, around: Callable[[str], str] = isolated
) -> str:
    """Return what one side of a contradiction says (a sentence of the table ``side``) in a language.

    >>> side("at least 10 (state force)", "fr"), side("not M23", "fr")
    ("au moins 10 (force de l'État)", 'pas M23')
    """
    found = _one(says, _of("side"))
    return _said(found, _Voice(language, types, around)) if found else says


def bounds(low: float | None, best: float | None, high: float | None) -> str:
    """Return the bounds of a figure in words.

    >>> bounds(10, None, None), bounds(3, 3, 3)
    ('at least 10', '3')
    """
    if low is not None and low == high:
        return say("bounds.exact", n=f"{low:g}")
    if best is not None and low is None:
        return say("bounds.nearly" if high == best else "bounds.about", n=f"{best:g}")
    if low is not None and high is not None:
        return say("bounds.between", n=f"{low:g}", m=f"{high:g}")
    if low is not None:
        return say("bounds.least", n=f"{low:g}")
    return say("bounds.most", n=f"{high:g}") if high is not None else say("bounds.unknown")


def figure(understood: str, exact: str) -> str:
    """Return a figure as it is understood, and as it is told where that differs.

    >>> figure("at least 10", "dix au  moins"), figure("3", "3")
    ("at least 10 ('dix au moins')", '3')
    """
    told = " ".join(exact.split())
    return understood if told == understood else f"{understood} ({told!r})"


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns of all sentences, those with the most words of their own first."""
    made = []
    for code, text in sentences(DEFAULT).items():
        pieces = _BLANK.split(text)
        blanks = tuple((name, kind or "text") for name, kind in zip(pieces[1::3], pieces[2::3], strict=True))
        form = re.escape(pieces[0])
        for (name, kind), behind in zip(blanks, pieces[3::3], strict=True):
            form += f"(?P<{name}>{_SHAPES.get(kind, '.+?')}){re.escape(behind)}"
        made.append((len("".join(pieces[::3])), _Pattern(code, blanks, re.compile(form, re.DOTALL))))
    return tuple(pattern for _, pattern in sorted(made, key=lambda each: -each[0]))


@cache
def _own() -> tuple[_Pattern, ...]:
    return tuple(each for each in _patterns() if each.code.partition(".")[0] not in PARTS)


@cache
def _of_reasons() -> tuple[_Pattern, ...]:
    return tuple(each for each in _own() if any(kind == "reasons" for _, kind in each.blanks))


@cache
def _of(table: str) -> tuple[_Pattern, ...]:
    return tuple(each for each in _patterns() if each.code.partition(".")[0] == table)


def _one(sentence: str, patterns: tuple[_Pattern, ...]) -> Reason | None:
    """Return what one sentence says; of several readings the one whose own words are most of it."""
    for pattern in patterns:
        found = pattern.form.fullmatch(sentence)
        if found and all(_holds(kind, found[name]) for name, kind in pattern.blanks):
            return Reason(pattern.code, found.groupdict())
    return None


def _holds(kind: str, value: str) -> bool:
    if kind == "reasons":
        return bool(apart(value))
    return kind != "holding" or _one(value, _of("holding")) is not None


def _kinds(code: str) -> dict[str, str]:
    return {name: kind or "text" for name, kind in _BLANK.findall(sentences(DEFAULT)[code])}


def _said(reason: Reason, voice: _Voice) -> str:
    kinds = _kinds(reason.code)
    made = {name: _value(value, kinds[name], voice) for name, value in reason.given.items()}
    return _BLANK.sub(lambda blank: made[blank[1]], sentences(voice.language)[reason.code])


def _value(value: str, kind: str, voice: _Voice) -> str:
    """Return what a blank holds in a language; names and words of reports stay as they are."""
    if kind == "reasons":
        return "; ".join(_said(each, voice) for each in apart(value))
    if kind == "holding" and (found := _one(value, _of("holding"))):
        return _said(found, voice)
    if kind in ("figure", "bounds"):
        return _figure(value, voice)
    if kind == "quote":
        return _put(_quoted(value), voice)
    if kind == "word":
        return _word(value, voice.language)
    if kind == "types":
        return " ".join(voice.types(word) for word in value.split())
    if kind == "who":
        name, hearsay, _ = value.partition(" (hearsay)")
        name = _put(name, voice)
        return f"{name} ({_word('hearsay', voice.language)})" if hearsay else name
    if kind == "parties":
        return parties(value, voice.language, around=voice.around)
    return _put(value, voice)


def _figure(value: str, voice: _Voice) -> str:
    bounds, _, words = value.partition(" (")
    found = _one(bounds, _of("bounds"))
    shown = _said(found, voice) if found else bounds
    return f"{shown} ({_put(_quoted(words.removesuffix(')')), voice)})" if words else shown


@cache
def _against(language: str) -> frozenset[str]:
    """Return the kinds of letters that run the other way than a language's sentences."""
    leftwards = frozenset({"R", "AL"})
    first = next(iter(sentences(language).values()))
    return frozenset("L") if any(unicodedata.bidirectional(each) in leftwards for each in first) else leftwards


def _put(words: str, voice: _Voice) -> str:
    """Return words as they stand in a sentence, apart from it where they run the other way."""
    against = _against(voice.language)
    return voice.around(words) if any(unicodedata.bidirectional(each) in against for each in words) else words


def _word(word: str, language: str) -> str:
    return sentences(language).get(f"word.{word}", word)


def _quoted(value: str) -> str:
    """Return words of a report, told as Python writes a string, in quotation marks of no language."""
    try:
        return f"“{ast.literal_eval(value)}”"
    except (ValueError, SyntaxError):
        return value
