"""An intake to try: a small folder of every kind, an annotator that only pretends, and what a store holds, to compare."""

import gzip
import hashlib
import json
import random
import sqlite3

import msgspec

import making
from reportedly import intake
from reportedly.ingest import Options
from reportedly.queries import Filter
from reportedly.records import Claim, Reading, Run, Span
from reportedly.store import open_store

EVERY = Filter(versions="all")
STUB = Run(id="stub", annotator="stub", version="1", language="fr", language_sha256="")


def stub(document):
    """One claim for each sentence, at the cost of a few hashes."""
    claims, start = [], 0
    for sentence in document.text.split("."):
        if sentence.strip():
            id_ = hashlib.sha256(f"{document.sha256}{start}".encode()).hexdigest()[:16]
            claims.append(Claim(id=id_, content=Span(start=start, end=start + len(sentence), exact=sentence)))
        start += len(sentence) + 1
    digest = document.text.encode()
    for _ in range(300):
        digest = hashlib.sha256(digest * 5).digest()
    return Reading(document=document, claims=tuple(claims), run=STUB)


def engine(read=stub, **options):
    """The engine that pretends to read."""
    return intake.alone(Options(**options), read)


def article(number):
    """The text of an article like no other."""
    return f"Au moins {number + 2} civils ont été tués mardi à Alep. L'armée dément toute frappe sur la ville le jour {number}."


def folder(path, *, size=24):
    """Files of several kinds, with doubles, new versions and what cannot be read among them."""
    path.mkdir()
    rows = [
        {"text": article(n), "url": f"https://afi.example/{n % (size - 4)}", "publisher": "AFI"} for n in range(size)
    ]
    rows[5] = rows[3]
    (path / "a.jsonl").write_bytes(making.lines(*rows) + b"not json\n" + making.lines({"id": "x"}, rows[1]))
    for number in range(6):
        (path / f"b{number}.txt").write_text(article(100 + number % 5), encoding="utf-8")
    records = [making.record(number) for number in range(8)]
    (path / "c.warc.gz").write_bytes(making.warc_gz(*records)[:-100])
    (path / "d.warc").write_bytes(
        making.warc(*records[:3], making.record(1, making.page("Alep : treize morts").encode()))
    )
    chat = making.telegram(*(making.message(n, article(200 + n)) for n in range(10)), making.message(99, ""))
    (path / "result.json").write_text(json.dumps(chat), encoding="utf-8")
    (path / "z.zip").write_bytes(making.zipped(a_dot_txt=article(300), b_dot_txt=article(100), c_dot_txt=""))
    (path / "empty.txt.gz").write_bytes(gzip.compress(b""))
    for number in range(4):
        (path / f"page{number}.html").write_text(making.page(f"Alep, jour {number % 3} : des tués"), encoding="utf-8")
    (path / "empty.html").write_bytes(b"<html></html>")
    (path / "feed.xml").write_text(making.RSS, encoding="utf-8")
    return path


def fill(store, *paths, read=stub, **options):
    """Take paths into the store in a file, and return the tally."""
    with open_store(store, create=True) as opened:
        return intake.fill(opened, paths, engine=engine(read), **options)


def dump(store):
    """All that a store holds but the time at which it was stored and the numbers of its rows, sorted."""
    with open_store(store, read_only=True) as opened:
        assert opened.audit() == []
        counts = opened.counts()
        assert counts.read == counts.stored + counts.duplicates + counts.refused + counts.forgotten
        documents = [msgspec.structs.replace(each, stored="") for each in opened.documents(EVERY)]
        held = [*opened.fates(), *documents, *opened.readings(EVERY), counts]
        found = sorted(hit.document.id for hit in opened.search("civils", limit=1000))
    database = sqlite3.connect(store)
    tables = [
        row[0]
        for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    ]
    sizes = {
        name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in sorted(tables)
        if "words_" not in name
    }
    database.close()
    return sorted(msgspec.json.encode(each).decode() for each in held), found, sizes


def moments(seed, longest):
    """Moments within ``longest`` seconds, early ones as likely as late ones."""
    chance = random.Random(seed)
    while True:
        yield chance.uniform(0, longest)
