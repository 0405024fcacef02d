"""Inputs made by the tests themselves, in every form we read: nothing of anybody else's is kept in this repository."""

import gzip
import io
import json
import zipfile

PAGE = (
    '<html lang="fr"><head><meta charset="{charset}"><meta property="og:site_name" content="{publisher}">'
    '<meta property="article:published_time" content="{published}"></head>'
    "<body><article><h1>{title}</h1>{body}</article></body></html>"
)
PARAGRAPHS = (
    "Au moins douze civils ont été tués mardi à Alep, selon l'Observatoire syrien des droits de l'homme, qui accuse le régime.",
    "L'armée dément avoir visé des civils et affirme que ses avions ont frappé un dépôt de munitions près de la ville.",
)


def page(
    title="Alep : douze civils tués",
    *,
    publisher="AFI",
    published="2015-06-09T10:00:00Z",
    charset="utf-8",
    body=PARAGRAPHS,
):
    """A saved page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return PAGE.format(title=title, publisher=publisher, published=published, charset=charset, body=body)


def record(
    number,
    body=None,
    *,
    kind="response",
    type_="text/html; charset=utf-8",
    status="200 OK",
    coding=None,
    url=None,
    date="2015-06-09T12:00:00Z",
    more="",
):
    """One record of a web archive, as a crawler writes it."""
    body = page(f"Alep, jour {number} : douze civils tués").encode() if body is None else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {type_}\r\n{f'Content-Encoding: {coding}{chr(13)}{chr(10)}' if coding else ''}\r\n"
    block = body if kind == "conversion" else http.encode() + body
    inner = "text/plain" if kind == "conversion" else f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"WARC-Date: {date}\r\nWARC-Target-URI: {url or f'https://afi.example/{number}'}\r\n{more}"
        f"Content-Type: {inner}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(*records):
    """A web archive."""
    return b"".join(records)


def warc_gz(*records):
    """A web archive whose records are packed one by one."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Le Cèdre - À la une</title><link>https://cedre.example</link><language>fr-FR</language>
<item><title>Alep : douze civils tués</title><link>https://cedre.example/1</link><pubDate>Tue, 09 Jun 2015 23:10:00 -0500</pubDate>
<description>Douze morts &lt;b&gt;à Alep&lt;/b&gt;.</description>
<content:encoded><![CDATA[<p>Au moins douze civils ont été <b>tués</b> mardi à Alep.</p><p>L'armée dément.</p>]]></content:encoded>
<guid isPermaLink="false">x1</guid><category>Syrie</category></item>
<item><title>Homs : un convoi attaqué</title><guid>https://cedre.example/2</guid><dc:date>2015-06-10T01:00:00+03:00</dc:date>
<description>Un convoi a été attaqué près de Homs.</description><dc:creator>J. Untel</dc:creator></item>
<item><media xmlns="urn:x"/></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>وكالة الأرز</title>
<entry><title type="html">حلب: مقتل 12 مدنيا</title><link rel="self" href="https://arz.example/self"/><link href="https://arz.example/1"/>
<published>2015-06-09T23:30:00-05:00</published><updated>2015-06-12T00:00:00Z</updated>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>قتل 12 مدنيا في حلب يوم الثلاثاء.</p><p>نفى الجيش ذلك.</p></div></content></entry>
<entry><title>Aleppo: twelve killed</title><link href="https://arz.example/2"/><updated>2015-06-10T00:00:00Z</updated>
<summary>Twelve civilians were killed in Aleppo.</summary><source><title>The Levant Post</title></source></entry>
</feed>
"""


def telegram(*messages, **chat):
    """Telegram's export of one chat."""
    return {"name": "قناة حلب", "type": "public_channel", "id": 1234567890, **chat, "messages": list(messages)}


def message(number, text, **more):
    """A message of such an export."""
    kept = {"id": number, "type": "message", "date": "2015-06-09T23:30:00", "date_unixtime": "1433881800", "text": text}
    return {**kept, "from": "قناة حلب", "from_id": "channel1234567890", **more}


ARTICLE = (
    '<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{publisher}</span></div>'
    '<div class="rdp__DocHeader"><span class="DocHeader">{header}</span></div>'
    '<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p></div>'
    '<div class="docAuthors">Jean Untel</div></header>'
    '<section><div class="DocText clearfix"><div class="docOcurrContainer">{body}</div></div></section>'
    '<footer><div class="publiC-lblNodoc">{number}</div></footer></article>'
)


def europresse(*articles):
    """An export of Europresse; each article a dict of what differs."""
    plain = {
        "publisher": "La Croix, no. 43018",
        "header": "Monde, mardi 9 juin 2015, p. 5",
        "title": "Alep : douze civils tués",
        "body": "<p>Au moins douze civils ont été <mark>tués</mark> mardi à Alep.</p><p>L'armée dément.</p>",
        "number": "news·20150609·LC·1234567",
    }
    made = "".join(ARTICLE.format(**{**plain, **article}) for article in articles)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Europresse</title></head><body><div>{made}</div></body></html>'


def zipped(**members):
    """A ZIP archive of these members; '__' in a name stands for '/', and '_dot_' for '.'."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


def pdf(*lines, title="", password=None):
    """A PDF file with these lines, one below the other; an empty one leaves a gap."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    file = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    sheet = canvas.Canvas(file, encrypt=lock, invariant=1)
    sheet.setTitle(title)
    for number, line in enumerate(lines):
        sheet.drawString(60, 800 - 15 * number, line)
    sheet.showPage()
    sheet.save()
    return file.getvalue()


def docx(*paragraphs, table=(), title=""):
    """A Word file with these paragraphs, and a table behind them."""
    import docx as word

    file, document = io.BytesIO(), word.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for y, row in enumerate(table):
            for x, words in enumerate(row):
                made.cell(y, x).text = words
    document.save(file)
    return file.getvalue()


def lines(*articles):
    """JSON Lines of articles."""
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()
