"""The commands that read: ``read``, ``mentions``, ``explain``, ``schema``."""

from __future__ import annotations

import datetime as dt
import enum
import io
import itertools
import json
import sys
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from reportedly.cli import shell
from reportedly.cli.redaction import Redact, kept_out, redaction_of
from reportedly.records import Mentions, Problem, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly import api
    from reportedly.api import Explanation


class Format(enum.StrEnum):
    """How readings are written."""

    pretty = "pretty"
    json = "json"
    csv = "csv"


class How(enum.StrEnum):
    """How closely reports are read."""

    full = "full"
    fast = "fast"


class MentionFormat(enum.StrEnum):
    """How mentions are written."""

    pretty = "pretty"
    json = "json"


class Line(enum.StrEnum):
    """What a line of JSON holds."""

    reading = "reading"
    mentions = "mentions"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Text, a saved page, JSON Lines or a table of articles, a feed, a web archive, PDF, Word, an export of Telegram or "
        "Europresse, or - for standard input.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When it was published (2015-06-09): relative dates count from it."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language it is in; see 'reportedly languages'.")
]
Actors = Annotated[Path | None, typer.Option(metavar="FILE", help="Your own actors (TOML), added to the bundled ones.")]
Lexicon = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own words (TSV: lexicon, form, value, note), added to the bundled ones."),
]
Gazetteer = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A compiled gazetteer, in place of the default one.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column of a table is what: text, title, publisher, published, url, language, id. May be given several times.",
        show_default=False,
    ),
]
MaxChars = Annotated[int, typer.Option(metavar="N", min=1, help="The longest text that is read, in characters.")]
Mode = Annotated[
    How,
    typer.Option(
        help="Read every sentence, or only those that can tell a happening (four times as fast on mixed news)."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        metavar="N",
        help="Read in N processes at a time, which share what they have loaded.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file.")]


def read(
    files: Files,
    *,
    format: Annotated[Format, typer.Option(help="For people, for programs, or for a spreadsheet.")] = Format.pretty,  # noqa: A002 - the option's name
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    actors: Actors = None,
    lexicon: Lexicon = None,
    gazetteer: Gazetteer = None,
    mode: Mode = How.full,
    workers: Workers = None,
    column: Columns = None,
    max_chars: MaxChars = 200_000,
    redact: Redact = None,
    output: Output = None,
) -> None:
    """Read reports and print their claims.

    The report is shown with its sources, cues, events, places, times and numbers marked, then claim by claim who says that who did
    what to whom, where, when, how many; what is unknown is said to be unknown, and why. What takes more than 30 seconds of processor time
    or 1,000 MB of memory is listed as unread, and the others are read.

    \b
      reportedly read report.txt
      reportedly read page.html --published 2015-06-09 --publisher "al-Manar"
      cat report.txt | reportedly read - --language fr
      reportedly read articles.jsonl --format json --output readings.jsonl
      reportedly read *.txt --format csv > claims.csv
      reportedly read news/*.html --workers 4 --mode fast --format json -o readings.jsonl
      reportedly read report.txt --redact "Aline Quéméneur"

    One line of JSON is one report (see 'reportedly schema').
    """
    given = given_of(published=published, publisher=publisher, language=language)
    given |= {"max_chars": max_chars, "columns": columns_of(column or [])}
    own = own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    with shell.running(output) as run:
        shown, write = kept_out(redaction_of(redact)), _writer(format, run)
        for reading in _answers(files, run, given, own, workers=workers, mode=mode.value):
            write(shown(reading))
            run.answered += 1


def mentions(
    files: Files,
    *,
    format: Annotated[MentionFormat, typer.Option(help="For people or for programs.")] = MentionFormat.pretty,  # noqa: A002 - the option's name
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    actors: Actors = None,
    lexicon: Lexicon = None,
    gazetteer: Gazetteer = None,
    output: Output = None,
) -> None:
    """Print the times, quantities, places and actors that reports mention, apart from any claim.

    \b
      reportedly mentions report.txt --published 2015-05-12
      reportedly mentions articles.jsonl --format json
    """
    from reportedly import api
    from reportedly.present import found

    given = given_of(published=published, publisher=publisher, language=language)
    own = own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    with shell.running(output) as run:
        for record in _answers(files, run, given, own, act="mentions"):
            if format is MentionFormat.json:
                run.write(api.to_json(record) + "\n")
            else:
                run.show(found.mentions(record))
            run.answered += 1


def explain(
    claim: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="The claim: its id, the beginning of its id, or its number as printed."),
    ],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The report, or readings that 'read --format json' wrote.")
    ] = "-",
    *,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    actors: Actors = None,
    lexicon: Lexicon = None,
    gazetteer: Gazetteer = None,
) -> None:
    """Print why a claim was made: the rules that fired, the words, the parse.

    Give the same options as to 'read': the id of a claim depends on what the report says, not on the run.

    \b
      reportedly explain 12 report.txt
      reportedly explain 3fa9 readings.jsonl
      reportedly read report.txt --format json | reportedly explain 12
    """
    from reportedly.present import why

    given = given_of(published=published, publisher=publisher, language=language)
    own = own_files(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    with shell.running() as run:
        known = 0
        for made in _explanations(file, run, given, own, claim):
            known += 1
            if made:
                run.answered += 1
                run.show(why.explanation(made))
                return
        if known:
            shell.refuse(
                f"{file} has no claim {claim!r}", f"'reportedly read {file}' prints each claim with its number and id"
            )


def schema(
    of: Annotated[
        Line, typer.Option(help="A line of 'read --format json', or of 'mentions --format json'.")
    ] = Line.reading,
) -> None:
    """Print the JSON Schema of the JSON that 'read' and 'mentions' print.

    \b
      reportedly schema > reading.schema.json
      reportedly schema --of mentions
    """
    from reportedly import api

    record: type[Reading | Mentions] = Reading if of is Line.reading else Mentions
    typer.echo(json.dumps(api.schema(record), indent=2, ensure_ascii=False))


def columns_of(given: list[str]) -> dict[str, str]:
    """Return which column is what, refused where it cannot be.

    >>> columns_of(["text=body"])
    {'text': 'body'}
    """
    columns = {}
    for each in given:
        field, _, name = each.partition("=")
        if not field.strip() or not name.strip():
            shell.refuse(f"--column {each}: that names no column", "write FIELD=NAME, for example --column text=body")
        columns[field.strip()] = name.strip()
    return columns


def given_of(*, published: str | None, publisher: str | None, language: str | None) -> dict[str, Any]:
    """Return what the user says of the reports, refused where it cannot be."""
    from reportedly import api

    if published:
        try:
            dt.date.fromisoformat(published)
        except ValueError:
            shell.refuse(f"--published {published}: that is no date", "write it as 2015-06-09")
    if language and language not in api.languages():
        shell.refuse(f"--language {language}: we do not read it", f"we read {', '.join(api.languages())}")
    return {"published": published, "publisher": publisher, "language": language}


def own_files(**files: Path | None) -> dict[str, Any]:
    """Return the user's own files, refused at once where they are not there."""
    for option, path in files.items():
        if path and not path.is_file():
            shell.refuse(f"--{option} {path}: there is no such file", "check the path")
    return files


def _answers(
    files: list[str],
    run: shell.Shell,
    given: dict[str, Any],
    own: dict[str, Any],
    *,
    workers: int | None = None,
    mode: api.Mode = "full",
    **asked: str,
) -> Iterator[Any]:
    """Yield what is asked of all reports of the files, each read in a process that may be killed; list what cannot be read.

    Shows how far it is. Without ``workers`` that process is a copy of this one, which is there at once; with them Ctrl-C ends it once
    what is begun is done.
    """
    from reportedly import api

    with shell.counting(run.err) as progress:
        # once, apart from any report and from the time that one may take
        api.open_gazetteer(own["gazetteer"], progress=progress).close()
    total = sum(api.size_of(file) for file in files)
    inputs = map(Path, files)
    with ExitStack() as around:
        stopped = around.enter_context(shell.interruptible()) if workers else (lambda: False)
        tell = _told_to_type if shell.is_typed(files) else around.enter_context(shell.counting_reports(run, total))
        # how far the answer in hand is
        read: deque[int] = deque([0], maxlen=1)
        if workers:
            found = api.read_pool(inputs, workers=workers, mode=mode, stopped=stopped, tell=read.append, **given, **own)
        else:
            found = api.read_apart(inputs, given=given, files=own, mode=mode, tell=read.append, **asked)
        for answer in found:
            if isinstance(answer, Problem):
                run.fail(answer)
            else:
                yield answer
            tell(read[0])
        if stopped():
            raise KeyboardInterrupt


def _told_to_type(_done: int) -> None:
    """Show nothing: what is typed stands there."""


# How a line of ours begins; an article of somebody else's has its text at the top.
READING = b'{"document":{"id":'


def _writer(format_: Format, run: shell.Shell) -> Callable[[Reading], None]:
    """Return what writes one reading to the output."""
    from reportedly import api
    from reportedly.present import claims

    if format_ is Format.json:
        return lambda reading: run.write(api.to_json(reading) + "\n")
    if format_ is Format.csv:
        run.open_with(next(api.to_csv([])))
        return lambda reading: run.write("".join(itertools.islice(api.to_csv([reading]), 1, None)))
    return lambda reading: run.show(claims.reading(reading))


def _explanations(
    file: str, run: shell.Shell, given: dict[str, Any], own: dict[str, Any], claim: str
) -> Iterator[Explanation | None]:
    """Yield why the claim stands, or None, for each reading that ``file`` holds, or of the reports it holds."""
    from reportedly import api

    lines = _lines_of_readings(file)
    if lines is None:
        yield from _answers([file], run, given, own, act="explain", claim=claim)
        return
    reader = api.Reader(**own)
    for reading in lines:
        yield reader.explain(reading, claim) if api.find_claim(reading, claim) else None


def _lines_of_readings(file: str) -> Iterator[Reading] | None:
    """Return the readings that ``read --format json`` wrote into ``file``; None where it holds something else."""
    if file == "-":
        # nobody types a reading, and to look for one would wait for the first line
        piped = sys.stdin is not None and not sys.stdin.isatty()
        return _parsed(sys.stdin.buffer) if piped and _begins_as_reading(sys.stdin.buffer) else None
    try:
        with Path(file).open("rb") as source:
            return iter(list(_parsed(source))) if _begins_as_reading(source) else None
    except (OSError, ValueError):
        # whatever is wrong with it, the readers of reports say it better
        return None


def _begins_as_reading(source: BinaryIO) -> bool:
    """Return whether the next bytes are those of a reading; they stay there for whoever reads on."""
    if isinstance(source, io.BufferedReader):
        start = source.peek(len(READING))
    else:
        start = source.read(len(READING))
        source.seek(-len(start), io.SEEK_CUR)
    return start.startswith(READING)


def _parsed(source: BinaryIO) -> Iterator[Reading]:
    from reportedly import api

    return (api.from_json(line.decode("utf-8", "replace")) for line in source if line.strip())
