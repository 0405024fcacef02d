"""The record of a claim: its chain, its trigger, its id."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import Any

import msgspec

from reportedly.annotate import chains, roles
from reportedly.annotate.entities import GROUPS
from reportedly.annotate.findings import Findings, Tokens
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.records import Claim, Link, Mention, Quantity, Span, Trigger


def trigger(found: EventTrigger) -> Trigger:
    """Return the record of a trigger: its words and what found them."""
    return Trigger(
        start=found.start,
        end=found.end,
        exact=found.exact,
        by=found.by,
        basis=found.basis,
        reason=found.reason,
        sense=found.sense,
    )


def claim(found: Findings, *, index: int | None, content: Span, **fields: Any) -> Claim:
    """Return a claim under the chain that ends in attribution ``index``, its id a hash of document, chain, trigger and content."""
    links = _chain(found, index)
    if fields.get("hedges") is None:
        fields["hedges"] = ()
    fields["quantities"] = _numbered(found, fields.get("quantities", ()))
    known = identity(found.sha256, content, fields.get("trigger"), links)
    return Claim(id=known, content=content, chain=links, **fields)


def _numbered(found: Findings, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Return a claim's quantities, each total that one is a part of by its place among them; what is no part of any of them has none."""
    if all(quantity.part_of is None for quantity in quantities):
        return quantities
    at = {quantity.start: number for number, quantity in enumerate(quantities)}
    return tuple(
        quantity
        if quantity.part_of is None
        else msgspec.structs.replace(quantity, part_of=at.get(found.quantities[quantity.part_of].start))
        for quantity in quantities
    )


def identity(sha256: str, content: Span, told: Span | None, links: tuple[Link, ...]) -> str:
    """Return the id of a claim: a hash of the document's hash and of where its content, trigger and chain stand."""
    key = [sha256, "rules", str(content.start), str(content.end)]
    key += [f"{told.start}-{told.end}" if told else "-"]
    key += [f"{k.source.start if k.source else '-'}:{k.cue.start}:{k.act}" for k in links]
    return hashlib.sha256("|".join(key).encode()).hexdigest()[:12]


def _chain(found: Findings, index: int | None) -> tuple[Link, ...]:
    """Return the links of the chain that ends in attribution ``index``; each is made once, however many claims it stands over."""
    numbers = found.chains.chain(index)
    for n in numbers:
        if n not in found.links:
            found.links[n] = _link(found, found.attributions[n])
    return tuple(found.links[n] for n in numbers)


def _link(found: Findings, attribution: Attribution) -> Link:
    """Return the link with who its source resolves to: the actor its words name, or a pronoun's antecedent."""
    name, antecedent, source = None, None, attribution.source
    if source is not None:
        numbers = roles.speaker(found.entities, attribution)
        entity = found.actors[numbers[0]] if numbers else None
        whole = entity is not None and source[1] - source[0] <= 2
        if entity is not None and (whole or entity.kind in GROUPS):
            name = entity.name
        if _misread(found, attribution, numbers):
            attribution = msgspec.structs.replace(attribution, source_kind="unknown")
        said = _said_before(found, attribution)
        if said is not None:
            # 'plus de 500 civils ont été tués par l'armée, selon elle': not whom the content names, but who spoke last
            link = _link(found, said)
            assert link.source is not None
            word = found.text.words[source[0]]
            reason = f"{word!r} follows {link.source.exact!r}"
            antecedent = msgspec.structs.replace(link.source, basis="inferred", reason=reason)
            return chains.link(attribution, found.text, name=link.name, antecedent=antecedent)
        antecedent = _antecedent(found, source, name)
    return chains.link(attribution, found.text, name=name, antecedent=antecedent)


# A pronoun is taken to follow somebody of its own sentence or the one before; farther back is a guess.
SENTENCES_BACK = 1


def _misread(found: Findings, attribution: Attribution, numbers: list[int]) -> bool:
    """Return whether words within an organisation's name make it a group under arms or a person: 'Doctors | Without Borders'."""
    source = attribution.source
    if source is None or not numbers or attribution.source_kind not in ("armed-group", "person"):
        return False
    entity, (first, last) = found.actors[numbers[0]], found.entities.tokens[numbers[0]]
    listed = entity.kind == "organisation" and entity.name is not None
    return listed and last == source[1] and first - source[0] <= 1


def _said_before(found: Findings, attribution: Attribution) -> Attribution | None:
    """Return what was said last before 'according to her', by somebody the pronoun may mean; None for another source."""
    source, syntax = attribution.source, found.syntax
    if attribution.frame != "preposition" or source is None or syntax is None:
        return None
    if source[1] - source[0] != 1 or not _is_pronoun(found, source[0]):
        return None
    sentence, morph = found.text.sentence_of[source[0]], syntax.morph[source[0]]
    last = bisect_left(found.by_anchor, attribution.anchor, key=lambda a: a.anchor)
    for k in range(last - 1, -1, -1):
        said = found.by_anchor[k]
        if sentence - found.text.sentence_of[said.anchor] > SENTENCES_BACK:
            return None
        if said.source is None or said.frame == "hearsay":
            continue
        head = next((i for i in range(*said.source) if syntax.head[i] not in range(*said.source)), said.source[0])
        told = syntax.morph[head]
        alike = all(not morph.get(k) or not told.get(k) or morph.get(k) == told.get(k) for k in ("Gender", "Number"))
        if alike and not (said.source[1] - said.source[0] == 1 and _is_pronoun(found, said.source[0])):
            return said
    return None


def _antecedent(found: Findings, source: Tokens, name: str | None) -> Mention | None:
    """Return the words a pronoun stands for: the last mention of whom it was resolved to, else the last person named."""
    if source[1] - source[0] != 1 or not _is_pronoun(found, source[0]):
        return None
    sentence = found.text.sentence_of[source[0]]
    near = found.entities.starting(found.text.sentences[max(0, sentence - SENTENCES_BACK)][0], source[0] + 1)
    for number in sorted(near, key=lambda n: -found.entities.tokens[n][0]):
        first, last = found.entities.tokens[number]
        if last > source[0] or _is_pronoun(found, first):
            continue
        entity = found.actors[number]
        if (name and entity.name == name) or (name is None and entity.kind == "person"):
            reason = f"{found.text.words[source[0]].strip('-')!r} follows {entity.exact!r}"
            return Mention(
                start=entity.start, end=entity.end, exact=entity.exact, by=entity.by, basis="inferred", reason=reason
            )
    return None


def _is_pronoun(found: Findings, token: int) -> bool:
    words = found.lang.lexicon("function_words").index.get(found.text.norms[token].lstrip("-"), ())
    return any(entry.get("class") == "pron" for entry in words)
