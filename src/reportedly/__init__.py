"""Reportedly: who says that who did what to whom, where, when, how many, and how well that holds up.

What is public is in ``__all__``; it is loaded on first use, so that ``import reportedly`` costs milliseconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.answers import Authorship, Framing, Gap, Holding, Holdings, Missing, TollStep
    from reportedly.api import (
        Cause,
        Count,
        Evidence,
        Explanation,
        Firing,
        Limits,
        Reader,
        Token,
        authors,
        build_gazetteer,
        check_rules,
        collect,
        comparisons,
        count_rules,
        describe_languages,
        documents,
        events,
        explain,
        find_claim,
        find_copies,
        find_event,
        framing,
        from_json,
        holdings,
        is_store,
        languages,
        mentions,
        missing,
        open_gazetteer,
        read,
        read_all,
        read_claims,
        read_pool,
        rule_impact,
        schema,
        stored_events,
        stored_readings,
        to_answers,
        to_csv,
        to_events,
        to_json,
        toll,
        try_rules,
    )
    from reportedly.errors import GazetteerError, InputError, ModelError, ReportedlyError, RuleError
    from reportedly.records import (
        Change,
        Citation,
        Claim,
        Code,
        Comparison,
        Copy,
        Credit,
        Dependence,
        Discrepancy,
        Document,
        Entity,
        Event,
        Hedge,
        Label,
        Link,
        Mention,
        Mentions,
        Model,
        Place,
        Problem,
        Quantity,
        Reading,
        Ref,
        Run,
        Sourced,
        Span,
        Time,
        Trigger,
    )

__version__ = "0.1.0"

__all__ = [
    "Authorship",
    "Cause",
    "Change",
    "Citation",
    "Claim",
    "Code",
    "Comparison",
    "Copy",
    "Count",
    "Credit",
    "Dependence",
    "Discrepancy",
    "Document",
    "Entity",
    "Event",
    "Evidence",
    "Explanation",
    "Firing",
    "Framing",
    "Gap",
    "GazetteerError",
    "Hedge",
    "Holding",
    "Holdings",
    "InputError",
    "Label",
    "Limits",
    "Link",
    "Mention",
    "Mentions",
    "Missing",
    "Model",
    "ModelError",
    "Place",
    "Problem",
    "Quantity",
    "Reader",
    "Reading",
    "Ref",
    "ReportedlyError",
    "RuleError",
    "Run",
    "Sourced",
    "Span",
    "Time",
    "Token",
    "TollStep",
    "Trigger",
    "authors",
    "build_gazetteer",
    "check_rules",
    "collect",
    "comparisons",
    "count_rules",
    "describe_languages",
    "documents",
    "events",
    "explain",
    "find_claim",
    "find_copies",
    "find_event",
    "framing",
    "from_json",
    "holdings",
    "is_store",
    "languages",
    "mentions",
    "missing",
    "open_gazetteer",
    "read",
    "read_all",
    "read_claims",
    "read_pool",
    "rule_impact",
    "schema",
    "stored_events",
    "stored_readings",
    "to_answers",
    "to_csv",
    "to_events",
    "to_json",
    "toll",
    "try_rules",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    for home in ("reportedly.errors", "reportedly.records", "reportedly.answers", "reportedly.api"):
        module = import_module(home)
        if hasattr(module, name):
            globals()[name] = getattr(module, name)
            return globals()[name]
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
