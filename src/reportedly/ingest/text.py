"""Plain text: the file as it stands, and the clock that a site prints above its articles."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from reportedly.ingest import making
from reportedly.ingest.encoding import decode
from reportedly.records import Sourced

if TYPE_CHECKING:
    from reportedly.records import Document

DATE = r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
TIME = r"\d{1,2}[:hH]\d{2}(?::\d{2})?(?:\s?[aApP]\.?[mM]\.?)?"
# A date and a time and at most the name of a zone: no article says it, and the page says it on every day it is saved.
CLOCK = re.compile(
    rf"\W{{0,3}}(?:{DATE}[\s,|–-]{{1,4}}{TIME}|{TIME}[\s,|–-]{{1,4}}{DATE.replace('<date>', '<later>')})(?:\s+[^\W\d]\w*){{0,3}}\W{{0,3}}"
)
LINES_LOOKED_AT = 3


def read(
    data: bytes,
    *,
    name: str,
    options: making.Options,
    path: str | None = None,
    facts: making.Facts | None = None,
    declared: str | None = None,
) -> Document:
    """Return the Document of a text file.

    The text is what the bytes say, line ends and all, without a byte order mark. Only a text whose lines end in a bare carriage
    return gets line feeds in their place, one for one, since nothing else reads those as line ends.
    ``facts`` are what its container (a web archive) says of it. Raises InputError for what is not text, empty or too long.
    """
    text, _, notes = decode(data, declared=declared)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        notes = (*notes, "lines end in a carriage return alone; read as line feeds")
    clock = site_clock(text)
    facts = facts or making.Facts(path=path)
    facts = facts._replace(dates=(clock,) if clock else (), notes=facts.notes + notes)
    return making.document(text, name=name, options=options, facts=facts)


def site_clock(text: str) -> Sourced | None:
    """Return the date of a site's clock above the article, with low trust: it is the day of saving, not of publishing.

    >>> site_clock("24-11-2024 06:25 PM Jerusalem Timing\\n\\nQalamoune : En débandade").value
    '2024-11-24'
    """
    lines = [line for line in text[:2000].split("\n") if line.strip()][:LINES_LOOKED_AT]
    for line in lines:
        if match := CLOCK.fullmatch(line.strip()):
            words = match.group("date") or match.group("later")
            return Sourced(
                value=calendar_day(words) or words, found=f"a clock of the site: {line.strip()}", trust="low"
            )
    return None


def calendar_day(words: str) -> str | None:
    """Return the ISO day of a date in figures, None where day and month could be either.

    >>> calendar_day("24-11-2024"), calendar_day("05/06/2024")
    ('2024-11-24', None)
    """
    first, second, third = (int(figure) for figure in re.split(r"[-/.]", words))
    if first > 31:
        year, month, day = first, second, third
    elif first > 12 or first == second:
        day, month, year = first, second, third
    elif second > 12:
        month, day, year = first, second, third
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
