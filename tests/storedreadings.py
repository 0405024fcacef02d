"""Readings made for tests of stores: small ones by hand, and any number of generated ones, pinned to their text like real ones."""

import hashlib
import random

from reportedly.records import (
    Claim,
    Document,
    Entity,
    Hedge,
    Label,
    Link,
    Mention,
    Place,
    Quantity,
    Reading,
    Run,
    Sourced,
    Span,
    Time,
    Trigger,
)

RUN = Run(id="r1", annotator="rules", version="1", language="fr", language_sha256="0" * 64)
TYPES = ("ASSAULT", "COERCE", "RETREAT", "AID", "PROTEST", "ACCUSE", None)
KINDS = ("official", "armed-group", "witness", "monitor", "agency", "anonymous")
CERTAINTIES = ("certain", "certain", "certain", "probable", "possible", "unknown")


def sourced(value):
    return None if value is None else Sourced(value=value, found="given by the user", trust="given")


def document(text, *, name="report", url=None, publisher=None, published=None, language="fr", fetched=None, title=None):
    """Return a document as ingest makes it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=hashlib.sha256(f"{digest}\0{name}".encode()).hexdigest()[:16],
        name=name,
        text=text,
        sha256=digest,
        url=url,
        fetched=fetched,
        publisher=sourced(publisher),
        published=sourced(published),
        language=sourced(language),
        title=sourced(title),
    )


def pin(record, text, exact, *, by="test", **facts):
    """Return a mention of ``exact`` where it first stands in ``text``."""
    start = text.index(exact)
    facts = {"by": by, **facts} if issubclass(record, Mention) else facts
    return record(start=start, end=start + len(exact), exact=exact, **facts)


def claim(text, content, **facts):
    """Return a claim of ``text``; the facts are those of Claim."""
    span = pin(Span, text, content)
    digest = hashlib.sha256(f"{text}\0{content}\0{sorted(map(str, facts.items()))}".encode()).hexdigest()
    return Claim(id=digest[:12], content=span, by="rules", **facts)


def reading(text, claims=(), *, run=RUN, **facts):
    """Return a reading of ``text``; the facts are those of ``document``."""
    return Reading(document=document(text, **facts), claims=tuple(claims), run=run)


FLITA = "Selon l'armée syrienne, au moins 12 combattants du Front al-Nosra ont été tués mardi à Flita."


def flita(**facts):
    """Return the reading of one sentence with everything in it."""
    killing = claim(
        FLITA,
        "au moins 12 combattants du Front al-Nosra ont été tués mardi à Flita",
        chain=(
            Link(
                source=pin(Mention, FLITA, "l'armée syrienne"),
                cue=pin(Mention, FLITA, "Selon"),
                act="assert",
                source_kind="official",
                name="Syrian army",
            ),
        ),
        trigger=pin(Trigger, FLITA, "tués", sense="death"),
        type="ASSAULT",
        modes=("firearms",),
        hedges=(pin(Hedge, FLITA, "au moins"),),
        recipients=(pin(Entity, FLITA, "combattants du Front al-Nosra", name="al-Nusra Front", kind="armed-group"),),
        places=(pin(Place, FLITA, "Flita", lat=33.95, lon=36.6, precision=1, name="Flita"),),
        times=(pin(Time, FLITA, "mardi", earliest="2015-06-09", latest="2015-06-09", anchored=True),),
        quantities=(
            pin(Quantity, FLITA, "au moins 12", kind="killed", low=12.0, noun=pin(Span, FLITA, "combattants")),
        ),
        labels=(pin(Label, FLITA, "combattants", of="al-Nusra Front", neutral="fighters"),),
    )
    return reading(FLITA, [killing], **{"name": "flita", "publisher": "AFI", "published": "2015-06-10", **facts})


def generated(count, *, claims_each=10, seed=0):
    """Yield ``count`` readings of ``claims_each`` claims, the same for the same seed: 300 actors, 400 places, 60 outlets, ten years."""
    chance = random.Random(seed)
    actors = [f"Group {chr(65 + i % 26)}{i}" for i in range(300)]
    places = [(f"Place {i}", chance.uniform(-35, 60), chance.uniform(-20, 130)) for i in range(400)]
    for number in range(count):
        yield _generated(number, chance, actors=actors, places=places, claims_each=claims_each)


def _generated(number, chance, *, actors, places, claims_each):
    rows, sentences, at = [], [], 0
    for each in range(claims_each):
        # a few are in the news every day, most of them rarely
        who, whom = (actors[min(299, int(chance.expovariate(1 / 40)))] for _ in range(2))
        place = places[min(399, int(chance.expovariate(1 / 60)))]
        day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        dead = chance.randint(1, 90)
        sentence = f"Report {number}.{each}: the spokesman said that {who} killed {dead} fighters of {whom} in {place[0]} on {day}."
        rows.append((at, sentence, who, whom, place, day, dead))
        sentences.append(sentence)
        at += len(sentence) + 1
    text = " ".join(sentences)
    return Reading(
        document=document(
            text,
            name=f"generated-{number}",
            url=f"https://example.org/{number}",
            publisher=f"Outlet {number % 60}",
            published=rows[0][5],
            language=("fr", "en", "ar")[number % 3],
        ),
        claims=tuple(_generated_claim(row, number * claims_each + i, chance) for i, row in enumerate(rows)),
        run=RUN,
    )


def _generated_claim(row, number, chance):
    at, sentence, who, whom, (place, lat, lon), day, dead = row

    def here(record, exact, **facts):
        start = at + sentence.index(exact)
        return record(start=start, end=start + len(exact), exact=exact, **facts)

    link = Link(
        source=here(Mention, "the spokesman", by="g"),
        cue=here(Mention, "said", by="g"),
        act="assert",
        source_kind=chance.choice(KINDS),
        name=who if chance.random() < 0.5 else None,
    )
    return Claim(
        id=f"{number:012x}",
        content=here(Span, sentence[sentence.index(who) : -1]),
        chain=(link,) if chance.random() < 0.7 else (),
        certainty=chance.choice(CERTAINTIES),
        status=chance.choice(("happened", "happened", "planned", "state")),
        trigger=here(Trigger, "killed", sense="death", by="g"),
        type=chance.choice(TYPES),
        actors=(here(Entity, who, name=who, kind="armed-group", by="g"),),
        recipients=(here(Entity, whom, name=whom, kind="armed-group", by="g"),),
        places=(here(Place, place, name=place, lat=lat, lon=lon, precision=chance.choice((1, 1, 1, 4, 6)), by="g"),),
        times=(here(Time, day, earliest=day, latest=day, anchored=True, by="g"),),
        quantities=(here(Quantity, str(dead), kind="killed", low=dead, best=dead, high=dead, by="g"),),
        by="generated",
    )
