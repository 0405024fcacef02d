"""PDF files (communiqués, situation reports): the words of their pages, lines joined into paragraphs.

pypdfium2 reads them. A PDF knows lines, not paragraphs, and it hyphenates: both are undone here, before the text takes its final form.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from reportedly.errors import InputError
from reportedly.ingest import making, markup, page
from reportedly.records import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from reportedly.records import Document

SIGNATURE = b"%PDF-"
LARGEST = 100_000_000
MOST_PAGES = 1000
# pdfium writes one of these where a word was broken at the end of its line.
BROKEN = re.compile("(?<!\\w)(\\w+)[\ufffe\x02\u00ad]\\s*(\\w+)")
HYPHENED = re.compile(r"(?<!\w)(\w+)-\n(\w+)")
# What ends a paragraph where its line ends; a full line goes on in the next.
ENDED = re.compile(r"[.!?…:؟۔][»”\")\]]*$")
LISTED = re.compile(r"\s*(?:[-–—•▪●*]|\(?\d{1,2}[.)])\s")
MADE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
GIVE_TEXT = "save its words as text"


def is_one(head: bytes) -> bool:
    """Return whether the bytes are those of a PDF file; some programs put a line or two before its mark."""
    return SIGNATURE in head[:1024]


def read(data: bytes, *, name: str, options: making.Options, path: str | None = None) -> Document:
    """Return the Document of a PDF file. Raises InputError where it is damaged, locked, too large, or holds pictures only."""
    if len(data) > LARGEST:
        raise InputError(f"the PDF file is larger than {LARGEST:,} bytes", cure=GIVE_TEXT)
    words, said = _content(data, most=options.max_chars)
    if not words.strip():
        raise InputError(
            "the PDF file holds no words, its pages are pictures",
            cure="make words of them first (OCR), for example with ocrmypdf",
        )
    text = joined(words)
    title = " ".join((said.get("Title") or "").split())
    dates = tuple(_dates(said))
    facts = making.Facts(
        path=path,
        title=Sourced(value=title, found="Title of the PDF file", trust="low") if title else None,
        dates=dates,
        notes=(f"lines of {said['pages']} page{'' if said['pages'] == '1' else 's'} joined into paragraphs",),
        extra={
            key.lower(): value
            for key, value in said.items()
            if key in ("Author", "Creator", "Producer", "Subject") and value
        },
    )
    return making.document(text, name=name, options=options, facts=facts)


def _content(data: bytes, *, most: int) -> tuple[str, dict[str, str]]:
    """Return the words of all pages and what the file says of itself. Raises InputError where it cannot be opened or has too many."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = (
            "this is a PDF file that is locked by a password"
            if locked
            else f"this is a PDF file that is damaged ({error})"
        )
        raise InputError(
            reason, cure="save it without a password" if locked else "get it anew, or save its words as text"
        ) from error
    try:
        if len(file) > MOST_PAGES:
            raise InputError(
                f"the PDF file has {len(file):,} pages, the limit is {MOST_PAGES:,}",
                cure="split it into single reports",
            )
        said = dict(file.get_metadata_dict())
        said["pages"] = str(len(file))
        pages: list[str] = []
        size = 0
        for number in range(len(file)):
            pages.append(_page(file, number))
            size += len(pages[-1])
            making.refuse_long(size, most)
        return "\n\n".join(pages), said
    finally:
        file.close()


def _page(file: Any, number: int) -> str:
    """Return the words of one page; none where it is damaged."""
    import pypdfium2

    try:
        sheet = file[number]
        words: str = sheet.get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return ""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def joined(words: str) -> str:
    """Return paragraphs in place of lines, broken words whole again, a blank line between paragraphs.

    >>> joined("Au moins douze civils ont été tués lors d'une frappe sur le\\nmarché d'Alep.\\nL'armée dément.")
    "Au moins douze civils ont été tués lors d'une frappe sur le marché d'Alep.\\n\\nL'armée dément.\\n"
    """
    # the word stays on the line on which it began, whose length tells where the margin is
    words = BROKEN.sub(lambda match: f"{_mend(match, words)}\n", words)
    words = HYPHENED.sub(lambda match: f"{_mend(match, words)}\n", words)
    words = markup.CONTROLS.sub("", words)
    lines = [" ".join(line.split(" ")).strip() for line in words.split("\n")]
    widest = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if line and before and not _ends(before, line, widest):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        before = line
    return "\n\n".join(paragraphs) + "\n"


def _mend(match: re.Match[str], words: str) -> str:
    """Return a word that was broken at a line's end, with its hyphen where the text or our word lists write it so ('porte-parole')."""
    left, right = match.groups()
    whole, hyphened = left + right, f"{left}-{right}"
    written_so = hyphened in words or hyphened.casefold() in _hyphened()
    return hyphened if written_so and whole not in words else whole


@cache
def _hyphened() -> frozenset[str]:
    """Return the words with a hyphen in the word lists of every language there is data of."""
    folders = resources.files("reportedly").joinpath("languages").iterdir()
    tables = [table for folder in folders if folder.is_dir() for table in _tables(folder)]
    return frozenset(
        word
        for table in tables
        for line in table.read_text(encoding="utf-8").splitlines()
        for word in line.partition("\t")[0].replace("~", "").casefold().split()
        if "-" in word and not line.startswith("#")
    )


def _tables(folder: Traversable) -> list[Traversable]:
    lists = folder.joinpath("lexicons")
    return [table for table in lists.iterdir() if table.name.endswith(".tsv")] if lists.is_dir() else []


def _ends(line: str, following: str, widest: int) -> bool:
    """Return whether a paragraph ends with ``line``: it is short, or it ends a sentence well before the margin, or a list goes on."""
    if LISTED.match(following):
        return True
    if len(line) < widest * 0.6:
        return not following[:1].islower()
    return bool(ENDED.search(line)) and len(line) < widest * 0.85


def _dates(said: dict[str, str]) -> Iterator[Sourced]:
    """Yield the days on which the file was made and changed: of the file, not of publication."""
    for key, found in (("CreationDate", "the PDF file was made"), ("ModDate", "the PDF file was changed")):
        if match := MADE.match(said.get(key) or ""):
            yield from page.day("-".join(match.groups()), found, "low")
