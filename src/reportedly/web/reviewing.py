"""Judgements on the workbench: what a person decided is in the store, for good, before the answer goes out."""

from __future__ import annotations

import re
import secrets
import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from reportedly import verdicts
from reportedly.errors import InputError
from reportedly.queries import Judgement
from reportedly.records import Certainty, EntityKind, QuantityKind, Record, Ref, Span, Status

if TYPE_CHECKING:
    from reportedly.records import Document, Reading
    from reportedly.web.desk import Desk

VERDICTS = ("accept", "reject", "correct", "add", "undo")
LONGEST = 2000
ID = re.compile(r"[0-9a-f]{16}\Z")


class Report(Record, frozen=True, kw_only=True):
    """A report for the eyes of its reader: the document, claims as they stand, judgements that have lost their claim."""

    document: Any
    claims: tuple[Any, ...]
    orphans: tuple[Judgement, ...]
    judgements: tuple[Judgement, ...]
    discrepancies: tuple[Any, ...] = ()
    run: Any = None


def judged(desk: Desk, name: str) -> Report:
    """Return a report as people left it. Raises InputError where there is none."""
    reading = desk.store.document(name)
    made = tuple(desk.store.judgements(document=reading.document.id))
    claims, orphans = verdicts.judged(reading.document, reading.claims, made)
    return Report(
        document=reading.document,
        claims=tuple(claims),
        orphans=tuple(orphans),
        judgements=made,
        discrepancies=reading.discrepancies,
        run=reading.run,
    )


def decide(desk: Desk, given: dict[str, Any]) -> dict[str, Any]:
    """Keep a judgement; return it with the claim as it stands now. Raises InputError where it is about nothing, or makes no claim."""
    who = given.get("who") or desk.settings.who
    verdict = given.get("verdict")
    if not isinstance(who, str) or len(who) > 100 or verdict not in VERDICTS:
        raise InputError(f"a judgement needs a verdict: one of {', '.join(VERDICTS)}")
    document = given.get("document")
    if not isinstance(document, str) or not document:
        raise InputError("a judgement needs the document it is about")
    with desk.writing() as store:
        reading = store.document(document)
        before = tuple(store.judgements(document=reading.document.id))
        judgement = _kept(given, before, who)
        if judgement is None:
            judgement = _undo(given, before, who) if verdict == "undo" else _made(given, reading, before, who)
            store.judge(judgement)
            before = (*before, judgement)
        after, _ = verdicts.judged(reading.document, reading.claims, before)
    claim = judgement.target.claim if judgement.target else ""
    if judgement.verdict == "add":
        claim = f"human-{judgement.id}"
    return {"judgement": judgement, "claim": next((row for row in after if row.claim.id == claim), None)}


def _kept(given: dict[str, Any], before: tuple[Judgement, ...], who: str) -> Judgement | None:
    """Return the judgement already kept under the id its page gave it: one sent again after a lost answer is kept once.

    Raises InputError where the id is none, or another judgement has it.
    """
    name = given.get("id")
    if name is None:
        return None
    if not isinstance(name, str) or not ID.match(name):
        raise InputError("the id of a judgement is sixteen hexadecimal digits", cure="leave it out: one is made")
    found = next((each for each in before if each.id == name), None)
    if found is not None and (found.verdict, found.who) != (given["verdict"], who):
        raise InputError(f"another judgement has the id {name!r}", cure="leave it out: one is made")
    return found


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise InputError(f"{name} is a text of at most {LONGEST} characters")
    return value


def _made(given: dict[str, Any], reading: Reading, before: tuple[Judgement, ...], who: str) -> Judgement:
    name, path, verdict = _text(given, "claim"), _text(given, "path"), given["verdict"]
    anchor: Span | None = None
    if verdict != "add":
        claims, _ = verdicts.judged(reading.document, reading.claims, before)
        found = next((row.claim for row in claims if row.claim.id == name), None)
        if found is None:
            raise InputError(
                f"this report has no claim {name!r}", cure="load the page again: it may have been read anew"
            )
        words = found.trigger or found.content
        anchor = Span(start=words.start, end=words.end, exact=words.exact)
    replacement = given.get("replacement")
    judgement = Judgement(
        id=given.get("id") or _new_id(),
        who=who,
        when=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        target=Ref(document=reading.document.id, claim=name),
        path=path,
        verdict=verdict,
        replacement=replacement,
        why=_text(given, "why"),
        anchor=anchor,
    )
    _possible(reading.document, judgement, reading, before)
    return judgement


def _possible(document: Document, judgement: Judgement, reading: Reading, before: tuple[Judgement, ...]) -> None:
    """Raise InputError where the judgement would make a claim that is none, or whose words are not the text's own."""
    try:
        rows, _ = verdicts.judged(reading.document, reading.claims, (*before, judgement))
    except (msgspec.ValidationError, TypeError) as error:
        raise InputError(f"that makes no claim: {error}") from error
    for row in rows:
        if judgement.id in row.judgements:
            verdicts.checked(document, row.claim)


def _undo(given: dict[str, Any], before: tuple[Judgement, ...], who: str) -> Judgement:
    undoes = _text(given, "undoes")
    meant = next((each for each in before if each.id == undoes), None)
    if meant is None:
        raise InputError(f"there is no judgement {undoes!r} to take back")
    return Judgement(
        id=given.get("id") or _new_id(),
        who=who,
        when=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        target=meant.target,
        verdict="undo",
        undoes=undoes,
        why=_text(given, "why"),
        anchor=meant.anchor,
    )


def _new_id() -> str:
    return secrets.token_hex(8)


@cache
def types() -> tuple[str, ...]:
    """Return PLOVER's types of happenings (docs/events.md)."""
    text = (files("reportedly") / "types" / "events.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["type"])


def choices(desk: Desk, *, document: str | None, claim: str | None) -> dict[str, Any]:
    """Return what a person may choose from when correcting, and where the queue begins."""
    return {
        "types": types(),
        "certainties": get_args(Certainty),
        "statuses": get_args(Status),
        "kinds": get_args(QuantityKind),
        "entities": get_args(EntityKind),
        "who": desk.settings.who,
        "document": document,
        "claim": claim,
    }


def agreement(desk: Desk) -> list[Any]:
    """Return how far each two people agree, over the whole store."""
    return verdicts.agreement(desk.store.judgements())
