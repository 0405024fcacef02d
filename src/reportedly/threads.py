"""The library that multiplies numpy's matrices, held to one thread: those of a sentence are small, and a core each is what workers have."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

_shared = SimpleNamespace(lock=threading.Lock())
# A process that is forked while another thread holds the lock would wait for it for ever.
os.register_at_fork(after_in_child=lambda: setattr(_shared, "lock", threading.Lock()))


@contextmanager
def one() -> Iterator[None]:
    """Hold the library to one thread, and give it back as many as it had; what is not found (Apple's own) is left as it is.

    The library is one for all threads of a process: where another one holds it already nothing is done, and when that one leaves first
    this one goes on with more, which costs time alone.
    """
    libraries, held = _libraries(), ExitStack()
    with _shared.lock:
        if any(each.get_num_threads() != 1 for each in libraries.lib_controllers):
            held.enter_context(libraries.limit(limits=1))
    try:
        yield
    finally:
        with _shared.lock:
            held.close()


@lru_cache(maxsize=1)
def _libraries() -> Any:
    """Return what numpy multiplies with."""
    import numpy  # noqa: F401 - loads the library that is sought next
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
