"""Measure rule engines against each other on one task, who says what: what each finds, and what it costs beside the parse.

    python tools/engine_experiment.py [--shared FOLDER] [--passes 7] [--json FILE]

Four readers over the same tokens, lexicons and parse: surface patterns alone, head walks alone, spaCy's DependencyMatcher, and the
library's own, in which surface and heads vote. Accuracy on the attribution sets of FOLDER (by default ../shared/eval, with its scorer) and,
source and cue only, on the bundled samples. Cost as shares of the parse's time, interleaved in one process, median of the passes. The
findings are in docs/engine.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine_matcher import Matcher
from engine_readers import PATTERNS, Link, Reader, Surface, in_use
from engine_walks import Walks

from reportedly import rules, samples, syntax
from reportedly.find import sources
from reportedly.rules import Language, RuleSet
from reportedly.syntax import Syntax
from reportedly.text import Text

ROOT = Path(__file__).resolve().parents[1]
SETS = (
    ("attribution_fr_challenge.jsonl", "fr"),
    ("attribution_fr_pud.jsonl", "fr"),
    ("attribution_en_challenge.jsonl", "en"),
)
GROWTH = (1, 10, 100)
NOT = re.compile(r"!\([^)]*\)")
EITHER = "surface or heads"
# One look at a text serves all lexicons and all finders, so it is measured by itself and not counted to a reader.
LOOKING_UP = "looking up all lexicons, once for all finders"
WITH_LOOKING_UP = "in use with its look-up, verbs of saying"
PAYING = (LOOKING_UP, WITH_LOOKING_UP)
# What a slot of words of saying is replaced by in rules that no text answers to.
SLOT = re.compile(r"\{(?:speech_\w+|citing|hearsay)[^}]*\}")
Parsed = list[tuple[Text, Syntax]]
Spans = list[tuple[int, int]]


def readers(language: Language) -> dict[str, Reader]:
    """Return the readers by the name the tables give them."""
    return {
        "surface": Surface(language),
        "heads": Walks(language),
        "DependencyMatcher": Matcher(language),
        "in use": in_use(language),
    }


def parsed(language: Language, raw: str) -> tuple[Text, Syntax]:
    """Return one text with its parse. The language must have a parser."""
    assert language.parser is not None
    text = language.prepare(raw)
    return text, syntax.parse(text, language.parser)


def as_spans(text: Text, link: Link) -> dict[str, Spans]:
    """Return a link as the scorer takes it: code points."""

    def spans(*tokens: tuple[int, int]) -> Spans:
        return [(text.starts[first], text.ends[last - 1]) for first, last in tokens if last > first]

    return {
        "source": spans(link.source) if link.source else [],
        "cue": spans(link.cue),
        "content": spans(*link.content),
    }


# --- what each finds --------------------------------------------------------------------------------------------------------------------


def scorer(shared: Path) -> Any:
    """Return the evaluation folder's scorer of attributions as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def accuracy(scoring: Any, path: Path, code: str) -> dict[str, dict[str, Any]]:
    """Return for each reader: texts passed, I50+S precision, recall, F1, and the lures (texts without attribution) it fell for."""
    language = rules.load(code)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [(row, *parsed(language, row["text"])) for row in rows]
    figures: dict[str, dict[str, Any]] = {}
    right: dict[str, set[str]] = {}
    for name, reader in readers(language).items():
        scored, passed, fooled = [], right.setdefault(name, set()), 0
        for row, text, parse in texts:
            gold = [
                {key: [tuple(s) for s in a[key]] for key in ("source", "cue", "content")} for a in row["attributions"]
            ]
            found = [as_spans(text, link) for link in reader(text, parse)]
            scored.append((row["text"], gold, found))
            fooled += bool(found and not gold)
            sound = not gold and not found
            if gold and found:
                precision, recall, _ = scoring.score(scored[-1:])["I50+S"]
                sound = precision == recall == 1.0
            passed.update([row["id"]] if sound else [])
        precision, recall, f1 = scoring.score(scored)["I50+S"]
        figures[name] = {
            "passed": len(passed),
            "of": len(rows),
            "P": precision,
            "R": recall,
            "F1": f1,
            "fooled": fooled,
        }
        figures[name]["lures"] = sum(not row["attributions"] for row in rows)
    # What a perfect judge between the two could reach: do they err on the same texts?
    figures[EITHER] = {"passed": len(right["surface"] | right["heads"]), "of": len(rows)}
    return figures


def on_samples(code: str) -> dict[str, dict[str, float]]:
    """Return for each reader precision, recall and F1 of the pairs of source and cue in the bundled samples of a language."""
    language = rules.load(code)
    articles = [a for a in samples.articles() if a["language"] == code]
    texts = [(gold_pairs(samples.gold(a["id"])), *parsed(language, a["text"])) for a in articles]
    figures = {}
    for name, reader in readers(language).items():
        hit = expected = found = 0
        for gold, text, parse in texts:
            links = [as_spans(text, link) for link in reader(text, parse)]
            pairs = [(k["source"][0], k["cue"][0]) for k in links if k["source"]]
            hit += sum(any(_touch(g[0], p[0]) and _touch(g[1], p[1]) for p in pairs) for g in gold)
            expected, found = expected + len(gold), found + len(pairs)
        precision, recall = hit / (found or 1), hit / (expected or 1)
        figures[name] = {
            "P": precision,
            "R": recall,
            "F1": 2 * precision * recall / (precision + recall or 1),
            "n": expected,
        }
    return figures


def gold_pairs(gold: dict[str, Any]) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the pairs of source and cue in a sample's gold, each once."""
    links = (link for claim in gold["claims"] for link in claim["chain"] if link.get("source") and link.get("cue"))
    return {tuple((link[key]["start"], link[key]["end"]) for key in ("source", "cue")) for link in links}  # type: ignore[misc]


def _touch(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


# --- what each costs --------------------------------------------------------------------------------------------------------------------


def shares(language: Language, raw: list[str], runs: dict[str, Reader], passes: int) -> dict[str, float]:
    """Return the time of each run as a share of the parse's: median of ``passes``, interleaved, on texts prepared anew each time."""
    assert language.parser is not None
    ratios: dict[str, list[float]] = {name: [] for name in runs}
    # The first pass warms caches and is not counted.
    for counted in [False] + [True] * passes:
        parse_seconds, texts = _timed_parse(language, raw)
        for name, reader in runs.items():
            fresh = [(language.prepare(text.text), parse) for text, parse in texts]
            for text, _ in fresh if name not in PAYING else ():
                language.lexicon("speech_verbs").hits(text)
            if isinstance(reader, Matcher):
                # Our parse as spaCy's Doc: whoever matches on spaCy has it anyway, so it is not counted.
                for text, parse in fresh:
                    reader.document(text, parse)
            start = time.perf_counter()
            for text, parse in fresh:
                reader(text, parse)
            if counted:
                ratios[name].append((time.perf_counter() - start) / parse_seconds)
    return {name: statistics.median(found) for name, found in ratios.items()}


def _timed_parse(language: Language, raw: list[str]) -> tuple[float, Parsed]:
    assert language.parser is not None
    texts = [language.prepare(text) for text in raw]
    start = time.perf_counter()
    parses = [syntax.parse(text, language.parser) for text in texts]
    return time.perf_counter() - start, list(zip(texts, parses, strict=True))


def matching(reader: Surface) -> Reader:
    """Return the surface reader's matching alone, which is what grows with the rules."""

    def match(text: Text, _syntax: Syntax | None) -> list[Link]:
        reader.rules.hits(text)
        return []

    return match


def matching_trees(matcher: Matcher) -> Matcher:
    """Return the matcher with nothing done about what it finds."""
    plain = matcher.matcher

    class Bare(Matcher):
        def __init__(self) -> None:
            self.vocab = matcher.vocab

        def __call__(self, text: Text, syntax: Syntax | None) -> list[Link]:
            assert syntax is not None
            plain(self.document(text, syntax))
            return []

    return Bare()


def grown(language: Language, copies: int, *, own_words: bool) -> RuleSet:
    """Return the surface patterns so many times; with ``own_words`` the copies ask for words that no text holds."""
    table = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
    rows = list(table["rule"])
    for copy in range(1, copies):
        for row in table["rule"]:
            pattern = _inlined(row["pattern"], table["define"]).replace("{@said}", f"{{@said{copy}}}")
            if own_words:
                pattern = SLOT.sub(f"zz{copy}", pattern)
            sought = NOT.sub("", pattern)
            if own_words and f"zz{copy}" not in sought and "{@said" not in sought:
                continue
            group = {"group": f"{row['group']}{copy}"} if "group" in row else {}
            rows.append({**row, "id": f"{row['id']}/{copy}", "pattern": pattern, **group})
    return RuleSet(f"engine-{copies}-{own_words}", {**table, "rule": rows}, language)


def _inlined(pattern: str, define: dict[str, str]) -> str:
    for name, body in define.items():
        if "{" + name + "}" in pattern:
            pattern = pattern.replace("{" + name + "}", f"({_inlined(body, define)})")
    return pattern


def with_more_verbs(code: str, times: int, folder: Path) -> Language:
    """Return the language with so many times its verbs of saying, the new ones words that no text holds."""
    if times == 1:
        return rules.load(code)
    count = (times - 1) * len(rules.load(code).lexicon("speech_verbs").rows)
    path = folder / f"verbs{times}.tsv"
    path.write_text("".join(f"speech_verbs\tzz{n}\tact=assert\t\n" for n in range(count)), encoding="utf-8")
    return rules.load(code, path)


def growth(code: str, passes: int) -> dict[str, dict[str, float]]:
    """Return for each way of having more rules the share of the parse that matching costs at each size."""
    language = rules.load(code)
    raw = [a["text"] for a in samples.articles() if a["language"] == code]
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for times in GROWTH:
            more = with_more_verbs(code, times, Path(folder))
            runs: dict[str, Reader] = {}
            for own_words, kind in ((True, "other words"), (False, "the same words")):
                runs[f"surface, {kind}"] = matching(Surface(language, grown(language, times, own_words=own_words)))
                runs[f"DependencyMatcher, {kind}"] = matching_trees(
                    Matcher(language, copies=times, own_words=own_words)
                )
            runs[WITH_LOOKING_UP] = _finding(more)
            for name, share in shares(language, raw, runs, passes).items():
                figures.setdefault(name, {})[f"x{times}"] = share
    return figures


def _looking_up(language: Language) -> Reader:
    def look(text: Text, _syntax: Syntax | None) -> list[Link]:
        language.lexicon("speech_verbs").hits(text)
        return []

    return look


def _finding(language: Language) -> Reader:
    def find(text: Text, parse: Syntax | None) -> list[Link]:
        sources.find(text, parse, language)
        return []

    return find


# --- the tables --------------------------------------------------------------------------------------------------------------


def table(title: str, head: list[str], rows: Iterator[list[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n**{title}**\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def percent(figures: dict[str, Any], *keys: str) -> str:
    """Return shares as 'P / R / F1' in per cent."""
    return " / ".join(f"{100 * figures[key]:.1f}" for key in keys)


def measure(shared: Path, passes: int) -> dict[str, Any]:
    """Print the tables and return their figures."""
    figures: dict[str, Any] = {}
    if (shared / "score_attribution.py").is_file():
        scoring = scorer(shared)
        for name, code in SETS:
            figures[name] = accuracy(scoring, shared / name, code)
            print_accuracy(name, figures[name])
    else:
        print(f"no evaluation folder at {shared} (--shared says where): its three sets are left out", file=sys.stderr)
    pairs = figures["samples"] = on_samples("fr")
    cells = ([reader, percent(found, "P", "R", "F1")] for reader, found in pairs.items())
    table(f"bundled French samples, {pairs['in use']['n']} pairs of source and cue", ["reader", "P / R / F1"], cells)
    language = rules.load("fr")
    raw = [a["text"] for a in samples.articles() if a["language"] == "fr"]
    runs = {LOOKING_UP: _looking_up(language)} | readers(language)
    cost = figures["cost"] = shares(language, raw, runs, passes)
    cells = ([reader, f"{share:.3f}"] for reader, share in cost.items())
    table(f"cost, median of {passes}", ["reader", "share of the parse"], cells)
    sizes = figures["growth"] = growth("fr", min(passes, 3))
    cells = ([rows, *(f"{share:.3f}" for share in found.values())] for rows, found in sizes.items())
    table("cost of matching as rules grow", ["rules", *(f"x{n}" for n in GROWTH)], cells)
    return figures


def print_accuracy(name: str, figures: dict[str, dict[str, Any]]) -> None:
    """Print the table of one attribution set."""
    rows = []
    for reader, found in figures.items():
        scores = (
            [percent(found, "P", "R", "F1"), f"{found['fooled']} of {found['lures']}"] if "P" in found else ["", ""]
        )
        rows.append([reader, f"{found['passed']} of {found['of']}", *scores])
    table(name, ["reader", "texts all right", "I50+S P / R / F1", "lures taken"], iter(rows))


def main() -> None:
    """Print the tables; write the figures where asked to."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "eval")
    asked.add_argument("--passes", type=int, default=7)
    asked.add_argument("--json", type=Path, help="also write the figures here")
    given = asked.parse_args()
    figures = measure(given.shared, given.passes)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
