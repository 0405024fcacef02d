"""Jobs for the tests of workers: each item does as it is told, most of it badly."""

import os
import signal
import time
from contextlib import suppress

from reportedly.records import Problem
from reportedly.workers import frames, nursery


def say(_desk, payload, _skip):
    """Say back what was given, with who says it."""
    yield frames.Frame(frames.PASSED)
    yield frames.value({"said": payload, "by": os.getpid()})


def do(_desk, payload, skip):
    """Do one thing after another: what has been done by another worker, or lost with one, is passed by."""
    yield frames.Frame(frames.PASSED)
    for number, deed in enumerate(payload[skip:], skip + 1):
        DEEDS.get(deed, lambda: None)()
        yield frames.item(Problem(name=deed, reason="done"), 10 * number)


def crawl(_desk, payload, skip):
    """Do as ``do`` does, but nothing can be passed by without being done."""
    for number, deed in enumerate(payload):
        DEEDS.get(deed, lambda: None)()
        if number == skip:
            yield frames.Frame(frames.PASSED)
        if number >= skip:
            yield frames.item(Problem(name=deed, reason="done"))


def count(_desk, payload, skip):
    """Take more with each item, and say who does it and how many bytes he holds by then."""
    yield frames.Frame(frames.PASSED)
    for number in range(skip, payload):
        keep()
        yield frames.value({"said": number, "by": os.getpid(), "held": nursery._pages()[1]})


def spin():
    while True:
        pass


def eat():
    held = []
    while True:
        # asked for and not touched: it must run out of memory before it runs out of time, on a slow machine too
        held.append(bytes(1 << 24))


KEPT = []
PIECE = 1 << 22


def keep():
    """Hold more with every item,."""
    KEPT.append(b"x" * PIECE)


def crowd():
    """Leave room for one piece and no more."""
    with suppress(MemoryError):
        while True:
            KEPT.append(bytes(PIECE))
    KEPT.pop()


def burst():
    """End as a library does that writes to where it was given no memory."""
    held = []
    with suppress(MemoryError):
        while True:
            held.append(b"x" * PIECE)
    os.kill(os.getpid(), signal.SIGSEGV)


def need():
    """Take a little, which any new worker has."""
    bytes(3 * PIECE)


def fail():
    raise KeyError("missing")


DEEDS = {
    "spin": spin,
    "wait": lambda: time.sleep(3600),
    "eat": eat,
    "fail": fail,
    "keep": keep,
    "crowd": crowd,
    "need": need,
    "burst": burst,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda: os._exit(0),
}
