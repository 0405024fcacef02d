"""What one document may cost, and what is done where it costs more."""

from __future__ import annotations

from reportedly.records import Problem, Record

# A worker asks for room of its own above what it shares with the others when it is born.
SPLIT = "split it into single reports"


class Limits(Record, frozen=True, kw_only=True):
    """What one document may cost a worker. Who goes beyond is a Problem that says so; the others are read.

    ``seconds`` of processor time, and ``patience`` times as many by the clock (a document that waits for a pipe uses no processor);
    ``megabytes`` a worker may hold, models included; ``characters`` of text, ``tokens`` in it. A worker is replaced once it has read
    ``documents`` (the parser remembers every new word), and a document whose worker dies of something else than these limits is
    read ``attempts`` times in all.
    """

    seconds: float = 30.0
    patience: float = 4.0
    megabytes: int = 1000
    characters: int = 1_000_000
    tokens: int = 200_000
    documents: int = 500
    attempts: int = 3


def out_of_time(name: str, limits: Limits) -> Problem:
    """Return the Problem of a document that took too long."""
    return Problem(name=name, reason=f"took longer than {limits.seconds:g} seconds to read", cure=SPLIT)


def out_of_patience(name: str, limits: Limits) -> Problem:
    """Return the Problem of a document that did not answer."""
    reason = f"no answer within {limits.seconds * limits.patience:g} seconds"
    return Problem(name=name, reason=reason, cure="check that it is a file that ends, then try it alone")


def out_of_memory(name: str, limits: Limits) -> Problem:
    """Return the Problem of a document that needs too much memory."""
    return Problem(name=name, reason=f"needs more than {limits.megabytes:,} megabytes of memory", cure=SPLIT)


def died(name: str, how: str, limits: Limits) -> Problem:
    """Return the Problem of a document whose worker died each time it was read."""
    reason = f"its worker died {limits.attempts} times ({how})" if limits.attempts > 1 else f"its worker died ({how})"
    return Problem(name=name, reason=reason, cure="this is a fault of reportedly: please report it with the document")


def too_long(name: str, characters: int, limits: Limits) -> Problem:
    """Return the Problem of a text of too many characters."""
    reason = f"it has {characters:,} characters, the limit is {limits.characters:,}"
    return Problem(name=name, reason=reason, cure=SPLIT)


def too_many_tokens(name: str, tokens: int, limits: Limits) -> Problem:
    """Return the Problem of a text of too many tokens."""
    return Problem(name=name, reason=f"it has {tokens:,} tokens, the limit is {limits.tokens:,}", cure=SPLIT)
