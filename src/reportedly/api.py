"""The public functions of Reportedly: read a report, list what it mentions, explain a claim, write readings out.

    import reportedly
    reading = reportedly.read("report.txt", published="2015-06-09")
    for claim in reading.claims: ...

``docs/api.md`` is a page of examples that run. What is heavy (models, page extraction) is loaded when first needed, and kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from reportedly import opening, why, workshop
from reportedly.asking import (
    answers,
    authors,
    collect,
    comparisons,
    disputes,
    document_named,
    edits,
    events,
    events_asked,
    find_copies,
    find_event,
    framing,
    holdings,
    is_store,
    missing,
    named_event,
    stored_events,
    stored_readings,
    to_answers,
    to_events,
    toll,
)
from reportedly.errors import InputError
from reportedly.export.lines import from_json, to_json
from reportedly.export.schema import schema
from reportedly.export.tables import to_csv
from reportedly.keeping import (
    actor_names,
    country_code,
    csv_lines,
    mode_name,
    open_store,
    sieve,
    surroundings,
    type_name,
)
from reportedly.opening import MAX_CHARS, attempt, documents, settled
from reportedly.opening import is_path as is_path  # noqa: PLC0414 - the views see it through here
from reportedly.records import (
    Claim,
    Document,
    Mentions,
    Problem,
    Reading,
)
from reportedly.redact import Redaction
from reportedly.why import Cause, Evidence, Explanation, Token
from reportedly.workers.clerk import Clerk as Clerk  # noqa: PLC0414 - the views see it through here
from reportedly.workers.clerk import clerk as clerk  # noqa: PLC0414 - likewise
from reportedly.workers.limits import Limits
from reportedly.workers.reading import read_apart as read_apart  # noqa: PLC0414 - the commands see it through here
from reportedly.workers.reading import size_of as size_of  # noqa: PLC0414 - likewise
from reportedly.workshop import Count, Firing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportedly.evidence import Collection as Collection  # noqa: PLC0414 - the views see it through here
    from reportedly.gazetteer import Built, Gazetteer
    from reportedly.gazetteer import Candidate as Candidate  # noqa: PLC0414 - the views see it through here
    from reportedly.impact import Impact as Impact  # noqa: PLC0414 - the views see it through here
    from reportedly.rules import Fault, Language

Input = str | Path
Mode = Literal["full", "fast"]
MODES: tuple[Mode, ...] = ("full", "fast")
# Called with a stage of the work and how much of it is done.
Progress = Callable[[str, int], None]

__all__ = [
    "Cause",
    "Count",
    "Evidence",
    "Explanation",
    "Firing",
    "Limits",
    "Reader",
    "Redaction",
    "Token",
    "actor_names",
    "answers",
    "authors",
    "build_gazetteer",
    "check_rules",
    "collect",
    "comparisons",
    "count_rules",
    "country_code",
    "csv_lines",
    "describe_languages",
    "disputes",
    "document_named",
    "documents",
    "edits",
    "events",
    "events_asked",
    "explain",
    "find_claim",
    "find_copies",
    "find_event",
    "framing",
    "from_json",
    "holdings",
    "is_store",
    "languages",
    "mentions",
    "missing",
    "mode_name",
    "named_event",
    "open_gazetteer",
    "open_store",
    "read",
    "read_all",
    "read_claims",
    "read_pool",
    "rule_impact",
    "schema",
    "sieve",
    "stored_events",
    "stored_readings",
    "surroundings",
    "to_answers",
    "to_csv",
    "to_events",
    "to_json",
    "toll",
    "try_rules",
    "type_name",
]


class Reader:
    """Reads many reports with what it loaded once: languages, models, the gazetteer and the list of actors.

    ``actors`` and ``lexicon`` are the user's own files, added to the bundled data; ``gazetteer`` a compiled gazetteer to use in
    place of the default one; ``mode`` "fast" reads only the sentences that can hold a claim of a happening. Nothing is loaded before
    the first report that needs it.
    """

    def __init__(
        self,
        *,
        actors: Input | None = None,
        lexicon: Input | None = None,
        gazetteer: Input | None = None,
        mode: Mode = "full",
    ) -> None:
        if mode not in MODES:
            raise ValueError(f"mode={mode!r}: it is one of {', '.join(MODES)}")
        self.mode = mode
        self._actors = Path(actors) if actors else None
        self._lexicon = Path(lexicon) if lexicon else None
        self._gazetteer_path = Path(gazetteer) if gazetteer else None
        self._languages: dict[str, Language] = {}

    def warm(self, *, progress: Progress | None = None) -> None:
        """Load what every report needs: the actors, and the gazetteer, compiled first if it is not (some ten seconds, once).

        The first report would do so by itself; this says how far it is, and lets no report wait for it.
        """
        _ = self._registry
        self._gazetteer = open_gazetteer(self._gazetteer_path, progress=progress)

    def read(self, document: Document) -> Reading:
        """Return what ``document`` says. Raises InputError where it is in no language we read."""
        from reportedly import annotate

        document, language = self._ready(document)
        return annotate.annotate(document, language, gazetteer=self._gazetteer, registry=self._registry, mode=self.mode)

    def relevant(self, document: Document) -> bool:
        """Return whether a happening can be told in ``document``: a cheap answer, before any parse. Raises as ``read`` does."""
        from reportedly import annotate

        return annotate.relevant(*self._ready(document))

    def worth(self, words: str, language: str | None = None) -> str:
        """Return why a page of these words, in the language if it is known, is not worth reading any further; '' where it is."""
        return opening.worth(words, language, load=self.language)

    @property
    def looks(self) -> Callable[[str, str | None], str] | None:
        """What is asked of a page before its article is sought: in fast mode whether it is worth it, else nothing."""
        return self.worth if self.mode == "fast" else None

    def mentions(self, document: Document) -> Mentions:
        """Return what ``document`` mentions, apart from any claim. Raises as ``read`` does."""
        from reportedly import annotate

        document, language = self._ready(document)
        return annotate.mentions(document, language, gazetteer=self._gazetteer, registry=self._registry)

    def explain(self, reading: Reading, claim_id: str) -> Explanation:
        """Return why the claim stands: the rules, the words, the parse.

        ``claim_id`` is an id, a beginning of one that no other claim has, or the claim's number in the reading. Raises InputError
        where no claim is meant.
        """
        claim = why.find(reading, claim_id)
        if claim is None:
            raise InputError(f"{reading.document.name} has no claim {claim_id!r}", cure=_claims_there(reading))
        return why.explain(reading, claim, lexicon=self._lexicon)

    def language(self, code: str) -> Language:
        """Return the data of a language, with the user's own words, loaded once."""
        from reportedly import rules

        if code not in self._languages:
            self._languages[code] = rules.load(code, self._lexicon)
        return self._languages[code]

    def _ready(self, document: Document) -> tuple[Document, Language]:
        """Return the document with its language told, and that language. Raises InputError where it is none that we read."""
        known = document if document.language else settled(document)
        if isinstance(known, Problem) or known.language is None:
            reason, cure = (known.reason, known.cure) if isinstance(known, Problem) else ("has no language", "")
            raise InputError(f"{document.name}: {reason}", cure=cure)
        return known, self.language(known.language.value)

    @cached_property
    def _registry(self) -> Any:
        from reportedly import actors

        return actors.load(self._actors)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return open_gazetteer(self._gazetteer_path)


def read(
    path_or_text: Input,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    actors: Input | None = None,
    lexicon: Input | None = None,
    gazetteer: Input | None = None,
    mode: Mode = "full",
) -> Reading:
    """Return what one report says: its claims, pinned to its words.

    A string that names an existing file, or a Path, is read from disk; any other string is the report itself. ``published``
    (``2015-06-09``) anchors relative dates; without one they stay unanchored. Raises InputError where it cannot be read, or where
    the file holds several reports (``read_all`` reads those).
    """
    reader = Reader(actors=actors, lexicon=lexicon, gazetteer=gazetteer, mode=mode)
    return reader.read(
        _one(path_or_text, published=published, publisher=publisher, language=language, worth=reader.looks)
    )


def read_all(
    path_or_text: Input,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    actors: Input | None = None,
    lexicon: Input | None = None,
    gazetteer: Input | None = None,
    mode: Mode = "full",
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Reading | Problem]:
    """Yield the readings of all reports of a file, one by one; one that cannot be read is a Problem, and the rest goes on."""
    reader = Reader(actors=actors, lexicon=lexicon, gazetteer=gazetteer, mode=mode)
    given: dict[str, Any] = {"published": published, "publisher": publisher, "language": language}
    for document in documents(path_or_text, **given, max_chars=max_chars, columns=columns, worth=reader.looks):
        yield document if isinstance(document, Problem) else attempt(reader.read, document)


def read_pool(
    inputs: Iterable[Input | Document],
    *,
    workers: int = 2,
    limits: Limits | None = None,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    actors: Input | None = None,
    lexicon: Input | None = None,
    gazetteer: Input | None = None,
    mode: Mode = "full",
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
    wanted: Callable[[Document], bool] | None = None,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[int], None] = lambda _bytes: None,
) -> Iterator[Reading | Problem]:
    """Yield the readings of files (paths) and documents in their order, each read in a process that may be killed.

    A document that hangs, dies or needs too much (``limits``) is one Problem that says why; the others are not touched. ``wanted`` is
    asked before a document is read; once ``stopped`` says so nothing new is begun, and what is being read is still given out. ``tell``
    is called before each answer with how many bytes of all the files were read by then.
    """
    from reportedly import workers as room

    open_gazetteer(gazetteer).close()
    given: dict[str, Any] = {"published": published, "publisher": publisher, "language": language}
    given |= {"max_chars": max_chars, "columns": columns}
    files = {"actors": actors, "lexicon": lexicon, "gazetteer": gazetteer}
    return room.read_pool(
        inputs,
        workers=workers,
        limits=limits or room.limits_for(max_chars),
        setup=room.setup_of(files, mode=mode, languages=(language,) if language else None),
        given=given,
        wanted=wanted,
        stopped=stopped,
        tell=tell,
    )


def mentions(
    path_or_text: Input,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    actors: Input | None = None,
    lexicon: Input | None = None,
    gazetteer: Input | None = None,
) -> Mentions:
    """Return the times, quantities, places and actors that one report mentions, apart from any claim. Raises as ``read`` does."""
    reader = Reader(actors=actors, lexicon=lexicon, gazetteer=gazetteer)
    return reader.mentions(_one(path_or_text, published=published, publisher=publisher, language=language))


def explain(reading: Reading, claim_id: str) -> Explanation:
    """Return why a claim of ``reading`` stands: the rules that fired, the words, the parse. Raises as ``Reader.explain`` does."""
    return Reader().explain(reading, claim_id)


def find_claim(reading: Reading, claim_id: str) -> Claim | None:
    """Return the claim of that id, or of the only id that begins so, or of that number in the reading; None where there is none."""
    return why.find(reading, claim_id)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages we read."""
    from reportedly import rules

    return rules.available()


def describe_languages() -> tuple[str, ...]:
    """Return a line for each language we read: its code and name, how much data it has, and what parses it."""
    return tuple(workshop.describe())


def check_rules(code: str) -> tuple[list[Fault], int]:
    """Return what is wrong with a language's rules (an example that does not do as it should, ...), and how many examples were tried."""
    return workshop.check(code)


def try_rules(code: str, text: str, *, only: str | None = None, lexicon: Input | None = None) -> list[Firing]:
    """Return every rule of a language that matches in ``text``, by start; ``only`` names one file of rules."""
    return workshop.fire(code, text, only=only, lexicon=Path(lexicon) if lexicon else None)


def count_rules(code: str, paths: Iterable[Path] = ()) -> list[Count]:
    """Return how often each rule of a language fires on files of text (by default the language's samples), the most frequent first."""
    return workshop.count(code, paths)


def rule_impact(code: str, *, against: str = "HEAD") -> Impact:
    """Return the claims that a language's data of now gains, loses and changes on its samples, against a git revision's data.

    Raises RuleError outside a git checkout or where there is no such revision.
    """
    # annotates, and so loads what a report needs
    from reportedly import impact

    return impact.impact(code, against=against)


def open_gazetteer(database: Input | None = None, *, progress: Progress | None = None) -> Gazetteer:
    """Return the gazetteer, compiled first if it is not (some ten seconds, once). Raises GazetteerError."""
    from reportedly import gazetteer

    return gazetteer.open(database, progress=progress)


def build_gazetteer(path: Input, *, database: Input | None = None, progress: Progress | None = None) -> Built:
    """Add a table of places (a GeoNames country dump, a Who's On First pack) to the gazetteer. Raises GazetteerError."""
    from reportedly import gazetteer

    return gazetteer.build(path, database=database, progress=progress)


def read_claims(source: Input | BinaryIO) -> Iterator[Reading | Problem]:
    """Yield the readings in a file of claims (JSON Lines), ours or another annotator's; a line that holds none is a Problem."""
    from reportedly.ingest import claims

    if not isinstance(source, (str, Path)):
        yield from claims.read(source, label="standard input")
        return
    try:
        with Path(source).open("rb") as lines:
            yield from claims.read(lines, label=str(source))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Problem(name=str(source), reason=reason, cure="check the path")


def _one(path_or_text: Input, **given: Any) -> Document:
    """Return the one report there is."""
    found = list(itertools.islice(documents(path_or_text, **given), 2))
    if len(found) > 1:
        raise InputError(f"{path_or_text} holds several reports", cure="use read_all")
    if not found:
        raise InputError("there is no report in it", cure="give a text, a page or JSON Lines with a 'text'")
    if isinstance(found[0], Problem):
        raise InputError(f"{found[0].name}: {found[0].reason}", cure=found[0].cure)
    return found[0]


def _claims_there(reading: Reading) -> str:
    shown = ", ".join(claim.id for claim in reading.claims[:5])
    return (
        f"there are {len(reading.claims)}: {shown}{', …' if len(reading.claims) > 5 else ''}"
        if shown
        else "it has none"
    )
