"""Who acts and who is acted upon in a claim: by the words around the trigger, then by who is accused or speaks of itself."""

from __future__ import annotations

import msgspec

from reportedly.annotate import doers, naming, order, roles, telling
from reportedly.annotate.entities import DOERS, GROUPS, Between, Stage
from reportedly.annotate.findings import Findings
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity
from reportedly.subjects import subject as subject_of


def cast(
    found: Findings, trigger: EventTrigger, last: Attribution | None
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Return actors and recipients: by the parse and the neighbours, then by who is accused or speaks of itself."""
    if found.syntax is None:
        return _ordered(found, trigger, last)
    entities = found.entities
    host = last
    stage = Stage(
        entities,
        found.syntax,
        found.text,
        found.lang,
        trigger,
        inside=lambda token: host is None or host.covers(token) or not _tells_own(host),
        others=found.others(trigger.head),
    )
    actors, recipients = roles.of_trigger(stage)
    if last is not None and last.frame == "pointing" and last.negative and not actors and last.of != "toll":
        # 'L'armée rejette ces accusations': of a deed, not of a toll
        actors = roles.speaker(entities, last)
    harmless = trigger.type in ("PROTEST", "RETREAT", "COOPERATE", None) or trigger.sense == "clash"
    if last is not None and last.act == "accuse" and not harmless and trigger.voice == "active":
        # 'd'avoir pillé des maisons abandonnées par les habitants et tué dix hommes': those who can have done nothing hide the accused
        actors = [n for n in actors if _may_do(stage, n)]
    if not actors and last is not None and trigger.frame != "undergo" and not _only_told(found, trigger, last):
        # 'blamed the attack on the rebels': the accused is not whom the attack befell.
        befallen = [n for n in recipients if last.act != "accuse" or n not in _accused(found, last)]
        told = [] if _only_describes(found, trigger, last) else from_source(found, last)
        others = last.act == "accuse" or _own_verb(trigger, last)
        actors = [n for n in told if not _own_side(found, n, befallen, others=others)]
    if (
        last is not None
        and last.frame == "infinitive"
        and trigger.voice == "passive"
        and not recipients
        and _opens(last, trigger)
    ):
        # 'dit avoir été attaqué'
        recipients = roles.speaker(entities, last)
    recipients = [n for n in recipients if n not in actors]
    doing = tuple(found.actors[n] for n in actors if harmless or _may_do(stage, n))
    told_deed = last is not None and (last.act == "accuse" or _own_verb(trigger, last))
    return doing, tuple(_not_own(found.actors[n], doing if told_deed else ()) for n in recipients)


def _may_do(stage: Stage, number: int) -> bool:
    """Return whether somebody may have done a deed: things never, civilians where they are the subject of a finite verb."""
    kind = stage.entities.found[number].kind
    trigger = stage.trigger
    if kind == "civilians" and trigger.voice == "passive":
        # 'lynched by villagers': only the agent of a passive comes here.
        return True
    told = (
        trigger.voice == "active"
        and trigger.tense in ("past", "pres", "perfect", "base", "")
        and trigger.sense != "death"
    )
    if kind != "civilians" or not told:
        return kind not in ("civilians", "object")
    syntax, head = stage.syntax, trigger.head
    if stage.entities.ends.get(trigger.group) == number and stage.entities.starts.get(trigger.last) is not None:
        # 'Settlers torch cars': a headline that the parse may lose.
        return True
    objects = [*syntax.children_with(head, "obj"), *(roles.aimed_at(stage) if trigger.pos == "phrase" else ())]
    if objects and number in roles.shared(stage):
        return True
    return bool(objects) and any(number in naming.named_by(stage, c) for c in syntax.children_with(head, "nsubj"))


def _only_describes(found: Findings, trigger: EventTrigger, last: Attribution) -> bool:
    """Return whether a participle only tells more of a noun in what somebody is accused to have done: 'violé l'accord | signé en mars'."""
    if last.act != "accuse" or trigger.pos != "verb" or trigger.voice != "passive" or found.syntax is None:
        return False
    bare = trigger.group == trigger.head and found.syntax.pos[trigger.group - 1] in ("NOUN", "PROPN", "ADJ")
    done = range(last.first, trigger.group)
    return bare and any(found.syntax.morph[i].get("VerbForm") in ("Inf", "Ger") for i in done)


# What a noun for a deed tells of where it tells only what the deed led to.
OUTCOMES = doers.OUTCOMES | {"killing"}


def _only_told(found: Findings, trigger: EventTrigger, last: Attribution) -> bool:
    """Return whether who speaks tells or denies a death and claims none: 'a annoncé la mort de dix civils', 'dit avoir soigné dix'."""
    if last.frame == "infinitive":
        # Of an infinitive the speaker is the subject, not of what befell others in it: 'dit avoir soigné dix blessés, atteints par balles'.
        befell = trigger.voice == "passive" and trigger.pos != "noun"
        told = trigger.pos == "noun" and trigger.sense in OUTCOMES
        return befell or (told and not _brought_about(found, trigger, last))
    if trigger.pos != "noun" or last.frame != "object":
        return False
    if last.act == "deny":
        # 'dément la mort de dix civils', but 'denied the killing'
        return trigger.sense in doers.OUTCOMES
    return trigger.sense in OUTCOMES and last.act == "announce" and not _claims(found, last)


def _opens(last: Attribution, trigger: EventTrigger) -> bool:
    """Return whether the verb group of a trigger is what an infinitive's content begins with."""
    return trigger.pos != "noun" and last.first <= trigger.group <= last.first + 2


# How far before the noun for an outcome the verb may stand that brought it about.
BROUGHT_ABOUT = 6


def _brought_about(found: Findings, trigger: EventTrigger, last: Attribution) -> bool:
    """Return whether a verb before the noun says that the subject brought it about: 'dit avoir fait dix morts', 'commis un massacre'."""
    context = found.lang.lexicon("trigger_context")
    near = range(max(last.first, trigger.first - BROUGHT_ABOUT), trigger.first)
    classes = {c for i in near for _, entry in context.matches(found.text, i) for c in entry.get("class").split(",")}
    return not classes.isdisjoint(("light", "commit"))


def _claims(found: Findings, last: Attribution) -> bool:
    """Return whether who says it says that they did it ('a revendiqué l'attaque')."""
    return last.act == "announce" and last.by.rpartition(":")[2] in found.lang.settings.get("roles", {}).get(
        "claims", ()
    )


def _own_verb(trigger: EventTrigger, last: Attribution) -> bool:
    """Return whether the deed is an active verb that the speaker is the subject of: 'dit avoir visé des militaires'."""
    return last.frame == "infinitive" and trigger.pos != "noun" and trigger.voice == "active"


def _own_side(found: Findings, number: int, recipients: list[int], *, others: bool) -> bool:
    """Return whether those it befell are the speaker's own: an army that tells of its soldiers' death did not kill them.

    ``others``: another one says it of him, or he says that he did it; then 'soldiers' are anybody's.
    """
    who = found.actors[number]
    forces = ("state", "state-force")
    return any(
        (not others and who.kind in forces and found.actors[n].kind == "state-force")
        # a name that was only inferred is no reason to take the deed from him: 'accuse l'armée d'avoir bombardé une caserne'
        or (who.name and who.name == found.actors[n].name and not (others and found.actors[n].reason))
        for n in recipients
    )


def _ordered(
    found: Findings, trigger: EventTrigger, last: Attribution | None
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Return actors and recipients where nothing parses, by the order of words; none where the language's data has none."""
    if not order.applies(found.lang):
        return (), ()
    stage = order.Stage(
        found.entities,
        found.text,
        found.lang,
        trigger,
        inside=lambda token: last is None or last.covers(token) or not _tells_own(last),
        others=found.others(trigger.head),
        last=last,
        accused=last is not None and _accused_before(found, last),
    )
    if trigger.is_state:
        return tuple(found.actors[n] for n in order.of_state(stage)), ()
    actors, recipients = order.of_trigger(stage)
    actors = [n for n in actors if found.actors[n].kind in (*DOERS, "civilians")] or telling.from_source(stage)
    doing = tuple(found.actors[n] for n in actors)
    clash = trigger.type != "ASSAULT" or trigger.sense == "clash"
    return doing, tuple(_not_own(found.actors[n], () if clash else doing) for n in recipients if n not in actors)


def _accused_before(found: Findings, last: Attribution) -> bool:
    """Return whether who speaks has accused somebody right before, in the same sentence: 'اتهم المتمردون الجيش ... وقالوا إنهم أحرقوا'."""
    here = found.text.sentence_of[last.anchor]
    said = [a for a in found.attributions if a.anchor < last.anchor and found.text.sentence_of[a.anchor] == here]
    return bool(said) and said[-1].act == "accuse" and said[-1].source == last.source


def _not_own(recipient: Entity, doing: tuple[Entity, ...]) -> Entity:
    """Return whom a deed befell without a name that was only inferred and is that of who did it: 'مقتل جندي في قصف إسرائيلي'."""
    own = recipient.reason and recipient.name and any(recipient.name == each.name for each in doing)
    return (
        msgspec.structs.replace(recipient, name=None, identifier=None, basis="stated", reason="") if own else recipient
    )


def _tells_own(last: Attribution) -> bool:
    """Return whether the content has its own subject or none: then nothing outside it may fill a role."""
    return last.frame not in ("hearsay", "nobody")


def from_source(found: Findings, last: Attribution) -> list[int]:
    """Return the accused, or the source where it speaks of its own deeds ('dit avoir', 'dément tout', 'menace de')."""
    if last.act == "accuse":
        return _accused(found, last)
    if last.frame == "demand":
        return found.entities.between(last.cue[1], last.first + 1)[:2]
    named = roles.speaker(found.entities, last)
    if last.frame == "infinitive" or _claims(found, last):
        # 'L'attaque a été revendiquée par l'EI': who claims a deed did it.
        return named
    own = last.frame == "object" and last.act in ("deny", "promise", "threaten", "announce")
    return [n for n in named if own and (found.actors[n].kind in GROUPS or last.act != "deny")]


def _accused(found: Findings, last: Attribution) -> list[int]:
    """Return whom the verb of accusing names: its object before the deed, or its subject in the passive."""
    if last.frame == "accuse":
        named = _with_joined(found, found.entities.between(last.cue[1], last.first + 1)) or _told_of(found, last)
        if named or last.source is None or not _each_other(found, last):
            return named
        return found.entities.between(*last.source)
    # whose passive it is takes a parse to tell
    if last.frame == "accused" and found.syntax is not None:
        subject = subject_of(found.syntax, last.anchor)
        number = found.entities.at(subject) if subject is not None else None
        return [number] if number is not None else []
    to = frozenset(found.lang.settings.get("roles", {}).get("to", ()))
    inside = [n for n in found.entities.between(last.first, last.last) if _after_word(found, n, to)]
    # 'blamed an attack on a convoy on the rebels': the convoy did nothing.
    first = next((n for n in inside if found.actors[n].kind in DOERS), next(iter(inside), None))
    behind = [
        n for n in found.entities.between(last.first, last.last) if n == first or (first is not None and n > first)
    ]
    return _with_joined(found, behind) if first is not None else []


def _told_of(found: Findings, last: Attribution) -> list[int]:
    """Return whom a relative clause accuses: 'le M23, que l'ONU accuse d'avoir tué dix civils', 'rebels whom residents accuse of'."""
    first = last.cue[0] if last.source is None else min(last.source[0], last.cue[0])
    words = found.lang.lexicon("function_words")
    relative = first - 1
    if relative < 1 or not any(e.get("class") in ("rel", "that") for _, e in words.matches(found.text, relative)):
        return []
    end = relative - (found.text.words[relative - 1] == ",")
    number = found.entities.ends.get(end)
    return [number] if number is not None and found.actors[number].kind in DOERS else []


def _with_joined(found: Findings, numbers: list[int]) -> list[int]:
    """Return the first of those named with the ones joined to it: 'accuse le M23 et le Rwanda d'avoir tué dix civils'."""
    if found.syntax is None or not numbers:
        return numbers[:1]
    pos = found.syntax.pos
    joins = frozenset(found.lang.settings.get("roles", {}).get("joins", ()))
    between = Between(found.text, joins, lambda token: pos[token] in ("DET", "NUM", "ADP"))
    beside = found.entities.coordinated(numbers[0], between)
    return [n for n in numbers if n in beside]


def _each_other(found: Findings, last: Attribution) -> bool:
    """Return whether those who accuse accuse each other: 's'accusent d'avoir', 'accused each other of'."""
    words = found.lang.settings.get("roles", {}).get("reciprocal", ())
    return not set(words).isdisjoint(found.text.norms[last.cue[0] : last.first + 1])


def _after_word(found: Findings, number: int, words: frozenset[str]) -> bool:
    first = found.entities.tokens[number][0]
    return found.text.norms[first] in words or (first > 0 and found.text.norms[first - 1] in words)
