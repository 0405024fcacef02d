"""Frames of verbs of saying: which one a verb takes, who says it, what the attribution is."""

from __future__ import annotations

import msgspec

from reportedly.find.sources import clauses, incises, making, objects, passives, scopes, who
from reportedly.find.sources.making import Made
from reportedly.find.sources.model import Attribution, Context, Tokens, VerbGroup
from reportedly.records import Act

# Tried in this order; the first that reads something decides.
FRAMES = (
    clauses.as_somebody_says,
    clauses.that,
    incises.incise,
    clauses.bare_that,
    objects.accuse,
    objects.demand,
    clauses.infinitive,
    clauses.state,
    incises.colon,
    objects.object_,
)


def attributions(context: Context, groups: list[VerbGroup]) -> list[Attribution]:
    """Return what the verbs of saying give, at most one attribution a verb, in text order."""
    found: list[Attribution] = []
    for group in groups:
        if any(a.frame == "show" and a.cue[1] <= group.head < a.first for a in found[-1:]):
            # 'a diffusé des images | montrant': the cue before has taken what they show.
            continue
        if attribution := _read(context, group, found):
            found.append(attribution)
    return found


def _read(context: Context, group: VerbGroup, before: list[Attribution]) -> Attribution | None:
    if "accuse" in (group.entry.get("act"), group.entry.get("passive")) and (group.passive or group.mood == "part"):
        return passives.accused(context, group)
    if group.passive:
        return passives.passive(context, group)
    if group.mood == "part":
        return passives.reduced(context, group)
    reach = 6 if group.entry.get("act") in ("ask", "demand") else 0
    anonymous = range(group.head, min(group.last + reach, context.sentence(group.head)[1]))
    if any(context.opens(i, "anonymity") for i in anonymous):
        return None
    if making.act_of(group) is None or (group.mood == "inf" and not _asserts(context, group, before)):
        return None
    made = next((made for frame in FRAMES if (made := frame(context, group))), None)
    return _with_source(context, group, made, before) if made else None


def _with_source(context: Context, group: VerbGroup, made: Made, before: list[Attribution]) -> Attribution | None:
    """Return the attribution of what a frame read, None where it has no source or only the writer's 'I'."""
    content, name, reach = made
    source, inferred = who.source(context, group, before, inverted=name == "incise")
    source = reach or source
    if source is not None and _overlaps(source, content):
        source = None
    if source is not None and name in ("that", "object") and _is_nobody(context, group, source):
        if making.act_of(group) == "doubt" or (
            name == "object" and not scopes.tells(context, content[0][0], content[-1][1])
        ):
            return None
        if group.first - source[0] > 3:
            return None
        wide = msgspec.structs.replace(group, first=min(group.first, source[0]))
        return making.make(context, wide, source=None, content=content, frame="nobody", act="hearsay")
    if group.entry.get("only") == "nobody" and not (name == "incise" or _behind_nobody(context, group)):
        return None
    if (
        source is None
        or _first_person(context, source)
        or context.is_(source[0], "none")
        or _only_a_toll(context, source)
    ):
        return None
    if making.act_of(group) in ("threaten", "promise", "demand") and context.is_thing(source[1] - 1):
        return None
    act = "show" if name == "show" else _act(context, group, name, content)
    return making.make(context, group, source=source, content=content, frame=name, act=act, inferred=inferred)


def _behind_nobody(context: Context, group: VerbGroup) -> bool:
    """Return whether 'on' is the subject: 'on apprend de source proche que' reports, 'elle apprend que' does not."""
    near = range(max(context.sentence(group.head)[0], group.first - 1), group.head)
    return any(context.text.norms[i] in context.settings.get("nobody", []) for i in near)


def _act(context: Context, group: VerbGroup, name: str, content: tuple[Tokens, ...]) -> Act:
    """Return the act: the verb's, or where it says so that of its infinitive behind 'de' ('jure de venger' promises)."""
    behind = group.entry.get("de")
    first = content[0][0]
    if behind and name in ("infinitive", "demand") and (context.is_(first, "to") or context.is_(first - 1, "to")):
        return behind  # type: ignore[return-value]
    if name == "object" and group.entry.get("object"):
        # 'claimed responsibility' announces, 'claimed that' asserts.
        return group.entry.get("object")  # type: ignore[return-value]
    act = making.act_of(group)
    assert act is not None
    return act


def _is_nobody(context: Context, group: VerbGroup, source: Tokens) -> bool:
    """Return whether the subject names nobody: 'on signale que'."""
    alone = source[1] - source[0] == 1 and group.pronoun is None
    return alone and context.text.norms[source[0]] in context.settings.get("nobody", [])


def _asserts(context: Context, group: VerbGroup, before: list[Attribution]) -> bool:
    """Return whether an infinitive is a saying that took place: 'vient d'annoncer', 'dit craindre', 'ont manifesté pour réclamer'."""
    if any(a.first == group.first and a.frame == "infinitive" for a in before[-2:]):
        return True
    first = context.sentence(group.head)[0]
    if any(context.opens(i, "before_saying") == group.first for i in range(max(first, group.first - 2), group.first)):
        return any(a.anchor >= first for a in before[-1:])
    near = range(max(first, group.first - 4), group.first)
    if any(context.has(i, group.first, "catenative") for i in near):
        return True
    purpose = any(context.has(i, group.first, "purpose") == group.first for i in near)
    return purpose and group.entry.get("act") in ("demand", "accuse") and bool(group.entry.get("np"))


def _first_person(context: Context, source: Tokens) -> bool:
    """Return whether who says is the writer or the speaker quoted ('je pense'): no source of its own."""
    return source[1] - source[0] == 1 and context.is_(source[0], "person:1")


def _only_a_toll(context: Context, source: Tokens) -> bool:
    """Return whether the subject is a count ('le bilan fait état de'): what is said, not who says."""
    kinds = context.kinds(*source)
    return bool(kinds) and kinds[0] == "toll" and not any(k not in ("toll", "never") for k in kinds)


def _overlaps(source: Tokens, content: tuple[Tokens, ...]) -> bool:
    return any(a < source[1] and source[0] < b for a, b in content)
