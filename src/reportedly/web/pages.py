"""The pages: all of them read without a script; what the script adds is a quicker hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response

from reportedly.answers import UNKNOWN_OUTLET
from reportedly.export.dossier import charts
from reportedly.web import reports, reviewing
from reportedly.web.asking import Asked
from reportedly.web.data import desk_of
from reportedly.web.rendering import page, tongue_of
from reportedly.web.selecting import Selected, offered

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()
Name = Annotated[str, Path(max_length=200)]
Form_ = Annotated[str, Path(pattern="^(html|md)$")]
AT_ONCE = 50
# Of many who give one value the first are shown, the others on demand.
VOICES_AT_ONCE = 6


@router.get("/reports")
def all_reports(
    request: Request,
    asked: Asked,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[int, Query(ge=0, le=2**40)] = 0,
) -> Response:
    """The reports, or those that have the words searched for."""
    desk = desk_of(request)
    hits = desk.store.search(q, asked, limit=AT_ONCE) if q.strip() else None
    rows = None if hits is not None else reports.listed(desk, asked, after=after, limit=AT_ONCE)
    return page(request, "reports.html", q=q, hits=hits, listing=rows, texts=reports.snippets(hits or ()))


@router.get("/reports/{name}")
def report(request: Request, name: Name) -> Response:
    """One report beside what was read in it."""
    desk = desk_of(request)
    shown = reviewing.judged(desk, name)
    language = shown.document.language.value if shown.document.language else ""
    return page(
        request,
        "report.html",
        report=shown,
        document=shown.document,
        versions=desk.store.versions(name),
        rates=reports.error_rates()["rows"].get(language, {}),
    )


@router.get("/claims")
def claims(request: Request, asked: Asked, after: Annotated[int, Query(ge=0, le=2**53)] = 0) -> Response:
    """Claims by filter, with how many there are of each kind."""
    desk = desk_of(request)
    found = desk.store.page(asked, after=after, limit=AT_ONCE)
    return page(
        request,
        "claims.html",
        found=found,
        facets=desk.store.facets(asked),
        narrowed=partial(_narrowed, request),
        next=_address(request, after=found.after),
        asked=_query(request, after=None),
        words=WORDS,
        rates=reports.error_rates()["rows"],
    )


@router.get("/events")
def all_events(request: Request, chosen: Selected, after: Annotated[int, Query(ge=0, le=2**40)] = 0) -> Response:
    """The events: without a script a list, with it facets, map and timeline over one selection."""
    every = reports.drawn(desk_of(request))
    rows = reports.selected(desk_of(request), chosen)
    more = after + AT_ONCE if after + AT_ONCE < len(rows) else None
    asked = _query(request, after=None)
    following = _address(request, after=more)
    return page(
        request,
        "events.html",
        listing={"rows": rows[after : after + AT_ONCE], "after": more},
        left=len(rows),
        total=len(every),
        chosen=chosen,
        facets=offered(every, chosen),
        asked=asked,
        next=following,
        most=reports.MOST_IN_DOSSIER,
    )


@router.get("/events/{name}")
def event(request: Request, name: Name) -> Response:
    """One event: who says so independently of whom, what contradicts, the toll, the words, what is missing."""
    desk = desk_of(request)
    found = reports.evidence(desk, name)
    drawn = next((each for each in reports.drawn(desk) if each.id == found.event.id), None)
    claims = {(row.document, row.claim.id): row.claim for row in found.claims}
    return page(
        request,
        "event.html",
        **msgspec.structs.asdict(found),
        drawn=drawn,
        by_ref=claims,
        by_name={each.id: each for each in found.documents},
        at_once=VOICES_AT_ONCE,
        unnamed=UNKNOWN_OUTLET,
        rates=reports.error_rates()["rows"],
        tongues={each.id: each.language.value if each.language else "" for each in found.documents},
        charts=charts.tolls(found.toll),
        held=[(each, charts.held(each)) for each in found.holdings],
    )


@router.get("/events/{name}/dossier.{form}")
def dossier(request: Request, name: Name, form: Form_) -> Response:
    """The event as one file that opens anywhere."""
    found = desk_of(request).event(name)
    return _dossier(request, [found.id], form, called=f"event-{found.id[:12]}")


@router.get("/dossier.{form}")
def dossier_of_selection(request: Request, form: Form_, chosen: Selected) -> Response:
    """The events of a selection as one file: those named (``event=ID``, several), or those that the filters of the list leave."""
    names = [row.id for row in reports.selected(desk_of(request), chosen)]
    return _dossier(request, names, form, called=f"events-{len(names)}")


def _dossier(request: Request, names: Sequence[str], form: str, *, called: str) -> Response:
    text = reports.dossier(desk_of(request), names, form=form, language=tongue_of(request).code)
    kind = "text/html" if form == "html" else "text/markdown"
    headers = {"content-disposition": f'attachment; filename="{called}.{form}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


@router.get("/about")
def about(request: Request) -> Response:
    """How far each kind of field is to be trusted: the error rates measured on the sample reports."""
    return page(request, "about.html", rates=reports.error_rates())


# A field of the facets, and the parameter that narrows to a value of it.
FACETS = {"actors": "actor", "recipients": "actor", "sources": "actor", "places": "place", "source_kind": "source"}
# Whose words a field's values are in the interface's phrases.
WORDS = {"source_kind": "source", "counted": "quantity"}


def _narrowed(request: Request, field: str, value: str) -> str:
    """Return this page's address narrowed to a value of a facet."""
    return _address(request, **{FACETS.get(field, field): value}, after=None)


def _address(request: Request, **change: object) -> str:
    """Return this page's address with some parameters changed."""
    return f"{request.url.path}?{_query(request, **change)}"


def _query(request: Request, **change: object) -> str:
    """Return this page's parameters with some changed, the language left out."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in {*change, "lang"}]
    kept += [(name, str(value)) for name, value in change.items() if value is not None]
    return urlencode(kept)
