"""The rule annotator: calls the finders in order, assembles claims, verifies them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly import codes, collector, syntax
from reportedly.annotate import assemble, chains, discrepancies, sparing
from reportedly.annotate.findings import Findings
from reportedly.errors import ReportedlyError
from reportedly.find import actors, hedges, labels, places, quantities, sources, times, triggers
from reportedly.records import Claim, Document, Mentions, Model, Reading, Run, Span

if TYPE_CHECKING:
    from reportedly.find.triggers import EventTrigger
    from reportedly.rules import Language
    from reportedly.text import Text

Mode = Literal["full", "fast"]
VERSION = "1"


def annotate(document: Document, language: Language, *, gazetteer: Any, registry: Any, mode: Mode = "full") -> Reading:
    """Return what ``document`` says: its claims, every field pinned to the words, and what disagrees within it.

    ``mode`` "fast" reads only the sentences that can hold a claim of a happening (see ``sparing``).
    """
    # a document is small, and what is made of it points at nothing that points back
    with collector.resting():
        if mode == "fast":
            document, claims = _sparingly(document, language, gazetteer=gazetteer, registry=registry)
        else:
            text = language.prepare(document.text)
            parse = syntax.parse(text, language.parser) if language.parser else None
            claims = _claims(document, text, parse, language, gazetteer=gazetteer, registry=registry)
    verify(claims, document.text)
    disagreements, more = discrepancies.find(claims)
    return Reading(
        document=_noted(document, more),
        claims=claims,
        run=_run(document, language, gazetteer, mode=mode),
        discrepancies=disagreements,
    )


def _noted(document: Document, note: str) -> Document:
    """Return the document with the note on its disagreements, in the place of one that an earlier reading made."""
    notes = tuple(each for each in document.notes if not each.startswith(discrepancies.MORE))
    notes += (note,) if note else ()
    return document if notes == document.notes else msgspec.structs.replace(document, notes=notes)


def relevant(document: Document, language: Language) -> bool:
    """Return whether a happening can be told in ``document``: a cheap answer, before any parse."""
    return not nothing_in(document.text, language)


def nothing_in(words: str, language: Language) -> str:
    """Return why nothing that these words say can be a happening; '' where something may."""
    return "" if sparing.telling(language.prepare(words), language) else sparing.NOTHING


def _sparingly(
    document: Document, language: Language, *, gazetteer: Any, registry: Any
) -> tuple[Document, tuple[Claim, ...]]:
    """Return the claims of the sentences that can hold one, and the document, with a note where there are none."""
    if sparing.NOTHING in document.notes:
        # the page was looked at before its article was sought
        return document, ()
    text = language.prepare(document.text)
    kept = sparing.chosen(text, language)
    if not kept:
        return msgspec.structs.replace(document, notes=(*document.notes, sparing.NOTHING)), ()
    if len(kept) == len(text.sentences):
        parse = syntax.parse_apart(text, language.parser) if language.parser else None
        return document, _claims(document, text, parse, language, gazetteer=gazetteer, registry=registry)
    part = sparing.cut(text, kept)
    short = language.prepare(part.text)
    parse = syntax.parse_apart(short, language.parser) if language.parser else None
    claims = _claims(document, short, parse, language, gazetteer=gazetteer, registry=registry)
    return document, sparing.returned(claims, part, document.text, document.sha256)


def _claims(
    document: Document, text: Text, parse: syntax.Syntax | None, language: Language, *, gazetteer: Any, registry: Any
) -> tuple[Claim, ...]:
    found = _find(document, text, parse, language, gazetteer=gazetteer, registry=registry)
    return codes.settle(tuple(assemble.claims(found)))


def _find(
    document: Document, text: Text, parse: syntax.Syntax | None, language: Language, *, gazetteer: Any, registry: Any
) -> Findings:
    """Call every finder once over the prepared text."""
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
        places=located,
    )
    attributions = chains.without_outlet(sources.find(text, parse, language), text, publisher)
    return Findings(
        text=text,
        syntax=parse,
        lang=language,
        sha256=document.sha256,
        attributions=attributions,
        triggers=_apart(triggers.find(text, parse, language), attributions),
        hedges=hedges.find(text, parse, language),
        actors=entities,
        places=located,
        times=times.find(text, language, published=published, anchor_source=anchor if published else None),
        quantities=quantities.find(text, language, syntax=parse),
        labels=labels.find(text, parse, language, actors=entities),
    )


def _apart(found: tuple[EventTrigger, ...], attributions: tuple[sources.Attribution, ...]) -> tuple[EventTrigger, ...]:
    """Return the happenings without the verbs that only say something: 'ses avocats soutiennent que' supports nobody."""
    saying = {a.anchor for a in attributions if a.frame == "that"}
    return tuple(trigger for trigger in found if trigger.pos != "verb" or trigger.head not in saying)


def mentions(document: Document, language: Language, *, gazetteer: Any, registry: Any) -> Mentions:
    """Return what ``document`` mentions, apart from any claim."""
    text = language.prepare(document.text)
    parse = syntax.parse(text, language.parser) if language.parser else None
    found = _find(document, text, parse, language, gazetteer=gazetteer, registry=registry)
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


def _run(document: Document, language: Language, gazetteer: Any, *, mode: Mode) -> Run:
    models: tuple[Model, ...] = (syntax.load(language.parser).model,) if language.parser else ()
    name = gazetteer.version if gazetteer is not None else None
    key = "|".join([document.sha256, VERSION, language.sha256, *(m.sha256 for m in models), str(name)])
    key += "" if mode == "full" else f"|{mode}"
    return Run(
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        annotator="rules",
        version=VERSION,
        language=language.code,
        language_sha256=language.sha256,
        models=models,
        gazetteer=name,
        mode=mode,
    )
