"""Records to pages and to JSON."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

import reportedly
from reportedly.export.dossier.charts import bounds
from reportedly.web import guard, tongues

if TYPE_CHECKING:
    from starlette.requests import Request

    from reportedly.web.settings import Settings

LANGUAGE = "reportedly_language"


@cache
def environment() -> Environment:
    """Return the templates: everything put into a page is escaped, and a name that is not there is an error."""
    made = Environment(
        # the drawings of an event are those of its dossier
        loader=ChoiceLoader([PackageLoader("reportedly.web"), PackageLoader("reportedly.export.dossier")]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["script"] = script
    made.filters["figure"] = figure
    made.filters["bounds"] = bounds
    return made


def script(value: object) -> Markup:
    """Return JSON for a block of data in a page: no character of it can end the block, whatever a document holds."""
    text = msgspec.json.encode(value).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can close the block


def figure(value: float | None) -> str:
    """Return a number as people write it: 1000.0 is ``1000``."""
    if value is None:
        return "?"
    return f"{value:g}" if value != int(value) else str(int(value))


def tongue_of(request: Request) -> tongues.Tongue:
    """Return the interface's language for a request: by address, the reader's choice, the option of the start, the browser."""
    settings: Settings = request.app.state.settings
    chosen = tongues.choose(
        request.query_params.get("lang"),
        guard.cookies(request.headers).get(LANGUAGE),
        settings.language,
        accept=request.headers.get("accept-language", ""),
    )
    return tongues.Tongue(chosen)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page; ``t`` in its template is the language of the interface."""
    tongue = tongue_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            t=tongue,
            languages=tongues.available(),
            path=request.url.path,
            query=request.url.query,
            csrf=request.scope["state"]["csrf"],
            version=reportedly.__version__,
            who=request.app.state.settings.who,
            desk=request.app.state.desk,
            **values,
        )
    )
    answer = HTMLResponse(text, status_code=status)
    asked = request.query_params.get("lang")
    if asked == tongue.code:
        answer.set_cookie(LANGUAGE, asked, samesite="strict", path="/", max_age=366 * 86400)
    return answer


def json_response(value: object, *, status: int = 200) -> Response:
    """Return records as JSON in the names of the annotation guide."""
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")
