"""Material to export in tests: one happening told in given words, any number of events, the samples."""

from functools import lru_cache
from hashlib import sha256

from goldfiles import reading_of
from reportedly import exporting, samples
from reportedly.export.protocol import Dossier, Material, Told
from reportedly.records import (
    Claim,
    Code,
    Document,
    Entity,
    Event,
    Link,
    Mention,
    Place,
    Quantity,
    Reading,
    Ref,
    Run,
    Sourced,
    Span,
    Time,
    Trigger,
)

RUN = Run(id="r", annotator="rules", version="1", language="fr", language_sha256="0" * 64)
DAY = "2015-06-09"


def sourced(value):
    return Sourced(value=value, found="given", trust="given")


def pinned(record, words, **more):
    """A mention that is the whole text."""
    return record(start=0, end=len(words), exact=words, by="test", **more)


def told(words, *, number=0, **more):
    """A claim whose every part is the words, in a document that is nothing but them."""
    document = Document(
        id=f"d{number:07d}",
        name=words,
        text=words,
        sha256=sha256(words.encode()).hexdigest(),
        publisher=sourced(words),
        published=sourced(DAY),
        language=sourced("fr"),
        title=sourced(words),
    )
    claim = Claim(
        id=f"c{number:07d}",
        content=Span(start=0, end=len(words), exact=words),
        chain=(Link(source=pinned(Mention, words), cue=pinned(Mention, words), act="assert"),),
        trigger=pinned(Trigger, words),
        type="ASSAULT",
        acled="Attack",
        codes=(Code(scheme="ucdp", value="3"),),
        actors=(pinned(Entity, words, name=words, kind="armed-group"),),
        recipients=(pinned(Entity, words, kind="civilians"),),
        places=(pinned(Place, words, name=words, lat=34.5, lon=36.25, country="SY"),),
        times=(pinned(Time, words, earliest=DAY, latest=DAY, anchored=True),),
        quantities=(pinned(Quantity, words, kind="killed", low=12.0, best=12.0, high=12.0),),
        **more,
    )
    return Told(document, claim)


def dossier(*rows, event_id="0123456789", **more):
    """An event that rests on the given claims."""
    first = rows[0].claim
    facts = {
        "title": first.content.exact,
        "type": first.type,
        "places": first.places,
        "earliest": DAY,
        "latest": DAY,
        "independent": tuple((row.document.id,) for row in rows),
    }
    refs = tuple(Ref(document=row.document.id, claim=row.claim.id) for row in rows)
    return Dossier(event=Event(id=event_id, claims=refs, **(facts | more)), told=rows)


def material(*rows):
    """What one event told by the given claims is to an export."""
    return Material(
        readings=lambda: (Reading(document=row.document, claims=(row.claim,), run=RUN) for row in rows),
        dossiers=lambda: iter((dossier(*rows),)),
    )


def many(count):
    """As many reports and events as asked for, each made when its turn comes."""
    words = "Au moins douze personnes ont été tuées mardi à Arsal, selon l'armée"
    return Material(
        readings=lambda: (
            Reading(document=row.document, claims=(row.claim,), run=RUN)
            for number in range(count)
            for row in (told(words, number=number),)
        ),
        dossiers=lambda: (dossier(told(words, number=number), event_id=f"{number:010x}") for number in range(count)),
    )


@lru_cache(maxsize=1)
def sample_readings():
    return tuple(reading_of(samples.FOLDER / f"{name}.gold.json") for name in samples.names())


@lru_cache(maxsize=1)
def sample_material():
    """The gold of all samples, grouped once."""
    return exporting.material_of(lambda: iter(sample_readings()))
