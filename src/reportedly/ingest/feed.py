"""Feeds saved as files (RSS 0.9 to 2.0, Atom): each entry is a document, in the feed's order.

defusedxml reads them: no entity is ever expanded and nothing outside the file is looked up. A feed that is not well-formed, as many are,
is read by a parser that mends it, and a note says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException
from lxml import etree

from reportedly.errors import InputError
from reportedly.ingest import making, markup, page
from reportedly.ingest.encoding import decode
from reportedly.records import Problem, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Document

LARGEST = 50_000_000
ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,30})")
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# Where the text of an entry stands, the fullest first; the others are summaries.
BODIES = ("encoded", "content", "fulltext", "body")
SUMMARIES = ("description", "summary", "subtitle")
DATES = (
    ("pubdate", "high"),
    ("published", "high"),
    ("issued", "high"),
    ("date", "high"),
    ("updated", "low"),
    ("modified", "low"),
)
GET_ANEW = "save the feed anew, or give its articles as HTML"


def is_one(head: bytes) -> bool:
    """Return whether the bytes begin a feed."""
    return bool(ROOT.match(markup.root_of(head)))


class Channel(NamedTuple):
    """What a feed says of itself, for its entries."""

    title: str
    language: str | None
    notes: tuple[str, ...]


def read(
    data: bytes, *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[Document | Problem | making.Passed]:
    """Yield a Document or a Problem for each entry. Raises InputError where the feed cannot be read at all."""
    tree, notes = _tree(data)
    head = next((element for element in tree.iter() if _tag(element) == "channel"), tree)
    language = page.language_code(_text(head, "language") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    channel = Channel(_words(_text(head, "title")), language, notes)
    empty = kept = 0
    entries = [element for element in tree.iter() if _tag(element) in ("item", "entry")]
    for number, entry in enumerate(entries, start=1):
        try:
            document = _entry(entry, channel, name=f"{name}:{number}", options=options, path=path)
        except InputError as error:
            yield Problem(name=f"{label}:{number}", reason=error.message, cure=error.cure)
            continue
        if document is None:
            empty += 1
        else:
            kept += 1
            yield document
    if not kept and empty == len(entries):
        raise InputError("there is no entry with words in the feed", cure=GET_ANEW)
    if empty:
        yield making.Passed(label, "entries without words", empty)


def _tree(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """Return the feed's root and notes on how it was read. Raises InputError for what tries to make the parser misbehave."""
    if len(data) > LARGEST:
        raise InputError(f"the feed is larger than {LARGEST:,} bytes", cure="split it")
    match = DECLARED.match(data.lstrip()[:400])
    source, _, notes = decode(data, declared=match.group(1).decode("ascii") if match else None)
    if ENTITY.search(source):
        raise InputError(
            "the feed defines entities of its own, which can fill the memory or read other files", cure=GET_ANEW
        )
    source = markup.CONTROLS.sub("\ufffd", source).lstrip()
    # the declaration names the bytes' encoding; these are characters
    source = re.sub(r"^<\?xml[^>]{0,300}\?>", "", source)
    try:
        return Safe.fromstring(source), notes
    except DefusedXmlException as error:
        raise InputError(f"the feed is not safe to read ({type(error).__name__})", cure=GET_ANEW) from error
    except (Safe.ParseError, RecursionError, ValueError) as error:
        return _mended(source, str(error)), (*notes, f"the feed is not well-formed ({error}); read as far as it can be")


def _mended(source: str, trouble: str) -> Any:
    """Return the root of a feed that is not well-formed, mended."""
    try:
        tree = etree.fromstring(source.encode("utf-8", "replace"), _mending())
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"the feed is not XML ({error})", cure=GET_ANEW) from error
    if tree is None:
        raise InputError(f"the feed is not XML ({trouble})", cure=GET_ANEW)
    return tree


def _tag(element: Any) -> str:
    """Return an element's name without its namespace, in lower case; empty for what is no element."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _child(element: Any, *names: str) -> Any:
    """Return the first child that is called by the first of the names that any is."""
    for name in names:
        for child in element:
            if _tag(child) == name:
                return child
    return None


def _text(element: Any, *names: str) -> str | None:
    """Return the words of that child, elements within it (Atom's xhtml) included."""
    child = _child(element, *names)
    if child is None:
        return None
    if len(child):
        return _within(child)
    return (child.text or "").strip() or None


def _within(element: Any) -> str:
    """Return the words within an element of either parser, one with elements of its own."""
    if not isinstance(element, ElementTree.Element):
        return markup.of_tree(element)
    try:
        source = ElementTree.tostring(element)
    except RecursionError as error:
        raise InputError("its elements are nested too deep", cure="give the article's text") from error
    tree = etree.fromstring(source, _mending())
    return "" if tree is None else markup.of_tree(tree)


def _mending() -> Any:
    """Return a parser that mends what is not well-formed, expands nothing and looks nothing up."""
    return etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def _words(value: str | None) -> str:
    return " ".join(markup.paragraphs(value).split()) if value else ""


def _entry(entry: Any, channel: Channel, *, name: str, options: making.Options, path: str | None) -> Document | None:
    """Return the document of an entry, None where it has no words. Its text is title and body, a blank line between."""
    title = _words(_text(entry, "title"))
    whole = _text(entry, *BODIES)
    body = markup.paragraphs(whole or _text(entry, *SUMMARIES) or "")
    if not title and not body:
        return None
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}" if body else title
    dates = tuple(_dates(entry))
    facts = making.Facts(
        url=_address(entry),
        path=path,
        publisher=_publisher(entry, channel),
        published=page.publication(dates),
        title=Sourced(value=title, found="title of the entry", trust="high") if title else None,
        language=Sourced(value=channel.language, found="language of the feed", trust="medium")
        if channel.language
        else None,
        dates=dates,
        notes=(*channel.notes, *(() if whole else ("the feed gives a summary only",))),
        extra=_extra(entry, channel),
    )
    return making.document(text + "\n", name=name, options=options, facts=facts)


def _address(entry: Any) -> str | None:
    """Return an entry's address: its link, else an id that is one."""
    for child in entry:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address:
                return str(address)
    other = _text(entry, "origlink", "guid", "id") or ""
    return other if other.startswith(("http://", "https://")) else None


def _publisher(entry: Any, channel: Channel) -> Sourced | None:
    """Return who published an entry: the source it names (in a feed of feeds), else the feed."""
    source = _child(entry, "source")
    if source is not None and (named := _words(_text(source, "title") or source.text)):
        return Sourced(value=named, found="source of the entry", trust="high")
    if named := _words(_text(entry, "publisher")):
        return Sourced(value=named, found="dc:publisher of the entry", trust="high")
    return Sourced(value=channel.title, found="title of the feed", trust="medium") if channel.title else None


def _dates(entry: Any) -> Iterator[Sourced]:
    """Yield the dates of an entry, each by its day as it is written, in its own time zone."""
    for name, trust in DATES:
        yield from page.day(_text(entry, name), f"{name} of the entry", trust)


def _extra(entry: Any, channel: Channel) -> dict[str, Any]:
    """Return what else an entry says: its author, its id, its date as it is written, its categories, the feed."""
    kept = {
        "author": _words(_text(entry, "creator", "author")),
        "guid": _text(entry, "guid", "id"),
        "published_as_written": next((words for name, _ in DATES if (words := _text(entry, name))), None),
        "feed": channel.title,
        "categories": [
            words
            for child in entry
            if _tag(child) == "category" and (words := (child.text or child.get("term") or "").strip())
        ],
    }
    return {key: value for key, value in kept.items() if value}
