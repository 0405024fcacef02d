"""Who did the deed that a killing is told to have happened in: 'tués dans des raids israéliens', 'lors de heurts avec les rebelles'."""

from __future__ import annotations

from reportedly.annotate.entities import DOERS, GROUPS, Stage
from reportedly.rules import Entry

# So far behind the words for the killing the deed may stand, and so many tokens from its preposition.
FAR = 14
NEAR = 4
# So far behind the participle stands whom a deed is laid to.
LAID = 12
# What a noun for a deed may tell that is no deed but its outcome.
OUTCOMES = frozenset(("death", "injury", "casualties", "corpse", "losses"))


def nationality(stage: Stage, number: int | None) -> bool:
    """Return whether an entity is no more than the adjective that says whose a deed or weapon is ('une frappe russe')."""
    if number is None or not stage.usable(number):
        return False
    first, last = stage.entities.tokens[number]
    entity = stage.entities.found[number]
    listed = stage.lang.lexicon("actor_nouns").match(stage.text, first)
    return entity.kind == "state-force" and ".actor_nouns:" in entity.by and last == first + 1 and listed is None


def within(stage: Stage, victims: list[int]) -> list[int]:
    """Return who did the deed named behind a word such as 'dans' or 'lors de': its nationality, 'de X', and 'avec X' of a fight."""
    words = stage.words("within")
    high = min(stage.sentence[1], stage.trigger.last + FAR)
    for i in range(stage.trigger.last, high):
        if stage.text.words[i] in ";:" or i in stage.others or stage.syntax.morph[i].get("VerbForm") == "Fin":
            break
        if stage.text.norms[i] in words:
            found = [n for n in _of_deed(stage, i + 1) if not _same_side(stage, n, victims)]
            if found:
                return stage.widened(found)
    return []


def _of_deed(stage: Stage, start: int) -> list[int]:
    """Return whose the deed is that the phrase at ``start`` names, where it names one."""
    deeds = stage.lang.lexicon("trigger_noun")
    before = stage.lang.settings.get("roles", {}).get("owner_first")
    leading: list[int] = []
    i = start
    while i < min(start + NEAR, stage.text.size):
        found = deeds.match(stage.text, i)
        if found and found[1].get("type") == "ASSAULT":
            return [] if found[1].get("as") in OUTCOMES else _owner(stage, *found) or leading
        number = stage.entities.starts.get(i) if before else None
        if number is not None and stage.usable(number) and stage.entities.found[number].kind in GROUPS:
            # 'in an Israeli strike', 'in the army's shelling'
            leading, i = [number], stage.entities.tokens[number][1]
            i += i < stage.text.size and stage.text.norms[i] in stage.words("of")
            continue
        if stage.syntax.pos[i] not in ("DET", "NUM", "ADJ", "ADP", "NOUN"):
            break
        i += 1
    return []


def _owner(stage: Stage, at: int, deed: Entry) -> list[int]:
    """Return who is named behind the words for a deed that end at ``at``, adjectives stepped over: behind 'de', of a fight also 'avec'."""
    ties = stage.words("of") | (stage.words("with") if deed.get("as") == "clash" else frozenset())
    for i in range(at, min(at + NEAR, stage.text.size)):
        number = stage.entities.starts.get(i)
        if nationality(stage, number):
            return [number] if number is not None else []
        if stage.text.norms[i] in ties:
            contracted = [number] if number is not None and stage.usable(number) else []
            behind = contracted or stage.behind_preposition(i + 1)
            return [n for n in behind if stage.entities.found[n].kind in GROUPS]
        if stage.syntax.pos[i] != "ADJ" and stage.text.words[i] not in '»"”':
            break
    return []


def wielding(stage: Stage, subjects: list[int]) -> list[int]:
    """Return the subjects, for arms and planes whose they are said to be: 'the army's jets bombed a village'."""
    entities = stage.entities

    def holders(number: int) -> list[int]:
        inside = entities.starting(*entities.tokens[number]) if stage.weapon(number) else []
        return [n for n in inside if entities.found[n].kind in GROUPS and n != number]

    return [n for number in subjects for n in (holders(number)[:1] or [number])]


def _same_side(stage: Stage, number: int, victims: list[int]) -> bool:
    """Return whether an entity is one of those it befell, or of their side: a patrol in whose ambush soldiers died set none."""
    who = stage.entities.found[number]
    others = [stage.entities.found[n] for n in victims]
    return any(
        (who.name and who.name == e.name) or ("state-force" == who.kind == e.kind and who.name is None) for e in others
    )


def laid_to(stage: Stage, participle: int) -> list[int]:
    """Return whom a deed is laid to behind a participle that says so: 'attribuée (par l'armée) aux jihadistes', 'blamed on rebels'."""
    for i in range(participle + 1, min(participle + LAID, stage.sentence[1])):
        if stage.text.words[i] in ";:" or i in stage.others:
            break
        if stage.text.norms[i] in stage.words("to"):
            found = [n for n in stage.behind_preposition(i + 1) if stage.entities.found[n].kind in DOERS]
            if found:
                return found
    return []


def committed(stage: Stage) -> bool:
    """Return whether a verb before the noun says that the deed was done: 'carried out killings', but not 'mourned the killing'."""
    context, first = stage.lang.lexicon("trigger_context"), stage.trigger.first
    near = range(max(stage.sentence[0], first - 4), first)
    found = (entry for i in near for _, entry in context.matches(stage.text, i))
    return any("commit" in entry.get("class").split(",") for entry in found)


def sides(stage: Stage) -> list[int]:
    """Return both sides of a fight: 'des combats opposant l'ELN au Clan du Golfe', 'clashes pitting the army against rebels'."""
    last = stage.trigger.last
    at = next(
        (i for i in range(last, min(last + 3, stage.text.size)) if stage.text.norms[i] in stage.words("opposing")), None
    )
    one = stage.behind_preposition(at + 1) if at is not None else []
    if not one:
        return []
    end = stage.entities.tokens[one[0]][1]
    ties = stage.words("to") | stage.words("against")
    near = range(end, min(end + 3, stage.text.size))
    i = next((i for i in near if stage.text.norms[i] in ties or i in stage.entities.starts), None)
    other = (
        None
        if i is None
        else [stage.entities.starts[i]]
        if i in stage.entities.starts
        else stage.behind_preposition(i + 1)
    )
    return [*one, *(n for n in other or () if stage.usable(n) and n not in one)]
