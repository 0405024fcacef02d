"""What a linguist works with: check the rules of a language, try them on a sentence, count how often each fires."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly import rules, samples
from reportedly.errors import InputError, RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportedly.text import Text


class Firing(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that matched: code points into the text, what its pattern captured, and what it gives."""

    rule: str
    file: str
    start: int
    end: int
    exact: str
    captured: tuple[tuple[str, str, str], ...]
    gives: dict[str, Any]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How often a rule fired over the texts, and how often per thousand words."""

    rule: str
    file: str
    times: int
    per_thousand: float


def describe() -> Iterator[str]:
    """Yield one line a language: its code, its name, its direction, its parser, and how many rules and words it has."""
    for code in rules.available():
        language = rules.load(code)
        parser = f"{language.parser.package} {language.parser.version}" if language.parser else "no parser"
        name = language.settings.get("name", code)
        rows = sum(len(lexicon.rows) for lexicon in language.lexicons.values())
        number = sum(len(language.rules(name).rules) for name in files(language))
        yield f"{code}  {name}: {number} rules, {rows} lexicon entries, {parser}"


def files(language: rules.Language) -> list[str]:
    """Return the names of a language's rule files."""
    return sorted(path.stem for path in (language.folder / "rules").glob("*.toml"))


def check(code: str) -> tuple[list[rules.Fault], int]:
    """Return the faults of a language's rules and of its constructions of saying, and how many examples were tried.

    Raises RuleError where they cannot be read.
    """
    from reportedly.find.sources import catalogue

    faults, tried = rules.check(code)
    more, sentences = catalogue.check(rules.load(code))
    return [*faults, *more], tried + sentences


def fire(code: str, text: str, *, only: str | None = None, lexicon: Path | None = None) -> list[Firing]:
    """Return every rule that matches in ``text``, by start; ``only`` names one file of rules."""
    language = rules.load(code, lexicon)
    names = files(language)
    if only and only not in names:
        raise RuleError(f"{code} has no rules {only!r}", cure=f"there is: {', '.join(names)}")
    prepared = language.prepare(text)
    found = [
        _firing(hit, prepared)
        for name in names
        if name == (only or name)
        for hit in language.rules(name).hits(prepared)
    ]
    return sorted(found, key=lambda firing: (firing.start, -firing.end, firing.rule))


def _firing(hit: rules.Hit, text: Text) -> Firing:
    span = text.span(hit.first, hit.last)
    captured = [
        (name, text.span(first, last).exact if last > first else "", _shown(value))
        for name, parts in hit.captures.items()
        for first, last, value in parts
    ]
    return Firing(
        rule=hit.rule.id,
        file=hit.rule.file,
        start=span.start,
        end=span.end,
        exact=span.exact,
        captured=tuple(captured),
        gives=hit.rule.gives,
    )


def _shown(value: Any) -> str:
    if isinstance(value, rules.Entry):
        values = " ".join(f"{key}={content}" for key, content in value.values.items())
        return f"{value.by} {values}".strip()
    if isinstance(value, rules.Hit):
        return value.rule.id
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    return "" if value is None else str(value)


def count(code: str, paths: Iterable[Path] = ()) -> list[Count]:
    """Return how often each rule fires on ``paths`` (by default the language's samples), the most frequent first."""
    language = rules.load(code)
    texts = [_text(path) for path in paths] or _samples(language)
    if not texts:
        raise InputError(f"{code} has no samples to count on", cure="name some files of text")
    prepared = [language.prepare(text) for text in texts]
    words = sum(len(text) for text in prepared)
    counted: list[Count] = []
    for name in files(language):
        fired = Counter(hit.rule.id for text in prepared for hit in language.rules(name).hits(text))
        for rule in language.rules(name).rules:
            times = fired[rule.id]
            counted.append(Count(rule=rule.id, file=name, times=times, per_thousand=1000 * times / max(1, words)))
    return sorted(counted, key=lambda each: (-each.times, each.rule))


def _samples(language: rules.Language) -> list[str]:
    """Return the texts of a language's own folder of samples, and the bundled sample reports in it."""
    own = [_text(path) for path in sorted((language.folder / "sample").glob("*.txt"))]
    return own + [article["text"] for article in samples.articles() if article["language"] == language.code]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}", cure="give a file of UTF-8 text") from error
