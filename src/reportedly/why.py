"""Why a claim was made: for each field the words, the rule or the lexicon entry that found them, and the parse around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reportedly import rules, syntax
from reportedly.records import Claim, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportedly.records import Mention, Span
    from reportedly.text import Text

# Where the frames of a finder, which are code, find their words.
LEXICONS_OF = {"source": ("speech_", "citing", "hearsay", "silence"), "hedge": ("hedge", "hearsay")}


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a claim: its words, what found them (``by``), and whether the words state it."""

    field: str
    start: int
    end: int
    exact: str
    by: str
    basis: str = "stated"
    reason: str = ""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """What a ``by`` names: a rule with its pattern, or a lexicon entry with its values; ``where`` is the file (and line)."""

    by: str
    where: str
    says: str
    note: str = ""


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """One parsed word: Universal Dependencies, ``head`` an ``index`` of the same list (its own for a root); '' without a parser."""

    index: int
    start: int
    end: int
    exact: str
    pos: str = ""
    dep: str = ""
    head: int = -1


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that ``explain`` shows of one claim; ``number`` is its place in the reading, from 1."""

    reading: Reading
    claim: Claim
    number: int
    evidence: tuple[Evidence, ...]
    causes: tuple[Cause, ...]
    tokens: tuple[Token, ...]


def explain(reading: Reading, claim: Claim, *, lexicon: Path | None = None) -> Explanation:
    """Return why ``claim`` stands in ``reading``; ``lexicon`` is the user's own that took part, if one did."""
    evidence = tuple(_evidence(claim))
    language = rules.load(reading.run.language, lexicon)
    return Explanation(
        reading=reading,
        claim=claim,
        number=reading.claims.index(claim) + 1,
        evidence=evidence,
        causes=tuple(_causes(evidence, language, claim)),
        tokens=tuple(_tokens(reading.document.text, claim, language)),
    )


def find(reading: Reading, name: str) -> Claim | None:
    """Return the claim that ``name`` means: its id, a beginning of it that only one has, or its number as printed ('12')."""
    for claim in reading.claims:
        if claim.id == name:
            return claim
    if name.isdigit() and 0 < int(name) <= len(reading.claims) and len(name) < 4:
        return reading.claims[int(name) - 1]
    like = [claim for claim in reading.claims if claim.id.startswith(name)]
    return like[0] if len(like) == 1 else None


def _evidence(claim: Claim) -> Iterator[Evidence]:
    for depth, link in enumerate(claim.chain, start=1):
        step = f"chain {depth}" if len(claim.chain) > 1 else "chain"
        if link.source:
            yield _of(f"{step} source", link.source)
        yield _of(f"{step} cue", link.cue)
    if claim.trigger:
        yield _of("event", claim.trigger)
    groups: tuple[tuple[str, tuple[Mention, ...]], ...] = (
        ("hedge", claim.hedges),
        ("who", claim.actors),
        ("whom", claim.recipients),
        ("where", claim.places),
        ("when", claim.times),
        ("how many", claim.quantities),
        ("loaded", claim.labels),
    )
    for field, mentions in groups:
        yield from (_of(field, mention) for mention in mentions)


def _of(field: str, mention: Mention) -> Evidence:
    return Evidence(
        field=field,
        start=mention.start,
        end=mention.end,
        exact=mention.exact,
        by=mention.by,
        basis=mention.basis,
        reason=mention.reason,
    )


def _causes(evidence: tuple[Evidence, ...], language: rules.Language, claim: Claim) -> Iterator[Cause]:
    """Yield what each ``by`` names, once, in the order of the fields."""
    for by in dict.fromkeys((claim.by, *(each.by for each in evidence))):
        if rule := _rule(by, language):
            yield rule
        else:
            yield from _entries(by, language)


def _rule(name: str, language: rules.Language) -> Cause | None:
    for path in sorted((language.folder / "rules").glob("*.toml")):
        for rule in language.rules(path.stem).rules:
            if rule.id == name:
                gives = ", ".join(f"{key} = {value}" for key, value in rule.gives.items())
                where = f"languages/{language.code}/rules/{path.name}"
                return Cause(by=name, where=where, says=rule.pattern, note="; ".join(filter(None, (gives, rule.note))))
    return None


def _entries(by: str, language: rules.Language) -> Iterator[Cause]:
    """Yield the lexicon rows that ``trigger_verb:tu~er`` or, through a frame of the program, ``fr.source.incise:affirm~er`` names.

    A form that stands in several rows of its lexicon (one a sense) yields them all: the record does not say which sense it was.
    """
    head, _, lemma = by.partition(":")
    for name in _lexicons(head.removeprefix(f"{language.code}."), language):
        lexicon = language.lexicon(name)
        lemmas = {entry.lemma for entry in lexicon.index.get(lemma, ()) if len(entry.form) == 1} | {lemma}
        for form, values, note in lexicon.rows:
            if form in lemmas:
                says = " ".join([form, *(f"{key}={value}" for key, value in values.items())])
                yield Cause(by=by, where=f"languages/{language.code}/lexicons/{name}.tsv", says=says, note=note)


def _lexicons(head: str, language: rules.Language) -> list[str]:
    """Return the lexicons that the head of a ``by`` points into: one by its name, or those a finder's frames look into."""
    if head in language.lexicons:
        return [head]
    starts = LEXICONS_OF.get(head.partition(".")[0], ())
    return [name for name in sorted(language.lexicons) if name.startswith(starts)] if starts else []


def _tokens(document_text: str, claim: Claim, language: rules.Language) -> Iterator[Token]:
    """Yield the words of the sentences that the claim's content, event and chain stand in, parsed as the reading parsed them."""
    text = language.prepare(document_text)
    parsed = syntax.parse(text, language.parser) if language.parser else None
    for first, last in _sentences(text, claim):
        for i in range(first, last):
            token = Token(index=i, start=text.starts[i], end=text.ends[i], exact=text.words[i])
            if parsed:
                token = msgspec.structs.replace(token, pos=parsed.pos[i], dep=parsed.dep[i], head=parsed.head[i])
            yield token


def _sentences(text: Text, claim: Claim) -> list[tuple[int, int]]:
    spans: list[Span] = [
        claim.content,
        *(link.cue for link in claim.chain),
        *([claim.trigger] if claim.trigger else []),
    ]
    return [
        (first, last)
        for first, last in text.sentences
        if last > first and any(s.start < text.ends[last - 1] and s.end > text.starts[first] for s in spans)
    ]
