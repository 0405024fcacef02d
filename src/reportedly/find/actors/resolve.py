"""Third pass: names. What a mention's own words do not say, the report may: its country, who was last spoken of, who speaks.

Whatever is not stated is marked as inferred, with the reason; where the report leaves it open, the name stays None.
"""

from __future__ import annotations

from functools import cached_property

from reportedly.actors import Actor, Country
from reportedly.find.actors.draft import Draft
from reportedly.find.actors.fighters import Fighters
from reportedly.find.actors.refer import DEEPEST, GROUPS, LOSABLE, REACH, UNIDENTIFIED
from reportedly.records import EntityKind
from reportedly.rules import Entry

MOST = "the country the report speaks of most"


class Resolver(Fighters):
    """Gives the drafts of one report their names, in text order."""

    def run(self) -> list[Draft]:
        """Return the drafts that speak of an actor, named as far as can be."""
        for draft in self.drafts:
            if self._settle(draft):
                self.kept.append(draft)
                if not draft.inside and draft.role != "possessive" and draft.get("pos") != "relative":
                    self.done.append(draft)
        return self.kept

    def _settle(self, draft: Draft) -> bool:
        """Name ``draft``; return whether it stays."""
        if draft.settled:
            return True
        draft.settled = True
        if draft.of and not draft.of.settled:
            self._settle(draft.of)
        if draft.role in LOSABLE and not draft.forms and (loser := self._loser(draft)):
            return self._follow(draft, loser, f"lost by {loser.name}")
        kept: bool = getattr(self, f"_as_{draft.role}", self._as_people)(draft)
        return kept and not (draft.adjectival and draft.role == "member" and draft.name in (None, UNIDENTIFIED))

    def _state_of(self, draft: Draft, country: Country, unit: str, reason: str = "") -> bool:
        draft.name = country.units.get(unit) or (
            f"{country.adjective} prosecutor" if unit == "prosecutor" and country.adjective else None
        )
        draft.identifier = country.wikidata if unit == "state" else None
        draft.reason = reason
        return True

    def _as_name(self, draft: Draft) -> bool:
        chosen = self._choose(draft.forms)
        if chosen:
            return self._give(draft, *chosen)
        draft.entry = draft.entry or self._common(draft)
        if draft.entry is None:
            return False
        draft.role, draft.kind, draft.forms = draft.get("role"), draft.get("kind"), []
        draft.settled = False
        return self._settle(draft)

    def _common(self, draft: Draft) -> Entry | None:
        """Return the noun that a name of no actor known here is made of, where it is no proper name: 'separatist fighters'."""
        opens = self.text.sentences[draft.sentence][0] == draft.head
        if not (opens or self.text.words[draft.head][0].islower()):
            return None
        matched = self.g.nouns.match(self.text, draft.head)
        return matched[1] if matched and matched[1].get("role") in ("", "member", "unit", "unsaid") else None

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

    def _as_people(self, draft: Draft) -> bool:
        draft.kind = draft.kind or draft.get("kind") or "civilians"
        return True

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

    def _as_ministry(self, draft: Draft) -> bool:
        if not draft.country and (earlier := self._named_before(draft)):
            return self._follow(draft, earlier)
        country = self.registry.countries.get(draft.country or self._polity(draft) or "")
        draft.kind = "state"
        if country:
            self._state_of(draft, country, "state", "" if draft.country else "the state the report speaks of there")
        return True

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
        return (
            bool(country and country.units.get("army")) and self._state_of(draft, country, "army") if country else False
        )

    def _as_unit(self, draft: Draft) -> bool:
        unit = draft.get("unit")
        country = self.registry.countries.get(draft.country or "")
        if country:
            return self._state_of(draft, country, unit)
        if draft.forms and (chosen := self._choose(draft.forms)):
            return self._unit_of(draft, *chosen)
        if draft.of and draft.of.name:
            # 'regime soldiers' are the army, not the government.
            if found := self._country_of(draft.of):
                return self._state_of(draft, found, unit, draft.of.reason)
            draft.name, draft.reason = draft.of.name, draft.of.reason
            return True
        if draft.article and draft.article.get("owner") and (owner := self._owner(draft)):
            return self._owned(draft, owner)
        if draft.article and draft.article.get("owner") == "first" and not self._quote(draft):
            # 'nos vaillantes troupes' are whose report it is, not the army last spoken of
            return True
        if draft.get("own") and (owner := self._sender(draft)):
            return self._follow(draft, owner, f"sent by {owner.name}")
        if any(other.role == "unsaid" and not other.name for other in self.by_sentence[draft.sentence]):
            # 'The occupation admitted that a soldier was killed': whose soldiers is as little said as whose occupation.
            return True
        if unit == "air_force" and (named := self._same_noun(draft)):
            return self._follow(draft, named, "the aircraft last spoken of")
        home, reason = self._home(draft, unit, home=bool(draft.get("home")))
        return self._state_of(draft, home, unit, reason) if home else True

    def _unit_of(self, draft: Draft, actor: Actor, reason: str) -> bool:
        """'l'armée du régime' is the country's army, 'les forces de Haftar' are Haftar's."""
        if actor.kind == "state" and len(actor.countries) == 1:
            return self._state_of(draft, self.registry.countries[actor.countries[0]], draft.get("unit"), reason)
        return self._give(draft, actor, reason)

    def _owned(self, draft: Draft, owner: Draft) -> bool:
        """'ses forces': the army of a state spoken of, else the actor itself."""
        country = self._country_of(owner)
        if country and draft.get("unit"):
            return self._state_of(draft, country, draft.get("unit"), f"{self._words(draft)!r} of {owner.name}")
        draft.name, draft.identifier, draft.reason = (
            owner.name,
            owner.identifier,
            f"'{self._words(draft)}' of {owner.name}",
        )
        if draft.role in ("member", "class") and owner.kind in GROUPS:
            draft.kind = owner.kind
        return True

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
        if draft.country or draft.proper or draft.vague or draft.get("bare"):
            return True
        if theirs := self._joined(draft):
            return self._give(draft, theirs, f"said to be of {theirs.name}")
        return self._group_of(draft)

    def _as_class(self, draft: Draft) -> bool:
        draft.kind = draft.kind or "armed-group"
        if draft.forms and (chosen := self._choose(draft.forms)):
            return self._give(draft, *chosen)
        if draft.owner:
            return self._as_local(draft)
        if draft.article and draft.article.get("owner"):
            owner = self._owner(draft)
            return self._owned(draft, owner) if owner else True
        if self._called_otherwise(draft):
            return True
        indefinite = draft.number == "pl" or not self._definite(draft)
        if draft.country or draft.proper or (draft.of and not draft.of.forms) or (indefinite and not self.g.juxtaposed):
            return True
        kinds = {draft.kind, "armed-group"} if draft.get("either") else {draft.kind}
        known = [d for d in self.done[-DEEPEST:] if d.name and d.name != UNIDENTIFIED and d.kind in kinds]
        if unlike := draft.get("unlike"):
            known = [d for d in known if not ((actor := self.registry.named(d.name)) and unlike in actor.traits)]
        if not known:
            return True
        # Of two groups the one that did something is taken up, unless the other was spoken of well after it.
        earlier = max(enumerate(known), key=lambda n: (self._prominence(n[1], draft), n[0]))[1]
        draft.kind = earlier.kind
        return self._named_as(draft, earlier.name or "", "the one last spoken of", identifier=earlier.identifier)

    def _called_otherwise(self, draft: Draft) -> bool:
        """Return whether the noun opens a name that is none we know: 'l'Association d'aide aux détenus', but not 'le Mouvement'."""
        text, at = self.text, draft.last
        if at < text.size and text.norms[at] in self.g.words.saying("role", "naming"):
            # 'الاتحاد العام للشغل': an adjective that only names have
            return True
        if (
            not self.g.after
            or not text.words[draft.head][0].isupper()
            or text.sentences[draft.sentence][0] == draft.head
        ):
            return False
        return at < text.size and any(e.get("role") == "of" for _, e in self.g.words.matches(text, at))

    def _prominence(self, earlier: Draft, draft: Draft) -> float:
        return 1.0 * earlier.subject - 0.6 * min(draft.sentence - earlier.sentence, REACH + 2)

    def _as_foe(self, draft: Draft) -> bool:
        """'l'ennemi': the armed side most spoken of that is not the one speaking."""
        here = {d.name for d in self.by_sentence[draft.sentence]}
        sides = sorted(self.armed, key=lambda a: -self.told.plain[a.id])
        for actor in sides:
            if actor.name not in here:
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
        """'Ukraine's president' is the state; 'President Joe Biden' is himself: which country he heads nobody says."""
        if draft.proper and not draft.country:
            draft.kind, draft.name = "person", draft.proper
            return True
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
        if over == "province" and (area := self._area):
            return self._named_as(draft, f"{title} of {area}", "the province the report names")
        return True

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
        found = self._divided(draft) or self._antecedent(
            draft, draft.gender, draft.number, last=bool(draft.get("last"))
        )
        return self._follow(draft, found) if found else False

    def _country_of(self, owner: Draft) -> Country | None:
        """Return the country whose state or arm of a state ``owner`` is, or None."""
        if found := self.units.get(owner.name or ""):
            return found[0]
        actor = self.registry.named(owner.name)
        if actor and actor.kind in ("state", "state-force") and len(actor.countries) == 1:
            return self.registry.countries.get(actor.countries[0])
        return None

    def _home(self, draft: Draft, unit: str, *, home: bool = False) -> tuple[Country | None, str]:
        """Return whose army (police, ...) is meant where the words do not say, and why; nobody's where the setting is another's."""
        country, reason = self._home_told(draft, unit, home=home)
        here = self.registry.countries.get(self.told.settings.get(draft.sentence, ""))
        if here and here is not country:
            # 'Au Nigeria, l'armée': its own, unless the report speaks of a foreign one that may act there.
            return (None, "") if country and reason != MOST else (here, "the country where the sentence is set")
        return (None, "") if country and reason == MOST and self._set_abroad(draft, country) else (country, reason)

    def _set_abroad(self, draft: Draft, country: Country) -> bool:
        """Return whether the sentence before, of the same paragraph, is set in another country."""
        number = draft.sentence
        before = self.told.settings.get(number - 1) if number else None
        starts = self.text.sentences
        together = before and self.text.paragraph_of[starts[number - 1][0]] == self.text.paragraph_of[starts[number][0]]
        return bool(together) and before != country.iso2

    def _home_told(self, draft: Draft, unit: str, *, home: bool) -> tuple[Country | None, str]:
        known = [(at, found) for at, found in self.explicit if found[1] == unit]
        near = [
            found for at, found in known if at < draft.first and draft.sentence - self.text.sentence_of[at] <= REACH
        ]
        top = self.registry.countries.get(self.told.top or "")
        if near and not (home and top):
            return near[-1][0], "the last one spoken of"
        countries = {found[0].iso2 for _, found in known}
        if len(countries) == 1 and unit == "army":
            return known[0][1][0], "the only one the report names"
        if top:
            return top, MOST
        return None, ""

    def _polity(self, draft: Draft) -> str | None:
        """Return the country of the state that acted last, in this sentence or the one before, else the report's own."""
        for earlier in reversed(self.done[-DEEPEST:]):
            if draft.sentence - earlier.sentence > 1:
                break
            if earlier.role in ("state", "head") and earlier.country:
                return earlier.country
        return self.told.top

    def _country_near(self, draft: Draft) -> str | None:
        near = [d.country for d in self.by_sentence[draft.sentence] if d.country and d.first < draft.first]
        return near[-1] if near else self.told.top

    @cached_property
    def _area(self) -> str | None:
        """Return the first province the report names ('la province de Diyala'), or None."""
        text, words = self.text, self.g.words
        areas = words.saying("role", "area")
        for i in [i for i, norm in enumerate(text.norms) if norm in areas]:
            of = words.match(text, i + 1) if i + 1 < text.size else None
            at = of[0] if of and of[1].get("role") == "of" else i + 1
            if at < text.size and text.words[at][0].isupper():
                return text.words[at]
        return None


def kind_of(draft: Draft) -> EntityKind:
    """Return a draft's kind as the records have it."""
    return draft.kind or "person"  # type: ignore[return-value]
