"""Measure how the time of grouping grows: worlds of generated reports, of 10,000 to 100,000 claims.

    python tools/bench_group.py [--claims N] [--json FILE]

A world of any size has as many happenings a day; more claims are more days (``tests/manyreports.py``). Times are of the processor. Measured
are one run over each size, the slope of time against claims on logarithmic scales, what the first and the last 1,000 claims cost when
reports are added as they come out, and the whole way from claims to events (copies, citations, contradictions and all).
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import manyreports
from reportedly import Reading, api
from reportedly.group import Grouper

SLOPE, LAST = 1.10, 1.5
SHARES = (0.1, 0.2, 0.5, 1.0)
A_REPORT = 5.33
BATCH, TIMES = 1_000, 5


def world(claims: int) -> list[Reading]:
    """Return reports of about so many claims, in the order they came out."""
    reads = manyreports.reports(round(claims / A_REPORT), seed=claims)
    return sorted(reads, key=lambda read: (read.document.published.value, read.document.id))


def counted(reads: list[Reading]) -> int:
    """Return how many claims they have."""
    return sum(len(read.claims) for read in reads)


def measure(claims: int) -> dict[str, Any]:
    """Return the figures of worlds up to so many claims."""
    rows = []
    for share in SHARES:
        reads = world(round(claims * share))
        gc.collect()
        start = time.process_time()
        grouper = Grouper()
        grouper.add(reads)
        seconds = time.process_time() - start
        rows.append({"claims": counted(reads), "seconds": seconds, "events": len(grouper.groups())})
    first, last = added(reads)
    start = time.process_time()
    events = api.events(api.collect(reads))
    whole = time.process_time() - start
    return {
        "sizes": rows,
        "slope": slope([(row["claims"], row["seconds"]) for row in rows]),
        "first": statistics.median(first),
        "last": statistics.median(last),
        "whole": whole,
        "events": len(events),
    }


def added(reads: list[Reading]) -> tuple[list[float], list[float]]:
    """Return what the first thousand claims cost, and what each of the last thousands costs on top of all before; turn about."""
    parts = batches(reads)
    grouper = Grouper()
    for part in parts[:-TIMES]:
        grouper.add(part)
    first, last = [], []
    for number in range(TIMES):
        first.append(cost(Grouper(), parts[number]))
        last.append(cost(grouper, parts[number - TIMES]))
    return first, last


def cost(grouper: Grouper, reads: list[Reading]) -> float:
    """Return the seconds that adding some reports takes."""
    start = time.process_time()
    grouper.add(reads)
    return time.process_time() - start


def batches(reads: list[Reading]) -> list[list[Reading]]:
    """Return the reports in batches of a thousand claims, those that are left over in none."""
    made: list[list[Reading]] = [[]]
    for read in reads:
        made[-1].append(read)
        if counted(made[-1]) >= BATCH:
            made.append([])
    return made[:-1]


def slope(points: list[tuple[float, float]]) -> float:
    """Return the slope of the line through the points on logarithmic scales, by least squares."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--json", type=Path, help="also write the figures here")
    given = asked.parse_args()
    figures = measure(given.claims)
    print(f"{'claims':>10}{'events':>10}{'seconds':>10}")
    for row in figures["sizes"]:
        print(f"{row['claims']:>10,}{row['events']:>10,}{row['seconds']:>10.2f}")
    print(f"\nslope on logarithmic scales   {figures['slope']:.3f}   reach <= {SLOPE:.2f}")
    ratio = figures["last"] / figures["first"]
    print(
        f"the last 1,000 claims cost    {ratio:.2f} times the first 1,000 (each the median of {TIMES})   reach <= {LAST}"
    )
    print(f"from claims to events         {figures['whole']:.1f} s for {figures['events']:,} events")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
