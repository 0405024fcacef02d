"""What follows a noun and belongs to it: a nationality, a name, 'de X', the name of a person, a nickname."""

from __future__ import annotations

from reportedly.find.actors.draft import Draft
from reportedly.find.actors.phrase import CLOSING, LONGEST_NAME, OPENING, Phrase
from reportedly.find.actors.scan import Hit
from reportedly.syntax import Syntax

# Nouns that bear the name of what stands beside them; a person or a thing does not.
GROUPINGS = frozenset({"member", "class", "unit", "site", "both"})
SHORTEST_STRANGER = 2
COMPLEMENTS = frozenset({"unit", "class", "member", "head"})


class Complements(Phrase):
    """Reads to the right of a noun."""

    def _complement(self, draft: Draft, at: int) -> None:
        """Read what follows a noun: adjectives, a nationality, a name, 'de X', a person's name."""
        if at < self.text.size and self.text.words[at] in CLOSING and self.text.words[draft.head - 1] in OPENING:
            at += 1
        at = self._quoted_name(draft, at)
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
            elif (
                self.g.juxtaposed
                and hit.what in ("country", "seat")
                and draft.role in ("unit", "head", "title")
                and draft.country is None
            ):
                draft.country = hit.forms[0].ids[0]
            else:
                break
            at = hit.last
            self._stretch(draft, at)
        draft.vague = any(self._presumed(i) for i in range(draft.first, draft.last))
        self._person(draft)

    def _quoted_name(self, draft: Draft, at: int) -> int:
        """Take in the known name in quotation marks behind a noun for a group ('le gang « Gran Grif »'); return where to read on."""
        words = self.text.words
        hit = self._hit_at(at + 1) if at < len(words) and words[at] in OPENING else None
        if hit is None or hit.what != "actor" or draft.role not in ("class", "member") or draft.forms:
            return at
        draft.of = self._name(hit)
        draft.forms = draft.of.forms
        closed = hit.last < len(words) and words[hit.last] in CLOSING
        self._stretch(draft, hit.last + closed)
        return hit.last + closed

    def _presumed(self, i: int) -> bool:
        """Return whether token ``i`` says that who they are is presumed ('présumés', 'suspected')."""
        return self.text.norms[i] in self.g.words.saying("doubt")

    def _may_follow(self, draft: Draft) -> bool:
        if draft.forms or draft.of:
            return False
        if not self.g.juxtaposed:
            return draft.role in ("class", "member")
        # A noun that bears the article stands alone: what follows is another mention.
        return draft.role in ("class", "member", "leader", "site") and not self.text.norms[draft.last - 1].startswith(
            self.g.articles[:1]
        )

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
            return self._of_unknown(draft, at)
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
        elif (
            hit.what == "noun"
            and hit.role in COMPLEMENTS
            and draft.role in ("leader", "member", "unit", "title", "site")
        ):
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
        inner = Draft(
            hit.first,
            hit.last,
            hit.first,
            self.text.starts[hit.first],
            self.text.ends[hit.last - 1],
            "pronoun",
            entry=entry,
        )
        inner.gender, inner.number, inner.sentence = entry.get("g"), entry.get("n"), draft.sentence
        draft.of = inner
        self._stretch(draft, hit.last)
        return True

    def _of_unknown(self, draft: Draft, at: int) -> bool:
        """'le gouverneur de Mopti', 'habitants de Koro': a capitalised name we do not know ends the mention."""
        last = self._capitals(at)
        if last == at or draft.role in ("object", "unit", "weapon"):
            return False
        draft.proper = self.text.plain(at, last)
        self._stretch(draft, last)
        if draft.role == "member" and self._apposed_group(last):
            draft.role, draft.of = "local", None
            self.locals[tuple(self.text.words[at:last])] = draft
            self.apposed[last + 1] = draft
        return True

    def _apposed_group(self, at: int) -> bool:
        """Return whether ', un groupe ...' follows: what stands before is then the name of a group."""
        if at + 2 >= self.text.size or self.text.words[at] != ",":
            return False
        article = self._hit_at(at + 1)
        noun = self._hit_at(article.last) if article and article.role == "article" else None
        return bool(noun and noun.what == "noun" and noun.noun("class"))

    def _person(self, draft: Draft) -> None:
        """Take in the name of an office holder ('le maire, Issa Togo', 'le colonel Assimi Goïta') and of a group ('l'ONG Amel')."""
        if (
            draft.role not in ("leader", "title", "head", "class")
            or draft.forms
            or (draft.proper and draft.role == "class")
        ):
            return
        at, words = draft.last, self.text.words
        comma = at + 1 < len(words) and words[at] == "," and draft.role != "class"
        quoted = draft.role == "class" and at + 1 < len(words) and words[at] in OPENING
        begin = at + comma + quoted
        if begin >= len(words) or not self._same_sentence(begin, draft.head) or self._hit_at(begin):
            return
        last = self._capitals(begin)
        if last == begin or (
            comma and (last - begin < 2 or (last < len(words) and words[last] not in ",.;:)(" and not self._verb(last)))
        ):
            return
        name = self.text.plain(begin, last)
        if draft.role == "class":
            if draft.number == "pl" or self.text.norms[begin] in self.g.nouns.index:
                return
            draft.proper, draft.role = name, "local"
            self.locals[tuple(words[begin:last])] = draft
            last += quoted and last < len(words) and words[last] in CLOSING
        elif draft.role == "leader":
            draft.proper = name
            draft.role = "person" if not draft.get("speaks") else "leader"
        elif draft.role == "head":
            draft.proper = name
        self._stretch(draft, last)

    def _verb(self, i: int) -> bool:
        return self.g.speech.has(self.text.norms[i]) or bool(self.syntax and self.syntax.pos[i] in ("VERB", "AUX"))

    def _called(self, draft: Draft) -> None:
        """Take in a nickname: 'surnommé "al-Omda"'."""
        hit = self._hit_at(draft.last)
        if hit is None:
            after = draft.last + 1
            hit = self._hit_at(after) if after < self.text.size and self.text.words[draft.last] == "," else None
        if not hit or not hit.noun("called") or draft.kind not in ("person", "armed-group", "civilians"):
            return
        at = hit.last
        quoted = at < self.text.size and self.text.words[at] in OPENING
        last = self._capitals(at + quoted)
        if quoted and last == at + 1:
            last = next(
                (i for i in range(at + 1, min(at + 1 + LONGEST_NAME, self.text.size)) if self.text.words[i] in CLOSING),
                last,
            )
        if last > at + quoted:
            draft.proper = self.text.plain(at + quoted, last)
            draft.role, draft.kind = "person", "person"
            self._stretch(
                draft, last + 1 if quoted and last < self.text.size and self.text.words[last] in CLOSING else last
            )

    # --- names of the report's own ---------------------------------------------------------------------------------------------------

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
        """Keep, as they stand, the capitalised names nobody knows that a verb of saying has for its subject."""
        known = {t for d in self.drafts for t in range(d.first, d.last)}
        for i in [i for i, dep in enumerate(syntax.dep) if dep == "nsubj"]:
            if syntax.pos[i] != "PROPN" or i in known:
                continue
            if not self.g.speech.has(self.text.norms[syntax.head[i]]):
                continue
            first, last = i, self._capitals(i)
            while first > 0 and self._unknown(first - 1, known) and self._capitals(first - 1) > i:
                first -= 1
            if last - first < SHORTEST_STRANGER or not all(self._unknown(k, known) for k in range(first, last)):
                continue
            if last < self.text.size and self.text.words[last] == ":":
                continue
            stranger = Draft(
                first,
                last,
                i,
                self.text.starts[first],
                self.text.ends[last - 1],
                "person",
                sentence=self.text.sentence_of[i],
            )
            stranger.kind, stranger.subject, stranger.number = "person", True, "sg"
            self.drafts.append(stranger)

    def _unknown(self, i: int, known: set[int]) -> bool:
        """Return whether token ``i`` is in no mention and is no word we know."""
        return i not in known and i not in self.by_first
