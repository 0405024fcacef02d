"""The same as data: JSON for programs and for the page's own script, described at ``/api/openapi.json``."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, Response, UploadFile

from reportedly.web import refusals, reports, reviewing, shapes
from reportedly.web.asking import Asked, OwnForm
from reportedly.web.desk import Desk
from reportedly.web.rendering import json_response
from reportedly.web.selecting import Selected

router = APIRouter(tags=["data"])
Name = Annotated[str, Path(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=500)]


def desk_of(request: Request) -> Desk:
    """Return what the server works with."""
    desk: Desk = request.app.state.desk
    return desk


@router.get(
    "/status", summary="Whether reports can be read yet, and what the store holds", responses=shapes.answered("status")
)
def status(request: Request) -> Response:
    """Answer ``state`` (loading, ready, failed), ``trouble`` and the store's counts."""
    desk = desk_of(request)
    return json_response(shapes.Status(state=desk.state, trouble=desk.trouble, counts=desk.store.counts()))


@router.get(
    "/documents",
    summary="The reports that have a claim the filter leaves; without one all",
    responses=shapes.answered("documents"),
)
def documents(
    request: Request, asked: Asked, *, after: Annotated[int, Query(ge=0, le=2**40)] = 0, limit: Limit = 50
) -> Response:
    """Answer reports without their texts."""
    return json_response(reports.listed(desk_of(request), asked, after=after, limit=limit))


@router.get(
    "/documents/{name}",
    summary="One report: its text and its claims",
    responses=refusals.NAMED | shapes.answered("document"),
)
def document(request: Request, name: Name) -> Response:
    """Answer the document, its claims as people have corrected them, and their judgements."""
    return json_response(reviewing.judged(desk_of(request), name))


@router.get("/queue", summary="Claims to review, in the order of their reports", responses=shapes.answered("queue"))
def queue(
    request: Request,
    *,
    document: Annotated[str | None, Query(max_length=200)] = None,
    seen: Annotated[bool, Query(description="Also claims that somebody judged")] = False,
    after: Annotated[int, Query(ge=0, le=2**40)] = 0,
    limit: Limit = 50,
) -> Response:
    """Answer claims that nobody has judged, of whole reports until there are ``limit``, and ``after`` for the next ones."""
    found = reports.queue(desk_of(request), document=document, seen=seen, after=after, limit=limit)
    return json_response(found)


@router.get("/claims", summary="Claims, a page at a time", responses=shapes.answered("claims"))
def claims(
    request: Request, asked: Asked, *, after: Annotated[int, Query(ge=0, le=2**53)] = 0, limit: Limit = 50
) -> Response:
    """Answer rows and ``after`` for the next page."""
    return json_response(desk_of(request).store.page(asked, after=after, limit=limit))


@router.get("/facets", summary="How many claims a filter leaves, by field", responses=shapes.answered("facets"))
def facets(request: Request, asked: Asked) -> Response:
    """Answer counts by field and value."""
    return json_response(desk_of(request).store.facets(asked))


@router.get("/search", summary="Reports whose text has these words", responses=shapes.answered("search"))
def search(
    request: Request, asked: Asked, q: Annotated[str, Query(min_length=1, max_length=500)], limit: Limit = 20
) -> Response:
    """Answer hits, the best first."""
    return json_response(desk_of(request).store.search(q, asked, limit=limit))


@router.get(
    "/events",
    summary="The events of a selection, as the map and the timeline draw them",
    responses=shapes.answered("events"),
)
def events(request: Request, chosen: Selected) -> Response:
    """Answer a row an event: id, title, type, days, points, reports, independent sources, contradictions, actors."""
    return json_response(reports.selected(desk_of(request), chosen))


@router.get(
    "/events/{name}", summary="One event with its evidence", responses=refusals.NAMED | shapes.answered("event")
)
def event(request: Request, name: Name) -> Response:
    """Answer the event, its toll, authors, comparisons, framing and what is missing."""
    return json_response(reports.evidence(desk_of(request), name))


@router.get("/places", summary="Places of a name, the likeliest first", responses=shapes.answered("places"))
def places(request: Request, name: Annotated[str, Query(min_length=1, max_length=100)]) -> Response:
    """Answer candidates with coordinates."""
    return json_response(reports.candidates(desk_of(request), name))


@router.get("/boundaries", summary="The user's own boundary file, as GeoJSON", responses=shapes.GEOJSON)
def boundaries(request: Request) -> Response:
    """Answer the file given at the start, an empty collection where none was."""
    path = request.app.state.settings.boundaries
    if path is None:
        return json_response({"type": "FeatureCollection", "features": []})
    return Response(path.read_bytes(), media_type="application/geo+json")


@router.post(
    "/read",
    summary="Read a report: a text or a file",
    dependencies=[OwnForm],
    status_code=201,
    responses=refusals.POSTED | shapes.answered("read", 201),
)
def read(
    request: Request,
    text: Annotated[str | None, Form(max_length=1_000_000)] = None,
    file: Annotated[UploadFile | None, File()] = None,
    published: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Answer what became of each report of it, with the document to open."""
    return json_response(
        reports.taken_in(desk_of(request), text=text, file=file, published=published, publisher=publisher), status=201
    )


@router.get("/judgements", summary="What people decided, in order", responses=shapes.answered("judgements"))
def judgements(request: Request, document: Annotated[str | None, Query(max_length=200)] = None) -> Response:
    """Answer judgements, those taken back too."""
    return json_response(list(desk_of(request).store.judgements(document=document)))


@router.post(
    "/judgements",
    summary="Accept, reject, correct, add, or take one back",
    dependencies=[OwnForm],
    status_code=201,
    responses=refusals.POSTED | shapes.answered("kept", 201),
    openapi_extra=shapes.taken("judging"),
)
def judge(request: Request, given: Annotated[shapes.Judging, Depends(shapes.judging)]) -> Response:
    """Answer the judgement as it was kept and the claim as it stands now."""
    return json_response(reviewing.decide(desk_of(request), msgspec.structs.asdict(given)), status=201)


@router.get(
    "/agreement", summary="How far the people who judged agree: Cohen's kappa", responses=shapes.answered("agreement")
)
def agreement(request: Request) -> Response:
    """Answer a row a pair of people."""
    return json_response(reviewing.agreement(desk_of(request)))
