"""The catalogue of constructions: marked sentences that prove each one, lures that must stay silent, and the check of both.

It is data, ``languages/<code>/rules/sources.toml``::

    [[frame]]
    id = "fr.source.that"          the frame's name as records cite it, perhaps with a variant behind it ("fr.source.that.aside")
    says = "..."                   what it reads, in a line
    yes = ["{S:Le maire} {Q:affirme} {C:que les rebelles ont fui}."]
    no = ["Le village que les rebelles ont quitté est en ruine."]

In a ``yes``, S marks who says, Q the cue, C what is said (several where it is interrupted); a number parts several links ({S2:...}), a
word behind the cue's letter gives its act ({Q=deny:dément}, 'assert' without one). In a ``no`` nothing may be found at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportedly import syntax as syntaxes
from reportedly.errors import RuleError
from reportedly.find import sources
from reportedly.find.sources.model import Attribution, Tokens
from reportedly.rules import Fault, Language
from reportedly.text import Text

OPENING = re.compile(r"\{(?P<part>[SQC])(?P<link>\d?)(?:=(?P<act>[a-z]+))?:")
EDGES = frozenset("«»“”\"'‘’.,;:!?…–—-()")

CodePoints = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """A row of the catalogue."""

    id: str
    says: str
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the frame's name in an attribution: 'that' of 'fr.source.that.aside'."""
        return self.id.split(".")[2]


@dataclass
class Link:
    """One link as a sentence is marked: code points into the plain sentence."""

    source: CodePoints | None = None
    cue: CodePoints | None = None
    content: list[CodePoints] = field(default_factory=list)
    act: str = "assert"


def frames(lang: Language) -> tuple[Frame, ...]:
    """Return the catalogue of a language. Raises RuleError where a row lacks a key or a name stands twice."""
    rows: list[dict[str, Any]] = lang.rules("sources").table.get("frame", [])
    where, seen = f"{lang.code}/rules/sources.toml", set[str]()
    for row in rows:
        if missing := [key for key in ("id", "says", "yes", "no") if key not in row]:
            raise RuleError(f"{where}: a frame without {' and '.join(missing)}: {str(row)[:80]}")
        if row["id"] in seen or len(row["id"].split(".")) < 3:
            raise RuleError(
                f"{where}: the id {row['id']!r} stands twice or names no frame", cure="write fr.source.FRAME.VARIANT"
            )
        seen.add(row["id"])
    return tuple(Frame(row["id"], row["says"], tuple(row["yes"]), tuple(row["no"])) for row in rows)


def read(marked: str) -> tuple[str, list[Link]]:
    """Return the plain sentence and its links, by their numbers. Raises RuleError where a brace is not closed.

    >>> read("{S:Le maire} {Q=deny:nie}.")[0]
    'Le maire nie.'
    """
    plain, at = "", 0
    links: dict[str, Link] = {}
    stack: list[tuple[str, Link, int]] = []
    while at < len(marked):
        if opening := OPENING.match(marked, at):
            link = links.setdefault(opening["link"], Link())
            link.act = opening["act"] or link.act
            stack.append((opening["part"], link, len(plain)))
            at = opening.end()
            continue
        if marked[at] == "}" and stack:
            _close(*stack.pop(), end=len(plain))
        else:
            plain += marked[at]
        at += 1
    if stack:
        raise RuleError(f"a brace is not closed in {marked!r}")
    return plain, [links[number] for number in sorted(links)]


def _close(part: str, link: Link, start: int, *, end: int) -> None:
    if part == "S":
        link.source = (start, end)
    elif part == "Q":
        link.cue = (start, end)
    else:
        link.content.append((start, end))


def check(lang: Language) -> tuple[list[Fault], int]:
    """Return the faults of the catalogue, and how many sentences were tried."""
    where = f"{lang.code}/rules/sources.toml"
    faults: list[Fault] = []
    tried = 0
    for frame in frames(lang):
        if not frame.yes or not frame.no:
            faults.append(Fault(f"{where}, {frame.id}", "a frame needs a yes and a no"))
        for sentence in (*frame.yes, *frame.no):
            tried += 1
            faults += [Fault(f"{where}, {frame.id}", what) for what in try_(sentence, frame, lang)]
    return faults, tried


def try_(marked: str, frame: Frame, lang: Language) -> Iterator[str]:
    """Yield what is wrong with what the finder reads in a marked sentence."""
    plain, links = read(marked)
    text, found = _find(plain, lang)
    left = list(found)
    for link in links:
        match = next((a for a in left if _same(text, a, link)), None)
        if match is None:
            yield f"{plain!r} lacks {_shown(plain, link)}"
        else:
            left.remove(match)
    for attribution in left:
        yield f"{plain!r} gives {_described(text, attribution)} as well"
    if marked in frame.yes and not left and not any(a.frame == frame.name for a in found):
        yield f"{plain!r} is read by {', '.join(sorted({a.frame for a in found})) or 'nothing'}, not by {frame.name}"


def _find(plain: str, lang: Language) -> tuple[Text, tuple[Attribution, ...]]:
    text = lang.prepare(plain)
    parsed = syntaxes.parse(text, lang.parser) if lang.parser else None
    return text, sources.find(text, parsed, lang)


def _same(text: Text, attribution: Attribution, link: Link) -> bool:
    """Return whether source and content are the same but for marks at their edges, the cues overlap, and the acts are the same."""
    cue = _points(text, attribution.cue)
    return (
        attribution.act == link.act
        and _trimmed(text, link.source) == _trimmed(text, attribution.source and _points(text, attribution.source))
        and link.cue is not None
        and cue[0] < link.cue[1]
        and link.cue[0] < cue[1]
        and _segments(text, link.content) == _segments(text, [_points(text, c) for c in attribution.content])
    )


def _points(text: Text, tokens: Tokens) -> CodePoints:
    return text.starts[tokens[0]], text.ends[tokens[1] - 1]


def _segments(text: Text, content: list[CodePoints]) -> list[CodePoints | None]:
    """Return the segments trimmed, those that touch joined; what opens a clause ('que', 'à', 'of') belongs to neither side."""
    joined: list[CodePoints] = []
    for start, end in sorted(content):
        if joined and not any(c.isalnum() for c in text.text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [_trimmed(text, part, openers=OPENERS) for part in joined]


OPENERS = re.compile(r"(?:que|qu['’]|that|de|d['’]|à|of|to)\b\s*", re.IGNORECASE)


def _trimmed(text: Text, span: CodePoints | None, *, openers: re.Pattern[str] | None = None) -> CodePoints | None:
    if span is None:
        return None
    start, end = span
    while start < end and (text.text[start] in EDGES or text.text[start].isspace()):
        start += 1
    while end > start and (text.text[end - 1] in EDGES or text.text[end - 1].isspace()):
        end -= 1
    if openers and (opening := openers.match(text.text, start, end)):
        return _trimmed(text, (opening.end(), end))
    return start, end


def _shown(plain: str, link: Link) -> str:
    who = plain[slice(*link.source)] if link.source else "nobody"
    cue = plain[slice(*link.cue)] if link.cue else ""
    return f"[{who} | {cue} ({link.act}) | {' … '.join(plain[a:b] for a, b in link.content)}]"


def _described(text: Text, attribution: Attribution) -> str:
    who = text.span(*attribution.source).exact if attribution.source else "nobody"
    said = " … ".join(text.span(*c).exact for c in attribution.content)
    return f"[{who} | {text.span(*attribution.cue).exact} ({attribution.act}, {attribution.frame}) | {said}]"
