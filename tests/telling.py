"""Reports put together claim by claim, for tests of what is made of claims: the words are real, the annotation is given."""

import hashlib

from reportedly.api import collect, events
from reportedly.records import (
    Claim,
    Document,
    Entity,
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

RUN = Run(id="told", annotator="told", version="0", language="fr", language_sha256="0" * 64)
# Where things happen in these tests: latitude, longitude, precision.
SPOTS = {
    "Koro": (14.06, -3.07, 1),
    "Bankass": (14.07, -3.52, 1),
    # hardly ten kilometres from Koro
    "Toroli": (14.12, -3.01, 1),
    "Mopti": (14.5, -4.2, 4),
    "Sana": (None, None, 1),
    "Sake": (-1.57, 29.04, 1),
    "Nord-Kivu": (-0.79, 29.05, 4),
}
KINDS = {"civilians": "civilians", "people": "civilians", "soldiers": "state-force", "fighters": "armed-group"}


def sourced(value):
    return None if value is None else Sourced(value=value, found="told", trust="given")


def entity(name, kind="armed-group"):
    """Somebody by his canonical name; 'civilians', 'people', 'soldiers' and 'fighters' are nameless."""
    if name in KINDS:
        return Entity(start=0, end=1, exact=name, kind=KINDS[name])
    return Entity(start=0, end=1, exact=name, name=name, kind=kind)


def place(name, relation="in"):
    lat, lon, precision = SPOTS[name]
    return Place(start=0, end=1, exact=name, name=name, lat=lat, lon=lon, precision=precision, relation=relation)


def time(days):
    """A day, 'first..last', or words that anchor nothing."""
    first, _, last = days.partition("..")
    if not first[:4].isdigit():
        return Time(start=0, end=1, exact=days)
    return Time(start=0, end=1, exact=days, earliest=first, latest=last or first, anchored=True)


def quantity(kind, said):
    """'12', '12+' at least, '<12' at most, '~12' about, '10-12', '12-' nearly."""
    number = {"kind": kind, "unit": "km2" if kind == "area" else "person"}
    if said.endswith("+"):
        number |= {"low": float(said[:-1])}
    elif said.startswith("<"):
        number |= {"high": float(said[1:])}
    elif said.startswith("~"):
        number |= {"best": float(said[1:])}
    elif said.endswith("-"):
        number |= {"best": float(said[:-1]), "high": float(said[:-1])}
    else:
        low, _, high = said.partition("-")
        number |= {"low": float(low), "high": float(high or low)}
        number |= {} if high else {"best": float(low)}
    return Quantity(start=0, end=1, exact=said, **number)


def claim(words, *, trigger=None, by=(), who=(), whom=(), where=(), when=(), labels=(), counts=None, **details):
    """A claim of these words: ``by`` is a chain of (source, act), ``counts`` figures by kind."""
    links = []
    for source, act in by:
        said = Mention(start=0, end=1, exact=source) if source else None
        links.append(Link(source=said, cue=Mention(start=0, end=1, exact="selon"), act=act))
    return {
        "words": words,
        "trigger": trigger,
        "chain": tuple(links),
        "actors": tuple(each if isinstance(each, Entity) else entity(each) for each in who),
        "recipients": tuple(each if isinstance(each, Entity) else entity(each) for each in whom),
        "places": tuple(place(name) for name in where),
        "times": tuple(time(days) for days in when),
        "quantities": tuple(quantity(kind, said) for kind, said in (counts or {}).items()),
        "labels": tuple(labels),
        **details,
    }


def label(word, of, neutral=None):
    return Label(start=0, end=1, exact=word, of=of, neutral=neutral)


def attack(words, trigger="attaque", **details):
    return claim(words, trigger=trigger, **({"type": "ASSAULT", "modes": ("firearms",)} | details))


def report(name, *claims, publisher=None, published=None, language="fr", title="Un titre qui ne dit rien"):
    """A reading: each claim a sentence of the text, below a title."""
    text, made = title + "\n\n", []
    for number, told in enumerate(claims):
        told = dict(told)  # noqa: PLW2901 - the caller's stays whole
        words, trigger = told.pop("words"), told.pop("trigger")
        start = len(text)
        text += words + ". "
        at = start + words.index(trigger) if trigger else 0
        made.append(
            Claim(
                id=f"c{number}",
                content=Span(start=start, end=start + len(words), exact=words),
                trigger=Trigger(start=at, end=at + len(trigger), exact=trigger) if trigger else None,
                **told,
            )
        )
    document = Document(
        id=name,
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        publisher=sourced(publisher),
        published=sourced(published),
        language=sourced(language),
    )
    return Reading(document=document, claims=tuple(made), run=RUN)


def collection(*reads):
    return collect(reads)


def only_event(*reads):
    """The collection, and the one event that all its claims are in."""
    made = collect(reads)
    (found,) = events(made)
    return made, found
