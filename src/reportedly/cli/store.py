"""The commands that ask a store: ``search``, ``claims``, ``versions``, ``forget``, ``store``."""

from __future__ import annotations

import enum
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli import shell
from reportedly.cli.questions import Question, filtered
from reportedly.cli.redaction import Machine, Redact, redaction_of
from reportedly.cli.rereading import orphans_of
from reportedly.cli.sources import First, in_order
from reportedly.errors import InputError
from reportedly.queries import Filter
from reportedly.records import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.api import Redaction
    from reportedly.queries import Hit
    from reportedly.records import Reading


class Format(enum.StrEnum):
    """How answers are written."""

    table = "table"
    csv = "csv"
    json = "json"


class Form(enum.StrEnum):
    """How an answer is written that is no table."""

    pretty = "pretty"
    json = "json"


MORE_THAN_ANY = 1 << 40
Store = Annotated[Path, typer.Argument(metavar="STORE", help="The store, as 'ingest' made it.")]
Document = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT", help="Its id, the beginning of it, or its name, as 'claims' and 'search' print them."
    ),
]
Asked = Annotated[Format, typer.Option("--format", help="For people, for a spreadsheet, or for programs.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file.")]
Told = Annotated[Form, typer.Option("--format", help="For people or for programs.")]
# What it was called before; scripts have it.
AsJson = Annotated[bool, typer.Option("--json", hidden=True)]
Limit = Annotated[int | None, typer.Option(min=1, help="The most to print.", show_default=False)]


def _in_order(first: str, what: str, command: str, store: Path) -> None:
    if not store.exists():
        in_order(First(first, what, command), [str(store)])


# --- claims --------------------------------------------------------------------------------------------------------------------------


@filtered()
def claims(
    store: Store,
    *,
    asked: Question,
    count: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="Count them by a field (actors, places, type ...) instead."),
    ] = None,
    redact: Redact = None,
    machine: Machine = False,
    limit: Limit = None,
    format_: Asked = Format.table,
    output: Output = None,
) -> None:
    """Print the claims of a store that meet all that is asked for; of several values of one option any.

    \b
      reportedly claims reports.db --actor Daech --role actors --type ASSAULT
      reportedly claims reports.db --place Homs --km 30 --from 2015-05-01 --to 2015-05-31
      reportedly claims reports.db --source-kind witness --format csv --output witnesses.csv
      reportedly claims reports.db --publisher al-Manar --format json | reportedly group -
      reportedly claims reports.db --place Aarsal --count actors --count type
      reportedly claims reports.db --redact names.txt --format csv -o shared.csv

    The table has the first 50, unless --limit says otherwise; CSV and JSON all of them. The JSON is that of 'read --format json': a line a
    report, with the claims that are meant.
    """
    from reportedly import api

    with shell.running(output, end=shell.UNCHANGED) as run, api.open_store(store, read_only=True) as opened:
        query = asked.filter(run, lambda name: opened.document(name).document.id)
        redaction = redaction_of(redact)
        if count and machine:
            shell.refuse("--count counts claims as people left them", "leave --machine out, or count the CSV's rows")
        if count:
            _count(opened, query, count, run, format_=format_, limit=limit, redaction=redaction)
            return
        most = limit or (FIRST if format_ is Format.table else MORE_THAN_ANY)
        found = _first(_read_alone(store, query) if machine else opened.readings(query), most)
        shown = (redaction.reading(reading) if redaction else reading for reading in found)
        _WRITERS[format_](run, shown, most)


FIRST = 50


def _read_alone(store: Path, query: Filter) -> Iterator[Reading]:
    """Yield the readings of a store with the claims that a filter leaves of what the machine read."""
    from reportedly import api

    left = api.sieve(msgspec.structs.replace(query, versions="all"))
    for reading in api.stored_readings(store, versions=query.versions, machine=True):
        if claims := left(reading.document, reading.claims):
            yield msgspec.structs.replace(reading, claims=claims)


def _first(readings: Iterator[Reading], most: int) -> Iterator[Reading]:
    """Yield readings until they have one claim more than ``most``: whoever shows them then knows whether there are more."""
    left = most + 1
    for reading in readings:
        yield msgspec.structs.replace(reading, claims=reading.claims[:left])
        left -= len(reading.claims)
        if left <= 0:
            return


def _table(run: shell.Shell, readings: Iterator[Reading], most: int) -> None:
    from reportedly.present import stored

    run.show(stored.claims(list(readings), most=most))


def _csv(run: shell.Shell, readings: Iterator[Reading], most: int) -> None:
    from reportedly import api

    for line in api.to_csv(_exactly(readings, most)):
        run.write(line)


def _json(run: shell.Shell, readings: Iterator[Reading], most: int) -> None:
    from reportedly import api

    for reading in _exactly(readings, most):
        run.write(api.to_json(reading) + "\n")


def _exactly(readings: Iterator[Reading], most: int) -> Iterator[Reading]:
    for reading in readings:
        if reading.claims and most > 0:
            yield msgspec.structs.replace(reading, claims=reading.claims[:most])
        most -= len(reading.claims)


_WRITERS = {Format.table: _table, Format.csv: _csv, Format.json: _json}


def _count(
    opened: Any,
    query: Filter,
    fields: Sequence[str],
    run: shell.Shell,
    *,
    format_: Format,
    limit: int | None,
    redaction: Redaction | None,
) -> None:
    """Write how many claims there are by value."""
    from reportedly.present import stored

    found = opened.facets(query, of=fields, limit=limit or (20 if format_ is Format.table else 1_000_000))
    found = redaction.record(found) if redaction else found
    if format_ is Format.json:
        run.write(_line(found))
    elif format_ is Format.csv:
        _rows(run, ("field", "value", "claims"), ((field, *row) for field in fields for row in found.values[field]))
    else:
        run.show(stored.facets(found))


def _line(record: Any) -> str:
    return msgspec.json.encode(record).decode() + "\n"


def _rows(run: shell.Shell, head: Sequence[str], rows: Any) -> None:
    """Write rows as CSV, cells safe for a spreadsheet."""
    from reportedly import api

    for line in api.csv_lines(head, rows):
        run.write(line)


# --- the full text -------------------------------------------------------------------------------------------------------------------


@filtered(without=("text",))
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What the reports say.")],
    store: Store,
    *,
    asked: Question,
    redact: Redact = None,
    machine: Machine = False,
    limit: Limit = 20,
    format_: Asked = Format.table,
    output: Output = None,
) -> None:
    """Print the reports that have all these words, the best first, each with the words where they stand.

    Case, accents and apostrophes do not matter, nor do Arabic vowel signs, spellings of alif, articles and clitics. "in a row" finds a
    phrase, -word leaves out reports that have it, word* finds whatever begins so, OR stands between alternatives. The filters are those
    of 'claims': reports that have a claim which meets them all.

    \b
      reportedly search "armée Qalamoun" reports.db
      reportedly search '"Front al-Nosra" -Irak' reports.db --published-from 2015-06-01
      reportedly search "-Irak armée" reports.db --language fr
      reportedly search "قصف OR bombard*" reports.db --type ASSAULT --format json
    """
    from reportedly import api
    from reportedly.present import stored

    _in_order(words, "words", "search", store)
    with shell.running(output, end=shell.UNCHANGED) as run, api.open_store(store, read_only=True) as opened:
        redaction = redaction_of(redact)
        query = asked.filter(run, lambda name: opened.document(name).document.id)
        hits = (_hits_alone if machine else _hits)(opened, words, query, limit or FIRST)
        if redaction:
            hits = [redaction.about(hit, opened.document(hit.document.id)) for hit in hits]
        if format_ is Format.json:
            for hit in hits:
                run.write(_line(hit))
        elif format_ is Format.csv:
            _rows(run, SEARCHED, map(_searched, hits))
        else:
            run.show(stored.hits(hits))


def _hits(opened: Any, words: str, query: Filter, most: int) -> list[Hit]:
    found: list[Hit] = opened.search(words, query, limit=most)
    return found


def _hits_alone(opened: Any, words: str, query: Filter, most: int) -> list[Hit]:
    """Return the reports that have the words and, as the machine read them, a claim that a filter leaves where it asks for any."""
    from reportedly import api

    texts = Filter(versions=query.versions)
    asks = msgspec.structs.replace(query, repeats=texts.repeats) != texts
    left = api.sieve(msgspec.structs.replace(query, versions="all"))
    found: list[Hit] = []
    for hit in opened.search(words, texts, limit=MORE_THAN_ANY if asks else most):
        reading = opened.machine(hit.document.id)
        if asks and not left(reading.document, reading.claims):
            continue
        there = (c for c in reading.claims if any(c.content.start <= at.start < c.content.end for at in hit.words))
        refs = tuple(Ref(document=hit.document.id, claim=each.id) for each in there)
        document = msgspec.structs.replace(hit.document, claims=len(reading.claims))
        found.append(msgspec.structs.replace(hit, document=document, claims=refs))
        if len(found) == most:
            break
    return found


SEARCHED = (
    "document",
    "name",
    "publisher",
    "published",
    "language",
    "url",
    "title",
    "score",
    "found",
    "claims",
    "words",
)


def _searched(hit: Hit) -> tuple[Any, ...]:
    known = hit.document
    found = " | ".join(span.exact for span in hit.words)
    return (
        known.id, known.name, known.publisher, known.published, known.language, known.url, known.title,
        f"{hit.score:.3f}", found, len(hit.claims), hit.snippet.exact if hit.snippet else None,
    )  # fmt: skip


# --- documents -----------------------------------------------------------------------------------------------------------------------


def versions(
    document: Document,
    store: Store,
    *,
    redact: Redact = None,
    machine: Machine = False,
    format_: Told = Form.pretty,
    as_json: AsJson = False,
) -> None:
    """Print the texts that a report's address had, one after the other, and how their claims changed.

    \b
      reportedly versions 3f2a91 reports.db
    """
    from reportedly import api
    from reportedly.present import stored

    _in_order(document, "document", "versions", store)
    with shell.running(end=shell.UNCHANGED) as run, api.open_store(store, read_only=True) as opened:
        texts, steps = opened.versions(document), opened.changes(document, machine=machine)
        if redaction := redaction_of(redact):
            texts = [redaction.about(text, opened.document(text.id)) for text in texts]
            steps = [redaction.versions(step) for step in steps]
        if as_json or format_ is Form.json:
            run.write(_line({"versions": texts, "changes": [step.edits for step in steps]}))
        else:
            run.show(stored.versions(texts, steps))


def forget(
    document: Document,
    store: Store,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    may_return: Annotated[
        bool, typer.Option("--may-return", help="Keep no hash of the text: reading it again stores it again.")
    ] = False,
) -> None:
    """Remove a document and all that came from it: text, claims, evidence, words of the index, judgements, events, down to the bytes.

    Its text is not in the file afterwards, nor beside it; copies of the file are yours to remove. A hash of the text stays, so that
    reading the same input again does not bring it back.

    \b
      reportedly forget 3f2a91 reports.db
    """
    from reportedly import api

    _in_order(document, "document", "forget", store)
    with shell.running() as run, api.open_store(store) as opened:
        known = opened.document(document).document
        if not yes:
            if sys.stdin is None or not sys.stdin.isatty():
                raise InputError(f"forgetting {known.name} cannot be undone", cure="say --yes")
            typer.confirm(
                f"Remove {known.name} ({known.id}) and all that came from it, for good?", abort=True, err=True
            )
        gone = opened.forget(known.id, remember=not may_return)
        parts = ", ".join(_counted(number, what) for what, number in gone.removed.items() if number)
        run.write(f"forgotten: {gone.name} ({gone.document}): {parts or 'no claims'}\n")
        if not gone.complete:
            shell.complain(
                "another process still reads the store, so old pages of it are not overwritten yet",
                "end that process; the next command that opens the store does the rest",
            )


def _counted(number: int, what: str) -> str:
    """Return how many of what was removed.

    >>> _counted(1, "inputs"), _counted(1, "evidence"), _counted(2, "claims")
    ('1 input', '1 row of evidence', '2 claims')
    """
    rows = {"evidence": ("row of evidence", "rows of evidence")}
    one, many = rows.get(what, (what.removesuffix("s"), what))
    return f"{number:,} {one if number == 1 else many}"


def status(
    store: Store,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Also check that every exact word is its text's own, and the file whole.")
    ] = False,
    format_: Told = Form.pretty,
    as_json: AsJson = False,
) -> None:
    """Print what a store holds, what became of all that was read, what was judged (and which judgements have lost their claim).

    With --check also whether it is sound.

    \b
      reportedly store reports.db --check

    Exit code 1: the check found faults. A store of an older version is brought up to date.
    """
    from reportedly import api
    from reportedly.present import stored

    with shell.running() as run, api.open_store(store) as opened:
        counts = opened.counts()
        faults = opened.audit() if check else []
        people, orphans = _judged(opened)
        if as_json or format_ is Form.json:
            told = {"judgements": sum(people.values()), "orphans": orphans}
            run.write(_line({"counts": counts, **told, "faults": faults if check else None}))
        else:
            found = opened.facets(of=("publisher", "language", "type"), limit=8)
            run.show(stored.status(counts, found, faults if check else None))
            run.show(stored.judged(people, orphans))
    if faults:
        raise typer.Exit(shell.BROKEN)


def _judged(opened: Any) -> tuple[Counter[str], list[str]]:
    """Return how much each person decided, and a line for each judgement whose claim is no longer made."""
    people: Counter[str] = Counter()
    documents: dict[str, None] = {}
    for each in opened.judgements():
        people[each.who] += 1
        if each.target and opened.has(each.target.document):
            documents[each.target.document] = None
    return people, [line for name in documents for line in orphans_of(opened, name)]
