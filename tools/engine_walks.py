"""A reader of who says what by the parse alone, for tools/engine_experiment.py: walks from cues over heads and relations.

Cues come from the lexicons; who says and what is said only from heads and relations, never from the words between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine_readers import Link, Tokens, classes_of, trimmed

from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

NAMING = ("NOUN", "PROPN", "PRON", "X", "NUM")
ASIDE = ("parataxis", "conj", "advcl", "dep", "acl", "ccomp")


class Walks:
    """Verbs, nouns, adjectives and prepositions of saying, each with its own walk over heads and relations."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.classes = classes_of(language)
        self.nobody = frozenset(language.settings.get("sources", {}).get("nobody", ()))

    def __call__(self, text: Text, syntax: Syntax | None) -> list[Link]:
        """Return the links of the text, by cue."""
        assert syntax is not None
        found = list(self._verbs(text, syntax))
        found += self._words(text, syntax)
        found += list(self._prepositions(text, syntax, found))
        found += self._hearsay(text, syntax)
        found += list(self._citing(text, syntax, found))
        found += list(self._conditionals(text, syntax, found))
        kept: list[Link] = []
        for link in found:
            if link.content and not any(k.cue[0] < link.cue[1] and link.cue[0] < k.cue[1] for k in kept):
                kept.append(link)
        return sorted(kept, key=lambda k: k.cue)

    def _sought(self, text: Text, name: str) -> Iterator[tuple[int, int, dict[str, str]]]:
        lexicon, done = self.language.lexicon(name), 0
        for i in range(len(text)):
            if i >= done and (match := lexicon.match(text, i)):
                done = match[0]
                yield i, done, match[1].values

    def _verbs(self, text: Text, syntax: Syntax) -> Iterator[Link]:
        for i, last, values in self._sought(text, "speech_verbs"):
            infinitive = any(syntax.morph[k].get("VerbForm") == "Inf" for k in (i, *syntax.children_with(i, "aux")))
            reflexive = any(syntax.dep[k] == "expl:comp" for k in syntax.children[i])
            if syntax.pos[i] not in ("VERB", "AUX") or infinitive or reflexive != (values.get("reflexive") == "1"):
                continue
            link = verb_link(text, syntax, (i, last), values)
            if link and not (link.source and self._says_nothing(text, syntax, link.source)):
                yield self._named(text, syntax, i, link)

    def _says_nothing(self, text: Text, syntax: Syntax, source: Tokens) -> bool:
        """Return whether the subject is the writer ('je pense') or a count ('le bilan fait état de')."""
        nouns = self.language.lexicon("source_nouns")
        tolls = any(e.get("kind") == "toll" for i in range(*source)[:2] for _, e in nouns.matches(text, i))
        return tolls or (
            syntax.morph[source[0]].get("Person") == "1" and syntax.morph[source[0]].get("Number") == "Sing"
        )

    def _named(self, text: Text, syntax: Syntax, verb: int, link: Link) -> Link:
        """Return the link with the source that a subject which is nobody gets from 'de source sécuritaire'."""
        if link.source is None or text.norms[link.source[0]] not in self.nobody:
            return link
        prepositions = self.language.lexicon("speech_prepositions")
        for child in syntax.children_with(verb, "obl"):
            first = syntax.left[child]
            if any(e.get("source") == "self" for _, e in prepositions.matches(text, first)):
                return Link(extent(text, syntax, child), link.cue, link.content, "nobody")
        return link

    # 'L'affirmation du gouvernement selon laquelle', 'Le maire est catégorique : « ... »'

    def _words(self, text: Text, syntax: Syntax) -> Iterator[Link]:
        for i, last, _ in self._sought(text, "speech_nouns"):
            owner, clause = syntax.child(i, "nmod"), syntax.child(i, "acl", "ccomp")
            if owner is not None and clause is not None and clause > last:
                content = segments(text, syntax, clause, without={*range(i, last)})
                yield Link(extent(text, syntax, owner), (i, last), content, "noun")
        for i, last, _ in self._sought(text, "speech_adjectives"):
            subject, clause = syntax.child(i, "nsubj"), syntax.child(i, "ccomp", "parataxis", "advcl")
            if subject is not None and clause is not None and clause > last and syntax.child(i, "cop") is not None:
                content = segments(text, syntax, clause, without=set())
                yield Link(extent(text, syntax, subject), (i, last), content, "adjective")

    # 'selon X': a case marker, its noun, and the clause that the noun hangs on

    def _prepositions(self, text: Text, syntax: Syntax, found: list[Link]) -> Iterator[Link]:
        nouns = self.language.lexicon("source_nouns")
        for i, last, values in self._sought(text, "speech_prepositions"):
            head = last - 1 if values.get("source") == "self" else governed(syntax, (i, last))
            if head is None or (syntax.pos[head] == "PRON" and syntax.morph[head].get("PronType") == "Rel"):
                continue
            if any(k.source and k.source[0] <= head < k.source[1] for k in found):
                continue
            kinds = [e.get("kind") for _, e in nouns.matches(text, head)]
            name = syntax.pos[head] == "PROPN" and syntax.child(head, "flat") is not None
            clause = next((a for a in syntax.ancestors(head) if not i <= a < last), None)
            guarded = values.get("guard") and (not (name or kinds) or (clause is not None and clause < head))
            if "never" in kinds or guarded or clause is None:
                continue
            # What another source says within is not this one's: ', tandis que l'opposition parle de ...'
            others = [c for c in syntax.children[clause] if any(k.cue[0] <= c < k.cue[1] for k in found)]
            without = {*subtree(syntax, head), *range(i, last)}.union(*(subtree(syntax, c) for c in others))
            content = segments(text, syntax, clause, without=without)
            yield Link(extent(text, syntax, head, without=range(i, last)), (i, last), content, "preposition")

    # 'il semble que', 'reportedly': the clause that hangs on the phrase, or the one it hangs on

    def _hearsay(self, text: Text, syntax: Syntax) -> Iterator[Link]:
        for i, last, values in self._sought(text, "hearsay"):
            cue = range(i, last)
            if values.get("where") == "clause":
                yield Link(None, (i, last), segments(text, syntax, _root(syntax, i), without=set()), "hearsay")
                continue
            below = (c for h in cue for c in syntax.children[h] if c >= last)
            clause = next(
                (c for c in below if syntax.dep[c].partition(":")[0] in ("ccomp", "obl", "nmod", "obj", "csubj")), None
            )
            if clause is not None:
                yield Link(None, (i, last), segments(text, syntax, clause, without=set(cue)), "hearsay")

    # 'citant X', 'cité par X': the object or the agent; what is said is what another link of the sentence holds

    def _citing(self, text: Text, syntax: Syntax, found: list[Link]) -> Iterator[Link]:
        for i, last, values in self._sought(text, "citing"):
            active = values.get("dir") == "active"
            head = syntax.child(last - 1, "obj") if active else governed(syntax, (i, last))
            echoed = next((k for k in found if text.sentence_of[k.cue[0]] == text.sentence_of[i]), None)
            if head is not None and head >= last and echoed is not None:
                yield Link(extent(text, syntax, head), (i, last), echoed.content, "citing")

    # 'auraient été tuées': a conditional of a main clause without a source or a condition

    def _conditionals(self, text: Text, syntax: Syntax, found: list[Link]) -> Iterator[Link]:
        sourced = {text.sentence_of[k.cue[0]] for k in found}
        for i, morph in enumerate(syntax.morph):
            if morph.get("Mood") != "Cnd" or syntax.pos[i] != "AUX" or text.sentence_of[i] in sourced:
                continue
            clause = syntax.head[i]
            conditional = any(
                "if" in self.classes.get(text.norms[m], ())
                for c in syntax.children_with(clause, "advcl")
                for m in syntax.children_with(c, "mark")
            )
            if syntax.head[clause] == clause and not conditional:
                yield Link(None, (i, i + 1), segments(text, syntax, clause, without=set()), "conditional")


def verb_link(text: Text, syntax: Syntax, cue: Tokens, values: dict[str, str]) -> Link | None:
    """Return the link of a verb of saying by its clause, its place as an aside, or its object; None where it has no source."""
    verb = cue[0]
    reduced = syntax.dep[verb].startswith("acl") and syntax.morph[verb].get("VerbForm") == "Part"
    passive = syntax.child(verb, "aux:pass") is not None or (reduced and syntax.child(verb, "aux") is None)
    gerund = syntax.morph[verb].get("Tense") == "Pres" and syntax.morph[verb].get("VerbForm") == "Part"
    passive = passive and not gerund
    if passive and values.get("act") != "believe":
        return _passive(text, syntax, cue, values)
    span, own = group(syntax, cue), set(subtree(syntax, verb))
    subject, clause = subject_of(syntax, verb), _clause(syntax, cue, values)
    if clause is not None and subject is not None:
        return Link(
            extent(text, syntax, subject), span, segments(text, syntax, clause, without=set(range(*span))), "clause"
        )
    speaker = _inverted(syntax, verb)
    if speaker is not None and not gerund:
        before = next(
            (
                c
                for c in syntax.children_with(verb, "ccomp", "advcl", "dep", "obl", "parataxis")
                if c < span[0] and _verbal(syntax, c)
            ),
            None,
        )
        if before is not None:
            return Link(extent(text, syntax, speaker), span, segments(text, syntax, before, without=set()), "quoted")
        if syntax.dep[verb].partition(":")[0] in ASIDE and not _coordinated(syntax, verb):
            content = segments(text, syntax, _root(syntax, verb), without=own)
            return Link(extent(text, syntax, speaker), span, content, "incise")
    before = next((c for c in syntax.children_with(verb, "ccomp") if c < span[0]), None)
    target = before if before is not None else _object(syntax, cue, values)
    if target is None or subject is None:
        return None
    return Link(
        extent(text, syntax, subject), span, segments(text, syntax, target, without=set(range(*span))), "object"
    )


def _passive(text: Text, syntax: Syntax, cue: Tokens, values: dict[str, str]) -> Link | None:
    """Return 'accusé (par X) de ...', 'il a été rapporté que ...', 'attribué par X à Y', 'annoncé par X'."""
    verb = cue[0]
    span, clause = group(syntax, cue), _clause(syntax, cue, values)
    agent = next((c for c in syntax.children_with(verb, "obl") if syntax.dep[c] == "obl:agent"), None)
    subject = syntax.child(verb, "nsubj")
    source = extent(text, syntax, agent) if agent is not None else None
    if clause is not None and (values.get("act") == "accuse" or syntax.dep[clause] == "ccomp" or agent is not None):
        return Link(source, span, segments(text, syntax, clause, without=set(range(*span))), "passive")
    if agent is None or subject is None:
        return None
    content = segments(text, syntax, subject, without=set(range(*span)))
    beside = next(
        (c for c in syntax.children_with(verb, "nmod", "obl") if c > agent and values.get("act") == "accuse"), None
    )
    return Link(
        source, span, content + (segments(text, syntax, beside, without=set()) if beside is not None else ()), "passive"
    )


def _clause(syntax: Syntax, cue: Tokens, values: dict[str, str]) -> int | None:
    """Return the head of the clause, infinitive or (of an accusation) noun that a verb governs to its right."""
    verb, last = cue
    if "that" in values.get("no", "").split(","):
        return None
    for dep in ("ccomp", "xcomp", "dep"):
        for child in syntax.children_with(verb, dep):
            if child >= last and (_verbal(syntax, child) or syntax.child(child, "mark", "cop") is not None):
                return child
    if values.get("act") in ("accuse", "demand"):
        return next(
            (
                c
                for c in syntax.children_with(verb, "advcl", "obl")
                if c >= last and syntax.dep[c] != "obl:agent" and syntax.child(c, "case", "mark") is not None
            ),
            None,
        )
    return None


def _verbal(syntax: Syntax, i: int) -> bool:
    return syntax.pos[i] in ("VERB", "AUX") or syntax.child(i, "cop") is not None


def _coordinated(syntax: Syntax, verb: int) -> bool:
    return syntax.dep[verb] == "conj" and syntax.child(verb, "cc") is not None


def _inverted(syntax: Syntax, verb: int) -> int | None:
    """Return the speaker behind a verb, which the parser calls its subject, object or worse; None where one stands before."""
    own = list(syntax.children_with(verb, "nsubj"))
    first = min([verb, *(c for c in syntax.children[verb] if syntax.dep[c].startswith("aux"))])
    if any(c < first for c in own):
        # 'the governor added' within a quotation: an aside with its subject before it.
        return own[0] if syntax.dep[verb] == "parataxis" else None
    after = [c for c in syntax.children_with(verb, "nsubj", "obj", "xcomp", "dep", "expl") if c > first]
    # The last: 'a annoncé lundi la force' has two that the parser calls objects.
    return next((c for c in reversed(after) if syntax.pos[c] in NAMING and syntax.child(c, "case") is None), None)


def _object(syntax: Syntax, cue: Tokens, values: dict[str, str]) -> int | None:
    if values.get("np") not in ("1", "event"):
        return None
    wanted = ("obl", "nmod") if values.get("of") == "1" else ("obj",)
    below = (c for head in reversed(range(*cue)) for c in syntax.children_with(head, *wanted) if c >= cue[1])
    return next(below, None)


def subject_of(syntax: Syntax, verb: int) -> int | None:
    """Return the subject before a verb: its own, or that of the verb it is coordinated with or depends on as a participle."""
    seen = verb
    for _ in range(3):
        found = next(
            (c for c in syntax.children_with(seen, "nsubj", "expl") if c < verb and syntax.dep[c] != "expl:comp"), None
        )
        if found is not None:
            return found
        dep = syntax.dep[seen].partition(":")[0]
        if syntax.head[seen] == seen or dep not in ("conj", "xcomp", "advcl", "acl"):
            return None
        if dep == "acl":
            return syntax.head[seen]
        seen = syntax.head[seen]
    return None


def group(syntax: Syntax, cue: Tokens) -> Tokens:
    """Return a verb with its auxiliaries and negation to the left."""
    own = [
        c
        for c in syntax.children[cue[0]]
        if syntax.dep[c].startswith("aux") or syntax.morph[c].get("Polarity") == "Neg"
    ]
    return min([cue[0], *(c for c in own if cue[0] - c < 5)]), cue[1]


def governed(syntax: Syntax, cue: Tokens) -> int | None:
    """Return the noun that a preposition of one or more words marks, asked from its last word on."""
    for i in reversed(range(*cue)):
        if syntax.head[i] >= cue[1] and syntax.pos[syntax.head[i]] in NAMING:
            return syntax.head[i]
    return next((c for i in range(*cue) for c in syntax.children[i] if c >= cue[1] and syntax.dep[c] != "punct"), None)


def _root(syntax: Syntax, i: int) -> int:
    return next((a for a in syntax.ancestors(i) if syntax.head[a] == a), i)


def subtree(syntax: Syntax, head: int) -> list[int]:
    """Return ``head`` and the tokens below it, sorted."""
    found, queue = [], [head]
    while queue:
        here = queue.pop()
        found.append(here)
        queue.extend(syntax.children[here])
    return sorted(found)


def extent(text: Text, syntax: Syntax, head: int, without: Iterable[int] = ()) -> Tokens:
    """Return the noun phrase of ``head``: what of its subtree touches it, without its clauses and its own preposition."""
    cut = set(without)
    for child in syntax.children[head]:
        clause = syntax.dep[child].startswith(("acl", "parataxis", "ccomp"))
        if (clause and child > head + 1 and text.words[syntax.left[child] - 1] == ",") or syntax.dep[child] in (
            "case",
            "mark",
            "cc",
        ):
            cut.update(subtree(syntax, child))
    tokens = set(subtree(syntax, head)) - cut
    left = right = head
    while left - 1 in tokens:
        left -= 1
    while right + 1 in tokens or (right + 1 < len(text) and text.words[right] == "-t"):
        right += 1
    return trimmed(text, (left, right + 1))


def segments(text: Text, syntax: Syntax, head: int, *, without: set[int]) -> tuple[Tokens, ...]:
    """Return the runs of the subtree of ``head``, without what is left out; punctuation alone parts no run."""
    runs: list[list[int]] = []
    for i in subtree(syntax, head):
        if i in without:
            continue
        if runs and not any(k in without or text.words[k][0].isalnum() for k in range(runs[-1][1], i)):
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    spans = (trimmed(text, (a, b)) for a, b in runs)
    return tuple(s for s in spans if any(text.words[i][0].isalnum() for i in range(*s)))
