"""Codes of other schemes (ACLED, UCDP, CAMEO), derived from a claim's stored facts by the versioned tables in ``types/codes``.

A code is never a guess: where the facts leave several values open, the code is None and its candidates say which
(``ambiguous``). What is planned, feared or demanded has no ACLED sub-event. ``settle`` lets the claims of one report
decide together what one alone leaves open, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from reportedly.errors import RuleError
from reportedly.records import Claim, Code, Entity

TABLES = Path(__file__).parent / "types" / "codes"
SCHEMES = {"acled": "acled-2024", "ucdp": "ucdp-23", "cameo": "cameo-1.1"}
COLUMNS = ("type", "modes", "sense", "territory", "actor", "recipient", "counts", "value")
UNREAL = ("planned", "hypothetical")
SIDES = {
    "state": "state",
    "state-force": "state",
    "armed-group": "armed",
    "civilians": "civilians",
    "person": "civilians",
    "object": "object",
}
# What a demonstration becomes when the same report tells that force was used against it.
MET_WITH = {
    "Protest with intervention": "Protest with intervention",
    "Excessive force against protesters": "Excessive force against protesters",
}


@dataclass(frozen=True)
class Row:
    """One row of a table: what each fact may be (None: anything), and the values it leaves open (none: outside the scheme)."""

    facts: tuple[tuple[str, frozenset[str]], ...]
    values: tuple[str, ...]
    line: int


class Facts(msgspec.Struct, frozen=True, gc=False):
    """The facts of one claim as the tables ask for them."""

    type: str
    modes: frozenset[str]
    sense: str
    territory: str
    actor: str
    recipient: str
    counts: frozenset[str]

    def has(self, column: str, wanted: frozenset[str]) -> bool:
        """Return whether the fact of ``column`` is one of ``wanted``."""
        value = getattr(self, column)
        return bool(value & wanted) if isinstance(value, frozenset) else value in wanted


def _lines(name: str) -> Iterator[tuple[int, list[str]]]:
    path = TABLES / f"{name}.tsv"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


@lru_cache(maxsize=16)
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a table, in order. Raises RuleError where a row has not the columns of its head."""
    rows = []
    for number, cells in _lines(name):
        if tuple(cells) == COLUMNS:
            continue
        if len(cells) != len(COLUMNS):
            raise RuleError(
                f"types/codes/{name}.tsv, line {number}: {len(cells)} columns, not {len(COLUMNS)}",
                cure="separate columns by tabs",
            )
        facts = tuple((c, frozenset(v.split("|"))) for c, v in zip(COLUMNS[:-1], cells[:-1], strict=True) if v != "*")
        rows.append(Row(facts, () if cells[-1] == "-" else tuple(cells[-1].split("|")), number))
    return tuple(rows)


@lru_cache(maxsize=1)
def acled_types() -> dict[str, tuple[str, str]]:
    """Return for each ACLED sub-event its event type and disorder type."""
    return {cells[0]: (cells[1], cells[2]) for _, cells in _lines("acled-types") if cells[0] != "sub_event"}


def _side(entities: Sequence[Entity]) -> str:
    """Return what kinds of parties these are: 'state', 'armed', 'state+armed', 'civilians', 'site', 'object', 'none' ..."""
    found = {SIDES[e.kind] for e in entities if e.kind in SIDES}
    people = found - {"object"}
    if not people:
        # A thing that bears the name of a force is its post, its base, its vehicle.
        named = any(e.kind == "object" and e.name for e in entities)
        return "site" if named else "object" if found else "none"
    return "+".join(side for side in ("state", "armed", "civilians") if side in people)


def facts(claim: Claim) -> Facts:
    """Return the facts of ``claim`` that codes depend on."""
    return Facts(
        type=claim.type or "",
        modes=frozenset(claim.modes),
        sense=(claim.trigger.sense if claim.trigger else None) or "deed",
        territory=claim.territory or "none",
        actor=_side(claim.actors),
        recipient=_side(claim.recipients),
        counts=frozenset(q.kind for q in claim.quantities),
    )


@lru_cache(maxsize=1 << 14)
def _values(scheme: str, known: Facts) -> tuple[tuple[str, ...], str]:
    name = SCHEMES[scheme]
    for row in table(name):
        if all(known.has(column, wanted) for column, wanted in row.facts):
            return row.values, f"{name}, line {row.line}"
    return (), f"{name}: no row"


def acled_candidates(claim: Claim) -> tuple[str, ...]:
    """Return the ACLED sub-events that the facts of ``claim`` leave open; one where they decide."""
    if claim.trigger is None or claim.status in UNREAL or not claim.type:
        return ()
    return _values("acled", facts(claim))[0]


def acled(claim: Claim) -> str | None:
    """Return the ACLED sub-event that the facts of ``claim`` decide, or None."""
    values = acled_candidates(claim)
    return values[0] if len(values) == 1 else None


def derive(claim: Claim) -> tuple[Code, ...]:
    """Return the codes of ``claim`` in the schemes we know: ACLED sub-event, event and disorder type, UCDP, CAMEO root.

    A scheme that does not cover the claim gives no code; one that the facts leave open gives None with the candidates.
    """
    if claim.trigger is None or not claim.type:
        return ()
    return _derived(facts(claim), claim.status in UNREAL)


@lru_cache(maxsize=4096)
def _derived(known: Facts, unreal: bool) -> tuple[Code, ...]:  # noqa: FBT001 - the key of what is kept
    codes: list[Code] = []
    for scheme in SCHEMES:
        if scheme != "cameo" and unreal:
            continue
        values, reason = _values(scheme, known)
        if values:
            codes.append(_code(scheme, values, reason))
    return (*codes, *_acled_types(codes))


def _code(scheme: str, values: tuple[str, ...], reason: str) -> Code:
    if len(values) == 1:
        return Code(scheme=scheme, value=values[0], reason=reason)
    return Code(scheme=scheme, candidates=values, reason=f"ambiguous ({reason})")


def _acled_types(codes: list[Code]) -> Iterator[Code]:
    """Yield event and disorder type: even where the sub-event is open, its candidates may agree on them."""
    code = next((c for c in codes if c.scheme == "acled"), None)
    if code is None:
        return
    options = [acled_types()[v] for v in ((code.value,) if code.value else code.candidates) if v is not None]
    # what is open in the one may be decided in the other
    row = code.reason.removeprefix("ambiguous (").removesuffix(")") if code.value is None else code.reason
    for position, scheme in enumerate(("acled-event", "acled-disorder")):
        values = tuple(dict.fromkeys(option[position] for option in options))
        yield _code(scheme, values, row)


def settle(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims of one report, each with its codes; what one leaves open is settled where all that decide agree.

    A toll without a word on the victims ('24 morts') takes the sub-event of the attack that the same report tells; the
    reason of such a code says that it was inferred from other claims.
    """
    known = [facts(c) if c.trigger is not None and c.type else None for c in claims]
    codes = [_derived(k, c.status in UNREAL) if k else () for k, c in zip(known, claims, strict=True)]
    options = [
        _values("acled", k)[0] if k and c.status not in UNREAL else () for k, c in zip(known, claims, strict=True)
    ]
    decided = [values[0] if len(values) == 1 else None for values in options]
    assaults = frozenset(d for c, d in zip(claims, decided, strict=True) if c.type == "ASSAULT")
    told = _Told(assaults, next((MET_WITH[d] for d in decided if d in MET_WITH), None))
    return tuple(
        _settled(claim, coded, candidates, told)
        for claim, coded, candidates in zip(claims, codes, options, strict=True)
    )


@dataclass(frozen=True)
class _Told:
    """What those claims of a report decide that can: the sub-events of its assaults, and what its demonstrations met with."""

    assaults: frozenset[str | None]
    met: str | None


def _settled(claim: Claim, codes: tuple[Code, ...], candidates: tuple[str, ...], told: _Told) -> Claim:
    value = candidates[0] if len(candidates) == 1 else None
    if claim.type == "PROTEST" and value == "Peaceful protest":
        value = told.met or value
        candidates = (value,)
    elif value is None and len(candidates) > 1:
        value = _agreed(candidates, told)
    if value is not None and not any(c.scheme == "acled" and c.value == value for c in codes):
        event, disorder = acled_types()[value]
        reason = "inferred: the other claims of the report decide for it"
        rest = tuple(c for c in codes if not c.scheme.startswith("acled"))
        pairs = (("acled", value), ("acled-event", event), ("acled-disorder", disorder))
        codes = (*(Code(scheme=s, value=v, reason=reason) for s, v in pairs), *rest)
    return msgspec.structs.replace(claim, acled=value, codes=codes)


def _agreed(candidates: tuple[str, ...], told: _Told) -> str | None:
    """Return the one candidate that the report's own decided claims name, None where they name several or none."""
    named = told.assaults.intersection(candidates)
    return next(iter(named)) if len(named) == 1 else None
