"""INCEpTION: UIMA CAS as XMI, a file a report with the type system beside, written and read by dkpro-cassis.

UIMA counts in UTF-16 units; dkpro-cassis converts. All spans are of one custom layer, so that a relation of one layer can tie any of them
to the content of its claim. The facts of a span are features of their own where a person edits them; what else there is stands in ``more``.
"""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from reportedly.errors import InputError
from reportedly.export import facts, leaves, regions
from reportedly.export.leaves import Leaf, take_apart
from reportedly.export.protocol import Format, Loss, Material, Option, Options, Table, fields
from reportedly.export.regions import Bases, Region
from reportedly.export.registry import library
from reportedly.records import Document, Problem, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

EXTRA = "annotation"
SPAN = "webanno.custom.Reportedly"
RELATION = "webanno.custom.ReportedlyOf"
REPORT = "reportedly.Report"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
TYPES = "TypeSystem.xml"
STRING = "uima.cas.String"
OWN = ("role", "claim", "path", *facts.NAMES, "more")
# A class of UIMA has no feature of these names.
_RENAMED = {"type": "kindOf", "of": "bearer"}
# XML has no way to write these; no report that was read by us has them but a hostile one.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class Annotated(NamedTuple):
    """A CAS as it was read: its text, what it says of the document, the reading that was exported, and its regions."""

    text: str
    name: str
    who: str
    base: Reading | None
    regions: list[Region]


def types() -> Any:
    """Return the type system: our span and relation layers, what is kept of a report, and DKPro's metadata."""
    system = library("cassis", extra=EXTRA).TypeSystem()
    span = system.create_type(SPAN, supertypeName="uima.tcas.Annotation")
    for name in OWN:
        system.create_feature(span, _RENAMED.get(name, name), STRING)
    relation = system.create_type(RELATION, supertypeName="uima.tcas.Annotation")
    for end in ("Dependent", "Governor"):
        system.create_feature(relation, end, SPAN)
    report = system.create_type(REPORT, supertypeName="uima.tcas.Annotation")
    system.create_feature(report, "reading", STRING)
    system.create_type(METADATA, supertypeName="uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri"):
        system.create_feature(system.get_type(METADATA), name, STRING)
    return system


def xmi(reading: Reading, system: Any, options: Options) -> str:
    """Return one report as a CAS in XMI."""
    cas = library("cassis", extra=EXTRA).Cas(typesystem=system)
    document = reading.document
    cas.sofa_string = _NOT_XML.sub(REPLACEMENT, document.text)
    cas.sofa_mime = "text/plain"
    end = len(document.text)
    metadata = system.get_type(METADATA)
    language = document.language.value if document.language else "x-unspecified"
    cas.add(
        metadata(begin=0, end=end, language=language, documentTitle=_xml(document.name), documentId=_xml(document.name))
    )
    kept = msgspec.to_builtins(reading)
    kept["document"].pop("text")
    cas.add(system.get_type(REPORT)(begin=0, end=end, reading=_json(kept)))
    span, relation = system.get_type(SPAN), system.get_type(RELATION)
    for claim in reading.claims:
        made = [span(**_features(region)) for region in regions.of_claim(claim)]
        for each in made:
            cas.add(each)
            outside = not made[0].begin <= each.begin <= each.end <= made[0].end
            if each is not made[0] and (outside or options["relations"] == "all"):
                cas.add(relation(begin=each.begin, end=each.end, Dependent=each, Governor=made[0]))
    return str(cas.to_xmi(pretty_print=True))


def _xml(words: str) -> str:
    return _NOT_XML.sub(REPLACEMENT, words)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _features(region: Region) -> dict[str, Any]:
    leaf = region.leaf
    shown = facts.shown(leaf)
    more = {name: value for name, value in leaf.facts.items() if name not in shown and value not in (None, [], ())}
    made = {"role": leaf.role, "claim": region.claim, "path": leaf.path, "more": _json(more)}
    made |= {_RENAMED.get(name, name): _xml(said) for name, said in shown.items()}
    return made | {"begin": leaf.start, "end": leaf.end}


def write(material: Material, folder: Path, options: Options) -> None:
    """Write a file for each report, and the type system."""
    system = types()
    system.to_xml(str(folder / TYPES))
    taken: set[str] = set()
    for reading in material.readings():
        name = _free(reading.document, taken)
        (folder / f"{name}.xmi").write_text(xmi(reading, system, options), encoding="utf-8")


def _free(document: Document, taken: set[str]) -> str:
    """Return a file name for a document that no other has."""
    plain = re.sub(r"[^\w.-]+", "_", document.name).strip("._")[:80] or "report"
    name = plain if plain.casefold() not in taken else f"{plain}-{document.id}"
    taken.add(name.casefold())
    return name


def read(path: Path, material: Material, options: Options) -> Iterator[Reading | Problem]:
    """Yield a reading for each CAS of a file, a folder or an export of INCEpTION (zip); a project's has one for each annotator."""
    bases = Bases(material, clean=_xml)
    for name, source, system in _found(path):
        try:
            made = _cas(source, system)
        except Exception as error:  # noqa: BLE001 - whatever a parser says of a broken file
            yield Problem(
                name=name,
                reason=f"no CAS in XMI: {type(error).__name__}: {error}",
                cure="export from INCEpTION as UIMA CAS XMI",
            )
            continue
        yield from _restored(name, made, bases, options)


def _found(path: Path) -> Iterator[tuple[str, bytes, bytes | None]]:
    """Yield name, XMI and type system of every CAS there is."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.suffix.lower() in (".xmi", ".zip"):
                yield from _found(each)
    elif zipfile.is_zipfile(path):
        with path.open("rb") as source:
            yield from _zipped(str(path), source)
    else:
        beside = path.with_name(TYPES)
        yield str(path), path.read_bytes(), beside.read_bytes() if beside.is_file() else None


def _zipped(label: str, source: IO[bytes]) -> Iterator[tuple[str, bytes, bytes | None]]:
    with zipfile.ZipFile(source) as archive:
        names = sorted(archive.namelist())
        for name in names:
            if name.lower().endswith(".xmi"):
                beside = str(PurePosixPath(name).with_name(TYPES))
                system = archive.read(beside) if beside in names else None
                yield f"{label}:{name}", archive.read(name), system
            elif name.lower().endswith(".zip"):
                yield from _zipped(f"{label}:{name}", io.BytesIO(archive.read(name)))


def _cas(source: bytes, system: bytes | None) -> Annotated:
    """Return what a CAS holds. Raises whatever the library does for a file that holds none."""
    cassis = library("cassis", extra=EXTRA)
    known = cassis.load_typesystem(io.BytesIO(system)) if system else types()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # annotations of the tool's own layers (tokens, sentences) are no business of ours
        cas = cassis.load_cas_from_xmi(io.BytesIO(source), typesystem=known, lenient=True)
    if cas.sofa_string is None:
        raise InputError("it holds no text")
    ties = {}
    for tie in _of(cas, known, RELATION):
        ties[tie.Dependent.xmiID], ties[tie.Governor.xmiID] = tie.Governor, tie.Dependent
    found = [_region(each, ties.get(each.xmiID), cas.sofa_string) for each in _of(cas, known, SPAN)]
    report = next(iter(_of(cas, known, REPORT)), None)
    metadata = next(iter(_of(cas, known, METADATA)), None)
    name = (metadata and metadata.documentTitle) or "report"
    who = (metadata and metadata.documentId) or ""
    return Annotated(
        text=cas.sofa_string,
        name=name,
        who=who if who != name else "",
        base=_kept(report.reading, cas.sofa_string) if report and report.reading else None,
        regions=found,
    )


def _of(cas: Any, system: Any, name: str) -> list[Any]:
    return list(cas.select(name)) if system.contains_type(name) else []


def _region(each: Any, tied: Any, text: str) -> Region:
    said = {name: value for name in facts.NAMES if (value := getattr(each, _RENAMED.get(name, name), None)) is not None}
    role = each.role or "content"
    claim = each.claim or (tied.claim if tied is not None else "") or ""
    more = json.loads(each.more) if each.more else {}
    leaf = Leaf(
        path=each.path or "",
        role=role,
        start=each.begin,
        end=each.end,
        exact=text[each.begin : each.end],
        facts={"said": said, "more": more},
    )
    return Region(claim, leaf)


def _kept(reading: str, text: str) -> Reading | None:
    """Return the reading that was exported; None where the text is not its text."""
    made = json.loads(reading)
    if made["document"]["sha256"] != regions.text_hash(text):
        return None
    made["document"]["text"] = text
    return msgspec.convert(made, Reading)


def _restored(name: str, made: Annotated, bases: Bases, options: Options) -> Iterator[Reading | Problem]:
    """Yield the problems of a CAS and its reading."""
    base = bases.find(text=made.text, document=made.name) or made.base
    document = base.document if base else regions.bare_document(made.text, made.name)
    known = {(c.id, leaf.path): leaf for c in base.claims for leaf in take_apart(c)} if base else {}
    found = []
    for region in made.regions:
        try:
            found.append(_typed(region, known, document.text))
        except InputError as error:
            where = f"{name}:{region.leaf.start}-{region.leaf.end}"
            yield Problem(name=where, reason=f"{region.leaf.exact!r}: {error.message}", cure=error.cure)
    yield from regions.restore(document, found, base=base, who=options["who"] or made.who)


def _typed(region: Region, known: dict[tuple[str, str], Leaf], text: str) -> Region:
    """Return the region with the facts that its features say; what they do not show is of the base, else of ``more``."""
    leaf = region.leaf
    said, more = leaf.facts["said"], leaf.facts["more"]
    old = known.get((region.claim, leaf.path))
    if old is None:
        shown = {name: value for name, value in said.items() if name in facts.EDITED.get(leaf.role, (None, ()))[1]}
        typed = more | facts.parsed(leaf.role, shown)
    else:
        typed = facts.edited(old, leaf.role, said)
    return region._replace(leaf=leaf._replace(exact=text[leaf.start : leaf.end], facts=typed))


def _unwritable(reading: Reading) -> int:
    return len(_NOT_XML.findall(reading.document.text))


def _source(name: str) -> str:
    """Return where a feature comes from: the records that have a fact of that name."""
    records = {record.__name__ for record, names in facts.EDITED.values() if name in names}
    return ", ".join(f"{record}.{name}" for record in sorted(records))


FORMAT = Format(
    name="inception",
    title="INCEpTION: UIMA CAS XMI, a file a report",
    suffix="",
    write_folder=write,
    read=read,
    extra=EXTRA,
    tables=(
        Table(
            name=SPAN,
            takes="readings",
            fields=fields(
                ("begin", "Span.start, in UTF-16 units"),
                ("end", "Span.end, in UTF-16 units"),
                ("role", "what the span is in its claim: " + ", ".join(leaves.ROLES)),
                ("claim", "Claim.id"),
                ("path", "where in the claim it stands: places.1"),
                *((_RENAMED.get(name, name), _source(name)) for name in facts.NAMES),
                ("more", "every other fact of the span, as JSON"),
            ),
            lost=(Loss("control characters of the text that XML cannot write become U+FFFD", _unwritable),),
        ),
        Table(
            name=REPORT,
            takes="readings",
            fields=fields(("reading", "the whole Reading as JSON, without the text again")),
        ),
        Table(
            name=METADATA,
            takes="readings",
            fields=fields(
                ("documentTitle", "Document.name"), ("documentId", "Document.name"), ("language", "Document.language")
            ),
        ),
    ),
    options=(
        Option("relations", "Ties to the content of the claim: where it is not plain, or always.", ("needed", "all")),
        Option("who", "On the way back: who annotated, over what INCEpTION says."),
    ),
    notes=(
        "The folder has one XMI a report and `TypeSystem.xml`; `docs/formats-annotation.md` says how to set up a project for them.",
        "INCEpTION drops what its project has no layer for, `reportedly.Report` too: give `--claims` with the claims that were exported.",
        "Read back: an XMI, a folder of them, a document or a project exported as zip; each annotator's file is a reading of its own.",
    ),
)
