"""Bytes to text: which encoding, and what had to be assumed.

UTF-8 first, as nearly everything is; a byte order mark decides for UTF-16; then the two Windows code pages in which older French and
Arabic reports lie about; then charset-normalizer's opinion. Whatever was not certain is said in a note.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

from reportedly.errors import InputError
from reportedly.ingest import codepages

REPLACEMENT = "\ufffd"
# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF file", "save it as text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save the document as text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save the document as text"),
    (b"{\\rtf", "an RTF document", "save the document as text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first, for example with gunzip"),
    (b"BZh", "a bzip2 archive", "unpack it first, for example with bunzip2"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first, for example with unxz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first, for example with unzstd"),
    (b"\x89PNG", "a picture", "give the words in it as text"),
    (b"\xff\xd8\xff", "a picture", "give the words in it as text"),
    (b"GIF8", "a picture", "give the words in it as text"),
    (b"RIFF", "a picture, sound or film", "give the words in it as text"),
    (b"\x7fELF", "a program", "give a news report as text, HTML or JSON Lines"),
    (b"SQLite format 3\x00", "an SQLite database", "export its reports as JSON Lines"),
    (b"From: <Saved by", "a web archive (MHTML)", "save the page as HTML"),
    (b"MIME-Version:", "a web archive or a mail", "save the page as HTML, or the words as text"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first, for example with unrar"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first, for example with 7z x"),
    (b"\x04\x22\x4d\x18", "an LZ4 archive", "unpack it first, for example with unlz4"),
    (b"MZ\x90\x00", "a program", "give a news report as text, HTML or JSON Lines"),
    (b"WARC/", "a WARC archive", "extract its pages and give those"),
    (b"PAR1", "a Parquet table", "export its reports as JSON Lines"),
)
GIVE_TEXT = "give a news report as text, HTML or JSON Lines"
SAVE_AS_UTF8 = "if words look wrong, save the file as UTF-8"
SAMPLE_BYTES = 100_000
# Control characters that text does hold: tab, line feed, vertical tab, form feed, carriage return, and escape.
CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))


# A letter beyond ASCII as UTF-7 writes it: Latin, Greek to Arabic, typographic marks.
SEVEN = re.compile(rb"\+(?:A[I-X]|B[gj]|IB)[A-Za-z0-9+/]{1,400}-?")
# The encodings that browsers read, by Python's names: of all else that Python calls one, no page is in it.
DECLARED = re.compile(
    r"(?:iso8859-\d+|cp125[0-8]|cp866|cp874|koi8-[ru]|mac-(?:roman|cyrillic)|gb2312|gbk|gb18030|big5(?:hkscs)?|euc_(?:jp|kr)|iso2022_jp"
    r"|shift_jis|cp932|cp949|tis-620|utf-16(?:-[lb]e)?|ascii)"
)
WIDE = "utf-16"
# Of these every byte is a letter, and so is every byte of UTF-8 that was pasted in between.
NARROW = frozenset(("cp1252", "cp1256", "iso8859-6", "iso8859-15"))
MAIL_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}: ?\S")
MAIL = (b"\nMIME-Version:", b"\nContent-Transfer-Encoding:", b"\nReceived: from ")
TAR = slice(257, 262)


class Decoded(NamedTuple):
    """The text, the encoding it was read in, and what was assumed (empty where nothing was)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of ``data``; ``declared`` is the encoding the input names for itself, tried where UTF-8 fails.

    Raises InputError for what is not text.

    >>> decode("Alep libérée".encode("cp1252"))[:2]
    ('Alep libérée', 'windows-1252')
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    refuse_binary(data)
    if wide := _wide(data):
        text = data.decode(wide, "replace")
        return Decoded(text, wide, (f"the file names no encoding; read as {wide.upper()}; {SAVE_AS_UTF8}",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _mixed(data) or _code_page(data)
    return _utf_7(data) or Decoded(text, "utf-8")


def refuse_binary(data: bytes) -> None:
    """Raise InputError where ``data`` is no text: a known signature, or full of control characters."""
    for signature, kind, cure in SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"this is {kind}, not text", cure=cure)
    sample = data[:SAMPLE_BYTES]
    if data[TAR] == b"ustar":
        raise InputError("this is a tar archive, not text", cure="unpack it first, for example with tar -xf")
    if MAIL_HEADER.match(data) and any(mark in data[:8192] for mark in MAIL):
        raise InputError("this is a mail, not text", cure="save its words as text")
    if _wide(data):
        return
    # A stray NUL is damage; one in a hundred bytes is another kind of file.
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if sample.count(0) * 100 > len(sample) + 400 or controls * 50 > len(sample) + 200:
        raise InputError("this is a binary file, not text", cure=GIVE_TEXT)


def _marked(data: bytes, encoding: str) -> Decoded:
    """Decode what follows a byte order mark, which leaves no doubt about the encoding."""
    text = data.decode(encoding, "replace")
    lost = text.count(REPLACEMENT)
    return Decoded(text, encoding, (lost_note(lost, encoding),) if lost else ())


def _wide(data: bytes) -> str | None:
    """Return UTF-16 of either order where every other byte is NUL, as Latin letters are in it."""
    sample = data[:SAMPLE_BYTES]
    if b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or max(even, odd) * 5 < len(sample) * 2 or min(even, odd) * 20 > len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """Decode in the encoding the input names, where there is such a one and it is not the UTF-8 that just failed."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        # Browsers read both labels as Windows-1252, and pages are made for browsers.
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        wrong = not DECLARED.fullmatch(name) or (name.startswith(WIDE) and b"\0" not in data[:SAMPLE_BYTES])
        if wrong or (name in NARROW and codepages.is_mixed(data)):
            return None
        return Decoded(data.decode(name), name)
    except (LookupError, ValueError):
        return None


def _utf_7(data: bytes) -> Decoded | None:
    """Decode UTF-7, mail's encoding, where plain ASCII has at least three of its escapes and nothing that is none of them.

    A sum like '+20' or '+AB-' is no escape of a letter of ours; 't+AOk-' is.
    """
    if not data.isascii() or len(SEVEN.findall(data[:SAMPLE_BYTES])) < 3:
        return None
    try:
        text = data.decode("utf-7")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-7", (f"the file is in UTF-7, which mails were sent in; {SAVE_AS_UTF8}",))


def _mixed(data: bytes) -> Decoded | None:
    """Decode a file pasted together from UTF-8 and older encodings; None where nothing in it is UTF-8 beyond doubt."""
    if not codepages.is_mixed(data):
        return None
    lines = list(codepages.lines(data))
    pages = Counter(page for line in lines for page in line.pages)
    notes = [
        f"{count} line{'' if count == 1 else 's'} {'is' if count == 1 else 'are'} not UTF-8; read as {page.title()}; {SAVE_AS_UTF8}"
        for page, count in sorted(pages.items())
    ]
    lost = sum(line.lost for line in lines)
    return Decoded(
        "".join(line.text for line in lines), "utf-8", (*notes, *((lost_note(lost, "utf-8"),) if lost else ()))
    )


def lost_note(count: int, encoding: str) -> str:
    """Return the note that says of how many places U+FFFD stands for bytes that are nothing in ``encoding``."""
    are, stand = ("is", "stands") if count == 1 else ("are", "stand")
    return f"{count} place{'' if count == 1 else 's'} {are} not {encoding.upper()}; U+FFFD {stand} there"


def _code_page(data: bytes) -> Decoded:
    """Decode one of the older eight-bit encodings, judged by the letters that come out."""
    encoding = codepages.page_of(data[:SAMPLE_BYTES])
    said = f"the file is not UTF-8; read as {encoding.title().replace('Iso', 'ISO')}; {SAVE_AS_UTF8}"
    if not encoding:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:SAMPLE_BYTES]).best()
        if best is None:
            raise InputError("its encoding cannot be told", cure="save the file as UTF-8")
        encoding = best.encoding
        said = f"the file is not UTF-8; read as {encoding}, a guess; {SAVE_AS_UTF8}"
    text = data.decode(encoding, "replace")
    lost = text.count(REPLACEMENT)
    return Decoded(text, encoding, (said, lost_note(lost, encoding)) if lost else (said,))
