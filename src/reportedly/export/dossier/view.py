"""What a dossier shows, as plain data in one language: the page and the Markdown are written from it, and so is the workbench's page.

Nothing here is escaped: whoever writes a page does that.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reportedly.answers import UNKNOWN_OUTLET
from reportedly.export import countries
from reportedly.export.dossier import charts, maps, marks, timelines
from reportedly.export.dossier.parts import (
    Figure,
    Ground,
    Group,
    Happening,
    Report,
    Row,
    Said,
    Side,
    Step,
    Teller,
    Tie,
    Toll,
    Value,
    View,
    Word,
)
from reportedly.export.leaves import take_apart
from reportedly.records import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportedly.answers import Authorship, Dispute, Holdings, TollStep, Voice
    from reportedly.export.dossier.words import Words
    from reportedly.export.protocol import Dossier, Told
    from reportedly.records import Claim, Document, Event, Mention, Place, Run, Sourced

LATE = "9999"
DASH = "–"
PERSON = "person"


def view(dossiers: Sequence[Dossier], words: Words, *, runs: Mapping[str, Run]) -> View:
    """Return what a dossier of these events shows; ``runs`` says what read each document, by its id, as far as that is known."""
    told = [each for dossier in dossiers for each in dossier.told]
    documents = {each.document.id: each.document for each in told}
    # numbered as their sources are: the first report of the first source is the first
    of_sources = [name for one in dossiers for members in one.event.independent for name in members]
    by_day = sorted(documents, key=lambda name: (_value(documents[name].published) or LATE, documents[name].name, name))
    order = [documents[name] for name in dict.fromkeys((*of_sources, *by_day)) if name in documents]
    reports = {d.id: _report(number, d, runs.get(d.id), words) for number, d in enumerate(order, start=1)}
    made = tuple(
        _Maker(dossier, number, reports, words).happening() for number, dossier in enumerate(dossiers, start=1)
    )
    whole = tuple(_with_text(each, told) for each in reports.values())
    return View(words=words, happenings=made, reports=whole)


def _value(sourced: Sourced | None) -> str:
    return sourced.value if sourced else ""


def _report(number: int, document: Document, run: Run | None, words: Words) -> Report:
    """Return a report with what is known of it; what is not known is said to be unknown."""
    page = _page(words)
    rows: list[tuple[str, str, str]] = []
    for label, sourced in (
        ("publisher", document.publisher),
        ("published", document.published),
        ("language", document.language),
    ):
        found = sourced.found if sourced else ""
        rows.append((page(label), _value(sourced) or page("unknown"), found))
    link = document.url if document.url and document.url.lower().startswith(("http://", "https://")) else ""
    rows += [
        (page(label), value, "") for label, value in (("address", document.url), ("fetched", document.fetched)) if value
    ]
    rows.append((page("hash"), document.sha256, ""))
    if run:
        rows.append((page("read_by"), f"{run.annotator} {run.version}".strip(), run.mode))
        rows.append((page("data"), run.language_sha256, ""))
        rows += [(page("model"), f"{model.name} {model.version}", model.sha256) for model in run.models]
    return Report(
        number=number,
        anchor=f"d{number}",
        document=document,
        run=run,
        name=_value(document.title) or document.name,
        publisher=_value(document.publisher),
        published=_value(document.published)[:10],
        rows=tuple(rows),
        link=link,
    )


def _page(words: Words) -> _Table:
    return _Table(words, "page")


class _Table(NamedTuple):
    words: Words
    table: str

    def __call__(self, key: object) -> str:
        return self.words(self.table, key)


def _with_text(report: Report, told: Iterable[Told]) -> Report:
    """Return the report with its text in paragraphs, every claim of the dossier marked."""
    document = report.document
    found: list[marks.Mark] = []
    for claim in {each.claim.id: each.claim for each in told if each.document.id == document.id}.values():
        found.append(marks.Mark(claim.content.start, claim.content.end, marks.CONTENT, _home(report, claim.id)))
        found.extend(marks.of_leaves(take_apart(claim)))
    paragraphs = []
    at = 0
    for line in document.text.split("\n"):
        if line.strip():
            paragraphs.append(marks.pieces(document.text, found, start=at, end=at + len(line)))
        at += len(line) + 1
    return replace(report, paragraphs=tuple(paragraphs))


def _home(report: Report, claim_id: str) -> str:
    return f"{report.anchor}-{claim_id}"


class _Maker:
    """Makes what is shown of one event."""

    def __init__(self, dossier: Dossier, number: int, reports: Mapping[str, Report], words: Words) -> None:
        self.dossier, self.number, self.reports, self.words = dossier, number, reports, words
        self.page = _page(words)
        self.told = [each for each in dossier.told if each.claim.repeats is None] or list(dossier.told)
        self.claims = {Ref(document=d.id, claim=c.id): c for d, c in dossier.told}
        self.group = {name: n for n, members in enumerate(dossier.event.independent, start=1) for name in members}

    def happening(self) -> Happening:
        event, answers = self.dossier.event, self.dossier.answers()
        places = [
            place for each in self.told for place in each.claim.places if place.relation in ("in", "near", "between")
        ]
        reports = [self.reports[name] for name in dict.fromkeys(each.document.id for each in self.dossier.told)]
        times = [time for each in self.told for time in each.claim.times]
        return Happening(
            id=event.id,
            anchor=f"e{self.number}",
            title=event.title,
            what=self._what(event.type, event.modes) or self.page("unknown_type"),
            when=_days(event) or self.page("unknown_day"),
            where=tuple((place.name or place.exact, self._where(place)) for place in event.places),
            counts=(
                (self.page("reports"), len(reports)),
                (self.page("independent"), len(event.independent)),
                (self.page("claims"), len(self.told)),
                (self.page("contradictions"), len(event.contradictions)),
            ),
            map=maps.drawn(places),
            timeline=timelines.drawn(times, [(r.publisher or r.name, r.published or None) for r in reports]),
            tellers=tuple(self._tellers()),
            groups=tuple(self._groups(event)),
            ties=tuple(
                Tie(self._called(tie.document), self._called(tie.on), self.words("tie", tie.tie), tie.reason)
                for tie in event.dependences
            ),
            authors=tuple(self._authors(answers.authors)),
            tolls=tuple(self._tolls(answers.toll)),
            held=tuple(self._held(answers.holdings)),
            contradictions=tuple(self._contradictions(answers.disputes)),
            framing=tuple(self._framing()),
            missing=tuple((self._lack(row.what), row.reason) for row in answers.missing),
        )

    def _what(self, kind: str | None, modes: Iterable[str]) -> str:
        return self.page("comma").join(
            filter(None, [self.words("type", kind) if kind else "", *(self.words("mode", mode) for mode in modes)])
        )

    def _where(self, place: Place) -> tuple[str, ...]:
        at = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else ""
        return tuple(
            filter(
                None, [self.words("precision", place.precision), at, countries.called(place.country, self.words.code)]
            )
        )

    def _called(self, name: str) -> Report | str:
        """Return the report of that id, else the name of the outlet that is not here."""
        return self.reports.get(name) or name.removeprefix("outlet:")

    def _groups(self, event: Event) -> Iterator[Group]:
        for number, (members, why) in enumerate(zip(event.independent, event.why, strict=False), start=1):
            yield Group(number, tuple(self._called(name) for name in members), why)

    # --- who says what -------------------------------------------------------------------------------------------------------------

    def _tellers(self) -> Iterator[Teller]:
        order = sorted(
            self.told, key=lambda each: (self.reports[each.document.id].number, each.claim.content.start, each.claim.id)
        )
        for name, group in groupby(order, key=lambda each: each.document.id):
            report = self.reports[name]
            yield Teller(report, self.group.get(name, 0), tuple(self._said(report, each.claim) for each in group))

    def _said(self, report: Report, claim: Claim) -> Said:
        rows = tuple(self._rows(claim))
        asked = [self.page(key) for key in ("who", "whom", "where", "when", "how_many")]
        there = {row.label for row in rows}
        return Said(
            anchor=self._card(report, claim.id),
            home=_home(report, claim.id),
            chain=tuple(self._chain(claim)),
            pieces=marks.pieces(
                report.document.text,
                marks.of_leaves(take_apart(claim)),
                start=claim.content.start,
                end=claim.content.end,
            ),
            kind=self._what(claim.type, claim.modes),
            badges=tuple(self._badges(claim)),
            rows=rows,
            unsaid=tuple(label for label in asked if label not in there) if claim.type else (),
        )

    def _card(self, report: Report, claim_id: str) -> str:
        return f"e{self.number}-{_home(report, claim_id)}"

    def _chain(self, claim: Claim) -> Iterator[Step]:
        for link in claim.chain:
            who = link.source.exact if link.source else ""
            name = link.name if link.name and link.name != who else ""
            yield Step(who, name or "", self.words("act", link.act), link.cue.exact)

    def _badges(self, claim: Claim) -> Iterator[str]:
        if claim.polarity == "negative":
            yield self.words("standing", "negative")
        if claim.certainty != "certain":
            yield self.words("standing", claim.certainty)
        if claim.status != "happened":
            yield self.words("standing", claim.status)
        if claim.territory:
            yield self.words("territory", claim.territory)

    def _rows(self, claim: Claim) -> Iterator[Row]:
        yield from (_row(self.page("who"), each, _other(each.name, each.exact)) for each in claim.actors)
        yield from (_row(self.page("whom"), each, _other(each.name, each.exact)) for each in claim.recipients)
        for place in claim.places:
            yield _row(self.page("where"), place, _other(place.name, place.exact), *self._where(place))
        for time in claim.times:
            first, last = time.earliest, time.latest
            days = first if first == last else f"{first} {DASH} {last or ''}".strip()
            yield _row(self.page("when"), time, days if first and days else self.page("undated_short"))
        for number in claim.quantities:
            kind = "" if number.kind == "other" else self.words("kind", number.kind)
            unit = number.unit if number.unit and number.unit != PERSON else ""
            yield _row(self.page("how_many"), number, kind, f"{charts.bounds(number)} {unit}".strip())
        yield from (_row(self.page("hedge"), each) for each in claim.hedges)
        for label in claim.labels:
            yield _row(self.page("label"), label, f"{self.page('plainly')}: {label.neutral}" if label.neutral else "")

    # --- how it holds up -----------------------------------------------------------------------------------------------------------

    def _side(self, voice: Voice) -> Side:
        report, claim = self.reports[voice.ref.document], self.claims[voice.ref]
        return Side(voice.speaker, report, claim.content.exact, self._card(report, claim.id))

    def _contradictions(self, disputes: Iterable[Dispute]) -> Iterator[tuple[str, tuple[Value, ...]]]:
        for dispute in disputes:
            values = (
                Value(
                    self.words.side(side.says),
                    tuple(map(self.words.side, side.room)),
                    tuple(self._side(voice) for voice in side.voices if voice.ref in self.claims),
                )
                for side in dispute.sides
            )
            yield self.words("field", dispute.field), tuple(values)

    def _tolls(self, steps: Sequence[TollStep]) -> Iterator[Toll]:
        drawn = {chart.rows[0].number: chart for chart in charts.tolls(steps)}
        numbered = list(enumerate(steps, start=1))
        for kind, group in groupby(numbered, key=lambda each: each[1].kind):
            rows = list(group)
            shown = tuple(drawn[number] for number, _ in rows if number in drawn)
            whose = tuple(
                f"{self.words('kind', kind)}{f' · {self.words.parties(chart.of)}' if chart.of else ''}"
                for chart in shown
            )
            figures = tuple(self._figure(number, step) for number, step in rows)
            yield Toll(self.words("kind", kind), figures, tuple(zip(whose, shown, strict=True)))

    def _figure(self, number: int, step: TollStep) -> Figure:
        report = self.reports[step.ref.document]
        return Figure(
            number=number,
            day=step.published or self.page("undated_short"),
            change=self.words("change", step.change),
            exact=step.quantity.exact,
            bounds=charts.bounds(step.quantity),
            of=self.words.parties(step.of or ""),
            speaker=step.speaker,
            report=report,
            takes=step.takes or "",
            # of the first figure there is nothing more to say
            reason="" if step.change == "first" else step.reason,
            anchor=self._card(report, step.ref.claim),
        )

    def _held(self, found: Iterable[Holdings]) -> Iterator[Ground]:
        for each in found:
            rows = tuple(
                (
                    self.words("holder", row.holder),
                    self.words("holds", row.said),
                    row.earliest or "",
                    row.speaker,
                    self.reports.get(row.ref.document),
                )
                for row in each.rows
            )
            if rows:
                yield Ground(each.place, charts.held(each), rows)

    def _framing(self) -> Iterator[tuple[str, tuple[Word, ...]]]:
        rows = self.dossier.answers().framing
        for publisher, group in groupby(rows, key=lambda row: row.publisher):
            yield (
                self.page("unknown_outlet") if publisher == UNKNOWN_OUTLET else publisher,
                tuple(
                    Word(
                        row.word,
                        row.count,
                        row.loaded,
                        row.neutral or "",
                        tuple(self.page("own") if voice == "-" else voice for voice in row.voices),
                    )
                    for row in group
                ),
            )

    def _authors(self, rows: Iterable[Authorship]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield each actor with how he is said to stand to the deed, and everybody who says so."""
        by: dict[tuple[str, str], dict[str, None]] = {}
        for row in rows:
            said = ", ".join(dict.fromkeys(filter(None, [row.speaker, row.publisher])))
            by.setdefault((row.actor, self.words("stands", row.stands)), {})[said] = None
        for (actor, stands), speakers in by.items():
            yield actor, stands, tuple(speakers)

    def _lack(self, what: str) -> str:
        """Return what is missing in words: 'second figure (killed)' is a word and a kind."""
        base, bracket, kind = what.partition(" (")
        said = self.words("lack", base)
        return f"{said} ({self.words('kind', kind.removesuffix(')'))})" if bracket else said


def _row(label: str, each: Mention, *means: str) -> Row:
    """Return a line of facts; what is empty of what it means is left out."""
    return Row(label, each.exact, tuple(filter(None, means)), each.reason if each.basis == "inferred" else "")


def _other(name: str | None, exact: str) -> str:
    return name if name and name != exact else ""


def _days(event: Event) -> str:
    if not event.earliest:
        return ""
    return event.earliest if event.earliest == event.latest else f"{event.earliest} {DASH} {event.latest or ''}".strip()
