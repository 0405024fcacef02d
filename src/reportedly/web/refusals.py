"""How requests are refused, as ``/api/openapi.json`` describes it."""

from __future__ import annotations

from typing import Any

SCHEMA = {
    "type": "object",
    "required": ["error", "cure"],
    "properties": {
        "error": {"type": "string", "description": "what is wrong"},
        "cure": {"type": "string", "description": "what to do, empty where nothing is known"},
        "code": {"type": "integer", "description": "the status of the answer"},
    },
}


def _told(description: str, kind: str = "application/json") -> dict[str, Any]:
    schema = SCHEMA if kind == "application/json" else {"type": "string"}
    return {"description": description, "content": {kind: {"schema": schema}}}


EVERYWHERE: dict[int | str, dict[str, Any]] = {
    401: _told("The server was started with a token, and the request does not show it", "text/plain"),
    421: _told("The Host of the request is no name of this server", "text/plain"),
    422: _told("The request makes no sense: which part of it, and why"),
    503: _told("The store cannot be used just now: why"),
}
NAMED: dict[int | str, dict[str, Any]] = {404: _told("There is nothing of this id or name")}
POSTED: dict[int | str, dict[str, Any]] = {
    400: _told("The form cannot be taken apart"),
    403: _told("The request carries neither the bearer token nor the token of a form of ours"),
    413: _told("More than the server takes at once"),
}
