"""Which reports of one happening are sources of their own, and which took it from another: the roots of who took it from whom.

A report depends on another when it is a copy of it, when it is a message forwarded from it, when most of what it says of the happening it
has from the other's outlet and nothing from sources of its own, or when it credits the other's agency. Two reports that only cite a third
are one source, also where the third is not here; and so are two reports of one outlet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportedly.copies import words
from reportedly.reasons import say
from reportedly.records import Dependence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportedly.records import Citation, Claim, Copy, Credit, Document

OUTLET = "outlet:"
# Where ingest keeps whom a message was forwarded from.
FORWARDED = "forwarded_from"


class Sources(NamedTuple):
    """The reports of a happening in groups of one source each, roots first, a sentence for each group, and who took it from whom."""

    groups: tuple[tuple[str, ...], ...]
    why: tuple[str, ...]
    dependences: tuple[Dependence, ...]


def independent(
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    *,
    copies: Iterable[Copy],
    citations: Mapping[str, Sequence[Citation]],
    credits: Mapping[str, Sequence[Credit]] | None = None,  # noqa: A002 - the newsroom's word
) -> Sources:
    """Return the independent sources among the reports of one happening.

    ``documents`` are its reports by id and ``claims`` what each says of it; ``copies``, ``citations`` and ``credits`` those of the whole
    collection.
    """
    found = {tie.document: tie for tie in _credited(documents, credits or {})}
    # citing tells more than a credit line, forwarding more than citing, and being a copy more than any of them
    found.update({tie.document: tie for tie in _cited(documents, claims, citations)})
    found.update({tie.document: tie for tie in _forwarded(documents)})
    found.update({tie.document: tie for tie in _copied(documents, copies, citations)})
    found.update({tie.document: tie for tie in _of_one_outlet(documents, found)})
    roots = {name: _root(name, found) for name in documents}
    groups: dict[str, list[str]] = {}
    for name in sorted(documents, key=lambda name: (name in found, _when(documents[name]), name)):
        groups.setdefault(roots[name], []).append(name)
    ordered = sorted(groups.items(), key=lambda group: (_when(documents[group[1][0]]), group[1]))
    return Sources(
        groups=tuple(tuple(members) for _, members in ordered),
        why=tuple(
            _own(documents[members[0]], claims.get(members[0], ()), citations.get(members[0], ()))
            if len(members) == 1 and members[0] not in found
            else _why(members, root, found)
            for root, members in ordered
        ),
        dependences=tuple(found[name] for name in sorted(found)),
    )


def _when(document: Document) -> str:
    return document.published.value if document.published else "9999"


def _copied(
    documents: Mapping[str, Document], copies: Iterable[Copy], citations: Mapping[str, Sequence[Citation]]
) -> Iterable[Dependence]:
    """Yield for each copy the report it depends on: its origin, else the one it cites, that came out first or has the smaller id."""
    best: dict[str, tuple[float, Dependence]] = {}
    for copy in copies:
        if copy.left not in documents or copy.right not in documents:
            continue
        original, why = _original(copy, documents, citations)
        taker = copy.right if original == copy.left else copy.left
        share = copy.of_right if taker == copy.right else copy.of_left
        names = {"report": documents[taker].name, "other": documents[original].name}
        reason = say("source.copy", **names, share=f"{share:.0%}", why=why)
        tie = Dependence(document=taker, on=original, tie="copy", reason=reason)
        if taker not in best or (-copy.shared, original) < (-best[taker][0], best[taker][1].on):
            best[taker] = copy.shared, tie
    yield from (tie for _, tie in best.values())


def _original(
    copy: Copy, documents: Mapping[str, Document], citations: Mapping[str, Sequence[Citation]]
) -> tuple[str, str]:
    """Return which of two copies the other was taken from and why."""
    if copy.origin:
        return copy.origin, copy.reason
    cited = [
        (original, say("copy.cites", report=documents[taker].name, other=documents[original].name, words=repr(words_)))
        for taker, original in ((copy.left, copy.right), (copy.right, copy.left))
        if (words_ := _words_citing(documents[taker], documents[original], citations))
    ]
    if len(cited) == 1:
        return cited[0]
    return min((copy.left, copy.right), key=lambda name: (_when(documents[name]), name)), copy.reason


def _words_citing(document: Document, other: Document, citations: Mapping[str, Sequence[Citation]]) -> str | None:
    """Return the words by which a report names the other's outlet as its source, None where it does not."""
    outlet = words.outlet(other)
    named = (c.words.exact for c in citations.get(document.id, ()) if words.canonical(c.outlet) == outlet)
    return next(named, None) if outlet else None


def _credited(
    documents: Mapping[str, Document],
    credits: Mapping[str, Sequence[Credit]],  # noqa: A002 - the newsroom's word
) -> Iterable[Dependence]:
    """Yield for each report that credits an agency that agency's report of the happening, or its name."""
    for name, document in documents.items():
        credited = credits.get(name, ())
        if not credited:
            continue
        first, *others = credited
        told = {"report": document.name, "agency": first.agency, "words": repr(first.words.exact)}
        also = ", ".join(credit.agency for credit in others)
        reason = say("source.credits", **told, others=also) if others else say("source.credit", **told)
        original = _report_of(first.agency, document, documents)
        yield Dependence(document=name, on=original or f"{OUTLET}{first.agency}", tie="credit", reason=reason)


def _forwarded(documents: Mapping[str, Document]) -> Iterable[Dependence]:
    """Yield for each forwarded message the report, or the name, of whoever wrote it first: the words are theirs."""
    for name, document in documents.items():
        writer = document.extra.get(FORWARDED)
        if not isinstance(writer, str) or not writer.strip() or words.canonical(writer) == words.outlet(document):
            continue
        original = _report_of(writer, document, documents)
        reason = say("source.forwarded", report=document.name, outlet=writer)
        yield Dependence(document=name, on=original or f"{OUTLET}{writer}", tie="credit", reason=reason)


def _of_one_outlet(documents: Mapping[str, Document], found: Mapping[str, Dependence]) -> Iterable[Dependence]:
    """Yield for each further report of an outlet its first: an outlet is not independent of itself."""
    first: dict[str, Document] = {}
    own = [document for name, document in documents.items() if name not in found and document.publisher]
    for document in sorted(own, key=lambda document: (_when(document), document.id)):
        outlet = words.outlet(document) or ""
        earlier = first.setdefault(outlet, document)
        if earlier is not document:
            reason = say("source.outlet", report=document.name, other=earlier.name, outlet=outlet)
            yield Dependence(document=document.id, on=earlier.id, tie="outlet", reason=reason)


def _cited(
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    citations: Mapping[str, Sequence[Citation]],
) -> Iterable[Dependence]:
    """Yield for each report that has the happening from one outlet, and nothing of its own, that outlet's report or its name."""
    for name, document in documents.items():
        told = [claim for claim in claims.get(name, ()) if claim.repeats is None]
        cited = _most_cited(told, citations.get(name, ()))
        if not cited:
            continue
        outlet = cited[0].outlet
        original = _report_of(outlet, document, documents)
        known = {_voice(claim) for claim in claims.get(original or "", ())}
        if not _only_cites(document, [claim for claim in told if _voice(claim) not in known], told, cited):
            continue
        reason = say("source.cites", report=document.name, outlet=outlet, words=repr(cited[0].words.exact))
        yield Dependence(document=name, on=original or f"{OUTLET}{outlet}", tie="citation", reason=reason)


def _most_cited(told: Sequence[Claim], citations: Iterable[Citation]) -> list[Citation]:
    """Return the citations from which a report has something of what it tells, the most used first."""
    return sorted((c for c in citations if _of(c, told)), key=lambda c: (-len(_of(c, told)), c.outlet))


def _voice(claim: Claim) -> tuple[str, str | None] | str:
    """Return who is quoted last, and on what, or that he denies: whoever the cited outlet quotes so too was not asked anew.

    A claim that names nobody by a name of his own is a voice that no other report can have.
    """
    link = claim.chain[-1] if claim.chain else None
    if link is None or not link.name or link.source is None:
        return claim.id
    return link.name, claim.polarity if claim.polarity == "negative" else claim.type


def _of(citation: Citation, told: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in told if claim.id in citation.claims]


def _only_cites(document: Document, own: Sequence[Claim], told: Sequence[Claim], cited: Sequence[Citation]) -> bool:
    """Return whether a report says at least twice as much by other outlets as by its ``own`` claims; its title says what it says below."""
    title_end = len(document.text.strip("\n").partition("\n")[0]) + len(document.text) - len(document.text.lstrip("\n"))
    by_others = {claim.id for citation in cited for claim in _of(citation, told)}
    tells_deeds = any(claim.trigger for claim in told if claim.id in by_others)
    by_itself = [
        claim
        for claim in own
        if claim.id not in by_others
        and claim.content.start >= title_end
        and not (tells_deeds and _is_background(claim))
    ]
    return len(by_others) >= 2 * len(by_itself)


def _is_background(claim: Claim) -> bool:
    """Return whether an outlet says in its own voice how things stand ('the city is held by the army'): nothing of what happened."""
    return not claim.chain and claim.trigger is None and claim.status == "state"


def _report_of(outlet: str, document: Document, documents: Mapping[str, Document]) -> str | None:
    """Return the outlet's report of the happening that another can have it from: the last before it came out."""
    meant = words.canonical(outlet)
    theirs = [d for d in documents.values() if words.outlet(d) == meant and d.id != document.id]
    before = [d for d in theirs if not d.published or not document.published or _when(d) <= _when(document)]
    dated = sorted(before, key=lambda d: (_when(d) if d.published else "", d.id))
    return dated[-1].id if dated else None


def _root(name: str, ties: Mapping[str, Dependence]) -> str:
    """Return where a report's telling comes from in the end; a circle of citations is one source, the smallest of its ids."""
    path = [name]
    while path[-1] in ties:
        following = _canonical(ties[path[-1]].on)
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def _canonical(on: str) -> str:
    """Return what a report depends on, an outlet under the one name it has."""
    return f"{OUTLET}{words.canonical(on.removeprefix(OUTLET))}" if on.startswith(OUTLET) else on


def _own(document: Document, claims: Sequence[Claim], citations: Iterable[Citation]) -> str:
    """Return a sentence on why a report counts as a source of its own, also where it has something from another outlet."""
    cited = _most_cited([claim for claim in claims if claim.repeats is None], citations)
    if not cited:
        return say("source.alone", report=document.name)
    told = {"outlet": cited[0].outlet, "words": repr(cited[0].words.exact)}
    return say("source.also_own", report=document.name, **told)


def _why(members: Sequence[str], root: str, ties: Mapping[str, Dependence]) -> str:
    """Return a sentence on why these reports count as one source."""
    reasons = "; ".join(ties[name].reason for name in members if name in ties)
    if root.startswith(OUTLET):
        return say("source.absent", outlet=root.removeprefix(OUTLET), why=reasons)
    return reasons
