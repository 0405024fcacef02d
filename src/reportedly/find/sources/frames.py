"""Frames of verbs of saying: which one a verb takes, who says it, what the attribution is."""

from __future__ import annotations

from dataclasses import replace

from reportedly.find.sources import clauses, incises, making, objects, passives, who
from reportedly.find.sources.model import Attribution, Context, Tokens, VerbGroup


def attributions(context: Context, groups: list[VerbGroup]) -> list[Attribution]:
    """Return what the verbs of saying give, at most one attribution a verb, in text order."""
    found: list[Attribution] = []
    heads = {group.head: group for group in groups}
    for group in groups:
        if attribution := _read(context, group, heads, found):
            found.append(attribution)
    return found


def _read(
    context: Context, group: VerbGroup, heads: dict[int, VerbGroup], before: list[Attribution]
) -> Attribution | None:
    if group.entry.get("act") == "accuse" and (group.passive or group.mood == "part"):
        return passives.accused(context, group)
    if group.passive:
        return passives.passive(context, group)
    if group.mood == "part":
        return passives.reduced(context, group)
    act = making.act_of(group)
    if act is None:
        return None
    if group.mood == "inf" and not _asserts(context, group):
        return None
    for frame in (
        clauses.as_somebody_says,
        clauses.that,
        incises.incise,
        clauses.bare_that,
        objects.accuse,
        objects.demand,
        clauses.infinitive,
        incises.colon,
        objects.object_,
    ):
        made = frame(context, group)
        if made is None:
            continue
        content, name, reach = made
        source, inferred = who.source(context, group, before, inverted=name == "incise")
        if source is None and not inferred and group.mood != "fin":
            return None
        if reach is not None:
            source = reach
        if source is not None and _overlaps(source, content):
            source = None
        if (
            source is not None
            and group.pronoun is None
            and source[1] - source[0] == 1
            and context.is_(source[0], "impersonal")
            and name in ("that", "object")
            and context.text.norms[source[0]] in context.lang.settings["sources"].get("nobody", [])
        ):
            wide = replace(group, first=min(group.first, source[0]))
            return making.make(context, wide, source=None, content=content, frame="nobody", act="hearsay")
        if source is None or _first_person(context, source) or _only_a_toll(context, source):
            return None
        return making.make(
            context,
            group,
            source=source,
            content=content,
            frame=name,
            act="show" if name == "show" else act,
            inferred=inferred,
        )
    return None


def _asserts(context: Context, group: VerbGroup) -> bool:
    """Return whether an infinitive is a saying that took place: 'vient d'annoncer', 'ont manifesté pour réclamer'."""
    first = context.sentence(group.head)[0]
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
    kinds = [
        e.get("kind") for i in range(*source) for _, e in context.lang.lexicon("source_nouns").matches(context.text, i)
    ]
    return bool(kinds) and kinds[0] == "toll" and not any(k not in ("toll", "never") for k in kinds)


def _overlaps(source: Tokens, content: tuple[Tokens, ...]) -> bool:
    return any(a < source[1] and source[0] < b for a, b in content)
