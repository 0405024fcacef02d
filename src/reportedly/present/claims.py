"""A reading in the terminal: the report with its marks, its claims one by one, and what disagrees within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.present import marks, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from reportedly.records import Claim, Discrepancy, Document, Mention, Reading, Run

Row = tuple[str, Text]
KEY_WIDTH = 8


def reading(record: Reading) -> Iterator[RenderableType]:
    """Yield what shows a reading, top to bottom."""
    yield from header(record.document)
    yield Text(_read_with(record.run), "dim")
    found = marks.of_reading(record)
    yield from body(record.document, found)
    yield heading(f"{len(record.claims)} claim{'' if len(record.claims) == 1 else 's'}")
    if not record.claims:
        yield Text("This report states no happening of a kind we know, and nobody is said to say anything.")
    numbers = {claim.id: number for number, claim in enumerate(record.claims, start=1)}
    for number, claim in enumerate(record.claims, start=1):
        yield block(claim, number=number, numbers=numbers, publisher=_publisher(record.document))
    if record.discrepancies:
        yield heading("What disagrees within this report")
        by_id = {claim.id: claim for claim in record.claims}
        yield from (discrepancy(each, by_id, numbers=numbers) for each in record.discrepancies)


def header(document: Document) -> Iterator[RenderableType]:
    """Yield what is known of the document, unknown facts shown as unknown."""
    yield Text(words.one_line(document.where), "bold reverse")
    rows = [
        ("title", words.sourced(document.title)),
        ("outlet", words.sourced(document.publisher)),
        ("date", words.sourced(document.published, unknown="unknown: relative dates count from a dateline alone")),
        ("language", words.sourced(document.language)),
    ]
    used = document.published.value if document.published else None
    rows += [("not used", words.sourced(each)) for each in document.dates if each.value != used]
    rows += [("note", words.one_line(note)) for note in document.notes]
    table = two_columns()
    for key, value in rows:
        if key != "title" or document.title:
            table.add_row(Text(key, "dim"), Text(value))
    yield table


def body(document: Document, found: list[marks.Mark]) -> Iterator[RenderableType]:
    """Yield the marked text under the legend of its marks."""
    yield heading("The report")
    if found:
        yield marks.legend(found)
        yield Text()
    lines = marks.marked(document.text.strip("\n"), _moved(found, document.text)).split("\n", allow_blank=True)
    blank = True
    for line in lines:
        if line.plain.strip():
            yield line
        elif not blank:
            yield Text()
        blank = not line.plain.strip()


def _moved(found: list[marks.Mark], text: str) -> list[marks.Mark]:
    """Return the marks as offsets into the text without its leading line ends."""
    shift = len(text) - len(text.lstrip("\n"))
    return [mark._replace(start=mark.start - shift, end=mark.end - shift) for mark in found]


def heading(words_: str) -> RenderableType:
    """Return a heading with air above it."""
    return Padding(Text(words_, "bold underline"), (1, 0, 0, 0))


def block(claim: Claim, *, number: int, numbers: dict[str, int], publisher: str | None) -> RenderableType:
    """Return one claim: who says it, then what, who, whom, where, when, how many, and the words."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=4, justify="right", no_wrap=True)
    table.add_column()
    head = Text(words.chain(claim, publisher=publisher), "bold")
    table.add_row(Text(f"{number}", "bold yellow"), head)
    rows = two_columns()
    for key, value in facts(claim, numbers=numbers):
        rows.add_row(Text(key, "dim"), value)
    table.add_row("", rows)
    return Padding(table, (1, 0, 0, 0))


def facts(claim: Claim, *, numbers: dict[str, int]) -> list[Row]:
    """Return the rows of a claim; one that repeats another shows only that."""
    if claim.repeats:
        original = numbers.get(claim.repeats)
        said = f"repeats claim {original or claim.repeats}: the same words stand twice, and nothing counts them twice"
        return [("repeat", Text(said)), _words(claim), _id(claim)]
    rows: list[Row] = [("what", _what(claim)), ("holds", Text(words.standing(claim)))]
    rows += [("hedge", Text(words.quoted(hedge.exact), "red")) for hedge in claim.hedges]
    answers: list[tuple[str, str, list[tuple[Mention, str]]]] = [
        ("who", "bold cyan", [(each, words.who(each)) for each in claim.actors]),
        ("whom", "bold cyan", [(each, words.who(each)) for each in claim.recipients]),
        ("where", "green", [(each, words.where(each)) for each in claim.places]),
        ("when", "magenta", [(each, words.when(each)) for each in claim.times]),
        ("how many", "bold blue", [(each, words.how_many(each)) for each in claim.quantities]),
    ]
    rows += [row for key, style, mentions in answers for row in _said(key, style, mentions)]
    unsaid = ", ".join(key for key, _, mentions in answers if not mentions)
    rows += [("not said", Text(unsaid, "dim"))] if unsaid else []
    rows += _said("loaded", "underline", [(each, words.loaded(each)) for each in claim.labels])
    rows += [("codes", Text(coded, "dim"))] if (coded := words.codes(claim)) else []
    rows += [("note", Text(words.one_line(note))) for note in claim.notes]
    return [*rows, _words(claim), _id(claim)]


def _what(claim: Claim) -> Text:
    kind = words.happening(claim)
    if claim.trigger:
        return _pair(claim.trigger, "bold yellow", kind or "of no listed kind")
    return Text(kind or "a statement: no happening of a listed kind", "" if kind else "dim")


def _said(key: str, style: str, mentions: list[tuple[Mention, str]]) -> list[Row]:
    """Return one row a mention, the key on the first."""
    return [("" if n else key, _pair(mention, style, value)) for n, (mention, value) in enumerate(mentions)]


def _pair(mention: Mention, style: str, value: str) -> Text:
    return Text.assemble((words.quoted(mention.exact), style), f" {value}")


def _words(claim: Claim) -> Row:
    return ("words", Text(words.quoted(claim.content.exact), "italic"))


def _id(claim: Claim) -> Row:
    return ("id", Text(claim.id, "dim"))


def discrepancy(each: Discrepancy, by_id: dict[str, Claim], *, numbers: dict[str, int]) -> RenderableType:
    """Return one disagreement: the field, both claims' words and figures, and the reason."""
    rows = two_columns()
    for name in each.claims:
        claim = by_id.get(name)
        rows.add_row(
            Text(f"claim {numbers.get(name, name)}", "bold"), Text(_figures(claim, each.field) if claim else name)
        )
    rows.add_row("", Text(each.reason, "dim"))
    return Padding(rows, (0, 0, 0, 2))


def _figures(claim: Claim, field: str) -> str:
    figures = [q for q in claim.quantities if q.kind == field] or list(claim.quantities)
    shown = [f"{words.quoted(q.exact)} {words.how_many(q)}" for q in figures]
    return f"{field}: {'; '.join(shown) or words.quoted(claim.content.exact)}"


def _read_with(run: Run) -> str:
    models = ", ".join(f"{model.name} {model.version}" for model in run.models) or "no parser"
    gazetteer = f"gazetteer {run.gazetteer}" if run.gazetteer else "no gazetteer"
    mode = "" if run.mode == "full" else f"; mode {run.mode}"
    return f"read with reportedly {run.version}, {models}, {gazetteer}{mode}"


def _publisher(document: Document) -> str | None:
    return document.publisher.value if document.publisher else None


def two_columns(*, width: int | None = KEY_WIDTH) -> Table:
    """Return an empty table of keys, ``width`` wide (None: as wide as they are), and values."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=width, no_wrap=width is not None, ratio=None if width else 2)
    table.add_column(ratio=None if width else 3)
    return table
