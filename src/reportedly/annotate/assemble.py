"""From what the finders found to claims: one claim for each happening as each chain puts it, and for each statement without one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import msgspec

from reportedly.annotate import chains, roles, scopes
from reportedly.annotate.roles import Entities
from reportedly.find.hedges import Doubt
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.records import Claim, Entity, Hedge, Label, Place, Quantity, Span, Time, Trigger
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

Tokens = tuple[int, int]


@dataclass
class Findings:
    """All that the finders found in one text, flat."""

    text: Text
    syntax: Syntax | None
    lang: Language
    sha256: str
    attributions: tuple[Attribution, ...] = ()
    triggers: tuple[EventTrigger, ...] = ()
    hedges: tuple[Doubt, ...] = ()
    actors: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    labels: tuple[Label, ...] = ()
    owners: dict[int, dict[int, int]] = field(default_factory=dict)
    kept: dict[str, list[list[Any]]] = field(default_factory=dict)

    @cached_property
    def chains(self) -> chains.Chains:
        """Return the attributions with what nests around each."""
        return chains.build(self.attributions)

    @cached_property
    def entities(self) -> Entities:
        """Return the actors by token."""
        return Entities(self.actors, self.text)

    @cached_property
    def heads(self) -> list[int]:
        """Return the head tokens of all happenings and states, sorted."""
        return sorted({t.head for t in self.triggers})

    @cached_property
    def conditions(self) -> frozenset[int]:
        """Return the sentences in which an 'if' stands."""
        words = {e.form[0] for es in self.lang.lexicon("function_words").index.values() for e in es if e.get("class") == "if" and len(e.form) == 1}
        words.discard("s'")
        return frozenset(self.text.sentence_of[i] for i, norm in enumerate(self.text.norms) if norm in words)

    def by_sentence(self, name: str) -> list[list[Any]]:
        """Return the mentions of one finder by the sentence they start in."""
        if name not in self.kept:
            rows: list[list[Any]] = [[] for _ in self.text.sentences]
            for mention in getattr(self, name):
                token = self.text.token_at(mention.start)
                if token < len(self.text):
                    rows[self.text.sentence_of[token]].append((token, mention))
            self.kept[name] = rows
        return self.kept[name]

    def nearest(self, token: int) -> int | None:
        """Return the happening of the sentence that ``token`` hangs on in the parse, or None."""
        if self.syntax is None:
            return None
        number = self.text.sentence_of[token]
        if number not in self.owners:
            first, last = self.text.sentences[number]
            inside = [h for h in self.heads if first <= h < last]
            self.owners[number] = scopes.clause_heads(self.syntax, (first, last), inside)
        return self.owners[number].get(token)


def claims(found: Findings) -> list[Claim]:
    """Return the claims of a text, in the order of their triggers or contents."""
    made = [_of_trigger(found, trigger, found.chains.innermost(trigger.head)) for trigger in found.triggers]
    made += list(_pointing(found))
    made += list(_statements(found))
    made.sort(key=lambda c: (c.trigger.start if c.trigger else c.content.start, c.content.start, len(c.chain), c.id))
    return _repeats(found, _unique(made))


def _unique(made: list[Claim]) -> list[Claim]:
    kept: dict[str, Claim] = {}
    for claim in made:
        kept.setdefault(claim.id, claim)
    return list(kept.values())


# --- one claim -----------------------------------------------------------------------------------------------------------------------


def _of_trigger(found: Findings, trigger: EventTrigger, index: int | None) -> Claim:
    """Return the claim of a happening (or state) under the chain that ends in attribution ``index``."""
    text = found.text
    last = found.attributions[index] if index is not None else None
    segments = scopes.segments_of(last, text, trigger.head)
    others = [h for h in found.heads if any(a <= h < b for a, b in segments)]
    content = scopes.clause(text, found.syntax, trigger.head, segments, others)
    scope = scopes.Scope(trigger.head, content, scopes.within(text, segments, content) or (content,))
    doubts = _doubts(found, scope, others)
    actors, recipients = _roles(found, trigger, last)
    negative = trigger.polarity == "negative" or bool(last and last.negative)
    span = None if trigger.is_state else _trigger(trigger)
    return _claim(
        found,
        index=index,
        content=text.span(*content),
        polarity="negative" if negative else "positive",
        certainty=chains.certainty(last, [d.certainty for d in doubts]),
        status=chains.status(last, trigger.status, condition=text.sentence_of[trigger.head] in found.conditions),
        hedges=_hedges(found, doubts, last),
        trigger=span,
        type=None if trigger.is_state else trigger.type,
        modes=() if trigger.is_state else tuple(trigger.modes),
        territory=trigger.territory,
        weapon=trigger.weapon,
        actors=actors,
        recipients=recipients,
        places=_attached(found, "places", scope, others),
        times=_attached(found, "times", scope, others),
        quantities=_attached(found, "quantities", scope, others),
        labels=_attached(found, "labels", scope, others),
        by=trigger.by,
    )


def _trigger(trigger: EventTrigger) -> Trigger:
    return Trigger(start=trigger.start, end=trigger.end, exact=trigger.exact, by=trigger.by, basis=trigger.basis, reason=trigger.reason, sense=trigger.sense)


def _claim(found: Findings, *, index: int | None, content: Span, **fields: Any) -> Claim:
    links = tuple(_link(found, found.attributions[n]) for n in found.chains.chain(index))
    if fields.get("hedges") is None:
        fields["hedges"] = ()
    key = [found.sha256, "rules", str(content.start), str(content.end)]
    trigger = fields.get("trigger")
    key += [f"{trigger.start}-{trigger.end}" if trigger else "-"]
    key += [f"{k.source.start if k.source else '-'}:{k.cue.start}:{k.act}" for k in links]
    return Claim(id=hashlib.sha256("|".join(key).encode()).hexdigest()[:12], content=content, chain=links, **fields)


def _link(found: Findings, attribution: Attribution) -> Any:
    """Return the link with who its source resolves to: the actor its words name, or a pronoun's antecedent."""
    name, antecedent = None, None
    if attribution.source is not None:
        numbers = roles.speaker(found.entities, attribution)
        entity = found.actors[numbers[0]] if numbers else None
        whole = entity is not None and attribution.source[1] - attribution.source[0] <= 2
        if entity is not None and (whole or entity.kind in ("armed-group", "state-force", "state", "organisation")):
            name = entity.name
    return chains.link(attribution, found.text, name=name, antecedent=antecedent)


# --- hedges --------------------------------------------------------------------------------------------------------------------------


def _doubts(found: Findings, scope: scopes.Scope, others: list[int]) -> list[Doubt]:
    """Return the hedges that weigh on a happening: in its clause, or over the whole of what is attributed."""
    inside = []
    first, last = found.text.sentences[found.text.sentence_of[scope.head]]
    for doubt in found.hedges:
        if not (first <= doubt.first < last):
            continue
        if scope.content[0] <= doubt.first < scope.content[1] or _over(found, doubt, scope):
            if len(others) < 2 or found.nearest(doubt.first) in (None, scope.head) or not doubt.conditional:
                inside.append(doubt)
    return inside


def _over(found: Findings, doubt: Doubt, scope: scopes.Scope) -> bool:
    """Return whether a hedge right before the content governs all of it ('il semble que A et B')."""
    index = found.chains.innermost(scope.head)
    if index is None:
        return False
    attribution = found.attributions[index]
    return attribution.hedge is not None and attribution.hedge[0] <= doubt.first < attribution.hedge[1] or (
        any(a <= doubt.first < b for a, b in attribution.content) and doubt.last <= scope.head and doubt.by.endswith(("que", "qu'", "that"))
    )


def _hedges(found: Findings, doubts: list[Doubt], last: Attribution | None) -> tuple[Hedge, ...]:
    tokens = {(d.first, d.last): d.by for d in doubts}
    if last is not None and last.hedge is not None and not any(a < last.hedge[1] and last.hedge[0] < b for a, b in tokens):
        tokens[last.hedge] = last.by
    made = []
    for (first, end), by in sorted(tokens.items()):
        span = found.text.span(first, end)
        made.append(Hedge(start=span.start, end=span.end, exact=span.exact, by=by))
    return tuple(made)


# --- who ------------------------------------------------------------------------------------------------------------------------------


def _roles(found: Findings, trigger: EventTrigger, last: Attribution | None) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Return actors and recipients: by the parse and the neighbours, then by who is accused or speaks of itself."""
    if found.syntax is None:
        return (), ()
    entities = found.entities
    host = last
    stage = roles.Stage(
        entities,
        found.syntax,
        found.text,
        found.lang,
        trigger,
        inside=lambda token: host is None or host.covers(token) or not _tells_own(host),
        others=frozenset(found.heads) - {trigger.head},
    )
    actors, recipients = roles.of_trigger(stage)
    if last is not None and last.frame == "pointing" and last.negative and not actors:
        actors = roles.speaker(entities, last)
    if not actors and last is not None and trigger.frame != "undergo":
        actors = _from_source(found, last)
    recipients = [n for n in recipients if n not in actors]
    harmless = trigger.type in ("PROTEST", "RETREAT", "COOPERATE", None)
    return (
        tuple(found.actors[n] for n in actors if harmless or found.actors[n].kind not in ("civilians", "object")),
        tuple(found.actors[n] for n in recipients),
    )


def _tells_own(last: Attribution) -> bool:
    """Return whether the content has its own subject or none: then nothing outside it may fill a role."""
    return last.frame not in ("hearsay", "nobody")


def _from_source(found: Findings, last: Attribution) -> list[int]:
    """Return the accused of an accusation, or the source where its words speak of its own deeds ('dit avoir', 'dément tout', 'menace de')."""
    if last.act == "accuse":
        return _accused(found, last)
    if last.frame == "demand":
        return found.entities.between(last.cue[1], last.first + 1)[:2]
    named = roles.speaker(found.entities, last)
    if last.frame == "infinitive":
        return named
    own = last.frame == "object" and last.act in ("deny", "promise", "threaten", "announce")
    return [n for n in named if own and (found.actors[n].kind in roles.GROUPS or last.act != "deny")]


def _accused(found: Findings, last: Attribution) -> list[int]:
    """Return whom the verb of accusing names: its object before the deed, or its subject in the passive."""
    assert found.syntax is not None
    if last.frame == "accuse":
        return found.entities.between(last.cue[1], last.first + 1)[:1]
    if last.frame == "accused":
        subject = roles.subject(found.syntax, last.anchor)
        number = found.entities.at(subject) if subject is not None else None
        return [number] if number is not None else []
    to = frozenset(found.lang.settings.get("roles", {}).get("to", ()))
    inside = [n for n in found.entities.between(last.first, last.last) if _after_word(found, n, to)]
    return inside[:1]


def _after_word(found: Findings, number: int, words: frozenset[str]) -> bool:
    first = found.entities.tokens[number][0]
    return found.text.norms[first] in words or first > 0 and found.text.norms[first - 1] in words


# --- where, when, how many ------------------------------------------------------------------------------------------------------------


def _attached(found: Findings, name: str, scope: scopes.Scope, others: list[int]) -> tuple[Any, ...]:
    """Return the mentions that speak of this happening: in its content, and of no other happening nearer in the parse."""
    text = found.text
    first, last = text.sentences[text.sentence_of[scope.head]]
    rows = found.by_sentence(name)
    numbers = range(text.sentence_of[scope.content[0]], text.sentence_of[scope.content[1] - 1] + 1)
    kept = []
    for token, mention in [pair for n in {*numbers, text.sentence_of[scope.head]} for pair in rows[n]]:
        if not (scope.content[0] <= token < scope.content[1]):
            if not _heading(text, token, first, last, scope) and not _shared(found, token, scope, others):
                continue
        elif not scope.holds(token):
            continue
        else:
            nearest = found.nearest(token)
            if nearest is not None and nearest != scope.head and nearest in others and not _above(found, nearest, scope.head):
                continue
        kept.append(mention)
    return tuple(kept)


def _above(found: Findings, other: int, head: int) -> bool:
    """Return whether ``other`` governs ``head``: what hangs on the governing happening holds for the governed one too."""
    assert found.syntax is not None
    return other in found.syntax.ancestors(head)


def _heading(text: Text, token: int, first: int, last: int, scope: scopes.Scope) -> bool:
    """Return whether ``token`` stands before a colon that opens what is told ('Mali : ...', 'd'août 2014 : ...')."""
    return first <= token < scope.head and ":" in text.words[token : scope.head] and text.words[scope.head] != ":"


def _shared(found: Findings, token: int, scope: scopes.Scope, others: list[int]) -> bool:
    """Return whether a mention outside the clause hangs on this happening in the parse, within the same attribution."""
    index = found.chains.innermost(scope.head)
    covered = found.attributions[index].covers(token) if index is not None else found.chains.innermost(token) is None
    return covered and found.nearest(token) == scope.head


# --- claims without a happening of their own ------------------------------------------------------------------------------------------


def _pointing(found: Findings) -> Iterator[Claim]:
    """Yield claims of attributions that only point at what was told ('n'a pas commenté', 'rejette ces accusations')."""
    for index, attribution in enumerate(found.attributions):
        if not attribution.anaphor:
            continue
        told = [t for t in found.triggers if attribution.covers(t.head)]
        for trigger in told[:1]:
            yield _of_trigger(found, trigger, index)


def _statements(found: Findings) -> Iterator[Claim]:
    """Yield a claim without trigger for each attributed content in which no happening was found."""
    told = {found.chains.innermost(t.head) for t in found.triggers}
    for index, attribution in enumerate(found.attributions):
        if index in told or attribution.anaphor and any(attribution.covers(t.head) for t in found.triggers):
            continue
        if any(index in found.chains.around[k] for k in range(len(found.attributions))):
            continue
        yield _statement(found, index, attribution.content)
    yield from _silent_sentences(found)


def _silent_sentences(found: Findings) -> Iterator[Claim]:
    """Yield the sentences of a longer quotation in which nothing happens, where others of it tell a happening."""
    text = found.text
    for index, attribution in enumerate(found.attributions):
        first, last = text.sentence_of[attribution.first], text.sentence_of[attribution.last - 1]
        if first == last or attribution.anaphor or not any(found.chains.innermost(t.head) == index for t in found.triggers):
            continue
        for number in range(first, last + 1):
            segments = scopes.within(text, attribution.content, text.sentences[number])
            silent = not any(a <= h < b for a, b in segments for h in found.heads)
            if silent and sum(b - a for a, b in segments) >= 3:
                yield _statement(found, index, segments)


def _statement(found: Findings, index: int, segments: tuple[Tokens, ...]) -> Claim:
    """Return the claim of what is said where no happening is told."""
    attribution = replace(found.attributions[index], content=segments)
    content = scopes.trimmed(found.text, (segments[0][0], segments[-1][1]))
    doubts = [d for d in found.hedges if attribution.covers(d.first)]
    subjects = _subjects(found, attribution)
    inside = {name: _covered(found, attribution, getattr(found, name)) for name in ("places", "times", "quantities", "labels")}
    return _claim(
        found,
        index=index,
        content=found.text.span(*content),
        polarity="negative" if attribution.negative or _denied(found, attribution) else "positive",
        certainty=chains.certainty(attribution, [d.certainty for d in doubts]),
        status=_statement_status(attribution),
        hedges=_hedges(found, doubts, attribution),
        actors=tuple(e for e in subjects if e.kind not in ("civilians", "object")),
        recipients=tuple(e for e in subjects if e.kind in ("civilians", "object")),
        by=attribution.by,
        **inside,
    )


def _covered(found: Findings, attribution: Attribution, mentions: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(m for m in mentions if attribution.covers(found.text.token_at(m.start)))


def _subjects(found: Findings, attribution: Attribution) -> list[Entity]:
    """Return whom a statement speaks of: the first entity of its content that stands before a verb, with those joined to it."""
    if found.syntax is None:
        return []
    syntax = found.syntax
    joins = frozenset(found.lang.settings.get("roles", {}).get("joins", ()))
    inside = found.entities.between(attribution.first, attribution.last)
    verb = next((i for i in range(attribution.first, attribution.last) if syntax.pos[i] in ("VERB", "AUX")), attribution.last)
    before = [n for n in inside if found.entities.tokens[n][0] < verb]
    first = (before or inside)[:1]
    numbers = [m for n in first for m in found.entities.coordinated(n, found.text, joins, lambda t: syntax.pos[t] in ("DET", "NUM", "ADP"))]
    return [found.actors[n] for n in numbers]


def _denied(found: Findings, attribution: Attribution) -> bool:
    """Return whether the statement itself says that something is not so ('ce ne sont pas les jihadistes', 'there were none')."""
    negative = found.lang.lexicon("function_words")
    words = [i for a, b in attribution.content for i in range(a, min(b, a + 12))]
    return any(e.get("class") in ("neg", "nothing") for i in words for e in negative.candidates(found.text, i) if len(e.form) == 1)


def _statement_status(attribution: Attribution) -> Any:
    if attribution.act == "demand":
        return "hypothetical"
    if attribution.act in ("promise", "threaten"):
        return "planned"
    return "state"


def _repeats(found: Findings, made: list[Claim]) -> list[Claim]:
    """Mark the claims of a sentence printed a second time (a headline above and below its picture) with those they repeat."""
    seen: dict[tuple[str, str], Claim] = {}
    marked: list[Claim] = []
    sentences: dict[str, int] = {}
    for claim in made:
        token = found.text.token_at(claim.trigger.start if claim.trigger else claim.content.start)
        first, last = found.text.sentences[found.text.sentence_of[token]]
        words = " ".join(found.text.norms[first:last])
        earlier = sentences.setdefault(words, first)
        offset = (claim.trigger.start if claim.trigger else claim.content.start) - found.text.starts[first]
        key = (words, f"{offset}:{claim.trigger is None}:{len(claim.chain)}:{claim.type}")
        if earlier != first and key in seen and last - first >= 4:
            claim = msgspec.structs.replace(claim, repeats=seen[key].id)
        else:
            seen.setdefault(key, claim)
        marked.append(claim)
    return marked

