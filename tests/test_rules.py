"""The notation of rules: what each sign of a pattern matches, and what a wrong one is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import rules
from reportedly.errors import RuleError
from reportedly.rules import RuleSet, load


def ruleset(*patterns, code="fr", define=None, **options):
    rows = [
        {"id": f"t.{number}", "pattern": pattern, "yes": ["oui"], "no": ["non"], **options}
        for number, pattern in enumerate(patterns)
    ]
    return RuleSet("test", {"define": define or {}, "rule": rows}, load(code))


def matched(pattern, sentence, **options):
    made = ruleset(pattern, **options)
    text = made.language.prepare(sentence)
    return [text.span(hit.first, hit.last).exact for hit in made.best(text)]


@pytest.mark.parametrize(
    "pattern, sentence, expected",
    [
        ("au moins", "Il y a au moins un mort", ["au moins"]),
        ("d'après", "D’après lui, rien", ["D’après"]),
        ("(lundi | mardi soir)", "mardi soir puis lundi", ["mardi soir", "lundi"]),
        ("ce? lundi", "ce lundi, lundi", ["ce lundi", "lundi"]),
        ("ce (même)? lundi", "ce même lundi, ce lundi", ["ce même lundi", "ce lundi"]),
        ("{weekdays}", "mardi et samedi", ["mardi", "samedi"]),
        ("{weekdays:day=2}", "mardi et samedi", ["mardi"]),
        ("{months:part=mid/end}", "mai et mi-mai", ["mi-mai"]),
        ("{number} morts", "vingt-trois morts et 12 000 morts", ["vingt-trois morts", "12 000 morts"]),
        ("{digits} morts", "trois morts et 3 morts", ["3 morts"]),
        ("en {digits:1900-2100}", "en 2013, en 24 heures", ["en 2013"]),
        ("vers {clock}", "vers 16H00, vers 8h40, vers 16", ["vers 16H00", "vers 8h40"]),
        ("le {cap}", "le Hezbollah et le parti", ["le Hezbollah"]),
        ("tués {gap:3} Alep", "tués hier à Alep. Tués. A Alep", ["tués hier à Alep"]),
        ("depuis !(lundi)", "depuis lundi, depuis mardi", ["depuis"]),
        ("^ lundi", "Lundi, rien. Le lundi, rien.", ["Lundi"]),
        ("lundi $", "C'est lundi", ["lundi"]),
        (r"\( {digits} \)", "quinze (15) morts", ["(15)"]),
        ("<jour: {weekdays}> soir", "mardi soir", ["mardi soir"]),
        ("état", "ETAT et Etat et état et etat", ["ETAT", "Etat", "état"]),
    ],
)
def test_each_sign_of_a_pattern_matches_what_it_says(pattern, sentence, expected):
    assert matched(pattern, sentence) == expected


def test_a_definition_stands_for_its_pattern():
    assert matched("{quand} soir", "mardi soir", define={"quand": "(lundi | {weekdays})"}) == ["mardi soir"]


def test_a_capture_keeps_its_tokens_and_a_slot_its_entry():
    made = ruleset("<jour: {weekdays}> {number:0-24} heures")
    text = made.language.prepare("mardi 18 heures")
    (hit,) = made.best(text)
    assert hit.tokens("jour") == (0, 1)
    assert hit.entry("weekdays").get("day") == "2"
    assert hit.value("number") == 18


def test_a_group_makes_rules_of_rules():
    table = {
        "rule": [
            {"id": "a", "group": "day", "pattern": "(ce)? {weekdays}"},
            {"id": "b", "group": "day", "inner": True, "pattern": "demain"},
            {"id": "c", "pattern": "depuis {@day}"},
        ]
    }
    made = RuleSet("test", table, load("fr"))
    text = made.language.prepare("Depuis ce lundi. Demain. Depuis demain.")
    hits = made.best(text)
    assert [(h.rule.id, text.span(h.first, h.last).exact) for h in hits] == [
        ("c", "Depuis ce lundi"),
        ("c", "Depuis demain"),
    ]
    assert hits[0].value("day").rule.id == "a"


def test_of_two_rules_the_longer_wins_unless_the_other_has_priority():
    made = ruleset("lundi soir", "lundi")
    text = made.language.prepare("lundi soir")
    assert [h.rule.id for h in made.best(text)] == ["t.0"]
    rows = [{"id": "long", "pattern": "lundi soir"}, {"id": "short", "pattern": "lundi", "priority": 1}]
    made = RuleSet("test", {"rule": rows}, load("fr"))
    assert [h.rule.id for h in made.best(made.language.prepare("lundi soir"))] == ["short"]


def test_an_entry_marked_as_cased_matches_only_a_capital():
    assert matched("in {months}", "in May, they may march", code="en") == ["in May"]


@pytest.mark.parametrize(
    "pattern, message",
    [
        ("{wekdays}", r"slot \{wekdays\} is not a lexicon; did you mean \{weekdays\}\?"),
        ("{@dya}", "no rule of this file is of the group"),
        ("(lundi | mardi", r"missing '\)'"),
        ("<jour lundi>", "a capture needs a name and a colon"),
        ("lundi)", "unexpected"),
        ("{weekdays", r"missing '\}'"),
        ("(lundi | )", "an alternative of nothing"),
        ("lundi?", "can match nothing"),
        ("{digits:many}", "bounds no value"),
    ],
)
def test_a_wrong_pattern_is_refused_with_the_file_the_rule_and_a_cure(pattern, message):
    with pytest.raises(RuleError, match=message) as refused:
        ruleset(pattern)
    assert "fr/rules/test.toml" in str(refused.value)
    assert "t.0" in str(refused.value)


def test_an_id_that_stands_twice_is_refused():
    rows = [{"id": "same", "pattern": "lundi"}, {"id": "same", "pattern": "mardi"}]
    with pytest.raises(RuleError, match="'same' stands twice"):
        RuleSet("test", {"rule": rows}, load("fr"))


def test_a_definition_or_a_group_that_contains_itself_is_refused():
    with pytest.raises(RuleError, match="contains itself"):
        ruleset("{a}", define={"a": "lundi {a}"})
    with pytest.raises(RuleError, match="made of itself"):
        RuleSet("test", {"rule": [{"id": "a", "group": "x", "pattern": "lundi {@x}"}]}, load("fr"))


@pytest.mark.parametrize("code", rules.available())
def test_every_example_of_every_rule_holds(code):
    faults, tried = rules.check(code)
    assert [f"{fault.where}: {fault.what}" for fault in faults] == []
    assert tried > 50


@pytest.mark.parametrize("code", rules.available())
def test_times_and_quantities_have_an_example_for_each_rule(code):
    for name in ("times", "quantities"):
        written = load(code).rules(name).rules
        assert written
        for rule in written:
            assert rule.yes, rule.id
            assert rule.no, rule.id
            assert rule.id.startswith(f"{code}.")


@given(st.text(alphabet="abc(){}<>|?!^$ @:=é", max_size=25))
def test_whatever_is_written_a_pattern_compiles_or_is_refused_by_name(pattern):
    refused = None
    try:
        ruleset(pattern)
    except RuleError as error:
        refused = str(error)
    assert refused is None or "fr/rules/test.toml" in refused


def test_a_long_row_of_words_that_may_be_absent_does_not_run_away():
    pattern = " ".join(["a?"] * 30) + " b"
    assert matched(pattern, "a " * 60) == []
