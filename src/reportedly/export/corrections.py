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
ID_LENGTH = 16


def judgements(
    before: Reading, after: Reading, *, who: str, when: str, accept_untouched: bool = False
) -> Iterator[Judgement]:
    """Yield a judgement for each difference: claims rejected and added, leaves and facts corrected, rejected, added.

    A claim that was left as it was is judged only with ``accept_untouched``: that somebody changed other claims of a report says nothing
    about it. ``when`` is ISO 8601. The same differences make the same ids.
    """
    later = {claim.id: claim for claim in after.claims}
    earlier = {claim.id: claim for claim in before.claims}
    maker = _Maker(before.document.id, who, when)
    for claim in before.claims:
        if claim.id not in later:
            yield maker.made(claim, "reject")
            continue
        changes = list(_changes(claim, later[claim.id], maker))
        yield from changes
        if not changes and accept_untouched:
            yield maker.made(claim, "accept")
    for claim in after.claims:
        if claim.id not in earlier:
            yield maker.made(claim, "add", replacement=msgspec.to_builtins(claim))


class _Maker:
    """Makes the judgements of one document."""

    def __init__(self, document: str, who: str, when: str) -> None:
        self.document, self.who, self.when = document, who, when

    def made(
        self, claim: Claim, verdict: Any, *, path: str = "", replacement: Any = None, anchor: Span | None = None
    ) -> Judgement:
        key = (self.document, claim.id, self.who, self.when, verdict, path, msgspec.json.encode(replacement).decode())
        at = anchor or claim.content
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


def _changes(before: Claim, after: Claim, maker: _Maker) -> Iterator[Judgement]:
    """Yield what differs in a claim that stayed: its own facts by name, its lists leaf by leaf, other parts whole."""
    for name in before.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if name in ("id", "by") or old == new:
            continue
        if name in LISTS:
            yield from _list(before, name, old, new, maker)
        elif isinstance(old, Record) and isinstance(new, Record):
            yield from _leaf(before, name, old, new, maker)
        else:
            yield maker.made(before, "correct", path=name, replacement=_plain(new))


def _list(claim: Claim, name: str, old: tuple[Any, ...], new: tuple[Any, ...], maker: _Maker) -> Iterator[Judgement]:
    """Yield what differs in a list: leaves pair up where they are the same, else where their words overlap."""
    waiting = list(new)
    partner: dict[int, Any] = {}
    for alike in (_equal, _overlap):
        for number, leaf in enumerate(old):
            found = next((each for each in waiting if alike(leaf, each)), None) if number not in partner else None
            if found is not None:
                partner[number] = found
                waiting.remove(found)
    for number, leaf in enumerate(old):
        if number not in partner:
            yield maker.made(claim, "reject", path=f"{name}.{number}", anchor=leaf)
        else:
            yield from _leaf(claim, f"{name}.{number}", leaf, partner[number], maker)
    for number, leaf in enumerate(waiting, start=len(old)):
        yield maker.made(claim, "add", path=f"{name}.{number}", replacement=_plain(leaf), anchor=leaf)


def _equal(left: Span, right: Span) -> bool:
    return left == right


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _leaf(claim: Claim, path: str, old: Any, new: Any, maker: _Maker) -> Iterator[Judgement]:
    """Yield what differs in a leaf: each fact by its name where the words are the same, else the whole leaf."""
    if (old.start, old.end) != (new.start, new.end):
        yield maker.made(claim, "correct", path=path, replacement=_plain(new), anchor=old)
        return
    for name in old.__struct_fields__:
        if name not in _ABOUT and getattr(old, name) != getattr(new, name):
            value = _plain(getattr(new, name))
            yield maker.made(claim, "correct", path=f"{path}.{name}", replacement=value, anchor=old)


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
