"""JSON Lines: one reading, or the mentions of one document, a line; and back."""

from __future__ import annotations

import msgspec

from reportedly.errors import InputError
from reportedly.records import Mentions, Reading

_readings = msgspec.json.Decoder(Reading)


def to_json(record: Reading | Mentions) -> str:
    """Return one line of JSON in the names of the annotation guide, every key present, without a line end.

    The line is Unicode as it stands (not escaped); ``from_json`` gives the same reading back.
    """
    return msgspec.json.encode(record).decode("utf-8")


def from_json(line: str) -> Reading:
    """Return the reading that ``to_json`` wrote.

    Raises InputError, naming the key, where the line is no reading.
    """
    try:
        return _readings.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise InputError(
            f"this line is not a reading: {error}", cure="give a line that 'reportedly read --format json' wrote"
        ) from error
