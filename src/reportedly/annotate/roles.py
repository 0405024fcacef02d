"""Who did it and to whom: from the parse around a trigger, and from its neighbours where the parse is silent."""

from __future__ import annotations

from reportedly.annotate import doers, fronted, joined
from reportedly.annotate.entities import DOERS, GROUPS, Entities, Stage
from reportedly.annotate.naming import NEAR, after, behind_word, named_behind, named_by
from reportedly.find.sources import Attribution
from reportedly.subjects import behind_participle, contact, subject

BEFALLEN = ("civilians", "person", "armed-group", "state-force")
SUFFERED = {"abduct", "sexual", "arrest", "torture", "beat"}
# Of what is done to somebody, who is said to have done it is no more than the verb says.
DEEDS = frozenset(("ASSAULT", "COERCE"))


def of_trigger(stage: Stage) -> tuple[list[int], list[int]]:
    """Return the actors and recipients of a trigger, as indexes of entities: of its own words, and whom it is told to have killed."""
    actors, recipients = _of_noun(stage) if stage.trigger.pos == "noun" else _of_verb(stage)
    if stage.trigger.type == "ASSAULT" and not stage.trigger.is_state:
        recipients = [*recipients, *(n for n in _befallen(stage) if n not in recipients and n not in actors)]
    return actors, recipients


def _befallen(stage: Stage) -> list[int]:
    """Return whom a deed killed or hurt, where that is told behind it: 'shelled a market, killing 20 people', 'tuant six civils'."""
    results = stage.words("results")
    high = stage.sentence[1]
    found: list[int] = []
    told = not results.isdisjoint(stage.text.norms[stage.trigger.last : high])
    for i in range(stage.trigger.last, high) if told else ():
        if i in stage.others or stage.text.words[i] in ";:":
            break
        if stage.text.norms[i] in results:
            # 'a causé la mort de 17 soldats': the noun has its preposition
            start = i + 1 + (stage.text.norms[min(i + 1, high - 1)] in stage.words("of"))
            found += [n for n in after(stage, start) if stage.entities.found[n].kind in BEFALLEN and n not in found]
    return stage.widened(found) + _included(stage)


def _included(stage: Stage) -> list[int]:
    """Return whom a comma behind the verb adds: 'neuf personnes ont été tuées, dont une femme'."""
    i = stage.trigger.last
    joined = (
        i + 1 < stage.text.size and stage.text.words[i] == "," and stage.text.norms[i + 1] in stage.words("including")
    )
    return after(stage, i + 2) if joined else []


def _of_verb(stage: Stage) -> tuple[list[int], list[int]]:
    trigger = stage.trigger
    subjects = _subjects(stage)
    objects = [n for n in _objects(stage) if n not in subjects]
    if trigger.is_state:
        return _of_state(stage, subjects), []
    if not (trigger.sense == "intercept" or "destroy" in trigger.modes or trigger.type == "COERCE"):
        # Arms are what strikes, unless they are what is shot down, blown up or seized.
        objects = [n for n in objects if not stage.weapon(n)]
    if trigger.type in ("MOBILIZE", "PROTEST") and trigger.voice == "passive":
        return subjects or objects, []
    if trigger.type == "MOBILIZE":
        return subjects, []
    if trigger.voice == "passive":
        hit = trigger.sense == "intercept" or "destroy" in trigger.modes or trigger.type == "COERCE"
        undergone = [n for n in subjects if hit or not stage.weapon(n)] or objects
        return _agents(stage) or _of_circumstance(stage, undergone), undergone
    if trigger.frame == "undergo":
        undergone = [n for n in subjects if not stage.weapon(n)]
        undergone += [n for n in objects if n not in undergone and not doers.nationality(stage, n)]
        if trigger.territory == "gained":
            # Ground is taken from somebody and befalls no place; 'fell to the rebels' says who has it.
            undergone = [n for n in undergone if stage.entities.found[n].kind in GROUPS]
            holders = [n for n in behind_word(stage, "to") if stage.entities.found[n].kind in GROUPS]
            takers = _agents(stage) or holders
            return takers, [n for n in undergone if n not in takers]
        return _agents(stage) or _of_circumstance(stage, undergone), undergone
    if trigger.frame == "move" and trigger.sense == "clash":
        # 'Protesters clashed with police': both sides fought.
        return [*subjects, *(n for n in stage.widened(behind_word(stage, "fought")) if n not in subjects)], []
    if trigger.frame == "move":
        hit = trigger.type == "ASSAULT" and not trigger.territory and all(stage.weapon(n) for n in subjects)
        return subjects, behind_word(stage, "against") if hit else []
    if trigger.type == "AID":
        objects = behind_word(stage, "to") or objects
    elif trigger.territory == "gained":
        rivals = [n for n in behind_word(stage, "from") if stage.entities.found[n].kind in GROUPS]
        objects = rivals or [n for n in objects if stage.entities.found[n].kind in GROUPS]
    actors = _of_its_deed(stage) or doers.wielding(stage, subjects) or shared(stage)
    return actors, objects or aimed_at(stage) or _ahead(stage)


def aimed_at(stage: Stage) -> list[int]:
    """Return whom a deed without an object is aimed at: 'opened fire on a bus', 'set fire to a hospital'."""
    burnt = stage.trigger.pos == "phrase" and "destroy" in stage.trigger.modes
    return behind_word(stage, "against") or (behind_word(stage, "to") if burnt else [])


def _ahead(stage: Stage) -> list[int]:
    """Return the object that a verb shares with the one joined to it ('arming and supporting the M23')."""
    return stage.widened([n for head in joined.objects(stage) for n in named_by(stage, head)])


def shared(stage: Stage) -> list[int]:
    """Return the subject of the deed told before, for a verb joined to it that the parse gives none ('ont incendié X et emporté Y')."""
    i = stage.trigger.group - 1
    low, _ = stage.sentence
    if (
        i < low
        or stage.text.norms[i] not in stage.words("joins")
        or stage.trigger.tense not in ("part", "past", "perfect")
    ):
        return []
    earlier = max((h for h in stage.others if low <= h < i and stage.inside(h)), default=None)
    head = subject(stage.syntax, earlier) if earlier is not None else None
    return stage.widened(named_by(stage, head)) if head is not None and stage.inside(head) else []


def _of_its_deed(stage: Stage) -> list[int]:
    """Return whose the deed is said to be that is the subject: 'L'attaque, revendiquée par l'EI, a tué dix soldats'."""
    if stage.trigger.type != "ASSAULT":
        return []
    verb = stage.trigger.head if stage.trigger.pos != "noun" else stage.syntax.head[stage.trigger.head]
    head = subject(stage.syntax, verb)
    if head is None or head >= stage.trigger.first:
        return []
    number = stage.entities.at(head)
    if number is not None and not stage.weapon(number):
        return []
    if number is None and not stage.lang.lexicon("trigger_noun").match(stage.text, head):
        return []
    behind = named_behind(stage, "by", head + 1, stage.trigger.group) or _carried_out(stage, head)
    return stage.widened([n for n in behind if stage.entities.found[n].kind in DOERS])


def _carried_out(stage: Stage, deed: int) -> list[int]:
    """Return who is told to have done a deed in a clause that hangs on its noun: 'L'attaque | que l'armée a menée | a tué dix civils'."""
    for verb in stage.syntax.children[deed]:
        does = stage.syntax.dep[verb].startswith("acl") and any(
            _is(stage, verb, c) for c in ("does", "commit", "light")
        )
        own = [c for c in stage.syntax.children[verb] if stage.syntax.dep[c] == "nsubj" and c < verb] if does else []
        if own and stage.syntax.morph[own[0]].get("PronType") != "Rel":
            return named_by(stage, own[0])
    return []


def _of_circumstance(stage: Stage, undergone: list[int]) -> list[int]:
    """Return who did the deed in which somebody was killed or hurt: 'tués dans une frappe russe'."""
    hurt = stage.trigger.type == "ASSAULT" and not stage.trigger.territory
    return doers.within(stage, undergone) if hurt else []


def _of_state(stage: Stage, subjects: list[int]) -> list[int]:
    """Return who holds a place: behind 'par' or 'de', else the subject of an active verb."""
    if _before_a_place(stage):
        # 'In occupied Palestine, fighters clashed' says nothing of who holds it.
        return []
    if stage.trigger.who in ("par", "de") or stage.trigger.voice == "passive":
        return _agents(stage) or [n for n in _adjacent(stage) if stage.usable(n)]
    holders = [n for n in subjects if stage.entities.found[n].kind in DOERS]
    return holders or [n for n in _holders(stage) if stage.entities.found[n].kind in DOERS]


def _before_a_place(stage: Stage) -> bool:
    """Return whether a participle stands as an adjective behind a preposition or article: 'in occupied Palestine'."""
    i, syntax = stage.trigger.group, stage.syntax
    return (
        i > 0
        and i == stage.trigger.first
        and stage.trigger.tense in ("past", "part")
        and syntax.pos[i - 1] in ("ADP", "DET")
        and syntax.morph[i].get("VerbForm") == "Part"
    )


def _subjects(stage: Stage) -> list[int]:
    relative = _of_relative(stage)
    if relative is None:
        relative = fronted.subject(stage)
    if relative is not None:
        return stage.widened([relative])
    if _set_off(stage):
        number = stage.entities.ends.get(stage.trigger.first - 1)
        return [number] if number is not None and stage.usable(number) else []
    head = subject(stage.syntax, stage.trigger.head)
    numbers = named_by(stage, head) if head is not None and stage.inside(head) and not _in_heading(stage, head) else []
    if not numbers:
        numbers = (shared(stage) if stage.trigger.voice == "active" else []) or _before(stage)
    return stage.widened(numbers)


def _set_off(stage: Stage) -> bool:
    """Return whether a bare passive participle stands behind a comma: it speaks of the name before it ('El-Obeid, encerclée')."""
    trigger, i = stage.trigger, stage.trigger.first
    bare = trigger.voice == "passive" and trigger.group == i
    return bare and i > 1 and stage.text.words[i - 1] == "," and stage.syntax.pos[i - 2] in ("NOUN", "PROPN", "ADJ")


def _of_relative(stage: Stage) -> int | None:
    """Return the entity right before the relative pronoun of the verb ('Daesh qui ouvre le feu'), however the parse hangs it."""
    for i in range(stage.trigger.group - 1, max(0, stage.trigger.group - 4) - 1, -1):
        if stage.syntax.morph[i].get("PronType") == "Rel" and stage.syntax.dep[i].startswith("nsubj"):
            at = i - (stage.text.words[i - 1] == ",")
            number = stage.entities.ends.get(at)
            return number if stage.usable(number) else None
        if stage.syntax.pos[i] in ("NOUN", "PROPN", "PUNCT"):
            return None
    return None


def _in_heading(stage: Stage, token: int) -> bool:
    """Return whether ``token`` stands before a colon that opens the trigger's clause ('Syrie : le Hezbollah avance')."""
    return ":" in stage.text.words[token : stage.trigger.first]


def _before(stage: Stage) -> list[int]:
    """Return the entity right before the verb group, where the parse gave no subject: adverbs and brackets stepped over."""
    i = min(stage.trigger.group, stage.trigger.first) - 1
    low = stage.sentence[0]
    steps = 0
    while i >= low and steps < NEAR and stage.text.words[i] not in ";:.":
        number = stage.entities.ends.get(i + 1)
        if number is not None:
            before = stage.entities.tokens[number][0] - 1
            if i == before + 1 and stage.text.norms[i] in stage.words("clitics"):
                i, steps = i - 1, steps + 1
                continue
            preposition = before >= low and stage.syntax.pos[before] == "ADP"
            return [number] if stage.usable(number) and not preposition else []
        if (aged := stage.before_age(i)) < i:
            i, steps = aged, steps + 1
            continue
        if stage.syntax.pos[i] not in ("ADV", "PRON", "AUX", "PART", "ADJ") and stage.text.words[i] not in ",)":
            return []
        i, steps = i - 1, steps + 1
    return []


def _objects(stage: Stage) -> list[int]:
    """Return the objects of the verb, else the entity right behind it (numbers and modifiers stepped over)."""
    clitics = stage.words("clitics")
    written = [
        stage.entities.starts.get(i)
        for i in range(stage.trigger.group - 1, stage.trigger.first)
        if i >= 0
        and stage.text.norms[i] in clitics
        and not stage.syntax.dep[i].startswith("nsubj")
        # 'ont à leur tour attaqué': no pronoun
        and stage.syntax.pos[i] != "DET"
        and not stage.again(i)
    ]
    numbers = [n for n in written if n is not None]
    if not numbers:
        head = stage.trigger.head
        behind = [c for c in stage.syntax.children_with(head, "nsubj") if behind_participle(stage.syntax, c, head)]
        objects = [*stage.syntax.children_with(head, "obj", "iobj"), *behind]
        # Behind its own object and another verb stands that verb's: 'ont incendié un quartier et arrêté trente hommes'.
        objects = [c for c in objects if not any(objects[0] < i < c for i in stage.others)]
        objects = [c for c in objects if not stage.again(c)]
        numbers = [n for c in objects for n in named_by(stage, c)]
    told_of = contact(stage.syntax, stage.trigger.head) if not numbers else None
    if told_of is not None and stage.trigger.voice == "active":
        numbers = named_by(stage, told_of)
    elif not numbers and (stage.trigger.pos == "verb" or stage.trigger.sense == "intercept"):
        numbers = after(stage, stage.trigger.last)
    return stage.widened(numbers)


def _agents(stage: Stage) -> list[int]:
    """Return who is named behind 'par' or 'by': among the dependents, else the next one in the clause."""
    passive = stage.trigger.voice == "passive" and stage.trigger.pos != "noun"
    kinds = (*DOERS, "civilians") if passive else DOERS
    behind = [n for n in behind_word(stage, "by") if stage.entities.found[n].kind in kinds]
    if not behind and stage.trigger.pos == "phrase":
        # 'Eleven guards held hostage' names no captor.
        near = [n for n in _adjacent(stage) if stage.entities.tokens[n][0] >= stage.trigger.last]
        behind = [n for n in near if stage.usable(n) and stage.entities.found[n].kind in DOERS]
    return stage.widened(behind)


def _of_noun(stage: Stage) -> tuple[list[int], list[int]]:
    """Return the roles around a noun: 'tirs de Daesh' names who, 'attaque d'un village' whom, 'contre' and 'par' say so."""
    found = stage.entities.found
    if _said_of(stage, "suffers"):
        whose = [n for n in _adjacent(stage) if stage.usable(n) and found[n].kind in GROUPS]
        return behind_word(stage, "by") or whose, stage.widened(_governing_subject(stage))
    if sides := doers.sides(stage):
        return sides, []
    owners = [n for n in _adjacent(stage) if stage.usable(n)]
    suffered = (
        stage.trigger.sense in ("death", "injury", "killing")
        or stage.trigger.frame == "undergo"
        or bool(SUFFERED & set(stage.trigger.modes))
    )
    owning = [n for n in owners if found[n].kind in DOERS and not suffered]
    victims = [n for n in owners if n not in owning and not stage.weapon(n)]
    written = stage.entities.starts.get(stage.trigger.last) if stage.trigger.last < stage.sentence[1] else None
    if written is not None and doers.nationality(stage, written):
        owning = owning if suffered or written in owning else [written, *owning]
    elif written is not None and stage.usable(written) and written not in owners and not _opens_clause(stage, written):
        # A verbal noun takes its object without a preposition: 'denied shelling the village'.
        victims = [written, *victims]
    actors = [n for n in behind_word(stage, "by") if found[n].kind in DOERS] or owning or _of_its_deed(stage)
    if stage.trigger.type in ("AID", "SUPPORT") or _said_of(stage, "inflicts"):
        victims = behind_word(stage, "to") or victims
    if suffered and not victims:
        victims = behind_word(stage, "among")
    if suffered and not actors and not (stage.trigger.sense == "killing" and doers.committed(stage)):
        actors = _of_circumstance(stage, victims)
    elif not actors:
        # who commemorated a massacre or examined an attack did nothing of it
        doer = _governing_subject(stage, doing=stage.trigger.type in DEEDS)
        actors = [n for n in doer if found[n].kind in DOERS and n not in victims]
    return stage.widened(actors), stage.widened(behind_word(stage, "against") or victims)


def _opens_clause(stage: Stage, number: int) -> bool:
    """Return whether an entity right behind a noun is the subject of what is told of it: 'an attack | it blamed on the rebels'."""
    first, last = stage.entities.tokens[number]
    return any(stage.syntax.dep[i].startswith("nsubj") and stage.syntax.head[i] >= last for i in range(first, last))


def _said_of(stage: Stage, name: str) -> bool:
    """Return whether a word of a list leads to the noun: 'fait l'objet de tirs', 'victimes d'une attaque', 'infliger un revers'."""
    words = stage.words(name)
    return any(stage.text.norms[i] in words for i in range(max(0, stage.trigger.first - 4), stage.trigger.first))


def _governing_subject(stage: Stage, *, doing: bool = False) -> list[int]:
    """Return the subject of the verb whose object the noun is ('a décrété un couvre-feu', 'ont lancé une offensive').

    ``doing``: only of a verb that says that its subject did what its object names.
    """
    syntax, head = stage.syntax, stage.trigger.head
    for _ in range(2):
        verb = syntax.head[head]
        if (
            syntax.pos[verb] == "VERB"
            and syntax.dep[head].startswith(("obj", "obl:arg", "xcomp"))
            and verb not in stage.others
        ):
            if _is(stage, verb, "judge") or (doing and not _is(stage, verb, "does")):
                return []
            found = subject(syntax, verb)
            return (
                named_by(stage, found)
                if found is not None and found != stage.trigger.head and stage.inside(found)
                else []
            )
        if verb == head or not syntax.dep[head].startswith("nmod"):
            return []
        head = verb
    return []


def _is(stage: Stage, verb: int, name: str) -> bool:
    """Return whether a verb is of a class of ``trigger_context``.

    ``judge``: what somebody thinks of a deed or saw of it ('called the attack cowardly'); ``does``: that they did it.
    """
    found = stage.lang.lexicon("trigger_context").matches(stage.text, verb)
    return any(name in entry.get("class").split(",") for _, entry in found)


def _adjacent(stage: Stage) -> list[int]:
    """Return the entities of a noun's own phrase: behind 'de', before "'s", or as its modifier ('a JN ambush')."""
    trigger, text = stage.trigger, stage.text
    of = stage.words("of")
    for i in range(trigger.last, min(trigger.last + 3, text.size)):
        if text.norms[i] in of:
            # 'des paramilitaires' is one name, its preposition written into the article.
            contracted = stage.entities.starts.get(i)
            return [contracted] if contracted is not None else stage.behind_preposition(i + 1)
        if stage.syntax.pos[i] != "ADJ" and text.words[i] not in '»"”':
            break
    i = trigger.first - 1
    if i >= 0 and text.norms[i] in ("'s", "'"):
        i -= 1
    number = stage.entities.ends.get(i + 1) if i >= 0 else None
    return [number] if number is not None and number != stage.entities.at(trigger.first) else []


def _holders(stage: Stage) -> list[int]:
    """Return who holds a place when the subject is the place: 'entre nos mains', 'aux mains de'."""
    # a long name, or one with its letters in brackets behind it, may end further away than it begins
    near = range(stage.trigger.first, min(stage.trigger.last + 5, stage.text.size))
    starts = [(i, stage.entities.starts[i]) for i in near if i in stage.entities.starts]
    return [n for i, n in starts if stage.entities.cover.get(i) == n][:1]


def speaker(entities: Entities, attribution: Attribution) -> list[int]:
    """Return whom a source speaks for: the group its words name ('un porte-parole de Jaïch al-Fatah'), else the source itself."""
    if attribution.source is None:
        return []
    first, last = attribution.source
    inside = [n for n in entities.starting(first, last) if entities.tokens[n][1] <= last + 1]
    # What stands behind a comma tells more of who says: 'the Front, an umbrella of rebel groups'.
    comma = next((i for i in range(first, last) if entities.text.words[i] == ","), last)
    inside = [n for n in inside if entities.tokens[n][0] < comma] or inside
    groups = [n for n in inside if entities.found[n].kind in GROUPS]
    narrow = sorted(groups or inside, key=lambda n: entities.tokens[n][1] - entities.tokens[n][0])
    return narrow[:1]
