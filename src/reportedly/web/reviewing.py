"""Judgements on the workbench: what a person decided is in the store, for good, before the answer goes out."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from reportedly import verdicts
from reportedly.errors import InputError
from reportedly.queries import Judgement
from reportedly.records import Certainty, EntityKind, QuantityKind, Ref, Span, Status
from reportedly.web.shapes import LONGEST, Kept, Report

if TYPE_CHECKING:
    from reportedly.records import Claim, Document, Reading
    from reportedly.web.desk import Desk

VERDICTS = ("accept", "reject", "correct", "add", "undo")
ID = re.compile(r"[0-9a-f]{16}\Z")


def judged(desk: Desk, name: str) -> Report:
    """Return a report as people left it. Raises InputError where there is none."""
    reading = desk.store.machine(name)
    made = tuple(desk.store.judgements(document=reading.document.id))
    claims, orphans = verdicts.judged(reading.document, reading.claims, made)
    return Report(
        document=reading.document,
        claims=tuple(claims),
        orphans=tuple(orphans),
        judgements=made,
        # those of claims as they stand: what was rejected disagrees with nothing
        discrepancies=desk.store.document(reading.document.id).discrepancies,
        run=reading.run,
    )


def decide(desk: Desk, given: dict[str, Any]) -> Kept:
    """Keep a judgement; return it with the claim as it stands now. Raises InputError where it is about nothing, or makes no claim."""
    who = given.get("who") or desk.settings.who
    verdict = given.get("verdict")
    if not isinstance(who, str) or len(who) > 100 or verdict not in VERDICTS:
        raise InputError(f"a judgement needs a verdict: one of {', '.join(VERDICTS)}")
    document = given.get("document")
    if not isinstance(document, str) or not document:
        raise InputError("a judgement needs the document it is about")
    with desk.writing() as store:
        reading = store.machine(document)
        before = tuple(store.judgements(document=reading.document.id))
        kept = _kept(given, before, who)
        judgement = kept or (_undo if verdict == "undo" else _made)(given, reading, before, who)
        after, orphans = verdicts.judged(reading.document, reading.claims, before if kept else (*before, judgement))
        if kept is None:
            _refuse(reading.document, judgement, after, orphans)
            store.judge(judgement)
    undone = next((each for each in before if each.id == judgement.undoes), judgement)
    claim = verdicts.claim_of(reading.claims, undone)
    return Kept(judgement=judgement, claim=next((row for row in after if row.claim.id == claim), None))


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
    """Return the judgement that was sent. Raises InputError where it is about no claim."""
    name, verdict = _text(given, "claim"), given["verdict"]
    facts: dict[str, Any] = {"path": _text(given, "path"), "replacement": given.get("replacement")}
    if verdict != "add":
        claim = _claim(reading, before, name)
        words = verdicts.words(claim)
        facts["anchor"] = Span(start=words.start, end=words.end, exact=words.exact)
        facts["beside"] = verdicts.beside(reading.claims, claim)
    return _judgement(given, who, target=Ref(document=reading.document.id, claim=name), **facts)


def _claim(reading: Reading, before: tuple[Judgement, ...], name: str) -> Claim:
    """Return the claim of this id as it was first made, by the machine or a person: a judgement is anchored to those words."""
    added = (verdicts.added(each) for each in before if each.verdict == "add" and verdicts.name_added(each) == name)
    found = next((claim for claim in reading.claims if claim.id == name), None) or next(added, None)
    if found is None:
        raise InputError(f"this report has no claim {name!r}", cure="load the page again: it may have been read anew")
    return found


def _undo(given: dict[str, Any], reading: Reading, before: tuple[Judgement, ...], who: str) -> Judgement:
    undoes = _text(given, "undoes")
    meant = next((each for each in before if each.id == undoes), None)
    if meant is None:
        raise InputError(
            f"{reading.document.name} has no judgement {undoes!r} to take back", cure="its history has their ids"
        )
    return _judgement(given, who, target=meant.target, undoes=undoes, anchor=meant.anchor)


def _judgement(given: dict[str, Any], who: str, **facts: Any) -> Judgement:
    # to the microsecond: what one person decides in one moment is one act
    when = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    name = given.get("id") or secrets.token_hex(8)
    return Judgement(id=name, who=who, when=when, verdict=given["verdict"], why=_text(given, "why"), **facts)


def _refuse(document: Document, judgement: Judgement, after: list[verdicts.Judged], orphans: list[Judgement]) -> None:
    """Raise InputError, naming the field and the cure, where a judgement cannot be followed: nothing is kept of it."""
    if judgement not in orphans:
        return
    if judgement.verdict == "add":
        verdicts.checked(document, verdicts.added(judgement))
    name = judgement.target.claim if judgement.target else ""
    row = next((row for row in after if row.claim.id == name), None)
    if row and judgement.verdict == "correct":
        claim = verdicts.corrected(row.claim, judgement.path, judgement.replacement)
        verdicts.checked(document, claim, before=row.claim)
    raise InputError(f"there is no claim {name!r} any more", cure="load the page again: somebody has taken it back")


def choices(desk: Desk, *, document: str | None, claim: str | None) -> dict[str, Any]:
    """Return what a person may choose from when correcting, and where the queue begins."""
    return {
        "types": tuple(verdicts.vocabulary()),
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
