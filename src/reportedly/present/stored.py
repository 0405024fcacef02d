"""What a store answers, in the terminal: claims in rows, reports with the words found, versions, counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.present import words
from reportedly.present.claims import heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from reportedly.queries import Counts, Edit, Facets, Hit, Stored, Versions
    from reportedly.records import Claim, Document, Entity, Reading, Span

LONGEST_WORDS = 160
SHOWN_ID = 10
KINDS = {"gained": ("+", "green"), "lost": ("-", "red"), "changed": ("~", "yellow")}


def claims(readings: Sequence[Reading], *, most: int) -> Iterator[RenderableType]:
    """Yield the claims of readings, by report, ``most`` of them; one that is there beside is told of."""
    left, reports = most, 0
    for reading in readings:
        shown = reading.claims[:left]
        if shown:
            reports += 1
            yield report(reading.document)
            yield Padding(_rows(shown, reading), (0, 0, 0, 2))
        left -= len(shown)
    total = sum(len(reading.claims) for reading in readings)
    if not total:
        yield Text("no claim in this store meets all that is asked for", "dim")
    else:
        more = f"; there are more: --limit {2 * most}, or --format csv for all" if total > most else ""
        yield Text(f"{words.many(min(total, most), 'claim')} in {words.many(reports, 'report')}{more}", "dim")


def report(document: Document) -> Text:
    """Return the line that names a report: outlet, day, name, id."""
    publisher = document.publisher.value if document.publisher else "outlet unknown"
    published = document.published.value if document.published else "undated"
    return _line(publisher, published, document.name, document.id)


def _line(publisher: str, published: str, name: str, ident: str) -> Text:
    line = Text(words.one_line(publisher), "bold")
    line.append(f"  {words.one_line(published)}  ", "")
    line.append(words.one_line(name), "bold cyan")
    return line.append(f"  {ident}", "dim")


def _rows(shown: Sequence[Claim], reading: Reading) -> Table:
    publisher = reading.document.publisher.value if reading.document.publisher else None
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=2)
    table.add_column(ratio=5)
    table.add_column(ratio=3)
    for claim in shown:
        table.add_row(Text(words.chain(claim, publisher=publisher), "cyan"), _content(claim), _facts(claim))
    return table


def _content(claim: Claim) -> Text:
    exact = claim.content.exact
    line = Text(words.quoted(exact if len(exact) <= LONGEST_WORDS else f"{exact[:LONGEST_WORDS]}…"), "italic")
    if claim.polarity == "negative":
        line.append(" (denied)", "red")
    if claim.certainty != "certain":
        line.append(f" ({claim.certainty})", "yellow")
    if claim.status != "happened":
        line.append(f" ({claim.status})", "dim")
    return line


def _facts(claim: Claim) -> Text:
    """Return what, who to whom, where, when, how many, a line each; nothing where the claim does not say."""
    who, whom = (", ".join(map(_named, entities)) for entities in (claim.actors, claim.recipients))
    deed = f"{who or '?'} → {whom}" if whom else f"{who} →" if who else ""
    kind = " ".join(filter(None, [claim.type, *claim.modes]))
    where = ", ".join(words.one_line(place.name or place.exact) for place in claim.places)
    when = ", ".join(_day(time.earliest, time.latest) for time in claim.times if time.anchored)
    count = ", ".join(
        words.how_many(quantity) for quantity in claim.quantities if quantity.kind in words.COUNTED_BY_KIND
    )
    lines = [(kind, "yellow"), (deed, "cyan"), (where, "green"), (when, "magenta"), (count, "blue")]
    return Text("\n").join(Text(line, style) for line, style in lines if line)


def _named(entity: Entity) -> str:
    """Return whom a claim names: by canonical name, else by the report's own words."""
    return words.one_line(entity.name or entity.exact)


def _day(earliest: str | None, latest: str | None) -> str:
    if earliest == latest:
        return earliest or ""
    return f"{earliest or '…'} to {latest or '…'}"


# --- searching -----------------------------------------------------------------------------------------------------------------------


def hits(found: Sequence[Hit]) -> Iterator[RenderableType]:
    """Yield reports found, each with the words where they stand."""
    for hit in found:
        known = hit.document
        yield _line(known.publisher or "outlet unknown", known.published or "undated", known.name, known.id)
        if known.title:
            yield Padding(Text(words.one_line(known.title), "bold"), (0, 0, 0, 2))
        if hit.snippet:
            yield Padding(_marked(hit.snippet, hit.words), (0, 0, 0, 2))
        here = f"; {words.many(len(hit.claims), 'claim')} there" if hit.claims else ""
        yield Padding(Text(f"found {words.many(len(hit.words), 'time')}{here}", "dim"), (0, 0, 0, 2))
    if not found:
        yield Text("no report has all these words; OR between them finds any, word* whatever begins so", "dim")


def _marked(snippet: Span, found: Sequence[Span]) -> Text:
    """Return the snippet with the words found in reverse, in one line."""
    line = Text()
    at = snippet.start
    for span in found:
        if snippet.start <= span.start and span.end <= snippet.end:
            line.append(_plain(snippet.exact[at - snippet.start : span.start - snippet.start]))
            line.append(_plain(snippet.exact[span.start - snippet.start : span.end - snippet.start]), "bold reverse")
            at = span.end
    return line.append(_plain(snippet.exact[at - snippet.start :]))


def _plain(exact: str) -> str:
    """Return words in one line, space at their ends kept."""
    return words.printable(re.sub(r"\s+", " ", exact))


# --- versions ------------------------------------------------------------------------------------------------------------------------


def versions(texts: Sequence[Stored], steps: Sequence[Versions]) -> Iterator[RenderableType]:
    """Yield the texts of an address, and between them what their claims gained, lost, tell otherwise."""
    for text, step in zip(texts, [None, *steps], strict=True):
        if step:
            yield from _edits(step.edits)
        line = Text(f"version {text.version}", "bold yellow")
        line.append(f"  {words.one_line(text.published or 'undated')}  {words.one_line(text.name)}")
        line.append(f"  {text.id}  stored {text.stored}", "dim")
        yield line
        if text.title:
            yield Padding(Text(words.one_line(text.title), "bold"), (0, 0, 0, 2))
    if len(texts) == 1:
        yield Text("this report's address had no other text", "dim")


def _edits(edits: Sequence[Edit]) -> Iterator[RenderableType]:
    for edit in edits:
        sign, style = KINDS[edit.kind]
        claim = edit.after or edit.before
        assert claim is not None
        line = Text(f"{sign} ", f"bold {style}").append(words.quoted(claim.content.exact), style)
        if edit.fields:
            line.append(f"  {', '.join(edit.fields)}", "dim")
        yield Padding(line, (0, 0, 0, 2))
        if edit.kind == "changed" and edit.before:
            yield Padding(Text(f"was {words.quoted(edit.before.content.exact)}", "dim"), (0, 0, 0, 4))
    if not edits:
        yield Padding(Text("no claim changed", "dim"), (0, 0, 0, 2))


# --- counts --------------------------------------------------------------------------------------------------------------------------


def facets(found: Facets) -> Iterator[RenderableType]:
    """Yield how many claims there are by value of each field."""
    yield Text(f"{words.many(found.claims, 'claim')} in {words.many(found.documents, 'report')}", "dim")
    for field, rows in found.values.items():
        yield heading(field)
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right")
        table.add_column()
        for value, count in rows:
            table.add_row(Text(f"{count:,}", "bold"), Text(words.one_line(value)))
        yield table if rows else Text("none says", "dim")


def status(counts: Counts, found: Facets, faults: Sequence[str] | None) -> Iterator[RenderableType]:
    """Yield what a store holds and what became of all that was read."""
    yield Text(f"{words.many(counts.documents, 'document')}, {words.many(counts.claims, 'claim')}", "bold")
    gone = f" + forgotten {counts.forgotten:,}" if counts.forgotten else ""
    yield Text(
        f"read {counts.read:,} = stored {counts.stored:,} + duplicates {counts.duplicates:,} + refused {counts.refused:,}{gone}"
    )
    for field, rows in found.values.items():
        told = ", ".join(f"{words.one_line(value)} {count:,}" for value, count in rows)
        yield Text.assemble((f"{field:<10}", "dim"), told or "-")
    if faults is not None:
        yield (
            Text("every exact word is its text's own, and the file is whole", "green")
            if not faults
            else Text("\n".join(faults), "red")
        )


def judged(people: Mapping[str, int], orphans: Sequence[str]) -> Iterator[RenderableType]:
    """Yield how much was judged by whom, and the judgements that have lost their claim."""
    if people:
        told = ", ".join(f"{words.one_line(who)} {count:,}" for who, count in people.items())
        yield Text.assemble(("judged    ", "dim"), told)
    if orphans:
        yield Text(f"{words.many(len(orphans), 'judgement')} whose claim is no longer made:")
        yield Text("\n".join(f"  {words.one_line(line)}" for line in orphans))
