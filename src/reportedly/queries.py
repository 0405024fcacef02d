"""What is asked of a store, and what it answers: filters, pages, counts, the fate of each input, what changed between versions.

Claims and documents themselves are those of ``records``; nothing here is stored but ``Unit``.
"""

from __future__ import annotations

from typing import Any, Literal

from reportedly.records import Certainty, Claim, Document, Polarity, Record, Ref, SourceKind, Span, Status

# What became of one input: kept, the same as one kept before, not readable, or removed by 'forget' and not to come back.
Outcome = Literal["stored", "duplicate", "refused", "forgotten"]
Kept = Literal["current", "all"]
Kind = Literal["gained", "lost", "changed"]


class Near(Record, frozen=True, kw_only=True):
    """Within ``km`` of a point, in WGS84 degrees."""

    lat: float
    lon: float
    km: float


class Filter(Record, frozen=True, kw_only=True):
    """Which claims are meant: all that is given must hold, and of several values in one field any.

    ``actors`` are canonical names of who did it, suffered it or says it (``roles`` narrows that to some of actors, recipients, chain).
    ``types`` are PLOVER types or ACLED sub-events; ``countries`` ISO codes of two letters, in which a place of the claim lies; ``near``
    is a point or several, of which any. ``earliest`` and ``latest`` are ISO dates: claims of which an anchored time may overlap them;
    ``published_from`` and ``published_to`` bound the day of publication. ``text`` is a query of the full text, of whole reports.
    ``versions``: of a report that was updated, the newest alone, or all. ``repeats``: also claims that repeat another of their report.
    """

    actors: tuple[str, ...] = ()
    roles: tuple[Literal["actors", "recipients", "chain"], ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    near: Near | tuple[Near, ...] | None = None
    earliest: str | None = None
    latest: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    source_kinds: tuple[SourceKind, ...] = ()
    certainties: tuple[Certainty, ...] = ()
    statuses: tuple[Status, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    text: str | None = None
    versions: Kept = "current"
    repeats: bool = True


class Stored(Record, frozen=True, kw_only=True):
    """A document of a store without its text: what lists show. ``version`` counts from 1 among the texts of one address."""

    id: str
    name: str
    sha256: str
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    claims: int = 0
    version: int = 1
    versions: int = 1
    current: bool = True
    run: str = ""
    stored: str = ""


class Row(Record, frozen=True, kw_only=True):
    """One claim as a list shows it, with its document; ``key`` continues a page behind it."""

    key: int
    document: Stored
    claim: Claim


class Page(Record, frozen=True, kw_only=True):
    """Some claims in the order in which they were stored; ``after`` asks for the next page, None where this is the last."""

    rows: tuple[Row, ...]
    after: int | None = None


class Facets(Record, frozen=True, kw_only=True):
    """How many claims and documents a filter leaves, and how many claims have each value of a field, the most frequent first."""

    claims: int
    documents: int
    values: dict[str, tuple[tuple[str, int], ...]]


class Hit(Record, frozen=True, kw_only=True):
    """A document that a query of the full text finds: the words found, in its text, and the claims whose content has some of them."""

    document: Stored
    score: float
    words: tuple[Span, ...] = ()
    snippet: Span | None = None
    claims: tuple[Ref, ...] = ()


class Unit(Record, frozen=True, kw_only=True):
    """One unit of input: the file it is of, and which of the file it is ('' the whole, a line, an offset: as its reader counts)."""

    source: str
    key: str = ""


class Fate(Record, frozen=True, kw_only=True):
    """What became of a unit of input: its document (of a duplicate: the one it is the same as), or why there is none."""

    unit: Unit
    outcome: Outcome
    document: str | None = None
    name: str = ""
    reason: str = ""
    cure: str = ""


class Counts(Record, frozen=True, kw_only=True):
    """What was read and what became of it; ``read == stored + duplicates + refused + forgotten`` always holds.

    ``documents`` and ``claims`` are there now, of all versions. ``stored`` counts inputs whose document is there.
    """

    read: int
    stored: int
    duplicates: int
    refused: int
    forgotten: int
    documents: int
    claims: int


class Edit(Record, frozen=True, kw_only=True):
    """A claim that a later version of a report gained, lost, or tells otherwise; ``fields`` name what differs."""

    kind: Kind
    before: Claim | None = None
    after: Claim | None = None
    fields: tuple[str, ...] = ()


class Versions(Record, frozen=True, kw_only=True):
    """Two texts of one address, one after the other, and how their claims differ."""

    before: Document
    after: Document
    edits: tuple[Edit, ...]


class Forgotten(Record, frozen=True, kw_only=True):
    """What 'forget' removed: how many rows of each table. ``complete`` is False where another process still holds old pages."""

    document: str
    name: str
    removed: dict[str, int]
    complete: bool = True


class Judgement(Record, frozen=True, kw_only=True):
    """What a person decided, and when (ISO 8601, UTC); never changed: a later one with ``undoes`` takes it back.

    ``target`` is a claim (``claim`` '' for the document as a whole), or ``event`` names an event. ``path`` is the field meant
    (``actors.0.name``; '' the whole claim), ``replacement`` what stands there instead, as JSON. ``anchor`` keeps the words judged, so
    that the judgement is found again when the report is read anew; ``beside`` the other claims that had these words, which it is not about.
    """

    id: str
    who: str
    when: str
    target: Ref | None = None
    event: str | None = None
    path: str = ""
    verdict: Literal["accept", "reject", "correct", "add", "undo"] = "accept"
    replacement: Any = None
    why: str = ""
    anchor: Span | None = None
    undoes: str | None = None
    beside: tuple[str, ...] = ()
