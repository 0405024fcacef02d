"""W3C Web Annotation: an annotation a claim and one a span of it, each with position and quote selectors.

The model counts positions in Unicode code points, as we do. They count in the text as it was read (``sha256``); where the source is a web
page, a reader finds the words by the quote and its surroundings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from reportedly.export.leaves import Leaf, take_apart
from reportedly.export.protocol import Format, Loss, Material, Option, Options, Table, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Claim, Document, Reading

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"reportedly": "urn:reportedly:terms:"}]
MEDIA_TYPE = "application/ld+json"
# As much as finds a sentence again after small changes around it.
AROUND = 32
WIKIDATA = "http://www.wikidata.org/entity/"


def of_reading(reading: Reading, options: Options) -> Iterator[dict[str, Any]]:
    """Yield the annotations of a report: for each claim the claim itself, on its content, then one for each other span of it."""
    source = _source(reading.document, options)
    for claim in reading.claims:
        for leaf in take_apart(claim):
            yield _annotation(reading, claim, leaf, source)


def name(document: str, *parts: str) -> str:
    """Return the IRI of a document, a claim of it, or a leaf of that.

    >>> name("d 1", "c01", "places.0")
    'urn:reportedly:d%201:c01:places.0'
    """
    return "urn:reportedly:" + ":".join(quote(part, safe=".-_~") for part in (document, *parts))


def _source(document: Document, options: Options) -> dict[str, Any]:
    """Return the report as a resource: its address where it has one, else a name of its own."""
    web = document.url and options["source"] == "url"
    made: dict[str, Any] = {"id": document.url if web else name(document.id), "type": "Text"}
    if not web:
        made["format"] = "text/plain"
    if document.language:
        made["language"] = document.language.value
    if document.title:
        made["reportedly:title"] = document.title.value
    return made | {"reportedly:sha256": document.sha256, "reportedly:name": document.name}


def _annotation(reading: Reading, claim: Claim, leaf: Leaf, source: dict[str, Any]) -> dict[str, Any]:
    document = reading.document
    whole = leaf.role == "content"
    made: dict[str, Any] = {
        "id": name(document.id, claim.id, leaf.path),
        "type": "Annotation",
        "motivation": "describing" if whole else "identifying",
        "generator": {
            "type": "Software",
            "name": f"reportedly ({reading.run.annotator} {reading.run.version})".strip(),
        },
        "body": list(_bodies(leaf)),
        "target": {"source": source, "selector": _selectors(document.text, leaf)},
    }
    if leaf.facts.get("by") == "person":
        # who that was stays in the store
        made["creator"] = {"type": "Person"}
    if not whole:
        made["reportedly:claim"] = name(document.id, claim.id, "content")
    return made


def _bodies(leaf: Leaf) -> Iterator[dict[str, Any]]:
    """Yield what is said of a span: its role as a tag, whom or where it means as a link, every fact as JSON."""
    yield {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": leaf.role}
    facts = leaf.facts
    if isinstance(known := facts.get("identifier"), str) and known.startswith("Q"):
        yield {"type": "SpecificResource", "purpose": "identifying", "source": WIKIDATA + known}
    if facts.get("lat") is not None and facts.get("lon") is not None:
        yield {"type": "SpecificResource", "purpose": "linking", "source": f"geo:{facts['lat']:.6f},{facts['lon']:.6f}"}
    said = {key: value for key, value in facts.items() if value not in (None, "", (), [])}
    if said:
        yield {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(said, ensure_ascii=False),
        }


def _selectors(text: str, leaf: Leaf) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": leaf.start, "end": leaf.end},
        {
            "type": "TextQuoteSelector",
            "exact": leaf.exact,
            "prefix": text[max(0, leaf.start - AROUND) : leaf.start],
            "suffix": text[leaf.end : leaf.end + AROUND],
        },
    ]


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write a collection of one page, annotation by annotation; how many there are stands at its end."""
    head = {"@context": CONTEXT, "id": "urn:reportedly:annotations", "type": "AnnotationCollection"}
    page = {"id": "urn:reportedly:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    out.write(f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": ['.encode())
    count = 0
    for reading in material.readings():
        for each in of_reading(reading, options):
            out.write(b",\n" if count else b"\n")
            out.write(json.dumps(each, ensure_ascii=False).encode("utf-8"))
            count += 1
    out.write(f'\n]}}, "total": {count}}}\n'.encode())


def _texts(_reading: Reading) -> int:
    return 1


def _found_by(reading: Reading) -> int:
    return len(reading.document.dates) + bool(reading.document.published) + bool(reading.document.publisher)


FORMAT = Format(
    name="webannotation",
    title="W3C Web Annotation: every claim and span with position and quote selectors (JSON-LD)",
    suffix=".jsonld",
    write=write,
    tables=(
        Table(
            name="annotations",
            takes="readings",
            fields=fields(
                ("id", "Document.id, Claim.id and the path of the span in the claim, as a URN"),
                ("motivation", "describing for a claim's content, identifying for its other spans"),
                ("body (tagging)", "what the span is in its claim: content, trigger, source, cue, actor ..."),
                ("body (identifying)", "Entity.identifier, Place.identifier of Wikidata"),
                ("body (linking)", "Place.lat, Place.lon as a geo: URI"),
                ("body (describing)", "every fact of the claim or the span, as JSON"),
                ("target.source", "Document.url, else a URN of Document.id; language, title, sha256, name"),
                ("TextPositionSelector", "Span.start, Span.end: code points of Document.text"),
                ("TextQuoteSelector", f"Span.exact with {AROUND} characters on each side"),
                ("reportedly:claim", "the annotation of the claim that a span belongs to"),
                ("generator", "Run.annotator, Run.version"),
                ("creator", "a Person, without a name, where Mention.by or Claim.by says that a person gave it"),
            ),
            lost=(
                Loss("the text of the report as a whole: only quotations and what surrounds them", _texts),
                Loss("publisher and dates of the report, with where they were found", _found_by),
            ),
        ),
    ),
    options=(
        Option(
            "source", "What a report is called: its address where it has one, or always our own name.", ("url", "text")
        ),
    ),
    notes=(
        "Positions are code points of the text as it was read, not of the page's markup; the quote finds the words there.",
    ),
)
