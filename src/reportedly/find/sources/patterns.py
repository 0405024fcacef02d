"""Sources in a language without a parser: the surface order of verb, source and content, by lexicons and punctuation alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reportedly.find.sources import answers, headlines, hearsay, relays, surface
from reportedly.find.sources.model import CERTAINTY, Attribution, Context, Found, Tokens
from reportedly.records import Act, Certainty
from reportedly.rules import Entry
from reportedly.text import fold, verbal_noun


def attributions(context: Context) -> Iterator[Attribution]:
    """Yield verb-first sayings ('قال المصدر إن ...'), prepositions ('بحسب مصادر محلية'), headlines and hearsay, each kind in text order."""
    for made in _all(context):
        yield from relays.split(context, made)


def _all(context: Context) -> Iterator[Attribution]:
    before: list[Attribution] = []
    rumours = {first for first, _, _ in context.entries("hearsay") if surface.impersonal(context, first)}
    prepositions = [made for found in context.entries("speech_prepositions") if (made := _preposition(context, *found))]
    taken = {i for made in prepositions for i in range(made.cue[0], max(made.cue[1], (made.source or made.cue)[0]))}
    for first, last, entry in context.entries("speech_verbs"):
        free = first not in taken and first not in rumours and not surface.nominal(context, first)
        free = free and bool(entry.get("act")) and not _ascribed(context, first, last, entry)
        reading = _accused_by_nobody if _passive_accusation(context, first, entry) else _verb
        made = reading(context, first, last, entry, [*before, *prepositions]) if free else None
        if made:
            before.append(made)
            yield made
    titled = list(headlines.headlines(context))
    prepositions = [
        p
        for p in prepositions
        if not any(a.source and a.source[0] < p.anchor < a.source[1] for a in (*before, *titled))
    ]
    prepositions = [_within(context, p, before) for p in prepositions]
    yield from prepositions
    yield from answers.answers(context, [*before, *prepositions])
    told = [*before, *prepositions, *titled]
    yield from titled
    yield from (a for a in hearsay.hearsay(context, Found(context.text, told)) if a.anchor in rumours)


def _within(context: Context, made: Attribution, before: list[Attribution]) -> Attribution:
    """Return a source that is passed on as cited by who passes it on: 'أفادت الوكالة، | نقلا عن شهود |، بأن', else as it is."""
    if context.text.norms[made.cue[0]] not in context.settings.get("relaying", ()):
        return made
    host = next((a for a in before if a.cue[0] < made.anchor < a.first), None)
    return msgspec.structs.replace(made, content=host.content, frame="citing") if host else made


@dataclass(frozen=True)
class Openers:
    """What may open a content behind a verb: the language's words, the verb's own prepositions, a noun of happening."""

    words: frozenset[str]
    governed: frozenset[str]
    direct: bool


def _opened(context: Context, start: int) -> bool:
    """Return whether a word that only opens what is said ('أن') or a quotation stands at ``start``."""
    words = context.settings.get("openers", ())
    return context.text.norms[start] in words or context.text.words[start] in '«“"'


def _openers(context: Context, entry: Entry) -> Openers:
    settings = context.lang.settings["sources"]
    own = entry.get("on").split(",") if entry.get("on") else []
    governed = frozenset(fold(word, context.lang.tokenization) for word in own)
    return Openers(frozenset(settings.get("openers", [])), governed, entry.get("np") == "1")


def _verb(context: Context, first: int, last: int, entry: Entry, before: list[Attribution]) -> Attribution | None:
    """Read verb, source up to the content's opener (or a comma, a mark, a preposition of the verb's own), then the content."""
    limit = context.body(first)[1]
    openers = _openers(context, entry)
    if saying := _ascribing(context, last, limit, entry):
        openers = Openers(openers.words, frozenset(), direct=False)
    source_end, start = _opener(context, saying or last, limit, openers)
    ahead = surface.ahead(context, first)
    if start is None and ahead and entry.get("np") == "1" and limit - last > 2:
        source_end, start = last, last
    if start is None or _says_another(context, last, start):
        return None
    leads = ahead is not None and context.names_somebody(ahead[0])
    source = ahead if leads else _behind(context, last, source_end, entry)
    act: Act = entry.get("act")  # type: ignore[assignment]
    accused = act == "accuse" and (leads or entry.feature == "ger")
    if accused or (leads and entry.get("np") == "1" and not _opened(context, start)):
        start = last
    elif act == "accuse" and source is not None:
        source, start = (source, start) if saying else _accuser(context, source, start)
    elif act == "demand" and source is not None:
        source = _without_asked(context, source)
    inferred = ""
    if source is None or source[1] - source[0] > surface.LONGEST_SOURCE:
        source, inferred = (ahead, "") if ahead else _carried(context, first, before)
    content = context.trim((start, _content_end(context, start, limit, apart=act in UNTOLD)))
    if source is not None and inferred and any(a.source == source and a.covers(first) for a in before):
        return None
    if content[1] <= content[0] or source is None or surface.at(context, source[0], "nobody"):
        return None
    told = _negated(context, first, entry)
    if told is None:
        return None
    act, certainty = ("assert", "certain") if saying else told
    return Attribution(
        source=source,
        cue=(first, last),
        content=(content,),
        act=act,
        by=f"{context.lang.code}.source.verb:{entry.lemma}",
        frame="that",
        anchor=first,
        certainty=certainty,
        negative=act == "deny",
        inferred=inferred,
        quoted=context.text.words[content[0]] in '«“"',
    )


def _behind(context: Context, last: int, end: int, entry: Entry) -> Tokens | None:
    """Return who is named behind a verb of saying; behind a participle stands only who is spoken of: 'متهما | الجيش | بقصف'."""
    return None if entry.feature == "ger" else surface.named(context, last, end)


# What is denied, demanded, promised or threatened ends where a clause of its own tells what else happened.
UNTOLD = frozenset(("deny", "demand", "promise", "threaten"))


# So long a name may go on behind a noun of happening in it.
LONGEST_NAME = 5


def _passive_accusation(context: Context, first: int, entry: Entry) -> bool:
    """Return whether a verb of accusing is marked passive."""
    marks = context.settings.get("passive_marks", ())
    return entry.get("act") == "accuse" and any(mark in context.text.words[first] for mark in marks)


def _accused_by_nobody(
    context: Context, first: int, last: int, entry: Entry, before: list[Attribution]
) -> Attribution | None:
    """Return an accusation whose accuser is not named, its content from the accused on: 'اتُهم | الجيش بقصف المدرسة'."""
    content = context.trim((last, _content_end(context, last, context.body(first)[1])))
    if (
        content[1] - content[0] < LEAST_ACCUSED
        or surface.at(context, last, "openers")
        or any(a.anchor == first for a in before)
    ):
        return None
    return Attribution(
        source=None,
        cue=(first, last),
        content=(content,),
        act="accuse",
        by=f"{context.lang.code}.source.verb:{entry.lemma}",
        frame="accused",
        anchor=first,
        certainty=CERTAINTY.get("accuse", "certain"),
    )


# The accused and what he is accused of.
LEAST_ACCUSED = 2
# What a saying becomes that did not take place: who does not confirm is in doubt, who asks for nothing says nothing.
UNSAID = frozenset(("accuse", "demand", "promise", "threaten", "show", "ask"))


def _negated(context: Context, first: int, entry: Entry) -> tuple[Act, Certainty] | None:
    """Return the act and the certainty it lends, None where nothing is said.

    'لم يستبعد' believes what 'استبعد' denies, 'لم تؤكد' is in doubt, 'لم يطلب الخاطفون' says nothing.
    """
    act: Act = entry.get("act")  # type: ignore[assignment]
    stated = entry.get("cert")
    negated = bool(surface.at(context, first - 1, "negators"))
    if entry.get("neg") and not negated:
        return act, CERTAINTY.get(act, "certain")
    if entry.get("neg"):
        act = entry.get("neg")  # type: ignore[assignment]
        return act, stated or CERTAINTY.get(act, "certain")  # type: ignore[return-value]
    if negated and act in UNSAID:
        return None
    if negated and act in ("assert", "announce"):
        return "doubt", CERTAINTY.get("doubt", "unknown")
    return act, stated or CERTAINTY.get(act, "certain")  # type: ignore[return-value]


def _ascribing(context: Context, last: int, limit: int, entry: Entry) -> int | None:
    """Return where the saying stands that a verb ascribes to somebody: 'نسبت صحيفة إلى مسؤول | قوله إن', None where a deed is ascribed."""
    if not entry.get("ascribes"):
        return None
    sayings = context.settings.get("sayings", ())
    return next(
        (i for i in range(last, min(limit, last + surface.LONGEST_SOURCE)) if context.text.norms[i] in sayings), None
    )


def _ascribed(context: Context, first: int, last: int, entry: Entry) -> bool:
    """Return whether the verb tells more of the noun before it: 'في بيان نسب إلى الحركة'."""
    text = context.text
    if not entry.get("ascribes") or last >= text.size or first == context.sentence(first)[0]:
        return False
    before = text.words[first - 1][0].isalpha() and not surface.at(context, first - 1, "joins")
    return (
        before
        and not surface.at(context, first - 1, "particles")
        and text.norms[last] in _openers(context, entry).governed
    )


def _without_asked(context: Context, source: Tokens) -> Tokens | None:
    """Return who asks, without who is asked, named right behind: 'طالبت الوزارة | المجتمع الدولي', 'دعت المنظمة | السلطات'.

    None where the verb names only who is asked, and goes on from a saying before: 'ودعت | مجلس الأمن'.
    """
    first, end = source
    if surface.at(context, first, "asked") == end:
        return None
    norms, articles = context.text.norms, context.lang.tokenization.articles
    for i in range(first + 1, end):
        named = surface.at(context, i, "asked") or (norms[i].startswith(articles) and _names_people(context, i))
        construct = not norms[i - 1].startswith(articles) and (i == first + 1 or _names_people(context, i - 1))
        if named and not construct and not surface.at(context, i - 1, "binders"):
            return context.trim((first, i))
    return source


def _names_people(context: Context, i: int) -> bool:
    """Return whether a noun for people, a group or a state starts at token ``i``, by the lexicons."""
    return any(context.lang.lexicon(name).match(context.text, i) for name in ("actor_nouns", "source_nouns"))


def _accuser(context: Context, source: Tokens, start: int) -> tuple[Tokens | None, int]:
    """Return the accuser and where the content starts, at the accused: 'اتهم | جيش الفتح | تنظيم داعش بقطع ...'.

    Where one name alone stands behind the verb it is the accused, and the accuser was named before.
    """
    first, end = source
    known = [i for i in range(first, end) if surface.names(context, i) and not _bound(context, i, first)]
    while len(known) > 2 and any(surface.at(context, i, "joins") for i in range(known[-2], known[-1])):
        # Two are accused: 'اتهم المتمردون | الجيش ومجموعة فاغنر'.
        known.pop()
    if len(known) > 1 or (known and known[0] > first):
        return (first, known[-1]), known[-1]
    return (source, start) if not known or end - first > 3 else (None, first)


def _bound(context: Context, i: int, first: int) -> bool:
    """Return whether token ``i`` belongs to the name before: joined, or governed by a preposition, a title or a noun ('متمردي الحركة')."""
    if i == first:
        return False
    indefinite = not context.text.norms[i - 1].startswith(context.lang.tokenization.articles)
    governs = indefinite and surface.group(context, i - 1) and not _free(context, i - 1, first)
    return bool(surface.at(context, i - 1, "binders")) or governs


def _free(context: Context, i: int, first: int) -> bool:
    """Return whether a plural that governs no noun stands at token ``i`` or right before it: 'متمردون', 'مسلحون طوارق'."""
    nouns, endings = context.lang.lexicon("actor_nouns"), context.lang.settings["order"].get("subject", ())
    words = [context.text.norms[k] for k in (i, i - 1) if k >= first]
    return any(word.endswith(e) and nouns.has(word.removesuffix(e)) for word in words for e in endings)


def _opener(context: Context, last: int, limit: int, openers: Openers) -> tuple[int, int | None]:
    """Return where the source ends and the content starts."""
    text = context.text
    for i in range(last, min(limit, last + 26)):
        word, norm = text.words[i], text.norms[i]
        if norm in openers.words:
            return i, i
        if norm in openers.governed and not surface.at(context, i - 1, "relaying"):
            return i, i
        if word in '«“"' and i > last and context.quote(i + 1) is not None and (i + 1 < limit):
            quote = context.quote(i + 1)
            if quote and quote.last - quote.first > 3:
                return i, i
        deed = openers.direct and (surface.starts_deed(context, i) or (i > last and _what_is_said(context, i)))
        if deed and not _opened_behind(context, i, limit):
            # 'نافية استخدام الرصاص الحي': nobody is named between.
            alone = i == last + 1 and _what_is_said(context, last)
            return (last, last) if alone else (i, i)
        if (openers.direct or openers.governed) and word in COMMAS and (close := _bracket_end(context, i, limit)):
            # 'أفاد مصدر أمني، اليوم الثلاثاء، بارتفاع ...': the date is bracketed, the content follows.
            return i, close
    return last, None


def _says_another(context: Context, last: int, start: int) -> bool:
    """Return whether the content that opens at ``start`` is of a participle behind a comma: 'أكد الحاكم الخبر، | مشيرا إلى أن'."""
    comma = next((i for i in range(start - 1, last, -1) if context.text.words[i] in COMMAS), None)
    entry = surface.saying(context, comma + 1) if comma is not None and comma + 1 < start else None
    return entry is not None and entry.feature == "ger"


COMMAS = frozenset("،,")
LONGEST_BRACKET = 5


def _bracket_end(context: Context, comma: int, limit: int) -> int | None:
    """Return the token behind the second of two commas with few words between, or None."""
    words = context.text.words
    second = next((i for i in range(comma + 2, min(limit, comma + LONGEST_BRACKET + 2)) if words[i] in COMMAS), None)
    return second + 1 if second is not None and second + 1 < limit else None


def _what_is_said(context: Context, i: int) -> bool:
    """Return whether a noun that opens what is said stands at ``i``: 'مسؤوليته عن', 'وقوع انفجار', or any written like a verbal noun."""
    written = verbal_noun(context.text.norms[i], context.lang.tokenization)
    listed = surface.at(context, i, "objects") or surface.denied(context, i)
    return bool(listed) or (written and not surface.at(context, i - 1, "binders"))


def _opened_behind(context: Context, i: int, limit: int) -> bool:
    """Return whether a noun at ``i`` is of the name of who says, for what is said is opened behind it: 'رئيس تحرير الصحيفة أن'."""
    for k in range(i + 1, min(limit, i + LONGEST_NAME)):
        if context.text.words[k] in "،,:" or surface.at(context, k, "joins") or surface.at(context, k, "turns"):
            return False
        if context.text.norms[k] in context.settings.get("openers", ()):
            return True
    return False


def _content_end(context: Context, start: int, limit: int, *, apart: bool = False) -> int:
    """Return where the content ends: before a coordinated or participial verb of saying behind a comma, or at the sentence's end."""
    text = context.text
    lexicon = context.lang.lexicon("speech_verbs")
    for i in range(start + 1, limit):
        if surface.contrasts(context, i, limit) or (apart and surface.apart(context, i)):
            return i
        turn = surface.at(context, i, "turns")
        if (text.words[i] in "،," or turn) and i + 1 < limit and context.text.quote_of[i] < 0:
            nxt = turn or i + 1
            while nxt < limit and (joined := surface.at(context, nxt, "joins")):
                nxt = joined
            if nxt < limit and lexicon.match(text, nxt):
                return i
        if _second(context, i, limit):
            return i
    return limit


def _second(context: Context, i: int, limit: int) -> bool:
    """Return whether a conjunction at ``i`` opens a second saying, subject first: 'كييف تعلن ... | وموسكو تتحدث عن'."""
    named = surface.at(context, i, "joins")
    if not named or not surface.names(context, named) or context.quote(i) is not None:
        return False
    return any(surface.present(context, k) for k in range(named + 1, min(limit, named + surface.LONGEST_HEADING)))


def _carried(context: Context, first: int, before: list[Attribution]) -> tuple[Tokens | None, str]:
    """Return the source of the saying before in the paragraph, where a verb names none of its own ('وأضاف أن', 'لافتاً إلى أن')."""
    paragraph = context.text.paragraph_of[first]
    near = [a for a in before if a.source and a.anchor < first and context.text.paragraph_of[a.anchor] == paragraph]
    # What a picture shows is said by nobody who goes on speaking.
    near = [a for a in near if a.act != "show" or a.covers(first)]
    near.sort(key=lambda a: a.anchor)
    if near and near[-1].covers(first):
        return _subject_inside(context, near[-1], first)
    here = context.sentence(first)[0]
    entry = surface.saying(context, first)
    goes_on = entry is not None and entry.feature == "ger" and not any(a.anchor >= here for a in near)
    if goes_on and (own := surface.opening(context, first)) is not None:
        # 'ورحب الهلال الأحمر بالخطوة، | واصفا إياها': whose sentence it is, not who spoke before.
        return own, "the subject of the verb before"
    if near:
        return near[-1].source, "the source of the saying before"
    return surface.opening(context, first), "the subject of the verb before"


def _subject_inside(context: Context, around: Attribution, first: int) -> tuple[Tokens | None, str]:
    """Return who is spoken of where a verb of saying stands within what another says; nobody where the other speaks of himself."""
    start = next((i for i in range(around.first, first) if surface.names(context, i)), None)
    if start is None or surface.at(context, around.first, "openers"):
        return None, ""
    lexicon = context.lang.lexicon("actor_nouns")
    end = max(end for end, _ in lexicon.matches(context.text, start))
    return (start, min(end + 1, first)), "the subject of what is said"


def _behind_incise(context: Context, first: int, end: int, limit: int) -> Iterator[Tokens]:
    """Yield what goes on behind a source between two commas: 'قتل الجيش، بحسب شهود، | خمسة مدنيين', but no clause of its own."""
    words = context.text.words
    closed = words[first - 1] in COMMAS and end + 1 < limit and words[end] in COMMAS and not _opened(context, end + 1)
    if closed and not surface.at(context, end + 1, "joins") and not surface.at(context, end + 1, "relatives"):
        said = any(surface.says(context, i) for i in range(end + 1, min(limit, end + 3)))
        stop = next((i for i in range(end + 1, limit) if words[i] in COMMAS), limit)
        rest = context.trim((end + 1, stop))
        if rest[1] > rest[0] and not said:
            yield rest


def _preposition(context: Context, first: int, last: int, entry: Entry) -> Attribution | None:
    limit = context.body(first)[1]
    start = surface.at(context, last, "said") or last
    if entry.get("verb") == "1" and not (start < limit and surface.says(context, start)):
        return None
    if (
        start < limit
        and surface.says(context, start)
        and (entry.get("verb") == "1" or surface.at(context, start - 1, "what"))
    ):
        start += 1
        last = start if entry.get("verb") == "1" else last
        start += start < limit and bool(surface.at(context, start, "with_it"))
    elif start > last:
        start = surface.at(context, start, "appeared") or start
    end = next((i for i in range(start, limit) if context.text.words[i] in "،,؛:."), limit)
    source = surface.named(context, start, end)
    if source is None or source[1] - source[0] > surface.LONGEST_SOURCE:
        return None
    begin = context.sentence(first)[0]
    opens = first <= begin + 1
    if entry.get("verb") == "1" and (
        opens or any(context.text.norms[i] in context.settings["openers"] for i in range(start, end))
    ):
        # 'كما أكد المصدر أن ...' joins another saying to the one before.
        return None
    content = context.trim((end, limit) if opens else (begin, first))
    if content[1] <= content[0]:
        return None
    act: Act = entry.get("act") or "assert"  # type: ignore[assignment]
    return Attribution(
        source=source,
        cue=(first, last),
        content=(content,) if opens else (content, *_behind_incise(context, first, end, limit)),
        act=act,
        by=f"{context.lang.code}.source.preposition:{entry.lemma}",
        frame="preposition",
        anchor=first,
        certainty=CERTAINTY.get(act, "certain"),
    )
