"""Every stored type of Reportedly: a Document, its Claims, and the Mentions they are made of.

The names are those of the annotation guide (``docs/claims.md``), which is the contract with the world. All records are frozen;
make a changed copy with ``msgspec.structs.replace``. Offsets are Unicode code points, half-open, into ``Document.text``, which
never changes after ingest; ``exact == text[start:end]`` always holds, and ``annotate.verify`` refuses a claim where it does not.

This module imports msgspec and the standard library only.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Basis = Literal["stated", "inferred"]
Act = Literal[
    "assert",
    "announce",
    "deny",
    "accuse",
    "promise",
    "threaten",
    "demand",
    "ask",
    "believe",
    "doubt",
    "show",
    "hearsay",
]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Status = Literal["happened", "ongoing", "planned", "hypothetical", "habitual", "state"]
Territory = Literal["gained", "lost", "held"]
EntityKind = Literal["armed-group", "state-force", "state", "civilians", "person", "organisation", "object"]
Relation = Literal["in", "near", "from", "to", "between"]
Review = Literal["accepted", "corrected", "added"]
SourceKind = Literal[
    "outlet", "agency", "official", "armed-group", "witness", "monitor", "document", "anonymous", "person", "unknown"
]
QuantityKind = Literal[
    "killed",
    "injured",
    "casualties",
    "missing",
    "abducted",
    "arrested",
    "displaced",
    "surrendered",
    "fighters",
    "people",
    "vehicles",
    "buildings",
    "area",
    "height",
    "distance",
    "duration",
    "money",
    "other",
]

# What is counted of a happening and summed up, revised and contradicted: the dead and hurt, others it befell, and ground.
TOLLS: tuple[QuantityKind, ...] = ("killed", "injured", "casualties")
BEFALLEN: tuple[QuantityKind, ...] = (*TOLLS, "missing", "abducted", "arrested", "displaced", "surrendered")
COUNTED: tuple[QuantityKind, ...] = (*BEFALLEN, "area")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What all records share: frozen, keyword-only."""


class Span(Record, frozen=True, kw_only=True):
    """A stretch of a document's text: code points, half-open, with the words themselves."""

    start: int
    end: int
    exact: str


class Mention(Span, frozen=True, kw_only=True):
    """A span that means something, with what found it.

    ``by`` names the rule (``fr.time.weekday``) or the lexicon entry; ``basis`` says whether the words state the value or it was
    inferred, and ``reason`` why.
    """

    by: str = ""
    basis: Basis = "stated"
    reason: str = ""


class Entity(Mention, frozen=True, kw_only=True):
    """Somebody or something that acts or is acted upon.

    ``name`` is the canonical English name, None where the words name nobody we know; ``identifier`` is public (``Q…`` of Wikidata).
    """

    name: str | None = None
    kind: EntityKind = "person"
    identifier: str | None = None


class Place(Mention, frozen=True, kw_only=True):
    """Where: WGS84 degrees or None (abstained), with precision 1 (the place itself) to 7 (wider than a country)."""

    lat: float | None = None
    lon: float | None = None
    precision: int = 1
    relation: Relation = "in"
    name: str | None = None
    country: str | None = None
    identifier: str | None = None
    disputed: str | None = None


# How far off the point of a place what happened there may be, in kilometres, by the place's precision.
REACH_KM = {1: 8.0, 2: 25.0, 3: 60.0, 4: 150.0, 5: 200.0, 6: 700.0, 7: 3000.0}


class Time(Mention, frozen=True, kw_only=True):
    """When: ISO dates, inclusive; both None when the text does not say which date it is (``anchored`` False).

    ``latest`` alone None with ``anchored`` True is an open interval ('depuis lundi'). ``anchor`` names what fixed a relative
    expression: ``text``, ``dateline``, ``metadata``, ``user`` or None. ``says`` keeps what an unanchored expression does say.
    """

    earliest: str | None = None
    latest: str | None = None
    anchored: bool = False
    anchor: str | None = None
    granularity: str | None = None
    says: str | None = None


class Quantity(Mention, frozen=True, kw_only=True):
    """How many: low, best, high as the words bound them (None where they do not), of what, in which unit.

    ``part_of`` is the place of its total among the quantities of its claim (of a document's mentions: among these); None where it is a
    part of none of them.
    """

    kind: QuantityKind = "other"
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str | None = None
    unit_inferred: bool = False
    noun: Span | None = None
    part_of: int | None = None


class Label(Mention, frozen=True, kw_only=True):
    """A loaded word, the canonical name of its bearer, and the neutral counterpart (a word for the reader, never an identity)."""

    of: str | None = None
    neutral: str | None = None


class Trigger(Mention, frozen=True, kw_only=True):
    """The words that name a happening, and in what sense they do (``clash``, ``death``, ``loot`` ..., see ``docs/events.md``)."""

    sense: str | None = None


class Hedge(Mention, frozen=True, kw_only=True):
    """Words that lower certainty."""


class Link(Record, frozen=True, kw_only=True):
    """One step of a source chain: who says (None: nobody is named), the words that show it, and the act of speech.

    ``name`` is who the source resolves to (a pronoun's antecedent) and ``antecedent`` where that stands.
    """

    source: Mention | None
    cue: Mention
    act: Act
    source_kind: SourceKind = "unknown"
    name: str | None = None
    antecedent: Mention | None = None


class Code(Record, frozen=True, kw_only=True):
    """A code of another scheme derived from the stored facts: the value, or None with the candidates (``ambiguous``)."""

    scheme: str
    value: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Claim(Record, frozen=True, kw_only=True):
    """One happening or state, as one chain of sources puts it (see ``docs/claims.md``). ``chain`` is outermost first.

    ``review`` says what a person made of it (None: nobody looked at it, or only the machine's reading is shown).
    """

    id: str
    event: str | None = None
    content: Span
    chain: tuple[Link, ...] = ()
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    status: Status = "happened"
    hedges: tuple[Hedge, ...] = ()
    trigger: Trigger | None = None
    type: str | None = None
    modes: tuple[str, ...] = ()
    territory: Territory | None = None
    weapon: str | None = None
    target: str | None = None
    acled: str | None = None
    codes: tuple[Code, ...] = ()
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    labels: tuple[Label, ...] = ()
    by: str = ""
    repeats: str | None = None
    notes: tuple[str, ...] = ()
    review: Review | None = None


class Sourced(Record, frozen=True, kw_only=True):
    """A fact about a document with where it was found and how far to trust it (``given``, ``high``, ``medium``, ``low``)."""

    value: str
    found: str
    trust: Literal["given", "high", "medium", "low"]


class Document(Record, frozen=True, kw_only=True):
    """A report as it was read. ``name`` is the id its input gave, else the stem of its file; ``extra`` keeps its other keys."""

    id: str
    name: str
    text: str
    sha256: str
    url: str | None = None
    path: str | None = None
    fetched: str | None = None
    publisher: Sourced | None = None
    published: Sourced | None = None
    title: Sourced | None = None
    language: Sourced | None = None
    dates: tuple[Sourced, ...] = ()
    notes: tuple[str, ...] = ()
    extra: dict[str, Any] = {}

    @property
    def where(self) -> str:
        """Return what tells it from others of its name: its path, and behind it what the name says beyond the file's; no path, its name.

        >>> def where(name, path): return Document(id="1", name=name, text="", sha256="", path=path).where
        >>> where("a", "odd/a.txt.gz"), where("a:3", "odd/all.zip:in/a.jsonl"), where("afi-1", "odd/a.jsonl")
        ('odd/a.txt.gz', 'odd/all.zip:in/a.jsonl:3', 'odd/a.jsonl:afi-1')
        """
        if not self.path:
            return self.name
        file = self.path.rpartition("/")[2]
        for own in (file, file.rpartition(":")[2]):
            # 'a.txt.gz' gives its reports the name 'a', or 'a.txt', or 'a:3'
            stem = self.name if own.startswith(self.name) else self.name.rpartition(":")[0]
            if stem and own.startswith(stem) and own[len(stem) :][:1] in ("", "."):
                return f"{self.path}{self.name[len(stem) :]}"
        return f"{self.path}:{self.name}"


class Problem(Record, frozen=True, kw_only=True):
    """One input that could not be read: its name, what is wrong, and the cure."""

    name: str
    reason: str
    cure: str = ""


class Model(Record, frozen=True, kw_only=True):
    """A statistical model that took part: its name, version and the SHA-256 over its files."""

    name: str
    version: str
    sha256: str


class Run(Record, frozen=True, kw_only=True):
    """What read a document: enough to read it again alike."""

    id: str
    annotator: str
    version: str
    language: str
    language_sha256: str
    models: tuple[Model, ...] = ()
    gazetteer: str | None = None
    mode: str = "full"


class Discrepancy(Record, frozen=True, kw_only=True):
    """Two claims of one report that give different figures for what reads as the same thing; shown, never averaged."""

    field: str
    claims: tuple[str, ...]
    reason: str


class Reading(Record, frozen=True, kw_only=True):
    """One report read: the document, its claims in text order, the run that made them, and what disagrees within it.

    ``judgements`` are the ids of what people decided and these claims are the outcome of.
    """

    document: Document
    claims: tuple[Claim, ...]
    run: Run
    discrepancies: tuple[Discrepancy, ...] = ()
    judgements: tuple[str, ...] = ()


class Mentions(Record, frozen=True, kw_only=True):
    """The times, quantities, places and actors found in a document, apart from any claim."""

    document: Document
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Entity, ...] = ()


# --- many reports, one happening ---------------------------------------------------------------------------------------------------

Verdict = Literal["agrees", "compatible", "vaguer", "contradicts", "silent"]
Tie = Literal["copy", "citation", "credit", "outlet"]


class Ref(Record, frozen=True, kw_only=True):
    """One claim of one document, by their ids."""

    document: str
    claim: str


class Comparison(Record, frozen=True, kw_only=True):
    """How two claims stand to each other on one field, and a sentence that says why.

    ``vaguer`` says that the left claim bounds what the right one states (12 / at least 10) or names the wider place or group.
    """

    left: Ref
    right: Ref
    field: str
    verdict: Verdict
    reason: str


class Change(Record, frozen=True, kw_only=True):
    """Words that two copies do not share: ``left`` None where they were added, ``right`` None where they were left out."""

    left: Span | None
    right: Span | None


class Copy(Record, frozen=True, kw_only=True):
    """Two documents that share most of their words: ids, the share of the shorter text and of each that stands in the other.

    ``origin`` is the id of the one the other was taken from, None where nothing tells; ``reason`` says what does, or why nothing does.
    """

    left: str
    right: str
    shared: float
    of_left: float
    of_right: float
    sentences: int
    origin: str | None = None
    reason: str = ""


class Credit(Record, frozen=True, kw_only=True):
    """A credit line of a document ('(AFP)', 'avec Reuters'): the agency's name, and its words."""

    document: str
    agency: str
    words: Span


class Citation(Record, frozen=True, kw_only=True):
    """An outlet that a document names as its source for ``claims``: the outlet's name and the words that name it first.

    ``known`` tells whether the collection has documents of that outlet.
    """

    document: str
    outlet: str
    claims: tuple[str, ...]
    words: Span
    known: bool = False


class Dependence(Record, frozen=True, kw_only=True):
    """A document that took what it tells from another (``on``, an id, or ``outlet:NAME`` where that outlet's document is not here).

    ``tie`` ``outlet``: both are of one outlet, which is not independent of itself.
    """

    document: str
    on: str
    tie: Tie
    reason: str


class Event(Record, frozen=True, kw_only=True):
    """A hypothesis: claims that seem to speak of one happening. Never a merge: the claims stay whole, each with its own sources.

    ``independent`` holds the documents in groups, each group one source, its root first; ``why`` has a sentence for each group.
    ``title`` is the fullest claim's own words; ``earliest`` and ``latest`` bound what the anchored times of the claims allow.
    """

    id: str
    claims: tuple[Ref, ...]
    title: str = ""
    type: str | None = None
    modes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    independent: tuple[tuple[str, ...], ...] = ()
    why: tuple[str, ...] = ()
    dependences: tuple[Dependence, ...] = ()
    contradictions: tuple[Comparison, ...] = ()
