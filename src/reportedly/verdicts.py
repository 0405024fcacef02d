"""What people decided about claims: which judgements stand, what a claim is after them, which have lost their words, who agrees.

Judgements are only ever added (``queries.Judgement``); nothing here changes one. The machine's claim stays as it was made, the person's
stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly.errors import InputError
from reportedly.records import Claim, Record, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.queries import Judgement
    from reportedly.records import Document

State = Literal["unseen", "accepted", "rejected", "corrected", "added"]
# Claims share their words when they have at least this part of the longer one in common.
SAME_WORDS = 0.5
FIELDS = frozenset(Claim.__struct_fields__) - {"id", "event", "codes", "acled", "by", "repeats"}


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

    A claim that was made anew under another id is found by the words judged: the one that shares most of them, at least half.
    """
    found: dict[str, list[Judgement]] = defaultdict(list)
    orphans: list[Judgement] = []
    known = {claim.id for claim in claims}
    moved: dict[str, str | None] = {}
    for each in judgements:
        if each.target is None or each.verdict == "add":
            continue
        name = each.target.claim
        if name not in known:
            if name not in moved:
                moved[name] = _nearest(claims, each.anchor) if each.anchor else None
            name = moved[name] or ""
        if name:
            found[name].append(each)
        else:
            orphans.append(each)
    return dict(found), orphans


def _nearest(claims: Sequence[Claim], anchor: Span) -> str | None:
    best = max(claims, key=lambda claim: (overlap(words(claim), anchor), claim.id), default=None)
    return best.id if best is not None and overlap(words(best), anchor) >= SAME_WORDS else None


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
    """Return every claim as people left it, added ones included, in the order of the text; and the orphans."""
    live = standing(judgements)
    by_claim, orphans = anchored(claims, live)
    added = [_added(document, each) for each in live if each.verdict == "add"]
    later, _ = anchored([each.claim for each in added], [each for each in orphans if each.target is not None])
    ours = {one.id for many in later.values() for one in many}
    rows = [_stands(claim, claim, by_claim.get(claim.id, ())) for claim in claims]
    rows += [_stands(each.claim, None, later.get(each.claim.id, ()), state="added", first=each) for each in added]
    rows.sort(key=lambda row: (row.claim.content.start, row.claim.content.end, row.claim.id))
    return rows, [each for each in orphans if each.id not in ours]


def _added(document: Document, judgement: Judgement) -> Judged:
    claim = msgspec.convert({**judgement.replacement, "id": f"human-{judgement.id}", "by": judgement.who}, Claim)
    return Judged(
        claim=checked(document, claim), machine=None, state="added", by=(judgement.who,), judgements=(judgement.id,)
    )


def _stands(
    claim: Claim,
    machine: Claim | None,
    judgements: Iterable[Judgement],
    *,
    state: State = "unseen",
    first: Judged | None = None,
) -> Judged:
    by: list[str] = list(first.by) if first else []
    made: list[str] = list(first.judgements) if first else []
    for each in judgements:
        if each.verdict == "accept":
            state = "corrected" if state == "corrected" else "accepted"
        elif each.verdict == "reject":
            state = "rejected"
        elif each.verdict == "correct":
            claim, state = corrected(claim, each.path, each.replacement), "corrected"
        by.append(each.who)
        made.append(each.id)
    return Judged(claim=claim, machine=machine, state=state, by=tuple(dict.fromkeys(by)), judgements=tuple(made))


def corrected(claim: Claim, path: str, replacement: Any) -> Claim:
    """Return the claim with the field at ``path`` (``places.0``, ``type``) put in the replacement's place.

    Raises InputError where there is no such field, or the replacement is none of its kind.
    """
    parts = path.split(".") if path else []
    if not parts or parts[0] not in FIELDS:
        raise InputError(f"a claim has no field {path!r} to correct", cure=f"one of {', '.join(sorted(FIELDS))}")
    # by way of JSON: msgspec leaves tuples as they are, and nothing can be put into those
    whole = msgspec.json.decode(msgspec.json.encode(claim))
    _put(whole, parts, replacement, path)
    try:
        return msgspec.convert(whole, Claim)
    except msgspec.ValidationError as error:
        raise InputError(f"{path} cannot be that: {error}") from error


def _put(whole: Any, parts: list[str], value: Any, path: str) -> None:
    at = whole
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        key: Any = part
        if isinstance(at, list):
            if not part.isdecimal() or int(part) > len(at):
                raise InputError(f"there is nothing at {path!r}")
            key = int(part)
            if key == len(at):
                at.append({})
        elif not isinstance(at, dict):
            raise InputError(f"there is nothing at {path!r}")
        if last and value is None and isinstance(at, list):
            del at[key]
        elif last:
            at[key] = value
        else:
            at = at.get(key) if isinstance(at, dict) else at[key]


def checked(document: Document, claim: Claim) -> Claim:
    """Return the claim if all its spans are the text's own words. Raises InputError, naming the first that is not."""
    for span in _spans(claim):
        if document.text[span.start : span.end] != span.exact or span.end <= span.start:
            raise InputError(
                f"{span.exact!r} is not what stands at {span.start} to {span.end}",
                cure="select the words in the text again",
            )
    return claim


def _spans(record: Any) -> Iterable[Span]:
    if isinstance(record, Span):
        yield record
    if isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from _spans(getattr(record, name))
    elif isinstance(record, tuple):
        for each in record:
            yield from _spans(each)


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
