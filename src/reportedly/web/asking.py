"""What an address asks for: filters from its parameters, and forms that are our own."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Annotated, Any, get_args

from fastapi import Depends, Header, HTTPException, Query, Request

from reportedly.queries import Filter, Near
from reportedly.records import Certainty, Polarity, SourceKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

Words = Annotated[list[str] | None, Query(max_length=50)]
Day = Annotated[str | None, Query(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
NEAR = re.compile(r"^(-?\d{1,3}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?),(\d{1,5}(?:\.\d{1,3})?)$")


def _of(values: list[str] | None, allowed: Iterable[str]) -> tuple[Any, ...]:
    """Return the values that there are: a word that is none leaves nothing, it is not ignored."""
    known = set(allowed)
    for value in values or ():
        if value not in known:
            raise HTTPException(422, f"{value!r} is none of: {', '.join(sorted(known))}")
    return tuple(values or ())


def _near(text: str | None) -> Near | None:
    if not text:
        return None
    found = NEAR.match(text)
    if not found:
        raise HTTPException(422, "near is written as latitude,longitude,kilometres: 33.9,36.3,25")
    lat, lon, km = (float(each) for each in found.groups())
    if abs(lat) > 90 or abs(lon) > 180:
        raise HTTPException(422, "near is off the globe: latitude is up to 90, longitude up to 180")
    return Near(lat=lat, lon=lon, km=km)


def filters(
    *,
    actor: Words = None,
    place: Words = None,
    near: str | None = None,
    since: Day = None,
    until: Day = None,
    type: Words = None,  # noqa: A002 - the parameter's name in the address
    publisher: Words = None,
    source: Words = None,
    certainty: Words = None,
    status: Words = None,
    polarity: Words = None,
    language: Words = None,
    document: Words = None,
    text: Annotated[str | None, Query(max_length=500)] = None,
) -> Filter:
    """Return the claims an address means: of several values in one field any, of several fields all."""
    return Filter(
        actors=tuple(actor or ()),
        places=tuple(place or ()),
        near=_near(near),
        earliest=since,
        latest=until,
        types=tuple(type or ()),
        publishers=tuple(publisher or ()),
        source_kinds=_of(source, get_args(SourceKind)),
        certainties=_of(certainty, get_args(Certainty)),
        statuses=_of(status, get_args(Status)),
        polarities=_of(polarity, get_args(Polarity)),
        languages=tuple(language or ()),
        documents=tuple(document or ()),
        text=text or None,
        repeats=False,
    )


Asked = Annotated[Filter, Depends(filters)]


async def own_form(request: Request, x_csrf_token: Annotated[str | None, Header()] = None) -> None:
    """Refuse what does not carry the token that our own pages carry. A program that shows its bearer token needs none."""
    if request.scope["state"].get("bearer"):
        return
    given = x_csrf_token
    if given is None and request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        value = (await request.form()).get("csrf")
        given = value if isinstance(value, str) else None
    if given is None or not hmac.compare_digest(given.encode(), request.scope["state"]["csrf"].encode()):
        raise HTTPException(403, "This form has expired; load its page again and send it once more.")


OwnForm = Depends(own_form)
