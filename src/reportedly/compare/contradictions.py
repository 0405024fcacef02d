"""What the claims of one happening contradict each other on: figures, who did it, to whom, who holds it, with what, whether at all.

A contradiction is a pair of claims and a field. Claims alike on the field within one report are one voice, told by the fullest of
them; a title that says what its report says again, and what a copy took over unchanged, are no voices at all.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from reportedly import pointing
from reportedly.compare import figures, updates, victims
from reportedly.compare.told import TOGETHER, Told, named, sort_of
from reportedly.counting import CIVILIANS
from reportedly.group import facts, likeness, names
from reportedly.reasons import say
from reportedly.records import COUNTED, TOLLS, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from reportedly.counting import Counted
    from reportedly.records import Claim, Quantity


def find(claims: Iterable[Told]) -> tuple[Comparison, ...]:
    """Return the contradictions among the claims of one happening, sorted by field."""
    told = [each for each in claims if each.claim.repeats is None]
    found = [*_figures(told), *_denials(told), *_actors(told), *_territory(told), *_recipients(told)]
    unique = {
        (c.field, *sorted([(c.left.document, c.left.claim), (c.right.document, c.right.claim)])): c for c in found
    }
    return tuple(unique[key] for key in sorted(unique))


def _voices(told: Iterable[Told], value: Callable[[Told], Hashable]) -> list[Told]:
    """Return one claim for each report and value, the fullest, titles only where the report does not say it again."""
    best: dict[tuple[str, Hashable], Told] = {}
    for each in told:
        key = each.document.id, value(each)
        if key not in best or _rank(each) > _rank(best[key]):
            best[key] = each
    return sorted(best.values(), key=lambda each: (each.document.id, each.claim.content.start, each.claim.id))


def _rank(told: Told) -> tuple[bool, tuple[int, int], str]:
    return not told.in_title, told.weight, told.claim.id


def _pair(left: Told, right: Told, field: str, reason: str) -> Comparison:
    return Comparison(left=left.ref, right=right.ref, field=field, verdict="contradicts", reason=reason)


# --- figures -----------------------------------------------------------------------------------------------------------------------


def _figures(told: list[Told]) -> Iterator[Comparison]:
    real = [each for each in told if not each.facts.negative and not each.facts.unreal]
    for kind in COUNTED:
        with_figure = _without_titles([each for each in real if each.figure(kind)], kind)
        voices = _voices(with_figure, lambda each, kind=kind: _value(each, kind))  # type: ignore[misc]
        later = updates.find(real, kind)
        for left, right in combinations(voices, 2):
            pair = next((pair for pair in comparable(left, right, kind) if figures.excludes(*pair)), None)
            if pair and not updates.moves((left, pair[0]), (right, pair[1]), later):
                yield _pair(left, right, kind, figures.verdict(*pair)[1])
        yield from _none_at_all(told, voices, kind)


def _value(told: Told, kind: str) -> tuple[object, ...]:
    figures_ = tuple((e.quantity.low, e.quantity.best, e.quantity.high, named(_whose(e))) for e in told.counted(kind))
    return figures_, named(names.named(told.facts.recipients))


def _without_titles(told: list[Told], kind: str) -> list[Told]:
    """Return the claims without those of a title whose report gives a figure below."""
    bodies = {each.document.id for each in told if not each.in_title}
    return [each for each in told if not each.in_title or each.document.id not in bodies or not kind]


def comparable(left: Told, right: Told, kind: str) -> list[tuple[Quantity, Quantity]]:
    """Return the figures of two claims that count the same people, in pairs: all with all, a side's with that side's, parts too."""
    ours, theirs = left.counted(kind), right.counted(kind)
    alike = [
        (a.quantity, b.quantity)
        for a, b in product(ours, theirs)
        if (a.whole and b.whole) or names.akin(_whose(a), _whose(b))
    ]
    total, other = left.total(kind), right.total(kind)
    if alike or total is None or other is None or _count_others(total, other):
        return alike
    # of twelve, three of them soldiers, the civilians are nine at most: a figure of civilians is not held against the twelve
    if any(each.part and _sort(each) == "armed" for each in (*ours, *theirs)) and CIVILIANS in (
        _sort(total),
        _sort(other),
    ):
        return []
    return [(total.quantity, other.quantity)]


def counts_others(left: Told, right: Told, kind: str) -> bool:
    """Return whether the two figures of a kind count different people: the dead of two sides, or fighters among all the dead."""
    ours, theirs = left.total(kind), right.total(kind)
    return ours is not None and theirs is not None and _count_others(ours, theirs)


def _count_others(left: Counted, right: Counted) -> bool:
    if left.beside or right.beside:
        return True
    ours, theirs = names.named(_whose(left)), names.named(_whose(right))
    if ours and theirs:
        return not names.akin(ours, theirs)
    return {_sort(left), _sort(right)} == {CIVILIANS, "armed"} or _fewer_fighters(left, right)


def _whose(counted: Counted) -> frozenset[str]:
    """Return the keys of those a figure counts."""
    return frozenset(key for entity in counted.whose if (key := names.party(entity)))


def _sort(counted: Counted) -> str | None:
    return sort_of(counted.whose)


def _fewer_fighters(left: Counted, right: Counted) -> bool:
    """Return whether one counts fighters and the other, of all, more: they may be among them."""
    for fighters, all_ in ((left, right), (right, left)):
        if _sort(fighters) == "armed" and all_.whole:
            ours, theirs = facts.span(fighters.quantity), facts.span(all_.quantity)
            if ours and theirs and ours[1] < theirs[0]:
                return True
    return False


def _none_at_all(told: list[Told], voices: list[Told], kind: str) -> Iterator[Comparison]:
    """Yield 'nobody was killed' against every figure of those killed."""
    for denial in (each for each in told if denies_toll(each) == kind):
        for voice in voices:
            figure = voice.figure(kind)
            if figure and (figure.low or figure.best or 0) > 0 and not _spares(denial, voice, kind):
                reason = say("figure.none", who=denial.speaker, other=voice.speaker, figure=figures.bounds(figure))
                yield _pair(denial, voice, kind, reason)


def _spares(denial: Told, voice: Told, kind: str) -> bool:
    """Return whether 'no civilian was killed' leaves a figure alone: it counts fighters."""
    total = voice.total(kind)
    return sort_of(denial.claim.recipients) == CIVILIANS and total is not None and _sort(total) == "armed"


def denies_toll(told: Told) -> str | None:
    """Return the kind of victims of which the claim says that there were none, None where it denies a deed or denies nothing."""
    said = told.facts
    if not said.negative or said.unreal or said.family != "force" or told.parties:
        return None
    return victims.kind(told.claim)


# --- denials -----------------------------------------------------------------------------------------------------------------------

# Deeds of which somebody may have been the author.
DEEDS = frozenset({"force", "targeted", "abduct", "sexual", "torture", "seize"})
# More is known of them than who did them: that they were done.
VIOLENT = frozenset({"force", "targeted"})


def _denials(told: list[Told]) -> Iterator[Comparison]:
    """Yield each denial against what it denies, on the field that the rest of the happening leaves in dispute."""
    affirmed = [each for each in told if not each.facts.negative and not each.facts.unreal]
    denials = [each for each in told if each.facts.negative and not each.facts.unreal and not denies_toll(each)]
    for denial in _without_said_again(_voices(denials, _asserted)):
        denied = [each for each in affirmed if _same_assertion(denial, each)]
        rest = [each for each in affirmed if each not in denied]
        field = _disputed_field(denial, rest)
        for voice in _voices(_below_titles(each for each in denied if _on_field(denial, each, field)), _asserted):
            yield _pair(denial, voice, field, say("happened.denial", who=denial.speaker, other=voice.speaker))


def _below_titles(told: Iterable[Told]) -> list[Told]:
    """Return the claims without those of a title whose report says as much below."""
    found = list(told)
    below = {each.document.id for each in found if not each.in_title}
    return [each for each in found if not each.in_title or each.document.id not in below]


def _without_said_again(denials: list[Told]) -> list[Told]:
    """Return the denials without those of a title whose report gives a denial of the same authors below."""
    below = {(each.document.id, each.facts.actors) for each in denials if not each.in_title}
    return [each for each in denials if not each.in_title or (each.document.id, each.facts.actors) not in below]


def _asserted(told: Told) -> Hashable:
    said = told.facts
    return said.family, said.actors, said.recipients, said.objects, said.weapons, told.claim.territory


def _same_assertion(denial: Told, other: Told) -> bool:
    """Return whether the other claim affirms what the denial denies: its kind, actors, victims and means are the denial's too."""
    ours, theirs = denial.facts, other.facts
    if denial.document.id == other.document.id and _same_trigger(denial.claim, other.claim):
        return True
    if denial.document.id == other.document.id and denial.claim.chain and denial.speaker == other.speaker:
        # who denies it says so himself of something else
        return False
    if theirs.family != ours.family and "statement" not in (ours.family, theirs.family):
        return False
    authors = _denied_authors(denial)
    substance = authors or ours.recipients or ours.objects or denial.claim.modes
    if not substance and ours.family in ("force", "statement"):
        return False
    if ours.family == "territory" and _loses(denial) != _loses(other):
        # who has not lost a place may well hold it; it is his rival's gain that he denies
        return bool(ours.actors and theirs.actors) and not names.akin(ours.actors, theirs.actors)
    if authors and not names.akin(authors, theirs.actors):
        return False
    return _same_victims(denial, other) and _same_means(denial, other)


def _denied_authors(denial: Told) -> frozenset[str]:
    """Return of whom it is denied that he did it; 'officers', 'its men' without a name are those of whoever denies it."""
    said, link = denial.facts, denial.claim.chain[-1] if denial.claim.chain else None
    nameless = any(entity.kind != "object" for entity in denial.claim.actors)
    # 'Moscow denies targeting civilians': without a deed that was understood nor anybody else it is his own
    unread = denial.claim.trigger is None and bool(said.recipients) and not denial.claim.actors
    own = (nameless or unread) and link is not None and link.name
    return said.actors or (frozenset({names.key(link.name)}) if own and link and link.name else frozenset())


def _loses(told: Told) -> bool:
    return told.claim.territory == "lost"


def _same_trigger(left: Claim, right: Claim) -> bool:
    a, b = left.trigger, right.trigger
    return a is not None and b is not None and (a.start, a.end) == (b.start, b.end)


def _same_victims(denial: Told, other: Told) -> bool:
    """Return whether the victims of the denial can be the other's; where it is about nothing else, they must be, and be the target."""
    ours, theirs = denial.facts, other.facts
    if _other_things(denial, other) and not (ours.actors and theirs.actors and not _of_one_voice(denial, other)):
        return False
    shared = names.akin(ours.recipients, theirs.recipients)
    if ours.recipients and theirs.recipients and not shared:
        return False
    about_victims = bool(ours.recipients) and not _denied_authors(denial) and ours.family in VIOLENT
    return not about_victims or (shared and not any(other.figure(kind) for kind in TOLLS))


def _same_means(denial: Told, other: Told) -> bool:
    """Return whether the denied means, where the denial is about them ('it was no suicide attack'), are the other's."""
    return not _about_means(denial) or set(denial.claim.modes) <= set(other.claim.modes)


def _about_means(denial: Told) -> bool:
    said = denial.facts
    return bool(denial.claim.modes) and not (said.actors or said.recipients or said.objects)


def _disputed_field(denial: Told, rest: list[Told]) -> str:
    """Return the field on which a denial stands against what it denies, given the ``rest`` of what is affirmed of the happening."""
    said = denial.facts
    if said.family == "territory" or denial.claim.territory == "held":
        return "territory"
    deeds = [each for each in rest if each.facts.family in VIOLENT and each.claim.trigger]
    if said.family not in (*DEEDS, "statement"):
        return "happened"
    if _about_means(denial):
        return "type" if deeds else "happened"
    other_victims = [each for each in deeds if _other_victims(denial, each) and _one_side(denial, each)]
    if (_victims(denial) or said.objects) and other_victims:
        return "recipient"
    # that somebody was hit is known where he is known or pointed at; or the rest tells the deed without this author
    victim_known = any(e.kind == "person" or pointing.only_points(e.exact) for e in denial.claim.recipients)
    return "actor" if _denied_authors(denial) and (deeds or victim_known) else "happened"


def _on_field(denial: Told, other: Told, field: str) -> bool:
    """Return whether what the other affirms is said on the field in dispute: of victims by who names them, of a hill by who names it."""
    if field == "recipient":
        return bool(_victims(other) or other.facts.objects)
    return field != "territory" or _one_place(denial, other)


def _other_victims(denial: Told, other: Told) -> bool:
    ours, theirs = denial.facts, other.facts
    if ours.objects and theirs.objects:
        # what others call a block may be the building of the denial; what else the denier or his report says was hit is not
        one_teller = denial.document.id == other.document.id or _of_one_voice(denial, other)
        return _other_things(denial, other) and (one_teller or not ours.actors)
    return bool(_victims(denial) and _victims(other)) and not names.akin(_victims(denial), _victims(other))


def _other_things(left: Told, right: Told) -> bool:
    """Return whether two claims say by words of one language that other things were hit."""
    ours, theirs = left.facts, right.facts
    return (
        bool(ours.objects and theirs.objects) and ours.language == theirs.language and not ours.objects & theirs.objects
    )


def _of_one_voice(left: Told, right: Told) -> bool:
    """Return whether one party, by its name, says both."""
    ours, theirs = ({link.name for link in each.claim.chain[-1:]} for each in (left, right))
    return bool(ours & theirs - {None})


def _victims(told: Told) -> frozenset[str]:
    """Return whom it hit. Nobody is his own victim: a pronoun was taken for him."""
    return told.facts.recipients - told.facts.actors


def _one_side(denial: Told, other: Told) -> bool:
    """Return whether the other's author, if it names one, is the denied one or on his side."""
    return not other.facts.actors or not denial.facts.actors or names.akin(denial.facts.actors, other.facts.actors)


# --- who, to whom, who holds it ------------------------------------------------------------------------------------------------------


def _actors(told: list[Told]) -> Iterator[Comparison]:
    """Yield the authors that exclude each other: of one deed of violence there is one, unless they fight on one side."""
    deeds = [
        each
        for each in told
        if not each.facts.negative
        and not each.facts.unreal
        and each.parties
        and each.facts.family not in ("territory", "withdraw")
    ]
    for left, right in combinations(_voices(deeds, lambda each: each.parties), 2):
        if names.akin(left.parties, right.parties) or _in_return(left, right):
            continue
        if left.facts.family in (right.facts.family, "statement", "force"):
            yield _pair(left, right, "actor", _against(left, _called(left), right, _called(right)))


def _against(left: Told, ours: str, right: Told, theirs: str) -> str:
    """Return who names whom, both of them."""
    return say("party.against", who=left.speaker, parties=ours, other=right.speaker, others=theirs)


def _called(told: Told) -> str:
    """Return the named actors as the claim names them: the army, where it says the army, not its state."""
    known = {key: entity.name for entity in told.claim.actors if entity.name and (key := names.party(entity))}
    return TOGETHER.join(sorted(known.get(key) or named(frozenset({key})) for key in told.parties))


def parties_on(told: Told, field: str) -> str:
    """Return in words of whom a claim says that he did it, or suffered it, as far as the field is about them; '' of nobody."""
    if field == "recipient":
        parties = _victims(told)
        return named(parties) if parties else TOGETHER.join(" ".join(e.exact.split()) for e in told.claim.recipients)
    if field not in ("actor", "territory"):
        return ""
    if told.parties:
        return _called(told)
    parties = _denied_authors(told) if told.facts.negative else told.facts.actors
    return named(parties) if parties else ""


def _in_return(left: Told, right: Told) -> bool:
    """Return whether the author of the one suffers in the other: who strikes back is no other author of the first blow."""
    pairs = (left.parties, right.facts.recipients), (right.parties, left.facts.recipients)
    return any(names.akin(doers, sufferers) or names.may_be(sufferers, doers) for doers, sufferers in pairs)


def _territory(told: list[Told]) -> Iterator[Comparison]:
    """Yield the holders that exclude each other."""
    held = [
        each
        for each in told
        if each.facts.family == "territory" and each.parties and not each.facts.negative and not each.facts.unreal
    ]
    for left, right in combinations(_voices(held, lambda each: (each.parties, each.claim.territory)), 2):
        if not names.akin(left.parties, right.parties) and _one_place(left, right):
            yield _pair(left, right, "territory", _against(left, _called(left), right, _called(right)))


def _one_place(left: Told, right: Told) -> bool:
    """Return whether the two can be about one spot; who advances 'in the mountains' holds no hill."""
    a, b = left.facts, right.facts
    vague = any(
        side.points and min(point.radius for point in side.points) > facts.RADIUS[facts.FINE] for side in (a, b)
    )
    return not vague and likeness.places(a, b) >= 0


def _recipients(told: list[Told]) -> Iterator[Comparison]:
    """Yield targets that exclude each other: civilians to the one, fighters to the other, where each names a target and counts no dead."""
    aimed = [
        each
        for each in told
        if _victims(each)
        and not each.facts.negative
        and not each.facts.unreal
        and not any(each.figure(k) for k in TOLLS)
    ]
    civilian = [each for each in aimed if sort_of(each.claim.recipients) == "civilians"]
    armed = [each for each in aimed if sort_of(each.claim.recipients) == "armed"]
    for left in _voices(civilian, lambda each: each.facts.recipients):
        for right in _voices(armed, lambda each: each.facts.recipients):
            if left.facts.family == right.facts.family and _one_side(left, right):
                civilians = named(frozenset({"~civilians"}))
                yield _pair(left, right, "recipient", _against(left, civilians, right, named(right.facts.recipients)))
