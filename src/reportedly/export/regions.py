"""A person's corrected annotations, as a tool gives them back, made a reading again.

A tool knows regions: spans with a role and facts, each of a claim. ``restore`` checks that every region's words are the text's own (and
finds them again where a tool counted in other units), ties what was added to its claim, and puts the claims together. Whatever cannot be
tied is a Problem and is left out; the rest is kept.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reportedly.errors import InputError
from reportedly.export.leaves import ROLES, Leaf, put_together, role_of, take_apart
from reportedly.records import Claim, Document, Problem, Reading, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.export.protocol import Material

# What says who found a span, and not what it says.
_ABOUT = {"by", "basis", "reason"}
ID_LENGTH = 12
# Who corrected something, where the tool does not say.
SOMEBODY = "person"


class Region(NamedTuple):
    """A leaf as a tool has it; ``claim`` is the id of the claim it is tied to, '' where the tool does not say."""

    claim: str
    leaf: Leaf


def of_claim(claim: Claim) -> list[Region]:
    """Return the regions of a claim, its content first."""
    return [Region(claim.id, leaf) for leaf in take_apart(claim)]


def anchor(text: str, start: int, end: int, exact: str) -> tuple[int, int] | None:
    """Return where the words stand, None where they do not.

    As given; else counted in UTF-16 units, as older editors do; else their nearest occurrence.

    >>> anchor("😀 Flita", 3, 8, "Flita")
    (2, 7)
    """
    if text[start:end] == exact:
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    low, high = (len(units[: 2 * at].decode("utf-16-le", "replace")) for at in (start, end))
    if text[low:high] == exact:
        return low, high
    found, best = text.find(exact) if exact else -1, None
    while found >= 0:
        if best is None or abs(found - start) < abs(best - start):
            best = found
        found = text.find(exact, found + 1)
    return None if best is None else (best, best + len(exact))


def restore(
    document: Document, regions: Iterable[Region], *, base: Reading | None = None, who: str = ""
) -> Iterator[Reading | Problem]:
    """Yield a Problem for each region that cannot be used, then the reading of the others.

    ``base`` is the reading that the person corrected: what a tool does not show of it is kept, what was changed is ``by`` the person.
    Where nobody is named (``who`` '') and nothing was changed, nobody has annotated: it is the base itself.
    """
    named, who = bool(who), who or SOMEBODY
    before = {claim.id: {leaf.path: leaf for leaf in take_apart(claim)} for claim in base.claims} if base else {}
    groups: dict[str, list[Leaf]] = defaultdict(list)
    sound, problems = _sound(document, regions)
    yield from problems
    contents = [region for region in sound if region.leaf.role == "content"]
    for region in sound:
        owner = _owner(region, contents, document, who)
        if isinstance(owner, str):
            groups[owner].append(region.leaf)
        else:
            yield owner
    claims = []
    for claim_id, leaves in groups.items():
        known = before.get(claim_id, {})
        merged = [_merged(leaf, known, who=who, corrected=base is not None) for leaf in _singled(leaves)]
        try:
            claims.append(put_together(claim_id, merged))
        except InputError as error:
            yield Problem(name=f"{document.name}:{claim_id}", reason=error.message, cure=error.cure)
    made = _reading(document, claims, base=base, who=who)
    yield base if base and not named and made.claims == base.claims else made


def _sound(document: Document, regions: Iterable[Region]) -> tuple[list[Region], list[Problem]]:
    """Return the regions whose words are the text's own, and a Problem for each other one."""
    sound, problems = [], []
    for region in regions:
        leaf = region.leaf
        where = anchor(document.text, leaf.start, leaf.end, leaf.exact) if leaf.exact else (leaf.start, leaf.end)
        if leaf.role not in ROLES:
            problems.append(_problem(document, leaf, f"has the role {leaf.role!r}", f"use one of {', '.join(ROLES)}"))
        elif where is None or not 0 <= where[0] < where[1] <= len(document.text):
            problems.append(_problem(document, leaf, "is not in the text", "mark words of the report"))
        else:
            exact = document.text[where[0] : where[1]]
            sound.append(region._replace(leaf=leaf._replace(start=where[0], end=where[1], exact=exact)))
    return sound, problems


def _problem(document: Document, leaf: Leaf, what: str, cure: str) -> Problem:
    return Problem(name=f"{document.name}:{leaf.start}-{leaf.end}", reason=f"{leaf.exact!r} {what}", cure=cure)


def _owner(region: Region, contents: list[Region], document: Document, who: str) -> str | Problem:
    """Return the id of the claim a region belongs to: as the tool says, a new one for a new content, else the one content around it."""
    leaf = region.leaf
    if region.claim:
        if any(content.claim == region.claim for content in contents):
            return region.claim
        return _problem(document, leaf, f"is of claim {region.claim}, whose content is gone", "remove it too")
    if leaf.role == "content":
        return new_id(document, leaf, who)
    around = [each for each in contents if each.leaf.start <= leaf.start and leaf.end <= each.leaf.end]
    if len(around) == 1:
        return around[0].claim or new_id(document, around[0].leaf, who)
    what = f"stands in {len(around)} claims" if around else "stands in no claim"
    return _problem(document, leaf, what, "tie it to the content of its claim")


def new_id(document: Document, content: Leaf, who: str) -> str:
    """Return the id of a claim that a person added: the same for the same words."""
    key = "|".join((document.sha256, who, str(content.start), str(content.end), str(content.facts.get("type"))))
    return hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH]


def _singled(leaves: list[Leaf]) -> list[Leaf]:
    """Return the leaves, a path only where it fits the role and is taken once: a leaf of another role or a copy is an added one."""
    taken: set[str] = set()
    made = []
    for leaf in leaves:
        path = leaf.path if leaf.path and role_of(leaf.path) == leaf.role and leaf.path not in taken else ""
        taken.add(path)
        made.append(leaf._replace(path=path))
    return made


def _merged(leaf: Leaf, known: dict[str, Leaf], *, who: str, corrected: bool) -> Leaf:
    """Return the leaf with the facts that the tool did not show; who found it is the person where anything of it changed."""
    old = known.get(leaf.path) if leaf.path else None
    if old is None:
        return leaf._replace(facts={"by": who} | leaf.facts) if corrected or "by" not in leaf.facts else leaf
    same_words = old.start < leaf.end and leaf.start < old.end
    # a name and its coordinates belong to their words: other words, other facts
    kept = old.facts if same_words or leaf.role == "content" else {}
    facts = kept | leaf.facts
    if (facts, leaf.start, leaf.end) == (old.facts, old.start, old.end):
        return old
    if leaf.role != "content":
        facts = {key: value for key, value in facts.items() if key not in _ABOUT} | {"by": who}
    return leaf._replace(facts=facts)


def _reading(document: Document, claims: list[Claim], *, base: Reading | None, who: str) -> Reading:
    order = {claim.id: number for number, claim in enumerate(base.claims)} if base else {}
    last = len(order)
    claims.sort(key=lambda claim: (order.get(claim.id, last), claim.content.start, claim.id))
    if base:
        here = {claim.id for claim in claims}
        kept = tuple(each for each in base.discrepancies if here.issuperset(each.claims))
        run = msgspec.structs.replace(base.run, id=f"{base.run.id}+{who}", annotator=who)
        return msgspec.structs.replace(base, claims=tuple(claims), discrepancies=kept, run=run)
    language = document.language.value if document.language else ""
    run = Run(id=who, annotator=who, version="", language=language, language_sha256="")
    return Reading(document=document, claims=tuple(claims), run=run)


class Bases:
    """The readings that were corrected, found by the text of a document. Made from what was given beside the annotations.

    ``clean`` is what a format does to a text that it cannot hold as it is.
    """

    def __init__(self, material: Material, *, clean: Callable[[str], str] = str) -> None:
        self._clean = clean
        self._by: dict[str, Reading] = {}
        for reading in material.readings():
            key = text_hash(clean(reading.document.text))
            # of copies the one of the same name is meant
            self._by.setdefault(key, reading)
            self._by.setdefault(f"{key} {reading.document.name}", reading)

    def find(self, *, text: str, document: str = "") -> Reading | None:
        """Return the reading of that text, of several the one of the document of that name; None where there is none."""
        key = text_hash(text)
        return self._by.get(f"{key} {document}") or self._by.get(key)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def bare_document(text: str, name: str) -> Document:
    """Return a document of which a tool gave back the text and a name only."""
    digest = text_hash(text)
    key = hashlib.sha256(f"{digest}\0{name}".encode(errors="replace")).hexdigest()[:16]
    return Document(id=key, name=name, text=text, sha256=digest)
