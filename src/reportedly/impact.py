"""What an edit of language data does: the claims of the sample reports as the working tree reads them, against those of a commit.

Both sides are read by the code, the models, the actors and the gazetteer of now; only the language's folder is another.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly import actors, annotate, gazetteer, ingest, rules, samples
from reportedly.errors import InputError, RuleError
from reportedly.records import Claim, Document, Problem, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["gained", "lost", "changed"]
Key = tuple[object, ...]
# What is made of other fields (ids, codes of other schemes) would only say a change twice.
DERIVED = frozenset({"id", "event", "codes", "repeats", "notes"})
# Mentions alike in their values are alike, whichever rule found them.
BESIDE = frozenset({"by", "reason"})
WORDS = frozenset({"start", "end", "exact", "cue"})


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a claim that is another than before: in words, before and after, and the rules that gave it (after, else before)."""

    field: str
    before: str
    after: str
    by: tuple[str, ...]


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """A claim gained, lost or changed: the report, the words it is known by, their code points, who says it, the rules to blame."""

    kind: Kind
    document: str
    start: int
    end: int
    exact: str
    says: tuple[str, ...]
    by: tuple[str, ...]
    changes: tuple[FieldChange, ...] = ()


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """What the edit of a language's data does to the claims of ``texts`` reports, against the commit ``against``."""

    language: str
    against: str
    texts: int
    effects: tuple[Effect, ...]
    summary: str


def impact(code: str, *, against: str = "HEAD") -> Impact:
    """Return what the language's data of now gains, loses and changes on its samples, against that of a git revision.

    Raises RuleError outside a git checkout, where there is no such revision, or where the data of either side is wrong; InputError
    where the language has no samples.
    """
    now = rules.load(code)
    documents = sample_documents(now)
    if not documents:
        raise InputError(f"{code} has no samples to read", cure=f"put reports into languages/{code}/sample/NAME.txt")
    with folder_at(now.folder, against) as (commit, folder):
        try:
            before = rules.load_from(folder)
        except RuleError as error:
            raise RuleError(f"{code} at {commit}: {error.message}", cure="name a commit that reads") from error
        pairs = list(zip(_readings(documents, before), _readings(documents, now), strict=True))
    effects = tuple(effect for old, new in pairs for effect in compared(old, new))
    return Impact(
        language=code,
        against=commit,
        texts=len(documents),
        effects=effects,
        summary=_summary(code, effects, len(documents)),
    )


def sample_documents(language: rules.Language) -> list[Document]:
    """Return the reports of a language's own folder of samples, and the bundled ones in it."""
    found: list[Document | Problem] = []
    for path in sorted((language.folder / "sample").glob("*.txt")):
        found += ingest.read(str(path), language=language.code)
    for article in samples.articles():
        if article["language"] == language.code:
            given = {key: article[key] for key in ("published", "publisher", "language")}
            found += ingest.read_text(article["text"], name=article["id"], **given)
    for each in found:
        if isinstance(each, Problem):
            raise InputError(f"{each.name}: {each.reason}", cure=each.cure)
    return [each for each in found if isinstance(each, Document)]


def _readings(documents: Sequence[Document], language: rules.Language) -> list[Reading]:
    # a registry keeps what it compiled by the language's code: each side needs its own
    registry, places = actors.load(), gazetteer.open()
    return [annotate.annotate(document, language, gazetteer=places, registry=registry) for document in documents]


def _summary(code: str, effects: Sequence[Effect], texts: int) -> str:
    gained, changed, lost = (sum(e.kind == kind for e in effects) for kind in ("gained", "changed", "lost"))
    return f"impact {code}: +{gained} claims, {changed} changed, {lost} lost on {texts} texts"


# --- git ---------------------------------------------------------------------------------------------------------------------------


@contextmanager
def folder_at(folder: Path, revision: str) -> Iterator[tuple[str, Path]]:
    """Give the short name of a commit and a temporary copy of ``folder`` as it is there. Raises RuleError where git has none."""
    cure = "run it in a clone of the repository, installed with 'pip install -e .'"
    try:
        top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    except RuleError as error:
        raise RuleError(
            "the language data is in no git checkout: there is nothing to compare with", cure=cure
        ) from error
    try:
        commit = _git(top, "rev-parse", "--short", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except RuleError as error:
        raise RuleError(f"there is no commit {revision!r}", cure="name one: HEAD~1, a branch, a tag") from error
    name, inside = commit.decode().strip(), folder.resolve().relative_to(top.resolve()).as_posix()
    try:
        packed = _git(top, "archive", "--format=tar", name, "--", inside)
    except RuleError as error:
        raise RuleError(f"{name} holds no data of {folder.name!r}", cure="name a commit that does") from error
    with tempfile.TemporaryDirectory() as kept:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(kept, filter="data")
        yield name, Path(kept) / inside


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise RuleError("git is not installed", cure="install git") from error
    if done.returncode:
        raise RuleError(done.stderr.decode(errors="replace").strip() or "git failed")
    return done.stdout


# --- two readings of one report ----------------------------------------------------------------------------------------------------


def compared(before: Reading, after: Reading) -> Iterator[Effect]:
    """Yield what was gained, lost and changed between two readings of one report, in the order of the text."""
    old, new = _by_key(before), _by_key(after)
    found: list[Effect] = []
    name = after.document.name
    for key in {**old, **new}:
        left, right = old.get(key, []), new.get(key, [])
        both = min(len(left), len(right))
        for earlier, later in zip(left, right, strict=False):
            if changes := tuple(_changes(earlier, later)):
                found.append(_effect("changed", name, later, changes))
        found += [_effect("lost", name, claim) for claim in left[both:]]
        found += [_effect("gained", name, claim) for claim in right[both:]]
    yield from sorted(found, key=lambda effect: (effect.start, effect.kind))


def _by_key(reading: Reading) -> dict[Key, list[Claim]]:
    """Return the claims by what makes one the same claim: its trigger, where its words begin, the cues of its chain."""
    found: dict[Key, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        trigger = (claim.trigger.start, claim.trigger.end) if claim.trigger else None
        cues = tuple((link.cue.start, link.cue.end) for link in claim.chain)
        found[trigger, claim.content.start, cues].append(claim)
    return found


def _effect(kind: Kind, document: str, claim: Claim, changes: tuple[FieldChange, ...] = ()) -> Effect:
    words = claim.trigger or claim.content
    blamed = [by for change in changes for by in change.by] if changes else [claim.by]
    return Effect(
        kind=kind,
        document=document,
        start=words.start,
        end=words.end,
        exact=words.exact,
        says=tuple(link.source.exact for link in claim.chain if link.source),
        by=tuple(dict.fromkeys(by for by in blamed if by)) or ("no rule",),
        changes=changes,
    )


def _changes(before: Claim, after: Claim) -> Iterator[FieldChange]:
    for name in Claim.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if name in DERIVED or _bare(old) == _bare(new):
            continue
        by = _rules(new) or _rules(old) or ((after.by or before.by),)
        shown = (old, new) if name == "by" else (_told(old, new), _told(new, old))
        yield FieldChange(field=name, before=str(shown[0]), after=str(shown[1]), by=by)


def _bare(value: Any) -> Any:
    """Return a field's value as plain data, without which rule found it."""
    plain = msgspec.to_builtins(value)
    return _without(plain)


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(part) for key, part in value.items() if key not in BESIDE}
    return [_without(part) for part in value] if isinstance(value, list | tuple) else value


def _rules(value: Any) -> tuple[str, ...]:
    """Return the rules that gave a field's value."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(by for part in value for by in _rules(part)))
    if hasattr(value, "cue"):
        return _rules(value.cue)
    by = getattr(value, "by", "")
    return (by,) if by else ()


def _told(value: Any, other: Any) -> str:
    """Return a field's value in words: of mentions the words, and the values that the other side does not have."""
    if isinstance(value, tuple):
        others = other if isinstance(other, tuple) else ()
        return ", ".join(_told(part, _beside(part, others)) for part in value) or "nothing"
    if not isinstance(value, msgspec.Struct):
        return "nothing" if value is None else str(value)
    plain, beside = _bare(value), _bare(other) if isinstance(other, msgspec.Struct) else {}
    defaults = {field.name: field.default for field in msgspec.structs.fields(value)}
    words = value.cue.exact if hasattr(value, "cue") else getattr(value, "exact", "")
    differs = [
        f"{key}={_plain(part)}"
        for key, part in plain.items()
        if key not in WORDS and part is not None and part != beside.get(key, defaults.get(key))
    ]
    return " ".join([f"“{words}”", *differs])


def _plain(value: Any) -> str:
    return str(value.get("exact", value)) if isinstance(value, dict) else str(value)


def _beside(part: Any, others: Sequence[Any]) -> Any:
    """Return the other side's mention of the same words, or of some of them."""
    start, end = _place(part)
    return next((each for each in others if start < _place(each)[1] and _place(each)[0] < end), None)


def _place(part: Any) -> tuple[int, int]:
    part = getattr(part, "cue", part)
    return getattr(part, "start", 0), getattr(part, "end", 0)
