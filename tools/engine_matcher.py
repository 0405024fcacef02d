"""A reader of who says what by spaCy's DependencyMatcher, for tools/engine_experiment.py: the chief frames of the walks as its patterns."""

from __future__ import annotations

from typing import Any

from engine_readers import Link
from engine_walks import ASIDE, NAMING, extent, group, segments, subtree

from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text


def _node(left: str, operator: str, name: str, **attributes: Any) -> dict[str, Any]:
    return {"LEFT_ID": left, "REL_OP": operator, "RIGHT_ID": name, "RIGHT_ATTRS": attributes}


def _is(*names: str) -> dict[str, list[str]]:
    return {"IN": list(names)}


class Matcher:
    """The walks' chief frames as DependencyMatcher patterns, whose nodes are named ``cue``, ``source`` and ``content``.

    ``copies`` adds every pattern so many times; with ``own_words`` the copies ask for words that no text holds.
    """

    def __init__(self, language: Language, *, copies: int = 1, own_words: bool = False) -> None:
        from spacy.matcher import DependencyMatcher
        from spacy.vocab import Vocab

        self.vocab = Vocab()
        self.matcher = DependencyMatcher(self.vocab)
        self.patterns = matcher_patterns(language)
        for copy in range(copies):
            for name, pattern in self.patterns.items():
                other = [
                    {**pattern[0], "RIGHT_ATTRS": {**pattern[0]["RIGHT_ATTRS"], "ORTH": _is(f"zz{copy}")}},
                    *pattern[1:],
                ]
                self.matcher.add(f"{name}/{copy}", [other if copy and own_words else pattern])
        self.rank = {name: n for n, name in enumerate(self.patterns)}

    def document(self, text: Text, syntax: Syntax) -> Any:
        """Return the parse as spaCy's Doc, kept with the text."""
        from spacy.tokens import Doc

        if "doc" not in text.cache:
            morphs = ["|".join(f"{k}={v}" for k, v in m.items()) for m in syntax.morph]
            words, heads, deps = list(text.norms), list(syntax.head), list(syntax.dep)
            text.cache["doc"] = Doc(
                self.vocab, words=words, heads=heads, deps=deps, pos=list(syntax.pos), morphs=morphs
            )
        return text.cache["doc"]

    def __call__(self, text: Text, syntax: Syntax | None) -> list[Link]:
        """Return the links of the text, by cue."""
        assert syntax is not None
        strings = self.vocab.strings
        found: list[Link] = []
        named = [(strings[key].partition("/")[0], tokens) for key, tokens in self.matcher(self.document(text, syntax))]
        for name, tokens in sorted(named, key=lambda m: (self.rank[m[0]], m[1])):
            at = {node["RIGHT_ID"]: i for node, i in zip(self.patterns[name], tokens, strict=True)}
            cue = group(syntax, (at["cue"], at["cue"] + 1))
            if any(k.cue[0] < cue[1] and cue[0] < k.cue[1] for k in found):
                continue
            source = extent(text, syntax, at["source"]) if "source" in at else None
            without, below = set(range(*cue)), set(subtree(syntax, at["cue"]))
            if at["content"] not in below:
                # An aside or a preposition speaks for the clause around it, less itself.
                without |= below | set(subtree(syntax, at.get("source", at["cue"])))
            found.append(Link(source, cue, segments(text, syntax, at["content"], without=without), name))
        return sorted((k for k in found if k.content), key=lambda k: k.cue)


def matcher_patterns(language: Language) -> dict[str, list[dict[str, Any]]]:
    """Return the patterns by name, the one that decides first before the others."""

    def cue(dep: tuple[str, ...] = (), **values: str) -> dict[str, Any]:
        entries = (e for es in language.lexicon("speech_verbs").index.values() for e in es if len(e.form) == 1)
        forms = sorted({e.form[0] for e in entries if all(e.get(k) in v.split() for k, v in values.items())})
        return {
            "RIGHT_ID": "cue",
            "RIGHT_ATTRS": {"ORTH": _is(*forms), "POS": _is("VERB", "AUX")} | ({"DEP": _is(*dep)} if dep else {}),
        }

    subject, passive = _node("cue", ">--", "source", DEP="nsubj"), _node("cue", ">", "be", DEP="aux:pass")
    postposed = _node("cue", ">++", "source", DEP=_is("nsubj", "obj"), POS=_is(*NAMING))
    clause = _node("cue", ">++", "content", DEP=_is("ccomp", "xcomp"), POS=_is("VERB", "AUX", "NOUN", "ADJ"))
    charge = _node("cue", ">++", "content", DEP=_is("xcomp", "obl:arg", "advcl"))
    agent = _node("cue", ">", "source", DEP="obl:agent")
    host = _node("cue", "<", "content", POS=_is("VERB", "AUX", "NOUN", "ADJ"))
    noun = _node("cue", "<", "source", POS=_is("NOUN", "PROPN"))
    beyond = _node("source", "<", "content")
    hearing = {"RIGHT_ID": "cue", "RIGHT_ATTRS": {"ORTH": _is("semble", "semblerait", "paraît")}}
    maybe = {"RIGHT_ID": "cue", "RIGHT_ATTRS": {"MORPH": {"IS_SUPERSET": ["Mood=Cnd"]}, "POS": "AUX"}}
    selon = {"RIGHT_ID": "cue", "RIGHT_ATTRS": {"ORTH": _is("selon", "suivant")}}
    apres = [{"RIGHT_ID": "cue", "RIGHT_ATTRS": {"ORTH": "d'"}}, _node("cue", ">", "second", ORTH="après")]
    return {
        "accused-by": [cue(act="accuse"), agent, charge],
        "accused": [cue(act="accuse"), passive, charge],
        "impersonal": [cue(), passive, clause],
        "clause": [cue(), subject, clause],
        "accuse": [cue(act="accuse demand threaten promise"), subject, charge],
        "gerund": [
            cue(dep=("advcl",)),
            clause,
            _node("cue", "<", "main"),
            _node("main", ">--", "source", DEP=_is("nsubj", "nsubj:pass")),
        ],
        "incise": [cue(dep=ASIDE), postposed, host],
        "object": [cue(np="1 event"), subject, _node("cue", ">++", "content", DEP="obj")],
        "by": [cue(), agent, _node("cue", ">", "content", DEP="nsubj:pass")],
        "selon": [selon, noun, beyond],
        "après": [*apres, noun, beyond],
        "semble": [hearing, _node("cue", ">", "content", DEP="ccomp")],
        "conditional": [maybe, _node("cue", "<", "content", DEP="ROOT")],
    }
