"""What an export lost, counted while its streams run by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.export.protocol import Dossier, Format, Loss, Material
from reportedly.records import Reading, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.export.protocol import Takes

WHOLE = ""


class Lost(Record, frozen=True, kw_only=True):
    """One thing an export could not hold: of which table and field ('' where no field is for it), in words, and how often."""

    table: str
    field: str
    what: str
    count: int


class Report(Record, frozen=True, kw_only=True):
    """What an export wrote and lost: how many documents, claims and events, how many of them it left out, and every loss that happened."""

    format: str
    documents: int
    claims: int
    events: int
    losses: tuple[Lost, ...] = ()
    left_out: dict[str, int] = msgspec.field(default_factory=dict)


class Watch:
    """Counts the losses of one export. Each stream is counted the first time it is run through."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self.seen: Counter[str] = Counter()
        self.lost: Counter[tuple[str, str, str]] = Counter()
        self._counters: dict[Takes, list[tuple[tuple[str, str, str], Loss]]] = {"readings": [], "events": []}
        for table in format_.tables:
            pairs = [(each.name, loss) for each in table.fields for loss in each.losses]
            pairs += [(WHOLE, loss) for loss in table.lost]
            self._counters[table.takes] += [((table.name, name, loss.what), loss) for name, loss in pairs]
        self._begun: set[str] = set()

    def watched(self, material: Material) -> Material:
        """Return the same material, counted as it goes by."""
        return Material(
            readings=lambda: self._pass("readings", material.readings, self._reading),
            dossiers=lambda: self._pass("events", material.dossiers, self._dossier),
        )

    def report(self) -> Report:
        """Return what was written and lost so far."""
        found = [
            Lost(table=t, field=f, what=w, count=self.lost[t, f, w]) for t, f, w in self._order() if self.lost[t, f, w]
        ]
        left_out = self._left_out()
        return Report(
            format=self.format.name,
            documents=self.seen["documents"] - left_out.get("documents", 0),
            claims=self.seen["claims"] - left_out.get("claims", 0),
            events=self.seen["events"] - left_out.get("events", 0),
            losses=tuple(found),
            left_out=left_out,
        )

    def _left_out(self) -> dict[str, int]:
        """Return how many of a kind were not written at all."""
        found: Counter[str] = Counter()
        for counters in self._counters.values():
            for key, loss in counters:
                if loss.whole:
                    found[loss.whole] += self.lost[key]
        return {kind: count for kind, count in found.items() if count}

    def _order(self) -> dict[tuple[str, str, str], None]:
        return {key: None for counters in self._counters.values() for key, _ in counters}

    def _pass(self, takes: Takes, stream: Callable[[], Iterator[Any]], note: Callable[[Any], None]) -> Iterator[Any]:
        first = takes not in self._begun
        self._begun.add(takes)
        for item in stream():
            if first:
                note(item)
                for key, loss in self._counters[takes]:
                    self.lost[key] += loss.count(item)
            yield item

    def _reading(self, reading: Reading) -> None:
        self.seen["documents"] += 1
        self.seen["claims"] += len(reading.claims)

    def _dossier(self, _dossier: Dossier) -> None:
        self.seen["events"] += 1
