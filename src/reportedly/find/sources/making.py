"""What every frame shares: the act a negation leaves, the limits of what a verb governs, the attribution made."""

from __future__ import annotations

import re

from reportedly.find.sources import scopes
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Tokens, VerbGroup
from reportedly.quotations import Quote
from reportedly.records import Act, Certainty

MARKS = frozenset("«»“”\"‘’'")
OPENING = frozenset('«“"')
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")


# What is left of an act whose verb is negated: nothing is said by 'n'a pas précisé que'.
NEGATED: dict[Act, Act | None] = {"assert": None, "announce": None, "show": None, "deny": "doubt", "doubt": None}

Made = tuple[tuple[Tokens, ...], str, "Tokens | None"]


def act_of(group: VerbGroup) -> Act | None:
    """Return the act as negation leaves it, None where a negated verb says nothing ('n'a pas précisé')."""
    act: Act = group.entry.get("act")  # type: ignore[assignment]
    if not group.negated:
        return act
    if group.entry.get("neg"):
        return group.entry.get("neg")  # type: ignore[return-value]
    return NEGATED.get(act, act)


def make(
    context: Context,
    group: VerbGroup,
    *,
    source: Tokens | None,
    content: tuple[Tokens, ...],
    frame: str,
    act: Act,
    inferred: str = "",
) -> Attribution | None:
    """Return the attribution a verb group makes with this source and content, None where the content is empty."""
    content = tuple(t for t in (_trimmed(context, c) for c in content) if t[1] > t[0])
    if source is not None and source[1] - source[0] > 1 and CLOCK.fullmatch(context.text.words[source[0]]):
        # '13:50 Moscow says ...': the line of a live report.
        source = context.trim((source[0] + 1, source[1]))
    if not content:
        return None
    certainty: Certainty = group.entry.get("cert") or CERTAINTY.get(act, "certain")  # type: ignore[assignment]
    if act == "believe" and group.negated and group.entry.get("neg"):
        certainty = "possible"
    negative = act == "deny" or (group.negated and act == "believe" and not group.entry.get("neg"))
    return Attribution(
        source=source,
        cue=group.cue,
        content=content,
        act=act,
        by=f"{context.lang.code}.source.{frame}:{group.entry.lemma}",
        frame=frame,
        anchor=group.head,
        certainty=certainty,
        negative=negative,
        source_kind=scopes.source_kind(context, source),
        inferred=inferred,
        quoted=any(context.text.words[i] in MARKS for a, b in content for i in (a, b - 1)),
    )


def _trimmed(context: Context, tokens: Tokens) -> Tokens:
    """Return a content without marks and conjunctions at its end: what they join is another's."""
    first, last = context.trim(tokens)
    while last > first + 1 and context.pos(last - 1) == "CCONJ":
        first, last = context.trim((first, last - 1))
    return first, last


def refuses(group: VerbGroup, frame: str) -> bool:
    """Return whether the lexicon says that the verb never takes the frame."""
    return frame in group.entry.get("no").split(",")


def limit(context: Context, group: VerbGroup) -> int:
    """Return where what the verb governs must end: the quotation it stands in, the sentence."""
    quote = context.quote(group.head)
    last = context.body(group.head)[1]
    if quote:
        return min(last, quote.last)
    return _relative_end(context, group, last)


def _is_relative(context: Context, i: int) -> bool:
    rel = context.syntax is not None and context.syntax.morph[i].get("PronType") == "Rel"
    return rel or context.is_(i, "rel", "that")


def _relative_end(context: Context, group: VerbGroup, last: int) -> int:
    """Return where a relative clause set off by commas closes that the verb stands in: 'Le chef, que Kigali dément soutenir, a pris Goma'.

    Behind its comma the verb of the main clause must follow, or the comma is one of the clause's own.
    """
    words, low = context.text.words, context.sentence(group.head)[0]
    opened = next((i for i in range(group.first - 1, max(low, group.first - 10), -1) if words[i] == ","), None)
    if opened is None or not _is_relative(context, opened + 1):
        return last
    for i in range(group.last, last - 1):
        if words[i] == "," and context.quote(i) is None:
            after = i + 1
            while after < last and context.is_(after, "neg", "clitic", "refl"):
                after += 1
            if after < last and context.is_finite(after) and not context.opens(after, "that"):
                return i
    return last


def quote_opening(context: Context, mark: int) -> Quote | None:
    """Return the quotation that the mark at token ``mark`` opens, or None."""
    return context.opening.get(mark)
