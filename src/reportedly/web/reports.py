"""Reports and events as the pages and the page's script show them."""

from __future__ import annotations

import tempfile
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly import api
from reportedly.errors import InputError
from reportedly.queries import Filter
from reportedly.records import REACH_KM, Reading
from reportedly.web import reviewing
from reportedly.web.selecting import Selection
from reportedly.web.shapes import Drawn, Evidence, Listing, Queue, Queued, Report, Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fastapi import UploadFile

    from reportedly.queries import Hit, Stored
    from reportedly.records import Claim, Event
    from reportedly.web.desk import Desk

LARGEST = 20_000_000
# Each event of a dossier has its map, its reports whole and every claim.
MOST_IN_DOSSIER = 100


def listed(desk: Desk, asked: Filter, *, after: int = 0, limit: int = 50) -> Listing:
    """Return reports from the ``after``-th on."""
    found = iter(desk.documents()[after:]) if asked == Filter(repeats=asked.repeats) else None
    rows = tuple(islice(found or islice(desk.store.documents(asked), after, None), limit + 1))
    return Listing(rows=rows[:limit], after=after + limit if len(rows) > limit else None)


def queue(desk: Desk, *, document: str | None, seen: bool, after: int, limit: int) -> Queue:
    """Return the claims to review from the ``after``-th report on, whole reports until there are ``limit``; of one report its own.

    Those that repeat another claim of their report are left out. Raises InputError where there is no such report.
    """
    # those too that have no claim left: their numbers are where a page goes on
    names = [document] if document else [each.id for each in desk.documents()]
    rows: list[Queued] = []
    for number, name in enumerate(names[after:], start=after + 1):
        rows.extend(_queued(reviewing.judged(desk, name), seen=seen))
        if len(rows) >= limit:
            return Queue(rows=tuple(rows), after=number if number < len(names) else None)
    return Queue(rows=tuple(rows))


def _queued(report: Report, *, seen: bool) -> Iterator[Queued]:
    document = report.document
    for row in report.claims:
        if row.claim.repeats is None and (seen or row.state == "unseen"):
            yield Queued(document=document.id, name=document.name, claim=row.claim, state=row.state, by=row.by)


def newest(desk: Desk, limit: int) -> tuple[Stored, ...]:
    """Return the reports that came last, the newest first."""
    return tuple(reversed(desk.documents()[-limit:]))


def snippets(hits: Iterable[Hit]) -> dict[str, list[tuple[str, bool]]]:
    """Return the words around what was found, by document, in pieces: a piece and whether it is what was searched for."""
    return {hit.document.id: _pieces(hit) for hit in hits}


def _pieces(hit: Hit) -> list[tuple[str, bool]]:
    if hit.snippet is None:
        return []
    start, text = hit.snippet.start, hit.snippet.exact
    pieces: list[tuple[str, bool]] = []
    at = 0
    for word in sorted(hit.words, key=lambda each: each.start):
        low, high = word.start - start, word.end - start
        if at <= low and high <= len(text):
            pieces += [(text[at:low], False), (text[low:high], True)]
            at = high
    return [*pieces, (text[at:], False)]


def drawn(desk: Desk) -> tuple[Drawn, ...]:
    """Return all events as they are drawn, made once for each grouping."""
    found: tuple[Drawn, ...] = desk.drawn(_drawn)
    return found


def _drawn(desk: Desk, events: tuple[Event, ...]) -> tuple[Drawn, ...]:
    known = {stored.id: stored for stored in desk.documents()}
    # one pass over the claims in place of a look-up for each
    actors = {(row.document.id, row.claim.id): _names(row.claim) for row in desk.store.claims()}
    return tuple(_one(event, known, actors) for event in events)


def _names(claim: Claim) -> tuple[str, ...]:
    return tuple(each.name for each in (*claim.actors, *claim.recipients) if each.name)


def _one(event: Event, known: dict[str, Stored], actors: dict[tuple[str, str], tuple[str, ...]]) -> Drawn:
    documents = [known[name] for name in dict.fromkeys(ref.document for ref in event.claims) if name in known]
    named: dict[str, None] = {}
    for ref in event.claims:
        named |= dict.fromkeys(actors.get((ref.document, ref.claim), ()))
    return Drawn(
        id=event.id,
        title=event.title,
        type=event.type,
        earliest=event.earliest,
        latest=event.latest,
        reported=tuple(sorted({each.published[:10] for each in documents if each.published})),
        points=tuple(
            (each.lat, each.lon, REACH_KM.get(each.precision, REACH_KM[7]), each.name or each.exact)
            for each in event.places
            if each.lat is not None and each.lon is not None
        ),
        places=tuple(dict.fromkeys(each.name or each.exact for each in event.places)),
        countries=tuple(sorted({each.country for each in event.places if each.country})),
        actors=tuple(named),
        outlets=tuple(sorted({each.publisher for each in documents if each.publisher})),
        reports=len(documents),
        independent=len(event.independent),
        contradictions=len(event.contradictions),
        language=documents[0].language or "" if documents else "",
        disputed=any(each.disputed for each in event.places),
    )


def evidence(desk: Desk, name: str) -> Evidence:
    """Return an event with all that is told of it. Raises InputError where there is none."""
    event, collection = desk.told(name)
    return Evidence(
        event=event,
        documents=tuple(collection.document(each) for each in dict.fromkeys(ref.document for ref in event.claims)),
        claims=tuple(Telling(document=ref.document, claim=collection.claim(ref)) for ref in event.claims),
        names=collection.names,
        copies=tuple(each for each in collection.copies if {each.left, each.right} <= set(collection.reads)),
        **msgspec.structs.asdict(api.answers(event, collection)),
    )


def selected(desk: Desk, asked: Selection) -> tuple[Drawn, ...]:
    """Return the events of a selection as they are drawn, the most told first."""
    rows = drawn(desk)
    return rows if asked == Selection() else tuple(row for row in rows if asked.leaves(row))


def dossier(desk: Desk, names: Sequence[str], *, form: str, language: str) -> str:
    """Return the dossier of events as HTML or Markdown. Raises InputError where there is none of that name, or they are too many."""
    from reportedly import exporting
    from reportedly.export import dossier as writing

    if not names:
        raise InputError("there is no event in this selection", cure="take a filter away")
    if len(names) > MOST_IN_DOSSIER:
        raise InputError(
            f"a dossier of {len(names)} events would be too long: at most {MOST_IN_DOSSIER} are written at once",
            cure="narrow the selection down, or write it with 'reportedly export STORE --format html'",
        )
    made, runs = [], {}
    for name in names:
        event, collection = desk.told(name)
        made.append(exporting.dossier(event, collection))
        runs.update({read.document.id: read.run for read in collection.reads.values() if isinstance(read, Reading)})
    write = writing.page if form == "html" else writing.markdown
    return write(made, language=language, runs=runs)


def candidates(desk: Desk, name: str) -> list[dict[str, Any]]:
    """Return the places a name may mean, the likeliest first."""
    return [msgspec.structs.asdict(each) for each in desk.places(name)]


def taken_in(desk: Desk, *, text: str | None, file: UploadFile | None, published: str, publisher: str) -> list[Any]:
    """Read what was pasted or dropped; return what became of each report. Raises InputError where there is nothing to read."""
    given = {"published": published or None, "publisher": publisher or None}
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        # a text that was pasted never names a file, whatever it looks like
        path = Path(folder) / "pasted.txt"
        if file is not None and file.filename:
            # of the name its sender gave only what stands behind the last stroke
            path = Path(folder) / (Path(file.filename.replace("\\", "/")).name[-100:] or "dropped.txt")
            content = file.file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise InputError(
                    f"{path.name} is larger than {LARGEST // 1_000_000} MB", cure="read it with 'reportedly ingest'"
                )
            path.write_bytes(content)
        elif text and text.strip():
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
        else:
            raise InputError("there is nothing to read", cure="paste a text or choose a file")
        return list(desk.read(path, **given))


# A kind of field of the pages, and the measure of the quality gate that tells how often it is wrong.
MEASURES = {
    "sources": "attribution.I50S",
    "what": "type",
    "trigger": "trigger",
    "actors": "actor",
    "recipients": "recipient",
    "places": "place",
    "times": "time",
    "quantities": "quantity",
    "labels": "label",
}


@cache
def error_rates() -> dict[str, Any]:
    """Return how often each kind of field is right on the sample reports, by the languages measured: precision and recall."""
    told = msgspec.json.decode((files("reportedly.web") / "quality.json").read_bytes())
    rows = {
        languages: {name: figures[measure] for name, measure in MEASURES.items() if measure in figures}
        for languages, figures in told["claims"].items()
    }
    return {"reports": told["reports"], "made of": told["made of"], "rows": rows}
