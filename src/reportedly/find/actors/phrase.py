"""What stands where in a noun phrase: articles, names, brackets, runs of capitals."""

from __future__ import annotations

from reportedly.find.actors.draft import Draft
from reportedly.find.actors.scan import Grammar, Hit
from reportedly.rules import Entry
from reportedly.syntax import Syntax
from reportedly.text import Text

# Words that may stand inside a person's or a group's name between capitals.
PARTICLES = frozenset(
    [
        "al",
        "el",
        "ben",
        "bin",
        "ibn",
        "ould",
        "ag",
        "de",
        "du",
        "des",
        "la",
        "le",
        "van",
        "von",
        "der",
        "da",
        "dos",
        "e",
        "y",
        "abou",
        "abu",
        "oum",
        "um",
    ]
)
LONGEST_NAME = 6
LONGEST_ACRONYM = 10
OPENING, CLOSING = frozenset('"«“„'), frozenset('"»”')


class Phrase:
    """The hits of one text and how to walk around them."""

    def __init__(self, text: Text, hits: list[Hit], g: Grammar, syntax: Syntax | None) -> None:
        self.text, self.hits, self.g, self.syntax = text, hits, g, syntax
        self.by_first = {hit.first: k for k, hit in enumerate(hits)}
        self.by_last = {hit.last: k for k, hit in enumerate(hits)}
        self.locals: dict[tuple[str, ...], Draft] = {}
        self.apposed: dict[int, Draft] = {}
        self.drafts: list[Draft] = []

    def _hit_at(self, i: int) -> Hit | None:
        k = self.by_first.get(i)
        return self.hits[k] if k is not None else None

    def _same_sentence(self, i: int, j: int) -> bool:
        return self.text.sentence_of[i] == self.text.sentence_of[j]

    def _draft(self, hit: Hit, role: str, last: int, *, entry: Entry | None = None) -> Draft:
        first, article = self._determined(hit.first)
        if article is None and self.syntax and hit.what == "noun":
            first, article = self._determiner(hit, first, self.syntax)
        if hit.start >= 0:
            first, article = hit.first, None
        start = hit.start if hit.start >= 0 else self.text.starts[first]
        head = hit.last - 1 if self.g.before else hit.first
        draft = Draft(
            first,
            last,
            head,
            start,
            self.text.ends[last - 1],
            role,
            entry=entry,
            article=article,
            sentence=self.text.sentence_of[hit.first],
        )
        draft.gender = entry.values.get("g", "") if entry else article.values.get("g", "") if article else ""
        draft.number = (
            entry.feature if entry and entry.feature in ("sg", "pl") else article.values.get("n", "") if article else ""
        )
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
            if dep not in ("conj", "appos", "flat:name", "flat") or self.syntax.head[head] == head:
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
            if hit.role == "pre" or (hit.role == "around" and self.g.before):
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
        if (
            entry is None
            or entry.get("role") != "article"
            or any(self._counts(i) or i in self.by_first for i in between)
        ):
            return first, None
        return det, entry

    def _counts(self, i: int) -> bool:
        """Return whether token ``i`` is a number ('13-year-old' is none)."""
        word = self.text.words[i]
        return (word[0].isdigit() and not word[-1].isalpha()) or self.text.norms[i] in self.g.numbers

    def _capitals(self, at: int) -> int:
        """Return the end of the run of capitalised words at ``at`` (particles inside it allowed); ``at`` itself where there is none."""
        words, limit = self.text.words, min(self.text.size, at + LONGEST_NAME)
        last = at
        for i in range(at, limit):
            word = words[i]
            if (word[0].isupper() and word[0].isalpha() and self.text.sentence_of[i] == self.text.sentence_of[at]) or (
                "-" in word and word.split("-")[-1][:1].isupper()
            ):
                last = i + 1
            elif not (i > at and word.lower().strip("'’") in PARTICLES and i + 1 < limit):
                break
        return last

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
        if (
            i + 2 < len(words)
            and words[i] == "("
            and words[i + 2] == ")"
            and 1 < len(words[i + 1]) <= 10
            and words[i + 1][0].isupper()
        ):
            known = self._hit_at(i + 1)
            if known is None:
                self.locals[(words[i + 1],)] = draft
            if known is None or known.what == "actor":
                self._stretch(draft, i + 3)

    def _cut(self, inner: Draft, hit: Hit) -> None:
        """Give a mention before a noun back to itself: the article is the noun's."""
        inner.first, inner.last, inner.article = hit.first, hit.last, None
        inner.start, inner.end = self.text.starts[hit.first], self.text.ends[hit.last - 1]
