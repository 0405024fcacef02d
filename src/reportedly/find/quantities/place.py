"""Where an amount stands: what its kind is decided by, and what the language data says of the words around a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from reportedly.find.quantities.amounts import Amount
from reportedly.find.quantities.cues import Cue, cues
from reportedly.records import BEFALLEN, QuantityKind
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text, fold

PERSONS = frozenset(["people", "fighters"])
EVENTS = frozenset([*BEFALLEN, "other"])


class Counted(msgspec.Struct, frozen=True):
    """What was counted: kind, unit, the noun's tokens, the total it is part of, and why where it was inferred."""

    kind: QuantityKind
    unit: str | None = None
    unit_inferred: bool = False
    noun: tuple[int, int] | None = None
    part_of: int | None = None
    reason: str = ""
    from_before: bool = False


@dataclass(frozen=True)
class Around:
    """What all amounts of a text have around them: cues and amounts by their tokens, the tokens of dates, the parse where there is one."""

    text: Text
    lang: Language
    syntax: Syntax | None
    dated: set[int]
    starting: dict[int, Cue]
    ending: dict[int, Cue]
    amounts: dict[int, Amount]
    amount_ends: set[int]


def around(text: Text, lang: Language, syntax: Syntax | None, *, dated: set[int], amounts: list[Amount]) -> Around:
    """Return the surroundings that the amounts of a text share."""
    found = cues(text, lang) if amounts else []
    return Around(
        text,
        lang,
        syntax,
        dated,
        starting={cue.first: cue for cue in found},
        ending={cue.last: cue for cue in found},
        amounts={amount.first: amount for amount in amounts},
        amount_ends={amount.last for amount in amounts},
    )


class Place(msgspec.Struct):
    """Where one amount stands: the amounts before it with what they count, and what is around it."""

    amount: Amount
    before: list[tuple[Amount, Counted]]
    around: Around
    text: Text
    lang: Language

    @property
    def sentence(self) -> tuple[int, int]:
        """Return the tokens of the sentence the amount is in."""
        return self.text.sentences[self.text.sentence_of[self.amount.first]]


@dataclass(frozen=True)
class Settings:
    """What the language data says of the words around a number (``[quantities]`` of ``language.toml``)."""

    partitives: frozenset[str]
    fillers: frozenset[str]
    stops: frozenset[str]
    barriers: frozenset[str]
    only: frozenset[str]
    plural: tuple[str, ...]
    head_last: bool
    verb_first: bool
    agreeing: tuple[str, ...]
    counts: frozenset[str]
    reaches: frozenset[str]


_known: dict[str, Settings] = {}


def settings_of(lang: Language) -> Settings:
    """Return the compiled ``[quantities]`` of ``lang``, its words folded."""
    if lang.sha256 not in _known:
        table = lang.settings.get("quantities", {})
        closed = [
            e.form[0] for found in lang.lexicon("function_words").index.values() for e in found if len(e.form) == 1
        ]
        common = lang.settings.get("text", {}).get("common", ())

        def folded(words: Iterable[str]) -> frozenset[str]:
            return frozenset(fold(word, lang.tokenization) for word in words)

        fillers = folded(table.get("fillers", ()))
        _known[lang.sha256] = Settings(
            folded(table.get("partitives", ())),
            fillers,
            folded([*closed, *common, *table.get("stops", ())]) - fillers,
            folded(table.get("barriers", ())),
            folded(table.get("only", ())),
            tuple(table.get("plural", ())),
            table.get("head_last", False),
            table.get("verb_first", False),
            tuple(table.get("agreeing", ())),
            folded(table.get("counts", ())),
            folded(table.get("reaches", ())),
        )
    return _known[lang.sha256]
