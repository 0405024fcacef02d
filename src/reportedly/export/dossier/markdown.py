"""The dossier as Markdown: the same parts as the page, without marks and drawings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.export.dossier.parts import Happening, Report, Said, Side, View
    from reportedly.export.dossier.words import Words

# Whatever Markdown or the HTML in it takes for a sign anywhere, at the beginning of a line, and as an address to link to.
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|$]")
_FIRST = re.compile(r"^(?:[-+#=:]|\d+(?=[.)]))")
_LINKED = re.compile(r"(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def written(view: View, *, seen: Callable[[object], object]) -> str:
    """Return the whole dossier. ``seen`` writes out letters that hide or reorder others."""
    return "\n".join(_Writer(view, seen).lines()) + "\n"


def plain(text: str, *, first: bool = False) -> str:
    r"""Return a text as Markdown that shows it and does nothing, on one line; ``first`` where it begins the line.

    >>> plain("<b>*x*</b>\n# y"), plain("1. z", first=True)
    ('&lt;b&gt;\\*x\\*&lt;/b&gt; # y', '1\\. z')
    """
    line = _SIGNS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
    line = _LINKED.sub(lambda found: f"\\{found[0]}", line)
    # a figure that would begin a list is kept, the sign behind it escaped
    return (
        line
        if not first
        else _FIRST.sub(lambda found: f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}", line)
    )


class _Writer:
    def __init__(self, view: View, seen: Callable[[object], object]) -> None:
        self.view, self.seen = view, seen
        self.w: Words = view.words

    def p(self, key: str) -> str:
        return self.w("page", key)

    def t(self, text: str, *, first: bool = False) -> str:
        return plain(str(self.seen(text)), first=first)

    def why(self, reason: str) -> str:
        return self.t(self.w.reason(reason) or reason)

    def quote(self, text: str) -> str:
        return f"“{self.t(text)}”"

    def lines(self) -> Iterator[str]:
        for event in self.view.happenings:
            yield from self.event(event)
        yield f"# {self.p('the_reports')}\n"
        for report in self.view.reports:
            yield from self.report(report)
        yield f"---\n\n{self.t(self.p('made'))}"

    def event(self, event: Happening) -> Iterator[str]:
        yield f"# {self.t(event.title)}\n"
        where = "; ".join(
            f"{self.t(name)} ({', '.join(self.t(word) for word in about)})" for name, about in event.where
        ) or self.p("unknown_place")
        yield f"- {self.p('what')}: {self.t(event.what)}\n- {self.p('when')}: {self.t(event.when)}\n- {self.p('where')}: {where}"
        yield "".join(f"- {label}: {count}\n" for label, count in event.counts)
        yield f"{self.t(self.p('hypothesis'))}\n"
        yield from self.list("missing", [f"**{self.t(what)}** {self.why(reason)}" for what, reason in event.missing])
        yield from self.says(event)
        authors = [f"**{self.t(a)}** {stands}: {'; '.join(map(self.t, who))}" for a, stands, who in event.authors]
        yield from self.list("authors", authors)
        yield from self.toll(event)
        yield from self.held(event)
        yield from self.contradictions(event)
        yield from self.sources(event)
        yield from self.framing(event)

    def list(self, heading: str, items: list[str]) -> Iterator[str]:
        if items:
            yield f"## {self.p(heading)}\n"
            yield "\n".join(f"- {item}" for item in items) + "\n"

    def says(self, event: Happening) -> Iterator[str]:
        yield f"## {self.p('says')}\n"
        for teller in event.tellers:
            group = f" ({self.p('group')} {teller.group})" if teller.group else ""
            yield f"### {self.called(teller.report)}{group}\n"
            for said in teller.said:
                yield from self.said(said)

    def said(self, said: Said) -> Iterator[str]:
        steps = [
            f"**{self.t(s.who or self.p('nobody'))}**{f' = {self.t(s.name)}' if s.name else ''} {s.act} {self.quote(s.cue)}"
            for s in said.chain
        ]
        yield f"- {' › '.join(steps) or self.p('own_voice')}:"
        yield f"  > {self.t(''.join(piece.text for piece in said.pieces), first=True)}\n"
        about = ", ".join(self.t(word) for word in (said.kind, *said.badges) if word)
        if about:
            yield f"  {about}\n"
        for row in said.rows:
            inferred = f" ({self.p('inferred')}: {self.why(row.inferred)})" if row.inferred else ""
            yield f"  - {row.label}: {self.quote(row.exact)} {', '.join(self.t(word) for word in row.means)}{inferred}".rstrip()
        if said.unsaid:
            yield f"  - {self.p('not_said')}: {', '.join(said.unsaid)}"
        yield ""

    def toll(self, event: Happening) -> Iterator[str]:
        if not event.tolls:
            return
        yield f"## {self.p('toll')}\n"
        for toll in event.tolls:
            yield f"### {toll.kind}\n"
            for row in toll.figures:
                whose = f" ({self.t(row.of)})" if row.of else ""
                who = f"{self.t(row.speaker)} [{row.report.number}]"
                told = f" ({self.why(row.reason)})" if row.reason else ""
                yield f"{row.number}. {self.t(row.bounds)} {self.quote(row.exact)}{whose}, {self.t(row.day)}, {who}: {row.change}{told}"
            yield ""

    def held(self, event: Happening) -> Iterator[str]:
        for ground in event.held:
            yield f"## {self.p('holds')} {self.t(ground.place)}\n"
            for holder, stands, day, speaker, told in ground.rows:
                at = f" [{told.number}]" if told else ""
                yield f"- **{self.t(holder)}** {stands}{f', {self.t(day)}' if day else ''}: {self.t(speaker)}{at}"
            yield ""

    def contradictions(self, event: Happening) -> Iterator[str]:
        if not event.contradictions:
            return
        yield f"## {self.p('contradicts')}\n"
        yield f"{self.p('shown')}\n"
        for field, values in event.contradictions:
            yield f"### {field}\n"
            for value in values:
                room = f" ({self.p('room')} {'; '.join(map(self.t, value.room))})" if value.room else ""
                yield f"- **{self.t(value.says)}**{room}"
                for side in value.sides:
                    yield f"  - {self.side(side)}"
            yield ""

    def side(self, side: Side) -> str:
        return f"**{self.t(side.speaker)}** [{side.report.number}] {self.quote(side.words)}"

    def sources(self, event: Happening) -> Iterator[str]:
        arrow = f" {self.p('arrow')} "
        groups = [f"{arrow.join(self.called(each) for each in g.reports)}: {self.why(g.why)}" for g in event.groups]
        yield from self.list("sources", groups)
        ties = [
            f"{self.called(tie.report)} {tie.tie} {self.called(tie.on)}: {self.why(tie.reason)}" for tie in event.ties
        ]
        yield from self.list("copied", ties)

    def framing(self, event: Happening) -> Iterator[str]:
        items = []
        for publisher, used in event.framing:
            words = []
            for word in used:
                times = f" ×{word.times}" if word.times > 1 else ""
                neutral = f"; {self.p('plainly')}: {self.t(word.neutral)}" if word.neutral else ""
                loaded = f" ({self.p('loaded')}{neutral})"
                words.append(f"{self.quote(word.word)}{times}{loaded if word.loaded else ''}")
            items.append(f"{self.t(publisher, first=True)}: {', '.join(words)}")
        yield from self.list("words", items)

    def called(self, report: Report | str) -> str:
        return (
            self.t(report, first=True)
            if isinstance(report, str)
            else f"[{report.number}] {self.t(report.outlet)} {report.published}".rstrip()
        )

    def report(self, report: Report) -> Iterator[str]:
        yield f"## [{report.number}] {self.t(report.name)}\n"
        for label, value, found in report.rows:
            behind = f" ({self.t(found)})" if found else ""
            shown = (
                f"<{value}>" if value == report.link and re.fullmatch(r"https?://[^\s<>]+", value) else self.t(value)
            )
            yield f"- {label}: {shown}{behind}"
        yield ""
        for paragraph in report.paragraphs:
            yield f"> {self.t(''.join(piece.text for piece in paragraph), first=True)}\n>"
        yield ""
