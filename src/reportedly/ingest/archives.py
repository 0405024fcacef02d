"""ZIP archives of reports: members are read one by one in memory, within bounds, and never unpacked to disk.

A member whose name leads out of the archive is refused: it can do no harm here, but whoever made it meant to do some elsewhere.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from reportedly.errors import InputError
from reportedly.ingest.streams import HARMLESS_BYTES, MOST_RATIO
from reportedly.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.ingest.making import Found

SIGNATURE = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
IN_DIRECTORY = b"PK\x01\x02"
# Of the head of a member the length of its name, of its entry in the directory those of name, extra field and comment; behind both
# stands the name. Where either has its flags, and in the second byte of these the one of a name in UTF-8; in the first that of a password.
MEMBER, ENTRY = struct.Struct("<26xH2x"), struct.Struct("<28xHHH12x")
FLAGS_OF_MEMBER, FLAGS_OF_ENTRY, UTF8 = 6, 8, 0x08
LOCKED, LOCKED_TOO = 0x01, 0x40
MOST_MEMBERS = 100_000
LARGEST = 2_000_000_000
OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an e-book (EPUB)",
    "Index/Document.iwa": "a Pages document",
}
UNPACK = "unpack it yourself, if you trust it, and give what it holds"


def kind_of(archive: zipfile.ZipFile) -> str:
    """Return ``docx``, what other office document it is, or nothing where it is an archive of files."""
    names = set(archive.namelist())
    return next((kind for name, kind in OFFICE.items() if name in names), "")


def opened(stream: BinaryIO) -> zipfile.ZipFile:
    """Return the archive in a stream one can go back in. Raises InputError where it is damaged."""
    try:
        try:
            return zipfile.ZipFile(stream)
        except UnicodeDecodeError:
            return _misnamed(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(
            f"this is a ZIP archive or an office document, and damaged ({error})", cure="get it anew"
        ) from error


class _Names:
    """The stream of an archive some of whose names are said to be UTF-8 and are not (``strange``): here they are not said to be.

    The library refuses an archive for one such name, and reads any that is not said to be UTF-8.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.strange = stream, set[bytes]()
        self.opening = True
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Return what the stream has, with the marks of such names cleared in its directory and in the heads of its members."""
        data = self._stream.read(size)
        if self.opening and data.startswith(IN_DIRECTORY):
            return self._of_directory(data)
        if size == MEMBER.size == len(data) and data.startswith(SIGNATURE):
            (length,) = MEMBER.unpack(data)
            name = self._stream.read(length)
            self._stream.seek(-len(name), io.SEEK_CUR)
            return _cleared(data, FLAGS_OF_MEMBER) if name in self.strange else data
        return data

    def _of_directory(self, data: bytes) -> bytes:
        at = 0
        while data.startswith(IN_DIRECTORY, at) and at + ENTRY.size <= len(data):
            name, extra, comment = ENTRY.unpack_from(data, at)
            exact = data[at + ENTRY.size : at + ENTRY.size + name]
            if data[at + FLAGS_OF_ENTRY + 1] & UTF8 and not _is_utf8(exact):
                self.strange.add(exact)
                data = _cleared(data, at + FLAGS_OF_ENTRY)
            at += ENTRY.size + name + extra + comment
        return data


def _cleared(data: bytes, at: int) -> bytes:
    """Return the bytes without the flag, of those at ``at``, that says of a name that it is UTF-8."""
    return data[: at + 1] + bytes([data[at + 1] & ~UTF8]) + data[at + 2 :]


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _misnamed(stream: BinaryIO) -> zipfile.ZipFile:
    """Return an archive with names that are not the UTF-8 they are said to be; what is none in them is shown as U+FFFD, as elsewhere."""
    stream.seek(0)
    names = _Names(stream)
    archive = zipfile.ZipFile(cast(BinaryIO, names))
    names.opening = False
    for member in archive.infolist():
        exact = member.orig_filename.encode("cp437", "replace")
        if exact in names.strange:
            member.filename = exact.decode("utf-8", "replace")
    return archive


def refuse_crowded(archive: zipfile.ZipFile) -> None:
    """Raise InputError for an archive of more members than anybody reads."""
    count = len(archive.infolist())
    if count > MOST_MEMBERS:
        raise InputError(f"the ZIP archive has {count:,} members, the limit is {MOST_MEMBERS:,}", cure=UNPACK)


def refuse_swelling(archive: zipfile.ZipFile) -> None:
    """Raise InputError for an archive whose members, which are needed together, swell beyond measure or are too many."""
    refuse_crowded(archive)
    members = archive.infolist()
    packed, size = sum(each.compress_size for each in members), sum(each.file_size for each in members)
    if size > LARGEST or _swells(size, packed):
        raise InputError(f"the ZIP archive swells from {packed:,} to {size:,} bytes", cure=UNPACK)


def _swells(size: int, packed: int) -> bool:
    return size > HARMLESS_BYTES and size > MOST_RATIO * max(packed, 1)


def members(
    archive: zipfile.ZipFile, *, label: str, read: Callable[[BinaryIO, zipfile.ZipInfo], Iterator[Found]]
) -> Iterator[Found]:
    """Yield what each member holds, in the order of their names; one that may not or cannot be read is a Problem, and the rest goes on."""
    refuse_crowded(archive)
    found = archive.infolist()
    # no member gives more than it says, and all that are read together no more than this
    left = min(LARGEST, max(HARMLESS_BYTES, MOST_RATIO * sum(each.compress_size for each in found)))
    for member in sorted(found, key=lambda each: each.filename):
        if member.is_dir() or _is_clutter(member.filename):
            continue
        where = f"{label}:{member.filename}"
        try:
            _refuse_unsafe(member, left=left)
            with archive.open(member) as stream:
                try:
                    yield from read(cast(BinaryIO, stream), member)
                finally:
                    left -= stream.tell()
        except MemoryError:
            raise
        except InputError as error:
            yield Problem(name=where, reason=error.message, cure=error.cure)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            yield Problem(name=where, reason=f"it is damaged ({error})", cure="get the archive anew")
        except Exception as error:  # noqa: BLE001 - zlib.error and its like have no common root
            yield Problem(name=where, reason=f"it does not unpack ({error})", cure="get the archive anew")


def _is_clutter(name: str) -> bool:
    """Return whether a file is one that systems leave behind."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in (".DS_Store", "Thumbs.db", "desktop.ini")


def _leaves(name: str) -> bool:
    """Return whether a member's path steps out of the archive on its way.

    >>> _leaves("a/../b.txt"), _leaves("../b.txt"), _leaves("a/../../a/b.txt"), _leaves("a/..b/c..txt")
    (False, True, True, False)
    """
    deep = 0
    for part in name.replace("\\", "/").split("/"):
        deep += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if deep < 0:
            return True
    return False


def _refuse_unsafe(member: zipfile.ZipInfo, *, left: int) -> None:
    """Raise InputError for a member that leads elsewhere, is locked or swells, or has more bytes than are ``left`` to its archive."""
    name = member.filename
    if name.startswith(("/", "\\")) or _leaves(name) or name[1:3] in (":\\", ":/"):
        raise InputError("its name leads out of the archive", cure="do not trust this archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputError("it is a symbolic link, which is not followed", cure=UNPACK)
    if member.flag_bits & (LOCKED | LOCKED_TOO):
        raise InputError("it is locked by a password", cure="unpack it yourself, with its password")
    if member.compress_type == zipfile.ZIP_LZMA:
        raise InputError("it is packed in a way (LZMA) that may ask for gigabytes", cure=UNPACK)
    if _swells(member.file_size, member.compress_size):
        raise InputError(f"it swells from {member.compress_size:,} to {member.file_size:,} bytes", cure=UNPACK)
    if member.file_size > left:
        raise InputError(f"more than is read of one archive: {left:,} bytes are left to it", cure=UNPACK)
