"""An explanation in the terminal: the claim, then for each field its words and what found them, then the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from reportedly.present import claims, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from reportedly.api import Cause, Evidence, Explanation, Token


def explanation(made: Explanation) -> Iterator[RenderableType]:
    """Yield what shows an explanation, top to bottom."""
    document = made.reading.document
    numbers = {claim.id: number for number, claim in enumerate(made.reading.claims, start=1)}
    publisher = document.publisher.value if document.publisher else None
    yield Text(f"claim {made.number} of {words.one_line(document.where)}", "bold reverse")
    yield claims.block(made.claim, number=made.number, numbers=numbers, publisher=publisher)
    yield claims.heading("What found each part")
    yield _evidence(made.evidence)
    if made.claim.by:
        yield Text(f"the claim was put together by {made.claim.by}", "dim")
    if made.causes:
        yield claims.heading("The rules and the lexicon entries that fired")
        yield from _causes(made.causes)
    yield claims.heading("The parse")
    yield _parse(made.tokens)


def _evidence(evidence: tuple[Evidence, ...]) -> RenderableType:
    if not evidence:
        return Text("the outlet's own words, with no field filled", "dim")
    table = _columns("field", "words", "at", "found by")
    for each in evidence:
        found = Text(each.by or "not recorded", "cyan" if each.by else "dim")
        if each.basis == "inferred":
            found.append(f" (inferred{': ' + each.reason if each.reason else ''})", "red")
        elif each.reason:
            found.append(f" ({each.reason})", "dim")
        table.add_row(
            Text(each.field, "dim"), Text(words.quoted(each.exact)), Text(f"{each.start}-{each.end}", "dim"), found
        )
    return table


def _causes(causes: tuple[Cause, ...]) -> Iterator[Text]:
    """Yield each rule or entry under its name, the name once for the senses of one form."""
    before = ""
    for cause in causes:
        if cause.by + cause.where != before:
            yield Text.assemble((cause.by, "bold cyan"), ("  " + cause.where, "dim"))
        before = cause.by + cause.where
        yield Text.assemble(f"    {cause.says}", (f"  # {words.one_line(cause.note)}" if cause.note else "", "dim"))


def _parse(tokens: tuple[Token, ...]) -> RenderableType:
    if not tokens:
        return Text("no sentence of the report covers it", "dim")
    if not any(token.pos for token in tokens):
        line = " ".join(token.exact for token in tokens)
        return Text.assemble(("this language is read without a parser; its words: ", "dim"), words.isolated(line))
    table = _columns("n", "word", "part of speech", "relation", "head")
    by_index = {token.index: token for token in tokens}
    for token in tokens:
        head = by_index.get(token.head)
        whose = "" if token.head == token.index else f"{token.head} {head.exact if head else ''}".strip()
        table.add_row(
            Text(str(token.index), "dim"), words.one_line(token.exact), token.pos, token.dep, words.one_line(whose)
        )
    return table


def _columns(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in names:
        table.add_column(name)
    return table
