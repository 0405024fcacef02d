"""Whose fighters are meant where a report calls them fighters and no more."""

from __future__ import annotations

from functools import cached_property

from reportedly.actors import Actor
from reportedly.find.actors.draft import Draft
from reportedly.find.actors.refer import DEEPEST, UNIDENTIFIED, Referrer

# So many sentences after a group was spoken of, fighters are rather those whom the report calls so.
ELSEWHERE = 2
# The most tokens of words that say whose they are ('dans les rangs de la').
LONGEST_TIE = 6


class Fighters(Referrer):
    """Finds the group of fighters by what the report says of them near by, and elsewhere."""

    def _group_of(self, draft: Draft) -> bool:
        """Fighters named by nothing: the group last spoken of that fits the noun, else the only one, else nobody known."""
        trait = draft.get("is")
        fits = [a for a in self.armed if trait in a.traits] if trait else self.armed
        if draft.get("unnamed"):
            # Those who fight beside their state are nobody's attackers or 'terrorists' unless they are named so.
            fits = [a for a in fits if "loyalist" not in a.traits]
        here = (
            {d.name for d in self.done if d.sentence == draft.sentence and d.subject and d.role == "name"}
            if not draft.subject
            else set()
        )
        unknown = draft.get("unnamed")
        definite = self.g.juxtaposed or self._definite(draft)
        if not (definite or unknown) and self._of_a_kind(draft):
            return True
        theirs = self._borne_by(draft) if definite and not unknown else None
        if theirs and (theirs.name in here or theirs not in fits):
            theirs = None
        for earlier in reversed(self.done[-DEEPEST:]):
            if earlier.name == UNIDENTIFIED and unknown:
                return self._named_as(draft, earlier.name, "whom the report speaks of before")
            if (
                unknown == "yes"
                and self.syntax
                and (not earlier.subject or not definite or self._tells_of_others(draft, earlier))
            ):
                # 'Le M23 recule. Des inconnus ont tué dix hommes': others than those named
                continue
            if (
                earlier.kind == "armed-group"
                and earlier.name
                and earlier.name not in here
                and self._fits(earlier, fits, restricted=fits is not self.armed)
            ):
                if theirs and draft.sentence - earlier.sentence >= ELSEWHERE:
                    break
                return self._named_as(draft, earlier.name, "the group last spoken of", identifier=earlier.identifier)
        if theirs:
            return self._give(
                draft, theirs, f"{self.text.words[draft.head]!r} of {theirs.name} elsewhere in the report"
            )
        rest = [a for a in fits if a.name not in here]
        if len(rest) == 1 and unknown != "yes" and (definite or unknown):
            return self._give(draft, rest[0], "the only such group the report names")
        if unknown == "yes" or (unknown and not self.armed):
            return self._named_as(draft, UNIDENTIFIED, "the report does not name them")
        return True

    def _of_a_kind(self, draft: Draft) -> bool:
        """Return whether an adjective behind the noun says whose they are or of what kind: 'deux miliciens druzes' are no one else's."""
        after, syntax = draft.last, self.syntax
        if syntax is None or after >= self.text.size or self.text.sentence_of[after] != draft.sentence:
            return False
        return syntax.pos[after] == "ADJ"

    def _tells_of_others(self, draft: Draft, earlier: Draft) -> bool:
        """Return whether somebody's own sentence brings in nameless others: 'Hamas said gunmen had attacked it', not 'the gunmen'."""
        return earlier.sentence == draft.sentence and draft.subject and not self._definite(draft)

    def _definite(self, draft: Draft) -> bool:
        """Return whether a definite word determines ``draft``, or a preposition that has one in it ('aux combattants')."""
        if draft.article is None:
            before = self.g.words.matches(self.text, draft.first - 1) if draft.first else ()
            return any(end == draft.first and entry.get("has") == "article" for end, entry in before)
        return not draft.article.get("definite")

    def _borne_by(self, draft: Draft) -> Actor | None:
        """Return the one group whose own the report says these are where it says whose ('les miliciens du Front'), or None."""
        if draft.entry is None:
            return None
        theirs = self._bearers.get((draft.entry.lexicon, draft.entry.line), [])
        return theirs[0] if len(theirs) == 1 else None

    @cached_property
    def _bearers(self) -> dict[tuple[str, int], list[Actor]]:
        """Return for each noun for fighters the groups it is said of in the report."""
        found: dict[tuple[str, int], list[Actor]] = {}
        for draft in self.drafts:
            forms = draft.forms or (draft.of.forms if draft.of else [])
            if draft.role == "member" and draft.entry and forms and (chosen := self._choose(forms)):
                actors = found.setdefault((draft.entry.lexicon, draft.entry.line), [])
                if chosen[0] not in actors:
                    actors.append(chosen[0])
        return found

    def _fits(self, earlier: Draft, fits: list[Actor], *, restricted: bool) -> bool:
        return (
            not restricted
            or any(a.name == earlier.name for a in fits)
            or (self.registry.named(earlier.name) is None and earlier.role == "local")
        )

    def _joined(self, draft: Draft) -> Actor | None:
        """Return the group that the clause on ``draft`` says they are of ('les hommes qui combattent dans les rangs de X'), or None."""
        clause = self.syntax.child(draft.head, "acl") if self.syntax else None
        if self.syntax is None or clause is None:
            return None
        first, last = self.syntax.left[clause], self.syntax.right[clause]
        for inner in self.by_sentence[draft.sentence]:
            forms = inner.forms or (inner.of.forms if inner.of else [])
            if forms and first <= inner.first <= last and self._belongs(first, inner) and (at := self._choose(forms)):
                return at[0]
        return None

    def _belongs(self, first: int, inner: Draft) -> bool:
        """Return whether words of belonging stand right before ``inner``, in a clause from ``first`` on that denies nothing."""
        text, at = self.text, inner.first
        # 'dans les rangs des FDLR': the article is part of both
        ends = (at, at + 1) if inner.article else (at,)
        return any(
            end in ends and entry.get("belongs")
            for i in range(max(first, at - LONGEST_TIE), at)
            for end, entry in self.g.words.matches(text, i)
        ) and self.g.denials.isdisjoint(text.norms[first:at])
