"""Who did it and to whom where no parse tells: from the order of words around a trigger, by the word lists of ``[order]``.

A verb stands before its subject and its object ('قتل الجيش ثلاثة مسلحين'), or behind the subject after 'that'; a verbal noun
is followed by who did it or by whom it befell. Words such as 'carried out by', 'against' and 'which led to the death of' point
to the rest. Each list is data in ``language.toml``; a list's entry may have several words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportedly.annotate import clitics, wherein
from reportedly.annotate.entities import DOERS, GROUPS, Between, Entities
from reportedly.annotate.roles import speaker
from reportedly.find.sources import Attribution
from reportedly.find.triggers import EventTrigger
from reportedly.rules import Language
from reportedly.text import Text

Phrases = dict[str, tuple[tuple[str, ...], ...]]
# Senses whose noun is followed by whom it befell.
BEFALLS = frozenset(("death", "injury", "casualties", "corpse", "killing"))
# What is thrown or laid, and never struck by what throws it.
THROWN = frozenset(("missile", "rocket", "shell", "bomb", "explosive"))
VICTIMS = ("civilians", "person", "armed-group", "state-force")
# A subject before its verb stands right before it, but for an adjective or two.
BEFORE = 4
# So many tokens behind the trigger its subject and object may stand; what points to the doer may stand farther.
BEHIND = 14
FAR = 30
BEFALLS_WITHIN = 6
_PHRASES: dict[tuple[str, str], Phrases] = {}


def applies(lang: Language) -> bool:
    """Return whether the language's data tells roles by the order of words."""
    return "order" in lang.settings


def _phrases(lang: Language, name: str) -> tuple[tuple[str, ...], ...]:
    """Return a list of ``[order]``, each entry as its folded tokens."""
    key = (lang.code, lang.sha256)
    known = _PHRASES.setdefault(key, {})
    if name not in known:
        written = lang.settings.get("order", {}).get(name, ())
        known[name] = tuple(sorted({tuple(lang.prepare(w).norms) for w in written}, key=len, reverse=True))
    return known[name]


@lru_cache(maxsize=512)
def _by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


@dataclass
class Stage:
    """What the search looks at: the entities, the trigger, where a role may stand (``inside``) and the other happenings.

    ``accused``: who speaks has just accused somebody, whom 'they' may mean as well as himself.
    """

    entities: Entities
    text: Text
    lang: Language
    trigger: EventTrigger
    inside: Callable[[int], bool]
    others: frozenset[int]
    last: Attribution | None = None
    accused: bool = False

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Return the sentence of the trigger."""
        return self.text.sentences[self.text.sentence_of[self.trigger.first]]

    @property
    def stops(self) -> frozenset[str]:
        """Return the words that end the stretch in which subject and object stand."""
        return _stops(self.lang)

    @property
    def speaking(self) -> list[int]:
        """Return who speaks of himself; nobody where he has just accused another, whom the pronoun may mean."""
        found = speaker(self.entities, self.last) if self.last is not None and not self.accused else []
        return [n for n in found if self.kind(n) in DOERS]

    def at(self, token: int, name: str) -> int:
        """Return the token behind the entry of list ``name`` that stands at ``token``, or 0."""
        if not 0 <= token < self.text.size:
            return 0
        for phrase in _by_first(_phrases(self.lang, name)).get(self.text.norms[token], ()):
            end = token + len(phrase)
            if tuple(self.text.norms[token:end]) == phrase:
                return end
        return 0

    def kind(self, number: int) -> str:
        """Return the kind of an entity."""
        return self.entities.found[number].kind

    def usable(self, number: int | None) -> bool:
        """Return whether an entity may fill a role: within what is said, not the trigger's own words, no town for itself."""
        if number is None:
            return False
        first, last = self.entities.tokens[number]
        own = first < self.trigger.last and self.trigger.first < last
        return self.inside(first) and not own and not self.at(first, "towns")

    def counted(self, number: int) -> bool:
        """Return whether a number stands right before an entity, or the entity itself counts (a dual)."""
        first = self.entities.tokens[number][0]
        for i in (first - 1, first - 2):
            norm = self.text.norms[i] if i >= 0 else ""
            if norm and (norm[0].isdigit() or norm in self.lang.number_words or self.at(i, "numbers")):
                return True
        return bool(self.lang.lexicon("quantity_words").match(self.text, first)) or self.dual(first)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the kinds of who may stand before the verb: civilians not where its form may say that they were killed or seized."""
        passive = self.trigger.counts and self.trigger.frame == "act"
        return (*DOERS, "object") if passive else (*DOERS, "object", "civilians")

    def weapon(self, number: int, *, struck: bool = False) -> bool:
        """Return whether an entity is what strikes, not what may be ``struck``: shells and missiles ever, else tanks and drones too."""
        first = self.entities.tokens[number][0]
        found = self.lang.lexicon("trigger_weapon").hits(self.text)
        if self.kind(number) != "object" or first not in found:
            return False
        thrown = self.lang.lexicon("trigger_context").matches(self.text, first)
        return not struck or any(THROWN & set(entry.get("class").split(",")) for _, entry in thrown)

    def subject(self, number: int) -> bool:
        """Return whether a known noun bears the ending of a subject, a plural or a dual ('محتجون', 'مسلحان')."""
        norm = self.text.norms[self.entities.tokens[number][0]]
        endings = self.lang.settings["order"].get("subject", ())
        return any(norm.endswith(e) and self.lang.lexicon("actor_nouns").has(norm.removesuffix(e)) for e in endings)

    def indefinite(self, number: int) -> bool:
        """Return whether an entity is one noun alone, without the article, for people nobody names ('جندي', 'ضابط')."""
        first, last = self.entities.tokens[number]
        bare = not self.text.norms[first].startswith(self.lang.tokenization.articles)
        return bare and last - first == 1 and not self.entities.found[number].name

    def dual(self, token: int) -> bool:
        """Return whether a word is written with an ending that means two."""
        return self.text.norms[token].endswith(tuple(self.lang.settings["order"].get("dual", ())) or ("\0",))

    def widened(self, numbers: list[int], *, fits: Callable[[int], bool] | None = None) -> list[int]:
        """Return the entities with those joined to them, of these such as may fill a role or as fit."""
        fits = fits or self.usable
        joins = frozenset(p[0] for p in _phrases(self.lang, "joins"))
        light = frozenset(p[0] for p in _phrases(self.lang, "light"))
        between = Between(self.text, joins, lambda i: self._light(i, light))
        found: set[int] = set()
        for number in numbers:
            chain = self.entities.coordinated(number, between)
            found |= {n for n in chain if n == number or (fits(n) and not self._led(n, joins))}
        return sorted(found, key=lambda n: self.entities.tokens[n])

    def _led(self, number: int, joins: frozenset[str]) -> bool:
        """Return whether only a part of a joining phrase stands before an entity: 'من مصنع' joins nothing, 'من بينهم أطفال' does."""
        before = self.entities.tokens[number][0] - 1
        return before >= 0 and self.text.norms[before] in joins and not self.at(before, "joins")

    def _light(self, token: int, words: frozenset[str]) -> bool:
        norm = self.text.norms[token]
        return norm in words or norm[0].isdigit() or norm in self.lang.number_words


def of_trigger(stage: Stage) -> tuple[list[int], list[int]]:
    """Return the actors and recipients of a trigger, as indexes of entities."""
    trigger = stage.trigger
    if (pointed := clitics.of_verb(stage, lambda: _carried(stage))) is not None:
        return stage.widened(pointed[0]), [*pointed[1], *(n for n in _befallen(stage) if n not in pointed[1])]
    actors, recipients = _of_verb(stage) if _is_verb(stage) else _of_noun(stage)
    if not actors:
        actors = _agents(stage) or wherein.within(stage)
    if trigger.type == "ASSAULT" and not trigger.territory and not trigger.is_state:
        if not recipients or trigger.sense not in BEFALLS:
            recipients = [*recipients, *(n for n in _targets(stage) if n not in recipients)]
        recipients += [n for n in _befallen(stage) if n not in recipients]
    actors = stage.widened(actors)
    return actors, [n for n in stage.widened(recipients) if n not in actors]


def of_state(stage: Stage) -> list[int]:
    """Return who holds a place: the subject behind or before the verb, or who is named behind 'under the control of'."""
    behind = [n for n in _behind(stage, stage.trigger.last, BEFALLS_WITHIN) if stage.kind(n) in GROUPS]
    before = _before(stage) if stage.trigger.who == "subj" else []
    return stage.widened([n for n in before if stage.kind(n) in GROUPS] or behind[:1])


def _is_verb(stage: Stage) -> bool:
    """Return whether the trigger is a verb: of a word that may be verb or verbal noun ('قتل') what stands before decides."""
    i, low = stage.trigger.first, stage.bounds[0]
    if stage.trigger.pos != "noun":
        return not (i > low and stage.trigger.pos == "verb" and stage.at(i - 1, "prepositions"))
    verbs = stage.lang.lexicon("trigger_verb")
    opening = i == low or bool(stage.at(i - 1, "opens")) or not stage.text.words[i - 1][0].isalnum()
    opening = opening or _behind_subject(stage, i) or clitics.before_cleft(stage, i) < i
    return opening and stage.trigger.last == i + 1 and verbs.match(stage.text, i) is not None


def _behind_subject(stage: Stage, i: int) -> bool:
    """Return whether who acts stands right before token ``i``, opened by 'that': 'إن الجيش قصف السوق', not 'أعلن الجيش قتل ثلاثة'."""
    for end in range(i, max(stage.bounds[0], i - BEFORE), -1):
        number = stage.entities.ends.get(end)
        if number is not None:
            return bool(stage.at(stage.entities.tokens[number][0] - 1, "that"))
        if not stage.text.norms[end - 1].startswith(stage.lang.tokenization.articles):
            return False
    return False


def _of_verb(stage: Stage) -> tuple[list[int], list[int]]:
    trigger = stage.trigger
    behind = list(_behind(stage, trigger.last))
    before = _before(stage) or (clitics.antecedent(stage) if behind else [])
    if not (trigger.sense == "intercept" or "destroy" in trigger.modes or trigger.type in ("COERCE", "RETREAT", "AID")):
        # Arms are what strikes, unless they are shot down, blown up or seized; a tank may be struck where its striker is named.
        behind = [n for k, n in enumerate(behind) if not stage.weapon(n, struck=bool(before or k))]
    alone = len(behind) == 1 and trigger.counts
    if not before and behind and not alone and trigger.frame == "act" and stage.subject(behind[0]):
        # The ending shows the subject: 'اقتحم محتجون سفارة', 'قتل مسلحون ثلاثة مدنيين', but not 'قتل جنديان'.
        subjects = stage.widened(behind[:1])
        return behind[:1], [n for n in behind if n not in subjects][:1]
    if clitics.first_person(stage):
        return clitics.ourselves(stage), behind[:1]
    if trigger.frame == "undergo" or _passive(stage, behind, before):
        return [], before or behind[:1]
    if trigger.type == "RETREAT" and (parted := clitics.parted(stage, behind)) is not None:
        return before or parted[0] or _carried(stage), parted[1]
    if trigger.frame == "move" or (trigger.type in ("PROTEST", "RETREAT") and "release" not in trigger.modes):
        return before or behind[:1], []
    if before and not behind and trigger.counts and stage.counted(before[0]):
        # 'ثلاثة جنود | قتلوا في انفجار': those counted are who fell.
        return [], before
    if before:
        return before, behind[:1]
    carried = _carried(stage)
    if carried and len(behind) == 1 and not stage.subject(behind[0]) and not clitics.goes_on(stage, behind[0]):
        return carried, behind
    if behind and stage.kind(behind[0]) in DOERS and not (trigger.counts and stage.counted(behind[0])):
        return behind[:1], [n for n in behind[1:] if n not in stage.widened(behind[:1])][:1]
    return carried, behind[:1]


def _passive(stage: Stage, behind: list[int], before: list[int]) -> bool:
    """Return whether the verb is marked passive, or stands first and right before those it counts."""
    word = stage.text.words[stage.trigger.first]
    marks = tuple(stage.lang.settings["order"].get("passive_marks", ()))
    if any(mark in word[:3] for mark in marks):
        return True
    if not stage.trigger.counts or before or not behind or _carried(stage):
        return False
    # Who is named alone and without the article is whom it befell: 'قتل جندي في كمين'.
    alone = len(stage.widened(behind[:1])) == len(behind) and stage.indefinite(behind[0])
    return stage.counted(behind[0]) or stage.kind(behind[0]) == "civilians" or alone


def _before(stage: Stage) -> list[int]:
    """Return the entity right before the verb: adjectives, time words and particles stepped over; or who a pronoun there speaks of."""
    low, _ = stage.bounds
    start = clitics.before_described(stage, clitics.before_cleft(stage, stage.trigger.first))
    i = start - 1
    while i >= max(low, start - 1 - BEFORE):
        if stage.at(i, "own") and stage.last is not None:
            return stage.speaking
        number = stage.entities.ends.get(i + 1)
        if number is not None:
            first = stage.entities.tokens[number][0]
            led = first > low and bool(stage.at(first - 1, "prepositions"))
            fits = stage.usable(number) and stage.kind(number) in stage.subjects and not led
            return [number] if fits else []
        ended = stage.text.norms[i] in _stops(stage.lang) or i in stage.others
        # Behind 'and' who acts is carried over or follows: 'واجه الجيش المسلحين | وقتل الجيش ثلاثة'.
        if ended or stage.at(i, "and") or stage.at(i, "prepositions"):
            return []
        i -= 1
    return []


@lru_cache(maxsize=8)
def _stop_words(words: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in words)


def _stops(lang: Language) -> frozenset[str]:
    return _stop_words(_phrases(lang, "stops"))


def _behind(stage: Stage, start: int, most: int = BEHIND) -> Iterator[int]:
    """Yield the entities behind ``start`` in order, up to a word that opens a circumstance or another happening."""
    _, high = stage.bounds
    verbs = stage.lang.lexicon("trigger_verb").hits(stage.text)
    i = start
    while i < min(high, start + most):
        joined = stage.at(i, "and")
        if end := clitics.aside(stage, i, min(high, start + most)):
            i = end
            continue
        joins_verb = joined and (joined in verbs or stage.at(joined, "results"))
        if i in stage.others or stage.text.norms[i] in _stops(stage.lang) or joins_verb:
            return
        number = stage.entities.starts.get(i)
        if number is not None and stage.entities.at(i) == number:
            if stage.usable(number):
                yield number
            i = stage.entities.tokens[number][1]
            continue
        if stage.at(i, "prepositions") and not stage.at(i, "light"):
            return
        i += 1


def _carried(stage: Stage) -> list[int]:
    """Return the subject of the verb before that this one is joined to: 'فرضت ... واعتقلت'."""
    low, _ = stage.bounds
    i = stage.trigger.first - 1
    if i <= low or not stage.at(i, "and"):
        return []
    earlier = clitics.verbs(stage, [h for h in stage.others if low <= h < i and stage.inside(h)])
    for head in _joined_heads(stage, sorted(earlier, reverse=True)):
        if any(stage.at(k, "own") for k in range(max(low, head - 2), head)) and stage.last is not None:
            return stage.speaking
        for number in stage.entities.between(max(low, head - BEFORE), min(i, head + BEFORE)):
            fits = stage.kind(number) in DOERS and stage.usable(number) and not stage.counted(number)
            if fits and clitics.agrees(stage, number):
                return [number]
    return clitics.behind_that(stage, low, i) if earlier else _subject_of_other_verb(stage, low, i)


def _joined_heads(stage: Stage, heads: list[int]) -> Iterator[int]:
    """Yield the happening before, and those before it that it is joined to in its turn: 'هاجم ... وقتلوا ... | وأحرقوا'."""
    for head in heads:
        yield head
        if not stage.at(head - 1, "and"):
            return


def _subject_of_other_verb(stage: Stage, low: int, end: int) -> list[int]:
    """Return who is named shortly before 'and', behind a verb that tells no happening: 'فرضت القوات حظرا | واعتقلت'."""
    for number in stage.entities.between(max(low, end - BEFORE), end):
        led = stage.at(stage.entities.tokens[number][0] - 1, "prepositions")
        fits = stage.kind(number) in DOERS and stage.usable(number) and not stage.counted(number)
        if fits and not led and clitics.agrees(stage, number):
            return [number]
    return clitics.behind_that(stage, low, end)


def _of_noun(stage: Stage) -> tuple[list[int], list[int]]:
    trigger = stage.trigger
    behind = list(_behind(stage, trigger.last))
    if trigger.sense in BEFALLS or trigger.frame == "undergo":
        return [], behind[:1]
    if stage.at(trigger.last - 1, "targets"):
        # 'ألقت الشرطة | القبض على مسلحين'
        return _light_subject(stage), behind[:1]
    between = wherein.sides(stage)
    if between:
        return between, []
    if suffered := wherein.suffered(stage):
        return [], suffered
    done = _light_subject(stage)
    adjacent = [n for n in behind if stage.entities.tokens[n][0] - trigger.last <= 1]
    owners = [n for n in adjacent[:1] if stage.kind(n) in DOERS and not done and not stage.counted(n)]
    struck = [
        n for n in behind if n not in owners and stage.entities.tokens[n][0] - trigger.last <= (6 if owners else 1)
    ]
    # What explodes or falls is not whom it befell.
    spared = trigger.sense == "intercept" or "destroy" in trigger.modes or trigger.type != "ASSAULT"
    return done or owners, [n for n in struck if spared or not stage.weapon(n, struck=True)][:1]


def _light_subject(stage: Stage) -> list[int]:
    """Return the subject of the light verb that the noun is the object of: 'شن الحوثيون هجوما', 'الطيران عاود القصف'."""
    low, _ = stage.bounds
    first = stage.trigger.first
    for i in range(first - 1, max(low, first - BEHIND) - 1, -1):
        stepped = stage.at(i, "commas") or (stage.trigger.type == "PROTEST" and stage.at(i, "prepositions"))
        if i in stage.others or (stage.text.norms[i] in _stops(stage.lang) and not stepped):
            return []
        if stage.at(i, "does"):
            # Anybody may take part in a protest.
            kinds = (*DOERS, "civilians") if stage.trigger.type == "PROTEST" else DOERS
            inside = [n for n in stage.entities.between(i + 1, first) if stage.kind(n) in kinds and stage.usable(n)]
            before = [
                n for n in stage.entities.between(max(low, i - BEFORE), i) if stage.kind(n) in kinds and stage.usable(n)
            ]
            return inside[:1] or before[-1:]
    return []


def _pointed(stage: Stage, name: str, *, far: int = FAR) -> Iterator[int]:
    """Yield the first entity behind each entry of list ``name`` that follows the trigger, up to the sentence's end."""
    _, high = stage.bounds
    for i in range(stage.trigger.last, min(high, stage.trigger.last + far)):
        end = stage.at(i, name)
        if stage.at(i, "reprisal"):
            # What it answers to is another deed: 'قصف المدينة ردا على الهجوم على الجيش'.
            break
        if not end:
            continue
        for k in range(end, min(high, end + 4)):
            number = stage.entities.starts.get(k)
            if number is not None and stage.usable(number):
                yield number
                break
            if stage.at(k, "prepositions"):
                break


def _agents(stage: Stage) -> list[int]:
    """Return who is named behind 'carried out by', 'at the hands of', 'by the fire of'."""
    return [n for n in _pointed(stage, "agents") if stage.kind(n) in (*DOERS, "civilians")][:1]


def _targets(stage: Stage) -> list[int]:
    """Return whom the deed was aimed at: 'على', 'استهدف', 'ضد'."""
    return list(_pointed(stage, "targets", far=BEHIND))[:1]


def _befallen(stage: Stage) -> list[int]:
    """Return whom the deed killed or hurt: 'ما أدى إلى مقتل طفلين وإصابة عشرة مدنيين'."""
    _, high = stage.bounds
    led = False
    found: list[int] = []
    for i in range(stage.trigger.last, min(high, stage.trigger.last + FAR)):
        led = led or bool(stage.at(i, "results"))
        end = stage.at(i, "befalls") if led else 0
        if end:
            behind = (n for n in _behind(stage, end, BEFALLS_WITHIN) if stage.kind(n) in VICTIMS)
            found += [n for n in list(behind)[:1] if n not in found]
    return found
