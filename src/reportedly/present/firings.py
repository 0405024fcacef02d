"""Rules that fired, in the terminal: the text, carets under the words each rule matched, and the values it found."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.present import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from reportedly.api import Count, Firing, Impact

# Numbers are one word in twenty-five; what fires twice as often fires on anything.
RUNAWAY = 80
# A rule that changes more is shown by its first; --format json has all.
SHOWN_A_RULE = 20
SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def firings(text: str, found: Sequence[Firing]) -> Iterator[RenderableType]:
    """Yield each firing under the line of text it stands in."""
    if not found:
        yield Text("no rule fires")
        return
    for firing in found:
        start = text.rfind("\n", 0, firing.start) + 1
        end = text.find("\n", firing.end)
        line = text[start : len(text) if end < 0 else end].replace("\n", " ")
        yield from _under(line, firing.start - start, firing.end - start)
        yield Text.assemble((firing.rule, "bold cyan"), (f"  rules/{firing.file}.toml", "dim"))
        for name, exact, value in firing.captured:
            shown = f" = {value}" if value else ""
            yield Text.assemble((f"  {name}: ", "dim"), words.quoted(exact), shown)
        for key, value in firing.gives.items():
            yield Text.assemble((f"  gives {key}: ", "dim"), str(value))
        yield Text()


def _under(line: str, start: int, end: int) -> Iterator[Text]:
    """Yield the line and carets under its letters from ``start`` to ``end``; brackets where it runs from right to left."""
    if words.is_right_to_left(line):
        yield Text.assemble(
            words.printable(line[:start]), ("[" + line[start:end] + "]", "bold"), words.printable(line[end:])
        )
        return
    yield Text.assemble(
        words.printable(line[:start]), (line[start:end], "bold"), words.printable(line[end:]), no_wrap=True
    )
    yield Text(" " * _width(line[:start]) + "^" * max(1, _width(line[start:end])), "bold yellow", no_wrap=True)


def _width(part: str) -> int:
    return cell_len("".join(letter for letter in part if not unicodedata.combining(letter)))


def counts(counted: Sequence[Count]) -> Iterator[RenderableType]:
    """Yield a table of how often each rule fired; those that never did, and the runaways, are marked in words."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name, justify in (
        ("rule", "left"),
        ("file", "left"),
        ("times", "right"),
        ("per 1,000 words", "right"),
        ("", "left"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for each in counted:
        remark = "never fires" if each.times == 0 else "runs away?" if each.per_thousand > RUNAWAY else ""
        table.add_row(each.rule, each.file, f"{each.times:,}", f"{each.per_thousand:.2f}", Text(remark, "red"))
    yield table


def impact(found: Impact) -> Iterator[RenderableType]:
    """Yield under each rule the claims it gained (+), lost (-) and changed (~), and last a line fit for a commit message."""
    rules = sorted({by for effect in found.effects for by in effect.by})
    for rule in rules:
        effects = [effect for effect in found.effects if rule in effect.by]
        yield Text(rule, "bold cyan")
        for effect in effects[:SHOWN_A_RULE]:
            said = f", says {' / '.join(effect.says)}" if effect.says else ""
            yield Text.assemble(
                (f"  {SIGNS[effect.kind]} ", "bold"),
                f"{effect.document} {effect.start}: ",
                words.quoted(effect.exact),
                said,
            )
            for change in effect.changes:
                if rule in change.by:
                    yield Padding(Text.assemble((f"{change.field}: ", "dim"), change.before), (0, 0, 0, 6))
                    yield Padding(f"→ {change.after}", (0, 0, 0, 8))
        if len(effects) > SHOWN_A_RULE:
            yield Text(f"    and {len(effects) - SHOWN_A_RULE:,} more: see --format json", "dim")
    yield Text(found.summary, "bold")
