"""Inputs that break programs, made anew by ``write``: damaged, endless, swelling, lying ones, and one honest neighbour of each.

    .venv/bin/python tests/hostile.py FOLDER [--huge]      to look at them, or to try another program on them

``--huge`` adds an article of a gigabyte. Nothing here is kept in the repository.
"""

import gzip
import io
import json
import os
import stat
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import making

HONEST = "Au moins douze civils ont été tués mardi à Alep, selon l'armée.\n"
# How an input must end: read (one document or more), refused (a problem), or either; some of what it holds may be lost, if that is said.
READ, REFUSED, EITHER, SOME = "read", "refused", "either", "some"
BIDI = "\u202eAlep\u202c : \u2066douze\u2069 civils\u200b tu\u0301és, \u200fselon l'armée\ufeff.\n"


def records(count=6):
    """A web archive of so many pages."""
    return [making.record(number) for number in range(count)]


def damaged(data, start, length=40):
    """``data`` with zeros in it."""
    return data[:start] + b"\0" * length + data[start + length :]


def lying_zip():
    """A ZIP whose member says that it is small and swells."""
    packed = zlib.compressobj(wbits=-15)
    data = packed.compress(b"Alep. " * 10_000_000) + packed.flush()
    name = b"small.txt"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), 100, len(name), 0) + name + data
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(data), 100, len(name), 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), len(local), 0)
    return local + central + name + end


def lzma_zip():
    """A ZIP whose member asks for four gigabytes to unpack a line."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", HONEST)
    data = bytearray(file.getvalue())
    at = data.index(b"a.txt") + len("a.txt") + 5  # behind LZMA's version, length and first property
    data[at : at + 4] = b"\xff" * 4
    return bytes(data)


def climbing_zip():
    """A ZIP whose members lead out of it, one a link."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"):
            archive.writestr(zipfile.ZipInfo(name), HONEST)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("honest.txt", HONEST)
    return file.getvalue()


def nested_zip(levels):
    """A ZIP in a ZIP in a ZIP."""
    data, name = HONEST.encode(), "honest.txt"
    for level in range(levels):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        data, name = file.getvalue(), f"level{level}.zip"
    return data


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">'
    + "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><rss><channel><item><title>&lol9;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>Alep</title><description>&x;</description></item></channel></rss>"
)
REMOTE = (
    '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">'
    "<rss><channel><item><title>Alep : douze morts</title><description>Douze civils tués.</description></item></channel></rss>"
)


# A report around a hostile stretch: what stands before it and behind it, and what each tells of, in the order of the text.
REPORTS = {
    "fr": (
        (
            "Au moins douze civils ont été tués mardi à Alep dans une frappe aérienne, selon l'Observatoire syrien des droits de "
            "l'homme. "
            "L'armée syrienne a démenti avoir visé des civils.\n\n"
        ),
        "\n\nLe ministre de la Défense a affirmé que trois soldats avaient été blessés mercredi à Homs par l'explosion d'une mine.\n",
    ),
    "en": (
        (
            "At least twelve civilians were killed on Tuesday in Aleppo in an air strike, according to the Syrian Observatory for "
            "Human Rights. "
            "The Syrian army denied having targeted civilians.\n\n"
        ),
        "\n\nThe defence minister said that three soldiers had been wounded on Wednesday in Homs by the explosion of a mine.\n",
    ),
    "ar": (
        (
            "قتل اثنا عشر مدنيا على الأقل يوم الثلاثاء في حلب في غارة جوية، وفق المرصد السوري لحقوق الإنسان. "
            "ونفى الجيش السوري استهداف مدنيين.\n\n"
        ),
        "\n\nوأعلن وزير الدفاع إصابة ثلاثة جنود يوم الأربعاء في حمص بانفجار لغم.\n",
    ),
}
# What is repeated without end, the same in each language: marks, letters, signs that are not seen, numbers, dates, markup.
ANYWHERE = {
    "brackets": "(", "open-and-closed": "()", "brackets-apart": "( ", "brackets-of-kinds": "([{", "quotes": "«", "quotes-apart": "« ",
    "quotes-straight": '" ', "quotes-of-kinds": "“«\"‘", "quotes-nested": "« mot “ mot ", "quotes-closed": "mot » ",
    "quotes-open-and-closed": "« mot » ", "apostrophes": "'", "elisions": "l'", "elisions-apart": "l' ", "elisions-curled": "l’",
    "one-letter": "a", "letters-apart": "a ", "hyphens": "a-", "slashes": "a/", "clitics": "و", "clitics-doubled": "لل",
    "joiners": "\u200d", "joined-letters": "a\u200b", "combining": "\u0301", "vowel-signs": "قَ", "right-to-left": "\u202e",
    "right-to-left-words": "\u202emot\u202c ", "isolates": "\u2067a", "marks-of-order": "\ufeff", "emoji": "👩\u200d👩\u200d👧",
    "emoji-apart": "💥 ", "numbers": "1.000", "numbers-apart": "1.000 ", "digits": "1", "digits-and-commas": "1,", "arabic-digits": "٣ ",
    "percent": "% ", "halves": "½", "ranges": "1-", "days": "12/05/2015 - ", "clocks": "14h30 ", "years": "2015-", "commas": ", ",
    "semicolons": "; ", "colons": ": ", "points": ".", "points-apart": ". ", "ellipses": "… ", "dashes": "– ", "cries": "! ",
    "newlines": "\n", "lines": "a\n", "paragraphs": "Alep\n\n", "spaces": " ", "unbroken-spaces": "\u00a0", "tabs": "\t",
    "returns": "\r", "line-separators": "\u2028", "capitals": "Alep ", "initials": "J. ", "acronyms": "O.N.U. ", "addresses": "http://a.b/",
    "mail": "a@b.", "scripts-mixed": "aعx", "ligatures": "ﬁ", "dotted": "İ", "underscores": "_", "stars": "* ", "tags": "<b>",
    "entities": "&amp;", "stretched-letters": "ـ", "list": "- mot\n", "letters-listed": "A, B, C et ",
}  # fmt: skip
# And what means something in a language: who says, when, what happened, who, how many, how sure.
SAID = {
    "fr": {
        "said-that": "dit que ", "according-to": "selon l'armée, ", "dates": "du 1er au 1er ", "weekdays": "lundi 3 mai et ",
        "months": "mai ", "triggers": "tués blessés bombardé attaqué arrêtés explosion frappe morts ", "triggers-alone": "Tués. ",
        "triggers-shouted": "TUÉS ", "actors": "l'armée, Daech, les rebelles, ", "names": "M. Dupont et ",
        "clauses": "qui a dit que l'armée, ", "tolls": "douze civils tués et ", "repeats": "trois morts à Alep, ", "hedges": "peut-être ",
        "places": "à Alep près de ", "answers": "Il a dit : « non. » ", "titles": "le président ", "of": "de la ", "whose": "dont ",
        "not": "ne pas ", "numbers-and": "1 et ",
    },
    "en": {
        "said-that": "said that ", "according-to": "according to the army, ", "dates": "from 1 to 1 ", "weekdays": "Monday 3 May and ",
        "months": "May ", "triggers": "killed wounded bombed attacked arrested explosion strike dead ", "triggers-alone": "Killed. ",
        "triggers-shouted": "KILLED ", "actors": "the army, Daesh, the rebels, ", "names": "Mr. Smith and ",
        "clauses": "who said that the army, ", "tolls": "twelve civilians killed and ", "repeats": "three dead in Aleppo, ",
        "hedges": "perhaps ", "places": "in Aleppo near ", "answers": "He said: “no.” ", "titles": "the president ", "of": "of the ",
        "whose": "whose ", "not": "did not ", "numbers-and": "1 and ",
    },
    "ar": {
        "said-that": "قال إن ", "according-to": "وفق الجيش، ", "dates": "من 1 إلى 1 ", "weekdays": "الاثنين 3 مايو و", "months": "مايو ",
        "triggers": "قتل جرح قصف هاجم اعتقال انفجار غارة قتلى ", "triggers-alone": "قتلوا. ", "actors": "الجيش، داعش، المعارضة، ",
        "names": "محمد وأحمد و", "clauses": "الذي قال إن الجيش، ", "tolls": "اثنا عشر مدنيا قتلوا و", "repeats": "ثلاثة قتلى في حلب، ",
        "hedges": "ربما ", "places": "في حلب قرب ", "answers": "قال: «لا.» ", "titles": "الرئيس ", "whose": "بينهم ", "not": "لم ",
        "numbers-and": "1 و",
    },
}  # fmt: skip


def units(language):
    """What hostile stretches of a language are made of, by name."""
    return ANYWHERE | SAID[language]


def stretch(unit, size):
    """``unit`` over and over, ``size`` characters long."""
    return (unit * (size // len(unit) + 1))[:size]


def around(language, unit, size):
    """A report in which a hostile stretch stands, ``size`` characters long."""
    before, behind = REPORTS[language]
    return f"{before}{stretch(unit, size)}{behind}"


def stretched(size=12_000):
    """Honest reports with a hostile stretch in the middle."""
    for language in REPORTS:
        for name, unit in units(language).items():
            yield f"{name}.{language}.txt", around(language, unit, size).encode(), READ


def texts():
    """Text and pages: name, bytes, how they must end."""
    paragraph = "".join(f"<p>{each}</p>" for each in making.PARAGRAPHS)
    yield "divs.html", ("<html><body>" + "<div>" * 100_000 + paragraph).encode(), REFUSED
    yield "paragraphs.html", ("<html><body>" + "<p>" * 6_666_666).encode(), REFUSED
    yield "page-of-entities.html", ("<html><body>" + "&amp;" * 1_900_000).encode(), REFUSED
    yield "comment-without-end.html", making.page().replace("<article>", "<article><!--").encode(), REFUSED
    yield "brackets.txt", b"(" * 100_000, EITHER
    yield "quotes.txt", "«".encode() * 100_000, EITHER
    yield "elisions.txt", b"l'" * 50_000, EITHER
    yield "one-word.txt", b"a" * 190_000, EITHER
    yield "spaces.txt", b"Alep." + b" " * 190_000 + b"Douze morts.", EITHER
    yield "words-tues.txt", ("mot " * 30_000 + "tués").encode(), EITHER
    yield "numbers.txt", b"1.000 " * 30_000, EITHER
    yield "digits.txt", b"1" * 190_000 + b" morts", EITHER
    yield "semicolons.txt", b"Alep ; " * 25_000, EITHER
    yield "combining.txt", ("a" + "\u0301" * 90_000).encode(), EITHER
    yield "too-long.txt", HONEST.encode() * 5_000, REFUSED
    yield "newlines.txt", b"\n" * 1_000_000, REFUSED
    yield "nothing.txt", b"", REFUSED
    yield "nuls.txt", b"\0" * 10_000, REFUSED
    yield "noise.bin", bytes((n * 7919 + n // 3) % 256 for n in range(50_000)), REFUSED
    yield "bidi.txt", BIDI.encode(), READ
    yield "nul-within.txt", HONEST.replace("civils", "ci\0vils").encode(), READ
    yield "utf-16.txt", HONEST.encode("utf-16"), READ
    yield "cut-utf-16.txt", (HONEST * 3).encode("utf-16")[:-1], READ
    yield "cp1252.txt", HONEST.encode("cp1252"), READ
    yield "cp1256.txt", "قالت مصادر محلية إن عشرات المدنيين قتلوا في قصف على سوق شعبي في حلب.\n".encode("cp1256"), READ
    yield (
        "utf-7.txt",
        "Au moins douze civils ont été tués à Alep, selon l'armée. L'armée dément.\n".encode("utf-7"),
        READ,
    )
    yield "mixed.txt", HONEST.encode() + HONEST.encode("cp1252") + HONEST.encode(), READ
    yield "lying-charset.html", making.page(charset="utf-8").encode("cp1252"), READ
    yield "surrogates.jsonl", b'{"text": "Alep \\ud800 : douze civils tu\\u00e9s."}\n', READ
    yield "wtf-8.txt", HONEST.encode() + b"\xed\xa0\x80 fin.\n", READ


NINE = 9_000_000


def pages():
    """Pages below the limit of their size, of nothing but one thing around an article; and what parsers take long for."""

    def around_article(more, *, head="", before=""):
        return (before + making.page(body=(*making.PARAGRAPHS, more)).replace("</head>", f"{head}</head>")).encode()

    for name, unit in {
        "paragraphs": "<p>", "cells": "<tr><td>x", "lists": "<ul><li>x</ul>", "bold": "<b>x</b>", "comments": "<!-- x -->", "ends": "</p>",
    }.items():  # fmt: skip
        yield f"nine-of-{name}.html", around_article(unit * (NINE // len(unit))), REFUSED
    yield "nine-of-one-comment.html", around_article(f"<!--{'- ' * (NINE // 2)}-->"), READ
    yield "nine-of-one-value.html", around_article(f'<div a="{"b " * (NINE // 2)}">x</div>'), READ
    yield "nine-of-script.html", around_article(f"<script>{'var a=1;' * (NINE // 8)}</script>"), READ
    yield "nine-of-entities.html", around_article("&#233;" * (NINE // 6)), REFUSED
    yield "nine-of-words.html", around_article("mot " * (NINE // 4)), REFUSED
    yield "attributes.html", around_article(f"<div {' '.join(f'a{n}=b' for n in range(400_000))}>x</div>"), REFUSED
    yield "many-options.html", around_article("<select>" + "<option>x" * 250_000), READ
    yield "many-titles.html", around_article("<title>x</title>" * 125_000), READ
    yield "many-tables.html", around_article("<table><tr><td>x</td></tr></table>" * 40_000), EITHER
    yield "many-images.html", around_article("<img src=x>" * 250_000), READ
    yield "comments-before.html", around_article("", before="<!-- a -->" * 300), READ
    yield "comments-before.txt", b"<!-- a -->" * 300 + HONEST.encode(), READ
    yield (
        "surrogates-in-facts.html",
        around_article("", head=f'<script type="application/ld+json">{LONE}</script>'),
        READ,
    )
    yield "no-encoding.html", making.page(charset="palmos").encode("cp1252"), READ


LONE = '{"@type": "NewsArticle", "publisher": {"name": "\\ud800"}}'


def tables():
    """Tables, lines and exports."""
    yield (
        "formulas.csv",
        b'title,text\n=HYPERLINK("http://127.0.0.1/"),"=2+5+cmd|\' /C calc\'!A0 Douze civils tu\xc3\xa9s."\n',
        READ,
    )
    yield "open-quote.csv", b'title,text\nAlep,"Douze morts.\n' + b"x,y\n" * 400_000, SOME
    yield "one-column.csv", b"text\nDouze civils tu\xc3\xa9s \xc3\xa0 Alep.\n", READ
    yield "ragged.csv", b"title,text\nAlep\nHoms,Douze morts.\n,,,,,\n", SOME
    yield "nested.jsonl", b"[" * 100_000 + b"\n" + making.lines({"text": HONEST}), SOME
    yield "long-line.jsonl", b'{"text": "' + b"x" * 3_000_000 + b'"}\n' + making.lines({"text": HONEST}), SOME
    yield "cut.jsonl", making.lines({"text": HONEST})[:-20], REFUSED
    chat = json.dumps(making.telegram(*(making.message(n, HONEST + str(n)) for n in range(5))), indent=1).encode()
    yield "cut-chat.json", chat[:-400], SOME
    yield (
        "deep-chat.json",
        b'{"name": "x", "messages": [{"id": 1, "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}",
        REFUSED,
    )
    yield "laughs.xml", LAUGHS.encode(), REFUSED
    yield "outside.xml", OUTSIDE.encode(), REFUSED
    yield "remote.xml", REMOTE.encode(), READ
    yield "deep.xml", b"<rss><channel>" + b"<item>" * 100_000, REFUSED
    yield "not-well-formed.xml", making.RSS.replace("</guid><category>", "</guid>& <category>").encode(), READ
    yield "cut.xml", making.RSS[: len(making.RSS) * 3 // 4].encode(), READ
    deep = f'<entry><title>A</title><content type="xhtml">{"<div>" * 9_000}x{"</div>" * 9_000}</content></entry>'
    yield "deep-entry.xml", making.ATOM.replace("<entry>", deep + "<entry>", 1).encode(), SOME
    yield "utf-16-laughs.xml", LAUGHS.encode("utf-16"), REFUSED
    yield "utf-16.xml", making.RSS.encode("utf-16"), READ
    yield "half.html", making.europresse({}, {}).replace("</article>", "", 1).encode(), READ


def archives():
    """Archives: packed, swelling, damaged, leading elsewhere."""
    whole, packed = making.warc(*records()), making.warc_gz(*records())
    yield "cut.warc", whole[:-300], SOME
    yield "cut.warc.gz", packed[:-200], SOME
    yield "damaged.warc", damaged(whole, len(records()[0]) + 5), SOME
    yield "damaged.warc.gz", damaged(packed, len(gzip.compress(records()[0])) + 60), SOME
    yield "one-member.warc.gz", damaged(gzip.compress(whole), len(gzip.compress(whole)) // 2), EITHER
    yield "lying-length.warc", whole.replace(b"Content-Length: ", b"Content-Length: 9", 1), EITHER
    yield "endless-length.warc", whole.replace(b"Content-Length: ", b"Content-Length: 99999999999", 1), EITHER
    yield "damaged-first.warc.gz", damaged(packed, len(gzip.compress(records()[0])) - 8, 4), SOME
    yield "other-codings.warc", making.warc(making.record(1, b"\x28\xb5\x2f\xfd", coding="zstd"), *records(2)), SOME
    yield "cut-coding.warc", making.warc(making.record(1, gzip.compress(b"x")[:9], coding="gzip"), *records(2)), SOME
    yield "no-type.warc", b"WARC/1.0\r\nnonsense\r\n\r\n", REFUSED
    bomb = gzip.compress(b"<p>" + b"Alep " * 30_000_000)
    yield "bomb-within.warc", making.warc(making.record(1, bomb, coding="gzip"), *records(2)), SOME
    yield "bomb.gz", gzip.compress(b"Alep. " * 40_000_000), REFUSED
    yield "bomb.jsonl.gz", gzip.compress(b" " * 300_000_000), REFUSED
    yield "cut.txt.gz", gzip.compress(HONEST.encode() * 300)[:-12], SOME
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", b"Alep. " * 4_000_000)
    yield "bomb.zip", file.getvalue(), REFUSED
    yield "lying.zip", lying_zip(), REFUSED
    yield "lzma.zip", lzma_zip(), REFUSED
    yield "mail.eml", b"From: a@b\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nRG91emUgY2l2aWxz\n", REFUSED
    yield "climbing.zip", climbing_zip(), SOME
    yield "nested.zip", nested_zip(5), REFUSED
    yield "cut.zip", climbing_zip()[:-30], REFUSED
    yield "bomb.docx", making.zipped(word__document_dot_xml=b"<w>" + b" " * 300_000_000), REFUSED
    yield "cut.docx", making.docx(HONEST)[:-100], REFUSED
    yield "cut.pdf", making.pdf(HONEST)[:400], REFUSED
    yield "no.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * 10_000, REFUSED
    yield "locked.pdf", making.pdf(HONEST, password="x"), REFUSED


def write(folder, *, huge=False):
    """Write the corpus into ``folder`` with an honest report before each; return how each must end, by name."""
    folder, ends = Path(folder), {}
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, data, end) in enumerate((*texts(), *pages(), *tables(), *archives(), *stretched())):
        honest = f"{name}.honest.txt"
        (folder / honest).write_text(f"{HONEST}{number} blessés.\n", encoding="utf-8")
        (folder / name).write_bytes(data)
        ends[name], ends[honest] = end, READ
    if huge:
        with (folder / "gigabyte.txt").open("wb") as file:
            for _ in range(1000):
                file.write(HONEST.encode() * (1_000_000 // len(HONEST.encode())))
        ends["gigabyte.txt"] = REFUSED
    if hasattr(os, "symlink"):
        (folder / "link.txt").symlink_to("/etc/passwd")
        (folder / "loop").symlink_to(folder, target_is_directory=True)
    return ends


if __name__ == "__main__":
    for made, must in sorted(write(sys.argv[1], huge="--huge" in sys.argv).items()):
        sys.stdout.write(f"{must}\t{made}\n")
