"""How a happening is put: voice, tense, polarity and status, read from auxiliaries, endings and scopes (after ConText: a cue reaches so
many tokens in one direction, up to a stop; Harkema et al. 2009).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.find.triggers import clauses, helping, infinitives
from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, Scope, stands
from reportedly.records import Polarity, Status

LONGEST_CHAIN = 9
INFINITIVE = frozenset(("any", "inf"))
STATUS_ORDER: tuple[Status, ...] = ("hypothetical", "planned", "habitual", "ongoing")


class Mood(msgspec.Struct, frozen=True, gc=False):
    """Voice, tense and status of one trigger; ``first`` is the first token of its verb group (auxiliaries included)."""

    first: int
    voice: str = "active"
    tense: str = ""
    conditional: bool = False
    reflexive: bool = False
    auxiliary: str = ""
    status: Status = "happened"
    polarity: Polarity = "positive"
    negation: int | None = None
    dropped: bool = False
    granted: bool = False


class Reach(msgspec.Struct, frozen=True):
    """A scope word where it stands in the text."""

    first: int
    last: int
    scope: Scope


def scopes(context: Context) -> list[Reach]:
    """Return every scope word of the text, the longest at each token."""
    found: list[Reach] = []
    text = context.text
    months = context.language.lexicon("months")
    for i, card in [(i, card) for i, card in enumerate(context.cards) if card.scopes]:
        if text.capitals[i] and i != text.sentences[text.sentence_of[i]][0] and months.has(text.norms[i]):
            # 'withdrew in May' speaks of a month.
            continue
        for scope in card.scopes:
            size = len(scope.form)
            if size == 1 or stands(text, i, scope.form):
                if found and found[-1].last >= i + size and (found[-1].first, found[-1].last) != (i, i + size):
                    # Within a longer one: 'بعد أن' is not 'أن'; rows of the same words all count.
                    break
                found.append(Reach(i, i + size, scope))
    return found


def chain(context: Context, i: int) -> tuple[int, list[tuple[int, str, frozenset[str]]]]:
    """Return the first token of the verb group that ends at ``i``, and its auxiliaries (index, kind, features), nearest first."""
    low, _ = context.bounds(i)
    found: list[tuple[int, str, frozenset[str]]] = []
    first, j = i, i - 1
    while j >= low and i - j <= LONGEST_CHAIN:
        entries = helping.rows(context, j)
        if entries:
            kinds = {kind for kind, _, _ in entries}
            found.append((j, "be" if "be" in kinds else min(kinds), frozenset(f for _, f, _ in entries)))
            first = j
        elif not helping.skips(context, j):
            break
        j -= 1
    return first, found


def _reflexive(context: Context, i: int, first: int) -> bool:
    """Return whether a reflexive pronoun stands in the verb group, or just before it."""
    marks = context.data.set("reflexive")
    low = max(0, first - 2)
    for j in range(i - 1, low - 1, -1):
        norm = context.text.norms[j]
        if norm in marks and (norm in ("se", "s'") or not marks & {"se"} or _doubled(context, j)):
            return True
        if j < first and not helping.skips(context, j):
            break
    return False


def _doubled(context: Context, j: int) -> bool:
    """Return whether 'nous nous', 'vous vous', 'je me' stand there: else the pronoun is an object or a subject."""
    return (j > 0 and context.text.norms[j] == context.text.norms[j - 1]) or context.norm(j - 1) in ("je", "qui")


def _coordinated(context: Context, i: int) -> tuple[int, list[tuple[int, str, frozenset[str]]]]:
    """Return the verb group that a bare participle after 'et' shares with one before: 'ont tiré sur la foule et brûlé des maisons'."""
    low, _ = context.bounds(i)
    if context.norm(i - 1) not in context.data.set("join"):
        return i, []
    for j in range(i - 1, max(low, i - 16) - 1, -1):
        if helping.rows(context, j):
            if context.norm(i - 1) in context.data.commas and clauses.in_relative(context, j, low):
                # 'The M23, which is backed by Rwanda, attacked Sake': the relative's own auxiliary.
                return i, []
            if context.norm(i - 1) in context.data.commas and helping.is_copula(context, j, i):
                return i, []
            first, found = chain(context, j + 1)
            return first, found
    return i, []


def verb(context: Context, item: Item, i: int, reaches: list[Reach]) -> Mood:
    """Return how the verb form at token ``i`` is put."""
    first, auxiliaries = chain(context, i)
    features = item.features
    spec = item.spec
    reflexive = _reflexive(context, i, first)
    shared = False
    if not auxiliaries and "part" in features:
        near, auxiliaries = _coordinated(context, i)
        shared = bool(auxiliaries)
        first = min(first, near) if not shared else first
    voice, tense = _voice_and_tense(context, item, i, auxiliaries, reflexive=reflexive)
    if tense == "base" and not auxiliaries and _said_finite(context, i):
        # 'Rebels regularly attack convoys' is no infinitive.
        tense = "pres"
    conditional = any("cond" in f for _, _, f in auxiliaries) or (not auxiliaries and features == {"cond"})
    polarity, negation = _negation(context, i, first if not shared else i)
    kind = auxiliaries[0][1] if auxiliaries else ""
    mood = Mood(first, voice, tense, conditional, reflexive, kind, "happened", polarity, negation)
    return settled(context, mood, spec.aspect, i, reaches, kinds=_kinds(tense, auxiliaries))


def _said_finite(context: Context, i: int) -> bool:
    """Return whether the parse calls the verb finite and gives it a subject of its own."""
    syntax = context.syntax
    if syntax is None or syntax.morph[i].get("VerbForm") != "Fin":
        return False
    return any(syntax.dep[c].startswith("nsubj") and c < i for c in syntax.children[i])


def _kinds(tense: str, auxiliaries: list[tuple[int, str, frozenset[str]]]) -> frozenset[str]:
    """Return what a scope word may call this form: an infinitive, a participle, a finite verb."""
    kinds = {"any"}
    if tense in ("part", "ger") and not auxiliaries:
        return frozenset(("part", "bare"))
    if tense in ("inf", "base") or any("inf" in f or "base" in f for _, _, f in auxiliaries):
        kinds.add("inf")
    elif tense in ("part", "ger"):
        kinds.add("part")
    else:
        kinds.add("verb")
    if tense in ("perfect", "passive"):
        kinds |= {"part", "verb"}
    return frozenset(kinds)


def _voice_and_tense(
    context: Context, item: Item, i: int, auxiliaries: list[tuple[int, str, frozenset[str]]], *, reflexive: bool
) -> tuple[str, str]:
    features, intransitive = item.features, item.spec.frame in ("undergo", "move")
    if auxiliaries and (compound := _compound(features, auxiliaries, active=reflexive or intransitive)):
        return compound
    if "part" in features and features & {"past", "pres", "base"}:
        bare = not intransitive and _reads_as_participle(context, i, i + (len(item.form) if item.spec.counts else 1))
        return ("passive", "part") if bare else ("active", "past")
    for feature in ("inf", "ger", "fut", "cond", "impf", "past", "pres", "base", "subj"):
        if feature in features:
            return "active", _finite(feature, features)
    if "part" in features:
        return ("active" if intransitive or reflexive else "passive"), "part"
    return "active", ""


def _compound(
    features: frozenset[str], auxiliaries: list[tuple[int, str, frozenset[str]]], *, active: bool
) -> tuple[str, str] | None:
    """Return voice and tense of a form behind auxiliaries; ``active``: even 'être' makes no passive of it ('sont tombés')."""
    nearest, outermost = auxiliaries[0][1], auxiliaries[-1]
    if "part" in features and nearest in ("be", "have", "get"):
        if nearest == "have" or (nearest == "be" and active):
            return "active", "perfect"
        return "passive", _outer_tense(auxiliaries)
    if "ger" in features and nearest == "be":
        return "active", "progressive"
    if "base" in features and nearest == "to":
        return "active", "inf"
    if "base" in features and outermost[1] == "will":
        return "active", "cond" if "cond" in outermost[2] else "fut"
    return None


def _finite(feature: str, features: frozenset[str]) -> str:
    if feature == "past" and "pres" in features:
        return "pres"
    if feature == "pres" and "base" in features:
        return "pres"
    return feature


def _outer_tense(auxiliaries: list[tuple[int, str, frozenset[str]]]) -> str:
    """Return the tense that the outermost auxiliary gives a passive: 'sera libéré' is future, 'a été libéré' perfect."""
    forms = auxiliaries[-1][2]
    if len(auxiliaries) > 1 and auxiliaries[-1][1] == "have":
        return "perfect"
    for feature in ("fut", "cond", "inf", "base"):
        if feature in forms:
            return feature
    if any("part" in f or "ger" in f for _, _, f in auxiliaries) and len(auxiliaries) == 1:
        return "perfect"
    return "present" if "pres" in forms else "perfect"


def _reads_as_participle(context: Context, i: int, last: int) -> bool:
    """Return whether a form that may be past or participle ('killed') is a bare participle here: nothing at ``last`` can be its object."""
    after = context.norm(last) if last < context.bounds(i)[1] else ""
    data, syntax = context.data, context.syntax
    if helping.has_its_pronoun(context, i):
        return False
    if after in data.set("approximators") and any(
        context.is_number(j) for j in range(last + 1, min(last + 4, context.text.size))
    ):
        return False
    if (
        after in data.set("agent")
        or after in data.set("within")
        or not after
        or after in data.set("pure_stops")
        or after in data.commas
        or after in data.set("join")
    ):
        if syntax is not None and syntax.morph[i].get("VerbForm") == "Fin" and after not in data.set("agent"):
            return _victim_before(context, i)
        return True
    if not after:
        return True
    if (
        after in data.set("definite")
        or after in data.set("indefinite")
        or context.is_number(last)
        or context.is_name(last)
    ):
        return False
    if after in data.set("object_pronouns"):
        return False
    return (
        syntax is not None and syntax.morph[i].get("VerbForm") == "Part" and syntax.dep[i] in ("acl", "amod", "advcl")
    )


def _victim_before(context: Context, i: int) -> bool:
    wide = context.data.umbrellas.get("victims", frozenset()) | {"number"}
    low = max(i - 3, context.bounds(i)[0])
    # 'They came from three directions and shot at us': whom 'and' parts from the verb is not its victim.
    joined = max(
        (j + 1 for j in range(low, i) if context.syntax is not None and context.syntax.dep[j] == "cc"), default=low
    )
    return context.any(joined, i, wide)


def _negation(context: Context, i: int, first: int) -> tuple[Polarity, int | None]:
    """Return the polarity of the verb group from ``first`` to ``i``, and the token that negates it."""
    text, data = context.text, context.data
    low, high = context.bounds(i)
    near = range(first - 1, max(low, first - 5) - 1, -1)
    lead = next((j for j in near if text.norms[j] in data.set("negation_lead") or text.norms[j] in data.commas), None)
    if lead is not None and text.norms[lead] in data.commas:
        # 'Le dépôt, qui n'était pas gardé, a été détruit': the clause before the comma is denied.
        lead = None
    if lead is None and data.set("negation_lead"):
        lead = next((j for j in range(first, i) if text.norms[j] in data.set("negation_lead")), None)
        if lead is None:
            return "positive", None
    if not data.set("negation_lead"):
        return _plain_negation(context, i, first)
    inside = next((j for j in range(lead or 0, min(i + 5, high)) if text.norms[j] in data.set("negators")), None)
    if inside is None and context.norm(i + 1) not in data.set("restriction"):
        inside = next((j for j in range(i + 1, min(i + 9, high)) if text.norms[j] in data.set("before_negators")), None)
    before = next(
        (j for j in range(max(low, (lead or 0) - 8), lead or 0) if text.norms[j] in data.set("before_negators")), None
    )
    found = inside if inside is not None else before
    return ("negative", found) if found is not None else ("positive", None)


def _plain_negation(context: Context, i: int, first: int) -> tuple[Polarity, int | None]:
    """A language that negates by one word: inside the verb group, or a subject such as 'none of his men'."""
    text, data = context.text, context.data
    low, _ = context.subject_window(first)
    inside = next((j for j in range(max(low, first - 1), i) if text.norms[j] in data.set("negators")), None)
    if inside is None and clauses.opens_denying(context, first):
        inside = first - 1
    if inside is not None:
        return ("positive", None) if clauses.excepted(context, i) else ("negative", inside)
    stops = data.set("stops") | data.commas
    for j in range(first - 1, max(low, first - 9) - 1, -1):
        if text.norms[j] in stops:
            break
        if text.norms[j] in data.set("before_negators") and context.norm(j + 1) not in data.set("approximators"):
            return "negative", j
    return "positive", None


def negated(context: Context, i: int) -> bool:
    """Return whether the verb at token ``i`` is negated, in its own group or by its subject."""
    return _negation(context, i, chain(context, i)[0])[0] == "negative"


def noun(context: Context, item: Item, i: int, reaches: list[Reach]) -> Mood:
    """Return how a noun that starts at token ``i`` is put."""
    mood = Mood(i, "noun", "noun")
    kinds = frozenset({"any", "noun", "clash"} if item.spec.sense == "clash" else {"any", "noun"})
    if infinitives.joined_to(context, i) is not None and infinitives.is_one(context, i):
        # 'to secure the area and arrest the attackers': a noun by its form alone
        found = settled(
            context, msgspec.structs.replace(mood, tense="base"), item.spec.aspect, i, reaches, kinds=INFINITIVE
        )
        return msgspec.structs.replace(found, tense=mood.tense)
    found = settled(context, mood, item.spec.aspect, i, reaches, kinds=kinds)
    if found.status in ("planned", "hypothetical") or found.dropped:
        return found
    status, negation = _performed(context, i, reaches)
    if negation is not None and found.polarity == "positive":
        found = msgspec.structs.replace(found, polarity="negative", negation=negation)
    return msgspec.structs.replace(found, status=status) if status else found


# How far before a noun the verb may stand that says it is done.
PERFORMED_WITHIN = 6


def _performed(context: Context, i: int, reaches: list[Reach]) -> tuple[Status | None, int | None]:
    """Return the status that the verb gives of which the noun is the deed, and what negates it: 'pourrait imposer des sanctions',
    'n'ont pas lancé d'offensive'.

    Only verbs of the class ``perform`` do: who may condemn an attack speaks of one that happened.
    """
    low, _ = context.bounds(i)
    for g in range(i - 1, max(low, i - PERFORMED_WITHIN) - 1, -1):
        if context.text.norms[g] in context.data.commas or context.text.norms[g] in context.data.set("complementizer"):
            return None, None
        if "perform" not in context.classes[g]:
            continue
        morph = context.syntax.morph[g] if context.syntax is not None else {}
        first, auxiliaries = chain(context, g)
        features = frozenset(f for _, _, forms in auxiliaries for f in forms)
        infinitive = morph.get("VerbForm") == "Inf" or "inf" in features
        kinds = frozenset(("any", "inf") if infinitive else ("any", "verb"))
        statuses = {reach.scope.status for reach in _reached(context, g, reaches, kinds) if reach.scope.status}
        if morph.get("Tense") == "Fut" or "fut" in features:
            statuses.add("planned")
        if morph.get("Mood") == "Cnd" and first == g:
            statuses.add("hypothetical")
        negation = _negation(context, g, first)[1]
        return next((s for s in STATUS_ORDER[:2] if s in statuses), None), negation
    return None, None


def _reached(context: Context, i: int, reaches: list[Reach], kinds: frozenset[str]) -> Iterator[Reach]:
    """Yield the scope words that reach token ``i``."""
    first, last = context.text.sentences[context.text.sentence_of[i]]
    stops = context.data.set("pure_stops")
    for reach in reaches:
        if not first <= reach.first < last or reach.first <= i < reach.last:
            continue
        if (reach.scope.to and not reach.scope.to & kinds) or (not reach.scope.to and "bare" in kinds):
            continue
        before = reach.last <= i
        if before and (reach.scope.direction not in ("fwd", "both") or i - reach.last > reach.scope.reach):
            continue
        if not before and (reach.scope.direction not in ("back", "both") or reach.first - i - 1 > reach.scope.reach):
            continue
        if before and reach.scope.lead and "inf" in kinds and not infinitives.led(context, i, reach.scope.lead):
            continue
        if before and "verb" in kinds and clauses.detached(context, (reach.first, reach.last), i):
            continue
        if before and reach.scope.status == "hypothetical" and clauses.told_as_past(context, reach.last, i):
            continue
        between = range(reach.last, i) if before else range(i + 1, reach.first)
        if not any(context.text.norms[j] in stops for j in between) and not (before and _aside(context, reach, i)):
            yield reach


def _came_about(context: Context, reach: Reach) -> tuple[bool, int | None]:
    """Return whether the word says that what follows came about ('a réussi', not 'réussira'), and what denies that it did."""
    morph = context.syntax.morph[reach.first] if context.syntax is not None else {}
    if morph.get("VerbForm") == "Inf" or morph.get("Tense") == "Fut" or morph.get("Mood") == "Cnd":
        return False, None
    if context.syntax is not None and "VerbForm" not in morph:
        return True, None
    return True, _negation(context, reach.first, chain(context, reach.first)[0])[1]


def _aside(context: Context, reach: Reach, i: int) -> bool:
    """Return whether the scope word's relative clause closes before token ``i``: 'Le convoi, qui devait partir, a sauté'."""
    closed = any(context.text.norms[j] in context.data.commas for j in range(reach.last, i))
    return closed and clauses.in_relative(
        context, reach.first - 1, context.text.sentences[context.text.sentence_of[i]][0]
    )


def settled(context: Context, mood: Mood, aspect: str, i: int, reaches: list[Reach], *, kinds: frozenset[str]) -> Mood:
    """Return ``mood`` with the status that scope words, tense and aspect give it, in that order."""
    statuses: set[str] = set()
    polarity, negation, dropped = mood.polarity, mood.negation, False
    reached, granted = clauses.uncut(list(_reached(context, i, reaches, kinds)), i)
    infinitive = "inf" in kinds and mood.tense in ("inf", "base")
    joined = infinitives.joined_to(context, mood.first) if infinitive else None
    if joined is not None:
        reached += (r for r in _reached(context, joined, reaches, kinds) if r not in reached and not r.scope.polarity)
    for reach in reached:
        if reach.scope.status == "happened":
            licence, denied = _came_about(context, reach)
            statuses |= {"happened"} if licence else set()
            if denied is not None and polarity == "positive":
                polarity, negation = "negative", denied
            continue
        commas = any(context.text.norms[j] in context.data.commas for j in range(reach.last, i))
        dropped = dropped or reach.scope.drop or (reach.scope.clause and reach.last <= i and not commas)
        if reach.scope.status and not (reach.scope.weak and any(r.scope.status for r in reached if not r.scope.weak)):
            statuses.add(reach.scope.status)
        if reach.scope.polarity and polarity == "positive":
            polarity, negation = "negative", reach.first
    status = next((s for s in STATUS_ORDER if s in statuses), None) or _status_of_tense(context, mood, aspect, i)
    if status in ("happened", "ongoing") and mood.tense != "noun" and clauses.asked(context, i):
        status = "hypothetical"
    unsaid = status == "happened" and polarity == "positive" and "happened" not in statuses
    if unsaid and (mood.tense == "inf" if joined is None else infinitive):
        # Of a bare infinitive nobody says that it came about unless a word before it does: 'ont réussi à', 'forced to'.
        status = "planned"
    changed = {"status": status, "polarity": polarity, "negation": negation, "dropped": dropped, "granted": granted}
    return msgspec.structs.replace(mood, **changed)


def _status_of_tense(context: Context, mood: Mood, aspect: str, i: int) -> Status:
    tense = mood.tense
    if tense == "fut":
        return "planned"
    if tense == "impf" and aspect != "ongoing" and context.text.quote_of[i] < 0 and helping.plural(context, i):
        return "habitual"
    if tense == "progressive":
        return "ongoing"
    lasting = tense in ("pres", "present", "impf", "part", "noun", "ger", "inf", "cond", "") or (
        tense == "base" and mood.voice == "active"
    )
    return "ongoing" if aspect == "ongoing" and lasting else "happened"
