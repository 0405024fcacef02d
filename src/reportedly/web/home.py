"""The first page: what is there, and a place to put reports, which are read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from reportedly.errors import InputError
from reportedly.web import reports
from reportedly.web.asking import OwnForm
from reportedly.web.data import desk_of
from reportedly.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()
LATEST = 8


@router.get("/")
def home(request: Request) -> Response:
    """What is there, and a place to put a report."""
    return _home(request)


@router.post("/read", dependencies=[OwnForm])
def read(
    request: Request,
    *,
    text: Annotated[str, Form()] = "",
    file: Annotated[list[UploadFile] | None, File()] = None,
    published: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
) -> Response:
    """Read what was pasted and each file that was chosen, and show it; what cannot be read is said, and what was typed stays."""
    desk = desk_of(request)
    given = {"published": published, "publisher": publisher}
    units: list[UploadFile | None] = [each for each in file or () if each.filename]
    if text.strip() or not units:
        units.append(None)
    fates: list[Any] = []
    errors: list[InputError] = []
    for unit in units:
        try:
            fates += reports.taken_in(desk, text=None if unit else text, file=unit, **given)
        except InputError as error:
            errors.append(error)
    if errors:
        return _home(request, errors=errors, fates=fates, given={"text": text, **given})
    if len(fates) == 1 and fates[0].document:
        return RedirectResponse(f"/reports/{fates[0].document}", 303)
    return RedirectResponse("/reports", 303)


def _home(
    request: Request,
    *,
    errors: Sequence[InputError] = (),
    fates: Sequence[Any] = (),
    given: dict[str, str] | None = None,
) -> Response:
    desk = desk_of(request)
    return page(
        request,
        "home.html",
        status=422 if errors else 200,
        counts=desk.store.counts(),
        latest=reports.newest(desk, LATEST),
        errors=errors,
        fates=[each for each in fates if each.document],
        given=given or {"text": "", "published": "", "publisher": ""},
    )
