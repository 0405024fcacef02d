"""The claims of one report that tell of one happening: its strands.

A report tells a happening, then speaks of it again and again: its toll, its author, who denies it. What a later sentence leaves out
(where, when) it has from before. So claims are taken in the order of the text, and each joins the strand it fits best, or opens one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

from reportedly.group import apart, facts, likeness, names
from reportedly.group.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.records import Claim, Document, Span

# What a claim needs to join a strand of its report.
LEAST = 1.1
SAME_TRIGGER, SAME_CONTENT, NEXT, LEAD, SAYS_LITTLE, SAME_SAYING, APART = 3.0, 3.0, 0.6, 0.4, 1.2, 0.6, -4.0
SAME_WORDS, TAKES_UP = 1.2, 1.5


class Read(Protocol):
    """A document with its claims: a Reading is one, and whatever else a store gives."""

    @property
    def document(self) -> Document:
        """The report."""

    @property
    def claims(self) -> Sequence[Claim]:
        """What it says."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Claims of one report that tell of one happening, and what they say together.

    ``scene`` is where the report is when it tells this: the places and points its own words or the nearest before them give.
    ``published`` is the ordinal of the day it came out. ``contents`` are numbers of the claims' words, equal for words copied.
    """

    id: str
    document: str
    claims: tuple[str, ...]
    facts: Facts
    scene: Facts
    lead: bool
    published: int | None
    contents: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Growing:
    first: int
    facts: Facts
    claims: list[Claim] = field(default_factory=list)
    said: list[Facts] = field(default_factory=list)
    last: int = 0
    scene: Facts | None = None


def of(read: Read) -> tuple[Strand, ...]:
    """Return the strands of one report in text order; every claim is in exactly one."""
    claims = sorted(read.claims, key=lambda claim: (_start(claim), claim.id))
    growing: list[_Growing] = []
    home: dict[str, _Growing] = {}
    scene: Facts | None = None
    for number, claim in enumerate(claims):
        said = facts.of(claim)
        strand = home.get(claim.repeats or "") or _best(claim, said, growing, number)
        if strand is None:
            strand = _Growing(first=number, facts=said)
            growing.append(strand)
        else:
            strand.facts = facts.both(strand.facts, said)
        strand.claims.append(claim)
        strand.said.append(said)
        strand.last = number
        home[claim.id] = strand
        if said.places or any(point.radius <= facts.RADIUS[facts.FINE] for point in said.points):
            scene = said
        strand.scene = strand.scene or scene
    return tuple(_made(strand, read.document, growing) for strand in growing)


def _start(claim: Claim) -> int:
    return claim.trigger.start if claim.trigger else claim.content.start


def _best(claim: Claim, said: Facts, growing: list[_Growing], number: int) -> _Growing | None:
    """Return the strand the claim joins, None where it opens one; of two alike the later told."""
    scored = [(_fit(claim, said, strand, number, lead=n == 0), strand.last, strand) for n, strand in enumerate(growing)]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best and best[0] >= LEAST else None


def _fit(claim: Claim, said: Facts, strand: _Growing, number: int, *, lead: bool) -> float:
    """Return how well a claim fits a strand: what both say, and how the report goes on."""
    score = likeness.between(said, strand.facts, likeness.WITHIN)
    if score == likeness.RULED_OUT:
        return score
    score += SAME_WORDS * max(_shared_words(said, facts_) for facts_ in strand.said) + _shared_mention(claim, strand)
    if any(_same(claim.trigger, other.trigger) for other in strand.claims):
        return score + SAME_TRIGGER
    if any(_same(claim.content, other.content) for other in strand.claims):
        return score + SAME_CONTENT
    if strand.facts.family == "statement" and not lead:
        return score if said.family == "statement" else likeness.RULED_OUT
    if said.family == "statement":
        return score + _as_statement(claim, said, strand, number)
    score += NEXT if strand.last == number - 1 else 0.0
    score += LEAD if lead else 0.0
    score += SAME_SAYING if strand.claims and _same_saying(claim, strand.claims[-1]) else 0.0
    score += SAYS_LITTLE if _points_back(claim, said, strand.facts) else 0.0
    return score + (APART if apart.is_apart(claim) else 0.0)


def _same_saying(left: Claim, right: Claim) -> bool:
    """Return whether the same words of the same source carry both."""
    return bool(left.chain and right.chain) and _same(left.chain[-1].cue, right.chain[-1].cue)


def _same(left: Span | None, right: Span | None) -> bool:
    """Return whether two spans are the same words at the same place."""
    return left is not None and right is not None and (left.start, left.end) == (right.start, right.end)


def _points_back(claim: Claim, said: Facts, told: Facts) -> bool:
    """Return whether the claim leaves out day, place and victim, or who did what to whom, as one does of what was told just before."""
    brings = said.days or said.points or said.places or said.persons or said.objects or said.unreal
    # who claims responsibility says his own words for whom he hit
    responsible = any(link.act == "announce" for link in claim.chain)
    new = names.named(said.recipients) - told.recipients or (said.actors and said.recipients and not responsible)
    return said.family == told.family and not brings and not new


def _shared_words(left: Facts, right: Facts) -> float:
    """Return how many of the fewer content words stand in both, 0 where hardly any, 1 where all."""
    fewest = min(len(left.words), len(right.words))
    share = len(left.words & right.words) / fewest if fewest > 2 else 0.0
    return max(0.0, (share - 0.3) / 0.7)


def _shared_mention(claim: Claim, strand: _Growing) -> float:
    """Return what it says that the claim takes its place or time from words of a claim of the strand."""
    taken = [m for m in (*claim.places, *claim.times) if not _within(m, claim.content)]
    return TAKES_UP if any(_within(m, other.content) for m in taken for other in strand.claims) else 0.0


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


# Kinds of happening of which one asks who did it.
DEEDS = frozenset({"force", "targeted", "abduct", "sexual", "territory"})


def _as_statement(claim: Claim, said: Facts, strand: _Growing, number: int) -> float:
    """Return what speaks for a statement being about a happening told before: it points back, and brings nothing of its own."""
    brings = said.days or said.points or said.places or said.objects or claim.quantities
    points_back = said.negative or claim.status == "state" or bool(said.actors and not said.recipients)
    if brings or not claim.chain or not points_back or claim.status in ("habitual", "planned"):
        return likeness.RULED_OUT
    who = bool(said.actors) and strand.facts.family in DEEDS
    return (1.6 if strand.last == number - 1 else 0.0) + (0.7 if who else 0.0)


def _made(strand: _Growing, document: Document, growing: list[_Growing]) -> Strand:
    first = strand.claims[0]
    return Strand(
        id=f"{document.id}:{first.id}",
        document=document.id,
        claims=tuple(claim.id for claim in strand.claims),
        facts=strand.facts,
        scene=strand.scene or growing[0].facts,
        lead=strand is growing[0],
        published=facts.ordinal(document.published.value) if document.published else None,
        contents=frozenset(number for claim in strand.claims if (number := _number(claim.content.exact))),
    )


# Fewer words are the same in reports that have nothing else in common.
FEWEST_WORDS = 4


def _number(words: str) -> int | None:
    """Return a number for the words of a content, the same wherever they are printed; None for too few words."""
    plain = facts.WORD.findall(facts.bare(words).casefold())
    if len(plain) < FEWEST_WORDS:
        return None
    return int.from_bytes(blake2b(" ".join(plain).encode(), digest_size=8).digest(), "big")
