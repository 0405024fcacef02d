"""The words of a dossier in one language: data that a translator edits (``words/*.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportedly import reasons
from reportedly.errors import InputError

FOLDER = Path(__file__).parent / "words"


class Words(NamedTuple):
    """The words of one language: its code, its direction, and its tables."""

    code: str
    direction: str
    tables: dict[str, dict[str, str]]

    def reason(self, sentence: str) -> str | None:
        """Return a sentence that says why in this language, None where it is in English only."""
        # a dossier writes out whatever letters reorder others: it may hold none of its own
        return reasons.told(sentence, self.code, types=self._type, around=str)

    def side(self, says: str) -> str:
        """Return what one side of a contradiction says in this language."""
        return reasons.side(says, self.code, types=self._type, around=str)

    def _type(self, name: str) -> str:
        return self("type", name) if name.isupper() else self("mode", name)

    def parties(self, names: str) -> str:
        """Return names and sorts of people, the sorts in this language."""
        return reasons.parties(names, self.code, around=str)

    def __call__(self, table: str, key: object) -> str:
        """Return the word for a key of a table, the key itself where there is none."""
        return self.tables.get(table, {}).get(str(key), str(key))


def languages() -> tuple[str, ...]:
    """Return the codes of the languages a dossier can speak, English first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda code: (code != DEFAULT, code)))


DEFAULT = "en"


@cache
def load(code: str) -> Words:
    """Return the words of a language. Raises InputError where there are none."""
    path = FOLDER / f"{code}.toml"
    if code not in languages():
        raise InputError(f"there is no dossier in {code!r}", cure=f"choose one of {', '.join(languages())}")
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: table for name, table in held.items() if isinstance(table, dict)}
    return Words(code=code, direction=held["direction"], tables=tables)
