"""Whose dead, wounded or missing a quantity counts: one side's, civilians, or people of whom nobody says whose they were.

'Trois soldats ont été tués' is the toll of one side and says nothing of the whole; 'douze morts, dont trois soldats' gives a whole and a
part of it. Whoever compares or adds up figures must keep the two apart.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reportedly.records import BEFALLEN
from reportedly.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.records import Claim, Document, Entity, Quantity

LANGUAGES = Path(__file__).parent / "languages"
ARMED = frozenset({"armed-group", "state-force", "state"})
SIDES = ARMED | {"civilians"}
CIVILIANS = "civilians"
PEOPLE = frozenset({*BEFALLEN, "fighters", "people"})
WORD = re.compile(r"\w+(?:['’-]\w+)*")
NOBODY = re.compile(r"(?:unidentified|unknown|unnamed|suspected)\b", re.IGNORECASE)


class Counted(NamedTuple):
    """A quantity with those it counts (empty: nobody says whose they are), and whether it is a part of a figure of its claim.

    ``beside``: it stands beside a figure of one side, and whose it is was not understood ('29 jihadistes tués, contre trois hommes').
    """

    quantity: Quantity
    whose: tuple[Entity, ...]
    part: bool
    beside: bool = False

    @property
    def sides(self) -> frozenset[str]:
        """The sides as keys: ``civilians``, a party's canonical name, ``~KIND`` for an armed one without a name, ``~`` for one unclear."""
        return frozenset(map(side, self.whose)) or (frozenset({"~"}) if self.beside else frozenset())

    @property
    def least(self) -> Quantity:
        """The quantity; of children among the dead, only that no fewer civilians died: a low bound."""
        few = (
            self.part
            and bool(self.whose)
            and not any(e.kind != CIVILIANS or is_all_civilians(e.exact) for e in self.whose)
        )
        return replace(self.quantity, low=_least(self.quantity), best=None, high=None) if few else self.quantity

    @property
    def whole(self) -> bool:
        """Whether it counts people of any side: all that were hit, as far as its words go."""
        return not self.whose and not self.part and not self.beside


def side(entity: Entity) -> str:
    """Return one side's key."""
    if entity.kind == CIVILIANS:
        return CIVILIANS
    return entity.name if entity.name and not NOBODY.match(entity.name) else f"~{entity.kind}"


def counted(claim: Claim, kind: str) -> tuple[Counted, ...]:
    """Return the claim's figures of a kind in text order, each with whom it counts."""
    figures = [(n, q) for n, q in enumerate(claim.quantities) if q.kind == kind and _bounded(q)]
    first = next((quantity for _, quantity in figures if quantity.part_of is None), None)
    found: list[Counted] = []
    for n, quantity in figures:
        whose = _whose(claim, n, alone=quantity is first)
        part = quantity.part_of is not None or _among(quantity, found)
        found.append(Counted(quantity, whose, part, beside=bool(found and found[0].whose and not whose and not part)))
    return tuple(found)


def _bounded(quantity: Quantity) -> bool:
    return quantity.low is not None or quantity.best is not None or quantity.high is not None


def _among(quantity: Quantity, before: list[Counted]) -> bool:
    """Return whether a figure is a part of the first, which counts people of any side ('twelve people, three of them soldiers')."""
    if not before or before[0].whose:
        return False
    least, most = (_least(each) for each in (quantity, before[0].quantity))
    return least is not None and most is not None and least <= most


def _least(quantity: Quantity) -> float | None:
    return next((n for n in (quantity.low, quantity.best, quantity.high) if n is not None), None)


def _whose(claim: Claim, number: int, *, alone: bool) -> tuple[Entity, ...]:
    """Return whom a quantity counts: those its noun stands in; where it has none of its own, the first counts those no other counts."""
    noun = claim.quantities[number].noun
    if noun is not None:
        own = [entity for entity in claim.recipients if entity.start < noun.end and noun.start < entity.end]
        if own:
            return _of_sides(own)
        if is_anybody(noun.exact):
            return ()
    if not alone:
        return ()
    others = [q for n, q in enumerate(claim.quantities) if n != number]
    return _of_sides(
        e for e in claim.recipients if not any(_takes(other, e, claim.quantities[number]) for other in others)
    )


def _takes(other: Quantity, entity: Entity, quantity: Quantity) -> bool:
    """Return whether another quantity counts the entity: its noun stands there, or it stands between."""
    if other.noun is not None:
        return entity.start < other.noun.end and other.noun.start < entity.end
    return other.kind in PEOPLE and quantity.end <= other.start < entity.start


def _of_sides(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return those of whom it is said whose they are; nobody as soon as one may be anybody."""
    people = [entity for entity in entities if entity.kind != "object"]
    if any(entity.kind not in SIDES or (not entity.name and is_anybody(entity.exact)) for entity in people):
        return ()
    return tuple(people)


@cache
def _words() -> dict[str, str]:
    """Return the words of all ``languages/*/anybody.tsv``, bare, with their values."""
    found = {}
    for path in sorted(LANGUAGES.glob("*/anybody.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines():
            form, _, value = row.partition("\t")
            if form and form != "form" and not form.startswith("#"):
                found[bare(form).casefold()] = value
    return found


def _value(words: str) -> str | None:
    found = [word for word in WORD.findall(words) if not word.isdigit()]
    return _words().get(bare(found[-1]).casefold()) if found else None


def is_anybody(words: str) -> bool:
    """Return whether words for people leave open whose they are.

    >>> is_anybody("personnes"), is_anybody("Twelve people"), is_anybody("soldats"), is_anybody("personnes déplacées")
    (True, True, False, False)
    """
    return _value(words) == ""


def is_all_civilians(words: str) -> bool:
    """Return whether words for people mean civilians of any age and sex, and not children, women or teachers only.

    >>> is_all_civilians("civils"), is_all_civilians("enfants")
    (True, False)
    """
    return _value(words) == CIVILIANS


def in_title(document: Document, claim: Claim) -> bool:
    """Return whether a claim stands in its report's first line, which says shortly what the report says again."""
    lead = len(document.text) - len(document.text.lstrip("\n"))
    end = document.text.find("\n", lead)
    return end > lead and claim.content.end <= end
