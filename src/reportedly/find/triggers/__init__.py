"""What happened: the words that name a happening, its type in PLOVER's terms, and how it is put; and who is said to hold a place.

Words come from lexicons (``entries``); neighbours decide whether they name a happening here (``contexts``, ``checks``,
``nouns``); auxiliaries, endings and scope words tell voice, polarity and status (``moods``); where several words tell one
happening, one keeps it (``choices``). The parse is one vote among several: a headline or an inversion must not lose its
verb.
"""

from __future__ import annotations

import msgspec

from reportedly.find.triggers import checks, contexts, helping, moods, nouns
from reportedly.find.triggers.candidates import Candidate
from reportedly.find.triggers.choices import arbitrate
from reportedly.find.triggers.contexts import Context
from reportedly.find.triggers.entries import Item, compiled, same, strong
from reportedly.find.triggers.moods import Mood, Reach
from reportedly.records import Polarity, Status, Territory, Trigger
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

__all__ = ["EventTrigger", "find", "strong"]
WEAPON_WINDOW = 12
# Title and lead: at most so many sentences.
LEAD = 5
ARMED = frozenset(
    ("aerial", "drone", "heavy-weapons", "explosives", "firearms", "suicide-attack", "primitive", "unconventional")
)
# A word that tells shells where nothing says otherwise ('bombarder'), and what says otherwise.
SHELLED = ("heavy-weapons",)
AIRBORNE = frozenset(("aerial", "drone"))
# Weapons that other schemes count apart.
WEAPON_SENSES = ("grenade", "chemical")


class EventTrigger(Trigger, frozen=True, kw_only=True):
    """The words that name a happening, with all that the words around say of it.

    ``first`` and ``last`` are token indexes (half-open) of the span, ``head`` the token whose arguments are the
    happening's, ``group`` the first token of its verb group. ``frame`` says how grammar maps to roles: ``act`` (the subject
    acts, the object undergoes, a passive the other way round), ``undergo`` (the subject undergoes), ``move`` (nobody does).
    ``sense`` tells apart what codes need apart (``clash``, ``death``, ``loot``, ``intercept`` ...); ``outcome``: it tells
    what a deed led to (the dead, the wounded); ``counts`` is the kind of a number of its victims. A claim of holding a
    place (``is_state``) has no trigger: its span is the predicate's, and ``who`` says where the holder stands (``subj``,
    ``obj``, ``de``).
    """

    first: int
    last: int
    head: int
    group: int
    pos: str
    type: str | None = None
    modes: tuple[str, ...] = ()
    modes_inferred: bool = False
    territory: Territory | None = None
    weapon: str | None = None
    counts: str | None = None
    frame: str = "act"
    voice: str = "active"
    tense: str = ""
    status: Status = "happened"
    polarity: Polarity = "positive"
    negation: int | None = None
    conditional: bool = False
    outcome: bool = False
    granted: bool = False
    is_state: bool = False
    who: str = ""


def find(text: Text, syntax: Syntax | None, lang: Language) -> tuple[EventTrigger, ...]:
    """Return every happening and every holding of a place that ``text`` names, in text order.

    ``syntax`` may be None: then surface alone decides.
    """
    data = compiled(lang)
    if not data.items:
        return ()
    context = contexts.read(text, lang, data, syntax)
    reaches = moods.scopes(context)
    candidates = _candidates(context, reaches)
    kept = arbitrate(context, candidates)
    inherits = {c.first: c.spec.inherit for c in kept if c.spec.inherit}
    own = {c.first for c in kept if c.own_deed}
    return tuple(_spread(context, [_record(context, c) for c in kept], inherits, own))


def _candidates(context: Context, reaches: list[Reach]) -> list[Candidate]:
    found: list[Candidate] = []
    until = 0
    for i, items in [(i, card.items) for i, card in enumerate(context.cards) if card.items is not None]:
        if i < until:
            continue
        candidate, until = _first(context, items, i, reaches)
        if candidate is not None:
            found.append(candidate)
    return found


def _first(context: Context, items: list[Item], i: int, reaches: list[Reach]) -> tuple[Candidate | None, int]:
    """Return the first row that fits at token ``i`` (the longest form, then the row written first), and where to read on.

    A fixed phrase that names no happening ('hommes armés', 'fusil d'assaut', a bomb that nobody set off) hides its words.
    """
    lowered = context.lowered(i) and not context.dated(i)
    ahead = context.text.norms[i + 1 : i + 2 + checks.GAP]
    for item in items:
        if len(item.form) > 1 and item.form[1] not in ahead and not context.text.capitals[i]:
            continue
        last = checks.matched(context, item, i)
        if last is None or not same(context.text, i, item.form[0]):
            continue
        if item.spec.only == "mask":
            return None, last
        mood = _fitting(context, item, (i, last), reaches) if lowered else None
        if mood is not None:
            return Candidate(item, i, last, mood, item.spec.modes), last
        if item.spec.only == "subject" and len(item.form) > 1:
            return None, last
    return None, i + 1


def _fitting(context: Context, item: Item, tokens: tuple[int, int], reaches: list[Reach]) -> Mood | None:
    i, last = tokens
    if item.spec.pos == "noun" and _verb_stands_first(context, i):
        return None
    if item.spec.pos == "noun":
        if not nouns.noun_fits(context, item, i, last) or _is_verb(context, item, i) or _unclaimed(context, i):
            return None
        return moods.noun(context, item, i, reaches)
    verbal = bool(item.features - {"sg", "pl", ""})
    if item.spec.pos == "verb" and context.norm(i - 1) in context.data.set("governing"):
        return None
    if verbal and item.spec.pos != "phrase" and checks.nominal(context, item, i):
        return None
    # 'ont violé' is a verb, whatever the parse calls it
    helped = "part" in item.features and bool(helping.rows(context, i - 1))
    if item.spec.pos == "verb" and not helped and context.syntax and context.syntax.pos[i] in ("ADV", "ADP"):
        # 'turned back', 'fought back': no verb.
        return None
    if item.spec.pos == "state" and len(item.form) == 1 and _is_noun(context, i):
        return None
    mood = moods.verb(context, item, i, reaches)
    return mood if checks.verb_fits(context, item, i, last, mood) else None


# How far before a deed the verb may stand by which nobody claims it.
CLAIMED_WITHIN = 6


def _unclaimed(context: Context, i: int) -> bool:
    """Return whether nobody is said to have claimed the deed: 'No group has claimed responsibility for the bombing' tells none."""
    low, _ = context.bounds(i)
    for j in range(max(low, i - CLAIMED_WITHIN), i):
        if "claimed" in context.classes[j]:
            return moods.negated(context, j)
    return False


def _verb_stands_first(context: Context, i: int) -> bool:
    """Return whether a word that may be verb or noun opens its sentence or clause, as the verb does: 'قتل 12 مدنيا', '، وقتل المسلحون'."""
    if not context.data.verb_first:
        return False
    low = context.text.sentences[context.text.sentence_of[i]][0]
    joined = (
        i - 2 >= low and context.norm(i - 1) in context.data.set("join") and context.norm(i - 2) in context.data.commas
    )
    if low != i and not joined:
        return False
    return any(item.spec.pos == "verb" for item in context.data.items.get(context.text.norms[i], ()))


def _is_noun(context: Context, i: int) -> bool:
    """Return whether the word of a verb that holds a place is a noun here: 'an army patrol', but not 'their stronghold'."""
    verbal = any(
        item.spec.pos == "state" and item.features & {"pres", "past", "base", "ger"}
        for item in context.data.items.get(context.text.norms[i], ())
    )
    syntax = context.syntax
    return verbal and syntax is not None and (syntax.pos[i] == "NOUN" or syntax.dep[i].startswith("nsubj"))


def _is_verb(context: Context, item: Item, i: int) -> bool:
    """Return whether a noun row's word is a verb here: the parse says so, and no determiner speaks against it."""
    if context.syntax is None or context.syntax.pos[i] not in ("VERB", "AUX") or len(item.form) > 1:
        return False
    kind, _ = checks.determiner(context, i)
    # 'accused of killing six people': the object that follows is a verb's.
    return kind == "bare" or (kind == "partitive" and bool(context.syntax.children_with(i, "obj")))


def _record(context: Context, candidate: Candidate) -> EventTrigger:
    spec, mood = candidate.spec, candidate.mood
    first = candidate.first
    if mood.reflexive and context.norm(first - 1) in context.data.set("reflexive") and not mood.auxiliary:
        first -= 1
    span = context.text.span(first, candidate.last)
    state = spec.pos == "state"
    weapon, modes, code = _weapon(context, candidate) if spec.type == "ASSAULT" else (None, candidate.modes, "")
    return EventTrigger(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=spec.by,
        first=first,
        last=candidate.last,
        head=candidate.first,
        group=mood.first,
        pos=spec.pos,
        type=None if state else spec.type,
        modes=modes,
        territory="held" if state else spec.territory,  # type: ignore[arg-type]
        weapon=weapon,
        sense=spec.code or (code if code in WEAPON_SENSES else spec.sense),
        counts=spec.counts,
        frame=spec.frame,
        voice=mood.voice,
        tense=mood.tense,
        status="state" if state else mood.status,
        polarity=mood.polarity,
        negation=mood.negation,
        conditional=mood.conditional,
        outcome=candidate.outcome,
        granted=mood.granted,
        is_state=state,
        who=spec.who,
    )


def _weapon(context: Context, candidate: Candidate) -> tuple[str | None, tuple[str, ...], str]:
    """Return the weapon named beside a deed, the modes it gives where the deed's own word gives none, and its kind."""
    low, high = _weapon_window(context, candidate)
    text = context.text
    best: tuple[int, str, dict[str, str]] | None = None
    for j in (*range(low, candidate.first), *range(candidate.last, high)):
        for form, values in context.data.weapons.get(text.norms[j], ()):
            if j + len(form) <= text.size and all(same(text, j + k, form[k]) for k in range(1, len(form))):
                distance = abs(j - candidate.first)
                if best is None or distance < best[0]:
                    best = (distance, text.span(j, j + len(form)).exact, values)
                break
    if best is None:
        return None, candidate.modes, ""
    # Ground is taken by more than the weapon named beside it.
    named = () if candidate.spec.territory else tuple(m for m in best[2].get("modes", "").split(",") if m)
    # The weapon says more than the word: a sniper's shot is aimed at one person.
    flown = candidate.modes == SHELLED and bool(AIRBORNE & set(named))
    modes = named if flown or set(candidate.modes) <= set(named) else candidate.modes
    return best[1], modes, best[2].get("code", "")


def _weapon_window(context: Context, candidate: Candidate) -> tuple[int, int]:
    """Return where a deed's weapon may stand: its clause, and for a noun its own complements."""
    low, high = context.bounds(candidate.first)
    reach = 5 if candidate.is_noun else WEAPON_WINDOW
    start = max(low, candidate.mood.first - (0 if candidate.is_noun else reach))
    stop = min(high, candidate.last + reach)
    openers = context.data.set("complementizer")
    for j in range(candidate.mood.first - 1, start - 1, -1):
        if context.text.norms[j] in openers:
            start = j
            break
    for j in range(candidate.last, stop):
        if context.text.norms[j] in openers or (candidate.is_noun and context.text.norms[j] in context.data.commas):
            stop = j
            break
    return start, stop


def _spread(context: Context, found: list[EventTrigger], inherits: dict[int, str], own: set[int]) -> list[EventTrigger]:
    """Give outcomes and pointing nouns the modes of the one deed a report is about, as its title and lead tell it.

    'Sept morts ... deux missiles se sont abattus': the dead of the title were killed by missiles. Where title and lead name
    several kinds of weapons, or none, nothing is inferred; nor is it where a deed of its own is named ('killed in clashes', ``own``).
    """
    lead = [
        t
        for t in found
        if context.text.sentence_of[t.first] < LEAD
        and context.text.paragraph_of[t.first] <= 1
        and t.type == "ASSAULT"
        and t.modes
        and set(t.modes) <= ARMED
    ]
    kinds = {t.modes for t in lead}
    if len(kinds) != 1:
        return found
    modes = next(iter(kinds))
    return [
        msgspec.structs.replace(t, modes=modes, modes_inferred=True)
        if t.type == "ASSAULT"
        and t.status not in ("planned", "hypothetical", "habitual")
        and t.first not in own
        and not t.modes
        and (t.outcome or inherits.get(t.first))
        else t
        for t in found
    ]
