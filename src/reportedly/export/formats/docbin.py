"""spaCy DocBin: a Doc a report, its spans by role in ``doc.spans["reportedly"]``, for training and for Prodigy; and corrected ones back.

A Doc's spans begin and end at tokens, so tokens are cut wherever a span of ours begins or ends, and at blanks and marks: ``doc.text`` is
the document's text to the letter. A span's ``id`` says which leaf of which claim it is; a new one has none and goes to the claim around it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.export import regions
from reportedly.export.leaves import Leaf
from reportedly.export.protocol import Format, Material, Option, Options, Table, fields
from reportedly.export.regions import Bases, Region
from reportedly.export.registry import library
from reportedly.records import Problem, Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

EXTRA = ""
KEY = "reportedly"
# Blanks are tokens of their own except a single space after a token, which is how spaCy writes text.
_TOKEN = re.compile(r"\w+|[^\w\s]|\s")
# A named entity of spaCy's own scheme: no two of them overlap.
ENTITIES = {"actor": "ACTOR", "recipient": "ACTOR", "place": "PLACE", "time": "TIME", "quantity": "QUANTITY"}


def words_of(text: str, spans: Collection[tuple[int, int]] = ()) -> tuple[list[str], list[bool]]:
    """Return the tokens of a text, cut where a span begins or ends too, and whether a space follows each.

    >>> words_of("Le Hezbollah, 12 morts", [(0, 5)])
    (['Le', 'He', 'zbollah', ',', '12', 'morts'], [True, False, False, True, True, False])
    """
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    marks = {0, len(text), *(at for at in starts | ends if 0 < at < len(text))}
    marks.update(at for match in _TOKEN.finditer(text) for at in match.span())
    order = sorted(marks)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(order):
        piece = text[start:end]
        # a space that a span begins or ends with is a token of its own
        plain = piece == " " and start not in starts and end not in ends
        if plain and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces


def doc(reading: Reading, vocab: Any) -> Any:
    """Return one report as a Doc."""
    tokens = library("spacy.tokens", extra=EXTRA)
    document = reading.document
    found = [region for claim in reading.claims for region in regions.of_claim(claim)]
    words, spaces = words_of(document.text, [(region.leaf.start, region.leaf.end) for region in found])
    made = tokens.Doc(vocab, words=words, spaces=spaces)
    spans = []
    for region in found:
        leaf = region.leaf
        span = made.char_span(
            leaf.start,
            leaf.end,
            label=leaf.role,
            kb_id=str(leaf.facts.get("identifier") or ""),
            span_id=f"{region.claim}/{leaf.path}",
            alignment_mode="expand",
        )
        if span is not None:
            spans.append(span)
    made.spans[KEY] = spans
    made.ents = _entities(spans)
    kept = msgspec.to_builtins(reading)
    kept["document"].pop("text")
    made.user_data[KEY] = kept
    return made


def _entities(spans: list[Any]) -> list[Any]:
    """Return spans of actors, places, times and quantities, the longest of those that overlap."""
    tokens, util = library("spacy.tokens", extra=EXTRA), library("spacy.util", extra=EXTRA)
    named = {(s.start, s.end): s for s in spans if s.label_ in ENTITIES}
    plain = [tokens.Span(s.doc, s.start, s.end, label=ENTITIES[s.label_], kb_id=s.kb_id_) for s in named.values()]
    found: list[Any] = util.filter_spans(plain)
    return found


def write(material: Material, path: Path, _options: Options) -> None:
    """Write a DocBin. Its bytes are compressed as a whole, so it is held in memory: some thousand reports a file."""
    tokens, vocab = library("spacy.tokens", extra=EXTRA), library("spacy.vocab", extra=EXTRA).Vocab()
    made = tokens.DocBin(store_user_data=True, attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"])
    for reading in material.readings():
        made.add(doc(reading, vocab))
    made.to_disk(path)


def read(path: Path, material: Material, options: Options) -> Iterator[Reading | Problem]:
    """Yield a reading for each Doc of a DocBin."""
    tokens, vocab = library("spacy.tokens", extra=EXTRA), library("spacy.vocab", extra=EXTRA).Vocab()
    bases = Bases(material)
    try:
        docs = list(tokens.DocBin().from_disk(path).get_docs(vocab))
    except Exception as error:  # noqa: BLE001 - whatever spaCy says of a broken file
        yield Problem(name=str(path), reason=f"no DocBin: {error}", cure="give a file that DocBin.to_disk wrote")
        return
    for number, each in enumerate(docs, start=1):
        try:
            yield from _restored(each, bases, options)
        except (InputError, msgspec.ValidationError, KeyError, TypeError) as error:
            yield Problem(name=f"{path}:{number}", reason=f"its user_data is not ours: {error}", cure="give --claims")


def _restored(each: Any, bases: Bases, options: Options) -> Iterator[Reading | Problem]:
    text = each.text
    kept = each.user_data.get(KEY)
    name = kept["document"]["name"] if kept else "doc"
    base = bases.find(text=text, document=name) or _kept(kept, text)
    document = base.document if base else regions.bare_document(text, name)
    found = [_region(span) for span in each.spans.get(KEY, ())]
    yield from regions.restore(document, found, base=base, who=options["who"])


def _kept(kept: dict[str, Any] | None, text: str) -> Reading | None:
    if not kept or kept["document"]["sha256"] != regions.text_hash(text):
        return None
    return msgspec.convert(kept | {"document": kept["document"] | {"text": text}}, Reading)


def _region(span: Any) -> Region:
    claim, _, path = span.id_.partition("/")
    facts = {"identifier": span.kb_id_} if span.kb_id_ and not path else {}
    return Region(
        claim if path else "",
        Leaf(path=path, role=span.label_, start=span.start_char, end=span.end_char, exact=span.text, facts=facts),
    )


FORMAT = Format(
    name="spacy",
    title="spaCy DocBin: a Doc a report with its spans",
    suffix=".spacy",
    write_file=write,
    read=read,
    tables=(
        Table(
            name="docs",
            takes="readings",
            fields=fields(
                ("text", "Document.text, to the letter"),
                (
                    "spans['reportedly'].label_",
                    "what the span is in its claim: content, trigger, source, cue, actor ...",
                ),
                ("spans['reportedly'].id_", "Claim.id and the path of the span in it: c01/places.1"),
                ("spans['reportedly'].kb_id_", "Entity.identifier, Place.identifier"),
                ("ents", "actors, places, times and quantities; the longest where several overlap"),
                ("user_data['reportedly']", "the whole Reading, without the text again"),
            ),
        ),
    ),
    options=(Option("who", "On the way back: who annotated."),),
    notes=(
        "Facts of a span are in `user_data` only: a person corrects spans and labels; for facts too use Label Studio or INCEpTION.",
        "Tokens are cut where a span of ours begins or ends, so that no span is lost; they are not those of a spaCy tokenizer.",
    ),
)
