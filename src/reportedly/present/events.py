"""Events in the terminal: the list, one event with its evidence, comparisons, tolls, who holds a place, the words used, what is missing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly import api
from reportedly.present import words
from reportedly.present.claims import heading, two_columns

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from reportedly.answers import (
        Answers,
        Authorship,
        Dispute,
        Edited,
        Framing,
        Holding,
        Holdings,
        Missing,
        Side,
        TollStep,
    )
    from reportedly.api import Collection
    from reportedly.records import Change, Claim, Comparison, Event, Ref

VERDICTS = {
    "agrees": "green",
    "compatible": "green",
    "vaguer": "yellow",
    "contradicts": "bold red",
    "silent": "dim",
}
CHANGED = {"raised": "raised ", "lowered": "lowered ", "disputed": "", "repeated": "", "beside": ""}
CHANGES = {"first": "", "raised": "↑", "lowered": "↓", "disputed": "≠", "repeated": "=", "beside": "≈"}
MOVED = ("raised", "lowered", "disputed")
STANDS = {
    "holds": "holds {}",
    "takes": "takes {}",
    "advances": "advances on {}",
    "loses": "loses {}",
    "keeps": "has not lost {}",
    "denied": "does not hold {}",
}
NOT_TAKEN = {"denied": "has not taken {}"}
# Of what that is told: of the place itself, of ground in it, of ground near it.
GROUND = {"whole": "it", "part": "ground in it", "near": "ground near it"}
AUTHORED = {"accused": "is accused", "claims": "claims it", "denied": "denied", "named": "is named"}
TITLE_LENGTH = 120
# Of fifty who give one figure the first tell as much.
MOST_VOICES = 6
# A copy cut and rewritten has dozens of changes: the first tell how it was edited.
MOST_CHANGES, LONGEST_CHANGE = 6, 60
UNDATED = "undated"


def overview(
    events: Sequence[Event], *, least_claims: int, meant: Container[str] | None = None
) -> Iterator[RenderableType]:
    """Yield the list of events, those ``meant`` by their ids, each with its number among all; those of fewer claims are counted only."""
    asked = [event for event in events if meant is None or event.id in meant]
    shown = {event.id for event in asked if len(event.claims) >= least_claims}
    of = "" if len(asked) == len(events) else f" of {len(events)}"
    yield Text(f"{words.many(len(asked), 'event')}{of}, each a hypothesis; the claims stay whole", "dim")
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("id", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("what is told, and by whom")
    for number, event in enumerate(events, start=1):
        if event.id in shown:
            table.add_row(
                Text(str(number), "bold yellow"),
                Text(event.id, "dim"),
                _days(event),
                Text.assemble(_title(event), "\n", _counts(event)),
            )
    if shown:
        yield table
    if len(shown) < len(asked):
        yield Text(f"{len(asked) - len(shown)} more of fewer than {least_claims} claims: --all shows them", "dim")


def _title(event: Event) -> Text:
    return Text(words.one_line(_cut(event.title, TITLE_LENGTH)))


def _when(event: Event) -> str:
    if event.earliest is None:
        return UNDATED
    return event.earliest if event.earliest == event.latest else f"{event.earliest} to {event.latest}"


def _days(event: Event) -> Text:
    """Return when it was, the last day below the first: a list has little room."""
    return Text(_when(event).replace(" to ", "\nto "), "dim" if event.earliest is None else "")


def _counts(event: Event) -> Text:
    line = Text(counted(event), "dim")
    if event.contradictions:
        fields = sorted({found.field for found in event.contradictions})
        line.append(f"; {_contradicting(event)} on {', '.join(fields)}", "red")
    return line


def _contradicting(event: Event) -> str:
    """Return that the reports contradict each other, or that the only one, or one of them, contradicts itself."""
    if any(found.left.document != found.right.document for found in event.contradictions):
        return "contradict each other"
    within = {found.left.document for found in event.contradictions}
    if len({ref.document for ref in event.claims}) == 1:
        return "contradicts itself"
    return "one contradicts itself" if len(within) == 1 else f"{len(within)} contradict themselves"


def counted(event: Event) -> str:
    """Return how many reports tell of an event, and how many sources they are."""
    reports = len({ref.document for ref in event.claims})
    return f"{words.many(reports, 'report')}, {words.many(len(event.independent), 'independent source')}"


def event(
    found: Event, collection: Collection, answers: Answers, changed: Sequence[Edited]
) -> Iterator[RenderableType]:
    """Yield one event, top to bottom: what, who tells it and how independent they are, who says what, what disagrees, what is missing."""
    yield Text(f"Event {found.id}", "bold reverse")
    yield Text(words.one_line(found.title), "bold")
    yield _facts(found)
    yield heading(_counts_line(found))
    yield from sources(found, collection)
    yield from _section("What the copies changed", edits(changed, collection))
    yield heading("Who says what")
    yield from told(found, collection)
    yield from _section("Who is said to have done it", authors(answers.authors))
    yield from _section("The toll", toll(answers.toll))
    yield from _section("What contradicts what", contradictions(answers.disputes, collection))
    yield from _section("The words used for it", framing(answers.framing))
    yield from _section("What would settle it and is not there", missing(answers.missing))


def _section(title: str, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield a heading and its parts, nothing where there are none."""
    found = list(parts)
    if found:
        yield heading(title)
        yield from found


def _facts(found: Event) -> RenderableType:
    rows = two_columns()
    kind = " ".join(filter(None, [found.type, *found.modes])) or "no listed happening"
    rows.add_row(Text("what", "dim"), Text(kind))
    rows.add_row(Text("when", "dim"), Text("no report says which day" if found.earliest is None else _when(found)))
    where = "; ".join(f"{words.quoted(place.exact)} {words.where(place)}" for place in found.places)
    rows.add_row(Text("where", "dim"), Text(where or "no report says where"))
    return rows


def _counts_line(found: Event) -> str:
    return f"{counted(found)}, {words.many(len(found.claims), 'claim')}"


def sources(found: Event, collection: Collection) -> Iterator[RenderableType]:
    """Yield each independent source with its reports and why they count as one."""
    for number, (members, why) in enumerate(zip(found.independent, found.why, strict=True), start=1):
        line = Text(f"{number}  ", "bold yellow")
        line.append(" ← ".join(words.one_line(_report(name, collection)) for name in members))
        yield line
        yield Padding(Text(words.one_line(why), "dim"), (0, 0, 0, 3))


def edits(rows: Sequence[Edited], collection: Collection) -> Iterator[RenderableType]:
    """Yield for each copy the words it changed, the first ones where they are many."""
    for row in rows:
        line = Text(f"{words.one_line(collection.names[row.document])}: ", "bold")
        line.append("; ".join(map(_change, row.changes[:MOST_CHANGES])) or "nothing", "dim")
        if len(row.changes) > MOST_CHANGES:
            line.append(f"; and {len(row.changes) - MOST_CHANGES} more changes", "dim")
        yield line


def _change(change: Change) -> str:
    """Return one change in words."""
    before, after = (span and words.quoted(_cut(span.exact, LONGEST_CHANGE)) for span in (change.left, change.right))
    if before and after:
        return f"{before} became {after}"
    return f"{before} left out" if before else f"{after} added"


def _cut(exact: str, longest: int) -> str:
    plain = " ".join(exact.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _report(name: str, collection: Collection) -> str:
    publisher, published = collection.publisher(name), collection.published(name)
    return (
        f"{collection.names[name]} ({', '.join(filter(None, [publisher, published]))})"
        if publisher or published
        else collection.names[name]
    )


def told(found: Event, collection: Collection) -> Iterator[RenderableType]:
    """Yield every claim of an event in its own words, by report and place in the text."""
    order = sorted(
        found.claims,
        key=lambda ref: (collection.published(ref.document) or "9999", ref.document, _start(ref, collection)),
    )
    for document, refs in groupby(order, key=lambda ref: ref.document):
        yield Text(words.one_line(_report(document, collection)), "bold")
        table = Table.grid(padding=(0, 1))
        table.add_column(ratio=2)
        table.add_column(ratio=3)
        for ref in refs:
            claim = collection.claim(ref)
            if claim.repeats is None:
                table.add_row(
                    Text(words.chain(claim, publisher=collection.publisher(document)), "cyan"), _content(claim)
                )
        yield Padding(table, (0, 0, 0, 2))


def _start(ref: Ref, collection: Collection) -> int:
    return collection.claim(ref).content.start


def _content(claim: Claim) -> Text:
    line = Text(words.quoted(claim.content.exact), "italic")
    if claim.polarity == "negative":
        line.append(" (denied)", "red")
    elif claim.certainty != "certain":
        line.append(f" ({claim.certainty})", "yellow")
    return line


def authors(rows: Sequence[Authorship]) -> Iterator[RenderableType]:
    """Yield who is said to have done it, a line for each way of saying so."""
    if not rows:
        return
    table = _table("", "", "says")
    for row in rows:
        style = {"accused": "red", "claims": "bold", "denied": "green"}.get(row.stands, "")
        table.add_row(
            Text(words.one_line(row.actor), "cyan"), Text(AUTHORED[row.stands], style), _by(row.speaker, row.publisher)
        )
    yield table


def _by(speaker: str, publisher: str | None) -> Text:
    line = Text(words.one_line(speaker))
    if publisher and publisher != speaker:
        line.append(f" in {words.one_line(publisher)}", "dim")
    return line


def _table(*names: str) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, show_header=any(names))
    for name in names:
        table.add_column(name)
    return table


def toll(steps: Sequence[TollStep]) -> Iterator[RenderableType]:
    """Yield the history of a toll, kind by kind: when, how many, who says so, from whom, and how it stands to what was known."""
    for kind, rows in groupby(steps, key=lambda step: step.kind):
        yield Text(words.COUNTED_BY_KIND.get(kind, kind), "bold")
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=2)
        table.add_column(ratio=3)
        for step in rows:
            table.add_row(
                Text(step.published or UNDATED, "" if step.published else "dim"),
                Text(CHANGES[step.change], "red" if step.change in MOVED else "dim"),
                _figure(step),
                _giver(step),
            )
        yield Padding(table, (0, 0, 0, 2))


def _figure(step: TollStep) -> Text:
    """Return a figure as it is told and as it is understood, and whom it counts."""
    told, bounds = step.quantity.exact, words.bounds(step.quantity)
    line = Text(bounds if told.strip() == bounds else f"{bounds} {words.quoted(told)}")
    if step.of:
        line.append(f" ({words.one_line(step.of)})", "dim")
    return line


def _giver(step: TollStep) -> Text:
    """Return who gives a figure, whom it is taken from, and on a line of its own what it changes."""
    who = _by(step.speaker, step.publisher)
    if step.takes and step.takes not in (step.speaker, step.publisher):
        who.append(f", from {words.one_line(step.takes)}", "dim")
    if step.change != "first":
        who.append(f"\n{CHANGED[step.change]}{words.one_line(step.reason)}", "dim")
    return who


def contradictions(found: Sequence[Dispute], collection: Collection) -> Iterator[RenderableType]:
    """Yield the contradictions field by field: each value with who gives it in which words, the first ones of many; none is averaged."""
    for dispute in found:
        line = Text(dispute.field, "bold red")
        line.append(f"  {words.many(len(dispute.sides), 'answer')}, shown, not averaged", "not bold dim")
        yield line
        for side in dispute.sides:
            yield Padding(_side(side, collection), (0, 0, 0, 2))


def _side(side: Side, collection: Collection) -> RenderableType:
    table = Table.grid(expand=True)
    table.add_column()
    line = Text(words.one_line(side.says), "bold")
    if side.room:
        line.append(f"  leaves room for {', '.join(map(words.one_line, side.room))}", "not bold dim")
    table.add_row(line)
    table.add_row(Padding(_voiced([each.ref for each in side.voices[:MOST_VOICES]], collection), (0, 0, 0, 2)))
    if len(side.voices) > MOST_VOICES:
        more = f"and {len(side.voices) - MOST_VOICES} more: --format json has them all"
        table.add_row(Padding(Text(more, "dim"), (0, 0, 0, 2)))
    return table


def comparisons(found: Sequence[Comparison], collection: Collection) -> Iterator[RenderableType]:
    """Yield comparisons of claims two by two: both claims' words once, then a line for each field."""
    for (left, right), fields in groupby(found, key=lambda pair: (pair.left, pair.right)):
        table = _table("", "", "")
        for pair in fields:
            table.add_row(
                Text(pair.field), Text(pair.verdict, VERDICTS[pair.verdict]), Text(words.one_line(pair.reason), "dim")
            )
        yield _voiced((left, right), collection)
        yield Padding(table, (0, 0, 1, 2))


def _voiced(refs: Iterable[Ref], collection: Collection) -> RenderableType:
    """Return who says each of some claims, and in which words."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(ratio=2)
    table.add_column(ratio=3)
    for ref in refs:
        told = collection.told(ref)
        who = _by(told.speaker, collection.publisher(ref.document) or collection.names[ref.document])
        who.stylize("cyan")
        table.add_row(who, _content(told.claim))
    return table


def holdings(found: Holdings, collection: Collection) -> Iterator[RenderableType]:
    """Yield who is said to hold a place, by date, with the gaps between."""
    yield Text(f"Who holds {words.one_line(found.place)}", "bold reverse")
    if not found.rows:
        yield Text("No claim here speaks of holding, taking or losing a place of that name.")
        return
    table = _table("from", "until", "who", "says", "the words")
    gaps = {gap.latest: gap for gap in found.gaps}
    for row in found.rows:
        earlier = [gap for last, gap in gaps.items() if row.earliest and last < row.earliest]
        for gap in earlier:
            table.add_row(Text(f"{gap.earliest} to {gap.latest}: nobody says ({words.many(gap.days, 'day')})", "dim"))
            del gaps[gap.latest]
        since = Text(row.earliest or UNDATED, "" if row.dated_by == "text" else "dim")
        content = Text(words.quoted(collection.claim(row.ref).content.exact), "italic")
        until = Text(row.latest if row.latest and row.latest != row.earliest else "", "")
        table.add_row(
            since,
            until,
            _stands(row, collection.claim(row.ref)),
            Text.assemble(_by(row.speaker, row.publisher), _copied(row.ref.document, found, collection)),
            content,
        )
    yield table
    if any(row.dated_by == "publication" for row in found.rows):
        yield Text("A date in grey is the day the report came out: it gives none itself.", "dim")
    yield from _section("What contradicts what", contradictions(api.disputes(found.disputed, collection), collection))


def _copied(document: str, found: Holdings, collection: Collection) -> Text:
    """Return that a report is a copy of another that is told of here: the same words twice are one source."""
    here = {row.ref.document for row in found.rows}
    for copy in collection.copies_of.get(document, ()):
        other = copy.left if copy.right == document else copy.right
        if other in here and copy.origin == other:
            outlet = collection.publisher(other) or collection.names[other]
            return Text(f" (copies {words.one_line(outlet)})", "dim")
        if other in here and copy.origin is None and other < document:
            return Text(f" (the same words as {words.one_line(collection.names[other])})", "dim")
    return Text("")


def _stands(row: Holding, claim: Claim) -> Text:
    """Return who is said to hold, take or lose the place, or not to."""
    denied = row.stands == "denied" and claim.territory == "gained"
    said = (NOT_TAKEN if denied else STANDS)[row.stands].format(GROUND[row.extent])
    loser = ((" from ", ""), (words.one_line(row.loser), "cyan")) if row.loser else ()
    return Text.assemble((words.one_line(row.holder), "cyan"), f" {said}", *loser)


def framing(rows: Sequence[Framing]) -> Iterator[RenderableType]:
    """Yield the words of each outlet side by side, loaded ones marked, with whose words they are."""
    if not rows:
        return
    table = _table("outlet", "word", "", "in whose voice")
    outlet = None
    for row in rows:
        word = Text(words.quoted(row.word), "underline" if row.loaded else "")
        if row.count > 1:
            word.append(f" ×{row.count}", "dim")
        plain = f"loaded; plainly: {row.neutral}" if row.neutral else "loaded" if row.loaded else ""
        table.add_row(
            Text(words.one_line(row.publisher) if row.publisher != outlet else "", "bold"),
            word,
            Text(plain, "dim"),
            Text(_voices(row.voices)),
        )
        outlet = row.publisher
    yield table


def framing_of_actor(rows: Sequence[Framing]) -> Iterator[RenderableType]:
    """Yield the words for each actor that was meant, under his name."""
    for subject, found in groupby(rows, key=lambda row: row.subject):
        yield Text(f"The words for {words.one_line(subject)}", "bold reverse")
        yield from framing(tuple(found))


def _voices(voices: Mapping[str, int]) -> str:
    return ", ".join("its own" if voice == "-" else words.one_line(voice) for voice in voices)


def missing(rows: Sequence[Missing]) -> Iterator[RenderableType]:
    """Yield what is missing, a line each."""
    for row in rows:
        yield Text.assemble((f"{row.what}: ", "bold"), words.one_line(row.reason))
