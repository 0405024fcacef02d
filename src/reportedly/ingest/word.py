"""Word files (DOCX): paragraphs and tables in their order. python-docx reads them; a ZIP that would swell without end is refused first."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from reportedly.errors import InputError
from reportedly.ingest import archives, making
from reportedly.records import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Document

MAIN_PART = "word/document.xml"
LARGEST = 100_000_000
GIVE_TEXT = "save its words as text"


def read(data: bytes, *, name: str, options: making.Options, path: str | None = None) -> Document:
    """Return the Document of a Word file. Raises InputError where it is damaged, too large, or empty."""
    if len(data) > LARGEST:
        raise InputError(f"the Word file is larger than {LARGEST:,} bytes", cure=GIVE_TEXT)
    text, said = _content(data)
    title = " ".join((said.title or "").split())
    facts = making.Facts(
        path=path,
        title=Sourced(value=title, found="title in the properties of the Word file", trust="low") if title else None,
        dates=tuple(_dates(said)),
        extra={key: value for key in ("author", "subject", "category") if (value := getattr(said, key, ""))},
    )
    return making.document(text, name=name, options=options, facts=facts)


def _content(data: bytes) -> tuple[str, Any]:
    """Return the words of the file and its properties, as python-docx sees them. Raises InputError where it is damaged or would swell."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            archives.refuse_swelling(packed)
        file = docx.Document(io.BytesIO(data))
        return "\n\n".join(_paragraphs(file)) + "\n", file.core_properties
    except (InputError, MemoryError):
        raise
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"the Word file is damaged ({reason})", cure="save it anew, or save its words as text"
        ) from error


def _paragraphs(container: Any, level: int = 0) -> Iterator[str]:
    """Yield what holds words, in order; the cells of a table's row stand on one line, a merged cell once."""
    for part in container.iter_inner_content():
        if hasattr(part, "rows"):
            if level < 5:
                yield from _rows(part, level)
        elif words := part.text.strip():
            yield words


def _rows(table: Any, level: int) -> Iterator[str]:
    """Yield the rows; their cells are those that are written, for python-docx makes as many of a merged one as it says that it spans."""
    from docx.table import _Cell

    for row in table.rows:
        cells = (_Cell(element, table) for element in row._tr.tc_lst)  # noqa: SLF001 - the only way to the cells as they are written
        words = [" ".join(" ".join(_paragraphs(cell, level + 1)).split()) for cell in cells]
        if any(words):
            yield " | ".join(word for word in words if word)


def _dates(said: Any) -> Iterator[Sourced]:
    """Yield the days on which the file was made and changed: of the file, not of publication."""
    for value, found in ((said.created, "the Word file was made"), (said.modified, "the Word file was changed")):
        if value is not None:
            yield Sourced(value=value.date().isoformat(), found=found, trust="low")
