"""Telegram's own export (``result.json``): each message with words is a document, its channel the publisher.

The file is split into messages without being turned into objects as a whole, since a channel's export may have some hundred megabytes.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.errors import InputError
from reportedly.ingest import making
from reportedly.records import Problem, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.records import Document

LARGEST = 300_000_000
# How an export begins: of one chat, or of an account with all its chats.
BEGINS = re.compile(rb'\s*\{.{0,3000}?"(?:messages"\s*:\s*\[|chats"\s*:\s*\{)', re.DOTALL)
CHANNELS = ("public_channel", "private_channel")
KEPT = (
    "id",
    "from",
    "from_id",
    "author",
    "forwarded_from",
    "saved_from",
    "reply_to_message_id",
    "edited",
    "date",
    "date_unixtime",
)
FORM = "export the chat from Telegram Desktop as machine-readable JSON"
# The last message may hold some closing brackets of its own.
MOST_CUTS = 50


class Chat(msgspec.Struct, frozen=True):
    """A chat of an export, its messages not yet read."""

    messages: list[msgspec.Raw]
    name: str | None = None
    type: str = ""
    id: int | None = None


class Chats(msgspec.Struct, frozen=True):
    """The list of chats within an account's export."""

    chats: list[Chat] = msgspec.field(name="list")


class Whole(msgspec.Struct, frozen=True):
    """An account's export with the chats it is still in, and those it has left."""

    chats: Chats | None = None
    left_chats: Chats | None = None


def is_one(head: bytes) -> bool:
    """Return whether the bytes may begin an export; ``read`` tells for certain."""
    return bool(BEGINS.match(head))


def read(
    data: bytes, *, name: str, label: str, options: making.Options, path: str | None = None
) -> Iterator[making.Found]:
    """Yield a Document or a Problem for each message with words, and how many have none. Raises InputError for what is no export."""
    if len(data) > LARGEST:
        raise InputError(f"the export is larger than {LARGEST:,} bytes", cure="export the chat in parts, by date")
    passed: Counter[str] = Counter()
    chats, lost = _chats(data)
    for chat in chats:
        within = name if len(chats) == 1 else f"{name}:{chat.id or chat.name}"
        for number, raw in enumerate(chat.messages, start=1):
            found = _message(raw, chat, name=within, label=label, number=number, options=options, path=path)
            if isinstance(found, str):
                passed[found] += 1
            else:
                yield found
    if lost:
        yield Problem(name=label, reason=lost, cure="export it anew; what came before was read")
    yield from (making.Passed(label, what, count) for what, count in sorted(passed.items()))


def _chats(data: bytes) -> tuple[list[Chat], str]:
    """Return the chats of an export, and what is lost where it is cut short. Raises InputError where nothing can be read."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode("utf-8", "replace").encode()
    try:
        return _decoded(data), ""
    except msgspec.ValidationError as error:
        raise InputError(f"it is no export of Telegram ({error})", cure=FORM) from error
    except RecursionError as error:
        raise InputError("the export is nested too deep", cure=FORM) from error
    except msgspec.DecodeError as error:
        return _rescued(data, str(error))


def _decoded(data: bytes) -> list[Chat]:
    try:
        return [msgspec.json.decode(data, type=Chat)]
    except msgspec.ValidationError:
        whole = msgspec.json.decode(data, type=Whole)
        return [chat for part in (whole.chats, whole.left_chats) if part for chat in part.chats]


def _rescued(data: bytes, trouble: str) -> tuple[list[Chat], str]:
    """Return the whole messages of an export of one chat that is cut short, and where it ends."""
    end = len(data)
    for _ in range(MOST_CUTS):
        end = data.rfind(b"}", 0, end)
        if end < 0:
            break
        try:
            chat = msgspec.json.decode(data[: end + 1] + b"]}", type=Chat)
        except msgspec.DecodeError:
            continue
        return [chat], f"the export is cut short or damaged after byte {end + 1:,} ({trouble}); what follows is lost"
    raise InputError(f"the export is damaged or cut short ({trouble})", cure="export it anew")


def _message(
    raw: msgspec.Raw, chat: Chat, *, name: str, label: str, number: int, options: making.Options, path: str | None
) -> making.Found | str:
    """Return the document of a message, what it is where it has no words, or the Problem where it cannot be read."""
    try:
        message = msgspec.json.decode(raw, type=dict[str, Any])
        if message.get("type", "message") != "message":
            return "service messages (somebody joined, a title changed)"
        text = _words(message.get("text")) or _words(message.get("text_entities"))
        if not text.strip():
            return "messages without words"
        return _document(text, message, chat, name=f"{name}:{message.get('id', number)}", options=options, path=path)
    except InputError as error:
        return Problem(name=f"{label}:{number}", reason=error.message, cure=error.cure)
    except (msgspec.DecodeError, RecursionError) as error:
        return Problem(name=f"{label}:{number}", reason=f"the message cannot be read ({error})", cure="export it anew")


def _words(value: Any) -> str:
    """Return a message's words: a string, or pieces of which some are marked as links, bold, hashtags.

    >>> _words(["Alep : ", {"type": "bold", "text": "douze"}, " morts"])
    'Alep : douze morts'
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    pieces = (
        piece if isinstance(piece, str) else piece.get("text") if isinstance(piece, dict) else "" for piece in value
    )
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _document(
    text: str, message: dict[str, Any], chat: Chat, *, name: str, options: making.Options, path: str | None
) -> Document:
    """Return the document of a message with words."""
    dates, notes = _dates(message)
    forwarded = message.get("forwarded_from")
    if isinstance(forwarded, str) and forwarded:
        notes = (*notes, f"forwarded from {forwarded!r}: the words are theirs")
    facts = making.Facts(
        url=_address(message, chat),
        path=path,
        publisher=_publisher(message, chat),
        published=dates[0] if dates and dates[0].trust != "low" else None,
        dates=dates,
        notes=notes,
        extra={
            "chat": chat.name,
            "chat_type": chat.type,
            **{key: message[key] for key in KEPT if isinstance(message.get(key), str | int)},
        },
    )
    return making.document(text, name=name, options=options, facts=facts)


def _publisher(message: dict[str, Any], chat: Chat) -> Sourced | None:
    """Return who publishes a message: a channel speaks for itself, in a group each member does."""
    if chat.type in CHANNELS or not isinstance(message.get("from"), str):
        return Sourced(value=chat.name, found='"name" of the channel', trust="high") if chat.name else None
    return Sourced(value=message["from"], found='"from" of the message', trust="high")


def _address(message: dict[str, Any], chat: Chat) -> str | None:
    """Return the address under which those who may see a message find it."""
    if chat.id is None or not isinstance(message.get("id"), int) or not chat.type.endswith(("channel", "supergroup")):
        return None
    return f"https://t.me/c/{chat.id}/{message['id']}"


def _dates(message: dict[str, Any]) -> tuple[tuple[Sourced, ...], tuple[str, ...]]:
    """Return the day of a message as it is written, by the clock it was exported on, and a note where it is another in UTC."""
    written, found = message.get("date"), '"date" of the message, in the time zone of the export'
    day = making.iso_date(written) if isinstance(written, str) else None
    utc = _utc_day(message.get("date_unixtime"))
    if day is None:
        return ((Sourced(value=utc, found='"date_unixtime" of the message', trust="high"),), ()) if utc else ((), ())
    dates = (Sourced(value=day, found=found, trust="high"),)
    if utc and utc != day:
        other = Sourced(value=utc, found='"date_unixtime" of the message, in UTC', trust="high")
        return (*dates, other), (f"in UTC it is of {utc}; {day}, as the export writes it, is used",)
    return dates, ()


def _utc_day(value: Any) -> str | None:
    try:
        return datetime.fromtimestamp(int(value), UTC).date().isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
