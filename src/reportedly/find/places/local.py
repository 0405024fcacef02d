"""Places without a name: 'la cité', 'le tribunal', 'sur place', 'y', 'dans le nord'. They lie where the places named before lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportedly.find.places.words import Grammar
from reportedly.records import Relation
from reportedly.rules import Entry
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass
class Local:
    """A place without a name: tokens, relation, and what it is (settlement, site, area, none, last, or a part of a country).

    ``named`` is a token of the name behind it that tells where it lies ('près du marché de Baaqouba').
    """

    first: int
    last: int
    what: str
    relation: Relation
    by: str
    bearing: str = ""
    named: int | None = None


@dataclass
class Finder:
    """Finds the places without a name of one text.

    ``taken`` are the tokens of named places, ``bare`` the first ones of names with no clitic before them,
    ``names`` those of any name, be it a place or an actor.
    """

    text: Text
    syntax: Syntax | None
    g: Grammar
    taken: set[int]
    bare: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)
    lang: str = ""

    def run(self) -> Iterator[Local]:
        """Yield the places in text order."""
        words, objects = self.g.words.hits(self.text), self.g.objects.hits(self.text)
        for i in sorted({*words, *objects} - self.names):
            roles = {entry.values.get("role") for _, entry in words.get(i, ())}
            found = (self._adverb(i) if "adverb" in roles else None) or (self._part(i) if "compass" in roles else None)
            if found := found or (self._object(i) if i in objects else None):
                yield found

    # --- adverbs and pronouns ---

    def _adverb(self, i: int) -> Local | None:
        for end, entry in self.g.words.matches(self.text, i):
            if entry.get("role") == "adverb" and not self._empty(i, entry):
                return Local(i, end, "last", entry.get("relation", "in"), entry.by)  # type: ignore[arg-type]
        return None

    def _empty(self, i: int, entry: Entry) -> bool:
        """Return whether the word points to no place ('il y a', 'y compris', 's'y opposer', 'there were')."""
        if self.syntax is None:
            return bool(entry.get("pronoun")) and self._leans_on_nothing(i, entry)
        if self.syntax.dep[i] in ("expl", "nsubj", "nsubj:pass"):
            return True
        if not entry.get("pronoun"):
            return False
        before = self.text.norms[i - 1] if i else ""
        verb = i + 1 < self.text.size and self.syntax.pos[i + 1] in ("VERB", "AUX")
        return not verb or before in self.g.closed["idle"]

    def _leans_on_nothing(self, i: int, entry: Entry) -> bool:
        """Return whether no word stands right before a preposition with its pronoun that it can belong to ('وعليها آثار', 'من فيه').

        With ``behind`` only a verb of moving away will do: 'انسحبت منها', not 'ثلاثة منها'.
        """
        text, g = self.text, self.g
        if i == text.sentences[text.sentence_of[i]][0] or not text.words[i - 1][0].isalpha():
            return True
        found = g.verbs.before(text, i)
        if needed := entry.get("behind"):
            return found is None or not found[1].get(needed)
        return any(g.is_(role, text.norms[i - 1]) for role in ("join", "prep"))

    # --- 'dans le nord', 'in the east of the country' ---

    def _part(self, i: int) -> Local | None:
        text, g = self.text, self.g
        for end, entry in g.words.matches(text, i):
            if entry.get("role") != "compass" or entry.get("form") != "noun":
                continue
            at = i - 1 if i and g.is_("det", text.norms[i - 1]) else i
            place = g.preps.before(text, at)
            contracted = i > 0 and text.norms[i - 1] in g.contracted and text.norms[i - 1] in g.closed["of"]
            if contracted:
                # 'un village du centre'; a capital makes it part of a name ('Caroline du Nord').
                noun = g.objects.index.get(text.norms[i - 2]) if i > 1 else None
                if not noun or text.words[i][0].isupper():
                    continue
            elif place is None or place[1].get("relation") != "in" or (at == i and g.cased):
                continue
            if (last := self._of_the_country(end)) is not None:
                return Local(at, last, "part", "in", entry.by, entry.get("bearing"))
        return None

    def _of_the_country(self, end: int) -> int | None:
        """Return the end of 'du pays' where that follows, ``end`` where nothing does, None where the part is of something else."""
        text, g = self.text, self.g
        if end in self.taken or (end < text.size and end + 1 in self.taken and g.is_("of", text.norms[end])):
            return None
        for at in range(end, min(end + 3, text.size)):
            found = g.objects.match(text, at)
            if found and found[1].get("what") == "country":
                return found[0]
            if not any(g.is_(role, text.norms[at]) for role in ("of", "det")):
                break
        return None if end < text.size and (g.is_("of", text.norms[end]) or text.words[end][0].isupper()) else end

    # --- common nouns ---

    def _object(self, i: int) -> Local | None:
        text, g = self.text, self.g
        found = g.objects.match(text, i)
        if found is None or (g.cased and text.words[i][0].isupper()) or found[1].get("what") == "country":
            return None
        end, entry = found
        definite, at = self._definite(i)
        named = self._named_behind(end)
        place = g.preps.before(text, at) if definite else None
        if named is not None:
            near = place is not None and place[1].get("relation") == "near" and entry.get("what") == "site"
            return Local(at, end, "site", "near", entry.by, named=named) if near else None
        if not definite:
            return None
        if place is None:
            return self._distant(i, end, entry) or self._undergoing(at, i, end, entry)
        if entry.get("what") == "none" and place[1].get("relation") not in ("from", "to"):
            return None
        if place[1].get("weak") and entry.get("what") in ("area", "none"):
            return None
        return Local(at, end, entry.get("what"), place[1].get("relation", "in"), entry.by)  # type: ignore[arg-type]

    def _named_behind(self, end: int) -> int | None:
        """Return a token of the name that the noun is the generic word of ('le marché central de Baaqouba'), None without one."""
        text = self.text
        if not self.g.cased:
            # The name stands directly behind, and without a preposition written onto it.
            return end if end in self.bare else None
        for k in range(end, min(end + 3, text.size)):
            if k in self.taken:
                return k
            if not text.words[k][0].isalpha() or self.g.is_("prep", text.norms[k]):
                return None
            if self.g.is_("of", text.norms[k]):
                return next((n for n in range(k + 1, min(k + 4, text.size)) if n in self.taken), None)
        return None

    def _definite(self, i: int) -> tuple[bool, int]:
        """Return whether a definite word stands before, and where the phrase with it starts."""
        text, g = self.text, self.g
        if not g.cased:
            return True, i
        if i and any(g.is_(role, text.norms[i - 1]) for role in ("det", "demo", "poss")):
            return True, i - 1
        if i > 1 and (g.is_("demo", text.norms[i - 2]) or text.norms[i - 1] == "même"):
            return True, i - 2
        # 'au marché', 'en provenance des positions': the article is in the preposition.
        return bool(i) and text.norms[i - 1] in g.contracted, i

    def _distant(self, i: int, end: int, entry: Entry) -> Local | None:
        """'à deux kilomètres du bourg'."""
        if i > 1 and self.g.is_("of", self.text.norms[i - 1]) and self.g.units.before(self.text, i - 1):
            return Local(i, end, entry.get("what"), "near", entry.by)
        return None

    def _undergoing(self, at: int, i: int, end: int, entry: Entry) -> Local | None:
        """Return a place spoken of as the object of taking, holding or shelling ('assiège la ville', 'la cité est occupée')."""
        what = entry.get("what")
        if what == "area" or (at == i and self.g.cased) or (what == "none" and self.g.is_("poss", self.text.norms[at])):
            return None
        # Without capitals we know a language whose verb comes first, the subject between it and its object.
        for before in range(at, max(at - (2 if self.g.cased else 6), 0), -1):
            found = self.g.verbs.before(self.text, before)
            if found and found[1].get("object"):
                return Local(at, end, what, found[1].get("object"), found[1].by)  # type: ignore[arg-type]
        if self.syntax is not None and self.syntax.dep[i] == "nsubj:pass" and what == "settlement":
            return Local(at, end, what, "in", entry.by)
        return None
