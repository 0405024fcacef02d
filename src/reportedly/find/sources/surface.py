"""What the words of a text without a parse show: entries of ``[sources]``, verbs of saying, names, the subject before its verb."""

from __future__ import annotations

from reportedly.find.sources.model import Context, Tokens
from reportedly.rules import Entry

# So far before its verb a subject may begin; so long may the heading of a title be ('بوركينا فاسو: الجيش يعلن').
AHEAD, LONGEST_HEADING = 9, 4
# The longest name of who says, in tokens.
LONGEST_SOURCE = 14
# The phrases of each list by their first word, compiled once.
_PHRASES: dict[tuple[str, str, str], dict[str, list[tuple[str, ...]]]] = {}


def firsts(context: Context, name: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the phrases of the list ``name`` of ``[sources]`` by their first words, the longest first."""
    key = (context.lang.code, context.lang.sha256, name)
    if key not in _PHRASES:
        written = {tuple(context.lang.prepare(w).norms) for w in context.settings.get(name, ())}
        by_first = _PHRASES[key] = {}
        for phrase in sorted(written, key=len, reverse=True):
            by_first.setdefault(phrase[0], []).append(phrase)
    return _PHRASES[key]


def at(context: Context, token: int, name: str) -> int:
    """Return the token behind the entry of the list ``name`` of ``[sources]`` that stands at ``token``, or 0."""
    norms = context.text.norms
    if not 0 <= token < len(norms):
        return 0
    found = firsts(context, name).get(norms[token], ())
    return next((token + len(p) for p in found if tuple(norms[token : token + len(p)]) == p), 0)


def says(context: Context, i: int) -> bool:
    """Return whether a verb of saying stands at token ``i``, with a pronoun written onto it or without ('أكد', 'أكده')."""
    return saying(context, i) is not None


def saying(context: Context, i: int) -> Entry | None:
    """Return the verb of saying at token ``i``, with a pronoun written onto it or without ('نفت', 'نفته', 'تنفيه', 'نفاه')."""
    index, norm = context.lang.lexicon("speech_verbs").index, context.text.norms[i]
    if norm in index:
        return index[norm][0]
    tried = [norm, *(norm.removesuffix(e) for e in context.settings.get("suffixes", ()) if norm.endswith(e))]
    finals = context.settings.get("finals", ())
    tried += [word.removesuffix(old) + last for word in tried[1:] for old, last in finals if word.endswith(old)]
    return next((index[word][0] for word in tried if word in index), None)


def names(context: Context, i: int) -> bool:
    """Return whether a noun or a name for a group or a state starts at token ``i``, by the lexicons."""
    if group(context, i):
        return True
    named = context.lang.lexicon("trigger_context").matches(context.text, i)
    return any(entry.get("class") in ("state", "group") for _, entry in named)


def group(context: Context, i: int) -> bool:
    """Return whether a noun for a group or a state starts at token ``i``, by the lexicon of actors."""
    entries = context.lang.lexicon("actor_nouns").matches(context.text, i)
    return any(entry.get("kind") in ("armed-group", "state-force", "state", "organisation") for _, entry in entries)


def fights(context: Context, i: int) -> bool:
    """Return whether the name of an armed group or of an arm of a state starts at token ``i``, by the lexicons."""
    entries = context.lang.lexicon("actor_nouns").matches(context.text, i)
    named = context.lang.lexicon("trigger_context").matches(context.text, i)
    return any(entry.get("role") == "unit" for _, entry in entries) or any(e.get("class") == "group" for _, e in named)


def ahead(context: Context, first: int) -> Tokens | None:
    """Return the subject that stands before its verb: 'كانت وسائل إعلام محلية قد تحدثت', 'مصدر عسكري ينفي', 'أما الناطق فلم يستبعد'."""
    low = context.sentence(first)[0]
    end = first
    while end > low and at(context, end - 1, "particles"):
        end -= 1
    if end - 1 > low and at(context, end - 1, "relatives"):
        return antecedent(context, end - 1)
    end = _unnamed_until(context, low, end)
    for i in range(end - 1, max(low, end - AHEAD) - 1, -1):
        heading = context.text.words[i] == ":" and i - low <= LONGEST_HEADING
        second = bool(at(context, i, "joins")) and names(context, i + 1) and present(context, first)
        behind = at(context, i, "topics") or (i + 1 if heading or second else 0)
        opened = 0 < behind < end
        if opened or (i == low and (end > i + 1 or (end == first and present(context, first)))):
            if says(context, behind if opened else i):
                return None
            named = context.trim((behind if opened else i, end))
            return named if not at(context, named[0], "leads") and at(context, named[0], "relatives") == 0 else None
        joined = bool(at(context, i, "joins")) and not _within_name(context, i)
        if context.text.words[i] in "،,.:؛()" or joined or says(context, i) or _quoted(context, i):
            return None
        if at(context, i, "relatives"):
            return None
    return None


def _unnamed_until(context: Context, low: int, end: int) -> int:
    """Return where the words begin with which somebody asks not to be named, or ``end``: 'أن مسؤولا | طلب عدم كشف اسمه | رجح أن'."""
    for i in range(end - 2, max(low, end - AHEAD), -1):
        if not context.text.words[i][0].isalnum():
            break
        if at(context, i, "unnamed"):
            return i
    return end


def antecedent(context: Context, relative: int) -> Tokens | None:
    """Return the words for somebody right before a relative pronoun: 'لم يعلق الجيش، الذي كان قد أعلن أن', None where nobody is there."""
    low = context.sentence(relative)[0]
    end = relative - (context.text.words[relative - 1] in "،,")
    first = end
    while first > low and context.text.words[first - 1][0].isalnum() and end - first < AHEAD:
        before = first - 1
        if at(context, before, "leads") or at(context, before, "joins") or says(context, before):
            break
        first = before
    people = [i for i in range(first, end) if context.names_somebody(i) or names(context, i)]
    return (people[0], end) if people else None


def contrasts(context: Context, i: int, limit: int) -> bool:
    """Return whether another's saying follows what one said, its subject first: '... | غير أن مسؤولا رجح أن'."""
    start = at(context, i, "against")
    if not start or context.text.quote_of[i] >= 0:
        return False
    for k in range(start + 1, min(limit, start + AHEAD + AHEAD)):
        if context.text.words[k] in "،,.":
            return False
        if says(context, k) and not nominal(context, k):
            subject = ahead(context, k)
            return subject is not None and subject[0] == start and context.names_somebody(start)
    return False


def apart(context: Context, i: int) -> bool:
    """Return whether a clause of its own opens behind a comma at ``i``: 'نفى قصف الحي، | في حين قتل خمسة', '، وقتلت القوات'."""
    if context.text.words[i] not in "،," or context.text.quote_of[i] >= 0:
        return False
    if at(context, i + 1, "meanwhile"):
        return True
    joined = at(context, i + 1, "joins")
    verb = context.lang.lexicon("trigger_verb").match(context.text, joined) if joined else None
    noun = context.lang.lexicon("trigger_noun").match(context.text, joined) if joined else None
    return verb is not None and verb[1].feature == "past" and noun is None


def denied(context: Context, i: int) -> bool:
    """Return whether a verbal noun that opens what is said stands behind a definite word or a country: 'نفت الحكومة | عرقلة القافلة'."""
    if i < 1 or not at(context, i, "doings"):
        return False
    before = context.text.norms[i - 1]
    named = context.lang.lexicon("trigger_context").matches(context.text, i - 1)
    return before.startswith(context.lang.tokenization.articles) or any(e.get("class") == "state" for _, e in named)


def reacts(context: Context, first: int) -> int:
    """Return the token behind a verb of reaction at ``first``, with a conjunction written onto it or without ('ورحبت'), or 0."""
    verbs, norm = firsts(context, "reacting"), context.text.norms[first]
    bare = next((norm[len(p) :] for p in context.lang.tokenization.proclitics if norm.startswith(p)), norm)
    return first + 1 if norm in verbs or bare in verbs else 0


def opening(context: Context, first: int) -> Tokens | None:
    """Return the subject of the verb that opens the sentence: '| أدانت بعثة الأمم المتحدة الغارة وطالبت بتحقيق'."""
    low = context.sentence(first)[0]
    low += bool(at(context, low, "joins"))
    verb = context.lang.lexicon("trigger_verb").match(context.text, low)
    start = verb[0] if verb is not None else low + 1 if says(context, low) else reacts(context, low)
    if not low < start <= first:
        return None
    for i in range(start, min(first, start + LONGEST_SOURCE)):
        stop = starts_deed(context, i) or context.text.words[i] in "،,.:؛" or at(context, i, "joins")
        if stop or at(context, i, "occasions") or at(context, i, "reached"):
            return named(context, start, i)
    return None


def _quoted(context: Context, i: int) -> bool:
    """Return whether a mark at ``i`` belongs to a quotation longer than a name: 'منظمة "العدالة الآن" قد اتهمت' is one."""
    if context.text.words[i] not in '«»"“”':
        return False
    quote = context.quote(i - 1) or context.quote(i + 1)
    return quote is None or quote.last - quote.first > LONGEST_HEADING


def _within_name(context: Context, i: int) -> bool:
    """Return whether a conjunction at ``i`` joins two definite words of one name: 'جماعة نصرة الإسلام والمسلمين'."""
    articles, norms = context.lang.tokenization.articles, context.text.norms
    return 0 < i < context.text.size - 1 and norms[i - 1].startswith(articles) and norms[i + 1].startswith(articles)


def present(context: Context, first: int) -> bool:
    """Return whether a verb of saying in the present stands at token ``first``, as in a headline: 'موسكو تنفي'."""
    found = context.lang.lexicon("speech_verbs").match(context.text, first)
    return found is not None and found[1].feature == "pres"


def nominal(context: Context, first: int) -> bool:
    """Return whether what is written like a verb at ``first`` is a noun: governed ('رفض ذكر اسمه'), or with a madda no verb has ('آمر').

    'شاهد يدعى محمود' says what he is called.
    """
    called = first + 1 < context.text.size and context.text.words[first] in context.settings.get("called", ())
    if called and not at(context, first + 1, "openers"):
        return True
    madda = context.text.words[first][0] == "آ" and context.text.norms[first][0] != "آ"
    return madda or (first > 0 and bool(at(context, first - 1, "nominal")))


def impersonal(context: Context, first: int) -> bool:
    """Return whether a phrase of hearsay at token ``first`` has no subject before it ('يعتقد أن', not 'إنه يعتقد أن')."""
    before = first - 1
    joined = before >= 0 and bool(at(context, before, "joins"))
    before -= joined
    opening = before < context.sentence(first)[0] or not context.text.words[before][0].isalnum()
    return (
        opening
        or joined
        or any(mark in context.text.words[first][:3] for mark in context.settings.get("passive_marks", ()))
    )


def named(context: Context, first: int, end: int) -> Tokens | None:
    """Return who says, between verb and content: without the addressee, the occasion, a relative clause; None where nobody is named."""
    words = context.text.words
    while first < end and words[first] in ",،":
        first += 1
    if first >= end or at(context, first, "leads"):
        return None
    for i in range(first, end):
        if at(context, i, "relatives") or at(context, i, "occasions") or (i > first and _ends_name(context, i, first)):
            end = i
            break
    source = context.trim((first, end))
    return source if source[1] > source[0] else None


def _ends_name(context: Context, i: int, first: int) -> bool:
    """Return whether a comma or a bracket stands at token ``i``, or an addressee in quotation marks or slashes begins there.

    Or words that only point to what was told: 'أكد حاكم المنطقة | الخبر'.
    """
    words = context.text.words
    if (
        at(context, i, "told")
        and i > first
        and context.text.norms[i - 1].startswith(context.lang.tokenization.articles)
    ):
        return True
    if at(context, i, "outlets") and context.text.norms[i - 1].endswith(
        tuple(context.settings.get("relating", ())) or "\0"
    ):
        # 'أفاد مصدر أمني | وكالة فرانس برس': whom he told; a noun that governs has no such ending ('مراسل وكالة').
        return True
    named = words[i + 1] if i + 1 < len(words) else ""
    return words[i] in "،,(" or bool(at(context, i, "addressing") and named and named in '«“"/')


def starts_deed(context: Context, i: int) -> bool:
    """Return whether a noun of happening starts at ``i`` ('مقتل', 'استهداف') that no name holds ('جيش الفتح')."""
    lexicon = context.lang.lexicon("trigger_noun")
    found = lexicon.match(context.text, i)
    held = lexicon.match(context.text, i - 1) if i else None
    inside = held is not None and held[0] > i and held[1].get("only") == "mask"
    return (
        found is not None and not inside and not found[1].get("only") and not found[1].get("needs").startswith("road")
    )
