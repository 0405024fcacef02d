"""Passives and participles: accused, said to, reported that, announced by."""

from __future__ import annotations

import msgspec

from reportedly.find.sources import clauses, making, objects, phrases, scopes
from reportedly.find.sources.model import Attribution, Context, Tokens, VerbGroup


def accused(context: Context, group: VerbGroup) -> Attribution | None:
    """'est accusé (par l'ONU) de recruter', 'attribuée par les autorités au groupe Boko Haram'."""
    limit = making.limit(context, group)
    agent = phrases.agent(context, group.last, limit)
    at = objects.of_what(context, agent[1] if agent else group.last, limit)
    if agent:
        agent, at = _parted(context, agent, at)
    if group.entry.get("np") or (group.entry.get("laid") and at is None):
        return _attributed(context, group, limit)
    if at is None:
        return None
    end = _participle_end(context, group, at, limit)
    return making.make(context, group, source=agent, content=((at, end),), frame="accused", act="accuse")


def _parted(context: Context, agent: Tokens, at: int | None) -> tuple[Tokens, int | None]:
    """Return the agent without the deed the parse hangs on it: 'par l'opposition | de fraude', 'by the rebels | of spying for the army'."""
    words = context.settings.get("of", [])
    places = [i for i in range(agent[1] - 1, agent[0] + 1, -1) if context.text.norms[i] in words]
    deed = next((i for i in places if objects.verbal(context, i + 1, agent[1])), None)
    if deed is None and at is None:
        deed = next(iter(places), None)
    return ((agent[0], deed), deed + context.bare_clauses) if deed is not None else (agent, at)


def _participle_end(context: Context, group: VerbGroup, start: int, limit: int) -> int:
    if group.passive:
        return clauses.end_of_clause(context, group, start, limit)
    comma = next((i for i in range(start, limit) if context.text.words[i] == "," and context.quote(i) is None), limit)
    return clauses.main_verb(context, start, comma)


def _attributed(context: Context, group: VerbGroup, limit: int) -> Attribution | None:
    """'Le massacre est attribué aux ADF (par X)', 'the attack was blamed on Y': what happened and whom it is laid to are the content."""
    if not group.passive:
        return None
    agent, to = _agent_and_accused(context, group, limit)
    head = phrases.subject(context, group.head, context.sentence(group.head)[0])
    if head is None or (agent is None and to is None):
        return None
    subject = phrases.noun_phrase(context, head, context.sentence(group.head)[0], group.first)
    if not scopes.tells(context, *subject):
        return None
    content = (subject, to) if to is not None else (subject,)
    return making.make(context, group, source=agent, content=content, frame="attributed", act="accuse")


def _agent_and_accused(context: Context, group: VerbGroup, limit: int) -> tuple[Tokens | None, Tokens | None]:
    """Return who attributes and to whom, in either order: 'par les autorités à Boko Haram', 'aux ADF par la société civile'."""
    end = next(
        (
            i
            for i in range(group.last, limit)
            if context.is_verb(i) or context.text.words[i] in ",;:" or context.is_(i, "rel")
        ),
        limit,
    )
    by = next((i for i in range(group.last, end) if context.is_(i, "by")), None)
    laid = group.entry.get("laid")
    to = next(
        (i for i in range(group.last, end) if (context.text.norms[i] == laid if laid else context.is_(i, "addressee"))),
        None,
    )
    agent = phrases.phrase_after(context, by + 1, to if to is not None and to > by else end) if by is not None else None
    accused = (to, by if by is not None and by > to else end) if to is not None else None
    return agent, accused


def passive(context: Context, group: VerbGroup) -> Attribution | None:
    """'Il a été rapporté que', 'is said to have left', 'had been announced by', 'has not been confirmed'."""
    act = making.act_of(group)
    if act is None or context.syntax is None:
        return None
    act = group.entry.get("passive") or act  # type: ignore[assignment]
    limit = making.limit(context, group)
    first = context.sentence(group.head)[0]
    agent = phrases.agent(context, group.last, limit)
    at = clauses.that_token(context, group, limit)
    head = phrases.subject(context, group.head, first)
    if at is not None:
        impersonal = head is None or context.is_(head, "impersonal")
        source = (
            agent
            if impersonal
            else agent
            or (
                phrases.noun_phrase(context, head, first, group.first)
                if head is not None and act == "believe"
                else None
            )
        )
        wide = msgspec.structs.replace(group, first=head) if impersonal and head is not None and not agent else group
        act = "hearsay" if impersonal and not agent and act in ("assert", "believe", "announce") else act
        return making.make(
            context,
            wide,
            source=source,
            content=((at, clauses.end_of_clause(context, group, at, limit)),),
            frame="passive-that",
            act=act,
        )
    after = context.adverb_end(agent[1] if agent else group.last, limit)
    if head is None:
        return None
    subject = phrases.noun_phrase(context, head, first, group.first)
    if group.entry.get("perfect") == "1" and context.form(after) == "Inf":
        if not (context.is_(after, "aux") and context.form(after + 1) == "Part"):
            # 'les élèves sont supposés arriver à huit heures' tells a duty, no report.
            return None
        return making.make(
            context, group, source=agent, content=(subject, (after, limit)), frame="passive-to", act="hearsay"
        )
    if after < limit and context.is_(after, "to") and after + 1 < limit and clauses.is_infinitive(context, after + 1):
        if {act, group.entry.get("de")} & {"demand", "ask"}:
            end = clauses.end_of_infinitive(context, group, after, limit)
            return making.make(
                context, group, source=agent, content=((after, end),), frame="passive-demand", act="demand"
            )
        return making.make(
            context, group, source=agent, content=(subject, (after, limit)), frame="passive-to", act="hearsay"
        )
    pointing = context.opens(subject[0], "pointing") == subject[1]
    if agent is not None and not pointing and _names_what(group) and scopes.tells(context, *subject):
        return making.make(context, group, source=agent, content=(subject,), frame="passive-by", act=act)
    return None


def _names_what(group: VerbGroup) -> bool:
    """Return whether the verb says a thing by its name: 'l'attaque a été lancée par X' was not said by X."""
    return bool(group.entry.get("np")) or not (group.entry.get("weak") or making.refuses(group, "participle"))


def reduced(context: Context, group: VerbGroup) -> Attribution | None:
    """'des 17 morts annoncés hier par les élus', 'soutien documenté par des experts': a participle behind its noun."""
    act = making.act_of(group)
    if (
        act is None
        or context.syntax is None
        or not _names_what(group)
        or group.entry.get("act") in ("demand", "promise", "threaten")
    ):
        return None
    limit = making.limit(context, group)
    agent = phrases.agent(context, context.adverb_end(group.last, limit), limit)
    first = context.sentence(group.head)[0]
    head = phrases.nominal_before(context, group.first, first)
    if agent is None and group.entry.get("raised") == "1" and context.is_(group.last, "to"):
        return _said_of(context, group, limit)
    if agent is None or head is None:
        return None
    content = phrases.noun_phrase(context, head, first, group.first)
    if not scopes.tells(context, *content):
        return None
    act = group.entry.get("passive") or act  # type: ignore[assignment]
    return making.make(context, group, source=agent, content=(content,), frame="participle", act=act)


def _said_of(context: Context, group: VerbGroup, limit: int) -> Attribution | None:
    """'Men believed to be rebels | attacked Sake': what nobody named says of them ends with the participle's own clause."""
    end = _participle_end(context, group, group.last, limit)
    return making.make(context, group, source=None, content=((group.last, end),), frame="passive-to", act="hearsay")
