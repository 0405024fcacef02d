"""A reading as an annotated report of the guide: what a person corrected becomes gold (``NAME.gold.json``, see docs/claims.md)."""

from __future__ import annotations

from typing import Any

import msgspec

from reportedly.records import Claim, Mention, Reading


def gold(reading: Reading) -> dict[str, Any]:
    """Return a reading as an annotated report of the guide (``NAME.gold.json``, docs/claims.md); its text goes beside it."""
    document = reading.document
    facts = {
        key: each.value if (each := getattr(document, key)) else None for key in ("language", "publisher", "published")
    }
    return {"id": document.name, **facts, "claims": [_gold_claim(claim) for claim in reading.claims]}


_GOLD_CLAIM = (
    "id event content chain polarity certainty status hedges trigger type modes territory acled actors recipients places times "
    "quantities labels"
).split()
_GOLD_LEAF = (
    {*"start end exact name kind lat lon precision relation earliest latest anchored low best high unit of".split()},
    {"start", "end", "exact"},
)


def _gold_claim(claim: Claim) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key in _GOLD_CLAIM:
        value = getattr(claim, key)
        if key == "chain":
            made[key] = [
                {"source": _gold_span(link.source), "cue": _gold_span(link.cue), "act": link.act} for link in value
            ]
        elif isinstance(value, tuple) and value and isinstance(value[0], Mention):
            made[key] = [_gold_leaf(key, each) for each in value]
        elif key in ("content", "trigger"):
            made[key] = _gold_span(value)
        else:
            made[key] = list(value) if isinstance(value, tuple) else value
    return made


def _gold_span(span: Any) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "exact": span.exact}


def _gold_leaf(key: str, leaf: Mention) -> dict[str, Any]:
    kept = _GOLD_LEAF[0] - ({"name"} if key == "places" else set())
    return {name: value for name, value in msgspec.to_builtins(leaf).items() if name in kept}
