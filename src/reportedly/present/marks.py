"""The text of a report with its mentions marked: ``{S:des observateurs}``, ``{E12:enlevé}``.

A mark opens with a short tag and closes with a brace. Where two marks cross, the second is closed and opened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from reportedly.present.words import POP_ISOLATE, is_right_to_left, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.records import Mentions, Reading, Span

STYLES = {
    "S": ("source", "bold cyan"),
    "C": ("cue", "cyan"),
    "E": ("event", "bold yellow"),
    "H": ("hedge", "red"),
    "A": ("actor", "bold cyan"),
    "P": ("place", "green"),
    "T": ("time", "magenta"),
    "N": ("number", "bold blue"),
}
# A Latin tag in a right-to-left line must not break the words around it apart.
LEFT_TO_RIGHT_ISOLATE = "\u2066"


class Mark(NamedTuple):
    """A stretch of text to mark: code points, the kind's letter, and the numbers of the claims it belongs to."""

    start: int
    end: int
    kind: str
    numbers: tuple[int, ...] = ()


def of_reading(reading: Reading) -> list[Mark]:
    """Return the marks of every claim; an event's carry the claims' numbers, as listed (from 1)."""
    events: dict[tuple[int, int], list[int]] = {}
    spans: set[tuple[int, int, str]] = set()
    for number, claim in enumerate(reading.claims, start=1):
        if claim.trigger:
            events.setdefault((claim.trigger.start, claim.trigger.end), []).append(number)
        spans |= set(_keys("S", (link.source for link in claim.chain)))
        spans |= set(_keys("C", (link.cue for link in claim.chain)))
        spans |= set(_keys("H", claim.hedges))
        spans |= set(_keys("P", claim.places)) | set(_keys("T", claim.times)) | set(_keys("N", claim.quantities))
    # the hearsay conditional is cue and hedge at once: once is enough for the eye
    spans -= {(start, end, "C") for start, end, kind in spans if kind == "H"}
    marks = [Mark(start, end, kind) for start, end, kind in spans]
    return marks + [Mark(start, end, "E", tuple(numbers)) for (start, end), numbers in events.items()]


def of_mentions(mentions: Mentions) -> list[Mark]:
    """Return the marks of what a document mentions."""
    groups = (("A", mentions.actors), ("P", mentions.places), ("T", mentions.times), ("N", mentions.quantities))
    return [Mark(*key) for kind, group in groups for key in _keys(kind, group)]


def _keys(kind: str, spans: Iterable[Span | None]) -> Iterator[tuple[int, int, str]]:
    return ((span.start, span.end, kind) for span in spans if span and span.end > span.start)


def marked(text: str, marks: Iterable[Mark]) -> Text:
    """Return ``text`` with its marks; without them, the words are the text's own."""
    tag_isolate = is_right_to_left(text)
    out, open_marks, at = Text(), list[Mark](), 0
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))
    while waiting or open_marks:
        if open_marks and (not waiting or open_marks[-1].end <= waiting[0].start):
            mark = open_marks.pop()
            _words(out, text[at : mark.end], [*open_marks, mark])
            out.append("}", _dim(mark))
            at = mark.end
            continue
        mark = waiting.pop(0)
        _words(out, text[at : mark.start], open_marks)
        at = mark.start
        if open_marks and mark.end > open_marks[-1].end:
            end = open_marks[-1].end
            rest = mark._replace(start=end)
            mark = mark._replace(end=end)
            waiting = sorted([*waiting, rest], key=lambda each: (each.start, -each.end, each.kind))
        _opening(out, mark, isolate=tag_isolate)
        open_marks.append(mark)
    _words(out, text[at:], ())
    return out


def _words(out: Text, words: str, open_marks: Iterable[Mark]) -> None:
    styles = [STYLES[mark.kind][1] for mark in open_marks]
    out.append(printable(words), styles[-1] if styles else None)


def _opening(out: Text, mark: Mark, *, isolate: bool) -> None:
    tag = mark.kind + ",".join(map(str, mark.numbers))
    tag = f"{LEFT_TO_RIGHT_ISOLATE}{tag}{POP_ISOLATE}" if isolate else tag
    out.append(f"{{{tag}:", _dim(mark))


def _dim(mark: Mark) -> str:
    return f"dim {STYLES[mark.kind][1].removeprefix('bold ')}"


def legend(marks: Iterable[Mark]) -> Text:
    """Return the meaning of the tags that ``marks`` use, on one line."""
    used = {mark.kind for mark in marks}
    out = Text()
    for letter, (name, style) in STYLES.items():
        if letter in used:
            out.append(" · " if out else "").append(f"{{{letter}}} {name}", style)
    return out
