"""What is told of the happenings of many reports, and how well it holds up: their sources, contradictions, tolls, holders, words, gaps.

``Collection`` takes anything that yields documents with their claims; everything else is a pure function of it.
"""

from __future__ import annotations

from reportedly.evidence.answering import answers
from reportedly.evidence.authors import authors
from reportedly.evidence.collection import Collection
from reportedly.evidence.comparisons import comparisons
from reportedly.evidence.edits import edits
from reportedly.evidence.events import events
from reportedly.evidence.framing import framing, framing_of_event
from reportedly.evidence.holdings import holdings
from reportedly.evidence.missing import missing
from reportedly.evidence.sides import disputes
from reportedly.evidence.tolls import toll

__all__ = [
    "Collection",
    "answers",
    "authors",
    "comparisons",
    "disputes",
    "edits",
    "events",
    "framing",
    "framing_of_event",
    "holdings",
    "missing",
    "toll",
]
