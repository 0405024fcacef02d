"""Reportedly: who says that who did what to whom, where, when, how many, and how well that holds up.

What is public is in ``__all__``; it is loaded on first use, so that ``import reportedly`` costs milliseconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.api import (
        Cause,
        Count,
        Evidence,
        Explanation,
        Firing,
        Reader,
        Token,
        build_gazetteer,
        check_rules,
        count_rules,
        describe_languages,
        documents,
        explain,
        find_claim,
        from_json,
        languages,
        mentions,
        open_gazetteer,
        read,
        read_all,
        rule_impact,
        schema,
        to_csv,
        to_json,
        try_rules,
    )
    from reportedly.errors import GazetteerError, InputError, ModelError, ReportedlyError, RuleError
    from reportedly.records import (
        Claim,
        Code,
        Discrepancy,
        Document,
        Entity,
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
        Run,
        Sourced,
        Span,
        Time,
        Trigger,
    )

__version__ = "0.1.0"

__all__ = [
    "Cause",
    "Claim",
    "Code",
    "Count",
    "Discrepancy",
    "Document",
    "Entity",
    "Evidence",
    "Explanation",
    "Firing",
    "GazetteerError",
    "Hedge",
    "InputError",
    "Label",
    "Link",
    "Mention",
    "Mentions",
    "Model",
    "ModelError",
    "Place",
    "Problem",
    "Quantity",
    "Reader",
    "Reading",
    "ReportedlyError",
    "RuleError",
    "Run",
    "Sourced",
    "Span",
    "Time",
    "Token",
    "Trigger",
    "build_gazetteer",
    "check_rules",
    "count_rules",
    "describe_languages",
    "documents",
    "explain",
    "find_claim",
    "from_json",
    "languages",
    "mentions",
    "open_gazetteer",
    "read",
    "read_all",
    "rule_impact",
    "schema",
    "to_csv",
    "to_json",
    "try_rules",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    for home in ("reportedly.errors", "reportedly.records", "reportedly.api"):
        module = import_module(home)
        if hasattr(module, name):
            globals()[name] = getattr(module, name)
            return globals()[name]
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
