"""The application: routes, errors as pages, the guard around it all."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import reportedly
from reportedly.errors import InputError, ReportedlyError
from reportedly.web import data, guard, home, judging, pages, refusals, rendering, shapes
from reportedly.web.desk import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from reportedly.web.settings import Settings

ABOUT = "Reports and what was read in them: claims, events, judgements. Served from the user's own machine; nothing leaves it."


def create_app(settings: Settings) -> ASGIApp:
    """Return the workbench as an ASGI application. Raises InputError or StoreError where the store cannot be opened."""
    desk = Desk(settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        desk.warm()
        yield
        desk.close()

    app = FastAPI(
        title="Reportedly",
        version=reportedly.__version__,
        summary=ABOUT,
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.openapi = partial(_described, app)  # type: ignore[method-assign]
    app.state.desk = desk
    app.state.settings = settings
    with as_file(files("reportedly.web") / "static") as static:
        app.mount("/static", StaticFiles(directory=static), name="static")
    app.include_router(data.router, prefix="/api", responses=refusals.EVERYWHERE)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(judging.router, include_in_schema=False)
    app.include_router(home.router, include_in_schema=False)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ReportedlyError, _ours)

    async def leased(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        with desk.leasing():
            await app(scope, receive, send)

    return guard.Guard(leased, settings)


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the description of the API, with the schemas of all records that it answers and takes."""
    if app.openapi_schema is None:
        made = FastAPI.openapi(app)
        made.setdefault("components", {}).setdefault("schemas", {}).update(shapes.COMPONENTS)
    return app.openapi_schema or {}


def _answer(request: Request, status: int, reason: str, cure: str = "") -> Response:
    """Return an error as JSON where data was asked for, as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        return rendering.json_response({"error": reason, "cure": cure, "code": status}, status=status)
    return rendering.page(request, "error.html", status=status, code=status, reason=reason, cure=cure)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, error.detail or HTTPStatus(error.status_code).phrase)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}" for each in error.errors())
    return _answer(request, 422, wrong)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReportedlyError)
    # an address that names what is not there, or a request that makes no sense
    status = (404 if "name" in request.path_params else 422) if isinstance(error, InputError) else 503
    return _answer(request, status, error.message, error.cure)
