"""A claim with its report, and what comparisons need of both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportedly import counting, pointing
from reportedly.group import facts, names
from reportedly.records import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.counting import Counted
    from reportedly.group.facts import Facts
    from reportedly.records import Claim, Document, Entity, Quantity


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
        return counting.in_title(self.document, self.claim)

    @property
    def speaker(self) -> str:
        """Who says it, as the terminal names him: the last source of the chain, else the outlet."""
        for link in reversed(self.claim.chain):
            if link.source is not None:
                exact = " ".join(link.source.exact.split())
                if not pointing.only_points(exact):
                    return link.name if link.name and len(exact.split()) == 1 else exact
                # a pronoun is told by whom it stands for
                stands_for = " ".join(link.antecedent.exact.split()) if link.antecedent else ""
                return link.name or (exact if pointing.only_points(stands_for) else stands_for)
        outlet = self.document.publisher.value if self.document.publisher else self.document.name
        return f"{outlet} (hearsay)" if self.claim.chain else outlet

    def figure(self, kind: str) -> Quantity | None:
        """Return the total it gives of a kind: not a part of one ('9 morts, dont 2 enfants')."""
        found = self.total(kind)
        return found.quantity if found else None

    def total(self, kind: str) -> Counted | None:
        """Return the total it gives of a kind, with whom it counts."""
        return next((each for each in self.counted(kind) if not each.part), None)

    def counted(self, kind: str) -> tuple[Counted, ...]:
        """Return every figure it gives of a kind, parts too, each with whom it counts."""
        if kind not in self._counted:
            self._counted[kind] = tuple(e for e in counting.counted(self.claim, kind) if facts.span(e.quantity))
        return self._counted[kind]

    @cached_property
    def _counted(self) -> dict[str, tuple[Counted, ...]]:
        return {}

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


# Between names that may hold an 'and' of their own.
TOGETHER = " + "


def named(keys: frozenset[str]) -> str:
    """Return parties in words."""
    return TOGETHER.join(sorted(name_of(key) for key in keys)) or "nobody"
