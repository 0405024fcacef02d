"""Claims without a happening of their own: what is said where nothing of a listed kind happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reportedly.annotate import attach, building, casting, chains, scopes
from reportedly.annotate.entities import Between
from reportedly.annotate.findings import Findings, Tokens
from reportedly.find.sources import Attribution
from reportedly.records import Claim, Entity, Status


def find(found: Findings) -> Iterator[Claim]:
    """Yield a claim without trigger for each attributed content in which no happening was found."""
    told = {found.chains.innermost(head) for head in found.heads}
    passed_on = {outer for around in found.chains.around for outer in around}
    for index, attribution in enumerate(found.attributions):
        if index in told or (attribution.anaphor and found.heads_in(attribution.content)):
            continue
        if index in passed_on:
            continue
        yield _statement(found, index, attribution.content)
    yield from _silent_sentences(found, told)


def _silent_sentences(found: Findings, told: set[int | None]) -> Iterator[Claim]:
    """Yield the sentences of a longer quotation in which nothing happens, where others of it tell a happening."""
    text = found.text
    for index, attribution in enumerate(found.attributions):
        first, last = text.sentence_of[attribution.first], text.sentence_of[attribution.last - 1]
        if first == last or attribution.anaphor or index not in told:
            continue
        for number in range(first, last + 1):
            segments = scopes.within(attribution.content, text.sentences[number])
            if sum(b - a for a, b in segments) >= 3 and not found.heads_in(segments):
                yield _statement(found, index, segments)


def _statement(found: Findings, index: int, segments: tuple[Tokens, ...]) -> Claim:
    """Return the claim of what is said where no happening is told."""
    attribution = msgspec.structs.replace(found.attributions[index], content=segments)
    content = scopes.trimmed(found.text, (segments[0][0], segments[-1][1]))
    doubts = [d for d in found.hedges_between(attribution.first, attribution.last) if attribution.covers(d.first)]
    accused = [found.actors[n] for n in casting.from_source(found, attribution)] if attribution.act == "accuse" else []
    subjects = accused or _subjects(found, attribution)
    inside = {name: _covered(found, attribution, name) for name in ("places", "times", "quantities", "labels")}
    return building.claim(
        found,
        index=index,
        content=found.text.span(*content),
        polarity="negative" if attribution.negative or _denied(found, attribution) else "positive",
        certainty=chains.certainty(attribution, [d.certainty for d in doubts]),
        status=_statement_status(attribution),
        hedges=attach.hedges(found, doubts, attribution),
        actors=tuple(e for e in subjects if e.kind not in ("civilians", "object")),
        recipients=tuple(e for e in subjects if e.kind in ("civilians", "object")),
        by=attribution.by,
        **inside,
    )


def _covered(found: Findings, attribution: Attribution, name: str) -> tuple[Any, ...]:
    """Return the mentions of one finder that lie in what is attributed; only the sentences it touches are looked at."""
    of, rows = found.text.sentence_of, found.by_sentence(name)
    near = rows[of[attribution.first] : of[attribution.last - 1] + 1]
    return tuple(mention for row in near for token, mention in row if attribution.covers(token))


def _subjects(found: Findings, attribution: Attribution) -> list[Entity]:
    """Return whom a statement speaks of: the first entity of its content that stands before a verb, with those joined to it."""
    if found.syntax is None:
        return []
    syntax = found.syntax
    joins = frozenset(found.lang.settings.get("roles", {}).get("joins", ()))
    inside = found.entities.between(attribution.first, attribution.last)
    verb = next(
        (i for i in range(attribution.first, attribution.last) if syntax.pos[i] in ("VERB", "AUX")), attribution.last
    )
    before = [n for n in inside if found.entities.tokens[n][0] < verb]
    first = (before or inside)[:1]
    between = Between(found.text, joins, lambda t: syntax.pos[t] in ("DET", "NUM", "ADP"))
    numbers = [m for n in first for m in found.entities.coordinated(n, between)]
    return [found.actors[n] for n in numbers]


def _denied(found: Findings, attribution: Attribution) -> bool:
    """Return whether the statement itself says that something is not so ('ce ne sont pas les jihadistes', 'there were none')."""
    negative = found.lang.lexicon("function_words")
    words = [i for a, b in attribution.content for i in range(a, min(b, a + 12))]
    # 'craint que d'autres ne fuient': a fear's 'ne' denies nothing by itself
    feared = attribution.act == "believe" and attribution.certainty == "possible"
    return any(
        e.get("class") in ("neg", "nothing") and not (feared and e.get("expletive"))
        for i in words
        for e in negative.candidates(found.text, i)
        if len(e.form) == 1
    )


def _statement_status(attribution: Attribution) -> Status:
    if attribution.act == "demand":
        return "hypothetical"
    if attribution.act in ("promise", "threaten"):
        return "planned"
    return "state"
