"""The exceptions of Reportedly.

    ReportedlyError
    ├── InputError      a report cannot be read (missing, binary, empty, too large, a language we do not read)
    ├── RuleError       language data is wrong (a slot that is no lexicon, an id twice, a pattern that does not parse)
    ├── ModelError      a model is missing or its files are not the pinned ones
    ├── GazetteerError  the gazetteer is missing or its source is not in a form we read
    └── StoreError      a store cannot be read or written (its disk is full, it is damaged, another process holds it)

Each message names the thing and the cure. A library call never exits or prints.
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """The root; ``cure`` says what the user can do."""

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}; {self.cure}" if self.cure else self.message


class InputError(ReportedlyError):
    """A report cannot be read."""


class RuleError(ReportedlyError):
    """Language data is wrong."""


class ModelError(ReportedlyError):
    """A model is missing or is not the pinned one."""


class GazetteerError(ReportedlyError):
    """The gazetteer is missing, or its source is not in a form we read."""


class StoreError(ReportedlyError):
    """A store cannot be read or written."""
