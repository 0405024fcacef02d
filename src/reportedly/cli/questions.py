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
Place = Annotated[
    list[str] | None, typer.Option(metavar="PLACE", help="A name, or LAT,LON in degrees; may be repeated.")
]
Km = Annotated[float, typer.Option(min=0, help="How far from the place.")]
Country = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="A place of the claim lies in this country (LB); with --place: that place does."),
]
Since = Annotated[
    str | None, typer.Option("--from", "--since", metavar="DATE", help="It may have happened on this day or later.")
]
Until = Annotated[
    str | None, typer.Option("--to", "--until", metavar="DATE", help="It may have happened on this day or before.")
]
PublishedFrom = Annotated[str | None, typer.Option(metavar="DATE", help="Reported on this day or later.")]
PublishedTo = Annotated[str | None, typer.Option(metavar="DATE", help="Reported on this day or before.")]
Type = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="ASSAULT, RETREAT ... (docs/claims.md), or ACLED's: 'Armed clash'."),
]
Mode = Annotated[list[str] | None, typer.Option(metavar="MODE", help="aerial, arrest ... (docs/claims.md).")]
Publisher = Annotated[list[str] | None, typer.Option(metavar="NAME", help="The outlet.")]
SourceKind = Annotated[list[Kinds] | None, typer.Option(metavar="KIND", help="Who says it: official, witness ...")]
Certainty = Annotated[list[Certainties] | None, typer.Option(metavar="CERTAINTY", help="certain, probable ...")]
Status = Annotated[list[Statuses] | None, typer.Option(metavar="STATUS", help="happened, planned ...")]
Polarity = Annotated[list[Polarities] | None, typer.Option(metavar="POLARITY", help="positive, or negative (denied).")]
Language = Annotated[list[str] | None, typer.Option(metavar="CODE", help="The report's language (fr).")]
Words = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help="Of reports with these words, as 'search' finds them.")
]
Document = Annotated[list[str] | None, typer.Option(metavar="DOCUMENT", help="Of this report (its id or name).")]
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
    text: Words = None
    document: Document = None
    all_versions: AllVersions = False

    def filter(self, run: shell.Shell, identified: Callable[[str], str] | None = None) -> Filter:
        """Return the filter meant, saying on the terminal what names were taken for.

        ``identified`` gives the id of the report that a name or a beginning of an id means; raises InputError where none is.
        """
        from reportedly import api

        self._fits()
        fields: dict[str, Any] = {
            "roles": self.role,
            "modes": [api.mode_name(name) for name in self.mode or ()],
            "publishers": self.publisher,
            "source_kinds": self.source_kind,
            "certainties": self.certainty,
            "statuses": self.status,
            "polarities": self.polarity,
            "languages": [_language(code) for code in self.language or ()],
            "types": [api.type_name(name) for name in self.type_ or ()],
            "actors": [name for actor in self.actor or () for name in _named(actor, run)],
            "earliest": self.since,
            "latest": self.until,
            "published_from": self.published_from,
            "published_to": self.published_to,
            "text": self.text,
            "documents": [identified(name) if identified else name for name in self.document or ()],
            "versions": "all" if self.all_versions else "current",
        }
        countries = tuple(api.country_code(name) for name in self.country or ())
        fields |= self._where(run, countries) if self.place else {"countries": countries}
        given: dict[str, Any] = {
            field: tuple(value) if isinstance(value, list) else value for field, value in fields.items() if value
        }
        return Filter(**given)

    def _where(self, run: shell.Shell, countries: tuple[str, ...]) -> dict[str, Any]:
        """Return the parts of the filter that the places mean; the countries tell places of one name apart. Raises InputError."""
        from reportedly import api

        found = [api.surroundings(place, km=self.km, countries=countries) for place in self.place or ()]
        for meant in found:
            _tell(run, f"place: {meant.said}" if meant.said else "")
        near, places = [meant.near for meant in found if meant.near], [n for meant in found for n in meant.places]
        if near and places:
            raise InputError(
                f"{places[0]!r} is sought by name, the others by distance", cure="ask for it in a command of its own"
            )
        return {"near": near[0] if len(near) == 1 else near, "places": places}

    def _fits(self) -> None:
        """Refuse days that are none or in the wrong order, and an option that asks nothing without another."""
        for option, day in (
            ("--from", self.since),
            ("--to", self.until),
            ("--published-from", self.published_from),
            ("--published-to", self.published_to),
        ):
            _check_day(day, option)
        for first, last, words in (
            (self.since, self.until, "--from and --to"),
            (self.published_from, self.published_to, "--published-from and --published-to"),
        ):
            if first and last and first > last:
                raise InputError(f"{words}: {first} is after {last}", cure="give the earlier day first")
        if self.role and not self.actor:
            raise InputError("--role says nothing without --actor", cure="name whom you mean: --actor NAME")


def _named(actor: str, run: shell.Shell) -> tuple[str, ...]:
    from reportedly import api

    names = api.actor_names(actor)
    if names != (actor,):
        _tell(run, f"actor: {actor} is {' or '.join(names)}")
    return names


def _tell(run: shell.Shell, words: str) -> None:
    if words and run.err.is_terminal:
        run.err.print(words, style="dim", markup=False, highlight=False)


def _check_day(day: str | None, option: str) -> None:
    try:
        if day is None or date.fromisoformat(day).isoformat() == day:
            return
    except ValueError:
        pass
    raise InputError(f"{option} {day!r} is not a date", cure="write it as YYYY-MM-DD, for example 2015-06-09")


def _language(code: str) -> str:
    from reportedly import api

    if code.lower() not in api.languages():
        raise InputError(f"--language {code}: we do not read it", cure=f"we read {', '.join(api.languages())}")
    return code.lower()


def filtered(*, without: tuple[str, ...] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command the options of a Question but those ``without``, where its ``asked`` stands, which they become."""
    return functools.partial(_filtered, without=without)


def _filtered(command: Callable[..., None], *, without: tuple[str, ...]) -> Callable[..., None]:
    hints = get_type_hints(Question, include_extras=True)
    meant = [field for field in fields(Question) if field.name not in without]
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in meant
    ]
    own = list(inspect.signature(command, eval_str=True).parameters.values())
    at = next(n for n, each in enumerate(own) if each.name == "asked")
    parameters = [*own[:at], *options, *own[at + 1 :]]

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        asked = Question(**{field.name: given.pop(field.name) for field in meant})
        command(asked=asked, **given)

    del with_options.__dict__["__wrapped__"]
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {each.name: each.annotation for each in parameters}
    return with_options
