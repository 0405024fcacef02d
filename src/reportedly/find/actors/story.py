"""What the report as a whole tells: whom it names beyond doubt, and which countries it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.actors import Actor, Registry
from reportedly.find.actors.scan import Hit
from reportedly.text import Text

DATELINE, TITLE, NATIONALITY = 3.0, 2.0, 1.0
# One mention of a country does not make it the report's own.
IN_PASSING = 1.5


@dataclass
class Story:
    """What the report as a whole tells: actors named beyond doubt, the countries it speaks of by weight, and where sentences are set."""

    plain: Counter[str] = field(default_factory=Counter)
    weights: dict[str, float] = field(default_factory=dict)
    settings: dict[int, str] = field(default_factory=dict)

    @property
    def top(self) -> str | None:
        """Return the country spoken of most, None where none is spoken of more than in passing."""
        best = max(self.weights, key=lambda c: self.weights[c], default=None)
        return best if best and self.weights[best] >= IN_PASSING else None

    def weight(self, actor: Actor) -> float:
        """Return how much the report speaks of an actor's countries."""
        return max((self.weights.get(c, 0.0) for c in actor.countries), default=0.0)


def story(text: Text, hits: Sequence[Hit], registry: Registry, countries: Sequence[str]) -> Story:
    """Return the story of a report; ``countries`` are those of the places found in it, one entry a mention."""
    told = Story()
    weights: dict[str, float] = {}
    written_in: dict[str, float] = {}
    headline = text.sentences[0][1] if text.sentences else 0
    for hit in hits:
        if not hit.forms:
            continue
        form = hit.forms[0]
        if form.what != "actor":
            dated = any(a <= hit.first < b for a, b in text.datelines)
            value = DATELINE if dated else TITLE if hit.first < headline else NATIONALITY
            column = written_in if dated else weights
            column[form.ids[0]] = column.get(form.ids[0], 0.0) + value
        elif len(form.ids) == 1 and not form.doubtful:
            told.plain[form.ids[0]] += 1
            actor = registry.actors[form.ids[0]]
            # Its first country is its home; in the others it only takes part.
            for rank, code in enumerate(actor.countries[:3]):
                weights[code] = weights.get(code, 0.0) + NATIONALITY / (4 if rank else 2)
    for code in countries:
        weights[code] = weights.get(code, 0.0) + NATIONALITY
    for code, value in written_in.items():
        # written in Beirut of places in Syria alone, a report is no Lebanese one
        if code in weights or not countries:
            weights[code] = weights.get(code, 0.0) + value
    told.weights = weights
    return told
