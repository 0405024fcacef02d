"""Tables of articles (CSV, TSV): one article a row; which column is what is told by its name, or by the user.

Delimiter and encoding are told from the file, the encoding line by line: tables pasted together from several sources hold several.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from reportedly.errors import InputError
from reportedly.ingest import making, page
from reportedly.ingest.encoding import decode
from reportedly.records import Problem, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Document

FIELDS = ("id", "text", "publisher", "published", "url", "title", "language")
# How exporters of articles call their columns, in the languages we read.
NAMES = {
    "text": (
        "text body content article article_text fulltext full_text content_text article_body story texte contenu corps message"
        " النص المحتوى"
    ),
    "title": "title headline head titre العنوان",
    "publisher": (
        "publisher source outlet media media_name journal newspaper site domain source_name editeur éditeur channel"
        " المصدر الناشر"
    ),
    "published": (
        "published publish_date published_at publication_date date_published pubdate pub_date date datetime date_publication"
        " التاريخ"
    ),
    "url": "url link address article_url lien adresse الرابط",
    "language": "language lang langue اللغة",
    "id": "id article_id stories_id story_id uid guid identifiant",
}
DELIMITERS = ",;\t|"
SAMPLE_CHARS = 20_000
NAME_COLUMNS = "name the column of the text, for example --column text=body"
LINE_SPACE = re.compile(r"[\s_-]+")


class Columns(NamedTuple):
    """The names of a table's columns, and which place and name each field has."""

    names: list[str]
    fields: dict[str, tuple[int, str]]

    def found(self, field: str) -> str:
        """Return where a field was found."""
        return f'column "{self.fields[field][1]}"' if field in self.fields else ""


class Row(NamedTuple):
    """The cells of a row, its number, what was assumed about its encoding, and whether it was too long to read."""

    number: int
    cells: list[str]
    notes: tuple[str, ...] = ()
    trouble: str = ""


def looks_like_one(head: bytes) -> bool:
    """Return whether the first line names columns, one of which is a text's.

    >>> looks_like_one(b'date;titre;texte\\n2015-06-09;Alep;Douze morts.'), looks_like_one(b"Alep, titre, texte et date.")
    (True, False)
    """
    first = head.partition(b"\n")[0].strip()
    if not first or len(first) > 5000:
        return False
    try:
        names = _header(decode(first).text)
    except (InputError, csv.Error):
        return False
    known = [field for field in FIELDS if any(_is_called(name, field) for name in names)]
    return len(names) > 1 and "text" in known and len(known) * 2 >= len(names) and len(known) > 1


def _header(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(sample: str) -> str:
    """Return the delimiter of the table: the one that occurs most often in the line of names, outside quotation marks."""
    line = re.sub(r'"[^"]*"', "", sample.lstrip("\ufeff \r\n").partition("\n")[0])
    return max(DELIMITERS, key=line.count)


def read(
    lines: Iterable[bytes], *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[Document | Problem]:
    """Yield a Document or a Problem for each row below the names. Raises InputError where no column is the text's."""
    rows = _rows(lines, options)
    names = next(rows, Row(0, []))
    columns = _columns([cell.strip().lstrip("\ufeff") for cell in names.cells], dict(options.columns))
    for row in rows:
        try:
            if any(cell.strip() for cell in row.cells) or row.trouble:
                yield _article(row, columns, name=f"{name}:{row.number}", options=options, path=path)
        except InputError as error:
            yield Problem(name=f"{label}:{row.number}", reason=error.message, cure=error.cure)


def _rows(lines: Iterable[bytes], options: making.Options) -> Iterator[Row]:
    """Yield the rows of a table, numbered from 1, the one of names first; one that cannot be read has its trouble."""
    notes: list[str] = []
    decoded = _decoded(lines, notes)
    first = next(decoded, "")
    while first and not first.strip():
        first = next(decoded, "")
    csv.field_size_limit(max(options.max_chars * 4, 1_000_000))
    reader = csv.reader(_chain(first, decoded), delimiter=_delimiter(first))
    number = 0
    while True:
        number += 1
        begins = reader.line_num + 1
        try:
            cells, trouble = next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            cells, trouble = [], f"{error}; lines {begins:,} to {reader.line_num:,} of the file are lost"
        yield Row(number, cells, tuple(dict.fromkeys(notes)), trouble)
        notes.clear()


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _decoded(lines: Iterable[bytes], notes: list[str]) -> Iterator[str]:
    """Yield lines as characters, each in its encoding; what was assumed is appended to ``notes``."""
    for line in lines:
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            try:
                text, encoding, _ = decode(line)
                notes.append(f"a line is not UTF-8; read as {encoding}")
            except InputError:
                text = line.decode("utf-8", "replace")
                notes.append("a line is not UTF-8; U+FFFD stands where it is not")
            yield text


def _columns(names: list[str], given: dict[str, str]) -> Columns:
    """Return which column is what: its place and name, by field. Raises InputError where none is the text's or a given one is not there."""
    columns: dict[str, tuple[int, str]] = {}
    for field, name in given.items():
        if field not in FIELDS:
            raise InputError(f"{field!r} is no field of an article", cure=f"the fields are {', '.join(FIELDS)}")
        place = next((place for place, there in enumerate(names) if there.casefold() == name.casefold()), None)
        if place is None:
            raise InputError(
                f"the table has no column {name!r}", cure=f"its columns are {', '.join(names[:20]) or 'none'}"
            )
        columns[field] = (place, names[place])
    for field in FIELDS:
        taken = {place for place, _ in columns.values()}
        places = [place for place, name in enumerate(names) if place not in taken and _is_called(name, field)]
        if field not in columns and places:
            # 'text' before 'content' where a table has both
            best = min(places, key=lambda place: NAMES[field].split().index(_key(names[place])))
            columns[field] = (best, names[best])
    if "text" not in columns:
        raise InputError(
            f"no column of the table is the text's ({', '.join(names[:20]) or 'it is empty'})", cure=NAME_COLUMNS
        )
    return Columns(names, columns)


def _key(name: str) -> str:
    return LINE_SPACE.sub("_", name.strip().lstrip("\ufeff").casefold())


def _is_called(name: str, field: str) -> bool:
    return _key(name) in NAMES[field].split()


def _article(row: Row, columns: Columns, *, name: str, options: making.Options, path: str | None) -> Document:
    """Return the Document of a row. Raises InputError for a row without a text."""
    if row.trouble:
        raise InputError(f"the row cannot be read ({row.trouble})", cure="look for a quotation mark that is not closed")
    place, column = columns.fields["text"]
    if place >= len(row.cells):
        raise InputError(
            f"the row has {len(row.cells)} columns; the text is in column {place + 1} ({column})",
            cure="look for a line break or a delimiter outside quotation marks",
        )
    cells = {field: row.cells[at].strip() for field, (at, _) in columns.fields.items() if at < len(row.cells)}
    dates = tuple(page.day(cells.get("published"), columns.found("published"), "high"))
    code = page.language_code(cells.get("language"))
    facts = making.Facts(
        url=cells.get("url") or None,
        path=path,
        publisher=_sourced(cells, columns, "publisher"),
        published=page.publication(dates),
        title=_sourced(cells, columns, "title"),
        language=Sourced(value=code, found=columns.found("language"), trust="given") if code else None,
        dates=dates,
        notes=(*row.notes, *_not_a_date(dates)),
        extra=_others(row, columns),
    )
    return making.document(row.cells[place], name=cells.get("id") or name, options=options, facts=facts)


def _others(row: Row, columns: Columns) -> dict[str, str]:
    """Return the cells of the columns that are no field of an article, by their names."""
    used = {at for at, _ in columns.fields.values()}
    named = (
        (columns.names[at] if at < len(columns.names) else "") or f"column {at + 1}" for at in range(len(row.cells))
    )
    return {name: cell for at, (name, cell) in enumerate(zip(named, row.cells, strict=True)) if at not in used and cell}


def _sourced(cells: dict[str, str], columns: Columns, field: str) -> Sourced | None:
    value = cells.get(field)
    return Sourced(value=value, found=columns.found(field), trust="high") if value else None


def _not_a_date(dates: tuple[Sourced, ...]) -> tuple[str, ...]:
    return tuple(
        f"published {each.value!r} is not a date that can be read one way only; not used"
        for each in dates
        if each.trust == "low"
    )
