"""Whether a word that may name a happening does so here: its form, its determiner, verb or noun, a verb's neighbours."""

from __future__ import annotations

from reportedly.find.triggers import partners
from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, Spec, same
from reportedly.find.triggers.moods import Mood

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "DET", "ADP"))
GAP = 2
# So far before its verb a subject may stand where verbs come first.
REACH_BEFORE = 6
# So far behind a verb a word may stand that speaks against its reading; behind one that stands first, its subject lies between.
RIGHT_BEHIND = 3
OBJECT_BEHIND = 5


def matched(context: Context, item: Item, i: int) -> int | None:
    """Return the token after ``item`` if it stands at ``i``; a phrase may hold up to two adverbs or words of time inside."""
    text = context.text
    size = len(item.form)
    if size == 1:
        return i + 1
    j, gaps = i + 1, 0
    loose = item.spec.pos == "phrase"
    for word in item.form[1:]:
        while j < text.size and not same(text, j, word):
            if not loose or gaps == GAP or not _fills(context, j):
                return None
            gaps += 1
            j += 1
        if j >= text.size:
            return None
        j += 1
    return j if text.sentence_of[i] == text.sentence_of[j - 1] else None


def _fills(context: Context, j: int) -> bool:
    norm, data = context.text.norms[j], context.data
    if "filler" in context.classes[j] or norm in data.set("negators") or norm in data.set("clitics"):
        return True
    return bool(data.endings) and norm.endswith(data.endings) and len(norm) > 5


def determiner(context: Context, i: int) -> tuple[str, int]:
    """Return what determines the noun at ``i`` (number, demonstrative, definite, indefinite, partitive, bare) and where it stands.

    One adjective may stand between: 'de violents combats', 'la dernière attaque'.
    """
    text, data = context.text, context.data
    first = text.sentences[text.sentence_of[i]][0]
    if data.articles and text.norms[i].startswith(data.articles):
        return "definite", i
    for j in (i - 1, i - 2, i - 3):
        if j < first:
            return "bare", i
        norm = text.norms[j]
        for name in ("demonstrative", "indefinite", "partitive", "definite"):
            if norm in data.set(name):
                return _contracted(context, name, j), j
        if context.is_number(j):
            return "number", j
        if (
            norm in data.set("pure_stops")
            or norm in data.set("stops")
            or norm in data.set("within")
            or norm in data.commas
            or not text.words[j][0].isalpha()
        ):
            return "bare", i
        if not context.data.bare_nouns and not context.adjective(j):
            return "bare", i
    return "bare", i


def _contracted(context: Context, name: str, j: int) -> str:
    """Read 'des' after a noun as 'of the' ('le bilan des combats'), elsewhere as a plural article."""
    norm, data = context.text.norms[j], context.data
    if norm not in data.set("contracted") or name != "indefinite":
        return name
    before = context.norm(j - 1)
    low = context.text.sentences[context.text.sentence_of[j]][0]
    if (
        j == low
        or not before[:1].isalpha()
        or before in data.set("within")
        or before in data.set("stops")
        or context.classes[j - 1] & {"govern", "light", "carrier", "filler"}
    ):
        return name
    return name if before in data.set("clitics") or before in data.set("against") else "contracted"


def nominal(context: Context, item: Item, i: int) -> bool:
    """Return whether a word that may be verb or noun is a noun here: the parse and the word before must vote for the verb."""
    if "part" in item.features and context.leans_right(i, "amod"):
        return True
    kind = _before(context, i)
    if item.features & {"inf", "ger"} and "part" not in item.features:
        determined = kind in ("clitic", "determiner", "count")
        return determined and "ger" in item.features and (kind != "clitic" or _parsed_noun(context, i))
    if kind == "start":
        return _parsed_noun(context, i) and not item.features & {"part", "inf"}
    if kind == "clitic":
        # 'l'attaque' may be the noun or 'attacks it': the parse decides, else whether a subject stands before.
        return (
            _parsed_noun(context, i)
            if context.syntax
            else context.norm(i - 2) not in context.data.set("subject_pronouns")
        )
    if kind in ("determiner", "of"):
        return True
    if kind == "count" and context.data.verb_first:
        # 'متمردو إم 23 يقتلون': a verb's form is no noun's, whatever number stands before.
        return False
    if kind in ("count", "none"):
        return _parsed_noun(context, i) if kind == "none" or "past" in item.features else True
    return _only_parsed(context, item, i) or _has_article(context, i)


def _has_article(context: Context, i: int) -> bool:
    """Return whether the parse calls the word a noun and gives it an article or adjective: 'a mortar shell', 'in Ecuadorian jail'."""
    syntax = context.syntax
    if syntax is None or syntax.pos[i] != "NOUN":
        return False
    return any(c < i and syntax.dep[c] in ("det", "amod") for c in syntax.children[i])


def _before(context: Context, i: int) -> str:
    """Return what stands before token ``i``: the sentence's start, a clitic that may be an article, a determiner, a count ..."""
    data = context.data
    if i == context.text.sentences[context.text.sentence_of[i]][0]:
        return "start"
    norm = context.norm(i - 1)
    if norm in data.set("definite"):
        return "clitic" if norm in data.set("clitics") else "determiner"
    if norm in data.set("demonstrative") and not _opens_relative(context, i):
        return "determiner"
    if norm in data.set("partitive"):
        return "of"
    if norm in data.set("indefinite") or context.is_number(i - 1):
        return "none" if norm in data.set("negators") and norm not in data.set("number_like") else "count"
    return ""


def _opens_relative(context: Context, i: int) -> bool:
    """Return whether what may be a demonstrative opens a clause whose finite verb stands at ``i``: 'the army that | bombed the market'."""
    syntax = context.syntax
    if syntax is None or context.norm(i - 1) not in context.data.set("relative"):
        return False
    return syntax.pos[i - 1] in ("PRON", "SCONJ") and syntax.morph[i].get("VerbForm") == "Fin"


def _only_parsed(context: Context, item: Item, i: int) -> bool:
    """Return whether the parse alone calls the word a noun, and may: it is listed as one, and nothing follows that a verb takes."""
    if item.spec.subject or item.spec.reflexive or _opens_object(context, i + 1):
        return False
    if not item.features & {"pres", "base", "subj"} or "part" in item.features:
        return False
    # 'forces' is no noun of a happening, but a word for armed people.
    homograph = any(other.spec.pos == "noun" for other in context.data.items.get(item.form[0], ()))
    homograph = homograph or "armed" in context.classes[i] or _subject_of_next(context, i)
    return homograph and _parsed_noun(context, i)


def _subject_of_next(context: Context, i: int) -> bool:
    """Return whether the parse calls the word the subject of the verb right behind it: 'when shells hit a market'."""
    syntax = context.syntax
    return syntax is not None and syntax.dep[i].startswith("nsubj") and syntax.head[i] == i + 1


def _opens_object(context: Context, i: int) -> bool:
    """Return whether what a verb is followed by stands at ``i``: an adverb, a determiner, a number."""
    norm, data = context.norm(i), context.data
    if not norm or i >= context.text.size:
        return False
    if "filler" in context.classes[i] or context.is_number(i):
        return True
    return (
        norm in data.set("definite")
        or norm in data.set("demonstrative")
        or (norm in data.set("indefinite") and norm not in data.set("contracted"))
    )


def _parsed_noun(context: Context, i: int) -> bool:
    return context.syntax is not None and context.syntax.pos[i] in NOMINAL


def verb_fits(context: Context, item: Item, i: int, last: int, mood: Mood) -> bool:
    """Return whether the neighbours a verb row asks for are there."""
    spec = item.spec
    if not (_form_fits(spec, mood) and context.allows(i, spec.near, spec.veto)):
        return False
    if spec.after and not any(context.norm(j) in spec.after for j in range(last, last + 4)):
        return False
    if spec.not_next and context.norm(last) in spec.not_next:
        return False
    if spec.not_infinitive and context.norm(last) in spec.not_infinitive and context.infinitive(last + 1):
        return False
    if spec.not_behind and context.any(last, last + RIGHT_BEHIND, spec.not_behind):
        return False
    if spec.not_object and context.any(*context.object_window(last - 1), spec.not_object):
        # 'tient l'armée pour responsable': holds no ground
        return False
    if spec.without and context.any(max(context.bounds(i)[0], mood.first - 6), mood.first, spec.without):
        return False
    if spec.without and context.data.verb_first and context.any(last, last + OBJECT_BEHIND, spec.without):
        # 'نشرت قناة المسيرة صورا': who published it and what stand behind the verb.
        return False
    passive = mood.voice == "passive"
    if spec.done_by and not partners.done_by(context, i, spec.done_by, passive=passive):
        return False
    if spec.done_to and not partners.done_to(context, i, spec.done_to, passive=passive):
        return False
    if spec.object and not _object_fits(context, spec, i, last, mood):
        return False
    return not spec.subject or _subject_fits(context, spec, i, mood)


def _form_fits(spec: Spec, mood: Mood) -> bool:
    if spec.reflexive and (spec.reflexive == "yes") != mood.reflexive:
        return False
    return (not spec.voice or mood.voice == spec.voice) and (not spec.tense or mood.tense == spec.tense)


def _object_fits(context: Context, spec: Spec, i: int, last: int, mood: Mood) -> bool:
    data = context.data
    if mood.voice == "passive":
        low, high = context.subject_window(mood.first)
        if context.any(max(low, high - 12), high, spec.object) or (
            "pronoun" in spec.object and _pronoun(context, low, high)
        ):
            return True
        return context.any(*context.object_window(last - 1, direct=spec.direct), spec.object - {"number", "name"})
    if "pronoun" in spec.object and any(
        context.norm(j) in data.set("object_pronouns") for j in (mood.first - 1, mood.first - 2, i - 1, i - 2, last)
    ):
        return True
    if partners.told_of(context, i, spec.object - {"number", "name"}):
        return True
    if context.any(*context.object_window(last - 1, direct=spec.direct), spec.object):
        return True
    # 'قافلة احتجزتها القوات': the object is written onto the verb.
    return _bears_object(context, i) and context.any(context.bounds(i)[0], i, spec.object - {"number", "name"})


def _bears_object(context: Context, i: int) -> bool:
    """Return whether a pronoun that is its object is written onto the verb at ``i``, in a language that writes it so."""
    norm = context.norm(i)
    endings = context.language.settings.get("order", {}).get("pronouns", ())
    return any(norm.endswith(e) and norm.removesuffix(e) in context.data.items for e in endings)


def _pronoun(context: Context, low: int, high: int) -> bool:
    wanted = context.data.set("subject_pronouns")
    return any(context.text.norms[j] in wanted for j in range(max(low, high - 5), high))


def _subject_fits(context: Context, spec: Spec, i: int, mood: Mood) -> bool:
    if mood.voice == "passive":
        high = min(context.bounds(i)[1], i + 9)
        agent = next((j for j in range(i + 1, high) if context.text.norms[j] in context.data.set("agent")), None)
        return agent is None or context.any(agent + 1, min(agent + 7, context.text.size), spec.subject)
    low, high = context.subject_window(mood.first)
    if context.data.verb_first and context.any(i + 1, min(i + 6, context.bounds(i)[1]), spec.subject):
        return True
    if context.data.verb_first and context.norm(mood.first - 1) in context.data.set("join"):
        # 'قتل المسلحون مدنيين ثم فروا': behind a conjunction nobody stands before the verb.
        return False
    if context.data.verb_first:
        low = max(low, high - REACH_BEFORE)
    if "pronoun" in spec.subject and (
        _pronoun(context, low, high)
        or any(context.norm(j) in context.data.set("subject_pronouns") for j in range(mood.first, i))
    ):
        return True
    wide = spec.subject | {"name"} if "group" in spec.subject else spec.subject
    if context.any(low, high, wide):
        return True
    return ("none" in spec.subject and mood.tense in ("inf", "base", "part")) or (
        context.any(i + 1, min(i + 4, context.bounds(i)[1]), spec.subject) and mood.tense in ("pres", "perfect")
    )
