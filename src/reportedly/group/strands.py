"""The claims of one report that tell of one happening: its strands.

A report tells a happening, then speaks of it again and again: its toll, its author, who denies it. What a later sentence leaves out
(where, when) it has from before. So claims are taken in the order of the text, and each joins the strand it fits best, or opens one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from reportedly.group import apart, facts, likeness, names, weights
from reportedly.group.facts import Facts
from reportedly.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.records import Claim, Document, Span


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

    ``scenes`` say where and when the report is as it tells this: the place and day that its words and the nearest before them give, and
    those of the report's beginning.
    ``published`` is the ordinal of the day it came out. ``contents`` are numbers of the claims' words, equal for words copied, and
    ``phrases`` those of contents of fewer words.
    """

    id: str
    document: str
    claims: tuple[str, ...]
    facts: Facts
    scenes: tuple[Facts, ...]
    lead: bool
    published: int | None
    contents: frozenset[int] = frozenset()
    phrases: frozenset[int] = frozenset()


NOWHERE = Facts(family="scene")


@dataclass(slots=True)
class _Growing:
    first: int
    facts: Facts
    claims: list[Claim] = field(default_factory=list)
    said: list[Facts] = field(default_factory=list)
    last: int = 0
    scene: Facts = NOWHERE


def of(read: Read) -> tuple[Strand, ...]:
    """Return the strands of one report in text order; every claim is in exactly one."""
    claims = sorted(read.claims, key=lambda claim: (_start(claim), claim.id))
    growing: list[_Growing] = []
    home: dict[str, _Growing] = {}
    published = facts.ordinal(read.document.published.value) if read.document.published else None
    language = read.document.language.value if read.document.language else None
    scene = NOWHERE
    for number, claim in enumerate(claims):
        said = facts.of(claim, published=published, language=language)
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
        scene = _moved(scene, said, published)
        strand.scene = _moved(scene, strand.scene, None) if strand.scene is not NOWHERE else scene
    return tuple(_made(strand, read.document, published, growing) for strand in growing)


# What happened earlier than this before the report came out is background, not where its story is.
NEWS_DAYS = 21


def _moved(scene: Facts, said: Facts, published: int | None) -> Facts:
    """Return the scene after a claim: its place and day where it gives them, else those from before."""
    located = said.places or any(point.radius <= facts.RADIUS[facts.FINE] for point in said.points)
    if located:
        scene = replace(scene, places=said.places, points=said.points, spot=said.spot, around=said.around)
    days = said.days
    if days and facts.length(days) <= NEWS_DAYS and (published is None or published - days[1] <= NEWS_DAYS):
        scene = replace(scene, days=days)
    return scene


def _start(claim: Claim) -> int:
    return claim.trigger.start if claim.trigger else claim.content.start


def _best(claim: Claim, said: Facts, growing: list[_Growing], number: int) -> _Growing | None:
    """Return the strand the claim joins, None where it opens one; of two alike the later told."""
    scored = [(_fit(claim, said, strand, number, lead=n == 0), strand.last, strand) for n, strand in enumerate(growing)]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best and best[0] >= weights.WITHIN.least else None


def _fit(claim: Claim, said: Facts, strand: _Growing, number: int, *, lead: bool) -> float:
    """Return how well a claim fits a strand: what both say, and how the report goes on."""
    w = weights.WITHIN
    score = likeness.between(said, strand.facts, time=w.time, place=w.place, party=w.party)
    if score == likeness.RULED_OUT:
        return score
    score += w.same_words * max(_shared_words(said, facts_) for facts_ in strand.said) + _shared_mention(claim, strand)
    if any(_same(claim.trigger, other.trigger) for other in strand.claims):
        return score + w.same_trigger
    if any(_same(claim.content, other.content) for other in strand.claims):
        return score + w.same_content
    if apart.tells_how(claim, strand.claims[-1]):
        return score + w.same_sentence
    if strand.facts.family == "statement" and not lead:
        return score if said.family == "statement" else likeness.RULED_OUT
    if said.family == "statement":
        return score + _as_statement(claim, said, strand, number)
    score += w.next if strand.last == number - 1 else 0.0
    score += w.lead if lead else 0.0
    if strand.claims and _same_saying(claim, strand.claims[-1]):
        score += w.same_breath if _denies_only(said) else w.same_saying
    score += w.points_back if _points_back(claim, said, strand.facts, next_=strand.last == number - 1) else 0.0
    if apart.is_elsewhere(claim):
        score += w.elsewhere
    return score + (w.apart if apart.is_apart(claim) else 0.0)


def _same_saying(left: Claim, right: Claim) -> bool:
    """Return whether the same words of the same source carry both."""
    return bool(left.chain and right.chain) and _same(left.chain[-1].cue, right.chain[-1].cue)


def _denies_only(said: Facts) -> bool:
    """Return whether a claim only denies and says nothing of whom, where and when: it is about what was told in the same breath."""
    return said.negative and not (said.actors or said.recipients or said.objects or said.days or said.places)


def _same(left: Span | None, right: Span | None) -> bool:
    """Return whether two spans are the same words at the same place."""
    return left is not None and right is not None and (left.start, left.end) == (right.start, right.end)


def _points_back(claim: Claim, said: Facts, told: Facts, *, next_: bool) -> bool:
    """Return whether the claim leaves out day, place and victim, or who did what to whom, as one does of what was told just before.

    What else was destroyed ('Houses were burned') may be named right behind.
    """
    objects = said.objects and not (next_ and "destroy" in claim.modes and not said.actors)
    brings = said.days or said.points or said.places or said.persons or objects or said.unreal
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
    return weights.WITHIN.takes_up if any(_within(m, other.content) for m in taken for other in strand.claims) else 0.0


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
    w = weights.WITHIN
    return (w.statement_next if strand.last == number - 1 else 0.0) + (w.statement_who if who else 0.0)


def _made(strand: _Growing, document: Document, published: int | None, growing: list[_Growing]) -> Strand:
    first = strand.claims[0]
    numbers = [number for claim in strand.claims if (number := _number(claim.content.exact))]
    return Strand(
        id=f"{document.id}:{first.id}",
        document=document.id,
        claims=tuple(claim.id for claim in strand.claims),
        facts=strand.facts,
        scenes=tuple(dict.fromkeys((strand.scene, growing[0].scene))),
        lead=strand is growing[0],
        published=published,
        contents=frozenset(number for number, count in numbers if count >= FEWEST_WORDS),
        phrases=frozenset(number for number, count in numbers if count < FEWEST_WORDS),
    )


# Fewer words are the same in reports that have nothing else in common.
FEWEST_WORDS = 6


def _number(words: str) -> tuple[int, int] | None:
    """Return a number for the words of a content, the same wherever they are printed, and how many they are; None for none."""
    plain = facts.WORD.findall(without_marks(words).casefold())
    digest = blake2b(" ".join(plain).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big"), len(plain)) if plain else None
