"""What inputs are made to break: files of every form cut and stirred, texts of words that mean something, dates, numbers, rules."""

import gzip
import io
import itertools
import json
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

from hypothesis import strategies as st

import reportedly
import warcs
from reportedly import api, ingest, rules, samples
from reportedly.annotate import sparing
from reportedly.errors import RuleError
from reportedly.records import Problem

LANGUAGES = ("fr", "en", "ar")
HOSTILE = [
    "\u202e",
    "\u200b",
    "\u2067",
    "\ufeff",
    "\ud800",
    "\0",
    "\u0301" * 3,
    "İ",
    "ﬁ",
    "ß",
    "\u2028",
    "\r",
    "\t",
    "\x85",
    "𝟙𝟚",
    "٣",
    "½",
    "(((",
    "»»",
    "«",
    '"',
    "l'" * 9,
    "''",
    "–",
    "...",
    "…",
    "<b>",
    "&amp;",
    "=1+1",
]
LONG = ["l'", "(", "« ", "1", " ", "a", "a-", "1,", "و", ". ", "\n", "123 morts ", "Selon "]
MONTHS = ["janvier", "juin", "août", "décembre", "January", "June", "May", "Dec.", "حزيران", "يونيو"]
TIMES = [
    "le",
    "lundi",
    "Monday",
    "الاثنين",
    "dernier",
    "last",
    "in",
    "en",
    "depuis",
    "since",
    "hier",
    "yesterday",
    "14h30",
    "2:30 p.m.",
    "il y a",
    "ago",
    "jours",
    "days",
    "-",
    "/",
    ".",
    ",",
]
UNITS = [
    "morts",
    "blessés",
    "civils",
    "km",
    "euros",
    "dead",
    "people",
    "million",
    "قتيلا",
    "%",
    "dizaines de",
    "au moins",
    "more than",
    "entre",
    "et",
    "plus de",
    "mille",
    "vingt",
    "douze",
    "hundred",
]


@lru_cache(maxsize=1)
def readers():
    """The reader of each mode."""
    return api.Reader(), api.Reader(mode="fast")


@lru_cache(maxsize=1)
def words():
    """The words of the samples by language, with what stands between them."""
    found = {code: [] for code in LANGUAGES}
    for article in samples.articles():
        found[article["language"]] += article["text"].split()
    return {code: sorted(set(each)) for code, each in found.items()}


@st.composite
def texts(draw):
    """A language, and a text of its words in no order, stirred with characters that break things."""
    language = draw(st.sampled_from(LANGUAGES))
    pieces = st.one_of(
        st.sampled_from(words()[language]),
        st.sampled_from(words()[language]),
        st.sampled_from(HOSTILE),
        st.text(max_size=4),
    )
    chosen = draw(st.lists(pieces, min_size=1, max_size=40))
    gaps = draw(
        st.lists(
            st.sampled_from([" ", " ", " ", "\n", "\n\n", "", "\u00a0"]), min_size=len(chosen), max_size=len(chosen)
        )
    )
    return language, "".join(piece + gap for piece, gap in zip(chosen, gaps, strict=True))


@lru_cache(maxsize=1)
def cues():
    """All that the lexicons list by language: one list a lexicon, for the longest have no more to say than the shortest."""
    found = {}
    for code in LANGUAGES:
        listed = (lexicon.index.values() for _, lexicon in sorted(rules.load(code).lexicons.items()))
        forms = (sorted({" ".join(entry.form) for entries in each for entry in entries}) for each in listed)
        found[code] = [each for each in forms if each]
    return found


MARKS = (":", ",", ".", "(", ")", "-", "«", "»", '"', "“", "”", ";", "…", "?", "\n", "\n\n", "'", "’", "/")
NUMBERS = ("12", "1.000", "trois", "le 5 mai", "mardi", "2015", "on Tuesday", "three", "50%", "10h30", "12-14")


@st.composite
def lines(draw):
    """A language, and what its rules look for, in no order: cues beside cues, with nothing said between."""
    language = draw(st.sampled_from(LANGUAGES))
    form = st.sampled_from(cues()[language]).flatmap(st.sampled_from)
    name = st.sampled_from(words()[language]).map(str.capitalize)
    pieces = draw(
        st.lists(st.one_of(form, form, st.sampled_from(MARKS), name, st.sampled_from(NUMBERS)), min_size=2, max_size=14)
    )
    return language, " ".join(pieces)


def hidden():
    """Characters that hide within words, one for each place where one may."""
    return st.lists(st.sampled_from(["", "", "\u00ad", "\u200d", "\u202e", "\u2060\ufeff"]), min_size=1, max_size=20)


def laden(text, marks):
    """``text`` with ``marks``, again and again from the first, between the letters of its words."""
    inside = [i for i in range(1, len(text)) if text[i - 1].isalpha() and text[i].isalpha()]
    after = dict(zip(inside, itertools.cycle(marks), strict=False))
    return "".join(after.get(i, "") + letter for i, letter in enumerate(text))


@st.composite
def dates(draw):
    """A language, and what may be a date."""
    figures = (
        st.integers(0, 40).map(str)
        | st.integers(1, 9999).map(str)
        | st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", fullmatch=True)
    )
    chosen = draw(st.lists(st.one_of(figures, st.sampled_from(MONTHS), st.sampled_from(TIMES)), min_size=1, max_size=9))
    return draw(st.sampled_from(LANGUAGES)), " ".join(chosen)


@st.composite
def numbers(draw):
    """A language, and what may be a number of something."""
    figures = (
        st.integers(0, 10**9).map(str)
        | st.from_regex(r"[0-9]{1,4}([.,  ][0-9]{1,4}){0,3}", fullmatch=True)
        | st.text("0123456789.,٠١٢٣", max_size=30)
    )
    chosen = draw(st.lists(st.one_of(figures, st.sampled_from(UNITS)), min_size=1, max_size=8))
    return draw(st.sampled_from(LANGUAGES)), " ".join(chosen)


def patterns():
    """What may be the pattern of a rule."""
    pieces = [
        "(",
        ")",
        "|",
        "?",
        "{number}",
        "{word}",
        "{gap:3}",
        "{cap}",
        "<x: ",
        ">",
        "!",
        "^",
        "$",
        "{speech_verbs}",
        "{nothing}",
        "{@group}",
        "{digits:1-9}",
        "mort",
        "tués",
        "\\(",
        "{",
        "}",
        "*",
        "l'",
    ]
    return st.lists(st.sampled_from(pieces), max_size=12).map(" ".join)


@lru_cache(maxsize=1)
def seeds():
    """A small whole file of every form that can be made here, by its ending."""
    text = "Selon le maire, trois civils ont été tués mardi à Gao. L'armée dément."
    page = warcs.page(f"Gao\n\n{text * 6}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", text)
        archive.writestr("b.html", page)
    item = f"<item><title>Gao</title><description>{text * 3}</description></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title>{item}</channel></rss>"
    crawl = b"".join(warcs.archive([f"Gao\n\n{text * 6}"]))
    return {
        ".txt": text.encode(),
        ".html": page.encode(),
        ".jsonl": json.dumps({"text": text}).encode() + b"\n",
        ".json": json.dumps([{"text": text}]).encode(),
        ".csv": f'text,date\n"{text}",2024-05-01\n'.encode(),
        ".xml": feed.encode(),
        ".warc.gz": crawl,
        ".warc": gzip.decompress(crawl),
        ".zip": packed.getvalue(),
        ".txt.gz": gzip.compress(text.encode()),
        ".pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n",
        ".docx": packed.getvalue(),
        "": b"\xff\xfe" + text.encode("utf-16-le"),
    }


@st.composite
def files(draw):
    """The ending of a file, and what it holds: a whole one cut, doubled, overwritten, or nothing but chance."""
    suffix = draw(st.sampled_from(sorted(seeds())))
    data = bytearray(draw(st.sampled_from([seeds()[suffix], seeds()[draw(st.sampled_from(sorted(seeds())))]])))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        deed = draw(st.sampled_from(["cut", "insert", "overwrite", "double"]))
        if deed == "cut":
            del data[at : at + draw(st.integers(1, 400))]
        elif deed == "insert":
            data[at:at] = draw(st.binary(max_size=40))
        elif deed == "overwrite":
            piece = draw(st.binary(max_size=40))
            data[at : at + len(piece)] = piece
        else:
            data[at:at] = data[max(0, at - 200) : at] * draw(st.integers(1, 4))
    return suffix, bytes(data)


def opened(suffix, data):
    """What the readers make of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        return list(ingest.read(path))


def read(which, language, text):
    """The reading of a text, None where it is refused."""
    found = next(iter(reportedly.documents(text, language=language)))
    return None if isinstance(found, Problem) else which.read(found)


def mentions(language, text):
    """What a text mentions."""
    found = next(iter(reportedly.documents(text, language=language, published="2024-05-01")))
    return reportedly.Mentions(document=found) if isinstance(found, Problem) else readers()[0].mentions(found)


@lru_cache(maxsize=1)
def language():
    """French, for rules."""
    return rules.load("fr")


def matched(pattern):
    """The tokens that a rule of this pattern matches in a sentence; none where the pattern is refused."""
    try:
        made = rules.RuleSet(
            "fuzz", {"rule": [{"id": "fr.fuzz.one", "pattern": pattern, "gives": {}, "yes": [], "no": []}]}, language()
        )
        text = language().prepare("Selon le maire, au moins 12 civils ont été tués mardi (mort) l'armée.")
        return [(hit.first, hit.last) for hit in made.hits(text)]
    except RuleError:
        return []


def seconds(text, clock):
    """The time the readers of the surface take for a text."""
    begun = clock()
    lang = language()
    sparing.telling(lang.prepare(text), lang)
    return clock() - begun
