"""Why: a code, what it is about, and the sentence in each language; the English sentence alone gives both back."""

import ast
import itertools
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from annotated import all_gold
from reading import read
from reportedly import api, reasons, samples

PACKAGE = Path(reportedly.__file__).parent
PARTS = tuple(f"{part}." for part in reasons.PARTS)
CODES = [code for code in reasons.sentences("en") if not code.startswith(PARTS)]
NAMES = st.text("abcdé ', ()-.;:", min_size=1, max_size=20).map(str.strip).filter(bool)
BOUNDS = st.one_of(
    st.integers(0, 9999).map(str),
    st.integers(0, 99).map(lambda n: f"at least {n}"),
    st.tuples(st.integers(0, 9), st.integers(10, 99)).map(lambda pair: f"{pair[0]} to {pair[1]}"),
    st.just("unknown"),
)
VALUES = {
    "bounds": BOUNDS,
    "figure": st.one_of(BOUNDS, st.tuples(BOUNDS, NAMES).map(lambda pair: f"{pair[0]} ({pair[1]!r})")),
    "quote": NAMES.map(repr),
    "number": st.integers(0, 5000).map(str),
    "day": st.dates().map(str),
    "share": st.integers(0, 100).map(lambda n: f"{n}%"),
    "types": st.sampled_from(["ASSAULT", "AID", "aerial", "suicide-attack explosives"]),
    "reasons": st.just("one report tells it; the same dates"),
    "holding": st.sampled_from(["nobody held it", "M23 gained it (denied)"]),
    "parties": st.sampled_from(["nobody", "M23", "armed group + Wazalendo"]),
    "who": NAMES,
    "word": st.sampled_from(["dateline", "metadata", "text", "user"]),
    "text": NAMES,
}


def blanks(text):
    return sorted(re.findall(r"\{(\w+)", text))


@pytest.mark.parametrize("language", reasons.languages())
def test_every_language_has_every_sentence_with_its_blanks(language):
    english, theirs = reasons.sentences("en"), reasons.sentences(language)
    assert theirs.keys() == english.keys()
    assert {code: blanks(text) for code, text in theirs.items()} == {c: blanks(t) for c, t in english.items()}


@pytest.mark.parametrize("code", CODES)
def test_the_english_sentence_gives_its_code_back(code):
    kinds = re.findall(r"\{(\w+)(?::(\w+))?\}", reasons.sentences("en")[code])
    plain = {
        "bounds": "3 to 4",
        "figure": "at least 10 ('dix au moins')",
        "quote": "'selon l’AFP'",
        "number": "12",
        "day": "2024-05-02",
        "share": "90%",
        "types": "ASSAULT",
        "reasons": "the same dates",
        "holding": "M23 held it",
        "parties": "M23",
        "who": "l'armée (hearsay)",
        "word": "dateline",
        "": "a.txt",
    }
    given_ = {name: plain[kind] for name, kind in kinds}
    (found,) = reasons.apart(reasons.say(code, **given_))
    assert found.code == code
    assert found.given == given_


@given(st.sampled_from(CODES).flatmap(
    lambda code: st.tuples(
        st.just(code),
        st.fixed_dictionaries(
            {name: VALUES[kind or "text"] for name, kind in re.findall(r"\{(\w+)(?::(\w+))?\}", reasons.sentences("en")[code])}
        ),
    )
))  # fmt: skip
def test_whatever_the_names_a_sentence_is_told_in_every_language(drawn):
    code, given_ = drawn
    sentence = reasons.say(code, **given_)
    for language in reasons.languages():
        told = reasons.told(sentence, language)
        assert told
        assert "{" not in told


def test_several_in_one_are_told_one_by_one():
    several = (
        "AFP, which is not among the reports: x has it from AFP ('l\\'AFP') and names no source of its own;"
        ' y has it from AFP ("l\'AFP") and names no source of its own'
    )
    (found,) = reasons.apart(several)
    assert found.code == "source.absent"
    assert [each.code for each in reasons.apart(found.given["why"])] == ["source.cites", "source.cites"]
    assert reasons.told(several, "fr").count("ne nomme aucune source propre") == 2


@pytest.mark.parametrize("sentence", ["", "x", "it rained and snowed", "a" * 30_000, "; ".join("a" * 300)])
def test_what_is_no_sentence_of_ours_is_told_in_no_language(sentence):
    assert reasons.apart(sentence) == ()
    assert reasons.told(sentence, "fr") is None


@pytest.fixture(scope="module")
def gold():
    collection = api.collect(all_gold())
    return [(event, api.answers(event, collection)) for event in api.events(collection)]


def test_every_reason_of_the_samples_is_told_in_every_language(gold):
    said = set()
    for event, answers in gold:
        said |= {
            *event.why,
            *(tie.reason for tie in event.dependences),
            *(pair.reason for pair in event.contradictions),
        }
        for rows in (answers.toll, answers.comparisons, answers.missing):
            said |= {row.reason for row in rows}
    assert len(said) > 100
    assert {each for each in said if not reasons.apart(each)} == set()


def test_every_reason_within_the_samples_is_told_in_every_language():
    """Why a field of a claim was inferred, left open or has its code, and where a report disagrees with itself."""
    said = set()

    def look(at):
        if isinstance(at, msgspec.Struct):
            said.add(getattr(at, "reason", ""))
            for name in at.__struct_fields__:
                look(getattr(at, name))
        elif isinstance(at, tuple):
            for each in at:
                look(each)

    for each in samples.articles():
        found = read(each["text"], each["language"], each["published"], each["publisher"])
        look((found.claims, found.discrepancies))
    said.discard("")
    assert len(said) > 100
    assert {each for each in said if not reasons.apart(each)} == set()


# What may stand in a blank of a sentence that is made where it is needed.
FILLINGS = ("2024-05-02", "12", "the same dates", "dateline", "Gao")
GIVEN = {"reason", "inferred"}
# Who takes a reason, and behind which place.
TAKERS = {"_named_as": 2, "_follow": 2, "_give": 2, "_state_of": 3, "_unit_of": 2, "_Where": 0}


def texts(node, fixed):
    """The texts that an expression may be, each with all fillings of its blanks; ``fixed`` are the module's constants."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield [node.value]
    elif isinstance(node, ast.JoinedStr):
        yield ["".join(each) for each in itertools.product(*(filled(part, fixed) for part in node.values))]
    elif isinstance(node, (ast.IfExp, ast.BoolOp)):
        for each in [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values:
            yield from texts(each, fixed)
    elif isinstance(node, ast.Name) and node.id in fixed:
        yield from texts(fixed[node.id], fixed)


def filled(part, fixed):
    """What a part of a text with blanks may be."""
    if isinstance(part, ast.Constant):
        return [part.value]
    if part.conversion == ord("r"):
        return ["'x y'"]
    return [either for found in texts(part.value, fixed) for either in found if either] or FILLINGS


def set_to(targets, value):
    """What stands behind the sign of a reason that is set."""
    for target in targets:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, two in zip(target.elts, value.elts, strict=True):
                yield from set_to([one], two)
        elif getattr(target, "id", getattr(target, "attr", "")) in GIVEN:
            yield value


def given_as_reasons(node):
    """The expressions that a piece of a module gives as a reason, a name or a kind of unit perhaps among them."""
    if isinstance(node, ast.keyword) and node.arg in GIVEN:
        yield node.value
    elif isinstance(node, ast.Assign):
        yield from set_to(node.targets, node.value)
    elif isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        yield from node.args[TAKERS[called] :] if called in TAKERS else ()
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        yield node.value.elts[1]


def sentences_made(path):
    """The sentences with fillings for their blanks that a module gives as a reason."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [(node.targets[0], node.value) for node in tree.body if isinstance(node, ast.Assign)]
    fixed = {target.id: value for target, value in names if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        for each in given_as_reasons(node):
            yield from (found for found in texts(each, fixed) if " " in found[0])


MADE = [
    (path, each)
    for room in ("find", "annotate", "codes.py")
    for path in sorted((PACKAGE / room).rglob("*.py") if (PACKAGE / room).is_dir() else [PACKAGE / room])
    for each in sentences_made(path)
]


def test_the_sentences_that_say_why_are_found_where_they_are_made():
    assert len(MADE) > 50


@pytest.mark.parametrize(
    ("path", "either"), MADE, ids=lambda given: given[0][:40] if isinstance(given, list) else given.stem
)
def test_whatever_a_finder_gives_as_its_reason_is_told_in_every_language(path, either):
    for language in reasons.languages():
        assert any(reasons.told(each, language) for each in either), (path, either[0])


def test_words_that_run_the_other_way_are_set_apart_from_the_sentence():
    assert reasons.told("lost by M23", "ar") == "خسره \u2068M23\u2069"
    assert reasons.told("lost by M23", "fr") == "perdu par M23"
    assert reasons.told("lost by الجيش", "fr") == "perdu par \u2068الجيش\u2069"
    assert reasons.told("lost by الجيش", "ar") == "خسره الجيش"
    assert reasons.told("at least 24 ('au moins 24') and 23 cannot both be right", "ar").count("\u2068") == 1
    assert "\u2068" not in reasons.told("relative to 2023-03-14 (dateline)", "ar")


def reasons_written(path):
    """The texts with blanks that are given as a reason in a module: as ``reason=`` or beside a verdict."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "reason" and isinstance(node.value, ast.JoinedStr):
            yield node.value.lineno
        if isinstance(node, (ast.Yield, ast.Return)) and isinstance(node.value, ast.Tuple):
            yield from (
                each.lineno for each in node.value.elts if isinstance(each, ast.JoinedStr) and len(each.values) > 1
            )


@pytest.mark.parametrize("room", ["compare", "copies"])
def test_no_room_that_compares_writes_a_sentence_of_its_own(room):
    found = {str(path): list(reasons_written(path)) for path in (PACKAGE / room).glob("*.py")}
    assert not {path: lines for path, lines in found.items() if lines}
