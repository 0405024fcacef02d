"""What is answered about an event or a place: records that are made when asked for and stored nowhere, each pinned to claims by ``Ref``."""

from __future__ import annotations

from typing import Literal

from reportedly.records import Certainty, Change, Comparison, Place, Quantity, QuantityKind, Record, Ref

# The outlet of a report of which nobody knows who published it.
UNKNOWN_OUTLET = "outlet unknown"


class TollStep(Record, frozen=True, kw_only=True):
    """One figure in the history of a toll: who gives it, when it came out, after whom, and how it stands to what was given before.

    ``change``: ``first``, ``raised``, ``lowered``, ``disputed`` (one report gives both figures), ``repeated``, or ``beside`` where the
    bounds leave room for each other. ``takes`` is the outlet it is taken from, ``source`` the group of the event's independent sources it
    belongs to (0 the first), ``of`` whom it counts.
    """

    ref: Ref
    kind: QuantityKind
    quantity: Quantity
    of: str | None = None
    speaker: str
    publisher: str | None = None
    published: str | None = None
    change: Literal["first", "raised", "lowered", "disputed", "repeated", "beside"] = "first"
    takes: str | None = None
    source: int = 0
    reason: str = ""


class Holding(Record, frozen=True, kw_only=True):
    """Who is said to hold, take or lose a place, from when (``earliest``, else the day it came out), and who says so.

    ``stands`` is ``holds``, ``takes``, ``advances`` (goes forward there, which takes no place by itself), ``loses``, ``keeps`` (a loss is
    denied) or ``denied`` (somebody denies that ``holder`` has it). ``extent`` tells whether that is said of the ``whole`` place, of a
    ``part`` of it (hills in it), or of ground ``near`` it. ``loser`` is from whom it was taken: he held it before.
    """

    ref: Ref
    place: Place
    holder: str
    stands: Literal["holds", "takes", "advances", "loses", "keeps", "denied"]
    extent: Literal["whole", "part", "near"] = "whole"
    loser: str | None = None
    speaker: str
    publisher: str | None = None
    earliest: str | None = None
    latest: str | None = None
    dated_by: Literal["text", "publication", "nothing"] = "nothing"

    @property
    def said(self) -> str:
        """How he stands to how much of it, as one key: ``takes`` of the place itself, ``takes-part``, ``takes-near``."""
        return self.stands if self.extent == "whole" else f"{self.stands}-{self.extent}"


class Gap(Record, frozen=True, kw_only=True):
    """Days, first and last, on which nobody says who holds the place."""

    earliest: str
    latest: str
    days: int


class Holdings(Record, frozen=True, kw_only=True):
    """Who holds a place: by date, undated claims last; the claimants there are; the gaps; and the days with several holders."""

    place: str
    rows: tuple[Holding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    disputed: tuple[Comparison, ...] = ()


class Framing(Record, frozen=True, kw_only=True):
    """A word an outlet uses for somebody or for a deed: how often, whether it is loaded, in whose voice, and one place it stands.

    ``neutral`` is a plain word for the same, for the reader; ``voices`` counts who says it, the outlet's own voice as ``-``.
    """

    subject: str
    publisher: str
    word: str
    count: int
    loaded: bool
    neutral: str | None = None
    voices: dict[str, int]
    documents: tuple[str, ...] = ()
    example: Ref | None = None


class Authorship(Record, frozen=True, kw_only=True):
    """Who is said to have done a deed, and how: ``accused``, ``claims`` it himself, ``denied`` by whoever speaks, or ``named``."""

    ref: Ref
    actor: str
    stands: Literal["accused", "claims", "denied", "named"]
    speaker: str
    publisher: str | None = None
    certainty: Certainty = "certain"


class Edited(Record, frozen=True, kw_only=True):
    """What a copy changed of the report it was taken from (``on``): the words, in order; who was first is told by ``reason``."""

    document: str
    on: str
    reason: str
    changes: tuple[Change, ...] = ()


class Missing(Record, frozen=True, kw_only=True):
    """What would settle an event and is not there: a word for it, and a sentence."""

    what: str
    reason: str


class Voice(Record, frozen=True, kw_only=True):
    """A claim, who says it, and which outlet published it."""

    ref: Ref
    speaker: str
    publisher: str | None = None


class Side(Record, frozen=True, kw_only=True):
    """One value that claims give on a field that others contradict: what it ``says`` (see ``reasons.side``), and who gives it.

    ``room`` are those other values of the field that it leaves room for: all the rest it excludes.
    """

    says: str
    voices: tuple[Voice, ...] = ()
    room: tuple[str, ...] = ()


class Dispute(Record, frozen=True, kw_only=True):
    """A field that claims contradict each other on: its values, the most told first, and every pair with its reason. None is averaged."""

    field: str
    sides: tuple[Side, ...] = ()
    pairs: tuple[Comparison, ...] = ()


class Answers(Record, frozen=True, kw_only=True):
    """All that is told of one event beside itself; ``holdings`` only where its claims tell of ground, of at most three places.

    What its copies changed is asked apart (``edits``): it costs more than all of this.
    """

    toll: tuple[TollStep, ...] = ()
    authors: tuple[Authorship, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    framing: tuple[Framing, ...] = ()
    missing: tuple[Missing, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    holdings: tuple[Holdings, ...] = ()
