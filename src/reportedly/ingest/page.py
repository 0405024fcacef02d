"""What a page says about itself: outlet, headline, language and dates, each with the element that states it.

Trust is ``high`` for what a page states for machines (JSON-LD, Open Graph), ``medium`` for what it shows within the article, ``low`` for
the rest. A date of low trust (a site's clock, a date outside the article) is kept in ``dates`` and never becomes the date of publication.
"""

from __future__ import annotations

import json
import re
import warnings
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reportedly.ingest import making
from reportedly.ingest.text import calendar_day, site_clock
from reportedly.records import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

Trust = Literal["high", "medium", "low"]
ARTICLES = frozenset(
    (
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
    )
)
LONGEST_VALUE = 500
MOST_TIMES = 20
PUBLISHED_META = {
    "article:published_time": "high", "og:article:published_time": "high", "datepublished": "high", "dc.date.issued": "high",
    "dcterms.issued": "high", "dc.date": "medium", "dcterms.created": "medium", "date": "medium", "pubdate": "medium",
    "publishdate": "medium", "publish-date": "medium", "publication_date": "medium", "sailthru.date": "medium", "parsely-pub-date": "high",
    "citation_publication_date": "high",
}  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
PUBLISHER_META = {"og:site_name": "high", "dc.publisher": "high", "application-name": "medium", "twitter:site": "low"}
TITLE_META = {"og:title": "high", "twitter:title": "medium", "dc.title": "medium"}
LANGUAGE_META = ("og:locale", "content-language", "dc.language")
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]{1,80})")
URL_DATE = re.compile(r"/(\d{4})[/-](\d{2})[/-](\d{2})(?:\D|$)")


class Found(NamedTuple):
    """The values found for one question, best first, and the dates of change, which answer none."""

    best: Sourced | None
    others: tuple[Sourced, ...] = ()


def facts(tree: Any, *, source: str, url: str | None = None, search: bool = True) -> making.Facts:
    """Return what the page says about itself; ``source`` is the page as it was saved, ``url`` where it was saved from if that is known.

    ``search`` says whether dates are also sought where no element states them (htmldate), which takes ever longer with more elements.
    """
    metas, data = _metas(tree), _linked_data(tree)
    saved, fetched = _saved(source)
    url = url or _url(tree, metas) or saved
    dates = tuple(_distinct(_dates(tree, metas, data, url, search=search)))
    published = publication(dates)
    return making.Facts(
        url=url,
        fetched=fetched,
        publisher=_first(_publishers(metas, data, url)),
        published=published,
        title=_first(_titles(tree, metas, data)),
        language=_first(_languages(tree, metas, data)),
        dates=dates,
        notes=_disagreement(dates, published),
    )


def headline(tree: Any) -> str | None:
    """Return the page's headline: its first heading of the first order that holds words."""
    return next((words for element in tree.iter("h1") if (words := _words(element))), None)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:LONGEST_VALUE]


def _first(found: Iterator[Sourced]) -> Sourced | None:
    """Return the most trusted of what was found, the first of those alike."""
    order = {"given": 0, "high": 0, "medium": 1, "low": 2}
    return min(found, key=lambda each: order[each.trust], default=None)


def _distinct(found: Iterator[Sourced]) -> Iterator[Sourced]:
    seen = set()
    for each in found:
        if (key := (each.value, each.found)) not in seen:
            seen.add(key)
            yield each


def _sourced(value: Any, found: str, trust: str) -> Iterator[Sourced]:
    """Yield the fact, unless the page left it empty."""
    if isinstance(value, str) and (words := " ".join(value.split())[:LONGEST_VALUE]):
        yield Sourced(value=words, found=found, trust=trust)  # type: ignore[arg-type]


def _metas(tree: Any) -> dict[str, str]:
    """Return the meta elements by name in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content"):
            metas.setdefault(name.strip().lower(), element.get("content"))
    return metas


def _linked_data(tree: Any) -> dict[str, Any]:
    """Return the JSON-LD object of the article, an empty one where the page has none."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json":
            try:
                value = json.loads(element.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            for each in _objects(value):
                kinds = each.get("@type")
                if ARTICLES & set(kinds if isinstance(kinds, list) else [kinds] if isinstance(kinds, str) else []):
                    return each
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD value: itself, its list, its graph."""
    if isinstance(value, list):
        for each in value:
            yield from _objects(each) if isinstance(each, dict) else ()
    elif isinstance(value, dict):
        yield value
        graph = value.get("@graph")
        yield from (each for each in graph if isinstance(each, dict)) if isinstance(graph, list) else ()


def _saved(source: str) -> tuple[str | None, str | None]:
    """Return the address and the time that a browser wrote into the page when it saved it."""
    head = source[:4000]
    if match := SINGLE_FILE.search(head):
        return match.group(1), match.group(2).strip()
    match = SAVED_FROM.search(head)
    return (match.group(1) if match else None), None


def _url(tree: Any, metas: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href"))
    return metas.get("og:url")


def _publishers(metas: dict[str, str], data: dict[str, Any], url: str | None) -> Iterator[Sourced]:
    publisher = data.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    yield from _sourced(
        publisher.get("name") if isinstance(publisher, dict) else publisher, "JSON-LD publisher", "high"
    )
    for name, trust in PUBLISHER_META.items():
        yield from _sourced(metas.get(name), f"meta {name}", trust)
    yield from host(url)


def host(url: str | None) -> Iterator[Sourced]:
    """Yield the host of a page's address: all there is where nobody says who published it."""
    if url and (match := re.match(r"https?://(?:www\.)?([^/:]+)", url)):
        yield from _sourced(match.group(1), "host of the page's address", "low")


def _titles(tree: Any, metas: dict[str, str], data: dict[str, Any]) -> Iterator[Sourced]:
    yield from _sourced(data.get("headline"), "JSON-LD headline", "high")
    for name, trust in TITLE_META.items():
        yield from _sourced(metas.get(name), f"meta {name}", trust)
    yield from _sourced(headline(tree), "h1", "medium")
    for element in tree.iter("title"):
        yield from _sourced(_words(element), "title", "low")


def _languages(tree: Any, metas: dict[str, str], data: dict[str, Any]) -> Iterator[Sourced]:
    """Yield two-letter codes: what a page declares is a template's habit as often as the article's language."""
    declared = [("JSON-LD inLanguage", data.get("inLanguage")), ("html lang", tree.getroottree().getroot().get("lang"))]
    declared += [(f"meta {name}", metas.get(name)) for name in LANGUAGE_META]
    for found, value in declared:
        yield from _sourced(language_code(value), found, "medium")


def language_code(value: Any) -> str | None:
    """Return the code that a language tag begins with, None for what is no tag.

    >>> language_code("fr-FR"), language_code("français")
    ('fr', None)
    """
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", value) if isinstance(value, str) else None
    return match.group(1).lower() if match else None


def _dates(
    tree: Any, metas: dict[str, str], data: dict[str, Any], url: str | None, *, search: bool
) -> Iterator[Sourced]:
    """Yield every date the page states, those of publication first."""
    yield from day(data.get("datePublished"), "JSON-LD datePublished", "high")
    for name, trust in PUBLISHED_META.items():
        yield from day(metas.get(name), f"meta {name}", trust)
    container = _container(tree)
    yield from _times(tree, container)
    if container is not None and search:
        yield from day(_htmldate(container), "a dated element of the article (htmldate)", "medium")
    if url and (match := URL_DATE.search(url)):
        yield from day("-".join(match.groups()), "the page's address", "medium")
    if search:
        yield from day(_htmldate(tree), "htmldate", "low")
    yield from day(data.get("dateModified"), "JSON-LD dateModified", "low")
    for name in MODIFIED_META:
        yield from day(metas.get(name), f"meta {name}", "low")
    yield from _clocks(tree, container)


def _times(tree: Any, container: Any) -> Iterator[Sourced]:
    """Yield the dates of time elements; one outside the article is a clock or belongs to another article."""
    for number, element in enumerate(tree.iter("time")):
        if number >= MOST_TIMES:
            return
        inside = container is not None and any(above is container for above in element.iterancestors())
        modified = (
            "modif" in f"{element.get('itemprop')} {element.get('class')}".lower()
            or "updat" in (element.get("class") or "").lower()
        )
        place = "a time element of the article" if inside else "a time element outside the article"
        yield from day(
            element.get("datetime"),
            f"{place}, of a change" if modified else place,
            "medium" if inside and not modified else "low",
        )


def _clocks(tree: Any, container: Any) -> Iterator[Sourced]:
    """Yield the clocks of the site: short elements outside the article that hold a date and a time and nothing else."""
    for element in tree.iter("div", "span", "p", "li", "td"):
        words = element.text
        # the elements around it are looked through last: thousands are asked, and one in a thousand holds a clock
        if (
            words
            and len(words) < 100
            and len(element) == 0
            and (clock := site_clock(words))
            and (container is None or not any(above is container for above in element.iterancestors()))
        ):
            yield clock
            return


def _container(tree: Any) -> Any:
    """Return the element that holds the article: the one around the headline, else the longest; None where the page marks none."""
    for heading in tree.iter("h1"):
        for above in heading.iterancestors("article", "main"):
            return above
    return max(tree.iter("article", "main"), key=lambda each: len("".join(each.itertext())), default=None)


def _htmldate(element: Any) -> str | None:
    """Return the date htmldate finds in elements made for dates; its search of all words takes any date for the one."""
    from htmldate import find_date

    try:
        with warnings.catch_warnings():
            # of a time zone that its date parser does not know: the day is what counts
            warnings.simplefilter("ignore")
            found: str | None = find_date(element, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        # A page that breaks the search has no date for us, and is read all the same.
        return None
    return found


def day(value: Any, found: str, trust: str) -> Iterator[Sourced]:
    """Yield the day of a date in any of the notations of machines, or its words with low trust where it is none."""
    if not isinstance(value, str) or not value.strip():
        return
    value = value.strip()[:100]
    day = making.iso_date(value) or _other_notation(value)
    yield from _sourced(day or value, found, trust if day else "low")


def _other_notation(value: str) -> str | None:
    """Return the ISO day of '20150609', '2015/06/09', '24-11-2024' or 'Tue, 09 Jun 2015 10:00:00 GMT'."""
    if match := re.match(r"(\d{4})(\d{2})(\d{2})(?!\d)", value):
        return making.iso_date("-".join(match.groups()))
    if match := re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)", value):
        return calendar_day(match.group())
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def publication(dates: tuple[Sourced, ...]) -> Sourced | None:
    """Return the most trusted date, None where none is trusted more than little."""
    best = _first(iter(dates))
    return best if best is not None and best.trust != "low" else None


def _disagreement(dates: tuple[Sourced, ...], published: Sourced | None) -> tuple[str, ...]:
    """Return a note where dates of like trust differ."""
    if published is None:
        return ()
    others = [each for each in dates if each.trust == published.trust and each.value != published.value]
    return tuple(
        f"{each.found} gives {each.value}, {published.found} gives {published.value}; the latter is used"
        for each in others
    )
