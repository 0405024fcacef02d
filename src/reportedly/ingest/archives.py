"""ZIP archives of reports: members are read one by one in memory, within bounds, and never unpacked to disk.

A member whose name leads out of the archive is refused: it can do no harm here, but whoever made it meant to do some elsewhere.
"""

from __future__ import annotations

import stat
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
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(
            f"this is a ZIP archive or an office document, and damaged ({error})", cure="get it anew"
        ) from error


def refuse_swelling(archive: zipfile.ZipFile) -> None:
    """Raise InputError for an archive whose members swell beyond measure, together or alone."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise InputError(f"the ZIP archive has {len(members):,} members, the limit is {MOST_MEMBERS:,}", cure=UNPACK)
    packed, size = sum(each.compress_size for each in members), sum(each.file_size for each in members)
    if size > LARGEST or _swells(size, packed):
        raise InputError(f"the ZIP archive swells from {packed:,} to {size:,} bytes", cure=UNPACK)


def _swells(size: int, packed: int) -> bool:
    return size > HARMLESS_BYTES and size > MOST_RATIO * max(packed, 1)


def members(
    archive: zipfile.ZipFile, *, label: str, read: Callable[[BinaryIO, zipfile.ZipInfo], Iterator[Found]]
) -> Iterator[Found]:
    """Yield what each member holds, in the order of their names; one that may not or cannot be read is a Problem, and the rest goes on."""
    refuse_swelling(archive)
    for member in sorted(archive.infolist(), key=lambda each: each.filename):
        if member.is_dir() or _is_clutter(member.filename):
            continue
        where = f"{label}:{member.filename}"
        try:
            _refuse_unsafe(member)
            with archive.open(member) as stream:
                yield from read(cast(BinaryIO, stream), member)
        except MemoryError:
            raise
        except InputError as error:
            yield Problem(name=where, reason=error.message, cure=error.cure)
        except RuntimeError as error:
            # zipfile's word for a password
            yield Problem(name=where, reason=f"it cannot be unpacked ({error})", cure="unpack it yourself")
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


def _refuse_unsafe(member: zipfile.ZipInfo) -> None:
    """Raise InputError for a member that leads elsewhere or swells."""
    name = member.filename
    if name.startswith(("/", "\\")) or _leaves(name) or name[1:3] in (":\\", ":/"):
        raise InputError("its name leads out of the archive", cure="do not trust this archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputError("it is a symbolic link, which is not followed", cure=UNPACK)
    if member.compress_type == zipfile.ZIP_LZMA:
        raise InputError("it is packed in a way (LZMA) that may ask for gigabytes", cure=UNPACK)
    if _swells(member.file_size, member.compress_size):
        raise InputError(f"it swells from {member.compress_size:,} to {member.file_size:,} bytes", cure=UNPACK)
