"""Web archives for the tests, made here: a compressed member a record, as crawlers write them."""

import gzip
import uuid

PAGE = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Accueil</a></nav><article><h1>{title}</h1>{body}</article><footer>© 2024</footer></body></html>"""


def record(kind, address, content, content_type):
    """One record, compressed by itself."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address + kind)}>\r\n"
        f"WARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n", mtime=0)


def response(address, page):
    """The record of a page that was got."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return record("response", address, head + page.encode(), "application/http; msgtype=response")


def page(text, language="fr"):
    """A page whose article is that text, its first paragraph the title."""
    title, *paragraphs = text.split("\n\n")
    return PAGE.format(language=language, title=title, body="".join(f"<p>{each}</p>" for each in paragraphs))


def archive(texts, language="fr"):
    """An archive of pages, a request before each answer."""
    yield record("warcinfo", "urn:x", b"software: test\r\n", "application/warc-fields")
    for number, text in enumerate(texts):
        address = f"https://news.example/{number}"
        yield record("request", address, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
        yield response(address, page(text, language))
