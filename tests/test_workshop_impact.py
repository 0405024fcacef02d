"""What an edit of language data does to the claims of the samples, told before it is committed."""

import shutil
import subprocess

import msgspec
import pytest
from typer.testing import CliRunner

from reading import read
from reportedly import impact, rules
from reportedly.cli import app
from reportedly.errors import RuleError
from reportedly.records import Mention

TEXT = "Trois soldats ont été tués mardi à Gao, a indiqué l'armée. Un village a été bombardé, selon des habitants."
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A git checkout of the French data alone, with one sample, committed."""
    languages = tmp_path / "languages"
    shutil.copytree(rules.HERE / "fr", languages / "fr")
    shutil.rmtree(languages / "fr" / "sample")
    (languages / "fr" / "sample").mkdir()
    (languages / "fr" / "sample" / "gao.txt").write_text(TEXT, encoding="utf-8")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "data")):
        subprocess.run([*GIT, *arguments], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.setattr(rules, "HERE", languages)
    monkeypatch.setattr("reportedly.samples.articles", lambda: iter(()))
    rules.load.cache_clear()
    yield languages / "fr"
    rules.load.cache_clear()


def edited(reading, **fields):
    """The reading with fields of its first claim replaced."""
    first, *rest = reading.claims
    return msgspec.structs.replace(reading, claims=(msgspec.structs.replace(first, **fields), *rest))


def test_data_as_committed_changes_nothing(clone):
    found = impact.impact("fr")
    assert (found.effects, found.texts) == ((), 1)
    assert found.summary == "impact fr: +0 claims, 0 changed, 0 lost on 1 texts"


def test_a_word_taken_out_of_the_data_loses_its_claim(clone):
    for path in clone.glob("lexicons/*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "bombard" not in line), encoding="utf-8")
    found = impact.impact("fr")
    assert [(e.kind, e.exact) for e in found.effects if e.exact == "bombardé"] == [("lost", "bombardé")]
    assert any("bombard" in by for effect in found.effects for by in effect.by)


def test_a_folder_of_another_commit_is_as_it_was_there(clone):
    (clone / "language.toml").write_text("name = 'broken", encoding="utf-8")
    with impact.folder_at(clone, "HEAD") as (_, folder):
        assert rules.load_from(folder).code == "fr"


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_there_is_not_is_refused(clone, revision):
    with pytest.raises(RuleError, match="no commit") as caught, impact.folder_at(clone, revision):
        pass
    assert caught.value.cure


def test_outside_a_checkout_the_cure_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RuleError, match="no git checkout") as caught, impact.folder_at(tmp_path, "HEAD"):
        pass
    assert "clone" in caught.value.cure


def test_where_git_is_not_installed_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuleError), impact.folder_at(tmp_path, "HEAD"):
        pass


def test_alike_readings_show_nothing():
    reading = read(TEXT)
    assert reading.claims
    assert list(impact.compared(reading, reading)) == []


def test_a_claim_more_is_gained_and_one_less_is_lost():
    whole = read(TEXT)
    part = msgspec.structs.replace(whole, claims=whole.claims[1:])
    (gained,) = impact.compared(part, whole)
    (lost,) = impact.compared(whole, part)
    assert (gained.kind, lost.kind) == ("gained", "lost")
    assert gained.by == lost.by == (whole.claims[0].by,)


def test_another_date_is_a_change_of_the_rule_that_gave_it():
    after = read(TEXT, published="2023-05-04")
    (effect,) = (e for e in impact.compared(read(TEXT), after) if e.exact == "tués")
    (change,) = (c for c in effect.changes if c.field == "times")
    assert effect.kind == "changed"
    assert change.by == (after.claims[0].times[0].by,)
    assert change.by[0] in effect.by
    assert "earliest=2023-05-02" in change.after
    assert "earliest" not in change.before


def test_a_field_that_goes_is_blamed_on_the_rule_that_had_given_it():
    before = read(TEXT)
    (effect,) = impact.compared(before, edited(before, places=()))
    (change,) = effect.changes
    assert (change.field, change.after) == ("places", "nothing")
    assert change.by == tuple(dict.fromkeys(place.by for place in before.claims[0].places))


def test_another_cue_makes_another_claim():
    before = read(TEXT)
    link = before.claims[0].chain[0]
    cue = Mention(start=0, end=5, exact=TEXT[:5], by="fr.other")
    after = edited(before, chain=(msgspec.structs.replace(link, cue=cue),))
    assert {effect.kind for effect in impact.compared(before, after)} == {"gained", "lost"}


def test_the_command_ends_with_a_line_for_the_commit_message(monkeypatch):
    before = read(TEXT)
    effects = tuple(impact.compared(before, edited(before, places=())))
    found = impact.Impact(language="fr", against="abc1234", texts=1, effects=effects, summary="impact fr: 1 changed")
    monkeypatch.setattr("reportedly.impact.impact", lambda *_, **__: found)
    shown = CliRunner().invoke(app, ["rules", "impact", "fr"])
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-1] == found.summary
    assert "→ nothing" in shown.stdout
    written = CliRunner().invoke(app, ["rules", "impact", "fr", "--format", "json"])
    assert msgspec.json.decode(written.stdout, type=impact.Impact) == found


@pytest.mark.parametrize("code", ["fr", "en", "ar"])
def test_every_language_has_samples_that_say_something(code):
    own = sorted((rules.HERE / code / "sample").glob("*.txt"))
    assert own
    for path in own:
        assert read(path.read_text(encoding="utf-8"), language=code).claims, path.name
