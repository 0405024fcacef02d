"""Second pass: hits that stand together become one mention ('les miliciens du Nosra', 'Syrian army soldiers').

A ``Draft`` is a mention whose words are settled and whose name is not yet: it says what the words state (a name, a nationality, an owner)
and leaves to ``resolve`` what only the rest of the report can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.actors import Form
from reportedly.find.actors.scan import Grammar, Hit
from reportedly.rules import Entry
from reportedly.syntax import Syntax
from reportedly.text import Text

# Words that may stand inside a person's or a group's name between capitals.
PARTICLES = frozenset("al el ben bin ibn ould ag de du des la le van von der da dos e y abou abu oum um".split())
LONGEST_NAME = 6
LONG_WORD = 3
OPENING, CLOSING = frozenset('"«“„'), frozenset('"»”')
COMPLEMENTS = frozenset({"unit", "class", "member", "head"})
THINGS = frozenset({"", "object", "site", "weapon"})
# Nouns that bear the name of what stands beside them; a person or a thing does not.
GROUPINGS = frozenset({"member", "class", "unit", "site", "both"})
NAMELESS = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "ADV"})
UNSURE = NAMELESS | {"ADJ"}


@dataclass(slots=True)
class Draft:
    """One mention in the making: tokens ``first`` to ``last``, its head, code points, and what its words state.

    ``role``: name, state (a country or its seat), people, pronoun, possessive, local, or the noun's own role. ``forms`` are those of the
    name or of the complement; ``country`` comes from a nationality or 'de X'; ``proper`` is a name the words give that we do not know;
    ``of`` is the mention after 'de'; ``inside`` marks what stands within another mention.
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    role: str
    entry: Entry | None = None
    forms: list[Form] = field(default_factory=list)
    country: str | None = None
    proper: str | None = None
    of: Draft | None = None
    article: Entry | None = None
    inside: bool = False
    gender: str = ""
    number: str = ""
    kind: str = ""
    name: str | None = None
    identifier: str | None = None
    reason: str = ""
    settled: bool = False
    subject: bool = False
    adjectival: bool = False
    sentence: int = 0
    owner: Draft | None = None

    def get(self, key: str) -> str:
        """Return one of the noun's values."""
        return self.entry.values.get(key, "") if self.entry else ""


class Composer:
    """Joins the hits of one text."""

    def __init__(self, text: Text, hits: list[Hit], g: Grammar, syntax: Syntax | None) -> None:
        self.text, self.hits, self.g, self.syntax = text, hits, g, syntax
        self.by_first = {hit.first: k for k, hit in enumerate(hits)}
        self.by_last = {hit.last: k for k, hit in enumerate(hits)}
        self.locals: dict[tuple[str, ...], Draft] = {}
        self.apposed: dict[int, Draft] = {}
        self.drafts: list[Draft] = []

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
            draft = self._people(hit)
            if draft is None:
                return k + 1
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

    # --- names -------------------------------------------------------------------------------------------------------------------

    def _draft(self, hit: Hit, role: str, last: int, *, entry: Entry | None = None) -> Draft:
        first, article = self._determined(hit.first)
        if article is None and self.syntax and hit.what == "noun":
            first, article = self._determiner(hit, first, self.syntax)
        if hit.start >= 0:
            first, article = hit.first, None
        start = hit.start if hit.start >= 0 else self.text.starts[first]
        head = hit.last - 1 if self.g.before and hit.what == "noun" else hit.first
        draft = Draft(first, last, head, start, self.text.ends[last - 1], role, entry=entry, article=article, sentence=self.text.sentence_of[hit.first])
        draft.gender = entry.values.get("g", "") if entry else article.values.get("g", "") if article else ""
        draft.number = entry.feature if entry and entry.feature in ("sg", "pl") else article.values.get("n", "") if article else ""
        if self.syntax:
            draft.subject = self._subject(head)
        return draft

    def _subject(self, head: int) -> bool:
        """Return whether the parse takes the mention for a subject (or a conjunct of one)."""
        assert self.syntax
        for _ in range(3):
            dep = self.syntax.dep[head]
            if dep.startswith("nsubj") or dep == "obl:agent":
                return True
            if dep not in ("conj", "appos", "flat:name", "flat", "compound") or self.syntax.head[head] == head:
                return False
            head = self.syntax.head[head]
        return False

    def _stretch(self, draft: Draft, last: int) -> None:
        if last > draft.last:
            draft.last, draft.end = last, self.text.ends[last - 1]

    def _determined(self, first: int) -> tuple[int, Entry | None]:
        """Return where the noun phrase that goes on at ``first`` starts, and its article."""
        at = first
        if at and self.text.words[at - 1] in OPENING and (self.text.words[at - 1] != '"' or self.text.glued(at)):
            at -= 1
        if at and at != first and at not in self.by_last:
            return first, None
        for _ in range(3):
            k = self.by_last.get(at)
            if k is None or self.hits[k].what != "word" or not self._same_sentence(at - 1, first):
                break
            hit = self.hits[k]
            if hit.role == "pre" or hit.role == "around" and self.g.before:
                at = hit.first
                continue
            if hit.role == "article":
                return hit.first, hit.nouns[0]
            if hit.role == "of" and hit.get("has") and hit.last - hit.first > 1:
                article = self.g.words.entry(self.text.norms[hit.last - 1])
                return (at - 1, article) if article and article.get("role") == "article" else (at, None)
            break
        return (at if at in self.by_first else first), None

    def _determiner(self, hit: Hit, first: int, syntax: Syntax) -> tuple[int, Entry | None]:
        """Return the article the parse gives a noun, where only words we do not know stand between ('the Iran-aligned group')."""
        head = hit.last - 1 if self.g.before else hit.first
        det = syntax.child(head, "det")
        if det is None or not first - LONGEST_NAME <= det < first:
            return first, None
        entry = self.g.words.entry(self.text.norms[det])
        between = range(det + 1, first)
        if entry is None or entry.get("role") != "article" or any(self._counts(i) or i in self.by_first for i in between):
            return first, None
        return det, entry

    def _counts(self, i: int) -> bool:
        """Return whether token ``i`` is a number."""
        return self.text.words[i][0].isdigit() or self.text.norms[i] in self.g.numbers

    def _same_sentence(self, i: int, j: int) -> bool:
        return self.text.sentence_of[i] == self.text.sentence_of[j]

    def _name(self, hit: Hit) -> Draft:
        draft = self._draft(hit, "name", hit.last, entry=hit.nouns[0] if hit.nouns else None)
        draft.forms = [f for f in hit.forms if f.what == "actor"]
        after = self._hit_at(hit.last)
        if self.g.after and after and after.what == "adjective" and self._same_sentence(hit.last - 1, after.first):
            self._stretch(draft, after.last)
            if hit.nouns and hit.forms[0].doubtful:
                # 'القاعدة الأميركية' is a base.
                draft.forms, draft.country = [], after.forms[0].ids[0]
        self._bracketed(draft)
        return draft

    def _bracketed(self, draft: Draft) -> None:
        """Take in an acronym in brackets, and learn it for the rest of the report."""
        i, words = draft.last, self.text.words
        if i + 2 < len(words) and words[i] == "(" and words[i + 2] == ")" and 1 < len(words[i + 1]) <= 10 and words[i + 1][0].isupper():
            known = self._hit_at(i + 1)
            if known is None:
                self.locals[(words[i + 1],)] = draft
            if known is None or known.what == "actor":
                self._stretch(draft, i + 3)

    def _hit_at(self, i: int) -> Hit | None:
        k = self.by_first.get(i)
        return self.hits[k] if k is not None else None

    def _people(self, hit: Hit) -> Draft | None:
        """Return the mention of a people ('les Russes', 'Palestinians') where an adjective stands as a noun, else None."""
        word = self.text.words[hit.first]
        article = self._determined(hit.first)[1]
        opens = self.text.sentences[self.text.sentence_of[hit.first]][0] == hit.first
        if self.syntax:
            noun = self.syntax.pos[hit.first] in ("NOUN", "PROPN") and self.syntax.dep[hit.first] not in ("compound", "amod", "flat")
        else:
            noun = article is not None
        if not noun or not word[0].isupper() or word[-1] == "." or word.isupper() or (opens and self.g.peoples_capitalised and article is None):
            return None
        if self.g.before and not (word.endswith("s") or article):
            return None
        draft = self._draft(hit, "people", hit.last)
        draft.kind, draft.country, draft.number = "civilians", hit.forms[0].ids[0], draft.number or "pl"
        return draft

    # --- nouns -------------------------------------------------------------------------------------------------------------------

    def _noun(self, hit: Hit, k: int) -> int:
        if self._no_noun(hit):
            return k + 1
        entry = self._reading(hit)
        if self.g.before and (after := self._compound(hit, entry, k)):
            return after
        draft = self._draft(hit, entry.get("role"), hit.last, entry=entry)
        draft.kind = entry.get("kind")
        draft.owner = self.apposed.get(draft.first)
        draft.adjectival = bool(self.syntax) and draft.article is None and self.syntax.pos[hit.first] == "ADJ" if self.syntax else False
        self._complement(draft, hit.last)
        if draft.role == "weapon":
            return self._weapon(draft, hit, k)
        self._called(draft)
        self._bracketed(draft)
        self.drafts.append(draft)
        self._keep_inner(draft)
        return self._past(draft.last, k)

    def _keep_inner(self, draft: Draft) -> None:
        """Keep the mention inside that of a person or thing, which does not bear its name."""
        if draft.of and draft.role not in ("member", "class", "unit", "local", "both"):
            draft.of.inside = True
            self.drafts.append(draft.of)

    def _compound(self, hit: Hit, entry: Entry, k: int) -> int | None:
        """Join a noun to the noun it modifies ('police chief', 'cattle traders'); return the next hit, or None."""
        at = hit.last
        if at < len(self.text) and self.text.norms[at] == "'s":
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
        if not self.syntax or hit.last - hit.first > 1 or self.syntax.pos[hit.first] not in (UNSURE if hit.role == "object" else NAMELESS):
            return False
        if hit.first and self._counts(hit.first - 1):
            return False
        article = self._determined(hit.first)[1]
        return article is None or article.get("g") == "" and article.get("n") == "pl"

    def _part_of_name(self, hit: Hit) -> bool:
        """Return whether a thing or group is part of a proper name ('Saudi Hospital', 'West Bank')."""
        i = hit.first
        if hit.role not in ("object", "class") or not self.text.words[i][0].isupper() or not self._inside(i):
            return False
        return hit.role == "object" and not self._title_case(i) or self.text.words[i - 1][0].isupper() and not self._title_case(i)

    def _title_case(self, i: int) -> bool:
        """Return whether the sentence of token ``i`` capitalises its words, as headlines do."""
        first, last = self.text.sentences[self.text.sentence_of[i]]
        long = [w for w in self.text.words[first:last] if len(w) > LONG_WORD and w[0].isalpha()]
        return len(long) > LONG_WORD and sum(w[0].isupper() for w in long) > 0.8 * len(long)

    def _region(self, hit: Hit) -> bool:
        """Return whether a people's name stands for its land: capitalised in mid-sentence, without article or number ('en Amhara')."""
        i = hit.first
        if not self.g.peoples_capitalised or hit.role or not self.text.words[i][0].isupper() or self.text.words[i].isupper():
            return False
        return bool(self.syntax) and self.syntax.pos[i] == "PROPN" and self._inside(i) and self._determined(i)[1] is None if self.syntax else False

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
        only = Draft(
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
        return only

    def _complement(self, draft: Draft, at: int) -> None:
        """Read what follows a noun: adjectives, a nationality, a name, 'de X', a person's name."""
        if at < len(self.text) and self.text.words[at] in CLOSING and self.text.words[draft.head - 1] in OPENING:
            at += 1
        for _ in range(5):
            hit = self._hit_at(at)
            if hit is None or not self._same_sentence(at, draft.head):
                break
            if hit.what == "adjective" and self.g.after and draft.country is None:
                draft.country = hit.forms[0].ids[0]
            elif hit.noun("around") and self.g.after:
                pass
            elif hit.what == "actor" and self._may_follow(draft):
                draft.of = self._name(hit)
                if draft.role in GROUPINGS:
                    draft.forms = draft.of.forms
            elif hit.what == "word" and hit.noun("of") and not draft.forms:
                if self._of(draft, hit):
                    at = draft.last
                    continue
                break
            elif self.g.juxtaposed and hit.what in ("country", "seat") and draft.role in ("unit", "head", "title") and draft.country is None:
                draft.country = hit.forms[0].ids[0]
            else:
                break
            at = hit.last
            self._stretch(draft, at)
        self._person(draft)

    def _may_follow(self, draft: Draft) -> bool:
        if draft.forms or draft.of:
            return False
        if not self.g.juxtaposed:
            return draft.role in ("class", "member")
        # A noun that bears the article stands alone: what follows is another mention.
        return draft.role in ("class", "member", "leader", "site") and not self.text.norms[draft.last - 1].startswith(self.g.articles[:1])

    def _of(self, draft: Draft, of: Hit) -> bool:
        """Read 'de X' after a noun; return whether it belongs to the mention."""
        at = of.last
        article = self._hit_at(at)
        if article and article.what == "word" and article.role == "article" and not of.get("has"):
            at = article.last
        hit = self._hit_at(at)
        if hit and hit.noun("pronoun") and hit.get("last") and draft.role in ("leader", "member", "title", "class"):
            return self._of_pronoun(draft, hit)
        if hit is None or hit.what == "word":
            return self._of_unknown(draft, of, at)
        if of.get("belongs") and draft.role == "":
            draft.role = "member"
        if draft.role == "object" or not self._same_sentence(at, draft.head):
            return False
        if hit.what == "actor":
            inner = self._name(hit)
            if draft.role in GROUPINGS and not (of.get("tie") and draft.role == "class"):
                draft.forms = inner.forms
            draft.of = inner
        elif hit.what in ("country", "seat"):
            inner = self._draft(hit, "state", hit.last)
            inner.country = hit.forms[0].ids[0]
            draft.country = draft.country or inner.country
            draft.of = inner if draft.role == "leader" else None
        elif hit.what == "noun" and hit.role in COMPLEMENTS and draft.role in ("leader", "member", "unit", "title", "site"):
            entry = hit.nouns[0]
            inner = self._draft(hit, entry.get("role"), hit.last, entry=entry)
            inner.kind = entry.get("kind")
            self._complement(inner, hit.last)
            draft.of = inner
        else:
            return False
        self._stretch(draft, inner.last)
        return True

    def _of_pronoun(self, draft: Draft, hit: Hit) -> bool:
        """'le porte-parole de ce dernier'."""
        entry = hit.nouns[0]
        inner = Draft(hit.first, hit.last, hit.first, self.text.starts[hit.first], self.text.ends[hit.last - 1], "pronoun", entry=entry)
        inner.gender, inner.number, inner.sentence = entry.get("g"), entry.get("n"), draft.sentence
        draft.of = inner
        self._stretch(draft, hit.last)
        return True

    def _of_unknown(self, draft: Draft, of: Hit, at: int) -> bool:
        """'le gouverneur de Mopti', 'habitants de Koro': a capitalised name we do not know ends the mention."""
        last = self._capitals(at)
        if last == at or draft.role in ("object", "unit", "weapon"):
            return False
        draft.proper = self.text.text[self.text.starts[at] : self.text.ends[last - 1]]
        self._stretch(draft, last)
        if draft.role == "member" and self._apposed_group(last):
            draft.role, draft.of = "local", None
            self.locals[tuple(self.text.words[at:last])] = draft
            self.apposed[last + 1] = draft
        return True

    def _apposed_group(self, at: int) -> bool:
        """Return whether ', un groupe ...' follows: what stands before is then the name of a group."""
        if at + 2 >= len(self.text) or self.text.words[at] != ",":
            return False
        article = self._hit_at(at + 1)
        noun = self._hit_at(article.last) if article and article.role == "article" else None
        return bool(noun and noun.what == "noun" and noun.noun("class"))

    def _capitals(self, at: int) -> int:
        """Return the end of the run of capitalised words at ``at`` (particles inside it allowed); ``at`` itself where there is none."""
        words, limit = self.text.words, min(len(self.text), at + LONGEST_NAME)
        last = at
        for i in range(at, limit):
            word = words[i]
            if word[0].isupper() and word[0].isalpha() and self.text.sentence_of[i] == self.text.sentence_of[at] or "-" in word and word.split("-")[-1][:1].isupper():
                last = i + 1
            elif not (i > at and word.lower().strip("'’") in PARTICLES and i + 1 < limit):
                break
        return last

    def _person(self, draft: Draft) -> None:
        """Take in the name of an office holder ('le maire, Issa Togo', 'le colonel Assimi Goïta') and of a group ('l'ONG Amel')."""
        if draft.role not in ("leader", "title", "head", "class") or draft.forms or draft.proper and draft.role == "class":
            return
        at, words = draft.last, self.text.words
        comma = at + 1 < len(words) and words[at] == "," and draft.role != "class"
        begin = at + comma
        if begin >= len(words) or not self._same_sentence(begin, draft.head) or self._hit_at(begin):
            return
        last = self._capitals(begin)
        if last == begin or comma and (last - begin < 2 or last < len(words) and words[last] not in ",.;:)(" and not self._verb(last)):
            return
        name = self.text.text[self.text.starts[begin] : self.text.ends[last - 1]]
        if draft.role == "class":
            if draft.number == "pl" or self.text.norms[begin] in self.g.nouns.index:
                return
            draft.proper, draft.role = name, "local"
            self.locals[tuple(words[begin:last])] = draft
        elif draft.role == "leader":
            draft.proper = name
            draft.role = "person" if not draft.get("speaks") else "leader"
        self._stretch(draft, last)

    def _verb(self, i: int) -> bool:
        return self.g.speech.has(self.text.norms[i]) or bool(self.syntax and self.syntax.pos[i] in ("VERB", "AUX"))

    def _called(self, draft: Draft) -> None:
        """Take in a nickname: 'surnommé "al-Omda"'."""
        hit = self._hit_at(draft.last)
        if hit is None:
            after = draft.last + 1
            hit = self._hit_at(after) if after < len(self.text) and self.text.words[draft.last] == "," else None
        if not hit or not hit.noun("called") or draft.kind not in ("person", "armed-group", "civilians"):
            return
        at = hit.last
        quoted = at < len(self.text) and self.text.words[at] in OPENING
        last = self._capitals(at + quoted)
        if quoted and last == at + 1:
            last = next((i for i in range(at + 1, min(at + 1 + LONGEST_NAME, len(self.text))) if self.text.words[i] in CLOSING), last)
        if last > at + quoted:
            draft.proper = self.text.text[self.text.starts[at + quoted] : self.text.ends[last - 1]]
            draft.role, draft.kind = "person", "person"
            self._stretch(draft, last + 1 if quoted and last < len(self.text) and self.text.words[last] in CLOSING else last)

    # --- what stands before the noun ------------------------------------------------------------------------------------------------

    def _modified(self, k: int) -> int | None:
        """Join a name or nationality to the noun after it ('Syrian army', "Ukraine's president"); return the next hit, or None."""
        hit = self.hits[k]
        at, possessive = hit.last, False
        if at < len(self.text) and self.text.norms[at] == "'s":
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
        if weapon and not possessive and hit.what in ("adjective", "country") and (len(noun.nouns) == 1 or not self._moved(noun)):
            self._armed(hit, noun)
            return self._past(noun.last, k)
        return self._join(hit, noun, k, possessive=possessive)

    def _cut(self, inner: Draft, hit: Hit) -> None:
        """Give a mention before a noun back to itself: the article is the noun's."""
        inner.first, inner.last, inner.article = hit.first, hit.last, None
        inner.start, inner.end = self.text.starts[hit.first], self.text.ends[hit.last - 1]

    def _armed(self, hit: Hit, noun: Hit) -> None:
        """Make the nationality before a weapon or attack a mention of that country's army."""
        weapon = Draft(noun.first, noun.last, noun.first, 0, 0, "weapon", entry=noun.noun("weapon"), sentence=self.text.sentence_of[noun.first])
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

    # --- small words -----------------------------------------------------------------------------------------------------------------

    def _word(self, hit: Hit, k: int) -> int:
        pronoun = hit.noun("pronoun")
        article = hit.noun("article")
        if hit.noun("impersonal") or pronoun is None and article is None:
            return k + 1
        if article and (self._starts_mention(hit.last, owned=bool(article.get("owner"))) or pronoun is None and not article.get("owner") and not self._object(hit.first)):
            return k + 1
        entry = pronoun if pronoun and not article else article or pronoun
        assert entry
        role = "pronoun" if entry is pronoun or not entry.get("owner") else "possessive"
        draft = Draft(hit.first, hit.last, hit.first, self.text.starts[hit.first], self.text.ends[hit.last - 1], role, entry=entry)
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
        if not self.syntax or self._back(i) or self.syntax.pos[i] != "PRON" and self.syntax.dep[i] not in ("obj", "iobj"):
            return False
        return i + 1 < len(self.text) and self.syntax.pos[i + 1] in ("VERB", "AUX", "PRON")

    def _back(self, i: int) -> bool:
        """Return whether a word is a demonstrative ('ce'), which is never a clitic object."""
        entry = self.g.words.entry(self.text.norms[i])
        return entry is not None and bool(entry.get("back"))

    def _find_locals(self) -> None:
        """Find again the names this report itself introduced."""
        words, taken = self.text.words, {t for d in self.drafts for t in range(d.first, d.last)}
        starts = {name[0]: (name, draft) for name, draft in self.locals.items()}
        for i, word in enumerate(words):
            if word in starts and i not in taken:
                name, owner = starts[word]
                if tuple(words[i : i + len(name)]) == name:
                    hit = Hit(i, i + len(name), "actor")
                    again = self._draft(hit, "local", hit.last)
                    again.owner, again.kind, again.proper = owner, owner.kind, owner.proper
                    self.drafts.append(again)

    def _strangers(self, syntax: Syntax) -> None:
        """Keep, as they stand, the capitalised names nobody knows that a verb has for its subject."""
        known = {t for d in self.drafts for t in range(d.first, d.last)}
        for i, dep in enumerate(syntax.dep):
            if dep != "nsubj" or syntax.pos[i] != "PROPN" or i in known:
                continue
            first, last = i, self._capitals(i)
            while first > 0 and first - 1 not in known and self._capitals(first - 1) > i:
                first -= 1
            if last - first < 2 or not known.isdisjoint(range(first, last)) or self._hit_at(first) and self._hit_at(first).what != "word":  # type: ignore[union-attr]
                continue
            stranger = Draft(first, last, i, self.text.starts[first], self.text.ends[last - 1], "person", sentence=self.text.sentence_of[i])
            stranger.kind, stranger.subject, stranger.number = "person", True, "sg"
            self.drafts.append(stranger)
