"""Second pass: hits that stand together become one mention ('les miliciens du Nosra', 'Syrian army soldiers').

A ``Draft`` is a mention whose words are settled and whose name is not yet: it says what the words state (a name, a nationality, an owner)
and leaves to ``resolve`` what only the rest of the report can tell.
"""

from __future__ import annotations

from reportedly.find.actors.complements import COMPLEMENTS, GROUPINGS, Complements
from reportedly.find.actors.draft import Draft
from reportedly.find.actors.scan import Hit
from reportedly.rules import Entry

LONG_WORD = 3
# What the parse must not take a noun for where no article or number speaks for it.
NAMELESS = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "ADV"})
UNSURE = NAMELESS | {"ADJ"}
THINGS = frozenset({"", "object", "site", "weapon"})


class Composer(Complements):
    """Joins the hits of one text."""

    def compose(self) -> list[Draft]:
        """Return the drafts in text order."""
        k = 0
        while k < len(self.hits):
            k = self._step(k)
        if self.locals:
            self._find_locals()
        if self.syntax:
            self._strangers(self.syntax)
        self.drafts.sort(key=lambda d: (d.first, -d.last))
        return self.drafts

    def _step(self, k: int) -> int:
        """Make the drafts that start with hit ``k``; return the next hit to look at."""
        hit = self.hits[k]
        if hit.what == "word":
            return self._word(hit, k)
        if self.g.before and hit.what != "noun" and (after := self._modified(k)):
            return after
        if hit.what == "noun":
            return self._noun(hit, k)
        if hit.what == "actor":
            draft = self._name(hit)
        elif hit.what == "adjective":
            people = self._people(hit)
            if people is None:
                return k + 1
            draft = people
        else:
            draft = self._draft(hit, "state", hit.last)
            draft.country = hit.forms[0].ids[0]
        self.drafts.append(draft)
        return self._past(draft.last, k)

    def _past(self, token: int, k: int) -> int:
        k += 1
        while k < len(self.hits) and self.hits[k].first < token:
            k += 1
        return k

    def _people(self, hit: Hit) -> Draft | None:
        """Return the mention of a people ('les Russes', 'Palestinians') where an adjective stands as a noun, else None."""
        word = self.text.words[hit.first]
        article = self._determined(hit.first)[1]
        opens = self.text.sentences[self.text.sentence_of[hit.first]][0] == hit.first
        if self.syntax:
            noun = self.syntax.pos[hit.first] in ("NOUN", "PROPN") and self.syntax.dep[hit.first] not in (
                "compound",
                "amod",
                "flat",
            )
        else:
            noun = article is not None
        if (
            not noun
            or not word[0].isupper()
            or word[-1] == "."
            or word.isupper()
            or (opens and self.g.peoples_capitalised and article is None)
        ):
            return None
        if self.g.before and not (word.endswith("s") or article):
            return None
        draft = self._draft(hit, "people", hit.last)
        draft.kind, draft.country, draft.number = "civilians", hit.forms[0].ids[0], draft.number or "pl"
        return draft

    def _noun(self, hit: Hit, k: int) -> int:
        if self._no_noun(hit):
            return k + 1
        entry = self._reading(hit)
        if self.g.before and (after := self._compound(hit, entry, k)):
            return after
        draft = self._draft(hit, entry.get("role"), hit.last, entry=entry)
        draft.kind = entry.get("kind")
        draft.owner = self.apposed.get(draft.first)
        counted = hit.first > 0 and self._counts(hit.first - 1)
        taken = bool(self.syntax) and self.syntax.pos[draft.head] == "ADJ"  # type: ignore[union-attr]
        draft.adjectival = taken and draft.article is None and not counted and not self._governed(hit)
        self._complement(draft, hit.last)
        if draft.role == "weapon":
            return self._weapon(draft, hit, k)
        self._called(draft)
        self._bracketed(draft)
        self.drafts.append(draft)
        self._keep_inner(draft)
        return self._past(draft.last, k)

    def _adjectival(self, hit: Hit) -> bool:
        """Return whether a noun taken for an adjective may be one: a thing, and people beside a noun ('forces étrangères')."""
        assert self.syntax
        return hit.role == "object" or (hit.role == "" and self.syntax.dep[hit.first] == "amod")

    def _governed(self, hit: Hit) -> bool:
        """Return whether a preposition stands right before and no noun behind ('de rebelles touareg'): no place for an adjective."""
        assert self.syntax
        pos, last = self.syntax.pos, hit.last
        alone = last == hit.first + 1 and hit.first > 0
        return alone and pos[hit.first - 1] == "ADP" and (last >= self.text.size or pos[last] != "NOUN")

    def _keep_inner(self, draft: Draft) -> None:
        """Keep the mention inside that of a person or thing, which does not bear its name."""
        if draft.of and draft.role not in ("member", "class", "unit", "local", "both"):
            draft.of.inside = True
            self.drafts.append(draft.of)

    def _compound(self, hit: Hit, entry: Entry, k: int) -> int | None:
        """Join a noun to the noun it modifies ('police chief', 'cattle traders'); return the next hit, or None."""
        at = hit.last
        if at < self.text.size and self.text.norms[at] == "'s":
            at += 1
        noun = self._hit_at(at)
        if noun is None or noun.what != "noun" or not self._same_sentence(at, hit.first) or self._no_noun(noun):
            return None
        head = next((n for n in noun.nouns if n.get("role") != "weapon"), noun.nouns[0])
        draft = self._draft(noun, head.get("role"), noun.last, entry=head)
        draft.first, draft.article = self._determined(hit.first)
        draft.start, draft.kind = self.text.starts[draft.first], head.get("kind")
        if entry.get("role") in COMPLEMENTS:
            draft.of = self._draft(hit, entry.get("role"), hit.last, entry=entry)
            draft.of.kind = entry.get("kind")
            self._cut(draft.of, hit)
        if draft.role == "weapon":
            return None
        self._complement(draft, noun.last)
        self._called(draft)
        self.drafts.append(draft)
        self._keep_inner(draft)
        return self._past(draft.last, k)

    def _no_noun(self, hit: Hit) -> bool:
        """Return whether the parse takes a one-word noun for something else and no article speaks for it."""
        if self.g.before and self._part_of_name(hit):
            return True
        if self._region(hit):
            return True
        if (
            not self.syntax
            or hit.last - hit.first > 1
            or self.syntax.pos[hit.first] not in (UNSURE if self._adjectival(hit) else NAMELESS)
        ):
            return False
        if hit.first and self._counts(hit.first - 1):
            return False
        after = self._hit_at(hit.last)
        if self.g.after and after and after.what == "adjective" and hit.noun("weapon"):
            # 'de drones ukrainiens': a nationality stands behind a noun, whatever the parse takes it for.
            return False
        article = self._determined(hit.first)[1]
        return article is None or (article.get("g") == "" and article.get("n") == "pl")

    def _part_of_name(self, hit: Hit) -> bool:
        """Return whether a thing or group is part of a proper name ('Saudi Hospital', 'West Bank')."""
        i = hit.first
        if hit.last - hit.first > 1 and hit.role == "class":
            # 'Azawad Liberation Front' names the group itself.
            return False
        if hit.role not in ("object", "class") or not self.text.words[i][0].isupper() or not self._inside(i):
            return False
        return (hit.role == "object" and not self._title_case(i)) or (
            self.text.words[i - 1][0].isupper() and not self._title_case(i)
        )

    def _title_case(self, i: int) -> bool:
        """Return whether the sentence of token ``i`` capitalises its words, as headlines do."""
        first, last = self.text.sentences[self.text.sentence_of[i]]
        long = [w for w in self.text.words[first:last] if len(w) > LONG_WORD and w[0].isalpha()]
        return len(long) > LONG_WORD and sum(w[0].isupper() for w in long) > 0.8 * len(long)

    def _region(self, hit: Hit) -> bool:
        """Return whether a people's name stands for its land: capitalised in mid-sentence, without article or number ('en Amhara')."""
        i = hit.first
        if (
            not self.g.peoples_capitalised
            or hit.role
            or not self.text.words[i][0].isupper()
            or self.text.words[i].isupper()
        ):
            return False
        return (
            bool(self.syntax) and self.syntax.pos[i] == "PROPN" and self._inside(i) and self._determined(i)[1] is None
            if self.syntax
            else False
        )

    def _inside(self, i: int) -> bool:
        """Return whether token ``i`` stands inside a sentence or in a dateline, where a capital is no accident."""
        return self.text.sentences[self.text.sentence_of[i]][0] != i or any(a <= i < b for a, b in self.text.datelines)

    def _reading(self, hit: Hit) -> Entry:
        """Return the reading as a weapon only where a nationality stands beside it."""
        weapon = hit.noun("weapon")
        if weapon is None or len(hit.nouns) == 1:
            return hit.nouns[0]
        after = self._hit_at(hit.last)
        if after and after.what == "adjective" and self.g.after:
            return weapon
        return next((n for n in hit.nouns if n is not weapon and n.lexicon == weapon.lexicon), weapon)

    def _weapon(self, draft: Draft, hit: Hit, k: int) -> int:
        """'une frappe russe': the adjective is the mention; without one there is none."""
        adjective = next((h for h in self.hits[k + 1 : k + 4] if h.what == "adjective" and h.last <= draft.last), None)
        last = hit.last
        while adjective:
            self.drafts.append(self._nationality(adjective, draft))
            last = adjective.last
            after = self._hit_at(last + 1) if self.g.joins(self.text, last) else None
            adjective = after if after and after.what == "adjective" else None
        return self._past(last, k)

    def _nationality(self, adjective: Hit, weapon: Draft) -> Draft:
        return Draft(
            adjective.first,
            adjective.last,
            adjective.first,
            self.text.starts[adjective.first],
            self.text.ends[adjective.last - 1],
            "weapon",
            entry=weapon.entry,
            country=adjective.forms[0].ids[0],
            kind="state-force",
            sentence=weapon.sentence,
            subject=weapon.subject,
        )

    def _modified(self, k: int) -> int | None:
        """Join a name or nationality to the noun after it ('Syrian army', "Ukraine's president"); return the next hit, or None."""
        hit = self.hits[k]
        at, possessive = hit.last, False
        if at < self.text.size and self.text.norms[at] == "'s":
            at, possessive = at + 1, True
        noun = self._noun_at(at)
        if noun is None and hit.what in ("adjective", "country") and self.g.joins(self.text, at):
            # 'U.S. and British warplanes': each is a mention of its own.
            other = self._hit_at(at + 1)
            noun = self._noun_at(other.last) if other and other.what == "adjective" else None
            if noun is None or not noun.noun("weapon"):
                return None
            self._armed(hit, noun)
            return k + 1
        if noun is None or not self._same_sentence(at, hit.first) or self._no_noun(noun):
            return None
        weapon = noun.noun("weapon")
        if (
            weapon
            and not possessive
            and hit.what in ("adjective", "country")
            and (len(noun.nouns) == 1 or not self._moved(noun))
        ):
            self._armed(hit, noun)
            return self._past(noun.last, k)
        return self._join(hit, noun, k, possessive=possessive)

    def _armed(self, hit: Hit, noun: Hit) -> None:
        """Make the nationality before a weapon or attack a mention of that country's army."""
        weapon = Draft(
            noun.first,
            noun.last,
            noun.first,
            0,
            0,
            "weapon",
            entry=noun.noun("weapon"),
            sentence=self.text.sentence_of[noun.first],
        )
        weapon.subject = bool(self.syntax) and self._subject(noun.last - 1)
        self.drafts.append(self._nationality(hit, weapon))

    def _moved(self, noun: Hit) -> bool:
        """Return whether a thing that is also a weapon is here the thing acted upon."""
        return bool(self.syntax) and self.syntax.dep[noun.last - 1] in ("obj", "nsubj:pass") if self.syntax else False

    def _noun_at(self, at: int) -> Hit | None:
        """Return the noun at ``at``, adjectives between them passed over."""
        for _ in range(3):
            hit = self._hit_at(at)
            if hit is None:
                return None
            if hit.what == "noun":
                return hit
            if hit.what != "word" or hit.role not in ("around", "pre"):
                return None
            at = hit.last
        return None

    def _join(self, hit: Hit, noun: Hit, k: int, *, possessive: bool) -> int | None:
        entry = next((n for n in noun.nouns if n.get("role") != "weapon"), None)
        if entry is None:
            return None
        if hit.what == "actor" and entry.get("role") in ("object", "") and not possessive:
            return None
        draft = self._draft(noun, entry.get("role"), noun.last, entry=entry)
        draft.first, draft.article = self._determined(hit.first)
        draft.start, draft.kind = self.text.starts[draft.first], entry.get("kind")
        if hit.what == "actor":
            draft.of = self._name(hit)
            self._cut(draft.of, hit)
            if draft.role in GROUPINGS:
                draft.forms = draft.of.forms
        else:
            draft.country = hit.forms[0].ids[0]
        self._complement(draft, noun.last)
        self._called(draft)
        self._bracketed(draft)
        self.drafts.append(draft)
        self._keep_inner(draft)
        return self._past(draft.last, k)

    def _word(self, hit: Hit, k: int) -> int:
        pronoun = hit.noun("pronoun")
        article = hit.noun("article")
        if hit.noun("impersonal") or (pronoun is None and article is None):
            return k + 1
        if article and (
            self._starts_mention(hit.last, owned=bool(article.get("owner")))
            or (pronoun is None and not article.get("owner") and not self._object(hit.first))
        ):
            return k + 1
        entry = pronoun if pronoun and not article else article or pronoun
        assert entry
        role = "pronoun" if entry is pronoun or not entry.get("owner") else "possessive"
        draft = Draft(
            hit.first, hit.last, hit.first, self.text.starts[hit.first], self.text.ends[hit.last - 1], role, entry=entry
        )
        draft.gender, draft.number, draft.sentence = entry.get("g"), entry.get("n"), self.text.sentence_of[hit.first]
        if self.syntax:
            draft.subject = self._subject(hit.first)
        self.drafts.append(draft)
        return k + 1

    def _starts_mention(self, at: int, *, owned: bool) -> bool:
        """Return whether an article is followed (adjectives apart) by a name or noun that will take it in.

        An owner ('son drapeau') is lost in a thing, not in a group ('ses combattants').
        """
        for _ in range(3):
            hit = self._hit_at(at)
            if hit is None:
                return False
            if hit.what != "word":
                return not (owned and hit.what == "noun" and hit.role in THINGS)
            if hit.role not in ("around", "pre"):
                return False
            at = hit.last
        return False

    def _object(self, i: int) -> bool:
        """Return whether an article is a clitic object here ('l'a abattu', 'les avait accusées')."""
        if (
            not self.syntax
            or self._back(i)
            or (self.syntax.pos[i] != "PRON" and self.syntax.dep[i] not in ("obj", "iobj"))
        ):
            return False
        return i + 1 < self.text.size and self.syntax.pos[i + 1] in ("VERB", "AUX", "PRON")

    def _back(self, i: int) -> bool:
        """Return whether a word is a demonstrative ('ce'), which is never a clitic object."""
        entry = self.g.words.entry(self.text.norms[i])
        return entry is not None and bool(entry.get("back"))
