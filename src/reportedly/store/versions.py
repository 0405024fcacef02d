"""What changed from one text of an address to the next: claims gained, lost, told otherwise."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.folding import folded
from reportedly.queries import Edit
from reportedly.records import Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Claims of one place in a report whose words are less alike are two claims.
LEAST_ALIKE = 0.5
# What tells nothing of what is claimed: where it stands, what found it, and what follows from that.
BESIDE = frozenset({"id", "start", "end", "by", "event", "repeats", "notes", "reason", "codes", "part_of", "review"})
# The words of a claim may be other words for the same.
WORDS = "content"


def edits(before: Iterable[Claim], after: Iterable[Claim]) -> tuple[Edit, ...]:
    """Return the claims lost and changed in the order of the older text, then those gained in the order of the newer one.

    A claim that only moved is no edit. Of claims told otherwise, those most alike in their words are taken for one claim.
    """
    old, new = list(before), list(after)
    pairs = _alike(old, new)
    lost_or_changed = [_edit(old[i], new[pairs[i]] if i in pairs else None) for i in range(len(old))]
    taken = set(pairs.values())
    gained = [Edit(kind="gained", after=claim) for j, claim in enumerate(new) if j not in taken]
    return tuple(edit for edit in (*lost_or_changed, *gained) if edit)


def _edit(before: Claim, after: Claim | None) -> Edit | None:
    if after is None:
        return Edit(kind="lost", before=before)
    fields = tuple(differing(before, after))
    return Edit(kind="changed", before=before, after=after, fields=fields) if fields else None


def differing(before: Claim, after: Claim) -> Iterator[str]:
    """Yield the fields on which two claims differ in what they say, wherever they stand."""
    left, right = _said(before), _said(after)
    yield from (field for field in left if left[field] != right[field])


def _said(claim: Claim) -> dict[str, Any]:
    found = {field: _plain(getattr(claim, field)) for field in claim.__struct_fields__ if field not in BESIDE}
    found[WORDS] = folded(claim.content.exact)
    return found


def _plain(value: Any) -> Any:
    """Return a value without where it stands and what found it."""
    if isinstance(value, Span):
        own = {field: _plain(getattr(value, field)) for field in value.__struct_fields__ if field not in BESIDE}
        return {**own, "exact": folded(value.exact)}
    if isinstance(value, msgspec.Struct):
        return {field: _plain(getattr(value, field)) for field in value.__struct_fields__ if field not in BESIDE}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _alike(old: list[Claim], new: list[Claim]) -> dict[int, int]:
    """Return which old claim is which new one: the most alike first, each once, of one kind and trigger before others."""
    said_old, said_new = [_said(claim) for claim in old], [_said(claim) for claim in new]
    scored = sorted(
        (
            (-score, i, j)
            for i in range(len(old))
            for j in range(len(new))
            if (score := _score(said_old[i], said_new[j])) > 0
        ),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _score(left: dict[str, Any], right: dict[str, Any]) -> float:
    """Return how alike two claims are, 0 where they are two: words first, then trigger, source and type."""
    if left == right:
        return 4.0
    if left["type"] != right["type"]:
        return 0.0
    matcher = SequenceMatcher(None, left[WORDS].split(), right[WORDS].split(), autojunk=False)
    if matcher.quick_ratio() < LEAST_ALIKE:
        return 0.0
    words = matcher.ratio()
    if words < LEAST_ALIKE:
        return 0.0
    return float(words + (left["trigger"] == right["trigger"]) + 0.5 * (left["chain"] == right["chain"]))
