"""What the API answers and takes, as records: ``/api/openapi.json`` describes each by its schema, made from the record itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import HTTPException, Request

from reportedly.answers import Authorship, Dispute, Framing, Holdings, Missing, TollStep
from reportedly.gazetteer import Candidate
from reportedly.queries import Counts, Facets, Fate, Hit, Judgement, Page, Stored
from reportedly.records import Claim, Comparison, Copy, Discrepancy, Document, Event, Record, Run
from reportedly.verdicts import Agreement, Judged, standing

LONGEST = 2000
Verdict = Literal["accept", "reject", "correct", "add", "undo"]
Short = Annotated[str, msgspec.Meta(max_length=200)]


class Status(Record, frozen=True, kw_only=True):
    """Whether reports can be read yet, why not (``trouble``), and what the store holds."""

    state: Literal["loading", "ready", "failed"]
    trouble: str
    counts: Counts


class Listing(Record, frozen=True, kw_only=True):
    """Some reports; ``after`` asks for the next ones."""

    rows: tuple[Stored, ...]
    after: int | None = None


class Report(Record, frozen=True, kw_only=True):
    """A report for the eyes of its reader: the document, claims as they stand, judgements that have lost their claim."""

    document: Document
    claims: tuple[Judged, ...]
    orphans: tuple[Judgement, ...]
    judgements: tuple[Judgement, ...]
    discrepancies: tuple[Discrepancy, ...] = ()
    run: Run | None = None

    @property
    def live(self) -> frozenset[str]:
        """The ids of the judgements that nobody took back."""
        return frozenset(each.id for each in standing(self.judgements))


class Queued(Record, frozen=True, kw_only=True):
    """A claim to review: the document it is of, what that is called, the claim as it stands and what people made of it."""

    document: str
    name: str
    claim: Claim
    state: str
    by: tuple[str, ...] = ()


class Queue(Record, frozen=True, kw_only=True):
    """Claims to review, whole reports at a time; ``after`` asks for the next ones."""

    rows: tuple[Queued, ...]
    after: int | None = None


class Drawn(Record, frozen=True, kw_only=True):
    """An event as the list, the map and the timeline draw it. ``points`` are [latitude, longitude, kilometres it may be off, name]."""

    id: str
    title: str
    type: str | None
    earliest: str | None
    latest: str | None
    reported: tuple[str, ...]
    points: tuple[tuple[float, float, float, str], ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    actors: tuple[str, ...]
    outlets: tuple[str, ...]
    reports: int
    independent: int
    contradictions: int
    language: str = ""
    disputed: bool = False


class Telling(Record, frozen=True, kw_only=True):
    """A claim with the id of its document."""

    document: str
    claim: Claim


class Evidence(Record, frozen=True, kw_only=True):
    """An event with its reports, what each is called, its claims, and all that is told of it."""

    event: Event
    documents: tuple[Document, ...]
    claims: tuple[Telling, ...]
    names: dict[str, str]
    copies: tuple[Copy, ...]
    toll: tuple[TollStep, ...]
    authors: tuple[Authorship, ...]
    comparisons: tuple[Comparison, ...]
    framing: tuple[Framing, ...]
    missing: tuple[Missing, ...]
    disputes: tuple[Dispute, ...]
    holdings: tuple[Holdings, ...]


class Judging(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person decides: about a claim of a document (``path`` a field of it, ``replacement`` what stands there instead), a claim
    to add, or a judgement to take back (``undoes``). ``id``, of the sender's making, keeps what is sent twice from being kept twice.
    """

    verdict: Verdict
    document: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    claim: Short = ""
    path: Short = ""
    replacement: Any = None
    why: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""
    who: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    undoes: Short = ""
    id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")] | None = None


class Kept(Record, frozen=True, kw_only=True):
    """A judgement as it was kept, and the claim as it stands now (None where it stands no more)."""

    judgement: Judgement
    claim: Judged | None = None


_REF = "#/components/schemas/{name}"
# One of each that an address answers or takes.
SHAPES: dict[str, Any] = {
    "status": Status,
    "documents": Listing,
    "document": Report,
    "queue": Queue,
    "claims": Page,
    "facets": Facets,
    "search": tuple[Hit, ...],
    "events": tuple[Drawn, ...],
    "event": Evidence,
    "places": tuple[Candidate, ...],
    "read": tuple[Fate, ...],
    "judgements": tuple[Judgement, ...],
    "judging": Judging,
    "kept": Kept,
    "agreement": tuple[Agreement, ...],
}


def _plain(schema: Any) -> Any:
    """Return a schema whose lists of fixed places say only what may stand in any of them: not every reader knows ``prefixItems``."""
    if isinstance(schema, dict):
        made = {key: _plain(value) for key, value in schema.items()}
        if "prefixItems" in made:
            made["items"] = {"anyOf": made.pop("prefixItems")}
        return made
    return [_plain(each) for each in schema] if isinstance(schema, (list, tuple)) else schema


_MADE, _PARTS = msgspec.json.schema_components(tuple(SHAPES.values()), ref_template=_REF)
SCHEMAS: dict[str, Any] = dict(zip(SHAPES, _plain(_MADE), strict=True))
COMPONENTS: dict[str, Any] = _plain(_PARTS)


_OBJECT = {"schema": {"type": "object"}}
GEOJSON: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "GeoJSON (RFC 7946)",
        "content": {"application/json": _OBJECT, "application/geo+json": _OBJECT},
    }
}


def answered(name: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return the description of an answer by its name."""
    return {status: {"description": "What was asked for", "content": {"application/json": {"schema": SCHEMAS[name]}}}}


def taken(name: str) -> dict[str, Any]:
    """Return the description of what is sent, by its name."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": SCHEMAS[name]}}}}


async def judging(request: Request) -> Judging:
    """Return what a person decides, as it was sent. Raises HTTPException where it is none."""
    try:
        return msgspec.json.decode(await request.body(), type=Judging)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(422, f"that is no judgement: {error}") from error
