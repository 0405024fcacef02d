"""What a person changed in a reading, as judgements: which claim, which field, what stands there instead."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.export.leaves import LISTS
from reportedly.queries import Judgement
from reportedly.records import Reading, Record, Ref, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Claim

# Whoever corrects a span is no fact of it.
_ABOUT = {"by", "basis", "reason"}
# What is made from the other facts, or says how a claim came to be.
DERIVED = {"id", "event", "codes", "acled", "by", "repeats", "notes", "review"}
ID_LENGTH = 16


def judgements(
    before: Reading, after: Reading, *, who: str, when: str, accept_untouched: bool = False
) -> Iterator[Judgement]:
    """Yield a judgement for each difference: claims rejected and added, their fields and leaves corrected.

    Applied in this order to the claims of ``before`` they make those of ``after`` (but for what hung on a fact that changed: a place given
    another name alone has the old one's coordinates no more). A claim that was left as it was is judged only with
    ``accept_untouched``: that somebody changed other claims of a report says nothing about it. ``when`` is ISO 8601. The same
    differences make the same ids.
    """
    later = {claim.id: claim for claim in after.claims}
    earlier = {claim.id: claim for claim in before.claims}
    maker = _Maker(before.document.id, who, when)
    for claim in before.claims:
        if claim.id not in later:
            yield maker.made(claim, "reject")
            continue
        changes = [maker.made(claim, "correct", path, value) for path, value in changed(claim, later[claim.id])]
        yield from changes
        if not changes and accept_untouched:
            yield maker.made(claim, "accept")
    for claim in after.claims:
        if claim.id not in earlier:
            yield maker.made(claim, "add", "", _plain(claim))


class _Maker:
    """Makes the judgements of one document."""

    def __init__(self, document: str, who: str, when: str) -> None:
        self.document, self.who, self.when = document, who, when

    def made(self, claim: Claim, verdict: Any, path: str = "", replacement: Any = None) -> Judgement:
        key = (self.document, claim.id, self.who, self.when, verdict, path, msgspec.json.encode(replacement).decode())
        # the words by which the claim is found again when the report is read anew
        at = claim.trigger or claim.content
        return Judgement(
            id=hashlib.sha256("\0".join(key).encode()).hexdigest()[:ID_LENGTH],
            who=self.who,
            when=self.when,
            target=Ref(document=self.document, claim=claim.id),
            path=path,
            verdict=verdict,
            replacement=replacement,
            anchor=Span(start=at.start, end=at.end, exact=at.exact),
        )


def changed(before: Claim, after: Claim) -> Iterator[tuple[str, Any]]:
    """Yield path and replacement of what differs in a claim: fields by name, lists leaf by leaf, a leaf that goes as None.

    In an order in which one can be applied after the other: what goes from a list goes from its end, what comes comes after that.
    """
    for name in before.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if name in DERIVED or old == new:
            continue
        if name in LISTS:
            yield from _list(name, old, new)
        elif isinstance(old, Record) and isinstance(new, Record):
            yield from _leaf(name, old, new)
        else:
            yield name, _plain(new)


def _list(name: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Yield what differs in a list: leaves pair up where they are the same, else where their words overlap."""
    waiting = list(new)
    partner: dict[int, Any] = {}
    for alike in (_equal, _overlap):
        for number, leaf in enumerate(old):
            found = next((each for each in waiting if alike(leaf, each)), None) if number not in partner else None
            if found is not None:
                partner[number] = found
                waiting.remove(found)
    for number in sorted(partner):
        yield from _leaf(f"{name}.{number}", old[number], partner[number])
    gone = [number for number in range(len(old)) if number not in partner]
    for number in reversed(gone):
        yield f"{name}.{number}", None
    for number, leaf in enumerate(waiting, start=len(partner)):
        yield f"{name}.{number}", _plain(leaf)


def _equal(left: Span, right: Span) -> bool:
    return left == right


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _leaf(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any]]:
    """Yield what differs in a leaf: each fact by its name where the words are the same, else the whole leaf.

    Other words are read otherwise, so what was read of the old ones ends with them; facts that a person left as they were when they moved
    the words are said again.
    """
    facts = [name for name in old.__struct_fields__ if name not in _ABOUT]
    if (old.start, old.end) == (new.start, new.end):
        yield from ((f"{path}.{name}", _plain(getattr(new, name))) for name in facts if _differ(old, new, name))
        return
    yield path, _plain(new)
    bare = type(new)(start=new.start, end=new.end, exact=new.exact)
    for name in facts:
        if not _differ(old, new, name) and _differ(bare, new, name):
            yield f"{path}.{name}", _plain(getattr(new, name))


def _differ(old: Any, new: Any, name: str) -> bool:
    return bool(getattr(old, name) != getattr(new, name))


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
