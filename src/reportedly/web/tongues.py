"""The languages of the interface: a TOML file of phrases each, chosen by option, by the reader's choice, or as the browser prefers."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from reportedly import reasons
from reportedly.export import countries

DEFAULT = "en"
KINDS = ("one", "two", "few")
UNITS = ("unit.", "unit_one.")


@cache
def available() -> tuple[str, ...]:
    """Return the codes of the interface's languages, sorted."""
    folder = files("reportedly.web") / "locales"
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


@cache
def phrases(code: str) -> dict[str, str]:
    """Return a language's phrases by dotted name: ``reader.claims``."""
    text = (files("reportedly.web") / "locales" / f"{code}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        path = f"{prefix}.{name}" if prefix else name
        found += _flat(value, path) if isinstance(value, dict) else [(path, str(value))]
    return found


def choose(*wishes: str | None, accept: str = "") -> str:
    """Return the first wish that is there, else what the browser likes best, else English.

    >>> choose(None, "fr", accept="ar")
    'fr'
    >>> choose(accept="de, ar-LB;q=0.8, en;q=0.2")
    'ar'
    """
    for wish in wishes:
        if wish in available():
            return wish
    for code in _preferred(accept):
        if code in available():
            return code
    return DEFAULT


def _preferred(accept: str) -> list[str]:
    weighed = []
    for nth, part in enumerate(accept.split(",")[:50]):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        weighed.append((-quality, nth, name.split("-")[0].lower()))
    return [name for _, _, name in sorted(weighed)]


def counts(rule: str, count: int) -> bool:
    """Return whether a number is one of a language's kind of plural, as its file tells: ranges, ``%100`` of the last two digits.

    >>> counts("0-1", 1), counts("3-10%100", 104), counts("", 1)
    (True, True, False)
    """
    for part in rule.split():
        span, _, of = part.partition("%")
        low, _, high = span.partition("-")
        if int(low) <= (count % int(of) if of else count) <= int(high or low):
            return True
    return False


class Tongue:
    """One language as templates use it: ``t("reader.claims", count=3)``, its code and its direction."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.direction = phrases(code).get("dir", "ltr")

    @property
    def all(self) -> dict[str, str]:
        """Every phrase, for the page's script; it counts nothing in units."""
        return {k: v for k, v in {**phrases(DEFAULT), **phrases(self.code)}.items() if not k.startswith(UNITS)}

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a phrase with its values put in; of ``name.one``, ``name.few``, ``name.many`` the one for ``count``."""
        known = phrases(self.code)
        count = values.get("count")
        if isinstance(count, int) and name not in known:
            kind = next((kind for kind in KINDS if counts(known.get(f"plural.{kind}", ""), count)), "many")
            name = f"{name}.{kind}" if f"{name}.{kind}" in known else f"{name}.many"
        phrase = known.get(name) or phrases(DEFAULT).get(name)
        if phrase is None:
            return name
        return phrase.format(**values) if values else phrase

    def reason(self, sentence: str) -> str | None:
        """Return a sentence that says why in this language, None where it is in English only."""
        return reasons.told(sentence, self.code, types=self._type)

    def side(self, says: str) -> str:
        """Return what one side of a contradiction says in this language."""
        return reasons.side(says, self.code, types=self._type)

    def _type(self, name: str) -> str:
        return self.word("type mode", name)

    def why(self, sentence: str) -> str:
        """Return a sentence that says why in this language, as it stands where it is in English only."""
        return self.reason(sentence) or sentence

    def parties(self, names: str) -> str:
        """Return names and sorts of people, the sorts in this language."""
        return reasons.parties(names, self.code)

    def unit(self, name: str, number: float | None) -> str:
        """Return the word for so many of a unit ('1 vehicle', '2 vehicles'), the unit itself where it is a sign."""
        whole = number is not None and float(number).is_integer()
        one = whole and counts(phrases(self.code).get("plural.unit", ""), int(number or 0))
        group = "unit_one" if one else "unit"
        return phrases(self.code).get(f"{group}.{name.replace('_', '-')}", name)

    def country(self, code: str | None) -> str:
        """Return what a country is called in this language, its code where nobody has listed it."""
        return countries.called(code, self.code)

    def word(self, groups: str, value: str | None) -> str:
        """Return the interface's word for a value of the records ('armed-group'), the value itself where there is none.

        Of several groups of words (``"field quantity"``) the first that has it.
        """
        if not value:
            return ""
        known = phrases(self.code)
        names = [f"{group}.{value.replace(' ', '-')}" for group in groups.split()]
        return next((known[name] for name in names if name in known), value)
