"""Claims and events in the formats of other tools: what the commands ``export`` and ``convert`` do, from Python.

from reportedly import exporting
report = exporting.export(exporting.material("claims.jsonl"), "acled", "events.csv")
for lost in report.losses: ...
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from reportedly import api, codes
from reportedly.answers import Answers
from reportedly.errors import InputError
from reportedly.export import registry
from reportedly.export.filters import filtered
from reportedly.export.losses import Lost, Report, Watch
from reportedly.export.protocol import Dossier, Field, Format, Loss, Material, Option, Table, Told
from reportedly.queries import Filter
from reportedly.records import Problem
from reportedly.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportedly.api import Collection, Redaction
    from reportedly.queries import Kept
    from reportedly.records import Claim, Event, Reading

__all__ = [
    "Answers",
    "Dossier",
    "Field",
    "Filter",
    "Format",
    "Loss",
    "Lost",
    "Material",
    "Option",
    "Report",
    "Table",
    "Told",
    "convert",
    "dossier",
    "export",
    "format_names",
    "formats",
    "material",
    "material_of",
    "open_format",
]
# Events that are told of in the same reports lie beside each other.
READINGS_AT_HAND = 200
NONE = Material(readings=lambda: iter(()), dossiers=lambda: iter(()))


def format_names() -> tuple[str, ...]:
    """Return the names of the formats there are, those of other packages too."""
    return registry.names()


def open_format(name: str) -> Format:
    """Return a format by name. Raises InputError where there is none."""
    return registry.find(name)


def formats() -> tuple[Format, ...]:
    """Return every format that can be loaded."""
    found = []
    for name in registry.names():
        try:
            found.append(registry.find(name))
        except InputError:
            continue
    return tuple(found)


def material(
    *sources: str | Path,
    wanted: Filter | None = None,
    events: Iterable[str] = (),
    failed: Callable[[Problem], object] | None = None,
    redaction: Redaction | None = None,
    machine: bool = False,
) -> Material:
    """Return what stores and files of claims (JSON Lines) hold, as an export takes it.

    ``wanted`` leaves the claims it means, and whole the events that have one of them; ``events`` (ids, beginnings of ids, numbers in the
    list of ``api.events``) leaves these and the claims they rest on. Raises InputError where one of them is none.

    Readings are read anew for each pass, one by one; events need all claims at once, and are grouped when first asked for. Those of a
    store, where it is the only source, are kept in it, and then read one by one too. ``failed`` is told of each line that holds no
    reading, once. ``redaction`` keeps names out of everything: events are made from copies without them, and none is kept. With
    ``machine`` what people decided in a store is left aside.
    """
    versions = wanted.versions if wanted else "current"
    if len(sources) == 1 and api.is_store(sources[0]) and redaction is None and not machine:
        made = _of_store(sources[0], tuple(events), versions)
    else:
        made = material_of(_reading(sources, failed, redaction, versions, machine=machine), tuple(events))
    return made if wanted in (None, Filter()) else filtered(made, api.sieve(wanted))


def _reading(
    sources: Iterable[str | Path],
    failed: Callable[[Problem], object] | None,
    redaction: Redaction | None,
    versions: Kept,
    *,
    machine: bool,
) -> Callable[[], Iterator[Reading]]:
    """Return what gives the readings of the sources, at each call anew."""
    told: set[str] = set()

    def readings() -> Iterator[Reading]:
        for source in sources:
            if api.is_store(source):
                found: Iterable[Reading | Problem] = api.stored_readings(source, versions=versions, machine=machine)
            else:
                found = api.read_claims(source)
            for read in found:
                if not isinstance(read, Problem):
                    yield redaction.reading(read) if redaction else read
                elif read.name not in told:
                    told.add(read.name)
                    if failed:
                        failed(read)

    return readings


def material_of(readings: Callable[[], Iterator[Reading]], events: tuple[str, ...] = ()) -> Material:
    """Return what a stream of readings, and the events of all of them, hold; the function must give the stream anew at each call.

    ``events`` are those asked for, as ``material`` takes them; none asks for all.
    """

    @cache
    def grouped() -> tuple[Collection, tuple[Event, ...]]:
        collection = api.collect(readings())
        found = api.events(collection)
        return collection, chosen(found, events) if events else found

    if events:
        # what is none is to be refused before anything is written
        grouped()

    def dossiers() -> Iterator[Dossier]:
        collection, found = grouped()
        return (dossier(event, collection) for event in found)

    return Material(readings=lambda: _told_of(readings, lambda: grouped()[1], events), dossiers=dossiers)


def chosen(found: Iterable[Event], names: Iterable[str]) -> tuple[Event, ...]:
    """Return the events asked for, in their order. Raises InputError where one is none."""
    known = tuple(found)
    ids = {api.named_event(known, name).id for name in names}
    return tuple(event for event in known if event.id in ids)


def _told_of(
    readings: Callable[[], Iterator[Reading]], only: Callable[[], Iterable[Event]], events: tuple[str, ...]
) -> Iterator[Reading]:
    """Yield the readings with the claims that the events asked for rest on; whole where none is asked for."""
    if not events:
        yield from readings()
        return
    refs = {(ref.document, ref.claim) for event in only() for ref in event.claims}
    for reading in readings():
        kept = tuple(claim for claim in reading.claims if (reading.document.id, claim.id) in refs)
        if kept:
            yield msgspec.structs.replace(reading, claims=kept)


def _of_store(path: str | Path, events: tuple[str, ...], versions: Kept) -> Material:
    """Return what a store holds; of its events no more is in memory than one and the reports that were last asked for."""
    only = chosen(api.stored_events(path)[1], events) if events else ()
    ids = {event.id for event in only}

    def dossiers() -> Iterator[Dossier]:
        with open_store(path, read_only=True) as store:
            stale = store.events_stale()
        if stale:
            collection, found = api.stored_events(path)
            with open_store(path, read_only=True) as store:
                if store.events_stale():
                    # a store that we may not write keeps no events
                    yield from (dossier(event, collection) for event in found if not ids or event.id in ids)
                    return
            del collection, found
        with open_store(path, read_only=True) as store:
            document = lru_cache(maxsize=READINGS_AT_HAND)(store.document)
            for event in only or store.events():
                wanted = dict.fromkeys(ref.document for ref in event.claims)
                yield dossier(event, api.collect(document(name) for name in wanted))

    def readings() -> Iterator[Reading]:
        return api.stored_readings(path, versions=versions)

    return Material(readings=lambda: _told_of(readings, lambda: only, events), dossiers=dossiers)


def dossier(event: Event, collection: Collection) -> Dossier:
    """Return an event with its claims; what is answered about it is worked out when asked for.

    A claim that has no codes of other schemes, as those of another annotator, gets what its facts decide.
    """
    told = tuple(Told(collection.document(ref.document), _coded(collection.claim(ref))) for ref in event.claims)

    return Dossier(event=event, told=told, answers=lambda: api.answers(event, collection))


def _coded(claim: Claim) -> Claim:
    return claim if claim.codes else msgspec.structs.replace(claim, codes=codes.derive(claim))


def export(
    what: Material, name: str, output: str | Path | BinaryIO, *, options: Mapping[str, str] | None = None
) -> Report:
    """Write ``what`` in the format ``name`` and return what was lost.

    A file appears when it is whole; one that was there is replaced. Raises InputError for an unknown format or option, where a library is
    missing, and where the format makes files and a stream was given.
    """
    format_ = registry.find(name)
    chosen = registry.options(format_, options or {})
    watch = Watch(format_)
    watched = watch.watched(what)
    if not isinstance(output, (str, Path)):
        if format_.write is None:
            raise InputError(f"{name} is no stream of text", cure=f"name a file: --output events{format_.suffix}")
        format_.write(watched, output, chosen)
    elif format_.write_folder is not None:
        Path(output).mkdir(parents=True, exist_ok=True)
        format_.write_folder(watched, Path(output), chosen)
    else:
        _to_file(format_, watched, Path(output), chosen)
    return watch.report()


def convert(
    path: str | Path,
    *,
    of: str,
    against: Material = NONE,
    options: Mapping[str, str] | None = None,
    failed: Callable[[Problem], object] | None = None,
) -> Material:
    """Return what a file in the format ``of`` holds; ``against`` is the material that annotations in it are of.

    Raises InputError where the format is written only.
    """
    format_ = registry.find(of)
    if format_.read is None:
        readable = ", ".join(each.name for each in formats() if each.read)
        raise InputError(f"{of} is written, not read back", cure=f"what is read back: {readable}")
    read, chosen = format_.read, registry.options(format_, options or {})
    told: set[str] = set()

    def readings() -> Iterator[Reading]:
        for found in read(Path(path), against, chosen):
            if not isinstance(found, Problem):
                yield found
            elif found.name not in told:
                told.add(found.name)
                if failed:
                    failed(found)

    return material_of(readings)


def _to_file(format_: Format, what: Material, output: Path, options: Mapping[str, Any]) -> None:
    """Write beside the file and put it in place when it is whole; whatever goes wrong leaves what was there."""
    if output.is_dir():
        raise InputError(f"{output} is a folder", cure=f"name a file: {output / f'events{format_.suffix}'}")
    if output.exists() and not output.is_file():
        _to_device(format_, what, output, options)
        return
    # a link stays a link: what it points to is replaced
    output = output.resolve()
    if not output.parent.is_dir():
        raise InputError(f"{output.parent} is no folder", cure="name a file in a folder that exists")
    # beside it, so that putting it in place is one step on one disk
    folder = Path(tempfile.mkdtemp(prefix=".reportedly-", dir=output.parent))
    try:
        part = folder / output.name
        if format_.write_file is not None:
            format_.write_file(what, part, options)
        else:
            assert format_.write is not None
            with part.open("wb") as out:
                format_.write(what, out, options)
        # what the format puts beside the file goes first: whoever sees the file finds the rest
        for companion in sorted(folder.iterdir()):
            if companion != part:
                companion.replace(output.parent / companion.name)
        part.replace(output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _to_device(format_: Format, what: Material, output: Path, options: Mapping[str, Any]) -> None:
    """Write into a device or a pipe, which must not be replaced."""
    if format_.write is None:
        raise InputError(f"{output} is no file", cure=f"name a file: --output events{format_.suffix}")
    with output.open("wb") as out:
        format_.write(what, out, options)
