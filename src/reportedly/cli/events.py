"""The commands about many reports: ``group``, ``event``, ``compare``, ``toll``, ``holds``, ``framing``."""

from __future__ import annotations

import enum
import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli import shell
from reportedly.cli.questions import Question, filtered
from reportedly.cli.redaction import Machine, Redact, kept_out, redaction_of
from reportedly.cli.sources import First, Sources, checked
from reportedly.queries import Filter
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.api import Collection, Redaction
    from reportedly.records import Event, Reading, Record


class Format(enum.StrEnum):
    """How answers are written."""

    pretty = "pretty"
    json = "json"


Asked = Annotated[Format, typer.Option("--format", help="For people or for programs.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file.")]
EventId = Annotated[
    str, typer.Argument(metavar="EVENT", help="Its id, the beginning of it, or its number in the list of 'group'.")
]
FEWEST_SHOWN = 2


@filtered()
def group(
    sources: Sources,
    *,
    asked: Question,
    format_: Asked = Format.pretty,
    everything: Annotated[bool, typer.Option("--all", help="Also the events that a single claim tells of.")] = False,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="Group a store anew although no claim came, went or was judged otherwise (after an update)."
        ),
    ] = False,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Group the claims of many reports by the happening they seem to tell of.

    An event is a hypothesis, never a merge: its claims stay whole, each with its own sources. Beside it stands how many of its reports
    are sources of their own, and what they contradict each other on. The JSON has every event, also those of one claim. The events of a
    store are kept in it until documents come or go. With the filters of 'claims': the events that have a claim which meets them all; each
    keeps its number.

    \b
      reportedly ingest reports/ --store reports.db
      reportedly group reports.db
      reportedly read *.txt --format json > claims.jsonl
      reportedly group claims.jsonl
      reportedly group claims.jsonl --format json > events.json
      reportedly group reports.db --actor Daech --from 2015-06-01
      reportedly group reports.db --redact names.txt
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        # before the work: what cannot be meant is refused at once
        checked(sources)
        query = asked.filter(run)
        collection, found = _events(sources, run, redaction_of(redact), anew=anew, machine=machine)
        query = _of_documents(query, collection)
        meant = found if query == Filter() else api.events_asked(found, collection, query)
        if format_ is Format.json:
            run.write(api.to_events(meant, collection))
        else:
            least = 1 if everything else FEWEST_SHOWN
            run.show(events.overview(found, least_claims=least, meant={each.id for each in meant}))
        run.answered = len(collection.reads)


def _of_documents(query: Filter, collection: Collection) -> Filter:
    """Return the filter with the ids of the documents that it has by name."""
    from reportedly import api

    named = tuple(api.document_named(name, collection.documents.values()) for name in query.documents)
    return msgspec.structs.replace(query, documents=named)


def event(
    event_id: EventId,
    sources: Sources,
    *,
    format_: Asked = Format.pretty,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Print one event: who tells it, how independent they are, who says what, what contradicts what, and what is missing.

    \b
      reportedly event 1 claims.jsonl
      reportedly event 8bb1e605f1 reports.db --format json
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        collection, one = _event(First(event_id, "event", "event"), sources, run, redaction_of(redact), machine=machine)
        found, edits = api.answers(one, collection), api.edits(one, collection)
        if format_ is Format.json:
            rows = {"toll": found.toll, "authors": found.authors, "missing": found.missing, "words": found.framing}
            made: dict[str, Any] = json.loads(api.to_events([one], collection))[0]
            made |= {name: api.to_answers(each, collection) for name, each in (rows | {"edits": edits}).items()}
            run.write(_written(made))
        else:
            run.show(events.event(one, collection, found, edits))
        run.answered = 1


def compare(
    event_id: EventId,
    sources: Sources,
    *,
    format_: Asked = Format.pretty,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Compare the claims of an event field by field: what agrees, is compatible, vaguer, contradicts, or silent, and why.

    First every contradiction, then the fullest claims of the independent sources, two by two.

    \b
      reportedly compare 1 reports.db
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        collection, one = _event(
            First(event_id, "event", "compare"), sources, run, redaction_of(redact), machine=machine
        )
        found = api.comparisons(one, collection)
        _answer(
            run,
            format_,
            found,
            collection,
            events.comparisons(found, collection),
            nothing="There is nothing to compare: one source tells it.",
        )


def toll(
    event_id: EventId,
    sources: Sources,
    *,
    format_: Asked = Format.pretty,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Print the history of an event's toll: who gave which figure, when, from whom, and whether it raised or lowered what was known.

    \b
      reportedly toll 1 reports.db
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        collection, one = _event(First(event_id, "event", "toll"), sources, run, redaction_of(redact), machine=machine)
        found = api.toll(one, collection)
        _answer(run, format_, found, collection, events.toll(found), nothing="No claim of it says how many.")


def holds(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A name as a report spells it, in any script.")],
    sources: Sources,
    *,
    format_: Asked = Format.pretty,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Print who is said to hold a place, by date and by claimant, with the days that nobody speaks of.

    \b
      reportedly holds "Tallet Abdel Haq" reports.db
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        checked(sources, first=First(place, "place", "holds"))
        redaction = redaction_of(redact)
        collection = _collection(sources, run, redaction, machine=machine)
        found = api.holdings(redaction.string(place) if redaction else place, collection)
        if format_ is Format.json:
            run.write(_written(api.to_answers([found], collection)[0]))
        else:
            run.show(events.holdings(found, collection))
        run.answered = len(collection.reads)


def framing(
    actor: Annotated[
        str, typer.Argument(metavar="ACTOR", help="In any spelling, or in words that a report has for him.")
    ],
    sources: Sources,
    *,
    format_: Asked = Format.pretty,
    redact: Redact = None,
    machine: Machine = False,
    output: Output = None,
) -> None:
    """Print the words each outlet uses for an actor, side by side, and in whose voice.

    \b
      reportedly framing "al-Nusra Front" reports.db
    """
    from reportedly import api
    from reportedly.present import events

    with shell.running(output, end=shell.UNCHANGED) as run:
        checked(sources, first=First(actor, "actor", "framing"))
        redaction = redaction_of(redact)
        collection = _collection(sources, run, redaction, machine=machine)
        actor = redaction.string(actor) if redaction else actor
        found = api.framing(actor, collection)
        _answer(
            run, format_, found, collection, events.framing_of_actor(found), nothing=f"No claim here names {actor}."
        )


def _answer(
    run: shell.Shell,
    format_: Format,
    found: Sequence[Record],
    collection: Collection,
    shown: Iterator[Any],
    *,
    nothing: str,
) -> None:
    """Write rows of one kind as JSON or for the terminal."""
    from reportedly import api

    if format_ is Format.json:
        run.write(_written(api.to_answers(found, collection)))
    elif found:
        run.show(shown)
    else:
        run.write(f"{nothing}\n")
    run.answered = len(collection.reads)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _collection(
    sources: list[str], run: shell.Shell, redaction: Redaction | None = None, *, machine: bool = False
) -> Collection:
    """Return the claims of all sources, without the names to keep out; lines that hold none are listed."""
    from reportedly import api

    def reads() -> Iterator[Reading]:
        for source in sources:
            if api.is_store(source):
                yield from api.stored_readings(source, machine=machine)
                continue
            for read in api.read_claims(shell.standard_input().buffer if source == "-" else source):
                if isinstance(read, Problem):
                    run.fail(read)
                else:
                    yield read

    with nullcontext() if shell.is_typed(sources, "the claims") else run.busy("reading claims"):
        return api.collect(map(kept_out(redaction), reads()))


def _events(
    sources: list[str], run: shell.Shell, redaction: Redaction | None, *, anew: bool = False, machine: bool = False
) -> tuple[Collection, tuple[Event, ...]]:
    """Return the claims of all sources and their events, those that a store keeps where it is the only source.

    Where names are kept out the events are made from the copies, and none is kept: those of a store have the names in their titles. Nor is
    any kept that is made of what the machine read alone.
    """
    from reportedly import api

    if redaction is None and not machine and len(sources) == 1 and api.is_store(sources[0]):
        with run.busy("grouping"):
            return api.stored_events(sources[0], anew=anew)
    collection = _collection(sources, run, redaction, machine=machine)
    with run.busy("grouping"):
        return collection, api.events(collection)


def _event(
    asked: First, sources: list[str], run: shell.Shell, redaction: Redaction | None, *, machine: bool
) -> tuple[Collection, Event]:
    """Return the event that is meant, or end with the exit code of wrong usage."""
    from reportedly import api

    checked(sources, first=asked)
    collection, found = _events(sources, run, redaction, machine=machine)
    return collection, api.named_event(found, asked.value)
