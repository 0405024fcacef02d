"""Python's collector of cycles, let rest while what holds none is made: to look for them costs a tenth of a reading's own time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Let the collector rest; it looks at what was left over as soon as it may again.

    The collector is one for all threads: one that ends its rest early ends that of the others, which costs them time alone.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
