"""Properties that no input may break, on inputs made to break them: a short search here, ten minutes of it in `make fuzz`."""

import ast
import importlib
import math
import re
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, find, given, settings

import fuzzing
import patternlint
from reading import reader
from reportedly import rules, text
from reportedly.hidden import unhidden
from reportedly.records import Document, Problem

# --- patterns ----------------------------------------------------------------------------------------------------------------------


def test_no_pattern_takes_more_than_its_texts_length_of_time(root):
    """Foreign text is matched in linear time: what a backtracking matcher may be slow on is not written at all."""
    slow = []
    for path in sorted((root / "src" / "reportedly").rglob("*.py")):
        for line, pattern, flags, ways in patternlint.patterns(ast.parse(path.read_text(encoding="utf-8"))):
            slow += [f"{path.name}:{line} {pattern!r}: {fault}" for fault in patternlint.faults(pattern, flags, ways)]
    assert not slow


# Patterns that the rule of thumb finds fault with, and why each is linear all the same.
LINEAR_ALL_THE_SAME = {
    "folding.WORD": "nothing must follow its repeats, so a match never goes back; where it fails it fails at the first letter",
}


def held(value, deep=4):
    """The compiled patterns in a module's constant."""
    if isinstance(value, re.Pattern):
        yield value
    elif deep and isinstance(value, (tuple, list, frozenset, set, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from held(each, deep - 1)


def test_patterns_that_are_put_together_are_linear_too(root):
    """What is written in one piece is told from the source; these from the modules, and those made of data from the languages."""
    package = root / "src" / "reportedly"
    paths = [path for path in sorted(package.rglob("*.py")) if path.name != "__main__.py"]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    written = {pattern for tree in trees for _, pattern, _, _ in patternlint.patterns(tree)}
    made = {}
    for path in paths:
        name = ".".join(path.relative_to(package).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(f"reportedly.{name}" if name != "__init__" else "reportedly")
        for constant, value in vars(module).items():
            for found in held(value):
                pattern = found.pattern if isinstance(found.pattern, str) else found.pattern.decode("latin-1")
                if pattern not in written:
                    made.setdefault((pattern, found.flags), f"{name}.{constant}")
    for code in rules.available():
        splitter = text.splitter(rules.load(code).tokenization)
        for found in held((splitter.elision, splitter.suffix)):
            made[found.pattern, found.flags] = f"{code}: {found.pattern}"
    assert len(made) >= 10
    slow = {where: fault for key, where in made.items() if (fault := patternlint.faults(*key))}
    assert slow.keys() == LINEAR_ALL_THE_SAME.keys(), slow


@pytest.mark.parametrize(
    "pattern", [r"(\w+\s*)+ tués", r"\s*\n?\s*x", r"\s+$", r"(a|b*)+c", r"(?:\d+,?)*x", r"x(?:[^<]*|<)*y", r"(.*),(.*),z", r"\w+@\w+",
     r"(?:<!--.{0,500}?-->\s*)*<html", r"(?:a|<.*>)*x"]
)  # fmt: skip
def test_a_pattern_that_explodes_is_found(pattern):
    assert patternlint.faults(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\d+(?:[.,]\d+)*", r"(?:a|b)+", r"<[^>]{0,200}>", r"^\s+$", r"(?<!\s)\s+$", r"\w+", r"z(?:x\d+)*y", r"a?b*c",
     r'^(?:"[^"]*",)*x', r"^(?:<[^>]*>)*x"]
)  # fmt: skip
def test_a_pattern_that_does_not_is_let_pass(pattern):
    assert not patternlint.faults(pattern)


# --- properties --------------------------------------------------------------------------------------------------------------------


@given(fuzzing.files())
def test_whatever_a_file_holds_becomes_documents_and_problems(made):
    opened = fuzzing.opened(*made)
    assert opened
    for found in opened:
        assert isinstance(found, (Document, Problem))
        if isinstance(found, Document):
            assert found.text.strip()
            assert "\0" not in found.text
            found.text.encode("utf-8")


@given(fuzzing.texts())
def test_tokens_are_the_texts_own_words_in_order(made):
    language, text = made
    prepared = reader().language(language).prepare(text)
    here = [unhidden(text[a:b]) for a, b in zip(prepared.starts, prepared.ends, strict=True)]
    assert here == prepared.words
    assert prepared.starts == sorted(prepared.starts)
    assert all(a < b for a, b in zip(prepared.starts, prepared.ends, strict=True))
    assert [n for n, (a, b) in enumerate(prepared.sentences) for _ in range(a, b)] == prepared.sentence_of


@given(fuzzing.texts(), fuzzing.hidden())
def test_what_hides_within_words_changes_no_word_and_lies_in_its_span(made, marks):
    language, text = made
    plain, prepare = unhidden(text), reader().language(language).prepare
    bare, laden = prepare(plain), prepare(fuzzing.laden(plain, marks))
    assert laden.words == bare.words
    assert [unhidden(laden.cut(a, b).exact) for a, b in zip(laden.starts, laden.ends, strict=True)] == bare.words
    assert (laden.sentences, laden.paragraph_of, laden.quote_of) == (bare.sentences, bare.paragraph_of, bare.quote_of)


@given(fuzzing.texts() | fuzzing.lines())
def test_every_span_of_every_claim_is_the_texts_own_in_both_modes(made):
    """The annotator refuses its own claims where they are not, so it is enough that it reads."""
    for which in fuzzing.readers():
        reading = fuzzing.read(which, *made)
        if reading is not None:
            ids = [claim.id for claim in reading.claims]
            assert len(ids) == len(set(ids))


@given(fuzzing.dates())
def test_a_date_is_one_of_the_calendar_or_none(made):
    language, text = made
    for found in fuzzing.mentions(language, text).times:
        days = [date.fromisoformat(day) for day in (found.earliest, found.latest) if day]
        assert days == sorted(days)
        assert found.anchored or not days


@given(fuzzing.numbers())
def test_a_quantity_is_bounded_by_what_it_is(made):
    language, text = made
    for found in fuzzing.mentions(language, text).quantities:
        bounds = [value for value in (found.low, found.best, found.high) if value is not None]
        assert bounds == sorted(bounds)
        assert all(math.isfinite(value) for value in bounds)


@given(fuzzing.patterns())
def test_a_rule_is_compiled_or_refused(pattern):
    """And one that is compiled ends on a text, and gives tokens of it."""
    for first, last in fuzzing.matched(pattern):
        assert 0 <= first < last


# --- and that they are about something -----------------------------------------------------------------------------------------------


def claims_in(made):
    reading = fuzzing.read(fuzzing.readers()[0], *made)
    return reading is not None and reading.claims


REACHED = {
    "a document of a file that was stirred": (
        fuzzing.files(),
        lambda made: any(isinstance(each, Document) for each in fuzzing.opened(*made)),
    ),
    "a problem of one": (
        fuzzing.files(),
        lambda made: any(isinstance(each, Problem) for each in fuzzing.opened(*made)),
    ),
    "a claim": (fuzzing.texts(), claims_in),
    "a claim of cues alone": (fuzzing.lines(), claims_in),
    "a date": (fuzzing.dates(), lambda made: any(each.earliest for each in fuzzing.mentions(*made).times)),
    "a quantity": (fuzzing.numbers(), lambda made: any(each.low for each in fuzzing.mentions(*made).quantities)),
    "a match of a rule": (fuzzing.patterns(), fuzzing.matched),
}


@pytest.mark.parametrize("what", REACHED)
def test_what_is_tried_does_reach(what):
    """A property of what never occurs would prove nothing."""
    patient = settings(max_examples=3_000, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    find(*REACHED[what], settings=patient)


@pytest.mark.slow
@pytest.mark.parametrize("shape", fuzzing.LONG)
def test_four_times_the_text_takes_four_times_the_time_and_not_sixteen(shape):
    """Processor time of the tokenizer and the readers of the surface, on what is built to be slow."""
    small, large = (min(fuzzing.seconds(shape * n, time.process_time) for _ in range(3)) for n in (4_000, 16_000))
    assert large <= 10 * small + 0.05
