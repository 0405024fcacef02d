"""Between several words that may name one happening: the finite verb or participle, else the noun.

A verb of killing takes the modes of the noun it hangs on ('tués dans un bombardement'); a noun of doing keeps the claim
where the dead are only counted ('neuf morts dans le bombardement', 'l'attaque a fait dix morts'); what a deed leads to
('faisant deux tués', 'killing five') is no second happening.
"""

from __future__ import annotations

import itertools

from reportedly.find.triggers.candidates import Candidate, lend, linked
from reportedly.find.triggers.checks import determiner
from reportedly.find.triggers.contexts import Context


def arbitrate(context: Context, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that stay, in text order."""
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(context.text.sentence_of[candidate.first], []).append(candidate)
    for group in by_sentence.values():
        for candidate in group:
            candidate.dropped = "governed" if candidate.mood.dropped else ""
        for rule in (
            _counted_in_deed,
            _deed_counts,
            _killed_in,
            _repelled,
            _leading_participle,
            _verb_over_subject,
            _verb_over_victims,
            _injured_beside,
            _result,
            _headline,
            _object,
            _state,
            _backed,
            _purpose,
            _forced,
            _told_of_the_deed,
            _of_its_kind,
        ):
            left = [c for c in group if not c.dropped]
            # Each rule weighs one against another.
            if len(left) < 2:
                break
            rule(context, left)
    return [c for c in candidates if not c.dropped]


def _counted_in_deed(context: Context, group: list[Candidate]) -> None:
    """'neuf morts dans le bombardement d'un marché': the deed."""
    within = context.data.set("within")
    for left, right in itertools.pairwise(group):
        if left.outcome and left.is_noun and left.spec.counted and right.is_noun and not right.outcome:
            between = [context.text.norms[j] for j in range(left.last, right.first)]
            if (
                len(between) <= 6
                and any(w in within or w in context.data.set("as_words") for w in between)
                and linked(context, left, right)
            ):
                left.dropped = "counted in the deed"


def _deed_counts(context: Context, group: list[Candidate]) -> None:
    """'l'attaque a fait 24 morts et une trentaine de blessés': the deed; 'des tirs ont repris, faisant deux tués': the deed too."""
    for position, left in enumerate(group):
        if left.outcome or left.spec.type != "ASSAULT" or left.spec.pos == "state":
            continue
        light = frozenset(("light",)) if left.is_noun else None
        for right in group[position + 1 :]:
            leading = not right.is_noun and context.norm(right.first - 1) in context.data.set("result")
            if not right.outcome or not (right.is_noun or leading):
                break
            between = range(left.last, right.first)
            led = bool({context.text.norms[j] for j in between} & context.data.set("result"))
            if light is not None:
                led = led or any(context.classes[j] & light for j in between) or _toll_of(context, left)
            if led and not any(context.text.norms[j] in context.data.set("pure_stops") for j in between):
                right.dropped = "result of the deed"


def _toll_of(context: Context, deed: Candidate) -> bool:
    """Return whether a deed stands as the complement of its toll: 'le bilan de l'attaque', 'the toll of the strike'."""
    return any("toll" in context.classes[j] for j in range(max(0, deed.first - 3), deed.first))


def _killed_in(context: Context, group: list[Candidate]) -> None:
    """'tués dans l'attaque', 'tuées par un raid aérien', 'ont péri dans le bombardement': the verb, with the noun's modes."""
    agents = context.data.set("agent")
    wide = context.data.set("within") | agents
    for position, left in enumerate(group):
        if (left.is_noun and left.spec.counted) or not (left.outcome or _undergoes(left)):
            continue
        within = agents if not left.outcome else wide
        for right in group[position + 1 :]:
            if not right.is_noun or not right.spec.counted:
                if right.outcome:
                    continue
                if position + 1 < len(group) and _describes(group[group.index(right) - 1], right):
                    right.dropped = "describes the deed"
                    continue
                break
            if right.spec.type != "ASSAULT" or right.outcome or not linked(context, left, right, most=14):
                continue
            if (
                any(context.text.norms[j] in within for j in range(max(left.last, right.first - 5), right.first))
                and context.norm(right.first - 1) not in context.data.commas
            ):
                right.dropped = "where the verb stands"
                left.own_deed = not right.modes
                lend(left, right)


def _undergoes(candidate: Candidate) -> bool:
    return not candidate.is_noun and candidate.mood.voice == "passive" and candidate.spec.type == "ASSAULT"


def _describes(noun: Candidate, verb: Candidate) -> bool:
    """Return whether a verb only says more of the deed that another verb hangs on: 'tués dans une frappe visant un marché'."""
    dropped = noun.is_noun and noun.dropped == "where the verb stands"
    return dropped and verb.spec.type == "ASSAULT" and verb.mood.first - noun.last <= 2


def _repelled(context: Context, group: list[Candidate]) -> None:
    """'treize assauts ont été repoussés': the verb."""
    for left, right in itertools.pairwise(group):
        between = [context.text.norms[j] for j in range(left.last, right.first)]
        deeds = left.spec.type == right.spec.type == "ASSAULT" and left.is_noun and not left.outcome
        passive = not right.is_noun and right.mood.voice == "passive" and right.mood.auxiliary
        if deeds and passive and context.data.commas.isdisjoint(between) and linked(context, left, right, most=6):
            left.dropped = "subject of the verb"
            lend(right, left)


def _leading_participle(context: Context, group: list[Candidate]) -> None:
    """'a sniper firing from a roof shot him': the finite verb."""
    for left, right in itertools.pairwise(group):
        if (
            left.is_noun
            or right.is_noun
            or left.mood.tense not in ("ger", "part")
            or right.mood.tense in ("ger", "inf", "part")
        ):
            continue
        between = [context.text.norms[j] for j in range(left.last, right.mood.first)]
        if (
            left.spec.type == right.spec.type == "ASSAULT"
            and len(between) <= 5
            and not set(between) & (context.data.set("join") | context.data.set("pure_stops"))
        ):
            left.dropped = "leads to the verb"
            lend(right, left)


def _verb_over_subject(context: Context, group: list[Candidate]) -> None:
    """'une frappe a tué six personnes', 'l'attaque a visé un convoi': the verb, with the noun's modes."""
    for left, right in itertools.pairwise(group):
        if not left.is_noun or left.outcome or right.is_noun or right.spec.type != "ASSAULT":
            continue
        if left.spec.type != "ASSAULT" and "ceasefire" not in left.modes:
            continue
        if (
            right.mood.voice != "active"
            or right.mood.tense in ("ger", "inf", "part")
            or not linked(context, left, right, most=9)
        ):
            continue
        between = [context.text.norms[j] for j in range(left.last, right.mood.first)]
        if any(w in context.data.set("relative") and w not in context.data.set("subject_pronouns") for w in between):
            continue
        left.dropped = "subject of the verb"
        if left.spec.type == "ASSAULT":
            lend(right, left)


def _verb_over_victims(context: Context, group: list[Candidate]) -> None:
    """'three wounded died': the verb; its subject tells only who they were. 'three wounded killed a guard' tells two happenings."""
    syntax = context.syntax
    if syntax is None:
        return
    for left, right in itertools.pairwise(group):
        if not (left.is_noun and left.outcome and right.outcome) or right.is_noun:
            continue
        at, verb = left.last - 1, range(right.first, right.last)
        if syntax.head[at] in verb and "subj" in syntax.dep[at] and all(syntax.child(i, "obj") is None for i in verb):
            left.dropped = "subject of the verb"


def _injured_beside(context: Context, group: list[Candidate]) -> None:
    """'a tué six personnes et en a blessé 24 autres', '11 civils tués, 4 blessés': one happening."""
    join = context.data.set("join")
    for position, left in enumerate(group):
        if not left.outcome:
            continue
        for right in group[position + 1 :]:
            if not right.outcome or right.dropped:
                break
            if (
                left.is_noun
                and not right.is_noun
                and right.mood.tense == "part"
                and right.spec.sense == "death"
                and right.first - left.last <= 10
            ):
                right.dropped = "told beside the dead"
                continue
            if right.spec.sense not in ("injury", "casualties") or left.spec.sense not in (
                "death",
                "injury",
                "casualties",
                "corpse",
            ):
                break
            between = [context.text.norms[j] for j in range(left.last, right.first)]
            if (
                len(between) <= 14
                and any(w in join for w in between)
                and not set(between) & context.data.set("pure_stops")
                and not _new_victims(context, left, right)
                and not _elsewhere(context, left, right)
            ):
                right.dropped = "told beside the dead"


def _elsewhere(context: Context, left: Candidate, right: Candidate) -> bool:
    """Return whether each is told with a place of its own, or under a clause of its own: 'killed in Goma and three injured in Sake'."""
    between = range(left.last, right.mood.first)
    if right.mood.auxiliary and any(context.text.norms[j] in context.data.set("complementizer") for j in between):
        return True
    stop = next(
        (j for j in range(right.last, context.bounds(right.first)[1]) if context.text.norms[j] in context.data.commas),
        context.bounds(right.first)[1],
    )
    return _placed(context, left.last, right.mood.first) and _placed(context, right.last, min(stop, right.last + 6))


def _placed(context: Context, first: int, last: int) -> bool:
    """Return whether a preposition of place leads to a name between the tokens ('in Goma', 'near the town of Sake')."""
    text, prepositions = context.text, context.data.set("local")
    return any(
        text.norms[j] in prepositions and any(context.is_name(k) for k in range(j + 1, min(last, j + 4)))
        for j in range(first, last - 1)
    )


def _new_victims(context: Context, left: Candidate, right: Candidate) -> bool:
    """Return whether 'ainsi que 21 blessés évacués': the second noun goes on to another happening of its own."""
    return left.is_noun and right.is_noun and context.norm(right.last).endswith(("és", "ées"))


def _state(context: Context, group: list[Candidate]) -> None:
    """'la chute de la ville aux mains des rebelles': the taking, not the holding."""
    for left, right in itertools.pairwise(group):
        if (
            right.spec.pos == "state"
            and left.spec.territory
            and left.spec.pos != "state"
            and right.first - left.last <= 8
            and linked(context, left, right)
        ):
            right.dropped = "told by the taking"


def _result(context: Context, group: list[Candidate]) -> None:
    """'..., killing at least five', '..., tuant dix personnes': what the deed told before it led to."""
    for position, right in enumerate(group):
        if not right.outcome or right.is_noun or right.mood.tense != "ger":
            continue
        if context.norm(right.first - 1) in context.data.set("of"):
            # 'sent troops after accusing the rebels of killing six': the deed they are accused of.
            continue
        if any(not left.outcome and left.spec.type == "ASSAULT" and not left.dropped for left in group[:position]):
            right.dropped = "result of the deed"
            for left in group[:position]:
                if not left.outcome and left.spec.sense == "deed":
                    left.lent.append("killed")


def _headline(context: Context, group: list[Candidate]) -> None:
    """'Missiles hit bus station, five killed', '5 killed as missiles hit bus station': the deed."""
    deeds = [c for c in group if not c.outcome and c.spec.type == "ASSAULT" and not c.dropped]
    as_words = context.data.set("as_words")
    for candidate in group:
        if not candidate.outcome or candidate.dropped or candidate.mood.auxiliary:
            continue
        for deed in deeds:
            later = deed.first > candidate.last
            between = [
                context.text.norms[j]
                for j in (range(candidate.last, deed.first) if later else range(deed.last, candidate.first))
            ]
            if (later and as_words.intersection(between[:2])) or (
                not later and _adds_toll(context, candidate, deed, between)
            ):
                candidate.dropped = "headline of the deed"


def _adds_toll(context: Context, candidate: Candidate, deed: Candidate, between: list[str]) -> bool:
    """Return whether a toll without a verb follows a deed: 'Missiles hit bus station, five killed'."""
    if len(between) > 9 or not (context.data.commas | {":", ";"}) & set(between):
        return False
    if candidate.is_noun and any("govern" in context.classes[j] for j in range(deed.last, candidate.first)):
        # 'L'armée dément avoir bombardé le camp, elle annonce la mort de deux soldats': two happenings.
        return False
    return candidate.is_noun or (candidate.mood.tense == "part" and not deed.is_noun)


def _object(context: Context, group: list[Candidate]) -> None:
    """'repoussé une tentative d'attaque': a noun that is the object of a trigger verb makes no claim beside it."""
    apart = (
        context.data.set("within") - context.data.set("of") - context.data.set("agent")
        | context.data.set("background")
        | context.data.set("purpose")
    )
    for left, right in itertools.pairwise(group):
        if left.is_noun or left.dropped or not right.is_noun or right.outcome or left.is_state:
            continue
        between = [context.text.norms[j] for j in range(left.last, right.first)]
        if any("govern" in context.classes[j] for j in range(left.last, right.first)):
            continue
        if left.spec.type == "ACCUSE" and determiner(context, right.first)[0] == "indefinite":
            continue
        if len(between) > 7 or set(between) & (
            context.data.set("pure_stops") | context.data.set("relative") | context.data.commas
        ):
            continue
        if left.spec.type == "AGREE":
            between = [w for w in between if w not in context.data.set("purpose")]
        near = (
            between[-3:]
            if len(between) > 1
            and (between[-1] not in context.data.set("definite") or between[-2] in context.data.set("indefinite"))
            else between[-2:]
        )
        if not set(near) & apart and left.mood.voice != "passive":
            right.dropped = "object of the verb"
            if left.spec.type == right.spec.type:
                lend(left, right)


def _backed(context: Context, group: list[Candidate]) -> None:
    """'M23 rebels backed by Rwanda entered Bukavu': who stands behind somebody tells more of him, and is no happening beside the deed."""
    for candidate in group:
        passive = candidate.mood.voice == "passive"
        described = context.norm(candidate.mood.first - 1) in context.data.set("relative")
        bare = candidate.mood.tense == "part" and not candidate.mood.auxiliary
        if (
            candidate.spec.type == "SUPPORT"
            and passive
            and (bare or described)
            and any(c.spec.type != "SUPPORT" for c in group)
        ):
            candidate.dropped = "tells more of who acts"


def _purpose(context: Context, group: list[Candidate]) -> None:
    """'marched in Goma to protest against the war', 'summoned the envoy to protest': what a demonstration is for is no second one."""
    for left, right in itertools.pairwise(group):
        aim = right.mood.tense == "inf" or context.norm(right.first - 1) in context.data.set("purpose")
        again = left.spec.type in ("PROTEST", "ACCUSE") and right.spec.type == "PROTEST" and aim
        if again and not left.dropped and linked(context, left, right, most=9):
            right.dropped = "purpose of the demonstration"


def _forced(context: Context, group: list[Candidate]) -> None:
    """'forced thousands of people to flee': what somebody was forced to do, not the forcing."""
    for left, right in itertools.pairwise(group):
        forcing = left.spec.type == "COERCE" and not left.modes and not left.is_noun
        if forcing and right.mood.tense == "inf" and linked(context, left, right, most=9):
            left.dropped = "leads to the verb"


def _of_its_kind(context: Context, group: list[Candidate]) -> None:
    """'mené des frappes ciblées': a participle that takes the modes of what it stands right behind says what kind of deed that is."""
    for left, right in itertools.pairwise(group):
        bare = right.mood.voice == "passive" and right.mood.tense == "part" and not right.mood.auxiliary
        kind = bare and right.spec.inherit and left.last == right.mood.first
        if (
            kind
            and left.spec.type == "ASSAULT"
            and not left.outcome
            and context.norm(right.last) not in context.data.set("agent")
        ):
            right.dropped = "describes the deed"


# How far behind a noun the verb may stand that goes on to tell of it.
TOLD_WITHIN = 5


def _told_of_the_deed(context: Context, group: list[Candidate]) -> None:
    """'قتل ثمانون شخصا في هجوم استهدف الكلية': where the verb stands first, one right behind the noun of a deed describes it."""
    if not context.data.verb_first:
        return
    joins = context.data.set("join") | context.data.commas
    nouns = {c.first for c in group if c.is_noun}
    for left, right in itertools.pairwise(group):
        if not left.outcome or right.is_noun or right.outcome or right.spec.type != "ASSAULT" or right.spec.territory:
            continue
        between = range(max(left.last, right.first - TOLD_WITHIN), right.first)
        deed = next((i for i in between if i not in nouns and _names_deed(context, i)), None)
        if deed is not None and not any(context.text.norms[i] in joins for i in range(deed, right.first)):
            right.dropped = "describes the deed"
            lend(left, right)
            left.modes = left.modes or _armed_with(context, deed, right.first)


def _armed_with(context: Context, first: int, last: int) -> tuple[str, ...]:
    """Return the modes of the weapon named between two tokens, by a single word."""
    for i in range(first, last):
        for form, values in context.data.weapons.get(context.text.norms[i], ()):
            if len(form) == 1 and values.get("modes"):
                return tuple(values["modes"].split(","))
    return ()


def _names_deed(context: Context, i: int) -> bool:
    """Return whether a word of the lexicon of nouns stands there that names an attack."""
    return any(
        item.spec.pos == "noun" and item.spec.type == "ASSAULT"
        for item in context.data.items.get(context.text.norms[i], ())
    )
