"""What newsrooms do to a report they take over: cut its lede, cut its length, change words, move sentences."""

import random
import re

from reportedly import samples
from reportedly.copies.prints import SENTENCE

# These samples are copies of others already.
COPIES = ("qal-copie", "rdc-copie", "ukr-copy")


def originals():
    """The sample reports that are nobody's copy, by name."""
    return {article["id"]: article["text"] for article in samples.articles() if article["id"] not in COPIES}


def sentences(text):
    return [match.group().strip() for match in SENTENCE.finditer(text) if match.group().strip()]


def lede_cut(text, _chance):
    return "\n".join([line for line in text.split("\n") if line.strip()][2:])


def part_cut(text, chance, *, share):
    parts = sentences(text)
    kept = sorted(chance.sample(range(len(parts)), max(1, round(len(parts) * (1 - share)))))
    return ". ".join(parts[n] for n in kept)


def quarter_cut(text, chance):
    return part_cut(text, chance, share=0.25)


def half_cut(text, chance):
    return part_cut(text, chance, share=0.5)


def tenth_changed(text, chance):
    pieces = re.split(r"(\w+)", text)
    words = range(1, len(pieces), 2)
    for n in chance.sample(words, round(len(words) / 10)):
        pieces[n] = pieces[chance.choice(words)]
    return "".join(pieces)


def reordered(text, chance):
    parts = sentences(text)
    chance.shuffle(parts)
    return ". ".join(parts)


EDITS = {
    lede_cut: 0.95,
    quarter_cut: 0.95,
    half_cut: 0.80,
    tenth_changed: 0.95,
    reordered: 0.95,
}


def edited(edit, *, rounds=5):
    """(name of the original, its edited copy), several of each sample."""
    for name, text in originals().items():
        for number in range(rounds):
            yield name, edit(text, random.Random(f"{edit.__name__} {name} {number}"))
