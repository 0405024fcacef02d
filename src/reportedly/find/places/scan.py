"""First pass: names in the position of a place, with what the words before them say of it (relation, generic word, compass, distance)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportedly.find.places.words import Grammar
from reportedly.gazetteer import Gazetteer
from reportedly.records import Relation
from reportedly.rules import Entry, Language
from reportedly.syntax import Syntax
from reportedly.text import Text

# How firmly the position says that a place follows.
NONE, GENITIVE, PLAIN, STRONG = 0, 1, 2, 3
ARTICLED = re.compile(r"(?:al|el|as|ash|at|an|ar|az|ad|ed|es|ez|er|en|ech|ul)[-‑][^\W\d_]", re.IGNORECASE)
LONGEST_NAME = 6
SHORTEST_PART = 5
LONGEST_ACRONYM = 4
FAR_KM = 25
CALENDAR = ("months", "weekdays", "time_days")


@dataclass
class Draft:
    """A place before it is located: tokens of the span and of the name in it, and what its surroundings say."""

    first: int
    last: int
    name: tuple[int, int]
    relation: Relation = "in"
    strength: int = NONE
    head: Entry | None = None
    compass: tuple[int, Entry] | None = None
    distance_km: float | None = None
    joined: bool = False
    within: tuple[int, int] | None = None
    by: str = "name"


@dataclass
class Scanner:
    """One text being scanned.

    ``blocked`` holds the tokens that belong to the name of an actor, or to an adjective of a country; ``states`` maps the first token of
    a country's name to the one after its last.
    """

    text: Text
    syntax: Syntax | None
    lang: Language
    g: Grammar
    gazetteer: Gazetteer
    blocked: set[int]
    states: dict[int, int] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    def run(self) -> list[Draft]:
        """Return the drafts in text order."""
        for first, last in self._runs():
            for name in self._split(first, last):
                draft = self._draft(*name)
                if draft is not None:
                    self.drafts.append(draft)
        return self.drafts

    # --- runs of words that may be a name ---

    def _runs(self) -> Iterator[tuple[int, int]]:
        return self._capital_runs() if self.g.cased else self._known_runs()

    def _capital_runs(self) -> Iterator[tuple[int, int]]:
        text, i = self.text, 0
        dateline = {k for first, last in text.datelines for k in range(first, last)}
        while i < len(text):
            if i in dateline or (i not in self.states and not self._opens(i)):
                i += 1
                continue
            last = self.states.get(i, i + 1)
            while i not in self.states and last < len(text) and last - i < LONGEST_NAME and self._goes_on(i, last):
                last += 1
            last = self._longer(i, last)
            yield i, last
            i = last

    def _opens(self, i: int) -> bool:
        word = self.text.words[i]
        if i in self.blocked or not (word[0].isupper() or (ARTICLED.match(word) and any(c.isupper() for c in word))):
            return False
        norm = self.text.norms[i]
        if any(self.g.is_(role, norm) for role in ("of", "det", "demo", "poss", "join")) or self.g.preps.before(
            self.text, i + 1
        ):
            return False
        if any(self.lang.lexicon(name).has(norm) for name in CALENDAR):
            return False
        return not (self._opens_sentence(i) and self._ordinary(i))

    def _opens_sentence(self, i: int) -> bool:
        first = self.text.sentences[self.text.sentence_of[i]][0]
        while first < i and not self.text.words[first][0].isalnum():
            first += 1
        return first == i

    def _ordinary(self, i: int) -> bool:
        """Return whether a capital at the head of a sentence is the sentence's, not the word's."""
        norm = self.text.norms[i]
        known = ("function_words", "place_heads", "place_objects")
        if any(self.lang.lexicon(name).has(norm) for name in known):
            return not any(self.text.words[k] == ":" for k in (i + 1, i + 2) if k < len(self.text))
        return self.syntax is not None and self.syntax.pos[i] not in ("PROPN", "NOUN", "ADJ", "X", "ADP", "VERB")

    def _goes_on(self, first: int, i: int) -> bool:
        text, word = self.text, self.text.words[i]
        if i in self.blocked or text.sentence_of[i] != text.sentence_of[first]:
            return False
        gap = text.text[text.ends[i - 1] : text.starts[i]]
        if "\n" in gap or not (gap or word == "/"):
            return False
        if ARTICLED.match(word) and any(c.isupper() for c in word):
            return True
        norm = text.norms[i]
        return (
            word[0].isupper()
            and not any(self.g.is_(role, norm) for role in ("of", "det", "join", "prep"))
            and not self.g.stop.has(norm)
        )

    def _longer(self, first: int, last: int) -> int:
        """Return the end of the run taken on over small words ('Croix-des-Bouquets' written apart), where a gazetteer knows the whole."""
        text = self.text
        for end in range(min(first + LONGEST_NAME, len(text)), last + 1, -1):
            if text.words[end - 1][0].isupper() and text.sentence_of[end - 1] == text.sentence_of[first]:
                between = range(last, end)
                small = all(
                    text.words[k][0].isupper()
                    or self.g.is_("of", text.norms[k])
                    or self.g.is_("det", text.norms[k])
                    or text.norms[k] in ("sur", "en")
                    for k in between
                )
                if small and end - 1 not in self.blocked and self.gazetteer.exact(self._words(first, end)):
                    return end
        return last

    def _known_runs(self) -> Iterator[tuple[int, int]]:
        """Yield for a script without capitals what the gazetteer knows, or an unknown word behind a generic word for a settlement."""
        text, i = self.text, 0
        while i < len(text):
            end = self._known_from(i) if i not in self.blocked and self._placed(i) else None
            if end is not None:
                yield i, end
            i = end or i + 1

    def _placed(self, i: int) -> bool:
        if (
            not self.text.words[i][0].isalpha()
            or self.g.is_("prep", self.text.norms[i])
            or self.g.is_("join", self.text.norms[i])
        ):
            return False
        if self.g.objects.match(self.text, i) or self.lang.lexicon("function_words").has(self.text.norms[i]):
            return False
        return bool(self._prep(i) or self._head(i) or self._joins(i) or self._opens_sentence(i))

    def _known_from(self, i: int) -> int | None:
        text = self.text
        for end in range(min(i + 4, len(text)), i, -1):
            inside = range(i, end)
            if text.sentence_of[end - 1] != text.sentence_of[i] or any(
                not text.words[k][0].isalpha() or k in self.blocked for k in inside
            ):
                continue
            if self.gazetteer.exact(self._words(i, end)):
                return end
        head = self._head(i)
        return i + 1 if head and not head[1].get("org") and head[1].get("precision") in ("1", "3") else None

    # --- one name ---

    def _words(self, first: int, last: int) -> str:
        return self.text.text[self.text.starts[first] : self.text.ends[last - 1]]

    def _split(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the run whole, or in two where only its parts are known ('Jebbeh Ra's al-Maarat', 'Masisi/Rutshuru')."""
        if last - first == 1 or self.gazetteer.exact(self._words(first, last)):
            return [(first, last)]
        slash = next((k for k in range(first, last) if self.text.words[k] == "/"), None)
        if slash is not None:
            return [(a, b) for a, b in ((first, slash), (slash + 1, last)) if a < b]
        for cut in range(last - 1, first, -1):
            if (
                ARTICLED.match(self.text.words[cut])
                or self.text.ends[cut - 1] - self.text.starts[first] < SHORTEST_PART
            ):
                continue
            if all(self._settles(a, b) for a, b in ((first, cut), (cut, last))):
                return [(first, cut), (cut, last)]
        return [(first, last)]

    def _settles(self, first: int, last: int) -> bool:
        return not self.g.stop.has(self.text.norms[first]) and bool(self.gazetteer.exact(self._words(first, last)))

    def _draft(self, first: int, last: int) -> Draft | None:
        """Return the place that the words before (and after) a name make of it, or None where they make it something else."""
        text, name = self.text, (first, last)
        head = None
        if self._stopped(first, last) or self._acronym(first, last):
            return None
        inner = self._inner_head(first, last)
        if inner is not None:
            name, head = inner
            if head.get("org"):
                return None
        draft = Draft(
            first, last, name, head=head, strength=PLAIN if head and head.get("precision") in ("3", "4") else NONE
        )
        if not self._look_left(draft, first):
            return None
        self._look_right(draft)
        if draft.strength <= GENITIVE and self._called_settlement(draft):
            draft.strength = PLAIN
        if draft.strength == NONE:
            self._other_signs(draft)
        if draft.head is not None and draft.head.get("org"):
            return None
        return draft if draft.strength or draft.head is not None or self._bare_subject(draft) else None

    def _stopped(self, first: int, last: int) -> bool:
        """Return whether the run opens as an organisation or a person does, or is a word that names no place."""
        found = self.g.stop.match(self.text, first)
        if found is None:
            return False
        end, entry = found
        if entry.get("person"):
            return last - first > 1 and not self.gazetteer.exact(self._words(first, last))
        if entry.get("org"):
            return True
        return end >= last

    def _acronym(self, first: int, last: int) -> bool:
        """Return whether the run is an acronym that names no country and no hand-made place ('EI' is no short name of Los Angeles)."""
        word = self.text.words[first]
        if (
            last - first > 1
            or len(word) > LONGEST_ACRONYM
            or not word.isupper()
            or not word.isascii()
            or first in self.states
        ):
            return False
        return not any(c.identifier.startswith("reportedly:") or c.precision >= 6 for c in self.gazetteer.exact(word))

    def _inner_head(self, first: int, last: int) -> tuple[tuple[int, int], Entry] | None:
        """Return name and generic word of a run that holds one ('Diyala Province', 'Tallet Moussa', 'Wadi Hmayed')."""
        text = self.text
        if last - first < 2:
            return None
        after = self.g.after.match(text, last - 1)
        if after and after[0] == last and after[1].get("side") in ("both", "after"):
            return (first, last - 1), after[1]
        before = self.g.after.match(text, first)
        if before and before[0] < last and before[1].get("side") != "after":
            named = before[1].get("named")
            return ((first, last) if named else (before[0], last)), before[1]
        return None

    # --- what stands before ---

    def _prep(self, end: int) -> tuple[int, Entry] | None:
        found = self.g.preps.before(self.text, end)
        if found and self.text.norms[found[0]] == "a" and self.text.words[found[0]] != "A":
            return None
        return found

    def _head(self, end: int) -> tuple[int, Entry] | None:
        found = self.g.heads.before(self.text, end)
        return found if found and found[1].get("side") != "after" else None

    def _look_left(self, draft: Draft, at: int) -> bool:
        """Walk left over articles, generic words, compass points and distances to the preposition; False where it is no place."""
        for _ in range(5):
            at = self._article(draft, at)
            if found := self._prep(at):
                self._take_prep(draft, *found)
                return True
            step = (
                self._step_of(draft, at)
                if at and self.g.is_("of", self.text.norms[at - 1])
                else self._step_plain(draft, at)
            )
            if step is None:
                return not (draft.head is not None and draft.head.get("org"))
            at = step
        return True

    def _article(self, draft: Draft, at: int) -> int:
        """Step over an opening mark, an adjective of the compass and an article."""
        text = self.text
        if at and text.words[at - 1] in '«“"(' and text.sentence_of[at - 1] == text.sentence_of[draft.first]:
            if text.words[at - 1] == "(" and draft.strength == NONE:
                draft.strength = GENITIVE
            at -= 1
        found = self.g.compasses.before(text, at, form="adj") if at else None
        if found and draft.compass is None and at == draft.first:
            draft.compass = (found[0], found[1])
            at = draft.first = found[0]
        if at and self.g.is_("det", text.norms[at - 1]):
            if at == draft.first and not text.words[at - 1][0].isupper():
                draft.first = at - 1
            at -= 1
        return at

    def _take_prep(self, draft: Draft, start: int, entry: Entry) -> None:
        draft.by = entry.by
        relation: Relation = entry.get("relation", "in")  # type: ignore[assignment]
        # 'près du marché de Baaqouba' is near the market, and in Baaqouba.
        if draft.relation == "in" and not (relation == "near" and draft.head is not None and draft.head.get("site")):
            draft.relation = relation
        strength = STRONG if entry.get("strong") else GENITIVE if entry.get("weak") else PLAIN
        draft.strength = max(draft.strength, self._addressed(start, strength))
        self._distance(draft, start)
        moved = self._moved(start, entry.form)
        if moved and draft.relation == "in":
            draft.relation = moved

    def _addressed(self, start: int, strength: int) -> int:
        """Return a weaker strength where the preposition may bring who is spoken to ('déclaré à Jean Dupont')."""
        if strength != PLAIN or start == 0:
            return strength
        found = self.g.verbs.before(self.text, start)
        return GENITIVE if found and found[1].get("speech") else strength

    def _moved(self, start: int, form: tuple[str, ...]) -> Relation | None:
        """Return 'to' or 'from' where a verb of going stands shortly before the preposition."""
        text = self.text
        for end in range(start, max(start - 4, 0), -1):
            found = self.g.verbs.before(text, end)
            if found:
                relation = found[1].get("of" if self.g.is_("of", form[0]) else "with")
                return relation or None  # type: ignore[return-value]
            if text.words[end - 1] in ".,;:»":
                return None
        return None

    def _distance(self, draft: Draft, end: int) -> None:
        """Read '90 km' before what has been taken."""
        unit = self.g.units.before(self.text, end)
        if unit is None or unit[0] == 0:
            return
        for start in range(max(unit[0] - 3, 0), unit[0]):
            found = self.lang.number_at(self.text, start)
            if found and found[0] == unit[0]:
                draft.distance_km = found[1] * float(unit[1].get("km", "1"))
                draft.relation, draft.strength = "near", STRONG
                return

    def _step_of(self, draft: Draft, at: int) -> int | None:
        """Take what 'de' hangs on: a distance, a point of the compass, a generic word, a verb that brings places."""
        text, of = self.text, at - 1
        self._distance(draft, of)
        if draft.distance_km is not None:
            return None
        if found := self.g.compasses.before(text, of, form="noun"):
            return self._take_compass(draft, found, of)
        if found := self._head(of) or self._head_over_adjective(of):
            return self._take_head(draft, found)
        for end in (of, of - 1):
            found = self.g.verbs.before(text, end)
            if found and found[1].get("of"):
                draft.relation, draft.strength = found[1].get("of"), STRONG  # type: ignore[assignment]
                draft.by = found[1].by
                return None
        if draft.strength < STRONG and self._joins(of):
            self._coordinate(draft, of)
            if draft.joined:
                return None
        if draft.strength == NONE:
            draft.strength = GENITIVE
            if relation := self._moved(of, (text.norms[of],)):
                draft.relation, draft.strength = relation, PLAIN
        return None

    def _head_over_adjective(self, end: int) -> tuple[int, Entry] | None:
        text = self.text
        if (
            end < 2
            or not text.words[end - 1][0].islower()
            or (self.syntax is not None
            and self.syntax.pos[end - 1] not in ("ADJ", "VERB", "NOUN"))
        ):
            return None
        return self._head(end - 1)

    def _take_compass(self, draft: Draft, found: tuple[int, Entry], of: int) -> int:
        if draft.compass is None and draft.head is None:
            draft.compass = found
        elif draft.strength == NONE or draft.relation == "in":
            draft.relation = "near"
        draft.strength = max(draft.strength, STRONG)
        return found[0]

    def _take_head(self, draft: Draft, found: tuple[int, Entry]) -> int | None:
        start, entry = found
        if entry.get("org"):
            draft.head, draft.strength = entry, NONE
            return None
        if draft.head is None:
            draft.head = entry
            if entry.get("whole"):
                draft.first = start
            if entry.get("street"):
                draft.name = (start, draft.name[1])
        elif entry.get("precision") == "2" and draft.relation == "in":
            draft.relation = "near"
        draft.strength = max(draft.strength, PLAIN)
        if entry.get("route"):
            draft.relation, draft.strength = "between", STRONG
        return start

    def _step_plain(self, draft: Draft, at: int) -> int | None:
        """Take what stands directly before: a generic word ('jurd Nahlé'), a verb, a name it is coordinated with."""
        text = self.text
        if at == 0 or text.sentence_of[at - 1] != text.sentence_of[draft.first]:
            return None
        if at == draft.first and (found := self._head(at)) and draft.head is None and not found[1].get("org"):
            if len(found[1].form) > 1 or found[1].get("precision") != "4" or not self.g.cased:
                return self._take_head(draft, found)
        if found := self.g.compasses.before(text, at, form="noun"):
            if not self.g.cased and at == draft.first:
                return self._take_compass(draft, found, at)
        self._distance(draft, at)
        for end in range(at, max(at - 4, 0), -1):
            if (
                text.sentence_of[end - 1] != text.sentence_of[draft.first]
                or (not text.words[end - 1][0].isalnum()
                and end < at)
            ):
                break
            found = self.g.verbs.before(text, end)
            if found and found[1].get("object") and draft.strength == NONE:
                draft.relation, draft.strength = found[1].get("object"), PLAIN if end == at else GENITIVE  # type: ignore[assignment]
                draft.by = found[1].by
                return None
        if self._joins(at) and draft.strength < STRONG:
            self._coordinate(draft, at)
        return None

    def _joins(self, at: int) -> bool:
        return at > 0 and (
            self.g.is_("join", self.text.norms[at - 1]) or self.text.words[at - 1] in (",", "/", "-", "–", "،", "(")
        )

    def _coordinate(self, draft: Draft, at: int) -> None:
        """Take over the relation of the place just before ('entre la Syrie et le Liban', 'à Koro, Bankass et Douentza')."""
        before = next((d for d in reversed(self.drafts) if d.last <= at), None)
        if before is None or self.text.sentence_of[before.first] != self.text.sentence_of[draft.first]:
            return
        if (
            before.relation == "between"
            and not before.joined
            and at - before.last < 12
            and self.g.is_("join", self.text.norms[at - 1])
        ):
            draft.relation, draft.strength, draft.joined = "between", STRONG, True
            return
        if at - before.last > 4:
            return
        between = [self.text.norms[k] for k in range(before.last, at)]
        if all(
            self.g.is_("join", w) or self.g.is_("of", w) or self.g.is_("det", w) or not w[0].isalnum() for w in between
        ):
            if self.g.is_("join", self.text.norms[at - 1]) and before.strength:
                draft.relation, draft.strength, draft.joined = before.relation, max(GENITIVE, before.strength - 1), True
            elif before.strength:
                draft.strength = max(draft.strength, GENITIVE)

    # --- what stands after, and other signs ---

    def _look_right(self, draft: Draft) -> None:
        """Take a generic word behind the name ('Donetsk region', 'Bab al-Tabbaneh and Jabal Mohsen neighborhoods')."""
        text, last = self.text, draft.last
        if (
            last + 1 < len(text)
            and last + 1 in self.states
            and self.g.is_("of", text.norms[last])
            and draft.head is None
        ):
            # 'Tripoli de Libye': the country tells the homonyms apart.
            draft.within, draft.strength = (last + 1, self.states[last + 1]), max(draft.strength, PLAIN)
        found = self.g.after.match(text, last) if last < len(text) else None
        if found is None or found[1].get("side") not in ("both", "after") or draft.head is not None:
            return
        end, entry = found
        if self.text.sentence_of[end - 1] != self.text.sentence_of[draft.first]:
            return
        draft.head = entry
        if entry.get("org"):
            draft.strength = NONE
            return
        draft.strength = max(draft.strength, GENITIVE)
        if entry.get("whole"):
            draft.last = end

    def _other_signs(self, draft: Draft) -> None:
        """A heading ('Mali : ...'), an apposition, the name of a place before what happens there ('Tripoli clashes')."""
        text = self.text
        after = text.words[draft.last] if draft.last < len(text) else ""
        before = text.words[draft.first - 1] if draft.first else ""
        if (after in (":", "/") and self._opens_sentence(draft.first)) or (before == "/" and after == ":"):
            draft.strength = PLAIN
            return
        if (
            self.syntax is not None
            and self.syntax.dep[draft.last - 1] == "compound"
            and any(self.lang.lexicon(name).has(after.lower()) for name in ("trigger_noun", "place_objects"))
        ):
            draft.strength = GENITIVE
            return
        if (
            before in (",", "(")
            and after in (",", ")", ".", "")
            and text.sentence_of[max(draft.first - 1, 0)] == text.sentence_of[draft.first]
        ):
            draft.strength = GENITIVE

    def _called_settlement(self, draft: Draft) -> bool:
        """Return whether an apposition calls the name a settlement ('Tanoukoro, un village du cercle de Koro')."""
        text, i = self.text, draft.last
        if i + 2 >= len(text) or text.words[i] != ",":
            return False
        for at in (i + 1, i + 2, i + 3):
            found = self.g.objects.match(text, at)
            if found and found[1].get("what") == "settlement" and not text.words[at][0].isupper():
                return True
        return False

    def _bare_subject(self, draft: Draft) -> bool:
        """Return whether a name without any sign stands where places are spoken of: undergoing, or being something."""
        if self.syntax is None:
            return False
        head = self.syntax.head
        i = draft.name[1] - 1
        while head[i] != i and draft.name[0] <= head[i] < draft.name[1]:
            i = head[i]
        dep = self.syntax.dep[i]
        if dep.startswith("nsubj:pass") or dep == "obj":
            return True
        return dep.startswith("nsubj") and any(self.syntax.dep[c] == "cop" for c in self.syntax.children[head[i]])
