"""A claim with its report, and what comparisons need of both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportedly.group import facts, names
from reportedly.records import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.group.facts import Facts
    from reportedly.records import Claim, Document, Entity, Quantity

PARTS_OF = frozenset(
    {"killed", "injured", "casualties", "missing", "abducted", "arrested", "displaced", "surrendered", "area"}
)


ARMED = frozenset({"armed-group", "state-force"})


def sort_of(entities: Iterable[Entity]) -> str | None:
    """Return ``civilians`` or ``armed`` where all of them are, None for others, for both and for none."""
    kinds = {entity.kind for entity in entities}
    if kinds == {"civilians"}:
        return "civilians"
    return "armed" if kinds and kinds <= ARMED else None


@dataclass(frozen=True)
class Told:
    """A claim in its document."""

    document: Document
    claim: Claim

    @property
    def ref(self) -> Ref:
        """The ids of both."""
        return Ref(document=self.document.id, claim=self.claim.id)

    @cached_property
    def facts(self) -> Facts:
        """What the claim says, in terms that compare."""
        published = facts.ordinal(self.document.published.value) if self.document.published else None
        language = self.document.language.value if self.document.language else None
        return facts.of(self.claim, published=published, language=language)

    @property
    def in_title(self) -> bool:
        """Whether the claim stands in the report's first line: it says shortly what the report says again."""
        end = self.document.text.lstrip("\n").find("\n")
        return end > 0 and self.claim.content.end <= end + (
            len(self.document.text) - len(self.document.text.lstrip("\n"))
        )

    @property
    def speaker(self) -> str:
        """Who says it, as the terminal names him: the last source of the chain, else the outlet."""
        for link in reversed(self.claim.chain):
            if link.source is not None:
                exact = " ".join(link.source.exact.split())
                # a pronoun is told by whom it stands for
                return link.name if link.name and len(exact.split()) == 1 else exact
        outlet = self.document.publisher.value if self.document.publisher else self.document.name
        return f"{outlet} (hearsay)" if self.claim.chain else outlet

    def figure(self, kind: str) -> Quantity | None:
        """Return the total it gives of a kind: not a part of one ('9 morts, dont 2 enfants')."""
        return next((q for q in self.claim.quantities if q.kind == kind and q.part_of is None and facts.span(q)), None)

    @property
    def parties(self) -> frozenset[str]:
        """The named actors."""
        return names.named(self.facts.actors)

    @property
    def weight(self) -> tuple[int, int]:
        """How much the claim says: the fuller of two alike ones stands for both."""
        claim = self.claim
        said = sum(
            bool(part)
            for part in (claim.places, claim.times, claim.quantities, claim.actors, claim.recipients, claim.chain)
        )
        return said, len(claim.content.exact)


def name_of(key: str) -> str:
    """Return a party's key in words.

    >>> name_of("state:RU"), name_of("~armed-group"), name_of("al-Nusra Front")
    ('Russia', 'armed group', 'al-Nusra Front')
    """
    if key.startswith("state:"):
        code = key.removeprefix("state:")
        return names.state_names().get(code, code)
    return key[1:].replace("-", " ") if key.startswith("~") else key


def named(keys: frozenset[str]) -> str:
    """Return parties in words."""
    return " and ".join(sorted(name_of(key) for key in keys)) or "nobody"
