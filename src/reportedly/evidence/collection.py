"""Documents with their claims, and what is known of all of them together: copies, credits, citations."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from reportedly import copies
from reportedly.compare import Told
from reportedly.copies import citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.group import Read
    from reportedly.records import Citation, Claim, Copy, Credit, Document, Ref


class Collection:
    """Reports read: documents and claims by id. A document that comes twice counts once."""

    def __init__(self, reads: Iterable[Read]) -> None:
        self.reads: dict[str, Read] = {}
        for read in reads:
            self.reads.setdefault(read.document.id, read)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each document is called, by its id; two of one name have a part of their ids behind it."""
        called = Counter(read.document.name for read in self.reads.values())
        documents = self.documents.values()
        return {d.id: d.name if called[d.name] == 1 else f"{d.name}~{d.id[:8]}" for d in documents}

    def document(self, name: str) -> Document:
        """Return the document of that id."""
        return self.reads[name].document

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document by its id."""
        return {name: read.document for name, read in self.reads.items()}

    @cached_property
    def _claims(self) -> dict[tuple[str, str], Claim]:
        return {(name, claim.id): claim for name, read in self.reads.items() for claim in read.claims}

    def claim(self, ref: Ref) -> Claim:
        """Return the claim that is meant."""
        return self._claims[ref.document, ref.claim]

    def told(self, ref: Ref) -> Told:
        """Return the claim that is meant, with its document."""
        return Told(self.document(ref.document), self.claim(ref))

    def all_told(self) -> Iterable[Told]:
        """Yield every claim that repeats no other, with its document, by document and place in the text."""
        for name in sorted(self.reads):
            read = self.reads[name]
            for claim in sorted(read.claims, key=lambda claim: (claim.content.start, claim.id)):
                if claim.repeats is None:
                    yield Told(read.document, claim)

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Every pair of near copies."""
        return copies.find(self.documents.values())

    @cached_property
    def copies_of(self) -> dict[str, tuple[Copy, ...]]:
        """The pairs that a document is part of, by its id."""
        found: dict[str, list[Copy]] = {}
        for copy in self.copies:
            found.setdefault(copy.left, []).append(copy)
            found.setdefault(copy.right, []).append(copy)
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def credits(self) -> dict[str, tuple[Credit, ...]]:
        """The credit lines of each document by its id."""
        return copies.credits(self.documents.values())

    @cached_property
    def citations(self) -> dict[str, tuple[Citation, ...]]:
        """The outlets each document cites by its id."""
        told: dict[str, tuple[Document, Sequence[Claim]]] = {n: (r.document, r.claims) for n, r in self.reads.items()}
        return citations.all_of(told)

    def publisher(self, document: str) -> str | None:
        """Return who published a document, None where nobody knows."""
        sourced = self.document(document).publisher
        return sourced.value if sourced else None

    def published(self, document: str) -> str | None:
        """Return the day a document came out, None where nobody knows."""
        sourced = self.document(document).published
        return sourced.value[:10] if sourced else None
