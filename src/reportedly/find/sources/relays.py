"""Who passes on whom, in a language without a parser: 'نقلت الوكالة عن مسؤول قوله إن ...', 'القناة نقلا عن مصدر أمني: ...'."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.sources import surface
from reportedly.find.sources.model import Attribution, Context, Tokens
from reportedly.text import fold


def split(context: Context, attribution: Attribution) -> Iterator[Attribution]:
    """Yield the attribution; where its source names another whom it passes on, that one too, as what is cited within it."""
    relay = _relay(context, attribution)
    if relay is None or attribution.source is None:
        yield attribution
        return
    (first, last), source = relay, attribution.source
    saying = next((i for i in range(last, source[1]) if context.text.norms[i] in _words(context, "sayings")), source[1])
    cited = context.trim((last, saying))
    outer = context.trim((source[0], first))
    inner = msgspec.structs.replace(
        attribution,
        source=cited,
        cue=(saying, saying + 1) if saying < source[1] else (first, last),
        anchor=saying if saying < source[1] else first,
        frame="citing" if outer[0] < outer[1] else attribution.frame,
        by=f"{context.lang.code}.source.relay",
        inferred="",
    )
    if outer[0] < outer[1]:
        yield msgspec.structs.replace(attribution, source=outer)
    if cited[0] < cited[1]:
        yield inner


def _relay(context: Context, attribution: Attribution) -> Tokens | None:
    """Return the words within the source that pass on ('عن', 'نقلا عن'); a bare preposition only behind a verb or in a headline."""
    if attribution.source is None or attribution.inferred:
        return None
    first, last = attribution.source
    bare = attribution.frame == "headline" or any(_passes_on(context, i) for i in range(attribution.cue[0], first))
    to = _words(context, "ascribing") if _ascribes(context, attribution.cue[0]) else ()
    for i in range(first, last - 1):
        if context.text.norms[i] in to:
            return (i, i + 1)
        if context.text.norms[i] in _words(context, "relays"):
            adverb = i > first and context.text.norms[i - 1] in _words(context, "relaying")
            if adverb or bare:
                return (i - adverb, i + 1)
    return None


def _passes_on(context: Context, i: int) -> bool:
    """Return whether a verb of passing on stands at token ``i``."""
    entry = surface.saying(context, i)
    return entry is not None and bool(entry.get("relays"))


def _ascribes(context: Context, i: int) -> bool:
    """Return whether a verb that ascribes a saying to somebody stands at token ``i`` ('نسبت')."""
    entry = surface.saying(context, i)
    return entry is not None and bool(entry.get("ascribes"))


def _words(context: Context, name: str) -> tuple[str, ...]:
    return tuple(fold(word, context.lang.tokenization) for word in context.settings.get(name, ()))
