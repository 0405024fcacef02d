"""Score the reading on every set of the evaluation folder and print each table beside the targets and the peers' figures.

    python tools/score.py [--shared FOLDER] [--errors N] [--json FILE] [--only claims,events,attribution,mentions] [--variants]

FOLDER (by default ../shared/eval) holds the scorers and their sets. Where it is not there, the bundled samples are scored with the
copy of the scorer that the tests use, and the rest is left out. --variants also looks up spellings that the gazetteer lacks, where
../gazetteer lies beside FOLDER (about a minute).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import breakdown
import score_events
import variants

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tools"
BUNDLED = ROOT / "src" / "reportedly" / "samples"
COPY = ROOT / "tests" / "quality" / "score.py"
LANGUAGES = ("fr,en", "fr", "en", "ar")

# What to reach, and where it is no more than an upper bound.
TARGETS = {
    "span faithfulness": 1.0, "trigger": 0.80, "type": 0.75, "acled": 0.70, "attribution.I50S": 0.85, "chain": 0.88, "act": 0.85,
    "narrator": 0.85, "polarity.macro": 0.90, "certainty.macro": 0.65, "status.macro": 0.65, "actor": 0.78, "actor.name": 0.85,
    "recipient": 0.72, "place": 0.85, "place.25km": 0.70, "place.abstains": 0.90, "time": 0.88, "time.value": 0.90,
    "quantity": 0.88, "quantity.exact": 0.92, "label": 0.70, "fact errors": 0.04, "time.false_anchor": 0.0, "time.invented": 0.0,
}  # fmt: skip
AT_MOST = {"fact errors", "time.false_anchor", "time.invented"}
PEERS = {"attribution.I50S": "GenderGapTracker .34 (fr)"}
ATTRIBUTION = (
    (
        "attribution_fr_pud.jsonl",
        "fr",
        {"I50+S": "66.4", "R30": "75.5", "EX": "56.4", "who": "GenderGapTracker"},
        {"I50+S": 82, "R30": 88, "EX": 72},
    ),
    ("attribution_fr_challenge.jsonl", "fr", {"pass": "15", "who": "GenderGapTracker"}, {"pass": 49}),
    ("attribution_en_challenge.jsonl", "en", {"pass": "5", "who": "best peer"}, {"pass": 18}),
)
MENTIONS = (
    ("times", "HeidelTime 15 of 23", 20),
    ("times-undated", "none abstains", 20),
    ("quantities", "recognizers-text 21 of 30", 30),
)
VARIANTS = (("recall@10", ">=", 0.90), ("mean candidates", "<=", 10))


def run(*command: str | Path, stdin: Path | None = None, stdout: Path | None = None) -> str:
    """Return what a command prints (or write it to ``stdout``); end with its complaint where it fails."""
    with open(stdin or "/dev/null", "rb") as source:  # noqa: PTH123 - one line for both cases
        done = subprocess.run([str(part) for part in command], stdin=source, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(str(part) for part in command)}:\n{done.stderr.decode()}")
    sys.stderr.write(done.stderr.decode())
    if stdout:
        stdout.write_bytes(done.stdout)
    return done.stdout.decode("utf-8")


def reportedly(*arguments: str | Path, stdin: Path | None = None, stdout: Path | None = None) -> str:
    """Run our own command."""
    return run(sys.executable, "-m", "reportedly", *arguments, stdin=stdin, stdout=stdout)


def claims(scorer: Path, gold: Path, work: Path, errors: int) -> dict[str, dict[str, Any]]:
    """Read the reports of a gold folder, print the table of every language, and return the figures."""
    readings = work / "readings.jsonl"
    articles = work / "articles.jsonl"
    articles.write_text(
        "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles_of(gold)), encoding="utf-8"
    )
    reportedly("read", articles, "--format", "json", stdout=readings)
    figures = {
        languages: json.loads(run(sys.executable, scorer, gold, readings, "--json", "--language", languages))
        for languages in LANGUAGES
    }
    print(f"\nClaims: {gold.name} (F1 or rate; 'gold' and 'found' of French and English)\n")
    print(
        f"{'':24}"
        + "".join(f"{languages:>8}" for languages in LANGUAGES)
        + f"{'reach':>8}{'gold':>7}{'found':>7}  peer"
    )
    for name in sorted(
        figures["fr,en"],
        key=lambda name: (name not in TARGETS, list(TARGETS).index(name) if name in TARGETS else 0, name),
    ):
        print(claim_row(name, figures))
    first = json.loads(readings.read_text(encoding="utf-8").splitlines()[0])
    figures["gazetteer"] = re.sub(r" [0-9a-f]{8}\b", "", first["run"]["gazetteer"] or "none")
    figures["links by class"] = breakdown.table(breakdown.counted(gold, readings, ["fr", "en"]))
    if errors:
        print(run(sys.executable, scorer, gold, readings, "--errors", str(errors), "--language", "fr,en"))
    return figures


def articles_of(gold: Path) -> list[dict[str, Any]]:
    """Return the reports of a gold folder as articles."""
    rows = []
    for path in sorted(gold.glob("*.gold.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json")
        text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
        rows.append({"id": name, "text": text} | {key: told[key] for key in ("language", "publisher", "published")})
    return rows


def made_of(gold: Path) -> dict[str, Any]:
    """Return how many reports a gold folder has, and in which languages, in words for the page on quality."""
    languages = [json.loads(path.read_text(encoding="utf-8"))["language"] for path in gold.glob("*.gold.json")]
    names = {"fr": "French", "en": "English", "ar": "Arabic"}
    told = ", ".join(f"{languages.count(code)} {name}" for code, name in names.items())
    bundled = "all invented and bundled" if gold == BUNDLED else "all but one invented, and bundled as samples"
    return {"reports": len(languages), "made of": f"{told}; {bundled}"}


def value(figure: dict[str, Any] | None) -> float | None:
    """Return the one number of a row: F1, else the macro F1, else the rate."""
    if figure is None:
        return None
    return figure.get("f1", figure.get("macro", figure.get("rate")))


def claim_row(name: str, figures: dict[str, dict[str, Any]]) -> str:
    """Return one line of the table of claims, a mark where the target is missed."""
    # score.py gives polarity, certainty and status one row each, with a rate and a macro F1: the targets are on the latter
    target = TARGETS.get(name, TARGETS.get(f"{name}.macro"))
    values = [value(figures[languages].get(name)) for languages in LANGUAGES]
    missed = (
        target is not None and values[0] is not None and (values[0] > target if name in AT_MOST else values[0] < target)
    )
    shown = "".join(f"{'' if each is None else f'{each:.3f}':>8}" for each in values)
    row = figures["fr,en"][name]
    counts = f"{row.get('gold', row.get('n', '')):>7}{row.get('found', ''):>7}"
    reach = "" if target is None else f"{'<=' if name in AT_MOST else '>='}{target:.2f}"
    return f"{name:24}{shown}{reach:>8}{counts}{'  *' if missed else '   '}{PEERS.get(name, '')}".rstrip()


def attribution(shared: Path, work: Path, errors: int) -> dict[str, dict[str, float]]:
    """Score the source finder on the attribution sets and print a line each; return the figures."""
    print("\nAttribution: who says (F1 in per cent; 'pass' whole documents)\n")
    print(f"{'set':34}{'I50+S':>7}{'R30':>7}{'EX':>7}{'pass':>10}   reach and best peer")
    figures = {}
    for name, code, peer, target in ATTRIBUTION:
        found = work / name
        run(sys.executable, HERE / "attributions.py", shared / name, code, stdout=found)
        said = run(
            sys.executable, shared / "score_attribution.py", shared / name, found, *(["--list"] if errors else [])
        )
        parts = re.findall(r"(I50\+S|R30|EX) P([\d.]+) R([\d.]+) F([\d.]+)", said)
        scores = {key: float(f1) for key, _, _, f1 in parts}
        rates = {
            f"{key} {which}": float(figure)
            for key, p, r, _ in parts
            for which, figure in (("precision", p), ("recall", r))
        }
        passed, of = map(int, re.search(r"pass (\d+) of (\d+)", said).groups())  # type: ignore[union-attr]
        figures[name] = scores | rates | {"pass": passed, "of": of}
        aims = ", ".join(f"{key} >= {aim} ({peer['who']} {peer[key]})" for key, aim in target.items())
        print(
            f"{name.removesuffix('.jsonl'):34}"
            + "".join(f"{scores[key]:7.1f}" for key in ("I50+S", "R30", "EX"))
            + f"{f'{passed}/{of}':>10}   {aims}"
        )
        if errors:
            print("  failed: " + "; ".join(said.split(f"pass {passed} of {of}")[1].split("\n")[1 : 1 + errors]))
    return figures


def mentions(shared: Path, work: Path, errors: int) -> dict[str, int]:
    """Score single mentions and print a line each; return how many were right."""
    print("\nMentions apart from claims (whole sentences right)\n")
    figures = {}
    for what, peer, target in MENTIONS:
        articles, found = work / f"{what}.jsonl", work / f"{what}.found.jsonl"
        run(sys.executable, shared / "score_mentions.py", "articles", what, stdout=articles)
        reportedly("mentions", articles, "--format", "json", stdout=found)
        said = run(sys.executable, shared / "score_mentions.py", what, found)
        right, of = map(int, re.search(r": (\d+) of (\d+)", said.splitlines()[-1]).groups())  # type: ignore[union-attr]
        figures[what] = right
        print(f"{what:24}{f'{right} of {of}':>10}   reach {target}; {peer}")
        for line in said.splitlines()[:-1][:errors]:
            print(line)
    return figures


def spellings(shared: Path, work: Path) -> dict[str, float]:
    """Score places asked for by spellings their gazetteer does not have, print a line and return the figures."""
    found = variants.candidates(shared.parent / "gazetteer", work)
    said = run(sys.executable, shared / "score_mentions.py", "variants", found)
    recall, mean, of = re.search(r"recall@10 ([\d.]+), mean candidates ([\d.]+), of (\d+)", said).groups()  # type: ignore[union-attr]
    figures = {"recall@10": float(recall), "mean candidates": float(mean), "of": int(of)}
    print("\nPlaces by spellings left out of the gazetteer\n")
    for name, sign, target in VARIANTS:
        reached = figures[name] >= target if sign == ">=" else figures[name] <= target
        print(f"{name:24}{figures[name]:>10}   reach {sign} {target:g}{'' if reached else '  *'}")
    return figures


def main() -> None:
    """Print the tables that were asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "eval")
    asked.add_argument("--errors", type=int, default=0, help="print up to this many errors of each kind")
    asked.add_argument("--json", type=Path, help="also write the figures here")
    asked.add_argument("--only", default="claims,events,attribution,mentions")
    asked.add_argument("--variants", action="store_true", help="also score spellings left out of the gazetteer")
    given = asked.parse_args()
    there, only = given.shared.is_dir(), given.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        work, figures = Path(folder), {}
        if "claims" in only:
            scorer, gold = (given.shared / "score.py", given.shared / "dev") if there else (COPY, BUNDLED)
            figures |= made_of(gold)
            figures["claims"] = claims(scorer, gold, work, given.errors)
            figures["gazetteer"] = figures["claims"].pop("gazetteer")
            if "events" in only:
                figures["events"] = score_events.measure(scorer, gold, work / "readings.jsonl", work)
                score_events.show(figures["events"], gold.name)
        if there and "attribution" in only:
            figures["attribution"] = attribution(given.shared, work, given.errors)
        if there and "mentions" in only:
            figures["mentions"] = mentions(given.shared, work, given.errors)
        if there and given.variants and (given.shared.parent / "gazetteer").is_dir():
            figures["variants"] = spellings(given.shared, work)
    if not there:
        print(f"\n{given.shared} is not here: the bundled samples were scored, the other sets were not.")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
