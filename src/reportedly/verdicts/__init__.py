"""What people decided about claims: which judgements stand, what a claim is after them, which have lost their words, who agrees.

Judgements are only ever added (``queries.Judgement``); nothing here changes one. The machine's claim stays as it was made, the person's
stands beside it (``judged``); in all that is answered the person's stands in its place (``settled``).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Literal

import msgspec

from reportedly import codes
from reportedly.errors import InputError
from reportedly.records import Claim, Record, Review
from reportedly.verdicts import possible, restating
from reportedly.verdicts.possible import misquoted, vocabulary
from reportedly.verdicts.restating import corrected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportedly.queries import Judgement
    from reportedly.records import Discrepancy, Document, Reading, Span

__all__ = [
    "Agreement",
    "Judged",
    "added",
    "agreement",
    "anchored",
    "beside",
    "checked",
    "claim_of",
    "corrected",
    "judged",
    "misquoted",
    "name_added",
    "overlap",
    "settled",
    "standing",
    "vocabulary",
    "words",
]

State = Literal["unseen", "accepted", "rejected", "corrected", "added"]
# Claims share their words when they have at least this part of the longer one in common.
SAME_WORDS = 0.5
REVIEWS: dict[State, Review] = {"accepted": "accepted", "corrected": "corrected", "added": "added"}
# With this the id of a claim begins that a person added.
ADDED = "human-"
# How claims are settled: a store settles anew what an older way settled.
WAY = 1


class Judged(Record, frozen=True, kw_only=True):
    """A claim with what people made of it: the claim as it stands now, as the machine made it (None where a person added it)."""

    claim: Claim
    machine: Claim | None
    state: State = "unseen"
    by: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """How far two people agree on the claims that both judged: Cohen's kappa (None where chance alone would agree as well)."""

    left: str
    right: str
    claims: int
    agreed: int
    kappa: float | None = None


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that nobody took back, in the order made. An 'undo' that is itself undone counts no more."""
    made = list(judgements)
    dead: set[str] = set()
    for each in reversed(made):
        if each.verdict == "undo" and each.undoes and each.id not in dead:
            dead.add(each.undoes)
    return [each for each in made if each.verdict != "undo" and each.id not in dead]


def anchored(
    claims: Sequence[Claim], judgements: Iterable[Judgement]
) -> tuple[dict[str, list[Judgement]], list[Judgement]]:
    """Return the judgements by the claim each is about, and the orphans, whose claim is no longer made.

    A claim that was made anew under another id is found by the words judged: the one that shares most of them, at least half, and that
    nobody saw beside it.
    """
    found: dict[str, list[Judgement]] = defaultdict(list)
    orphans: list[Judgement] = []
    # what is said of a document as a whole is about no claim
    made = [each for each in judgements if each.target is not None and each.target.claim and each.verdict != "add"]
    known = {claim.id for claim in claims}
    judged_by_id = {each.target.claim for each in made if each.target} & known
    moved: dict[str, str | None] = {}
    for each in made:
        name = each.target.claim if each.target else ""
        if name not in known:
            if name not in moved:
                others = {*each.beside, *judged_by_id}
                moved[name] = _nearest([claim for claim in claims if claim.id not in others], each.anchor)
            name = moved[name] or ""
        if name:
            found[name].append(each)
        else:
            orphans.append(each)
    return dict(found), orphans


def claim_of(claims: Sequence[Claim], judgement: Judgement) -> str | None:
    """Return the id of the claim that a judgement is about now: one it adds, or of ``claims`` the one it is anchored to."""
    if judgement.verdict == "add":
        return name_added(judgement)
    if judgement.target and judgement.target.claim.startswith(ADDED):
        return judgement.target.claim
    return next(iter(anchored(claims, [judgement])[0]), None)


def _nearest(claims: Sequence[Claim], anchor: Span | None) -> str | None:
    if anchor is None:
        return None
    best = max(claims, key=lambda claim: (overlap(words(claim), anchor), claim.id), default=None)
    return best.id if best is not None and overlap(words(best), anchor) >= SAME_WORDS else None


def beside(claims: Iterable[Claim], claim: Claim) -> tuple[str, ...]:
    """Return the other claims that have the words of a claim too: what is judged of it is not said of them."""
    at = words(claim)
    return tuple(each.id for each in claims if each.id != claim.id and overlap(words(each), at) >= SAME_WORDS)


def words(claim: Claim) -> Span:
    """Return the words that stand for a claim: its trigger's, else its content's."""
    return claim.trigger or claim.content


def overlap(left: Span, right: Span) -> float:
    """Return how much of the longer of two spans both share: 0 to 1."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return max(0, shared) / max(left.end - left.start, right.end - right.start, 1)


def judged(
    document: Document, claims: Sequence[Claim], judgements: Iterable[Judgement]
) -> tuple[list[Judged], list[Judgement]]:
    """Return every claim as people left it, added ones included, in the order of the text; and the orphans.

    ``claims`` are the machine's. A judgement that cannot be followed any more, such as one on a field of a claim whose lists have changed,
    is an orphan too. What follows from the fields (codes) is derived anew where somebody changed any.
    """
    live = standing(judgements)
    by_claim, orphans = anchored(claims, live)
    added = [made for each in live if each.verdict == "add" and (made := _added(document, each))]
    refused = [each for each in live if each.verdict == "add" and each.id not in {made.judgements[0] for made in added}]
    later, orphans = anchored([each.claim for each in added], orphans)
    void: list[Judgement] = []
    rows = [
        _stands(
            document, Judged(claim=each, machine=each, state=each.review or "unseen"), by_claim.get(each.id, ()), void
        )
        for each in claims
    ]
    rows += [_stands(document, each, later.get(each.claim.id, ()), void) for each in added]
    rows.sort(key=lambda row: (row.claim.content.start, row.claim.content.end, row.claim.id))
    lost = {each.id for each in (*orphans, *refused, *void)}
    return _told_once(_coded(rows)), [each for each in live if each.id in lost]


def settled(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """Return the reading as people left it: what they rejected is gone, what they corrected or added is there, with ``review`` saying so.

    Of a report that nobody judged the same object. ``reading`` is the machine's, or settled before: what it is the outcome of counts once.
    """
    made = [each for each in standing(judgements) if each.id not in reading.judgements]
    rows, orphans = judged(reading.document, reading.claims, made) if made else ([], [])
    followed = {name for row in rows for name in row.judgements} - {each.id for each in orphans}
    if not followed:
        return reading
    claims = [_reviewed(row) for row in rows if row.state != "rejected"]
    before, after = ({claim.id: claim.quantities for claim in each} for each in (reading.claims, claims))
    return msgspec.structs.replace(
        reading,
        claims=tuple(claims),
        discrepancies=tuple(each for each in reading.discrepancies if _still(each, before, after)),
        judgements=(*reading.judgements, *(each.id for each in made if each.id in followed)),
    )


def _told_once(rows: list[Judged]) -> list[Judged]:
    """Return the rows; of those that repeat a claim that was rejected the first stands for itself, and waits for a judgement of its own."""
    gone = {row.claim.id for row in rows if row.state == "rejected"}
    stands: dict[str, str] = {}
    found = []
    for row in rows:
        repeats = row.claim.repeats
        if repeats in gone and row.state != "rejected":
            first = stands.setdefault(repeats, row.claim.id)
            claim = msgspec.structs.replace(row.claim, repeats=first if first != row.claim.id else None)
            found.append(msgspec.structs.replace(row, claim=claim))
        else:
            found.append(row)
    return found


def _reviewed(row: Judged) -> Claim:
    """Return a claim with what a person made of it."""
    review = REVIEWS.get(row.state)
    return msgspec.structs.replace(row.claim, review=review) if review else row.claim


def _still(disagreement: Discrepancy, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Return whether two claims still disagree: both are there, their figures, by claim, as they were."""
    return all(name in after and after[name] == before.get(name) for name in disagreement.claims)


def name_added(judgement: Judgement) -> str:
    """Return the id of the claim that a judgement adds."""
    return f"{ADDED}{judgement.id}"


def _added(document: Document, judgement: Judgement) -> Judged | None:
    """Return the claim that a judgement adds, None where it is none."""
    try:
        claim = checked(document, added(judgement))
    except InputError:
        return None
    return Judged(claim=claim, machine=None, state="added", by=(judgement.who,), judgements=(judgement.id,))


def added(judgement: Judgement) -> Claim:
    """Return the claim that a judgement adds, a person's word in every field. Raises InputError where it makes none."""
    given = judgement.replacement
    if not isinstance(given, dict):
        raise InputError("an added claim is an object with its fields", cure="give at least content")
    try:
        whole = msgspec.convert({**given, "id": name_added(judgement), "by": restating.PERSON, "review": None}, Claim)
        return restating.all_said(whole)
    except (msgspec.ValidationError, TypeError, UnicodeEncodeError) as error:
        raise InputError(f"that makes no claim: {error}", cure="give its fields as docs/claims.md has them") from error


def _stands(document: Document, row: Judged, judgements: Iterable[Judgement], void: list[Judgement]) -> Judged:
    """Return what became of a claim; judgements that cannot be followed go to ``void``.

    What one person decided in one moment is one act: it is followed as a whole or not at all, for a figure may be impossible until the
    next one is put right too.
    """
    for _, act in groupby(judgements, key=lambda each: (each.who, each.when)):
        decided = list(act)
        try:
            row = _act(document, row, decided)
        except InputError:
            void += decided
    return row


def _act(document: Document, row: Judged, act: list[Judgement]) -> Judged:
    claim, state = row.claim, row.state
    for number, each in enumerate(act):
        if each.verdict == "correct":
            said = {other.path for other in act[:number]}
            claim, state = corrected(claim, each.path, each.replacement, stated=said), "corrected"
        elif each.verdict == "reject":
            state = "rejected"
        elif each.verdict == "accept":
            state = "corrected" if state == "corrected" else "accepted"
    if claim is not row.claim:
        checked(document, claim, before=row.claim)
    return Judged(
        claim=claim,
        machine=row.machine,
        # whoever accepts or corrects what a person added leaves it a person's
        state="added" if _persons(row) and state != "rejected" else state,
        by=tuple(dict.fromkeys((*row.by, *(each.who for each in act)))),
        judgements=(*row.judgements, *(each.id for each in act)),
    )


def _persons(row: Judged) -> bool:
    return row.machine is None or row.machine.review == "added"


def _coded(rows: list[Judged]) -> list[Judged]:
    """Return the rows with the codes that follow from what stands now; those nobody changed have their own, where nobody changed any."""
    if all(row.claim is row.machine and row.state != "rejected" for row in rows):
        return rows
    kept = [row for row in rows if row.state != "rejected"]
    made = dict(zip((row.claim.id for row in kept), codes.settle(tuple(row.claim for row in kept)), strict=True))
    return [
        msgspec.structs.replace(row, claim=made[row.claim.id])
        # a claim of another annotator that came without codes stays without
        if row.claim.id in made and (row.claim is not row.machine or row.claim.codes)
        else row
        for row in rows
    ]


def checked(document: Document, claim: Claim, *, before: Claim | None = None) -> Claim:
    """Return the claim if it can be one of the document. Raises InputError, naming the field, the fault and the cure.

    What was wrong in ``before`` already is nobody's fault now.
    """
    known = {each[:2] for each in possible.faults(document, before)} if before else set()
    for fault in possible.faults(document, claim):
        if fault[:2] not in known:
            raise InputError(f"{fault.field}: {fault.why}", cure=fault.cure)
    return claim


def agreement(judgements: Iterable[Judgement]) -> list[Agreement]:
    """Return how each two people agree on whole claims: kept (accepted, corrected) or rejected. Method: Cohen (1960)."""
    verdicts: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for each in standing(judgements):
        if each.target is not None and each.verdict in ("accept", "reject", "correct"):
            verdicts[each.who][each.target.document, each.target.claim] = (
                "reject" if each.verdict == "reject" else "keep"
            )
    people = sorted(verdicts)
    pairs = [(left, right) for n, left in enumerate(people) for right in people[n + 1 :]]
    return [row for left, right in pairs if (row := _kappa(left, right, verdicts)).claims]


def _kappa(left: str, right: str, verdicts: dict[str, dict[tuple[str, str], str]]) -> Agreement:
    both = sorted(verdicts[left].keys() & verdicts[right].keys())
    pairs = [(verdicts[left][key], verdicts[right][key]) for key in both]
    agreed = sum(a == b for a, b in pairs)
    if not pairs:
        return Agreement(left=left, right=right, claims=0, agreed=0)
    observed = agreed / len(pairs)
    chance = (
        sum(sum(a == word for a, _ in pairs) * sum(b == word for _, b in pairs) for word in ("keep", "reject"))
        / len(pairs) ** 2
    )
    kappa = (observed - chance) / (1 - chance) if chance < 1 else None
    return Agreement(left=left, right=right, claims=len(pairs), agreed=agreed, kappa=kappa)
