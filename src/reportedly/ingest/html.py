"""Saved pages: the article without what surrounds it, and who published it, when, in which language, as far as the page says.

trafilatura finds the article; ``page`` reads the facts, each with the element that states it.
"""

from __future__ import annotations

import re
from collections import Counter
from contextvars import ContextVar
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from reportedly.errors import InputError
from reportedly.ingest import making, page
from reportedly.ingest.encoding import decode
from reportedly.records import Sourced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.records import Document

# libxml2 gives up below 256; no page that people read comes near it.
DEEPEST = 250
# trafilatura compares elements with each other: with more tags it takes minutes; the tree of yet more fills memories.
MANY_TAGS, MOST_TAGS = 40_000, 300_000
# What the parser does for each attribute grows with their number. A tag may be long all the same: pages keep whole articles in one value.
MOST_ATTRIBUTES, LONG_TAG = 2_000, 4_000
MANY_OPTIONS, OPTION = 2_000, re.compile(r"</?option(?![a-z])[^<>]{0,200}>?", re.IGNORECASE)
# What stands in a page one after another: a comment, or a tag up to its first '>' outside of quotation marks (which are some only after
# '=').
TOKEN = re.compile(r"<(?:!--|/?([a-zA-Z][a-zA-Z0-9]{0,20})(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)")
COMMENT_END = re.compile("--!?>")
# The many tokens that need no second look, all at once: text, and tags too short for as many attributes, however they are taken apart.
PLAIN = re.compile(
    r"(?:[^<]++|<(?!!--|/?[a-zA-Z])|<(?!(?ai:script|style)(?![a-zA-Z0-9]))/?[a-zA-Z][^>=]{0,200}+"
    r"(?:=\s*+(?:\"[^\"]{0,200}+\"|'[^']{0,200}+'|(?![\"']))[^>=]{0,100}+){0,12}+>)*+"
)
# An attribute: its name, and past its value where it has one.
ATTRIBUTE = re.compile(r"([^ \t\n\r\f/=>]++)(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\r\f>]*+))?+")
# Up to their end there are no tags in them.
NO_TAGS = {name: re.compile(rf"</{name}(?![a-z])", re.IGNORECASE) for name in ("script", "style")}
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}")
# Elements without content, and those that may be left open because the next one closes them.
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
LEFT_OPEN = (
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "option",
    "colgroup",
    "caption",
)
FLAT = frozenset((*VOID, *LEFT_OPEN, "html", "head", "body"))
RAW = frozenset(("script", "style", "noscript", "template", "textarea"))
OPENS_RAW = 2
DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{2,30})", re.IGNORECASE)
HEAD_BYTES = 4096
# What a page says of its own machinery, in whatever language the article is.
BANNER = re.compile(r"\bcookies?\b|ملفات تعريف الارتباط|كوكيز|\bGDPR\b|\bRGPD\b", re.IGNORECASE)
BANNER_BOXES = (
    "//*[not(self::html or self::body or self::main or self::article)]"
    "[contains(@id, 'cookie') or contains(@id, 'consent') or contains(@class, 'cookie') or contains(@class, 'consent')"
    " or contains(@id, 'onetrust') or contains(@id, 'didomi') or contains(@id, 'gdpr') or contains(@class, 'gdpr')]"
    "[contains(translate(., 'COKIE', 'cokie'), 'cookie')]"
)
FEWEST_WORDS = 8
FEWEST_IN_SHORT = 80
AGREEING = 0.9
AROUND = frozenset(("nav", "aside", "footer", "header", "form", "figure"))
# In a process that reads only what tells a happening: says of a page's words, and their language where it was given, why they are not
# worth reading, or nothing.
worth: ContextVar[Callable[[str, str | None], str] | None] = ContextVar("worth", default=None)
GIVE_ARTICLE = "save the page when the article shows, or give its text"


def read(
    data: bytes,
    *,
    name: str,
    options: making.Options,
    path: str | None = None,
    facts: making.Facts | None = None,
    charset: str | None = None,
) -> Document:
    """Return the Document of a saved page: headline and article as text, a blank line between paragraphs.

    ``facts`` are what its container (a web archive) says of it, and go over what the page says; ``charset`` is what its server said.
    Raises InputError for a page larger than ``MAX_PAGE_BYTES``, nested too deep, or without an article.
    """
    if len(data) > making.MAX_PAGE_BYTES:
        raise InputError(f"the page is larger than {making.MAX_PAGE_BYTES:,} bytes", cure="give the article's text")
    source, _, notes = decode(data, declared=charset or declared(data))
    if (tags := source.count("<")) > MOST_TAGS:
        raise InputError(f"it has {tags:,} tags, the limit is {MOST_TAGS:,}", cure="give the article's text")
    if len(source) > LONG_TAG and any(map(_swarms, _long_tags(source))):
        raise InputError(
            f"one of its tags has more than {MOST_ATTRIBUTES:,} attributes", cure="give the article's text"
        )
    if (levels := depth(source)) > DEEPEST:
        raise InputError(
            f"its elements are nested {levels} deep, the limit is {DEEPEST}", cure="give the article's text"
        )
    quick = ""
    if (ask := worth.get()) is not None:
        title, quick, reason = _in_short(source, ask, options)
        if reason:
            known = facts or making.Facts(path=path)
            known = known._replace(title=title, notes=(*notes, *known.notes, reason))
            return making.document(quick, name=name, options=options, facts=known)
    tree = _tree(source)
    many = tags > MANY_TAGS
    found = page.facts(tree, source=source, url=facts.url if facts else None, search=not many)
    found = found._replace(path=path, notes=notes + found.notes)
    if facts:
        found = found._replace(
            path=facts.path, fetched=facts.fetched, notes=facts.notes + found.notes, extra=facts.extra
        )
    if many:
        quick = quick or _main_words(_quick_tree(source))
        found = found._replace(
            notes=(*found.notes, f"the page has {tags:,} tags; its article was sought in the quick way")
        )
    return making.document(article(tree, quick=quick, alone=many), name=name, options=options, facts=found)


def _in_short(
    source: str, ask: Callable[[str, str | None], str], options: making.Options
) -> tuple[Sourced | None, str, str]:
    """Return title and words of a page as resiliparse takes them, and why the page is not worth reading, where it is not.

    It takes a tenth of trafilatura's time, and misses an article now and then: where it finds few words, nothing is said.
    """
    tree = _quick_tree(source)
    words = _main_words(tree)
    if len(words.split()) < FEWEST_IN_SHORT:
        return None, "", ""
    title = " ".join((tree.title or "").split())
    found = Sourced(value=title, found="title", trust="low") if title else None
    return found, words, ask(f"{title}\n\n{words}", options.language)


def _quick_tree(source: str) -> Any:
    from resiliparse.parse.html import HTMLTree

    # each option is compared with all before it, and none is a report
    return HTMLTree.parse(OPTION.sub(" ", source) if source.count("<option") > MANY_OPTIONS else source)


def _main_words(tree: Any) -> str:
    """Return what resiliparse takes for the article of a page, in time that grows with the page and no faster."""
    from resiliparse.extract.html2text import extract_plain_text

    words: str = extract_plain_text(tree, main_content=True)
    return words


def _agree(tree: Any, words: str) -> bool:
    """Return whether what resiliparse took is what stands in the page's paragraphs: where two witnesses agree a third is not asked."""
    told: Counter[str] = Counter()
    for paragraph in tree.iter("p"):
        if not any(above.tag in AROUND for above in paragraph.iterancestors()):
            told.update(paragraph.text_content().split())
    taken = Counter(words.split())
    return (told & taken).total() >= AGREEING * max(told.total(), taken.total())


def _long_tags(source: str) -> Iterator[str]:
    """Yield the tags of a page that are longer than ``LONG_TAG``, ``PLAIN`` ones aside; comments, scripts and styles hold none."""
    at = 0
    while (plain := PLAIN.match(source, at)) and (token := TOKEN.match(source, plain.end())):
        at = token.end()
        name = token.group(1)
        if name is None:
            # '<!-->' and '<!--->' are whole comments
            ends = COMMENT_END.search(source, at - 2)
        elif source[token.start() + 1] != "/" and (ending := NO_TAGS.get(name.lower())):
            ends = ending.search(source, at)
        else:
            ends = token
        if at - token.start() > LONG_TAG:
            yield token.group()
        if ends is None:
            break
        at = ends.end()


def _swarms(tag: str) -> bool:
    """Return whether a tag has more attributes than a parser can compare with each other."""
    name = TAG.match(tag)
    return len(set(ATTRIBUTE.findall(tag, name.end() if name else 0))) > MOST_ATTRIBUTES


def declared(data: bytes) -> str | None:
    """Return the encoding that the page's head names, None where it names none."""
    match = DECLARED.search(data[:HEAD_BYTES])
    return match.group(1).decode("ascii") if match else None


def depth(source: str) -> int:
    """Return how deep elements nest, in one pass without a stack; scripts and elements that need no end are not counted.

    >>> depth("<div><p>a<p>b<br><div></div></div>")
    2
    """
    level = deepest = 0
    ends_raw = ""
    tags = TAG.findall(source)
    # a page has thousands of tags, and some dozens that differ
    steps = {tag: _step(tag) for tag in set(tags)}
    for tag in tags:
        step = steps[tag]
        if ends_raw:
            if tag.lower() == ends_raw:
                ends_raw = ""
        elif step == OPENS_RAW:
            ends_raw = f"</{tag[1:].lower()}"
        elif step:
            level += step
            if level > deepest:
                deepest = level
            elif level < 0:
                level = 0
    return deepest


def _step(tag: str) -> int:
    """Return by how much a tag changes the depth: 0 for an element that needs no end, ``OPENS_RAW`` where no element begins inside."""
    closing = tag[1] == "/"
    name = tag[1 + closing :].lower()
    if name in FLAT or (closing and name in RAW):
        return 0
    return OPENS_RAW if name in RAW else -1 if closing else 1


def _tree(source: str) -> Any:
    """Return the page's element tree. Raises InputError where there is none."""
    import trafilatura

    tree = trafilatura.load_html(source)
    if tree is None:
        raise InputError("there is no page in it", cure=GIVE_ARTICLE)
    return tree


def article(tree: Any, *, quick: str = "", alone: bool = False) -> str:
    """Return the headline and the article of a page. Raises InputError where the page holds none.

    The headline is a sentence of the outlet's own; where the article does not begin with it, it is put before. ``quick`` is what a
    faster look took for the article; it counts where nothing speaks against it, or ``alone``.
    """
    body = quick if alone or (quick and _agree(tree, quick)) else _body(tree)
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    said = [line for line in lines if not BANNER.search(line)]
    if sum(len(line.split()) for line in said) < FEWEST_WORDS or len(said) * 2 < len(lines):
        raise InputError("no article was found in the page", cure=GIVE_ARTICLE)
    headline = page.headline(tree)
    if headline and headline not in lines[:3]:
        lines.insert(0, headline)
    return "\n\n".join(lines) + "\n"


def _body(tree: Any) -> str:
    """Return what trafilatura takes for the article, one paragraph a line; empty where it finds none."""
    tree = deepcopy(tree)
    for box in tree.xpath(BANNER_BOXES):
        if box.getparent() is not None:
            box.drop_tree()
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    found = trafilatura.bare_extraction(tree, include_comments=False, config=DEFAULT_CONFIG)
    return getattr(found, "text", None) or ""
