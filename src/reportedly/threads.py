"""The library that multiplies numpy's matrices, held to one thread: those of a sentence are small, and a core each is what workers have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any


@contextmanager
def one() -> Iterator[None]:
    """Hold the library to one thread, and give it back as many as it had.

    The library is one for all threads of a process: where another one holds it already nothing is done, and when that one leaves first
    this one goes on with more, which costs time alone.
    """
    libraries = _libraries()
    if all(each.get_num_threads() == 1 for each in libraries.lib_controllers):
        yield
        return
    with libraries.limit(limits=1):
        yield


@lru_cache(maxsize=1)
def _libraries() -> Any:
    """Return what numpy multiplies with."""
    import numpy  # noqa: F401 - loads the library that is sought next
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
