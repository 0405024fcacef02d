"""Reading in processes that may be killed: a document that hangs, dies or eats memory costs that one document.

``limits`` says what a document may cost, ``jobs`` what a worker does, ``nursery`` where workers come from, ``pool`` who gives them
work, ``reading`` how many reports are read by several, ``clerk`` how one is by a program that stays.
"""

from reportedly.workers.clerk import Clerk, clerk
from reportedly.workers.crew import Work
from reportedly.workers.jobs import Setup
from reportedly.workers.limits import Limits
from reportedly.workers.pool import Pool
from reportedly.workers.reading import answers, holds_one_report, limits_for, read_apart, read_pool, setup_of, size_of

__all__ = [
    "Clerk",
    "Limits",
    "Pool",
    "Setup",
    "Work",
    "answers",
    "clerk",
    "holds_one_report",
    "limits_for",
    "read_apart",
    "read_pool",
    "setup_of",
    "size_of",
]
