"""Measure each stage of a reading, in time and memory, as shares of the parse alone: one run, the median of nine passes.

    python tools/bench.py [--passes 9] [--shared FOLDER] [--json FILE]

Time is this process's own on the processor, not the clock's on the wall, so that what else the machine does counts little; each stage
is timed within one reading, and what it is measured by in turn with the readings. The models, the languages and the reports' words are
warm. A timer is asked twice a stage and report: some ten microseconds in all.

Three parses to measure by. Ours, which is what is promised by, and the least a parse can cost: it says the same of every word as spaCy's
in less time, since numpy multiplies and the models' exceptions are looked up in a table, warm like all else. spaCy's: its models of the
parse on our tokens as spaCy runs them. And spaCy's pipeline as shipped, which is what a reader of reports would run.
The reports are the bundled samples and, where the shared folder is there, the founding article. Memory is the most that Python and
NumPy hold during a stage beyond what they held before it; the process's own peak, with both models loaded, is given apart.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from reportedly import Reader, documents, samples, syntax
from reportedly.records import Document, Problem
from reportedly.rules import Language
from reportedly.text import Text

ROOT = Path(__file__).resolve().parents[1]
PARSE = "parse"
# A stage, and the functions it is made of, as the annotator calls them.
STAGES: dict[str, tuple[str, ...]] = {
    "tokens": ("reportedly.rules:Language.prepare",),
    PARSE: ("reportedly.syntax:parse", "reportedly.syntax:parse_apart"),
    "sources": ("reportedly.find.sources:find",),
    "triggers": ("reportedly.find.triggers:find",),
    "hedges": ("reportedly.find.hedges:find",),
    "actors": ("reportedly.find.actors:find",),
    "places": ("reportedly.find.places:find",),
    "times": ("reportedly.find.times:find",),
    "quantities": ("reportedly.find.quantities:find",),
    "labels": ("reportedly.find.labels:find",),
    "assembly": ("reportedly.annotate.assemble:claims",),
    "codes": ("reportedly.codes:settle",),
    "disagreements": ("reportedly.annotate.discrepancies:find",),
    "verification": ("reportedly.annotate:verify",),
}
FINDERS = ("sources", "triggers", "hedges", "actors", "places", "times", "quantities", "labels")
clock = time.process_time
# What issue-sized promises rest on; printed beside what is measured.
PROMISES = {"after the parse": 0.25, "finders": 0.15, "sources": 0.08}
MEGABYTES_PROMISED = 900

Totals = dict[str, float]


@contextmanager
def measured(probe: Callable[[], float], fresh: Callable[[], None]) -> Iterator[Totals]:
    """Give the totals of ``probe`` spent in each stage while the block runs; ``fresh`` is called as a stage begins."""
    totals: Totals = defaultdict(float)
    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for name in functions:
                stack.enter_context(_wrapped(name, stage, totals, probe, fresh))
        yield totals


def _wrapped(name: str, stage: str, totals: Totals, probe: Callable[[], float], fresh: Callable[[], None]) -> Any:
    module, _, path = name.partition(":")
    owner: Any = import_module(module)
    *parents, last = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    function = getattr(owner, last)

    def timed(*arguments: Any, **options: Any) -> Any:
        fresh()
        before = probe()
        answer = function(*arguments, **options)
        totals[stage] += probe() - before
        return answer

    return mock.patch.object(owner, last, timed)


def time_of(reader: Reader, reports: list[Document]) -> Totals:
    """Return the seconds each stage took over the reports, and the whole as 'reading'."""
    with measured(clock, lambda: None) as totals:
        start = clock()
        for report in reports:
            reader.read(report)
        totals["reading"] = clock() - start
    return dict(totals)


def memory_of(reader: Reader, reports: list[Document]) -> Totals:
    """Return for each stage the most bytes it held in any report beyond what was held before it."""
    most: Totals = defaultdict(float)
    tracemalloc.start()
    try:
        for report in reports:
            with measured(lambda: float(tracemalloc.get_traced_memory()[1]), tracemalloc.reset_peak) as totals:
                reader.read(report)
            for stage, held in totals.items():
                most[stage] = max(most[stage], held)
    finally:
        tracemalloc.stop()
    return dict(most)


def sample_reports() -> list[Document]:
    """Return the bundled samples that are read with a parser."""
    reports = []
    for article in samples.articles():
        given = {key: article[key] for key in ("published", "publisher", "language")}
        reports += list(documents(article["text"], **given))
    return [report for report in reports if not isinstance(report, Problem) and Reader().language(_code(report)).parser]


def founding_article(shared: Path) -> list[Document]:
    """Return the founding article where it is there."""
    path = shared / "articles" / "qalamoune.txt"
    return [report for report in documents(path) if not isinstance(report, Problem)] if path.is_file() else []


def _code(report: Document) -> str:
    return report.language.value if report.language else ""


def table(name: str, reports: list[Document], passes: int) -> dict[str, Any]:
    """Print the table of one set of reports and return its figures."""
    reader = Reader()
    shipped_once, parsed_once = as_shipped(reader, reports), parsed_by_spacy(reader, reports)
    runs, shipped_runs, parsed_runs = [], [], []
    for number in range(passes + 1):
        run, shipped, parsed = time_of(reader, reports), shipped_once(), parsed_once()
        # The first of all only warms.
        if number:
            runs.append(run)
            shipped_runs.append(shipped)
            parsed_runs.append(parsed)
    seconds = {stage: statistics.median(run.get(stage, 0.0) for run in runs) for stage in (*STAGES, "reading")}
    seconds["finders"] = statistics.median(sum(run.get(stage, 0.0) for stage in FINDERS) for run in runs)
    seconds["after the parse"] = statistics.median(run["reading"] - run[PARSE] - run["tokens"] for run in runs)
    held = memory_of(reader, reports)
    words = sum(len(report.text.split()) for report in reports)
    ours, most = seconds[PARSE] or 1.0, held.get(PARSE) or 1.0
    print(f"\n{name}: {len(reports)} report{'s' * (len(reports) > 1)}, {words:,} words; median of {passes} passes\n")
    shipped = seconds["spaCy as shipped"] = statistics.median(shipped_runs)
    parse = seconds["spaCy's parse"] = statistics.median(parsed_runs)
    print(f"{'':27}{'of the parse:':>14}\n{'stage':18}{'ms':>9}{'ours':>14}{'spaCy':>9}{'shipped':>9}{'memory':>9}")
    for stage in (*STAGES, "finders", "after the parse", "reading"):
        memory = f"{held[stage] / most:9.2f}" if stage in held else f"{'':9}"
        promise = f"   promised <= {PROMISES[stage]:.2f}" if stage in PROMISES else ""
        shares = f"{seconds[stage] / ours:14.3f}{seconds[stage] / parse:9.3f}{seconds[stage] / shipped:9.3f}"
        print(f"{stage:18}{1000 * seconds[stage]:9.1f}{shares}{memory}{promise}")
    print(f"words a second, all stages: {words / seconds['reading']:,.0f}")
    print(f"spaCy: its parse of our tokens, {1000 * parse:.1f} ms, {parse / ours:.2f} of ours")
    print(
        f"its pipeline as shipped (own tokenizer, lemmatizer, entities), {1000 * shipped:.1f} ms, {shipped / ours:.2f} of ours"
    )
    return {
        "shares": {stage: round(each / ours, 4) for stage, each in seconds.items()},
        "ms": {stage: round(1000 * each, 2) for stage, each in seconds.items()},
    }


def as_shipped(reader: Reader, reports: list[Document]) -> Callable[[], float]:
    """Return what gives the seconds that spaCy's models take as shipped: with their own tokenizer, lemmatizer and entity recogniser."""
    import spacy

    packages = {code: reader.language(code).parser.package for code in {_code(report) for report in reports}}  # type: ignore[union-attr]
    pipelines = {code: spacy.load(package) for code, package in packages.items()}

    def one() -> float:
        start = clock()
        for report in reports:
            pipelines[_code(report)](report.text)
        return clock() - start

    return one


def spacy_parse(language: Language) -> Callable[[Text], syntax.Syntax]:
    """Return what parses a text of ours with the models as spaCy loads and runs them, to the same end as ``syntax.parse``."""
    import spacy

    settings = language.parser
    assert settings is not None
    pipeline = spacy.load(settings.package, exclude=[*syntax.UNUSED, "tokenizer"])

    def parse(text: Text) -> syntax.Syntax:
        document = syntax._document(text, pipeline, text.sentences)  # noqa: SLF001 - the same tokens to both
        for _, component in pipeline.pipeline:
            document = component(document)
        return syntax._made(syntax._rows(document, None))  # noqa: SLF001

    return parse


def parsed_by_spacy(reader: Reader, reports: list[Document]) -> Callable[[], float]:
    """Return what gives the seconds that spaCy's models take to parse our tokens."""
    languages = {code: reader.language(code) for code in {_code(report) for report in reports}}
    parses = {code: spacy_parse(language) for code, language in languages.items()}

    def one() -> float:
        seconds = 0.0
        for report in reports:
            text = languages[_code(report)].prepare(report.text)
            start = clock()
            parses[_code(report)](text)
            seconds += clock() - start
        return seconds

    return one


def cold_start(*arguments: str, passes: int) -> tuple[float, float]:
    """Return the seconds on the clock, and on the processor, that the command takes in a fresh process."""
    command = [sys.executable, "-m", "reportedly", *arguments]
    runs = [_seconds(command) for _ in range(passes)]
    return statistics.median(wall for wall, _ in runs), statistics.median(used for _, used in runs)


def _seconds(command: list[str]) -> tuple[float, float]:
    start, before = time.perf_counter(), _used_by_children()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return time.perf_counter() - start, _used_by_children() - before


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def megabytes_with_both_models() -> float:
    """Return the most memory a fresh process held that read a French and an English report."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import reportedly, reportedly.samples, bench; r = reportedly.Reader()\n"
        "for a in reportedly.samples.articles(['qal-afi', 'ukr-wire']):\n"
        "    r.read(next(iter(reportedly.documents(a['text'], language=a['language']))))\n"
        "print(bench.megabytes_held())"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def megabytes_held() -> float:
    """Return the most memory this process held, in megabytes."""
    status = Path("/proc/self/status")
    if status.is_file():
        # ru_maxrss of a child begins at what its parent held; this counter begins anew
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    # macOS counts in bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--passes", type=int, default=9)
    asked.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    asked.add_argument("--json", type=Path, help="also write the figures here")
    given = asked.parse_args()
    figures: dict[str, Any] = {}
    figures["samples"] = table("Bundled samples", sample_reports(), given.passes)
    founding = founding_article(given.shared)
    if founding:
        figures["founding article"] = table("Founding article", founding, given.passes)
    path = given.shared / "articles" / "qalamoune.txt" if founding else samples.FOLDER / "qal-afi.txt"
    starts = min(given.passes, 5)
    cold, cold_used = cold_start("read", str(path), "--format", "json", passes=starts)
    helped, helped_used = cold_start("--help", passes=starts)
    figures["cold start, seconds"], figures["cold start, seconds on the processor"] = (
        round(cold, 2),
        round(cold_used, 2),
    )
    figures["help, seconds"] = round(helped, 2)
    figures["megabytes, both models"] = round(megabytes_with_both_models())
    print(
        f"\ncold start, shell to last claim ({path.name}): {cold:.2f} s, of the processor {cold_used:.2f} s; "
        f"of --help: {helped:.2f} s, {helped_used:.2f} s"
    )
    print(f"memory with both models: {figures['megabytes, both models']} MB (promised <= {MEGABYTES_PROMISED})")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
