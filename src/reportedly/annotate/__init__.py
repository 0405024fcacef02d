"""The rule annotator: calls the finders in order, assembles claims, verifies them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from reportedly import codes, syntax
from reportedly.annotate import assemble, chains, discrepancies
from reportedly.annotate.findings import Findings
from reportedly.errors import ReportedlyError
from reportedly.find import actors, hedges, labels, places, quantities, sources, times, triggers
from reportedly.records import Claim, Document, Mentions, Model, Reading, Run, Span

if TYPE_CHECKING:
    from reportedly.rules import Language

VERSION = "1"


def annotate(document: Document, language: Language, *, gazetteer: Any, registry: Any) -> Reading:
    """Return what ``document`` says: its claims, every field pinned to the words, and what disagrees within it."""
    found = _find(document, language, gazetteer=gazetteer, registry=registry)
    claims = codes.settle(tuple(assemble.claims(found)))
    verify(claims, document.text)
    return Reading(
        document=document,
        claims=claims,
        run=_run(document, language, gazetteer),
        discrepancies=tuple(discrepancies.find(claims)),
    )


def _find(document: Document, language: Language, *, gazetteer: Any, registry: Any) -> Findings:
    """Call every finder once over the prepared text."""
    text = language.prepare(document.text)
    parse = syntax.parse(text, language.parser) if language.parser else None
    published = document.published.value if document.published else None
    anchor = "user" if document.published and document.published.trust == "given" else "metadata"
    publisher = document.publisher.value if document.publisher else None
    located = places.find(text, parse, language, gazetteer=gazetteer, publisher=publisher, registry=registry)
    entities = actors.find(
        text,
        parse,
        language,
        registry=registry,
        published=published,
        publisher=publisher,
        countries=[place.country for place in located if place.country],
    )
    return Findings(
        text=text,
        syntax=parse,
        lang=language,
        sha256=document.sha256,
        attributions=chains.without_outlet(sources.find(text, parse, language), text, publisher),
        triggers=triggers.find(text, parse, language),
        hedges=hedges.find(text, parse, language),
        actors=entities,
        places=located,
        times=times.find(text, language, published=published, anchor_source=anchor if published else None),
        quantities=quantities.find(text, language, syntax=parse),
        labels=labels.find(text, parse, language, actors=entities),
    )


def mentions(document: Document, language: Language, *, gazetteer: Any, registry: Any) -> Mentions:
    """Return what ``document`` mentions, apart from any claim."""
    found = _find(document, language, gazetteer=gazetteer, registry=registry)
    return Mentions(
        document=document, times=found.times, quantities=found.quantities, places=found.places, actors=found.actors
    )


def verify(claims: tuple[Claim, ...], text: str) -> None:
    """Raise ReportedlyError where a claim points at words that are not the text's own: nothing unpinned leaves the annotator."""
    for claim in claims:
        for span in spans(claim):
            if text[span.start : span.end] != span.exact or span.end <= span.start:
                raise ReportedlyError(
                    f"claim {claim.id}: {span.exact[:40]!r} is not what stands at {span.start}-{span.end}",
                    cure="this is a fault of the program: please report it with the text",
                )


def spans(claim: Claim) -> list[Span]:
    """Return every span of a claim."""
    found: list[Span | None] = [claim.content, claim.trigger, *claim.hedges, *claim.actors, *claim.recipients]
    found += [*claim.places, *claim.times, *claim.quantities, *claim.labels]
    for link in claim.chain:
        found += [link.source, link.cue, link.antecedent]
    return [span for span in found if span is not None]


def _run(document: Document, language: Language, gazetteer: Any) -> Run:
    models: tuple[Model, ...] = (syntax.load(language.parser)[1],) if language.parser else ()
    name = gazetteer.version if gazetteer is not None else None
    key = "|".join([document.sha256, VERSION, language.sha256, *(m.sha256 for m in models), str(name)])
    return Run(
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        annotator="rules",
        version=VERSION,
        language=language.code,
        language_sha256=language.sha256,
        models=models,
        gazetteer=name,
    )
