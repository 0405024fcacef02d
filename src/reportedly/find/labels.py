"""Loaded words: an outlet's or a speaker's word for somebody or something, with who bears it and the plain word beside.

A label is shown to the reader and never becomes an identity or a type. The lexicon ``label_words`` lists both sides' words alike; a word
that is loaded only in some company names that company (``with``, ``not``).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.records import Entity, Label
from reportedly.rules import Entry, Language
from reportedly.syntax import Syntax
from reportedly.text import Text, Tokenization, fold

COMPANY = 6
ORGANISED = frozenset(("armed-group", "state-force", "organisation"))
GROUND = frozenset(("armed-group", "state-force", "civilians", "person"))


def find(text: Text, syntax: Syntax | None, lang: Language, *, actors: tuple[Entity, ...] = ()) -> tuple[Label, ...]:
    """Return every loaded word, sorted by start.

    ``of`` is the canonical name of the actor whose mention the word stands in or right before; None where the words name nobody.
    Deeds and places bear no name.
    """
    lexicon = lang.lexicon("label_words")
    bearers = sorted((a for a in actors if a.name), key=lambda a: (a.end - a.start, a.start))
    found: list[tuple[int, int, Entry]] = []
    until = 0
    for i, entries in lexicon.hits(text).items():
        if i < until:
            continue
        match = next(((i + size, e) for size, e in entries if _loaded(text, lang, (i, i + size, e), actors)), None)
        if match is not None and match[1].get("object") == "ground" and _of_people(text, syntax, i, actors):
            match = None
        if match is not None:
            until = match[0]
            found.append((i, *match))
    return tuple(
        _label(text, first, last, entry, _apart(text, syntax, last, bearers))
        for first, last, entry in _joined(text, found)
    )


@lru_cache(maxsize=1024)
def _company(listed: str, tokenization: Tokenization) -> frozenset[str]:
    """Return the folded words of a list with commas."""
    return frozenset(fold(word, tokenization) for word in listed.split(",") if word)


def _loaded(text: Text, lang: Language, match: tuple[int, int, Entry], actors: tuple[Entity, ...]) -> bool:
    """Return whether the word stands in the company that makes it a loaded one."""
    first, last, entry = match
    if entry.get("cased") == "1" and not text.words[last - 1][0].isupper():
        return False
    if entry.get("quoted") == "1" and text.quote_of[first] < 0:
        return False
    if entry.get("bears") == "deed" and _in_a_name(text, first, last, actors):
        return False
    low, high = text.sentences[text.sentence_of[first]]
    for key, wanted in (("with", True), ("not", False)):
        if not (listed := entry.get(key)):
            continue
        around = (*text.norms[max(low, first - COMPANY) : first], *text.norms[last : min(high, last + COMPANY)])
        words = _company(listed, lang.tokenization)
        if words and (not words.isdisjoint(around)) is not wanted:
            return False
    return not entry.get("object") or _governs(text, last, min(high, last + COMPANY), entry.get("object"), actors)


def _in_a_name(text: Text, first: int, last: int, actors: tuple[Entity, ...]) -> bool:
    """Return whether a word for a deed belongs to a group's name: 'National Liberation Army', "l'Armée de libération du Rohingya"."""
    start, end = text.starts[first], text.ends[last - 1]
    low, high = text.sentences[text.sentence_of[first]]
    if text.capitals[first] and low < first and last < high and not text.words[first].isupper():
        # A headline in capitals names nobody.
        titled = sum(text.capitals[low:high]) > 0.7 * sum(word[0].isalpha() for word in text.words[low:high])
        return not titled and (text.capitals[first - 1] or text.capitals[last])
    return any(a.start < start and end <= a.end and a.kind in ORGANISED for a in actors)


def _governs(text: Text, first: int, last: int, wanted: str, actors: tuple[Entity, ...]) -> bool:
    """Return whether people follow ('neutraliser quinze assaillants'), or ground: no people do ('libérer les hauteurs').

    People held are freed in the plain sense, so 'libérer' is loaded only of ground.
    """
    if first >= last:
        return wanted == "people"
    start, end = text.starts[first], text.ends[last - 1]
    people = any(a.start >= start - 1 and a.start < end and a.kind in GROUND for a in actors)
    return people is (wanted == "people")


def _of_people(text: Text, syntax: Syntax | None, i: int, actors: tuple[Entity, ...]) -> bool:
    """Return whether a participle says it of people before it: 'les otages seront libérés', 'des soldats libérés'."""
    if syntax is None or syntax.morph[i].get("VerbForm") != "Part":
        return False
    passive = [child for child in syntax.children[i] if syntax.dep[child] == "nsubj:pass"]
    told_of = passive or ([syntax.head[i]] if syntax.dep[i].startswith(("acl", "amod")) else [])
    if not passive and syntax.dep[i] == "conj":
        told_of = [child for child in syntax.children[syntax.head[i]] if syntax.dep[child] == "nsubj:pass"]
    return any(a.kind in GROUND and a.start <= text.starts[k] < a.end for k in told_of for a in actors)


def _joined(text: Text, found: list[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    """Join a loaded adjective to the loaded noun before it ('groupuscules takfiristes').

    In a language that writes it behind the name, one stands between ('مليشيا الحوثي الانقلابية').
    """
    joined: list[tuple[int, int, Entry]] = []
    for first, last, entry in found:
        if joined and entry.get("adj") == "1":
            start, end, head = joined[-1]
            reach = 2 if head.get("head") == "1" else 0
            if (
                head.get("adj") != "1"
                and end <= first <= end + reach
                and text.sentence_of[start] == text.sentence_of[first]
            ):
                joined[-1] = (start, last, head)
                continue
        joined.append((first, last, entry))
    return joined


def _label(text: Text, first: int, last: int, entry: Entry, bearers: list[Entity]) -> Label:
    span = text.span(first, last)
    neutral = entry.get("neutral").replace("_", " ")
    label = Label(
        start=span.start,
        end=span.end,
        exact=span.exact,
        by=entry.by,
        neutral=neutral if neutral and neutral != "none" else None,
    )
    if entry.get("bears") not in ("group", "person"):
        return label
    bearer = next((a for a in bearers if a.start <= span.start and span.end <= a.end), None) or _after(
        text, last, bearers
    )
    return (
        label
        if bearer is None
        else msgspec.structs.replace(label, of=bearer.name, basis="stated" if bearer.basis == "stated" else "inferred")
    )


def _apart(text: Text, syntax: Syntax | None, last: int, bearers: list[Entity]) -> list[Entity]:
    """Return the bearers without those a verb parts from the word before them: 'resistance fighters clashed with | the army'."""
    if syntax is None or last >= text.size:
        return bearers
    verb = next((i for i in range(last, min(last + 3, text.size)) if syntax.pos[i] in ("VERB", "AUX")), None)
    return (
        bearers if verb is None else [a for a in bearers if a.start < text.starts[last] or a.start < text.starts[verb]]
    )


def _after(text: Text, last: int, bearers: list[Entity]) -> Entity | None:
    """Return the named actor right after the word: 'la milice « Jaïch al-Fateh »', 'les terroristes du M23'."""
    if last >= text.size:
        return None
    limit = text.ends[min(last + 2, text.size - 1)]
    here = text.sentence_of[last - 1]
    near = [
        a
        for a in bearers
        if text.ends[last - 1] <= a.start <= limit
        and text.sentence_of[min(text.token_at(a.start), text.size - 1)] == here
    ]
    return min(near, key=lambda a: a.start, default=None)
