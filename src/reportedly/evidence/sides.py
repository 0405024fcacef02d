"""The contradictions of a happening by what is said: each value once, with all who give it, instead of every pair of them."""

from __future__ import annotations

import math
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reportedly.answers import Dispute, Side, Voice
from reportedly.compare import contradictions, figures
from reportedly.compare.told import named, sort_of
from reportedly.group import names
from reportedly.reasons import say
from reportedly.records import COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportedly.compare.told import Told
    from reportedly.records import Comparison, Quantity, Ref


class _Stand(NamedTuple):
    """What a claim says on a field, as a sentence of the table ``side``, behind the number by which figures are sorted."""

    number: float
    says: str


def disputes(pairs: Iterable[Comparison], told: Callable[[Ref], Told]) -> tuple[Dispute, ...]:
    """Return the fields that ``pairs`` stand against each other on, each with its sides, the most told first.

    A claim stands on two sides where it gives a whole and a part of it, and each is contradicted.
    """
    told = cache(told)
    by_field = groupby(sorted(pairs, key=lambda pair: pair.field), key=lambda pair: pair.field)
    return tuple(_dispute(field, tuple(of_field), told) for field, of_field in by_field)


def _dispute(field: str, pairs: Sequence[Comparison], told: Callable[[Ref], Told]) -> Dispute:
    sayers: dict[_Stand, dict[tuple[str, str], Told]] = {}
    against: dict[_Stand, set[_Stand]] = {}
    for pair in pairs:
        sides = told(pair.left), told(pair.right)
        left, right = _stands(field, *sides)
        for stand, other, each in ((left, right, sides[0]), (right, left, sides[1])):
            sayers.setdefault(stand, {})[each.document.id, each.claim.id] = each
            against.setdefault(stand, set()).add(other)
    order = sorted(sayers, key=lambda stand: (-len({document for document, _ in sayers[stand]}), stand))
    return Dispute(
        field=field,
        sides=tuple(
            Side(
                says=stand.says,
                voices=tuple(_voice(sayers[stand][key]) for key in sorted(sayers[stand])),
                room=tuple(other.says for other in order if other != stand and other not in against[stand]),
            )
            for stand in order
        ),
        pairs=tuple(pairs),
    )


def _stands(field: str, left: Told, right: Told) -> tuple[_Stand, _Stand]:
    """Return what each of two that contradict each other says on the field."""
    if field in COUNTED:
        return _counts(field, left, right)
    return _stand(field, left), _stand(field, right)


def _voice(told: Told) -> Voice:
    publisher = told.document.publisher
    return Voice(ref=told.ref, speaker=told.speaker, publisher=publisher.value if publisher else None)


def _counts(kind: str, left: Told, right: Told) -> tuple[_Stand, _Stand]:
    """Return the two figures that exclude each other; who says that there were none gives no figure."""
    for one, other in ((left, right), (right, left)):
        if contradictions.denies_toll(one) == kind:
            none, figure = _Stand(0.0, say("side.none")), _figure(kind, other, other.figure(kind))
            return (none, figure) if one is left else (figure, none)
    found = contradictions.comparable(left, right, kind)
    excluded = next((pair for pair in found if figures.excludes(*pair)), (left.figure(kind), right.figure(kind)))
    return _figure(kind, left, excluded[0]), _figure(kind, right, excluded[1])


def _figure(kind: str, told: Told, quantity: Quantity | None) -> _Stand:
    """Return a figure, and of the dead of one side whose they are: those of another are other dead."""
    if quantity is None:
        return _Stand(math.inf, say("side.figure", figure=say("bounds.unknown")))
    number = next((n for n in (quantity.low, quantity.best, quantity.high) if n is not None), math.inf)
    whose = next((each.whose for each in told.counted(kind) if each.quantity == quantity), ())
    keys = frozenset(key for entity in whose if (key := names.party(entity)))
    bounds = figures.bounds(quantity)
    if keys and (names.named(keys) or sort_of(whose) == "armed"):
        return _Stand(number, say("side.figure_of", figure=bounds, parties=named(keys)))
    return _Stand(number, say("side.figure", figure=bounds))


def _stand(field: str, told: Told) -> _Stand:
    return _Stand(0.0, _says(field, told))


def _says(field: str, told: Told) -> str:
    """Return what a claim says on a field that is no figure: that it happened, or not, where it says nothing of the field itself."""
    denied = "_denied" if told.facts.negative else ""
    if field == "territory" and told.claim.territory:
        parties = named(names.named(told.facts.actors))
        return say("side.ground", holding=say(f"holding.{told.claim.territory}{denied}", parties=parties))
    if field == "type" and (told.claim.modes or told.claim.type):
        return say(f"side.kind{denied}", type=" ".join(told.claim.modes) or told.claim.type)
    parties = contradictions.parties_on(told, field)
    return say(f"side.party{denied}", parties=parties) if parties else say(f"side.happened{denied}")
