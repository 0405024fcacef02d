"""Third pass: names. What a mention's own words do not say, the report may: its country, who was last spoken of, who speaks.

Whatever is not stated is marked as inferred, with the reason; where the report leaves it open, the name stays None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.actors import Actor, Country, Form, Registry
from reportedly.find.actors.compose import Draft
from reportedly.find.actors.scan import Grammar, Hit
from reportedly.records import EntityKind
from reportedly.syntax import Syntax
from reportedly.text import Text

UNIDENTIFIED = "unidentified gunmen"
GROUPS = frozenset({"armed-group", "state-force", "state", "organisation"})
# Whose loss a report tells of where somebody lost them, and how far the verb may stand.
LOSABLE, LOST_WITHIN = frozenset({"", "member", "unit"}), 7
# How far back a pronoun looks, in sentences, and a definite noun, in mentions.
REACH = 3
DEEPEST = 40
DATELINE, TITLE, NATIONALITY = 3.0, 2.0, 1.0
# One mention of a country does not make it the report's own.
IN_PASSING = 1.5


@dataclass
class Story:
    """What the report as a whole tells: actors named beyond doubt, and the countries it speaks of by weight."""

    plain: Counter[str] = field(default_factory=Counter)
    weights: dict[str, float] = field(default_factory=dict)

    @property
    def top(self) -> str | None:
        """Return the country spoken of most, None where none is spoken of more than in passing."""
        best = max(self.weights, key=lambda c: self.weights[c], default=None)
        return best if best and self.weights[best] >= IN_PASSING else None

    def weight(self, actor: Actor) -> float:
        """Return how much the report speaks of an actor's countries."""
        return max((self.weights.get(c, 0.0) for c in actor.countries), default=0.0)


def story(text: Text, hits: Sequence[Hit], registry: Registry, countries: Sequence[str]) -> Story:
    """Return the story of a report; ``countries`` are those of the places found in it, one entry a mention."""
    told = Story()
    weights: dict[str, float] = {}
    headline = text.sentences[0][1] if text.sentences else 0
    for hit in hits:
        if not hit.forms:
            continue
        form = hit.forms[0]
        if form.what != "actor":
            dated = any(a <= hit.first < b for a, b in text.datelines)
            value = DATELINE if dated else TITLE if hit.first < headline else NATIONALITY
            weights[form.ids[0]] = weights.get(form.ids[0], 0.0) + value
        elif len(hit.forms) == 1 and len(form.ids) == 1 and not form.doubtful:
            told.plain[form.ids[0]] += 1
            actor = registry.actors[form.ids[0]]
            # Its first country is its home; in the others it only takes part.
            for rank, code in enumerate(actor.countries[:3]):
                weights[code] = weights.get(code, 0.0) + NATIONALITY / (4 if rank else 2)
    for code in countries:
        weights[code] = weights.get(code, 0.0) + NATIONALITY
    told.weights = weights
    return told


class Resolver:
    """Gives the drafts of one report their names, in text order."""

    def __init__(
        self, text: Text, drafts: list[Draft], told: Story, g: Grammar, registry: Registry, syntax: Syntax | None, publisher: str, month: str
    ) -> None:
        self.text, self.drafts, self.told, self.g, self.registry, self.syntax = text, drafts, told, g, registry, syntax
        self.publisher, self.month = publisher.lower(), month
        self.done: list[Draft] = []
        self.kept: list[Draft] = []
        self.units = registry.units()
        self.explicit = [(d.first, found) for d in drafts if (found := self._explicit_unit(d))]
        self.armed = self._armed_groups()

    def run(self) -> list[Draft]:
        """Return the drafts that speak of an actor, named as far as can be."""
        for draft in self.drafts:
            if self._settle(draft):
                self.kept.append(draft)
                if not draft.inside and draft.role != "possessive" and draft.get("pos") != "relative":
                    self.done.append(draft)
        return self.kept

    # --- evidence over the whole report -------------------------------------------------------------------------------------------

    def _explicit_unit(self, draft: Draft) -> tuple[Country, str] | None:
        """Return the country and unit that a draft's own words state ('l'armée syrienne'), or None."""
        if draft.role == "unit" and draft.country and draft.country in self.registry.countries:
            return self.registry.countries[draft.country], draft.get("unit")
        if draft.role == "name" and len(draft.forms) == 1 and len(draft.forms[0].ids) == 1 and not draft.forms[0].doubtful:
            return self.units.get(self.registry.actors[draft.forms[0].ids[0]].name)
        return None

    def _armed_groups(self) -> list[Actor]:
        """Return the armed groups the report names, in order of first mention."""
        found: dict[str, Actor] = {}
        for forms in (d.forms for d in self.drafts if d.forms):
            chosen = self._choose(forms)
            if chosen and chosen[0].kind == "armed-group":
                found.setdefault(chosen[0].id, chosen[0])
        return list(found.values())

    # --- one draft ------------------------------------------------------------------------------------------------------------------

    def _settle(self, draft: Draft) -> bool:
        """Name ``draft``; return whether it stays."""
        if draft.settled:
            return True
        draft.settled = True
        if draft.of and not draft.of.settled:
            self._settle(draft.of)
        if draft.role in LOSABLE and not draft.forms and (loser := self._loser(draft)):
            return self._follow(draft, loser, f"lost by {loser.name}")
        method = getattr(self, f"_as_{draft.role or 'people'}", self._as_thing)
        kept: bool = method(draft)
        return kept and not (draft.adjectival and draft.role == "member" and draft.name in (None, UNIDENTIFIED))

    def _loser(self, draft: Draft) -> Draft | None:
        """Return whose people they are where somebody 'lost' them: the subject of the sentence."""
        first = self.text.sentences[draft.sentence][0]
        for i in range(draft.first - 1, max(first, draft.first - LOST_WITHIN) - 1, -1):
            entry = self.g.words.entry(self.text.norms[i])
            if entry is None or entry.get("role") != "loses":
                continue
            here = [d for d in self.drafts if d.sentence == draft.sentence and d.subject and d is not draft]
            for candidate in [d for d in reversed(here) if d.first < i] + [d for d in here if d.first > draft.first]:
                self._settle(candidate)
                if candidate.name and candidate.kind in GROUPS:
                    return candidate
            break
        return None

    def _give(self, draft: Draft, actor: Actor, reason: str = "") -> bool:
        draft.name, draft.kind, draft.identifier, draft.reason = actor.name, actor.kind, actor.wikidata, reason
        return True

    def _state_of(self, draft: Draft, country: Country, unit: str, reason: str = "") -> bool:
        draft.name = country.units.get(unit) or (f"{country.adjective} prosecutor" if unit == "prosecutor" and country.adjective else None)
        draft.identifier = country.wikidata if unit == "state" else None
        draft.reason = reason
        return True

    def _choose(self, forms: list[Form]) -> tuple[Actor, str] | None:
        """Return the actor that forms of one spelling mean here and why, or None where nothing speaks for one."""
        sure = [f for f in forms if not f.doubtful]
        if len(sure) == 1 and len(sure[0].ids) == 1:
            return self.registry.actors[sure[0].ids[0]], ""
        best: tuple[float, Actor, str] | None = None
        for form in forms:
            for ident in form.ids:
                actor = self.registry.actors[ident]
                score, reason = self._evidence(actor)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, actor, reason)
        if best is None and sure:
            return self.registry.actors[sure[0].ids[0]], "the most common bearer of the name"
        return (best[1], best[2]) if best else None

    def _evidence(self, actor: Actor) -> tuple[float, str]:
        score, reason = 0.0, ""
        weight = self.told.weight(actor)
        if weight:
            score, reason = min(weight, 10.0) / 10, "the report speaks of its country"
        elif not actor.countries:
            score, reason = 0.5, "no other bearer of the name is spoken of"
        if any(p.lower() in self.publisher for p in actor.publishers) and self.publisher:
            score, reason = score + 2, "the publisher's word for it"
        if self.told.plain[actor.id]:
            score, reason = score + 3, "named in full elsewhere in the report"
        if score and not actor.alive(self.month):
            score -= 0.9
        return score, reason

    # --- by role ----------------------------------------------------------------------------------------------------------------------

    def _as_name(self, draft: Draft) -> bool:
        chosen = self._choose(draft.forms)
        if chosen:
            return self._give(draft, *chosen)
        if draft.entry is None:
            return False
        draft.role, draft.kind, draft.forms = draft.get("role"), draft.get("kind"), []
        draft.settled = False
        return self._settle(draft)

    def _as_local(self, draft: Draft) -> bool:
        if draft.owner and draft.owner.name:
            draft.name, draft.kind, draft.identifier = draft.owner.name, draft.owner.kind, draft.owner.identifier
        else:
            draft.name = draft.proper
            draft.kind = draft.kind or "armed-group"
        return True

    def _as_state(self, draft: Draft) -> bool:
        """A country or its capital is an actor only where it acts."""
        country = self.registry.countries[draft.country or ""]
        draft.kind = "state"
        if not (draft.inside or self._acts(draft)):
            return False
        return self._state_of(draft, country, "state")

    def _acts(self, draft: Draft) -> bool:
        text = self.text
        if draft.last < len(text) and text.words[draft.last] == ":":
            return False
        if draft.subject and not self._passive(draft):
            return True
        for after in range(draft.last, min(draft.last + 2, len(text))):
            if self.g.speech.has(text.norms[after]) and (not self.syntax or self.syntax.pos[after] in ("VERB", "AUX", "ADJ", "NOUN")):
                return text.sentence_of[after] == draft.sentence
        if self.g.joins(text, draft.last) and draft.last + 2 < len(text) and self.g.speech.has(text.norms[draft.last + 2]):
            return True
        before = draft.first - 1
        if before >= 0 and not self.syntax and (self.g.speech.has(text.norms[before]) or self.g.deeds.has(text.norms[before])):
            return True
        if not self.syntax and self.done and self.done[-1].last == draft.first:
            # 'اتهمت حماس إسرائيل': the verb, who accuses, who is accused.
            before = self.done[-1].first - 1
        return any(self._accuses(before - k, before + 1) for k in (0, 1))

    def _accuses(self, first: int, last: int) -> bool:
        """Return whether tokens ``first`` to ``last`` say that an actor follows ('accuse', 'imputé à')."""
        return first >= 0 and any(e.get("role") == "acts" and end == last for end, e in self.g.words.matches(self.text, first))

    def _passive(self, draft: Draft) -> bool:
        return bool(self.syntax) and self.syntax.dep[draft.head] == "nsubj:pass" if self.syntax else False

    def _as_people(self, draft: Draft) -> bool:
        draft.kind = draft.kind or draft.get("kind") or "civilians"
        return True

    _as_thing = _as_object = _as_rescue = _as_both = _as_people

    def _as_ally(self, draft: Draft) -> bool:
        """'son allié': who is named side by side with its owner ('l'armée et le Hezbollah')."""
        draft.kind = "state"
        if draft.number != "sg" or not draft.article or not draft.article.get("owner"):
            return True
        owner = self._owner(draft)
        country = self._country_of(owner) if owner else None
        sides = {owner.name} | (set(country.units.values()) if country else set()) if owner else set()
        for one, other in self._paired():
            if (one.name in sides) != (other.name in sides):
                friend = other if one.name in sides else one
                return self._follow(draft, friend, f"named beside {owner.name if owner else ''}")
        return True

    def _paired(self) -> list[tuple[Draft, Draft]]:
        """Return the mentions joined by one word ('et', 'and') so far, nearest first."""
        pairs = zip(self.done, self.done[1:], strict=False)
        joined = [(a, b) for a, b in pairs if a.name and b.name and 0 <= b.first - a.last <= 2 and self.g.joins(self.text, a.last)]
        return joined[::-1]

    def _as_ministry(self, draft: Draft) -> bool:
        country = self.registry.countries.get(draft.country or self._polity(draft) or "")
        draft.kind = "state"
        if country:
            self._state_of(draft, country, "state", "" if draft.country else "the state the report speaks of there")
        return True

    def _polity(self, draft: Draft) -> str | None:
        """Return the country of the state that acted last, in this sentence or the one before, else the report's own."""
        for earlier in reversed(self.done[-DEEPEST:]):
            if draft.sentence - earlier.sentence > 1:
                break
            if earlier.role in ("state", "head") and earlier.country:
                return earlier.country
        return self.told.top

    def _as_site(self, draft: Draft) -> bool:
        if draft.forms and (chosen := self._choose(draft.forms)):
            draft.name, draft.reason = chosen[0].name, chosen[1] or "named for who holds it"
        elif draft.of and draft.of.name:
            draft.name, draft.reason = draft.of.name, "named for who holds it"
        elif draft.get("unit"):
            self._as_unit(draft)
        draft.kind = "object"
        return True

    def _as_weapon(self, draft: Draft) -> bool:
        country = self.registry.countries.get(draft.country or "")
        return bool(country and country.units.get("army")) and self._state_of(draft, country, "army") if country else False

    def _as_unit(self, draft: Draft) -> bool:
        unit = draft.get("unit")
        country = self.registry.countries.get(draft.country or "")
        if country:
            return self._state_of(draft, country, unit)
        if draft.forms and (chosen := self._choose(draft.forms)):
            return self._unit_of(draft, *chosen)
        if draft.of and draft.of.name:
            draft.name, draft.reason = draft.of.name, draft.of.reason
            return True
        if draft.article and draft.article.get("owner") and (owner := self._owner(draft)):
            return self._owned(draft, owner)
        if draft.get("own") and (owner := self._sender(draft)):
            return self._follow(draft, owner, f"sent by {owner.name}")
        home, reason = self._home(draft, unit, home=bool(draft.get("home")))
        return self._state_of(draft, home, unit, reason) if home else True

    def _sender(self, draft: Draft) -> Draft | None:
        """Return the armed body that is the subject of the sentence ('la police a envoyé des renforts')."""
        here = [d for d in self.done[-DEEPEST:] if d.sentence == draft.sentence and d.subject and d.name]
        return next((d for d in reversed(here) if d.kind in ("state-force", "armed-group")), None)

    def _unit_of(self, draft: Draft, actor: Actor, reason: str) -> bool:
        """'l'armée du régime' is the country's army, 'les forces de Haftar' are Haftar's."""
        if actor.kind == "state" and len(actor.countries) == 1:
            return self._state_of(draft, self.registry.countries[actor.countries[0]], draft.get("unit"), reason)
        return self._give(draft, actor, reason)

    def _owned(self, draft: Draft, owner: Draft) -> bool:
        """'ses forces': the army of a state spoken of, else the actor itself."""
        country = self._country_of(owner)
        if country and draft.get("unit"):
            return self._state_of(draft, country, draft.get("unit"), f"'{self._words(draft)}' of {owner.name}")
        draft.name, draft.identifier, draft.reason = owner.name, owner.identifier, f"'{self._words(draft)}' of {owner.name}"
        if draft.role in ("member", "class") and owner.kind in GROUPS:
            draft.kind = owner.kind
        return True

    def _country_of(self, owner: Draft) -> Country | None:
        """Return the country whose state or arm of a state ``owner`` is, or None."""
        if found := self.units.get(owner.name or ""):
            return found[0]
        actor = self.registry.named(owner.name)
        if actor and actor.kind in ("state", "state-force") and len(actor.countries) == 1:
            return self.registry.countries.get(actor.countries[0])
        return None

    def _home(self, draft: Draft, unit: str, *, home: bool = False) -> tuple[Country | None, str]:
        """Return whose army (police, ...) is meant where the words do not say, and why."""
        known = [(at, found) for at, found in self.explicit if found[1] == unit]
        near = [found for at, found in known if at < draft.first and draft.sentence - self.text.sentence_of[at] <= REACH]
        top = self.registry.countries.get(self.told.top or "")
        if near and not (home and top):
            return near[-1][0], "the last one spoken of"
        countries = {found[0].iso2 for _, found in known}
        if len(countries) == 1 and unit == "army":
            return known[0][1][0], "the only one the report names"
        if top:
            return top, "the country the report speaks of most"
        return None, ""

    def _as_member(self, draft: Draft) -> bool:
        draft.kind = draft.kind or "armed-group"
        if draft.forms and (chosen := self._choose(draft.forms)):
            return self._give(draft, *chosen)
        if draft.of and draft.of.name:
            draft.name, draft.kind, draft.reason = draft.of.name, draft.of.kind, draft.of.reason
            return True
        if draft.article and draft.article.get("owner"):
            owner = self._owner(draft)
            return self._owned(draft, owner) if owner else True
        if draft.country or draft.proper or draft.get("bare"):
            return True
        return self._group_of(draft)

    def _group_of(self, draft: Draft) -> bool:
        """Fighters named by nothing: the group last spoken of that fits the noun, else the only one, else nobody known."""
        trait = draft.get("is")
        fits = [a for a in self.armed if trait in a.traits] if trait else self.armed
        if draft.get("unnamed") == "label":
            fits = [a for a in fits if "loyalist" not in a.traits]
        here = {d.name for d in self.done if d.sentence == draft.sentence and d.subject and d.role == "name"} if not draft.subject else set()
        unknown = draft.get("unnamed")
        for earlier in reversed(self.done[-DEEPEST:]):
            if earlier.name == UNIDENTIFIED and unknown:
                return self._named_as(draft, earlier.name, "whom the report speaks of before")
            if unknown == "yes" and self.syntax and not earlier.subject:
                continue
            if earlier.kind == "armed-group" and earlier.name and earlier.name not in here and self._fits(earlier, fits, restricted=fits is not self.armed):
                return self._named_as(draft, earlier.name, "the group last spoken of", identifier=earlier.identifier)
        rest = [a for a in fits if a.name not in here]
        if len(rest) == 1 and unknown != "yes":
            return self._give(draft, rest[0], "the only such group the report names")
        if unknown == "yes" or unknown and not self.armed:
            return self._named_as(draft, UNIDENTIFIED, "the report does not name them")
        return True

    def _fits(self, earlier: Draft, fits: list[Actor], *, restricted: bool) -> bool:
        return not restricted or any(a.name == earlier.name for a in fits) or self.registry.named(earlier.name) is None and earlier.role == "local"

    def _named_as(self, draft: Draft, name: str, reason: str, *, identifier: str | None = None) -> bool:
        draft.name, draft.reason, draft.identifier = name, reason, identifier
        return True

    def _as_class(self, draft: Draft) -> bool:
        draft.kind = draft.kind or "armed-group"
        if draft.forms and (chosen := self._choose(draft.forms)):
            return self._give(draft, *chosen)
        if draft.owner:
            return self._as_local(draft)
        if draft.article and draft.article.get("owner"):
            owner = self._owner(draft)
            return self._owned(draft, owner) if owner else True
        indefinite = draft.article is None or draft.article.get("definite") == "no" or draft.number == "pl"
        if draft.country or draft.proper or draft.of and not draft.of.forms or indefinite and not self.g.juxtaposed:
            return True
        kinds = {draft.kind, "armed-group"} if draft.get("either") else {draft.kind}
        for earlier in reversed(self.done[-DEEPEST:]):
            if earlier.name and earlier.name != UNIDENTIFIED and earlier.kind in kinds:
                draft.kind = earlier.kind
                return self._named_as(draft, earlier.name, "the one last spoken of", identifier=earlier.identifier)
        return True

    def _as_foe(self, draft: Draft) -> bool:
        """'l'ennemi': the armed side most spoken of that is not the one speaking."""
        here = {d.name for d in self.done if d.sentence == draft.sentence}
        sides = Counter(d.name for d in self.drafts if d.role == "name" and d.settled and d.kind in ("armed-group", "state-force"))
        for form in (f for d in self.drafts for f in d.forms if not f.doubtful and len(f.ids) == 1):
            sides[self.registry.actors[form.ids[0]].name] += 1
        for name, _ in sides.most_common():
            actor = self.registry.named(name)
            if actor and name not in here and actor.kind == "armed-group":
                return self._give(draft, actor, "the other side the report names")
        return True

    def _as_leader(self, draft: Draft) -> bool:
        draft.kind = "person"
        if draft.get("speaks") and draft.of and draft.of.name:
            draft.name, draft.reason = draft.of.name, f"speaks for {draft.of.name}"
            draft.kind = draft.of.kind
        elif draft.get("speaks") and draft.country:
            draft.kind = "state"
            self._state_of(draft, self.registry.countries[draft.country], "state")
        elif draft.get("speaks") and draft.article and draft.article.get("owner") and (owner := self._owner(draft)):
            self._owned(draft, owner)
            draft.kind = owner.kind
        return True

    def _as_person(self, draft: Draft) -> bool:
        draft.kind = "person"
        draft.name = draft.proper
        return True

    def _as_head(self, draft: Draft) -> bool:
        country = self.registry.countries.get(draft.country or self._country_near(draft) or "")
        draft.kind = "state"
        if country:
            self._state_of(draft, country, "state", "" if draft.country else "the country spoken of")
        return True

    def _as_title(self, draft: Draft) -> bool:
        """'le gouverneur de Mopti' is the Governor of Mopti, and so is 'le gouverneur' after him."""
        title, over = draft.get("title").replace("_", " "), draft.get("of")
        draft.kind = "person"
        country = self.registry.countries.get(draft.country or self._country_near(draft) or "")
        if over in ("country", "adjective"):
            if country:
                draft.name = f"{title} of {country.name}" if over == "country" else f"{country.adjective} {title}"
                draft.reason = "" if draft.country else "the country spoken of"
            return True
        if draft.proper:
            draft.name = f"{title} of {draft.proper}"
            return True
        for earlier in reversed(self.done):
            if earlier.role == "title" and earlier.get("title").replace("_", " ") == title and earlier.name:
                return self._named_as(draft, earlier.name, "the one named before")
        if over == "province" and (area := self._area()):
            return self._named_as(draft, f"{title} of {area}", "the province the report names")
        return True

    def _area(self) -> str | None:
        """Return the first province the report names ('la province de Diyala'), or None."""
        text, words = self.text, self.g.words
        for i, norm in enumerate(text.norms):
            entry = words.entry(norm)
            if entry is None or entry.get("role") != "area":
                continue
            of = words.match(text, i + 1) if i + 1 < len(text) else None
            at = of[0] if of and of[1].get("role") == "of" else i + 1
            if at < len(text) and text.words[at][0].isupper():
                return text.words[at]
        return None

    def _country_near(self, draft: Draft) -> str | None:
        first = self.text.sentences[draft.sentence][0]
        near = [d.country for d in self.drafts if d.country and first <= d.first < draft.first]
        return near[-1] if near else self.told.top

    # --- who is meant -------------------------------------------------------------------------------------------------------------------

    def _as_possessive(self, draft: Draft) -> bool:
        owner = self._owner(draft, strict=True)
        if owner is None or owner.kind == "object":
            return False
        return self._follow(draft, owner)

    def _as_pronoun(self, draft: Draft) -> bool:
        if draft.get("pos") == "relative":
            return self._relative(draft)
        if draft.get("person") == "1":
            speaker = self._speaker(draft)
            draft.kind = "person"
            return self._follow(draft, speaker, "the one who speaks") if speaker else True
        found = self._antecedent(draft, draft.gender, draft.number, last=bool(draft.get("last")))
        return self._follow(draft, found) if found else False

    def _follow(self, draft: Draft, found: Draft, reason: str = "") -> bool:
        draft.name, draft.kind, draft.identifier, draft.owner = found.name, found.kind or "person", found.identifier, found
        draft.reason = reason or f"'{self._words(draft)}' follows '{self._words(found)}'"
        draft.gender, draft.number = draft.gender or found.gender, draft.number or found.number
        return True

    def _words(self, draft: Draft) -> str:
        return self.text.text[draft.start : draft.end]

    def _relative(self, draft: Draft) -> bool:
        """'qui' stands for the mention right before it (or for its antecedent in the parse)."""
        before = [d for d in self.done[-6:] if d.sentence == draft.sentence and draft.first - 3 <= d.last <= draft.first]
        if self.syntax:
            for verb in self.syntax.ancestors(draft.head):
                if self.syntax.dep[verb].startswith("acl"):
                    head = self.syntax.head[verb]
                    before = [d for d in self.done[-8:] if d.first <= head < d.last] or before
                    break
        return self._follow(draft, before[-1]) if before else False

    def _owner(self, draft: Draft, *, strict: bool = False) -> Draft | None:
        """Return whom 'son', 'leur', 'its', 'nos' mean."""
        article = draft.article if draft.role != "possessive" else draft.entry
        owner = article.get("owner") if article else ""
        if owner == "first":
            return self._speaker(draft)
        return self._antecedent(draft, "", owner, last=False, named=not strict)

    def _antecedent(self, draft: Draft, gender: str, number: str, *, last: bool, named: bool = False) -> Draft | None:
        """Return the best earlier mention that agrees: near, a subject, somebody with a name."""
        best: tuple[float, Draft] | None = None
        quoted = self._quote(draft)
        clitic = draft.role == "pronoun" and not draft.get("pos")
        for earlier in reversed(self.done[-DEEPEST:]):
            distance = draft.sentence - earlier.sentence
            if distance > REACH:
                break
            if earlier.last > draft.first or named and not earlier.name or not self._agrees(earlier, gender, number, draft):
                continue
            if last:
                return earlier
            if clitic and (earlier.subject and not distance or earlier.last == draft.first):
                continue
            known = (2.0 if earlier.kind in GROUPS else 0.5) * bool(earlier.name)
            score = known + earlier.subject - distance - 0.5 * (earlier.kind == "object") - 1.5 * (quoted and earlier.kind == "person")
            mismatch = bool(number and earlier.number and earlier.number != number)
            score -= (0.5 if self.g.collective_plural else 1.5) * mismatch
            if best is None or score > best[0]:
                best = (score, earlier)
        return best[1] if best else None

    def _agrees(self, earlier: Draft, gender: str, number: str, draft: Draft) -> bool:
        if draft.get("pos") == "subject" and gender in ("m", "f") and not earlier.gender and earlier.kind in GROUPS and self.g.before:
            return False
        if earlier.kind == "object" and (draft.get("speaks") or gender in ("m", "f") and self.g.before):
            return False
        if gender == "n":
            return earlier.kind in GROUPS or earlier.kind == "object"
        if gender and earlier.gender and gender != earlier.gender:
            return False
        if number == "sg" and earlier.number == "pl":
            return False
        # A group named in the singular may be taken up in the plural ('le M23 ... ils').
        return not (number == "pl" and earlier.number == "sg" and earlier.kind not in ("armed-group", "state-force"))

    def _quote(self, draft: Draft) -> bool:
        return self.text.quote_of[draft.first] >= 0

    def _speaker(self, draft: Draft) -> Draft | None:
        """Return who speaks the quotation ``draft`` stands in: the mention outside it in its sentences, after it first."""
        number = self.text.quote_of[draft.first]
        if number < 0:
            return None
        quote = self.text.quotes[number]
        sentences = {self.text.sentence_of[quote.first], self.text.sentence_of[max(quote.first, quote.last - 1)]}
        if quote.last + 1 < len(self.text):
            sentences.add(self.text.sentence_of[min(quote.last, len(self.text) - 1)])
        around = [d for d in self.drafts if d.sentence in sentences and d.role in SPEAKERS and not quote.first <= d.first < quote.last]
        after = [d for d in around if d.first >= quote.last]
        for candidate in after + [d for d in reversed(around) if d.first < quote.first]:
            self._settle(candidate)
            speaker = candidate.of if candidate.role in ("leader", "person") and candidate.of else candidate
            self._settle(speaker)
            if speaker.name:
                return speaker
        return None


SPEAKERS = frozenset({"name", "local", "leader", "person", "unit", "head", "title", "state", "member", "class", "pronoun"})


def kind_of(draft: Draft) -> EntityKind:
    """Return a draft's kind as the records have it."""
    return draft.kind or "person"  # type: ignore[return-value]
