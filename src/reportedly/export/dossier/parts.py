"""The parts that a dossier shows, as plain data: what ``view`` makes and the page and the Markdown are written from. Nothing is escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportedly.export.dossier.marks import ORDER

if TYPE_CHECKING:
    from reportedly.export.dossier.charts import Held
    from reportedly.export.dossier.charts import Toll as Chart
    from reportedly.export.dossier.maps import Map
    from reportedly.export.dossier.marks import Piece
    from reportedly.export.dossier.timelines import Timeline
    from reportedly.export.dossier.words import Words
    from reportedly.records import Document, Run


class Row(NamedTuple):
    """A line of facts: what it is of, the words of the report ('' none), what they mean, and why that was inferred ('' it is stated)."""

    label: str
    exact: str
    means: tuple[str, ...]
    inferred: str = ""


class Step(NamedTuple):
    """One link of a chain: who says ('' nobody named), who that is, how, and in which words."""

    who: str
    name: str
    act: str
    cue: str


class Said(NamedTuple):
    """A claim: the anchor of its card and of its words in the report, its chain, its words in pieces, badges and facts."""

    anchor: str
    home: str
    chain: tuple[Step, ...]
    pieces: list[Piece]
    kind: str
    badges: tuple[str, ...]
    rows: tuple[Row, ...]
    unsaid: tuple[str, ...]


class Teller(NamedTuple):
    """A report with what it says of an event; ``group`` is the number of the independent source it belongs to, 0 none."""

    report: Report
    group: int
    said: tuple[Said, ...]


class Group(NamedTuple):
    """An independent source: its reports, the root first, and why they count as one."""

    number: int
    reports: tuple[Report | str, ...]
    why: str


class Tie(NamedTuple):
    """Who took it from whom, how that shows, and why."""

    report: Report | str
    on: Report | str
    tie: str
    reason: str


class Value(NamedTuple):
    """One value of a field that claims contradict each other on: in words, the other values it leaves room for, and who gives it."""

    says: str
    room: tuple[str, ...]
    sides: tuple[Side, ...]


class Side(NamedTuple):
    """One who gives a value: who speaks, in which report, in which words, and where they stand."""

    speaker: str
    report: Report
    words: str
    anchor: str


class Figure(NamedTuple):
    """A step of a toll: its number in the drawing, when it came out, how it stands to what was known, the words, their bounds, whom it
    counts ('' nobody named), who says so and in which report, and the outlet it is taken from ('' none).
    """

    number: int
    day: str
    change: str
    exact: str
    bounds: str
    of: str
    speaker: str
    report: Report
    takes: str
    reason: str
    anchor: str


class Toll(NamedTuple):
    """The figures of one kind in the order they were told, and a drawing with its name for each group they count."""

    kind: str
    figures: tuple[Figure, ...]
    charts: tuple[tuple[str, Chart], ...]


class Ground(NamedTuple):
    """Who holds a place: the drawing (None: no day is known); of each claim holder, how he stands to it, since when, who says so, where."""

    place: str
    chart: Held | None
    rows: tuple[tuple[str, str, str, str, Report | None], ...]


class Word(NamedTuple):
    """A word an outlet uses: how often, whether loaded, a plain word for it, in whose voices."""

    word: str
    times: int
    loaded: bool
    neutral: str
    voices: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A report: its number on the page, its name, and what is known of it."""

    number: int
    anchor: str
    document: Document
    run: Run | None
    name: str
    publisher: str
    published: str
    rows: tuple[tuple[str, str, str], ...]  # label, value, where it was found or what more there is
    link: str
    paragraphs: tuple[list[Piece], ...] = ()

    @property
    def outlet(self) -> str:
        """Who published it, else what it is called."""
        return self.publisher or self.name


@dataclass(frozen=True)
class Happening:
    """An event with everything that is told of it."""

    id: str
    anchor: str
    title: str
    what: str
    when: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    map: Map | None
    timeline: Timeline | None
    tellers: tuple[Teller, ...]
    groups: tuple[Group, ...]
    ties: tuple[Tie, ...]
    authors: tuple[tuple[str, str, tuple[str, ...]], ...]
    tolls: tuple[Toll, ...]
    held: tuple[Ground, ...]
    contradictions: tuple[tuple[str, tuple[Value, ...]], ...]
    framing: tuple[tuple[str, tuple[Word, ...]], ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """A whole dossier."""

    words: Words
    happenings: tuple[Happening, ...]
    reports: tuple[Report, ...]
    roles: tuple[str, ...] = field(default=ORDER)
