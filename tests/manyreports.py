"""Reports of many invented happenings, made by chance from a seed: each told by a few reports, in several claims each."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly import records
from reportedly.records import Claim, Document, Entity, Link, Mention, Quantity, Reading, Run, Sourced, Span

RUN = Run(id="made", annotator="made", version="0", language="en", language_sha256="0" * 64)
KINDS = (
    ("ASSAULT", ("heavy-weapons",), "shelling"),
    ("ASSAULT", ("firearms",), "shooting"),
    ("ASSAULT", ("aerial",), "air strike"),
    ("ASSAULT", ("abduct",), "abduction"),
    ("COERCE", ("arrest",), "arrest"),
    ("PROTEST", ("demo",), "march"),
)
SYLLABLES = ("ba", "ka", "to", "mi", "ru", "sen", "lor", "dan", "vek", "zur", "hal", "pim", "gos", "nat", "fel", "qua")
FIRST_DAY, A_DAY = date(2020, 1, 1), 2
# A report of two happenings has them from one week.
APART = 5


@dataclass(frozen=True)
class World:
    """How much there is of everything: a crowded world has many happenings of one kind at one time and place.

    Without a number of ``days`` there are two new happenings a day, however many there are.
    """

    days: int | None = None
    kinds: int = len(KINDS)
    parties: int = 80
    places: int | None = None
    degrees: float = 90.0
    seed: int = 0


CROWDED = World(days=2, kinds=1, parties=3, places=4, degrees=0.3)


def _word(chance):
    return "".join(chance.choice(SYLLABLES) for _ in range(3))


def _place(world, number):
    chance = random.Random(f"{world.seed} place {number}")
    name = _word(chance).capitalize()
    return name, round(chance.random() * world.degrees - 35, 3), round(chance.random() * world.degrees, 3)


def happening(world, number):
    """What happened: number ``number`` of a world."""
    chance = random.Random(f"{world.seed} {number}")
    kind, modes, word = chance.choice(KINDS[: world.kinds])
    name, lat, lon = _place(world, chance.randrange(world.places) if world.places else number)
    return {
        "kind": kind,
        "modes": modes,
        "word": word,
        "place": name,
        "lat": lat,
        "lon": lon,
        "day": FIRST_DAY + timedelta(days=chance.randrange(world.days) if world.days else number // A_DAY),
        "actor": f"Group {chance.randrange(world.parties)}",
        "victim": f"Group {chance.randrange(world.parties)}",
        "killed": chance.randrange(2, 80),
    }


class _Writer:
    """Writes a report claim by claim, each in a sentence of its own."""

    def __init__(self, number):
        self.number, self.text, self.claims = number, "", []

    def say(self, words, told, *, act=None, **details):
        start = len(self.text) + len(f"Report {self.number}: ")
        sentence = f"{words} the {told['word']}"
        self.text += f"Report {self.number}: {sentence}. "
        content = Span(start=start, end=start + len(sentence), exact=sentence)
        trigger = records.Trigger(start=content.end - len(told["word"]), end=content.end, exact=told["word"])
        who = Mention(start=start, end=start + 1, exact=sentence[:1])
        self.claims.append(
            Claim(
                id=f"r{self.number}c{len(self.claims)}",
                content=content,
                trigger=trigger,
                type=told["kind"],
                modes=told["modes"],
                chain=(Link(source=who, cue=who, act=act),) if act else (),
                **details,
            )
        )


def _entity(name):
    return Entity(start=0, end=1, exact=name, name=name, kind="armed-group")


def report(number, happenings, chance):
    """One report of some happenings, its claims in the order of its text."""
    writer = _Writer(number)
    # words of its own, so that reports of one happening are no copies
    writer.text = f"{' '.join(_word(chance) for _ in range(60))}.\n\n"
    for told in happenings:
        where = records.Place(
            start=0, end=1, exact=told["place"], lat=told["lat"], lon=told["lon"], precision=1, name=told["place"]
        )
        day = told["day"].isoformat()
        when = records.Time(start=0, end=1, exact=day, earliest=day, latest=day, anchored=True)
        killed = told["killed"] + chance.choice((0, 0, 0, 1, 3))
        toll = Quantity(start=0, end=1, exact=str(killed), kind="killed", low=killed, best=killed, high=killed)
        actors = (_entity(told["actor"]),) if chance.random() < 0.7 else ()
        writer.say(f"in {told['place']} on {day}", told, places=(where,), times=(when,), actors=actors)
        writer.say(f"{killed} killed in", told, quantities=(toll,), recipients=(_entity(told["victim"]),))
        writer.say("they deny", told, act="deny", polarity="negative", actors=(_entity(told["actor"]),))
        writer.say("witnesses speak of", told, act="assert")
    published = (max(told["day"] for told in happenings) + timedelta(days=1)).isoformat()
    return Reading(
        document=Document(
            id=f"d{number:07d}",
            name=f"d{number:07d}",
            text=writer.text,
            sha256=f"{number:064d}",
            published=Sourced(value=published, found="made", trust="given"),
            language=Sourced(value="en", found="made", trust="given"),
        ),
        claims=tuple(writer.claims),
        run=RUN,
    )


def reports(count, *, telling=5, world=None, seed=0):
    """``count`` reports; every happening is told by about ``telling`` of them, every report tells of one or two.

    Without a ``world`` there is one in which two new happenings come to pass every day, however many reports there are.
    """
    chance = random.Random(seed)
    happenings = max(1, count * 4 // (3 * telling))
    world = world or World(seed=seed)
    for number in range(count):
        first = chance.randrange(happenings)
        further = [min(happenings - 1, first + chance.randint(1, APART))] if chance.random() < 1 / 3 else []
        yield report(number, [happening(world, each) for each in (first, *further)], chance)
