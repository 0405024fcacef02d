"""Answers in a language without a parser: what points back at what was told, refusals to comment, 'which the army denied'."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.sources import surface, tolls
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Found, Tokens
from reportedly.records import Act


def answers(context: Context, told: list[Attribution]) -> Iterator[Attribution]:
    """Yield answers to what was said before: 'ونفت القوات ذلك', 'ولم تعلق الجماعة على الاتهام', 'لم يصدر عن الأخير أي تعليق'."""
    anchors = {a.anchor for a in told}
    for first, last, entry in context.entries("speech_verbs"):
        if entry.get("act") in ("deny", "doubt") and first not in anchors:
            limit = min(context.body(first)[1], last + surface.LONGEST_SOURCE)
            act: Act = entry.get("act")  # type: ignore[assignment]
            if (made := _of_toll(context, (first, last), limit, act, told)) is not None:
                yield made
                continue
            end = next((i for i in range(last, limit) if surface.at(context, i, "pointing")), None)
            if end is not None and (made := _answer(context, (first, last), (last, end), act, told)):
                yield made
    yield from _which(context, told, anchors)
    for first, last, entry in context.entries("silence"):
        if entry.get("nobody"):
            # 'It could not be verified': nobody is said to doubt it.
            continue
        limit = context.body(first)[1]
        if (made := _of_toll(context, (first, last), limit, entry.get("act"), told)) is not None:  # type: ignore[arg-type]
            yield made
            continue
        end = next(
            (i for i in range(last, limit) if surface.at(context, i, "about") or context.text.words[i] in "،,."), limit
        )
        if entry.get("then"):
            end = next(
                (
                    i
                    for i in range(last, min(limit, last + surface.LONGEST_SOURCE))
                    if surface.at(context, i, "comment")
                ),
                last,
            )
        act = entry.get("act")  # type: ignore[assignment]
        of = surface.at(context, end, "about") if not entry.get("then") else 0
        if of and of < limit and surface.starts_deed(context, of):
            # 'لم يعلق الجيش على | قصف المنزل'
            source = surface.named(context, last, end) or surface.ahead(context, first)
            made = _made(context, (first, last), source, (of, limit), act) if source else None
        else:
            made = _answer(context, (first, last), (last, end), act, told)
        if made:
            yield made


def _of_toll(context: Context, cue: Tokens, limit: int, act: Act, told: list[Attribution]) -> Attribution | None:
    """Return who doubts or denies the last toll told before: 'لم يؤكد الجيش هذه الحصيلة'; None where no words point at one."""
    end = next((i for i in range(cue[1], limit) if surface.at(context, i, "toll")), None)
    source = surface.named(context, cue[1], end) or surface.ahead(context, cue[0]) if end is not None else None
    given = tolls.given(context, Found(context.text, told), cue[0]) if source is not None else None
    made = _made(context, cue, source, given[1], act) if source is not None and given is not None else None
    return msgspec.structs.replace(made, anaphor=True, of="toll") if made else None


def _which(context: Context, told: list[Attribution], anchors: set[int]) -> Iterator[Attribution]:
    """Yield who denies or doubts all that a sentence told so far: 'قصف الجيش السوق، | وهو ما تنفيه القيادة'."""
    verbs, opening = context.lang.lexicon("speech_verbs"), surface.firsts(context, "which")
    for i in [i for i, norm in enumerate(context.text.norms) if norm in opening]:
        first = surface.at(context, i, "which")
        limit = context.body(i)[1]
        entry = surface.saying(context, first) if 0 < first < limit else None
        if entry is None or entry.get("act") not in ("deny", "doubt") or first in anchors:
            continue
        end = next((k for k in range(first + 1, limit) if context.text.words[k] in "،,؛"), limit)
        low = context.sentence(i)[0]
        source = surface.named(context, first + 1, end)
        if source is None or verbs.match(context.text, source[0]):
            continue
        act: Act = entry.get("act")  # type: ignore[assignment]
        hosts = [a for a in told if low <= a.anchor < first and a.first < i]
        start = max(hosts, key=lambda a: a.anchor).first if hosts else low
        if made := _made(context, (first, first + 1), source, (start, i), act):
            yield msgspec.structs.replace(made, anaphor=True)


def _made(context: Context, cue: Tokens, source: Tokens, content: Tokens, act: Act) -> Attribution | None:
    content = context.trim(content)
    if content[1] <= content[0]:
        return None
    return Attribution(
        source=source,
        cue=cue,
        content=(content,),
        act=act,
        by=f"{context.lang.code}.source.pointing",
        frame="pointing",
        anchor=cue[0],
        certainty=CERTAINTY.get(act, "certain"),
        negative=act == "deny",
    )


def _answer(context: Context, cue: Tokens, named: Tokens, act: Act, told: list[Attribution]) -> Attribution | None:
    """Return who answers what was said before, with its content; None where nothing was said, or nobody answers."""
    paragraph = context.text.paragraph_of[cue[0]]
    near = [a for a in told if a.anchor < cue[0] and context.text.paragraph_of[a.anchor] >= paragraph - 1]
    near = [a for a in near if context.text.sentence_of[a.anchor] >= context.text.sentence_of[cue[0]] - 1]
    source = surface.named(context, *named) or surface.ahead(context, cue[0])
    if not near or source is None:
        return None
    host = max(near, key=lambda a: a.anchor)
    kept = [(a, min(b, cue[0])) for a, b in host.content if a < cue[0]]
    made = _made(context, cue, source, kept[0], act) if kept else None
    return msgspec.structs.replace(made, anaphor=True) if made else None
