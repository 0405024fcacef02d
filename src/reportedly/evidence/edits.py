"""Which words the copies among an event's reports changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly import copies
from reportedly.answers import Edited

if TYPE_CHECKING:
    from reportedly.evidence.collection import Collection
    from reportedly.records import Event


def edits(event: Event, collection: Collection) -> tuple[Edited, ...]:
    """Return what each copy among the reports of an event changed of its original, by the copy's id."""
    return tuple(
        Edited(
            document=tie.document,
            on=tie.on,
            reason=tie.reason,
            changes=copies.changed(collection.document(tie.on).text, collection.document(tie.document).text),
        )
        for tie in event.dependences
        if tie.tie == "copy"
    )
