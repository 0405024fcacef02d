"""What the words around a trigger are about: classes by token and by sentence, topics that keep triggers silent, bounds of clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.find.triggers.entries import Card, Data, stands
from reportedly.rules import Language
from reportedly.syntax import Syntax
from reportedly.text import Text

NONE: frozenset[str] = frozenset()
# A report that speaks of fighting at all speaks of it more than once.
CONFLICT_WORDS = 3
OBJECT_WINDOW = 9
SUBJECT_WINDOW = 16
LAST_YEAR_OF_HISTORY = 1959


@dataclass
class Context:
    """The classes of each token, their counts by sentence, and what may be asked of them."""

    text: Text
    data: Data
    language: Language
    classes: list[frozenset[str]]
    counts: list[dict[str, int]]
    conflict: int
    topics: list[frozenset[str]]
    lows: list[int]
    highs: list[int]
    cards: list[Card]
    syntax: Syntax | None = None
    titles: dict[int, bool] = field(default_factory=dict)

    def adjective(self, i: int) -> bool:
        """Return whether token ``i`` may stand between a determiner and its noun, as far as the parse tells."""
        return self.syntax is None or self.syntax.pos[i] in ("ADJ", "ADV", "NUM", "DET", "PUNCT")

    def leans_right(self, i: int, dep: str) -> bool:
        """Return whether the parse hangs token ``i`` by ``dep`` on a word after it."""
        return self.syntax is not None and self.syntax.dep[i] == dep and self.syntax.head[i] > i

    def infinitive(self, i: int) -> bool:
        """Return whether the parse calls token ``i`` an infinitive."""
        return self.syntax is not None and i < self.text.size and self.syntax.morph[i].get("VerbForm") == "Inf"

    def norm(self, i: int) -> str:
        """Return the folded word of token ``i``, empty beyond the text."""
        return self.text.norms[i] if 0 <= i < self.text.size else ""

    def bounds(self, i: int) -> tuple[int, int]:
        """Return the stretch of token ``i`` between hard stops (full stop, colon, semicolon, brackets)."""
        return self.lows[i], self.highs[i]

    def is_name(self, i: int) -> bool:
        """Return whether token ``i`` reads as a proper name: a capital that no sentence start explains, or a word of no class."""
        word = self.text.words[i]
        if not self.text.capitals[i] or self.text.norms[i] in self.data.function_words or "filler" in self.classes[i]:
            return False
        if self.is_number(i):
            # 'Three soldiers were captured': a number that opens a sentence names nobody.
            return False
        if self.text.sentences[self.text.sentence_of[i]][0] != i:
            return True
        return not self.classes[i] and len(word) > 3

    def lowered(self, i: int) -> bool:
        """Return whether token ``i`` may be a common word: no capital, or one that its place or a title's capitals explain."""
        first, last = self.text.sentences[self.text.sentence_of[i]]
        if not self.text.capitals[i] or i == first or not self.text.words[i - 1][0].isalnum():
            return True
        return self._titled(first, last)

    def _titled(self, first: int, last: int) -> bool:
        """Return whether most of a sentence's longer words have capitals; told once a sentence."""
        if first not in self.titles:
            words = [w for w in self.text.words[first:last] if w[0].isalpha() and len(w) > 3]
            self.titles[first] = sum(w[0].isupper() for w in words) * 2 > len(words)
        return self.titles[first]

    def dated(self, i: int) -> bool:
        """Return whether token ``i`` is the month of a date, not the word it looks like: 'KYIV, March 3', '3 mars'."""
        if not self.language.lexicon("months").has(self.text.norms[i]):
            return False
        return any(0 <= j < self.text.size and self.text.words[j][0].isdigit() for j in (i - 1, i + 1))

    def is_acronym(self, i: int) -> bool:
        """Return whether token ``i`` is an acronym: 'FARDC', 'M23', 'RSF'."""
        word = self.text.words[i]
        return len(word) > 1 and word[0].isupper() and sum(c.isupper() or c.isdigit() for c in word) == len(word)

    def is_number(self, i: int) -> bool:
        """Return whether token ``i`` is a figure or a counting word."""
        word = self.text.words[i]
        norm = self.text.norms[i]
        if word[0].isdigit() or norm in self.data.set("number_like"):
            return True
        if norm in self.language.number_words:
            return norm not in self.data.set("indefinite")
        # 'trente-deux'
        return "-" in norm and all(part in self.language.number_words for part in norm.split("-"))

    def token_is(self, i: int, wanted: frozenset[str]) -> bool:
        """Return whether token ``i`` is of one of the classes, built-in ones (name, acronym, number) included."""
        if self.classes[i] & wanted:
            return True
        if "name" in wanted and self.is_name(i):
            return True
        if "acronym" in wanted and self.is_acronym(i):
            return True
        return "number" in wanted and self.is_number(i)

    def any(self, first: int, last: int, wanted: frozenset[str]) -> bool:
        """Return whether one of the tokens ``first`` to ``last`` (half-open) is of one of the classes."""
        return any(self.token_is(i, wanted) for i in range(max(0, first), min(last, self.text.size)))

    def near(self, i: int, wanted: frozenset[str]) -> bool:
        """Return whether the sentence of token ``i`` (or one beside it in its paragraph) holds one of the classes."""
        if "conflict" in wanted and self.conflict >= CONFLICT_WORDS:
            return True
        here = self.text.sentence_of[i]
        first = self.text.sentences[here][0]
        for sentence in (here, here - 1, here + 1):
            if not 0 <= sentence < len(self.counts):
                continue
            start = self.text.sentences[sentence][0]
            if self.text.paragraph_of[start] == self.text.paragraph_of[first] and not wanted.isdisjoint(
                self.counts[sentence]
            ):
                return True
        if not wanted.isdisjoint(("name", "acronym", "number")):
            return self.any(*self.text.sentences[here], wanted & {"name", "acronym", "number"})
        return "quoted" in wanted and self.text.quote_of[i] >= 0

    def vetoed(self, i: int, veto: frozenset[str]) -> bool:
        """Return whether the sentence of token ``i`` is about something else: sport, weather, prices, an illness.

        A paragraph headed by such a topic ('Football.') is about it whatever it says; elsewhere words of fighting outweigh it.
        """
        sentence = self.text.sentence_of[i]
        if self.topics[sentence]:
            return True
        counts = self.counts[sentence]
        fighting = counts.get("#conflict", 0)
        # A fire or a fall may be what a deed led to: it speaks against one only where nothing else speaks of fighting.
        against = sum(count for name, count in counts.items() if name in veto and (name != "mishap" or not fighting))
        return against > 0 and against >= fighting

    def allows(self, i: int, near: frozenset[str], veto: frozenset[str]) -> bool:
        """Return whether what a row wants near is there, and nothing that keeps it silent."""
        return (not near or self.near(i, near)) and not (veto and self.vetoed(i, veto))

    def object_window(self, i: int, *, direct: bool = False) -> tuple[int, int]:
        """Return the tokens after ``i`` where an object may stand: up to a comma, a stop or a subordinate clause.

        A ``direct`` object ends at a preposition; 'n'a perdu que deux hommes' opens no clause.
        """
        _, high = self.bounds(i)
        stops = self.data.set("stops") | self.data.set("relative")
        if direct:
            stops = stops | self.data.set("prepositions")
        end = i + 1
        if end < high and self.text.norms[end] in self.data.set("restriction"):
            end += 1
        while (
            end < high
            and end - i <= OBJECT_WINDOW
            and self.text.norms[end] not in stops
            and self.text.norms[end] not in self.data.commas
        ):
            end += 1
        return i + 1, end

    def subject_window(self, i: int) -> tuple[int, int]:
        """Return the tokens before ``i`` where a subject may stand: back to a stop or a word that opens a clause."""
        low, _ = self.bounds(i)
        openers = self.data.set("complementizer")
        start = i
        while start > low and i - start <= SUBJECT_WINDOW and self.text.norms[start - 1] not in openers:
            start -= 1
        return start, i


def read(text: Text, language: Language, data: Data, syntax: Syntax | None = None) -> Context:
    """Return the context of ``text``: one pass over its tokens."""
    cards = data.cards(text)
    classes = _classes(text, cards)
    counts: list[dict[str, int]] = []
    conflict = data.umbrellas.get("conflict", NONE)
    weights = data.weights
    total = 0
    for first, last in text.sentences:
        counter: dict[str, int] = {}
        for names in classes[first:last]:
            if not names:
                continue
            for name in names:
                counter[name] = counter.get(name, 0) + 1
            if not conflict.isdisjoint(names):
                total += 1
                # The dead and the injured stand in the news of any disaster: they do not outweigh an earthquake; a shell does.
                weight = 0 if names & conflict <= {"killing"} else max(weights.get(name, 1) for name in names)
                counter["#conflict"] = counter.get("#conflict", 0) + weight
        counts.append(counter)
    topics, (lows, highs) = _topics(text, data, classes), _bounds(text, cards)
    return Context(text, data, language, classes, counts, total, topics, lows, highs, cards, syntax)


def _classes(text: Text, cards: list[Card]) -> list[frozenset[str]]:
    classes = [card.classes for card in cards]
    norms, capitals, last = text.norms, text.capitals, text.size - 1
    for i, card in [(i, card) for i, card in enumerate(cards) if card.phrases]:
        if i == last:
            continue
        after, capital = norms[i + 1], capitals[i + 1]
        for form, names in card.phrases:
            if (form[1] == after or capital) and stands(text, i, form):
                for k in range(i, i + len(form)):
                    classes[k] |= names
    _add_figures(text, classes)
    return classes


def _add_figures(text: Text, classes: list[frozenset[str]]) -> None:
    """Read '3-1' as the score of a match and '1916' as history: both tell what a sentence is about."""
    for i, word in [(i, word) for i, word in enumerate(text.words) if word[0].isdigit()]:
        if len(word) == 4 and word.isdecimal() and 1000 <= int(word) <= LAST_YEAR_OF_HISTORY and not _counts(text, i):
            classes[i] |= {"history"}
        elif (
            len(word) <= 2
            and i + 2 < text.size
            and text.words[i + 1] in ("-", "–")
            and text.glued(i + 1)
            and text.glued(i + 2)
        ):
            classes[i] |= {"sport"} if text.words[i + 2].isdecimal() and len(text.words[i + 2]) <= 2 else NONE


def _counts(text: Text, i: int) -> bool:
    """Return whether a word follows that the figure may count: '1916 soldats'."""
    return i + 1 < text.size and text.words[i + 1][0].islower() and len(text.words[i + 1]) > 4


def _topics(text: Text, data: Data, classes: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return for each sentence the topic its line is headed by ('Football. ...', 'Sports : ...'), mostly none."""
    topics: list[frozenset[str]] = []
    wide = data.umbrellas.get("topic", NONE)
    inherited: frozenset[str] = NONE
    for number, (first, last) in enumerate(text.sentences):
        new_line = number == 0 or "\n" in text.text[text.ends[first - 1] : text.starts[first]]
        if new_line:
            inherited = NONE
            heading = next(
                (k for k in range(first, min(first + 3, last)) if text.norms[k] in (":", ".", "-", "–", "—", "/")), None
            )
            if heading is not None and heading > first and heading - first <= 2:
                inherited = frozenset(
                    c
                    for k in range(first, heading)
                    for c in classes[k]
                    if c in wide and c in ("sport", "nature", "culture", "economy", "health")
                )
        topics.append(inherited or _told_of(text, data, classes, first, last))
    return topics


# A work of fiction or history is told of where it stands among a sentence's first words; so is a year long past.
SUBJECT, OPENING = 5, 4


def _told_of(text: Text, data: Data, classes: list[frozenset[str]], first: int, last: int) -> frozenset[str]:
    """Return what a sentence is about where that outweighs all its words of fighting: 'Le film raconte ...', 'En 1916, ...'."""
    if any("fiction" in classes[k] for k in range(first, min(first + SUBJECT, last))):
        return frozenset(("culture",))
    for k in range(first, min(first + OPENING, last)):
        if "history" in classes[k] and text.words[k][0].isdigit() and k > first:
            return frozenset(("history",)) if text.norms[k - 1] not in data.set("stops") else NONE
    return NONE


def _bounds(text: Text, cards: list[Card]) -> tuple[list[int], list[int]]:
    """Return for each token the first token and the end of its stretch between hard stops; a stop ends the stretch before it."""
    lows: list[int] = []
    highs: list[int] = []
    for first, last in text.sentences:
        start = first
        for stop in [i for i in range(first, last) if cards[i].stop]:
            lows += [start] * (stop - start + 1)
            highs += [*[stop] * (stop - start), stop + 1]
            start = stop + 1
        lows += [start] * (last - start)
        highs += [last] * (last - start)
    return lows, highs
