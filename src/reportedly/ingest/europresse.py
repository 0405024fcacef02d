"""Europresse's HTML exports: one file, many articles, each with the outlet, the headline and the date that Europresse states.

The file is cut at its ``<article>`` elements before anything is parsed, so that one broken article costs only itself.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as pages

from reportedly.errors import InputError
from reportedly.ingest import making, markup, page
from reportedly.ingest.encoding import decode
from reportedly.ingest.html import declared
from reportedly.records import Problem, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Document

LARGEST = 100_000_000
MARK = b"DocPublicationName"
ARTICLE = re.compile(r"<article[\s>]", re.IGNORECASE)
END = re.compile(r"</article\s*>", re.IGNORECASE)
# 'news·20150609·LC·0123456789': the document's number, in which Europresse writes the day.
NUMBER = re.compile(r"(?<!\w)\w+·(\d{4})(\d{2})(\d{2})·[\w-]+·\w+")
NOTHING_ELSE = re.compile(r",?\s{0,20}n[o°º]\.?\s{0,20}[\w-].*|\s{2}.*", re.DOTALL)
EXPORT_ANEW = "export it from Europresse anew, as HTML"


def is_one(data: bytes) -> bool:
    """Return whether a page is an export: it marks articles and the names of their outlets as Europresse does."""
    return MARK in data and b"<article" in data


def read(
    data: bytes, *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[making.Found]:
    """Yield a Document or a Problem for each article. Raises InputError where there is none."""
    if len(data) > LARGEST:
        raise InputError(f"the export is larger than {LARGEST:,} bytes", cure="export fewer articles at a time")
    source, _, notes = decode(data, declared=declared(data))
    number = 0
    for number, article in enumerate(_articles(source), start=1):
        try:
            yield _document(article, name=f"{name}:{number}", options=options, path=path, notes=notes)
        except InputError as error:
            yield Problem(name=f"{label}:{number}", reason=error.message, cure=error.cure)
    if not number:
        raise InputError("there is no article in the export", cure=EXPORT_ANEW)


def _articles(source: str) -> Iterator[str]:
    """Yield the source of each article; one without an end ends where the next begins."""
    starts = [match.start() for match in ARTICLE.finditer(source)]
    for start, following in zip(starts, [*starts[1:], len(source)], strict=True):
        end = END.search(source, start, following)
        yield source[start : end.end() if end else following]


def _document(source: str, *, name: str, options: making.Options, path: str | None, notes: tuple[str, ...]) -> Document:
    """Return the document of one article. Its text is headline and body, a blank line between paragraphs."""
    tree = _tree(source)
    title, link = _line(tree, "titreArticle"), _link(tree)
    body = _body(tree)
    if not body:
        raise InputError("the article has no body", cure=EXPORT_ANEW)
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    dates = tuple(_dates(tree))
    publisher = NOTHING_ELSE.sub("", _raw(tree, "DocPublicationName").strip()).strip(" ,")
    facts = making.Facts(
        url=link.get("href") if link is not None else None,
        path=path,
        publisher=Sourced(value=publisher, found="DocPublicationName of the export", trust="high")
        if publisher
        else None,
        published=page.publication(dates),
        title=Sourced(value=title, found="titreArticle of the export", trust="high") if title else None,
        dates=dates,
        notes=notes,
        extra=_extra(tree),
    )
    return making.document(text + "\n", name=name, options=options, facts=facts)


def _tree(source: str) -> Any:
    if len(source) > markup.LARGEST:
        raise InputError(f"the article is larger than {markup.LARGEST:,} characters", cure=EXPORT_ANEW)
    try:
        return pages.fragment_fromstring(markup.CONTROLS.sub("\ufffd", source), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"the article cannot be parsed ({error})", cure=EXPORT_ANEW) from error


def _of_class(tree: Any, *names: str) -> Any:
    """Return the first element that bears the first of the classes that any bears."""
    for name in names:
        found = tree.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} ")
        if found:
            return found[0]
    return None


def _raw(tree: Any, name: str) -> str:
    element = _of_class(tree, name)
    return "" if element is None else "\n".join(element.itertext())


def _line(tree: Any, name: str) -> str:
    return " ".join(_raw(tree, name).split())


def _body(tree: Any) -> str:
    """Return the article's paragraphs; what links to the same article elsewhere is no part of it."""
    element = _of_class(tree, "docOcurrContainer", "DocText")
    link = _link(tree)
    if link is not None and link.getparent() is not None:
        link.drop_tree()
    return "" if element is None else markup.of_tree(element)


def _link(tree: Any) -> Any:
    """Return the link to where the article stands, which Europresse puts below some."""
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        words = "".join(link.itertext()).casefold()
        if "est paru dans" in words or "appeared in" in words:
            return link
    return None


def _dates(tree: Any) -> Iterator[Sourced]:
    """Yield the dates of an article: in the number of the document, and as its header writes it."""
    if match := NUMBER.search(_line(tree, "publiC-lblNodoc")):
        yield from page.day("-".join(match.groups()), "the document's number in the export", "high")
    header = _line(tree, "DocHeader")
    if header:
        day = written_day(header)
        yield Sourced(value=day or header, found="DocHeader of the export", trust="medium" if day else "low")


def written_day(words: str) -> str | None:
    """Return the ISO day that is written out in ``words`` (``mardi 9 juin 2015``, ``June 9, 2015``), None where none or two are.

    >>> written_day("Monde, mardi 9 juin 2015, p. 5"), written_day("World, Tuesday, June 9, 2015")
    ('2015-06-09', '2015-06-09')
    """
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    days = set()
    for pattern in (rf"\b(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\.?\s+(?P<m>{names})\.?,?\s+(?P<y>\d{{4}})\b",
                    rf"\b(?P<m>{names})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b"):  # fmt: skip
        for match in re.finditer(pattern, words.casefold()):
            days.add(making.iso_date(f"{match['y']}-{_months()[match['m']]:02}-{int(match['d']):02}"))
    days.discard(None)
    return days.pop() if len(days) == 1 else None


@cache
def _months() -> dict[str, int]:
    """Return the months by their names in every language there is data of."""
    months: dict[str, int] = {}
    for folder in resources.files("reportedly").joinpath("languages").iterdir():
        table = folder.joinpath("lexicons", "months.tsv")
        if table.is_file():
            for line in table.read_text(encoding="utf-8").splitlines():
                form, _, rest = line.partition("\t")
                if (match := re.match(r"month=(\d+)(?:\s|$)", rest)) and "part=" not in rest and "~" not in form:
                    months[form.casefold()] = int(match.group(1))
    return months


def _extra(tree: Any) -> dict[str, Any]:
    """Return what else the export says: its author, its number, the line above the headline."""
    kept = {
        "author": _line(tree, "docAuthors") or _line(tree, "sm-margin-bottomNews"),
        "number": _line(tree, "publiC-lblNodoc"),
        "header": _line(tree, "DocHeader"),
        "edition": _line(tree, "DocPublicationName"),
    }
    return {key: value for key, value in kept.items() if value}
