"""Fragments of HTML, as feeds and exports hold them, to plain paragraphs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as pages

from reportedly.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What begins a line of its own where it stands in running text.
BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "ol p pre section table td th tr ul".split()
)
UNSEEN = frozenset("script style noscript template iframe object svg button form head title".split())
MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,31});")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
LARGEST = 2_400_000
DEEPEST = 200


def paragraphs(fragment: str) -> str:
    """Return the words of a fragment of HTML, a blank line between its blocks; text without markup stays as it stands.

    Raises InputError for a fragment that is too large or nested too deep.

    >>> paragraphs("<p>Alep&nbsp;: <b>douze</b> civils tués.</p><p>Selon l'armée.</p>")
    "Alep\\xa0: douze civils tués.\\n\\nSelon l'armée."
    """
    if not MARKUP.search(fragment):
        return fragment.strip()
    if len(fragment) > LARGEST:
        raise InputError(f"it is larger than {LARGEST:,} characters", cure="give the article's text")
    if _levels(fragment) > DEEPEST:
        raise InputError(f"its elements are nested deeper than {DEEPEST}", cure="give the article's text")
    try:
        tree = pages.fragment_fromstring(CONTROLS.sub("\ufffd", fragment), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", fragment)).strip()
    return of_tree(tree)


# No XML holds these; they would make the parser give up.
CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def root_of(head: bytes) -> bytes:
    """Return what begins with the first element: XML's declaration, comments and document types before it are stepped over, one by one.

    >>> root_of(b"<?xml version='1.0'?> <!-- a --><!DOCTYPE rss [<!ELEMENT rss ANY>]>\\n<rss>")
    b'<rss>'
    """
    at = 0
    while match := BEFORE.match(head, at):
        ends = next(end for begin, end in ENDS if match.group(1).startswith(begin))
        if ends == b">" and 0 <= head.find(b"[", match.end()) < head.find(b">", match.end()):
            ends = b"]"
        end = head.find(ends, match.end())
        if end < 0:
            return b""
        at = end if ends == b"]" else end + len(ends)
        at = head.find(b">", at) + 1 if ends == b"]" else at
        if not at:
            return b""
    return head[at:].lstrip()


BEFORE = re.compile(rb"\s*(<\?|<!--|<![dD][oO][cC])")
ENDS = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))


def of_tree(tree: Any) -> str:
    """Return the words of an element, a blank line between its blocks."""
    lines = "".join(_pieces(tree)).split("\n")
    return "\n\n".join(words for line in lines if (words := WHITE.sub(" ", line).strip(" ")))


# Not the no-break space: French puts it before a colon, and the text is the outlet's.
WHITE = re.compile(r"[ \t\r\f\v]+")


def _pieces(tree: Any) -> Iterator[str]:
    """Yield the words within an element, line feeds around its blocks and spaces for those in the source."""
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield _tail(element)
            continue
        seen = not _hidden(element)
        if _name(element) in BLOCKS:
            yield "\n"
        if event == "start" and seen and element.text:
            yield element.text.replace("\n", " ")
        if event == "end" and element is not tree:
            yield _tail(element)


def _tail(element: Any) -> str:
    above = element.getparent()
    return "" if not element.tail or (above is not None and _hidden(above)) else element.tail.replace("\n", " ")


def _name(element: Any) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _hidden(element: Any) -> bool:
    return _name(element) in UNSEEN or any(_name(above) in UNSEEN for above in element.iterancestors())


def _levels(fragment: str) -> int:
    """Return a bound on how deep elements nest."""
    level = deepest = 0
    for match in TAG.finditer(fragment):
        if match.group(2).lower() not in ("br", "img", "hr", "p", "li", "td", "tr"):
            level = max(0, level - 1) if match.group(1) else level + 1
            deepest = max(deepest, level)
    return deepest
