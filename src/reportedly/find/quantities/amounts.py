"""Amounts: the words that are a number with what bounds it, and its low, best and high."""

from __future__ import annotations

import msgspec

from reportedly.rules import Entry, Hit, Language
from reportedly.text import Text

# Marks that, glued to a figure, make it part of a code: N°044/2019, 3-1, +33.
CODE_BEFORE, CODE_AFTER = frozenset("/°-–#@_+:"), frozenset("/-–_:")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Amount(msgspec.Struct, frozen=True):
    """An amount: its tokens, its bounds, its rule, and how it was bound.

    ``own`` is the word that is its own noun (a dual, 'month-long'), ``of`` what a sign says (money), ``yearlike`` that it may be a year.
    """

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    rule: str
    own: Entry | None = None
    of: str = ""
    yearlike: bool = False
    bound: str = ""


TWO = 2.0


def amounts(text: Text, lang: Language, dated: set[int]) -> list[Amount]:
    """Return the amounts of ``text`` in order: none in ``dated`` tokens, no names, no codes, none overlapping."""
    taken = set(dated)
    found: list[Amount] = []
    for hit in lang.rules("quantities").best(text):
        amount = None if hit.rule.gives.get("kind") == "none" else _amount(hit, text)
        if hit.rule.gives.get("kind") == "none":
            taken.update(range(hit.first, hit.last))
        elif amount and taken.isdisjoint(range(amount.first, amount.last)) and not _in_code(text, amount):
            found.append(amount)
    duals = _duals(text, lang)
    ends = {dual.last for dual in duals}
    # 'شرطيين اثنين': the word for two only underlines the noun's own form.
    found = [a for a in found if not (a.first in ends and a.best == TWO and not a.bound)]
    for amount in found:
        taken.update(range(amount.first, amount.last))
    found += [a for a in duals if a.first not in taken]
    return sorted(found, key=lambda a: a.first)


def dated_tokens(text: Text, lang: Language) -> set[int]:
    """Return the tokens that expressions of time and datelines hold."""
    taken: set[int] = set()
    for hit in lang.rules("times").best(text):
        if hit.rule.gives.get("kind") != "duration":
            taken.update(range(hit.first, hit.last))
    for first, last in text.datelines:
        taken.update(range(first, last))
    return taken


def _in_code(text: Text, amount: Amount) -> bool:
    before, after = amount.first - 1, amount.last
    if text.glued(amount.first) and text.words[before] in CODE_BEFORE and (before == 0 or text.glued(before)):
        return True
    if after + 1 >= text.size or not text.glued(after) or not text.glued(after + 1):
        return False
    return text.words[after] in CODE_AFTER and text.words[after + 1][0].isalnum()


def _duals(text: Text, lang: Language) -> list[Amount]:
    """Return the nouns whose form says how many: طفلين, two children; what agrees with one right before it counts nobody else."""
    found: list[Amount] = []
    for name in ("counted", "units"):
        lexicon = lang.lexicon(name)
        for i, ((size, entry), *_) in lexicon.hits(text).items() if lexicon.saying("amount") else ():
            if entry.get("amount") and not any(a.first < i <= a.last for a in found[-1:]):
                value = float(entry.get("amount"))
                found.append(Amount(i, i + size, value, value, value, f"{lang.code}.quantity.dual", own=entry))
    return found


def _amount(hit: Hit, text: Text) -> Amount | None:
    """Return the amount of a hit: the capture ``amount`` or the whole of it, bounded as its words say."""
    first, last = hit.tokens("amount") or (hit.first, hit.last)
    gives, word = hit.rule.gives, hit.entry("quantity_words")
    numbers = [float(v) for _, _, v in hit.captures.get("number", ()) + hit.captures.get("digits", ())]
    if gives.get("kind") == "range-noun":
        last = hit.captures["digits"][1][1]
    if str(gives.get("kind")).startswith("range"):
        return (
            Amount(first, last, numbers[0], None, numbers[1], hit.rule.id)
            if len(numbers) == 2 and numbers[0] < numbers[1]
            else None
        )
    ordinal = hit.entry("quantity_ordinals")
    if "value" in gives or ordinal:
        value = float(gives["value"] if "value" in gives else ordinal.get("n") if ordinal else 0)
        return Amount(first, last, value, value, value, hit.rule.id)
    bound = _bound(hit)
    if word:
        low, best, high = (float(word.get(k)) if word.get(k) else None for k in ("low", "best", "high"))
        if bound and (best or low):
            low, best, high = bounded(best or low or 0.0, bound)
        return Amount(
            first, last, low, best, high, hit.rule.id, own=word if word.get("kind") else None, bound=bound or "word"
        )
    if not numbers:
        return None
    value = numbers[-1] * float(gives.get("scale", 1))
    low, best, high = bounded(value, bound)
    yearlike = not bound and FIRST_YEAR <= value <= LAST_YEAR and text.words[last - 1].isdecimal()
    return Amount(
        first, last, low, best, high, hit.rule.id, of=str(gives.get("of", "")), yearlike=yearlike, bound=bound
    )


def _bound(hit: Hit) -> str:
    """Return how the number is bounded: by the word before it, else by the one after."""
    for name in ("quantity_bounds", "quantity_after"):
        for _, _, entry in hit.captures.get(name, ()):
            return str(entry.get("bound"))
    return ""


def bounded(value: float, bound: str) -> tuple[float | None, float | None, float | None]:
    """Return low, best, high of ``value`` under a bound.

    >>> bounded(12.0, "low"), bounded(12.0, "near"), bounded(12.0, "")
    ((12.0, None, None), (None, 12.0, 12.0), (12.0, 12.0, 12.0))
    """
    if bound == "low":
        return value, None, None
    if bound == "high":
        return None, None, value
    if bound == "near":
        return None, value, value
    return (None, value, None) if bound == "about" else (value, value, value)
