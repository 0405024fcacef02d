"""What nobody named says: set phrases and adverbs, and the conditional of hearsay."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.sources import clauses, scopes
from reportedly.find.sources.model import Attribution, Context, Found, Tokens


def hearsay(context: Context, found: Found) -> Iterator[Attribution]:
    """Yield set phrases and adverbs of hearsay that no named source covers: 'il semble que', 'il est question de', 'reportedly'."""
    for first, last, entry in context.entries("hearsay"):
        if any(a.covers(first) and a.source is not None and not a.anaphor for a in found.near(first)):
            continue
        if entry.get("where") == "right":
            start = last - 1 if context.is_(last - 1, "that") else last
            content = (start, scopes.clause_end(context, start) if start < context.text.size else start)
        else:
            content = _of_participle(context, first) or (_own_start(context, first), _own_end(context, first))
        if content[0] >= content[1] or (entry.get("where") == "right" and content[1] <= last):
            continue
        yield msgspec.structs.replace(
            _hearsay(context, first, last, content), by=f"{context.lang.code}.source.hearsay:{entry.lemma}"
        )


def _own_start(context: Context, at: int) -> int:
    """Return where the coordinated clause around token ``at`` starts: 'the army advanced and | the rebels reportedly fled'."""
    start, syntax = scopes.clause_start(context, at), context.syntax
    if syntax is None:
        return start
    for i in range(at - 1, start, -1):
        subject = any(syntax.dep[k].startswith("nsubj") for k in range(i + 1, at))
        if context.pos(i) == "CCONJ" and subject and scopes.finite(context, start, i):
            return i + 1
    return start


def _own_end(context: Context, at: int) -> int:
    """Return where the clause around token ``at`` ends before one joined to it with a subject: '..., allegedly by X | and Y fled'."""
    end, syntax = scopes.clause_end(context, at), context.syntax
    if syntax is None:
        return end
    for i in range(at + 1, end - 1):
        if context.pos(i) != "CCONJ" or not scopes.finite(context, i, end):
            continue
        verb = next((k for k in range(i + 1, end) if context.is_verb(k)), end)
        own = any(syntax.dep[k].startswith("nsubj") and syntax.head[k] >= verb for k in range(i + 1, verb))
        if own and scopes.finite(context, _own_start(context, at), i):
            return i
    return end


def _of_participle(context: Context, at: int) -> Tokens | None:
    """Return the participle's phrase that an adverb speaks of, within a noun phrase: 'a mine | apparently laid by rebels | exploded'."""
    syntax = context.syntax
    if syntax is None or syntax.dep[at] != "advmod":
        return None
    head = syntax.head[at]
    if syntax.dep[head] != "acl" or context.form(head) != "Part" or syntax.head[head] > at:
        return None
    end = next((k for k in range(head + 1, context.body(at)[1]) if not syntax.hangs_on(k, head)), context.body(at)[1])
    return (at, end) if end > head else None


def _hearsay(context: Context, first: int, last: int, content: Tokens) -> Attribution:
    return Attribution(
        source=None,
        cue=(first, last),
        content=(context.trim(content),),
        act="hearsay",
        by=f"{context.lang.code}.source.conditional",
        frame="hearsay",
        anchor=first,
        certainty="possible",
        hedge=(first, last),
    )


def conditionals(context: Context, found: Found) -> Iterator[Attribution]:
    """Yield clauses in the conditional of hearsay: compound ('auraient été tués'), no named source, no 'si', no modal."""
    if not context.settings.get("hearsay_conditional") or context.syntax is None:
        return
    done = -1
    reporting = context.lang.lexicon("hearsay_verbs").hits(context.text)
    for i in [i for i, classes in enumerate(context.classes) if "mood:cond" in classes or i in reporting]:
        if i < done or not is_hearsay_conditional(context, i):
            continue
        if any((a.covers(i) and not a.anaphor) or a.cue[0] <= i < a.cue[1] for a in found.near(i)):
            continue
        start = scopes.clause_start(context, i)
        relative = next((j for j in range(i - 1, max(start, i - 4), -1) if context.is_(j, "rel")), None)
        begin = relative if relative is not None else start
        end = _clause_end_at_comma(context, i, scopes.clause_end(context, i))
        if relative is not None and context.text.words[relative - 1] == ",":
            end = _aside_end(context, i, end)
        yield _hearsay(context, i, i + 1, (begin, end))
        done = end


def _clause_end_at_comma(context: Context, i: int, end: int) -> int:
    """Return the end before ', mais personne n'a été touché': another finite clause coordinated behind a comma."""
    for j in range(i + 1, end):
        if (
            context.text.words[j] == ","
            and j + 1 < end
            and (context.is_(j + 1, "contrast") or clauses.comment_end(context, j + 1, end))
            and scopes.finite(context, j + 1, end)
        ):
            return j
    return end


def _aside_end(context: Context, i: int, end: int) -> int:
    """Return where a relative clause between commas closes before its main verb: 'Les ravisseurs, qui seraient six, | réclament'."""
    for j in range(i + 1, end - 1):
        if context.text.words[j] == "," and context.quote(j) is None:
            after = j + 1
            while after < end and context.is_(after, "neg", "clitic", "refl"):
                after += 1
            if after < end and context.is_finite(after):
                return j
    return end


def is_hearsay_conditional(context: Context, i: int) -> bool:
    """Return whether token ``i`` is the auxiliary of a conditional that reports: 'aurait quitté', 'serait tombée'."""
    reports = _reports(context, i)
    if not reports and not (context.is_(i, "mood:cond") and not context.is_(i, "aux:modal")):
        return False
    first, last = context.sentence(i)
    if _supposes(context, i, first, last):
        return False
    after = context.adverb_end(i + 1, last)
    if context.is_(after, "modal_part"):
        return False
    if reports or context.opens(after, "reported") is not None:
        return True
    return any(context.is_verb(j) and context.form(j) == "Part" for j in range(after, min(last, after + 2)))


def _reports(context: Context, i: int) -> bool:
    """Return whether a simple conditional at ``i`` is of a verb that reports so: 'le groupe compterait 500 hommes'."""
    entries = context.lang.lexicon("hearsay_verbs").matches(context.text, i)
    return any(entry.feature == "cond" for _, entry in entries)


def _supposes(context: Context, i: int, first: int, last: int) -> bool:
    """Return whether the sentence supposes ('si', 'sans', 'en cas de') or the clause depends on 'que' or a question."""
    if any(context.opens(j, "if") for j in range(first, last)):
        return True
    if any(context.opens(j, "whether") for j in range(first, i)):
        return True
    start = scopes.clause_start(context, i)
    opening = (j for j in range(start, i) if j == start or context.text.words[j - 1] in ",;")
    if any(context.opens(j, "supposing") for j in opening):
        return True
    return any(
        context.is_(j, "that") and context.pos(j) == "SCONJ" and _own_clause(context, j, i) for j in range(start, i)
    )


def _own_clause(context: Context, that: int, verb: int) -> bool:
    """Return whether 'que' opens the verb's own clause: 'on savait que la trêve serait rompue' is a future in the past."""
    return not any(context.is_finite(k) or context.text.words[k] in ",;:" for k in range(that + 1, verb))
