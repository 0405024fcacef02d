"""The options that say which claims are meant, shared by the commands that ask for claims."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

import typer

from reportedly import records
from reportedly.errors import InputError
from reportedly.queries import Filter

if TYPE_CHECKING:
    from reportedly.cli import shell

# What the records allow, as choices.
Kinds = enum.StrEnum("Kinds", list(get_args(records.SourceKind)))  # type: ignore[misc]
Certainties = enum.StrEnum("Certainties", list(get_args(records.Certainty)))  # type: ignore[misc]
Statuses = enum.StrEnum("Statuses", list(get_args(records.Status)))  # type: ignore[misc]
Polarities = enum.StrEnum("Polarities", list(get_args(records.Polarity)))  # type: ignore[misc]


class Roles(enum.StrEnum):
    """In which part of a claim an actor is meant."""

    actors = "actors"
    recipients = "recipients"
    chain = "chain"


Actor = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Who does it, suffers it or says it, in any spelling; may be repeated."),
]
Role = Annotated[
    list[Roles] | None,
    typer.Option(metavar="ROLE", help="Only who does it (actors), suffers it (recipients), says it (chain)."),
]
Place = Annotated[str | None, typer.Option(metavar="PLACE", help="A name, or LAT,LON in degrees.")]
Km = Annotated[float, typer.Option(min=0, help="How far from the place.")]
Country = Annotated[list[str] | None, typer.Option(metavar="CODE", help="The place is in this country (LB).")]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="It may have happened on this day or later.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="It may have happened on this day or before.")]
PublishedFrom = Annotated[str | None, typer.Option(metavar="DATE", help="Reported on this day or later.")]
PublishedTo = Annotated[str | None, typer.Option(metavar="DATE", help="Reported on this day or before.")]
Type = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="ASSAULT, RETREAT ...; see docs/events.md.")
]
Mode = Annotated[list[str] | None, typer.Option(metavar="MODE", help="aerial, arrest ...; see docs/events.md.")]
Publisher = Annotated[list[str] | None, typer.Option(metavar="NAME", help="The outlet.")]
SourceKind = Annotated[list[Kinds] | None, typer.Option(metavar="KIND", help="Who says it: official, witness ...")]
Certainty = Annotated[list[Certainties] | None, typer.Option(metavar="CERTAINTY", help="certain, probable ...")]
Status = Annotated[list[Statuses] | None, typer.Option(metavar="STATUS", help="happened, planned ...")]
Polarity = Annotated[list[Polarities] | None, typer.Option(metavar="POLARITY", help="positive, or negative (denied).")]
Language = Annotated[list[str] | None, typer.Option(metavar="CODE", help="The report's language (fr).")]
AllVersions = Annotated[bool, typer.Option("--all-versions", help="Also the older texts of reports that were updated.")]


@dataclass
class Question:
    """What filters the user gave, in the words of the command line."""

    actor: Actor = None
    role: Role = None
    place: Place = None
    km: Km = 25
    country: Country = None
    since: Since = None
    until: Until = None
    published_from: PublishedFrom = None
    published_to: PublishedTo = None
    type_: Type = None
    mode: Mode = None
    publisher: Publisher = None
    source_kind: SourceKind = None
    certainty: Certainty = None
    status: Status = None
    polarity: Polarity = None
    language: Language = None
    all_versions: AllVersions = False

    def filter(self, run: shell.Shell, **more: Any) -> Filter:
        """Return the filter meant, saying on the terminal what names were taken for."""
        from reportedly import api

        fields: dict[str, Any] = {
            "roles": self.role,
            "modes": self.mode,
            "publishers": self.publisher,
            "source_kinds": self.source_kind,
            "certainties": self.certainty,
            "statuses": self.status,
            "polarities": self.polarity,
            "languages": self.language,
            "types": [name.upper() for name in self.type_ or ()],
            "actors": [name for actor in self.actor or () for name in _named(actor, run)],
            "earliest": _date(self.since, "--from"),
            "latest": _date(self.until, "--to"),
            "published_from": _date(self.published_from, "--published-from"),
            "published_to": _date(self.published_to, "--published-to"),
            "versions": "all" if self.all_versions else "current",
        }
        if self.place:
            meant = api.surroundings(self.place, km=self.km, countries=self.country or ())
            _tell(run, f"place: {meant.said}" if meant.said else "")
            fields |= {"near": meant.near, "places": meant.places}
        given: dict[str, Any] = {
            field: tuple(value) if isinstance(value, list) else value for field, value in fields.items() if value
        }
        return Filter(**given, **more)


def _named(actor: str, run: shell.Shell) -> tuple[str, ...]:
    from reportedly import api

    names = api.actor_names(actor)
    if names != (actor,):
        _tell(run, f"actor: {actor} is {' or '.join(names)}")
    return names


def _tell(run: shell.Shell, words: str) -> None:
    if words and run.err.is_terminal:
        run.err.print(words, style="dim", markup=False, highlight=False)


def _date(day: str | None, option: str) -> str | None:
    try:
        if day is None or date.fromisoformat(day).isoformat() == day:
            return day
    except ValueError:
        pass
    raise InputError(f"{option} {day!r} is not a date", cure="write it as YYYY-MM-DD, for example 2015-06-09")


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options of a Question, in front of its own; it is given them as ``asked``."""
    hints = get_type_hints(Question, include_extras=True)
    names = [field.name for field in fields(Question)]
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(Question)
    ]
    own = [each for each in inspect.signature(command, eval_str=True).parameters.values() if each.name != "asked"]
    positional = [each for each in own if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    parameters = [*positional, *options, *(each for each in own if each not in positional)]

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        asked = Question(**{name: given.pop(name) for name in names})
        command(asked=asked, **given)

    del with_options.__dict__["__wrapped__"]
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {each.name: each.annotation for each in parameters}
    return with_options
