"""Places without a name: 'la cité', 'le tribunal', 'sur place', 'y'. They lie in or near the settlement last spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.find.places.words import Grammar
from reportedly.records import Relation
from reportedly.rules import Entry
from reportedly.syntax import Syntax
from reportedly.text import Text


@dataclass
class Local:
    """A place without a name: tokens, relation, and what it is (settlement, site, area, none, last)."""

    first: int
    last: int
    what: str
    relation: Relation
    by: str


def find(text: Text, syntax: Syntax | None, g: Grammar, taken: set[int]) -> Iterator[Local]:
    """Yield the places without a name, in text order; ``taken`` are the tokens of named places."""
    for i in range(len(text)):
        if i in taken:
            continue
        found = _adverb(text, syntax, g, i) or _object(text, syntax, g, i, taken)
        if found is not None:
            yield found


def _adverb(text: Text, syntax: Syntax | None, g: Grammar, i: int) -> Local | None:
    for end, entry in g.words.matches(text, i):
        if entry.get("role") != "adverb":
            continue
        if entry.get("pronoun") and g.cased and not _locative_pronoun(text, syntax, i):
            return None
        if syntax is not None and syntax.dep[i] in ("expl", "nsubj"):
            return None
        return Local(i, end, "last", entry.get("relation", "in"), entry.by)  # type: ignore[arg-type]
    return None


def _locative_pronoun(text: Text, syntax: Syntax | None, i: int) -> bool:
    """Return whether 'y' is where, and not part of 'il y a', 'y compris' or a verb's own."""
    before = text.norms[i - 1] if i else ""
    return (
        syntax is not None
        and before not in ("il", "n'", "s'", "ça", "qu'il")
        and i + 1 < len(text)
        and syntax.pos[i + 1] in ("VERB", "AUX")
    )


def _object(text: Text, syntax: Syntax | None, g: Grammar, i: int, taken: set[int]) -> Local | None:
    found = g.objects.match(text, i)
    if found is None or (g.cased and text.words[i][0].isupper()) or found[1].get("what") == "country":
        return None
    end, entry = found
    if _named_behind(text, g, end, taken):
        return None
    definite, at = _definite(text, g, i)
    if not definite:
        return None
    place = g.preps.before(text, at)
    if place is None:
        return _distant(text, g, i, end, entry) or _undergoing(text, syntax, g, (at, i, end), entry)
    if place[1].get("weak") and entry.get("what") == "area":
        return None
    relation: Relation = place[1].get("relation", "in")  # type: ignore[assignment]
    return Local(at, end, entry.get("what"), relation, entry.by)


def _named_behind(text: Text, g: Grammar, end: int, taken: set[int]) -> bool:
    """Return whether a name follows that the noun is the generic word of ('le marché central de Baaqouba')."""
    if end in taken:
        return True
    for k in range(end, min(end + 3, len(text))):
        if k in taken or not text.words[k][0].isalpha():
            return k in taken
        if g.is_("of", text.norms[k]):
            return any(n in taken for n in range(k + 1, min(k + 4, len(text))))
    return False


def _definite(text: Text, g: Grammar, i: int) -> tuple[bool, int]:
    """Return whether a definite word stands before, and where the phrase with it starts."""
    if not g.cased:
        return True, i
    if i and any(g.is_(role, text.norms[i - 1]) for role in ("det", "demo", "poss")):
        return True, i - 1
    if i > 1 and g.is_("demo", text.norms[i - 2]):
        return True, i - 2
    # 'au marché', 'en provenance des positions': the article is in the preposition.
    return bool(i) and text.norms[i - 1] in g.contracted, i


def _distant(text: Text, g: Grammar, i: int, end: int, entry: Entry) -> Local | None:
    """'à deux kilomètres du bourg'."""
    if i > 1 and g.is_("of", text.norms[i - 1]) and g.units.before(text, i - 1):
        return Local(i, end, entry.get("what"), "near", entry.by)
    return None


def _undergoing(
    text: Text, syntax: Syntax | None, g: Grammar, tokens: tuple[int, int, int], entry: Entry
) -> Local | None:
    """Return a place spoken of as the object of taking, holding or shelling ('assiège la ville', 'la cité est occupée')."""
    at, i, end = tokens
    if entry.get("what") in ("none", "area") and at == i:
        return None
    for before in range(at, max(at - 2, 0), -1):
        found = g.verbs.before(text, before)
        if found and found[1].get("object"):
            return Local(at, end, entry.get("what"), found[1].get("object"), found[1].by)  # type: ignore[arg-type]
    if syntax is not None and syntax.dep[i] == "nsubj:pass" and entry.get("what") == "settlement":
        return Local(at, end, "settlement", "in", entry.by)
    return None
