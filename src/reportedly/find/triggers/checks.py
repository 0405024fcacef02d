"""Whether a word that may name a happening does so here: what stands as its object, its subject, its determiner."""

from __future__ import annotations

from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, Spec, same
from reportedly.find.triggers.moods import Mood
from reportedly.syntax import Syntax

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "DET", "ADP"))
COUNTED = frozenset(("death", "injury", "corpse", "casualties", "losses"))
GAP = 2


def matched(context: Context, item: Item, i: int) -> int | None:
    """Return the token after ``item`` if it stands at ``i``; a phrase may hold up to two adverbs or words of time inside."""
    text = context.text
    size = len(item.form)
    if size == 1:
        return i + 1
    j, gaps = i + 1, 0
    loose = item.spec.pos == "phrase"
    for word in item.form[1:]:
        while j < len(text) and not same(text, j, word):
            if not loose or gaps == GAP or not _fills(context, j):
                return None
            gaps += 1
            j += 1
        if j >= len(text):
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
    for j in (i - 1, i - 2, i - 3):
        if j < first:
            return "bare", i
        norm = text.norms[j]
        for name in ("demonstrative", "indefinite", "partitive", "definite"):
            if norm in data.set(name):
                return _contracted(context, name, j), j
        if context.is_number(j):
            return "number", j
        if norm in data.set("pure_stops") or norm in data.set("stops") or norm in data.set("within") or norm == "," or not text.words[j][0].isalpha():
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
    if j == low or not before[:1].isalpha() or before in data.set("within") or before in data.set("stops") or context.classes[j - 1] & {"govern", "light", "carrier", "filler"}:
        return name
    return name if before in data.set("clitics") or before in data.set("against") else "contracted"


def nominal(context: Context, item: Item, i: int, syntax: Syntax | None) -> bool:
    """Return whether a word that may be verb or noun is a noun here: the parse and the word before must vote for the verb."""
    before = context.norm(i - 1)
    data = context.data
    if item.features & {"inf", "ger"} and "part" not in item.features:
        determined = before in data.set("definite") or before in data.set("indefinite") or before in data.set("demonstrative") or context.is_number(i - 1)
        return determined and "ger" in item.features and (before not in data.set("clitics") or _parsed_noun(syntax, i))
    low = context.text.sentences[context.text.sentence_of[i]][0]
    if "part" in item.features and syntax is not None and syntax.dep[i] == "amod" and syntax.head[i] > i:
        return True
    if i == low:
        return _parsed_noun(syntax, i) and "part" not in item.features and "inf" not in item.features
    if before in data.set("clitics") and before in data.set("definite"):
        return _parsed_noun(syntax, i) if syntax is not None else i - 2 >= low and context.norm(i - 2) not in data.set("subject_pronouns")
    if before in data.set("definite") or before in data.set("demonstrative") or before in data.set("partitive"):
        return True
    if before in data.set("indefinite") or context.is_number(i - 1):
        if "past" in item.features:
            return _parsed_noun(syntax, i)
        return not (before in data.set("negators") and before not in data.set("number_like")) or _parsed_noun(syntax, i)
    if item.spec.subject or item.spec.reflexive or _opens_object(context, i + 1):
        return False
    return _parsed_noun(syntax, i) and bool(item.features & {"pres", "base", "subj"}) and "part" not in item.features


def _opens_object(context: Context, i: int) -> bool:
    """Return whether what a verb is followed by stands at ``i``: an adverb, a determiner, a number."""
    norm, data = context.norm(i), context.data
    if not norm or i >= len(context.text):
        return False
    if "filler" in context.classes[i] or context.is_number(i):
        return True
    return norm in data.set("definite") or norm in data.set("demonstrative") or (norm in data.set("indefinite") and norm not in data.set("contracted"))


def _parsed_noun(syntax: Syntax | None, i: int) -> bool:
    return syntax is not None and syntax.pos[i] in NOMINAL


def verb_fits(context: Context, item: Item, i: int, last: int, mood: Mood) -> bool:
    """Return whether the neighbours a verb row asks for are there."""
    spec = item.spec
    if spec.reflexive and (spec.reflexive == "yes") != mood.reflexive:
        return False
    if spec.voice and mood.voice != spec.voice:
        return False
    if spec.tense and mood.tense != spec.tense:
        return False
    if spec.near and not context.near(i, spec.near):
        return False
    if spec.veto and context.vetoed(i, spec.veto, strong=True):
        return False
    if spec.after and not any(context.norm(j) in spec.after for j in range(last, last + 4)):
        return False
    if spec.not_next and context.norm(last) in spec.not_next:
        return False
    if spec.without and context.any(max(context.bounds(i)[0], mood.first - 6), mood.first, spec.without):
        return False
    if spec.object and not _object_fits(context, spec, i, last, mood):
        return False
    return not spec.subject or _subject_fits(context, spec, i, mood)


def _object_fits(context: Context, spec: Spec, i: int, last: int, mood: Mood) -> bool:
    data = context.data
    if mood.voice == "passive":
        low, high = context.subject_window(mood.first)
        if context.any(max(low, high - 12), high, spec.object) or ("pronoun" in spec.object and _pronoun(context, low, high)):
            return True
        return context.any(*context.object_window(last - 1, direct=spec.territory == "gained"), spec.object - {"number", "name"})
    if "pronoun" in spec.object and any(context.norm(j) in data.set("object_pronouns") for j in (mood.first - 1, mood.first - 2, i - 1, i - 2, last)):
        return True
    return context.any(*context.object_window(last - 1, direct=spec.territory == "gained"), spec.object)


def _pronoun(context: Context, low: int, high: int) -> bool:
    wanted = context.data.set("subject_pronouns")
    return any(context.text.norms[j] in wanted for j in range(max(low, high - 5), high))


def _subject_fits(context: Context, spec: Spec, i: int, mood: Mood) -> bool:
    if mood.voice == "passive":
        high = min(context.bounds(i)[1], i + 9)
        agent = next((j for j in range(i + 1, high) if context.text.norms[j] in context.data.set("agent")), None)
        return agent is None or context.any(agent + 1, min(agent + 7, len(context.text)), spec.subject)
    low, high = context.subject_window(mood.first)
    if "pronoun" in spec.subject and (_pronoun(context, low, high) or any(context.norm(j) in context.data.set("subject_pronouns") for j in range(mood.first, i))):
        return True
    wide = spec.subject | {"name"} if "group" in spec.subject else spec.subject
    if context.any(low, high, wide):
        return True
    return "none" in spec.subject and mood.tense in ("inf", "base", "part") or context.any(i + 1, min(i + 4, context.bounds(i)[1]), spec.subject) and mood.tense in ("pres", "perfect")


def noun_fits(context: Context, item: Item, i: int, last: int, syntax: Syntax | None) -> bool:
    """Return whether a noun names a happening here, and does not only point back to one or stand inside a compound."""
    spec = item.spec
    if spec.number and spec.number not in item.features:
        return False
    if spec.near and not context.near(i, spec.near):
        return False
    if spec.veto and context.vetoed(i, spec.veto, strong=True):
        return False
    if spec.needs and not context.any(last, min(last + 6, context.bounds(i)[1]), spec.needs):
        return False
    if not context.lowered(i):
        return False
    if syntax is not None and syntax.dep[i] == "compound" and syntax.head[i] > i and len(item.form) == 1:
        return False
    if spec.only:
        return _restricted(context, spec, i, last)
    kind, at = determiner(context, i)
    if spec.determined and kind == "bare":
        return False
    if kind == "bare" and not context.data.bare_nouns and not spec.bare and _stranded(context, i):
        return False
    if spec.sense in COUNTED:
        return _counted(context, spec, item, i, last, kind, at)
    return _told(context, spec, i, last, kind, at)


def _restricted(context: Context, spec: Spec, i: int, last: int) -> bool:
    """Hold to rows that name a happening only under a verb of saying or doing, or only as the subject of 'fait dix morts'."""
    low, high = context.bounds(i)
    counting = any("light" in context.classes[j] for j in range(last, min(last + 4, high)))
    if spec.only == "subject":
        return counting
    if spec.only == "told":
        return counting or any("govern" in context.classes[j] for j in range(max(low, i - 4), i))
    wanted = {"governed": "govern", "claimed": "claimed", "denied": "denied", "promised": "promise"}.get(spec.only, spec.only)
    reach = {"denied": 2, "promised": 4}.get(spec.only, 6)
    return any(wanted in context.classes[j] for j in range(max(low, i - reach), i))


def _counted(context: Context, spec: Spec, item: Item, i: int, last: int, kind: str, at: int) -> bool:
    """The dead and the wounded name a happening where they are counted or denied, or where somebody's death is told."""
    data = context.data
    if kind == "number":
        return at == i - 1 or (context.data.bare_nouns and at >= i - 3)
    if kind == "partitive":
        return context.is_number(at - 1) or context.norm(at - 1) in data.set("negators")
    if kind == "indefinite":
        norm = context.norm(at)
        return context.is_number(at) or norm in data.set("negators") or any("light" in context.classes[j] for j in range(max(0, at - 3), at))
    if kind in ("definite", "contracted") and spec.sense == "death":
        return context.norm(last) in data.set("of") and "pl" not in item.features
    return False


def _told(context: Context, spec: Spec, i: int, last: int, kind: str, at: int) -> bool:
    """Return whether a noun of doing tells its happening rather than pointing back to it."""
    data = context.data
    low = context.bounds(i)[0]
    if spec.bare:
        return True
    if any(context.classes[j] & {"light", "occur"} for j in range(last, min(last + 3, context.bounds(i)[1]))) and kind != "demonstrative":
        return True
    governed = any(context.classes[j] & {"govern"} for j in range(max(low, at - 4), at))
    after = context.norm(last)
    complement = after in data.set("of") or after in data.set("against") or _qualified(context, last)
    if kind == "demonstrative":
        return governed and not complement
    background = any(context.norm(j) in data.set("background") for j in range(max(low, at - 3), at))
    if kind in ("definite", "contracted"):
        if background:
            return complement and context.any(last, min(last + 5, context.bounds(i)[1]), frozenset(("name",)))
        return governed or complement
    if kind == "partitive":
        before = at - 1
        if context.norm(before) in data.set("negators") or context.is_number(before) or "carrier" in context.classes[before] or "light" in context.classes[before]:
            return True
        return governed or at < i - 1 or context.norm(before) in data.set("pure_stops") or at == low
    return True


def _qualified(context: Context, last: int) -> bool:
    """Return whether a name or an adjective and then a complement follow: 'l'attaque jihadiste contre'."""
    if last >= len(context.text):
        return False
    if context.is_name(last) and not context.text.glued(last):
        return True
    after = context.norm(last + 1)
    return context.text.words[last][0].isalpha() and (after in context.data.set("against") and after not in context.data.set("within"))


def _stranded(context: Context, i: int) -> bool:
    """Return whether a word without a determiner follows another word that calls for none: a participle ('photographie prise dans')."""
    low = context.text.sentences[context.text.sentence_of[i]][0]
    if i == low:
        return False
    before, data = context.norm(i - 1), context.data
    if not before[0].isalpha():
        return False
    return not any(before in data.set(name) for name in ("within", "agent", "join", "of", "stops", "purpose", "background", "prepositions", "against"))
