"""Who is meant by a pronoun, a possessive, a speaker's 'we', and which of several bearers of a name."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.actors import Actor, Country, Form, Registry
from reportedly.find.actors import saying
from reportedly.find.actors.draft import Draft
from reportedly.find.actors.scan import Grammar
from reportedly.find.actors.story import Story
from reportedly.subjects import subject
from reportedly.syntax import Syntax
from reportedly.text import Text

UNIDENTIFIED = "unidentified gunmen"
GROUPS = frozenset({"armed-group", "state-force", "state", "organisation"})
SPEAKERS = frozenset(
    {"name", "local", "leader", "person", "unit", "head", "title", "state", "member", "class", "pronoun"}
)
# Whose loss a report tells of where somebody lost them, and how far the verb may stand.
LOSABLE, LOST_WITHIN = frozenset({"", "member", "unit"}), 7
# How far back a pronoun looks, in sentences, and a definite noun, in mentions.
REACH = 3
DEEPEST = 40


@dataclass(frozen=True)
class Report:
    """All that is known of a report when its actors are named; ``publisher`` and ``month`` are '' where unknown."""

    text: Text
    syntax: Syntax | None
    g: Grammar
    registry: Registry
    told: Story
    publisher: str
    month: str


class Referrer:
    """Looks back (and around) for who is meant; ``done`` are the mentions settled so far."""

    def __init__(self, report: Report, drafts: list[Draft]) -> None:
        self.text, self.syntax, self.g, self.registry = report.text, report.syntax, report.g, report.registry
        self.told, self.publisher, self.month = report.told, report.publisher.lower(), report.month
        self.drafts = drafts
        self.by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            self.by_sentence.setdefault(draft.sentence, []).append(draft)
        self.done: list[Draft] = []
        self.kept: list[Draft] = []
        self.units = self.registry.units()
        self.explicit = [(d.first, found) for d in drafts if (found := self._explicit_unit(d))]
        self.armed = self._armed_groups()

    def _settle(self, draft: Draft) -> bool:
        """Name ``draft``; return whether it stays."""
        raise NotImplementedError

    def _same_noun(self, draft: Draft) -> Draft | None:
        """Return who was named before by the same noun and more: 'طيران العدوان ... الطيران'."""
        bare = self._bare(draft.head)
        near = [d for d in self.done[-DEEPEST:] if d.name and draft.sentence - d.sentence <= REACH]
        return next((d for d in reversed(near) if d.last - d.first > 1 and self._bare(d.head) == bare), None)

    def _bare(self, i: int) -> str:
        norm = self.text.norms[i]
        return next((norm[len(a) :] for a in self.g.articles if norm.startswith(a)), norm)

    def _explicit_unit(self, draft: Draft) -> tuple[Country, str] | None:
        """Return the country and unit that a draft's own words state ('l'armée syrienne'), or None."""
        if draft.role == "unit" and draft.country and draft.country in self.registry.countries:
            return self.registry.countries[draft.country], draft.get("unit")
        if (
            draft.role == "name"
            and len(draft.forms) == 1
            and len(draft.forms[0].ids) == 1
            and not draft.forms[0].doubtful
        ):
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

    def _choose(self, forms: list[Form]) -> tuple[Actor, str] | None:
        """Return the actor that forms of one spelling mean here and why, or None where nothing speaks for one."""
        sure = [f for f in forms if not f.doubtful]
        if len(sure) == 1 and len(sure[0].ids) == 1:
            return self._namesake(self.registry.actors[sure[0].ids[0]], forms)
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

    def _namesake(self, actor: Actor, forms: list[Form]) -> tuple[Actor, str]:
        """Return ``actor``, or one that shares the name and whose country the report speaks of more."""
        others = [self.registry.actors[i] for f in forms if f.doubtful for i in f.ids]
        other = max(others, key=self.told.weight, default=None)
        if other and self.told.weight(other) > self.told.weight(actor):
            return other, "the report speaks of its country"
        return actor, ""

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

    def _give(self, draft: Draft, actor: Actor, reason: str = "") -> bool:
        draft.name, draft.kind, draft.identifier, draft.reason = actor.name, actor.kind, actor.wikidata, reason
        return True

    def _follow(self, draft: Draft, found: Draft, reason: str = "") -> bool:
        draft.name, draft.kind, draft.identifier, draft.owner = (
            found.name,
            found.kind or "person",
            found.identifier,
            found,
        )
        draft.reason = reason or f"{self._words(draft)!r} follows {self._words(found)!r}"
        draft.gender, draft.number = draft.gender or found.gender, draft.number or found.number
        return True

    def _named_as(self, draft: Draft, name: str, reason: str, *, identifier: str | None = None) -> bool:
        draft.name, draft.reason, draft.identifier = name, reason, identifier
        return True

    def _words(self, draft: Draft) -> str:
        return self.text.text[draft.start : draft.end]

    def _relative(self, draft: Draft) -> bool:
        """'qui' stands for the mention right before it (or for its antecedent in the parse)."""
        before = [
            d for d in self.done[-6:] if d.sentence == draft.sentence and draft.first - 3 <= d.last <= draft.first
        ]
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
        spoke = draft.get("pos") == "subject" and number == "sg" and gender in ("m", "f")
        before = draft.sentence - 1
        named_last = saying.unlisted(self.text, self.syntax, before, self.by_sentence.get(before, ())) if spoke else -1
        others = self._counted_otherwise(draft, number) | self._own_subject(draft)
        if clitic:
            # 'Elle l'a libérée': whom or what, but not herself
            here = self.by_sentence[draft.sentence]
            subjects = (d for d in here if d.subject or d.get("pos") == "subject")
            others = others | {d.name for d in subjects if d.settled and d.name and d.last <= draft.first}
        for earlier in reversed(self.done[-DEEPEST:]):
            distance = draft.sentence - earlier.sentence
            if distance > REACH:
                break
            if (
                earlier.last > draft.first
                or earlier.last <= named_last
                or (named and not earlier.name)
                or (earlier.name and earlier.name in others)
                or not self._agrees(earlier, gender, number, draft)
            ):
                continue
            if last:
                return earlier
            if (earlier.role, number) == ("weapon", "sg") or (
                (earlier.role, number) == ("state", "pl") and earlier.article is None
            ):
                # 'une frappe russe' speaks of those whose it is, and 'Washington' is one
                continue
            if clitic and ((earlier.subject and not distance) or earlier.last == draft.first):
                continue
            known = (2.0 if earlier.kind in GROUPS else 0.5) * bool(earlier.name)
            if spoke and self._taken_up(earlier):
                known = 2.0
            score = (
                known
                + earlier.subject
                - distance
                - 0.5 * (earlier.kind == "object")
                - 1.5 * (quoted and earlier.kind == "person")
            )
            mismatch = bool(number and earlier.number and earlier.number != number)
            score -= (0.5 if self.g.collective_plural else 1.5) * mismatch
            if best is None or score > best[0]:
                best = (score, earlier)
        return best[1] if best else None

    def _taken_up(self, earlier: Draft) -> bool:
        """Return whether one person acted or spoke, named or not: 'il' takes them up as it does a group ('Le maire a dénoncé ... Il')."""
        if earlier.kind not in ("person", "civilians") or earlier.number == "pl":
            return False
        acted = earlier.subject and earlier.kind == "person"
        return acted or saying.says(self.text, self.by_sentence[earlier.sentence], earlier)

    def _own_subject(self, draft: Draft) -> set[str]:
        """Return whom the subject of its own verb names, where a pronoun is another part of it: 'They took the men off and shot them'."""
        syntax, head = self.syntax, draft.head
        if syntax is None or draft.role != "pronoun" or syntax.dep[head] not in ("obj", "iobj", "obl", "nmod", "dobj"):
            return set()
        verb = next((i for i in syntax.ancestors(head) if syntax.pos[i] in ("VERB", "AUX")), None)
        if verb is None:
            return set()
        if syntax.morph[verb].get("VerbForm") == "Inf" and not syntax.child(verb, "nsubj"):
            # 'fired tear gas to disperse them' tells why they fired; 'demands that all pledge allegiance to it' is another's deed
            verb = syntax.head[verb] if syntax.dep[verb] == "advcl" else None
        found = subject(syntax, verb) if verb is not None else None
        if found is None or found > head:
            return set()
        return {d.name for d in self.by_sentence[draft.sentence] if d.settled and d.name and d.first <= found < d.last}

    def _divided(self, draft: Draft) -> Draft | None:
        """Return those a part of whom is told of, 'l'un d'eux', 'two of them': the last ones counted, else the last ones in the plural."""
        text, at = self.text, draft.head - 1
        if self.syntax is None or draft.number != "pl":
            return None
        pos = self.syntax.pos
        while at > 0 and pos[at] == "ADP" and draft.head - at <= 2:
            at -= 1
        if at == draft.head - 1 or pos[at] not in ("NUM", "PRON", "DET") or text.sentence_of[at] != draft.sentence:
            return None
        near = [
            d
            for d in reversed(self.done[-DEEPEST:])
            if (d.number == "pl" or self._counted(d))
            and d.role != "pronoun"
            and d.kind != "object"
            and d.last <= at
            and draft.sentence - d.sentence <= REACH
            and self._agrees(d, draft.gender, "pl", draft)
        ]
        return next((d for d in near if self._counted(d)), None) or next(iter(near), None)

    def _counted(self, draft: Draft) -> bool:
        """Return whether a number of more than one stands before them: 'cinq casques bleus'."""
        before = draft.first - 1
        if before < 0 or self.text.sentence_of[before] != draft.sentence:
            return False
        number = self.text.words[before]
        return (number.isdigit() and number != "1") or (
            self.text.norms[before] in self.g.numbers and draft.number != "sg"
        )

    def _named_before(self, draft: Draft) -> Draft | None:
        """Return the last mention with a name whose words hold this lone noun: 'le ministère' after 'le ministère de la Santé de Gaza'."""
        word = self.text.norms[draft.head]
        for earlier in reversed(self.done[-DEEPEST:] if draft.last - draft.first <= 2 else []):
            if earlier.name and earlier.role == "name" and word in self.text.norms[earlier.first : earlier.last]:
                return earlier
        return None

    def _counted_otherwise(self, draft: Draft, number: str) -> set[str]:
        """Return who a pronoun of the other number means in the same sentence: 'il' and 'leur' are two."""
        if number not in ("sg", "pl"):
            return set()
        return {
            d.name
            for d in self.by_sentence[draft.sentence]
            if d.settled and d.name and d.role == "pronoun" and d.last <= draft.first and d.get("n") not in ("", number)
        }

    def _agrees(self, earlier: Draft, gender: str, number: str, draft: Draft) -> bool:
        if (
            draft.get("pos") in ("subject", "object")
            and gender in ("m", "f")
            and not earlier.gender
            and earlier.kind in GROUPS
            and self.g.before
        ):
            return False
        if earlier.kind == "object" and (draft.get("speaks") or (gender in ("m", "f") and self.g.before)):
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
        if quote.last + 1 < self.text.size:
            sentences.add(self.text.sentence_of[min(quote.last, self.text.size - 1)])
        around = [
            d
            for sentence in sorted(sentences)
            for d in self.by_sentence.get(sentence, ())
            if d.role in SPEAKERS and not quote.first <= d.first < quote.last
        ]
        after = [d for d in around if d.first >= quote.last]
        for candidate in after + [d for d in reversed(around) if d.first < quote.first]:
            self._settle(candidate)
            speaker = candidate.of if candidate.role in ("leader", "person") and candidate.of else candidate
            self._settle(speaker)
            if speaker.name:
                return speaker
            near = quote.last <= candidate.first <= quote.last + saying.WITHIN
            if near and candidate.role in ("class", "unit", "member"):
                # '"...", promet le commandement': who speaks is said, and named nowhere
                return None
        return None

    def _loser(self, draft: Draft) -> Draft | None:
        """Return whose people they are where somebody 'lost' them: the subject of the sentence."""
        first, losing = self.text.sentences[draft.sentence][0], self.g.words.saying("role", "loses")
        for i in range(draft.first - 1, max(first, draft.first - LOST_WITHIN) - 1, -1):
            if self.text.norms[i] not in losing:
                continue
            here = [d for d in self.by_sentence[draft.sentence] if d.subject and d is not draft]
            later = [d for d in self.by_sentence[draft.sentence] if d.first > draft.last and d.role == "name"]
            for candidate in [d for d in reversed(here) if d.first < i] + [d for d in here if d.first > i] + later:
                self._settle(candidate)
                if candidate.name and candidate.kind in GROUPS:
                    return candidate
            break
        return None

    def _sender(self, draft: Draft) -> Draft | None:
        """Return the armed body that is the subject of the sentence ('la police a envoyé des renforts')."""
        here = [d for d in self.done[-DEEPEST:] if d.sentence == draft.sentence and d.subject and d.name]
        return next((d for d in reversed(here) if d.kind in ("state-force", "armed-group")), None)

    def _paired(self) -> list[tuple[Draft, Draft]]:
        """Return the mentions joined by one word ('et', 'and') so far, nearest first."""
        pairs = zip(self.done, self.done[1:], strict=False)
        joined = [
            (a, b)
            for a, b in pairs
            if a.name and b.name and 0 <= b.first - a.last <= 2 and self.g.joins(self.text, a.last)
        ]
        return joined[::-1]

    def _acts(self, draft: Draft) -> bool:
        text = self.text
        if draft.last < text.size and text.words[draft.last] == ":":
            return False
        if draft.subject and not self._passive(draft):
            return True
        for after in range(draft.last, min(draft.last + 2, text.size)):
            if self.g.speech.has(text.norms[after]) and (
                not self.syntax or after == draft.last or self.syntax.pos[after] in ("VERB", "AUX")
            ):
                return text.sentence_of[after] == draft.sentence
        if self.g.joins(text, draft.last) and self._told_beside(draft):
            return True
        before = draft.first - 1
        if (
            before >= 0
            and not self.syntax
            and (self.g.speech.has(text.norms[before]) or self.g.deeds.has(text.norms[before]))
        ):
            return True
        if not self.syntax and self.done and self.done[-1].last == draft.first:
            # 'اتهمت حماس إسرائيل': the verb, who accuses, who is accused.
            before = self.done[-1].first - 1
        if (
            self.g.after
            and self.done
            and self.g.joins(text, self.done[-1].last)
            and draft.first - self.done[-1].last == 1
        ):
            # 'accuse le M23 et le Rwanda de'
            before = self.done[-1].first - 1
        return any(self._accuses(before - k, before + 1) for k in (0, 1))

    def _told_beside(self, draft: Draft) -> bool:
        """Return whether a verb of saying stands right behind the name joined to this one: 'la Russie et l'Ukraine | s'accusent'."""
        norms, join = self.text.norms, draft.last
        if join + 2 < len(norms) and self.g.speech.has(norms[join + 2]):
            return True
        here = self.by_sentence[draft.sentence] if self.g.after else ()
        other = next((d for d in here if d.role == "state" and join < d.first <= join + 2), None)
        near = range(other.last, min(other.last + 2, len(norms))) if other else ()
        return any(self.g.speech.has(norms[i]) for i in near)

    def _accuses(self, first: int, last: int) -> bool:
        """Return whether tokens ``first`` to ``last`` say that an actor follows ('accuse', 'imputé à')."""
        return first >= 0 and any(
            e.get("role") == "acts" and end == last for end, e in self.g.words.matches(self.text, first)
        )

    def _passive(self, draft: Draft) -> bool:
        return bool(self.syntax) and self.syntax.dep[draft.head] == "nsubj:pass" if self.syntax else False
