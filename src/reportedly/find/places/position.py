"""First pass: what the words around a name say of it (relation, generic word, compass, distance), and whether it is a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportedly.find.places.draft import GENITIVE, NONE, PLAIN, STRONG, Draft, Name, name_of
from reportedly.find.places.names import Names
from reportedly.find.places.words import Grammar, Match
from reportedly.records import Relation
from reportedly.rules import Entry, Language
from reportedly.syntax import Syntax
from reportedly.text import Text

# How far before a place its verb may stand, and how many steps left over generic words are taken.
REACH, STEPS = 4, 5
BETWEEN_REACH = 12
# How many words a name may stand before the words that say who holds it.
HELD_WITHIN = 4
OPENING, JOINING = '«“"(', ",/-–،("


@dataclass
class Reader:
    """Reads the positions of a text's names, one after the other."""

    names: Names
    drafts: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text: Text = self.names.text
        self.syntax: Syntax | None = self.names.syntax
        self.lang: Language = self.names.lang
        self.g: Grammar = self.names.g

    def run(self, names: Iterable[Name]) -> list[Draft]:
        """Return the drafts of ``names``, in their order."""
        for name in names:
            draft = self._draft(name)
            if draft is not None:
                self.drafts.append(draft)
        return self.drafts

    def _draft(self, name: Name) -> Draft | None:
        """Return the place that the words around a name make of it, or None where they make it something else."""
        if self._stopped(name) or self.names.acronym(name) or self._tells_whose(name):
            return None
        draft = Draft(name, name.first, name.last)
        if name.last - name.first > 1 and self.names.hand_made(name):
            # 'bande de Gaza', 'zone des trois frontières': several words that can be nothing else.
            draft.strength = GENITIVE
        self._inner_head(draft)
        if draft.level() in ("3", "4"):
            draft.strength = PLAIN
        self._clitic(draft)
        self._look_left(draft)
        self._look_right(draft)
        if draft.says("org"):
            return None
        if draft.strength <= GENITIVE and self._called_settlement(draft):
            draft.strength = PLAIN
        if draft.strength == NONE:
            draft.strength = PLAIN if self._held(draft) else self._other_signs(draft)
        return draft if draft.strength or draft.head is not None or self._bare_subject(draft) else None

    def _stopped(self, name: Name) -> bool:
        """Return whether the run opens as an organisation or a person does, or is a word that names no place."""
        found = self.g.stop.match(self.text, name.first)
        if found is None or name.first in self.names.states:
            return False
        end, entry = found
        if self.names.hand_made(name):
            return end >= name.last and not entry.get("org") and self._only_tells_kind(name)
        if not self.g.cased and self._head(name.first):
            return False
        if entry.get("person"):
            return name.last - name.first > 1 and not self.names.known(name)
        return bool(entry.get("org")) or end >= name.last

    def _only_tells_kind(self, name: Name) -> bool:
        """Return whether a word that is seldom a name tells what kind of thing stands behind it: 'Air raids', not 'the Air mountains'."""
        kind = self.syntax is not None and self.syntax.dep[name.last - 1] in ("compound", "amod")
        return kind and self.g.after.match(self.text, name.last) is None

    def _tells_whose(self, name: Name) -> bool:
        """Return whether two letters for a country stand before a noun: 'a US base' tells whose it is, 'Tripoli clashes' where they are."""
        letters = name.words(self.text)
        state = name.first in self.names.states and len(letters) == 2 and letters.isupper()
        return state and self.syntax is not None and self.syntax.dep[name.first] in ("compound", "amod")

    def _inner_head(self, draft: Draft) -> None:
        """Take the generic word inside a run ('Diyala Province', 'Tallet Moussa', 'Wadi Hmayed')."""
        text, name = self.text, draft.name
        if name.last - name.first < 2 or not self.g.cased or self.names.hand_made(name):
            return
        after = self.g.after.match(text, name.last - 1)
        if after and after[0] == name.last and after[1].get("side") in ("both", "after"):
            draft.head, draft.name = after[1], name_of(text, name.first, name.last - 1)
            return
        if self.names.known(name):
            return
        before = self.g.after.match(text, name.first)
        if before and before[0] < name.last and before[1].get("side") != "after":
            draft.head = before[1]
            first = before[0]
            while first < name.last and any(self.g.is_(role, text.norms[first]) for role in ("of", "det")):
                first += 1
            if not before[1].get("named") and first < name.last:
                draft.name = name_of(text, first, name.last)

    def _clitic(self, draft: Draft) -> None:
        """Read a preposition written onto the name."""
        start = self.text.starts[draft.name.first]
        if draft.name.start == start or self.g.cased:
            return
        clitic = self.text.text[start : draft.name.start]
        for entry in self.g.words.index.get(clitic, ()):
            if entry.get("role") == "prep":
                draft.relation, draft.strength = entry.get("relation", "in"), STRONG  # type: ignore[assignment]
        if self.g.is_("join", clitic):
            self._coordinate(draft, draft.name.first, joined=True)

    # --- what stands before ---

    def _prep(self, end: int) -> Match | None:
        found = self.g.preps.before(self.text, end)
        # 'A Alep': a capital may have lost its accent; a small 'a' is the verb.
        if found is None or not found[1].get("capital"):
            return found
        start = found[0]
        capitals = self.names.opens_sentence(start) or self.text.words[start - 1].isupper()
        return found if capitals and self.text.words[start].isupper() else None

    def _head(self, end: int) -> Match | None:
        found = self.g.heads.before(self.text, end)
        if found is None or found[1].get("side") == "after":
            return None
        # 'partis de Sévaré' is no party.
        return (
            None
            if self.syntax is not None and end - found[0] == 1 and self.syntax.pos[found[0]] in ("VERB", "AUX")
            else found
        )

    def _look_left(self, draft: Draft) -> None:
        """Walk left over articles, generic words, compass points and distances to the preposition."""
        at: int | None = draft.name.first if draft.strength < STRONG else None
        if at is not None and draft.first < draft.name.first:
            at = draft.first
        for _ in range(STEPS):
            if at is None or at == 0 or self.text.sentence_of[at - 1] != self.text.sentence_of[draft.name.first]:
                return
            at = self._article(draft, at)
            if at == 0:
                return
            if found := self._prep(at):
                self._take_prep(draft, found)
                return
            at = (
                self._step_of(draft, at - 1)
                if self.g.is_("of", self.text.norms[at - 1])
                else self._step_plain(draft, at)
            )

    def _article(self, draft: Draft, at: int) -> int:
        """Step over an opening mark, an adjective of the compass and an article."""
        text = self.text
        if text.words[at - 1] in OPENING:
            if text.words[at - 1] == "(":
                draft.strength = max(draft.strength, GENITIVE)
            at -= 1
        found = self.g.compasses.before(text, at, form="adj")
        if found and draft.compass is None and at == draft.first:
            draft.compass, draft.first = found, found[0]
            at = found[0]
        if at and self.g.is_("det", text.norms[at - 1]):
            if at == draft.first and not text.words[at - 1][0].isupper():
                draft.first = at - 1
            at -= 1
        return at

    def _take_prep(self, draft: Draft, found: Match) -> None:
        start, entry = found
        draft.by = f"{self.lang.code}.{entry.by}"
        relation: Relation = entry.get("relation", "in")  # type: ignore[assignment]
        # 'près du marché de Baaqouba' is near the market, and in Baaqouba.
        if relation == "near" and draft.says("site"):
            draft.aside = relation
        elif draft.relation == "in":
            draft.relation = relation
        strength = STRONG if entry.get("strong") else GENITIVE if entry.get("weak") else PLAIN
        draft.strength = max(draft.strength, self._addressed(draft.name, start, strength))
        self._distance(draft, start)
        if relation == "to" and self._closes_road(draft, start):
            draft.relation = "between"
        moved = self._moved(start, entry.form)
        if moved and draft.relation == "in":
            draft.relation = moved

    def _closes_road(self, draft: Draft, start: int) -> bool:
        """Return whether the name is the other end of a road ('the road linking Sake to Minova')."""
        before = self.drafts[-1] if self.drafts else None
        return (
            before is not None
            and before.relation == "between"
            and not before.joined
            and before.last == start < draft.first
        )

    def _addressed(self, name: Name, start: int, strength: int) -> int:
        """Return a weaker strength where the preposition may bring who is spoken to ('déclaré à Jean Dupont')."""
        if strength != PLAIN or not start:
            return strength
        found = self.g.verbs.before(self.text, start)
        if self.syntax is not None and not (found and found[1].get("with")):
            head = self.syntax.head[name.last - 1]
            if self.syntax.dep[name.last - 1] == "iobj":
                return GENITIVE
            found = found or self.g.verbs.before(self.text, head + 1)
        return GENITIVE if found and found[1].get("speech") else strength

    def _moved(self, start: int, form: tuple[str, ...]) -> Relation | None:
        """Return 'to' or 'from' where a verb of going stands shortly before the preposition."""
        key = "of" if self.g.is_("of", form[0]) else "with"
        for end in range(start, max(start - REACH, 0), -1):
            if found := self.g.verbs.before(self.text, end):
                return found[1].get(key) or None  # type: ignore[return-value]
            if not self.text.words[end - 1][0].isalnum():
                return None
        return None

    def _distance(self, draft: Draft, end: int) -> None:
        """Read '90 km' before what has been taken."""
        unit = self.g.units.before(self.text, end)
        for start in range(max(unit[0] - 3, 0), unit[0]) if unit else ():
            found = self.lang.number_at(self.text, start)
            if unit and found and found[0] == unit[0]:
                draft.distance_km = found[1] * float(unit[1].get("km", "1"))
                draft.relation, draft.strength = "near", STRONG
                return

    def _step_of(self, draft: Draft, of: int) -> int | None:
        """Take what 'de' hangs on: a distance, a point of the compass, a generic word, a verb, another place."""
        text = self.text
        self._distance(draft, of)
        if draft.distance_km is not None or of == 0:
            return None
        if found := self.g.compasses.before(text, of, form="noun"):
            return self._take_compass(draft, found)
        if found := self._head(of) or self._head_over_adjective(of):
            return self._take_head(draft, found)
        for end in (of, of - 1):
            brought = self.g.verbs.before(text, end)
            if brought and brought[1].get("of"):
                draft.relation, draft.strength = brought[1].get("of"), STRONG  # type: ignore[assignment]
                draft.by = f"{self.lang.code}.{brought[1].by}"
                return None
        if draft.strength < STRONG and self._joins(of):
            self._coordinate(draft, of)
        if draft.strength == NONE:
            draft.strength = GENITIVE
            if relation := self._moved(of, (text.norms[of],)):
                draft.relation, draft.strength = relation, PLAIN
        return None

    def _head_over_adjective(self, end: int) -> Match | None:
        if end < 2 or not self.text.words[end - 1][0].islower():
            return None
        adjective = self.syntax is None or self.syntax.pos[end - 1] in ("ADJ", "VERB", "NOUN")
        return self._head(end - 1) if adjective else None

    def _take_compass(self, draft: Draft, found: Match) -> int:
        if draft.compass is None and draft.level() in ("", "3", "4", "5"):
            draft.compass = found
        elif draft.relation == "in":
            draft.relation = "near"
        draft.strength = STRONG
        return found[0]

    def _take_head(self, draft: Draft, found: Match) -> int | None:
        start, entry = found
        if entry.get("org"):
            draft.head, draft.strength = entry, NONE
            return None
        if draft.head is None:
            draft.head, draft.head_first = entry, start
            if entry.get("whole"):
                draft.first = start
            if entry.get("street") or (entry.get("named") and not self.g.cased):
                draft.name = Name(start, draft.name.last, self.text.starts[start], draft.name.end)
        elif draft.head_first is None and entry.get("whole"):
            draft.first = start
        elif entry.get("precision") == "2" and draft.relation == "in":
            draft.relation = "near"
        draft.strength = max(draft.strength, PLAIN)
        if entry.get("route"):
            draft.relation, draft.strength = "between", STRONG
        return start

    def _step_plain(self, draft: Draft, at: int) -> int | None:
        """Take what stands directly before: a generic word ('jurd Nahlé'), a verb, a name it is coordinated with."""
        text = self.text
        found = self._head(at) if at == draft.first and draft.head is None else None
        # 'la région Amhara' is a place, 'le gouverneur Dupont' is not.
        if found and not (self.g.cased and found[1].get("precision") in ("3", "4") and not found[1].get("whole")):
            return self._take_head(draft, found)
        compass = self.g.compasses.before(text, at, form="noun")
        if compass and not self.g.cased and at == draft.first:
            return self._take_compass(draft, compass)
        self._distance(draft, at)
        if draft.strength == NONE and self._verb_before(draft, at):
            return None
        if self._joins(at) and draft.strength < STRONG:
            self._coordinate(draft, at)
        return None

    def _verb_before(self, draft: Draft, at: int) -> bool:
        """Take the relation of a verb whose object the name is, up to a few words on ('ont pris jeudi soir Kitshanga')."""
        for end in range(at, max(at - REACH, 0), -1):
            if (
                self.text.sentence_of[end - 1] != self.text.sentence_of[draft.first]
                or not self.text.words[end - 1][0].isalnum()
            ):
                return False
            found = self.g.verbs.before(self.text, end)
            if found and found[1].get("object"):
                if end == at and not self.g.cased and draft.name.first in self.names.states:
                    # Where the verb stands first a state right behind it is who does it: 'قصفت إسرائيل المدينة'.
                    return False
                draft.relation, draft.strength = found[1].get("object"), PLAIN if end == at else GENITIVE  # type: ignore[assignment]
                draft.by = f"{self.lang.code}.{found[1].by}"
                return True
        return False

    def _joins(self, at: int) -> bool:
        return at > 0 and (self.text.words[at - 1] in JOINING or self.g.is_("join", self.text.norms[at - 1]))

    def _coordinate(self, draft: Draft, at: int, *, joined: bool = False) -> None:
        """Take over the relation of the place just before ('entre la Syrie et le Liban', 'à Koro, Bankass et Douentza')."""
        text = self.text
        before = next((d for d in reversed(self.drafts) if d.name.last <= at and d.name.end <= draft.name.start), None)
        if before is None or text.sentence_of[before.first] != text.sentence_of[draft.first] or not before.strength:
            return
        conjunction = joined or self.g.is_("join", text.norms[at - 1])
        if before.relation == "between" and not before.joined and at - before.last < BETWEEN_REACH and conjunction:
            draft.relation, draft.strength, draft.joined = "between", STRONG, True
            return
        between = [text.norms[k] for k in range(before.last, at)]
        if len(between) > 4 or any(
            w[0].isalnum() and not any(self.g.is_(r, w) for r in ("join", "of", "det")) for w in between
        ):
            return
        if conjunction:
            draft.relation, draft.strength, draft.joined = before.relation, max(GENITIVE, before.strength - 1), True
        else:
            draft.strength = max(draft.strength, GENITIVE)

    # --- what stands after, and other signs ---

    def _look_right(self, draft: Draft) -> None:
        """Take a generic word behind the name ('Donetsk region'), or the country it is told apart by ('Tripoli de Libye')."""
        text, last, states = self.text, draft.name.last, self.names.states
        if last + 1 < text.size and last + 1 in states and self.g.is_("of", text.norms[last]) and draft.head is None:
            draft.within, draft.strength = (last + 1, states[last + 1]), max(draft.strength, PLAIN)
        found = (
            self.g.after.match(text, last) if last < text.size and draft.head is None and last == draft.last else None
        )
        if found is None or found[1].get("side") not in ("both", "after"):
            return
        end, entry = found
        if text.sentence_of[end - 1] != text.sentence_of[draft.first]:
            return
        draft.head = entry
        if entry.get("whole"):
            draft.last = end
        if not entry.get("org"):
            draft.strength = max(draft.strength, GENITIVE)

    def _other_signs(self, draft: Draft) -> int:
        """Return the strength of a heading ('Mali : ...'), an apposition, a name before what happens there ('Tripoli clashes')."""
        text = self.text
        after = text.words[draft.last] if draft.last < text.size else ""
        before = text.words[draft.first - 1] if draft.first else ""
        # Without capitals 'Bagdad/ agence' and 'Hodeida | agence' are datelines.
        if (after in ((":", "/", "|") if self.g.cased else (":",)) and self.names.opens_sentence(draft.first)) or (
            before == "/" and after == ":"
        ):
            return PLAIN
        if self.syntax is not None and self.syntax.dep[draft.name.last - 1] == "compound":
            return (
                GENITIVE
                if any(self.lang.lexicon(name).has(after.lower()) for name in ("trigger_noun", "place_objects"))
                else NONE
            )
        same = draft.first and text.sentence_of[draft.first - 1] == text.sentence_of[draft.first]
        return GENITIVE if same and before in (",", "(") and after in (",", ")", ".", "") else NONE

    def _called_settlement(self, draft: Draft) -> bool:
        """Return whether an apposition calls the name a settlement ('Tanoukoro, un village du cercle de Koro')."""
        text, i = self.text, draft.last
        if i + REACH > text.size or text.words[i] != ",":
            return False
        found = (self.g.objects.match(text, at) for at in range(i + 1, i + REACH) if not text.words[at][0].isupper())
        return any(match and match[1].get("what") == "settlement" for match in found)

    def _held(self, draft: Draft) -> bool:
        """Return whether words behind the name say that somebody holds or took it: 'Kafr Nabl est sous contrôle de'."""
        if draft.name.first in self.names.states or draft.name.first in self.names.seats:
            return False
        for lexicon in ("trigger_state", "trigger_phrase"):
            hits = self.lang.lexicon(lexicon).hits(self.text)
            for i in range(draft.last, min(draft.last + HELD_WITHIN, self.text.size)):
                if any(e.get("who") in ("de", "of") or _taken(e) for _, e in hits.get(i, ()) if len(e.form) > 1):
                    return True
                if not self.text.words[i][0].isalnum():
                    break
        return False

    def _bare_subject(self, draft: Draft) -> bool:
        """Return whether a name without any sign stands where places are spoken of: undergoing, or being something."""
        if self.syntax is None:
            return False
        head, i = self.syntax.head, draft.name.last - 1
        while head[i] != i and draft.name.first <= head[i] < draft.name.last:
            i = head[i]
        dep = self.syntax.dep[i]
        if dep.startswith("nsubj:pass"):
            return True
        # A state or its seat that is something is no place; a town 'is under control'.
        if draft.name.first in self.names.states or draft.name.first in self.names.seats or not dep.startswith("nsubj"):
            return False
        return self.syntax.child(head[i], "cop") is not None and self.syntax.child(head[i], "case") is not None


def _taken(entry: Entry) -> bool:
    """Return whether a phrase tells of ground that its subject is: 'est tombée aux mains de'."""
    return entry.get("frame") == "undergo" and entry.get("territory") == "gained"
