"""Measure how fast the workbench answers: a store of many generated claims, every page that asks it much, and the map's drawing.

    python tools/bench_web.py [--claims N] [--events N] [--times N] [--json FILE]

Each address is asked in process, time and again with other filters; the figure is the 95th percentile in milliseconds, and as a ratio to
one bare query of the same file (count the claims that a filter leaves and fetch fifty of them, without a line of ours). The drawing of the
events is measured in Debian's Chromium, where there is one: from data to the last point, and from a facet to the last point.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import storedreadings
import workbenching
from reportedly.records import Event, Ref
from reportedly.store import open_store
from reportedly.web import Settings, create_app

REACH_MS, REACH_DRAWN_MS = 200, 500
EACH = 10
BARE = (
    "SELECT count(*) FROM claim WHERE certainty = 'certain' AND status = 'happened' AND language = ?",
    (
        "SELECT record FROM claim_record JOIN claim ON claim.key = claim_record.claim WHERE claim.key > ?"
        " AND certainty = 'certain' AND language = ? ORDER BY claim.key LIMIT 50"
    ),
)


def fill(path: Path, *, claims: int, events: int) -> list[str]:
    """Make a store of generated reports and events; return the events' ids."""
    with open_store(path, create=True) as store, store.together():
        readings = []
        for reading in storedreadings.generated(claims // EACH, claims_each=EACH):
            store.put(reading)
            readings.append((reading.document.id, reading.claims))
    rows = [(document, claim) for document, all_of in readings for claim in all_of]
    chance = random.Random(1)  # noqa: S311 - made-up events
    made = [_event(number, chance.sample(rows, chance.choice((1, 2, 3)))) for number in range(events)]
    with open_store(path) as store:
        store.keep_events(made)
    return [event.id for event in made]


def _event(number: int, rows: list[tuple[str, Any]]) -> Event:
    first = rows[0][1]
    return Event(
        id=f"{number:012x}",
        title=first.content.exact,
        type=first.type,
        places=first.places,
        earliest=first.times[0].earliest,
        latest=first.times[0].latest,
        claims=tuple(Ref(document=document, claim=claim.id) for document, claim in rows),
        independent=tuple((document,) for document, _ in rows),
        why=tuple("named as its source by nobody else" for _ in rows),
    )


def addresses(events: list[str], chance: random.Random) -> dict[str, str]:
    """Return one address of each kind that asks the store, with filters drawn at random."""
    who = f"Group {chr(65 + (n := chance.randrange(120)) % 26)}{n}"
    where, kind = f"Place {chance.randrange(200)}", chance.choice(("ASSAULT", "COERCE", "AID", "PROTEST"))
    event = chance.choice(events)
    return {
        "/": "/",
        "/reports": "/reports",
        "/reports?q=": f"/reports?q=killed+{chance.randint(1, 90)}+fighters",
        "/claims": "/claims",
        "/claims?actor=": f"/claims?actor={who}",
        "/claims?place=&since=": f"/claims?place={where}&since=2020",
        "/claims?type=&certainty=": f"/claims?type={kind}&certainty=certain",
        "/claims?near=": f"/claims?near={chance.uniform(-35, 60):.3f},{chance.uniform(-20, 130):.3f},300",
        "/claims?after=": f"/claims?after={chance.randrange(90_000)}",
        "/api/claims": f"/api/claims?actor={who}",
        "/api/facets": f"/api/facets?type={kind}",
        "/events": "/events",
        "/events?type=": f"/events?type={kind}&countries=LB",
        "/api/events": "/api/events",
        "/events/ID": f"/events/{event}",
        "/api/events/ID": f"/api/events/{event}",
        "/review": "/review",
        "/api/queue": f"/api/queue?after={chance.randrange(5_000)}",
        "/api/status": "/api/status",
    }


def timed(what: Any) -> float:
    """Return the milliseconds that a call takes."""
    start = time.perf_counter()
    what()
    return 1000 * (time.perf_counter() - start)


def measure(path: Path, events: list[str], *, times: int) -> tuple[float, dict[str, dict[str, float]]]:
    """Return the bare query's median, and the 95th percentile of each kind of address with the first answer's time."""
    web = TestClient(create_app(Settings(store=path)), base_url="http://127.0.0.1")
    bare = sqlite3.connect(path)
    chance = random.Random(2)  # noqa: S311 - made-up questions
    found: dict[str, list[float]] = {}
    plain = []

    def ask(address: str) -> None:
        answer = web.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])

    for _ in range(times + 1):
        for name, address in addresses(events, chance).items():
            found.setdefault(name, []).append(timed(lambda address=address: ask(address)))
        language = chance.choice(("fr", "en", "ar"))

        def query(language: str = language) -> None:
            bare.execute(BARE[0], (language,)).fetchall()
            bare.execute(BARE[1], (chance.randrange(50_000), language)).fetchall()

        plain.append(timed(query))
    rows = {
        name: {"first": all_of[0], "p95": statistics.quantiles(all_of[1:], n=20)[-1]} for name, all_of in found.items()
    }
    return statistics.median(plain), rows


def drawing(path: Path, *, times: int = 5) -> dict[str, float]:
    """Return how long Chromium takes from the events' data to the last point, and from a facet to the last point, in milliseconds."""
    from playwright.sync_api import sync_playwright

    with workbenching.served(path) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=workbenching.chromium(), args=workbenching.FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        drawn, filtered = [], []
        for _ in range(times):
            page.goto(f"{address}/events")
            while not (told := page.get_attribute("#events", "data-drawn")):
                page.wait_for_timeout(50)
            drawn.append(float(told))
            if told := page.evaluate(FILTER):
                filtered.append(float(told))
        browser.close()
    return {"drawn": statistics.median(drawn), **({"filtered": statistics.median(filtered)} if filtered else {})}


# From a press on the first value of a facet until the browser has painted what it leaves.
FILTER = """async () => {
    const box = document.querySelector('#events aside input[type=checkbox]');
    if (!box) return null;
    const start = performance.now();
    box.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    return performance.now() - start;
}"""


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--events", type=int, default=5_000)
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--json", type=Path, help="also write the figures here")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportedly-bench-") as folder:
        path = Path(folder) / "bench.db"
        events = fill(path, claims=given.claims, events=given.events)
        bare, rows = measure(path, events, times=given.times)
        print(f"{given.claims:,} claims, {given.events:,} events; a bare query of fifty claims: {bare:.1f} ms\n")
        print(f"{'asked':<28}{'first ms':>10}{'p95 ms':>10}{'ratio':>8}")
        for name, row in rows.items():
            print(f"{name:<28}{row['first']:>10.0f}{row['p95']:>10.1f}{row['p95'] / bare:>8.1f}")
        print(f"\nreach: p95 <= {REACH_MS} ms")
        figures: dict[str, Any] = {"claims": given.claims, "bare": bare, "pages": rows}
        if shutil.which("chromium"):
            figures["browser"] = drawing(path)
            told = ", ".join(f"{name} in {value:.0f} ms" for name, value in figures["browser"].items())
            print(f"{given.events:,} events in Chromium: {told}   reach <= {REACH_DRAWN_MS} ms")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
