"""The page docs/quality.md: how often each field is right, on which set, from the figures that `make score` measured."""

from __future__ import annotations

from typing import Any

LANGUAGES = (("fr", "French"), ("en", "English"), ("ar", "Arabic"))
# The scorer's name of a field, the reader's, and what counts as right.
FIELDS = (
    ("span faithfulness", "words", "every span is the report's own words"),
    ("attribution.I50S", "a source and what it says", "right source, and at least half of the content shared"),
    ("chain", "whole chain", "every source of the chain, in order (on claims found)"),
    ("act", "act of speech", "assert, deny, accuse, ... (on chains found)"),
    ("narrator", "the outlet's own voice", "said to be the outlet's, and is"),
    ("statement", "statement without a listed event", "found as such"),
    ("trigger", "event found", "the words of the event touch"),
    ("type", "event and its type", "PLOVER type"),
    ("modes", "mode", "the PLOVER modes are the same (on events found)"),
    ("acled", "ACLED sub-event", "of all events"),
    ("polarity", "polarity", "happened or did not (macro F1)"),
    ("certainty", "certainty", "certain, probable, possible, unknown (macro F1)"),
    ("status", "status", "happened, ongoing, planned, ... (macro F1)"),
    ("territory", "territory", "gained, lost, held, none (macro F1)"),
    ("fact errors", "fact errors (lower is better)", "a denial, plan or rumour told as a fact"),
    ("actor", "who", "the words, or the same name"),
    ("actor.name", "who: canonical name", "on actors found whose name is known"),
    ("recipient", "whom", "the words, or the same name"),
    ("recipient.name", "whom: canonical name", "on recipients found whose name is known"),
    ("place", "where: the words", "found"),
    ("place.25km", "where: the position", "within 25 km (named places found; gazetteer as bundled)"),
    ("place.abstains", "where: abstention", "no position where none can be known"),
    ("time", "when: the words", "found"),
    ("time.value", "when: the dates", "both dates the same (on dated times found)"),
    (
        "time.false_anchor",
        "undated time given a date (lower is better)",
        "of times found that the report does not date",
    ),
    ("time.invented", "date where the report has none (lower is better)", "of times found beside the gold's"),
    ("quantity", "how many: the words", "found"),
    ("quantity.exact", "how many: kind and bounds", "kind, low, best, high the same (on quantities found)"),
    ("quantity.unit", "how many: unit", "on quantities found"),
    ("label", "loaded word", "found"),
    ("label.of", "loaded word: its bearer", "on loaded words found"),
)
SETS = {
    "attribution_fr_pud.jsonl": "500 sentences of French news (UD French-PUD), 120 attributions",
    "attribution_fr_challenge.jsonl": "54 hard French patterns, lures included",
    "attribution_en_challenge.jsonl": "21 hard English patterns, lures included",
}
MENTIONS = {
    "times": "20 French sentences, dated: every expression with the right dates, nothing else dated",
    "times-undated": "the same sentences without a date of publication: no date but what the words give",
    "quantities": "30 quantity phrases: low, best, high and unit",
}
HEAD = """# How often each field is right

This page is made from measurements by `make docs`; `python tools/score.py --json docs/quality.json` measures anew.

**These are figures on known reports, not on unseen ones.** The rules and word lists were written with these reports and sentences at
hand. What they show is what the program can do on text of this kind; on reports nobody looked at while writing it, expect every figure
to be lower, recall most of all. No set kept apart has been measured here.

**Where: the position** leans most on these reports. Twenty of the places made by hand (`types/places.toml`: Flita, Ras al-Maarra, Assal
al-Ward, al-Jubbah, Yabrud, Nahle, Wadi Hmayed, Tfail, Bab al-Tabbaneh, Jabal Mohsen, Syria Street, Sévaré, Ogossagou, Dioungani, Kalakla,
Tiné, Tawila, Kitshanga, Sake, Mweso) are places of these reports, and stood where the annotations have them. Positions within 25 km, French
and English: .96 with those rows and the gazetteer as bundled, .57 without them; with a gazetteer of the countries added (193,033 places of
Who's On First) .79 without them (places found .89 F1, right abstention .92) and .99 with them. On other reports expect the figures without.
Fourteen of the rows now have the coordinates of the open lists; Wadi Hmayed, Bab al-Tabbaneh, Jabal Mohsen, Syria Street, Ogossagou and
Kitshanga are in none, and have the annotations'.

**What was measured.** {reports} reports with complete annotations by hand: {made}. They are short, agency-like reports of wars and
their politics; other kinds (opinion pages, live tickers, translated pages) are read worse. The gazetteer was {gazetteer}.

A figure is precision / recall for what has to be found, and the share that is right for what is judged on what was found; the number
in brackets is how many the annotations have. Fewer than about thirty say little.
"""


def page(figures: dict[str, Any]) -> str:
    """Return the page."""
    parts = [HEAD.format(reports=figures["reports"], made=figures["made of"], gazetteer=figures["gazetteer"])]
    parts.append("## Claims\n\n| field | what counts as right |" + "".join(f" {name} |" for _, name in LANGUAGES))
    parts[-1] += "\n|---|---|" + "---|" * len(LANGUAGES)
    for key, field, right in FIELDS:
        cells = [cell(figures["claims"].get(code, {}).get(key)) for code, _ in LANGUAGES]
        if any(cells):
            parts[-1] += f"\n| {field} | {right} |" + "".join(f" {each} |" for each in cells)
    parts.append(by_class(figures["claims"].get("links by class", {})))
    if "attribution" in figures:
        parts.append(attribution(figures["attribution"]))
    if "mentions" in figures:
        rows = [f"| {MENTIONS[name]} | {right} |" for name, right in figures["mentions"].items()]
        parts.append("## Mentions apart from claims\n\n| set | sentences right |\n|---|---|\n" + "\n".join(rows))
    if "events" in figures:
        parts += many_reports(figures["events"])
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


MANY = {
    "group.B3": "claims put with those of the same happening (B³)",
    "group.pairs": "pairs of claims of one happening",
    "contradictions": "contradictions, by field",
    "same source (document pairs)": "pairs of reports that are one source",
}


def many_reports(figures: dict[str, Any]) -> list[str]:
    """Return the tables of events and of copies."""
    rows = [
        f"| {told} |"
        + "".join(f" {figures[by][key]['p']:.2f} / {figures[by][key]['r']:.2f} |" for by in ("gold", "own"))
        for key, told in MANY.items()
    ]
    copies = [
        f"| {edit} | {row['recall']:.2f} | {row['false']:.2f} | {row['n']} |" for edit, row in figures["copies"].items()
    ]
    same = figures["same source"]
    return [
        "## Many reports\n\nPrecision / recall over the reports of all languages: of the grouping alone, on the claims of the annotations,"
        " and of reading and grouping together.\n\n| | on the annotations' claims | on our own |\n|---|---|---|\n"
        + "\n".join(rows),
        "Copies of the samples, edited as newsrooms edit them: the share that finds its original, and how many other reports each finds."
        f" Put into their events, {same['copies']} of them are one source with their originals at a precision of {same['p']:.2f} and a"
        f" recall of {same['r']:.2f}.\n\n| edited by | found | false, a copy | copies |\n|---|---|---|---|\n"
        + "\n".join(copies),
    ]


def cell(row: dict[str, Any] | None) -> str:
    """Return one figure: precision / recall, or a share, with the number it rests on."""
    if not row:
        return ""
    if "f1" in row:
        return f"{row['p']:.2f} / {row['r']:.2f} ({row['gold']})" if row["gold"] else ""
    share = row.get("macro", row["rate"])
    return f"{share:.2f} ({row['n']})"


def by_class(classes: dict[str, Any]) -> str:
    """Return the table of links by act, quoted or not, nested or not."""
    rows = [f"| {name} | {row['p']:.2f} | {row['r']:.2f} | {row['gold']} |" for name, row in classes.items()]
    return (
        "### Sources, by act and by form (French and English)\n\n| links | precision | recall | in the annotations |\n|---|---|---|---|\n"
        + "\n".join(rows)
    )


def attribution(figures: dict[str, Any]) -> str:
    """Return the table of the attribution sets."""
    rows = []
    for name, row in figures.items():
        close, exact = (f"{row[f'{key} precision']:.0f} / {row[f'{key} recall']:.0f}" for key in ("I50+S", "EX"))
        rows.append(f"| {SETS[name]} | {close} | {exact} | {row['pass']:.0f} of {row['of']:.0f} |")
    measures = "Precision / recall in per cent: the source right and half of the content shared; the content exact; texts without error."
    head = f"## Who says, on other sets\n\n{measures}"
    return f"{head}\n\n| set | source and content | exact content | texts all right |\n|---|---|---|---|\n" + "\n".join(
        rows
    )
