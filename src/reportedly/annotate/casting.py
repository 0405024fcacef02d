"""Who acts and who is acted upon in a claim: by the words around the trigger, then by who is accused or speaks of itself."""

from __future__ import annotations

from reportedly.annotate import doers, order, roles
from reportedly.annotate.entities import DOERS, GROUPS, Stage
from reportedly.annotate.findings import Findings
from reportedly.annotate.subjects import subject as subject_of
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.records import Entity


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
    if last is not None and last.frame == "pointing" and last.negative and not actors:
        actors = roles.speaker(entities, last)
    if not actors and last is not None and trigger.frame != "undergo" and not _only_told(found, trigger, last):
        # 'blamed the attack on the rebels': the accused is not whom the attack befell.
        befallen = [n for n in recipients if last.act != "accuse" or n not in _accused(found, last)]
        actors = [n for n in from_source(found, last) if not _own_side(found, n, befallen)]
    recipients = [n for n in recipients if n not in actors]
    harmless = trigger.type in ("PROTEST", "RETREAT", "COOPERATE", None) or trigger.sense == "clash"
    return (
        tuple(found.actors[n] for n in actors if harmless or _may_do(stage, n)),
        tuple(found.actors[n] for n in recipients),
    )


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
    return bool(objects) and any(number in roles.named_by(stage, c) for c in syntax.children_with(head, "nsubj"))


# What a noun for a deed tells of where it tells only what the deed led to.
OUTCOMES = doers.OUTCOMES | {"killing"}


def _only_told(found: Findings, trigger: EventTrigger, last: Attribution) -> bool:
    """Return whether who speaks tells a death and claims none: 'a annoncé la mort de trois policiers'."""
    outcome = trigger.sense in OUTCOMES and trigger.pos == "noun"
    return outcome and last.act == "announce" and last.frame == "object" and not _claims(found, last)


def _claims(found: Findings, last: Attribution) -> bool:
    """Return whether who says it says that they did it ('a revendiqué l'attaque')."""
    return last.act == "announce" and last.by.rpartition(":")[2] in found.lang.settings.get("roles", {}).get(
        "claims", ()
    )


def _own_side(found: Findings, number: int, recipients: list[int]) -> bool:
    """Return whether those it befell are the speaker's own: an army that tells of its soldiers' death did not kill them."""
    who = found.actors[number]
    forces = ("state", "state-force")
    return any(
        (who.kind in forces and found.actors[n].kind == "state-force")
        or (who.name and who.name == found.actors[n].name)
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
    )
    if trigger.is_state:
        return tuple(found.actors[n] for n in order.of_state(stage)), ()
    actors, recipients = order.of_trigger(stage)
    actors = [n for n in actors if found.actors[n].kind in (*DOERS, "civilians")] or order.from_source(stage)
    return tuple(found.actors[n] for n in actors), tuple(found.actors[n] for n in recipients if n not in actors)


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
        return found.entities.between(last.cue[1], last.first + 1)[:1]
    # whose passive it is takes a parse to tell
    if last.frame == "accused" and found.syntax is not None:
        subject = subject_of(found.syntax, last.anchor)
        number = found.entities.at(subject) if subject is not None else None
        return [number] if number is not None else []
    to = frozenset(found.lang.settings.get("roles", {}).get("to", ()))
    inside = [n for n in found.entities.between(last.first, last.last) if _after_word(found, n, to)]
    # 'blamed an attack on a convoy on the rebels': the convoy did nothing.
    return [n for n in inside if found.actors[n].kind in DOERS][:1] or inside[:1]


def _after_word(found: Findings, number: int, words: frozenset[str]) -> bool:
    first = found.entities.tokens[number][0]
    return found.text.norms[first] in words or (first > 0 and found.text.norms[first - 1] in words)
