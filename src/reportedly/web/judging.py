"""The review's pages: the queue, a claim's card as a piece of them, and forms that judge and take back without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from reportedly.errors import InputError
from reportedly.web import reports, reviewing
from reportedly.web.asking import OwnForm
from reportedly.web.data import desk_of
from reportedly.web.rendering import page

if TYPE_CHECKING:
    from reportedly.records import Document

router = APIRouter()
Named = Annotated[str, Query(max_length=200)]
# Claims with a form each on a page: a report may have thousands.
AT_ONCE = 50


@router.get("/review")
def review(
    request: Request,
    document: Named = "",
    claim: Named = "",
    who: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:
    """The queue of what nobody has looked at; without a script the claims of one report with a form each."""
    desk = desk_of(request)
    name = document or next((each.id for each in desk.store.documents() if each.claims), "")
    shown = reviewing.judged(desk, name) if name else None
    choices = reviewing.choices(desk, document=document or None, claim=claim or None)
    if who.strip():
        choices["who"] = who.strip()
    return page(
        request,
        "review.html",
        report=shown,
        after=after,
        at_once=AT_ONCE,
        choices=choices,
        agreement=reviewing.agreement(desk),
        rates=_rates(shown.document) if shown else {},
    )


@router.get("/review/card")
def card(request: Request, document: Named, claim: Named) -> Response:
    """One claim's card and its report's history, drawn as the reader draws them: a piece of a page, for the page's script."""
    shown = reviewing.judged(desk_of(request), document)
    found = next(((n, row) for n, row in enumerate(shown.claims, 1) if row.claim.id == claim), None)
    if found is None:
        raise InputError(f"this report has no claim {claim!r}", cure="load the page again: it may have been read anew")
    return page(request, "card.html", report=shown, nth=found[0], row=found[1], rates=_rates(shown.document))


@router.post("/review", dependencies=[OwnForm])
def decide(
    request: Request,
    *,
    document: Annotated[str, Form(max_length=200)],
    verdict: Annotated[str, Form(max_length=10)],
    claim: Annotated[str, Form(max_length=200)] = "",
    undoes: Annotated[str, Form(max_length=200)] = "",
    who: Annotated[str, Form(max_length=100)] = "",
    why: Annotated[str, Form(max_length=reviewing.LONGEST)] = "",
) -> Response:
    """Keep a judgement sent by a form, and go back to the report, to the claim that was judged."""
    given = {"document": document, "verdict": verdict, "claim": claim, "undoes": undoes, "who": who.strip(), "why": why}
    kept = reviewing.decide(desk_of(request), given).judgement
    asked = urlencode({"document": document, **({"who": who.strip()} if who.strip() else {})})
    return RedirectResponse(f"/review?{asked}#claim-{kept.target.claim if kept.target else ''}", 303)


def _rates(document: Document) -> Any:
    """Return how often each kind of field is wrong in the document's language, empty where nobody measured."""
    return reports.error_rates()["rows"].get(document.language.value if document.language else "", {})
